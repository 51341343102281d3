"""Wording: the sentences that say why a row has its status."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from targettrack.assessment import figures
from targettrack.assessment.bounds import Bound
from targettrack.assessment.figures import Figure, Point
from targettrack.assessment.judging import Judged, Start
from targettrack.assessment.pace import PACE
from targettrack.assessment.row import Row
from targettrack.assessment.status import Status
from targettrack.language import mark, tr, tr_n
from targettrack.period import Frequency, Lag, Period
from targettrack.program.model import Actual, Indicator, Program, Target, is_percent
from targettrack.text import NBSP, clean
from targettrack.wording import notation

if TYPE_CHECKING:
    from targettrack.assessment.uncounted import Uncounted

WORDS: dict[Status, str] = {
    "missed": mark("missed"),
    "worsening": mark("worsening"),
    "off_track": mark("off track"),
    "unreported": mark("unreported"),
    "behind": mark("behind"),
    "pending": mark("pending"),
    "open": mark("open"),
    "on_track": mark("on track"),
    "met": mark("met"),
    "met_late": mark("met late"),
    "exceeded": mark("exceeded"),
    "no_data": mark("no data"),
    "not_assessable": mark("not assessable"),
}


def word(status: Status) -> str:
    """A status, as people say it."""
    return tr(WORDS[status])


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
        return tr("a promise in words: no indicator measures it")
    if target.shape == "undetermined":
        return _undetermined(row)
    if row.judged is None or not row.judged.points:
        return _without_figure(row, target)
    if row.judged.other_length:
        return _of_another_length(row, row.judged)
    if row.status == "unreported":
        return _outdated(row, target)
    return _undecided(row, target) if row.status == "not_assessable" else _compares(row)


def _compares(row: Row) -> str:
    """How the figure stands to what was promised."""
    if row.shape == "milestone":
        return _milestone(row)
    if row.shape == "improve":
        return _ended(row, tr("{figure} is {distance}", figure=_subject(row), distance=_compared(row)))
    if "inexact" in row.flags and row.bound and row.status in {"pending", "open"}:
        return _ended(row, _unclear(row, row.bound, _subject(row)))
    if "awaited" in row.flags:
        return _far(row)
    if row.status in {"on_track", "behind", "off_track", "worsening"} and row.progress is not None:
        return _pace(row)
    return _ended(row, _far(row))


def _undetermined(row: Row) -> str:
    said = tr("a number was to be set, and the file has none: nobody can say whether it was reached")
    if row.judged is None or not row.judged.points:
        return tr("{said}; this file has no figure either; {searched}", said=said, searched=searched(row.searched))
    return tr("{said}; the newest figure is {figure}", said=said, figure=subject_figure(row))


def _of_another_length(row: Row, judged: Judged) -> str:
    """A figure that is shown and not judged: for a quarter where a year was promised."""
    figure = _subject(row)
    if row.target and row.target.every:
        asked = tr(_ONE_OF[row.target.every])
        said = tr(
            "{figure} is not for {period}: the file does not say whether it stands for it, so it is shown and not judged",
            figure=figure,
            period=asked,
        )
    else:
        due = notation.spelled(row.due) if row.due else ""
        said = tr(
            "{figure} is for a period of another length than {due}: the file does not say whether it stands for it, so it is shown and not judged",
            figure=figure,
            due=due,
        )
    return (
        f"{_none_as_new(row, row.target)}; {said}; {searched(row.searched)}"
        if judged.stale and row.target and row.status == "unreported"
        else said
    )


_ONE_OF = {
    "year": mark("a whole year"),
    "half": mark("a whole half"),
    "quarter": mark("a whole quarter"),
    "month": mark("a whole month"),
}


# ---------------------------------------------------------------- the figure


def _number(row: Row, value: Decimal) -> str:
    return notation.with_unit(notation.digits(value), row.unit)


def in_period(period: Period) -> str:
    """When, in a sentence: ``in 2017``, ``on 2017-10-29``."""
    if period.first == period.last:
        return tr("on {day}", day=period.text)
    return tr("in\u00a0{period}", period=notation.spelled(period))


def _at(row: Row, start: Start) -> str:
    """Where the way begins: the number and its period."""
    return f"{notation.started(start.value, start.allowed, row.unit, about=start.about)} {in_period(start.period)}"


def subject_figure(row: Row) -> str:
    """The judged figure as its source gives it, with unit and period; a sum or a mean with what it covers."""
    judged = row.judged
    if judged is None or not judged.points:
        return ""
    if not _several(judged):
        newest = judged.newest
        said, when = notation.actual(newest.figure, row.unit), in_period(newest.period)
        if newest.actual.answer is not None:
            return tr("{answer} {when}", answer=said, when=when)
        return tr("{figure}, the baseline,", figure=f"{said} {when}") if newest.figure.is_baseline else f"{said} {when}"
    number = notation.with_unit(
        notation.allowed(judged.allowed, row.entered, about=row.about) if judged.allowed else "", row.unit
    )
    periods = notation.listing([notation.long(point.period) for point in judged.points])
    if row.target and row.target.aggregate == "mean":
        return tr("{number}, the mean of {periods}", number=number, periods=periods)
    return tr("{number}, the sum of {periods}", number=number, periods=periods)


def _several(judged: Judged) -> bool:
    """Whether the figure is a sum or a mean that is said with what it covers."""
    return len(judged.points) != 1 or not (
        judged.window is None or judged.window.periods == 1 or judged.window.complete
    )


def _subject(row: Row) -> str:
    """The judged figure as the subject of a sentence: an apposition ends with a comma."""
    judged = row.judged
    if judged is None or not judged.points:
        return ""
    text = f"{subject_figure(row)}," if _several(judged) else subject_figure(row)
    if judged.late and row.due:
        return tr(
            "{figure}, the first figure after the {due} deadline,",
            figure=text.removesuffix(","),
            due=notation.long(row.due),
        )
    return text


# ---------------------------------------------------------------- the distance


def _amount(row: Row, gap: Decimal) -> str:
    """The size of a gap: percentages in points, everything else as a bare number in the figure's unit."""
    size = notation.approximately(abs(gap), row.entered)
    if not is_percent(row.unit):
        return size
    return tr("{number}\u00a0point", number=size) if size == "1" else tr("{number}\u00a0points", number=size)


