"""show in markdown: the promises and the figures of each indicator as tables, then the sources."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.formats.markdown._text import escaped, link, table
from targettrack.language import tr, tr_as
from targettrack.pages.show import Chapter, Promised, StoryPage
from targettrack.program.model import Actual, Indicator, Promise, Target
from targettrack.wording import notation, why


def lines(page: StoryPage) -> Iterator[str]:
    """The page's lines."""
    yield f"# {escaped(page.program.header.name)} ({page.program.id})"
    yield ""
    yield tr("On {day}, from {file}.", day=page.on.isoformat(), file=escaped(page.program.file))
    yield from (line for text in why.years(page.program) for line in ("", f"{escaped(text)}."))
    for chapter in page.chapters:
        yield from _chapter(page, chapter)
    if page.words:
        yield from ("", f"## {tr('In words only')}", "")
        yield from (
            f"- {notation.deadline(entry.version.promise)}: {escaped(notation.promise(entry.version.promise, None, None, None))}{_by(entry)} {_said(entry.version.promise)}".rstrip()
            for entry in page.words
        )
    if page.sources:
        yield from ("", f"## {tr('Sources')}", "")
        yield from table(
            ("id", tr("title"), tr("publisher"), tr_as("a head", "published"), tr("address")),
            [
                (
                    name,
                    escaped(source.title),
                    escaped(source.publisher or ""),
                    str(source.published or tr("undated")),
                    link(source.url),
                )
                for name, source in page.sources.items()
            ],
        )


def _by(entry: Promised) -> str:
    promise = entry.version.promise
    gone = (
        f", {tr('withdrawn {when}', when=why.in_period(promise.withdrawn))}"
        if promise.withdrawn and entry.row is None
        else ""
    )
    return "".join(
        (
            f" ({promise.source})" if promise.source else "",
            f", {tr('proposed')}" if promise.standing == "proposed" else "",
            gone,
        )
    )


def _promised(entry: Promised, indicator: Indicator) -> str:
    """What a version asks for, of what, and whether it was but a wish."""
    promise = entry.version.promise
    pairs = notation.pairs(promise.disaggregation) if isinstance(promise, Target) else ""
    wish = tr("proposed") if promise.standing == "proposed" else ""
    return ", ".join(
        text
        for text in (notation.promise(promise, entry.version.bound, indicator.unit, indicator.direction), pairs, wish)
        if text
    )


def _said(of: Actual | Target | Promise) -> str:
    """The words of the source, and the note."""
    return escaped(" ".join(text for text in (f"“{of.quote}”" if of.quote else "", of.note or "") if text))


def _revised(page: StoryPage, chapter: Chapter) -> Iterator[str]:
    """How each promise of several versions was revised, with documents and dates."""
    from targettrack.wording import versions  # noqa: PLC0415 - only what was revised needs it

    for promise in chapter.revised:
        texts = [
            f"{step.due} {step.asked} ({step.done}, {step.document})"
            for step in versions.steps(page.program, chapter.indicator, promise)
        ]
        ended = (
            [tr("withdrawn {day}", day=promise.version.promise.withdrawn)]
            if promise.version.promise.withdrawn_by(page.on)
            else []
        )
        yield f"- {escaped('; '.join((*texts, *ended)))}"


def _chapter(page: StoryPage, chapter: Chapter) -> Iterator[str]:
    indicator = chapter.indicator
    yield from ("", f"## {chapter.id}: {escaped(indicator.name)}", "")
    rules = [f"- {escaped(text)}" for text in why.rules(indicator)]
    yield from (*rules, "") if rules else ()
    if chapter.promised:
        rows = [
            (
                notation.deadline(entry.version.promise),
                escaped(_promised(entry, indicator)),
                f"**{why.word(entry.row.status)}**" if entry.row else tr("superseded"),
                escaped(why.sourced(entry.version.promise.source)),
                escaped(why.why(entry.row)) if entry.row else "",
                _said(entry.version.promise),
                str(entry.line or ""),
            )
            for entry in chapter.promised
        ]
        yield from table(
            (tr("due"), tr("target"), tr("status"), tr("source"), tr("why"), tr("words and notes"), tr("line")), rows
        )
        yield ""
    if chapter.revised:
        yield from (f"**{tr('how the promises were revised')}**", "", *_revised(page, chapter), "")
    if chapter.figures:
        figures = [
            (
                notation.short(entry.figure.period),
                escaped(notation.actual(entry.figure, indicator.unit)),
                notation.quality(entry.figure.actual),
                escaped(notation.pairs(entry.figure.actual.disaggregation)),
                ", ".join(
                    text
                    for text in (why.role(entry.role), tr("series break") if entry.figure.actual.series_break else "")
                    if text
                ),
                escaped(why.traced(entry.figure.actual)),
                _said(entry.figure.actual),
                str(entry.where or ""),
            )
            for entry in chapter.figures
        ]
        yield from table(
            (
                tr("period"),
                tr_as("a head", "actual"),
                tr("quality"),
                tr_as("a head", "of"),
                tr("role"),
                tr("source"),
                tr("words and notes"),
                tr("line"),
            ),
            figures,
            right=(1,),
        )
