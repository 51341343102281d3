"""Changed: what a newer version of a program says otherwise than an older one: figures, targets, baselines, definitions, promises in words. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar

from targettrack import figures, notation
from targettrack.blame import Key
from targettrack.errors import nearest
from targettrack.figures import Bound
from targettrack.language import mark, tr
from targettrack.program import Actual, Baseline, Direction, Indicator, Loc, Pairs, Program, Promise, Target, set_date
from targettrack.promises import InForce, Version, bound_of, in_force, target_of

Kind = Literal[
    "new-figure", "rival-figure", "revised-figure", "edited-figure", "remarked-figure", "gone-figure",
    "new-target", "adopted", "raised", "lowered", "extended", "brought-forward", "redefined", "proposed-again", "restated", "withdrawn", "gone-target",
    "rebased", "defined-otherwise", "new-indicator", "gone-indicator", "new-promise", "reworded", "gone-promise",
]  # fmt: skip

LABELS: dict[Kind, str] = {
    "new-figure": mark("new figure"), "rival-figure": mark("figure of another source"), "revised-figure": mark("figure revised"), "edited-figure": mark("figure edited"),
    "remarked-figure": mark("figure marked otherwise"), "gone-figure": mark("figure removed"),
    "new-target": mark("new target"), "adopted": mark("target adopted"), "raised": mark("target raised"), "lowered": mark("target lowered"), "extended": mark("deadline extended"),
    "brought-forward": mark("deadline brought forward"), "redefined": mark("target redefined"), "proposed-again": mark("target only proposed now"), "restated": mark("target restated"),
    "withdrawn": mark("withdrawn"), "gone-target": mark("target removed"),
    "rebased": mark("baseline changed"), "defined-otherwise": mark("definition changed"), "new-indicator": mark("new indicator"), "gone-indicator": mark("indicator removed"),
    "new-promise": mark("new promise in words"), "reworded": mark("promise reworded"), "gone-promise": mark("promise removed"),
}  # fmt: skip
_CEILING = {"raised": mark("target tightened"), "lowered": mark("target eased")}
"""Of a target that is not to be exceeded: a number that is raised asks for less."""

EVER = date(9000, 1, 1)
"""A day after every date that a file may have."""

Thing = Actual | Version | Baseline | str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise: what it was and what it is (None where it was, or is, not there), and its place in the newer file.

    ``silent``: the older text is not in the file any more, so that the file alone does not show it.
    ``after_due``: a target was changed after its deadline, and is judged as it stood.
    """

    kinds: tuple[Kind, ...]
    key: Key
    indicator: str | None
    before: Thing | None
    after: Thing | None
    loc: Loc = ()
    silent: bool = False
    after_due: bool = False

    @property
    def thing(self) -> Thing:
        """What it is about, as it is, or as it was."""
        thing = self.before if self.after is None else self.after
        if thing is None:
            raise ValueError("a change of nothing")
        return thing


def changes(old: Program, new: Program) -> Iterator[Change]:
    """What a newer version says otherwise, indicator by indicator in its order, then those that are gone, then the promises in words."""
    new = under_old_names(old, new)
    for name in (*new.indicators, *(name for name in old.indicators if name not in new.indicators)):
        yield from _indicator(old, new, name)
    yield from _words(old, new)


_Sourced = TypeVar("_Sourced", Baseline, Target, Promise, Actual)
_Started = TypeVar("_Started", Indicator, Target)


def under_old_names(old: Program, new: Program) -> Program:
    """The newer version with the ids that its sources had: another id for a document of the same title and address is no other document."""
    former = {(source.title, source.url): name for name, source in old.sources.items() if name not in new.sources}
    names = {name: former[source.title, source.url] for name, source in new.sources.items() if name not in old.sources and (source.title, source.url) in former}
    if not names:
        return new

    def named(of: _Sourced) -> _Sourced:
        return replace(of, source=names.get(of.source or "", of.source))

    def started(of: _Started) -> _Started:
        return replace(of, baseline=named(of.baseline)) if of.baseline else of

    indicators = {name: replace(started(indicator), targets=tuple(started(named(target)) for target in indicator.targets)) for name, indicator in new.indicators.items()}
    sources = {names.get(name, name): source for name, source in new.sources.items()}
    document = replace(new.document, sources=sources, indicators=indicators, promises=tuple(map(named, new.document.promises)), actuals=tuple(map(named, new.document.actuals)))
    return Program(new.id, new.file, document)


