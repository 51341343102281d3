"""Figures: which actuals are known on a day, which of them leads its period, and what a bound makes of one."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeAlias

from targettrack.number import EXACT
from targettrack.period import Period, exactness
from targettrack.program.model import LANGUAGES, Actual, Baseline, Direction, Indicator, Pairs, Source
from targettrack.program.spelling import spelling

Publisher: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Span:
    """All the numbers that a figure allows, in the indicator's unit. None is an open end; beside it the other end is not included.

    ``stated`` is the number that the source wrote: the lower end of a range; of a sum or a mean with an open end, what the other ends add up to.
    """

    low: Decimal | None
    high: Decimal | None
    stated: Decimal

    @property
    def exact(self) -> Decimal | None:
        """The one number that it allows, if it is one."""
        return self.low if self.low == self.high else None

    @property
    def open(self) -> bool:
        """Whether an end is open."""
        return self.low is None or self.high is None

    def plus(self, other: Span) -> Span:
        """The numbers that two such figures may add up to."""
        low, high = _sum(self.low, other.low), _sum(self.high, other.high)
        end = (high if low is None else low) if (low is None) is not (high is None) else None
        return Span(low, high, EXACT.add(self.stated, other.stated) if end is None else end)

    def over(self, count: int) -> Span:
        """The numbers divided by a count."""
        return Span(_share(self.low, count), _share(self.high, count), EXACT.divide(self.stated, Decimal(count)))


    @property
    def ends(self) -> tuple[Decimal | None, ...]:
        """Its ends; None is an open one."""
        return (self.low,) if self.low == self.high else (self.low, self.high)


def just(value: Decimal) -> Span:
    """A figure that allows one number."""
    return Span(value, value, value)


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else EXACT.add(one, other)


def _share(end: Decimal | None, count: int) -> Decimal | None:
    return None if end is None else EXACT.divide(end, Decimal(count))


def span(actual: Actual) -> Span:
    """What a numeric actual allows: its value, its range, or all above (below) where the source says over (under)."""
    number = stated(actual)
    if actual.range is not None:
        return Span(*actual.range, number)
    return Span(None if actual.approx == "under" else number, None if actual.approx == "over" else number, number)


def total(actuals: Iterable[Actual]) -> Span:
    """What several figures add up to."""
    found = just(Decimal(0))
    for actual in actuals:
        found = found.plus(span(actual))
    return found


def stated(actual: Actual) -> Decimal:
    """The number that the source of a numeric actual wrote: its value, or the lower end of its range."""
    if actual.range is not None:
        return actual.range[0]
    if actual.value is None or isinstance(actual.value, bool):
        raise TypeError("a milestone's actual has no number")
    return actual.value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bound:
    """What a target asks for. ``weak`` decides, ``strong`` is the ambition; to maintain, both bind and ``weak`` is the lower."""

    direction: Direction
    weak: Decimal
    strong: Decimal
    strict: bool = False

    def holds(self, value: Decimal) -> bool:
        """Whether one number satisfies it."""
        gap = self.gap(value)
        return gap >= 0 if not self.strict else gap > 0 or (self.direction == "maintain" and self.weak < value < self.strong)

    def gap(self, value: Decimal) -> Decimal:
        """The number against the weak end; below 0 is short of it. To maintain: minus the distance outside."""
        if self.direction == "maintain":
            return min(EXACT.subtract(value, self.weak), EXACT.subtract(self.strong, value), Decimal(0))
        return self._distance(value, self.weak)

    def gap_strong(self, value: Decimal) -> Decimal:
        """The number against the strong end; the same as ``gap`` to maintain."""
        return self.gap(value) if self.direction == "maintain" else self._distance(value, self.strong)

    def _distance(self, value: Decimal, end: Decimal) -> Decimal:
        return EXACT.subtract(end, value) if self.direction == "decrease" else EXACT.subtract(value, end)

    def crossed(self, start: Decimal, now: Decimal) -> bool:
        """Whether a figure has gone from one side of what is to be maintained to the other."""
        return self.direction == "maintain" and min(start, now) < self.weak and max(start, now) > self.strong

    def worse(self, allowed: Span) -> Decimal:
        """The end of a figure that is worse for it, or the stated number where that very end is open."""
        if self.direction != "maintain":
            return worse(self.direction, allowed)
        return allowed.stated if allowed.low is None or allowed.high is None else min(allowed.low, allowed.high, key=self.gap)

    def gap_approx(self, allowed: Span) -> Literal["under", "over"] | None:
        """Whether the true gap is less (under) or more (over) than that of the figure, because the figure is an open end."""
        if (allowed.low is None) is (allowed.high is None):
            return None
        value, more = self.worse(allowed), allowed.high is None
        if self.direction == "maintain":
            return "under" if (value >= self.strong if more else value <= self.weak) else None
        return "over" if more is (self.direction == "increase") else "under"

    def decides(self, allowed: Span) -> bool | None:
        """Whether every number of a figure satisfies it (True), none does (False), or it cannot be said (None)."""
        if self._all(allowed):
            return True
        return False if self._none(allowed) else None

    def _all(self, allowed: Span) -> bool:
        low, high = allowed.low, allowed.high
        if low is not None and high is not None:
            return self.holds(low) and self.holds(high)
        if self.direction == "increase":
            return low is not None and low >= self.weak
        return self.direction == "decrease" and high is not None and high <= self.weak

    def _none(self, allowed: Span) -> bool:
        low, high = allowed.low, allowed.high
        floor = self.weak if self.direction != "decrease" else None
        ceiling = {"increase": None, "decrease": self.weak, "maintain": self.strong}[self.direction]
        below = floor is not None and high is not None and (high < floor or (high == floor and (self.strict or low is None)))
        above = ceiling is not None and low is not None and (low > ceiling or (low == ceiling and (self.strict or high is None)))
        return below or above


def worse(direction: Direction | None, allowed: Span) -> Decimal:
    """The end of a figure that is worse in a direction, or the stated number where that very end is open."""
    end = allowed.high if direction == "decrease" else allowed.low
    return allowed.stated if end is None else end


def improves(direction: Direction, now: Span, start: Span) -> bool | None:
    """Whether a figure is strictly better than another: surely (True), surely not (False), or not to be said (None)."""
    if direction == "decrease":
        now, start = _mirrored(now), _mirrored(start)
    if now.low is not None and start.high is not None and (now.low > start.high or (now.low == start.high and (now.high is None or start.low is None))):
        return True
    return False if now.high is not None and start.low is not None and now.high <= start.low else None


def _mirrored(allowed: Span) -> Span:
    return Span(_negative(allowed.high), _negative(allowed.low), -allowed.stated)


def _negative(end: Decimal | None) -> Decimal | None:
    return None if end is None else -end


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Figure:
    """An actual with its place in the file (from 0) and the day its publication is dated, if it is; a baseline that is judged as a figure has its ``path``."""

    place: int
    actual: Actual
    published: Period | None
    path: tuple[str | int, ...] = ()

    @property
    def is_baseline(self) -> bool:
        """Whether it is a baseline, and no actual."""
        return bool(self.path)

    @property
    def loc(self) -> tuple[str | int, ...]:
        """Its place in the file: keys and indices from the root."""
        return self.path or ("actuals", self.place)

    @property
    def period(self) -> Period:
        """The period that it was measured for."""
        return self.actual.period

    @property
    def differs_from(self) -> tuple[object, ...]:
        """What two figures must share to agree."""
        actual = self.actual
        return (actual.answer,) if actual.answer is not None else (span(actual).low, span(actual).high)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Point:
    """One period of a series: the figure that leads, its rivals (whether they differ or agree), what it revised, and whether the series breaks here."""

    figure: Figure
    rivals: tuple[Figure, ...] = ()
    revised: tuple[Figure, ...] = ()
    is_break: bool = False
    break_notes: tuple[str, ...] = ()

    @property
    def actual(self) -> Actual:
        """The leading actual."""
        return self.figure.actual

    @property
    def period(self) -> Period:
        """The period of the leading figure."""
        return self.figure.actual.period

    @property
    def last(self) -> date:
        """The last day of that period."""
        return self.figure.actual.period.last

    @property
    def disputes(self) -> tuple[Figure, ...]:
        """The rivals that differ from the leading figure."""
        mine = self.figure.differs_from
        return tuple(rival for rival in self.rivals if rival.differs_from != mine)


def early(figure: Figure) -> bool:
    """Whether a figure whose quality the file does not write was published (or, undated, recorded) before its period had ended."""
    when = figure.published or figure.actual.recorded
    return figure.actual.quality_ is None and when is not None and when.last < figure.period.last


def of_baseline(baseline: Baseline, when: Period | None, path: tuple[str | int, ...], part: Pairs = ()) -> Point:
    """A baseline as the figure of its own period, of the whole or a part."""
    said = {key: getattr(baseline, key) for key in ("period", "value", "source", "page", "quote", "published", "note", *LANGUAGES)}
    return Point(Figure(-1, Actual(indicator=str(path[1]), disaggregation=part, **said), when, path))


def published(of: Actual | Baseline, sources: Mapping[str, Source]) -> Period | None:
    """When a figure was published: as it says, else as its source says."""
    if of.published is not None or of.source is None:
        return of.published
    source = sources.get(of.source)
    return source.published if source else None


def known(of: Actual | Baseline, when: Period | None, on: date, seen: date | None = None) -> bool:
    """Whether a figure published ``when`` was known on a day; undated, it is known from the end of its period, or once recorded.

    Looking back from a later day ``seen``, what has become known since then counts too, if its period had ended by ``on``.
    """
    if seen is not None and of.period.last <= on and known(of, when, seen):
        return True
    return known_from(of, when) <= on


def known_from(of: Actual | Baseline, when: Period | None) -> date:
    """The first day on which a figure published ``when`` was known."""
    if when is not None:
        return when.last
    recorded = of.recorded if isinstance(of, Actual) else None
    return min(of.period.last, recorded.last) if recorded else of.period.last


class Series(dict[Pairs, list[Point]]):
    """The known figures of an indicator by disaggregation, one point for each period, in order of their last days."""

    @cached_property
    def ordered(self) -> list[Pairs]:
        """The disaggregations, sorted."""
        return sorted(self)

    @cached_property
    def _spelled(self) -> dict[object, list[Pairs]]:
        found: dict[object, list[Pairs]] = {}
        for pairs in self.ordered:
            found.setdefault(spelling(pairs), []).append(pairs)
        return found

    def spelled(self, pairs: Pairs) -> list[Pairs]:
        """The disaggregations that are spelled like one, or only otherwise."""
        return self._spelled.get(spelling(pairs), [])


def series(indicator: Indicator, actuals: Iterable[tuple[int, Actual]], sources: Mapping[str, Source], on: date, seen: date | None = None) -> Series:
    """The figures of an indicator that were known on a day (looking back from ``seen``: see ``known``) by disaggregation, one point for each period (by its days), in order of their last days."""
    groups: defaultdict[Pairs, defaultdict[tuple[date, date], list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for place, actual in actuals:
        when = published(actual, sources)
        if known(actual, when, on, seen):
            groups[actual.disaggregation][actual.period.last, actual.period.first].append(Figure(place, actual, when))
    return Series({pairs: [_point(indicator, by_days[days], sources) for days in sorted(by_days)] for pairs, by_days in groups.items()})


def _break_notes(figures: Sequence[Figure]) -> tuple[str, ...]:
    return tuple(figure.actual.note for figure in figures if figure.actual.series_break and figure.actual.note)


def _point(indicator: Indicator, figures: Sequence[Figure], sources: Mapping[str, Source]) -> Point:
    """The figures of one period: the newest of each publisher, the leading one of these, the rest."""
    if len(figures) == 1 and not figures[0].actual.series_break:
        return Point(figures[0])
    newest = _newest(figures, sources)
    leader = _leader(indicator, newest, sources)
    rivals = tuple(figure for figure in newest if figure is not leader)
    revised = tuple(figure for figure in figures if figure not in newest)
    return Point(leader, rivals, revised, any(figure.actual.series_break for figure in figures), _break_notes(figures))


def leading(indicator: Indicator, figures: Sequence[Figure], sources: Mapping[str, Source]) -> Figure:
    """Which of the figures of one period is used."""
    return _leader(indicator, _newest(figures, sources), sources)


def _newest(figures: Sequence[Figure], sources: Mapping[str, Source]) -> list[Figure]:
    by_publisher: defaultdict[Publisher, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_publisher[publisher_of(figure.actual, sources)].append(figure)
    return [max(group, key=recency) for group in by_publisher.values()]


def _leader(indicator: Indicator, newest: Sequence[Figure], sources: Mapping[str, Source]) -> Figure:
    publishers = [_publisher(source, sources) for source in indicator.prefer]
    preferred = [figure for figure in newest if publisher_of(figure.actual, sources) in publishers]
    if not preferred:
        return max(newest, key=recency)
    return min(preferred, key=lambda figure: publishers.index(publisher_of(figure.actual, sources)))


def publisher_of(actual: Actual, sources: Mapping[str, Source]) -> Publisher:
    """Whose figure it is: its source's publisher, else the source itself; figures without a source have one publisher."""
    return ("", "") if actual.source is None else _publisher(actual.source, sources)


