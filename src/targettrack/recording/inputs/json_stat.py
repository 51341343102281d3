"""json-stat: JSON-stat 2.0, and the bundles of version 1: a cube whose values lie in the order of its dimensions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from targettrack.errors import TargettrackError
from targettrack.language import tr
from targettrack.recording.inputs import _cube, _jsontext
from targettrack.recording.inputs._cube import Cube, Dimension, Role
from targettrack.recording.inputs._refusal import refusal, too_large
from targettrack.recording.inputs._text import beginning
from targettrack.recording.table import MOST_CELLS, Book, Value, Wishes
from targettrack.regex import regex

ENDINGS = (".json", ".jsonstat")

_CLASS = regex(rb'"class"\s*:\s*"(?:dataset|collection)"')
_VERSION = regex(rb'"version"\s*:\s*"2\.\d\d?"')
_SIZE = regex(rb'"size"\s*:\s*\[[\s\d,]*\]')
_CUBE = regex(rb'"(?:dimension|link)"\s*:\s*\{')
_PART = 262144
"""So much of the beginning, and of the end, is searched for the words of the kind: values may stand before them."""


def begins(data: bytes) -> int:
    """How surely a file is a cube of JSON-stat: 3 by the words that it must have, whatever stands first."""
    if beginning(data).lstrip()[:1] != "{":
        return 0
    parts = data[:_PART] + data[max(_PART, len(data) - _PART) :]
    has_cube = _CUBE.search(parts) is not None
    if has_cube and _CLASS.search(parts) and (_VERSION.search(parts) or _SIZE.search(parts)):
        return 3
    return 3 if has_cube and _SIZE.search(parts) and b'"value"' in parts else 0


class _Dataset(NamedTuple):
    """A cube as version 2 has it, and its name where a file has several."""

    name: str
    entry: Mapping[str, Any]


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The cubes of a file, each a sheet with a row a value; ``mapping`` says what each column is, where all cubes have the same.

    Raises:
        TargettrackError: it is no JSON-stat, or its values do not fit its dimensions.

    """
    document, _ = _jsontext.read(data, file, wishes)
    datasets = list(_datasets(document, file))
    if not datasets:
        raise _no_cube(file, tr("this JSON-stat file has no values"))
    several = len(datasets) > 1
    cubes = [_cube_of(each, file) for each in datasets]
    names = _names([each.name or cube.name for each, cube in zip(datasets, cubes, strict=True)]) if several else [""]
    sheets = [_cube.sheet(_renamed(cube, name), file, "value") for cube, name in zip(cubes, names, strict=True)]
    mappings = [_mapping(each.entry, cube) for each, cube in zip(datasets, cubes, strict=True)]
    same = all(each == mappings[0] for each in mappings)
    said = tuple(text for each, cube in zip(datasets, cubes, strict=True) for text in _said(each.entry, cube))
    return Book(tuple(sheets), said, mappings[0] if same else {"header": 1})


def _renamed(cube: Cube, name: str) -> Cube:
    return Cube(name, cube.dimensions, cube.figures, cube.statuses, cube.units, cube.multipliers)


def _names(names: Sequence[str]) -> list[str]:
    """The names of sheets, each once."""
    return [name if names.count(name) == 1 and name else f"{name} ({at})".strip() for at, name in enumerate(names, 1)]


def _no_cube(file: str, message: str) -> TargettrackError:
    return refusal(file, "not-json-stat", message, tr("ask for the data set itself, as JSON-stat 2.0"))


def _datasets(document: object, file: str) -> Iterator[_Dataset]:
    """The cubes of a document: of a data set, of those that stand in a collection, or of a bundle of version 1."""
    if not isinstance(document, dict):
        raise _no_cube(file, tr("this is no JSON-stat: it is no object"))
    if document.get("class") == "collection":
        yield from _collected(document, file)
    elif "value" in document:
        yield _Dataset("", _as_version_2(document, file) if "dimension" in document else document)
    else:
        yield from (
            _Dataset(name, _as_version_2(entry, file))
            for name, entry in document.items()
            if isinstance(entry, dict) and "value" in entry and "dimension" in entry
        )


def _collected(document: Mapping[str, Any], file: str) -> Iterator[_Dataset]:
    link = document.get("link")
    items = link.get("item") if isinstance(link, dict) else None
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and "value" in item:
            yield _Dataset(_text(item.get("label")), item)
        else:
            raise _no_cube(file, tr("this collection names data sets that stand elsewhere"))


def _as_version_2(entry: Mapping[str, Any], file: str) -> Mapping[str, Any]:
    """A cube of version 1, or of the time between both, which has the order, the sizes and the roles among its dimensions."""
    dimensions = entry["dimension"]
    if not isinstance(dimensions, dict) or "id" in entry:
        return entry
    if not {"id", "size"} <= dimensions.keys():
        raise _no_cube(file, tr("its dimensions have no order: `id` or `size` is missing"))
    return {**entry, **{key: dimensions[key] for key in ("id", "size", "role") if key in dimensions}}


