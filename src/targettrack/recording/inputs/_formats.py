"""Formats: what a spreadsheet shows of a number by its number format (``0.0%``, ``yyyy``, ``#,##0,``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.recording import units
from targettrack.recording.table import Broken, Dated, Percent, Value
from targettrack.regex import regex

Shows: TypeAlias = Literal["year", "quarter", "month", "day"]

_NUMBER = regex(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_INTEGER = regex(r"-?[0-9]{1,40}")


def figure(text: str) -> Decimal | None:
    """The number that a spreadsheet stored as this text: integers with all digits, others with the 15 that it shows; None where it is none."""
    if _INTEGER.fullmatch(text):
        return Decimal(text) if text[0] != "-" else Decimal(int(text))
    return digits(float(text)) if _NUMBER.fullmatch(text) else None


def digits(number: float) -> Decimal | None:
    """A float with the 15 digits that a spreadsheet shows of it, written out; None where it is infinite or none."""
    shown = f"{number:.15g}"
    if "n" in shown:
        return None
    found = Decimal(shown)
    return (Decimal(f"{found:f}") if "e" in shown else found) if found else Decimal(0)


def hundredfold(number: Decimal) -> Percent:
    """A stored share as the percentage that is shown, without zeros at its end."""
    shown = number.scaleb(2)
    whole = shown.to_integral_value()
    return Percent(Decimal(f"{whole:f}") if shown == whole else shown)


_TOKEN = regex(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.?)|_.?|\*.?|\[(?P<bracket>[^\]]*)\]?|(?P<general>general)|(?P<noon>am/pm|a/p)|(?P<code>.)',
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = regex(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_SCALED = regex(r"[0#?.],+(?![0#?,])")
_DIGITS = regex(r"[#?]|(?<![s.0])0")
"""Places for digits, other than those of a second's parts."""
_RUN = regex(r"([a-z])\1*")
_ZERO_SIGNS = frozenset("-–—−")


@dataclass
class _Section:
    """What stands between two semicolons: ``code`` without its literal text, for which a zero byte stands; ``words`` are that text."""

    code: str = ""
    words: str = ""
    general: bool = False
    condition: tuple[str, Decimal] | None = None

    def bracket(self, text: str) -> None:
        """Take in a condition, an elapsed time or a currency; colours and languages say nothing."""
        if re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
            self.code += "h"
        elif condition := _CONDITION.fullmatch(text.strip()):
            self.condition = (condition[1], Decimal(condition[2]))
        elif text.startswith("$"):
            self.literal(text[1:].partition("-")[0])

    def literal(self, text: str) -> None:
        """Take in text that is shown as it stands."""
        self.words += text
        self.code += "\0"


class Look(NamedTuple):
    """What a section makes of a number; ``unit`` is what it shows beside one, and ``power`` the power of ten that it divides it by."""

    kind: Literal["number", "percent", "date", "time", "words", "nothing"]
    shows: Shows = "day"
    power: int = 0
    zeros: int = 0
    words: str = ""
    unit: str = ""

    @property
    def measure(self) -> str:
        """The unit of the number that is stored, as its format says it; empty where that says none."""
        return _measure(self.unit, self.power) if self.unit else ""


PLAIN = Look("number")


def _sections(code: str) -> list[_Section]:
    found = [_Section()]
    for token in _TOKEN.finditer(code):
        match token.lastgroup:
            case "quoted" | "escaped":
                found[-1].literal(token[token.lastgroup])
            case "bracket":
                found[-1].bracket(token["bracket"])
            case "general":
                found[-1].general = True
            case "noon":
                found[-1].code += "h"
            case "code" if token["code"] == ";":
                found.append(_Section())
            case "code" if _is_shown(token["code"]):
                found[-1].literal(token["code"])
            case "code":
                found[-1].code += token["code"].lower()
            case _:
                found[-1].code += "\0"
    return found


def _is_shown(letter: str) -> bool:
    """Whether a letter without quotes is no code: a sign of money, or one that only some languages have."""
    return unicodedata.category(letter) == "Sc" or (letter.isalpha() and not letter.isascii())


_BESIDE = " \u00a0\u202f()[]{}<>+-–—−.,;:'’\"“”/|~≈±"
"""What may stand around a number without being a unit."""


def _unit_of(words: str) -> str:
    """The unit that a section shows beside a number: what has a letter, or is a sign for a share or for money; arrows and stars are none."""
    bare = " ".join(words.split()).strip(_BESIDE)
    says = any(letter.isalpha() or letter in "%‰" or unicodedata.category(letter) == "Sc" for letter in bare)
    return bare if says else ""


_POWERS = {"k": 3, "m": 6, "b": 9, "t": 12}
"""Letters for thousands and more, beside a number that is divided by as much."""


@lru_cache(maxsize=1024)
def _measure(text: str, power: int) -> str:
    """The unit of a number that is shown divided by a power of ten: without the word for that; with the power where the word says another."""
    if not power or _POWERS.get(text.casefold()) == power:
        return "" if power else text
    found = units.unit(text)
    if found is None or found.scale == 1:
        return text if found else f"{text} ÷ 10^{power}"
    if found.scale != Decimal(10) ** power:
        return f"{text} ÷ 10^{power}"
    return units.unscaled(text)


