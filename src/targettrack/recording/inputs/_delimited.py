"""Delimited: a text of rows and cells as a sheet, and what parts its cells."""

from __future__ import annotations

import contextlib
import csv
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from targettrack.errors import Exit, Problem, TargettrackError, failure
from targettrack.language import tr
from targettrack.recording.inputs._text import decoded, sample
from targettrack.recording.table import MOST_CELLS, Book, Sheet, Wishes
from targettrack.regex import regex

_DELIMITERS = "\t;|,"
"""In this order where nothing else decides: a comma may be a decimal sign."""
_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
_SEPARATOR = regex(r"\Asep=(.)\r?(?:\n|\Z)", re.IGNORECASE)
"""The line with which a spreadsheet is told what parts the columns; it is no row."""
_SAMPLED_ROWS = 200
_SAMPLED_LETTERS = 100_000
_MOST_KEPT = 65_536
"""So many different cells are kept once each; a table has its names again and again, and its figures hardly."""
_MARKUP = regex(r"\s*(?:<!doctype|<html|<table|<\?xml|<[a-z]+[\s>])", re.IGNORECASE)
_PAGE = regex(r"\s*(?:<!doctype html|<html|<table)", re.IGNORECASE)
_BRACKETS = regex(r"\s*[\[{]")


class _Shape(NamedTuple):
    """How a delimiter parts the first rows: how many of them have as many cells as most, how many cells these are, how many rows it parts at all."""

    delimiter: str
    agreeing: int
    width: int
    parted: int
    rows: int


def looks_parted(data: bytes) -> bool:
    """Whether a file may be a table of delimited cells."""
    text = sample(data)
    if not text or _MARKUP.match(text) or _BRACKETS.match(text):
        return False
    if _SEPARATOR.match(text):
        return True
    best = _best(text)
    return best is not None and best.agreeing >= 2 and best.agreeing >= 0.6 * best.rows


def first_row(data: bytes) -> tuple[str, ...]:
    """The cells of the first row of a file that has any, stripped; none where it is no text."""
    return next((row for row in first_rows(data, 12) if any(row)), ())


def first_rows(data: bytes, most: int) -> list[tuple[str, ...]]:
    """The cells of the first rows of a file, stripped; none where it is no text."""
    text = sample(data)[:_SAMPLED_LETTERS]
    if not text or _MARKUP.match(text) or _BRACKETS.match(text):
        return []
    found = _SEPARATOR.match(text)
    text = text[found.end() :] if found else text
    rows = _rows(text, found[1] if found else _delimiter(text), most)
    return [tuple(cell.strip() for cell in row) for row in rows]


class Parted(NamedTuple):
    """A text as its sheet, what parts its cells, and sentences on how it was read."""

    sheet: Sheet
    delimiter: str
    said: tuple[str, ...]

    @property
    def header(self) -> tuple[int, tuple[str, ...]]:
        """The place of the first row that has a cell, from 0, and its cells, stripped; no cells where there is none."""
        rows = enumerate(self.sheet.rows)
        place = next((place for place, row in rows if any(map(str.strip, map(str, row)))), 0)
        return place, self.header_at(place)

    def header_at(self, place: int) -> tuple[str, ...]:
        """The cells of a row, stripped; none beyond the last row."""
        return tuple(str(cell).strip() for row in self.sheet.rows[place : place + 1] for cell in row)

    def texts(self, column: int, after: int) -> Iterator[str]:
        """The cells of a column behind a row, as far as rows reach; stripped."""
        return (str(row[column]).strip() for row in self.sheet.rows[after + 1 :] if len(row) > column)


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The one nameless sheet of a text, and how it was read. Empty lines are rows without cells; cells are raw.

    Raises:
        TargettrackError: it is no text, its quotes do not close, or it has too many cells (exit 4).

    """
    found = parted(data, file, wishes)
    return Book((found.sheet,), found.said)


def parted(data: bytes, file: str, wishes: Wishes) -> Parted:
    """The cells of a text.

    Raises:
        TargettrackError: as for ``book``.

    """
    text, said = decoded(data, file, wishes)
    if _PAGE.match(text):
        raise failure(
            Exit.INVALID,
            "not-csv",
            tr("this is a web page (HTML) under another name"),
            hint=tr("open it in a spreadsheet, and save it as .xlsx or CSV (UTF-8)"),
            file=file,
        )
    nothing = text.find("\0")
    if nothing >= 0:
        raise _not_csv(file, text.count("\n", 0, nothing) + 1, tr("a NUL byte stands in it"))
    found = _SEPARATOR.match(text)
    delimiter = _wished(wishes.delimiter, file) or (found[1] if found else _delimiter(text))
    rows, lines, below = _read(text, delimiter, file, found.end() if found else 0)
    return Parted(Sheet("", rows, lines=lines), delimiter, tuple(filter(None, [said, _parting(delimiter), below])))


def _parting(delimiter: str) -> str | None:
    names = {"\t": tr("tabs"), ";": tr("semicolons"), " ": tr("spaces")}
    return None if delimiter == "," else tr("{delimiter} part the cells", delimiter=names.get(delimiter, delimiter))


def _wished(delimiter: str | None, file: str) -> str | None:
    if delimiter is None:
        return None
    found = _NAMES.get(delimiter.casefold(), delimiter)
    if len(found) != 1 or found in '"\r\n':
        raise failure(
            Exit.INVALID,
            "unknown-delimiter",
            tr("{delimiter} is no one letter that can part cells", delimiter=delimiter),
            hint=tr('for instance delimiter = ";", or "tab"'),
            file=file,
        )
    return found


def _read(text: str, delimiter: str, file: str, start: int) -> tuple[list[tuple[str, ...]], Sequence[int], str | None]:
    """The rows, the lines on which they begin, and a sentence where notes below the table are not written as CSV."""
    rows: list[tuple[str, ...]] = []
    lines = array("q")
    kept: dict[str, str] = {}
    first = text.count("\n", 0, start)
    reader = csv.reader(_lines(text, start), delimiter=delimiter, strict=True)
    cells, line = 0, first + 1
    try:
        for row in reader:
            cells += len(row)
            if cells > MOST_CELLS:
                raise _too_many(file)
            known = kept.setdefault if len(kept) < _MOST_KEPT else kept.get
            rows.append(tuple([known(cell, cell) for cell in row]))
            lines.append(line)
            line = first + reader.line_num + 1
    except csv.Error as error:
        notes = _notes(text, line, delimiter, rows)
        if notes is None:
            raise _not_csv(file, line, _why(error)) from None
        rows += [row for row, _ in notes]
        lines.extend(at for _, at in notes)
        return (
            rows,
            lines,
            tr("the notes from line {line} on are not written as CSV; they are read as texts", line=line),
        )
    return rows, lines if line - first - 1 > len(rows) else range(first + 1, line), None


def _notes(
    text: str, line: int, delimiter: str, above: Sequence[tuple[str, ...]]
) -> list[tuple[tuple[str, ...], int]] | None:
    """The lines from one on that is no CSV, with their numbers, if they can only be notes: all are far narrower than the table above them, and no cell but the first has a number."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    reader = csv.reader(_lines(text, start), delimiter=delimiter)
    found: list[tuple[tuple[str, ...], int]] = []
    widths = Counter(len(row) for row in above if sum(map(bool, row)) > 1)
    width = max(widths, key=lambda each: (widths[each], each), default=0)
    at = line
    try:
        for row in reader:
            if 2 * len(row) > width or any(map(_NUMBER.fullmatch, row[1:])):
                return None
            found.append((tuple(row), at))
            at = line + reader.line_num
    except csv.Error:
        return None
    return found if start else None


