"""What a target is judged by, and what is concluded from it: one small program a rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from support import aim, facts, row, rows
from targettrack.assessment.row import Row
from targettrack.assessment.status import FLAGS, STATUSES

SOURCES = """
[sources.early]; title = "E"; publisher = "Paper"; published = 2016-03-01
[sources.late]; title = "L"; publisher = "Paper"; published = 2017-03-01
[sources.rival]; title = "R"; publisher = "Office"; published = 2016-06-01
[sources.undated]; title = "U"; publisher = "Ministry"
[sources.nobody]; title = "N"; published = 2016-01-01
"""
D = Decimal


def judged_periods(judged: Row) -> list[str]:
    """The periods of the figures that decide a row."""
    return [point.period.text for point in judged.judged.points] if judged.judged else []


def fiscal(text: str) -> str:
    """The program with fiscal years that begin in April."""
    return text.replace("[program]", '[program]\nfiscal_year = "04-01"')


def flag(name: str, judged: Row) -> bool:
    """Whether a row has a flag of the closed list."""
    assert name in FLAGS
    assert list(judged.flags) == [flag for flag in FLAGS if flag in judged.flags]
    return name in judged.flags


# ---------------------------------------------------------------- the statuses


CASES = {
    "no_data before the deadline": ("no_data", aim("increase", "by = 2020; value = 10"), "2018-01-01"),
    "no_data without a deadline": ("no_data", aim("increase", "value = 10"), "2018-01-01"),
    "no_data for a standing target without a figure": ("no_data", aim("increase", "every = 'year'; value = 10"), "2018-01-01"),
    "no_data for a sum without a figure": ("no_data", aim("increase", "by = '2016/2020'; value = 10; aggregate = 'sum'"), "2018-01-01"),
    "unreported past due": ("unreported", aim("increase", "by = 2020; value = 10"), "2021-01-01"),
    "unreported for a sum without a figure past due": ("unreported", aim("increase", "by = '2016/2020'; value = 10; aggregate = 'sum'"), "2021-01-01"),
    "unreported with an older figure, even one that would satisfy": ("unreported", aim("increase", "by = 2020; value = 10", "period = 2019; value = 12"), "2021-01-01"),
    "unreported for a standing target with an older figure": ("unreported", aim("increase", "every = 'year'; value = 10", "period = 2017; value = 12"), "2019-01-01"),
    "unreported for an incomplete sum": (
        "unreported", aim("increase", "by = '2019/2020'; value = 10; aggregate = 'sum'", "period = 2020; value = 9"), "2021-01-01",
    ),
    "unreported for an incomplete mean, however good": (
        "unreported", aim("increase", "by = '2019/2020'; value = 10; aggregate = 'mean'", "period = 2020; value = 90"), "2021-01-01",
    ),
    "unreported for an incomplete sum below its ceiling": (
        "unreported", aim("decrease", "by = '2019/2020'; value = 10; aggregate = 'sum'", "period = 2020; value = 9"), "2021-01-01",
    ),
    "unreported for an incomplete sum to maintain": (
        "unreported", aim("maintain", "by = '2019/2020'; value = 10; aggregate = 'sum'", "period = 2020; value = 10"), "2021-01-01",
    ),
    "not_assessable where the figure is too inexact": ("not_assessable", aim("increase", "by = 2020; value = 10", "period = 2020; range = [9, 11]"), "2021-01-01"),
    "not_assessable for a standing target with an inexact figure": (
        "not_assessable", aim("increase", "every = 'year'; value = 10", "period = 2020; range = [9, 11]"), "2021-06-01",
    ),
    "not_assessable where improve has nothing to compare": ("not_assessable", aim("increase", "by = 2020; improve = true", "period = 2020; value = 9"), "2021-01-01"),
    "met_late by a late figure that satisfies": ("met_late", aim("increase", "by = 2020; value = 10", "period = 2021; value = 10"), "2022-01-01"),
    "met_late also beyond the strong end": ("met_late", aim("increase", "by = 2020; value = 10", "period = 2021; value = 90"), "2022-01-01"),
    "met_late for improve": ("met_late", aim("increase", "by = 2020; improve = true", "period = 2019; value = 1", "period = 2021; value = 2"), "2022-01-01"),
    "missed by a late figure that does not": ("missed", aim("increase", "by = 2020; value = 10", "period = 2021; value = 9"), "2022-01-01"),
    "exceeded beyond the value": ("exceeded", aim("increase", "by = 2020; value = 10", "period = 2020; value = 10.1"), "2021-01-01"),
    "exceeded beyond the strong end of a range": ("exceeded", aim("increase", "by = 2020; range = [10, 12]", "period = 2020; value = 12.1"), "2021-01-01"),
    "exceeded below the strong end where lower is better": ("exceeded", aim("decrease", "by = 2020; range = [10, 12]", "period = 2020; value = 9"), "2021-01-01"),
    "exceeded before due": ("exceeded", aim("increase", "by = 2020; value = 10", "period = 2018; value = 11"), "2019-01-01"),
    "exceeded without a deadline": ("exceeded", aim("increase", "value = 10", "period = 2018; value = 11"), "2019-01-01"),
    "exceeded for a standing target": ("exceeded", aim("increase", "every = 'year'; value = 10", "period = 2018; value = 11"), "2019-01-01"),
    "met exactly at the value": ("met", aim("increase", "by = 2020; value = 10", "period = 2020; value = 10.0"), "2021-01-01"),
    "met at the strong end of a range": ("met", aim("increase", "by = 2020; range = [10, 12]", "period = 2020; value = 12"), "2021-01-01"),
    "met at the weak end of a falling range": ("met", aim("decrease", "by = 2020; range = [10, 12]", "period = 2020; value = 12"), "2021-01-01"),
    "met inside a range to maintain, never exceeded": ("met", aim("maintain", "by = 2020; range = [10, 12]", "period = 2020; value = 11"), "2021-01-01"),
    "met for a strict target, never exceeded": ("met", aim("increase", "by = 2020; value = 10; strict = true", "period = 2020; value = 99"), "2021-01-01"),
    "met by an improvement at due, never exceeded": (
        "met", aim("increase", "by = 2020; improve = true", "period = 2015; value = 1", "period = 2020; value = 99"), "2021-01-01",
    ),
    "met by an improvement without a deadline": ("met", aim("decrease", "improve = true", "period = 2015; value = 5", "period = 2020; value = 4"), "2021-01-01"),
    "met by a milestone": ("met", aim("increase", "by = 2020; value = true", "period = 2018; value = true", unit="yes/no"), "2019-01-01"),
    "missed past due": ("missed", aim("increase", "by = 2020; value = 10", "period = 2020; value = 9.999"), "2021-01-01"),
    "missed exactly at a strict value": ("missed", aim("increase", "by = 2020; value = 10; strict = true", "period = 2020; value = 10"), "2021-01-01"),
    "missed at the end of a strict range to maintain": (
        "missed", aim("maintain", "by = 2020; range = [10, 12]; strict = true", "period = 2020; value = 12"), "2021-01-01",
    ),
    "missed above a range to maintain": ("missed", aim("maintain", "by = 2020; range = [10, 12]", "period = 2020; value = 13"), "2021-01-01"),
    "missed where nothing improved": ("missed", aim("increase", "by = 2020; improve = true", "period = 2015; value = 1", "period = 2020; value = 1"), "2021-01-01"),
    "missed for a standing target": ("missed", aim("increase", "every = 'year'; value = 10", "period = 2018; value = 9"), "2019-01-02"),
    "missed by a milestone that was reached too late": (
        "missed", aim("increase", "by = 2020; value = true", "period = 2020; value = false", "period = 2021; value = true", unit="yes/no"), "2022-01-01",
    ),
    "missed before due where a ceiling on a sum is passed": (
        "missed", aim("decrease", "by = '2019/2022'; value = 10; aggregate = 'sum'", "period = 2019; value = 11"), "2020-06-01",
    ),
    "on_track at the pace that is needed": ("on_track", aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2015; value = 5"), "2016-01-01"),
    "on_track from a pace of 0.95": ("on_track", aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2015; value = 4.75"), "2016-01-01"),
    "behind below a pace of 0.95": ("behind", aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2015; value = 4.74999"), "2016-01-01"),
    "behind from a pace of 0.60": ("behind", aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2015; value = 3"), "2016-01-01"),
    "off_track below a pace of 0.60": ("off_track", aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2015; value = 2.99999"), "2016-01-01"),
    "off_track without any progress": ("off_track", aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2015; value = 0"), "2016-01-01"),
    "worsening below the start": ("worsening", aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2015; value = -0.1"), "2016-01-01"),
    "worsening where the start satisfied and the figure does not": (
        "worsening", aim("increase", "by = 2020; value = 10", "period = 2010; value = 11", "period = 2015; value = 9"), "2016-01-01",
    ),
    "worsening from exactly a strict bound": (
        "worsening", aim("increase", "by = 2020; value = 10; strict = true", "period = 2010; value = 10", "period = 2015; value = 9"), "2016-01-01",
    ),
    "worsening upwards where lower is better": ("worsening", aim("decrease", "by = 2020; value = 1", "period = 2010; value = 5", "period = 2015; value = 6"), "2016-01-01"),
    "on_track for improve that is better": ("on_track", aim("increase", "by = 2020; improve = true", "period = 2010; value = 1", "period = 2015; value = 2"), "2016-01-01"),
    "off_track for improve that is equal": ("off_track", aim("increase", "by = 2020; improve = true", "period = 2010; value = 1", "period = 2015; value = 1"), "2016-01-01"),
    "worsening for improve that is worse": ("worsening", aim("increase", "by = 2020; improve = true", "period = 2010; value = 1", "period = 2015; value = 0"), "2016-01-01"),
    "pending with one figure": ("pending", aim("increase", "by = 2020; value = 10", "period = 2015; value = 5"), "2016-01-01"),
    "pending with one figure since the last break": (
        "pending", aim("increase", "by = 2020; value = 10", "period = 2014; value = 4", "period = 2015; value = 5; series_break = true"), "2016-01-01",
    ),
    "pending while a milestone is false": ("pending", aim("increase", "by = 2020; value = true", "period = 2018; value = false", unit="yes/no"), "2019-01-01"),
    "pending for a mean": (
        "pending", aim("increase", "by = '2016/2020'; value = 10; aggregate = 'mean'", "period = 2016; value = 5", "period = 2017; value = 6"), "2018-01-01",
    ),
    "pending at a strict bound that the start stood on": (
        "pending", aim("increase", "by = 2020; value = 10; strict = true", "period = 2010; value = 10", "period = 2015; value = 10"), "2016-01-01",
    ),
    "open without a deadline": ("open", aim("increase", "value = 10", "period = 2010; value = 1", "period = 2015; value = 9"), "2016-01-01"),
    "open for improve with nothing to compare": ("open", aim("increase", "improve = true", "period = 2015; value = 9"), "2016-01-01"),
    "open for an inexact figure without a deadline": ("open", aim("increase", "value = 10", "period = 2015; range = [9, 11]"), "2016-01-01"),
}  # fmt: skip


@pytest.mark.parametrize(("status", "text", "on"), CASES.values(), ids=CASES)
def test_status(status: str, text: str, on: str) -> None:
    """The first status that fits is concluded."""
    assert row(text, on).status == status


def test_every_status_has_a_case() -> None:
    """No status is without an example here."""
    assert {status for status, _, _ in CASES.values()} == set(STATUSES)


def test_words_are_never_assessable() -> None:
    """A promise in words is not assessable, and is past due all the same."""
    judged = row('targettrack = 1\n[program]\nname = "P"\n[[promises]]\ntext = "Help firms"\nby = 2015\n', "2016-01-01")
    assert (judged.status, judged.shape, judged.indicator_id, judged.past_due, judged.final) == (
        "not_assessable",
        "words",
        None,
        True,
        False,
    )


# ---------------------------------------------------------------- final


@pytest.mark.parametrize(
    ("final", "text", "on"),
    [
        (True, aim("increase", "by = 2020; value = 10", "period = 2020; value = 9"), "2021-01-01"),
        (True, aim("increase", "by = 2020; value = 10", "period = 2020; value = 10"), "2021-01-01"),
        (True, aim("increase", "by = 2020; value = 10", "period = 2020; value = 11"), "2021-01-01"),
        (False, aim("increase", "by = 2020; value = 10", "period = 2021; value = 11"), "2022-01-01"),
        (False, aim("increase", "by = 2020; value = 10", "period = 2021; value = 9"), "2022-01-01"),
        (
            False,
            aim("increase", "by = 2020; value = 10", "period = 2020; value = 9; quality = 'provisional'"),
            "2021-01-01",
        ),
        (
            True,
            aim("increase", "by = '2019/2020'; value = 10; aggregate = 'sum'", "period = 2019; value = 10"),
            "2020-01-01",
        ),
        (
            True,
            aim("decrease", "by = '2019/2020'; value = 10; aggregate = 'sum'", "period = 2019; value = 11"),
            "2020-01-01",
        ),
        (True, aim("increase", "by = 2020; value = true", "period = 2018; value = true", unit="yes/no"), "2019-01-01"),
        (False, aim("increase", "by = 2020; value = 10", "period = 2020; value = 10"), "2020-12-31"),
        (False, aim("increase", "value = 10", "period = 2020; value = 10"), "2021-01-01"),
        (False, aim("increase", "every = 'year'; value = 10", "period = 2020; value = 11"), "2021-01-02"),
        (False, aim("increase", "by = 2020; value = 10"), "2021-01-01"),
        (False, aim("increase", "by = 2020; value = 10", "period = 2019; value = 11"), "2021-01-01"),
    ],
)
def test_final(final: bool, text: str, on: str) -> None:
    """Missed, met and exceeded are final once past due by a firm figure in time, and a sum or a milestone that is reached at once; a late figure settles nothing."""
    assert row(text, on).final is final


# ---------------------------------------------------------------- the judged figure


@pytest.mark.parametrize(
    ("periods", "text", "on"),
    [
        pytest.param(["2020-Q3"], aim("increase", "by = 2020; value = 1; aggregate = 'last'", "period = 2019; value = 1", "period = '2020-Q3'; value = 1", "period = '2020-Q1'; value = 1"), "2021-01-01", id="newest inside due"),
        pytest.param(["2019"], aim("increase", "by = 2020; value = 1", "period = 2019; value = 1", "period = '2020-Q3'; value = 1", "period = '2020-Q1'; value = 1"), "2021-01-01", id="a quarter is not judged beside a year"),
        pytest.param(["2021"], aim("increase", "by = 2020; value = 1", "period = 2019; value = 1", "period = 2022; value = 1", "period = 2021; value = 1"), "2023-01-01", id="first after due"),
        pytest.param(["2019"], aim("increase", "by = 2020; value = 1", "period = 2018; value = 1", "period = 2019; value = 1"), "2023-01-01", id="newest before due"),
        pytest.param(["2019"], aim("increase", "by = 2021-01; value = 1".replace("2021-01", "'2021-01'"), "period = 2019; value = 1", "period = 2021; value = 1; published = 2021-01-10"), "2021-01-20", id="before due what ends after it does not count"),
        pytest.param(["2019"], aim("increase", "value = 1", "period = 2019; value = 1", "period = 2018; value = 1"), "2023-01-01", id="no deadline: the newest"),
        pytest.param(["2021"], aim("increase", "every = 'year'; value = 1", "period = 2021; value = 1", "period = '2022-S1'; value = 1", "period = 2022; value = 1; published = 2022-11-01"), "2022-12-31", id="every: the newest ended period of its kind"),
        pytest.param([], aim("increase", "every = 'year'; value = 1", "period = '2017-04/2018-03'; value = 1"), "2018-12-31", id="every: a fiscal year is no calendar year"),
        pytest.param(["2017-04/2018-03"], fiscal(aim("increase", "every = 'year'; value = 1", "period = '2017-04/2018-03'; value = 1")), "2018-12-31", id="every: a fiscal year is a year where it is stated"),
        pytest.param(["2017-04/2018-03"], aim("increase", "by = '2017-04/2018-03'; value = 1", "period = '2017-04/2018-03'; value = 1", "period = 2017; value = 1"), "2018-12-31", id="a fiscal due period"),
        pytest.param([], aim("increase", "by = '2018-12'; value = 1", "period = 2019; value = 1; published = 2018-06-01"), "2018-07-01", id="a forecast for after due is none before due"),
        pytest.param([], aim("increase", "by = 2020; value = 1; disaggregation = { sector = 'textile' }", "period = 2020; value = 1"), "2021-01-01", id="a total is no sector"),
        pytest.param([], aim("increase", "by = 2020; value = 1", "period = 2020; value = 1; disaggregation = { sector = 'textile' }"), "2021-01-01", id="a sector is no total"),
        pytest.param(["2020"], aim("increase", "by = 2020; value = 1; disaggregation = { sex = 'f', sector = 'textile' }", "period = 2020; value = 1; disaggregation = { sector = 'textile', sex = 'f' }"), "2021-01-01", id="pairs in any order"),
    ],
)  # fmt: skip
def test_judged_figure(periods: list[str], text: str, on: str) -> None:
    """The figure that decides is the one that the rule names."""
    assert judged_periods(row(text, on)) == periods


def test_late_figure() -> None:
    """A figure of the first period after the due one is late."""
    judged = row(aim("increase", "by = 2015; range = [30, 35]", "period = 2017; value = 6"), "2017-12-31")
    assert facts(judged.status, judged.gap, judged.gap_strong, flag("late_figure", judged), flag("stale", judged)) == (
        "missed",
        -24,
        -29,
        True,
        False,
    )


def test_on_the_due_day_it_is_not_past_due() -> None:
    """A target is past due from the day after its last day."""
    text = aim("increase", "by = 2020; value = 10", "period = 2019; value = 9")
    assert [row(text, on).past_due for on in ("2020-12-31", "2021-01-01")] == [False, True]
    assert [flag("stale", row(text, on)) for on in ("2020-12-31", "2021-01-01")] == [False, True]


@pytest.mark.parametrize(
    ("stale", "frequency", "period"),
    [
        (True, "quarter", "'2020-Q2'"), (False, "quarter", "'2020-Q4'"), (True, "year", "'2020-06'"), (False, "year", "2020"),
        (True, "month", "'2020-11'"), (False, "month", "'2020-12'"), (True, "half", "'2020-S1'"), (False, "half", "'2020-S2'"),
    ],
)  # fmt: skip
def test_stale_by_frequency(stale: bool, frequency: str, period: str) -> None:
    """Past due, a figure inside the due period is stale where the frequency has a later period there."""
    judged = row(
        aim(
            "increase",
            "by = 2020; value = 1; aggregate = 'last'",
            f"period = {period}; value = 1",
            indicator=f"frequency = '{frequency}'",
        ),
        "2021-06-01",
    )
    assert (flag("stale", judged), judged.status) == (stale, "unreported" if stale else "met")


def test_frequency_makes_nothing_stale_before_due() -> None:
    """A figure inside the due period is not stale while the period runs."""
    assert not flag(
        "stale",
        row(
            aim("increase", "by = 2020; value = 1", "period = '2020-Q2'; value = 1", indicator="frequency = 'quarter'"),
            "2020-12-31",
        ),
    )


def test_due_period_without_a_period_of_the_frequency() -> None:
    """A due period in which no period of the frequency ends makes nothing stale."""
    assert not flag(
        "stale",
        row(
            aim(
                "increase", "by = '2020-06'; value = 1", "period = '2020-06'; value = 1", indicator="frequency = 'year'"
            ),
            "2021-01-01",
        ),
    )


@pytest.mark.parametrize(("stale", "on"), [(False, "2018-12-31"), (True, "2019-01-01")])
def test_standing_target_grows_stale(stale: bool, on: str) -> None:
    """A standing target's figure is stale once a whole later period has ended."""
    judged = row(aim("increase", "every = 'year'; value = 1", "period = 2017; value = 1"), on)
    assert (flag("stale", judged), judged.status) == (stale, "unreported" if stale else "met")


