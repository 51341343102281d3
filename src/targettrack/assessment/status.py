"""Status: what is said of a promise, by the first rule that fits, and the flags that change how that may be quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from targettrack import period
from targettrack.assessment import bounds, figures, statuses
from targettrack.assessment.bounds import Bound
from targettrack.assessment.figures import Point
from targettrack.assessment.judging import (
    Asked,
    Judged,
    Line,
    Start,
    judged_figure,
    last_break,
    passed,
    rising_start,
    start_of,
)
from targettrack.assessment.pace import tendency
from targettrack.assessment.promises import InForce
from targettrack.frozen import frozen
from targettrack.program.model import Indicator, Target

Status = statuses.Status
STATUSES = statuses.STATUSES

FLAGS = (
    "late_figure", "stale", "partial", "other_length", "inexact", "approx", "provisional", "estimate", "disputed", "undone", "awaited", "series_break",
    "from_first_actual", "met_at_start", "met_when_set", "revised", "revised_after_due", "proposed", "unsourced", "noted",
)  # fmt: skip


class Asking:
    """What is known of a target from what is asked about it."""

    __slots__ = ()
    asked: Asked

    @property
    def target(self) -> Target:
        """The target."""
        return self.asked.target

    @property
    def indicator(self) -> Indicator:
        """The indicator that it is a target of."""
        return self.asked.indicator

    @property
    def bound(self) -> Bound | None:
        """What the target asks for."""
        return self.asked.bound

    @property
    def past_due(self) -> bool:
        """Whether its deadline has passed."""
        return self.asked.past_due


@frozen()
class Case(Asking):
    """What the status is decided from, and the flags."""

    asked: Asked
    line: Line
    promised: InForce
    points: Sequence[Point]
    breaks: Sequence[Point]
    notes: Sequence[str]
    judged: Judged | None
    start: Start | None
    figure: Decimal | None
    satisfied: bool | None

    @property
    def decisive(self) -> bool:
        """Whether the day has come on which the target is judged for good: past due, or a standing target."""
        return self.past_due or self.target.every is not None

    @property
    def complete(self) -> bool:
        """Whether nothing is missing of the window, if there is one."""
        return self.judged is None or self.judged.window is None or self.judged.window.complete

    @property
    def grows(self) -> bool:
        """Whether the figure can only grow: a sum, or a running total that no later figure corrects."""
        running = (
            self.indicator.cumulative
            and self.target.aggregate == "last"
            and not (self.judged and (self.judged.late or self.judged.corrected))
        )
        return self.target.aggregate == "sum" or running

    @property
    def reached_floor(self) -> bool:
        """Whether what can only grow has reached its bound: it cannot be lost again."""
        return self.grows and self.asked.direction == "increase" and self.satisfied is True

    @property
    def passed_ceiling(self) -> bool:
        """Whether what can only grow and should stay low has passed its bound."""
        if self.target.aggregate == "sum":
            return self.asked.direction == "decrease" and self.bound is not None and self.satisfied is False
        return (
            self.grows
            and self.judged is not None
            and self.judged.allowed is not None
            and passed(self.asked, self.judged.allowed)
        )

    @property
    def conclusive(self) -> bool:
        """Whether an incomplete window can decide all the same."""
        return self.complete or self.reached_floor or self.passed_ceiling

    @property
    def firm(self) -> bool:
        """Whether the figure is neither provisional nor an estimate."""
        return self.judged is not None and not any(
            _provisional(point) or point.actual.quality == "estimate" for point in self.judged.points
        )

    @property
    def settles(self) -> bool:
        """Whether a figure settles the target: it tells the due period, decides it, and is firm."""
        return (
            self.judged is not None
            and self.judged.tells
            and not self.judged.corrected
            and self.satisfied is not None
            and self.conclusive
            and self.firm
        )

    @property
    def settled(self) -> bool:
        """Whether nothing that is still to come can change it: past due, or at once where it cannot be lost again."""
        said_yes = self.target.shape == "milestone" and self.satisfied is True
        return (
            self.settles
            and self.target.every is None
            and (self.past_due or self.reached_floor or self.passed_ceiling or said_yes)
        )

    @property
    def awaited(self) -> bool:
        """Whether the figure of the due period is not missed yet."""
        return self.asked.within_lag and not self.settles and self.target.shape != "undetermined"


def status_of(case: Case) -> Status:
    """The first status that fits."""
    judged = case.judged
    if case.target.shape == "undetermined":
        return "not_assessable"
    if case.awaited:
        return "pending"
    if judged is None or not judged.points:
        return "unreported" if case.past_due else "no_data"
    if case.decisive and (judged.stale or (not case.conclusive and judged.partial)):
        return "unreported"
    if judged.other_length:
        return "not_assessable" if case.decisive else "pending"
    if case.decisive and case.satisfied is None and case.conclusive:
        return "not_assessable"
    if case.satisfied and case.conclusive and (kept := _kept(case, judged)):
        return kept
    if case.satisfied is False and case.conclusive and (case.decisive or case.passed_ceiling):
        return "missed"
    if case.decisive:
        return "unreported"
    return "open" if case.target.due is None else _under_way(case, judged)


def _kept(case: Case, judged: Judged) -> Status | None:
    if judged.late:
        return "met_late"
    if case.target.shape == "improve":
        return "met" if case.decisive or case.target.due is None or case.reached_floor else None
    bound = case.bound
    if bound is None or bound.strict or bound.direction == "maintain" or case.figure is None:
        return "met"
    return "exceeded" if bound.gap_strong(case.figure) > 0 else "met"


def _under_way(case: Case, judged: Judged) -> Status:
    """Not due, with a deadline, and not met."""
    if case.target.shape == "improve":
        return _improving(case)
    return tendency(case.asked, case.start, judged) or "pending"


def _improving(case: Case) -> Status:
    allowed, direction = case.judged.allowed if case.judged else None, case.asked.direction
    if case.start is None or allowed is None or case.satisfied is None or direction is None:
        return "pending"
    if case.satisfied:
        return "on_track"
    return "worsening" if bounds.improves(direction, case.start.allowed, allowed) else "off_track"


def satisfied(asked: Asked, judged: Judged | None, start: Start | None) -> bool | None:
    """Whether the judged figure satisfies the promise; None where the figure is too inexact, of another length, or there is nothing to compare."""
    if judged is None or not judged.points or judged.other_length:
        return None
    if asked.target.shape == "milestone":
        return judged.newest.actual.answer
    if judged.allowed is None:
        return None
    if asked.target.shape == "improve":
        return (
            None
            if start is None or asked.direction is None
            else bounds.improves(asked.direction, judged.allowed, start.allowed)
        )
    return asked.decides(judged.allowed)


# ---------------------------------------------------------------- flags


def flags_of(case: Case) -> tuple[str, ...]:
    """What changes how the row may be quoted."""
    judged, target, bound = case.judged, case.target, case.bound
    used = judged.points if judged else ()
    compared = bound is not None or (target.shape == "improve" and case.start is not None)
    holds = {
        "late_figure": judged is not None and judged.late,
        "stale": judged is not None and judged.stale and not case.awaited,
        "partial": judged is not None and judged.partial and not case.awaited,
        "other_length": judged is not None and judged.other_length,
        "inexact": bool(used) and case.satisfied is None and compared and not (judged and judged.other_length),
        "approx": any(point.actual.approx for point in used),
        "provisional": any(_provisional(point) for point in used),
        "estimate": any(point.actual.quality == "estimate" for point in used),
        "disputed": judged is not None and bool(judged.disputes),
        "undone": judged is not None and judged.undone,
        "awaited": case.awaited,
        "series_break": target.series_break or bool(case.breaks),
        "from_first_actual": case.start is not None and case.start.origin == "first_actual",
        "met_at_start": case.start is not None and bound is not None and bound.decides(case.start.allowed) is True,
        "met_when_set": _met_when_set(case),
        "revised": case.promised.before is not None,
        "revised_after_due": case.promised.revised_after_due,
        "proposed": target.standing == "proposed",
        "unsourced": target.source is None or any(point.actual.source is None for point in used),
        "noted": bool(case.notes),
    }
    return tuple(flag for flag in FLAGS if holds[flag])


def _provisional(point: Point) -> bool:
    return point.actual.quality == "provisional" or figures.early(point.figure)


def _met_when_set(case: Case) -> bool:
    """Whether what was known of the target's own series on the day that it was set had satisfied it already."""
    asked, line, target = case.asked, case.line, case.target
    if target.set_on is None or target.shape == "undetermined":
        return False
    day = target.set_on.first
    before = replace(line, points=figures.up_to(line.points, day), behind=())
    if not before.points:
        return False
    if target.aggregate != "last":
        judged = judged_figure(asked, before.points, before)
        return (
            judged is not None
            and judged.allowed is not None
            and asked.decides(judged.allowed) is True
            and (
                judged.window is None
                or judged.window.complete
                or (target.aggregate == "sum" and asked.direction == "increase")
            )
        )
    newest = before.points[-1]
    if target.shape == "milestone":
        return newest.actual.answer is True
    allowed = figures.span(newest.actual)
    if target.shape != "improve":
        return asked.decides(allowed) is True
    judged = Judged(
        (newest,), allowed, period=period.of_kind(newest.last, target.every, asked.year) if target.every else None
    )
    start = (
        rising_start(asked, line, judged, case.points)
        if target.every
        else start_of(asked, before, judged, last_break(case.points, newest.last))
    )
    return (
        start is not None
        and asked.direction is not None
        and bounds.improves(asked.direction, allowed, start.allowed) is True
    )
