"""Links: a judgement never depends on where a figure is kept, and a link that is wrong is said where it is."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from repository import Repository
from support import run, tries
from targettrack.errors import Exit, TargettrackError
from targettrack.program.model import Link
from targettrack.program.shelf import Loaded
from targettrack.store import load
from targettrack.store.links import _opened
from targettrack.store.links._table import LinkError
from test_laws import DAYS, Table, documents, program
from test_raw import raw_in

if TYPE_CHECKING:
    from datetime import date

COLUMNS = {
    "indicator": "VARCHAR", "period": "VARCHAR", "value": "DECIMAL(18, 2)", "low": "DECIMAL(18, 2)", "high": "DECIMAL(18, 2)", "approx": "VARCHAR", "published": "DATE", "recorded": "DATE", "source": "VARCHAR", "series_break": "BOOLEAN",
    "quality": "VARCHAR", "page": "VARCHAR", "quote": "VARCHAR", "note": "VARCHAR", "sector": "VARCHAR",
}  # fmt: skip
"""The columns of a file, with their types where columns have one."""
ASKED = {"columns": {"range": ["low", "high"], "disaggregation": {"sector": "sector"}}}
Rows = Sequence[Sequence[Any]]


def as_csv(path: Path, rows: Rows) -> None:
    """Rows in a text file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *([text(each) for each in row] for row in rows)])


def as_sqlite(path: Path, rows: Rows) -> None:
    """Rows in a table whose columns take whatever they are given."""
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(f'CREATE TABLE "a ""b" ({", ".join(COLUMNS)})')
        base.executemany(
            f'INSERT INTO "a ""b" VALUES ({", ".join("?" for _ in COLUMNS)})',  # noqa: S608 - the columns of this file
            [[text(each) or None for each in row] for row in rows],
        )


