"""Wording: the sentences that say why a row has its status."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from targettrack import figures, notation
from targettrack.figures import Bound, Figure
from targettrack.judging import Start
from targettrack.notation import NBSP
from targettrack.period import Period
from targettrack.program import Target
from targettrack.report import Row, Status
from targettrack.report import early as is_early

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


def _number(row: Row, value: Decimal) -> str:
    return notation.with_unit(notation.digits(value), row.unit)


def _in_period(period: Period) -> str:
    return f"on {period.text}" if period.first == period.last else f"in{NBSP}{notation.long(period)}"


def subject_figure(row: Row) -> str:
    """The judged figure as its source gives it, with unit and period; a sum or a mean with what it covers."""
    judged = row.judged
    if judged is None or not judged.points:
        return ""
    if len(judged.points) == 1 and (judged.window is None or judged.window.periods == 1 or judged.window.complete):
        return f"{notation.actual(judged.newest.figure, row.unit)} {_in_period(judged.newest.period)}"
    kind = "mean" if row.target and row.target.aggregate == "mean" else "sum"
    value = judged.allowed
    exact = value is not None and value.exact is not None and isinstance(row.figure, Decimal)
    text = notation.digits(row.figure) if exact and isinstance(row.figure, Decimal) else notation.allowed(value) if value else ""
    span = notation.listing([notation.long(point.period) for point in judged.points])
    return f"{notation.with_unit(text, row.unit)}, the {kind} of {span},"


def _subject(row: Row) -> str:
    text = subject_figure(row)
    if row.judged and row.judged.late and row.due:
        return f"{text}, the first figure after the {notation.long(row.due)} deadline,"
    return text


# ---------------------------------------------------------------- the distance


def _amount(row: Row, gap: Decimal) -> str:
    """The size of a gap: percentages in points, everything else as a bare number in the figure's unit."""
    size = notation.digits(abs(gap))
    return f"{size}{NBSP}{'point' if size == '1' else 'points'}" if notation.is_percent(row.unit) else size


def _end(row: Row, value: Decimal) -> str:
    """A bound's end: with its unit only where that is a percentage, for the figure has said the others."""
    return _number(row, value) if notation.is_percent(row.unit) else notation.digits(value)


def _distance(row: Row) -> str:
    """The figure against the weak end, and against the strong end where it differs."""
    bound, gap, strong = row.bound, row.gap, row.gap_strong
    if bound is None or gap is None or strong is None:
        return "a figure without a bound to compare it with"
    about = "about " if row.target and row.target.approx else ""
    if bound.direction == "maintain":
        return _inside(row, bound, gap, about)
    if bound.weak == bound.strong:
        return _side(row, gap, about + _end(row, bound.weak))
    first = _side(row, gap, _named(row, bound, about))
    second = _side(row, strong, _end(row, bound.strong))
    return f"{first} and {second.replace(f'{NBSP}points', '').replace(f'{NBSP}point', '')}"


def _named(row: Row, bound: Bound, about: str) -> str:
    """The weak end of a range by its name: ``the 30 % floor``, ``the floor of about 150``."""
    word = "floor" if bound.direction == "increase" else "ceiling"
    return f"the {_end(row, bound.weak)} {word}" if notation.is_percent(row.unit) and not about else f"the {word} of {about}{_end(row, bound.weak)}"


def _inside(row: Row, bound: Bound, gap: Decimal, about: str) -> str:
    one = bound.weak == bound.strong
    ends = notation.with_unit(notation.digits(bound.weak) if one else notation.stretch(bound.weak, bound.strong), row.unit)
    if gap != 0:
        return f"{_amount(row, gap)} {'away from' if one else 'outside'} {about}{ends}"
    held = bound.decides(row.judged.allowed) if row.judged and row.judged.allowed else None
    surely = "" if held else "not " if held is False else "not surely "
    return f"{surely}{'equal to' if one else 'inside'} {about}{ends}"


def _side(row: Row, gap: Decimal, end: str) -> str:
    """On which side of an end the figure lies; one with an open end lies beyond what was stated."""
    increase = row.bound is not None and row.bound.direction == "increase"
    if gap == 0:
        allowed = row.judged.allowed if row.judged else None
        if allowed is None or (allowed.low is not None and allowed.high is not None):
            return f"exactly at {end}"
        return f"{'below' if allowed.low is None else 'above'} {end}"
    amount = _about(row, gap) + _amount(row, gap)
    if gap < 0:
        return f"{amount} {'short of' if increase else 'above'} {end}"
    return f"{amount} {'above' if increase else 'below'} {end}"


