"""Fiscal years, halves and quarters, their names and lengths; and the day until which a figure is not missed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruling import kept, program, ruled, said, used
from support import problems, row, tries
from targettrack.period import (
    CALENDAR,
    MONTHS,
    Frequency,
    Period,
    PeriodError,
    Year,
    asked,
    exactness,
    fiscal_year,
    following,
    holds_one,
    lag,
    name,
    of_kind,
    overlap,
    partial_date,
    parts,
    period,
    plus_months,
    since,
)

APRIL, JULY = Year(4, 1), Year(7, 16)
YEARS = st.builds(Year, st.integers(1, 12), st.integers(1, 28)).filter(lambda year: year.fiscal)
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
FREQUENCIES = st.sampled_from(get_args(Frequency))


def days(found: Period) -> tuple[str, str]:
    """The first and the last day of a period."""
    return found.first.isoformat(), found.last.isoformat()


# ---------------------------------------------------------------- what is one


@pytest.mark.parametrize(
    ("text", "year", "first", "last"),
    [
        ("2018/19", APRIL, "2018-04-01", "2019-03-31"), ("2018/19-Q1", APRIL, "2018-04-01", "2018-06-30"), ("2018/19-Q4", APRIL, "2019-01-01", "2019-03-31"),
        ("2018/19-S1", APRIL, "2018-04-01", "2018-09-30"), ("2018/19-H2", APRIL, "2018-10-01", "2019-03-31"), ("1999/00", APRIL, "1999-04-01", "2000-03-31"),
        ("2018/19", JULY, "2018-07-16", "2019-07-15"), ("2018/19-Q1", JULY, "2018-07-16", "2018-10-15"), ("2018/19-Q3", JULY, "2019-01-16", "2019-04-15"),
        ("2018/19-S2", JULY, "2019-01-16", "2019-07-15"), ("2015/16", Year(3, 1), "2015-03-01", "2016-02-29"), ("2018/19-Q2", Year(11, 28), "2019-02-28", "2019-05-27"),
        ("2018/19", Year(1, 2), "2018-01-02", "2019-01-01"), ("2018/19-Q4", Year(12, 1), "2019-09-01", "2019-11-30"),
    ],
)  # fmt: skip
def test_fiscal_periods(text: str, year: Year, first: str, last: str) -> None:
    """A fiscal year is named by the calendar year that it begins in, and its halves and quarters are counted from there; it is printed as written."""
    found = period(text, year)
    assert (days(found), str(found)) == ((first, last), text)
    assert period(f"{first}/{last}", year) == found


@pytest.mark.parametrize(
    "text", ["2018", "2018-Q2", "2018-S1", "2018-03", "2018-03-07", "2018/2019", "2018-04/2019-03"]
)
def test_calendar_periods_stay_what_they_are(text: str) -> None:
    """A program with fiscal years may still write periods of the calendar."""
    assert period(text, APRIL) == period(text, CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "2018/20",
        "2018/18",
        "2018/17",
        "1999/01",
        "2018/19/20",
        "2018/19-Q5",
        "2018/19-S3",
        "2018/19-03",
        "2018/9",
        "2018/19-q1",
        "2018/19/2019/20",
        "2018/19 ",
    ],
)
def test_what_is_no_fiscal_period(text: str) -> None:
    """The second year is the next one; spans of fiscal years and their months are written by months."""
    with pytest.raises(PeriodError):
        period(text, APRIL)


@pytest.mark.parametrize("text", ["2018/19", "2018/19-Q1", "2018/19-S2", "2009/10"])
def test_without_the_key_they_are_refused_by_its_name(text: str) -> None:
    """A program that does not say when its fiscal years begin is told which key is missing."""
    with pytest.raises(PeriodError, match="fiscal_year"):
        period(text)


@pytest.mark.parametrize(
    ("value", "year"),
    [("04-01", APRIL), ("07-16", JULY), ("02-28", Year(2, 28)), ("01-02", Year(1, 2)), ("12-01", Year(12, 1))],
)
def test_begin_of_a_fiscal_year(value: str, year: Year) -> None:
    """A fiscal year begins on a month and a day, and is written as it was given."""
    assert (fiscal_year(value), fiscal_year(value).text) == (year, value)


@pytest.mark.parametrize(
    "value",
    [
        "01-01",
        "01-29",
        "04-30",
        "08-31",
        "02-29",
        "4-1",
        "13-01",
        "00-10",
        "04-00",
        "04/01",
        "April",
        "",
        4,
        401,
        True,
        None,
        date(2018, 4, 1),
        "2018-04-01",
    ],
)
def test_what_begins_no_fiscal_year(value: object) -> None:
    """Days 29 to 31 and 1 January begin no fiscal year, nor does anything that is not a month and a day."""
    with pytest.raises(PeriodError):
        fiscal_year(value)


@pytest.mark.parametrize("value", ["'01-01'", "'04-31'", "'10-29'", "4", "2018-04-01", "'April'"])
def test_bad_fiscal_year_is_one_problem(tmp_path: Path, value: str) -> None:
    """A file with such a key is refused once, not at each of its periods too."""
    path = tmp_path / "p.toml"
    path.write_text(
        program("by = '2018/19'; value = 40", figures=("2018/19-Q4: 3",), head=f"fiscal_year = {value}"),
        encoding="utf-8",
    )
    assert [(problem.code, problem.line) for problem in problems(path)] == [("bad-fiscal-year", 4)]


def test_fiscal_periods_in_a_file_without_the_key(tmp_path: Path) -> None:
    """Each fiscal period of a file that states no fiscal year is refused."""
    path = tmp_path / "p.toml"
    path.write_text(program("by = '2018/19'; value = 40", figures=("2018/19-Q4: 3",)), encoding="utf-8")
    assert [problem.code for problem in problems(path)] == ["bad-period", "bad-period"]
    assert all("fiscal_year" in problem.message for problem in problems(path))


# ---------------------------------------------------------------- names and lengths


@pytest.mark.parametrize(
    ("first", "last", "year", "text"),
    [
        ("2018-04-01", "2019-03-31", APRIL, "2018/19"), ("2018-04-01", "2019-03-31", CALENDAR, "2018-04/2019-03"), ("2018-07-01", "2018-09-30", APRIL, "2018/19-Q2"),
        ("2018-07-01", "2018-12-31", APRIL, "2018-S2"), ("2018-10-01", "2019-03-31", APRIL, "2018/19-S2"), ("2018-01-01", "2018-12-31", APRIL, "2018"),
        ("2018-05-01", "2018-05-31", APRIL, "2018-05"), ("2018-07-16", "2018-10-15", JULY, "2018/19-Q1"), ("2018-07-16", "2018-08-15", JULY, "2018-07-16/2018-08-15"),
        ("2018-04-01", "2020-03-31", APRIL, "2018-04/2020-03"), ("1999-04-01", "2000-03-31", APRIL, "1999/00"), ("2018-04-01", "2018-04-01", APRIL, "2018-04-01"),
    ],
)  # fmt: skip
def test_names(first: str, last: str, year: Year, text: str) -> None:
    """A period is named as the program's years are, where it is a year, a half or a quarter of them; else by the calendar."""
    assert name(date.fromisoformat(first), date.fromisoformat(last), year) == text


