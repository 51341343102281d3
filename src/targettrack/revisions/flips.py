"""Flips: which targets have another status than they had, and why: each cause is tried alone, and taken away alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from targettrack.assessment import figures
from targettrack.assessment.promises import became, followed
from targettrack.assessment.report import indicator_rows
from targettrack.assessment.row import Row
from targettrack.assessment.status import Status
from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.period import Period, exactness
from targettrack.program.model import Actual, Baseline, Indicator, Program, Source, Target, set_by
from targettrack.revisions.authorship import Key
from targettrack.revisions.changes import EVER, Change, Kind, same
from targettrack.revisions.criteria import in_years, read_in, reread

CauseName = Literal["new-figure", "revised-figure", "revised-target", "rebased", "file", "time"]

CAUSES: tuple[CauseName, ...] = get_args(CauseName)
"""What can turn a status, in the order in which it is told."""

_OF: dict[Kind, CauseName] = {
    "new-figure": "new-figure", "rival-figure": "new-figure", "revised-figure": "revised-figure", "earlier-figure": "new-figure", "edited-figure": "revised-figure", "remarked-figure": "revised-figure", "gone-figure": "revised-figure",
    "rebased": "rebased", "defined-otherwise": "rebased", "ruled-otherwise": "file",
}  # fmt: skip


def cause_of(change: Change) -> CauseName:
    """Which cause a change belongs to; a target's own baseline is a part of the target."""
    return "revised-target" if change.key[0] == "target" else _OF.get(change.kinds[0], "revised-target")


@frozen(eq=True)
class Cause:
    """One of the things that turned a status: whether it ``alone`` would have done it, and the changes that it consists of."""

    name: CauseName
    alone: bool
    changes: tuple[Change, ...]


@frozen()
class Flip:
    """A target whose status is another one: its row then and now, and why; ``back``: the newer side is judged on an earlier day."""

    before: Row
    after: Row
    causes: tuple[Cause, ...]
    back: bool = False


@frozen()
class Side:
    """A program as it was, or is, and the day on which it is judged."""

    program: Program
    on: date

    def rows(self, name: str, method: Method) -> list[Row]:
        """The rows of an indicator, as a report of the day has them."""
        return list(indicator_rows(self.program, name, self.on, method)) if name in self.program.indicators else []


def flips(old: Side, new: Side, changes: Sequence[Change], method: Method) -> Iterator[Flip]:
    """The targets of both sides that have another status; ``changes`` is what the newer side says otherwise."""
    alike = replace(old, program=in_years(old.program, new.program.year))
    for name in new.program.indicators:
        was, now = old.rows(name, method), new.rows(name, method)
        mine = [each for each in changes if each.indicator == name or _rules(each, old.program, new.program, name)]
        for row in now:
            known = _known_by(row, now, mine)
            beside = [each.promised for each in now]
            then = _in_other_years(known, alike.program, old.program, name)
            before = followed(
                ((each, each.promised) for each in was if became(each.promised, row.promised, beside, then)),
                then,
                row.promise.standing,
            )
            if before is not None and before.status != row.status:
                yield Flip(
                    before,
                    row,
                    tuple(_Trial(alike, new, row, mine, method, known, old.program).causes()),
                    back=new.on < old.on,
                )


def _rules(change: Change, old: Program, new: Program, name: str) -> bool:
    """Whether a change is one of the program's own rules, or of a source that an indicator rests on."""
    if change.kinds != ("ruled-otherwise",) or change.indicator is not None:
        return False
    return change.key[1] == "program" or any(change.key[2] in _sources_of(program, name) for program in (old, new))


def _sources_of(program: Program, name: str) -> set[str | None]:
    indicator = program.indicators.get(name)
    mine = (
        [indicator.baseline, *indicator.targets, *(target.baseline for target in indicator.targets)]
        if indicator
        else []
    )
    return {each.source for each in (*mine, *(actual for _, actual in program.actuals.get(name, ()))) if each}


def _in_other_years(keys: AbstractSet[Key], program: Program, other: Program, name: str) -> AbstractSet[Key]:
    """The keys of promises as they are where the same texts are read in the other version's years."""
    if program is other or name not in program.indicators:
        return keys
    return {
        reread(target, other.year).promise for target in program.indicators[name].targets if target.promise in keys
    } | keys


def _known_by(row: Row, rows: Sequence[Row], changes: Sequence[Change]) -> AbstractSet[Key]:
    """By what a promise is known on both sides: also by the deadline that was edited into its own, if that is no other promise's now."""
    mine, others = row.keys, set().union(*(each.keys for each in rows if each is not row))
    moved = (each for each in changes if each.key[0] == each.became[0] == "target" and each.became[2] in mine)
    return mine | {key for each in moved if isinstance(key := each.key[2], tuple) and key not in others}


