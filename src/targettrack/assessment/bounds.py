"""Bounds: what a target asks for, whether that is less than before, the numbers that a figure allows, and what the one makes of the other."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from targettrack.frozen import frozen
from targettrack.number import EXACT
from targettrack.program.model import Direction


@frozen()
class Span:
    """All the numbers that a figure allows, in the indicator's unit. None is an open end; beside it the other end is not included.

    ``stated`` is the number that the source wrote: the lower end of a range; of a sum or a mean with an open end, what the other ends add up to.
    """

    low: Decimal | None
    high: Decimal | None
    stated: Decimal

    @property
    def exact(self) -> Decimal | None:
        """The one number that it allows, if it is one."""
        return self.low if self.low == self.high else None

    @property
    def open(self) -> bool:
        """Whether an end is open."""
        return self.low is None or self.high is None

    def plus(self, other: Span) -> Span:
        """The numbers that two such figures may add up to."""
        low, high = _sum(self.low, other.low), _sum(self.high, other.high)
        end = (high if low is None else low) if (low is None) is not (high is None) else None
        return Span(low, high, EXACT.add(self.stated, other.stated) if end is None else end)

    def over(self, count: int) -> Span:
        """The numbers divided by a count."""
        return Span(_share(self.low, count), _share(self.high, count), EXACT.divide(self.stated, Decimal(count)))

    @property
    def ends(self) -> tuple[Decimal | None, ...]:
        """Its ends; None is an open one."""
        return (self.low,) if self.low == self.high else (self.low, self.high)


def just(value: Decimal) -> Span:
    """A figure that allows one number."""
    return Span(value, value, value)


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else EXACT.add(one, other)


def _share(end: Decimal | None, count: int) -> Decimal | None:
    return None if end is None else EXACT.divide(end, Decimal(count))


@frozen()
class Bound:
    """What a target asks for, in ``unit``. ``weak`` decides, ``strong`` is the ambition; to maintain, both bind and ``weak`` is the lower."""

    direction: Direction
    weak: Decimal
    strong: Decimal
    strict: bool = False
    unit: str | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether one number satisfies it."""
        gap = self.gap(value)
        return (
            gap >= 0
            if not self.strict
            else gap > 0 or (self.direction == "maintain" and self.weak < value < self.strong)
        )

    def gap(self, value: Decimal) -> Decimal:
        """The number against the weak end; below 0 is short of it. To maintain: minus the distance outside."""
        if self.direction == "maintain":
            return min(EXACT.subtract(value, self.weak), EXACT.subtract(self.strong, value), Decimal(0))
        return self._distance(value, self.weak)

    def gap_strong(self, value: Decimal) -> Decimal:
        """The number against the strong end; the same as ``gap`` to maintain."""
        return self.gap(value) if self.direction == "maintain" else self._distance(value, self.strong)

    def _distance(self, value: Decimal, end: Decimal) -> Decimal:
        return EXACT.subtract(end, value) if self.direction == "decrease" else EXACT.subtract(value, end)

    def crossed(self, start: Decimal, now: Decimal) -> bool:
        """Whether a figure has gone from one side of what is to be maintained to the other."""
        return self.direction == "maintain" and min(start, now) < self.weak and max(start, now) > self.strong

    def worse(self, allowed: Span) -> Decimal:
        """The end of a figure that is worse for it, or the stated number where that very end is open."""
        if self.direction != "maintain":
            return worse(self.direction, allowed)
        return (
            allowed.stated
            if allowed.low is None or allowed.high is None
            else min(allowed.low, allowed.high, key=self.gap)
        )

    def gap_approx(self, allowed: Span) -> Literal["under", "over"] | None:
        """Whether the true gap is less (under) or more (over) than that of the figure, because the figure is an open end."""
        if (allowed.low is None) is (allowed.high is None):
            return None
        value, more = self.worse(allowed), allowed.high is None
        if self.direction == "maintain":
            return "under" if (value >= self.strong if more else value <= self.weak) else None
        return "over" if more is (self.direction == "increase") else "under"

    def decides(self, allowed: Span) -> bool | None:
        """Whether every number of a figure satisfies it (True), none does (False), or it cannot be said (None)."""
        if self._all(allowed):
            return True
        return False if self._none(allowed) else None

    def _all(self, allowed: Span) -> bool:
        low, high = allowed.low, allowed.high
        if low is not None and high is not None:
            return self.holds(low) and self.holds(high)
        if self.direction == "increase":
            return low is not None and low >= self.weak
        return self.direction == "decrease" and high is not None and high <= self.weak

    def _none(self, allowed: Span) -> bool:
        low, high = allowed.low, allowed.high
        floor = self.weak if self.direction != "decrease" else None
        ceiling = {"increase": None, "decrease": self.weak, "maintain": self.strong}[self.direction]
        below = (
            floor is not None
            and high is not None
            and (high < floor or (high == floor and (self.strict or low is None)))
        )
        above = (
            ceiling is not None
            and low is not None
            and (low > ceiling or (low == ceiling and (self.strict or high is None)))
        )
        return below or above


