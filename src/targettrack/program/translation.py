"""Bilingual: a program's own texts in the language of the reader, where its file has them in both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import TypeVar

from targettrack.program.model import LANGUAGES, Actual, Baseline, Header, Indicator, Program, Promise, Source, Target

Told = TypeVar("Told", Header, Source, Indicator, Target, Promise, Baseline, Actual)


def told(program: Program, language: str) -> Program:
    """The program with its names, units and notes as it says them in a language; what it does not say in it stays as it is, and its first name stays an alias."""
    document = program.document
    return Program(
        program.id,
        program.file,
        replace(
            document,
            program=replace(
                _said(document.program, language), aliases=(*document.program.aliases, document.program.name)
            ),
            sources={name: _said(source, language) for name, source in document.sources.items()},
            indicators={name: _indicator(indicator, language) for name, indicator in document.indicators.items()},
            promises=tuple(_said(promise, language) for promise in document.promises),
            actuals=tuple(_said(actual, language) for actual in document.actuals),
        ),
        program.linked,
    )


def speaks(program: Program, language: str) -> bool:
    """Whether the program says anything in a language."""
    field = LANGUAGES.get(language)
    return field is not None and any(getattr(table, field) is not None for table in _tables(program))


def _tables(program: Program) -> Iterator[Header | Source | Indicator | Target | Promise | Baseline | Actual]:
    document = program.document
    yield document.program
    yield from document.sources.values()
    yield from document.promises
    yield from document.actuals
    for indicator in document.indicators.values():
        begun: tuple[Indicator | Target, ...] = (indicator, *indicator.targets)
        yield from begun
        yield from (each.baseline for each in begun if each.baseline)


def units(program: Program, language: str) -> dict[str, str]:
    """The units of a program as it says them in a language; none that it says in two ways."""
    said: dict[str, set[str]] = {}
    for indicator in program.indicators.values():
        unit = _said(indicator, language).unit
        if indicator.unit and unit and unit != indicator.unit:
            said.setdefault(indicator.unit, set()).add(unit)
    return {unit: texts.pop() for unit, texts in said.items() if len(texts) == 1}


def names(program: Program) -> list[str]:
    """All names that a program gives itself."""
    return [program.header.name, *texts(program.header, "name")]


def texts(table: Header | Source | Indicator, key: str) -> list[str]:
    """What a table says under a key in other languages."""
    said = (getattr(words, key) for field in LANGUAGES.values() if (words := getattr(table, field)) is not None)
    return [text for text in said if text]


def _indicator(indicator: Indicator, language: str) -> Indicator:
    baseline = _said(indicator.baseline, language) if indicator.baseline else None
    return replace(
        _said(indicator, language),
        baseline=baseline,
        targets=tuple(_target(target, language) for target in indicator.targets),
    )


def _target(target: Target, language: str) -> Target:
    return (
        replace(_said(target, language), baseline=_said(target.baseline, language))
        if target.baseline
        else _said(target, language)
    )


def _said(table: Told, language: str) -> Told:
    words = getattr(table, LANGUAGES.get(language, ""), None)
    if words is None:
        return table
    given = {each.name: text for each in fields(words) if (text := getattr(words, each.name)) is not None}
    return replace(table, **given)
