"""Baselines: where the way begins, and the figures of their own period for whatever is due by then."""

from __future__ import annotations

from pathlib import Path

import pytest

from ruling import kept, program, ruled, said, used
from support import facts, problems, row
from targettrack.wording.why import plain, why

BASE = "baseline = { period = 2019, value = 42, source = 's' }"


def test_a_baseline_is_the_figure_of_what_is_due_then() -> None:
    """A target due in the baseline's period is judged by it, and it is no start of that target."""
    found = row(program("by = 2019; value = 40", indicator=BASE), "2020-05-05")
    assert (said(found), found.start, found.pace) == (("exceeded", 42, 2, (), True), None, None)


def test_a_baseline_is_a_late_figure_of_what_was_due_before() -> None:
    """For a target due before the baseline's period the baseline is the first figure after the deadline."""
    assert ruled(program("by = 2017; value = 40", indicator=BASE), "2020-05-05") == (
        "met_late",
        42,
        2,
        ("late_figure",),
        False,
    )
    assert ruled(program("by = 2017; value = 50", indicator=BASE), "2020-05-05") == (
        "missed",
        42,
        -8,
        ("late_figure",),
        False,
    )


def test_a_baseline_that_is_a_late_figure_is_said_to_be_both() -> None:
    """The sentence has each apposition once, and one comma between the two."""
    found = row(program("by = 2017; value = 40", indicator=BASE), "2020-05-05")
    assert plain(why(found)).startswith(
        "42 t in 2019, the baseline, the first figure after the 2017 deadline, is 2 above"
    )


def test_a_baseline_alone_is_no_figure_of_what_is_due_later() -> None:
    """A target that is due after the baseline has no figure in it."""
    assert ruled(program("by = 2024; value = 40", indicator=BASE), "2020-05-05") == ("no_data", None, None, (), False)
    assert ruled(program("by = 2024; value = 40", indicator=BASE), "2026-05-05") == (
        "unreported",
        None,
        None,
        (),
        False,
    )
    assert ruled(program("value = 40", indicator=BASE), "2026-05-05") == ("no_data", None, None, (), False)


@pytest.mark.parametrize("period", ["2019", "2019-12-31"])
def test_an_actual_outranks_it(period: str) -> None:
    """An actual of that day that may be judged goes before the baseline, and the two do not dispute each other."""
    assert ruled(program("by = 2019; value = 40", figures=(f"{period}: 39",), indicator=BASE), "2020-05-05") == (
        "missed",
        39,
        -1,
        (),
        True,
    )


def test_an_actual_that_may_not_be_judged_does_not() -> None:
    """A quarter's figure outranks it only where the target says that a quarter's figure may be judged."""
    found = [
        ruled(program(f"by = 2019; value = 40{extra}", figures=("2019-Q4: 9",), indicator=BASE), "2020-05-05")
        for extra in ("", "; aggregate = 'last'")
    ]
    assert found == [("exceeded", 42, 2, (), True), ("missed", 9, -31, (), True)]


def test_a_baseline_of_another_length_is_shown() -> None:
    """A baseline for the last quarter of the due year is for a period of another length, as an actual would be."""
    quarter = BASE.replace("2019", "'2019-Q4'")
    assert ruled(program("by = 2019; value = 40", indicator=quarter), "2020-05-05") == (
        "not_assessable",
        42,
        None,
        ("other_length",),
        False,
    )
    assert ruled(program("by = 2019; value = 40; aggregate = 'last'", indicator=quarter), "2020-05-05") == (
        "exceeded",
        42,
        2,
        (),
        True,
    )


def test_it_makes_nothing_history_for_what_is_due_then() -> None:
    """Older actuals still serve such a target: the first of them is its start."""
    found = row(program("by = 2019; value = 52", figures=("2015: 32",), indicator=BASE), "2020-05-05")
    assert found.start
    assert (said(found), found.start.origin, str(found.progress), str(found.observed_per_year)) == (
        ("missed", 42, -10, ("from_first_actual",), True),
        "first_actual",
        "0.5",
        "2.5",
    )


def test_it_makes_history_for_what_is_due_later() -> None:
    """What ends before the baseline is never judged for a later deadline."""
    found = row(program("by = 2024; value = 40", figures=("2015: 99",), indicator=BASE), "2020-05-05")
    assert (said(found), used(found), [point.period.text for point in found.points]) == (
        ("no_data", None, None, (), False),
        [],
        ["2015"],
    )


