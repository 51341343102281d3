"""check as a workbook: a row a finding with its place, and notes."""

from __future__ import annotations

from targettrack.errors import Problem
from targettrack.formats.xlsx._book import Book, Column, Filled
from targettrack.language import tr
from targettrack.pages.check import Findings


def fill(page: Findings, book: Book) -> None:
    """Write the sheets; findings have places, and no sources."""
    columns: list[Column[Problem]] = [
        Column(tr("severity"), 12, _severity),
        Column(tr("code"), 20, lambda problem: problem.code),
        Column(tr("file"), 30, lambda problem: problem.file),
        Column(tr("line"), 8, lambda problem: problem.line),
        Column(tr("column"), 8, lambda problem: problem.column),
        Column(tr("what is wrong"), 80, lambda problem: problem.message),
        Column(tr("what to do"), 60, lambda problem: problem.hint),
    ]
    book.sheet(tr("Findings"), columns, page.problems)
    if page.cut:
        book.note("", page.cut.sentence)


def _severity(of: Problem) -> Filled:
    return Filled(tr("error"), "bad") if of.severity == "error" else Filled(tr("warning"), "doubt")
