"""What a check of a program sees, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from targettrack.assessment import figures
from targettrack.assessment.figures import Figure, Point
from targettrack.assessment.report import program_rows
from targettrack.assessment.row import Row
from targettrack.assessment.verdict import Method
from targettrack.errors import Severity
from targettrack.frozen import frozen
from targettrack.language import tr_as
from targettrack.period import Period
from targettrack.program.model import Actual, Fault, Indicator, Loc, Pairs, Program, is_percent
from targettrack.program.spelling import spelling
from targettrack.recording import scale
from targettrack.recording.scale import Scale
from targettrack.wording import notation

Finding = tuple[Loc, str, str | None]
"""Where (keys and indices from the root), what is weak, and what to do."""


def at(period: Period) -> str:
    """When, as a sentence says it: ``in 2015``, ``on 2015-06-30``."""
    said = notation.spelled(period)
    return (
        tr_as("when", "on {period}", period=said)
        if period.first == period.last
        else tr_as("when", "in {period}", period=said)
    )


@frozen(eq=True, slots=False)
class Case:
    """A sound program, the day and the method to judge by, and the day on which it is asked, where that is a later one."""

    program: Program
    on: date
    method: Method
    today: date | None = None

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows of the program on that day."""
        return tuple(program_rows(self.program, self.on, self.method, series=self.series))

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
    def series(self) -> dict[str, figures.Series]:
        """The known figures of each indicator by disaggregation, in order of time."""
        program = self.program
        return {
            name: figures.series(indicator, program.actuals.get(name, ()), program.sources, self.on)
            for name, indicator in self.indicators
        }

    @cached_property
    def parts(self) -> dict[str, set[Pairs]]:
        """The disaggregations that each indicator has figures of, known or not."""
        return {
            name: {actual.disaggregation for _, actual in self.program.actuals.get(name, ())}
            for name, _ in self.indicators
        }

    @cached_property
    def spellings(self) -> dict[str, set[object]]:
        """The same as they are spelled alike."""
        return {name: {spelling(pairs) for pairs in parts if pairs} for name, parts in self.parts.items()}

    @cached_property
    def measured(self) -> Sequence[Measured]:
        """The numeric series with the scale of what is promised for them."""
        found = [
            (self.program.indicators[name], self.program.targets.get(name, {}).get(pairs, ()), points)
            for name, lines in self.series.items()
            for pairs, points in lines.items()
        ]
        return [
            Measured(indicator, points, scale.scale(indicator, targets, self.program.sources, self.on))
            for indicator, targets, points in found if points and points[0].actual.answer is None
        ]  # fmt: skip

    @cached_property
    def misread(self) -> dict[int, Decimal]:
        """The figures, by their places in the file, that are a hundred times every bound or a hundredth of each, and what they probably should be."""
        figures_ = ((each, figure) for each in self.measured if not each.in_fractions for figure in each.figures)
        return {figure.place: reading for each, figure in figures_ if (reading := each.reading(figure)) is not None}

    @cached_property
    def fallen(self) -> dict[int, tuple[Figure, Figure]]:
        """Of running totals the figures, by their places, that are lower than one before them; each with that one."""
        return {
            later.place: (later, earlier)
            for each in self.measured
            if each.indicator.cumulative
            for later, earlier in each.falls()
            if later.place not in self.misread
        }


@frozen()
class Measured:
    """A numeric series, and how large its figures should be."""

    indicator: Indicator
    points: Sequence[Point]
    scale: Scale

    @property
    def figures(self) -> Iterator[Figure]:
        """The figures that count, and their rivals."""
        return (figure for point in self.points for figure in (point.figure, *point.rivals))

    @property
    def in_fractions(self) -> bool:
        """Whether its percentages are written as fractions of 1."""
        return self.scale.fractions(
            (value for figure in self.figures for value in numbers(figure.actual)), self.indicator.unit
        )

    def reading(self, figure: Figure) -> Decimal | None:
        """What a figure probably should be, where its scale is another one; a point that looks as if it parted thousands is told of by itself."""
        value = figures.stated(figure.actual)
        if looks_grouped(value) and not is_percent(self.indicator.unit):
            return None
        return self.scale.reading(value)

    def falls(self) -> Iterator[tuple[Figure, Figure]]:
        """The figures that are surely lower than the highest since the last fall or break, each with that one."""
        highest: Figure | None = None
        for point in self.points:
            low = figures.span(highest.actual).low if highest and not point.is_break else None
            high = figures.span(point.actual).high
            if highest and low is not None and high is not None and high < low and highest.period.last < point.last:
                yield point.figure, highest
                low = None
            now = figures.span(point.actual).low
            highest = point.figure if low is None or (now is not None and now >= low) else highest


def numbers(actual: Actual) -> tuple[Decimal, ...]:
    """The numbers that a numeric actual writes."""
    return actual.range or (figures.stated(actual),)


def looks_grouped(value: Decimal) -> bool:
    """Whether a number is written as people write thousands: one to three digits, a point, three digits."""
    return value.as_tuple().exponent == -3 and 1 <= abs(value) < 1000


@frozen(eq=True)
class Check:
    """One kind of weakness: its code, what it says of a program, and how it is found."""

    code: str
    means: str
    find: Callable[[Case], Iterator[Finding]]
    severity: Severity = "warning"
    """An error cannot be allowed; the program is read all the same."""

    def faults(self, case: Case) -> Iterator[Fault]:
        """What it finds."""
        return (Fault(loc, self.code, message, hint) for loc, message, hint in self.find(case))
