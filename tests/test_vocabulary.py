"""Vocabulary: the words of tables and what they mean."""

from __future__ import annotations

import pytest

from targettrack.recording.vocabulary import (
    MAYBE_ZERO,
    MISSING,
    MONTHS,
    direction_of,
    flag_of,
    is_fiscal,
    role_of,
    says_actual,
    target_role_of,
)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Year", "year"),
        ("Năm", "year"),
        ("NAM", "year"),
        ("Jahr", "year"),
        ("Année", "year"),
        ("fiscal_yr", "year"),
        ("fiscal_qtr", "quarter"),
        ("TIME_PERIOD", "period"),
        ("Thời gian", "period"),
        ("Kỳ", "period"),
        ("Date", "period"),
        ("Value", "value"),
        ("OBS_VALUE", "value"),
        ("Giá trị", "value"),
        ("Wert", "value"),
        ("Valeur", "value"),
        ("Số liệu", "value"),
        ("Thực hiện", "value"),
        ("value_current", "value"),
        ("Indicator Name", "indicator"),
        ("Chỉ tiêu", "indicator"),
        ("Indikator", "indicator"),
        ("ĐVT", "unit"),
        ("Đơn vị tính", "unit"),
        ("UNIT_MEASURE", "unit"),
        ("Units", "unit"),
        ("UNIT_MULT", "multiplier"),
        ("OBS_STATUS", "flag"),
        ("OBS_FLAG", "flag"),
        ("Ghi chú", "note"),
        ("COMMENT_OBS", "note"),
        ("Nguồn", "source"),
        ("Quelle", "source"),
        ("Ngày công bố", "published"),
        ("Trang", "page"),
        ("Years", "year"),
        ("GeoCode", None),
        ("Value of goods", None),
        ("", None),
    ],
)
def test_header_has_a_role_where_its_word_is_known(header: str, role: str | None) -> None:
    """Case, marks and punctuation do not matter; a word that only resembles a known one has no role."""
    assert role_of(header) == role


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("name_en", "name"),
        ("indicator_id", "id"),
        ("target_min", "min"),
        ("target_max", "max"),
        ("target_type", "kind"),
        ("target_year", "by_year"),
        ("target_month", "by_month"),
        ("target_narrative_en", "target"),
        ("actual_result_en", "value"),
        ("status_key", "status"),
        ("methodology_en", "definition"),
        ("Date to achieve target", "by"),
        ("seeking_to", "direction"),
        ("value_start", "baseline"),
        ("value_target", "target"),
        ("related_owner", "responsible"),
        ("Baseline year", "baseline_period"),
        ("Thời hạn", "by"),
        ("Năm gốc", "baseline_period"),
        ("Mục tiêu", "target"),
        ("Cơ quan chủ trì", "responsible"),
        ("Zielwert", "target"),
        ("Valeur cible", "target"),
        ("Set on", "set_on"),
        ("Lunch", None),
    ],
)
def test_header_of_targets_has_a_role(header: str, role: str | None) -> None:
    """The columns of tables of targets are known by the words that offices give them."""
    assert target_role_of(header) == role


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("p", "provisional"),
        ("P", "provisional"),
        ("(p)", "provisional"),
        ("Sơ bộ", "provisional"),
        ("Prel.", "provisional"),
        ("vorläufig", "provisional"),
        ("provisoire", "provisional"),
        ("e", "estimate"),
        ("Ước", "estimate"),
        ("Ước TH", "estimate"),
        ("geschätzt", "estimate"),
        ("estimation", "estimate"),
        ("b", "series break"),
        ("[b]", "series break"),
        ("A", "final"),
        ("chính thức", "final"),
        ("r", "note"),
        ("u", "note"),
        ("f", "plan"),
        ("KH", "plan"),
        ("c", "missing"),
        ("x", "missing"),
        ("M", "missing"),
        ("m", None),
        ("s", "estimate"),
        ("S", "note"),
        ("?", None),
        ("", None),
    ],
)
def test_flag_says_what_its_figure_is(text: str, meaning: str | None) -> None:
    """Flags of SDMX and Eurostat and words of quality have one meaning; an unknown one has none."""
    assert flag_of(text) == meaning


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Increase", "increase"),
        ("↓", "decrease"),
        ("giảm", "decrease"),
        ("Duy trì", "maintain"),
        ("at least", None),
        ("", None),
    ],
)
def test_direction_is_known_by_its_word(text: str, direction: str | None) -> None:
    """A word, or an arrow, that says which way an indicator is wanted to go; a bound says none."""
    assert direction_of(text) == direction


def test_fiscal_years_are_known_by_their_header() -> None:
    """A header can say that the years below it are not those of the calendar."""
    assert is_fiscal("fiscal_yr")
    assert is_fiscal("Năm tài chính")
    assert not is_fiscal("Year")


def test_actual_says_nothing_of_quality() -> None:
    """A word for what happened is no flag."""
    assert says_actual("Thực hiện")
    assert flag_of("Thực hiện") is None


def test_sign_that_may_be_a_zero_is_a_sign_of_no_figure() -> None:
    """What is to be named as a possible zero is taken for no figure."""
    assert MAYBE_ZERO < MISSING


def test_each_month_has_a_name() -> None:
    """All twelve months are named, in three languages."""
    assert set(MONTHS.values()) == set(range(1, 13))
    assert {MONTHS["mai"], MONTHS["märz"], MONTHS["décembre"]} == {
        5,
        3,
        12,
    }
