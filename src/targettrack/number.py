"""Numbers: exact decimals, the limits that keep them so, and their text."""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, InvalidOperation, Overflow
from fractions import Fraction

from targettrack.errors import either
from targettrack.language import tr
from targettrack.regex import regex

MAX_DIGITS = 30
MAX_DECIMALS = 20
_TOO_LONG = 10**MAX_DIGITS
_SHORT = 18
"""A number whose text is no longer than this keeps every limit."""

EXACT = Context(prec=100, rounding=ROUND_HALF_EVEN, Emin=-9999, Emax=9999, traps=[InvalidOperation, Overflow])
"""Arithmetic on figures: sums, differences and products of figures within the limits are exact in it."""

_ROUNDED = Context(prec=12, rounding=ROUND_HALF_EVEN, Emin=-9999, Emax=9999)


class NumberError(ValueError):
    """A number that is refused: ``code``, the sentence, and a hint (may be empty)."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def toml_float(text: str) -> Decimal:
    """A TOML float as an exact decimal; one beyond any decimal becomes an infinity, which ``number`` refuses."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")


def number(value: object) -> Decimal:
    """The exact decimal of a TOML integer or float.

    Raises:
        NumberError: a text, a boolean, NaN, an infinity, more than 30 digits written out in full, more than 20 decimals.

    """
    if type(value) is Decimal:
        return _bounded(value)
    if type(value) is int:
        return _bounded(Decimal(value))
    if isinstance(value, str):
        raise quoted(value)
    said = tr("this must be a number, it is true or false") if isinstance(value, bool) else tr("this must be a number")
    raise NumberError("not-a-number", said, tr("write a number without quotes, with a point for decimals"))


def _bounded(value: Decimal) -> Decimal:
    text = str(value)
    if len(text) <= _SHORT and "E" not in text and text[-1].isdigit():
        return value or value.copy_abs()
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        said = tr("this number is NaN (not a number)") if value.is_nan() else tr("this number is infinite")
        raise NumberError(
            "not-finite", said, tr("a figure is a finite number; leave the record out where there is none")
        )
    if exponent < -MAX_DECIMALS:
        raise NumberError(
            "too-many-digits",
            tr("this number has {decimals} decimals, more than {most}", decimals=-exponent, most=MAX_DECIMALS),
            tr("write it with fewer digits"),
        )
    written = max(len(digits) + exponent, 1) + max(-exponent, 0) if value else max(exponent + 1, -exponent + 1)
    if written > MAX_DIGITS:
        raise NumberError(
            "too-many-digits",
            tr("this number has {digits} digits, more than {most}", digits=written, most=MAX_DIGITS),
            tr("use a larger unit, such as billions"),
        )
    return value or value.copy_abs()


_NUMERIC = regex(r"[+-]?\d[\d.,' \u00a0\u202f]*", re.ASCII)


def quoted(text: str) -> NumberError:
    """The refusal of a number in quotes, naming every reading of it."""
    bare = text.strip().removesuffix("%").rstrip()
    shown = f'"{text}"'
    readings = readings_of(bare)
    if not readings:
        return NumberError(
            "not-a-number",
            tr("this must be a number, it is the text {text}", text=shown),
            tr("write a number without quotes, with a point for decimals"),
        )
    meant = either(readings)
    said = (
        tr("a number in quotes: {text}", text=shown)
        if len(readings) == 1
        else tr("a number in quotes: {text} may mean {numbers}", text=shown, numbers=meant)
    )
    return NumberError("quoted-number", said, tr("write {numbers}: no quotes, and a point for decimals", numbers=meant))


def readings_of(text: str) -> list[str]:
    """What a number written in some country's way may mean, as plain decimals, the likelier first; empty for no number."""
    if not _NUMERIC.fullmatch(text):
        return []
    bare = re.sub(r"[' \u00a0\u202f]", "", text)
    marks = re.findall(r"[.,]", bare)
    if not marks:
        return [bare]
    last = max(bare.rfind("."), bare.rfind(","))
    whole, tail = re.sub(r"[.,]", "", bare[:last]), bare[last + 1 :]
    as_decimal = f"{whole}.{tail}" if tail else whole
    if len(marks) == 1 and not whole.strip("+-0"):
        return [as_decimal]
    as_grouped = whole + tail
    if len(marks) > 1:
        return [as_grouped] if len(set(marks)) == 1 else [as_decimal]
    if marks[0] == "." and len(tail) != 3:
        return [as_decimal]
    return [as_grouped, as_decimal] if len(tail) == 3 else [as_decimal, as_grouped]


