"""check as a text: place, severity and code; the message; the line with a mark under the place; what to do; the counts."""

from __future__ import annotations

from targettrack import excerpt, notation
from targettrack.errors import Problem
from targettrack.findings import Findings
from targettrack.formats.table._ink import Cell, Hue, Sheet, say

_HUES: dict[str, Hue] = {"error": "bad", "warning": "doubt"}


def render(page: Findings, sheet: Sheet) -> None:
    """Every finding, and how many; nothing at all where there is none."""
    for problem in page.problems:
        _problem(problem, sheet)
        sheet.blank()
    if page.problems:
        _counts(page, sheet)


def _problem(problem: Problem, sheet: Sheet) -> None:
    look = sheet.look
    place = ":".join(str(part) for part in (notation.clean(problem.file or ""), problem.line, problem.column) if part is not None)
    sheet.wrapped(Cell(place, bold=True), Cell("  "), Cell(problem.severity, _HUES[problem.severity], bold=problem.severity == "error"), Cell("  "), Cell(problem.code, "dim"))
    sheet.wrapped(Cell("  "), Cell(say(notation.clean(problem.message), look)), hang=2)
    if problem.source_line is not None and problem.line is not None and problem.column is not None:
        sheet.blank()
        line, mark = excerpt.marked(problem.source_line, problem.line, problem.column, problem.end_column or problem.column + 1, sheet.limit, ascii_only=look.ascii)
        sheet.line(Cell(line, "dim"))
        sheet.line(Cell(mark))
    if problem.hint:
        sheet.blank()
        sheet.wrapped(Cell("  hint  ", "dim"), Cell(say(notation.clean(problem.hint), look)), hang=8)


def _counts(page: Findings, sheet: Sheet) -> None:
    errors, warnings = page.count("error"), page.count("warning")
    sign = "x" if sheet.look.ascii else "✗"
    parts = [Cell(f"{sign}{notation.NBSP}{_counted(errors, 'error')}", "bad", bold=True)] if errors else []
    parts += [*([Cell("  ")] if parts else []), Cell(f"!{notation.NBSP}{_counted(warnings, 'warning')}", "doubt")] if warnings else []
    sheet.wrapped(*parts, Cell(f"  in {_counted(page.files, 'file')}"))


def _counted(count: int, word: str) -> str:
    return f"{count}{notation.NBSP}{word}{'' if count == 1 else 's'}"
