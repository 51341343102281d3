"""Report: compares what was measured with what was promised, as known on one day; a value, rendered elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from targettrack import period
from targettrack.assessment import bounds, figures
from targettrack.assessment.bounds import Bound
from targettrack.assessment.cutpoints import NONE, CutPoints
from targettrack.assessment.figures import Figure, Point
from targettrack.assessment.judging import (
    Asked,
    Judged,
    Kept,
    Line,
    Standing,
    Start,
    judged_figure,
    last_break,
    line_of,
    passed,
    rising_start,
    serves,
    since_baseline,
    standing_of,
    start_of,
)
from targettrack.assessment.pace import STILL, Distance, Pace, pace_of, tendency
from targettrack.assessment.promises import Against, InForce, Version, held, holding, known_baseline, target_of
from targettrack.language import mark, tr
from targettrack.number import fraction, rounded
from targettrack.period import Period
from targettrack.program.model import Baseline, Direction, Indicator, Pairs, Program, Promise, Shape, Target, set_by, set_date

Status = Literal["missed", "worsening", "off_track", "unreported", "behind", "pending", "open", "on_track", "met", "met_late", "exceeded", "no_data", "not_assessable"]
STATUSES: tuple[Status, ...] = ("missed", "worsening", "off_track", "unreported", "behind", "pending", "open", "on_track", "met", "met_late", "exceeded", "no_data", "not_assessable")
"""Every status, the gravest first."""

FLAGS = (
    "late_figure", "stale", "partial", "other_length", "inexact", "approx", "provisional", "estimate", "disputed", "undone", "awaited", "series_break",
    "from_first_actual", "met_at_start", "met_when_set", "revised", "revised_after_due", "proposed", "unsourced", "noted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a method's working: ``formula`` names its numbers in braces, as ``({v} / {b}) ^ (1 / {n}) - 1``; ``result`` is exact or has 80 digits."""

    what: str
    formula: str
    numbers: tuple[tuple[str, Decimal | Fraction | int], ...]
    result: Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a named method concludes; ``reason`` says why where it does not judge, ``steps`` how it came to it, ``cuts`` by which cut points (the method's usual ones where it has a ratio and says nothing), ``period`` which figure it judged, where that may be another one than the row's."""

    method: str
    label: str
    ratio: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None
    steps: tuple[Step, ...] = field(default=(), compare=False)
    cuts: CutPoints[str] | None = field(default=None, compare=False)
    period: Period | None = field(default=None, compare=False)

    @property
    def edges(self) -> tuple[Decimal | Fraction, ...]:
        """The cut points that its ratio must not be rounded across."""
        return (self.cuts or NONE).edges


class _Asking:
    """What is known of a target from what is asked about it."""

    __slots__ = ()
    asked: Asked

    @property
    def target(self) -> Target:
        """The target."""
        return self.asked.target

    @property
    def indicator(self) -> Indicator:
        """The indicator that it is a target of."""
        return self.asked.indicator

    @property
    def bound(self) -> Bound | None:
        """What the target asks for."""
        return self.asked.bound

    @property
    def past_due(self) -> bool:
        """Whether its deadline has passed."""
        return self.asked.past_due


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Evidence(_Asking):
    """What a method sees: the series (history included), the stated baseline, the target, the judged figure, the day; and the row as judged by the status rules."""

    points: Sequence[Point]
    baseline: Baseline | None
    asked: Asked
    judged: Judged | None
    status: Status
    pace: Pace

    @property
    def figure(self) -> Point | None:
        """What a published method takes: the judged figure once past due, else the newest known, even of a period that ends after due."""
        if not self.past_due:
            return self.newest()
        return self.judged.newest if self.judged and self.judged.points else None

    def newest(self, up_to: date = date.max) -> Point | None:
        """The newest known figure that may be judged and ends by a day, and not before the baseline."""
        since = self.points if self.asked.baseline_counts else since_baseline(self.points, self.baseline)
        able = [point for point in since if point.last <= up_to and serves(self.asked, point.period)]
        line = figures.by_last_day(able, self.target.due)
        return line[-1] if line else None

    def broken(self, first: date, last: date) -> bool:
        """Whether the series changed after one day and up to another, so that figures of the two cannot be compared."""
        return any(point.is_break and first < point.last <= last for point in self.points)

    def unsuited(self, *, standing: bool = False) -> str | None:
        """What a published method was not made for, if the target is that; ``standing``: it was made for standing targets."""
        target = self.target
        cases = {
            mark("not made for a sum or a mean"): target.aggregate != "last",
            mark("not made for a milestone"): target.shape == "milestone",
            mark("not made for a level to maintain"): self.indicator.direction == "maintain",
            mark("not made for a standing target"): target.every is not None and not standing,
            mark("not made for a bound without a deadline"): target.shape != "improve" and target.due is None and target.every is None,
        }
        return next((tr(case) for case, holds in cases.items() if holds), None)


@dataclass(frozen=True, slots=True)
class Method:
    """A named method: what it concludes from the evidence, and its usual cut points."""

    name: str
    judge: Callable[[Evidence], Verdict]
    cuts: CutPoints[str] = NONE

    def verdict(self, evidence: Evidence) -> Verdict:
        """Its verdict; what no method can assess is said so here, once for all of them."""
        reason = _not_assessable(evidence)
        if reason is not None:
            return self.silent(reason)
        verdict = self.judge(evidence)
        return verdict if verdict.ratio is None or verdict.cuts is not None else replace(verdict, cuts=self.cuts)

    def silent(self, reason: str) -> Verdict:
        """That it does not assess something, and why."""
        return Verdict(self.name, "not_assessed", reason=reason)


def _not_assessable(evidence: Evidence) -> str | None:
    if evidence.target.shape == "undetermined":
        return tr("the number that was to be reached was never set")
    if evidence.judged is not None and evidence.judged.other_length:
        return tr("the only figures are for periods of another length than the due one")
    return None


Order = Literal["gap", "due", "file"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Row:
    """One promise and what became of it: its parts, exact; what its properties make of them is rounded to 12 significant digits. Gaps below 0 are short of the bound.

    ``compared`` is another version of the promise: the first one or, held to that or to a day, the one now in force; ``other`` is the row of that version, where its status is another. ``withdrawn``: no version is in force any more.
    """

    program: Program
    indicator_id: str | None
    indicator: Indicator | None
    version: Version
    searched: Period | None = None
    promised: InForce
    judged: Judged | None = None
    start: Start | None = None
    distance: Distance | None = None
    rates: Pace = STILL
    answer: bool | None = None
    kept: Kept | None = None
    period: Period | None = None
    status: Status
    past_due: bool
    final: bool = False
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    verdict: Verdict
    points: Sequence[Point] = ()
    series: figures.Series = field(default_factory=figures.Series)
    baseline: Point | None = None
    asked: Asked | None = None
    breaks: tuple[Point, ...] = ()
    held_to: Against = "current"
    compared: Version | None = None
    other: Row | None = None
    withdrawn: Period | None = None

    @property
    def figure(self) -> Decimal | None:
        """The judged figure, at the end that is worse for the target; of a mean 12 digits."""
        distance = self.distance
        return None if distance is None else rounded(distance.figure) if distance.averaged else distance.figure

    @property
    def gap(self) -> Decimal | None:
        """The figure against the end that decides."""
        return _rounded(self.distance.gap) if self.distance else None

    @property
    def gap_strong(self) -> Decimal | None:
        """The figure against the ambition."""
        return _rounded(self.distance.gap_strong) if self.distance else None

    @property
    def gap_approx(self) -> Literal["under", "over"] | None:
        """Whether the true gap is less, or more, because the figure is an open end."""
        return self.distance.gap_approx if self.distance else None

    @property
    def shortfall(self) -> Decimal | None:
        """The gap as a share of the size of the bound."""
        return _rounded(self.distance.shortfall) if self.distance else None

    @property
    def attainment(self) -> Decimal | None:
        """The share of the bound that the figure is."""
        return _rounded(self.distance.attainment) if self.distance else None

    @property
    def progress(self) -> Decimal | None:
        """The share of the way that is covered."""
        return _derived(self.rates.progress)

    @property
    def elapsed(self) -> Decimal | None:
        """The share of the time that is used up."""
        return _derived(self.rates.elapsed)

    @property
    def pace(self) -> Decimal | None:
        """Progress over elapsed time."""
        return _derived(self.rates.pace)

    @property
    def observed_per_year(self) -> Decimal | None:
        """The change a year so far."""
        return _derived(self.rates.observed)

    @property
    def required_per_year(self) -> Decimal | None:
        """What is needed a year; of a mean in each period that is left."""
        return _derived(self.rates.required)

    @property
    def projected(self) -> Decimal | None:
        """Where the pace so far leads by the deadline."""
        return _derived(self.rates.projected)

    @property
    def reached_on(self) -> date | None:
        """When the pace so far leads to the bound."""
        return self.rates.reached_on

    @property
    def superseded(self) -> tuple[Version, ...]:
        """The versions that the promise in force superseded, by date, then those made after its deadline."""
        return self.promised.superseded

    @property
    def before(self) -> Version | None:
        """The adopted version whose place it took."""
        return self.promised.before

    @property
    def upcoming(self) -> Version | None:
        """The last of the versions of a standing promise that were set later than the one in force in the period that is judged."""
        return self.promised.upcoming

    @property
    def versions(self) -> tuple[Version, ...]:
        """All versions of the promise that are known, in order."""
        return self.promised.in_order

    @property
    def keys(self) -> set[tuple[object, ...]]:
        """The due days, windows and parts by which the promise was ever known."""
        return self.promised.keys

    @property
    def entered(self) -> tuple[Decimal, ...]:
        """The numbers of the file that its figure and its gaps are computed from: how many digits these deserve."""
        ends = () if self.bound is None or self.shape == "times_baseline" else (self.bound.weak, self.bound.strong)
        numbers = (point.actual.range or (point.actual.number,) for point in (self.judged.points if self.judged else ()))
        return (*ends, *(value for each in numbers for value in each if value is not None))

    @property
    def about(self) -> bool:
        """Whether a source of what is judged says ``about``."""
        return self.judged is not None and any(point.actual.approx == "about" for point in self.judged.points)

    @property
    def has_figure(self) -> bool:
        """Whether there is a figure, or an answer."""
        return self.judged is not None and bool(self.judged.points)

    @property
    def others(self) -> bool:
        """Whether the file has figures of the indicator, whatever part of it they are of."""
        return bool(self.series)

    @property
    def promise(self) -> Target | Promise:
        """The promise in force."""
        return self.version.promise

    @property
    def target(self) -> Target | None:
        """The promise in force, where an indicator measures it."""
        return self.promise if isinstance(self.promise, Target) else None

    @property
    def bound(self) -> Bound | None:
        """What the promise asks for; None for improve, milestones and words."""
        return self.version.bound

    @property
    def shape(self) -> Shape:
        """The promise's shape."""
        return self.promise.shape if isinstance(self.promise, Target) else "words"

    @property
    def due(self) -> Period | None:
        """The period by which it is due."""
        return self.promise.due

    @property
    def unit(self) -> str | None:
        """The unit of its figures; None where it has none."""
        return self.indicator.unit if self.indicator else None

    @property
    def direction(self) -> Direction | None:
        """Which way is better; None where nothing says so."""
        return self.indicator.direction if self.indicator else None

    @property
    def disaggregation(self) -> Pairs:
        """What part of the indicator it is about; nothing for the whole, and for words."""
        return self.target.disaggregation if self.target else ()

    @property
    def disputes(self) -> tuple[Figure, ...]:
        """The rivals of the judged figure that differ from it."""
        return () if self.judged is None else (*(rival for point in self.judged.points for rival in point.disputes), *self.judged.denied_by)

    @property
    def broken(self) -> bool:
        """Whether the series breaks between the baseline, or the begin of the window, and the judged figure."""
        return bool(self.breaks)

    @property
    def path(self) -> tuple[str | int, ...]:
        """The place of the promise in the file: keys and indices from the root."""
        return ("promises", self.version.place) if self.indicator_id is None else ("indicators", self.indicator_id, "targets", self.version.place)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
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


def program_rows(program: Program, on: date, method: Method, against: Against = "current") -> Iterator[Row]:
    """The rows of one program: its targets by indicator, then its promises in words."""
    for name in program.indicators:
        yield from indicator_rows(program, name, on, method, against=against)
    day = against if isinstance(against, date) else on
    for place, words in enumerate(program.document.promises):
        if set_by(program.sources, words, day) and (against == "original" or not words.withdrawn_by(day)):
            yield _in_words(program, Version(place, words), on, method)


def indicator_rows(program: Program, name: str, on: date, method: Method, seen: date | None = None, against: Against = "current") -> Iterator[Row]:
    """The rows of one indicator's targets, each promise held to one of its versions.

    Looking back from a later day ``seen``: what is past due, ended or withdrawn is so by ``on`` all the same, but the promises are those known
    on ``seen``, and so are the figures of the periods that had ended by ``on``. A figure of a later period, such as a late one, says nothing of ``on``.
    """
    indicator = program.indicators[name]
    if not indicator.targets:
        return
    bench = _Bench(program, name, on, method, seen, against, figures.series(indicator, program.actuals.get(name, ()), program.sources, on, seen))
    for each in held(program, indicator, on, against, seen, bench.choose):
        row = bench.row(each.promise, each.withdrawn)
        if each.other is not None:
            other = bench.row(InForce(each.other, versions=(each.other,)))
            row = replace(row, compared=each.other, other=other if other.status != row.status else None)
        yield row


def _in_words(program: Program, version: Version, on: date, method: Method) -> Row:
    promise = version.promise
    flags = tuple(flag for flag, holds in (("proposed", promise.standing == "proposed"), ("unsourced", promise.source is None), ("noted", promise.note)) if holds)
    notes = (promise.note,) if promise.note else ()
    verdict = method.silent(tr("a promise in words: no indicator measures it"))
    return Row(program=program, indicator_id=None, indicator=None, version=version, promised=InForce(version), status="not_assessable", past_due=promise.past_due(on), flags=flags, notes=notes, verdict=verdict, withdrawn=taken_back(promise, on))


def taken_back(promise: Target | Promise, on: date) -> Period | None:
    """When a promise was withdrawn, where that was by a day, though after it was due."""
    return promise.withdrawn if promise.withdrawn and promise.withdrawn.last <= on else None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
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
        baseline = figures.of_baseline(stated, figures.published(stated, self.program.sources), path) if stated else None
        return Asked(target, self.indicator, self.program.year, self.on, version.bound, baseline)

    def choose(self, versions: Sequence[Version]) -> Version:
        """The version of a standing promise that was in force in the period that is judged; where none has ended, the one in force on the day."""
        newest = self.asked(versions[-1])
        standing = self.standing(versions)
        period = standing.asked(newest, standing.found)
        held = holding(versions, self.program.sources, period) if period else None
        begun = [version for version in versions if (begins := target_of(version).begins) is None or begins.first <= self.on]
        return held or (begun or versions)[-1]

    def standing(self, versions: Sequence[Version]) -> Standing:
        """The ended periods that a standing promise held for, each with its figure and by the version in force then."""
        points = self.points(target_of(versions[0]))
        asked = [self.asked(version) for version in versions]
        made = {each.told_by: each for each in asked}
        drawn = {told_by: line_of(each, points) for told_by, each in made.items()}
        lines = {version.place: (each, drawn[each.told_by]) for version, each in zip(versions, asked, strict=True)}

        def holds(period: Period) -> tuple[Asked, Line] | None:
            version = holding(versions, self.program.sources, period)
            return lines[version.place] if version else None

        return standing_of(lines[versions[-1].place], points, self._begin(versions, [lines[version.place][1] for version in versions]), holds)

    def _begin(self, versions: Sequence[Version], lines: Sequence[Line]) -> date | None:
        """The day since which a standing promise is counted: when it was set, else the first day of its window, else that of its first figure."""
        pairs = [(target_of(version), line) for version, line in zip(versions, lines, strict=True)]
        able = [day for target, line in pairs if (day := _first_day(target, line.points))]
        behind = [day for target, line in pairs if (day := _first_day(target, line.behind))]
        first = min(able or behind, default=None)
        begins = [set_date(self.program.sources, version.promise) or (begin.first if (begin := target_of(version).begins) else first) for version in versions]
        return min((day for day in begins if day is not None), default=None)

    def row(self, promise: InForce, withdrawn: Period | None = None) -> Row:
        """The row of a promise in one version, with everything that can be said of it."""
        asked, points, indicator = self.asked(promise.version), self.points(target_of(promise.version)), self.indicator
        line = line_of(asked, points)
        standing = self.standing(promise.versions) if asked.target.every and asked.target.shape != "undetermined" else None
        judged = standing.judged(asked) if standing else judged_figure(asked, points, line)
        row = Row(
            program=self.program,
            indicator_id=self.name,
            indicator=indicator,
            version=promise.version,
            promised=promise,
            searched=indicator.searched if indicator.searched and indicator.searched.first <= self.on else None,
            status="no_data",
            past_due=asked.past_due,
            judged=judged,
            points=points,
            series=self.series,
            baseline=asked.baseline,
            asked=asked,
            breaks=_breaks(asked, judged, points),
            kept=standing.count if standing else None,
            period=standing.asked(asked, standing.found) if standing else None,
            held_to=self.against,
            withdrawn=withdrawn or taken_back(asked.target, self.on),
            verdict=self.method.silent(""),
        )
        return _judge(row, asked, line, standing, self.method)


def _first_day(target: Target, points: Sequence[Point]) -> date | None:
    """The first day of some points, in order of time, that lies between a target's beginning and its end."""
    return next((point.last for point in points if target.holds_on(point.last)), None)


# ---------------------------------------------------------------- the status


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Case(_Asking):
    """What the status is decided from."""

    asked: Asked
    judged: Judged | None
    start: Start | None
    figure: Decimal | None
    satisfied: bool | None

    @property
    def decisive(self) -> bool:
        """Whether the day has come on which the target is judged for good: past due, or a standing target."""
        return self.past_due or self.target.every is not None

    @property
    def complete(self) -> bool:
        """Whether nothing is missing of the window, if there is one."""
        return self.judged is None or self.judged.window is None or self.judged.window.complete

    @property
    def grows(self) -> bool:
        """Whether the figure can only grow: a sum, or a running total that no later figure corrects."""
        running = self.indicator.cumulative and self.target.aggregate == "last" and not (self.judged and (self.judged.late or self.judged.corrected))
        return self.target.aggregate == "sum" or running

    @property
    def reached_floor(self) -> bool:
        """Whether what can only grow has reached its bound: it cannot be lost again."""
        return self.grows and self.asked.direction == "increase" and self.satisfied is True

    @property
    def passed_ceiling(self) -> bool:
        """Whether what can only grow and should stay low has passed its bound."""
        if self.target.aggregate == "sum":
            return self.asked.direction == "decrease" and self.bound is not None and self.satisfied is False
        return self.grows and self.judged is not None and self.judged.allowed is not None and passed(self.asked, self.judged.allowed)

    @property
    def conclusive(self) -> bool:
        """Whether an incomplete window can decide all the same."""
        return self.complete or self.reached_floor or self.passed_ceiling

    @property
    def firm(self) -> bool:
        """Whether the figure is neither provisional nor an estimate."""
        return self.judged is not None and not any(_provisional(point) or point.actual.quality == "estimate" for point in self.judged.points)

    @property
    def settles(self) -> bool:
        """Whether a figure settles the target: it tells the due period, decides it, and is firm."""
        return self.judged is not None and self.judged.tells and not self.judged.corrected and self.satisfied is not None and self.conclusive and self.firm

    @property
    def settled(self) -> bool:
        """Whether nothing that is still to come can change it: past due, or at once where it cannot be lost again."""
        said_yes = self.target.shape == "milestone" and self.satisfied is True
        return self.settles and self.target.every is None and (self.past_due or self.reached_floor or self.passed_ceiling or said_yes)

    @property
    def awaited(self) -> bool:
        """Whether the figure of the due period is not missed yet."""
        return self.asked.within_lag and not self.settles and self.target.shape != "undetermined"


def status_of(case: _Case) -> Status:
    """The first status that fits."""
    judged = case.judged
    if case.target.shape == "undetermined":
        return "not_assessable"
    if case.awaited:
        return "pending"
    if judged is None or not judged.points:
        return "unreported" if case.past_due else "no_data"
    if case.decisive and (judged.stale or (not case.conclusive and judged.partial)):
        return "unreported"
    if judged.other_length:
        return "not_assessable" if case.decisive else "pending"
    if case.decisive and case.satisfied is None and case.conclusive:
        return "not_assessable"
    if case.satisfied and case.conclusive and (kept := _kept(case, judged)):
        return kept
    if case.satisfied is False and case.conclusive and (case.decisive or case.passed_ceiling):
        return "missed"
    if case.decisive:
        return "unreported"
    return "open" if case.target.due is None else _under_way(case, judged)


def _kept(case: _Case, judged: Judged) -> Status | None:
    if judged.late:
        return "met_late"
    if case.target.shape == "improve":
        return "met" if case.decisive or case.target.due is None or case.reached_floor else None
    bound = case.bound
    if bound is None or bound.strict or bound.direction == "maintain" or case.figure is None:
        return "met"
    return "exceeded" if bound.gap_strong(case.figure) > 0 else "met"


def _under_way(case: _Case, judged: Judged) -> Status:
    """Not due, with a deadline, and not met."""
    if case.target.shape == "improve":
        return _improving(case)
    return tendency(case.asked, case.start, judged) or "pending"


def _improving(case: _Case) -> Status:
    allowed, direction = case.judged.allowed if case.judged else None, case.asked.direction
    if case.start is None or allowed is None or case.satisfied is None or direction is None:
        return "pending"
    if case.satisfied:
        return "on_track"
    return "worsening" if bounds.improves(direction, case.start.allowed, allowed) else "off_track"


def _satisfied(asked: Asked, judged: Judged | None, start: Start | None) -> bool | None:
    """Whether the judged figure satisfies the promise; None where the figure is too inexact, of another length, or there is nothing to compare."""
    if judged is None or not judged.points or judged.other_length:
        return None
    if asked.target.shape == "milestone":
        return judged.newest.actual.answer
    if judged.allowed is None:
        return None
    if asked.target.shape == "improve":
        return None if start is None or asked.direction is None else bounds.improves(asked.direction, judged.allowed, start.allowed)
    return asked.decides(judged.allowed)


def _judge(row: Row, asked: Asked, line: Line, standing: Standing | None, method: Method) -> Row:
    """The row with everything that can be said of it."""
    judged, points, target = row.judged, row.points, asked.target
    as_set = _as_set(row, target, asked.on)
    begun = asked if as_set is target else replace(asked, target=as_set)
    start = _start(begun, line, standing, judged, points) if judged and judged.points else None
    figure = _figure(judged, asked)
    case = _Case(asked, judged, start, figure, _satisfied(asked, judged, start))
    distance = None
    if judged is not None and figure is not None:
        distance = Distance(judged, figure, None if judged.other_length else asked.bound, target.aggregate == "mean")
    settled = case.settled or _last_judged(case, standing)
    pace = STILL
    if distance and judged and not judged.other_length:
        later = any(point.is_break and point.last > judged.newest.last for point in points)
        pace = pace_of(asked, start, distance, met=case.satisfied, settled=settled, breaks_later=later)
    status = status_of(case)
    row = replace(
        row,
        start=start,
        distance=distance,
        rates=pace,
        answer=judged.newest.actual.answer if judged and judged.points else None,
        status=status,
        final=settled and status in {"missed", "met", "exceeded"},
        notes=_notes(target, judged, row.breaks),
    )
    evidence = Evidence(points, asked.indicator.baseline_of(target) if asked.baseline else None, asked, judged, status, pace)
    return replace(row, flags=_flags(row, case, line), verdict=method.verdict(evidence))


def _start(asked: Asked, line: Line, standing: Standing | None, judged: Judged, points: Sequence[Point]) -> Start | None:
    if standing is not None and asked.target.shape == "improve":
        return rising_start(asked, line, judged, points)
    return start_of(asked, line, judged, last_break(points, judged.newest.last))


def _last_judged(case: _Case, standing: Standing | None) -> bool:
    """Whether a standing target is over, and its last period is judged by a firm figure."""
    ends, judged = case.target.ends, case.judged
    if standing is None or judged is None or ends is None or not ends.ended(case.asked.on) or not standing.periods:
        return False
    return case.settles and judged.period == standing.periods[-1]


def _as_set(row: Row, target: Target, on: date) -> Target:
    """The target as set on the day of the version that was known on ``on``: looking back, a later version does not move the start."""
    if target.set_on is None or target.set_on.last <= on:
        return target
    before = [version.promise.set_on for version in row.superseded if version.promise.set_on and version.promise.set_on.last <= on]
    return replace(target, set_on=before[-1] if before else None)


def _figure(judged: Judged | None, asked: Asked) -> Decimal | None:
    if judged is None or not judged.points or judged.allowed is None:
        return None
    return asked.bound.worse(judged.allowed) if asked.bound else bounds.worse(asked.direction, judged.allowed)


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value)


