"""Headline: what became of some promises, in one line of counts that breaks only between them; what nothing is counted in is not said."""

from __future__ import annotations

from collections.abc import Iterable

from targettrack.assessment.row import Row
from targettrack.assessment.tally import DUE, OUTCOMES, Outcome, Tally, outcome
from targettrack.language import mark, tr, tr_as, tr_n
from targettrack.text import NBSP

WORDS = {
    "kept": mark("{count} kept"),
    "missed": mark("{count} missed"),
    "unreported": mark("{count} without a result"),
    "undecidable": mark("{count} undecidable"),
    "awaited": mark("{count} awaited"),
    "running": mark("{count} running"),
    "words": mark("{count} in words"),
}
"""What is said of each outcome."""


HEADINGS = {
    "promises": mark("promises"),
    "due": mark("due"),
    "kept": mark("kept"),
    "missed": mark("missed"),
    "unreported": mark("no result"),
    "undecidable": mark("undecidable"),
    "awaited": mark("awaited"),
    "running": mark("running"),
    "words": mark("in words"),
}
"""What stands over a column of each count of a tally."""


def outcomes() -> dict[Outcome, str]:
    """The word for each outcome, as the headline has it."""
    return {
        "kept": tr_as("promises", "kept"),
        "missed": tr_as("promises", "missed"),
        "unreported": tr_as("promises", "without a result"),
        "undecidable": tr_as("promises", "undecidable"),
        "awaited": tr_as("promises", "awaited"),
        "running": tr_as("promises", "running"),
        "words": tr_as("promises", "in words"),
    }


def columns(tallies: Iterable[Tally]) -> dict[str, str]:
    """The counts that a table of tallies has, each with its heading; what is awaited only where something is."""
    awaited = any(each.awaited for each in tallies)
    return {name: tr(heading) for name, heading in HEADINGS.items() if awaited or name != "awaited"}


def headline(of: Tally) -> str:
    """``32 promises: 22 due: 5 kept, 4 missed, 12 without a result, 1 undecidable · 4 running · 6 in words``."""
    due = [_said(each, of) for each in DUE if getattr(of, each)]
    rest = [_said(each, of) for each in OUTCOMES if each not in DUE and getattr(of, each)]
    settled = tr("{count} due: {outcomes}", count=of.due, outcomes=", ".join(due)) if due else tr("none due")
    return tr_n(
        of.promises,
        "{count} promise: {outcomes}",
        "{count} promises: {outcomes}",
        outcomes=" · ".join([settled, *rest]),
    )


def late(rows: Iterable[Row]) -> str:
    """Of what was kept, how much is only known from figures of after the deadline; empty where nothing is."""
    kept = [row.status for row in rows if outcome(row) == "kept"]
    return lateness(kept.count("met_late"), len(kept))


def lateness(count: int, of: int) -> str:
    """The same of so many promises that were kept."""
    if not count:
        return ""
    if count < of:
        return tr("kept: {count} of {of} late", count=count, of=of)
    return tr("kept: late") if count == 1 else tr("kept: all {count} late", count=count)


def _said(each: str, of: Tally) -> str:
    return tr(WORDS[each], count=getattr(of, each)).replace(" ", NBSP)
