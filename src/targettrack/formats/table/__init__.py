"""table: for people, in a terminal or a plain file."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from targettrack.formats.table import _list, _show, _status
from targettrack.formats.table._ink import Sheet
from targettrack.look import Look
from targettrack.story import OverviewPage, Page, StatusPage, StoryPage

if TYPE_CHECKING:
    from targettrack.explanation import Explanation, Methods
    from targettrack.findings import Findings
    from targettrack.receipt import Receipt


def render(page: Page | Receipt | Findings | Explanation | Methods, out: TextIO, look: Look) -> None:
    """Draw the page as the look allows."""
    sheet = Sheet(out, look)
    if isinstance(page, StatusPage):
        _status.render(page, sheet)
    elif isinstance(page, OverviewPage):
        _list.render(page, sheet)
    elif isinstance(page, StoryPage):
        _show.render(page, sheet)
    else:
        _rare(page, sheet)


def _rare(page: Receipt | Findings | Explanation | Methods, sheet: Sheet) -> None:
    """What only one command shows; the others start without it."""
    module = {"Receipt": "_recorded", "Findings": "_check", "Explanation": "_explain", "Methods": "_methods"}[type(page).__name__]
    import_module(f"{__name__}.{module}").render(page, sheet)
