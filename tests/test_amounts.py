"""Amounts: what the text of a cell says as a figure, what it is refused for, and what a column proves of its decimal sign."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targettrack.number import literal, typed
from targettrack.recording.amounts import (
    Amount,
    Conflict,
    Missing,
    NoFigure,
    Proof,
    Reading,
    Rule,
    Sign,
    Unclear,
    Why,
    _amount,
    amount,
    proof,
    said,
)
from targettrack.recording.vocabulary import MISSING


def shown(found: Reading) -> str:
    """A reading in short: digits, range, word, percent sign, marks; or what it is instead."""
    if isinstance(found, Missing):
        return f"missing {found.sign}".rstrip()
    if isinstance(found, Unclear):
        return "unclear " + " | ".join(found.readings)
    if isinstance(found, NoFigure):
        return f"no {found.why}"
    ends = literal(found.low) if found.low == found.high else f"{literal(found.low)}..{literal(found.high)}"
    word = f"{found.approx} " if found.approx else ""
    return " ".join([f"{word}{ends}{'%' if found.percent else ''}", *found.marks])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6.30", "6.30"),
        ("2021.0", "2021.0"),
        ("-0", "0"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("12,34,567.8", "1234567.8"),
        ("12,34,567", "1234567"),
        ("1'234.5", "1234.5"),
        ("1’234’567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("1\u2009234,50", "1234.50"),
        ("1\u202f234\u202f567", "1234567"),
        ("1\u2007234.5", "1234.5"),
        ("−5", "-5"),
        ("–5", "-5"),
        ("+1,5", "1.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-,5", "-0.5"),
        ("84,5", "84.5"),
        ("0,123", "0.123"),
        ("0.009", "0.009"),
        ("1.2E+05", "120000"),
        ("1,2e-3", "0.0012"),
        ("1e5", "100000"),
        ("(1,234.5)", "-1234.5"),
        ("(0)", "no parentheses"),
        ("(12.5 %) p", "-12.5% p"),
        ("34,5 %", "34.5%"),
        ("34.5%", "34.5%"),
    ],
)
def test_number_is_read_in_the_ways_of_many_countries(text: str, expected: str) -> None:
    """A number that one decimal sign alone makes sense of is read, with all its digits."""
    assert shown(amount(text, None)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6.3p", "6.3 p"),
        ("6.3 p", "6.3 p"),
        ("12*", "12 *"),
        ("6.3 [b]", "6.3 [b]"),
        ("6.3 [note 4]", "6.3 [note 4]"),
        ("12¹", "12 ¹"),
        ("12²", "12 ²"),
        ("12 (1)", "12 (1)"),
        ("12 r", "12 r"),
        ("1.2 bp", "1.2 bp"),
        ("12ᵖ", "12 ᵖ"),
        ("6,3 (sơ bộ)", "6.3 (sơ bộ)"),
        ("6.3\n(1) *", "6.3 (1) *"),
        ("5 %*", "5% *"),
    ],
)
def test_marks_behind_a_figure_are_kept_apart(text: str, expected: str) -> None:
    """Footnotes and flags are no part of the number, and are not lost."""
    assert shown(amount(text, None)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40–45", "40..45"),
        ("40-45", "40..45"),
        ("40 - 45", "40..45"),
        ("40..45", "40..45"),
        ("40 to 45", "40..45"),
        ("từ 40 đến 45", "40..45"),
        ("40 bis 45", "40..45"),
        ("3,2–3,3", "3.2..3.3"),
        ("40–45 %", "40..45%"),
        ("40%–45%", "40..45%"),
        ("-5 to 3", "-5..3"),
        ("-5--3", "-5..-3"),
        ("40–45 p", "40..45 p"),
        ("1.500–2", "1.500..2"),
        ("-5-3", "unclear -5..3 | -5..-3"),
        ("1,200–1,300", "unclear 1200..1300 | 1.200..1.300"),
        ("45-40", "no reversed"),
        ("40-40", "no reversed"),
        ("2010-12", "no reversed"),
        ("0...5", "no words"),
        ("40%-45", "no percent"),
    ],
)
def test_range_goes_from_its_lower_end_to_its_higher_one(text: str, expected: str) -> None:
    """A range is two numbers that rise; a hyphen behind a number below zero may be a minus sign."""
    assert shown(amount(text, None)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<2.5", "under 2.5"),
        ("dưới 2,5", "under 2.5"),
        ("less than 3", "under 3"),
        (">95", "over 95"),
        ("Trên 95", "over 95"),
        ("more than 95 %", "over 95%"),
        ("~40", "about 40"),
        ("≈ 40", "about 40"),
        ("khoảng 40", "about 40"),
        ("c. 40", "about 40"),
        ("ca. 40", "about 40"),
        ("About 40", "about 40"),
        ("> -5", "over -5"),
        ("≤2.5", "no inclusive"),
        (">=95", "no inclusive"),
        ("ít nhất 95", "no inclusive"),
        ("từ 40", "no inclusive"),
        ("95+", "no inclusive"),
        ("95 trở lên", "no inclusive"),
        ("~40-45", "no open-range"),
    ],
)
def test_word_before_a_number_says_about_over_or_under(text: str, expected: str) -> None:
    """Over and under exclude their number; at least and at most, which do not, are refused."""
    assert shown(amount(text, None)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9,123", "unclear 9123 | 9.123"),
        ("1.500", "unclear 1.500 | 1500"),
        ("~ 1.500", "unclear 1.500 | 1500"),
        ("(1,234)", "unclear -1234 | -1.234"),
        ("1234,567", "unclear 1234567 | 1234.567"),
        ("10³", "unclear 10 | 1000"),
        ("1,23,4567", "no groups"),
        ("1 2", "no groups"),
        ("12.5.2015", "no groups"),
        ("007", "no code"),
        ("01", "no code"),
        ("-00", "no code"),
        ("1.2 tỷ", "no words"),
        ("1.2b", "no words"),
        ("$1,200", "no words"),
        ("5 000 ha", "no words"),
        ("Q1 2018", "no words"),
        ("12 (45)", "no words"),
        ("5 (million)", "no words"),
        ("5 %p", "no words"),
        ("1.2·10³", "no power"),
        ("5‰", "no per-mille"),
        ("١٢", "no digits"),
        ("１２", "no digits"),
        ("(1)", "no parentheses"),
        ("(-5)", "no parentheses"),
        ("5-", "no minus"),
        ("- 5", "no minus"),
        ("1" * 31, "no limits"),
        ("1e999", "no limits"),
        ("#N/A", "no no-number"),
        ("Hà Nội", "no no-number"),
    ],
)
def test_doubtful_text_is_no_figure(text: str, expected: str) -> None:
    """What can be read in two ways has both readings, and a unit, a code or foreign digits are not guessed at."""
    assert shown(amount(text, None)) == expected


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.234"),
        ("1,5", ".", "no groups"),
        ("1.5", ",", "no groups"),
        ("(1.234)", ",", "-1234"),
        ("1.234–1.300", ",", "1234..1300"),
        ("-0,00", ",", "0.00"),
        ("1234.567", ",", "no groups"),
        ("12.34.567", ",", "no groups"),
        ("1/234/567", ",", "no words"),
        ("1 23 456", ".", "no groups"),
    ],
)
def test_known_sign_makes_the_other_one_part_thousands(text: str, decimal: Sign, expected: str) -> None:
    """Where the decimal sign is known, the other one parts groups, which must be well-formed."""
    assert shown(amount(text, decimal)) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "\u00a0", "..", ":", "-", "–", "n/a", "x", ": c", ":c", "- (1)", ".. p", "không có"]
)
def test_sign_of_no_figure_is_missing(text: str) -> None:
    """What stands for no figure is that, with a flag behind it too."""
    assert shown(amount(text, None)) == f"missing {text.strip()}".rstrip()


def test_given_signs_of_no_figure_are_the_only_ones() -> None:
    """A number may stand for no figure where a person says so, and an empty cell always does."""
    assert amount("-999", None, ["-999"]) == Missing("-999")
    assert amount("", None, []) == Missing("")
    assert isinstance(amount("x", None, ["-999"]), NoFigure)


def _grouped(digits: str, mark: str, *, indian: bool) -> str:
    """Whole digits with their thousands parted."""
    head, groups = digits[:-3], [digits[-3:]]
    while head:
        size = 2 if indian else 3
        head, last = head[:-size], head[-size:]
        groups.insert(0, last)
    return mark.join(groups)


STYLES: list[tuple[str, Sign, bool]] = [
    ("", ".", False),
    ("", ",", False),
    (",", ".", False),
    (".", ",", False),
    (",", ".", True),
    ("'", ".", False),
    ("’", ",", False),
    *((space, sign, False) for space in " \u00a0\u2009\u202f\u2007" for sign in (".", ",")),
]
FIGURES = st.decimals(min_value=-(10**12), max_value=10**12, places=3) | st.decimals(-(10**6), 10**6, places=1) | st.integers(-(10**9), 10**9).map(Decimal)  # fmt: skip


def written(value: Decimal, style: tuple[str, Sign, bool]) -> str:
    """A number as a country writes it."""
    group, sign, indian = style
    whole, _, tail = literal(abs(value)).partition(".")
    text = _grouped(whole, group, indian=indian) + (f"{sign}{tail}" if tail else "")
    return f"-{text}" if value < 0 else text


@given(FIGURES, st.sampled_from(STYLES))
def test_written_number_is_read_back_with_its_digits(value: Decimal, style: tuple[str, Sign, bool]) -> None:
    """Written in any country's way, a number is read back with all its digits where the decimal sign is known."""
    found = amount(written(value, style), style[1])
    assert isinstance(found, Amount)
    assert literal(found.low) == literal(found.high) == literal(value or abs(value))


