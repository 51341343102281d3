"""xls: a workbook of Excel 97 to 2003, and of the versions before it, read by xlrd."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import field
from decimal import Decimal
from typing import Any

from targettrack.errors import Exit, failure
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.recording.inputs._extra import missing
from targettrack.recording.inputs._formats import Notes, digits, measure, shown, trimmed
from targettrack.recording.inputs._zipped import broken, protected, too_large
from targettrack.recording.table import MOST_CELLS, Area, Book, Broken, Sheet, Value, Wishes, letters

ENDINGS = (".xls", ".xlt")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book", "WORKBOOK", "BOOK"))
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BARE = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
"""How a workbook begins that stands in no container: by the versions 2, 3, 4, 5 and 8."""
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_RUINS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NameError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What xlrd raises for a damaged file beside its own errors: whatever its lists, structs and assertions happen to."""
_MOST_MEGABYTES = 32
"""A number takes 10 to 18 bytes of such a file, and 200 in memory."""


def begins(data: bytes) -> int:
    """2 for a container of Excel's that has a workbook, or a workbook without one; a web page or a CSV that is only called .xls is none."""
    if data.startswith(_BARE):
        return 2
    return 2 if data.startswith(_OLE) and _ENCRYPTED not in data and any(name in data for name in _STREAMS) else 0


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The sheets of a workbook, with what its cells show: percentages, days, errors.

    Raises:
        TargettrackError: it is damaged, protected or too large (exit 4), or xlrd is not installed (exit 5).

    """
    if len(data) > _MOST_MEGABYTES * 2**20:
        raise failure(
            Exit.INVALID,
            "too-large",
            tr("this workbook is too large: more than {count} megabytes", count=_MOST_MEGABYTES),
            hint=tr("open it in a spreadsheet program and save it as .xlsx"),
            file=file,
        )
    try:
        import xlrd  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra that only this kind of file needs
    except ImportError:
        raise missing(file, "xlrd") from None
    from xlrd.compdoc import CompDocError  # type: ignore[import-untyped]  # noqa: PLC0415 - as above
    from xlrd.formula import FormulaError  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    try:
        workbook = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
        return _book(workbook, data, file, fonts=wishes.encoding is None)
    except (xlrd.XLRDError, CompDocError, FormulaError, zipfile.BadZipFile, *_RUINS) as error:
        raise (protected if "encrypted" in str(error) else broken)(file) from None


def _book(workbook: Any, data: bytes, file: str, *, fonts: bool) -> Book:  # noqa: ANN401 - xlrd has no types
    notes = Notes()
    cells = MOST_CELLS
    sheets: list[Sheet] = []
    formulas = _uncalculated(_stream(data))
    for place, sheet in enumerate(workbook.sheets()):
        cells -= sum(sheet.row_len(row) for row in range(sheet.nrows))
        if cells < 0:
            raise too_large(file)
        sheets.append(_Reader(workbook, sheet, notes, formulas.get(place, frozenset()), fonts).sheet())
    said = (tr("this workbook counts its days from 1904"),) if workbook.datemode else ()
    return Book(tuple(sheets), (*notes.said(), *said))


def _stream(data: bytes) -> bytes:
    """The records of a workbook, without the container around them."""
    if not data.startswith(_OLE):
        return data
    from xlrd.compdoc import CompDoc  # noqa: PLC0415 - as above

    container = CompDoc(data, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        found, begin, length = container.locate_named_stream(name)
        if found:
            return bytes(found[begin : begin + length])
    return b""


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The place, the kind and the content of each record."""
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _uncalculated(stream: bytes) -> dict[int, frozenset[tuple[int, int]]]:
    """The formulas of each sheet, where nobody calculated the workbook: every one has the result 0, or none.

    A program that writes formulas and cannot calculate them leaves one of the two; which, the file does not say.
    """
    offsets: list[int] = []
    begun: list[int] = []
    found: dict[int, set[tuple[int, int]]] = {}
    for place, kind, content in _records(stream):
        match kind:
            case 0x0085 if content[5:6] == b"\0":
                offsets.append(int.from_bytes(content[:4], "little"))
            case 0x0809:
                begun.append(place)
            case 0x000A if begun:
                begun.pop()
            case 0x0006 if begun and len(content) >= 14:
                if not _is_nothing(content[6:14]):
                    return {}
                found.setdefault(begun[0], set()).add(struct.unpack_from("<HH", content))
    return {place: frozenset(found.get(offset, ())) for place, offset in enumerate(offsets)}


