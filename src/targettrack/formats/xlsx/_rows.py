"""Rows: the columns that say what became of a promise, wherever a sheet has a row a promise."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from targettrack.assessment.pace import PACE
from targettrack.assessment.promises import Version
from targettrack.assessment.row import Row
from targettrack.formats.xlsx._book import Book, Cell, Column, Derived, amount, share, status
from targettrack.language import tr, tr_as
from targettrack.number import rounded
from targettrack.program.model import Target
from targettrack.program.shelf import Unreadable
from targettrack.text import NBSP
from targettrack.wording import flags, notation, why


def open_end(approx: str | None) -> str | None:
    """On which side of a gap the true one lies, where the figure is an open end."""
    return {"under": tr_as("a gap", "under"), "over": tr_as("a gap", "over")}[approx] if approx else None


def end(version: Version, which: Literal["weak", "strong"], unit: str | None) -> Cell:
    """An end of what a promise asks for, with the digits entered; a multiple of a baseline is a derived number."""
    bound, promise = version.bound, version.promise
    if bound is None or not isinstance(promise, Target):
        return None
    value = bound.weak if which == "weak" else bound.strong
    return amount(rounded(value) if promise.times_baseline is not None else value, unit)


def asked(row: Row) -> str:
    """What a row's promise asks for."""
    return spaced(notation.promise(row.promise, row.bound, row.unit, row.direction))


def figure(row: Row) -> str:
    """The judged figure as its source gives it, with its period."""
    return spaced(why.subject_figure(row).removesuffix(","))


def said(row: Row) -> str:
    """Why a row has its status."""
    return spaced(why.why(row))


def spaced(text: str) -> str:
    """Text whose spaces are such as people type, to find it and to filter by it."""
    return text.replace(NBSP, " ")


def period(row: Row) -> str | None:
    """The period of the newest judged figure, as written."""
    return row.judged.newest.period.text if row.has_figure and row.judged else None


def pace(row: Row) -> Cell:
    """Progress over elapsed time; a number that is no cut point is not shown as one."""
    value = row.pace
    return None if value is None else Derived(value, 2, _EDGES)


_EDGES = (*PACE.edges, Decimal(0))


def _needed(row: Row) -> Cell:
    """The change that is needed a year."""
    value = row.required_per_year
    return None if value is None else Derived(value)


def judged() -> list[Column[Row]]:
    """The figure of a row, and its gaps in their unit, each with its open end beside it."""
    return [
        Column(tr("figure"), 14, lambda row: amount(row.figure, row.unit)),
        Column(tr_as("a head", "actual"), 26, figure),
        Column(tr("period"), 11, period),
        Column(tr("gap"), 12, lambda row: row.gap),
        Column(tr("the true gap is"), 10, lambda row: open_end(row.gap_approx)),
        Column(tr("gap to the strong end"), 12, lambda row: row.gap_strong),
        Column(tr("unit of the gap"), 12, lambda row: notation.gap_unit(row.unit) if row.bound else None),
    ]


def promised() -> list[Column[Row]]:
    """What a row's promise asks for, in words and in numbers."""
    return [
        Column(tr("due"), 12, lambda row: spaced(notation.deadline(row.promise))),
        Column(tr("target"), 24, asked),
        Column(tr("weak end"), 12, lambda row: end(row.version, "weak", row.unit)),
        Column(tr("strong end"), 12, lambda row: end(row.version, "strong", row.unit)),
    ]


def grounds() -> list[Column[Row]]:
    """How far a row has come, what changes how it may be quoted, why, and who says so."""
    return [
        Column(tr("share of the target"), 10, lambda row: share(row.attainment)),
        Column(tr("share of the way"), 10, lambda row: share(row.progress)),
        Column(tr("pace"), 8, pace),
        Column(tr("needed a year"), 12, _needed),
        Column(tr("to be known"), 26, lambda row: spaced(", ".join(flags.words(row.flags)))),
        Column(tr("why"), 70, said),
        Column(tr("other figures"), 24, _others),
        Column(tr("source of the figure"), 20, _source),
        Column(tr("source of the target"), 20, lambda row: row.promise.source),
    ]


def statused() -> Column[Row]:
    """The status of a row."""
    return Column(tr("status"), 14, lambda row: status(row.status))


def _others(row: Row) -> str:
    return spaced("; ".join(notation.actual(rival, row.unit) for rival in row.disputes))


def _source(row: Row) -> str | None:
    points = row.judged.points if row.judged else ()
    return ", ".join(dict.fromkeys(point.actual.source for point in points if point.actual.source)) or None


def used(rows: Iterable[Row]) -> set[str]:
    """The ids of the sources that some rows of one program rest on."""
    found: set[str | None] = set()
    for row in rows:
        found.add(row.promise.source)
        found |= {point.actual.source for point in (row.judged.points if row.judged else ())}
        found |= {rival.actual.source for rival in row.disputes}
    return {each for each in found if each}


def how_to_read(book: Book) -> None:
    """What must be known of the numbers of a workbook."""
    book.note(
        "",
        tr(
            "Gaps below 0 are short of the target, whichever way is better; gaps of percentages are percentage points (pp). Where the true gap is under or over the number, the figure is an open end."
        ),
    )
    book.note(
        "",
        tr(
            "Figures in percent are percent cells: 34.5 % is stored as 0.345. Periods and dates are texts, as the files write them."
        ),
    )


def unreadable(book: Book, of: Iterable[Unreadable]) -> None:
    """Name the programs that could not be read."""
    for entry in of:
        for problem in entry.problems:
            place = entry.file if problem.line is None else f"{entry.file}:{problem.line}"
            book.note(place, f"{tr('Cannot be read:')} {problem.message}")
