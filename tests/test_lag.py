"""Lags: until a figure is usually published it is not missed, and nothing is concluded that it could change."""

from __future__ import annotations

import pytest

from ruling import milestone, program, ruled, said, used
from support import row

LAG = "lag = '6 months'"
DUE = "by = 2020; value = 10"


@pytest.mark.parametrize(
    ("target", "figures", "within", "after"),
    [
        pytest.param(
            DUE, (), ("pending", None, None, ("awaited",), False), ("unreported", None, None, (), False), id="no figure"
        ),
        pytest.param(
            DUE,
            ("2019: 12",),
            ("pending", 12, 2, ("awaited",), False),
            ("unreported", 12, 2, ("stale",), False),
            id="an older figure",
        ),
        pytest.param(
            DUE,
            ("2020-Q2: 12",),
            ("pending", 12, None, ("other_length", "awaited"), False),
            ("unreported", 12, None, ("stale", "other_length"), False),
            id="a partial figure",
        ),
        pytest.param(
            DUE,
            ("2020-Q4: 12",),
            ("pending", 12, None, ("other_length", "awaited"), False),
            ("not_assessable", 12, None, ("other_length",), False),
            id="another length",
        ),
        pytest.param(
            DUE,
            ("2020: [9, 11]",),
            ("pending", 9, -1, ("inexact", "awaited"), False),
            ("not_assessable", 9, -1, ("inexact",), False),
            id="an inexact figure",
        ),
        pytest.param(
            DUE,
            ("2020: 9; quality = 'provisional'",),
            ("pending", 9, -1, ("provisional", "awaited"), False),
            ("missed", 9, -1, ("provisional",), False),
            id="a provisional figure",
        ),
        pytest.param(
            DUE,
            ("2020: 12; quality = 'estimate'",),
            ("pending", 12, 2, ("estimate", "awaited"), False),
            ("exceeded", 12, 2, ("estimate",), False),
            id="an estimate",
        ),
        pytest.param(
            DUE,
            ("2020: 12; published = 2020-12-01",),
            ("pending", 12, 2, ("provisional", "awaited"), False),
            ("exceeded", 12, 2, ("provisional",), False),
            id="a figure from before the end",
        ),
        pytest.param(
            DUE, ("2020: 9",), ("missed", 9, -1, (), True), ("missed", 9, -1, (), True), id="a figure that settles it"
        ),
        pytest.param(
            DUE, ("2020: 10",), ("met", 10, 0, (), True), ("met", 10, 0, (), True), id="a figure that keeps it"
        ),
        pytest.param(
            DUE,
            ("2021-01-31: 12",),
            ("pending", 12, 2, ("late_figure", "awaited"), False),
            ("met_late", 12, 2, ("late_figure",), False),
            id="a late figure",
        ),
        pytest.param(
            "by = 2020; improve = true",
            ("2020: 9",),
            ("pending", 9, None, ("awaited",), False),
            ("not_assessable", 9, None, (), False),
            id="nothing to compare",
        ),
        pytest.param(
            "by = 2020; undetermined = true",
            ("2020: 9",),
            ("not_assessable", 9, None, (), False),
            ("not_assessable", 9, None, (), False),
            id="a number that was never set",
        ),
        pytest.param(
            "by = '2019/2020'; aggregate = 'sum'; value = 10",
            ("2019: 6",),
            ("pending", 6, -4, ("awaited",), False),
            ("unreported", 6, -4, ("partial",), False),
            id="a sum",
        ),
        pytest.param(
            "by = '2019/2020'; aggregate = 'mean'; value = 10",
            ("2019: 12",),
            ("pending", 12, 2, ("awaited",), False),
            ("unreported", 12, 2, ("partial",), False),
            id="a mean",
        ),
        pytest.param(
            "by = '2019/2020'; aggregate = 'sum'; value = 10",
            ("2020: 6",),
            ("pending", 6, -4, ("awaited",), False),
            ("unreported", 6, -4, ("partial",), False),
            id="a sum whose first year is missing",
        ),
        pytest.param(
            "by = '2019/2020'; aggregate = 'sum'; value = 10",
            (),
            ("pending", None, None, ("awaited",), False),
            ("unreported", None, None, ("partial",), False),
            id="a sum without a figure",
        ),
        pytest.param(
            "by = '2019/2020'; aggregate = 'sum'; value = 10",
            ("2019: 12",),
            ("exceeded", 12, 2, (), True),
            ("exceeded", 12, 2, ("partial",), True),
            id="a floor that is reached",
        ),
    ],
)
def test_past_due_within_the_lag(
    target: str, figures: tuple[str, ...], within: tuple[object, ...], after: tuple[object, ...]
) -> None:
    """A dated row that no figure settles is pending and awaited, neither stale nor partial; once the lag has passed it is what it would be without."""
    text = program(target, figures=figures, indicator=LAG)
    assert [ruled(text, on) for on in ("2021-02-02", "2021-06-30")] == [within, within]
    assert ruled(text, "2021-07-01") == after == ruled(text.replace(LAG.replace("; ", "\n"), ""), "2021-07-01")


