"""jsonl: one JSON record a line, for streams: targets, programs, or actuals."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

from targettrack import contract, jsontext
from targettrack.look import Look
from targettrack.story import OverviewPage, StatusPage, StoryPage

TRANSLATED = False


def render(page: object, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page's records."""
    out.writelines(jsontext.line(record) for record in _records(page))


def _records(page: object) -> Sequence[object]:
    """The page's records: of what only one command shows, as its own module makes them."""
    if isinstance(page, (StatusPage, OverviewPage, StoryPage)):
        return contract.rows(page)
    records: Sequence[object] = import_module(type(page).__module__).rows(page)
    return records
