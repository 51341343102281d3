"""Periods: what is one, and the laws of their days."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targettrack.period import (
    MONTHS,
    Frequency,
    Period,
    PeriodError,
    day_at,
    ends_later_inside,
    months,
    name,
    partial_date,
    parts,
    period,
    plus_months,
    split,
    years,
)

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
YEARS = st.integers(1000, 2999)
FREQUENCIES = st.sampled_from(get_args(Frequency))
SINGLE = st.one_of(
    YEARS.map(str),
    st.tuples(YEARS, st.sampled_from(["S1", "S2", "H1", "H2", "Q1", "Q2", "Q3", "Q4"])).map(
        lambda pair: f"{pair[0]}-{pair[1]}"
    ),
    st.tuples(YEARS, st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02}"),
    DAYS.map(date.isoformat),
)
SPANS = st.tuples(SINGLE, SINGLE).filter(lambda pair: period(pair[0]).first <= period(pair[1]).last).map("/".join)
PERIODS = st.one_of(SINGLE, SPANS)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        (2015, "2015-01-01", "2015-12-31"), ("2015", "2015-01-01", "2015-12-31"), ("2015-S1", "2015-01-01", "2015-06-30"), ("2015-H2", "2015-07-01", "2015-12-31"),
        ("2015-Q3", "2015-07-01", "2015-09-30"), ("2016-02", "2016-02-01", "2016-02-29"), ("2015-09-05", "2015-09-05", "2015-09-05"), (date(2015, 9, 5), "2015-09-05", "2015-09-05"),
        ("2021/2025", "2021-01-01", "2025-12-31"), ("2017-04/2018-03", "2017-04-01", "2018-03-31"), ("2015-Q4/2016-S1", "2015-10-01", "2016-06-30"), ("2015/2015", "2015-01-01", "2015-12-31"),
    ],
)  # fmt: skip
def test_period(value: object, first: str, last: str) -> None:
    """A period has a first and a last day."""
    found = period(value)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "value",
    ["", "15", "2015-Q5", "2015-S3", "2015-13", "2015-00", "2015-9", "2015-02-29", "2015-q3", " 2015", "2015 ", "2015\n", "0999", "3000", "2015/", "/2015", "2015/2014", "2015/2016/2017", "２０１５", "2015-W10", 15, 99999, -2015, 2015.0, True, None, [2015], datetime(2015, 1, 1)],  # noqa: DTZ001
)  # fmt: skip
def test_no_period(value: object) -> None:
    """Anything else is refused with a sentence."""
    with pytest.raises(PeriodError, match=r"period|calendar"):
        period(value)


def test_integer_too_long_to_write() -> None:
    """An integer beyond Python's own limit is no period and no date."""
    for of in (period, partial_date):
        with pytest.raises(PeriodError, match="more than 30 digits"):
            of(10**6000)


@pytest.mark.parametrize(
    ("value", "last"),
    [
        (2017, "2017-12-31"),
        ("2017", "2017-12-31"),
        ("2017-10", "2017-10-31"),
        ("2017-10-29", "2017-10-29"),
        (date(2017, 10, 29), "2017-10-29"),
    ],
)
def test_date_counts_at_its_last_day(value: object, last: str) -> None:
    """A day, a month or a year counts at its last day, and is printed as written."""
    assert (partial_date(value).last.isoformat(), partial_date(value).text) == (last, str(value))


@pytest.mark.parametrize(
    "value",
    [
        *("2017-Q1", "2017-S1", "2017/2018", "29.10.2017", "2017-13", "", True, None, 17, 20171029),
        datetime(2017, 1, 1),  # noqa: DTZ001
    ],
)
def test_no_date(value: object) -> None:
    """Anything else is no date, and the sentence speaks of dates or days alone."""
    with pytest.raises(PeriodError) as caught:
        partial_date(value)
    assert "quarter" not in str(caught.value)


@given(PERIODS)
def test_same_days_are_equal(text: str) -> None:
    """Periods with the same days are equal and have the same hash, whatever their text."""
    one = period(text)
    other = period(f"{one.first}/{one.last}")
    assert one == other
    assert hash(one) == hash(other)
    assert str(one) == text


@given(PERIODS, PERIODS)
def test_equal_only_with_the_same_days(one: str, other: str) -> None:
    """Periods are equal exactly when both their days are."""
    a, b = period(one), period(other)
    assert (a == b) is ((a.first, a.last) == (b.first, b.last))


