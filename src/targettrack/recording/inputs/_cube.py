"""Cube: figures in the row-major order of their dimensions, as a long table with a row for each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any, Literal

from targettrack.errors import TargettrackError
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.program.names import fold
from targettrack.recording import vocabulary
from targettrack.recording.inputs._refusal import refusal, too_large
from targettrack.recording.table import MOST_CELLS, Sheet, Value
from targettrack.regex import regex

Role = Literal["period", "indicator", "unit", "part"]


@frozen(eq=True)
class Dimension:
    """One dimension: its name, the text of each of its categories, each once, in their order, what it is, and the marks of its categories, by their texts."""

    name: str
    texts: tuple[str, ...]
    role: Role = "part"
    marks: Mapping[str, str] = field(default_factory=dict)


@frozen(slots=False)
class Cube:
    """Dimensions, the first of which changes slowest, and what stands at the places of their product, from 0.

    ``figures`` has a place and a cell for each row of the table. ``units`` and ``multipliers`` are those of each category of the indicator's
    dimension, by its text; the unit under ``""`` is that of all others.
    """

    name: str
    dimensions: tuple[Dimension, ...]
    figures: Iterable[tuple[int, Value]]
    statuses: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    multipliers: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many places it has."""
        return math.prod(len(each.texts) for each in self.dimensions)


def distinct(labels: Sequence[str], codes: Sequence[str]) -> tuple[str, ...]:
    """The labels of categories; with its code where another one has the same, and the code alone where there is none."""
    seen: set[str] = set()
    twice = {label for label in labels if label in seen or seen.add(label)}  # type: ignore[func-returns-value]
    named = [
        code if not label else f"{label} [{code}]" if label in twice else label
        for label, code in zip(labels, codes, strict=True)
    ]
    return tuple(codes) if len(set(named)) < len(named) else tuple(named)


def sheet(cube: Cube, file: str, place: str) -> Sheet:
    """A column for each dimension, ``value``, and those of ``unit``, ``multiplier`` and ``status`` that the cube has; ``place`` is the name of its values.

    Raises:
        TargettrackError: it has more cells than are read.

    """
    heads = headers(cube)
    rows: list[list[Value]] = [list(heads.names)]
    places = [""]
    for at, value in cube.figures:
        texts = _coordinates(cube, at)
        rows.append([*texts, value, *_beside(cube, heads, at, texts)])
        places.append(f"{place}[{at}]")
        if len(rows) * len(rows[0]) > MOST_CELLS:
            raise too_large(file)
    return Sheet(cube.name, rows, places=places)


def within_limits(cube: Cube, file: str) -> None:
    """Nothing of a cube that has no more cells than are read.

    Raises:
        TargettrackError: it has more.

    """
    if cube.size * (len(headers(cube).names) + 1) > MOST_CELLS:
        raise too_large(file)


def _coordinates(cube: Cube, at: int) -> list[str]:
    found: list[str] = []
    for dimension in reversed(cube.dimensions):
        at, index = divmod(at, len(dimension.texts))
        found.append(dimension.texts[index])
    return found[::-1]


def _beside(cube: Cube, heads: Headers, at: int, texts: Sequence[str]) -> Iterator[str]:
    indicator = next((text for text, each in zip(texts, cube.dimensions, strict=True) if each.role == "indicator"), "")
    if heads.unit:
        yield cube.units.get(indicator, cube.units.get("", ""))
    if heads.multiplier:
        yield cube.multipliers.get(indicator, "0")
    if heads.status:
        marks = (each.marks.get(text, "") for text, each in zip(texts, cube.dimensions, strict=True))
        yield " ".join(filter(None, (cube.statuses.get(at, ""), *marks)))


@frozen(eq=True)
class Headers:
    """The names of the columns: those of the dimensions, and of what stands beside them; empty for a column that is not there."""

    dimensions: tuple[str, ...]
    value: str
    unit: str
    multiplier: str
    status: str

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, in their order."""
        return (*self.dimensions, *filter(None, (self.value, self.unit, self.multiplier, self.status)))


def headers(cube: Cube) -> Headers:
    """The names of a cube's columns, each once: a dimension that is called ``value`` has the name, and the values are ``value (2)``."""
    taken: set[str] = set()
    names = tuple(_free(each.name, taken) for each in cube.dimensions)
    has = (True, any(cube.units.values()), bool(cube.multipliers), _has_statuses(cube))
    words = ("value", "unit", "multiplier", "status")
    return Headers(names, *(_free(word, taken) if there else "" for word, there in zip(words, has, strict=True)))


