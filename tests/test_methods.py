"""Methods: the published methods give their published outcomes, and a label with a reason wherever they cannot judge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from support import load
from targettrack import registry
from targettrack.assessment import methods, report
from targettrack.assessment.verdict import Method

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from targettrack.assessment.verdict import Verdict

ON = "2026-12-31"
PUBLISHED = ("statcan", "un-2022", "destatis")
NOTHING = {"statcan": "not_available", "un-2022": "insufficient_data", "destatis": "none"}
LABELS = {
    "statcan": {
        "target_achieved",
        "substantial_progress",
        "moderate_progress",
        "limited_progress",
        "deterioration",
        "not_available",
        "not_assessed",
    },
    "un-2022": {
        "target_achieved",
        "target_not_achieved",
        "on_track",
        "fair_progress",
        "limited_or_no_progress",
        "deterioration",
        "insufficient_data",
        "not_assessed",
    },
    "destatis": {"sun", "slightly_cloudy", "cloud", "thunderstorm", "none", "ended", "not_assessed"},
}


def program(
    target: str,
    figures: Mapping[object, object],
    *,
    up: bool = True,
    baseline: tuple[object, object] | None = None,
    indicator: str = "",
    more: str = "",
) -> str:
    """A program with one indicator and one target, as TOML; a figure that is a text holds keys of its own."""
    start = f"baseline = {{ period = {baseline[0]}, value = {baseline[1]} }}" if baseline else ""
    lines = [
        'targettrack = 1\n[program]\nname = "Published example"\n[indicators.it]\nname = "It"',
        f'direction = "{"increase" if up else "decrease"}"' if "direction" not in indicator else "",
        *(line for line in (start, indicator) if line),
        f"[[indicators.it.targets]]\n{target}",
        *(
            f'[[actuals]]\nindicator = "it"\nperiod = {when}\n{value if isinstance(value, str) else f"value = {value}"}'
            for when, value in figures.items()
        ),
        more,
    ]
    return "\n".join(lines) + "\n"


def judge(method: str, text: str, on: str = ON) -> Verdict:
    """The verdict of a method on the only target of a program."""
    rule = Method(method, registry.module(methods, method).judge)
    (row,) = report.report([load(text).program], date.fromisoformat(on), method=rule).rows
    assert row.verdict.method == method
    return row.verdict


def label(method: str, text: str, on: str = ON) -> str:
    return judge(method, text, on).label


def years(first: int, figures: str) -> dict[object, object]:
    """Figures in a row, one a year."""
    return {first + place: Decimal(figure) for place, figure in enumerate(figures.split())}


@pytest.mark.parametrize("method", PUBLISHED)
def test_a_method_says_of_itself_by_which_cut_points_it_judges(method: str) -> None:
    """What a module says at its head has the numbers that it judges by."""
    module = registry.module(methods, method)
    said = [each for each in (module.CUT_POINTS, getattr(module, "IMPROVING", None)) if each]
    assert all(f" {cut.at}" in " ".join(str(module.__doc__).split()) for each in said for cut in each.cuts)


# ---------------------------------------------------------------- the registry


def test_every_method_has_one_module_with_a_rule() -> None:
    assert registry.names(methods) == ["destatis", "linear", "statcan", "un-2022"]
    for name in registry.names(methods):
        assert callable(registry.module(methods, name).judge)


def test_a_module_that_is_dropped_into_the_folder_is_a_method(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "more_methods"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""Methods."""\n', encoding="utf-8")
    (folder / "_shared.py").write_text('"""Not a method."""\n', encoding="utf-8")
    (folder / "bank_1999.py").write_text(
        'from targettrack.assessment.verdict import Verdict\n\n\ndef judge(evidence):\n    return Verdict("bank-1999", "fine")\n',
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    package = __import__("more_methods")
    assert isinstance(package, ModuleType)
    assert registry.names(package) == ["bank-1999"]
    rule = Method("bank-1999", registry.module(package, "bank-1999").judge)
    (row,) = report.report([load(program("by = 2030\nvalue = 1", {})).program], date(2026, 1, 1), method=rule).rows
    assert row.verdict.label == "fine"


# ---------------------------------------------------------------- linear


def test_linear_is_the_status_and_its_ratio_the_pace() -> None:
    verdict = judge("linear", program("by = 2030\nvalue = 85", {2020: 74}, baseline=(2005, 63)))
    assert (verdict.label, verdict.ratio) == ("behind", Decimal("0.833333333333"))


# ---------------------------------------------------------------- statcan


@pytest.mark.parametrize(
    ("target", "baseline", "figure", "up", "ratio", "expected"),
    [
        pytest.param("by = 2030\nvalue = 7.25", (2015, "14.5"), {2023: "value = 10.2"}, False, "0.9525901792032172", "substantial_progress", id="poverty, first vintage"),
        pytest.param("by = 2030\nvalue = 7.25", (2015, "14.5"), {2023: "value = 10.4"}, False, "0.9010899546976208", "moderate_progress", id="poverty, revised"),
        pytest.param("by = 2030\nvalue = 85", (2005, 63), {2020: 74}, True, "0.8949392974311927", "moderate_progress", id="good air"),
        pytest.param("by = 2030\nvalue = 30", (2015, "10.1"), {2023: "value = 13.7"}, True, "0.5160064971944834", "limited_progress", id="conserved areas"),
        pytest.param("by = 2028\nvalue = 13433", (2016, 26866), {2024: 36058}, False, "-0.6675781357974336", "deterioration", id="homelessness, halve"),
        pytest.param("by = 2028\ntimes_baseline = 0.5", (2016, 26866), {2024: 36058}, False, "-0.6675781357974336", "deterioration", id="homelessness, as a share of the baseline"),
        pytest.param("by = 2026\nvalue = 55", (2015, "68.5534591194968"), {2023: "value = 46.7336683417085"}, True, "-2.3587220377696703", "deterioration", id="fish stocks"),
        pytest.param("by = 2030\nvalue = 100", (2015, 70), {2021: 68}, False, "0.20028868698657923", "target_achieved", id="wood harvest"),
        pytest.param("by = 2030\nvalue = 100", (2015, 100), {2023: 100}, True, None, "target_achieved", id="clean fuels"),
        pytest.param("by = 2030\nimprove = true", (2022, "18.41"), {2022: "value = 18.41"}, True, None, "not_available", id="one figure only"),
    ],
)  # fmt: skip
def test_statcan_gives_the_outcomes_of_the_canadian_indicator_framework(
    *,
    target: str,
    baseline: tuple[object, object],
    figure: Mapping[object, object],
    up: bool,
    ratio: str | None,
    expected: str,
) -> None:
    verdict = judge("statcan", program(target, figure, up=up, baseline=baseline))
    assert verdict.label == expected
    assert verdict.ratio == (None if ratio is None else pytest.approx(Decimal(ratio), rel=Decimal("1e-11")))


def test_statcan_without_a_target_and_without_change_is_limited_progress() -> None:
    """People who feel safe, limit 100, in the Canadian Indicator Framework."""
    verdict = judge(
        "statcan", program("by = 2030\nimprove = true", {2022: 79}, baseline=(2021, 79), indicator="limit = 100")
    )
    assert (verdict.label, verdict.ratio, verdict.score) == ("limited_progress", Decimal(0), Decimal("-2.5"))


@pytest.mark.parametrize(
    ("figure", "expected", "score"),
    [
        ("150", "target_achieved", "5"),
        ("119.9025", "substantial_progress", "2.500055"),  # 9.5 % a year where 10 % are needed
        ("119.9024", "moderate_progress", "2.50002"),
        ("112.36", "moderate_progress", "0.00004"),
        ("112.35", "limited_progress", "-0.0019"),
        ("100", "limited_progress", "-2.5"),
        ("99.9999", "deterioration", "-2.50002"),
        ("1", "deterioration", "-5"),
    ],
)
def test_statcan_cuts_at_95_and_60_percent_of_the_growth_needed_and_at_none(
    figure: str, expected: str, score: str
) -> None:
    verdict = judge("statcan", program("by = 2024\nvalue = 146.41", {2022: f"value = {figure}"}, baseline=(2020, 100)))
    assert verdict.label == expected
    assert verdict.score == pytest.approx(Decimal(score), abs=Decimal("0.0005"))


@pytest.mark.parametrize(
    ("limit", "figure", "expected", "score"),
    [
        ("", "110", "substantial_progress", "5"),
        ("", "103.0225", "substantial_progress", "2.5"),  # 1.5 % a year
        ("", "103.0224", "moderate_progress", "2.4999"),
        ("", "101.0025", "moderate_progress", "0"),  # 0.5 % a year
        ("", "101.0024", "limited_progress", "-0.0002"),
        ("", "99.9", "deterioration", "-2.5625"),
        ("", "50", "deterioration", "-5"),
        ("limit = 100", "100", "substantial_progress", "5"),  # at the limit, keeping it is enough
        ("limit = 100", "99.9", "deterioration", "-2.5625"),
        ("limit = 50", "100.1", "limited_progress", "-2.25"),  # twice as far as the limit: no allowance
        ("limit = 0", "100.1", "limited_progress", "-2.25"),
        ("limit = 101", "100.2", "substantial_progress", "5"),
        ("limit = 99", "100.2", "substantial_progress", "5"),
        ("limit = -101", "100.2", "substantial_progress", "5"),
    ],
)
def test_statcan_without_a_target_cuts_lower_near_the_limit(limit: str, figure: str, expected: str, score: str) -> None:
    verdict = judge(
        "statcan",
        program("by = 2030\nimprove = true", {2022: f"value = {figure}"}, baseline=(2020, 100), indicator=limit),
    )
    assert verdict.label == expected
    assert verdict.score == pytest.approx(Decimal(score), abs=Decimal("0.0005"))


@pytest.mark.parametrize(
    ("start", "figure", "bound", "up", "expected"),
    [
        (0, 1, 2, True, "substantial_progress"),
        (8, 2, 0, False, "limited_progress"),
        (8, "value = 0.001", 0, False, "target_achieved"),
        (8, "value = 0.0011", 0, False, "substantial_progress"),
        (-8, 0, 0, True, "target_achieved"),
        (0, 0, 0, False, "target_achieved"),
        (0, 5, 0, False, "not_available"),
        (0, -1, 2, True, "not_available"),
    ],
)
def test_statcan_takes_a_baseline_or_a_target_of_0_as_a_thousandth(
    *, start: int, figure: object, bound: int, up: bool, expected: str
) -> None:
    assert (
        label("statcan", program(f"by = 2030\nvalue = {bound}", {2025: figure}, up=up, baseline=(2020, start)))
        == expected
    )


def test_statcan_reads_growth_below_0_by_its_distance_from_0() -> None:
    rising = judge("statcan", program("by = 2030\nvalue = -2", {2025: -4}, baseline=(2020, -8)))
    assert (rising.label, rising.ratio) == ("substantial_progress", Decimal(1))
    assert label("statcan", program("by = 2030\nvalue = -2", {2025: -12}, baseline=(2020, -8))) == "deterioration"
    assert label("statcan", program("by = 2030\nimprove = true", {2025: -12}, baseline=(2020, -8))) == "deterioration"


@pytest.mark.parametrize(
    ("start", "figure", "bound", "reason"),
    [
        (None, 5, 9, "no stated baseline is known"),
        ((2025, 4), 5, 9, "the baseline and the figure are both of 2025"),
        ((2020, -4), 5, 9, "the baseline and the figure have opposite signs"),
        ((2020, -4), -3, 9, "the baseline and the target have opposite signs"),
        ((2020, 9), 5, 9, "the baseline is the target"),
    ],
)
def test_statcan_says_why_there_is_no_growth_to_compare(
    start: tuple[object, object] | None, figure: int, bound: int, reason: str
) -> None:
    verdict = judge("statcan", program(f"by = 2030\nvalue = {bound}", {2025: figure}, baseline=start))
    assert (verdict.label, verdict.reason, verdict.ratio, verdict.score) == ("not_available", reason, None, None)


def test_statcan_has_no_path_to_a_target_that_is_due_when_its_baseline_ends() -> None:
    verdict = judge("statcan", program("by = 2020\nvalue = 9", {2021: 5}, baseline=(2020, 4)))
    assert (verdict.label, verdict.reason) == ("not_available", "the baseline and the figure are both of 2020")


def test_a_target_that_is_met_needs_no_baseline() -> None:
    text = program("by = 2030\nvalue = 9", {2025: 10})
    verdict = judge("statcan", text)
    assert (verdict.label, verdict.ratio, verdict.score) == ("target_achieved", None, Decimal(5))
    assert label("un-2022", text) == "target_achieved"


# ---------------------------------------------------------------- un-2022


@pytest.mark.parametrize(
    ("bound", "baseline", "figure", "up", "expected"),
    [
        pytest.param(1, (2016, "2.95"), {2022: "value = 1.88"}, False, "on_track", id="working poor"),
        pytest.param(95, (2016, "44.5"), {2019: 44}, True, "limited_or_no_progress", id="maternity cover"),
        pytest.param(95, (2018, 100), {2020: 76}, True, "deterioration", id="poor covered: slipped back"),
        pytest.param(95, None, {2020: "value = 1.4"}, True, "insufficient_data", id="children, no baseline"),
        pytest.param(50, (2015, "24.3"), {2025: "value = 31.38"}, True, "fair_progress", id="women in parliament"),
        pytest.param(70, (2015, "57.62866"), {2023: "value = 47.61028"}, False, "target_achieved", id="maternal mortality"),
    ],
)  # fmt: skip
def test_un_2022_gives_the_outcomes_that_the_undp_publishes_for_viet_nam(
    *, bound: int, baseline: tuple[object, object] | None, figure: Mapping[object, object], up: bool, expected: str
) -> None:
    verdict = judge("un-2022", program(f"by = 2030\nvalue = {bound}", figure, up=up, baseline=baseline))
    assert verdict.label == expected
    assert (verdict.ratio is None) == (expected in {"insufficient_data", "target_achieved"})
    assert verdict.score is None


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("146.41", "target_achieved"),
        ("119.9025", "on_track"),  # 9.5 % a year where 10 % are needed
        ("119.9024", "fair_progress"),
        ("110.25", "fair_progress"),
        ("110.2499", "limited_or_no_progress"),
        ("98.01", "limited_or_no_progress"),
        ("98.0099", "deterioration"),
    ],
)
def test_un_2022_cuts_at_95_and_50_percent_of_the_growth_needed_and_at_a_tenth_of_it_the_wrong_way(
    figure: str, expected: str
) -> None:
    assert (
        label("un-2022", program("by = 2024\nvalue = 146.41", {2022: f"value = {figure}"}, baseline=(2020, 100)))
        == expected
    )