def as_parquet(path: Path, rows: Rows) -> None:
    """Rows with typed columns: decimals, dates, texts."""
    with closing(duckdb.connect()) as base:
        base.execute(f"CREATE TABLE t ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
        base.executemany(f"INSERT INTO t VALUES ({', '.join('?' for _ in COLUMNS)})", [list(row) for row in rows])  # noqa: S608 - as above
        base.execute(f"COPY t TO '{path}' (FORMAT parquet)")


def text(value: object) -> str:
    """What a cell says of a value."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def cells(actual: Table) -> list[Any]:
    """An actual as a row of the columns; its numbers have two decimals."""
    low, high = (number(each) for each in actual.get("range", [None, None]))
    sector = actual.get("disaggregation", {}).get("sector")
    whole = {
        **actual,
        "sector": sector,
        "low": low,
        "high": high,
        "value": number(actual.get("value")),
        "period": str(actual["period"]),
    }
    return [whole.get(name) for name in COLUMNS]


def number(value: Decimal | None) -> Decimal | None:
    """The number with two decimals."""
    return None if value is None else value.quantize(Decimal("0.01"))


def exact(document: Table) -> Table:
    """A document whose figures have the digits of the columns."""
    actuals = [
        {
            key: [number(each) for each in of] if key == "range" else number(of) if key == "value" else of
            for key, of in each.items()
        }
        for each in document["actuals"]
    ]
    return {**document, "actuals": actuals}


KINDS: dict[str, tuple[Callable[[Path, Rows], None], dict[str, str]]] = {
    "o.csv": (as_csv, {}),
    "o.sqlite": (as_sqlite, {"table": 'a "b'}),
    "o.parquet": (as_parquet, {}),
}


def read(folder: Path, document: Table) -> Loaded:
    """A document as it is read from a file."""
    path = folder / "p.toml"
    path.write_text(tomli_w.dumps(document), encoding="utf-8")
    found = load.load(path)
    assert found is not None
    return found


def shown(folder: Path, command: str, on: date) -> list[str]:
    """What a command says of a program as JSON, without where figures stand."""
    said = run(command, "p", "--json", "--on", on.isoformat(), "--targets", folder)
    assert said.returncode == 0, said.stderr
    return unplaced(said.stdout)


def unplaced(text: str) -> list[str]:
    """The lines of a document but for those that say where figures stand."""
    return [line for line in text.splitlines() if not line.strip().startswith(PLACE)]


PLACE = ('"file":', '"line":', '"link":', '"row":')
WORDS = st.text(min_size=1, max_size=6).filter(
    lambda text: text.strip(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0…") == text
)
MORE = st.fixed_dictionaries(
    {},
    optional={
        "quality": st.sampled_from(["final", "provisional", "estimate"]),
        "page": st.one_of(st.integers(1, 99), st.sampled_from(["iv", "012", "3-4"])),
        "quote": WORDS,
        "note": st.sampled_from(["true", "1,5", '"', "a;b", "x\ny", "=1+1", "[1, 2]", "NULL"]),
        "disaggregation": st.sampled_from([{"sector": "textile"}, {"sector": "steel, iron"}]),
    },
)


@pytest.mark.parametrize("name", KINDS)
@tries(60)
@given(st.data(), documents(), DAYS)
def test_a_judgement_does_not_depend_on_where_figures_are(
    name: str, data: st.DataObject, document: Table, on: date
) -> None:
    """The figures of a program, or the last of them, moved into a file of any kind, are the same figures in the same order, and give the same rows."""
    figures = [{**each, **data.draw(MORE)} for each in document["actuals"]]
    document = exact({**document, "actuals": figures})
    if program(document) is None or not figures:
        return
    stay = data.draw(st.integers(0, len(figures) - 1))
    with TemporaryDirectory() as made:
        folder = Path(made)
        read(folder, document)
        own = [shown(folder, command, on) for command in ("status", "show")]
        save, rest = KINDS[name]
        save(folder / name, [cells(each) for each in document["actuals"][stay:]])
        rows = {"actuals": document["actuals"][:stay], "links": {"o": {"file": name, **ASKED, **rest}}}
        linked = read(folder, {**document, **rows})
        assert [shown(folder, command, on) for command in ("status", "show")] == own
    assert linked.at("actuals", stay).endswith("p.toml [links.o] row 1")
    assert linked.row("actuals", len(figures) - 1) == ("o", len(figures) - stay)


EVERY = [
    ("explain", "p/i"), ("explain", "p/i", "--with", "3", "--period", "2015"), ("history", "p/i", "--every", "quarter"), ("cite", "p"), ("list",), ("status", "p", "--against", "original", "--method", "un-2022"),
]  # fmt: skip
STANDS = re.compile(r'[^\s",]*p\.toml(?: \[links\.o\] row \d+|(?::\d+)*)|"line": (?:\d+|null)|\[links\.o\] row \d+: ')
"""Where a figure stands, in sentences and as a key."""


def said_of(folder: Path, on: date) -> list[object]:
    """What every command says of a program as JSON; and what is found in it, in whatever order, for it is that of the lines."""
    rest = ("--json", "--on", on.isoformat(), "--targets", folder)
    found = json.loads(run("check", "p", *rest).stdout)["problems"]
    told = sorted((each["code"], STANDS.sub("", each["message"]), each["hint"] or "") for each in found)
    runs = [run(*words, *rest) for words in EVERY]
    return [told, *((each.returncode, STANDS.sub("", each.stdout), STANDS.sub("", each.stderr)) for each in runs)]


@tries(20)
@given(st.data(), documents(), DAYS)
def test_no_command_depends_on_where_figures_are(data: st.DataObject, document: Table, on: date) -> None:
    """Whoever explains, cites, lists or checks figures says the same of them in a link."""
    figures = [{**each, **data.draw(MORE)} for each in document["actuals"]]
    document = exact({**document, "actuals": figures})
    if program(document) is None or not figures:
        return
    with TemporaryDirectory() as made:
        folder = Path(made)
        read(folder, document)
        own = said_of(folder, on)
        as_csv(folder / "o.csv", [cells(each) for each in document["actuals"]])
        read(folder, {**document, "actuals": [], "links": {"o": {"file": "o.csv", **ASKED}}})
        assert said_of(folder, on) == own


HEAD = """targettrack = 1
[program]
name = "P"
[indicators.x]
name = "X"
unit = "%"
direction = "increase"
[links.o]
"""
ROWS = "indicator,period,value\nx,2016,5.10\nx,2017,6.00\n"


def refused(folder: Path, link: str, rows: str = ROWS) -> TargettrackError:
    """What is said of a program with a link."""
    (folder / "o.csv").write_text(rows, encoding="utf-8")
    (folder / "p.toml").write_text(HEAD + link, encoding="utf-8")
    with pytest.raises(TargettrackError) as caught:
        load.load(folder / "p.toml")
    return caught.value


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ('file = "../o.csv"', "`file` lies outside the repository of this program"),
        ('file = "/etc/o.csv"', "`file` is an address or begins at the root of a disk"),
        ('file = "https://a.org/o.csv"', "`file` is an address or begins at the root of a disk"),
        ('file = "o.txt"', 'no figures are read from a file that ends in ".txt"'),
        ('file = "away.csv"', 'there is no file "away.csv", which [links] names'),
        ('file = "away\\u0000.csv"', "`file` has a letter in it that no name of a file should have"),
        ('file = "a\\\\o.csv"', "`file` has a letter in it that no name of a file should have"),
        (f'file = "{"o" * 300}.csv"', f'"{"o" * 300}.csv" cannot be read: file name too long'),
        ('file = "o.csv"\ntable = "t"', "this kind of file has no tables"),
        ('file = "o.csv"\ncolumns = { value = "v" }', 'the file has no column "v"'),
        ('file = "o.csv"\ncolumns = { vaule = "v" }', "an actual has no key `vaule`"),
        ('file = "o.csv"\ncolumns = { value = 5 }', "the column of `value` is neither a name nor a constant"),
        (
            f'file = "o.csv"\ndigest = "sha256:{"0" * 64}"',
            "the linked file is not the one that was meant: its digest is another",
        ),
        ('file = "o.csv"\nurl = "x"', "unknown key `url`"),
    ],
)
def test_a_wrong_link_is_said_at_its_line(tmp_path: Path, link: str, said: str) -> None:
    """A link that leads nowhere, or out of the repository, is refused before a figure is read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "o.csv").write_text(ROWS, encoding="utf-8")
    found = refused(tmp_path / "in", link).problems
    assert [each.message for each in found] == [said]


