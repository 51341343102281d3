from __future__ import annotations

import datetime as dt
import io
import random
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter  # type: ignore[import-untyped]
import xlwt  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from support import run
from targettrack.errors import Exit, TargettrackError
from targettrack.recording.inputs import ods, xls, xlsx
from targettrack.recording.inputs._formats import day_of, digits, figure, hundredfold, shown
from targettrack.recording.inputs._zipped import MOST_ENTRIES
from targettrack.recording.table import MOST_CELLS, Area, Book, Broken, Dated, Percent, Sheet, Value, Wishes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BROKEN = ("broken-workbook", Exit.INVALID)
TABLE_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def read(data: bytes, kind: ModuleType = xlsx) -> Book:
    book = kind.book(data, "a-file", Wishes())
    assert isinstance(book, Book)
    return book


def refusal(data: bytes, kind: ModuleType = xlsx) -> tuple[str, Exit]:
    with pytest.raises(TargettrackError) as caught:
        read(data, kind)
    problem = caught.value.problems[0]
    assert problem.hint
    assert problem.file == "a-file"
    return problem.code, problem.exit


def zipped(parts: Mapping[str, str | bytes], *, stored: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in parts.items():
            into.writestr(name, content, zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def workbook(
    sheet: str,
    *,
    shared: str = "",
    formats: Mapping[int, str] | None = None,
    before: str = "",
    after: str = "",
    space: str = MAIN,
    prolog: str = "",
) -> bytes:
    """The smallest workbook around the rows of a sheet; the styles 1, 2 … have ``formats`` in their order."""
    codes = "".join(f"<numFmt numFmtId='{id}' formatCode='{code}'/>" for id, code in (formats or {}).items())
    styles = "".join(f"<xf numFmtId='{id}'/>" for id in (0, *(formats or ())))
    kinds = ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "texts.xml"), ("styles", "styles.xml")
    relations = "".join(
        f"<Relationship Id='r{place}' Type='{RELATION}/{kind}' Target='{target}'/>"
        for place, (kind, target) in enumerate(kinds, 1)
    )
    types = "".join(
        f"<Override PartName='/xl/{part}.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml'/>"
        for part, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("texts", "sharedStrings"),
            ("styles", "styles"),
        )
    )
    return zipped(
        {
            "[Content_Types].xml": f"<Types xmlns='{PACKAGE}/content-types'>{types}</Types>",
            "_rels/.rels": f"<Relationships xmlns='{PACKAGE}/relationships'><Relationship Id='r1' Type='{RELATION}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
            "xl/workbook.xml": f"<workbook xmlns='{space}' xmlns:r='{RELATION}'>{before}<sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets>{after}</workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{PACKAGE}/relationships'>{relations}</Relationships>",
            "xl/styles.xml": f"<styleSheet xmlns='{space}'><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>",
            "xl/texts.xml": f"<sst xmlns='{space}'>{shared}</sst>",
            "xl/worksheets/sheet1.xml": f"{prolog}<worksheet xmlns='{space}'>{sheet}</worksheet>",
        }
    )


def rows(sheet: str, **more: Any) -> list[list[Value]]:
    return [list(row) for row in read(workbook(f"<sheetData>{sheet}</sheetData>", **more)).sheets[0].rows]


def cell(xml: str, **more: Any) -> Value:
    return rows(f"<row>{xml}</row>", **more)[0][0]


def concealed(sheet: Sheet) -> tuple[set[int], set[int]]:
    return set(sheet.hidden_rows), set(sheet.hidden_columns)