def test_fiscal_standing_target_grows_stale() -> None:
    """A fiscal year's successor is the fiscal year after it."""
    text = fiscal(aim("increase", "every = 'year'; value = 1", "period = '2017-04/2018-03'; value = 1"))
    assert [flag("stale", row(text, on)) for on in ("2019-03-31", "2019-04-01")] == [False, True]


def test_standing_target_has_no_due() -> None:
    """A standing target is never past due."""
    judged = row(aim("increase", "every = 'year'; value = 1", "period = 2017; value = 1"), "2018-06-01")
    assert (judged.due, judged.past_due) == (None, False)


def test_baseline_makes_history() -> None:
    """What ends before the baseline is shown and never judged."""
    judged = row(
        aim("increase", "value = 10", "period = 2010; value = 99", indicator="baseline = { period = 2015, value = 5 }"),
        "2016-01-01",
    )
    assert (judged.status, judged_periods(judged), [point.period.text for point in judged.points]) == (
        "no_data",
        [],
        ["2010"],
    )


def test_milestone_that_was_undone() -> None:
    """A yes settles at once, and a later no up to due undoes it."""
    text = aim(
        "increase",
        "by = 2020; value = true",
        "period = 2017; value = true",
        "period = 2018; value = true",
        "period = 2020; value = false",
        unit="yes/no",
    )
    before, after = row(text, "2020-06-01"), row(text, "2021-06-01")
    assert (
        before.status,
        judged_periods(before),
        before.answer,
        before.figure,
        before.gap,
        flag("undone", before),
    ) == ("met", ["2018"], True, None, None, False)
    assert (after.status, judged_periods(after), after.answer, after.figure, after.gap, flag("undone", after)) == (
        "missed",
        ["2020"],
        False,
        None,
        None,
        True,
    )


