"""Recording: what a new figure is to those that a program has, what makes it doubtful, and the program with it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from targettrack import audit, figures, notation
from targettrack.errors import Exit, Problem, TargettrackError
from targettrack.figures import Figure
from targettrack.number import EXACT, literal
from targettrack.period import Period
from targettrack.program import Actual, Pairs, Parts, Program, Source

Outcome = Literal["new", "recorded_before", "revision", "rival", "agrees"]
"""Nothing like it; the same figure of the same source; another figure of the same publisher, or of another one; another publisher's same figure."""

TENFOLD = 10

_Place: TypeAlias = tuple[str, Pairs, Period]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure to be recorded was given: a row of a file, or (all empty) the command line."""

    file: str | None = None
    line: int | None = None
    row: int | None = None

    def said(self, message: str) -> str:
        """A sentence, with the row that it is about."""
        return message if self.row is None else f"row {self.row}: {message}"


COMMAND_LINE = Origin()


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A figure that somebody wants recorded; ``doubts`` were found while it was read."""

    actual: Actual
    origin: Origin = COMMAND_LINE
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A wanted figure, what it is to the others of its period, and which of these (with their places in the file) make it so."""

    wanted: Wanted
    outcome: Outcome
    others: tuple[Figure, ...] = ()

    @property
    def actual(self) -> Actual:
        """The figure."""
        return self.wanted.actual


@dataclass(frozen=True, slots=True)
class Caution:
    """Why a figure may be wrong; ``grave`` where it surely is."""

    origin: Origin
    message: str
    grave: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What recording some figures would do: the program before and after, each figure, the sources that are new, and what is doubtful."""

    before: Program
    after: Program
    found: tuple[Found, ...]
    sources: Mapping[str, Source]
    cautions: tuple[Caution, ...]

    @property
    def added(self) -> tuple[Found, ...]:
        """The figures that are not in the file yet."""
        return tuple(entry for entry in self.found if entry.outcome != "recorded_before")


def plan(program: Program, wanted: Sequence[Wanted], sources: Mapping[str, Source], *, revise: bool, today: date) -> Plan:
    """What recording these figures, in this order, would do. Sources that no added figure uses are left out.

    Raises:
        TargettrackError: what contradicts the program (exit 3 for an unknown indicator or source, else 4), and what needs ``revise`` (exit 2).

    """
    known = _Known(program, {**program.sources, **sources})
    parts = Parts(known.sources, program.indicators, (), ())
    found: list[Found] = []
    cautions: list[Caution] = []
    problems: list[Problem] = []
    for entry in wanted:
        if faults := [_unknown(entry.origin, fault.code, fault.message, fault.hint) for fault in audit.of_actual(parts, (), entry.actual)]:
            problems += faults
            continue
        result = known.found(entry, revise=revise)
        if isinstance(result, Problem):
            problems.append(result)
            continue
        found.append(result)
        if result.outcome != "recorded_before":
            cautions += _cautions(program, known, entry, today)
            known.add(entry.actual)
    if problems:
        raise TargettrackError(*problems)
    added = tuple(entry.actual for entry in found if entry.outcome != "recorded_before")
    used = {name: source for name, source in sources.items() if name not in program.sources and any(actual.source == name for actual in added)}
    document = replace(program.document, sources={**program.sources, **used}, actuals=(*program.document.actuals, *added))
    return Plan(program, Program(program.id, program.file, document), tuple(found), used, tuple(cautions))


def _unknown(origin: Origin, code: str, message: str, hint: str | None) -> Problem:
    exit_code = Exit.NOT_FOUND if code in {"unknown-source", "unknown-indicator"} else Exit.INVALID
    if code == "unknown-source" and hint and hint.startswith("add "):
        hint = "add it in the same step: --source-title TEXT" if origin.row is None else "write it into the program first"
    return Problem(code=code, message=origin.said(message), hint=hint, file=origin.file, line=origin.line, exit=exit_code)


def same_figure(one: Actual, other: Actual) -> bool:
    """Whether two records say the same number, range or word of one period."""
    return (one.value, one.range, one.approx) == (other.value, other.range, other.approx)


def differing(one: Actual, other: Actual) -> tuple[str, ...]:
    """The keys, other than those of the figure itself, in which a record says something that an older one does not."""
    plain = [item for item in fields(Actual) if item.name not in {"indicator", "period", "value", "range", "approx", "disaggregation", "source", "recorded"}]
    return tuple(item.name for item in plain if getattr(one, item.name) not in (item.default, getattr(other, item.name)))


