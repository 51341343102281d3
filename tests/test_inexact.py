"""Inexact figures: ranges and numbers with an open end, in bounds, sums, starts and paces."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ruling import nothing_made, program, ruled, said
from support import facts, row
from targettrack.wording.why import plain, why

DUE = "by = 2020; value = 10"


@pytest.mark.parametrize(
    ("way", "target", "figure", "status", "value", "gap", "approx"),
    [
        ("increase", "value = 10", "over 10", "met", 10, 0, "over"), ("increase", "value = 10", "over 11", "exceeded", 11, 1, "over"), ("increase", "value = 10; strict = true", "over 10", "met", 10, 0, "over"),
        ("increase", "value = 10", "over 9", "not_assessable", 9, -1, "over"), ("increase", "value = 10", "under 10", "missed", 10, 0, "under"), ("increase", "value = 10", "under 8", "missed", 8, -2, "under"),
        ("increase", "value = 10", "under 12", "not_assessable", 12, 2, "under"), ("increase", "value = 10", "[10, 12]", "met", 10, 0, None), ("increase", "value = 10", "[8, 9]", "missed", 8, -2, None),
        ("increase", "value = 10", "[9, 12]", "not_assessable", 9, -1, None), ("increase", "range = [10, 12]", "over 12", "met", 12, 2, "over"), ("increase", "value = 10", "about 10", "met", 10, 0, None),
        ("decrease", "value = 10", "under 10", "met", 10, 0, "over"), ("decrease", "value = 10", "under 9", "exceeded", 9, 1, "over"), ("decrease", "value = 10", "over 10", "missed", 10, 0, "under"),
        ("decrease", "value = 10", "over 12", "missed", 12, -2, "under"), ("decrease", "value = 10", "over 9", "not_assessable", 9, 1, "under"), ("decrease", "value = 10", "under 12", "not_assessable", 12, -2, "over"),
        ("decrease", "value = 10", "[8, 9]", "exceeded", 9, 1, None), ("decrease", "value = 10", "[9, 11]", "not_assessable", 11, -1, None), ("decrease", "value = 10; strict = true", "under 10", "met", 10, 0, "over"),
        ("maintain", "range = [8, 12]", "over 12", "missed", 12, 0, "under"), ("maintain", "range = [8, 12]", "over 13", "missed", 13, -1, "under"), ("maintain", "range = [8, 12]", "under 7", "missed", 7, -1, "under"),
        ("maintain", "range = [8, 12]", "[8, 12]", "met", 8, 0, None), ("maintain", "range = [8, 12]", "[7, 12]", "not_assessable", 7, -1, None), ("maintain", "range = [8, 12]", "[9, 15]", "not_assessable", 15, -3, None),
        ("maintain", "value = 10", "over 10", "missed", 10, 0, "under"), ("maintain", "value = 10", "[10, 10]", "met", 10, 0, None),
    ],
)  # fmt: skip
def test_an_inexact_figure(
    way: str, target: str, figure: str, status: str, value: int, gap: int, approx: str | None
) -> None:
    """It decides only where every number that it allows gives one answer; figure and gap are of the worse end, else of the stated number; where that is open, the true gap is said to be less or more."""
    found = row(program(f"by = 2020; {target}", figures=(f"2020: {figure}",), way=way), "2021-01-01")
    flags = (*(("inexact",) if status == "not_assessable" else ()), *(("approx",) if figure[0] != "[" else ()))
    assert (said(found), found.gap_approx) == ((status, value, gap, flags, status != "not_assessable"), approx)


def test_a_gap_to_the_strong_end_is_open_too() -> None:
    """Both gaps are of the stated number."""
    found = row(program("by = 2020; range = [10, 12]", figures=("2020: over 11",)), "2021-01-01")
    assert facts(found.status, found.gap, found.gap_strong, found.gap_approx) == ("met", 1, -1, "over")


@pytest.mark.parametrize(
    ("way", "figures", "value", "approx", "status"),
    [
        ("increase", ("over 5", "[1, 3]"), 6, "over", "not_assessable"), ("decrease", ("over 5", "[1, 3]"), 6, "under", "not_assessable"), ("increase", ("under 5", "[1, 3]"), 8, "under", "missed"),
        ("decrease", ("under 5", "[1, 3]"), 8, "over", "exceeded"), ("increase", ("over 5", "4"), 9, "over", "not_assessable"), ("increase", ("over 6", "over 4"), 10, "over", "met"), ("increase", ("under 6", "under 4"), 10, "under", "missed"),
        ("increase", ("[5, 7]", "[5, 9]"), 10, None, "met"), ("decrease", ("[5, 7]", "[5, 9]"), 16, None, "not_assessable"), ("increase", ("over 8", "under 3"), 11, None, "not_assessable"),
    ],
)  # fmt: skip
def test_a_sum_of_inexact_figures(
    way: str, figures: tuple[str, str], value: int, approx: str | None, status: str
) -> None:
    """A sum adds the worse ends; where one part's is open, it is open at the sum of the other ends."""
    found = row(
        program(
            "by = '2019/2020'; aggregate = 'sum'; value = 10",
            figures=tuple(f"{year}: {each}" for year, each in zip((2019, 2020), figures, strict=True)),
            way=way,
        ),
        "2021-01-01",
    )
    assert facts(found.status, found.figure, found.gap_approx) == (status, value, approx)


