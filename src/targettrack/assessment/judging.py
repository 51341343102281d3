"""Judging: the figure that decides a target, and where the way to its bound begins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Literal

from targettrack import period
from targettrack.assessment import bounds, figures
from targettrack.assessment.bounds import Bound, Span
from targettrack.assessment.figures import Figure, Point
from targettrack.frozen import frozen
from targettrack.number import EXACT
from targettrack.period import Period, Year
from targettrack.program.model import Baseline, Direction, Indicator, Target


@frozen(slots=False)
class Asked:
    """A target, and all that it is judged by but the figures; ``baseline`` is the stated one that serves it, as a figure, where that was known."""

    target: Target
    indicator: Indicator
    year: Year
    on: date
    bound: Bound | None
    baseline: Point | None = None

    @property
    def direction(self) -> Direction | None:
        """Which way is better."""
        return self.indicator.direction

    @cached_property
    def due(self) -> Period | None:
        """The period by which it is due."""
        return self.target.due

    @cached_property
    def past_due(self) -> bool:
        """Whether its deadline has passed."""
        return self.due is not None and self.due.ended(self.on)

    @cached_property
    def one_length(self) -> Period | None:
        """The due period, where a figure must be of one as long; None where there is no other length: several figures make one, or a point in time is asked about."""
        target, due = self.target, self.due
        any_length = (
            target.aggregate_
            or self.indicator.cumulative
            or target.shape in {"milestone", "undetermined"}
            or due is None
            or due.is_day
        )
        return None if any_length else due

    @property
    def told_by(self) -> tuple[object, ...]:
        """What two versions of one standing promise must share to be judged on the same points."""
        return (self.target.aggregate_, self.target.shape, self.baseline and self.baseline.period)

    @property
    def within_lag(self) -> bool:
        """Whether it is past due, and the figure of its due period is not missed yet."""
        return self.past_due and self.due is not None and self.awaits(self.due)

    @property
    def baseline_counts(self) -> bool:
        """Whether the baseline is a figure of its period: for targets due by then, and in windows."""
        if self.baseline is None:
            return False
        return self.target.aggregate != "last" or (self.due is not None and self.due.last <= self.baseline.last)

    def awaits(self, period: Period) -> bool:
        """Whether the figure of a period that has ended is not missed yet."""
        lag = self.indicator.lag
        return lag is not None and self.on <= lag.end(period.last)

    def decides(self, allowed: Span) -> bool | None:
        """What a bound says of a figure; None where there is no bound."""
        return None if self.bound is None else self.bound.decides(allowed)


@frozen()
class Start:
    """Where the way to the bound begins; the value in the indicator's unit."""

    period: Period
    value: Decimal
    source: str | None
    origin: Literal["baseline", "first_actual", "zero", "period_before"]
    allowed: Span
    about: bool = False


@frozen()
class Window:
    """The periods that a sum or a mean runs over. ``counted`` have a figure; ``missing`` have ended without one that is not awaited any more; ``ends`` are their last days."""

    first: date
    last: date
    periods: int
    counted: int
    missing: tuple[str, ...]
    ends: tuple[date, ...] = ()

    def up_to(self, day: date) -> int:
        """How many of the periods have ended by a day."""
        return sum(end <= day for end in self.ends)

    @property
    def complete(self) -> bool:
        """Whether every period has its figure."""
        return self.counted == self.periods


@frozen()
class Kept:
    """In how many of the ended periods of a standing promise it was kept: the periods, those with a figure, those that satisfied; ``undecided`` have a figure that does not say."""

    periods: int
    figures: int
    kept: int
    undecided: int = 0


