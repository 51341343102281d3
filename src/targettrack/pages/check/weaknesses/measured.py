"""Measured: figures that are hard to believe, that contradict others, or that have grown old."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise

from targettrack import period
from targettrack.assessment import figures
from targettrack.assessment.figures import Point
from targettrack.assessment.todo import searched_lately
from targettrack.language import mark, tr, tr_as
from targettrack.number import EXACT, literal
from targettrack.pages.check.weaknesses import entered
from targettrack.pages.check.weaknesses._case import Case, Check, Finding, at, looks_grouped
from targettrack.period import Period
from targettrack.program.model import YES_NO, Actual, Baseline, Indicator, Loc, Pairs, is_percent
from targettrack.recording.plan import TENFOLD, same_figure
from targettrack.regex import regex
from targettrack.wording import notation

_HUNDRED = Decimal(100)


def _numeric(case: Case) -> Iterator[tuple[int, Actual, Indicator]]:
    for place, actual in case.actuals:
        if not isinstance(actual.value, bool):
            yield place, actual, case.program.indicators[actual.indicator]


def _above_limit(case: Case) -> Iterator[Finding]:
    for loc, saying, highest, indicator in _highest(case):
        limit = indicator.limit if indicator.limit is not None else _HUNDRED if is_percent(indicator.unit) else None
        if limit is not None and highest > limit:
            said, what = saying(), notation.with_unit(notation.digits(limit), indicator.unit)
            if indicator.limit is not None:
                yield (
                    loc,
                    tr("{figure} is above the limit of {limit}", figure=said, limit=what),
                    tr("correct the figure, or the limit"),
                )
            else:
                yield (
                    loc,
                    tr("{figure} is above {limit}", figure=said, limit=what),
                    tr("correct the figure; where more than 100 % can be, say so: limit = 1000 in the indicator"),
                )


def _highest(case: Case) -> Iterator[tuple[Loc, Callable[[], str], Decimal, Indicator]]:
    """Every number that a limit is for: where, what says how it is called, the highest that it may be, and its indicator."""
    for place, actual, indicator in _numeric(case):
        allowed = figures.span(actual)
        if allowed.low is not None and place not in case.misread:
            yield (
                ("actuals", place, "range" if actual.range else "value"),
                partial(notation.actual, actual, indicator.unit),
                allowed.stated if allowed.high is None else allowed.high,
                indicator,
            )
    for loc, _, _, baseline, indicator in _baselines(case):
        yield (
            (*loc, "value"),
            partial(_called, mark("the baseline, {figure},"), baseline.value, indicator),
            baseline.value,
            indicator,
        )
    for name, indicator in case.indicators:
        for place, target in enumerate(indicator.targets):
            high = target.range[1] if target.range else target.value
            if isinstance(high, Decimal) and target.aggregate != "sum":
                yield (
                    ("indicators", name, "targets", place, "range" if target.range else "value"),
                    partial(_called, mark("the target, {figure},"), high, indicator),
                    high,
                    indicator,
                )


def _called(what: str, value: Decimal, indicator: Indicator) -> str:
    return tr(what, figure=notation.with_unit(notation.digits(value), indicator.unit))


def _baselines(case: Case) -> Iterator[tuple[Loc, str, Pairs, Baseline, Indicator]]:
    """Every baseline: where, of which indicator and disaggregation, and itself."""
    for name, indicator in case.indicators:
        if indicator.baseline:
            yield ("indicators", name, "baseline"), name, (), indicator.baseline, indicator
        for place, target in enumerate(indicator.targets):
            if target.baseline:
                yield (
                    ("indicators", name, "targets", place, "baseline"),
                    name,
                    target.disaggregation,
                    target.baseline,
                    indicator,
                )


def _tenfold(case: Case) -> Iterator[Finding]:
    for indicator, points in _lines(case):
        sound: Point | None = None
        for one, other in pairwise(points):
            before, sound = sound, None
            if other.is_break or one.last == other.last or one.period.months != other.period.months:
                continue
            if not (leap := _leap(one, other)):
                continue
            if before is not None and not _leap(before, other):
                continue  # the figure before it was the odd one, and has been named
            sound = one
            if other.figure.place in case.misread or other.figure.place in case.fallen:
                continue
            before_it = tr(
                "the figure before it, {figure} {when}",
                figure=notation.actual(one.figure, indicator.unit),
                when=at(one.period),
            )
            yield _leapt(other, indicator, leap, before_it)
    yield from _tenfold_since_baseline(case)


def _leapt(point: Point, indicator: Indicator, leap: str, before: str) -> Finding:
    """That a figure is ten times what was before it, or a tenth."""
    loc: Loc = ("actuals", point.figure.place, "range" if point.actual.range else "value")
    figure, hint = (
        notation.actual(point.figure, indicator.unit),
        tr("check the unit and the decimal point; series_break = true where the count changed"),
    )
    if leap == "tenfold":
        return loc, tr("{figure} is at least ten times {before}", figure=figure, before=before), hint
    return loc, tr("{figure} is at most a tenth of {before}", figure=figure, before=before), hint


def _tenfold_since_baseline(case: Case) -> Iterator[Finding]:
    """The first figures after a baseline that are ten times it, or a tenth of it; each is named once."""
    named: set[int] = set()
    for _, name, pairs, baseline, indicator in _baselines(case):
        point = next((point for point in case.series[name].get(pairs, ()) if point.last > baseline.period.last), None)
        if (
            point is None
            or isinstance(point.actual.value, bool)
            or point.is_break
            or point.period.months != baseline.period.months
            or point.figure.place in named | case.misread.keys()
        ):
            continue
        if leap := _times(baseline.value, _stated(point)):
            named.add(point.figure.place)
            value = notation.with_unit(notation.digits(baseline.value), indicator.unit)
            yield _leapt(
                point, indicator, leap, tr("the baseline, {figure} {when}", figure=value, when=at(baseline.period))
            )


def _stated(point: Point) -> Decimal:
    return figures.stated(point.actual)


def _leap(one: Point, other: Point) -> str | None:
    """Whether a figure is ten times another (``tenfold``), or a tenth of it (``tenth``)."""
    return _times(_stated(one), _stated(other))


def _times(before: Decimal, after: Decimal) -> str | None:
    now, last = abs(after), abs(before)
    if not now or not last:
        return None
    if now >= EXACT.multiply(last, TENFOLD):
        return "tenfold"
    return "tenth" if EXACT.multiply(now, TENFOLD) <= last else None


def _lines(case: Case) -> Iterator[tuple[Indicator, Sequence[Point]]]:
    """The numeric series, known figures in order of time."""
    for name, indicator in case.indicators:
        for points in case.series[name].values():
            if points and not isinstance(points[0].actual.value, bool):
                yield indicator, points


def _grouped(case: Case) -> Iterator[Finding]:
    precise = _precise(case)
    for place, actual, indicator in _numeric(case):
        if is_percent(indicator.unit) or precise.get(actual.indicator, set()) - {place}:
            continue
        for value in actual.range or (actual.value,):
            if isinstance(value, Decimal) and looks_grouped(value):
                text = literal(value)
                short, whole = text.rstrip("0").rstrip("."), text.replace(".", "")
                read = notation.with_unit(notation.digits(Decimal(short)), indicator.unit)
                message = tr("{text} is read as {figure}: a point is never for thousands", text=text, figure=read)
                same = tr(
                    "write {thousands} if thousands are meant, else allow grouped-number, with the reason",
                    thousands=whole,
                )
                yield (
                    ("actuals", place, "range" if actual.range else "value"),
                    message,
                    same
                    if short == text
                    else tr("write {thousands} if thousands are meant, else {short}", thousands=whole, short=short),
                )


def _precise(case: Case) -> dict[str, set[int]]:
    """The places of each indicator's figures that have three decimals."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for place, actual in case.actuals:
        if any(
            isinstance(value, Decimal) and value.as_tuple().exponent == -3 and str(value)[-1] != "0"
            for value in actual.range or (actual.value,)
        ):
            found[actual.indicator].add(place)
    return found


