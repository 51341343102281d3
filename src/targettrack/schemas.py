"""Schemas: the JSON Schema of the program file and of each document, made from the models themselves."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from targettrack import contract
from targettrack.program import Document

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def names() -> list[str]:
    """What has a schema."""
    return ["program", *contract.DOCUMENTS]


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of the program file (as TOML reads it) or of a document."""
    body = TypeAdapter(Document if name == "program" else contract.DOCUMENTS[name]).json_schema()
    return {"$schema": _DIALECT, **body}
