"""history as a workbook: a row a promise on each day, sources, and notes."""

from __future__ import annotations

from collections.abc import Callable

from targettrack.assessment.row import Row
from targettrack.formats.xlsx import _rows
from targettrack.formats.xlsx._book import Book, Cell, Column, status
from targettrack.formats.xlsx._sources import of_program, sources
from targettrack.language import tr, tr_as
from targettrack.pages.history import Moment, Timeline
from targettrack.wording import notation
from targettrack.wording.hindsight import said


def fill(page: Timeline, book: Book) -> None:
    """Write the sheets."""
    book.note("", tr("On {date}; each line by what was known on its last day.", date=page.on.isoformat()))
    _rows.how_to_read(book)
    moments = [moment for followed in page.promises for moment in followed.moments]
    columns: list[Column[Moment]] = [
        Column(tr("program"), 18, lambda _: page.program.id),
        Column(tr("indicator"), 20, lambda _: page.id),
        Column(tr_as("a head", "of"), 16, lambda moment: notation.pairs(moment.row.disaggregation)),
        Column(tr("unit"), 12, lambda _: page.indicator.unit),
        Column(tr("at the end of"), 12, lambda moment: moment.label),
        Column(tr("day"), 12, lambda moment: moment.day.isoformat()),
        *(_of(column) for column in (_rows.statused(), *_rows.promised(), *_rows.judged())),
        Column(tr("known today"), 16, lambda moment: status(moment.today.row.status) if moment.today else None),
        Column(tr("for"), 60, _learned),
        _of(Column(tr("why"), 70, _rows.said)),
    ]
    book.sheet(tr("History"), columns, moments, frozen=2)
    rows = [moment.row for moment in moments] + [moment.today.row for moment in moments if moment.today]
    sources(book, of_program(page.program.id, page.program.sources, _rows.used(rows)))


def _of(column: Column[Row]) -> Column[Moment]:
    """A column of rows as one of days."""
    cell: Callable[[Row], Cell] = column.cell
    return Column(column.head, column.width, lambda moment: cell(moment.row))


def _learned(moment: Moment) -> str:
    return _rows.spaced("; ".join(said(each) for each in moment.today.learned)) if moment.today else ""
