"""Screen: how wide what is shown may be, and the pager for what is taller than the terminal."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from contextvars import ContextVar

import typer

from targettrack.language import tr

LEAST = 20
"""The narrowest that anything is laid out for."""

_width: ContextVar[int | None] = ContextVar("width", default=None)
_paged: ContextVar[bool] = ContextVar("paged", default=True)


def asked_width(text: str | None) -> None:
    """``--width``: take the width that is asked for.

    Raises:
        typer.BadParameter: it is no number of columns.

    """
    if text is not None and not (text.isascii() and text.isdigit() and LEAST <= int(text) <= 10_000):
        raise typer.BadParameter(tr("--width is a number of columns, {least} or more", least=LEAST))
    _width.set(None if text is None else int(text))


def asked_pager(*, none: bool) -> None:
    """``--no-pager``: show everything at once."""
    _paged.set(not none)


def width() -> int | None:
    """The width that is asked for, else an exported ``COLUMNS``, else the terminal's; None for what is piped: nothing need be wrapped."""
    exported = os.environ.get("COLUMNS", "")
    if _width.get() is not None:
        return _width.get()
    if exported.isascii() and exported.isdigit() and int(exported) >= LEAST:
        return int(exported)
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def pager() -> list[str]:
    """The words that start the pager: ``TARGETTRACK_PAGER``, else ``PAGER``, else less where it is installed; none where stdout is no terminal, or nobody wants one."""
    if not _paged.get() or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return []
    named = next(
        (value for name in ("TARGETTRACK_PAGER", "PAGER") if (value := os.environ.get(name)) is not None), "less"
    )
    with contextlib.suppress(ValueError):
        words = shlex.split(named)
        if words and words[0] != "cat" and (found := shutil.which(words[0])):
            return [found, *words[1:]]
    return []


def is_taller(text: str) -> bool:
    """Whether a text has more lines than the terminal."""
    return text.count("\n") >= shutil.get_terminal_size().lines


def through(words: list[str], text: str) -> bool:
    """Show a text in a pager, until its reader leaves it; False where it cannot be started. less shows colours and ends by itself, unless ``LESS`` says otherwise."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the pager's
    try:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env={"LESS": "FRX", **os.environ})  # noqa: S603 - the reader's own choice
        with process, contextlib.suppress(BrokenPipeError):
            process.communicate(text.encode(sys.stdout.encoding, "replace"))
    except OSError:
        return False
    else:
        return process.returncode not in {126, 127}
    finally:
        signal.signal(signal.SIGINT, before)
