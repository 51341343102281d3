"""Targets: the one, or the few, that a person means by a period."""

from __future__ import annotations

from collections.abc import Sequence

from targettrack import period
from targettrack.assessment.row import Row
from targettrack.errors import Exit, failure
from targettrack.language import tr
from targettrack.period import CALENDAR, Period, PeriodError, Year, split
from targettrack.program.model import Target


def due_in(rows: Sequence[Row], asked: str, where: str) -> list[Row]:
    """The targets due in a period; of a span, those that run over it.

    Raises:
        TargettrackError: there is none (exit 3), with those that there are.

    """
    wanted = _asked(asked, rows[0].program.year if rows else CALENDAR)
    found = [row for row in rows if label(row).casefold() == asked.strip().casefold()]
    if not found and wanted:
        exact = [row for row in rows if wanted in _periods(row)]
        inside = [] if split(wanted)[0] else [row for row in rows if row.due and wanted.contains(row.due.last)]
        found = [row for row in rows if row in exact or row in inside]
    if found:
        return found
    known = ", ".join(dict.fromkeys(label(row) for row in rows))
    hint = tr("targets: {labels}", labels=known) if known else tr("no target is known on this day")
    raise failure(
        Exit.NOT_FOUND,
        "no-such-target",
        tr("{indicator} has no target of {asked}", indicator=where, asked=f'"{asked}"'),
        hint=hint,
    )


def _asked(text: str, year: Year) -> Period | None:
    try:
        return period.asked(text.strip(), year)
    except PeriodError:
        return None


def _periods(row: Row) -> list[Period]:
    """The deadline, and the window up to it."""
    due, begins = row.due, row.promise.begins
    return [*([due] if due else []), *([Period(begins.first, due.last, "")] if due and begins else [])]


def label(row: Row) -> str:
    """What a person types to choose a target: its period, its window, ``every year``, or ``no date``."""
    target = row.target
    if isinstance(target, Target) and target.every:
        return f"every {target.every}"
    if row.due is None:
        return "no date"
    begins = row.promise.begins
    return row.due.text if begins is None or begins == row.due else f"{begins}/{row.due}"
