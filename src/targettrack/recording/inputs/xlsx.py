"""xlsx: a workbook of Excel and of whatever else writes Office Open XML, read by openpyxl.

Its parser of sheets is used as it is: the read-only worksheet around it passes over rows that are out of order, and tells neither hidden rows and
columns nor merged cells nor formulas without a result.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import islice, pairwise
from posixpath import dirname, join, normpath
from typing import IO, Any
from xml.etree.ElementTree import Element

from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import tr
from targettrack.recording.inputs._extra import missing
from targettrack.recording.inputs._formats import Notes, digits, format_of, measure, moment_of, shown, trimmed
from targettrack.recording.inputs._zipped import Zipped, broken, names, opened, protected, too_large, unpacks_too_far
from targettrack.recording.table import MOST_CELLS, Area, Book, Broken, Sheet, Value, Wishes, letters
from targettrack.regex import regex

ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_STYLES = "xl/styles.xml"
_RUINS = (ArithmeticError, AssertionError, AttributeError, OSError, SyntaxError, TypeError)
"""What openpyxl raises for a damaged file, beside what the standard library does: whatever its descriptors and its XML parsers happen to."""
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_TAGS = 300_000
"""So many tags a part may have that openpyxl keeps as a whole; Excel allows 65,000 styles."""
_MOST_IN_A_ROW = 500_000
_READ = ("[Content_Types].xml", "docProps/", "xl/charts", "xl/drawings/", "xl/workbook.xml")
_UNREAD = {"calcChain", "externalLink", "pivotCacheDefinition", "vbaProject", "worksheet"}
"""What openpyxl reads as a whole beside the parts that a workbook refers to, and the kinds of these that it does not."""
_EAST_ASIAN = {
    **dict.fromkeys((*range(27, 32), *range(34, 37), *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33), "hh:mm:ss"),
}
"""The formats without a code that openpyxl does not know (ECMA-376, 18.8.30); which of them are days depends on the language."""
_KEPT, _EXACT = 100_000, 10**15
"""So many different numbers of a style are remembered as they were read; from 10**15 on, a whole number may have more digits than a float equal to it."""

_ROW = regex(rb"<(?:[\w.-]+:)?row[\s/>]")
_ESCAPED = regex("_x([0-9A-Fa-f]{4})_")


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


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The sheets of a workbook, with what its cells show: percentages, days, errors.

    Raises:
        TargettrackError: it is damaged, protected, binary, strict or too large (exit 4), or openpyxl is not installed (exit 5).

    """
    if data.startswith(_OLE):
        raise protected(file)
    try:
        import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415 - only who reads a workbook needs it
    except ImportError:
        raise missing(file, "openpyxl") from None
    with opened(data, file) as parts, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = _Package(parts)
        package.check()
        try:
            workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return _Reader(workbook, package, fonts=wishes.encoding is None).book()
        except _RUINS:
            raise broken(file) from None