@given(DAYS, FREQUENCIES, YEARS)
def test_the_name_of_a_fiscal_period_is_that_period(day: date, frequency: Frequency, year: Year) -> None:
    """What a name says is the period that has it."""
    found = of_kind(day, frequency, year)
    assert period(found.text, year) == found
    assert found.contains(day)
    assert found.months == MONTHS[frequency]


@given(DAYS, FREQUENCIES, st.one_of(st.just(CALENDAR), YEARS))
def test_a_year_begins_on_its_day(day: date, frequency: Frequency, year: Year) -> None:
    """The periods of a kind tile every year from its first day on."""
    first = year.begin(day)
    assert (first.month, first.day) == (year.month, year.day)
    assert first <= day < plus_months(first, 12)
    found = of_kind(day, frequency, year)
    assert ((found.first.year - first.year) * 12 + found.first.month - first.month) % MONTHS[frequency] == 0
    assert found.first.day == year.day


@given(DAYS, st.integers(0, 1500), FREQUENCIES, st.one_of(st.just(CALENDAR), YEARS))
def test_the_ended_periods_follow_each_other(day: date, length: int, frequency: Frequency, year: Year) -> None:
    """From the one that a day lies in to the last that has ended, without a gap."""
    on = day + timedelta(days=length)
    found = list(since(day, frequency, on, year))
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(found))
    assert all(each.ended(on) for each in found)
    assert not of_kind(found[-1].last + timedelta(days=1) if found else day, frequency, year).ended(on)


