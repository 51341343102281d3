"""Changes: what happened between two versions of a program, why a status turned, and who did it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from targettrack.assessment.promises import Version
from targettrack.language import mark, tr
from targettrack.program.model import Actual, Baseline, Direction
from targettrack.revisions.authorship import Commit
from targettrack.revisions.changes import Change, Kind, Thing, edited
from targettrack.revisions.criteria import Edit
from targettrack.revisions.flips import Cause, CauseName, Flip
from targettrack.text import clean
from targettrack.wording import notation

_LABELS: dict[Kind, str] = {
    "new-figure": mark("new figure"), "rival-figure": mark("figure of another source"), "revised-figure": mark("figure revised"), "earlier-figure": mark("earlier figure recorded"), "edited-figure": mark("figure edited"),
    "remarked-figure": mark("figure marked otherwise"), "gone-figure": mark("figure removed"),
    "new-target": mark("new target"), "earlier-target": mark("earlier version recorded"), "adopted": mark("target adopted"), "raised": mark("target raised"), "lowered": mark("target lowered"), "extended": mark("deadline extended"),
    "brought-forward": mark("deadline brought forward"), "redefined": mark("target redefined"), "proposed-again": mark("target only proposed now"), "restated": mark("target restated"),
    "withdrawn": mark("withdrawn"), "reinstated": mark("withdrawal taken back"), "gone-target": mark("target removed"),
    "rebased": mark("baseline changed"), "defined-otherwise": mark("definition changed"), "ruled-otherwise": mark("rule changed"), "new-indicator": mark("new indicator"), "gone-indicator": mark("indicator removed"),
    "new-promise": mark("new promise in words"), "reworded": mark("promise reworded"), "gone-promise": mark("promise removed"),
}  # fmt: skip
_CEILING: dict[Kind, str] = {"raised": mark("target tightened"), "lowered": mark("target eased")}
"""Of a target that is not to be exceeded: a number that is raised asks for less."""

_DEFINING = {
    "name": mark("name"),
    "unit": mark("unit"),
    "direction": mark("direction"),
    "definition": mark("definition"),
}

_CAUSES: dict[CauseName, str] = {
    "new-figure": mark("a new figure"),
    "revised-figure": mark("a revised figure"),
    "revised-target": mark("a revised target"),
    "rebased": mark("another baseline or definition"),
    "file": mark("dates, frequency or preferred sources written otherwise in the file"),
    "time": mark("the passage of time"),
}
"""What can turn a status, and how it is called."""

_MANY: dict[CauseName, str] = {
    "new-figure": mark("new figures"),
    "revised-figure": mark("revised figures"),
    "revised-target": mark("several revisions of the target"),
}
"""The same where there are several of a kind."""


def side(name: str, commit: Commit | None, on: date) -> str:
    """One side of a comparison: the revision as it was asked for, its commit (None: the files as they are), and the day on which it is judged."""
    if commit is None:
        return tr("the files as they are, judged on {day}", day=on.isoformat())
    return tr("{name} ({commit}), judged on {day}", name=name, commit="; ".join(credits([commit])), day=on.isoformat())


# ---------------------------------------------------------------- what changed


def label(change: Change, direction: Direction | None) -> str:
    """What happened, in a few words."""
    return done(change.kinds, direction)


def done(kinds: Sequence[Kind], direction: Direction | None) -> str:
    """What was done, in a few words."""
    labels = _LABELS | _CEILING if direction in {"decrease", "maintain"} else _LABELS
    return ", ".join(tr(labels[kind]) for kind in kinds)


def when(change: Change) -> str:
    """The period of a figure, the deadline of a promise, or what of a definition it is."""
    thing = change.thing
    if isinstance(thing, Version):
        return notation.deadline(thing.promise)
    if isinstance(thing, str):
        return (
            tr(_DEFINING[str(change.key[2])])
            if change.key[0] == "definition"
            else str(change.key[2])
            if change.key[:2] == ("rule", "source")
            else ""
        )
    return notation.short(thing.period)


def said(thing: Thing, unit: str | None, direction: Direction | None) -> str:
    """A figure, a bound, a baseline or a text in short."""
    if isinstance(thing, str):
        return clean(thing)
    if isinstance(thing, Actual):
        return notation.actual(thing, unit)
    if isinstance(thing, Baseline):
        return tr(
            "{value} in {period}",
            value=notation.with_unit(notation.digits(thing.value), unit),
            period=notation.long(thing.period),
        )
    return notation.promise(thing.promise, thing.bound, unit, direction)


def edit(of: Edit) -> str:
    """One key that says otherwise, with what it was and what it is."""
    return f"{of.key} {of.was or tr('not written')} → {of.now or tr('not written')}"


# ---------------------------------------------------------------- from what to what


def cause(of: Cause, flip: Flip, direction: Direction | None) -> str:
    """A cause with what it consists of: ``a new figure (32.5 % for 2018)``."""
    if of.name == "time" and flip.back:
        return tr("the earlier day on which it is judged")
    if of.name == "time":
        came = flip.after.past_due and not flip.before.past_due and flip.after.due
        return tr("the deadline that came, {due}", due=notation.long(came)) if came else tr(_CAUSES["time"])
    parts = [change_in_short(change, flip.after.unit, direction) for change in of.changes]
    text = tr(_MANY.get(of.name, _CAUSES[of.name]) if len(parts) > 1 else _CAUSES[of.name])
    if {change.kinds for change in of.changes} == {("gone-figure",)}:
        text = tr("a figure that was removed") if len(parts) == 1 else tr("figures that were removed")
    return f"{text} ({'; '.join(parts)})" if 0 < len(parts) <= 3 else text


def remarks(change: Change) -> Iterator[str]:
    """What must be known of a changed promise: that it came after the deadline, or when it was withdrawn."""
    if change.after_due:
        yield tr("after its deadline: judged as it stood")
    if "withdrawn" in change.kinds and isinstance(change.after, Version):
        yield tr("withdrawn {day}", day=change.after.promise.withdrawn)


def change_in_short(change: Change, unit: str | None, direction: Direction | None) -> str:
    """What something was and what it is: ``6 % → 6.5 % for 2017``."""
    text = transition(change, unit, direction)
    period = "" if _moved(change) else when(change)
    return (
        tr("{text} for {period}", text=text, period=period)
        if isinstance(change.thing, (Actual, Version)) and period
        else text
    )


def transition(change: Change, unit: str | None, direction: Direction | None) -> str:
    """What something was, if it was there, and what it is; of a promise with its deadline, where that is another one; then the keys that were edited in place."""
    edits = "; ".join(map(edit, edited(change)))
    if change.kinds == ("ruled-otherwise",):
        return edits
    text = _became(change, unit, direction)
    return f"{text}; {edits}" if edits else text


def _became(change: Change, unit: str | None, direction: Direction | None) -> str:
    before, after = (
        None if thing is None else _said(thing, unit, direction, moved=_moved(change))
        for thing in (change.before, change.after)
    )
    if change.after is None or before is None or "rival-figure" in change.kinds:
        return after if after is not None else before or ""
    if before == after:
        return before
    return f"{before} → {after}"


def _moved(change: Change) -> bool:
    """Whether a promise has another deadline than it had."""
    before, after = change.before, change.after
    return isinstance(before, Version) and isinstance(after, Version) and before.promise.due != after.promise.due


def _said(thing: Thing, unit: str | None, direction: Direction | None, *, moved: bool) -> str:
    text = said(thing, unit, direction)
    if not moved or not isinstance(thing, Version):
        return text
    due = notation.deadline(thing.promise)
    return tr("{bound} by {due}", bound=text, due=due) if thing.promise.due else f"{text} ({due})"


def because(flip: Flip) -> str:
    """Why a status turned, and which of several causes alone would have done it."""
    texts = [cause(each, flip, flip.after.direction) for each in flip.causes]
    alone = [text for text, each in zip(texts, flip.causes, strict=True) if each.alone]
    if not texts:
        return tr("nothing that is known to have changed")
    if len(texts) == 1:
        return tr("because of {cause}", cause=texts[0])
    said = tr("because of {causes}", causes=notation.listing(texts))
    if not alone:
        return tr("{because}: only together", because=said)
    if len(alone) == len(texts):
        return tr("{because}: each alone would have done it", because=said)
    return tr("{because}: {causes} alone would have done it", because=said, causes=notation.choice(alone))


def credits(commits: Sequence[Commit | None]) -> Iterator[str]:
    """Commits in short: ``a1b2c3d4e, Lan, 2026-11-02``; that somebody cannot be seen is said once."""
    yield from dict.fromkeys(
        credit(replace(commit, author=clean(commit.author or "").strip())) if commit else tr("not committed yet")
        for commit in commits
    )


def credit(commit: Commit) -> str:
    """Who did something, in short: ``a1b2c3d4e, Lan, 2026-11-02``; nobody is named at an edge."""
    if commit.edge:
        return tr("who did it cannot be seen here")
    return f"{commit.short}, {commit.author or tr('an unnamed author')}, {commit.day or tr('an unknown day')}"
