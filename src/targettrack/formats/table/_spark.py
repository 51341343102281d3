"""Sparks: an indicator's figures as a row of small bars from 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from targettrack.assessment.figures import Figure
from targettrack.formats._look import Look
from targettrack.formats.table._sheet import Cell, Line
from targettrack.pages.chart import point
from targettrack.pages.show import Chapter, Told

BARS = "▁▂▃▄▅▆▇█"
BREAK, NONE, LEFT_OUT = "┊", "·", "‥"
MOST, MOST_MISSING = 16, 8
"""The cells of a row of bars, where there are more those of the newest figures; and the dots between two of them."""


def headline(chapter: Chapter) -> Figure | None:
    """The figure that stands for an indicator: the newest of the whole, of the length of period that its targets are judged by where there is one; never a part's."""
    whole = _whole(chapter)
    lengths = {figure.period.length for figure in _judged(chapter)}
    found = next((entry for entry in reversed(whole) if entry.figure.period.length in lengths), None)
    return found.figure if found else whole[-1].figure if whole else None


def _whole(chapter: Chapter) -> list[Told]:
    """The figures that lead in their periods, without those of parts."""
    return [entry for entry in chapter.told if entry.role == "leads" and not entry.figure.actual.disaggregation]


def _judged(chapter: Chapter) -> Iterator[Figure]:
    """The figures that targets of the whole are judged by."""
    for row in chapter.rows:
        if row.judged and row.judged.points and not row.disaggregation and not row.judged.other_length:
            yield row.judged.newest.figure


def bars(chapter: Chapter, look: Look) -> Line:
    """A bar for each figure that is of the same length of period as the one that stands for the indicator, from 0 to the largest; a dot for each period between them that has none, two small ones for many, a line where the series breaks.

    Nothing where there are no two of them, where one is below 0 (no length would be true), or where only ASCII is shown.
    """
    newest = headline(chapter)
    if newest is None or look.ascii:
        return ()
    told = [entry for entry in _whole(chapter) if entry.figure.actual.answer is None and _alike(chapter, entry, newest)]
    largest = max((point(entry).stated for entry in told), default=Decimal(0))
    if len(told) < 2 or largest <= 0 or any(point(entry).stated < 0 for entry in told):
        return ()
    drawn = list(_drawn(told, largest))
    return (Cell(LEFT_OUT, "dim"), *drawn[1 - MOST :]) if len(drawn) > MOST else tuple(drawn)


def _alike(chapter: Chapter, entry: Told, newest: Figure) -> bool:
    """Whether two figures are of periods of one length; in a running total all are."""
    return chapter.indicator.cumulative or entry.figure.period.as_long_as(newest.period)


def _drawn(told: Sequence[Told], largest: Decimal) -> Iterator[Cell]:
    for before, entry in pairwise((None, *told)):
        if entry is None:
            continue
        missing = _between(before, entry) if before else 0
        yield from [Cell(NONE, "dim")] * missing if missing <= MOST_MISSING else [Cell(LEFT_OUT, "dim")]
        if entry.figure.actual.series_break:
            yield Cell(BREAK, "dim")
        drawn = point(entry)
        level = int(drawn.stated / largest * (len(BARS) - 1) + Decimal("0.5"))
        yield Cell(BARS[level], "plain" if drawn.sure else "dim")


def _between(before: Told, entry: Told) -> int:
    """How many periods of a length lie between two of them; none where they have no months, or are of two lengths, as those of a running total may be."""
    one, other = before.figure.period, entry.figure.period
    months = other.months
    if months is None or not one.as_long_as(other):
        return 0
    apart = (other.first.year - one.first.year) * 12 + other.first.month - one.first.month
    return max(apart // months - 1, 0)