def _end(row: Row, value: Decimal) -> str:
    """A bound's end: with its unit only where that is a percentage, for the figure has said the others."""
    return _number(row, value) if is_percent(row.unit) else notation.digits(value)


def _far(row: Row) -> str:
    return tr("{figure} is {distance}", figure=_subject(row), distance=_distance(row))


def _distance(row: Row) -> str:
    """The figure against the weak end, and against the strong end where it differs."""
    bound, gap, strong = row.bound, row.gap, row.gap_strong
    if bound is None or gap is None or strong is None:
        return tr("a figure without a bound to compare it with")
    if bound.direction == "maintain":
        return _inside(row, bound, gap)
    if bound.weak == bound.strong:
        return _spread(row, bound.gap, _approximately(row, _end(row, bound.weak)), points=True) or _side(
            row, gap, _approximately(row, _end(row, bound.weak)), _amount(row, gap)
        )
    first = _spread(row, bound.gap, _named(row, bound), points=True) or _side(
        row, gap, _named(row, bound), _amount(row, gap)
    )
    end = _end(row, bound.strong)
    second = _spread(row, bound.gap_strong, end, points=False) or _side(
        row, strong, end, notation.approximately(abs(strong), row.entered)
    )
    return tr("{first} and {second}", first=first, second=second)


def _spread(row: Row, gap_of: Callable[[Decimal], Decimal], end: str, *, points: bool) -> str:
    """How far from an end all that a range allows lies, with ``points`` named as such; empty for a figure that is one number, or open."""
    allowed = row.judged.allowed if row.judged else None
    if allowed is None or allowed.low is None or allowed.high is None or allowed.low == allowed.high:
        return ""
    increase = row.bound is not None and row.bound.direction == "increase"
    low, high = sorted(gap_of(value) for value in (allowed.low, allowed.high))
    if low < 0 < high:
        below, above = (-low, high) if increase else (high, -low)
        return tr(
            "between {below} below and {above} above {end}",
            below=notation.digits(below),
            above=notation.digits(above),
            end=end,
        )
    if not low or not high:
        return tr("at or above {end}", end=end) if (high > 0) is increase else tr("at or below {end}", end=end)
    size = notation.stretch(*sorted((abs(low), abs(high))))
    amount = tr("{number}\u00a0points", number=size) if points and is_percent(row.unit) else size
    if high < 0 and increase:
        return tr("{amount} short of {end}", amount=amount, end=end)
    return (
        tr("{amount} above {end}", amount=amount, end=end)
        if increase or high < 0
        else tr("{amount} below {end}", amount=amount, end=end)
    )


def _approximately(row: Row, text: str) -> str:
    """What a target asks for, with its ``about`` if it has that."""
    return tr("about {number}", number=text) if row.target and row.target.approx else text


def _named(row: Row, bound: Bound) -> str:
    """The weak end of a range by its name: ``the 30 % floor``, ``the floor of about 150``."""
    end = _approximately(row, _end(row, bound.weak))
    short = is_percent(row.unit) and not (row.target and row.target.approx)
    if bound.direction == "increase":
        return tr("the {end} floor", end=end) if short else tr("the floor of {end}", end=end)
    return tr("the {end} ceiling", end=end) if short else tr("the ceiling of {end}", end=end)


