"""Promised: promises that nobody can measure, that ask for nothing, or less than before, and those whose result nobody reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from targettrack import period
from targettrack.assessment import figures
from targettrack.assessment.figures import Figure, Point
from targettrack.assessment.judging import since_baseline
from targettrack.assessment.promises import Version, asks, hardest, known_baseline
from targettrack.assessment.report import indicator_rows
from targettrack.assessment.row import Row
from targettrack.assessment.todo import searched_lately
from targettrack.language import mark, tr
from targettrack.number import EXACT, fraction, rounded
from targettrack.pages.check.weaknesses import entered
from targettrack.pages.check.weaknesses._case import Case, Check, Finding, at
from targettrack.program.model import Indicator, Loc, Pairs, Program, Promise, Target, set_date
from targettrack.program.spelling import spelling
from targettrack.wording import notation, why
from targettrack.wording.steps import kind

_HINTS = {
    mark("no actual"): mark("[[actuals]] when a figure is published"),
    mark("no unit"): 'unit = "…"',
    mark("no deadline"): mark("by = … when a date is set"),
}


def _not_measurable(case: Case) -> Iterator[Finding]:
    for name, rows in case.rows_of.items():
        lacks = [_lacks(case, name, row) for row in rows]
        if all(each == lacks[0] for each in lacks):
            yield from _measured(("indicators", name), name, lacks[0])
        else:
            for row, each in zip(rows, lacks, strict=True):
                yield from _measured(row.path, tr("this target"), each)
    for row in case.rows:
        if row.indicator is None:
            yield (
                (*row.path, "text"),
                tr("this promise is in words only: it cannot be measured"),
                tr("make it a target of an indicator, if a document says a number"),
            )


def _lacks(case: Case, name: str, row: Row) -> list[str]:
    """What is missing for somebody to measure a target: actuals of its disaggregation (which may be spelled otherwise, or forgotten), a unit, a deadline."""
    target, mine = row.target, row.disaggregation
    measured = (
        entered.without_part(row) or mine in case.parts[name] or (bool(mine) and spelling(mine) in case.spellings[name])
    )
    return [
        *(["no actual"] if not measured else []),
        *(["no unit"] if case.program.indicators[name].unit is None else []),
        *(["no deadline"] if target and not (target.by or target.every) else []),
    ]


def _measured(loc: Loc, what: str, lacks: Sequence[str]) -> Iterator[Finding]:
    if lacks == ["no unit"]:
        yield (
            loc,
            tr("{what} has no unit: nobody can tell what its figures count", what=what),
            tr('add unit = "…"; a pure number has unit = "index"'),
        )
    elif lacks:
        said, hint = (
            notation.listing(map(tr, lacks)),
            tr("add {keys}", keys=notation.listing(tr(_HINTS[lack]) for lack in lacks)),
        )
        cannot = (
            tr("{what} cannot be measured from this file: it has {lacks}", what=what, lacks=said)
            if "no actual" in lacks
            else tr("{what} cannot be held to a day: it has {lacks}", what=what, lacks=said)
        )
        yield loc, cannot, hint


def _not_searched(case: Case) -> Iterator[Finding]:
    for name, rows in case.rows_of.items():
        searched = case.program.indicators[name].searched
        silent = any(row.status == "unreported" for row in rows)
        if silent and not searched_lately(searched, case.on):
            said = tr("{indicator} is unreported, and no word says that somebody searched for a figure", indicator=name)
            if searched is not None:
                said = tr(
                    "{indicator} is unreported, and the last search for a figure was more than a year ago ({searched})",
                    indicator=name,
                    searched=notation.spelled(searched),
                )
            yield ("indicators", name), said, tr("look for one, and write searched = {day}", day=case.on.isoformat())


def _met_at_baseline(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        baseline = (
            known_baseline(row.indicator, row.target, case.program.sources, case.on)
            if row.indicator and row.target
            else None
        )
        if (
            baseline
            and row.asked
            and not row.asked.baseline_counts
            and row.bound
            and row.bound.direction != "maintain"
            and row.target
            and row.target.aggregate != "sum"
            and row.bound.holds(baseline.value)
        ):
            said = tr(
                "the baseline, {figure} {when}, already satisfies {target}: nothing had to change",
                figure=notation.digits(baseline.value),
                when=at(baseline.period),
                target=_asked(row.version, row.indicator),
            )
            yield row.path, said, tr("check the baseline, the bound and the direction")


def _asked(version: Version, indicator: Indicator | None) -> str:
    """What a version asks for, in short."""
    if version.bound is not None:
        return notation.bound(version.bound, indicator.unit if indicator else None)
    return notation.promise(version.promise, None, None, indicator.direction if indicator else None)


def _interim(case: Case) -> Iterator[Finding]:
    for rows in case.rows_of.values():
        groups: dict[Pairs, list[Row]] = {}
        for row in sorted(rows, key=lambda row: row.due.last if row.due else case.on):
            if (
                row.due
                and row.bound
                and row.target
                and row.target.aggregate == "last"
                and row.target.standing == "adopted"
            ):
                groups.setdefault(row.target.disaggregation, []).append(row)
        for group in groups.values():
            yield from _beyond(group)


def _beyond(rows: Sequence[Row]) -> Iterator[Finding]:
    """The targets, in order of their deadlines, that ask for less than one before: than the nearest, else the most demanding."""
    for place, later in enumerate(rows):
        asking = [
            earlier
            for earlier in rows[:place]
            if later.direction != "maintain" and _softer(later, later.version, earlier.version)
        ]
        if asking:
            most = hardest([earlier.version for earlier in asking], later.direction)
            earlier = (
                asking[-1] if asking[-1] is rows[place - 1] else next(each for each in asking if each.version is most)
            )
            asked, before = (_asked(row.version, row.indicator) for row in (later, earlier))
            said = tr(
                "by {due} this asks for less ({asked}) than the target by {earlier} before it ({before})",
                due=_due(later),
                asked=asked,
                earlier=_due(earlier),
                before=before,
            )
            yield later.path, said, tr("check both; one that was taken back has withdrawn = DATE")


def _due(row: Row) -> str:
    return notation.spelled(row.due, row.due.text) if row.due else ""


def _lowered(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        took = row.before or next(
            (version for version in reversed(row.superseded) if version.promise.standing == "proposed"), None
        )
        before = took if took is None or _softer(row, row.version, took) else _most(row)
        if before:
            asked, old = _asked(row.version, row.indicator), _asked(before, row.indicator)
            said = tr(
                "this asks for less ({asked}) than the promise that it took the place of ({before})",
                asked=asked,
                before=old,
            )
            if before.promise.standing == "proposed":
                said = tr(
                    "this asks for less ({asked}) than the draft that it took the place of ({before})",
                    asked=asked,
                    before=old,
                )
            yield row.path, said, tr("check both against their documents; that a promise was lowered is worth telling")


def _most(row: Row) -> Version | None:
    """Of the versions that a promise took the place of, and asks for less than, the one that asked for most."""
    more = [
        version
        for version in row.superseded
        if not (row.due and _made(row.program, version.promise) > row.due.last) and _softer(row, row.version, version)
    ]
    return hardest(more, row.direction) if more else None


def _made(program: Program, promise: Target | Promise) -> date:
    """The day on which a promise was made; the first of all days where nothing tells it."""
    return set_date(program.sources, promise) or date.min


def _softer(row: Row, new: Version, old: Version) -> bool:
    """Whether one version of what the row promises asks for less than another."""
    return asks(new, old, row.direction) == "less"


def _steep(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        if (
            row.required_per_year is None
            or not row.target
            or row.target.aggregate != "last"
            or row.bound is None
            or row.bound.direction == "maintain"
            or not row.indicator
        ):
            continue
        rates = list(_rates(row))
        required = row.required_per_year
        if not rates or not required or row.judged is None:
            continue
        best = max(rates, key=lambda rate: rate if required > 0 else -rate)
        since, rate = (
            notation.spelled(row.judged.newest.period),
            notation.with_unit(_brief(required), notation.gap_unit(row.indicator.unit)),
        )
        hint = tr("check the figures; a target that nobody was ever on the way to is worth telling")
        if (best > 0) is not (required > 0) or not best:
            yield (
                row.path,
                tr(
                    "from {period} on this needs {rate} a year, and no year so far went that way",
                    period=since,
                    rate=rate,
                ),
                hint,
            )
        elif (times := EXACT.divide(required, best)) >= HAIR:
            yield (
                row.path,
                tr(
                    "from {period} on this needs {rate} a year, {times} times the best year so far",
                    period=since,
                    rate=rate,
                    times=notation.places(times, 1),
                ),
                hint,
            )


HAIR = Decimal("1.05")
"""What is less than so many times the best year is no more than its rounding."""


def _brief(value: Decimal) -> str:
    """A rate with three digits, or all of its whole ones."""
    return notation.digits(rounded(Decimal(format(value, f".{max(2 - value.adjusted(), 0)}f"))))


def _rates(row: Row) -> Iterator[Decimal]:
    """The change a year between one figure and the next, the baseline being the first, where no break lies between them."""
    baseline = row.indicator.baseline_of(row.target) if row.indicator and row.target else None
    points = figures.by_last_day(since_baseline(row.points, baseline), row.due)
    line = [
        (point.last, figures.stated(point.actual), point.is_break)
        for point in points
        if not isinstance(point.actual.value, bool)
    ]
    if baseline and line and baseline.period.last < line[0][0]:
        line.insert(0, (baseline.period.last, baseline.value, False))
    for (since, before, _), (until, now, is_break) in pairwise(line):
        if not is_break:
            yield EXACT.divide(EXACT.subtract(now, before), fraction(period.years(since, until)))


def _overdue(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        if row.status == "unreported":
            searched = row.indicator.searched if row.indicator else None
            hint = (
                tr(
                    "nothing was found by {searched}: that nobody reports a result is worth telling",
                    searched=notation.spelled(searched),
                )
                if searched and searched_lately(searched, case.on)
                else tr("look for one, and write searched = DATE in the indicator")
            )
            yield row.path, _without_result(row), hint


def _without_result(row: Row) -> str:
    """That nothing tells what became of a target."""
    if row.due:
        return tr("this was due {when}, and this file has no figure that tells its result", when=at(row.due))
    every = kind(row.target.every) if row.target and row.target.every else ""
    return tr("this is due every {period}, and this file has no figure that tells its result", period=every)


def _disputed(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        for point, rival in _untrusted(row):
            other = _with(case, row, point, rival)
            if other and other.status != row.status:
                figure, source = notation.actual(rival, row.unit), rival.actual.source or tr("no source")
                said = tr(
                    "with {figure} ({source}) this would be {status}, not {current}: the sources disagree",
                    figure=figure,
                    source=source,
                    status=why.word(other.status),
                    current=why.word(row.status),
                )
                yield row.path, said, tr('name the source to be trusted in prefer = ["ID"], and say why in a note')


def _untrusted(row: Row) -> Iterator[tuple[Point, Figure]]:
    """The rivals that differ, of each judged point that no preferred source leads."""
    for point in row.judged.points if row.judged and row.indicator else ():
        if row.indicator and point.actual.source not in row.indicator.prefer:
            yield from ((point, rival) for rival in point.disputes)


def _with(case: Case, row: Row, point: Point, rival: Figure) -> Row | None:
    """The row as it would be if a rival were the only figure of its point."""
    if row.indicator_id is None:
        return None
    program = case.program
    others = {figure.place for figure in (point.figure, *point.rivals, *point.revised)} - {rival.place}
    document = replace(program.document, actuals=tuple(actual for place, actual in case.actuals if place not in others))
    rows = indicator_rows(Program(program.id, program.file, document), row.indicator_id, case.on, case.method)
    return next((other for other in rows if other.version.place == row.version.place), None)


def _before_set(case: Case) -> Iterator[Finding]:
    """The targets that were due before they were set, but for later versions of a promise, which the row tells of."""
    for name, indicator in case.indicators:
        for place, target in enumerate(indicator.targets):
            ends, since = target.ends, target.set_on
            if (
                ends is None
                or since is None
                or not ends.last < since.first <= max(case.on, case.today or case.on)
                or _revises(case, indicator, target)
            ):
                continue
            said = tr(
                "this was due {when}, before it was set ({set_on}): nobody can have acted on it",
                when=at(ends),
                set_on=notation.spelled(since),
            )
            yield (
                ("indicators", name, "targets", place, "set_on"),
                said,
                tr(
                    "write the day on which it was first set, or correct by; what a later document says of it goes into note"
                ),
            )


def _revises(case: Case, indicator: Indicator, target: Target) -> bool:
    """Whether a promise was made before this version of it."""
    mine = _made(case.program, target)
    return any(
        _made(case.program, other) < mine and target.same_promise(other)
        for other in indicator.targets
        if other is not target
    )


CHECKS = (
    Check(
        "not-measurable",
        mark("a promise that nobody can measure: no actual, no unit, no deadline, or words only"),
        _not_measurable,
    ),
    Check(
        "not-searched",
        mark("an unreported target whose indicator nobody has searched for, or not for a year"),
        _not_searched,
    ),
    Check("due-before-set", mark("a target that was due before it was set"), _before_set),
    Check("met-at-baseline", mark("a baseline that already satisfies the target"), _met_at_baseline),
    Check("interim-beyond", mark("a later target that asks for less than an interim one before it"), _interim),
    Check("asks-less", mark("a promise that asks for less than the one whose place it took"), _lowered),
    Check("steep", mark("a target that needs a better year than any so far"), _steep),
    Check("no-result", mark("a deadline that passed without a result"), _overdue),
    Check("disputed-status", mark("rival figures that lead to different statuses"), _disputed),
)
