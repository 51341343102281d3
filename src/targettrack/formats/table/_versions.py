"""The versions of each promise that was revised: when, by which document, and what it asked for."""

from __future__ import annotations

from targettrack import changed, notation, revision
from targettrack.formats.table._ink import Cell, Sheet, say
from targettrack.language import tr
from targettrack.promises import InForce, Version
from targettrack.story import Chapter, StoryPage


def render(page: StoryPage, chapter: Chapter, sheet: Sheet) -> None:
    """A paragraph a version, under the deadline of its promise; nothing where no promise was revised."""
    if not chapter.revised:
        return
    sheet.blank()
    sheet.line(Cell(tr("how the promises were revised"), bold=True))
    for promise in sorted(chapter.revised, key=lambda each: each.version.promise.due.last.toordinal() if each.version.promise.due else 10**9):
        _promise(page, chapter, promise, sheet)


def _promise(page: StoryPage, chapter: Chapter, promise: InForce, sheet: Sheet) -> None:
    look, before = sheet.look, None
    for version in promise.in_order:
        made = version.promise
        unit, direction = chapter.indicator.unit, chapter.indicator.direction
        text = notation.promise(made, version.bound, unit, direction)
        due = tr("by {deadline}", deadline=notation.deadline(made)) if made.due else notation.deadline(made)
        done = _done(chapter, before, version, late=version in promise.after_due)
        head = (Cell("  "), Cell(say(due, look)), Cell("  "), Cell(say(text, look), bold=version is promise.version), Cell("  "))
        sheet.wrapped(*head, Cell(say(done, look)), Cell("  "), Cell(say(revision.document(page.program, version), look), "dim"), hang=4)
        before = version
    if promise.version.promise.withdrawn_by(page.on):
        sheet.wrapped(Cell("    "), Cell(say(tr("withdrawn {day}", day=promise.version.promise.withdrawn), look), "doubt"), hang=4)


def _done(chapter: Chapter, before: Version | None, version: Version, *, late: bool) -> str:
    """What a version did to the one before it."""
    if before is None:
        return tr("first proposed") if version.promise.standing == "proposed" else tr("first made")
    kinds = changed.kinds_of(before, version, chapter.indicator.direction)
    text = changed.done(kinds, chapter.indicator.direction)
    return tr("{change}, after its deadline: judged as it stood", change=text) if late else text
