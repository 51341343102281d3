"""import as a table: the receipt of what was recorded, and how many cells each file gave."""

from __future__ import annotations

from targettrack.formats.table import _add_actual
from targettrack.formats.table._sheet import Cell, Sheet
from targettrack.language import tr_n
from targettrack.pages.import_ import Imported
from targettrack.text import clean


def render(page: Imported, sheet: Sheet) -> None:
    """The files, then the receipt."""
    for given in page.files:
        taken = tr_n(len(given.taken.rows), "{count}\u00a0figure", "{count}\u00a0figures")
        left = (
            ", " + tr_n(len(given.taken.left), "{count}\u00a0cell not taken", "{count}\u00a0cells not taken")
            if given.taken.left
            else ""
        )
        sheet.wrapped(Cell(f"{clean(given.file.path)}  "), Cell(f"{given.kind}, {taken}{left}", "dim"), hang=2)
    sheet.blank()
    _add_actual.render(page.receipt, sheet)
