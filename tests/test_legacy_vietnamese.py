"""Texts that were typed for the old Vietnamese fonts TCVN3 and VNI: recognized by their words, converted, or refused."""

from __future__ import annotations

import unicodedata

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from targettrack.errors import TargettrackError
from targettrack.recording.inputs._legacy import converted, legacy
from targettrack.recording.inputs._text import decoded
from targettrack.recording.inputs._vietnamese import FONTS, Font, is_syllable
from targettrack.recording.table import Wishes

SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
MARKED = "".join(letter for letter in SMALL if not letter.isascii())

# The places of the letters in the fonts, in the order of MARKED: written out anew, from the fonts' own charts.
TCVN3_BYTES = bytes.fromhex(
    "b5b6b7b8b9 a8 bbbcbdbec6 a9 c7c8c9cacb ae cccecfd0d1 aa d2d3d4d5d6 d7d8dcddde dfe1e2e3e4 ab e5e6e7e8e9 ac eaebecedee eff1f2f3f4 ad f5f6f7f8f9 fafbfcfdfe"
)
TCVN3 = dict(zip(MARKED, TCVN3_BYTES.decode("latin-1"), strict=True)) | dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
_VNI_TYPED = (
    "aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä ñ eø eû eõ eù eï eâ eà eå eã eá eä ì æ ó í ò "
    "oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï uø uû uõ uù uï ö öø öû öõ öù öï yø yû yõ yù î"
)
VNI = dict(zip(MARKED, _VNI_TYPED.split(), strict=True))
VNI |= {letter.upper(): typed.upper() for letter, typed in VNI.items()}

_WORDS = (
    "chỉ tiêu đơn vị năm quý tháng tỷ lệ hộ nghèo sản lượng lúa cả nước tỉnh thành phố huyện xã dân số lao động việc làm thất nghiệp "
    "giáo dục y tế học sinh trường lớp giường bệnh vốn đầu tư ngân sách thu chi xuất khẩu nhập khẩu triệu đồng nghìn tấn diện tích rừng "
    "che phủ nông thôn mới đạt chuẩn quốc gia kế hoạch thực hiện ước so với cùng kỳ tăng giảm công nghiệp chủ lực dịch vụ khuyết tật"
)  # fmt: skip
WORDS = tuple(dict.fromkeys(_WORDS.split()))


def typed(text: str, font: Font) -> str:
    """A text as it is typed for a font; TCVN3 has no capitals with a tone, which a font of capitals shows for the small ones."""
    table = TCVN3 if font == "tcvn3" else VNI
    return "".join(table.get(letter) or table.get(letter.lower(), letter) for letter in text)


EVERY_FONT = pytest.mark.parametrize("font", FONTS)


@EVERY_FONT
def test_every_small_letter(font: Font) -> None:
    """All 67 letters with a mark come back from both fonts."""
    assert len(MARKED) == 67
    assert [converted(typed(f"t{letter}t", font), font) for letter in MARKED] == [f"t{letter}t" for letter in MARKED]


def test_every_capital_of_vni() -> None:
    """All 67 capitals come back from VNI, and so do those whose second half was typed small."""
    assert [converted(VNI[letter], "vni") for letter in MARKED.upper()] == list(MARKED.upper())
    assert [converted(VNI[letter][:1] + VNI[letter][1:].lower(), "vni") for letter in MARKED.upper()] == list(
        MARKED.upper()
    )


def test_every_capital_of_tcvn3() -> None:
    """Seven capitals have a place of their own; the others are small letters, and capitals again in a word of capitals."""
    assert converted("¡¢£¤¥¦§", "tcvn3") == "ĂÂÊÔƠƯĐ"
    assert [converted(f"XX{typed(letter, 'tcvn3')}", "tcvn3")[2:] for letter in MARKED.upper()] == list(MARKED.upper())
    assert converted("TØNH Hµ NéI", "tcvn3") == "TỈNH Hà NỘI"


