"""Criteria: the keys of a program file that decide what a figure or a promise counts for, what they say in two versions, and a version read in the years of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import TypeVar

from targettrack import period as periods
from targettrack.frozen import frozen
from targettrack.period import Lag, Period, PeriodError, Year
from targettrack.program.model import LANGUAGES, Actual, Baseline, Header, Indicator, Program, Promise, Source, Target
from targettrack.program.validation import key
from targettrack.text import clean

Table = Header | Source | Indicator | Target

RULES: Mapping[type[Table], tuple[str, ...]] = {
    Header: ("fiscal_year",),
    Source: ("publisher", "published"),
    Indicator: ("frequency", "lag", "cumulative", "prefer"),
    Target: ("every", "from_", "by", "aggregate_", "series_break"),
}
"""The fields of each table that are compared one by one here."""

ELSEWHERE: Mapping[type[Table], tuple[str, ...]] = {
    Header: (),
    Source: (),
    Indicator: ("name", "unit", "direction", "definition", "baseline", "targets"),
    Target: (
        "value",
        "range",
        "times_baseline",
        "improve",
        "undetermined",
        "strict",
        "disaggregation",
        "baseline",
        "replaces",
        "standing",
        "set_on",
        "withdrawn",
        "source",
    ),
}
"""Those that have a comparison of their own, in ``changes`` and in ``softened``: what a target asks for, and since when, what an indicator is."""

HARMLESS: Mapping[type[Table], tuple[str, ...]] = {
    Header: ("name", "place", "owner", "url", "note", "aliases", *LANGUAGES.values()),
    Source: ("title", "url", "archived", "accessed", "document", "file", "sha256", "note", *LANGUAGES.values()),
    Indicator: ("limit", "searched", "responsible", "note", *LANGUAGES.values()),
    Target: ("page", "quote", "document", "note", "approx", *LANGUAGES.values()),
}
"""Those that no verdict rests on."""


@frozen(eq=True)
class Edit:
    """One key that says otherwise: as a file writes it, what it was and what it is (None where it was, or is, not written)."""

    key: str
    was: str | None
    now: str | None


def edits(old: Table, new: Table) -> Iterator[Edit]:
    """The rules of a table that say otherwise."""
    for field in fields(old):
        if field.name in RULES[type(old)]:
            was, now = (_written(getattr(each, field.name)) for each in (old, new))
            if was != now:
                yield Edit(key(field), was, now)


def _written(value: object) -> str | None:
    """A value as a file writes it; None where that is nothing, or what goes without saying."""
    if value is None or value is False or value == ():
        return None
    if isinstance(value, (Period, Year, Lag)):
        return value.text
    if isinstance(value, tuple):
        return ", ".join(clean(str(each)) for each in value)
    return "true" if value is True else clean(str(value))


def telling(target: Target) -> tuple[object, ...]:
    """All that a target says that a verdict may rest on, but for its baseline and its day."""
    kept = {*HARMLESS[Target], "baseline", "set_on"}
    return tuple(getattr(target, field.name) for field in fields(target) if field.name not in kept)


# ---------------------------------------------------------------- in the years of another version

_Timed = TypeVar("_Timed", Actual, Baseline, Promise, Target)


@lru_cache(maxsize=256)
def in_years(program: Program, year: Year) -> Program:
    """A program with each period read as if its years began with ``year``: what is written the same way is the same period."""
    return program if program.year == year else read_in(program, year)


def read_in(program: Program, year: Year) -> Program:
    """The same, whatever years its header says."""
    document = program.document
    indicators = {
        name: replace(
            _reread_start(indicator, year), targets=tuple(reread(target, year) for target in indicator.targets)
        )
        for name, indicator in document.indicators.items()
    }
    promises, actuals = (
        tuple(reread(each, year) for each in document.promises),
        tuple(reread(each, year) for each in document.actuals),
    )
    return replace(program, document=replace(document, indicators=indicators, promises=promises, actuals=actuals))


def _reread_start(indicator: Indicator, year: Year) -> Indicator:
    return replace(indicator, baseline=reread(indicator.baseline, year)) if indicator.baseline else indicator


def reread(of: _Timed, year: Year) -> _Timed:
    """A table with its periods read in other years."""
    if isinstance(of, Target):
        return replace(
            of,
            by=_in(of.by, year),
            from_=_in(of.from_, year),
            replaces=_in(of.replaces, year),
            baseline=reread(of.baseline, year) if of.baseline else None,
        )
    if isinstance(of, Promise):
        return replace(of, by=_in(of.by, year))
    return replace(of, period=_in(of.period, year) or of.period)


def _in(of: Period | None, year: Year) -> Period | None:
    """A period of the same text; as it was, where such years have none of that text."""
    try:
        return periods.period(of.text, year) if of else None
    except PeriodError:
        return of
