"""Columns: a page's records in the columns that were asked for: a line each, or where the terminal is too narrow for them a block each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from targettrack import spreadsheet
from targettrack.assessment.status import STATUSES
from targettrack.formats._records import flat
from targettrack.formats.table._sheet import Cell, Sheet, say
from targettrack.language import tr
from targettrack.wording import notation, why

if TYPE_CHECKING:
    from targettrack.pages._page import Listed

_BETWEEN = 2


def render(page: Listed, sheet: Sheet) -> None:
    """Draw the records; no figure is cut, whatever the width."""
    names = sheet.look.cut.columns or ()
    records = (dict(flat(record)) for record in page.records())
    rows = [[_limited(name, record, sheet) for name in names] for record in records]
    numbers = [all(row[place][1] for row in rows) for place in range(len(names))]
    texts = [[cell for cell, _ in row] for row in rows]
    widths = [max([len(name), *(row[place].width for row in texts)]) for place, name in enumerate(names)]
    if sheet.limit is None or sum(widths) + _BETWEEN * (len(names) - 1) <= sheet.limit:
        for row in ([Cell(name, "dim") for name in names], *texts):
            sheet.line(*_aligned(row, widths, numbers))
    else:
        _blocks(names, texts, sheet)


def _limited(name: str, record: Mapping[str, object], sheet: Sheet) -> tuple[Cell, bool]:
    """What a record has in a column; of a gap whose figure is an open end, on which side the true one lies."""
    cell, number = _cell(name, record.get(name), sheet)
    approx = record.get("gap_approx") if name in _GAPS and cell.text else None
    return (Cell(notation.limit(str(approx)) + cell.text), number) if approx else (cell, number)


_GAPS = {"gap", "gap_strong"}


def _cell(name: str, value: object, sheet: Sheet) -> tuple[Cell, bool]:
    """What stands in a column, and whether it may stand in one of numbers."""
    if value is None:
        return Cell(""), True
    if isinstance(value, bool):
        return Cell(say(notation.answer(yes=value), sheet.look)), False
    if isinstance(value, (Decimal, int)):
        return Cell(notation.digits(Decimal(value))), True
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, Decimal) for each in value):
        return Cell(say(notation.stretch(*value), sheet.look)), True
    status = next((each for each in STATUSES if each == value), None) if name in _STATUSES else None
    return Cell(say(why.word(status) if status else spreadsheet.line(value), sheet.look)), False


_STATUSES = {"status", "other_status", "known_today"}


def _aligned(row: Sequence[Cell], widths: Sequence[int], numbers: Sequence[bool]) -> list[Cell]:
    """Cells in their columns: numbers end together, texts begin together."""
    line: list[Cell] = []
    for place, (cell, wide, right) in enumerate(zip(row, widths, numbers, strict=True)):
        room = Cell(" " * (wide - cell.width))
        line += [Cell(" " * _BETWEEN if place else ""), *((room, cell) if right else (cell, room))]
    return line


def _blocks(names: Sequence[str], rows: Sequence[Sequence[Cell]], sheet: Sheet) -> None:
    """Each record as lines of a name and what stands there."""
    for place, row in enumerate(rows):
        if place:
            sheet.blank()
        for name, cell in zip(names, row, strict=True):
            sheet.wrapped(Cell(f"{name}:", "dim"), Cell(" "), cell, hang=_BETWEEN)
    if not rows:
        sheet.wrapped(Cell(tr("none"), "dim"))
