"""Records: which pages are lists of records, and the columns of those, for formats of one record a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from targettrack import pages, registry

if TYPE_CHECKING:
    from targettrack.pages._page import Listed


def listed(command: str) -> type[Listed] | None:
    """The page of a command, which stands in the module of its name, if it has records."""
    name = command.replace("_", "-")
    found = vars(registry.module(pages, name)).values() if name in registry.names(pages) else ()
    return next(
        (each for each in found if getattr(each, "COMMAND", None) == command and hasattr(each, "records")), None
    )


def shows(command: str) -> bool:
    """Whether a command's page has records."""
    return listed(command) is not None


def columns(command: str) -> list[str]:
    """The names of all columns of a command's records, in their order."""
    page = listed(command)
    return fields(page.record()) if page else []


def brief(command: str) -> list[str]:
    """The dozen of them that say most, for a reader at a terminal; all, where the page names none."""
    return list(getattr(listed(command), "BRIEF", ())) or columns(command)


_PARTS = {
    "target": "TargetDocument",
    "start": "StartDocument",
    "actual": "ActualDocument",
    "window": "WindowDocument",
    "kept": "KeptDocument",
    "verdict": "VerdictDocument",
    "other": "OtherDocument",
}
"""The tables inside records whose keys are columns of their own, and their documents."""


def fields(record: type) -> list[str]:
    """The columns of a record; a table inside it becomes columns named ``table_key``."""
    from targettrack.pages import keys  # noqa: PLC0415 - a table for people starts without it

    names: list[str] = []
    for name in record.__annotations__:
        part = getattr(keys, _PARTS[name]).__annotations__ if name in _PARTS else None
        names += [f"{name}_{inner}" for inner in part] if part else [name]
    return names


def flat(record: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """A record's cells by their columns."""
    for name, value in record.items():
        if name in _PARTS and isinstance(value, Mapping):
            yield from ((f"{name}_{inner}", entry) for inner, entry in value.items())
        else:
            yield name, value
