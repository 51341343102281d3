"""The feed of a site, in Atom: what each commit changed in a program, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from targettrack.formats.html import _templates
from targettrack.frozen import frozen
from targettrack.language import tr, tr_n
from targettrack.pages.changes import STATES
from targettrack.pages.report import Feed, News


def pieces(page: Feed) -> Iterator[str]:
    """Its text."""
    entries = [_entry(page, each) for each in page.news]
    entries.sort(key=lambda entry: (entry.updated, entry.id), reverse=True)
    return _templates.pieces(
        "feed.xml",
        id=f"urn:uuid:{_uuid(page.own)}",
        updated=max((entry.updated for entry in entries), default=_moment(page.on.isoformat())),
        own=page.own,
        index=page.index,
        entries=entries,
    )


@frozen()
class Entry:
    """What one commit changed in one program."""

    id: str
    title: str
    updated: str
    author: str
    href: str
    text: str


def _entry(page: Feed, of: News) -> Entry:
    from targettrack.formats import _changed  # noqa: PLC0415 - only what git knows needs it

    told = [_changed.texts(of.entry, change) for change in of.changes]
    count = len(told)
    said = tr_n(count, "{count} change", "{count} changes") if told else tr(STATES[of.entry.state])
    day = of.commit.day if of.commit and of.commit.day else page.on.isoformat()
    author = of.commit.author if of.commit else None
    return Entry(
        of.id,
        f"{of.program.header.name}: {said}",
        _moment(day),
        author or (tr("an unnamed author") if of.commit else tr("not committed yet")),
        of.href,
        "; ".join(", ".join(filter(None, cells)) for cells in told) or said,
    )


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _uuid(name: str) -> str:
    told = sha256(name.encode()).hexdigest()
    return f"{told[:8]}-{told[8:12]}-8{told[13:16]}-8{told[17:20]}-{told[20:32]}"
