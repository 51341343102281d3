"""Stretches: what a cell says as a period, what the words of a header say, and what a column proves of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targettrack import period as periods
from targettrack.period import CALENDAR, Period, Year
from targettrack.recording.amounts import Missing
from targettrack.recording.stretches import (
    Because,
    Decided,
    Heading,
    NoPeriod,
    Reading,
    Rule,
    UnclearPeriod,
    heading,
    prove,
    proven,
    said,
    stretch,
)
from targettrack.recording.table import Dated, Value

APRIL = Year(4, 1)


def shown(found: Reading | Heading) -> str:
    """A reading in short."""
    if isinstance(found, Period):
        return found.text
    if isinstance(found, UnclearPeriod):
        return "unclear " + " | ".join(found.readings) + (" | fiscal" if found.fiscal else "")
    if isinstance(found, Missing):
        return f"missing {found.sign}".rstrip()
    if isinstance(found, NoPeriod):
        return "no"
    plan = " plan" if found.plan else ""
    return " ".join([f"{found.period.text} {found.quality or 'plain'}{plan}", *found.marks])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021", "2021"),
        ("2021.0", "2021"),
        ("Năm 2022", "2022"),
        ("NĂM 2022", "2022"),
        ("Year 2022", "2022"),
        ("CY2022", "2022"),
        ("2021-A1", "2021"),
        ("Q1 2018", "2018-Q1"),
        ("2018Q1", "2018-Q1"),
        ("2018-Q1", "2018-Q1"),
        ("1Q2018", "2018-Q1"),
        ("2015K3", "2015-Q3"),
        ("Quý 3/2015", "2015-Q3"),
        ("Quý III/2015", "2015-Q3"),
        ("Quý III năm 2015", "2015-Q3"),
        ("quý\u00a0iv\u00a02015", "2015-Q4"),
        ("Q.3/2015", "2015-Q3"),
        ("1. Quartal 2018", "2018-Q1"),
        ("2e trimestre 2018", "2018-Q2"),
        ("Third quarter of 2018", "2018-Q3"),
        ("H1 2018", "2018-S1"),
        ("2018H1", "2018-S1"),
        ("2018-S1", "2018-S1"),
        ("1er semestre 2018", "2018-S1"),
        ("2. Halbjahr 2018", "2018-S2"),
        ("6T2015", "2015-S1"),
        ("6 tháng đầu năm 2015", "2015-S1"),
        ("6 tháng cuối năm 2015", "2015-S2"),
        ("9 tháng 2015", "2015-01/2015-09"),
        ("9T/2015", "2015-01/2015-09"),
        ("9 tháng đầu năm 2015", "2015-01/2015-09"),
        ("3T2015", "2015-Q1"),
        ("Tháng 5/2015", "2015-05"),
        ("tháng 5 năm 2015", "2015-05"),
        ("T5/2015", "2015-05"),
        ("5/2015", "2015-05"),
        ("05.2015", "2015-05"),
        ("2015.10", "2015-10"),
        ("May 2015", "2015-05"),
        ("März 2015", "2015-03"),
        ("août 2015", "2015-08"),
        ("2015M05", "2015-05"),
        ("2015-M05", "2015-05"),
        ("2015-03", "2015-03"),
        ("201505", "2015-05"),
        ("Jan-Sep 2015", "2015-01/2015-09"),
        ("2021-01-01", "2021-01-01"),
        ("2015-01-31T00:00:00", "2015-01-31"),
        ("2015-01-31 00:00", "2015-01-31"),
        ("20150131", "2015-01-31"),
        ("31.12.2015", "2015-12-31"),
        ("25/1/2015", "2015-01-25"),
        ("1/25/2015", "2015-01-25"),
        ("ngày 9 tháng 1 năm 2015", "2015-01-09"),
        ("5 January 2015", "2015-01-05"),
        ("Jan 5, 2015", "2015-01-05"),
        ("5. März 2015", "2015-03-05"),
        ("2021-2025", "2021/2025"),
        ("2021–2025", "2021/2025"),
        ("2021/2025", "2021/2025"),
        ("Giai đoạn 2021-2025", "2021/2025"),
        ("giai đoạn 2017-2018", "2017/2018"),
        ("từ năm 2021 đến năm 2025", "2021/2025"),
        ("2010-14", "2010/2014"),
        ("2021-01-01/P5Y", "2021/2025"),
        ("2021-01-01/P1Y", "2021"),
        ("2021-04-01T00:00:00/P3M", "2021-Q2"),
        ("Y2014", "2014"),
        ("2015JJ00", "2015"),
        ("2015HJ02", "2015-S2"),
        ("2015KW01", "2015-Q1"),
        ("2015MM10", "2015-10"),
        ("MO032015", "2015-03"),
        ("3º trimestre 2015", "2015-Q3"),
        ("dezembro de 2015", "2015-12"),
        ("mayo 2015", "2015-05"),
        ("5 de enero de 2015", "2015-01-05"),
        ("2015年", "2015"),
        ("2015年10月", "2015-10"),
        ("2015年第3季度", "2015-Q3"),
        ("2015년 1월", "2015-01"),
    ],
)
def test_period_is_read_in_the_ways_of_many_offices(text: str, expected: str) -> None:
    """A text that can mean one period only is that period, as a program file writes it."""
    assert shown(stretch(text, CALENDAR)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017/18", "2017/18"),
        ("2017-18", "2017/18"),
        ("2017–18", "2017/18"),
        ("FY 2017/18", "2017/18"),
        ("FY2017-18", "2017/18"),
        ("FY2017-2018", "2017/18"),
        ("FY17/18", "2017/18"),
        ("201516", "2015/16"),
        ("Q1 2017/18", "2017/18-Q1"),
        ("2017/18 Q1", "2017/18-Q1"),
        ("2017-18 H2", "2017/18-S2"),
        ("FY2018", "unclear 2017/18 | 2018/19"),
        ("FY18", "unclear 2017/18 | 2018/19"),
        ("Q1 FY2018", "unclear 2017/18-Q1 | 2018/19-Q1"),
        ("2017/2018", "unclear 2017/2018 | 2017/18"),
        ("2010-11", "unclear 2010-11 | 2010/11"),
        ("201011", "unclear 2010-11 | 2010/11"),
    ],
)
def test_fiscal_year_is_read_where_the_program_has_one(text: str, expected: str) -> None:
    """Two years that follow one another are a fiscal year; one called after a single year may end or begin in it."""
    assert shown(stretch(text, APRIL)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9/1/2015", "unclear 2015-01-09 | 2015-09-01"),
        ("9-1-2015", "unclear 2015-01-09 | 2015-09-01"),
        ("2010-12", "unclear 2010-12 | 2010/2012"),
        ("2010/12", "unclear 2010-12 | 2010/2012"),
        ("2010-11", "unclear 2010-11 | fiscal"),
        ("2017/2018", "unclear 2017/2018 | fiscal"),
        ("T1/2015", "unclear 2015-01 | 2015-Q1"),
        ("9M2015", "unclear 2015-01/2015-09 | 2015-09"),
        ("FY2018", "no"),
        ("2017-18", "no"),
        ("NH 2020", "no"),
        ("Năm học 2019-2020", "no"),
        ("1Q18", "no"),
        ("2021-W05", "no"),
        ("2021-T1", "no"),
        ("2015-01-31T12:30:00", "no"),
        ("30/2/2015", "no"),
        ("2025-2021", "no"),
        ("2015.5", "no"),
        ("3000", "no"),
        ("１９９９", "no"),
        ("Total", "no"),
        ("", "missing"),
        ("..", "missing .."),
    ],
)
def test_doubtful_period_is_not_guessed(text: str, expected: str) -> None:
    """What has two readings has both, and what a program cannot say is refused."""
    assert shown(stretch(text, CALENDAR)) == expected


def test_refusals_say_why() -> None:
    """A sentence quotes the text as it was typed, and says what is missing."""
    assert said(NoPeriod("as it is")) == "as it is"
    assert stretch("NH 2020", CALENDAR) == NoPeriod(
        '"NH 2020" may be a school year ("năm học", "niên học"), and nothing says which months that has: give its period by months, as 2020-09/2021-05'
    )
    assert stretch("FY2018", CALENDAR) == NoPeriod(periods.no_fiscal_year("FY2018"))
    assert (
        said(UnclearPeriod("2010-11", ("2010-11",), fiscal=True))
        == '"2010-11" may mean 2010-11, or a fiscal year, and this program does not say when its fiscal years begin'
    )
    assert (
        said(UnclearPeriod("9/1/2015", ("2015-01-09", "2015-09-01"))) == '"9/1/2015" may mean 2015-01-09 or 2015-09-01'
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal(2021), "2021"),
        (Decimal("2021.0"), "2021"),
        (Decimal(201505), "2015-05"),
        (Decimal("2015.5"), "no"),
        (Decimal("1e999999"), "no"),
        (Decimal(44197), "no"),
        (Dated(date(2010, 12, 1), "month"), "2010-12"),
        (Dated(date(2021, 1, 1), "year"), "2021"),
        (Dated(date(2021, 5, 1), "quarter"), "2021-Q2"),
        (Dated(date(2021, 1, 1), "day"), "2021-01-01"),
        (True, "no"),
    ],
)
def test_number_and_day_of_a_spreadsheet_are_periods(value: Value, expected: str) -> None:
    """A whole number is a year, and a day is as much as its cell shows of it."""
    assert shown(stretch(value, CALENDAR)) == expected


@pytest.mark.parametrize(
    ("text", "decided", "expected"),
    [
        ("2021-01-01", Decided(stand="year"), "2021"),
        ("2021-12-31", Decided(stand="year"), "2021"),
        ("2021-06-30", Decided(stand="year"), "2021-06-30"),
        ("2021-02-01", Decided(stamps=True), "unclear 2021-02-01 | 2021-02"),
        ("9/1/2015", Decided(day_first=True), "2015-01-09"),
        ("9/1/2015", Decided(day_first=False), "2015-09-01"),
        ("1/25/2015", Decided(day_first=True), "no"),
        ("2010-11", Decided(fiscal=True), "2010/11"),
        ("2010-11", Decided(months=True), "2010-11"),
        ("2010-12", Decided(spans=True), "2010/2012"),
        ("2017-2018", Decided(fiscal=True), "2017/18"),
        ("2017-2018", Decided(spans=True), "2017/2018"),
        ("T1/2015", Decided(t_months=True), "2015-01"),
        ("FY2018", Decided(fiscal_named="end"), "2017/18"),
        ("FY2018", Decided(fiscal_named="begin"), "2018/19"),
        ("2021-04-01", Decided(stand="month"), "2021-04"),
        ("2021-04-01", Decided(stand="quarter"), "2021-Q2"),
        ("2021-04-01", Decided(stand="day", stamps=True), "2021-04-01"),
        (Dated(date(2021, 9, 1), "month"), Decided(stand="quarter"), "2021-Q3"),
        (Dated(date(2021, 9, 1), "month"), Decided(quarterly=True), "unclear 2021-09 | 2021-Q3"),
    ],
)
def test_what_is_decided_leaves_one_reading(text: Value, decided: Decided, expected: str) -> None:
    """What is known of a column takes the other readings away."""
    assert shown(stretch(text, APRIL, decided)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["2021-01-01", "2022-01-01"], Decided(stand="year", why=(Because("first-january", "2021-01-01"),))),
        (["", "1/1/2015", "1/1/2016"], Decided(stand="year", why=(Because("first-january", "2015-01-01"),))),
        (["31.12.2015", "31.12.2016"], Decided(stand="year", why=(Because("last-december", "2015-12-31"),))),
        (
            [Dated(date(2021, 1, 1), "day"), Dated(date(2022, 1, 1), "day")],
            Decided(stand="year", why=(Because("first-january", "2021-01-01"),)),
        ),
        (["2021-01-01"], Decided(stamps=True)),
        (["2021-01-01", "2021-02-01"], Decided(stamps=True)),
        (["2021-07-01", "2022-07-01"], Decided()),
        (
            ["2021-11-01", "2021-12-01", "2022-01-01"],
            Decided(stand="month", why=(Because("first-months", "2021-11-01"),)),
        ),
        (["2021-01-01", "2021-04-01", "2021-07-01"], Decided(stamps=True, quarterly=True)),
        ([Dated(date(2021, month, 1), "month") for month in (3, 6, 9)], Decided(quarterly=True)),
        ([Dated(date(2021, month, 1), "month") for month in (3, 4, 5)], Decided()),
        (["Period", "2019-02", "2011-12"], Decided(months=True, why=(Because("months", "2019-02"),))),
        (["2021-06-30", "2021-12-31"], Decided()),
        (["9/1/2015", "25/1/2015"], Decided(day_first=True, why=(Because("day-first", "25/1/2015"),))),
        (["9/1/2015", "1/25/2015"], Decided(day_first=False, why=(Because("month-first", "1/25/2015"),))),
        (["25/1/2015", "1/25/2015"], Decided()),
        (["2010-11", "2011-12"], Decided(fiscal=True, why=(Because("fiscal", "2010-11"),))),
        (["2017-18"], Decided(fiscal=True, why=(Because("fiscal", "2017-18"),))),
        (["2009-10"], Decided()),
        (["2010-12", "2013-15"], Decided(spans=True, why=(Because("spans", "2013-15"),))),
        (["2010-12", "2011-12"], Decided()),
        (["2010-01", "2010-02", "2010-03"], Decided(months=True, why=(Because("months", "2010-01"),))),
        (["2010-12", "2015-03"], Decided(months=True, why=(Because("months", "2015-03"),))),
        ([Decimal(201011), Decimal(201112)], Decided(fiscal=True, why=(Because("fiscal", "201011"),))),
        (["2017-2018", "2018-2019"], Decided(fiscal=True, why=(Because("fiscal", "2017-2018"),))),
        (["2017-2018", "2019-2020"], Decided()),
        (["2017-2018", "2019-2023"], Decided(spans=True, why=(Because("spans", "2019-2023"),))),
        (["T1/2015", "T5/2015"], Decided(t_months=True, why=(Because("t-months", "T5/2015"),))),
        (["2015", "2016", Decimal(2017)], Decided()),
        ([], Decided()),
    ],
)
def test_column_proves_what_its_periods_are(values: list[Value], expected: Decided) -> None:
    """All cells of a column together leave one reading, or nothing is decided."""
    assert prove(values) == expected


def test_days_before_months_may_be_said_by_a_person() -> None:
    """With the order of days and months said, days that could be read both ways prove years."""
    assert prove(["12/1/2015", "1/1/2016"], day_first=True) == Decided(day_first=True)
    assert prove(["1/2/2015", "1/3/2015"], day_first=True).stamps


def test_each_proof_has_a_sentence() -> None:
    """Every reason names a text that shows it."""
    decided = Decided(why=tuple(Because(rule, "2010-11") for rule in get_args(Rule)))
    assert len(proven(decided)) == len(get_args(Rule))
    assert all("2010-11" in sentence for sentence in proven(decided))


TEXTS = st.from_regex(
    r"(?:FY ?|Q[1-4] |T|Quý |Năm |[1-9] tháng |)(?:(?:0?[1-9]|[12][0-9]|3[01])[/.-]){0,2}(?:19|20)[0-9]{2}(?:[-/ ]?(?:Q[1-4]|S[12]|M?[01][0-9]|[0-9]{2}|20[0-9]{2}))?",
    fullmatch=True,
)
DECIDED = st.builds(
    Decided,
    stand=st.sampled_from([None, "year", "quarter", "month", "day"]),
    quarterly=st.booleans(),
    stamps=st.booleans(),
    day_first=st.sampled_from([None, True, False]),
    fiscal=st.booleans(),
    months=st.booleans(),
    spans=st.booleans(),
)


@given(TEXTS, st.sampled_from([CALENDAR, APRIL]), DECIDED)
def test_readings_are_periods_of_the_program(text: str, year: Year, decided: Decided) -> None:
    """Whatever is read, or named as a reading, reads back as the same period of a program file."""
    found = stretch(text, year, decided)
    if isinstance(found, Period):
        assert periods.period(found.text, year) == found
    elif isinstance(found, UnclearPeriod):
        read = [periods.period(each, year) for each in found.readings]
        assert len(set(read)) == len(read) > (0 if found.fiscal else 1)


@given(TEXTS, st.sampled_from([CALENDAR, APRIL]), DECIDED)
def test_deciding_never_invents_a_reading(text: str, year: Year, decided: Decided) -> None:
    """What is known of a column chooses among the readings of a text; only a day that stands for its year, or may, has others."""
    free, bound = stretch(text, year), stretch(text, year, decided._replace(stand=None, stamps=False))
    if isinstance(free, Period):
        assert bound == free or isinstance(bound, NoPeriod)
    elif isinstance(free, UnclearPeriod) and isinstance(bound, Period):
        assert bound in [periods.period(each, year) for each in free.readings]


def test_program_text_is_read_as_itself() -> None:
    """A period as a program file writes it is itself, but for those that a table may mean otherwise."""
    for text in (
        "2015",
        "2015-S1",
        "2015-Q3",
        "2015-09",
        "2015-09-30",
        "2021/2025",
        "2015-01/2015-09",
        "2017/18",
        "2017/18-Q1",
    ):
        assert stretch(text, APRIL) == periods.period(text, APRIL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021", "2021 plain"),
        ("Thực hiện 2021", "2021 plain"),
        ("TH năm 2021", "2021 plain"),
        ("Actual 2021", "2021 plain"),
        ("Ước TH 2024", "2024 estimate"),
        ("Ước 6 tháng 2024", "2024-S1 estimate"),
        ("Năm 2022\n(Ước)", "2022 estimate"),
        ("2024 estimate", "2024 estimate"),
        ("Sơ bộ 2023", "2023 provisional"),
        ("2023 (Sơ bộ)", "2023 provisional"),
        ("Prel. 2023", "2023 provisional"),
        ("2023p", "2023 provisional"),
        ("2023e", "2023 estimate"),
        ("2015-03 p", "2015-03 provisional"),
        ("2022r", "2022 plain r"),
        ("2020 b", "2020 plain b"),
        ("2023*", "2023 plain *"),
        ("2023 (1)", "2023 plain (1)"),
        ("2023¹", "2023 plain ¹"),
        ("Kế hoạch 2025", "2025 plain plan"),
        ("KH 2025", "2025 plain plan"),
        ("2021-2025 (KH)", "2021/2025 plain plan"),
        ("Kế hoạch 5 năm 2021-2025", "2021/2025 plain plan"),
        ("Target 2025", "2025 plain plan"),
        ("Plan 2025", "2025 plain plan"),
        ("Mục tiêu 2025", "2025 plain plan"),
        ("Dự kiến 2025", "2025 plain plan"),
        ("Forecast 2026", "2026 plain plan"),
        ("2026f", "2026 plain plan"),
        ("Prognose 2026", "2026 plain plan"),
        ("KH 9/1/2015", "unclear 2015-01-09 | 2015-09-01"),
        ("2021 so với 2020", "no"),
        ("Tỷ lệ 2020 (%)", "no"),
        ("Total 2021", "no"),
        ("M 2015", "no"),
        ("pa_last_year_5", "no"),
        ("Q. 2015", "no"),
        ("", "missing"),
    ],
)
def test_header_says_its_period_and_what_its_figures_are(text: str, expected: str) -> None:
    """The words around a period are known ones, or the header is no period."""
    assert shown(heading(text, CALENDAR)) == expected


@pytest.mark.parametrize("text", ["2015年度", "2015SJ00", "2015X000", "2015KW05", "2015MM13", "2015年13月"])
def test_a_code_or_a_word_that_is_no_period_is_none(text: str) -> None:
    """A fiscal year of which nobody says when it begins, a school year and what no calendar has are not guessed at."""
    assert shown(stretch(text, CALENDAR)) == "no"


def test_a_month_without_its_last_zero() -> None:
    """2015.1 is what a program that reads numbers leaves of 2015.10 too: both are said."""
    found = stretch("2015.1", CALENDAR)
    assert isinstance(found, NoPeriod)
    assert found.sentence == '"2015.1" may mean "2015-01" or "2015-10"'
