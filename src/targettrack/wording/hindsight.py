"""Hindsight: what became known after a day, in words."""

from __future__ import annotations

from targettrack.assessment.figures import Figure
from targettrack.assessment.promises import Version
from targettrack.assessment.row import Row
from targettrack.language import tr
from targettrack.period import Period
from targettrack.program.model import Actual, Promise, Target, made
from targettrack.revisions.hindsight import Learned
from targettrack.text import clean
from targettrack.wording import notation


def said(learned: Learned) -> str:
    """What became known, as a clause with the numbers in it."""
    if learned.what == "target" and learned.before:
        return _retargeted(learned.row, learned.before)
    if learned.new:
        return _figure(learned, learned.new)
    if learned.what == "start" and learned.start:
        start = learned.start
        value = notation.started(start.value, start.allowed, learned.row.unit, about=start.about)
        return tr(
            "the start, {value} for {period}, became known only later", value=value, period=notation.long(start.period)
        )
    if learned.what == "break":
        return tr("it became known only later that the definition or the count had changed")
    if learned.what == "baseline":
        return tr("the baseline became known only later")
    return tr("other figures of the series became known only later")


def _figure(learned: Learned, new: Figure) -> str:
    unit, period, source = learned.row.unit, notation.long(new.period), _source(new.actual, new.published)
    value = notation.actual(new, unit)
    if learned.old is None:
        return tr("{value} for {period} became known only later ({source})", value=value, period=period, source=source)
    old = notation.actual(learned.old, unit)
    if learned.what == "revised":
        return tr(
            "the figure for {period} was revised later: {old} became {value} ({source})",
            period=period,
            old=old,
            value=value,
            source=source,
        )
    return tr(
        "for {period} another source is used since: {old} became {value} ({source})",
        period=period,
        old=old,
        value=value,
        source=source,
    )


def _source(of: Actual | Target | Promise, when: Period | None) -> str:
    """Whose it is, and of which day."""
    source = clean(of.source) if of.source else tr("no source")
    return tr("{source}, {date}", source=source, date=when.text) if when else source


def _retargeted(row: Row, before: Version) -> str:
    new, old = row.version, before
    values = (notation.promise(version.promise, version.bound, row.unit, row.direction) for version in (old, new))
    was, value = values
    source = _source(new.promise, made(row.program.sources, new.promise))
    if old.promise.due and new.promise.due and old.promise.due != new.promise.due:
        return tr(
            "the target was replaced later: {was} by {old} became {value} by {new} ({source})",
            was=was,
            old=notation.deadline(old.promise),
            value=value,
            new=notation.deadline(new.promise),
            source=source,
        )
    return tr("the target was revised later: {was} became {value} ({source})", was=was, value=value, source=source)
