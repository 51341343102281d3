"""Scale: figures a hundred times too large or too small for what is promised, and percentages that are written as fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from targettrack.assessment.promises import bound_of
from targettrack.frozen import frozen
from targettrack.number import EXACT, plain
from targettrack.program.model import Indicator, Source, Target, is_percent

HUNDREDFOLD = Decimal(100)
_PLACES = (2, 3, 6, 9)
"""By how many decimal places people misread a unit: percent, thousands, millions, billions."""


@frozen(eq=True)
class Scale:
    """How large the figures of a part of an indicator should be: the ends of all its bounds, and the baselines, in its unit; ``adds``: some figures are parts of a sum."""

    ends: tuple[Decimal, ...]
    baselines: tuple[Decimal, ...] = ()
    adds: bool = False

    def reading(self, value: Decimal) -> Decimal | None:
        """What a figure probably should be, where it is at least a hundred times every bound, or at most a hundredth of each; None where it is neither."""
        if value <= 0 or not self.ends or min(self.ends) <= 0:
            return None
        if value >= EXACT.multiply(max((*self.ends, *self.baselines)), HUNDREDFOLD):
            return self._nearest(value.scaleb(-places, EXACT) for places in _PLACES)
        if not self.adds and EXACT.multiply(value, HUNDREDFOLD) <= min((*self.ends, *self.baselines)):
            return self._nearest(value.scaleb(places, EXACT) for places in _PLACES)
        return None

    def _nearest(self, readings: Iterable[Decimal]) -> Decimal:
        low, high = min(self.ends), max(self.ends)
        return plain(
            min(readings, key=lambda value: max(EXACT.divide(value, high), EXACT.divide(low, value), Decimal(1)))
        )

    def fractions(self, values: Iterable[Decimal], unit: str | None) -> bool:
        """Whether figures in percent are written as fractions of 1: they all lie between 0 and 1, and a bound is 2 or more."""
        known = tuple(values)
        if not is_percent(unit) or not self.ends or max(self.ends) < _LEAST:
            return False
        return all(0 <= value <= 1 for value in known) and any(0 < value < 1 for value in known)


_LEAST = Decimal(2)
"""Under a bound of less than 2 % a figure below 1 % is no surprise."""


def scale(indicator: Indicator, targets: Sequence[Target], sources: Mapping[str, Source], on: date) -> Scale:
    """The scale of a part of an indicator by the targets of that part, as known on a day."""
    bounds = [bound for target in targets if (bound := bound_of(indicator, target, sources, on))]
    baselines = dict.fromkeys(baseline.value for target in targets if (baseline := indicator.baseline_of(target)))
    return Scale(
        tuple(dict.fromkeys(end for bound in bounds for end in (bound.weak, bound.strong))),
        tuple(baselines),
        any(target.aggregate == "sum" for target in targets),
    )
