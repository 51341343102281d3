"""json: one JSON document, for scripts. Numbers have exactly the digits that the contract gives them."""

from __future__ import annotations

from typing import TextIO

from targettrack import contract, jsontext
from targettrack.look import Look
from targettrack.story import Page


def render(page: Page, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page's document."""
    out.write(jsontext.pretty(contract.document(page)))
