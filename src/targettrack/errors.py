"""Errors: what is wrong, where it stands and what to do, as values; nothing is printed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Literal, TypeVar

from targettrack.frozen import frozen
from targettrack.language import mark, tr, tr_n

Severity = Literal["error", "warning"]


class Exit(IntEnum):
    """The exit codes of the command line; where several apply, the order is that of ``worst``."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    NOT_FOUND = 3
    INVALID = 4
    IO = 5
    LOCKED = 6


_PRECEDENCE = (Exit.USAGE, Exit.NOT_FOUND, Exit.LOCKED, Exit.IO, Exit.INVALID, Exit.FINDINGS, Exit.DONE)


def worst(*codes: Exit) -> Exit:
    """The exit code to report where several apply; ``Exit.DONE`` for none."""
    return min(codes, key=_PRECEDENCE.index, default=Exit.DONE)


@frozen(eq=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    ``line`` and ``column`` count from 1, columns in characters; ``end_column`` is exclusive.
    ``message`` says what is wrong, ``hint`` what to do. ``source_line`` is the text of the line, ``row`` the number of the row, from 1, in a file of figures.
    ``more`` is how many others of its code it stands for, where there are too many to be listed.
    """

    code: str
    message: str
    hint: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    source_line: str | None = None
    row: int | None = None
    exit: Exit = Exit.INVALID
    severity: Severity = "error"
    more: int = 0


MOST_OF_A_KIND = 1000
"""So many of one code are listed; the rest is counted."""

_F = TypeVar("_F")


def folded(found: Iterable[_F], code: Callable[[_F], str], most: int = MOST_OF_A_KIND) -> tuple[list[_F], Counter[str]]:
    """The first of each code, ``most`` at most, and how many more there are of it."""
    kept: list[_F] = []
    seen: Counter[str] = Counter()
    for each in found:
        name = code(each)
        seen[name] += 1
        if seen[name] <= most:
            kept.append(each)
    return kept, Counter({name: count - most for name, count in seen.items() if count > most})


def not_listed(code: str, count: int, severity: Severity, file: str | None) -> Problem:
    """How many more of a code there are than are listed."""
    return Problem(
        code=code,
        message=tr_n(count, "{count} more like this is not listed", "{count} more like this are not listed"),
        file=file,
        severity=severity,
        more=count,
    )


class TargettrackError(Exception):
    """An error that the command line reports as sentences, with ``exit`` as the exit code."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems

    @property
    def exit(self) -> Exit:
        """The exit code of the worst problem."""
        return worst(*(problem.exit for problem in self.problems))


def failure(
    exit_code: Exit, code: str, message: str, *, hint: str | None = None, file: str | None = None
) -> TargettrackError:
    """An error of one problem that has no place inside a file."""
    return TargettrackError(Problem(code=code, message=message, hint=hint, file=file, exit=exit_code))


def reason(error: OSError) -> str:
    """The system's words for an error, as the end of a sentence."""
    return tr((error.strerror or str(error)).lower())


def not_written(error: OSError, file: object) -> TargettrackError:
    """What to say where a file that is no program's could not be written (exit 5)."""
    message = tr("cannot be written: {reason}", reason=reason(error))
    hint = tr("check the folder and its permissions")
    return failure(Exit.IO, "not-written", message, hint=hint, file=str(file))


_REASONS = (
    mark("bad file descriptor"),
    mark("broken pipe"),
    mark("device or resource busy"),
    mark("disk quota exceeded"),
    mark("file exists"),
    mark("file name too long"),
    mark("file too large"),
    mark("input/output error"),
    mark("invalid argument"),
    mark("is a directory"),
    mark("no such device or address"),
    mark("no such file or directory"),
    mark("no space left on device"),
    mark("not a directory"),
    mark("operation not permitted"),
    mark("permission denied"),
    mark("read-only file system"),
    mark("too many levels of symbolic links"),
    mark("too many open files"),
)
"""What systems say most often; a reason that no catalogue has stays in the system's words."""


def either(texts: Sequence[str]) -> str:
    """``a``, ``a or b``, ``a or b or c``."""
    return tr(" or ").join(texts)


def guessed(said: str, given: str, known: Iterable[str]) -> str:
    """A refusal of a word, with the known one that a person may have meant."""
    near = nearest(given, known, likeness=0.6)
    return tr("{said}; did you mean {near}?", said=said, near=near) if near else said


def nearest(given: str, known: Iterable[str], *, likeness: float = 0.7) -> str | None:
    """The known word that a person may have meant; None where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a name that is not known needs it

    return next(iter(get_close_matches(given, list(known), n=1, cutoff=likeness)), None)
