"""Captions: the texts around the figures of a sheet, and the rows of units among them: where they stand, and which units they say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from targettrack.recording import units, vocabulary
from targettrack.recording.header import is_figure, shown
from targettrack.recording.table import Sheet
from targettrack.recording.units import Unit


def above(sheet: Sheet, top: int) -> tuple[int, ...]:
    """The rows of texts right above a row, the first of a header: up to the figures of another table."""
    return tuple(reversed(list(_texts_alone(sheet, range(top - 1, -1, -1)))))


def below(sheet: Sheet, end: int) -> tuple[int, ...]:
    """The rows of texts behind the last row of a table: down to the figures of another one."""
    return tuple(_texts_alone(sheet, range(end + 1, len(sheet.rows))))


def _texts_alone(sheet: Sheet, rows: Iterable[int]) -> Iterator[int]:
    for row in rows:
        if sum(map(is_figure, sheet.rows[row])) > 1:
            return
        yield row


def texts_of(sheet: Sheet, rows: Iterable[int]) -> Iterator[str]:
    """The texts of some rows, as they are shown."""
    return (text for row in rows for cell in sheet.rows[row] if isinstance(cell, str) and (text := shown(cell)))


def units_of(sheet: Sheet, rows: Iterable[int], known: Collection[str]) -> tuple[Unit, ...]:
    """The units that the name of a sheet and the texts of some rows say; what stands alone behind ``Đơn vị tính:``, or in the cell behind it, is one whatever it is."""
    found: dict[Unit, None] = dict.fromkeys(units.said(sheet.name, known))
    asked = False
    for text in texts_of(sheet, rows):
        said = _next_to_word(text) if asked else units.said(text, known)
        found |= dict.fromkeys(said)
        asked = not said and units.STATED.search(text) is not None and not asked
        asked = asked or (not said and vocabulary.role_of(text) == "unit")
    return tuple(found)


def _next_to_word(text: str) -> tuple[Unit, ...]:
    """The unit in the cell behind the word for it."""
    return units.said(f"Unit: {text}") if any(map(str.isalpha, text)) or units.unit(text) else ()


def by_column(sheet: Sheet, row: int, columns: Sequence[int], known: Collection[str]) -> dict[int, Unit]:
    """The units that a row of units says of some columns, in their order; an empty cell has that to its left, the first ones that to their right: a text reaches over what it is centred above."""
    cells = [_in_cell(sheet, row, column, known) for column in columns]
    found: dict[int, Unit] = {}
    before = next(filter(None, cells), None)
    for column, each in zip(columns, cells, strict=True):
        if each is not None or shown(sheet.value(row, column)) == "":
            before = each or before
            found |= {column: before} if before is not None else {}
    return found


def _in_cell(sheet: Sheet, row: int, column: int, known: Collection[str]) -> Unit | None:
    """The unit that a cell of a row of units says; a word that nobody knows where the row has the word for a unit."""
    text = shown(sheet.value(row, column))
    found = units.whole(text, known)
    word = text.strip("()[] ")
    if found is None and word and word not in vocabulary.MISSING and _says_unit(sheet, row):
        return Unit(word, word.casefold(), known=False)
    return found


def over_columns(sheet: Sheet, row: int, columns: Sequence[int], known: Collection[str]) -> bool:
    """Whether a row above a header has units above several columns of figures."""
    return sum(units.whole(shown(sheet.value(row, column)), known) is not None for column in columns) > 1


def rows_of_units(sheet: Sheet, rows: Iterable[int], columns: Sequence[int], known: Collection[str]) -> Iterator[int]:
    """The rows before the first figures that have units where figures stand, and nothing else there unless they have the word for a unit."""
    for row in rows:
        cells = [cell for column in columns if (cell := sheet.value(row, column)) != ""]
        if any(map(is_figure, cells)):
            return
        texts = [shown(cell) for cell in cells]
        if texts and (_says_unit(sheet, row) or any(units.whole(text, known) for text in texts)):
            yield row


def _says_unit(sheet: Sheet, row: int) -> bool:
    """Whether a row has the word for a unit."""
    return any(
        vocabulary.role_of(shown(cell).rstrip(":")) == "unit" for cell in sheet.rows[row] if isinstance(cell, str)
    )
