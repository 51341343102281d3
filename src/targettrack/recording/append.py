"""Append: sources and actuals as the text that is added behind a program file, so that git can merge two such additions.

git's ``merge=union`` keeps the lines of both sides, but lines that both sides have in common only once: two records with the same last lines became
one and a stump. So each block carries a mark of its own content on its header, on its last line, and so often in between that no more than three
lines in a row could belong to another block (git joins conflicts that are no further apart).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar
from zlib import crc32

from targettrack.frozen import frozen
from targettrack.program.model import Actual, Source, own_keys
from targettrack.program.validation import key
from targettrack.recording.written import key_of, value_of
from targettrack.wording import notation

T = TypeVar("T")

_UNMARKED = 3


@frozen(eq=True)
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
    for block in chain((_source(name, source) for name, source in sources.items()), _actuals(actuals)):
        lines.append(at + 1)
        at += 1 + len(block)
        added += (end, end.join(block), end)
    return Appendix("".join(added), tuple(lines[len(sources) :]), first, at - 1)


def line_end(text: str) -> str:
    """The line end that most lines of a text have; of equals the plain one."""
    windows = text.count("\r\n")
    return "\r\n" if windows > text.count("\n") - windows else "\n"


def inline(actual: Actual) -> str:
    """An actual as an inline table, for a file that keeps its actuals in one array."""
    return f"{{ {', '.join(*_assignments(Actual, [actual]))} }}"


def inline_sources(sources: Mapping[str, Source]) -> str:
    """Sources as pairs of an inline table."""
    tables = zip(sources, _assignments(Source, [*sources.values()]), strict=True)
    return ", ".join(f"{name} = {{ {', '.join(lines)} }}" for name, lines in tables)


def _actuals(actuals: Sequence[Actual]) -> Iterator[list[str]]:
    """The lines of each actual."""
    parts = _made(notation.pairs, [actual.disaggregation for actual in actuals])
    for actual, part, lines in zip(actuals, parts, _assignments(Actual, actuals), strict=True):
        about = filter(None, (actual.indicator, part, actual.period.text, actual.source))
        lines.insert(0, f"[[actuals]]  # {' '.join(about)}")
        yield _marked(lines)


def _source(name: str, source: Source) -> list[str]:
    """A new source. Both sides may add the same one: git keeps it once if it has more lines than it joins conflicts over."""
    head = f"[sources.{name}]  #"
    return _padded(_marked([head, *next(_assignments(Source, [source]))]), head)


def _marked(block: list[str]) -> list[str]:
    """A block with the mark of its content."""
    mark = f" {crc32(chr(10).join(block).encode()) & 0xFFFFFF:06x}"
    block[0] += mark
    marked = f"  #{mark}"
    for place in _places(len(block)):
        block[place] += marked
    return block


def is_ours(block: Sequence[str]) -> bool:
    """Whether the lines of a block are as they were written: the mark that they carry is that of what they say."""
    head, _, mark = block[0].rpartition(" ")
    pad = [f"# {mark}"] if head.startswith("[sources.") else []
    lines = [head, *(line for line in block[1:] if [line] != pad)]
    bare = [line.removesuffix(f"  # {mark}") for line in lines]
    return [*_padded(_marked(bare), head)] == [*block]


def _padded(block: list[str], head: str) -> list[str]:
    """A source has more lines than git joins conflicts over."""
    mark = block[0].rpartition("  ")[2]
    return [*block, *[mark] * (_UNMARKED + 1 - len(block))] if head.startswith("[sources.") else block


@lru_cache(maxsize=64)
def _places(lines: int) -> tuple[int, ...]:
    """The lines of a block that carry its mark, besides the first."""
    return (*range(_UNMARKED + 1, lines - 1, _UNMARKED + 1), lines - 1)


_KEYS = {kind: sorted(fields(kind), key=lambda each: each.name == "recorded") for kind in (Actual, Source)}
"""What a record may say; the day of the record comes last."""


def _assignments(kind: type[Actual | Source], records: Sequence[Actual | Source]) -> Iterator[list[str]]:
    """The ``key = value`` lines of records of one kind; what has its default is left out."""
    written = [each for each in _KEYS[kind] if key(each) in own_keys(kind)]
    columns = chain.from_iterable(
        _columns(key(each), [*map(attrgetter(each.name), records)], each.default) for each in written
    )
    return ([*filter(None, lines)] for lines in zip(*columns, strict=True))


def _columns(name: str, values: Sequence[Any], default: object) -> Iterator[list[str | None]]:
    """The lines of a key, one for each record, or of a disaggregation, one for each of its parts; None where nothing is said.

    Most records of a file have the same few objects under a key: the line of each is made once.
    """
    if values.count(default) == len(values):  # as of most keys
        return
    said = dict(zip(map(id, values), values, strict=True))
    said.pop(id(default), None)
    if name == "disaggregation":
        for part in sorted({part for pairs in said.values() for part, _ in pairs}):
            texts = {at: dict(pairs).get(part) for at, pairs in said.items()}
            yield from _columns(f"{name}.{key_of(part)}", [*map(texts.get, map(id, values))], None)
    elif said:
        lines = {at: f"{name} = {value_of(value)}" for at, value in said.items()}
        yield [*map(lines.get, map(id, values))]


def _made(make: Callable[[Any], T], of: Sequence[object]) -> list[T]:
    """What is made of each value, once of those that are the same object."""
    made = {place: make(value) for place, value in {id(each): each for each in of}.items()}
    return [*map(made.__getitem__, map(id, of))]
