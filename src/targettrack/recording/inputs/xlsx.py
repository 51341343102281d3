"""xlsx: a workbook of Excel and of whatever else writes Office Open XML.

Its parts are read by the standard library in one pass, not by openpyxl: that reads a sheet's values without its hidden rows, merged cells and
uncalculated formulas (which would need a second pass over the same bytes), and finds no sheets in a workbook of the strict kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import tr
from targettrack.recording.inputs._formats import Notes, figure, format_of, moment_of, shown, trimmed
from targettrack.recording.inputs._zipped import Zipped, broken, names, opened, protected, too_large
from targettrack.recording.table import MOST_CELLS, Area, Book, Broken, Sheet, Value, Wishes, letters

ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SPACES = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
    "",
)
"""The namespaces of the transitional and of the strict kind, and none."""
_KNOWN = {f"{space}{name}": name for space in _SPACES for name in ("f", "is", "r", "si", "t", "v")}
_OUTER = {f"{space}{name}": name for space in _SPACES for name in ("c", "col", "mergeCell", "row", "sheetData")}
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_FORMATS = {
    1: "0",
    2: "0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 16, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"),
    17: "mmm-yy",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "hh:mm:ss"),
    **dict.fromkeys((34, 35, 55, 56), "yyyy-mm-dd"),
}
"""What the formats without a code show (ECMA-376, 18.8.30); which of them are days in East Asia depends on the language."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LETTERS = re.compile("[A-Z]{1,3}")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_KEPT = 100_000
"""So many different numbers of a workbook are remembered as they were read."""


def begins(data: bytes) -> int:
    """2 for a zip that has a workbook in it, also for one in which only a password's owner can see it."""
    if data.startswith(_OLE):
        return 2 if _ENCRYPTED in data else 0
    found = names(data)
    return 2 if any(name.startswith("xl/workbook.") for name in found) or _main_type(data, found) else 0


def _main_type(data: bytes, found: frozenset[str]) -> bool:
    """Whether a package without the usual names says that it is a workbook."""
    if "[Content_Types].xml" not in found:
        return False
    try:
        with opened(data, "") as parts:
            types = parts.tree("[Content_Types].xml")
    except TargettrackError:
        return False
    return any("spreadsheetml.sheet.main" in each.get("ContentType", "") for each in types)


def book(data: bytes, file: str, _wishes: Wishes) -> Book:
    """The sheets of a workbook, with what its cells show: percentages, days, errors.

    Raises:
        TargettrackError: it is damaged, protected, binary or too large (exit 4).

    """
    if data.startswith(_OLE):
        raise protected(file)
    with opened(data, file) as parts:
        if "xl/workbook.bin" in parts:
            raise failure(
                Exit.INVALID,
                "binary-workbook",
                tr("this is a binary workbook (.xlsb), which is not read"),
                hint=tr("open it in a spreadsheet program and save it as .xlsx"),
                file=file,
            )
        workbook = _workbook(parts)
        sheets = tuple(_Reader(workbook, name, target).sheet(hidden=hidden) for name, target, hidden in workbook.sheets)
    if workbook.since_1904:
        return Book(sheets, (*workbook.notes.said(), tr("this workbook counts its days from 1904")))
    return Book(sheets, workbook.notes.said())


@dataclass
class _Workbook:
    """What the sheets of a workbook share. ``stale`` is true where its cached results are not to be trusted; ``cells`` counts down."""

    parts: Zipped
    sheets: list[tuple[str, str, bool]]
    texts: list[str]
    formats: list[str]
    since_1904: bool
    stale: bool
    notes: Notes = field(default_factory=Notes)
    cells: int = MOST_CELLS
    numbers: dict[tuple[str, str], Value] = field(default_factory=dict)

    def code(self, style: str) -> str:
        """The number format of a style."""
        place = _place(style)
        return self.formats[place] if place < len(self.formats) else "General"

    def count(self, cells: int) -> None:
        """Count cells; an error where there are too many."""
        self.cells -= cells
        if self.cells < 0:
            raise too_large(self.parts.file)


def _workbook(parts: Zipped) -> _Workbook:
    main = next((target for kind, target in _related(parts, "").values() if kind == "officeDocument"), "")
    main = main if main in parts else "xl/workbook.xml"
    if main not in parts:
        raise broken(parts.file)
    root = parts.tree(main)
    related = _related(parts, main)
    sheets = []
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        kind, target = related[next((value for key, value in sheet.items() if key.endswith("}id")), "")]
        if kind == "worksheet":
            sheets.append((sheet.get("name", ""), target, sheet.get("state", "visible") != "visible"))
    if not sheets:
        raise failure(
            Exit.INVALID,
            "no-sheet",
            tr("this workbook has no sheet with cells"),
            hint=tr("save a table of the figures in it"),
            file=parts.file,
        )
    others = dict(related.values())
    return _Workbook(
        parts,
        sheets,
        _texts(parts, others.get("sharedStrings")),
        _formats(parts.tree(others.get("styles", ""))),
        since_1904=any(_true(each.get("date1904")) for each in root.iterfind("{*}workbookPr")),
        stale=any(_true(each.get("fullCalcOnLoad")) for each in root.iterfind("{*}calcPr")),
    )


