"""Days that are typed: in every usual order and in words, the one reading that they have; two are refused with both."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from support import HERE, run, tries
from targettrack.cli import _days

FOLDER = ("--targets", str(HERE.parent / "targets"))


@tries(300)
@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_order_is_read_alike(day: date) -> None:
    """What names the month, or can only be read in one way, is that day; what may be two days is one of them or refused."""
    long = (
        day.isoformat(),
        f"{day:%d %B %Y}",
        f"{day:%B} {day.day} {day.year}",
        f"{day.day} tháng {day.month} năm {day.year}",
    )
    assert {_days.parsed(text) for text in long} == {day}
    for text in (f"{day.day}/{day.month}/{day.year}", f"{day.month}/{day.day}/{day.year}"):
        if day.day > 12 or day.day == day.month:
            assert _days.parsed(text) == day
        else:
            with pytest.raises(typer.BadParameter, match="may mean") as refused:
                _days.parsed(text)
            assert day.isoformat() in refused.value.message


@tries(100)
@given(st.integers(0, 3000))
def test_before_today(count: int) -> None:
    """Days and weeks are counted; months and years keep the day, or the last one of a shorter month."""
    today = _days.current()
    assert _days.parsed(f"{count} days ago") == today - timedelta(days=count)
    assert _days.parsed(f"{count} tuần trước") == today - timedelta(weeks=count)
    months = _days.parsed(f"{count} months ago")
    assert (today.year - months.year) * 12 + today.month - months.month == count
    assert months.day <= today.day


def test_words() -> None:
    """Today and yesterday, in both languages, however they are written."""
    today = _days.current()
    assert {_days.parsed(text) for text in ("today", " Today ", "hôm nay", "now")} == {today}
    assert {_days.parsed(text) for text in ("yesterday", "Hôm  Qua")} == {today - timedelta(days=1)}


@pytest.mark.parametrize(
    "text", ["HEAD", "HEAD~1", "v1", "main", "2026", "2026-11", "1234567", "abcdef0", "3 apples ago", "next week"]
)
def test_what_is_a_revision_stays_one(text: str) -> None:
    """Only what surely is a day is taken for one."""
    assert _days.revision(text) == text


@pytest.mark.parametrize(
    "text", ["nonsense", "3 apples ago", "32/13/2026", "99999 years ago", "9999 years ago", "0 ago"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    """It is wrong usage, and nothing is printed."""
    done = run("status", "hanoi", *FOLDER, "--on", text)
    assert (done.returncode, done.stdout) == (2, "")


def test_changes_compares_with_head() -> None:
    """Without a revision it is what is not committed yet."""
    assert run("changes", *FOLDER, "--json").stdout == run("changes", *FOLDER, "--json", "--since", "HEAD").stdout


def test_cite_takes_a_whole_program() -> None:
    """The sentences of every indicator, each as it stands alone, in the order of the file."""
    whole = json.loads(run("cite", "hanoi", *FOLDER, "--on", "2026-11-22", "--json").stdout)
    assert whole["indicator"] is None
    alone: list[object] = []
    for name in dict.fromkeys(cited["row"]["indicator"] for cited in whole["targets"]):
        alone += json.loads(run("cite", f"hanoi/{name}", *FOLDER, "--on", "2026-11-22", "--json").stdout)["targets"]
    assert whole["targets"] == alone
    assert len(alone) == 26


def test_explain_takes_one_target() -> None:
    """The targets due then, as they stand among all; of a time in which none is due, those that there are."""
    words = ("explain", "hanoi/output-share", *FOLDER, "--on", "2026-11-22", "--json")
    every = json.loads(run(*words).stdout)["targets"]
    assert json.loads(run(*words, "--target", "2021").stdout)["targets"] == [
        each for each in every if each["row"]["target"]["by"] == "2021"
    ]
    none = run(*words, "--target", "2050")
    assert (none.returncode, none.stdout) == (3, "")
    assert "2015, 2020, 2025, 2021, 2022" in none.stderr