@frozen()
class Judged:
    """The figure that decides a target: one point, or several added up or averaged.

    ``allowed`` is None for an answer. ``stale``: it does not tell the due period; ``other_length``: it is for a period of another length, and nothing is made of it;
    ``corrected``: a later figure takes back that a running total was reached, or passed; ``taken_back``: the total before due of which that is so, where a late figure
    is judged in its place; ``undone``: a no took back an earlier yes;
    ``denied_by``: the figures of the single periods, where they do not agree with the one for the whole window; ``period``: which one it stands for, of a standing target.
    """

    points: tuple[Point, ...]
    allowed: Span | None
    late: bool = False
    stale: bool = False
    other_length: bool = False
    corrected: bool = False
    taken_back: Point | None = None
    undone: bool = False
    denied_by: tuple[Figure, ...] = ()
    window: Window | None = None
    period: Period | None = None

    @property
    def newest(self) -> Point:
        """The newest point, the only one but for sums and means."""
        return self.points[-1]

    @property
    def partial(self) -> bool:
        """Whether an ended period of the window has no figure."""
        return self.window is not None and bool(self.window.missing)

    @property
    def holey(self) -> bool:
        """Whether a period of the window before its newest figure has none: what is missing is not 0, so that no pace can be told."""
        window = self.window
        return window is not None and bool(self.points) and window.counted < window.up_to(self.newest.last)

    @property
    def whole(self) -> bool:
        """Whether it is one figure for a whole window of several periods, taken as it stands."""
        window = self.window
        return (
            window is not None
            and window.periods > 1
            and len(self.points) == 1
            and (self.newest.period.first, self.newest.last) == (window.first, window.last)
        )

    @property
    def disputes(self) -> tuple[Figure, ...]:
        """The rivals of its figures that differ from them, and the figures of the single periods that make something else."""
        return (*(rival for point in self.points for rival in point.disputes), *self.denied_by)

    @property
    def tells(self) -> bool:
        """Whether it tells the due period."""
        return bool(self.points) and not (self.late or self.stale or self.other_length)


# ---------------------------------------------------------------- the series


@frozen()
class Line:
    """The points that a target may be judged on, in order, one for each last day; ``behind`` are those of periods of another length, taken only where there is no other."""

    points: Sequence[Point]
    behind: Sequence[Point] = ()


def line_of(asked: Asked, points: Sequence[Point]) -> Line:
    """The points that may decide a target: without what ends before its baseline (but for windows, milestones and targets due by then)."""
    target = asked.target
    if target.aggregate != "last":
        return Line(points)
    kept = points if target.shape == "milestone" or asked.baseline_counts else since_baseline(points, asked.baseline)
    if target.shape == "undetermined" and not asked.baseline_counts:
        due = asked.due
        return Line(
            figures.by_last_day(
                [point for point in kept if due is None or asked.past_due or point.last <= due.last], due
            )
        )
    if target.every is not None:
        return _standing_line(asked, kept)
    able, behind = _by_length(asked.one_length, kept)
    if asked.baseline is not None and asked.baseline_counts:
        able, behind = _with_baseline(asked, asked.baseline, able, behind)
    return Line(figures.by_last_day(able, asked.due), figures.by_last_day(behind, asked.due, rivals=False))


def serves(asked: Asked, span: Period) -> bool:
    """Whether a figure of a period may be judged for the due one: of its length, or of any where the target says what several figures make, or there is no other length."""
    return _fits(asked.one_length, span)


def _by_length(length: Period | None, points: Sequence[Point]) -> tuple[Sequence[Point], Sequence[Point]]:
    """The points of periods that are as long, and the others; of many points few periods differ."""
    if length is None:
        return points, ()
    fits = {measure: _fits(length, span) for measure, span in figures.run(points).lengths.items()}
    if all(fits.values()):
        return points, ()
    if not any(fits.values()):
        return (), points
    able = [point for point in points if fits[point.period.measure]]
    return able, [point for point in points if not fits[point.period.measure]]


def _fits(length: Period | None, span: Period) -> bool:
    return length is None or span.as_long_as(length) or span.is_day


