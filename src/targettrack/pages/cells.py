"""Cells: every cell of some files that looks like a figure, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from typing_extensions import TypedDict

from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.pages.import_ import Given
from targettrack.recording.entry import Row
from targettrack.recording.left import Left


class CellRecord(TypedDict):
    """One cell and what became of it: ``outcome`` is ``taken``, or the code of the reason; ``refused`` of one that could be read, in a file that was refused."""

    file: str
    cell: str
    text: str
    outcome: str
    indicator: str
    period: str
    reason: str


@frozen()
class Cells:
    """Every cell of some files that looks like a figure, as a table."""

    COMMAND: ClassVar[str] = "cells"
    EXACT: ClassVar[bool] = False

    files: tuple[Given, ...]

    def document(self) -> Mapping[str, object]:
        """The records alone."""
        return {"cells": list(self.records())}

    def records(self) -> Iterator[CellRecord]:
        """The cells that were taken, then those that were left, of each file."""
        for given in self.files:
            yield from (_taken(given, row) for row in given.taken.rows)
            yield from (_left(given, each) for each in given.taken.left)

    @staticmethod
    def record() -> type:
        """One cell."""
        return CellRecord


def _taken(given: Given, row: Row) -> CellRecord:
    values = row.values
    ends = values.get("range") or [values.get("value", values.get("answer"))]
    return {
        "file": given.file.path,
        "cell": str(values.get("cell") or row.origin.said("").removesuffix(": ")),
        "text": "..".join(map(str, ends)),
        "outcome": "refused" if given.taken.problems else "taken",
        "indicator": str(values.get("indicator", "")),
        "period": str(values.get("period", "")),
        "reason": tr("nothing was recorded: {problem}", problem=given.taken.problems[0].message)
        if given.taken.problems
        else "",
    }


def _left(given: Given, left: Left) -> CellRecord:
    return {
        "file": given.file.path,
        "cell": left.cell,
        "text": left.text,
        "outcome": left.why,
        "indicator": "",
        "period": "",
        "reason": left.reason,
    }
