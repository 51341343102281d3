"""Parquet: read by DuckDB, which may open this one file and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from targettrack.errors import Exit
from targettrack.language import tr
from targettrack.store.links._statements import Statements, listed
from targettrack.store.links._table import LinkError, Table, fetched, quoted

ENDINGS = (".parquet",)
TABLES = False
COUNTED = True


@contextmanager
def opened(path: Path, _table: str | None) -> Iterator[Table]:
    """The rows of a file, in its order; decimals with the digits of their column.

    Raises:
        LinkError: it is no Parquet; or DuckDB is not installed (exit 5).

    """
    try:
        import duckdb  # noqa: PLC0415 - only such a file needs it
    except ImportError:
        raise LinkError(
            "not-installed",
            tr("reading this file needs {library}, which is not installed", library="duckdb"),
            tr("install it: {command}", command="pip install 'targettrack[link]'"),
            exit=Exit.IO,
        ) from None
    if set(str(path)) & set("*?[]{}"):
        raise LinkError(
            "bad-link",
            tr("the file's name, or that of a folder above it, has one of * ? [ ] { } in it"),
            tr("rename it"),
        )
    try:
        with closing(duckdb.connect(":memory:", config=_ALONE)) as base:
            base.execute("SET enable_progress_bar = false")  # it would stand on stdout
            base.execute("SET allowed_paths = ?", [[str(path)]])
            base.execute("SET enable_external_access = false")
            base.execute("SET lock_configuration = true")
            head = base.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(path)]).description or []
            types = {str(column[0]): str(column[1]) for column in head}
            engine = None if any(name.casefold() == _NUMBER for name in types) else _DuckDB(base, str(path), types)
            yield Table(tuple(str(column[0]) for column in head), lambda names: _rows(base, path, names), types, engine)
    except duckdb.Error as error:
        said = str(error).partition("\n")[0].replace(str(path), path.name)
        raise LinkError(
            "bad-link",
            tr("the linked file is no Parquet, or is damaged: {error}", error=said),
            tr("save it anew, or put it back"),
        ) from None


_ALONE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "1",
}


def _rows(base: Any, path: Path, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - DuckDB's connection
    asked = f"SELECT {', '.join(map(quoted, names))} FROM read_parquet(?)"  # noqa: S608 - names that the file itself has, quoted
    return fetched(base.execute(asked, [str(path)]))


_NUMBER = "file_row_number"
"""What DuckDB calls the number of a row in its file, from 0."""


class _DuckDB(Statements):
    """DuckDB, which keeps small tables of its own."""

    NUMBER = f"r.{_NUMBER} + 1"
    TABLE = f"read_parquet($file, {_NUMBER} = true)"

    def __init__(self, base: Any, path: str, types: Mapping[str, str]) -> None:  # noqa: ANN401 - DuckDB's connection
        super().__init__(types)
        self._base, self._path = base, path

    def asked(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """The answer to a statement."""
        return fetched(self._base.execute(statement, {"file": self._path}))

    def kept(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
        """A table of this connection alone."""
        given = ", ".join(f"unnest(${column}::{kind}[]) AS {column}" for column, kind in columns.items())
        values = {column: [row[place] for row in rows] for place, column in enumerate(columns)}
        self._base.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {given}", values)

    def distinct(self, set: str, columns: Sequence[str], most: int) -> list[tuple[Any, ...]] | None:
        """As of any engine; what has very many different rows is found out without keeping them."""
        about = self._first(f"SELECT approx_count_distinct(hash({listed(columns)})) FROM {self.TABLE} AS r")[0]  # noqa: S608 - names that the file itself has, quoted
        return super().distinct(set, columns, most) if about <= 2 * most else None

    def bits(self, sets: tuple[str, str], width: int) -> Iterator[tuple[int, int]]:
        """As of any engine, in half the time."""
        one, other = sets
        told = f"bitstring_agg({width - 1} - {other}.id, 0, {width - 1})"
        for id, bits in self.asked(f"SELECT {one}.id, {told} {self.joined(sets)} GROUP BY {one}.id"):
            yield id, int(bits, 2)
