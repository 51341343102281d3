"""Flipped: which targets have another status than they had, and why: each cause is tried alone, and taken away alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from targettrack import figures
from targettrack.blame import Key
from targettrack.changed import EVER, Change, Kind
from targettrack.language import mark
from targettrack.program import Actual, Baseline, Indicator, Program, Target, set_date
from targettrack.report import Method, Row, Status, indicator_rows

CauseName = Literal["new-figure", "revised-figure", "revised-target", "rebased", "file", "time"]

CAUSES: dict[CauseName, str] = {
    "new-figure": mark("a new figure"),
    "revised-figure": mark("a revised figure"),
    "revised-target": mark("a revised target"),
    "rebased": mark("another baseline or definition"),
    "file": mark("dates, frequency or preferred sources written otherwise in the file"),
    "time": mark("the passage of time"),
}
"""What can turn a status, and how it is called."""

_OF: dict[Kind, CauseName] = {
    "new-figure": "new-figure", "rival-figure": "new-figure", "revised-figure": "revised-figure", "edited-figure": "revised-figure", "remarked-figure": "revised-figure", "gone-figure": "revised-figure",
    "rebased": "rebased", "defined-otherwise": "rebased",
}  # fmt: skip


def cause_of(change: Change) -> CauseName:
    """Which cause a change belongs to."""
    return _OF.get(change.kinds[0], "revised-target")


@dataclass(frozen=True, slots=True)
class Cause:
    """One of the things that turned a status: whether it ``alone`` would have done it, and the changes that it consists of."""

    name: CauseName
    alone: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Flip:
    """A target whose status is another one: its row then and now, and why."""

    before: Row
    after: Row
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Side:
    """A program as it was, or is, and the day on which it is judged."""

    program: Program
    on: date

    def rows(self, name: str, method: Method) -> list[Row]:
        """The rows of an indicator, as a report of the day has them."""
        return list(indicator_rows(self.program, name, self.on, method)) if name in self.program.indicators else []


def flips(old: Side, new: Side, changes: Sequence[Change], method: Method) -> Iterator[Flip]:
    """The targets of both sides that have another status; ``changes`` is what the newer side says otherwise."""
    for name in new.program.indicators:
        was = old.rows(name, method)
        for row in new.rows(name, method):
            before = next((each for each in was if _promised(each) & _promised(row)), None)
            if before is not None and before.status != row.status:
                yield Flip(before, row, tuple(_Trial(old, new, row, [each for each in changes if each.indicator == name], method).causes()))


def _promised(row: Row) -> set[Key]:
    versions = (row.version, *row.superseded)
    return {version.promise.promise for version in versions if isinstance(version.promise, Target)}


@dataclass(frozen=True)
class _Trial:
    """One target, judged with some of what is new and the rest as it was."""

    old: Side
    new: Side
    row: Row
    changes: Sequence[Change]
    method: Method

    def causes(self) -> Iterator[Cause]:
        """What matters: what alone changes the status, or without which it would be another one; if nothing does so, whatever changed."""
        every = self.possible
        now, was = self.status(every), self.status(())
        alone = {name: self.status((name,)) for name in every}
        matter = [name for name in every if alone[name] != was or self.status(every - {name}) != now]
        for name in CAUSES:
            if name in (matter or every):
                yield Cause(name, alone[name] == now, tuple(change for change in self.changes if cause_of(change) == name and self._concerns(change)))

    def _concerns(self, change: Change) -> bool:
        """Whether a change is about this target, or about figures of its part."""
        thing = change.thing
        if isinstance(thing, Actual):
            return thing.disaggregation == (self.row.target.disaggregation if self.row.target else ())
        return change.key[0] != "target" or change.key[2] in _promised(self.row)

    @cached_property
    def possible(self) -> frozenset[CauseName]:
        """The causes that there may be."""
        found = {cause_of(change) for change in self.changes if self._concerns(change)}
        if self.old.on != self.new.on:
            found.add("time")
        if _settings(self.old.program, self.new.program, self._name) != _settings(self.new.program, self.old.program, self._name):
            found.add("file")
        return frozenset(found)

    @property
    def _name(self) -> str:
        return self.row.indicator_id or ""

    def status(self, chosen: Iterable[CauseName]) -> Status | None:
        """The target's status with these causes alone; None where it would be no row."""
        there = frozenset(chosen)
        program = self._program(there)
        rows = indicator_rows(program, self._name, self.new.on if "time" in there else self.old.on, self.method, seen=EVER)
        return next((row.status for row in rows if _promised(row) & _promised(self.row)), None)

    def _program(self, chosen: AbstractSet[CauseName]) -> Program:
        """A program made of both, of what was known on each side; as time passes, what the older one says becomes known too."""
        old, new = self.old.program, self.new.program
        then = self.new.on if "time" in chosen else self.old.on
        was, now = old.indicators[self._name], new.indicators[self._name]
        defining, settings = (now if "rebased" in chosen else was), (now if "file" in chosen else was)
        aims = _known_targets(new, now, self.new.on) if "revised-target" in chosen else _known_targets(old, was, then)
        indicator = replace(defining, targets=aims, frequency=settings.frequency, prefer=settings.prefer, baseline=_known(new if "rebased" in chosen else old, defining.baseline, self.new.on if "rebased" in chosen else then))
        sources = {**old.sources, **new.sources} if "file" in chosen else {**new.sources, **old.sources}
        document = replace(old.document, sources=sources, indicators={self._name: indicator}, actuals=tuple(self._actuals(chosen, then)))
        return Program(new.id, new.file, document)

    def _actuals(self, chosen: AbstractSet[CauseName], then: date) -> Iterator[Actual]:
        """The figures of both: those of the newer side without the new ones are the revised ones."""
        added = {id(change.after) for change in self.changes if cause_of(change) == "new-figure"}
        if "revised-figure" not in chosen:
            yield from _known_figures(self.old.program, self._name, then)
        for actual in _known_figures(self.new.program, self._name, self.new.on):
            if ("new-figure" if id(actual) in added else "revised-figure") in chosen:
                yield actual


def _known_figures(program: Program, name: str, on: date) -> Iterator[Actual]:
    yield from (actual for _, actual in program.actuals.get(name, ()) if figures.known(actual, figures.published(actual, program.sources), on))


def _known_targets(program: Program, indicator: Indicator, on: date) -> tuple[Target, ...]:
    return tuple(target for target in indicator.targets if (made := set_date(program.sources, target)) is None or made <= on)


def _known(program: Program, baseline: Baseline | None, on: date) -> Baseline | None:
    return baseline if baseline and figures.known(baseline, figures.published(baseline, program.sources), on) else None


def _settings(program: Program, other: Program, name: str) -> tuple[object, ...]:
    """What else in a file decides which figure counts, and when; of sources, those that the other version has too."""
    indicator = program.indicators[name]
    used = sorted({actual.source for _, actual in program.actuals.get(name, ()) if actual.source in other.sources and actual.source})
    return (indicator.frequency, indicator.prefer, *((id, program.sources[id].published, program.sources[id].publisher) for id in used))
