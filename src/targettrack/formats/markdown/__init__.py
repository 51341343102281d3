"""markdown: tables for pull requests, articles and wikis."""

from __future__ import annotations

from importlib import import_module
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
    return registry.part(__name__, command) is not None


def render(page: Page, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page, by the module of its command's name."""
    out.writelines(f"{unsafe_shown(line)}\n" for line in import_module(f"{__name__}._{page.COMMAND}").lines(page))