@dataclass
class _Package:
    """What the main part of a workbook says."""

    parts: Zipped

    @cached_property
    def main(self) -> str:
        """The name of that part."""
        return next((part for kind, part in self._related("").values() if kind == "officeDocument"), "xl/workbook.xml")

    @cached_property
    def root(self) -> Element:
        """Its content."""
        return self.parts.tree(self.main)

    @cached_property
    def related(self) -> dict[str, tuple[str, str]]:
        """What it refers to."""
        return self._related(self.main)

    @cached_property
    def sheets(self) -> list[tuple[str, str]]:
        """The names and parts of its sheets with cells."""
        found = []
        for sheet in self.root.iterfind("{*}sheets/{*}sheet"):
            kind, part = self.related[next((value for key, value in sheet.items() if key.endswith("}id")), "")]
            if kind == "worksheet":
                found.append((sheet.get("name", ""), part))
        return found

    @cached_property
    def stale(self) -> bool:
        """Whether it asks to be calculated when it is opened: openpyxl says so of any that has such a line at all."""
        return any(_true(each.get("fullCalcOnLoad")) for each in self.root.iterfind("{*}calcPr"))

    def _related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: by id the last word of its kind, and the name of the part."""
        folder = dirname(name)
        found = {}
        for each in self.parts.tree(join(folder, "_rels", f"{name.rpartition('/')[2]}.rels")):
            part = normpath(join("/", folder, each.get("Target", ""))).lstrip("/")
            found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], part)
        return found

    def check(self) -> None:
        """Refuse what openpyxl would read wrongly, or with too much memory."""
        file = self.parts.file
        if "xl/workbook.bin" in self.parts:
            raise _kept_as(file, "binary-workbook", tr("this is a binary workbook (.xlsb), which is not read"))
        if self.main not in self.parts:
            raise broken(file)
        if self.root.tag.startswith(_STRICT):
            raise _kept_as(file, "strict-workbook", tr("this is a workbook of the strict kind, which is not read"))
        if not self.sheets:
            raise failure(
                Exit.INVALID,
                "no-sheet",
                tr("this workbook has no sheet with cells"),
                hint=tr("save a table of the figures in it"),
                file=file,
            )
        parts = dict(self.related.values())
        if parts.get("styles", _STYLES) != _STYLES:
            raise broken(file)  # openpyxl would read it without its formats: 0.06 instead of 6 %
        for _, part in self.sheets:
            _within_limits(self.parts.read(part), file)
        others = {part for kind, part in parts.items() if kind not in _UNREAD}
        for name in self.parts.names - {part for _, part in self.sheets}:
            if name in others or name.startswith(_READ) or name.endswith(".rels"):
                most = MOST_CELLS if name == parts.get("sharedStrings") else _MOST_TAGS
                if self.parts.read(name).count(b"<") > most:
                    raise unpacks_too_far(file)


def _within_limits(sheet: bytes, file: str) -> None:
    """Refuse a sheet with too many rows, or with much between two of them: nobody forgets that while it is read."""
    rows = [found.start() for found in islice(_ROW.finditer(sheet), _MOST_ROWS + 1)]
    if len(rows) > _MOST_ROWS or any(
        sheet.count(b"<", begin, end) > _MOST_IN_A_ROW for begin, end in pairwise((0, *rows, len(sheet)))
    ):
        raise unpacks_too_far(file)


def _kept_as(file: str, code: str, sentence: str) -> TargettrackError:
    hint = tr("open it in a spreadsheet program and save it as .xlsx")
    return failure(Exit.INVALID, code, sentence, hint=hint, file=file)


def _true(text: str | None) -> bool:
    return text in {"1", "true", "on"}


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, or has no size."""
    return _true(attributes.get("hidden")) or float(attributes.get(size) or 1) == 0


class _Style(dict[object, Value]):
    """The numbers of a style as they were read, its number format, and the name of its font."""

    code: str
    font: str