@frozen(eq=True, slots=False)
class _Trial:
    """One target, judged with some of what is new and the rest as it was; ``filed`` is the older program in the years of its own file, ``old`` in those of the newer one."""

    old: Side
    new: Side
    row: Row
    changes: Sequence[Change]
    method: Method
    known: AbstractSet[Key]
    filed: Program | None = None

    def causes(self) -> Iterator[Cause]:
        """What matters: what alone changes the status, or without which it would be another one; if nothing does so, whatever changed, and of time what the older file itself became."""
        every = self.possible
        now, was = self.judged(every), self.judged(())
        alone = {name: self.judged((name,)) for name in every}
        without = {name: self.judged(every - {name}) for name in every}
        matter = [
            name for name in every if _status(alone[name]) != _status(was) or _status(without[name]) != _status(now)
        ]
        named = matter or [name for name in every if name != "time" or _status(self._later) == _status(now)]
        for name in CAUSES:
            if name in named:
                changes = tuple(
                    change for change in self.changes if cause_of(change) == name and self._concerns(change)
                )
                yield Cause(
                    name,
                    _status(alone[name]) == _status(now),
                    _looked_at(changes, (was, alone[name], without[name], now)),
                )

    @property
    def _filed(self) -> Program:
        return self.filed or self.old.program

    @property
    def _later(self) -> Row | None:
        """The older file as it was, judged on the newer side's day."""
        keys = _in_other_years(self.known, self.old.program, self._filed, self._name)
        rows = indicator_rows(self._filed, self._name, self.new.on, self.method)
        return followed(((row, row.promised) for row in rows), keys, self.row.promise.standing)

    def _concerns(self, change: Change) -> bool:
        """Whether a change is about this target, or about figures of its part."""
        thing = change.thing
        if isinstance(thing, Actual):
            return thing.disaggregation == self.row.disaggregation
        keys = {key for key in (change.key, change.became) if key[0] == "target"}
        return not keys or any(key[2] in self.known for key in keys)

    @cached_property
    def possible(self) -> frozenset[CauseName]:
        """The causes that there may be."""
        found = {cause_of(change) for change in self.changes if self._concerns(change)}
        if self.old.on != self.new.on:
            found.add("time")
        places = list(self._places.values())
        if places != sorted(places) or _settings(self.old.program, self.new.program, self._name) != _settings(
            self.new.program, self.old.program, self._name
        ):
            found.add("file")
        return frozenset(found)

    @property
    def _name(self) -> str:
        return self.row.indicator_id or ""

    def status(self, chosen: Iterable[CauseName]) -> Status | None:
        """The target's status with these causes alone; None where it would be no row."""
        return _status(self.judged(chosen))

    def judged(self, chosen: Iterable[CauseName]) -> Row | None:
        """The target's row with these causes alone; None where there would be none."""
        there = frozenset(chosen)
        program, keys = self._program(there), self.known
        if "file" not in there and self._filed.year != program.year:
            before = program
            program = read_in(program, self._filed.year)
            keys = _in_other_years(keys, before, program, self._name)
        rows = indicator_rows(program, self._name, self._clock(there), self.method, seen=EVER)
        return followed(((row, row.promised) for row in rows), keys, self.row.promise.standing)

    def _clock(self, chosen: AbstractSet[CauseName]) -> date:
        return self.new.on if "time" in chosen else self.old.on

    def _program(self, chosen: AbstractSet[CauseName]) -> Program:
        """A program made of both, of what was known on each side; as time passes, what the older one says becomes known too.

        Targets and baselines keep the dates of the documents that their side names; those of figures are the file's.
        """
        then = self._clock(chosen)
        was, now = self._indicators
        defining, settings = (now if "rebased" in chosen else was), (now if "file" in chosen else was)
        aims = (
            _known_targets(self.new, self.new.on, self._name)
            if "revised-target" in chosen
            else _known_targets(self.old, then, self._name)
        )
        newer = "rebased" in chosen or ("file" in chosen and "rebased" not in self.possible)
        start = (
            _known_baseline(self.new, self.new.on if "rebased" in chosen else then, self._name)
            if newer
            else _known_baseline(self.old, then, self._name)
        )
        indicator = replace(
            defining,
            targets=aims,
            frequency=settings.frequency,
            lag=settings.lag,
            cumulative=settings.cumulative,
            prefer=settings.prefer,
            baseline=start,
        )
        sources = {**self._sources(chosen), **_apart(self.old), **_apart(self.new)}
        header = (self.new if "file" in chosen else self.old).program.header
        document = replace(
            self.old.program.document,
            program=header,
            sources=sources,
            indicators={self._name: indicator},
            actuals=tuple(self._actuals(chosen)),
        )
        return Program(self.new.program.id, self.new.program.file, document)

    @cached_property
    def _indicators(self) -> tuple[Indicator, Indicator]:
        return self.old.program.indicators[self._name], self.new.program.indicators[self._name]

    def _sources(self, chosen: AbstractSet[CauseName]) -> dict[str, Source]:
        old, new = self.old.program.sources, self.new.program.sources
        return {**old, **new} if "file" in chosen else {**new, **old}

    def _actuals(self, chosen: AbstractSet[CauseName]) -> Iterator[Actual]:
        """The figures of both in the order in which one of them takes another's place, as known by the clock: those of the newer side without the new ones are the revised ones."""
        clock, sources = self._clock(chosen), self._sources(chosen)
        found = (
            []
            if "revised-figure" in chosen
            else [
                (self._order(chosen, place, actual), actual, clock)
                for place, actual in self.old.program.actuals.get(self._name, ())
            ]
        )
        for place, actual in self.new.program.actuals.get(self._name, ()):
            if ("new-figure" if id(actual) in self._added else "revised-figure") in chosen:
                found.append((place, actual, self.new.on))
        dated = [(figures.published(actual, sources), place, actual, on) for place, actual, on in found]
        there = [
            (exactness(when), place, actual, when)
            for when, place, actual, on in dated
            if figures.known(actual, when, on)
        ]
        for _, _, actual, when in sorted(there, key=lambda each: each[:2]):
            yield _seen_by(clock, actual, when)

    @cached_property
    def _added(self) -> set[int]:
        return {id(change.after) for change in self.changes if cause_of(change) == "new-figure"}

    def _order(self, chosen: AbstractSet[CauseName], place: int, actual: Actual) -> float:
        """Where a figure of the older side stands in the newer file; where that one has another order, as the older one has it."""
        moved = self._places
        if "file" not in chosen and list(moved.values()) != sorted(moved.values()):
            return place - len(self.old.program.document.actuals)
        there = moved.get(id(actual))
        return there if there is not None else max((each for each in moved.values() if each < place), default=-1) + 0.5

    @cached_property
    def _places(self) -> dict[int, int]:
        """The places in the newer file of the older figures that are still there, edited or not, by the figures."""
        edited = {
            id(change.before): id(change.after)
            for change in self.changes
            if change.kinds[0] in {"edited-figure", "remarked-figure"}
        }
        gone = {id(change.before) for change in self.changes if change.kinds[0] == "gone-figure"}
        now = {
            id(actual): place
            for place, actual in self.new.program.actuals.get(self._name, ())
            if id(actual) not in self._added
        }
        found = {one: now.pop(other) for one, other in edited.items() if other in now}
        kept = [
            (same(actual), place) for place, actual in self.new.program.actuals.get(self._name, ()) if id(actual) in now
        ]
        for _, actual in self.old.program.actuals.get(self._name, ()):
            at = next((each for each in kept if each[0] == same(actual)), None)
            if id(actual) not in found and id(actual) not in gone and at:
                kept.remove(at)
                found[id(actual)] = at[1]
        return {
            id(actual): found[id(actual)]
            for _, actual in self.old.program.actuals.get(self._name, ())
            if id(actual) in found
        }