def _about(row: Row, gap: Decimal) -> str:
    """Of a figure with an open end: whether it lies nearer than the stated number, or further off."""
    allowed = row.judged.allowed if row.judged else None
    if allowed is None or row.bound is None or (allowed.low is not None and allowed.high is not None):
        return ""
    better = (allowed.high is None) is (row.bound.direction == "increase")
    return "more than " if better is (gap > 0) else "less than "


def _compared(row: Row) -> str:
    """The figure against the start of an improvement."""
    allowed = row.judged.allowed if row.judged else None
    if row.start is None or allowed is None or row.indicator is None or row.indicator.direction is None:
        return "the only figure since the series break" if row.broken else "the only figure, and there is nothing to compare it with"
    start = f"{_number(row, row.start.value)} {_in_period(row.start.period)}"
    if allowed.exact is not None and allowed.exact == row.start.allowed.exact:
        return f"the same as {start}"
    better = figures.improves(row.indicator.direction, allowed, row.start.allowed)
    return f"{'better' if better else 'not better' if better is False else 'not surely better'} than {start}"


def _pace(row: Row) -> str:
    if row.start is None or row.progress is None or row.elapsed is None or row.bound is None or row.pace is None:
        return f"{_subject(row)} is {_distance(row)}"
    return f"{_subject(row)} is {_way(row, row.start, row.bound, row.progress)}, when {_percent(row.elapsed)} of the time was used: pace {notation.ratio(row.pace, 2)}"


def _way(row: Row, start: Start, bound: Bound, progress: Decimal) -> str:
    """How much of the way to the bound is covered."""
    begun = "0 at the start of the window" if start.origin == "zero" else f"{_number(row, start.value)} {_in_period(start.period)}"
    if isinstance(row.figure, Decimal) and bound.crossed(start.value, row.figure):
        return f"{_distance(row)}, on the other side of it than {begun}"
    end = _number(row, bound.strong if bound.direction == "maintain" and start.value > bound.strong else bound.weak)
    return f"further from {end} than {begun}" if progress < 0 else f"{_percent(progress)} of the way from {begun} to {end}"


def _percent(share: Decimal) -> str:
    return notation.percent(share, met=share >= 1)


def _ending(row: Row) -> str:
    if row.status == "met_late":
        return ": kept by then, not shown to have been kept in time"
    if row.status == "worsening":
        return ", which the start satisfied" if "met_at_start" in row.flags else ", where it began" if row.bound else ""
    if row.status == "open":
        return "; no deadline was set"
    if row.status == "pending":
        return _no_pace(row)
    return ""


def _no_pace(row: Row) -> str:
    if row.target and row.target.aggregate != "last":
        return "; it is judged when its window is complete"
    if row.broken:
        return "; no pace can be known across the series break"
    return "; no pace can be known from one figure" if len(row.points) == 1 else "; no pace can be known yet"


def _milestone(row: Row) -> str:
    judged = row.judged
    if judged is None:
        return ""
    said = "reached" if row.figure else "not reached"
    late = f", the first report after the {notation.long(row.due)} deadline" if judged.late and row.due else ""
    return f"{said} {_in_period(judged.newest.period)}{late}{_ending(row) if row.status in {'met_late', 'open'} else ''}"


# ---------------------------------------------------------------- no figure, or none that decides


def _searched(row: Row) -> str:
    return f"last searched {row.searched}" if row.searched else "no search is noted"


def _without_figure(row: Row, target: Target) -> str:
    other = " that counts for this target, though it has others of the indicator" if row.others else ""
    return f"this file has no figure{_for_when(row, target)}{other}; {_searched(row)}"


def _for_when(row: Row, target: Target) -> str:
    """Which figure is missing."""
    if target.every:
        return f" for any ended {target.every}"
    if not row.past_due or row.due is None:
        return ""
    return f" for any period of {_window(target)}" if target.begins else f" for {notation.long(row.due)} or any other period"


def _window(target: Target) -> str:
    begins, due = target.begins, target.due
    return "its window" if begins is None or due is None else due.text if begins == due else f"{begins}–{due}"


def _outdated(row: Row, target: Target) -> str:
    judged = row.judged
    if judged is None:
        return ""
    if judged.window is not None:
        kind = f"the {target.aggregate} cannot be judged"
        return f"this file has no figure for {notation.listing(judged.window.missing)}, so {kind}: {subject_figure(row)} is {_distance(row)}; {_searched(row)}"
    return f"this file has no figure for {_period_wanted(row, target)}; the newest, {subject_figure(row)}, is {_short_of(row)}; {_searched(row)}"


