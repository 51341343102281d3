"""Uncounted: which figures of an indicator a target does not use, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from targettrack import period
from targettrack.assessment.figures import Point
from targettrack.assessment.judging import Asked, Judged, serves, since_baseline
from targettrack.assessment.promises import holding
from targettrack.assessment.row import Row
from targettrack.frozen import frozen
from targettrack.period import Period
from targettrack.program.model import Pairs
from targettrack.program.spelling import spelling

Reason = Literal["like", "length", "kind", "tile", "outside", "part", "before", "history", "after"]
REASONS: tuple[Reason, ...] = ("like", "length", "kind", "tile", "outside", "part", "before", "history", "after")
"""Why a figure is not used, the most useful to know first.

``like``: of a disaggregation that differs from the target's only in its spelling; ``part``: of another one, or of the whole where a part is asked for;
``length``: for a period of another length, where the target does not write its aggregate; ``kind``: no figure of a period of the kind that a standing
target asks for, nor for the end of one; ``tile``: inside the window of a sum or a mean, and neither one of its periods nor with others what makes one
up; ``outside``: outside that window, or after the end of a standing target's; ``before``: ended before the standing promise held; ``history``: ended
before the baseline (or, of a standing target, with it); ``after``: ends after a due period that has not passed yet, or, of a standing target, has not ended.
"""


@frozen()
class Uncounted:
    """Figures that a target does not use for one reason: of one disaggregation, in order of time."""

    reason: Reason
    pairs: Pairs
    points: tuple[Point, ...]


def uncounted(row: Row) -> Iterator[Uncounted]:
    """The figures of a row's indicator, known on its day, that it does not use, the most useful reason first.

    What is judged, rivals that, or is where the way begins is used; so is every figure that might be judged on another day: an older one of the series.
    A figure for days that the figures of a sum or a mean cover already is not missed.
    """
    first, last = _split(misplaced(row), REASONS.index("part"))
    yield from first
    yield from (Uncounted("part", pairs, tuple(row.series[pairs])) for pairs in other_parts(row))
    yield from last


def _split(groups: Iterable[Uncounted], place: int) -> tuple[list[Uncounted], list[Uncounted]]:
    """The groups with a reason that is more useful to know than one, and those with one that is less."""
    ordered = sorted(groups, key=lambda group: REASONS.index(group.reason))
    return [group for group in ordered if REASONS.index(group.reason) < place], [
        group for group in ordered if REASONS.index(group.reason) > place
    ]


def misplaced(row: Row) -> Iterator[Uncounted]:
    """The figures that a row does not use, but for those of other parts of the indicator: its own ones, and those whose part is only spelled otherwise."""
    if row.asked is None:
        return
    yield from (Uncounted("like", pairs, tuple(row.series[pairs])) for pairs in _likes(row))
    yield from _own(row, row.asked)


def _likes(row: Row) -> list[Pairs]:
    """The parts that differ from that of a row only in their spelling."""
    mine = row.disaggregation
    return [pairs for pairs in row.series.spelled(mine) if pairs != mine] if mine else []


def other_parts(row: Row) -> Iterator[Pairs]:
    """The other parts of the indicator that have figures, in order; () is the whole."""
    if row.asked is not None:
        passed = {row.disaggregation, *_likes(row)}
        yield from (pairs for pairs in row.series.ordered if pairs not in passed)


def _own(row: Row, asked: Asked) -> Iterator[Uncounted]:
    """The figures of the target's own series."""
    used = _used(row)
    found: dict[Reason, list[Point]] = {}
    for point in row.points:
        if point.figure.place not in used and (reason := _reason(row, asked, point)):
            found.setdefault(reason, []).append(point)
    yield from (Uncounted(reason, asked.target.disaggregation, tuple(points)) for reason, points in found.items())


def _used(row: Row) -> set[int]:
    """The places of the figures that the row stands on: judged, their rivals, and where the way begins."""
    judged, start = row.judged, row.start
    points = judged.points if judged else ()
    used = [
        *(figure for point in points for figure in (point.figure, *point.rivals)),
        *(judged.denied_by if judged else ()),
    ]
    used += [
        point.figure
        for point in row.points
        if start is not None and start.origin != "baseline" and point.period == start.period
    ]
    return {figure.place for figure in used}


def _reason(row: Row, asked: Asked, point: Point) -> Reason | None:
    """Why a figure of the target's own series is not used; None where it is one of those that may be judged."""
    target = asked.target
    if target.aggregate != "last":
        return _of_window(row.judged, point)
    if target.shape != "milestone" and not asked.baseline_counts and not since_baseline([point], asked.baseline):
        return "history"
    if target.shape == "undetermined":
        return None
    if target.every is not None:
        return _of_kind(row, asked, point)
    if not serves(asked, point.period):
        return "length"
    return "after" if asked.due is not None and not asked.past_due and point.last > asked.due.last else None


def _of_kind(row: Row, asked: Asked, point: Point) -> Reason | None:
    """Why a standing target, which asks for a figure of each period of a kind, does not use one."""
    each = period.of_kind(point.last, asked.target.every or "year", asked.year)
    span = point.period
    whole = span == each or span.is_day or asked.indicator.cumulative
    if each.last != point.last or not (whole or span.first > each.first):
        return "kind"
    if not each.ended(asked.on):
        return "after"
    if (reason := _not_held(row, asked, each)) is not None:
        return reason
    return None if whole or asked.target.aggregate_ else "length"


def _not_held(row: Row, asked: Asked, each: Period) -> Reason | None:
    """Why no version of a standing promise judges an ended period; None where one does."""
    if asked.baseline is not None and each.last <= asked.baseline.last:
        return "history"
    versions = row.promised.versions or (row.version,)
    if holding(versions, row.program.sources, each) is not None:
        return None
    ends = asked.target.ends
    return "outside" if ends is not None and ends.last < each.last else "before"


def _of_window(judged: Judged | None, point: Point) -> Reason | None:
    """Why a sum or a mean does not use a figure; None where others tell the same days."""
    window = judged.window if judged else None
    if window is None:
        return None
    if point.period.first < window.first or point.last > window.last:
        return "outside"
    return None if _covered(point.period, judged.points if judged else ()) else "tile"


def _covered(span: Period, points: Iterable[Point]) -> bool:
    """Whether figures tell a day of a period already."""
    return any(period.overlap(span, point.period) for point in points)


# ---------------------------------------------------------------- lengths


def fits(asked: Asked, span: Period) -> bool:
    """Whether a target asks for figures of periods as long as this one."""
    target = asked.target
    if target.every is None or target.shape == "undetermined":
        return serves(asked, span)
    return (
        bool(target.aggregate_)
        or asked.indicator.cumulative
        or span.is_day
        or span.length == period.MONTHS[target.every]
    )


# ---------------------------------------------------------------- spellings


def alike(one: Pairs, other: Pairs) -> bool:
    """Whether two disaggregations are not the same, and differ only by case, spaces, dashes, the form of a letter, or the place of a tone mark."""
    return one != other and bool(one) and spelling(one) == spelling(other)
