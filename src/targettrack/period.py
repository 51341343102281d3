"""Periods: years, halves, quarters, months, days and spans of them, compared by their days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from typing import Literal

from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.number import whole
from targettrack.regex import regex

Frequency = Literal["year", "half", "quarter", "month"]

MONTHS: dict[Frequency, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}

FORMS = mark(
    'a year 2015, a half "2015-S1", a quarter "2015-Q3", a month "2015-09", a day 2015-09-30, or two of them joined, "2021/2025", from 1000 to 2999; with fiscal_year also "2017/18" and "2017/18-Q1"'
)


class PeriodError(ValueError):
    """A text that is no period; the sentence says why."""


@frozen(eq=True, slots=False)
class Year:
    """The month and the day on which the years of a program begin; of fiscal years a day that every month has, and not 1 January."""

    month: int = 1
    day: int = 1

    @property
    def fiscal(self) -> bool:
        """Whether it is another year than that of the calendar."""
        return (self.month, self.day) != (1, 1)

    @property
    def text(self) -> str:
        """As a program file writes it."""
        return f"{self.month:02}-{self.day:02}"

    @cached_property
    def said(self) -> Callable[[int | str | date], Period]:
        """The period that a value says in such years; many figures have the same ones. What is refused is not kept, so that it is said in the language of the moment."""
        return lru_cache(maxsize=4096)(partial(_said, year=self))

    @cached_property
    def kind(self) -> Callable[[date, Frequency], Period]:
        """The period of a kind that a day lies in, in such years; many days are asked about again."""
        return lru_cache(maxsize=65536)(partial(_of_kind, year=self))

    def begin(self, day: date) -> date:
        """The first day of the year that a day lies in."""
        first = date(day.year, self.month, self.day)
        return first if first <= day else plus_months(first, -12)


CALENDAR = Year()
UNKNOWN = Year(4, 1)
"""Where a program says unsoundly when its years begin: the very same one, by which nothing that hangs on the day is held against it."""

_FISCAL_BEGIN = r"(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)"


def fiscal_year(value: object) -> Year:
    """The beginning of fiscal years, as ``"04-01"``.

    Raises:
        PeriodError: no such text, 01-01 (the year of the calendar), or a day after the 28th.

    """
    match = re.fullmatch(_FISCAL_BEGIN, value, re.ASCII) if isinstance(value, str) else None
    if match is None:
        raise PeriodError(tr('a fiscal year is said by the month and the day on which it begins, as "04-01"'))
    year = Year(int(match["month"]), int(match["day"]))
    if not year.fiscal:
        raise PeriodError(tr("a fiscal year that begins on 1 January is the year of the calendar: leave the key out"))
    if not 1 <= year.day <= 28:
        raise PeriodError(tr("a fiscal year begins on a day that every month has, from 01 to 28"))
    return year


@frozen(eq=True, slots=False)
class Period:
    """A stretch of days, both ends included. Equal and hashed by its days; ``text`` is how it was written."""

    first: date
    last: date
    text: str = field(compare=False)

    def __str__(self) -> str:
        return self.text

    @cached_property
    def months(self) -> int | None:
        """How many whole months it covers, counted from its first day; None where they do not come out even."""
        return _whole_months(self.first, self.last)

    @property
    def length(self) -> Fraction:
        """How long it is, in months."""
        whole = self.months
        return Fraction(whole) if whole is not None else months(self.last) - months(self.first - timedelta(days=1))

    def as_long_as(self, other: Period) -> bool:
        """Whether two periods have the same length."""
        months = self.months
        return months == other.months if months is not None else other.months is None and self.length == other.length

    @cached_property
    def measure(self) -> int | tuple[Fraction, bool]:
        """What two periods share that are as long, and both a single day or not: the months that it covers; of no whole months its length, and whether it is a day."""
        months = self.months
        return (self.length, self.is_day) if months is None else months

    @property
    def is_day(self) -> bool:
        """Whether it is a single day, a point in time."""
        return self.first == self.last

    def ended(self, on: date) -> bool:
        """Whether its last day is before ``on``."""
        return self.last < on

    def contains(self, day: date) -> bool:
        """Whether ``day`` lies in it, ends included."""
        return self.first <= day <= self.last


@lru_cache(maxsize=4096)
def _whole_months(first: date, last: date) -> int | None:
    following = last + timedelta(days=1)
    if first.day != following.day:
        return None
    return year_month(following) - year_month(first)


_YEAR = r"(?P<year>[12]\d{3})"
_PART = regex(
    rf"{_YEAR}(?:-(?:[SH](?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?))?", re.ASCII
)


_FISCAL = regex(rf"{_YEAR}/(?P<next>\d\d)(?:-(?:[SH](?P<half>[12])|Q(?P<quarter>[1-4])))?", re.ASCII)

_DATE = regex(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?", re.ASCII)
_DATES = mark('write a day 2017-10-29, a month "2017-10" or a year 2017')


def period(value: object, year: Year = CALENDAR) -> Period:
    """The period that a TOML value says, in a program whose years begin with ``year``.

    Raises:
        PeriodError: no such period.

    """
    if type(value) is int or type(value) is str or type(value) is date:
        return year.said(value)
    if isinstance(value, datetime):
        raise PeriodError(tr("a period has no time of day: write the date alone"))
    raise PeriodError(tr("this is no period; a period is {forms}", forms=tr(FORMS)))


def _said(value: int | str | date, year: Year) -> Period:
    """The period of a value; a number is a year, and a date a day, by their texts."""
    if isinstance(value, str):
        return _parsed(value, year)
    return _parsed(whole(value) if isinstance(value, int) else value.isoformat(), year)


def _parsed(text: str, year: Year) -> Period:
    if match := _FISCAL.fullmatch(text):
        return _fiscal(match, text, year)
    first, slash, last = text.partition("/")
    if not slash:
        return _single(text, year)
    begin, end = _part(first), _part(last)
    if begin is None or end is None:
        raise PeriodError(_no_period(text, year))
    return Period(*_in_order(begin, end, text), text)


def _in_order(begin: Period, end: Period, text: str) -> tuple[date, date]:
    if end.last < begin.first:
        raise PeriodError(tr('the period "{period}" ends before it begins', period=text))
    return begin.first, end.last


def asked(text: str, year: Year = CALENDAR) -> Period:
    """The period that a person asks for: any period, and a window under the name that ``cite`` gives it, its first and its last period joined: ``2015/16/2018/19``.

    Raises:
        PeriodError: no such period.

    """
    try:
        return period(text, year)
    except PeriodError:
        window = _window(text, year)
        if window is None:
            raise
        first, last = _in_order(*window, text)
        return Period(first, last, name(first, last, year))


def _window(text: str, year: Year) -> tuple[Period, Period] | None:
    """The first and the last period of a window, each a fiscal one or a stretch of its own of at most twelve months."""
    cuts = [place for place, sign in enumerate(text) if sign == "/"]
    pairs = ((_stretch(text[:cut], year), _stretch(text[cut + 1 :], year)) for cut in cuts if len(cuts) <= 3)
    return next(((begin, end) for begin, end in pairs if begin and end), None)


def _stretch(text: str, year: Year) -> Period | None:
    """A period of at most twelve months; None of any other text."""
    try:
        found = _parsed(text, year) if _FISCAL.fullmatch(text) or all(map(_part, text.split("/", 1))) else None
    except PeriodError:
        return None
    return found if found and found.length <= 12 else None


def _fiscal(match: re.Match[str], text: str, year: Year) -> Period:
    """A fiscal year, as ``2017/18``, or a half or a quarter of one."""
    written = int(match["year"])
    if (written + 1) % 100 != int(match["next"]):
        raise PeriodError(_not_the_next(text, written, match["next"], year))
    if not year.fiscal:
        said, meant = no_fiscal_year(text), _meant(text)
        raise PeriodError(tr('{said}; for the month write "{period}"', said=said, period=meant) if meant else said)
    begin, count = date(written, year.month, year.day), 12
    if match["half"]:
        begin, count = plus_months(begin, int(match["half"]) * 6 - 6), 6
    elif match["quarter"]:
        begin, count = plus_months(begin, int(match["quarter"]) * 3 - 3), 3
    return Period(begin, plus_months(begin, count) - timedelta(days=1), text)


def _single(text: str, year: Year = CALENDAR) -> Period:
    found = _part(text)
    if found is None:
        raise PeriodError(_no_period(text, year))
    return found


def _part(text: str) -> Period | None:
    """A period that is no span and no fiscal one; None where the text is none.

    Raises:
        PeriodError: a day that the calendar does not have.

    """
    match = _PART.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    if match["day"]:
        try:
            day = date(year, int(match["month"]), int(match["day"]))
        except ValueError:
            raise PeriodError(tr("there is no day {day} in the calendar", day=text)) from None
        return Period(day, day, text)
    if match["month"]:
        return _of_months(year, int(match["month"]), 1, text)
    if match["quarter"]:
        return _of_months(year, int(match["quarter"]) * 3 - 2, 3, text)
    if match["half"]:
        return _of_months(year, int(match["half"]) * 6 - 5, 6, text)
    return Period(date(year, 1, 1), date(year, 12, 31), text)


_MEANT = (
    (r"(?P<month>0?[1-9]|1[0-2])[/.-](?P<year>\d{4})", "{year}-{month:0>2}"),
    (r"(?P<year>\d{4})[/.](?P<month>0?[1-9]|1[0-2])", "{year}-{month:0>2}"),
    (r"(?P<year>\d{4}) ?[-–] ?(?P<last>\d{4})", "{year}/{last}"),
    (r"[Qq](?P<quarter>[1-4])[ /.-]?(?P<year>\d{4})", "{year}-Q{quarter}"),
    (r"(?P<year>\d{4})[ /.]?[Qq](?P<quarter>[1-4])", "{year}-Q{quarter}"),
    (r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})", "{year}-{month:0>2}-{day:0>2}"),
)
"""How people write periods, and what they are here."""


def _meant(text: str) -> str | None:
    """What to write instead of a text that a person would understand."""
    for pattern, form in _MEANT:
        if match := re.fullmatch(pattern, text.strip(), re.ASCII):
            return form.format(**match.groupdict())
    return None


_LOOSE = regex(
    r"(?:FY ?)?(?P<year>[12]\d{3}) ?[/–-] ?(?:\d\d)?(?P<next>\d\d)(?:[ -]?(?P<part>[SHQ][1-4]))?",
    re.ASCII | re.IGNORECASE,
)
_OF_FISCAL = regex(rf"{_YEAR}/(?P<next>\d\d)-(?:(?P<month>0[1-9]|1[0-2])|.*)", re.ASCII)
"""A fiscal year in other ways of writing, and something of one that is no half and no quarter."""


def _no_period(text: str, year: Year) -> str:
    """Why a text is no period, and what to write instead; it is quoted as it was typed."""
    meant = _meant(text) or _meant_span(text)
    return (
        _either_day(text)
        or _either_month(text)
        or (meant and _write(text, meant))
        or _no_fiscal(text, year)
        or tr('"{text}" is no period; a period is {forms}', text=text, forms=tr(FORMS))
    )


def _either_day(text: str) -> str | None:
    """What to write for a day whose month may stand first or second; None of any other text."""
    match = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text.strip(), re.ASCII)
    if match is None or match[1] == match[2] or not all(1 <= int(part) <= 12 for part in match.groups()[:2]):
        return None
    first, second, year = int(match[1]), int(match[2]), match[3]
    return _two_ways(text, f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}")


def _either_month(text: str) -> str | None:
    """What to write for a month whose last zero something that reads numbers may have dropped; None of any other text."""
    match = re.fullmatch(r"(\d{4})\.1", text.strip(), re.ASCII)
    return match and _two_ways(text, f"{match[1]}-01", f"{match[1]}-10")


def _two_ways(text: str, one: str, other: str) -> str:
    return tr('"{text}" may mean "{one}" or "{other}"', text=text, one=one, other=other)


def _write(text: str, meant: str) -> str:
    return tr('"{text}" is no period; write "{period}"', text=text, period=meant)


def _meant_span(text: str) -> str | None:
    """A span whose ends are written as people write them."""
    ends = [end if _PART.fullmatch(end) else _meant(end) for end in text.split("/")]
    return f"{ends[0]}/{ends[1]}" if len(ends) == 2 and ends[0] and ends[1] else None


def _no_fiscal(text: str, year: Year) -> str | None:
    """What to write for something of fiscal years: one, a part of one, a month, or a span of them; None of any other text."""
    match = _LOOSE.fullmatch(text.strip())
    meant = f"{match['year']}/{match['next']}" + (f"-{match['part'].upper()}" if match["part"] else "") if match else ""
    if match and _follows(match) and _FISCAL.fullmatch(meant):
        return _write(text, meant) if year.fiscal else no_fiscal_year(text)
    window = _window(text, year if year.fiscal else UNKNOWN)
    if window is not None:
        return _no_span(text, *window, year)
    part = _OF_FISCAL.fullmatch(text)
    if part is None or not _follows(part) or not year.fiscal:
        return None
    written = f"{part['year']}/{part['next']}"
    if part["month"]:
        return _write(text, f"{int(part['year']) + (int(part['month']) < year.month):04}-{part['month']}")
    return tr(
        '"{text}" is no period; a half of this fiscal year is "{half}", a quarter "{quarter}"',
        text=text,
        half=f"{written}-S1",
        quarter=f"{written}-Q1",
    )


def _follows(match: re.Match[str]) -> bool:
    return (int(match["year"]) + 1) % 100 == int(match["next"])


def no_fiscal_year(text: str) -> str:
    """What is said of a fiscal year, as it was written, in a program that has none."""
    return tr(
        '"{text}" is a fiscal year, and this program does not say when its fiscal years begin: add fiscal_year = "04-01" (the month and the day) to [program]',
        text=text,
    )


def _no_span(text: str, begin: Period, end: Period, year: Year) -> str:
    """A span of fiscal years, which is written by the months, or the days, that it has in this program."""
    fiscal = any(_FISCAL.fullmatch(each.text) for each in (begin, end))
    if fiscal and not year.fiscal:
        return tr(
            '"{text}" is a span of fiscal years, and this program does not say when its fiscal years begin: add fiscal_year = "04-01" (the month and the day) to [program], and write the span by months',
            text=text,
        )
    first, last = _in_order(begin, end, text)
    written = name(first, last, year)
    if not fiscal or _FISCAL.fullmatch(written):
        return _write(text, written)
    if re.fullmatch(r"\d{4}(-\d\d)?/\d{4}(-\d\d)?", written):
        return tr(
            '"{text}" is no period: a span of fiscal years is written by months, "{period}"', text=text, period=written
        )
    return tr(
        '"{text}" is no period: a span of these fiscal years is written by days, "{period}"', text=text, period=written
    )


def _not_the_next(text: str, written: int, last: str, year: Year) -> str:
    """What to write for a year and two digits that are not those of the next one."""
    after = (int(last) - written) % 100
    bare, month = "-" not in text, _meant(text)
    ways = (
        [tr('"{period}" for the span of years', period=f"{written:04}/{written + after:04}")]
        if bare and 0 < after <= 50 and written + after < 3000
        else []
    )
    ways += [tr('"{period}" for the month', period=month)] if month else []
    ways += (
        [tr('"{period}" for the fiscal year', period=f"{written:04}/{(written + 1) % 100:02}{text[7:]}")]
        if year.fiscal
        else []
    )
    return (
        tr('"{text}" is no period; write {ways}', text=text, ways=tr(" or ").join(ways))
        if ways
        else tr('"{text}" is no period; a period is {forms}', text=text, forms=tr(FORMS))
    )


def _of_months(year: int, month: int, count: int, text: str) -> Period:
    end = month + count - 1
    return Period(date(year, month, 1), date(year, end, calendar.monthrange(year, end)[1]), text)


def partial_date(value: object) -> Period:
    """A day, a month or a year, as a source gives it; it counts at its last day.

    Raises:
        PeriodError: anything else.

    """
    if not isinstance(value, (str, int, date)) or isinstance(value, bool):
        raise PeriodError(tr("this is no date: {forms}", forms=tr(_DATES)))
    text = whole(value) if isinstance(value, int) else value
    if isinstance(text, str) and not _DATE.fullmatch(text):
        raise PeriodError(tr('"{text}" is no date: {forms}', text=text, forms=tr(_DATES)))
    return period(value)


def exactness(day: Period | None) -> tuple[int, int, int]:
    """Which of two dates leads, as a key: the later one, of two that overlap the more exact one; none comes before all."""
    if day is None:
        return (0, 0, 0)
    whole_year, whole_month = (day.months or 0) >= 12, (day.months or 0) >= 1
    return (day.first.year, 0 if whole_year else day.first.month, 0 if whole_month else day.first.day)


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day."""
    return one.first <= other.last and other.first <= one.last


