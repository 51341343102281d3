"""Running totals, sums and means: what is reached or passed for good, which figures stand for a window's periods, and what is missing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ruling import program, ruled, said, used
from support import facts, problems, row
from targettrack.wording.why import plain, why

TOTAL = "cumulative = true"
FLOOR = "by = 2020; value = 100"


# ---------------------------------------------------------------- running totals


@pytest.mark.parametrize(
    ("figures", "on", "expected"),
    [
        pytest.param(("2018: 120",), "2019-01-01", ("exceeded", 120, 20, (), True), id="reached before due"),
        pytest.param(
            ("2018: 120",), "2022-01-01", ("exceeded", 120, 20, (), True), id="reached before due, and nothing since"
        ),
        pytest.param(
            ("2018: 99",), "2022-01-01", ("unreported", 99, -1, ("stale",), False), id="not reached, and nothing since"
        ),
        pytest.param(
            ("2018: 120; quality = 'provisional'",),
            "2019-01-01",
            ("exceeded", 120, 20, ("provisional",), False),
            id="a provisional total settles nothing",
        ),
        pytest.param(
            ("2018: 120; quality = 'provisional'",),
            "2022-01-01",
            ("exceeded", 120, 20, ("provisional",), False),
            id="but tells the end, for it cannot fall",
        ),
        pytest.param(
            ("2018: 120", "2021: 130"),
            "2022-01-01",
            ("exceeded", 120, 20, ("from_first_actual",), True),
            id="later totals confirm it",
        ),
        pytest.param(
            ("2018: 120", "2021: 90"),
            "2022-01-01",
            ("missed", 90, -10, ("late_figure", "from_first_actual", "met_at_start"), False),
            id="a later total takes it back",
        ),
        pytest.param(
            ("2018: 120", "2021: 90", "2022: 130"),
            "2023-01-01",
            ("exceeded", 120, 20, (), True),
            id="the newest later one does not",
        ),
        pytest.param(
            ("2020: 120", "2021: 90"),
            "2022-01-01",
            ("exceeded", 120, 20, (), False),
            id="corrected after the due period: not final",
        ),
        pytest.param(
            ("2020: 120", "2021: 90; series_break = true"),
            "2022-01-01",
            ("exceeded", 120, 20, (), True),
            id="a break corrects nothing",
        ),
        pytest.param(
            ("2018: 120", "2021: 90; series_break = true"),
            "2022-01-01",
            ("exceeded", 120, 20, (), True),
            id="nor takes it back",
        ),
        pytest.param(("2020: 120",), "2022-01-01", ("exceeded", 120, 20, (), True), id="the total of the due period"),
        pytest.param(("2020-06: 120",), "2022-01-01", ("exceeded", 120, 20, (), True), id="reached in June"),
        pytest.param(
            ("2020-06: 90",),
            "2022-01-01",
            ("unreported", 90, -10, ("stale",), False),
            id="June does not tell that it was not",
        ),
        pytest.param(("2018: over 100",), "2022-01-01", ("met", 100, 0, ("approx",), True), id="surely reached"),
        pytest.param(
            ("2018: [90, 110]",),
            "2022-01-01",
            ("unreported", 90, -10, ("stale", "inexact"), False),
            id="perhaps reached",
        ),
    ],
)
def test_a_running_total_with_a_floor(figures: tuple[str, ...], on: str, expected: tuple[object, ...]) -> None:
    """What was reached cannot be lost, unless a later total says that it was never so."""
    found = row(program(FLOOR, figures=figures, indicator=TOTAL), on)
    ours = tuple(flag for flag in found.flags if flag not in {"from_first_actual", "met_at_start", "series_break"})
    wanted = tuple(flag for flag in expected[3] if flag not in {"from_first_actual", "met_at_start"})  # type: ignore[attr-defined]
    assert (found.status, found.figure, found.gap, ours, found.final) == (*expected[:3], wanted, expected[4])


@pytest.mark.parametrize(
    ("figures", "on", "expected"),
    [
        pytest.param(("2018: 120",), "2019-01-01", ("missed", 120, -20, (), True), id="passed before due"),
        pytest.param(("2018: 120",), "2022-01-01", ("missed", 120, -20, (), True), id="passed for good"),
        pytest.param(
            ("2018: 90",), "2022-01-01", ("unreported", 90, 10, ("stale",), False), id="not passed, and nothing since"
        ),
        pytest.param(("2020: 100",), "2022-01-01", ("met", 100, 0, (), True), id="kept"),
        pytest.param(
            ("2018: 120", "2021: 90"),
            "2022-01-01",
            ("met_late", 90, 10, ("late_figure",), False),
            id="a later total takes it back",
        ),
        pytest.param(
            ("2018: 120; quality = 'estimate'",),
            "2019-01-01",
            ("missed", 120, -20, ("estimate",), False),
            id="an estimate settles nothing",
        ),
    ],
)
def test_a_running_total_with_a_ceiling(figures: tuple[str, ...], on: str, expected: tuple[object, ...]) -> None:
    """A total above its ceiling has passed it for good."""
    found = row(program(FLOOR, figures=figures, indicator=TOTAL, way="decrease"), on)
    ours = tuple(flag for flag in found.flags if flag not in {"from_first_actual", "met_at_start"})
    assert (found.status, found.figure, found.gap, ours, found.final) == expected


def test_a_running_total_that_rose_has_improved() -> None:
    """Strictly more than the start is more for good, and final at once."""
    found = row(program("by = 2020; improve = true", figures=("2016: 10", "2018: 11"), indicator=TOTAL), "2019-01-01")
    assert said(found) == ("met", 11, None, ("from_first_actual",), True)


def test_a_running_total_that_rose_is_taken_back_only_by_one_that_did_not() -> None:
    """A later total is held beside the start of the one that rose, however late the target was set."""
    target = "by = 2018; improve = true; set_on = 2020-03-03"
    base = f"{TOTAL}; baseline = {{ period = 2018, value = 12, source = 's' }}".replace("; ", "\n")
    for later, final in (("2019: 11", True), ("2019: over 11", True), ("2019: [9, 11]", True), ("2019: 10", False)):
        found = row(program(target, figures=("2016: 10", later), indicator=base), "2021-01-01")
        assert facts(found.status, found.figure, found.final) == ("met", 12, final), later


@pytest.mark.parametrize(
    ("way", "figures", "said"),
    [
        ("increase", ("2018: 120", "2021: 90"), "120 t in 2018 had reached it, and a later total takes that back"),
        ("increase", ("2018: 120", "2021: 110", "2022: 90"), "120 t in 2018 had reached it, and a later total"),
        ("decrease", ("2018: 120", "2021: 90"), "120 t in 2018 had passed it, and a later total takes that back"),
    ],
)
def test_a_total_that_was_taken_back_is_told(way: str, figures: tuple[str, ...], said: str) -> None:
    """Where a late figure is judged in its place, people learn which one had reached the bound."""
    found = row(program(FLOOR, figures=figures, indicator=TOTAL, way=way), "2023-01-01")
    assert (found.judged and found.judged.late, said in plain(why(found))) == (True, True)


def test_a_total_that_was_not_taken_back_needs_no_word() -> None:
    """A late figure in the place of one that never reached it takes nothing back."""
    found = row(program(FLOOR, figures=("2018: 80", "2021: 110"), indicator=TOTAL), "2023-01-01")
    assert "takes that back" not in why(found)


def test_a_level_that_was_reached_may_be_lost() -> None:
    """Without cumulative a figure of an older year tells nothing of the due one."""
    assert ruled(program(FLOOR, figures=("2018: 120",)), "2019-01-01") == ("exceeded", 120, 20, (), False)
    assert ruled(program(FLOOR, figures=("2018: 120",)), "2022-01-01") == ("unreported", 120, 20, ("stale",), False)


@pytest.mark.parametrize("aggregate", ["sum", "mean"])
def test_a_running_total_is_not_added_up(tmp_path: Path, aggregate: str) -> None:
    """Cumulative does not go with a sum or a mean; with last it does."""
    path = tmp_path / "p.toml"
    path.write_text(
        program(f"by = '2018/2020'; aggregate = '{aggregate}'; value = 100", indicator=TOTAL), encoding="utf-8"
    )
    assert [problem.code for problem in problems(path)] == ["bad-modifier"]
    path.write_text(program("by = 2020; aggregate = 'last'; value = 100", indicator=TOTAL), encoding="utf-8")
    assert problems(path) == ()


# ---------------------------------------------------------------- which figures stand for a window


SUM = "by = '2018/2020'; aggregate = 'sum'; value = 30"


@pytest.mark.parametrize(
    ("figures", "periods", "figure", "missing"),
    [
        (("2018: 10", "2019: 10", "2020: 10"), ["2018", "2019", "2020"], 30, ()), (("2017: 99", "2018: 10", "2021: 99"), ["2018"], 10, ("2019", "2020")),
        (("2018-Q1: 1", "2018-Q2: 2", "2018-S2: 3", "2019: 10"), ["2018-Q1", "2018-Q2", "2018-S2", "2019"], 16, ("2020",)), (("2018-Q1: 1", "2018-Q2: 2", "2018-Q4: 3"), [], None, ("2018", "2019", "2020")),
        (("2018: 10", "2018-S1: 4", "2018-S2: 4"), ["2018"], 10, ("2019", "2020")), (("2018/2019: 21", "2020: 10"), ["2018/2019", "2020"], 31, ()), (("2018/2019: 21", "2018: 10", "2019: 10", "2020: 10"), ["2018", "2019", "2020"], 30, ()),
        (("2018/2019: 21", "2018: 10", "2020: 10"), ["2018/2019", "2020"], 31, ()), (("2018/2019: 21", "2018-S1: 5", "2018-S2: 5", "2019: 10"), ["2018-S1", "2018-S2", "2019"], 20, ("2020",)),
        (("2017/2018: 21", "2018: 10"), ["2018"], 10, ("2019", "2020")), (("2017/2018: 21", "2019: 10"), ["2019"], 10, ("2018", "2020")), (("2018/2020: 33",), ["2018/2020"], 33, ()), (("2018-01/2019-06: 15", "2019-S2: 5", "2020: 10"), ["2018-01/2019-06", "2019-S2", "2020"], 30, ()),
        (("2019-07/2020-06: 15",), [], None, ("2018", "2019", "2020")),
    ],
)  # fmt: skip
def test_figures_that_stand_for_the_periods_of_a_sum(
    figures: tuple[str, ...], periods: list[str], figure: int | None, missing: tuple[str, ...]
) -> None:
    """As few periods as possible are missing; of equals a period's own figure goes before its parts, and parts before a figure that covers several."""
    found = row(program(SUM, figures=figures), "2021-06-06")
    assert found.judged
    assert found.judged.window
    assert (used(found), found.figure, found.judged.window.missing, found.judged.window.counted) == (
        periods,
        figure,
        missing,
        3 - len(missing),
    )
    assert ("partial" in found.flags) is bool(missing)