def test_milestone_before_the_baseline_counts() -> None:
    """A milestone that was reached is reached, whatever its frequency or age."""
    assert (
        row(
            aim(
                "increase",
                "by = 2020; value = true",
                "period = 2010; value = true",
                unit="yes/no",
                indicator="frequency = 'year'",
            ),
            "2021-06-01",
        ).status
        == "met"
    )


def test_milestone_that_was_false_long_before_due_is_unreported() -> None:
    """A milestone last seen false before the due period is unreported, not missed."""
    judged = row(
        aim("increase", "by = 2020; value = true", "period = 2018; value = false", unit="yes/no"), "2021-06-01"
    )
    assert (judged.status, flag("stale", judged)) == ("unreported", True)


# ---------------------------------------------------------------- sums and means


def test_sum_over_the_window() -> None:
    """A sum adds the figures of the window and of nothing outside it."""
    figures = [f"period = {year}; value = {year - 2014}" for year in range(2015, 2022)]
    judged = row(aim("increase", "by = '2016/2020'; value = 20; aggregate = 'sum'", *figures), "2022-06-01")
    assert facts(judged.figure, judged.gap, judged.status, judged_periods(judged)) == (
        20,
        0,
        "met",
        ["2016", "2017", "2018", "2019", "2020"],
    )


def test_window_holds_whatever_the_baseline_is() -> None:
    """A baseline inside the window takes no figure out of the sum."""
    text = aim(
        "increase",
        "from = 2016; by = 2017; value = 3; aggregate = 'sum'",
        "period = 2016; value = 1",
        "period = 2017; value = 2",
        indicator="baseline = { period = 2016, value = 5 }",
    )
    assert row(text, "2018-01-01").figure == 3


def test_mean_over_the_window() -> None:
    """A mean divides by the figures that there are, and is rounded to 12 digits."""
    judged = row(
        aim(
            "increase",
            "by = '2018/2020'; value = 3; aggregate = 'mean'",
            "period = 2018; value = 1",
            "period = 2019; value = 3",
            "period = 2020; value = 6",
        ),
        "2021-01-01",
    )
    assert (judged.figure, judged.gap, judged.status) == (D("3.33333333333"), D("0.333333333333"), "exceeded")


def test_covering_actual() -> None:
    """One actual that covers exactly the window is taken as it stands, even where the parts add up to something else."""
    judged = row(
        aim(
            "increase",
            "by = '2019/2020'; value = 9; aggregate = 'sum'",
            "period = '2019/2020'; value = 10",
            "period = 2019; value = 1",
            "period = 2020; value = 1",
        ),
        "2021-01-01",
    )
    assert facts(judged.figure, judged_periods(judged), flag("partial", judged), judged.status) == (
        10,
        ["2019/2020"],
        False,
        "exceeded",
    )


def test_quarterly_window() -> None:
    """The periods of a window are those of the indicator's frequency; a year inside it is none of them."""
    text = aim(
        "increase",
        "by = '2020-Q3/2021-Q2'; value = 9; aggregate = 'sum'",
        "period = '2020-Q3'; value = 1",
        "period = 2020; value = 50",
        "period = '2021-Q1'; value = 2",
        indicator="frequency = 'quarter'",
    )
    judged = row(text, "2021-06-01")
    assert judged.judged
    window = judged.judged.window
    assert window
    assert facts(judged.figure, window.periods, window.counted, window.missing) == (3, 4, 2, ("2020-Q4",))


def test_fiscal_window() -> None:
    """The years of a window are counted from its first day."""
    text = aim(
        "increase",
        "from = '2017-04'; by = '2019-03'; value = 3; aggregate = 'sum'",
        "period = '2017-04/2018-03'; value = 1",
        "period = '2018-04/2019-03'; value = 2",
        "period = 2018; value = 50",
    )
    judged = row(text, "2019-06-01")
    assert facts(judged.figure, judged.status) == (3, "met")


def test_missing_is_never_zero() -> None:
    """An ended period without a figure is missing; the period that still runs is not."""
    text = aim("increase", "by = '2018/2020'; value = 9; aggregate = 'sum'", "period = 2018; value = 0")
    judged = row(text, "2020-06-01")
    assert judged.judged
    assert judged.judged.window
    assert facts(judged.judged.window.missing, flag("partial", judged), judged.figure) == (("2019",), True, 0)


def test_incomplete_sum_that_reached_its_floor() -> None:
    """A floor that is reached is reached, whatever is missing."""
    judged = row(
        aim("increase", "by = '2018/2020'; value = 9; aggregate = 'sum'", "period = 2018; value = 10"), "2021-06-01"
    )
    assert (judged.status, judged.final, flag("partial", judged)) == ("exceeded", True, True)


def test_incomplete_sum_that_passed_its_ceiling() -> None:
    """A ceiling that is passed is passed, whatever is missing."""
    judged = row(
        aim("decrease", "by = '2018/2020'; value = 9; aggregate = 'sum'", "period = 2018; value = 10"), "2021-06-01"
    )
    assert (judged.status, flag("partial", judged)) == ("missed", True)


