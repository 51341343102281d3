"""Schemas: the JSON Schema of the program file and of each document, made from the models themselves."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from targettrack import contract
from targettrack.citation import CiteDocument
from targettrack.comparison import ChangesDocument
from targettrack.findings import CheckDocument
from targettrack.program import Document
from targettrack.receipt import RecordedDocument
from targettrack.timeline import HistoryDocument
from targettrack.working import ExplainDocument, MethodsDocument

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


_DOCUMENTS = {**contract.DOCUMENTS, "add-actual": RecordedDocument, "changes": ChangesDocument, "check": CheckDocument, "cite": CiteDocument, "explain": ExplainDocument, "history": HistoryDocument, "methods": MethodsDocument}


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