def test_a_mean_is_not_tiled() -> None:
    """A mean takes each period's own figure alone: quarters do not make a year's level."""
    found = row(
        program("by = '2018/2019'; aggregate = 'mean'; value = 10", figures=("2018: 12", "2019-S1: 6", "2019-S2: 6")),
        "2020-06-06",
    )
    assert (said(found), used(found)) == (("unreported", 12, 2, ("partial",), False), ["2018"])


@pytest.mark.parametrize(
    ("whole", "parts", "aggregate", "flagged"),
    [
        ("30", ("10", "10", "10"), "sum", False), ("30", ("10", "10", "10.4"), "sum", False), ("30", ("10", "10", "10.6"), "sum", True), ("30.0", ("10", "10", "10.4"), "sum", True), ("31", ("10", "10"), "sum", False),
        ("11", ("10", "11", "11"), "mean", False), ("11", ("10", "10", "11"), "mean", True), ("[29, 31]", ("10", "10", "11"), "sum", False), ("over 29", ("10", "10", "11"), "sum", False), ("under 29", ("10", "10", "11"), "sum", True),
    ],
)  # fmt: skip
def test_a_figure_for_the_whole_window_is_taken_as_it_stands(
    whole: str, parts: tuple[str, ...], aggregate: str, flagged: bool
) -> None:
    """It is disputed only where the periods' own figures are all there and, rounded to its digits, do not agree with it; they are then its rivals."""
    figures = (
        f"2018/2020: {whole}",
        *(f"{year}: {part}" for year, part in zip((2018, 2019, 2020), parts, strict=False)),
    )
    found = row(program(f"by = '2018/2020'; aggregate = '{aggregate}'; value = 10", figures=figures), "2021-06-06")
    assert (used(found), "disputed" in found.flags, [rival.period.text for rival in found.disputes]) == (
        ["2018/2020"],
        flagged,
        ["2018", "2019", "2020"] if flagged else [],
    )


