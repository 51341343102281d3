"""Report: compares what was measured with what was promised, as known on one day; a value, rendered elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from targettrack.assessment import bounds, figures
from targettrack.assessment.figures import Point
from targettrack.assessment.judging import (
    Asked,
    Judged,
    Line,
    Standing,
    Start,
    judged_figure,
    last_break,
    line_of,
    rising_start,
    standing_of,
    start_of,
)
from targettrack.assessment.pace import STILL, Distance, Pace, pace_of
from targettrack.assessment.promises import Against, InForce, Version, held, holding, known_baseline, target_of
from targettrack.assessment.row import Row
from targettrack.assessment.status import STATUSES, Case, Status, flags_of, satisfied, status_of
from targettrack.assessment.verdict import Evidence, Method
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.period import Period
from targettrack.program.model import Indicator, Program, Promise, Target, set_by, set_date

Order = Literal["gap", "due", "file"]


@frozen(kw_only=True)
class Report:
    """The rows of some programs, as known on ``on``, judged by ``method``; ``of`` counts them before any filter."""

    on: date
    method: str
    programs: tuple[Program, ...]
    rows: tuple[Row, ...]
    of: int
    order: Order | None = None
    against: Against = "current"


def by_status(rows: Iterable[Row]) -> dict[Status, int]:
    """How many rows have each status, the gravest first; only those that occur."""
    counts = Counter(row.status for row in rows)
    return {status: counts[status] for status in STATUSES if counts[status]}


def report(programs: Sequence[Program], on: date, *, method: Method, against: Against = "current") -> Report:
    """Every promise of the programs that was in force on ``on``, in the order of the files, held to one of its versions."""
    rows = tuple(row for program in programs for row in program_rows(program, on, method, against))
    return Report(on=on, method=method.name, programs=tuple(programs), rows=rows, of=len(rows), against=against)


def select(report: Report, keep: Callable[[Row], bool], order: Order | None) -> Report:
    """The report with the rows that ``keep`` holds for, in an order: by shortfall (the worst first, none last), by due day, or as in the files."""
    rows = [row for row in report.rows if keep(row)]
    if order in SORT_KEYS:
        rows.sort(key=SORT_KEYS[order])
    return replace(report, rows=tuple(rows), order=order)


def counted(report: Report) -> Report:
    """The report with its present rows as those before the filters."""
    return replace(report, of=len(report.rows))


def _by_gap(row: Row) -> tuple[bool, Decimal]:
    return row.shortfall is None, row.shortfall if row.shortfall is not None else Decimal(0)


def _by_due(row: Row) -> tuple[bool, date]:
    return row.due is None, row.due.last if row.due else date.max


SORT_KEYS: dict[Order | None, Callable[[Row], tuple[bool, Decimal | date]]] = {"gap": _by_gap, "due": _by_due}


def program_rows(
    program: Program,
    on: date,
    method: Method,
    against: Against = "current",
    series: Mapping[str, figures.Series] | None = None,
) -> Iterator[Row]:
    """The rows of one program: its targets by indicator, then its promises in words; ``series`` are the figures of its indicators as known on the day, where they have been put together already."""
    for name in program.indicators:
        yield from indicator_rows(
            program, name, on, method, against=against, series=None if series is None else series[name]
        )
    day = against if isinstance(against, date) else on
    for place, words in enumerate(program.document.promises):
        if set_by(program.sources, words, day) and (against == "original" or not words.withdrawn_by(day)):
            yield _in_words(program, Version(place, words), on, method)


def indicator_rows(
    program: Program,
    name: str,
    on: date,
    method: Method,
    seen: date | None = None,
    against: Against = "current",
    series: figures.Series | None = None,
) -> Iterator[Row]:
    """The rows of one indicator's targets, each promise held to one of its versions; ``series`` are its figures as known on the day, where they have been put together already.

    Looking back from a later day ``seen``: what is past due, ended or withdrawn is so by ``on`` all the same, but the promises are those known
    on ``seen``, and so are the figures of the periods that had ended by ``on``. A figure of a later period, such as a late one, says nothing of ``on``.
    """
    indicator = program.indicators[name]
    if not indicator.targets:
        return
    bench = _Bench(
        program,
        name,
        on,
        method,
        seen,
        against,
        figures.series(indicator, program.actuals.get(name, ()), program.sources, on, seen)
        if series is None
        else series,
    )
    for each in held(program, indicator, on, against, seen, bench.choose):
        row = bench.row(each.promise, each.withdrawn)
        if each.other is not None:
            other = bench.row(InForce(each.other, versions=(each.other,)))
            row = replace(row, compared=each.other, other=other if other.status != row.status else None)
        yield row


def _in_words(program: Program, version: Version, on: date, method: Method) -> Row:
    promise = version.promise
    flags = tuple(
        flag
        for flag, holds in (
            ("proposed", promise.standing == "proposed"),
            ("unsourced", promise.source is None),
            ("noted", promise.note),
        )
        if holds
    )
    notes = (promise.note,) if promise.note else ()
    verdict = method.silent(tr("a promise in words: no indicator measures it"))
    return Row(
        program=program,
        indicator_id=None,
        indicator=None,
        version=version,
        promised=InForce(version),
        status="not_assessable",
        past_due=promise.past_due(on),
        flags=flags,
        notes=notes,
        verdict=verdict,
        withdrawn=taken_back(promise, on),
    )


def taken_back(promise: Target | Promise, on: date) -> Period | None:
    """When a promise was withdrawn, where that was by a day, though after it was due."""
    return promise.withdrawn if promise.withdrawn and promise.withdrawn.last <= on else None


@frozen()
class _Bench:
    """An indicator and all of its figures as known on a day, on which the versions of its promises are judged."""

    program: Program
    name: str
    on: date
    method: Method
    seen: date | None
    against: Against
    series: figures.Series

    @property
    def indicator(self) -> Indicator:
        return self.program.indicators[self.name]

    def points(self, target: Target) -> Sequence[Point]:
        return self.series.get(target.disaggregation, ())

    def asked(self, version: Version) -> Asked:
        """A version of a promise, with all that it is judged by but the figures."""
        target = target_of(version)
        stated = known_baseline(self.indicator, target, self.program.sources, self.on, self.seen)
        path = ("indicators", self.name, *(("targets", version.place) if target.baseline else ()), "baseline")
        baseline = (
            figures.of_baseline(stated, figures.published(stated, self.program.sources), path) if stated else None
        )
        return Asked(target, self.indicator, self.program.year, self.on, version.bound, baseline)

    def choose(self, versions: Sequence[Version]) -> Version:
        """The version of a standing promise that was in force in the period that is judged; where none has ended, the one in force on the day."""
        if len(versions) == 1:
            return versions[0]
        newest = self.asked(versions[-1])
        standing = self.standing(versions)
        period = standing.asked(newest, standing.found)
        held = holding(versions, self.program.sources, period) if period else None
        begun = [
            version for version in versions if (begins := target_of(version).begins) is None or begins.first <= self.on
        ]
        return held or (begun or versions)[-1]

    def standing(self, versions: Sequence[Version], drawn: tuple[Asked, Line] | None = None) -> Standing:
        """The ended periods that a standing promise held for, each with its figure and by the version in force then; the line that is ``drawn`` of one version already serves those that are told by the same points."""
        points = self.points(target_of(versions[0]))
        asked = [self.asked(version) for version in versions]
        told = {drawn[0].told_by: drawn[1]} if drawn else {}
        for each in asked:
            if each.told_by not in told:
                told[each.told_by] = line_of(each, points)
        lines = {version.place: (each, told[each.told_by]) for version, each in zip(versions, asked, strict=True)}

        def holds(period: Period) -> tuple[Asked, Line] | None:
            version = holding(versions, self.program.sources, period)
            return lines[version.place] if version else None

        return standing_of(
            lines[versions[-1].place],
            points,
            self._begin(versions, [lines[version.place][1] for version in versions]),
            holds,
        )

    def _begin(self, versions: Sequence[Version], lines: Sequence[Line]) -> date | None:
        """The day since which a standing promise is counted: when it was set, else the first day of its window, else that of its first figure."""
        pairs = [(self.asked(version), line) for version, line in zip(versions, lines, strict=True)]
        able = [day for asked, line in pairs if (day := _first_day(asked, line.points))]
        behind = [day for asked, line in pairs if (day := _first_day(asked, line.behind))]
        first = min(able or behind, default=None)
        begins = [
            set_date(self.program.sources, version.promise)
            or (begin.first if (begin := target_of(version).begins) else first)
            for version in versions
        ]
        return min((day for day in begins if day is not None), default=None)

    def row(self, promise: InForce, withdrawn: Period | None = None) -> Row:
        """The row of a promise in one version, with everything that can be said of it."""
        asked, points, indicator = self.asked(promise.version), self.points(target_of(promise.version)), self.indicator
        line = line_of(asked, points)
        standing = (
            self.standing(promise.versions, (asked, line))
            if asked.target.every and asked.target.shape != "undetermined"
            else None
        )
        judged = standing.judged(asked) if standing else judged_figure(asked, points, line)
        case = _case(promise, asked, line, standing, judged, points)
        settled = case.settled or _last_judged(case, standing)
        distance = _distance(case)
        rates = _rates(case, distance, settled=settled)
        status = status_of(case)
        stated = indicator.baseline_of(asked.target) if asked.baseline else None
        return Row(
            program=self.program,
            indicator_id=self.name,
            indicator=indicator,
            version=promise.version,
            searched=indicator.searched if indicator.searched and indicator.searched.first <= self.on else None,
            promised=promise,
            judged=judged,
            start=case.start,
            distance=distance,
            rates=rates,
            answer=judged.newest.actual.answer if judged and judged.points else None,
            kept=standing.count if standing else None,
            period=standing.asked(asked, standing.found) if standing else None,
            status=status,
            satisfied=case.satisfied,
            past_due=asked.past_due,
            final=settled and status in {"missed", "met", "exceeded"},
            flags=flags_of(case),
            notes=tuple(case.notes),
            verdict=self.method.verdict(Evidence(points, stated, asked, judged, status, rates)),
            points=points,
            series=self.series,
            baseline=asked.baseline,
            asked=asked,
            breaks=tuple(case.breaks),
            held_to=self.against,
            withdrawn=withdrawn or taken_back(asked.target, self.on),
        )


def _first_day(asked: Asked, points: Sequence[Point]) -> date | None:
    """The first day of some points, in order of time, that lies after a target's baseline, and between its beginning and its end."""
    eve = asked.baseline.last if asked.baseline else date.min
    return next((point.last for point in points if point.last > eve and asked.target.holds_on(point.last)), None)


