"""table: for people, in a terminal or a plain file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from targettrack.formats.table import _list, _show, _status
from targettrack.formats.table._ink import Sheet
from targettrack.look import Look
from targettrack.story import OverviewPage, Page, StatusPage, StoryPage

if TYPE_CHECKING:
    from targettrack.findings import Findings
    from targettrack.receipt import Receipt


def render(page: Page | Receipt | Findings, out: TextIO, look: Look) -> None:
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


def _rare(page: Receipt | Findings, sheet: Sheet) -> None:
    """What only one command shows; the others start without it."""
    from targettrack.findings import Findings  # noqa: PLC0415
    from targettrack.formats.table import _check, _recorded  # noqa: PLC0415

    if isinstance(page, Findings):
        _check.render(page, sheet)
    else:
        _recorded.render(page, sheet)
