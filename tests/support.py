"""Support: a program given as its TOML text, judged on a day; and the command line as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from targettrack.assessment import report
from targettrack.assessment.methods import linear
from targettrack.assessment.verdict import Method
from targettrack.errors import Problem, TargettrackError
from targettrack.store import load as loading

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def run(*argv: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
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
