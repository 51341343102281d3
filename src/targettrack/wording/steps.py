"""Steps: lines of a working, and how many digits their numbers have, so that a reader with a pocket calculator can repeat each."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from targettrack.assessment.pace import PACE
from targettrack.assessment.verdict import Step
from targettrack.frozen import frozen
from targettrack.language import tr_as
from targettrack.number import MAX_DIGITS, fraction, plain
from targettrack.period import Frequency
from targettrack.regex import regex
from targettrack.wording import notation
from targettrack.wording.notation import Edges

SHOWN = 6
"""How many digits a computed number has for people; more where a threshold is near."""


@frozen(eq=True)
class Line:
    """One line: what it is about, and a text or a step of the working, with what stands behind its result: its unit, or itself as a percentage.

    ``edges`` are the cut points that no number of the step may be rounded across: those of the status rules, or of the method whose step it is.
    """

    about: str
    text: str = ""
    step: Step | None = None
    tail: str = ""
    edges: Edges = PACE.edges


def number(value: Decimal | Fraction | int, close: Edges = ()) -> str:
    """A number for people: whole where it has an end and is not long, else to 6 digits and 3 decimals at least; near the cut points ``close`` to 12, and to as many as tell it from each of them."""
    whole = exact(value)
    if whole is not None:
        return notation.digits(whole)
    return notation.digits(_brief(fraction(value) if isinstance(value, Fraction) else Decimal(value), close))


def _brief(value: Decimal, close: Edges) -> Decimal:
    """A number in few digits."""
    least = max(_CLOSE if close else SHOWN, value.adjusted() + 4)
    return next(
        (
            short
            for count in (least, 2 * least, 4 * least)
            if notation.keeps_its_side(value, short := _to(value, count), close)
        ),
        _to(value, 4 * least),
    )


_CLOSE = 12
_SMALL = Fraction(1, 20)


def _to(value: Decimal, count: int) -> Decimal:
    return plain(Context(prec=count).plus(value))


def _is_close(value: Decimal | Fraction | int, edges: Edges) -> bool:
    """Whether a number is so near to a cut point that few digits do not tell on which side it is."""
    return any(abs(Fraction(value) - Fraction(cut)) * 1000 < max(abs(Fraction(cut)), _SMALL) for cut in edges)


def derived(value: Decimal, edges: Edges = ()) -> str:
    """A computed number of a row or a verdict, for people; a pace or a ratio with the cut points that it must not be rounded across."""
    if len(value.as_tuple().digits) <= SHOWN:
        return notation.digits(value)
    return notation.digits(_brief(value, edges if _is_close(value, edges) else ()))


def exact(value: Decimal | Fraction | int) -> Decimal | None:
    """A number as the decimal that was entered, or as the one of not too many digits that it is exactly."""
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= MAX_DIGITS:
        return value
    whole = plain(fraction(value) if isinstance(value, Fraction) else value)
    return whole if len(whole.as_tuple().digits) <= _WHOLE and Fraction(whole) == Fraction(value) else None


_WHOLE = 18
"""The digits of a computed number that is still written whole."""


def kind(of: Frequency) -> str:
    """The kind of period that a standing target is judged by, as a word."""
    return {
        "year": tr_as("kind", "year"),
        "half": tr_as("kind", "half"),
        "quarter": tr_as("kind", "quarter"),
        "month": tr_as("kind", "month"),
    }[of]


def worked(step: Step, edges: Edges = PACE.edges) -> tuple[str, str, str]:
    """A step as its formula with names, with numbers, and its result behind ``=`` or ``≈``; near a cut point all of them with more digits."""
    close = edges if _is_close(step.result, edges) else ()
    texts = {name: number(value, edges if close or _is_close(value, edges) else ()) for name, value in step.numbers}
    numbers = {name: f"({texts[name]})" if value < 0 else texts[name] for name, value in step.numbers}
    sign = "=" if exact(step.result) is not None and all(exact(value) is not None for _, value in step.numbers) else "≈"
    formula, names = _DECIMAL.sub(lambda decimal: notation.digits(Decimal(decimal[0])), step.formula), _names()
    return (
        _NAME.sub(lambda name: names.get(name[1], name[1]), formula),
        _NAME.sub(lambda name: numbers[name[1]], formula),
        f"{sign} {number(step.result, close)}",
    )


_NAME = regex(r"\{([^{}]*)\}")
"""A number's name in a formula; a period's name is one too, which ``str.format`` would take for a place."""

_DECIMAL = regex(r"\d+\.\d+")
"""A number that a formula has by itself."""


def _names() -> dict[str, str]:
    """The names of numbers that are words, as a reader says them; what is a letter or a period stands for itself."""
    return {
        "a year so far": tr_as("number", "a year so far"),
        "actual": tr_as("number", "actual"),
        "baseline": tr_as("number", "baseline"),
        "before": tr_as("number", "before"),
        "count": tr_as("number", "count"),
        "counted": tr_as("number", "counted"),
        "elapsed": tr_as("number", "elapsed"),
        "figures": tr_as("number", "figures"),
        "first": tr_as("number", "first"),
        "gap": tr_as("number", "gap"),
        "gap at the start": tr_as("number", "gap at the start"),
        "lower": tr_as("number", "lower"),
        "mean": tr_as("number", "mean"),
        "periods": tr_as("number", "periods"),
        "progress": tr_as("number", "progress"),
        "start": tr_as("number", "start"),
        "strong": tr_as("number", "strong"),
        "sum": tr_as("number", "sum"),
        "times": tr_as("number", "times"),
        "upper": tr_as("number", "upper"),
        "weak": tr_as("number", "weak"),
        "years": tr_as("number", "years"),
        "years from the start to due": tr_as("number", "years from the start to due"),
        "years left": tr_as("number", "years left"),
        "years since the start": tr_as("number", "years since the start"),
    }
