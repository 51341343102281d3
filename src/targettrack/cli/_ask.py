"""Ask: what a command still needs to know, asked of a person at a terminal and of nobody else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from unicodedata import normalize

import typer

from targettrack.cli import _say
from targettrack.errors import TargettrackError
from targettrack.language import tr
from targettrack.text import clean


def possible() -> bool:
    """Whether a person is there who sees the question and can answer it."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def _answer(question: str) -> str:
    """One line from the terminal. The question goes to stderr, in whole: typer's own prompt writes its last space to stdout, which is for data.

    Raises:
        typer.Abort: there will be no answer.

    """
    while True:
        sys.stderr.write(f"{question}: ")
        sys.stderr.flush()
        try:
            line = sys.stdin.readline()
            line.encode()
        except UnicodeError:
            sys.stderr.write(f"  {tr('this is not UTF-8: set the terminal to UTF-8')}\n")
            continue
        if not line:
            sys.stderr.write("\n")
            _say.remark(tr("nothing was recorded"))
            raise typer.Abort
        return line.strip()


def text(question: str, *, offered: str | None = None, sound: Callable[[str], object] = str) -> str:
    """An answer, asked again until ``sound`` raises nothing about it; an offered one is taken with Enter."""
    while True:
        answer = _answer(f"{clean(question)} [{clean(offered)}]" if offered else clean(question)) or offered
        if answer is None:
            continue
        try:
            sound(answer)
        except (ValueError, typer.BadParameter, TargettrackError) as error:
            for sentence in _sentences(error):
                sys.stderr.write(f"  {sentence}\n")
        else:
            return answer


def _sentences(error: Exception) -> Sequence[str]:
    if isinstance(error, TargettrackError):
        return [clean(part) for problem in error.problems for part in (problem.message, problem.hint) if part]
    return [clean(part) for part in (str(error), getattr(error, "hint", "")) if part]


def optional(question: str, *, sound: Callable[[str], object] = str) -> str | None:
    """An answer that may be left empty."""
    return text(question, offered="", sound=lambda answer: answer and sound(answer)) or None


def confirmed(question: str) -> bool:
    """Yes or no, in the reader's language or in English; Enter is no."""
    while True:
        answer = normalize("NFC", _answer(f"{clean(question)} {tr('[y/N]')}").casefold())
        if answer in {"", "n", "no", *tr("n no").split()}:
            return False
        if answer in {"y", "yes", *tr("y yes").split()}:
            return True
