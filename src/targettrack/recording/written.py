"""Written: values as TOML, as a program file writes them; a key a line, and nothing raw."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tomli_w import dumps

from targettrack.number import literal
from targettrack.period import Period
from targettrack.text import clean, escaped


def line(key: str, value: object, comment: str = "") -> str:
    """One assignment to a key as TOML writes it, and behind it what is to be known of it."""
    said = f"{key} = {value_of(value)}"
    return f"{said}  # {clean(comment)}" if comment else said


def remark(text: str) -> str:
    """A line of comment."""
    return f"# {clean(text)}"


def value_of(value: object) -> str:
    """A value: texts, true and false, exact numbers, periods, arrays, inline tables."""
    if isinstance(value, str):
        return f'"{value}"' if _is_simple(value) else escaped(dumps({"key": value}).rstrip("\n").partition(" = ")[2])
    if isinstance(value, Decimal):
        return literal(value)
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return literal(Decimal(value))
        case Period():
            return period_of(value)
        case tuple() | list():
            return f"[{', '.join(map(value_of, value))}]"
        case dict():
            return f"{{ {', '.join(line(key, each) for key, each in value.items())} }}"
        case _:
            return value_of(str(value))


def _is_simple(text: str) -> bool:
    """Whether a text stands in quotes as it is."""
    return text.isascii() and text.isprintable() and '"' not in text and "\\" not in text


def period_of(period: Period) -> str:
    """A year as an integer, a day as a date, anything else as a text."""
    bare = period.text.isdigit() or (period.is_day and _is_day(period.text))
    return period.text if bare else f'"{period.text}"'


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def key_of(name: str) -> str:
    """A key, in quotes where it needs them."""
    return escaped(dumps({name: 0}).rstrip("\n").removesuffix(" = 0"))
