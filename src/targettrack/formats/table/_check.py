"""check as a text: place, severity and code; the message; the line with a mark under the place; what to do; the counts."""

from __future__ import annotations

from targettrack.errors import Problem
from targettrack.formats import _excerpt
from targettrack.formats._signs import Hue
from targettrack.formats.table._sheet import Cell, Sheet, say
from targettrack.language import mark, tr, tr_n
from targettrack.pages.check import Findings
from targettrack.text import NBSP, clean

_HUES: dict[str, Hue] = {"error": "bad", "warning": "doubt"}
_SEVERITIES = {"error": mark("error"), "warning": mark("warning")}


def render(page: Findings, sheet: Sheet) -> None:
    """Every finding, and how many; nothing at all where there is none."""
    for problem in page.problems:
        _problem(problem, sheet)
        sheet.blank()
    if page.problems:
        _counts(page, sheet)


def _problem(problem: Problem, sheet: Sheet) -> None:
    look = sheet.look
    place = ":".join(
        str(part) for part in (clean(problem.file or ""), problem.line, problem.column) if part is not None
    )
    sheet.wrapped(
        Cell(place, bold=True),
        Cell("  "),
        Cell(tr(_SEVERITIES[problem.severity]), _HUES[problem.severity], bold=problem.severity == "error"),
        Cell("  "),
        Cell(problem.code, "dim"),
    )
    sheet.wrapped(Cell("  "), Cell(say(clean(problem.message), look)), hang=2)
    if problem.source_line is not None and problem.line is not None and problem.column is not None:
        sheet.blank()
        line, mark = _excerpt.marked(
            problem.source_line,
            problem.line,
            problem.column,
            problem.end_column or problem.column + 1,
            sheet.limit,
            ascii_only=look.ascii,
        )
        sheet.line(Cell(line, "dim"))
        sheet.line(Cell(mark))
    if problem.hint:
        sheet.blank()
        label = Cell(f"  {tr('hint')}  ", "dim")
        sheet.wrapped(label, Cell(say(clean(problem.hint), look)), hang=label.width)


def _counts(page: Findings, sheet: Sheet) -> None:
    errors, warnings = page.count("error"), page.count("warning")
    sign = "x" if sheet.look.ascii else "✗"
    failed = tr_n(errors, "{count}\u00a0error", "{count}\u00a0errors")
    doubted = tr_n(warnings, "{count}\u00a0warning", "{count}\u00a0warnings")
    parts = [Cell(f"{sign}{NBSP}{failed}", "bad", bold=True)] if errors else []
    parts += [*([Cell("  ")] if parts else []), Cell(f"!{NBSP}{doubted}", "doubt")] if warnings else []
    files = tr_n(page.files, "in {count}\u00a0file", "in {count}\u00a0files")
    sheet.wrapped(*parts, Cell(f"  {files}"))
