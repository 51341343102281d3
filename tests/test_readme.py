"""The README tells the truth: its examples are run, its tables compared with what the tool says of itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support import run
from targettrack import cli, formats, registry
from targettrack.assessment import methods
from targettrack.assessment.status import STATUSES
from targettrack.errors import Exit
from targettrack.store import load

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"<!-- run(?:, whatever the day)? -->\n```console\n\$ (.*)\n((?:.*\n)*?)```", README)


def test_the_readme_has_examples() -> None:
    """There are examples to run."""
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command[:60] for command, _ in EXAMPLES])
def test_an_example_prints_what_the_readme_shows(command: str, shown: str) -> None:
    """Each example of the README prints exactly what stands below it."""
    here = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert whatever_the_day(done.stdout) == whatever_the_day(shown)


def whatever_the_day(text: str) -> str:
    """What is printed, without the day of recording and the marks that depend on it."""
    return re.sub(r"(?m)^(recorded = )[\d-]{10}|(?:  |^)# [0-9a-f]{6}$|(?<=[a-z0-9] )[0-9a-f]{6}$", r"\1", text)


def test_the_example_program_is_valid(tmp_path: Path) -> None:
    """The program that the README shows loads."""
    (text,) = re.findall(r"```toml\n((?:.*\n)*?)```", README)
    path = tmp_path / "hanoi.toml"
    path.write_text(text, encoding="utf-8")
    assert load.load(path) is not None


def test_every_command_format_and_method_is_named() -> None:
    """A command, format or method that is added must be added to the README."""
    for name in registry.names(cli):
        assert f"`targettrack {name}" in README
    for name in [*registry.names(formats), *registry.names(methods)]:
        assert name in README


def test_every_status_and_exit_code_is_explained() -> None:
    """The tables of statuses and exit codes are complete."""
    assert all(f"`{status}`" in README for status in STATUSES)
    assert all(f"\n| {int(code)} | " in README for code in Exit)


def test_every_program_is_listed() -> None:
    """The README lists the programs that ship."""
    assert all(f"| `{path.stem}` | " in README for path in (ROOT / "targets").glob("*.toml"))


def test_the_options_that_the_readme_names_exist() -> None:
    """Every --option in the README is one of some command's help, or of pip's or pytest's."""
    helps = "".join(run(name, "--help").stdout for name in registry.names(cli)) + run("--help").stdout
    theirs = {"--quiet", "--disable-pip-version-check", "--hypothesis-profile"}
    assert set(re.findall(r"--[a-z][a-z-]+", README)) - theirs <= set(re.findall(r"--[a-z][a-z-]+", helps))
