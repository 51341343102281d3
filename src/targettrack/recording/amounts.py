"""Amounts: what the text of one cell says as a figure, and what a column of cells proves of its decimal sign."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from targettrack.errors import either
from targettrack.language import mark, tr
from targettrack.number import NumberError, literal, number
from targettrack.recording.vocabulary import ABOUT, AT_LEAST, FROM, MISSING, OVER, UNDER, UP_TO, flag_of
from targettrack.regex import regex

Sign: TypeAlias = Literal[".", ","]
Approx: TypeAlias = Literal["about", "over", "under"]
Why: TypeAlias = Literal[
    "no-number", "words", "digits", "code", "groups", "reversed", "inclusive", "open-range", "percent",
    "per-mille", "power", "parentheses", "minus", "limits",
]  # fmt: skip


class Amount(NamedTuple):
    """A figure: ``low`` and ``high`` are equal for one number; whether it wrote a percent sign; and the ``marks`` behind it (``p``, ``*``, ``[b]``, ``(1)``), which are to be named."""

    low: Decimal
    high: Decimal
    approx: Approx | None = None
    percent: bool = False
    marks: tuple[str, ...] = ()


class Missing(NamedTuple):
    """A cell that says that there is no figure; ``sign`` is what it says it with, ``""`` of an empty one."""

    sign: str


class Unclear(NamedTuple):
    """A figure of more than one reading; ``readings`` are plain decimals with a point, a range joined by two points."""

    readings: tuple[str, ...]
    text: str


class NoFigure(NamedTuple):
    """A text that is taken for no figure; ``why`` is ``no-number`` where it has no digit at all."""

    text: str
    why: Why


Reading: TypeAlias = Amount | Missing | Unclear | NoFigure

_WHOLE = r"-?(?:0|[1-9][0-9]{0,12})"
_PLAIN = {
    ".": regex(rf"{_WHOLE}(?:\.[0-9]{{1,6}})?"),
    ",": regex(rf"{_WHOLE}(?:,[0-9]{{1,6}})?"),
    None: regex(rf"{_WHOLE}(?:\.(?:[0-9]{{1,2}}|[0-9]{{4,6}}))?"),
}
"""Numbers that need no second look, most of all that there are."""


def amount(text: str, decimal: Sign | None, missing: Collection[str] = MISSING) -> Reading:
    """What a cell's text says, where ``decimal`` is the sign of decimals, None where it is not known; ``missing`` is what stands for no figure, beside an empty cell.

    A text with an unknown sign is taken where one sign alone makes a number of it, or both the same one.
    """
    if _PLAIN[decimal].fullmatch(text) and text not in missing:
        found = Decimal(text.replace(",", ".") if decimal == "," else text)
        found = found or found.copy_abs()
        return Amount(found, found)
    return _amount(text, decimal, missing if isinstance(missing, frozenset) else frozenset(missing))


@lru_cache(maxsize=65536)
def _amount(text: str, decimal: Sign | None, missing: frozenset[str]) -> Reading:
    bare = unicodedata.normalize("NFC", text).strip()
    if not bare or bare in missing or _marked_missing(bare, missing):
        return Missing(bare)
    parts = _parts(bare)
    if isinstance(parts, str):
        return NoFigure(bare, parts)
    if decimal:
        return _whole(parts, decimal, bare)
    return _either(parts, bare)


def _marked_missing(bare: str, missing: frozenset[str]) -> bool:
    """Whether a sign of no figure has a mark behind it, as Eurostat's ``: c``."""
    signs = [sign for sign in _by_first(missing).get(bare[0], ()) if bare.startswith(sign)]
    behind = [bare[len(sign) :] for sign in signs if not sign[-1].isalnum() or bare[len(sign)].isspace()]
    return any(rest.strip() in {"c", "z"} or marks_of(rest) for rest in behind)


@lru_cache(maxsize=64)
def _by_first(missing: frozenset[str]) -> dict[str, list[str]]:
    """Signs of no figure by their first letter."""
    found: dict[str, list[str]] = {}
    for sign in filter(None, missing):
        found.setdefault(sign[0], []).append(sign)
    return found


