"""world-bank-csv: an indicator of the World Bank by country: a preamble, a row a country, a column a year."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

from targettrack.language import tr
from targettrack.recording.called import slug
from targettrack.recording.inputs._delimited import Parted, first_rows, parted
from targettrack.recording.inputs._refusal import of_another_kind
from targettrack.recording.table import Book, Wishes
from targettrack.regex import regex

ENDINGS = (".csv",)

_COUNTRY, _CODE = "country name", "country code"
_INDICATOR = ("indicator name", "series name")
_YEAR = regex(r"((?:1[89]|2[01])\d\d)(?: \[YR\d{4}\])?")


def begins(data: bytes) -> int:
    """3 where one of the first rows names a country, its code, and an indicator or a series."""
    return 3 * any(map(_is_header, first_rows(data, 12)))


def _is_header(row: tuple[str, ...]) -> bool:
    names = {name.strip().casefold() for name in row}
    return {_COUNTRY, _CODE} <= names and bool(names & {"indicator code", "series code"})


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The cells, and what stands above the header: which data they are of, and when these were updated.

    Raises:
        TargettrackError: it is no table of delimited cells (exit 4).

    """
    found = parted(data, file, wishes)
    rows = [tuple(str(cell).strip() for cell in row) for row in found.sheet.rows[:12]]
    place = next((place for place, row in enumerate(rows) if _is_header(row)), None)
    if place is None:
        lacks = tr("none of its first rows names {columns}", columns="Country Name, Country Code, Indicator Code")
        raise of_another_kind(file, "world-bank-csv", lacks)
    mapping: dict[str, Any] = {
        "header": [place + 1],
        "rows": [place + 2, _last(found, place)],
        **({"decimal": "."} if found.delimiter == "," else {}),
        "missing": [".."],
        "source": _source(rows[:place]),
        "columns": {name: role for name in rows[place] if (role := _role(name))},
    }
    return Book((found.sheet,), found.said, mapping)


def _role(name: str) -> object:
    known = name.casefold()
    if known == _COUNTRY:
        return "part:country"
    if known in _INDICATOR:
        return "indicator"
    if known == _CODE:
        return {"skip": tr("the code of the country")}
    if known in {"indicator code", "series code"}:
        return {"skip": tr("the code of the indicator")}
    year = _YEAR.fullmatch(name)
    return {"period": year[1]} if year else None


def _last(found: Parted, place: int) -> int:
    """The last row that has a country's code, from 1: below stand the remarks of an export."""
    column = next((column for column, name in enumerate(found.header_at(place)) if name.casefold() == _CODE), 0)
    rows = found.sheet.rows
    return next((at + 1 for at in reversed(range(place + 1, len(rows))) if found.sheet.value(at, column)), place + 2)


def _source(preamble: list[tuple[str, ...]]) -> dict[str, str]:
    said = {row[0].casefold(): row[1] for row in preamble if len(row) > 1}
    title = said.get("data source") or "World Bank"
    found = {"id": slug(title), "title": title, "publisher": "World Bank"}
    with contextlib.suppress(ValueError):
        found["published"] = date.fromisoformat(said.get("last updated date", "")).isoformat()
    return found