def test_a_mean_of_inexact_figures() -> None:
    """A mean divides what the sum has."""
    found = row(
        program("by = '2019/2020'; aggregate = 'mean'; value = 5", figures=("2019: over 6", "2020: [4, 8]")),
        "2021-01-01",
    )
    assert (said(found), found.gap_approx) == (("met", 5, 0, ("approx",), True), "over")


# ---------------------------------------------------------------- improvements


@pytest.mark.parametrize(
    ("start", "figure", "status", "way"),
    [
        ("10", "over 10", "met", "increase"), ("10", "over 9", "not_assessable", "increase"), ("10", "under 10", "missed", "increase"), ("[8, 10]", "over 10", "met", "increase"), ("under 10", "10", "met", "increase"),
        ("under 10", "under 12", "not_assessable", "increase"), ("over 10", "10", "missed", "increase"), ("[8, 10]", "[10, 12]", "not_assessable", "increase"), ("[8, 10]", "[7, 8]", "missed", "increase"),
        ("10", "under 10", "met", "decrease"), ("over 10", "10", "met", "decrease"), ("[8, 10]", "[9, 12]", "not_assessable", "decrease"), ("[8, 10]", "[10, 12]", "missed", "decrease"),
    ],
)  # fmt: skip
def test_an_inexact_improvement(start: str, figure: str, status: str, way: str) -> None:
    """Better, not better, or not to be said: by all the numbers that start and figure allow."""
    found = row(
        program("by = 2020; improve = true", figures=(f"2015: {start}", f"2020: {figure}"), way=way), "2021-01-01"
    )
    assert (found.status, "inexact" in found.flags, found.gap_approx) == (status, status == "not_assessable", None)


def test_an_inexact_improvement_on_the_way_is_pending() -> None:
    """Before due nothing can be said of it."""
    assert ruled(program("by = 2025; improve = true", figures=("2015: [8, 10]", "2020: 9")), "2021-01-01") == (
        "pending",
        9,
        None,
        ("inexact", "from_first_actual"),
        False,
    )


@pytest.mark.parametrize(
    ("start", "figure", "status"),
    [
        ("[8, 10]", "[7, 8]", "off_track"),
        ("8", "[7, 8]", "off_track"),
        ("[8, 10]", "9", "pending"),
        ("8", "[6, 7]", "worsening"),
        ("[8, 8]", "8", "off_track"),
        ("8", "[9, 10]", "on_track"),
        ("8", "under 8", "worsening"),
    ],
)
def test_an_inexact_improvement_on_the_way(start: str, figure: str, status: str) -> None:
    """Before due it is on track where it is surely better, worsening where it is surely worse, and off track where it is surely not better; else nothing can be known."""
    assert (
        row(program("by = 2025; improve = true", figures=(f"2015: {start}", f"2020: {figure}")), "2021-01-01").status
        == status
    )


# ---------------------------------------------------------------- starts and paces


@pytest.mark.parametrize(
    ("start", "figure", "status", "pace"),
    [
        ("0", "[5, 6]", "on_track", "1"), ("0", "[4, 6]", "pending", None), ("[0, 1]", "5", "pending", None), ("[0, 0]", "5", "on_track", "1"), ("[4, 5]", "[2, 3]", "worsening", "-0.666666666667"), ("0", "over 5", "pending", None),
        ("0", "over 4", "pending", None), ("0", "under 3", "pending", None), ("2", "under 2", "worsening", "0"), ("over 2", "2", "worsening", "0"), ("under 2", "2", "pending", None), ("[0, 2]", "[2, 3]", "pending", None),
        ("0", "[1, 2]", "off_track", "0.2"), ("0", "about 5", "on_track", "1"),
    ],
)  # fmt: skip
def test_a_pace_of_inexact_figures(start: str, figure: str, status: str, pace: str | None) -> None:
    """There is a pace only where every number that start and figure allow gives the same status; the start is shown all the same."""
    found = row(program("by = 2020; value = 10", figures=(f"2010: {start}", f"2015: {figure}")), "2016-01-01")
    assert found.start
    assert (found.status, found.pace) == (status, None if pace is None else Decimal(pace))
    if pace is None:
        assert (found.progress, found.elapsed, found.observed_per_year, found.projected, found.reached_on) == (
            None,
            None,
            None,
            None,
            None,
        )