def _inside(row: Row, bound: Bound, gap: Decimal) -> str:
    one = bound.weak == bound.strong
    ends = _approximately(
        row,
        notation.with_unit(
            notation.digits(bound.weak) if one else notation.stretch(bound.weak, bound.strong), row.unit
        ),
    )
    held = row.satisfied
    if gap != 0 and held is False:
        amount = _off(row, bound, gap)
        return (
            tr("{amount} away from {ends}", amount=amount, ends=ends)
            if one
            else tr("{amount} outside {ends}", amount=amount, ends=ends)
        )
    if one:
        return (
            tr("equal to {ends}", ends=ends)
            if held
            else tr("not equal to {ends}", ends=ends)
            if held is False
            else tr("not surely equal to {ends}", ends=ends)
        )
    return (
        tr("inside {ends}", ends=ends)
        if held
        else tr("not inside {ends}", ends=ends)
        if held is False
        else tr("not surely inside {ends}", ends=ends)
    )


def _off(row: Row, bound: Bound, gap: Decimal) -> str:
    """How far off a level to maintain a figure is that is surely off it: from its nearer end to its other one, or beyond what was stated."""
    allowed = row.judged.allowed if row.judged else None
    if allowed is None or allowed.low is None or allowed.high is None or allowed.low == allowed.high:
        return _beyond(row, gap, _amount(row, gap))
    size = notation.stretch(*sorted(-bound.gap(end) for end in (allowed.low, allowed.high)))
    return tr("{number}\u00a0points", number=size) if is_percent(row.unit) else size


def _side(row: Row, gap: Decimal, end: str, amount: str) -> str:
    """On which side of an end the figure lies; one with an open end lies beyond what was stated."""
    increase = row.bound is not None and row.bound.direction == "increase"
    if gap == 0:
        allowed = row.judged.allowed if row.judged else None
        if allowed is None or not allowed.open:
            return tr("exactly at {end}", end=end)
        return tr("below {end}", end=end) if allowed.low is None else tr("above {end}", end=end)
    size = _beyond(row, gap, amount)
    if gap < 0 and increase:
        return tr("{amount} short of {end}", amount=size, end=end)
    return (
        tr("{amount} above {end}", amount=size, end=end)
        if increase or gap < 0
        else tr("{amount} below {end}", amount=size, end=end)
    )


def _beyond(row: Row, gap: Decimal, amount: str) -> str:
    """A distance; of a figure with an open end, whether it lies nearer than the stated number, or further off."""
    if row.gap_approx is None:
        return amount
    return (
        tr("more than {amount}", amount=amount)
        if (row.gap_approx == "over") is (gap > 0)
        else tr("less than {amount}", amount=amount)
    )


def _compared(row: Row) -> str:
    """The figure against the start of an improvement."""
    allowed = row.judged.allowed if row.judged else None
    if row.start is None or allowed is None or row.indicator is None or row.indicator.direction is None:
        if row.target and row.target.every:
            return tr("the figure, and there is none of the period before to compare it with")
        if row.baseline is not None:
            return (
                tr("a figure without a start: the baseline lies before the series break")
                if row.broken
                else tr("not later than the baseline, and there is nothing to compare it with")
            )
        return (
            tr("the only figure since the series break")
            if row.broken
            else tr("the only figure, and there is nothing to compare it with")
        )
    start = _at(row, row.start)
    if allowed.exact is not None and allowed.exact == row.start.allowed.exact:
        return tr("the same as {start}", start=start)
    if row.satisfied is None:
        return tr("not surely better than {start}", start=start)
    return tr("better than {start}", start=start) if row.satisfied else tr("not better than {start}", start=start)


def _pace(row: Row) -> str:
    if row.start is None or row.progress is None or row.elapsed is None or row.bound is None or row.pace is None:
        return _far(row)
    way, used, pace = (
        _way(row, row.start, row.bound, row.progress),
        _percent(row.elapsed),
        notation.ratio(row.pace, 2, PACE.edges),
    )
    return tr(
        "{figure} is {way}, when {used} of the time was used: pace {pace}",
        figure=_subject(row),
        way=way,
        used=used,
        pace=pace,
    )


def _way(row: Row, start: Start, bound: Bound, progress: Decimal) -> str:
    """How much of the way to the bound is covered."""
    begun = tr("0 at the start of the window") if start.origin == "zero" else _at(row, start)
    if isinstance(row.figure, Decimal) and bound.crossed(start.value, row.figure):
        return tr("{distance}, on the other side of it than {start}", distance=_distance(row), start=begun)
    end = _number(row, bound.strong if bound.direction == "maintain" and start.value > bound.strong else bound.weak)
    if progress < 0:
        return tr("further from {end} than {start}", end=end, start=begun)
    return tr("{share} of the way from {start} to {end}", share=_percent(progress), start=begun, end=end)


