"""Figures of another length than the due period: nobody but the file knows whether they stand for it."""

from __future__ import annotations

import pytest

from ruling import kept, nothing_made, program, ruled, said, used
from support import load, row, rows
from targettrack import registry
from targettrack.assessment import methods, report
from targettrack.assessment.verdict import Method
from targettrack.wording.why import plain, why


@pytest.mark.parametrize("period", ["2019-Q4", "2019-S2", "2019-12", "2018/2019", "2018-07/2019-12"])
def test_a_figure_of_another_length_is_shown_and_not_judged(period: str) -> None:
    """A quarter that ends with the year does not say whether it stands for it, even where it satisfies."""
    found = row(program("by = 2019; value = 40", figures=(f"{period}: 90",)), "2020-05-05")
    assert said(found) == ("not_assessable", 90, None, ("other_length",), False)
    assert nothing_made(found)


def test_before_due_a_figure_of_another_length_is_pending() -> None:
    """Before the deadline nothing can be known from it, and no start is made of an older one of its kind."""
    found = row(program("by = 2024; value = 40", figures=("2020-Q4: 10", "2021-Q4: 20")), "2022-05-05")
    assert said(found) == ("pending", 20, None, ("other_length",), False)
    assert (found.start, nothing_made(found)) == (None, True)


@pytest.mark.parametrize("way", ["increase", "decrease", "maintain"])
def test_written_aggregate_says_that_it_stands_for_the_year(way: str) -> None:
    """Where the target writes aggregate = "last" the year's last quarter is its figure."""
    assert ruled(
        program("by = 2019; value = 40; aggregate = 'last'", figures=("2019-Q4: 40",), way=way), "2020-05-05"
    ) == ("met", 40, 0, (), True)


@pytest.mark.parametrize(
    ("target", "period"), [("by = 2019", "2019-12-31"), ("by = 2019-12-31", "2019"), ("by = 2019-12-31", "2019-Q4")]
)
def test_where_either_is_a_day_there_is_no_other_length(target: str, period: str) -> None:
    """A day is a point in time: a level on it, or a level by then, has no length."""
    assert ruled(program(f"{target}; value = 40", figures=(f"{period}: 41",)), "2020-05-05") == (
        "exceeded",
        41,
        1,
        (),
        True,
    )


def test_a_running_total_has_no_other_length() -> None:
    """What has been counted up to December is counted up to December, for whatever period it is told."""
    assert ruled(
        program("by = 2019; value = 40", figures=("2019-12: 39",), indicator="cumulative = true"), "2020-05-05"
    ) == ("missed", 39, -1, (), True)


def test_without_a_deadline_there_is_no_other_length() -> None:
    """A promise without a deadline has no due period that a figure could differ from: the newest is judged."""
    found = row(program("value = 40", figures=("2018: 30", "2019-Q1: 45")), "2020-05-05")
    assert (said(found), used(found)) == (("exceeded", 45, 5, ("from_first_actual",), False), ["2019-Q1"])


@pytest.mark.parametrize(
    ("due", "period"),
    [
        ("2019", "2018-07/2019-06"),
        ("2019-02", "2019-02-01/2019-02-28"),
        ("'2019-02-16/2019-03-15'", "2019-02-16/2019-03-15"),
    ],
)
def test_lengths_are_counted_in_months(due: str, period: str) -> None:
    """A year from July to June is as long as a calendar year, and February as any month."""
    text = program(f"by = {due if due != '2019-02' else repr(due)}; value = 40", figures=(f"{period}: 40",))
    assert ruled(text, "2020-05-05") == ("met", 40, 0, (), True)


def test_the_own_length_leads_the_day_and_the_other_is_no_rival() -> None:
    """Beside the year's own figure that of its last quarter is nothing: it leads no day and disputes nothing."""
    found = row(program("by = 2019; value = 40", figures=("2019-Q4: 11", "2019: 42", "2019-12: 4")), "2020-05-05")
    assert (said(found), found.disputes) == (("exceeded", 42, 2, (), True), ())


def test_written_aggregate_makes_rivals_of_the_day() -> None:
    """Where figures of any length may be judged the due period's own leads, and those that differ dispute it."""
    found = row(
        program("by = 2019; value = 40; aggregate = 'last'", figures=("2019-Q4: 11", "2019: 42", "2019-12: 42")),
        "2020-05-05",
    )
    assert (said(found), [rival.period.text for rival in found.disputes]) == (
        ("exceeded", 42, 2, ("disputed",), True),
        ["2019-Q4"],
    )


def test_another_length_is_taken_only_where_there_is_no_other() -> None:
    """An old figure of the due length goes before a new one of another length, and is stale."""
    found = row(program("by = 2019; value = 40", figures=("2017: 50", "2019-Q4: 11")), "2020-05-05")
    assert (said(found), used(found)) == (("unreported", 50, 10, ("stale",), False), ["2017"])


