"""Parquet: read by DuckDB, which may open this one file and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from targettrack.errors import Exit
from targettrack.language import tr
from targettrack.store.links._table import Engine, LinkError, Table, quoted

ENDINGS = (".parquet",)
TABLES = False
COUNTED = True
_AT_ONCE = 4096


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
            engine = None if any(name.casefold() == _NUMBER for name in types) else _Engine(base, str(path))
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
    found = base.execute(asked, [str(path)])
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


_NUMBER = "file_row_number"
"""What DuckDB calls the number of a row in its file, from 0."""


class _Engine(Engine):
    """DuckDB; the sets of columns are its own small tables: c0, c1 and so on, and the number ``id``."""

    def __init__(self, base: Any, path: str) -> None:  # noqa: ANN401 - DuckDB's connection
        self._base, self._path, self._sets = base, path, dict[str, Sequence[str]]()

    def about(self, sets: Sequence[Sequence[str]]) -> list[int]:
        asked = ["count(*)", *(f"approx_count_distinct(hash({_list(columns)}))" for columns in sets)]
        counted = f"SELECT {', '.join(asked)} FROM read_parquet($file)"  # noqa: S608 - as below
        return list(self._run(counted, file=self._path).fetchone())

    def ends(self, column: str) -> tuple[int, Any, Any]:
        name = quoted(column)
        asked = f"SELECT count(*) - count({name}), min({name}), max({name}) FROM read_parquet($file)"  # noqa: S608 - names that the file itself has, quoted
        return tuple(self._run(asked, file=self._path).fetchone())

    def distinct(self, set: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        self._sets[set] = columns
        named = ", ".join(f"{quoted(column)} AS c{place}" for place, column in enumerate(columns)) or "0 AS c0"
        different = f"SELECT DISTINCT {named} FROM read_parquet($file)"  # noqa: S608 - as above
        self._run(
            f"CREATE OR REPLACE TEMP TABLE {set} AS SELECT *, (row_number() OVER () - 1)::INTEGER AS id FROM ({different})",  # noqa: S608 - as above
            file=self._path,
        )
        return [row[: len(columns)] for row in self._run(f"SELECT * FROM {set} ORDER BY id").fetchall()]  # noqa: S608 - as above

    def coded(self, set: str, codes: Sequence[int]) -> None:
        self._run(f"UPDATE {set} SET id = ($codes::INTEGER[])[id + 1]", codes=list(codes))  # noqa: S608 - as above

    def bits(self, sets: tuple[str, str], width: int) -> Iterator[tuple[int, int]]:
        one, other = sets
        found = self._run(
            f"SELECT {one}.id, bitstring_agg({width - 1} - {other}.id, 0, {width - 1}) {self._joined(sets)} GROUP BY {one}.id",
            file=self._path,
        )
        while rows := found.fetchmany(64):
            yield from ((id, int(bits, 2)) for id, bits in rows)

    def some(
        self, columns: Sequence[str], sets: tuple[str, str], pairs: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[Any, ...]]:
        one, other = sets
        self._run(
            "CREATE OR REPLACE TEMP TABLE wanted AS SELECT unnest($one::INTEGER[]) AS a, unnest($other::INTEGER[]) AS b",
            one=[pair[0] for pair in pairs],
            other=[pair[1] for pair in pairs],
        )
        named = "".join(f", r.{quoted(column)}" for column in columns)
        found = self._run(
            f"SELECT r.{_NUMBER} + 1 {named} {self._joined(sets)} JOIN wanted ON wanted.a = {one}.id AND wanted.b = {other}.id ORDER BY 1",
            file=self._path,
        )
        while rows := found.fetchmany(_AT_ONCE):
            yield from rows

    def _joined(self, sets: tuple[str, str]) -> str:
        """The rows of the file, each with its number in each set."""
        return f"FROM read_parquet($file, {_NUMBER} = true) r " + " ".join(
            f"JOIN {each} ON {self._same(each)}" for each in sets
        )

    def _same(self, set: str) -> str:
        return (
            " AND ".join(
                f"r.{quoted(column)} IS NOT DISTINCT FROM {set}.c{place}"
                for place, column in enumerate(self._sets[set])
            )
            or "TRUE"
        )

    def _run(self, asked: str, **values: Any) -> Any:  # noqa: ANN401 - DuckDB's answer
        return self._base.execute(asked, values)


def _list(columns: Sequence[str]) -> str:
    return ", ".join(map(quoted, columns)) or "0"