@EVERY_FONT
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).filter(lambda words: not " ".join(words).isascii()))
def test_what_is_typed_comes_back(font: Font, words: list[str]) -> None:
    """Any sentence that was typed for a font is itself again once it is converted."""
    text = " ".join(words)
    assert converted(typed(text, font), font) == unicodedata.normalize("NFC", text)


@EVERY_FONT
@given(st.lists(st.sampled_from(WORDS), min_size=12, max_size=40, unique=True))
def test_what_is_typed_is_recognized(font: Font, words: list[str]) -> None:
    """A dozen words of an office's table are enough to tell the font; saved as bytes or as UTF-8 they are read."""
    text = " ".join(words)
    assert legacy(typed(text, font).split()) == font
    for data in (typed(text, font).encode("latin-1"), typed(text, font).encode()):
        read, said = decoded(data, "t.csv", Wishes())
        assert (read, "converted from the old font" in str(said)) == (text, True)


@EVERY_FONT
@pytest.mark.parametrize("text", ["Năm", "Chỉ tiêu", "Tỷ lệ hộ nghèo", "Đơn vị: nghìn tấn", "Diện tích; Năng suất"])
def test_a_heading_is_enough(font: Font, text: str) -> None:
    """A word that no language spells so tells the font."""
    assert legacy([typed(text, font)]) == font


def test_signs_between_numbers_stay() -> None:
    """A sign that could only be a letter inside of a word is what it seems elsewhere; the currency is a word of one letter."""
    assert converted("5÷10 vµ 1½, 2×3, 12¹, 1.000 ®", "tcvn3") == "5÷10 và 1½, 2×3, 12¹, 1.000 đ"


def test_two_known_sentences() -> None:
    """The same words, as each of the fonts has them."""
    for text in ("C¸c chØ tiªu c«ng nghiÖp chñ lùc", "Caùc chæ tieâu coâng nghieäp chuû löïc"):
        assert converted(text, legacy([text]) or "vni") == "Các chỉ tiêu công nghiệp chủ lực"


@pytest.mark.parametrize("word", [word for word in WORDS if not word.isascii()])
def test_words_are_syllables(word: str) -> None:
    """The words of tables are known for Vietnamese, and not without their shape."""
    assert is_syllable(word)
    assert is_syllable(word.upper())


OTHERS = {
    "French": "Où l'été naïf a coûté à Noël : le maïs d'août, la forêt, l'œuvre de Loïc à Haïti et Caïn, déjà reçu, çà et là; «Total» et « total »",
    "French, short": "Où",
    "German": "Größe der Wälder in Österreich, Straßen für Fußgänger, Bevölkerung über 65 Jahre, § 5 Öl und Ähnliches, Köln",
    "Spanish": "Población de España, año, niñez, desempleo según país, línea, día, más, sí, María Mª, 1ª región, ¿cuántos? ¡Sí!",
    "Portuguese": "População não é só São Paulo: produção, regiões, mãe, pão, João, órgãos, água, três, avô, lã, Mª, 1º",
    "Italian": "Perché la città può, così, più, però, lunedì, quantità, è già lì",
    "Icelandic": "Það við áður í íslensku, þjóð, ýmis mál, Höfn, Ísafjörður, æskan, ú, óð",
    "Turkish, read as 1252": "Yýllýk nüfus artýþ hýzý, iþsizlik oraný, saðlýk, eðitim, çocuk, köy, þehir, Ýstanbul",
    "Turkish": "Yıllık nüfus artış hızı, işsizlik oranı, sağlık, eğitim, çocuk, köy, şehir, İstanbul",
    "Polish": "Ludność ogółem, województwo łódzkie, wskaźnik zatrudnienia, źródło, gęstość, część, mąż",
    "Polish, read as 1252": "Ludnoœæ ogó³em, województwo ³ódzkie, wskaŸnik zatrudnienia, Ÿród³o, gêstoœæ, czêœæ",
    "Finnish": "Väestö, työllisyys, vihreä, pimeä, yö, hyvää päivää, lääkäri, köyhyys",
    "Swedish": "Län, år, värde, öar, åland, å, ö, få, på, älv",
    "Dutch": "Reëel, België, coördinatie, naïef, geïnd, één, hè",
    "Catalan": "Població, col·lectiu, més, raïm, això, dòna, pinyó, Índex, à",
    "Units": "N·m, kW·h, Pa·s, µm, µg/m³, km², CO², ½, ±5 %, 20 °C, £5, ¥, ©2015, Windows®, Total¹, n¹, to¹, nº, §",
    "Vietnamese": "Tỷ lệ hộ nghèo của cả nước, xã, dân, thôn, cà phê, và, là, có, hoà, toà, thuý, quý, Đà Nẵng",
    "Vietnamese without other letters": "xã dân thôn cà phê và là có tám hoà toà",
    "Vietnamese, marks apart": unicodedata.normalize("NFD", "Tỷ lệ hộ nghèo của cả nước, xã, dân, thôn"),
}  # fmt: skip