def _indicator(old: Program, new: Program, name: str) -> Iterator[Change]:
    before, after = old.indicators.get(name), new.indicators.get(name)
    if before is None or after is None:
        kind: Kind = "new-indicator" if before is None else "gone-indicator"
        yield Change((kind,), ("indicator", name), name, before.name if before else None, after.name if after else None, ("indicators", name) if after else (), silent=after is None)
    else:
        yield from _definitions(name, before, after)
    yield from _targets(old, new, name)
    yield from _figures(old, new, name)


# ---------------------------------------------------------------- definitions and baselines

DEFINING = ("unit", "direction", "definition")


def _definitions(name: str, old: Indicator, new: Indicator) -> Iterator[Change]:
    for key in DEFINING:
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            loc: Loc = ("indicators", name, key) if now else ("indicators", name)
            yield Change(("defined-otherwise",), ("definition", name, key), name, _defined(key, was), _defined(key, now), loc, silent=was is not None)
    yield from _rebased(("baseline", name), name, old.baseline, new.baseline, ("indicators", name, "baseline"))


def _defined(key: str, text: str | None) -> str | None:
    return None if text is None else f"{key} “{text}”"


def _rebased(key: Key, name: str, old: Baseline | None, new: Baseline | None, loc: Loc) -> Iterator[Change]:
    if _start(old) != _start(new):
        yield Change(("rebased",), key, name, old, new, loc if new else loc[:-1], silent=old is not None)


def _start(of: Baseline | None) -> tuple[object, ...]:
    return (of.period, of.value, of.source) if of else ()


# ---------------------------------------------------------------- targets


def _targets(old: Program, new: Program, name: str) -> Iterator[Change]:
    """What became of each promise on an indicator; a promise is known by its due day and window, or by what it replaced."""
    was, now = _promises(old, name), _promises(new, name)
    for promise in now:
        mine = next((each for each in was if each.keys & promise.keys), None) or _moved(promise, was, now)
        if mine is None:
            yield from _new(new, name, promise)
        else:
            was.remove(mine)
            yield from _versions(old, new, name, mine, promise)
    for promise in was:
        yield _ended(new, name, promise)


def _new(new: Program, name: str, promise: InForce) -> Iterator[Change]:
    """A promise that was not there: its first version, then what each later one made of it."""
    key = _key(name, promise)
    first, *later = promise.in_order
    yield Change(("new-target",), (*key, _made(new, target_of(first))), name, None, first, _place(name, first))
    before = first
    for version in later:
        late = version in promise.after_due
        yield Change(kinds_of(before, version, new.indicators[name].direction), (*key, _made(new, target_of(version))), name, before, version, _place(name, version), after_due=late)
        before = version


def _key(name: str, promise: InForce) -> Key:
    return ("target", name, target_of(promise.version).promise)


def _promises(program: Program, name: str) -> list[InForce]:
    """The promises on an indicator, with all that the file says."""
    return list(in_force(program, program.indicators[name], EVER)) if name in program.indicators else []


def _place(name: str, version: Version) -> Loc:
    return ("indicators", name, "targets", version.place)


def _moved(promise: InForce, was: Sequence[InForce], now: Sequence[InForce]) -> InForce | None:
    """The promise whose deadline was edited into this one: it asks for the same, is there no more, and nothing replaced it."""
    kept = set().union(*(each.keys for each in now))
    target = target_of(promise.version)
    return next((each for each in was if not each.keys & kept and _same(target_of(each.version), target)), None)


def _same(one: Target, other: Target) -> bool:
    return (_bounds(one), one.disaggregation, one.aggregate, one.every) == (_bounds(other), other.disaggregation, other.aggregate, other.every)


def _bounds(target: Target) -> tuple[object, ...]:
    return (target.shape, target.value, target.range, target.times_baseline, target.strict)


def _made(program: Program, target: Target) -> tuple[object, ...]:
    """All that makes a target this version and no other."""
    return (_bounds(target), target.by, target.standing, target.series_break, target.withdrawn, target.source, set_date(program.sources, target))


def _versions(old: Program, new: Program, name: str, was: InForce, now: InForce) -> Iterator[Change]:
    """The versions of one promise that came, or that were written over."""
    before = {_made(old, target_of(version)): version for version in was.in_order}
    after = {_made(new, target_of(version)): version for version in now.in_order}
    gone = [version for made, version in before.items() if made not in after]
    key = _key(name, was)
    last = was.version
    for made, version in after.items():
        if made in before:
            last = version
            continue
        over = gone.pop(0) if gone else None
        late = version in now.after_due
        yield Change(kinds_of(over or last, version, new.indicators[name].direction), key if over else (*key, made), name, over or last, version, _place(name, version), silent=over is not None, after_due=late)
        last = version
    for version in gone:
        yield Change(("gone-target",), key, name, version, None, ("indicators", name), silent=True)
    yield from _own_baseline(name, key, target_of(was.version), now.version)


