"""Contract: the JSON Schema of the program file and of each document, made from the models themselves."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from targettrack.pages import keys
from targettrack.pages.add_actual import RecordedDocument
from targettrack.pages.changes import ChangesDocument
from targettrack.pages.check import CheckDocument
from targettrack.pages.cite import CiteDocument
from targettrack.pages.explain.working import ExplainDocument
from targettrack.pages.export import ExportDocument
from targettrack.pages.history import HistoryDocument
from targettrack.pages.import_ import ImportDocument
from targettrack.pages.methods import MethodsDocument
from targettrack.pages.report import ReportDocument
from targettrack.pages.undo import UndoneDocument
from targettrack.program.model import LANGUAGES, Document
from targettrack.recording.mapping import SHORT, TableMap

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


_DOCUMENTS = {
    **keys.DOCUMENTS,
    "add-actual": RecordedDocument,
    "changes": ChangesDocument,
    "check": CheckDocument,
    "cite": CiteDocument,
    "explain": ExplainDocument,
    "export": ExportDocument,
    "history": HistoryDocument,
    "import": ImportDocument,
    "methods": MethodsDocument,
    "report": ReportDocument,
    "undo": UndoneDocument,
}


def names() -> list[str]:
    """What has a schema."""
    return ["program", "mapping", *_DOCUMENTS]


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of the program file (as TOML reads it) or of a document."""
    files = {"program": _program, "mapping": _mapping}
    body = files[name]() if name in files else TypeAdapter(_DOCUMENTS[name]).json_schema()
    return {"$schema": _DIALECT, **body}


def _mapping() -> dict[str, Any]:
    """The schema of a mapping file; a text stands for a table of one key."""
    body = _open(TypeAdapter(TableMap).json_schema())
    body["required"] = ["import"]
    for name in SHORT:
        table = body["properties"][name]
        table["additionalProperties"] = {"anyOf": [{"type": "string"}, table["additionalProperties"]]}
    return body


def _program() -> dict[str, Any]:
    """The schema of the file; pydantic leaves open the keys that are no id."""
    body = TypeAdapter(Document).json_schema()
    for table in body["properties"].values():
        if "patternProperties" in table:
            table["additionalProperties"] = False
    return _edited(_open(body))


_LEAD = ["text", "indicator", "period", "by", "from", "every", "value", "range", "times_baseline", "improve", "undetermined"]  # fmt: skip
"""The keys that lead in their table, for editors: what is promised, or measured, and when; notes come last."""


def _edited(body: dict[str, Any]) -> dict[str, Any]:
    """The schema with what editors read in it: tombi takes a file for TOML 1.0 unless it is told, and can bring keys into the order of the schema; tables keep theirs, for their order is that of what is printed."""
    body["x-tombi-toml-version"] = "v1.1.0"
    for table in body["$defs"].values():
        table["properties"] = _in_order(table["properties"], body["$defs"])
        table["x-tombi-table-keys-order"] = "schema"
    return body


def _in_order(keys: dict[str, Any], tables: dict[str, Any]) -> dict[str, Any]:
    """The keys of a table as people write them: ``vi.name`` stands beside ``name``."""
    order = sorted(keys, key=lambda name: _LEAD.index(name) if name in _LEAD else len(_LEAD) + (name == "note"))
    told = [code for code in LANGUAGES if code in keys]
    if told:
        texts = tables[keys[told[0]]["anyOf"][0]["$ref"].rpartition("/")[2]]["properties"]
        others = [name for name in order if name not in told]
        first = next(place for place, name in enumerate(others, 1) if name in texts)
        order = [*others[:first], *told, *others[first:]]
    return {name: keys[name] for name in order}


def _open(body: dict[str, Any]) -> dict[str, Any]:
    """A schema without defaults that say nothing: TOML has no null, and editors would offer it."""
    for model in (body, *body["$defs"].values()):
        for each in model["properties"].values():
            if not each.get("default"):
                each.pop("default", None)
    return body
