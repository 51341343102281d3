"""list as a workbook: a row a program with what became of its promises, and how many have each status, all sources, and notes."""

from __future__ import annotations

from targettrack.assessment.report import by_status
from targettrack.assessment.status import STATUSES, Status
from targettrack.assessment.tally import tally
from targettrack.formats.xlsx import _rows
from targettrack.formats.xlsx._book import Book, Column
from targettrack.formats.xlsx._sources import of_program, sources
from targettrack.language import tr
from targettrack.pages.list import Entry, OverviewPage
from targettrack.wording import why
from targettrack.wording.headline import columns as counts


def fill(page: OverviewPage, book: Book) -> None:
    """Write the sheets."""
    book.note("", tr("On {day}, from {file}.", day=page.on.isoformat(), file=page.folder))
    columns: list[Column[Entry]] = [
        Column(tr("program"), 18, lambda entry: entry.program.id),
        Column(tr("name"), 60, lambda entry: entry.program.header.name),
        Column(tr("place"), 18, lambda entry: entry.program.header.place),
        *(_outcome(name, heading) for name, heading in counts([tally(page.rows)]).items()),
        *(_count(status) for status in STATUSES),
        Column(tr("newest figure"), 12, lambda entry: entry.newest.text if entry.newest else None),
        Column(tr("file"), 30, lambda entry: entry.program.file),
    ]
    book.sheet(tr("Programs"), columns, page.entries, frozen=1)
    _rows.unreadable(book, page.unreadable)
    sources(book, [named for entry in page.entries for named in of_program(entry.program.id, entry.program.sources)])


def _outcome(name: str, heading: str) -> Column[Entry]:
    return Column(heading, 11, lambda entry: getattr(entry.tally, name))


def _count(status: Status) -> Column[Entry]:
    return Column(
        tr("status: {status}", status=why.word(status)), 14, lambda entry: by_status(entry.rows).get(status, 0)
    )
