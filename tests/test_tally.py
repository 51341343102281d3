"""The tally: every promise counts once, and what is due is what somebody can be held to."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import LINEAR, aim, row, tries
from targettrack.assessment.report import program_rows
from targettrack.assessment.row import Row
from targettrack.assessment.tally import OUTCOMES, Tally, outcome, tally
from targettrack.program.model import Program
from targettrack.store import load as loading
from targettrack.text import NBSP
from targettrack.wording.headline import headline, late

HERE = Path(__file__).parent
FILES = sorted([*(HERE / "programs").glob("*.toml"), *(HERE.parent / "targets").glob("*.toml")])
DAYS = st.integers(0, 365 * 30).map(lambda days: date(2005, 1, 1) + timedelta(days))
KEPT = {"met", "met_late", "exceeded"}


@cache
def program(path: Path) -> Program:
    """A program, read once."""
    loaded = loading.load(path)
    assert loaded is not None
    return loaded.program


def judged(path: Path, on: date) -> list[Row]:
    """Its rows on a day."""
    return list(program_rows(program(path), on, LINEAR))


def test_hanoi_in_one_line() -> None:
    """The answer before its evidence."""
    rows = judged(HERE.parent / "targets" / "hanoi.toml", date(2026, 11, 21))
    assert (
        headline(tally(rows)).replace(NBSP, " ")
        == "32 promises: 22 due: 6 kept, 4 missed, 11 without a result, 1 undecidable · 4 running · 6 in words"
    )


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (Tally(), "0 promises: none due"),
        (Tally(running=1), "1 promise: none due · 1 running"),
        (Tally(awaited=2, words=1), "3 promises: 2 due: 2 awaited · 1 in words"),
    ],
)
def test_what_nothing_counts_in_is_not_said(of: Tally, said: str) -> None:
    """A zero is left out."""
    assert headline(of).replace(NBSP, " ") == said


@given(st.sampled_from(FILES), DAYS)
@tries(60)
def test_every_promise_counts_once(path: Path, on: date) -> None:
    """The counts add up to the rows; a row counts by what its status says, and nothing past its deadline is running."""
    rows = judged(path, on)
    counts = tally(rows)
    assert (counts.promises, sum(asdict(counts).values())) == (len(rows), len(rows))
    for each in rows:
        counted = outcome(each)
        assert counted in OUTCOMES
        assert (counted == "words") == (each.indicator_id is None)
        assert counted != "kept" or each.status in KEPT
        assert (counted == "missed") <= (each.status == "missed")
        assert not (each.past_due and counted == "running")
        assert not (each.final and counted not in {"kept", "missed"})


@pytest.mark.parametrize(
    ("target", "actual", "on", "counted"),
    [
        ("value = 5\nby = 2020", "period = 2019\nvalue = 6", "2020-06-01", "running"),
        ("value = 5\nby = 2020", "period = 2020\nvalue = 6", "2021-06-01", "kept"),
        ("value = 5\nby = 2020", "period = 2020\nvalue = 4", "2021-06-01", "missed"),
        ("value = 5\nby = 2020", "period = 2019\nvalue = 4", "2021-06-01", "unreported"),
        ("value = 5\nby = 2020", 'period = 2020\nvalue = 6\napprox = "under"', "2021-06-01", "undecidable"),
        ('value = 5\nfrom = 2019\nby = 2020\naggregate = "sum"', "period = 2019\nvalue = 6", "2020-06-01", "kept"),
        ("value = 5", "period = 2019\nvalue = 6", "2020-06-01", "running"),
        ('value = 5\nevery = "year"\nset_on = 2018', "period = 2019\nvalue = 6", "2020-06-01", "kept"),
        ('value = 5\nevery = "year"\nset_on = 2018', "period = 2019\nvalue = 4", "2020-06-01", "missed"),
        ('value = 5\nevery = "year"\nset_on = 2018', "period = 2017\nvalue = 4", "2020-06-01", "unreported"),
        ('value = 5\nevery = "year"\nset_on = 2020-02-01', "period = 2017\nvalue = 4", "2020-06-01", "running"),
        ("undetermined = true\nby = 2020", "period = 2019\nvalue = 4", "2020-06-01", "running"),
        ("undetermined = true\nby = 2020", "period = 2019\nvalue = 4", "2021-06-01", "undecidable"),
    ],
)
def test_what_is_due(target: str, actual: str, on: str, counted: str) -> None:
    """Past its deadline, settled before it, or to be kept in each period: then somebody can be held to it."""
    text = f"""targettrack = 1
[program]
name = "P"
[indicators.a]
name = "A"
unit = "t"
direction = "increase"
[[indicators.a.targets]]
{target}
[[actuals]]
indicator = "a"
{actual}
"""
    assert outcome(row(text, on)) == counted


@pytest.mark.parametrize(("late_ones", "others", "said"), [(0, 2, ""), (1, 0, "kept: late"), (2, 0, "kept: all 2 late"), (1, 2, "kept: 1 of 3 late")])  # fmt: skip
def test_what_was_kept_late_is_said(late_ones: int, others: int, said: str) -> None:
    """Of the promises that count as kept, those that only a later figure shows; no other row counts."""
    one = "by = 2020\nvalue = 40"
    kept_late, kept, missed = (
        row(aim("increase", one, f"period = {period}\nvalue = {value}"), "2024-01-01")
        for period, value in ((2021, 50), (2020, 50), (2020, 30))
    )
    assert late([*[kept_late] * late_ones, *[kept] * others, missed]) == said
