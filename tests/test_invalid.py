"""Invalid files: each with exactly the messages that it must give, one a line: ``LINE:COLUMN CODE MESSAGE | HINT``."""

from __future__ import annotations

import ast
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from support import HERE, problems
from targettrack import number
from targettrack.program import consistency, model, names, reading, toml
from targettrack.store import links, load, write
from targettrack.store.links import csv, parquet, sqlite

if TYPE_CHECKING:
    from targettrack.errors import Problem

FOLDER = HERE / "invalid"
HEAD = b'targettrack = 1\n[program]\nname = "P"\n'
ACTUAL = HEAD + b'[indicators.a]\nname = "A"\n[[actuals]]\nindicator = "a"\nperiod = 2020\nvalue = '
LINK = HEAD + b'[indicators.a]\nname = "A"\nunit = "%"\n[links.o]\nfile = '

GENERATED = {
    "not-utf8": HEAD + b'owner = "H\xe0 N\xf4i"\n',
    "not-utf8-utf16": HEAD.decode().encode("utf-16"),
    "not-toml-nul": HEAD + b'owner = "\0"\n',
    "not-toml-old-mac-line-ends": HEAD.replace(b"\n", b"\r"),
    "too-deep-brackets": HEAD + b"x = " + b"[" * 5000 + b"]" * 5000,
    "too-deep-open-brackets": HEAD + b"x = " + b"[" * 5000,
    "too-deep-keys": HEAD + b".".join([b"a"] * 5000) + b" = 1",
    "too-many-digits-5000": ACTUAL + b"9" * 5000 + b"\n",
    "too-many-digits-5000-decimals": ACTUAL + b"0." + b"9" * 5000 + b"\n",
    "too-many-digits-hexadecimal": ACTUAL + b"0x" + b"F" * 5000 + b"\n",
    "too-many-digits-exponent": ACTUAL + b"1e1000000\n",
    "newer-format-5000-digits": b"targettrack = 0x" + b"F" * 5000 + b"\n",
    "bad-period-5000-digits": ACTUAL
    + b"1\npublished = 0x"
    + b"F" * 5000
    + b"\n[[actuals]]\nindicator = 'a'\nvalue = 1\nperiod = 0x"
    + b"F" * 5000
    + b"\n",
    "bad-choice-5000-digits": HEAD + b'[indicators.a]\nname = "A"\nfrequency = 0x' + b"F" * 5000 + b"\n",
    "unknown-key-with-bom": b"\xef\xbb\xbf" + HEAD + b"plcae = 1\n",
    "unknown-key-with-crlf": HEAD.replace(b"\n", b"\r\n") + b"plcae = 1\r\n",
    "quoted-number-after-vietnamese-text": HEAD
    + '[indicators.a]\nname = "A"\nbaseline = { note = "Hà Nội, Đà Nẵng", period = 2010, value = "5" }\n'.encode(),
    "too-large": b"",
    "bad-columns": LINK + b'"o.csv"\ncolumns = { vaule = "v" }\n',
    "bad-columns-number": LINK + b'"o.csv"\ncolumns = { value = 5 }\n',
    "bad-columns-text": LINK + b'"o.csv"\ncolumns = "value"\n',
    "bad-column": LINK + b'"o.parquet"\n',
    "bad-digest": LINK + b'"o.csv"\ndigest = "sha256:00"\n',
    "bad-link-above": LINK + b'"../../../../../../../../o.csv"\n',
    "bad-link-address": LINK + b'"https://example.org/o.csv"\n',
    "bad-link-ending": LINK + b'"o.txt"\n',
    "bad-link-empty": LINK + b'"empty.csv"\n',
    "bad-link-root": LINK + b'"/o.csv"\n',
    "bad-link-rows": LINK + b'"none.csv"\n',
    "bad-link-table": LINK + b'"o.csv"\ntable = "t"\n',
    "bad-link-tables": LINK + b'"o.sqlite"\n',
    "inexact-column": LINK + b'"o.sqlite"\ntable = "t"\n',
    "no-column": LINK + b'"o.csv"\ncolumns = { value = "v" }\n',
    "no-link": LINK + b'"away.csv"\n',
    "no-table": LINK + b'"o.sqlite"\ntable = "away"\n',
    "other-digest": LINK + b'"o.csv"\ndigest = "sha256:' + b"0" * 64 + b'"\n',
    "unknown-indicator-of-a-link": LINK + b'"other.csv"\n',
}
"""What is too large, too odd or not text enough to be kept as a file, or has one beside it."""

NOT_OF_A_FILE = {
    "no-folder",
    "no-such-program",
    "ambiguous-program",
    "no-such-indicator",
    "ambiguous-indicator",
    "not-written",
    "not-a-file",
    "utf-8",
    "ambiguous-number",
    "closed-actuals",
    "closed-sources",
    "not-added",
    "nothing-to-undo",
    "utf-8-sig",
    "not-installed",
    "linked-version",
}
"""What the folder, the file system or a name gives, and what is no code; the codes have their tests with the folder."""


