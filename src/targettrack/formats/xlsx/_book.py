"""Book: sheets of typed cells under a frozen header; what a cell cannot hold as it is, the notes say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from inspect import unwrap
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from targettrack.assessment.status import Status
from targettrack.errors import Exit, failure
from targettrack.frozen import frozen
from targettrack.language import tr, tr_as
from targettrack.number import EXACT, literal
from targettrack.program.model import is_percent
from targettrack.regex import regex
from targettrack.text import clean
from targettrack.wording import notation, why

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MOST_DIGITS = 15
"""So many significant digits of a number survive in a spreadsheet, which keeps floats."""
MOST_ROWS = 1_048_576
MOST_LETTERS = 16_000
"""A cell holds 32,767 units of UTF-16, of which a letter may take two; XlsxWriter cuts what is longer."""
_PART = MOST_LETTERS - 2
"""With a mark at both ends it fits."""

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""The same day in every workbook: a clock would give other bytes each time."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
_FORBIDDEN = regex(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31

Hue: TypeAlias = Literal["bad", "doubt", "good", "dim", "plain"]

_HUES: dict[Status, Hue] = {
    "missed": "bad", "worsening": "bad", "off_track": "bad", "unreported": "doubt", "behind": "bad", "pending": "plain", "open": "plain",
    "on_track": "good", "met": "good", "met_late": "good", "exceeded": "good", "no_data": "dim", "not_assessable": "dim",
}  # fmt: skip
_FILLS: dict[Hue, dict[str, object]] = {
    "bad": {"bg_color": "#FFC7CE", "font_color": "#7A0006"},
    "doubt": {"bg_color": "#FFEB9C", "font_color": "#5C4500"},
    "good": {"bg_color": "#C6EFCE", "font_color": "#005000"},
    "dim": {"bg_color": "#E7E6E6", "font_color": "#404040"},
    "plain": {},
}
"""Each with letters so dark that they stand out from their ground; the word says the same."""


class Percent(NamedTuple):
    """A figure in percent, as entered: ``34.5``. Its cell holds 0.345, and shows ``34.5%``."""

    value: Decimal


class Derived(NamedTuple):
    """A computed number; it is shown with so many ``decimals``, and with more where it would be taken for one of the ``edges`` that it is not."""

    value: Decimal
    decimals: int = 3
    edges: Sequence[Decimal | Fraction] = (Decimal(0),)
    percent: bool = False


class Filled(NamedTuple):
    """A word on a ground that says the same."""

    text: str
    hue: Hue


Cell: TypeAlias = str | int | Decimal | Percent | Derived | Filled | None


def amount(value: Decimal | None, unit: str | None) -> Cell:
    """A figure, or an end of a target, in its unit."""
    return Percent(value) if value is not None and is_percent(unit) else value


def share(value: Decimal | None) -> Cell:
    """A part of a whole as a percentage, which is never rounded up to all of it."""
    return None if value is None else Derived(value, 1, (Decimal(0), Decimal(100)), percent=True)


def status(of: Status) -> Filled:
    """The word of a status on its ground."""
    return Filled(why.word(of), _HUES[of])


_Of = TypeVar("_Of")


@frozen(eq=True)
class Column(Generic[_Of]):
    """A column: its heading, its width in letters, and what stands in it of each thing."""

    head: str
    width: int
    cell: Callable[[_Of], Cell]


class Book:
    """A workbook that is being written; ``close`` writes its notes, and all of it into the stream."""

    def __init__(self, out: BinaryIO) -> None:
        self.workbook = _workbook(out)
        self.notes: list[tuple[str, str]] = []
        self._string, self._number = _writing()
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._looks: dict[tuple[int, bool, bool], Format] = {}
        self._numbers: dict[tuple[str, bool], Format] = {}
        self._text, self._right = self._format(text_wrap=True), self._format(align="right")
        self._quoted = self._format(text_wrap=True, quote_prefix=True)
        self._mark = tr_as("decimal mark", ".")
        self._writers: dict[type, Callable[[Worksheet, int, int, Any], object]] = {
            str: self._write_text,
            int: self._write_number,
            Decimal: self._write_number,
            Percent: self._write_percent,
            Derived: self._write_derived,
            Filled: self._write_filled,
        }

    def note(self, about: str, text: str) -> None:
        """Say something in the notes; ``about`` may be empty."""
        self.notes.append((about, text))

    def sheet(self, title: str, columns: Sequence[Column[_Of]], of: Iterable[_Of], frozen: int = 0) -> Worksheet:
        """Write a sheet of a row a thing, under a header that stays; as many columns as ``frozen`` stay too.

        It has filters but is no table of Excel's: its range would be said twice, and rows beyond it are lost without a word.

        Raises:
            TargettrackError: there are more rows than a sheet has (exit 5).

        """
        sheet = self._sheet(title)
        header = self._format(bold=True, text_wrap=True, bg_color="#DDE6F0", bottom=1)
        for place, (head, column) in enumerate(zip(_heads(columns), columns, strict=True)):
            sheet.set_column(place, place, column.width)
            self._write_text(sheet, 0, place, head, header)
        sheet.set_row(0, _height(max(map(_lines, _heads(columns), (column.width for column in columns)), default=1)))
        last = self._rows(sheet, columns, of)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.repeat_rows(0)
        _printed(sheet, sum(column.width for column in columns), frozen)
        return sheet

    def charts(self, title: str) -> Worksheet:
        """An empty sheet, for charts: they are printed below one another, in their size."""
        sheet = self._sheet(title)
        sheet.set_portrait()
        sheet.set_print_scale(_CHARTS_SCALE)
        sheet.hide_gridlines(2)
        return sheet

    def close(self) -> None:
        """Write the notes, then everything."""
        columns: list[Column[tuple[str, str]]] = [
            Column(tr("about"), 34, lambda note: note[0]),
            Column(tr("note"), 110, lambda note: note[1]),
        ]
        self.sheet(tr("Notes"), columns, self.notes)
        self.workbook.close()

    def _sheet(self, title: str) -> Worksheet:
        sheet = self.workbook.add_worksheet(_FORBIDDEN.sub(" ", title)[:_LONGEST_NAME])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _rows(self, sheet: Worksheet, columns: Sequence[Column[_Of]], of: Iterable[_Of]) -> int:
        """Write rows, each as high as its longest text asks for; the number of the last one, from 0."""
        cells = [(place, column.cell, column.width) for place, column in enumerate(columns)]
        row = 0
        for row, thing in enumerate(of, 1):
            if row >= MOST_ROWS:
                raise failure(
                    Exit.IO,
                    "too-large",
                    tr("a sheet has {rows} rows, and this is more", rows=MOST_ROWS),
                    hint=tr("ask for less, or write CSV"),
                )
            lines = 1
            for column, cell, width in cells:
                value = cell(thing)
                if value is not None and value != "":
                    self._writers[type(value)](sheet, row, column, value)
                    text = value.text if type(value) is Filled else value
                    if type(text) is str and len(text) > width:
                        lines = max(lines, _lines(text, width))
            if lines > 1:
                sheet.set_row(row, _height(lines))
        return row

    def _write_text(self, sheet: Worksheet, row: int, column: int, text: str, look: Format | None = None) -> None:
        text = _cleaned(text) if len(text) < _OFTEN else clean(text)
        if len(text) > MOST_LETTERS:
            first, *rest = (text[start : start + _PART] for start in range(0, len(text), _PART))
            about = tr("{cell}, continued", cell=_address(sheet, row, column))
            ends = [*("…" for _ in rest[1:]), ""]
            self.notes += [(about, f"…{part}{end}") for part, end in zip(rest, ends, strict=True)]
            text = f"{first}…"
        look = look or (self._quoted if text[:1] in _FORMULA else self._text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes it for markup of its own and writes it as it stands; in runs it is escaped
            sheet.write_rich_string(row, column, text[:1], self._text, text[1:], look)
        else:
            self._string(sheet, row, column, text, look)

    def _write_number(self, sheet: Worksheet, row: int, column: int, value: Decimal | int) -> None:
        text = literal(value) if type(value) is Decimal else str(value)
        look = self._exact(text, percent=False)
        if look is None:
            self._write_long(sheet, row, column, text)
        else:
            self._number(sheet, row, column, value, look)

    def _write_percent(self, sheet: Worksheet, row: int, column: int, value: Percent) -> None:
        text = literal(value.value)
        look = self._exact(text, percent=True)
        if look is None:
            self._write_long(sheet, row, column, f"{text} %")
        else:
            self._number(sheet, row, column, EXACT.scaleb(value.value, -2), look)

    def _exact(self, text: str, *, percent: bool) -> Format | None:
        """The format that shows a number as it is; None where a spreadsheet cannot hold it."""
        found = self._numbers.get((text, percent))
        if found is None and _digits(text) <= MOST_DIGITS:
            found = self._look(text, percent=percent)
            if len(self._numbers) < _MOST_KEPT:
                self._numbers[text, percent] = found
        return found

    def _write_derived(self, sheet: Worksheet, row: int, column: int, of: Derived) -> None:
        shown = EXACT.scaleb(of.value, 2) if of.percent else of.value
        text = format(shown, f".{of.decimals}f")
        decimals = of.decimals
        while (
            decimals < notation.MOST_DECIMALS
            and shown != (short := Decimal(text))
            and not notation.keeps_its_side(shown, short, of.edges)
        ):
            decimals += 1
            text = format(shown, f".{decimals}f")
        self._number(sheet, row, column, of.value, self._look(text, percent=of.percent))

    def _write_filled(self, sheet: Worksheet, row: int, column: int, of: Filled) -> None:
        self._write_text(
            sheet, row, column, of.text, self._format(bold=of.hue != "plain", text_wrap=True, **_FILLS[of.hue])
        )

    def _write_long(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        """A number as text, and a note: a spreadsheet would make zeros of the digits that it cannot hold."""
        self._write_text(sheet, row, column, text.replace(".", self._mark), self._right)
        said = tr(
            "this number has more than {most} digits, which no number of a spreadsheet holds: it is written as text, and no formula reckons with it",
            most=MOST_DIGITS,
        )
        self.note(_address(sheet, row, column), said)

    def _look(self, text: str, *, percent: bool) -> Format:
        """The format that shows so many decimals as a number's text has, its thousands parted from five digits on."""
        whole, _, decimals = text.lstrip("-").partition(".")
        key = (len(decimals), len(whole) > 4, percent)
        found = self._looks.get(key)
        if found is None:
            code = ("#,##0" if key[1] else "0") + (f".{'0' * key[0]}" if key[0] else "") + ("%" if percent else "")
            found = self._looks[key] = self._format(num_format=code)
        return found

    def _format(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({"valign": "top", **properties})
        return self._formats[key]


_FORMULA = frozenset("=+-@＝＋－＠'")
"""How a text begins that becomes a formula, or loses a sign, once somebody edits its cell."""


def _workbook(out: BinaryIO) -> Workbook:
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - an extra, which only this format needs
    except ImportError:
        raise failure(
            Exit.IO,
            "not-installed",
            tr("writing a workbook needs {library}, which is not installed", library="XlsxWriter"),
            hint=tr("install it: {command}", command="pip install 'targettrack[spreadsheet]'"),
        ) from None
    workbook = Workbook(out, _OPTIONS)
    workbook.set_properties({"created": _CREATED, "comments": "targettrack"})
    return workbook


def _writing() -> tuple[Callable[..., object], Callable[..., object]]:
    """How XlsxWriter writes a text and a number, without the layer that looks for addresses such as ``A1``, which is a seventh of the time."""
    from xlsxwriter.worksheet import Worksheet  # noqa: PLC0415 - an extra, which only this format needs

    return unwrap(Worksheet.write_string), unwrap(Worksheet.write_number)


def _heads(columns: Sequence[Column[_Of]]) -> list[str]:
    """The headings; no two are the same but for capital letters, or filters and readers take one for the other."""
    found: dict[str, str] = {}
    for column in columns:
        head, count = column.head, 1
        while head.casefold() in found:
            count += 1
            head = f"{column.head} {count}"
        found[head.casefold()] = head
    return list(found.values())


_LINE, _HIGHEST = 15, 409
"""How high a line of a cell is, and the highest row that a spreadsheet has, in points."""


def _height(lines: int) -> int:
    """How high a row of so many lines is. It is written: LibreOffice makes each row without a height one line high, and cuts the rest."""
    return min(lines * _LINE, _HIGHEST)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, rather one too many: words are kept whole where they can be."""
    count, used = 1, 0
    for word in text.split(" "):
        size = len(word) if word.isascii() else sum(2 if letter > _WIDE else 1 for letter in word)
        if used and used + 1 + size > width:
            count, used = count + 1, 0
        more, rest = divmod(size - 1, width) if size > width else (0, size)
        count, used = count + more, (used + 1 if used else 0) + rest
    return count


_WIDE = "\u2e80"
"""From here on letters take two places: those of China, Japan and Korea."""

_PAGE = 240
"""So many letters beside one another can be read on a sheet of paper: two pages of 5 points rather than one of 3."""
_CHARTS_SCALE = 60
"""The size in percent in which a chart has room on a sheet of paper that stands."""


def _printed(sheet: Worksheet, width: int, frozen: int) -> None:
    """A table as wide as one page, or as many as leave its letters readable; each page begins with the columns that stay."""
    pages = -(-width // _PAGE)
    sheet.fit_to_pages(pages, 0)
    if pages > 1 and frozen:
        sheet.repeat_columns(0, frozen - 1)


_MOST_KEPT = 10_000
"""So many different numbers are remembered with their formats."""
_OFTEN = 60
"""Texts as short as this stand in many rows: statuses, units, names."""
_cleaned = lru_cache(maxsize=4096)(clean)


def _digits(text: str) -> int:
    """How many significant digits a number's text has: zeros before the first and behind the last are none."""
    return len(text.lstrip("-").replace(".", "").strip("0"))


def _address(sheet: Worksheet, row: int, column: int) -> str:
    """A cell as a spreadsheet calls it: ``Status!L3``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{sheet.get_name()}!{letters}{row + 1}"
