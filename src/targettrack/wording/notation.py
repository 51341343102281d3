"""Notation: how figures, bounds, gaps and periods are written for people; in the signs of their language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Context, Decimal
from fractions import Fraction
from typing import TypeAlias

from targettrack.assessment import figures
from targettrack.assessment.bounds import Bound, Span
from targettrack.assessment.figures import Figure
from targettrack.language import mark, tr, tr_as
from targettrack.number import MAX_DIGITS, fraction, literal, plain, rounded
from targettrack.period import Period, split
from targettrack.program.model import Actual, Pairs, Promise, Target, is_percent
from targettrack.text import NBSP, clean

_GROUP = 3


def digits(value: Decimal) -> str:
    """A number as entered, with the marks that the language has: in groups of three from five digits on."""
    whole, point, decimals = literal(value).partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if len(whole) > _GROUP and len(whole) >= int(tr_as("digits from which thousands are grouped", "5")):
        whole = f"{int(whole):,}".replace(",", tr_as("thousands", "\u00a0"))
    return f"{sign}{whole}{tr_as('decimal mark', '.')}{decimals}" if point else sign + whole


def gap_unit(unit: str | None) -> str | None:
    """The unit of a gap: percentage points for percentages."""
    return tr_as("percentage points", "pp") if is_percent(unit) else unit


_UNITS: ContextVar[Mapping[str, str]] = ContextVar("units")


@contextmanager
def units(said: Mapping[str, str]) -> Iterator[None]:
    """Write units as ``said`` says them: what is found in a program as it is written is told in the words that it has for the reader."""
    before = _UNITS.set(said)
    try:
        yield
    finally:
        _UNITS.reset(before)


def with_unit(text: str, unit: str | None) -> str:
    """A number's text with its unit behind a no-break space."""
    if not unit:
        return text
    said = _UNITS.get(None)
    return f"{text}{NBSP}{clean(said.get(unit, unit) if said else unit).replace(' ', NBSP)}"


def stretch(low: Decimal, high: Decimal) -> str:
    """A range: ``30–35``, with `` to `` where an end is negative."""
    if low < 0 or high < 0:
        return tr("{low}\u00a0to\u00a0{high}", low=digits(low), high=digits(high))
    return f"{digits(low)}–{digits(high)}"


def even(value: Fraction, like: Iterable[Decimal], unit: str | None) -> str:
    """What an even pace needs, with as many decimals as the figures ``like`` these have (one at least), and more where it would be taken for one of them; marked where it was rounded."""
    near = tuple(like)
    exact, most = plain(fraction(value)), max(1, *map(_decimals, near))
    if _decimals(exact) <= most:
        return with_unit(digits(exact), unit)
    return f"≈{NBSP}{with_unit(ratio(exact, most, near), unit)}"


def without_zero(low: Decimal, high: Decimal) -> str:
    """That lengths on a scale say nothing, because it does not hold 0."""
    return tr("The scale runs from {low} to {high}: 0 is not on it.", low=digits(low), high=digits(high))


_APPROX = {
    "about": mark("about\u00a0{number}"),
    "over": mark("over\u00a0{number}"),
    "under": mark("under\u00a0{number}"),
}


def figure(actual: Actual) -> str:
    """An actual's figure as its source gives it, without the unit: ``over 900``, ``3.2–3.3``, ``yes``."""
    if actual.answer is not None:
        return answer(yes=actual.answer)
    if actual.range is not None:
        return stretch(*actual.range)
    text = digits(figures.stated(actual))
    return tr(_APPROX[actual.approx], number=text) if actual.approx else text


def answer(*, yes: bool) -> str:
    """What a milestone's actual says."""
    return tr("yes") if yes else tr("no")


def actual(of: Figure | Actual, unit: str | None) -> str:
    """An actual's figure with its unit."""
    plain = of.actual if isinstance(of, Figure) else of
    return figure(plain) if plain.answer is not None else with_unit(figure(plain), unit)


def started(value: Decimal, span: Span, unit: str | None, *, about: bool = False) -> str:
    """Where a way begins, with its unit: the number (``about`` it), or all that the figure there allows."""
    if span.exact is None:
        return with_unit(allowed(span), unit)
    return with_unit(tr(_APPROX["about"], number=digits(value)) if about else digits(value), unit)


