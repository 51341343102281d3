"""Recording: what a new figure is to those that a program has, what makes it doubtful, and the program with it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from targettrack.assessment import figures, uncounted
from targettrack.assessment.bounds import Span
from targettrack.assessment.figures import Figure
from targettrack.assessment.judging import Asked
from targettrack.errors import Exit, Problem, TargettrackError, failure
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.number import EXACT, plain
from targettrack.period import Period, Year, following
from targettrack.program import consistency
from targettrack.program.model import (
    ID,
    ID_RULE,
    YES_NO,
    Actual,
    Baseline,
    Fault,
    Indicator,
    Pairs,
    Program,
    Source,
    Target,
    own_keys,
)
from targettrack.program.reading import Parts
from targettrack.program.spelling import spelling
from targettrack.recording.scale import HUNDREDFOLD, Scale
from targettrack.recording.scale import scale as scale_of
from targettrack.text import NBSP, clean
from targettrack.wording import notation

Outcome = Literal["new", "recorded_before", "revision", "rival", "agrees"]
"""Nothing like it; the same figure of the same source; another figure of the same publisher, or of another one; another publisher's same figure."""

TENFOLD = Decimal(10)

_Part: TypeAlias = tuple[str, Pairs]
"""An indicator and a disaggregation."""


class Origin(NamedTuple):
    """Where a figure to be recorded was given: a row, or a cell, of a file, or (all empty) the command line."""

    file: str | None = None
    line: int | None = None
    row: int | None = None
    cell: str | None = None

    def said(self, message: str) -> str:
        """A sentence, with the row or the cell that it is about."""
        if self.cell is not None:
            return tr("{cell}: {message}", cell=clean(self.cell), message=message)
        return message if self.row is None else tr("row {row}: {message}", row=self.row, message=message)

    @property
    def in_file(self) -> bool:
        """Whether it is one of many that a file has."""
        return self.row is not None or self.cell is not None

    def problem(self, code: str, message: str, hint: str | None, exit: Exit = Exit.INVALID) -> Problem:
        """What is wrong with the figure that was given here."""
        return Problem(
            code=code, message=self.said(message), hint=hint, file=self.file, line=self.line, row=self.row, exit=exit
        )


COMMAND_LINE = Origin()


class Wanted(NamedTuple):
    """A figure that somebody wants recorded; ``doubts`` were found while it was read, ``given`` is what was written for it, as the model took it."""

    actual: Actual
    origin: Origin = COMMAND_LINE
    doubts: tuple[str, ...] = ()
    given: Mapping[str, Any] = MappingProxyType({})


class Found(NamedTuple):
    """A wanted figure, what it is to the others of its period, and which of these (with their places in the file) make it so."""

    wanted: Wanted
    outcome: Outcome
    others: tuple[Figure, ...] = ()

    @property
    def actual(self) -> Actual:
        """The figure."""
        return self.wanted.actual


@frozen(eq=True)
class Caution:
    """Why a figure may be wrong; ``grave`` where it surely is."""

    origin: Origin
    message: str
    grave: bool = False


@frozen(slots=False)
class Plan:
    """What recording some figures would do: the program before and after, each figure, the sources that are new, and what is doubtful."""

    before: Program
    after: Program
    found: tuple[Found, ...]
    sources: Mapping[str, Source]
    cautions: tuple[Caution, ...]

    @cached_property
    def added(self) -> tuple[Found, ...]:
        """The figures that are not in the file yet."""
        return tuple(entry for entry in self.found if entry.outcome != "recorded_before")