@pytest.mark.parametrize(
    ("figure", "up", "expected"),
    [
        ("102.0101", True, "on_track"),
        ("102.01", True, "fair_progress"),  # 1 % a year
        ("101.0025", True, "fair_progress"),  # 0.5 % a year
        ("101.0024", True, "limited_or_no_progress"),
        ("98.01", True, "limited_or_no_progress"),
        ("98.0099", True, "deterioration"),
        ("0", True, "deterioration"),
        ("0", False, "target_achieved"),
        ("98", False, "on_track"),
        ("98.01", False, "fair_progress"),
        ("103", False, "deterioration"),
        ("-1", False, "insufficient_data"),
    ],
)
def test_un_2022_without_a_target_goes_by_the_growth_alone(*, figure: str, up: bool, expected: str) -> None:
    assert (
        label("un-2022", program("by = 2030\nimprove = true", {2022: f"value = {figure}"}, up=up, baseline=(2020, 100)))
        == expected
    )


@pytest.mark.parametrize(
    ("start", "figure", "bound", "up", "expected", "has_ratio"),
    [
        (5, 3, 5, True, "deterioration", False),  # the baseline is the target
        (0, 3, 1, False, "deterioration", False),  # no growth leads from 0
        (5, -1, 2, True, "deterioration", False),  # nor through 0
        (-2, -8, -5, True, "deterioration", True),
        (8, 3, 5, True, "deterioration", True),
        (0, 3, 5, True, "insufficient_data", False),
        (-5, 3, 5, True, "insufficient_data", False),
        (-5, -4, 5, True, "insufficient_data", False),
        (-8, -4, -2, True, "on_track", True),
        (-8, -12, -2, True, "deterioration", True),
        (8, 2, 0, False, "limited_or_no_progress", True),
    ],
)
def test_un_2022_tells_a_target_that_was_lost_from_one_without_a_growth_rate(
    *, start: int, figure: int, bound: int, up: bool, expected: str, has_ratio: bool
) -> None:
    verdict = judge("un-2022", program(f"by = 2030\nvalue = {bound}", {2025: figure}, up=up, baseline=(2020, start)))
    assert (verdict.label, verdict.ratio is not None) == (expected, has_ratio)
    if expected == "deterioration" and verdict.ratio is not None:
        assert verdict.ratio < 0