# ---------------------------------------------------------------- a row


def _case(
    promise: InForce,
    asked: Asked,
    line: Line,
    standing: Standing | None,
    judged: Judged | None,
    points: Sequence[Point],
) -> Case:
    """What the status and the flags of a row are decided from."""
    target = asked.target
    as_set = _as_set(promise, target, asked.on)
    begun = asked if as_set is target else replace(asked, target=as_set)
    start = _start(begun, line, standing, judged, points) if judged and judged.points else None
    breaks = _breaks(asked, judged, points)
    return Case(
        asked,
        line,
        promise,
        points,
        breaks,
        _notes(target, judged, breaks),
        judged,
        start,
        _figure(judged, asked),
        satisfied(asked, judged, start),
    )


def _distance(case: Case) -> Distance | None:
    """How far the judged figure is from its bound, where there is a number."""
    judged, figure, asked = case.judged, case.figure, case.asked
    if judged is None or figure is None:
        return None
    return Distance(judged, figure, None if judged.other_length else asked.bound, asked.target.aggregate == "mean")


def _rates(case: Case, distance: Distance | None, *, settled: bool) -> Pace:
    """How fast the judged figure moves, where something can be made of it."""
    if distance is None or distance.judged.other_length:
        return STILL
    at, due = distance.judged.newest.last, case.asked.due.last if case.asked.due else date.max
    later = any(at < point.last <= due for point in figures.run(case.points).breaks)
    return pace_of(case.asked, case.start, distance, met=case.satisfied, settled=settled, breaks_later=later)


