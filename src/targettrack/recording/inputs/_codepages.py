"""Codepages: which of the codings of one byte a letter a text is in, told by the letters and words of its languages; what cannot be told is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import tr
from targettrack.recording.inputs._vietnamese import is_syllable
from targettrack.regex import regex


class _Language(NamedTuple):
    """A coding, the letters of a language beside a to z, words that stand in its tables, and what its letters never stand beside."""

    encoding: str
    letters: str
    words: str
    never: str = ""


_LANGUAGES = (
    _Language("cp1252", "àâæçéèêëîïôœùûüÿ", "année années valeur total taux région régions trimestre nombre unité pays population dépenses de des du la le les et par en dans pour sur", r"è(?![^\W\d_aeiouéèêà])|[âêîôû](?=[aeou])|à.|ç(?![aouâôéû])"),
    _Language("cp1252", "äöüßé", "jahr jahre wert anteil land länder einwohner gesamt insgesamt zahl quelle der die das und von in mit für nach im"),
    _Language("cp1252", "áéíóúñü", "año años valor total tasa población país países fuente de del la el los las por en para con", r"ñ(?![aeiouáéíóú])"),
    _Language("cp1252", "àáâãçéêíóôõúü", "ano anos valor total taxa população região regiões país fonte de da do das dos por em para com", r"ã(?![eos]|\b|n)|õ(?!e)|ç(?![aouáãõâ])"),
    _Language("cp1252", "àèéìíòóùúî", "anno anni valore totale tasso popolazione regione fonte di del della dei il la per in con", r"[àèìòù]."),
    _Language("cp1252", "åäöéøæ", "år värde värdi andel land län totalt antal källa kilde och og av for för till til med verdi værdi vuosi arvo yhteensä osuus ja"),
    _Language("cp1252", "áéëèêïíóöúü", "jaar waarde totaal aandeel land bron aantal de het een en van in per met voor"),
    _Language("cp1252", "áéíóúýðþæö", "ár gildi alls hlutfall fjöldi heimild og af með ísland"),
    _Language("cp1252", "àçéèíïóòúü", "any valor total taxa població país font de del la el els les per en amb", r"ç(?![aouàòó]|\b)"),
    _Language("cp1252", "àáâãäåæçèéêëíîïñóôöøœúûüß", "year value total rate share region province country unit source number population of the and in by per for to", r"ñ(?![aeiouáéíóú])|ê(?=[aeou])"),
    _Language("cp1250", "ąćęłńóśźż", "rok lata wartość ogółem wskaźnik udział województwo powiat jednostka liczba ludność źródło osób na do ze oraz według", r"[ćńśź](?=[aeiouyąęó])|\b[ąęń]"),
    _Language("cp1250", "áčďéěíňóřšťúůýž", "rok roky hodnota celkem podíl ukazatel kraj kraje jednotka počet obyvatel zdroj na podle do pro", r"ě(?<![bpvmdtnf]ě)|\bů|ň(?=[eiíě])"),
    _Language("cp1250", "áäčďéíĺľňóôŕšťúýž", "rok roky hodnota spolu podiel ukazovateľ kraj jednotka počet obyvateľov zdroj na podľa do pre", r"[ĺŕ](?=[aeiouyáéíóúýäô])|(?<=[aeiouyáéíóúýäô])[ĺŕ]"),
    _Language("cp1250", "áéíóöőúüű", "év érték összesen arány megye egység szám népesség forrás és az szerint"),
    _Language("cp1250", "čćđšž", "godina leto vrijednost vrednost ukupno skupaj udio delež jedinica broj izvor na za po in", r"\bć\B(?=[^aeiou])"),
    _Language("cp1250", "ăâîşţ", "an anul valoare total rata județ judeţ unitate sursa de din la și şi în pe"),
    _Language("cp1254", "çğıöşüâîû̇", "yıl değer toplam oran il nüfus birim kaynak ve bir için göre erkek kadın"),
    _Language("cp1257", "ąčęėįšųūž", "metai reikšmė iš viso dalis vienetas skaičius šaltinis ir su pagal"),
    _Language("cp1257", "āčēģīķļņšūž", "gads gadi vērtība kopā daļa vienība skaits avots un no ar pēc"),
    _Language("cp1257", "äõöüšž", "aasta väärtus kokku osakaal maakond ühik arv allikas ja ning järgi"),
    _Language("cp1251", "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџ", "год значение всего доля на по из рік частка година вредност община"),
    _Language("cp1253", "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", "έτος τιμή σύνολο ποσοστό και του της το"),
)  # fmt: skip
"""The languages of tables; a western one of all letters for lists of names in English."""

ENCODINGS = tuple(dict.fromkeys(("cp1258", *(language.encoding for language in _LANGUAGES))))
_WORD = regex(r"[^\W\d_]+")
_SMALL = "¹²³ªº¼½¾"
"""Signs of windows-1252 that count as letters or digits, and are no letters of words."""
_BROKEN = regex(rf"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘·\xad–—](?=[^\W\d_])|[{_SMALL}](?=[^\W\d_{_SMALL}])|[\x80-\x9f]")
"""A sign between two letters, or a control."""
_UNIT = regex(r"\b(?:[kcdm]?m|CO)[²³]|£(?![^\W\d_])|\d ?[½¼¾]|\d[ºª]|µ[gm]\b")
"""Signs that windows-1252 alone has in these places."""


class _Reading(NamedTuple):
    """A text in a coding, and how much its words speak for it: 2 for a long one, 1 for a short one."""

    encoding: str
    text: str
    points: int


def named(encoding: str) -> str:
    """A coding by the name that people know: ``windows-1258``."""
    return encoding.replace("cp", "windows-", 1)


def text_in(data: bytes, encoding: str) -> str:
    """Bytes in a coding; the tones of windows-1258, which stand apart from their letters, joined to them."""
    text = data.decode(encoding)
    return unicodedata.normalize("NFC", text) if encoding == "cp1258" else text


def told(data: bytes, file: str) -> tuple[str, str]:
    """A text, and the coding that it is in, by its name.

    Raises:
        TargettrackError: it can be read in two ways, or in none (exit 4).

    """
    readings = sorted(_plausible(_telling(data)), key=lambda reading: -reading.points)
    if not readings:
        raise _refused(tr("no usual coding reads the letters of this file as words"), file)
    best = readings[0]
    other = next((reading for reading in readings if reading.text != best.text), None)
    if other is None or best.points >= other.points + 2:
        encoding = _usual(readings, best.text)
        return text_in(data, encoding), named(encoding)
    first, second = (reading._replace(encoding=_usual(readings, reading.text)) for reading in (best, other))
    raise _refused(_both(first, second), file)


def _usual(readings: Collection[_Reading], text: str) -> str:
    """The most usual of the codings that read a text alike."""
    same = [reading.encoding for reading in readings if reading.text == text]
    return "cp1252" if "cp1252" in same else same[0]


_CELL = regex(rb'[^;,\t|"\r\n]+')
_ODD_CELL = regex(rb'[^;,\t|"\r\n\x80-\xff]*[\x80-\xff][^;,\t|"\r\n]*')
_HEAD = 200_000


def _telling(data: bytes) -> bytes:
    """The different cells of a file's beginning, and of all of it those whose letters depend on the coding."""
    cells = dict.fromkeys(_CELL.findall(data, 0, _HEAD))
    cells |= dict.fromkeys(found[0] for found in _ODD_CELL.finditer(data, _HEAD))
    return b"\n".join(cells)


