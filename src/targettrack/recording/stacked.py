"""Stacked: a header of several rows, which people write one upon another, found by where the figures below it begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from targettrack.recording.table import Sheet, Value
from targettrack.recording.vocabulary import MISSING
from targettrack.regex import regex

_FAR = 60
"""The first figures are looked for in so many rows, and what columns they stand in is seen by as many more."""
_MOST = 8
"""So many rows a header may have."""
_NEAR = 3
"""In one of so many rows below the first figures stand others."""
_BRACKETS = regex(r"\(.*\)|\[.*\]")


class Stack:
    """A sheet as its figures show it: the first row that has some, the columns that they stand in, and which rows above are a header.

    ``figure`` says whether a cell is a number, or says one, and ``period`` whether it may be the period of a header: a number that may be a year is no figure here.
    """

    def __init__(self, sheet: Sheet, figure: Callable[[Value], bool], period: Callable[[Value], bool]) -> None:
        self.sheet, self._figure, self._period = sheet, figure, period

    def rows(self) -> tuple[int, ...]:
        """The rows of the header, by the figures alone; none where no words stand above them."""
        if self.first is None:
            return ()
        for row in range(self.first - 1, max(-1, self.first - _MOST), -1):
            if self._names(row):
                return self.grown((row,))
            if self._words(row):
                return ()
        return ()

    def grown(self, header: tuple[int, ...]) -> tuple[int, ...]:
        """A header with the rows right above it, and right below, that have words over columns of figures too."""
        if self.first is None or not header or header[-1] >= self.first:
            return header
        top, bottom = header[0], header[-1]
        while bottom + 1 < self.first and bottom - top < _MOST and self._goes_on(bottom + 1):
            bottom += 1
        while top > 0 and bottom - top < _MOST and self._names(top - 1):
            top -= 1
        return tuple(range(top, bottom + 1))

    @cached_property
    def first(self) -> int | None:
        """The first row that has a figure, right below which others stand; None where there is no such row."""
        filled = [row for row in range(min(2 * _FAR, len(self.sheet.rows))) if not self._blank(row)]
        for at, row in enumerate(filled):
            below = {column for each in filled[at + 1 : at + 1 + _NEAR] for column in self._figures(each)}
            if row < _FAR and below.intersection(self._figures(row)):
                return row
        return None

    @cached_property
    def columns(self) -> frozenset[int]:
        """The columns of figures: at least half of what stands in them says numbers, and these are not all years."""
        rows = self.sheet.rows[self.first or 0 : (self.first or 0) + _FAR]
        found: set[int] = set()
        for at in range(max(map(len, rows), default=0)):
            cells = [row[at] for row in rows if at < len(row) and not _says_nothing(row[at])]
            figures = [cell for cell in cells if self._figure(cell)]
            if 2 * len(figures) > len(cells) and not all(map(self._period, figures)):
                found.add(at)
        return frozenset(found)

    @cached_property
    def label(self) -> int:
        """The first column that has something beside the figures."""
        rows = self.sheet.rows[self.first or 0 : (self.first or 0) + _FAR]
        return min((at for row in rows for at, cell in enumerate(row) if cell != ""), default=0)

    def _figures(self, row: int) -> Iterator[int]:
        """The columns in which a row has figures that are no years."""
        cells = enumerate(self.sheet.rows[row])
        return (at for at, cell in cells if cell != "" and self._figure(cell) and not self._period(cell))

    def _blank(self, row: int) -> bool:
        return all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in self.sheet.rows[row])

    def _names(self, row: int) -> bool:
        """Whether a row has words, or periods, over two columns of figures or more, or one that reaches over as many."""
        if any(True for _ in self._figures(row)):
            return False
        return len(self._words(row)) >= min(2, len(self.columns)) or self._reaches(row)

    def _goes_on(self, row: int) -> bool:
        """Whether a row below a header's first one belongs to it: it has words over figures, not all in brackets as units are, and none that name a row."""
        words = [self.sheet.value(row, at) for at in self._words(row)]
        units = bool(words) and all(isinstance(word, str) and _BRACKETS.fullmatch(word.strip()) for word in words)
        return self.sheet.value(row, self.label) == "" and not units and self._names(row)

    def _words(self, row: int) -> list[int]:
        """The columns of figures over which a row has words or periods."""
        cells = enumerate(self.sheet.rows[row])
        return [at for at, cell in cells if at in self.columns and (_has_letters(cell) or self._period(cell))]

    def _reaches(self, row: int) -> bool:
        """Whether a cell of a row is merged over all columns of figures, and over no other that has something: over some of them alone stands a unit."""
        return len(self.columns) > 1 and any(
            area.top <= row <= area.bottom
            and _has_letters(self.sheet.value(area.top, area.left))
            and self.columns <= (over := set(range(area.left, area.right + 1)))
            and not any(self._filled(at) for at in over - self.columns)
            for area in self.sheet.merged
        )

    def _filled(self, column: int) -> bool:
        rows = self.sheet.rows[self.first or 0 : (self.first or 0) + _FAR]
        return any(column < len(row) and row[column] != "" for row in rows)


def _says_nothing(cell: Value) -> bool:
    return isinstance(cell, str) and cell.strip() in MISSING


def _has_letters(cell: Value) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell))
