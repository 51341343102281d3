"""Reading: a parsed TOML document as a program, and everything that is wrong in it, in the words of the file format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Literal, TypeVar

from pydantic_core import ErrorDetails, ValidationError

from targettrack.errors import nearest
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.number import whole
from targettrack.period import CALENDAR, UNKNOWN, PeriodError, Year, fiscal_year
from targettrack.program.model import (  # fmt: skip
    FORMAT,
    ID_RULE,
    LANGUAGES,
    Actual,
    Baseline,
    Checking,
    Document,
    Fault,
    Header,
    HeaderWords,
    Indicator,
    IndicatorWords,
    Link,
    Loc,
    NoteWords,
    Promise,
    PromiseWords,
    Source,
    SourceWords,
    Target,
    TargetWords,
)
from targettrack.program.validation import key, validator

K = TypeVar("K", str, int)
M = TypeVar("M")


@frozen()
class Reference:
    """Where an unsound part of a file names something else in it, and which name it writes."""

    loc: Loc
    to: Literal["source", "indicator"]
    name: str


@frozen(slots=False)
class Parts:
    """The sound parts of a document, the ids of the unsound ones and what these refer to, so that all problems are found at once."""

    sources: Mapping[str, Source]
    indicators: Mapping[str, Indicator]
    promises: Sequence[tuple[int, Promise]]
    actuals: Sequence[tuple[int, Actual]]
    unsound_sources: frozenset[str] = frozenset()
    unsound_indicators: frozenset[str] = frozenset()
    references: Sequence[Reference] = ()


def read(raw: Mapping[str, Any]) -> tuple[Document | None, Parts, tuple[Fault, ...]]:
    """The document of a parsed TOML text (None where a part of it is unsound), its sound parts, and what is wrong inside the parts.

    A newer format is refused before anything else is looked at.
    """
    newer = raw.get("targettrack")
    if type(newer) is int and newer > FORMAT:
        message = tr(
            "this file has format {newer}, newer than the {number} that this targettrack reads",
            newer=whole(newer),
            number=FORMAT,
        )
        return (
            None,
            Parts({}, {}, (), ()),
            (Fault(("targettrack",), "newer-format", message, tr("upgrade targettrack; the file was not read")),),
        )
    year = year_of(raw)
    try:
        document = validator(Document).validate_python(raw, context=year)
    except ValidationError as error:
        return None, _sound_parts(raw, year), tuple(fault(detail) for detail in error.errors(include_url=False))
    return (
        document,
        Parts(
            document.sources, document.indicators, list(enumerate(document.promises)), list(enumerate(document.actuals))
        ),
        (),
    )


def year_of(raw: Mapping[str, Any]) -> Year:
    """When the years of a parsed program begin; where it says so unsoundly, some day, so that this one fault is not told at each period too."""
    header = raw.get("program")
    try:
        return fiscal_year(header["fiscal_year"]) if isinstance(header, dict) and "fiscal_year" in header else CALENDAR
    except PeriodError:
        return UNKNOWN


def part(model: type[M], raw: Mapping[str, Any], loc: Loc, year: Year = CALENDAR) -> tuple[M | None, tuple[Fault, ...]]:
    """One table of a program whose years begin with ``year`` as its model, or None and what is wrong with it; ``loc`` is its place in the file."""
    try:
        return validator(model).validate_python(raw, context=year), ()
    except ValidationError as error:
        return None, tuple(
            fault({**detail, "loc": (*loc, *detail["loc"])}) for detail in error.errors(include_url=False)
        )


def _sound_parts(raw: Mapping[str, Any], year: Year) -> Parts:
    sources, unsound_sources = _sound(Source, _tables(raw.get("sources")), year)
    indicators, unsound_indicators = _sound(Indicator, _tables(raw.get("indicators")), year)
    promises, unsound_promises = _sound(Promise, _array(raw.get("promises")), year)
    actuals, unsound_actuals = _sound(Actual, _array(raw.get("actuals")), year)
    unsound: list[tuple[str, str | int]] = [("indicators", name) for name in unsound_indicators]
    unsound += [("promises", place) for place in unsound_promises] + [("actuals", place) for place in unsound_actuals]
    references = tuple(reference for key, name in unsound for reference in _references((key, name), raw[key][name]))
    return Parts(
        dict(sources),
        dict(indicators),
        promises,
        actuals,
        frozenset(unsound_sources),
        frozenset(unsound_indicators),
        references,
    )


def _references(loc: Loc, table: object) -> Iterator[Reference]:
    """What an unsound indicator, target, promise or actual refers to."""
    if not isinstance(table, dict):
        return
    baseline = table.get("baseline")
    named = [(loc, table), ((*loc, "baseline"), baseline if isinstance(baseline, dict) else {})]
    yield from (
        Reference((*place, "source"), "source", of["source"])
        for place, of in named
        if isinstance(of.get("source"), str) and not _is_placeholder(of["source"])
    )
    if loc[0] == "actuals" and isinstance(table.get("indicator"), str) and not _is_placeholder(table["indicator"]):
        yield Reference((*loc, "indicator"), "indicator", table["indicator"])
    if loc[0] == "indicators" and len(loc) == 2:
        yield from (
            Reference((*loc, "prefer", place), "source", name)
            for place, name in _array(table.get("prefer"))
            if isinstance(name, str)
        )
        yield from (
            reference
            for place, target in _array(table.get("targets"))
            for reference in _references((*loc, "targets", place), target)
        )


def _tables(value: object) -> Iterable[tuple[str, object]]:
    return value.items() if isinstance(value, dict) else ()


def _array(value: object) -> Iterable[tuple[int, object]]:
    return enumerate(value) if isinstance(value, list) else ()


def _sound(model: type[M], items: Iterable[tuple[K, object]], year: Year) -> tuple[list[tuple[K, M]], list[K]]:
    good: list[tuple[K, M]] = []
    bad: list[K] = []
    for name, value in items:
        try:
            good.append((name, validator(model).validate_python(value, context=year)))
        except ValidationError:
            bad.append(name)
    return good, bad


_MODELS: dict[str, type[Any]] = {
    "program": Header,
    "sources": Source,
    "indicators": Indicator,
    "targets": Target,
    "baseline": Baseline,
    "promises": Promise,
    "actuals": Actual,
    "check": Checking,
    "links": Link,
}


def keys_at(loc: Loc) -> tuple[str, ...]:
    """The keys that the table at ``loc`` may have."""
    return tuple(key(each) for each in fields(_model_at(loc)))


def _model_at(loc: Loc) -> type[Any]:
    """The model of the table at ``loc``. Every second part is an id or a place in an array, but for those of a baseline and of the texts in another language."""
    if not loc:
        return Document
    if loc[-1] in LANGUAGES and (len(loc) != 2 or loc[0] == "program"):
        return _WORDS[_model_at(loc[:-1])]
    return _MODELS[str(loc[-1] if loc[-1] == "baseline" and len(loc) in {3, 5} else loc[(len(loc) - 1) // 2 * 2])]


_WORDS: dict[type[Any], type[Any]] = {
    Header: HeaderWords,
    Source: SourceWords,
    Indicator: IndicatorWords,
    Target: TargetWords,
    Promise: PromiseWords,
    Baseline: NoteWords,
    Actual: NoteWords,
}


_TEXT, _TABLE, _ARRAY, _OTHER = mark("text in quotes"), mark("a table"), mark("an array"), mark("something else")
_TABLES = mark("an array of tables")
_KINDS = {
    "string_type": _TEXT,
    "string_unicode": mark("text in quotes, of whole characters"),
    "bool_type": mark("true or false"),
    "dict_type": _TABLE,
    "dataclass_type": _TABLE,
    "tuple_type": _ARRAY,
    "list_type": _ARRAY,
}
"""What a value must be, by the kind of the validator's error."""

