"""help as a text: a line a topic, or a topic with its words and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from targettrack.formats._signs import HUES
from targettrack.formats.table._sheet import BOLD, Cell, Sheet, say, sign
from targettrack.language import tr
from targettrack.pages.help import Entry, HelpPage, Text, Topic

WIDEST_WORD = 24
"""Where words are wider than so many cells, or than a third of the line, what they say stands below them."""


def render(page: HelpPage, sheet: Sheet) -> None:
    """The names of all topics, or one topic."""
    if page.index:
        wide = max(Cell(topic.name).width for topic in page.topics)
        for topic in page.topics:
            sheet.wrapped(Cell("  "), *Cell(topic.name, bold=True).padded(wide + 2), Cell(topic.about), hang=wide + 4)
        sheet.blank()
        sheet.wrapped(Cell(tr("targettrack help TOPIC, or a word of one: {examples}", examples="help missed, help no-source, help status"), "dim"))  # fmt: skip
        return
    for topic in page.topics:
        if isinstance(topic, Text):
            _text(topic, sheet)
        else:
            _topic(topic, sheet)


# ---------------------------------------------------------------- a text


def _text(text: Text, sheet: Sheet) -> None:
    """A text in its lines: examples as they stand, to be copied, everything else wrapped."""
    sheet.wrapped(Cell(text.name, bold=True), Cell(f"  {say(text.about, sheet.look)}", "dim"), hang=2)
    sheet.blank()
    example = False
    rows: list[tuple[str, ...]] = []
    for line in text.body.splitlines():
        if rows and not line.startswith("|"):
            _table(rows, sheet)
            rows = []
        if line.startswith("```"):
            example = not example
        elif example:
            sheet.line(Cell(say(f"  {line}", sheet.look)))
        elif line.startswith("|"):
            rows.append(tuple(cell.strip().replace("\\|", "|") for cell in re.split(_PARTED, line)[1:-1]))
        else:
            _prose(line, sheet)
    if rows:
        _table(rows, sheet)


_PARTED = r"(?<!\\)\|"
_MARKS = r"(`[^`]+`)|\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)]+)\)"


def _prose(line: str, sheet: Sheet) -> None:
    """A heading, an item, a paragraph, or an empty line."""
    if not line:
        sheet.blank()
    elif line.startswith("## "):
        sheet.wrapped(Cell(say(line.removeprefix("## "), sheet.look), bold=True))
    else:
        sheet.wrapped(*_pieces(line, sheet), hang=2 if line.startswith("- ") else 0)


def _pieces(line: str, sheet: Sheet) -> Iterator[Cell]:
    """Parts of a line, what is strong without its stars; what is typed keeps its marks, that all of it is seen."""
    end = 0
    for found in re.finditer(_MARKS, line):
        yield Cell(say(line[end : found.start()], sheet.look))
        typed, strong, name, address = found.groups()
        yield Cell(say(typed or strong or f"{name} ({address})", sheet.look), bold=typed is None)
        end = found.end()
    yield Cell(say(line[end:], sheet.look))


def _table(rows: list[tuple[str, ...]], sheet: Sheet) -> None:
    """A block a row: its first cells on a line, what they mean below."""
    head, _, *body = rows
    sheet.wrapped(Cell(f"  {say(' / '.join(head), sheet.look)}", "dim"), hang=4)
    for row in body:
        sheet.wrapped(Cell("  "), *_joined(row[:-1], sheet), hang=4)
        sheet.wrapped(Cell("      "), *_pieces(row[-1], sheet), hang=6)


def _joined(cells: tuple[str, ...], sheet: Sheet) -> Iterator[Cell]:
    for place, cell in enumerate(cells):
        yield Cell("  " if place else "")
        yield from _pieces(cell, sheet)


# ---------------------------------------------------------------- words


def _topic(topic: Topic, sheet: Sheet) -> None:
    sheet.wrapped(Cell(topic.name, bold=True), Cell(f"  {topic.about}", "dim"), hang=2)
    sheet.blank()
    heads = [_head(entry, sheet) for entry in topic.entries]
    wide = max((Cell(head).width for head in heads), default=0)
    beside = wide <= WIDEST_WORD and (sheet.limit is None or 3 * wide <= sheet.limit)
    for entry, head in zip(topic.entries, heads, strict=True):
        hue, bold = (HUES[entry.status], entry.status in BOLD) if entry.status else ("plain", True)
        meaning = Cell(say(entry.meaning, sheet.look))
        if beside:
            sheet.wrapped(Cell("  "), *Cell(head, hue, bold).padded(wide + 2), meaning, hang=wide + 4)
        else:
            sheet.wrapped(Cell("  "), Cell(head, hue, bold))
            sheet.wrapped(Cell("      "), meaning, hang=6)
    for note in topic.notes:
        sheet.blank()
        sheet.wrapped(Cell(say(note, sheet.look)))


def _head(entry: Entry, sheet: Sheet) -> str:
    """The sign and the word of an entry, and how it is written in data where that is another one."""
    look = sheet.look
    if entry.status:
        return f"{sign(entry.status, look)} {say(entry.word, look)}"
    word = say(entry.word, look)
    return f"{entry.key}  {word}" if word and word != entry.key and entry.key.isascii() else word or entry.key