@given(DAYS, FREQUENCIES, YEARS, st.integers(1, 6))
def test_parts_of_a_fiscal_window_are_periods_of_that_year(
    day: date, frequency: Frequency, year: Year, count: int
) -> None:
    """A window of whole fiscal years is tiled by the program's own years, halves, quarters or months."""
    first = year.begin(day)
    found = list(parts(first, plus_months(first, 12 * count) - timedelta(days=1), frequency, year))
    assert len(found) == 12 * count // MONTHS[frequency]
    assert all(
        part == of_kind(part.first, frequency, year) and part.text == of_kind(part.first, frequency, year).text
        for part in found
    )


@given(DAYS, FREQUENCIES, st.one_of(st.just(CALENDAR), YEARS))
def test_the_next_period_is_of_the_same_kind(day: date, frequency: Frequency, year: Year) -> None:
    """After a year, half, quarter or month comes the next one of the program's years."""
    found = of_kind(day, frequency, year)
    after = following(found, year)
    assert after is not None
    assert (after, after.text) == (
        of_kind(found.last + timedelta(days=1), frequency, year),
        of_kind(found.last + timedelta(days=1), frequency, year).text,
    )


@pytest.mark.parametrize(
    ("text", "months", "length"),
    [
        ("2018", 12, 12),
        ("2016-02", 1, 1),
        ("2018-Q3", 3, 3),
        ("2018/2020", 36, 36),
        ("2018-01-16/2018-02-15", 1, 1),
        ("2018-01-16/2019-01-15", 12, 12),
        ("2018-07-01/2018-07-01", None, None),
        ("2018-01-10/2018-02-20", None, None),
    ],
)
def test_length_in_months(text: str, months: int | None, length: int | None) -> None:
    """A period has whole months where it ends on the day before one like its first; any length is a share of months."""
    found = period(text)
    assert found.months == months
    if length is None:
        assert 0 < found.length < 2
        assert found.length.denominator > 1
    else:
        assert found.length == length


@pytest.mark.parametrize(
    ("text", "day"),
    [("2018-07-01", True), ("2018-07-01/2018-07-01", True), ("2018-07", False), ("2018-07-01/2018-07-02", False)],
)
def test_a_day_is_a_point_in_time(text: str, day: bool) -> None:
    """A period of one day has no length to differ by, however it is written."""
    assert period(text).is_day is day


# ---------------------------------------------------------------- judged by fiscal years


def test_a_fiscal_year_is_the_due_period() -> None:
    """A promise due by a fiscal year is past due from its successor's first day, and its own figure tells it."""
    text = program("by = '2018/19'; value = 40", figures=("2018/19: 41", "2018: 9"), head="fiscal_year = '04-01'")
    assert [row(text, on).past_due for on in ("2019-03-31", "2019-04-01")] == [False, True]
    assert ruled(text, "2019-04-01") == ("exceeded", 41, 1, ("from_first_actual",), True)


def test_years_with_the_same_days_are_one_period() -> None:
    """A fiscal year and the same year written by months are one: two figures of one publisher are revisions."""
    found = row(
        program(
            "by = '2018-04/2019-03'; value = 40",
            figures=("2018/19: 41", "2018-04/2019-03: 39"),
            head="fiscal_year = '04-01'",
        ),
        "2020-01-01",
    )
    assert said(found) == ("missed", 39, -1, (), True)


def test_standing_years_are_those_of_the_program() -> None:
    """Every year means every fiscal year where one is stated: a calendar year's figure tells none of them."""
    text = program(
        "every = 'year'; value = 40; set_on = 2017-05-05",
        figures=("2017/18: 41", "2018: 90", "2018/19: 39"),
        head="fiscal_year = '07-16'",
    )
    found = row(text, "2019-07-16")
    assert (said(found), used(found), kept(found)) == (
        ("missed", 39, -1, ("from_first_actual", "met_at_start"), False),
        ["2018/19"],
        (3, 2, 1),
    )
    assert ruled(text, "2019-07-15") == ("exceeded", 41, 1, (), False)


