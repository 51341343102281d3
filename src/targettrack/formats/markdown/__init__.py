"""markdown: tables for pull requests, articles and wikis."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from targettrack import registry
from targettrack.formats._look import Look
from targettrack.text import unsafe_shown

if TYPE_CHECKING:
    from targettrack.pages._page import Page

ENDINGS = (".md", ".markdown")
ALIASES = ("md",)


def shows(command: str) -> bool:
    """Whether there is a module of the command's name that writes its page."""
    return registry.has_part(__name__, command)


def render(page: Page, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page, by the module of its command's name."""
    out.writelines(f"{unsafe_shown(line)}\n" for line in registry.part(__name__, page.COMMAND).lines(page))
