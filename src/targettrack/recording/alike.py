"""Alike: figures whose rows say the same but for their numbers and periods; what was understood of one holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from targettrack.recording.amounts import Amount
from targettrack.recording.layout import Field, Layout
from targettrack.recording.mapping import About
from targettrack.recording.stretches import Heading

_NOTHING: tuple[dict[str, Any], dict[object, str]] = ({}, {})
_DATING = ("period", "year", "quarter", "half", "month")


class Alike:
    """What was understood of the figures of a table, by all that their rows say of them: first but for their periods, then these."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.sheet = layout, layout.sheet
        self.width = max((each.at for each in layout.fields), default=-1) + 1
        roles = layout.by_role
        self.dating = _picked(each.at for role in _DATING for each in roles.get(role, ()))
        self.telling = _picked(
            each.at for role, fields in roles.items() if role not in {*_DATING, "value"} for each in fields
        )
        self.understood: dict[tuple[object, ...], tuple[dict[str, Any], dict[object, str]]] = {}
        self.periods: dict[tuple[int, int], dict[object, str]] = {}

    def key(self, row: int) -> tuple[object, object]:
        """What tells the figures of a row from others, but for their numbers: what they are of, and their periods."""
        cells = self.cells(row)
        return self.telling(cells), self.dating(cells)

    def said(self, at: int, figure: Amount, of: object, when: object) -> dict[str, Any] | None:
        """What a figure of a column says, as the keys of an actual, where that was understood of others; None where it was not."""
        values, periods = self.understood.get((at, of, figure[2:]), _NOTHING)
        period = periods.get(when)
        if period is None or figure.low != figure.high:
            return None
        found = values.copy()
        found["period"], found["value"] = period, figure.low
        return found

    def keep(
        self, row: int, each: Field, figure: Amount | bool, about: About, period: Heading, said: dict[str, Any]
    ) -> None:
        """Keep what a figure says for others, if it is a number as it stands in its cell, and its period says nothing else; ``about`` is what the mapping says of its indicator."""
        if isinstance(figure, Amount) and said.get("value") is figure.low and period == Heading(period.period):
            of, when = self.key(row)
            periods = self.periods.setdefault((each.at, id(about)), {})
            periods[when] = period.period.text
            self.understood[each.at, of, figure[2:]] = (said, periods)

    def forget(self) -> None:
        """Forget it all: what holds for the next rows is not what held for these."""
        self.understood.clear()
        self.periods.clear()

    def cells(self, row: int) -> Sequence[object]:
        """The cells of a row, to be compared: numbers by what is shown of them."""
        cells = self.sheet.rows[row]
        if self.plain and len(cells) >= self.width:
            return cells
        values = [self.layout.value(row, at) for at in range(self.width)]
        return [each if isinstance(each, str) else (type(each), str(each)) for each in values]

    @cached_property
    def plain(self) -> bool:
        """Whether all cells of the sheet are texts of their own, and none are merged."""
        return not (self.sheet.merged or self.layout.ditto) and all(
            isinstance(cell, str) for row in self.sheet.rows for cell in row
        )


def _picked(columns: Iterable[int]) -> Callable[[Sequence[object]], object]:
    """What takes the cells of some columns out of a row."""
    found = tuple(columns)
    return itemgetter(*found) if found else lambda _: None