def _percent(share: Decimal) -> str:
    return notation.percent(share, met=share >= 1)


def _ended(row: Row, said: str) -> str:
    """The sentence with what is to be said of its status."""
    if row.status == "met_late":
        return tr("{said}: kept by then, not shown to have been kept in time", said=said)
    if row.status == "worsening" and "met_at_start" in row.flags:
        return tr("{said}, which the start satisfied", said=said)
    if row.status == "worsening" and row.bound:
        return tr("{said}, where it began", said=said)
    if row.status == "open":
        return tr("{said}; no deadline was set", said=said)
    return f"{said}; {_no_pace(row)}" if row.status == "pending" else said


def _no_pace(row: Row) -> str:
    if row.target and row.target.aggregate != "last":
        return tr("it is judged when its window is complete")
    if row.start and row.bound and row.figure is not None and row.bound.crossed(row.start.value, row.figure):
        return tr("it lies on the other side of it than the start, so no share of the way can be told")
    if "inexact" in row.flags or (row.start and row.start.allowed.exact is None):
        return tr("no pace can be known: the figures are not exact enough")
    if row.broken:
        return tr("no pace can be known across the series break")
    return (
        tr("no pace can be known from one figure")
        if len(row.points) == 1 and row.start is None
        else tr("no pace can be known yet")
    )


def _milestone(row: Row) -> str:
    judged = row.judged
    if judged is None:
        return ""
    when = in_period(judged.newest.period)
    said = tr("reached {when}", when=when) if row.answer else tr("not reached {when}", when=when)
    if judged.late and row.due:
        said = tr("{said}, the first report after the {due} deadline", said=said, due=notation.long(row.due))
    if row.status == "pending" and row.due and "awaited" not in row.flags:
        said = tr("{said}; the deadline has not passed", said=said)
    return _ended(row, said) if row.status in {"met_late", "open"} else said


# ---------------------------------------------------------------- no figure, or none that decides


def searched(day: Period | None) -> str:
    """When figures were last looked for."""
    return tr("last searched {day}", day=notation.spelled(day)) if day else tr("no search is noted")


def _without_figure(row: Row, target: Target) -> str:
    if "awaited" in row.flags:
        return _missing(row, target)
    others = not_counted(row)
    said = tr("this file has no figure that counts for this target") if others else _missing(row, target)
    return "; ".join((said, *others, searched(row.searched)))


MOST = 3
"""So many figures, or parts, are named of those that do not count."""


def not_counted(row: Row) -> list[str]:
    """The figures of the indicator that a row does not use, each group with the reason: all where it has no figure; else those that are newer than it, or spelled otherwise."""
    from targettrack.assessment.uncounted import REASONS, misplaced  # noqa: PLC0415 (most rows have a figure, and never ask)

    groups = sorted(misplaced(row), key=lambda group: REASONS.index(group.reason))
    if row.judged is not None and row.judged.points:
        last = row.judged.newest.last
        groups = [
            group
            for group in groups
            if group.reason in {"like", "tile"} or (group.reason in {"length", "kind"} and group.points[-1].last > last)
        ]
        return [*(_why_not(row, group) for group in groups), *_vague(row, last)]
    return [*(_why_not(row, group) for group in groups), *_vague(row, date.min), *_of_parts(row)]


def _vague(row: Row, after: date) -> list[str]:
    """The figures of newer periods that are published in the month, or the year, that the day lies in: nobody can say whether they were out by then."""
    asked = row.asked
    if asked is None:
        return []
    said = []
    for place, actual in row.program.actuals.get(row.indicator_id or "", ()):
        when = figures.published(actual, row.program.sources)
        if (
            when is None
            or not figures.vague(when, asked.on)
            or actual.disaggregation != row.disaggregation
            or not after < actual.period.last < asked.on
        ):
            continue
        figure = notation.actual(Figure(place, actual, when), row.unit)
        said.append(
            tr(
                "not counted yet: {figure}, published in {date}, of which the day is not known",
                figure=f"{figure} {in_period(actual.period)}",
                date=notation.spelled(when),
            )
        )
    return said[-MOST:]


def _why_not(row: Row, group: Uncounted) -> str:
    """Some figures, and why they do not count."""
    return tr(
        _UNCOUNTED[group.reason],
        figures=_figures(row, group.points),
        part=notation.pairs(group.pairs),
        asked=notation.pairs(row.disaggregation),
    )