def _either(parts: _Parts, text: str) -> Reading:
    """The one reading that there is under either decimal sign; what both read, differently, is unclear."""
    both = [_whole(parts, sign, text) for sign in (".", ",")]
    found = [each for each in both if isinstance(each, Amount | Unclear)]
    if not found:
        return next((each for each in both if isinstance(each, NoFigure) and each.why != "groups"), both[0])
    readings = [reading for each in found for reading in _readings(each)]
    if any(map(_loose, parts.cores)):
        readings.insert(0, "..".join(core.replace(",", "").removeprefix("+") for core in parts.cores))
    unique = tuple(dict.fromkeys(readings))
    return found[0] if len(unique) == 1 else Unclear(unique, text)


def _readings(found: Amount | Unclear) -> tuple[str, ...]:
    return (_written(found),) if isinstance(found, Amount) else found.readings


def _loose(core: str) -> bool:
    """Whether a comma may part thousands that nothing else parts: ``1234,567``."""
    return re.fullmatch(r"[+-]?[1-9][0-9]{3,},[0-9]{3}", core) is not None


def _written(found: Amount) -> str:
    low, high = literal(found.low), literal(found.high)
    return low if found.low == found.high else f"{low}..{high}"


class _Parts(NamedTuple):
    """A figure whose numbers are not read yet: one, or the two ends of a range."""

    cores: tuple[str, ...]
    approx: Approx | None
    percent: bool
    marks: tuple[str, ...]
    negative: bool = False
    dashed: bool = False


SPACES = " \u00a0\u2009\u202f\u2007"
"""What parts thousands beside points, commas and apostrophes."""

_CORE = rf"[+-]?(?:[0-9](?:(?:(?!\.\.)[0-9.,'’{SPACES}])*[0-9])?(?:[.,](?!\.))?|[.,][0-9]+)(?:(?<=[0-9])[eE][+-]?[0-9]{{1,3}})?(?![0-9])"
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = regex(
    rf"""\s*(?:
        (?P<sign>\*{{1,4}}|[†‡§¶]+|[{_SUPERSCRIPT}]{{1,2}}\)?|[ᵃᵇᶜᵈᵉᶠᵍᵖʳˢᵘ])
      | \[(?P<square>[A-Za-z]{{1,3}}|[0-9]{{1,2}}|[Nn]otes?\ ?[0-9]{{1,2}}(?:,\ ?[0-9]{{1,2}})*)\]
      | \((?P<round>[1-9]|[a-z]|\*{{1,3}}|[Nn]otes?\ ?[0-9]{{1,2}}(?:,\ ?[0-9]{{1,2}})*)\)
      | \((?P<word>[^()0-9]{{2,30}})\)
    )""",
    re.VERBOSE,
)
_GLUED = regex(r"(?P<flag>[per])(?=$|[\s*\[(])")
_APART = regex(r"\s+(?P<flag>[bdefinprsuz]{1,3})(?=$|[\s*\[(])")
"""Flags of Eurostat behind a figure; what is glued to it may be a unit (``1.2b`` is a billion), but for p, e and r."""


def marks_of(rest: str) -> tuple[str, ...] | None:
    """The marks that a text behind a number consists of; None where there is something else in it."""
    found: list[str] = []
    at = 0
    while at < len(rest.rstrip()):
        match = _APART.match(rest, at) or _MARK.match(rest, at) or (None if at else _GLUED.match(rest))
        if match is None or ("word" in match.re.groupindex and match["word"] and not flag_of(match["word"])):
            return None
        found.append(match[0].strip())
        at = match.end()
    return tuple(found)


def _words(words: Sequence[str]) -> str:
    """A pattern of any of some words, the longer ones first; letters end where the word does."""
    listed = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) + (r"(?=\s)" if word[-1].isalpha() else "") for word in listed)


