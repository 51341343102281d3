"""status in brief: what was missed and what is under way, a line each; what has no result, what was kept and what is only words, each folded into one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from targettrack.assessment.row import Row
from targettrack.assessment.status import Status
from targettrack.assessment.tally import Outcome, outcome
from targettrack.formats._look import Look
from targettrack.formats.table import _status
from targettrack.formats.table._sheet import Cell, Line, Sheet, say, verdict, width
from targettrack.language import mark, tr
from targettrack.pages.status import StatusPage
from targettrack.text import NBSP
from targettrack.wording import evidence, notation, why

FOLDED: Mapping[Outcome, tuple[Status, str]] = {
    "unreported": ("unreported", mark("no result")),
    "awaited": ("pending", mark("awaited")),
    "kept": ("met", mark("kept")),
    "words": ("not_assessable", mark("in words")),
}
"""The outcomes of which the promises are only named, each with the status whose sign stands before them."""


def render(page: StatusPage, sheet: Sheet) -> None:
    """Each program: its title, its counts, and its promises."""
    report = page.report
    shown = [program for program in report.programs if any(row.program is program for row in report.rows)]
    for place, program in enumerate(shown):
        if place:
            sheet.blank(2)
        rows = [row for row in report.rows if row.program is program]
        _status.title(program, report if not place else None, sheet)
        if page.whole:
            _status.answered(rows, sheet)
        sheet.blank()
        single = [row for row in evidence.worst_first(rows) if outcome(row) not in FOLDED]
        aligned([_line(row, report.method, sheet) for row in single], sheet)
        for each, (status, word) in FOLDED.items():
            if folded := [row for row in rows if outcome(row) == each]:
                _fold(folded, status, tr(word), sheet)
    if shown:
        sheet.blank()
    _status.counts(report, page.unreadable, sheet)
    _status.further(report.rows, sheet)


def aligned(lines: Sequence[Sequence[Line]], sheet: Sheet) -> None:
    """A line a promise, its parts below one another where there is room for all but the last."""
    widths = [max(map(width, parts)) for parts in zip(*lines, strict=True)][:-1]
    if sheet.limit is not None and 2 + sum(widths) + 2 * len(widths) > sheet.limit:
        widths = [0] * len(widths)
    for line in lines:
        *parts, last = line
        padded = [cell for part, size in zip(parts, widths, strict=True) for cell in (*part, Cell(" " * (max(size - width(part), 0) + 2)))]  # fmt: skip
        sheet.wrapped(Cell("  "), *padded, *last, hang=6)


def _line(row: Row, method: str, sheet: Sheet) -> tuple[Line, Line, Line, Line, Line, Line]:
    look, gap = sheet.look, evidence.gap(row)
    return (
        *start(row, _name(row), look),
        (Cell(say(notation.promise(row.promise, row.bound, row.unit, row.direction), look).replace(" ", NBSP)),),
        (Cell(say(f"{measured(row)}{f', {gap}' if gap else ''}", look).replace(" ", NBSP)),),
        _status.joined([flag for flag in _status.flags(row, look, method) if (flag.hue, flag.bold) != ("dim", False)]),
    )


def start(row: Row, name: str, look: Look) -> tuple[Line, Line, Line]:
    """What the line of a promise begins with: its status, when it is due, and what it is of."""
    return (
        (verdict(row.status, why.word(row.status).replace(" ", NBSP), look),),
        (Cell(say(notation.deadline(row.promise), look).replace(" ", NBSP)),),
        (Cell(say(name, look), bold=True),),
    )


def measured(row: Row) -> str:
    """The judged figure with its period."""
    figure = evidence.figure(row, row.unit)
    return f"{figure} ({evidence.period(row)})" if figure else tr("no figure")


def _name(row: Row) -> str:
    return f"{row.indicator_id or ''}{notation.part(row.disaggregation)}"


def _fold(rows: Sequence[Row], status: Status, word: str, sheet: Sheet) -> None:
    """Promises by their indicators with the days on which they are due; those in words by these days alone."""
    look = sheet.look
    head = Cell("  "), verdict(status, word, look), Cell("  ")
    texts = list(_named(rows))
    last = len(texts) - 1
    cells = [
        Cell(say(text, look).replace(" ", NBSP) + (f"{NBSP}\u00b7 " if place < last else ""))
        for place, text in enumerate(texts)
    ]
    sheet.wrapped(*head, *cells, hang=width(head))


def _by_due(row: Row) -> tuple[bool, int]:
    return row.due is None, row.due.last.toordinal() if row.due else 0


def _named(rows: Sequence[Row]) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for row in sorted(rows, key=_by_due):
        groups.setdefault(_name(row), []).append(notation.deadline(row.promise))
    for name, due in groups.items():
        days = ", ".join(f"{day} ({due.count(day)})" if due.count(day) > 1 else day for day in dict.fromkeys(due))
        yield f"{days} {name}".rstrip()
