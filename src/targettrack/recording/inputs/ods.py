"""ods: a spreadsheet in the OpenDocument format, as LibreOffice saves it.

It is read by the standard library, not by odfdo, of which version 3.27.3 was measured: it passes over the rows of a group inside of another group, as
LibreOffice writes an outline of two levels, and over repeated headings in a group; it reads ``Err:502`` as the 0 that is stored beside it. It needs
790 MB for half a million figures and 450 MB for a million empty cells with a style, where reading the parts as they come needs 82 MB and 17 MB.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

from targettrack.recording.inputs._formats import (
    SCALED,
    UNSEEN,
    Notes,
    Shows,
    beside,
    figure,
    hundredfold,
    moment_of,
    trimmed,
)
from targettrack.recording.inputs._zipped import Zipped, first_bytes, opened, protected, too_large
from targettrack.recording.table import MOST_CELLS, Area, Book, Broken, Sheet, Value, Wishes, letters
from targettrack.regex import regex

ENDINGS = (".ods", ".ots")

_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DATA = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_OUTER = {
    f"{_OFFICE}spreadsheet": "spreadsheet",
    **{
        f"{_TABLE}{name}": name
        for name in (
            "covered-table-cell",
            "table",
            "table-cell",
            "table-column",
            "table-column-group",
            "table-row",
            "table-row-group",
            "dde-links",
        )
    },
}
_STYLES = {f"{_OFFICE}automatic-styles": "styles", f"{_OFFICE}styles": "styles", f"{_OFFICE}body": "body"}
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_ERROR = regex(r"#[A-Z]+[A-Z0-9/]*[!?]?|(?:Err|Fehler|Lỗi|Erreur) ?: ?\d{3}")
"""How LibreOffice shows an error: ``#DIV/0!``, ``#N/A``, ``Err:502``."""
_ZERO_SIGNS = frozenset("-–—− ")
_ZEROS = regex("0[0-9]+")


def begins(data: bytes) -> int:
    """2 for a zip that says it is a spreadsheet of OpenDocument."""
    return 2 if first_bytes(data, "mimetype", 100).startswith(_TYPE) else 0


def book(data: bytes, file: str, _wishes: Wishes) -> Book:
    """The sheets of a spreadsheet, with what its cells show: percentages, days, errors.

    Raises:
        TargettrackError: it is damaged, protected or too large (exit 4).

    """
    with opened(data, file) as parts:
        if "encrypted-package" in parts or _is_encrypted(parts):
            raise protected(file)
        styles = _Styles()
        for part in ("styles.xml", "content.xml"):
            if part in parts:
                styles.take(parts, part)
        reader = _Reader(parts, styles)
        sheets = tuple(reader.sheets())
    return Book(sheets, reader.notes.said())


def _is_encrypted(parts: Zipped) -> bool:
    manifest = parts.tree("META-INF/manifest.xml")
    return any(
        entry.get(f"{_MANIFEST}full-path") == "content.xml" and entry.find(f"{_MANIFEST}encryption-data") is not None
        for entry in manifest
    )


class _Shown(NamedTuple):
    """What a data style shows: how much of a day, a number divided by a power of ten, and what stands beside it."""

    shows: Shows = "day"
    power: int = 0
    unit: str = ""


@dataclass
class _Styles:
    """The styles of a document: what they show, whether a table of it is hidden."""

    parents: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    shown: dict[str, _Shown] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def take(self, parts: Zipped, part: str) -> None:
        """Take in the styles of a part, up to its body."""
        for event, local, element in parts.elements(part, _STYLES):
            if local == "body":
                return
            if event == "end":
                for style in element:
                    self._style(style)

    def _style(self, style: Element) -> None:
        name = style.get(f"{_STYLE}name", "")
        family = style.get(f"{_STYLE}family")
        if family == "table-cell":
            self.parents[name] = style.get(f"{_STYLE}parent-style-name", "")
            self.data[name] = style.get(f"{_STYLE}data-style-name", "")
        elif family == "table":
            properties = style.find(f"{_STYLE}table-properties")
            if properties is not None and properties.get(f"{_TABLE}display") == "false":
                self.hidden.add(name)
        elif style.tag.startswith(_DATA):
            self.shown[name] = _Shown(_shows(style), _power(style), _words(style))

    def of(self, cell_style: str) -> _Shown:
        """What a style of cells shows; from its ancestors where it does not say so itself."""
        for _ in range(20):
            if data := self.data.get(cell_style):
                return self.shown.get(data, _Shown())
            cell_style = self.parents.get(cell_style, "")
        return _Shown()