@given(PERIODS)
def test_name_round_trip(text: str) -> None:
    """The shortest name of a period's days is a period of the same days, and its own name."""
    found = period(text)
    short = name(found.first, found.last)
    assert period(short) == found
    assert len(short) <= len(name(found.first, found.last))
    assert name(period(short).first, period(short).last) == short


@given(PERIODS, DAYS)
def test_contains_and_ended(text: str, day: date) -> None:
    """A period contains its ends, and has ended from the day after its last."""
    found = period(text)
    assert found.contains(found.first)
    assert found.contains(found.last)
    assert found.contains(day) is (found.first <= day <= found.last)
    assert not found.ended(found.last)
    assert found.ended(found.last + timedelta(days=1))


@given(PERIODS)
def test_whole_months(text: str) -> None:
    """A period covers whole months exactly when it begins on a first and ends on a last day of one."""
    found = period(text)
    whole = found.first.day == 1 and found.last.day == calendar.monthrange(found.last.year, found.last.month)[1]
    assert (found.months is not None) is whole
    if found.months is not None:
        assert (
            months(found.last)
            - months(found.first - timedelta(days=1) if found.first.day > 1 or found.first.year > 1 else found.first)
            == found.months
        )


@given(DAYS, st.integers(0, 2000), FREQUENCIES)
def test_parts_tile_the_window(first: date, length: int, frequency: Frequency) -> None:
    """The parts of a window follow each other without a gap from its first day to its last; only the last one may be cut."""
    last = min(first + timedelta(days=length), date(2999, 12, 31))
    found = list(parts(first, last, frequency))
    assert found[0].first == first
    assert found[-1].last == last
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(found))
    assert all(part == period(part.text) for part in found)
    if first.day == 1:
        assert all(part.months == MONTHS[frequency] for part in found[:-1])


@given(DAYS)
def test_day_at_is_the_inverse_of_months(day: date) -> None:
    """A day's place on the month axis is that day's."""
    assert day_at(months(day)) == day


@given(DAYS, DAYS)
def test_months_keep_the_order(one: date, other: date) -> None:
    """The month axis runs with the days, and a year is 12 months."""
    assert (one < other) is (months(one) < months(other))
    assert years(one, other) * 12 == months(other) - months(one)
    assert years(one, other) == -years(other, one)


@given(st.fractions(12 * 1000, 12 * 2999))
def test_day_at_covers_its_point(position: Fraction) -> None:
    """The day that a point falls on ends at or after it, and the day before ends before it."""
    day = day_at(position)
    assert day is not None
    assert months(day - timedelta(days=1)) < position <= months(day)


@pytest.mark.parametrize("position", [Fraction(0), Fraction(-5), Fraction(12 * 10_000 + 1), Fraction(10**12)])
def test_no_day_outside_the_calendar(position: Fraction) -> None:
    """Outside the years 1 to 9999 there is no day."""
    assert day_at(position) is None


@given(PERIODS)
def test_split(text: str) -> None:
    """A span splits into its beginning and its end; anything else is its own end."""
    begins, ends = split(period(text))
    assert ends.last == period(text).last
    assert (begins is None) is ("/" not in text)
    assert begins is None or begins.first == period(text).first


@given(DAYS, st.integers(0, 600))
def test_plus_months(day: date, count: int) -> None:
    """The same day of a later month, or its last."""
    found = plus_months(day, count)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == count
    assert found.day == min(day.day, calendar.monthrange(found.year, found.month)[1])


@given(PERIODS, FREQUENCIES, DAYS)
def test_ends_later_inside(text: str, frequency: Frequency, after: date) -> None:
    """A later period of the frequency is there exactly when the calendar has one that ends inside and after."""
    due = period(text)
    step = MONTHS[frequency]
    ends = (
        date(year, month, calendar.monthrange(year, month)[1])
        for year in range(due.last.year - 1, due.last.year + 1)
        for month in range(step, 13, step)
    )
    newest = max((end for end in ends if end <= due.last), default=None)
    assert ends_later_inside(due, frequency, after) is (newest is not None and due.contains(newest) and newest > after)


def test_text_is_as_written() -> None:
    """Two texts of one period are kept apart."""
    assert [str(period(text)) for text in ("2015-H1", "2015-S1")] == ["2015-H1", "2015-S1"]
    assert period("2015-H1") == period("2015-S1") == Period(date(2015, 1, 1), date(2015, 6, 30), "")
