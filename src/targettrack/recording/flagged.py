"""Flagged: what the flags of a cell mean, by a mapping and by the words and letters that offices use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from targettrack.recording import amounts, vocabulary
from targettrack.regex import regex


def meanings_of(text: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """The flags of a cell of flags with their meanings, parted by spaces or signs; what is known to be no more than an actual is final, a footnote a note; none where nobody knows one."""
    if vocabulary.says_actual(text):
        return [(text, "final")]
    found = flags_in(text, known)
    if not found:
        words = [flags_in(word, known) for word in re.split(r"[\s,;|]+", text)]
        found = [pair for pairs in words for pair in pairs] if all(words) else []
    return found or ([(text, "note")] if amounts.marks_of(text) else [])


_TWO_FLAGS = regex(r"[bcdefinprsuz]{2}")
"""Two flags of Eurostat as one word; more letters are a word of their own."""


def flags_in(text: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """The flags of a cell with their meanings, by a mapping and by the words that offices use; none where nobody knows one. Small letters may stand side by side."""
    found = known.get(text) or vocabulary.flag_of(text)
    if found is not None:
        return [(text, found)]
    if not _TWO_FLAGS.fullmatch(text):
        return []
    each = [(letter, known.get(letter) or vocabulary.flag_of(letter)) for letter in text]
    return [(letter, meaning) for letter, meaning in each if meaning] if all(meaning for _, meaning in each) else []