@given(FIGURES, st.sampled_from(STYLES), st.sampled_from(["{}", "{} %", "~{}", "{} p", "{}–99999999999999"]))
def test_unknown_sign_never_gives_another_number(value: Decimal, style: tuple[str, Sign, bool], form: str) -> None:
    """Without the decimal sign a number is the same as with it, or unclear."""
    text = form.format(written(value, style))
    known, unknown = amount(text, style[1]), amount(text, None)
    if isinstance(known, Amount):
        assert isinstance(unknown, Unclear) or unknown == known


@given(st.text(st.sampled_from("0123456789.,'’ -–−+%()[]~<>pebr*¹³e"), max_size=12), st.sampled_from([".", ",", None]))
def test_short_way_is_the_long_way(text: str, decimal: Sign | None) -> None:
    """Plain numbers take a short way to the same reading, and nothing is an exception."""
    assert amount(text, decimal) == _amount(text, decimal, MISSING)


@given(st.text(st.sampled_from("0123456789.,' -–"), max_size=10))
def test_readings_are_numbers_that_can_be_typed(text: str) -> None:
    """Each reading that is named is a number with a point; nothing but thousands in it could be doubted."""
    found = amount(text, None)
    if isinstance(found, Unclear):
        assert len(set(found.readings)) > 1
        assert all(
            typed(end, points_are_decimal=True) is not None for each in found.readings for end in each.split("..")
        )


