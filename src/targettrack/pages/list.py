"""list: all programs, each with what became of its promises, and its newest figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from targettrack.assessment import figures
from targettrack.assessment.report import program_rows
from targettrack.assessment.row import Row
from targettrack.assessment.tally import Tally, tally
from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.period import Period
from targettrack.program.model import Program
from targettrack.program.shelf import Loaded, Unreadable

if TYPE_CHECKING:
    from targettrack.pages.keys import EntryDocument, ListDocument


@frozen()
class Entry:
    """One program in the overview; ``newest`` is the period of its newest known figure."""

    program: Program
    rows: tuple[Row, ...]
    newest: Period | None

    @property
    def tally(self) -> Tally:
        """What became of its promises."""
        return tally(self.rows)


@frozen()
class OverviewPage:
    """What ``list`` shows."""

    COMMAND: ClassVar[str] = "list"
    EXACT: ClassVar[bool] = False

    folder: str
    on: date
    entries: tuple[Entry, ...]
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """The rows of all programs."""
        return [row for entry in self.entries for row in entry.rows]

    def of(self, keep: Callable[[Row], bool]) -> OverviewPage:
        """The same of some promises, without the programs that have none of them."""
        kept = (Entry(entry.program, tuple(filter(keep, entry.rows)), entry.newest) for entry in self.entries)
        return OverviewPage(self.folder, self.on, tuple(entry for entry in kept if entry.rows), self.unreadable)

    def document(self) -> ListDocument:
        """The overview for scripts."""
        from targettrack.pages import documents  # noqa: PLC0415 - only scripts need it

        return documents.list_document(self)

    def records(self) -> Iterator[EntryDocument]:
        """Its programs."""
        from targettrack.pages import documents  # noqa: PLC0415 - only scripts need it

        return map(documents.entry_document, self.entries)

    @staticmethod
    def record() -> type:
        """One program."""
        from targettrack.pages import keys  # noqa: PLC0415 - only scripts need it

        return keys.EntryDocument


def overview(
    folder: str, loaded: Sequence[Loaded], unreadable: Sequence[Unreadable], on: date, method: Method
) -> OverviewPage:
    """Every program with its rows and newest figure."""
    entries = tuple(
        Entry(entry.program, tuple(program_rows(entry.program, on, method)), newest_figure(entry.program, on))
        for entry in loaded
    )
    return OverviewPage(folder, on, entries, tuple(unreadable))


def newest_figure(program: Program, on: date) -> Period | None:
    """The period of the newest figure known on a day."""
    known = (
        actual.period
        for actual in program.document.actuals
        if figures.known(actual, figures.published(actual, program.sources), on)
    )
    return max(known, key=lambda period: (period.last, period.first), default=None)
