"""JSON text with exact numbers: the standard library can write neither a Decimal's digits nor escape what a terminal obeys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from targettrack.number import literal

_OBEYED = re.compile("[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]")


def line(value: object) -> str:
    """A value on one line, with its line end."""
    return _text(value, None, "") + "\n"


def pretty(value: object) -> str:
    """A value over many lines; what has no tables inside stays on one."""
    return _text(value, "  ", "\n") + "\n"


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
    return text if text.isascii() and "\x7f" not in text else _OBEYED.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"\\u{unit:04x}" for unit in memoryview(match[0].encode("utf-16-le")).cast("H"))


def _container(value: Any, indent: str | None, gap: str) -> str:  # noqa: ANN401
    if isinstance(value, Mapping):
        items = [f"{_string(key)}: {_text(entry, indent, gap + (indent or ''))}" for key, entry in value.items()]
        opening, closing = "{", "}"
    else:
        items = [_text(entry, indent, gap + (indent or "")) for entry in value]
        opening, closing = "[", "]"
    flat = indent is None or not any(isinstance(entry, (Mapping, list)) for entry in (value.values() if isinstance(value, Mapping) else value))
    if (flat and sum(map(len, items)) < 140) or not items:
        return opening + ", ".join(items) + closing
    return f"{opening}{gap}{indent or ''}" + f",{gap}{indent or ''}".join(items) + gap + closing if indent else opening + ", ".join(items) + closing
