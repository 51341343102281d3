"""Undo: what was taken out of a program file again, and what became of the targets that it touched."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from typing_extensions import TypedDict

from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.pages.add_actual import Change, changes
from targettrack.program.model import Actual, Program


@frozen()
class Undone:
    """The program without the figures, the figures and sources that it had, where they stood, what could not be promised, and the targets touched."""

    COMMAND: ClassVar[str] = "undo"

    program: Program
    actuals: tuple[Actual, ...]
    sources: tuple[str, ...]
    first: int
    last: int
    doubts: tuple[str, ...]
    changes: tuple[Change, ...]

    def document(self) -> UndoneDocument:
        """The lines that are gone, for scripts."""
        return {"program": self.program.id, "file": self.program.file, "lines": [self.first, self.last]}


class UndoneDocument(TypedDict):
    """Where what was taken out stood."""

    program: str
    file: str
    lines: list[int]


def undone(
    before: Program,
    after: Program,
    actuals: tuple[Actual, ...],
    sources: tuple[str, ...],
    lines: tuple[int, int],
    doubts: tuple[str, ...],
    on: date,
    method: Method,
) -> Undone:
    """What taking figures out of a program did, and to which targets."""
    found = tuple(changes(before, after, actuals, on, method))
    return Undone(after, actuals, sources, *lines, doubts, found)