@pytest.mark.parametrize("aim_", ["decrease", "maintain"])
def test_sum_below_a_ceiling_is_not_met_before_its_window_is_complete(aim_: str) -> None:
    """A sum that should not grow is not met while figures are to come."""
    target = "by = '2018/2020'; value = 2; aggregate = 'sum'"
    assert (
        row(aim(aim_, target, "period = 2018; value = 1", "period = 2019; value = 1"), "2020-06-01").status == "pending"
    )
    assert (
        row(
            aim(aim_, target, "period = 2018; value = 1", "period = 2019; value = 1", "period = 2020; value = 0"),
            "2021-06-01",
        ).status
        == "met"
    )


def test_sum_is_on_its_way_from_zero() -> None:
    """A sum that should rise starts at 0 on the eve of its window."""
    judged = row(
        aim(
            "increase",
            "by = '2016/2019'; value = 8; aggregate = 'sum'",
            "period = 2016; value = 1",
            "period = 2017; value = 3",
        ),
        "2018-06-01",
    )
    assert judged.start
    assert facts(
        judged.start.origin,
        judged.start.value,
        judged.start.period.text,
        judged.progress,
        judged.elapsed,
        judged.status,
    ) == ("zero", 0, "2015-12-31", D("0.5"), D("0.5"), "on_track")
    assert facts(judged.observed_per_year, judged.required_per_year, judged.projected, judged.reached_on) == (
        2,
        2,
        8,
        date(2019, 12, 31),
    )


def test_mean_requires_what_the_remaining_periods_need() -> None:
    """What a mean requires is the average of the periods that are to come."""
    judged = row(
        aim(
            "increase",
            "by = '2016/2019'; value = 8; aggregate = 'mean'",
            "period = 2016; value = 4",
            "period = 2017; value = 6",
        ),
        "2018-06-01",
    )
    assert facts(judged.start, judged.required_per_year, judged.progress, judged.figure) == (None, 11, None, 5)


def test_complete_mean_requires_nothing() -> None:
    """A mean whose every period has its figure, however early it was published, needs nothing more."""
    text = aim(
        "increase",
        "by = '2016/2017'; value = 8; aggregate = 'mean'",
        "period = 2016; value = 4",
        "period = 2017; value = 6; published = 2017-11-01",
    )
    judged = row(text, "2017-12-01")
    assert (judged.required_per_year, judged.status, flag("provisional", judged)) == (None, "pending", True)


def test_sum_of_ranges() -> None:
    """Figures given as ranges add up end by end."""
    judged = row(
        aim(
            "increase",
            "by = '2019/2020'; value = 5; aggregate = 'sum'",
            "period = 2019; range = [1, 3]",
            "period = 2020; range = [2, 4]",
        ),
        "2021-01-01",
    )
    assert facts(judged.status, judged.figure, flag("inexact", judged)) == ("not_assessable", 3, True)


def test_rivals_of_a_sum_are_those_of_its_own_periods() -> None:
    """A figure of another period that ends on the same day is no rival of a sum's."""
    judged = row(
        aim(
            "increase",
            "by = '2019/2020'; value = 5; aggregate = 'sum'",
            "period = 2019; value = 1",
            "period = 2020; value = 2",
            "period = '2020-Q4'; value = 1",
        ),
        "2021-01-01",
    )
    assert (judged.disputes, flag("disputed", judged)) == ((), False)


# ---------------------------------------------------------------- what is known


@pytest.mark.parametrize(
    ("extra", "hidden", "seen"),
    [
        ("published = 2018-03-01", "2018-02-28", "2018-03-01"),
        ("published = '2018-03'", "2018-03-30", "2018-03-31"),
        ("published = 2018", "2018-12-30", "2018-12-31"),
        ("published = 2015-01-01; recorded = 2019-01-01", "2014-12-31", "2015-01-01"),
        ("source = 'late'", "2017-02-28", "2017-03-01"),
        ("source = 'late'; published = 2018-01-01", "2017-12-31", "2018-01-01"),
        ("source = 'undated'", "2016-12-30", "2016-12-31"),
        ("recorded = 2016-05-01", "2016-04-30", "2016-05-01"),
        ("recorded = 2019-01-01", "2016-12-30", "2016-12-31"),
        ("", "2016-12-30", "2016-12-31"),
    ],
)
def test_actual_is_known(extra: str, hidden: str, seen: str) -> None:
    """An actual counts from its own publication, its source's, or else the end of its period or its recording, the earlier."""
    text = aim("increase", "value = 1", f"period = 2016; value = 1; {extra}", rest=SOURCES)
    assert [row(text, on).status for on in (hidden, seen)] == ["no_data", "met"]


@pytest.mark.parametrize(
    ("extra", "hidden", "seen"),
    [
        ("", "2012-12-30", "2012-12-31"),
        (", published = 2014-05-05", "2014-05-04", "2014-05-05"),
        (", source = 'early'", "2016-02-29", "2016-03-01"),
    ],
)
def test_baseline_is_known(extra: str, hidden: str, seen: str) -> None:
    """A baseline counts as an actual does."""
    text = aim(
        "increase",
        "by = 2020; value = 10",
        "period = 2013; value = 5; published = 2010",
        indicator=f"baseline = {{ period = 2012, value = 1{extra} }}",
        rest=SOURCES,
    )
    assert [bool(row(text, on).start) for on in (hidden, seen)] == [False, True]


@pytest.mark.parametrize(
    ("extra", "hidden", "seen"),
    [
        ("set_on = 2016-05-01; source = 'early'", "2016-04-30", "2016-05-01"),
        ("source = 'early'", "2016-02-29", "2016-03-01"),
        ("set_on = 2015", "2015-12-30", "2015-12-31"),
    ],
)
def test_target_is_known(extra: str, hidden: str, seen: str) -> None:
    """A target counts from its set_on, else its source's publication."""
    assert [len(rows(aim("increase", f"value = 1; {extra}", rest=SOURCES), on)) for on in (hidden, seen)] == [0, 1]


def test_undated_target_is_always_known() -> None:
    """A target without any date counts always."""
    assert len(rows(aim("increase", "value = 1; source = 'undated'", rest=SOURCES), "1900-01-01")) == 1


def test_promise_in_words_is_known_from_its_date_until_withdrawn() -> None:
    """A promise in words counts from its set_on until it is withdrawn."""
    text = 'targettrack = 1\n[program]\nname = "P"\n[[promises]]\ntext = "Help"\nset_on = 2015-02-01\nwithdrawn = 2017-03-01\n'
    assert [len(rows(text, on)) for on in ("2015-01-31", "2015-02-01", "2017-02-28", "2017-03-01")] == [0, 1, 1, 0]


def test_withdrawn_before_due() -> None:
    """From the day on which it is withdrawn a target is no row."""
    text = aim("increase", "by = 2020; value = 1; withdrawn = 2018-05-01")
    assert [len(rows(text, on)) for on in ("2018-04-30", "2018-05-01", "2022-01-01")] == [1, 0, 0]


def test_withdrawn_after_due_stays() -> None:
    """A target that was withdrawn after its due day stays a row."""
    assert len(rows(aim("increase", "by = 2020; value = 1; withdrawn = 2021-01-01"), "2022-01-01")) == 1


def test_withdrawn_on_its_due_day_goes() -> None:
    """A target that was withdrawn on its due day is no row."""
    assert not rows(aim("increase", "by = 2020; value = 1; withdrawn = 2020-12-31"), "2022-01-01")


def test_withdrawn_takes_what_it_replaced_along() -> None:
    """Neither a withdrawn target nor what it replaced is a row."""
    second = (
        "[[indicators.a.targets]]; by = 2025; value = 1; set_on = 2019-01-01; replaces = 2020; withdrawn = 2023-01-01"
    )
    text = aim("increase", "by = 2020; value = 1; set_on = 2015", rest=second)
    assert [
        [judged.due.text for judged in rows(text, on) if judged.due]
        for on in ("2018-01-01", "2022-01-01", "2023-01-01")
    ] == [["2020"], ["2025"], []]


def test_indicator_without_targets_is_context() -> None:
    """An indicator without targets is no row, and needs no direction."""
    assert rows('targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\n', "2020-01-01") == ()


# ---------------------------------------------------------------- the same figure twice


