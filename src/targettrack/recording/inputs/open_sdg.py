"""open-sdg: a data file of Open SDG: Year, columns of parts that are empty for the whole, Value."""

from __future__ import annotations

import re
from typing import Any

from targettrack.language import tr
from targettrack.recording import vocabulary
from targettrack.recording.inputs._delimited import Parted, first_row, looks_parted, parted
from targettrack.recording.inputs._refusal import of_another_kind
from targettrack.recording.table import Book, Wishes
from targettrack.regex import regex

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
_NOTE = regex(r"(?:comment|footnote)s?(?:[ _].*)?", re.IGNORECASE)


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
    known = [name.casefold() for name in header]
    if lacks := [name for name in ("Year", "Value") if name.casefold() not in known]:
        raise of_another_kind(file, "open-sdg", tr("no column of it is called {column}", column=lacks[0]))
    columns = {name: _role(found, name, column, place) for column, name in enumerate(header) if name}
    mapping: dict[str, Any] = {"header": [place + 1], "columns": columns}
    if found.delimiter == "," and not any("," in text for text in found.texts(known.index("value"), place)):
        mapping["decimal"] = "."
    return Book((found.sheet,), found.said, mapping)


def _role(found: Parted, name: str, column: int, place: int) -> object:
    known = name.casefold()
    if known in _ROLES:
        return _ROLES[known]
    if vocabulary.role_of(name) in {"unit", "multiplier"}:
        return str(vocabulary.role_of(name))
    if known == "geocode":
        return {"skip": tr("a code for the map; a column of its own names the place")}
    if known == "progress":
        return {"skip": tr("a figure that Open SDG judges by in place of the value")}
    if known == "series":
        named = set(found.texts(column, place))
        return {"skip": tr("the same in every row: {value}", value=named.pop())} if len(named) == 1 else "indicator"
    return "note" if _NOTE.fullmatch(name) else f"part:{name}"
