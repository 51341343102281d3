"""Records: the tables of a program by their places, and of each what a format has taken; what none takes is lost, and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from decimal import Decimal
from typing import Any, NamedTuple

from targettrack.assessment.figures import Figure, leading, published
from targettrack.number import literal
from targettrack.period import exactness
from targettrack.program.model import LANGUAGES, Actual, Baseline, Indicator, Program, Target, made
from targettrack.program.validation import key

WHOLE = "*"
"""The key under which a whole record is lost."""


class Lost(NamedTuple):
    """What a format does not hold: where it stands in the program, its key, what it says there, and why, where that is not said by the key."""

    place: str
    key: str
    text: str
    why: str = ""


class Export(NamedTuple):
    """A program in another format: its files by their relative paths, and what they do not hold."""

    files: Mapping[str, bytes]
    lost: tuple[Lost, ...]


@dataclass(eq=False)
class Record:
    """One table of a program: where it stands, the keys that it writes, and those that were taken. ``table`` is None where it has no model."""

    place: str
    table: Any
    values: dict[str, Any]
    indicator: str = ""
    at: int = 0
    taken: set[str] = field(default_factory=set)
    why: str = ""

    def take(self, *keys: str) -> None:
        """Note that a format holds these keys."""
        self.taken |= set(keys)

    def text(self, name: str) -> str:
        """What a key says, as text; empty where it is not written."""
        return said(self.values[name]) if name in self.values else ""

    def leave(self, why: str) -> None:
        """Note that a format does not hold any of it."""
        self.taken, self.why = set(), why

    def lost(self) -> Iterator[Lost]:
        """What was not taken: the record as one where it was left, else key by key."""
        if self.why:
            yield Lost(self.place, WHOLE, self.shown(), self.why)
            return
        yield from (
            Lost(self.place, name, said(value)) for name, value in self.values.items() if name not in self.taken
        )

    def shown(self) -> str:
        """All of its keys on one line."""
        return "; ".join(f"{name} = {said(value)}" for name, value in self.values.items())


def said(value: object) -> str:
    """A value of a program as text; numbers with their digits."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return literal(value)
    if isinstance(value, tuple):
        pairs = all(isinstance(each, tuple) for each in value)
        return "; ".join(f"{each[0]}={each[1]}" if pairs else said(each) for each in value)
    return str(value)


def values_of(table: object) -> dict[str, Any]:
    """The keys that a table writes, in the order of the format; of a baseline and of other languages as ``baseline.value`` and ``vi.name``."""
    found: dict[str, Any] = {}
    for each in fields(table):  # type: ignore[arg-type]  # every table is a dataclass
        value, name = getattr(table, each.name), key(each)
        if _unwritten(each, value) or name == "targets":
            continue
        if isinstance(value, Baseline) or name in LANGUAGES:
            found |= {f"{name}.{inner}": text for inner, text in values_of(value).items()}
        else:
            found[name] = value
    return found


def _unwritten(each: Field[Any], value: object) -> bool:
    default = each.default if each.default is not MISSING else None
    return value is None or value in ((), {}) or (value == default and type(value) is type(default))


@dataclass(eq=False)
class Records:
    """All tables of a program."""

    header: Record
    sources: dict[str, Record]
    indicators: dict[str, Record]
    targets: dict[str, list[Record]]
    promises: list[Record]
    actuals: dict[str, list[Record]]
    allowed: list[Record]

    def __iter__(self) -> Iterator[Record]:
        yield self.header
        yield from self.sources.values()
        for id, record in self.indicators.items():
            yield record
            yield from self.targets[id]
            yield from self.actuals[id]
        yield from self.promises
        yield from self.allowed

    def lost(self) -> tuple[Lost, ...]:
        """What no format took, in the order of the program."""
        return tuple(lost for record in self for lost in record.lost())


def records(program: Program) -> Records:
    """The tables of a program, none of which is taken yet."""
    document = program.document
    indicators = program.indicators
    allowed = document.check_.allow if document.check_ else {}
    return Records(
        Record("program", program.header, values_of(program.header)),
        {id: Record(f"sources.{id}", each, values_of(each)) for id, each in program.sources.items()},
        {id: Record(f"indicators.{id}", each, values_of(each), id) for id, each in indicators.items()},
        {id: list(_targets(id, each)) for id, each in indicators.items()},
        [Record(f"promises[{at}]", each, values_of(each)) for at, each in enumerate(document.promises, 1)],
        {id: [_actual(at, each) for at, each in program.actuals.get(id, ())] for id in indicators},
        [Record("check.allow", None, {code: why}) for code, why in allowed.items()],
    )


def _targets(id: str, indicator: Indicator) -> Iterator[Record]:
    for at, each in enumerate(indicator.targets, 1):
        yield Record(f"indicators.{id}.targets[{at}]", each, values_of(each), id, at)


def _actual(at: int, actual: Actual) -> Record:
    return Record(
        f"actuals[{at + 1}] ({actual.indicator} {actual.period})", actual, values_of(actual), actual.indicator, at
    )


def leading_actuals(program: Program, found: Iterable[tuple[object, Record]], why: str) -> list[Record]:
    """Of the actuals of one key the one that is used, as in every judgement; the others are left."""
    kept = []
    for several in _by_key(found):
        each = {record.at: record for record in several}
        known = [Figure(at, record.table, published(record.table, program.sources)) for at, record in each.items()]
        lead = each[leading(program.indicators[several[0].indicator], known, program.sources).place]
        kept += _only(several, lead, why)
    return sorted(kept, key=lambda record: record.at)


def leading_targets(program: Program, found: Iterable[tuple[object, Record]], why: str) -> list[Record]:
    """Of the targets of one key the one that was adopted, and made, last (undated ones before all, of equals the later in the file); the others are left."""
    kept = []
    for several in _by_key(found):
        lead = max(several, key=lambda record: _made(program, record))
        kept += _only(several, lead, why)
    return sorted(kept, key=lambda record: record.at)


def _made(program: Program, record: Record) -> tuple[object, ...]:
    target: Target = record.table
    withdrawn, adopted = target.withdrawn is not None, target.standing == "adopted"
    return (not withdrawn, adopted, exactness(made(program.sources, target)), record.at)


def _by_key(found: Iterable[tuple[object, Record]]) -> list[list[Record]]:
    groups: dict[object, list[Record]] = {}
    for same, record in found:
        groups.setdefault(same, []).append(record)
    return list(groups.values())


def _only(several: Iterable[Record], lead: Record, why: str) -> list[Record]:
    for record in several:
        if record is not lead:
            record.leave(why)
    return [lead]
