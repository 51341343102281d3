"""check as a text: place, severity and code; the message; the line with a mark under the place; what to do; the counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    if page.manner == "concise":
        for problem in page.problems:
            _concise(problem, sheet)
    elif page.manner == "full":
        _each(page.problems, sheet)
    else:
        _ranked(page, sheet)
    if page.problems:
        _counts(page, sheet)


def _each(problems: Iterable[Problem], sheet: Sheet) -> None:
    for problem in problems:
        _problem(problem, sheet)
        sheet.blank()


def _ranked(page: Findings, sheet: Sheet) -> None:
    """What is wrong in full; then what was softened, a line each; then the weaknesses by their codes, with what to do once for each."""
    _each(page.errors, sheet)
    if page.softened:
        sheet.wrapped(Cell(tr("softened since {revision}", revision=clean(page.since or "")), bold=True))
        for problem in page.softened:
            place = Cell(_place(problem, column=False))
            sheet.wrapped(
                Cell("  "), place, Cell("  "), Cell(problem.code, "doubt"), Cell("  "), _message(problem, sheet), hang=4
            )
        _what_to_do(page.softened, sheet)
        sheet.blank()
    for code, problems in page.standing.items():
        _weakness(code, problems, sheet)
        sheet.blank()


def _weakness(code: str, problems: Sequence[Problem], sheet: Sheet) -> None:
    """One sort of weakness: each message once for the lines of a file that have it, and what to do where all have the same."""
    count = sum(problem.more or 1 for problem in problems)
    sheet.wrapped(Cell(code, "doubt", bold=True), Cell(f"  {count}", "dim"))
    same: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        found = same.setdefault((clean(problem.file or ""), say(clean(problem.message), sheet.look)), [])
        found += [str(problem.line)] if problem.line is not None else []
    for (file, message), lines in same.items():
        place = f"{file}:{', '.join(lines)}" if lines else file
        sheet.wrapped(Cell("  "), Cell(place), Cell("  " if place else ""), Cell(message, "dim"), hang=4)
    _what_to_do(problems, sheet)


def _what_to_do(problems: Sequence[Problem], sheet: Sheet) -> None:
    for hint in _hints(problems):
        label = Cell(f"  {tr('hint')}  ", "dim")
        sheet.wrapped(label, Cell(say(clean(hint), sheet.look)), hang=label.width)


_FEW = 4
"""Of more different hints than these none is worth its line: help explains the code."""


def _hints(problems: Sequence[Problem]) -> list[str]:
    """What to do, each thing once; nothing where nearly every problem has a hint of its own."""
    found = list(dict.fromkeys(problem.hint for problem in problems if problem.hint))
    return found if len(found) <= _FEW else []


def _concise(problem: Problem, sheet: Sheet) -> None:
    """A finding as a line that editors and grep understand."""
    severity = tr(_SEVERITIES[problem.severity])
    sheet.line(
        Cell(f"{_place(problem)}: "),
        Cell(severity, _HUES[problem.severity]),
        Cell(f" {problem.code}: "),
        _message(problem, sheet),
    )


def _message(problem: Problem, sheet: Sheet) -> Cell:
    return Cell(say(clean(problem.message), sheet.look))


def _place(problem: Problem, *, column: bool = True) -> str:
    parts = (clean(problem.file or ""), problem.line, problem.column if column else None)
    return ":".join(str(part) for part in parts if part is not None)


def _problem(problem: Problem, sheet: Sheet) -> None:
    look = sheet.look
    sheet.wrapped(
        Cell(_place(problem), bold=True),
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
    softened = len(page.softened)
    sign = "x" if sheet.look.ascii else "✗"
    failed = tr_n(errors, "{count}\u00a0error", "{count}\u00a0errors")
    doubted = tr_n(warnings, "{count}\u00a0warning", "{count}\u00a0warnings")
    parts = [Cell(f"{sign}{NBSP}{failed}", "bad", bold=True)] if errors else []
    parts += [*([Cell("  ")] if parts else []), Cell(f"!{NBSP}{doubted}", "doubt")] if warnings else []
    files = tr_n(page.files, "in {count}\u00a0file", "in {count}\u00a0files")
    taken = tr_n(softened, "{count}\u00a0softened", "{count}\u00a0softened")
    codes = [*([taken] if softened else []), *(f"{count}{NBSP}{code}" for code, count in page.tally().items())]
    sheet.wrapped(*parts, Cell(f"  {files}"), Cell(f"  {', '.join(codes)}" if codes else "", "dim"))
