"""Table: what a file of figures holds, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from targettrack.errors import Exit

if TYPE_CHECKING:
    from targettrack.store.links._statements import Statements


class Table(NamedTuple):
    """What a file has before a row is read: the names of its columns, and of those that have one type for all rows that type.

    ``rows`` reads the columns of these names: each row a value a column; None is empty. ``engine`` is there where not all need be read,
    ``most`` is how many are read one by one at most, and ``ordered`` is false where rows have no order of their own.
    """

    columns: tuple[str, ...]
    rows: Callable[[Sequence[str]], Iterable[tuple[Any, ...]]]
    types: Mapping[str, str] = MappingProxyType({})
    engine: Statements | None = None
    most: int | None = None
    ordered: bool = True


class LinkError(Exception):
    """What is wrong with a link, or with a row of it; ``key`` is the link's key that says so."""

    def __init__(self, code: str, message: str, hint: str, key: str = "file", exit: Exit = Exit.INVALID) -> None:
        super().__init__(message)
        self.code, self.hint, self.key, self.exit = code, hint, key, exit


_AT_ONCE = 4096


def fetched(cursor: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - a cursor of any driver, as PEP 249 has it
    """The rows that a cursor gives, some thousand at once."""
    while rows := cursor.fetchmany(_AT_ONCE):
        yield from rows


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
