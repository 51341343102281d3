"""The versions of each promise that was revised: when, by which document, and what it asked for."""

from __future__ import annotations

from targettrack.assessment.promises import InForce
from targettrack.formats.table._sheet import Cell, Sheet, say
from targettrack.language import tr
from targettrack.pages.show import Chapter, StoryPage
from targettrack.wording import versions


def render(page: StoryPage, chapter: Chapter, sheet: Sheet) -> None:
    """A paragraph a version, under the deadline of its promise; nothing where no promise was revised."""
    if not chapter.revised:
        return
    sheet.blank()
    sheet.line(Cell(tr("how the promises were revised"), bold=True))
    for promise in chapter.revised:
        _promise(page, chapter, promise, sheet)


def _promise(page: StoryPage, chapter: Chapter, promise: InForce, sheet: Sheet) -> None:
    look = sheet.look
    for step in versions.steps(page.program, chapter.indicator, promise):
        head = (
            Cell("  "),
            Cell(say(step.due, look)),
            Cell("  "),
            Cell(say(step.asked, look), bold=step.in_force),
            Cell("  "),
        )
        sheet.wrapped(*head, Cell(say(step.done, look)), Cell("  "), Cell(say(step.document, look), "dim"), hang=4)
    if promise.version.promise.withdrawn_by(page.on):
        sheet.wrapped(
            Cell("    "), Cell(say(tr("withdrawn {day}", day=promise.version.promise.withdrawn), look), "doubt"), hang=4
        )