def test_rivals_of_a_sum_are_those_of_its_periods() -> None:
    """Two publishers that differ on a year dispute the sum; its actual is its newest figure."""
    found = row(
        program(SUM, figures=("2018: 10", "2019: 10; source = 's'", "2019: 11; source = 'rival'", "2020: 10")),
        "2021-06-06",
    )
    assert found.judged
    assert (found.flags, [str(rival.actual.value) for rival in found.disputes], found.judged.newest.period.text) == (
        ("disputed",),
        ["10"],
        "2020",
    )
    assert found.figure == 31


def test_rivals_outside_the_window_are_none() -> None:
    """A figure of a year that ends with the window, but is no part of it, disputes nothing."""
    assert ruled(program(SUM, figures=("2018: 10", "2019: 10", "2020: 10", "2019-07/2020-12: 99")), "2021-06-06") == (
        "met",
        30,
        0,
        (),
        True,
    )


# ---------------------------------------------------------------- what a window concludes


@pytest.mark.parametrize(
    ("way", "aggregate", "figures", "on", "status", "final"),
    [
        ("increase", "sum", (30,), "2019-06-06", "met", True), ("increase", "sum", (31,), "2019-06-06", "exceeded", True), ("increase", "sum", (10, 10), "2021-06-06", "unreported", False), ("increase", "sum", (10, 10, 9), "2021-06-06", "missed", True),
        ("decrease", "sum", (31,), "2019-06-06", "missed", True), ("decrease", "sum", (10, 10), "2020-06-06", "pending", False), ("decrease", "sum", (10, 10), "2021-06-06", "unreported", False), ("decrease", "sum", (10, 10, 10), "2021-06-06", "met", True),
        ("maintain", "sum", (30,), "2019-06-06", "pending", False), ("maintain", "sum", (10, 10, 10), "2021-06-06", "met", True), ("maintain", "sum", (31,), "2021-06-06", "unreported", False),
        ("increase", "mean", (99,), "2019-06-06", "pending", False), ("increase", "mean", (99, 99), "2021-06-06", "unreported", False), ("increase", "mean", (29, 30, 31), "2021-06-06", "met", True), ("decrease", "mean", (99,), "2019-06-06", "pending", False),
    ],
)  # fmt: skip
def test_an_incomplete_window(
    way: str, aggregate: str, figures: tuple[int, ...], on: str, status: str, final: bool
) -> None:
    """Only a floor that is reached and a ceiling that is passed are sure before a window is complete."""
    text = program(
        f"by = '2018/2020'; aggregate = '{aggregate}'; value = 30",
        figures=tuple(f"{2018 + place}: {value}" for place, value in enumerate(figures)),
        way=way,
    )
    assert (row(text, on).status, row(text, on).final) == (status, final)


