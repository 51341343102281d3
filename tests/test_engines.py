"""Engines: a table of PostgreSQL, Spark or Trino is read as a file is, and of a large one no more than matters."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, get_args

import pytest
import tomli_w
from hypothesis import given

import postgres
from support import run, tries
from targettrack import registry
from targettrack.errors import Exit
from targettrack.program.model import EngineName
from targettrack.store import links, load
from targettrack.store.links._remote import Remote
from test_links import unplaced
from test_matter import COLUMNS, DAYS, PLAIN, Table, large_from, programs, said, save

if TYPE_CHECKING:
    import psycopg

pytestmark = pytest.mark.engines


def test_every_engine_has_its_module() -> None:
    """What a link may name is what can be asked."""
    known = {each for each in registry.names(links) if not registry.module(links, each).ENDINGS}
    assert known == set(get_args(EngineName))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a PostgreSQL of the tests' own."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'targettrack[engines]'")
    if not postgres.FOUND:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with pytest.MonkeyPatch.context() as patch, postgres.server() as found:
        patch.setenv("TARGETTRACK_LINK_O", found)
        yield found


@pytest.fixture
def base(address: str) -> Iterator[psycopg.Connection]:
    """An empty base."""
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(address, autocommit=True) as found:
        found.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        yield found


def filled(base: psycopg.Connection, rows: list[tuple[Any, ...]]) -> None:
    """The figures of a file as a table of the same types."""
    base.execute("DROP TABLE IF EXISTS figures")
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    base.execute(f"CREATE TABLE figures ({columns})".encode())
    with base.cursor() as cursor:
        cursor.executemany(f"INSERT INTO figures VALUES ({', '.join('%s' for _ in COLUMNS)})".encode(), rows)  # noqa: S608 - the columns of this file


def linked(document: Table, **link: str) -> str:
    """A program whose figures are elsewhere."""
    columns = document["links"]["o"]["columns"]
    return tomli_w.dumps({**document, "links": {"o": {**link, "columns": columns}}})


def test_a_table_is_read_as_a_file_is(base: psycopg.Connection) -> None:
    """Whether few figures of a table are read or all, and whether they are in a table or in a file: what is said is the same."""

    @tries(40)
    @given(programs(), DAYS)
    def law(made: tuple[Table, list[tuple[Any, ...]]], on: date) -> None:
        document, found = made
        filled(base, found)
        with TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "p.toml").write_text(linked(document, engine="postgresql", table="figures"), encoding="utf-8")
            whole = said(folder, on, 10**9)
            assert said(folder, on, 0) == whole
            ordered = in_their_order(folder)
            if ordered is None:
                return
            save(folder / "o.parquet", ordered)
            (folder / "p.toml").write_text(linked(document, file="o.parquet"), encoding="utf-8")
            assert [(code, unplaced(out), err) for code, out, err in said(folder, on, 10**9)] == [
                (code, unplaced(out), err) for code, out, err in whole
            ]

    law()


def in_their_order(folder: Path) -> list[tuple[Any, ...]] | None:
    """The figures of a program's table, in the order in which they are read; None where it has a few of its own, or is none."""
    shelf = load.read(folder, ["p"])
    if not shelf.loaded:
        return None
    document = shelf.loaded[0].program.document
    own = shelf.loaded[0].program.own
    return [
        (
            each.indicator, each.period.text, each.value, each.published and each.published.text, each.recorded and each.recorded.last, each.source, each.series_break or None, each.quality_, each.approx, each.note, dict(each.disaggregation).get("sector")
        )
        for each in document.actuals[own:]
    ]  # fmt: skip


ROWS = [
    ("i", year, number, *[None] * 7, part)
    for part in ("textile", "steel")
    for number, year in enumerate(range(2009, 2019))
]
TABLE = PLAIN.replace('file = "o.parquet"', 'engine = "postgresql"\ntable = "figures"')


