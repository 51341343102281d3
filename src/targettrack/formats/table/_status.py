"""status as a table: verdict first, then its evidence; one group an indicator, in the layout that the width allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from targettrack.assessment.report import Report, by_status
from targettrack.assessment.row import Row
from targettrack.assessment.status import Status
from targettrack.assessment.tally import tally
from targettrack.formats._look import Look
from targettrack.formats._signs import HUES, Hue
from targettrack.formats.table import _bar
from targettrack.formats.table._sheet import BOLD, Cell, Line, Sheet, filled, say, sign, verdict, width
from targettrack.frozen import frozen
from targettrack.language import tr, tr_as, tr_n
from targettrack.pages.status import StatusPage
from targettrack.program.model import YES_NO, Pairs, Program, is_percent
from targettrack.program.shelf import Unreadable
from targettrack.text import NBSP, clean
from targettrack.wording import evidence, notation, why
from targettrack.wording.headline import headline

WIDEST_BAR, NARROWEST_BAR, SECOND_LINE_BAR, PIPED_BAR = 30, 12, 10, 20
NARROWEST_LINES = 70
NO_BAR_BELOW = 30
LEAST_TEXT = 30
"""Where a promise would have fewer cells behind its status, due day and id, it goes below them."""


@frozen()
class Cells:
    """A row's texts as this terminal can show them."""

    row: Row
    status: Cell
    due: str
    gap: Cell
    strong: str
    reached: str
    target: str
    actual: str
    period: str
    flags: tuple[Cell, ...]


@frozen()
class Columns:
    """The widths of the columns, over all programs; ``bar`` to the finish line, ``room`` past it."""

    status: int
    due: int
    gap: int
    strong: int
    reached: int
    target: int
    actual: int
    period: int
    bar: int
    room: int

    @property
    def first(self) -> int:
        """Up to the reached share."""
        return (
            2
            + self.status
            + 2
            + self.due
            + 2
            + self.gap
            + (1 + self.strong if self.strong else 0)
            + 2
            + self.bar
            + _bar.BESIDE
            + self.room
            + 1
            + self.reached
        )

    @property
    def whole(self) -> int:
        """Up to the period of the actual."""
        return self.first + 2 + self.target + 2 + self.actual + 1 + self.period


Layout = Callable[[Cells, Columns, Sheet], None]


def render(page: StatusPage, sheet: Sheet) -> None:
    """The whole page."""
    report, look = page.report, sheet.look
    if page.brief:
        from targettrack.formats.table import _brief  # noqa: PLC0415 - only a page that is asked to be short needs it

        _brief.render(page, sheet)
        return
    if page.todo and report.order is None:
        from targettrack.formats.table import _todo  # noqa: PLC0415 - only who asks what is to be done needs it

        _todo.render(page, sheet)
        return
    measured = [cells(row, look, report.method) for row in report.rows if row.has_figure]
    columns = _columns(measured, look)
    lines = look.width is None or look.cells >= NARROWEST_LINES
    one_line = lines and (look.width is None or _fits(columns, NARROWEST_BAR, measured, look))
    two_lines = lines and _sized(columns, SECOND_LINE_BAR, measured).first <= look.cells
    layout = _one_line if one_line else _two_lines if two_lines else _block
    columns = _widest(columns, measured, look, one_line=one_line)
    shown = [program for program in report.programs if any(row.program is program for row in report.rows)]
    if report.order in {"gap", "due"} and len(shown) > 1:
        _one_list(page, shown, measured, columns, layout, sheet)
    else:
        _by_program(page, shown, measured, columns, layout, sheet)
    if shown:
        sheet.blank()
    counts(report, page.unreadable, sheet)
    further(report.rows, sheet)


