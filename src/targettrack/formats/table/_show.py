"""show as a table: an indicator's figures and promises down the years on one scale, then why, then the words and sources behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from targettrack.assessment import figures
from targettrack.assessment.row import Row
from targettrack.formats._look import Look
from targettrack.formats._signs import HUES, Hue
from targettrack.formats.table import _chart, _contents, _versions
from targettrack.formats.table._chart import Marks, Picture
from targettrack.formats.table._sheet import Cell, Sheet, say, verdict, width
from targettrack.frozen import frozen
from targettrack.language import tr, tr_as
from targettrack.pages import chart
from targettrack.pages.chart import Needed
from targettrack.pages.show import Chapter, Promised, StoryPage, Told
from targettrack.program.model import YES_NO, Promise, Source, Target
from targettrack.program.shelf import at_row
from targettrack.text import NBSP, clean
from targettrack.wording import about, notation, why

SOURCE_BESIDE, PICTURE_FROM = 105, 62
PIPED_PICTURE = 40


@frozen()
class Item:
    """One line of the list: a figure, a promise, or a break."""

    label: str
    value: Cell
    said: tuple[Cell, ...]
    marks: Marks
    source: str
    line: int | None
    row: tuple[str, int | None] | None = None
    dim: bool = False


def render(page: StoryPage, sheet: Sheet) -> None:
    """A program's page, or one indicator's."""
    if page.whole:
        _program(page, sheet)
    else:
        _indicator(page, page.chapters[0], sheet)
    _sources(page, sheet)


# ---------------------------------------------------------------- a whole program


def _program(page: StoryPage, sheet: Sheet) -> None:
    header, look = page.program.header, sheet.look
    sheet.title(say(clean(header.name), look), tr("on {day}", day=page.on.isoformat()))
    facts = [page.program.id, *(text for text in (header.place, header.owner, header.url) if text), page.program.file]
    sheet.wrapped(Cell(say(clean(", ".join(facts)), look), "dim"))
    for text in why.years(page.program):
        sheet.wrapped(Cell(say(text, look), "dim"))
    if header.note:
        sheet.wrapped(Cell(say(clean(header.note), look)))
    _contents.render(page.chapters, sheet)
    _words(page, sheet)


def _words(page: StoryPage, sheet: Sheet) -> None:
    if not page.words:
        return
    sheet.blank()
    sheet.line(Cell(tr("in words only"), bold=True))
    due = max(Cell(notation.deadline(entry.version.promise)).width for entry in page.words)
    for entry in page.words:
        promise = entry.version.promise
        if isinstance(promise, Promise):
            when = say(notation.deadline(promise), sheet.look)
            gone = (
                tr("withdrawn {when}", when=why.in_period(promise.withdrawn))
                if promise.withdrawn and entry.row is None
                else ""
            )
            about = ", ".join(
                text
                for text in (
                    gone,
                    tr("proposed") if promise.standing == "proposed" else "",
                    promise.source or "",
                    _place(page, entry.line),
                )
                if text
            )
            text = say(notation.promise(promise, None, None, None), sheet.look)
            sheet.wrapped(
                Cell("  "), *Cell(when).padded(due), Cell("  "), Cell(text), Cell(f"  {about}", "dim"), hang=due + 4
            )
            if promise.note:
                sheet.wrapped(Cell(" " * (due + 4)), Cell(say(clean(promise.note), sheet.look), "dim"), hang=due + 4)


# ---------------------------------------------------------------- one indicator


def _place(page: StoryPage, line: int | None, row: tuple[str, int | None] | None = None) -> str:
    name = re.split(r"[\\/]", page.program.file)[-1]
    if row:
        return at_row(name, *row)
    return f"{name}{f':{line}' if line else ''}"


def _indicator(page: StoryPage, chapter: Chapter, sheet: Sheet) -> None:
    look, indicator = sheet.look, chapter.indicator
    sheet.title(f"{page.program.id}/{chapter.id}", tr("on {day}", day=page.on.isoformat()))
    sheet.wrapped(Cell(say(clean(indicator.name), look)))
    sheet.wrapped(Cell(say(_facts(page, chapter), look), "dim"))
    for rule in (*why.rules(indicator), *why.years(page.program)):
        sheet.wrapped(Cell(say(rule, look), "dim"))
    for text in (indicator.definition, indicator.note):
        if text:
            sheet.wrapped(Cell(say(clean(text), look), "dim"))
    wide = look.width is None or look.cells >= SOURCE_BESIDE
    pictured = indicator.unit != YES_NO and (look.width is None or look.cells >= PICTURE_FROM)
    _list(page, chapter, sheet, wide=wide, pictured=pictured)
    _why(chapter, sheet)
    _versions.render(page, chapter, sheet)
    _quotes(chapter, sheet)


def _facts(page: StoryPage, chapter: Chapter) -> str:
    place = f"{page.program.file}{f':{chapter.line}' if chapter.line else ''}"
    return ", ".join((*about.facts(chapter.indicator), clean(place)))


def _list(page: StoryPage, chapter: Chapter, sheet: Sheet, *, wide: bool, pictured: bool) -> None:
    look, drawn = sheet.look, chart.charts(page, chapter)
    needed = chart.needed(drawn)
    plain = list(_items(chapter, look, needed, None))
    if not plain:
        sheet.blank()
        sheet.line(Cell(tr("no figure and no promise is known on this day"), "dim"))
        return
    label = max(Cell(item.label).width for item in plain)
    value = max(item.value.width for item in plain)
    said = max(width(item.said) for item in plain)
    source = max(Cell(item.source).width for item in plain)
    place = max(len(_place(page, item.line, item.row)) for item in plain)
    head = 2 + label + 2 + value + 2
    room = (
        PIPED_PICTURE if look.width is None else look.cells - head - said - 3 - (source + 2 + place + 2 if wide else 0)
    )
    if wide and room < 20 and look.width is not None:
        wide, room = False, look.cells - head - said - 3
    picture = _chart.picture(drawn, _unknown(chapter), min(room, 60), look) if pictured and room >= 14 else None
    sheet.blank()
    if picture:
        if picture.edge is None:
            sheet.wrapped(Cell(say(notation.without_zero(picture.scale.low, picture.scale.high), look), "dim"))
        sheet.line(Cell(" " * (head + said + 1)), Cell(_chart.ticks(picture), "dim"))
    for item in _items(chapter, look, needed, picture):
        hue: Hue = "dim" if item.dim else "plain"
        front = (
            Cell("  "),
            *Cell(item.label, hue).padded(label),
            Cell("  "),
            *item.value.padded(value),
            Cell("  "),
            *item.said,
        )
        behind = (
            Cell(item.source, hue),
            Cell(" " * (source - Cell(item.source).width + 2)),
            Cell(_place(page, item.line, item.row) if item.line or item.row else "", "dim"),
        )
        row = _chart.line(picture, item.marks) if picture else ()
        shown = (Cell(" " * (said - width(item.said) + 1)), *row) if picture else ()
        rest = picture.cells - width(row) + 2 if picture else said - width(item.said) + 2
        if wide:
            sheet.line(*front, *shown, Cell(" " * rest), *behind)
        else:
            if picture or sheet.limit is None or width(front) <= sheet.limit:
                sheet.line(*front, *shown)
            else:
                sheet.wrapped(*front, hang=label + 4)
            if item.line or item.row:
                sheet.wrapped(
                    Cell(" " * (label + 4)),
                    Cell(f"{item.source}  {_place(page, item.line, item.row)}".strip(), "dim"),
                    hang=label + 4,
                )


def _unknown(chapter: Chapter) -> list[Decimal]:
    """The figures that are listed though they were not known on the day, and are on no chart."""
    found = [entry for entry in chapter.figures if entry.role == "unknown" and entry.figure.actual.answer is None]
    return [end for entry in found for end in chart.point(entry).ends]


def _items(chapter: Chapter, look: Look, needed: dict[Told, Needed], picture: Picture | None) -> Iterator[Item]:
    """Figures and promises in order of their days; at one day the figures first."""
    entries: list[tuple[tuple[int, int], Told | Promised]] = [
        ((entry.figure.period.last.toordinal(), 0), entry) for entry in chapter.figures
    ]
    entries += [
        ((entry.version.promise.due.last.toordinal() if entry.version.promise.due else 10**9, 1), entry)
        for entry in chapter.promised
    ]
    broken: set[object] = set()
    for _, entry in sorted(entries, key=lambda dated: dated[0]):
        if isinstance(entry, Told):
            if entry.figure.actual.series_break and entry.figure.period not in broken:
                broken.add(entry.figure.period)
                line = _chart.cut(picture) if picture else ()
                yield Item("", Cell(tr("series break"), "dim"), (), line, "", None)
            yield _figure(chapter, entry, look, needed, picture)
        else:
            yield _promise(chapter, entry, look, picture)


def _figure(chapter: Chapter, entry: Told, look: Look, needed: dict[Told, Needed], picture: Picture | None) -> Item:
    actual = entry.figure.actual
    quiet = entry.role in {"revised", "unknown"}
    role = say(why.role(entry.role), look)
    said = [Cell(role, "doubt" if entry.role == "disputes" else "dim")] if role else []
    early = figures.early(entry.figure)
    said += (
        [Cell(say(notation.quality(actual, early=early), look), "dim")] if early or actual.quality != "final" else []
    )
    said += [Cell(say(notation.pairs(actual.disaggregation), look), "dim")] if actual.disaggregation else []
    pace = _chart.needed(needed, entry, chapter.indicator.unit)
    said += [Cell(say(pace, look), "dim")] if pace else []
    commas = tuple(
        part for place, cell in enumerate(said) for part in ((Cell(", ", "dim"), cell) if place else (cell,))
    )
    value = Cell(
        say(notation.actual(actual, chapter.indicator.unit), look), "dim" if quiet else "plain", bold=not quiet
    )
    marks = _chart.figure(picture, entry, quiet=quiet) if picture and actual.answer is None else ()
    return Item(
        say(notation.short(actual.period), look),
        value,
        commas,
        marks,
        say(why.traced(actual), look),
        entry.line,
        entry.row,
        dim=quiet,
    )


def _promise(chapter: Chapter, entry: Promised, look: Look, picture: Picture | None) -> Item:
    version, row = entry.version, entry.row
    target, indicator = version.promise, chapter.indicator
    text = say(notation.promise(target, version.bound, indicator.unit, indicator.direction), look)
    said: tuple[Cell, ...] = (
        (_together(verdict(row.status, why.word(row.status), look)),) if row else (Cell(tr("superseded"), "dim"),)
    )
    if target.standing == "proposed":
        said = (*said, Cell(tr_as("behind a status", " proposed"), "dim"))
    if isinstance(target, Target) and target.disaggregation:
        said = (*said, Cell(say(f" {notation.pairs(target.disaggregation)}", look), "dim"))
    marks = _chart.promise(picture, entry) if picture else ()
    return Item(
        say(notation.by(target), look),
        Cell(text, "plain" if row else "dim"),
        said,
        marks,
        why.sourced(target.source),
        entry.line,
        dim=row is None,
    )


def _together(status: Cell) -> Cell:
    """Sign and word on one line, wherever it ends."""
    return replace(status, text=status.text.replace(" ", NBSP, 1))


# ---------------------------------------------------------------- why, words, sources


def _why(chapter: Chapter, sheet: Sheet) -> None:
    look = sheet.look
    rows: Sequence[Row] = sorted(
        chapter.rows, key=lambda row: (row.due is None, row.due.last.toordinal() if row.due else 0, row.version.place)
    )
    if not rows:
        return
    sheet.blank()
    labels = [say(notation.by(row.promise), look) for row in rows]
    label = max(Cell(text).width for text in labels)
    for text, row in zip(labels, rows, strict=True):
        signed = Cell(verdict(row.status, "", look).text.strip(), HUES[row.status], bold=True)
        pairs = f"{notation.pairs(row.target.disaggregation)}: " if row.target and row.target.disaggregation else ""
        sheet.wrapped(
            signed,
            Cell(" "),
            *Cell(text).padded(label),
            Cell("  "),
            Cell(say(pairs + why.why(row), look)),
            hang=label + 4,
        )


def _quotes(chapter: Chapter, sheet: Sheet) -> None:
    """What the sources say word for word, and the notes."""
    look = sheet.look
    told: list[tuple[str, str, str | None, str | None]] = []
    for entry in chapter.figures:
        actual = entry.figure.actual
        told.append(
            (notation.short(actual.period), _origin(actual.source, None, actual.page), actual.quote, actual.note)
        )
    for promised in chapter.promised:
        promise = promised.version.promise
        told.append(
            (notation.by(promise), _origin(promise.source, promise.document, promise.page), promise.quote, promise.note)
        )
    told = [entry for entry in told if entry[2] or entry[3] or "," in entry[1]]
    if not told:
        return
    sheet.blank()
    sheet.line(Cell(tr("words and notes"), bold=True))
    label = max(Cell(say(entry[0], look)).width for entry in told)
    for when, source, quote, note in told:
        said = f"“{clean(quote)}” " if quote else ""
        parts = (
            Cell("  "),
            *Cell(say(when, look)).padded(label),
            Cell("  "),
            Cell(say(said, look)),
            Cell(say(source, look), "dim"),
        )
        sheet.wrapped(*parts, hang=label + 4)
        if note:
            sheet.wrapped(Cell(" " * (label + 4)), Cell(say(clean(note), look), "dim"), hang=label + 4)


def _origin(source: str | None, document: str | None, page: str | int | None) -> str:
    """Where words stand: the source's id, the document and the page."""
    return clean(
        ", ".join(
            text
            for text in (
                why.sourced(source),
                document or "",
                tr("page\u00a0{page}", page=page) if page is not None else "",
            )
            if text
        )
    )


