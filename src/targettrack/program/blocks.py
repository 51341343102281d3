"""Blocks: files that share most of their text with others that were read before, as the versions of a program in git do.

What they share is read once, by the parser and the models that read every file; in any doubt, and where anything is wrong, nothing is said here, and the file is read as a whole.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from targettrack.program import consistency, reading, toml
from targettrack.program.model import Actual, Document, Source
from targettrack.program.reading import Parts
from targettrack.regex import regex

if TYPE_CHECKING:
    from targettrack.period import Year

_HEADERS = regex(r"(?m)^\[(?:\[actuals\]|sources\.[A-Za-z0-9_-]+)\][ \t]*(?:#[^\n]*)?\r?$")
"""The lines that begin a figure, or a source that came with one. Inside of a text or an array of several lines one is no such line: what is cut off before it is no TOML then."""


def document(text: str) -> Document | None:
    """The document that a text says, as the parser and the models have it; None in any doubt."""
    first = 0 if "<<<<<<<" in text else text.find("\n[[actuals]]") + 1
    starts = [match.start() for match in _HEADERS.finditer(text, first)] if first else []
    head = _head(text[:first]) if starts[:1] == [first] else None
    if head is None:
        return None
    document, year = head
    whole = _joined(document, [_block(text[start:end], year) for start, end in pairwise((*starts, len(text)))])
    return None if whole is None or any(True for _ in consistency.between(_parts(whole))) else whole


def _joined(document: Document, blocks: list[tuple[str, Actual | Source] | None]) -> Document | None:
    """What stands before the figures, with these and their sources behind it."""
    sources = {}
    actuals = []
    for block in blocks:
        if block is None or block[0] in sources or block[0] in document.sources:
            return None
        id, found = block
        if isinstance(found, Source):
            sources[id] = found
        else:
            actuals.append(found)
    return replace(
        document, sources={**document.sources, **sources} if sources else document.sources, actuals=tuple(actuals)
    )


def _parts(document: Document) -> Parts:
    return Parts(
        document.sources, document.indicators, list(enumerate(document.promises)), list(enumerate(document.actuals))
    )


@lru_cache(maxsize=256)
def _head(text: str) -> tuple[Document, Year] | None:
    """What stands before the figures, if it is sound, and has no figures and no links."""
    raw = _parsed(text)
    if raw is None or "actuals" in raw or "links" in raw:
        return None
    document, _, faults = reading.read(raw)
    return None if document is None or faults else (document, reading.year_of(raw))


@lru_cache(maxsize=65536)
def _block(text: str, year: Year) -> tuple[str, Actual | Source] | None:
    """A figure (whose id is empty), or a source with its id."""
    raw = _parsed(text)
    if raw is None or len(raw) != 1:
        return None
    ((key, value),) = raw.items()
    kind: type[Actual | Source] = Actual if key == "actuals" else Source
    tables = [("", each) for each in value] if kind is Actual else [*value.items()]
    found = [(id, reading.part(kind, table, (), year)[0]) for id, table in tables if isinstance(table, dict)]
    (id, only) = found[0] if len(found) == len(tables) == 1 else ("", None)
    return None if only is None else (id, only)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return toml.read(text)
    except (RecursionError, ValueError):  # what is no TOML is a ValueError too
        return None