def _plausible(data: bytes) -> Iterator[_Reading]:
    for encoding in ENCODINGS:
        try:
            text = text_in(data, encoding)
        except UnicodeDecodeError:
            continue
        if not _BROKEN.search(text):
            points = _vietnamese(data, text) if encoding == "cp1258" else _points(encoding, text)
            if points is not None:
                yield _Reading(encoding, text, points)


def _points(encoding: str, text: str) -> int | None:
    """How much the words of its likeliest language speak for a text; None where no language of the coding has its letters."""
    words = {word.lower() if word[1:].islower() or word.isupper() else word for word in _WORD.findall(text)}
    letters = {
        sign for word in words if not word.isascii() for sign in word if not sign.isascii() and sign not in _SMALL
    }
    mixed = encoding in {"cp1251", "cp1253"} and any(
        re.search("[a-z]", word, re.IGNORECASE) for word in words if not word.isascii()
    )
    fitting = [each for each in _LANGUAGES if each.encoding == encoding and letters <= set(each.letters)]
    if mixed or not fitting:
        return None
    units = 2 * len(set(_UNIT.findall(text))) if encoding == "cp1252" else 0
    return units + max(_spoken(language, words) for language in fitting)


def _spoken(language: _Language, words: Collection[str]) -> int:
    """The words that a language has in its tables, less those that it cannot have."""
    never = re.compile(language.never) if language.never else None
    wrong = sum(1 for word in words if not word.isascii() and never and never.search(word.lower()))
    return sum(_weight(word) for word in set(language.words.split()).intersection(words)) - 2 * wrong


def _weight(word: str) -> int:
    """What a word says: a short one may be of any language."""
    return 2 if len(word) > 3 else 1


def _vietnamese(data: bytes, text: str) -> int | None:
    """How much the syllables speak for a text that a western reading has not; None where its words are none."""
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    valid = {word for word in words if is_syllable(word)}
    if len(valid) < 0.7 * len(words):
        return None
    western = data.decode("cp1252", errors="replace")
    return 2 * len(valid - set(_WORD.findall(western)))


def _both(best: _Reading, other: _Reading) -> str:
    pairs = zip(best.text.split(), other.text.split(), strict=False)
    first, second = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    return tr(
        "a letter of this file can be read in two ways: {first} ({encoding}) or {second} ({other})",
        first=first[:40],
        encoding=named(best.encoding),
        second=second[:40],
        other=named(other.encoding),
    )


def _refused(message: str, file: str) -> TargettrackError:
    return failure(
        Exit.INVALID,
        "not-utf8",
        message,
        hint=tr("say which: --encoding windows-1252; or save it as UTF-8 (in a spreadsheet: CSV UTF-8)"),
        file=file,
    )
