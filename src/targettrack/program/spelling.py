"""Spelling: what two ways to write one name have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category, normalize

from targettrack.regex import regex


def spelling(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """What two spellings of one disaggregation have in common."""
    return tuple(sorted((_folded(name), _folded(text)) for name, text in pairs))


_TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Grave, acute, tilde, hook above and dot below: ``hòa`` and ``hoà`` are one word, which schools teach in two ways."""
_TONED = regex(f"((?:[aeiouy](?:[\u0302\u0306\u031b])*[{_TONES}]?(?:[\u0302\u0306\u031b])*)+)")
"""The vowels of a syllable with their marks; circumflex, breve and horn make other letters, and stay where they are."""
_MINUS, _UNDERSCORE = "\u2212", "_"
_PASSED_OVER = {place: None for place in range(128) if chr(place).isspace() or chr(place) in "-_"}
"""What ASCII has of spaces and dashes."""


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """A text without case, spaces and dashes, the tone of each syllable behind its vowels."""
    if text.isascii():
        return text.lower().translate(_PASSED_OVER)
    marked = _TONED.sub(_tone_last, normalize("NFKD", text.casefold()))
    return "".join(
        letter
        for letter in marked
        if not (letter.isspace() or letter in {_MINUS, _UNDERSCORE} or category(letter) in {"Pd", "Cf"})
    )


def _tone_last(match: re.Match[str]) -> str:
    vowels = match[0]
    return "".join(letter for letter in vowels if letter not in _TONES) + "".join(
        letter for letter in vowels if letter in _TONES
    )