def allowed(span: Span, like: Iterable[Decimal] = (), *, about: bool = False) -> str:
    """All that a sum or mean of figures ``like`` these may be: one number (``about`` it, where a source says so), a range, or an open end."""
    like = tuple(like)
    if span.low is None or span.high is None:
        word = "about" if span.low is None and span.high is None else "under" if span.low is None else "over"
        return tr(_APPROX[word], number=approximately(brief(span.stated), like))
    number = (
        approximately(brief(span.low), like) if span.low == span.high else stretch(brief(span.low), brief(span.high))
    )
    return tr(_APPROX["about"], number=number) if about else number


def approximately(value: Decimal, like: Iterable[Decimal]) -> str:
    """A computed number with at most three decimals more than the figures have that it comes from, so that a difference of them stands whole; marked where it was rounded for that."""
    most = 3 + max(map(_decimals, like), default=9)
    short = plain(Context(prec=max(most + value.adjusted() + 1, 1)).plus(value))
    return digits(value) if short == value else f"≈{NBSP}{digits(short)}"


def _decimals(value: Decimal) -> int:
    """With how many decimals a number is written."""
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def brief(value: Decimal) -> Decimal:
    """A figure, or a sum of some, whole; a mean that has no end rounded."""
    exact = plain(value)
    return exact if len(exact.as_tuple().digits) <= MAX_DIGITS else rounded(value)


def bound(of: Bound, unit: str | None, *, approx: str | None = None) -> str:
    """What a target asks for: ``≥ 30–35 %``, ``< 4.5``, ``in 90–100 %``."""
    low, high = min(of.weak, of.strong), max(of.weak, of.strong)
    ends = digits(low) if low == high else stretch(low, high)
    text = with_unit(ends, unit)
    return f"{sign(of)}{NBSP}{tr(_APPROX[approx], number=text) if approx else text}"


def sign(of: Bound) -> str:
    """The comparison of a bound."""
    if of.direction == "maintain":
        return "=" if of.weak == of.strong else tr_as("a range", "in")
    return {("increase", False): "≥", ("increase", True): ">", ("decrease", False): "≤", ("decrease", True): "<"}[
        of.direction, of.strict
    ]


def promise(of: Target | Promise, bound_: Bound | None, unit: str | None, direction: str | None) -> str:
    """A promise in short: what it asks for, and of what where that is a sum or a mean."""
    text = asked(of, bound_, unit, direction)
    if isinstance(of, Promise) or bound_ is None or of.aggregate == "last" or one_period(of):
        return text
    return f"{text}, {tr('sum') if of.aggregate == 'sum' else tr('mean')}"


def asked(of: Target | Promise, bound_: Bound | None, unit: str | None, direction: str | None) -> str:
    """What a promise asks for: its bound, ``any rise``, ``yes``, a multiple of an unknown baseline, or its words in quotes."""
    if isinstance(of, Promise):
        return f"“{clean(of.text)}”"
    if of.shape == "milestone":
        return tr("yes")
    if of.shape == "undetermined":
        return tr("a\u00a0number to\u00a0be\u00a0set")
    if of.shape == "improve":
        return tr("any\u00a0fall") if direction == "decrease" else tr("any\u00a0rise")
    if bound_ is None:
        return tr(
            "{times}\u00a0× the baseline",
            times="–".join(dict.fromkeys(digits(times) for times in of.times_baseline or ())),
        )
    return bound(bound_, unit, approx=of.approx)


def one_period(of: Target | Promise) -> bool:
    """Whether a promise's window is its due period: the count of one year."""
    return of.begins is not None and of.begins == of.due


def short(period: Period) -> str:
    """A period as written, years joined as ``2021–25``."""
    begins, ends = split(period)
    if begins is None:
        return period.text
    return window(begins, ends)


def window(begins: Period, ends: Period) -> str:
    """The time from one period to another: years joined as ``2021–25``."""
    first, last = (split(begins)[0] or begins).text, split(ends)[1].text
    years = re.fullmatch(r"(\d\d)\d\d", first) and re.fullmatch(r"\d{4}", last) and first[:2] == last[:2]
    return f"{first}–{last[2:]}" if years else f"{first}–{last}"


def long(period: Period) -> str:
    """A period as written, its parts joined by a dash: ``2021–2025``."""
    begins, ends = split(period)
    if begins is None:
        return period.text
    first, last = begins.text, ends.text
    return (
        f"{first}–{last}"
        if first.isdigit() and last.isdigit()
        else tr("{first}\u00a0to\u00a0{last}", first=first, last=last)
    )


