"""Workbooks: spreadsheets in the shapes of real reports, made as they are needed; every number is invented."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import odfdo
import openpyxl  # type: ignore[import-untyped]
import xlwt  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]

Make: TypeAlias = Callable[[], bytes]
Rows: TypeAlias = Sequence[Sequence[object]]


def _xlsx(rows: Rows, merged: Sequence[str] = (), formats: Mapping[str, str] | None = None) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Bảng"
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    return book


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def provincial() -> bytes:
    """A provincial report: a merged title, a unit column, two rows of header, percent cells, a year as a date, estimates, a plan, footnotes; a hidden row, column and sheet."""
    book = _xlsx(
        [
            ["Biểu 01: SỐ LIỆU BỊA ĐẶT 2021-2025"],
            [],
            ["STT", "Chỉ tiêu", "ĐVT", "Thực hiện", None, None, None, None, "Kế hoạch\n2025"],
            [None, None, None, 2021, "Năm 2022", date(2023, 12, 31), "Ước TH 2024", "2020"],
            ["I", "CÔNG NGHIỆP"],
            [1, "Share of industry", "%", 0.111, 0.222, "33,3", "…", 44.4, "44-55"],
            [2, "Enterprises", "doanh nghiệp", 111, 222, "3.333", 444, 99, 555],
            [3, "Industrial output", "tỷ đồng", "=D7/2", "#N/A", "-", "4.444,4*", 98, None],
            [4, "Trees planted", None, 11, 22, 33, 44, 97, 55],
            [],
            ["Ghi chú: * chưa gồm khu vực 2"],
        ],
        ["A1:I1", "A3:A4", "B3:B4", "C3:C4", "D3:G3", "I3:I4"],
        {"D6": "0.0%", "E6": "0.00%", "F4": "yyyy"},
    )
    sheet = book.active
    sheet["E8"].data_type = "e"
    sheet.column_dimensions["H"].hidden = True
    sheet.row_dimensions[9].hidden = True
    book.create_sheet("ẩn").sheet_state = "hidden"
    return _saved(book)


def merged_labels() -> bytes:
    """An indicator merged over the rows of its parts, and one that is written once above empty cells."""
    rows: Rows = [
        ["Indicator", "Region", "2001", "2002"],
        ["Enterprises", "North", 11, 22],
        [None, "South", 33, 44],
        ["Trees planted", "North", 55, 66],
        [None, "South", 77, 88],
    ]
    return _saved(_xlsx(rows, ["A2:A3"]))


def merged_figures() -> bytes:
    """Figures that several years, or several indicators, share."""
    rows: Rows = [
        ["Indicator", "2001", "2002"],
        ["Enterprises", 11, None],
        ["Trees planted", 22, 33],
        ["Industrial output", None, 44],
    ]
    return _saved(_xlsx(rows, ["B2:C2", "B3:B4"]))


def year_over_pairs() -> bytes:
    """Years merged over what was done and what was planned."""
    rows: Rows = [
        ["Chỉ tiêu", "2001", None, "2002", None],
        [None, "Kế hoạch", "Thực hiện", "KH", "TH"],
        ["Enterprises", 99, 11, 98, 22],
    ]
    return _saved(_xlsx(rows, ["A1:A2", "B1:C1", "D1:E1"]))


def year_over_growth() -> bytes:
    """Years merged over figures and their growth."""
    rows: Rows = [
        ["Indicator", "2001", None, "2002", None],
        [None, "Value", "So với 2000 (%)", "Value", "So với 2001 (%)"],
        ["Enterprises", 11, 101, 22, 200],
    ]
    return _saved(_xlsx(rows, ["A1:A2", "B1:C1", "D1:E1"]))


def centred_years() -> bytes:
    """Years that are centred over two columns without merging them."""
    rows: Rows = [
        ["Chỉ tiêu", "Năm 2001", None, "Năm 2002"],
        [None, "KH", "TH", "KH", "TH"],
        ["Enterprises", 99, 11, 98, 22],
    ]
    return _saved(_xlsx(rows, ["A1:A2"]))


def fractions() -> bytes:
    """A share as a fraction, and one in percent."""
    rows: Rows = [["Indicator", "2001", "2002"], ["Share of industry", 0.111, 0.222]]
    return _saved(_xlsx(rows, (), {"C2": "0.0%"}))


def flags_beside() -> bytes:
    """Years each merged over a figure and its flag, as Eurostat saves them."""
    rows: Rows = [["Indicator", "2001", None, "2002", None, "2003", None], ["Enterprises", 11, "p", 22, None, 33, "be"]]
    return _saved(_xlsx(rows, ["B1:C1", "D1:E1", "F1:G1"]))


def cells_of_all_kinds() -> bytes:
    """Booleans, errors, dates, percentages where none are measured, and a number in the format of a thousand."""
    rows: Rows = [
        ["Indicator", "2001", "2002", "2003", "2004", "2005"],
        ["The law is in force", False, True, "yes", "maybe", 1],
        ["Enterprises", 0.111, date(2003, 3, 3), True, 3333.3, -4],
        ["Share of industry", 11.1, 0.125, 0.3333333333333333, "22,2 %", 1e-7],
    ]
    return _saved(_xlsx(rows, (), {"B3": "0%", "C3": "yyyy-mm-dd", "E3": "#,##0", "C4": "0%"}))


def several_sheets() -> bytes:
    """Two years, each on a sheet of its own; nobody said which."""
    book = _xlsx([["Indicator", "2001"], ["Enterprises", 11]])
    second = book.create_sheet("Bảng 2")
    for row in (["Indicator", "2002"], ["Enterprises", 22]):
        second.append(row)
    return _saved(book)


def open_document() -> bytes:
    """An OpenDocument table with a title, a percent cell, an estimate and a plan."""
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Bảng", width=4, height=4)
    rows: list[list[str | int]] = [
        ["Bảng 1. Bịa đặt", "", "", ""],
        ["Chỉ tiêu", "Năm 2001", "Ước TH 2002", "KH 2003"],
        ["Enterprises", 11, 22, 99],
    ]
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value != "":
                table.set_value((column, row), value)
    table.set_value((0, 3), "Share of industry")
    table.set_cell((1, 3), odfdo.Cell(0.111, cell_type="percentage", text="11,1 %"))
    table.set_value((2, 3), "22,2")
    document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def old_workbook() -> bytes:
    """A workbook of the nineties: years as numbers, a percent cell, an error typed as text."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Bảng")
    rows: Rows = [["Chỉ tiêu", 2001, 2002], ["Enterprises", 11, "22*"], ["Share of industry", 0.111, "…"]]
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            percent = xlwt.easyxf(num_format_str="0.0%") if value == 0.111 else xlwt.Style.default_style
            sheet.write(row, column, value, percent)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_TWO_FONTS = (
    ("S\xb6n l\xad\xeeng", "Sản lượng"),
    ("V\xb6i c\xb8c lo\xb9i", "Vải các loại"),
)
"""What an old font has for some words, and the words: some cells are set in that font, and the others are not."""


