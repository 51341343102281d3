"""changes as a workbook: what flipped and why, what changed and who did it, sources, and notes."""

from __future__ import annotations

from typing import NamedTuple

from targettrack.formats.xlsx import _rows
from targettrack.formats.xlsx._book import Book, Column, status
from targettrack.formats.xlsx._sources import of_program, sources
from targettrack.language import tr
from targettrack.pages.changes import STATES, Compared, Comparison
from targettrack.revisions.changes import Change, pairs_of, source_of
from targettrack.revisions.flips import Flip
from targettrack.wording import changes, notation


class _Changed(NamedTuple):
    """A change, or with None that a whole program came or went."""

    entry: Compared
    change: Change | None


class _Flipped(NamedTuple):
    entry: Compared
    flip: Flip


def fill(page: Comparison, book: Book) -> None:
    """Write the sheets."""
    book.note(
        "",
        tr(
            "From {since}, to {until}.",
            since=changes.side(page.since.name, page.since.commit, page.since.on),
            until=changes.side(page.until.name, page.until.commit, page.until.on),
        ),
    )
    for text in page.limits:
        book.note("", text)
    _rows.how_to_read(book)
    flips = [_Flipped(entry, flip) for entry in page.programs for flip in entry.flips]
    book.sheet(tr("Statuses"), _flips(), flips, frozen=2)
    book.sheet(tr("Changes"), _changes(), [each for entry in page.programs for each in _of(entry)], frozen=2)
    for entry in page.programs:
        if entry.old_file:
            book.note(entry.program.id, tr("Renamed from {file}.", file=entry.old_file))
    _rows.unreadable(book, page.unreadable)
    sources(
        book,
        [
            named
            for entry in page.programs
            for named in of_program(entry.program.id, entry.sources or entry.program.sources)
        ],
    )


def _of(entry: Compared) -> list[_Changed]:
    whole = [] if entry.state == "kept" else [_Changed(entry, None)]
    return [*whole, *(_Changed(entry, change) for change in entry.changes)]


def _flips() -> list[Column[_Flipped]]:
    return [
        Column(tr("program"), 18, lambda each: each.entry.program.id),
        Column(tr("target"), 34, lambda each: _name(each.flip)),
        Column(tr("was"), 14, lambda each: status(each.flip.before.status)),
        Column(tr("is"), 14, lambda each: status(each.flip.after.status)),
        Column(tr("because"), 60, lambda each: _rows.spaced(changes.because(each.flip))),
        Column(tr("why"), 70, lambda each: _rows.said(each.flip.after)),
    ]


def _name(flip: Flip) -> str:
    row = flip.after
    return f"{row.indicator_id or ''}{notation.part(row.disaggregation)}, {notation.by(row.promise)}".removeprefix(", ")


def _changes() -> list[Column[_Changed]]:
    return [
        Column(tr("program"), 18, lambda each: each.entry.program.id),
        Column(tr("indicator"), 24, _about),
        Column(tr("change"), 26, _label),
        Column(tr("for"), 16, lambda each: _rows.spaced(changes.when(each.change)) if each.change else None),
        Column(tr("from what to what"), 60, _transition),
        Column(tr("source"), 20, lambda each: source_of(each.change.thing) if each.change else None),
        Column(tr("by"), 40, _by),
    ]


def _about(each: _Changed) -> str | None:
    change = each.change
    if change is None:
        return None
    whole = tr("the whole program") if change.kinds == ("ruled-otherwise",) else tr("in words")
    return f"{change.indicator or whole}{notation.part(pairs_of(change))}"


def _label(each: _Changed) -> str:
    change = each.change
    if change is None:
        return tr(STATES[each.entry.state])
    silent = [tr("silently")] if change.silent else []
    indicator = each.entry.program.indicators.get(change.indicator or "")
    direction = indicator.direction if indicator else None
    return ", ".join((changes.label(change, direction), *silent, *changes.remarks(change)))


def _transition(each: _Changed) -> str | None:
    if each.change is None:
        return None
    indicator = each.entry.program.indicators.get(each.change.indicator or "")
    unit, direction = (indicator.unit, indicator.direction) if indicator else (None, None)
    return _rows.spaced(changes.transition(each.change, unit, direction))


def _by(each: _Changed) -> str:
    commits = each.entry.whole if each.change is None else each.entry.by([each.change])
    return "; ".join(changes.credits(commits))
