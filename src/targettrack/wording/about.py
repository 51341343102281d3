"""About: what an indicator is, in a few words each: its unit, which way is better, where it began, who answers for it."""

from __future__ import annotations

from targettrack.language import mark, tr
from targettrack.program.model import YES_NO, Indicator
from targettrack.text import clean
from targettrack.wording import notation, why

_BETTER = {"increase": mark("more is better"), "decrease": mark("less is better"), "maintain": mark("to be maintained")}


def facts(indicator: Indicator) -> list[str]:
    """What must be known to read its figures; what the file does not say is left out, but for the unit and the baseline."""
    responsible = tr("responsible {who}", who=indicator.responsible) if indicator.responsible else ""
    searched = why.searched(indicator.searched) if indicator.searched else ""
    told = (_unit(indicator), _direction(indicator), _baseline(indicator), responsible, searched)
    return [clean(text) for text in told if text]


def _unit(indicator: Indicator) -> str:
    if indicator.unit == YES_NO:
        return tr("answered yes or no")
    return tr("in {unit}", unit=indicator.unit) if indicator.unit else tr("no unit")


def _direction(indicator: Indicator) -> str:
    if indicator.direction:
        return tr(_BETTER[indicator.direction])
    return "" if indicator.targets else tr("context: nothing is promised")


def _baseline(indicator: Indicator) -> str:
    base = indicator.baseline
    if base is None:
        return "" if indicator.unit == YES_NO else tr("no baseline")
    value, period = (
        notation.with_unit(notation.digits(base.value), indicator.unit),
        notation.spelled(base.period, notation.short(base.period)),
    )
    return tr("baseline {value} in {period} ({source})", value=value, period=period, source=why.sourced(base.source))