def test_a_ceiling_that_is_passed_is_passed() -> None:
    """What settles it is not awaited."""
    text = program(
        "by = '2019/2020'; aggregate = 'sum'; value = 10", figures=("2019: 12",), way="decrease", indicator=LAG
    )
    assert ruled(text, "2021-02-02") == ("missed", 12, -2, (), True)


def test_before_due_nothing_is_awaited() -> None:
    """The flag is of what is past due."""
    text = program(DUE, figures=("2010: 0", "2015: 5"), indicator=LAG)
    assert [row(text, on).flags for on in ("2016-01-01", "2020-12-31")] == [("from_first_actual",)] * 2


def test_in_a_window_a_period_within_the_lag_is_not_missing() -> None:
    """Neither missing nor partial until its figure is due, and then both."""
    text = program("by = '2018/2024'; aggregate = 'sum'; value = 70", figures=("2018: 10", "2019: 10"), indicator=LAG)
    found = [row(text, on) for on in ("2020-12-31", "2021-01-01", "2021-06-30", "2021-07-01")]
    assert [(each.judged and each.judged.window and each.judged.window.missing, each.flags) for each in found] == [
        ((), ()),
        ((), ()),
        ((), ()),
        (("2020",), ("partial",)),
    ]
    assert [each.status for each in found] == ["on_track"] * 4


def test_rates_of_an_awaited_row_are_past_due() -> None:
    """What is required, projected and reached is null once past due, awaited or not."""
    found = row(program(DUE, figures=("2010: 0", "2019: 9"), indicator=LAG), "2021-02-02")
    assert (said(found), found.past_due) == (("pending", 9, -1, ("awaited", "from_first_actual"), False), True)
    assert (found.required_per_year, found.projected, found.reached_on) == (None, None, None)


def test_an_awaited_row_shows_the_newest_figure() -> None:
    """What is known so far is shown beside it."""
    assert used(row(program(DUE, figures=("2017: 5", "2018: 6"), indicator=LAG), "2021-02-02")) == ["2018"]


@pytest.mark.parametrize(
    ("due", "lag", "until"),
    [
        ("'2020-06'", "1 month", "2020-07-31"),
        ("'2020-06'", "20 days", "2020-07-20"),
        ("2020-06-15", "1 month", "2020-07-15"),
        ("'2019/20'", "2 months", "2020-09-15"),
    ],
)
def test_until_when(due: str, lag: str, until: str) -> None:
    """Up to and with the last day of the lag after the due period, whatever kind of period that is."""
    text = program(f"by = {due}; value = 10", indicator=f"lag = '{lag}'", head="fiscal_year = '07-16'")
    day = int(until[-2:])
    after = f"{until[:-2]}{day + 1:02}" if day < 28 else "2020-08-01"
    assert [row(text, on).status for on in (until, after)] == ["pending", "unreported"]


def test_standing_rows_are_not_awaited() -> None:
    """A standing promise is judged on what is due or there."""
    text = program("every = 'year'; value = 10; set_on = 2018-01-01", figures=("2019: 10",), indicator=LAG)
    assert ruled(text, "2021-02-02") == ("met", 10, 0, (), False)
    assert ruled(text, "2021-07-01") == ("unreported", 10, 0, ("stale",), False)


def test_a_milestone_answered_no_at_its_end_is_missed_at_once() -> None:
    """A no that tells the end settles it."""
    found = row(milestone("by = 2020; value = true", figures=("2020: false",), indicator=LAG), "2021-02-02")
    assert (found.status, found.flags, found.final) == ("missed", (), True)
