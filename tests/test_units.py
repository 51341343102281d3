"""Units: wherever a table says the unit of its figures, they are brought into the indicator's, or refused; never taken as they stand without a word."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import load, tries
from targettrack.errors import TargettrackError
from targettrack.recording import drafting, imported, units
from targettrack.recording.imported import File
from targettrack.recording.inputs._formats import measure
from targettrack.recording.mapping import TableMap, read
from targettrack.recording.table import Book, Percent, Sheet

if TYPE_CHECKING:
    from targettrack.recording.table import Value
    from targettrack.recording.taking import Taken

PROGRAM = load("""\
targettrack = 1
[program]
name = "Nowhere"
[indicators.output]
name = "Output"
unit = "billion VND"
[indicators.share]
name = "Share"
unit = "%"
[indicators.people]
name = "People"
unit = "persons"
[indicators.trees]
name = "Trees"
""").program
FILE = File("t.csv", "t.csv", "0" * 64)
Rows = list[list["Value"]]


def sheet(rows: Rows | Sheet) -> Sheet:
    """A sheet without a name."""
    return rows if isinstance(rows, Sheet) else Sheet("", rows)


def mapped(text: str) -> TableMap:
    """A mapping."""
    return read(f"import = 1\n{text}", "map.toml")


def taken(rows: Rows | Sheet, map: str = "") -> Taken:
    """What a table gives."""
    return imported.figures(Book((sheet(rows),)), mapped(map), PROGRAM, FILE)


def outcome(found: Taken) -> list[str]:
    """The figures, or what the table was refused for: codes and sentences without their cells."""
    if found.problems:
        return sorted(
            f"{each.code}: {each.message.partition(': ')[2].partition(' (and ')[0]}" for each in found.problems
        )
    return sorted(f"{row.values['indicator']} {row.values['period']} {row.values['value']}" for row in found.rows)


def beside_a_number(code: str, number: str = "5") -> str:
    """The unit that a number format shows."""
    return measure(Decimal(number), code)


WAYS = (
    "column",
    "format",
    "row below",
    "labelled row",
    "row above",
    "header",
    "caption",
    "bracket",
    "in",
    "note",
    "note in words",
)
"""Where a table may say one unit of all its figures."""


def table(way: str, unit: str, name: str, figures: list[Decimal]) -> Rows | Sheet:
    """Figures of one indicator by years, with their unit in one place."""
    if way != "format":
        return _rows(way, unit, name, figures)
    rows: Rows = [["Indicator", *(str(2001 + at) for at in range(len(figures)))], [name, *figures]]
    beside = beside_a_number(f'#,##0.0##" {unit}"')
    return Sheet("", rows, units={(1, 1 + at): beside for at in range(len(figures))})


def _rows(way: str, unit: str, name: str, figures: list[Decimal]) -> Rows:
    years: list[Value] = [str(2001 + at) for at in range(len(figures))]
    same: list[Value] = [unit] * len(years)
    row: list[Value] = [name, *figures]
    match way:
        case "column":
            return [["Indicator", "Unit", *years], [name, unit, *figures]]
        case "row below":
            return [["Indicator", *years], ["", *same], row]
        case "labelled row":
            return [["Indicator", *years], ["Đơn vị tính", *same], row]
        case "row above":
            return [["", *same], ["Indicator", *years], row]
        case "header":
            return [["Indicator", *(f"{year} ({unit})" for year in years)], row]
        case "caption":
            return [[f"Đơn vị tính: {unit}"], ["Indicator", *years], row]
        case "bracket":
            return [[f"Bảng 3. Số liệu ({unit})"], ["Indicator", *years], row]
        case "in":
            return [[f"Made up, in {unit}"], ["Indicator", *years], row]
        case "note":
            return [["Indicator", *years], row, [], [f"Unit: {unit}"], ["Source: made up"]]
        case _:
            return [["Indicator", *years], row, [f"Ghi chú: số liệu tính bằng {unit}"]]


KNOWN = (
    "triệu đồng",
    "tỷ đồng",
    "million VND",
    "billion VND",
    "%",
    "nghìn người",
    "persons",
    "USD",
    "nghìn tấn",
    "1.000 đồng",
)
NUMBERS = st.lists(st.integers(1, 99999).map(Decimal) | st.decimals("0.01", 99, places=2), min_size=2, max_size=4)
MAPS = ("", '[units]\n"{}" = {{ multiply = 0.001 }}\n', '[units]\n"{}" = "{unit}"\n')


@tries(300)
@given(st.sampled_from(KNOWN), st.sampled_from(list(PROGRAM.indicators.values())[:3]), NUMBERS, st.sampled_from(MAPS))
def test_it_does_not_matter_where_the_unit_stands(
    unit: str, indicator: object, figures: list[Decimal], map: str
) -> None:
    """A table with its unit in a column, a header, a row under the header or above it, a caption or a note gives the same figures, or the same refusal; a plain word in a sentence is only quoted."""
    name, own = str(getattr(indicator, "name")), str(getattr(indicator, "unit"))  # noqa: B009
    said = map.format(unit, unit=own)
    found = {way: outcome(taken(table(way, unit, name, figures), said)) for way in WAYS}
    expected = found["column"]
    narrow = [way for way in WAYS if way in {"row below", "labelled row", "header", "format"}]
    assert all(found[way] == expected for way in narrow), found
    other = _of_another_kind(unit, own)
    read = units.unit(unit)
    sentences = {"in", "note in words"} if read is not None and units.is_plain(read) else set()
    for way in set(WAYS) - set(narrow) - sentences:
        assert found[way] == expected or (other and "multiply" in map and found[way][0].startswith("another-unit")), (
            way,
            found,
        )


def _of_another_kind(unit: str, own: str) -> bool:
    kinds = {units.kind(units.unit(each)) for each in (unit, own)}
    return len(kinds) > 1


@tries(200)
@given(st.sampled_from(WAYS), NUMBERS)
def test_a_million_is_not_a_billion(way: str, figures: list[Decimal]) -> None:
    """Without a word in the mapping a table in millions is refused, with the hint that makes it right; with that hint every figure is a thousandth, exactly."""
    rows = table(way, "triệu đồng", "Output", figures)
    (problem, *more) = taken(rows).problems
    assert (problem.code, more) == ("another-unit", [])
    said = '[units] "triệu đồng" = { multiply = 0.001 }'
    assert said in (problem.hint or "")
    found = taken(rows, said.replace("[units] ", "[units]\n"))
    assert not found.problems
    assert [row.values["value"] for row in found.rows] == [figure / 1000 for figure in figures]


@pytest.mark.parametrize("way", WAYS)
def test_a_draft_asks_for_the_unit(way: str) -> None:
    """The draft of a table in another unit asks what it is, wherever it stands, and says what goes into the program's; answered so it reads back."""
    rows = table(way, "triệu đồng", "Output", [Decimal(1200), Decimal(1300)])
    text, _ = drafting.draft(Book((sheet(rows),)), TableMap(), PROGRAM, FILE, "csv", None)
    asked = next(line for line in text.splitlines() if line.startswith('"triệu đồng"'))
    assert asked == '"triệu đồng" = "?"  # { multiply = 0.001 } into billion VND'
    answered = text.replace('"triệu đồng" = "?"', '"triệu đồng" = { multiply = 0.001 }').replace(
        'publisher = "?"', 'publisher = "O"'
    )
    found = imported.figures(Book((sheet(rows),)), read(answered, "map.toml"), PROGRAM, FILE)
    assert outcome(found) == ["output 2001 1.2", "output 2002 1.3"]


