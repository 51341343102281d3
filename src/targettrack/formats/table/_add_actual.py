"""add-actual as a table: what was recorded and where, each target that it touches before and now, and how to undo it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from targettrack.assessment import figures
from targettrack.assessment.row import Row
from targettrack.formats.table._sheet import Cell, Line, Sheet, filled, say, sign, verdict, width
from targettrack.formats.table._status import Cells, cells, joined
from targettrack.language import mark, tr, tr_n
from targettrack.pages.add_actual import Change, Receipt, relation
from targettrack.pages.show import Told
from targettrack.program.model import is_percent
from targettrack.recording.plan import Found
from targettrack.text import NBSP, clean
from targettrack.wording import notation, why

MOST_NAMED, MOST_SHOWN = 12, 30

_MANY = {
    "new": mark("{count}\u00a0new"),
    "revision": mark("{count}\u00a0revised"),
    "rival": mark("{count}\u00a0beside another publisher's figure that differs"),
    "agrees": mark("{count}\u00a0agreeing with another record"),
    "recorded_before": mark("{count}\u00a0recorded before"),
}


def render(page: Receipt, sheet: Sheet) -> None:
    """The whole receipt."""
    if len(page.plan.found) == 1:
        _one(page, *next(page.noted), sheet)
    else:
        _many(page, sheet)
    if page.appendix:
        count = page.appendix.last - page.appendix.first + 1
        place = f"{clean(page.plan.before.file)}:{page.appendix.first}"
        added = tr_n(
            count,
            "{place}, {count}\u00a0line added at the end",
            "{place}, {count}\u00a0lines added at the end",
            place=place,
        )
        sheet.wrapped(Cell(f"  {added}"), hang=2)
        changes(page.changes, sheet)
        sheet.blank()
        sheet.wrapped(Cell(tr("To undo: {command}", command=clean(page.undo))))
    for doubt in page.doubts:
        sheet.wrapped(Cell(f"{tr('not promised:')} ", "bad", bold=True), Cell(doubt + "."))


def _one(page: Receipt, entry: Found, told: Told, sheet: Sheet) -> None:
    look, actual = sheet.look, entry.actual
    unit = page.plan.before.indicators[actual.indicator].unit
    head = tr("recorded") if page.appendix else tr("already recorded")
    pairs = notation.part(actual.disaggregation)
    sheet.wrapped(Cell(head, "good", bold=True), Cell(f"  {page.plan.before.id}/{actual.indicator}{say(pairs, look)}"))
    recorded = told.figure.actual
    told_of = tr("{figure} in {when}", figure=notation.actual(recorded, unit), when=notation.spelled(recorded.period))
    about = [told_of, notation.quality(recorded, early=figures.early(told.figure)), why.traced(recorded)]
    sheet.wrapped(Cell(say("  " + ", ".join(about), look)), hang=2)
    if said := relation(page, entry, told):
        sheet.wrapped(Cell(say(f"  {said}", look)), hang=2)
    if entry.outcome == "recorded_before" and told.line:
        sheet.wrapped(Cell(f"  {clean(page.plan.before.file)}:{told.line}"), hang=2)
    for name in page.plan.sources:
        sheet.wrapped(Cell(f"  {tr('with the new source {name}', name=name)}"), hang=2)


def _many(page: Receipt, sheet: Sheet) -> None:
    added = len(page.plan.added)
    figures = tr_n(
        added or len(page.plan.found),
        "{count}\u00a0figure in {program}",
        "{count}\u00a0figures in {program}",
        program=page.plan.before.id,
    )
    sheet.wrapped(Cell(tr("recorded") if added else tr("already recorded"), "good", bold=True), Cell(f"  {figures}"))
    counts = Counter(entry.outcome for entry in page.plan.found)
    unused: Counter[str] = (
        Counter(
            entry.outcome
            for entry, told in page.noted
            if entry.outcome in {"rival", "revision"} and told.role != "leads"
        )
        if counts.keys() & {"rival", "revision"}
        else Counter()
    )
    said = {outcome: tr(_MANY[outcome], count=count) for outcome, count in counts.items()}
    parts = [
        tr("{figures} ({unused} not used)", figures=text, unused=unused[outcome]) if unused[outcome] else text
        for outcome, text in said.items()
    ]
    sheet.wrapped(Cell(f"  {', '.join(parts)}"), hang=2)
    if counts["revision"]:
        _revised(page, sheet)
    if page.plan.sources:
        sources = tr_n(
            len(page.plan.sources),
            "with {count}\u00a0new source: {names}",
            "with {count}\u00a0new sources: {names}",
            names=", ".join(page.plan.sources),
        )
        sheet.wrapped(Cell(f"  {sources}"), hang=2)


def _revised(page: Receipt, sheet: Sheet) -> None:
    """Each figure of many that revises another one, by name; of very many the first."""
    found = [entry for entry in page.noted if entry[0].outcome == "revision"]
    for entry, told in found[:MOST_NAMED]:
        actual = entry.actual
        unit = page.plan.before.indicators[actual.indicator].unit
        figure = tr("{figure} in {when}", figure=notation.actual(actual, unit), when=notation.spelled(actual.period))
        said = entry.wanted.origin.said(f"{figure} {relation(page, entry, told)}")
        sheet.wrapped(
            Cell(say(f"    {actual.indicator}{notation.part(actual.disaggregation)}: {said}", sheet.look)), hang=6
        )
    if len(found) > MOST_NAMED:
        sheet.wrapped(Cell(f"    {tr('and {count} more', count=len(found) - MOST_NAMED)}"), hang=6)


def changes(found: Sequence[Change], sheet: Sheet) -> None:
    """Each target that is judged otherwise now, before and now (of very many: each whose status is another one). Then the others."""
    moved = [change for change in found if change.moved]
    shown = moved if len(moved) <= MOST_SHOWN else [change for change in moved if change.flipped]
    newer = [change for change in moved if change not in shown]
    others = [change for change in found if not change.moved]
    named = len({_name(change.row) for change in found}) > 1
    for change in shown:
        sheet.blank()
        _change(change, sheet, named=named)
    if newer or others or not shown:
        sheet.blank()
    if not found:
        sheet.wrapped(Cell(f"  {tr('no target asks for it: it is context')}", "dim"), hang=2)
    if newer:
        sheet.wrapped(
            Cell(
                f"  {tr('same status, judged on another figure: {targets}; targettrack status shows them', targets=_targets(newer))}"
            ),
            hang=2,
        )
    if len(others) > MOST_NAMED:
        sheet.wrapped(Cell(f"  {tr('as before:')} {_targets(others)}"), hang=2)
    elif others:
        sheet.wrapped(
            Cell(f"  {tr('as before:')} "), *joined([_short(change, sheet, named=named) for change in others]), hang=4
        )


def _targets(changes: Sequence[Change]) -> str:
    return tr_n(len(changes), "{count}\u00a0target", "{count}\u00a0targets")


def _short(change: Change, sheet: Sheet, *, named: bool) -> Cell:
    row = change.row
    text = f"{notation.by(row.promise)} {sign(row.status, sheet.look)} {why.word(row.status)}".replace(" ", NBSP)
    return Cell(say(f"{_name(row)} {text}" if named else text, sheet.look))


def _name(row: Row) -> str:
    """The indicator of a row, and the part of it that its target is about."""
    return f"{row.indicator_id}{notation.part(row.disaggregation)}"


def _change(change: Change, sheet: Sheet, *, named: bool) -> None:
    look, row = sheet.look, change.row
    unit = row.indicator.unit if row.indicator and is_percent(row.indicator.unit) else None
    promise = notation.promise(row.promise, row.bound, unit, row.direction)
    name = (Cell(say(_name(row), look), bold=True), Cell("  ")) if named else ()
    sheet.wrapped(
        Cell("  "), *name, Cell(say(f"{notation.by(row.promise).replace(' ', NBSP)}  {promise}", look)), hang=4
    )
    states = [
        (label, state, cells(state, look, "linear") if state and state.has_figure else None)
        for label, state in ((tr("before"), change.before), (tr("now"), change.after))
    ]
    size = max(Cell(label).width for label, _, _ in states) + 2
    for label, state, entry in states:
        wide = max(verdict(each.status, why.word(each.status), look).width for _, each, _ in states if each)
        sheet.wrapped(
            Cell(f"    {filled(label, size)}", "dim"),
            *_state(state, entry, [each for _, _, each in states if each], wide, sheet),
            hang=4 + size,
        )


def _state(row: Row | None, entry: Cells | None, beside: Sequence[Cells], wide: int, sheet: Sheet) -> Line:
    """A row's status, figure, gap and flags, in columns with those beside it."""
    if row is None:
        return (Cell(tr("not in force"), "dim"),)
    if entry is None:
        return (*verdict(row.status, why.word(row.status), sheet.look).padded(wide), Cell(f"  {tr('no figure')}"))
    strong = [Cell(f" {entry.strong}")] if entry.strong else []
    figure = max(Cell(_figure(each)).width for each in beside)
    gap = max(each.gap.width for each in beside)
    flags = joined(entry.flags)
    line = (
        *entry.status.padded(wide),
        Cell("  "),
        *Cell(_figure(entry), bold=True).padded(figure),
        Cell("  "),
        *entry.gap.padded(gap, right=True),
        *strong,
    )
    return (*line, Cell("  "), *flags) if width(flags) else line


def _figure(entry: Cells) -> str:
    if not entry.period:
        return entry.actual
    if re.fullmatch("[0-9]{4}", entry.period):
        return tr("{figure} in {year}", figure=entry.actual, year=entry.period)
    return tr("{figure} in {short}", figure=entry.actual, short=entry.period)
