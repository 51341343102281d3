"""Working: an explanation as a document for scripts, in the order of its lines."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from typing_extensions import TypedDict

from targettrack.assessment.figures import Figure
from targettrack.assessment.verdict import Step
from targettrack.number import fraction, rounded
from targettrack.pages import documents
from targettrack.pages._each import each
from targettrack.pages.explain import Explained, Explanation, Opinion
from targettrack.pages.keys import ActualDocument, Num, RowDocument
from targettrack.text import NBSP
from targettrack.wording.steps import Line, worked
from targettrack.wording.why import plain


class StepDocument(TypedDict):
    """One line of the working; ``result`` has 12 significant digits."""

    formula: str
    numbers: str
    result: Num


class LineDocument(TypedDict):
    """One line: a text, or a step."""

    about: str
    text: str | None
    step: StepDocument | None


class SectionDocument(TypedDict):
    """Lines under a title."""

    title: str
    lines: list[LineDocument]


class OpinionDocument(TypedDict):
    """What one method says; ``agrees`` with the status rules, or not (null where either does not judge)."""

    method: str
    label: str
    ratio: Num | None
    score: Num | None
    reason: str | None
    agrees: bool | None
    cuts: dict[str, str]
    steps: list[LineDocument]


class ExplainedDocument(TypedDict):
    """One target: its row, and how its status came about."""

    row: RowDocument
    sections: list[SectionDocument]
    methods: list[OpinionDocument]
    change: list[LineDocument]


class ExplainDocument(TypedDict):
    """What ``explain --json`` prints."""

    schema: Literal["targettrack.explain"]
    version: Literal[2]
    on: str
    program: str
    indicator: str
    assumed: list[ActualDocument]
    targets: list[ExplainedDocument]


def document(page: Explanation) -> ExplainDocument:
    """An explanation for scripts."""
    return {
        "schema": "targettrack.explain",
        "version": 2,
        "on": page.on.isoformat(),
        "program": page.program.id,
        "indicator": page.id,
        "assumed": [documents.actual_document(Figure(0, actual, actual.published)) for actual in page.assumed],
        "targets": each(_explained, page.targets),
    }


def _explained(entry: Explained) -> ExplainedDocument:
    return {
        "row": documents.row_document(entry.row),
        "sections": [
            {"title": section.title, "lines": [_line(line) for line in section.lines]} for section in entry.sections
        ],
        "methods": [_opinion(opinion) for opinion in entry.opinions],
        "change": [_line(line) for line in entry.change],
    }


def _line(line: Line) -> LineDocument:
    return {
        "about": line.about,
        "text": None if line.step else plain(line.text),
        "step": _step(line, line.step) if line.step else None,
    }


def _step(line: Line, step: Step) -> StepDocument:
    formula, numbers, _ = worked(step, line.edges)
    result = step.result
    return {
        "formula": formula,
        "numbers": numbers.replace(NBSP, ""),
        "result": rounded(fraction(result) if isinstance(result, Fraction) else result),
    }


def _opinion(opinion: Opinion) -> OpinionDocument:
    verdict = opinion.verdict
    return {
        "method": opinion.rule.name,
        "label": verdict.label,
        "ratio": verdict.ratio,
        "score": verdict.score,
        "reason": verdict.reason,
        "agrees": opinion.agrees,
        "cuts": dict(opinion.cuts),
        "steps": [_line(line) for line in opinion.lines],
    }
