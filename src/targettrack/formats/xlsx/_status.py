"""status as a workbook: a row a target, its sources, and notes."""

from __future__ import annotations

from targettrack.assessment.report import by_status
from targettrack.assessment.row import Row
from targettrack.formats.xlsx import _rows
from targettrack.formats.xlsx._book import Book, Column
from targettrack.formats.xlsx._sources import of_program, sources
from targettrack.language import tr, tr_as
from targettrack.pages.status import StatusPage
from targettrack.wording import notation, why


def fill(page: StatusPage, book: Book) -> None:
    """Write the sheets."""
    report = page.report
    book.note("", _held(page))
    _rows.how_to_read(book)
    columns = [*_named(), _rows.statused(), *_verdict(page), *_rows.promised(), *_rows.judged(), *_rows.grounds()]
    book.sheet(tr("Targets"), columns, report.rows, frozen=2)
    for row in report.rows:
        for note in row.notes:
            book.note(_label(row), note)
    _rows.unreadable(book, page.unreadable)
    sources(
        book,
        [
            named
            for program in report.programs
            for named in of_program(
                program.id, program.sources, _rows.used(row for row in report.rows if row.program is program)
            )
        ],
    )


def _named() -> list[Column[Row]]:
    """What a row is about."""
    return [
        Column(tr("program"), 18, lambda row: row.program.id),
        Column(tr("indicator"), 20, lambda row: row.indicator_id),
        Column(tr("name"), 44, lambda row: row.indicator.name if row.indicator else None),
        Column(tr_as("a head", "of"), 16, lambda row: notation.pairs(row.disaggregation)),
        Column(tr("unit"), 12, lambda row: row.unit),
    ]


def _verdict(page: StatusPage) -> list[Column[Row]]:
    """The verdict of a method; that of the default is the status."""
    return (
        []
        if page.report.method == "linear"
        else [Column(page.report.method, 18, lambda row: row.verdict.label.replace("_", " "))]
    )


def _label(row: Row) -> str:
    """A row in short: ``hanoi/output-share, by 2015``."""
    id = f"{row.program.id}/{row.indicator_id}" if row.indicator_id else row.program.id
    return f"{id}{notation.part(row.disaggregation)}, {notation.by(row.promise)}"


def _held(page: StatusPage) -> str:
    """The day, the method, and which versions of the promises are judged."""
    report = page.report
    held = ""
    if report.against != "current":
        from targettrack.wording import versions  # noqa: PLC0415 - only promises of another day need it

        held = tr(", promises {when}", when=versions.when(report.against))
    counts = ", ".join(f"{count} {why.word(status)}" for status, count in by_status(report.rows).items())
    return f"{tr('On {day}, method {method}{held}.', day=report.on.isoformat(), method=report.method, held=held)} {counts}".strip()