@dataclass(eq=False)
class _Known:
    """The figures of a program by indicator, disaggregation and period, and in order of time; new ones are added as they are accepted."""

    program: Program
    sources: Mapping[str, Source]
    places: dict[_Place, list[Figure]] = field(default_factory=dict)
    lines: dict[tuple[str, Pairs], list[tuple[date, int, Actual]]] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        for actual in self.program.document.actuals:
            self.add(actual)

    def add(self, actual: Actual) -> None:
        """Take a figure in."""
        figure = Figure(self.count, actual, figures.published(actual, self.sources))
        self.places.setdefault((actual.indicator, actual.disaggregation, actual.period), []).append(figure)
        insort(self.lines.setdefault((actual.indicator, actual.disaggregation), []), (actual.period.last, self.count, actual), key=_last_day)
        self.count += 1

    def found(self, wanted: Wanted, *, revise: bool) -> Found | Problem:
        """What a figure is to those of its period."""
        actual = wanted.actual
        others = self.places.get((actual.indicator, actual.disaggregation, actual.period), [])
        by_publisher: defaultdict[figures.Publisher, list[Figure]] = defaultdict(list)
        for other in others:
            by_publisher[figures.publisher_of(other.actual, self.sources)].append(other)
        mine = by_publisher.pop(figures.publisher_of(actual, self.sources), [])
        newest = max(mine, key=figures.recency, default=None)
        same = next((figure for figure in reversed(mine) if figure.actual.source == actual.source and same_figure(figure.actual, actual)), None)
        if same is not None and (not revise or (same is newest and not differing(actual, same.actual))):
            return Found(wanted, "recorded_before", (same,) if newest is None or same is newest else (same, newest))
        if newest is not None and (not same_figure(newest.actual, actual) or same is not None):
            return Found(wanted, "revision", (newest,)) if revise else self._needs_revise(wanted, newest)
        rest = tuple(max(group, key=figures.recency) for group in by_publisher.values())
        differing_rest = tuple(figure for figure in rest if not same_figure(figure.actual, actual))
        if differing_rest:
            return Found(wanted, "rival", differing_rest)
        agreeing = (*rest, *mine)
        return Found(wanted, "agrees" if agreeing else "new", agreeing)

    def _needs_revise(self, wanted: Wanted, newest: Figure) -> Problem:
        actual = wanted.actual
        unit = self.program.indicators[actual.indicator].unit
        who = "a figure without a source" if actual.source is None else f'"{newest.actual.source}"'
        if newest.actual.source != actual.source:
            publisher = self.sources[actual.source or ""].publisher
            who += f", of the same publisher ({publisher}),"
        message = f"{who} already says {notation.actual(newest, unit)} for {notation.long(actual.period)}; this says {notation.actual(actual, unit)}"
        hint = "add --revise to keep the old record and use the new one; a figure of another publisher needs its own source"
        return Problem(code="needs-revise", message=wanted.origin.said(message), hint=hint, file=wanted.origin.file, line=wanted.origin.line, exit=Exit.USAGE)

    def beside(self, actual: Actual) -> Actual | None:
        """The figure of the series that is the nearest before a period, else the first after it; none that ends on the same day."""
        line = self.lines.get((actual.indicator, actual.disaggregation), [])
        older = bisect_left(line, actual.period.last, key=_last_day)
        later = bisect_right(line, actual.period.last, key=_last_day)
        return line[older - 1][2] if older else line[later][2] if later < len(line) else None


def _last_day(entry: tuple[date, int, Actual]) -> date:
    return entry[0]


def _cautions(program: Program, known: _Known, wanted: Wanted, today: date) -> Iterator[Caution]:
    """What speaks against a figure."""
    actual, origin = wanted.actual, wanted.origin
    indicator = program.indicators[actual.indicator]
    yield from (Caution(origin, doubt) for doubt in wanted.doubts)
    if actual.period.last >= today:
        yield Caution(origin, f"{notation.long(actual.period)} has not ended yet: a figure for it cannot be final")
    when = figures.published(actual, known.sources)
    if when is not None and when.last < actual.period.first:
        yield Caution(origin, f"it was published {when}, before {notation.long(actual.period)} began: a plan or a forecast is no actual")
    if actual.source is None:
        yield Caution(origin, "it has no source: nobody can check it")
    if isinstance(actual.value, bool):
        return
    allowed = figures.span(actual)
    highest = allowed.high if allowed.high is not None else allowed.stated
    if indicator.limit is not None and highest > indicator.limit:
        yield Caution(origin, f"{notation.actual(actual, indicator.unit)} is above the limit of {actual.indicator}, {notation.with_unit(literal(indicator.limit), indicator.unit)}", grave=True)
    last = known.beside(actual)
    if last is not None and (said := _jump(allowed.stated, figures.span(last).stated)):
        yield Caution(origin, f"{notation.actual(actual, indicator.unit)} is {said} the figure of {notation.long(last.period)}, {notation.actual(last, indicator.unit)}")


def _jump(now: Decimal, last: Decimal) -> str | None:
    """Whether a figure is ten times another, or a tenth of it, as words."""
    now, last = abs(now), abs(last)
    if not now or not last:
        return None
    if now >= EXACT.multiply(last, Decimal(TENFOLD)):
        return "at least ten times"
    return "at most a tenth of" if EXACT.multiply(now, Decimal(TENFOLD)) <= last else None