def test_an_improvement_due_then_is_seen_in_the_baseline() -> None:
    """An improvement by the baseline's own period is compared with a first actual."""
    assert ruled(program("by = 2019; improve = true", figures=("2015: 32",), indicator=BASE), "2020-05-05") == (
        "met",
        42,
        None,
        ("from_first_actual",),
        True,
    )
    assert ruled(program("by = 2019; improve = true", indicator=BASE), "2020-05-05") == (
        "not_assessable",
        42,
        None,
        (),
        False,
    )


def test_a_baseline_without_a_source_is_unsourced() -> None:
    """The flag is of the judged figure, an actual or a baseline."""
    bare = "baseline = { period = 2019, value = 42 }"
    assert ruled(program("by = 2019; value = 40", indicator=bare), "2020-05-05") == (
        "exceeded",
        42,
        2,
        ("unsourced",),
        True,
    )
    assert ruled(program("by = 2021; value = 40", figures=("2021: 40",), indicator=bare), "2022-05-05") == (
        "met",
        40,
        0,
        ("met_at_start",),
        True,
    )


def test_a_baseline_has_a_note_and_a_day_of_publication() -> None:
    """Judged, a baseline is a figure like any: noted, provisional where it was published before its period had ended, and unknown before."""
    text = program(
        "by = 2019; value = 40",
        indicator="baseline = { period = 2019, value = 42, source = 's', published = 2019-11-11, note = 'A forecast' }",
    )
    found = row(text, "2020-05-05")
    assert (said(found), found.notes) == (("exceeded", 42, 2, ("provisional", "noted"), False), ("A forecast",))
    late = program(
        "by = 2019; value = 40",
        indicator="baseline = { period = 2019, value = 42, source = 's', published = 2020-11-11 }",
    )
    assert [ruled(late, on)[0] for on in ("2020-11-10", "2020-11-11")] == ["unreported", "exceeded"]


def test_a_part_has_its_own_baseline() -> None:
    """The indicator's baseline serves only targets without disaggregation."""
    assert ruled(program("by = 2019; value = 40; disaggregation = { sex = 'f' }", indicator=BASE), "2020-05-05") == (
        "unreported",
        None,
        None,
        (),
        False,
    )
    own = (
        "by = 2021; value = 40; disaggregation = { sex = 'f' }; baseline = { period = 2018, value = 20, source = 's' }"
    )
    found = row(program(own, figures=("2020: 30; disaggregation = { sex = 'f' }",), indicator=BASE), "2021-05-05")
    assert found.start
    assert (found.start.period.text, str(found.progress), found.flags) == ("2018", "0.5", ())


@pytest.mark.parametrize(
    ("due", "code"),
    [
        ("2018", ["due-before-baseline"]),
        ("2019", ["due-before-baseline"]),
        ("'2019-06'", ["due-before-baseline"]),
        ("2020", []),
        ("'2020-01'", []),
    ],
)
def test_an_own_baseline_lies_before_it_is_due(tmp_path: Path, due: str, code: list[str]) -> None:
    """A target whose own baseline ends with its deadline or later is refused; the indicator's may."""
    path = tmp_path / "p.toml"
    path.write_text(program(f"by = {due}; value = 40; {BASE}", indicator=BASE), encoding="utf-8")
    assert [problem.code for problem in problems(path)] == code


# ---------------------------------------------------------------- in windows


def test_a_baseline_is_a_figure_in_a_mean() -> None:
    """The mean over a window that holds the baseline's period has it as that period's figure."""
    found = row(
        program("by = '2019/2021'; aggregate = 'mean'; value = 40", figures=("2020: 38", "2021: 46"), indicator=BASE),
        "2022-05-05",
    )
    assert (said(found), used(found), found.start) == (("exceeded", 42, 2, (), True), ["2019", "2020", "2021"], None)


def test_an_actual_outranks_it_in_a_mean() -> None:
    """An actual of the same period goes before it."""
    assert ruled(
        program(
            "by = '2019/2021'; aggregate = 'mean'; value = 40",
            figures=("2019: 36", "2020: 38", "2021: 46"),
            indicator=BASE,
        ),
        "2022-05-05",
    ) == ("met", 40, 0, (), True)


def test_a_baseline_is_a_figure_in_a_sum() -> None:
    """A sum from the baseline's period on counts it, and still starts at 0."""
    found = row(
        program("by = '2019/2022'; aggregate = 'sum'; value = 168", figures=("2020: 42",), indicator=BASE), "2021-05-05"
    )
    assert found.start
    assert facts(
        found.figure, used(found), found.start.origin, str(found.progress), str(found.elapsed), found.status
    ) == (84, ["2019", "2020"], "zero", "0.5", "0.5", "on_track")


