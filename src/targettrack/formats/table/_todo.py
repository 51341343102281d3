"""status as a list of what somebody should look for: a heading for each kind of task, and a line a promise."""

from __future__ import annotations

from collections.abc import Mapping

from targettrack.assessment.row import Row
from targettrack.assessment.todo import Task, by_task
from targettrack.formats.table import _brief, _status
from targettrack.formats.table._sheet import Cell, Line, Sheet, say
from targettrack.language import mark, tr, tr_n
from targettrack.pages.status import StatusPage
from targettrack.text import NBSP, clean
from targettrack.wording import notation, why

HEADINGS: Mapping[Task, tuple[str, str]] = {
    "awaited": (mark("awaited"), mark("past due, and the figure is usually published about now")),
    "stale": (mark("nothing newer"), mark("there should be a newer figure than the newest in this file")),
    "unsearched": (mark("not searched"), mark("past due without a result, and nobody looked for one in the last year")),
    "unsourced": (mark("no source"), mark("the figure or the promise names none")),
}
"""The word and the sentence of each kind."""


def render(page: StatusPage, sheet: Sheet) -> None:
    """How much there is to do, and on which day; then each kind, the most urgent first."""
    report = page.report
    found = by_task(report.rows, report.on)
    count = len(report.rows)
    sheet.title(tr_n(count, "{count} promise to look after", "{count} promises to look after"), tr("on {day}", day=report.on.isoformat()))  # fmt: skip
    sheet.wrapped(Cell(" \u00b7 ".join(f"{len(rows)} {tr(HEADINGS[task][0])}".replace(" ", NBSP) for task, rows in found.items())))  # fmt: skip
    for task, rows in found.items():
        word, sentence = HEADINGS[task]
        sheet.blank()
        sheet.wrapped(Cell(tr(word), bold=True), Cell(f"  {tr(sentence)}", "dim"))
        _brief.aligned([_line(row, sheet) for row in rows], sheet)
    sheet.blank()
    _status.counts(report, page.unreadable, sheet)
    _status.further(report.rows, sheet)


def _line(row: Row, sheet: Sheet) -> tuple[Line, ...]:
    """A promise: what it asks for, the figure that there is, and who is to be asked; of one in words its text."""
    look = sheet.look
    name = "/".join(text for text in (row.program.id, row.indicator_id) if text) + notation.part(row.disaggregation)
    asked = say(notation.promise(row.promise, row.bound, row.unit, row.direction), look)
    if row.indicator is None:
        return (*_brief.start(row, name, look), (), (), (Cell(asked),))
    office = row.indicator.responsible or row.program.header.owner
    told = ", ".join(text for text in (why.searched(row.searched).replace(" ", NBSP), clean(office or "")) if text)
    return (
        *_brief.start(row, name, look),
        (Cell(asked.replace(" ", NBSP)),),
        (Cell(say(_brief.measured(row), look).replace(" ", NBSP)),),
        (Cell(say(told, look), "dim"),),
    )
