"""Softened: what an older version of a program promised, or recorded, and a newer one no longer does, without saying that it was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from targettrack import notation
from targettrack.figures import Bound
from targettrack.program import Actual, Baseline, Fault, Indicator, Loc, Program, Target, set_date
from targettrack.promises import bound_of

MEANS = {
    "lowered": "since a revision: a target asks for less, or is a draft again, and names no new document",
    "extended": "since a revision: a target is due, or was set, later, and names no new document",
    "dropped": "since a revision: a target, or a promise in words, is gone, and was not withdrawn",
    "into-words": "since a revision: a target became a promise in words",
    "rebased": "since a revision: a baseline is another one",
    "redefined": "since a revision: the unit, the direction or the definition of an indicator is another one",
    "figure-edited": "since a revision: a figure was changed in place, not revised",
    "figure-removed": "since a revision: a figure is gone",
    "not-compared": "since a revision: the program was not sound then, so that nobody knows what was taken back",
}
"""The codes, and what each says."""

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Softening:
    """One thing that is softer than it was; ``key`` tells it from the others, in any pair of versions."""

    key: _Key
    fault: Fault


def softenings(old: Program, new: Program) -> Iterator[Softening]:
    """What a newer version took back in silence."""
    for name, before in old.indicators.items():
        after = new.indicators.get(name)
        if after is not None:
            yield from _redefined(name, before, after)
        yield from _targets(old, new, name, before, after)
    yield from _words(old, new)
    yield from _figures(old, new)


def _softening(code: str, about: _Key, loc: Loc, message: str, hint: str) -> Softening:
    return Softening((code, *about), Fault(loc, code, message, hint))


def blamed(versions: Sequence[tuple[str, Program]], made_from: Sequence[Sequence[int]] | None = None) -> Iterator[tuple[str, Softening]]:
    """What the newest version took back since the oldest, each with the label of the version that did it (empty where no single one did).

    ``made_from`` has, for each version, the places of those that it was made from (if nothing is said, the one before it): it did what it took back since every one of them.
    """
    found = list(softenings(versions[0][1], versions[-1][1]))
    older = made_from or [(), *((place,) for place in range(len(versions) - 1))]
    steps: list[tuple[str, set[_Key]]] = []
    for (label, program), places in zip(versions, older, strict=True) if found else ():
        keys = [{each.key for each in softenings(versions[place][1], program)} for place in places]
        steps.append((label, set.intersection(*keys) if keys else set()))
    for softening in found:
        yield next((label for label, keys in reversed(steps) if softening.key in keys), ""), softening


# ---------------------------------------------------------------- indicators


def _redefined(name: str, old: Indicator, new: Indicator) -> Iterator[Softening]:
    for key in ("unit", "direction", "definition"):
        was, now = getattr(old, key), getattr(new, key)
        if was is not None and was != now:
            said = f'the {key} was "{was}", and is {f"{chr(34)}{now}{chr(34)}" if now else "gone"}'
            yield _softening("redefined", (name, key), ("indicators", name, key), said, "make a new indicator, or mark series_break = true where the count changed")
    yield from _rebased((name,), ("indicators", name, "baseline"), old.baseline, new.baseline)


def _rebased(about: _Key, loc: Loc, old: Baseline | None, new: Baseline | None) -> Iterator[Softening]:
    if old is None or (new is not None and (old.period, old.value) == (new.period, new.value)):
        return
    now = "it is gone" if new is None else f"it is {notation.digits(new.value)} in {notation.long(new.period)}"
    recorded = new is not None and new.source not in {None, old.source}
    if not recorded:
        said = f"the baseline was {notation.digits(old.value)} in {notation.long(old.period)}, now {now}"
        yield _softening("rebased", about, loc, said, "name the document that changed it as the baseline's source")


# ---------------------------------------------------------------- targets


def _targets(old: Program, new: Program, name: str, before: Indicator, after: Indicator | None) -> Iterator[Softening]:
    left = list(enumerate(after.targets)) if after else []
    missing: list[Target] = []
    for target in before.targets:
        same = next((entry for entry in left if entry[1].promise == target.promise and _asks(new, entry[1]) == _asks(old, target)), None)
        if same is None:
            missing.append(target)
        else:
            left.remove(same)
            yield from _rebased((name, target.promise), ("indicators", name, "targets", same[0], "baseline"), target.baseline, same[1].baseline)
    for target in missing:
        yield from _missing(old, new, name, target, left)


def _asks(program: Program, target: Target) -> _Key:
    """What a target asks for, and who made it when."""
    return (target.shape, target.value, target.range, target.times_baseline, target.strict, set_date(program.sources, target), target.standing)


def _missing(old: Program, new: Program, name: str, target: Target, left: list[tuple[int, Target]]) -> Iterator[Softening]:
    """What became of a target that is no longer there as it was."""
    after = new.indicators.get(name)
    about = (name, target.promise)
    was = _said(old, name, target)
    if any(entry.promise == target.promise and _recorded(old, new, target, entry) for _, entry in left):
        return
    changed = next(((place, entry) for place, entry in left if entry.promise == target.promise), None)
    if changed and after:
        yield from _changed(old, new, name, target, changed, was)
        return
    moved = next(((place, entry) for place, entry in left if _same_bound(target, entry) and _later(entry, target)), None)
    if moved:
        if not _recorded(old, new, target, moved[1]):
            said = f"the target {was} is now due {notation.deadline(moved[1])}"
            yield _softening("extended", about, ("indicators", name, "targets", moved[0]), said, "keep the old target, and write the new one with replaces and its own source")
        return
    if any(_same_bound(target, entry) and _later(target, entry) for _, entry in left):
        return  # due sooner: that is no less
    yield _gone(old, new, name, target, was)


def _changed(old: Program, new: Program, name: str, target: Target, changed: tuple[int, Target], was: str) -> Iterator[Softening]:
    place, now = changed
    loc = ("indicators", name, "targets", place)
    if _easier(bound_of(new.indicators[name], now, new.sources, date.max), bound_of(old.indicators[name], target, old.sources, date.max), target, now):
        said = f"the target {was} was changed in place to {_said(new, name, now)}"
        yield _softening("lowered", (name, target.promise), loc, said, "keep the old target, and write the new one below it with its own source and set_on")
    elif target.standing == "adopted" and now.standing == "proposed":
        yield _softening("lowered", (name, target.promise), loc, f"the target {was} was adopted, and is now only proposed", "keep it adopted; one that was taken back has withdrawn = DATE")
    elif target.set_on is not None and now.set_on is not None and now.set_on.last > target.set_on.last:
        yield _softening("extended", (name, target.promise), loc, f"the target {was} was set on {target.set_on}, now on {now.set_on}", "keep the day on which it was set; a target is in no table before it")


def _recorded(old: Program, new: Program, before: Target, after: Target) -> bool:
    """Whether a newer target names a document of its own, made later."""
    made, remade = set_date(old.sources, before), set_date(new.sources, after)
    return after.source is not None and after.source != before.source and remade is not None and (made is None or remade > made)


def _easier(new: Bound | None, old: Bound | None, before: Target, after: Target) -> bool:
    if before.shape != after.shape and after.shape == "improve":
        return True
    if new is None or old is None:
        return False
    if new.direction == "maintain":
        return new.weak < old.weak or new.strong > old.strong or (old.strict and not new.strict and (new.weak, new.strong) == (old.weak, old.strong))
    return old.gap(new.weak) < 0 or old.gap_strong(new.strong) < 0 or (old.strict and not new.strict and new.weak == old.weak)


def _same_bound(one: Target, other: Target) -> bool:
    return (one.shape, one.value, one.range, one.times_baseline, one.disaggregation, one.aggregate) == (other.shape, other.value, other.range, other.times_baseline, other.disaggregation, other.aggregate)


def _later(new: Target, old: Target) -> bool:
    return old.due is not None and (new.due is None or new.due.last > old.due.last)


def _said(program: Program, name: str, target: Target) -> str:
    """A target in short: ``≥ 30–35 % by 2015``."""
    indicator = program.indicators[name]
    bound = bound_of(indicator, target, program.sources, date.max)
    text = notation.promise(target, bound, indicator.unit, indicator.direction)
    return f"{text} {'by ' if target.due else ''}{notation.deadline(target)}"


def _gone(old: Program, new: Program, name: str, target: Target, was: str) -> Softening:
    words = {promise.text for promise in old.document.promises}
    added = next((place for place, promise in enumerate(new.document.promises) if promise.text not in words and (target.source is None or promise.source == target.source)), None)
    if added is not None:
        said = f"the target {was} of {name} is gone, and this promise in words has come"
        return _softening("into-words", (name, target.promise), ("promises", added), said, "keep the target: a number that was promised stays promised")
    loc: Loc = ("indicators", name) if name in new.indicators else ()
    return _softening("dropped", (name, target.promise), loc, f"the target {was} of {name} is gone", "keep it, with withdrawn = DATE and the document that withdrew it")


def _words(old: Program, new: Program) -> Iterator[Softening]:
    """Promises in words that are gone, and that no new target of their source took the place of."""
    kept = {promise.text for promise in new.document.promises}
    known = {(name, target.promise) for name, indicator in old.indicators.items() for target in indicator.targets}
    numbered = {target.source for name, indicator in new.indicators.items() for target in indicator.targets if (name, target.promise) not in known}
    for promise in old.document.promises:
        if promise.text not in kept and promise.source not in numbered:
            yield _softening("dropped", (promise.text,), (), f"the promise “{promise.text}” is gone", "keep it, with withdrawn = DATE")


# ---------------------------------------------------------------- figures


def _figures(old: Program, new: Program) -> Iterator[Softening]:
    now = _records(new)
    for key, figures in _records(old).items():
        there = {figure for figure, _ in now.get(key, ())}
        before = {figure for figure, _ in figures}
        added = [(figure, place) for figure, place in now.get(key, ()) if figure not in before]
        for figure, place in dict(figures).items():
            if figure in there:
                continue
            actual = old.document.actuals[place]
            was = f"{notation.figure(actual)} for {notation.long(actual.period)} ({actual.source or 'no source'})"
            about = (*key, figure)
            if added:
                _, at = added.pop(0)
                said = f"the figure {was} was changed in place to {notation.figure(new.document.actuals[at])}"
                yield _softening("figure-edited", about, ("actuals", at), said, "keep the old record, and add the new one: targettrack add-actual … --revise")
            else:
                loc: Loc = ("indicators", actual.indicator) if actual.indicator in new.indicators else ()
                yield _softening("figure-removed", about, loc, f"the figure {was} of {actual.indicator} is gone", "keep it; a newer one of the same source counts before it")


_Figure = tuple[Decimal | bool | None, tuple[Decimal, Decimal] | None, str | None]


def _records(program: Program) -> Mapping[_Key, list[tuple[_Figure, int]]]:
    """The figures of each indicator, disaggregation, period and source, with their places."""
    found: dict[_Key, list[tuple[_Figure, int]]] = {}
    for place, actual in enumerate(program.document.actuals):
        found.setdefault(_about(actual), []).append(((actual.value, actual.range, actual.approx), place))
    return found


def _about(actual: Actual) -> _Key:
    return (actual.indicator, actual.disaggregation, actual.period, actual.source)
