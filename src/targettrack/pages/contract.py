"""Contract: the JSON Schema of the program file and of each document, made from the models themselves."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from targettrack.pages import documents
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
from targettrack.program.model import Document
from targettrack.recording.mapping import SHORT, TableMap

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


_DOCUMENTS = {
    **documents.DOCUMENTS,
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
    return _open(body)


def _open(body: dict[str, Any]) -> dict[str, Any]:
    """A schema without defaults that say nothing: TOML has no null, and editors would offer it."""
    for model in (body, *body["$defs"].values()):
        for each in model["properties"].values():
            if not each.get("default"):
                each.pop("default", None)
    return body