def line(problem: Problem) -> str:
    """A problem as a line."""
    hint = f" | {problem.hint}" if problem.hint else ""
    return f"{problem.line or '-'}:{problem.column or '-'} {problem.code} {problem.message}{hint}"


def stored(name: str, folder: Path) -> Path:
    """The invalid file of a name; one that is not kept is written into ``folder``."""
    if name not in GENERATED:
        return FOLDER / f"{name}.toml"
    path = folder / f"{name}.toml"
    path.write_bytes(GENERATED[name])
    if name == "too-large":
        with path.open("r+b") as file:
            file.truncate(load.MAX_BYTES + 1)
    if GENERATED[name].startswith(LINK):
        beside(folder)
    return path


def beside(folder: Path) -> None:
    """Write the files that links name."""
    (folder / "o.csv").write_bytes(b"indicator,period,value\na,2020,1\n")
    (folder / "other.csv").write_text("indicator,period,value\na,2020,1\nb,2020,1\n", encoding="utf-8")
    (folder / "none.csv").write_text("indicator,period,value\n", encoding="utf-8")
    (folder / "empty.csv").touch()
    with closing(sqlite3.connect(folder / "o.sqlite")) as base, base:
        base.execute("CREATE TABLE IF NOT EXISTS t AS SELECT 'a' AS indicator, 2020 AS period, 0.5 AS value")
    with closing(duckdb.connect()) as engine:
        query = "SELECT 'a' AS indicator, 2020 AS period, 0.5 AS value, ['s'] AS source"
        engine.execute(f"COPY ({query}) TO '{folder}/o.parquet'")


def expected(name: str) -> list[str]:
    """The lines that a file must give."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", sorted({path.stem for path in FOLDER.iterdir()}))
def test_messages(name: str, tmp_path: Path) -> None:
    """An invalid file gives exactly its messages, in the order of the file."""
    assert [line(problem) for problem in problems(stored(name, tmp_path))] == expected(name)


@pytest.mark.parametrize("name", sorted({path.stem for path in FOLDER.iterdir()}))
def test_places(name: str, tmp_path: Path) -> None:
    """A problem's end is not before its beginning, and both lie in the line that it shows."""
    for problem in problems(stored(name, tmp_path)):
        assert problem.file == str(stored(name, tmp_path))
        if problem.column is not None:
            assert problem.line
            assert problem.end_column
            assert problem.end_line
            assert (problem.line, problem.column) <= (problem.end_line, problem.end_column)
            assert problem.source_line is not None
            assert problem.column <= len(problem.source_line) + 1
            assert "\n" not in problem.source_line


def test_every_file_has_its_messages() -> None:
    """No invalid file is without its messages, and no messages without a file."""
    names = {path.stem for path in FOLDER.glob("*.toml")} | set(GENERATED)
    assert names == {path.stem for path in FOLDER.glob("*.txt")}


def codes() -> set[str]:
    """The codes that the modules which read a file can give."""
    texts = {
        node.value
        for module in (model, reading, consistency, toml, names, load, write, number, links, csv, parquet, sqlite)
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", text)}


def test_every_code_has_a_file() -> None:
    """Every code that a file can give is given by one of these files."""
    given = {
        code
        for path in FOLDER.glob("*.txt")
        for code in re.findall(r"^\S+:\S+ (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert codes() - NOT_OF_A_FILE == given
    assert codes() >= NOT_OF_A_FILE


def test_a_file_is_named_after_its_code() -> None:
    """An invalid file's name begins with a code that it gives."""
    odd = [
        path.stem
        for path in FOLDER.glob("*.txt")
        if not any(path.stem.startswith(text.split()[1]) for text in expected(path.stem))
    ]
    assert odd == ["all-problems-at-once"]


def test_file_name_that_gives_no_id(tmp_path: Path) -> None:
    """A file whose name gives no id is refused, with everything else that is wrong with it."""
    path = tmp_path / "Hà Nội.toml"
    path.write_bytes(HEAD + b"plcae = 1\n")
    assert [problem.code for problem in problems(path)] == ["bad-id", "unknown-key"]
    assert problems(path)[0].message == 'the file name "Hà Nội.toml" gives no id'


def test_a_newer_format_is_not_half_read(tmp_path: Path) -> None:
    """Of a file in a newer format only the format is said, whatever else it holds."""
    path = tmp_path / "p.toml"
    path.write_text("targettrack = 99\nprogram = 5\n", encoding="utf-8")
    assert [problem.code for problem in problems(path)] == ["newer-format"]


@pytest.mark.parametrize("path", sorted((HERE / "programs").glob("*.toml")), ids=lambda path: path.stem)
def test_programs_load(path: Path) -> None:
    """Every valid example is accepted."""
    assert problems(path) == ()
    assert load.load(path)
