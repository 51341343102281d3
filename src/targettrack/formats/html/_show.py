"""show as a page: the promises of a program or an indicator, then each indicator with its chart, its figures and the words of its sources."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.formats.html import _report
from targettrack.pages import chart
from targettrack.pages.report import Dossier
from targettrack.pages.show import StoryPage


def pieces(page: StoryPage) -> Iterator[str]:
    """The page's text."""
    return _report.pieces(Dossier(page, charts={each.id: chart.charts(page, each) for each in page.chapters}))
