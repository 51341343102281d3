"""Signature: who wrote a commit, and on which day, as its own bytes say; a line that is odd gives no name or no day, never a wrong one."""

from __future__ import annotations

import re
from datetime import date, timedelta

from targettrack.frozen import frozen
from targettrack.regex import regex

_TIME = regex(rb"(?:^|[ >])(\d{1,12}) +([+-])(\d\d)(\d\d)\s*$")
_EPOCH = date(1970, 1, 1)
_DAY = 86400


@frozen(eq=True)
class Signature:
    """The author's name as it stands there, and whether git can tell it; the committer's day in the committer's own zone, as ISO text; the commits that it followed."""

    author: str | None
    regular: bool
    day: str | None
    parents: tuple[str, ...]


def signature(commit: bytes) -> Signature:
    """What the head of a commit says."""
    lines = commit.partition(b"\n\n")[0].split(b"\n")
    author, committer = (
        next((line.removeprefix(word) for line in lines if line.startswith(word)), b"")
        for word in (b"author ", b"committer ")
    )
    parents = tuple(line[7:].decode(errors="replace") for line in lines if line.startswith(b"parent "))
    return Signature(_name(author), bool(re.search(rb"^[^\0]*?<[^>\0]*>", author)), day(committer), parents)


def _name(line: bytes) -> str | None:
    """What stands before the address; where there is none, before the time."""
    name = line.partition(b"\0")[0].partition(b"<")[0]
    return _TIME.sub(b"", name).decode(errors="replace").strip() or None


def day(line: bytes) -> str | None:
    """The day of a line such as ``Lan <lan@example.org> 1700000000 +0700`` in the zone that it names; None where it tells none."""
    found = _TIME.search(line)
    if not found:
        return None
    seconds, sign, hours, minutes = found.groups()
    offset = (int(hours) * 60 + int(minutes)) * (-60 if sign == b"-" else 60)
    if abs(offset) >= _DAY:
        return None
    try:
        return (_EPOCH + timedelta(days=(int(seconds) + offset) // _DAY)).isoformat()
    except OverflowError:
        return None