def plan(
    program: Program, wanted: Sequence[Wanted], sources: Mapping[str, Source], *, revise: bool, today: date
) -> Plan:
    """What recording these figures, in this order, would do. Sources that no added figure uses are left out.

    Raises:
        TargettrackError: what contradicts the program (exit 3 for an unknown indicator or source, else 4), and what needs ``revise`` (exit 2).

    """
    _same_sources(program, sources)
    asked = [_part(entry.actual) for entry in wanted]
    if elsewhere := list(_linked(program, wanted)):
        raise TargettrackError(*elsewhere)
    known = _Known(program, {**program.sources, **sources}, {*asked}, today)
    parts = Parts(known.sources, program.indicators, (), ())
    sound: set[object] = set()
    found: list[Found] = []
    cautions: list[Caution] = []
    problems: list[Problem] = []
    for entry, part in zip(wanted, asked, strict=True):
        actual, line = entry.actual, known.lines[part]
        if (named := consistency.named(actual)) not in sound:
            if faults := [_contradiction(parts, entry, fault) for fault in consistency.of_actual(parts, (), actual)]:
                problems += faults
                continue
            sound.add(named)
        result = known.found(entry, line, revise=revise)
        if isinstance(result, Problem):
            problems.append(result)
            continue
        found.append(result)
        if result.outcome != "recorded_before":
            when = figures.published(actual, known.sources)
            cautions += _cautions(known, entry, line, when)
            known.take(actual, when, line)
    if problems:
        raise TargettrackError(*problems)
    added = tuple(entry.actual for entry in found if entry.outcome != "recorded_before")
    used = {
        name: source
        for name, source in sources.items()
        if name not in program.sources and any(actual.source == name for actual in added)
    }
    document = replace(
        program.document, sources={**program.sources, **used}, actuals=(*program.document.actuals, *added)
    )
    return Plan(
        program, Program(program.id, program.file, document, program.linked), tuple(found), used, tuple(cautions)
    )


def _contradiction(parts: Parts, entry: Wanted, fault: Fault) -> Problem:
    hint = fault.hint
    if fault.code == "unknown-source" and consistency.meant(str(entry.actual.source), parts.sources) is None:
        hint = (
            tr("add it in the same step: --source-title TEXT")
            if not entry.origin.in_file
            else tr("write it into the program first")
        )
    return entry.origin.problem(
        fault.code,
        fault.message,
        hint,
        Exit.NOT_FOUND if fault.code in {"unknown-source", "unknown-indicator"} else Exit.INVALID,
    )


def _same_sources(program: Program, sources: Mapping[str, Source]) -> None:
    """A new source must have an id, and not that of another document: somebody else may have added that a moment ago."""
    for name, source in sources.items():
        if not re.fullmatch(ID, name):
            raise failure(
                Exit.INVALID,
                "bad-id",
                tr('nothing was recorded: "{id}" is no id of a source', id=name),
                hint=tr(ID_RULE),
                file=program.file,
            )
        if name in program.sources and any(
            contradicting(program.sources[name], {key: getattr(source, key) for key in own_keys(Source)})
        ):
            message = tr(
                'nothing was recorded: the file has another source "{id}" by now: {title}',
                id=name,
                title=program.sources[name].title,
            )
            raise failure(
                Exit.USAGE,
                "source-exists",
                message,
                hint=tr("choose another id, or leave its --source-… options out if it is the same document"),
                file=program.file,
            )


def contradicting(there: Source, said: Mapping[str, object]) -> Iterator[tuple[str, object, object]]:
    """What is said of a source that the file has already, and that it has otherwise: the key, what stands there, and what is said."""
    for key, here in said.items():
        if str(getattr(there, key)) != str(here):
            yield key, getattr(there, key), here


def newest_source(program: Program) -> str | None:
    """The id of the source that was published last, of equals the one that stands last."""
    return next(iter(newest_first(program)), None)


def newest_first(program: Program) -> list[str]:
    """The ids of the sources, those that were published last first, of equals those that stand last."""
    places = {id: place for place, id in enumerate(program.sources)}

    def when(id: str) -> tuple[date, int]:
        published = program.sources[id].published
        return published.last if published else date.min, places[id]

    return sorted(program.sources, key=when, reverse=True)


