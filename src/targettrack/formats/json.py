"""json: one JSON document, for scripts. Numbers have exactly the digits that the contract gives them."""

from __future__ import annotations

from importlib import import_module
from typing import TextIO

from targettrack.formats import _json_text
from targettrack.formats._look import Look
from targettrack.pages import documents
from targettrack.pages.show import OverviewPage, StatusPage, StoryPage

TRANSLATED = False
_WORKING = {"Explanation", "Methods"}


def render(page: object, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page's document: of what only one command shows, as its own module makes it; the others start without it."""
    if isinstance(page, (StatusPage, OverviewPage, StoryPage)):
        out.writelines(_json_text.pieces(documents.document(page)))
    else:
        module = "targettrack.working" if type(page).__name__ in _WORKING else type(page).__module__
        out.writelines(_json_text.pieces(import_module(module).document(page)))
