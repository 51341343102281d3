"""history: what became of each promise on an indicator at the end of every year, by what was known then; and where that is judged otherwise today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, repeat
from typing import ClassVar, Literal

from typing_extensions import TypedDict

from targettrack import period
from targettrack.assessment import figures
from targettrack.assessment.report import indicator_rows
from targettrack.assessment.row import Row
from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.pages import documents
from targettrack.pages._each import each
from targettrack.pages.keys import ActualDocument, Num, OpenEnd, TargetDocument
from targettrack.period import Frequency, Year
from targettrack.program.model import Indicator, Program, set_date
from targettrack.revisions.hindsight import Learned, Retold, retold
from targettrack.wording import notation
from targettrack.wording import why as wording
from targettrack.wording.hindsight import said

Ended = Literal["withdrawn", "replaced"]

SHOWN = (
    "late_figure",
    "partial",
    "other_length",
    "inexact",
    "provisional",
    "estimate",
    "disputed",
    "undone",
    "awaited",
    "series_break",
    "revised_after_due",
    "proposed",
)
"""The flags that a line of a timeline carries: those by which the figure or the promise may be misread."""


@frozen()
class Moment:
    """A promise at the end of a period (``label``; of the day asked for, the day): its row by what was known then, and as it is judged today where that is another status."""

    day: date
    label: str
    row: Row
    today: Retold | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What two days must share to stand on one line."""
        row, judged = self.row, self.row.judged
        told = (self.today.row.status, *(said(learned) for learned in self.today.learned)) if self.today else ()
        periods = tuple((point.period, point.figure.loc) for point in judged.points) if judged else ()
        window = judged.window and judged.window.counted if judged else None
        return (
            row.status,
            row.final,
            row.figure,
            row.answer,
            row.gap,
            periods,
            window,
            row.version.place,
            tuple(flag for flag in row.flags if flag in SHOWN),
            told,
        )


@frozen()
class Followed:
    """One promise through its versions, the oldest day first; ``ended`` says why it has no row on the last day."""

    moments: tuple[Moment, ...]
    ended: Ended | None = None

    @property
    def newest(self) -> Row:
        """Its last row."""
        return self.moments[-1].row

    @property
    def revised(self) -> bool:
        """Whether several versions of it were in force."""
        return len({moment.row.version.place for moment in self.moments}) > 1

    def stretches(self) -> Iterator[tuple[Moment, Moment]]:
        """The days between which nothing changed: the first and the last of each stretch."""
        for _, group in groupby(self.moments, key=lambda moment: moment.key):
            same = list(group)
            yield same[0], same[-1]


@frozen()
class Timeline:
    """What ``history`` shows: the days with their labels, and each promise through them."""

    COMMAND: ClassVar[str] = "history"
    EXACT: ClassVar[bool] = False
    BRIEF: ClassVar[tuple[str, ...]] = (
        "indicator",
        "disaggregation",
        "date",
        "period",
        "status",
        "figure",
        "answer",
        "actual_period",
        "gap",
        "gap_approx",
        "gap_unit",
        "known_today",
    )

    program: Program
    id: str
    on: date
    every: Frequency
    days: tuple[tuple[date, str], ...]
    promises: tuple[Followed, ...]

    @property
    def indicator(self) -> Indicator:
        """The indicator."""
        return self.program.indicators[self.id]

    @property
    def figures(self) -> int:
        """How many figures of it were known on the day."""
        return sum(
            len(points)
            for points in figures.series(
                self.indicator, self.program.actuals.get(self.id, ()), self.program.sources, self.on
            ).values()
        )

    def document(self) -> HistoryDocument:
        """The timeline for scripts."""
        return _document(self)

    def records(self) -> Iterator[MomentRecord]:
        """Each promise on each day."""
        return (_record(self, moment) for followed in self.promises for moment in followed.moments)

    @staticmethod
    def record() -> type:
        """One promise on one day."""
        return MomentRecord


def timeline(
    program: Program,
    name: str,
    on: date,
    method: Method,
    every: Frequency = "year",
    *,
    retell: bool = True,
    newest: Sequence[Row] | None = None,
) -> Timeline:
    """Each promise on an indicator at the end of every year (or half, quarter, or month) since the first of them was made, and on the day itself; with ``retell`` also as each day is judged today. ``newest`` are the rows of the day itself, where they are known."""
    begin = _begin(program, name, on)
    days = tuple(_days(begin, on, every, program.year)) if begin else ()
    then, since = _growing(program, name, None), _growing(program, name, on) if retell else None
    told: list[Sequence[Moment]] = []
    for day, label in days:
        known = newest if day == on else None
        rows = tuple(indicator_rows(program, name, day, method, series=then.until(day)) if known is None else known)
        later = retold(program, name, day, on, method, rows, since.until(day)) if since else repeat(None, len(rows))
        told.append(tuple(Moment(day, label, row, each) for row, each in zip(rows, later, strict=True)))
    withdrawn = {target.promise for target in program.indicators[name].targets if target.withdrawn_by(on)}
    followed = sorted((_followed(line, withdrawn, on) for line in _lines(told)), key=_order)
    return Timeline(program, name, on, every, days, tuple(followed))