@pytest.mark.parametrize("way", WAYS)
def test_the_same_unit_is_no_question(way: str) -> None:
    """A table in the indicator's own unit is read as it stands, and its draft asks nothing of it."""
    rows = table(way, "billion VND", "Output", [Decimal(12), Decimal(13)])
    assert outcome(taken(rows)) == ["output 2001 12", "output 2002 13"]
    text, _ = drafting.draft(Book((sheet(rows),)), TableMap(), PROGRAM, FILE, "csv", None)
    assert "[units]" not in text


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Value (%)", "%"),
        ("Giá trị (%)", "%"),
        ("Value ($)", "$"),
        ("Value %", "%"),
        ("Giá trị (€)", "€"),
        ("Giá trị (triệu đồng)", "triệu đồng"),
        ("Giá trị, nghìn tấn", "nghìn tấn"),
        ("Value in thousands", "thousands"),
        ("Value (USD million)", "USD million"),
        ("Giá trị tính bằng triệu đồng", "triệu đồng"),
        ("Value ⌀", "⌀"),
        ("OBS_VALUE [mill. VND]", "mill. VND"),
    ],
)
def test_the_unit_in_the_header_of_the_values(header: str, unit: str) -> None:
    """The sign or the words behind a header are its unit, which is no part of the word for a value, and not dropped."""
    rows: Rows = [["Year", "Indicator", header], ["2001", "Output", Decimal(5)]]
    map = f"[columns]\n'{header}' = \"value\"\n"
    (problem,) = taken(rows, map).problems
    assert f'the table says "{unit}", and output is measured in billion VND' in problem.message


