"""Undone: the newest figures of a program file, to be taken out again: blocks at its very end that are, byte for byte, as ``append`` writes them.

Each block carries the mark of its own content: no other memory is needed to know what was recorded, and that nobody changed it since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from targettrack.frozen import frozen
from targettrack.recording import append
from targettrack.regex import regex

_HEADER = regex(r"\[(?:\[actuals\]\]  # .+|sources\.(?P<source>[a-z0-9][a-z0-9_-]*)\]  #) [0-9a-f]{6}")


@frozen(eq=True)
class Block:
    """A block at the end of a text: where it begins, with the empty line before it; the line of its header, from 1; the source that it is, or None for an actual."""

    start: int
    line: int
    source: str | None


def newest(text: str) -> Iterator[Block]:
    """The blocks at the end, the last one first, up to the first that is none of ours, or was changed since."""
    end = append.line_end(text)
    while text.endswith(end):
        start = text.rfind(f"\n{end}", 0, len(text) - len(end)) + 1  # the line before may end otherwise
        lines = text[start + len(end) : len(text) - len(end)].split(end)
        header = _HEADER.fullmatch(lines[0])
        if not start or header is None or not append.is_ours(lines):
            return
        yield Block(start, text.count("\n", 0, start) + 2, header["source"])
        text = text[:start]


def last_line(text: str) -> int | None:
    """The line of the figure that was recorded last, if there is one; else None."""
    found = list(re.finditer(r"(?m)^\[\[actuals\]\]  # .+ [0-9a-f]{6}\r?$", text))
    return text.count("\n", 0, found[-1].start()) + 1 if found else None
