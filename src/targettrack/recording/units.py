"""Units: what a text says of the unit that figures are in, whether it is that of an indicator, and by what one goes into the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from targettrack.language import tr
from targettrack.number import EXACT, literal, plain
from targettrack.program.names import fold
from targettrack.recording import vocabulary
from targettrack.recording.written import value_of
from targettrack.regex import regex


class Unit(NamedTuple):
    """A unit as a table calls it: ``base`` is what is counted (``VND``; empty where only a scale is said, ``in thousands``), ``scale`` how many of these one of it is (1000000 of ``triệu đồng``); ``known`` is false of a word that nobody agreed on."""

    text: str
    base: str
    scale: Decimal = Decimal(1)
    known: bool = True

    @property
    def same(self) -> tuple[str, Decimal]:
        """By what two units mean the same."""
        return self.base, self.scale


_SCALES: Mapping[int, str] = {
    1: "chục|tens",
    2: "trăm|hundred|hundreds|hundert",
    3: "nghìn|ngàn|nghin|ngan|ngh|thousand|thousands|thous|tausend|tsd|millier|milliers|k",
    4: "vạn",
    5: "lakh|lakhs",
    6: "triệu|trieu|tr|million|millions|millionen|mill|mil|mio|mn|mln|mm",
    7: "crore|crores",
    9: "tỷ|tỉ|ty|ti|billion|billions|bill|bil|bn|bln|mrd|mia|md|milliarde|milliarden|milliard|milliards",
    12: "trillion|trillions|trn|tn|billionen",
}
"""Words for powers of ten; a German Billion is 12, and is not among them."""
_MONEY: Mapping[str, str] = {
    "VND": "đồng|đ|vnd|vnđ|₫|dong|dongs|việt nam đồng|đồng việt nam|vietnamese dong|viet nam dong|vietnam dong|vietnamese dongs",
    "USD": "usd|us$|$|us dollar|us dollars|dollar|dollars|đô la|đô-la|đôla|đô la mỹ|đôla mỹ|u.s. dollars",
    "EUR": "eur|€|euro|euros",
    **{code: f"{code.casefold()}|{more}" for code, more in (
        ("GBP", "£|pounds|pound sterling"), ("JPY", "¥|yen"), ("CNY", "rmb|yuan|nhân dân tệ"), ("INR", "₹|rupees"), ("KRW", "₩|won"),
        ("CAD", "ca$|c$"), ("AUD", "a$"), ("CHF", "sfr"), ("THB", "฿|baht"), ("SGD", "s$"), ("SEK", "skr"), ("XDR", "sdr"),
    )},
}  # fmt: skip
_SHARES: Mapping[str, str] = {
    "%": "%|percent|per cent|percentage|pct|phần trăm|prozent|pour cent|pourcentage|v.h.",
    "‰": "‰|per mille|per mill|phần nghìn|phần ngàn|promille|pour mille",
    "pp": "pp|percentage points|percentage point|điểm phần trăm|điểm %|prozentpunkte|points de pourcentage",
}
_MEASURES: Mapping[str, tuple[str, Decimal]] = {
    word: (base, Decimal(scale))
    for base, listed in {
        "t": "tấn:1|tonne:1|tonnes:1|ton:1|tons:1|metric tons:1|metric tonnes:1|tonnen:1|tan:1|kt:1000|mt:1000000|kg:0.001|kilogram:0.001|kilograms:0.001|kilogam:0.001|tạ:0.1|yến:0.01",
        "ha": "ha:1|hectare:1|hectares:1|hecta:1|héc ta:1|hektar:1|km2:100|km²:100|sq km:100|m2:0.0001|m²:0.0001",
        "km": "km:1|kilometre:1|kilometres:1|kilometers:1|kilometer:1",
        "m3": "m3:1|m³:1|lít:0.001|litre:0.001|litres:0.001|liters:0.001",
        "kWh": "kwh:1|mwh:1000|gwh:1000000|twh:1000000000",
        "MW": "mw:1|kw:0.001|gw:1000",
        "toe": "toe:1|ktoe:1000|mtoe:1000000",
        "J": "gj:1000000000|tj:1000000000000|pj:1000000000000000",
        "CO2": "tấn co2:1|tco2:1|tco2e:1|t co2:1|t co2e:1|tonnes co2:1|ktco2e:1000|mtco2e:1000000|tấn co2tđ:1",
    }.items()
    for each in listed.split("|")
    for word, _, scale in [each.rpartition(":")]
}  # fmt: skip
"""What is measured, with how many of the base one of it is."""
_COUNTED: Mapping[str, str] = {
    "person": "người|nguoi|persons|people|person|personen|personnes|inhabitants|nhân khẩu|lao động|lượt người|lượt khách",
    "household": "hộ|households|household|hộ gia đình|haushalte|ménages",
    "enterprise": "doanh nghiệp|enterprises|enterprise|companies|businesses|unternehmen|entreprises",
    **{word: word for word in (
        "cơ sở", "hợp tác xã", "cái", "chiếc", "con", "cây", "trường", "xã", "giường", "sản phẩm", "dự án", "vụ", "lớp", "phòng", "lần",
        "điểm", "giờ", "ngày", "tháng", "năm", "tuổi", "bộ", "trạm", "thuê bao", "chuyến", "hồ sơ", "việc làm", "suất",
    )},
    **{word: f"{word}|{word}s" for word in ("project", "product", "school", "bed", "case", "hour", "day", "month", "year", "tree", "vehicle", "unit", "point", "job", "visit", "item")},
}  # fmt: skip
"""What is counted: plain words, which are units only where nothing else can stand."""
_INDEX = regex(r"(?:[12][0-9]{3}|năm trước|previous year) ?= ?100")


@cache
def _scales() -> dict[str, int]:
    return {word: power for power, listed in _SCALES.items() for word in listed.split("|")}


@cache
def _bases() -> dict[str, tuple[str, Decimal]]:
    """All bases by their words, with how many of the base one is."""
    named = {
        word: (base, Decimal(1))
        for listed in (_COUNTED, _SHARES, _MONEY)
        for base, words in listed.items()
        for word in words.split("|")
    }
    return named | dict(_MEASURES)


_NUMERAL = regex(
    r"(?:1[., \u00a0]?000(?:[., \u00a0]?000)*|['’]?000(?:['’., \u00a0]?000)*|10\^?[36912]|10[³⁶⁹])(?![0-9])"
)
_ADJECTIVE = regex(
    r"(?:current|constant|nominal|real|international|in|of|d['’]|de|des)\b\s*(?:[12][0-9]{3}\b)?\s*(?:prices\b)?\s*"
)
_BARE = " \t.:;,*-–—"


def _power(text: str) -> int:
    """The power of ten that a numeral before a unit is: 3 of ``1.000`` and ``'000``."""
    if text.startswith("10") and not text.startswith(("1000", "100")):
        return int(unicodedata.normalize("NFKC", text[2:]).lstrip("^"))
    return text.count("0")


