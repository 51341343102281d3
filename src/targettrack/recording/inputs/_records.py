"""Records: the arrays of objects, or of rows under a row of names, that a JSON document has, as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from targettrack.language import tr, tr_n
from targettrack.recording.inputs._jsontext import cell
from targettrack.recording.inputs._refusal import refusal, too_large
from targettrack.recording.table import MOST_CELLS, Book, Sheet, Value
from targettrack.regex import regex

_DEEPEST = 12
"""So deep may objects lie in each other."""

_SHOWN = 20

_NAMES = ("fields", "columns", "header", "headers", "variables")
"""What the names of the columns are called where an object has them beside its rows."""


_NUMBER = regex(r"[\s\d.,%+-]+")
"""A text that may be a figure: where one stands among names nobody knows whether these are names."""


class _Table(NamedTuple):
    """An array of figures: its place in the document, and its entries, each an object."""

    place: str
    entries: Sequence[Mapping[str, Any]]


class _Beside(NamedTuple):
    """What stands outside of the arrays of objects: its place, and its text; None for an array that is not read."""

    place: str
    text: str | None


def book(document: object, file: str, lines: Sequence[int] | None = None) -> Book:
    """The arrays of objects of a document, each a sheet whose rows are named by their places, ``[5]`` or ``data[5]``; ``lines`` are the lines on which its objects begin.

    Raises:
        TargettrackError: it has none, or too much.

    """
    found = list(_found(document, "", 0))
    tables = [each for each in found if isinstance(each, _Table)]
    if not tables:
        raise refusal(
            file,
            "no-records",
            tr("this JSON has no array of objects to read figures from"),
            tr('figures are read from an array of objects, such as [{"period": "2021", "value": 3}]'),
        )
    sheets = tuple(_sheet(table, file, lines, named=len(tables) > 1) for table in tables)
    return Book(sheets, _said([each for each in found if isinstance(each, _Beside)]), {"header": 1})


def _found(value: object, place: str, depth: int) -> Iterator[_Table | _Beside]:
    if isinstance(value, dict) and depth < _DEEPEST:
        yield from _of_object(value, place, depth)
    elif isinstance(value, list) and depth < _DEEPEST:
        yield from _of_array(value, place, depth)
    elif isinstance(value, (dict, list)):
        yield _Beside(place, None)
    elif value is not None:
        yield _Beside(place, str(value))


def _of_array(entries: list[Any], place: str, depth: int) -> Iterator[_Table | _Beside]:
    if any(entries) and all(entry is None or isinstance(entry, dict) for entry in entries):
        yield _Table(place, [entry or {} for entry in entries])
    elif _has_header(entries):
        yield _Table(place, [{}, *(dict(zip(entries[0], row, strict=True)) for row in entries[1:])])
    elif depth < 2 and any(map(_has_objects, entries)):
        for at, entry in enumerate(entries):
            yield from _found(entry, f"{place}[{at}]", depth + 1)
    elif entries:
        yield _Beside(place, None)


def _has_objects(entry: object) -> bool:
    return isinstance(entry, dict) or (isinstance(entry, list) and any(isinstance(each, dict) for each in entry))


def _has_header(rows: list[Any]) -> bool:
    """Whether arrays stand under one of names: it has texts alone, each once, and as many as each of the others has cells."""
    if len(rows) < 2 or not all(isinstance(row, list) for row in rows):
        return False
    names = rows[0]
    return _are_names(names) and all(len(row) == len(names) for row in rows)


def _are_names(names: object) -> bool:
    return (
        isinstance(names, list)
        and bool(names)
        and all(isinstance(name, str) and name.strip() and not _NUMBER.fullmatch(name) for name in names)
        and len(set(names)) == len(names)
    )


def _of_object(document: Mapping[str, Any], place: str, depth: int) -> Iterator[_Table | _Beside]:
    names = next((found for key in _NAMES if (found := _named(document.get(key)))), None)
    for key, value in document.items():
        inner = f"{place}.{key}" if place else key
        if names and key in _NAMES:
            continue
        if names and _are_rows(value, len(names)):
            yield _Table(inner, [dict(zip(names, row, strict=True)) for row in value])
        else:
            yield from _found(value, inner, depth + 1)


def _named(fields: object) -> list[str] | None:
    """The names of columns: an array of texts, or of objects that each have one; None where it is neither."""
    if isinstance(fields, list) and fields and all(isinstance(field, dict) for field in fields):
        key = next((key for key in ("id", "name", "code") if all(key in field for field in fields)), None)
        fields = [field[key] for field in fields] if key else None
    return fields if isinstance(fields, list) and _are_names(fields) else None


def _are_rows(value: object, width: int) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, list) and len(row) == width and _are_cells(row) for row in value)
    )


def _are_cells(row: list[Any]) -> bool:
    return not any(isinstance(each, (list, dict)) for each in row)


def _sheet(table: _Table, file: str, lines: Sequence[int] | None, *, named: bool) -> Sheet:
    """A row of names, in the order in which they appear, and one for each object."""
    columns: dict[str, int] = {}
    rows: list[list[Value]] = [[]]
    places = [""]
    kept: list[int] = [1]
    for at, entry in enumerate(table.entries):
        if not entry:
            continue
        flat = _cells(entry, file)
        for name in flat:
            columns.setdefault(name, len(columns))
        if len(columns) * (len(rows) + 1) > MOST_CELLS:
            raise too_large(file)
        row: list[Value] = [""] * len(columns)
        for name, value in flat.items():
            row[columns[name]] = value
        rows.append(row)
        places.append(f"{table.place}[{at}]")
        kept.append(lines[at] if lines else 1)
    rows[0] = list(columns)
    return Sheet(table.place if named else "", rows, places=places, lines=kept if lines else None)


def _cells(entry: Mapping[str, Any], file: str) -> dict[str, Value]:
    """The cells of an object by their names.

    Raises:
        TargettrackError: two of them have one name.

    """
    found: dict[str, Value] = {}
    for name, value in _flat(entry, file):
        if name in found:
            raise refusal(
                file,
                "declared-twice",
                tr('two values of one object have the name "{key}"', key=name),
                tr("give one of them another name"),
            )
        found[name] = cell(value)
    return found


def _flat(value: object, file: str, name: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """The cells of an object: what lies in an object has a name with a point, what lies in an array one with its place."""
    if depth > _DEEPEST:
        raise refusal(
            file,
            "nested",
            tr("the objects of this file lie more than {most} deep in each other", most=_DEEPEST),
            tr("give an array of objects, one a figure"),
        )
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, file, f"{name}.{key}" if name else key, depth + 1)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _flat(inner, file, f"{name}[{at}]", depth + 1)
    else:
        yield name, value


def _said(beside: Sequence[_Beside]) -> tuple[str, ...]:
    """What a document says beside its records, and which of its arrays are none."""
    texts = [f"{each.place} = {each.text}" for each in beside if each.text is not None]
    arrays = [each.place or "[]" for each in beside if each.text is None]
    said = (tr("beside its records the file says: {what}", what=_first(texts)),) if texts else ()
    left = (tr("not read, for these are no arrays of objects: {places}", places=_first(arrays)),) if arrays else ()
    return (*said, *left)


def _first(texts: Sequence[str]) -> str:
    """The first of many, and how many more there are."""
    shown = "; ".join(texts[:_SHOWN])
    more = len(texts) - _SHOWN
    return shown if more <= 0 else tr_n(more, "{shown}; and {count} more", "{shown}; and {count} more", shown=shown)
