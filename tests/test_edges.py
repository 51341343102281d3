"""Cases at the edges, where a plausible rule gives a number that misleads."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from support import facts, problems, row
from targettrack.wording import why

HEAD = """
targettrack = 1
[program]
name = "P"
[sources.a]
title = "A"
[indicators.x]
name = "X"
unit = "%"
"""


def program(indicator: str, target: str, *actuals: str) -> str:
    """A program of one indicator, one target and some actuals."""
    blocks = "".join(f'[[actuals]]\nindicator = "x"\n{actual}\n' for actual in actuals)
    return f"{HEAD}{indicator}\n[[indicators.x.targets]]\n{target}\n{blocks}".replace("; ", "\n")


def test_a_range_that_does_not_move_is_not_worsening() -> None:
    """The same range twice may have risen or fallen: no pace is known, and the start is shown. The same number twice has not moved."""
    found = row(
        program(
            'direction = "increase"',
            "by = 2030; value = 20",
            "period = 2020; range = [8, 12]",
            "period = 2024; range = [8, 12]",
        ),
        "2026-06-01",
    )
    assert facts(found.status, found.progress, found.start and found.start.value) == ("pending", None, 8)
    exact = row(
        program(
            'direction = "increase"',
            "by = 2030; value = 20",
            "period = 2020; range = [8, 8]",
            "period = 2024; value = 8",
        ),
        "2026-06-01",
    )
    assert facts(exact.status, exact.progress, exact.start and exact.start.value) == ("off_track", 0, 8)


def test_a_sum_of_over_and_under_keeps_what_was_stated() -> None:
    """Where both ends are open the stated numbers are added up, and nothing is decided."""
    found = row(
        program(
            'direction = "increase"',
            'by = "2021/2022"; aggregate = "sum"; value = 100',
            'period = 2021; value = 90; approx = "over"',
            'period = 2022; value = 20; approx = "under"',
        ),
        "2026-06-01",
    )
    assert facts(found.figure, found.gap, found.status) == (110, 10, "not_assessable")


def test_a_missing_year_is_not_zero_in_a_pace() -> None:
    """A sum with a year missing shows no pace: the year would count as 0."""
    found = row(
        program(
            'direction = "increase"',
            'by = "2021/2025"; aggregate = "sum"; value = 100',
            "period = 2022; value = 25",
            "period = 2023; value = 25",
        ),
        "2024-06-01",
    )
    assert facts(found.status, found.pace, found.projected, found.flags) == (
        "pending",
        None,
        None,
        ("partial", "unsourced"),
    )


def test_a_sum_has_no_pace_across_a_break() -> None:
    """A rising sum does not start at 0 where the count changed inside its window."""
    found = row(
        program(
            'direction = "increase"',
            'by = "2021/2025"; aggregate = "sum"; value = 50',
            "period = 2021; value = 10",
            "period = 2022; value = 10; series_break = true",
        ),
        "2023-06-01",
    )
    assert facts(found.status, found.pace) == ("pending", None)


@pytest.mark.parametrize(
    ("marked", "rate"),
    [
        ("period = 2021; value = 5; series_break = true", Decimal(5)),
        ("period = 2022; value = 5; series_break = true", None),
        ("period = 2020; value = 5; series_break = true", Decimal(5)),
    ],
)
def test_one_figure_for_a_window_has_no_rate_across_a_break(marked: str, rate: Decimal | None) -> None:
    """Where the count changed between its periods, the published total of them is no even growth from 0."""
    found = row(
        program(
            'direction = "increase"',
            'by = "2021/2022"; aggregate = "sum"; value = 50',
            'period = "2021/2022"; value = 10',
            marked,
        ),
        "2023-06-01",
    )
    assert facts(found.status, found.gap, found.observed_per_year) == ("missed", -40, rate)


def test_a_mean_above_its_target_says_what_the_rest_needs() -> None:
    """The average that the remaining periods need: (5 * 13 - 28) / 3."""
    found = row(
        program(
            'direction = "increase"',
            'by = "2021/2025"; aggregate = "mean"; value = 13',
            "period = 2021; value = 14",
            "period = 2022; value = 14",
        ),
        "2023-06-01",
    )
    assert facts(found.status, found.required_per_year) == ("pending", Decimal("12.3333333333"))


def test_an_improvement_downwards_takes_the_upper_end() -> None:
    """Where less is better the worse end of a range is its upper one."""
    found = row(
        program(
            'direction = "decrease"; baseline = { period = 2020, value = 12 }',
            "by = 2024; improve = true",
            "period = 2024; range = [8, 10]",
        ),
        "2026-06-01",
    )
    assert facts(found.figure, found.observed_per_year, found.status) == (10, Decimal("-0.5"), "met")


def test_a_line_past_the_band_does_not_reach_it() -> None:
    """What has crossed the band to be maintained does not meet it later on the same line."""
    found = row(
        program(
            'direction = "maintain"; baseline = { period = 2020, value = 80 }',
            "by = 2025; range = [90, 100]",
            "period = 2021; value = 105",
        ),
        "2022-06-01",
    )
    assert found.reached_on is None
    assert "on the other side" in why.why(found)


@pytest.mark.parametrize(
    ("strict", "actual", "said"),
    [
        ("", "value = 100", "inside"),
        ("; strict = true", "value = 100", "not inside"),
        ("", 'value = 100; approx = "over"', "not inside"),
        ("", "range = [95, 100]", "inside"),
    ],
)
def test_the_sentence_agrees_with_the_edge(strict: str, actual: str, said: str) -> None:
    """At the very edge of a band the sentence says what the status says."""
    found = row(
        program('direction = "maintain"', f"by = 2020; range = [90, 100]{strict}", f"period = 2020; {actual}"),
        "2026-06-01",
    )
    assert f"is {said} 90" in why.why(found)
    assert (found.status == "met") is (said == "inside")


def test_a_circle_of_replacements_is_refused(tmp_path: Path) -> None:
    """Three targets that replace each other would leave none; the file is refused at each."""
    text = (
        HEAD
        + 'direction = "increase"\n'
        + "".join(
            f"[[indicators.x.targets]]\nby = {by}\nreplaces = {old}\nvalue = 5\n"
            for by, old in ((2020, 2022), (2021, 2020), (2022, 2021))
        )
    )
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    assert [problem.code for problem in problems(path)] == ["replaces-each-other"] * 3


def test_marks_typed_in_two_ways_are_one_name() -> None:
    """A disaggregation with composed letters serves a target with decomposed ones."""
    found = row(
        program(
            'direction = "increase"',
            'by = 2020; value = 5; disaggregation = { sector = "d\u1ec7t" }',
            'period = 2020; value = 6; disaggregation = { sector = "de\u0323\u0302t" }',
        ),
        "2026-06-01",
    )
    assert found.status == "exceeded"


def test_a_minus_before_zero_is_dropped() -> None:
    """A figure of -0.0 is 0.0."""
    found = row(program('direction = "increase"', "by = 2020; value = 5", "period = 2020; value = -0.0"), "2026-06-01")
    assert str(found.figure) == "0.0"


def test_a_search_that_came_later_is_not_told() -> None:
    """A report as of a day does not tell of a search after it."""
    text = program('direction = "increase"; searched = 2026-05-01', "by = 2020; value = 5; set_on = 2015-01-01")
    assert "last searched 2026-05-01" in why.why(row(text, "2026-06-01"))
    assert "no search is noted" in why.why(row(text, "2021-06-01"))


def test_what_a_target_was_is_the_version_in_force_before() -> None:
    """A version that its source dates after the deadline is not what the target was before."""
    versions = [("50", "set_on = 2016-01-01"), ("45", "set_on = 2018-01-01"), ("30", 'source = "a"')]
    text = (
        HEAD.replace('title = "A"', 'title = "A"\npublished = 2022-01-01')
        + 'direction = "increase"\n'
        + "".join(f"[[indicators.x.targets]]\nby = 2020\nvalue = {value}\n{made}\n" for value, made in versions)
    )
    found = row(text + '[[actuals]]\nindicator = "x"\nperiod = 2020\nvalue = 40\n', "2026-06-01")
    assert facts(found.status, found.bound and found.bound.weak) == ("missed", 45)
    assert "50\u00a0% before" in why.why(found)


def test_two_figures_of_one_source_are_not_another_source() -> None:
    """A rival from the same source, for another period that ends on the same day, is called that."""
    found = row(
        program(
            'direction = "increase"',
            'by = 2020; value = 45; aggregate = "last"',
            'period = 2020; value = 50; source = "a"',
            'period = "2020-Q4"; value = 40; source = "a"',
        ),
        "2026-06-01",
    )
    assert "the same source also says 40" in why.why(found)
