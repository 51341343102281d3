"""SQLite: the rows of one table or view, in the order in which they were put there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from targettrack.language import tr
from targettrack.store.links._table import LinkError, Table

ENDINGS = (".sqlite", ".sqlite3", ".db")
TABLES = True


@contextmanager
def opened(path: Path, table: str | None) -> Iterator[Table]:
    """The rows of a table; nothing is written, nor is anything beside the file.

    Raises:
        LinkError: it is no SQLite, or has no such table.

    """
    import sqlite3  # noqa: PLC0415 - only such a file needs it

    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
            asked = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            names = [name for (name,) in base.execute(asked)]
            if table is None or table not in names:
                raise LinkError(
                    "no-table",
                    tr('the file has no table "{name}"', name=table),
                    tr("it has {names}", names=", ".join(sorted(names)) or tr("none")),
                    "table",
                )
            quoted = table.replace('"', '""')
            rows = base.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - a name that the file itself has, quoted
            yield Table(tuple(column[0] for column in rows.description), rows)
    except sqlite3.Error as error:
        raise LinkError(
            "bad-link", tr("the linked file is no SQLite: {error}", error=error), tr("save it anew")
        ) from None