@pytest.mark.parametrize(
    "header",
    [
        "Doanh thu (triệu đồng)",
        "Doanh thu, triệu đồng",
        "Doanh thu triệu đồng",
        "Doanh thu [Tr.đ]",
        "Doanh thu\n(triệu đồng)",
    ],
)
def test_a_column_of_an_indicator_in_another_unit(header: str) -> None:
    """A person says which indicator a column is; what its header says of the unit is still compared, and a multiplier at the column answers it."""
    name = " ".join(header.split())
    rows: Rows = [["Year", header], ["2001", Decimal(1200)]]
    assert outcome(taken(rows, f'[columns]\n"{name}" = {{ indicator = "output" }}\n'))[0].startswith("another-unit")
    found = taken(rows, f'[columns]\n"{name}" = {{ indicator = "output", multiply = 0.001 }}\n')
    assert outcome(found) == ["output 2001 1.2"]


@pytest.mark.parametrize(
    ("label", "indicator", "figures"),
    [
        ("Output (triệu đồng)", "output", ["output 2001 0.005"]),
        ("Output, triệu đồng", "output", ["output 2001 0.005"]),
        ("Output (%)", "output", []),
        ("People (nghìn người)", "people", []),
        ("Share (%)", "share", ["share 2001 5"]),
        ("% of something", "share", ["share 2001 5"]),
        ("Trees (nghìn cây)", "trees", []),
        ("Trees", "trees", ["trees 2001 5"]),
    ],
)
def test_the_unit_in_the_words_for_an_indicator(label: str, indicator: str, figures: list[str]) -> None:
    """What a row calls its indicator may say the unit, too, which is compared, and never dropped as a mere sign."""
    rows: Rows = [["Chỉ tiêu", "2001"], [label, Decimal(5)]]
    map = f'[indicators]\n"{label}" = "{indicator}"\n[units]\n"triệu đồng" = {{ multiply = 0.001 }}\n'
    found = outcome(taken(rows, map))
    assert found == figures or (not figures and found[0].startswith("another-unit"))
    if not figures:
        answered = map.replace(f'"{indicator}"', f'{{ indicator = "{indicator}", multiply = 1000 }}')
        assert outcome(taken(rows, answered)) == [f"{indicator} 2001 5000"]


def test_a_sign_is_not_dropped_unseen() -> None:
    """Without a mapping ``Output (%)`` is no ``Output``, in a table and in our own shape."""
    assert outcome(taken([["Chỉ tiêu", "2001"], ["Output (%)", Decimal(5)]]))[0].startswith("another-unit")
    own: Rows = [["indicator", "period", "value"], ["Output (%)", "2001", "5"], ["Share (%)", "2001", "5"]]
    assert [row.values["indicator"] for row in taken(own).rows] == ["Output (%)", "share"]


