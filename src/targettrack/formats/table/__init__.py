"""table: for people, in a terminal or a plain file."""

from __future__ import annotations

from typing import TextIO

from targettrack.formats.table import _list, _show, _status
from targettrack.formats.table._ink import Sheet
from targettrack.look import Look
from targettrack.story import OverviewPage, Page, StatusPage


def render(page: Page, out: TextIO, look: Look) -> None:
    """Draw the page as the look allows."""
    sheet = Sheet(out, look)
    if isinstance(page, StatusPage):
        _status.render(page, sheet)
    elif isinstance(page, OverviewPage):
        _list.render(page, sheet)
    else:
        _show.render(page, sheet)