def test_what_may_still_be_used_under_a_ceiling() -> None:
    """Under a ceiling on a sum what is required a year is what is left of it, met or not."""
    found = row(
        program("by = '2018/2021'; aggregate = 'sum'; value = 30", figures=("2018: 10", "2019: 8"), way="decrease"),
        "2020-06-06",
    )
    assert facts(said(found), found.required_per_year, found.start) == (("pending", 18, 12, (), False), 6, None)


def test_what_the_rest_of_a_mean_needs() -> None:
    """The average that the remaining periods need."""
    found = row(
        program("by = '2018/2021'; aggregate = 'mean'; value = 10", figures=("2018: 8", "2019: 6")), "2020-06-06"
    )
    assert facts(said(found), found.required_per_year) == (("pending", 7, -3, (), False), 13)


def test_the_rest_of_a_mean_needs_as_much_whichever_period_was_told_first() -> None:
    """The figure of the last period may be known before the others, and a break after the window is none of its."""
    target = "by = '2018/2021'; aggregate = 'mean'; value = 10"
    early = ("2018: 8", "2021: 6; published = 2019-01-01")
    broken = ("2018: 8", "2019: 6", "2023: 1; series_break = true; published = 2020-01-01")
    assert row(program(target, figures=early), "2019-06-06").required_per_year == 13
    assert row(program(target, figures=broken), "2020-06-06").required_per_year == 13


def test_a_rising_sum_starts_at_nothing() -> None:
    """At 0 on the eve of its window, whatever it is in between."""
    found = row(
        program("by = '2018/2021'; aggregate = 'sum'; value = 40", figures=("2018: 10", "2019: 6")), "2020-06-06"
    )
    assert found.start
    assert facts(
        found.start.origin, found.start.value, found.start.period.text, found.progress, found.elapsed, found.pace
    ) == ("zero", 0, "2017-12-31", Decimal("0.4"), Decimal("0.5"), Decimal("0.8"))


def test_a_break_inside_the_window_is_flagged() -> None:
    """And one on the eve of it is not."""
    assert ruled(program(SUM, figures=("2018: 10", "2019: 10; series_break = true", "2020: 10")), "2021-06-06") == (
        "met",
        30,
        0,
        ("series_break",),
        True,
    )
    assert ruled(
        program(SUM, figures=("2017: 1; series_break = true", "2018: 10", "2019: 10", "2020: 10")), "2021-06-06"
    ) == ("met", 30, 0, (), True)