def _start(
    asked: Asked, line: Line, standing: Standing | None, judged: Judged, points: Sequence[Point]
) -> Start | None:
    if standing is not None and asked.target.shape == "improve":
        return rising_start(asked, line, judged, points)
    others = [point for point in points if point.period != judged.newest.period] if judged.whole else points
    return start_of(asked, line, judged, last_break(others, judged.newest.last))


def _last_judged(case: Case, standing: Standing | None) -> bool:
    """Whether a standing target is over, and its last period is judged by a firm figure."""
    ends, judged = case.target.ends, case.judged
    if standing is None or judged is None or ends is None or not ends.ended(case.asked.on) or not standing.periods:
        return False
    return case.settles and judged.period == standing.periods[-1]


def _as_set(promise: InForce, target: Target, on: date) -> Target:
    """The target as set on the day of the version that was known on ``on``: looking back, a later version does not move the start."""
    if target.set_on is None or target.set_on.last <= on:
        return target
    before = [
        version.promise.set_on
        for version in promise.superseded
        if version.promise.set_on and version.promise.set_on.last <= on
    ]
    return replace(target, set_on=before[-1] if before else None)


def _figure(judged: Judged | None, asked: Asked) -> Decimal | None:
    if judged is None or not judged.points or judged.allowed is None:
        return None
    return asked.bound.worse(judged.allowed) if asked.bound else bounds.worse(asked.direction, judged.allowed)


def _breaks(asked: Asked, judged: Judged | None, points: Sequence[Point]) -> tuple[Point, ...]:
    """The breaks after the baseline, or inside the window, and not after the judged figure."""
    if judged is None or not judged.points:
        return ()
    at = judged.newest.last
    if judged.window is not None:
        return tuple(point for point in figures.run(points).breaks if judged.window.first <= point.last <= at)
    since = asked.baseline.last if asked.baseline and not asked.baseline_counts else date.min
    return tuple(point for point in figures.run(points).breaks if since < point.last <= at)


def _notes(target: Target, judged: Judged | None, breaks: Sequence[Point]) -> tuple[str, ...]:
    """The notes of the target, of the figures that were judged, and of the breaks that are flagged; each once."""
    used = judged.points if judged else ()
    found: Iterable[str | None] = (
        target.note,
        *(point.actual.note for point in used),
        *(note for point in breaks for note in point.break_notes),
    )
    return tuple(dict.fromkeys(note for note in found if note))