def test_another_length_does_not_hide_a_late_figure() -> None:
    """A late figure of the due length goes before one of another length that is in time."""
    found = row(program("by = 2019; value = 40", figures=("2019-Q4: 11", "2020: 41")), "2021-05-05")
    assert (said(found), used(found)) == (("met_late", 41, 1, ("late_figure",), False), ["2020"])


def test_another_length_is_no_start() -> None:
    """The start is the first figure of the due length, though a quarter's is older."""
    found = row(program("by = 2024; value = 40", figures=("2018-Q4: 2", "2019: 20", "2021: 28")), "2022-05-05")
    assert found.start
    assert (found.start.period.text, found.flags, str(found.progress)) == ("2019", ("from_first_actual",), "0.4")


def test_another_length_does_not_say_that_it_was_met_when_set() -> None:
    """A half year's figure that would have satisfied on the day of the promise says nothing of it."""
    found = row(
        program("by = 2024; value = 40; set_on = 2020-02-02", figures=("2018: 39", "2019-S2: 60", "2021: 41")),
        "2022-05-05",
    )
    assert said(found) == ("exceeded", 41, 1, ("from_first_actual",), False)
    told = row(
        program(
            "by = 2024; value = 40; set_on = 2020-02-02; aggregate = 'last'",
            figures=("2018: 39", "2019-S2: 60", "2021: 41"),
        ),
        "2022-05-05",
    )
    assert said(told) == ("exceeded", 41, 1, ("from_first_actual", "met_at_start", "met_when_set"), False)


@pytest.mark.parametrize(
    ("period", "status", "flags"),
    [
        ("2020-Q1", "not_assessable", ("late_figure", "other_length")),
        ("2018-Q4", "unreported", ("stale", "other_length")),
        ("2019-Q2", "unreported", ("stale", "other_length")),
    ],
)
def test_another_length_may_be_late_or_stale_too(period: str, status: str, flags: tuple[str, ...]) -> None:
    """Of figures of another length the same one is taken: in the due period, after it, or before; one that does not tell the end is stale first."""
    found = row(program("by = 2019; value = 40", figures=(f"{period}: 90",)), "2021-05-05")
    assert (said(found), nothing_made(found)) == ((status, 90, None, flags, False), True)


def test_another_length_that_is_late_is_said_to_be() -> None:
    """The sentence names the deadline that the figure comes after."""
    found = row(program("by = 2015; value = 10", figures=("2017-S2: 4",)), "2018-06-06")
    assert plain(why(found)).startswith(
        "4 t in 2017-S2, the first figure after the 2015 deadline, is for a period of another length than 2015:"
    )


def test_an_improvement_is_not_seen_in_another_length() -> None:
    """A quarter is not compared with a year, neither as the figure nor as what it is compared with."""
    assert ruled(program("by = 2019; improve = true", figures=("2015: 4", "2019: 5")), "2020-05-05") == (
        "met",
        5,
        None,
        ("from_first_actual",),
        True,
    )
    assert ruled(program("by = 2019; improve = true", figures=("2015-Q4: 4", "2019: 5")), "2020-05-05") == (
        "not_assessable",
        5,
        None,
        (),
        False,
    )
    assert ruled(program("by = 2019; improve = true", figures=("2015-Q4: 4", "2019-Q4: 5")), "2020-05-05") == (
        "not_assessable",
        5,
        None,
        ("other_length",),
        False,
    )


@pytest.mark.parametrize("period", ["2018", "2018-Q2", "2018-07-07"])
def test_undetermined_shows_the_newest_figure_of_any_length(period: str) -> None:
    """A number that was never set judges nothing, and the newest figure is shown whatever its length."""
    found = row(program("by = 2019; undetermined = true", figures=("2016: 1", f"{period}: 9")), "2020-05-05")
    assert (said(found), nothing_made(found), found.start) == (("not_assessable", 9, None, (), False), True, None)


@pytest.mark.parametrize("name", registry.names(methods))
def test_no_method_has_a_verdict_on_another_length(name: str) -> None:
    """Every method says not_assessed, with the reason."""
    judging = Method(name, registry.module(methods, name).judge)
    text = program(
        "by = 2030; value = 40",
        figures=("2019-Q4: 90", "2020-Q4: 91", "2021-Q4: 92", "2022-Q4: 93"),
        indicator="baseline = { period = 2015, value = 3 }",
    )
    (found,) = report.program_rows(load(text).program, row(text, "2024-01-01").asked.on, judging)  # type: ignore[union-attr]
    assert (found.verdict.label, found.verdict.ratio, found.verdict.score) == ("not_assessed", None, None)
    assert "another length" in (found.verdict.reason or "")


# ---------------------------------------------------------------- standing targets