def _shows(style: Element) -> Shows:
    has = {child.tag.removeprefix(_DATA) for child in style}
    if "day" in has or "day-of-week" in has or "week-of-year" in has:
        return "day"
    if "quarter" in has:
        return "quarter"
    if "month" in has:
        return "month"
    return "year" if "year" in has else "day"


def _power(style: Element) -> int:
    """The power of ten that a number is divided by; that of 1000 where the file says another divisor."""
    factor = next((said for child in style if (said := child.get(f"{_DATA}display-factor", "1")) != "1"), "1")
    return len(factor.partition(".")[0]) - 1 if factor.startswith("1") else 3


def _words(style: Element) -> str:
    """What stands beside a number: its texts and signs of money."""
    return "".join(child.text or "" for child in style if child.tag in {f"{_DATA}text", f"{_DATA}currency-symbol"})


@dataclass
class _Sheet:
    """A sheet while it is read; what is empty is only counted until something follows it."""

    name: str
    hidden: bool
    rows: list[Sequence[Value]] = field(default_factory=list)
    empty_rows: int = 0
    ends: list[int] = field(default_factory=list)
    defaults: list[str] = field(default_factory=list)
    width: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    units: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def row(self) -> int:
        """The place of the next row."""
        return len(self.rows) + self.empty_rows

    def default_style(self, column: int) -> str:
        """The style of a column's cells that have none."""
        place = bisect_right(self.ends, column)
        return self.defaults[place] if place < len(self.defaults) else ""

    def done(self) -> Sheet:
        """The sheet."""
        rows = trimmed(self.rows)
        width = max(map(len, rows), default=0)
        return Sheet(
            self.name,
            rows,
            hidden=self.hidden,
            hidden_rows=frozenset(row for row in self.hidden_rows if row < len(rows)),
            hidden_columns=frozenset(column for column in self.hidden_columns if column < width),
            merged=tuple(self.merged),
            units=self.units,
        )


@dataclass
class _Row:
    """A row while it is read."""

    repeated: int
    style: str
    hidden: bool
    cells: list[Value] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)
    empty: int = 0