def _growing(program: Program, name: str, seen: date | None) -> figures.Growing:
    return figures.Growing(program.indicators[name], program.actuals.get(name, ()), program.sources, seen)


def _begin(program: Program, name: str, on: date) -> date | None:
    """The day on which the first promise was made; of an undated one, on which the first figure was known; None where none was made by ``on``."""
    made = [set_date(program.sources, target) for target in program.indicators[name].targets]
    first = [day for day in made if day is not None and day <= on]
    if None in made:
        known = (
            figures.known_from(actual, figures.published(actual, program.sources))
            for _, actual in program.actuals.get(name, ())
        )
        first.append(min([on, *known]))
    return min(first, default=None)


def _days(begin: date, on: date, every: Frequency, year: Year) -> Iterator[tuple[date, str]]:
    """The ends of the periods from the one of ``begin`` to ``on``, each with its label."""
    step = period.MONTHS[every]
    for part in period.parts(period.of_kind(begin, every, year).first, on, every, year):
        yield part.last, part.text if part.months == step else on.isoformat()


@dataclass(slots=True, eq=False)
class _Line:
    """A promise as it is followed back: the versions that are its own, and the promise that its oldest known version is one of."""

    key: tuple[object, ...]
    places: set[int] = field(default_factory=set)
    moments: list[Moment] = field(default_factory=list)

    def takes(self, moment: Moment) -> bool:
        return not self.moments or self.moments[-1].day != moment.day

    def add(self, moment: Moment) -> None:
        self.moments.append(moment)
        self.places |= {moment.row.version.place, *(version.place for version in moment.row.superseded)}
        self.key = _key(moment)


def _key(moment: Moment) -> tuple[object, ...]:
    target = moment.row.target
    return target.promise if target else ()


def _lines(told: Sequence[Sequence[Moment]]) -> list[_Line]:
    """The promises, followed from the newest day back: a row is of the promise whose version it is, or that later took its place."""
    book = _Book()
    for moments in reversed(told):
        rest = [moment for moment in moments if not book.continued(moment)]
        for moment in rest:
            book.inherited(moment)
    return book.lines


@dataclass(slots=True, eq=False)
class _Book:
    """The promises that are followed back, by the keys and the places by which they are found again."""

    lines: list[_Line] = field(default_factory=list)
    by_key: dict[tuple[object, ...], list[_Line]] = field(default_factory=dict)
    by_place: dict[int, list[_Line]] = field(default_factory=dict)

    def continued(self, moment: Moment) -> bool:
        """Whether a promise is known by the key of a row, which is then its own."""
        own = next((line for line in self.by_key.get(_key(moment), ()) if line.takes(moment)), None)
        if own is not None:
            self._add(own, moment)
        return own is not None

    def inherited(self, moment: Moment) -> None:
        """Give a row to the promise that later took its place; else it is a promise of its own."""
        heir = next((line for line in self.by_place.get(moment.row.version.place, ()) if line.takes(moment)), None)
        if heir is None:
            heir = _Line(_key(moment))
            self.lines.append(heir)
            self.by_key.setdefault(heir.key, []).append(heir)
        self._add(heir, moment)

    def _add(self, line: _Line, moment: Moment) -> None:
        key, places = line.key, set(line.places)
        line.add(moment)
        if line.key != key:
            self.by_key[key].remove(line)
            self.by_key.setdefault(line.key, []).append(line)
        for place in line.places - places:
            self.by_place.setdefault(place, []).append(line)


def _followed(line: _Line, withdrawn: AbstractSet[tuple[object, ...]], on: date) -> Followed:
    moments = tuple(reversed(line.moments))
    if moments[-1].day == on:
        return Followed(moments)
    return Followed(moments, "withdrawn" if _key(moments[-1]) in withdrawn else "replaced")


def _order(followed: Followed) -> tuple[date, int]:
    due = followed.newest.due
    return (due.last if due else date.max, followed.newest.version.place)


# ---------------------------------------------------------------- documents


class LearnedDocument(TypedDict):
    """One thing that became known after a day; ``old`` is the figure that ``actual`` took the place of, ``was`` the target that today's did."""

    what: str
    actual: ActualDocument | None
    old: ActualDocument | None
    was: TargetDocument | None
    why: str


