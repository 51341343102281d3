"""The sitemap of a site: the address of every page, with those of the same page in other languages."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.formats.html import _templates
from targettrack.pages.report import Sitemap


def pieces(page: Sitemap) -> Iterator[str]:
    """Its text."""
    return _templates.pieces("sitemap.xml", pages=page.pages)