def two_fonts_old() -> bytes:
    """A workbook of the nineties in which a later hand typed on in another font."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Biểu")
    typed, plain = xlwt.easyxf("font: name .VnTime"), xlwt.easyxf("font: name Arial")
    for column, text in enumerate(("Chỉ tiêu", "Năm 2001")):
        sheet.write(0, column, text, plain)
    sheet.write(1, 0, _TWO_FONTS[0][0], typed)
    sheet.write(2, 0, _TWO_FONTS[1][1], typed)
    sheet.write(1, 1, 11)
    sheet.write(2, 1, 22)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def two_fonts() -> bytes:
    """The same in a workbook of today."""
    book = _xlsx([["Chỉ tiêu", "Năm 2001"], [_TWO_FONTS[0][0], 11], [_TWO_FONTS[1][1], 22]])
    sheet = book.worksheets[0]
    for cell in ("A2", "A3"):
        sheet[cell].font = Font(name=".VnTime")
    return _saved(book)


WORKBOOKS: dict[str, Make] = {
    "provincial.xlsx": provincial,
    "merged-labels.xlsx": merged_labels,
    "merged-figures.xlsx": merged_figures,
    "year-over-pairs.xlsx": year_over_pairs,
    "year-over-growth.xlsx": year_over_growth,
    "flags-beside.xlsx": flags_beside,
    "centred-years.xlsx": centred_years,
    "fractions.xlsx": fractions,
    "cells-of-all-kinds.xlsx": cells_of_all_kinds,
    "several-sheets.xlsx": several_sheets,
    "open-document.ods": open_document,
    "old-workbook.xls": old_workbook,
    "two-fonts.xls": two_fonts_old,
    "two-fonts.xlsx": two_fonts,
}
"""The workbooks by the names of their files."""