def _is_nothing(result: bytes) -> bool:
    """Whether the result of a formula is 0 or an empty text."""
    return result == bytes(8) or (result[:1] == b"\3" and result[6:] == b"\xff\xff")


@frozen(eq=True, slots=False)
class _Reader:
    """One sheet of xlrd's; ``formulas`` are the places of those that nobody calculated, and ``fonts`` says that texts are read in the fonts of their cells."""

    workbook: Any
    given: Any
    notes: Notes
    formulas: frozenset[tuple[int, int]]
    fonts: bool
    units: dict[tuple[int, int], str] = field(default_factory=dict)

    def sheet(self) -> Sheet:
        """The sheet."""
        rows = trimmed([self._row(row) for row in range(self.given.nrows)])
        width = max(map(len, rows), default=0)
        columns, heights = self.given.colinfo_map, self.given.rowinfo_map
        return Sheet(
            self.given.name,
            rows,
            hidden=self.given.visibility != 0,
            hidden_rows=frozenset(
                row for row, info in heights.items() if row < len(rows) and (info.hidden or info.height == 0)
            ),
            hidden_columns=frozenset(
                column for column, info in columns.items() if column < width and (info.hidden or info.width == 0)
            ),
            merged=tuple(Area(top, left, end - 1, right - 1) for top, end, left, right in self.given.merged_cells),
            units=self.units,
        )

    def _row(self, row: int) -> Sequence[Value]:
        cells = [self._value(row, column) for column in range(self.given.row_len(row))]
        while cells and cells[-1] == "":
            cells.pop()
        return cells or ()

    def _value(self, row: int, column: int) -> Value:
        """What a cell shows; the kinds are xlrd's: 1 text, 2 number, 3 day, 4 true or false, 5 error, others empty."""
        if (row, column) in self.formulas:
            return Broken("uncalculated", "=…")
        value = self.given.cell_value(row, column)
        match self.given.cell_type(row, column):
            case 1:
                return self._text(str(value), row, column)
            case 2 | 3:
                return self._number(value, row, column)
            case 4:
                return bool(value)
            case 5:
                return Broken("error", _ERRORS.get(value, "#N/A"))
        return ""

    def _text(self, text: str, row: int, column: int) -> str:
        """A text as it is read in the font that its cell is set in."""
        if text.isascii() or not self.fonts:
            return text
        from targettrack.recording.inputs import _legacy  # noqa: PLC0415 - most texts are plain letters

        style = self.workbook.xf_list[self.given.cell_xf_index(row, column)]
        read = _legacy.set_in(text, str(self.workbook.font_list[style.font_index].name))
        if read != text:
            self.notes.note(_legacy.IN_CELLS, f"{self.given.name}!{letters(column)}{row + 1}")
        return read

    def _number(self, value: float, row: int, column: int) -> Value:
        number = digits(value)
        if number is None:
            return Broken("error", "#NUM!")
        found, sentence = shown(number, self._code(row, column), since_1904=self.workbook.datemode == 1)
        if sentence:
            self.notes.note(sentence, f"{self.given.name}!{letters(column)}{row + 1}")
        if isinstance(found, Decimal) and (unit := measure(found, self._code(row, column))):
            self.units[row, column] = unit
        return found

    def _code(self, row: int, column: int) -> str:
        """The number format of a cell."""
        style = self.workbook.xf_list[self.given.cell_xf_index(row, column)]
        return str(self.workbook.format_map[style.format_key].format_str)
