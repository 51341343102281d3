"""Sections: a line of words among the figures never silently changes what is recorded: a person says once what it means, and what changes nothing is told."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import load, tries
from targettrack.errors import TargettrackError
from targettrack.recording import drafting, imported
from targettrack.recording.imported import File
from targettrack.recording.mapping import TableMap, read
from targettrack.recording.table import Book, Sheet

if TYPE_CHECKING:
    from targettrack.recording.table import Value
    from targettrack.recording.taking import Taken

PROGRAM = load("""\
targettrack = 1
[program]
name = "Nowhere's plan"
place = "Nowhere"
[indicators.firms]
name = "Firms"
unit = "firms"
[indicators.output]
name = "Output"
unit = "billion VND"
[indicators.trees]
name = "Trees"
""").program
NAMES = [each.name for each in PROGRAM.indicators.values()]
FILE = File("t.csv", "t.csv", "0" * 64)
Rows = list[list["Value"]]


def mapped(text: str) -> TableMap:
    """A mapping."""
    return read(f"import = 1\n{text}", "map.toml")


def taken(rows: Rows, map: str = "") -> Taken:
    """What a table gives."""
    return imported.figures(Book((Sheet("", rows),)), mapped(map), PROGRAM, FILE)


def told(found: Taken) -> list[str]:
    """The figures of a table, with their parts."""
    assert not found.problems, found.problems
    return [
        " ".join(
            (
                str(row.values["cell"]),
                str(row.values["indicator"]),
                str(row.values["period"]),
                str(row.values["value"]),
                *(f"{name}={value}" for name, value in row.values.get("disaggregation", {}).items()),
            )
        )
        for row in found.rows
    ]


def asked(found: Taken) -> list[str]:
    """The lines that a table is refused for."""
    assert {each.code for each in found.problems} == {"section"}, found.problems
    return [each.message.partition('"')[2].partition('"')[0] for each in found.problems]


def wide(*lines: tuple[str, int] | str) -> Rows:
    """A table of one year, with figures and lines of words."""
    rows: Rows = [["Indicator", "2001"]]
    return rows + [[line, ""] if isinstance(line, str) else [line[0], Decimal(line[1])] for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội",
        "Hanoi",
        "Trong đó:",
        "- of which",
        "Of which:",
        "Phân theo ngành",
        "Nông thôn",
        "Nam",
        "Công nghiệp",
        "Textiles",
        "Kế hoạch",
        "Năm 2001",
        "I. Hà Nội",
        "A. Ba Vì",
        "Khu vực nhà nước",
        "Urban",
        "2. Nữ",
        "Davon",
        "dont",
    ],
)
def test_what_may_be_a_part_is_asked(text: str) -> None:
    """A line of words above figures is asked about, once, with what a person can say of it; nothing is recorded until then."""
    found = taken(wide(text, ("Firms", 5), ("Output", 6)))
    assert asked(found) == [text]
    (problem,) = found.problems
    assert problem.message == f'A2: "{text}" stands alone above figures, and may say that they are only a part'
    hint = (problem.hint or "").partition("[sections] ")[2]
    way = hint.split('" = ', 1)[1].split(", ", 1)[0]
    about = mapped("[sections]\n" + hint.split(" = ", 1)[0] + " = " + way).sections[text]
    assert dict(about.disaggregation) == {"NAME": text}


@pytest.mark.parametrize(
    "text",
    [
        "Các chỉ tiêu kinh tế",
        "I. Kinh tế - xã hội",
        "CHỈ TIÊU CHỦ YẾU",
        "Economic indicators",
        "Total",
        "Tổng số",
        "Nowhere",
        "A.",
        "(tiếp theo)",
        "Trang 2",
        "(tiếp theo) Biểu 3",
    ],
)
def test_what_changes_nothing_is_told(text: str) -> None:
    """A heading of indicators, the whole, the program's own place: the figures below are taken, and the line is named."""
    found = taken(wide(("Trees", 4), text, ("Firms", 5)))
    assert told(found) == ["B2 trees 2001 4", "B4 firms 2001 5"]
    assert f'taken for headings that change nothing: "{text}" (A3)' in found.said


