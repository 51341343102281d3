"""Evidence: what every table of targets says of a row: the figure, what was asked for, how far apart they are, and what changes how it may be quoted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Literal

from targettrack.assessment.pace import PACE
from targettrack.assessment.promises import Version
from targettrack.assessment.row import Row
from targettrack.assessment.status import STATUSES, Status
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.program.model import is_percent
from targettrack.text import NBSP
from targettrack.wording import notation, why
from targettrack.wording.flags import WORDS as FLAG_WORDS

_GRADES: dict[Status, int] = {status: place for place, status in enumerate(STATUSES)} | {
    "open": 5,
    "met_late": 8,
    "exceeded": 8,
    "no_data": 20,
    "not_assessable": 21,
}

_MET = frozenset({"met", "met_late", "exceeded"})


def gravity(status: Status) -> tuple[int, int]:
    """How grave a status is, the gravest first; what is not known, or cannot be judged, comes last."""
    return _GRADES[status], STATUSES.index(status)


def grade(status: Status) -> int:
    """The same, where statuses that say as much of a promise are equal."""
    return _GRADES[status]


def worst_first(rows: Iterable[Row]) -> list[Row]:
    """Rows with the gravest status first; of equals the largest shortfall, then the earliest deadline, then the order of the file."""
    return sorted(
        rows,
        key=lambda row: (
            gravity(row.status),
            row.shortfall is None,
            row.shortfall or Decimal(0),
            row.due is None,
            row.due.last.toordinal() if row.due else 0,
        ),
    )


# ---------------------------------------------------------------- the share of the way


def share(row: Row) -> Decimal | None:
    """The share of the way: progress from a stated baseline, else attainment, else progress from whatever start there is."""
    return None if not has_share(row) else row.progress if from_start(row) else row.attainment


def has_share(row: Row) -> bool:
    """Whether there is a share of the way."""
    return (
        row.bound is not None
        and row.bound.direction != "maintain"
        and (row.rates.progress is not None or not from_start(row))
    )


def from_start(row: Row) -> bool:
    """Whether the way begins at the start's value, and not at 0."""
    return (
        row.distance is None or not row.distance.attains or (row.start is not None and row.start.origin == "baseline")
    )


def reached(row: Row) -> str:
    """The share reached: of the target, or of the ``way`` from a start to it; of a figure with an open end only that it is less, or more; ``–`` where no share says so."""
    own = share(row)
    if own is None:
        return "–"
    if own >= 1 and (row.status == "missed" or row.gap == 0) and row.status not in _MET:
        return "–"  # it stands on a bound that is not reached by that: no share says so
    said = notation.limit(row.gap_approx) + notation.percent(own, met=row.status in _MET)
    return tr("{share} of way", share=said) if from_start(row) else said


# ---------------------------------------------------------------- figure, target, gap


def gap(row: Row) -> str:
    """The gap to the end that decides, in points where the unit is a percentage; empty where there is none."""
    return "" if row.gap is None else notation.limit(row.gap_approx) + notation.gap(row.gap, row.unit, row.entered)


def gap_strong(row: Row) -> str:
    """The gap to the ambition, bare; empty where that is no other end."""
    if row.gap_strong is None or row.bound is None or row.bound.weak == row.bound.strong:
        return ""
    if row.bound.direction == "maintain":
        return ""
    return notation.limit(row.gap_approx) + notation.gap(row.gap_strong, None, row.entered)


def _several(row: Row) -> bool:
    """Whether the figure is made of several."""
    return row.target is not None and row.judged is not None and len(row.judged.points) > 1


def figure(row: Row, unit: str | None) -> str:
    """The judged figure as its source gives it, or what several make; empty where there is none."""
    judged = row.judged
    if judged is None:
        return ""
    if judged.points and not _several(row):
        return notation.actual(judged.newest.figure, unit)
    if judged.allowed is None or not isinstance(row.figure, Decimal):
        return ""
    return notation.with_unit(notation.allowed(judged.allowed, row.entered, about=row.about), unit)


