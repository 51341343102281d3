"""Folder: where the program files are, and the ids in them for completion: fast, and silent whatever is wrong."""

from __future__ import annotations

import os
import re
from pathlib import Path

from targettrack.regex import regex

NAME = "targets"
VARIABLE = "TARGETTRACK_TARGETS"

_ID = regex(r"[a-z0-9][a-z0-9_-]*")
"""What a shell is offered: a file of another name is no program, and its name may be anything."""
_PROGRAM = regex(rb"^[ \t]*[\"']?targettrack[\"']?[ \t]*=", re.MULTILINE)
_INDICATOR = regex(r"^[ \t]*\[[ \t]*indicators[ \t]*\.[ \t]*[\"']?([a-z0-9][a-z0-9_-]*)", re.MULTILINE)


def find(option: str | None) -> Path | None:
    """The targets folder: the option, else the environment's, else the nearest ``targets/`` upwards as a relative path; None if none is named or near."""
    named = option or os.environ.get(VARIABLE)
    if named:
        return Path(named)
    here = Path.cwd()
    near = next((place / NAME for place in (here, *here.parents) if os.path.isdir(place / NAME)), None)  # noqa: PTH112 - Path.is_dir raises where a folder may not be entered
    return None if near is None else Path(os.path.relpath(near))


def programs(targets: str, incomplete: str) -> list[str]:
    """The ids of the programs that begin so."""
    try:
        folder = find(targets)
        if folder is None:
            return []
        stems = sorted(
            path.stem
            for path in folder.iterdir()
            if path.suffix == ".toml" and path.stem.startswith(incomplete.casefold())
        )
        return [stem for stem in stems if _ID.fullmatch(stem) and _PROGRAM.search(_head(folder, stem))]
    except OSError:
        return []


def indicators(targets: str, incomplete: str) -> list[str]:
    """``program/indicator`` for the indicators that begin so."""
    program, _, begun = incomplete.partition("/")
    try:
        folder = find(targets)
        if folder is None or not _ID.fullmatch(program):
            return []
        text = _head(folder, program, size=-1).decode("utf-8", "replace")
    except OSError:
        return []
    return [f"{program}/{name}" for name in dict.fromkeys(_INDICATOR.findall(text)) if name.startswith(begun)]


def _head(folder: Path, stem: str, *, size: int = 65536) -> bytes:
    path = folder / f"{stem}.toml"
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(size)