def few(folder: Path) -> subprocess.CompletedProcess[str]:
    """What status says where every table is large."""
    with large_from(0):
        return run("status", "p", "--json", "--on", "2017-01-01", "--targets", folder)


def test_few_rows_leave_the_engine(base: psycopg.Connection, tmp_path: Path) -> None:
    """Of a promise by a year: the first figure, and that of the year."""
    filled(base, ROWS)
    (tmp_path / "p.toml").write_text(TABLE, encoding="utf-8")
    with large_from(0):
        found = load.load(tmp_path / "p.toml", date(2017, 1, 1))
    assert found is not None
    assert [each.period.text for each in found.program.document.actuals] == ["2009", "2015"]
    assert found.at("actuals", 0).endswith("p.toml [links.o]")


@pytest.mark.parametrize("named", ["figures", "public.figures", '"public"."figures"'])
def test_a_table_is_named_as_in_sql(base: psycopg.Connection, tmp_path: Path, named: str) -> None:
    """With its schema, and in quotes."""
    filled(base, ROWS)
    (tmp_path / "p.toml").write_text(TABLE.replace('"figures"', json.dumps(named)), encoding="utf-8")
    assert few(tmp_path).returncode == 0


def test_a_citation_says_what_git_does_not_have(base: psycopg.Connection, tmp_path: Path) -> None:
    """Figures of a table are in no commit: who looks the citation up may find others."""
    filled(base, ROWS)
    (tmp_path / "p.toml").write_text(TABLE, encoding="utf-8")
    data = json.loads(run("cite", "p", "--json", "--targets", tmp_path).stdout)["data"]
    assert data["said"] == "not under version control, with figures of the table figures (postgresql) as they are now"


def test_texts_that_sql_reads_otherwise(base: psycopg.Connection, tmp_path: Path) -> None:
    """A name with a quote, a backslash or a percent sign in it is that name."""
    part = "o'b\\r%s;--"
    filled(base, [(*row[:-1], part) for row in ROWS[:10]])
    (tmp_path / "p.toml").write_text(TABLE.replace('"textile"', json.dumps(part)), encoding="utf-8")
    (row,) = json.loads(few(tmp_path).stdout)["targets"]
    assert (row["status"], row["disaggregation"]) == ("missed", {"sector": part})


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (("figures", "nowhere"), Exit.IO, "the engine does not give the figures: "),
        (("figures", "a b; c"), Exit.INVALID, "is no name of a table"),
        (('engine = "postgresql"', 'engine = "oracle"'), Exit.INVALID, "engine"),
        (('table = "figures"', ""), Exit.INVALID, "an engine has tables: one must be named"),
        (('table = "figures"', f'table = "t"\ndigest = "sha256:{"0" * 64}"'), Exit.INVALID, "an engine has none"),
        (('engine = "postgresql"', 'engine = "postgresql"\nfile = "o.csv"'), Exit.INVALID, "both a file and an engine"),
        (('engine = "postgresql"\ntable = "figures"', ""), Exit.INVALID, "neither a file nor an engine"),
        (('sector = "sector"', 'sector = "branch"'), Exit.INVALID, 'no column \\"branch\\"'),
    ],
)
def test_what_a_link_may_not_say(
    base: psycopg.Connection, tmp_path: Path, change: tuple[str, str], code: Exit, said: str
) -> None:
    """Each in a sentence."""
    filled(base, ROWS)
    (tmp_path / "p.toml").write_text(TABLE.replace(*change), encoding="utf-8")
    found = few(tmp_path)
    assert (found.returncode, found.stdout) == (code, "")
    assert said in found.stderr


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("double precision", "1", "inexact-column"),
        ("real", "1", "inexact-column"),
        ("numeric", "'NaN'", "not-finite"),
        ("numeric", "0.1234567890123456789012345", "too-many-digits"),
        ("integer[]", "'{1}'", "bad-column"),
        ("json", "'1'", "bad-column"),
        ("numeric(18, 2)", "NULL", "no-figure"),
    ],
)
def test_what_is_no_figure(base: psycopg.Connection, tmp_path: Path, kind: str, value: str, code: str) -> None:
    """What a column holds that is not exactly what was written is refused, wherever in the table it is."""
    base.execute("CREATE TABLE figures (indicator text, period integer, value integer, sector text)")
    base.execute("INSERT INTO figures SELECT 'i', year, 5, 'textile' FROM generate_series(2009, 2018) AS year")
    base.execute(f"ALTER TABLE figures ALTER value TYPE {kind} USING {value}::{kind}".encode())
    (tmp_path / "p.toml").write_text(TABLE, encoding="utf-8")
    found = few(tmp_path)
    assert (found.returncode, json.loads(found.stderr.splitlines()[0])["error"]["code"]) == (Exit.INVALID, code)


