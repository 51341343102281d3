"""Load: the targets folder, and the programs that its files say."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from targettrack.errors import Exit, TargettrackError, failure, reason
from targettrack.language import tr
from targettrack.program import consistency, model, reading, toml
from targettrack.program.model import Fault, Program
from targettrack.program.names import chosen, fold
from targettrack.program.shelf import Loaded, Shelf, Unreadable
from targettrack.store import folder as folders

if TYPE_CHECKING:
    from targettrack.store.links import Files

MAX_BYTES = 64 * 1024 * 1024


def targets(option: str | None) -> Path:
    """The targets folder that is named, or the nearest one.

    Raises:
        TargettrackError: there is none (exit 5).

    """
    found = folders.find(option)
    if found is None:
        raise failure(
            Exit.IO,
            "no-folder",
            tr("no targets folder here or in any folder above"),
            hint=tr("run targettrack init to make one, or name it with --targets DIR"),
        )
    try:
        there = found.is_dir()
    except OSError as error:
        raise _unreadable(error, tr("check the folder's permissions"), found) from None
    if not there:
        raise failure(
            Exit.IO,
            "no-folder",
            tr("there is no such targets folder"),
            hint=tr("check --targets or TARGETTRACK_TARGETS; targettrack init makes a new one"),
            file=str(found),
        )
    return found


def files(folder: Path) -> list[Path]:
    """The ``*.toml`` entries of the folder, by name; an ending in capitals is one, which its program's name is found wrong for.

    Raises:
        TargettrackError: the folder cannot be listed (exit 5).

    """
    try:
        return sorted(
            (entry for entry in folder.iterdir() if is_named(entry.name)), key=lambda entry: (entry.stem, entry.name)
        )
    except OSError as error:
        raise _unreadable(error, tr("check the folder's permissions"), folder) from None


def is_named(name: str) -> bool:
    """Whether a file is called as programs are, be its ending in capitals."""
    return name.casefold().endswith(".toml") and not name.startswith(".")


def read_all(folder: Path, on: date | None = None) -> Shelf:
    """Every program of the folder; files without a ``targettrack`` key are none."""
    return _shelf(folder, files(folder), on)


def read(folder: Path, names: Sequence[str], on: date | None = None) -> Shelf:
    """The programs of these names, in this order, each once; all of them for no names; as much of each as ``of_text`` reads.

    A name is an id, an alias or a program's name, in any case, with or without Vietnamese marks.

    Raises:
        TargettrackError: a name fits no program, or several (exit 3).

    """
    if not names:
        return read_all(folder, on)
    paths = files(folder)
    wanted = [by_stem(paths, name) for name in names]
    if None in wanted:
        return chosen(read_all(folder, on), names)
    shelf = _shelf(folder, [path for path in dict.fromkeys(wanted) if path is not None], on)
    found = {entry.program.id for entry in shelf.loaded} | {entry.id for entry in shelf.unreadable}
    for name, path in zip(names, wanted, strict=True):
        if path is not None and path.stem not in found:
            message, hint = (
                tr('"{name}" is no program: its file has no targettrack key', name=name),
                tr("a program begins with targettrack = 1"),
            )
            raise failure(Exit.NOT_FOUND, "no-such-program", message, hint=hint, file=str(path))
    return shelf


def by_stem(paths: Sequence[Path], name: str) -> Path | None:
    """The one file whose stem is ``name``, an ending in small letters before others, else whose stem is like it; None for none, or several."""
    fits = (
        [path for path in paths if path.name == f"{name}.toml"]
        or [path for path in paths if path.stem == name]
        or [path for path in paths if fold(path.stem) == fold(name)]
    )
    return fits[0] if len(fits) == 1 else None


def _shelf(folder: Path, paths: Sequence[Path], on: date | None) -> Shelf:
    loaded: list[Loaded] = []
    unreadable: list[Unreadable] = []
    for path in paths:
        try:
            entry = load(path, on)
        except TargettrackError as error:
            unreadable.append(Unreadable(path.stem, str(path), error.problems))
        else:
            if entry is not None:
                loaded.append(entry)
    return Shelf(str(folder), tuple(loaded), tuple(unreadable))


def load(path: Path, on: date | None = None) -> Loaded | None:
    """The program of one file; None for a TOML file that is none: a mapping, or one that has no ``targettrack`` key, and no table of a program either.

    Raises:
        TargettrackError: everything that is wrong with the file (exit 4), or that it cannot be read (exit 5).

    """
    return of_text(path, text(path), on=on)


def understood(path: Path, data: bytes, files: Files | None = None) -> Loaded | None:
    """The program that a file's bytes say, as ``load`` reads it; its links are in these ``files``, and refused without.

    Raises:
        TargettrackError: everything that is wrong with it (exit 4).

    """
    return of_text(path, toml.decoded(data, str(path)), files or _nowhere)


def shared(path: Path, text: str) -> Loaded | None:
    """The program that a text says, as ``of_text`` reads it, where what it shares with others need not be read again; None in any doubt."""
    from targettrack.program import blocks  # noqa: PLC0415 - only versions of one program share much

    found = None if _name_fault(path) else blocks.document(text)
    return Loaded(Program(path.stem, str(path), found), text) if found else None


def of_text(path: Path, text: str, files: Files | None = None, on: date | None = None) -> Loaded | None:
    """The program that a file's text says, as ``load`` reads it; its links are in these ``files``, else beside it.

    Where it is only to be judged ``on`` a day, linked figures that cannot matter then may be left out.

    Raises:
        TargettrackError: everything that is wrong with it (exit 4).

    """
    raw = toml.parsed(text, str(path))
    if "targettrack" not in raw and ("import" in raw or not raw.keys() & {"indicators", "promises", "actuals"}):
        return None
    document, parts, faults = reading.read(raw)
    faults = (*_name_fault(path), *faults, *consistency.between(parts))
    if document is None or faults:
        raise TargettrackError(*toml.placed(faults, text, str(path)))
    if not document.links:
        return Loaded(Program(path.stem, str(path), document), text)
    from targettrack.store import links  # noqa: PLC0415 - only a program that has some needs it

    document, rows = links.joined(document, str(path), text, files, on)
    return Loaded(Program(path.stem, str(path), document, rows), text)


def _nowhere(named: str) -> AbstractContextManager[Path]:
    from targettrack.store import links  # noqa: PLC0415 - only a program that has some needs it

    return links.nowhere(named)


def _name_fault(path: Path) -> tuple[Fault, ...]:
    if path.suffix != ".toml":
        return (
            Fault(
                (),
                "bad-id",
                tr('the ending of "{name}" is not in small letters', name=path.name),
                tr("rename the file: {rule}", rule=path.name.lower()),
            ),
        )
    why = model.no_program(path.stem)
    return (
        (
            Fault(
                (),
                "bad-id",
                tr('the file name "{name}" gives no id', name=path.name),
                tr("rename the file: {rule}", rule=why),
            ),
        )
        if why
        else ()
    )


def text(path: Path) -> str:
    """The text of a file, without a byte order mark."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            said = (
                tr("this is a directory, not a program file")
                if path.is_dir()
                else tr("this is not a regular file, not a program file")
            )
            raise failure(
                Exit.IO, "not-a-file", said, hint=tr("move it out of the folder, or rename it"), file=str(path)
            )
        if path.stat().st_size > MAX_BYTES:
            said = tr("this file is larger than {size} MB", size=MAX_BYTES // 1024 // 1024)
            raise failure(
                Exit.INVALID, "too-large", said, hint=tr("split the program into several files"), file=str(path)
            )
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(error, tr("check the file's permissions and links"), path) from None
    return toml.decoded(data, str(path))


def _unreadable(error: OSError, hint: str, path: Path) -> TargettrackError:
    return failure(
        Exit.IO, "unreadable", tr("cannot be read: {reason}", reason=reason(error)), hint=hint, file=str(path)
    )
