"""Support: a program given as its TOML text, judged on a day; and the command line as a person runs it."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import signal
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from targettrack.assessment import report
from targettrack.assessment.methods import linear
from targettrack.assessment.verdict import Method
from targettrack.cli import main
from targettrack.errors import Problem, TargettrackError
from targettrack.store import load as loading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

    from targettrack.assessment.row import Row
    from targettrack.program.shelf import Loaded

HERE = Path(__file__).parent
LINEAR = Method("linear", linear.judge)
"""The default method."""


def load(text: str) -> Loaded:
    """The program that a TOML text says, read from a file as any other."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "program.toml")
        path.write_text(text, encoding="utf-8", newline="")
        loaded = loading.load(path)
    assert loaded is not None, "the text has no targettrack key"
    return loaded


def rows(text: str, on: str) -> tuple[Row, ...]:
    """The rows of the program that a TOML text says, as known on an ISO date."""
    return report.report([load(text).program], date.fromisoformat(on), method=LINEAR).rows


def row(text: str, on: str) -> Row:
    """The only row of a program."""
    (only,) = rows(text, on)
    return only


def aim(direction: str, target: str, *actuals: str, indicator: str = "", unit: str = "%", rest: str = "") -> str:
    """The text of a program with one indicator ``a`` and one target; a semicolon in a fragment begins a new line."""
    blocks = [
        'targettrack = 1\n[program]\nname = "P"',
        f'[indicators.a]\nname = "A"\nunit = "{unit}"\ndirection = "{direction}"\n{indicator}',
        f"[[indicators.a.targets]]\n{target}",
        *(f'[[actuals]]\nindicator = "a"\n{actual}' for actual in actuals),
        rest,
    ]
    return "\n".join(blocks).replace("; ", "\n") + "\n"


def facts(*values: object) -> tuple[object, ...]:
    """Values of several types to be compared at once."""
    return values


def problems(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a file; empty for a sound one."""
    try:
        loading.load(path)
    except TargettrackError as error:
        return error.problems
    return ()


def times(count: int) -> int:
    """So many where everything is tried, fewer in a quick run, more in a search: the profile of hypothesis decides, which says how many of a hundred."""
    return max(1, count * settings().max_examples // 100)


def tries(examples: int) -> settings:
    """The settings of a law that is tried with so many examples where everything is tried."""
    return settings(max_examples=max(5, times(examples)))


STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""The signals that a command answers in its own way."""


def run(
    *argv: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """The command line, run in this process, which is quicker, outside of any terminal; ``env`` is added to the environment, ``given`` comes through stdin. Nothing stays behind."""
    assert not [name for name in env or {} if name.startswith("PYTHON")], (
        "Python reads this when it starts: it takes a process"
    )
    words = [str(word) for word in argv]
    answers = {stop: signal.getsignal(stop) for stop in STOPS}
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.ExitStack() as open_,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        for name, value in {"PYDANTIC_DISABLE_PLUGINS": "__all__", **(env or {})}.items():
            patch.setenv(name, value)
        if cwd:
            patch.chdir(cwd)
        patch.setattr(sys, "stdin", open_.enter_context(io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")))
        for name, file in (("stdout", out), ("stderr", err)):
            patch.setattr(
                sys,
                name,
                open_.enter_context(
                    open(
                        file.fileno(),
                        "w",
                        encoding="utf-8",
                        errors="strict" if name == "stdout" else "backslashreplace",
                        closefd=False,
                    )
                ),
            )
        open_.callback(gc.enable)
        open_.callback(
            signal.pthread_sigmask, signal.SIG_SETMASK, signal.pthread_sigmask(signal.SIG_BLOCK, ())
        )  # a record that is made is said, whatever comes: add-actual ends deaf
        for stop, answer in answers.items():
            open_.callback(signal.signal, stop, answer)
        code = main(words)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return subprocess.CompletedProcess(words, code, *(_text(file) for file in (out, err)))


def _text(file: IO[bytes]) -> str:
    """All that was written to a file."""
    file.seek(0)
    return file.read().decode().replace("\r\n", "\n")


def process(
    *argv: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command line, run as a process of its own; ``env`` is added to the environment."""
    return subprocess.run(
        [sys.executable, "-m", "targettrack", *map(str, argv)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
