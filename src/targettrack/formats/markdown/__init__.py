"""markdown: tables for pull requests, articles and wikis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib import import_module
from typing import TextIO

from targettrack.assessment.report import Report, Row, by_status
from targettrack.formats._look import Look
from targettrack.formats.markdown._text import escaped, link
from targettrack.language import tr, tr_as, tr_n
from targettrack.pages.show import Chapter, OverviewPage, Promised, StatusPage, StoryPage
from targettrack.program.model import Actual, Indicator, Promise, Target
from targettrack.program.shelf import Unreadable
from targettrack.text import unsafe_shown
from targettrack.wording import notation, why


def render(page: object, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write the page."""
    out.writelines(f"{unsafe_shown(line)}\n" for line in _lines(page))


def _lines(page: object) -> Iterator[str]:
    if isinstance(page, StatusPage):
        return _status(page)
    if isinstance(page, OverviewPage):
        return _overview(page)
    if isinstance(page, StoryPage):
        return _story(page)
    lines: Iterator[str] = import_module(f"{__name__}._{type(page).__name__.lower()}").lines(page, escaped)
    return lines


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---:' if place in right else '---' for place in range(len(heads)))} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _status(page: StatusPage) -> Iterator[str]:
    report = page.report
    for program in report.programs:
        rows = [row for row in report.rows if row.program is program]
        if not rows:
            continue
        yield f"## {escaped(program.header.name)} ({program.id})"
        yield ""
        yield from _table((tr("status"), tr("due"), tr("indicator"), tr("target"), tr_as("a head", "actual"), tr("gap"), tr("why")), [_row(row) for row in rows], right=(5,))
        yield ""
    yield _counts(report.rows, report.of)
    yield from _unreadable(page.unreadable)
    yield ""
    yield tr("On {day}, method {method}{held}.", day=report.on.isoformat(), method=report.method, held=_held(report))


def _held(report: Report) -> str:
    """Which versions of the promises are judged, if not those in force."""
    if report.against == "current":
        return ""
    from targettrack.wording import versions  # noqa: PLC0415

    return tr(", promises {when}", when=versions.when(report.against))


def _row(row: Row) -> tuple[str, ...]:
    unit = row.unit
    name = escaped(f"{row.indicator_id}: {row.indicator.name}") if row.indicator else ""
    pairs = f" ({escaped(notation.pairs(row.target.disaggregation))})" if row.target and row.target.disaggregation else ""
    target = escaped(notation.promise(row.promise, row.bound, unit, row.direction))
    subject = escaped(why.subject_figure(row).removesuffix(",")) or tr("none")
    return (f"**{why.word(row.status)}**", notation.deadline(row.promise), name + pairs, target, subject, _gap(row, unit), escaped(why.why(row)))


def _gap(row: Row, unit: str | None) -> str:
    if row.gap is None or row.bound is None:
        return ""
    strong = row.gap_strong if row.bound.weak != row.bound.strong and row.bound.direction != "maintain" else None
    limit = escaped(notation.limit(row.gap_approx))
    return limit + notation.gap(row.gap, unit, row.entered) + (f" ({limit}{notation.gap(strong, None, row.entered)})" if isinstance(strong, Decimal) else "")


def _counts(rows: Sequence[Row], of: int) -> str:
    counts = _statuses(rows)
    total = tr_n(len(rows), "{count} target", "{count} targets") if of == len(rows) else tr_n(len(rows), "{count} of {of} target", "{count} of {of} targets", of=of)
    return f"{total}: {counts}." if counts else f"{total}."


def _statuses(rows: Sequence[Row]) -> str:
    return ", ".join(f"{count} {why.word(status)}" for status, count in by_status(rows).items())


def _unreadable(entries: Sequence[Unreadable]) -> Iterator[str]:
    for entry in entries:
        yield ""
        yield f"**{tr('Cannot be read:')}** {escaped(entry.file)}"


