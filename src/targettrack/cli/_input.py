"""Input: a file of figures, or stdin, by the kind of file that it is."""

from __future__ import annotations

import contextlib
import hashlib
import re
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from targettrack import registry
from targettrack.errors import Exit, TargettrackError, failure, reason
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.recording import inputs
from targettrack.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from targettrack.program.model import Program
    from targettrack.recording.imported import File
    from targettrack.recording.mapping import TableMap
    from targettrack.recording.table import Book, Wishes
    from targettrack.recording.taking import Taken

MAX_BYTES = 64 * 1024 * 1024
_PAGE = regex(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|table|head|body|meta|style)\b", re.IGNORECASE)
"""How a web page begins; offices save tables as such, and call them .xls."""
_OURS = 3
"""How surely a kind that has ``read`` must know a file to be one that we have printed ourselves."""


@frozen(eq=True)
class Opened:
    """A file that was read: as it was named, its bytes, the kind that it is, whether its figures are in our own shape, and where a person said another kind than it seems to be, that one and who said so: a mapping, or the command line."""

    path: str
    data: bytes
    kind: str
    ours: bool
    seems: str | None = None
    said_by: Path | None = None

    @property
    def module(self) -> ModuleType:
        """What reads its kind."""
        return registry.module(inputs, self.kind)

    @property
    def file(self) -> File:
        """Its name and digest, to be kept with its figures."""
        from targettrack.recording.imported import File  # noqa: PLC0415 - our own shape needs none

        return File(self.path, Path(self.path).name, hashlib.sha256(self.data).hexdigest())


def opened(name: str, kind: str | None = None, option: str = "") -> Opened:
    """A file and its kind, by its content; ``-`` is stdin, and ``kind`` overrides what is recognized. ``option`` is the one that names it, if one does.

    Raises:
        TargettrackError: it cannot be read (exit 5), or is of no kind that is known (exit 4; of one that does not exist: 2).

    """
    if not name:
        raise failure(
            Exit.IO,
            "unreadable",
            tr("{option} names no file", option=option) if option else tr("no file is named"),
            hint=tr("name one, as figures.csv, or - for stdin"),
        )
    data = _bytes(name)
    file = "stdin" if name == "-" else name
    if kind is not None:
        return as_kind(Opened(file, data, _recognized(name, data) or kind, ours=False), kind)
    chosen, sure = _kind(name, data, file)
    return Opened(file, data, chosen, _ours(chosen, sure))


def as_kind(given: Opened, kind: str, said_by: Path | None = None) -> Opened:
    """A file as one of another kind than it seems to be; a mapping may have said so.

    Raises:
        TargettrackError: there is no such kind (exit 2).

    """
    known = registry.names(inputs)
    if kind not in known:
        said = tr("no kind {kind}; known: {known}", kind=kind, known=", ".join(known))
        raise failure(Exit.USAGE, "usage", said, hint=None, file=str(said_by) if said_by else None)
    seems = given.kind if given.kind != kind else None
    return Opened(given.path, given.data, kind, _ours(kind, _sure(kind, given.data)), seems, said_by)


def _ours(kind: str, sure: int) -> bool:
    """Whether a file of a kind, so surely known, has its figures in our own shape."""
    module = registry.module(inputs, kind)
    return hasattr(module, "read") and (sure >= _OURS or not hasattr(module, "book"))


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


def _sure(kind: str, data: bytes) -> int:
    """How surely a kind knows bytes to be its own; 0 where it does not."""
    return int(registry.module(inputs, kind).begins(data))


def _kind(name: str, data: bytes, file: str) -> tuple[str, int]:
    """The kind of a file, and how surely it knows it: the one that knows it best by its content, of equals the one that its ending names, else the ending's."""
    sure = {each: _sure(each, data) for each in registry.names(inputs)}
    fits = _fits(name, sure)
    best = _first(fits)
    if best is None and _PAGE.match(data):
        raise failure(
            Exit.INVALID,
            "html-page",
            tr("this is a page in HTML, whatever its name says"),
            hint=tr("open it in a spreadsheet program and save it as .xlsx"),
            file=file,
        )
    best = best or next((each for _, unnamed, each in fits if not unnamed), None)
    if best is None:
        hint = tr("known are {kinds}; --kind names one", kinds=", ".join(sorted(sure)))
        raise failure(
            Exit.INVALID, "unknown-kind", tr("this is no kind of file that figures are read from"), hint=hint, file=file
        )
    return best, sure[best]


def _fits(name: str, sure: Mapping[str, int]) -> list[tuple[int, bool, str]]:
    """The kinds, those that know a file best first, of equals those that its ending names; each with how surely it does, below 0, and whether the ending does not name it."""
    ending = "" if name == "-" else Path(name).suffix.casefold()
    return sorted((-sure[each], ending not in registry.module(inputs, each).ENDINGS, each) for each in sure)


def _first(fits: Sequence[tuple[int, bool, str]]) -> str | None:
    return next((each for unsure, _, each in fits if unsure), None)


def _recognized(name: str, data: bytes) -> str | None:
    """The kind that knows a file best by its content; None where none does."""
    return _first(_fits(name, {each: _sure(each, data) for each in registry.names(inputs)}))


def book(given: Opened, wishes: Wishes, *, describing: bool = False) -> Book:
    """A file as sheets of cells; one that only says what the figures of others are is read where that is asked for (``describing``).

    Raises:
        TargettrackError: it cannot be read as its kind (exit 4 or 5), or has no figures (exit 2).

    """
    try:
        found = _book(given, wishes)
    except TargettrackError as error:
        if given.seems is None:
            raise
        hint = (
            tr("by its content this is {kind}: leave --kind out", kind=given.seems)
            if given.said_by is None
            else tr(
                "by its content this is {kind}: correct kind = in {mapping}", kind=given.seems, mapping=given.said_by
            )
        )
        raise TargettrackError(*(replace(problem, hint=hint) for problem in error.problems)) from None
    if describes(given) and not describing:
        raise no_figures(given)
    return found


def describes(given: Opened) -> bool:
    """Whether a file says what the figures of others are, and has none."""
    return getattr(given.module, "DESCRIBES", False)


def no_figures(given: Opened) -> TargettrackError:
    """What to say where nothing but such files is given (exit 2)."""
    message = tr("this file says what the figures of another one are, and has none itself")
    hint = tr("targettrack import takes both together: name the file of figures before it")
    return failure(Exit.USAGE, "no-figure", message, hint=hint, file=given.path)


def _book(given: Opened, wishes: Wishes) -> Book:
    from targettrack.recording import legacy  # noqa: PLC0415 - our own shape needs none

    if not hasattr(given.module, "book"):
        raise failure(
            Exit.USAGE,
            "usage",
            tr("a file of the kind {kind} is read as it is, without a mapping", kind=given.kind),
            hint=None,
            file=given.path,
        )
    found: Book = given.module.book(given.data, given.path, wishes)
    return found if found.sheets and found.sheets[0].lines is not None else legacy.modern(found, wishes, given.path)


def figures(given: Opened, program: Program, map: TableMap, wishes: Wishes, source: str | None) -> Taken:
    """The figures of a file: those that we have printed ourselves as they are, any others by a mapping; ``source`` is the document of those that name none."""
    from targettrack.recording import imported  # noqa: PLC0415 - our own shape needs none

    if given.ours:
        said = [map.decimal] if map.decimal and hasattr(given.module, "TAKES_DECIMAL") else []
        reading = given.module.read(given.data, given.path, *said)
        return imported.ours(reading, program)
    return imported.traced(imported.figures(book(given, wishes), map, program, given.file), program, source, given.file)


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
