"""Pace: how far a figure is from its bound, how fast it goes there, and what that says before the deadline; exact, and with all that each number comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Literal

from targettrack import period
from targettrack.assessment import bounds
from targettrack.assessment.bounds import Bound, Span
from targettrack.assessment.cutpoints import Cut, CutPoints
from targettrack.assessment.judging import Asked, Judged, Start, added
from targettrack.frozen import frozen
from targettrack.number import EXACT

Tendency = Literal["met", "on_track", "behind", "off_track", "worsening", "pending"]

PACE: CutPoints[Tendency] = CutPoints(
    "pace",
    (Cut("on_track", Decimal("0.95")), Cut("behind", Decimal("0.60")), Cut("off_track", Decimal(0))),
    "worsening",
    by=Fraction(1),
)
"""What a pace says before the deadline."""


@frozen()
class Distance:
    """A judged figure, of what it allows the end that is worse for the target, beside its bound, where the two are compared; gaps in the unit, below 0 short of it.

    ``mean``: the target asks for the mean of its window; of several figures ``figure`` has 100 digits of theirs.
    """

    judged: Judged
    figure: Decimal
    bound: Bound | None
    mean: bool = False

    @property
    def gap(self) -> Decimal | None:
        """The figure against the end that decides."""
        return None if self.bound is None else self.bound.gap(self.figure)

    @property
    def gap_strong(self) -> Decimal | None:
        """The figure against the ambition."""
        return None if self.bound is None else self.bound.gap_strong(self.figure)

    @property
    def gap_approx(self) -> Literal["under", "over"] | None:
        """Whether the true gap is less, or more, because the figure is an open end."""
        return None if self.bound is None or self.judged.allowed is None else self.bound.gap_approx(self.judged.allowed)

    @property
    def shortfall(self) -> Decimal | None:
        """The gap as a share of the size of the bound; None for a bound of 0."""
        bound, gap = self.bound, self.gap
        return None if bound is None or gap is None or not bound.weak else EXACT.divide(gap, abs(bound.weak))

    @property
    def attains(self) -> bool:
        """Whether the figure is a share of the bound: where more is better, and both are above 0."""
        return self.bound is not None and self.bound.direction == "increase" and self.figure > 0 and self.bound.weak > 0

    @property
    def attainment(self) -> Decimal | None:
        """The share of the bound that the figure is, if it is one."""
        return EXACT.divide(self.figure, self.bound.weak) if self.bound and self.attains else None

    @property
    def averaged(self) -> bool:
        """Whether it is the mean of several figures."""
        return self.mean and len(self.judged.points) > 1

    @property
    def exact(self) -> Decimal | Fraction:
        """The figure, a mean of several before it is rounded."""
        return Fraction(self.total) / len(self.judged.points) if self.averaged else self.figure

    @property
    def total(self) -> Decimal:
        """What the judged figures add up to, at the end by which they are judged."""
        return self.end(added(self.judged.points))

    def end(self, of: Span) -> Decimal:
        """The end of one of the judged figures, or of their sum, by which they are judged: where what they make has an open end, the other one."""
        allowed = self.judged.allowed
        if allowed is None or (allowed.low is None and allowed.high is None):
            return of.stated
        end = of.low if self.figure == allowed.low else of.high
        return of.stated if end is None else end

    @property
    def nearest(self) -> Decimal:
        """The end of the bound that the figure has to reach: of what is to be maintained, the one on its side."""
        if self.bound is None:
            raise TypeError("a figure that is compared with nothing has nothing to reach")
        return (
            self.bound.strong
            if self.bound.direction == "maintain" and self.figure > self.bound.strong
            else self.bound.weak
        )


@frozen(slots=False)
class Pace:
    """How fast the figure moves. Rates are in the unit a year, signed as the figure moves.

    ``since``, ``whole`` and ``left`` are the years from the start to the figure, from the start to the deadline, and from the figure to the deadline; 0 where there are none, or it does not matter any more.
    """

    distance: Distance | None = None
    start: Start | None = None
    since: Fraction = Fraction(0)
    whole: Fraction = Fraction(0)
    left: Fraction = Fraction(0)
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

    def figure_at(self, pace: Decimal | Fraction | int) -> Fraction | None:
        """The figure with which the pace would be that, in the time that has elapsed."""
        bound = self.distance.bound if self.distance else None
        if self.start is None or bound is None or self.elapsed is None:
            return None
        start = Fraction(self.start.value)
        return start + Fraction(pace) * self.elapsed * (Fraction(bound.weak) - start)


STILL = Pace()
"""Of what is compared with nothing."""


def tendency(asked: Asked, start: Start | None, judged: Judged) -> Tendency | None:
    """What the way so far says before the deadline; None where the start or the figure is no single number, and not all that they allow say the same."""
    bound, due = asked.bound, asked.due
    if start is None or bound is None or judged.allowed is None or judged.holey:
        return "pending"
    if due is None or asked.past_due:
        return "pending" if bound.decides(judged.allowed) is not None else None
    span = period.years(start.period.last, due.last)
    elapsed = period.years(start.period.last, judged.newest.last) / span if span > 0 else None
    said = {
        _going(bound, begin, now, elapsed)
        for begin, now in product(_samples(bound, start.allowed), _samples(bound, judged.allowed))
    }
    return said.pop() if len(said) == 1 else None


def _going(bound: Bound, start: Decimal, now: Decimal, elapsed: Fraction | None) -> Tendency:
    at_start = bound.gap(start)
    if bound.holds(now):
        return "met"
    if at_start >= 0:
        return "worsening" if bound.gap(now) < at_start else "pending"
    if not elapsed or bound.crossed(start, now):
        return "pending"
    return PACE.label((1 - Fraction(bound.gap(now)) / Fraction(at_start)) / elapsed)


_FAR = Decimal(10) ** 40
_NEAR = Decimal(10) ** -40


def _samples(bound: Bound, allowed: Span) -> Iterator[Decimal]:
    """The numbers of a figure that tell what all of them say: its ends (one that is not included by the next to it, an open one by one far beyond) and the bound's between them."""
    if allowed.exact is not None:
        yield allowed.exact
        return
    low = (
        EXACT.subtract(allowed.stated, _FAR)
        if allowed.low is None
        else EXACT.add(allowed.low, _NEAR)
        if allowed.high is None
        else allowed.low
    )
    high = (
        EXACT.add(allowed.stated, _FAR)
        if allowed.high is None
        else EXACT.subtract(allowed.high, _NEAR)
        if allowed.low is None
        else allowed.high
    )
    yield from {low, high, *(end for end in (bound.weak, bound.strong) if low < end < high)}


