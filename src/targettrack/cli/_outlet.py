"""Outlet: what the name of an output is, a stream, a device or a file; and which files none may write over."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator

import typer

from targettrack.language import tr

STDOUT = 1
_LINKS = 40
"""As many links as Linux follows."""


def stream_of(output: str) -> int | None:
    """The number of our own open stream that a name means: ``-`` is stdout, ``/dev/stdout`` and ``/dev/fd/63`` are what the shell opened; None of any other name.

    They are written to where they stand: opened by its name, a file behind ``>>`` would begin anew.
    """
    if output == "-":
        return STDOUT
    path = output
    for _ in range(_LINKS):
        folder, name = os.path.split(path)
        folder = os.path.realpath(folder)
        if name.isdecimal() and name.isascii() and folder in {"/dev/fd", f"/proc/{os.getpid()}/fd"}:
            return int(name)
        try:
            path = os.path.join(folder, os.readlink(os.path.join(folder, name)))  # noqa: PTH115, PTH118 - pathlib would make a path of what is no file's
        except OSError:
            return None
    return None


def is_device(output: str) -> bool:
    """Whether a name is of something that is written to, not replaced: a device, a named pipe, a socket."""
    try:
        mode = os.stat(output).st_mode  # noqa: PTH116 - as above
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


# ---------------------------------------------------------------- what is not written over


def untouched(output: str, targets: str | None, *read: str) -> None:
    """Refuse an output that is a program of the targets folder, or one of the files that are ``read`` (``-`` is stdin): through a link, as a hard link, in any spelling.

    Raises:
        typer.BadParameter: it is one; nothing was read or written.

    """
    streams = stream_of(output) is not None or is_device(output)
    if not streams and os.path.realpath(output).casefold().endswith(".toml"):
        raise typer.BadParameter(tr("no output goes into a .toml file: program files are written by people"))
    there = None if output == "-" else _identity(output)
    same = (each for each in (*read, *_programs(targets)) if there is not None and _identity(each) == there)
    for each in same:
        told = tr("the file on stdin") if each == "-" else each
        said = tr("{file} is read by this command, and would be overwritten; name another file", file=output)
        other = tr("{file} is {read}, which would be overwritten; name another file", file=output, read=told)
        raise typer.BadParameter(said if os.path.normpath(each) == os.path.normpath(output) else other)


def _identity(name: str) -> tuple[int, int] | None:
    """What a file has alone, whatever it is called; None of what is no file, or is not there."""
    try:
        found = os.fstat(sys.stdin.fileno()) if name == "-" else os.stat(name)  # noqa: PTH116 - pathlib would make a path of what is no file's
    except (OSError, AttributeError, ValueError):  # or there is no stdin, or none that the system knows
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _programs(targets: str | None) -> Iterator[str]:
    """The files of the targets folder that are called as programs are."""
    from targettrack.store import folder, load  # noqa: PLC0415 - only what is written into a file asks for them

    found = folder.find(targets)
    try:
        names = sorted(each.name for each in found.iterdir()) if found is not None else []
    except OSError:
        return
    yield from (str(found / name) for name in names if found is not None and load.is_named(name))
