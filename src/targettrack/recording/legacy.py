"""Legacy: texts that were typed for the old fonts of Vietnamese, as letters that anything can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from targettrack.recording.inputs import _legacy, _vietnamese
from targettrack.recording.table import Book, Sheet, Value, Wishes


def modern(book: Book, wishes: Wishes, file: str) -> Book:
    """A workbook whose texts are letters, whatever font they were typed for; a text file has been converted as it was decoded.

    Raises:
        TargettrackError: some of the texts seem to be typed for an old font and others not (exit 4).

    """
    if wishes.encoding is not None and wishes.encoding.casefold() not in _legacy.FONTS:
        return book
    texts = {
        cell
        for sheet in book.sheets
        for row in sheet.rows
        for cell in row
        if isinstance(cell, str) and not cell.isascii()
    }
    font = _legacy.legacy(texts, file, wishes.encoding) if texts else None
    if font is None:
        return book
    sheets = tuple(
        replace(sheet, name=_vietnamese.converted(sheet.name, font), rows=_converted(sheet, font))
        for sheet in book.sheets
    )
    return replace(book, sheets=sheets, said=(*book.said, _legacy.said(font)))


def _converted(sheet: Sheet, font: _legacy.Font) -> Sequence[Sequence[Value]]:
    return [
        [_vietnamese.converted(cell, font) if isinstance(cell, str) and not cell.isascii() else cell for cell in row]
        for row in sheet.rows
    ]
