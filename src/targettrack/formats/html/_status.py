"""status as a page: the table of all targets, each with why it has its status, in the order that was asked for, else the worst first."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack.formats.html import _report
from targettrack.language import tr, tr_n
from targettrack.pages.status import StatusPage
from targettrack.wording import why
from targettrack.wording.evidence import worst_first


def pieces(page: StatusPage) -> Iterator[str]:
    """The page's text."""
    report = page.report
    several = len(report.programs) > 1
    rows = report.rows if report.order else worst_first(report.rows)
    held = [] if report.against == "current" else [tr("Held to the promises {when}.", when=_when(page))]
    unread = [tr("Cannot be read: {file}", file=entry.file) for entry in page.unreadable]
    return _report.drawn(
        report.rows,
        report.on,
        title=_title(page),
        all=tr("Targets") if report.order else "",
        notes=[*held, *unread],
        lines=[_report.line(row, None, report.method, program=several, said=why.why(row)) for row in rows],
    )


def _title(page: StatusPage) -> str:
    programs = page.report.programs
    if len(programs) == 1:
        return programs[0].header.name
    return tr_n(len(programs), "{count} program", "{count} programs")


def _when(page: StatusPage) -> str:
    """Which versions of the promises are judged."""
    from targettrack.wording import versions  # noqa: PLC0415 - only promises of another day need it

    return versions.when(page.report.against)