def test_a_title_that_is_repeated() -> None:
    """The title of a table, on its next page, changes nothing."""
    rows: Rows = [
        ["Table 3. Firms in Nowhere", ""],
        *wide(("Trees", 4), "Table 3. Firms in Nowhere (continued)", ("Firms", 5)),
    ]
    assert len(told(taken(rows))) == 2


def test_chapters_of_a_numbered_table() -> None:
    """``I CÔNG NGHIỆP`` above the rows 1, 2, 3 is a chapter, which is told; a place, a part or a plan so numbered is asked about."""
    rows: Rows = [
        ["STT", "Chỉ tiêu", "2001"],
        ["I", "CÔNG NGHIỆP", ""],
        ["1", "Output", Decimal(5)],
        ["II", "Doanh nghiệp", ""],
        ["1", "Firms", Decimal(6)],
    ]
    found = taken(rows)
    assert told(found) == ["C3 output 2001 5", "C5 firms 2001 6"]
    assert any('"CÔNG NGHIỆP" (A2), "Doanh nghiệp" (A4)' in text for text in found.said)
    for text in ("Hà Nội", "HÀ NỘI", "Ba Vì", "Nông thôn", "KẾ HOẠCH", "Năm 2001"):
        rows[3][1] = text
        assert asked(taken(rows)) == [text]


PART = (
    '[sections]\n"Hà Nội" = { disaggregation = { city = "HN" } }\n"Hải Phòng" = { disaggregation = { city = "HP" } }\n'
)


def test_a_section_becomes_a_part() -> None:
    """What the mapping says of a line holds for all below it, up to the next one that says the same part; what holds is told."""
    found = taken(wide("Hà Nội", ("Firms", 5), ("Output", 6), "Hải Phòng", ("Firms", 7)), PART)
    assert told(found) == ["B3 firms 2001 5 city=HN", "B4 output 2001 6 city=HN", "B6 firms 2001 7 city=HP"]
    assert 'below "Hà Nội" (row 2) the figures are of city=HN' in found.said


def test_sections_within_sections() -> None:
    """Another part within a section is of both; the next of the outer kind ends the inner one; the whole ends all."""
    map = (
        PART
        + '"Nam" = { disaggregation = { sex = "M" } }\n"Nữ" = { disaggregation = { sex = "F" } }\n"Cả nước" = "whole"\n'
    )
    rows = wide("Hà Nội", "Nam", ("Firms", 1), "Nữ", ("Firms", 2), "Hải Phòng", ("Firms", 3), "Cả nước", ("Firms", 4))
    assert told(taken(rows, map)) == [
        "B4 firms 2001 1 city=HN sex=M",
        "B6 firms 2001 2 city=HN sex=F",
        "B8 firms 2001 3 city=HP",
        "B10 firms 2001 4",
    ]


def test_a_section_is_skipped() -> None:
    """What is skipped is left with the reason, up to the next line; a heading within it does not end it."""
    map = '[sections]\n"Hà Nội" = { skip = "another office\'s" }\n"Phân theo ngành" = "heading"\n"Cả nước" = "whole"\n'
    found = taken(wide("Hà Nội", ("Firms", 5), "Phân theo ngành", ("Output", 6), "Cả nước", ("Firms", 7)), map)
    assert told(found) == ["B7 firms 2001 7"]
    assert [(each.cell, each.why, each.about) for each in found.left] == [
        ("B3", "skipped", "another office's"),
        ("B5", "skipped", "another office's"),
    ]


def test_a_section_says_a_period_or_an_indicator() -> None:
    """A line may say of which period, or of which indicator, the rows below are."""
    rows: Rows = [
        ["Chỉ tiêu", "Value"],
        ["Năm 2001", ""],
        ["Firms", Decimal(5)],
        ["Năm 2002", ""],
        ["Firms", Decimal(6)],
    ]
    map = '[sections]\n"Năm 2001" = { period = 2001 }\n"Năm 2002" = { period = 2002 }\n'
    assert told(taken(rows, map)) == ["B3 firms 2001 5", "B5 firms 2002 6"]
    rows = [["Vùng", "2001"], ["Firms", ""], ["Bắc", Decimal(5)], ["Output", ""], ["Bắc", Decimal(6)]]
    map = '[columns]\n"Vùng" = "part:region"\n[sections]\nFirms = { indicator = "firms" }\nOutput = { indicator = "output" }\n'
    found = taken(rows, map)
    assert told(found) == ["B3 firms 2001 5 region=Bắc", "B5 output 2001 6 region=Bắc"]


