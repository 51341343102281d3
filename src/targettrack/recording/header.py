"""Header: which rows of a sheet name its columns, the words above each column, and what a cell is at first sight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from targettrack.period import Year
from targettrack.program.names import fold
from targettrack.recording import amounts, stretches, units, vocabulary
from targettrack.recording.mapping import TableMap
from targettrack.recording.stacked import Stack
from targettrack.recording.stretches import Heading, UnclearPeriod
from targettrack.recording.table import Broken, Dated, Percent, Sheet, Value
from targettrack.regex import regex

_FAR = 40
"""A header is looked for in so many rows."""


def shown(value: Value) -> str:
    """A cell as the words of a header: on one line, as it is shown."""
    match value:
        case str():
            return " ".join(value.split())
        case Percent():
            return f"{value.number}%"
        case Dated():
            return {"year": f"{value.day:%Y}", "month": f"{value.day:%Y-%m}"}.get(value.shows, value.day.isoformat())
        case Broken():
            return value.text
        case bool():
            return "true" if value else "false"
        case _:
            return format(value, "f")


def header_rows(sheet: Sheet, map: TableMap, year: Year) -> tuple[int, ...] | None:
    """The rows of the header, from 0."""
    if map.header:
        return tuple(row - 1 for row in map.header if 0 < row <= len(sheet.rows))
    names = [name for name in map.columns if not _LETTERS.fullmatch(name)]
    plain = [name for name in names if "*" not in name]
    named, needed = (
        {*(fold(name) for name in plain), *(name for name in names if "*" in name)},
        min(2, max(1, len(plain))),
    )
    stack = Stack(sheet, is_figure, lambda cell: names_period(cell, year))
    for row in range(min(_FAR, len(sheet.rows))):
        if _is_header(sheet, row, named, needed, year):
            return stack.grown(_with_rows_below(sheet, row, year))
        if _names_columns(sheet, row):
            return stack.grown(_with_rows_below(sheet, _sooner(sheet, row, year), year))
    return stack.rows() or None


def _sooner(sheet: Sheet, row: int, year: Year) -> int:
    """The row below one that may be a title, that is surely a header: it has words for columns beside its periods; else that row itself."""
    below = range(row + 1, min(row + 1 + _TITLES, len(sheet.rows)))
    return next((each for each in below if _is_header(sheet, each, set(), 1, year) and _has_role(sheet, each)), row)


_TITLES = 5


def _has_role(sheet: Sheet, row: int) -> bool:
    return any(vocabulary.role_of(shown(cell)) for cell in sheet.rows[row] if isinstance(cell, str))


_LETTERS = regex(r"column [A-Z]{1,3}")
"""What a mapping calls a column that has no header."""


def _is_header(sheet: Sheet, row: int, named: set[str], needed: int, year: Year) -> bool:
    """Whether a row is the first of a header: it names two things, one of them a period or a figure, or what the mapping names."""
    texts = [shown(value) for value in sheet.rows[row]]
    said = [text for text in texts if text]
    if named and sum(fold(text) in named or ("*" in text and text in named) for text in said) >= needed:
        return True
    roles = [role for text in said if (role := vocabulary.role_of(text))]
    periods = _periods(sheet.rows[row], year)
    if not roles and any(is_figure(cell) and not is_period(cell, year) for cell in sheet.rows[row]):
        return False
    return len(set(roles)) + periods >= 2 and len(said) >= 2 and (bool(roles) or periods >= 2)


def _names_columns(sheet: Sheet, row: int) -> bool:
    """Whether a row has a text of its own above nearly every column that has something below, and figures stand there."""
    cells = sheet.rows[row]
    texts = [shown(cell) for cell in cells if cell != ""]
    if (
        len(texts) < 2
        or len(set(texts)) < len(texts)
        or any(map(is_figure, cells))
        or any(map(units.is_statement, texts))
    ):
        return False
    if all(units.whole(text) for text in texts):
        return False
    below = sheet.rows[row + 1 : row + 1 + _FAR]
    filled = {at for each in below for at, cell in enumerate(each) if cell != ""}
    return len(texts) >= max(2, len(filled) - 1) and any(is_figure(cell) for each in below for cell in each)


def is_figure(value: Value) -> bool:
    """Whether a cell is a number, or a text that says one."""
    if isinstance(value, str):
        return isinstance(amounts.amount(value, None), amounts.Amount | amounts.Unclear)
    return not isinstance(value, (bool, Dated, Broken))


def _periods(cells: Sequence[Value], year: Year) -> int:
    """How many cells of a row name a period."""
    return sum(is_period(cell, year) for cell in cells if not isinstance(cell, (bool, Percent, Broken)))


_FIRST, _LAST = 1900, 2100
"""A bare number is taken for a year of a header only between these."""


def year_of(text: str) -> int | None:
    """The year of a header that a bare number is; None of what is no such number. Digits are 0 to 9 alone: ``5²`` is none."""
    year = int(text) if re.fullmatch("[0-9]{4}", text) else 0
    return year if _FIRST <= year <= _LAST else None


def is_period(value: Value, year: Year) -> bool:
    """Whether a cell of a header is a period; a bare number only if it may be a year."""
    if isinstance(value, Decimal):
        return _FIRST <= value <= _LAST and value == value.to_integral_value()
    text = shown(value)
    number = re.fullmatch(r"([0-9]+)([.,][0-9]*)?", text)
    if number and (year_of(number[1]) is None or (number[2] or ".0")[1:].strip("0")):
        return False
    return bool(text) and isinstance(stretches.heading(of_period(text), year), Heading | UnclearPeriod)


def of_period(text: str) -> str:
    """What a header says of a period: ``2015`` of ``2015 (%)``; two years with a unit are compared with each other, and no period."""
    bare = units.without(text)
    return text if _COMPARED.search(bare) else bare


_COMPARED = regex(r"[0-9]\s*[/–-]\s*[0-9]")


def names_period(value: Value, year: Year) -> bool:
    """Whether a cell among figures is a period as headers have it: a year, or a text that says more than a number."""
    if isinstance(value, str) and not any(map(str.isalpha, value)):
        return year_of(value.strip()) is not None
    return isinstance(value, (str, Decimal, Dated)) and is_period(value, year)


def _with_rows_below(sheet: Sheet, top: int, year: Year) -> tuple[int, ...]:
    """A header's first row with those below that belong to it: cells merged with it reach there, periods stand there alone, or words that part them."""
    reach = max((area.bottom for area in sheet.merged if area.top == top), default=top)
    bottom = min(reach, len(sheet.rows) - 1)  # merged cells may reach below all that has a content
    for row in range(bottom + 1, min(top + _MOST_ROWS, len(sheet.rows))):
        if not (_goes_on(sheet, top, row, year) or _parts_periods(sheet, top, row, year)):
            break
        bottom = row
    return tuple(range(top, bottom + 1))


