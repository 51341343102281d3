"""Stretches: what a cell says as a period, in the ways of several countries, and what a column of cells proves of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from targettrack import period as periods
from targettrack.errors import either
from targettrack.language import mark, tr
from targettrack.period import Period, PeriodError, Year, plus_months
from targettrack.recording.amounts import Missing, marks_of
from targettrack.recording.table import Dated
from targettrack.recording.vocabulary import MISSING, MONTHS, flag_of, says_actual
from targettrack.regex import regex

Rule: TypeAlias = Literal[
    "first-january",
    "last-december",
    "first-months",
    "day-first",
    "month-first",
    "fiscal",
    "months",
    "spans",
    "t-months",
    "roman-months",
]


class Because(NamedTuple):
    """Why something was decided of a column: a rule, and a text that shows it."""

    rule: Rule
    text: str


class Decided(NamedTuple):
    """What is known of all periods of a column, proven by it or said by a person.

    ``stand``: what the days of a series stand for: the year that they are the first, or the last, day of, their quarter, their month, or themselves.
    ``stamps``: the first days of months may stand for more than a day, and with ``quarterly`` days, and months, for their quarters, which nothing proves.
    ``day_first``: ``9/1/2015`` is in January. ``fiscal``, ``months``, ``spans``: what ``2010-11`` and ``2010-2011`` are. ``t_months``: ``T1`` is a month, as in Vietnamese, and no quarter; ``roman_months``: ``IV/2013`` is one.
    ``fiscal_named``: after which of its two years ``FY2018`` is called.
    """

    stand: Literal["year", "quarter", "month", "day"] | None = None
    stamps: bool = False
    quarterly: bool = False
    day_first: bool | None = None
    fiscal: bool = False
    months: bool = False
    spans: bool = False
    t_months: bool = False
    roman_months: bool = False
    fiscal_named: Literal["begin", "end"] | None = None
    why: tuple[Because, ...] = ()


UNDECIDED = Decided()
STAMPED = Decided(stamps=True, quarterly=True)
"""Nothing is decided of days that may stand for more."""


class UnclearPeriod(NamedTuple):
    """A period of more than one reading; ``readings`` are periods of this program, and ``fiscal`` says that it may be a fiscal year too, which this program does not have."""

    text: str
    readings: tuple[str, ...]
    fiscal: bool = False


class NoPeriod(NamedTuple):
    """A cell that says no period; the ``sentence`` says why."""

    sentence: str


Reading: TypeAlias = Period | Missing | UnclearPeriod | NoPeriod


def stretch(value: object, year: Year, decided: Decided = UNDECIDED) -> Reading:
    """The period that a cell says, in a program whose years begin with ``year``; its text is as a program file writes it."""
    try:
        if isinstance(value, str):
            return Missing(value.strip()) if value.strip() in MISSING else _read(value, year, decided)
        if isinstance(value, Dated):
            return _dated(value, year, decided)
        if isinstance(value, Decimal) and (whole := _whole_number(value)):
            return _read(whole, year, decided)
        return NoPeriod(tr("this is no period; a period is {forms}", forms=tr(periods.FORMS)))
    except PeriodError as error:
        return NoPeriod(str(error))


def _whole_number(value: Decimal) -> str | None:
    return str(int(value)) if abs(value) < 10**9 and value == value.to_integral_value() else None


def _dated(value: Dated, year: Year, decided: Decided) -> Reading:
    """The period that a cell with a day shows: a whole one where its format shows no day."""
    day = value.day
    if value.shows == "day":
        return _read(day.isoformat(), year, decided)
    if value.shows == "month":
        return _resolved(f"{day:%Y-%m}", _as_month(f"{day:%Y-%m}", decided), year)
    return periods.period(f"{day.year:04}" if value.shows == "year" else _quarter_of(f"{day:%Y-%m}"), year)


def _quarter_of(text: str) -> str:
    """The quarter of a day or a month."""
    return f"{text[:4]}-Q{(int(text[5:7]) + 2) // 3}"


def _as_month(text: str, decided: Decided) -> Sequence[str]:
    """The month that a cell of a spreadsheet shows, and the quarter that it may stand for."""
    if decided.stand == "quarter":
        return (_quarter_of(text),)
    return (text, _quarter_of(text)) if decided.quarterly and decided.stand is None else (text,)


@lru_cache(maxsize=8192)
def _read(text: str, year: Year, decided: Decided) -> Period | UnclearPeriod:
    """The period of a text; what is refused is not kept, so that it is said in the language of the moment."""
    bare = _plain(text)
    for pattern, readings in _FORMS if any(map(str.isdigit, bare)) else ():
        if match := _form(pattern).fullmatch(bare):
            return _resolved(text.strip(), readings(match, decided), year)
    return periods.period(text.strip(), year)


def _plain(text: str) -> str:
    """A text with plain spaces and hyphens."""
    bare = " ".join(unicodedata.normalize("NFC", text).split())
    return re.sub("[–—‑−]", "-", bare)


_FISCAL = regex(r"(?P<y>[0-9]{4})/(?P<two>[0-9]{2})(-[SQ][1-4])?")


def _follows(reading: str) -> bool:
    """Whether a reading is a fiscal year, or a part of one."""
    match = _FISCAL.fullmatch(reading)
    return match is not None and _fiscal_of(int(match["y"]), int(match["two"])) is not None


def _resolved(text: str, readings: Sequence[str], year: Year) -> Period | UnclearPeriod:
    """The one period that readings are, or all that there are.

    Raises:
        PeriodError: none of them is one.

    """
    found: dict[Period, None] = {}
    refused: list[PeriodError] = []
    lacking = not year.fiscal and any(map(_follows, readings))
    for reading in readings:
        try:
            found.setdefault(periods.period(reading, year))
        except PeriodError as error:
            refused.append(error)
    if not found:
        raise PeriodError(periods.no_fiscal_year(text)) if lacking else refused[0]
    if len(found) == 1 and not lacking:
        return next(iter(found))
    return UnclearPeriod(text, tuple(each.text for each in found), lacking)


Readings: TypeAlias = Callable[[re.Match[str], Decided], Sequence[str]]

_Y = r"(?P<y>[12][0-9]{3})"
_Q = r"(?P<q>[1-4]|iv|i{1,3})"
_M = r"(?P<m>0?[1-9]|1[0-2])"
_N = r"(?P<n>0?[1-9]|1[0-2])"
_S = r"\s*(?:[/.,-]|năm|of|de)?\s*"
_NTH = r"(?:(?P<q>[1-4]|iv|i{1,3})(?:\.|st|nd|rd|th|er|e|ème|[ºª°])?|(?P<word>first|second|third|fourth))"
_NAME = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_WORDS_OF_YEARS = "năm|cả năm|year|cy|calendar year|whole year|full year|jahr|année|annee"
_PART = r"(?:\s*[-/]?\s*(?P<part>[qsh][1-4]))?"
_PAIR = r"(?P<y>[12][0-9]{3})\s*(?P<sep>[/-])\s*"
_PERIOD_WORDS = "giai đoạn|thời kỳ|period|zeitraum|période"

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}


def _nth(match: re.Match[str]) -> int:
    text = (match["q"] or match["word"]).casefold()
    return _ROMAN.get(text) or int(text)


def _quarter(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    return (f"{match['y']}-Q{_nth(match)}",)


def _half(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    return (f"{match['y']}-S{_nth(match)}",)


def _year(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    return (match["y"],)


def _span_of(first: date, count: int) -> str:
    """The shortest text of some months from a day on."""
    return periods.name(first, plus_months(first, count) - timedelta(days=1))


def _months_of(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    """Some months from the beginning of a year, or up to its end."""
    count, last = int(match["n"]), "cuối" in match[0].casefold()
    return (_span_of(date(int(match["y"]), 13 - count if last else 1, 1), count),)


def _from_to(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    return (f"{match['y']}-{_month_number(match['m']):02}/{match['y']}-{_month_number(match['n']):02}",)


def _month_number(text: str) -> int:
    return MONTHS.get(text.casefold()) or int(text)


def _month(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    return (f"{match['y']}-{int(match['m']):02}",)


def _named_month(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    return (f"{match['y']}-{_month_number(match['name']):02}",)


def _named_day(match: re.Match[str], decided: Decided) -> Sequence[str]:
    return _as_day(f"{match['y']}-{_month_number(match['name']):02}-{int(match['d']):02}", decided)


def _t(match: re.Match[str], decided: Decided) -> Sequence[str]:
    """``T1``: a month in Vietnamese, a quarter in French."""
    month = f"{match['y']}-{int(match['m']):02}"
    quarter = f"{match['y']}-Q{int(match['m'])}" if int(match["m"]) <= 4 and match["m"][0] != "0" else None
    return (month,) if decided.t_months or quarter is None else (month, quarter)


def _roman(match: re.Match[str], decided: Decided) -> Sequence[str]:
    """``IV/2013``: the fourth quarter, or the fourth month in a column that has a fifth; ``V/2013`` is a month."""
    number = _ROMAN_MONTHS.index(match["roman"].casefold()) + 1
    if number > _QUARTERS or decided.roman_months:
        return (f"{match['y']}-{number:02}",)
    return (f"{match['y']}-Q{number}",)


_ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_QUARTERS = 4


def _months_or_month(match: re.Match[str], decided: Decided) -> Sequence[str]:
    """``9M 2015``: nine months, or the ninth."""
    return (*_months_of(match, decided), f"{match['y']}-{int(match['n']):02}")


def _as_day(text: str, decided: Decided) -> Sequence[str]:
    """A day, and the month, the quarter or the year that it may stand for."""
    if decided.stand == "year" and text[4:] in {"-01-01", "-12-31"}:
        return (text[:4],)
    if decided.stand in {"month", "quarter"}:
        return (text[:7] if decided.stand == "month" else _quarter_of(text),)
    if decided.stand == "day" or not decided.stamps or not text.endswith("-01"):
        return (text,)
    quarter = [_quarter_of(text)] if decided.quarterly and int(text[5:7]) % 3 == 1 else []
    return (text, text[:7], *quarter, *([text[:4]] if text.endswith("-01-01") else []))


def _iso_day(match: re.Match[str], decided: Decided) -> Sequence[str]:
    if "clock" in match.re.groupindex and match["clock"] and re.search("[1-9]", match["clock"]):
        raise PeriodError(tr("a period has no time of day: write the date alone"))
    return _as_day(f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}", decided)


def _two_ways(match: re.Match[str], decided: Decided) -> Sequence[str]:
    """``9/1/2015``: in January or in September."""
    first, second = int(match["a"]), int(match["b"])
    ways = {True: f"{match['y']}-{second:02}-{first:02}", False: f"{match['y']}-{first:02}-{second:02}"}
    if decided.day_first is not None:
        return _as_day(ways[decided.day_first], decided)
    possible = [ways[True]] if first > 12 else [ways[False]] if second > 12 else list(dict.fromkeys(ways.values()))
    return [each for text in possible for each in _as_day(text, decided)]


def _pair(match: re.Match[str], decided: Decided) -> Sequence[str]:
    """``2010-11``: a month, a fiscal year, or a span of years."""
    year, two = int(match["y"]), int(match["two"])
    month = f"{year}-{two:02}" if 1 <= two <= 12 else None
    fiscal, span = _fiscal_of(year, two), _short_span(year, two)
    chosen = (
        (fiscal if decided.fiscal else None) or (month if decided.months else None) or (span if decided.spans else None)
    )
    if chosen:
        return (chosen,)
    if match["sep"] == "/" and month is None and fiscal is None:
        return (f"{year}/{two:02}",)
    return [each for each in (month, fiscal, span) if each] or (f"{year}/{two:02}",)


def _fiscal_of(year: int, two: int) -> str | None:
    return f"{year}/{two:02}" if (year + 1) % 100 == two else None


def _short_span(year: int, two: int) -> str | None:
    """A span of years whose last one has two digits; nobody means one of 20 years by what a month looks like."""
    after = (two - year) % 100
    return f"{year}/{year + after}" if 2 <= after <= (20 if 1 <= two <= 12 else 50) else None


def _long_pair(match: re.Match[str], decided: Decided) -> Sequence[str]:
    """``2017-2018``: a span of two years, or a fiscal year."""
    first, last = int(match["y"]), int(match["last"])
    span, fiscal = f"{first}/{last}", f"{first}/{last % 100:02}"
    if last != first + 1 or decided.spans or ("words" in match.re.groupindex and match["words"]):
        return (span,)
    return (fiscal,) if decided.fiscal else (span, fiscal)


def _fiscal_pair(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    """A fiscal year of which both years are written, or a part of it."""
    return (f"{match['y']}/{match['two']}{_part_of(match)}",)


def _short_fiscal_pair(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    return (f"20{match['short']}/{match['two']}{_part_of(match)}",)


def _part_of(match: re.Match[str]) -> str:
    part = match["part"] or ""
    return f"-{part.upper().replace('H', 'S')}" if part else ""


def _fiscal_year(match: re.Match[str], decided: Decided) -> Sequence[str]:
    """``FY2018``: called after the year in which it ends, or begins."""
    year = int(match["y"] if len(match["y"]) == 4 else f"20{match['y']}")
    ways = {"end": f"{year - 1}/{year % 100:02}", "begin": f"{year}/{(year + 1) % 100:02}"}
    named = [decided.fiscal_named] if decided.fiscal_named else list(ways)
    return [ways[each] + _part_of(match) for each in named]


def _duration(match: re.Match[str], decided: Decided) -> Sequence[str]:
    """``2021-01-01/P5Y``: a first day and how long it lasts."""
    text = _iso_day(match, decided._replace(stand=None, stamps=False))[0]
    first, count = periods.period(text).first, int(match["count"])
    of = match["of"].casefold()
    if of == "d":
        return (periods.name(first, first + timedelta(days=count - 1)),)
    return (_span_of(first, count * (12 if of == "y" else 1)),)


def _six_digits(match: re.Match[str], decided: Decided) -> Sequence[str]:
    year, two = int(match["y"]), int(match["two"])
    month, fiscal = f"{year}-{two:02}" if 1 <= two <= 12 else None, _fiscal_of(year, two)
    if decided.fiscal and fiscal:
        return (fiscal,)
    if decided.months and month:
        return (month,)
    return [each for each in (month, fiscal) if each] or (match[0],)


def _school_year(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    raise PeriodError(
        tr(
            '"{text}" may be a school year ("năm học", "niên học"), and nothing says which months that has: give its period by months, as 2020-09/2021-05',
            text=match[0],
        )
    )


def _unsupported(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    raise PeriodError(
        tr('"{text}" is a week, a third of a year or a day by number: no period here has these', text=match[0])
    )


def _no_century(match: re.Match[str], _decided: Decided) -> Sequence[str]:
    raise PeriodError(tr('the year of "{text}" has two digits: write all four', text=match[0]))


_DAY = r"(?P<d>0?[1-9]|[12][0-9]|3[01])"
_ISO = rf"{_Y}-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-9]{{2}})(?:[t ](?P<clock>[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]+)?)?)(?:z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?"

_FORMS: tuple[tuple[str, Readings], ...] = (
    (rf"(?:(?:{_WORDS_OF_YEARS})\s*)?{_Y}(?:\.0+)?", _year),
    (rf"{_Y}-?a1?", _year),
    (rf"y{_Y}", _year),
    (_ISO, _iso_day),
    (rf"{_ISO}/p(?P<count>[1-9][0-9]{{0,3}})(?P<of>[ymd])", _duration),
    (rf"(?:q|qtr|quarter|quý|quí|quartal|trimestre)\.?\s*{_Q}{_S}{_Y}", _quarter),
    (rf"{_Y}\s*[-/. ,]?\s*(?:q|k|kv|quarter|quý|quartal)\.?\s*{_Q}", _quarter),
    (rf"{_Q}\s*q\s*{_Y}", _quarter),
    (rf"{_NTH}\s*(?:quarter|quartal|trimestre){_S}{_Y}", _quarter),
    (r"(?:[1-4]\s*q|q\s*[1-4])\s*[-'/]?\s*[0-9]{2}", _no_century),
    (rf"(?:h|s|hy|half|semester|semestre|halbjahr)\.?\s*(?P<q>[12]|i{{1,2}}){_S}{_Y}", _half),
    (rf"{_Y}\s*[-/. ]?\s*(?:h|s|hy)\s*(?P<q>[12])", _half),
    (rf"(?P<q>[12])\s*h\s*{_Y}", _half),
    (
        rf"(?:(?P<q>[12]|i{{1,2}})(?:\.|st|nd|er|e|ème)?|(?P<word>first|second))\s*(?:half|halbjahr|semestre|semester|half-year){_S}{_Y}",
        _half,
    ),
    (rf"{_N}\s*(?:t|tháng)(?: đầu năm| cuối năm| đầu| cuối)?{_S}{_Y}", _months_of),
    (rf"{_N}\s*m{_S}{_Y}", _months_or_month),
    (rf"(?:tháng|month|monat|mois)\s*{_M}{_S}{_Y}", _month),
    (rf"(?:tháng|t)\s*{_M}\s*-\s*{_N}{_S}{_Y}", _from_to),
    (rf"từ tháng {_M} đến (?:tháng )?{_N}{_S}{_Y}", _from_to),
    (rf"t\.?\s*{_M}{_S}{_Y}", _t),
    (rf"{_M}\s*[/.-]\s*{_Y}", _month),
    (rf"(?P<roman>{'|'.join(sorted(_ROMAN_MONTHS, key=len, reverse=True))})\s*[/.-]\s*{_Y}", _roman),
    (rf"{_Y}\s*-?m\s*{_M}", _month),
    (rf"{_Y}-(?P<m>[1-9])", _month),
    (rf"{_Y}\.(?P<m>0[1-9]|1[0-2])", _month),
    (rf"{_Y}jj00", _year),
    (rf"{_Y}hj0(?P<q>[12])", _half),
    (rf"{_Y}kw0(?P<q>[1-4])", _quarter),
    (rf"{_Y}mm{_M}", _month),
    (rf"mo(?P<m>0[1-9]|1[0-2]){_Y}", _month),
    (rf"{_Y}\s?[年년]", _year),
    (rf"{_Y}\s?[年년]\s?{_M}\s?[月월]", _month),
    (rf"{_Y}\s?[年년]\s?第?\s?(?P<q>[1-4])\s?(?:四半期|季度|季|분기)", _quarter),
    (rf"{_NAME}\.?[\s,/-]*(?:de |of )?{_Y}", _named_month),
    (rf"{_Y}[\s/-]*{_NAME}\.?", _named_month),
    (
        rf"(?P<m>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?\s*-\s*(?P<n>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?\s*{_Y}",
        _from_to,
    ),
    (rf"{_DAY}(?:\.|st|nd|rd|th|er)?[\s-]*(?:of |de )?{_NAME}\.?[\s,-]*(?:de )?{_Y}", _named_day),
    (rf"{_NAME}\.?\s*{_DAY}(?:st|nd|rd|th)?,?\s*{_Y}", _named_day),
    (rf"(?:ngày )?{_DAY} tháng {_M},? năm {_Y}", _iso_day),
    (rf"{_DAY}\.\s?{_M}\.\s?{_Y}", _iso_day),
    (rf"{_Y}[/.](?P<m>0?[1-9]|1[0-2])[/.]{_DAY}", _iso_day),
    (rf"{_Y}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])", _iso_day),
    (rf"(?:ngày )?(?P<a>0?[1-9]|[12][0-9]|3[01])(?P<sign>[/-])(?P<b>0?[1-9]|[12][0-9]|3[01])(?P=sign){_Y}", _two_ways),
    (rf"{_PAIR}(?P<two>[0-9]{{2}})", _pair),
    (
        rf"(?P<words>(?:{_PERIOD_WORDS})\s*(?:năm\s*)?)?{_Y}\s*[/-]\s*(?P<last>[12][0-9]{{3}})",
        _long_pair,
    ),
    (rf"(?P<words>(?:{_PERIOD_WORDS}|từ|from|von|de)\s+)(?:năm\s*)?{_Y}\s*(?:đến|tới|to|bis|à)\s*(?:năm\s*)?(?P<last>[12][0-9]{{3}})", _long_pair),
    (rf"(?P<words>){_Y}\s*(?:đến|tới|to|bis|à)\s*(?P<last>[12][0-9]{{3}})", _long_pair),
    (rf"(?:fy|fiscal year|năm tài chính|haushaltsjahr)\.?\s*{_Y}\s*[/-]\s*(?:[12][0-9])?(?P<two>[0-9]{{2}}){_PART}", _fiscal_pair),
    (rf"(?P<part>[qsh][1-4])\s*(?:fy)?\s*{_Y}\s*[/-]\s*(?P<two>[0-9]{{2}})", _fiscal_pair),
    (rf"{_Y}\s*[/-]\s*(?P<two>[0-9]{{2}})\s*-?\s*(?P<part>[qsh][1-4])", _fiscal_pair),
    (rf"fy\s*(?P<short>[0-4][0-9])\s*[/-]\s*(?P<two>[0-9]{{2}}){_PART}", _short_fiscal_pair),
    (rf"(?:fy|fiscal year|năm tài chính|haushaltsjahr)\.?\s*'?(?P<y>[12][0-9]{{3}}|[0-4][0-9]){_PART}", _fiscal_year),
    (r"(?P<part>[qsh][1-4])\s*fy\s*(?P<y>[12][0-9]{3}|[0-4][0-9])", _fiscal_year),
    (rf"{_Y}(?P<two>[0-9]{{2}})", _six_digits),
    (r"(?:nh|năm học|niên học|school year|schuljahr|année scolaire|academic year)\.?\s*[12][0-9]{3}.*", _school_year),
    (r"[12][0-9]{3}-?(?:w[0-9]{1,2}|t[1-3]|d[0-9]{1,3})", _unsupported),
)  # fmt: skip
"""How people and offices write periods (with plain spaces and hyphens, in any case), and what they may mean."""


@cache
def _form(pattern: str) -> re.Pattern[str]:
    """A form is made ready when it is asked for: most tables need the first ones alone."""
    return re.compile(pattern, re.IGNORECASE)


def prove(values: Iterable[object], *, day_first: bool | None = None) -> Decided:
    """What all cells of a column prove together of the periods in it, where a person may have said whether days come first; cells without a period are passed over."""
    cells = list(dict.fromkeys(values))
    given = dict.fromkeys(_text_of(value) for value in cells)
    texts = [text for each in given if each.strip() not in MISSING and _may_be_period(text := _plain(each))]
    found = _with_order(texts) if day_first is None else Decided(day_first=day_first)
    found = _with_pairs(_with_long_pairs(found, texts), texts)
    found = _with_roman(_with_t(found, texts), texts)
    return _with_stamps(found, texts, [cell for cell in cells if isinstance(cell, Dated) and cell.shows == "month"])


def _may_be_period(text: str) -> bool:
    """Whether a text says a period, in one way or another."""
    if any(form.fullmatch(text) for form in (_PAIRED, _LONG, _SLASHED, _T, _ROMANS)):
        return True
    try:
        _read(text, periods.CALENDAR, UNDECIDED)
    except PeriodError:
        return False
    return True


def _text_of(value: object) -> str:
    if isinstance(value, Dated):
        return value.day.isoformat() if value.shows == "day" else ""
    if isinstance(value, Decimal):
        return _whole_number(value) or ""
    return value if isinstance(value, str) else ""


def _because(decided: Decided, rule: Rule, text: str) -> tuple[Because, ...]:
    return (*decided.why, Because(rule, text))


_SLASHED = regex(rf"(?:ngày )?(?P<a>[0-9]{{1,2}})(?P<sign>[/-])(?P<b>[0-9]{{1,2}})(?P=sign){_Y}", re.IGNORECASE)


def _with_order(texts: Sequence[str]) -> Decided:
    """Whether days come before months: a number above 12 is no month."""
    matches = [match for match in map(_SLASHED.fullmatch, texts) if match]
    day = next((match[0] for match in matches if int(match["a"]) > 12), None)
    month = next((match[0] for match in matches if int(match["b"]) > 12), None)
    if (day is None) == (month is None):
        return UNDECIDED
    rule: Rule = "day-first" if day else "month-first"
    return Decided(day_first=day is not None, why=(Because(rule, day or month or ""),))


_PAIRED = regex(rf"{_Y}\s*(?P<sep>[/-])\s*(?P<two>[0-9]{{2}})|(?P<y6>[12][0-9]{{3}})(?P<two6>[0-9]{{2}})")


def _with_pairs(decided: Decided, texts: Sequence[str]) -> Decided:
    """What ``2010-11`` is in a column in which each text is written so."""
    matches = [match for match in map(_PAIRED.fullmatch, texts) if match]
    if len(matches) != len(texts) or not matches or decided.fiscal or decided.spans:
        return decided
    pairs = [(int(match["y"] or match["y6"]), int(match["two"] or match["two6"])) for match in matches]
    if all(_fiscal_of(*pair) for pair in pairs):
        if len(pairs) > 1 or pairs[0][1] > 12 or pairs[0][1] == 0:
            return decided._replace(fiscal=True, why=_because(decided, "fiscal", texts[0]))
        return decided
    if all(1 <= two <= 12 for _, two in pairs):
        sure = _surely_months(pairs)
        return (
            decided._replace(months=True, why=_because(decided, "months", texts[sure])) if sure is not None else decided
        )
    span = next((at for at, pair in enumerate(pairs) if pair[1] > 12 and _short_span(*pair)), None)
    if span is not None and all(map(_short_span, *zip(*pairs, strict=True))):
        return decided._replace(spans=True, why=_because(decided, "spans", texts[span]))
    return decided


def _surely_months(pairs: Sequence[tuple[int, int]]) -> int | None:
    """Which of the pairs can be a month only, or is one of three or more of its year."""
    for at, pair in enumerate(pairs):
        of_year = {two for year, two in pairs if year == pair[0]}
        if not (_fiscal_of(*pair) or _short_span(*pair)) or len(of_year) > 2:
            return at
    return None


_LONG = regex(rf"{_Y}\s*[/-]\s*(?P<last>[12][0-9]{{3}})")


def _with_long_pairs(decided: Decided, texts: Sequence[str]) -> Decided:
    """What ``2017-2018`` is: fiscal years follow one another by one year, spans of years last longer than two."""
    matches = [match for match in map(_LONG.fullmatch, texts) if match]
    pairs = {(int(match["y"]), int(match["last"])) for match in matches}
    if not pairs or len(matches) != len(texts):
        return decided
    if all(last == first + 1 for first, last in pairs):
        follows = next((pair for pair in sorted(pairs) if (pair[1], pair[1] + 1) in pairs), None)
        if follows:
            return decided._replace(fiscal=True, why=_because(decided, "fiscal", texts[0]))
        return decided
    longer = next((match[0] for match in matches if int(match["last"]) > int(match["y"]) + 1), None)
    return decided._replace(spans=True, why=_because(decided, "spans", longer)) if longer else decided


_T = regex(rf"t\.?\s*{_M}{_S}{_Y}", re.IGNORECASE)


def _with_t(decided: Decided, texts: Sequence[str]) -> Decided:
    matches = [match for match in map(_T.fullmatch, texts) if match]
    month = next((match[0] for match in matches if int(match["m"]) > 4), None)
    return decided._replace(t_months=True, why=_because(decided, "t-months", month)) if month else decided


_ROMANS = regex(rf"(?P<roman>[ivx]+)\s*[/.-]\s*{_Y}", re.IGNORECASE)


def _with_roman(decided: Decided, texts: Sequence[str]) -> Decided:
    """Whether Roman numbers are months: a fifth quarter there is none."""
    found = {match["roman"].casefold(): match[0] for match in map(_ROMANS.fullmatch, texts) if match}
    month = next((text for roman, text in found.items() if roman in _ROMAN_MONTHS[_QUARTERS:]), None)
    return decided._replace(roman_months=True, why=_because(decided, "roman-months", month)) if month else decided


def _with_stamps(decided: Decided, texts: Sequence[str], months: Sequence[Dated]) -> Decided:
    """What the days of a column stand for; first days of months that prove nothing are doubtful, as are the months of a spreadsheet that lie a quarter apart."""
    if months and not texts:
        return decided._replace(quarterly=_apart([each.day for each in months]) == 3)
    days = [_day(text, decided) for text in texts]
    if not days or None in days:
        return decided
    found = [day for day in days if day]
    ends: tuple[tuple[Rule, int, int], ...] = (("first-january", 1, 1), ("last-december", 12, 31))
    for rule, month, day in ends:
        if len({each.year for each in found}) > 1 and all((each.month, each.day) == (month, day) for each in found):
            return decided._replace(stand="year", why=_because(decided, rule, found[0].isoformat()))
    if any(day.day != 1 for day in found):
        return decided
    if _apart(found) == 1 and len(found) > 2:
        return decided._replace(stand="month", why=_because(decided, "first-months", found[0].isoformat()))
    several = len({(day.year, day.month) for day in found}) > 1 and len({day.month for day in found}) > 1
    return decided._replace(stamps=several or found[0].month == 1, quarterly=_apart(found) == 3)


def _apart(days: Sequence[date]) -> int | None:
    """How many months most of some days lie apart, where none lie less; None where most do not."""
    months = sorted({day.year * 12 + day.month for day in days})
    gaps = [after - before for before, after in pairwise(months)]
    least = min(gaps, default=0)
    return least if gaps and 2 * gaps.count(least) > len(gaps) else None


def _day(text: str, decided: Decided) -> date | None:
    try:
        found = _read(text, periods.CALENDAR, Decided(day_first=decided.day_first))
    except PeriodError:
        return None
    return found.first if isinstance(found, Period) and found.is_day else None


_RULES: dict[Rule, str] = {
    "first-january": mark("each day is the first of a year: they are taken for the years ({text})"),
    "last-december": mark("each day is the last of a year: they are taken for the years ({text})"),
    "first-months": mark("each day is the first of a month, one a month: they are taken for the months ({text})"),
    "day-first": mark("the day comes before the month: {text} can be read in no other way"),
    "month-first": mark("the month comes before the day: {text} can be read in no other way"),
    "fiscal": mark("each has the next year behind it: they are taken for fiscal years ({text})"),
    "months": mark("they are taken for months: {text} can be no span of years"),
    "spans": mark("they are taken for spans of years: {text} can be no month and no fiscal year"),
    "t-months": mark("T is a month: {text} can be no quarter"),
    "roman-months": mark("Roman numbers are months: {text} can be no quarter"),
}


def proven(decided: Decided) -> list[str]:
    """The sentences on what a column proves."""
    return [tr(_RULES[rule], text=text) for rule, text in decided.why]


def said(found: UnclearPeriod | NoPeriod) -> str:
    """The sentence on a cell whose period is not taken."""
    if isinstance(found, NoPeriod):
        return found.sentence
    if found.fiscal:
        return tr(
            '"{text}" may mean {periods}, or a fiscal year, and this program does not say when its fiscal years begin',
            text=found.text,
            periods=either(found.readings),
        )
    return tr('"{text}" may mean {periods}', text=found.text, periods=either(found.readings))


class Heading(NamedTuple):
    """What the header of a column says of its figures: the period; their quality; whether they are planned ones; and marks behind it, which are to be named."""

    period: Period
    quality: Literal["final", "provisional", "estimate"] | None = None
    plan: bool = False
    marks: tuple[str, ...] = ()


def heading(value: object, year: Year, decided: Decided = UNDECIDED) -> Heading | Missing | UnclearPeriod | NoPeriod:
    """The period of a header, and what the words around it say: ``Ước TH 2024``, ``2023 (Sơ bộ)``, ``KH 2025``, ``2023p``; a header with a word that nobody knows is no period."""
    found = stretch(value, year, decided)
    if isinstance(found, Period):
        return Heading(found)
    if not isinstance(value, str) or not isinstance(found, NoPeriod):
        return found
    return _marked(value.strip(), year, decided) or _among_words(value.split(), year, decided) or found


def _marked(text: str, year: Year, decided: Decided) -> Heading | UnclearPeriod | None:
    """A period with flags or footnotes right behind it."""
    for end in range(len(text) - 1, 3, -1):
        marks = _flags_of(text[end:]) if text[end - 1].isdigit() else None
        found = stretch(text[:end], year, decided) if marks else None
        if marks and isinstance(found, UnclearPeriod):
            return found
        if marks and isinstance(found, Period):
            return _with_words(found, marks)
    return None


def _flags_of(rest: str) -> tuple[str, ...] | None:
    return (rest,) if rest in {"p", "e", "b", "r", "f"} else marks_of(rest)


def _among_words(words: Sequence[str], year: Year, decided: Decided) -> Heading | UnclearPeriod | None:
    """The longest stretch of words that is a period, the rest of which is known."""
    for length in range(len(words) - 1, 0, -1):
        for at in range(len(words) - length + 1):
            around = [
                word for rest in (words[:at], words[at + length :]) if (word := " ".join(rest).strip(" ()[]:,;-–"))
            ]
            known = all(map(_known, around))
            inside = " ".join(words[at : at + length]).strip(" ()[]:,;") if known else ""
            found = stretch(inside, year, decided) if any(map(str.isdigit, inside)) else None
            if isinstance(found, UnclearPeriod):
                return found
            if isinstance(found, Period):
                return _with_words(found, around)
    return None


def _known(word: str) -> bool:
    return len(word.strip(".")) > 1 and (says_actual(word) or flag_of(word) not in {None, "missing"})


def _with_words(found: Period, words: Sequence[str]) -> Heading:
    """A period and what its flags and words say; a note is kept as a mark."""
    meanings = {word: flag_of(word) for word in words if not says_actual(word)}
    quality = next((each for each in meanings.values() if each in {"final", "provisional", "estimate"}), None)
    kept = tuple(word for word, each in meanings.items() if each in {None, "note", "series break", "missing"})
    return Heading(found, quality, "plan" in meanings.values(), kept)


def refused(text: str, year: Year) -> str | None:
    """Why a text that looks like a period, as that of a header may, is none in this program; None where it is one, or is like none."""
    words = [text, *text.split(" / ")]
    for each in (heading(word, year) for word in words if any(map(str.isdigit, word))):
        if isinstance(each, NoPeriod) and tr(periods.FORMS) not in each.sentence:
            return each.sentence
        if isinstance(each, UnclearPeriod) and each.fiscal:
            return said(each)
    return None