@dataclass
class _Reader:
    """A document while it is read; ``cells`` counts down, ``folded`` counts the closed groups around a row or a column."""

    parts: Zipped
    styles: _Styles
    notes: Notes = field(default_factory=Notes)
    cells: int = MOST_CELLS
    folded: list[bool] = field(default_factory=list)
    sheet: _Sheet = field(default_factory=lambda: _Sheet("", hidden=False))
    row: _Row = field(default_factory=lambda: _Row(1, "", hidden=False))

    def sheets(self) -> Iterator[Sheet]:
        """The sheets; tables inside of a table's cells are none, nor are copies of other documents' tables."""
        depth, inside = 0, False
        for event, local, element in self.parts.elements("content.xml", _OUTER):
            start = event == "start"
            if local in {"spreadsheet", "dde-links"}:
                inside = start == (local == "spreadsheet")
            elif local == "table":
                depth += 1 if start else -1
                if inside and start and depth == 1:
                    self._begun(element)
                elif inside and not start and depth == 0:
                    yield self.sheet.done()
                    element.clear()
            elif inside and depth == 1:
                (self._opened if start else self._closed)(local, element)

    def _opened(self, local: str, element: Element) -> None:
        match local:
            case "table-row":
                self.row = self._row(element)
            case "table-column":
                self._column(element)
            case "table-row-group" | "table-column-group":
                self.folded.append(element.get(f"{_TABLE}display") == "false")

    def _closed(self, local: str, element: Element) -> None:
        match local:
            case "table-cell" | "covered-table-cell":
                self._cell(element, self.row)
                element.clear()
            case "table-row":
                self._ended(self.row)
                element.clear()
            case "table-row-group" | "table-column-group":
                self.folded.pop()

    def _begun(self, table: Element) -> None:
        self.folded = []
        style = table.get(f"{_TABLE}style-name", "")
        self.sheet = _Sheet(table.get(f"{_TABLE}name", ""), hidden=style in self.styles.hidden)

    def _is_hidden(self, element: Element) -> bool:
        """Whether a row or a column is hidden itself, filtered out, or in a closed group."""
        return any(self.folded) or element.get(f"{_TABLE}visibility", "visible") != "visible"

    def _column(self, column: Element) -> None:
        sheet = self.sheet
        end = min(sheet.width + _times(column, "columns"), _MOST_COLUMNS)
        if self._is_hidden(column):
            sheet.hidden_columns.update(range(sheet.width, end))
        sheet.ends.append(end)
        sheet.defaults.append(column.get(f"{_TABLE}default-cell-style-name", ""))
        sheet.width = end

    def _row(self, row: Element) -> _Row:
        return _Row(_times(row, "rows"), row.get(f"{_TABLE}default-cell-style-name", ""), self._is_hidden(row))

    def _ended(self, row: _Row) -> None:
        """Put a row into its sheet as often as it is repeated; the rows share their cells."""
        sheet = self.sheet
        self._count(1)
        if not row.cells:
            hidden = range(sheet.row, min(sheet.row + row.repeated, _MOST_ROWS)) if row.hidden else ()
            sheet.hidden_rows.update(hidden)
            sheet.empty_rows += row.repeated
            return
        if sheet.row + row.repeated > _MOST_ROWS:
            raise too_large(self.parts.file)
        self._count(len(row.cells) * row.repeated)
        sheet.rows.extend(() for _ in range(sheet.empty_rows))
        sheet.empty_rows = 0
        if row.hidden:
            sheet.hidden_rows.update(range(len(sheet.rows), len(sheet.rows) + row.repeated))
        sheet.units |= {
            (at, column): unit
            for at in (range(len(sheet.rows), len(sheet.rows) + row.repeated) if row.units else ())
            for column, unit in row.units.items()
        }
        sheet.rows.extend(row.cells for _ in range(row.repeated))

    def _count(self, cells: int) -> None:
        self.cells -= cells
        if self.cells < 0:
            raise too_large(self.parts.file)

    def _cell(self, cell: Element, row: _Row) -> None:
        """Put a cell into its row as often as it is repeated."""
        times = _times(cell, "columns")
        column = len(row.cells) + row.empty
        self._merged(cell, column)
        value = self._value(cell, row, column)
        self._count(1)
        if value == "":
            row.empty += times
            return
        if column + times > _MOST_COLUMNS:
            raise too_large(self.parts.file)
        self._count(row.empty + times)
        row.cells.extend("" for _ in range(row.empty))
        row.empty = 0
        row.cells.extend(value for _ in range(times))
        if column in row.units:
            row.units |= dict.fromkeys(range(column, column + times), row.units[column])

    def _merged(self, cell: Element, column: int) -> None:
        rows, columns = (int(cell.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("rows", "columns"))
        if rows > 1 or columns > 1:
            top = self.sheet.row
            self.sheet.merged.append(Area(top, column, top + rows - 1, column + columns - 1))

    def _value(self, cell: Element, row: _Row, column: int) -> Value:
        """What a cell shows."""
        kind = cell.get(f"{_OFFICE}value-type")
        formula = cell.get(f"{_TABLE}formula")
        if kind is None and not len(cell):
            return Broken("uncalculated", _formula(formula)) if formula is not None else ""
        text = _text(cell)
        if cell.get(f"{_CALC}value-type") == "error" or (formula is not None and _ERROR.fullmatch(text)):
            return Broken("error", text)
        if formula is not None and kind is None and not text:
            return Broken("uncalculated", _formula(formula))
        match kind:
            case "float" | "currency" | "percentage":
                return self._number(cell, kind, text, row, column)
            case "date":
                return _day(cell.get(f"{_OFFICE}date-value", ""), self._shown(cell, row, column).shows) or text
            case "boolean":
                return cell.get(f"{_OFFICE}boolean-value") == "true"
            case "time":
                return text or cell.get(f"{_OFFICE}time-value", "")
        return cell.get(f"{_OFFICE}string-value") or text

    def _number(self, cell: Element, kind: str, text: str, row: _Row, column: int) -> Value:
        """A number as it is stored; its text where that is words alone (``n/a`` for zero) or a code with zeros before it."""
        stored = cell.get(f"{_OFFICE}value")
        if stored is None and cell.get(f"{_TABLE}formula") is not None:
            return Broken("uncalculated", _formula(cell.get(f"{_TABLE}formula")))
        number = figure(stored or "")
        if number is None:
            return Broken("error", stored or text)
        if kind == "percentage":
            return hundredfold(number)
        if text.upper() in {"TRUE", "FALSE"} and number == (text.upper() == "TRUE"):
            return bool(number)  # LibreOffice stores what TRUE() gives as a number of no format
        if (_ZEROS.fullmatch(text) and Decimal(text) == number) or _is_words(text, number):
            return text
        style = self._shown(cell, row, column)
        unit = beside(style.unit, style.power)
        if unit:
            row.units[column] = unit
        sentence = SCALED if style.power else UNSEEN if _is_unseen(cell, text) else None
        if sentence:
            self.notes.note(sentence, f"{self.sheet.name}!{letters(column)}{self.sheet.row + 1}")
        return number

    def _shown(self, cell: Element, row: _Row, column: int) -> _Shown:
        """What the style of a cell shows: its own, else that of its row, else that of its column."""
        return self.styles.of(cell.get(f"{_TABLE}style-name", "") or row.style or self.sheet.default_style(column))


def _is_words(text: str, number: Decimal) -> bool:
    """Whether a number is shown as words without a digit; a dash is how many formats show zero."""
    if not text.strip() or any(letter.isdigit() for letter in text) or set(text) == {"#"}:
        return False
    return bool(number) or not set(text) <= _ZERO_SIGNS


def _is_unseen(cell: Element, text: str) -> bool:
    """Whether a cell says that it shows nothing; one without a paragraph says nothing of what it shows."""
    return not text.strip() and cell.find(f"{_TEXT}p") is not None


def _times(element: Element, what: str) -> int:
    times = int(element.get(f"{_TABLE}number-{what}-repeated", "1"))
    if times < 1:
        raise ValueError(times)
    return times


def _formula(formula: str | None) -> str:
    """A formula without the name of its language: ``=1/0`` for ``of:=1/0``."""
    return re.sub(r"\A[a-z]+:(?==)", "", formula or "")


def _day(text: str, shows: Shows) -> Value:
    """A day; a text where it has a time, or where the calendar of Python does not reach (``""`` for none)."""
    try:
        return moment_of(datetime.fromisoformat(text).replace(tzinfo=None), shows)
    except ValueError:
        return text


def _text(cell: Element) -> str:
    """The paragraphs of a cell, a line each.

    White space is not collapsed, though OpenDocument 1.2 says so (6.1.2): LibreOffice does not, and writes that of texts with several lines as it stands.
    """
    return "\n".join("".join(_pieces(part)) for part in cell if part.tag == f"{_TEXT}p")


def _pieces(element: Element) -> Iterator[str]:
    """The texts inside of an element, without comments and phonetic hints."""
    yield element.text or ""
    for child in element:
        match child.tag.rpartition("}")[2]:
            case "s":
                yield " " * min(int(child.get(f"{_TEXT}c", "1")), 10_000)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case "annotation" | "ruby-text":
                pass
            case _:
                yield from _pieces(child)
        yield child.tail or ""
