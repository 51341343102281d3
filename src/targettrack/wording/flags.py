"""Flags: what changes how a row may be quoted, in a word or two each."""

from __future__ import annotations

from collections.abc import Iterable

from targettrack.language import mark, tr

WORDS = {
    "late_figure": mark("late figure"),
    "stale": mark("nothing newer"),
    "partial": mark("periods missing"),
    "other_length": mark("other length"),
    "inexact": mark("too inexact"),
    "provisional": mark("provisional"),
    "estimate": mark("estimate"),
    "disputed": mark("disputed"),
    "undone": mark("taken back"),
    "awaited": mark("result awaited"),
    "series_break": mark("count changed"),
    "from_first_actual": mark("no baseline"),
    "met_at_start": mark("met from the start"),
    "met_when_set": mark("already met when set"),
    "revised_after_due": mark("changed after due"),
    "proposed": mark("proposed"),
    "unsourced": mark("no source"),
    "noted": mark("*"),
}
"""The flags that are said by a word; the figure and the promise themselves say the others."""


def words(of: Iterable[str]) -> list[str]:
    """The words of some flags, in their order."""
    return [tr(WORDS[flag]) for flag in of if flag in WORDS]
