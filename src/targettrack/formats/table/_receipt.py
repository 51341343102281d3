"""add-actual as a table: what was recorded and where, each target that it touches before and now, and how to undo it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from targettrack import notation, wording
from targettrack.formats.table._ink import Cell, Line, Sheet, say, sign, verdict, width
from targettrack.formats.table._status import Cells, cells, joined
from targettrack.receipt import Change, Receipt, relation
from targettrack.recording import Found
from targettrack.report import Row
from targettrack.story import Told

MOST_NAMED, MOST_SHOWN = 12, 30

_MANY = {"new": "new", "revision": "revised", "rival": "beside another publisher's figure that differs", "agrees": "agreeing with another record", "recorded_before": "recorded before"}


def render(page: Receipt, sheet: Sheet) -> None:
    """The whole receipt."""
    if len(page.plan.found) == 1:
        _one(page, *next(page.noted), sheet)
    else:
        _many(page, sheet)
    if page.appendix:
        count = page.appendix.last - page.appendix.first + 1
        place = f"{notation.clean(page.plan.before.file)}:{page.appendix.first}"
        sheet.wrapped(Cell(f"  {place}, {_counted(count, 'line')} added at the end"), hang=2)
        _changes(page, sheet)
        sheet.blank()
        last = page.appendix.last
        mark = page.appendix.text.rstrip().rpartition("# ")[2]
        what = f"the block marked {mark}" if len(page.plan.added) == 1 and not page.plan.sources else f"up to the block marked {mark}"
        sheet.wrapped(Cell(f"To undo: delete lines {page.appendix.first} to {last} of {notation.clean(page.plan.before.file)} ({what}), before the file changes."))
    for doubt in page.doubts:
        sheet.wrapped(Cell("not promised: ", "bad", bold=True), Cell(doubt + "."))


def _counted(count: int, word: str) -> str:
    return f"{count}{notation.NBSP}{word}{'' if count == 1 else 's'}"


def _one(page: Receipt, entry: Found, told: Told, sheet: Sheet) -> None:
    look, actual = sheet.look, entry.actual
    unit = page.plan.before.indicators[actual.indicator].unit
    head = "recorded" if page.appendix else "already recorded"
    pairs = notation.part(actual.disaggregation)
    sheet.wrapped(Cell(head, "good", bold=True), Cell(f"  {page.plan.before.id}/{actual.indicator}{say(pairs, look)}"))
    recorded = told.figure.actual
    about = [f"{notation.actual(recorded, unit)} in {notation.long(recorded.period)}", recorded.quality, recorded.source or "no source"]
    sheet.wrapped(Cell(say("  " + ", ".join(about), look)), hang=2)
    if said := relation(page, entry, told):
        sheet.wrapped(Cell(say(f"  {said}", look)), hang=2)
    if entry.outcome == "recorded_before" and told.line:
        sheet.wrapped(Cell(f"  {notation.clean(page.plan.before.file)}:{told.line}"), hang=2)
    for name in page.plan.sources:
        sheet.wrapped(Cell(f"  with the new source {name}"), hang=2)


def _many(page: Receipt, sheet: Sheet) -> None:
    added = len(page.plan.added)
    sheet.wrapped(Cell("recorded" if added else "already recorded", "good", bold=True), Cell(f"  {_counted(added or len(page.plan.found), 'figure')} in {page.plan.before.id}"))
    counts = Counter(entry.outcome for entry in page.plan.found)
    unused: Counter[str] = Counter(entry.outcome for entry, told in page.noted if entry.outcome in {"rival", "revision"} and told.role != "leads") if counts.keys() & {"rival", "revision"} else Counter()
    parts = [f"{count}{notation.NBSP}{_MANY[outcome]}{f' ({unused[outcome]} not used)' if unused[outcome] else ''}" for outcome, count in counts.items()]
    sheet.wrapped(Cell(f"  {', '.join(parts)}"), hang=2)
    if page.plan.sources:
        sheet.wrapped(Cell(f"  with {_counted(len(page.plan.sources), 'new source')}: {', '.join(page.plan.sources)}"), hang=2)


def _changes(page: Receipt, sheet: Sheet) -> None:
    """Each target that is judged otherwise now, before and now (of very many: each whose status is another one). Then the others."""
    moved = [change for change in page.changes if change.moved]
    shown = moved if len(moved) <= MOST_SHOWN else [change for change in moved if change.flipped]
    newer = [change for change in moved if change not in shown]
    others = [change for change in page.changes if not change.moved]
    named = len({_name(change.row) for change in page.changes}) > 1
    for change in shown:
        sheet.blank()
        _change(change, sheet, named=named)
    if newer or others or not shown:
        sheet.blank()
    if not page.changes:
        sheet.wrapped(Cell("  no target asks for it: it is context", "dim"), hang=2)
    if newer:
        sheet.wrapped(Cell(f"  same status, judged on another figure: {_counted(len(newer), 'target')}; targettrack status shows them"), hang=2)
    if len(others) > MOST_NAMED:
        sheet.wrapped(Cell(f"  as before: {_counted(len(others), 'target')}"), hang=2)
    elif others:
        sheet.wrapped(Cell("  as before: "), *joined([_short(change, sheet, named=named) for change in others]), hang=4)


def _short(change: Change, sheet: Sheet, *, named: bool) -> Cell:
    row = change.row
    text = f"{_due(row)} {sign(row.status, sheet.look)} {wording.word(row.status)}".replace(" ", notation.NBSP)
    return Cell(say(f"{_name(row)} {text}" if named else text, sheet.look))


def _name(row: Row) -> str:
    """The indicator of a row, and the part of it that its target is about."""
    return f"{row.indicator_id}{notation.part(row.target.disaggregation) if row.target else ''}"


def _due(row: Row) -> str:
    return f"by {notation.deadline(row.promise)}" if row.due else notation.deadline(row.promise)


def _change(change: Change, sheet: Sheet, *, named: bool) -> None:
    look, row = sheet.look, change.row
    unit = row.indicator.unit if row.indicator and notation.is_percent(row.indicator.unit) else None
    promise = notation.promise(row.promise, row.bound, unit, row.direction)
    name = (Cell(say(_name(row), look), bold=True), Cell("  ")) if named else ()
    sheet.wrapped(Cell("  "), *name, Cell(say(f"{_due(row).replace(' ', notation.NBSP)}  {promise}", look)), hang=4)
    states = [(word, state, cells(state, look, "linear") if state and state.figure is not None else None) for word, state in (("before", change.before), ("now", change.after))]
    for word, state, entry in states:
        wide = max(verdict(each.status, wording.word(each.status), look).width for _, each, _ in states if each)
        sheet.wrapped(Cell(f"    {word:8}", "dim"), *_state(state, entry, [each for _, _, each in states if each], wide, sheet), hang=12)


def _state(row: Row | None, entry: Cells | None, beside: Sequence[Cells], wide: int, sheet: Sheet) -> Line:
    """A row's status, figure, gap and flags, in columns with those beside it."""
    if row is None:
        return (Cell("not in force", "dim"),)
    if entry is None:
        return (*verdict(row.status, wording.word(row.status), sheet.look).padded(wide), Cell("  no figure"))
    strong = [Cell(f" {entry.strong}")] if entry.strong else []
    figure = max(Cell(_figure(each)).width for each in beside)
    gap = max(each.gap.width for each in beside)
    flags = joined(entry.flags)
    line = (*entry.status.padded(wide), Cell("  "), *Cell(_figure(entry), bold=True).padded(figure), Cell("  "), *entry.gap.padded(gap, right=True), *strong)
    return (*line, Cell("  "), *flags) if width(flags) else line


def _figure(entry: Cells) -> str:
    return f"{entry.actual} in {entry.period}" if entry.period else entry.actual