def newest_figure(program: Program, indicator: str) -> Actual | None:
    """The figure of an indicator, of no part of it, for the period that ends last: of several the one that is used."""
    whole = [(place, actual) for place, actual in program.actuals.get(indicator, ()) if not actual.disaggregation]
    if not whole:
        return None
    last = max(actual.period.last for _, actual in whole)
    of_day = [
        Figure(place, actual, figures.published(actual, program.sources))
        for place, actual in whole
        if actual.period.last == last
    ]
    return figures.leading(program.indicators[indicator], of_day, program.sources).actual


def next_period(program: Program, indicator: str) -> Period | None:
    """The period that follows the newest figure's of an indicator."""
    newest = max(
        (actual.period for _, actual in program.actuals.get(indicator, ())),
        key=lambda each: (each.last, each.first),
        default=None,
    )
    return following(newest, program.year) if newest else None


def of_another(program: Program, wanted: Sequence[Wanted], shown: Sequence[str | None]) -> list[Wanted]:
    """Figures, with a doubt at the first of each other program that they were ``shown`` from."""
    found = list(wanted)
    for other in dict.fromkeys(id for id in shown if id not in {None, program.id}):
        first, more = shown.index(other), shown.count(other) - 1
        if more:
            doubt = tr(
                'this figure and {more} more are of the program "{other}", not of {program}',
                more=more,
                other=other,
                program=program.id,
            )
        else:
            doubt = tr('this figure is of the program "{other}", not of {program}', other=other, program=program.id)
        found[first] = found[first]._replace(doubts=(*found[first].doubts, doubt))
    return found


def same_figure(one: Actual, other: Actual) -> bool:
    """Whether two records say the same number, range or word of one period."""
    return (one.value, one.range, one.approx) == (other.value, other.range, other.approx)


def differing(wanted: Wanted, other: Actual) -> tuple[str, ...]:
    """The keys, other than those of the figure itself, that were given and that an older record has otherwise; in another table, or document, it may stand in another cell, and in another document it is final where it is not said to be less."""
    same = wanted.actual.source == other.source
    given = wanted.given.keys() if same and wanted.origin.cell is None else wanted.given.keys() - {"cell"}
    given = given if same else given | {"quality"}
    rest = [name for name in own_keys(Actual) if name in given and name not in _FIGURE]
    return tuple(name for name in rest if str(getattr(wanted.actual, name)) != str(getattr(other, name)))


_FIGURE = frozenset({"indicator", "period", "value", "range", "approx", "disaggregation", "source", "recorded"})


@frozen()
class _Usual:
    """What all new figures of one indicator and disaggregation have in common: how large they should be, the targets that may judge them, and what is doubtful about how it is spelled."""

    indicator: Indicator
    scale: Scale
    asked: Sequence[Asked]
    spelling: Sequence[str]


@dataclass(eq=False)
class _Line:
    """The figures of one indicator and disaggregation, by period, and in order of the last days of these."""

    part: _Part
    by_period: dict[Period, list[Figure]] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    lengths: set[int | None] = field(default_factory=set)
    usual: _Usual | None = None

    def add(self, figure: Figure) -> None:
        """Take a figure in, behind those of its last day."""
        period = figure.actual.period
        self.by_period.setdefault(period, []).append(figure)
        place = bisect_right(self.days, period.last)
        self.days.insert(place, period.last)
        self.figures.insert(place, figure)
        self.lengths.add(period.months)

    def beside(self, period: Period) -> Actual | None:
        """The newest record for the same period, else the figure that is the nearest before it, else the first after it."""
        older, later = bisect_left(self.days, period.last), bisect_right(self.days, period.last)
        if older < later and (same := self.by_period.get(period)):
            return max(same, key=figures.recency).actual
        if older:
            return self.figures[older - 1].actual
        return self.figures[later].actual if later < len(self.figures) else None

    def neighbours(self, period: Period) -> tuple[Sequence[Figure], Sequence[Figure]]:
        """The figures of the periods that end last before a period does, and first after it."""
        older, later = bisect_left(self.days, period.last), bisect_right(self.days, period.last)
        before, after = self.figures[max(older - 1, 0) : older], self.figures[later : later + 1]
        return tuple(self.by_period[before[0].period]) if before else (), tuple(
            self.by_period[after[0].period]
        ) if after else ()

    def at_most(self, most: Decimal) -> bool:
        """Whether all figures are numbers from 0 to this one."""
        return all(
            0 <= value <= most
            for figure in self.figures
            for value in (figure.actual.range or (figures.stated(figure.actual),))
        )

    def same_day(self, period: Period) -> Sequence[Figure]:
        """The figures of another period that ends on the same day."""
        first = bisect_left(self.days, period.last)
        if first == len(self.days) or self.days[first] != period.last:
            return ()
        found = self.figures[first : bisect_right(self.days, period.last)]
        return next((self.by_period[figure.period] for figure in found if figure.period != period), ())


