"""Alike: figures whose rows say the same but for their numbers and periods; what was understood of one holds for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from targettrack.recording.amounts import Amount
from targettrack.recording.layout import Field, Layout
from targettrack.recording.mapping import PART, About
from targettrack.recording.stretches import Heading

_DATING = ("period", "year", "quarter", "half", "month")
Parts: TypeAlias = Mapping[str, str]


class _Understood(NamedTuple):
    """What was understood of a figure: the keys of an actual but for its period, number and parts, what the mapping says of it, and the periods and parts of its likes by their cells."""

    said: Mapping[str, Any]
    abouts: Sequence[About]
    periods: dict[object, str]
    parts: dict[object, Parts | None]


class Alike:
    """What was understood of the figures of a table, by all that their rows say of them but for their periods and parts; ``parted`` says the parts of a row, None where its figures are not taken."""

    def __init__(self, layout: Layout, parted: Callable[[Sequence[About], int], Parts | None]) -> None:
        self.layout, self.sheet, self.parted = layout, layout.sheet, parted
        self.width = max((each.at for each in layout.fields), default=-1) + 1
        roles = layout.by_role
        parts = [role for role in roles if role.startswith(PART)]
        self.dating = _picked(each.at for role in _DATING for each in roles.get(role, ()))
        self.parting = _picked(each.at for role in parts for each in roles[role])
        self.telling = _picked(
            each.at for role, fields in roles.items() if role not in {*_DATING, *parts, "value"} for each in fields
        )
        self.understood: dict[tuple[object, ...], _Understood] = {}
        self.periods: dict[tuple[int, int], dict[object, str]] = {}

    def key(self, row: int) -> tuple[object, object, object]:
        """What tells the figures of a row from others, but for their numbers: what they are of, their periods, and their parts."""
        cells = self.cells(row)
        return self.telling(cells), self.dating(cells), self.parting(cells)

    def said(self, row: int, at: int, figure: Amount, key: tuple[object, object, object]) -> dict[str, Any] | None:
        """What a figure of a row says, as the keys of an actual, where that was understood of others; None where it was not."""
        of, when, parts = key
        like = self.understood.get((at, of, figure[2:], self.unit(row, at)))
        period = like.periods.get(when) if like else None
        if like is None or period is None or figure.low != figure.high:
            return None
        if parts not in like.parts:
            like.parts[parts] = self.parted(like.abouts, row)
        found = {**like.said, "period": period, "value": figure.low}
        pairs = like.parts[parts]
        if pairs:
            found["disaggregation"] = pairs
        return None if pairs is None else found

    def keep(
        self,
        row: int,
        each: Field,
        figure: Amount | bool,
        abouts: Sequence[About],
        about: About,
        period: Heading,
        said: Mapping[str, Any],
    ) -> None:
        """Keep what a figure says for others, if it is a number as it stands in its cell, and its period says nothing else; ``abouts`` are what the mapping says of it, ``about`` what it does of its indicator."""
        if isinstance(figure, Amount) and said.get("value") is figure.low and period == Heading(period.period):
            of, when, parts = self.key(row)
            periods = self.periods.setdefault((each.at, id(about)), {})
            periods[when] = period.period.text
            rest = {name: value for name, value in said.items() if name != "disaggregation"}
            key = (each.at, of, figure[2:], self.unit(row, each.at))
            like = self.understood.setdefault(key, _Understood(rest, abouts, periods, {}))
            like.parts[parts] = said.get("disaggregation", {})

    def unit(self, row: int, at: int) -> str | None:
        """The unit that the format of a cell shows."""
        units = self.sheet.units
        return units.get((row, at)) if units else None

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
        return not (self.sheet.merged or self.layout.ditto) and {str}.issuperset(
            map(type, chain.from_iterable(self.sheet.rows))
        )


def _picked(columns: Iterable[int]) -> Callable[[Sequence[object]], object]:
    """What takes the cells of some columns out of a row."""
    found = tuple(columns)
    return itemgetter(*found) if found else lambda _: None