@pytest.mark.parametrize(
    ("start", "figure", "bound", "reason"),
    [
        (None, 5, 9, "no stated baseline is known"),
        ((2025, 4), 5, 9, "the baseline and the figure are both of 2025"),
        ((2020, 0), 5, 9, "no growth rate leads from the baseline to the figure and the target"),
    ],
)
def test_un_2022_says_which_data_it_lacks(
    start: tuple[object, object] | None, figure: int, bound: int, reason: str
) -> None:
    verdict = judge("un-2022", program(f"by = 2030\nvalue = {bound}", {2025: figure}, baseline=start))
    assert (verdict.label, verdict.reason) == ("insufficient_data", reason)


@pytest.mark.parametrize(
    ("by", "figures", "expected"),
    [
        (2030, {}, "insufficient_data"),
        (2030, {2024: "value = false"}, "target_not_achieved"),
        (2030, {2023: "value = true", 2024: "value = false"}, "target_not_achieved"),
        (2030, {2023: "value = true"}, "target_achieved"),
        (2020, {}, "insufficient_data"),
        (2020, {2020: "value = false", 2024: "value = true"}, "target_not_achieved"),
        (2020, {2019: "value = true", 2020: "value = false"}, "target_not_achieved"),
        (2020, {2019: "value = true", 2021: "value = false"}, "target_achieved"),
    ],
)
def test_un_2022_answers_yes_or_no_to_a_milestone(by: int, figures: Mapping[object, object], expected: str) -> None:
    assert label("un-2022", program(f"by = {by}\nvalue = true", figures, indicator='unit = "yes/no"')) == expected


