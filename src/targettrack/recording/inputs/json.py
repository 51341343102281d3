"""json: the document that ``show --format json`` prints, an array of its actuals, or one actual a line as ``--format jsonl`` prints them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from targettrack.errors import Problem
from targettrack.language import tr
from targettrack.recording.entry import KEYS, SHOWN, Reading, Row, in_file_order, shown_from, unknown_key, unreadable
from targettrack.recording.inputs import _jsontext, _records
from targettrack.recording.inputs._jsontext import parsed
from targettrack.recording.inputs._text import beginning, text_of
from targettrack.recording.plan import Origin
from targettrack.recording.table import Book, Wishes
from targettrack.regex import regex

ENDINGS = (".json", ".jsonl", ".ndjson")


def begins(data: bytes) -> int:
    """How surely a file is JSON: 1 for what only begins with a bracket, 2 for an object or an array, 3 for what ``show`` prints and what ``read`` reads."""
    head = _start(data)
    if head[:1] not in {"{", "["}:
        return 0
    if not _OPENS.match(head):
        return 1
    return 3 if _is_own(head) else 2


_OPENS = regex(r'\{\s*["}]|\[\s*[\[{"\]tfn\d-]')
_SCHEMA = regex(r'\{\s*"schema"\s*:\s*"targettrack\.')
_CHAPTERS = regex(r'\{\s*"(?:actuals|indicators|targettrack)"\s*:')
_FIRST = regex(r"\[?\s*(?=\{)")
_FIGURE = frozenset({"value", "answer", "range"})


def _start(data: bytes) -> str:
    """How a file begins; one in UTF-16 or UTF-32 too."""
    encoding = json.detect_encoding(data[:4])
    return beginning(data).lstrip() if encoding.startswith("utf-8") else _wide(data, encoding)


def _wide(data: bytes, encoding: str) -> str:
    return data[:65536].decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")


def _is_own(head: str) -> bool:
    """Whether it begins as a document of ours, or its first object has the keys of an actual and no other."""
    if _SCHEMA.match(head) or _CHAPTERS.match(head):
        return True
    first = _FIRST.match(head)
    try:
        entry, _ = json.JSONDecoder().raw_decode(head, first.end() if first else 0)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(entry, dict)
        and "period" in entry
        and bool(entry.keys() & _FIGURE)
        and entry.keys() <= {*KEYS, *SHOWN}
    )


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The records of a document: arrays of objects, each a sheet; objects in objects have names with points, and null is an empty cell.

    Raises:
        TargettrackError: it is no JSON, or has no array of objects.

    """
    document, lines = _jsontext.read(data, file, wishes)
    return _records.book(document, file, lines)


def read(data: bytes, file: str) -> Reading:
    """The actuals of a document, and the sources that it describes."""
    text = text_of(data, file)
    try:
        document = parsed(text)
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