def _look(section: _Section) -> Look:
    code = re.sub(r"e[+-]", "", section.code)
    if not _DIGITS.search(code):
        if shows := _shows(code):
            return Look("date", shows)
        if re.search("[hs]", code):
            return Look("time")
    if "%" in code:
        return Look("percent")
    unit = _unit_of(section.words)
    if section.general or "@" in code:
        return Look("number", unit=unit)
    if re.search("[0#?]", code):
        zeros = len(code) if re.fullmatch("0{2,}", code) else 0
        scaled = _SCALED.search(code)
        return Look("number", power=3 * scaled[0].count(",") if scaled else 0, zeros=zeros, unit=unit)
    shown = (section.words + re.sub(r"[\0,.]", "", code)).strip()
    return Look("words", words=shown) if shown else Look("nothing")


def _shows(code: str) -> Shows | None:
    """How much of a day a format shows; None where it shows none: an ``m`` beside hours or seconds is minutes."""
    runs = [run[0] for run in _RUN.findall(code)]
    months = any(
        run == "m" and not ("h" in runs[:place][-1:] or "s" in runs[place + 1 :][:1]) for place, run in enumerate(runs)
    )
    if "d" in runs:
        return "day"
    if "q" in runs and "y" in runs:
        return "quarter"
    if months:
        return "month"
    return "year" if {"y", "e", "b"} & set(runs) else None


@frozen(eq=True, slots=False)
class Format:
    """A number format: its sections, each with the condition that it states."""

    looks: tuple[tuple[tuple[str, Decimal] | None, Look], ...]

    def look(self, number: Decimal) -> Look:
        """The section that applies to a number: by its condition, else by its sign."""
        if any(condition for condition, _ in self.looks):
            return next((look for condition, look in self.looks if not condition or _holds(condition, number)), PLAIN)
        if number < 0 and len(self.looks) > 1:
            return self.looks[1][1]
        return self.looks[2][1] if number == 0 and len(self.looks) > 2 else self.looks[0][1]


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, limit = condition
    return (
        (number < limit and "<" in sign) or (number > limit and ">" in sign) or (number == limit and sign.endswith("="))
    )


@lru_cache(maxsize=4096)
def format_of(code: str) -> Format:
    """What a format's code says; the fourth section is for text."""
    return Format(tuple((section.condition, _look(section)) for section in _sections(code)[:3]))


UNSEEN = mark("some cells hold a number that their format does not show, as {cell}: the number is taken")
SCALED = mark(
    "some cells are shown in thousands or millions by their format, as {cell}: the number that the cell holds is taken"
)


@dataclass
class Notes:
    """What is said once of a whole workbook, with the first cell that it is true of."""

    first: dict[str, str] = field(default_factory=dict)

    def note(self, sentence: str, cell: str) -> None:
        """Keep a sentence with the first cell that it is true of."""
        self.first.setdefault(sentence, cell)

    def said(self) -> tuple[str, ...]:
        """The sentences."""
        return tuple(tr(sentence, cell=cell) for sentence, cell in self.first.items())


def shown(number: Decimal, code: str, *, since_1904: bool = False) -> tuple[Value, str | None]:
    """A number as its format shows it, and what is to be said of it.

    A percentage, a day, a time or words alone (``"n/a"`` for zero) as they are shown; a code of a fixed length (format ``00``) with its zeros, as text;
    otherwise the number that is stored.
    """
    look = format_of(code).look(number)
    match look.kind:
        case "percent":
            return hundredfold(number), None
        case "date":
            return day_of(number, look.shows, since_1904=since_1904), None
        case "time":
            return _clock(number), None
        case "words" if number or not set(look.words) <= _ZERO_SIGNS:
            return look.words, None
        case "nothing":
            return number, UNSEEN
    if look.zeros and number >= 0 and number == number.to_integral_value() and number < Decimal(10) ** (look.zeros - 1):
        return f"{int(number):0{look.zeros}d}", None
    return number, SCALED if look.power else None


def beside(words: str, power: int) -> str:
    """The unit that words beside a number say of the one that is stored, which they show divided by a power of ten."""
    return Look("number", power=power, unit=_unit_of(words)).measure


def measure(number: Decimal, code: str) -> str:
    """The unit that a format shows beside a number, as that of the number that is stored; empty where it shows none."""
    return format_of(code).look(number).measure if code != "General" else ""


def day_of(number: Decimal, shows: Shows, *, since_1904: bool) -> Value:
    """The day of a serial number; a text where it has a time, broken where a spreadsheet shows no day for it.

    Excel counts 1900-02-29, a day that never was: what lies before it is one day later than its number says.
    """
    if not 0 <= number < 2_958_466:
        return Broken("error", "######")
    if since_1904:
        begin = datetime(1904, 1, 1)  # noqa: DTZ001 - cells know no zones
    else:
        if number < 1 or 60 <= number < 61:
            return Broken("error", "1900-01-00" if number < 1 else "1900-02-29")
        begin = datetime(1899, 12, 31) if number < 60 else datetime(1899, 12, 30)  # noqa: DTZ001 - as above
    try:
        moment = begin + timedelta(seconds=round(number * 86400))
    except OverflowError:
        return Broken("error", "######")
    return moment_of(moment, shows)


def moment_of(moment: datetime, shows: Shows) -> Value:
    """A moment as a day; as text where it is not its beginning."""
    return Dated(moment.date(), shows) if moment.time() == datetime.min.time() else moment.isoformat(timespec="seconds")


def _clock(number: Decimal) -> str:
    """Hours, minutes and seconds: ``08:30``, ``26:15``, ``00:00:05``."""
    seconds = round(abs(number) * 86400)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    sign = "-" if number < 0 else ""
    return f"{sign}{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def trimmed(rows: list[Sequence[Value]]) -> list[Sequence[Value]]:
    """Rows without the empty ones at the end."""
    while rows and not rows[-1]:
        rows.pop()
    return rows