# ---------------------------------------------------------------- destatis


@pytest.mark.parametrize(
    ("target", "last", "figures", "expected"),
    [
        pytest.param(
            "value = 70\nby = 2030",
            2018,
            "93.32 94.06 97.196 96.462 96.682 95.71",
            "thunderstorm",
            id="nitrogen surplus 2018",
        ),
        pytest.param(
            "value = 70\nby = 2030",
            2019,
            "94.06 97.196 96.462 96.682 95.71 94.006",
            "cloud",
            id="nitrogen surplus 2019",
        ),
        pytest.param(
            "value = 70\nby = 2030",
            2020,
            "97.196 96.462 96.682 95.71 94.006 89.258",
            "slightly_cloudy",
            id="nitrogen surplus 2020",
        ),
        pytest.param(
            "value = 70\nby = 2030", 2021, "96.462 96.682 95.71 94.006 89.258 82.86", "sun", id="nitrogen surplus 2021"
        ),
        pytest.param(
            "range = [80, 85]\nby = 2030",
            2023,
            "105.874 104.778 101.82 104.202 102.074 96.6",
            "sun",
            id="freight energy",
        ),
        pytest.param(
            "value = 80\nby = 2030",
            2023,
            "105.874 104.778 101.82 104.202 102.074 96.6",
            "cloud",
            id="freight energy, strong end",
        ),
        pytest.param(
            "range = [5, 20]\nby = 2050",
            2018,
            "74.742 71.44 71.709 71.743 70.725 67.841",
            "slightly_cloudy",
            id="emissions",
        ),
        pytest.param(
            "value = 5\nby = 2050",
            2018,
            "74.742 71.44 71.709 71.743 70.725 67.841",
            "cloud",
            id="emissions, strong end",
        ),
    ],
)
def test_destatis_gives_the_weather_of_the_german_sustainable_development_strategy(
    target: str, last: int, figures: str, expected: str
) -> None:
    verdict = judge("destatis", program(target, years(last - 5, figures), up=False))
    assert verdict.label == expected
    assert verdict.ratio is not None
    assert verdict.score is None


def test_destatis_shows_the_sun_where_aid_has_met_its_target() -> None:
    """Official development assistance up to 2020, German Sustainable Development Strategy."""
    verdict = judge("destatis", program("value = 0.7\nby = 2030", years(2015, "0.52 0.70 0.67 0.61 0.61 0.73")))
    assert (verdict.label, verdict.ratio) == ("sun", None)


