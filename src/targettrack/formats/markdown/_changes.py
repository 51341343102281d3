"""changes in markdown, for a pull request or an article: what flipped and why, then what changed and who did it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from targettrack.language import tr, tr_n
from targettrack.pages import changes as changes_
from targettrack.pages.changes import STATES, Compared, Comparison, Revision
from targettrack.revisions import changes
from targettrack.revisions.changes import Change
from targettrack.revisions.flips import Flip
from targettrack.wording import notation, why

Escape = Callable[[str], str]


def lines(page: Comparison, escaped: Escape) -> Iterator[str]:
    """The page's lines."""
    yield escaped(tr("From {since}, to {until}.", since=_side(page.since), until=_side(page.until)))
    for entry in page.programs:
        yield from _program(entry, escaped)
    yield ""
    yield tr_n(page.of, "{changed} of {count} program changed.", "{changed} of {count} programs changed.", changed=len(page.programs))
    for text in page.limits:
        yield from ("", f"**{escaped(text)}**")
    for unreadable in page.unreadable:
        yield from ("", f"**{tr('Cannot be read:')}** {escaped(unreadable.file)}")


def _side(of: Revision) -> str:
    if of.commit is None:
        return tr("the files as they are, judged on {day}", day=of.on.isoformat())
    return tr("{name} ({commit}), judged on {day}", name=of.name, commit="; ".join(changes_.credits([of.commit])), day=of.on.isoformat())


def _program(entry: Compared, escaped: Escape) -> Iterator[str]:
    yield ""
    yield f"## {escaped(entry.program.header.name)} ({entry.program.id})"
    if entry.state != "kept":
        yield ""
        yield escaped(f"{tr(STATES[entry.state])}. {'; '.join(changes_.credits(entry.whole))}")
    if entry.old_file:
        yield ""
        yield escaped(tr("Renamed from {file}.", file=entry.old_file))
    if entry.flips:
        yield ""
        yield from (f"- {_flip(flip, escaped)}" for flip in entry.flips)
    if entry.changes:
        yield ""
        yield f"| {' | '.join((tr('indicator'), tr('change'), tr('for'), tr('from what to what'), tr('source'), tr('by')))} |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from (_row(entry, change, escaped) for change in entry.changes)


def _flip(flip: Flip, escaped: Escape) -> str:
    before, after = flip.before, flip.after
    part = notation.part(after.disaggregation)
    name = escaped(f"{after.indicator_id}{part}, {notation.by(after.promise)}")
    return f"{name}: **{why.word(before.status)} → {why.word(after.status)}** {escaped(changes_.because(flip))}. {escaped(why.why(after))}"


def _row(entry: Compared, change: Change, escaped: Escape) -> str:
    indicator = entry.program.indicators.get(change.indicator or "")
    unit, direction = (indicator.unit, indicator.direction) if indicator else (None, None)
    notes = [tr("silently")] if change.silent else []
    notes += changes_.remarks(change)
    whole = tr("the whole program") if change.kinds == ("ruled-otherwise",) else tr("in words")
    name = f"{change.indicator or whole}{notation.part(changes.pairs_of(change))}"
    said = ", ".join((changes.label(change, direction), *notes))
    texts = (name, said, changes.when(change), changes_.transition(change, unit, direction), changes.source_of(change.thing) or "", "; ".join(changes_.credits(entry.by([change]))))
    return f"| {' | '.join(map(escaped, texts))} |"
