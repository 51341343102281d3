"""table: for people, in a terminal or a plain file."""

from __future__ import annotations

from importlib import import_module
from typing import TextIO

from targettrack.formats._look import Look
from targettrack.formats.table import _list, _show, _status
from targettrack.formats.table._sheet import Sheet
from targettrack.pages.show import OverviewPage, StatusPage, StoryPage


def render(page: object, out: TextIO, look: Look) -> None:
    """Draw the page as the look allows; what only one command shows, in the module of its name: the others start without it."""
    sheet = Sheet(out, look)
    if isinstance(page, StatusPage):
        _status.render(page, sheet)
    elif isinstance(page, OverviewPage):
        _list.render(page, sheet)
    elif isinstance(page, StoryPage):
        _show.render(page, sheet)
    else:
        import_module(f"{__name__}._{type(page).__name__.lower()}").render(page, sheet)
