"""Row: one promise and what became of it; its parts, exact, and the numbers that are made of them, rounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from targettrack.assessment import figures
from targettrack.assessment.bounds import Bound
from targettrack.assessment.figures import Figure, Point
from targettrack.assessment.judging import Asked, Judged, Kept, Start
from targettrack.assessment.pace import STILL, Distance, Pace
from targettrack.assessment.promises import Against, InForce, Version
from targettrack.assessment.status import Status
from targettrack.assessment.verdict import Verdict
from targettrack.frozen import frozen
from targettrack.number import fraction, rounded
from targettrack.period import Period
from targettrack.program.model import Direction, Indicator, Pairs, Program, Promise, Shape, Target


@frozen(kw_only=True)
class Row:
    """One promise and what became of it: its parts, exact; what its properties make of them is rounded to 12 significant digits. Gaps below 0 are short of the bound.

    ``compared`` is another version of the promise: the first one or, held to that or to a day, the one now in force; ``other`` is the row of that version, where its status is another. ``withdrawn``: no version is in force any more. ``satisfied``: whether the judged figure is what was promised; None where it does not say.
    """

    program: Program
    indicator_id: str | None
    indicator: Indicator | None
    version: Version
    searched: Period | None = None
    promised: InForce
    judged: Judged | None = None
    start: Start | None = None
    distance: Distance | None = None
    rates: Pace = STILL
    answer: bool | None = None
    kept: Kept | None = None
    period: Period | None = None
    status: Status
    satisfied: bool | None = None
    past_due: bool
    final: bool = False
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    verdict: Verdict
    points: Sequence[Point] = ()
    series: figures.Series = field(default_factory=figures.Series)
    baseline: Point | None = None
    asked: Asked | None = None
    breaks: tuple[Point, ...] = ()
    held_to: Against = "current"
    compared: Version | None = None
    other: Row | None = None
    withdrawn: Period | None = None

    @property
    def figure(self) -> Decimal | None:
        """The judged figure, at the end that is worse for the target; of a mean 12 digits."""
        distance = self.distance
        return None if distance is None else rounded(distance.figure) if distance.averaged else distance.figure

    @property
    def gap(self) -> Decimal | None:
        """The figure against the end that decides."""
        return _rounded(self.distance.gap) if self.distance else None

    @property
    def gap_strong(self) -> Decimal | None:
        """The figure against the ambition."""
        return _rounded(self.distance.gap_strong) if self.distance else None

    @property
    def gap_approx(self) -> Literal["under", "over"] | None:
        """Whether the true gap is less, or more, because the figure is an open end."""
        return self.distance.gap_approx if self.distance else None

    @property
    def shortfall(self) -> Decimal | None:
        """The gap as a share of the size of the bound."""
        return _rounded(self.distance.shortfall) if self.distance else None

    @property
    def attainment(self) -> Decimal | None:
        """The share of the bound that the figure is."""
        return _rounded(self.distance.attainment) if self.distance else None

    @property
    def progress(self) -> Decimal | None:
        """The share of the way that is covered."""
        return _derived(self.rates.progress)

    @property
    def elapsed(self) -> Decimal | None:
        """The share of the time that is used up."""
        return _derived(self.rates.elapsed)

    @property
    def pace(self) -> Decimal | None:
        """Progress over elapsed time."""
        return _derived(self.rates.pace)

    @property
    def observed_per_year(self) -> Decimal | None:
        """The change a year so far."""
        return _derived(self.rates.observed)

    @property
    def required_per_year(self) -> Decimal | None:
        """What is needed a year; of a mean in each period that is left."""
        return _derived(self.rates.required)

    @property
    def projected(self) -> Decimal | None:
        """Where the pace so far leads by the deadline."""
        return _derived(self.rates.projected)

    @property
    def reached_on(self) -> date | None:
        """When the pace so far leads to the bound."""
        return self.rates.reached_on

    @property
    def superseded(self) -> tuple[Version, ...]:
        """The versions that the promise in force superseded, by date, then those made after its deadline."""
        return self.promised.superseded

    @property
    def before(self) -> Version | None:
        """The adopted version whose place it took."""
        return self.promised.before

    @property
    def upcoming(self) -> Version | None:
        """The last of the versions of a standing promise that were set later than the one in force in the period that is judged."""
        return self.promised.upcoming

    @property
    def versions(self) -> tuple[Version, ...]:
        """All versions of the promise that are known, in order."""
        return self.promised.in_order

    @property
    def keys(self) -> set[tuple[object, ...]]:
        """The due days, windows and parts by which the promise was ever known."""
        return self.promised.keys

    @property
    def entered(self) -> tuple[Decimal, ...]:
        """The numbers of the file that its figure and its gaps are computed from: how many digits these deserve."""
        ends = () if self.bound is None or self.shape == "times_baseline" else (self.bound.weak, self.bound.strong)
        numbers = (
            point.actual.range or (point.actual.number,) for point in (self.judged.points if self.judged else ())
        )
        return (*ends, *(value for each in numbers for value in each if value is not None))

    @property
    def about(self) -> bool:
        """Whether a source of what is judged says ``about``."""
        return self.judged is not None and any(point.actual.approx == "about" for point in self.judged.points)

    @property
    def has_figure(self) -> bool:
        """Whether there is a figure, or an answer."""
        return self.judged is not None and bool(self.judged.points)

    @property
    def others(self) -> bool:
        """Whether the file has figures of the indicator, whatever part of it they are of."""
        return bool(self.series)

    @property
    def promise(self) -> Target | Promise:
        """The promise in force."""
        return self.version.promise

    @property
    def target(self) -> Target | None:
        """The promise in force, where an indicator measures it."""
        return self.promise if isinstance(self.promise, Target) else None

    @property
    def bound(self) -> Bound | None:
        """What the promise asks for; None for improve, milestones and words."""
        return self.version.bound

    @property
    def shape(self) -> Shape:
        """The promise's shape."""
        return self.promise.shape if isinstance(self.promise, Target) else "words"

    @property
    def due(self) -> Period | None:
        """The period by which it is due."""
        return self.promise.due

    @property
    def unit(self) -> str | None:
        """The unit of its figures; None where it has none."""
        return self.indicator.unit if self.indicator else None

    @property
    def direction(self) -> Direction | None:
        """Which way is better; None where nothing says so."""
        return self.indicator.direction if self.indicator else None

    @property
    def disaggregation(self) -> Pairs:
        """What part of the indicator it is about; nothing for the whole, and for words."""
        return self.target.disaggregation if self.target else ()

    @property
    def disputes(self) -> tuple[Figure, ...]:
        """The rivals of the judged figure that differ from it."""
        return () if self.judged is None else self.judged.disputes

    @property
    def broken(self) -> bool:
        """Whether the series breaks between the baseline, or the begin of the window, and the judged figure."""
        return bool(self.breaks)

    @property
    def path(self) -> tuple[str | int, ...]:
        """The place of the promise in the file: keys and indices from the root."""
        return (
            ("promises", self.version.place)
            if self.indicator_id is None
            else ("indicators", self.indicator_id, "targets", self.version.place)
        )


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value)


def _derived(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(fraction(value))
