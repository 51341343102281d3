"""list as a table: a line a program, with what became of its promises in counts."""

from __future__ import annotations

from collections.abc import Sequence

from targettrack.assessment.report import by_status
from targettrack.assessment.tally import Tally, tally
from targettrack.formats.table._sheet import Cell, Line, Sheet, say
from targettrack.formats.table._status import counted
from targettrack.language import tr, tr_n
from targettrack.pages.list import Entry, OverviewPage
from targettrack.program.shelf import Unreadable
from targettrack.text import NBSP, clean
from targettrack.wording import notation
from targettrack.wording.headline import columns, headline, late

NARROWEST_NAME = 40


def render(page: OverviewPage, sheet: Sheet) -> None:
    """The page: a title, a line of counts a program, the counts of all."""
    look = sheet.look
    count = len(page.entries) + len(page.unreadable)
    title = tr_n(count, "{count} program in {folder}", "{count} programs in {folder}", folder=f"{clean(page.folder)}/")
    day = tr("on {day}", day=page.on.isoformat())
    gap = 2 if look.width is None else look.cells - Cell(title).width - Cell(day).width
    sheet.wrapped(
        Cell(title, bold=True), Cell(" " * max(gap, 2)), Cell(day.replace(" ", NBSP if gap < 2 else " "), "dim")
    )
    lines = _Lines(page, sheet)
    if sheet.limit is None or lines.width <= sheet.limit:
        lines.draw()
    else:
        _blocks(page, sheet)
    sheet.blank()
    sheet.wrapped(Cell(_promises(len(page.rows))), *counted(by_status(page.rows), look))
    if page.entries:
        command = f"targettrack status {page.entries[0].program.id}"
        sheet.wrapped(Cell(tr("one program: {command}", command=command), "dim"))


def _promises(count: int) -> str:
    return tr_n(count, "{count}\u00a0promise", "{count}\u00a0promises")


def _newest(entry: Entry, sheet: Sheet) -> str:
    return say(notation.short(entry.newest), sheet.look) if entry.newest else tr("none")


class _Lines:
    """A line a program, under one heading."""

    def __init__(self, page: OverviewPage, sheet: Sheet) -> None:
        self.page, self.sheet = page, sheet
        self.all = tally(page.rows)
        self.columns = [(name, Cell(heading)) for name, heading in columns([self.all]).items()]
        self.newest = Cell(tr("newest figure"))
        ids = [*(entry.program.id for entry in page.entries), *(clean(entry.id) for entry in page.unreadable)]
        self.id = max(Cell(text).width for text in [*ids, tr("all")])
        self.dated = max([self.newest.width, *(Cell(_newest(entry, sheet)).width for entry in page.entries)])
        self.width = self.id + sum(2 + cell.width for _, cell in self.columns) + 2 + self.dated

    def draw(self) -> None:
        """The heading, the programs, and all together where there is more than one."""
        self.sheet.blank()
        heading = "".join(f"  {cell.text}" for _, cell in self.columns)
        self.sheet.line(Cell(f"{'':{self.id}}{heading}  {self.newest.text}", "dim"))
        for item in _ordered(self.page):
            if isinstance(item, Unreadable):
                self.sheet.wrapped(
                    *Cell(clean(item.id), bold=True).padded(self.id), Cell("  "), *_cannot(item), hang=self.id + 2
                )
            else:
                self._program(item)
        if len(self.page.entries) > 1:
            self.sheet.line(*Cell(tr("all")).padded(self.id), *self._counts(self.all))

    def _counts(self, of: Tally) -> Line:
        """The counts below their headings; a zero is there, but does not stand out."""
        cells: list[Cell] = []
        for name, heading in self.columns:
            count = getattr(of, name)
            cells += [Cell("  "), *Cell(str(count), "plain" if count else "dim").padded(heading.width, right=True)]
        return tuple(cells)

    def _program(self, entry: Entry) -> None:
        name = _named(entry, self.sheet)
        head = (
            *Cell(entry.program.id, bold=True).padded(self.id),
            *self._counts(entry.tally),
            Cell("  "),
            *Cell(_newest(entry, self.sheet)).padded(self.dated),
        )
        if self.sheet.limit is None or self.sheet.limit - self.width - 2 >= NARROWEST_NAME:
            self.sheet.wrapped(*head, Cell("  "), *name, hang=self.width + 2)
        else:
            self.sheet.line(*head)
            self.sheet.wrapped(Cell("  "), *name, hang=2)


def _named(entry: Entry, sheet: Sheet) -> Line:
    """A program's name, with what is to be known of the promises that it kept."""
    name, remark = Cell(say(clean(entry.program.header.name), sheet.look)), late(entry.rows).replace(" ", NBSP)
    return (name, Cell("  "), Cell(say(remark, sheet.look), "doubt")) if remark else (name,)


def _cannot(entry: Unreadable) -> Line:
    first = entry.problems[0]
    place = f"{clean(first.file or '')}:{first.line}" if first.line else clean(first.file or "")
    return (Cell(f"{tr('cannot be read:')} ", "bad", bold=True), Cell(f"{place}: {clean(first.message)}"))


def _ordered(page: OverviewPage) -> Sequence[Entry | Unreadable]:
    items: list[Entry | Unreadable] = [*page.entries, *page.unreadable]
    return sorted(items, key=lambda item: item.id if isinstance(item, Unreadable) else item.program.id)


def _blocks(page: OverviewPage, sheet: Sheet) -> None:
    """A paragraph a program, where the lines would be cut."""
    for item in _ordered(page):
        sheet.blank()
        if isinstance(item, Unreadable):
            sheet.wrapped(Cell(clean(item.id), bold=True))
            sheet.wrapped(*_cannot(item))
            continue
        sheet.wrapped(Cell(item.program.id, bold=True))
        sheet.wrapped(*_named(item, sheet))
        sheet.wrapped(Cell(say(headline(item.tally), sheet.look)))
        sheet.wrapped(Cell(f"{tr('newest figure')}  ", "dim"), Cell(_newest(item, sheet)))
