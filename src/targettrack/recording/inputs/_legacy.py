"""Legacy: which of the two old Vietnamese fonts texts were typed for, told by their words; what cannot be told is refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import NamedTuple

from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import mark, tr
from targettrack.recording.inputs._vietnamese import (
    FONTS,
    Font,
    converted,
    is_beyond,
    is_syllable,
    odd_words,
    vni_letters,
)
from targettrack.regex import regex

__all__ = ["FONTS", "IN_CELLS", "NAMES", "Font", "converted", "legacy", "of_font", "said", "set_in"]

NAMES: dict[Font, str] = {"tcvn3": "TCVN3", "vni": "VNI"}
_SAID: dict[Font, str] = {
    "tcvn3": mark("converted from the old font TCVN3; capitals with a tone are small letters there, and stay so"),
    "vni": mark("converted from the old font VNI"),
}

_SHORTEST: dict[Font, int] = {"tcvn3": 2, "vni": 4}
"""So many letters has the one word that alone can tell a font."""
_SURE = 0.9
_DOUBTFUL = 0.5
"""Of the words with a letter of their own: so many are syllables where all of them were typed for a font, or hardly any where none was."""

_SIGNS = "\xa1-\xac\xad\xae\xb5\xb6\xb8\xb9\xbb-\xbe\xd7\xf7"
_LETTER = r"[^\W\d_]"
_NOT_TCVN3 = regex(
    f"[{_SIGNS}\xb7\xc0-\xde]"
    f"(?:(?<=[{_SIGNS}][{_SIGNS}])|(?<={_LETTER}[{_SIGNS}])|(?<=[{_SIGNS}])(?={_LETTER})|(?<={_LETTER}\xb7)(?!{_LETTER})|(?<=[a-z\xdf-\xff][\xc0-\xde]))"
)
"""What no real word has: a sign before or behind a letter, or a capital behind a small letter."""
_NOTE = regex("[A-Za-z]+[\xaa\xae\xb9]|[A-Za-z]+\xb7[A-Za-z]+|\xb5[A-Za-z]{1,2}")
"""What some real word has: a footnote's mark, a trade mark, N·m, µm."""
_ELSEWHERE = frozenset({"où", "oï", "aï", "eï", "oà", "oá", "oã"})
"""Pairs of letters that other languages have in words of one syllable, and today's Vietnamese: où, Loïc, Caïn, hoà."""


@cache
def _not_vni() -> re.Pattern[str]:
    """What no real word has: two letters that VNI needs for one."""
    pairs = {pair for pair in vni_letters() if len(pair) == 2 and pair.lower() not in _ELSEWHERE}
    bases = {pair[0] for pair in pairs}
    marks = {base: "".join(sorted(pair[1] for pair in pairs if pair[0] == base)) for base in bases}
    return re.compile("|".join(f"{base}[{found}]" for base, found in sorted(marks.items())))


class _Weighed(NamedTuple):
    """How much speaks for a font: the share of the words that are syllables in it, and those of them that are no words at all as they stand."""

    font: Font
    share: float
    impossible: tuple[str, ...]


def legacy(texts: Collection[str], file: str = "", encoding: str | None = None) -> Font | None:
    """The old font that the texts of a table were typed for; None for none. ``encoding`` is what a person says: a font's name, or any other for none.

    Raises:
        TargettrackError: some of the words speak for one, and others against it (exit 4).

    """
    if encoding is not None:
        return next((font for font in FONTS if font == encoding.casefold()), None)
    if not any(_impossible(font).search(text) for text in texts for font in FONTS):
        return None
    words = odd_words(texts)
    plain = [word for word in words if not is_beyond(word)]
    found = max((_weighed(plain, font) for font in FONTS), key=lambda each: each.share * bool(each.impossible))
    if not found.impossible or found.share < _DOUBTFUL or _share(plain) >= found.share:
        return None
    others = sorted(word for word in words if is_beyond(word) and is_syllable(word))
    if len(found.impossible) == 1 and (others or len(found.impossible[0]) < _SHORTEST[found.font]):
        return None
    if found.share >= _SURE and not others:
        return found.font
    if len(found.impossible) == 1:
        return None
    raise _unsure(found, others or sorted(set(plain) - set(found.impossible)), file)


def of_font(name: str) -> Font | None:
    """The old font that the name of a cell's font says: ``.VnTime``, ``VNI-Times``; None of any other."""
    bare = name.strip().casefold()
    return "tcvn3" if bare.startswith(".vn") else "vni" if bare.startswith("vni-") else None


def set_in(text: str, name: str) -> str:
    """A text of a cell as it is read in the cell's font; one that has letters which no old font has was not typed for it."""
    font = None if text.isascii() else of_font(name)
    if font is None or any(map(is_beyond, odd_words([text]))):
        return text
    return converted(text, font)


IN_CELLS = mark("cells set in an old font (.VnTime, VNI-Times) are converted from it, the first in {cell}")


def said(font: Font) -> str:
    """That texts were converted from a font, as a sentence."""
    return tr(_SAID[font])


def _weighed(words: Iterable[str], font: Font) -> _Weighed:
    read = {word: converted(word, font) for word in words}
    telling = {word: text for word, text in read.items() if not _NOTE.fullmatch(word) and _tells(word, text)}
    valid = sorted(word for word, text in telling.items() if is_syllable(text))
    impossible = tuple(filter(_impossible(font).search, valid))
    return _Weighed(font, len(valid) / max(len(telling), 1), impossible)


def _tells(word: str, text: str) -> bool:
    """Whether a word can be a syllable at all: an abbreviation of consonants, or a sign that stands alone, tells nothing."""
    return len(word) > 1 and any(
        sign in "aeiouyăâêôơư" or (sign != "đ" and not sign.isascii()) for sign in text.lower()
    )


def _share(words: Iterable[str]) -> float:
    """Of the words as they stand, how many are Vietnamese."""
    telling = [word for word in words if _tells(word, word)]
    return sum(map(is_syllable, telling)) / max(len(telling), 1)


def _impossible(font: Font) -> re.Pattern[str]:
    return _NOT_TCVN3 if font == "tcvn3" else _not_vni()


def _unsure(found: _Weighed, others: list[str], file: str) -> TargettrackError:
    word = found.impossible[0]
    return failure(
        Exit.INVALID,
        "old-font",
        tr(
            "some words seem to be typed for the old font {font} ({word} for {meant}), others not ({other})",
            font=NAMES[found.font],
            word=word,
            meant=converted(word, found.font),
            other=others[0],
        ),
        hint=tr(
            "say --encoding {font} where all of them are, or --encoding utf-8 where none is",
            font=found.font,
        ),
        file=file,
    )