@cache
def _figure() -> re.Pattern[str]:
    between = rf"\s*\.\.(?!\.)\s*|\s*[-–—]\s*|\s+(?:{_words(UP_TO)})\s+"
    return re.compile(
        rf"(?:(?P<inclusive>{_words(AT_LEAST)})|(?P<about>{_words(ABOUT)})|(?P<under>{_words(UNDER)})|(?P<over>{_words(OVER)}))?\s*"
        rf"(?P<low>{_CORE})(?P<first>\s*%)?(?:(?P<between>{between})(?P<high>{_CORE})(?P<last>\s*%)?)?(?P<rest>.*)",
        re.IGNORECASE | re.DOTALL,
    )


@cache
def _from() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words(FROM)})\s+", re.IGNORECASE)


_DIGIT = regex(r"\d")
_OTHER_DIGIT = regex(rf"(?![0-9{_SUPERSCRIPT}])[\d²³¹⁰]")
_POWER = regex(r"[0-9]\s*[×·xX*]\s*10|\^|⁻")
_IN_PARENTHESES = regex(r"\((?P<inside>[^()]*[0-9][^()]*)\)(?P<rest>.*)", re.DOTALL)


_BARE = regex(r"[+-]?[0-9](?:[.,]?[0-9])*")
"""Numbers with nothing around them."""


def _parts(text: str) -> _Parts | Why:
    """The parts of a figure, or why a text is none."""
    if _BARE.fullmatch(text):
        return _Parts((text,), None, percent=False, marks=())
    if not _DIGIT.search(text):
        return "no-number"
    if _OTHER_DIGIT.search(text):
        return "digits"
    if "‰" in text:
        return "per-mille"
    if _POWER.search(text):
        return "power"
    plain = text.replace("\N{MINUS SIGN}", "-")
    plain = f"-{plain[1:]}" if plain[0] == "–" else plain
    if match := _IN_PARENTHESES.fullmatch(plain):
        return _negative(match)
    ranged = _from().match(plain)
    match = _figure().fullmatch(plain[ranged.end() :] if ranged else plain)
    if ranged and match and not match["between"]:
        return "inclusive"
    return _of_match(match, ranged=bool(ranged)) if match else _why_none(plain)


def _why_none(text: str) -> Why:
    return "minus" if re.fullmatch(r"[-–]\s+[0-9].*|.*[0-9]\s*-", text, re.DOTALL) else "words"


def _negative(match: re.Match[str]) -> _Parts | Why:
    """A number in parentheses is below zero; a short one may be a footnote, or the number of its column."""
    if re.fullmatch(r"\s*[0-9]{1,2}\s*", match["inside"]):
        return "parentheses"
    inside = _figure().fullmatch(match["inside"].strip())
    marks = marks_of(match["rest"])
    found = _of_match(inside, ranged=False) if inside else "words"
    if isinstance(found, str) or marks is None:
        return found if isinstance(found, str) else "words"
    if found.approx or len(found.cores) > 1 or found.marks or found.cores[0][0] in "+-":
        return "parentheses"
    return found._replace(negative=True, marks=marks)


def _of_match(match: re.Match[str], *, ranged: bool) -> _Parts | Why:
    if match["inclusive"]:
        return "inclusive"
    rest, last = match["rest"], match["last"] if match["between"] else match["first"]
    marks = marks_of(rest)
    if marks is None or (last and rest[:1].isalpha()):
        return _why_rest(rest)
    if match["between"] and match["first"] and not last:
        return "percent"
    approx: Approx | None = (
        "about" if match["about"] else "under" if match["under"] else "over" if match["over"] else None
    )
    if approx and match["between"]:
        return "open-range"
    cores = (match["low"], match["high"]) if match["between"] else (match["low"],)
    dashed = bool(match["between"]) and match["between"].strip() in {"-", "–", "—"} and not ranged
    return _Parts(cores, approx, bool(last), marks, dashed=dashed)


def _why_rest(rest: str) -> Why:
    bare = rest.strip()
    if re.match(r"\+|trở lên|trở xuống|or more|or less|and over|and above", bare, re.IGNORECASE):
        return "inclusive"
    return "minus" if bare in {"-", "–"} else "words"


