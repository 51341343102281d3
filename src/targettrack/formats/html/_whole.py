"""Whole: dates and ranges that no line breaks at their hyphens and dashes, as it would a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from targettrack.regex import regex
from targettrack.text import NBSP

if TYPE_CHECKING:
    import re

_WHOLE = regex(rf"\d{{4}}-\d\d(?:-\d\d)?(?!\d)|\d[\d.,]{{0,11}}[–-]\d(?:[\d.,]{{0,10}}\d)?(?:{NBSP}(?=[^\W\d_]{{3}}))?")
"""A range of numbers longer than any that has room on a phone is held together at its dash alone."""


def whole(markup: str) -> str:
    """Text that is safe on a page, with its dates and ranges held together; where a range has no room with its unit, that begins a line."""
    return _WHOLE.sub(_held, markup)


def _held(found: re.Match[str]) -> str:
    unit = " " if found[0].endswith(NBSP) else ""
    return f'<span class="whole">{found[0].removesuffix(NBSP)}</span>{unit}'
