"""status: every target that was asked for, judged; and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from targettrack.assessment.report import Report
from targettrack.frozen import frozen
from targettrack.program.shelf import Unreadable

if TYPE_CHECKING:
    from targettrack.pages.keys import RowDocument, StatusDocument


@frozen()
class StatusPage:
    """What ``status`` shows: a report, and what could not be read; ``brief`` folds what has no result and what was kept into a line each, ``todo`` says what is to be done about each promise."""

    COMMAND: ClassVar[str] = "status"
    EXACT: ClassVar[bool] = False
    BRIEF: ClassVar[tuple[str, ...]] = (
        "program",
        "indicator",
        "status",
        "target_by",
        "target_weak",
        "target_strong",
        "figure",
        "answer",
        "actual_period",
        "gap",
        "gap_approx",
        "gap_unit",
    )

    report: Report
    unreadable: tuple[Unreadable, ...] = ()
    brief: bool = False
    todo: bool = False

    @property
    def whole(self) -> bool:
        """Whether it shows every promise of its programs, so that their counts say what became of them all."""
        return self.report.of == len(self.report.rows)

    def document(self) -> StatusDocument:
        """The report for scripts."""
        from targettrack.pages import documents  # noqa: PLC0415 - only scripts need it

        return documents.status_document(self)

    def records(self) -> Iterator[RowDocument]:
        """Its rows."""
        from targettrack.pages import documents  # noqa: PLC0415 - only scripts need it

        return map(documents.row_document, self.report.rows)

    @staticmethod
    def record() -> type:
        """One row."""
        from targettrack.pages import keys  # noqa: PLC0415 - only scripts need it

        return keys.RowDocument