def _twice(case: Case) -> Iterator[Finding]:
    for place, actual, earlier in _same_source(case):
        for where, other in earlier:
            if same_figure(actual, other) and (actual.quality, figures.published(actual, case.program.sources)) == (
                other.quality,
                figures.published(other, case.program.sources),
            ):
                said = tr(
                    "this record stands in the file twice: it is the same figure as {record}, and neither has a source",
                    record=_th(where),
                )
                if actual.source:
                    said = tr(
                        "this record stands in the file twice: it is the same figure of the same source as {record}",
                        record=_th(where),
                    )
                yield ("actuals", place), said, tr("delete one of them")
                break


def _two_values(case: Case) -> Iterator[Finding]:
    for place, actual, earlier in _same_source(case):
        for where, other in earlier:
            when, before = (figures.published(each, case.program.sources) for each in (actual, other))
            if not same_figure(actual, other) and when == before and actual.recorded == other.recorded:
                two = tr(
                    "{one} and {other} for {period} ({record})",
                    one=notation.figure(other),
                    other=notation.figure(actual),
                    period=notation.spelled(actual.period),
                    record=_th(where),
                )
                message = tr("two figures without a source, {figures}, and no date tells which is newer", figures=two)
                if actual.source:
                    message = tr("the same source gives {figures}, and no date tells which is newer", figures=two)
                yield ("actuals", place), message, tr("correct one, or give the newer one its published date")
                break


