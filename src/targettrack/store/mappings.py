"""Mappings: the files beside a program that say how tables are read, and which of them is for a file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from shlex import quote
from typing import Any

from targettrack.errors import Exit, TargettrackError, failure
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.program import toml
from targettrack.recording.called import slug
from targettrack.recording.mapping import ENDING, is_for
from targettrack.recording.written import line
from targettrack.store import load


@frozen(eq=True)
class Beside:
    """A mapping that lies beside a program: the files and the sheets that it names; none where it is for any."""

    path: Path
    files: tuple[str, ...]
    sheets: tuple[str, ...]

    def is_for(self, name: str, sheets: Sequence[str]) -> bool:
        """Whether it names a file, and is for one of some sheets, if any are named on both sides."""
        return is_for(self.files, name) and bool(not sheets or not self.sheets or set(sheets) & set(self.sheets))


def text(path: Path) -> str:
    """The text of a mapping, without a byte order mark.

    Raises:
        TargettrackError: it is no file, or cannot be read (exit 5).

    """
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113 - Path raises where a folder may not be entered
        said = (
            tr("this is a directory, not a mapping") if path.is_dir() else tr("this is no regular file, and no mapping")
        )
        raise failure(Exit.IO, "not-a-file", said, hint=_hint(), file=str(path))
    if not os.path.lexists(path):
        raise failure(Exit.IO, "unreadable", tr("there is no such mapping"), hint=_hint(), file=str(path))
    return load.text(path)


def _hint() -> str:
    return tr("check the name; targettrack import PROGRAM FILE --draft writes a mapping to begin with")


def default(program_file: str) -> Path:
    """Where the first mapping of a program lies."""
    path = Path(program_file)
    return path.with_name(f"{path.stem}{ENDING}")


def all_of(program_file: str) -> list[Beside]:
    """The mappings beside a program, ``hanoi.import.toml`` and ``hanoi.NAME.import.toml``, by name.

    Raises:
        TargettrackError: one is no TOML (exit 4), or cannot be read (exit 5).

    """
    path = Path(program_file)
    try:
        names = sorted(each.name for each in path.parent.iterdir())
    except OSError:  # a folder may be one that only its files can be reached of
        names = [default(program_file).name]
    fits = (name for name in names if name.startswith(f"{path.stem}.") and name.endswith(ENDING))
    return [_beside(each) for name in fits if (each := path.with_name(name)).is_file()]


def _beside(path: Path) -> Beside:
    raw = toml.parsed(text(path), str(path))
    return Beside(path, _texts(raw, "file"), _texts(raw, "sheet"))


def _texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The texts of a key; what is none is told when the mapping is read, and ? is for any."""
    said = raw.get(key, [])
    return tuple(each for each in (said if isinstance(said, list) else [said]) if isinstance(each, str) and each != "?")


def chosen(program_file: str, names: Sequence[str], sheets: Sequence[str], again: str) -> Path | None:
    """The mapping for a file: the one beside the program that names it, else the first one, if that names none; None where there is none at all.

    ``names`` are what it is called now, and then what it was called; ``again`` is the command that asks, for what is to be typed instead.

    Raises:
        TargettrackError: several name it, or every one names others (exit 2).

    """
    every = all_of(program_file)
    found = ([each for each in every if each.is_for(name, wanted)] for name in names for wanted in (sheets, ()))
    fits = next(filter(None, found), [])
    if len(fits) > 1:
        raise failure(
            Exit.USAGE,
            "which-mapping",
            tr("several mappings are for this file: {mappings}", mappings=", ".join(str(each.path) for each in fits)),
            hint=tr(
                "say which: {command} --map {mapping}; or --sheet NAME, where they are for different sheets",
                command=again,
                mapping=quote(str(fits[0].path)),
            ),
            file=names[0],
        )
    first = default(program_file)
    fit = next(iter(fits), None) or next((each for each in every if each.path == first and not each.files), None)
    others = [each for each in every if each.files]
    if fit is None and others:
        raise _of_others(names[0], others, again)
    return fit.path if fit else None


def _of_others(name: str, others: Sequence[Beside], again: str) -> TargettrackError:
    said = "; ".join(tr("{mapping} is for {files}", mapping=each.path, files=", ".join(each.files)) for each in others)
    return failure(
        Exit.USAGE,
        "no-mapping",
        tr("no mapping beside the program is for this file: {mappings}", mappings=said),
        hint=tr(
            "{command} --draft writes a mapping for it, if it is another table; if it is the same one again: {command} --map {mapping}, or write there: {key}",
            command=again,
            mapping=quote(str(others[0].path)),
            key=line("file", [*others[0].files, name]),
        ),
        file=name,
    )


def place(program_file: str, name: str, sheets: Sequence[str]) -> Path:
    """Where a new mapping for a file is to lie: ``hanoi.import.toml``, or beside that one ``hanoi.NAME.import.toml``, called after the file.

    Raises:
        TargettrackError: there is one for it already (exit 2).

    """
    for each in all_of(program_file):
        if each.is_for(name, sheets):
            raise failure(
                Exit.USAGE,
                "exists",
                tr("this is the mapping for {file}, and is not touched", file=name),
                hint=tr("edit it, or delete it first; for another sheet: --draft --sheet NAME"),
                file=str(each.path),
            )
    return next(each for each in _places(program_file, name) if not os.path.lexists(each))


def _places(program_file: str, name: str) -> Iterator[Path]:
    first = default(program_file)
    yield first
    called = slug(Path(name).stem, "table")
    for number in count(1):
        yield first.with_name(f"{Path(program_file).stem}.{called}{f'-{number}' if number > 1 else ''}{ENDING}")
