"""chart: the figures and the promises of an indicator on one line of time and one scale of values, as a page and a terminal draw them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from typing import Literal

from targettrack.assessment import figures
from targettrack.assessment.bounds import Span, just
from targettrack.assessment.figures import Figure
from targettrack.assessment.row import Row
from targettrack.frozen import frozen
from targettrack.number import EXACT, plain
from targettrack.pages.show import Chapter, Promised, StoryPage, Told
from targettrack.period import MONTHS, Frequency, Period, months, of_kind, parts
from targettrack.program.model import YES_NO, Indicator, Pairs, Target, made

Kind = Literal["values", "answers", "sum"]
"""What a chart shows: figures, the answers of a milestone (1 is yes), or the running total of a sum."""

Mark = Literal["leads", "agrees", "disputes", "revised", "baseline", "total", "zero"]
"""What a point is in its period; ``total``: all figures of a window up to it; ``zero``: where a running total begins, on the eve of its window."""

State = Literal["stands", "upcoming", "superseded", "late", "withdrawn"]
"""What became of a promise: ``upcoming`` will hold after the one that is judged, ``late`` was made when the deadline had passed."""

_DAY = timedelta(days=1)
STEPS = 6
"""How many steps a scale of values has at most."""

_APART = Decimal(20)
"""Values that differ by less than this part of their size would lie on one another on a scale that holds 0."""


@frozen(eq=True, slots=False)
class Scale:
    """The values between ``low`` and ``high``, both of them round, in the indicator's unit."""

    low: Decimal
    high: Decimal

    def at(self, value: Decimal | Fraction) -> Fraction:
        """How far up a value lies, from 0 to 1."""
        return (Fraction(value) - self._low) / self._span

    @cached_property
    def span(self) -> float:
        """How far it is from ``low`` to ``high``."""
        return float(EXACT.subtract(self.high, self.low))

    @cached_property
    def _low(self) -> Fraction:
        return Fraction(self.low)

    @cached_property
    def _span(self) -> Fraction:
        return Fraction(self.high) - self._low

    def ticks(self, most: int = STEPS) -> tuple[Decimal, ...]:
        """The multiples of a round step on the scale, at most ``most`` steps of them."""
        return _ticks(self, most)

    @property
    def holds_zero(self) -> bool:
        """Whether 0 lies on it: where it does not, no length from its edge says anything."""
        return self.low <= 0 <= self.high


@lru_cache(maxsize=256)
def _ticks(on: Scale, most: int) -> tuple[Decimal, ...]:
    step = _step(EXACT.subtract(on.high, on.low), most)
    counts = range(_whole(on.low, step, up=True), _whole(on.high, step, up=False) + 1)
    return tuple(_tidy(EXACT.multiply(step, count)) for count in counts)


def scale(values: Iterable[Decimal]) -> Scale:
    """The scale of some values, at least one. It holds 0, unless they all lie so far from it that they could not be told apart."""
    found = list(values)
    low, high = min(found), max(found)
    spread, far = EXACT.subtract(high, low), min(abs(low), abs(high))
    if not spread or low <= 0 <= high or far <= EXACT.multiply(spread, _APART):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    for step in _steps(EXACT.subtract(high, low), STEPS):
        lower, upper = _whole(low, step, up=False), _whole(high, step, up=True)
        if upper - lower <= STEPS:
            return Scale(_tidy(EXACT.multiply(step, lower)), _tidy(EXACT.multiply(step, upper)))
    raise AssertionError("some round step is long enough")


def _step(span: Decimal, most: int) -> Decimal:
    """The smallest round step of which a span has at most so many."""
    return next(_steps(span, most))


def _steps(span: Decimal, most: int) -> Iterator[Decimal]:
    """The round steps of which a span has at most so many, the smallest first."""
    unit = Decimal(1).scaleb(span.adjusted())
    steps = (EXACT.multiply(unit, times) for times in map(Decimal, ("0.1", "0.2", "0.5", "1", "2", "5", "10", "20")))
    return (step for step in steps if Fraction(span) / Fraction(step) <= most)


