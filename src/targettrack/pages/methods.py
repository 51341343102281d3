"""methods: the methods that judge, with what each says of itself."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal, TypeAlias

from typing_extensions import TypedDict

from targettrack.assessment.cutpoints import NONE, CutPoints
from targettrack.assessment.status import STATUSES
from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.wording import labels, why

Note: TypeAlias = tuple[str, str] | tuple[str, str, CutPoints[str]]
"""What a note is about, and its text; with cut points where they stand in the text, as ``{cuts}``."""


@frozen(eq=True)
class Rule:
    """A named method as ``explain`` shows it: its question, its cut points, which of its labels speak for the target, and against it, and what else must be known to read it."""

    name: str
    method: Method
    question: str = mark("not said")
    needs: str = mark("not said")
    cut_points: CutPoints[str] = NONE
    good: frozenset[str] = frozenset()
    bad: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    source: str = mark("not said")
    notes: tuple[Note, ...] = ()

    @property
    def cuts(self) -> tuple[tuple[str, str], ...]:
        """Its labels with their cut points, for people."""
        return labels.conditions(self.cut_points)

    @property
    def edges(self) -> tuple[Decimal | Fraction, ...]:
        """All of its cut points, those that its notes tell of too."""
        return tuple(
            edge
            for points in (self.cut_points, *(of for note in self.notes for of in note[2:]))
            for edge in points.edges
        )

    @property
    def remarks(self) -> tuple[tuple[str, str], ...]:
        """Its notes, each with what it is about, for people."""
        return tuple(
            (tr(about), tr(text, cuts=labels.listed(of[0])) if of else tr(text)) for about, text, *of in self.notes
        )

    def says(self, label: str) -> bool | None:
        """Whether a label speaks for the target, against it, or neither."""
        return True if label in self.good else False if label in self.bad else None

    def word(self, label: str) -> str:
        """A label for people: in their language where all of the method's are statuses, else as the method was published with it."""
        status = next((status for status in STATUSES if status == label), None)
        return why.word(status) if status and set(self.labels) <= set(STATUSES) else label.replace("_", " ")


@frozen()
class Methods:
    """What ``methods`` shows."""

    COMMAND: ClassVar[str] = "methods"

    rules: tuple[Rule, ...]

    def document(self) -> MethodsDocument:
        """The methods for scripts."""
        return {"schema": "targettrack.methods", "version": 1, "methods": [_method(rule) for rule in self.rules]}


def _method(rule: Rule) -> MethodDocument:
    return {
        "method": rule.name,
        "question": rule.question,
        "needs": rule.needs,
        "labels": list(rule.labels),
        "cuts": dict(rule.cuts),
        "notes": dict(rule.remarks),
        "source": rule.source,
    }


class MethodDocument(TypedDict):
    """One method."""

    method: str
    question: str
    needs: str
    labels: list[str]
    cuts: dict[str, str]
    notes: dict[str, str]
    source: str


class MethodsDocument(TypedDict):
    """What ``methods --json`` prints."""

    schema: Literal["targettrack.methods"]
    version: Literal[1]
    methods: list[MethodDocument]
