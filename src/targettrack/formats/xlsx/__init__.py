"""xlsx: a workbook for a spreadsheet: numbers are numbers with the digits entered, and what a cell cannot hold is said in its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from targettrack import registry
from targettrack.formats._look import Look
from targettrack.formats.xlsx._book import Book

if TYPE_CHECKING:
    from targettrack.pages._page import Page

ENDINGS = (".xlsx",)
BINARY = True


def shows(command: str) -> bool:
    """Whether there is a module of the command's name that fills its sheets."""
    return registry.has_part(__name__, command)


def render(page: Page, out: BinaryIO, look: Look) -> None:  # noqa: ARG001
    """Write the page as a workbook, by the module of its command's name; the same page gives the same bytes.

    Raises:
        TargettrackError: XlsxWriter is not installed, or the page has more rows than a sheet (exit 5).

    """
    book = Book(out)
    registry.part(__name__, page.COMMAND).fill(page, book)
    book.close()
