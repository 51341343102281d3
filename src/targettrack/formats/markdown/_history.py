"""history in markdown: a table a promise, and under it the days that are judged otherwise today."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.formats.markdown._text import escaped
from targettrack.language import tr, tr_as, tr_n
from targettrack.pages.history import Followed, Moment, Timeline
from targettrack.wording import notation, why
from targettrack.wording.hindsight import said


def lines(page: Timeline) -> Iterator[str]:
    """The page's lines."""
    yield f"## {escaped(page.indicator.name)} ({page.program.id}/{page.id})"
    yield ""
    if not page.promises:
        yield from (_nothing(page), "")
    for followed in page.promises:
        yield from _promise(followed)
    yield tr("On {date}; each line by what was known on its last day.", date=page.on.isoformat())


def _nothing(page: Timeline) -> str:
    if page.indicator.targets:
        return tr("No target is known on this day: there is no status to follow.")
    return tr_n(
        page.figures,
        "This indicator has no target: there is no status to follow. {count} figure is known.",
        "This indicator has no target: there is no status to follow. {count} figures are known.",
    )


def _promise(followed: Followed) -> Iterator[str]:
    newest = followed.newest
    pairs = notation.part(newest.disaggregation)
    yield f"### {escaped(notation.by(newest.promise) + pairs)}: {_newest(followed)}"
    yield ""
    yield f"| {tr('at the end of')} | {tr('status')} | {tr('target')} | {tr_as('a head', 'actual')} | {tr('gap')} | {tr('known today')} |"
    yield "| --- | --- | --- | --- | ---: | --- |"
    for first, last in followed.stretches():
        yield f"| {' | '.join(_cells(first, last))} |"
    yield ""


def _newest(followed: Followed) -> str:
    if followed.ended == "withdrawn":
        return tr("withdrawn")
    return tr("another target took its place") if followed.ended else why.word(followed.newest.status)


def _cells(first: Moment, last: Moment) -> tuple[str, ...]:
    row, today = first.row, first.today
    target = f"{notation.promise(row.promise, row.bound, row.unit, row.direction)}, {notation.deadline(row.promise)}"
    learned = (
        f"**{why.word(today.row.status)}**: {escaped('; '.join(said(each) for each in today.learned))}" if today else ""
    )
    gap = notation.gap(row.gap, row.unit, row.entered) if row.gap is not None else ""
    limit = notation.limit(row.gap_approx) if gap else ""
    subject = why.subject_figure(row).rstrip(",")
    days = first.label if first.label == last.label else f"{first.label} – {last.label}"
    return (
        escaped(days),
        f"**{why.word(row.status)}**",
        escaped(target),
        escaped(subject) or tr("none"),
        escaped(limit + gap),
        learned,
    )