def bound_between(
    direction: Direction, low: Decimal, high: Decimal, *, strict: bool = False, unit: str | None = None
) -> Bound:
    """The bound of two numbers, the lower one first."""
    return (
        Bound(direction, high, low, strict, unit)
        if direction == "decrease"
        else Bound(direction, low, high, strict, unit)
    )


Asks: TypeAlias = Literal["less", "more", "same", "other"]
"""What is asked for beside something older: less, more, the same, or something else, of which nobody can say that it is more."""


def asks(new: Bound, old: Bound) -> Asks:
    """What a bound asks for beside an older one.

    Less at the weak end, which decides, is less, whatever the strong end does; more there and less at the strong end is something else.
    To maintain, both ends decide: a wider band asks for less, a narrower one for more, and a band that was moved is something else.
    So is what goes in another direction, or is counted in another unit than one that was said.
    """
    if new.direction != old.direction or (old.unit is not None and new.unit != old.unit):
        return "other"
    weak, strong = _steps(new, old)
    if strong < 0 < weak or (new.direction == "maintain" and weak < 0 < strong):
        return "other"
    step = weak or strong
    return "more" if step > 0 else "less" if step < 0 else "same"


def _steps(new: Bound, old: Bound) -> tuple[int, int]:
    """The step from an older bound at the weak end and at the strong one: 1 asks for more, -1 for less. That an end itself is not enough any more (strict) is a step at each end that decides."""
    weak = _order(new.weak, old.weak) * (-1 if new.direction == "decrease" else 1)
    strong = _order(new.strong, old.strong) * (1 if new.direction == "increase" else -1)
    strict = new.strict - old.strict
    return weak or strict, strong or (strict if new.direction == "maintain" else 0)


def _order(one: Decimal, other: Decimal) -> int:
    return (one > other) - (one < other)


def worse(direction: Direction | None, allowed: Span) -> Decimal:
    """The end of a figure that is worse in a direction, or the stated number where that very end is open."""
    end = allowed.high if direction == "decrease" else allowed.low
    return allowed.stated if end is None else end


def improves(direction: Direction, now: Span, start: Span) -> bool | None:
    """Whether a figure is strictly better than another: surely (True), surely not (False), or not to be said (None)."""
    if direction == "decrease":
        now, start = _mirrored(now), _mirrored(start)
    if (
        now.low is not None
        and start.high is not None
        and (now.low > start.high or (now.low == start.high and (now.high is None or start.low is None)))
    ):
        return True
    return False if now.high is not None and start.low is not None and now.high <= start.low else None


def _mirrored(allowed: Span) -> Span:
    return Span(_negative(allowed.high), _negative(allowed.low), -allowed.stated)


def _negative(end: Decimal | None) -> Decimal | None:
    return None if end is None else -end
