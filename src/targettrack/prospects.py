"""Prospects: what another figure, or more speed, would make of a row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from targettrack import notation, period, wording
from targettrack.figures import Bound
from targettrack.number import EXACT, MAX_DECIMALS, fraction, plain
from targettrack.report import BEHIND, ON_TRACK, Row, Status
from targettrack.steps import SHOWN, Line, derived, exact, number

_UNMET = frozenset({"missed", "unreported", "off_track", "behind", "worsening", "pending", "on_track", "open", "no_data"})


def prospects(row: Row) -> Iterator[Line]:
    """What another figure, or more speed, would make of it."""
    if row.target is None or (row.final and row.judged and row.judged.window and row.status == "missed" and not row.judged.window.complete):
        return
    if row.status in _UNMET:
        yield from _to_meet(row)
    if row.bound is None or row.bound.direction == "maintain":
        return
    if row.status == "met" and row.bound.weak != row.bound.strong and not row.bound.strict:
        yield Line("exceeded", f"with {_more(row)}")
    yield from _faster(row, row.bound)


def _more(row: Row) -> str:
    return f"{'more' if row.bound and row.bound.direction == 'increase' else 'less'} than {notation.with_unit(number(row.bound.strong), row.unit) if row.bound else ''}"


def _to_meet(row: Row) -> Iterator[Line]:
    """Which figure would meet it, and when."""
    target, bound, unit = row.target, row.bound, row.unit
    if target is None or row.shape == "milestone":
        yield Line("met", "when it is reached")
    elif row.shape == "improve":
        if row.start is not None:
            yield Line("met" if row.past_due else wording.word("on_track"), f"with any figure better than {notation.with_unit(number(row.start.value), unit)}{_when(row)}")
    elif bound is not None:
        asked = f"a figure {notation.bound(bound, unit)}" if bound.direction == "maintain" else notation.bound(Bound(bound.direction, bound.weak, bound.weak, bound.strict), unit)
        if target.aggregate != "last":
            yield Line("met", f"when every period of its window has its figure, and they {'add up to' if target.aggregate == 'sum' else 'are on average'} {asked}{_still_to_come(row, bound)}")
        else:
            yield Line("met", f"with {asked}{_when(row)}")
            if not bound.strict and bound.direction != "maintain":
                yield Line("exceeded", f"with {_more(row)}{_when(row, late=False)}")


def _when(row: Row, *, late: bool = True) -> str:
    """For which period a figure would have to be."""
    if row.target is not None and row.target.every:
        return f" for a newer {row.target.every}"
    if row.due is None:
        return ""
    return f" for {notation.long(row.due)}{' (for a later period: met late)' if row.past_due and late else ''}"


def _still_to_come(row: Row, bound: Bound) -> str:
    """What a sum still needs."""
    needed = None if row.figure is None or isinstance(row.figure, bool) else Fraction(bound.weak) - Fraction(row.figure)
    if row.target is None or row.target.aggregate != "sum" or bound.direction != "increase" or needed is None or needed <= 0:
        return ""
    return f": {notation.with_unit(number(needed), row.unit)} more"


def _faster(row: Row, bound: Bound) -> Iterator[Line]:
    """What speed would make of it."""
    unit, target, judged = row.unit, row.target, row.judged
    if target is None or target.aggregate != "last" or row.past_due or row.gap is None or row.gap >= 0:
        return
    rate = notation.gap_unit(unit)
    if row.required_per_year is not None and row.observed_per_year is not None:
        more = plain(EXACT.subtract(row.required_per_year, row.observed_per_year))
        yield Line("pace", f"needs {notation.with_unit(derived(row.required_per_year), rate)} a year; so far it was {notation.with_unit(derived(row.observed_per_year), rate)}, a difference of {notation.with_unit(derived(abs(more)), rate)} a year")
    if row.reached_on is not None:
        yield Line("reached", f"at the observed pace on {row.reached_on.isoformat()}")
    elif row.observed_per_year is not None and row.progress is not None and row.progress <= 0:
        yield Line("reached", f"never at the observed pace: it {'leads away' if row.progress < 0 else 'stands still'}")
    if row.pace is not None and row.start is not None and row.due is not None and judged is not None:
        start, way = Fraction(row.start.value), Fraction(bound.weak) - Fraction(row.start.value)
        elapsed = period.years(row.start.period.last, judged.newest.last) / period.years(row.start.period.last, row.due.last)
        cuts: tuple[tuple[Status, Fraction], ...] = (("on_track", ON_TRACK), ("behind", BEHIND))
        end = "or more" if bound.direction == "increase" else "or less"
        said = notation.listing([f"{wording.word(status)} with {notation.with_unit(_enough(start + cut * elapsed * way, bound), unit)} {end}" for status, cut in cuts])
        yield Line("status", f"for {notation.long(judged.newest.period)} it would be {said}")


def _enough(value: Fraction, bound: Bound) -> str:
    """A figure that may be recorded, and is surely as good as one of more digits."""
    whole = exact(value)
    if whole is not None and -int(whole.as_tuple().exponent) <= MAX_DECIMALS:
        return notation.digits(whole)
    rounding = ROUND_FLOOR if bound.direction == "decrease" else ROUND_CEILING
    long = fraction(value)
    short = Context(prec=max(SHOWN, long.adjusted() + 4), rounding=rounding).create_decimal(long)
    return notation.digits(plain(short if -int(short.as_tuple().exponent) <= MAX_DECIMALS else long.quantize(Decimal(1).scaleb(-MAX_DECIMALS), rounding=rounding)))

