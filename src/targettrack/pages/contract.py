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
from targettrack.pages.history import HistoryDocument
from targettrack.pages.import_ import ImportDocument
from targettrack.pages.methods import MethodsDocument
from targettrack.program.model import Document

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


_DOCUMENTS = {
    **documents.DOCUMENTS,
    "add-actual": RecordedDocument,
    "changes": ChangesDocument,
    "check": CheckDocument,
    "cite": CiteDocument,
    "explain": ExplainDocument,
    "history": HistoryDocument,
    "import": ImportDocument,
    "methods": MethodsDocument,
}


def names() -> list[str]:
    """What has a schema."""
    return ["program", *_DOCUMENTS]


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of the program file (as TOML reads it) or of a document."""
    body = _program() if name == "program" else TypeAdapter(_DOCUMENTS[name]).json_schema()
    return {"$schema": _DIALECT, **body}


def _program() -> dict[str, Any]:
    """The schema of the file; pydantic leaves open the keys that are no id."""
    body = TypeAdapter(Document).json_schema()
    for table in body["properties"].values():
        if "patternProperties" in table:
            table["additionalProperties"] = False
    for model in body["$defs"].values():
        for each in model["properties"].values():
            if not each.get("default"):  # TOML has no null, and editors would offer it
                each.pop("default", None)
    return body
