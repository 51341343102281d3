"""datapackage: a Data Package of Frictionless, version 2: targets, actuals, sources, indicators and promises as CSV files with a type for every column."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from targettrack import spreadsheet
from targettrack.exchange._records import Export, Record, records, said
from targettrack.program.model import Program

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_NUMBERS = frozenset(
    {"value", "limit", "baseline.value", "range_low", "range_high", "times_baseline_low", "times_baseline_high"}
)
_ANSWERS = frozenset({"answer", "improve", "undetermined", "strict", "series_break", "cumulative"})
_NAMED = {"id", "indicator", "source", "baseline.source"}
_GUARDED = "A text that a spreadsheet would compute has an apostrophe before it."
_PARTS = "The parts that it is of, as an object of JSON."
_KEYS = {
    "indicators": ("id", "name", "unit", "direction"),
    "targets": ("indicator", "by", "value", "range_low", "range_high", "source"),
    "actuals": ("indicator", "period", "value", "range_low", "range_high", "source"),
    "sources": ("id", "title", "publisher", "published", "url"),
    "promises": ("text", "by", "source"),
}
"""The columns that a file has whether or not anything stands in them."""


def files(program: Program, day: date) -> Export:  # noqa: ARG001 - every format is given the day
    """The descriptor and the tables of a program. Standard: https://datapackage.org, version 2."""
    found = records(program)
    rows = {
        "indicators": [_row(each, id=id) for id, each in found.indicators.items()],
        "targets": [_row(each, indicator=each.indicator) for targets in found.targets.values() for each in targets],
        "actuals": [_row(each) for each in sorted((each for of in found.actuals.values() for each in of), key=lambda each: each.at)],
        "sources": [_row(each, id=id) for id, each in found.sources.items()],
        "promises": [_row(each) for each in found.promises],
    }  # fmt: skip
    tables = {name: (_columns(name, of), of) for name, of in rows.items()}
    written = {f"{name}.csv": _csv(columns, of) for name, (columns, of) in tables.items()}
    resources = [_resource(name, columns) for name, (columns, _) in tables.items()]
    package = {"$schema": _PROFILE, **_header(program, found.header), "resources": resources}
    descriptor = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    return Export({"datapackage.json": descriptor.encode(), **written}, found.lost())


def _header(program: Program, header: Record) -> dict[str, Any]:
    """What the package is called; what the standard has no word for stands under ``targettrack``."""
    header.take(*header.values)
    own = {key: [*value] if isinstance(value, tuple) else said(value) for key, value in header.values.items()}
    note = {"description": own["note"]} if "note" in own else {}
    return {"name": program.id, "title": own["name"], **note, "targettrack": own}


def _row(record: Record, **named: str) -> dict[str, Any]:
    """The cells of a record by their columns."""
    record.take(*record.values)
    row: dict[str, Any] = dict(named)
    for key, value in record.values.items():
        if key in {"range", "times_baseline"}:
            row |= {f"{key}_low": value[0], f"{key}_high": value[1]}
        elif key == "value" and isinstance(value, bool):
            row["answer"] = value
        else:
            row[key] = value
    return row


def _columns(name: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys((*_KEYS[name], *(key for row in rows for key in row))))


def _csv(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(column, row.get(column)) for column in columns] for row in rows)
    return out.getvalue().encode()


def _cell(column: str, value: Any) -> str:  # noqa: ANN401 - any value of a program
    if column == "disaggregation" and value:
        return json.dumps(dict(value), ensure_ascii=False)
    if isinstance(value, tuple):
        return json.dumps([*value], ensure_ascii=False)
    return spreadsheet.cell(value if isinstance(value, (bool, int, Decimal, str)) or value is None else str(value), exact=True)  # fmt: skip


def _resource(name: str, columns: Iterable[str]) -> dict[str, Any]:
    keys = [{"fields": [key], "reference": {"resource": to, "fields": ["id"]}} for key, to in (("indicator", "indicators"), ("source", "sources")) if key in columns]  # fmt: skip
    schema: dict[str, Any] = {"fields": [_field(each) for each in columns], "missingValues": [""]}
    schema |= {"primaryKey": ["id"]} if "id" in columns else {}
    schema |= {"foreignKeys": keys} if keys else {}
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(name: str) -> dict[str, Any]:
    if name in _NUMBERS:
        return {"name": name, "type": "number"}
    if name in _ANSWERS:
        return {"name": name, "type": "boolean", "trueValues": ["true"], "falseValues": ["false"]}
    if name == "disaggregation":
        return {"name": name, "type": "object", "description": _PARTS}
    if name == "prefer":
        return {"name": name, "type": "array"}
    return {"name": name, "type": "string"} | ({} if name in _NAMED else {"description": _GUARDED})
