"""Almanac: days and periods in words, as a newspaper writes them."""

from __future__ import annotations

from datetime import date

from targettrack.language import mark, tr, tr_as
from targettrack.period import Period, split

_MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip


def named(period: Period) -> str:
    """A period as a noun: ``2017``, ``the first half of 2021``, ``October 2017``, ``29 October 2017``, ``2021–2025``, ``April 2017 to March 2018``."""
    begins, last = split(period)
    if begins is not None:
        return window(begins, last)
    if "/" in period.text:
        return _fiscal(period.text)
    first, year = period.first, f"{period.first.year:04}"
    if period.first == period.last:
        return tr_as("day", "{day} {month} {year}", day=first.day, month=tr(_MONTHS[first.month - 1]), year=year)
    if period.months == 12 and first.month == 1:
        return tr_as("year", "{year}", year=year)
    if period.months == 6:
        return (
            tr("the first half of {year}", year=year)
            if first.month == 1
            else tr("the second half of {year}", year=year)
        )
    if period.months == 3:
        return _quarter(first, year)
    return tr_as("month", "{month} {year}", month=tr(_MONTHS[first.month - 1]), year=year)


def window(begins: Period, ends: Period) -> str:
    """The time from one period to another, as a noun: ``2021–2025``, ``April 2017 to March 2018``."""
    first, last = split(begins)[0] or begins, split(ends)[1]
    if first.text.isdigit() and last.text.isdigit():
        return tr_as("years", "{first}–{last}", first=first.text, last=last.text)
    return tr_as("span", "{first} to {last}", first=named(first), last=named(last))


def within(begins: Period, ends: Period) -> str:
    """The time from one period to another, as an adverb: ``in 2021–2025``, ``from April 2017 to March 2018``."""
    first, last = split(begins)[0] or begins, split(ends)[1]
    if first.text.isdigit() and last.text.isdigit():
        return tr_as("when", "in {period}", period=window(begins, ends))
    return tr_as("when", "from {first} to {last}", first=named(first), last=named(last))


def _fiscal(text: str) -> str:
    """A fiscal year, as ``2017/18``, or a half or a quarter of one, under the words of a calendar one."""
    year, _, part = text.partition("-")
    if not part:
        return tr_as("fiscal year", "{year}", year=year)
    if part[0] != "Q":
        return (
            tr("the first half of {year}", year=year) if part[1] == "1" else tr("the second half of {year}", year=year)
        )
    return _quarter(date(1, 3 * int(part[1]) - 2, 1), year)


def _quarter(first: date, year: str) -> str:
    if first.month == 1:
        return tr("the first quarter of {year}", year=year)
    if first.month == 4:
        return tr("the second quarter of {year}", year=year)
    return (
        tr("the third quarter of {year}", year=year)
        if first.month == 7
        else tr("the fourth quarter of {year}", year=year)
    )


def when(period: Period) -> str:
    """A period as an adverb: ``in 2017``, ``on 29 October 2017``, ``from April 2017 to March 2018``."""
    begins, last = split(period)
    if begins is not None:
        return within(begins, last)
    if period.first == period.last:
        return tr_as("when", "on {period}", period=named(period))
    return tr_as("when", "in {period}", period=named(period))