def _period_wanted(row: Row, target: Target) -> str:
    if target.every:
        return f"the newest ended {target.every}"
    if row.due is None or row.judged is None:
        return "it"
    inside = row.due.contains(row.judged.newest.last)
    return f"the end of {notation.long(row.due)}" if inside else f"{notation.long(row.due)} or later"


def _short_of(row: Row) -> str:
    if row.shape == "milestone":
        return "not reached"
    return _compared(row) if row.shape == "improve" else _distance(row)


def _undecided(row: Row, target: Target) -> str:
    if row.shape == "improve" and row.start is None:
        return f"{_subject(row)} has no earlier figure {'since the series break' if row.broken else 'in this file'} to be compared with"
    if row.bound is None and target.times_baseline is not None:
        return f"{_subject(row)} cannot be judged: the baseline was not known"
    return f"{_subject(row)} does not say whether {_wanted(row)}"


def _wanted(row: Row) -> str:
    bound = row.bound
    if bound is None:
        return "it is better than the start"
    if bound.direction == "maintain":
        return f"{notation.with_unit(notation.digits(bound.weak) if bound.weak == bound.strong else notation.stretch(bound.weak, bound.strong), row.unit)} was kept"
    return f"{_number(row, bound.weak)} was {'reached' if bound.direction == 'increase' else 'kept to'}"


# ---------------------------------------------------------------- what changes how it may be quoted


def _clauses(row: Row) -> list[str]:
    return [clause for flag in row.flags if flag in _CLAUSES and (clause := _CLAUSES[flag](row))]


def _inexact(row: Row) -> str:
    return "" if row.status == "not_assessable" else "the figure is too inexact to decide"


def _provisional(row: Row) -> str:
    before = _before_end(row)
    if not before or row.judged is None:
        return "the figure is provisional"
    known = any(point.figure.published for point in row.judged.points if is_early(point.figure))
    return f"the figure was {'published' if known else 'recorded'} before {before} ended"


def _partial(row: Row) -> str:
    missing = row.judged.window.missing if row.judged and row.judged.window else ()
    return f"no figure for {notation.listing(missing)}" if missing and row.status != "unreported" else ""


def _before_end(row: Row) -> str:
    if row.judged is None:
        return ""
    early = [point.period for point in row.judged.points if is_early(point.figure)]
    return notation.listing([notation.long(period) for period in early]) if early else ""


def _disputed(row: Row) -> str:
    """What the rivals say: other sources, the same one for another period, or figures without a source."""
    judged = {point.actual.source for point in row.judged.points} if row.judged else set()
    said: dict[str, list[str]] = {}
    for figure in row.disputes:
        source = figure.actual.source
        who = "a figure without a source says" if source is None else "the same source also says" if source in judged else "another source says"
        said.setdefault(who, []).append(_rival(row, figure))
    return "; ".join(f"{who} {notation.listing(dict.fromkeys(texts), 'or')}" for who, texts in said.items())


def _rival(row: Row, figure: Figure) -> str:
    """A rival figure, with its period where that is not the judged one's."""
    text = notation.actual(figure, row.unit)
    periods = {point.period for point in row.judged.points} if row.judged else set()
    alone = len(periods) == 1 and figure.period in periods
    return text if alone else f"{text} {_in_period(figure.period)}"


def _revised(row: Row) -> str:
    old = row.before
    if old is None:
        return ""
    text = notation.promise(old.promise, old.bound, row.unit, row.direction)
    moved = old.promise.due and row.due and old.promise.due != row.due
    return f"the target was {text} by {notation.long(old.promise.due)} before" if moved and old.promise.due else f"the target was {text} before"


def _broke(row: Row) -> str:
    """What changed: the promise, the count, or both."""
    redefined = row.target is not None and row.target.series_break
    said = ["the promise was redefined"] if redefined else []
    return " and ".join([*said, "the definition or the count changed"] if row.broken else said) + " (series break)"


def _begun(row: Row) -> str:
    return f"the start is the figure of {notation.long(row.start.period)}, not a stated baseline" if row.start else ""


_CLAUSES: dict[str, Callable[[Row], str]] = {
    "inexact": _inexact,
    "provisional": _provisional,
    "estimate": lambda _: "the figure is an estimate",
    "disputed": _disputed,
    "series_break": _broke,
    "from_first_actual": _begun,
    "met_at_start": lambda _: "the start already satisfied it",
    "met_when_set": lambda _: "it was already met when it was set",
    "revised": _revised,
    "revised_after_due": lambda _: "the promise was changed after its deadline, and is judged as it stood",
    "proposed": lambda _: "proposed, not adopted",
    "partial": _partial,
    "noted": lambda _: "see the note",
}
