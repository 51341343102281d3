"""Statements: what an engine is asked of a table of figures, in plain SQL, in DuckDB's words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from targettrack.store.links._table import quoted

WORD = 62
"""So many bits are told in one number."""


class Statements(ABC):
    """An engine that counts the rows of a table, and finds some of them, without giving all of them out; columns are named as the table names them.

    A set of columns is known by a name, and each of its different rows by a number, which ``coded`` gives it.
    """

    NUMBER = "0"
    """What says which row one is, from 1, where rows have an order."""
    TABLE = "the_table"
    """What statements call the table."""

    def __init__(self, types: Mapping[str, str]) -> None:
        self._types = types
        self._sets: dict[str, tuple[Sequence[str], list[tuple[Any, ...]]]] = {}

    @abstractmethod
    def asked(self, statement: str) -> Iterable[Sequence[Any]]:
        """The answer to a statement in DuckDB's words."""

    @abstractmethod
    def kept(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
        """Let later statements speak of a small table of this name, with columns of these types."""

    def size(self) -> int:
        """How many rows there are."""
        asked = f"SELECT count(*) FROM {self.TABLE} AS r"  # noqa: S608 - a name of ours, and below names that the table itself has, quoted
        return int(self._first(asked)[0])

    def ends(self, column: str) -> tuple[int, Any, Any]:
        """In how many rows a column is empty, its smallest value and its largest."""
        name = f"r.{quoted(column)}"
        asked = f"SELECT count(*) - count({name}), min({name}), max({name}) FROM {self.TABLE} AS r"  # noqa: S608 - as above
        empty, low, high = self._first(asked)
        return empty, low, high

    def distinct(self, set: str, columns: Sequence[str], most: int) -> list[tuple[Any, ...]] | None:
        """The different rows by a set of columns, in an order that the set keeps; None where there are more than so many."""
        asked = f"SELECT DISTINCT {listed(columns)} FROM {self.TABLE} AS r LIMIT {most + 1}"  # noqa: S608 - as above
        found = [tuple(row) for row in self.asked(asked)]
        self._sets[set] = columns, found
        return [row[: len(columns)] for row in found] if len(found) <= most else None

    def coded(self, set: str, codes: Sequence[int]) -> None:
        """What each of these rows is an example of: a number from 0, which others may share; below 0 for what is not asked for."""
        columns, rows = self._sets[set]
        known = {f"c{place}": self._types.get(column, "VARCHAR") for place, column in enumerate(columns)}
        self.kept(
            set,
            {**(known or {"c0": "INTEGER"}), "id": "INTEGER", "word": "INTEGER", "bit": "BIGINT"},
            [(*row, code, code // WORD, 1 << code % WORD) for row, code in zip(rows, codes, strict=True) if code >= 0],
        )

    def bits(self, sets: tuple[str, str], _width: int) -> Iterator[tuple[int, int]]:
        """For each number of the first set, those of the second (below ``width``) that occur with it: number n is bit n."""
        one, other = sets
        found: dict[int, int] = {}
        for id, word, bits in self.asked(
            f"SELECT {one}.id, {other}.word, bit_or({other}.bit) {self.joined(sets)} GROUP BY {one}.id, {other}.word"
        ):
            found[id] = found.get(id, 0) | bits << word * WORD
        yield from found.items()

    def some(
        self, columns: Sequence[str], sets: tuple[str, str], wanted: Mapping[int, int]
    ) -> Iterator[tuple[Any, ...]]:
        """The rows whose number in the first set goes with one in the second, told as ``bits`` tells them: which row it is, and these columns; in order, where rows have one."""
        one, other = sets
        self.kept("wanted", {"id": "INTEGER", "word": "INTEGER", "bits": "BIGINT"}, [*_in_words(wanted)])
        named = f"{self.NUMBER} AS place, {listed(columns)}"
        chosen = f"wanted.id = {one}.id AND wanted.word = {other}.word AND (wanted.bits & {other}.bit) <> 0"
        yield from map(tuple, self.asked(f"SELECT {named} {self.joined(sets)} JOIN wanted ON {chosen} ORDER BY 1"))

    def joined(self, sets: Sequence[str]) -> str:
        """The rows of the table, each with its number in each set."""
        return f"FROM {self.TABLE} AS r " + " ".join(f"JOIN {each} ON {self._same(each)}" for each in sets)

    def _same(self, set: str) -> str:
        """That a row is one of a set: only what may be empty is compared as such, which engines are slow at."""
        columns, rows = self._sets[set]
        pairs = [(f"r.{quoted(column)}", f"{set}.c{place}") for place, column in enumerate(columns)]
        empty = [any(row[place] is None for row in rows) for place in range(len(columns))]
        said = [
            f"({one} = {other} OR ({one} IS NULL AND {other} IS NULL))" if may else f"{one} = {other}"
            for (one, other), may in zip(pairs, empty, strict=True)
        ]
        return " AND ".join(said) or "TRUE"

    def _first(self, statement: str) -> Sequence[Any]:
        return next(iter(self.asked(statement)))


def listed(columns: Sequence[str]) -> str:
    """Columns of the table as a statement lists them; something for none."""
    return ", ".join(f"r.{quoted(column)}" for column in columns) or "0"


def _in_words(wanted: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """Bits by number, in words: the number, which word, and its bits, where it has some."""
    for id, bits in wanted.items():
        for word in range(-(-bits.bit_length() // WORD)):
            if some := bits >> word * WORD & (1 << WORD) - 1:
                yield id, word, some
