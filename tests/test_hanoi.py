"""Hanoi as its article of 29 October 2017 tells it, "30-35 percent by 2015 … so far only six": the exact values, on the days that matter."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from support import HERE, run


@cache
def hanoi(on: str) -> list[dict[str, Any]]:
    """The rows of the shipped program as a script reads them on a day."""
    result = run("status", "hanoi", "--on", on, "--json", cwd=HERE.parent)
    assert (result.returncode, result.stderr) == (0, "")
    targets: list[dict[str, Any]] = json.loads(result.stdout, parse_float=Decimal, parse_int=Decimal)["targets"]
    return targets


def row(on: str, indicator: str, by: str) -> dict[str, Any]:
    """The one row of an indicator that is due in a period."""
    (only,) = [row for row in hanoi(on) if (row["indicator"], row["target"]["by"]) == (indicator, by)]
    return only


def said(row: dict[str, Any]) -> dict[str, Any]:
    """What the article lets a reader compute of a row."""
    kept = {key: row[key] for key in ("figure", "gap", "gap_strong", "attainment", "status", "past_due", "final")}
    return {**kept, "period": row["actual"]["period"], "late": "late_figure" in row["flags"]}


OUTPUT_2015 = {
    "figure": 6,
    "gap": -24,
    "gap_strong": -29,
    "attainment": Decimal("0.2"),
    "status": "missed",
    "past_due": True,
    "final": False,
    "period": "2017",
    "late": True,
}
EXPORT_2015 = {
    "figure": Decimal("4.5"),
    "gap": Decimal("-5.5"),
    "gap_strong": Decimal("-10.5"),
    "attainment": Decimal("0.45"),
    "status": "missed",
    "past_due": True,
    "final": False,
    "period": "2017",
    "late": True,
}
DAYS = ["2017-10-29", "2018-02-01", "2020-01-01", "2026-11-22"]


@pytest.mark.parametrize("on", DAYS)
def test_output_by_2015(on: str) -> None:
    """6 % against 30-35 %: 24 and 29 points short, a fifth of the promise; on every later day the same."""
    assert said(row(on, "output-share", "2015")) == OUTPUT_2015


@pytest.mark.parametrize("on", DAYS)
def test_export_by_2015(on: str) -> None:
    """4.5 % against 10-15 %: 5.5 and 10.5 points short; on every later day the same."""
    assert said(row(on, "export-share", "2015")) == EXPORT_2015


@pytest.mark.parametrize(("indicator", "gap"), [("output-share", "-34"), ("export-share", "-35.5")])
def test_the_wish_for_2020(indicator: str, gap: str) -> None:
    """40-50 % was a wish when it was printed: pending, and proposed, not adopted."""
    wish = row("2017-10-29", indicator, "2020")
    assert (wish["target"]["weak"], wish["target"]["strong"], wish["target"]["standing"]) == (40, 50, "proposed")
    assert (wish["gap"], wish["status"], wish["past_due"], wish["final"]) == (Decimal(gap), "pending", False, False)
    assert "proposed" in wish["flags"]


def test_it_was_met_when_it_was_set() -> None:
    """In 2012 the newest share was 34.23 %, of 2010: above the floor before the target was set."""
    before = row("2012-06-30", "output-share", "2015")
    assert (before["figure"], before["actual"]["period"]) == (Decimal("34.23"), "2010")
    assert "met_when_set" in before["flags"]
    assert (before["status"], before["final"]) == ("met", False)


@pytest.mark.parametrize("on", DAYS)
def test_why_says_it_in_one_sentence(on: str) -> None:
    """The sentence has the figure, its year, the deadline and both distances."""
    why = row(on, "output-share", "2015")["why"]
    assert why.startswith(
        "6 % in 2017, the first figure after the 2015 deadline, is 24 points short of the 30 % floor and 29 short of 35 %;"
    )
    assert why.endswith(".")


def test_the_table_says_the_same() -> None:
    """The first row of the table: missed, 2015, -24 pp (-29), 20 %, 30-35 %, 6 % in 2017, late."""
    line = next(
        line
        for line in run("status", "hanoi", "--on", "2017-10-29", cwd=HERE.parent).stdout.splitlines()
        if "✗" in line
    )
    assert line.replace("\u00a0", " ").split("  ")[1] == "✗ missed"
    for text in ("2015", "-24 pp (-29)", "20 %", "≥ 30–35 %", "6 %", "2017  late"):
        assert text in line.replace("\u00a0", " ")
