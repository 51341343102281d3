"""Table: what a file of figures holds, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Table(NamedTuple):
    """The names of the columns, and the rows: each a value a column; None is empty, a float is not exact."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Any, ...]]


class LinkError(Exception):
    """What is wrong with a link, or with a row of it; ``key`` is the link's key that says so."""

    def __init__(self, code: str, message: str, hint: str, key: str = "file") -> None:
        super().__init__(message)
        self.code, self.hint, self.key = code, hint, key