def test_others_are_headings() -> None:
    """One line of the mapping answers for all lines that it does not name."""
    rows = wide("Textiles", ("Firms", 5), "Hà Nội", ("Output", 6), "Food", ("Trees", 7))
    assert told(taken(rows, '[sections]\nothers = "heading"\n"Hà Nội" = { skip = "a part" }\nFood = "whole"\n')) == [
        "B3 firms 2001 5",
        "B7 trees 2001 7",
    ]


def test_indentation_ends_a_section() -> None:
    """A row that stands as far out as the line, behind rows that stand further in, is no longer of it; a dash stands further in; so does a row without a number."""
    assert told(taken(wide("Hà Nội", ("  Firms", 5), ("Output", 6)), PART)) == [
        "B3 firms 2001 5 city=HN",
        "B4 output 2001 6",
    ]
    assert told(taken(wide(("Output", 9), "Trong đó:", ("- Nhà nước", 5), ("+ FDI", 3), ("Firms", 6)))) == [
        "B2 output 2001 9",
        "B6 firms 2001 6",
    ]
    rows: Rows = [
        ["STT", "Chỉ tiêu", "2001"],
        ["1", "Output", Decimal(9)],
        ["", "Trong đó:", ""],
        ["", "Nhà nước", Decimal(4)],
        ["2", "Firms", Decimal(6)],
    ]
    assert told(taken(rows)) == ["C2 output 2001 9", "C5 firms 2001 6"]
    assert asked(taken(wide(("Output", 9), "Trong đó:", ("Firms", 6)))) == ["Trong đó:"]


def test_a_unit_among_the_figures() -> None:
    """A line that says a unit holds for what stands below it; a section with a unit says both."""
    found = taken(wide(("Trees", 4), "Đơn vị tính: triệu đồng", ("Output", 6)))
    assert [each.code for each in found.problems] == ["another-unit"]
    map = '[units]\n"triệu đồng" = { multiply = 0.001 }\n'
    found = taken(wide(("Trees", 4), "Đơn vị tính: triệu đồng", ("Output", 6)), map)
    assert told(found) == ["B2 trees 2001 4", "B4 output 2001 0.006"]
    assert '"Đơn vị tính: triệu đồng" (A3) says the unit of what stands below' in found.said
    rows = wide("Doanh thu (triệu đồng)", ("Output", 6))
    assert told(taken(rows, map + '[sections]\n"Doanh thu (triệu đồng)" = "heading"\n')) == ["B3 output 2001 0.006"]


def test_rows_that_only_lack_their_figures() -> None:
    """An indicator without a figure, a period without one, and a row with all of its words are no sections; the first is told."""
    found = taken(wide(("Firms", 5), "Trees", ("Output", 6)))
    assert told(found) == ["B2 firms 2001 5", "B4 output 2001 6"]
    assert 'nothing but a name, and no figure: "Trees" (A3)' in found.said
    long: Rows = [
        ["Indicator", "Year", "Value"],
        ["Firms", "2001", ""],
        ["Unheard of", "2002", ""],
        ["Firms", "2003", Decimal(5)],
    ]
    assert told(taken(long)) == ["C4 firms 2003 5"]
    years: Rows = [["Year", "Value"], ["2001", ""], ["2002", Decimal(5)]]
    assert told(taken(years, '[all]\nindicator = "firms"\n')) == ["B3 firms 2002 5"]


def test_a_section_in_a_long_table() -> None:
    """A line in a table of rows, in any of its columns or all over it, is asked about too."""
    for line in (["Hà Nội", "", ""], ["", "Hà Nội", ""], ["", "", "Hà Nội"], ["Hà Nội", "Hà Nội", "Hà Nội"]):
        rows: Rows = [
            ["Indicator", "Year", "Value"],
            ["Trees", "2001", Decimal(1)],
            [*line],
            ["Firms", "2001", Decimal(5)],
        ]
        assert asked(taken(rows)) == ["Hà Nội"]