def _derived(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(fraction(value))


# ---------------------------------------------------------------- flags and notes


def _flags(row: Row, case: _Case, line: Line) -> tuple[str, ...]:
    judged, target, bound = case.judged, case.target, case.bound
    used = judged.points if judged else ()
    compared = bound is not None or (target.shape == "improve" and case.start is not None)
    holds = {
        "late_figure": judged is not None and judged.late,
        "stale": judged is not None and judged.stale and not case.awaited,
        "partial": judged is not None and judged.partial and not case.awaited,
        "other_length": judged is not None and judged.other_length,
        "inexact": bool(used) and case.satisfied is None and compared and not (judged and judged.other_length),
        "approx": any(point.actual.approx for point in used),
        "provisional": any(_provisional(point) for point in used),
        "estimate": any(point.actual.quality == "estimate" for point in used),
        "disputed": bool(row.disputes),
        "undone": judged is not None and judged.undone,
        "awaited": case.awaited,
        "series_break": target.series_break or bool(row.breaks),
        "from_first_actual": case.start is not None and case.start.origin == "first_actual",
        "met_at_start": case.start is not None and bound is not None and bound.decides(case.start.allowed) is True,
        "met_when_set": _met_when_set(row, case.asked, line),
        "revised": row.before is not None,
        "revised_after_due": row.promised.revised_after_due,
        "proposed": target.standing == "proposed",
        "unsourced": target.source is None or any(point.actual.source is None for point in used),
        "noted": bool(row.notes),
    }
    return tuple(flag for flag in FLAGS if holds[flag])


def _provisional(point: Point) -> bool:
    return point.actual.quality == "provisional" or figures.early(point.figure)


def _breaks(asked: Asked, judged: Judged | None, points: Sequence[Point]) -> tuple[Point, ...]:
    """The breaks after the baseline, or inside the window, and not after the judged figure."""
    if judged is None or not judged.points:
        return ()
    at = judged.newest.last
    if judged.window is not None:
        return tuple(point for point in points if point.is_break and judged.window.first <= point.last <= at)
    since = asked.baseline.last if asked.baseline and not asked.baseline_counts else date.min
    return tuple(point for point in points if point.is_break and since < point.last <= at)


def _met_when_set(row: Row, asked: Asked, line: Line) -> bool:
    """Whether what was known of the target's own series on the day that it was set had satisfied it already."""
    target = asked.target
    if target.set_on is None or target.shape == "undetermined":
        return False
    day = target.set_on.first
    before = replace(line, points=[point for point in line.points if point.last <= day], behind=())
    if not before.points:
        return False
    if target.aggregate != "last":
        judged = judged_figure(asked, before.points, before)
        return judged is not None and judged.allowed is not None and asked.decides(judged.allowed) is True and (judged.window is None or judged.window.complete or (target.aggregate == "sum" and asked.direction == "increase"))
    newest = before.points[-1]
    if target.shape == "milestone":
        return newest.actual.answer is True
    allowed = figures.span(newest.actual)
    if target.shape != "improve":
        return asked.decides(allowed) is True
    judged = Judged((newest,), allowed, period=period.of_kind(newest.last, target.every, asked.year) if target.every else None)
    start = rising_start(asked, line, judged, row.points) if target.every else start_of(asked, before, judged, last_break(row.points, newest.last))
    return start is not None and asked.direction is not None and bounds.improves(asked.direction, allowed, start.allowed) is True


def _notes(target: Target, judged: Judged | None, breaks: Sequence[Point]) -> tuple[str, ...]:
    """The notes of the target, of the figures that were judged, and of the breaks that are flagged; each once."""
    used = judged.points if judged else ()
    found: Iterable[str | None] = (target.note, *(point.actual.note for point in used), *(note for point in breaks for note in point.break_notes))
    return tuple(dict.fromkeys(note for note in found if note))
