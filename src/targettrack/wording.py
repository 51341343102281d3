"""Wording: the sentences that say why a row has its status."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from targettrack import notation
from targettrack.figures import Figure
from targettrack.notation import NBSP
from targettrack.period import Period
from targettrack.program import Target
from targettrack.report import Row, Status

WORDS: dict[Status, str] = {
    "missed": "missed",
    "worsening": "worsening",
    "off_track": "off track",
    "unreported": "unreported",
    "behind": "behind",
    "pending": "pending",
    "open": "open",
    "on_track": "on track",
    "met": "met",
    "met_late": "met late",
    "exceeded": "exceeded",
    "no_data": "no data",
    "not_assessable": "not assessable",
}


def why(row: Row) -> str:
    """One plain sentence with the numbers in it, naming every flag that changes how the row may be quoted."""
    return f"{_capital('; '.join((_main(row), *_clauses(row))))}."


def plain(sentence: str) -> str:
    """A sentence for data: plain spaces, and hyphens in ranges."""
    return sentence.replace(NBSP, " ").replace("–", "-")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _main(row: Row) -> str:
    target = row.target
    if target is None:
        return "a promise in words: no indicator measures it"
    if row.judged is None or row.figure is None:
        return _without_figure(row, target)
    if row.status == "unreported":
        return _outdated(row, target)
    if row.status == "not_assessable":
        return _undecided(row, target)
    if row.shape == "milestone":
        return _milestone(row)
    if row.shape == "improve":
        return f"{_subject(row)} is {_compared(row)}{_ending(row)}"
    if row.status in {"on_track", "behind", "off_track", "worsening"} and row.progress is not None:
        return _pace(row)
    return f"{_subject(row)} is {_distance(row)}{_ending(row)}"


# ---------------------------------------------------------------- the figure


def _unit(row: Row) -> str | None:
    return row.indicator.unit if row.indicator else None


def _number(row: Row, value: Decimal) -> str:
    return notation.with_unit(notation.digits(value), _unit(row))


def _in_period(period: Period) -> str:
    return f"on {period.text}" if period.first == period.last else f"in{NBSP}{notation.short(period)}"


def subject_figure(row: Row) -> str:
    """The judged figure as its source gives it, with unit and period; a sum or a mean with what it covers."""
    judged = row.judged
    if judged is None or not judged.points:
        return ""
    if len(judged.points) == 1 and (judged.window is None or judged.window.periods == 1 or judged.window.complete):
        return f"{notation.actual(judged.newest.figure, _unit(row))} {_in_period(judged.newest.period)}"
    kind = "mean" if row.target and row.target.aggregate == "mean" else "sum"
    value = judged.allowed
    exact = value is not None and value.exact is not None and isinstance(row.figure, Decimal)
    text = notation.digits(row.figure) if exact and isinstance(row.figure, Decimal) else notation.allowed(value) if value else ""
    span = notation.listing([notation.short(point.period) for point in judged.points])
    return f"{notation.with_unit(text, _unit(row))}, the {kind} of {span},"


def _subject(row: Row) -> str:
    text = subject_figure(row)
    if row.judged and row.judged.late and row.due:
        return f"{text}, the first figure after the {notation.short(row.due)} deadline,"
    return text


# ---------------------------------------------------------------- the distance


def _amount(row: Row, gap: Decimal, *, unit: bool = True) -> str:
    size = notation.digits(abs(gap))
    if not unit:
        return size
    return f"{size}{NBSP}{'point' if size == '1' else 'points'}" if notation.is_percent(_unit(row)) else notation.with_unit(size, _unit(row))


def _distance(row: Row) -> str:
    """The figure against the weak end, and against the strong end where it differs."""
    bound, gap, strong = row.bound, row.gap, row.gap_strong
    if bound is None or gap is None or strong is None:
        return "a figure without a bound to compare it with"
    about = "about " if row.target and row.target.approx else ""
    if bound.direction == "maintain":
        ends = notation.with_unit(notation.digits(bound.weak) if bound.weak == bound.strong else notation.stretch(bound.weak, bound.strong), _unit(row))
        return f"{'equal to' if bound.weak == bound.strong else 'inside'} {about}{ends}" if gap == 0 else f"{_amount(row, gap)} outside {about}{ends}"
    weak = about + _number(row, bound.weak)
    is_range = bound.weak != bound.strong
    first = _side(row, gap, f"the {weak} {'floor' if bound.direction == 'increase' else 'ceiling'}" if is_range or gap < 0 else weak)
    return f"{first} and {_side(row, strong, _number(row, bound.strong), unit=False)}" if is_range else first


def _side(row: Row, gap: Decimal, end: str, *, unit: bool = True) -> str:
    if gap == 0:
        return f"exactly at {end}"
    increase = row.bound is not None and row.bound.direction == "increase"
    amount = _amount(row, gap, unit=unit)
    if gap < 0:
        return f"{amount} short of {end}" if increase else f"{amount} above {end}"
    return f"{amount} above {end}" if increase else f"{amount} below {end}"


def _compared(row: Row) -> str:
    if row.start is None:
        return "the only figure, and there is nothing to compare it with"
    start = f"{_number(row, row.start.value)} {_in_period(row.start.period)}"
    if isinstance(row.figure, Decimal) and row.figure == row.start.value:
        return f"the same as {start}"
    better = row.status in {"met", "met_late", "on_track"}
    return f"{'better' if better else 'not better'} than {start}"


def _pace(row: Row) -> str:
    if row.start is None or row.progress is None or row.elapsed is None or row.bound is None or row.pace is None:
        return f"{_subject(row)} is {_distance(row)}"
    start = "0 at the start of the window" if row.start.origin == "zero" else f"{_number(row, row.start.value)} {_in_period(row.start.period)}"
    way = f"{_percent(row.progress)} of the way from {start} to {_number(row, row.bound.weak)}"
    return f"{_subject(row)} is {way}, when {_percent(row.elapsed)} of the time was used: pace {notation.digits(round(row.pace, 2))}"


def _percent(share: Decimal) -> str:
    return notation.percent(share, met=share >= 1)


def _ending(row: Row) -> str:
    if row.status == "met_late":
        return ": kept by then, not shown to have been kept in time"
    if row.status == "worsening":
        return ", which the start satisfied" if row.bound else ""
    if row.status == "open":
        return "; no deadline was set"
    if row.status == "pending":
        return _no_pace(row)
    return ""


def _no_pace(row: Row) -> str:
    if row.target and row.target.aggregate != "last":
        return "; it is judged when its window is complete"
    if "series_break" in row.flags:
        return "; no pace can be known across the series break"
    return "; no pace can be known from one figure"


def _milestone(row: Row) -> str:
    judged = row.judged
    if judged is None:
        return ""
    said = "reached" if row.figure else "not reached"
    late = f", the first report after the {notation.short(row.due)} deadline" if judged.late and row.due else ""
    return f"{said} {_in_period(judged.newest.period)}{late}{_ending(row) if row.status in {'met_late', 'open'} else ''}"


# ---------------------------------------------------------------- no figure, or none that decides


def _searched(row: Row) -> str:
    searched = row.indicator.searched if row.indicator else None
    return f"last searched {searched}" if searched else "no search is noted"


def _without_figure(row: Row, target: Target) -> str:
    window = row.judged.window if row.judged else None
    if window is not None and row.past_due and row.due:
        return f"this file has no figure for any period of {notation.deadline(target)}; {_searched(row)}"
    if row.past_due and row.due:
        return f"this file has no figure for {notation.short(row.due)} or any other period; {_searched(row)}"
    if target.every:
        return f"this file has no figure for any ended {target.every}; {_searched(row)}"
    return f"this file has no figure; {_searched(row)}"


def _outdated(row: Row, target: Target) -> str:
    judged = row.judged
    if judged is None:
        return ""
    if judged.window is not None:
        kind = f"the {target.aggregate} cannot be judged"
        return f"this file has no figure for {notation.listing(judged.window.missing)}, so {kind}: {subject_figure(row).rstrip(',')} is {_distance(row)}; {_searched(row)}"
    return f"this file has no figure for {_period_wanted(row, target)}; the newest, {subject_figure(row)}, is {_short_of(row)}; {_searched(row)}"


def _period_wanted(row: Row, target: Target) -> str:
    if target.every:
        return f"the newest ended {target.every}"
    if row.due is None or row.judged is None:
        return "it"
    inside = row.due.contains(row.judged.newest.last)
    return f"the end of {notation.short(row.due)}" if inside else f"{notation.short(row.due)} or later"


def _short_of(row: Row) -> str:
    if row.shape == "milestone":
        return "not reached"
    return _compared(row) if row.shape == "improve" else _distance(row)


def _undecided(row: Row, target: Target) -> str:
    if row.shape == "improve" and row.start is None:
        return f"{_subject(row)} has no earlier figure in this file to be compared with"
    if row.bound is None and target.times_baseline is not None:
        return f"{_subject(row)} cannot be judged: the baseline was not known"
    wanted = f"{_number(row, row.bound.weak)}" if row.bound else "the start"
    return f"{_subject(row)} does not say whether {wanted} was {'kept to' if row.indicator and row.indicator.direction != 'increase' else 'reached'}"


# ---------------------------------------------------------------- what changes how it may be quoted


def _clauses(row: Row) -> list[str]:
    return [clause for flag in row.flags if flag in _CLAUSES and (clause := _CLAUSES[flag](row))]


def _inexact(row: Row) -> str:
    return "" if row.status == "not_assessable" else "the figure is too inexact to decide"


def _provisional(row: Row) -> str:
    before = _before_end(row)
    return f"the figure was published before {before} ended" if before else "the figure is provisional"


def _partial(row: Row) -> str:
    missing = row.judged.window.missing if row.judged and row.judged.window else ()
    return f"no figure for {notation.listing(missing)}" if missing and row.status != "unreported" else ""


def _before_end(row: Row) -> str:
    if row.judged is None:
        return ""
    early = [point.period for point in row.judged.points if point.figure.published and point.figure.published.last < point.period.last]
    return notation.listing([notation.short(period) for period in early]) if early else ""


def _disputes(row: Row) -> list[str]:
    return list(dict.fromkeys(_rival(row, figure) for figure in row.disputes))


def _rival(row: Row, figure: Figure) -> str:
    """A rival figure, with its period where that is not the judged one's."""
    text = notation.actual(figure, _unit(row))
    periods = {point.period for point in row.judged.points} if row.judged else set()
    alone = len(periods) == 1 and figure.period in periods
    return text if alone else f"{text} {_in_period(figure.period)}"


