"""Judging: the figure that decides a target, where the way to its bound begins, and how fast it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from targettrack import figures, period
from targettrack.figures import Bound, Point, Span
from targettrack.period import Period
from targettrack.program import Baseline, Direction, Indicator, Target


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Start:
    """Where the way to the bound begins; the value in the indicator's unit."""

    period: Period
    value: Decimal
    source: str | None
    origin: Literal["baseline", "first_actual", "zero"]
    allowed: Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Window:
    """The periods that a sum or a mean runs over. ``counted`` have a figure; ``missing`` have ended without one."""

    first: date
    last: date
    periods: int
    counted: int
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every period has its figure."""
        return self.counted == self.periods


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Judged:
    """The figure that decides a target: one point, or several added up or averaged."""

    points: tuple[Point, ...]
    allowed: Span | None
    late: bool = False
    stale: bool = False
    window: Window | None = None

    @property
    def newest(self) -> Point:
        """The newest point, the only one but for sums and means."""
        return self.points[-1]

    @property
    def partial(self) -> bool:
        """Whether an ended period of the window has no figure."""
        return self.window is not None and bool(self.window.missing)


@dataclass(frozen=True, eq=False, repr=False)
class Pace:
    """How fast the figure moves. Rates are in the unit a year, signed as the figure moves."""

    progress: Fraction | None = None
    elapsed: Fraction | None = None
    observed: Fraction | None = None
    required: Fraction | None = None
    projected: Fraction | None = None
    reached_on: date | None = None

    @cached_property
    def pace(self) -> Fraction | None:
        """Progress over elapsed time."""
        return None if self.progress is None or not self.elapsed else self.progress / self.elapsed


def line_of(target: Target, points: Sequence[Point], baseline: Baseline | None, on: date) -> Sequence[Point]:
    """The points that a target may be judged on, in order: without what ends before the baseline (but for windows and milestones), one for each last day."""
    if target.aggregate != "last":
        return points
    if target.every is not None:
        months = period.MONTHS[target.every]
        return figures.by_last_day([point for point in since_baseline(points, baseline) if point.period.months == months and point.period.ended(on)], months)
    return figures.by_last_day(points if target.shape == "milestone" else since_baseline(points, baseline), target.due)


def judged_figure(target: Target, indicator: Indicator, line: Sequence[Point], on: date) -> Judged | None:
    """The figure that decides a target on ``on``; None where there is none.

    With a deadline: the newest that ends inside the due period; else, past due, the first after it; else the newest before.
    Standing: the newest ended period of its kind. Without a deadline: the newest. A milestone once true stays true.
    """
    if target.aggregate != "last":
        return _aggregated(target, indicator, line, on)
    if target.every is not None:
        return _standing(line, period.MONTHS[target.every], on)
    if target.shape == "milestone":
        reached = [point for point in line if point.actual.value is True and (target.due is None or point.last <= target.due.last)]
        if reached:
            return _single(reached[-1:])
    return _dated(target.due, indicator, line, on) if target.due else _single(line[-1:])


def since_baseline(points: Sequence[Point], baseline: Baseline | None) -> list[Point]:
    """The points that do not end before the baseline: what ends before it is history."""
    return [point for point in points if baseline is None or point.last >= baseline.period.last]


def _single(points: Sequence[Point], *, late: bool = False, stale: bool = False) -> Judged | None:
    if not points:
        return None
    actual = points[0].actual
    return Judged((points[0],), None if isinstance(actual.value, bool) else figures.span(actual), late=late, stale=stale)


def _dated(due: Period, indicator: Indicator, line: Sequence[Point], on: date) -> Judged | None:
    past_due = due.ended(on)
    inside = [point for point in line if due.contains(point.last)]
    if inside:
        later = indicator.frequency is not None and period.ends_later_inside(due, indicator.frequency, inside[-1].last)
        return _single(inside[-1:], stale=past_due and later)
    after = [point for point in line if point.last > due.last]
    if past_due and after:
        return _single(after[:1], late=True)
    before = [point for point in line if point.last < due.first]
    return _single(before[-1:], stale=past_due)


def _standing(line: Sequence[Point], months: int, on: date) -> Judged | None:
    if not line:
        return None
    next_last = period.plus_months(line[-1].last + timedelta(days=1), months) - timedelta(days=1)
    return _single(line[-1:], stale=next_last < on)


def _aggregated(target: Target, indicator: Indicator, points: Sequence[Point], on: date) -> Judged | None:
    if target.begins is None or target.due is None:
        raise TypeError("a sum or a mean has a window")
    whole = Period(target.begins.first, target.due.last, "")
    by_period = {point.period: point for point in points}
    parts = list(period.parts(whole.first, whole.last, indicator.frequency or "year"))
    if whole in by_period:
        point = by_period[whole]
        return Judged((point,), figures.span(point.actual), window=Window(whole.first, whole.last, len(parts), len(parts), ()))
    found = [by_period[part] for part in parts if part in by_period]
    missing = tuple(part.text for part in parts if part not in by_period and part.ended(on))
    window = Window(whole.first, whole.last, len(parts), len(found), missing)
    total = figures.just(Decimal(0))
    for point in found:
        total = total.plus(figures.span(point.actual))
    allowed = total.over(len(found)) if found and target.aggregate == "mean" else total
    return Judged(tuple(found), allowed if found else None, window=window)


# ---------------------------------------------------------------- start and pace


def last_break(points: Sequence[Point], up_to: date) -> date | None:
    """The last day of the newest period, up to a day, with which the series changed."""
    return max((point.last for point in points if point.is_break and point.last <= up_to), default=None)


def start_of(target: Target, line: Sequence[Point], baseline: Baseline | None, judged: Judged, bound: Bound | None, direction: Direction | None, broken: date | None) -> Start | None:
    """Where the way begins, ``broken`` being the last day of the newest break up to the judged figure: the baseline, else an actual since the last break; a rising sum at 0 on the eve of its window, unless a figure is missing since then or the series broke."""
    if target.aggregate != "last":
        return None if judged.partial or (broken is not None and broken > judged.points[0].last) else _zero(target, direction)
    at = judged.newest.last
    if baseline is not None:
        if baseline.period.last >= at or (broken is not None and broken > baseline.period.last):
            return None
        return Start(baseline.period, baseline.value, baseline.source, "baseline", figures.just(baseline.value))
    since = [point for point in line if (day := point.last) <= at and (broken is None or day >= broken)]
    before_set = [point for point in since if point.last <= target.set_on.last] if target.set_on else []
    first = before_set[-1] if before_set else since[0]
    if first.last >= at or isinstance(first.actual.value, bool):
        return None
    allowed = figures.span(first.actual)
    return Start(first.period, bound.worse(allowed) if bound else figures.worse(direction, allowed), first.actual.source, "first_actual", allowed)


def _zero(target: Target, direction: Direction | None) -> Start | None:
    if target.aggregate != "sum" or direction != "increase" or target.begins is None:
        return None
    eve = target.begins.first - timedelta(days=1)
    return Start(Period(eve, eve, eve.isoformat()), Decimal(0), None, "zero", figures.just(Decimal(0)))


def pace_of(target: Target, start: Start | None, judged: Judged, figure: Decimal, bound: Bound | None, *, past_due: bool, met: bool | None) -> Pace:
    """Progress, elapsed time and rates, each None where it has no meaning."""
    at, due = judged.newest.last, target.due.last if target.due else None
    left = Fraction(0) if due is None or past_due else max(period.years(at, due), Fraction(0))
    required = None if bound is None or not left else _required(target, judged, figure, bound, left, met=met)
    if start is None:
        return Pace(required=required)
    since = period.years(start.period.last, at)
    observed = Fraction(figure - start.value) / since if since > 0 else None
    if bound is None:
        return Pace(observed=observed)
    at_start = bound.gap(start.value)
    progress = None if at_start >= 0 else 1 - Fraction(bound.gap(figure)) / Fraction(at_start)
    span = period.years(start.period.last, due) if due else Fraction(0)
    return Pace(
        progress=progress,
        elapsed=since / span if span > 0 else None,
        observed=observed,
        required=required,
        projected=Fraction(figure) + observed * left if observed is not None and due and not past_due else None,
        reached_on=None if past_due or not progress or progress <= 0 or bound.crossed(start.value, figure) else _reached(start, since, progress),
    )  # fmt: skip


def _reached(start: Start, since: Fraction, progress: Fraction) -> date | None:
    """The day on which the straight line from the start through the figure meets the bound."""
    return period.day_at(period.months(start.period.last) + since * 12 / progress)


def _required(target: Target, judged: Judged, figure: Decimal, bound: Bound, left: Fraction, *, met: bool | None) -> Fraction | None:
    """What is needed a year from the judged figure to due; for a mean, the average that the periods without a figure need."""
    nearest = bound.strong if bound.direction == "maintain" and figure > bound.strong else bound.weak
    if target.aggregate != "mean":
        return None if met or bound.gap(figure) >= 0 else (Fraction(nearest) - Fraction(figure)) / left
    window = judged.window
    if window is None or window.complete:
        return None
    return (Fraction(nearest) * window.periods - Fraction(figure) * window.counted) / (window.periods - window.counted)
