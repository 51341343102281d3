"""Vietnamese: whether a word can be a syllable of it, and the two old fonts whose texts are letters of other languages until they are converted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal, TypeAlias

from targettrack.regex import regex

Font: TypeAlias = Literal["tcvn3", "vni"]
FONTS: tuple[Font, ...] = ("tcvn3", "vni")

_TONES = "\N{COMBINING GRAVE ACCENT}\N{COMBINING HOOK ABOVE}\N{COMBINING TILDE}\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}"
_STOPPED_TONES = _TONES[3:]
"""A syllable that ends in c, ch, p or t has one of these tones."""

_ONSETS = "ngh ng nh gh gi kh kr ph qu th tr ch b c d đ g h k l m n p r s t v x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu
o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uên uôc uôi uôm uôn uông uôt uơ
uy uya uych uynh uyn uyt uyu uyp uyên uyêt ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y ynh yt ych
"""
"""The second halves of syllables, without their tones; the last three follow qu. Đắk Lắk is a province."""


@cache
def _syllable() -> re.Pattern[str]:
    onsets = "|".join(_ONSETS.split())
    rimes = _RIMES.split()
    stopped = "|".join(rime for rime in rimes if rime.endswith(("c", "ch", "p", "t")))
    free = "|".join(rime for rime in rimes if not rime.endswith(("c", "ch", "p", "t")))
    return re.compile(f"(?:{onsets})?(?:{free}|(?P<stopped>{stopped}))")


@cache
def is_syllable(word: str) -> bool:
    """Whether a word with a letter of its own kind can be Vietnamese: the parts that syllables have, and a tone that fits."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in letters if sign in _TONES]
    plain = unicodedata.normalize("NFC", "".join(sign for sign in letters if sign not in _TONES))
    found = _syllable().fullmatch(plain)
    if found is None or len(tones) > 1:
        return False
    return found["stopped"] is None or (bool(tones) and tones[0] in _STOPPED_TONES)


_TONED = "aăâeêioôơuưy"
_TCVN3 = (
    *zip("ĂÂÊÔƠƯĐăâêôơưđ", map(chr, range(0xA1, 0xAF)), strict=True),
    *zip("aàảãáạ", map(chr, (0x61, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9)), strict=True),
    *zip("ằẳẵắặ", map(chr, (0xBB, 0xBC, 0xBD, 0xBE, 0xC6)), strict=True),
    *zip("ầẩẫấậ", map(chr, range(0xC7, 0xCC)), strict=True),
    *zip("èẻẽéẹ", map(chr, (0xCC, 0xCE, 0xCF, 0xD0, 0xD1)), strict=True),
    *zip("ềểễếệ", map(chr, range(0xD2, 0xD7)), strict=True),
    *zip("ìỉĩíị", map(chr, (0xD7, 0xD8, 0xDC, 0xDD, 0xDE)), strict=True),
    *zip("òỏõóọ", map(chr, (0xDF, 0xE1, 0xE2, 0xE3, 0xE4)), strict=True),
    *zip("ồổỗốộ", map(chr, range(0xE5, 0xEA)), strict=True),
    *zip("ờởỡớợ", map(chr, range(0xEA, 0xEF)), strict=True),
    *zip("ùủũúụ", map(chr, (0xEF, 0xF1, 0xF2, 0xF3, 0xF4)), strict=True),
    *zip("ừửữứự", map(chr, range(0xF5, 0xFA)), strict=True),
    *zip("ỳỷỹýỵ", map(chr, range(0xFA, 0xFF)), strict=True),
)
_TCVN3_LETTERS = {typed: letter for letter, typed in _TCVN3 if not typed.isascii()}
"""What stands in a text for each letter. Capitals with a tone have no place of their own: a font of capitals shows the small ones as such."""

_VNI_BASES = "aeouyôöAEOUYÔÖ"
_VNI_MARKS = {
    "ø": "̀", "û": "̉", "õ": "̃", "ù": "́", "ï": "̣",
    "â": "̂", "à": "̂̀", "å": "̂̉", "ã": "̂̃", "á": "̂́", "ä": "̣̂",
    "ê": "̆", "è": "̆̀", "ú": "̆̉", "ü": "̆̃", "é": "̆́", "ë": "̣̆",
}  # fmt: skip
"""What a letter behind another one adds to it: a tone, a shape, or both."""
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "í": "í", "ò": "ị", "î": "ỵ"}
_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", shape + tone) for shape in f"{_TONED}{_TONED.upper()}" for tone in ("", *_TONES)
) | {"đ", "Đ"}


@cache
def vni_letters() -> Mapping[str, str]:
    """Each letter, as one or two letters of a text; both cases of the second, as it is typed with the capitals on or off."""
    alone = {**_VNI_ALONE, **{typed.upper(): letter.upper() for typed, letter in _VNI_ALONE.items()}}
    pairs = {
        f"{base}{typed}": unicodedata.normalize("NFC", alone.get(base, base) + marks)
        for base in _VNI_BASES
        for mark, marks in _VNI_MARKS.items()
        for typed in (mark, mark.upper())
    }
    return alone | {typed: letter for typed, letter in pairs.items() if letter in _VIETNAMESE}


_WORD = regex("(?:[^\\W\\d_]|[\xa1-\xac\xad\xae\xb5-\xb9\xbb-\xbe\xd7\xf7\\u0300-\\u036f])+")
"""Letters, and the signs that stand for letters in the old fonts."""


_NO_WORDS = frozenset("÷×½¼¾·»¹")
"""Signs that stand for letters of which none is a word: alone, as in 5÷10 and 1½, they are what they seem."""


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(vni_letters(), key=len, reverse=True)))


@cache
def _converted_word(word: str, font: Font) -> str:
    if word.isascii() or is_beyond(word) or word in _NO_WORDS:
        return word
    if font == "vni":
        return _vni_pattern().sub(lambda found: vni_letters()[found[0]], word)
    letters = "".join(_TCVN3_LETTERS.get(sign, sign) for sign in word)
    capitals = [sign for sign in word if sign.isascii()]
    return letters.upper() if len(capitals) > 1 and all(map(str.isupper, capitals)) else letters


def converted(text: str, font: Font) -> str:
    """A text that was typed for a font, in the letters that the font shows; a word that has such letters already stays.

    TCVN3 has no capitals with a tone: they come out small, but in a word whose other letters are at least two, all capitals.
    """
    return text if text.isascii() else _WORD.sub(lambda found: _converted_word(found[0], font), text)


def is_beyond(word: str) -> bool:
    """Whether a word has a letter that stands for none in the old fonts."""
    return any(sign > "\xff" for sign in word)


def odd_words(texts: Iterable[str]) -> frozenset[str]:
    """The different words that have more than the letters of English."""
    found: set[str] = set()
    for text in texts:
        for start in () if text.isascii() else range(0, len(text), _PIECE):
            found.update(_WORD.findall(text, *_between_words(text, start)))
    return frozenset(word for word in found if not word.isascii())


_PIECE = 100_000
"""So many letters are looked at at once: a list of all words of a large file would be larger than the file."""


def _between_words(text: str, start: int) -> tuple[int, int]:
    """A piece of a text, without the word that its first letter may be the end of, and with all of its last one."""
    first = _WORD.match(text, start - 1) if start else None
    last = _WORD.match(text, start + _PIECE - 1)
    return first.end() if first else start, last.end() if last else start + _PIECE
