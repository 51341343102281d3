"""show as a workbook: promises, figures, a chart an indicator, the indicators themselves, sources, and notes."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from targettrack.assessment.row import Row
from targettrack.formats.xlsx import _rows
from targettrack.formats.xlsx._book import Book, Cell, Column, Filled, amount, status
from targettrack.formats.xlsx._charts import charts
from targettrack.formats.xlsx._sources import of_program, sources
from targettrack.language import tr, tr_as
from targettrack.pages.show import Chapter, Promised, StoryPage, Told
from targettrack.program.model import Actual, Promise, Target
from targettrack.wording import notation, why


class _Figure(NamedTuple):
    chapter: Chapter
    told: Told

    @property
    def actual(self) -> Actual:
        """What the file says."""
        return self.told.figure.actual

    def in_unit(self, value: Decimal | None) -> Cell:
        """A number of it as a cell."""
        return amount(value, self.chapter.indicator.unit)

    def end(self, place: int) -> Cell:
        """An end of its range."""
        return self.in_unit(self.actual.range[place]) if self.actual.range else None


class _Promise(NamedTuple):
    chapter: Chapter | None
    entry: Promised

    @property
    def promise(self) -> Target | Promise:
        """What the file says."""
        return self.entry.version.promise

    @property
    def unit(self) -> str | None:
        """The unit of its numbers."""
        return self.chapter.indicator.unit if self.chapter else None


def fill(page: StoryPage, book: Book) -> None:
    """Write the sheets."""
    book.note("", tr("On {day}, from {file}.", day=page.on.isoformat(), file=page.program.file))
    _rows.how_to_read(book)
    header = page.program.header
    for text in (header.note, *why.years(page.program)):
        if text:
            book.note(page.program.id, text)
    promises = [_Promise(chapter, entry) for chapter in page.chapters for entry in chapter.promised]
    promises += [_Promise(None, entry) for entry in page.words]
    book.sheet(tr("Targets"), _promises(), promises, frozen=2)
    figures = [_Figure(chapter, told) for chapter in page.chapters for told in chapter.figures]
    book.sheet(tr("Figures"), _figures(), figures, frozen=2)
    charts(page, book)
    book.sheet(tr("Indicators"), _indicators(), page.chapters, frozen=1)
    sources(book, of_program(page.program.id, page.sources))


def _promises() -> list[Column[_Promise]]:
    return [
        Column(tr("indicator"), 20, lambda each: each.chapter.id if each.chapter else None),
        Column(tr("status"), 14, _status),
        Column(tr_as("a head", "of"), 16, lambda each: notation.pairs(_pairs(each))),
        Column(tr("unit"), 12, lambda each: each.unit),
        Column(tr("due"), 12, lambda each: _rows.spaced(notation.deadline(each.promise))),
        Column(tr("target"), 40, _asked),
        Column(tr("weak end"), 12, lambda each: _rows.end(each.entry.version, "weak", each.unit)),
        Column(tr("strong end"), 12, lambda each: _rows.end(each.entry.version, "strong", each.unit)),
        *(_judged(column) for column in _rows.judged()),
        Column(tr("set on"), 12, lambda each: each.promise.set_on.text if each.promise.set_on else None),
        Column(tr("standing"), 12, lambda each: tr("proposed") if each.promise.standing == "proposed" else None),
        Column(tr("withdrawn"), 12, lambda each: each.promise.withdrawn.text if each.promise.withdrawn else None),
        _judged(Column(tr("why"), 70, _rows.said)),
        Column(tr("source"), 20, lambda each: each.promise.source),
        Column(tr("document"), 30, lambda each: each.promise.document),
        Column(tr("page"), 8, lambda each: each.promise.page),
        Column(tr("words of the source"), 50, lambda each: each.promise.quote),
        Column(tr("note"), 50, lambda each: each.promise.note),
        Column(tr("line"), 7, lambda each: each.entry.line),
    ]


def _judged(column: Column[Row]) -> Column[_Promise]:
    """A column of rows as one of promises, of which what is superseded has none."""
    cell = column.cell
    return Column(column.head, column.width, lambda each: cell(each.entry.row) if each.entry.row else None)


def _status(each: _Promise) -> Filled:
    return status(each.entry.row.status) if each.entry.row else Filled(tr("superseded"), "dim")


def _pairs(each: _Promise) -> tuple[tuple[str, str], ...]:
    return each.promise.disaggregation if isinstance(each.promise, Target) else ()


def _asked(each: _Promise) -> str:
    direction = each.chapter.indicator.direction if each.chapter else None
    return _rows.spaced(notation.promise(each.promise, each.entry.version.bound, each.unit, direction))


def _figures() -> list[Column[_Figure]]:
    return [
        Column(tr("indicator"), 20, lambda each: each.chapter.id),
        Column(tr("period"), 12, lambda each: each.actual.period.text),
        Column(tr_as("a head", "of"), 16, lambda each: notation.pairs(each.actual.disaggregation)),
        Column(tr("value"), 14, lambda each: each.in_unit(each.actual.number)),
        Column(tr("range from"), 12, lambda each: each.end(0)),
        Column(tr("range to"), 12, lambda each: each.end(1)),
        Column(tr("answer"), 8, _answer),
        Column(tr("the source says"), 10, _approx),
        Column(tr("unit"), 12, lambda each: each.chapter.indicator.unit),
        Column(tr("quality"), 12, lambda each: notation.quality(each.actual)),
        Column(tr("role"), 14, lambda each: why.role(each.told.role)),
        Column(tr("series break"), 12, lambda each: tr("series break") if each.actual.series_break else None),
        Column(tr("source"), 20, lambda each: each.actual.source),
        Column(tr("page"), 8, lambda each: each.actual.page),
        Column(tr("cell"), 14, lambda each: each.actual.cell),
        Column(tr_as("a head", "published"), 12, _published),
        Column(tr("recorded"), 12, lambda each: each.actual.recorded.text if each.actual.recorded else None),
        Column(tr("words of the source"), 50, lambda each: each.actual.quote),
        Column(tr("note"), 50, lambda each: each.actual.note),
        Column(tr("line"), 7, lambda each: each.told.where),
    ]


def _answer(each: _Figure) -> str | None:
    return None if each.actual.answer is None else notation.answer(yes=each.actual.answer)


def _approx(each: _Figure) -> str | None:
    """The source's own word beside the number."""
    said = {"about": tr_as("a figure", "about"), "over": tr_as("a figure", "over"), "under": tr_as("a figure", "under")}
    return said.get(each.actual.approx or "")


def _published(each: _Figure) -> str | None:
    return each.told.figure.published.text if each.told.figure.published else None


def _indicators() -> list[Column[Chapter]]:
    return [
        Column(tr("indicator"), 20, lambda chapter: chapter.id),
        Column(tr("name"), 60, lambda chapter: chapter.indicator.name),
        Column(tr("unit"), 14, lambda chapter: chapter.indicator.unit),
        Column(tr("definition"), 60, lambda chapter: chapter.indicator.definition),
        Column(tr("rules"), 50, lambda chapter: "; ".join(why.rules(chapter.indicator))),
        Column(tr("responsible"), 30, lambda chapter: chapter.indicator.responsible),
        Column(tr("note"), 50, lambda chapter: chapter.indicator.note),
        Column(tr("line"), 7, lambda chapter: chapter.line),
    ]
