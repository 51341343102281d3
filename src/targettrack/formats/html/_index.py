"""The index of a site: every program with the number of its promises, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from targettrack.assessment.tally import OUTCOMES
from targettrack.formats.html import _templates
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.pages.report import Index, Listed
from targettrack.period import Period
from targettrack.wording import dates, meanings, notation
from targettrack.wording.headline import headline, lateness, outcomes

if TYPE_CHECKING:
    from targettrack.assessment.tally import Tally


def pieces(page: Index) -> Iterator[str]:
    """The page's text."""
    on = Period(page.on, page.on, page.on.isoformat())
    return _templates.pieces(
        "index.html",
        place=page.place,
        known=tr("As known on {day}", day=dates.named(on)),
        headline=headline(page.tally),
        late=lateness(sum(each.late for each in page.programs), page.tally.kept),
        heads=_heads(),
        meanings=list(meanings.outcomes(page.tally)),
        programs=[_line(each) for each in page.programs],
        unreadable=[tr("Cannot be read: {file}", file=each.id) for each in page.unreadable],
    )


@frozen()
class Line:
    """A program in the table."""

    href: str
    name: str
    place: str | None
    late: str
    counts: list[str]
    newest: str


def _line(of: Listed) -> Line:
    header = of.program.header
    return Line(
        of.href,
        header.name,
        header.place,
        lateness(of.late, of.tally.kept),
        [str(count) if count else "–" for count in _counts(of.tally)],
        notation.short(of.newest) if of.newest else tr("none"),
    )


def _counts(of: Tally) -> list[int]:
    return [of.promises, of.due, *(getattr(of, outcome) for outcome in OUTCOMES)]


def _heads() -> list[str]:
    return [
        tr("program"),
        tr("promises"),
        tr("due"),
        *outcomes().values(),
        tr("newest figure"),
    ]