def _cube_of(dataset: _Dataset, file: str) -> Cube:
    entry = dataset.entry
    ids, sizes = _order(entry, file)
    described = entry.get("dimension")
    found = described if isinstance(described, dict) else {}
    categories = [_categories(found.get(id), id, size, file) for id, size in zip(ids, sizes, strict=True)]
    roles = _roles(entry, ids, [id for id, category in zip(ids, categories, strict=True) if category.units])
    dimensions = tuple(_dimension(id, roles[id], category) for id, category in zip(ids, categories, strict=True))
    whole = Cube(_text(entry.get("label")), dimensions, ())
    statuses = _statuses(entry.get("status"), whole.size, file)
    units, multipliers = _units(dimensions, categories, file)
    figures = _figures(entry["value"], statuses, whole.size, file)
    return Cube(whole.name, dimensions, figures, statuses, units, multipliers)


def _order(entry: Mapping[str, Any], file: str) -> tuple[list[str], list[int]]:
    """The names and the sizes of the dimensions, in the order in which the values lie."""
    ids, sizes = entry.get("id"), entry.get("size")
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids) or len(set(ids)) < len(ids):
        raise _no_cube(file, tr("its `id` is no list of the names of its dimensions, each once"))
    if (
        not isinstance(sizes, list)
        or len(sizes) != len(ids)
        or not all(type(size) is int and size >= 0 for size in sizes)
    ):
        raise _no_cube(file, tr("its `size` is no list of a number for each of its dimensions"))
    return ids, sizes


