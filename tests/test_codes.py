"""Codes: the catalogue is complete and true: what a file can give is in it, and what is in it has an example."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from support import HERE, run
from targettrack.pages.check import codes, softened, weaknesses
from targettrack.pages.check.weaknesses import CHECKS, UNNEEDED
from test_invalid import FOLDER as INVALID
from test_invalid import NOT_OF_A_FILE
from test_invalid import codes as codes_of_reading

CATALOGUE = list(codes.catalogue())
OF_THE_FILE_SYSTEM = {"no-programs", "not-a-file", "unreadable", "not-installed", "linked-version"}
"""What no file kept in a folder can give, but the system, a library or git; these have their tests with the folder, and with the command."""

WEAK = HERE / "weak"
GRAVE = {check.code for check in CHECKS if check.severity == "error"}
"""The errors of programs that are read all the same."""


def given_by(folder: Path) -> set[str]:
    """The codes of the messages that the files of a folder must give."""
    return {
        code
        for path in folder.glob("*.txt")
        for code in re.findall(r"^\S+:\S+ (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }


def yielded() -> set[str]:
    """The codes that the modules of the weaknesses give their checks."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(str(weaknesses.__file__)).parent.glob("*.py")]
    calls = (
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Check"
    )
    return {str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant)}


def test_no_code_is_twice() -> None:
    """Each code has one line."""
    names = [code for code, _, _ in CATALOGUE]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("code", "means"), [(code, means) for code, _, means in CATALOGUE])
def test_a_code_is_plain(code: str, means: str) -> None:
    """A code is of small letters and hyphens, and has 20 letters at most; what it says is one line, without a stop."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert len(code) <= 20
    assert re.fullmatch(r"[^|\n]{5,90}[^.|\n]", means)


def test_errors_come_first_by_name() -> None:
    """Errors and weaknesses are sorted by their names, the errors first; what only git tells comes behind them."""
    errors = [code for code, severity, _ in CATALOGUE if severity == "error"]
    found = [code for code, _, _ in CATALOGUE]
    assert errors == sorted([*codes.ERRORS, *GRAVE])
    assert found == [
        *errors,
        *sorted(check.code for check in CHECKS if check.severity == "warning"),
        *softened.MEANS,
        UNNEEDED,
    ]


def test_every_code_of_reading_is_in_the_catalogue() -> None:
    """Whatever the modules that read a file can give is in the catalogue, as an error; nothing else is."""
    assert (codes_of_reading() - NOT_OF_A_FILE) | OF_THE_FILE_SYSTEM == set(codes.ERRORS)


def test_every_check_is_in_the_catalogue() -> None:
    """Whatever the modules of the weaknesses name is a check, in the catalogue as a warning, or as the error that it is."""
    assert yielded() == {check.code for check in CHECKS}
    assert not GRAVE & set(codes.ERRORS)
    assert {code for code, severity, _ in CATALOGUE if severity == "warning"} == (
        yielded() - GRAVE
    ) | softened.MEANS.keys() | {UNNEEDED}


def test_every_error_has_a_file() -> None:
    """Each error is given by an invalid file, but for what only the file system gives."""
    assert set(codes.ERRORS) - given_by(INVALID) == OF_THE_FILE_SYSTEM


def test_every_warning_has_a_file() -> None:
    """Each warning, and each error of a program that is read all the same, is given by a weak program, but for what only git tells."""
    assert {code for code, severity, _ in CATALOGUE if severity == "warning"} | GRAVE == given_by(WEAK) | set(
        softened.MEANS
    )
    assert not given_by(WEAK) & set(codes.ERRORS)


def test_the_command_lists_them() -> None:
    """``check --list`` prints the catalogue, a line each, whatever the folder; and is done."""
    result = run("check", "--list", cwd=HERE)
    assert (result.returncode, result.stderr) == (0, "")
    assert [re.split(r" {2,}", line, maxsplit=2) for line in result.stdout.splitlines()] == [
        list(entry) for entry in CATALOGUE
    ]