def _status(row: Row | None) -> Status | None:
    return row.status if row else None


def _looked_at(changes: tuple[Change, ...], rows: Iterable[Row | None]) -> tuple[Change, ...]:
    """Of changed figures, those of the periods that are judged in one of the rows that were tried, or where its way begins; all of them, if those are none."""
    tried = [row for row in rows if row]
    periods = {point.period for row in tried if row.judged for point in row.judged.points} | {
        row.start.period for row in tried if row.start
    }
    return (
        tuple(change for change in changes if not isinstance(change.thing, Actual) or change.thing.period in periods)
        or changes
    )


def _seen_by(clock: date, actual: Actual, when: Period | None) -> Actual:
    """A figure as one that is known by a day, for what is tried is what it would have done."""
    day = Period(clock, clock, clock.isoformat())
    if when is not None:
        return replace(actual, published=day if when.last > clock else when)
    return replace(actual, recorded=day) if actual.period.last > clock else actual


def _known_targets(side: Side, on: date, name: str) -> tuple[Target, ...]:
    known = [target for target in side.program.indicators[name].targets if set_by(side.program.sources, target, on)]
    return tuple(
        replace(target, source=_name_of(side, target.source), baseline=_of_side(side, target.baseline))
        for target in known
    )


def _known_baseline(side: Side, on: date, name: str) -> Baseline | None:
    baseline = side.program.indicators[name].baseline
    return (
        _of_side(side, baseline)
        if baseline and figures.known(baseline, figures.published(baseline, side.program.sources), on)
        else None
    )


def _of_side(side: Side, baseline: Baseline | None) -> Baseline | None:
    return replace(baseline, source=_name_of(side, baseline.source)) if baseline else None


def _name_of(side: Side, source: str | None) -> str | None:
    return None if source is None else f"{source} {id(side)}"


def _apart(side: Side) -> dict[str, Source]:
    """The sources of a side under names of its own."""
    return {f"{name} {id(side)}": source for name, source in side.program.sources.items()}


def _settings(program: Program, other: Program, name: str) -> tuple[object, ...]:
    """What else in a file decides which figure counts, and when; of sources, those that the other version has too."""
    indicator = program.indicators[name]
    used = sorted(
        {
            actual.source
            for _, actual in program.actuals.get(name, ())
            if actual.source in other.sources and actual.source
        }
    )
    known = indicator.baseline and figures.published(indicator.baseline, program.sources)
    return (
        program.year,
        indicator.frequency,
        indicator.lag,
        indicator.cumulative,
        indicator.prefer,
        known,
        *((id, program.sources[id].published, program.sources[id].publisher) for id in used),
    )