@pytest.mark.parametrize(
    ("texts", "delimiter", "expected"),
    [
        (["1.234", "0.009"], ",", Proof(".", 1, "0.009", "below-one")),
        (["1,234", "1,5"], ";", Proof(",", 1, "1,5", "semicolon")),
        (["1,5"], None, Proof(",", 0, "1,5", "tail")),
        (["1,234", "1.234,5"], None, Proof(",", 1, "1.234,5", "both-signs")),
        (["", "1,234,567"], None, Proof(".", 1, "1,234,567", "repeated")),
        (["x", "1234.567"], None, Proof(".", 1, "1234.567", "length")),
        (["3,2–3,3 p"], None, Proof(",", 0, "3,2–3,3 p", "tail")),
        (["1.234", "5.678"], None, None),
        (["1,234", "1,500"], ";", None),
        (["5", "5.", "c. 5", "12.5.2015", "1.2 tỷ", "1234,567"], None, None),
    ],
)
def test_column_proves_its_decimal_sign(texts: list[str], delimiter: str | None, expected: Proof | None) -> None:
    """The first text that one sign alone makes a number of proves it for all."""
    assert proof(texts, delimiter) == expected


def test_two_signs_in_one_column_are_a_conflict() -> None:
    """Texts that prove different signs prove none; both cells are named."""
    found = proof(["1.234", "1,5", "2", "1.5"], None)
    assert found == Conflict(Proof(",", 1, "1,5", "tail"), Proof(".", 3, "1.5", "tail"))
    assert said(found) == 'one cell has the decimal sign "," (1,5), another one "." (1.5)'


@given(st.text(st.sampled_from("0123456789.,"), max_size=9), st.sampled_from([".", ","]))
def test_groups_are_of_three_digits(text: str, decimal: Sign) -> None:
    """Whatever is read with a known sign has, in each way of grouping but India's, three digits behind each sign of thousands."""
    if ".." not in text and isinstance(amount(text, decimal), Amount):
        first, *groups = text.partition(decimal)[0].split("," if decimal == "." else ".")
        sizes = [len(group) for group in groups]
        indian = decimal == "." and len(first) <= 2 and sizes == [*[2] * (len(sizes) - 1), 3]
        assert sizes == [3] * len(sizes) or indian


@given(st.lists(FIGURES, min_size=1, max_size=8), st.sampled_from(STYLES))
def test_column_in_one_style_proves_no_other_sign(values: list[Decimal], style: tuple[str, Sign, bool]) -> None:
    """Numbers that are all written in one way prove its sign or none."""
    found = proof([written(value, style) for value in values], None)
    assert found is None or (isinstance(found, Proof) and found.decimal == style[1])


def test_each_refusal_has_a_sentence() -> None:
    """Every reason names the text that it is about."""
    assert all("1·2" in said(NoFigure("1·2", why)) for why in get_args(Why))
    assert all("1.234,5" in said(Proof(",", 0, "1.234,5", rule)) for rule in get_args(Rule))
    assert said(Unclear(("1.500", "1500"), "1.500")) == '"1.500" may mean 1.500 or 1500'