@pytest.mark.parametrize(
    ("due", "window"),
    [
        ("by = '2019-Q3/2020-Q2'", 4),
        ("from = '2019-Q3'; by = '2020-Q2'", 4),
        ("by = '2019-07/2020-06'", 4),
        ("by = '2019/2020'", 8),
    ],
)
def test_a_span_of_a_sum_is_short_for_from_and_by(due: str, window: int) -> None:
    """Whatever its length, a span is the window of a sum; its periods are those of the frequency."""
    found = row(
        program(f"{due}; aggregate = 'sum'; value = 30", figures=("2019-Q3: 30",), indicator="frequency = 'quarter'"),
        "2020-01-01",
    )
    assert found.judged
    assert found.judged.window
    assert (found.judged.window.periods, found.status) == (window, "met")


def test_a_span_of_twelve_months_is_one_due_period() -> None:
    """Without an aggregate a span of up to twelve months is due as a whole, a longer one is from and by."""
    whole, split = (
        row(program(f"by = '{span}'; value = 30"), "2018-01-01") for span in ("2019-07/2020-06", "2019/2020")
    )
    assert (whole.due and whole.due.text, whole.target and whole.target.begins) == ("2019-07/2020-06", None)
    assert (split.due and split.due.text, str(split.target and split.target.begins)) == ("2020", "2019")
    assert ruled(
        program("by = '2019-07/2020-06'; value = 30", figures=("2019-07/2020-06: 30", "2020: 12")), "2020-12-31"
    ) == ("met", 30, 0, (), True)


# ---------------------------------------------------------------- what does not go together


@pytest.mark.parametrize(
    ("target", "way", "code"),
    [
        ("from = 2018; by = '2018/2020'; value = 10", "increase", "two-times"), ("from = 2018; by = '2019-Q3/2020-Q2'; aggregate = 'sum'; value = 10", "increase", "two-times"), ("from = 2018; every = 'year'; by = '2018/2020'; value = 10", "increase", "two-times"),
        ("from = 2018; value = 10", "increase", "from-without-by"), ("from = 2021; by = 2020; value = 10", "increase", "reversed-window"), ("by = 2020; aggregate = 'sum'; value = 10", "increase", "no-window"), ("aggregate = 'mean'; value = 10", "increase", "no-window"),
        ("every = 'year'; from = 2018; aggregate = 'sum'; value = 10", "increase", "bad-modifier"), ("every = 'year'; by = '2018/2020'; aggregate = 'mean'; value = 10", "increase", "bad-modifier"), ("by = '2018/2020'; aggregate = 'sum'; improve = true", "increase", "bad-modifier"),
        ("by = 2020; improve = true; strict = true", "increase", "bad-modifier"), ("by = 2020; improve = true", "maintain", "bad-modifier"), ("every = 'year'; improve = true", "maintain", "bad-modifier"), ("by = 2020; undetermined = true; strict = true", "increase", "bad-modifier"),
        ("by = '2018/2020'; undetermined = true; aggregate = 'mean'", "increase", "bad-modifier"), ("by = 2020; value = 10; strict = true", "maintain", "bad-modifier"), ("by = 2020; times_baseline = 2", "increase", "no-baseline"), ("by = 2020; value = 10; replaces = 2020", "increase", "replaces-itself"),
        ("by = 2020; value = 10; replaces = 2018", "increase", "replaces-nothing"), ("every = 'year'; value = 10; replaces = 2018", "increase", "replaces-without-by"), ("by = 2020; undetermined = false", "increase", "not-a-promise"), ("by = 2020; value = 10; undetermined = true", "increase", "two-shapes"),
        ("by = 2020", "increase", "no-shape"),
    ],
)  # fmt: skip
def test_refusals(tmp_path: Path, target: str, way: str, code: str) -> None:
    """What contradicts itself is refused, with its code and no other."""
    path = tmp_path / "p.toml"
    path.write_text(program(target, way=way), encoding="utf-8")
    assert [problem.code for problem in problems(path)] == [code]


@pytest.mark.parametrize(
    "target",
    [
        "every = 'year'; by = 2020; value = 10",
        "every = 'year'; from = 2018; value = 10",
        "every = 'half'; by = '2018/2020'; value = 10",
        "every = 'year'; value = 10; aggregate = 'last'",
        "by = 2020; undetermined = true; approx = 'about'",
        "every = 'quarter'; improve = true",
        "undetermined = true",
        "by = '2019-Q3/2020-Q2'; from = 2018; value = 10",
    ],
)
def test_what_goes_together(tmp_path: Path, target: str) -> None:
    """The combinations that a program may write."""
    path = tmp_path / "p.toml"
    path.write_text(program(target), encoding="utf-8")
    assert problems(path) == ()
