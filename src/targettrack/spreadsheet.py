"""Spreadsheet: values as the cells of a CSV file, which no spreadsheet takes for formulas, and what such cells say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from targettrack.number import literal
from targettrack.regex import regex
from targettrack.text import clean, unsafe_shown

_FORMULA = regex(r"[\s']*[=+\-@＝＋－＠]|'*[\t\r\n]")
"""How a text begins that a spreadsheet may compute, or that was guarded because of it."""
_LITERAL = "<U+"
_SHOWN = regex(r"<U\+([0-9A-F]{4,6})>")
_PAIR = regex(r"((?:[^\\;=]|\\.)*)=((?:[^\\;]|\\.)*)(?:; |;|$)", re.DOTALL)


def cell(value: object, *, exact: bool = False, mark: str = ".") -> str:
    """A cell: numbers as digits, ranges as ``3.2..3.3``, lists joined by ``; ``, pairs as ``key=value``, text with its controls shown and guarded against formulas.

    Text stands on one line; ``exact`` keeps its spaces and line breaks, so that ``text_of`` gives it back. ``mark`` stands before the decimals of every number.
    """
    if value is None:
        return ""
    if type(value) is str:
        return _guarded(_shown(value) if exact else clean(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Decimal, int)):
        return _number(Decimal(value), mark)
    if isinstance(value, list) and all(isinstance(entry, Decimal) for entry in value) and len(value) == 2:
        return f"{_number(value[0], mark)}..{_number(value[1], mark)}"
    return _guarded(
        _shown(_pairs(value) if isinstance(value, Mapping) else _joined(value, mark))
        if exact
        else clean(_joined(value, mark))
    )


def line(value: object) -> str:
    """A value for people to read, on one line, with its controls shown: lists joined by ``; ``, pairs as ``key=value``."""
    return clean(_joined(value, "."))


def _number(value: Decimal, mark: str) -> str:
    return literal(value).replace(".", mark)


def _pairs(value: Mapping[str, str]) -> str:
    return "; ".join(f"{_escaped(name)}={_escaped(text)}" for name, text in value.items())


def _joined(value: object, mark: str) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={_joined(entry, mark)}" for name, entry in value.items() if entry is not None)
    if isinstance(value, list):
        return (
            " | ".join(_joined(entry, mark) for entry in value)
            if value and isinstance(value[0], Mapping)
            else "; ".join(_joined(entry, mark) for entry in value)
        )
    if isinstance(value, Decimal):
        return _number(value, mark)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _escaped(text: str) -> str:
    """A part of a pair; spaces at its ends are none that somebody typed around it."""
    return re.sub(r"[\\;=]|\A\s+|\s+\Z", lambda match: "".join(f"\\{letter}" for letter in match[0]), text)


def _unescaped(part: str) -> str:
    letters = re.findall(r"\\.|.", part, re.DOTALL)
    return "".join(letter[-1] for letter in _stripped(letters))


def _stripped(letters: Sequence[str]) -> Sequence[str]:
    """Letters without the bare spaces at both ends."""
    kept = [place for place, letter in enumerate(letters) if not letter.isspace()]
    return letters[kept[0] : kept[-1] + 1] if kept else ()


def _shown(text: str) -> str:
    """Text whose control and formatting characters are shown; a line break stays one, as cells may have it."""
    return "\n".join(unsafe_shown(line) for line in text.replace(_LITERAL, "<U+003C>U+").split("\n"))


def _guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before what looks like one, or like one so guarded."""
    return f"'{text}" if _FORMULA.match(text) else text


def text_of(cell: str) -> str:
    """The text that an exact ``cell`` was made of."""
    bare = cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell
    return _SHOWN.sub(_character, bare) if _LITERAL in bare else bare


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]


def pairs_of(text: str) -> dict[str, str] | None:
    """The pairs that ``key=value; key=value`` says, as ``text_of`` gives it, without the spaces around each part; None where it says none."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        match = _PAIR.match(text, at)
        if match is None:
            return None
        name, value = map(_unescaped, match.groups())
        if name in found:
            return None
        found[name] = value
        at = match.end()
    return found or None
