"""add-actual as a table: what was recorded and where, each target that it touches before and now, and how to undo it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from targettrack import notation
from targettrack.formats.table._ink import Cell, Line, Sheet, say, sign, width
from targettrack.formats.table._status import Cells, cells, joined
from targettrack.receipt import Change, Receipt
from targettrack.recording import Found
from targettrack.report import Row
from targettrack.story import Told
from targettrack.wording import WORDS

MOST_NAMED = 12

_MANY = {"new": "new", "revision": "revised", "rival": "beside another publisher's figure that differs", "agrees": "agreeing with another record", "recorded_before": "recorded before"}
_ONE = {"revision": "revises", "rival": "differs from", "agrees": "agrees with", "recorded_before": "recorded before:"}


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
        sheet.wrapped(Cell(f"To undo: delete lines {page.appendix.first} to {last} of {notation.clean(page.plan.before.file)}."))
    for doubt in page.doubts:
        sheet.wrapped(Cell("not promised: ", "bad", bold=True), Cell(doubt + "."))


def _counted(count: int, word: str) -> str:
    return f"{count}{notation.NBSP}{word}{'' if count == 1 else 's'}"


def _one(page: Receipt, entry: Found, told: Told, sheet: Sheet) -> None:
    look, actual = sheet.look, entry.actual
    unit = page.plan.before.indicators[actual.indicator].unit
    head = "recorded" if page.appendix else "already recorded"
    pairs = f", {notation.pairs(actual.disaggregation)}" if actual.disaggregation else ""
    sheet.wrapped(Cell(head, "good", bold=True), Cell(f"  {page.plan.before.id}/{actual.indicator}{say(pairs, look)}"))
    about = [f"{notation.actual(actual, unit)} in {notation.long(actual.period)}", actual.quality, actual.source or "no source"]
    sheet.wrapped(Cell(say("  " + ", ".join(about), look)), hang=2)
    if entry.outcome in _ONE:
        named = entry.others[:1] if entry.outcome == "recorded_before" else entry.others
        others = notation.listing(f"{notation.actual(other, unit)} ({other.actual.source or 'no source'})" for other in named)
        sheet.wrapped(Cell(say(f"  {_ONE[entry.outcome]} {others}{_role(page, entry, told)}", look)), hang=2)
    elif told.role == "unknown":
        sheet.wrapped(Cell(say(f"  {_unknown(page, told)}", look)), hang=2)
    for name in page.plan.sources:
        sheet.wrapped(Cell(f"  with the new source {name}"), hang=2)


def _role(page: Receipt, entry: Found, told: Told) -> str:
    """Which of the figures of its period is used."""
    if told.role == "unknown":
        return f"; {_unknown(page, told)}"
    if entry.outcome == "recorded_before":
        return "" if len(entry.others) < 2 else f"; since then revised to {notation.figure(entry.others[1].actual)}: --revise records it again"
    if told.role == "leads":
        return "; this one is used" if entry.outcome in {"rival", "revision"} else ""
    return "; the other one is used" if told.role in {"disputes", "revised"} else ""


def _unknown(page: Receipt, told: Told) -> str:
    when = told.figure.published
    return f"not known yet on {page.on.isoformat()}{f': published {when}' if when else ''}"


def _many(page: Receipt, sheet: Sheet) -> None:
    added = len(page.plan.added)
    sheet.wrapped(Cell("recorded" if added else "already recorded", "good", bold=True), Cell(f"  {_counted(added or len(page.plan.found), 'figure')} in {page.plan.before.id}"))
    counts = Counter(entry.outcome for entry in page.plan.found)
    parts = [f"{count}{notation.NBSP}{_MANY[outcome]}" for outcome, count in counts.items()]
    sheet.wrapped(Cell(f"  {', '.join(parts)}"), hang=2)
    if page.plan.sources:
        sheet.wrapped(Cell(f"  with {_counted(len(page.plan.sources), 'new source')}: {', '.join(page.plan.sources)}"), hang=2)


def _changes(page: Receipt, sheet: Sheet) -> None:
    """Each target that is judged otherwise now, before and now; of many figures, each whose status is another one. Then the others."""
    many = len(page.plan.found) > 1
    shown = [change for change in page.changes if (change.flipped if many else change.moved)]
    others = [change for change in page.changes if change not in shown]
    named = len({change.row.indicator_id for change in page.changes}) > 1
    for change in shown:
        sheet.blank()
        _change(change, sheet, named=named)
    if others or not shown:
        sheet.blank()
    if not page.changes:
        sheet.wrapped(Cell("  no target asks for it: it is context", "dim"), hang=2)
    elif len(others) > MOST_NAMED:
        sheet.wrapped(Cell(f"  same status: {_counted(len(others), 'target')}"), hang=2)
    elif others:
        sheet.wrapped(Cell("  same status: " if many else "  as before: "), *joined([_short(change, sheet, named=named) for change in others]), hang=4)


def _short(change: Change, sheet: Sheet, *, named: bool) -> Cell:
    row = change.row
    text = f"{row.indicator_id} {_due(row)} {sign(row.status, sheet.look)} {WORDS[row.status]}" if named else f"{_due(row)} {sign(row.status, sheet.look)} {WORDS[row.status]}"
    return Cell(say(text.replace(" ", notation.NBSP), sheet.look))


def _due(row: Row) -> str:
    return f"by {notation.deadline(row.promise)}" if row.due else notation.deadline(row.promise)


def _change(change: Change, sheet: Sheet, *, named: bool) -> None:
    look, row = sheet.look, change.row
    unit = row.indicator.unit if row.indicator and notation.is_percent(row.indicator.unit) else None
    promise = notation.promise(row.promise, row.bound, unit, row.indicator.direction if row.indicator else None)
    name = (Cell(f"{row.indicator_id}", bold=True), Cell("  ")) if named else ()
    sheet.wrapped(Cell("  "), *name, Cell(say(f"{_due(row).replace(' ', notation.NBSP)}  {promise}", look)), hang=4)
    before, now = (cells(state, look, "linear") if state else None for state in (change.before, change.after))
    for word, entry in (("before", before), ("now", now)):
        sheet.wrapped(Cell(f"    {word:8}", "dim"), *_state(entry, [each for each in (before, now) if each]), hang=12)


def _state(entry: Cells | None, beside: Sequence[Cells]) -> Line:
    """A row's status, figure, gap and flags, in columns with those beside it."""
    if entry is None:
        return (Cell("not in force", "dim"),)
    strong = [Cell(f" {entry.strong}")] if entry.strong else []
    columns = [(entry.status, max(each.status.width for each in beside)), (Cell(_figure(entry), bold=True), max(Cell(_figure(each)).width for each in beside)), (entry.gap, max(each.gap.width for each in beside))]
    found: list[Cell] = []
    for place, (cell, wide) in enumerate(columns):
        found += [*([Cell("  ")] if place else []), *cell.padded(wide, right=place == 2)]
    flags = joined(entry.flags)
    return (*found, *strong, *((Cell("  "), *flags) if flags and width(flags) else ()))


def _figure(entry: Cells) -> str:
    return f"{entry.actual} {entry.period}".strip() if entry.row.figure is not None else "no figure"
