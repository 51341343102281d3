"""report as a page: what became of the promises, all targets with the worst first, then each indicator with its evidence, and the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from targettrack.formats._signs import HUES, SIGNS
from targettrack.formats.html import _templates
from targettrack.pages.report import Dossier
from targettrack.period import Period
from targettrack.wording import dates, evidence, notation, why
from targettrack.wording.headline import headline

if TYPE_CHECKING:
    from targettrack.assessment.row import Row


def pieces(page: Dossier) -> Iterator[str]:
    """The page's text."""
    header = page.program.header
    anchors = page.anchors
    return _templates.pieces(
        "report",
        page=page,
        about=", ".join(text for text in (header.place, header.owner, header.url) if text),
        day=dates.named(Period(page.on, page.on, page.on.isoformat())),
        headline=headline(page.tally),
        lines=[line(row, anchors[row]) for row in page.worst_first],
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A promise in the table of all of them, each cell as its text."""

    anchor: str
    status: str
    sign: str
    hue: str
    id: str
    name: str
    due: str
    target: str
    actual: str
    period: str
    gap: str
    strong: str
    remarks: tuple[str, ...]


def line(row: Row, anchor: str) -> Line:
    """The texts of a row."""
    return Line(
        anchor,
        why.word(row.status),
        SIGNS[row.status],
        HUES[row.status],
        row.indicator_id or "",
        f"{row.indicator.name if row.indicator else ''}{notation.part(row.disaggregation)}",
        notation.deadline(row.promise),
        notation.promise(row.promise, row.bound, row.unit, row.direction),
        evidence.figure(row, row.unit),
        evidence.period(row),
        evidence.gap(row),
        evidence.gap_strong(row),
        tuple(remark.text for remark in evidence.remarks(row, "linear")),
    )
