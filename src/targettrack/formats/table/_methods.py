"""methods as a text: a block a method."""

from __future__ import annotations

from targettrack.formats.table._sheet import Cell, Sheet
from targettrack.language import tr
from targettrack.pages.methods import Methods


def render(page: Methods, sheet: Sheet) -> None:
    """Each method's question, what it needs, its labels with their cut points, and its source."""
    for place, rule in enumerate(page.rules):
        if place:
            sheet.blank()
        sheet.line(Cell(rule.name, bold=True))
        cuts = dict(rule.cuts)
        labels = ", ".join(
            f"{rule.word(label)} ({cuts[label]})" if label in cuts else rule.word(label) for label in rule.labels
        )
        said = [
            (tr("asks"), tr(rule.question)),
            (tr("needs"), tr(rule.needs)),
            (tr("labels"), labels),
            *rule.remarks,
            (tr("from"), tr(rule.source)),
        ]
        wide = max(8, *(len(about) + 2 for about, _ in said))
        for about, text in said:
            sheet.wrapped(Cell("  "), *Cell(about, "dim").padded(wide), Cell(text), hang=wide + 2)
