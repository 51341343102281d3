"""table: for people, in a terminal or a plain file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO, cast

from targettrack import registry
from targettrack.formats._look import Look
from targettrack.formats._records import columns
from targettrack.formats.table._sheet import Sheet

if TYPE_CHECKING:
    from targettrack.pages._page import Listed, Page

__all__ = ["ALIASES", "ENDINGS", "STYLED", "columns", "render", "shows"]

ENDINGS = (".txt",)
ALIASES = ("text",)
STYLED = True


def shows(command: str) -> bool:
    """Whether there is a module of the command's name that draws its page."""
    return registry.has_part(__name__, command)


def render(page: Page, out: TextIO, look: Look) -> None:
    """Draw the page as the look allows, by the module of its command's name: the others start without it; or the columns of its records that were asked for."""
    if look.cut.columns:
        from targettrack.formats.table import _columns  # noqa: PLC0415 - the usual table starts without it

        _columns.render(cast("Listed", page), Sheet(out, look))
        return
    registry.part(__name__, page.COMMAND).render(page, Sheet(out, look))
