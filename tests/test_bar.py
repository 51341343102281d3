"""The bar: what is drawn agrees with the numbers that stand beside it, whatever the figure, the promise and the day."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import aim as asked
from support import row, tries
from targettrack.assessment.row import Row
from targettrack.formats._look import Look
from targettrack.formats.table import _bar
from targettrack.formats.table._sheet import Line
from targettrack.text import NBSP
from targettrack.wording import evidence

LOOK = Look(width=120)
CELLS, ROOM = 20, 8


def aim(direction: str, target: str, figure: str, *, by: int = 2020, baseline: str | None = None) -> str:
    """A program of one promise, and one figure for 2020."""
    start = "" if baseline is None else f"baseline = {{ period = 2010, value = {baseline} }}"
    return asked(direction, f"by = {by}\n{target}", f"period = 2020\n{figure}", indicator=start)


def text(line: Line) -> str:
    """What a line shows."""
    return "".join(cell.text for cell in line)


def drawn(of: Row) -> tuple[str, str, str]:
    """What a bar begins with, its way to the finish line, and what is past that."""
    shown = text(_bar.bar(of, CELLS, ROOM, LOOK))
    way, _, past = shown[1:].partition("┃")
    return shown[0], way, past


def under(of: Row, cells: int = 60) -> list[str]:
    """The lines of numbers under a bar, and above them the bar."""
    lines = [text(_bar.keyed(of, cells, LOOK)), *_bar.key(of, cells, LOOK)]
    return [line.replace(NBSP, " ") for line in lines]


def test_an_inexact_figure_is_dashed_from_what_is_sure_to_what_may_be() -> None:
    """9 to 10 of 20: sure to 9, dashed to 10."""
    of = row(aim("increase", "value = 20", "range = [9, 10]"), "2026-01-01")
    assert drawn(of) == ("0", "━" * 9 + "╍" + "─" * 10, "")


def test_a_figure_with_an_open_end_has_nothing_that_is_sure() -> None:
    """Under 35 with at least 33 promised may be anything up to past the line; the judgement says so too."""
    of = row(aim("increase", "value = 33", 'value = 35\napprox = "under"'), "2026-01-01")
    assert of.status == "not_assessable"
    assert drawn(of) == ("0", "╍" * CELLS, "╍")


def test_over_has_no_end() -> None:
    """Over 20 with 40 promised: sure to half the way, then dashed past the line."""
    begin, way, past = drawn(row(aim("increase", "value = 40", 'value = 20\napprox = "over"'), "2026-01-01"))
    assert (begin, way) == ("0", "━" * 10 + "╍" * 10)
    assert past == "╍" * (ROOM - 1) + "►"


def test_what_is_settled_as_missed_does_not_touch_the_line() -> None:
    """Under 35 with at least 35 promised: no number that it may be reaches the line."""
    of = row(aim("increase", "value = 35", 'value = 35\napprox = "under"'), "2026-01-01")
    assert of.status == "missed"
    assert drawn(of) == ("0", "╍" * (CELLS - 1) + "─", "")


def test_what_is_past_the_line_and_not_settled_is_dashed_there() -> None:
    """A mean of one year of three is above what was promised; the other two are missing."""
    of = row(
        asked("increase", 'by = "2018/2020"\naggregate = "mean"\nvalue = 20', "period = 2018\nvalue = 24"), "2026-01-01"
    )
    assert of.status == "unreported"
    assert drawn(of) == ("0", "━" * CELLS, "╍╍╍╍")


def test_a_figure_before_the_start_is_on_the_axis_of_explain() -> None:
    """The picture begins at the figure, and the start has its mark and its number; beside others an arrow points back."""
    of = row(aim("decrease", "value = 50", "value = 125", by=2030, baseline="100"), "2026-01-01")
    assert evidence.share(of) == Decimal("-0.5")
    begin, way, _ = drawn(of)
    assert (begin, way[0]) == ("◊", "◄")
    bar, *numbers = under(of)
    at = bar.index("◊")
    assert bar[:at] == "━" * at
    assert bar.index("┃") - at - 1 == pytest.approx(2 * at, abs=2)
    assert numbers[0].startswith("125")
    assert numbers[0][at:].startswith("100")


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program of one target and one figure, of any inexactness, before or past its deadline."""
    number = st.integers(1, 400).map(lambda value: f"{value / 4:g}")
    low, high = sorted((draw(number), draw(number)), key=Decimal)
    figure = draw(
        st.sampled_from(
            (
                f"value = {low}",
                f"range = [{low}, {high}]",
                *(f'value = {low}\napprox = "{word}"' for word in ("about", "over", "under")),
            )
        )
    )
    weak, strong = sorted((draw(number), draw(number)), key=Decimal)
    target = draw(st.sampled_from((f"value = {weak}", f"range = [{weak}, {strong}]")))
    return aim(
        draw(st.sampled_from(("increase", "decrease"))),
        target,
        figure,
        by=draw(st.sampled_from((2020, 2030))),
        baseline=draw(st.none() | number),
    )


@given(programs(), st.integers(24, 60))
@tries(300)
def test_pictures_agree_with_their_numbers(program: str, cells: int) -> None:
    """Where a bar begins, where it ends, and the numbers below it."""
    of = row(program, "2026-01-01")
    if _bar.reach(of) is None:
        assert not _bar.bar(of, CELLS, ROOM, LOOK)
        return
    begin, way, past = drawn(of)
    assert (begin == "◊") is evidence.from_start(of)
    assert len(way) == CELLS
    assert len(past) <= ROOM
    met = of.status in {"met", "met_late", "exceeded"}
    assert (set(way) == {"━"}) or not met
    if of.status == "missed":
        assert way[-1] not in "━╍"
        assert not set(past) & set("━╍►")
    if not met:
        assert "━" not in past
    bar, *numbers = under(of, cells)
    assert max(map(len, (bar, *numbers))) <= cells + 2
    assert bar.count("┃") == 1
    bound, allowed = of.bound, of.judged.allowed if of.judged else None
    assert bound is not None
    assert allowed is not None
    said = " ".join(numbers).split()
    for value in (bound.weak, bound.strong, *(end for end in allowed.ends if end is not None)):
        assert f"{value:f}" in said
