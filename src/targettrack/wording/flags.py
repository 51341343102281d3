"""Flags: what changes how a row may be quoted, in a word or two each."""

from __future__ import annotations

from collections.abc import Iterable

from targettrack.language import mark, tr

WORDS = {
    "late_figure": mark("late"),
    "stale": mark("stale"),
    "partial": mark("partial"),
    "other_length": mark("other length"),
    "inexact": mark("inexact"),
    "provisional": mark("provisional"),
    "estimate": mark("estimate"),
    "disputed": mark("disputed"),
    "undone": mark("undone"),
    "awaited": mark("awaited"),
    "series_break": mark("break"),
    "from_first_actual": mark("from first figure"),
    "met_at_start": mark("met at start"),
    "met_when_set": mark("met when set"),
    "revised_after_due": mark("changed after due"),
    "proposed": mark("proposed"),
    "unsourced": mark("no source"),
    "noted": mark("note"),
}
"""The flags that are said by a word; the figure and the promise themselves say the others."""


def words(of: Iterable[str]) -> list[str]:
    """The words of some flags, in their order."""
    return [tr(WORDS[flag]) for flag in of if flag in WORDS]
