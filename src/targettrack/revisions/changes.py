"""Changes: what a newer version of a program says otherwise than an older one: figures, targets, baselines, definitions, promises in words. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal, TypeVar

from targettrack.assessment import figures
from targettrack.assessment.bounds import Asks
from targettrack.assessment.figures import Figure
from targettrack.assessment.promises import InForce, Version, asks, became, in_force, target_of
from targettrack.errors import nearest
from targettrack.frozen import frozen
from targettrack.program.model import (
    Actual,
    Baseline,
    Direction,
    Indicator,
    Loc,
    Pairs,
    Program,
    Promise,
    Target,
    set_date,
)
from targettrack.revisions import criteria
from targettrack.revisions.authorship import Key
from targettrack.revisions.criteria import Table

Kind = Literal[
    "new-figure", "rival-figure", "revised-figure", "earlier-figure", "edited-figure", "remarked-figure", "gone-figure",
    "new-target", "earlier-target", "adopted", "raised", "lowered", "extended", "brought-forward", "redefined", "proposed-again", "restated", "withdrawn", "reinstated", "gone-target",
    "rebased", "defined-otherwise", "ruled-otherwise", "new-indicator", "gone-indicator", "new-promise", "reworded", "gone-promise",
]  # fmt: skip

EVER = date(9000, 1, 1)
"""A day after every date that a file may have."""

Thing = Actual | Version | Baseline | str


@frozen(eq=True)
class Change:
    """One thing that is otherwise: what it was and what it is (None where it was, or is, not there), and its place in the newer file.

    ``key`` tells the thing and what it said in the older version, ``became`` in the newer one, in any pair of versions: the one that is new has its own key, the one that is gone became gone.
    ``silent``: the older text is not in the file any more, so that the file alone does not show it.
    ``after_due``: a target was changed after its deadline, and is judged as it stood.
    """

    kinds: tuple[Kind, ...]
    key: Key
    became: Key
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
    yield from differences(criteria.in_years(old, new.year), new)


def differences(old: Program, new: Program) -> Iterator[Change]:
    """The same of two versions whose periods are read in the same years, whatever their headers say."""
    new = under_old_names(old, new)
    yield from _rules(("program", ""), None, old.header, new.header, ("program",))
    for name, source in new.sources.items():
        if name in old.sources:
            yield from _rules(("source", name), None, old.sources[name], source, ("sources", name))
    for name in (*new.indicators, *(name for name in old.indicators if name not in new.indicators)):
        if not unchanged(old, new, name):
            yield from _indicator(old, new, name)
    yield from _words(old, new)


def unchanged(old: Program, new: Program, name: str) -> bool:
    """Whether an indicator and its figures surely are what they were: versions that were read together share what their files share."""
    if old.header is not new.header or old.indicators.get(name) is not new.indicators.get(name):
        return False
    before, after = ([actual for _, actual in each.actuals.get(name, ())] for each in (old, new))
    return before == after and old.sources == new.sources


_Sourced = TypeVar("_Sourced", Baseline, Target, Promise, Actual)
_Started = TypeVar("_Started", Indicator, Target)


def under_old_names(old: Program, new: Program) -> Program:
    """The newer version with the ids that its sources had: another id for a document of the same title and address is no other document."""
    former = {(source.title, source.url): name for name, source in old.sources.items() if name not in new.sources}
    names = {
        name: former[source.title, source.url]
        for name, source in new.sources.items()
        if name not in old.sources and (source.title, source.url) in former
    }
    if not names:
        return new

    def named(of: _Sourced) -> _Sourced:
        return replace(of, source=names.get(of.source or "", of.source))

    def started(of: _Started) -> _Started:
        return replace(of, baseline=named(of.baseline)) if of.baseline else of

    indicators = {
        name: replace(started(indicator), targets=tuple(started(named(target)) for target in indicator.targets))
        for name, indicator in new.indicators.items()
    }
    sources = {names.get(name, name): source for name, source in new.sources.items()}
    document = replace(
        new.document,
        sources=sources,
        indicators=indicators,
        promises=tuple(map(named, new.document.promises)),
        actuals=tuple(map(named, new.document.actuals)),
    )
    return Program(new.id, new.file, document)


def gone(key: Key) -> Key:
    """What a thing became that is not there any more."""
    return ("gone", *key)


def _indicator(old: Program, new: Program, name: str) -> Iterator[Change]:
    before, after = old.indicators.get(name), new.indicators.get(name)
    if before is None or after is None:
        kind: Kind = "new-indicator" if before is None else "gone-indicator"
        key: Key = ("indicator", name)
        yield Change(
            (kind,),
            key,
            key if after else gone(key),
            name,
            before.name if before else None,
            after.name if after else None,
            ("indicators", name) if after else (),
            silent=after is None,
        )
    else:
        yield from _definitions(name, before, after)
    yield from _targets(old, new, name)
    yield from _figures(old, new, name)


# ---------------------------------------------------------------- definitions and baselines

DEFINING = ("name", "unit", "direction", "definition")
"""What says what an indicator is, by its key."""


def _definitions(name: str, old: Indicator, new: Indicator) -> Iterator[Change]:
    for key in DEFINING:
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            loc: Loc = ("indicators", name, key) if now else ("indicators", name)
            about: Key = ("definition", name, key)
            yield Change(
                ("defined-otherwise",),
                (*about, was),
                (*about, now),
                name,
                _quoted(was),
                _quoted(now),
                loc,
                silent=was is not None,
            )
    yield from _rules(("indicator", name), name, old, new, ("indicators", name))
    yield from _rebased(
        ("baseline", name), ("baseline", name), name, old.baseline, new.baseline, ("indicators", name, "baseline")
    )


def _rules(of: Key, name: str | None, old: Table, new: Table, loc: Loc) -> Iterator[Change]:
    """What decides, beside figures and promises, how a verdict falls: each key of a table that says otherwise."""
    for edit in criteria.edits(old, new):
        about: Key = ("rule", *of, edit.key)
        yield Change(
            ("ruled-otherwise",),
            (*about, edit.was),
            (*about, edit.now),
            name,
            edit.was,
            edit.now,
            (*loc, edit.key) if edit.now else loc,
            silent=edit.was is not None,
        )


def edited(change: Change) -> tuple[criteria.Edit, ...]:
    """The keys of a promise that was edited in place, or of a rule, that say otherwise; not those that its deadline shows already."""
    if change.kinds == ("ruled-otherwise",):
        was, now = (None if each is None else str(each) for each in (change.before, change.after))
        return (criteria.Edit(str(change.key[3]), was, now),)
    if not change.silent or not isinstance(change.before, Version) or not isinstance(change.after, Version):
        return ()
    was_, now_ = change.before.promise, change.after.promise
    if not isinstance(was_, Target) or not isinstance(now_, Target):
        return ()
    return tuple(
        each
        for each in criteria.edits(was_, now_)
        if each.key != "by" or (was_.due and was_.due.last) == (now_.due and now_.due.last)
    )


def _quoted(text: str | None) -> str | None:
    return None if text is None else f"“{text}”"


def _rebased(
    key: Key, became: Key, name: str, old: Baseline | None, new: Baseline | None, loc: Loc, *, kept: bool = False
) -> Iterator[Change]:
    """A start that is another one; ``kept``: the older one is still in the file."""
    if _start(old) != _start(new):
        yield Change(
            ("rebased",),
            (*key, _start(old)),
            (*became, _start(new)),
            name,
            old,
            new,
            loc if new else loc[:-1],
            silent=old is not None and not kept,
        )


def _start(of: Baseline | None) -> tuple[object, ...]:
    return (of.period, of.value, of.source) if of else ()


# ---------------------------------------------------------------- targets


def _targets(old: Program, new: Program, name: str) -> Iterator[Change]:
    """What became of each promise on an indicator; a promise is known by its due day and window, or by what it replaced."""
    was, now = _promises(old, name), _promises(new, name)
    there = _Versions(
        old,
        new,
        name,
        [version for promise in was for version in promise.in_order],
        [version for promise in now for version in promise.in_order],
    )
    moved = _moved(old, new, was, now)
    for promise in now:
        mine = [each for each in was if became(each, promise, now)] or [
            moved[each] for each in [promise] if each in moved
        ]
        yield from there.came(promise, mine)
    for version in there.gone:
        key = there.key(version, old)
        yield Change(
            ("gone-target",),
            key,
            gone(key),
            name,
            version,
            None,
            ("indicators", name) if name in new.indicators else (),
            silent=True,
        )


def _promises(program: Program, name: str) -> list[InForce]:
    """The promises on an indicator, with all that the file says."""
    return list(in_force(program, program.indicators[name], EVER, withdrawn=True)) if name in program.indicators else []


def _place(name: str, version: Version) -> Loc:
    return ("indicators", name, "targets", version.place)


def _moved(old: Program, new: Program, was: Sequence[InForce], now: Sequence[InForce]) -> dict[InForce, InForce]:
    """The promises whose deadline was edited, each with the one that it was: of those that are there no more and were not replaced, one that asks for the same, else the only one of the same day and document."""
    gone = [each for each in was if not any(each.keys & one.keys for one in now)]
    came = [promise for promise in now if not any(became(each, promise, now) for each in was)]
    found: dict[InForce, InForce] = {}
    for promise in came:
        before = next((each for each in gone if _same(target_of(each.version), target_of(promise.version))), None)
        if before:
            gone.remove(before)
            found[promise] = before
    left = [promise for promise in came if promise not in found]
    for promise in left:
        others = [each for each in left if _paper(new, each) == _paper(new, promise)]
        before = next((each for each in gone if _paper(old, each) == _paper(new, promise)), None)
        if before and len(others) == 1 and sum(_paper(old, each) == _paper(old, before) for each in gone) == 1:
            found[promise] = before
    return found


def _paper(program: Program, promise: InForce) -> tuple[object, ...]:
    """Of what day and document a promise is, and of what part."""
    target = target_of(promise.version)
    return (set_date(program.sources, target), target.source, target.disaggregation, target.aggregate)


@frozen(eq=True, slots=False)
class _Versions:
    """The versions of all promises on an indicator, as they were and as they are; ``gone`` are those that were written over, or left out, as far as nothing was found in their place."""

    old: Program
    new: Program
    name: str
    was: Sequence[Version]
    now: Sequence[Version]

    @cached_property
    def before(self) -> set[tuple[object, ...]]:
        """What the versions were."""
        return {_made(self.old, target_of(version)) for version in self.was}

    @cached_property
    def gone(self) -> list[Version]:
        """The versions that are not there any more."""
        after = {_made(self.new, target_of(version)) for version in self.now}
        return [version for version in self.was if _made(self.old, target_of(version)) not in after]

    def key(self, version: Version, program: Program) -> Key:
        """What tells a version from all others."""
        target = target_of(version)
        return ("target", self.name, target.promise, _made(program, target))

    def came(self, promise: InForce, mine: Sequence[InForce]) -> Iterator[Change]:
        """The versions of a promise that came, or were written over; ``mine`` is what it was."""
        last: Version | None = None
        for version in promise.in_order:
            if _made(self.new, target_of(version)) not in self.before:
                over = self._over(version, mine)
                yield self._change(promise, version, last, over)
            last = version
        if mine:
            yield from self._own_baseline(mine[0].version, promise.version)

    def _over(self, version: Version, mine: Sequence[InForce]) -> Version | None:
        """The version that this one was written over: one of the same promise, of the same day and document if there is one."""
        its = [each for each in self.gone if any(each is one for promise in mine for one in promise.in_order)]
        if not its:
            return None
        target, made = target_of(version), set_date(self.new.sources, target_of(version))

        def likeness(each: Version) -> tuple[bool, bool, bool]:
            was = target_of(each)
            return (was.promise == target.promise, set_date(self.old.sources, was) == made, was.source == target.source)

        over = max(its, key=likeness)
        self.gone.remove(over)
        return over

    def _change(self, promise: InForce, version: Version, last: Version | None, over: Version | None) -> Change:
        key, late = self.key(version, self.new), version in promise.after_due
        direction, place = self.new.indicators[self.name].direction, _place(self.name, version)
        if over is not None:
            replaces = target_of(version).replaces and not target_of(over).replaces
            before = last if replaces and last else over
            kinds = kinds_of(before, version, direction)
            silent = kinds != ("withdrawn",) or before is not over
            return Change(
                kinds, self.key(over, self.old), key, self.name, before, version, place, silent=silent, after_due=late
            )
        known = (
            version is not promise.version and not late and _made(self.new, target_of(promise.version)) in self.before
        )
        if known or last is None:
            kinds = ("earlier-target",) if known else ("new-target",)
            return Change(
                (*kinds, *(("withdrawn",) if target_of(version).withdrawn else ())),
                key,
                key,
                self.name,
                None,
                version,
                place,
                after_due=late,
            )
        return Change(kinds_of(last, version, direction), key, key, self.name, last, version, place, after_due=late)

    def _own_baseline(self, was: Version, now: Version) -> Iterator[Change]:
        before, after = target_of(was).baseline, target_of(now).baseline
        kept = any(
            _start(target_of(version).baseline) == _start(before)
            and _made(self.new, target_of(version)) == _made(self.old, target_of(was))
            for version in self.now
        )
        key, became = (("target", self.name, target_of(version).promise, "baseline") for version in (was, now))
        yield from _rebased(key, became, self.name, before, after, (*_place(self.name, now), "baseline"), kept=kept)


def _same(one: Target, other: Target) -> bool:
    return (asking(one), one.disaggregation, one.aggregate) == (asking(other), other.disaggregation, other.aggregate)


def asking(target: Target) -> tuple[object, ...]:
    """What a target asks for, as it is written."""
    return (target.shape, target.value, target.range, target.times_baseline, target.strict)


def _made(program: Program, target: Target) -> tuple[object, ...]:
    """All that makes a target this version and no other."""
    return (target.promise, target.approx, *criteria.telling(target), set_date(program.sources, target))


_ASKED: Mapping[Asks, tuple[Kind, ...]] = {
    "less": ("lowered",),
    "more": ("raised",),
    "same": (),
    "other": ("redefined",),
}


def kinds_of(before: Version, after: Version, direction: Direction | None) -> tuple[Kind, ...]:
    """What a newer version of a promise is to an older one. Adopted in place of a proposal, it is neither raised nor lowered."""
    was, now = before.promise, after.promise
    kinds: list[Kind] = []
    if was.standing != now.standing:
        kinds.append("adopted" if now.standing == "adopted" else "proposed-again")
    stands = isinstance(was, Target) and isinstance(now, Target) and was.every != now.every
    if not stands and (later(now, was) or later(was, now)):
        kinds.append("extended" if later(now, was) else "brought-forward")
    if "adopted" not in kinds:
        kinds += _ASKED[asks(after, before, direction)]
    if now.withdrawn != was.withdrawn:
        kinds += ["reinstated"] if now.withdrawn is None else ["withdrawn"] if was.withdrawn is None else []
    return tuple(kinds) or ("restated",)


def later(new: Target | Promise, old: Target | Promise) -> bool:
    """Whether a promise is due later than it was, or on no day any more."""
    return old.due is not None and (new.due is None or new.due.last > old.due.last)


# ---------------------------------------------------------------- figures

_Record = tuple[int, Actual]


def _figures(old: Program, new: Program, name: str) -> Iterator[Change]:
    """What became of the figures of an indicator: each older record is matched with one newer one at most."""
    was, now = _apart(old, new, name)
    for shared in (_about, _slot, _cell):
        yield from _matched(name, was, now, shared)
    came = {place for place, _ in now}
    for place, actual in now:
        yield _added(new, name, place, actual, came)
    for _, actual in was:
        key = _figure_key(name, actual)
        yield Change(
            ("gone-figure",),
            key,
            gone(key),
            name,
            actual,
            None,
            ("indicators", name) if name in new.indicators else (),
            silent=True,
        )


def _apart(old: Program, new: Program, name: str) -> tuple[list[_Record], list[_Record]]:
    """The records of each version that the other has not."""
    before, after = _keyed(old, name), _keyed(new, name)
    if before.keys() == after.keys() and all(len(after[key]) == len(records) for key, records in before.items()):
        return [], []
    was = [record for key, records in before.items() for record in records[len(after.get(key, ())) :]]
    now = [record for key, records in after.items() for record in records[len(before.get(key, ())) :]]
    return sorted(was, key=_in_file), sorted(now, key=_in_file)


@lru_cache(maxsize=512)
def _keyed(program: Program, name: str) -> dict[Key, list[_Record]]:
    """The records of an indicator by what they say."""
    found: dict[Key, list[_Record]] = {}
    for place, actual in program.actuals.get(name, ()):
        found.setdefault(same(actual), []).append((place, actual))
    return found


def _in_file(record: _Record) -> int:
    return record[0]


def _about(actual: Actual) -> tuple[object, ...]:
    """What two records of one figure share."""
    return (*_slot(actual), actual.value, actual.range, actual.approx)


def _slot(actual: Actual) -> tuple[object, ...]:
    """What a record that was edited in place still shares with what it was: part, period and source."""
    return (*_cell(actual), actual.source)


def _cell(actual: Actual) -> tuple[object, ...]:
    """Part and period."""
    return (actual.disaggregation, actual.period)


def _matched(name: str, was: list[_Record], now: list[_Record], shared: Callable[[Actual], Key]) -> Iterator[Change]:
    """The records of both versions that share something, taken out of the lists; those that say otherwise are changes."""
    waiting: dict[Key, list[_Record]] = {}
    for entry in now:
        waiting.setdefault(shared(entry[1]), []).append(entry)
    for entry in list(was):
        there = waiting.get(shared(entry[1]))
        if not there:
            continue
        after = there.pop(0)
        was.remove(entry)
        now.remove(after)
        edited = _about(entry[1]) != _about(after[1])
        if edited or _marks(entry[1]) != _marks(after[1]):
            yield Change(
                ("edited-figure" if edited else "remarked-figure",),
                _figure_key(name, entry[1]),
                _figure_key(name, after[1]),
                name,
                entry[1],
                after[1],
                ("actuals", after[0]),
                silent=True,
            )


def _marks(actual: Actual) -> tuple[object, ...]:
    """What is said of a figure beside its number, and counts."""
    return (actual.quality, actual.series_break, actual.published, actual.recorded)


def same(actual: Actual) -> Key:
    """What two records share that say the same."""
    return (*_about(actual), *_marks(actual))


def _figure_key(name: str, actual: Actual) -> Key:
    return ("figure", name, *same(actual))


def _added(new: Program, name: str, place: int, actual: Actual, came: AbstractSet[int]) -> Change:
    """A record that came: the first of its period, one that revises another of its publisher or was revised by it before, or one of another publisher.

    Of several that came for one period, the later ones revise those that were published before them.
    """
    cell = [
        Figure(there, each, figures.published(each, new.sources))
        for there, each in new.actuals.get(name, ())
        if _cell(each) == _cell(actual)
    ]
    this = next(each for each in cell if each.place == place)
    others = [
        each
        for each in cell
        if each is not this and (each.place not in came or figures.recency(each) < figures.recency(this))
    ]
    mine = [
        each
        for each in others
        if figures.publisher_of(each.actual, new.sources) == figures.publisher_of(actual, new.sources)
    ]
    newest = max(mine or others, key=figures.recency, default=None)
    kind: Kind = (
        "new-figure"
        if newest is None
        else "rival-figure"
        if not mine
        else "revised-figure"
        if figures.recency(newest) < figures.recency(this)
        else "earlier-figure"
    )
    key = _figure_key(name, actual)
    return Change(
        (kind,),
        key,
        key,
        name,
        newest.actual if newest and kind != "earlier-figure" else None,
        actual,
        ("actuals", place),
    )


# ---------------------------------------------------------------- promises in words


def _words(old: Program, new: Program) -> Iterator[Change]:
    was = [Version(place, promise) for place, promise in enumerate(old.document.promises)]
    for place, promise in enumerate(new.document.promises):
        text = (
            promise.text
            if any(_text(each) == promise.text for each in was)
            else nearest(
                promise.text,
                [_text(each) for each in was if _text(each) not in {one.text for one in new.document.promises}],
            )
        )
        before = next((each for each in was if _text(each) == text), None)
        after = Version(place, promise)
        if before is None:
            yield Change(("new-promise",), _said(after), _said(after), None, None, after, ("promises", place))
            continue
        was.remove(before)
        kinds: tuple[Kind, ...] = ("reworded",) if text != promise.text else ()
        kinds += tuple(kind for kind in kinds_of(before, after, None) if kind != "restated")
        if kinds:
            yield Change(
                kinds,
                _said(before),
                _said(after),
                None,
                before,
                after,
                ("promises", place),
                silent=kinds != ("withdrawn",),
            )
    for version in was:
        yield Change(("gone-promise",), _said(version), gone(_said(version)), None, version, None, silent=True)


def _said(version: Version) -> Key:
    promise = version.promise
    return ("words", _text(version), promise.due, promise.standing, promise.withdrawn)


def _text(version: Version) -> str:
    return version.promise.text if isinstance(version.promise, Promise) else ""


def pairs_of(change: Change) -> Pairs:
    """What part of the indicator it is about; nothing for the whole."""
    thing = change.thing
    of = thing.promise if isinstance(thing, Version) else thing
    return of.disaggregation if isinstance(of, (Target, Actual)) else ()


def source_of(thing: Thing) -> str | None:
    """The id of the source that a thing rests on."""
    if isinstance(thing, str):
        return None
    return thing.promise.source if isinstance(thing, Version) else thing.source
