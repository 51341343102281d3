"""Revision: what a promise's other version would make of its status, in words: whether it is met only because less was asked."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.assessment.promises import Against, InForce, Version
from targettrack.assessment.row import Row
from targettrack.assessment.status import Status
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.program.model import Indicator, Program, made
from targettrack.text import NBSP, clean
from targettrack.wording import notation

KEPT: frozenset[Status] = frozenset({"met", "met_late", "exceeded", "on_track"})

_ONLY_BECAUSE: dict[str, str] = {
    "lowered": mark("{status} only because {was} was lowered to {now} by {document}"),
    "extended": mark("{status} only because {was} was extended to {now} by {document}"),
}
_EASED = mark("{status} only because {was} was eased to {now} by {document}")
"""Of what is not to be exceeded, or to be kept: a number that is raised asks for less."""
_CHANGED = mark("{status} only because {was} was changed to {now} by {document}")


def clause(row: Row, status: str, other: str) -> str:
    """What the other version would make of a row's status; both statuses as words for a sentence."""
    if row.other is None:
        return ""
    if row.held_to != "current":
        return tr(
            "held to the promise {when}; in force now is {now}, against which it is {other}",
            when=when(row.held_to),
            now=bound(row, row.other.version),
            other=other,
        )
    first, was = row.other.version, bound(row, row.other.version)
    if row.status in KEPT and row.other.status not in KEPT:
        from targettrack.revisions.changes import kinds_of  # noqa: PLC0415 - only what was revised needs it

        kinds = kinds_of(first, row.version, row.direction)
        text = _ONLY_BECAUSE.get(kinds[0], _CHANGED) if len(kinds) == 1 else _CHANGED
        text = _EASED if kinds == ("lowered",) and row.direction != "increase" else text
        return tr(text, status=status, was=was, now=bound(row, row.version), document=notation.listing(_documents(row)))
    return tr("against the first promise, {was}, it would be {other}", was=was, other=other)


def when(against: Against) -> str:
    """Which version of a promise is meant."""
    if against == "original":
        return tr("as first made")
    return tr("as now in force") if against == "current" else tr("as of {day}", day=against)


def bound(row: Row, version: Version) -> str:
    """What a version asks for, with its deadline where that is another one than the row's."""
    text = notation.promise(version.promise, version.bound, row.unit, row.direction)
    others = {each.promise.due for each in (row.version, *((row.other.version,) if row.other else ()))}
    return text if len(others) < 2 else tr("{bound} by {due}", bound=text, due=notation.deadline(version.promise))


def _documents(row: Row) -> list[str]:
    """The documents of all versions after the first one, up to the one in force."""
    place = row.versions.index(row.version)
    return list(dict.fromkeys(document(row.program, version) for version in row.versions[1 : place + 1]))


@frozen(eq=True)
class Step:
    """One version of a promise in words: when it was due, what it asked for, what it did to the one before, and in which document."""

    due: str
    asked: str
    done: str
    document: str
    in_force: bool


def steps(program: Program, indicator: Indicator, promise: InForce) -> Iterator[Step]:
    """The versions of a promise, one after the other."""
    before: Version | None = None
    for version in promise.in_order:
        asked = notation.promise(version.promise, version.bound, indicator.unit, indicator.direction)
        done = _done(indicator, before, version, late=version in promise.after_due)
        yield Step(notation.by(version.promise), asked, done, document(program, version), version is promise.version)
        before = version


def _done(indicator: Indicator, before: Version | None, version: Version, *, late: bool) -> str:
    """What a version did to the one before it."""
    if before is None:
        return tr("first proposed") if version.promise.standing == "proposed" else tr("first made")
    from targettrack.revisions.changes import kinds_of  # noqa: PLC0415 - only what was revised needs it
    from targettrack.wording.changes import done  # noqa: PLC0415 - only what was revised needs it

    text = done(kinds_of(before, version, indicator.direction), indicator.direction)
    return tr("{change}, after its deadline: judged as it stood", change=text) if late else text


def document(program: Program, version: Version) -> str:
    """The document that a version stands in, and the day on which it was made."""
    promise = version.promise
    source = program.sources.get(promise.source or "")
    name = promise.document or (source.document or f"“{source.title}”" if source else tr("an unnamed document"))
    day = made(program.sources, promise)
    return f"{clean(name)}{f'{NBSP}({day})' if day else ''}"