def _with_baseline(
    asked: Asked, baseline: Point, able: Sequence[Point], behind: Sequence[Point]
) -> tuple[Sequence[Point], Sequence[Point]]:
    """The points with the baseline among them, which an actual of its day that may be judged outranks."""
    if any(point.last == baseline.last for point in able):
        return able, behind
    if serves(asked, baseline.period):
        return sorted([*able, baseline], key=lambda point: point.last), behind
    if any(point.last == baseline.last for point in behind):
        return able, behind
    return able, sorted([*behind, baseline], key=lambda point: point.last)


def _standing_line(asked: Asked, points: Sequence[Point]) -> Line:
    """One point for each ended period of its kind: its own figure, else one of its last day, or a shorter one that ends with it where several figures make one; a longer one is never more than its rival."""
    every = asked.target.every or "year"
    able, behind, longer = [], [], []
    any_length, several, year = asked.indicator.cumulative, asked.target.aggregate_, asked.year
    for point in points[: bisect_left(points, asked.on, key=figures.last)]:
        span = point.period
        kind = period.of_kind(span.last, every, year)
        if kind.last != span.last:
            continue
        if span.first == kind.first or any_length or (several and span.first > kind.first) or span.is_day:
            able.append(point)
        elif span.first > kind.first:
            behind.append(point)
        elif several:
            longer.append(point)
    months = period.MONTHS[every]
    if longer:
        days = set(map(figures.last, able))
        able = sorted([*able, *(point for point in longer if point.last in days)], key=figures.last)
    return Line(figures.by_last_day(able, months), figures.by_last_day(behind, months, rivals=False))


def since_baseline(points: Sequence[Point], baseline: Point | Baseline | None) -> Sequence[Point]:
    """The points, in order of their last days, that do not end before the baseline: what ends before it is history."""
    if baseline is None or not points or points[0].last >= baseline.period.last:
        return points
    return points[bisect_left(points, baseline.period.last, key=figures.last) :]


# ---------------------------------------------------------------- the judged figure


def judged_figure(asked: Asked, points: Sequence[Point], line: Line) -> Judged | None:
    """The figure that decides a target that is not standing; None where there is none.

    With a deadline: the newest that ends inside the due period and tells it; else, past due, the first after it; else the newest before.
    Without a deadline: the newest. A running total that is reached, and a yes, tell the due period whenever they were.
    """
    target, due = asked.target, asked.due
    if target.aggregate != "last":
        return _aggregated(asked, line.points)
    if target.shape == "undetermined":
        return _single(line.points[-1:])
    if target.shape == "milestone":
        return _answer(asked, line.points)
    if due is None:
        return _single(line.points[-1:])
    found = _dated(asked, due, line.points, points)
    if found is None and (behind := _dated(asked, due, line.behind, points)):
        return replace(behind, other_length=True)
    return found


def _single(
    points: Sequence[Point], *, late: bool = False, stale: bool = False, corrected: bool = False
) -> Judged | None:
    if not points:
        return None
    actual = points[0].actual
    return Judged(
        (points[0],),
        None if actual.answer is not None else figures.span(actual),
        late=late,
        stale=stale,
        corrected=corrected,
    )


def _answer(asked: Asked, line: Sequence[Point]) -> Judged | None:
    """The newest answer up to due. A yes tells; a no tells only at the end, or as a late answer."""
    due = asked.due
    up_to = [point for point in line if due is None or point.last <= due.last]
    newest = up_to[-1:]
    if newest and newest[0].actual.answer is True:
        return _single(newest)
    undone = any(point.actual.answer is True for point in up_to)
    if not asked.past_due or due is None or (newest and newest[0].last == due.last):
        found = _single(newest)
    else:
        after = [point for point in line if point.last > due.last]
        found = _single(after[:1], late=True) if after else _single(newest, stale=True)
    return replace(found, undone=undone) if found else None