def _linked(program: Program, wanted: Sequence[Wanted]) -> Iterator[Problem]:
    """Each indicator that has figures in a link, and is wanted to have others in the file."""
    first = {entry.actual.indicator: entry for entry in reversed(wanted)} if program.linked else {}
    yield from filter(None, (elsewhere(program, name, entry.origin) for name, entry in reversed(first.items())))


def elsewhere(program: Program, indicator: str, origin: Origin = COMMAND_LINE) -> Problem | None:
    """Why the file takes no figure of an indicator that has figures in a link: there the next one is to be kept too."""
    link = program.kept_in.get(indicator)
    if link is None:
        return None
    said = tr(
        "nothing was recorded: the figures of {indicator} are kept in {file}, by [links.{link}]",
        indicator=indicator,
        file=clean(program.document.links[link].where),
        link=link,
    )
    return origin.problem("linked-indicator", said, tr("add the figure there"), Exit.USAGE)


def _part(actual: Actual) -> _Part:
    return (actual.indicator, actual.disaggregation)


@dataclass(eq=False)
class _Known:
    """The figures that a program has of some indicators and disaggregations; new ones are added as they are accepted."""

    program: Program
    sources: Mapping[str, Source]
    asked: Collection[_Part]
    today: date
    lines: dict[_Part, _Line] = field(default_factory=dict)
    spellings: defaultdict[str, dict[object, Pairs]] = field(default_factory=lambda: defaultdict(dict))
    timings: dict[tuple[str, str | None, str | None, bool], tuple[str, ...]] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        self.lines = {part: _Line(part) for part in self.asked}
        for name, indicator in self.program.indicators.items():
            for target in indicator.targets:
                self.spell(name, target.disaggregation)
        for part in dict.fromkeys(map(_part, self.program.document.actuals)):
            self.spell(*part)
        for actual in self.program.document.actuals:
            if (line := self.lines.get(_part(actual))) is not None:
                line.add(Figure(self.count, actual, figures.published(actual, self.sources)))
            self.count += 1

    def take(self, actual: Actual, when: Period | None, line: _Line) -> None:
        """Take a new figure in, published ``when``."""
        if not line.figures:
            self.spell(*line.part)
        line.add(Figure(self.count, actual, when))
        self.count += 1

    def spell(self, indicator: str, pairs: Pairs) -> None:
        """Keep how a disaggregation is spelled first."""
        self.spellings[indicator].setdefault(spelling(pairs), pairs)

    def spelled(self, indicator: str, pairs: Pairs) -> Pairs:
        """A disaggregation as the file spells it first, that of a target before those of figures."""
        return self.spellings[indicator].get(spelling(pairs), pairs)

    def usual(self, line: _Line) -> _Usual:
        """What the figures of an indicator and disaggregation have in common; it is found out for the first of them."""
        if line.usual is None:
            name, pairs = line.part
            indicator = self.program.indicators[name]
            targets = self.program.targets.get(name, {}).get(pairs, ())
            numbers = indicator.unit != YES_NO
            line.usual = _Usual(
                indicator,
                scale_of(indicator, targets, self.sources, self.today) if numbers else Scale(()),
                _asked(targets, indicator, self.program.year, self.today),
                _spelling(pairs, self.spelled(name, pairs)),
            )
        return line.usual

    def timing(self, actual: Actual, when: Period | None) -> Sequence[str]:
        """What is doubtful about when a figure was measured and published; many figures have both in common."""
        key = (actual.period.text, when.text if when else None, actual.quality_, isinstance(actual.value, bool))
        if key not in self.timings:
            self.timings[key] = tuple(_timing(actual, when, self.today))
        return self.timings[key]

    def found(self, wanted: Wanted, line: _Line, *, revise: bool) -> Found | Problem:
        """What a figure is to those of its period. A later edition of a table that repeats what its publisher said last adds nothing."""
        actual = wanted.actual
        others = line.by_period.get(actual.period)
        if not others:
            return Found(wanted, "new")
        by_publisher: defaultdict[figures.Publisher, list[Figure]] = defaultdict(list)
        for other in others:
            by_publisher[figures.publisher_of(other.actual, self.sources)].append(other)
        mine = by_publisher.pop(figures.publisher_of(actual, self.sources), [])
        newest = max(mine, key=figures.recency, default=None)
        table = wanted.origin.cell is not None
        same = [
            figure
            for figure in reversed(mine)
            if (figure.actual.source == actual.source or (table and figure is newest))
            and same_figure(figure.actual, actual)
        ]
        if newest is not None and same:
            return self._again(wanted, same, newest, revise=revise)
        if newest is not None and not same_figure(newest.actual, actual):
            return Found(wanted, "revision", (newest,)) if revise else self._needs_revise(wanted, newest)
        rest = tuple(max(group, key=figures.recency) for group in by_publisher.values())
        me = Figure(self.count, actual, None)
        rivals = tuple(figure for figure in rest if figure.differs_from != me.differs_from)
        if rivals:
            return Found(wanted, "rival", rivals)
        return Found(wanted, "agrees", (*rest, *mine))

    def _again(self, wanted: Wanted, same: Sequence[Figure], newest: Figure, *, revise: bool) -> Found | Problem:
        """A figure that its source has given before: recorded once, unless it says more now, or takes back what was revised since."""
        as_given = [figure for figure in same if not differing(wanted, figure.actual)]
        if not as_given:
            return Found(wanted, "revision", (newest,)) if revise else self._says_more(wanted, same[0])
        if any(figure is newest for figure in as_given):
            return Found(wanted, "recorded_before", (newest,))
        taken_back = revise and self._leads(wanted.actual, newest) and not wanted.origin.in_file
        return (
            Found(wanted, "revision", (newest,))
            if taken_back
            else Found(wanted, "recorded_before", (as_given[0], newest))
        )

    def _leads(self, actual: Actual, newest: Figure) -> bool:
        """Whether a new figure would be used instead of the newest of its publisher."""
        return figures.recency(Figure(self.count, actual, figures.published(actual, self.sources))) > figures.recency(
            newest
        )

    def _says_more(self, wanted: Wanted, same: Figure) -> Problem:
        was = notation.listing(
            _otherwise(key, getattr(same.actual, key), getattr(wanted.actual, key))
            for key in differing(wanted, same.actual)
        )
        message = tr("this figure is in the file already, but there {differences}", differences=was)
        return wanted.origin.problem(
            "needs-revise", message, tr("add --revise to record it anew with that, or edit the record"), Exit.USAGE
        )

    def _needs_revise(self, wanted: Wanted, newest: Figure) -> Problem:
        actual = wanted.actual
        unit = self.program.indicators[actual.indicator].unit
        old = notation.actual(newest, unit)
        if self._leads(actual, newest):
            hint = tr(
                "add --revise to keep the old record and use the new one; a figure of another publisher needs its own source"
            )
        else:
            source = newest.actual.source or tr("no source")
            hint = tr(
                "add --revise to keep both; the later published, {figure} ({source}), stays in use; a figure of another publisher needs its own source",
                figure=old,
                source=source,
            )
        return wanted.origin.problem(
            "needs-revise", self._already(actual, newest, old, notation.actual(actual, unit)), hint, Exit.USAGE
        )

    def _already(self, actual: Actual, newest: Figure, old: str, new: str) -> str:
        """What the newest record of a publisher says, and what the new one does."""
        period, source = notation.long(actual.period), newest.actual.source
        if actual.source is None:
            return tr(
                "a figure without a source already says {old} for {period}; this says {new}",
                old=old,
                period=period,
                new=new,
            )
        if source == actual.source:
            return tr(
                '"{source}" already says {old} for {period}; this says {new}',
                source=source,
                old=old,
                period=period,
                new=new,
            )
        publisher = self.sources[actual.source].publisher
        return tr(
            '"{source}", of the same publisher ({publisher}), already says {old} for {period}; this says {new}',
            source=source,
            publisher=publisher,
            old=old,
            period=period,
            new=new,
        )