def _whole(parts: _Parts, decimal: Sign, text: str) -> Reading:
    """A figure whose numbers are read with one decimal sign."""
    numbers = [_number(core, decimal) for core in parts.cores]
    refused = [found for found in numbers if isinstance(found, str)]
    if refused:
        return NoFigure(text, refused[0])
    low, high = (found for found in (numbers[0], numbers[-1]) if isinstance(found, Decimal))
    if parts.negative:
        low = high = low.copy_negate() if low else low
    if _ten_and_more(parts):
        return Unclear((literal(low), literal(Decimal(10) ** int(unicodedata.normalize("NFKC", parts.marks[0])))), text)
    if len(parts.cores) > 1:
        return _range(Amount(low, high, None, parts.percent, parts.marks), text, dashed=parts.dashed)
    return Amount(low, high, parts.approx, parts.percent, parts.marks)


def _ten_and_more(parts: _Parts) -> bool:
    """Whether it is a power of ten, or ten and a footnote: ``10³``."""
    return (
        parts.cores == ("10",)
        and bool(parts.marks)
        and parts.marks[0] != "¹"
        and all(sign in _SUPERSCRIPT for sign in parts.marks[0])
    )


def _range(found: Amount, text: str, *, dashed: bool) -> Reading:
    low, high = found.low, found.high
    if dashed and low < 0 <= high and high != 0:
        other = sorted((low, high.copy_negate()))
        readings = (_written(found), f"{literal(other[0])}..{literal(other[1])}")
        return Unclear(readings, text) if other[0] != other[1] else found
    if low >= high:
        return NoFigure(text, "reversed")
    return found


_INDIAN = "|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"
_FORMS = {
    sign: regex(
        rf"[+-]?(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?P<group>[{other}'’{SPACES}])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*{indian}|)"
        rf"(?:[{sign}](?P<tail>[0-9]*))?(?:[eE](?P<power>[+-]?[0-9]{{1,3}}))?"
    )
    for sign, other, indian in ((".", ",", _INDIAN), (",", ".", ""))
}
_GROUPS = regex(rf"[.,'’{SPACES}]")


@lru_cache(maxsize=65536)
def _number(core: str, decimal: Sign) -> Decimal | Why:
    """A number with one decimal sign and well-formed groups of thousands (those of India have two digits, but for the last), all its digits kept."""
    match = _FORMS[decimal].fullmatch(core)
    if match is None or not (match["whole"] or match["tail"]):
        return "groups"
    whole = _GROUPS.sub("", match["whole"])
    if len(whole) > 1 and whole[0] == "0":
        return "code"
    if match["power"] and len(whole) != len(match["whole"]):
        return "groups"
    sign = "-" if core[0] == "-" else ""
    try:
        found = number(Decimal(f"{sign}{whole or 0}.{match['tail'] or ''}e{match['power'] or 0}"))
    except NumberError:
        return "limits"
    return Decimal(literal(found))


Rule: TypeAlias = Literal["both-signs", "repeated", "below-one", "tail", "semicolon", "length"]


class Proof(NamedTuple):
    """The decimal sign of a column, and the cell (from 0) whose text proves it, by a ``rule``."""

    decimal: Sign
    cell: int
    text: str
    rule: Rule


class Conflict(NamedTuple):
    """Two cells of one column that prove different signs: no sign is that of all."""

    one: Proof
    other: Proof


def proof(texts: Iterable[str], delimiter: str | None) -> Proof | Conflict | None:
    """What the texts of cells prove of the decimal sign of all of them, in a file whose columns ``delimiter`` parts; None where each can be read both ways."""
    first: dict[Sign, Proof] = {}
    for cell, text in enumerate(texts):
        found = _proves(text) if "." in text or "," in text else None
        if found and found[0] not in first:
            rule: Rule = "semicolon" if (*found, delimiter) == (",", "tail", ";") else found[1]
            first[found[0]] = Proof(found[0], cell, text, rule)
            if len(first) == 2:
                return Conflict(*first.values())
    return next(iter(first.values()), None)