@pytest.mark.usefixtures("address")
def test_nothing_says_where_the_engine_is(tmp_path: Path) -> None:
    """The address is not in the file, and what is missing is named."""
    (tmp_path / "p.toml").write_text(TABLE, encoding="utf-8")
    found = run("status", "p", "--targets", tmp_path, env={"TARGETTRACK_LINK_O": ""})
    assert (found.returncode, "TARGETTRACK_LINK_O" in found.stderr) == (Exit.IO, True)
    found = run(
        "status", "p", "--targets", tmp_path, env={"TARGETTRACK_LINK_O": "host=/nowhere user=a password=secret"}
    )
    assert (found.returncode, "secret" in found.stderr, found.stdout) == (Exit.IO, False, "")


def test_a_large_table_is_not_read_whole(base: psycopg.Connection, tmp_path: Path) -> None:
    """Whoever asks for all of a very large table is told what can be asked; and status says what keeps it from choosing."""
    base.execute(
        "CREATE TABLE figures AS SELECT 'i' AS indicator, (2009 + n % 10)::text AS period, (n % 7)::numeric(18, 1) AS value, 'textile' AS sector, 'n' || (n % 30000) AS note FROM generate_series(1, 1000001) AS n"
    )
    (tmp_path / "p.toml").write_text(TABLE, encoding="utf-8")
    found = run("show", "p/i", "--targets", tmp_path)
    assert (found.returncode, "more than 1,000,000 rows" in found.stderr) == (Exit.INVALID, True)
    found = run("status", "p", "--json", "--targets", tmp_path)
    assert (found.returncode, "note has too many different ones" in found.stderr) == (Exit.INVALID, True)
    base.execute("ALTER TABLE figures DROP note")
    found = run("status", "p", "--json", "--targets", tmp_path)
    assert (found.returncode, json.loads(found.stdout)["summary"]["targets"]) == (0, 1)


@pytest.mark.parametrize("dialect", ["postgres", "spark", "trino"])
def test_every_engine_understands_what_it_is_asked(dialect: str) -> None:
    """Each statement, said in an engine's words, is one that engine's grammar reads."""
    sqlglot = pytest.importorskip("sqlglot", reason="sqlglot is not installed: pip install 'targettrack[engines]'")
    heard: list[str] = []

    def answer(statement: str) -> list[tuple[Any, ...]]:
        heard.append(statement)
        return [("o'b\\r", date(2015, 1, 1), None)] if "DISTINCT" in statement else [(0, 0, 0)]

    remote = Remote(answer, dialect, "a.b", {"x y": "VARCHAR", "published": "DATE", "recorded": "DATE"})
    for name in ("groups", "kinds"):
        remote.distinct(name, ["x y", "published", "recorded"], 9)
        remote.coded(name, [0])
    assert dict(remote.bits(("groups", "kinds"), 1)) == {0: 0}
    assert [*remote.some(["x y"], ("groups", "kinds"), {0: 1})] == [(0, 0, 0)]
    remote.size(), remote.ends("x y"), [*remote.rows(["x y"])]
    assert len(heard) == 8
    for each in heard:
        (tree,) = sqlglot.parse(each, read=dialect)
        assert tree.sql(dialect) == each
