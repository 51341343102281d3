"""changes as a table: program by program, the statuses that flipped and why, then what changed and who did it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from targettrack.formats._signs import HUES
from targettrack.formats.table._sheet import Cell, Line, Sheet, say, verdict
from targettrack.language import tr, tr_n
from targettrack.pages.changes import STATES, Compared, Comparison
from targettrack.program.model import Direction
from targettrack.revisions.changes import Change, pairs_of, source_of
from targettrack.revisions.flips import Flip
from targettrack.text import NBSP, clean
from targettrack.wording import changes as wording
from targettrack.wording import notation, why

NARROWEST_LINES = 70


def render(page: Comparison, sheet: Sheet) -> None:
    """The page: both sides, the programs that changed, what could not be seen."""
    look = sheet.look
    sheet.wrapped(
        Cell(tr("since"), bold=True),
        Cell(" "),
        Cell(say(wording.side(clean(page.since.name), page.since.commit, page.since.on), look)),
    )
    sheet.wrapped(
        Cell(tr("until"), bold=True),
        Cell(" "),
        Cell(say(wording.side(clean(page.until.name), page.until.commit, page.until.on), look)),
    )
    for entry in page.programs:
        sheet.blank()
        _program(entry, sheet)
    sheet.blank()
    count = len(page.programs)
    sheet.wrapped(
        Cell(
            tr_n(
                page.of, "{changed} of {count} program changed", "{changed} of {count} programs changed", changed=count
            )
        )
    )
    for text in page.limits:
        sheet.wrapped(Cell(say(clean(text), look), "doubt"))
    for unreadable in page.unreadable:
        sheet.wrapped(Cell(tr("cannot be read: "), "bad", bold=True), Cell(say(clean(unreadable.file), look)))


def _program(entry: Compared, sheet: Sheet) -> None:
    look, program = sheet.look, entry.program
    moved = [Cell(say(tr("  renamed from {file}", file=clean(entry.old_file)), look), "dim")] if entry.old_file else []
    sheet.wrapped(Cell(say(clean(program.header.name), look), bold=True), Cell("  "), Cell(program.id, "dim"), *moved)
    if entry.state != "kept":
        sheet.wrapped(Cell("  "), Cell(tr(STATES[entry.state])), *_credits(entry.whole, sheet), hang=4)
    named = {change.indicator for change in entry.changes} | {flip.after.indicator_id for flip in entry.flips}
    for name in (
        *program.indicators,
        *(
            name
            for name in dict.fromkeys(change.indicator for change in entry.changes)
            if name and name not in program.indicators
        ),
    ):
        if name in named:
            _indicator(entry, name, sheet)
    words = [change for change in entry.changes if change.indicator is None]
    rules = [change for change in words if change.kinds == ("ruled-otherwise",)]
    for title, changes in (
        (tr("the whole program"), rules),
        (tr("in words only"), [change for change in words if change not in rules]),
    ):
        if changes:
            sheet.blank()
            sheet.line(Cell(title, bold=True))
            _listed(entry, changes, sheet, None, None)


def _indicator(entry: Compared, name: str, sheet: Sheet) -> None:
    look, indicator = sheet.look, entry.program.indicators.get(name)
    sheet.blank()
    sheet.wrapped(
        Cell(name, bold=True),
        Cell("  "),
        Cell(say(clean(indicator.name), look) if indicator else tr("is not there any more")),
        hang=len(name) + 2 if _wide(sheet) else 4,
    )
    for flip in entry.flips:
        if flip.after.indicator_id == name:
            _flip(flip, sheet)
    changes = [change for change in entry.changes if change.indicator == name]
    _listed(entry, changes, sheet, indicator.unit if indicator else None, indicator.direction if indicator else None)


def _flip(flip: Flip, sheet: Sheet) -> None:
    """Both statuses, the deadline, why it flipped, and what the status now rests on."""
    look, before, after = sheet.look, flip.before, flip.after
    part = notation.pairs(after.disaggregation)
    arrow = "->" if look.ascii else "→"
    due = say(notation.by(after.promise), look)
    head = (
        Cell("  "),
        verdict(before.status, why.word(before.status), look),
        Cell(f" {arrow} "),
        verdict(after.status, why.word(after.status), look),
        Cell(f"  {due}"),
    )
    sheet.wrapped(
        *head,
        *([Cell(say(f"  {part}", look), "dim")] if part else []),
        Cell("  "),
        Cell(_arrows(wording.because(flip), sheet), HUES[after.status] if HUES[after.status] != "dim" else "plain"),
        hang=4,
    )
    sheet.wrapped(Cell("    "), Cell(say(why.why(after), look)), hang=4)


def _arrows(text: str, sheet: Sheet) -> str:
    return say(text.replace("→", "->") if sheet.look.ascii else text, sheet.look)


def _listed(
    entry: Compared, changes: Sequence[Change], sheet: Sheet, unit: str | None, direction: Direction | None
) -> None:
    """A line a change, what is alike under one another; who did it behind, or below."""
    look = sheet.look
    labels = [say(wording.label(change, direction), look) for change in changes]
    whens = [say(wording.when(change), look) for change in changes]
    wide = _wide(sheet)
    label, when = (max((Cell(text).width for text in texts), default=0) if wide else 0 for texts in (labels, whens))
    for change, name, period in zip(changes, labels, whens, strict=True):
        head = (
            Cell("  "),
            *Cell(name).padded(max(label, Cell(name).width)),
            *((Cell("  "), *Cell(period).padded(max(when, Cell(period).width))) if when or period else ()),
            Cell("  "),
        )
        hang = 2 + label + 2 + (when + 2 if when else 0) if wide else 4
        sheet.wrapped(*head, *_told(change, sheet, unit, direction), *_credits(entry.by([change]), sheet), hang=hang)


def _wide(sheet: Sheet) -> bool:
    """Whether what is alike has room under one another."""
    return sheet.look.width is None or sheet.look.cells >= NARROWEST_LINES


def _told(change: Change, sheet: Sheet, unit: str | None, direction: Direction | None) -> Iterator[Cell]:
    """What it was and is, of what part, from which source, and what the reader must know."""
    part = notation.pairs(pairs_of(change))
    yield Cell(_arrows(wording.transition(change, unit, direction), sheet), bold=True)
    about = [part, source_of(change.thing) or "", *wording.remarks(change)]
    if text := ", ".join(filter(None, about)):
        yield Cell(say(f"  {text}", sheet.look), "dim")
    if change.silent:
        yield Cell(say(tr("  silently: the older text is not in the file any more"), sheet.look), "doubt")


def _credits(commits: Sequence[object], sheet: Sheet) -> Line:
    """Who did it, each name whole where there is room for it."""
    room = sheet.limit - 4 if sheet.limit is not None else None
    found = [text for text, _ in groupby(wording.credits(commits))]  # type: ignore[arg-type]
    texts = [
        text.replace(" ", NBSP) if room is None or Cell(say(text, sheet.look)).width + len(";") <= room else text
        for text in found
    ]
    return (Cell(say(f"  {'; '.join(texts)}", sheet.look), "dim"),) if texts else ()
