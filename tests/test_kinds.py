"""A file under every kind that it may be said to be: a table, or a sentence with a documented exit code; never a traceback."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from support import run
from targettrack import registry
from targettrack.cli import _input
from targettrack.recording import inputs
from test_import import PROGRAM
from workbooks import WORKBOOKS

TABLES = Path(__file__).parent / "tables"
KINDS = registry.names(inputs)
BROKEN = {
    "empty": b"",
    "blank": b"\n\n \n",
    "mark": b"\xef\xbb\xbf",
    "word": b"x",
    "title": b"Year,Value\n",
    "ours": b"indicator,period,value\n",
    "nul": b"\0\0\0",
    "quote": b'"',
    "signs": b";;;\n;;;",
    "utf-16": "Year,Value\n2001,5\n".encode("utf-16"),
    "half a brace": b"{",
    "no objects": b"[]",
    "nothing in it": b"{}",
    "null": b"null",
    "a number": b"5",
    "half a zip": b"PK\x03\x04",
    "an empty zip": b"PK\x05\x06" + b"\0" * 18,
    "half a container": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "xml": b'<?xml version="1.0"?><a/>',
    "no activity": b'<iati-activities version="2.03"/>',
    "px": b'CHARSET="ANSI";',
    "no rows": b"a,b\\TIME_PERIOD\t2001\n",
    "no line end": b"a,b\\TIME_PERIOD",
    "no names": b"\\TIME_PERIOD\t2001\n\t5\n",
    "front matter": b"---\n---\n",
    "program": b"targettrack = 1\n",
    "page": b"<html><table><tr><td>1</td></tr></table>",
    "pdf": b"%PDF-1.4",
    "no observation": b"DATAFLOW,TIME_PERIOD,OBS_VALUE\n",
    "no values": b'{"version":"2.0","class":"dataset"}',
    "no countries": b"Country Name,Country Code,Indicator Name,Indicator Code,2001\n",
}
"""Files that are empty, cut off, or have one line."""
COMMANDS = {
    "import": ["import", "nowhere", "t", "--dry-run", "--source", "book"],
    "draft": ["import", "nowhere", "t", "--draft", "--dry-run"],
    "new": ["new", "other", "--from", "t"],
    "add-actual": ["add-actual", "nowhere", "--from", "t", "--dry-run", "--source", "book"],
}


@cache
def tables() -> dict[str, bytes]:
    """Every sample."""
    found = {path.name: path.read_bytes() for path in sorted(TABLES.iterdir()) if path.name != "cases.toml"}
    return found | {name: make() for name, make in WORKBOOKS.items()}


def place(path: Path) -> Path:
    """A folder with a program that has a source."""
    (path / "targets").mkdir()
    text = PROGRAM.format(fiscal="") + '[sources.book]\ntitle = "Invented yearbook"\n'
    (path / "targets" / "nowhere.toml").write_text(text, encoding="utf-8")
    return path


def tried(there: Path, data: bytes, kind: str, command: str) -> int:
    """The exit code of a command, which is a documented one, and says something where it is not 0."""
    (there / "t").write_bytes(data)
    done = run(*COMMANDS[command], "--kind", kind, cwd=there)
    (there / "targets" / "other.toml").unlink(missing_ok=True)
    assert done.returncode in {0, 2, 3, 4}, done.stderr
    assert done.returncode == 0 or (not done.stdout and done.stderr.strip()), done.stderr
    return done.returncode


@cache
def of_each_kind() -> dict[str, bytes]:
    """A sample of each kind, by what it is recognized as."""
    found: dict[str, bytes] = {}
    for name, data in tables().items():
        found.setdefault(_input._recognized(name, data) or "", data)
    return found


def test_there_is_a_sample_of_each_kind() -> None:
    """Else the others would not be tried against it."""
    assert set(of_each_kind()) - {""} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_kind_is_a_sentence(command: str, kind: str, tmp_path: Path) -> None:
    """A sample of every kind, and what is broken or empty, said to be of this one."""
    there = place(tmp_path)
    for data in (*of_each_kind().values(), *BROKEN.values()):
        tried(there, data, kind, command)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_kind_of_any_sample_is_a_sentence(command: str, kind: str, tmp_path: Path) -> None:
    """Every sample that there is, said to be of this kind."""
    there = place(tmp_path)
    for data in tables().values():
        tried(there, data, kind, command)


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_kind_says_which_is_right(kind: str, tmp_path: Path) -> None:
    """A file that cannot be read as it was called, and that another kind knows, is told so."""
    there = place(tmp_path)
    right = "xlsx" if kind in {"iati", "csv"} else "iati"
    (there / "t").write_bytes(of_each_kind()[right])
    done = run(*COMMANDS["draft"], "--kind", kind, cwd=there)
    assert done.returncode == 4
    assert f"by its content this is {right}: leave --kind out" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_what_describes_figures_has_none(command: str, tmp_path: Path) -> None:
    """A meta file of Open SDG alone is told to be one, by every command; nothing is recorded, and nobody hears that it was."""
    there = place(tmp_path)
    (there / "t").write_bytes(tables()["open-sdg-meta.md"])
    done = run(*COMMANDS[command], cwd=there)
    assert (done.returncode, done.stdout) == (2, "")
    assert "has none itself" in done.stderr
    assert "already recorded" not in done.stderr


def test_a_meta_file_that_is_none(tmp_path: Path) -> None:
    """A table that is only called one is told to be none, not to lack a table beside it."""
    there = place(tmp_path)
    (there / "t").write_bytes(b"Year,Value\n2001,5\n2002,6\n")
    for words in COMMANDS.values():
        done = run(*words, "--kind", "open-sdg-meta", cwd=there)
        assert (done.returncode, done.stdout) == (4, "")
        assert "this is no file of the kind open-sdg-meta" in done.stderr


DIGITS = (
    "5²",
    "①",
    "2²",
    "²",
    "５",
    "٢٠٢٠",
    "२०२०",
    "²⁰²⁰",
    "Ⅳ",
    "½",
    "10³",
    "10⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹",
    "9" * 5000,
    "1" + "0" * 4400,
    "1e99999",
    "-²",
    "2020²",
    "𝟐𝟎𝟐𝟎",
    "௰",
    "〇",
    "\u0c67\u0c68",
)
"""Texts of digits that are none of 0 to 9, or too many of these."""


@pytest.mark.parametrize("digits", DIGITS, ids=lambda text: text[:12])
@pytest.mark.parametrize("cell", range(12))
def test_digits_of_any_kind_in_any_cell(cell: int, digits: str, tmp_path: Path) -> None:
    """What Python calls a digit and is none of 0 to 9 is a text, be it in a header or among the figures."""
    there = place(tmp_path)
    cells = ["Indicator", "2020", "2021", "trees", "5", "6", "share", "7", "8", "output", "9", "10"]
    cells[cell] = digits
    table = "\n".join(",".join(cells[at : at + 3]) for at in range(0, 12, 3))
    for command in COMMANDS:
        tried(there, table.encode(), "csv", command)