def pace_of(
    asked: Asked,
    start: Start | None,
    distance: Distance,
    *,
    met: bool | None,
    settled: bool,
    breaks_later: bool = False,
) -> Pace:
    """Progress, elapsed time and rates, each None where it has no meaning; ``settled``: nothing can change any more; ``breaks_later``: the series changed after the figure, and no rate leads across that."""
    judged, figure, bound = distance.judged, distance.figure, distance.bound
    at, due = judged.newest.last, asked.due.last if asked.due else None
    ahead = due is not None and not asked.past_due and not settled and not breaks_later
    left = max(period.years(at, due), Fraction(0)) if due is not None and ahead else Fraction(0)
    averaged = ahead and asked.target.aggregate == "mean"
    required = None if bound is None or not (left or averaged) else _required(asked, distance, bound, left, met=met)
    single = (
        start is not None
        and start.allowed.exact is not None
        and judged.allowed is not None
        and judged.allowed.exact is not None
    )
    if start is None or judged.holey or not (single or _alike(asked, start, judged)):
        return Pace(distance, left=left, required=required)
    since = period.years(start.period.last, at)
    observed = Fraction(figure - start.value) / since if since > 0 else None
    whole = period.years(start.period.last, due) if due else Fraction(0)
    progress = None if bound is None else _progress(bound, start.value, figure)
    return Pace(
        distance=distance,
        start=start,
        since=since,
        whole=whole,
        left=left,
        progress=progress,
        elapsed=since / whole if whole > 0 else None,
        observed=observed,
        required=required,
        projected=Fraction(figure) + observed * left if observed is not None and ahead else None,
        reached_on=None if settled or breaks_later or asked.past_due or not progress or progress <= 0 else _reached_on(start, since, progress),
    )  # fmt: skip


def _alike(asked: Asked, start: Start, judged: Judged) -> bool:
    """Whether all that a start and a figure allow give the same status."""
    if asked.target.shape != "improve":
        return asked.bound is not None and tendency(asked, start, judged) is not None
    if judged.allowed is None or asked.direction is None:
        return False
    return any(
        bounds.improves(asked.direction, *pair) is True
        for pair in ((judged.allowed, start.allowed), (start.allowed, judged.allowed))
    )


def _progress(bound: Bound, start: Decimal, figure: Decimal) -> Fraction | None:
    """The share of the way to a bound; None where the start satisfied it, or stood on it, or the figure lies on the other side of a band."""
    at_start = bound.gap(start)
    return (
        None if at_start >= 0 or bound.crossed(start, figure) else 1 - Fraction(bound.gap(figure)) / Fraction(at_start)
    )


def _reached_on(start: Start, since: Fraction, progress: Fraction) -> date | None:
    """The day on which the straight line from the start through the figure meets the bound."""
    return period.day_at(period.months(start.period.last) + since * 12 / progress)


def _required(asked: Asked, distance: Distance, bound: Bound, left: Fraction, *, met: bool | None) -> Fraction | None:
    """What is needed a year from the judged figure to due; for a mean, the average that the periods without a figure need; under a ceiling on a sum, what may still be used."""
    nearest, figure = distance.nearest, distance.figure
    aggregate, window = asked.target.aggregate, distance.judged.window
    if aggregate == "mean":
        if window is None or window.complete or window.missing:
            return None
        return (Fraction(nearest) * window.periods - Fraction(distance.total)) / (window.periods - window.counted)
    if aggregate == "sum" and bound.direction == "decrease":
        return (Fraction(nearest) - Fraction(figure)) / left if bound.gap(figure) >= 0 else None
    return None if met or bound.gap(figure) >= 0 else (Fraction(nearest) - Fraction(figure)) / left
