"""Counts in markdown: how many targets have which status, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from targettrack.assessment.report import by_status
from targettrack.assessment.row import Row
from targettrack.formats.markdown._text import escaped
from targettrack.language import tr
from targettrack.program.shelf import Unreadable
from targettrack.wording import why


def statuses(rows: Sequence[Row]) -> str:
    """Each status with its count."""
    return ", ".join(f"{count} {why.word(status)}" for status, count in by_status(rows).items())


def unreadable(entries: Sequence[Unreadable]) -> Iterator[str]:
    """A line for each file that cannot be read."""
    for entry in entries:
        yield ""
        yield f"**{tr('Cannot be read:')}** {escaped(entry.file)}"
