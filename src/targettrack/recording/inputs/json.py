"""json: the document that ``show --format json`` prints, an array of its actuals, or one actual a line as ``--format jsonl`` prints them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NoReturn

from targettrack import number
from targettrack.errors import Problem
from targettrack.language import tr
from targettrack.recording.entry import KEYS, SHOWN, Reading, Row, in_file_order, shown_from, unknown_key, unreadable
from targettrack.recording.inputs._text import beginning, text_of
from targettrack.recording.plan import Origin

ENDINGS = (".json", ".jsonl", ".ndjson")
_LONG = 40


def begins(data: bytes) -> bool:
    """Whether a file is an object or an array."""
    return beginning(data).lstrip()[:1] in {"{", "["}


def read(data: bytes, file: str) -> Reading:
    """The actuals of a document, and the sources that it describes."""
    text = text_of(data, file)
    try:
        document = _parsed(text)
        entries = list(_entries(document))
    except RecursionError:
        return unreadable(
            file, "not-json", tr("this file has brackets nested too deep"), tr("give an array of actuals")
        )
    except json.JSONDecodeError as error:
        said = tr("this is not JSON: {error}", error=f"{error.msg[0].lower()}{error.msg[1:]}")
        return unreadable(
            file, "not-json", said, tr("give what show --format json prints, or an array of actuals"), error.lineno
        )
    except ValueError as error:
        return unreadable(
            file,
            "not-json",
            tr("this file cannot be read as figures: {error}", error=error),
            tr("give what show --format json prints, or an array of actuals"),
        )
    program = document.get("program") if isinstance(document, dict) else None
    whole = program if isinstance(program, str) else None
    rows = tuple(
        Row(_values(entry), Origin(file, None, place), cells=False, program=shown_from(entry) or whole)
        for place, entry in enumerate(entries, 1)
    )
    unknown = (
        unknown_key(name, Origin(file, None, place))
        for place, entry in enumerate(entries, 1)
        for name in entry
        if name not in KEYS and name not in SHOWN
    )
    described, contradictions = _sources(document)
    twice = (
        Problem(code="declared-twice", message=message, hint=tr("keep one, or give one of them another id"), file=file)
        for message in contradictions
    )
    problems: tuple[Problem, ...] = (*unknown, *twice)
    rows = in_file_order(rows, entries)
    return Reading(rows, described, problems)


def _parsed(text: str) -> object:
    """One document, or one object a line."""
    try:
        return _loaded(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        if error.msg != "Extra data" or len(lines) < 2:
            raise
        return [_line(line, place) for place, line in enumerate(text.split("\n"), 1) if line.strip()]


def _line(text: str, place: int) -> object:
    try:
        return _loaded(text)
    except json.JSONDecodeError as error:
        error.lineno = place
        raise


def _loaded(text: str) -> object:
    return json.loads(
        text, parse_float=_decimal, parse_int=_integer, parse_constant=_refused, object_pairs_hook=_object
    )


def _decimal(text: str) -> Decimal:
    """A number with its digits written out, as a file has it; one beyond all limits is left for the model to refuse."""
    value = number.toml_float(text)
    try:
        return Decimal(number.literal(number.number(value)))
    except number.NumberError:
        return value


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) <= _LONG else number.toml_float(text)


def _refused(text: str) -> NoReturn:
    raise ValueError(tr("{text} is no figure", text=text))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(
            tr('"{key}" stands twice in one object', key=next(name for name in names if names.count(name) > 1))
        )
    return found


def _entries(document: object) -> Iterator[Mapping[str, Any]]:
    """The actuals of an array, of each indicator of a document, of an ``actuals`` key; or the one that the document is."""
    if not isinstance(document, dict):
        yield from _array(document)
        return
    chapters = document.get("indicators")
    for chapter in chapters if isinstance(chapters, list) else ():
        yield from _entries(chapter)
    if "actuals" in document:
        yield from _array(document["actuals"])
    elif document.keys() & {"value", "answer", "range"}:
        yield document
    elif not isinstance(chapters, list):
        raise ValueError(tr("it has no array of actuals"))


def _array(entries: object) -> Sequence[Mapping[str, Any]]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(tr("it has no array of actuals"))
    return entries


def _values(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name in KEYS and value is not None}


def _sources(document: object) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The sources of a document that ``show`` printed, or of a program's tables; and what is said of one of them in two ways."""
    found: dict[str, dict[str, Any]] = {}
    contradictions: list[str] = []
    for id, table in _tables(document.get("sources") if isinstance(document, dict) else None):
        said = {name: value for name, value in table.items() if name != "source" and value is not None}
        first = found.setdefault(id, said)
        differing = [name for name in dict.fromkeys((*first, *said)) if first.get(name) != said.get(name)]
        contradictions += [
            tr(
                'the source {id} stands twice, and its {key} is "{first}" and "{second}"',
                id=id,
                key=name,
                first=first.get(name),
                second=said.get(name),
            )
            for name in differing[:1]
        ]
    return found, contradictions


def _tables(sources: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(sources, dict):
        yield from ((id, table) for id, table in sources.items() if isinstance(table, dict))
    for table in sources if isinstance(sources, list) else ():
        if isinstance(table, dict) and isinstance(table.get("source"), str):
            yield table["source"], table
