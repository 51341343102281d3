"""Position: where each key and value of a valid TOML text stands, in characters."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from targettrack.frozen import frozen
from targettrack.regex import regex

Path = tuple[str | int, ...]

_BLANK = regex(r"(?:[ \t\r\n]|#[^\n]*)*")
_INLINE = regex(r"[ \t]*")
_BARE = regex(r"[A-Za-z0-9_-]+")
_STRING = regex(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""["]{0,2}|\'\'\'(?:[^\']|\'{1,2}(?!\'))*\'\'\'[\']{0,2}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_SCALAR = regex(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]+|[^\s,\]}#]+")
_PLAIN_PAIRS = regex(r'(?:[A-Za-z0-9_-]+ = (?:"[^"\\\n]*"|[^\s"\'\[{#]+)[ \t]*(?:#[^\n]*)?\r?\n)+')
"""Lines of a key and a value that ends with its line."""

_PLAIN_HEADER = regex(r"\[\[[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\]\]|\[[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\]")
"""A header without spaces and quotes."""

_ESCAPE = regex(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(.))")
_PLAIN = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}


@frozen(eq=True)
class Span:
    """A stretch of the text: offsets in characters, the end excluded. For a table header it is the header itself."""

    start: int
    end: int


@dataclass(slots=True)
class Positions:
    """The spans of a text's keys and values by path: keys and indices from the root."""

    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    line_starts: Sequence[int] = (0,)

    def find(self, path: Path) -> Span | None:
        """The value at ``path``, else its key or header, else the nearest table around it."""
        while path:
            if span := self.values.get(path) or self.keys.get(path):
                return span
            path = path[:-1]
        return None

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, path: Path) -> int | None:
        """The line on which ``path`` stands, from 1."""
        span = self.find(path)
        return None if span is None else self.place(span.start)[0]


def positions(text: str, wanted: Iterable[Path] | None = None) -> Positions:
    """The positions in a text that a TOML parser has already accepted; anything else gives nonsense. Where some paths are ``wanted``, those of these and of the tables around them alone."""
    found = Positions(line_starts=array("q", (0, *(match.end() for match in re.finditer("\n", text)))))
    if wanted is not None:
        chosen = frozenset(path[:size] for path in wanted for size in range(1, len(path) + 1))
        found = replace(found, keys=_Chosen(chosen), values=_Chosen(chosen))
        _Scan(text, found, frozenset(path[:-1] for path in chosen if isinstance(path[-1], str))).document()
    else:
        _Scan(text, found).document()
    return found


class _Chosen(dict[Path, Span]):
    """The spans of some paths alone."""

    def __init__(self, paths: frozenset[Path]) -> None:
        super().__init__()
        self._paths = paths

    def __setitem__(self, path: Path, span: Span) -> None:
        if path in self._paths:
            super().__setitem__(path, span)

    def setdefault(self, path: Path, span: Span) -> Span:
        return super().setdefault(path, span) if path in self._paths else span


class _Scan:
    """One pass over a valid document; in other tables than those that are ``looked_into`` (None: in all) no key is wanted."""

    def __init__(self, text: str, found: Positions, looked_into: frozenset[Path] | None = None) -> None:
        self.text = text
        self.looked_into = looked_into
        self.at = 0
        self.found = found
        self.counts: dict[Path, int] = {}

    def document(self) -> None:
        """Header lines and key lines, to the end."""
        table: Path = ()
        while self.skip(_BLANK) < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            elif not self.passed(table):
                self.pair(table)

    def passed(self, table: Path) -> bool:
        """Whether plain lines of a table were left behind, none of whose keys is wanted."""
        if self.looked_into is None or table in self.looked_into:
            return False
        start = self.at
        return self.skip(_PLAIN_PAIRS) > start

    def skip(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def header(self) -> Path:
        """A ``[table]`` or ``[[array of tables]]`` line; returns the table's path."""
        start = self.at
        brackets = 2 if self.text.startswith("[[", start) else 1
        if self.skip(_PLAIN_HEADER) > start:
            names = self.text[start + brackets : self.at - brackets].split(".")
        else:
            self.at += brackets
            names = [name for name, _ in self.key()]
            self.at = self.text.index("]", self.at) + brackets
        parent: Path = ()
        implied: list[Path] = []
        for name in names[:-1]:
            implied.append((*parent, name))
            parent = self.newest(implied[-1])
        path: Path = (*parent, names[-1])
        span = Span(start, self.at)
        for table in implied:
            self.found.keys.setdefault(table, span)
        if brackets == 2:
            self.counts[path] = self.counts.get(path, -1) + 1
            self.found.keys.setdefault(path, span)
            path = (*path, self.counts[path])
        self.found.keys[path] = span
        return path

    def newest(self, path: Path) -> Path:
        """A path, or that of the newest element where it is an array of tables."""
        return (*path, self.counts[path]) if path in self.counts else path

    def key(self) -> list[tuple[str, Span]]:
        """A dotted key: its parts with their spans."""
        parts: list[tuple[str, Span]] = []
        while True:
            start = self.skip(_INLINE)
            quoted = self.text[start] in "\"'"
            end = self.skip(_STRING if quoted else _BARE)
            raw = self.text[start:end]
            parts.append((_unquoted(raw) if quoted else raw, Span(start, end)))
            if self.skip(_INLINE) >= len(self.text) or self.text[self.at] != ".":
                return parts
            self.at += 1

    def pair(self, table: Path) -> None:
        """A ``key = value``."""
        path = table
        for name, span in self.key():
            path = (*path, name)
            self.found.keys.setdefault(path, span)
        self.at += 1
        self.skip(_BLANK)
        self.value(path)

    def value(self, path: Path) -> None:
        """Any value, and all values inside it. Nesting is kept on a list: depth costs no stack."""
        open_values: list[tuple[Path, int, int]] = []
        while True:
            start = self.at
            opener = self.text[start]
            if opener in "[{":
                self.at += 1
                open_values.append((path, start, 0))
            else:
                self.skip(_STRING if opener in "\"'" else _SCALAR)
                self.found.values[path] = Span(start, self.at)
            following = self.following(open_values)
            if following is None:
                return
            path = following

    def following(self, open_values: list[tuple[Path, int, int]]) -> Path | None:
        """Closes what ends here; the path of the next value inside the innermost open one, or None at the end."""
        while open_values:
            path, start, count = open_values.pop()
            self.skip(_BLANK)
            if self.text[self.at] == ",":
                self.at += 1
                self.skip(_BLANK)
            if self.text[self.at] in "]}":
                self.at += 1
                self.found.values[path] = Span(start, self.at)
                continue
            open_values.append((path, start, count + 1))
            return (*path, count) if self.text[start] == "[" else self.inline_key(path)
        return None

    def inline_key(self, table: Path) -> Path:
        """A key inside an inline table, up to its value."""
        path = table
        self.skip(_BLANK)
        for name, span in self.key():
            path = (*path, name)
            self.found.keys.setdefault(path, span)
        self.at += 1
        self.skip(_BLANK)
        return path


def _unquoted(raw: str) -> str:
    """The text of a quoted key."""
    return raw[1:-1] if raw[0] == "'" else _ESCAPE.sub(_escaped, raw[1:-1])


def _escaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    return chr(int(digits, 16)) if digits else _PLAIN[match[4]]