def saved(fill: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# Numbers and what is shown of them


@pytest.mark.parametrize(
    ("stored", "number"),
    [
        ("0.1", "0.1"),
        ("6.0000000000000001E-2", "0.06"),
        ("0.30000000000000004", "0.3"),
        ("1.234567890123457E+19", "12345678901234600000"),
        ("12345678901234567", "12345678901234567"),
        ("34.230", "34.23"),
        ("-0", "0"),
        ("2021.0", "2021"),
        ("1E-7", "0.0000001"),
    ],
)
def test_digits(stored: str, number: str) -> None:
    """A number has the 15 digits that a spreadsheet shows of it, an integer all of its own, written out without an exponent."""
    found = cell(f"<c><v>{stored}</v></c>")
    assert f"{found:f}" == number
    assert "+" not in str(found)


@pytest.mark.parametrize("stored", ["NaN", "INF", "abc", "0x10"])
def test_no_number(stored: str) -> None:
    """A workbook that stores as a number what is none is damaged, as it is for openpyxl."""
    assert refusal(workbook(f"<sheetData><row><c><v>{stored}</v></c></row></sheetData>")) == BROKEN


def test_infinite_numbers() -> None:
    """A number beyond what a float holds is named, not read as one."""
    assert cell("<c><v>1e400</v></c>") == Broken("error", "inf")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_float(number: float) -> None:
    """Whatever float a spreadsheet holds, its 15 digits come back, no zeros cut off by an exponent."""
    found = digits(number)
    assert found is not None
    assert "+" not in str(found)
    assert float(found) == float(f"{number:.15g}")
    assert figure(repr(number)) == found or float(number).is_integer()


@given(st.decimals(allow_nan=False, allow_infinity=False, places=5, min_value=-1000, max_value=1000))
def test_percentages_are_exact(number: Decimal) -> None:
    """A percentage is the stored share a hundred times, as decimals."""
    assert hundredfold(number).number == number * 100
    assert "+" not in str(hundredfold(number).number)


@pytest.mark.parametrize(
    ("code", "number", "value"),
    [
        ("0%", "0.06", Percent(Decimal(6))),
        ("0.00%", "0.07", Percent(Decimal(7))),
        ("0.0 %;[Red]-0.0 %", "-0.015", Percent(Decimal("-1.5"))),
        ('0.0"%"', "6", Decimal(6)),
        (r"0.0\%", "6", Decimal(6)),
        ("[$%-409]0.0", "6", Decimal(6)),
        ("0%;0", "-6", Decimal(-6)),
        ("0;0;0%", "0", Percent(Decimal(0))),
        ("[<1]0%;0.0", "0.5", Percent(Decimal(50))),
        ("[<1]0%;0.0", "1.5", Decimal("1.5")),
        ("[>=1]0%;0.0", "1", Percent(Decimal(100))),
        ('#,##0.0" tỷ đồng"', "40000", Decimal(40000)),
        ("#,##0.00\\ [$₫-42A]", "40000", Decimal(40000)),
        ('0.0"*"', "6.3", Decimal("6.3")),
        ("@", "5", Decimal(5)),
        ("General", "5", Decimal(5)),
        ("# ?/?", "0.5", Decimal("0.5")),
        ("0.00E+00", "1200", Decimal(1200)),
        ("00", "1", "01"),
        ("00", "10", Decimal(10)),
        ("00000", "123", "00123"),
        ("00", "1.5", Decimal("1.5")),
        ('0.0;-0.0;"n/a"', "0", "n/a"),
        ('0.0;-0.0;".."', "0", ".."),
        ('0.0;-0.0;"-"', "0", Decimal(0)),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "0", Decimal(0)),
        ('"Yes";"No"', "1", "Yes"),
        ("yyyy", "44197", Dated(dt.date(2021, 1, 1), "year")),
        ("yyyy;@", "45291", Dated(dt.date(2023, 12, 31), "year")),
        ("[$-42A]mmmm yyyy", "44197", Dated(dt.date(2021, 1, 1), "month")),
        ("mmm-yy", "44197", Dated(dt.date(2021, 1, 1), "month")),
        ("d/m/yyyy", "44197", Dated(dt.date(2021, 1, 1), "day")),
        ("yyyy-mm-dd hh:mm", "44197", Dated(dt.date(2021, 1, 1), "day")),
        ("yyyy-mm-dd hh:mm", "44197.5", "2021-01-01T12:00:00"),
        ("QQ yyyy", "44197", Dated(dt.date(2021, 1, 1), "quarter")),
        ('yyyy"年"m"月"', "44197", Dated(dt.date(2021, 1, 1), "month")),
        ("h:mm", "0.5", "12:00"),
        ("[h]:mm", "1.25", "30:00"),
        ("[mm]", "0.5", "12:00"),
        ("[ss].00", "0.5", "12:00"),
        ("mm:ss", "0.5", "12:00"),
        ("h:mm AM/PM", "0.5", "12:00"),
        ("dd/mm/yyyy", "-1", Broken("error", "######")),
        ("dd/mm/yyyy", "0", Broken("error", "1900-01-00")),
        ("dd/mm/yyyy", "60", Broken("error", "1900-02-29")),
        ("dd/mm/yyyy", "59", Dated(dt.date(1900, 2, 28), "day")),
        ("dd/mm/yyyy", "61", Dated(dt.date(1900, 3, 1), "day")),
        ("dd/mm/yyyy", "2958466", Broken("error", "######")),
    ],
)
def test_shown(code: str, number: str, value: Value) -> None:
    """A number format says what a number is: a share, a day, a time, words alone, a code with zeros before it, or the number itself."""
    assert shown(Decimal(number), code) == (value, None)


@pytest.mark.parametrize("code", ["#,##0,", "0.0,,", '#,##0.0,," tỷ"', "0,\\k"])
def test_scaled(code: str) -> None:
    """Of a number that is shown in thousands or millions the stored one is taken, and that is said with the first such cell."""
    book = read(
        workbook(
            "<sheetData><row r='2'><c r='C2' s='1'><v>1234567</v></c><c s='1'><v>2</v></c></row></sheetData>",
            formats={164: code.replace('"', "&quot;")},
        )
    )
    assert book.sheets[0].value(1, 2) == Decimal(1234567)
    assert [sentence for sentence in book.said if "S!C2" in sentence] == list(book.said) != []


def test_unseen() -> None:
    """A number that its format hides is taken, and that is said."""
    book = read(workbook("<sheetData><row><c s='1'><v>5</v></c></row></sheetData>", formats={164: ";;;"}))
    assert book.sheets[0].value(0, 0) == Decimal(5)
    assert "S!A1" in book.said[0]


def test_formats_without_a_code() -> None:
    """The formats 9, 10, 14 and 17 have no code in the file and mean percentages, days and months."""

    def fill(sheet: Worksheet) -> None:
        sheet.append([0.5, 0.5, 44197, 44197])
        for column, code in enumerate(("0%", "0.00%", "mm-dd-yy", "mmm-yy"), 1):
            sheet.cell(1, column).number_format = code

    data = saved(fill)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"formatCode" not in parts.read("xl/styles.xml")
    day = dt.date(2021, 1, 1)
    assert read(data).sheets[0].rows[0] == [
        Percent(Decimal(50)),
        Percent(Decimal(50)),
        Dated(day, "day"),
        Dated(day, "month"),
    ]


def test_1904() -> None:
    """A workbook that counts its days from 1904 is read so, and that is said."""
    data = workbook(
        "<sheetData><row><c s='1'><v>0</v></c></row></sheetData>",
        formats={164: "yyyy-mm-dd"},
        before="<workbookPr date1904='1'/>",
    )
    book = read(data)
    assert book.sheets[0].value(0, 0) == Dated(dt.date(1904, 1, 1), "day")
    assert len(book.said) == 1


def test_days_beyond_the_calendar() -> None:
    """A day after the year 9999 is none."""
    assert day_of(Decimal(2_958_465), "day", since_1904=True) == Broken("error", "######")


@given(st.dates(dt.date(1900, 3, 1)))
def test_days_come_back(day: dt.date) -> None:
    """The serial number of a day gives that day."""
    serial = Decimal((day - dt.date(1899, 12, 30)).days)
    assert day_of(serial, "day", since_1904=False) == Dated(day, "day")


# Cells


def test_kinds_of_cells() -> None:
    """Texts, truth values, errors, days written as such and results of formulas are what they are; texts keep their spaces and lines."""
    found = rows(
        "<row><c t='s'><v>0</v></c><c t='inlineStr'><is><t>in</t></is></c><c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c>"
        "<c t='d'><v>2021-05-03</v></c><c t='str'><f>A1</f><v>x</v></c><c><f>1+1</f><v>2</v></c><c t='e'><f>1/0</f><v>#DIV/0!</v></c></row>",
        shared="<si><t xml:space='preserve'> a\n b </t></si>",
    )
    assert found == [
        [
            " a\n b ",
            "in",
            True,
            Broken("error", "#N/A"),
            Dated(dt.date(2021, 5, 3), "day"),
            "x",
            Decimal(2),
            Broken("error", "#DIV/0!"),
        ]
    ]