def _was(row: Row) -> str:
    """The version that the promise in force took the place of."""
    due = row.due
    before = [version for version in row.superseded if version.promise is not row.promise]
    olds = [version for version in before if not _made_after(version.promise, due)]
    old = (olds or before)[-1]
    unit = _unit(row)
    text = notation.promise(old.promise, old.bound, unit, row.indicator.direction if row.indicator else None)
    moved = old.promise.due and due and old.promise.due != due
    return f"{text} by {notation.short(old.promise.due)}" if moved and old.promise.due else text


def _made_after(promise: object, due: Period | None) -> bool:
    made = getattr(promise, "set_on", None)
    return due is not None and made is not None and made.last > due.last


_CLAUSES: dict[str, Callable[[Row], str]] = {
    "inexact": _inexact,
    "provisional": _provisional,
    "estimate": lambda _: "the figure is an estimate",
    "disputed": lambda row: f"another source says {notation.listing(_disputes(row), 'or')}",
    "series_break": lambda _: "the definition or the count changed (series break)",
    "from_first_actual": lambda _: "the start is the first figure known, not a stated baseline",
    "met_at_start": lambda _: "the start already satisfied it",
    "met_when_set": lambda _: "it was already met when it was set",
    "revised": lambda row: f"the target was {_was(row)} before",
    "revised_after_due": lambda _: "the promise was changed after its deadline, and is judged as it stood",
    "proposed": lambda _: "proposed, not adopted",
    "partial": _partial,
    "noted": lambda _: "see the note",
}