@dataclass
class _Reader:
    """A workbook while it is read; ``cells`` counts down."""

    workbook: Any
    package: _Package
    fonts: bool = True
    notes: Notes = field(default_factory=Notes)
    cells: int = MOST_CELLS
    styles: dict[int, _Style] = field(default_factory=dict)
    arrays: list[tuple[Area, Broken]] = field(default_factory=list)
    units: dict[tuple[int, int], str] = field(default_factory=dict)

    def book(self) -> Book:
        """The sheets; openpyxl passes over one whose part it does not find."""
        sheets, given = self.workbook.worksheets, self.package.sheets
        if [sheet.title for sheet in sheets] != [name for name, _ in given]:
            raise broken(self.package.parts.file)
        found = tuple(self._sheet(sheet, part) for sheet, (_, part) in zip(sheets, given, strict=True))
        said = (tr("this workbook counts its days from 1904"),) if self._since_1904 else ()
        return Book(found, (*self.notes.said(), *said))

    @property
    def _since_1904(self) -> bool:
        return bool(self.workbook.epoch.year == 1904)

    def _count(self, cells: int) -> None:
        """Count cells; an error where there are too many."""
        self.cells -= cells
        if self.cells < 0:
            raise too_large(self.package.parts.file)

    def _sheet(self, sheet: Any, part: str) -> Sheet:  # noqa: ANN401 - openpyxl has no types
        self.arrays.clear()
        self.units = {}
        hidden: set[int] = set()
        with self.package.parts.part(part) as stream:
            parser = _parser(stream, sheet)
            rows = list(self._rows(sheet, parser, hidden))
        for area, formula in self.arrays:
            self._spread(rows, area, formula)
        rows = trimmed(rows)
        width = max(map(len, rows), default=0)
        columns = [each for each in parser.column_dimensions.values() if _is_hidden(each, "width")]
        return Sheet(
            sheet.title,
            rows,
            hidden=sheet.sheet_state != "visible",
            hidden_rows=frozenset(row for row in hidden if row < len(rows)),
            hidden_columns=frozenset(
                place for each in columns for place in range(int(each["min"]) - 1, min(int(each["max"]), width))
            ),
            merged=tuple(_area(each.ref) for each in parser.merged_cells.mergeCell) if parser.merged_cells else (),
            units=self.units,
        )

    def _rows(self, sheet: Any, parser: Any, hidden: set[int]) -> Iterator[Sequence[Value]]:  # noqa: ANN401 - as above
        """The rows; those that the file passes over are empty. A file whose rows are not in order is damaged."""
        last = 0
        for number, cells in parser.parse():
            if not last < number <= _MOST_ROWS:
                raise ValueError(number)
            if _is_hidden(parser.row_dimensions.pop(str(number), {}), "ht"):
                hidden.add(number - 1)
            self._count(number - last + (cells[-1]["column"] if cells else 0))
            yield from (() for _ in range(number - 1 - last))
            yield self._values(sheet, number, cells)
            last = number

    def _values(self, sheet: Any, row: int, cells: list[dict[str, Any]]) -> Sequence[Value]:  # noqa: ANN401 - as above
        """What the cells of a row show; a file that gives a cell twice, or in another row's place, is damaged."""
        values: list[Value] = []
        for cell in cells:
            stored, column = cell["value"], cell["column"] - 1
            if not len(values) <= column < _MOST_COLUMNS or cell["row"] != row:
                raise ValueError(column)
            value: Value | None
            if "element" in cell and self._is_uncalculated(cell["element"], stored):
                value = self._uncalculated(cell["element"], row, column)
            elif stored is None or stored == "":
                continue
            elif cell["data_type"] == "n":
                known = self.styles.get(cell["style_id"]) or self._style(sheet, cell)
                value = known.get(stored)
                if value is None:
                    value = self._number(stored, cell, known, sheet)
                if isinstance(value, Decimal) and (unit := measure(value, known.code)):
                    self.units[row - 1, column] = unit
            else:
                value = self._other(stored, cell, sheet)
            if column > len(values):
                values.extend("" for _ in range(column - len(values)))
            values.append(value)
        return values or ()

    def _is_uncalculated(self, cell: Element, stored: object) -> bool:
        """Whether nobody calculated a formula: it has no result, or 0 (or nothing) in a workbook that asks to be calculated when it is opened."""
        kind = cell.get("t", "n")
        if cell.find(f"{_MAIN}f") is None:
            return False
        if stored is None:
            return self.package.stale or kind != "str" or cell.find(f"{_MAIN}v") is None
        return kind == "n" and stored == 0 and self.package.stale

    def _uncalculated(self, cell: Element, row: int, column: int) -> Broken:
        formula = cell.find(f"{_MAIN}f")
        text = "" if formula is None else formula.text
        found = Broken("uncalculated", f"={text or '…'}")
        if formula is not None and formula.get("t") == "array":
            area = _area(formula.get("ref", ""))
            if (area.top, area.left) != (area.bottom, area.right) and (area.top, area.left) == (row - 1, column):
                self.arrays.append((area, found))
        return found

    def _style(self, sheet: Any, cell: dict[str, Any]) -> _Style:  # noqa: ANN401 - as above
        from openpyxl.cell.read_only import ReadOnlyCell  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

        style = cell["style_id"]
        if style not in self.styles:
            shown = ReadOnlyCell(sheet, cell["row"], cell["column"], None, style_id=style)
            self.styles[style] = _Style()
            self.styles[style].font = str(shown.font.name or "")
            self.styles[style].code = _EAST_ASIAN.get(shown.style_array.numFmtId) or shown.number_format
        return self.styles[style]

    def _number(self, stored: float, cell: dict[str, Any], known: _Style, sheet: Any) -> Value:  # noqa: ANN401 - as above
        """A number as its format shows it; the same number in the same format is remembered."""
        number = Decimal(stored) if isinstance(stored, int) else digits(stored)
        if number is None:
            return Broken("error", str(stored))
        value: Value = number
        if known.code != "General":
            value, sentence = shown(number, known.code, since_1904=self._since_1904)
            if sentence:
                self.notes.note(sentence, f"{sheet.title}!{letters(cell['column'] - 1)}{cell['row']}")
        if abs(stored) < _EXACT and len(known) < _KEPT:
            known[stored] = value
        return value

    def _text(self, text: str, cell: dict[str, Any], sheet: Any) -> str:  # noqa: ANN401 - as above
        """A text as it is read in the font that its cell is set in."""
        from targettrack.recording.inputs import _legacy  # noqa: PLC0415 - most texts are plain letters

        read = _legacy.set_in(text, self._style(sheet, cell).font)
        if read != text:
            self.notes.note(_legacy.IN_CELLS, f"{sheet.title}!{letters(cell['column'] - 1)}{cell['row']}")
        return read

    def _other(self, stored: Any, cell: dict[str, Any], sheet: Any) -> Value:  # noqa: ANN401 - as above
        """A text, a truth value, an error, or a day that is written as one."""
        match cell["data_type"]:
            case "s":
                text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored) if "_x" in stored else str(stored)
                return text if text.isascii() or not self.fonts else self._text(text, cell, sheet)
            case "b":
                return bool(stored)
            case "e":
                return Broken("error", stored)
            case "d" if isinstance(stored, date):
                look = format_of(self._style(sheet, cell).code).look(Decimal(1))
                return moment_of(datetime.fromisoformat(stored.isoformat()), look.shows)
            case "d":
                return str(stored)
        raise ValueError(cell["data_type"])

    def _spread(self, rows: list[Sequence[Value]], area: Area, formula: Broken) -> None:
        """Mark the other cells of a formula that fills several: they are empty, or 0, since nobody calculated it."""
        self._count((area.bottom - area.top + 1) * (area.right - area.left + 1))
        rows.extend(() for _ in range(area.bottom + 1 - len(rows)))
        for row in range(area.top, area.bottom + 1):
            cells = [*rows[row], *("" for _ in range(area.right + 1 - len(rows[row])))]
            for column in range(area.left, area.right + 1):
                if cells[column] == "" or (cells[column] == 0 and not isinstance(cells[column], bool)):
                    cells[column] = formula
            rows[row] = cells


def _area(reference: str) -> Area:
    """The area of ``B2:C3`` or ``B2``."""
    from openpyxl.utils import range_boundaries  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    left, top, right, bottom = range_boundaries(reference)
    return Area(top - 1, left - 1, bottom - 1, right - 1)


def _parser(stream: IO[bytes], sheet: Any) -> Any:  # noqa: ANN401 - as above
    """What reads a sheet for openpyxl's read-only pass, which keeps to itself what this parser finds besides values.

    It leaves numbers as they are stored, whatever their format, and gives the elements of the cells of a row that has formulas.
    """
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    class Parser(WorkSheetParser):  # type: ignore[misc]
        def parse_row(self, row: Element) -> tuple[int, list[dict[str, Any]]]:
            number, cells = super().parse_row(row)
            if next(row.iter(FORMULA_TAG), None) is not None:
                for element, cell in zip(row, cells, strict=True):
                    cell["element"] = element
            return number, cells

    return Parser(stream, sheet._shared_strings, data_only=True)  # noqa: SLF001 - they are read once for all sheets
