"""list as a workbook: a row a program with how many targets have each status, all sources, and notes."""

from __future__ import annotations

from targettrack.assessment.report import by_status
from targettrack.assessment.status import STATUSES, Status
from targettrack.formats.xlsx import _rows
from targettrack.formats.xlsx._book import Book, Column
from targettrack.formats.xlsx._sources import of_program, sources
from targettrack.language import tr
from targettrack.pages.list import Entry, OverviewPage
from targettrack.wording import why


def fill(page: OverviewPage, book: Book) -> None:
    """Write the sheets."""
    book.note("", tr("On {day}, from {file}.", day=page.on.isoformat(), file=page.folder))
    columns: list[Column[Entry]] = [
        Column(tr("program"), 18, lambda entry: entry.program.id),
        Column(tr("name"), 60, lambda entry: entry.program.header.name),
        Column(tr("place"), 18, lambda entry: entry.program.header.place),
        Column(tr("targets"), 10, lambda entry: len(entry.rows)),
        *(_count(status) for status in STATUSES),
        Column(tr("newest figure"), 12, lambda entry: entry.newest.text if entry.newest else None),
        Column(tr("file"), 30, lambda entry: entry.program.file),
    ]
    book.sheet(tr("Programs"), columns, page.entries, frozen=1)
    _rows.unreadable(book, page.unreadable)
    sources(book, [named for entry in page.entries for named in of_program(entry.program.id, entry.program.sources)])


def _count(status: Status) -> Column[Entry]:
    return Column(why.word(status), 11, lambda entry: by_status(entry.rows).get(status, 0))
