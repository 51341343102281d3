"""Prospects: what another figure, or more speed, would make of a row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from targettrack.assessment.bounds import Bound
from targettrack.assessment.pace import PACE
from targettrack.assessment.row import Row
from targettrack.language import tr, tr_as
from targettrack.number import EXACT, MAX_DECIMALS, fraction, plain
from targettrack.program.model import Target
from targettrack.wording import notation, why
from targettrack.wording.steps import SHOWN, Line, derived, exact, kind, number

_UNMET = frozenset(
    {"missed", "unreported", "off_track", "behind", "worsening", "pending", "on_track", "open", "no_data"}
)


def prospects(row: Row) -> Iterator[Line]:
    """What another figure, or more speed, would make of it."""
    if row.target is None or (
        row.final and row.judged and row.judged.window and row.status == "missed" and not row.judged.window.complete
    ):
        return
    if row.status in _UNMET and not (row.judged and row.judged.whole):
        yield from _to_meet(row)
    if row.bound is None or row.bound.direction == "maintain":
        return
    if row.status == "met" and row.bound.weak != row.bound.strong and not row.bound.strict:
        yield Line(tr("exceeded"), _more(row, row.bound))
    yield from _faster(row, row.bound)


def _more(row: Row, bound: Bound) -> str:
    strong = notation.with_unit(number(bound.strong), row.unit)
    return (
        tr("with more than {figure}", figure=strong)
        if bound.direction == "increase"
        else tr("with less than {figure}", figure=strong)
    )


def _to_meet(row: Row) -> Iterator[Line]:
    """Which figure would meet it, and when."""
    target, bound, unit = row.target, row.bound, row.unit
    if target is None or row.shape == "milestone":
        yield Line(tr("met"), tr("when it is reached"))
    elif row.shape == "improve":
        if row.start is not None:
            better = tr(
                "with any figure better than {figure}", figure=notation.with_unit(number(row.start.value), unit)
            )
            yield Line(tr("met") if row.past_due else why.word("on_track"), better + _when(row))
    elif bound is not None:
        asked = notation.bound(
            bound if bound.direction == "maintain" else Bound(bound.direction, bound.weak, bound.weak, bound.strict),
            unit,
        )
        if target.aggregate != "last":
            yield Line(tr("met"), _together(row, target, bound, asked))
        elif bound.direction == "maintain":
            yield Line(tr("met"), tr("with a figure {bound}", bound=asked) + _when(row))
        else:
            yield Line(tr("met"), tr("with {bound}", bound=asked) + _when(row))
            if not bound.strict:
                yield Line(tr("exceeded"), _more(row, bound) + _when(row, late=False))


def _together(row: Row, target: Target, bound: Bound, asked: str) -> str:
    """What the figures of a window would have to be."""
    wanted = tr("a figure {bound}", bound=asked) if bound.direction == "maintain" else asked
    if target.aggregate == "sum" and bound.direction == "increase" and (needed := _still_to_come(row, bound)):
        return tr("when its figures add up to {bound}: {needed} more", bound=wanted, needed=needed)
    if target.aggregate == "mean":
        return tr("when every period of its window has its figure, and they are on average {bound}", bound=wanted)
    return tr("when every period of its window has its figure, and they add up to {bound}", bound=wanted)


def _when(row: Row, *, late: bool = True) -> str:
    """For which period a figure would have to be."""
    if row.target is not None and row.target.every:
        if "stale" in row.flags and row.period:
            return " " + tr("for {due}", due=notation.spelled(row.period))
        return " " + tr("for a newer {period}", period=kind(row.target.every))
    if row.due is None:
        return ""
    due = notation.spelled(row.due)
    return " " + (
        tr("for {due} (for a later period: met late)", due=due) if row.past_due and late else tr("for {due}", due=due)
    )


def _still_to_come(row: Row, bound: Bound) -> str:
    """How much a sum still needs; nothing for a mean."""
    gap = row.distance.gap if row.distance else None
    if row.target is None or row.target.aggregate != "sum" or bound.direction != "increase" or gap is None or gap >= 0:
        return ""
    return notation.with_unit(number(-Fraction(gap)), row.unit)


def _faster(row: Row, bound: Bound) -> Iterator[Line]:
    """What speed would make of it."""
    unit, target, judged = row.unit, row.target, row.judged
    if target is None or target.aggregate != "last" or row.past_due or row.gap is None or row.gap >= 0:
        return
    if row.required_per_year is not None and row.observed_per_year is not None:
        more = plain(EXACT.subtract(row.required_per_year, row.observed_per_year))
        required, observed, difference = (
            notation.with_unit(derived(rate), notation.gap_unit(unit))
            for rate in (row.required_per_year, row.observed_per_year, abs(more))
        )
        yield Line(
            tr("pace"),
            tr(
                "needs {required} a year; so far it was {observed}, a difference of {difference} a year",
                required=required,
                observed=observed,
                difference=difference,
            ),
        )
    if row.reached_on is not None:
        yield Line(tr_as("line", "reached"), tr("at the observed pace on {day}", day=row.reached_on.isoformat()))
    elif row.observed_per_year is not None and row.progress is not None and row.progress <= 0:
        yield Line(
            tr_as("line", "reached"),
            tr("never at the observed pace: it leads away")
            if row.progress < 0
            else tr("never at the observed pace: it stands still"),
        )
    if row.pace is not None and judged is not None:
        enough = [
            (cut.label, figure) for cut in PACE.cuts if cut.at and (figure := row.rates.figure_at(cut.at)) is not None
        ]
        said = notation.listing(
            [
                _with(bound, why.word(label), notation.with_unit(_enough(figure, bound), unit))
                for label, figure in enough
            ]
        )
        yield Line(
            tr("status"),
            tr("for {period} it would be {statuses}", period=notation.spelled(judged.newest.period), statuses=said),
        )


def _with(bound: Bound, status: str, figure: str) -> str:
    """A status, and the figure from which on it would be that."""
    return (
        tr("{status} with {figure} or more", status=status, figure=figure)
        if bound.direction == "increase"
        else tr("{status} with {figure} or less", status=status, figure=figure)
    )


def _enough(value: Fraction, bound: Bound) -> str:
    """A figure that may be recorded, and is surely as good as one of more digits."""
    whole = exact(value)
    if whole is not None and -int(whole.as_tuple().exponent) <= MAX_DECIMALS:
        return notation.digits(whole)
    rounding = ROUND_FLOOR if bound.direction == "decrease" else ROUND_CEILING
    long = fraction(value)
    short = Context(prec=max(SHOWN, long.adjusted() + 4), rounding=rounding).create_decimal(long)
    return notation.digits(
        plain(
            short
            if -int(short.as_tuple().exponent) <= MAX_DECIMALS
            else long.quantize(Decimal(1).scaleb(-MAX_DECIMALS), rounding=rounding)
        )
    )
