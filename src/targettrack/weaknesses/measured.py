"""Measured: figures that are hard to believe, that contradict others, or that have grown old."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from targettrack import figures, notation, period
from targettrack.figures import Point
from targettrack.number import EXACT, literal
from targettrack.program import Actual, Indicator
from targettrack.recording import TENFOLD, same_figure
from targettrack.weaknesses._case import YEAR, Case, Check, Finding

_LENGTHS = {12: "years", 6: "halves", 3: "quarters", 1: "months"}
_HUNDRED = Decimal(100)


def _numeric(case: Case) -> Iterator[tuple[int, Actual, Indicator]]:
    for place, actual in case.actuals:
        if not isinstance(actual.value, bool):
            yield place, actual, case.program.indicators[actual.indicator]


def _above_limit(case: Case) -> Iterator[Finding]:
    for place, actual, indicator in _numeric(case):
        allowed = figures.span(actual)
        highest = allowed.high if allowed.high is not None else allowed.stated
        limit = indicator.limit if indicator.limit is not None else _HUNDRED if notation.is_percent(indicator.unit) else None
        if limit is not None and highest > limit:
            what = notation.with_unit(notation.digits(limit), indicator.unit)
            hint = "correct the figure, or the limit" if indicator.limit is not None else "correct the figure; where more than 100 % can be, say so: limit = 1000 in the indicator"
            yield ("actuals", place, "range" if actual.range else "value"), f"{notation.actual(actual, indicator.unit)} is above {'the limit of ' if indicator.limit is not None else ''}{what}", hint


def _tenfold(case: Case) -> Iterator[Finding]:
    for indicator, points in _lines(case):
        for one, other in pairwise(points):
            if other.is_break or one.last == other.last:
                continue
            now, last = abs(figures.span(other.actual).stated), abs(figures.span(one.actual).stated)
            if now and last and (now >= EXACT.multiply(last, Decimal(TENFOLD)) or EXACT.multiply(now, Decimal(TENFOLD)) <= last):
                said = "at least ten times" if now > last else "at most a tenth of"
                message = f"{notation.actual(other.figure, indicator.unit)} is {said} the figure before it, {notation.actual(one.figure, indicator.unit)} in {notation.long(one.period)}"
                yield ("actuals", other.figure.place, "range" if other.actual.range else "value"), message, "check the unit and the decimal point; series_break = true where the count changed"


def _lines(case: Case) -> Iterator[tuple[Indicator, Sequence[Point]]]:
    """The numeric series, known figures in order of time."""
    for name, indicator in case.indicators:
        for points in case.series[name].values():
            if points and not isinstance(points[0].actual.value, bool):
                yield indicator, points


def _grouped(case: Case) -> Iterator[Finding]:
    for place, actual, indicator in _numeric(case):
        for value in actual.range or (actual.value,):
            if isinstance(value, Decimal) and _looks_grouped(value) and not _precise(case, actual, place):
                text = literal(value)
                message = f"{text} is read as {notation.digits(Decimal(text).normalize())}{f' {indicator.unit}' if indicator.unit else ''}: a point is never for thousands"
                yield ("actuals", place, "range" if actual.range else "value"), message, f"write {text.replace('.', '')} if thousands are meant, else leave it"


def _looks_grouped(value: Decimal) -> bool:
    """Whether a number is written as people write thousands: one to three digits, a point, three digits."""
    return value.as_tuple().exponent == -3 and 1 <= abs(value) < 1000


def _precise(case: Case, actual: Actual, place: int) -> bool:
    """Whether another figure of the same indicator has three decimals too."""
    others = (other for at, other in case.program.actuals[actual.indicator] if at != place)
    return any(isinstance(value, Decimal) and value.as_tuple().exponent == -3 and str(value)[-1] != "0" for other in others for value in other.range or (other.value,))


def _twice(case: Case) -> Iterator[Finding]:
    for place, actual, earlier in _same_source(case):
        for at, other in earlier:
            if same_figure(actual, other):
                yield ("actuals", place), f"this record stands in the file twice: it is the same figure of the same source as {_th(at)}", "delete one of them"
                break


def _two_values(case: Case) -> Iterator[Finding]:
    for place, actual, earlier in _same_source(case):
        for at, other in earlier:
            when, before = (figures.published(each, case.program.sources) for each in (actual, other))
            if not same_figure(actual, other) and when == before and actual.recorded == other.recorded:
                message = f"the same source gives {notation.figure(other)} and {notation.figure(actual)} for {notation.long(actual.period)} ({_th(at)}), and no date tells which is newer"
                yield ("actuals", place), message, "correct one, or give the newer one its published date"
                break


def _th(place: int) -> str:
    return f"actual {place + 1} of the file"


def _same_source(case: Case) -> Iterator[tuple[int, Actual, list[tuple[int, Actual]]]]:
    """Each actual with those before it of the same indicator, disaggregation, period and source."""
    seen: defaultdict[tuple[object, ...], list[tuple[int, Actual]]] = defaultdict(list)
    for place, actual in case.actuals:
        earlier = seen[actual.indicator, actual.disaggregation, actual.period, actual.source]
        yield place, actual, earlier
        earlier.append((place, actual))


def _baseline_differs(case: Case) -> Iterator[Finding]:
    for name, indicator in case.indicators:
        baseline = indicator.baseline
        point = next((point for point in case.series[name].get((), []) if baseline and point.period == baseline.period), None)
        if baseline is None or point is None or isinstance(point.actual.value, bool):
            continue
        allowed = figures.span(point.actual)
        if (allowed.low is not None and baseline.value < allowed.low) or (allowed.high is not None and baseline.value > allowed.high):
            message = f"the baseline is {notation.digits(baseline.value)}, but the actual of {notation.long(point.period)} is {notation.figure(point.actual)}"
            yield ("indicators", name, "baseline"), message, "correct one, or say in a note why the plan starts from another figure"


def _mixed(case: Case) -> Iterator[Finding]:
    for name, indicator in case.indicators:
        for points in case.series[name].values():
            kinds = {months for point in points if (months := point.period.months)}
            if len(kinds) > 1 and not any(target.aggregate != "last" or target.every for target in indicator.targets):
                words = notation.listing(_LENGTHS.get(kind, f"spans of {kind} months") for kind in sorted(kinds, reverse=True))
                yield ("indicators", name), f"its figures are for {words}: where a figure adds up over time, they cannot be compared", "make an indicator of each kind, unless it is a stock or a share"


def _stale(case: Case) -> Iterator[Finding]:
    for name, indicator in case.indicators:
        points = [point for lines in case.series[name].values() for point in lines]
        if indicator.frequency is None or not points or (indicator.searched and indicator.searched.last >= case.on - YEAR):
            continue
        newest = max(point.last for point in points)
        passed = _whole_periods(newest, case.on, period.MONTHS[indicator.frequency])
        if passed >= 2:
            message = f'the newest figure ends on {newest.isoformat()}; with frequency = "{indicator.frequency}" {passed} later ones should be known'
            yield ("indicators", name), message, "add the newer figures, or write searched = DATE"


def _whole_periods(newest: date, on: date, months: int) -> int:
    """How many whole periods of so many months have ended after one day and before another."""
    return max(0, int(period.years(newest, on) * 12) // months) if newest < on else 0


def _parts(case: Case) -> Iterator[Finding]:
    for name, indicator in case.indicators:
        if notation.is_percent(indicator.unit) or not (whole := {point.period: point for point in case.series[name].get((), [])}):
            continue
        for key in {pairs[0][0] for pairs in case.series[name] if len(pairs) == 1}:
            parts = [{point.period: point for point in points} for pairs, points in case.series[name].items() if len(pairs) == 1 and pairs[0][0] == key]
            for when, point in whole.items():
                found = [part[when] for part in parts if when in part]
                if len(found) == len(parts) > 1 and (said := _sum_differs(point, found)):
                    yield ("actuals", point.figure.place), f"the parts by {key} add up to {said}, the whole of {notation.long(when)} is {notation.figure(point.actual)}", "check the figures; a part may be missing, or counted twice"


def _sum_differs(whole: Point, parts: Sequence[Point]) -> str | None:
    """What parts add up to, where no rounding explains that it is not the whole."""
    spans = [figures.span(point.actual) for point in (whole, *parts) if not isinstance(point.actual.value, bool)]
    if len(spans) != len(parts) + 1 or any(each.exact is None for each in spans):
        return None
    decimals = [-int(exponent) if isinstance(exponent := each.stated.as_tuple().exponent, int) and exponent < 0 else 0 for each in spans]
    rounding = sum((Decimal(5).scaleb(-count - 1) for count in decimals), Decimal(0))
    total = Decimal(0)
    for each in spans[1:]:
        total = EXACT.add(total, each.stated)
    return notation.digits(total) if abs(EXACT.subtract(total, spans[0].stated)) > rounding else None


def _early(case: Case) -> Iterator[Finding]:
    for place, actual in case.actuals:
        when = figures.published(actual, case.program.sources)
        if when is not None and when.last < actual.period.first:
            yield ("actuals", place), f"this figure for {notation.long(actual.period)} was published {when}, before that began", 'a plan or a forecast is no actual; quality = "estimate" does not make it one'


CHECKS = (
    Check("above-limit", "a figure above the indicator's limit, or above 100 %", _above_limit),
    Check("tenfold", "a figure at least ten times the one before it, or at most a tenth", _tenfold),
    Check("grouped-number", "a number such as 1.200, which looks like thousands and is not", _grouped),
    Check("recorded-twice", "the same figure of the same source twice", _twice),
    Check("two-values", "two figures of one source for one period, and no date that tells them apart", _two_values),
    Check("baseline-differs", "a baseline that is not the actual of its period", _baseline_differs),
    Check("mixed-periods", "figures for periods of different lengths in one series", _mixed),
    Check("stale-series", "a series that by its frequency should have newer figures", _stale),
    Check("parts-differ", "parts that do not add up to the whole", _parts),
    Check("published-early", "an actual that was published before its period began", _early),
)