PLACEHOLDER = "…"
"""What stands in a new file where something is to be written."""


def _left_in(value: object, *, whole_table: bool) -> bool:
    """Whether a value that was refused is a placeholder, or has one in it; of a ``whole_table`` its own keys are refused one by one."""
    if isinstance(value, dict):
        return not whole_table and any(map(_is_placeholder, value.values()))
    return any(map(_is_placeholder, value)) if isinstance(value, list) else _is_placeholder(value)


def _is_placeholder(value: object) -> bool:
    return isinstance(value, str) and value.strip() == PLACEHOLDER


_TABLE_ARRAYS = {"targets", "promises", "actuals"}


def fault(detail: ErrorDetails, keys: Callable[[Loc], Sequence[str]] = keys_at) -> Fault:
    """A validator's error in the words of a file's format, which has these ``keys`` at a place."""
    loc, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    key = next((str(part) for part in reversed(loc) if isinstance(part, str)), tr("the file"))
    if kind != "unexpected_keyword_argument" and _left_in(detail["input"], whole_table=kind != "refused"):
        said = tr("`{key}` is still a placeholder", key=key)
        return Fault(
            loc, "placeholder-left", said, tr("write what the document says, or delete the line if it may be left out")
        )
    if kind in {"refused", "number"}:
        return Fault(loc, context["code"], context["message"], context["hint"] or None)
    if kind == "missing":
        return _missing(loc, key)
    if kind == "unexpected_keyword_argument":
        return _unknown_key(loc, key, keys(loc[:-1]))
    if kind == "literal_error":
        return _not_a_choice(loc, key, detail["input"], str(context["expected"]))
    if "[key]" in loc and loc[0] == "check":
        return Fault(
            loc[:-1],
            "empty-text",
            tr("a code to allow is empty"),
            tr("write the code of a weakness; targettrack check --list has them all"),
        )
    if kind == "string_pattern_mismatch" and "[key]" in loc:
        return Fault(loc[:-1], "bad-id", tr('"{text}" is no id', text=loc[-2]), tr(ID_RULE))
    if kind in {"string_too_short", "string_pattern_mismatch"}:
        return Fault(
            loc,
            "empty-text",
            tr("`{key}` is empty", key=key),
            tr('write {key} = "…", or leave it out where it is optional', key=key),
        )
    return _of_another_kind(loc, key, kind)


