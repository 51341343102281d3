"""Folder: where the program files are, and the ids in them for completion: fast, and silent whatever is wrong."""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

NAME = "targets"
VARIABLE = "TARGETTRACK_TARGETS"

_ID = r"[a-z0-9][a-z0-9_-]*"
"""What a shell is offered: a file of another name is no program, and its name may be anything."""
_PROGRAM = rb"(?m)^[ \t]*[\"']?targettrack[\"']?[ \t]*="
_NAME = rb"(?m)^[ \t]*name[ \t]*=[ \t]*[\"']([^\"'\r\n]*)"
_INDICATOR = rf"(?m)^[ \t]*\[[ \t]*indicators[ \t]*\.[ \t]*[\"']?({_ID})"


def find(option: str | None) -> Path | None:
    """The targets folder: the option, else the environment's, else the nearest ``targets/`` upwards as a relative path; None if none is named or near."""
    from pathlib import Path  # noqa: PLC0415 - completion needs no more than the text

    found = _nearest(option)
    return None if found is None else Path(found)


def _nearest(option: str | None) -> str | None:
    named = option or os.environ.get(VARIABLE)
    if named:
        return named
    here = os.getcwd()  # noqa: PTH109 - completion does without pathlib
    near = next((place for place in _upwards(here) if os.path.isdir(os.path.join(place, NAME))), None)  # noqa: PTH112, PTH118 - as above; and Path.is_dir raises where a folder may not be entered
    return None if near is None else os.path.relpath(os.path.join(near, NAME))  # noqa: PTH118 - as above


def _upwards(place: str) -> Iterator[str]:
    while True:
        yield place
        above = os.path.dirname(place)  # noqa: PTH120 - completion does without pathlib
        if above == place:
            return
        place = above


# ---------------------------------------------------------------- completion


def programs(targets: str, incomplete: str) -> list[tuple[str, str]]:
    """The ids of the programs that begin so, each with its name."""
    try:
        folder = _nearest(targets)
        if folder is None:
            return []
        files = (
            name.removesuffix(".toml")
            for name in os.listdir(folder)  # noqa: PTH208 - completion does without pathlib
            if name.endswith(".toml")
        )
        stems = sorted(stem for stem in files if stem.startswith(incomplete.casefold()) and re.fullmatch(_ID, stem))
        heads = [(stem, _head(folder, stem)) for stem in stems]
        return [(stem, _name(head)) for stem, head in heads if re.search(_PROGRAM, head)]
    except OSError:
        return []


def indicators(targets: str, incomplete: str) -> list[tuple[str, str]]:
    """``program/indicator`` for the indicators that begin so, each with its name; of a file that is no TOML, as while it is edited, those that it seems to have."""
    program, _, begun = incomplete.partition("/")
    try:
        folder = _nearest(targets)
        if folder is None or not re.fullmatch(_ID, program.casefold()):
            return []
        text = _head(folder, program.casefold(), size=-1).decode("utf-8", "replace")
    except OSError:
        return []
    seen = dict.fromkeys(re.findall(_INDICATOR, text), "")
    return [(f"{program}/{name}", said) for name, said in seen.items() if name.startswith(begun.casefold())]


def contents(targets: str, program: str) -> dict[str, Any]:
    """What the file of a program, or of one of its indicators, says, as TOML reads it; nothing where that cannot be read."""
    import tomli  # noqa: PLC0415 - the ids of programs and indicators are found without it

    stem = program.partition("/")[0].casefold()
    try:
        folder = _nearest(targets)
        if folder is None or not re.fullmatch(_ID, stem):
            return {}
        return tomli.loads(_head(folder, stem, size=-1).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}


def _name(head: bytes) -> str:
    found = re.search(_NAME, head)
    return found[1].decode("utf-8", "replace") if found else ""


def _head(folder: str, stem: str, *, size: int = 65536) -> bytes:
    path = os.path.join(folder, f"{stem}.toml")  # noqa: PTH118 - completion does without pathlib
    if not os.path.isfile(path):  # noqa: PTH113 - as above
        return b""
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        return file.read(size)
