"""Parquet: read by DuckDB, which may open this one file and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from targettrack.errors import Exit
from targettrack.language import tr
from targettrack.store.links._table import LinkError, Table, quoted

ENDINGS = (".parquet",)
TABLES = False
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
            yield Table(tuple(str(column[0]) for column in head), lambda names: _rows(base, path, names), types)
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