def _by_program(
    page: StatusPage,
    programs: Sequence[Program],
    measured: Sequence[Cells],
    columns: Columns,
    layout: Layout,
    sheet: Sheet,
) -> None:
    """One program after the other: what became of its promises, then each with its evidence, the gravest first; in the order that was asked for what has no figure comes last."""
    report = page.report
    for place, program in enumerate(programs):
        if place:
            sheet.blank(2)
        rows = [row for row in report.rows if row.program is program]
        title(program, report if not place else None, sheet)
        if page.whole:
            answered(rows, sheet)
        groups = _grouped([entry for entry in measured if entry.row.program is program])
        heads = bool(groups) and not place and layout is not _block
        if heads:
            sheet.blank()
            _heads(columns, layout is _one_line, sheet)
        without = [row for row in rows if not row.has_figure]
        if report.order:
            _groups(groups, layout, columns, sheet)
            _unmeasured(without, sheet, blocks=layout is _block)
            continue
        for gravely in (True, False):
            _groups([group for group in groups if _is_grave(group) is gravely], layout, columns, sheet, sort=True)
            silent = [row for row in without if (row.status == "unreported") is gravely]
            _unmeasured(silent, sheet, blocks=layout is _block, past_due=gravely)


def answered(rows: Sequence[Row], sheet: Sheet) -> None:
    """What became of some promises, in one sentence."""
    sheet.wrapped(Cell(say(headline(tally(rows)), sheet.look)))


def further(rows: Sequence[Row], sheet: Sheet) -> None:
    """Where the words and signs are explained, and how to see one promise in full."""
    row = next((row for row in evidence.worst_first(rows) if row.indicator_id), None)
    if row is None:
        return
    one = tr("one in full: {command}", command=f"targettrack explain {row.program.id}/{row.indicator_id}")
    every = tr("signs and words: {command}", command="targettrack help signs")
    if sheet.limit is None or Cell(f"{every}    {one}").width <= sheet.limit:
        sheet.line(Cell(f"{every}    {one}", "dim"))
    else:
        sheet.wrapped(Cell(every, "dim"))
        sheet.wrapped(Cell(one, "dim"))


def _one_list(
    page: StatusPage,
    programs: Sequence[Program],
    measured: Sequence[Cells],
    columns: Columns,
    layout: Layout,
    sheet: Sheet,
) -> None:
    """All programs in one list, in the order that was asked for, each indicator with its program."""
    look, report = sheet.look, page.report
    order = tr("the largest shortfall first") if report.order == "gap" else tr("the first deadline first")
    title, day = (
        tr("{count} programs, {order}", count=len(programs), order=order),
        tr("on {day}{held}", day=report.on.isoformat(), held=_held(report)),
    )
    sheet.wrapped(Cell(say(title, look), bold=True), Cell(f"  {day}", "dim"))
    if page.whole:
        answered(report.rows, sheet)
    if measured and layout is not _block:
        sheet.blank()
        _heads(columns, layout is _one_line, sheet)
    for _, entries in groupby(
        measured, key=lambda entry: (entry.row.program.id, entry.row.indicator_id, entry.row.disaggregation)
    ):
        same = list(entries)
        sheet.blank()
        _heading(same[0].row, same[0].row.disaggregation, sheet, own_line=layout is _block, program=True)
        for entry in same:
            if layout is _block:
                sheet.blank()
            layout(entry, columns, sheet)
    _unmeasured(report.rows, sheet, blocks=layout is _block, program=True)


def cells(row: Row, look: Look, method: str) -> Cells:
    """The texts of one row with a figure."""
    percent = row.unit if is_percent(row.unit) else None
    strong = evidence.gap_strong(row)
    hue = HUES[row.status] if HUES[row.status] != "dim" else "plain"
    return Cells(
        row=row,
        status=verdict(row.status, why.word(row.status), look),
        due=say(notation.deadline(row.promise), look),
        gap=Cell(say(evidence.gap(row), look), hue, bold=row.status in BOLD),
        strong=f"({say(strong, look)})" if strong else "",
        reached=say(evidence.reached(row), look),
        target=say(notation.asked(row.promise, row.bound, percent, row.direction), look),
        actual=say(evidence.figure(row, percent), look),
        period=say(evidence.period(row), look),
        flags=tuple(flags(row, look, method)),
    )


_REMARKS: dict[str, tuple[Hue, bool]] = {"plain": ("dim", False), "doubt": ("doubt", False), "verdict": ("plain", True)}


def flags(row: Row, look: Look, method: str, *, without: str = "") -> Iterator[Cell]:
    """The words at the end of a row: what changes how it may be quoted; ``without`` one flag that goes without saying."""
    for remark in evidence.remarks(row, method, without=without):
        hue, bold = _REMARKS[remark.kind]
        yield Cell(say(remark.text, look), hue, bold)


