"""jsonl: one JSON record a line, for streams: targets, programs, or actuals."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from targettrack.formats import _json_text
from targettrack.formats._look import Look
from targettrack.formats._records import shows

if TYPE_CHECKING:
    from targettrack.pages._page import Listed

__all__ = ["ENDINGS", "JSON_ERRORS", "TRANSLATED", "render", "shows"]

ENDINGS = (".jsonl", ".ndjson")
TRANSLATED = False
JSON_ERRORS = True


def render(page: Listed, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page's records."""
    out.writelines(_json_text.line(record) for record in page.records())
