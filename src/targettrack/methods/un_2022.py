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

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import TYPE_CHECKING

from targettrack import period
from targettrack.figures import span
from targettrack.number import rounded
from targettrack.report import Evidence, Verdict

if TYPE_CHECKING:
    from fractions import Fraction

    from targettrack.figures import Bound, Point
    from targettrack.program import Baseline

NAME = "un-2022"

_ROOTS = Context(prec=120, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
_RATES = Context(prec=80, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


def judge(evidence: Evidence) -> Verdict:
    """The label, and CR (or G, to improve) as the ratio where it decided."""
    if evidence.target.shape == "milestone":
        return _yes_or_no(evidence)
    unsuited, point = evidence.unsuited(), evidence.figure
    if unsuited is not None:
        return Verdict(NAME, "not_assessed", reason=unsuited)
    if point is None:
        return Verdict(NAME, "insufficient_data", reason="no figure")
    value = span(point.actual).exact
    if value is None:
        return Verdict(NAME, "not_assessed", reason=f"not made for a figure that is no single number: {point.period}")
    return Verdict(NAME, "target_achieved") if _achieved(evidence, value) else _under_way(evidence, point, value)


def _yes_or_no(evidence: Evidence) -> Verdict:
    """Once true it stays true; past due, what counts is the judged figure."""
    known = evidence.points if not evidence.past_due else evidence.judged.points if evidence.judged else ()
    if not known:
        return Verdict(NAME, "insufficient_data", reason="no figure")
    return Verdict(NAME, "target_achieved" if any(point.actual.value is True for point in known) else "target_not_achieved")


def _achieved(evidence: Evidence, value: Decimal) -> bool:
    if evidence.bound is not None:
        return evidence.bound.holds(value)
    return evidence.target.shape == "improve" and evidence.indicator.direction == "decrease" and value == 0


def _under_way(evidence: Evidence, point: Point, value: Decimal) -> Verdict:
    """The verdict on a target that is not achieved."""
    baseline = evidence.baseline
    if baseline is None:
        return Verdict(NAME, "insufficient_data", reason="no stated baseline is known")
    first, last = baseline.period.last, point.last
    if last.year <= first.year:
        return Verdict(NAME, "insufficient_data", reason=f"the baseline and the figure are both of {first.year}")
    if evidence.broken(first, last):
        return Verdict(NAME, "insufficient_data", reason=f"the series broke between {baseline.period} and {point.period}")
    return _by_growth(evidence, baseline, point, value)


def _by_growth(evidence: Evidence, baseline: Baseline, point: Point, value: Decimal) -> Verdict:
    """What the growth rates say."""
    observed = _growth(value, baseline.value, period.years(baseline.period.last, point.last))
    if evidence.bound is None or evidence.target.due is None:
        return _improving(observed, -1 if evidence.indicator.direction == "decrease" else 1)
    required = _growth(evidence.bound.weak, baseline.value, period.years(baseline.period.last, evidence.target.due.last))
    ratio = None if observed is None or required is None or required == 0 else _RATES.divide(observed, required)
    if _lost(evidence.bound, baseline.value, value):
        return Verdict(NAME, "deterioration", None if ratio is None else _shown(ratio.copy_abs().copy_negate()))
    return _reaching(ratio)


def _lost(bound: Bound, start: Decimal, value: Decimal) -> bool:
    """Whether the baseline satisfied the bound and a figure that does not is worse."""
    return bound.gap(start) >= 0 and bound.gap(value) < bound.gap(start)


def _growth(new: Decimal, old: Decimal, years: Fraction) -> Decimal | None:
    """The compound growth a year as a share, None where there is none; the root is rounded, so that one of few digits is exact and meets a cut point."""
    if old == 0 or min(new, old) < 0 < max(new, old) or years <= 0:
        return None
    root = _ROOTS.power(_ROOTS.divide(new, old), _ROOTS.divide(years.denominator, years.numerator))
    return _RATES.subtract(_RATES.plus(root), 1)


def _reaching(ratio: Decimal | None) -> Verdict:
    if ratio is None:
        return Verdict(NAME, "insufficient_data", reason="no growth rate leads from the baseline to the figure and the target")
    cuts = {"on_track": "0.95", "fair_progress": "0.5", "limited_or_no_progress": "-0.1"}
    label = next((label for label, cut in cuts.items() if ratio >= Decimal(cut)), "deterioration")
    return Verdict(NAME, label, _shown(ratio))


def _improving(observed: Decimal | None, sign: int) -> Verdict:
    if observed is None:
        return Verdict(NAME, "insufficient_data", reason="no growth rate leads from the baseline to the figure")
    growth = _RATES.multiply(sign, observed)
    if growth > Decimal("0.01"):
        return Verdict(NAME, "on_track", _shown(growth))
    cuts = {"fair_progress": "0.005", "limited_or_no_progress": "-0.01"}
    label = next((label for label, cut in cuts.items() if growth >= Decimal(cut)), "deterioration")
    return Verdict(NAME, label, _shown(growth))


def _shown(ratio: Decimal) -> Decimal | None:
    """The ratio in data; None where it is too large to be written."""
    return rounded(ratio) if ratio.adjusted() < 1000 else None
