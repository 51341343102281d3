"""What a check of a program sees, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from targettrack import figures, notation
from targettrack.figures import Point
from targettrack.language import tr_as
from targettrack.period import Period
from targettrack.program import Actual, Fault, Indicator, Loc, Pairs, Program
from targettrack.report import Method, Row, program_rows

YEAR = timedelta(days=365)
"""How long a search for figures counts."""

Finding = tuple[Loc, str, str | None]
"""Where (keys and indices from the root), what is weak, and what to do."""


def at(period: Period) -> str:
    """When, as a sentence says it: ``in 2015``, ``on 2015-06-30``."""
    said = notation.spelled(period)
    return tr_as("when", "on {period}", period=said) if period.first == period.last else tr_as("when", "in {period}", period=said)


@dataclass(frozen=True)
class Case:
    """A sound program, the day and the method to judge by, and the day on which it is asked, where that is a later one."""

    program: Program
    on: date
    method: Method
    today: date | None = None

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows of the program on that day."""
        return tuple(program_rows(self.program, self.on, self.method))

    @cached_property
    def rows_of(self) -> dict[str, list[Row]]:
        """The rows of each indicator that has any."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.indicator_id is not None:
                found.setdefault(row.indicator_id, []).append(row)
        return found

    @property
    def indicators(self) -> Iterator[tuple[str, Indicator]]:
        """The indicators by id."""
        return iter(self.program.indicators.items())

    @property
    def actuals(self) -> Iterator[tuple[int, Actual]]:
        """The actuals with their places in the file."""
        return enumerate(self.program.document.actuals)

    @cached_property
    def series(self) -> dict[str, dict[Pairs, list[Point]]]:
        """The known figures of each indicator by disaggregation, in order of time."""
        program = self.program
        return {name: figures.series(indicator, program.actuals.get(name, ()), program.sources, self.on) for name, indicator in self.indicators}


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of weakness: its code, what it says of a program, and how it is found."""

    code: str
    means: str
    find: Callable[[Case], Iterator[Finding]]

    def faults(self, case: Case) -> Iterator[Fault]:
        """What it finds."""
        return (Fault(loc, self.code, message, hint) for loc, message, hint in self.find(case))