_NUMBER = regex(r"\s*[-+]?[0-9][0-9.,' ]*\s*%?\s*")


def _lines(text: str, start: int = 0) -> Iterator[str]:
    """The lines of a text with their ends; a text of an old Macintosh has only carriage returns."""
    end = "\n" if "\n" in text or "\r" not in text else "\r"
    while start < len(text):
        stop = text.find(end, start) + 1 or len(text)
        yield text[start:stop]
        start = stop


def _delimiter(text: str) -> str:
    best = _best(text)
    return best.delimiter if best else ","


def _best(text: str) -> _Shape | None:
    """What parts the first rows best: into as many cells in nearly all of them, and more cells rather than fewer."""
    shapes = [shape for delimiter in _DELIMITERS if (shape := _shape(text, delimiter))]
    if any(shape.delimiter != "," and shape.parted * 2 >= shape.rows for shape in shapes) and _commas_are_decimal(text):
        shapes = [shape for shape in shapes if shape.delimiter != ","]
    most = max((shape.agreeing / shape.rows for shape in shapes), default=0)
    close = [shape for shape in shapes if shape.agreeing / shape.rows >= 0.9 * most]
    return max(close, key=lambda shape: (shape.width, shape.agreeing), default=None)


def _commas_are_decimal(text: str) -> bool:
    commas = text[:_SAMPLED_LETTERS].count(",")
    return commas == len(re.findall(r"\d,\d|,\s", text[:_SAMPLED_LETTERS]))


def _shape(text: str, delimiter: str) -> _Shape | None:
    if delimiter not in text[:_SAMPLED_LETTERS]:
        return None
    widths = Counter(len(row) for row in _rows(text[:_SAMPLED_LETTERS], delimiter, _SAMPLED_ROWS) if any(row))
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return None
    width, agreeing = max(wide.items(), key=lambda item: (item[1], item[0]))
    return _Shape(delimiter, agreeing, width, sum(wide.values()), widths.total())


def _rows(text: str, delimiter: str, most: int) -> list[list[str]]:
    """The first rows, as far as they can be read; the last of a text that was cut may be a part."""
    found: list[list[str]] = []
    reader = csv.reader(_lines(text), delimiter=delimiter)
    with contextlib.suppress(csv.Error):
        found.extend(islice(reader, most))
    return found[:-1] if len(text) == _SAMPLED_LETTERS and 1 < len(found) < most else found


def _why(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end" in text or "field larger" in text:
        return tr("a quotation mark opens here that nothing closes")
    if "expected after" in text:
        return tr("something follows a closing quotation mark inside a cell")
    return text


def _not_csv(file: str, line: int, reason: str) -> TargettrackError:
    return TargettrackError(
        Problem(
            code="not-csv",
            message=tr("this is not CSV: {error}", error=reason),
            hint=tr("save the table as CSV (UTF-8)"),
            file=file,
            line=line,
        )
    )


def _too_many(file: str) -> TargettrackError:
    return failure(
        Exit.INVALID,
        "too-large",
        tr("this file has more than {count} cells", count=MOST_CELLS),
        hint=tr("split it"),
        file=file,
    )
