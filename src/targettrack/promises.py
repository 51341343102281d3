"""Promises: which version of each promise was in force on a day, what it superseded, and what it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from targettrack import figures
from targettrack.figures import Bound
from targettrack.number import EXACT, plain
from targettrack.period import Period
from targettrack.program import Baseline, Indicator, Program, Promise, Source, Target, set_date

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Version:
    """One version of a promise, and its place among the indicator's targets (or the file's promises), from 0."""

    place: int
    promise: Target | Promise
    bound: Bound | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class InForce:
    """A promise in force: its version, the one that it took the place of, all that it superseded by date, then those made after its deadline."""

    version: Version
    before: Version | None = None
    superseded: tuple[Version, ...] = ()
    revised_after_due: bool = False

    @property
    def after_due(self) -> tuple[Version, ...]:
        """The versions made after its deadline."""
        return self.superseded[self.superseded.index(self.before) + 1 :] if self.before else self.superseded

    @property
    def in_order(self) -> tuple[Version, ...]:
        """Its versions: those that were in force, one after the other, then those made after its deadline."""
        late = self.after_due
        return (*self.superseded[: len(self.superseded) - len(late)], self.version, *late)

    @property
    def keys(self) -> set[_Key]:
        """The due days, windows and parts by which it was ever known."""
        return {target_of(version).promise for version in (self.version, *self.superseded)}


Against = date | Literal["original", "current"]
"""The version that a promise is held to: as first made, as now in force, or as it stood on a day."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Held:
    """A promise in the version that it is held to, and the other one to compare that with: the first one, or the one now in force; None where that is the same, or gone: ``withdrawn`` on a day."""

    promise: InForce
    other: Version | None = None
    withdrawn: Period | None = None


def held(program: Program, indicator: Indicator, on: date, against: Against = "current", seen: date | None = None) -> Iterator[Held]:
    """Each promise on an indicator as it is held to one of its versions on ``on``. As first made, also those that were withdrawn since.

    What a version of a day asks for is computed from what is known on ``on``, as its figures are.
    """
    if against == "original":
        for promise in in_force(program, indicator, on, seen, withdrawn=True):
            first = promise.in_order[0]
            now, ended = _current(promise, on)
            yield Held(InForce(first), now if now is not first else None, ended)
    elif against == "current":
        for promise in in_force(program, indicator, on, seen):
            yield Held(promise, None if promise.in_order[0] is promise.version else promise.in_order[0])
    else:
        current = list(in_force(program, indicator, on, seen, withdrawn=True))
        for promise in in_force(program, indicator, against):
            now, ended = _current(next((each for each in current if each.keys & promise.keys), promise), on)
            version = replace(promise.version, bound=bound_of(indicator, target_of(promise.version), program.sources, on, seen))
            yield Held(replace(promise, version=version), now if now and now.place != promise.version.place else None, ended)


def _current(promise: InForce, on: date) -> tuple[Version | None, Period | None]:
    """The version that is in force on a day, or when it was withdrawn."""
    target = target_of(promise.version)
    return (None, target.withdrawn) if target.withdrawn_by(on) else (promise.version, None)


def target_of(version: Version) -> Target:
    """The target of a version that is no promise in words."""
    if not isinstance(version.promise, Target):
        raise TypeError("a promise in words has no series")
    return version.promise


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Group:
    """The known versions of one promise: those made in time by date, and those made after its deadline."""

    in_time: tuple[Version, ...]
    after_due: tuple[Version, ...]

    @property
    def versions(self) -> tuple[Version, ...]:
        return (*self.in_time, *self.after_due)

    @property
    def current(self) -> Version:
        return self.in_time[-1]