def _dated(asked: Asked, due: Period, line: Sequence[Point], points: Sequence[Point]) -> Judged | None:
    up_to = figures.up_to(line, due.last)
    for_good = bool(up_to) and _for_good(asked, line, up_to[-1])
    corrected = for_good and _taken_back(asked, up_to[-1], line, points)
    told_for_good = for_good and not corrected
    if told_for_good and up_to[-1].actual.quality == "final" and not figures.early(up_to[-1].figure):
        return _single(up_to[-1:])
    inside = [
        point
        for point in up_to[bisect_left(up_to, due.first, key=figures.last) :]
        if not asked.past_due or tells(asked, due, point) or (told_for_good and point is up_to[-1])
    ]
    if inside:
        return _single(inside[-1:], corrected=corrected)
    after = line[len(up_to) :]
    if asked.past_due and after:
        late = _single(after[:1], late=True)
        return replace(late, taken_back=up_to[-1]) if late and corrected else late
    return _single(up_to[-1:], stale=asked.past_due and not told_for_good)


def tells_by_day(due: Period, point: Point) -> bool:
    """Whether a figure ends inside the due period, and with it or after as long a time."""
    return due.contains(point.last) and (point.last == due.last or point.period.length >= due.length)


def tells(asked: Asked, due: Period, point: Point) -> bool:
    """Whether a figure that ends inside the due period tells it: it ends with it or is as long, and no later one is to be expected there."""
    if not tells_by_day(due, point):
        return False
    frequency = asked.indicator.frequency
    return frequency is None or not period.ends_later_inside(due, frequency, point.last, asked.year)


def _for_good(asked: Asked, line: Sequence[Point], point: Point) -> bool:
    """Whether a running total has reached its floor, or passed its ceiling: neither can be lost again."""
    if not asked.indicator.cumulative:
        return False
    allowed = figures.span(point.actual)
    return _reached(asked, line, point, allowed) if asked.direction == "increase" else passed(asked, allowed)


def passed(asked: Asked, allowed: Span) -> bool:
    """Whether what can only grow has passed the bound that it should stay below."""
    bound = asked.bound
    if bound is None or bound.decides(allowed) is not False or asked.direction == "increase":
        return False
    return asked.direction == "decrease" or (allowed.low is not None and allowed.low >= bound.strong)


def _reached(asked: Asked, line: Sequence[Point], point: Point, allowed: Span) -> bool:
    if asked.target.shape != "improve":
        return asked.decides(allowed) is True
    start = _start_before(asked, line, point)
    return start is not None and bounds.improves("increase", allowed, start.allowed) is True


def _start_before(asked: Asked, line: Sequence[Point], point: Point) -> Start | None:
    """Where the way to a figure of a running total begins."""
    return start_of(asked, Line(line), Judged((point,), figures.span(point.actual)), last_break(line, point.last))


def _taken_back(asked: Asked, point: Point, line: Sequence[Point], points: Sequence[Point]) -> bool:
    """Whether the newest later figure, not across a break, says that a running total is not reached (or not passed) any more: a total that was corrected."""
    later = line[-1]
    if (
        later.last <= point.last
        or not asked.past_due
        or any(each.is_break and point.last < each.last <= later.last for each in points)
    ):
        return False
    if asked.direction != "increase":
        return asked.decides(figures.span(later.actual)) is True
    if asked.target.shape == "improve":
        start = _start_before(asked, line, point)
        return start is not None and bounds.improves("increase", figures.span(later.actual), start.allowed) is False
    return asked.decides(figures.span(later.actual)) is False


# ---------------------------------------------------------------- standing targets