@pytest.mark.parametrize(
    ("start", "flagged"),
    [
        ("[11, 12]", True),
        ("[10, 12]", True),
        ("[9, 12]", False),
        ("over 10", True),
        ("over 9", False),
        ("under 12", False),
    ],
)
def test_met_at_start_asks_the_start_alone(start: str, flagged: bool) -> None:
    """A start surely satisfied the bound where all its numbers did, whatever the figure."""
    found = row(program("by = 2020; value = 10", figures=(f"2010: {start}", "2015: [9, 13]")), "2016-01-01")
    assert ("met_at_start" in found.flags, found.progress) == (flagged, None)


def test_an_inexact_figure_before_due_is_pending_and_flagged() -> None:
    """A range around the bound decides nothing, and neither does the deadline not passed."""
    found = row(program(DUE, figures=("2015: [9, 11]",)), "2016-01-01")
    assert said(found) == ("pending", 9, -1, ("inexact",), False)


def test_an_inexact_figure_that_is_stale_is_unreported() -> None:
    """An old figure is first of all old."""
    found = row(program(DUE, figures=("2018: [9, 11]",)), "2021-01-01")
    assert said(found) == ("unreported", 9, -1, ("stale", "inexact"), False)


def test_an_inexact_late_figure() -> None:
    """A late figure that is too inexact does not say whether it was kept by then."""
    assert ruled(program(DUE, figures=("2021: [9, 11]",)), "2022-01-01") == (
        "not_assessable",
        9,
        -1,
        ("late_figure", "inexact"),
        False,
    )


def test_without_a_bound_nothing_is_inexact() -> None:
    """A multiple of a baseline that was not known yet has no bound; the figure is shown and compared with nothing."""
    text = program(
        "by = 2020; times_baseline = 2",
        figures=("2020: [9, 11]",),
        indicator="baseline = { period = 2010, value = 5, published = 2022-01-01 }",
    )
    found = row(text, "2021-06-06")
    assert (said(found), nothing_made(found)) == (("not_assessable", 9, None, (), False), True)


# ---------------------------------------------------------------- what is said of them


@pytest.mark.parametrize(
    ("target", "figure", "start"),
    [
        ("range = [7, 9]", "[0, 7.5]", "0-7.5 % in 2020 does not say whether 7-9 % was kept; no deadline was set"),
        ("by = 2020; range = [7, 9]", "[20, 25]", "20-25 % in 2020 is 11-16 points outside 7-9 %."),
        ("by = 2020; value = 8", "[0, 7.5]", "0-7.5 % in 2020 is 0.5-8 points away from 8 %."),
        ("by = 2020; range = [7, 9]", "over 60", "Over 60 % in 2020 is more than 51 points outside 7-9 %."),
        ("by = 2020; range = [7, 9]", "under 5", "Under 5 % in 2020 is more than 2 points outside 7-9 %."),
        ("by = 2020; range = [7, 9]", "5", "5 % in 2020 is 2 points outside 7-9 %."),
    ],
)
def test_how_far_off_a_level_all_of_a_figure_lies(target: str, figure: str, start: str) -> None:
    """What may be inside is not said to be outside; what is outside is so by all that the figure allows."""
    found = row(program(target, figures=(f"2020: {figure}",), way="maintain", unit="%"), "2021-01-01")
    assert plain(why(found)).startswith(start)


def test_a_stale_figure_that_may_be_inside_is_not_said_to_be_outside() -> None:
    """The worse end of a range is not how far off the figure is."""
    found = row(program("by = 2021; range = [7, 9]", figures=("2020: [0, 7.5]",), way="maintain"), "2022-01-01")
    assert "the newest, 0-7.5 t in 2020, is not surely inside 7-9 t" in plain(why(found))


@pytest.mark.parametrize("way", ["increase", "decrease"])
def test_an_inexact_figure_without_a_deadline_does_not_say(way: str) -> None:
    """It is open, and neither short nor beyond."""
    found = row(program("value = 10", figures=("2020: [8, 14]",), way=way), "2021-01-01")
    assert (found.status, "does not say whether 10 t was" in plain(why(found))) == ("open", True)


def test_a_range_that_sources_give_about_stays_so() -> None:
    """A sum of a range and of a number that its source calls about is about a range."""
    text = program("by = '2019/2020'; aggregate = 'sum'; value = 10", figures=("2019: [3, 4]", "2020: about 6"))
    assert plain(why(row(text, "2021-01-01"))).startswith("About 9-10 t, the sum of 2019 and 2020,")
