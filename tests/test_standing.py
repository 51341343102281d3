"""Standing targets: each ended period judged by the version in force on its last day, and how often the promise was kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ruling import kept, program, ruled, said, used
from support import problems, row, rows

if TYPE_CHECKING:
    from targettrack.assessment.row import Row

FIGURES = ("2016: 12", "2017: 13", "2018: 14", "2019: 25", "2020: 15")
RAISED = program(
    "every = 'year'; value = 10; set_on = 2015-09-09",
    "every = 'year'; value = 20; set_on = 2018-06-30",
    figures=FIGURES,
)


def asked(of: Row) -> tuple[object, object]:
    """What the row asks for, and what its upcoming version does."""
    return of.bound and of.bound.weak, of.upcoming and of.upcoming.bound and of.upcoming.bound.weak


@pytest.mark.parametrize(
    ("on", "status", "weak", "upcoming", "count"),
    [
        ("2016-06-06", "no_data", 10, None, (1, 0, 0)), ("2017-06-06", "exceeded", 10, None, (2, 1, 1)), ("2018-06-29", "exceeded", 10, None, (3, 2, 2)),
        ("2018-06-30", "exceeded", 10, 20, (3, 2, 2)), ("2018-12-31", "exceeded", 10, 20, (3, 2, 2)), ("2019-01-01", "missed", 20, None, (4, 3, 2)), ("2020-06-06", "exceeded", 20, None, (5, 4, 3)),
        ("2021-06-06", "missed", 20, None, (6, 5, 3)),
    ],
)  # fmt: skip
def test_each_period_is_judged_by_the_version_of_its_last_day(
    on: str, status: str, weak: int, upcoming: int | None, count: tuple[int, int, int]
) -> None:
    """A version that was set in June 2018 judges 2018 and what comes after; until 2018 has ended it is upcoming."""
    found = row(RAISED, on)
    assert (found.status, asked(found), kept(found)) == (status, (weak, upcoming), count)
    assert ("revised" in found.flags, len(found.superseded)) == ((True, 1) if weak == 20 else (False, 0))


def test_a_version_never_judges_a_period_that_ended_before_it() -> None:
    """Set in January 2019 the higher bound does not make 2018 missed."""
    text = RAISED.replace("2018-06-30", "2019-01-20")
    found = row(text, "2019-06-06")
    assert (said(found), asked(found), kept(found)) == (
        ("exceeded", 14, 4, ("from_first_actual", "met_at_start"), False),
        (10, 20),
        (4, 3, 3),
    )


def test_a_version_of_the_last_day_judges_the_period() -> None:
    """Set on the very last day of a period it is in force on it."""
    assert asked(row(RAISED.replace("2018-06-30", "2018-12-31"), "2019-06-06")) == (20, None)


def test_a_set_on_of_a_year_is_in_force_at_its_end() -> None:
    """A version of 2018, no more exactly, is in force from the last day of 2018."""
    assert [
        asked(row(RAISED.replace("2018-06-30", "2018"), on)) for on in ("2018-12-30", "2018-12-31", "2019-01-01")
    ] == [(10, None), (10, 20), (20, None)]


def test_nothing_that_ended_before_the_first_version_is_judged() -> None:
    """Neither judged nor counted: figures of years before the promise show nothing."""
    text = program("every = 'year'; value = 10; set_on = 2018-02-02", figures=("2016: 12", "2017: 9"))
    found = row(text, "2018-06-06")
    assert (said(found), kept(found)) == (("no_data", None, None, (), False), (0, 0, 0))
    found = row(text, "2019-06-06")
    assert (said(found), kept(found)) == (("no_data", None, None, (), False), (1, 0, 0))


def test_where_no_period_has_ended_the_version_of_the_day_stands() -> None:
    """Of two versions made since the last period ended the later is shown."""
    text = program("every = 'year'; value = 10; set_on = 2018-02-02", "every = 'year'; value = 20; set_on = 2018-05-05")
    assert [asked(row(text, on)) for on in ("2018-03-03", "2018-06-06")] == [(10, None), (20, None)]


def test_the_older_version_holds_until_the_newer_ones_window_begins() -> None:
    """A version that says from 2021 on leaves 2019 and 2020 to the one before."""
    text = program(
        "every = 'year'; value = 10; set_on = 2015-09-09",
        "every = 'year'; from = 2021; value = 20; set_on = 2018-06-30",
        figures=(*FIGURES, "2021: 15"),
    )
    assert [(asked(row(text, on)), row(text, on).status) for on in ("2018-05-05", "2020-06-06", "2021-06-06", "2022-06-06")] == [
        ((10, None), "exceeded"), ((10, 20), "exceeded"), ((10, 20), "exceeded"), ((20, None), "missed"),
    ]  # fmt: skip
    assert kept(row(text, "2022-06-06")) == (7, 6, 5)


# ---------------------------------------------------------------- from and by


BOUNDED = program(
    "every = 'year'; from = 2017; by = 2019; value = 10",
    figures=("2016: 11", "2017: 11", "2018: 9", "2019: 10", "2020: 3"),
)


@pytest.mark.parametrize(
    ("on", "status", "periods", "final", "count"),
    [
        ("2017-06-06", "no_data", [], False, (0, 0, 0)),
        ("2018-06-06", "exceeded", ["2017"], False, (1, 1, 1)),
        ("2019-12-31", "missed", ["2018"], False, (2, 2, 1)),
        ("2020-01-01", "met", ["2019"], True, (3, 3, 2)),
        ("2025-06-06", "met", ["2019"], True, (3, 3, 2)),
    ],
)
def test_from_and_by_bound_it(
    on: str, status: str, periods: list[str], final: bool, count: tuple[int, int, int]
) -> None:
    """Each year from 2017 to 2019 and no other is judged; once its last is, that is final."""
    found = row(BOUNDED, on)
    assert (found.status, used(found), found.final, kept(found)) == (status, periods, final, count)
    assert (found.due, found.past_due) == (None, False)


@pytest.mark.parametrize(
    "time",
    [
        "by = '2017/2019'",
        "from = 2017; by = '2019-12'",
        "from = '2017-Q1'; by = '2019-S2'",
        "from = '2016-12-31'; by = 2019",
    ],
)
def test_a_span_is_short_for_from_and_by(time: str) -> None:
    """So is a span in by; the years counted are those that begin with from or after it."""
    found = row(BOUNDED.replace("from = 2017\nby = 2019", time.replace("; ", "\n")), "2020-06-06")
    assert (found.status, kept(found), found.final) == ("met", (3, 3, 2), True)


@pytest.mark.parametrize(
    ("extra", "status", "flags"),
    [("quality = 'provisional'", "met", ("provisional",)), ("quality = 'estimate'", "met", ("estimate",))],
)
def test_a_last_figure_that_is_not_firm_is_not_final(extra: str, status: str, flags: tuple[str, ...]) -> None:
    """A provisional figure or an estimate of the last period ends nothing."""
    found = row(
        program("every = 'year'; from = 2019; by = 2019; value = 10", figures=(f"2019: 10; {extra}",)), "2020-06-06"
    )
    assert said(found) == (status, 10, 0, flags, False)


def test_a_last_period_without_a_figure_is_not_final() -> None:
    """After the last of its periods an older figure is stale."""
    text = program("every = 'year'; by = 2019; value = 10", figures=("2018: 11",))
    assert ruled(text, "2019-12-31") == ("exceeded", 11, 1, (), False)
    found = row(text, "2020-01-01")
    assert (said(found), kept(found)) == (("unreported", 11, 1, ("stale",), False), (2, 1, 1))


def test_windows_that_do_not_overlap_are_two_promises() -> None:
    """10 a year up to 2018 and 20 a year from 2019 on are two rows, neither revised; each is judged in its own years."""
    text = program("every = 'year'; by = 2018; value = 10", "every = 'year'; from = 2019; value = 20", figures=FIGURES)
    first, second = rows(text, "2020-06-06")
    assert (first.status, first.flags, used(first), kept(first), first.final) == (
        "exceeded",
        ("from_first_actual", "met_at_start"),
        ["2018"],
        (3, 3, 3),
        True,
    )
    assert (second.status, used(second), kept(second), second.superseded) == ("exceeded", ["2019"], (1, 1, 1), ())


def test_windows_that_overlap_are_one_promise(tmp_path: Path) -> None:
    """Where they share a year their dates must tell which is in force."""
    path = tmp_path / "p.toml"
    path.write_text(
        program("every = 'year'; by = 2019; value = 10", "every = 'year'; from = 2019; value = 20"), encoding="utf-8"
    )
    assert [problem.code for problem in problems(path)] == ["undated-revision"]


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("2021", "2021-11-15", ["undated-revision"]), ("'2021-11'", "2021-11-15", ["undated-revision"]), ("2021", "'2021-11'", ["undated-revision"]), ("2021", "2021", ["undated-revision"]),
        ("'2021-10'", "2021-11-15", []), ("2020", "2021-01-01", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "target",
    ["by = 2030; value = ", "every = 'year'; value = ", "value = ", "by = '2025/2030'; aggregate = 'sum'; value = "],
)
def test_dates_that_overlap_do_not_tell_which_version_is_in_force(
    tmp_path: Path, target: str, first: str, second: str, codes: list[str]
) -> None:
    """A version of 2021 and one of 15 November 2021 are an error, in whatever order they stand."""
    path = tmp_path / "p.toml"
    for one, other in ((first, second), (second, first)):
        path.write_text(program(f"{target}10; set_on = {one}", f"{target}20; set_on = {other}"), encoding="utf-8")
        assert [problem.code for problem in problems(path)] == codes


# ---------------------------------------------------------------- what is judged


def test_stale_once_a_whole_later_period_has_ended() -> None:
    """A year without a figure that has ended leaves the older one stale; it counts as a period without a figure."""
    text = program("every = 'year'; value = 10; set_on = 2015-01-01", figures=("2016: 12",))
    assert ruled(text, "2017-12-31") == ("exceeded", 12, 2, (), False)
    found = row(text, "2018-01-01")
    assert (said(found), kept(found)) == (("unreported", 12, 2, ("stale",), False), (3, 1, 1))


def test_a_lag_leaves_the_newest_period_open() -> None:
    """Within the lag the promise is judged on the newest period whose figure is due or there; no flag says so, for nothing is missed."""
    text = program(
        "every = 'year'; value = 10; set_on = 2015-01-01",
        figures=("2016: 12", "2017: 9; published = 2018-03-03"),
        indicator="lag = '5 months'",
    )
    assert [ruled(text, on) for on in ("2018-01-01", "2018-03-02")] == [("exceeded", 12, 2, (), False)] * 2
    assert ruled(text, "2018-03-03") == ("missed", 9, -1, ("from_first_actual", "met_at_start"), False)
    assert ruled(text, "2019-05-31") == ("missed", 9, -1, ("from_first_actual", "met_at_start"), False)
    assert ruled(text, "2019-06-01")[0] == "unreported"


def test_a_lag_before_the_first_figure_has_no_data() -> None:
    """Where no figure is due or there yet, there is none."""
    text = program("every = 'year'; value = 10; set_on = 2017-01-01", indicator="lag = '5 months'")
    assert ruled(text, "2018-02-02") == ("no_data", None, None, (), False)


def test_kept_counts_from_the_first_figure_where_nothing_says_when_it_was_set() -> None:
    """Undated and without from, a promise is counted from the first period that has a figure."""
    assert kept(row(program("every = 'year'; value = 10", figures=("2016: 12", "2018: 9")), "2020-06-06")) == (4, 2, 1)


def test_what_is_before_the_baseline_is_no_first_figure() -> None:
    """The count begins with the first period that is judged, so after that of the baseline, whatever figures that had."""
    text = program(
        "every = 'year'; value = 10",
        figures=("2016: 12", "2017: 12", "2019: 9"),
        indicator="baseline = { period = 2017, value = 12, source = 's' }",
    )
    assert kept(row(text, "2020-06-06")) == (1, 1, 0)
    assert kept(row(text, "2019-06-06")) == (0, 0, 0)


def test_a_longer_figure_of_the_day_disputes_the_one_that_is_judged() -> None:
    """Where several figures make one, the year that ends with the half year is never judged for it, but it says otherwise."""
    text = program("every = 'half'; aggregate = 'last'; value = 10", figures=("2018-S2: 12", "2018: 9", "2019: 8"))
    found = row(text, "2019-06-06")
    assert (said(found), used(found)) == (
        ("exceeded", 12, 2, ("disputed",), False),
        ["2018-S2"],
    )
    assert [rival.period.text for rival in found.disputes] == ["2018"]
    assert said(row(text, "2020-06-06")) == ("unreported", 12, 2, ("stale", "disputed"), False)


def test_kept_counts_from_the_day_it_was_set() -> None:
    """Dated, from the period in which it was set, though it has no figure."""
    assert kept(
        row(program("every = 'quarter'; value = 10; set_on = 2018-05-05", figures=("2018-Q3: 12",)), "2019-01-01")
    ) == (3, 1, 1)


def test_a_figure_too_inexact_is_a_figure_that_did_not_satisfy() -> None:
    """What may or may not have been kept is not counted as kept."""
    found = row(program("every = 'year'; value = 10", figures=("2018: [9, 11]",)), "2019-06-06")
    assert (said(found), kept(found)) == (("not_assessable", 9, -1, ("inexact",), False), (1, 1, 0))


def test_a_rise_in_every_period() -> None:
    """Improvement every year is measured by the year before, and by nothing else."""
    text = program(
        "every = 'year'; improve = true; set_on = 2016-01-01", figures=("2015: 10", "2016: 11", "2017: 11", "2018: 12")
    )
    found = row(text, "2019-06-06")
    assert found.start
    assert (found.start.origin, found.start.period.text, found.status, kept(found)) == (
        "period_before",
        "2017",
        "met",
        (3, 3, 2),
    )
    assert row(text, "2018-06-06").status == "missed"


@pytest.mark.parametrize(
    ("figures", "flags"),
    [
        (("2018: 12",), ()),
        (("2016: 10", "2018: 12"), ()),
        (("2017: 11", "2018: 12; series_break = true"), ("series_break",)),
    ],
)
def test_a_rise_with_nothing_to_compare(figures: tuple[str, ...], flags: tuple[str, ...]) -> None:
    """Without a figure of the year before, or where the count changed since, nobody can say whether it rose."""
    found = row(program("every = 'year'; improve = true; set_on = 2018-01-01", figures=figures), "2019-06-06")
    assert (said(found), found.start) == (("not_assessable", 12, None, flags, False), None)


def test_a_withdrawn_version_ends_the_row() -> None:
    """From the day on which it was withdrawn there is no row."""
    text = program("every = 'year'; value = 10; set_on = 2015-01-01; withdrawn = 2019-07-07", figures=FIGURES)
    assert [len(rows(text, on)) for on in ("2019-07-06", "2019-07-07")] == [1, 0]


def test_a_standing_draft_is_another_row() -> None:
    """A draft for every year never judges what was adopted, nor is it upcoming."""
    text = program(
        "every = 'year'; value = 10; set_on = 2015-09-09",
        "every = 'year'; value = 20; set_on = 2017-06-30; standing = 'proposed'",
        figures=FIGURES,
    )
    adopted, draft = rows(text, "2019-06-06")
    assert (adopted.status, asked(adopted), kept(adopted), adopted.superseded) == (
        "exceeded",
        (10, None),
        (4, 3, 3),
        (),
    )
    assert (draft.status, asked(draft), kept(draft), "proposed" in draft.flags) == (
        "missed",
        (20, None),
        (2, 2, 0),
        True,
    )


def test_an_undetermined_number_every_year() -> None:
    """A number that was to be set for every year judges nothing, and counts nothing."""
    found = row(program("every = 'year'; undetermined = true", figures=("2018-Q2: 12",)), "2019-06-06")
    assert (said(found), found.kept) == (("not_assessable", 12, None, (), False), None)