@frozen(eq=True)
class Lag:
    """How long after a period its figure is usually published: months or days."""

    months: int
    days: int
    text: str

    def __str__(self) -> str:
        return self.text

    def end(self, last: date) -> date:
        """The day up to which the figure of a period that ends on ``last`` is not missed; the end of a month is followed by the end of a month."""
        return plus_months(last + timedelta(days=1), self.months) - timedelta(days=1) + timedelta(days=self.days)


_LAG = r"(?P<count>[1-9]\d{0,3}) (?P<unit>day|month)s?"


def lag(value: object) -> Lag:
    """A lag as ``"7 months"`` or ``"20 days"``.

    Raises:
        PeriodError: anything else, or more than ten years.

    """
    match = re.fullmatch(_LAG, value, re.ASCII) if isinstance(value, str) else None
    if match is None:
        raise PeriodError(tr('a lag is written "7 months" or "20 days"'))
    count, by_month = int(match["count"]), match["unit"] == "month"
    if count > (120 if by_month else 3660):
        raise PeriodError(tr("a lag of more than ten years says nothing: leave it out"))
    return Lag(count if by_month else 0, 0 if by_month else count, match[0])


def split(span: Period) -> tuple[Period | None, Period]:
    """A span as (from, by), each as written; (None, the period) for anything else, a fiscal year too."""
    return _halves(span.text) if "/" in span.text and not _FISCAL.fullmatch(span.text) else (None, span)