class _Category(NamedTuple):
    """The categories of a dimension in their order: codes, labels (empty where there is none), and units by code."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    units: Mapping[str, Mapping[str, Any]]


def _categories(dimension: object, id: str, size: int, file: str) -> _Category:
    category = dimension.get("category") if isinstance(dimension, dict) else None
    if not isinstance(category, dict):
        raise _no_cube(file, tr("its dimension {name} has no categories", name=id))
    labels = category.get("label")
    labels = labels if isinstance(labels, dict) else {}
    codes = _codes(category.get("index"), labels, size)
    if codes is None:
        raise _no_cube(file, tr("its dimension {name} has no list of {size} categories", name=id, size=size))
    units = category.get("unit")
    return _Category(
        tuple(codes),
        tuple(_text(labels.get(code)) for code in codes),
        {code: unit for code, unit in units.items() if isinstance(unit, dict)} if isinstance(units, dict) else {},
    )


def _codes(index: object, labels: Mapping[str, Any], size: int) -> list[str] | None:
    """The codes of a dimension in their order; None where they are not those of ``size`` places."""
    if index is None:
        found = list(labels) if size == 1 else []
    elif isinstance(index, dict):
        places = {place: code for code, place in index.items() if type(place) is int}
        found = (
            [places[place] for place in range(size)] if len(index) == size and set(places) == set(range(size)) else []
        )
    else:
        found = index if isinstance(index, list) else []
    good = len(found) == size and all(isinstance(code, str) for code in found) and len(set(found)) == size
    return found if good else None


_METRICS = frozenset({"contentscode", "statistic", "metric", "indicator", "indic"})
_UNITS = frozenset({"unit", "unit_measure"})


def _is_metric(id: str) -> bool:
    return id.casefold() in _METRICS


def _roles(entry: Mapping[str, Any], ids: Sequence[str], measured: Sequence[str]) -> dict[str, Role]:
    """What each dimension is: the one of time, and the one of the indicators, where there is one of each; parts else. The indicators are ``measured``: they have units."""
    said = entry.get("role")
    named = said if isinstance(said, dict) else {}
    times = _said_or_called(named.get("time"), ids, _cube.is_time)
    metrics = _said_or_called(named.get("metric"), ids, _is_metric) or measured
    roles: dict[str, Role] = dict.fromkeys(ids, "part")
    roles |= {id: "unit" for id in ids if id.casefold() in _UNITS}
    roles |= dict.fromkeys(metrics if len(metrics) == 1 else (), "indicator")
    return roles | dict.fromkeys(times if len(times) == 1 else (), "period")


def _said_or_called(said: object, ids: Sequence[str], called: Callable[[str], bool]) -> list[str]:
    """The dimensions that have a role; those that are called so where no role is said."""
    named = [id for id in ids if id in said] if isinstance(said, list) else []
    return named or [id for id in ids if called(id)]


def _dimension(id: str, role: Role, category: _Category) -> Dimension:
    if role == "period":
        return _cube.of_time(id, category.codes, category.labels, _cube.kind_of(id))
    return Dimension(id, _cube.distinct(category.labels, category.codes), role)


def _units(
    dimensions: Sequence[Dimension], categories: Sequence[_Category], file: str
) -> tuple[dict[str, str], dict[str, str]]:
    """The units of the categories of the indicator's dimension, by their texts, and their multipliers where one of them is not 0.

    Raises:
        TargettrackError: another dimension has multipliers: a figure would be so many times too small.

    """
    units: dict[str, str] = {}
    multipliers: dict[str, str] = {}
    for dimension, category in zip(dimensions, categories, strict=True):
        if dimension.role == "indicator":
            by_text = dict(zip(dimension.texts, (category.units.get(code, {}) for code in category.codes), strict=True))
            units = {text: _unit(unit) for text, unit in by_text.items()}
            multipliers = {text: _multiplier(unit) for text, unit in by_text.items()}
        elif any(_multiplier(unit) != "0" for unit in category.units.values()):
            said = tr("its dimension {name} has multipliers, but is not the one of its indicators", name=dimension.name)
            raise _no_cube(file, said)
    return units, multipliers if set(multipliers.values()) - {"0"} else {}


def _unit(unit: Mapping[str, Any]) -> str:
    return next((text for key in ("label", "base", "symbol") if (text := _text(unit.get(key)))), "")


def _multiplier(unit: Mapping[str, Any]) -> str:
    return _jsontext.plain(unit.get("multiplier")) or "0"


def _figures(values: object, statuses: Mapping[int, str], size: int, file: str) -> list[tuple[int, Value]]:
    """The places and the cells: all of an array; of an object those that it has, and those that have a status."""
    if isinstance(values, list):
        if len(values) != size:
            raise _cube.not_of_size(file, "not-json-stat", len(values), size)
        return [(at, _value(value, at, file)) for at, value in enumerate(values)]
    if not isinstance(values, dict):
        raise _no_cube(file, tr("its `value` is neither a list nor an object"))
    found = {_place(key, size, file): value for key, value in values.items()}
    if len(found) < len(values):
        raise _no_cube(file, tr("two of its values have one place"))
    return [(at, _value(found.get(at), at, file)) for at in sorted({*found, *statuses})]


def _value(value: object, at: int, file: str) -> Value:
    if isinstance(value, (list, dict)):
        raise _no_cube(file, tr("the value at {place} is neither a number nor a text", place=f"value[{at}]"))
    return _jsontext.cell(value)


_PLACE = regex(r"\d{1,18}", re.ASCII)


def _place(key: str, size: int, file: str) -> int:
    if not _PLACE.fullmatch(key) or int(key) >= size:
        raise _no_cube(file, tr('there is no place "{place}" in a cube of {size} values', place=key, size=size))
    return int(key)


def _statuses(status: object, size: int, file: str) -> dict[int, str]:
    """The statuses by their places; one alone is that of every value."""
    if isinstance(status, list) and len(status) == 1:
        status = status[0]
    if isinstance(status, list):
        if len(status) != size:
            raise _no_cube(file, tr("it has {found} statuses for {size} values", found=len(status), size=size))
        return {at: text for at, each in enumerate(status) if (text := _text(each))}
    if isinstance(status, dict):
        return {_place(key, size, file): text for key, each in status.items() if (text := _text(each))}
    text = _text(status)
    if text and size > MOST_CELLS:
        raise too_large(file)
    return dict.fromkeys(range(size), text) if text else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


_MEANINGS = {
    "provisional": "provisional",
    "estimated": "estimate",
    "estimate": "estimate",
    "break in time series": "series break",
    "not available": "missing",
}
"""What the labels of statuses mean here; Eurostat has them in its files."""


def _mapping(entry: Mapping[str, Any], cube: Cube) -> dict[str, Any]:
    found = _cube.mapping(cube)
    flags = {code: meaning for code, label in _labels(entry).items() if (meaning := _MEANINGS.get(label.casefold()))}
    source = {"title": _text(entry.get("label")), "publisher": _text(entry.get("source"))}
    source |= {"published": _cube.day(_text(entry.get("updated"))), "url": _address(entry.get("href"))}
    said = {key: text for key, text in source.items() if text}
    return found | ({"flags": flags} if flags else {}) | ({"source": said} if said else {})


def _labels(entry: Mapping[str, Any]) -> dict[str, str]:
    """The labels of the statuses, which Eurostat gives beside them."""
    found: object = entry
    for key in ("extension", "status", "label"):
        found = found.get(key) if isinstance(found, dict) else None
    return {code: label for code, label in found.items() if isinstance(label, str)} if isinstance(found, dict) else {}


def _address(value: object) -> str:
    text = _text(value)
    return text if text.startswith(("https://", "http://")) else ""


def _said(entry: Mapping[str, Any], cube: Cube) -> Iterator[str]:
    sizes = ", ".join(f"{each.name} ({len(each.texts)})" for each in cube.dimensions)
    yield tr("a cube whose values lie in the order {dimensions}", dimensions=sizes)
    if all(each.role != "period" for each in cube.dimensions):
        yield tr("no single dimension of it is said to be the one of time")
    notes = entry.get("note")
    for note in notes if isinstance(notes, list) else [notes]:
        if text := _text(note):
            yield tr("its note: {text}", text=text)