@lru_cache(maxsize=4096)
def unit(text: str) -> Unit | None:
    """The unit that a text is, whole: ``triệu đồng``, ``1000 tấn``, ``% GDP``, ``mill. USD``, ``đồng/kg``, ``thousands``; None of any other text."""
    shown = " ".join(unicodedata.normalize("NFC", text).split()).strip(_BARE)
    bare, power = shown.casefold(), 0
    if _INDEX.fullmatch(bare):
        return Unit(shown, bare)
    first, money = _money_before(bare)
    bare = first
    while bare:
        rest, found = _without_scale(bare)
        if found is None:
            break
        bare, power = rest, power + found
    base = money or _base(_ADJECTIVE.sub("", bare, count=1) if bare else "")
    if base is None or (not power and not base[0]):
        return None
    scale = EXACT.multiply(base[1], Decimal(10) ** power)
    return Unit(shown, base[0], plain(scale))


def unscaled(text: str) -> str:
    """A unit without its word for a power of ten: ``đồng`` of ``tỷ đồng``, ``US$`` of ``US$ million``; empty where it is nothing else."""
    shown = " ".join(text.split()).strip(_BARE)
    rest, money = _money_before(shown.casefold())
    if money is not None:
        return shown.partition(" ")[0]
    while rest:
        rest, found = _without_scale(rest)
        if found is None:
            break
    return shown[len(shown) - len(rest) :] if rest else ""


