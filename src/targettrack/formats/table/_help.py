"""help as a text: a line a topic, or a topic with its words and what they say."""

from __future__ import annotations

from targettrack.formats._signs import HUES
from targettrack.formats.table._sheet import BOLD, Cell, Sheet, say, sign
from targettrack.language import tr
from targettrack.pages.help import Entry, HelpPage, Topic

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
        _topic(topic, sheet)


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
