"""changes in markdown, for a pull request or an article: what flipped and why, then what changed and who did it."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.formats.markdown._text import escaped
from targettrack.language import tr, tr_n
from targettrack.pages.changes import STATES, Compared, Comparison
from targettrack.revisions.changes import Change, pairs_of, source_of
from targettrack.revisions.flips import Flip
from targettrack.wording import changes, notation, why


def lines(page: Comparison) -> Iterator[str]:
    """The page's lines."""
    yield escaped(
        tr(
            "From {since}, to {until}.",
            since=changes.side(page.since.name, page.since.commit, page.since.on),
            until=changes.side(page.until.name, page.until.commit, page.until.on),
        )
    )
    for entry in page.programs:
        yield from _program(entry)
    yield ""
    yield tr_n(
        page.of,
        "{changed} of {count} program changed.",
        "{changed} of {count} programs changed.",
        changed=len(page.programs),
    )
    for text in page.limits:
        yield from ("", f"**{escaped(text)}**")
    for unreadable in page.unreadable:
        yield from ("", f"**{tr('Cannot be read:')}** {escaped(unreadable.file)}")


def _program(entry: Compared) -> Iterator[str]:
    yield ""
    yield f"## {escaped(entry.program.header.name)} ({entry.program.id})"
    if entry.state != "kept":
        yield ""
        yield escaped(f"{tr(STATES[entry.state])}. {'; '.join(changes.credits(entry.whole))}")
    if entry.old_file:
        yield ""
        yield escaped(tr("Renamed from {file}.", file=entry.old_file))
    if entry.flips:
        yield ""
        yield from (f"- {_flip(flip)}" for flip in entry.flips)
    if entry.changes:
        yield ""
        yield f"| {' | '.join((tr('indicator'), tr('change'), tr('for'), tr('from what to what'), tr('source'), tr('by')))} |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from (_row(entry, change) for change in entry.changes)


def _flip(flip: Flip) -> str:
    before, after = flip.before, flip.after
    part = notation.part(after.disaggregation)
    name = escaped(f"{after.indicator_id}{part}, {notation.by(after.promise)}")
    return f"{name}: **{why.word(before.status)} → {why.word(after.status)}** {escaped(changes.because(flip))}. {escaped(why.why(after))}"


def _row(entry: Compared, change: Change) -> str:
    indicator = entry.program.indicators.get(change.indicator or "")
    unit, direction = (indicator.unit, indicator.direction) if indicator else (None, None)
    notes = [tr("silently")] if change.silent else []
    notes += changes.remarks(change)
    whole = tr("the whole program") if change.kinds == ("ruled-otherwise",) else tr("in words")
    name = f"{change.indicator or whole}{notation.part(pairs_of(change))}"
    said = ", ".join((changes.label(change, direction), *notes))
    texts = (
        name,
        said,
        changes.when(change),
        changes.transition(change, unit, direction),
        source_of(change.thing) or "",
        "; ".join(changes.credits(entry.by([change]))),
    )
    return f"| {' | '.join(map(escaped, texts))} |"
