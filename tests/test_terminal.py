"""A real terminal: no line wraps, and what stands on it is the golden text."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from faults import until
from support import HERE
from terminal import PLAIN, on_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TMUX = shutil.which("tmux")
GOLDEN = {("list",): "list", ("status", "statuses"): "status-statuses", ("show", "shapes/output"): "show-output"}
SHIPPED = [("status", "hanoi"), ("show", "hanoi/output-share"), ("list",)]
DAY = ("--on", "2026-11-22")
DONE = "the-command-is-done"

pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[list[str]]:
    """The beginning of a tmux command, on a server of its own."""
    command = [TMUX or "tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    yield command
    subprocess.run([*command, "kill-server"], capture_output=True, check=False)


def captured(server: list[str], argv: tuple[str, ...], *, columns: int, cwd: Path, joined: bool = False) -> list[str]:
    """The lines on a tmux screen so wide behind a command; ``joined`` puts lines together that the terminal wrapped."""
    run = f"TERM=dumb {sys.executable} -m targettrack {' '.join((*argv, *DAY))}; printf {DONE}; {shlex.join([*server, 'wait-for', '-S', DONE])}; exec cat"
    env = {**os.environ, **PLAIN, "TERM": "xterm-256color"}
    subprocess.run(
        [*server, "new-session", "-d", "-x", str(columns), "-y", "500", "env", "-u", "COLUMNS", "bash", "-c", run],
        cwd=cwd,
        env=env,
        check=True,
    )
    subprocess.run([*server, "wait-for", DONE], env=env, check=True)

    def shown() -> str:
        return subprocess.run(
            [*server, "capture-pane", "-p", *(["-J"] if joined else [])],
            env=env,
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout

    until(lambda: DONE in shown(), "the last words of the command")
    return [line.rstrip() for line in shown().partition(DONE)[0].rstrip("\n").split("\n")]


@pytest.mark.parametrize("columns", [80, 50])
@pytest.mark.parametrize("argv", GOLDEN, ids=" ".join)
def test_a_terminal_shows_the_golden_text(server: list[str], argv: tuple[str, ...], columns: int) -> None:
    """What tmux shows is, line by line, the golden file of that width."""
    golden = (HERE / "golden" / f"{GOLDEN[argv]}.{columns}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert captured(server, argv, columns=columns, cwd=HERE / "golden") == [line.rstrip() for line in golden]


@pytest.mark.parametrize("columns", [80, 50])
@pytest.mark.parametrize("argv", SHIPPED, ids=" ".join)
def test_no_line_wraps_but_an_address(server: list[str], argv: tuple[str, ...], columns: int) -> None:
    """The shipped programs fit: the terminal wraps no line of ours but one of a single long word, an address."""
    lines = captured(server, argv, columns=columns, cwd=HERE.parent, joined=True)
    assert lines == [
        line.rstrip() for line in on_terminal(*argv, *DAY, columns=columns, cwd=HERE.parent).rstrip("\n").split("\n")
    ]
    assert [line for line in lines if len(line) > columns and "http" not in line] == []
