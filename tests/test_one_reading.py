"""One reading: a period means the same in our own shape, in a mapped column, in a header, and as a year with its part in two columns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import load, run, tries
from targettrack.recording import entry, imported, own, within
from targettrack.recording.imported import File
from targettrack.recording.mapping import TableMap, read
from targettrack.recording.table import Book, Sheet

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
targettrack = 1
[program]
name = "Nowhere"
[indicators.firms]
name = "Firms"
[sources.s]
title = "S"
"""
PROGRAM = load(TEXT).program
FILE = File("t.csv", "t.csv", "0" * 64)
MAP = read('import = 1\n[all]\nindicator = "firms"\n', "map.toml")
KEPT = ("period", "quality", "note", "series_break")


def of_object(text: str) -> dict[str, Any] | str:
    """What an object of our own shape, as ``show --json`` prints them, is read as; or why it is refused."""
    row = entry.Row({"indicator": "firms", "period": text, "value": Decimal(5)}, cells=False)
    return _kept(row)


def of_own(text: str) -> dict[str, Any] | str:
    """What a row of our own shape says of its period, as an actual has it; else the refusal."""
    rows = [(1, ["indicator", "period", "value", "source"]), (2, ["firms", text, "5", "s"])]
    return _kept(own.reading(rows, "t.csv", points=True).rows[0])


def _kept(row: entry.Row) -> dict[str, Any] | str:
    wanted, faults = entry.wanted(row, PROGRAM.indicators)
    if wanted is None:
        return str(faults[0].message)
    actual = wanted.actual
    found = {
        "period": actual.period.text,
        "quality": actual.quality_,
        "note": actual.note,
        "series_break": actual.series_break,
    }
    assert {key for key in ("quality", "note") if found[key]} <= wanted.given.keys()
    return {key: value for key, value in found.items() if value}


def of_table(text: str, *, header: bool = False) -> dict[str, Any] | None:
    """What a table says, in a column of periods or in a header; None where the figure is left."""
    rows: list[list[Any]] = (
        [["Chỉ tiêu", text, "2099"], ["Firms", Decimal(5), ""]] if header else [["Kỳ", "Giá trị"], [text, Decimal(5)]]
    )
    found = imported.figures(Book((Sheet("", rows),)), TableMap() if header else MAP, PROGRAM, FILE)
    assert not found.problems, found.problems
    return {key: found.rows[0].values[key] for key in KEPT if key in found.rows[0].values} if found.rows else None


TEXTS = ["2022", "2022*", "2022 (1)", "2021 (p)", "2021p", "2021b", "Sơ bộ 2021", "Ước TH 2024", "cả năm 2015", "Năm 2015", "IV/2013", "I/2013", "Quý IV/2013", "XII/2013", "Q1 2018", "2018-q3", "6T2015", "9 tháng 2015", "T12/2015", "tháng 3 năm 2015", "2015-03", "Jan 2015", "2013-S1", "2021.0"]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_alike_everywhere(text: str) -> None:
    """Our own shape, a mapped column and a header read one text alike: the period, its quality, its remarks."""
    expected = of_table(text)
    assert expected is not None
    assert of_own(text) == expected
    assert of_object(text) == expected
    assert of_table(text, header=True) == expected


@pytest.mark.parametrize("text", ["KH 2030", "Mục tiêu 2025", "2022f"])
def test_a_plan_is_no_actual_anywhere(text: str) -> None:
    """The period of a plan is refused in our own shape, and left in a table."""
    assert of_own(text) == of_object(text) == f'"{text}" is the period of a plan, or of no figure'
    assert of_table(text) is None
    assert of_table(text, header=True) is None


@pytest.mark.parametrize("text", ["năm nào đó", "Rubbish Text", "2022 xyz", "quý nào"])
def test_a_text_is_quoted_as_it_stands(text: str) -> None:
    """What is no period is quoted in the letters that it has, not in capitals."""
    assert f'"{text}"' in str(of_own(text))
    assert f'"{text}"' in str(of_object(text))


def test_what_a_row_says_beside_its_period() -> None:
    """The words beside a period add to the row's note, and may not contradict its quality."""
    rows = [
        (1, ["indicator", "period", "value", "quality", "note"]),
        (2, ["firms", "2022*", "5", "", "by hand"]),
        (3, ["firms", "2021 (p)", "5", "estimate", ""]),
    ]
    first, second = own.reading(rows, "t.csv", points=True).rows
    wanted, _ = entry.wanted(first, PROGRAM.indicators)
    assert wanted is not None
    assert wanted.actual.note == 'by hand; marked "*"'
    assert (
        entry.wanted(second, PROGRAM.indicators)[1][0].message
        == "the period says provisional, and quality says estimate"
    )


