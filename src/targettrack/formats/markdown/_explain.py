"""explain in markdown: headings, and a table of formulas a section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from targettrack.formats.markdown._text import escaped
from targettrack.language import tr
from targettrack.pages.explain import Explained, Explanation, Opinion
from targettrack.wording import why
from targettrack.wording.steps import Line, worked


def lines(page: Explanation) -> Iterator[str]:
    """The page's lines."""
    indicator = page.program.indicators[page.id]
    yield f"## {escaped(indicator.name)} ({page.program.id}/{page.id})"
    yield ""
    if page.assumed:
        yield tr("**As if** {figures} were recorded; nothing is written.", figures=escaped(page.supposed))
        yield ""
    if not page.targets:
        yield tr("No target is in force: there is nothing to explain.")
        yield ""
    for entry in page.targets:
        yield from _target(entry)
    yield tr("On {day}.", day=page.on.isoformat())


def _target(entry: Explained) -> Iterator[str]:
    yield f"### {escaped(entry.title)}: {why.word(entry.row.status)}"
    yield ""
    yield escaped(why.why(entry.row))
    yield ""
    for section in entry.sections:
        yield from _section(section.title, section.lines)
    yield f"**{tr('methods')}**"
    yield ""
    yield from (f"- {text}" for opinion in entry.opinions for text in [_opinion(opinion)])
    yield ""
    if entry.change:
        yield from _section(tr("what would change it"), entry.change)


def _section(title: str, shown: Sequence[Line]) -> Iterator[str]:
    yield f"**{title}**"
    yield ""
    yield from (f"- {escaped(line.about)}: {escaped(_said(line))}" for line in shown)
    yield ""


def _said(line: Line) -> str:
    if line.step is None:
        return line.text
    formula, numbers, result = worked(line.step, line.edges)
    return f"{formula}; {numbers} {result}{line.tail}"


def _opinion(opinion: Opinion) -> str:
    said = opinion.verdict
    parts = [
        f"**{opinion.rule.name}** {escaped(opinion.said)}",
        *([f"**{tr('disagrees')}**"] if opinion.agrees is False else []),
        *([escaped(said.reason)] if said.reason else []),
    ]
    parts += [escaped(f"{line.about}: {_said(line)}") for line in opinion.lines]
    return "; ".join((*parts, *([escaped(opinion.thresholds)] if said.steps and opinion.cuts else [])))
