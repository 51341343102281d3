"""Plug-ins: a format, a binary format, an input, a method, a language and a command are one new file each, in a copy of the package in which nothing else is changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog

import catalogues
import targettrack
from support import process
from test_explain import NEW_METHOD

PROGRAM = """targettrack = 1
[program]
name = "P"
[sources.s]
title = "S"
[indicators.a]
name = "A"
direction = "increase"
targets = [{ by = 2020, value = 5 }]
"""

FORMAT = '''"""names: the names of the targets' indicators, one a line."""

ENDINGS = (".names",)


def shows(command):
    """Only status."""
    return command == "status"


def render(page, out, look):
    """Write them."""
    out.writelines(f"{row.indicator.name}: {row.status}\\n" for row in page.report.rows)
'''

BINARY_FORMAT = '''"""packed: how many keys a document has, as two bytes behind one that is no text."""

ENDINGS = (".packed",)
BINARY = True


def shows(command):
    """Every page."""
    return True


def render(page, out, look):
    """Write them."""
    out.write(b"\\xff" + len(page.document()).to_bytes(2, "big"))
'''

INPUT = '''"""years: a figure a year, each as two bytes for the year and one for the figure, behind a sign that is no text."""

from targettrack.recording.entry import Reading, Row

ENDINGS = (".years",)
SIGN = b"\\xff\\x00Y"


def begins(data):
    """Whether it has the sign."""
    return data.startswith(SIGN)


def read(data, file):
    """The figures."""
    body = data.removeprefix(SIGN)
    parts = [body[place : place + 3] for place in range(0, len(body), 3)]
    rows = [Row({"indicator": "a", "period": str(int.from_bytes(part[:2], "big")), "value": str(part[2])}) for part in parts]
    return Reading(tuple(rows), {}, ())
'''

COMMAND = '''"""shout: The ids of all programs, loud."""

from targettrack.cli import _options
from targettrack.store import load


def command(targets: _options.Targets = None) -> int:
    """Shout."""
    for entry in load.read_all(load.targets(targets)).loaded:
        print(entry.program.id.upper())
    return 0
