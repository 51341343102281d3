"""JSON text with exact numbers: the standard library can write neither a Decimal's digits nor escape what a terminal obeys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from targettrack.number import literal
from targettrack.pages._each import Each
from targettrack.text import UNSAFE

_LINE = 140
_DEEP = 4
_NESTED = frozenset({dict, list, Each})


def line(value: object) -> str:
    """A value on one line, with its line end."""
    return _text(value, None, "") + "\n"


def pretty(value: object) -> str:
    """A value over many lines; what has no tables inside stays on one."""
    return "".join(pieces(value))


def pieces(value: Any) -> Iterator[str]:  # noqa: ANN401
    """The text of ``pretty``, piece by piece: what is long, a list of tables, is never a text as a whole."""
    if type(value) is dict and _opens(value):
        before = "{\n  "
        for name, entry in value.items():
            yield before + _key(name)
            yield from _entries(entry, "\n  ", _DEEP - 1)
            before = ",\n  "
        yield "\n}\n"
    else:
        yield from _entries(value, "\n", _DEEP)
        yield "\n"


def _entries(value: Any, gap: str, depth: int) -> Iterator[str]:  # noqa: ANN401
    """A value, one entry of a list of tables after the other; of a table that has such lists to be made, one key after the other."""
    if type(value) is dict and depth and Each in map(type, value.values()):
        before = f"{{{gap}  "
        for name, entry in value.items():
            yield before + _key(name)
            yield from _entries(entry, f"{gap}  ", depth - 1)
            before = f",{gap}  "
        yield f"{gap}}}"
    elif type(value) is dict or not (depth and _opens(value)):
        yield _pretty(value, gap, depth)
    else:
        before = f"[{gap}  "
        for entry in value:
            yield before
            yield from _entries(entry, f"{gap}  ", depth - 1)
            before = f",{gap}  "
        yield f"{gap}]"


def _pretty(value: Any, gap: str, depth: int) -> str:  # noqa: ANN401
    """A value over many lines, as deep as people look into it."""
    if not (depth and _opens(value)):
        return _text(value, "  ", gap)
    inner = gap + "  "
    if type(value) is dict:
        lines = [_key(name) + _pretty(entry, inner, depth - 1) for name, entry in value.items()]
        return f"{{{inner}{f',{inner}'.join(lines)}{gap}}}"
    return f"[{inner}{f',{inner}'.join([_pretty(entry, inner, depth - 1) for entry in value])}{gap}]"


def _opens(value: Any) -> bool:  # noqa: ANN401
    """Whether something is nested in a value."""
    kind = type(value)
    return kind in _NESTED and not _NESTED.isdisjoint(map(type, value.values() if kind is dict else value))


def _text(value: Any, indent: str | None, gap: str) -> str:  # noqa: ANN401
    kind = type(value)
    if kind is str:
        return _string(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is Decimal:
        return literal(value)
    if kind is int:
        return str(value)
    return _container(value, indent, gap)


def _string(value: str) -> str:
    text = encode_basestring(value)
    return text if text.isascii() and "\x7f" not in text else UNSAFE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"\\u{unit:04x}" for unit in memoryview(match[0].encode("utf-16-le", "surrogatepass")).cast("H"))


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return f"{_string(name)}: "


def _container(value: Any, indent: str | None, gap: str) -> str:  # noqa: ANN401
    """A dict or a list; it stays on one line where nothing is nested in it and it is short."""
    inner = gap + (indent or "")
    is_dict = type(value) is dict
    entries = value.values() if is_dict else value
    items = (
        [_key(name) + _text(entry, indent, inner) for name, entry in value.items()]
        if is_dict
        else [_text(entry, indent, inner) for entry in value]
    )
    opening, closing = "{}" if is_dict else "[]"
    flat = indent is None or (sum(map(len, items)) < _LINE and _NESTED.isdisjoint(map(type, entries)))
    if flat or not items:
        return opening + ", ".join(items) + closing
    return opening + inner + f",{inner}".join(items) + gap + closing
