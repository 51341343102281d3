"""Processes: a command says the same in a process of its own as in the process of the tests, where most of them run it."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from support import HERE, process, run
from targettrack import cli, registry

DAY = ("--on", "2026-11-22")
COMMANDS: dict[str, tuple[str | Path, ...]] = {
    "status": ("status", "shapes", *DAY),
    "list": ("list", *DAY),
    "show": ("show", "shapes", *DAY),
    "history": ("history", "shapes", *DAY),
    "explain": ("explain", "shapes/poverty", *DAY),
    "cite": ("cite", "shapes/poverty", *DAY),
    "add-actual": ("add-actual", "shapes", "poverty", "many", "--period", "2031"),
    "import": ("import", "shapes", "no-such.csv"),
    "report": ("report", "no-such", "-o", "no-such.html"),
    "export": ("export", "no-such", "--to", "iati", "-o", "out"),
    "check": ("check", *DAY),
    "changes": ("changes", "--since", "no-such-commit", *DAY),
    "init": ("init", HERE / "golden" / "targets"),
    "undo": ("undo", "shapes"),
    "new": ("new", "shapes"),
    "methods": ("methods",),
    "schema": ("schema", "check"),
    "help": ("help", "signs"),
}


def test_every_command_is_here() -> None:
    """A command that is added must be added."""
    assert set(COMMANDS) == set(registry.names(cli))


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("more", [(), ("--help",), ("--nonsense", "--json")], ids=" ".join)
def test_a_command_says_the_same_in_a_process_of_its_own(name: str, more: tuple[str, ...]) -> None:
    """Its answer, its help, and its refusal of an option: the same texts on both streams, and the same exit code."""
    ours, own = (way(*COMMANDS[name], *more, cwd=HERE / "golden") for way in (run, process))
    assert (ours.stdout, ours.stderr, int(ours.returncode)) == (own.stdout, own.stderr, own.returncode)
    assert ours.stdout + ours.stderr


@pytest.mark.parametrize(
    "argv", [(), ("--version",), ("--help",), ("nothing",), ("status", "nowhere", "--lang", "vi")], ids=" ".join
)
def test_the_command_line_says_the_same_in_a_process_of_its_own(argv: tuple[str, ...]) -> None:
    """Without a command, with a wrong one, and in another language."""
    ours, own = (way(*argv, cwd=HERE / "golden") for way in (run, process))
    assert (ours.stdout, ours.stderr, int(ours.returncode)) == (own.stdout, own.stderr, own.returncode)


def test_nothing_stays_behind_in_the_process_of_the_tests(tmp_path: Path) -> None:
    """Neither the folder, nor the environment, nor what becomes of signals: not even behind a record that is made."""

    def surroundings() -> tuple[object, ...]:
        answers = [signal.getsignal(stop) for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
        return (
            Path.cwd(),
            dict(os.environ),
            signal.pthread_sigmask(signal.SIG_BLOCK, ()),
            answers,
            gc.isenabled(),
            sys.stdin,
            sys.stdout,
            sys.stderr,
        )

    shutil.copytree(HERE / "golden" / "targets", tmp_path / "targets")
    before = surroundings()
    done = run(
        "add-actual",
        "shapes",
        "poverty",
        "3",
        "--period",
        "2031",
        "--source",
        "yearbook",
        "--yes",
        cwd=tmp_path,
        env={"TARGETTRACK_LANG": "vi"},
    )
    assert (done.returncode, surroundings()) == (0, before), done.stderr
