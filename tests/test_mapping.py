"""Mappings: what the file beside a program may say, everything that is wrong with one at its line, and how its words find the table's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from targettrack.errors import Problem, TargettrackError
from targettrack.period import CALENDAR
from targettrack.recording.layout import Layout, laid_out
from targettrack.recording.mapping import Column, TableMap, read, scaled
from targettrack.recording.table import Area, Sheet


def mapped(text: str) -> TableMap:
    """A mapping."""
    return read(text, "map.toml")


def wrong(text: str) -> list[tuple[str, int | None]]:
    """The codes of what is wrong with a mapping, with their lines."""
    return [(each.code, each.line) for each in faults(text)]


def faults(text: str) -> tuple[Problem, ...]:
    """What is wrong with a mapping."""
    with pytest.raises(TargettrackError) as found:
        mapped(text)
    return found.value.problems


def laid(header: list[str], text: str = "", *below: list[str], merged: tuple[Area, ...] = ()) -> Layout:
    """The layout of a table by a mapping."""
    found, problems = laid_out(
        Sheet("", [header, *below, ["x"] * len(header)], merged=merged),
        mapped(f"import = 1\n{text}"),
        CALENDAR,
        "t.csv",
    )
    assert not problems, problems
    assert found is not None
    return found


def roles(found: Layout) -> list[str | None]:
    """What each column is: its role, its period, the word skip; None of one that nobody knows."""
    return [
        None
        if each.is_ is None
        else "skip"
        if each.is_.skip is not None
        else each.role or each.is_.indicator or each.is_.period or (each.heading and each.heading.period.text)
        for each in found.fields
    ]


def test_short_and_long_ways_are_one() -> None:
    """A text is short for the one thing that a column, an indicator or a unit mostly says."""
    short = mapped('import = 1\n[columns]\n"Năm" = "year"\n[indicators]\nA = "a"\n[units]\nB = "b"\n')
    assert short.columns["Năm"].is_ == "year"
    assert short.indicators["A"].indicator == "a"
    assert short.units["B"].unit == "b"


def test_one_or_several() -> None:
    """Rows, sheets and totals may be one or an array."""
    found = mapped('import = 1\nheader = 3\nsheet = "A"\nmissing = "x"\n[parts.geo]\ntotal = "EU"\n')
    assert (found.header, found.sheet, found.missing, found.parts["geo"].total) == ((3,), ("A",), ("x",), ("EU",))
    assert mapped('import = 1\nheader = [3, 4]\nsheet = ["A", "B"]\n').header == (3, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("missing-key", 1)]),
        ("import = 2", [("bad-format", 1)]),
        ('import = 1\ndecimal = ";"', [("bad-choice", 2)]),
        ("import = 1\nheader = [1.5]", [("bad-rows", 2)]),
        ("import = 1\nrows = [5, 4]", [("bad-rows", 1)]),
        ('import = 1\n[columns]\nA = "yaer"', [("bad-role", 3)]),
        ('import = 1\n[columns]\nA = "part:"', [("bad-role", 3)]),
        ('import = 1\n[columns]\nA = { skip = "x", is = "year" }', [("two-roles", 3)]),
        ("import = 1\ncolunms = {}", [("unknown-key", 2)]),
        ('import = 1\n[flags]\np = "perhaps"', [("bad-choice", 3)]),
        ('import = 1\n[all]\nmultiply = "1000"', [("quoted-number", 3)]),
        ("import = 1\n[all]\nmultiply = 0", [("bad-number", 2)]),
        ("import = 1\n[columns]\nA = { multiply = 0 }", [("bad-number", 3)]),
        ('import = 1\n[source]\ntitle = "T"', [("missing-key", 2)]),
        ('import = 1\n[columns]\nA = "?"\nB = { indicator = "?" }', [("not-chosen", 3), ("not-chosen", 4)]),
    ],
)
def test_what_is_wrong_is_said_at_its_line(text: str, expected: list[tuple[str, int | None]]) -> None:
    """Each fault of a mapping has its code and its line; questions that nobody answered are all said at once."""
    assert wrong(text) == expected


def test_every_hint_is_said() -> None:
    """What is wrong with a role is answered with all that a column can be."""
    (problem,) = faults('import = 1\n[columns]\nA = "yaer"')
    assert problem.hint is not None
    assert "year" in problem.hint
    assert '{ skip = "why" }' in problem.hint


def test_names_find_columns() -> None:
    """A column is called by its header, without its marks if need be, by the lowest row of the header, by its letters, or by a pattern."""
    assert roles(laid(["Chỉ tiêu", "Sản lượng", ""], '[columns]\n"san luong" = "value"\n"column C" = "note"\n')) == [
        "indicator",
        "value",
        "note",
    ]
    found = laid(["A", "x 1", "x 2"], '[columns]\n"x *" = { skip = "no" }\n"x 2" = "note"\n')
    assert roles(found) == [None, "skip", "note"]


def test_an_asterisk_of_the_table_is_a_letter() -> None:
    """A header that has an asterisk itself is called by it, and no other is."""
    found = laid(["Doanh thu*", "Doanh thu khác", "Năm"], '[columns]\n"Doanh thu*" = "value"\n')
    assert roles(found) == ["value", None, "year"]


def test_letters_go_before_headers() -> None:
    """Of two columns with one header the mapping means both by it, and one by its letters."""
    found = laid(["Năm", "Số", "Số"], '[columns]\n"Số" = "value"\n"column C" = { skip = "twice" }\n')
    assert roles(found) == ["year", "value", "skip"]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Chỉ tiêu", "Năm 2001", "KH 2002", "Ước TH 2003"], ["indicator", "2001", "skip", "2003"]),
        (["STT", "Indicator", "2001", "Change (%)"], ["skip", "indicator", "2001", None]),
        (["Indicator", "Year", "Value", "Flag"], ["indicator", "year", "value", "flag"]),
        (["Indicator", "2001", "Bình quân 2001-2005"], ["indicator", "2001", None]),
        (["Indicator", "Name", "2001", "2002/2001"], ["indicator", None, "2001", None]),
    ],
)
def test_words_of_headers(headers: list[str], expected: list[str | None]) -> None:
    """A header says what its column is where everybody agrees on its words; of all others nobody does."""
    assert roles(laid(headers)) == expected


def test_what_the_mapping_says_needs_no_second_column() -> None:
    """Where the mapping has the period, or the indicator, a column of that word is asked about."""
    assert roles(laid(["Indicator", "Year", "Value"], "[all]\nindicator = 'a'\nperiod = 2001\n")) == [
        None,
        None,
        "value",
    ]


def test_a_header_has_as_many_rows_as_say_something_of_years() -> None:
    """Words below years belong to the header; a row that begins with a label, or has a figure, is none of it."""
    assert laid(["Indicator", "2001", ""], "", ["", "KH", "TH"]).header == (0, 1)
    assert laid(["Indicator", "2001", ""], "", ["A", "KH", "TH"]).header == (0,)
    assert laid(["Indicator", "2001", "2002"], "", ["", "x", "3"]).header == (0,)


def test_factors_are_exact() -> None:
    """A number times its factors has all its digits written out, and one that has none keeps its zeros."""
    assert str(scaled(Decimal("1.5"), Decimal(1000))) == "1500"
    assert str(scaled(Decimal("0.10"), Decimal("0.1"), Decimal("1e-3"))) == "0.00001"
    assert str(scaled(Decimal("5.10"), None, Decimal(1))) == "5.10"


def test_a_column_says_one_thing() -> None:
    """The name of a part is what stands behind its colon."""
    assert Column(is_="part:sex").part == "sex"
    assert Column(is_="year").part is None


def test_a_title_is_no_header() -> None:
    """A row of two texts above one that has words for its columns is a title."""
    found = laid(["Báo cáo", "Quý 1/2001", ""], "", ["Chỉ tiêu", "Năm 2001", "Năm 2002"])
    assert found.header == (1,)
