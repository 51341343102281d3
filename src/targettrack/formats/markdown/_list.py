"""list in markdown: a table of the programs."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.formats.markdown._counts import statuses, unreadable
from targettrack.formats.markdown._text import escaped, table
from targettrack.language import tr
from targettrack.pages.list import OverviewPage
from targettrack.wording import notation


def lines(page: OverviewPage) -> Iterator[str]:
    """The page's lines."""
    rows = [
        (
            entry.program.id,
            escaped(entry.program.header.name),
            str(len(entry.rows)),
            statuses(entry.rows),
            notation.short(entry.newest) if entry.newest else tr("none"),
        )
        for entry in page.entries
    ]
    yield from table((tr("program"), tr("name"), tr("targets"), tr("statuses"), tr("newest figure")), rows, right=(2,))
    yield from unreadable(page.unreadable)
    yield ""
    yield tr("On {day}, in {folder}.", day=page.on.isoformat(), folder=escaped(page.folder))
