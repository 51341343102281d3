"""Trino: a table or a view, asked through its own client at ``trino://user@host:8080/catalog/schema``, with a password or port 443 over HTTPS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from targettrack.language import tr
from targettrack.store.links._remote import Remote, head, missing, table, told
from targettrack.store.links._table import LinkError, Table, fetched

ENDINGS = ()
TABLES = True
COUNTED = True


class _Trino(Remote):
    LONGEST = 1_000_000


@contextmanager
def opened(address: str, name: str) -> Iterator[Table]:
    """The rows of a table.

    Raises:
        LinkError: the address is none of Trino's; it cannot be reached, or the table not be read (exit 5).

    """
    try:
        from requests import RequestException  # noqa: PLC0415 - only such a table needs it
        from trino import auth, dbapi, exceptions  # noqa: PLC0415 - only such a table needs it
    except ImportError:
        raise missing("trino") from None
    connect: Any = dbapi.connect
    given = _given(address)
    secret = given.pop("password")
    if secret is not None:
        given["auth"] = auth.BasicAuthentication(given["user"], secret)
    with (
        told((exceptions.Error, RequestException), address),
        closing(connect(**given)) as base,
    ):

        def run(statement: str) -> Iterator[Sequence[Any]]:
            with closing(base.cursor()) as cursor:
                cursor.execute(statement)
                yield from fetched(cursor)

        with closing(base.cursor()) as cursor:
            cursor.execute(head(name, "trino"))
            cursor.fetchall()
            types = {str(each[0]): str(each[1]).upper() for each in cursor.description or ()}
        yield table(_Trino(run, "trino", name, types), types)


def _given(address: str) -> dict[str, Any]:
    """What an address says.

    Raises:
        LinkError: it is none of Trino's.

    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme != "trino" or not parts.hostname or not parts.username:
        raise LinkError(
            "bad-link",
            tr("this is no address of Trino"),
            tr("write trino://user@host:8080/catalog/schema"),
            "engine",
        )
    catalog, _, schema = parts.path.strip("/").partition("/")
    secret = parts.password and unquote(parts.password)
    return {
        "host": parts.hostname,
        "port": port or (443 if secret else 8080),
        "user": unquote(parts.username),
        "catalog": catalog or None,
        "schema": schema or None,
        "http_scheme": "https" if secret or port == 443 else "http",
        "password": secret,
    }