def in_force(program: Program, indicator: Indicator, on: date, seen: date | None = None, *, withdrawn: bool = False) -> Iterator[InForce]:
    """Each promise on an indicator that was in force on ``on``, with those that were ``withdrawn`` if they are asked for; looking back from a later day ``seen``, in the version that is known by then."""
    groups = _groups(program, indicator, on, seen)
    heirs, late_heirs = _extensions(groups, program.sources)
    for key, group in groups.items():
        current = target_of(group.current)
        if key in heirs or (current.withdrawn_by(on) and not withdrawn):
            continue
        older = [version for old in _ancestors(key, heirs) for version in groups[old].versions] + list(group.in_time[:-1])
        older.sort(key=lambda version: set_date(program.sources, version.promise) or date.min)
        yield InForce(group.current, older[-1] if older else None, (*older, *group.after_due), revised_after_due=bool(group.after_due) or key in late_heirs)


def _extensions(groups: Mapping[_Key, _Group], sources: Mapping[str, Source]) -> tuple[dict[_Key, _Key], set[_Key]]:
    """Through ``replaces``: which promise took the place of which in time (old to new), and which had a replacement only after its deadline."""
    heirs: dict[_Key, _Key] = {}
    late: set[_Key] = set()
    for new, old, version in ((new, old, version) for new, group in groups.items() for version in group.versions for old in groups if old != new):
        if not _takes_place(target_of(version), target_of(groups[old].current)):
            continue
        due = target_of(groups[old].current).due
        made = set_date(sources, version.promise)
        if made is not None and due is not None and made > due.last:
            late.add(old)
        else:
            heirs[old] = new
    return heirs, late - heirs.keys()


def _takes_place(new: Target, old: Target) -> bool:
    return bool(new.replaces and old.due and new.replaces.last == old.due.last and (new.disaggregation, new.aggregate) == (old.disaggregation, old.aggregate))


def _ancestors(key: _Key, heirs: Mapping[_Key, _Key]) -> list[_Key]:
    """Every promise whose place this one took, directly or through others."""
    found: list[_Key] = []
    waiting = [key]
    while waiting:
        heir = waiting.pop()
        older = [old for old, new in heirs.items() if new == heir and old not in found and old != key]
        found += older
        waiting += older
    return found


def _groups(program: Program, indicator: Indicator, on: date, seen: date | None) -> dict[_Key, _Group]:
    promised: dict[_Key, list[tuple[date, Version]]] = {}
    for place, target in enumerate(indicator.targets):
        made = set_date(program.sources, target)
        if made is None or made <= (seen or on):
            version = Version(place, target, bound_of(indicator, target, program.sources, on, seen))
            promised.setdefault(target.promise, []).append((made or date.min, version))
    return {key: _group(sorted(versions, key=lambda dated: dated[0])) for key, versions in promised.items()}


def _group(dated: Sequence[tuple[date, Version]]) -> _Group:
    due = target_of(dated[0][1]).due
    in_time = [version for place, (made, version) in enumerate(dated) if place == 0 or due is None or made <= due.last]
    return _Group(tuple(in_time), tuple(version for _, version in dated if version not in in_time))


def bound_of(indicator: Indicator, target: Target, sources: Mapping[str, Source], on: date, seen: date | None = None) -> Bound | None:
    """What a target asks for; None for improve, milestones, and a multiple of a baseline that was not known on ``on``."""
    direction = indicator.direction
    if target.shape in {"improve", "milestone"} or direction is None:
        return None
    if target.times_baseline is not None:
        baseline = known_baseline(indicator, target, sources, on, seen)
        if baseline is None:
            return None
        low, high = (plain(EXACT.multiply(times, baseline.value)) for times in target.times_baseline)
    elif target.range is not None:
        low, high = target.range
    else:
        low = high = _value(target)
    return Bound(direction, high, low, target.strict) if direction == "decrease" else Bound(direction, low, high, target.strict)


def _value(target: Target) -> Decimal:
    if target.value is None or isinstance(target.value, bool):
        raise TypeError("this target has no value")
    return target.value


def known_baseline(indicator: Indicator, target: Target, sources: Mapping[str, Source], on: date, seen: date | None = None) -> Baseline | None:
    """The stated baseline that serves a target, if it was known on ``on`` (looking back from ``seen``: see ``figures.known``)."""
    baseline = indicator.baseline_of(target)
    return baseline if baseline and figures.known(baseline, figures.published(baseline, sources), on, seen) else None