def _otherwise(key: str, there: object, here: object) -> str:
    """What an older record says of a key, and what this one does."""
    if there is None:
        return tr("{key} is not given, not {here}", key=key, here=_value(here))
    return tr("{key} is {there}, not {here}", key=key, there=_value(there), here=_value(here))


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'


def _cautions(known: _Known, wanted: Wanted, line: _Line, when: Period | None) -> list[Caution]:
    """What speaks against a figure: that it is above a limit stands before what other figures say against it."""
    actual, origin, usual = wanted.actual, wanted.origin, known.usual(line)
    said = [*wanted.doubts, *known.timing(actual, when), *usual.spelling, *_kind(actual, line, usual, known)]
    if actual.source is None:
        said.append(tr("it has no source: nobody can check it"))
    if isinstance(actual.value, bool):
        return [Caution(origin, text) for text in (*said, *_undone(actual, line))]
    beside = _beside(actual, line, usual, known)
    limited = () if usual.indicator.limit is None else _limited(actual, origin, usual.indicator)
    if not (said or limited or beside):  # as of nearly all
        return []
    return [*(Caution(origin, text) for text in said), *limited, *(Caution(origin, text) for text in beside)]


def _limited(actual: Actual, origin: Origin, indicator: Indicator) -> Iterator[Caution]:
    """That a figure is above the limit of its indicator."""
    limit = indicator.limit
    if limit is not None and _above(figures.span(actual), limit):
        figure, shown = notation.actual(actual, indicator.unit), _in_one_piece(limit, indicator.unit)
        yield Caution(
            origin,
            tr(
                "{figure} is above the limit of {indicator}, {limit}",
                figure=figure,
                indicator=actual.indicator,
                limit=shown,
            ),
            grave=True,
        )