@frozen()
class Standing:
    """The ended periods that a standing promise held for, with the figure of each, where there is one; ``behind``: that of another length."""

    periods: Sequence[Period]
    points: dict[date, Point]
    behind: dict[date, Point]
    kept: int
    undecided: int

    @property
    def count(self) -> Kept:
        """In how many of the periods the promise was kept."""
        return Kept(
            len(self.periods), sum(each.last in self.points for each in self.periods), self.kept, self.undecided
        )

    def judged(self, asked: Asked) -> Judged | None:
        """The figure of the newest period whose figure is due or there; ``stale`` where that has none, and an older one is shown."""
        judged = self._newest(asked, self.points)
        if judged is None and (behind := self._newest(asked, self.behind)):
            return replace(behind, other_length=True)
        return judged

    def _newest(self, asked: Asked, points: dict[date, Point]) -> Judged | None:
        asks = self.asked(asked, points)
        found = next((each for each in reversed(self.periods) if each.last in points), None)
        if found is None:
            return None
        judged = _single([points[found.last]], stale=asks is not None and found.last < asks.last)
        return replace(judged, period=found) if judged else None

    def asked(self, asked: Asked, points: dict[date, Point]) -> Period | None:
        """The period that the promise is asked about: the newest whose figure is due or there; None where none has ended."""
        return next((each for each in reversed(self.periods) if each.last in points or not asked.awaits(each)), None)

    @property
    def found(self) -> dict[date, Point]:
        """The figures that are shown: those of another length only where there are no others."""
        return self.points if any(each.last in self.points for each in self.periods) else self.behind


def standing_of(
    newest: tuple[Asked, Line],
    points: Sequence[Point],
    begin: date | None,
    holds: Callable[[Period], tuple[Asked, Line] | None],
) -> Standing:
    """The ended periods since ``begin`` for which a version held, as ``holds`` says with that version's line, and what became of the promise in each."""
    asked = newest[0]
    ended = period.since(begin, asked.target.every or "year", asked.on, asked.year) if begin else ()
    held = [
        (each, version)
        for each in ended
        if (version := holds(each)) and not (version[0].baseline and each.last <= version[0].baseline.last)
    ]
    used = {id(line): line for _, (_, line) in held}
    lines = {place: (_by_day(line.points), _by_day(line.behind)) for place, line in used.items()}
    able, behind, kept, undecided = {}, {}, 0, 0
    for each, (by, line) in held:
        own, others = lines[id(line)]
        if each.last in own:
            able[each.last] = own[each.last]
            held_in = _kept_in(by, each, own, points)
            kept, undecided = kept + (held_in is True), undecided + (held_in is None)
        elif each.last in others:
            behind[each.last] = others[each.last]
    return Standing([each for each, _ in held], able, behind, kept, undecided)


def _by_day(points: Sequence[Point]) -> dict[date, Point]:
    """Points, one for each last day, by that day."""
    return dict(zip(map(figures.last, points), points, strict=True))


def _kept_in(version: Asked, each: Period, by_day: dict[date, Point], points: Sequence[Point]) -> bool | None:
    """Whether the figure of a period satisfied; None where it does not say, or there is nothing to compare it with."""
    allowed = figures.span(by_day[each.last].actual)
    if version.target.shape != "improve":
        return version.decides(allowed)
    start = _period_before(version, each, by_day, points)
    return (
        None
        if start is None or version.direction is None
        else bounds.improves(version.direction, allowed, start.allowed)
    )


def _period_before(asked: Asked, each: Period, by_day: dict[date, Point], points: Sequence[Point]) -> Start | None:
    """The figure of the period before, that a rise in every period is measured by; None where there is none, or the count changed since."""
    eve = each.first - timedelta(days=1)
    before = by_day.get(eve)
    if before is None or any(point.is_break and eve < point.last <= each.last for point in points):
        return None
    allowed = figures.span(before.actual)
    return Start(
        before.period,
        bounds.worse(asked.direction, allowed),
        before.actual.source,
        "period_before",
        allowed,
        before.actual.approx == "about",
    )


# ---------------------------------------------------------------- sums and means