class TodayDocument(TypedDict):
    """A day as it is judged by what is known today."""

    status: str
    figure: Num | None
    answer: bool | None
    actual: ActualDocument | None
    gap: Num | None
    gap_approx: OpenEnd | None
    target: TargetDocument
    learned: list[LearnedDocument]


class MomentDocument(TypedDict):
    """A promise at the end of a period (null of the day asked for), by what was known then; ``known_today`` only where that gives another status."""

    date: str
    period: str | None
    status: str
    figure: Num | None
    answer: bool | None
    actual: ActualDocument | None
    gap: Num | None
    gap_approx: OpenEnd | None
    flags: list[str]
    why: str
    target: TargetDocument
    known_today: TodayDocument | None


class FollowedDocument(TypedDict):
    """One promise through its versions; ``target`` is the newest one, ``ended`` why it has no row on the last day."""

    target: TargetDocument
    disaggregation: dict[str, str]
    status: str | None
    ended: str | None
    dates: list[MomentDocument]


class HistoryDocument(TypedDict):
    """What ``history --json`` prints."""

    schema: Literal["targettrack.history"]
    version: Literal[2]
    on: str
    every: str
    program: str
    indicator: str
    name: str
    unit: str | None
    direction: str | None
    gap_unit: str | None
    promises: list[FollowedDocument]


class MomentRecord(TypedDict):
    """One promise on one day, on a line of its own; ``target`` is the version that was in force."""

    program: str
    indicator: str
    disaggregation: dict[str, str]
    date: str
    period: str | None
    status: str
    figure: Num | None
    answer: bool | None
    gap: Num | None
    gap_approx: OpenEnd | None
    gap_unit: str | None
    actual: ActualDocument | None
    target: TargetDocument
    known_today: str | None
    learned: list[str]


def _document(page: Timeline) -> HistoryDocument:
    indicator = page.indicator
    return {
        "schema": "targettrack.history",
        "version": 2,
        "on": page.on.isoformat(),
        "every": page.every,
        "program": page.program.id,
        "indicator": page.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "gap_unit": notation.gap_unit(indicator.unit),
        "promises": each(_promise, page.promises),
    }


def _promise(followed: Followed) -> FollowedDocument:
    newest = followed.newest
    return {
        "target": documents.target_document(newest.version),
        "disaggregation": dict(newest.disaggregation),
        "status": None if followed.ended else newest.status,
        "ended": followed.ended,
        "dates": [_moment(moment) for moment in followed.moments],
    }


def _period(moment: Moment) -> str | None:
    return moment.label if moment.label != moment.day.isoformat() else None


def _moment(moment: Moment) -> MomentDocument:
    row = moment.row
    return {
        "date": moment.day.isoformat(),
        "period": _period(moment),
        "status": row.status,
        "figure": row.figure,
        "answer": row.answer,
        "actual": documents.judged_document(row),
        "gap": row.gap,
        "gap_approx": row.gap_approx,
        "flags": list(row.flags),
        "why": wording.plain(wording.why(row)),
        "target": documents.target_document(row.version),
        "known_today": _today(moment.today) if moment.today else None,
    }


def _today(today: Retold) -> TodayDocument:
    row = today.row
    return {
        "status": row.status,
        "figure": row.figure,
        "answer": row.answer,
        "actual": documents.judged_document(row),
        "gap": row.gap,
        "gap_approx": row.gap_approx,
        "target": documents.target_document(row.version),
        "learned": [_learned(learned) for learned in today.learned],
    }


def _learned(learned: Learned) -> LearnedDocument:
    return {
        "what": learned.what,
        "actual": documents.actual_document(learned.new) if learned.new else None,
        "old": documents.actual_document(learned.old) if learned.old else None,
        "was": documents.target_document(learned.before) if learned.before else None,
        "why": wording.plain(said(learned)),
    }


def _record(page: Timeline, moment: Moment) -> MomentRecord:
    row, today = moment.row, moment.today
    return {
        "program": page.program.id,
        "indicator": page.id,
        "disaggregation": dict(row.disaggregation),
        "date": moment.day.isoformat(),
        "period": _period(moment),
        "status": row.status,
        "figure": row.figure,
        "answer": row.answer,
        "gap": row.gap,
        "gap_approx": row.gap_approx,
        "gap_unit": notation.gap_unit(row.unit) if row.bound else None,
        "actual": documents.judged_document(row),
        "target": documents.target_document(row.version),
        "known_today": today.row.status if today else None,
        "learned": [wording.plain(said(learned)) for learned in today.learned] if today else [],
    }
