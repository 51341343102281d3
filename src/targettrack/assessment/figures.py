"""Figures: the numbers that an actual allows, which actuals are known on a day, and which of them leads its period."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from targettrack.assessment.bounds import Span, just
from targettrack.frozen import frozen
from targettrack.period import Period, exactness
from targettrack.program.model import LANGUAGES, Actual, Baseline, Indicator, Pairs, Source
from targettrack.program.spelling import spelling

Publisher: TypeAlias = tuple[str, str]


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


class Figure(NamedTuple):
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


@frozen()
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
    said = {
        key: getattr(baseline, key)
        for key in ("period", "value", "source", "page", "quote", "published", "note", *LANGUAGES.values())
    }
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


def vague(when: Period | None, on: date) -> bool:
    """Whether a figure published ``when``, in a month or a year, may have been out by a day that lies in it, and nobody can say so."""
    return when is not None and when.first <= on < when.last


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


def series(
    indicator: Indicator,
    actuals: Iterable[tuple[int, Actual]],
    sources: Mapping[str, Source],
    on: date,
    seen: date | None = None,
) -> Series:
    """The figures of an indicator that were known on a day (looking back from ``seen``: see ``known``) by disaggregation, one point for each period (by its days), in order of their last days."""
    groups: defaultdict[Pairs, defaultdict[tuple[date, date], list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for place, actual in actuals:
        when = published(actual, sources)
        if known(actual, when, on, seen):
            groups[actual.disaggregation][actual.period.last, actual.period.first].append(Figure(place, actual, when))
    return Series(
        {
            pairs: [_point(indicator, by_days[days], sources) for days in sorted(by_days)]
            for pairs, by_days in groups.items()
        }
    )


class Run(list[Point]):
    """Points in order of their last days, with what is asked of all of them on each of many days."""

    @cached_property
    def lengths(self) -> Mapping[object, Period]:
        """Of the periods that have one measure, one, by that measure."""
        return {point.period.measure: point.period for point in self}

    @cached_property
    def breaks(self) -> Sequence[Point]:
        """The points with which the series changed."""
        return [point for point in self if point.is_break]

    @cached_property
    def distinct(self) -> bool:
        """Whether each ends on a day of its own."""
        return len(set(map(last, self))) == len(self)


def run(points: Sequence[Point]) -> Run:
    """The points with what is asked of all of them."""
    return points if isinstance(points, Run) else Run(points)


class Growing:
    """The figures of an indicator while more and more of them become known (looking back from ``seen``: see ``known``): ``until`` a day, and then a later one, is what ``series`` makes of each, and only what is new is looked at."""

    def __init__(
        self,
        indicator: Indicator,
        actuals: Iterable[tuple[int, Actual]],
        sources: Mapping[str, Source],
        seen: date | None = None,
    ) -> None:
        self._indicator, self._sources = indicator, sources
        found = [Figure(place, actual, published(actual, sources)) for place, actual in actuals]
        self._coming = sorted(((_since(figure, seen), figure.place, figure) for figure in found), reverse=True)
        self._figures: defaultdict[Pairs, defaultdict[tuple[date, date], list[Figure]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._days: defaultdict[Pairs, list[tuple[date, date]]] = defaultdict(list)
        self._ends: defaultdict[Pairs, set[date]] = defaultdict(set)
        self._runs: dict[Pairs, Run] = {}

    def until(self, on: date) -> Series:
        """The figures that were known on a day, which lies not before the one that was asked for last."""
        for pairs, new in self._known_by(on).items():
            self._runs[pairs] = self._grown(pairs, new)
        return Series(self._runs)

    def _grown(self, pairs: Pairs, new: Iterable[tuple[date, date]]) -> Run:
        """The points of a disaggregation anew, where more is known of some periods."""
        old = self._runs.get(pairs, Run())
        points, lengths, same_breaks = Run(old), {**old.lengths}, True
        known, ends = self._days[pairs], self._ends[pairs]
        for days in new:
            point, place = _point(self._indicator, self._figures[pairs][days], self._sources), bisect_left(known, days)
            if known[place : place + 1] == [days]:
                points[place] = point
            else:
                known.insert(place, days)
                points.insert(place, point)
                ends.add(point.last)
                lengths[point.period.measure] = point.period
            same_breaks = same_breaks and not point.is_break
        points.lengths, points.distinct = lengths, len(ends) == len(points)
        if same_breaks:
            points.breaks = old.breaks
        return points

    def _known_by(self, on: date) -> Mapping[Pairs, Iterable[tuple[date, date]]]:
        """The disaggregations and periods of which more is known by a day."""
        found: defaultdict[Pairs, dict[tuple[date, date], None]] = defaultdict(dict)
        while self._coming and self._coming[-1][0] <= on:
            figure = self._coming.pop()[2]
            pairs, days = figure.actual.disaggregation, (figure.period.last, figure.period.first)
            insort(self._figures[pairs][days], figure, key=lambda each: each.place)
            found[pairs][days] = None
        return found


def _since(figure: Figure, seen: date | None) -> date:
    """The first day on which a figure counts."""
    first = known_from(figure.actual, figure.published)
    return first if seen is None or first > seen else min(first, figure.period.last)


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


last = attrgetter("figure.actual.period.last")
"""The last day of a point's period, for many of them."""


def up_to(points: Sequence[Point], day: date) -> Sequence[Point]:
    """Of points in order of their last days, those that end by a day."""
    return points[: bisect_right(points, day, key=last)]


def by_last_day(points: Sequence[Point], leads: Period | int | None, *, rivals: bool = True) -> Sequence[Point]:
    """One point for each last day: the one whose period is the due period (or has so many months) leads, else the shortest; the others join its ``rivals``."""
    if run(points).distinct:
        return points
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
    return lambda point: (
        leads is not None and leads not in (point.period, point.period.months),
        -point.period.first.toordinal(),
    )
