"""eurostat-tsv: a table of Eurostat's bulk download: the dimensions of a row in its first cell, a column a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from targettrack.language import tr
from targettrack.recording.inputs._delimited import parted
from targettrack.recording.inputs._refusal import of_another_kind
from targettrack.recording.inputs._text import sample
from targettrack.recording.table import Book, Sheet, Value, Wishes

ENDINGS = (".tsv",)

_ACROSS = ("TIME_PERIOD", "TIME")


def begins(data: bytes) -> int:
    r"""3 where the first cell names dimensions, and behind a backslash that the columns are periods: ``freq,unit,geo\TIME_PERIOD``."""
    first = sample(data).lstrip("\ufeff").partition("\n")[0].partition("\t")[0]
    names, backslash, across = first.strip().rpartition("\\")
    return 3 * bool(names and backslash and across.upper() in _ACROSS)


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The cells, each dimension in a column of its own. A cell is addressed by the first cell of its row and by its period.

    Raises:
        TargettrackError: it is no table of delimited cells (exit 4).

    """
    found = parted(data, file, replace(wishes, delimiter=wishes.delimiter or "\t"))
    names = _dimensions(next(iter(found.header_at(0)), ""))
    if not names:
        lacks = tr("its first cell does not name dimensions, and behind a backslash what the columns are")
        raise of_another_kind(file, "eurostat-tsv", lacks)
    firsts = [str(row[0]).strip() if row else "" for row in found.sheet.rows]
    dimensions = [names, *(first.split(",") for first in firsts[1:])]
    rows = [_row(first, row, len(names)) for first, row in zip(dimensions, found.sheet.rows, strict=True)]
    columns = {name: _role(name, {str(row[at]) for row in rows[1:] if row}) for at, name in enumerate(names)}
    sheet = Sheet("", rows, lines=found.sheet.lines, places=firsts)
    return Book((sheet,), found.said, {"header": [1], "decimal": ".", "missing": [":"], "columns": columns})


def _dimensions(first: str) -> list[str]:
    """The dimensions that the first cell of such a file names; none of another file."""
    names = first.rpartition("\\")[0].split(",")
    return names if all(map(str.strip, names)) else []


def _row(dimensions: Sequence[str], row: Sequence[Value], width: int) -> list[Value]:
    """A row with its dimensions as cells; none of an empty line."""
    cells = [str(cell).strip() for cell in row[1:]]
    return [*dimensions[:width], *[""] * (width - len(dimensions)), *cells] if row else []


def _role(name: str, values: set[str]) -> Any:  # noqa: ANN401
    if name.casefold() == "unit":
        return "unit"
    if len(values) == 1:
        return {"skip": tr("the same in every row: {value}", value=next(iter(values)))}
    return f"part:{name}"
