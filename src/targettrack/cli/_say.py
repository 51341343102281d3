"""What is said to a person: problems and remarks, on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from targettrack.errors import Problem
from targettrack.language import tr
from targettrack.text import ascii_only, clean, line_shown


def problems(found: Iterable[Problem], *, as_json: bool) -> None:
    """Each problem as a few lines, or as one JSON line."""
    sys.stderr.reconfigure(encoding="utf-8" if as_json else None, errors="backslashreplace")  # type: ignore[union-attr]
    try:
        for problem in found:
            sys.stderr.write(
                _json(problem) if as_json else "".join(f"{line_shown(line)}\n" for line in sentences(problem))
            )
        sys.stderr.flush()
    except OSError:  # nobody can be told; the exit code still says it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def _json(problem: Problem) -> str:
    from targettrack.formats import _json_text  # noqa: PLC0415 - only an error needs it
    from targettrack.pages import documents  # noqa: PLC0415 - only an error needs it

    return _json_text.line({"error": documents.problem_document(problem)})


def sentences(problem: Problem) -> list[str]:
    """Where, what, the line with a marker under it, and what to do."""
    from targettrack.formats._excerpt import marked  # noqa: PLC0415 - only an error needs it

    place = ":".join(
        str(part)
        for part in (clean(problem.file) if problem.file else None, problem.line, problem.column)
        if part is not None
    )
    lines = [f"{place or 'targettrack'}: {letters(clean(problem.message))}"]
    if problem.source_line is not None and problem.line is not None and problem.column is not None:
        lines += marked(problem.source_line, problem.line, problem.column, problem.end_column or problem.column + 1)
    return [*lines, f"  {letters(tr('hint: {hint}', hint=clean(problem.hint)))}"] if problem.hint else lines


def letters(text: str) -> str:
    """A sentence as stderr can show it: without their marks where it has no letters but ASCII."""
    encoding = (getattr(sys.stderr, "encoding", None) or "ascii").casefold().replace("-", "")
    return text if encoding.startswith("utf") else ascii_only(text)


def item(text: str) -> None:
    """One sentence of several; on a terminal its lines end between words."""
    line = line_shown(letters(clean(f"- {text}")))
    if sys.stderr.isatty():
        import textwrap  # noqa: PLC0415 - only a terminal has a width

        width = max(os.get_terminal_size(sys.stderr.fileno()).columns - 1, 20)
        line = textwrap.fill(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    sys.stderr.write(f"{line}\n")


def remark(text: str) -> None:
    """One sentence."""
    sys.stderr.write(f"{line_shown(letters(clean(text)))}\n")