def _own_baseline(name: str, key: Key, was: Target, now: Version) -> Iterator[Change]:
    if was.baseline or target_of(now).baseline:
        yield from _rebased((*key, "baseline"), name, was.baseline, target_of(now).baseline, (*_place(name, now), "baseline"))


def _ended(new: Program, name: str, promise: InForce) -> Change:
    """A promise that is none any more: withdrawn, or simply not there."""
    target = target_of(promise.version)
    there = new.indicators[name].targets if name in new.indicators else ()
    place = next((place for place, each in enumerate(there) if each.promise == target.promise and each.withdrawn), None)
    key = _key(name, promise)
    if place is None:
        return Change(("gone-target",), key, name, promise.version, None, ("indicators", name) if name in new.indicators else (), silent=True)
    after = Version(place, there[place], bound_of(new.indicators[name], there[place], new.sources, EVER))
    return Change(("withdrawn",), key, name, promise.version, after, _place(name, after))


def kinds_of(before: Version, after: Version, direction: Direction | None) -> tuple[Kind, ...]:
    """What a newer version of a promise is to an older one. Adopted in place of a proposal, it is neither raised nor lowered."""
    was, now = before.promise, after.promise
    kinds: list[Kind] = []
    if was.standing != now.standing:
        kinds.append("adopted" if now.standing == "adopted" else "proposed-again")
    if (was.due and was.due.last) != (now.due and now.due.last):
        kinds.append("brought-forward" if was.due is None or (now.due is not None and now.due.last < was.due.last) else "extended")
    if "adopted" not in kinds:
        kinds += _asked(before, after, direction)
    if now.withdrawn and not was.withdrawn:
        kinds.append("withdrawn")
    return tuple(kinds) or ("restated",)


def _asked(before: Version, after: Version, direction: Direction | None) -> list[Kind]:
    """Whether the bound asks for more or less, or for something else."""
    was, now = before.promise, after.promise
    if not isinstance(was, Target) or not isinstance(now, Target):
        return []
    if (now.series_break and not was.series_break) or (before.bound is None) != (after.bound is None) or (before.bound is None and was.shape != now.shape):
        return ["redefined"]
    if before.bound is None or after.bound is None or direction is None:
        return []
    more = firmer(after.bound, before.bound)
    return ["redefined"] if more is None else ["raised"] if more > 0 else ["lowered"] if more < 0 else []


def firmer(new: Bound, old: Bound) -> int | None:
    """Whether a bound asks for more than another (1), less (-1) or the same (0); None where it asks for more at one end and less at the other.

    That an end itself is not enough any more (strict) asks for more at the weak end. To maintain, a narrower band asks for more.
    """
    if new.direction != old.direction:
        return None
    if new.direction == "maintain":
        weak, strong = _sign(new.weak - old.weak), _sign(old.strong - new.strong)
    else:
        weak, strong = _sign(old.gap(new.weak)), _sign(old.gap_strong(new.strong))
    weak = weak or new.strict - old.strict
    return None if weak * strong < 0 else weak or strong


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


# ---------------------------------------------------------------- figures

_Record = tuple[int, Actual]


def _figures(old: Program, new: Program, name: str) -> Iterator[Change]:
    """What became of the figures of an indicator: each older record is matched with one newer one at most."""
    was, now = list(old.actuals.get(name, ())), list(new.actuals.get(name, ()))
    for same in (_about, _slot, _cell):
        yield from _matched(name, was, now, same=same)
    for place, actual in now:
        yield _added(old, new, name, place, actual)
    for _, actual in was:
        yield Change(("gone-figure",), _figure_key(name, actual), name, actual, None, ("indicators", name) if name in new.indicators else (), silent=True)


def _about(actual: Actual) -> tuple[object, ...]:
    """What two records of one figure share."""
    return (*_slot(actual), actual.value, actual.range, actual.approx)


def _slot(actual: Actual) -> tuple[object, ...]:
    """What a record that was edited in place still shares with what it was: part, period and source."""
    return (*_cell(actual), actual.source)


def _cell(actual: Actual) -> tuple[object, ...]:
    """Part and period."""
    return (actual.disaggregation, actual.period)


