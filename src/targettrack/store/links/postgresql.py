"""PostgreSQL: a table or a view, asked through psycopg in one transaction that may only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from targettrack.store.links._remote import Remote, head, missing, table, told
from targettrack.store.links._table import Table, fetched

ENDINGS = ()
TABLES = True
COUNTED = True


@contextmanager
def opened(address: str, name: str) -> Iterator[Table]:
    """The rows of a table, at an address as ``postgresql://host/base`` or ``host=… dbname=…``.

    Raises:
        LinkError: the base cannot be reached, or the table not be read (exit 5).

    """
    try:
        import psycopg  # noqa: PLC0415 - only such a table needs it
    except ImportError:
        raise missing("psycopg") from None
    with told(psycopg.Error, address), psycopg.connect(address, connect_timeout=10) as base:
        base.read_only, base.isolation_level = True, psycopg.IsolationLevel.REPEATABLE_READ

        def run(statement: str) -> Iterator[Sequence[Any]]:
            with base.cursor() as cursor:
                cursor.execute(statement.encode())
                yield from fetched(cursor)

        with base.cursor() as cursor:
            # it takes the lists of a statement for short, and would walk through them row by row
            cursor.execute("SET enable_nestloop = off")
            cursor.execute(head(name, "postgres").encode())
            types = {each.name: _type(each.type_display) for each in cursor.description or ()}
        yield table(Remote(run, "postgres", name, types), types)


def _type(name: str) -> str:
    """What DuckDB calls a type of PostgreSQL."""
    return _TYPES.get(name, name.upper().replace("NUMERIC", "DECIMAL"))


_TYPES = {"text": "VARCHAR", "bpchar": "VARCHAR", "bool": "BOOLEAN", "int2": "SMALLINT", "int4": "INTEGER", "int8": "BIGINT", "float4": "FLOAT", "float8": "DOUBLE", "timestamptz": "TIMESTAMP WITH TIME ZONE"}  # fmt: skip