# ---------------------------------------------------------------- widths


def _columns(rows: Sequence[Cells], look: Look) -> Columns:
    def widest(texts: Iterable[str], least: int) -> int:
        return max([least, *(Cell(text).width for text in texts)])

    return Columns(
        status=widest((entry.status.text for entry in rows), 12),
        due=widest((entry.due for entry in rows), max(Cell(tr("due")).width, 4)),
        gap=widest((entry.gap.text for entry in rows), Cell(tr("gap")).width),
        strong=max([0, *(Cell(entry.strong).width for entry in rows)]),
        reached=widest((entry.reached for entry in rows), Cell(tr_as("a head", "reached")).width),
        target=widest((entry.target for entry in rows), Cell(tr("target")).width),
        actual=widest((entry.actual for entry in rows), 3),
        period=widest((entry.period for entry in rows), 4),
        bar=PIPED_BAR if look.width is None else WIDEST_BAR,
        room=0,
    )


def _sized(columns: Columns, bar: int, rows: Sequence[Cells]) -> Columns:
    room = max((_bar.room(entry.row, bar) for entry in rows), default=0)
    return replace(columns, bar=bar, room=room)


def _fits(columns: Columns, bar: int, rows: Sequence[Cells], look: Look) -> bool:
    return _sized(columns, bar, rows).whole <= look.cells


def _widest(columns: Columns, rows: Sequence[Cells], look: Look, *, one_line: bool) -> Columns:
    """The columns with the widest bar that leaves room for the rest: for all flags if that is possible, else for the figures."""
    if look.width is None:
        return _sized(columns, PIPED_BAR, rows)
    if not one_line:
        return _sized(
            columns,
            next(
                (
                    bar
                    for bar in range(WIDEST_BAR, SECOND_LINE_BAR, -1)
                    if _sized(columns, bar, rows).first <= look.cells
                ),
                SECOND_LINE_BAR,
            ),
            rows,
        )
    longest = max((width(joined(entry.flags)) for entry in rows), default=0)
    with_flags = next(
        (
            bar
            for bar in range(WIDEST_BAR, NARROWEST_BAR, -1)
            if _sized(columns, bar, rows).whole + 2 + longest <= look.cells
        ),
        None,
    )
    without = next((bar for bar in range(20, NARROWEST_BAR, -1) if _fits(columns, bar, rows, look)), NARROWEST_BAR)
    return _sized(columns, with_flags or without, rows)


def joined(words: Sequence[Cell]) -> Line:
    """Words with commas behind all but the last."""
    last = len(words) - 1
    return tuple(
        Cell(word.text + (", " if place < last else ""), word.hue, word.bold) for place, word in enumerate(words)
    )


# ---------------------------------------------------------------- page parts


def title(program: Program, report: Report | None, sheet: Sheet) -> None:
    look = sheet.look
    name, id = say(clean(program.header.name), look), program.id
    day = tr("on {day}{held}", day=report.on.isoformat(), held=_held(report)) if report else ""
    size = Cell(name).width + 2 + Cell(id).width
    if look.width is None:
        sheet.line(Cell(name, bold=True), Cell(f"  {id}", "dim"), Cell(f"  {day}" if day else "", "dim"))
    elif size + 2 + Cell(day).width <= look.cells:
        sheet.line(
            Cell(name, bold=True),
            Cell(f"  {id}", "dim"),
            Cell(" " * (look.cells - size - Cell(day).width)),
            Cell(day, "dim"),
        )
    else:
        sheet.wrapped(Cell(name, bold=True))
        fits = Cell(f"{id}   {day}").width <= look.cells
        sheet.wrapped(Cell(id, "dim"), Cell(f"   {day if fits else day.replace(' ', NBSP)}" if day else "", "dim"))


def _held(report: Report) -> str:
    """Which versions of the promises are judged, if not those in force."""
    if report.against == "current":
        return ""
    from targettrack.wording import versions  # noqa: PLC0415 - only promises of another day need it

    return tr(", promises {when}", when=versions.when(report.against))