def test_standing_quarters_are_those_of_the_program() -> None:
    """So do quarters: that which ends with the third of a fiscal year from mid-July ends in mid-April."""
    found = row(
        program(
            "every = 'quarter'; value = 40", figures=("2018/19-Q3: 41", "2019-Q1: 2"), head="fiscal_year = '07-16'"
        ),
        "2019-05-05",
    )
    assert (said(found), used(found)) == (("exceeded", 41, 1, (), False), ["2018/19-Q3"])


def test_frequency_is_that_of_the_fiscal_year() -> None:
    """A sum over two fiscal years has the program's years as its periods, and names the missing one as they are named."""
    found = row(
        program(
            "from = '2017/18'; by = '2018/19'; aggregate = 'sum'; value = 40",
            figures=("2018/19: 25", "2017: 20", "2018: 20"),
            head="fiscal_year = '07-16'",
        ),
        "2019-08-01",
    )
    assert found.judged
    assert found.judged.window
    assert (said(found), found.judged.window.periods, found.judged.window.missing) == (
        ("unreported", 25, -15, ("partial",), False),
        2,
        ("2017/18",),
    )


def test_fiscal_quarters_tile_a_fiscal_year() -> None:
    """A stated frequency of quarters counts four from the year's first day."""
    figures = tuple(f"2018/19-Q{quarter}: 10" for quarter in (1, 2, 3, 4))
    text = program(
        "from = '2018/19-Q1'; by = '2018/19-Q4'; aggregate = 'sum'; value = 40",
        figures=figures,
        head="fiscal_year = '10-01'",
        indicator="frequency = 'quarter'",
    )
    found = row(text, "2019-10-01")
    assert found.judged
    assert found.judged.window
    assert (said(found), found.judged.window.periods) == (("met", 40, 0, (), True), 4)


def test_stale_by_a_frequency_of_fiscal_quarters() -> None:
    """Inside a due year a figure of the third fiscal quarter is old where the indicator has a fourth."""
    text = program(
        "by = '2018/19'; value = 40; aggregate = 'last'",
        figures=("2018/19-Q3: 41",),
        head="fiscal_year = '10-01'",
        indicator="frequency = 'quarter'",
    )
    assert ruled(text, "2019-10-01") == ("unreported", 41, 1, ("stale",), False)


# ---------------------------------------------------------------- the day until which a figure is not missed


@pytest.mark.parametrize(
    ("text", "last", "until"),
    [
        ("7 months", "2018-12-31", "2019-07-31"), ("1 month", "2019-01-31", "2019-02-28"), ("1 month", "2019-02-28", "2019-03-31"), ("8 months", "2019-06-30", "2020-02-29"),
        ("12 months", "2020-02-29", "2021-02-28"), ("2 months", "2019-07-15", "2019-09-15"), ("1 month", "2019-01-30", "2019-02-27"), ("20 days", "2018-12-31", "2019-01-20"),
        ("1 day", "2019-02-28", "2019-03-01"), ("365 days", "2019-12-31", "2020-12-30"), ("120 months", "2018-12-31", "2028-12-31"),
    ],
)  # fmt: skip
def test_end_of_a_lag(text: str, last: str, until: str) -> None:
    """Months are counted from month's end to month's end, days one by one; the lag is printed as written."""
    assert (lag(text).end(date.fromisoformat(last)).isoformat(), str(lag(text))) == (until, text)


@given(DAYS, st.integers(1, 120))
def test_a_lag_of_months_after_a_months_end_ends_with_a_month(day: date, count: int) -> None:
    """After the end of a month so many months end with the end of another."""
    last = plus_months(day.replace(day=1), 1) - timedelta(days=1)
    end = lag(f"{count} months").end(last)
    assert (end + timedelta(days=1)).day == 1
    assert (end.year - last.year) * 12 + end.month - last.month == count


@tries(60)
@given(DAYS, DAYS, st.integers(1, 36), st.sampled_from(["month", "day"]))
def test_a_later_period_is_awaited_longer(one: date, other: date, count: int, unit: str) -> None:
    """The lag keeps the order of the days."""
    end = lag(f"{count} {unit}s").end
    assert (end(min(one, other)) <= end(max(one, other))) is True