_TYPED = regex(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_ONE_GROUP = regex(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_GROUPS = regex(
    r"[+-]?[1-9]\d{0,2}(?P<mark>[.,' \u00a0\u202f])\d{3}(?:(?P=mark)\d{3})*(?:(?!(?P=mark))[.,]\d+)?", re.ASCII
)
_COMMA_BELOW_ONE = regex(r"[+-]?0+,\d+", re.ASCII)
_TWO_WAYS = regex(r"[+-]?\d+[.,]\d+", re.ASCII)


def typed(text: str, *, points_are_decimal: bool = False) -> Decimal:
    """The number that a person typed: with a point for decimals, or grouped so that it can mean one thing only.

    ``points_are_decimal`` says that ``1.500`` is known to be one and a half.

    Raises:
        NumberError: no number, or one that means different things in different countries; all readings are named.

    """
    bare = _plain_minus(text)
    if _TYPED.fullmatch(bare) and (points_are_decimal or not _ONE_GROUP.fullmatch(bare)):
        return Decimal(literal(number(Decimal(bare))))
    readings = (
        readings_of(bare)
        if _GROUPS.fullmatch(bare) or _TWO_WAYS.fullmatch(bare) or _COMMA_BELOW_ONE.fullmatch(bare)
        else []
    )
    if len(readings) == 1:
        return Decimal(literal(number(Decimal(readings[0]))))
    if readings:
        choices = [f"{reading}e0" if _ONE_GROUP.fullmatch(reading) else reading for reading in readings]
        raise NumberError(
            "ambiguous-number",
            tr("{text} may mean {numbers}", text=text, numbers=either(readings)),
            tr("write {numbers}", numbers=either(choices)),
        )
    hint = tr("write it as 7.2 or -1.5; a range as 3.2..3.3; the word about, over or under is an option: --approx over")
    raise NumberError("not-a-number", tr('"{text}" is no number', text=text), hint)


def looks_grouped(text: str) -> bool:
    """Whether a number is written as ``1.500``, which is one and a half here and fifteen hundred in other countries."""
    return _ONE_GROUP.fullmatch(_plain_minus(text)) is not None


def has_groups(text: str) -> bool:
    """Whether a number has points that can only be those of thousands: ``1.234.567``, ``1.234,5``."""
    return "." in text and _POINTED.fullmatch(_plain_minus(text)) is not None


_POINTED = regex(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3}){2,}|(?:\.\d{3})+,\d+)", re.ASCII)


def _plain_minus(text: str) -> str:
    return text.strip().replace("\N{MINUS SIGN}", "-")


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """``part / whole`` to 100 digits; ``whole`` is not 0."""
    return EXACT.divide(part, whole)


def fraction(value: Fraction) -> Decimal:
    """A fraction as a decimal of 100 digits."""
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


_ROOTS = Context(prec=120, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
RATES = Context(prec=80, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
"""Arithmetic on roots and powers, far beyond the 12 digits that are shown."""


def power(base: Decimal, exponent: Decimal | Fraction) -> Decimal:
    """A power or a root; it is rounded, so that one of few digits is exact and meets a cut point."""
    exact = exponent if isinstance(exponent, Decimal) else _ROOTS.divide(exponent.numerator, exponent.denominator)
    return RATES.plus(_ROOTS.power(base, exact))


def growth(new: Decimal, old: Decimal, years: Fraction) -> Decimal:
    """The compound growth a year as a share, ``(new / old) ** (1 / years) - 1``; the figures are not 0 and have one sign, ``years`` is above 0."""
    return RATES.normalize(RATES.subtract(power(_ROOTS.divide(new, old), 1 / years), 1)) or Decimal(0)


def writable(ratio: Decimal) -> Decimal | None:
    """A ratio in data; None where it is too large to be written."""
    return rounded(ratio) if ratio.adjusted() < 1000 else None


def rounded(value: Decimal) -> Decimal:
    """A derived number, half-even to 12 significant digits, without trailing zeros and without a negative zero."""
    short = _ROUNDED.normalize(value)
    return short or Decimal(0)


def whole(value: int) -> str:
    """An integer as text; one too long to be read is named by its size (and Python refuses to write it out)."""
    return str(value) if -_TOO_LONG < value < _TOO_LONG else tr("a number of more than {most} digits", most=MAX_DIGITS)


def plain(value: Decimal) -> Decimal:
    """An exact number without the zeros that only its computation put behind it."""
    return EXACT.normalize(value)


def literal(value: Decimal) -> str:
    """The digits of a number written out in full, as entered: no exponent, no noise."""
    return format(value, "f")
