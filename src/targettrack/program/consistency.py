"""Audit: what is wrong between the parts of a program file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from targettrack.errors import nearest
from targettrack.language import tr
from targettrack.period import Period, overlap
from targettrack.program.model import (
    LANGUAGES,
    YES_NO,
    Actual,
    Baseline,
    Fault,
    Indicator,
    IndicatorWords,
    Loc,
    Promise,
    Target,
    is_percent,
    made,
)
from targettrack.program.reading import Parts

Sourced: TypeAlias = Baseline | Target | Promise | Actual


def between(parts: Parts) -> Iterator[Fault]:
    """Everything that contradicts something else in the file; the parts that are unsound in themselves are not judged."""
    for name, indicator in parts.indicators.items():
        yield from _indicator(parts, ("indicators", name), indicator)
    for place, promise in parts.promises:
        yield from _source(parts, ("promises", place), promise)
    sound: set[object] = set()
    for place, actual in parts.actuals:
        if (names := named(actual)) not in sound:
            faults = [*of_actual(parts, ("actuals", place), actual)]
            yield from faults
            if not faults:
                sound.add(names)
    for reference in parts.references:
        yield from (_known_source if reference.to == "source" else _known_indicator)(
            parts, reference.loc, reference.name
        )


def meant(given: str, known: Iterable[str]) -> str | None:
    """The id that a person may have meant; None where none is near."""
    return nearest(given.casefold(), known)


def _suggestion(given: str, known: Iterable[str], otherwise: str) -> str:
    near = meant(given, known)
    return tr('did you mean "{name}"?', name=near) if near else otherwise


def _source(parts: Parts, loc: Loc, of: Sourced) -> Iterator[Fault]:
    if of.source is not None:
        yield from _known_source(parts, (*loc, "source"), of.source)


def _known_source(parts: Parts, loc: Loc, name: str) -> Iterator[Fault]:
    if name not in parts.sources and name not in parts.unsound_sources:
        yield Fault(
            loc,
            "unknown-source",
            tr('no source has the id "{id}"', id=name),
            _suggestion(name, parts.sources, tr("add [sources.{id}] with a title", id=name)),
        )


def _known_indicator(parts: Parts, loc: Loc, name: str) -> Iterator[Fault]:
    if name not in parts.indicators and name not in parts.unsound_indicators:
        yield Fault(
            loc,
            "unknown-indicator",
            tr('no indicator has the id "{id}"', id=name),
            _suggestion(name, parts.indicators, tr("add [indicators.{id}] with a name", id=name)),
        )


def named(actual: Actual) -> object:
    """All of an actual that anything else in the file can contradict, to be compared: many figures have it in common."""
    return actual.source, actual.indicator, type(actual.value)


def of_actual(parts: Parts, loc: Loc, actual: Actual) -> Iterator[Fault]:
    """What one actual contradicts: its source, its indicator, the unit of it."""
    if actual.source is not None and actual.source not in parts.sources:
        yield from _source(parts, loc, actual)
    indicator = parts.indicators.get(actual.indicator)
    if indicator is None:
        yield from _known_indicator(parts, (*loc, "indicator"), actual.indicator)
    elif (indicator.unit == YES_NO) is not isinstance(actual.value, bool):
        yield _not_the_unit((*loc, "range" if actual.value is None else "value"), actual.indicator, indicator)


def _not_the_unit(loc: Loc, name: str, indicator: Indicator) -> Fault:
    if indicator.unit == YES_NO:
        return Fault(
            loc,
            "not-yes-no",
            tr("{indicator} is measured in yes/no, this is a number", indicator=name),
            tr("write true or false"),
        )
    return Fault(
        loc,
        "not-a-number",
        tr("{indicator} is measured in numbers, this is true or false", indicator=name),
        tr('write a number, or unit = "yes/no" in the indicator'),
    )


def _indicator(parts: Parts, loc: Loc, indicator: Indicator) -> Iterator[Fault]:
    if indicator.baseline is not None:
        yield from _source(parts, (*loc, "baseline"), indicator.baseline)
    for place, source in enumerate(indicator.prefer):
        yield from _known_source(parts, (*loc, "prefer", place), source)
    if (
        indicator.direction is None
        and indicator.unit != YES_NO
        and any(target.shape != "milestone" for target in indicator.targets)
    ):
        yield Fault(
            loc,
            "no-direction",
            tr("an indicator with targets says which way is better"),
            tr('add direction = "increase", "decrease" or "maintain"'),
        )
    if indicator.cumulative and indicator.unit == YES_NO:
        yield Fault(
            (*loc, "cumulative"),
            "bad-modifier",
            tr("a running total is a number, and this indicator is measured in yes/no"),
            tr("leave cumulative out"),
        )
    if indicator.unit == YES_NO:
        yield from _answered_baselines(loc, indicator)
    for place, target in enumerate(indicator.targets):
        yield from _target(parts, (*loc, "targets", place), indicator, target)
    yield from _undated(parts, loc, indicator)
    yield from _replacing(loc, indicator)
    yield from _translated_unit(loc, indicator)


def _answered_baselines(loc: Loc, indicator: Indicator) -> Iterator[Fault]:
    """What is answered yes or no has no start to be measured from."""
    places = [(), *(("targets", place) for place, target in enumerate(indicator.targets) if target.baseline)]
    for place in places[0 if indicator.baseline else 1 :]:
        said = tr("a baseline is a number, and this indicator is measured in yes/no")
        yield Fault(
            (*loc, *place, "baseline"),
            "milestone-unit",
            said,
            tr("leave baseline out; how it stood before is an actual with value = false"),
        )


def _translated_unit(loc: Loc, indicator: Indicator) -> Iterator[Fault]:
    """A unit in another language must be the same one: what is a percentage, or answered yes or no, is so in every language."""
    for language, field in LANGUAGES.items():
        words: IndicatorWords | None = getattr(indicator, field)
        if words is None or words.unit is None:
            continue
        at = (*loc, language, "unit")
        if indicator.unit is None or indicator.unit == YES_NO:
            yield Fault(
                at,
                "other-unit",
                tr("there is no unit here to be said in another language"),
                tr("leave {key} out", key=f"{language}.unit"),
            )
        elif is_percent(indicator.unit) != is_percent(words.unit):
            yield Fault(
                at,
                "other-unit",
                tr(
                    '"{unit}" and "{other}" are not the same unit: one is a percentage',
                    unit=indicator.unit,
                    other=words.unit,
                ),
                tr("begin both with %, or none"),
            )


def _target(parts: Parts, loc: Loc, indicator: Indicator, target: Target) -> Iterator[Fault]:
    yield from _source(parts, loc, target)
    if target.baseline is not None:
        yield from _source(parts, (*loc, "baseline"), target.baseline)
    if (target.shape == "milestone") is not (indicator.unit == YES_NO):
        shape = "value" if target.value is not None else target.shape
        yield Fault((*loc, shape), *_unit_clash(target))
    elif target.shape != "milestone":
        yield from _direction(loc, indicator, target)
        if indicator.cumulative and target.aggregate != "last":
            said = tr(
                'the indicator is a running total, which aggregate = "{aggregate}" would count again and again',
                aggregate=target.aggregate,
            )
            yield Fault(
                (*loc, "aggregate"),
                "bad-modifier",
                said,
                tr("leave aggregate out, or cumulative where the figures are those of single periods"),
            )
        yield from _baseline(loc, indicator, target)


def _unit_clash(target: Target) -> tuple[str, str, str]:
    if target.shape == "milestone":
        return (
            "milestone-unit",
            tr("value = true is a milestone, but the indicator is not measured in yes/no"),
            tr('write unit = "yes/no" in the indicator, or a number here'),
        )
    return (
        "milestone-unit",
        tr("the indicator is measured in yes/no, but this target has a number"),
        tr("write value = true"),
    )


def _direction(loc: Loc, indicator: Indicator, target: Target) -> Iterator[Fault]:
    if indicator.direction != "maintain":
        return
    if target.shape == "improve":
        yield Fault(
            (*loc, "improve"),
            "bad-modifier",
            tr('improve does not go with direction = "maintain"'),
            tr("write a value or a range"),
        )
    elif target.strict and (target.range is None or target.range[0] == target.range[1]):
        yield Fault(
            (*loc, "strict"),
            "bad-modifier",
            tr("strict leaves nothing that one value to maintain could be"),
            tr("leave strict out, or write a range"),
        )


def _baseline(loc: Loc, indicator: Indicator, target: Target) -> Iterator[Fault]:
    baseline = indicator.baseline_of(target)
    if target.times_baseline is not None and (baseline is None or baseline.value <= 0):
        said = (
            tr("times_baseline needs a baseline above 0, and this target has no baseline")
            if baseline is None
            else tr("times_baseline needs a baseline above 0, and the baseline is not above 0")
        )
        yield Fault((*loc, "times_baseline"), "no-baseline", said, tr("add baseline = { period = 2020, value = 12.4 }"))
    if target.baseline and target.due and target.due.last <= target.baseline.period.last:
        said = tr(
            "this target is due ({due}) before its own baseline ({baseline}) has ended",
            due=target.due,
            baseline=target.baseline.period,
        )
        yield Fault((*loc, "by"), "due-before-baseline", said, tr("correct by, or the baseline's period"))


def _undated(parts: Parts, loc: Loc, indicator: Indicator) -> Iterator[Fault]:
    """Versions of one promise, of one standing, of which no date tells which one is in force."""
    seen: defaultdict[object, list[tuple[Target, Period | None]]] = defaultdict(list)
    for place, target in enumerate(indicator.targets):
        if target.source in parts.unsound_sources:
            continue
        when = made(parts.sources, target)  # a day, a month or a year: two of them overlap only within a year
        near = seen[
            target.due and target.due.last,
            target.every,
            target.aggregate,
            target.disaggregation,
            target.standing,
            when and when.first.year,
        ]
        if any(
            target.same_promise(other, cumulative=indicator.cumulative) and _alike(when, day) for other, day in near
        ):
            yield Fault(
                (*loc, "targets", place),
                "undated-revision",
                _two_alike(target),
                tr("give each its set_on, or a source with another published date"),
            )
        near.append((target, when))


def _alike(one: Period | None, other: Period | None) -> bool:
    """Whether two dates do not tell which is the later."""
    return one is other if one is None or other is None else overlap(one, other)


def _two_alike(target: Target) -> str:
    if target.due:
        return tr("two targets due {due}, and no date tells which one is in force", due=target.due)
    if target.every:
        return tr("two targets every {every}, and no date tells which one is in force", every=target.every)
    return tr("two targets without a deadline, and no date tells which one is in force")


def _replacing(loc: Loc, indicator: Indicator) -> Iterator[Fault]:
    for place, target in enumerate(indicator.targets):
        if target.replaces is None or target.due is None:
            continue
        here = (*loc, "targets", place, "replaces")
        if target.replaces.last == target.due.last:
            yield Fault(
                here,
                "replaces-itself",
                tr("a target cannot replace its own deadline"),
                tr("leave replaces out: two targets of one deadline are revisions by their dates"),
            )
        elif not indicator.replaced_by(target):
            yield Fault(
                here,
                "replaces-nothing",
                tr("replaces = {due}, but no target of this kind is due then", due=target.replaces),
                tr("correct the period, or keep the old target in the file"),
            )
        elif _circular(indicator, target):
            yield Fault(
                here,
                "replaces-each-other",
                tr("these targets replace each other in a circle"),
                tr("keep replaces in the later ones alone"),
            )


def _circular(indicator: Indicator, target: Target) -> bool:
    """Whether what a target replaces leads back to it."""
    waiting, seen = list(indicator.replaced_by(target)), list[Target]()
    while waiting:
        old = waiting.pop()
        if old is target or old.same_promise(target, cumulative=indicator.cumulative):
            return True
        if old not in seen:
            seen.append(old)
            waiting += indicator.replaced_by(old)
    return False