_SHORT_TAIL = regex(rf"{_WHOLE}(?P<sign>[.,])(?:[0-9]{{1,2}}|[0-9]{{4,6}})")


@lru_cache(maxsize=65536)
def _proves(text: str) -> tuple[Sign, Rule] | None:
    """The only decimal sign with which the numbers of a text can be read, and why."""
    if match := _SHORT_TAIL.fullmatch(text):
        return ("." if match["sign"] == "." else ","), "tail"
    parts = _parts(unicodedata.normalize("NFC", text).strip())
    if isinstance(parts, str):
        return None
    for core in parts.cores:
        bare = re.sub(r"[eE].*", "", core)
        if bare[-1] not in ".," and not _loose(bare) and (found := _only(bare)):
            return found, _rule(bare, found)
    return None


def _only(core: str) -> Sign | None:
    if "." not in core and "," not in core:
        return None
    point, comma = (isinstance(_number(core, sign), Decimal) for sign in (".", ","))
    return None if point == comma else "." if point else ","


def _rule(core: str, found: Sign) -> Rule:
    other = "," if found == "." else "."
    if found in core and other in core:
        return "both-signs"
    if other in core:
        return "repeated"
    whole, _, tail = core.lstrip("+-").partition(found)
    return "tail" if len(tail) != 3 else "below-one" if whole in {"", "0"} else "length"


_RULES: dict[Rule, str] = {
    "both-signs": mark('the decimal sign is "{sign}": {text} has both signs'),
    "repeated": mark('the decimal sign is "{sign}": the other sign parts thousands in {text}'),
    "below-one": mark('the decimal sign is "{sign}": {text} can only be less than one'),
    "tail": mark('the decimal sign is "{sign}": in {text} it does not stand before three digits'),
    "semicolon": mark(
        'the decimal sign is "{sign}": the columns are parted by ";", and in {text} it does not stand before three digits'
    ),
    "length": mark('the decimal sign is "{sign}": in {text} it cannot part thousands'),
}

_WHY: dict[Why, str] = {
    "no-number": mark('"{text}" is no figure'),
    "words": mark('"{text}" is a number with something else: a unit belongs into a column of its own'),
    "digits": mark('"{text}" has digits other than 0 to 9'),
    "code": mark('"{text}" begins with a zero as codes do: it is no figure'),
    "groups": mark('"{text}" is no number: its points, commas or spaces do not part thousands and decimals'),
    "reversed": mark('"{text}" is no range: its lower end comes first, and its ends are not equal'),
    "inclusive": mark('"{text}" says that number or more, or less; a figure here is about, over or under a number'),
    "open-range": mark('"{text}" is a range with a word before it: about, over and under go with one number'),
    "percent": mark('"{text}" is a range, only one end of which is a percentage'),
    "per-mille": mark('"{text}" is in per mille: write it in the unit of its indicator'),
    "power": mark('"{text}" is a power, which is written out in full'),
    "parentheses": mark(
        '"{text}" may be a number below zero, or the number of a footnote or of a column: write a minus sign for the first'
    ),
    "minus": mark('"{text}" has a minus sign that does not stand right before its number'),
    "limits": mark('"{text}" has more digits than are kept: 30, and 20 decimals'),
}


def said(found: Unclear | NoFigure | Proof | Conflict) -> str:
    """The sentence on a cell that is not taken, or on the sign that was proven."""
    if isinstance(found, Unclear):
        return tr('"{text}" may mean {numbers}', text=found.text, numbers=either(found.readings))
    if isinstance(found, NoFigure):
        return tr(_WHY[found.why], text=found.text)
    if isinstance(found, Proof):
        return tr(_RULES[found.rule], sign=found.decimal, text=found.text.strip())
    return tr(
        'one cell has the decimal sign "{sign}" ({text}), another one "{other}" ({there})',
        sign=found.one.decimal,
        text=found.one.text.strip(),
        other=found.other.decimal,
        there=found.other.text.strip(),
    )