def _money_before(text: str) -> tuple[str, tuple[str, Decimal] | None]:
    """A scale behind a currency (``US$ million``) without it, and the currency; a text as it is where there is none."""
    word, _, rest = text.partition(" ")
    known = {each: base for base, listed in _MONEY.items() for each in listed.split("|")}
    if word in known and rest and _all_scale(rest):
        return rest, (known[word], Decimal(1))
    return text, None


def _all_scale(text: str) -> bool:
    while text:
        text, found = _without_scale(text)
        if found is None:
            return False
    return True


def _without_scale(text: str) -> tuple[str, int | None]:
    """A text without the power of ten that it begins with, and that; None where it begins with none."""
    if numeral := _NUMERAL.match(text):
        return text[numeral.end() :].lstrip(_BARE), _power(numeral[0])
    word = re.match(r"[^\W\d_]+", text)
    if word is None:
        return text, None
    rest = text[word.end() :]
    if word[0] in {"k", "mm", "m", "md", "ti", "ty", "tr", "mil"} and not rest[:1]:
        return text, None
    known = _scales().get(word[0])
    if known is not None and (known_rest := rest.lstrip(_BARE)) is not None:
        return known_rest, known
    short = re.match(r"(?:tr|ng|ngh|k)\.?(?=(?:đ|vnđ|vnd|đồng|usd)\b)", text)
    if short:
        return text[short.end() :], 6 if short[0].startswith("tr") else 3
    return text, None


def _base(text: str) -> tuple[str, Decimal] | None:
    """What a text without its scale counts; an empty one counts nothing; of a ratio (``đồng/kg``) what stands first, with the rest."""
    bare = text.strip(_BARE)
    if not bare:
        return "", Decimal(1)
    found = _bases().get(bare)
    if found is not None:
        return found
    above, sign, below = (
        re.split(r"(\s*/\s*|\s+per\s+|\s+trên\s+|\s+pro\s+|\s+par\s+)", bare, maxsplit=1)
        if re.search(r"/|\s(?:per|trên|pro|par)\s", bare)
        else (bare, "", "")
    )
    ratio = unit(above) if sign and below.strip() and len(below.split()) <= _WORDS else None
    if ratio is not None and ratio.base:
        return f"{ratio.base}/{fold(below)}", ratio.scale
    percent = re.fullmatch(r"%\s*(?:of |der |des |du |de )?(?P<whole>[^%\d]{2,40})", bare)
    return (f"% {fold(percent['whole'])}", Decimal(1)) if percent and len(percent["whole"].split()) <= _WORDS else None


_WORDS = 4


_KINDS: tuple[tuple[str, Collection[str]], ...] = (("money", _MONEY), ("share", _SHARES), ("count", _COUNTED))


def kind(found: Unit | None) -> str | None:
    """What sort of thing a unit counts: money, a share, a count or a measure; None where only a scale is said, and of an unknown word."""
    if found is None or not found.base or not found.known or "/" in found.base:
        return None
    if found.base.startswith("%"):
        return "share"
    named = next((name for name, bases in _KINDS if found.base in bases), None)
    return named or ("measure" if any(found.base == base for base, _ in _MEASURES.values()) else None)


def is_sign_of(found: Unit, others: Iterable[Unit]) -> bool:
    """Whether a unit is no more than the sign of another one, which says how many of it: ``$`` beside ``USD million``."""
    return found.known and found.scale == 1 and any(each.base == found.base for each in others)


def is_plain(found: Unit) -> bool:
    """Whether a unit is a plain word, as ``người``, which may also be no unit where it stands alone."""
    return found.base in _COUNTED and found.scale == 1


# ---------------------------------------------------------------- where texts say units

STATED = regex(
    r"(?i)(?:\b(?:đơn vị(?: tính)?|đvt|đ\.v\.t\.?|units?(?: of measure(?:ment)?)?|einheit(?:en)?|maßeinheit|unités?(?: de mesure)?|don vi(?: tinh)?|dvt)\s*[:=]|\b(?:đơn vị tính|đvt|đ\.v\.t\.?)\b(?!\s*[:=]))\s*(?P<unit>[^)\]|]*)"
)
"""How a unit is said beside a table."""


