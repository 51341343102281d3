"""csv: a row a figure, with the columns that ``show --format csv`` prints; commas, semicolons or tabs between them."""

from __future__ import annotations

import csv
import re

from targettrack.language import tr
from targettrack.recording import own
from targettrack.recording.amounts import Sign
from targettrack.recording.entry import KEYS, SHOWN, Reading, unreadable
from targettrack.recording.inputs import _delimited
from targettrack.recording.inputs._text import beginning, text_of
from targettrack.recording.table import Book, Wishes
from targettrack.regex import regex

_SEPARATOR = regex(r"\Asep=.\r?\n")
"""The line with which a spreadsheet is told what parts the columns."""

ENDINGS = (".csv", ".tsv")


def begins(data: bytes) -> int:
    """3 for a table of ours: its first line has nothing but names of our columns; 1 where a file may be any table of delimited cells."""
    names = set(filter(None, _names(_SEPARATOR.sub("", beginning(data)).partition("\n")[0])))
    if names & set(KEYS) and names <= {*KEYS, *SHOWN} and _is_utf8(data):
        return 3
    return int(_delimited.looks_parted(data))


def _is_utf8(data: bytes) -> bool:
    """Whether ``read`` can read the letters; a spreadsheet may have saved a table of ours in another coding."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The cells of a table of any shape, in any usual coding.

    Raises:
        TargettrackError: it is no such table (exit 4).

    """
    return _delimited.book(data, file, wishes)


def _names(head: str) -> list[str]:
    return [name.strip().strip('"').casefold() for name in head.strip().split(_delimiter(head))]


def _delimiter(head: str) -> str:
    return max(",;\t", key=head.count)


TAKES_DECIMAL = True


def read(data: bytes, file: str, decimal: Sign | None = None) -> Reading:
    """The rows behind a header line; empty rows are skipped.

    Where commas part the columns a point in a number is the decimal one, unless another number there has points that part thousands; where semicolons
    or tabs do, as in the countries that write ``1,5``, it may be either, unless ``decimal`` says which sign that is, or a number proves it to be the comma.
    """
    text = _SEPARATOR.sub("", text_of(data, file))
    delimiter = _delimiter(text.partition("\n")[0])
    reader = csv.reader(re.findall(r"[^\n]*\n|[^\n]+", text), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        return unreadable(
            file, "not-csv", tr("this is not CSV: {error}", error=error), tr("save the table as CSV (UTF-8)"), line
        )
    return own.reading(rows, file, points=delimiter == ",", decimal=decimal)