'''


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a program, and a copy of the package with one new file of each kind."""
    folder = tmp_path_factory.mktemp("plugged")
    package = folder / "package" / "targettrack"
    shutil.copytree(Path(str(targettrack.__file__)).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    for path, text in {
        "formats/names.py": FORMAT, "formats/packed.py": BINARY_FORMAT, "recording/inputs/years.py": INPUT,
        "assessment/methods/two_halves.py": NEW_METHOD, "cli/shout.py": COMMAND,
    }.items():  # fmt: skip
        (package / path).write_text(text, encoding="utf-8")
    german = Catalog("de")
    german.add("unreported", "ohne Angabe")
    (package / "languages" / "de.mo").write_bytes(catalogues.compiled(german))
    for odd in ("is.mo", "pt_BR.mo", ".#de.mo"):  # a keyword of Python; what is no code of a language
        (package / "languages" / odd).write_bytes(catalogues.compiled(german))
    (package / "formats" / ".#csv.py").write_text("", encoding="utf-8")
    (folder / "targets").mkdir()
    (folder / "targets" / "p.toml").write_text(PROGRAM, encoding="utf-8")
    return folder


def ran(place: Path, *argv: str, code: int = 0) -> str:
    """What a command of the copy prints."""
    done = process(*argv, cwd=place, env={"PYTHONPATH": str(place / "package")})
    assert (done.stderr, done.returncode) == ("", code)
    return done.stdout


def test_a_format(place: Path) -> None:
    """It is chosen by its name and by its ending, and refused where it says that it has no such page."""
    assert ran(place, "status", "p", "--format", "names") == "A: unreported\n"
    ran(place, "status", "p", "-o", "out.names")
    assert (place / "out.names").read_text(encoding="utf-8") == "A: unreported\n"
    refused = process("list", "--format", "names", cwd=place, env={"PYTHONPATH": str(place / "package")})
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "list prints csv, json, jsonl, markdown, packed, table or xlsx" in refused.stderr


def test_a_binary_format(place: Path) -> None:
    """Its bytes reach a file and a pipe as they are."""
    ran(place, "list", "-o", "out.packed")
    keys = len(json.loads(ran(place, "list", "--json")))
    assert (place / "out.packed").read_bytes() == b"\xff" + keys.to_bytes(2, "big")
    assert "csv, json, jsonl, markdown, packed, table or xlsx" in " ".join(ran(place, "list", "--help").split())
    environment = {**os.environ, "PYTHONPATH": str(place / "package")}
    checked = subprocess.run(
        [sys.executable, "-m", "targettrack", "check", "--format", "packed"],
        cwd=place,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (checked.stdout[:1], checked.stderr) == (b"\xff", b"")
    piped = subprocess.run(
        [sys.executable, "-m", "targettrack", "list", "--format", "packed"],
        cwd=place,
        env=environment,
        capture_output=True,
        check=True,
    )
    assert piped.stdout == b"\xff" + keys.to_bytes(2, "big")


def test_an_input(place: Path) -> None:
    """It is known by its ending, and by how it begins."""
    data = b"\xff\x00Y" + b"".join(year.to_bytes(2, "big") + bytes([figure]) for year, figure in ((2019, 4), (2020, 6)))
    (place / "f.years").write_bytes(data)
    (place / "f.unknown").write_bytes(data)
    for name in ("f.years", "f.unknown"):
        rehearsed = json.loads(ran(place, "add-actual", "p", "--from", name, "--source", "s", "--dry-run", "--json"))
        assert [each["actual"]["value"] for each in rehearsed["actuals"]] == [4, 6]
    shutil.copytree(place / "targets", place / "recorded")
    ran(place, "add-actual", "p", "--from", "f.years", "--source", "s", "--json", "--targets", "recorded")
    assert json.loads(ran(place, "status", "p", "--json", "--targets", "recorded"))["targets"][0]["figure"] == 6


def test_a_method(place: Path) -> None:
    """It judges."""
    assert (
        json.loads(ran(place, "status", "p", "--method", "two-halves", "--json"))["targets"][0]["verdict"]["method"]
        == "two-halves"
    )


def test_a_language(place: Path) -> None:
    """It is spoken, it stands in the help, and a program may say its names in it; what it lacks is said in English."""
    shown = ran(place, "status", "p", "--lang", "de")
    assert "ohne Angabe" in shown
    assert "target" in shown
    assert "The language that people read: de, en, is or vi" in " ".join(ran(place, "status", "--help").split())
    (place / "german").mkdir()
    (place / "german" / "q.toml").write_text(
        PROGRAM.replace('name = "P"', 'name = "P"\nde.name = "Das Programm"'), encoding="utf-8"
    )
    assert "Das Programm" in ran(place, "status", "q", "--lang", "de", "--targets", "german")
    (place / "german" / "r.toml").write_text(
        PROGRAM.replace('name = "P"', 'name = "P"\nis.name = "Áætlun"'), encoding="utf-8"
    )
    assert "Áætlun" in ran(place, "status", "r", "--lang", "is", "--targets", "german")
    assert "Das Programm" not in ran(place, "status", "q", "--lang", "vi", "--targets", "german")


def test_a_command(place: Path) -> None:
    """It runs, and its first line stands in the help."""
    assert ran(place, "shout") == "P\n"
    assert "The ids of all programs, loud." in ran(place, "--help")


def test_completion(place: Path) -> None:
    """What was put beside the others is offered with them, though it is not written down what there is."""

    def offered(line: str) -> list[str]:
        env = {"PYTHONPATH": str(place / "package"), "_TARGETTRACK_COMPLETE": "bash", "_TARGETTRACK_LINE": line}
        return process(cwd=place, env=env).stdout.splitlines()[2:]

    assert offered("targettrack sho") == ["show", "shout"]
    assert offered("targettrack shout --t") == ["--targets"]
    assert offered("targettrack status --format n") == ["names"]
    assert offered("targettrack status --method two") == ["two-halves"]
    assert offered("targettrack status --lang d") == ["de"]
    assert offered("targettrack import p --kind y") == ["years"]
