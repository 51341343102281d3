"""methods as a text: a block a method."""

from __future__ import annotations

from targettrack.explanation import Methods
from targettrack.formats.table._ink import Cell, Sheet


def render(page: Methods, sheet: Sheet) -> None:
    """Each method's question, what it needs, its labels with their cut points, and its source."""
    for place, rule in enumerate(page.rules):
        if place:
            sheet.blank()
        sheet.line(Cell(rule.name, bold=True))
        cuts = dict(rule.cuts)
        labels = ", ".join(f"{label.replace('_', ' ')}{f' ({cuts[label]})' if label in cuts else ''}" for label in rule.labels)
        wide = max([8, *(len(name) + 2 for name, _ in rule.notes)])
        for about, text in (("asks", rule.question), ("needs", rule.needs), ("labels", labels), *rule.notes, ("from", rule.source)):
            sheet.wrapped(Cell("  "), *Cell(about, "dim").padded(wide), Cell(text), hang=wide + 2)