def test_actuals_that_tile_its_period_outrank_it_in_a_sum() -> None:
    """Four quarters of the baseline's year go before it; three of them do not."""
    quarters = tuple(f"2019-Q{quarter}: 10" for quarter in (1, 2, 3, 4))
    text = "by = '2019/2020'; aggregate = 'sum'; value = 80"
    assert ruled(program(text, figures=(*quarters, "2020: 40"), indicator=BASE), "2021-05-05") == (
        "met",
        80,
        0,
        (),
        True,
    )
    assert ruled(program(text, figures=(*quarters[:3], "2020: 40"), indicator=BASE), "2021-05-05") == (
        "exceeded",
        82,
        2,
        (),
        True,
    )


def test_a_window_holds_whatever_the_baseline_is() -> None:
    """A baseline after the window, or in its midst, makes none of its periods history; one outside is not used."""
    text = program(
        "by = '2016/2018'; aggregate = 'sum'; value = 60", figures=("2016: 20", "2017: 20", "2018: 20"), indicator=BASE
    )
    assert ruled(text, "2020-05-05") == ("met", 60, 0, (), True)
    assert ruled(text.replace("period = 2019", "period = 2017"), "2020-05-05") == ("met", 60, 0, (), True)
    assert ruled(text.replace("period = 2019", "period = 2015"), "2020-05-05") == ("met", 60, 0, (), True)


# ---------------------------------------------------------------- standing targets


def test_no_standing_period_up_to_the_baselines_is_judged() -> None:
    """The baseline is no figure of a standing promise, and its own year is not counted, whatever actuals there are."""
    text = program("every = 'year'; value = 40; set_on = 2017-01-01", figures=("2018: 44", "2019: 44"), indicator=BASE)
    found = row(text, "2020-05-05")
    assert (said(found), kept(found)) == (("no_data", None, None, (), False), (0, 0, 0))
    after = row(
        program("every = 'year'; value = 40; set_on = 2017-01-01", figures=("2018: 44", "2020: 39"), indicator=BASE),
        "2021-05-05",
    )
    assert (said(after), kept(after)) == (("missed", 39, -1, ("met_at_start",), False), (1, 1, 0))


# ---------------------------------------------------------------- starts


def test_a_baseline_before_a_break_is_no_start() -> None:
    """Where the count changed after the baseline nothing replaces it, and no rate is made."""
    found = row(
        program("by = 2025; value = 60", figures=("2021: 50; series_break = true", "2022: 52"), indicator=BASE),
        "2023-05-05",
    )
    assert (said(found), found.start, found.observed_per_year) == (
        ("pending", 52, -8, ("series_break",), False),
        None,
        None,
    )


def test_a_first_actual_is_of_the_time_since_the_break() -> None:
    """Without a baseline the first figure with the new count is the start."""
    found = row(
        program(
            "by = 2025; value = 60", figures=("2018: 10", "2021: 50; series_break = true", "2023: 55"), indicator=""
        ),
        "2024-05-05",
    )
    assert found.start
    assert (found.start.period.text, found.flags, found.status, str(found.pace)) == (
        "2021",
        ("series_break", "from_first_actual"),
        "on_track",
        "1",
    )


@pytest.mark.parametrize(
    ("set_on", "start"),
    [
        ("2019-12-31", "2019"),
        ("2020", "2019"),
        ("'2019-12'", "2018"),
        ("2019", "2018"),
        ("2019-12-30", "2018"),
        ("2016-01-01", "2017"),
    ],
)
def test_a_first_actual_lies_before_the_first_day_of_set_on(set_on: str, start: str) -> None:
    """The newest that ends on or before a stated set_on, which counts at its first day here; where none does, the earliest."""
    found = row(
        program(f"by = 2025; value = 60; set_on = {set_on}", figures=("2017: 10", "2018: 20", "2019: 30", "2021: 40")),
        "2022-05-05",
    )
    assert found.start
    assert found.start.period.text == start


def test_the_judged_figure_is_newer_than_its_start() -> None:
    """A figure of the baseline's own period has no way behind it."""
    found = row(program("by = 2025; value = 60", figures=("2019: 44",), indicator=BASE), "2020-05-05")
    assert (said(found), found.start) == (("pending", 44, -16, (), False), None)