def _matched(name: str, was: list[_Record], now: list[_Record], *, same: Callable[[Actual], Key]) -> Iterator[Change]:
    """The records of both versions that share something, taken out of the lists; those that say otherwise are changes."""
    waiting: dict[Key, list[_Record]] = {}
    for entry in now:
        waiting.setdefault(same(entry[1]), []).append(entry)
    for entry in list(was):
        there = waiting.get(same(entry[1]))
        if not there:
            continue
        after = there.pop(0)
        was.remove(entry)
        now.remove(after)
        if _about(entry[1]) != _about(after[1]):
            yield Change(("edited-figure",), _figure_key(name, entry[1]), name, entry[1], after[1], ("actuals", after[0]), silent=True)
        elif _marks(entry[1]) != _marks(after[1]):
            yield Change(("remarked-figure",), _figure_key(name, entry[1]), name, entry[1], after[1], ("actuals", after[0]), silent=True)


def _marks(actual: Actual) -> tuple[object, ...]:
    """What is said of a figure beside its number, and counts."""
    return (actual.quality, actual.series_break, actual.published)


def _figure_key(name: str, actual: Actual) -> Key:
    return ("figure", name, *_cell(actual))


def _added(old: Program, new: Program, name: str, place: int, actual: Actual) -> Change:
    """A record that came: the first of its period, one that revises another of its publisher, or one of another publisher."""
    others = [each for _, each in old.actuals.get(name, ()) if _cell(each) == _cell(actual)]
    mine = [each for each in others if figures.publisher_of(each, old.sources) == figures.publisher_of(actual, new.sources)]
    kind: Kind = "revised-figure" if mine else "rival-figure" if others else "new-figure"
    return Change((kind,), _figure_key(name, actual), name, (mine or others)[-1] if others else None, actual, ("actuals", place))


# ---------------------------------------------------------------- promises in words


def _words(old: Program, new: Program) -> Iterator[Change]:
    was = [Version(place, promise) for place, promise in enumerate(old.document.promises)]
    for place, promise in enumerate(new.document.promises):
        text = promise.text if any(_text(each) == promise.text for each in was) else nearest(promise.text, [_text(each) for each in was if _text(each) not in {one.text for one in new.document.promises}])
        before = next((each for each in was if _text(each) == text), None)
        after = Version(place, promise)
        if before is None:
            yield Change(("new-promise",), ("words", promise.text), None, None, after, ("promises", place))
            continue
        was.remove(before)
        kinds: tuple[Kind, ...] = ("reworded",) if text != promise.text else ()
        kinds += tuple(kind for kind in kinds_of(before, after, None) if kind != "restated")
        if kinds:
            yield Change(kinds, ("words", _text(before)), None, before, after, ("promises", place), silent=kinds != ("withdrawn",))
    for version in was:
        yield Change(("gone-promise",), ("words", _text(version)), None, version, None, silent=True)


def _text(version: Version) -> str:
    return version.promise.text if isinstance(version.promise, Promise) else ""


# ---------------------------------------------------------------- in words


def label(change: Change, direction: Direction | None) -> str:
    """What happened, in a few words."""
    return done(change.kinds, direction)


def done(kinds: Sequence[Kind], direction: Direction | None) -> str:
    """What was done, in a few words."""
    return ", ".join(tr(_CEILING[kind] if direction in {"decrease", "maintain"} and kind in _CEILING else LABELS[kind]) for kind in kinds)


def when(change: Change) -> str:
    """The period of a figure, or the deadline of a promise; nothing of a definition."""
    thing = change.thing
    if isinstance(thing, Version):
        return notation.deadline(thing.promise)
    return "" if isinstance(thing, str) else notation.short(thing.period)


def pairs_of(change: Change) -> Pairs:
    """What part of the indicator it is about; nothing for the whole."""
    thing = change.thing
    of = thing.promise if isinstance(thing, Version) else thing
    return of.disaggregation if isinstance(of, (Target, Actual)) else ()


def said(thing: Thing, unit: str | None, direction: Direction | None) -> str:
    """A figure, a bound, a baseline or a text in short."""
    if isinstance(thing, str):
        return notation.clean(thing)
    if isinstance(thing, Actual):
        return notation.actual(thing, unit)
    if isinstance(thing, Baseline):
        return tr("{value} in {period}", value=notation.with_unit(notation.digits(thing.value), unit), period=notation.long(thing.period))
    return notation.promise(thing.promise, thing.bound, unit, direction)


def source_of(thing: Thing) -> str | None:
    """The id of the source that a thing rests on."""
    if isinstance(thing, str):
        return None
    return thing.promise.source if isinstance(thing, Version) else thing.source
