"""explain as a text: each target's status, then the promise, the figure, the distances, the rules and the methods, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from targettrack.assessment.row import Row
from targettrack.formats.table import _bar
from targettrack.formats.table._sheet import Cell, Sheet, say, verdict
from targettrack.language import tr
from targettrack.pages.explain import Explained, Explanation, Opinion
from targettrack.text import NBSP, clean
from targettrack.wording import why
from targettrack.wording.steps import Line, worked

NARROWEST_COLUMNS = 70
_LABEL = 14


def render(page: Explanation, sheet: Sheet) -> None:
    """A title, then the targets, each with its sections."""
    indicator = page.program.indicators[page.id]
    look = sheet.look
    sheet.title(f"{page.program.id}/{page.id}", tr("on {day}", day=page.on.isoformat()))
    sheet.wrapped(Cell(say(clean(indicator.name), look)))
    if page.assumed:
        sheet.wrapped(
            Cell(tr("as if"), "doubt", bold=True),
            Cell(" "),
            Cell(say(tr("{figures} were recorded; nothing is written", figures=page.supposed), look)),
        )
    if not page.targets:
        sheet.blank()
        sheet.wrapped(Cell(tr("no target is in force: there is nothing to explain"), "dim"))
    for entry in page.targets:
        sheet.blank(2)
        _target(entry, sheet)


def _target(entry: Explained, sheet: Sheet) -> None:
    row, look = entry.row, sheet.look
    sheet.wrapped(Cell(say(entry.title, look), bold=True))
    sheet.wrapped(verdict(row.status, why.word(row.status), look), Cell("  "), Cell(say(why.why(row), look)), hang=2)
    _picture(row, sheet)
    for section in entry.sections:
        _section(section.title, section.lines, sheet)
    sheet.blank()
    sheet.line(Cell(tr("methods"), bold=True))
    name = max(len(opinion.rule.name) for opinion in entry.opinions)
    for opinion in entry.opinions:
        _opinion(opinion, name, sheet)
    if entry.change:
        _section(tr("what would change it"), entry.change, sheet)


def _picture(row: Row, sheet: Sheet) -> None:
    """The bar, and under it the numbers at its marks: the key to all bars."""
    room = _bar.WIDEST_KEYED if sheet.limit is None else min(_bar.WIDEST_KEYED, sheet.limit - 4)
    if room < _bar.NARROWEST_KEYED or not (drawn := _bar.keyed(row, room, sheet.look)):
        return
    sheet.blank()
    sheet.line(Cell("  "), *drawn)
    for line in _bar.key(row, room, sheet.look):
        sheet.line(Cell(f"  {line}"))


def _section(title: str, lines: Sequence[Line], sheet: Sheet) -> None:
    sheet.blank()
    sheet.line(Cell(title, bold=True))
    label = max([_LABEL, *(len(line.about) + 2 for line in lines)])
    for line in lines:
        if line.step is not None:
            _step(line, label, sheet)
        else:
            sheet.wrapped(
                Cell("  "),
                *Cell(line.about, "dim").padded(label),
                Cell(say(line.text, sheet.look)),
                hang=2 + (label if _wide(sheet) else 2),
            )


def _wide(sheet: Sheet) -> bool:
    return sheet.limit is None or sheet.limit >= NARROWEST_COLUMNS


def _step(line: Line, label: int, sheet: Sheet, *, indent: int = 2) -> None:
    """Formula, numbers and result on one line if all fit; else the numbers below the formula, and where that is narrow, both below what they are."""
    if line.step is None:
        return
    formula, numbers, result = (say(part, sheet.look) for part in worked(line.step, line.edges))
    result += say(line.tail, sheet.look)
    about, space = Cell(line.about, "dim"), Cell(" " * indent)
    room = None if sheet.limit is None else sheet.limit - indent - label
    if room is None or Cell(f"{formula}    {numbers} {result}").width <= room:
        sheet.line(
            space,
            *about.padded(label),
            Cell(formula, "dim"),
            Cell("    "),
            Cell(numbers),
            Cell(f" {result}", bold=True),
        )
        return
    below = _wide(sheet) and Cell(formula).width <= room
    hang = indent + (label if below else 2)
    if below:
        sheet.line(space, *about.padded(label), Cell(formula, "dim"))
    else:
        sheet.wrapped(space, *([about, Cell(":  ")] if line.about else [Cell("  ")]), Cell(formula, "dim"), hang=hang)
    sheet.wrapped(Cell(" " * hang), Cell(numbers), Cell(" "), Cell(result.replace(" ", NBSP), bold=True), hang=hang + 2)


def _opinion(opinion: Opinion, name: int, sheet: Sheet) -> None:
    look, said = sheet.look, opinion.verdict
    mark = () if opinion.agrees is not False else (Cell("  "), Cell(tr("disagrees"), "doubt", bold=True))
    sheet.wrapped(
        Cell("  "),
        *Cell(opinion.rule.name).padded(name + 2),
        Cell(say(opinion.said, look), bold=True),
        *mark,
        hang=name + 4,
    )
    if said.reason:
        sheet.wrapped(Cell(" " * (name + 4)), Cell(say(said.reason, look), "dim"), hang=name + 4)
    indent = name + 4 if _wide(sheet) else 4
    for line in opinion.lines:
        _step(line, max(len(each.about) for each in opinion.lines) + 2, sheet, indent=indent)
    if said.steps and opinion.cuts:
        sheet.wrapped(Cell(" " * indent), Cell(say(opinion.thresholds, look), "dim"), hang=indent)