_MOST_ROWS = 4


def _goes_on(sheet: Sheet, top: int, row: int, year: Year) -> bool:
    """Whether a row continues a header: it has periods, and nothing where the header above has its words for rows."""
    labels = [at for at, value in enumerate(sheet.rows[top]) if vocabulary.role_of(shown(value)) not in {None, "value"}]
    return (
        bool(labels) and _periods(sheet.rows[row], year) >= 2 and not any(shown(sheet.value(row, at)) for at in labels)
    )


def header_words(sheet: Sheet, header: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """The words above each column, each once."""
    across = _unmerged(sheet, header) | {
        (row, column): (area.top, area.left)
        for area in sheet.merged
        if area.top in header
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(width):
        texts = [shown(sheet.value(*across.get((row, column), (row, column)))) for row in header]
        yield tuple(dict.fromkeys(text for text in texts if text))


def _parts_periods(sheet: Sheet, top: int, row: int, year: Year) -> bool:
    """Whether a row says more of the periods above it (``TH`` and ``KH``): it has words below or beside them, more than one or one that is known, no figure, and nothing before them."""
    periods = [at for at, cell in enumerate(sheet.rows[top]) if shown(cell) and is_period(cell, year)]
    texts = [shown(cell) for cell in sheet.rows[row]]
    if not periods or any(map(is_figure, sheet.rows[row])) or any(texts[: periods[0]]):
        return False
    words = [text for text in texts[periods[0] :] if text and text not in vocabulary.MISSING]
    return len(words) > 1 or any(vocabulary.flag_of(word) or vocabulary.says_actual(word) for word in words)


def _unmerged(sheet: Sheet, header: Sequence[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells of a header's upper rows that a text to their left reaches over, which has words below it, as they have: a text file has no merged cells."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    width = max((len(sheet.rows[row]) for row in header), default=0)
    for row in header[:-1]:
        if any(area.left < area.right for area in sheet.merged if area.top <= row <= area.bottom):
            continue
        reaching: int | None = None
        for column in range(width):
            below = any(shown(sheet.value(each, column)) for each in header if each > row)
            if shown(sheet.value(row, column)):
                reaching = column if below else None
            elif reaching is not None and below:
                found[row, column] = (row, reaching)
    return found
