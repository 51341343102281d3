"""changes in markdown, for a pull request or an article: what flipped and why, then what changed and who did it."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.formats import _changed
from targettrack.formats.markdown._text import escaped, table
from targettrack.language import tr, tr_n
from targettrack.pages.changes import STATES, Compared, Comparison
from targettrack.revisions.flips import Flip
from targettrack.wording import changes, why


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
        yield from table(_changed.heads(), [[*map(escaped, _changed.texts(entry, change))] for change in entry.changes])


def _flip(flip: Flip) -> str:
    before, after = flip.before, flip.after
    return f"{escaped(_changed.flipped(flip))}: **{why.word(before.status)} → {why.word(after.status)}** {escaped(changes.because(flip))}. {escaped(why.why(after))}"