MONTHS = {1: ("1", "01", "1.0", "M1", "m01", "T1", "Tháng 1", "I", "January", "Jan", "2015-01", "2015M01", "1/2015", "Jan 2015"), 12: ("12", "M12", "T12", "tháng 12", "XII", "December", "12/2015"), 4: ("4", "T4", "IV", "April", "2015-04")}  # fmt: skip


@pytest.mark.parametrize(("month", "text"), [(month, text) for month, texts in MONTHS.items() for text in texts])
def test_a_month_beside_its_year(month: int, text: str) -> None:
    """A column of months beside one of years, in every usual way of writing, is the month; in such a column T1 and I are no quarters."""
    rows: list[list[Any]] = [["Year", "Month", "Value"], ["2015", text, Decimal(5)]]
    found = imported.figures(Book((Sheet("", rows),)), MAP, PROGRAM, FILE)
    assert [row.values["period"] for row in found.rows] == [f"2015-{month:02}"]


@pytest.mark.parametrize("text", ["13", "0", "2016-01", "xyz", "32"])
def test_what_is_no_month_of_the_year(text: str) -> None:
    """Another year, a number beyond twelve and other words are left, never guessed."""
    rows: list[list[Any]] = [["Year", "Month", "Value"], ["2015", text, Decimal(5)]]
    found = imported.figures(Book((Sheet("", rows),)), MAP, PROGRAM, FILE)
    assert [each.why for each in found.left] == ["no-period"]
    assert not found.rows


@pytest.mark.parametrize(("header", "texts", "periods"), [("Month", ["2015-03", "2015-04"], ["2015-03", "2015-04"]), ("Tháng", ["T11/2015", "T12/2015"], ["2015-11", "2015-12"]), ("Quý", ["I/2015", "IV/2015"], ["2015-Q1", "2015-Q4"]), ("Quarter", ["Q1 2015", "2015-Q2"], ["2015-Q1", "2015-Q2"])])  # fmt: skip
def test_a_column_of_months_with_their_years(header: str, texts: list[str], periods: list[str]) -> None:
    """A column of months or quarters whose cells have their years is that of the periods."""
    rows: list[list[Any]] = [[header, "Value"], *([text, Decimal(at)] for at, text in enumerate(texts))]
    found = imported.figures(Book((Sheet("", rows),)), MAP, PROGRAM, FILE)
    assert [row.values["period"] for row in found.rows] == periods


def test_roman_months() -> None:
    """In a column that has a fifth, Roman numbers are months, which is told; else they are quarters."""
    rows: list[list[Any]] = [["Kỳ", "Giá trị"], ["IV/2015", Decimal(4)], ["V/2015", Decimal(5)]]
    found = imported.figures(Book((Sheet("", rows),)), MAP, PROGRAM, FILE)
    assert [row.values["period"] for row in found.rows] == ["2015-04", "2015-05"]
    assert "Roman numbers are months: V/2015 can be no quarter" in found.said


@tries(200)
@given(st.integers(1900, 2099), st.sampled_from("QSM"), st.integers(1, 12), st.booleans())
def test_a_part_is_of_its_year(year: int, sign: str, number: int, point: bool) -> None:
    """A year and a number of a part are one text, the same whether a spreadsheet wrote them with a point or not."""
    tail = ".0" if point else ""
    assert within.joined(f"{year}{tail}", sign, f"{number}{tail}", fiscal=False) == within.joined(
        str(year), sign, str(number), fiscal=False
    )
    assert within.joined(f"{year}{tail}", sign, "", fiscal=False) == str(year)


def folder(path: Path, table: str) -> Path:
    """A folder with the program and a table."""
    (path / "targets").mkdir()
    (path / "targets" / "p.toml").write_text(TEXT, encoding="utf-8")
    (path / "t.csv").write_text(table, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("table", "outcomes"),
    [
        ('Chỉ tiêu,2015,2016\nFirms,"1.234",5\n', {"[t.csv]C2": "refused", "B2": "unclear"}),
        ("Chỉ tiêu,2015,2016\nFirms,5,6\nFirms,7,..\n", {"[t.csv]B2": "refused", "[t.csv]C2": "refused", "[t.csv]B3": "refused", "C3": "missing"}),
        ("Chỉ tiêu,2015,2015\nFirms,5,6\n", {"B1": "refused", "C1": "refused", "B2": "refused", "C2": "refused"}),
        ("Chỉ tiêu,2015\nHà Nội,\nFirms,5\n", {"[t.csv]B3": "refused"}),
    ],
)  # fmt: skip
def test_a_report_of_a_refused_file(table: str, outcomes: dict[str, str], tmp_path: Path) -> None:
    """--report has every cell of a file that is refused, too, none of them as taken, and the program stays as it is."""
    there = folder(tmp_path, table)
    done = run("import", "p", "t.csv", "--source", "s", "--report", "cells.csv", cwd=there)
    assert done.returncode == 4
    lines = (there / "cells.csv").read_text(encoding="utf-8-sig").splitlines()
    assert {line.split(",")[1]: line.split(",")[3] for line in _cells(lines)} == outcomes
    assert (there / "targets" / "p.toml").read_text(encoding="utf-8") == TEXT


