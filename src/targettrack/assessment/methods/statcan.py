"""statcan: the growth rate since the baseline against the one that reaches the target.

With g(x, y, n) = (x / y) ** (1 / n) - 1, the compound growth a year, b the baseline and v the newest figure n years later (once
past due the judged one), T the bound N years after the baseline, d = 1 where higher is better and -1 where lower is, and
s = -1 for a baseline below 0, else 1:

target_achieved where d * (v - T) >= 0; else by R = s * d * g(v, b, n) / |g(T, b, N)|: substantial_progress from 0.95,
moderate_progress from 0.60, limited_progress from 0, deterioration below. To improve without a target, by G = s * d * g(v, b, n):
from 0.015 * C, 0.005 * C and 0; C shrinks to 0 as the baseline nears the indicator's limit. not_available without R or G: no
baseline, both figures of one year, or of opposite sign. A b or a T of 0 counts as 0.001, but a figure that satisfies a T of 0
as stated has achieved it. The ratio is R or G, the score runs from -5 to 5.

Source: Statistics Canada, Canadian Indicator Framework for the Sustainable Development Goals, and the progress calculation of
Open SDG that it publishes with.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from targettrack import period
from targettrack.assessment.cutpoints import Cut, CutPoints
from targettrack.assessment.figures import span
from targettrack.assessment.verdict import Evidence, Step, Verdict
from targettrack.language import mark, tr
from targettrack.number import RATES, growth, power, rounded, writable

if TYPE_CHECKING:
    from targettrack.assessment.bounds import Bound
    from targettrack.assessment.figures import Point
    from targettrack.program.model import Baseline, Target

NAME = "statcan"
ZERO = Decimal("0.001")
"""What a baseline or a target of 0 is replaced by, for nothing grows from 0."""

_EXPONENT = Decimal("4.44")
_BEST, _WORST = Decimal(5), Decimal(-5)
_FAST = frozenset({"substantial_progress", "moderate_progress"})
"""The labels whose score is on the steeper line."""
QUESTION = mark("How does the growth rate since the baseline compare with the one that reaches the target?")
NEEDS = mark("a stated baseline and a figure of a later year, of one sign; whether it is achieved: one figure")
CUT_POINTS = CutPoints(
    "R",
    (
        Cut("substantial_progress", Decimal("0.95")),
        Cut("moderate_progress", Decimal("0.60")),
        Cut("limited_progress", Decimal(0)),
    ),
    "deterioration",
)
IMPROVING = CutPoints(
    "G",
    (
        Cut("substantial_progress", Decimal("0.015")),
        Cut("moderate_progress", Decimal("0.005")),
        Cut("limited_progress", Decimal(0)),
    ),
    "deterioration",
    factor="C",
)

NOTES = (
    ("R", mark("the growth a year since the baseline, over the size of the one that reaches the target")),
    (
        mark("improve"),
        mark(
            "{cuts}; G is the growth a year the right way, C is 1, and less where the baseline is near the indicator's limit"
        ),
        IMPROVING,
    ),
    ("0", mark("a baseline or a target of 0 counts as 0.001")),
)
LABELS = (
    "target_achieved",
    "substantial_progress",
    "moderate_progress",
    "limited_progress",
    "deterioration",
    "not_available",
    "not_assessed",
)
GOOD = frozenset({"target_achieved", "substantial_progress"})
BAD = frozenset({"moderate_progress", "limited_progress", "deterioration"})
SOURCE = mark("Statistics Canada, Canadian Indicator Framework; the progress calculation of Open SDG")


def judge(evidence: Evidence) -> Verdict:
    """The label, R (or G, to improve) as the ratio, and the score."""
    verdict = _judged(evidence)
    return replace(verdict, period=evidence.figure.period) if evidence.figure else verdict


def _judged(evidence: Evidence) -> Verdict:
    unsuited, point = evidence.unsuited(), evidence.figure
    if unsuited is not None:
        return Verdict(NAME, "not_assessed", reason=unsuited)
    if point is None:
        return Verdict(NAME, "not_available", reason=tr("no figure"))
    value = span(point.actual).exact
    if value is None:
        return Verdict(
            NAME,
            "not_assessed",
            reason=tr("not made for a figure that is no single number: {period}", period=point.period),
        )
    achieved = evidence.bound is not None and _meets(evidence.bound, value)
    baseline = evidence.baseline
    obstacle = tr("no stated baseline is known") if baseline is None else _obstacle(evidence, baseline, point, value)
    if baseline is None or obstacle is not None:
        return (
            Verdict(NAME, "target_achieved", score=_BEST)
            if achieved
            else Verdict(NAME, "not_available", reason=obstacle)
        )
    return _verdict(evidence, baseline, point, value, achieved=achieved)


def _verdict(evidence: Evidence, baseline: Baseline, point: Point, value: Decimal, *, achieved: bool) -> Verdict:
    """What the growth rates say, once there are any."""
    start, years = _start(baseline), period.years(baseline.period.last, point.last)
    sign = (-1 if baseline.value < 0 else 1) * (-1 if evidence.indicator.direction == "decrease" else 1)
    rate = growth(value, start, years)
    observed = RATES.multiply(sign, rate)
    steps = [Step(tr("b, for a baseline of 0 counts as"), "{b}", (("b", start),), start)] if baseline.value == 0 else []
    steps += [
        Step(
            tr("growth a year so far"), "({v} / {b}) ^ (1 / {n}) - 1", (("v", value), ("b", start), ("n", years)), rate
        )
    ]
    if evidence.bound is None or evidence.target.due is None:
        room = _room(baseline.value, evidence.indicator.limit)
        cuts = IMPROVING.scaled(room)
        label = cuts.label(observed)
        score = _improving(observed, room, label)
        steps += [
            Step(tr("G, the growth the right way"), "{d} * {g}", (("d", sign), ("g", rate)), observed),
            *_room_step(baseline.value, evidence.indicator.limit, room),
            *_score_step(_improving_formula(observed, room, label), observed, room, score),
        ]
        return Verdict(NAME, label, writable(observed), rounded(score), steps=tuple(steps), cuts=cuts)
    bound, left = _replaced(evidence.bound.weak), period.years(baseline.period.last, evidence.target.due.last)
    required = growth(bound, start, left)
    if evidence.bound.weak == 0:
        steps.append(Step(tr("T, for a target of 0 counts as"), "{T}", (("T", bound),), bound))
    ratio = RATES.divide(observed, required.copy_abs())
    steps += [
        Step(
            tr("growth a year that reaches the target"),
            "({T} / {b}) ^ (1 / {N}) - 1",
            (("T", bound), ("b", start), ("N", left)),
            required,
        ),
        Step("R", "{d} * {g} / |{h}|", (("d", sign), ("g", rate), ("h", required)), ratio),
    ]
    if achieved:
        return Verdict(NAME, "target_achieved", writable(ratio), _BEST, steps=tuple(steps), cuts=CUT_POINTS)
    label = CUT_POINTS.label(ratio)
    score = _reaching(ratio, label)
    steps += _score_step(
        "7.1429 * {R} - 4.2857" if label in _FAST else "4.1667 * {R} - 2.5", ratio, Decimal(1), score, "R"
    )
    return Verdict(NAME, label, writable(ratio), rounded(score), steps=tuple(steps), cuts=CUT_POINTS)


def _room_step(start: Decimal, limit: Decimal | None, room: Decimal) -> tuple[Step, ...]:
    """How C came about; none where nothing of the limit is near."""
    if limit is None or limit == 0 or start.copy_abs() >= 2 * limit.copy_abs():
        return ()
    b, edge = start.copy_abs(), limit.copy_abs()
    formula = "1 - ({b} / {L}) ^ 4.44" if b <= edge else "1 - ((2 * {L} - {b}) / {L}) ^ 4.44"
    return (Step(tr("C, what the limit leaves of the cut points"), formula, (("b", b), ("L", edge)), room),)


def _improving_formula(growth: Decimal, room: Decimal, label: str) -> str:
    if growth < 0:
        return "125 * {G} - 2.5"
    if room == 0:
        return ""
    return {"substantial_progress": "500 * {G} / {C} - 5", "moderate_progress": "250 * {G} / {C} - 1.25"}.get(
        label, "500 * {G} / {C} - 2.5"
    )


def _score_step(formula: str, value: Decimal, room: Decimal, score: Decimal, name: str = "G") -> tuple[Step, ...]:
    """How the score came about, where it is not at its end."""
    return (
        ()
        if not formula or score.copy_abs() == _BEST
        else (Step(tr("score"), formula, ((name, value), ("C", room)), score),)
    )


def _meets(bound: Bound, value: Decimal) -> bool:
    """Whether a figure satisfies the bound as stated, or as replaced; a strict one only as stated."""
    replaced = _replaced(bound.weak)
    return bound.holds(value) or (
        not bound.strict and (value <= replaced if bound.direction == "decrease" else value >= replaced)
    )


def _obstacle(evidence: Evidence, baseline: Baseline, point: Point, value: Decimal) -> str | None:
    """Why there is no R and no G, if there is none."""
    first, last = baseline.period.last, point.last
    if last.year <= first.year:
        return tr("the baseline and the figure are both of {year}", year=first.year)
    if evidence.broken(first, last):
        return tr("the series broke between {first} and {last}", first=baseline.period, last=point.period)
    if _opposite(_start(baseline), value):
        return tr("the baseline and the figure have opposite signs")
    return _no_way(baseline, evidence.bound, evidence.target)


def _no_way(baseline: Baseline, bound: Bound | None, target: Target) -> str | None:
    """Why no growth leads from the baseline to the target, if there is one and none does."""
    if bound is None or target.due is None:
        return None
    if target.due.last <= baseline.period.last:
        return tr("the target is due when its baseline ends")
    if _opposite(_start(baseline), _replaced(bound.weak)):
        return tr("the baseline and the target have opposite signs")
    return tr("the baseline is the target") if _start(baseline) == _replaced(bound.weak) else None


def _opposite(one: Decimal, other: Decimal) -> bool:
    return min(one, other) < 0 < max(one, other)


def _replaced(value: Decimal) -> Decimal:
    return ZERO if value == 0 else value


def _start(baseline: Baseline) -> Decimal:
    return _replaced(baseline.value)


def _room(value: Decimal, limit: Decimal | None) -> Decimal:
    """C: how much of the cut points is left for a baseline near the natural limit; 1 far from it, 0 at it."""
    if limit is None:
        return Decimal(1)
    value, limit = value.copy_abs(), limit.copy_abs()
    twice = RATES.multiply(2, limit)
    if value >= twice:
        return Decimal(1)
    near = value if value <= limit else RATES.subtract(twice, value)
    return RATES.subtract(1, power(RATES.divide(near, limit), _EXPONENT))


def _reaching(ratio: Decimal, label: str) -> Decimal:
    """The score with a target."""
    if label in _FAST:
        return min(_line(ratio, "7.1429", "-4.2857"), _BEST)
    return max(_line(ratio, "4.1667", "-2.5"), _WORST)


def _improving(growth: Decimal, room: Decimal, label: str) -> Decimal:
    """The score without a target."""
    if growth < 0:
        return max(_line(growth, "125", "-2.5"), _WORST)
    if room == 0:
        return _BEST
    share = RATES.divide(growth, room)
    if label == "substantial_progress":
        return min(_line(share, "500", "-5"), _BEST)
    return _line(share, "250", "-1.25") if label == "moderate_progress" else _line(share, "500", "-2.5")


def _line(value: Decimal, slope: str, level: str) -> Decimal:
    return RATES.add(RATES.multiply(value, Decimal(slope)), Decimal(level))