@pytest.mark.parametrize(
    ("bound", "expected", "ratio"),
    [
        ("150", "sun", "0"),
        ("140", "sun", "-0.25"),
        ("152.63", "sun", "0.049971"),
        ("160", "slightly_cloudy", "0.166667"),
        ("162.5", "slightly_cloudy", "0.2"),  # 50 of 62.5: a fifth is missed
        ("162.6", "cloud", "0.201278"),
        ("99", "sun", None),
    ],
)
def test_destatis_cuts_at_5_and_20_percent_of_the_distance_missed(bound: str, expected: str, ratio: str | None) -> None:
    """Five a year from 100, for ten years."""
    verdict = judge("destatis", program(f"by = 2030\nvalue = {bound}", years(2015, "75 80 85 90 95 100")))
    assert verdict.label == expected
    assert verdict.ratio == (None if ratio is None else pytest.approx(Decimal(ratio), abs=Decimal("1e-6")))


def test_destatis_misses_5_percent_exactly_under_a_cloud_and_sun() -> None:
    """From 90 by 19 to 109 of 110: a twentieth of the distance is missed."""
    verdict = judge("destatis", program("by = 2030\nvalue = 110", years(2015, "80.5 82.4 84.3 86.2 88.1 90")))
    assert (verdict.label, verdict.ratio) == ("slightly_cloudy", Decimal("0.05"))


@pytest.mark.parametrize(
    ("target", "figures", "expected"),
    [
        ("by = 2030\nvalue = 6", "9 9 9 9 9 8", "slightly_cloudy"),
        ("by = 2030\nvalue = 6", "5 5 5 5 5 5", "thunderstorm"),
        ('every = "year"\nvalue = 6', "6 6 6 6 6 7", "sun"),
        ('every = "year"\nvalue = 6', "7 7 7 7 7 7", "sun"),
        ('every = "year"\nvalue = 6', "7 7 7 7 7 6", "slightly_cloudy"),
        ('every = "year"\nvalue = 6', "4 4 4 4 4 5", "cloud"),
        ('every = "year"\nvalue = 6', "5 5 5 5 5 5", "cloud"),
        ('every = "year"\nvalue = 6', "5 5 5 5 5 4", "thunderstorm"),
        ('every = "year"\nimprove = true', "5 5 5 5 5 6", "sun"),
        ("improve = true", "5 5 5 5 5 6", "sun"),
        ("improve = true", "5 5 5 7 7 6", "slightly_cloudy"),
        ("improve = true", "5 5 5 6 6 6", "slightly_cloudy"),
        ("improve = true", "5 5 5 5 3 4", "cloud"),
        ("improve = true", "5 5 5 5 4 5", "cloud"),
        ("improve = true", "5 5 5 5 5 4", "thunderstorm"),
        ("improve = true", "5 5 5 5 5 5", "thunderstorm"),
        ("by = 2030\nimprove = true", "5 5 5 5 5 6", "sun"),
    ],
)
def test_destatis_has_a_symbol_for_what_is_met_for_standing_targets_and_for_a_direction_alone(
    target: str, figures: str, expected: str
) -> None:
    assert label("destatis", program(target, years(2020, figures))) == expected


def test_destatis_has_no_share_for_a_figure_on_a_strict_bound() -> None:
    for figures, expected in (
        ("3 3 3 4 4 5", "sun"),
        ("5 5 5 5 5 5", "slightly_cloudy"),
        ("7 7 7 6 6 5", "thunderstorm"),
    ):
        verdict = judge("destatis", program("by = 2030\nvalue = 5\nstrict = true", years(2020, figures)))
        assert (verdict.label, verdict.ratio) == (expected, None)


@pytest.mark.parametrize(
    ("figures", "expected", "told"),
    [
        (years(2020, "1 2 3"), "none", "none"),
        (years(2020, "1 2 3 4"), "sun", "sun"),
        ({2014: 1, 2016: 2, 2018: 3, 2020: 4, 2022: 5, 2024: 6}, "none", "none"),
        ({2018: 9, 2019: 9, 2021: 1, 2022: 2, 2023: 3, 2024: 4}, "sun", "sun"),
        ({}, "none", "none"),
        (
            {f'"{year}-S{half}"': year - 2019 + half for year in range(2020, 2025) for half in (1, 2)},
            "sun",
            "not_assessed",
        ),
        ({**years(2019, "1 2 3 4 5"), '"2024-S1"': 3}, "none", "sun"),
        ({f'"{year}-04/{year + 1}-03"': year - 2019 for year in range(2020, 2025)}, "sun", "sun"),
    ],
)
def test_destatis_needs_four_figures_that_follow_each_other_by_a_year(
    figures: Mapping[object, object], expected: str, told: str
) -> None:
    """Where the target says that figures of any length may be judged; where it does not (``told``), only those as long as the due period are used."""
    assert label("destatis", program('by = 2030\nvalue = 10\naggregate = "last"', figures)) == expected
    assert label("destatis", program("by = 2030\nvalue = 10", figures)) == told


