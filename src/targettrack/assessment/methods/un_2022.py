"""un-2022: the growth rate since the baseline as a share of the one that reaches the target.

With g(x, y, n) = (x / y) ** (1 / n) - 1, the compound growth a year, b the baseline and v the newest figure n years later (once
past due the judged one), T the bound N years after the baseline, d = 1 where higher is better and -1 where lower is:

target_achieved where d * (v - T) >= 0; else by CR = g(v, b, n) / g(T, b, N): on_track from 0.95, fair_progress from 0.5,
limited_or_no_progress from -0.1, deterioration below. A baseline that satisfied T and a figure that is worse and does not are
deterioration, CR = -|g(v, b, n) / g(T, b, N)|. To improve without a target, by G = d * g(v, b, n): above 0.01, from 0.005, from
-0.01, below; a decrease that has reached 0 is target_achieved. Yes or no: target_achieved or target_not_achieved.
insufficient_data where the target is not achieved and there is no growth rate: no baseline, a baseline of 0, both figures of one
year, or of opposite sign. Figures below 0 are taken as they stand. The ratio is CR or G; there is no score.

Source: United Nations Statistics Division, Sustainable Development Goals Progress Chart 2022, technical note, as the United
Nations Development Programme applies it to the series of single countries.
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
from targettrack.number import RATES, growth, writable

if TYPE_CHECKING:
    from fractions import Fraction

    from targettrack.assessment.bounds import Bound
    from targettrack.assessment.figures import Point
    from targettrack.program.model import Baseline

NAME = "un-2022"
QUESTION = mark("What share is the growth rate since the baseline of the one that reaches the target?")
NEEDS = mark("a stated baseline above or below 0 and a figure of a later year; whether it is achieved: one figure")
CUT_POINTS = CutPoints(
    "CR",
    (
        Cut("on_track", Decimal("0.95")),
        Cut("fair_progress", Decimal("0.5")),
        Cut("limited_or_no_progress", Decimal("-0.1")),
    ),
    "deterioration",
)
IMPROVING = CutPoints(
    "G",
    (
        Cut("on_track", Decimal("0.01"), ">"),
        Cut("fair_progress", Decimal("0.005")),
        Cut("limited_or_no_progress", Decimal("-0.01")),
    ),
    "deterioration",
)
LOST: CutPoints[str] = CutPoints(
    cases=(("deterioration", mark("the baseline satisfied the target, and the figure is worse and does not")),)
)
NOTES = (
    ("CR", mark("the growth a year since the baseline over the one that reaches the target")),
    (mark("improve"), mark("{cuts}; G is the growth a year the right way"), IMPROVING),
    (mark("met before"), "{cuts}", LOST),
)
LABELS = (
    "target_achieved",
    "on_track",
    "fair_progress",
    "limited_or_no_progress",
    "deterioration",
    "target_not_achieved",
    "insufficient_data",
    "not_assessed",
)
GOOD = frozenset({"target_achieved", "on_track"})
BAD = frozenset({"fair_progress", "limited_or_no_progress", "deterioration", "target_not_achieved"})
SOURCE = mark("UN Statistics Division, SDG Progress Chart 2022, as UNDP applies it")


def judge(evidence: Evidence) -> Verdict:
    """The label, and CR (or G, to improve) as the ratio where it decided."""
    verdict = _judged(evidence)
    return replace(verdict, period=evidence.figure.period) if evidence.figure else verdict


def _judged(evidence: Evidence) -> Verdict:
    if evidence.target.shape == "milestone":
        return _yes_or_no(evidence)
    unsuited, point = evidence.unsuited(), evidence.figure
    if unsuited is not None:
        return Verdict(NAME, "not_assessed", reason=unsuited)
    if point is None:
        return Verdict(NAME, "insufficient_data", reason=tr("no figure"))
    value = span(point.actual).exact
    if value is None:
        return Verdict(
            NAME,
            "not_assessed",
            reason=tr("not made for a figure that is no single number: {period}", period=point.period),
        )
    return Verdict(NAME, "target_achieved") if _achieved(evidence, value) else _under_way(evidence, point, value)


def _yes_or_no(evidence: Evidence) -> Verdict:
    """The newest answer; past due, the judged one."""
    point = evidence.figure
    if point is None:
        return Verdict(NAME, "insufficient_data", reason=tr("no figure"))
    return Verdict(NAME, "target_achieved" if point.actual.answer is True else "target_not_achieved")


def _achieved(evidence: Evidence, value: Decimal) -> bool:
    if evidence.bound is not None:
        return evidence.bound.holds(value)
    return evidence.target.shape == "improve" and evidence.indicator.direction == "decrease" and value == 0


def _under_way(evidence: Evidence, point: Point, value: Decimal) -> Verdict:
    """The verdict on a target that is not achieved."""
    baseline = evidence.baseline
    if baseline is None:
        return Verdict(NAME, "insufficient_data", reason=tr("no stated baseline is known"))
    first, last = baseline.period.last, point.last
    if last.year <= first.year:
        return Verdict(
            NAME, "insufficient_data", reason=tr("the baseline and the figure are both of {year}", year=first.year)
        )
    if evidence.broken(first, last):
        return Verdict(
            NAME,
            "insufficient_data",
            reason=tr("the series broke between {first} and {last}", first=baseline.period, last=point.period),
        )
    return _by_growth(evidence, baseline, point, value)


def _by_growth(evidence: Evidence, baseline: Baseline, point: Point, value: Decimal) -> Verdict:
    """What the growth rates say."""
    years = period.years(baseline.period.last, point.last)
    observed = _growth(value, baseline.value, years)
    steps = (
        []
        if observed is None
        else [
            Step(
                tr("growth a year so far"),
                "({v} / {b}) ^ (1 / {n}) - 1",
                (("v", value), ("b", baseline.value), ("n", years)),
                observed,
            )
        ]
    )
    if evidence.bound is None or evidence.target.due is None:
        sign = -1 if evidence.indicator.direction == "decrease" else 1
        if observed is not None:
            steps.append(
                Step(
                    tr("G, the growth the right way"),
                    "{d} * {g}",
                    (("d", sign), ("g", observed)),
                    RATES.multiply(sign, observed),
                )
            )
        return replace(_improving(observed, sign), steps=tuple(steps), cuts=IMPROVING)
    left = period.years(baseline.period.last, evidence.target.due.last)
    required = _growth(evidence.bound.weak, baseline.value, left)
    if required is not None:
        steps.append(
            Step(
                tr("growth a year that reaches the target"),
                "({T} / {b}) ^ (1 / {N}) - 1",
                (("T", evidence.bound.weak), ("b", baseline.value), ("N", left)),
                required,
            )
        )
    ratio = None if observed is None or required is None or required == 0 else RATES.divide(observed, required)
    if _lost(evidence.bound, baseline.value, value):
        ratio = None if ratio is None else ratio.copy_abs().copy_negate()
        return Verdict(
            NAME,
            "deterioration",
            None if ratio is None else writable(ratio),
            steps=(*steps, *_ratio("-|{g} / {h}|", observed, required, ratio)),
            cuts=LOST,
        )
    return replace(_reaching(ratio), steps=(*steps, *_ratio("{g} / {h}", observed, required, ratio)))


def _ratio(formula: str, observed: Decimal | None, required: Decimal | None, ratio: Decimal | None) -> tuple[Step, ...]:
    if observed is None or required is None or ratio is None:
        return ()
    return (Step("CR", formula, (("g", observed), ("h", required)), ratio),)


def _lost(bound: Bound, start: Decimal, value: Decimal) -> bool:
    """Whether the baseline satisfied the bound and a figure that does not is worse."""
    return bound.gap(start) >= 0 and bound.gap(value) < bound.gap(start)


def _growth(new: Decimal, old: Decimal, years: Fraction) -> Decimal | None:
    """The compound growth a year as a share, None where there is none."""
    return None if old == 0 or min(new, old) < 0 < max(new, old) or years <= 0 else growth(new, old, years)


def _reaching(ratio: Decimal | None) -> Verdict:
    if ratio is None:
        return Verdict(
            NAME, "insufficient_data", reason=tr("no growth rate leads from the baseline to the figure and the target")
        )
    return Verdict(NAME, CUT_POINTS.label(ratio), writable(ratio), cuts=CUT_POINTS)


def _improving(observed: Decimal | None, sign: int) -> Verdict:
    if observed is None:
        return Verdict(NAME, "insufficient_data", reason=tr("no growth rate leads from the baseline to the figure"))
    gained = RATES.multiply(sign, observed)
    return Verdict(NAME, IMPROVING.label(gained), writable(gained))
