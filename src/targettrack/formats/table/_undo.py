"""undo as a table: what was taken out, where it stood, and each target that it touches before and now."""

from __future__ import annotations

from targettrack.formats.table._add_actual import MOST_NAMED, changes
from targettrack.formats.table._sheet import Cell, Sheet, say
from targettrack.language import tr, tr_n
from targettrack.pages.undo import Undone
from targettrack.program.model import Actual
from targettrack.text import clean
from targettrack.wording import notation, why


def render(page: Undone, sheet: Sheet) -> None:
    """The whole answer."""
    count = len(page.cut.actuals)
    figures = tr_n(
        count, "{count}\u00a0figure in {program}", "{count}\u00a0figures in {program}", program=page.program.id
    )
    sheet.wrapped(Cell(tr("taken out"), bold=True), Cell(f"  {figures}"))
    for actual in page.cut.actuals[:MOST_NAMED]:
        sheet.wrapped(Cell(say(f"  {_figure(page, actual)}", sheet.look)), hang=4)
    if count > MOST_NAMED:
        sheet.wrapped(Cell(f"  {tr('and {count} more', count=count - MOST_NAMED)}"), hang=4)
    if page.cut.sources:
        sources = tr_n(
            len(page.cut.sources),
            "and {count} source that came with them: {names}",
            "and {count} sources that came with them: {names}",
            names=", ".join(page.cut.sources),
        )
        sheet.wrapped(Cell(f"  {sources}"), hang=4)
    place = f"{clean(page.program.file)}:{page.cut.first}"
    gone = tr_n(
        page.cut.last - page.cut.first + 1,
        "{place}, {count}\u00a0line cut off the end; the rest is as it was",
        "{place}, {count}\u00a0lines cut off the end; the rest is as it was",
        place=place,
    )
    sheet.wrapped(Cell(f"  {gone}"), hang=4)
    changes(page.changes, sheet)
    for doubt in page.cut.doubts:
        sheet.wrapped(Cell(f"{tr('not promised:')} ", "bad", bold=True), Cell(doubt + "."))


def _figure(page: Undone, actual: Actual) -> str:
    name = f"{actual.indicator}{notation.part(actual.disaggregation)}"
    figure = notation.actual(actual, page.program.indicators[actual.indicator].unit)
    said = tr("{figure} in {when}", figure=figure, when=notation.spelled(actual.period))
    return f"{name}: {said}, {why.traced(actual)}"