@pytest.mark.parametrize(
    "value",
    [
        "7",
        "months",
        "0 months",
        "-1 months",
        "7 weeks",
        "7  months",
        "7months",
        "1.5 months",
        "121 months",
        "3661 days",
        "07 months",
        "",
        7,
        True,
        None,
        "1 year",
        "7 Months",
    ],
)
def test_what_is_no_lag(value: object) -> None:
    """A lag is a number of months or days, and not more than ten years."""
    with pytest.raises(PeriodError):
        lag(value)


@pytest.mark.parametrize("value", ["'7 weeks'", "7", "'121 months'", "'0 days'"])
def test_bad_lag_is_refused(tmp_path: Path, value: str) -> None:
    """A file with such a lag is refused."""
    path = tmp_path / "p.toml"
    path.write_text(program("by = 2019; value = 40", indicator=f"lag = {value}"), encoding="utf-8")
    assert [problem.code for problem in problems(path)] == ["bad-lag"]


# ---------------------------------------------------------------- dates of several exactness


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2018", "2019"),
        ("2018", "2018-06"),
        ("2018", "2018-11-15"),
        ("2018-11", "2018-11-15"),
        ("2018-11-15", "2018-12"),
        ("2018-12-31", "2019"),
        ("2018-10", "2018-11-01"),
        ("2018-06", "2019"),
    ],
)
def test_which_date_leads(earlier: str, later: str) -> None:
    """The later date leads; of two that overlap the more exact one."""
    one, other = partial_date(earlier), partial_date(later)
    assert exactness(None) < exactness(one) < exactness(other)


@pytest.mark.parametrize(
    ("one", "other", "overlapping"),
    [
        ("2018", "2018-11-15", True),
        ("2018-11", "2018-11-15", True),
        ("2018-11", "2018", True),
        ("2018-10", "2018-11-15", False),
        ("2018", "2019-01-01", False),
        ("2018-11-15", "2018-11-15", True),
    ],
)
def test_overlap(one: str, other: str, overlapping: bool) -> None:
    """Two dates overlap where they share a day."""
    assert (
        overlap(partial_date(one), partial_date(other))
        is overlap(partial_date(other), partial_date(one))
        is overlapping
    )


# ---------------------------------------------------------------- what is written instead


@pytest.mark.parametrize(
    ("text", "year", "written"),
    [
        ("2015/16/2018/19", APRIL, "2015-04/2019-03"), ("2019/20-S2/2020/21-S1", APRIL, "2019-10/2020-09"), ("2015/16/2018/19", JULY, "2015-07-16/2019-07-15"), ("2017/18-Q1/2017/18-Q2", APRIL, "2017/18-S1"),
        ("2016-04/2018/19", APRIL, "2016-04/2019-03"), ("FY2017/18", APRIL, "2017/18"), ("fy 2017/2018", APRIL, "2017/18"), ("2017-18", APRIL, "2017/18"), ("2018/19-q1", APRIL, "2018/19-Q1"), ("2018/19 ", APRIL, "2018/19"),
        ("2018/19-03", APRIL, "2019-03"), ("2018/19-04", APRIL, "2018-04"), ("2018/20", APRIL, "2018/2020"), ("2018/20", APRIL, "2018/19"), ("2016/18", APRIL, "2016/2018"), ("2016/18", APRIL, "2016/17"), ("1999/01", APRIL, "1999/2001"),
        ("2018/20", CALENDAR, "2018/2020"), ("2018/12", CALENDAR, "2018-12"), ("2018/20-Q1", APRIL, "2018/19-Q1"), ("2017/18-Q5", APRIL, "2017/18-Q1"), ("2017/18-Q5", APRIL, "2017/18-S1"), ("Q1 2015/Q3 2015", CALENDAR, "2015-Q1/2015-Q3"),
    ],
)  # fmt: skip
def test_what_to_write_instead(text: str, year: Year, written: str) -> None:
    """The whole text that was typed is quoted, and what is suggested is a period."""
    with pytest.raises(PeriodError) as caught:
        period(text, year)
    assert str(caught.value).startswith(f'"{text}" is no period')
    assert f'"{written}"' in str(caught.value)
    assert str(period(written, year)) == written


@pytest.mark.parametrize(
    "text",
    [
        "FY2017",
        "2018/19/20",
        "16/2018/19",
        "2015-13/2016",
        "2018/18",
        "2017/18-Q5",
        "2018/20-Q1",
        "/",
        "2018/",
        "2018/19/",
        "1/" * 2000,
    ],
)
def test_what_nobody_understands_is_quoted_whole(text: str) -> None:
    """No fragment is quoted, and the forms that a period may have are named."""
    with pytest.raises(PeriodError) as caught:
        period(text)
    assert str(caught.value).startswith(f'"{text}" is no period; a period is a year 2015')