def test_times_written_as_such() -> None:
    """A time that is written as one is a text; what is neither a day nor a time makes a damaged workbook."""
    assert cell("<c t='d'><v>T12:00</v></c>") == "12:00:00"
    assert refusal(workbook("<sheetData><row><c t='d'><v>12 May</v></c></row></sheetData>")) == BROKEN


@pytest.mark.parametrize(
    "xml", ["<c><v></v></c>", "<c t='s'><v/></c>", "<c t='inlineStr'/>", "<c t='inlineStr'><is><t/></is></c>"]
)
def test_empty(xml: str) -> None:
    """A cell without anything in it is empty."""
    assert rows(f"<row>{xml}<c><v>1</v></c></row>") == [["", Decimal(1)]]
    assert rows(f"<row>{xml}</row>") == []


def test_rich_texts() -> None:
    """A formatted text is its runs, without the hints how to pronounce it; an escaped character is that character."""
    shared = "<si><r><t>Nă</t></r><r><rPr><b/></rPr><t>m_x000A_</t></r><rPh sb='0' eb='1'><t>no</t></rPh></si>"
    assert cell("<c t='s'><v>0</v></c>", shared=shared) == "Năm\n"


@pytest.mark.parametrize("xml", ["<c><f>E7/D7-1</f></c>", "<c><f>E7/D7-1</f><v/></c>", "<c t='str'><f>E7/D7-1</f></c>"])
def test_uncalculated(xml: str) -> None:
    """A formula without a result is named with its text."""
    assert cell(xml) == Broken("uncalculated", "=E7/D7-1")


@pytest.mark.parametrize(
    ("xml", "trusted", "stale"),
    [
        ("<c><f>A2</f><v>0</v></c>", Decimal(0), Broken("uncalculated", "=A2")),
        ("<c t='str'><f>A2</f><v></v></c>", "", Broken("uncalculated", "=A2")),
        ("<c><f>A2</f><v>7</v></c>", Decimal(7), Decimal(7)),
        ("<c><v>0</v></c>", Decimal(0), Decimal(0)),
    ],
)
def test_stale(xml: str, trusted: Value, stale: Value) -> None:
    """In a workbook that asks to be calculated when it is opened, a formula's 0 is no result; what is not 0 is taken, and so is a typed 0."""
    sheet = f"<row>{xml}<c><v>1</v></c></row>"
    assert rows(sheet)[0][0] == trusted
    assert rows(sheet, after="<calcPr fullCalcOnLoad='1'/>")[0][0] == stale


def test_uncalculated_arrays() -> None:
    """A formula that fills several cells and was never calculated marks them all."""
    found = rows(
        "<row><c><f t='array' ref='A1:B2'>D1:E2*2</f></c></row><row><c r='A2'/><c><v>0</v></c><c><v>0</v></c></row>",
        after="<calcPr fullCalcOnLoad='1'/>",
    )
    missing = Broken("uncalculated", "=D1:E2*2")
    assert found == [[missing, missing], [missing, missing, Decimal(0)]]


def test_xlsxwriter_formula() -> None:
    """The 0 that XlsxWriter stores for every formula is not read as a figure; a result that it was given is."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("T")
        sheet.write_formula("A1", "=1+1")
        sheet.write_formula("B1", "=1+1", None, 2)
        sheet.write_number("C1", 0.06, book.add_format({"num_format": "0.0%"}))
        sheet.write_boolean("D1", False)  # noqa: FBT003 - how XlsxWriter has it
        sheet.write_rich_string("E1", "a", book.add_format({"bold": True}), "b", "c")
    assert list(read(out.getvalue()).sheets[0].rows[0]) == [
        Broken("uncalculated", "=1+1"),
        Decimal(2),
        Percent(Decimal(6)),
        False,
        "abc",
    ]


# What is hidden, merged, absent


def test_hidden() -> None:
    """Hidden rows (also those without height), every column of a hidden group, hidden and very hidden sheets are said to be so."""
    data = workbook(
        "<cols><col min='2' max='4' hidden='1'/><col min='6' max='6' width='0'/></cols><sheetData>"
        "<row r='1'><c r='G1'><v>1</v></c></row><row r='2' hidden='1'/><row r='3' ht='0' customHeight='1'/><row r='4'><c><v>1</v></c></row></sheetData>"
    )
    sheet = read(data).sheets[0]
    assert sheet.hidden_columns == {1, 2, 3, 5}
    assert sheet.hidden_rows == {1, 2}


def test_hidden_sheets() -> None:
    """A hidden sheet is read and said to be hidden; a sheet of charts is none."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("seen").write("A1", 1)
        hidden, very = book.add_worksheet("hidden"), book.add_worksheet("very")
        hidden.hide()
        very.very_hidden()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=seen!$A$1"})
        book.add_chartsheet("chart").set_chart(chart)
    assert [(sheet.name, sheet.hidden) for sheet in read(out.getvalue()).sheets] == [
        ("seen", False),
        ("hidden", True),
        ("very", True),
    ]


def test_filtered_rows_of_openpyxl() -> None:
    """A group of columns hidden by openpyxl, a hidden row and merged cells come through."""

    def fill(sheet: Worksheet) -> None:
        for row in range(1, 4):
            sheet.append([row] * 6)
        sheet.merge_cells("A1:C2")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions.group("B", "E", hidden=True)

    sheet = read(saved(fill)).sheets[0]
    assert concealed(sheet) == ({2}, {1, 2, 3, 4})
    assert sheet.merged == (Area(0, 0, 1, 2),)


def test_gaps() -> None:
    """Cells stand where the file says; passed-over rows and cells are empty, empty ones at the end are cut off."""
    found = rows("<row r='3'><c r='B3'><v>1</v></c><c r='C3' s='0'/></row><row r='9'><c r='A9'/></row>")
    assert found == [[], [], ["", Decimal(1)]]


def test_strict_workbooks() -> None:
    """A workbook of the strict kind, in which openpyxl finds no sheets, is refused with what to do."""
    assert refusal(workbook("<sheetData/>", space=STRICT)) == ("strict-workbook", Exit.INVALID)