def is_statement(text: str) -> bool:
    """Whether a text says a unit behind a word for it, and is not that word alone, as a header has it."""
    match = STATED.search(text)
    return match is not None and (":" in match[0] or match["unit"].strip() != "")


_BRACKETS = regex(r"[(\[]([^()\[\]]*)[)\]]")
_IN = regex(
    r"(?i)(?:^|[\s,;:(])(?:in|tính bằng|tính theo|tinh bang|angaben in|en|expressed in|measured in)\s+(?:der einheit\s+)?(?P<rest>\S.*)$"
)
_TAIL = regex(r"(?:,|;|:|\s[-–—]|[-–—]\s)\s*(?P<rest>[^,;:()]+)$")
_CUT = regex(r"[,;()\[\]]|\.\s|\s[-–—]\s")
_AGAIN = regex(r"(?i)\s*(?:[-–—/;,(]\s*)?(?:unit|units|đơn vị(?: tính)?|đvt)\s*[:=]\s*")


def said(text: str, known: Collection[str] = ()) -> tuple[Unit, ...]:
    """The units that a header, a title or a note says: behind a word for it, in brackets, behind ``in`` or a comma, or as the whole text, unless that is a plain word; ``known`` are texts that are units in this program, or by the mapping."""
    shown = " ".join(unicodedata.normalize("NFC", text).split())
    if match := STATED.search(shown):
        return tuple(_each(_AGAIN.split(match["unit"]), known))
    alone = whole(shown, known)
    if alone is not None:
        return () if is_plain(alone) and shown[0] not in "([" else (alone,)
    found = [*(inside for group in _BRACKETS.findall(shown) for inside in _inside(group, known))]
    outside = _BRACKETS.sub(" ", shown).strip(_BARE)
    return tuple(dict.fromkeys((*found, *_worded(outside, known))))


def whole(text: str, known: Collection[str] = ()) -> Unit | None:
    """The unit that a cell is, in brackets or without; none of what may be the header of a column, as ``năm``."""
    return None if vocabulary.role_of(text) else _known(text.strip(" ()[]"), known)


def of_header(text: str, known: Collection[str], *, alone: bool) -> tuple[Unit, ...]:
    """The units that one row of a header says, with signs that may be a unit that nobody knows; a plain word is one where it may stand ``alone``."""
    found = whole(text, known)
    if found is not None and text.startswith("%") and not any(alike(text, each) for each in known):
        found = Unit("%", "%")
    if found is not None:
        plain_word = kind(found) in {None, "count"} and found.scale == 1
        return (found,) if alone or not plain_word else ()
    said_ = said(text, known)
    unknown = signs(text) if not said_ and vocabulary.role_of(text) else ""
    return (unit(unknown) or Unit(unknown, unknown, known=False),) if unknown else said_


def _each(texts: Iterable[str], known: Collection[str]) -> Iterator[Unit]:
    """What stands behind a word for a unit: each part that is one, else all of it, which nobody knows."""
    for text in filter(None, (each.strip(" .;,") for each in texts)):
        parts = [_known(part, known) for part in _PARTED.split(text)]
        whole = _known(text, known)
        if whole is not None:
            yield whole
        elif all(parts):
            yield from filter(None, parts)
        else:
            yield Unit(text, fold(text), known=False)


_PARTED = regex(r"\s*[,;]\s*|\s+(?:và|and|und|et)\s+")


def _known(text: str, known: Collection[str]) -> Unit | None:
    """A text that is a unit: one of those that are known here, or that everybody knows."""
    bare = " ".join(text.split()).strip(" .;,")
    found = unit(bare)
    if found is None and bare and any(alike(bare, each) for each in known):
        return Unit(bare, fold(bare) or bare)
    return found


def _inside(text: str, known: Collection[str]) -> list[Unit]:
    """The units in brackets: all that they hold, its parts, or what stands behind a word for them; none where the first part is no unit."""
    whole = _known(text, known)
    if whole is not None:
        return [whole]
    parts = [_known(part, known) for part in _PARTED.split(text)]
    if parts and parts[0] is not None:
        return [part for part in parts if part is not None]
    return [each for each in _worded(text, known) if each.known]


