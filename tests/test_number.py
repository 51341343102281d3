"""Numbers: what is a number, how it is refused, and its exact text."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targettrack.number import (
    MAX_DECIMALS,
    MAX_DIGITS,
    NumberError,
    fraction,
    literal,
    number,
    quoted,
    ratio,
    readings_of,
    rounded,
    toml_float,
    whole,
)

FIGURES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25, places=4)


@given(st.one_of(FIGURES, st.integers(-(10**29), 10**29)))
def test_accepted_number_is_exact(value: Decimal | int) -> None:
    """A number within the limits is taken as it is."""
    assert number(value) == value


@pytest.mark.parametrize(
    "text", ["1" * 30, "-" + "9" * 30, "0." + "1" * 20, "1e29", "1234567890.12345678901234567890", "0e29", "-0", "0.0"]
)
def test_limits_are_inclusive(text: str) -> None:
    """Thirty digits written out in full and twenty decimals are accepted."""
    assert number(toml_float(text)) == Decimal(text)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("too-many-digits", Decimal("1" * 31)), ("too-many-digits", 10**30), ("too-many-digits", Decimal("1e30")), ("too-many-digits", Decimal("1e-21")),
        ("too-many-digits", Decimal("12345678901.12345678901234567890")), ("too-many-digits", Decimal("0e30")), ("too-many-digits", toml_float("1e1000000")),
        ("not-finite", Decimal("NaN")), ("not-finite", Decimal("-Infinity")), ("not-finite", toml_float("1e9999999999999999999999")),
        ("not-a-number", True), ("not-a-number", None), ("not-a-number", 1.5), ("not-a-number", [1]), ("not-a-number", "many"), ("quoted-number", "5"),
    ],
)  # fmt: skip
def test_refused(code: str, value: object) -> None:
    """What is no number within the limits is refused with its code and a hint."""
    with pytest.raises(NumberError) as caught:
        number(value)
    assert (caught.value.code, bool(caught.value.hint)) == (code, True)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("12", ["12"]), ("-3.2", ["-3.2"]), ("+4", ["+4"]), ("1,5", ["1.5", "15"]), ("1.5", ["1.5"]), ("1.500", ["1500", "1.500"]), ("1,500", ["1500", "1.500"]),
        ("1.234.567", ["1234567"]), ("0.500", ["0.500"]), ("0,125", ["0.125"]), ("1,234,567", ["1234567"]), ("1.234,5", ["1234.5"]), ("1,234.5", ["1234.5"]), ("1 500", ["1500"]), ("1\u00a0500,5", ["1500.5", "15005"]),
        ("1'500", ["1500"]), ("five", []), ("", []), ("1e5", []), ("١٢", []), ("12kg", []), ("--1", []),
    ],
)  # fmt: skip
def test_readings(text: str, readings: list[str]) -> None:
    """A number in some country's way of writing has its readings, the likelier first; anything else has none."""
    assert readings_of(text) == readings


@given(st.text(alphabet="0123456789., '+-%\u00a0\u202fx", max_size=12))
def test_readings_are_toml_numbers(text: str) -> None:
    """Whatever is suggested for a number in quotes can be written as it is suggested."""
    for reading in readings_of(text):
        assert Decimal(reading).is_finite()
        assert reading.lstrip("+-").replace(".", "", 1).isdigit()
    assert quoted(text).code in {"quoted-number", "not-a-number"}


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**29), max_value=10**29))
def test_literal_round_trip(value: Decimal) -> None:
    """The text of a number reads back as the same number with the same decimals, without an exponent."""
    text = literal(value)
    assert Decimal(text) == value
    assert "e" not in text.casefold()
    if int(value.as_tuple().exponent) <= 0:
        assert Decimal(text).as_tuple() == value.as_tuple()


@pytest.mark.parametrize(
    "text", ["6", "6.0", "12.40", "-0.5", "100", "0.00000000000000000001", "1234567890123456789012345678"]
)
def test_literal_keeps_the_digits(text: str) -> None:
    """A figure is printed with the digits that it was entered with."""
    assert literal(number(toml_float(text))) == text


@given(FIGURES)
def test_rounded_to_12_digits_half_even(value: Decimal) -> None:
    """A derived number has at most 12 significant digits, rounded half-even, without trailing zeros."""
    short = rounded(value)
    assert short == Context(prec=12, rounding=ROUND_HALF_EVEN).plus(value)
    assert len(short.as_tuple().digits) <= 12
    assert short == 0 or short.as_tuple().digits[-1] != 0
    assert not (short == 0 and short.is_signed())


@pytest.mark.parametrize(
    ("value", "short"),
    [
        ("1.000000000005", "1"),
        ("1.000000000015", "1.00000000002"),
        ("0.5", "0.5"),
        ("-0.0", "0"),
        ("123456789012.5", "123456789012"),
        ("123456789013.5", "123456789014"),
    ],
)
def test_half_goes_to_even(value: str, short: str) -> None:
    """A half goes to the even digit."""
    assert rounded(Decimal(value)) == Decimal(short)


@given(st.fractions(), st.integers(1, 10**6))
def test_fractions(value: Fraction, whole_: int) -> None:
    """A fraction and a ratio are right to far more digits than are shown."""
    assert abs(Fraction(fraction(value)) - value) <= abs(value) / 10**99
    assert ratio(Decimal(1), Decimal(whole_)) == fraction(Fraction(1, whole_))


def test_whole_number_too_long_to_write() -> None:
    """An integer beyond Python's own limit is named, not written."""
    assert whole(MAX_DIGITS) == "30"
    assert whole(-(10**5000)) == "a number of more than 30 digits"
    assert MAX_DECIMALS == 20