def test_prefixes() -> None:
    """A workbook whose elements have a prefix, a comment or another encoding is read like any other."""
    row = "<x:row r='2' hidden='1'><x:c r='B2'><x:v>5</x:v></x:c><!-- <c/> --><x:c r='C2'><x:f>A1</x:f></x:c></x:row>"
    sheet = f"<?xml version='1.0' encoding='utf-16'?><x:worksheet xmlns:x='{MAIN}'><x:sheetData>{row}</x:sheetData></x:worksheet>"
    data = repacked(workbook("<sheetData/>"), {"xl/worksheets/sheet1.xml": sheet.encode("utf-16")})
    found = read(data).sheets[0]
    assert [list(each) for each in found.rows] == [[], ["", Decimal(5), Broken("uncalculated", "=A1")]]
    assert concealed(found) == ({1}, set())


def test_calculated_workbooks() -> None:
    """A workbook that says something of its calculation, but not that it is due, has its results: openpyxl takes it for one that does."""
    zero = "<row><c><f>A2</f><v>0</v></c></row>"
    assert rows(zero, after="<calcPr calcId='191029'/>") == [[Decimal(0)]]


def test_formats_of_east_asia() -> None:
    """A day in one of the formats without a code that openpyxl does not know is a day."""
    styles = f"<styleSheet xmlns='{MAIN}'><cellXfs><xf numFmtId='0'/><xf numFmtId='31'/></cellXfs></styleSheet>"
    data = workbook("<sheetData><row><c s='1'><v>44197</v></c></row></sheetData>")
    found = read(repacked(data, {"xl/styles.xml": styles.encode()})).sheets[0].value(0, 0)
    assert found == Dated(dt.date(2021, 1, 1), "day")


@pytest.mark.parametrize("part", ["styles.xml", "worksheets/sheet1.xml"])
def test_parts_elsewhere(part: str) -> None:
    """A workbook whose formats or whose sheet openpyxl would not find is refused: it would read 0.06 instead of 6 %, or pass over the sheet."""
    data = workbook("<sheetData><row><c><v>1</v></c></row></sheetData>")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        relations = parts.read("xl/_rels/workbook.xml.rels").replace(part.encode(), b"else/where.xml")
    assert refusal(repacked(data, {"xl/_rels/workbook.xml.rels": relations})) == BROKEN


def test_xlsx_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without openpyxl the command that installs it is said."""
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert refusal(workbook("<sheetData/>")) == ("not-installed", Exit.IO)


@pytest.mark.parametrize(
    "sheet",
    [
        "<row r='2'><c r='A2'><v>1</v></c></row><row r='2'/>",
        "<row r='2'><c r='B2'><v>1</v></c><c r='A2'><v>1</v></c></row>",
        "<row r='2'><c r='A2'><v>1</v></c><c r='A2'><v>1</v></c></row>",
        "<row r='2'><c r='A3'><v>1</v></c></row>",
        "<row r='1048577'/>",
        "<row r='0'/>",
        "<row r='1'><c r='XFE1'><v>1</v></c></row>",
        "<row><c t='s'><v>0</v></c></row>",
        "<row><c t='s'><v>-1</v></c></row>",
        "<row><c t='new'><v>1</v></c></row>",
        "<row><c>",
        "<row r='1'><c r='1A'><v>1</v></c></row>",
        "</sheetData><mergeCells><mergeCell ref='A'/></mergeCells><sheetData>",
    ],
)
def test_contradictions(sheet: str) -> None:
    """A file that gives a cell twice, out of order, beyond a sheet or of no known kind is refused, never guessed at."""
    assert refusal(workbook(f"<sheetData>{sheet}</sheetData>")) == ("broken-workbook", Exit.INVALID)


CELLS = st.one_of(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=5
    ),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9),
    st.booleans(),
    st.none(),
)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=4))
def test_against_openpyxl(table: list[list[object]]) -> None:
    """What openpyxl saves and reads again is what is read here."""

    def fill(sheet: Worksheet) -> None:
        for row, cells in enumerate(table, 1):
            for column, value in enumerate(cells, 1):
                found = sheet.cell(row, column)
                found.value = value
                if isinstance(value, str):
                    found.data_type = "s"

    data = saved(fill)
    sheet = read(data).sheets[0]
    for row in openpyxl.load_workbook(io.BytesIO(data), data_only=True).active.iter_rows():
        for found in row:
            own = sheet.value(found.row - 1, found.column - 1)
            if isinstance(found.value, float | int) and not isinstance(found.value, bool):
                assert isinstance(own, Decimal)
                assert float(own) == float(f"{found.value:.15g}")
            elif not (isinstance(found.value, str) and "_x" in found.value):
                assert own == ("" if found.value is None else found.value)


# What a file is


def test_begins() -> None:
    """Each kind knows its own files by their content, and no other."""
    files = {xlsx: workbook("<sheetData/>"), ods: document("<table:table/>"), xls: old_workbook()}
    for kind in files:
        assert {other: kind.begins(data) for other, data in files.items()} == {
            other: 2 * (other is kind) for other in files
        }


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"PK\x03\x04", b"a;b\n1;2\n", b"<html><table><tr><td>1</td></tr></table></html>", zipped({"a": "b"})],
)
def test_begins_with_something_else(data: bytes) -> None:
    """A web page, a CSV or a zip without a workbook is none, whatever it is called."""
    assert [kind.begins(data) for kind in (xlsx, ods, xls)] == [0, 0, 0]


def test_a_workbook_cut_off() -> None:
    """A workbook that breaks off is still known for one, and refused as damaged."""
    for data, kind in ((workbook("<sheetData/>"), xlsx), (document("<table:table/>"), ods)):
        cut = data[: len(data) // 2 + 200]
        assert kind.begins(cut) == 2
        assert refusal(cut, kind) == ("broken-workbook", Exit.INVALID)


def test_binary_workbooks() -> None:
    """A binary workbook is known and refused with what to do."""
    data = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"})
    assert xlsx.begins(data) == 2
    assert refusal(data) == ("binary-workbook", Exit.INVALID)


def test_workbooks_elsewhere() -> None:
    """A workbook whose main part has another name is found by what its package says."""
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    data = zipped({"[Content_Types].xml": f"<Types><Override PartName='/b.xml' ContentType='{content}'/></Types>"})
    assert xlsx.begins(data) == 2


def test_protected_workbooks() -> None:
    """A workbook that only a password opens is refused as that, in all three kinds."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert (xlsx.begins(ole), xls.begins(ole)) == (2, 0)
    assert refusal(ole) == ("protected-workbook", Exit.INVALID)
    manifest = (
        "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
        "<m:file-entry m:full-path='content.xml'><m:encryption-data/></m:file-entry></m:manifest>"
    )
    assert refusal(document("<table:table/>", manifest=manifest), ods) == ("protected-workbook", Exit.INVALID)
    plain = old_stream()
    begin = 4 + struct.unpack_from("<H", plain, 2)[0]
    password = struct.pack("<HHHHH", 0x2F, 6, 1, 1, 1) + b"\0\0"
    assert refusal(plain[:begin] + password + plain[begin:], xls) == ("protected-workbook", Exit.INVALID)


