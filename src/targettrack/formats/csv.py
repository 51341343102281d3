"""csv: one record a line for spreadsheets: targets, programs, or actuals. Text cells cannot become formulas."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

from targettrack.formats._look import Look
from targettrack.formats._records import brief, columns, fields, flat, shows
from targettrack.spreadsheet import cell

if TYPE_CHECKING:
    from targettrack.pages._page import Listed

__all__ = ["BOM_IN_FILES", "DELIMITED", "ENDINGS", "TRANSLATED", "brief", "columns", "flat", "render", "shows"]

ENDINGS = (".csv",)
TRANSLATED = False
BOM_IN_FILES = True
DELIMITED = True


def render(page: Listed, out: TextIO, look: Look) -> None:
    """Write a header line and the page's records, in the columns and with the signs that are asked for."""
    cut = look.cut
    writer = csv.writer(out, delimiter=cut.delimiter, lineterminator="\n")
    names = cut.columns or fields(page.record())
    writer.writerow(names)
    records = (dict(flat(record)) for record in page.records())
    writer.writerows(
        [cell(record.get(name), exact=page.EXACT, mark=cut.decimal) for name in names] for record in records
    )