def test_destatis_uses_no_figure_after_the_due_year_and_history_before_the_baseline() -> None:
    text = program("by = 2020\nvalue = 10", {**years(2015, "5 6 7 8 9 10"), 2021: 1}, baseline=(2018, 8))
    assert label("destatis", text) == "sun"


@pytest.mark.parametrize(
    ("figures", "on", "expected"),
    [
        (years(2015, "1 2 3 4 5 6"), ON, "ended"),
        (years(2014, "1 2 3 4 5 6"), ON, "none"),
        (years(2010, "1 2 3 4 5 6 7 8"), ON, "cloud"),
        ({2017: 6}, ON, "ended"),
        ({2014: 6}, ON, "none"),
        ({2015: 6}, "2015-12-31", "none"),
    ],
)
def test_destatis_says_that_a_target_has_ended_six_years_after_its_due_year(
    figures: Mapping[object, object], on: str, expected: str
) -> None:
    assert label("destatis", program("by = 2015\nvalue = 30", figures), on) == expected


# ---------------------------------------------------------------- which figure


def test_before_due_the_newest_figure_counts_even_of_a_period_that_ends_after_due() -> None:
    text = program(
        'by = "2026-S1"\nvalue = 20\naggregate = "last"',
        {2024: 12, 2026: "value = 20\npublished = 2026-05-01"},
        baseline=(2020, 10),
    )
    assert label("statcan", text, "2026-06-01") == "target_achieved"
    assert label("un-2022", text, "2026-06-01") == "target_achieved"


def test_past_due_the_judged_figure_counts() -> None:
    text = program("by = 2022\nvalue = 20", {2022: 15, 2024: 30}, baseline=(2020, 10))
    assert label("statcan", text) == "limited_progress"
    assert label("un-2022", text) == "fair_progress"


def test_figures_before_the_baseline_and_a_first_actual_are_no_baseline() -> None:
    before = program("by = 2030\nvalue = 20", {2015: 30}, baseline=(2020, 10))
    without = program("by = 2030\nvalue = 20", {2015: 10, 2020: 15})
    for method in PUBLISHED:
        assert label(method, before) == NOTHING[method]
        assert label(method, without) == NOTHING[method]


def test_of_two_periods_that_end_on_a_day_the_one_like_the_due_period_counts() -> None:
    text = program("by = 2026\nvalue = 20", {2026: 20, '"2026-S2"': 5}, baseline=(2020, 10))
    assert label("un-2022", text, "2026-12-31") == "target_achieved"
    assert label("un-2022", text, "2027-01-01") == "target_achieved"


def test_no_method_compares_figures_across_a_break_of_the_series() -> None:
    figures = {**years(2018, "4 5 6 7"), 2022: "value = 8\nseries_break = true", 2023: 9, 2024: 10}
    text = program("by = 2030\nvalue = 20", figures, baseline=(2018, 4))
    for method in PUBLISHED:
        assert label(method, text) == NOTHING[method]
    assert judge("statcan", text).reason == "the series broke between 2018 and 2024"
    assert judge("un-2022", text).reason == "the series broke between 2018 and 2024"
    assert judge("destatis", text).reason == "needs 4 yearly figures in a row, has 3"


def test_the_years_between_two_periods_are_the_months_between_their_ends() -> None:
    """From the end of 2020 to the middle of 2022 are a year and a half: 1.21 ** 1.5 = 1.331."""
    verdict = judge(
        "statcan",
        program('by = 2023\nimprove = true\naggregate = "last"', {'"2022-S1"': "value = 133.1"}, baseline=(2020, 100)),
    )
    assert verdict.ratio == Decimal("0.21")


@pytest.mark.parametrize(
    ("start", "figure", "ratio"),
    [
        ("1", "1.00000000000000000001", "1E-21"),  # a tenth of it
        ("1", "99999999999999999999999999999", "793.328234724"),  # ten to the power of 2.9
        ("0.00000000000000000001", "1", "99"),
        ("99999999999999999999999999999", "99999999999999999999999999998", "-1E-30"),
    ],
)
def test_growth_keeps_its_digits_whatever_the_size_of_the_figures(start: str, figure: str, ratio: str) -> None:
    """A tenth root: over ten years."""
    text = program("by = 2030\nimprove = true", {2025: f"value = {figure}"}, baseline=(2015, start))
    assert judge("un-2022", text).ratio == judge("statcan", text).ratio == Decimal(ratio)


def test_a_ratio_too_large_to_be_written_is_left_out() -> None:
    """A day apart, over the turn of the year: growth of 30 digits to the power of 372."""
    figures: dict[object, object] = {"2025-01-01": 10**29}
    start = ("2024-12-31", 1)
    assert judge("un-2022", program("by = 2030\nimprove = true", figures, baseline=start)).ratio is None
    verdict = judge("statcan", program("by = 2030\nimprove = true", figures, baseline=start))
    assert (verdict.label, verdict.ratio, verdict.score) == ("substantial_progress", None, Decimal(5))


# ---------------------------------------------------------------- what they were not made for


