"""html: a page for a browser, in one file: no script, nothing that is fetched, and whatever a program says is shown and never obeyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from targettrack import registry
from targettrack.formats._look import Look

if TYPE_CHECKING:
    from targettrack.pages._page import Page

ENDINGS = (".html", ".htm")


def shows(command: str) -> bool:
    """Whether there is a module of the command's name that writes its page."""
    return registry.has_part(__name__, command)


def render(page: Page, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page, by the module of its command's name; the same page gives the same bytes.

    Raises:
        TargettrackError: Jinja is not installed (exit 5).

    """
    out.writelines(registry.part(__name__, page.COMMAND).pieces(page))
