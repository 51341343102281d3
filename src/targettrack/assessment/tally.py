"""Tally: how many promises were kept, missed, or left without a result: the answer before its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

from targettrack.assessment.row import Row
from targettrack.frozen import frozen

Outcome = Literal["kept", "missed", "unreported", "undecidable", "awaited", "running", "words"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""Every outcome; the first five are those of promises that are due."""

DUE = OUTCOMES[:5]


@frozen(eq=True)
class Tally:
    """Counts of promises, each in exactly one of them.

    Due: ``kept``; ``missed``; ``unreported``, without a result in the file; ``undecidable``, with a figure that does not decide; ``awaited``, within the time that such a figure usually takes to be published. Not due yet, or without a deadline: ``running``. In words only, which no figure decides: ``words``.
    """

    kept: int = 0
    missed: int = 0
    unreported: int = 0
    undecidable: int = 0
    awaited: int = 0
    running: int = 0
    words: int = 0

    @property
    def due(self) -> int:
        """The promises that can be held to a result: past their deadline, settled before it, or to be kept in each period."""
        return self.kept + self.missed + self.unreported + self.undecidable + self.awaited

    @property
    def promises(self) -> int:
        """All of them."""
        return self.due + self.running + self.words


def tally(rows: Iterable[Row]) -> Tally:
    """The outcomes of some rows, counted."""
    counts = Counter(map(outcome, rows))
    return Tally(*(counts[each] for each in OUTCOMES))


def outcome(row: Row) -> Outcome:
    """What a promise counts as. One that is not due counts as kept or missed only where nothing can change that any more; a standing one by its last period."""
    if row.indicator_id is None:
        return "words"
    if "awaited" in row.flags:
        return "awaited"
    return _DUE.get(row.status, "running") if _is_due(row) else "running"


_DUE: dict[str, Outcome] = {
    "met": "kept",
    "met_late": "kept",
    "exceeded": "kept",
    "missed": "missed",
    "unreported": "unreported",
    "no_data": "unreported",
    "not_assessable": "undecidable",
}


def _is_due(row: Row) -> bool:
    """Whether it can be held to a result; a standing promise once a period has ended since it was set."""
    return row.past_due or row.final or (row.kept is not None and row.kept.periods > 0)
