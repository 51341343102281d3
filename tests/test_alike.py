"""Alike: what figures of a table have in common is understood once, and says of each what it would say of it alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from targettrack.errors import TargettrackError
from targettrack.period import CALENDAR
from targettrack.program.model import Program
from targettrack.recording import mapping, taking
from targettrack.recording.entry import Row
from targettrack.recording.layout import laid_out
from targettrack.recording.table import MOST_FIGURES, Percent, Sheet, Value
from targettrack.store import load

HEADER = ("part", "year", "value", "flag", "unit")
MAPPING = """
import = 1
decimal = "."
[all]
indicator = "share"
[columns]
part = "part:part"
[parts.part]
total = ["whole"]
skip = { left = "no part" }
[flags]
p = "provisional"
x = "missing"
[units]
thousandths = { multiply = 0.1 }
"""
CELLS = some.tuples(
    some.sampled_from(["a", "b", "whole", "left", "", Decimal(1), Decimal("1.0"), True, "True", "1"]),
    some.sampled_from(["2004", "2005", "2005p", "never", Decimal(2004)]),
    some.sampled_from(["1.5", "2", "3..4", "over 3", "7%", "8 p", "..", "", Decimal("1.50"), Percent(Decimal(9))]),
    some.sampled_from(["", "p", "x"]),
    some.sampled_from(["", "%", "thousandths"]),
)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program of one indicator."""
    text = 'targettrack = 1\n[program]\nname = "P"\n[indicators.share]\nname = "Share"\nunit = "%"\n'
    loaded = load.of_text(tmp_path_factory.mktemp("targets") / "p.toml", text)
    assert loaded is not None
    return loaded.program


def taken(program: Program, rows: list[tuple[Value, ...]]) -> taking.Taken:
    """The figures of a table of some rows."""
    layout, problems = laid_out(Sheet("", [HEADER, *rows]), mapping.read(MAPPING, "map"), CALENDAR, "t.csv")
    assert layout is not None
    assert not problems
    return taking.taken(layout, program, "t.csv", ",", "s")


def said(row: Row) -> list[tuple[str, str]]:
    """What a row says, to the last digit, but for where it stands."""
    return sorted((key, str(value)) for key, value in row.values.items() if key != "cell")


@given(rows=some.lists(CELLS, min_size=1, max_size=8))
def test_a_row_says_what_it_would_say_alone(program: Program, rows: list[tuple[Value, ...]]) -> None:
    """Neither the rows before it nor what it has in common with them change what is taken, or left, of it."""
    whole = taken(program, rows)
    alone = [taken(program, [row]) for row in rows]
    assert [said(row) for row in whole.rows] == [said(row) for each in alone for row in each.rows]
    assert [left[1:] for left in whole.left] == [left[1:] for each in alone for left in each.left]
    assert [row.values["cell"] for row in whole.rows] == [
        f"C{place}" for place, each in enumerate(alone, 2) if each.rows
    ]


def test_a_file_of_too_many_figures_is_refused(program: Program) -> None:
    """It would fill the memory before it could be said that the program's file becomes too large."""
    rows: list[tuple[Value, ...]] = [("a", "2004", "1.5", "", "")] * (MOST_FIGURES + 1)
    with pytest.raises(TargettrackError) as refused:
        taken(program, rows)
    assert refused.value.problems[0].code == "too-many-figures"
    assert len(taken(program, rows[1:]).rows) == MOST_FIGURES