@pytest.mark.parametrize(
    ("figure", "disputes", "actuals", "prefer"),
    [
        pytest.param(2, [], ("value = 1; source = 'early'", "value = 2; source = 'late'"), "", id="later publication of one publisher"),
        pytest.param(1, [], ("value = 1; source = 'late'", "value = 2; source = 'early'"), "", id="whatever the order"),
        pytest.param(2, [], ("value = 1; source = 'early'", "value = 2; source = 'early'"), "", id="later in the file"),
        pytest.param(1, [], ("value = 1; source = 'undated'; published = 2016", "value = 2; source = 'undated'"), "", id="undated loses among revisions"),
        pytest.param(2, [], ("value = 1", "value = 2"), "", id="no source counts as one"),
        pytest.param(2, [1], ("value = 1; source = 'early'", "value = 2; source = 'rival'"), "", id="later publication among rivals"),
        pytest.param(1, [2], ("value = 1; source = 'late'", "value = 2; source = 'rival'"), "", id="whatever the place of the rival"),
        pytest.param(1, [2], ("value = 1; source = 'early'", "value = 2; source = 'undated'"), "", id="undated loses among rivals"),
        pytest.param(2, [1], ("value = 1; source = 'undated'", "value = 2"), "", id="later in the file among undated rivals"),
        pytest.param(1, [2], ("value = 1; source = 'early'", "value = 2; source = 'rival'"), "prefer = ['early', 'rival']", id="prefer"),
        pytest.param(1, [2], ("value = 1; source = 'undated'", "value = 2; source = 'rival'"), "prefer = ['undated']", id="prefer an undated source"),
        pytest.param(3, [2], ("value = 1; source = 'early'", "value = 2; source = 'rival'", "value = 3; source = 'late'"), "prefer = ['early']", id="prefer chooses among each publisher's newest"),
        pytest.param(2, [], ("value = 2; source = 'early'", "value = 2.0; source = 'rival'"), "", id="rivals that agree"),
        pytest.param(2, [2], ("value = 2; source = 'early'; approx = 'over'", "value = 2; source = 'rival'"), "", id="over 2 is not 2"),
        pytest.param(2, [1], ("value = 1; source = 'nobody'", "value = 2; source = 'early'"), "", id="a source without a publisher is its own"),
    ],
)  # fmt: skip
def test_same_figure_twice(figure: int, disputes: list[int], actuals: tuple[str, ...], prefer: str) -> None:
    """Of one period's figures, a publisher's newest stands for it, and of these one leads; those that differ are carried."""
    judged = row(
        aim(
            "increase", "value = 9", *(f"period = 2015; {actual}" for actual in actuals), indicator=prefer, rest=SOURCES
        ),
        "2018-01-01",
    )
    assert facts(judged.figure, [rival.actual.value for rival in judged.disputes]) == (figure, disputes)
    assert flag("disputed", judged) is bool(disputes)


def test_periods_with_the_same_days_are_one() -> None:
    """Periods are compared by their days, never by their text."""
    judged = row(
        aim(
            "increase",
            "by = 2015; value = 9",
            "period = 2015; value = 1",
            "period = '2015-01/2015-12'; value = 2",
            "period = '2015-S1/2015-Q4'; value = 3",
        ),
        "2018-01-01",
    )
    assert facts(judged.figure, judged.disputes, len(judged.points)) == (3, (), 1)


def test_periods_that_end_on_the_same_day() -> None:
    """Of periods that end on the same day the due period leads, and the others are rivals where the target says that they may be judged."""
    figures = ("period = '2015-Q4'; value = 1", "period = 2015; value = 2", "period = '2015-12'; value = 3")
    judged = row(aim("increase", "by = 2015; value = 9; aggregate = 'last'", *figures), "2018-01-01")
    assert facts(judged.figure, sorted(str(rival.actual.value) for rival in judged.disputes)) == (2, ["1", "3"])
    alone = row(aim("increase", "by = 2015; value = 9", *figures), "2018-01-01")
    assert facts(alone.figure, alone.disputes, flag("other_length", alone)) == (2, (), False)


@pytest.mark.parametrize("other", ["'2015-S2'", "2015", "'2014-12-15/2015-12-31'", "'2015-09/2015-12'"])
def test_else_the_shortest_leads(other: str) -> None:
    """Where none is the due period, the shortest of those that end on the same day leads."""
    for target in ("value = 9", "by = '2014/2016'; value = 9; aggregate = 'last'"):
        assert judged_periods(
            row(aim("increase", target, f"period = {other}; value = 1", "period = '2015-Q4'; value = 2"), "2015-12-31")
        ) == ["2015-Q4"]


def test_a_break_on_any_of_them_holds() -> None:
    """A break that is marked on a figure that lost holds for its period."""
    text = aim(
        "increase",
        "by = 2020; value = 9",
        "period = 2014; value = 1",
        "period = 2015; value = 2; series_break = true; source = 'early'",
        "period = 2015; value = 3; source = 'late'",
        rest=SOURCES,
    )
    judged = row(text, "2018-01-01")
    assert (flag("series_break", judged), judged.start, judged.status) == (True, None, "pending")


# ---------------------------------------------------------------- the same target twice


def twice(first: str, second: str, *actuals: str) -> str:
    """A program with two targets on one indicator."""
    return aim("increase", first, *actuals, rest=f"[[indicators.a.targets]]; {second}" + SOURCES)


def test_revision() -> None:
    """The later version of one promise is in force, the earlier one is superseded; before it was made the earlier stands."""
    text = twice("by = 2020; value = 50; set_on = 2015", "by = '2020-01/2020-12'; value = 40; set_on = 2018-05-01")
    before, after = row(text, "2018-04-30"), row(text, "2018-05-01")
    assert facts(before.bound and before.bound.weak, before.superseded, flag("revised", before)) == (50, (), False)
    assert facts(
        after.bound and after.bound.weak,
        [old.bound and old.bound.weak for old in after.superseded],
        flag("revised", after),
    ) == (40, [50], True)


def test_revision_dated_by_its_source() -> None:
    """A source's publication dates a version that has no set_on."""
    text = twice("by = 2020; value = 50; source = 'late'", "by = 2020; value = 40; set_on = 2016-12-31")
    judged = row(text, "2018-01-01")
    assert judged.bound
    assert judged.bound.weak == 50


def test_revision_after_due() -> None:
    """A revision that was made after the deadline does not take the promise's place, and is carried."""
    judged = row(
        twice(
            "by = 2015; value = 50; set_on = 2010",
            "by = 2015; value = 5; set_on = 2016-01-01",
            "period = 2015; value = 6",
        ),
        "2017-01-01",
    )
    assert judged.bound
    assert facts(
        judged.bound.weak, judged.status, [version.bound and version.bound.weak for version in judged.superseded]
    ) == (50, "missed", [5])
    assert (flag("revised_after_due", judged), flag("revised", judged)) == (True, False)


def test_revision_on_the_due_day_is_in_time() -> None:
    """A revision that was made on the last day is in time."""
    judged = row(
        twice("by = 2015; value = 50; set_on = 2010", "by = 2015; value = 5; set_on = 2015-12-31"), "2017-01-01"
    )
    assert judged.bound
    assert facts(judged.bound.weak, flag("revised", judged), flag("revised_after_due", judged)) == (5, True, False)


def test_replacement_extends_a_deadline() -> None:
    """A target that replaces another one's deadline takes its place."""
    judged = row(
        twice("by = 2015; value = 50; set_on = 2010", "by = 2020; value = 50; set_on = 2014; replaces = 2015"),
        "2017-01-01",
    )
    assert judged.due
    assert (
        judged.due.text,
        flag("revised", judged),
        [version.promise.due.text for version in judged.superseded if version.promise.due],
    ) == ("2020", True, ["2015"])


def test_replacement_after_the_deadline_stands_beside() -> None:
    """A replacement that was made after the old deadline leaves the old row, with a flag."""
    old, new = rows(
        twice("by = 2015; value = 50; set_on = 2010", "by = 2020; value = 50; set_on = 2016; replaces = 2015"),
        "2017-01-01",
    )
    assert (flag("revised_after_due", old), flag("revised_after_due", new), old.superseded, new.superseded) == (
        True,
        False,
        (),
        (),
    )


def test_replacement_of_a_replacement() -> None:
    """Deadlines that were extended twice are all superseded, the oldest first."""
    third = "[[indicators.a.targets]]; by = 2025; value = 50; set_on = 2018; replaces = 2020"
    judged = row(
        twice("by = 2015; value = 50; set_on = 2010", "by = 2020; value = 50; set_on = 2014; replaces = 2015")
        + third.replace("; ", "\n"),
        "2019-01-01",
    )
    assert [version.promise.due.text for version in judged.superseded if version.promise.due] == ["2015", "2020"]


@pytest.mark.parametrize("extra", ["disaggregation = { sector = 'textile' }", "from = 2012; aggregate = 'sum'"])
def test_other_targets_are_not_replaced(extra: str) -> None:
    """Replaces reaches only targets of the same disaggregation and aggregate."""
    third = f"[[indicators.a.targets]]; by = 2015; value = 9; set_on = 2010; {extra}\n".replace("; ", "\n")
    text = (
        twice("by = 2015; value = 50; set_on = 2010", "by = 2020; value = 50; set_on = 2014; replaces = 2015") + third
    )
    assert len(rows(text, "2017-01-01")) == 2


