"""list as a table: a line a program, with a sign for each target."""

from __future__ import annotations

from collections.abc import Sequence

from targettrack.assessment.report import by_status
from targettrack.assessment.row import Row
from targettrack.formats.table._sheet import Cell, Line, Sheet, filled, say, width
from targettrack.formats.table._status import counted, grouped_signs
from targettrack.language import tr, tr_n
from targettrack.pages.list import Entry, OverviewPage
from targettrack.program.shelf import Unreadable
from targettrack.text import NBSP, clean
from targettrack.wording import notation

NARROWEST_LINES = 70
NARROWEST_NAME = 40


def render(page: OverviewPage, sheet: Sheet) -> None:
    """The page: a title, a line a program, the counts of all."""
    look = sheet.look
    count = len(page.entries) + len(page.unreadable)
    title = tr_n(count, "{count} program in {folder}", "{count} programs in {folder}", folder=f"{clean(page.folder)}/")
    day = tr("on {day}", day=page.on.isoformat())
    gap = 2 if look.width is None else look.cells - Cell(title).width - Cell(day).width
    sheet.wrapped(
        Cell(title, bold=True), Cell(" " * max(gap, 2)), Cell(day.replace(" ", NBSP if gap < 2 else " "), "dim")
    )
    if look.width is not None and look.cells < NARROWEST_LINES:
        _blocks(page, sheet)
    else:
        _lines(page, sheet)
    rows = [row for entry in page.entries for row in entry.rows]
    sheet.blank()
    sheet.wrapped(Cell(_targets(rows)), *counted(by_status(rows), look))


def _targets(rows: Sequence[Row]) -> str:
    return tr_n(len(rows), "{count}\u00a0target", "{count}\u00a0targets")


def _signs(entry: Entry, sheet: Sheet) -> Line:
    cells: list[Cell] = []
    for cell in grouped_signs(entry.rows, sheet.look):
        cells += [Cell(" "), cell] if cells else [cell]
    return tuple(cells)


def _newest(entry: Entry, sheet: Sheet) -> str:
    return say(notation.short(entry.newest), sheet.look) if entry.newest else tr("none")


def _lines(page: OverviewPage, sheet: Sheet) -> None:
    id = max(
        Cell(text).width
        for text in [*(entry.program.id for entry in page.entries), *(clean(entry.id) for entry in page.unreadable), ""]
    )
    targets, newest_head = Cell(tr("targets")), Cell(tr("newest figure"))
    signs = max([targets.width, *(width(_signs(entry, sheet)) for entry in page.entries)])
    newest = max([newest_head.width, *(Cell(_newest(entry, sheet)).width for entry in page.entries)])
    sheet.blank()
    sheet.line(Cell(f"{'':{id}}  {filled(targets.text, 5 + signs)}  {newest_head.text}", "dim"))
    for item in _ordered(page):
        if isinstance(item, Unreadable):
            sheet.wrapped(Cell(f"{clean(item.id):{id}}", bold=True), Cell("  "), *_cannot(item), hang=id + 2)
            continue
        line = _signs(item, sheet)
        head = (
            *Cell(item.program.id, bold=True).padded(id),
            Cell(f"  {len(item.rows):>3}  "),
            *line,
            Cell(" " * (signs - width(line))),
            Cell("  "),
            *Cell(_newest(item, sheet)).padded(newest),
            Cell("  "),
        )
        name = Cell(say(clean(item.program.header.name), sheet.look))
        if sheet.limit is None or sheet.limit - width(head) >= NARROWEST_NAME:
            sheet.wrapped(*head, name, hang=width(head))
        else:
            sheet.line(*head)
            sheet.wrapped(Cell(" " * (id + 2)), name, hang=id + 2)


def _cannot(entry: Unreadable) -> Line:
    first = entry.problems[0]
    place = f"{clean(first.file or '')}:{first.line}" if first.line else clean(first.file or "")
    return (Cell(f"{tr('cannot be read:')} ", "bad", bold=True), Cell(f"{place}: {clean(first.message)}"))


def _ordered(page: OverviewPage) -> Sequence[Entry | Unreadable]:
    items: list[Entry | Unreadable] = [*page.entries, *page.unreadable]
    return sorted(items, key=lambda item: item.id if isinstance(item, Unreadable) else item.program.id)


def _blocks(page: OverviewPage, sheet: Sheet) -> None:
    for item in _ordered(page):
        sheet.blank()
        if isinstance(item, Unreadable):
            sheet.wrapped(Cell(clean(item.id), bold=True))
            sheet.wrapped(*_cannot(item))
            continue
        sheet.wrapped(Cell(item.program.id, bold=True), Cell(f"  {_targets(item.rows)}"))
        sheet.wrapped(Cell(say(clean(item.program.header.name), sheet.look)))
        sheet.wrapped(*_signs(item, sheet))
        sheet.wrapped(Cell(f"{tr('newest figure')}  ", "dim"), Cell(_newest(item, sheet)))
