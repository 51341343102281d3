"""open-sdg: a data file of Open SDG: Year, columns of parts that are empty for the whole, Value; and the simple lines of its meta files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from targettrack.language import tr
from targettrack.recording.inputs._delimited import Parted, first_row, looks_parted, parted
from targettrack.recording.inputs._text import sample
from targettrack.recording.table import Book, Wishes

ENDINGS = (".csv",)

_ROLES = {
    "year": "period",
    "value": "value",
    "units": "unit",
    "unit_mult": "multiplier",
    "unit multiplier": "multiplier",
    "obs_status": "flag",
    "observation status": "flag",
}
_NOTE = re.compile(r"(?:comment|footnote)s?(?:[ _].*)?", re.IGNORECASE)


_OTHERS = frozenset(
    {"indicator", "period", "unit", "source", "note", "quality", "published", "date", "target"}
    | {"half", "quarter", "month", "low", "high", "lower", "upper", "min", "max", "status", "flag"}
)
"""A table that has one of these is no file of Open SDG, where every such name would be a part."""


def begins(data: bytes) -> int:
    """3 where the header has a Year and a Value, once each, and no column that every other kind of table has."""
    header = [name.casefold() for name in first_row(data)]
    both = header.count("year") == header.count("value") == 1
    return 3 * (both and not _OTHERS & set(header) and looks_parted(data))


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The cells, and the roles that Open SDG gives to columns: every name that is none of its own parts the figures.

    Raises:
        TargettrackError: it is no table of delimited cells (exit 4).

    """
    found = parted(data, file, wishes)
    place, header = found.header
    columns = {name: _role(found, name, column, place) for column, name in enumerate(header) if name}
    mapping: dict[str, Any] = {"header": [place + 1], "columns": columns}
    if found.delimiter == "," and not any("," in text for text in found.texts(_value(header), place)):
        mapping["decimal"] = "."
    return Book((found.sheet,), found.said, mapping)


def _value(header: Sequence[str]) -> int:
    return next(column for column, name in enumerate(header) if name.casefold() == "value")


def _role(found: Parted, name: str, column: int, place: int) -> object:
    known = name.casefold()
    if known in _ROLES:
        return _ROLES[known]
    if known == "geocode":
        return {"skip": tr("a code for the map; a column of its own names the place")}
    if known == "progress":
        return {"skip": tr("a figure that Open SDG judges by in place of the value")}
    if known == "series":
        named = set(found.texts(column, place))
        return {"skip": tr("the same in every row: {value}", value=named.pop())} if len(named) == 1 else "indicator"
    return "note" if _NOTE.fullmatch(name) else f"part:{name}"


_LINE = re.compile(r"([A-Za-z][\w-]*):(?:[ \t]+(.*))?")
_NAMES = {"indicator_name": "name", "computation_units": "unit", "graph_title": "title"}
_SOURCE = {"organisation": "publisher", "url": "url", "url_text": "title", "release_date": "published"}


def described(data: bytes) -> dict[str, Any]:
    """What a meta file (``meta/1-1-1.yml``, or the front matter of ``1-1-1.md``) says of its indicator: ``name``, ``unit``, ``title``, ``sources`` with the keys of a source.

    Only lines of ``key: value`` are read, each as its text; ``left_out`` names the keys that hold more than that. Empty where it is no such file.
    """
    said, left_out = _lines(_front(sample(data)))
    found: dict[str, Any] = {_NAMES[key]: text for key, text in said.items() if key in _NAMES}
    sources = [source for number in range(1, 20) if (source := _source(said, number))]
    if sources:
        found["sources"] = sources
    if left_out:
        found["left_out"] = left_out
    return found


def _front(text: str) -> list[str]:
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].strip() != "---":
        return lines
    return lines[1 : next((place for place, line in enumerate(lines[1:], 1) if line.strip() == "---"), len(lines))]


def _lines(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    said: dict[str, str] = {}
    left_out: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        text = _plain(match[2] or "")
        goes_on = bool(following.strip()) and following[0] in " \t-"
        if text is None or goes_on or match[1] in said:
            left_out.append(match[1])
            said.pop(match[1], None)
        elif text:
            said[match[1]] = text
    return said, left_out


def _plain(value: str) -> str | None:
    """The text of a simple value; None of what YAML reads otherwise than it stands."""
    value = value.strip()
    if value[:1] in {"'", '"'}:
        inner = value[1:-1]
        simple = len(value) > 1 and value[-1] == value[0] and value[0] not in inner and "\\" not in inner
        return inner if simple else None
    if value[:1] in set("|>[{&*!%@`#") or ": " in value or value.endswith(":") or " #" in value:
        return None
    return value if value not in {"null", "~"} else ""


def _source(said: dict[str, str], number: int) -> dict[str, str]:
    found = {name: said[key] for part, name in _SOURCE.items() if (key := f"source_{part}_{number}") in said}
    return found if "publisher" in found or "url" in found else {}
