"""history as a text: a strip of signs a promise, then each promise's days, those in a row on which nothing changed on one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from targettrack.assessment.promises import InForce
from targettrack.assessment.row import Row
from targettrack.formats._signs import HUES
from targettrack.formats.table._sheet import Cell, Line, Sheet, say, sign, verdict, width
from targettrack.formats.table._status import Cells, cells, joined, when
from targettrack.frozen import frozen
from targettrack.language import tr, tr_n
from targettrack.pages.history import SHOWN, Followed, Moment, Timeline
from targettrack.period import of_kind
from targettrack.program.model import is_percent
from targettrack.text import NBSP, clean
from targettrack.wording import notation, why
from targettrack.wording.hindsight import said

NARROWEST_LINES = 70
_COLUMN = {"year": 3, "half": 3, "quarter": 2, "month": 1}


def render(page: Timeline, sheet: Sheet) -> None:
    """A title, the strips, then each promise."""
    look = sheet.look
    sheet.title(f"{page.program.id}/{page.id}", tr("on {date}", date=page.on.isoformat()))
    sheet.wrapped(Cell(say(clean(page.indicator.name), look)))
    sheet.blank()
    if not page.promises:
        sheet.wrapped(Cell(say(nothing(page), look), "dim"))
        return
    _strips(page, sheet)
    for followed in page.promises:
        sheet.blank()
        _promise(page, followed, sheet)


def nothing(page: Timeline) -> str:
    """Why there is nothing to follow."""
    said = (
        tr("no target is known on this day: there is no status to follow")
        if page.indicator.targets
        else tr("this indicator has no target: there is no status to follow")
    )
    count = page.figures
    return f"{said}; {tr_n(count, '{count} figure is known', '{count} figures are known') if count else tr('no figure is known either')}"


# ---------------------------------------------------------------- the strips


def _strips(page: Timeline, sheet: Sheet) -> None:
    """The signs of each promise in time order under the years, with a word for the newest; where that is too wide, close together without the years."""
    labels = [_label(followed, sheet) for followed in page.promises]
    words = [_newest(page, followed, sheet) for followed in page.promises]
    head = max(label.width for label in labels) + 2
    column = _COLUMN[page.every]
    room = head + column * len(page.days) + 1 + max(width(word) for word in words)
    if sheet.limit is None or room <= sheet.limit:
        sheet.line(Cell(" " * head), Cell(_years(page), "dim"))
        for followed, label, word in zip(page.promises, labels, words, strict=True):
            sheet.line(*label.padded(head), *_signs(page, followed, column, sheet), Cell(" "), *word)
        return
    first, last = page.days[0][1], page.days[-1][1]
    sheet.wrapped(Cell(say(_span(first, last), sheet.look).replace(" ", NBSP), "dim"))
    for followed, label, word in zip(page.promises, labels, words, strict=True):
        sheet.wrapped(*label.padded(head), *_signs(page, followed, 1, sheet), Cell("  "), *word, hang=2)


def _span(first: str, last: str) -> str:
    return (
        first if first == last else f"{first}{'–' if first.isdigit() and last.isdigit() else f' {chr(0x2013)} '}{last}"
    )


def _years(page: Timeline) -> str:
    """The years over the columns; the days of a year are of one line of signs, so that its first one has the label."""
    column, many = _COLUMN[page.every], page.every != "year"
    line = ""
    years = [_year(page, day) for day, _ in page.days]
    for place, year in enumerate(years):
        if place and years[place - 1] == year:
            continue
        line = line.ljust(place * column) if not line or len(line) < place * column else line
        line += f"{year:04}" if many and (place == 0 or len(line) <= place * column) else f"{year % 100:02}"
    return line


def _year(page: Timeline, day: date) -> int:
    """The year that a sign stands under: by years the one in which the (fiscal) year of the day ends, else that of the day."""
    return of_kind(day, "year", page.program.year).last.year if page.every == "year" else day.year


def _signs(page: Timeline, followed: Followed, column: int, sheet: Sheet) -> Iterator[Cell]:
    there = {moment.day: moment for moment in followed.moments}
    for day, _ in page.days:
        row = there[day].row if day in there else None
        drawn = Cell(sign(row.status, sheet.look), HUES[row.status], bold=True) if row else Cell(NBSP)
        yield from drawn.padded(column)


def _newest(page: Timeline, followed: Followed, sheet: Sheet) -> Line:
    row = followed.newest
    if followed.ended:
        return (Cell(say(ended(page, followed), sheet.look), "dim"),)
    return (Cell(why.word(row.status).replace(" ", NBSP), HUES[row.status], verdict(row.status, "", sheet.look).bold),)


def ended(page: Timeline, followed: Followed) -> str:
    """Why a promise has no status on the last day."""
    day = followed.newest.promise.withdrawn
    if followed.ended == "withdrawn":
        return tr("withdrawn {when}", when=why.in_period(day)) if day else tr("withdrawn")
    return tr("another target took its place") if page.days else ""


def _label(followed: Followed, sheet: Sheet) -> Cell:
    return Cell(say(label(followed.newest).replace(" ", NBSP), sheet.look), bold=True)


def label(row: Row) -> str:
    """When a promise is due, and of what part it is."""
    return notation.by(row.promise) + notation.part(row.disaggregation)


# ---------------------------------------------------------------- one promise


def _promise(page: Timeline, followed: Followed, sheet: Sheet) -> None:
    look, newest = sheet.look, followed.newest
    kept = say(why.kept(newest), look)
    sheet.wrapped(
        _label(followed, sheet),
        Cell("  "),
        Cell(say(_bound(newest, page.indicator.unit), look)),
        *((Cell(f"  {kept}", "dim"),) if kept else ()),
        hang=2,
    )
    stretches = list(followed.stretches())
    entries = [cells(_bare(first.row), look, "linear") for first, _ in stretches]
    days = [say(_span(first.label, last.label), look).replace(" ", NBSP) for first, last in stretches]
    columns = _columns(days, entries) if sheet.limit is None or sheet.limit >= NARROWEST_LINES else None
    for (first, _), days_of, entry in zip(stretches, days, entries, strict=True):
        line = _in_columns(days_of, first, entry, columns) if columns else _run(days_of, first, entry)
        was = (
            (Cell("  "), Cell(say(_version(first, followed), look), "dim"))
            if followed.revised and first.row.version.place != newest.version.place
            else ()
        )
        flags = joined(entry.flags)
        sheet.wrapped(*line, *was, *((Cell("  "), *flags) if flags else ()), hang=4)
        _retold(first, sheet)


def _bare(row: Row) -> Row:
    """A row with the flags that a line of a timeline shows."""
    return replace(
        row,
        flags=tuple(flag for flag in row.flags if flag in SHOWN),
        promised=InForce(row.version),
        compared=None,
        other=None,
        rates=replace(row.rates, elapsed=None),
        kept=None,
    )


def _bound(row: Row, unit: str | None) -> str:
    return notation.promise(row.promise, row.bound, unit, row.direction)


@frozen()
class _Columns:
    """How wide the columns of a promise's days are, in terminal cells."""

    when: int
    status: int
    figure: int
    gap: int
    strong: int


