"""Hindsight: how a past day is judged by what has become known since, and what it was that changed the judgement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from targettrack.assessment.figures import Figure, Point, Series
from targettrack.assessment.judging import Start
from targettrack.assessment.promises import Version
from targettrack.assessment.report import indicator_rows
from targettrack.assessment.row import Row
from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.program.model import Program, set_by

What = Literal["published", "revised", "preferred", "start", "break", "baseline", "series", "target"]


@frozen()
class Learned:
    """One thing that became known after a day and by which the day is judged otherwise.

    ``published``: a figure (``new``) that was not known; ``revised``, ``preferred``: a figure in the place of an ``old`` one, of its publisher or of another one;
    ``target``: a version of the promise in the place of an older one; ``start``: where the way begins;
    ``break``, ``baseline``, ``series``: a break, what a bound is a multiple of, or other figures of the series.
    """

    what: What
    row: Row
    new: Figure | None = None
    old: Figure | None = None
    before: Version | None = None
    start: Start | None = None


@frozen()
class Retold:
    """A row as it is judged today, and by what that became known since the day."""

    row: Row
    learned: tuple[Learned, ...]


def retold(
    program: Program, name: str, day: date, seen: date, method: Method, rows: Sequence[Row], series: Series
) -> Iterator[Retold | None]:
    """Of each row of an indicator as known on ``day``: the same promise on the same day as it is judged by what is known on ``seen``, a later day, ``series`` of its figures; None where that is the same status.

    There is one clock for what has happened, ``day``: what is past due, ended or withdrawn is so by that day. What is known is that of ``seen``:
    the promises in their versions of today, and the figures, revisions and rivals of today of the periods that had ended by ``day``. The figure of a later
    period says nothing of that day, however much is known of it today. What did it is found by asking twice: the figures of today with the promises
    of then, and then with those of today.
    """
    today = tuple(
        indicator_rows(program, name, day, method, seen, series=series)
    )  # the row of today in the version of then, else in one that took its place
    own = {each.version.place: each for each in today}
    heirs = {version.place: each for each in reversed(today) for version in each.superseded}
    pairs = [(row, own.get(row.version.place) or heirs.get(row.version.place)) for row in rows]
    if all(now is None or now.status == row.status for row, now in pairs):
        yield from (None for _ in pairs)
        return
    figures_only = indicator_rows(_promised_by(program, name, day), name, day, method, seen, series=series)
    for (row, now), between in zip(pairs, figures_only, strict=True):
        yield None if now is None or now.status == row.status else Retold(now, tuple(_learned(row, between, now)))


def _promised_by(program: Program, name: str, day: date) -> Program:
    """The program with those targets of an indicator alone that were known on a day."""
    document = program.document
    indicator = document.indicators[name]
    known = replace(
        indicator, targets=tuple(target for target in indicator.targets if set_by(document.sources, target, day))
    )
    return replace(program, document=replace(document, indicators={**document.indicators, name: known}))


def _learned(then: Row, between: Row, now: Row) -> Iterator[Learned]:
    if between.status != then.status:
        yield from _figures(then, between)
    if now.status != between.status:
        yield Learned("target", now, before=then.version)


def _figures(then: Row, now: Row) -> Iterator[Learned]:
    """What figures did it: those that are judged; else where the way begins, a break, the baseline, or others of the series."""
    known = {point.period: point for point in then.points}
    judged = now.judged.points if now.judged else ()
    found = [learned for point in judged if (learned := _judged(now, point, known.get(point.period)))]
    if found:
        yield from found
    elif now.start and (
        then.start is None or (then.start.period, then.start.value) != (now.start.period, now.start.value)
    ):
        yield Learned("start", now, start=now.start)
    elif now.broken and not then.broken:
        yield Learned("break", now)
    else:
        changed = _ends(then) != _ends(now)
        yield Learned("baseline" if changed else "series", now)


def _ends(row: Row) -> tuple[object, ...]:
    return (row.bound.weak, row.bound.strong) if row.bound else ()


def _judged(now: Row, point: Point, old: Point | None) -> Learned | None:
    """What became known of one judged period; None where its figure was used then too."""
    if old is None:
        return Learned("published", now, point.figure)
    if old.figure.place == point.figure.place:
        return None
    revised = any(figure.place == old.figure.place for figure in point.revised)
    return Learned("revised" if revised else "preferred", now, point.figure, old.figure)
