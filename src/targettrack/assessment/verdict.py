"""Verdict: what a method sees of a target, and what it concludes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from targettrack.assessment import figures
from targettrack.assessment.cutpoints import NONE, CutPoints
from targettrack.assessment.figures import Point
from targettrack.assessment.judging import Asked, Judged, serves, since_baseline
from targettrack.assessment.pace import Pace
from targettrack.assessment.status import Asking, Status
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.period import Period
from targettrack.program.model import Baseline


@frozen(eq=True)
class Step:
    """One line of a method's working: ``formula`` names its numbers in braces, as ``({v} / {b}) ^ (1 / {n}) - 1``; ``result`` is exact or has 80 digits."""

    what: str
    formula: str
    numbers: tuple[tuple[str, Decimal | Fraction | int], ...]
    result: Decimal | Fraction


@frozen(eq=True)
class Verdict:
    """What a named method concludes; ``reason`` says why where it does not judge, ``steps`` how it came to it, ``cuts`` by which cut points (the method's usual ones where it has a ratio and says nothing), ``period`` which figure it judged, where that may be another one than the row's."""

    method: str
    label: str
    ratio: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None
    steps: tuple[Step, ...] = field(default=(), compare=False)
    cuts: CutPoints[str] | None = field(default=None, compare=False)
    period: Period | None = field(default=None, compare=False)

    @property
    def edges(self) -> tuple[Decimal | Fraction, ...]:
        """The cut points that its ratio must not be rounded across."""
        return (self.cuts or NONE).edges


@frozen()
class Evidence(Asking):
    """What a method sees: the series (history included), the stated baseline, the target, the judged figure, the day; and the row as judged by the status rules."""

    points: Sequence[Point]
    baseline: Baseline | None
    asked: Asked
    judged: Judged | None
    status: Status
    pace: Pace

    @property
    def figure(self) -> Point | None:
        """What a published method takes: the judged figure once past due, else the newest known, even of a period that ends after due."""
        if not self.past_due:
            return self.newest()
        return self.judged.newest if self.judged and self.judged.points else None

    def newest(self, up_to: date = date.max) -> Point | None:
        """The newest known figure that may be judged and ends by a day, and not before the baseline."""
        since = self.points if self.asked.baseline_counts else since_baseline(self.points, self.baseline)
        able = [point for point in since if point.last <= up_to and serves(self.asked, point.period)]
        line = figures.by_last_day(able, self.target.due)
        return line[-1] if line else None

    def broken(self, first: date, last: date) -> bool:
        """Whether the series changed after one day and up to another, so that figures of the two cannot be compared."""
        return any(point.is_break and first < point.last <= last for point in self.points)

    def unsuited(self, *, standing: bool = False) -> str | None:
        """What a published method was not made for, if the target is that; ``standing``: it was made for standing targets."""
        target = self.target
        cases = {
            mark("not made for a sum or a mean"): target.aggregate != "last",
            mark("not made for a milestone"): target.shape == "milestone",
            mark("not made for a level to maintain"): self.indicator.direction == "maintain",
            mark("not made for a standing target"): target.every is not None and not standing,
            mark("not made for a bound without a deadline"): target.shape != "improve"
            and target.due is None
            and target.every is None,
        }
        return next((tr(case) for case, holds in cases.items() if holds), None)


@frozen(eq=True)
class Method:
    """A named method: what it concludes from the evidence, and its usual cut points."""

    name: str
    judge: Callable[[Evidence], Verdict]
    cuts: CutPoints[str] = NONE

    def verdict(self, evidence: Evidence) -> Verdict:
        """Its verdict; what no method can assess is said so here, once for all of them."""
        reason = _not_assessable(evidence)
        if reason is not None:
            return self.silent(reason)
        verdict = self.judge(evidence)
        return verdict if verdict.ratio is None or verdict.cuts is not None else replace(verdict, cuts=self.cuts)

    def silent(self, reason: str) -> Verdict:
        """That it does not assess something, and why."""
        return Verdict(self.name, "not_assessed", reason=reason)


def _not_assessable(evidence: Evidence) -> str | None:
    if evidence.target.shape == "undetermined":
        return tr("the number that was to be reached was never set")
    if evidence.judged is not None and evidence.judged.other_length:
        return tr("the only figures are for periods of another length than the due one")
    return None