def _has_statuses(cube: Cube) -> bool:
    return bool(cube.statuses) or any(each.marks for each in cube.dimensions)


def _free(name: str, taken: set[str]) -> str:
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name} ({count})"
    taken.add(found)
    return found


def mapping(cube: Cube) -> dict[str, Any]:
    """What a cube says of its columns, in the keys of a mapping file; a dimension of one category is left out, with its reason."""
    heads = headers(cube)
    timed = any(each.role == "period" for each in cube.dimensions)
    columns = {
        name: (_within_year(each) if timed else None) or _role(each)
        for name, each in zip(heads.dimensions, cube.dimensions, strict=True)
    }
    beside = {heads.value: "value", heads.unit: "unit", heads.multiplier: _multiplier(cube), heads.status: "flag"}
    return {"header": 1, "columns": columns | {name: role for name, role in beside.items() if name}}


def _role(dimension: Dimension) -> str | dict[str, str]:
    if dimension.role != "part":
        return dimension.role
    if len(dimension.texts) == 1:
        return {"skip": tr("the same everywhere: {value}", value=dimension.texts[0])}
    return f"part:{dimension.name}"


def _within_year(dimension: Dimension) -> str | None:
    """The half, quarter or month that a dimension beside that of time has of each year, by its name; None where any of its categories is none."""
    role = vocabulary.role_of(dimension.name)
    pattern = _WITHIN.get(role or "")
    if dimension.role != "part" or pattern is None or len(dimension.texts) < 2:
        return None
    parts = [text for text in dimension.texts if fold(text) not in vocabulary.WHOLE_YEAR]
    return role if all(pattern.fullmatch(text) or text.casefold() in vocabulary.MONTHS for text in parts) else None


_WITHIN = {
    "half": regex(r"[HS]?[12]|I{1,2}", re.ASCII | re.IGNORECASE),
    "quarter": regex(r"[QK]?[1-4]|I{1,3}|IV", re.ASCII | re.IGNORECASE),
    "month": regex(r"M?(?:0?[1-9]|1[0-2])", re.ASCII | re.IGNORECASE),
}


def _multiplier(cube: Cube) -> str:
    """A multiplier of 3 is a power of ten or three times as much: a person says which. One of 0 is none."""
    return "multiplier" if set(cube.multipliers.values()) <= {"0"} else "?"


_LETTERED = (
    (regex(r"([12]\d{3})[ -]?[QK]([1-4])", re.ASCII | re.IGNORECASE), "{0}-Q{1}"),
    (regex(r"([12]\d{3})[ -]?[HS]([12])", re.ASCII | re.IGNORECASE), "{0}-S{1}"),
    (regex(r"([12]\d{3})[ -]?M(0[1-9]|1[0-2])", re.ASCII | re.IGNORECASE), "{0}-{1}"),
)
"""Periods that a letter makes certain; K is the quarter of the Nordic offices."""

_OF_KIND = {
    "A": (regex(r"([12]\d{3})", re.ASCII), "{0}"),
    "H": (regex(r"([12]\d{3})[ -]?[HhSs]?([12])", re.ASCII), "{0}-S{1}"),
    "Q": (regex(r"([12]\d{3})(?:[ -]?| - )[QqKk]?([1-4])", re.ASCII), "{0}-Q{1}"),
    "M": (regex(r"([12]\d{3})[ -]?[Mm]?(0[1-9]|1[0-2])", re.ASCII), "{0}-{1}"),
    "D": (regex(r"([12]\d{3})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])", re.ASCII), "{0}-{1}-{2}"),
}
"""Periods that are certain where a file says of what kind they are: years, halves, quarters, months, days."""

_YEAR = regex(r"[12]\d{3}", re.ASCII)


