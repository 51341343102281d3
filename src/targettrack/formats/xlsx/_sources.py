"""Sources: the sheet of the documents that figures and promises come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from targettrack.formats.xlsx._book import Book, Column
from targettrack.language import tr, tr_as
from targettrack.program.model import Source


class Named(NamedTuple):
    """A source of a program, with its id there."""

    program: str
    id: str
    source: Source


def of_program(program: str, sources: Mapping[str, Source], used: Iterable[str | None] | None = None) -> list[Named]:
    """The sources of a program, or those of them that are ``used``."""
    wanted = sources if used is None else set(used)
    return [Named(program, id, source) for id, source in sources.items() if id in wanted]


def sources(book: Book, of: Iterable[Named]) -> None:
    """Write the sheet; addresses are text, which leads nowhere by itself."""
    columns: list[Column[Named]] = [
        Column(tr("program"), 18, lambda each: each.program),
        Column(tr("source"), 22, lambda each: each.id),
        Column(tr("title"), 60, lambda each: each.source.title),
        Column(tr("publisher"), 30, lambda each: each.source.publisher),
        Column(tr_as("a head", "published"), 12, lambda each: _text(each.source.published)),
        Column(tr("address"), 40, lambda each: each.source.url),
        Column(tr("archived at"), 40, lambda each: each.source.archived),
        Column(tr("seen on"), 12, lambda each: _text(each.source.accessed)),
        Column(tr("document"), 30, lambda each: each.source.document),
        Column(tr("file"), 30, lambda each: each.source.file),
        Column(tr("note"), 50, lambda each: each.source.note),
    ]
    book.sheet(tr("Sources"), columns, of, frozen=2)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