def test_a_header_that_names_a_thing_is_no_unit() -> None:
    """A column headed by what is counted (``Trees``) says no unit, nor do columns of years below ``Năm``."""
    rows: Rows = [["Year", "People", "Trees"], ["2001", Decimal(3), Decimal(4)]]
    map = '[columns]\nPeople = { indicator = "people" }\nTrees = { indicator = "trees" }\n'
    assert outcome(taken(rows, map)) == ["people 2001 3", "trees 2001 4"]
    rows = [["Indicator", "Năm", ""], ["", "2001", "2002"], ["Output", Decimal(3), Decimal(4)]]
    assert outcome(taken(rows, "header = [1, 2]\n")) == ["output 2001 3", "output 2002 4"]


def test_growth_is_no_period() -> None:
    """Two years with a percent sign are compared with each other: such a column is asked about."""
    for header in ("2002/2001 (%)", "2001/2002 (%)", "2001-02 (%)"):
        rows: Rows = [["Indicator", "2001", "2002", header], ["Share", Decimal(1), Decimal(2), Decimal(200)]]
        assert [each.code for each in taken(rows).problems] == ["unknown-column"]


def test_words_below_the_years_are_units_or_parts_and_never_passed_over() -> None:
    """A row of one word that nobody knows is compared as a unit, and named as what may be a part; different words are asked about, column by column."""
    rows: Rows = [
        ["Indicator", "2001", "2002"],
        ["", "Nam", "Nam"],
        ["People", Decimal(1), Decimal(2)],
        ["Trees", Decimal(3), Decimal(4)],
    ]
    found = taken(rows)
    assert [each.code for each in found.problems] == ["another-unit", "another-unit"]
    assert '[columns] "* / Nam" = { disaggregation = { NAME = "Nam" } }' in (found.problems[0].hint or "")
    part = '[columns]\n"* / Nam" = { disaggregation = { sex = "M" } }\n'
    assert {str(row.values["disaggregation"]) for row in taken(rows, part).rows} == {"{'sex': 'M'}"}
    rows[1] = ["", "Nam", "Nữ"]
    assert "unknown-column" in [each.code for each in taken(rows).problems]
    rows[1] = ["", "Tổng số", "Tổng số"]
    assert len(taken(rows).rows) == 4


def test_a_scale_above_and_a_unit_beside() -> None:
    """``In thousands`` above a table holds for the units of its rows, too, unless they are shares or multiples themselves."""
    rows: Rows = [
        ["In thousands"],
        ["Indicator", "Unit", "2001"],
        ["People", "persons", Decimal(5)],
        ["Share", "%", Decimal(7)],
    ]
    (problem,) = taken(rows).problems
    assert 'the table says "thousands persons", and people is measured in persons' in problem.message
    found = taken(rows, '[units]\n"thousands persons" = { multiply = 1000 }\n')
    assert outcome(found) == ["people 2001 5000", "share 2001 7"]


def test_several_units_above_a_table() -> None:
    """Of several units each figure is in its own; one that is of none of them is refused, and so is one thing in two scales."""
    rows: Rows = [
        ["Đơn vị tính: triệu đồng; %"],
        ["Indicator", "2001"],
        ["Output", Decimal(1200)],
        ["Share", Decimal(7)],
    ]
    map = '[units]\n"triệu đồng" = { multiply = 0.001 }\n'
    assert outcome(taken(rows, map)) == ["output 2001 1.2", "share 2001 7"]
    with_people: Rows = [*rows, ["People", Decimal(9)]]
    assert any("people is measured in persons" in each for each in outcome(taken(with_people, map)))
    two: Rows = [["Số liệu (billion VND)"], ["Indicator", "2001"], ["Output", Decimal(1200)], ["Đơn vị: triệu đồng"]]
    assert outcome(taken(two))[0].startswith("another-unit")
    both: Rows = [["Đơn vị tính: Tỷ đồng - Unit: Bill. dongs"], ["Indicator", "2001"], ["Output", Decimal(12)]]
    assert outcome(taken(both, '[units]\n"Tỷ đồng" = "billion VND"\n')) == ["output 2001 12"]


