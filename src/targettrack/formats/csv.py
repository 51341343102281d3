"""csv: one record a line for spreadsheets: targets, programs, or actuals. Text cells cannot become formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TextIO

from targettrack import contract, notation
from targettrack.look import Look
from targettrack.number import literal
from targettrack.story import OverviewPage, Page, StatusPage

BOM_IN_FILES = True
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def render(page: Page, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write a header line and the page's records."""
    records = [dict(flat(record)) for record in contract.rows(page)]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_columns(page))
    writer.writerows([cell(record.get(name)) for name in _columns(page)] for record in records)


def _columns(page: Page) -> list[str]:
    if isinstance(page, StatusPage):
        return _fields(contract.RowDocument)
    return _fields(contract.EntryDocument if isinstance(page, OverviewPage) else contract.ToldDocument)


_PARTS = {"target": contract.TargetDocument, "start": contract.StartDocument, "actual": contract.ActualDocument, "window": contract.WindowDocument, "verdict": contract.VerdictDocument}


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


def cell(value: object) -> str:
    """A cell: numbers as digits, lists joined by ``; ``, pairs as ``key=value``, text on one line, its controls shown, guarded against formulas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Decimal, int)):
        return literal(Decimal(value))
    if isinstance(value, list) and all(isinstance(entry, Decimal) for entry in value) and len(value) == 2:
        return f"{literal(value[0])}..{literal(value[1])}"
    return guarded(notation.clean(_joined(value)))


def _joined(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={_joined(entry)}" for name, entry in value.items() if entry is not None)
    if isinstance(value, list):
        return " | ".join(_joined(entry) for entry in value) if value and isinstance(value[0], Mapping) else "; ".join(map(_joined, value))
    if isinstance(value, Decimal):
        return literal(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before what looks like one."""
    return f"'{text}" if text.startswith(_FORMULA) else text
