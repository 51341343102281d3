"""Aims: what a cell in a table of targets promises: a bound, a floor, a ceiling, a number still to be set, or words; and which way a word says is better."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeAlias

from targettrack.program.model import Direction
from targettrack.program.names import fold
from targettrack.recording import amounts
from targettrack.recording.amounts import Amount, Missing, NoFigure, Sign, Unclear
from targettrack.recording.table import Broken, Dated, Percent, Value


class Bound(NamedTuple):
    """What is promised as numbers: equal ends for one number, ``high`` None of a floor ("at least 40"), ``low`` None of a ceiling; whether the end itself does not do, is only about so much, and wrote a percent sign."""

    low: Decimal | None
    high: Decimal | None
    strict: bool = False
    about: bool = False
    percent: bool = False
    marks: tuple[str, ...] = ()


class ToBeSet(NamedTuple):
    """A cell that says that the number is still to be set."""

    text: str


Reading: TypeAlias = Bound | ToBeSet | bool | Missing | Unclear | NoFigure | Broken | Dated

_FLOOR = ("≥", ">=", "⩾", "=>", "at least", "no less than", "not less than", "minimum", "min.", "min", "ít nhất", "tối thiểu", "không dưới", "không ít hơn", "mindestens", "au moins")  # fmt: skip
_CEILING = ("≤", "<=", "⩽", "=<", "at most", "no more than", "not more than", "maximum", "max.", "max", "nhiều nhất", "tối đa", "không quá", "không vượt quá", "höchstens", "au plus")  # fmt: skip
_FLOOR_BEHIND = ("+", "or more", "or higher", "or above", "or greater", "and above", "and over", "trở lên", "oder mehr", "ou plus")  # fmt: skip
_CEILING_BEHIND = ("or less", "or fewer", "or lower", "or below", "trở xuống", "oder weniger", "ou moins")
_EXACTLY = ("=", "exactly", "đúng", "genau", "exactement")

_TO_BE_SET = frozenset(
    map(
        fold,
        ("tbd", "t.b.d.", "tbc", "tbe", "to be determined", "to be defined", "to be decided", "to be set", "to be established", "to be confirmed", "chưa xác định", "sẽ xác định", "noch festzulegen", "à déterminer"),
    )
)  # fmt: skip
_YES = frozenset(map(fold, ("yes", "true", "có", "ja", "oui")))
_NO = frozenset(map(fold, ("no", "false", "không", "nein", "non")))


@cache
def _worded() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(pattern.format("|".join(map(re.escape, words))), re.IGNORECASE | re.DOTALL), meaning)
        for words, pattern, meaning in (
            (_FLOOR, r"(?:{})\s*(?P<rest>[\d.,+-].*)", "floor"),
            (_CEILING, r"(?:{})\s*(?P<rest>[\d.,+-].*)", "ceiling"),
            (_EXACTLY, r"(?:{})\s*(?P<rest>[\d.,+-].*)", "exactly"),
            (_FLOOR_BEHIND, r"(?P<rest>.*\S)\s*(?:{})", "floor"),
            (_CEILING_BEHIND, r"(?P<rest>.*\S)\s*(?:{})", "ceiling"),
        )
    )


def promised(value: Value, decimal: Sign | None, missing: Collection[str]) -> Reading:
    """What a cell promises, where ``decimal`` is the sign of its decimals, None where it is not known."""
    match value:
        case str():
            return _said(value, decimal, missing)
        case Decimal():
            return Bound(value, value)
        case Percent():
            return Bound(value.number, value.number, percent=True)
        case _:
            return value


def _said(text: str, decimal: Sign | None, missing: Collection[str]) -> Reading:
    found = amounts.amount(text, decimal, missing)
    match found:
        case Amount():
            return _bound(found)
        case NoFigure() if fold(text) in _TO_BE_SET:
            return ToBeSet(text.strip())
        case NoFigure() if fold(text) in _YES | _NO:
            return fold(text) in _YES
        case NoFigure():
            return _with_words(text.strip(), decimal, missing) or found
        case _:
            return found


def _bound(found: Amount) -> Bound:
    plain = Bound(found.low, found.high, percent=found.percent, marks=found.marks)
    match found.approx:
        case "over":
            return plain._replace(high=None, strict=True)
        case "under":
            return plain._replace(low=None, strict=True)
        case "about":
            return plain._replace(about=True)
        case _:
            return plain


def _with_words(text: str, decimal: Sign | None, missing: Collection[str]) -> Bound | Unclear | None:
    """A floor or a ceiling that a word says; None of other words."""
    for pattern, meaning in _worded():
        match = pattern.fullmatch(text)
        found = amounts.amount(match["rest"], decimal, missing) if match else None
        if isinstance(found, Unclear):
            return found
        if isinstance(found, Amount) and found.approx is None and found.low == found.high:
            plain = _bound(found)
            return plain._replace(
                low=None if meaning == "ceiling" else plain.low, high=None if meaning == "floor" else plain.high
            )
    return None


_BETTER: dict[Direction, tuple[str, ...]] = {
    "increase": (
        "increase", "increases", "increasing", "increased", "measurable increase", "seeking to increase", "up", "upward", "upwards", "rise", "rising", "raise",
        "grow", "growth", "higher", "higher is better", "high is good", "bigger is better", "more is better", "maximise", "maximize", "ascending",
        "tăng", "tăng lên", "cao hơn là tốt", "steigend", "steigern", "zunahme", "erhöhen", "höher ist besser", "hausse", "augmenter", "augmentation", "à la hausse",
    ),
    "decrease": (
        "decrease", "decreases", "decreasing", "decreased", "measurable decrease", "seeking to decrease", "down", "downward", "downwards", "fall", "falling", "reduce", "reduction",
        "lower", "lower is better", "low is good", "smaller is better", "less is better", "minimise", "minimize", "descending",
        "giảm", "giảm xuống", "thấp hơn là tốt", "sinkend", "senken", "abnahme", "verringern", "niedriger ist besser", "baisse", "diminuer", "diminution", "réduire", "à la baisse",
    ),
    "maintain": (
        "maintain", "maintains", "maintained", "maintaining", "seeking to maintain", "hold", "keep", "stable", "steady",
        "duy trì", "giữ ổn định", "ổn định", "halten", "stabil", "beibehalten", "maintenir", "maintien",
    ),
}  # fmt: skip


@cache
def _by_word() -> dict[str, Direction]:
    return {fold(word): direction for direction, words in _BETTER.items() for word in words}


def direction_of(text: str) -> Direction | None:
    """Which way is better by a word of a table: ``increase`` of ``Measurable increase`` and ``Tăng``; None of another word."""
    return _by_word().get(fold(text)) if text else None


_PERCENT = frozenset(map(fold, ("percent", "per cent", "percentage", "pct", "phần trăm", "prozent", "pourcentage", "pour cent")))  # fmt: skip


def unit_of(text: str) -> str:
    """A unit, a word for percent as the sign that it is."""
    return "%" if fold(text) in _PERCENT else text


class Kind(NamedTuple):
    """What a word for the kind of a target says: which way is better, the unit, that it is one milestone, that its number is still to be set."""

    direction: Direction | None = None
    unit: str = ""
    milestone: bool = False
    to_be_set: bool = False


_KINDS: dict[str, Kind] = {
    fold(word): kind
    for words, kind in (
        (("percent", "percent_range", "percentage"), Kind(unit="%")),
        (("dollar", "dollar_range"), Kind(unit="dollars")),
        (("complete milestone", "milestone"), Kind(milestone=True)),
        (("tbd", "to be determined"), Kind(to_be_set=True)),
        (("num", "num_range", "number", "text", "target undefined"), Kind()),
    )
    for word in words
}


def kind_of(text: str) -> Kind | None:
    """What a word for the kind of a target says, those of GC InfoBase and performance.gov among them; None of one that nobody agreed on."""
    found = _KINDS.get(fold(text)) if text else None
    direction = direction_of(text)
    return Kind(direction) if direction else found