@pytest.mark.parametrize("text", OTHERS.values(), ids=list(OTHERS))
def test_other_languages_are_no_old_font(text: str) -> None:
    """Whole, and word by word, no text of another language, and none of today's Vietnamese, is taken for an old font."""
    assert legacy([text]) is None
    assert legacy(text.split()) is None
    assert decoded(text.encode(), "t.csv", Wishes())[0] == text


LANGUAGES = "fr de es pt it nl sv da fi is ca nb pl cs sk hu hr sl tr lt lv et eo mt cy gl eu sq ro az uz lb fo af sw ga vi".split()  # noqa: SIM905


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_names_of_countries_and_languages(language: str) -> None:
    """The names of all countries, languages and currencies, in a language: together no old font, and hardly one of them alone."""
    locale = Locale(language)
    names = [*locale.territories.values(), *locale.languages.values(), *locale.currencies.values()]
    assert legacy(names) is None
    alone = {name for name in names if legacy([name])}
    assert all("Me\xe1n-" in name or name == "me\xe4" for name in alone)


def test_mixed_texts_are_refused() -> None:
    """Where some words are of today's letters and others typed for a font, nobody can tell what x· or xã is."""
    with pytest.raises(TargettrackError) as refused:
        legacy(["C¸c chØ tiªu", "Tỷ lệ hộ nghèo"], "t.xlsx")
    (problem,) = refused.value.problems
    assert problem.message.startswith("some words seem to be typed for the old font TCVN3 (")
    assert "--encoding tcvn3" in str(problem.hint)


def test_a_person_decides_on_mixed_texts() -> None:
    """A font that is named is taken: its words are converted, those with today's letters stay; any other name is none."""
    assert legacy(["C¸c chØ tiªu", "Tỷ lệ"], encoding="TCVN3") == "tcvn3"
    assert converted("C¸c chØ tiªu: Tỷ lệ", "tcvn3") == "Các chỉ tiêu: Tỷ lệ"
    assert legacy(["C¸c chØ tiªu"], encoding="utf-8") is None


def test_half_of_a_font_is_refused() -> None:
    """Too many words that are none in the font: it is not read as garbage."""
    with pytest.raises(TargettrackError, match="typed for the old font TCVN3"):
        legacy(["N¨m vµ tØnh", "vµ Größe"], "t.csv")


@EVERY_FONT
def test_a_font_that_is_named_needs_no_words(font: Font) -> None:
    """What is too short to be told is converted where a person says so, from bytes, UTF-8 and UTF-16."""
    text = typed("xã", font)
    for encoding in ("latin-1", "utf-8", "utf-16"):
        assert decoded(text.encode(encoding), "t.csv", Wishes(encoding=font))[0] == "xã"