@pytest.mark.parametrize(
    "row", [["", "triệu đồng", ""], ["", "", "triệu đồng"], ["Đơn vị", "triệu đồng", ""], ["(triệu đồng)", "", ""]]
)
def test_one_unit_below_several_years(row: list[Value]) -> None:
    """A unit that stands once in its row is that of all columns of figures, wherever it is centred."""
    rows: Rows = [["Indicator", "2001", "2002"], row, ["Output", Decimal(1200), Decimal(1300)]]
    (problem,) = taken(rows).problems
    assert problem.message.endswith("(and 1 more cell like it)")
    assert outcome(taken(rows, '[units]\n"triệu đồng" = { multiply = 0.001 }\n')) == [
        "output 2001 1.2",
        "output 2002 1.3",
    ]


def test_a_unit_in_the_name_of_a_sheet() -> None:
    """The name of a sheet may say the unit of all its figures."""
    rows: Rows = [["Indicator", "2001"], ["Output", Decimal(1200)]]
    found = imported.figures(Book((Sheet("GDP (triệu đồng)", rows),)), TableMap(), PROGRAM, FILE)
    assert [each.code for each in found.problems] == ["another-unit"]


def test_two_units_of_one_figure_are_not_multiplied_twice() -> None:
    """A row and a header that say the same unit in two languages multiply once; what they say differently is refused."""
    rows: Rows = [["Indicator", "Unit", "2001 (million VND)"], ["Output", "triệu đồng", Decimal(1200)]]
    map = '[units]\n"triệu đồng" = { multiply = 0.001 }\n"million VND" = { multiply = 0.001 }\n'
    assert outcome(taken(rows, map)) == ["output 2001 1.2"]
    assert outcome(taken(rows, map.replace('VND" = { multiply = 0.001', 'VND" = { multiply = 0.01')))[0].startswith(
        "two-units"
    )


def test_an_indicator_without_a_unit() -> None:
    """What is counted in thousands is no plain number; a plain word beside it changes nothing."""
    rows: Rows = [["Indicator", "Unit", "2001"], ["Trees", "nghìn cây", Decimal(5)]]
    (problem,) = taken(rows).problems
    assert '[units] "nghìn cây" = { multiply = 1000 }' in (problem.hint or "")
    rows[1] = ["Trees", "cây", Decimal(5)]
    assert outcome(taken(rows)) == ["trees 2001 5"]


@pytest.mark.parametrize(
    ("text", "into", "factor"),
    [
        ("million VND", "billion VND", "0.001"),
        ("billion VND", "million VND", "1000"),
        ("triệu đồng", "billion VND", "0.001"),
        ("tỷ đồng", "billion VND", "1"),
        ("nghìn tỷ đồng", "billion VND", "1000"),
        ("1.000 đồng", "triệu đồng", "0.001"),
        ("US$ million", "million USD", "1"),
        ("thousands", "enterprises", "1000"),
        ("thousands", "thousand persons", "1"),
        ("kg", "tonnes", "0.001"),
        ("tạ/ha", "tấn/ha", "0.1"),
        ("ktoe", "toe", "1000"),
        ("10^6 USD", "USD", "1000000"),
        ("Mrd. EUR", "Mio. EUR", "1000"),
        ("%", "billion VND", None),
        ("USD", "VND", None),
        ("DN", "enterprises", None),
        ("persons", "tonnes", None),
    ],
)
def test_by_what_to_multiply(text: str, into: str, factor: str | None) -> None:
    """The factor goes the right way, and is offered only between units of one thing."""
    assert units.factor(text, into) == (None if factor is None else Decimal(factor))
    hint = units.hint(text, into)
    if factor not in {None, "1"}:
        assert f"{{ multiply = {factor} }}" in hint


SCALES = st.sampled_from(
    [
        ("nghìn", 3),
        ("triệu", 6),
        ("tỷ", 9),
        ("thousand", 3),
        ("million", 6),
        ("billion", 9),
        ("", 0),
        ("1000", 3),
        ("'000", 3),
    ]
)
BASES = st.sampled_from(["đồng", "USD", "tấn", "người", "ha"])


