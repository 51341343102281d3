"""SQLite: the rows of one table or view, in the order in which they were put there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from targettrack.language import tr
from targettrack.store.links._table import LinkError, Table, quoted

if TYPE_CHECKING:
    import sqlite3

ENDINGS = (".sqlite", ".sqlite3", ".db")
TABLES = True
COUNTED = False
_ASKED = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


@contextmanager
def opened(path: Path, table: str | None) -> Iterator[Table]:
    """The rows of a table; nothing is written, nor is anything beside the file.

    Raises:
        LinkError: it is no SQLite, has no such table, or has changes that are not in the file yet.

    """
    import sqlite3  # noqa: PLC0415 - only such a file needs it

    _settled(path)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            base.execute("PRAGMA trusted_schema = OFF")
            names = [name for (name,) in base.execute(_ASKED)]
            if table is None or table not in names:
                raise LinkError(
                    "no-table",
                    tr('the file has no table "{name}"', name=table),
                    tr("it has {names}", names=", ".join(sorted(names)) or tr("none")),
                    "table",
                )
            head = base.execute(f"SELECT * FROM {quoted(table)} LIMIT 0").description  # noqa: S608 - a name that the file itself has, quoted
            yield Table(tuple(column[0] for column in head), lambda chosen: _rows(base, table, chosen))
    except sqlite3.Error as error:
        raise LinkError(
            "bad-link",
            tr("the linked file is no SQLite, or is damaged: {error}", error=error),
            tr("save it anew, or put it back"),
        ) from None


def _settled(path: Path) -> None:
    """Refuse a file beside which SQLite keeps changes that are not in it."""
    for ending in ("-wal", "-journal"):
        beside = path.with_name(f"{path.name}{ending}")
        if beside.exists() and beside.stat().st_size:
            raise LinkError(
                "bad-link",
                tr("changes of the linked file are still in {name}, beside it", name=beside.name),
                tr("close the program that writes it, or open and close the file once with sqlite3"),
            )


def _rows(base: sqlite3.Connection, table: str, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    chosen = f"SELECT {', '.join(map(quoted, names))} FROM {quoted(table)}"  # noqa: S608 - names that the file itself has, quoted
    return iter(base.execute(f"{chosen}{_order(base, table)}"))


def _order(base: sqlite3.Connection, table: str) -> str:
    """How rows that have a number are brought into the order of their numbers; a view, and a table without, has its own."""
    has_number = "SELECT type = 'table' AND NOT wr FROM pragma_table_list(?) WHERE schema = 'main'"
    (found,) = base.execute(has_number, [table]).fetchone()
    own = {name.casefold() for (name,) in base.execute("SELECT name FROM pragma_table_info(?)", [table])}
    number = next((name for name in ("rowid", "_rowid_", "oid") if name not in own), None)
    return f" ORDER BY {number}" if found and number else ""