def spelled(period: Period, text: str | None = None) -> str:
    """A period, or its ``text``, in a sentence: English has the bare number, other languages the word for what it is, as in ``năm 2021``."""
    said = long(period) if text is None else text
    if re.fullmatch(r"\d{4}(/\d\d)?", period.text):
        return tr_as("a year", "{period}", period=said)
    if re.fullmatch(r"\d{4}/\d{4}", period.text):
        return tr_as("years", "{period}", period=said)
    if re.fullmatch(r"\d{4}-\d\d", period.text):
        return tr_as("a month", "{period}", period=said)
    return (
        tr_as("a day", "{period}", period=said)
        if period.first.isoformat() == period.text
        else tr_as("a stretch of time", "{period}", period=said)
    )


_EVERY = {"year": mark("yearly"), "half": mark("half-yearly"), "quarter": mark("quarterly"), "month": mark("monthly")}


def quality(of: Actual, *, early: bool = False) -> str:
    """How settled a figure is, in a word; one that was published before its period ended, and of which the file says nothing, is provisional."""
    if early:
        return tr("provisional")
    return {"final": tr_as("a figure", "final"), "provisional": tr("provisional"), "estimate": tr("estimate")}[
        of.quality
    ]


def deadline(of: Target | Promise) -> str:
    """When a promise is due: a period, a window, ``yearly``, or ``no date``."""
    if isinstance(of, Target) and of.every:
        return _standing(of, tr(_EVERY[of.every]))
    if of.due is None:
        return tr("no\u00a0date")
    return short(of.due) if of.begins is None or one_period(of) else window(of.begins, of.due)


def _standing(of: Target, every: str) -> str:
    """A standing target, with the periods for which it holds."""
    begins, ends = of.begins, of.ends
    if begins and ends:
        return tr("{every} {window}", every=every, window=window(begins, ends))
    if begins:
        return tr("{every} from {period}", every=every, period=short(begins))
    return tr("{every} to {period}", every=every, period=short(ends)) if ends else every


def by(of: Target | Promise) -> str:
    """When a promise is due, as a label: ``by 2025``."""
    return tr("by {deadline}", deadline=deadline(of)) if of.due else deadline(of)


def gap(value: Decimal, unit: str | None = None, like: Iterable[Decimal] = ()) -> str:
    """A gap with its sign, and percentage points for percentages, in the digits that figures ``like`` these deserve; other units are not repeated."""
    number = approximately(value, like)
    mark = f"≈{NBSP}" if number.startswith("≈") else ""
    text = f"{mark}{'+' if value > 0 else ''}{number.removeprefix(mark)}"
    return with_unit(text, gap_unit(unit)) if is_percent(unit) else text


def places(value: Decimal, count: int) -> str:
    """A derived number with so many decimals."""
    return digits(Decimal(format(value, f".{count}f")))


def ratio(value: Decimal, count: int, edges: Edges) -> str:
    """A ratio with so many decimals; with more where it would be taken for a cut point of its method that it is not."""
    decimals = next(
        (
            more
            for more in range(count, MOST_DECIMALS)
            if keeps_its_side(value, Decimal(format(value, f".{more}f")), edges)
        ),
        MOST_DECIMALS,
    )
    return places(value, decimals)


MOST_DECIMALS = 14


Edges: TypeAlias = Iterable[Decimal | Fraction]
"""The cut points that a number must not be rounded across: those of the method that it belongs to, and 0."""


def keeps_its_side(value: Decimal, shown: Decimal, edges: Edges) -> bool:
    """Whether a number as it is shown stands to every cut point as it does itself."""
    return all((shown < edge, shown == edge) == (value < edge, value == edge) for edge in edges)


def limit(approx: str | None) -> str:
    """``< `` or ``> `` before what was computed from a figure that is an open end, where the true one is less, or more; else nothing."""
    return {"under": f"<{NBSP}", "over": f">{NBSP}"}.get(approx or "", "")


def percent(share: Decimal, *, met: bool) -> str:
    """A share as a whole percent, never rounded up to 100 unless it is met."""
    whole = int((share * 100).to_integral_value("ROUND_HALF_EVEN"))
    return f"{min(whole, 99) if not met and share < 1 else whole}{NBSP}%"


def pairs(of: Pairs) -> str:
    """A disaggregation: ``sector = textile``."""
    return ", ".join(f"{clean(name)} = {clean(text)}" for name, text in of)


def part(of: Pairs) -> str:
    """A disaggregation behind a name: ``, sector = textile``; nothing for the whole."""
    return f", {pairs(of)}" if of else ""


def listing(texts: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *head, tail = texts
    return tr("{head} and {tail}", head=", ".join(head), tail=tail) if head else tail


def choice(texts: Iterable[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    *head, tail = texts
    return tr("{head} or {tail}", head=", ".join(head), tail=tail) if head else tail
