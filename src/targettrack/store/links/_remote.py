"""Remote: tables that another machine keeps, asked in its own SQL, which sqlglot says; nothing is written there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from targettrack.errors import Exit
from targettrack.language import tr
from targettrack.store.links._statements import Statements, listed
from targettrack.store.links._table import LinkError, Table

Run = Callable[[str], Iterable[Sequence[Any]]]
"""The answer of an engine to a statement in its own words."""

MOST = 1_000_000
"""So many rows are read one by one; of more, those that matter."""


class Remote(Statements):
    """A table of an engine. What later statements are to know of small tables stands in them: nobody need be allowed to make one."""

    LONGEST: int | None = None
    """So many letters a statement may have."""

    def __init__(self, run: Run, dialect: str, table: str, types: Mapping[str, str]) -> None:
        super().__init__(types)
        self._run, self._dialect, self._table = run, dialect, table
        self._kept: dict[str, tuple[Sequence[str], str]] = {}

    def asked(self, statement: str) -> Iterable[Sequence[Any]]:
        """The answer to a statement."""
        known = [name for name in self._kept if f" {name} ON " in statement]
        given = ", ".join(
            f"{name} AS (SELECT * FROM (VALUES ({_mark(name)})) AS v({', '.join(self._kept[name][0])}))"  # noqa: S608 - names of ours
            for name in known
        )
        asked = said(f"WITH {given} {statement}" if known else statement, self._table, self._dialect)
        for name in known:
            asked = asked.replace(f"({_mark(name)})", self._kept[name][1])
        if self.LONGEST is not None and len(asked) > self.LONGEST:
            raise LinkError(
                "too-large",
                tr("this table has figures of too many different kinds, and of too many parts, to be asked for"),
                tr("link a view of what the promises are about"),
                "table",
            )
        return self._run(asked)

    def kept(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
        """A small table as later statements are to say it."""
        kinds = list(columns.values())
        said = (f"({', '.join(map(self._literal, row, kinds))})" for row in rows)
        self._kept[name] = list(columns), ", ".join(said)

    def _literal(self, value: Any, kind: str) -> str:  # noqa: ANN401 - what a cell holds
        """A value in the engine's words."""
        from sqlglot import exp  # noqa: PLC0415 - only such a table needs it

        if isinstance(value, (bool, int, Decimal)):
            return str(value)
        text = exp.null() if value is None else exp.Literal.string(str(value))
        typed = kind if value is None else "DATE" if isinstance(value, date) else None
        literal = exp.cast(text, typed, dialect="duckdb") if typed else text
        return str(literal.sql(self._dialect))

    def rows(self, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """These columns of all rows, in an order that does not depend on the engine.

        Raises:
            LinkError: there are too many to be read one by one.

        """
        if self.size() > MOST:
            raise LinkError(
                "too-large",
                tr("this table has more than {count} rows, which are not read one by one", count=f"{MOST:,}"),
                tr("ask status, as a table or as data, which reads what matters; or link a view of fewer"),
                "table",
            )
        asked = f"SELECT {listed(columns)} FROM {self.TABLE} AS r"  # noqa: S608 - names that the table itself has, quoted
        yield from in_order(map(tuple, self.asked(asked)))

    def some(
        self, columns: Sequence[str], sets: tuple[str, str], wanted: Mapping[int, int]
    ) -> Iterator[tuple[Any, ...]]:
        """As of any engine; in the order in which all rows are read."""
        yield from in_order(super().some(columns, sets, wanted))


def _mark(name: str) -> str:
    """What stands in a statement for the rows of a small table until it is said in the engine's words."""
    return f"'rows of {name}'"


def head(table: str, dialect: str) -> str:
    """What tells the columns of a table, in an engine's words."""
    return said(f"SELECT * FROM {Statements.TABLE} LIMIT 0", table, dialect)  # noqa: S608 - a name of ours


def said(statement: str, table: str, dialect: str) -> str:
    """A statement about the table in an engine's words; the table has its schema before it if it has one.

    Raises:
        LinkError: that is no name of a table; sqlglot is not installed.

    """
    try:
        from sqlglot import errors, exp, parse_one, tokenize  # noqa: PLC0415 - only such a table needs it
    except ImportError:
        raise missing("sqlglot") from None
    try:
        parts = [each.text for each in tokenize(table, read=dialect)]
        name = exp.to_table(table, dialect=dialect)
    except (errors.SqlglotError, ValueError):
        raise _no_table(table) from None
    if set(parts[1::2]) - {"."} or len(parts) not in {1, 3, 5} or name.alias:
        raise _no_table(table)
    tree = parse_one(statement, read="duckdb")
    for each in tree.find_all(exp.Table):
        if each.name == Statements.TABLE:
            for part in ("this", "db", "catalog"):
                each.set(part, name.args.get(part))
    return str(tree.sql(dialect))


def _no_table(name: str) -> LinkError:
    return LinkError(
        "bad-link",
        tr('"{name}" is no name of a table', name=name),
        tr('write it as in SQL: "schema.table"'),
        "table",
    )


def missing(library: str, extra: str = "engines") -> LinkError:
    """What to say where a library is not installed."""
    return LinkError(
        "not-installed",
        tr("asking this engine needs {library}, which is not installed", library=library),
        tr("install it: {command}", command=f"pip install 'targettrack[{extra}]'"),
        "engine",
        exit=Exit.IO,
    )


def in_order(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in the order of their texts: which of two figures stands later does not depend on how an engine answers."""
    return sorted(rows, key=lambda row: [(cell is not None, str(cell)) for cell in row])


@contextmanager
def told(errors: type[Exception] | tuple[type[Exception], ...], address: str) -> Iterator[None]:
    """Say what an engine finds wrong in one sentence, without the address, which may hold a password.

    Raises:
        LinkError: the engine cannot be reached, or refuses.

    """
    try:
        yield
    except errors as found:
        lines = (line.strip() for line in str(found).replace(address, "…").splitlines())
        said = next(filter(None, lines), type(found).__name__)
        raise LinkError(
            "unreadable",
            tr("the engine does not give the figures: {error}", error=said),
            tr("check that it runs, its address, and that the table is there and may be read"),
            "engine",
            exit=Exit.IO,
        ) from None


def table(remote: Remote, types: Mapping[str, str]) -> Table:
    """What there is before a row is read."""
    return Table(tuple(types), remote.rows, types, remote, MOST, ordered=False)