def _grouped(rows: Sequence[Cells]) -> list[list[Cells]]:
    """Rows by the indicator and the part of it that they are of."""
    groups: dict[tuple[str | None, Pairs], list[Cells]] = {}
    for entry in rows:
        groups.setdefault((entry.row.indicator_id, entry.row.disaggregation), []).append(entry)
    return list(groups.values())


def _is_grave(group: Sequence[Cells]) -> bool:
    """Whether one of its rows is as grave as a promise that is past due without a result, or graver."""
    return any(evidence.grade(entry.row.status) <= evidence.grade("unreported") for entry in group)


def _groups(
    groups: Sequence[Sequence[Cells]], layout: Layout, columns: Columns, sheet: Sheet, *, sort: bool = False
) -> None:
    """Each group under its heading; sorted the gravest first, its rows by their deadlines."""
    for group in sorted(groups, key=lambda group: min(_gravity(entry.row) for entry in group)) if sort else groups:
        sheet.blank()
        _heading(group[0].row, group[0].row.disaggregation, sheet, own_line=layout is _block)
        for entry in sorted(group, key=lambda entry: _when(entry.row)) if sort else group:
            if layout is _block:
                sheet.blank()
            layout(entry, columns, sheet)


def _gravity(row: Row) -> tuple[int, Decimal]:
    share = evidence.share(row)
    return evidence.grade(row.status), share if share is not None else Decimal(0)


def _when(row: Row) -> tuple[bool, int, int]:
    return (row.due is None, row.due.last.toordinal() if row.due else 0, row.version.place)


def _heading(row: Row, pairs: Pairs, sheet: Sheet, *, own_line: bool, program: bool = False) -> None:
    look, indicator = sheet.look, row.indicator
    if indicator is None:
        return
    id = say(f"{f'{row.program.id}/' if program else ''}{row.indicator_id}{notation.part(pairs)}", look)
    unit = (
        ""
        if indicator.unit in {None, YES_NO} or is_percent(indicator.unit)
        else f", {tr('in {unit}', unit=clean(indicator.unit or ''))}"
    )
    name = Cell(say(clean(indicator.name), look))
    if own_line:
        sheet.wrapped(Cell(id, bold=True))
        sheet.wrapped(name, Cell(unit, "dim"))
    else:
        sheet.wrapped(Cell(id, bold=True), Cell("  "), name, Cell(unit, "dim"), hang=Cell(id).width + 2)


def _heads(columns: Columns, whole: bool, sheet: Sheet) -> None:
    target, actual = tr("target"), tr_as("a head", "actual")
    due, gap, reached = (
        filled(tr("due"), columns.due),
        filled(tr("gap"), columns.gap, right=True),
        filled(tr_as("a head", "reached"), columns.reached, right=True),
    )
    text = f"{'':2}{'':{columns.status}}  {due}  {gap}{_strong_head(columns)}  {_bar_head(columns)}{'':{columns.room}} {reached}"
    rest = f"  {filled(target, columns.target)}  {actual}" if whole else ""
    sheet.line(Cell(text + rest, "dim"))


def _strong_head(columns: Columns) -> str:
    """The head of the gaps to the strong end, where it has room."""
    head = tr("(strong)")
    if not columns.strong:
        return ""
    return f" {filled(head if columns.strong >= Cell(head).width else '', columns.strong)}"


def _bar_head(columns: Columns) -> str:
    """Start and target at the two ends of the bars, or the target alone where both have no room."""
    start, target, cells = tr_as("a head", "start"), tr("target"), columns.bar + _bar.BESIDE
    if cells < Cell(f"{start} {target}").width:
        return filled(target, cells, right=True)
    return f"{start}{filled(target, cells - Cell(start).width, right=True)}"


def _first(entry: Cells, columns: Columns, look: Look) -> Line:
    bar = _bar.bar(entry.row, columns.bar, columns.room, look)
    strong = Cell(f" {entry.strong}", "dim").padded(columns.strong + 1) if columns.strong else ()
    return (
        Cell("  "), *entry.status.padded(columns.status), Cell("  "), *Cell(entry.due).padded(columns.due), Cell("  "), *entry.gap.padded(columns.gap, right=True), *strong,
        Cell("  "), *bar, Cell(" " * (columns.bar + _bar.BESIDE + columns.room - width(bar) + 1)), *Cell(entry.reached).padded(columns.reached, right=True),
    )  # fmt: skip


