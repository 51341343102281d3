"""Table: what a file holds, as sheets of cells with their addresses, before anybody says what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias

from targettrack.frozen import frozen


class Percent(NamedTuple):
    """A number cell that is shown with a percent sign: ``number`` as it is shown, 6 for 0.06."""

    number: Decimal


class Dated(NamedTuple):
    """A cell that holds a day, and how much of it the cell's format shows."""

    day: date
    shows: Literal["year", "quarter", "month", "day"]


class Broken(NamedTuple):
    """A cell that has no value: an error (``text`` is ``#DIV/0!``), or a formula (``text``) that nobody calculated."""

    reason: Literal["error", "uncalculated"]
    text: str


Value: TypeAlias = "str | Decimal | bool | Percent | Dated | Broken"
"""The content of a cell. An empty one is ``""``; a text is as it stands, not stripped; a number has the digits that a spreadsheet would show of it (15 at most)."""


class Area(NamedTuple):
    """Merged cells: the first and the last row and column, from 0, both included; the upper left one has the value."""

    top: int
    left: int
    bottom: int
    right: int


@frozen(slots=False)
class Sheet:
    """One sheet: its rows, from the first of the file; rows may be of different lengths.

    ``hidden_rows`` and ``hidden_columns`` count from 0. ``lines`` are the lines of the file on which its rows begin, where it is a text.
    ``units`` are the words that a cell's format shows beside its number (``tỷ đồng`` of ``#,##0" tỷ đồng"``), by row and column.
    ``places`` are the addresses of its rows where these are no cells of a spreadsheet (``activity[2]/period[3]``): a cell's address is then that of its row and the column's name.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()
    lines: Sequence[int] | None = None
    places: Sequence[str] | None = None
    units: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def value(self, row: int, column: int) -> Value:
        """The content of a cell, from 0; an empty one beyond the end of its row."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else ""

    def address(self, row: int, column: int) -> str:
        """Where a cell stands: ``Biểu 01!D6``, ``D6`` in a file of one nameless sheet, ``activity[2]/period[3]/value``."""
        if self.places is not None:
            return f"{self.places[row]}/{self.rows[0][column]}" if self.places[row] else str(self.rows[0][column])
        cell = f"{letters(column)}{row + 1}"
        return f"{self.name}!{cell}" if self.name else cell


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The letters of a column, from 0: ``A``, ``Z``, ``AA``."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


@frozen(slots=False)
class Book:
    """A file as sheets; ``said`` are sentences on how it was read (its encoding, what parts its columns), for the person who gave it.

    ``mapping`` is what the kind of file itself says of its columns, as the keys of a mapping file; ``sources`` are documents that it describes.
    """

    sheets: tuple[Sheet, ...]
    said: tuple[str, ...] = ()
    mapping: Mapping[str, Any] = field(default_factory=dict)


@frozen(eq=True)
class Wishes:
    """What a person said of a file before it was read; None where nothing."""

    encoding: str | None = None
    delimiter: str | None = None


MOST_CELLS = 3_000_000
"""So many cells a file may have; a spreadsheet that claims more is not read."""
MOST_FIGURES = 100_000
"""So many figures are taken of a file at once: a program with as many is still read in a second or two, and in 350 MB."""