def _beside(actual: Actual, line: _Line, usual: _Usual, known: _Known) -> Sequence[str]:
    """What the promises, and the other figures, say against a number."""
    indicator = usual.indicator
    if usual.scale.ends and (misread := tuple(_scale(actual, indicator, line, usual.scale))):
        return misread
    jump = _jump(actual, indicator, line)
    return (*jump, *_fall(actual, indicator, line, known)) if indicator.cumulative else jump


def _above(allowed: Span, limit: Decimal) -> bool:
    """Whether a figure is above a limit, or reaches above it; one that is only known to be under something is not."""
    if allowed.low is None:
        return False
    return allowed.low >= limit if allowed.high is None else allowed.high > limit


def _timing(actual: Actual, when: Period | None, today: date) -> Iterator[str]:
    if actual.period.last >= today and actual.quality == "final" and not isinstance(actual.value, bool):
        if actual.quality_ is None:
            yield tr(
                "{period} has not ended yet: its figure counts as provisional", period=notation.long(actual.period)
            )
        else:
            yield tr("{period} has not ended yet: a figure for it cannot be final", period=notation.long(actual.period))
    if when is not None and when.last < actual.period.first:
        yield tr(
            "it was published {published}, before {period} began: a plan or a forecast is no actual",
            published=when,
            period=notation.long(actual.period),
        )
    if when is not None and when.last > today:
        yield tr(
            "it is published {published}, which counts from {day} on: until then no status uses it",
            published=when,
            day=when.last.isoformat(),
        )
    if actual.period.first.year < _OLDEST:
        yield tr("{period} is long ago", period=notation.long(actual.period))