def _one_line(entry: Cells, columns: Columns, sheet: Sheet) -> None:
    """Everything on one line; flags that do not fit go below, from the due column on."""
    flags = joined(entry.flags)
    line = (
        *_first(entry, columns, sheet.look),
        Cell("  "),
        *Cell(entry.target).padded(columns.target),
        Cell("  "),
        *Cell(entry.actual, bold=True).padded(columns.actual),
        Cell(" "),
        *Cell(entry.period).padded(columns.period),
    )
    if sheet.limit is None or columns.whole + 2 + width(flags) <= sheet.limit:
        sheet.line(*line, Cell("  "), *flags)
        return
    sheet.line(*line)
    hang = 2 + columns.status + 2
    if flags:
        sheet.wrapped(Cell(" " * hang), *flags, hang=hang)


def _two_lines(entry: Cells, columns: Columns, sheet: Sheet) -> None:
    """Verdict and picture, then target, actual and flags with their words."""
    sheet.line(*_first(entry, columns, sheet.look))
    hang = 2 + columns.status + 2
    sheet.wrapped(Cell(" " * hang), *_evidence(entry), hang=hang)


def _evidence(entry: Cells) -> Line:
    flags = joined(entry.flags)
    nbsp = NBSP
    target, actual = (label.replace(" ", nbsp) for label in (tr("target"), tr_as("a head", "actual")))
    period = f"{nbsp}{_in(entry)}" if entry.period else ""
    return (
        Cell(f"{target}{nbsp}", "dim"),
        Cell(entry.target),
        Cell(f"  {actual}{nbsp}", "dim"),
        Cell(entry.actual, bold=True),
        Cell(period + (", " if flags else "")),
        *flags,
    )


def _in(entry: Cells) -> str:
    return when(entry.period)


def when(period: str) -> str:
    """When, behind a figure: ``in 2017``, ``on 2017-10-29``."""
    return (
        tr("on\u00a0{short}", short=period)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", period)
        else tr("in\u00a0{short}", short=period)
    )


def _block(entry: Cells, _: Columns, sheet: Sheet) -> None:
    """One block a target, for narrow terminals."""
    look = sheet.look
    labels = [tr_as("a head", "reached"), tr("gap"), tr("target"), tr_as("a head", "actual")]
    wide = max(Cell(label).width for label in labels) + 1
    reached, gap, target, actual = (Cell(f"  {filled(label, wide)}", "dim") for label in labels)
    due = _due(entry.row, entry.due)
    sheet.wrapped(Cell("  "), entry.status, Cell(f"  {due}"), hang=4)
    if look.cells >= NO_BAR_BELOW and entry.reached not in {"–", "-"}:
        size = next(
            (
                bar
                for bar in range(20, 4, -1)
                if 2 + bar + _bar.BESIDE + _bar.room(entry.row, bar) + 2 + Cell(entry.reached).width <= look.cells
            ),
            5,
        )
        sheet.line(Cell("  "), *_bar.bar(entry.row, size, _bar.room(entry.row, size), look), Cell(f"  {entry.reached}"))
    elif entry.reached not in {"–", "-"}:
        sheet.wrapped(reached, Cell(entry.reached), hang=4)
    if entry.gap.text:
        sheet.wrapped(gap, entry.gap, Cell(f" {entry.strong}" if entry.strong else "", "dim"), hang=4)
    sheet.wrapped(target, Cell(entry.target), hang=4)
    flags = joined(entry.flags)
    period = f" {_in(entry)}" if entry.period else ""
    sheet.wrapped(
        actual,
        Cell(entry.actual, bold=True),
        Cell(period + (", " if flags else "")),
        *flags,
        hang=2 + wide if look.cells >= NO_BAR_BELOW else 4,
    )


def _due(row: Row, deadline: str) -> str:
    """When a target is due, behind its status."""
    return tr("due\u00a0{deadline}", deadline=deadline) if row.due else deadline