def _whole(value: Decimal, step: Decimal, *, up: bool) -> int:
    """How many steps a value is, rounded up or down."""
    share = Fraction(value) / Fraction(step)
    return -((-share) // 1) if up else share // 1


def _tidy(value: Decimal) -> Decimal:
    """A round number without an exponent, and without a negative zero."""
    return Decimal(format(plain(value), "f")) if value else Decimal(0)


@frozen(eq=True, slots=False)
class Time:
    """The days from ``first`` to ``last``, both included, on the axis by which pace is judged: every month is as long as another."""

    first: date
    last: date

    def at(self, day: date) -> Fraction:
        """Where the end of a day lies, from 0 to 1."""
        return (months(day) - self._eve) / self._length

    @cached_property
    def _eve(self) -> Fraction:
        return months(self.first - _DAY)

    @cached_property
    def _length(self) -> Fraction:
        return months(self.last) - self._eve

    def begin(self, period: Period) -> Fraction:
        """Where a period begins."""
        return self.at(period.first - _DAY)

    def holds(self, day: date) -> bool:
        """Whether a day lies on it."""
        return self.first <= day <= self.last

    def stretches(self, room: int) -> list[Period]:
        """The years, quarters or months that are named below it: as many as have room in so many characters, each with a space of two; one at least."""
        found: list[Period] = []
        for kind, every in _STRETCHES:
            if (
                _LEAST[kind] * (months(self.last) - months(self.first) - (2 + every) * MONTHS[kind])
                > room * MONTHS[kind] * every
            ):
                continue
            found = list(self._of(kind, every)) or found
            if sum(len(each.text) + 2 for each in found) <= room and found:
                return found
        return found[:1]

    def _of(self, kind: Frequency, every: int) -> Iterator[Period]:
        each = of_kind(self.first, kind)
        while each.first <= self.last:
            if each.first >= self.first and each.last <= self.last and not each.first.year % every:
                yield each
            each = of_kind(each.last + _DAY, kind)


_STRETCHES: tuple[tuple[Frequency, int], ...] = (
    ("month", 1),
    ("quarter", 1),
    *(("year", every) for every in (1, 2, 5, 10, 20, 50, 100, 200, 500)),
)


_LEAST: dict[Frequency, int] = {"month": 9, "quarter": 9, "year": 6}
"""How many characters each of them takes: where that many have no room, they need not be named to be measured."""


@frozen()
class Point:
    """A figure of the table (``told``), or a running total, which has none. None is an open end; ``sure``: one number, of a final figure."""

    mark: Mark
    period: Period
    low: Decimal | None
    high: Decimal | None
    stated: Decimal
    sure: bool
    told: Told | None = None

    @property
    def day(self) -> date:
        """The day that it stands at: the last one of its period."""
        return self.period.last

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The lower and the upper end that are drawn: the stated number where an end is open."""
        return (self.stated if self.low is None else self.low, self.stated if self.high is None else self.high)


@frozen()
class Segment:
    """A line between two points, at the numbers that are stated; ``gap``: between them lies a time without a figure."""

    begin: Point
    end: Point
    gap: bool = False


@frozen()
class Band:
    """A promise from the day on which it was made (None: not known) to the one by which it is due (None: no end). ``weak`` decides, ``strong`` is the ambition; to maintain, ``both`` decide.

    ``rise``: any change to the better from ``weak`` was promised.
    """

    promised: Promised
    begin: date | None
    end: date | None
    weak: Decimal
    strong: Decimal
    made: Period | None = None
    both: bool = False
    rise: bool = False
    state: State = "stands"

    @property
    def proposed(self) -> bool:
        """Whether it is a wish or a draft."""
        return self.promised.version.promise.standing == "proposed"


@frozen()
class Path:
    """The straight way from a start to the end that decides, which an even pace takes."""

    promised: Promised
    begin: date
    start: Decimal
    end: date
    weak: Decimal

    @property
    def adopted(self) -> bool:
        """Whether it leads to a promise, and not to a wish or a draft."""
        return self.promised.version.promise.standing == "adopted"

    def at(self, day: date) -> Fraction:
        """What an even pace needs on a day."""
        share = (months(day) - months(self.begin)) / (months(self.end) - months(self.begin))
        return Fraction(self.start) + share * (Fraction(self.weak) - Fraction(self.start))


@frozen()
class Needed:
    """What an even pace needed on a day, and the way that leads over it; ``only``: no other one does."""

    path: Path
    value: Fraction
    only: bool


@frozen()
class Mean:
    """The mean of a window so far, at the end that is worse, over the time that it is of."""

    promised: Promised
    begin: date
    end: date
    value: Decimal


@frozen()
class Miss:
    """What a missed promise lacks: from the judged figure to the end that it had to reach, on the figure's day; ``due`` is before that day where the figure is late."""

    promised: Promised
    day: date
    figure: Decimal
    bound: Decimal
    due: date | None


@frozen()
class Chart:
    """An indicator, or a part of it, on one day: what is drawn, and where. ``of`` is the promise whose running total it shows.

    ``undrawn`` are the promises that have no place on the scale; ``missing`` the periods of a sum without a figure.
    """

    program: str
    id: str
    indicator: Indicator
    part: Pairs
    on: date
    kind: Kind
    time: Time
    scale: Scale
    points: tuple[Point, ...]
    segments: tuple[Segment, ...] = ()
    breaks: tuple[Period, ...] = ()
    bands: tuple[Band, ...] = ()
    paths: tuple[Path, ...] = ()
    means: tuple[Mean, ...] = ()
    misses: tuple[Miss, ...] = ()
    undrawn: tuple[Promised, ...] = ()
    of: Promised | None = None
    missing: tuple[str, ...] = ()

    @property
    def newest(self) -> Point | None:
        """The newest figure, or running total."""
        return next((point for point in reversed(self.points) if point.mark in {"leads", "total"}), None)


def charts(page: StoryPage, chapter: Chapter) -> tuple[Chart, ...]:
    """The charts of one of a page's indicators: of the whole first, then of each part that has figures or targets, each with one for every sum of several periods behind it.

    Figures that were not known on the page's day are on none of them. An indicator without a figure and without a target has no chart.
    """
    points: dict[Pairs, list[Point]] = {}
    promised: dict[Pairs, list[Promised]] = {}
    for entry in chapter.figures:
        if entry.role != "unknown":
            points.setdefault(entry.figure.actual.disaggregation, []).append(point(entry))
    for each in _promised(page, chapter):
        promised.setdefault(_target(each).disaggregation, []).append(each)
    parts_ = (
        _Part(page, chapter, part, points.get(part, ()), promised.get(part, ()))
        for part in sorted({*points, *promised})
    )
    return tuple(drawn for part in parts_ for drawn in _of_part(part))


def _target(entry: Promised) -> Target:
    promise = entry.version.promise
    if not isinstance(promise, Target):
        raise TypeError("an indicator is measured, and its promises are targets")
    return promise


def _promised(page: StoryPage, chapter: Chapter) -> list[Promised]:
    """The promises of an indicator, with those that were withdrawn and those that are still to come."""
    gone = (promise for promise in chapter.revised if promise.version.promise.withdrawn_by(page.on))
    others = [version for promise in gone for version in promise.in_order]
    others += [row.upcoming for row in chapter.rows if row.upcoming]
    known = {entry.version.place for entry in chapter.promised}
    beside = {version.place: Promised(version, None, None) for version in others if version.place not in known}
    return [*chapter.promised, *beside.values()]


def needed(drawn: Iterable[Chart]) -> dict[Told, Needed]:
    """What an even pace to the promise that is due next needed on the day of each leading figure; without those over whose day no way leads, or whose period is of another length than what is judged."""
    found: dict[Told, Needed] = {}
    for each in drawn:
        ways = sorted((path for path in each.paths if path.adopted), key=lambda path: path.end)
        for point in each.points if each.kind == "values" and ways else ():
            later = islice(ways, bisect_right(ways, point.day, key=lambda path: path.end), None)
            ahead = (path for path in later if path.begin < point.day and _judges(each, path, point.period))
            if point.told and point.mark == "leads" and (path := next(ahead, None)):
                found[point.told] = Needed(path, path.at(point.day), next(ahead, None) is None)
    return found


def _judges(of: Chart, path: Path, period: Period) -> bool:
    """Whether a figure of a period may be held against a way."""
    row = path.promised.row
    if row is None or row.judged is None or of.indicator.cumulative or period.is_day:
        return True
    judged = row.judged.newest.period
    return judged.is_day or judged.as_long_as(period)


@frozen(slots=False)
class _Part:
    """What is drawn of an indicator, or of a part of it."""

    page: StoryPage
    chapter: Chapter
    part: Pairs
    known: Sequence[Point]
    asked: Sequence[Promised]

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The figures that are known, in order of their days."""
        return tuple(sorted(self.known, key=_order))

    @cached_property
    def upcoming(self) -> set[int]:
        """The places of the versions that will hold after the one that is judged."""
        return {row.upcoming.place for row in self.chapter.rows if row.upcoming}

    @cached_property
    def breaks(self) -> tuple[Period, ...]:
        """The periods with which the definition or the count changed."""
        broken = {
            point.period: point.period for point in self.points if point.told and point.told.figure.actual.series_break
        }
        return tuple(sorted(broken.values(), key=lambda period: (period.last, period.first)))

    @cached_property
    def promised(self) -> tuple[Promised, ...]:
        """The promises about it, in order of their days, those in force before what they superseded."""
        return tuple(sorted(self.asked, key=lambda entry: (_last(entry), _set(self.page, entry), entry.version.place)))

    def sums(self, entry: Promised) -> bool:
        """Whether a promise is a sum of several periods."""
        target = _target(entry)
        if target.aggregate != "sum" or target.begins is None or target.due is None:
            return False
        frequency = self.chapter.indicator.frequency or "year"
        window = parts(target.begins.first, target.due.last, frequency, self.page.program.year)
        return sum(1 for _ in window) > 1


def _last(entry: Promised) -> date:
    ends = _target(entry).ends
    return ends.last if ends else date.max


def _set(page: StoryPage, entry: Promised) -> date:
    when = made(page.program.sources, entry.version.promise)
    return when.last if when else date.min


_MARKS: tuple[Mark, ...] = ("zero", "baseline", "revised", "disputes", "agrees", "leads", "total")
"""In this order they are drawn over one another."""


def _order(point: Point) -> tuple[object, ...]:
    ends = point.ends
    return (point.day, point.period.first, _MARKS.index(point.mark), ends, point.sure)


def point(entry: Told) -> Point:
    """A figure as it is drawn."""
    actual = entry.figure.actual
    mark: Mark = "leads" if entry.role == "unknown" else entry.role
    settled = _settled(entry.figure)
    if actual.answer is not None:
        value = Decimal(int(actual.answer))
        return Point(mark, actual.period, value, value, value, settled, entry)
    span = figures.span(actual)
    return Point(
        mark,
        actual.period,
        span.low,
        span.high,
        span.stated,
        settled and span.exact is not None and actual.approx is None,
        entry,
    )


# ---------------------------------------------------------------- a chart


def _of_part(of: _Part) -> Iterator[Chart]:
    sums = [entry for entry in of.promised if of.sums(entry)]
    rest = [entry for entry in of.promised if not of.sums(entry)]
    if of.points or rest:
        yield _main(of, rest)
    for promised in _windows(sums):
        yield _running(of, promised)


def _windows(sums: Sequence[Promised]) -> Iterator[list[Promised]]:
    """The promises of sums by their windows, each with what it superseded."""
    judged = [entry for entry in sums if entry.row]
    older = {version.place: entry for entry in judged if entry.row for version in entry.row.superseded}
    groups: dict[object, list[Promised]] = {}
    for entry in sums:
        target = _target(older.get(entry.version.place, entry))
        groups.setdefault((target.begins, target.due), []).append(entry)
    yield from groups.values()


def _main(of: _Part, promised: Sequence[Promised]) -> Chart:
    """The figures, with the promises about them."""
    return _chart(
        of,
        "answers" if of.chapter.indicator.unit == YES_NO else "values",
        promised,
        points=of.points,
        segments=tuple(_segments(of)),
        breaks=of.breaks,
        means=tuple(mean for entry in promised if (mean := _mean(entry))),
    )


def _running(of: _Part, promised: Sequence[Promised]) -> Chart:
    """The running total of a window, with the promises about its sum."""
    first = next((entry for entry in promised if entry.row), promised[0])
    points = tuple(running(first.row)) if first.row else ()
    judged = first.row.judged if first.row else None
    broken = tuple(each for each in of.breaks if points and any(point.period == each for point in points))
    return _chart(
        of,
        "sum",
        promised,
        points=points,
        segments=tuple(_joined(points, broken)),
        breaks=broken,
        of_sum=first,
        missing=judged.window.missing if judged and judged.window else (),
    )


def _chart(
    of: _Part,
    kind: Kind,
    promised: Sequence[Promised],
    *,
    points: tuple[Point, ...],
    segments: tuple[Segment, ...],
    breaks: tuple[Period, ...],
    means: tuple[Mean, ...] = (),
    of_sum: Promised | None = None,
    missing: tuple[str, ...] = (),
) -> Chart:
    bands = tuple(band for entry in promised if (band := _band(of, entry)))
    paths = tuple(path for entry in promised if (path := _path(of, entry, running_=kind == "sum")))
    misses = tuple(miss for entry in promised if (miss := _miss(entry)))
    drawn = {band.promised for band in bands}
    return Chart(
        program=of.page.program.id,
        id=of.chapter.id,
        indicator=of.chapter.indicator,
        part=of.part,
        on=of.page.on,
        kind=kind,
        time=_time(of.page.on, _days(points, bands, paths, means), open_=any(band.end is None for band in bands)),
        scale=_ANSWERS if kind == "answers" else scale(_values(points, bands, paths, means, misses) or [Decimal(0)]),
        points=points,
        segments=segments,
        breaks=breaks,
        bands=bands,
        paths=paths,
        means=means,
        misses=misses,
        undrawn=tuple(entry for entry in promised if entry not in drawn),
        of=of_sum,
        missing=missing,
    )


_ANSWERS = Scale(Decimal(0), Decimal(1))
"""From no to yes."""


def _values(
    points: Iterable[Point],
    bands: Iterable[Band],
    paths: Iterable[Path],
    means: Iterable[Mean],
    misses: Iterable[Miss],
) -> list[Decimal]:
    """The values that have to lie on the scale."""
    return [
        *(end for point in points for end in point.ends),
        *(end for band in bands for end in (band.weak, band.strong)),
        *(path.start for path in paths),
        *(mean.value for mean in means),
        *(end for miss in misses for end in (miss.figure, miss.bound)),
    ]


def shared(drawn: Iterable[Chart], beside: Iterable[Decimal] = ()) -> Scale | None:
    """One scale for all that some charts show of numbers, and for what stands ``beside`` them; None where that is nothing."""
    values = [*beside]
    for each in drawn:
        if each.kind != "answers":
            values += _values(each.points, each.bands, each.paths, each.means, each.misses)
    return scale(values) if values else None


# ---------------------------------------------------------------- figures


def running(row: Row) -> Iterator[Point]:
    """The running total of a sum: 0 on the eve of its window, then what its figures make up to each of them; nothing where it has none."""
    if row.judged is None or not row.judged.points or row.target is None or row.target.begins is None:
        return
    eve = row.target.begins.first - _DAY
    total, sure = just(Decimal(0)), True
    yield replace(_total(Period(eve, eve, eve.isoformat()), total, sure=True), mark="zero")
    for point in row.judged.points:
        total = total.plus(figures.span(point.actual))
        sure = sure and _settled(point.figure) and total.exact is not None and point.actual.approx is None
        yield _total(point.period, total, sure=sure)


def _total(period: Period, total: Span, *, sure: bool) -> Point:
    return Point("total", period, total.low, total.high, total.stated, sure)


def _settled(figure: Figure) -> bool:
    """Whether a figure is a final one."""
    return figure.actual.quality == "final" and not figures.early(figure)


def _segments(of: _Part) -> Iterator[Segment]:
    """The lines between the figures that lead, those of periods of one length, and the baseline where nothing leads its day; a day has no length."""
    if of.chapter.indicator.unit == YES_NO:
        return
    leading = [point for point in of.points if point.mark == "leads"]
    days = {point.day for point in leading}
    leading += [point for point in of.points if point.mark == "baseline" and point.day not in days]
    for points in _by_length(sorted(leading, key=_order), one=of.chapter.indicator.cumulative):
        yield from _joined(points, of.breaks)


def _by_length(points: Sequence[Point], *, one: bool) -> Iterator[list[Point]]:
    """The points of each length of period; single days are with those of which there are most."""
    lengths = Counter(point.period.length for point in points if not point.period.is_day)
    most = max(lengths, key=lambda length: (lengths[length], length), default=None)
    groups: dict[Fraction | None, list[Point]] = {}
    for point in points:
        length = most if one or point.period.is_day else point.period.length
        groups.setdefault(length, []).append(point)
    yield from groups.values()


def _joined(points: Sequence[Point], breaks: Sequence[Period]) -> Iterator[Segment]:
    """The lines from point to point, cut where the series breaks."""
    for one, other in pairwise(points):
        if not any(one.day < each.last <= other.day for each in breaks) and one.day < other.day:
            apart = other.period.first > one.day + _DAY and not other.period.is_day
            yield Segment(one, other, gap=apart)


def _mean(entry: Promised) -> Mean | None:
    """The mean of a promise's window up to its newest figure."""
    row, target = entry.row, _target(entry)
    if target.aggregate != "mean" or target.begins is None or row is None or row.judged is None or row.figure is None:
        return None
    return Mean(entry, target.begins.first - _DAY, row.judged.newest.last, row.figure)


# ---------------------------------------------------------------- promises


def _band(of: _Part, entry: Promised) -> Band | None:
    """A promise on the scale; None where it has no place there."""
    asked = _asked(entry)
    if asked is None:
        return None
    weak, strong, both = asked
    begin, end = _times(of, entry)
    return Band(
        entry,
        begin,
        end,
        weak,
        strong,
        made(of.page.program.sources, entry.version.promise),
        both=both,
        rise=_target(entry).shape == "improve",
        state=_state(of, entry),
    )


def _asked(entry: Promised) -> tuple[Decimal, Decimal, bool] | None:
    """The end that decides, the ambition, and whether both decide."""
    bound, target, start = entry.version.bound, _target(entry), entry.row.start if entry.row else None
    if bound is not None:
        return bound.weak, bound.strong, bound.direction == "maintain"
    if target.shape == "milestone":
        return Decimal(1), Decimal(1), False
    if target.shape == "improve" and start is not None:
        return start.value, start.value, False
    return None


def _times(of: _Part, entry: Promised) -> tuple[date | None, date | None]:
    """When a promise was made, or its window began, and when it is due, or stopped to hold."""
    target = _target(entry)
    when = made(of.page.program.sources, target)
    begin, end = when.last if when else None, target.ends.last if target.ends else None
    if target.begins and (target.every or target.aggregate == "mean"):
        window = target.begins.first - _DAY
        begin = window if begin is None or target.aggregate == "mean" else max(begin, window)
    stop = target.withdrawn.last if target.withdrawn_by(of.page.on) and target.withdrawn else _replaced(of, entry)
    end = stop if end is None or (stop and stop < end) else end
    return (end if begin and end and begin > end else begin), end


def _replaced(of: _Part, entry: Promised) -> date | None:
    """From when on a newer version held instead of a standing promise, or of one without a deadline."""
    if entry.row or not (_target(entry).every or _target(entry).ends is None):
        return None
    for row in of.chapter.rows:
        places = [version.place for version in row.versions]
        if entry.version.place in places and (later := row.versions[places.index(entry.version.place) + 1 :]):
            promise = later[0].promise
            when = made(of.page.program.sources, promise)
            begins = promise.begins.first - _DAY if promise.begins else None
            return max((day for day in (when.last if when else None, begins) if day), default=None)
    return None


def _state(of: _Part, entry: Promised) -> State:
    promise = entry.version.promise
    if entry.row:
        return "stands"
    if promise.withdrawn_by(of.page.on):
        return "withdrawn"
    if entry.version.place in of.upcoming:
        return "upcoming"
    when = made(of.page.program.sources, promise)
    return "late" if when and promise.due and when.last > promise.due.last else "superseded"


def _path(of: _Part, entry: Promised, *, running_: bool) -> Path | None:
    """The way that an even pace takes to a promise; None where it has no start, no deadline, or nothing to go."""
    row, bound, due = entry.row, entry.version.bound, _target(entry).due
    if row is None or bound is None or due is None:
        return None
    start = row.start
    if start is not None:
        begin, value = start.period.last, start.allowed.exact
        if (start.origin == "zero") is not running_:
            return None
    else:
        begin, value = _before_a_figure(of, row)
    if value is None or begin >= due.last or bound.gap(value) >= 0:
        return None
    nearest = bound.strong if bound.direction == "maintain" and value > bound.strong else bound.weak
    return Path(entry, begin, value, due.last, nearest)


def _before_a_figure(of: _Part, row: Row) -> tuple[date, Decimal | None]:
    """The baseline of a promise that has no figure yet."""
    base = row.baseline
    if base is None or row.has_figure or _target_of(row).aggregate != "last":
        return date.max, None
    broken = any(base.last < each.last for each in of.breaks)
    return base.last, None if broken else figures.stated(base.actual)


def _target_of(row: Row) -> Target:
    if row.target is None:
        raise TypeError("a promise in words has no chart")
    return row.target


def _miss(entry: Promised) -> Miss | None:
    """What a missed promise lacks; None where nothing on the scale says it."""
    row = entry.row
    if row is None or row.status != "missed" or row.judged is None or not row.judged.points:
        return None
    day, due = row.judged.newest.last, row.due.last if row.due else None
    late = due if due and due < day else None
    if row.answer is not None:
        return Miss(entry, day, Decimal(int(row.answer)), Decimal(1), late)
    if row.distance is None or row.distance.bound is None or row.figure is None:
        return None
    return Miss(entry, day, row.figure, row.distance.nearest, late)


# ---------------------------------------------------------------- time


def _days(
    points: Sequence[Point], bands: Sequence[Band], paths: Sequence[Path], means: Sequence[Mean]
) -> Iterator[date]:
    """The days that have to lie on the line of time; what begins with the end of a day needs the one after it."""
    for point in points:
        yield point.day + _DAY if point.mark == "zero" else point.period.first
        yield point.day
    for band in bands:
        due = _target(band.promised).due
        yield from (due.first,) if due and band.end == due.last else ()
        yield from (band.begin + _DAY,) if band.begin and band.begin != band.end else ()
        yield from (band.end,) if band.end else ()
    for path in paths:
        yield from (path.begin + _DAY, path.end)
    for mean in means:
        yield from (mean.begin + _DAY, mean.end)


def _time(on: date, days: Iterable[date], *, open_: bool) -> Time:
    """The whole years, quarters or months that hold some days; and the present one, where something has no end."""
    found = [*days, *([on] if open_ else [])] or [on]
    first, last = min(found), max(found)
    kind: Frequency = "year" if months(last) - months(first) > _YEARS_FROM else "quarter"
    return Time(of_kind(first, kind).first, of_kind(last, kind).last)


_YEARS_FROM = 30
"""A line of time of more months than these has whole years."""
