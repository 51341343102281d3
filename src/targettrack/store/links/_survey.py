"""Survey: of a file with very many figures, the rows that matter, as the engine that counts them finds them; in any doubt all are read, and what is wrong is found then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from targettrack.assessment import matter
from targettrack.assessment.matter import Group
from targettrack.language import tr
from targettrack.program.model import YES_NO, Actual, Document, Program
from targettrack.store.links._cells import Cells, reader
from targettrack.store.links._statements import Statements
from targettrack.store.links._table import LinkError, Table

Row: TypeAlias = tuple[int, Sequence[Any]]
"""The number of a row in its file, from 1, and its cells."""

LARGE = 100_000
"""Of so many rows fewer are read than there are; below, all are as soon read."""
_GROUPS, _KINDS, _TEXTS = 200_000, 100_000, 20_000
_BITS = 500_000_000
"""More different things than this would fill the memory."""
_GROUP = ("indicator", "disaggregation")
_KIND = ("period", "published", "recorded", "source", "series_break")


class Few(NamedTuple):
    """For which day the figures that matter are asked for, and those that stand beside."""

    on: date
    beside: Sequence[Actual]


class _DoubtError(Exception):
    """Something that only reading every row can tell: what it is."""


def surveyed(document: Document, cells: Cells, table: Table, few: Few) -> Iterator[Row] | None:
    """The rows that matter, in their order; None where all must be read: there are few, or something in them may be wrong.

    Raises:
        LinkError: all would have to be read, and there are too many.

    """
    if table.engine is None or (size := table.engine.size()) < LARGE:
        return None
    try:
        return _Survey(document, cells, table.types, table.engine).rows(*few)
    except _DoubtError as doubt:
        if table.most is not None and size > table.most:
            raise LinkError(
                "too-large",
                tr("this table has {count} rows, and all of them must be read: {why}", count=f"{size:,}", why=doubt),
                tr("mend that, or link a view of at most {count} rows", count=f"{table.most:,}"),
                "table",
            ) from None
        return None


class _Survey:
    """A document, and a file of its figures that is asked what different cells it has."""

    def __init__(self, document: Document, cells: Cells, types: Mapping[str, str], engine: Statements) -> None:
        self._document, self._cells, self._types, self._engine = document, cells, types, engine
        self._reader = reader(document)
        able = (name for name, each in document.indicators.items() if each.unit != YES_NO)
        self._else = {"indicator": next(able, ""), "period": 2000, "value": 0}

    def rows(self, on: date, beside: Sequence[Actual]) -> Iterator[Row]:
        if "range" in self._cells.keys:
            raise _DoubtError(tr("ranges are compared one by one"))
        group, kind = self._cells.of(_GROUP), self._cells.of(_KIND)
        self._values(self._cells.of(("value",)))
        for key in self._cells.keys:
            if key not in {*_GROUP, *_KIND, "value"}:
                cells = self._cells.of((key,))
                for row in self._distinct("texts", cells, _TEXTS):
                    self._read(cells, row)
        groups = [_group(self._read(group, row, "indicator")) for row in self._distinct("groups", group, _GROUPS)]
        examples = [self._read(kind, row, "period") for row in self._distinct("kinds", kind, _KINDS)]
        kinds = _in_order([*examples, *beside])
        places = {_kind(each): place for place, each in enumerate(kinds)}
        promised = (each for each in groups if self._document.indicators[each[0]].targets)
        numbers = {each: number for number, each in enumerate(dict.fromkeys(promised))}
        if len(numbers) * len(kinds) > _BITS:
            raise _DoubtError(tr("its figures are of too many different kinds, and of too many parts"))
        self._engine.coded("groups", [numbers.get(each, -1) for each in groups])
        self._engine.coded("kinds", [places[_kind(each)] for each in examples])
        there = dict(self._engine.bits(("groups", "kinds"), len(kinds))) if numbers else {}
        held = defaultdict(int, {each: there[number] for each, number in numbers.items()})
        for actual in beside:
            held[_group(actual)] |= 1 << places[_kind(actual)]
        wanted = matter.chosen(Program("", "", self._document), kinds, held, on)
        asked = {number: bits for each, number in numbers.items() if (bits := wanted.get(each, 0) & there[number])}
        found = self._engine.some(self._cells.names, ("groups", "kinds"), asked) if asked else iter(())
        return ((row[0], row[1:]) for row in found)

    def _values(self, value: Cells) -> None:
        """Refuse a column of figures in which one is missing, or may be no number that a figure may be."""
        for name in value.names:
            kind = self._types.get(name, "VARCHAR")
            if not kind.endswith("INT") and not kind.startswith(("DECIMAL(", "INTEGER", "UINTEGER")):
                raise _DoubtError(tr("{column} is no whole number, and no decimal of a fixed length", column=name))
            empty, *ends = self._engine.ends(name)
            if empty:
                raise _DoubtError(tr("{column} is empty in some of them", column=name))
            for each in ends:
                self._read(value, (each,), "value")

    def _distinct(self, set: str, cells: Cells, most: int) -> list[tuple[Any, ...]]:
        found = self._engine.distinct(set, cells.names, most)
        if found is None:
            raise _DoubtError(tr("{columns} has too many different ones", columns=", ".join(cells.names)))
        return found

    def _read(self, cells: Cells, row: Sequence[Any], *needed: str) -> Actual:
        """An actual with these cells, and something else in place of what is not asked."""
        try:
            raw = cells.raw(row)
        except LinkError as error:
            raise _DoubtError(str(error)) from None
        if any(key not in raw for key in needed):
            raise _DoubtError(tr("{column} is empty in some of them", column=", ".join(cells.names)))
        actual, faults = self._reader({**self._else, **raw})
        if actual is None or faults:
            raise _DoubtError(faults[0].message)
        return actual


def _group(actual: Actual) -> Group:
    return actual.indicator, actual.disaggregation


def _kind(actual: Actual) -> tuple[object, ...]:
    """What figures share that are of one kind."""
    days = [each and (each.first, each.last) for each in (actual.period, actual.published, actual.recorded)]
    return (*days, actual.source, actual.series_break)


def _in_order(actuals: Iterable[Actual]) -> list[Actual]:
    """Of each kind an example, in order of their last days."""
    return sorted({_kind(each): each for each in actuals}.values(), key=lambda each: each.period.last)
