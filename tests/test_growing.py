"""Growing: the figures of an indicator day after day are those that are put together anew for each of the days."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from documents import periods
from targettrack.assessment import figures
from targettrack.period import period
from test_laws import DAYS, LAW, Table, documents, program


@LAW
@given(documents(), st.lists(DAYS, min_size=1, max_size=6), st.one_of(st.none(), DAYS))
def test_day_after_day(document: Table, days: list[date], seen: date | None) -> None:
    """The same points of the same disaggregations, their rivals, what they revised and their breaks, also looking back; and a day's figures stay what they were when the next one is asked for."""
    found = program(document)
    if found is None:
        return
    known = found.indicators["i"], found.actuals.get("i", ()), found.sources
    growing = figures.Growing(*known, seen)
    told = [(growing.until(day), day) for day in sorted(days)]
    for shown, day in told:
        assert {pairs: [_said(point) for point in line] for pairs, line in shown.items()} == {
            pairs: [_said(point) for point in line] for pairs, line in figures.series(*known, day, seen).items()
        }


@LAW
@given(documents(), st.lists(DAYS, min_size=1, max_size=6), st.one_of(st.none(), DAYS))
def test_what_is_asked_of_all_points(document: Table, days: list[date], seen: date | None) -> None:
    """What a day's figures say of all of them at once is what they say one by one, and stays so when the next day is asked for."""
    found = program(document)
    if found is None:
        return
    growing = figures.Growing(found.indicators["i"], found.actuals.get("i", ()), found.sources, seen)
    for line in [line for day in sorted(days) for line in growing.until(day).values()]:
        assert isinstance(line, figures.Run)
        assert line.lengths.keys() == figures.Run(line).lengths.keys()
        assert all(span.measure == measure for measure, span in line.lengths.items())
        assert line.breaks == figures.Run(line).breaks
        assert line.distinct == figures.Run(line).distinct


@given(st.lists(periods, min_size=2, max_size=2))
def test_periods_of_one_measure(pair: list[int | str]) -> None:
    """Two periods have one measure where they are as long, and both a single day or neither."""
    one, other = map(period, pair)
    assert (one.measure == other.measure) == (one.as_long_as(other) and one.is_day == other.is_day)


def _said(point: figures.Point) -> tuple[object, ...]:
    return (
        point.figure.place,
        [figure.place for figure in point.rivals],
        [figure.place for figure in point.revised],
        point.is_break,
        point.break_notes,
    )
