"""table: for people, in a terminal or a plain file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from targettrack.formats.table import _list, _show, _status
from targettrack.formats.table._ink import Sheet
from targettrack.look import Look
from targettrack.story import OverviewPage, Page, StatusPage, StoryPage

if TYPE_CHECKING:
    from targettrack.receipt import Receipt


def render(page: Page | Receipt, out: TextIO, look: Look) -> None:
    """Draw the page as the look allows."""
    sheet = Sheet(out, look)
    if isinstance(page, StatusPage):
        _status.render(page, sheet)
    elif isinstance(page, OverviewPage):
        _list.render(page, sheet)
    elif isinstance(page, StoryPage):
        _show.render(page, sheet)
    else:
        _receipt(page, sheet)


def _receipt(page: Receipt, sheet: Sheet) -> None:
    """Only the command that records needs this; the others start without it."""
    from targettrack.formats.table._recorded import render as recorded  # noqa: PLC0415

    recorded(page, sheet)
