"""json: one JSON document, for scripts. Numbers have exactly the digits that the contract gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from targettrack.formats import _json_text
from targettrack.formats._look import Look

if TYPE_CHECKING:
    from targettrack.pages._page import Page

ENDINGS = (".json",)
TRANSLATED = False
JSON_ERRORS = True


def shows(command: str) -> bool:  # noqa: ARG001
    """Every page has a document."""
    return True


def render(page: Page, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page's document."""
    out.writelines(_json_text.pieces(page.document()))
