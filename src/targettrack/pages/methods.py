"""methods: the methods that judge, with what each says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from typing_extensions import TypedDict

from targettrack.assessment.report import STATUSES, Method
from targettrack.language import mark
from targettrack.wording import why


@dataclass(frozen=True, slots=True)
class Rule:
    """A named method as ``explain`` shows it: its question, its cut points, which of its labels speak for the target, and against it, and what else must be known to read it."""

    name: str
    method: Method
    question: str = mark("not said")
    needs: str = mark("not said")
    cuts: tuple[tuple[str, str], ...] = ()
    good: frozenset[str] = frozenset()
    bad: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    source: str = mark("not said")
    notes: tuple[tuple[str, str], ...] = ()

    def says(self, label: str) -> bool | None:
        """Whether a label speaks for the target, against it, or neither."""
        return True if label in self.good else False if label in self.bad else None

    def word(self, label: str) -> str:
        """A label for people: in their language where all of the method's are statuses, else as the method was published with it."""
        status = next((status for status in STATUSES if status == label), None)
        return why.word(status) if status and set(self.labels) <= set(STATUSES) else label.replace("_", " ")


@dataclass(frozen=True, slots=True, eq=False)
class Methods:
    """What ``methods`` shows."""

    COMMAND: ClassVar[str] = "methods"

    rules: tuple[Rule, ...]

    def document(self) -> MethodsDocument:
        """The methods for scripts."""
        return {"schema": "targettrack.methods", "version": 1, "methods": [_method(rule) for rule in self.rules]}


def _method(rule: Rule) -> MethodDocument:
    return {"method": rule.name, "question": rule.question, "needs": rule.needs, "labels": list(rule.labels), "cuts": dict(rule.cuts), "notes": dict(rule.notes), "source": rule.source}


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