def _th(place: int) -> str:
    return tr("actual {number} of the file", number=place + 1)


def _same_source(case: Case) -> Iterator[tuple[int, Actual, list[tuple[int, Actual]]]]:
    """Each actual with those before it of the same indicator, disaggregation, period and source."""
    seen: defaultdict[tuple[object, ...], list[tuple[int, Actual]]] = defaultdict(list)
    for place, actual in case.actuals:
        earlier = seen[actual.indicator, actual.disaggregation, actual.period, actual.source]
        yield place, actual, earlier
        earlier.append((place, actual))


def _baseline_differs(case: Case) -> Iterator[Finding]:
    for loc, name, pairs, baseline, _ in _baselines(case):
        point = next((point for point in case.series[name].get(pairs, []) if point.period == baseline.period), None)
        if baseline.note or point is None or isinstance(point.actual.value, bool) or point.actual.approx == "about":
            continue
        allowed = figures.span(point.actual)
        rounding = max(_rounding(value) for value in (baseline.value, *(point.actual.range or (allowed.stated,))))
        if (allowed.low is not None and baseline.value < EXACT.subtract(allowed.low, rounding)) or (
            allowed.high is not None and baseline.value > EXACT.add(allowed.high, rounding)
        ):
            message = tr(
                "the baseline is {baseline}, but the actual of {period} is {actual}",
                baseline=notation.digits(baseline.value),
                period=notation.spelled(point.period),
                actual=notation.figure(point.actual),
            )
            yield loc, message, tr("correct one, or say in a note why the plan starts from another figure")


def _mixed(case: Case) -> Iterator[Finding]:
    for name, indicator in case.indicators:
        if (
            is_percent(indicator.unit)
            or indicator.unit == YES_NO
            or indicator.cumulative
            or any(target.aggregate_ or target.every for target in indicator.targets)
        ):
            continue
        if any(entered.of_another_length(row) for row in case.rows_of.get(name, ())):
            continue  # which figures do not count, and what to write, is told at the target
        lengths = [
            {months for point in points if (months := point.period.months)} for points in case.series[name].values()
        ]
        kinds = set[int]().union(*(each for each in lengths if len(each) > 1))
        if kinds:
            message = tr(
                "its figures are for {kinds}: where a figure adds up over time, they cannot be compared",
                kinds=notation.listing(map(_length, sorted(kinds, reverse=True))),
            )
            yield ("indicators", name), message, _apart(indicator)


def _apart(indicator: Indicator) -> str:
    """What to write where a series has figures for periods of several lengths."""
    if indicator.targets:
        return tr(
            "make an indicator of each kind, or write aggregate in the targets; a running total has cumulative = true"
        )
    return tr(
        "make an indicator of each kind; a running total has cumulative = true; of a stock or a share, allow mixed-periods with that reason"
    )


def _length(months: int) -> str:
    """Periods of so many months, as a word."""
    words = {
        12: tr_as("lengths", "years"),
        6: tr_as("lengths", "halves"),
        3: tr_as("lengths", "quarters"),
        1: tr_as("lengths", "months"),
    }
    return words.get(months) or tr("spans of {months} months", months=months)


def _stale(case: Case) -> Iterator[Finding]:
    for name, indicator in case.indicators:
        points = [point for lines in case.series[name].values() for point in lines]
        if indicator.frequency is None or not points or searched_lately(indicator.searched, case.on):
            continue
        if indicator.targets and all(row.final for row in case.rows_of.get(name, ())):
            continue  # every deadline has passed, and its result is there
        newest = max(point.last for point in points)
        passed = _whole_periods(newest, case.on, period.MONTHS[indicator.frequency])
        if passed >= 2:
            message = tr(
                'the newest figure ends on {day}; with frequency = "{frequency}" {count} later ones should be known',
                day=newest.isoformat(),
                frequency=indicator.frequency,
                count=passed,
            )
            yield ("indicators", name), message, tr("add the newer figures, or write searched = DATE")