@pytest.mark.parametrize("text", ["2015/16/2018/19", "2019/20-S2/2020/21-S1", "FY2017/18"])
def test_spans_without_the_key_are_refused_by_its_name(text: str) -> None:
    """A span of fiscal years in a program without them is told which key is missing."""
    with pytest.raises(PeriodError, match="fiscal_year") as caught:
        period(text)
    assert str(caught.value).startswith(f'"{text}" is ')


@given(DAYS, DAYS, FREQUENCIES, FREQUENCIES, YEARS)
def test_a_window_of_periods_is_asked_for_by_their_names(
    one: date, other: date, first: Frequency, last: Frequency, year: Year
) -> None:
    """The names of a window's first and last period are that window; a file says it by what the refusal writes."""
    begin, end = of_kind(min(one, other), first, year), of_kind(max(one, other), last, year)
    text = f"{begin}/{end}"
    if end.last < begin.first or len(text) == 9:
        return
    found = asked(text, year)
    assert found == Period(begin.first, end.last, "")
    assert period(found.text, year) == found
    if "/" in begin.text or "/" in end.text:
        with pytest.raises(PeriodError) as caught:
            period(text, year)
        assert f'"{found}"' in str(caught.value)


@given(DAYS, YEARS, FREQUENCIES)
def test_what_is_a_period_is_asked_for_as_it_is(day: date, year: Year, frequency: Frequency) -> None:
    """Who asks may say all that a file may."""
    text = of_kind(day, frequency, year).text
    assert asked(text, year) == period(text, year)


# ---------------------------------------------------------------- windows without a period


@given(DAYS, st.integers(0, 900), FREQUENCIES, st.one_of(st.just(CALENDAR), YEARS))
def test_a_window_holds_a_period_exactly_when_one_lies_in_it(
    first: date, length: int, frequency: Frequency, year: Year
) -> None:
    """Of all the periods that a window touches, one lies in it whole, or none does."""
    last = first + timedelta(days=length)
    touched = since(first, frequency, of_kind(last, frequency, year).last + timedelta(days=1), year)
    assert holds_one(first, last, frequency, year) is any(first <= each.first and each.last <= last for each in touched)


STANDING = """targettrack = 1
[program]
name = "P"
{key}
[indicators.a]
name = "A"
unit = "%"
direction = "increase"
[[indicators.a.targets]]
value = 1
{target}
"""


@pytest.mark.parametrize(
    ("key", "target", "empty"),
    [
        ("", 'every = "year"; from = "2021-Q1"; by = "2021-Q3"', True), ("", 'every = "half"; from = "2021-Q1"; by = "2021-Q3"', False), ("", 'every = "half"; by = "2021-Q2/2021-Q3"', True), ("", 'every = "year"; from = 2021; by = 2021', False),
        ("04-01", 'every = "year"; from = 2021; by = 2021', True), ("04-01", 'every = "year"; from = "2021/22"; by = "2021/22"', False), ("04-01", 'every = "year"; from = 2021; by = 2022', False), ("04-01", 'every = "half"; from = "2021-02"; by = "2021-08"', True),
        ("04-01", 'every = "half"; from = "2021-02"; by = "2021-09"', False), ("07-16", 'every = "month"; from = "2021-01"; by = "2021-01"', True), ("", 'every = "year"; from = "2021-02"', False), ("", 'every = "year"; by = "2021-Q1"', False),
        ("1 April", 'every = "year"; from = 2021; by = 2021', False),
    ],
)  # fmt: skip
def test_a_standing_window_without_a_period_is_refused(tmp_path: Path, key: str, target: str, empty: bool) -> None:
    """A standing target of which no period can ever be judged is no sound one; where the program says unsoundly when its years begin, that alone is told."""
    text = STANDING.format(key=f'fiscal_year = "{key}"' if key else "", target=target.replace("; ", "\n"))
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    assert [problem.code for problem in problems(path)] == (
        ["empty-window"] if empty else ["bad-fiscal-year"] if key == "1 April" else []
    )
