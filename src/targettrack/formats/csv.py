"""csv: one record a line for spreadsheets: targets, programs, or actuals. Text cells cannot become formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TextIO

from targettrack.formats._look import Look
from targettrack.pages import documents
from targettrack.pages.show import OverviewPage, StatusPage, StoryPage
from targettrack.spreadsheet import cell

TRANSLATED = False
BOM_IN_FILES = True


def render(page: object, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write a header line and the page's records."""
    writer = csv.writer(out, lineterminator="\n")
    columns = _columns(page)
    writer.writerow(columns)
    exact = isinstance(page, StoryPage)
    records = (dict(flat(record)) for record in documents.rows(page))
    writer.writerows([cell(record.get(name), exact=exact) for name in columns] for record in records)


def _columns(page: object) -> list[str]:
    if isinstance(page, StatusPage):
        return _fields(documents.RowDocument)
    if isinstance(page, OverviewPage):
        return _fields(documents.EntryDocument)
    return _fields(documents.ToldDocument if isinstance(page, StoryPage) else import_module(type(page).__module__).RECORD)


_PARTS = {"target": documents.TargetDocument, "start": documents.StartDocument, "actual": documents.ActualDocument, "window": documents.WindowDocument, "kept": documents.KeptDocument, "verdict": documents.VerdictDocument, "other": documents.OtherDocument}


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
