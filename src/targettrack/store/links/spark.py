"""Spark: a table or a view, asked through PySpark: a Connect server (``sc://host:15002``), or the address of a cluster (``local[4]``, ``spark://host:7077``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from targettrack.store.links._remote import Remote, head, missing, table, told
from targettrack.store.links._table import Table

ENDINGS = ()
TABLES = True
COUNTED = True


@contextmanager
def opened(address: str, name: str) -> Iterator[Table]:
    """The rows of a table.

    Raises:
        LinkError: Spark cannot be reached, or the table not be read (exit 5).

    """
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - only such a table needs it
        from pyspark.sql import SparkSession  # noqa: PLC0415 - only such a table needs it
    except ImportError:
        raise missing("pyspark", "spark") from None
    with told((PySparkException, RuntimeError), address):
        builder = SparkSession.builder.appName("targettrack")
        for key in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
            builder = builder.config(key, "false")
        session = (builder.remote if address.startswith("sc://") else builder.master)(address).getOrCreate()
        try:
            if not address.startswith("sc://"):
                session.sparkContext.setLogLevel("OFF")

            def run(statement: str) -> Iterator[Sequence[Any]]:
                yield from session.sql(statement).toLocalIterator()

            types = {column: _type(kind) for column, kind in session.sql(head(name, "spark")).dtypes}
            yield table(Remote(run, "spark", name, types), types)
        finally:
            session.stop()


def _type(name: str) -> str:
    """What DuckDB calls a type of Spark."""
    return {"string": "VARCHAR", "int": "INTEGER", "timestamp": "TIMESTAMP WITH TIME ZONE"}.get(name, name.upper())
