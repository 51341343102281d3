"""destatis: the mean yearly change of the last six years, carried on to the due year; the answer is a weather symbol.

With v the newest figure (none after the due period is used), m the mean of the last five yearly changes, over six figures that
follow each other by a year (at least four, else none), T the bound N years after v, d = 1 where higher is better and -1 where lower
is, and p = v + m * N:

A dated target. Met, d * (v - T) >= 0: sun, but slightly_cloudy where the trend leads away, d * m < 0. Not met: by the share that
would be missed, d * (T - p) / |T - v|: sun below 0.05, slightly_cloudy to 0.20; above it cloud where d * m > 0, else thunderstorm.
That share is the ratio. ended where no figure of the last six years lies before the due period.

A standing target: met sun, or slightly_cloudy where the trend leads away; missed cloud, or thunderstorm where it leads away.
A direction alone (improve): mean and last change the right way sun; the mean alone slightly_cloudy; the last change alone cloud;
neither thunderstorm. No change is not the right way.

Source: German Federal Statistical Office (Destatis), indicator reports on the German Sustainable Development Strategy, status of
the indicators. A range is judged at its weak end, as the office does.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from targettrack import period
from targettrack.assessment.cutpoints import Cut, CutPoints
from targettrack.assessment.figures import span
from targettrack.assessment.verdict import Evidence, Step, Verdict
from targettrack.language import mark, tr
from targettrack.number import fraction, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from targettrack.assessment.bounds import Bound
    from targettrack.assessment.figures import Point

NAME = "destatis"
QUESTION = mark("Where does the mean change of the last six years lead by the due year?")
NEEDS = mark("four to six yearly figures in a row")
CUT_POINTS = CutPoints(
    cuts=(
        Cut("sun", Decimal("0.05"), "<", mark("less than {at} of the distance would be missed")),
        Cut("slightly_cloudy", Decimal("0.20"), "<=", mark("at most {at}")),
    ),
    cases=(("cloud", mark("more, and the trend leads there")), ("thunderstorm", mark("more, and it does not"))),
)
MET = (("sun", mark("met, m does not lead away")), ("slightly_cloudy", mark("met, m leads away")))
STANDING: CutPoints[str] = CutPoints(
    cases=(*MET, ("cloud", mark("not met, m does not lead away")), ("thunderstorm", mark("not met, m leads away")))
)
DIRECTED: CutPoints[str] = CutPoints(
    cases=(
        ("sun", mark("m and the last change lead the right way")),
        ("slightly_cloudy", mark("m does, the last change does not")),
        ("cloud", mark("the last change does, m does not")),
        ("thunderstorm", mark("neither does")),
    )
)
NOTES = (
    ("m", mark("the mean change a year of the four to six newest figures")),
    (mark("met, or standing"), "{cuts}", STANDING),
    (mark("improve"), "{cuts}", DIRECTED),
)
LABELS = ("sun", "slightly_cloudy", "cloud", "thunderstorm", "none", "ended", "not_assessed")
GOOD = frozenset({"sun", "slightly_cloudy"})
BAD = frozenset({"cloud", "thunderstorm"})
SOURCE = mark("German Federal Statistical Office, indicators of the German Sustainable Development Strategy")

LONGEST, SHORTEST = 6, 4
"""How many figures in a row the trend takes, and how many it needs."""


def judge(evidence: Evidence) -> Verdict:
    """The weather symbol; the share of the distance that would be missed as the ratio of a dated target that is not met."""
    unsuited = evidence.unsuited(standing=True)
    if unsuited is not None:
        return Verdict(NAME, "not_assessed", reason=unsuited)
    if _ended(evidence):
        return Verdict(NAME, "ended", reason=tr("no figure of the last six years lies before the due period"))
    if evidence.bound is None and evidence.target.shape != "improve":
        return Verdict(NAME, "none", reason=tr("no stated baseline is known"))
    points = _in_a_row(evidence)
    values = [value for point in points if (value := span(point.actual).exact) is not None]
    if len(values) < len(points):
        return Verdict(NAME, "not_assessed", reason=tr("not made for a figure that is no single number"))
    if len(values) < SHORTEST:
        return Verdict(
            NAME,
            "none",
            reason=tr("needs {needed} yearly figures in a row, has {count}", needed=SHORTEST, count=len(values)),
        )
    return _symbol(evidence, points[-1].last, [Fraction(value) for value in values])


def _ended(evidence: Evidence) -> bool:
    due, newest = evidence.target.due, evidence.newest()
    if due is None or newest is None or not evidence.past_due or newest.last <= due.last:
        return False
    return not any(
        point.last < due.first and period.years(point.last, newest.last) < LONGEST for point in evidence.points
    )


def _in_a_row(evidence: Evidence) -> Sequence[Point]:
    """The newest figure that may be used and those of like periods one, two, ... years before it, up to a gap or a break of the series."""
    newest = _newest(evidence)
    if newest is None:
        return ()
    alike = {
        period.year_month(point.last): point for point in evidence.points if point.period.months == newest.period.months
    }
    found = [newest]
    while len(found) < LONGEST:
        before = alike.get(period.year_month(found[0].last) - 12)
        if before is None or evidence.broken(before.last, found[0].last):
            break
        found.insert(0, before)
    return found


def _newest(evidence: Evidence) -> Point | None:
    if evidence.target.every is not None:
        return evidence.judged.newest if evidence.judged else None
    due = evidence.target.due
    return evidence.newest() if due is None else evidence.newest(due.last)


def _symbol(evidence: Evidence, last: date, values: Sequence[Fraction]) -> Verdict:
    sign = -1 if evidence.indicator.direction == "decrease" else 1
    mean = (values[-1] - values[0]) / (len(values) - 1)
    steps: tuple[Step, ...] = (
        Step(
            tr("m, mean change a year over {count} figures", count=len(values)),
            "({v} - {first}) / {count}",
            (("v", values[-1]), ("first", values[0]), ("count", len(values) - 1)),
            mean,
        ),
    )
    trend = sign * mean
    if evidence.bound is None:
        steps += (
            Step(
                tr("last change"),
                "{v} - {before}",
                (("v", values[-1]), ("before", values[-2])),
                values[-1] - values[-2],
            ),
        )
        return Verdict(NAME, _directed(trend, sign * (values[-1] - values[-2])), steps=steps, cuts=DIRECTED)
    bound = Fraction(evidence.bound.weak)
    distance = sign * (bound - values[-1])
    met = _met(evidence.bound, distance)
    if evidence.target.due is None:
        return Verdict(NAME, _standing(trend, met=met), steps=steps, cuts=STANDING)
    if met:
        return Verdict(NAME, "sun" if trend >= 0 else "slightly_cloudy", steps=steps, cuts=CutPoints(cases=MET))
    left = period.years(last, evidence.target.due.last)
    reached = values[-1] + mean * left
    steps += (
        Step(tr("p, where that leads"), "{v} + {m} * {N}", (("v", values[-1]), ("m", mean), ("N", left)), reached),
    )
    if distance:
        steps += (
            Step(
                tr("share that would be missed"),
                "{d} * ({T} - {p}) / |{T} - {v}|",
                (("d", sign), ("T", bound), ("p", reached), ("v", values[-1])),
                sign * (bound - reached) / distance,
            ),
        )
    return replace(_projected(trend, distance, distance - trend * left), steps=steps)


def _met(bound: Bound, distance: Fraction) -> bool:
    return distance < 0 or (distance == 0 and not bound.strict)


def _projected(trend: Fraction, distance: Fraction, missed: Fraction) -> Verdict:
    """A dated target that is not met; a figure on a strict bound has no distance, and so no share."""
    share = None if distance == 0 else rounded(fraction(missed / distance))
    return Verdict(
        NAME,
        CUT_POINTS.scaled(distance).taken(missed) or ("cloud" if trend > 0 else "thunderstorm"),
        share,
        cuts=CUT_POINTS,
    )


def _standing(trend: Fraction, *, met: bool) -> str:
    if met:
        return "sun" if trend >= 0 else "slightly_cloudy"
    return "cloud" if trend >= 0 else "thunderstorm"


def _directed(mean: Fraction, last: Fraction) -> str:
    if mean > 0:
        return "sun" if last > 0 else "slightly_cloudy"
    return "cloud" if last > 0 else "thunderstorm"
