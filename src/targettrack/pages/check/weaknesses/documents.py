"""Documents: what rests on no source, and sources that say too little of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from targettrack.language import mark, tr
from targettrack.pages.check.weaknesses._case import Case, Check, Finding
from targettrack.period import Period
from targettrack.program.model import Actual, Baseline, Loc, Promise, Target
from targettrack.text import not_linked
from targettrack.wording import notation


def sourced(case: Case) -> Iterator[tuple[Loc, str, Baseline | Target | Promise | Actual]]:
    """Everything that should have a source: where, what it is called, and itself."""
    for name, indicator in case.indicators:
        if indicator.baseline:
            yield ("indicators", name, "baseline"), tr("this baseline"), indicator.baseline
        for place, target in enumerate(indicator.targets):
            yield ("indicators", name, "targets", place), tr("this target"), target
            if target.baseline:
                yield ("indicators", name, "targets", place, "baseline"), tr("this baseline"), target.baseline
    for place, promise in enumerate(case.program.document.promises):
        yield ("promises", place), tr("this promise"), promise
    figure = tr("this figure")
    for place, actual in case.actuals:
        yield ("actuals", place), figure, actual


def _no_source(case: Case) -> Iterator[Finding]:
    """What names neither a source nor, as a promise may, the document itself."""
    for loc, what, of in sourced(case):
        if of.source is None and not (isinstance(of, (Target, Promise)) and of.document):
            yield (
                loc,
                tr("{what} has no source: nobody can check it", what=what),
                tr('add source = "ID", and [sources.ID] with a title'),
            )


def _undated(case: Case) -> Iterator[Finding]:
    """The sources whose date something rests on that has none of its own."""
    needed = {of.source for _, _, of in sourced(case) if _dated(of)[1] is None}
    for name, source in case.program.sources.items():
        if source.published is None and name in needed:
            yield (
                ("sources", name),
                tr(
                    "this source has no date: what it says counts from the end of its period, and loses against dated rivals"
                ),
                tr("add published = 2019-06-30, or a month or a year"),
            )


def _dated(of: Baseline | Target | Promise | Actual) -> tuple[str, Period | None]:
    """The key of something's own date, and the date."""
    return ("set_on", of.set_on) if isinstance(of, (Target, Promise)) else ("published", of.published)


def _future(case: Case) -> Iterator[Finding]:
    """The dates that have not come, a day apart: elsewhere it may be tomorrow already."""
    dates: list[tuple[Loc, tuple[str, Period | None]]] = [
        (("sources", name), ("published", source.published)) for name, source in case.program.sources.items()
    ]
    dates += [(loc, _dated(of)) for loc, _, of in sourced(case)]
    dates += [(("indicators", name), ("searched", indicator.searched)) for name, indicator in case.indicators]
    today = max(case.on, case.today or case.on)
    for loc, (key, when) in dates:
        if when is not None and when.first > today + timedelta(days=1):
            yield (*loc, key), _not_come(key, when, today), tr("check the year")


def _not_come(key: str, when: Period, today: date) -> str:
    """That a date has not come, and what follows."""
    if key == "searched":
        return tr(
            "{key} {date} lies after {day}: nobody can have searched yet",
            key=key,
            date=notation.spelled(when),
            day=today.isoformat(),
        )
    return tr(
        "{key} {date} lies after {day}: nothing that rests on it is judged until then",
        key=key,
        date=notation.spelled(when),
        day=today.isoformat(),
    )


def _no_address(case: Case) -> Iterator[Finding]:
    for name, source in case.program.sources.items():
        if not (source.url or source.archived or source.document):
            yield (
                ("sources", name),
                tr("this source cannot be found: it has neither url nor archived nor document"),
                tr('add url = "https://…", or the number of the document'),
            )


def _bad_address(case: Case) -> Iterator[Finding]:
    """The addresses to which nothing links."""
    found: list[tuple[Loc, str | None]] = [(("program", "url"), case.program.header.url)]
    found += [
        (("sources", name, key), text)
        for name, source in case.program.sources.items()
        for key, text in (("url", source.url), ("archived", source.archived))
    ]
    for loc, text in found:
        if text is not None and (said := not_linked(str(loc[-1]), text)):
            yield loc, *said


def _unused(case: Case) -> Iterator[Finding]:
    used = {of.source for _, _, of in sourced(case)}
    for name in case.program.sources:
        if name not in used:
            yield (
                ("sources", name),
                tr("this source is not used: no figure and no promise names it"),
                tr("name it where it says something, or delete it"),
            )


CHECKS = (
    Check("future-date", mark("a date that has not come: of a source, a figure, a promise or a search"), _future),
    Check("no-source", mark("a figure, target, baseline or promise without a source"), _no_source),
    Check("undated-source", mark("a source without a date of publication"), _undated),
    Check("no-address", mark("a source without url, archived copy or document number"), _no_address),
    Check("bad-address", mark("a url, or an archived copy, that is no http or https address"), _bad_address, "error"),
    Check("unused-source", mark("a source that nothing names"), _unused),
)