def _columns(days: Sequence[str], entries: Sequence[Cells]) -> _Columns:
    return _Columns(
        max(Cell(each).width for each in days),
        max(each.status.width for each in entries),
        max(_figure(each).width for each in entries),
        max(each.gap.width for each in entries),
        max(Cell(each.strong).width for each in entries),
    )


def _in_columns(when: str, moment: Moment, entry: Cells, columns: _Columns) -> Line:
    front = (
        Cell("  "),
        *Cell(when).padded(columns.when),
        Cell("  "),
        *entry.status.padded(columns.status),
        Cell("  "),
        *_figure(entry).padded(columns.figure),
    )
    if moment.row.gap is None:
        return front
    return (
        *front,
        Cell("  "),
        *entry.gap.padded(columns.gap, right=True),
        *((Cell(" "), *Cell(entry.strong).padded(columns.strong)) if columns.strong else ()),
    )


def _run(when: str, moment: Moment, entry: Cells) -> Line:
    """The same without columns: it is wrapped between the cells."""
    line = (Cell("  "), Cell(when), Cell("  "), _unbroken(entry.status), Cell("  "), _figure(entry))
    if moment.row.gap is None:
        return line
    return (
        *line,
        Cell("  "),
        Cell(entry.gap.text, entry.gap.hue, entry.gap.bold),
        *((Cell(" "), Cell(entry.strong)) if entry.strong else ()),
    )


def _unbroken(status: Cell) -> Cell:
    """A verdict that no line ends in."""
    return replace(status, text=status.text.replace(" ", NBSP))


def _figure(entry: Cells) -> Cell:
    if not entry.actual:
        return Cell(tr("no figure").replace(" ", NBSP), "dim")
    text = f"{entry.actual} {when(entry.period)}" if entry.period else entry.actual
    return Cell(text.replace(" ", NBSP), bold=True)


def _version(moment: Moment, followed: Followed) -> str:
    """The version that was in force, with its deadline where that is another one."""
    row = moment.row
    bound = notation.promise(row.promise, row.bound, row.unit if is_percent(row.unit) else None, row.direction).replace(
        " ", NBSP
    )
    moved = row.due and followed.newest.due and row.due != followed.newest.due
    return (
        tr("target then: {bound} by {period}", bound=bound, period=notation.deadline(row.promise))
        if moved
        else tr("target then: {bound}", bound=bound)
    )


def _retold(moment: Moment, sheet: Sheet) -> None:
    """How the day is judged today, and why."""
    if moment.today is None:
        return
    row, look = moment.today.row, sheet.look
    learned = "; ".join(said(each) for each in moment.today.learned)
    sheet.wrapped(
        Cell("    "),
        Cell(tr("known today:") + " ", "dim"),
        _unbroken(verdict(row.status, why.word(row.status), look)),
        Cell("; ", "dim"),
        Cell(say(learned, look), "dim"),
        hang=6,
    )