_UNCOUNTED: dict[str, str] = {
    "like": mark("not counted: {figures} of “{part}”, which is spelled otherwise than “{asked}”"),
    "length": mark("not counted: {figures}, of a period of another length"),
    "kind": mark("not counted: {figures}, of another kind of period"),
    "tile": mark("not counted: {figures}, which make up no period of the window"),
    "outside": mark("not counted: {figures}, outside of the time that it is about"),
    "before": mark("not counted: {figures}, of a period that ended before the promise held"),
    "history": mark("not counted: {figures}, of a period before the baseline"),
    "after": mark("not counted yet: {figures}, of a period that ends later"),
}


def _of_parts(row: Row) -> list[str]:
    """The other parts of the indicator, or the whole, that the file has figures of."""
    from targettrack.assessment.uncounted import other_parts  # noqa: PLC0415 (most rows have a figure, and never ask)

    pairs = list(islice(other_parts(row), MOST))
    if not pairs:
        return []
    said = [tr("“{part}”", part=notation.pairs(each)) if each else tr("the whole") for each in pairs]
    others = (
        len(row.series) - len(row.series.spelled(row.disaggregation))
        if row.disaggregation
        else len(row.series) - (() in row.series)
    )
    more = others - len(said)
    named = notation.listing([*said, tr_n(more, "{count} other part", "{count} other parts")] if more else said)
    return [tr("the file has figures of {parts}, which is not what this target is about", parts=named)]


def _figures(row: Row, points: Sequence[Point]) -> str:
    """Figures with their periods, the newest of them where there are many."""
    shown = [f"{notation.actual(point.figure, row.unit)} {in_period(point.period)}" for point in points[-MOST:]]
    more = len(points) - len(shown)
    return notation.listing([*shown, tr_n(more, "{count} older figure", "{count} older figures")] if more else shown)


_NONE_ENDED = {
    "year": mark("this file has no figure for any ended year"),
    "half": mark("this file has no figure for any ended half"),
    "quarter": mark("this file has no figure for any ended quarter"),
    "month": mark("this file has no figure for any ended month"),
}


def _missing(row: Row, target: Target) -> str:
    """Which figure is missing."""
    if target.every:
        if row.kept is not None and not row.kept.periods and (made := row.promise.set_on):
            return tr("no period that it is kept for has ended since it was set ({day})", day=notation.spelled(made))
        return tr(_NONE_ENDED[target.every])
    if "awaited" in row.flags and row.due:
        return tr("this file has no figure for {due} yet", due=notation.spelled(row.due))
    if not row.past_due or row.due is None:
        return tr("this file has no figure")
    if target.begins:
        window = row.due.text if target.begins == row.due else f"{target.begins}–{row.due}"
        return tr("this file has no figure for any period of {window}", window=window)
    return tr("this file has no figure for {due} or any other period", due=notation.spelled(row.due))


def _outdated(row: Row, target: Target) -> str:
    judged = row.judged
    if judged is None:
        return ""
    if judged.window is not None:
        missing, said = notation.listing(judged.window.missing), f"{_far(row)}; {searched(row.searched)}"
        if target.aggregate == "mean":
            return tr(
                "this file has no figure for {missing}, so the mean cannot be judged: {said}",
                missing=missing,
                said=said,
            )
        return tr(
            "this file has no figure for {missing}, so the sum cannot be judged: {said}", missing=missing, said=said
        )
    if row.shape == "milestone":
        newest = tr("the newest answer is {figure}", figure=subject_figure(row))
    else:
        newest = tr(
            "the newest, {figure}, is {distance}", figure=subject_figure(row).removesuffix(","), distance=_short_of(row)
        )
    return "; ".join((_none_as_new(row, target), newest, *not_counted(row), searched(row.searched)))


_NEWEST_MISSING = {
    "year": mark("this file has no figure for the newest ended year"),
    "half": mark("this file has no figure for the newest ended half"),
    "quarter": mark("this file has no figure for the newest ended quarter"),
    "month": mark("this file has no figure for the newest ended month"),
}


def _none_as_new(row: Row, target: Target) -> str:
    if target.every:
        return (
            tr("this file has no figure for {due}", due=notation.spelled(row.period))
            if row.period
            else tr(_NEWEST_MISSING[target.every])
        )
    if row.due is None or row.judged is None:
        return tr("this file has no figure for it")
    if row.due.contains(row.judged.newest.last):
        return tr("this file has no figure for the end of {due}", due=notation.spelled(row.due))
    return tr("this file has no figure for {due} or later", due=notation.spelled(row.due))


def _short_of(row: Row) -> str:
    return _compared(row) if row.shape == "improve" else _distance(row)


