"""The indicators of a program, a line each: the sign and the due year of each promise, a sparkline of the figures, and the newest of them."""

from __future__ import annotations

from collections.abc import Sequence

from targettrack.assessment.row import Row
from targettrack.formats._look import Look
from targettrack.formats._signs import HUES
from targettrack.formats.table import _spark
from targettrack.formats.table._sheet import Cell, Line, Sheet, say, sign, width, wrap
from targettrack.formats.table._status import grouped_signs
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.pages.show import Chapter
from targettrack.text import clean
from targettrack.wording import notation

NARROWEST_NAME = 30
MOST_SIGNS = 8
"""Promises that have a sign and a year each; of more there are counts."""


@frozen()
class Entry:
    """What the line of one indicator says: the signs, below them the due years, the sparkline, the newest figure and the name."""

    id: Cell
    signs: Line
    years: Line
    spark: Line
    newest: Cell
    name: Cell


def render(chapters: Sequence[Chapter], sheet: Sheet) -> None:
    """All indicators, in the order of the file."""
    if not chapters:
        return
    sheet.blank()
    sheet.line(Cell(tr("indicators"), bold=True))
    entries = [_entry(chapter, sheet.look) for chapter in chapters]
    widths = [
        max(width(part) for part in parts)
        for parts in zip(
            *((_line(entry.id), _longer(entry), entry.spark, _line(entry.newest)) for entry in entries), strict=True
        )
    ]
    for entry in entries:
        if _fits(entry, widths, sheet):
            _beside(entry, widths, sheet)
        elif _stacked_width(widths) <= sheet.look.cells:
            _stacked(entry, widths, sheet)
        else:
            _below(entry, sheet)


# ---------------------------------------------------------------- one line


def _entry(chapter: Chapter, look: Look) -> Entry:
    signs, years = promised(chapter.rows, look)
    return Entry(
        Cell(chapter.id, bold=True),
        signs,
        years,
        _spark.bars(chapter, look),
        Cell(_newest(chapter, look)),
        Cell(say(clean(chapter.indicator.name), look)),
    )


def _newest(chapter: Chapter, look: Look) -> str:
    newest = _spark.headline(chapter)
    if newest is None:
        return tr("no figure")
    return say(f"{notation.actual(newest, chapter.indicator.unit)} {notation.short(newest.period)}", look)


def _line(cell: Cell) -> Line:
    return (cell,)


def _longer(entry: Entry) -> Line:
    return max(entry.signs, entry.years, key=width)


def _fits(entry: Entry, widths: Sequence[int], sheet: Sheet) -> bool:
    longest = max(Cell(text).width for text in entry.name.text.split(" "))
    return sheet.limit is None or _head(widths) + max(NARROWEST_NAME, longest) <= sheet.limit


def _head(widths: Sequence[int]) -> int:
    """The cells before a name; a column in which nothing stands takes none."""
    return 2 + sum(each + 2 for each in widths if each)


def _beside(entry: Entry, widths: Sequence[int], sheet: Sheet) -> None:
    """All on one line, the years below the signs, beside what is left of the name."""
    head = _head(widths)
    names = [*wrap([entry.name], None if sheet.limit is None else sheet.limit - head)]
    firsts = [
        (Cell("  "), *_columns((_line(entry.id), entry.signs, entry.spark, _line(entry.newest)), widths)),
        *([(Cell("  "), *_columns(((), entry.years, (), ()), widths))] if entry.years else []),
    ]
    for place in range(max(len(names), len(firsts))):
        first = firsts[place] if place < len(firsts) else (Cell(" " * head),)
        sheet.line(*first, *(names[place] if place < len(names) else ()))


def _columns(parts: Sequence[Line], widths: Sequence[int]) -> Line:
    return tuple(
        cell
        for part, wide in zip(parts, widths, strict=True)
        if wide
        for cell in (*part, Cell(" " * (wide - width(part) + 2)))
    )


def _stacked_width(widths: Sequence[int]) -> int:
    id, signs, spark, newest = widths
    return 2 + id + 2 + signs + 2 + max(spark, newest)


def _stacked(entry: Entry, widths: Sequence[int], sheet: Sheet) -> None:
    """Signs above years, the sparkline above the newest figure, and the name below."""
    pictures = [part for part in (entry.spark, _line(entry.newest)) if part]
    rows = [(_line(entry.id), entry.signs, pictures[0])]
    rows += [((), entry.years, pictures[1] if len(pictures) > 1 else ())] if entry.years or len(pictures) > 1 else []
    sheet.blank()
    for row in rows:
        sheet.line(Cell("  "), *_columns(row, [*widths[:2], max(widths[2:])]))
    sheet.wrapped(Cell("    "), entry.name, hang=4)


def _below(entry: Entry, sheet: Sheet) -> None:
    """One thing below the other, for narrow terminals."""
    sheet.blank()
    sheet.wrapped(Cell("  "), entry.id, hang=4)
    sheet.wrapped(Cell("    "), entry.name, hang=4)
    if entry.signs:
        sheet.wrapped(Cell("    "), *entry.signs, hang=4)
    if entry.years:
        sheet.line(Cell("    "), *entry.years)
    sheet.wrapped(Cell("    "), *entry.spark, Cell("  " if entry.spark else ""), entry.newest, hang=4)


# ---------------------------------------------------------------- signs and years


def promised(rows: Sequence[Row], look: Look) -> tuple[Line, Line]:
    """A sign a promise in order of their deadlines, and below each the last two digits of the year it is due; counts of statuses where there are many."""
    if len(rows) > MOST_SIGNS:
        return tuple(_spaced([*grouped_signs(rows, look)])), ()
    ordered = sorted(rows, key=lambda row: (row.due is None, row.due.last.toordinal() if row.due else 0))
    years = [_year(row) for row in ordered]
    signs = [
        Cell(sign(row.status, look).ljust(len(year)), HUES[row.status])
        for row, year in zip(ordered, years, strict=True)
    ]
    return tuple(_spaced(signs)), tuple(_spaced([Cell(say(year, look), "dim") for year in years]))


def _year(row: Row) -> str:
    """The year in which a promise is due, in two digits; every year of a standing one."""
    if row.target is not None and row.target.every:
        return tr("each")
    return f"’{row.due.last.year % 100:02}" if row.due else "–"


def _spaced(cells: Sequence[Cell]) -> Line:
    return tuple(part for place, cell in enumerate(cells) for part in ((Cell(" "), cell) if place else (cell,)))
