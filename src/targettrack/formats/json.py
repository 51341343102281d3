"""json: one JSON document, for scripts. Numbers have exactly the digits that the contract gives them."""

from __future__ import annotations

from importlib import import_module
from typing import TextIO

from targettrack import contract, jsontext
from targettrack.look import Look
from targettrack.story import OverviewPage, StatusPage, StoryPage

TRANSLATED = False
_WORKING = {"Explanation", "Methods"}


def render(page: object, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page's document: of what only one command shows, as its own module makes it; the others start without it."""
    if isinstance(page, (StatusPage, OverviewPage, StoryPage)):
        out.writelines(jsontext.pieces(contract.document(page)))
    else:
        module = "targettrack.working" if type(page).__name__ in _WORKING else type(page).__module__
        out.writelines(jsontext.pieces(import_module(module).document(page)))