def test_a_link_of_the_system_does_not_lead_out(tmp_path: Path) -> None:
    """What looks like a file of the folder and is elsewhere is elsewhere."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "in" / "s.csv").symlink_to(tmp_path / "secret.csv")
    assert [each.code for each in refused(tmp_path / "in", 'file = "s.csv"').problems] == ["bad-link"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,2018,", "[links.o] row 3: this actual has no figure: neither value nor range"),
        ("z,2018,1", '[links.o] row 3: no indicator has the id "z"'),
        ("x,2018-X9,1", "[links.o] row 3: "),
        ('x,2018,"1,5"', "[links.o] row 3: "),
        ("x,2018,true", "[links.o] row 3: x is measured in numbers, this is true or false"),
        ("x,2018", "row 3 has 2 cells, and the first line names 3"),
    ],
)
def test_a_wrong_row_is_said_with_its_link(tmp_path: Path, row: str, said: str) -> None:
    """A row that is no actual is named by link and row, at the line of the link; nothing is dropped."""
    error = refused(tmp_path, 'file = "o.csv"\n', f"{ROWS}{row}\n")
    (found,) = error.problems
    assert (found.message.startswith(said), found.line in {8, 9}, error.exit) == (True, True, Exit.INVALID)


@pytest.mark.parametrize("kind", ["DOUBLE", "FLOAT"])
def test_digits_that_were_invented_are_refused(tmp_path: Path, kind: str) -> None:
    """A floating-point column is no record of what was written, unless it says that it is about."""
    with closing(duckdb.connect()) as base:
        base.execute(
            f"COPY (SELECT 'x' AS indicator, 2017 AS period, 0.25::{kind} AS value) TO '{tmp_path / 'o.parquet'}'"
        )
    link = 'file = "o.parquet"\n'
    assert [each.code for each in refused(tmp_path, link).problems] == ["inexact-column"]
    (tmp_path / "p.toml").write_text(f'{HEAD}{link}columns = {{ approx = {{ value = "about" }} }}', encoding="utf-8")
    found = load.load(tmp_path / "p.toml")
    assert found is not None
    assert [(each.value, each.approx) for each in found.program.document.actuals] == [(Decimal("0.25"), "about")]


def test_the_digest_of_the_file_is_accepted(tmp_path: Path) -> None:
    """The file that was meant is read."""
    (tmp_path / "o.csv").write_text(ROWS, encoding="utf-8")
    digest = hashlib.sha256((tmp_path / "o.csv").read_bytes()).hexdigest()
    (tmp_path / "p.toml").write_text(f'{HEAD}file = "o.csv"\ndigest = "sha256:{digest}"', encoding="utf-8")
    found = load.load(tmp_path / "p.toml")
    assert found is not None
    assert [str(each.value) for each in found.program.document.actuals] == ["5.10", "6.00"]


def changing(folder: Path) -> None:
    """Read a linked file, and write it anew before that is done."""
    with _opened("o", Link(file="o.csv"), str(folder / "p.toml"), None) as table:
        assert [*table.rows(["value"])] == [("5.10",), ("6.00",)]
        (folder / "o.csv").write_text(ROWS.replace("6.00", "6.000"), encoding="utf-8")


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    """Figures of two states of a file are never judged together."""
    (tmp_path / "o.csv").write_text(ROWS, encoding="utf-8")
    with pytest.raises(LinkError, match="was changed while it was read") as caught:
        changing(tmp_path)
    assert caught.value.exit == Exit.LOCKED


HOSTILE = "\x1b[2J\u202e::error::[red]<b>`x`"


@pytest.mark.parametrize(
    ("link", "head"),
    [
        (f"file = {json.dumps(HOSTILE + '.csv')}", "indicator,period,value"),
        (f"file = {json.dumps('o.' + HOSTILE)}", "indicator,period,value"),
        (f'file = "o.csv"\ncolumns = {{ note = {json.dumps(HOSTILE)} }}', "indicator,period,value"),
        ('file = "o.csv"', f"indicator,period,{HOSTILE}"),
        ('file = "o.csv"', f"indicator,period,{HOSTILE},{HOSTILE}"),
        ('file = "o.csv"', f"indicator,period,value,page,approx\n{HOSTILE},{HOSTILE},{HOSTILE},{HOSTILE},{HOSTILE}"),
        ('file = "o.csv"', f'indicator,period,value\nx,2017,"{HOSTILE}'),
    ],
)
@pytest.mark.parametrize("format", ["table", "full", "json", "github"])
def test_nothing_of_a_link_is_raw(tmp_path: Path, link: str, head: str, format: str) -> None:
    """Whatever a link or its file says is shown, not obeyed, where it is refused."""
    (tmp_path / "o.csv").write_text(f"{head}\n", encoding="utf-8")
    (tmp_path / "p.toml").write_text(HEAD + link, encoding="utf-8")
    said = run("check", "--format", format, "--targets", tmp_path)
    assert said.stdout.strip()
    assert raw_in(said.stdout, "text" if format == "full" else format) == []
    refused = run("status", "p", "--targets", tmp_path)
    assert (raw_in(refused.stderr, "stderr"), refused.stdout) == ([], "")
    assert refused.returncode in {Exit.INVALID, Exit.IO}


def parquet(folder: Path, query: str) -> None:
    """The result of a query as a file."""
    with closing(duckdb.connect()) as base:
        base.execute(f"COPY ({query}) TO '{folder / 'o.parquet'}' (FORMAT parquet)")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (b"\xef\xbb\xbfindicator;period;value\r\nx;2017;5.5\r\n", None),
        (b"indicator\tperiod\tvalue\nx\t2017\t5.5\n\n\n", None),
        (b"indicator,period,value\rx,2017,5.5\r", None),
        ("indicator,period,value\nx,2017,5.5\n".encode("utf-16"), "the linked file is not UTF-8"),
        (b"indicator,period,value\n" + b"x,2017,1\n" * 30000 + b"\xe0,2017,1\n", "the linked file is not UTF-8"),
        (b"", "the linked file is empty"),
        (b"indicator,period,value\n", "the linked file has no row"),
        (b"indicator, period,value\nx,2017,1\n", 'the column " period" is not called `period`, as the key is'),
        (b"indicator,period,Value\nx,2017,1\n", 'the column "Value" is not called `value`, as the key is'),
        (b"indicator,period,value,Approx\nx,2017,1,over\n", 'the column "Approx" is not called `approx`, as the key is'),
        (b"indicator,period,value,value\nx,2017,1,2\n", 'the file has two columns "value"'),
        (b"indicator,period\nx,2017\n", 'the file has no column "value"'),
        (b"indicator,period,value\nx,2017,1\nx,20", "row 2 has 2 cells, and the first line names 3"),
        (b"indicator,period,value\nx,2017,1\n\nx,2018,1\n", "row 2 is empty"),
        (b'indicator,period,value\nx,2017,"1\n', "the linked file is no CSV from line 2 on: unexpected end of data"),
        (b"indicator,period,value\nx,2017," + b"9" * 5000, "[links.o] row 1: this number has 5000 digits, more than 30"),
        (b"indicator,period,value,published\nx,2017,1,2017-10-29T00:00:00Z\n", '[links.o] row 1: "2017-10-29T00:00:00Z" is no date'),
    ],
    ids=lambda value: str(value)[-24:],
)  # fmt: skip
def test_a_csv_is_read_or_refused(tmp_path: Path, rows: bytes, said: str | None) -> None:
    """A file as spreadsheets and editors write it is read; what is none is refused in a sentence."""
    (tmp_path / "o.csv").write_bytes(rows)
    (tmp_path / "p.toml").write_text(f'{HEAD}file = "o.csv"\n', encoding="utf-8")
    check_read(tmp_path, said)


def check_read(folder: Path, said: str | None) -> None:
    """A program is read, with one figure; or refused with one problem in its file, and exit 4."""
    if said is None:
        found = load.load(folder / "p.toml")
        assert found is not None
        assert [str(each.value) for each in found.program.document.actuals] == ["5.5"]
        return
    with pytest.raises(TargettrackError) as caught:
        load.load(folder / "p.toml")
    (problem,) = caught.value.problems
    assert (problem.message.startswith(said), problem.exit) == (True, Exit.INVALID), problem.message
    assert problem.line in {8, 9}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("2017 AS period, 5.5 AS value, uuid() AS other, 1.5::DOUBLE AS more", None),
        ("2017::DECIMAL(8, 2) AS period, 5.5 AS value, TIMESTAMP '2017-10-29' AS published", None),
        ("2017 AS period, 5.5 AS value, TIMESTAMP '2017-10-29 12:00:00' AS published", "[links.o] row 1: `published` has a time of day"),
        ("2017 AS period, 5.5 AS value, TIMESTAMPTZ '2017-10-29 00:00:00+07' AS published", 'the column "published" is of the type TIMESTAMP WITH TIME ZONE, which no figure has'),
        ("2017 AS period, 5.5 AS value, 'infinity'::DATE AS published", "[links.o] row 1: `published` is no day"),
        ("2017::DOUBLE AS period, 5.5 AS value", 'the column "period" is of the type DOUBLE, a floating-point number'),
        ("2017 AS period, 5.5::FLOAT AS value", 'the column "value" is of the type FLOAT, a floating-point number'),
        ("2017 AS period, 5.5 AS value, 'a'::BLOB AS note", 'the column "note" is of the type BLOB, which no figure has'),
        ("2017 AS period, 5.5 AS value, ['a'] AS note", 'the column "note" is of the type VARCHAR[], which no figure has'),
        ("2017 AS period, NULL::DECIMAL(4, 1) AS value", "[links.o] row 1: this actual has no figure"),
        ("NULL::INTEGER AS period, 5.5 AS value", "[links.o] row 1: `period` is missing"),
    ],
    ids=lambda value: str(value)[-24:],
)  # fmt: skip
def test_a_parquet_is_read_or_refused(tmp_path: Path, columns: str, said: str | None) -> None:
    """Columns whose types are exact are read; what is none is refused by name and type, unless nobody reads it."""
    parquet(tmp_path, f"SELECT 'x' AS indicator, {columns}")
    (tmp_path / "p.toml").write_text(f'{HEAD}file = "o.parquet"\n', encoding="utf-8")
    check_read(tmp_path, said)


@pytest.mark.parametrize("cut", [0, 4, 100, -1, -20])
def test_a_damaged_parquet_is_refused(tmp_path: Path, cut: int) -> None:
    """A file that was cut off is no shorter one."""
    parquet(tmp_path, "SELECT 'x' AS indicator, 2017 AS period, 5.5 AS value")
    path = tmp_path / "o.parquet"
    path.write_bytes(path.read_bytes()[:cut])
    (tmp_path / "p.toml").write_text(f'{HEAD}file = "o.parquet"\n', encoding="utf-8")
    check_read(tmp_path, "the linked file is no Parquet, or is damaged: ")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (["CREATE TABLE t (indicator, period, value)", "INSERT INTO t VALUES ('x', 2017, '5.5')"], None),
        (["CREATE TABLE t (indicator, period PRIMARY KEY, value) WITHOUT ROWID", "INSERT INTO t VALUES ('x', 2017, '5.5')"], None),
        (["CREATE TABLE t (indicator, period, value, rowid, oid)", "INSERT INTO t VALUES ('x', 2017, '5.5', 1, 1)"], None),
        (["CREATE VIEW t AS SELECT 'x' AS indicator, 2017 AS period, '5.5' AS value"], None),
        (["CREATE TABLE t (indicator, period, value NUMERIC)", "INSERT INTO t VALUES ('x', 2017, '5.5')"], '[links.o] row 1: the column "value" is of the type REAL, a floating-point number'),
        (["CREATE TABLE t (indicator, period, value)", "INSERT INTO t VALUES ('x', 2017, x'00')"], "[links.o] row 1: `value` is neither a text nor a number"),
        (["CREATE TABLE t (indicator, period, value, note)", "INSERT INTO t VALUES ('x', 2017, 5, CAST(x'ff' AS TEXT))"], "the linked file is no SQLite, or is damaged: "),
        (["CREATE TABLE u (indicator)"], 'the file has no table "t"'),
    ],
    ids=lambda value: str(value)[-24:],
)  # fmt: skip
def test_an_sqlite_is_read_or_refused(tmp_path: Path, made: list[str], said: str | None) -> None:
    """Tables and views are read, in their order; what SQLite made a floating-point number of is refused."""
    with closing(sqlite3.connect(tmp_path / "o.sqlite")) as base, base:
        for each in made:
            base.execute(each)
    (tmp_path / "p.toml").write_text(f'{HEAD}file = "o.sqlite"\ntable = "t"\n', encoding="utf-8")
    if said and "no table" in said:
        assert [each.message for each in refused(tmp_path, 'file = "o.sqlite"\ntable = "t"').problems] == [said]
    else:
        check_read(tmp_path, said)


def test_changes_that_are_beside_an_sqlite_are_not_passed_over(tmp_path: Path) -> None:
    """What a program that still runs has written stands in another file: it is refused, not read half, and nothing is written there."""
    (tmp_path / "p.toml").write_text(f'{HEAD}file = "o.sqlite"\ntable = "t"\n', encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "o.sqlite")) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("CREATE TABLE t (indicator, period, value)")
        base.execute("INSERT INTO t VALUES ('x', 2017, '5.5')")
        base.commit()
        check_read(tmp_path, "changes of the linked file are still in o.sqlite-wal, beside it")
    check_read(tmp_path, None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.sqlite", "p.toml"]


def test_the_order_is_that_of_the_rows(tmp_path: Path) -> None:
    """An index that has all columns in another order does not change which of two figures is the later one."""
    with closing(sqlite3.connect(tmp_path / "o.sqlite")) as base, base:
        base.execute("CREATE TABLE t (indicator, period, value)")
        base.execute("CREATE INDEX i ON t (value, period, indicator)")
        base.executemany("INSERT INTO t VALUES ('x', ?, ?)", [(2017, "9"), (2017, "5")])
    (tmp_path / "p.toml").write_text(f'{HEAD}file = "o.sqlite"\ntable = "t"\n', encoding="utf-8")
    found = load.load(tmp_path / "p.toml")
    assert found is not None
    assert [str(each.value) for each in found.program.document.actuals] == ["9", "5"]


def test_a_file_that_is_wrong_throughout_is_not_read_to_its_end(tmp_path: Path) -> None:
    """So many rows are said as show what is wrong; that the others were not read is said too."""
    found = refused(tmp_path, 'file = "o.csv"\n', "indicator,period,value\n" + "z,2017,1\n" * 5000).problems
    assert len(found) == 101
    assert found[-1].message.endswith("row 100: what stands behind this row was not read: too much is wrong before it")


# ---------------------------------------------------------------- git

GIT = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
LINKED = """targettrack = 1
[program]
name = "P"
[sources.s]
title = "S"
url = "https://example.org/s"
published = 2016-01-01
[indicators.x]
name = "X"
unit = "%"
direction = "increase"
[[indicators.x.targets]]
by = 2015
value = 6
source = "s"
[links.o]
file = "data/o.csv"
columns = { indicator = { value = "x" }, source = { value = "s" } }
"""


@pytest.fixture
def place(tmp_path: Path) -> Repository:
    """A repository of a program with a link, whose file has two versions."""
    repository = Repository(tmp_path / "r")
    (repository.targets / "data").mkdir(parents=True)
    repository.git("init", "--quiet", "--initial-branch=main")
    (repository.targets / "p.toml").write_text(LINKED, encoding="utf-8")
    figures(repository, "period,value\n2014,5\n2015,5.5\n")
    repository.commit("2020-01-01")
    figures(repository, "period,value\n2014,5\n2015,6.5\n")
    repository.commit("2020-02-02")
    return repository


def figures(repository: Repository, rows: str) -> None:
    """Write the linked file."""
    (repository.targets / "data" / "o.csv").write_text(rows, encoding="utf-8")


def asked(repository: Repository, *words: str) -> tuple[int, str]:
    """What a command says beside the repository."""
    done = run(*words, cwd=repository.top)
    return done.returncode, done.stdout + done.stderr


@GIT
def test_changes_reads_the_linked_file_of_each_revision(place: Repository) -> None:
    """What a commit changed in a linked file alone is told, with whose commit it was; nothing changed where nothing did."""
    code, said = asked(place, "changes", "--since", "HEAD~1", "--until", "HEAD")
    assert (code, "figure edited  2015  5.5 %" in said.replace("\xa0", " "), "Nguyễn" in said) == (0, True, True)
    assert "unread" not in said
    assert "0 of 1 program changed" in asked(place, "changes")[1]
    figures(place, "period,value\n2014,5\n2015,7\n")
    assert "6.5 % → 7 %" in asked(place, "changes")[1].replace("\xa0", " ")


@GIT
def test_check_finds_what_was_softened_in_a_linked_file(place: Repository) -> None:
    """A row that was changed in place is said with its row, and what to do there."""
    said = " ".join(asked(place, "check", "--since", "HEAD~1")[1].split())
    assert "[links.o] row 2: the figure 5.5 for 2015 (s) was changed in place to 6.5" in said
    assert "keep the old row, and add the new one behind it" in said
    assert "add-actual" not in said


@GIT
def test_staged_is_the_linked_file_that_is_staged(place: Repository) -> None:
    """A linked file as it lies there does not count; one that the next commit would not have is an error."""
    figures(place, "period,value\n2014,wrong\n")
    assert "wrong" not in asked(place, "check", "--staged")[1]
    place.git("add", "--all")
    code, said = asked(place, "check", "--staged")
    assert (code, "[links.o] row 1: " in said) == (1, True)
    place.git("rm", "--quiet", "--cached", "targets/data/o.csv")
    code, said = asked(place, "check", "--staged")
    assert (code, 'git does not have "data/o.csv", which [links] names, in this version' in said) == (1, True)


@GIT
def test_the_edition_is_that_of_the_linked_file_too(place: Repository) -> None:
    """Who cites a linked figure cites the commit that has it, and is told that it is not committed."""
    head = place.git("rev-parse", "--short=9", "HEAD").strip()
    said = asked(place, "cite", "p/x")[1]
    assert (f"commit {head} of 2020-02-02" in said, "uncommitted" in said) == (True, False)
    figures(place, "period,value\n2014,5\n2015,7\n")
    assert "with uncommitted changes" in asked(place, "cite", "p/x")[1]


@GIT
def test_a_report_tells_the_newest_change_of_a_linked_file(place: Repository) -> None:
    """The page of a program says what its newest commit changed, be it in the linked file alone."""
    page = place.top / "page.html"
    assert run("report", "p", "-o", page, "--targets", place.targets).returncode == 0
    assert "5.5" in page.read_text(encoding="utf-8")


@GIT
def test_a_pointer_of_git_is_no_file(place: Repository) -> None:
    """What Git LFS keeps elsewhere is not read as figures."""
    figures(place, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
    place.git("add", "--all")
    assert "Git LFS" in asked(place, "check", "--staged")[1]


# ---------------------------------------------------------------- what writes


def test_a_linked_indicator_takes_no_figure(tmp_path: Path) -> None:
    """Who adds a figure is told where the others are, and nothing is written; another indicator takes it, and undo takes out that one alone."""
    (tmp_path / "o.csv").write_text(ROWS, encoding="utf-8")
    path = tmp_path / "p.toml"
    path.write_text(f'{HEAD}file = "o.csv"\n[indicators.y]\nname = "Y"\nunit = "t"\n', encoding="utf-8")
    before = path.read_bytes()
    done = run("add-actual", "p", "x", "7", "--period", "2018", "--targets", tmp_path)
    assert (done.returncode, path.read_bytes()) == (Exit.USAGE, before)
    assert "nothing was recorded: the figures of x are kept in o.csv, by [links.o]" in done.stderr
    (tmp_path / "more.csv").write_text("indicator,period,value\nx,2018,7\nx,2019,8\n", encoding="utf-8")
    done = run("add-actual", "p", "--from", tmp_path / "more.csv", "--targets", tmp_path)
    assert (done.returncode, done.stderr.count("are kept in"), path.read_bytes()) == (Exit.USAGE, 1, before)
    assert run("add-actual", "p", "y", "9", "--period", "2018", "--targets", tmp_path).returncode == 0
    done = run("undo", "p", "--json", "--targets", tmp_path)
    assert (done.returncode, path.read_bytes()) == (0, before)
    assert [(each["indicator"], each["value"]) for each in json.loads(done.stdout)["actuals"]] == [("y", 9)]


def test_parquet_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without DuckDB the command that installs it is said."""
    (tmp_path / "o.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    (found,) = refused(tmp_path, 'file = "o.parquet"').problems
    assert (found.code, found.line, found.exit, found.hint) == (
        "not-installed", 9, Exit.IO, "install it: pip install 'targettrack[link]'",
    )  # fmt: skip


@GIT
def test_a_linked_file_may_be_a_link_to_another(place: Repository) -> None:
    """Where the linked file is a link of the system to a file of the repository, each version has the file behind it."""
    (place.targets / "data" / "o.csv").rename(place.top / "real.csv")
    (place.targets / "data" / "o.csv").symlink_to("../../real.csv")
    place.commit("2020-03-03")
    assert "0 of 1 program changed" in asked(place, "changes", "--since", "HEAD~1", "--until", "HEAD")[1]
    assert asked(place, "check", "--staged")[0] == 0
    (place.top / "real.csv").write_text("period,value\n2014,5\n2015,7\n", encoding="utf-8")
    place.commit("2020-04-04")
    said = asked(place, "changes", "--since", "HEAD~1", "--until", "HEAD")[1]
    assert ("6.5 % → 7 %" in said.replace("\xa0", " "), "not committed yet" in said) == (True, False), said
    assert "uncommitted" not in asked(place, "cite", "p/x")[1]
    assert "of 2020-04-04" in asked(place, "cite", "p/x")[1]
