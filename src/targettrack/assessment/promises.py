"""Promises: which version of each promise was in force on a day, what it superseded, what it asks for, and whether that is less."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Literal, TypeVar

from targettrack.assessment import bounds, figures
from targettrack.assessment.bounds import Asks, Bound, bound_between
from targettrack.frozen import frozen
from targettrack.number import EXACT, plain
from targettrack.period import Period, exactness
from targettrack.program.model import (
    Baseline,
    Direction,
    Indicator,
    Program,
    Promise,
    Shape,
    Source,
    Standing,
    Target,
    made,
    set_by,
    set_date,
)

_Key = tuple[object, ...]


@frozen()
class Version:
    """One version of a promise, and its place among the indicator's targets (or the file's promises), from 0."""

    place: int
    promise: Target | Promise
    bound: Bound | None = None


@frozen()
class InForce:
    """A promise in force: its version, the adopted one that it took the place of, all that it superseded by date, then those made after its deadline.

    Of a standing promise ``versions`` are all that were set, by date; ``upcoming`` is the last of those set later than the one in force in the period that is judged.
    """

    version: Version
    before: Version | None = None
    superseded: tuple[Version, ...] = ()
    revised_after_due: bool = False
    versions: tuple[Version, ...] = ()
    upcoming: Version | None = None
    late: tuple[Version, ...] = ()
    replaced_by: Version | None = None

    @property
    def became(self) -> Version | None:
        """What was promised instead after its deadline."""
        return self.late[-1] if self.late else self.replaced_by

    @property
    def after_due(self) -> tuple[Version, ...]:
        """The versions made after its deadline."""
        return self.late

    @property
    def in_order(self) -> tuple[Version, ...]:
        """Its versions: those that were in force, one after the other, those of a standing promise that are upcoming, then those made after its deadline."""
        later = self.versions[self.versions.index(self.version) + 1 :] if self.version in self.versions else ()
        return (*self.superseded[: len(self.superseded) - len(self.late)], self.version, *later, *self.late)

    @property
    def first(self) -> Version:
        """The first version that was made: of what was adopted, the first adopted one, whatever was proposed before."""
        standing = self.version.promise.standing
        return next(version for version in self.versions or self.in_order if version.promise.standing == standing)

    @property
    def keys(self) -> set[_Key]:
        """The due days, windows and parts by which it was ever known."""
        return {target_of(version).promise for version in (self.version, *self.superseded, *self.versions)}


Choose = Callable[[Sequence[Version]], Version]
"""Which version of a standing promise the row stands for: the one in force in the period that is judged."""


def newest(versions: Sequence[Version]) -> Version:
    """The version that was set last."""
    return versions[-1]


Against = date | Literal["original", "current"]
"""The version that a promise is held to: as first made, as now in force, or as it stood on a day."""


@frozen()
class Held:
    """A promise in the version that it is held to, and the other one to compare that with: the first one, or the one now in force; None where that is the same, or gone: ``withdrawn`` on a day."""

    promise: InForce
    other: Version | None = None
    withdrawn: Period | None = None


def held(
    program: Program,
    indicator: Indicator,
    on: date,
    against: Against = "current",
    seen: date | None = None,
    choose: Choose = newest,
) -> Iterator[Held]:
    """Each promise on an indicator as it is held to one of its versions on ``on``. As first made, also those that were withdrawn since.

    What a version of a day asks for is computed from what is known on ``on``, as its figures are.
    """
    if against == "original":
        for promise in in_force(program, indicator, on, seen, withdrawn=True, choose=choose):
            first = promise.first
            now, ended = _current(promise, on)
            yield Held(
                InForce(first, versions=(first,) if promise.versions else ()), now if now is not first else None, ended
            )
    elif against == "current":
        for promise in in_force(program, indicator, on, seen, choose=choose):
            first = promise.first
            yield Held(promise, None if first is promise.version else first)
    else:
        current = list(in_force(program, indicator, on, seen, withdrawn=True, choose=choose))
        for promise in in_force(program, indicator, against):
            now, ended = _current(next((each for each in current if same(each, promise)), promise), on)
            version = replace(
                promise.version, bound=bound_of(indicator, target_of(promise.version), program.sources, on, seen)
            )
            yield Held(
                replace(promise, version=version, versions=(version,) if promise.versions else (), upcoming=None),
                now if now and now.place != promise.version.place else None,
                ended,
            )


def _current(promise: InForce, on: date) -> tuple[Version | None, Period | None]:
    """The version that is in force on a day, or when it was withdrawn."""
    target = target_of(promise.version)
    return (None, target.withdrawn) if target.withdrawn_by(on) else (promise.version, None)


def target_of(version: Version) -> Target:
    """The target of a version that is no promise in words."""
    if not isinstance(version.promise, Target):
        raise TypeError("a promise in words has no series")
    return version.promise


def same(one: InForce, other: InForce) -> bool:
    """Whether two are one promise, as known on two days or in two versions of a file: a draft is another one than what was adopted beside it."""
    return bool(one.keys & other.keys) and one.version.promise.standing == other.version.promise.standing


_P = TypeVar("_P")


def followed(found: Iterable[tuple[_P, InForce]], keys: AbstractSet[_Key], standing: Standing) -> _P | None:
    """What stands in the place of a promise of ``keys``: one of its standing, else what was adopted of a draft, or is only proposed again."""
    near = [(each, promise.version.promise.standing) for each, promise in found if promise.keys & keys]
    return next((each for each, its in near if its == standing), next((each for each, _ in near), None))


def became(old: InForce, new: InForce, beside: Iterable[InForce], keys: AbstractSet[_Key] = frozenset()) -> bool:
    """Whether a promise, known by its keys or by others, is what an older one became, and not a draft beside what was adopted; ``beside`` are the newer ones."""
    standing = old.version.promise.standing
    if not old.keys & (keys or new.keys):
        return False
    return standing == new.version.promise.standing or not any(
        each is not new and each.version.promise.standing == standing and each.keys & old.keys for each in beside
    )


@dataclass(slots=True, eq=False, repr=False)
class _Group:
    """The known versions of one promise, adopted or proposed: those made in time by date, those made after its deadline, and the proposals that it superseded."""

    in_time: tuple[Version, ...]
    after_due: tuple[Version, ...] = ()
    drafts: tuple[Version, ...] = ()
    replaced: bool = False
    replaced_late: Version | None = None
    older: list[_Group] = field(default_factory=list)

    @property
    def current(self) -> Version:
        return self.in_time[-1]

    @property
    def target(self) -> Target:
        return target_of(self.current)

    @property
    def adopted(self) -> bool:
        return self.target.standing == "adopted"

    def ancestors(self) -> list[_Group]:
        """Every promise whose place this one took, directly or through others."""
        found: list[_Group] = []
        waiting = list(self.older)
        while waiting:
            if (old := waiting.pop()) not in found and old is not self:
                found.append(old)
                waiting += old.older
        return found


def in_force(
    program: Program,
    indicator: Indicator,
    on: date,
    seen: date | None = None,
    *,
    withdrawn: bool = False,
    choose: Choose = newest,
) -> Iterator[InForce]:
    """Each promise on an indicator that was in force on ``on``, with those that were ``withdrawn`` if they are asked for; looking back from a later day ``seen``, in the version that is known by then.

    A draft is a promise of its own: it never takes the place of what was adopted, and an adopted version supersedes the drafts made before it.
    """
    sources = program.sources
    for group in _groups(program, indicator, on, seen):
        if group.replaced or (group.target.withdrawn_by(on) and not withdrawn):
            continue
        current = choose(group.in_time) if group.target.every else group.current
        place = group.in_time.index(current)
        ancestors = group.ancestors()
        drafts = [
            version
            for version in group.drafts
            if exactness(made(sources, version.promise)) < exactness(made(sources, current.promise))
        ]
        before = [
            *(version for old in ancestors for version in (*old.in_time, *old.after_due, *old.drafts)),
            *drafts,
            *group.in_time[:place],
        ]
        before.sort(key=lambda version: exactness(made(sources, version.promise)))
        standing = current.promise.standing
        alike = [version for version in before if version.promise.standing == standing]
        yield InForce(
            current,
            before=alike[-1] if alike else None,
            superseded=(*before, *group.after_due),
            revised_after_due=bool(group.after_due) or group.replaced_late is not None,
            versions=group.in_time if group.target.every else (),
            upcoming=group.in_time[-1] if current is not group.in_time[-1] else None,
            late=group.after_due,
            replaced_by=group.replaced_late,
        )


def _groups(program: Program, indicator: Indicator, on: date, seen: date | None) -> list[_Group]:
    """The promises with their versions by date, in the order of the file."""
    sources = program.sources
    known = [
        Version(place, target, bound_of(indicator, target, sources, on, seen))
        for place, target in enumerate(indicator.targets)
        if set_by(sources, target, seen or on)
    ]
    adopted = [
        _group(versions, sources)
        for versions in _alike([version for version in known if version.promise.standing == "adopted"], indicator)
    ]
    proposed = [version for version in known if version.promise.standing == "proposed"]
    drafts = [
        _group(versions, sources)
        for versions in _alike(_not_superseded(adopted, proposed, sources, indicator), indicator)
    ]
    groups = sorted((*adopted, *drafts), key=lambda group: min(version.place for version in group.in_time))
    _extend(groups, sources)
    return groups


def _alike(versions: Sequence[Version], indicator: Indicator) -> list[list[Version]]:
    """The versions by the promise that they are of: whatever is the same promise as one of a group belongs to it."""
    buckets: dict[_Key, list[list[Version]]] = {}
    for version in versions:
        target = target_of(version)
        groups = buckets.setdefault(
            (target.due and target.due.last, target.every, target.aggregate, target.disaggregation), []
        )
        mine = [
            group
            for group in groups
            if any(target.same_promise(target_of(other), cumulative=indicator.cumulative) for other in group)
        ]
        if not mine:
            groups.append([version])
            continue
        first, *others = mine
        first += [*(each for group in others for each in group), version]
        groups[:] = [group for group in groups if group not in others] if others else groups
    return [group for groups in buckets.values() for group in groups]


def _group(versions: Sequence[Version], sources: Mapping[str, Source]) -> _Group:
    dated = sorted(versions, key=lambda version: (exactness(made(sources, version.promise)), version.place))
    due = target_of(dated[0]).due
    in_time = tuple(
        version
        for place, version in enumerate(dated)
        if place == 0 or due is None or (set_date(sources, version.promise) or date.min) <= due.last
    )
    places = {version.place for version in in_time}
    return _Group(in_time, tuple(version for version in dated if version.place not in places))


def _not_superseded(
    adopted: Sequence[_Group], proposed: Sequence[Version], sources: Mapping[str, Source], indicator: Indicator
) -> list[Version]:
    """The proposals that no adopted version was made after; the others go to the promise that superseded them."""
    places: dict[_Key, list[_Group]] = {}
    for group in adopted if proposed else ():
        places.setdefault((group.target.due and group.target.due.last, group.target.disaggregation), []).append(group)
    left = []
    for version in proposed:
        target, when = target_of(version), exactness(made(sources, version.promise))
        near = places.get((target.due and target.due.last, target.disaggregation), ())
        same = [
            group
            for group in near
            if any(
                target.same_promise(target_of(each), cumulative=indicator.cumulative)
                for each in (*group.in_time, *group.after_due)
            )
        ]
        later = next(
            (group for group in same if any(exactness(made(sources, each.promise)) > when for each in group.in_time)),
            None,
        )
        if later:
            later.drafts = (*later.drafts, version)
        else:
            left.append(version)
    return left


def _extend(groups: Sequence[_Group], sources: Mapping[str, Source]) -> None:
    """Through ``replaces``: which promise took the place of which in time, and which had a replacement only after its deadline. A draft replaces drafts alone."""
    new = [
        (group, version)
        for group in groups
        for version in group.in_time + group.after_due
        if target_of(version).replaces
    ]
    if not new:
        return
    due: dict[_Key, list[_Group]] = {}
    for group in groups:
        if group.target.due:
            due.setdefault((group.target.due.last, group.target.disaggregation, group.target.aggregate), []).append(
                group
            )
    for group, version in new:
        target = target_of(version)
        place = (target.replaces and target.replaces.last, target.disaggregation, target.aggregate)
        for old in due.get(place, ()):
            if old is group or (old.adopted and not group.adopted):
                continue
            since = set_date(sources, version.promise)
            if since is not None and old.target.due is not None and since > old.target.due.last:
                old.replaced_late = version
            elif not _after(sources, old, version):
                old.replaced = True
                group.older.append(old)
    for group in groups:
        group.replaced_late = None if group.replaced else group.replaced_late


def _after(sources: Mapping[str, Source], old: _Group, by: Version) -> bool:
    """Whether a draft was made only after what is adopted in the place of its deadline."""
    drafted = not old.adopted and by.promise.standing == "adopted"
    return drafted and exactness(made(sources, old.current.promise)) > exactness(made(sources, by.promise))


def holding(versions: Sequence[Version], sources: Mapping[str, Source], period: Period) -> Version | None:
    """The version of a standing promise that was in force on the last day of a period, of versions in order of their dates; None where none held then.

    Until a newer version's window begins the older one holds; what was set later never judges the period.
    """
    day = period.last
    known = bisect_right(
        versions, (day.year, day.month, day.day), key=lambda version: exactness(made(sources, version.promise))
    )
    older = (versions[place] for place in range(known - 1, -1, -1))
    newest = next(
        (version for version in older if set_by(sources, version.promise, day) and _begun(target_of(version), period)),
        None,
    )
    if newest is None:
        return None
    target = target_of(newest)
    return None if target.withdrawn_by(day) or (target.ends is not None and target.ends.last < day) else newest


def _begun(target: Target, period: Period) -> bool:
    return target.begins is None or target.begins.first <= period.first


def bound_of(
    indicator: Indicator, target: Target, sources: Mapping[str, Source], on: date, seen: date | None = None
) -> Bound | None:
    """What a target asks for; None for improve, milestones, undetermined, and a multiple of a baseline that was not known on ``on``."""
    direction = indicator.direction
    if target.shape in {"improve", "milestone", "undetermined"} or direction is None:
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
    return bound_between(direction, low, high, strict=target.strict, unit=indicator.unit)


def _value(target: Target) -> Decimal:
    if target.value is None or isinstance(target.value, bool):
        raise TypeError("this target has no value")
    return target.value


def asks(new: Version, old: Version, direction: Direction | None) -> Asks:
    """What a version of a promise on an indicator of a direction asks for beside an older one: as their bounds do; promises in words are not compared.

    Any progress asks for less than a number, and a number to be set for less than both. Other shapes, or a break of the series since, make it something else.
    """
    was, now = old.promise, new.promise
    if not isinstance(was, Target) or not isinstance(now, Target):
        return "same"
    if now.series_break and not was.series_break:
        return "other"
    if new.bound and old.bound:
        return bounds.asks(new.bound, old.bound)
    if (
        new.bound is None
        and old.bound is None
        and direction
        and (multiple := _multiple(now, direction))
        and (before := _multiple(was, direction))
    ):
        return bounds.asks(multiple, before)
    return _shaped(now, was)


def _multiple(target: Target, direction: Direction) -> Bound | None:
    """What a multiple of a baseline that is not known asks for, in multiples of that; such a baseline is above 0."""
    own = target.baseline
    unit = f"times {own.value} of {own.period}" if own else "times the baseline"
    return (
        bound_between(direction, *target.times_baseline, strict=target.strict, unit=unit)
        if target.times_baseline
        else None
    )


def _shaped(now: Target, was: Target) -> Asks:
    """What a target asks for beside an older one, where not both have a number that is known."""
    if now.shape == was.shape and not now.times_baseline:
        return "same"
    if "milestone" in {now.shape, was.shape}:
        return "other"
    ranks = _RANKS.get(now.shape, 2), _RANKS.get(was.shape, 2)
    return "other" if ranks[0] == ranks[1] else "less" if ranks[0] < ranks[1] else "more"


_RANKS: Mapping[Shape, int] = {"undetermined": 0, "improve": 1}
"""How much the shapes without a number ask for; a number asks for more."""


def hardest(versions: Sequence[Version], direction: Direction | None) -> Version:
    """Of versions, the one that asks for most; of those that cannot be compared, the first."""
    return reduce(lambda most, each: each if asks(each, most, direction) == "more" else most, versions)


def known_baseline(
    indicator: Indicator, target: Target, sources: Mapping[str, Source], on: date, seen: date | None = None
) -> Baseline | None:
    """The stated baseline that serves a target, if it was known on ``on`` (looking back from ``seen``: see ``figures.known``)."""
    baseline = indicator.baseline_of(target)
    return baseline if baseline and figures.known(baseline, figures.published(baseline, sources), on, seen) else None
