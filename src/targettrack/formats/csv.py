"""csv: one record a line for spreadsheets: targets, programs, or actuals. Text cells cannot become formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

from targettrack.formats._look import Look
from targettrack.formats._records import shows
from targettrack.pages import documents
from targettrack.spreadsheet import cell

if TYPE_CHECKING:
    from targettrack.pages._page import Listed

__all__ = ["BOM_IN_FILES", "ENDINGS", "TRANSLATED", "flat", "render", "shows"]

ENDINGS = (".csv",)
TRANSLATED = False
BOM_IN_FILES = True


def render(page: Listed, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write a header line and the page's records."""
    writer = csv.writer(out, lineterminator="\n")
    columns = _fields(page.record())
    writer.writerow(columns)
    records = (dict(flat(record)) for record in page.records())
    writer.writerows([cell(record.get(name), exact=page.EXACT) for name in columns] for record in records)


_PARTS = {
    "target": documents.TargetDocument,
    "start": documents.StartDocument,
    "actual": documents.ActualDocument,
    "window": documents.WindowDocument,
    "kept": documents.KeptDocument,
    "verdict": documents.VerdictDocument,
    "other": documents.OtherDocument,
}


def _fields(record: type) -> list[str]:
    names: list[str] = []
    for name in record.__annotations__:
        part = _PARTS.get(name)
        names += [f"{name}_{inner}" for inner in part.__annotations__] if part else [name]
    return names


def flat(record: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """A record's cells; a table inside it becomes cells named ``table_key``."""
    for name, value in record.items():
        if name in _PARTS and isinstance(value, Mapping):
            yield from ((f"{name}_{inner}", entry) for inner, entry in value.items())
        else:
            yield name, value