def _undecided(row: Row, target: Target) -> str:
    figure = _subject(row)
    if row.shape == "improve" and row.start is None:
        if target.every:
            said = tr("{figure} has no actual of the period before to be compared with", figure=figure)
            return tr("{said}, for the count changed (series break)", said=said) if row.broken else said
        if row.broken and row.baseline is not None:
            return tr(
                "{figure} cannot be compared with the baseline, which lies before the series break", figure=figure
            )
        if row.broken:
            return tr("{figure} has no earlier figure since the series break to be compared with", figure=figure)
        return tr("{figure} has no earlier figure in this file to be compared with", figure=figure)
    if row.bound is None and target.times_baseline is not None:
        return tr("{figure} cannot be judged: the baseline was not known", figure=figure)
    if row.bound is None:
        return tr("{figure} does not say whether it is better than the start", figure=figure)
    return _unclear(row, row.bound, figure)


def _unclear(row: Row, bound: Bound, figure: str) -> str:
    if bound.direction == "maintain" and bound.weak != bound.strong:
        ends = notation.with_unit(notation.stretch(bound.weak, bound.strong), row.unit)
        return tr("{figure} does not say whether {end} was kept", figure=figure, end=ends)
    end = _number(row, bound.weak)
    if bound.direction == "maintain":
        return tr("{figure} does not say whether {end} was kept", figure=figure, end=end)
    if bound.direction == "increase":
        return tr("{figure} does not say whether {end} was reached", figure=figure, end=end)
    return tr("{figure} does not say whether {end} was kept to", figure=figure, end=end)


# ---------------------------------------------------------------- what changes how it may be quoted


def _clauses(row: Row) -> list[str]:
    said = [
        _CLAUSES[flag](row) if flag in _CLAUSES else tr(_PLAIN[flag])
        for flag in row.flags
        if flag in _CLAUSES or flag in _PLAIN
    ]
    if row.judged is not None and row.judged.corrected:
        said.append(tr("a later total in this file takes that back"))
    if gone := taken_back(row):
        said.append(gone)
    if undated := _undated(row):
        said.append(undated)
    return [
        clause
        for clause in (
            *said,
            kept(row),
            upcoming(row),
            _otherwise(row),
            tr("it was withdrawn {when}", when=in_period(row.withdrawn)) if row.withdrawn else "",
        )
        if clause
    ]


def _undated(row: Row) -> str:
    """That nobody can say whether a figure was published by the day, which lies before that on which it was recorded."""
    judged, asked = row.judged, row.asked
    if (
        judged is None
        or asked is None
        or not any(
            point.figure.published is None and point.actual.recorded and asked.on < point.actual.recorded.first
            for point in judged.points
        )
    ):
        return ""
    return tr("the day of its publication is not known, and it was recorded only later")


def _otherwise(row: Row) -> str:
    """What another version of the promise would make of the status."""
    if row.other is None:
        return ""
    from targettrack.wording import versions  # noqa: PLC0415 - only a promise that is held to another day needs it

    return versions.clause(row, _in_a_sentence(row.status), _in_a_sentence(row.other.status))


def _in_a_sentence(status: Status) -> str:
    text = word(status)
    return text[:1].lower() + text[1:]


def awaited(row: Row) -> str:
    """Until when a figure is not missed; empty where none is awaited."""
    lag = row.indicator.lag if row.indicator else None
    if lag is None or row.due is None or "awaited" not in row.flags:
        return ""
    day = lag.end(row.due.last).isoformat()
    if row.judged is None or not row.judged.points:
        return tr("it is usually published within {lag}, until {day}", lag=duration(lag), day=day)
    return tr(
        "the figure that settles it is usually published within {lag} after {due}, until {day}",
        lag=duration(lag),
        due=notation.spelled(row.due),
        day=day,
    )


def rules(indicator: Indicator) -> Iterator[str]:
    """What an indicator says of its figures by which they are judged: their lag, that they are running totals, which sources it prefers."""
    if indicator.lag:
        yield tr(
            "its figures are usually published within {lag} after their period: until then none is missed",
            lag=duration(indicator.lag),
        )
    if indicator.cumulative:
        yield tr("its figures are running totals")
    if indicator.prefer:
        yield tr("preferred sources, in this order: {sources}", sources=", ".join(map(sourced, indicator.prefer)))


def years(program: Program) -> Iterator[str]:
    """When the years of a program begin, where these are not those of the calendar."""
    if program.year.fiscal:
        yield tr("its fiscal years begin on {day} (month and day)", day=program.year.text)


def duration(lag: Lag) -> str:
    """How long after a period its figure is usually published."""
    if lag.months:
        return tr_n(lag.months, "{count} month", "{count} months")
    return tr_n(lag.days, "{count} day", "{count} days")