def _cells(lines: list[str]) -> list[str]:
    return lines[1:]


def test_two_columns_of_one_header(tmp_path: Path) -> None:
    """Two columns that are headed alike are called by their letters in the hint, and so told apart by a mapping."""
    rows: list[list[Any]] = [["Chỉ tiêu", "2015", "2015"], ["Firms", Decimal(5), Decimal(6)]]
    book = Book((Sheet("", rows),))
    (problem,) = imported.figures(book, TableMap(), PROGRAM, FILE).problems
    assert problem.hint is not None
    assert problem.hint.endswith('there they are called "column B", "column C"')
    map = read('import = 1\n[columns]\n"column C" = { skip = "of another office" }\n', "map.toml")
    assert [row.values["value"] for row in imported.figures(book, map, PROGRAM, FILE).rows] == [5]
    _ = tmp_path


TARGETS = "Indicator,Unit,Direction,Baseline 2015,Target 2025,Target 2030\n"


@pytest.mark.parametrize(
    ("row", "lines", "none"),
    [
        ("A,%,Increase,10%,,<20%", ["# value = 20  # <20%", "# strict = true"], "as with increase"),
        ("A,%,,10%,15%,<20%", ["# value = 15", "# value = 20  # <20%"], "as with increase"),
        ("A,%,Decrease,30%,,>40%", ["# value = 40  # >40%", "# strict = true"], "as with decrease"),
        ("A,%,Decrease,30%,,≥40%", ["# value = 40  # ≥40%"], "as with decrease"),
    ],
)
def test_a_target_that_stands_as_a_comment_keeps_its_sign(
    row: str, lines: list[str], none: str, tmp_path: Path
) -> None:
    """new --from: a ceiling or a floor that contradicts the rest stands as a comment with its sign, and is no argument for the other direction."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "t.csv").write_text(f"{TARGETS}{row}\n", encoding="utf-8")
    done = run("new", "p", "--from", "t.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "targets" / "p.toml").read_text(encoding="utf-8")
    assert [line for line in lines if line not in text.splitlines()] == []
    assert none not in text


def test_the_ends_of_a_target_keep_their_signs(tmp_path: Path) -> None:
    """A highest figure with a sign is strict; a lowest one that is under something is no end; ends of two kinds make a comment."""
    (tmp_path / "targets").mkdir()
    header = "Indicator,Unit,Direction,Target min 2030,Target max 2030\n"
    (tmp_path / "t.csv").write_text(
        f"{header}A,%,Decrease,,<20%\nB,%,Increase,<20%,\nC,%,Increase,>10%,20%\n", encoding="utf-8"
    )
    assert run("new", "p", "--from", "t.csv", cwd=tmp_path).returncode == 0
    first, second, third = (tmp_path / "targets" / "p.toml").read_text(encoding="utf-8").split("\n[indicators.")[1:]
    assert "\nvalue = 20\nstrict = true\n" in first
    assert "# target, D3: <20%: no lowest and highest figure" in second
    assert "[[" not in second
    assert "# it stands as a comment: only one of its ends is itself left out: >10% … 20%" in third


@pytest.mark.parametrize(
    ("table", "unit"),
    [
        ("Indicator,Baseline 2015 (%),Target 2030 (%)\nA,30,20\n", "%"),
        ("Indicator,Baseline 2015,Target 2030\nA (%),30,20\n", "%"),
        ("Đơn vị tính: triệu đồng,,\nIndicator,Baseline 2015,Target 2030\nA,30,20\n", "triệu đồng"),
        ("Indicator,Unit,Baseline 2015,Target 2030 (%)\nA,vụ,30,20\n", "vụ"),
        ("Indicator,Baseline 2015,Target 2030\nA,30,20\n", None),
    ],
)
def test_a_program_has_the_unit_that_its_table_says(table: str, unit: str | None, tmp_path: Path) -> None:
    """new --from: the unit beside a name, in the headers of the figures or above the table is that of the indicator, where no column of units says another."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    assert run("new", "p", "--from", "t.csv", cwd=tmp_path).returncode == 0
    text = (tmp_path / "targets" / "p.toml").read_text(encoding="utf-8")
    assert (f'\nunit = "{unit}"\n' in text) is (unit is not None)
    assert ("the table says none" in text) is (unit is None)
