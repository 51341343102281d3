"""Report: compares what was measured with what was promised, as known on one day; a value, rendered elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from targettrack import figures
from targettrack.figures import Bound, Figure, Point
from targettrack.judging import Judged, Pace, Start, judged_figure, last_break, line_of, pace_of, since_baseline, start_of
from targettrack.language import mark, tr
from targettrack.number import EXACT, fraction, rounded
from targettrack.period import Period
from targettrack.program import Baseline, Direction, Indicator, Pairs, Program, Promise, Shape, Target, set_by
from targettrack.promises import Against, InForce, Version, held, known_baseline, target_of

Status = Literal["missed", "worsening", "off_track", "unreported", "behind", "pending", "open", "on_track", "met", "met_late", "exceeded", "no_data", "not_assessable"]
STATUSES: tuple[Status, ...] = ("missed", "worsening", "off_track", "unreported", "behind", "pending", "open", "on_track", "met", "met_late", "exceeded", "no_data", "not_assessable")
"""Every status, the gravest first."""

FLAGS = (
    "late_figure", "stale", "partial", "inexact", "approx", "provisional", "estimate", "disputed", "series_break",
    "from_first_actual", "met_at_start", "met_when_set", "revised", "revised_after_due", "proposed", "noted",
)  # fmt: skip

ON_TRACK = Fraction(95, 100)
BEHIND = Fraction(60, 100)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a method's working: ``formula`` names its numbers in braces, as ``({v} / {b}) ^ (1 / {n}) - 1``; ``result`` is exact or has 80 digits."""

    what: str
    formula: str
    numbers: tuple[tuple[str, Decimal | Fraction | int], ...]
    result: Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a named method concludes; ``reason`` says why where it does not judge, ``steps`` how it came to it, ``cuts`` by which cut points, where they are not the method's usual ones, ``period`` which figure it judged, where that may be another one than the row's."""

    method: str
    label: str
    ratio: Decimal | None = None
    score: Decimal | None = None
    reason: str | None = None
    steps: tuple[Step, ...] = field(default=(), compare=False)
    cuts: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    period: Period | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Evidence:
    """What a method sees: the series (history included), the stated baseline, the target, the judged figure, the day; and the row as judged by the status rules."""

    points: Sequence[Point]
    baseline: Baseline | None
    target: Target
    indicator: Indicator
    bound: Bound | None
    judged: Judged | None
    past_due: bool
    status: Status
    pace: Pace

    @property
    def figure(self) -> Point | None:
        """What a published method takes: the judged figure once past due, else the newest known, even of a period that ends after due."""
        if not self.past_due:
            return self.newest()
        return self.judged.newest if self.judged and self.judged.points else None

    def newest(self, up_to: date = date.max) -> Point | None:
        """The newest known figure that ends by a day, and not before the baseline."""
        line = figures.by_last_day([point for point in since_baseline(self.points, self.baseline) if point.last <= up_to], self.target.due)
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


Method = Callable[[Evidence], Verdict]
Order = Literal["gap", "due", "file"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Row:
    """One promise and what became of it. Derived numbers are rounded to 12 significant digits; gaps below 0 are short of the bound.

    ``compared`` is another version of the promise: the first one or, held to that or to a day, the one now in force; ``other`` is the row of that version, where its status is another. ``withdrawn``: no version is in force any more.
    """

    program: Program
    indicator_id: str | None
    indicator: Indicator | None
    version: Version
    superseded: tuple[Version, ...] = ()
    before: Version | None = None
    revised_after_due: bool = False
    searched: Period | None = None
    others: bool = False
    judged: Judged | None = None
    start: Start | None = None
    figure: Decimal | bool | None = None
    gap: Decimal | None = None
    gap_strong: Decimal | None = None
    shortfall: Decimal | None = None
    attainment: Decimal | None = None
    progress: Decimal | None = None
    elapsed: Decimal | None = None
    pace: Decimal | None = None
    observed_per_year: Decimal | None = None
    required_per_year: Decimal | None = None
    projected: Decimal | None = None
    reached_on: date | None = None
    status: Status
    past_due: bool
    final: bool = False
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    verdict: Verdict | None = None
    points: Sequence[Point] = ()
    held_to: Against = "current"
    compared: Version | None = None
    other: Row | None = None
    withdrawn: Period | None = None

    @property
    def versions(self) -> tuple[Version, ...]:
        """All versions of the promise that are known, in order."""
        return self._promised.in_order

    @property
    def keys(self) -> set[tuple[object, ...]]:
        """The due days, windows and parts by which the promise was ever known."""
        return self._promised.keys

    @property
    def _promised(self) -> InForce:
        return InForce(self.version, self.before, self.superseded)

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
        return () if self.judged is None else tuple(rival for point in self.judged.points for rival in point.disputes)

    @property
    def broken(self) -> bool:
        """Whether the series breaks between the baseline, or the begin of the window, and the judged figure."""
        return _broke(self.judged, self.points, self.indicator.baseline_of(self.target) if self.indicator and self.target else None)

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


def report(programs: Sequence[Program], on: date, *, method: Method, name: str, against: Against = "current") -> Report:
    """Every promise of the programs that was in force on ``on``, in the order of the files, held to one of its versions."""
    rows = tuple(row for program in programs for row in program_rows(program, on, method, against))
    return Report(on=on, method=name, programs=tuple(programs), rows=rows, of=len(rows), against=against)


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
            yield _in_words(program, Version(place, words), on)


def indicator_rows(program: Program, name: str, on: date, method: Method, seen: date | None = None, against: Against = "current") -> Iterator[Row]:
    """The rows of one indicator's targets, each promise held to one of its versions.

    Looking back from a later day ``seen``: what is past due, ended or withdrawn is so by ``on`` all the same, but the promises are those known
    on ``seen``, and so are the figures of the periods that had ended by ``on``. A figure of a later period, such as a late one, says nothing of ``on``.
    """
    indicator = program.indicators[name]
    if not indicator.targets:
        return
    series = figures.series(indicator, program.actuals.get(name, ()), program.sources, on, seen)
    searched = indicator.searched if indicator.searched and indicator.searched.first <= on else None

    def judged(promise: InForce) -> Row:
        target = target_of(promise.version)
        row = Row(
            program=program,
            indicator_id=name,
            indicator=indicator,
            version=promise.version,
            superseded=promise.superseded,
            before=promise.before,
            revised_after_due=promise.revised_after_due,
            searched=searched,
            others=bool(series),
            status="no_data",
            past_due=target.past_due(on),
            held_to=against,
        )
        return _judge(row, series.get(target.disaggregation, []), on, method, seen)

    for each in held(program, indicator, on, against, seen):
        row = replace(judged(each.promise), withdrawn=each.withdrawn) if each.withdrawn else judged(each.promise)
        if each.other is not None:
            other = judged(InForce(each.other))
            row = replace(row, compared=each.other, other=other if other.status != row.status else None)
        yield row


def _in_words(program: Program, version: Version, on: date) -> Row:
    promise = version.promise
    flags = tuple(flag for flag, holds in (("proposed", promise.standing == "proposed"), ("noted", promise.note)) if holds)
    notes = (promise.note,) if promise.note else ()
    return Row(program=program, indicator_id=None, indicator=None, version=version, status="not_assessable", past_due=promise.past_due(on), flags=flags, notes=notes)


# ---------------------------------------------------------------- the status


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Case:
    """What the status is decided from."""

    target: Target
    direction: str | None
    judged: Judged | None
    bound: Bound | None
    start: Start | None
    figure: Decimal | bool | None
    satisfied: bool | None
    past_due: bool
    pace: Fraction | None

    @property
    def settles(self) -> bool:
        """Whether the day has come on which the target is judged for good: past due, or a standing target."""
        return self.past_due or self.target.every is not None

    @property
    def complete(self) -> bool:
        """Whether nothing is missing of the window, if there is one."""
        return self.judged is None or self.judged.window is None or self.judged.window.complete

    @property
    def reached_floor(self) -> bool:
        """Whether a sum that should rise has reached its bound: it cannot be lost again."""
        return self.target.aggregate == "sum" and self.direction == "increase" and self.satisfied is True

    @property
    def passed_ceiling(self) -> bool:
        """Whether a sum that should stay low has passed its bound."""
        return self.target.aggregate == "sum" and self.direction == "decrease" and self.satisfied is False

    @property
    def settled(self) -> bool:
        """Whether an incomplete window can decide all the same."""
        return self.complete or self.reached_floor or self.passed_ceiling


def status_of(case: _Case) -> Status:
    """The first status that fits."""
    judged = case.judged
    if judged is None or case.figure is None:
        return "unreported" if case.past_due else "no_data"
    if case.settles and (judged.stale or (not case.settled and judged.partial)):
        return "unreported"
    if case.settles and case.satisfied is None and case.settled:
        return "not_assessable"
    if case.satisfied and case.settled and (kept := _kept(case, judged)):
        return kept
    if case.satisfied is False and case.settled and (case.settles or case.passed_ceiling):
        return "missed"
    if case.settles:
        return "unreported"
    return "open" if case.target.due is None else _under_way(case)


def _kept(case: _Case, judged: Judged) -> Status | None:
    if judged.late:
        return "met_late"
    if case.target.shape == "improve":
        return "met" if case.settles or case.target.due is None else None
    bound = case.bound
    if bound is None or bound.strict or bound.direction == "maintain" or isinstance(case.figure, bool) or case.figure is None:
        return "met"
    return "exceeded" if bound.gap_strong(case.figure) > 0 else "met"


def _under_way(case: _Case) -> Status:
    """Not due, with a deadline, and not met."""
    if case.target.shape == "improve":
        return _improving(case)
    if case.start and case.bound and isinstance(case.figure, Decimal) and case.target.aggregate == "last":
        at_start = case.bound.gap(case.start.value)
        if at_start >= 0:
            return "worsening" if case.satisfied is False and case.bound.gap(case.figure) < at_start else "pending"
    if case.pace is None:
        return "pending"
    if case.pace >= ON_TRACK:
        return "on_track"
    if case.pace >= BEHIND:
        return "behind"
    return "off_track" if case.pace >= 0 else "worsening"


def _improving(case: _Case) -> Status:
    if case.start is None or case.judged is None or case.judged.allowed is None or case.satisfied is None:
        return "pending"
    if case.satisfied:
        return "on_track"
    return "off_track" if case.judged.allowed.exact is not None and case.judged.allowed.exact == case.start.allowed.exact else "worsening"


def _satisfied(target: Target, indicator: Indicator, judged: Judged | None, bound: Bound | None, start: Start | None) -> bool | None:
    """Whether the judged figure satisfies the promise; None where the figure is too inexact or there is nothing to compare."""
    if judged is None or not judged.points:
        return None
    if target.shape == "milestone":
        return judged.newest.actual.value is True
    if judged.allowed is None:
        return None
    if target.shape == "improve":
        return None if start is None or indicator.direction is None else figures.improves(indicator.direction, judged.allowed, start.allowed)
    return None if bound is None else bound.decides(judged.allowed)


def _judge(row: Row, points: Sequence[Point], on: date, method: Method, seen: date | None) -> Row:
    """The row with everything that can be said of it."""
    target, indicator, bound = target_of(row.version), row.indicator, row.bound
    if indicator is None:
        return row
    baseline = known_baseline(indicator, target, row.program.sources, on, seen)
    line = line_of(target, points, baseline, on)
    judged = judged_figure(target, indicator, line, on)
    past_due = row.past_due
    broken = last_break(points, judged.newest.last) if judged and judged.points else None
    start = start_of(_as_set(row, target, on), line, baseline, judged, bound, indicator.direction, broken) if judged and judged.points else None
    satisfied = _satisfied(target, indicator, judged, bound, start)
    figure = _figure(judged, bound, indicator.direction)
    pace = pace_of(target, start, judged, figure, bound, past_due=past_due, met=satisfied) if judged and isinstance(figure, Decimal) else Pace()
    if target.shape == "improve":
        pace = Pace(observed=pace.observed)
    case = _Case(target, indicator.direction, judged, bound, start, figure, satisfied, past_due, pace.pace)
    status = status_of(case)
    gap = bound.gap(figure) if bound and isinstance(figure, Decimal) else None
    flags = _flags(row, case, points, line, baseline)
    evidence = Evidence(points, baseline, target, indicator, bound, judged, past_due, status, pace)
    return replace(
        row,
        judged=judged,
        start=start,
        figure=rounded(figure) if target.aggregate == "mean" and judged and len(judged.points) > 1 and isinstance(figure, Decimal) else figure,
        gap=_rounded(gap),
        gap_strong=_rounded(bound.gap_strong(figure)) if bound and isinstance(figure, Decimal) else None,
        shortfall=rounded(EXACT.divide(gap, abs(bound.weak))) if gap is not None and bound and bound.weak else None,
        attainment=_attainment(bound, figure),
        progress=_derived(pace.progress),
        elapsed=_derived(pace.elapsed),
        pace=_derived(pace.pace),
        observed_per_year=_derived(pace.observed),
        required_per_year=_derived(pace.required),
        projected=_derived(pace.projected),
        reached_on=pace.reached_on,
        status=status,
        final=status == "missed" or (status in {"met", "met_late", "exceeded"} and (past_due or case.reached_floor or target.shape == "milestone")),
        flags=flags,
        notes=_notes(target, judged, line),
        verdict=method(evidence),
        points=points,
    )  # fmt: skip


def _as_set(row: Row, target: Target, on: date) -> Target:
    """The target as set on the day of the version that was known on ``on``: looking back, a later version does not move the start."""
    if target.set_on is None or target.set_on.last <= on:
        return target
    before = [version.promise.set_on for version in row.superseded if version.promise.set_on and version.promise.set_on.last <= on]
    return replace(target, set_on=before[-1] if before else None)


def _figure(judged: Judged | None, bound: Bound | None, direction: Direction | None) -> Decimal | bool | None:
    if judged is None or not judged.points:
        return None
    if judged.allowed is None:
        return judged.newest.actual.value is True
    return bound.worse(judged.allowed) if bound else figures.worse(direction, judged.allowed)


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value)


def _derived(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(fraction(value))


def _attainment(bound: Bound | None, figure: Decimal | bool | None) -> Decimal | None:
    if bound is None or bound.direction != "increase" or not isinstance(figure, Decimal) or figure <= 0 or bound.weak <= 0:
        return None
    return rounded(EXACT.divide(figure, bound.weak))


# ---------------------------------------------------------------- flags and notes


def _flags(row: Row, case: _Case, points: Sequence[Point], line: Sequence[Point], baseline: Baseline | None) -> tuple[str, ...]:
    judged, target = case.judged, case.target
    used = judged.points if judged else ()
    holds = {
        "late_figure": judged is not None and judged.late,
        "stale": judged is not None and judged.stale,
        "partial": judged is not None and judged.partial,
        "inexact": bool(used) and case.satisfied is None and target.shape != "improve" and case.bound is not None,
        "approx": any(point.actual.approx for point in used),
        "provisional": any(point.actual.quality == "provisional" or early(point.figure) for point in used),
        "estimate": any(point.actual.quality == "estimate" for point in used),
        "disputed": any(point.disputes for point in used),
        "series_break": target.series_break or _broke(case.judged, points, baseline),
        "from_first_actual": case.start is not None and case.start.origin == "first_actual",
        "met_at_start": case.start is not None and case.bound is not None and case.bound.holds(case.start.value),
        "met_when_set": _met_when_set(target, case.bound, points),
        "revised": row.before is not None,
        "revised_after_due": row.revised_after_due,
        "proposed": target.standing == "proposed",
        "noted": bool(_notes(target, judged, line)),
    }
    if target.shape == "improve" and case.start is not None and used and case.satisfied is None:
        holds["inexact"] = True
    return tuple(flag for flag in FLAGS if holds[flag])


def early(figure: Figure) -> bool:
    """Whether a figure was published (or, undated, recorded) before its period had ended."""
    known = figure.published or figure.actual.recorded
    return known is not None and known.last < figure.period.last


def _broke(judged: Judged | None, points: Sequence[Point], baseline: Baseline | None) -> bool:
    if judged is None or not judged.points:
        return False
    at = judged.newest.last
    if judged.window is not None:
        return any(point.is_break and judged.window.first <= point.last <= at for point in points)
    broken = last_break(points, at)
    return broken is not None and (baseline is None or broken > baseline.period.last)


def _met_when_set(target: Target, bound: Bound | None, points: Sequence[Point]) -> bool:
    if target.set_on is None or target.aggregate != "last" or target.shape == "improve":
        return False
    before = [point for point in points if point.last <= target.set_on.last]
    if not before:
        return False
    if target.shape == "milestone":
        return any(point.actual.value is True for point in before)
    newest = figures.by_last_day(before, target.due)[-1]
    return bound is not None and bound.decides(figures.span(newest.actual)) is True


def _notes(target: Target, judged: Judged | None, line: Sequence[Point]) -> tuple[str, ...]:
    """The notes of the target, of the figures that were judged, and of the breaks up to them; each once."""
    used = judged.points if judged else ()
    at = used[-1].last if used else date.min
    breaks = [note for point in line if point.is_break and point.last <= at for note in point.break_notes]
    found: Iterable[str | None] = (target.note, *(point.actual.note for point in used), *breaks)
    return tuple(dict.fromkeys(note for note in found if note))