@pytest.mark.parametrize("period", ["2019-Q4", "2019-12", "2019-S2"])
def test_a_shorter_period_does_not_tell_a_standing_target(period: str) -> None:
    """A quarter's figure is shown for the year that it ends, and not judged."""
    found = row(program("every = 'year'; value = 40", figures=(f"{period}: 90",)), "2020-05-05")
    assert (said(found), kept(found), nothing_made(found)) == (
        ("not_assessable", 90, None, ("other_length",), False),
        (1, 0, 0),
        True,
    )


def test_a_shorter_period_tells_a_standing_target_that_says_so() -> None:
    """With aggregate = "last" written the quarter that ends with the year is its figure, and a quarter in the midst of it is not."""
    found = row(
        program("every = 'year'; value = 40; aggregate = 'last'", figures=("2019-Q4: 41", "2019-Q3: 2")), "2020-05-05"
    )
    assert (said(found), kept(found)) == (("exceeded", 41, 1, (), False), (1, 1, 1))


def test_a_day_tells_a_standing_target() -> None:
    """A level on the last day of the year is that of the year."""
    assert ruled(program("every = 'year'; value = 40", figures=("2019-12-31: 41",)), "2020-05-05") == (
        "exceeded",
        41,
        1,
        (),
        False,
    )


@pytest.mark.parametrize(("extra", "status"), [("", "no_data"), ("; aggregate = 'last'", "no_data")])
def test_a_longer_period_never_tells_a_standing_target(extra: str, status: str) -> None:
    """Two years say nothing of one of them."""
    assert ruled(program(f"every = 'year'; value = 40{extra}", figures=("2018/2019: 90",)), "2020-05-05")[0] == status


def test_a_longer_period_tells_a_standing_target_of_a_running_total() -> None:
    """What was counted up to the end of the year is the year's total, since whenever it was counted."""
    assert ruled(
        program("every = 'year'; value = 40", figures=("2015/2019: 41",), indicator="cumulative = true"), "2020-05-05"
    ) == ("exceeded", 41, 1, (), False)


def test_a_standing_target_prefers_what_may_be_judged() -> None:
    """A quarter's figure is not shown where an older year has one of its own."""
    found = row(program("every = 'year'; value = 40", figures=("2018: 41", "2019-Q4: 9")), "2020-05-05")
    assert (said(found), used(found)) == (("unreported", 41, 1, ("stale",), False), ["2018"])


def test_a_standing_target_of_another_length_grows_stale() -> None:
    """Once a whole later period has ended without a figure even what is only shown is old."""
    assert ruled(program("every = 'year'; value = 40", figures=("2017-Q4: 90",)), "2020-05-05") == (
        "unreported",
        90,
        None,
        ("stale", "other_length"),
        False,
    )


# ---------------------------------------------------------------- which targets are one promise


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("by = 2019", "by = '2019-12'", 2), ("by = 2019; aggregate = 'last'", "by = '2019-12'", 2), ("by = 2019; aggregate = 'last'", "by = '2019-12'; aggregate = 'last'", 1),
        ("by = 2019", "by = '2019-01/2019-12'", 1), ("by = 2019", "by = '2019-S2'", 2), ("by = 2019", "from = 2017; by = 2019", 1), ("by = 2019", "by = '2018/2019'", 1),
        ("by = '2017/2019'; aggregate = 'sum'", "by = '2018/2019'; aggregate = 'sum'", 2), ("by = '2018/2019'; aggregate = 'sum'", "from = 2018; by = '2019-12'; aggregate = 'sum'", 1),
        ("by = '2018/2019'; aggregate = 'sum'", "by = '2018/2019'; aggregate = 'mean'", 2),
    ],
)  # fmt: skip
def test_one_promise_and_its_revision(first: str, second: str, count: int) -> None:
    """Two targets due on one day are one promise where their due periods are as long, or both write their aggregate; sums and means also need the same from."""
    text = program(f"{first}; value = 40; set_on = 2015-03-03", f"{second}; value = 30; set_on = 2016-03-03")
    found = rows(text, "2018-01-01")
    assert len(found) == count
    assert [each.flags for each in found] == [
        ("revised",) if count == 1 and not each.judged else each.flags for each in found
    ]


@pytest.mark.parametrize(
    ("second", "indicator", "count"),
    [
        ("by = 2019-12-31", "", 1),
        ("by = '2019-12'", "cumulative = true", 1),
        ("by = '2019-12'", "", 2),
        ("by = 2019-12-30", "cumulative = true", 2),
    ],
)
def test_where_there_is_no_other_length_a_last_day_tells_promises_apart(
    second: str, indicator: str, count: int
) -> None:
    """A promise for a day revises that for the year which it ends, and one on a running total any that is due on its day."""
    text = program(
        "by = 2019; value = 40; set_on = 2015-03-03", f"{second}; value = 30; set_on = 2016-03-03", indicator=indicator
    )
    assert len(rows(text, "2018-01-01")) == count
