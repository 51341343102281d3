"""json: one JSON document, for scripts. Numbers have exactly the digits that the contract gives them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from targettrack import contract, jsontext
from targettrack.look import Look
from targettrack.story import OverviewPage, Page, StatusPage, StoryPage

if TYPE_CHECKING:
    from targettrack.explanation import Explanation, Methods
    from targettrack.findings import Findings
    from targettrack.receipt import Receipt

_RARE = {"Receipt": "receipt", "Findings": "findings", "Explanation": "working", "Methods": "working"}
"""Which module makes the document of what only one command shows; the others start without it."""


def render(page: Page | Receipt | Findings | Explanation | Methods, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page's document."""
    if isinstance(page, (StatusPage, OverviewPage, StoryPage)):
        out.write(jsontext.pretty(contract.document(page)))
    else:
        out.write(jsontext.pretty(import_module(f"targettrack.{_RARE[type(page).__name__]}").document(page)))
