"""status in markdown: a table a program, then the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from targettrack.assessment.report import Report
from targettrack.assessment.row import Row
from targettrack.formats.markdown._counts import statuses, unreadable
from targettrack.formats.markdown._text import escaped, table
from targettrack.language import tr, tr_as, tr_n
from targettrack.pages.status import StatusPage
from targettrack.wording import notation, why


def lines(page: StatusPage) -> Iterator[str]:
    """The page's lines."""
    report = page.report
    for program in report.programs:
        rows = [row for row in report.rows if row.program is program]
        if not rows:
            continue
        yield f"## {escaped(program.header.name)} ({program.id})"
        yield ""
        yield from table(
            (tr("status"), tr("due"), tr("indicator"), tr("target"), tr_as("a head", "actual"), tr("gap"), tr("why")),
            [_row(row) for row in rows],
            right=(5,),
        )
        yield ""
    yield _counts(report.rows, report.of)
    yield from unreadable(page.unreadable)
    yield ""
    yield tr("On {day}, method {method}{held}.", day=report.on.isoformat(), method=report.method, held=_held(report))


def _held(report: Report) -> str:
    """Which versions of the promises are judged, if not those in force."""
    if report.against == "current":
        return ""
    from targettrack.wording import versions  # noqa: PLC0415 - only promises of another day need it

    return tr(", promises {when}", when=versions.when(report.against))


def _row(row: Row) -> tuple[str, ...]:
    unit = row.unit
    name = escaped(f"{row.indicator_id}: {row.indicator.name}") if row.indicator else ""
    pairs = (
        f" ({escaped(notation.pairs(row.target.disaggregation))})" if row.target and row.target.disaggregation else ""
    )
    target = escaped(notation.promise(row.promise, row.bound, unit, row.direction))
    subject = escaped(why.subject_figure(row).removesuffix(",")) or tr("none")
    return (
        f"**{why.word(row.status)}**",
        notation.deadline(row.promise),
        name + pairs,
        target,
        subject,
        _gap(row, unit),
        escaped(why.why(row)),
    )


def _gap(row: Row, unit: str | None) -> str:
    if row.gap is None or row.bound is None:
        return ""
    strong = row.gap_strong if row.bound.weak != row.bound.strong and row.bound.direction != "maintain" else None
    limit = escaped(notation.limit(row.gap_approx))
    return (
        limit
        + notation.gap(row.gap, unit, row.entered)
        + (f" ({limit}{notation.gap(strong, None, row.entered)})" if isinstance(strong, Decimal) else "")
    )


def _counts(rows: Sequence[Row], of: int) -> str:
    counts = statuses(rows)
    total = (
        tr_n(len(rows), "{count} target", "{count} targets")
        if of == len(rows)
        else tr_n(len(rows), "{count} of {of} target", "{count} of {of} targets", of=of)
    )
    return f"{total}: {counts}." if counts else f"{total}."
