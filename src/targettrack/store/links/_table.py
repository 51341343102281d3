"""Table: what a file of figures holds, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from targettrack.errors import Exit


class Engine(Protocol):
    """What counts the rows of a file, and finds some of them, without giving all of them out; columns are named as the file names them."""

    def about(self, sets: Sequence[Sequence[str]]) -> list[int]:
        """How many rows there are, and about how many different ones by each of these sets of columns."""

    def ends(self, column: str) -> tuple[int, Any, Any]:
        """In how many rows a column is empty, its smallest value and its largest."""

    def distinct(self, set: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """The different rows by a set of columns, in an order that the set keeps."""

    def coded(self, set: str, codes: Sequence[int]) -> None:
        """What each of these rows is the example of: a number from 0, which others may share."""

    def bits(self, sets: tuple[str, str], width: int) -> Iterator[tuple[int, int]]:
        """For each number of the first set, those of the second (below ``width``) that occur with it: number n is bit n."""

    def some(
        self, columns: Sequence[str], sets: tuple[str, str], pairs: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[Any, ...]]:
        """The rows that have one of these pairs of numbers, in order: which row it is, from 1, and these columns."""


class Table(NamedTuple):
    """What a file has before a row is read: the names of its columns, and of those that have one type for all rows that type.

    ``rows`` reads the columns of these names: each row a value a column; None is empty. ``engine`` is there where not all need be read.
    """

    columns: tuple[str, ...]
    rows: Callable[[Sequence[str]], Iterable[tuple[Any, ...]]]
    types: Mapping[str, str] = MappingProxyType({})
    engine: Engine | None = None


class LinkError(Exception):
    """What is wrong with a link, or with a row of it; ``key`` is the link's key that says so."""

    def __init__(self, code: str, message: str, hint: str, key: str = "file", exit: Exit = Exit.INVALID) -> None:
        super().__init__(message)
        self.code, self.hint, self.key, self.exit = code, hint, key, exit


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
