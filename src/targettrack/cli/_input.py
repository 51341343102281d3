"""Input: a file of figures, or stdin, by the kind of file that it is."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from targettrack import registry
from targettrack.errors import Exit, failure, reason
from targettrack.language import tr
from targettrack.recording import inputs
from targettrack.recording.inputs._text import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targettrack.recording.entry import Reading

MAX_BYTES = 64 * 1024 * 1024


def reading(name: str) -> Reading:
    """The figures of a file; ``-`` is stdin.

    Raises:
        TargettrackError: it cannot be read (exit 5), or is of no kind that is known, or not what its kind should be (exit 4).

    """
    if not name:
        raise failure(Exit.IO, "unreadable", tr("--from names no file"), hint=tr("--from figures.csv, or - for stdin"))
    data = _bytes(name)
    file = "stdin" if name == "-" else name
    found: Reading = _module(name, data, file).read(data, file)
    return found


def _bytes(name: str) -> bytes:
    if name == "-" and sys.stdin is None:
        raise failure(Exit.IO, "unreadable", tr("stdin is closed"), hint=tr("name a file"))
    try:
        with contextlib.nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise failure(
            Exit.IO,
            "unreadable",
            tr("cannot be read: {reason}", reason=reason(error)),
            hint=tr("check the path and its permissions"),
            file=name,
        ) from None
    if len(data) > MAX_BYTES:
        raise failure(
            Exit.INVALID,
            "too-large",
            tr("this file is larger than {size} MB", size=MAX_BYTES // 1024 // 1024),
            hint=tr("split it"),
            file=name,
        )
    return data


def _module(name: str, data: bytes, file: str) -> ModuleType:
    """The module that reads a file: by its ending, else by how it begins."""
    known = [registry.module(inputs, each) for each in registry.names(inputs)]
    ending = "" if name == "-" else Path(name).suffix.casefold()
    fits = [module for module in known if ending in module.ENDINGS] or [
        module for module in known if module.begins(data)
    ]
    if not fits:
        text_of(data, file)  # what is no text, and of no kind that is known, was saved in some other coding
        hint = tr(
            "CSV begins with a line of column names: indicator,period,value,source; JSON is what show --format json prints"
        )
        raise failure(Exit.INVALID, "unknown-kind", tr("this is neither CSV nor JSON of figures"), hint=hint, file=file)
    return fits[0]


def pairs(texts: Sequence[str] | None) -> dict[str, str] | None:
    """What ``--disaggregation`` was given.

    Raises:
        TargettrackError: one is no pair (exit 2).

    """
    from targettrack import number  # noqa: PLC0415 - only what was given needs it
    from targettrack.recording import entry  # noqa: PLC0415 - only what was given needs it

    try:
        return entry.pairs(texts) if texts else None
    except number.NumberError as error:
        raise failure(Exit.USAGE, error.code, f"--disaggregation: {error}", hint=error.hint) from None