def _unmeasured(
    rows: Sequence[Row], sheet: Sheet, *, blocks: bool, program: bool = False, past_due: bool = False
) -> None:
    """The rows that no figure measures: those of which the file has figures that do not count, those without any, then those in words."""
    without = [row for row in rows if not row.has_figure and row.indicator_id is not None]
    words = [row for row in rows if row.indicator_id is None]
    uncounted = [row for row in without if row.others]
    silent = [row for row in without if not row.others]
    for heading, entries in (
        (
            tr("past due, figures in this file, none that counts")
            if past_due
            else tr("figures in this file, none that counts"),
            uncounted,
        ),
        (tr("past due, no figure in this file") if past_due else tr("no figure in this file"), silent),
        (tr("in words only"), words),
    ):
        if entries:
            sheet.blank()
            sheet.wrapped(Cell(heading, bold=True))
            _listed(entries, sheet, blocks=blocks, program=program)


def _listed(rows: Sequence[Row], sheet: Sheet, *, blocks: bool, program: bool) -> None:
    look = sheet.look
    ids = {id(row): _id(row, look, program=program) for row in rows}
    due = max(Cell(say(notation.deadline(row.promise), look)).width for row in rows)
    wide = max(Cell(text).width for text in ids.values())
    size = max(verdict(row.status, why.word(row.status), look).width for row in rows)
    for row in rows:
        text = say(notation.promise(row.promise, row.bound, row.unit, row.direction), look)
        status = verdict(row.status, why.word(row.status), look)
        when = say(notation.deadline(row.promise), look)
        words = list(flags(row, look, "linear", without="partial"))
        tail = (Cell("  "), *joined(words)) if words else ()
        if blocks:
            sheet.blank()
            sheet.wrapped(Cell("  "), status, Cell(f"  {_due(row, when)}"), hang=4)
            sheet.wrapped(Cell(f"  {ids[id(row)]}: " if ids[id(row)] else "  "), Cell(text), *tail, hang=4)
            continue
        head = (
            Cell("  "),
            *status.padded(max(size, 14)),
            Cell("  "),
            *Cell(when).padded(due),
            Cell("  "),
            *(Cell(ids[id(row)]).padded(wide + 2) if wide else ()),
        )
        longest = max(Cell(word).width for word in text.split(" "))
        if sheet.limit is not None and sheet.limit - width(head) < max(LEAST_TEXT, longest):
            sheet.wrapped(*head, hang=4)
            head = (Cell(" " * 6),)
        sheet.wrapped(*head, Cell(text), *tail, hang=width(head))


def _id(row: Row, look: Look, *, program: bool) -> str:
    name = row.indicator_id or ""
    return say(
        f"{row.program.id if program else ''}{'/' if program and name else ''}{name}{notation.part(row.disaggregation)}",
        look,
    )


def counts(report: Report, unreadable: Sequence[Unreadable], sheet: Sheet) -> None:
    found = by_status(report.rows)
    total = len(report.rows)
    head = (
        tr_n(total, "{count} target", "{count} targets")
        if report.of == total
        else tr_n(report.of, "{shown} of {count} target", "{shown} of {count} targets", shown=total)
    )
    sheet.wrapped(Cell(head.replace(" ", NBSP)), *counted(found, sheet.look))
    for entry in unreadable:
        sheet.wrapped(Cell(f"{tr('cannot be read:')} ", "bad", bold=True), Cell(clean(entry.file)))


def counted(counts: dict[Status, int], look: Look) -> Line:
    """Sign, count and word of each status that occurs."""
    cells: list[Cell] = []
    for status in sorted(counts, key=evidence.gravity):
        text = f"{sign(status, look)} {counts[status]} {why.word(status)}".replace(" ", NBSP)
        cells += [Cell("  "), Cell(text, HUES[status], bold=status in {"missed", "worsening", "met", "exceeded"})]
    return tuple(cells)


def grouped_signs(rows: Iterable[Row], look: Look) -> Iterator[Cell]:
    """One sign a target, in order of severity; counts where there are more than 20."""
    ordered = sorted(rows, key=lambda row: evidence.gravity(row.status))
    many = len(ordered) > 20
    for status, group in groupby(ordered, key=lambda row: row.status):
        count = len(list(group))
        yield Cell(f"{sign(status, look)}{NBSP}{count}" if many else sign(status, look) * count, HUES[status])
