"""Undo: what was taken out of a program file again, and what became of the targets that it touched; as a page, and as a document for scripts."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from typing_extensions import TypedDict

from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.pages.add_actual import Change, ChangeDocument, changed, changes
from targettrack.pages.keys import Num
from targettrack.program.model import Actual, Program


@frozen()
class Cut:
    """What is cut off the end of a file: its lines, the text itself, its figures and the sources that came with them, and what could not be promised."""

    first: int
    last: int
    text: str
    actuals: tuple[Actual, ...]
    sources: tuple[str, ...]
    doubts: tuple[str, ...] = ()


@frozen()
class Undone:
    """The program without the figures, what was cut off (of a ``dry_run``: would be), and the targets touched."""

    COMMAND: ClassVar[str] = "undo"

    program: Program
    on: date
    cut: Cut
    dry_run: bool
    changes: tuple[Change, ...]

    def document(self) -> UndoneDocument:
        """What was taken out, for scripts."""
        cut = self.cut
        return {
            "schema": "targettrack.undo",
            "version": 2,
            "on": self.on.isoformat(),
            "program": self.program.id,
            "file": self.program.file,
            "dry_run": self.dry_run,
            "taken_out": 0 if self.dry_run else len(cut.actuals),
            "lines": [cut.first, cut.last],
            "text": cut.text,
            "actuals": [_taken_out(actual) for actual in cut.actuals],
            "sources": list(cut.sources),
            "targets": changed(self.changes),
            "not_promised": list(cut.doubts),
        }


class TakenOutDocument(TypedDict):
    """A figure that was taken out: a number, or of a milestone the answer, with the other one null; both are null of a range."""

    indicator: str
    disaggregation: dict[str, str]
    period: str
    value: Num | None
    answer: bool | None
    range: list[Num] | None
    source: str | None


class UndoneDocument(TypedDict):
    """What ``undo --json`` prints; ``lines`` are the first and the last line that are gone, ``text`` is exactly what was (or would be) cut off, ``actuals`` the newest first, ``sources`` those that came with them."""

    schema: Literal["targettrack.undo"]
    version: Literal[2]
    on: str
    program: str
    file: str
    dry_run: bool
    taken_out: int
    lines: list[int]
    text: str
    actuals: list[TakenOutDocument]
    sources: list[str]
    targets: list[ChangeDocument]
    not_promised: list[str]


def _taken_out(actual: Actual) -> TakenOutDocument:
    return {
        "indicator": actual.indicator,
        "disaggregation": dict(actual.disaggregation),
        "period": actual.period.text,
        "value": actual.number,
        "answer": actual.answer,
        "range": list(actual.range) if actual.range else None,
        "source": actual.source,
    }


def undone(before: Program, after: Program, cut: Cut, on: date, method: Method, *, dry_run: bool = False) -> Undone:
    """What taking figures out of a program did, or would do, and to which targets."""
    return Undone(after, on, cut, dry_run, tuple(changes(before, after, cut.actuals, on, method)))