# Limits


def test_parts_with_a_password() -> None:
    """A zip whose parts have a password is refused as protected."""
    data = bytearray(workbook("<sheetData/>"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == ("protected-workbook", Exit.INVALID)


def test_no_sheets() -> None:
    """A package without its workbook is damaged; a workbook of charts alone has no cells."""
    data = workbook("<sheetData/>")
    assert refusal(repacked(data, {"xl/_rels/workbook.xml.rels": b"<R/>"})) == ("broken-workbook", Exit.INVALID)
    assert refusal(zipped({"[Content_Types].xml": "<Types/>"})) == ("broken-workbook", Exit.INVALID)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        relations = parts.read("xl/_rels/workbook.xml.rels").replace(b"/worksheet'", b"/chartsheet'")
    assert refusal(repacked(data, {"xl/_rels/workbook.xml.rels": relations})) == ("no-sheet", Exit.INVALID)


@pytest.mark.parametrize(("part", "count"), [("xl/styles.xml", 2_300_000), ("xl/worksheets/sheet1.xml", 600_000)])
def test_junk(part: str, count: int) -> None:
    """A part that is read as a whole is refused where it is too large, and so is one of more than a million elements without a cell."""
    junk = b"<s>%s</s>" % b"".join(b"<a n='%d'/>" % place for place in range(count))
    assert refusal(repacked(workbook("<sheetData/>"), {part: junk})) == ("too-large", Exit.INVALID)


DOCTYPE = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types(encoding: str) -> None:
    """A part that declares a document type, and with it perhaps entities that multiply, is refused in any encoding."""
    text = f"<?xml version='1.0' encoding='{encoding}'?>{DOCTYPE}<worksheet xmlns='{MAIN}'><sheetData/></worksheet>"
    data = repacked(workbook("<sheetData/>"), {"xl/worksheets/sheet1.xml": text.encode(encoding)})
    assert refusal(data) == ("document-type", Exit.INVALID)
    text = text.partition("<worksheet")[0] + CONTENT.format(styles="", tables="")
    assert refusal(repacked(document(""), {"content.xml": text.encode(encoding)}), ods)[0] == "document-type"


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        return zipped({**{name: given.read(name) for name in given.namelist()}, **parts}, stored="mimetype")


def test_bombs() -> None:
    """A zip that unpacks to far more than it is, that has far too many parts, or twice the same part, is not opened."""
    data = workbook("<sheetData/>")
    assert refusal(repacked(data, {"xl/media/a.bin": bytes(30 * 2**20)})) == ("too-large", Exit.INVALID)
    for count in (MOST_ENTRIES, 2 * MOST_ENTRIES):
        many = repacked(data, {f"xl/{place}": b"" for place in range(count)})
        assert xlsx.begins(many) == 2
        assert refusal(many) == ("too-large", Exit.INVALID)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as into, pytest.warns(UserWarning, match="Duplicate"):
        into.writestr("xl/workbook.xml", "<other/>")
    assert refusal(out.getvalue()) == ("broken-workbook", Exit.INVALID)


def test_claimed_sizes() -> None:
    """What a sheet claims to be costs nothing: only cells that hold something count."""
    data = workbook(
        "<dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'/></row></sheetData>"
    )
    assert [list(row) for row in read(data).sheets[0].rows] == [[Decimal(1)]]


def test_too_many_cells() -> None:
    """A sheet that would need more cells than are read is refused before they are made."""
    wide = "".join(f"<row r='{row}'><c r='XFD{row}'><v>1</v></c></row>" for row in range(1, MOST_CELLS // 16384 + 3))
    assert refusal(workbook(f"<sheetData>{wide}</sheetData>")) == ("too-large", Exit.INVALID)


MILLION = """
import sys, time
from pathlib import Path
from targettrack.errors import TargettrackError
from targettrack.recording.inputs import {kind}
from targettrack.recording.table import Wishes
try:
    book = {kind}.book(Path(sys.argv[1]).read_bytes(), "f", Wishes())
    print(sum(map(len, book.sheets[0].rows)), end=" ")
except TargettrackError as error:
    print(error.problems[0].code, end=" ")
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) // 1024, time.process_time())
"""


def megabytes(data: bytes, folder: Path, kind: str) -> tuple[str, int, float]:
    (folder / "given").write_bytes(data)
    command = [sys.executable, "-c", MILLION.format(kind=kind), str(folder / "given")]
    found, memory, seconds = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return found, int(memory), float(seconds)


def test_a_million_empty_cells(tmp_path: Path) -> None:
    """A workbook of a million cells that are only formatted is read as empty in little memory."""
    cells = "<c s='1'/>" * 100
    sheet = "".join(f"<row r='{row}' spans='1:100' ht='15.{row}'>{cells}</row>" for row in range(1, 10_001))
    found, memory, _ = megabytes(workbook(f"<sheetData>{sheet}</sheetData>", formats={164: "0.0"}), tmp_path, "xlsx")
    assert found == "0"
    assert memory < 250


@pytest.mark.slow
def test_three_million_cells(tmp_path: Path) -> None:
    """As many cells as are read stay under 500 MB."""
    sheet = "".join(
        f"<row r='{row}'>{''.join(f'<c><v>{row * 100 + column}.{row % 97}</v></c>' for column in range(100))}</row>"
        for row in range(1, MOST_CELLS // 104)
    )
    _, memory, _ = megabytes(workbook(f"<sheetData>{sheet}</sheetData>"), tmp_path, "xlsx")
    assert memory < 500


# OpenDocument

CONTENT = (
    "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"
    " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0'"
    " xmlns:number='urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0'"
    " xmlns:calcext='urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0'>"
    "<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
)


def document(tables: str, *, styles: str = "", manifest: str = "<manifest/>") -> bytes:
    parts = {
        "mimetype": TABLE_TYPE,
        "META-INF/manifest.xml": manifest,
        "content.xml": CONTENT.format(styles=styles, tables=tables),
    }
    return zipped(parts, stored="mimetype")


def table(xml: str, *, styles: str = "") -> Sheet:
    return read(document(f"<table:table table:name='T'>{xml}</table:table>", styles=styles), ods).sheets[0]


def ods_cell(attributes: str, text: str = "", *, styles: str = "") -> Value:
    xml = f"<table:table-row><table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell><table:table-cell office:value-type='float' office:value='1'/></table:table-row>"
    return table(xml, styles=styles).value(0, 0)


@pytest.mark.parametrize(
    ("attributes", "text", "value"),
    [
        ("office:value-type='float' office:value='6.30000000000000004'", "6,3", Decimal("6.3")),
        ("office:value-type='percentage' office:value='0.07'", "7 %", Percent(Decimal(7))),
        ("office:value-type='currency' office:value='5'", "5 €", Decimal(5)),
        ("office:value-type='boolean' office:boolean-value='true'", "WAHR", True),
        ("office:value-type='float' office:value='1' table:formula='of:=TRUE()'", "TRUE", True),
        ("office:value-type='date' office:date-value='2021-05-03'", "x", Dated(dt.date(2021, 5, 3), "day")),
        ("office:value-type='date' office:date-value='2021-05-03T12:00:00'", "x", "2021-05-03T12:00:00"),
        ("office:value-type='time' office:time-value='PT08H30M00S'", "08:30", "08:30"),
        ("office:value-type='string'", " a<text:s text:c='2'/>b<text:line-break/>c <text:span> d</text:span>", " a  b\nc  d"),
        ("office:value-type='string'", "a<text:tab/>b<text:ruby><text:ruby-base>c</text:ruby-base><text:ruby-text>no</text:ruby-text></text:ruby>", "a\tbc"),
        ("office:value-type='string' office:string-value='a'", "", "a"),
        ("office:value-type='date' office:date-value='-0044-03-15'", "x", "-0044-03-15"),
        ("office:value-type='date'", "x", "x"),
        ("office:value-type='float' office:value='1'", "01", "01"),
        ("office:value-type='float' office:value='0'", "n/a", "n/a"),
        ("office:value-type='float' office:value='0'", "-", Decimal(0)),
        ("office:value-type='float' office:value='12345'", "###", Decimal(12345)),
        ("table:formula='of:=[.A2]/0' office:value-type='float'", "", Broken("uncalculated", "=[.A2]/0")),
        ("table:formula='of:=[.A2]/0'", "", Broken("uncalculated", "=[.A2]/0")),
        ("table:formula='of:=1/0' office:value-type='string' calcext:value-type='error'", "#DIV/0!", Broken("error", "#DIV/0!")),
        ("table:formula='of:=1/0' office:value-type='float' office:value='0'", "Err:502", Broken("error", "Err:502")),
        ("table:formula='of:=A' office:value-type='string' office:string-value=''", "", ""),
        ("office:value-type='float' office:value='x'", "7", Broken("error", "x")),
    ],
)  # fmt: skip
def test_ods_cells(attributes: str, text: str, value: Value) -> None:
    """A cell of OpenDocument is what its type, its formula and its text say."""
    assert ods_cell(attributes, text) == value


@pytest.mark.parametrize(
    ("parts", "shows"),
    [
        ("<number:year/>", "year"),
        ("<number:month/><number:year/>", "month"),
        ("<number:quarter/><number:year/>", "quarter"),
        ("<number:day/><number:month/><number:year/>", "day"),
    ],
)
def test_ods_days(parts: str, shows: str) -> None:
    """How much of a day is shown is said by its format, which a cell's style may have from its parent."""
    styles = (
        f"<number:date-style style:name='N1'>{parts}</number:date-style>"
        "<style:style style:name='up' style:family='table-cell' style:data-style-name='N1'/>"
        "<style:style style:name='ce' style:family='table-cell' style:parent-style-name='up'/>"
    )
    attributes = "table:style-name='ce' office:value-type='date' office:date-value='2021-01-01'"
    assert ods_cell(attributes, "x", styles=styles) == Dated(dt.date(2021, 1, 1), shows)  # type: ignore[arg-type]


def test_ods_styles_of_columns() -> None:
    """A cell without a style has that of its row, else that of its column."""
    styles = (
        "<number:date-style style:name='N1'><number:year/></number:date-style>"
        "<style:style style:name='ce' style:family='table-cell' style:data-style-name='N1'/>"
    )
    day = "<table:table-cell office:value-type='date' office:date-value='2021-01-01'/>"
    sheet = table(
        "<table:table-column table:number-columns-repeated='2'/><table:table-column table:default-cell-style-name='ce'/>"
        f"<table:table-row>{day * 3}</table:table-row><table:table-row table:default-cell-style-name='ce'>{day}</table:table-row>",
        styles=styles,
    )
    shows = [[each.shows for each in row if isinstance(each, Dated)] for row in sheet.rows]
    assert shows == [["day", "day", "year"], ["year"]]


def test_ods_comments() -> None:
    """A comment is no part of a cell's text."""
    note = "<office:annotation><text:p>note</text:p></office:annotation>"
    xml = f"<table:table-row><table:table-cell office:value-type='string'>{note}<text:p>a</text:p><text:p>b</text:p></table:table-cell></table:table-row>"
    assert table(xml).value(0, 0) == "a\nb"


def test_ods_hidden_and_merged() -> None:
    """Hidden, filtered and folded rows and columns, hidden tables and merged cells are said to be so."""
    one = "<table:table-cell office:value-type='float' office:value='1'/>"
    merged = "<table:table-cell table:number-columns-spanned='2' table:number-rows-spanned='2' office:value-type='string'><text:p>m</text:p></table:table-cell>"
    styles = "<style:style style:name='ta2' style:family='table'><style:table-properties table:display='false'/></style:style>"
    rows_of = (
        f"<table:table-column/><table:table-column table:number-columns-repeated='2' table:visibility='collapse'/>"
        f"<table:table-row>{merged}<table:covered-table-cell/>{one}</table:table-row>"
        f"<table:table-row table:visibility='filter'>{one}</table:table-row>"
        f"<table:table-row-group table:display='false'><table:table-row table:number-rows-repeated='2'>{one}</table:table-row></table:table-row-group>"
        f"<table:table-row>{one}</table:table-row>"
    )
    data = document(
        f"<table:table table:name='a' table:style-name='ta2'>{rows_of}</table:table><table:table table:name='b'/>",
        styles=styles,
    )
    first, second = read(data, ods).sheets
    assert (first.hidden, second.hidden) == (True, False)
    assert concealed(first) == ({1, 2, 3}, {1, 2})
    assert first.merged == (Area(0, 0, 1, 1),)
    assert [len(row) for row in first.rows] == [3, 1, 1, 1, 1]


def test_ods_groups_inside_of_groups() -> None:
    """Rows in an outline of several levels, and repeated headings inside of one, are all read."""
    one, two, three = (
        f"<table:table-row><table:table-cell office:value-type='float' office:value='{number}'/></table:table-row>"
        for number in (1, 2, 3)
    )
    group, end = "<table:table-row-group>", "</table:table-row-group>"
    heads = f"<table:table-header-rows>{one}</table:table-header-rows>"
    sheet = table(f"{group}{heads}{group}{two}{end}{end}{three}")
    assert [list(row) for row in sheet.rows] == [[Decimal(1)], [Decimal(2)], [Decimal(3)]]


def test_ods_scaled() -> None:
    """A number that is shown in thousands is taken as it is stored, and that is said."""
    styles = (
        "<number:number-style style:name='N1'><number:number number:display-factor='1000'/></number:number-style>"
        "<style:style style:name='ce' style:family='table-cell' style:data-style-name='N1'/>"
    )
    xml = "<table:table-row><table:table-cell table:style-name='ce' office:value-type='float' office:value='1234567'><text:p>1,235</text:p></table:table-cell></table:table-row>"
    book = read(document(f"<table:table table:name='T'>{xml}</table:table>", styles=styles), ods)
    assert book.sheets[0].value(0, 0) == Decimal(1234567)
    assert "T!A1" in book.said[0]


def test_ods_unseen() -> None:
    """A number that its format hides is taken, and that is said; a cell that does not say what it shows is no such cell."""
    number = "office:value-type='float' office:value='5'"
    xml = f"<table:table-row><table:table-cell {number}/><table:table-cell {number}><text:p/></table:table-cell></table:table-row>"
    book = read(document(f"<table:table table:name='T'>{xml}</table:table>"), ods)
    assert book.sheets[0].rows[0] == [Decimal(5), Decimal(5)]
    assert "T!B1" in book.said[0]


def test_ods_claimed_sizes() -> None:
    """A sheet that repeats its empty cells and rows to its full size costs nothing."""
    full = "<table:table-cell table:number-columns-repeated='16384'/>"
    one = "<table:table-cell table:number-columns-repeated='2' office:value-type='float' office:value='1'/>"
    sheet = table(
        f"<table:table-row table:number-rows-repeated='2'>{one}{full}</table:table-row>"
        f"<table:table-row table:number-rows-repeated='1048574'>{full}</table:table-row>"
    )
    assert [list(row) for row in sheet.rows] == [[Decimal(1)] * 2] * 2


def test_ods_too_many_cells() -> None:
    """A sheet that repeats a number through all of its rows is refused before they are made."""
    one = "<table:table-cell table:number-columns-repeated='9' office:value-type='float' office:value='1'/>"
    data = document(
        f"<table:table><table:table-row table:number-rows-repeated='1048576'>{one}</table:table-row></table:table>"
    )
    assert refusal(data, ods) == ("too-large", Exit.INVALID)


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<table:table-row table:number-rows-repeated='0'/>", "broken-workbook"),
        (
            "<table:table-row table:number-rows-repeated='1048576'/><table:table-row>{one}</table:table-row>",
            "too-large",
        ),
        (
            "<table:table-row><table:table-cell table:number-columns-repeated='16384'/>{one}</table:table-row>",
            "too-large",
        ),
    ],
)
def test_ods_beyond_a_sheet(xml: str, code: str) -> None:
    """A cell beyond the last row or column, or one that is repeated no times, is refused."""
    one = "<table:table-cell office:value-type='float' office:value='1'/>"
    data = document(f"<table:table>{xml.format(one=one)}</table:table>")
    assert refusal(data, ods) == (code, Exit.INVALID)


def test_ods_copies_of_other_documents() -> None:
    """What a document keeps of linked ones, and a table inside of a cell, are no sheets."""
    inner = "<table:table table:name='in'><table:table-row><table:table-cell/></table:table-row></table:table>"
    xml = f"<table:table table:name='T'><table:table-row><table:table-cell>{inner}</table:table-cell></table:table-row></table:table>"
    link = "<table:dde-links><table:dde-link><table:table table:name='L'/></table:dde-link></table:dde-links>"
    assert [sheet.name for sheet in read(document(xml + link), ods).sheets] == ["T"]


# Excel 97 to 2003


def filled() -> Any:
    book = xlwt.Workbook()
    sheet = book.add_sheet("T")
    for column, (value, code) in enumerate(
        [
            (0.06, "0.0%"),
            (44197, "yyyy"),
            ("a\nb", "General"),
            (True, "General"),
            (0.1 + 0.2, "General"),
            (1, "00"),
            (0.5, "h:mm"),
            (1234567, "#,##0,"),
        ]
    ):
        sheet.write(0, column, value, xlwt.easyxf(num_format_str=code))
    sheet.write(1, 0, None, xlwt.easyxf("font: bold on"))
    sheet.row(1).write(1, 5)
    sheet.row(1).hidden = True
    sheet.row(2).set_cell_error(0, "#DIV/0!")
    sheet.col(2).hidden = True
    sheet.write_merge(4, 5, 0, 1, "m")
    other = book.add_sheet("hidden")
    other.visibility = 2
    return book


def old_workbook(book: Any = None) -> bytes:
    out = io.BytesIO()
    (book or filled()).save(out)
    return out.getvalue()


def old_stream() -> bytes:
    return bytes(filled().get_biff_data())


@pytest.mark.parametrize("made", [old_workbook, old_stream])
def test_xls(made: Callable[[], bytes]) -> None:
    """An old workbook, in its container or bare, gives the same: percentages, days, errors, what is hidden and merged."""
    data = made()
    assert xls.begins(data) == 2
    book = read(data, xls)
    first, second = book.sheets
    assert [list(row) for row in first.rows] == [
        [
            Percent(Decimal(6)),
            Dated(dt.date(2021, 1, 1), "year"),
            "a\nb",
            True,
            Decimal("0.3"),
            "01",
            "12:00",
            Decimal(1234567),
        ],
        ["", Decimal(5)],
        [Broken("error", "#DIV/0!")],
        [],
        ["m"],
    ]
    assert concealed(first) == ({1}, {2})
    assert first.merged == (Area(4, 0, 5, 1),)
    assert (first.hidden, second.hidden) == (False, True)
    assert "T!H1" in book.said[0]


def test_xls_uncalculated() -> None:
    """Where no formula of an old workbook has a result, nobody calculated it: they are named, not read as empty."""
    book = xlwt.Workbook()
    book.add_sheet("first").write(0, 0, 1)
    book.add_sheet("T").write(1, 1, xlwt.Formula("1+1"))
    assert read(old_workbook(book), xls).sheets[1].value(1, 1) == Broken("uncalculated", "=…")


def test_xls_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without xlrd the command that installs it is said."""
    monkeypatch.setitem(sys.modules, "xlrd", None)
    assert refusal(old_workbook(), xls) == ("not-installed", Exit.IO)


@pytest.mark.parametrize(
    "data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), old_workbook()[:3000], b"\x09\x08\x10\x00"]
)
def test_xls_damaged(data: bytes) -> None:
    """A damaged old workbook is refused as that."""
    assert refusal(data, xls) == ("broken-workbook", Exit.INVALID)


def test_xls_too_large() -> None:
    """An old workbook that would take too much memory is refused."""
    assert refusal(old_workbook() + bytes(33 * 2**20), xls) == ("too-large", Exit.INVALID)


def test_xls_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed beside what is said."""
    refusal(old_workbook()[:3000], xls)
    read(old_workbook(), xls)
    assert capfd.readouterr() == ("", "")


# Damage of any kind


def _small() -> dict[ModuleType, bytes]:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Năm", 2021, 0.5])
        sheet.append(["=A1", True, dt.date(2021, 1, 1)])
        sheet.merge_cells("A4:B5")

    row = "<table:table-row><table:table-cell office:value-type='float' office:value='1'/><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    return {xlsx: saved(fill), ods: document(f"<table:table table:name='T'>{row}</table:table>"), xls: old_workbook()}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut off, left out or doubled; in a zip also inside of a part, which then has a right checksum."""
    if data.startswith(b"PK") and chance.random() < 0.6:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            name = chance.choice(parts.namelist())
            return repacked(data, {name: damaged(parts.read(name), chance)})
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(spoilt)) if spoilt else 0
        match chance.randrange(5):
            case 0 | 1:
                spoilt[place : place + 1] = bytes([chance.randrange(256)])
            case 2:
                del spoilt[place:]
            case 3:
                del spoilt[place : place + chance.randint(1, 20)]
            case _:
                spoilt[place:place] = spoilt[place : place + chance.randint(1, 20)]
    return bytes(spoilt)


def _survives(kind: ModuleType, seeds: range) -> None:
    data = _small()[kind]
    for seed in seeds:
        given_data = damaged(data, random.Random(seed))  # noqa: S311 - no secret
        kind.begins(given_data)
        try:
            kind.book(given_data, "f", Wishes())
        except TargettrackError as error:
            found = error.exit
        else:
            found = Exit.INVALID
        assert found is Exit.INVALID


KINDS = pytest.mark.parametrize("kind", [xlsx, ods, xls], ids=["xlsx", "ods", "xls"])


@KINDS
def test_damage(kind: ModuleType) -> None:
    """Whatever happens to a file, it is read or refused with a sentence."""
    _survives(kind, range(50))


@KINDS
@pytest.mark.slow
def test_much_damage(kind: ModuleType) -> None:
    """The same, for many more ways to damage a file."""
    _survives(kind, range(50, 1000))


# The same table from three programs


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
@pytest.mark.parametrize(("kind", "ending"), [(ods, "ods"), (xls, "xls"), (xlsx, "xlsx")], ids=["ods", "xls", "xlsx"])
def test_libreoffice(kind: ModuleType, ending: str, tmp_path: Path) -> None:
    """A workbook that LibreOffice saves in another format gives the same cells."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["Chỉ tiêu ", 2021, 0.065, -1.5, True, dt.date(2021, 1, 1), dt.date(2021, 1, 1), 1])
        for column, code in ((3, "0.0%"), (6, "yyyy"), (7, "mmm yyyy"), (8, "00")):
            sheet.cell(1, column).number_format = code
        sheet.append([" a  b\nc", None, 0.1 + 0.2, "01", "#DIV/0!"])
        sheet.merge_cells("A4:C5")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["D"].hidden = True

    (tmp_path / "given.xlsx").write_bytes(saved(fill))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", ending, "--outdir", str(tmp_path / "out"), str(tmp_path / "given.xlsx")],
        check=True,
        capture_output=True,
    )  # fmt: skip
    own = read((tmp_path / "given.xlsx").read_bytes()).sheets[0]
    theirs = read((tmp_path / "out" / f"given.{ending}").read_bytes(), kind).sheets[0]
    assert [list(row) for row in theirs.rows] == [list(row) for row in own.rows]
    assert (theirs.hidden_rows, theirs.hidden_columns, theirs.merged) == (
        own.hidden_rows,
        own.hidden_columns,
        own.merged,
    )


def test_a_header_merged_with_rows_that_are_empty(tmp_path: Path) -> None:
    """Merged cells may reach below the last row that has anything: such a table has no figures, and every command says so."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Chỉ tiêu", "2020", "2021"])
    sheet.merge_cells("A1:A4")
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "p.toml").write_text('targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\n')
    for words in (
        ["import", "p", "t.xlsx"],
        ["import", "p", "t.xlsx", "--draft", "--dry-run"],
        ["add-actual", "p", "--from", "t.xlsx"],
    ):
        assert run(*words, cwd=tmp_path).returncode in {0, 4}