@pytest.mark.parametrize(
    ("target", "indicator", "reason", "judging"),
    [
        ('by = "2021/2025"\naggregate = "sum"\nvalue = 9', "", "not made for a sum or a mean", ()),
        ('by = "2021/2025"\naggregate = "mean"\nvalue = 9', "", "not made for a sum or a mean", ()),
        ("by = 2025\nvalue = 9", 'direction = "maintain"', "not made for a level to maintain", ()),
        ('every = "year"\nvalue = 9', "", "not made for a standing target", ("destatis",)),
        ('every = "year"\nimprove = true', "", "not made for a standing target", ("destatis",)),
        ("value = 9", "", "not made for a bound without a deadline", ()),
        ("improve = true", "", None, PUBLISHED),
    ],
)
def test_a_method_says_what_it_was_not_made_for(
    target: str, indicator: str, reason: str | None, judging: Sequence[str]
) -> None:
    text = program(target, years(2020, "5 6 7 8 9"), baseline=(2019, 4), indicator=indicator)
    for method in PUBLISHED:
        verdict = judge(method, text)
        if method in judging:
            assert verdict.label != "not_assessed"
        else:
            assert (verdict.label, verdict.reason, verdict.ratio, verdict.score) == ("not_assessed", reason, None, None)


@pytest.mark.parametrize("method", ["statcan", "destatis"])
def test_a_milestone_is_for_un_2022_alone(method: str) -> None:
    verdict = judge(method, program("by = 2030\nvalue = true", {2024: "value = true"}, indicator='unit = "yes/no"'))
    assert (verdict.label, verdict.reason) == ("not_assessed", "not made for a milestone")


@pytest.mark.parametrize("given", ["range = [8, 9]", 'value = 8\napprox = "over"', 'value = 8\napprox = "under"'])
def test_no_method_judges_a_figure_that_is_no_single_number(given: str) -> None:
    text = program("by = 2030\nvalue = 9", {**years(2020, "5 6 7 8"), 2024: given}, baseline=(2019, 4))
    for method in PUBLISHED:
        verdict = judge(method, text)
        assert verdict.label == "not_assessed"
        assert verdict.reason is not None
        assert verdict.reason.startswith("not made for a figure that is no single number")


def test_a_range_of_one_number_and_a_figure_about_a_number_are_judged() -> None:
    for newest in ("range = [9, 9]", 'value = 9\napprox = "about"'):
        text = program("by = 2030\nvalue = 9", {**years(2020, "5 6 7 8"), 2024: newest}, baseline=(2019, 4))
        assert [label(method, text) for method in PUBLISHED] == ["target_achieved", "target_achieved", "sun"]


def test_a_promise_in_words_has_no_verdict() -> None:
    text = program("by = 2030\nvalue = 9", {}, more='[[promises]]\ntext = "Assist companies"')
    for method in PUBLISHED:
        rule = Method(method, registry.module(methods, method).judge)
        *_, words = report.report([load(text).program], date(2026, 1, 1), method=rule).rows
        assert (words.verdict.method, words.verdict.label) == (method, "not_assessed")
        assert words.verdict.reason is not None


def test_a_share_of_a_baseline_that_is_not_known_yet_is_too_little_data() -> None:
    more = '[sources.book]\ntitle = "Book"\npublished = 2026-01-01'
    text = program(
        "by = 2030\ntimes_baseline = 2",
        years(2021, "5 6 7 8"),
        indicator='baseline = { period = 2020, value = 4, source = "book" }',
        more=more,
    )
    for method in PUBLISHED:
        verdict = judge(method, text, "2025-06-01")
        assert (verdict.label, verdict.reason) == (NOTHING[method], "no stated baseline is known")
        assert label(method, text) != NOTHING[method]


def test_a_strict_bound_is_not_met_by_a_figure_on_it() -> None:
    text = program("by = 2030\nvalue = 9\nstrict = true", {2025: 9}, baseline=(2020, 4))
    assert label("statcan", text) == "substantial_progress"
    assert label("un-2022", text) == "on_track"
    never_left = program("by = 2030\nvalue = 9\nstrict = true", {2025: 9}, baseline=(2020, 9))
    assert label("un-2022", never_left) == "insufficient_data"
    zero = program("by = 2030\nvalue = 0\nstrict = true", {2025: 0}, up=False, baseline=(2020, 4))
    assert label("statcan", zero) == "substantial_progress"


# ---------------------------------------------------------------- laws

numbers = st.one_of(
    st.integers(-20, 20).map(Decimal),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3),
    st.sampled_from(
        [
            Decimal("1e-20"),
            Decimal("-1e-20"),
            Decimal(10) ** 29,
            -(Decimal(10) ** 29),
            Decimal("0.9999999999"),
            Decimal("1.00000000000000000001"),
        ]
    ),
)
moments = st.one_of(
    st.integers(2005, 2032).map(str),
    st.builds("2{:03}-S{}".format, st.integers(5, 32), st.integers(1, 2)).map(lambda text: f'"{text}"'),
    st.builds("2{:03}-Q{}".format, st.integers(5, 32), st.integers(1, 4)).map(lambda text: f'"{text}"'),
    st.dates(date(2019, 1, 1), date(2026, 12, 31)).map(date.isoformat),
)
series = st.one_of(
    st.dictionaries(moments, numbers, max_size=8),
    st.tuples(st.integers(2008, 2022), st.lists(numbers, max_size=9)).map(
        lambda pair: {str(pair[0] + place): value for place, value in enumerate(pair[1])}
    ),
)
baselines = st.one_of(st.none(), st.tuples(st.one_of(st.integers(2005, 2019).map(str), st.just('"2018-S1"')), numbers))
bounds = st.one_of(st.none(), numbers, st.tuples(numbers, numbers).map(lambda ends: (min(ends), max(ends))))
dues = st.one_of(st.integers(2019, 2035).map(str), st.just('"2024-Q3"'))


