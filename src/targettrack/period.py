"""Periods: years, halves, quarters, months, days and spans of them, compared by their days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from targettrack.language import mark, tr
from targettrack.number import whole

Frequency = Literal["year", "half", "quarter", "month"]

MONTHS: dict[Frequency, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}

FORMS = mark('a year 2015, a half "2015-S1", a quarter "2015-Q3", a month "2015-09", a day 2015-09-30, or two of them joined, "2021/2025", from 1000 to 2999')


class PeriodError(ValueError):
    """A text that is no period; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included. Equal and hashed by its days; ``text`` is how it was written."""

    first: date
    last: date
    text: str = field(compare=False)

    def __str__(self) -> str:
        return self.text

    @property
    def months(self) -> int | None:
        """How many whole calendar months it covers; None where an end is inside a month."""
        return _whole_months(self.first, self.last)

    def ended(self, on: date) -> bool:
        """Whether its last day is before ``on``."""
        return self.last < on

    def contains(self, day: date) -> bool:
        """Whether ``day`` lies in it, ends included."""
        return self.first <= day <= self.last


@lru_cache(maxsize=4096)
def _whole_months(first: date, last: date) -> int | None:
    if first.day != 1 or last.day != calendar.monthrange(last.year, last.month)[1]:
        return None
    return (last.year - first.year) * 12 + last.month - first.month + 1


_YEAR = r"(?P<year>[12]\d{3})"
_PART = re.compile(rf"{_YEAR}(?:-(?:[SH](?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?))?", re.ASCII)


_DATE = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?", re.ASCII)
_DATES = mark('write a day 2017-10-29, a month "2017-10" or a year 2017')


def period(value: object) -> Period:
    """The period that a TOML value says.

    Raises:
        PeriodError: no such period.

    """
    if type(value) is int:
        return _parsed(whole(value))
    if type(value) is str:
        return _parsed(value)
    if type(value) is date:
        return _parsed(value.isoformat())
    if isinstance(value, datetime):
        raise PeriodError(tr("a period has no time of day: write the date alone"))
    raise PeriodError(tr("this is no period; a period is {forms}", forms=tr(FORMS)))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Period:
    """The period of a text; what is refused is not kept, so that it is said in the language of the moment."""
    first, slash, last = text.partition("/")
    if not slash or _meant(text):
        return _single(text)
    begin, end = _single(first), _single(last)
    if end.last < begin.first:
        raise PeriodError(tr('the period "{period}" ends before it begins', period=text))
    return Period(begin.first, end.last, text)


def _single(text: str) -> Period:
    match = _PART.fullmatch(text)
    if match is None:
        raise PeriodError(_no_period(text))
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


def _no_period(text: str) -> str:
    meant = _meant(text)
    if meant:
        return tr('"{text}" is no period; write "{period}"', text=text, period=meant)
    return tr('"{text}" is no period; a period is {forms}', text=text, forms=tr(FORMS))


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


def split(span: Period) -> tuple[Period | None, Period]:
    """A span as (from, by), each as written; (None, the period) for anything else."""
    return _halves(span.text) if "/" in span.text else (None, span)


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
    """The same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(year_month(day) + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def following(period: Period) -> Period | None:
    """The period of the same length right after; None where it does not consist of whole months."""
    if period.months is None:
        return None
    first = plus_months(period.first, period.months)
    last = plus_months(first, period.months) - timedelta(days=1)
    return Period(first, last, name(first, last))


def parts(first: date, last: date, frequency: Frequency) -> Iterator[Period]:
    """The periods of a frequency counted from ``first``; the last one is cut at ``last`` where they do not come out even."""
    step = MONTHS[frequency]
    count = 0
    begin = first
    while begin <= last:
        count += step
        following = plus_months(first, count)
        end = min(following - timedelta(days=1), last)
        yield Period(begin, end, name(begin, end))
        begin = following


def ends_later_inside(due: Period, frequency: Frequency, after: date) -> bool:
    """Whether, by the calendar, a period of this frequency ends inside ``due`` later than ``after``."""
    month = year_month(due.last) + (1 if months(due.last).denominator == 1 else 0)
    newest = month - month % MONTHS[frequency]
    year, index = divmod(newest - 1, 12)
    end = date(year, index + 1, calendar.monthrange(year, index + 1)[1])
    return due.contains(end) and end > after


def name(first: date, last: date) -> str:
    """The shortest text of the period from ``first`` to ``last``."""
    month, whole = first.month, Period(first, last, "").months
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
