"""Parquet: read by DuckDB, which may open this one file and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from targettrack.errors import Exit, failure
from targettrack.language import tr
from targettrack.store.links._table import LinkError, Table

ENDINGS = (".parquet",)
TABLES = False
_AT_ONCE = 4096


@contextmanager
def opened(path: Path, _table: str | None) -> Iterator[Table]:
    """The rows of a file, in its order; decimals with the digits of their column.

    Raises:
        LinkError: it is no Parquet.
        TargettrackError: DuckDB is not installed (exit 5).

    """
    try:
        import duckdb  # noqa: PLC0415 - only such a file needs it
    except ImportError:
        raise failure(
            Exit.IO,
            "not-installed",
            tr("reading this file needs {library}, which is not installed", library="duckdb"),
            hint=tr("install it: {command}", command="pip install 'targettrack[link]'"),
            file=str(path),
        ) from None
    if set(str(path)) & set("*?[]{}"):
        raise LinkError("bad-link", tr("the file's name has one of * ? [ ] { } in it"), tr("rename the file"))
    try:
        with closing(duckdb.connect(":memory:", config=_ALONE)) as base:
            base.execute("SET allowed_paths = ?", [[str(path)]])
            base.execute("SET enable_external_access = false")
            base.execute("SET lock_configuration = true")
            rows = base.execute("SELECT * FROM read_parquet(?)", [str(path)])
            yield Table(tuple(column[0] for column in rows.description), _rows(rows))
    except duckdb.Error as error:
        said = str(error).partition("\n")[0]
        raise LinkError(
            "bad-link", tr("the linked file is no Parquet: {error}", error=said), tr("save it anew")
        ) from None


_ALONE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "1",
}


def _rows(rows: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - DuckDB's result
    while found := rows.fetchmany(_AT_ONCE):
        yield from found