def plain(value: Decimal) -> str:
    return format(value, "f")


def promise(bound: Decimal | tuple[Decimal, Decimal] | None, due: str) -> str:
    if bound is None:
        return f"by = {due}\nimprove = true"
    return f"by = {due}\n" + (
        f"value = {plain(bound)}" if isinstance(bound, Decimal) else f"range = [{plain(bound[0])}, {plain(bound[1])}]"
    )


def measured(figures: Mapping[str, Decimal]) -> dict[object, object]:
    return {when: f"value = {plain(value)}" for when, value in figures.items()}


def stated(baseline: tuple[str, Decimal] | None) -> tuple[object, object] | None:
    return None if baseline is None else (baseline[0], plain(baseline[1]))


@given(
    figures=series, baseline=baselines, bound=bounds, due=dues, up=st.booleans(), limit=st.one_of(st.none(), numbers)
)
def test_every_method_has_one_of_its_labels_for_any_figures(
    *, figures: Mapping[str, Decimal], baseline: tuple[str, Decimal] | None, bound: Decimal | tuple[Decimal, Decimal] | None, due: str, up: bool, limit: Decimal | None
) -> None:  # fmt: skip
    text = program(
        promise(bound, due),
        measured(figures),
        up=up,
        baseline=stated(baseline),
        indicator="" if limit is None else f"limit = {plain(limit)}",
    )
    for method in PUBLISHED:
        verdict = judge(method, text, "2026-06-30")
        assert verdict.label in LABELS[method]
        assert (verdict.reason is not None) == (verdict.label in {NOTHING[method], "ended", "not_assessed"})
        assert verdict.score is None or -5 <= verdict.score <= 5


@given(
    figures=st.dictionaries(st.integers(2015, 2026).map(str), st.integers(-50, 50).map(Decimal), max_size=8),
    start=st.integers(-50, 50).filter(bool).map(Decimal),
    bound=st.one_of(st.none(), st.integers(-50, 50).filter(bool).map(Decimal)),
    limit=st.integers(0, 50).map(Decimal),
    factor=st.sampled_from([Decimal("0.001"), Decimal(7), Decimal("2.5"), Decimal(10) ** 12]),
    up=st.booleans(),
)
def test_a_verdict_does_not_depend_on_the_unit(
    *, figures: Mapping[str, Decimal], start: Decimal, bound: Decimal | None, limit: Decimal, factor: Decimal, up: bool
) -> None:
    """Figures, baseline, bound and limit times one number; but 0, which statcan replaces, is 0 in any unit only as a figure."""

    def text(by: Decimal) -> str:
        scaled = {when: value * by for when, value in figures.items()}
        bound_by = None if bound is None else bound * by
        return program(
            promise(bound_by, "2030"),
            measured(scaled),
            up=up,
            baseline=("2014", plain(start * by)),
            indicator=f"limit = {plain(limit * by)}",
        )

    for method in PUBLISHED:
        assert judge(method, text(Decimal(1))) == judge(method, text(factor))


@given(figures=series, bound=bounds, due=dues, up=st.booleans())
def test_destatis_is_the_same_in_the_mirror(
    *, figures: Mapping[str, Decimal], bound: Decimal | tuple[Decimal, Decimal] | None, due: str, up: bool
) -> None:
    mirrored = (-bound[1], -bound[0]) if isinstance(bound, tuple) else None if bound is None else -bound
    there = program(promise(bound, due), measured(figures), up=up)
    back = program(promise(mirrored, due), measured({when: -value for when, value in figures.items()}), up=not up)
    assert judge("destatis", there, "2026-06-30") == judge("destatis", back, "2026-06-30")


@given(figures=series, later=series, baseline=baselines, bound=bounds, due=dues, up=st.booleans())
def test_nothing_published_later_changes_a_verdict(
    *, figures: Mapping[str, Decimal], later: Mapping[str, Decimal], baseline: tuple[str, Decimal] | None, bound: Decimal | tuple[Decimal, Decimal] | None, due: str, up: bool
) -> None:  # fmt: skip
    target, start = promise(bound, due), stated(baseline)
    revisions = "\n".join(
        f'[[actuals]]\nindicator = "it"\nperiod = {when}\nvalue = {plain(value)}\npublished = 2024-07-01'
        for when, value in later.items()
    )
    for method in PUBLISHED:
        now = judge(method, program(target, measured(figures), up=up, baseline=start), "2024-06-30")
        assert now == judge(
            method, program(target, measured(figures), up=up, baseline=start, more=revisions), "2024-06-30"
        )


@given(start=st.integers(1, 10**6), figure=st.integers(1, 10**6), bound=st.integers(1, 10**6), up=st.booleans())
def test_a_figure_that_meets_its_bound_has_achieved_the_target(
    *, start: int, figure: int, bound: int, up: bool
) -> None:
    assume(figure != bound)
    text = program(f"by = 2030\nvalue = {bound}", {2025: figure}, up=up, baseline=(2020, start))
    for method in ("statcan", "un-2022"):
        assert (label(method, text) == "target_achieved") == ((figure > bound) == up)