def _aggregated(asked: Asked, points: Sequence[Point]) -> Judged | None:
    target = asked.target
    if target.begins is None or target.due is None:
        raise TypeError("a sum or a mean has a window")
    whole = Period(target.begins.first, target.due.last, "")
    parts = period.parts(whole.first, whole.last, asked.indicator.frequency or "year", asked.year)
    begun = points[bisect_left(points, whole.first, key=figures.last) :]
    inside = [point for point in figures.up_to(begun, whole.last) if whole.first <= point.period.first]
    own = {point.period: point for point in inside}
    baseline = (
        asked.baseline
        if asked.baseline and asked.baseline.period.first >= whole.first and asked.baseline.last <= whole.last
        else None
    )
    if baseline and baseline.period in own:
        baseline = None
    if target.aggregate == "mean" and baseline:
        own[baseline.period] = baseline
    if whole in own:
        return _as_published(asked, own[whole], whole, parts, own)
    if target.aggregate == "mean":
        used, missed = tuple(own[part] for part in parts if part in own), [part for part in parts if part not in own]
    else:
        used, missed = tiled(parts, inside, baseline)
    missing = tuple(part.text for part in missed if part.ended(asked.on) and not asked.awaits(part))
    window = Window(
        whole.first, whole.last, len(parts), len(parts) - len(missed), missing, tuple(part.last for part in parts)
    )
    total = added(used)
    allowed = total.over(len(used)) if used and target.aggregate == "mean" else total
    return Judged(used, allowed if used else None, window=window)


def added(points: Sequence[Point]) -> Span:
    """What several figures add up to."""
    return figures.total(point.actual for point in points)


def _as_published(
    asked: Asked, point: Point, whole: Period, parts: Sequence[Period], own: dict[Period, Point]
) -> Judged:
    """The figure for the whole window as it stands; denied by the periods' own figures where they are all there and make something else."""
    window = Window(whole.first, whole.last, len(parts), len(parts), (), tuple(part.last for part in parts))
    each = _beside(asked, whole, parts, own)
    denied = len(parts) > 1 and bool(each) and not _agrees(asked, point, each)
    return Judged(
        (point,),
        figures.span(point.actual),
        denied_by=tuple(one.figure for one in each) if denied else (),
        window=window,
    )


def _beside(asked: Asked, whole: Period, parts: Sequence[Period], own: dict[Period, Point]) -> tuple[Point, ...]:
    """The figures that make up a whole window beside the one for all of it; none where a period has none."""
    if asked.baseline:
        own = {asked.baseline.period: asked.baseline, **own}
    if asked.target.aggregate == "mean":
        each = tuple(own[part] for part in parts if part in own)
        return each if len(each) == len(parts) else ()
    used, missed = tiled(
        parts,
        [point for point in own.values() if point.period != whole and not point.figure.is_baseline],
        asked.baseline,
    )
    return () if missed else used


def _agrees(asked: Asked, point: Point, parts: Sequence[Point]) -> bool:
    """Whether what the parts make is the published figure, when it is rounded to the digits of that."""
    total, published = added(parts), figures.span(point.actual)
    made = total.over(len(parts)) if asked.target.aggregate == "mean" else total
    exponent = published.stated.as_tuple().exponent
    half = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
    low = made.low is None or published.high is None or EXACT.subtract(made.low, half) <= published.high
    return low and (made.high is None or published.low is None or EXACT.add(made.high, half) >= published.low)


def tiled(
    parts: Sequence[Period], inside: Sequence[Point], baseline: Point | None
) -> tuple[tuple[Point, ...], list[Period]]:
    """The figures that stand for the periods of a sum, and the periods that have none: the cheapest way from the window's first day to its last.

    As few periods as possible are missing; of equals as few as possible stand on the baseline or on a figure that crosses from one period into another,
    the shorter before the longer; of these the fewest figures: a period's own before its parts.
    """
    after = {part.first: part for part in parts}
    begun: dict[date, list[tuple[Point, int]]] = {}
    for point in inside:
        begun.setdefault(point.period.first, []).append((point, _crosses(parts, point) ** 2))
    if baseline:
        begun.setdefault(baseline.period.first, []).append((baseline, 1 + _crosses(parts, baseline) ** 2))
    ways = {parts[0].first: _Way((0, 0, 0))}
    for day in sorted({*after, *begun}):
        if (way := ways.get(day)) is None:
            continue
        lost, crossing, count = way.cost
        for point, more in begun.get(day, ()):
            _take(ways, point.last, _Way((lost, crossing + more, count + 1), point, way))
        if day in after:
            _take(ways, after[day].last, _Way((lost + 1, crossing, count), after[day], way))
    steps = tuple(ways[parts[-1].last + timedelta(days=1)].steps())[::-1]
    return tuple(step for step in steps if isinstance(step, Point)), [
        step for step in steps if isinstance(step, Period)
    ]


