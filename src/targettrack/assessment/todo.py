"""Todo: what somebody should look for: figures that are awaited, out of date, or were not searched for, and what names no source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, get_args

from targettrack.assessment.report import Report
from targettrack.assessment.row import Row
from targettrack.period import Period

Task = Literal["awaited", "stale", "unsearched", "unsourced"]
TASKS: tuple[Task, ...] = get_args(Task)
"""In the order in which somebody should go about them."""

YEAR = timedelta(days=365)
"""How long a search for figures counts."""


def searched_lately(searched: Period | None, on: date) -> bool:
    """Whether somebody looked for figures in the year up to a day."""
    return searched is not None and searched.last >= on - YEAR


def task(row: Row, on: date) -> Task | None:
    """The first thing to do about a promise, None where there is nothing.

    ``awaited``: its figure is usually published about now. ``stale``: a newer figure should be there than the newest in the file. ``unsearched``: it is due, the file has no result, and in the last year nobody looked for one. ``unsourced``: its figure, or the promise itself, names no source.
    """
    if "awaited" in row.flags:
        return "awaited"
    if "stale" in row.flags:
        return "stale"
    if row.status == "unreported" and not searched_lately(row.searched, on):
        return "unsearched"
    return "unsourced" if "unsourced" in row.flags else None


def by_task(rows: Iterable[Row], on: date) -> dict[Task, list[Row]]:
    """The promises about which there is something to do, by what it is; of one kind what nobody looked for, or did so longest ago, first, then the first deadline."""
    found: dict[Task, list[Row]] = {each: [] for each in TASKS}
    for row in sorted(rows, key=_when):
        if (each := task(row, on)) is not None:
            found[each].append(row)
    return {each: rows for each, rows in found.items() if rows}


def _when(row: Row) -> tuple[date, date]:
    return row.searched.last if row.searched else date.min, row.due.last if row.due else date.max


def ordered(report: Report) -> Report:
    """The report with its rows in the order in which somebody should go about them."""
    return replace(report, rows=tuple(row for rows in by_task(report.rows, report.on).values() for row in rows))