@pytest.mark.parametrize(
    "second",
    [
        "by = 2016; value = 9",
        "by = 2015; value = 9; disaggregation = { a = 'b' }",
        "by = '2015-12'; value = 9",
        "by = '2014/2015'; value = 9; aggregate = 'sum'",
        "every = 'year'; value = 9",
        "value = 9",
    ],
)
def test_different_promises(second: str) -> None:
    """Another last day, length, window, aggregate, disaggregation or kind of time is another promise."""
    assert len(rows(twice("by = 2015; value = 50", second), "2017-01-01")) == 2


# ---------------------------------------------------------------- bounds


def test_times_baseline() -> None:
    """A multiple of the baseline is computed exactly."""
    judged = row(
        aim(
            "decrease",
            "by = 2020; times_baseline = 0.5",
            "period = 2020; value = 0.1",
            indicator="baseline = { period = 2010, value = 0.3 }",
        ),
        "2021-01-01",
    )
    assert judged.bound
    assert (judged.bound.weak, judged.bound.strong, judged.gap, judged.status) == (
        D("0.15"),
        D("0.15"),
        D("0.05"),
        "exceeded",
    )


def test_times_baseline_range() -> None:
    """A cut by 15 to 20 % is met at 15 % and exceeded beyond 20 %."""
    text = "by = 2020; times_baseline = [0.8, 0.85]"
    base = "baseline = { period = 2010, value = 200 }"
    found = [
        row(aim("decrease", text, f"period = 2020; value = {value}", indicator=base), "2021-01-01").status
        for value in (171, 170, 160, 159)
    ]
    assert found == ["missed", "met", "met", "exceeded"]


def test_own_baseline_replaces_the_indicators() -> None:
    """A target's own baseline is its start; the indicator's serves only targets without disaggregation."""
    text = aim(
        "increase",
        "by = 2020; times_baseline = 2; baseline = { period = 2012, value = 7 }",
        "period = 2015; value = 9",
        indicator="baseline = { period = 2010, value = 100 }",
    )
    judged = row(text, "2016-01-01")
    assert judged.bound
    assert judged.start
    assert facts(judged.bound.weak, judged.start.value) == (14, 7)


def test_indicator_baseline_does_not_serve_a_part() -> None:
    """The start of a disaggregated target is not the whole's baseline."""
    part = "disaggregation = { sector = 'textile' }"
    judged = row(
        aim(
            "increase",
            f"by = 2020; value = 9; {part}",
            f"period = 2015; value = 1; {part}",
            indicator="baseline = { period = 2010, value = 100 }",
        ),
        "2016-01-01",
    )
    assert (judged.start, judged.status) == (None, "pending")


def test_unknown_baseline_gives_no_bound() -> None:
    """A multiple of a baseline that nobody knew yet has no bound."""
    text = aim(
        "increase",
        "by = 2020; times_baseline = 2",
        "period = 2015; value = 9",
        indicator="baseline = { period = 2010, value = 100, published = 2018 }",
    )
    judged = row(text, "2016-01-01")
    assert (judged.bound, judged.gap, judged.status) == (None, None, "pending")


def test_gap_below_zero_is_short_whatever_the_direction() -> None:
    """A gap below 0 is short of the bound, whichever way is better."""
    gaps = [
        row(aim(way, "by = 2020; range = [10, 12]", f"period = 2020; value = {value}"), "2021-01-01").gap
        for way in ("increase", "decrease", "maintain")
        for value in (9, 11, 14)
    ]
    assert gaps == [-1, 1, 4, 3, 1, -2, -1, 0, -2]


def test_gap_strong() -> None:
    """The gap to the strong end is measured from the other end; to maintain both are one."""
    gaps = [
        row(aim(way, "by = 2020; range = [10, 12]", f"period = 2020; value = {value}"), "2021-01-01").gap_strong
        for way in ("increase", "decrease", "maintain")
        for value in (9, 11, 14)
    ]
    assert gaps == [-3, -1, 2, 1, -1, -4, -1, 0, -2]


def test_shortfall_and_attainment() -> None:
    """Shortfall is the gap by the size of the weak end; attainment the figure by it, where both are above 0 and higher is better."""
    judged = row(aim("increase", "by = 2015; range = [30, 35]", "period = 2015; value = 6"), "2017-01-01")
    assert (judged.shortfall, judged.attainment) == (D("-0.8"), D("0.2"))


@pytest.mark.parametrize(
    ("way", "bound", "value"),
    [
        ("decrease", 5, 6),
        ("maintain", 5, 6),
        ("increase", -5, 6),
        ("increase", 5, -6),
        ("increase", 5, 0),
        ("increase", 0, 6),
    ],
)
def test_no_attainment(way: str, bound: int, value: int) -> None:
    """There is no attainment unless higher is better and both are above 0."""
    assert (
        row(aim(way, f"by = 2015; value = {bound}", f"period = 2015; value = {value}"), "2017-01-01").attainment is None
    )


def test_no_shortfall_from_zero() -> None:
    """A bound of 0 has no shortfall; a negative one has its size."""
    assert row(aim("decrease", "by = 2015; value = 0", "period = 2015; value = 6"), "2017-01-01").shortfall is None
    assert row(aim("increase", "by = 2015; value = -2", "period = 2015; value = -3"), "2017-01-01").shortfall == D(
        "-0.5"
    )


# ---------------------------------------------------------------- inexact figures


OVER, UNDER, ABOUT, BETWEEN = (
    "value = 10; approx = 'over'",
    "value = 10; approx = 'under'",
    "value = 10; approx = 'about'",
    "range = [9, 11]",
)


@pytest.mark.parametrize(
    ("status", "way", "bound", "figure"),
    [
        ("met", "increase", "value = 10", OVER), ("met", "increase", "value = 10; strict = true", OVER), ("exceeded", "increase", "value = 9", OVER),
        ("not_assessable", "increase", "value = 11", OVER), ("missed", "decrease", "value = 10", OVER), ("missed", "decrease", "value = 9", OVER),
        ("not_assessable", "decrease", "value = 11", OVER), ("missed", "maintain", "range = [5, 10]", OVER), ("not_assessable", "maintain", "range = [5, 11]", OVER),
        ("met", "decrease", "value = 10", UNDER), ("met", "decrease", "value = 10; strict = true", UNDER), ("exceeded", "decrease", "value = 11", UNDER),
        ("not_assessable", "decrease", "value = 9", UNDER), ("missed", "increase", "value = 10", UNDER), ("not_assessable", "increase", "value = 9", UNDER),
        ("missed", "maintain", "range = [10, 15]", UNDER), ("not_assessable", "maintain", "range = [9, 15]", UNDER), ("missed", "maintain", "range = [11, 15]", UNDER),
        ("met", "increase", "value = 10", ABOUT), ("missed", "increase", "value = 10; strict = true", ABOUT),
        ("met", "increase", "value = 9", BETWEEN), ("exceeded", "increase", "value = 8", BETWEEN), ("not_assessable", "increase", "value = 10", BETWEEN),
        ("not_assessable", "increase", "value = 11", BETWEEN), ("missed", "increase", "value = 12", BETWEEN), ("missed", "increase", "value = 11; strict = true", BETWEEN),
        ("not_assessable", "increase", "value = 9; strict = true", BETWEEN), ("met", "decrease", "value = 11", BETWEEN), ("missed", "decrease", "value = 8", BETWEEN),
        ("met", "maintain", "range = [9, 11]", BETWEEN), ("not_assessable", "maintain", "range = [10, 11]", BETWEEN), ("missed", "maintain", "range = [12, 13]", BETWEEN),
        ("met", "increase", "range = [9, 10]", BETWEEN),
    ],
)  # fmt: skip
def test_inexact(status: str, way: str, bound: str, figure: str) -> None:
    """An inexact figure decides a bound only if every number that it allows gives the same answer."""
    judged = row(aim(way, f"by = 2020; {bound}", f"period = 2020; {figure}"), "2021-01-01")
    assert (judged.status, flag("inexact", judged), flag("approx", judged)) == (
        status,
        status == "not_assessable",
        "approx" in figure,
    )


@pytest.mark.parametrize(
    ("figure", "way", "given"),
    [
        (9, "increase", BETWEEN),
        (11, "decrease", BETWEEN),
        (10, "increase", OVER),
        (10, "decrease", OVER),
        (10, "increase", UNDER),
    ],
)
def test_figure_is_the_worse_end(figure: int, way: str, given: str) -> None:
    """Figure and gap are those of the worse end, or of the stated number where that end is open."""
    judged = row(aim(way, "by = 2020; value = 0", f"period = 2020; {given}"), "2021-01-01")
    assert facts(judged.figure, judged.gap) == (figure, figure if way == "increase" else -figure)


@pytest.mark.parametrize(
    ("status", "before", "after"),
    [
        ("met", "range = [1, 2]", "range = [3, 4]"),
        ("missed", "range = [3, 4]", "range = [1, 3]"),
        ("not_assessable", "range = [1, 3]", "range = [2, 4]"),
        ("met", "value = 10; approx = 'under'", "value = 10"),
    ],
)
def test_inexact_improvement(status: str, before: str, after: str) -> None:
    """An improvement is sure, surely none, or not to be said."""
    judged = row(
        aim("increase", "by = 2020; improve = true", f"period = 2010; {before}", f"period = 2020; {after}"),
        "2021-01-01",
    )
    assert (judged.status, flag("inexact", judged)) == (status, status == "not_assessable")