def _worded(text: str, known: Collection[str]) -> Iterator[Unit]:
    """The unit of ``Revenue in million VND``, ``Sản lượng, nghìn tấn`` and ``% hộ nghèo``; a plain word is none there."""
    for match in filter(None, (_IN.search(text), _TAIL.search(text))):
        rest = _CUT.split(match["rest"])[0]
        found = _known(rest, known) or _longest(rest)
        if found is not None and not is_plain(found):
            yield found
            return
    last = _last(text)
    if last is not None:
        yield last
    elif re.match(r"%\s*[^\W\d]", text) or re.search(r"[^\W\d]\s*%$", text):
        yield Unit("%", "%")


def _longest(text: str) -> Unit | None:
    """The longest beginning of a text that is a unit with something that it counts."""
    words = text.split()
    found = (unit(" ".join(words[:end])) for end in range(min(len(words), _WORDS), 0, -1))
    return next((each for each in found if each is not None and each.base and not is_plain(each)), None)


def _last(text: str) -> Unit | None:
    """The longest end of a text that is a scale and what it counts: ``Doanh thu triệu đồng``."""
    words = text.split()
    found = (unit(" ".join(words[at:])) for at in range(max(1, len(words) - _WORDS), len(words) - 1))
    return next(
        (each for each in found if each is not None and each.base and each.scale != 1 and each.base not in _COUNTED),
        None,
    )


@lru_cache(maxsize=4096)
def without(text: str) -> str:
    """A header without the unit in brackets, behind a comma or ``in``: ``2015`` of ``2015 (%)``; as it is where it says none."""
    bare = _BRACKETS.sub(lambda match: " " if _inside(match[1], ()) else match[0], text)
    for form in (_TAIL, _IN):
        tail = form.search(bare)
        if tail and unit(tail["rest"]) is not None:
            bare = bare[: tail.start()]
    return " ".join(bare.split())


_SIGNS = regex(r"[^\w\s()\[\]{}.,:;*_/\\|'’\"“”\-–—+&#?!·•]+")


def signs(text: str) -> str:
    """The signs of a header that are no letters, digits or punctuation: ``€``; they may be a unit that nobody knows."""
    return " ".join(_SIGNS.findall(text))


# ---------------------------------------------------------------- whether it is the indicator's


def alike(one: str, other: str) -> bool:
    """Whether two texts are one unit as they are written."""
    return _compared(one) == _compared(other)


def _compared(text: str) -> str:
    return " ".join(text.casefold().split()).replace("per cent", "%").replace("percent", "%")


def factor(text: str, into: str) -> Decimal | None:
    """By what figures in one unit are to be multiplied to be in another; None where that is not known."""
    one, other = unit(text), unit(into)
    if one is None:
        return None
    if other is None and not one.base:
        return one.scale
    if other is None or (one.base != other.base and one.base and other.base):
        return None
    found = EXACT.divide(one.scale, other.scale)
    return plain(found) if EXACT.multiply(found, other.scale) == one.scale else None


def hint(text: str, into: str | None) -> str:
    """What a mapping is to say of a unit that is not the one of the indicator."""
    name = value_of(text)
    if into is None:
        found = unit(text)
        times = literal(found.scale) if found is not None and found.scale != 1 else "1"
        return tr(
            "say in the mapping by what to multiply: [units] {name} = {{ multiply = {times} }}; multiply = 1 where the figures are what is meant",
            name=name,
            times=times,
        )
    times_ = factor(text, into)
    if times_ == 1:
        return tr("say in the mapping that it is the same: [units] {name} = {unit}", name=name, unit=value_of(into))
    if times_ is not None:
        return tr(
            "say in the mapping by what to multiply: [units] {name} = {{ multiply = {times} }}",
            name=name,
            times=literal(times_),
        )
    return tr(
        "say in the mapping that it is the same: [units] {name} = {unit}; or, where one of it is a thousand of these, {{ multiply = 1000 }}, where a thousand of it are one, {{ multiply = 0.001 }}",
        name=name,
        unit=value_of(into),
    )