def _true(text: str | None) -> bool:
    return text in {"1", "true", "on"}


def _related(parts: Zipped, name: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: by id the last word of its kind, and the name of the part."""
    folder = dirname(name)
    found = {}
    for each in parts.tree(join(folder, "_rels", f"{name.rpartition('/')[2]}.rels")):
        target = each.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], path)
    return found


def _texts(parts: Zipped, name: str | None) -> list[str]:
    """The shared texts; of a formatted one its runs, without phonetic hints."""
    if name is None or name not in parts:
        return []
    found = []
    for event, local, element in parts.elements(name, _KNOWN):
        if event == "end" and local == "si":
            found.append(_text(element))
            element.clear()
    return found


def _text(element: Element) -> str:
    """The text of an ``si`` or ``is``: of its ``t``, or of those of its runs."""
    pieces = [
        each.text or ""
        for child in element
        for each in ((child,) if _KNOWN.get(child.tag) == "t" else child if _KNOWN.get(child.tag) == "r" else ())
        if _KNOWN.get(each.tag) == "t"
    ]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _formats(styles: Element) -> list[str]:
    """The code of the number format of each style of cells."""
    own = {
        int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    ids = [int(each.get("numFmtId", "0")) for each in styles.iterfind("{*}cellXfs/{*}xf")]
    return [own.get(id, _FORMATS.get(id, "General")) for id in ids]


@lru_cache(maxsize=_MOST_COLUMNS)
def _column(named: str) -> int:
    """The column of its letters, from 0.

    Raises:
        ValueError: they are none.

    """
    if not _LETTERS.fullmatch(named):
        raise ValueError(named)
    column = 0
    for letter in named:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _area(reference: str) -> Area:
    """The area of ``B2:C3`` or ``B2``.

    Raises:
        ValueError: it is none.

    """
    found = _AREA.fullmatch(reference)
    if not found:
        raise ValueError(reference)
    left, top, right, bottom = found.groups()
    return Area(int(top) - 1, _column(left), int(bottom or top) - 1, _column(right or left))


@dataclass
class _Reader:
    """One sheet while it is read."""

    workbook: _Workbook
    name: str
    part: str
    rows: list[Sequence[Value]] = field(default_factory=list)
    number: str = ""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    uncalculated: list[tuple[Area, Broken]] = field(default_factory=list)

    def sheet(self, *, hidden: bool) -> Sheet:
        """The sheet."""
        self._read()
        for area, formula in self.uncalculated:
            self._spread(area, formula)
        rows = trimmed(self.rows)
        width = max(map(len, rows), default=0)
        return Sheet(
            self.name,
            rows,
            hidden=hidden,
            hidden_rows=frozenset(row for row in self.hidden_rows if row < len(rows)),
            hidden_columns=frozenset(column for column in self.hidden_columns if column < width),
            merged=tuple(self.merged),
        )

    def _read(self) -> None:
        """Read all rows; each is forgotten as XML once it is read."""
        cells: list[Value] = []
        data = Element("none")
        next_column = 0
        for event, local, element in self.workbook.parts.elements(self.part, _OUTER):
            if local == "c":
                if event == "end":
                    next_column = self._taken(element, cells, next_column)
            elif event == "start":
                if local == "row":
                    self._row(element)
                    cells, next_column = [], 0
                elif local == "sheetData":
                    data = element
                elif local == "col":
                    self._columns(element)
                else:
                    self.merged.append(_area(element.get("ref", "")))
            elif local == "row":
                self.workbook.count(next_column + 1)
                self.rows.append(cells or ())
                data.clear()

    def _row(self, element: Element) -> None:
        """Begin a row: those that the file passes over are empty."""
        row = int(element.get("r") or len(self.rows) + 1) - 1
        if not len(self.rows) <= row < _MOST_ROWS:
            raise ValueError(row)
        self.rows.extend(() for _ in range(row - len(self.rows)))
        self.number = str(row + 1)
        if _true(element.get("hidden")) or float(element.get("ht") or 1) == 0:
            self.hidden_rows.add(row)

    def _columns(self, element: Element) -> None:
        """Take in a group of columns, of which the file says only the first and the last."""
        if _true(element.get("hidden")) or float(element.get("width") or 1) == 0:
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            found = range(first - 1, min(last, _MOST_COLUMNS))
            self.workbook.count(len(found))
            self.hidden_columns.update(found)

    def _taken(self, element: Element, cells: list[Value], column: int) -> int:
        """Put a cell where it belongs, and say which column would be next; a file that gives a cell twice, or in another row's place, is damaged."""
        place = element.get("r")
        if place is not None:
            named = place.rstrip("0123456789")
            given = _column(named)
            if given < column or place[len(named) :] != self.number:
                raise ValueError(place)
            column = given
        if column >= _MOST_COLUMNS:
            raise ValueError(column)
        if len(element):
            value = self._value(element, column)
            if value or value != "":
                if column > len(cells):
                    cells.extend("" for _ in range(column - len(cells)))
                cells.append(value)
        return column + 1

    def _value(self, element: Element, column: int) -> Value:
        """What a cell shows."""
        kind = element.get("t", "n")
        if kind == "n" and len(element) == 1 and _KNOWN.get(element[0].tag) == "v":
            return self._number(element[0].text or "", element, column)
        parts = {_KNOWN.get(child.tag): child for child in element}
        stored = parts.get("v")
        text = "" if stored is None else stored.text or ""
        formula = parts.get("f")
        if formula is not None and self._is_uncalculated(kind, text, absent=stored is None):
            return self._uncalculated(formula, column)
        if kind == "inlineStr":
            return _text(parts["is"]) if "is" in parts else ""
        return self._stored(kind, text, element, column) if text else ""

    def _stored(self, kind: str, text: str, element: Element, column: int) -> Value:
        match kind:
            case "n":
                return self._number(text, element, column)
            case "s":
                return self.workbook.texts[_place(text)]
            case "str":
                return _unescaped(text)
            case "b":
                return _true(text.strip())
            case "e":
                return Broken("error", text)
            case "d":
                return self._day(text, element)
        raise ValueError(kind)

    def _is_uncalculated(self, kind: str, text: str, *, absent: bool) -> bool:
        """Whether nobody calculated a formula: it has no result, or 0 (or nothing) in a workbook that asks to be calculated when it is opened."""
        if not text:
            return absent or kind != "str" or self.workbook.stale
        return self.workbook.stale and kind == "n" and figure(text.strip()) == 0

    def _uncalculated(self, formula: Element, column: int) -> Broken:
        found = Broken("uncalculated", f"={formula.text or '…'}")
        if formula.get("t") == "array":
            area = _area(formula.get("ref", ""))
            if (area.top, area.left) != (area.bottom, area.right) and (area.top, area.left) == (len(self.rows), column):
                self.uncalculated.append((area, found))
        return found

    def _number(self, text: str, element: Element, column: int) -> Value:
        """A number as its format shows it; the same number in the same format is remembered."""
        style = element.get("s", "0")
        known = self.workbook.numbers
        value = known.get((style, text))
        if value is None:
            value = self._shown(text.strip(), style, column) if text else ""
            if len(known) < _KEPT:
                known[style, text] = value
        return value

    def _shown(self, text: str, style: str, column: int) -> Value:
        number = figure(text)
        if number is None:
            return Broken("error", text)
        code = self.workbook.code(style)
        if code == "General":
            return number
        value, sentence = shown(number, code, since_1904=self.workbook.since_1904)
        if sentence:
            self.workbook.notes.note(sentence, f"{self.name}!{letters(column)}{len(self.rows) + 1}")
        return value

    def _day(self, text: str, element: Element) -> Value:
        """A day that is written as one; a time alone is a text."""
        try:
            moment = datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            return text
        look = format_of(self.workbook.code(element.get("s", "0"))).look(Decimal(1))
        return moment_of(moment, look.shows)

    def _spread(self, area: Area, formula: Broken) -> None:
        """Mark the other cells of a formula that fills several: they are empty, or 0, since nobody calculated it."""
        self.workbook.count((area.bottom - area.top + 1) * (area.right - area.left + 1))
        self.rows.extend(() for _ in range(area.bottom + 1 - len(self.rows)))
        for row in range(area.top, area.bottom + 1):
            cells = [*self.rows[row]]
            cells.extend("" for _ in range(area.right + 1 - len(cells)))
            for column in range(area.left, area.right + 1):
                if cells[column] == "" or (cells[column] == 0 and not isinstance(cells[column], bool)):
                    cells[column] = formula
            self.rows[row] = cells


def _place(text: str) -> int:
    place = int(text)
    if place < 0:
        raise ValueError(text)
    return place