def _missing(loc: Loc, key: str) -> Fault:
    if key == "targettrack":
        return Fault(
            loc[:-1],
            "missing-key",
            tr("targettrack = 1 is missing: the format's number"),
            tr("add targettrack = 1 as the first line"),
        )
    return Fault(loc[:-1], "missing-key", tr("`{key}` is missing", key=key), tr("add {key} = …", key=key))


def _unknown_key(loc: Loc, key: str, allowed: Sequence[str]) -> Fault:
    near = nearest(key.casefold(), allowed)
    hint = tr("did you mean `{key}`?", key=near) if near else tr("this table takes {keys}", keys=", ".join(allowed))
    return Fault(loc, "unknown-key", tr("unknown key `{key}`", key=key), hint, at_key=True)


def _of_another_kind(loc: Loc, key: str, kind: str) -> Fault:
    expected = _KINDS.get(kind, _OTHER)
    if loc and isinstance(loc[-1], int):
        return Fault(loc, "wrong-type", tr("each of `{key}` must be {kind}", key=key, kind=tr(expected)))
    if key in _TABLE_ARRAYS and expected == _ARRAY:
        name = "indicators.ID.targets" if key == "targets" else key
        return Fault(
            loc,
            "wrong-type",
            tr("`{key}` must be {kind}", key=key, kind=tr(_TABLES)),
            tr("write {header}", header=f"[[{name}]]"),
        )
    return Fault(loc, "wrong-type", tr("`{key}` must be {kind}", key=key, kind=tr(expected)))


def _not_a_choice(loc: Loc, key: str, given: object, expected: str) -> Fault:
    choices = re.findall("'([^']*)'", expected)
    near = nearest(given.casefold(), choices) if isinstance(given, str) else None
    known = tr(" or ").join(part for part in (", ".join(choices[:-1]), choices[-1]) if part)
    hint = tr("write {assignment}", assignment=f'{key} = "{near}"') if near else None
    if not isinstance(given, str) and type(given) is not int:
        return Fault(loc, "bad-choice", tr("`{key}` is no text; it must be {choices}", key=key, choices=known), hint)
    shown = f'"{given}"' if isinstance(given, str) else whole(given)
    return Fault(
        loc,
        "bad-choice",
        tr("`{key}` is {given}; it must be {choices}", key=key, given=shown, choices=known),
        hint,
        instead=near,
    )