def test_a_draft_asks_for_sections() -> None:
    """The draft lists the lines that have figures below, each once; answered it reads back."""
    rows = wide("Các chỉ tiêu kinh tế", ("Trees", 1), "Hà Nội", ("Firms", 5), "Hải Phòng", ("Firms", 6), "Ghi chú: abc")
    text, questions = drafting.draft(Book((Sheet("", rows),)), TableMap(), PROGRAM, FILE, "csv", None)
    lines = [line.partition(" = ")[0] for line in text.partition("[sections]")[2].splitlines() if ' = "?"' in line]
    assert lines == ['"Hà Nội"', '"Hải Phòng"']
    assert questions == 3
    answered = text.replace('publisher = "?"', 'publisher = "O"')
    for name, part in (("Hà Nội", "HN"), ("Hải Phòng", "HP")):
        answered = answered.replace(f'"{name}" = "?"', f'"{name}" = {{ disaggregation = {{ city = "{part}" }} }}')
    assert told(imported.figures(Book((Sheet("", rows),)), read(answered, "map.toml"), PROGRAM, FILE)) == [
        "B3 trees 2001 1",
        "B5 firms 2001 5 city=HN",
        "B7 firms 2001 6 city=HP",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('A = { is = "heading", skip = "x" }', "two-roles"),
        ("A = {}", "no-role"),
        ('A = "nothing"', "bad-value"),
        ('A = { unit = "%", is = "whole" }', "two-roles"),
    ],
)
def test_what_a_mapping_cannot_say_of_a_section(text: str, code: str) -> None:
    """A section says one thing, and something."""
    with pytest.raises(TargettrackError) as refused:
        mapped(f"[sections]\n{text}\n")
    assert [each.code for each in refused.value.problems][:1] == [code] or code == "bad-value"


LINES = st.sampled_from(
    ["Hà Nội", "Trong đó:", "Các chỉ tiêu", "Food", "Total", "II. Khác", "Nam", "Đơn vị tính: triệu đồng", "Ghi chú: x"]
)
ROWS = st.lists(st.one_of(LINES, st.tuples(st.sampled_from(NAMES), st.integers(10, 999))), min_size=1, max_size=8)


@tries(400)
@given(ROWS)
def test_no_line_changes_a_figure_in_silence(lines: list[str | tuple[str, int]]) -> None:
    """Whatever lines stand among figures, a table is refused, or gives the figures that it gives without them, and each line above a figure is named."""
    found = taken(wide(*lines))
    bare = taken(wide(*(line for line in lines if not isinstance(line, str))))
    if found.problems:
        assert {each.code for each in found.problems} <= {"section", "another-unit", "same-figure-twice", "no-figure"}
        return
    values = [(row.values["indicator"], row.values["value"]) for row in found.rows]
    assert values == [(row.values["indicator"], row.values["value"]) for row in bare.rows]
    last = max((at for at, line in enumerate(lines) if not isinstance(line, str)), default=-1)
    said = "\n".join(found.said)
    assert [line for line in lines[: max(last, 0)] if isinstance(line, str) and f'"{line}"' not in said] == []


@tries(200)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.integers(10, 999)), min_size=1, max_size=3, unique_by=lambda row: row[0]
    ),
    st.integers(0, 3),
)
def test_a_section_is_a_column_of_parts(rows: list[tuple[str, int]], blank: int) -> None:
    """Lines above their rows give what a column of parts gives."""
    lines = wide("Hà Nội", *rows, *([("", 0)] * 0), "Hải Phòng", *((name, figure + blank) for name, figure in rows))
    column: Rows = [["Indicator", "City", "2001"]]
    column += [[name, "HN", Decimal(figure)] for name, figure in rows]
    column += [[name, "HP", Decimal(figure + blank)] for name, figure in rows]
    by_column = taken(column, '[columns]\nCity = "part:city"\n')
    assert [line.split(" ", 1)[1] for line in told(taken(lines, PART))] == [
        line.split(" ", 1)[1] for line in told(by_column)
    ]