@lru_cache(maxsize=4096)
def _halves(text: str) -> tuple[Period, Period]:
    first, _, last = text.partition("/")
    return _single(first), _single(last)


@lru_cache(maxsize=4096)
def months(day: date) -> Fraction:
    """A day on the month axis: the month's number plus day / days in that month."""
    return year_month(day) + Fraction(day.day, calendar.monthrange(day.year, day.month)[1])


def year_month(day: date) -> int:
    """The number of a day's month, counted from year 0."""
    return day.year * 12 + day.month - 1


def day_at(position: Fraction) -> date | None:
    """The day that a point of the month axis falls on; None outside the years 1 to 9999."""
    index = -(-position.numerator // position.denominator) - 1
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    share = (position - index) * calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, -(-share.numerator // share.denominator))


@lru_cache(maxsize=4096)
def years(start: date, end: date) -> Fraction:
    """The years between two days: the months between them over 12."""
    return (months(end) - months(start)) / 12


def plus_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last day where it is shorter."""
    year, month = divmod(year_month(day) + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def following(period: Period, year: Year = CALENDAR) -> Period | None:
    """The period of the same length right after, named as years that begin with ``year`` are; None where it does not consist of whole months."""
    if period.months is None:
        return None
    first = plus_months(period.first, period.months)
    last = plus_months(first, period.months) - timedelta(days=1)
    return Period(first, last, name(first, last, year))


def of_kind(day: date, frequency: Frequency, year: Year = CALENDAR) -> Period:
    """The year, half, quarter or month that a day lies in."""
    return year.kind(day, frequency)


def _of_kind(day: date, frequency: Frequency, year: Year) -> Period:
    step, begin = MONTHS[frequency], year.begin(day)
    while (after := plus_months(begin, step)) <= day:
        begin = after
    last = after - timedelta(days=1)
    return Period(begin, last, name(begin, last, year))


def since(day: date, frequency: Frequency, on: date, year: Year = CALENDAR) -> Iterator[Period]:
    """The periods of a kind from the one that ``day`` lies in to the last one that has ended before ``on``."""
    each = of_kind(day, frequency, year)
    while each.last < on:
        yield each
        each = of_kind(each.last + timedelta(days=1), frequency, year)


def holds_one(first: date, last: date, frequency: Frequency, year: Year = CALENDAR) -> bool:
    """Whether a window from ``first`` to ``last`` holds a whole period of a kind."""
    each = of_kind(first, frequency, year)
    if each.first < first:
        each = of_kind(each.last + timedelta(days=1), frequency, year)
    return each.last <= last


@lru_cache(maxsize=64)
def parts(first: date, last: date, frequency: Frequency, year: Year = CALENDAR) -> tuple[Period, ...]:
    """The periods of a frequency counted from ``first``; the last one is cut at ``last`` where they do not come out even."""
    return tuple(_parts(first, last, frequency, year))


def _parts(first: date, last: date, frequency: Frequency, year: Year) -> Iterator[Period]:
    step = MONTHS[frequency]
    count = 0
    begin = first
    while begin <= last:
        count += step
        following = plus_months(first, count)
        end = min(following - timedelta(days=1), last)
        yield Period(begin, end, name(begin, end, year))
        begin = following


def ends_later_inside(due: Period, frequency: Frequency, after: date, year: Year = CALENDAR) -> bool:
    """Whether, by the calendar (or the fiscal year), a period of this frequency ends inside ``due`` later than ``after``."""
    newest = of_kind(due.last + timedelta(days=1), frequency, year).first - timedelta(days=1)
    return due.contains(newest) and newest > after


def name(first: date, last: date, year: Year = CALENDAR) -> str:
    """The shortest text of the period from ``first`` to ``last``."""
    return _fiscal_name(first, last, year) or _calendar_name(first, last)


def _fiscal_name(first: date, last: date, year: Year) -> str | None:
    if not year.fiscal or first.day != year.day:
        return None
    count, passed = Period(first, last, "").months, (first.month - year.month) % 12
    if count not in {3, 6, 12} or passed % count:
        return None
    begin = year.begin(first).year
    part = {3: f"-Q{passed // 3 + 1}", 6: f"-S{passed // 6 + 1}", 12: ""}[count]
    return f"{begin:04}/{(begin + 1) % 100:02}{part}"


def _calendar_name(first: date, last: date) -> str:
    month, whole = first.month, Period(first, last, "").months if first.day == 1 else None
    if whole == 12 and month == 1:
        return f"{first.year:04}"
    if whole == 6 and month in {1, 7}:
        return f"{first.year:04}-S{month // 6 + 1}"
    if whole == 3 and month % 3 == 1:
        return f"{first.year:04}-Q{month // 3 + 1}"
    if whole == 1:
        return f"{first:%Y-%m}"
    if first == last:
        return first.isoformat()
    if whole is not None and month == 1 and last.month == 12:
        return f"{first.year:04}/{last.year:04}"
    if whole is not None:
        return f"{first:%Y-%m}/{last:%Y-%m}"
    return f"{first.isoformat()}/{last.isoformat()}"