def period(row: Row) -> str:
    """The period of the judged figure; of several that of the promise. Empty where there is none."""
    if _several(row):
        return notation.deadline(row.promise)
    return notation.short(row.judged.newest.period) if row.judged and row.judged.points else ""


# ---------------------------------------------------------------- what is to be known


@frozen(eq=True)
class Remark:
    """A word or two at the end of a row."""

    text: str
    kind: Literal["plain", "doubt", "verdict"] = "plain"


def remarks(row: Row, method: str, *, without: str = "") -> Iterator[Remark]:
    """What changes how a row may be quoted; ``without`` one flag that goes without saying."""
    if method != "linear":
        ratio = "" if row.verdict.ratio is None else f" {notation.ratio(row.verdict.ratio, 3, row.verdict.edges)}"
        yield Remark(f"{method} {row.verdict.label.replace('_', ' ')}{ratio}", "verdict")
    yield from _covered(row)
    if kept := why.kept(row):
        yield Remark(kept)
    yield from limits(row, without={without, "noted"})
    if row.pace is not None and not row.past_due and row.status in {"on_track", "behind", "off_track", "worsening"}:
        yield Remark(tr("pace\u00a0{pace}", pace=notation.ratio(row.pace, 2, PACE.edges)))
    if row.status in {"met", "exceeded"} and not row.final and row.due is not None:
        yield Remark(tr("not final"))
    if "noted" in row.flags and without != "noted":
        yield Remark(tr(FLAG_WORDS["noted"]))


def limits(row: Row, *, without: Collection[str]) -> Iterator[Remark]:
    """A word for each flag but some, and for what the promise was before, or is now."""
    for flag in row.flags:
        if flag in FLAG_WORDS and flag not in without:
            yield Remark(_flagged(row, flag), _KINDS.get(flag, "plain"))
    yield from _versions(row)


_KINDS: dict[str, Literal["plain", "doubt"]] = dict.fromkeys(
    ("disputed", "series_break", "met_when_set", "met_at_start", "undone"), "doubt"
)
"""The flags that change what may be quoted, and stand out."""


def _flagged(row: Row, flag: str) -> str:
    """The word of a flag; where no baseline is stated, with the period that the way begins at."""
    if flag == "from_first_actual" and row.start is not None:
        return tr("no baseline: from\u00a0{period}", period=notation.short(row.start.period))
    return tr(FLAG_WORDS[flag])


def _covered(row: Row) -> Iterator[Remark]:
    """How many periods a sum or a mean is of."""
    window = row.judged.window if row.judged else None
    if row.judged and row.judged.whole:
        yield Remark(tr("as published"))
    elif window is not None and window.periods > 1 and window.counted and row.target:
        periods = f"{window.counted}" if window.complete else f"{window.counted}/{window.periods}"
        yield Remark(
            tr("sum of\u00a0{periods}", periods=periods)
            if row.target.aggregate == "sum"
            else tr("mean of\u00a0{periods}", periods=periods)
        )


def _versions(row: Row) -> Iterator[Remark]:
    """What the promise was before, or is now, and what that would make of the status."""
    if row.before is not None:
        yield Remark(tr("was {target}", target=_brief(row, row.before)))
    if row.upcoming is not None:
        yield Remark(tr("then {target}", target=_brief(row, row.upcoming)))
    if row.compared is not None and row.held_to != "current":
        yield Remark(tr("now {bound}", bound=_brief(row, row.compared)))
    if row.other is not None:
        word = why.word(row.other.status)
        yield Remark(
            tr("{status} as first made", status=word)
            if row.held_to == "current"
            else tr("{status} as now in force", status=word),
            "doubt",
        )
    if row.withdrawn is not None:
        yield Remark(tr("withdrawn {day}", day=row.withdrawn), "doubt")


def _brief(row: Row, version: Version) -> str:
    """A bound without the unit that the row says already, and without the sign that is the usual one."""
    unit = row.indicator.unit if row.indicator and is_percent(row.indicator.unit) else None
    text = notation.asked(version.promise, version.bound, unit, row.direction)
    return text.removeprefix(f"≥{NBSP}").removeprefix(f"≤{NBSP}")