def moment(code: str, label: str, kind: str = "") -> str:
    """The period that a category of time stands for, as it is written here, where the label or the code and the ``kind`` (A, H, Q, M, D) make it certain; the label, as it is, else.

    A code 2020 under the label 2020/21 is no calendar year: the label is left for a person to judge; so are a label and a code that contradict each
    other, which stand together. A week is no period here: it keeps the letter of its kind, so that 202005 is not taken for a month.
    """
    if kind and kind not in _OF_KIND:
        return f"{kind} {label or code}"
    named, coded = _certain(label, kind), _certain(code, kind)
    if named and coded and named != coded:
        return f"{label} [{code}]"
    if named or not coded:
        return named or label or code
    return coded if _is_code_of(coded, label) else label


def _is_code_of(coded: str, label: str) -> bool:
    """Whether a label says no other time than a code: there is none, or its only digits are the year of a half, quarter or month, or it has none."""
    digits = re.findall(r"\d+", label)
    return not label if len(coded) == 4 else digits in ([], [coded[:4]])


def _certain(text: str, kind: str) -> str | None:
    text = text.strip()
    if kind:
        pattern, form = _OF_KIND.get(kind, (None, ""))
        match = pattern.fullmatch(text) if pattern else None
        return form.format(*match.groups()) if match else None
    for pattern, form in _LETTERED:
        if match := pattern.fullmatch(text):
            return form.format(*match.groups())
    return text if _YEAR.fullmatch(text) else None


_MARKED = regex(r"(.*?)\s*(\*{1,3})\s*")
"""A label of time with a mark behind it, as Nordic offices write what is preliminary."""


def of_time(name: str, codes: Sequence[str], labels: Sequence[str], kind: str = "") -> Dimension:
    """The dimension of time, with the periods of its categories; a mark behind a period is no part of it. Where two of them would be one they have their labels."""
    found = [_moment(code, label, kind) for code, label in zip(codes, labels, strict=True)]
    texts = tuple(text for text, _ in found)
    if len(set(texts)) < len(texts):
        return Dimension(name, distinct(labels, codes), "period")
    return Dimension(name, texts, "period", {text: mark for text, mark in found if mark})


def _moment(code: str, label: str, kind: str) -> tuple[str, str]:
    """The period of a category, and the mark behind its label."""
    match = _MARKED.fullmatch(label)
    bare = moment(code, match[1], kind) if match else ""
    if match and bare and _certain(match[1], kind) == bare:
        return bare, match[2]
    return moment(code, label, kind), ""


TIMES = frozenset(
    (
        *("time", "time_period", "period", "year", "years", "quarter", "month", "date"),
        *("tid", "år", "kvartal", "måned", "månad", "vuosi", "vuosineljännes", "kuukausi", "aasta"),
        *("jahr", "année", "annee", "año", "rok", "năm", "quý", "tháng", "periodo", "período"),
    )
)
"""What a dimension of time is called, where nothing says that it is one."""


def is_time(name: str) -> bool:
    """Whether a dimension is called after time, as ``Year``, ``Tid`` or ``TLIST(A1)``."""
    return name.strip().casefold() in TIMES or kind_of(name) != ""


_LISTED = regex(r"\s*TLIST\(\s*([A-Z])1\s*\)\s*", re.ASCII)


def kind_of(name: str) -> str:
    """The kind of period that a dimension's name says: A of ``TLIST(A1)``; empty where it says none."""
    match = _LISTED.fullmatch(name)
    return match[1] if match else _CALLED.get(name.strip().casefold(), "")


_CALLED = {
    **dict.fromkeys(("quarter", "trimestre", "kvartal", "quartal", "vuosineljännes", "quý"), "Q"),
    **dict.fromkeys(("month", "mes", "mois", "monat", "måned", "månad", "kuukausi", "tháng"), "M"),
}
"""What dimensions of time are called whose categories are quarters, or months; a year among them is one all the same."""


_DAY = regex(r"[12]\d{3}-(?:0[1-9]|1[0-2])-\d\d", re.ASCII)


def day(text: str) -> str:
    """The day with which a text begins, as ``2024-01-31``; empty where there is none."""
    try:
        return date.fromisoformat(text[:10]).isoformat() if _DAY.match(text) else ""
    except ValueError:
        return ""


def not_of_size(file: str, code: str, found: int, cube_size: int) -> TargettrackError:
    """What is said of figures that are not as many as the dimensions have places."""
    return refusal(
        file,
        code,
        tr("it has {found} values, but its dimensions make {size}", found=found, size=cube_size),
        tr("ask for the file anew where it comes from: one that is cut off would say wrong figures"),
    )
