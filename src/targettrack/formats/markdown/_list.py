"""list in markdown: a table of the programs."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.assessment.tally import tally
from targettrack.formats.markdown._counts import unreadable
from targettrack.formats.markdown._text import escaped, table
from targettrack.language import tr
from targettrack.pages.list import OverviewPage
from targettrack.wording import notation
from targettrack.wording.headline import columns


def lines(page: OverviewPage) -> Iterator[str]:
    """The page's lines."""
    whole = tally(page.rows)
    counts = columns([whole])
    rows = [
        (
            entry.program.id,
            escaped(entry.program.header.name),
            *(str(getattr(entry.tally, each)) for each in counts),
            notation.short(entry.newest) if entry.newest else tr("none"),
        )
        for entry in page.entries
    ]
    if len(rows) > 1:
        rows.append((tr("all"), "", *(str(getattr(whole, each)) for each in counts), ""))
    heading = (tr("program"), tr("name"), *counts.values(), tr("newest figure"))
    yield from table(heading, rows, right=tuple(range(2, 2 + len(counts))))
    yield from unreadable(page.unreadable)
    yield ""
    yield tr("On {day}, in {folder}.", day=page.on.isoformat(), folder=escaped(page.folder))
