"""Ask: what a command still needs to know, asked of a person at a terminal and of nobody else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import typer

from targettrack.errors import TargettrackError
from targettrack.notation import clean


def possible() -> bool:
    """Whether a person is there who sees the question and can answer it."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def text(question: str, *, offered: str | None = None, sound: Callable[[str], object] = str) -> str:
    """An answer, asked again until ``sound`` raises nothing about it; an offered one is taken with Enter."""
    while True:
        answer = str(typer.prompt(clean(question), default=offered, show_default=bool(offered), err=True)).strip()
        try:
            sound(answer)
        except (ValueError, typer.BadParameter, TargettrackError) as error:
            for sentence in _sentences(error):
                typer.echo(f"  {sentence}", err=True)
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
    """Yes or no; Enter is no."""
    return bool(typer.confirm(clean(question), default=False, err=True))