@frozen()
class _Way:
    """What a way to a day costs, with its last step, a figure or a period that has none, and the way before it: a list for each day would fill the memory."""

    cost: tuple[int, int, int]
    step: Point | Period | None = None
    before: _Way | None = None

    def steps(self) -> Iterator[Point | Period | None]:
        """The steps, the last one first."""
        way: _Way | None = self
        while way is not None:
            yield way.step
            way = way.before


def _take(ways: dict[date, _Way], last: date, way: _Way) -> None:
    """Keep the cheaper of two ways to the day after."""
    day = last + timedelta(days=1)
    if day not in ways or way.cost < ways[day].cost:
        ways[day] = way


def _crosses(parts: Sequence[Period], point: Point) -> int:
    """How many of the periods, one after the other, a figure lies in, where it lies in more than one."""
    count = bisect_right(parts, point.last, key=_first) - bisect_left(parts, point.period.first, key=_last)
    return count if count > 1 else 0


_first, _last = attrgetter("first"), attrgetter("last")


# ---------------------------------------------------------------- the start


def last_break(points: Sequence[Point], up_to: date) -> date | None:
    """The last day of the newest period, up to a day, with which the series changed."""
    return max((point.last for point in figures.run(points).breaks if point.last <= up_to), default=None)


def start_of(asked: Asked, line: Line, judged: Judged, broken: date | None) -> Start | None:
    """Where the way begins, ``broken`` being the last day of the newest break up to the judged figure.

    The baseline, else an actual since the last break; a rising sum at 0 on the eve of its window, unless the series broke since.
    """
    target, baseline = asked.target, asked.baseline
    if target.aggregate != "last":
        return None if broken is not None and broken > _first_end(judged) else _zero(target, asked.direction)
    at = judged.newest.last
    if judged.allowed is None or judged.other_length or target.shape == "undetermined":
        return None
    if baseline is not None and not asked.baseline_counts:
        if baseline.last >= at or (broken is not None and broken > baseline.last):
            return None
        return Start(
            baseline.period,
            figures.stated(baseline.actual),
            baseline.actual.source,
            "baseline",
            figures.span(baseline.actual),
        )
    since = figures.up_to(line.points, at)
    since = since[bisect_left(since, broken, key=figures.last) :] if broken is not None else since
    before_set = reversed(figures.up_to(since, target.set_on.first)) if target.set_on else ()
    first = next((point for point in chain(before_set, since) if not point.figure.is_baseline), None)
    if first is None or first.last >= at:
        return None
    allowed = figures.span(first.actual)
    return Start(
        first.period,
        asked.bound.worse(allowed) if asked.bound else bounds.worse(asked.direction, allowed),
        first.actual.source,
        "first_actual",
        allowed,
        first.actual.approx == "about",
    )


def _first_end(judged: Judged) -> date:
    """The last day of the first period that a sum is told of; of one figure for the whole window, of the first of that."""
    return judged.window.ends[0] if judged.window and judged.whole else judged.points[0].last


def rising_start(asked: Asked, line: Line, judged: Judged, points: Sequence[Point]) -> Start | None:
    """Where a rise in every period begins: at the figure of the period before."""
    return (
        None
        if judged.period is None or judged.other_length
        else _period_before(asked, judged.period, _by_day(line.points), points)
    )


def _zero(target: Target, direction: Direction | None) -> Start | None:
    if target.aggregate != "sum" or direction != "increase" or target.begins is None:
        return None
    eve = target.begins.first - timedelta(days=1)
    return Start(Period(eve, eve, eve.isoformat()), Decimal(0), None, "zero", bounds.just(Decimal(0)))
