"""Sought: rows and programs by office, place, words and the time in which they fall due; each row is asked alone, and nothing else is lost."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import HERE, aim, row, run, tries
from targettrack.assessment.todo import TASKS, task
from targettrack.cli import _sought
from targettrack.program.names import fold

FOLDER = ("--targets", str(HERE.parent / "targets"), "--on", "2026-11-22")


def rows(*words: str) -> list[dict[str, Any]]:
    """The rows of status, as data."""
    found: list[dict[str, Any]] = json.loads(run("status", *FOLDER, *words, "--json").stdout)["targets"]
    return found


def test_by_words() -> None:
    """In any case, with or without marks, in names, ids, quotes and promises in words; what has the text nowhere is not there."""
    every = rows()
    assert rows("--grep", "EXPORT share") == rows("--grep", "export-share")
    assert {row["indicator"] for row in rows("--grep", "export-share")} == {"export-share"}
    assert rows("--grep", "no such words anywhere") == []
    assert len(rows("--grep", "hanoi-support")) >= sum(row["program"] == "hanoi-support" for row in every)
    assert all("mechanical" in json.dumps(row) or row["program"] == "binh-duong" for row in rows("--grep", "mechanical", "binh-duong"))  # fmt: skip


def test_by_place_and_office() -> None:
    """A place is the program's; an office is the indicator's, else the program's owner."""
    assert {row["program"] for row in rows("--place", "ha noi")} == {"hanoi", "hanoi-support"}
    listed = json.loads(run("list", *FOLDER, "--place", "Hà Nội", "--json").stdout)
    assert [entry["program"] for entry in listed["programs"]] == ["hanoi", "hanoi-support"]
    assert rows("--responsible", "no such office") == []


@pytest.mark.parametrize("within", ["90d", "8w", "12m", "4y", "5y", "50y"])
def test_what_falls_due(within: str) -> None:
    """From the day that is asked for up to the end of the time, both included."""
    day = date(2026, 11, 22)
    last = _sought._until(day, within)
    due = [row for row in rows() if row["target"] and row["target"]["due"] and day <= date.fromisoformat(row["target"]["due"]) <= last]  # fmt: skip
    kept = [row for row in rows("--next", within) if row["target"]]
    assert [(row["program"], row["indicator"], row["target"]) for row in kept if row["indicator"]] == [
        (row["program"], row["indicator"], row["target"]) for row in due if row["indicator"]
    ]


@tries(200)
@given(st.dates(date(1990, 1, 31), date(2090, 12, 31)), st.integers(1, 400))
def test_months_and_years(day: date, count: int) -> None:
    """Twelve months are a year; a month keeps the day, or is a shorter one's last."""
    assert _sought._until(day, f"{12 * count}m") == _sought._until(day, f"{count}y")
    last = _sought._until(day, f"{count}m")
    assert (last.year - day.year) * 12 + last.month - day.month == count
    assert last.day <= day.day


@pytest.mark.parametrize("within", ["5", "0m", "m", "-3m", "1h", "9999y", "12 months", ""])
def test_what_is_no_time(within: str) -> None:
    """It is wrong usage; an empty one asks for nothing."""
    done = run("status", *FOLDER, f"--next={within}", "--json")
    assert (done.returncode == 2) == (within != "")


def test_the_counts_are_those_of_what_is_asked_for() -> None:
    """A list of some promises counts these alone, and names no program that has none."""
    listed = json.loads(run("list", *FOLDER, "--next", "5y", "--json").stdout)
    found = rows("--next", "5y")
    assert {entry["program"] for entry in listed["programs"]} == {row["program"] for row in found}
    assert fold("Hanoi") == "hanoi"


# ---------------------------------------------------------------- what is to be done

TARGET = "by = 2020\nvalue = 40\n"
FIGURE = 'period = 2018\nvalue = 30\nsource = "s"'
SOURCE = '[sources.s]\ntitle = "S"\npublished = 2019-01-01'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (aim("increase", f'{TARGET}source = "s"', indicator='lag = "8 months"', rest=SOURCE), "awaited"),
        (aim("increase", f'{TARGET}source = "s"', FIGURE, rest=SOURCE), "stale"),
        (aim("increase", f'{TARGET}source = "s"', FIGURE, indicator="searched = 2021-06-01", rest=SOURCE), "stale"),
        (aim("increase", f'{TARGET}source = "s"', rest=SOURCE), "unsearched"),
        (aim("increase", f'{TARGET}source = "s"', indicator="searched = 2020-06-30", rest=SOURCE), "unsearched"),
        (aim("increase", f'{TARGET}source = "s"', indicator='searched = "2020-07"', rest=SOURCE), None),
        (aim("increase", TARGET, FIGURE.replace("2018", "2020"), rest=SOURCE), "unsourced"),
        (aim("increase", f'{TARGET}source = "s"', FIGURE.replace("2018", "2020"), rest=SOURCE), None),
    ],
)
def test_what_somebody_should_look_for(text: str, kind: str | None) -> None:
    """The first of four kinds; a search counts for a year, and what has a result and its sources is done."""
    on = "2021-07-01"
    assert task(row(text, on), date.fromisoformat(on)) == kind


@pytest.mark.parametrize("on", ["2016-02-01", "2020-03-01", "2023-06-30", "2026-11-22", "2031-01-01"])
def test_the_list_of_what_is_to_be_done(on: str) -> None:
    """In the table each promise has its line below the heading of its kind, in data its row, in the same order; the list counts the same."""
    folder = (*FOLDER[:2], "--on", on)
    found = json.loads(run("status", *folder, "--todo", "--json").stdout)["targets"]
    every = json.loads(run("status", *folder, "--json").stdout)["targets"]
    kinds = [_kind(each) for each in found]
    assert kinds == sorted(kinds, key=TASKS.index)
    assert len(found) >= sum(_kind(each) != "unsearched" for each in every)
    table = run("status", *folder, "--todo").stdout
    assert table.startswith(f"{len(found)} promise")
    lines = [line for line in table.splitlines() if line.startswith("  ")]
    for line, each in zip(lines, found, strict=True):
        assert "/".join(filter(None, (each["program"], each["indicator"]))) in line
    listed = json.loads(run("list", *folder, "--todo", "--json").stdout)
    assert sum(entry["targets"] for entry in listed["programs"]) == len(found)


def _kind(row: dict[str, Any]) -> str:
    """The kind that a row of data tells; that nobody searched for it is what remains."""
    return next((kind for kind in ("awaited", "stale") if kind in row["flags"]), "") or (
        "unsearched" if "unsourced" not in row["flags"] or row["status"] == "unreported" else "unsourced"
    )
