"""Promised: promises that nobody can measure, that ask for nothing, or less than before, and those whose result nobody reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from targettrack import figures, notation, period
from targettrack.figures import Bound, Point
from targettrack.judging import since_baseline
from targettrack.number import EXACT, fraction, rounded
from targettrack.program import Program
from targettrack.promises import known_baseline
from targettrack.report import Row, indicator_rows
from targettrack.weaknesses._case import YEAR, Case, Check, Finding


def _not_measurable(case: Case) -> Iterator[Finding]:
    for name, indicator in case.indicators:
        if not indicator.targets:
            continue
        lacks = [
            *(["no actual"] if not case.program.actuals.get(name) else []),
            *(["no unit"] if indicator.unit is None else []),
            *(["no deadline"] if not any(target.by or target.every for target in indicator.targets) else []),
        ]
        if lacks:
            hints = {"no actual": "add [[actuals]] when a figure is published", "no unit": 'unit = "…"', "no deadline": "by = when a date is set"}
            cannot = "measured from this file" if "no actual" in lacks or "no unit" in lacks else "held to a day"
            yield ("indicators", name), f"{name} cannot be {cannot}: it has {notation.listing(lacks)}", ", ".join(hints[lack] for lack in lacks)
    for place in range(len(case.program.document.promises)):
        yield ("promises", place, "text"), "this promise is in words only: it cannot be measured", "make it a target of an indicator, if a document says a number"


def _not_searched(case: Case) -> Iterator[Finding]:
    for name, rows in _by_indicator(case):
        searched = case.program.indicators[name].searched
        silent = [row for row in rows if row.status == "unreported"]
        if silent and (searched is None or searched.last < case.on - YEAR):
            when = "no word says that somebody searched for a figure" if searched is None else f"the last search for a figure was more than a year ago ({searched})"
            yield ("indicators", name), f"{name} is unreported, and {when}", f"look for one, and write searched = {case.on.isoformat()}"


def _by_indicator(case: Case) -> Iterator[tuple[str, list[Row]]]:
    for name, _ in case.indicators:
        yield name, [row for row in case.rows if row.indicator_id == name]


def _met_at_baseline(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        baseline = known_baseline(row.indicator, row.target, case.program.sources, case.on) if row.indicator and row.target else None
        if baseline and row.bound and row.bound.direction != "maintain" and row.bound.holds(baseline.value):
            yield row.path, f"the baseline, {notation.digits(baseline.value)} in {notation.long(baseline.period)}, already satisfies {_bound(row)}: it promised nothing", "check the baseline, the bound and the direction"


def _bound(row: Row) -> str:
    return "" if row.bound is None else notation.bound(row.bound, row.indicator.unit if row.indicator else None)


def _interim(case: Case) -> Iterator[Finding]:
    for _, rows in _by_indicator(case):
        dated = sorted((row for row in rows if row.due and row.bound and row.target and row.target.aggregate == "last"), key=lambda row: row.due.last if row.due else case.on)
        groups = {row.target.disaggregation for row in dated if row.target}
        for pairs in groups:
            for earlier, later in pairwise([row for row in dated if row.target and row.target.disaggregation == pairs]):
                if earlier.bound and later.bound and _asks_less(later.bound, earlier.bound):
                    yield later.path, f"by {later.due} this asks for less ({_bound(later)}) than the target by {earlier.due} before it ({_bound(earlier)})", "check both; one that was taken back has withdrawn = DATE"


def _asks_less(new: Bound, old: Bound) -> bool:
    """Whether satisfying one bound is easier than another of the same direction."""
    if new.direction != old.direction or new.direction == "maintain":
        return False
    return old.gap(new.weak) < 0


def _lowered(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        if row.before and row.before.bound and row.bound and _asks_less(row.bound, row.before.bound):
            unit = row.indicator.unit if row.indicator else None
            proposed = row.before.promise.standing == "proposed"
            yield row.path, f"this asks for less ({_bound(row)}) than the {'draft' if proposed else 'promise'} that it took the place of ({notation.bound(row.before.bound, unit)})", "check both against their documents; that a promise was lowered is worth telling"


def _steep(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        if row.required_per_year is None or not row.target or row.target.aggregate != "last" or row.bound is None or row.bound.direction == "maintain" or not row.indicator:
            continue
        rates = list(_rates(row))
        required = row.required_per_year
        best = max(rates, key=lambda rate: rate if required > 0 else -rate, default=None)
        if best is None or not required:
            continue
        unit = notation.gap_unit(row.indicator.unit)
        needed = notation.with_unit(notation.digits(rounded(required)), unit)
        if (best > 0) is not (required > 0) or not best:
            yield row.path, f"this needs {needed} a year from now on, and no year so far went that way", "check the figures; a target that nobody was ever on the way to is worth telling"
        elif abs(required) > abs(best):
            times = EXACT.divide(required, best)
            yield row.path, f"this needs {needed} a year from now on, {notation.places(times, 1)} times the best year so far", "check the figures; a target that nobody was ever on the way to is worth telling"


def _rates(row: Row) -> Iterator[Decimal]:
    """The change a year between one figure and the next, where no break lies between them."""
    points: Sequence[Point] = since_baseline(row.points, row.indicator.baseline_of(row.target)) if row.indicator and row.target else ()
    for one, other in pairwise(figures.by_last_day(points, row.due)):
        if not other.is_break and not isinstance(one.actual.value, bool):
            change = EXACT.subtract(figures.span(other.actual).stated, figures.span(one.actual).stated)
            yield EXACT.divide(change, fraction(period.years(one.last, other.last)))


def _overdue(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        if row.status == "unreported":
            due = f"was due in {notation.long(row.due)}" if row.due else "is due every period"
            yield row.path, f"this {due}, and this file has no figure that tells its result", "look for one, and write searched = DATE in the indicator"


def _disputed(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        for rival in row.disputes:
            other = _with(case, row, rival.actual.source)
            if other and row.judged and other.status != row.status:
                figure = notation.actual(rival, row.indicator.unit if row.indicator else None)
                yield row.path, f"with {figure} ({rival.actual.source}) this would be {other.status}, not {row.status}: the sources disagree", 'name the source to be trusted in prefer = ["ID"], and say why in a note'


def _with(case: Case, row: Row, source: str | None) -> Row | None:
    """The row as it would be if a source were preferred; None where the program prefers one already."""
    program = case.program
    if source is None or row.indicator is None or row.indicator_id is None or row.indicator.prefer:
        return None
    indicator = replace(row.indicator, prefer=(source,))
    document = replace(program.document, indicators={**program.indicators, row.indicator_id: indicator})
    rows = indicator_rows(Program(program.id, program.file, document), row.indicator_id, case.on, case.method)
    return next((other for other in rows if other.version.place == row.version.place), None)


CHECKS = (
    Check("not-measurable", "a promise that nobody can measure: no actual, no unit, no deadline, or words only", _not_measurable),
    Check("not-searched", "an unreported target whose indicator nobody has searched for, or not for a year", _not_searched),
    Check("met-at-baseline", "a baseline that already satisfies the target", _met_at_baseline),
    Check("interim-beyond", "a later target that asks for less than an interim one before it", _interim),
    Check("asks-less", "a promise that asks for less than the one whose place it took", _lowered),
    Check("steep", "a target that needs a better year than any so far", _steep),
    Check("no-result", "a deadline that passed without a result", _overdue),
    Check("disputed-status", "rival figures that lead to different statuses", _disputed),
)
