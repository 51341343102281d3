"""Meanings: what each status, and each word at the end of a row, says, for a reader who sees it for the first time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from targettrack.assessment.pace import PACE
from targettrack.assessment.row import Row
from targettrack.assessment.status import STATUSES, Status
from targettrack.assessment.tally import Outcome, Tally
from targettrack.language import mark, tr
from targettrack.wording import headline, labels
from targettrack.wording.flags import WORDS

_STATUSES: dict[Status, str] = {
    "missed": mark("past its deadline (or the last period of a standing target), and a figure shows that it was not reached"),
    "worsening": mark("not due yet, and the figures move away from the target: {pace}"),
    "off_track": mark("not due yet, and far too slow: {pace}"),
    "unreported": mark("past its deadline, and this file has no figure that settles it; that is the file's silence, not the government's"),
    "behind": mark("not due yet, and too slow: {pace}"),
    "pending": mark("not due yet, and no pace can be known; or past due, and the figure is usually published later than this day"),
    "open": mark("no deadline was set, and it is not met"),
    "on_track": mark("not due yet, and fast enough so far: {pace}"),
    "met": mark("a figure shows that the end that decides was reached"),
    "met_late": mark("a figure from after the deadline shows it: kept by then, not shown to have been kept in time"),
    "exceeded": mark("a figure goes beyond the ambition, the strong end of the target"),
    "no_data": mark("not due yet, and this file has no figure"),
    "not_assessable": mark("a promise in words, or a number that was never set; or a figure that does not decide it"),
}  # fmt: skip

_FLAGS: dict[str, str] = {
    "late_figure": mark("the figure is the first one after the deadline"),
    "stale": mark("the figure is older than what the target asks for"),
    "partial": mark("a period of the window ended without a figure"),
    "other_length": mark("the figure is for a period of another length than the due one: it is shown, and not judged"),
    "inexact": mark("the source's range, “over” or “under” leaves open whether the target was reached"),
    "provisional": mark("the source calls the figure provisional, or it was published before its period ended"),
    "estimate": mark("the source calls the figure an estimate"),
    "disputed": mark("another source has another figure"),
    "undone": mark("it had been reached, and a later “no” took that back"),
    "awaited": mark("the figure is usually published later than this day"),
    "series_break": mark("the definition, the count or the promise changed"),
    "from_first_actual": mark("no baseline is stated; the first known figure serves as the start"),
    "met_at_start": mark("the start already satisfied it"),
    "met_when_set": mark("it was already met on the day on which it was set"),
    "revised_after_due": mark("it was changed after its deadline, and is judged as it stood"),
    "proposed": mark("a wish or a draft, which was not adopted"),
    "unsourced": mark("the figure or the target names no source"),
    "noted": mark("there is a note on it"),
}
"""The flags that are said by a word."""


_OUTCOMES: dict[Outcome, str] = {
    "kept": mark("a figure shows that the end that decides was reached"),
    "missed": mark("past its deadline (or the last period of a standing target), and a figure shows that it was not reached"),
    "unreported": mark("past its deadline, and the program's file has no figure that settles it; that is the file's silence, not the government's"),
    "undecidable": mark("past its deadline, and the figure that there is does not decide it"),
    "awaited": mark("the figure is usually published later than this day"),
    "running": mark("not due yet, or without a deadline"),
    "words": mark("No indicator measures these promises; nobody can judge them by a figure."),
}  # fmt: skip


def outcomes(of: Tally) -> Iterator[tuple[str, str]]:
    """The words for the outcomes that are counted in, each with what it says."""
    return ((word, tr(_OUTCOMES[each])) for each, word in headline.outcomes().items() if getattr(of, each))


def every_status() -> dict[Status, str]:
    """What each status says; of those by pace with the pace that makes them."""
    paces = dict(labels.conditions(PACE))
    return {status: tr(_STATUSES[status], pace=paces.get(status, "")) for status in STATUSES}


def every_flag() -> Iterator[tuple[str, str, str]]:
    """Each flag that is said by a word: as data have it, its word, and what it says."""
    return ((flag, tr(word), tr(_FLAGS[flag])) for flag, word in WORDS.items())


def statuses(of: Iterable[Status]) -> Iterator[tuple[Status, str]]:
    """Some statuses, the gravest first, each with what it says; of those by pace with the pace that makes them."""
    there = set(of)
    return ((status, said) for status, said in every_status().items() if status in there)


def flags(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """The words at the end of some rows, each with what it says."""
    there = {flag for row in rows for flag in row.flags}
    return ((word, said) for flag, word, said in every_flag() if flag in there)


_RULES = (
    mark("A figure counts from the day on which it was published, a target from the day on which it was set; what this page says holds for the day that it names."),
    mark("Nothing is called met without a figure that shows it. What the data file does not know is said of the file, and of nobody else."),
    mark("Numbers have the digits that were entered; a number that was rounded for the page has ≈ before it. Gaps of percentages are percentage points (pp)."),
    mark("Of a range the weak end decides, and the strong end is the ambition. The pace is progress over elapsed time: the share of the way from the start to the target, over the share of the time."),
)  # fmt: skip


def rules() -> Iterator[str]:
    """How a page is to be read, whatever stands on it."""
    return map(tr, _RULES)
