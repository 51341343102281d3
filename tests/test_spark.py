"""The indicators of a program in ``show PROGRAM``: every figure is a bar of its height, every missing period a dot, and every promise a sign above its year, at any width."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import HERE, LINEAR, aim, load, run, tries
from targettrack.formats._look import Look
from targettrack.formats.table import _contents, _spark
from targettrack.formats.table._sheet import Line, width
from targettrack.pages import show
from targettrack.pages.show import Chapter
from targettrack.program.shelf import Loaded
from targettrack.store import load as loading
from test_laws import DAYS, Table, documents, program

LAW = tries(150)
ON = date(2026, 1, 1)


def text(line: Line) -> str:
    """What is drawn."""
    return "".join(cell.text for cell in line)


def chapters(loaded: Loaded, on: date = ON) -> tuple[Chapter, ...]:
    """The chapters of a program."""
    return show.story(loaded, None, on, LINEAR).chapters


def drawn(*figures: str, indicator: str = "") -> str:
    """The bars of the figures of one indicator, each a period and a value."""
    actuals = (f"period = {period}\nvalue = {value}" for period, _, value in (each.partition(": ") for each in figures))
    (chapter,) = chapters(load(aim("increase", "by = 2030\nvalue = 40", *actuals, indicator=indicator)))
    return text(_spark.bars(chapter, Look()))


@pytest.mark.parametrize(
    ("figures", "bars"),
    [
        (("2020: 40", "2021: 20", "2022: 0"), "█▅▁"),
        (("2020: 40", "2023: 40"), "█··█"),
        (("2001: 40", "2023: 20"), "█‥▅"),
        (("2020: 40", "2021: 20\nseries_break = true"), "█┊▅"),
        (('"2020-Q1": 10', '"2020-Q4": 20'), "▅··█"),
        (("2020: 40",), ""),
        (("2020: 40", "2021: -1"), ""),
        (("2020: 0", "2021: 0"), ""),
        (("2019: 7", '"2020-01": 3', "2020: 14"), "▅█"),
    ],
)
def test_bars(figures: tuple[str, ...], bars: str) -> None:
    """From 0 to the largest; nothing where one bar would stand alone, or none could have its length; a figure of another length is none of them."""
    assert drawn(*figures) == bars


@LAW
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=_spark.MOST))
def test_a_bar_is_as_high_as_its_figure(values: list[int]) -> None:
    """To half an eighth of the largest."""
    bars = drawn(*(f"{2000 + place}: {value}" for place, value in enumerate(values)))
    assert bars == "" if max(values) == 0 else len(bars) == len(values)
    for bar, value in zip(bars, values, strict=bool(bars)):
        assert abs(Decimal(_spark.BARS.index(bar)) - Decimal(value * 7) / max(values)) <= Decimal("0.5")


@LAW
@given(documents(), DAYS)
def test_every_promise_has_its_sign_above_its_year(document: Table, on: date) -> None:
    """Whatever was promised; no row of bars is longer than it may be, and none is drawn of ASCII."""
    found = program(document)
    for chapter in chapters(Loaded(found, ""), on) if found else ():
        assert width(_spark.bars(chapter, Look())) <= _spark.MOST
        assert _spark.bars(chapter, Look(ascii=True)) == ()
        above, below = map(text, _contents.promised(chapter.rows, Look()))
        assert len(above) == len(below) or not below
        if below:
            assert len(above.split()) == len(below.split()) == len(chapter.rows)
            assert [place for place in range(len(above)) if above[place] != " "] == [
                place for place in range(len(below)) if below[place] != " " and (not place or below[place - 1] == " ")
            ]


@pytest.mark.parametrize("columns", [200, 120, 80, 50, 40, 25])
def test_no_indicator_is_left_out(columns: int) -> None:
    """Every one is named in its place, and no line is wider than the terminal, unless a single figure is."""
    folder = HERE.parent / "targets"
    lines = run("show", "hanoi", "--targets", str(folder), "--on", "2026-11-22", env={"COLUMNS": str(columns)}).stdout.splitlines()  # fmt: skip
    lines = lines[lines.index("indicators") + 1 : lines.index("in words only")]
    names = [line.split()[0] for line in lines if line.startswith("  ") and line[2:3] not in {" ", "“"}]
    hanoi = loading.load(folder / "hanoi.toml")
    ids = list(hanoi.program.indicators) if hanoi else []
    assert [name for name in names if name in ids] == ids
    assert columns == 25 or max(map(len, lines)) <= min(columns, 120)
