"""open-sdg-meta: what Open SDG says of an indicator beside its data file: its name, its unit and where it comes from; it has no figures."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from targettrack.language import tr
from targettrack.recording.called import slug
from targettrack.recording.inputs._refusal import of_another_kind
from targettrack.recording.inputs._text import sample
from targettrack.recording.table import Book, Wishes
from targettrack.regex import regex

ENDINGS = (".md", ".yml", ".yaml")
DESCRIBES = True
"""It says what the figures of other files are."""

_OPENS = regex(r"^(?:indicator_name|indicator_number|computation_units)[ \t]*:", re.MULTILINE)
_DATE = regex(r"[12]\d{3}(?:-\d\d){0,2}")


def begins(data: bytes) -> int:
    """3 where the front matter, or the file, has a key that every such file has."""
    text = sample(data)
    return 3 if re.match(r"\ufeff?(?:---|[a-z_]+:)", text) and _OPENS.search(text) else 0


def book(data: bytes, file: str, wishes: Wishes) -> Book:  # noqa: ARG001 - what any kind is given
    """No sheets, and as the mapping the indicator's name and unit and its first source; what was left out is said.

    Raises:
        TargettrackError: it says nothing of an indicator (exit 4).

    """
    found = described(data)
    if not found:
        lacks = tr(
            "it has none of {keys}", keys="indicator_name, computation_units, graph_title, source_organisation_1"
        )
        raise of_another_kind(file, "open-sdg-meta", lacks)
    mapping: dict[str, Any] = {"all": {}}
    if "unit" in found:
        mapping["all"]["unit"] = found["unit"]
    if "name" in found:
        mapping["all"]["indicator"] = found["name"]
    for source in found.get("sources", [])[:1]:
        title = source.get("title") or found.get("title") or found.get("name") or source["publisher"]
        said = {key: text for key, text in source.items() if key != "published" or _DATE.fullmatch(text)}
        mapping["source"] = {"id": slug(title), "title": title, **said}
    left = (
        [tr("not read, for it is more than one line: {keys}", keys=", ".join(found["left_out"]))]
        if "left_out" in found
        else []
    )
    more = found.get("sources", [])[1:]
    others = (
        [
            tr(
                "other sources that it names: {sources}",
                sources="; ".join(each.get("publisher") or each["url"] for each in more),
            )
        ]
        if more
        else []
    )
    return Book((), (*left, *others), mapping)


_LINE = regex(r"([A-Za-z][\w-]*):(?:[ \t]+(.*))?")
_NAMES = {"indicator_name": "name", "computation_units": "unit", "graph_title": "title"}
_SOURCE = {"organisation": "publisher", "url": "url", "url_text": "title", "release_date": "published"}


def described(data: bytes) -> dict[str, Any]:
    """What a meta file (``meta/1-1-1.yml``, or the front matter of ``1-1-1.md``) says of its indicator: ``name``, ``unit``, ``title``, ``sources`` with the keys of a source.

    Only lines of ``key: value`` are read, each as its text; ``left_out`` names the keys that hold more than that. Empty where it is no such file.
    """
    said, left_out = _lines(_front(sample(data)))
    found: dict[str, Any] = {_NAMES[key]: text for key, text in said.items() if key in _NAMES}
    sources = [source for number in range(1, 20) if (source := _source(said, number))]
    if sources:
        found["sources"] = sources
    if left_out:
        found["left_out"] = left_out
    return found


def _front(text: str) -> list[str]:
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].strip() != "---":
        return lines
    return lines[1 : next((place for place, line in enumerate(lines[1:], 1) if line.strip() == "---"), len(lines))]


def _lines(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    said: dict[str, str] = {}
    left_out: list[str] = []
    for line, following in pairwise([*lines, ""]):
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        text = _plain(match[2] or "")
        goes_on = bool(following.strip()) and following[0] in " \t-"
        if text is None or goes_on or match[1] in said:
            left_out.append(match[1])
            said.pop(match[1], None)
        elif text:
            said[match[1]] = text
    return said, left_out


def _plain(value: str) -> str | None:
    """The text of a simple value; None of what YAML reads otherwise than it stands."""
    value = value.strip()
    if value[:1] in {"'", '"'}:
        inner = value[1:-1]
        simple = len(value) > 1 and value[-1] == value[0] and value[0] not in inner and "\\" not in inner
        return inner if simple else None
    if value[:1] in set("|>[{&*!%@`#") or ": " in value or value.endswith(":") or " #" in value:
        return None
    return value if value not in {"null", "~"} else ""


def _source(said: dict[str, str], number: int) -> dict[str, str]:
    found = {name: said[key] for part, name in _SOURCE.items() if (key := f"source_{part}_{number}") in said}
    return found if "publisher" in found or "url" in found else {}
