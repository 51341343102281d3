"""table: for people, in a terminal or a plain file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from targettrack import registry
from targettrack.formats._look import Look
from targettrack.formats.table._sheet import Sheet

if TYPE_CHECKING:
    from targettrack.pages._page import Page

ENDINGS = (".txt",)
ALIASES = ("text",)
STYLED = True


def shows(command: str) -> bool:
    """Whether there is a module of the command's name that draws its page."""
    return registry.has_part(__name__, command)


def render(page: Page, out: TextIO, look: Look) -> None:
    """Draw the page as the look allows, by the module of its command's name: the others start without it."""
    registry.part(__name__, page.COMMAND).render(page, Sheet(out, look))