# ---------------------------------------------------------------- start, pace, rates


def test_start_is_the_baseline() -> None:
    """A stated baseline is the start, whatever figures there are."""
    judged = row(
        aim(
            "increase",
            "by = 2020; value = 10",
            "period = 2011; value = 3",
            "period = 2015; value = 5",
            indicator="baseline = { period = 2010, value = 0 }",
        ),
        "2016-01-01",
    )
    assert judged.start
    assert facts(judged.start.origin, judged.start.value, flag("from_first_actual", judged)) == ("baseline", 0, False)


def test_start_is_the_earliest_actual() -> None:
    """Without a baseline the earliest actual is the start, and is flagged."""
    judged = row(
        aim("increase", "by = 2020; value = 10", "period = 2015; value = 5", "period = 2011; value = 3"), "2016-01-01"
    )
    assert judged.start
    assert facts(judged.start.origin, judged.start.value, flag("from_first_actual", judged)) == (
        "first_actual",
        3,
        True,
    )


def test_start_is_the_newest_actual_before_it_was_set() -> None:
    """With a stated set_on the start is the newest actual that ends on or before it."""
    figures = [f"period = {year}; value = {year - 2010}" for year in (2011, 2012, 2013, 2015)]
    assert (start := row(aim("increase", "by = 2020; value = 10; set_on = 2013-06-01", *figures), "2016-01-01").start)
    assert start.value == 2


def test_start_is_after_the_last_break() -> None:
    """Among actuals only those since the last break are a start, the one with the break included."""
    figures = [
        f"period = {year}; value = {year - 2010}{'; series_break = true' if year == 2012 else ''}"
        for year in (2011, 2012, 2013, 2015)
    ]
    judged = row(aim("increase", "by = 2020; value = 10", *figures), "2016-01-01")
    assert judged.start
    assert facts(judged.start.value, flag("series_break", judged)) == (2, True)


def test_baseline_before_a_break_is_no_start() -> None:
    """A baseline before a break is no start, and no actual replaces it."""
    text = aim(
        "increase",
        "by = 2020; value = 10",
        "period = 2012; value = 3; series_break = true",
        "period = 2015; value = 5",
        indicator="baseline = { period = 2010, value = 0 }",
    )
    judged = row(text, "2016-01-01")
    assert (judged.start, judged.progress, judged.observed_per_year, judged.status, flag("series_break", judged)) == (
        None,
        None,
        None,
        "pending",
        True,
    )


def test_break_with_the_baselines_period() -> None:
    """A break with the period of the baseline itself leaves it the start."""
    text = aim(
        "increase",
        "by = 2020; value = 10",
        "period = 2010; value = 1; series_break = true",
        "period = 2015; value = 5",
        indicator="baseline = { period = 2010, value = 0 }",
    )
    judged = row(text, "2016-01-01")
    assert (bool(judged.start), flag("series_break", judged)) == (True, False)


def test_break_after_the_judged_figure() -> None:
    """A break after the judged figure changes nothing."""
    text = aim(
        "increase",
        "by = 2015; value = 10",
        "period = 2010; value = 1",
        "period = 2015; value = 5",
        "period = 2016; value = 9; series_break = true",
    )
    judged = row(text, "2018-01-01")
    assert (bool(judged.start), flag("series_break", judged)) == (True, False)


def test_break_in_another_kind_of_period_holds_for_a_standing_target() -> None:
    """A break that a quarter's figure marks holds for the years after it."""
    text = aim(
        "increase",
        "every = 'year'; value = 10",
        "period = '2012-Q3'; value = 3; series_break = true",
        "period = 2015; value = 5",
        indicator="baseline = { period = 2010, value = 0 }",
    )
    judged = row(text, "2016-06-01")
    assert (judged.start, judged.observed_per_year, flag("series_break", judged)) == (None, None, True)


def test_no_rate_of_a_sum_crosses_a_break() -> None:
    """A sum over a break has no rate."""
    text = aim(
        "increase",
        "by = '2016/2020'; value = 10; aggregate = 'sum'",
        "period = 2016; value = 1",
        "period = 2017; value = 1; series_break = true",
    )
    judged = row(text, "2018-06-01")
    assert (judged.observed_per_year, judged.projected, judged.reached_on, flag("series_break", judged)) == (
        None,
        None,
        None,
        True,
    )


def test_target_that_was_redefined() -> None:
    """A promise that was redefined is flagged as a break."""
    assert flag("series_break", row(aim("increase", "value = 1; series_break = true"), "2018-01-01"))


def test_baseline_that_the_figure_is_not_newer_than() -> None:
    """A baseline is no start of a figure of the same period."""
    judged = row(
        aim(
            "increase",
            "by = 2020; value = 10",
            "period = 2010; value = 1",
            indicator="baseline = { period = 2010, value = 0 }",
        ),
        "2016-01-01",
    )
    assert (judged.start, judged.status) == (None, "pending")


def test_pace_is_of_the_judged_figures_own_day() -> None:
    """Elapsed time runs to the judged figure's last day, not to the day of the report."""
    text = aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2015; value = 5")
    early, late = row(text, "2016-01-01"), row(text, "2020-12-31")
    assert facts(early.elapsed, early.pace, late.elapsed, late.pace) == (D("0.5"), 1, D("0.5"), 1)


def test_rates() -> None:
    """Rates are in the unit a year and signed as the figure moves; the projection is at due."""
    judged = row(
        aim("decrease", "by = 2020; value = 10", "period = 2010; value = 40", "period = 2015; value = 30"), "2016-01-01"
    )
    assert facts(
        judged.progress, judged.pace, judged.observed_per_year, judged.required_per_year, judged.projected
    ) == (D("0.333333333333"), D("0.666666666667"), -2, -4, 20)
    assert (judged.reached_on, judged.status) == (date(2025, 12, 31), "behind")


def test_elapsed_is_measured_in_months() -> None:
    """A day inside a month counts as its share of that month."""
    judged = row(
        aim(
            "increase", "by = '2021-01'; value = 10", "period = 2020-12-31; value = 0", "period = 2021-01-15; value = 5"
        ),
        "2021-01-20",
    )
    assert (judged.elapsed, judged.progress) == (D("0.483870967742"), D("0.5"))


def test_rates_are_null_once_past_due() -> None:
    """What is required and projected, and the day on which it is reached, are null once past due."""
    text = aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2020; value = 5")
    judged = row(text, "2021-01-01")
    assert facts(
        judged.required_per_year,
        judged.projected,
        judged.reached_on,
        judged.observed_per_year,
        judged.progress,
        judged.elapsed,
    ) == (None, None, None, D("0.5"), D("0.5"), 1)


def test_nothing_is_required_once_met() -> None:
    """What is required is null once it is met; the projection is not."""
    judged = row(
        aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2015; value = 10"), "2016-01-01"
    )
    assert facts(judged.status, judged.required_per_year, judged.projected) == ("met", None, 20)


def test_late_figure_is_not_clamped() -> None:
    """Progress and elapsed time run beyond 1, and below 0."""
    judged = row(
        aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2022; value = 15"), "2023-01-01"
    )
    assert (judged.elapsed, judged.progress) == (D("1.2"), D("1.5"))
    assert row(
        aim("increase", "by = 2020; value = 10", "period = 2010; value = 0", "period = 2015; value = -5"), "2016-01-01"
    ).progress == D("-0.5")


def test_never_reached() -> None:
    """A figure that moves the wrong way reaches nothing."""
    judged = row(
        aim("increase", "by = 2020; value = 10", "period = 2010; value = 5", "period = 2015; value = 4"), "2016-01-01"
    )
    assert facts(judged.reached_on, judged.projected, judged.required_per_year) == (None, 3, D("1.2"))


def test_reached_beyond_the_calendar() -> None:
    """A day that no calendar has is no day."""
    judged = row(
        aim("increase", "by = 2020; value = 1000000", "period = 2010; value = 0", "period = 2015; value = 1"),
        "2016-01-01",
    )
    assert judged.reached_on is None


def test_met_at_start() -> None:
    """A start that satisfied already is flagged, and there is no progress."""
    judged = row(
        aim("increase", "by = 2020; value = 10", "period = 2010; value = 11", "period = 2015; value = 12"), "2016-01-01"
    )
    assert (flag("met_at_start", judged), judged.progress, judged.pace, judged.status) == (True, None, None, "exceeded")


def test_start_on_a_strict_bound() -> None:
    """A start exactly on a strict bound has not met it, and there is no progress."""
    judged = row(
        aim(
            "increase", "by = 2020; value = 10; strict = true", "period = 2010; value = 10", "period = 2015; value = 10"
        ),
        "2016-01-01",
    )
    assert (flag("met_at_start", judged), judged.progress) == (False, None)