def _whole_periods(newest: date, on: date, months: int) -> int:
    """How many whole periods of so many months have ended after one day and before another."""
    return max(0, int(period.years(newest, on) * 12) // months) if newest < on else 0


_RATE = regex(r"/|\bper\b|\ban? (?:head|person|household|day|week|month|year)\b|\bindex\b", re.IGNORECASE)
"""A unit whose whole is a mean of its parts, not their sum."""


def _parts(case: Case) -> Iterator[Finding]:
    for name, indicator in case.indicators:
        if (
            is_percent(indicator.unit)
            or _RATE.search(indicator.unit or "")
            or not (whole := {point.period: point for point in case.series[name].get((), [])})
        ):
            continue
        by_key: defaultdict[str, list[dict[Period, Point]]] = defaultdict(list)
        for pairs, points in case.series[name].items():
            if len(pairs) == 1:
                by_key[pairs[0][0]].append({point.period: point for point in points})
        for key, parts in by_key.items():
            yield from _parts_by(key, whole, parts)


def _parts_by(key: str, whole: dict[Period, Point], parts: Sequence[dict[Period, Point]]) -> Iterator[Finding]:
    """Where the parts of one key, of a period that has them all, are not the whole."""
    for when, point in whole.items():
        if (
            len(parts) > 1
            and all(when in part for part in parts)
            and (total := _other_sum(point, [part[when] for part in parts])) is not None
        ):
            message = tr(
                "the parts by {key} add up to {sum}, the whole of {period} is {whole}",
                key=key,
                sum=notation.digits(total),
                period=notation.spelled(when),
                whole=notation.figure(point.actual),
            )
            yield (
                ("actuals", point.figure.place),
                message,
                tr("check the figures; a part may be missing, or counted twice"),
            )
        else:
            yield from (_larger(point, part[when]) for part in parts if when in part and _is_larger(point, part[when]))


def _is_larger(whole: Point, part: Point) -> bool:
    """Whether all that a part may be is more than all that its whole may be, and no rounding explains it."""
    high, low = figures.span(whole.actual).high, figures.span(part.actual).low
    return (
        high is not None
        and low is not None
        and "about" not in {whole.actual.approx, part.actual.approx}
        and 0 <= EXACT.add(high, EXACT.add(_rounding(high), _rounding(low))) < low
    )


def _larger(whole: Point, part: Point) -> Finding:
    said = tr(
        "{part}, where {pairs}, is more than the whole of {period}, {whole}",
        part=notation.figure(part.actual), pairs=notation.pairs(part.actual.disaggregation), period=notation.spelled(whole.period), whole=notation.figure(whole.actual),
    )  # fmt: skip
    return ("actuals", part.figure.place), said, tr("check the figures; one of them may have another unit")


def _other_sum(whole: Point, parts: Sequence[Point]) -> Decimal | None:
    """What parts add up to, where no rounding explains that it is not the whole; None also where a figure is inexact."""
    if any(
        isinstance(point.actual.value, bool) or point.actual.approx or point.actual.range for point in (whole, *parts)
    ):
        return None
    stated, *each = [figures.stated(point.actual) for point in (whole, *parts)]
    total, rounding = Decimal(0), _rounding(stated)
    for value in each:
        total, rounding = EXACT.add(total, value), EXACT.add(rounding, _rounding(value))
    return total if abs(EXACT.subtract(total, stated)) > rounding else None


def _rounding(value: Decimal) -> Decimal:
    """Half of a number's last digit."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(min(exponent, 0) - 1) if isinstance(exponent, int) else Decimal(0)


def _early(case: Case) -> Iterator[Finding]:
    for place, actual in case.actuals:
        when = figures.published(actual, case.program.sources)
        if when is not None and when.last < actual.period.first:
            message = tr(
                "this figure for {period} was published {published}, before that began",
                period=notation.spelled(actual.period),
                published=notation.spelled(when),
            )
            yield (
                ("actuals", place),
                message,
                tr('a plan or a forecast is no actual; quality = "estimate" does not make it one'),
            )


CHECKS = (
    Check(
        "above-limit", mark("a figure, baseline or target above the indicator's limit, or above 100 %"), _above_limit
    ),
    Check(
        "tenfold", mark("a figure at least ten times the one, or the baseline, before it, or at most a tenth"), _tenfold
    ),
    Check("grouped-number", mark("a number such as 1.200, which looks like thousands and is not"), _grouped),
    Check("recorded-twice", mark("the same figure of the same source twice"), _twice),
    Check(
        "two-values", mark("two figures of one source for one period, and no date that tells them apart"), _two_values
    ),
    Check("baseline-differs", mark("a baseline that is not the actual of its period"), _baseline_differs),
    Check("mixed-periods", mark("figures for periods of different lengths in one series"), _mixed),
    Check("stale-series", mark("a series that by its frequency should have newer figures"), _stale),
    Check("parts-differ", mark("parts that do not add up to the whole, or one that is more than it"), _parts),
    Check("published-early", mark("an actual that was published before its period began"), _early),
)