def _publisher(source: str, sources: Mapping[str, Source]) -> Publisher:
    publisher = sources[source].publisher
    return ("source", source) if publisher is None else ("publisher", unicodedata.normalize("NFC", publisher).strip())


def recency(figure: Figure) -> tuple[tuple[int, int, int], int]:
    """Which of one publisher's figures is the newest, as a key: the later published (of two dates that overlap the more exact one), undated ones last, then the later in the file."""
    return (exactness(figure.published), figure.place)


def by_last_day(points: Sequence[Point], leads: Period | int | None, *, rivals: bool = True) -> list[Point]:
    """One point for each last day: the one whose period is the due period (or has so many months) leads, else the shortest; the others join its ``rivals``."""
    if len({point.last for point in points}) == len(points):
        return list(points)
    days: defaultdict[date, list[Point]] = defaultdict(list)
    for point in points:
        days[point.last].append(point)
    return [_merged(group if rivals else [min(group, key=_order(leads))], leads) for group in days.values()]


def _merged(group: Sequence[Point], leads: Period | int | None) -> Point:
    first, *rest = sorted(group, key=_order(leads))
    rivals = (*first.rivals, *(figure for point in rest for figure in (point.figure, *point.rivals)))
    notes = tuple(note for point in group for note in point.break_notes)
    return Point(first.figure, rivals, first.revised, any(point.is_break for point in group), notes)


def _order(leads: Period | int | None) -> Callable[[Point], tuple[bool, int]]:
    """Which of the points of one day leads, as a key."""
    return lambda point: (leads is not None and leads not in (point.period, point.period.months), -point.period.first.toordinal())