def _overview(page: OverviewPage) -> Iterator[str]:
    rows = [
        (entry.program.id, escaped(entry.program.header.name), str(len(entry.rows)), _statuses(entry.rows), notation.short(entry.newest) if entry.newest else tr("none"))
        for entry in page.entries
    ]
    yield from _table((tr("program"), tr("name"), tr("targets"), tr("statuses"), tr("newest figure")), rows, right=(2,))
    yield from _unreadable(page.unreadable)
    yield ""
    yield tr("On {day}, in {folder}.", day=page.on.isoformat(), folder=escaped(page.folder))


def _story(page: StoryPage) -> Iterator[str]:
    yield f"# {escaped(page.program.header.name)} ({page.program.id})"
    yield ""
    yield tr("On {day}, from {file}.", day=page.on.isoformat(), file=escaped(page.program.file))
    yield from (line for text in why.years(page.program) for line in ("", f"{escaped(text)}."))
    for chapter in page.chapters:
        yield from _chapter(page, chapter)
    if page.words:
        yield from ("", f"## {tr('In words only')}", "")
        yield from (f"- {notation.deadline(entry.version.promise)}: {escaped(notation.promise(entry.version.promise, None, None, None))}{_by(entry)} {_said(entry.version.promise)}".rstrip() for entry in page.words)
    if page.sources:
        yield from ("", f"## {tr('Sources')}", "")
        yield from _table(
            ("id", tr("title"), tr("publisher"), tr_as("a head", "published"), tr("address")),
            [(name, escaped(source.title), escaped(source.publisher or ""), str(source.published or tr("undated")), link(source.url)) for name, source in page.sources.items()],
        )


def _by(entry: Promised) -> str:
    promise = entry.version.promise
    gone = f", {tr('withdrawn {when}', when=why.in_period(promise.withdrawn))}" if promise.withdrawn and entry.row is None else ""
    return "".join((f" ({promise.source})" if promise.source else "", f", {tr('proposed')}" if promise.standing == "proposed" else "", gone))


def _promised(entry: Promised, indicator: Indicator) -> str:
    """What a version asks for, of what, and whether it was but a wish."""
    promise = entry.version.promise
    pairs = notation.pairs(promise.disaggregation) if isinstance(promise, Target) else ""
    wish = tr("proposed") if promise.standing == "proposed" else ""
    return ", ".join(text for text in (notation.promise(promise, entry.version.bound, indicator.unit, indicator.direction), pairs, wish) if text)


def _said(of: Actual | Target | Promise) -> str:
    """The words of the source, and the note."""
    return escaped(" ".join(text for text in (f"“{of.quote}”" if of.quote else "", of.note or "") if text))


def _revised(page: StoryPage, chapter: Chapter) -> Iterator[str]:
    """How each promise of several versions was revised, with documents and dates."""
    from targettrack.wording import versions  # noqa: PLC0415

    for promise in chapter.revised:
        texts = [f"{step.due} {step.asked} ({step.done}, {step.document})" for step in versions.steps(page.program, chapter.indicator, promise)]
        ended = [tr("withdrawn {day}", day=promise.version.promise.withdrawn)] if promise.version.promise.withdrawn_by(page.on) else []
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
        yield from _table((tr("due"), tr("target"), tr("status"), tr("source"), tr("why"), tr("words and notes"), tr("line")), rows)
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
                ", ".join(text for text in (why.role(entry.role), tr("series break") if entry.figure.actual.series_break else "") if text),
                escaped(why.sourced(entry.figure.actual.source)),
                _said(entry.figure.actual),
                str(entry.line or ""),
            )
            for entry in chapter.figures
        ]
        yield from _table((tr("period"), tr_as("a head", "actual"), tr("quality"), tr_as("a head", "of"), tr("role"), tr("source"), tr("words and notes"), tr("line")), figures, right=(1,))
