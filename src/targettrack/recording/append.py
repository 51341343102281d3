"""Append: sources and actuals as the text that is added behind a program file, so that git can merge two such additions.

git's ``merge=union`` keeps the lines of both sides, but lines that both sides have in common only once: two records with the same last lines became
one and a stump. So each block carries a mark of its own content on its header, on its last line, and so often in between that no more than three
lines in a row could belong to another block (git joins conflicts that are no further apart).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from zlib import crc32

from tomli_w import dumps

from targettrack.number import literal
from targettrack.period import Period
from targettrack.program.model import Actual, Pairs, Source, own_keys
from targettrack.program.validation import key
from targettrack.recording.written import period_of
from targettrack.text import escaped
from targettrack.wording import notation

_UNMARKED = 3


@dataclass(frozen=True, slots=True)
class Appendix:
    """What is added: the text, the line of each actual's header (from 1, in the new file), the first and the last line that are new."""

    text: str
    lines: tuple[int, ...]
    first: int
    last: int


def appendix(text: str, sources: Mapping[str, Source], actuals: Sequence[Actual]) -> Appendix:
    """What to write behind a file's text, in its kind of line ends; an empty line stands before each block."""
    end = line_end(text)
    closing = "" if text.endswith("\n") or not text else end
    first = at = text.count("\n") + (1 if closing else 0) + 1
    lines: list[int] = []
    added = [closing]
    for block in chain((_source(name, source) for name, source in sources.items()), map(_actual, actuals)):
        lines.append(at + 1)
        at += 1 + len(block)
        added.append(end.join(("", *block, "")))
    return Appendix("".join(added), tuple(lines[len(sources) :]), first, at - 1)


def line_end(text: str) -> str:
    """The line end that most lines of a text have; of equals the plain one."""
    windows = text.count("\r\n")
    return "\r\n" if windows > text.count("\n") - windows else "\n"


def inline(actual: Actual) -> str:
    """An actual as an inline table, for a file that keeps its actuals in one array."""
    return f"{{ {', '.join(_assignments(actual))} }}"


def inline_sources(sources: Mapping[str, Source]) -> str:
    """Sources as pairs of an inline table."""
    return ", ".join(f"{name} = {{ {', '.join(_texts(source))} }}" for name, source in sources.items())


def _actual(actual: Actual) -> list[str]:
    about = (actual.indicator, _part(actual.disaggregation), actual.period.text, actual.source)
    return _marked(f"[[actuals]]  # {' '.join(filter(None, about))}", _assignments(actual))


def _source(name: str, source: Source) -> list[str]:
    """A new source. Both sides may add the same one: git keeps it once if it has more lines than it joins conflicts over."""
    lines = _marked(f"[sources.{name}]  #", _texts(source))
    mark = lines[0].rpartition("  ")[2]
    return [*lines, *[mark] * (_UNMARKED + 1 - len(lines))]


def _marked(header: str, lines: Sequence[str]) -> list[str]:
    """A block with the mark of its content."""
    block = [header, *lines]
    mark = f"  # {crc32(chr(10).join(block).encode()) & 0xFFFFFF:06x}"
    block[0] = f"{header} {mark[4:]}"
    for place in range(_UNMARKED + 1, len(lines), _UNMARKED + 1):
        block[place] += mark
    block[-1] += mark
    return block


_KEYS = sorted(
    ((key(each), each.name, each.default) for each in fields(Actual) if key(each) in own_keys(Actual)),
    key=lambda found: found[0] == "recorded",
)
"""The keys of an actual, each with its field and with what it is if nothing is said; the day of the record comes last."""


_VALUES = attrgetter(*(name for _, name, _ in _KEYS))


def _assignments(actual: Actual) -> list[str]:
    """The ``key = value`` lines of an actual; what has its default is left out."""
    lines: list[str] = []
    for (written, _, default), value in zip(_KEYS, _VALUES(actual), strict=True):
        if value is not default:  # None, False or (), of each of which there is one
            lines += _lines(written, value)
    return lines


def _texts(source: Source) -> list[str]:
    return [
        line
        for name in own_keys(Source)
        if (value := getattr(source, name)) is not None
        for line in _lines(name, value)
    ]


def _lines(name: str, value: object) -> Sequence[str]:
    """One key, or one for each pair of a disaggregation."""
    if isinstance(value, str):
        return (f'{name} = "{value}"' if _is_simple(value) else _line(name, value),)
    if isinstance(value, Period):
        return (f"{name} = {period_of(value)}",)
    if isinstance(value, Decimal):
        return (f"{name} = {literal(value)}",)
    if isinstance(value, tuple):
        return _pairs(value) if name == "disaggregation" else (f"{name} = [{', '.join(map(literal, value))}]",)
    return (_line(name, value),)


def _is_simple(text: str) -> bool:
    """Whether a text stands in quotes as it is."""
    return text.isascii() and text.isprintable() and '"' not in text and "\\" not in text


@lru_cache(maxsize=65536)
def _pairs(pairs: Pairs) -> Sequence[str]:
    return tuple(f"disaggregation.{_line(name, text)}" for name, text in pairs)


@lru_cache(maxsize=65536)
def _part(pairs: Pairs) -> str:
    return notation.pairs(pairs)


@lru_cache(maxsize=1024)
def _line(name: str, value: object) -> str:
    return escaped(dumps({name: value}).rstrip("\n"))