def test_maintain_requires_the_nearest_end() -> None:
    """From above a range to maintain, the way goes down to its upper end."""
    judged = row(
        aim("maintain", "by = 2020; range = [10, 12]", "period = 2010; value = 22", "period = 2015; value = 17"),
        "2016-01-01",
    )
    assert facts(judged.required_per_year, judged.progress, judged.pace) == (-1, D("0.5"), 1)


def test_no_pace_without_a_deadline() -> None:
    """Without a deadline there is progress, and no elapsed share, pace, requirement or projection."""
    judged = row(aim("increase", "value = 10", "period = 2010; value = 0", "period = 2015; value = 5"), "2016-01-01")
    assert facts(
        judged.progress,
        judged.elapsed,
        judged.pace,
        judged.required_per_year,
        judged.projected,
        judged.observed_per_year,
    ) == (D("0.5"), None, None, None, None, 1)


def test_improve_has_no_bound() -> None:
    """An improvement has a start, a rate and where that leads, and neither gap, progress nor anything that is required."""
    judged = row(
        aim("increase", "by = 2020; improve = true", "period = 2010; value = 0", "period = 2015; value = 5"),
        "2016-01-01",
    )
    assert facts(
        judged.gap,
        judged.progress,
        judged.required_per_year,
        judged.projected,
        judged.observed_per_year,
        bool(judged.start),
    ) == (None, None, None, 10, 1, True)


# ---------------------------------------------------------------- the other flags


def sourced(target: str, actual: str) -> str:
    """A program whose target and figure name a source."""
    return aim("increase", f"{target}; source = 'undated'", f"{actual}; source = 'undated'", rest=SOURCES)


@pytest.mark.parametrize(
    ("name", "target", "actual"),
    [
        ("approx", "value = 1", "period = 2015; value = 1; approx = 'about'"),
        ("provisional", "value = 1", "period = 2015; value = 1; quality = 'provisional'"),
        ("provisional", "value = 1", "period = 2015; value = 1; published = 2015-12-30"),
        ("estimate", "value = 1", "period = 2015; value = 1; quality = 'estimate'"),
        ("proposed", "value = 1; standing = 'proposed'", "period = 2015; value = 1"),
        ("noted", "value = 1; note = 'N'", "period = 2015; value = 1"),
        ("noted", "value = 1", "period = 2015; value = 1; note = 'N'"),
    ],
)
def test_flag_of_what_a_file_says(name: str, target: str, actual: str) -> None:
    """What the file says of a target or a figure is a flag of the row, and no other."""
    assert row(sourced(target, actual), "2018-01-01").flags == (name,)


def test_plain_row_has_no_flag() -> None:
    """A plain target with a plain figure has no flag."""
    assert row(sourced("value = 1; approx = 'about'", "period = 2015; value = 1"), "2018-01-01").flags == ()


@pytest.mark.parametrize(("target", "actual"), [("; source = 'undated'", ""), ("", "; source = 'undated'"), ("", "")])
def test_unsourced(target: str, actual: str) -> None:
    """A judged figure or a target that names no source is flagged; where both do, nothing is."""
    assert flag(
        "unsourced",
        row(aim("increase", f"value = 1{target}", f"period = 2015; value = 1{actual}", rest=SOURCES), "2018-01-01"),
    )
    assert not flag("unsourced", row(sourced("value = 1", "period = 2015; value = 1"), "2018-01-01"))


def test_awaited() -> None:
    """Within the lag after due what is not settled is awaited."""
    text = aim("increase", "by = 2015; value = 1", indicator="lag = '3 months'")
    assert [flag("awaited", row(text, on)) for on in ("2015-12-31", "2016-01-01", "2016-03-31", "2016-04-01")] == [
        False,
        True,
        True,
        False,
    ]


def test_published_on_the_last_day_is_not_provisional() -> None:
    """A figure that was published on its period's last day is not provisional."""
    assert row(sourced("value = 1", "period = 2015; value = 1; published = 2015-12-31"), "2018-01-01").flags == ()


def test_notes_of_a_figure_that_is_not_judged() -> None:
    """The note of a figure that decides nothing is not the row's; a break's is."""
    plain = row(
        aim("increase", "value = 1", "period = 2014; value = 1; note = 'old'", "period = 2015; value = 1"), "2018-01-01"
    )
    broken = row(
        aim(
            "increase",
            "value = 1",
            "period = 2014; value = 1; note = 'old'; series_break = true",
            "period = 2015; value = 1",
        ),
        "2018-01-01",
    )
    assert (plain.notes, broken.notes, flag("noted", broken)) == ((), ("old",), True)


def test_note_of_a_break_after_the_judged_figure() -> None:
    """The note of a later break, or of a later figure, is not the row's."""
    text = aim(
        "increase",
        "by = 2015; value = 1",
        "period = 2015; value = 1",
        "period = 2016; value = 1; note = 'new'; series_break = true",
    )
    assert row(text, "2018-01-01").notes == ()


def test_notes_and_flags_of_words() -> None:
    """A promise in words has its own flags, its note and its place in the file."""
    text = 'targettrack = 1\n[program]\nname = "P"\n[sources.s]\ntitle = "S"\n[[promises]]\ntext = "A"\nsource = "s"\n[[promises]]\ntext = "B"\nnote = "N"\nstanding = "proposed"\n'
    plain, noted = rows(text, "2018-01-01")
    assert (plain.flags, plain.notes, plain.path) == ((), (), ("promises", 0))
    assert (noted.flags, noted.notes, noted.path) == (("proposed", "unsourced", "noted"), ("N",), ("promises", 1))


def test_place_of_a_target() -> None:
    """A row knows its target's place in the file."""
    assert [judged.path for judged in rows(twice("by = 2015; value = 1", "by = 2016; value = 1"), "2018-01-01")] == [
        ("indicators", "a", "targets", 0),
        ("indicators", "a", "targets", 1),
    ]


def test_sum_without_a_figure_is_not_inexact() -> None:
    """Where there is no figure, none is inexact."""
    assert row(
        aim("increase", "by = '2016/2020'; value = 10; aggregate = 'sum'; source = 'undated'", rest=SOURCES),
        "2018-06-01",
    ).flags == ("partial",)


def test_nothing_is_required_where_the_stated_number_is_beyond() -> None:
    """A figure that is under a number beyond the bound decides nothing, requires nothing, and has no pace: it may be worse than the start."""
    judged = row(
        aim(
            "increase",
            "by = 2020; value = 10",
            "period = 2010; value = 1",
            "period = 2015; value = 12; approx = 'under'",
        ),
        "2016-01-01",
    )
    assert (judged.required_per_year, flag("inexact", judged), judged.status) == (None, True, "pending")


@pytest.mark.parametrize(
    ("expected", "target", "unit", "value"),
    [
        (True, "value = 10", "%", "10"),
        (False, "value = 10", "%", "9"),
        (False, "value = 10; strict = true", "%", "10"),
        (True, "value = true", "yes/no", "true"),
        (False, "value = true", "yes/no", "false"),
    ],
)
def test_met_when_set(expected: bool, target: str, unit: str, value: str) -> None:
    """A target that the newest figure satisfied on the day when it was set is flagged."""
    text = aim(
        "increase",
        f"by = 2020; {target}; set_on = 2016-05-01",
        f"period = 2015; value = {value}",
        f"period = 2016; value = {'true' if unit == 'yes/no' else 99}",
        unit=unit,
    )
    assert flag("met_when_set", row(text, "2018-01-01")) is expected


def test_met_when_set_needs_a_stated_day() -> None:
    """A source's date is no stated day."""
    assert not flag(
        "met_when_set",
        row(
            aim("increase", "by = 2020; value = 1; source = 'late'", "period = 2015; value = 9", rest=SOURCES),
            "2018-01-01",
        ),
    )


def test_all_flags_are_tested() -> None:
    """Every flag of the closed list is named in a test of this module."""
    with open(__file__, encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    assert [name for name in FLAGS if f'"{name}"' not in text] == []


# ---------------------------------------------------------------- the whole


def test_hanoi_in_2017() -> None:
    """The example of the documentation: 6 % in 2017 against 30-35 % by 2015."""
    text = """
targettrack = 1
[program]
name = "Hanoi key industrial products development program"
[sources.ven-2017]
title = "Hanoi key industrial products only open small doors"
publisher = "Vietnam Economic News"
published = 2017-10-29
[indicators.output-share]
name = "Output share"
unit = "%"
direction = "increase"
[[indicators.output-share.targets]]
by = 2015
range = [30, 35]
set_on = 2011-06-06
source = "ven-2017"
[[actuals]]
indicator = "output-share"
period = 2017
value = 6
source = "ven-2017"
"""
    assert row(text, "2017-10-28").status == "unreported"
    judged = row(text, "2017-10-29")
    assert facts(judged.status, judged.gap, judged.gap_strong, judged.shortfall, judged.attainment, judged.final) == (
        "missed",
        -24,
        -29,
        D("-0.8"),
        D("0.2"),
        False,
    )
    assert judged.flags == ("late_figure", "provisional")