def undone(row: Row) -> str:
    """When a milestone had been reached that was taken back; empty where none was."""
    if "undone" not in row.flags:
        return ""
    at = row.judged.newest.last if row.judged and row.judged.points else date.min
    yes = [point for point in row.points if point.actual.answer is True and point.last < at]
    return (
        tr("it had been reached {when}, which was undone later", when=in_period(yes[-1].period))
        if yes
        else tr("it had been reached before, which was undone later")
    )


def taken_back(row: Row) -> str:
    """The running total that had reached its bound before due, or passed it, and that a later one corrected; empty where there is none."""
    point = row.judged.taken_back if row.judged else None
    if point is None:
        return ""
    figure = f"{notation.actual(point.figure, row.unit)} {in_period(point.period)}"
    if row.direction == "increase":
        return tr("{figure} had reached it, and a later total takes that back", figure=figure)
    return tr("{figure} had passed it, and a later total takes that back", figure=figure)


def _unsourced(row: Row) -> str:
    """What names no source: the figure, the promise, or both."""
    figure = any(point.actual.source is None for point in row.judged.points) if row.judged else False
    if row.target is None:
        return tr("the file names no source for the promise")
    if figure and row.promise.source is None:
        return tr("the file names no source, neither for the figure nor for the target")
    return tr("the file names no source for the figure") if figure else tr("the file names no source for the target")


def kept(row: Row) -> str:
    """In how many of its ended periods a standing promise was kept; empty for other promises."""
    if row.kept is None or not row.kept.periods or not row.target or not row.target.every:
        return ""
    if not row.kept.figures:
        return _unknown(row.target.every, row.kept.periods)
    said = _kept(row.target.every, row.kept.periods, row.kept.kept)
    silent = row.kept.periods - row.kept.figures
    if silent:
        said = tr("{said}, {count} of them without a figure", said=said, count=silent)
    return (
        tr("{said}, {count} of them with one that does not tell", said=said, count=row.kept.undecided)
        if row.kept.undecided
        else said
    )


def _kept(every: Frequency, count: int, kept: int) -> str:
    if every == "half":
        return tr_n(count, "kept in {kept} of {count} half", "kept in {kept} of {count} halves", kept=kept)
    if every == "quarter":
        return tr_n(count, "kept in {kept} of {count} quarter", "kept in {kept} of {count} quarters", kept=kept)
    if every == "month":
        return tr_n(count, "kept in {kept} of {count} month", "kept in {kept} of {count} months", kept=kept)
    return tr_n(count, "kept in {kept} of {count} year", "kept in {kept} of {count} years", kept=kept)


def _unknown(every: Frequency, count: int) -> str:
    if every == "half":
        return tr_n(
            count,
            "no figure for the {count} half that it was to be kept in",
            "no figure for the {count} halves that it was to be kept in",
        )
    if every == "quarter":
        return tr_n(
            count,
            "no figure for the {count} quarter that it was to be kept in",
            "no figure for the {count} quarters that it was to be kept in",
        )
    if every == "month":
        return tr_n(
            count,
            "no figure for the {count} month that it was to be kept in",
            "no figure for the {count} months that it was to be kept in",
        )
    return tr_n(
        count,
        "no figure for the {count} year that it was to be kept in",
        "no figure for the {count} years that it was to be kept in",
    )


def upcoming(row: Row) -> str:
    """What a standing promise asks for in the periods to come; empty where nothing changes."""
    version = row.upcoming
    if version is None or not isinstance(version.promise, Target):
        return ""
    text = notation.asked(version.promise, version.bound, row.unit, row.direction)
    begins, made = version.promise.begins, version.promise.set_on
    if begins:
        return tr("from {period} on {target} is asked for", period=notation.spelled(begins), target=text)
    if made:
        return tr(
            "for the periods that end from {day} on {target} is asked for", day=notation.spelled(made), target=text
        )
    return tr("later {target} is asked for", target=text)


def _inexact(row: Row) -> str:
    return tr("the figure is too inexact to decide") if row.status == "unreported" else ""


def _provisional(row: Row) -> str:
    early = [point for point in row.judged.points if figures.early(point.figure)] if row.judged else []
    if not early:
        return tr("the figure is provisional")
    periods = notation.listing([notation.spelled(point.period) for point in early])
    if all(point.figure.published and point.figure.published.last < point.period.first for point in early):
        return tr("the figure was published before {periods} began", periods=periods)
    if any(point.figure.published for point in early):
        return tr("the figure was published before {periods} ended", periods=periods)
    return tr("the figure was recorded before {periods} ended", periods=periods)


def _partial(row: Row) -> str:
    missing = row.judged.window.missing if row.judged and row.judged.window else ()
    return (
        tr("no figure for {missing}", missing=notation.listing(missing))
        if missing and row.status != "unreported"
        else ""
    )


