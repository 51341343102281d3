"""What no output may be: a file that the command reads, or a program of the folder, whatever it is called."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from repository import made
from support import aim, run
from targettrack import cli, registry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLE = "indicator,period,value,source\na,2021,32,s\n"
WRITING = {
    "status": ["status"],
    "list": ["list"],
    "show": ["show", "p"],
    "history": ["history", "p/a"],
    "explain": ["explain", "p/a"],
    "cite": ["cite", "p/a"],
    "check": ["check"],
    "changes": ["changes", "--since", "HEAD"],
}
"""Every command with -o, as it is run."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A repository with a program that is a link to a file of another name, one that is not, a mapping and a table."""
    text = aim("increase", "by = 2020; value = 30", "period = 2020; value = 31", rest='[sources.s]\ntitle = "S"')
    repository = made(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "linked.json").write_text(text)
    (tmp_path / "targets" / "linked.toml").symlink_to("../data/linked.json")
    (tmp_path / "targets" / "p.toml").write_text(text)
    (tmp_path / "t.csv").write_text(TABLE)
    (tmp_path / "map.txt").write_text("import = 1\n")
    repository.commit()
    return tmp_path


def _link(place: Path, of: str, name: str) -> str:
    (place / name).symlink_to(place / of)
    return name


def _hard(place: Path, of: str, name: str) -> str:
    os.link(place / of, place / name)
    return name


SPELLINGS: dict[str, Callable[[Path, str], str]] = {
    "as it is": lambda _, of: of,
    "absolute": lambda place, of: str(place / of),
    "roundabout": lambda _, of: f"data/.././/{of}",
    "a link": lambda place, of: _link(place, of, "out.json"),
    "a link to a link": lambda place, of: _link(place, _link(place, of, "one.json"), "two.json"),
    "a hard link": lambda place, of: _hard(place, of, "out.json"),
    "through a linked folder": lambda place, of: f"{_link(place, '.', 'here.d')}/{of}",
}
"""One file, called in these ways."""


def contents(place: Path) -> dict[str, bytes]:
    """Every file of a folder that is a file of its own or a link."""
    found = (path for path in sorted(place.rglob("*")) if ".git" not in path.parts and path.is_file())
    return {str(path.relative_to(place)): path.read_bytes() for path in found}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("of", ["targets/p.toml", "data/linked.json"])
@pytest.mark.parametrize("name", WRITING)
def test_no_output_writes_over_a_program(place: Path, name: str, of: str, spelling: str) -> None:
    """Every command that writes a file refuses one that is a program, be it a link to a file that is called otherwise."""
    output = SPELLINGS[spelling](place, of)
    before = contents(place)
    done = run(*WRITING[name], "--json", "-o", output, cwd=place)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert contents(place) == before


def test_every_command_that_writes_is_tried(place: Path) -> None:
    """A command that gets an -o is a case here."""
    names = [name for name in registry.names(cli) if "\n  -o, " in run(name, "--help", cwd=place).stdout]
    assert sorted(names) == sorted([*WRITING, "export", "report"])


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("of", ["targets/p.toml", "data/linked.json", "t.csv", "map.txt"])
@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--json"]])
def test_a_report_writes_over_nothing_that_is_read(place: Path, of: str, spelling: str, more: list[str]) -> None:
    """--report is no table that is imported, no mapping and no program, also where nothing would be recorded."""
    output = SPELLINGS[spelling](place, of)
    before = contents(place)
    done = run("import", "p", "t.csv", "--map", "map.txt", "--report", output, *more, cwd=place)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "overwritten" in done.stderr or ".toml" in done.stderr
    assert contents(place) == before


def test_a_report_is_none_of_several_tables(place: Path) -> None:
    """Also the second of two files is read, and kept; a name that is new, or of a file that nothing reads, is taken."""
    (place / "u.csv").write_text(TABLE)
    before = contents(place)
    assert run("import", "p", "t.csv", "u.csv", "--dry-run", "--report", "u.csv", cwd=place).returncode == 2
    assert contents(place) == before
    for name in ("new.csv", "map.txt"):
        assert run("import", "p", "t.csv", "--dry-run", "--report", name, cwd=place).returncode == 0
        assert "a,2021" in (place / name).read_text()


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1"])
def test_a_report_is_no_part_of_the_receipt(place: Path, name: str) -> None:
    """The receipt, or its JSON, is on stdout: a table of cells among it could be read by nobody."""
    done = run("import", "p", "t.csv", "--dry-run", "--json", "--report", name, cwd=place)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_draft_has_no_report(place: Path) -> None:
    """It takes no figure: nothing would be written, and nobody told."""
    assert run("import", "p", "t.csv", "--draft", "--report", "cells.csv", cwd=place).returncode == 2
    assert not (place / "cells.csv").exists()


def test_a_report_is_not_what_is_on_stdin(place: Path) -> None:
    """A file that comes through stdin is read as any other."""
    with (place / "t.csv").open("rb") as given:
        words = ["import", "p", "-", "--kind", "csv", "--dry-run", "--report", "t.csv"]
        done = subprocess.run(
            [sys.executable, "-m", "targettrack", *words], cwd=place, stdin=given, capture_output=True, check=False
        )
    assert done.returncode == 2
    assert b"the file on stdin" in done.stderr
    assert (place / "t.csv").read_text() == TABLE


def test_a_stream_may_not_be_a_program(place: Path) -> None:
    """What a shell opened for appending is written to, unless it is a program."""
    before = contents(place)
    words = f'"{sys.executable}" -m targettrack status --json -o /dev/fd/3 3>> targets/p.toml'
    assert subprocess.run(["bash", "-c", words], cwd=place, capture_output=True, check=False).returncode == 2
    assert contents(place) == before


@pytest.mark.parametrize("of", ["targets/p.toml", "data/linked.json"])
@pytest.mark.parametrize("link", [_link, _hard])
def test_a_page_writes_over_no_program(place: Path, link: Callable[[Path, str, str], str], of: str) -> None:
    """Nor does a page that is called as one, and leads to a program; a site has files of its own alone."""
    before = contents(place)
    name = link(place, of, "page.html")
    done = run("report", "p", "-o", name, cwd=place)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    (place / name).unlink()
    assert contents(place) == before


def test_an_export_writes_over_no_program(place: Path) -> None:
    """A file of an export that leads to a program is refused, and none of the others is written."""
    (place / "out" / "p").mkdir(parents=True)
    os.link(place / "data" / "linked.json", place / "out" / "p" / "LOST.txt")
    before = contents(place)
    done = run("export", "p", "--to", "sdmx-csv", "-o", "out", cwd=place)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert contents(place) == before


def test_a_report_is_in_the_english_of_data(place: Path) -> None:
    """A Vietnamese reader gets the receipt in Vietnamese, and the table of cells as all data are."""
    done = run("import", "p", "t.csv", "--dry-run", "--report", "cells.csv", cwd=place, env={"TARGETTRACK_LANG": "vi"})
    plain = run("import", "p", "t.csv", "--dry-run", cwd=place, env={"TARGETTRACK_LANG": "vi"})
    assert (done.returncode, done.stderr) == (0, plain.stderr)