_OLDEST = 1900


def _spelling(pairs: Pairs, there: Pairs) -> Sequence[str]:
    """A disaggregation that the file spells otherwise."""
    if not uncounted.alike(pairs, there):
        return ()
    said = tr(
        "{pairs} differs from {other}, as the file has it, only in its spelling: they count as two parts",
        pairs=notation.pairs(pairs),
        other=notation.pairs(there),
    )
    return (said,)


def _kind(actual: Actual, line: _Line, usual: _Usual, known: _Known) -> Sequence[str]:
    """A period of another length than any target asks for, or than all other figures; or one that ends with another."""
    others = line.lengths
    if usual.asked and not any(uncounted.fits(each, actual.period) for each in usual.asked):
        said = tr(
            "no target asks for a figure of {period}, and none writes aggregate: it will not be judged",
            period=notation.long(actual.period),
        )
        return (said,)
    found: list[str] = []
    if len(others) == 1 and None not in others and actual.period.months not in others:
        found.append(tr(_LENGTHS.get(next(iter(others)) or 0, _ANOTHER_LENGTH), period=notation.long(actual.period)))
    if same_day := line.same_day(actual.period):
        unit = usual.indicator.unit
        beside = figures.leading(usual.indicator, same_day, known.sources).actual
        figure, period = notation.actual(beside, unit), notation.long(beside.period)
        said = tr(
            "{figure} for {period} is in the file, which ends on the same day: each target uses the one whose period fits it, else the shorter",
            figure=figure,
            period=period,
        )
        found.append(said)
    return found


def _asked(targets: Sequence[Target], indicator: Indicator, year: Year, today: date) -> Sequence[Asked]:
    """The targets that a figure may be judged for."""
    return [Asked(target, indicator, year, today, None) for target in targets if not target.withdrawn_by(today)]


_LENGTHS = {
    12: mark("the other figures are for years, this one is for {period}"),
    6: mark("the other figures are for halves, this one is for {period}"),
    3: mark("the other figures are for quarters, this one is for {period}"),
    1: mark("the other figures are for months, this one is for {period}"),
}
_ANOTHER_LENGTH = mark("the other figures are for periods of another length, this one is for {period}")


def _scale(actual: Actual, indicator: Indicator, line: _Line, scale: Scale) -> Iterator[str]:
    """Whether a figure has another scale than what is promised, or is a percentage written as a fraction."""
    written = actual.range or (figures.stated(actual),)
    if (reading := scale.reading(written[0])) is not None:
        figure, meant = (
            notation.actual(actual, indicator.unit).replace(NBSP, " "),
            _in_one_piece(reading, indicator.unit),
        )
        if reading < written[0]:
            yield tr(
                "{figure} is at least a hundred times what is promised: {reading} may be meant",
                figure=figure,
                reading=meant,
            )
        else:
            yield tr(
                "{figure} is at most a hundredth of what is promised: {reading} may be meant",
                figure=figure,
                reading=meant,
            )
    elif scale.fractions(written, indicator.unit) and line.at_most(Decimal(1)):
        percent = _in_one_piece(plain(EXACT.multiply(written[0], HUNDREDFOLD)), indicator.unit)
        yield tr(
            "{figure} is less than 1 %, and more is promised: if it is a fraction of 1, write {percent}",
            figure=notation.actual(actual, indicator.unit),
            percent=percent,
        )


