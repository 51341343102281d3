"""Whole: dates and ranges that no line breaks at their hyphens and dashes, as it would a word."""

from __future__ import annotations

from targettrack.regex import regex

_WHOLE = regex(r"\d{4}-\d\d(?:-\d\d)?(?!\d)|\d[\d.,]{0,11}[–-]\d(?:[\d.,]{0,10}\d)?")
"""A range of numbers longer than any that has room on a phone is held together at its dash alone."""


def whole(markup: str) -> str:
    """Text that is safe on a page, with its dates and ranges held together."""
    return _WHOLE.sub(r'<span class="whole">\g<0></span>', markup)
