"""Softened: what an older version of a program promised, or recorded, and a newer one no longer does, without saying that it was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter

from targettrack.assessment import figures
from targettrack.assessment.promises import Version, asks, bound_of, followed, in_force, target_of
from targettrack.errors import nearest
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.period import Period
from targettrack.program.model import (
    Actual,
    Baseline,
    Fault,
    Indicator,
    Loc,
    Program,
    Promise,
    Source,
    Target,
    made,
    set_date,
)
from targettrack.revisions import criteria
from targettrack.revisions.authorship import Blame, Key
from targettrack.revisions.changes import EVER, asking, later, unchanged, under_old_names
from targettrack.revisions.criteria import Edit, Table, in_years
from targettrack.wording import notation
from targettrack.wording.changes import edit as in_words

MEANS = {
    "lowered": mark("since a revision: a target asks for less, or is a draft again, and names no new document"),
    "extended": mark("since a revision: a target is due, or was set, later, and names no new document"),
    "dropped": mark("since a revision: a promise is gone, reads otherwise, or was withdrawn without a word"),
    "into-words": mark("since a revision: a target became a promise in words"),
    "rebased": mark("since a revision: a baseline is another one, and names no later document"),
    "redefined": mark("since a revision: a target, a unit, a direction or a definition is another one"),
    "restated": mark("since a revision: a window, an aggregate, a lag or a fiscal year is another one"),
    "figure-edited": mark("since a revision: a figure was changed in place, cut off by a break, or dated much later"),
    "figure-removed": mark("since a revision: a figure is gone"),
    "not-compared": mark("since a revision: unsound then, or the history is cut: nobody knows what was taken back"),
}
"""The codes, and what each says."""


@frozen(eq=True)
class Softening:
    """One thing that is softer than it was; ``key`` tells it from the others, in any pair of versions. ``became`` is what it is about from then on."""

    key: Key
    fault: Fault
    became: Key


_YEAR = timedelta(days=366)


@frozen(eq=True)
class _Pair:
    """Two versions of a program, and the day on which they are compared."""

    old: Program
    new: Program
    on: date

    def recorded(self, before: Target | Promise, after: Target | Promise) -> bool:
        """Whether a newer promise names a document of its own, made later, and known by the day."""
        return after.source not in {None, before.source} and self.later(
            set_date(self.old.sources, before), set_date(self.new.sources, after)
        )

    def later(self, was: date | None, now: date | None) -> bool:
        """Whether what is dated is newer than something else, dated or not, and known by the day."""
        return now is not None and now <= self.on and (was is None or now > was)

    def succeeds(self, before: Target, after: Target) -> bool:
        """Whether a newer target took the place of an older one by a later document, in time."""
        since = set_date(self.new.sources, after)
        return (
            self.recorded(before, after)
            and not after.withdrawn_by(EVER)
            and not (since and before.due and since > before.due.last)
        )

    def pushed(self, was: date | None, now: date | None, due: date | None = None) -> bool:
        """Whether a date was moved so that something counts much later: by more than a year, not yet, or not before it was due."""
        if now is None or (was is not None and now <= was):
            return False
        if was is None or was <= self.on < now:
            return now > self.on
        return now - was > _YEAR or (due is not None and was <= due < now)


def softenings(old: Program, new: Program, on: date = EVER) -> Iterator[Softening]:
    """What a newer version took back in silence, as known on a day."""
    yield from _softenings(in_years(old, new.year), new, on)


def _softenings(old: Program, new: Program, on: date) -> Iterator[Softening]:
    """The same of two versions whose periods are read in the same years."""
    new = under_old_names(old, new)
    pair = _Pair(old, new, on)
    yield from _ruled(("program",), ("program",), old.header, new.header)
    for name, source in old.sources.items():
        if name in new.sources:
            yield from _ruled(("source", name), ("sources", name), source, new.sources[name])
    changed = [name for name in old.indicators if not unchanged(old, new, name)]
    for name in changed:
        before, after = old.indicators[name], new.indicators.get(name)
        if after is not None:
            yield from _redefined(pair, name, before, after)
        yield from _targets(pair, name)
    yield from _words(pair)
    yield from _figures(pair, changed)


def _softening(code: str, about: Key, loc: Loc, message: str, hint: str, became: Key | None = None) -> Softening:
    return Softening((code, *about), Fault(loc, code, message, hint), became or about)


def traced(
    versions: Sequence[Program], made_from: Sequence[Sequence[int]], on: date = EVER
) -> Iterator[tuple[list[int], Softening]]:
    """What the newest version took back since the oldest, each with the places of the versions that did it (none where none did).

    ``made_from`` has, for each version, the places of those that it was made from: it did what it took back since every one of them.
    """
    versions = [in_years(version, versions[-1].year) for version in versions]
    blame = Blame(versions, made_from, lambda old, new: _softenings(old, new, on))
    for softening in _softenings(versions[0], versions[-1], on):
        yield blame.did(softening.key) or _led_to(blame, softening), softening


def _led_to(blame: Blame[Softening], softening: Softening) -> list[int]:
    """The versions that one after the other made a thing something else, and that less."""
    about = {softening.key[1:]}
    found: list[int] = []
    for place, step in enumerate(blame.steps):
        became = {each.became for each in step if each.key[1:] in about}
        found += [place] if became else []
        about |= became
    return found


# ---------------------------------------------------------------- indicators


def _redefined(pair: _Pair, name: str, old: Indicator, new: Indicator) -> Iterator[Softening]:
    for key in ("unit", "direction", "definition"):
        was, now = getattr(old, key), getattr(new, key)
        if was is not None and was != now:
            said = (
                tr('the {key} was "{was}", and is "{now}"', key=key, was=was, now=now)
                if now
                else tr('the {key} was "{was}", and is gone', key=key, was=was)
            )
            yield _softening(
                "redefined",
                (name, key),
                ("indicators", name, key),
                said,
                tr("make a new indicator, or mark series_break = true where the count changed"),
            )
    yield from _ruled((name, "rule"), ("indicators", name), old, new)
    yield from _rebased(pair, (name,), ("indicators", name, "baseline"), old.baseline, new.baseline)


def _ruled(about: Key, loc: Loc, old: Table, new: Table) -> Iterator[Softening]:
    """Each key of a table that decides how a verdict falls and says otherwise, but for what can only make it harder, or is told at each figure."""
    for edit in criteria.edits(old, new):
        if not _harder(edit, old, new):
            yield _softening(
                "restated",
                (*about, edit.key),
                (*loc, edit.key) if edit.now else loc,
                in_words(edit),
                tr("keep it as it was, or say in the note what document changed it"),
            )


def _harder(edit: Edit, old: Table, new: Table) -> bool:
    """Whether another rule cannot soften: a shorter lag, a first word on the frequency or on whose figures they are; and the day of a source, which is told at its figures and targets where it matters."""
    if isinstance(old, Indicator) and isinstance(new, Indicator) and edit.key == "lag":
        return new.lag is None or (old.lag is not None and new.lag.end(_SOME_DAY) <= old.lag.end(_SOME_DAY))
    return (isinstance(old, Source) and edit.key == "published") or (
        edit.was is None and edit.key in {"frequency", "prefer", "publisher"}
    )


_SOME_DAY = date(2001, 12, 31)


def _rebased(pair: _Pair, about: Key, loc: Loc, old: Baseline | None, new: Baseline | None) -> Iterator[Softening]:
    if old is None:
        return
    was = figures.published(old, pair.old.sources)
    when = figures.published(new, pair.new.sources) if new else None
    value, period = notation.digits(old.value), notation.spelled(old.period)
    if new is None:
        said = tr("the baseline was {value} in {period}, now it is gone", value=value, period=period)
    elif (old.period, old.value) != (new.period, new.value):
        if new.source not in {None, old.source} and pair.later(was.last if was else None, when.last if when else None):
            return
        said = tr(
            "the baseline was {value} in {period}, now it is {other} in {later}",
            value=value,
            period=period,
            other=notation.digits(new.value),
            later=notation.spelled(new.period),
        )
    elif when and pair.pushed(_known_from(old, was), when.last):
        said = tr(
            "the baseline was {value} in {period}, now it counts only from {day} on",
            value=value,
            period=period,
            day=notation.spelled(when),
        )
    else:
        return
    yield _softening(
        "rebased", about, loc, said, tr("name the document that changed it, of a later day, as the baseline's source")
    )


def _known_from(of: Actual | Baseline, published: Period | None) -> date | None:
    """The day from which a figure was known, not before its period ended; None where it has no date."""
    return max(of.period.last, published.last) if published else None


# ---------------------------------------------------------------- targets

_Placed = tuple[int, Target]


def _targets(pair: _Pair, name: str) -> Iterator[Softening]:
    """What became of the targets of an indicator: each older one is matched with one newer one at most."""
    after = pair.new.indicators.get(name)
    left = list(enumerate(after.targets)) if after else []
    missing: list[Target] = []
    told: list[Softening] = []
    for target in pair.old.indicators[name].targets:
        same = next(
            (
                entry
                for entry in left
                if entry[1].same_promise(target) and _asks(pair.new, entry[1]) == _asks(pair.old, target)
            ),
            None,
        )
        if same is None:
            missing.append(target)
        else:
            left.remove(same)
            told += _kept(pair, name, target, same)
    for target in missing:
        told += _missing(pair, name, target, left)
    yield from told
    if after:
        known = {softening.key[1:] for softening in told}
        yield from (softening for softening in _outranked(pair, name, left) if softening.key[1:] not in known)


def _asks(program: Program, target: Target) -> Key:
    """What a target asks for, and who made it when."""
    return (*asking(target), set_date(program.sources, target), target.standing)


def _kept(pair: _Pair, name: str, target: Target, same: _Placed) -> Iterator[Softening]:
    """What is less about a target that still asks for the same."""
    place, now = same
    loc: Loc = ("indicators", name, "targets", place)
    about = (name, target.promise)
    yield from _worse(pair, about, loc, _the_target(pair.old, name, target), target, now)
    if target.baseline or now.baseline:
        yield from _rebased(
            pair, about, (*loc, "baseline"), pair.old.indicators[name].baseline_of(target), now.baseline
        )


def _missing(pair: _Pair, name: str, target: Target, left: list[_Placed]) -> Iterator[Softening]:
    """What became of a target that is no longer there as it was; what it became is taken from those that are ``left``."""
    there = sorted(
        (entry for entry in left if entry[1].same_promise(target)), key=lambda entry: entry[1].source != target.source
    )
    edited = next((entry for entry in there if not pair.recorded(target, entry[1])), None)
    heir = edited or next((entry for entry in there if pair.succeeds(target, entry[1])), None)
    moved = heir or next(
        (
            entry
            for entry in left
            if _same_bound(target, entry[1])
            and _otherwise(target, entry[1])
            and not (entry[1].withdrawn and not target.withdrawn)
        ),
        None,
    )
    if moved is None:
        yield _gone(pair.old, pair.new, name, target, _said(pair.old, name, target))
        return
    left.remove(moved)
    if moved is edited or (moved is not heir and not pair.succeeds(target, moved[1])):
        yield from _changed(pair, name, target, moved)


def _outranked(pair: _Pair, name: str, left: list[_Placed]) -> Iterator[Softening]:
    """Promises in force whose place was taken by a target that names no later document of its own."""
    heirs = list(in_force(pair.new, pair.new.indicators[name], pair.on))
    for was in in_force(pair.old, pair.old.indicators[name], pair.on):
        target = target_of(was.version)
        heir = followed(((each, each) for each in heirs), {target.promise}, target.standing)
        now = heir.version if heir else None
        if now is not None and not pair.recorded(target, target_of(now)):
            yield from _changed(pair, name, target, (now.place, target_of(now)), same=False)
        elif now is None:
            yield from _ended(pair, name, target, left)


def _ended(pair: _Pair, name: str, target: Target, left: list[_Placed]) -> Iterator[Softening]:
    """Whether a target that was added, withdrawn as it came, took a promise with it."""
    for place, entry in left:
        takes = entry.same_promise(target) or bool(
            entry.replaces and target.due and entry.replaces.last == target.due.last
        )
        if takes and entry.withdrawn_by(pair.on) and not (entry.note or entry.document or pair.recorded(target, entry)):
            yield _taken_back(
                (name, target.promise),
                ("indicators", name, "targets", place),
                _the_target(pair.old, name, target),
                entry,
            )
            return


def _changed(pair: _Pair, name: str, target: Target, changed: _Placed, *, same: bool = True) -> Iterator[Softening]:
    """Whether a target asks for less or for something else, or later, than it did, or than the one that it took the place of."""
    place, now = changed
    about: Key = (name, target.promise)
    loc: Loc = ("indicators", name, "targets", place)
    asked = asks(_version(pair.new, name, now), _version(pair.old, name, target), pair.new.indicators[name].direction)
    if asked == "less" or (asked == "other" and asking(now) != asking(target)):
        was, became = _said(pair.old, name, target), _said(pair.new, name, now)
        said = (
            tr("the target {was} was changed in place to {now}", was=was, now=became)
            if same
            else tr("the target {was} gave way to {now}", was=was, now=became)
        )
        yield _softening(
            "lowered" if asked == "less" else "redefined",
            about,
            loc,
            said,
            tr("keep the old target, and write the new one below it with its own source and set_on"),
        )
    if asked != "less":
        yield from _worse(pair, about, loc, _the_target(pair.old, name, target), target, now, same=same)


def _version(program: Program, name: str, target: Target) -> Version:
    """A target with what it asks for by all that the file says."""
    indicator = program.indicators[name]
    return Version(0, target, bound_of(indicator, target, program.sources, EVER))


def _worse(
    pair: _Pair, about: Key, loc: Loc, what: str, old: Target | Promise, new: Target | Promise, *, same: bool = True
) -> Iterator[Softening]:
    """Whether a promise is a draft again, due later, made later (if it is the ``same`` one) or withdrawn, and nothing is said of it."""
    was, now = set_date(pair.old.sources, old), set_date(pair.new.sources, new)
    if old.standing == "adopted" and new.standing == "proposed":
        yield _softening(
            "lowered",
            about,
            loc,
            tr("{what} was adopted, and is now only proposed", what=what),
            tr("keep it adopted; one that was taken back has withdrawn = DATE"),
        )
    elif later(new, old):
        dated = new.due or (isinstance(new, Target) and new.every)
        said = (
            tr("{what} is now due {deadline}", what=what, deadline=notation.deadline(new))
            if dated
            else tr("{what} has no deadline any more", what=what)
        )
        became = (about[0], new.promise) if isinstance(new, Target) else about
        yield _softening(
            "extended",
            about,
            loc,
            said,
            tr("keep the old one, and write the new one with its own source, a target with replaces"),
            became,
        )
    elif same and pair.pushed(was, now, old.due.last if old.due else None):
        said = tr("{what} was set on {was}, now on {now}", what=what, was=_day(pair.old, old), now=_day(pair.new, new))
        yield _softening(
            "extended", about, loc, said, tr("keep the day on which it was set; a target is in no table before it")
        )
    elif (
        new.withdrawn_by(EVER)
        and not old.withdrawn_by(EVER)
        and (old.note, old.document, old.source) == (new.note, new.document, new.source)
    ):
        yield _taken_back(about, loc, what, new)
    elif same and isinstance(old, Target) and isinstance(new, Target) and (edits := list(_restated(old, new))):
        said = f"{what}: {'; '.join(map(in_words, edits))}"
        yield _softening(
            "redefined" if any(edit.key == "series_break" for edit in edits) else "restated",
            about,
            loc,
            said,
            tr("keep the old target, and write the new one below it with its own source and set_on"),
            (about[0], new.promise),
        )


def _restated(old: Target, new: Target) -> Iterator[Edit]:
    """The keys of a target that says otherwise what counts for it; that a deadline is another one is told, or asks for more."""
    for edit in criteria.edits(old, new):
        window = edit.key in {"by", "from"} and (
            _window(old) == _window(new) or (edit.key == "by" and not old.every and not new.every)
        )
        if not window and not (edit.key == "series_break" and not new.series_break):
            yield edit


def _window(of: Target) -> tuple[object, ...]:
    """The time that counts for a target."""
    begins, ends = (of.begins, of.ends) if of.every or of.aggregate != "last" else (None, of.ends)
    return (begins and begins.first, ends and ends.last)


def _taken_back(about: Key, loc: Loc, what: str, promise: Target | Promise) -> Softening:
    return _softening(
        "dropped",
        about,
        loc,
        tr(
            "{what} was withdrawn on {day}",
            what=what,
            day=notation.spelled(promise.withdrawn) if promise.withdrawn else "",
        ),
        tr("say in its note, or its document, what withdrew it"),
    )


def _day(program: Program, promise: Target | Promise) -> str:
    """When a promise was made, as the file says it."""
    when = made(program.sources, promise)
    return notation.spelled(when) if when else tr("an unknown day")


def _same_bound(one: Target, other: Target) -> bool:
    return (one.shape, one.value, one.range, one.times_baseline, one.disaggregation, one.aggregate) == (
        other.shape,
        other.value,
        other.range,
        other.times_baseline,
        other.disaggregation,
        other.aggregate,
    )


def _moved(one: Target | Promise, other: Target | Promise) -> bool:
    """Whether two promises are due on different days."""
    return later(one, other) or later(other, one)


def _otherwise(one: Target, other: Target) -> bool:
    """Whether two targets are due on different days, or hold for other periods."""
    return _moved(one, other) or (one.every, _window(one)) != (other.every, _window(other))


def _said(program: Program, name: str, target: Target) -> str:
    """A target in short: ``≥ 30–35 % by 2015``."""
    indicator = program.indicators[name]
    text = notation.promise(target, _version(program, name, target).bound, indicator.unit, indicator.direction)
    deadline = notation.deadline(target)
    return (
        tr("{target} by {deadline}", target=text, deadline=deadline)
        if target.due
        else tr("{target} {deadline}", target=text, deadline=deadline)
    )


def _the_target(program: Program, name: str, target: Target) -> str:
    """A target as what a sentence is about."""
    return tr("the target {target}", target=_said(program, name, target))


def _gone(old: Program, new: Program, name: str, target: Target, was: str) -> Softening:
    words = {promise.text for promise in old.document.promises}
    added = next(
        (
            place
            for place, promise in enumerate(new.document.promises)
            if promise.text not in words and (target.source is None or promise.source == target.source)
        ),
        None,
    )
    if added is not None:
        said = tr(
            "the target {target} of {indicator} is gone, and this promise in words has come", target=was, indicator=name
        )
        return _softening(
            "into-words",
            (name, target.promise),
            ("promises", added),
            said,
            tr("keep the target: a number that was promised stays promised"),
        )
    loc: Loc = ("indicators", name) if name in new.indicators else ()
    return _softening(
        "dropped",
        (name, target.promise),
        loc,
        tr("the target {target} of {indicator} is gone", target=was, indicator=name),
        tr("keep it, with withdrawn = DATE and the document that withdrew it"),
    )


# ---------------------------------------------------------------- words


def _words(pair: _Pair) -> Iterator[Softening]:
    """Promises in words that ask for less, later or nothing, and that no new target of their source took the place of."""
    left = list(enumerate(pair.new.document.promises))
    gone: list[Promise] = []
    for promise in pair.old.document.promises:
        same = min(
            (entry for entry in left if entry[1].text == promise.text),
            key=lambda entry: entry[1].due != promise.due,
            default=None,
        )
        if same is None:
            gone.append(promise)
        else:
            left.remove(same)
            if not pair.recorded(promise, same[1]):
                yield from _worse(
                    pair,
                    (promise.text,),
                    ("promises", same[0]),
                    tr("the promise “{text}”", text=promise.text),
                    promise,
                    same[1],
                )
    for promise in gone:
        yield from _reworded(pair, promise, left)


def _reworded(pair: _Pair, promise: Promise, left: list[tuple[int, Promise]]) -> Iterator[Softening]:
    """What became of a promise in words whose text is not there any more."""
    near = nearest(promise.text, [entry.text for _, entry in left])
    place, now = next((entry for entry in left if entry[1].text == near), (0, None))
    if now is not None:
        left.remove((place, now))
        if not pair.recorded(promise, now):
            yield _softening(
                "dropped",
                (promise.text,),
                ("promises", place, "text"),
                tr("the promise “{was}” now reads “{now}”", was=promise.text, now=now.text),
                tr("keep the words of the document"),
            )
    elif not _in_a_number(pair, promise):
        yield _softening(
            "dropped",
            (promise.text,),
            (),
            tr("the promise “{text}” is gone", text=promise.text),
            tr("keep it, with withdrawn = DATE"),
        )


def _in_a_number(pair: _Pair, promise: Promise) -> bool:
    """Whether a new target of the same source, due on the same day if there is one, says what a promise said in words."""
    known = {(name, target.promise) for name, indicator in pair.old.indicators.items() for target in indicator.targets}
    new = (
        target
        for name, indicator in pair.new.indicators.items()
        for target in indicator.targets
        if (name, target.promise) not in known
    )
    return any(target.source == promise.source and not (promise.due and _moved(promise, target)) for target in new)


# ---------------------------------------------------------------- figures


def _figures(pair: _Pair, names: Sequence[str]) -> Iterator[Softening]:
    """What became of the figures of some indicators."""
    old, new = pair.old, pair.new
    now = _records(new, names)
    for key, records in _records(old, names).items():
        there = dict(reversed(now.get(key, ())))
        before = {figure for figure, _ in records}
        added = [(figure, place) for figure, place in now.get(key, ()) if figure not in before]
        for figure, place in dict(records).items():
            actual = old.document.actuals[place]
            about = (*key, figure)
            if figure in there:
                yield from _reread(pair, about, there[figure], actual)
            elif added:
                _, at = added.pop(0)
                said = tr(
                    "the figure {figure} was changed in place to {now}",
                    figure=_described(actual),
                    now=notation.figure(new.document.actuals[at]),
                )
                yield _softening("figure-edited", about, ("actuals", at), said, _revise(new, at))
            else:
                loc: Loc = ("indicators", actual.indicator) if actual.indicator in new.indicators else ()
                yield _softening(
                    "figure-removed",
                    about,
                    loc,
                    tr(
                        "the figure {figure} of {indicator} is gone",
                        figure=_described(actual),
                        indicator=actual.indicator,
                    ),
                    tr("keep it; a newer one of the same source counts before it"),
                )


def _described(actual: Actual) -> str:
    return tr(
        "{figure} for {period} ({source})",
        figure=notation.figure(actual),
        period=notation.spelled(actual.period),
        source=actual.source or tr("no source"),
    )


def _revise(program: Program, place: int) -> str:
    if program.row(place):
        return tr("keep the old row, and add the new one behind it")
    return tr("keep the old record, and add the new one: targettrack add-actual … --revise")


def _reread(pair: _Pair, about: Key, place: int, actual: Actual) -> Iterator[Softening]:
    """Whether a record of the same figure counts otherwise: behind a break of the series, or from a later day on."""
    new = pair.new.document.actuals[place]
    was, now = (figures.published(each, program.sources) for each, program in ((actual, pair.old), (new, pair.new)))
    if new.series_break and not actual.series_break:
        yield _softening(
            "figure-edited",
            about,
            ("actuals", place),
            tr(
                "{what} was marked as a break of the series",
                what=tr("the figure {figure}", figure=_described(actual)),
            ),
            _revise(pair.new, place),
        )
    elif now and pair.pushed(_known_from(actual, was), now.last):
        said = tr(
            "{what} was published {was}, now {now}",
            what=tr("the figure {figure}", figure=_described(actual)),
            was=notation.spelled(was) if was else tr("on an unknown day"),
            now=notation.spelled(now),
        )
        yield _softening(
            "figure-edited",
            about,
            ("actuals", place),
            said,
            tr("keep the day on which it was published; a figure is in no table before it"),
        )


_Figure = tuple[Decimal | bool | None, tuple[Decimal, Decimal] | None, str | None]


def _records(program: Program, names: Sequence[str]) -> Mapping[Key, list[tuple[_Figure, int]]]:
    """The figures of some indicators by indicator, disaggregation, period and source, with their places."""
    found: dict[Key, list[tuple[_Figure, int]]] = {}
    for place, actual in sorted((each for name in names for each in program.actuals.get(name, ())), key=itemgetter(0)):
        found.setdefault(_about(actual), []).append(((actual.value, actual.range, actual.approx), place))
    return found


def _about(actual: Actual) -> Key:
    return (actual.indicator, actual.disaggregation, actual.period, actual.source)