@tries(200)
@given(SCALES, SCALES, BASES)
def test_a_factor_is_what_the_scales_say(one: tuple[str, int], other: tuple[str, int], base: str) -> None:
    """For any two scales of a thing the factor is the quotient of their powers of ten, and the way back is its inverse; a hint is a mapping that is read, and means that."""
    text, into = (f"{word} {base}".strip() for word, _ in (one, other))
    found, back = units.factor(text, into), units.factor(into, text)
    assert found == Decimal(10) ** (one[1] - other[1])
    assert found is not None
    assert back is not None
    assert found * back == 1
    said = units.hint(text, into).partition("[units] ")[2]
    about = mapped(f"[units]\n{said}").units[text]
    assert (about.multiply or Decimal(1)) == found


@pytest.mark.parametrize(
    "text",
    [
        "Bảng 1. Số liệu 2001-2002",
        "Chương trình trồng 1 tỷ cây xanh (tiếp theo)",
        "Nguồn: Cục thống kê",
        "Data in 2015 prices",
        "Biểu 5. Nhà trẻ, trường, lớp",
        "Năm",
        "2001",
        "Hà Nội",
        "Sơ bộ",
        "(p)",
        "Population in thousand small towns",
    ],
)
def test_what_says_no_unit(text: str) -> None:
    """Titles, sources, years, places and flags are no units."""
    assert units.said(text) == ()


def test_a_unit_above_that_nobody_understands_is_named() -> None:
    """What is no unit is told as words above or below the table."""
    rows: Rows = [["Bảng 3 (xyz)"], ["Indicator", "2001"], ["Output", Decimal(1)], ["Ghi chú: abc"]]
    found = taken(rows)
    assert 'above the table: "Bảng 3 (xyz)"' in found.said
    assert 'below the table: "Ghi chú: abc"' in found.said
    assert len(found.rows) == 1


@pytest.mark.parametrize("factor", ["0", "-1", "-0.001"])
@pytest.mark.parametrize(
    "where",
    [
        "[all]\nmultiply = {}",
        "[units]\nx = {{ multiply = {} }}",
        "[columns]\nA = {{ multiply = {} }}",
        "[sections]\nA = {{ multiply = {} }}",
    ],
)
def test_no_multiplier_below_one_of_nothing(where: str, factor: str) -> None:
    """A multiplier of zero or less is refused wherever it stands."""
    with pytest.raises(TargettrackError, match="a figure times 0 is none"):
        mapped(where.format(factor))


SHOWN: list[tuple[str, Literal[True, False], str]] = [
    ("2850", True, ""),
    ("105.2", True, ""),
    ("100", False, ""),
    ("28.5", False, ""),
]


@pytest.mark.parametrize(("shown", "doubted", "more"), SHOWN)
def test_a_share_above_the_whole(shown: str, doubted: bool, more: str) -> None:
    """A cell in percent that shows more than 100 % is taken, and the doubt is told with what may be meant."""
    found = taken([["Indicator", "2001", "2002"], ["Share", Percent(Decimal(shown)), Percent(Decimal(1))]], more)
    assert outcome(found) == sorted([f"share 2001 {shown}", "share 2002 1"])
    told = [text for text in found.said if "in percent holds" in text]
    assert bool(told) is doubted
    if doubted:
        meant = format((Decimal(shown) / 100).normalize(), "f")
        assert told[0].startswith(f"B2 shows {shown} % for share: if {meant} % is meant")