def _fall(actual: Actual, indicator: Indicator, line: _Line, known: _Known) -> Iterator[str]:
    """Whether a running total is less than the figure before it, or more than the one after it, where no break parts them."""
    before, after = line.neighbours(actual.period)
    mine = figures.span(actual)
    for other, is_before in ((before, True), (after, False)):
        if not other or actual.series_break or any(each.actual.series_break for each in other):
            continue
        beside = figures.leading(indicator, other, known.sources).actual
        low, high = (figures.span(beside).low, mine.high) if is_before else (mine.low, figures.span(beside).high)
        if low is not None and high is not None and high < low:
            figure, there = notation.actual(actual, indicator.unit), _said(beside, indicator.unit)
            if is_before:
                yield tr("{figure} is less than {other}, and a running total cannot fall", figure=figure, other=there)
            else:
                yield tr(
                    "{figure} is more than {other}, which is later, and a running total cannot fall",
                    figure=figure,
                    other=there,
                )


def _undone(actual: Actual, line: _Line) -> Iterator[str]:
    """Whether an answer takes back a yes, or is a yes that the file takes back later."""
    if actual.answer is False:
        yes = [
            figure.period
            for figure in line.figures
            if figure.actual.answer is True and figure.period.last < actual.period.last
        ]
        if yes:
            yield tr("this takes back the yes of {period}", period=notation.long(yes[-1]))
    else:
        noes = [
            figure.period
            for figure in line.figures
            if figure.actual.answer is False and figure.period.last > actual.period.last
        ]
        if noes:
            yield tr("a later no, of {period}, takes this yes back", period=notation.long(noes[0]))


def _jump(actual: Actual, indicator: Indicator, line: _Line) -> Sequence[str]:
    """Whether a figure is ten times another of its series, or a tenth of it, or has another sign than all of them."""
    other = line.beside(actual.period) or (None if actual.disaggregation else indicator.baseline)
    if other is None:
        return ()
    was = other.value if isinstance(other, Baseline) else figures.stated(other)
    written = dict.fromkeys(actual.range) if actual.range is not None else (figures.stated(actual),)
    return [
        tr(far, figure=_in_one_piece(now, indicator.unit), other=_said(other, indicator.unit))
        for now in written
        if (far := _far(now, was, line))
    ]


def _far(now: Decimal, was: Decimal, line: _Line) -> str | None:
    """The sentence that says how a number is far from another one; None where it is not."""
    if not now or not was:
        return None
    if (now < 0) is not (was < 0):
        return (
            mark("{figure} has another sign than {other}")
            if all((figures.stated(figure.actual) < 0) is (was < 0) for figure in line.figures)
            else None
        )
    if now.adjusted() == was.adjusted():
        return None
    one, other = abs(now), abs(was)
    if EXACT.multiply(min(one, other), TENFOLD) > max(one, other):
        return None
    return (
        mark("{figure} is at least ten times {other}")
        if one > other
        else mark("{figure} is at most a tenth of {other}")
    )


def _said(other: Actual | Baseline, unit: str | None) -> str:
    """What a figure is compared with."""
    if isinstance(other, Baseline):
        return tr("the baseline, {figure}", figure=_in_one_piece(other.value, unit))
    return tr(
        "the figure of {period}, {figure}", period=notation.long(other.period), figure=notation.actual(other, unit)
    )


def _in_one_piece(value: Decimal, unit: str | None) -> str:
    """A number with its unit, and without the spaces between groups of three."""
    return notation.with_unit(notation.digits(value).replace(NBSP, ""), unit)