def _sources(page: StoryPage, sheet: Sheet) -> None:
    if not page.sources:
        return
    sheet.blank()
    sheet.line(Cell(tr("sources"), bold=True))
    id = max(Cell(name).width for name in page.sources)
    beside = sheet.limit is None or (sheet.limit - id >= 40 and id <= 40)
    for name, source in page.sources.items():
        text = say(_source(source), sheet.look)
        if beside:
            sheet.wrapped(Cell("  "), *Cell(name).padded(id), Cell("  "), Cell(text), hang=id + 4)
        else:
            sheet.wrapped(Cell("  "), Cell(name))
            sheet.wrapped(Cell("    "), Cell(text, "dim"), hang=4)


_DIGITS = 12
"""So many digits of a digest tell one file from another at a glance; data have all."""


def _source(source: Source) -> str:
    published = str(source.published) if source.published else tr("undated")
    parts = [
        source.title,
        source.document or "",
        source.publisher or "",
        published,
        source.url or tr("no address"),
        tr("archived {archived}", archived=source.archived) if source.archived else "",
        tr("file {file}", file=source.file) if source.file else "",
        f"SHA-256\u00a0{source.sha256[:_DIGITS]}…" if source.sha256 else "",
    ]
    text = ", ".join(clean(part) for part in parts if part)
    return f"{text}. {clean(source.note)}" if source.note else text