def test_a_share_above_the_whole_where_more_is_promised() -> None:
    """What is promised above 100 %, or allowed by a limit, is no surprise, unless it is ten times that."""
    program = load("""\
targettrack = 1
[program]
name = "N"
[indicators.share]
name = "Share"
unit = "%"
direction = "increase"
[[indicators.share.targets]]
by = 2010
value = 120
""").program
    for shown, doubted in (("110", False), ("1190", False), ("1200", True)):
        book = Book((Sheet("", [["Indicator", "2001"], ["Share", Percent(Decimal(shown))]]),))
        found = imported.figures(book, TableMap(), program, FILE)
        assert any("in percent holds" in text for text in found.said) is doubted


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('#,##0.0" tỷ đồng"', "tỷ đồng"),
        ("#,##0.00\\ [$₫-42A]", "₫"),
        ('_-* #,##0\\ "₫"_-;-* #,##0\\ "₫"_-;_-* "-"??\\ "₫"_-', "₫"),
        ("$#,##0;[Red]($#,##0)", "$"),
        ("[$VND] #,##0", "VND"),
        ("#,##0 đ", "đ"),
        ('0.0"%"', "%"),
        (r"0.0\%", "%"),
        ('General" tấn"', "tấn"),
        ('(0.0" pp")', "pp"),
        ('0.0" p"', "p"),
        ("0.0%", ""),
        ("#,##0", ""),
        ("General", ""),
        ("0.00E+00", ""),
        ('0.0"*"', ""),
        ('[Green]"▲ "0.0;[Red]"▼ "0.0', ""),
        ("[$-42A]#,##0", ""),
        ("[>=100]0;0.0", ""),
        ('"("0.0")"', ""),
        ("yyyy", ""),
        ('#,##0,,"M"', ""),
        ("0,\\k", ""),
        ('#,##0,," triệu đồng"', "đồng"),
        ('#,##0,," US$ million"', "US$"),
        ('0.0,,," tỷ"', ""),
        ('#,##0.0,," tỷ đồng"', "tỷ đồng ÷ 10^6"),
        ('#,##0," đồng"', "đồng"),
        ('#,##0," xyz"', "xyz ÷ 10^3"),
    ],
)
def test_what_a_format_shows_beside_a_number(code: str, unit: str) -> None:
    """Words, signs of money and of shares; not colours, arrows, stars and codes; what is shown in thousands is stored in ones."""
    assert beside_a_number(code) == unit


@pytest.mark.parametrize(
    ("rows", "beside", "map", "expected"),
    [
        ([["Year", "Value in USD million"], ["2020", Decimal(40)]], "$", "", ["output 2020 40"]),
        ([["Unit: billion VND"], ["Year", "Value"], ["2020", Decimal(40)]], "₫", "", ["output 2020 40"]),
        (
            [["Đơn vị: triệu đồng"], ["Year", "Value"], ["2020", Decimal(40)]],
            "tỷ đồng",
            "",
            ['another-unit: the table says "tỷ đồng", and output is measured in billion VND'],
        ),
        ([["Year", "Value"], ["2020", Decimal(40)]], "x", '[units]\n"x" = "billion VND"\n', ["output 2020 40"]),
        (
            [["Year", "Value"], ["2020", Decimal(40)]],
            "x",
            '[columns]\n"Value" = { multiply = 2 }\n',
            ["output 2020 80"],
        ),
    ],
)
def test_a_format_beside_other_words(rows: Rows, beside: str, map: str, expected: list[str]) -> None:
    """A bare sign of money says no more than the words that say how many; another scale is another unit, whatever else is said; the mapping answers as it does for a column."""
    program = "billion VND" if "USD" not in str(rows) else "USD million"
    said = Sheet("", rows, units={(len(rows) - 1, 1): beside})
    at = load(
        f'targettrack = 1\n[program]\nname = "N"\n[indicators.output]\nname = "Output"\nunit = "{program}"\n'
    ).program
    found = imported.figures(Book((said,)), mapped(f'[all]\nindicator = "output"\n{map}'), at, FILE)
    assert outcome(found) == expected


def test_formats_of_one_column_are_not_taken_for_each_other() -> None:
    """Of two figures that are alike but for the format of their cells only one is in the indicator's unit."""
    rows: Rows = [["Year", "Value"]]
    rows += [[str(2001 + at), Decimal(5)] for at in range(6)]
    sheet = Sheet("", rows, units={(1 + at, 1): "billion VND" if at % 2 else "million VND" for at in range(6)})
    (problem,) = taken(sheet, '[all]\nindicator = "output"\n').problems
    assert "million VND" in problem.message
    assert "B2" in problem.message
    assert "2 more" in problem.message
