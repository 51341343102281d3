"""jsonl: one JSON record a line, for streams: targets, programs, or actuals."""

from __future__ import annotations

from typing import TextIO

from targettrack import contract, jsontext
from targettrack.look import Look

TRANSLATED = False


def render(page: object, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page's records."""
    out.writelines(jsontext.line(record) for record in contract.rows(page))