_SAY = {
    "nobody": mark("a figure without a source says {figures}"),
    "same": mark("the same source also says {figures}"),
    "other": mark("another source says {figures}"),
}


def _disputed(row: Row) -> str:
    """What the rivals say: other sources, the same one for another period, or figures without a source."""
    judged = {point.actual.source for point in row.judged.points} if row.judged else set()
    parts = row.judged.denied_by if row.judged else ()
    said: dict[str, list[str]] = {}
    for figure in row.disputes:
        if figure in parts:
            continue
        source = figure.actual.source
        who = "nobody" if source is None else "same" if source in judged else "other"
        said.setdefault(who, []).append(_rival(row, figure))
    each = [tr(_SAY[who], figures=notation.choice(dict.fromkeys(texts))) for who, texts in said.items()]
    return "; ".join((*each, denied(row, parts)) if parts else each)


def denied(row: Row, parts: Sequence[Figure]) -> str:
    """What the figures of the single periods make, where the one for the whole window says otherwise."""
    periods = notation.listing([notation.spelled(figure.period) for figure in parts])
    total = figures.total(figure.actual for figure in parts)
    if row.target and row.target.aggregate == "mean":
        text = notation.with_unit(notation.allowed(total.over(len(parts)), row.entered), row.unit)
        return tr("the figures of {periods} make {number} on average", periods=periods, number=text)
    return tr(
        "the figures of {periods} add up to {number}",
        periods=periods,
        number=notation.with_unit(notation.allowed(total), row.unit),
    )


def _rival(row: Row, figure: Figure) -> str:
    """A rival figure, with its period where that is not the judged one's."""
    text = notation.actual(figure, row.unit)
    periods = {point.period for point in row.judged.points} if row.judged else set()
    alone = len(periods) == 1 and figure.period in periods
    return text if alone else f"{text} {in_period(figure.period)}"


def _revised(row: Row) -> str:
    old = row.before
    if old is None or (row.other is not None and row.other.version is old):
        return ""
    text = notation.promise(old.promise, old.bound, row.unit, row.direction)
    if old.promise.due and row.due and old.promise.due != row.due:
        return tr("the target was {target} by {due} before", target=text, due=notation.long(old.promise.due))
    return tr("the target was {target} before", target=text)


def _changed_late(row: Row) -> str:
    """What a promise became after its deadline."""
    late = row.promised.became
    if late is None:
        return tr("the promise was changed after its deadline, and is judged as it stood")
    text, when = notation.promise(late.promise, late.bound, row.unit, row.direction), notation.by(late.promise)
    return tr(
        "the promise was changed after its deadline, to {target} {when}, and is judged as it stood",
        target=text,
        when=when,
    )


def _broke(row: Row) -> str:
    """What changed: the promise, the count, or both."""
    redefined = row.target is not None and row.target.series_break
    if redefined and row.broken:
        return tr("the promise was redefined and the definition or the count changed (series break)")
    return (
        tr("the promise was redefined (series break)")
        if redefined
        else tr("the definition or the count changed (series break)")
    )


def _begun(row: Row) -> str:
    return (
        tr("the start is the figure of {period}, not a stated baseline", period=notation.spelled(row.start.period))
        if row.start
        else ""
    )


_CLAUSES: dict[str, Callable[[Row], str]] = {
    "inexact": _inexact,
    "provisional": _provisional,
    "disputed": _disputed,
    "series_break": _broke,
    "from_first_actual": _begun,
    "revised": _revised,
    "revised_after_due": _changed_late,
    "partial": _partial,
    "awaited": awaited,
    "undone": undone,
    "unsourced": _unsourced,
}
_PLAIN = {
    "estimate": mark("the figure is an estimate"),
    "met_at_start": mark("the start already satisfied it"),
    "met_when_set": mark("it was already met when it was set"),
    "proposed": mark("proposed, not adopted"),
    "noted": mark("see the note"),
}
"""What is said of every row that has the flag, in the same words."""


# ---------------------------------------------------------------- the words of tables

_ROLES = {
    "baseline": mark("baseline"),
    "agrees": mark("agrees"),
    "disputes": mark("disputes"),
    "revised": mark("revised later"),
    "unknown": mark("not known yet"),
}


def role(name: str) -> str:
    """What a figure is in its period, in a word; nothing for the one that leads."""
    return tr(_ROLES[name]) if name in _ROLES else ""


def sourced(source: str | None) -> str:
    """The id of a source, or that there is none."""
    return source or tr("no source")


def traced(actual: Actual) -> str:
    """The source of a figure and, where it says one, the cell of that source's file."""
    return ", ".join((sourced(actual.source), *([clean(actual.cell)] if actual.cell else ())))
