"""Uncounted: which figures a row does not use, for which of the closed list of reasons; and what one spelling has in common with another."""

from __future__ import annotations

from datetime import date
from typing import get_args
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import LINEAR, aim, load
from targettrack.assessment.report import program_rows
from targettrack.assessment.row import Row
from targettrack.assessment.uncounted import REASONS, Reason, alike, uncounted

TEXTILE = "disaggregation = { sector = 'textile' }"


def first(text: str, on: str = "2026-11-22") -> Row:
    """The first row of a program."""
    return next(program_rows(load(text).program, date.fromisoformat(on), LINEAR))


def told(text: str, on: str = "2026-11-22") -> list[tuple[Reason, list[str]]]:
    """The reasons of the first row of a program, each with the periods of its figures."""
    return [(group.reason, [point.period.text for point in group.points]) for group in uncounted(first(text, on))]


def of(target: str, *actuals: str, indicator: str = "", on: str = "2026-11-22") -> list[tuple[Reason, list[str]]]:
    """The same of one target and some figures, all of 5."""
    return told(
        aim(
            "increase", target, *(f"period = {actual}; value = 5" for actual in actuals), indicator=indicator, unit="t"
        ),
        on,
    )


def test_the_reasons_are_a_closed_list() -> None:
    """The order of the reasons names each of them once."""
    assert get_args(Reason) == REASONS


def test_a_promise_in_words_has_no_figures() -> None:
    """Nothing is uncounted where nothing is measured."""
    assert told('targettrack = 1\n[program]\nname = "P"\n[[promises]]\ntext = "Help"\n') == []


@pytest.mark.parametrize(
    ("target", "actuals", "said"),
    [
        ("by = 2025; value = 9", ["2015", "2024", "2025", "2026"], []),
        ("by = 2025; value = 9", ["'2025-Q3'", "2024", "'2024-Q1'"], [("length", ["2024-Q1", "2025-Q3"])]),
        ("by = 2025; value = 9", ["'2024-Q4'", "'2025-Q4'"], [("length", ["2024-Q4"])]),
        ("by = 2025; value = 9; aggregate = 'last'", ["'2025-Q3'", "2024"], []),
        ("by = 2025; value = 9", ["2025-12-31", "2024-06-30"], []),
        ("by = 2030; value = 9", ["2024", "2025-06-30"], []),
        ("value = 9", ["2024", "'2025-Q1'"], []),
        ("by = 2025; undetermined = true", ["2024", "'2025-Q1'"], []),
    ],
)
def test_a_target_with_a_deadline(target: str, actuals: list[str], said: list[tuple[Reason, list[str]]]) -> None:
    """What is of another length is not used, unless it is the one that is shown; older figures, and later ones, are the series."""
    assert of(target, *actuals) == said


def test_a_figure_after_a_deadline_to_come() -> None:
    """Before due, a figure of a period that ends after due does not count yet."""
    actuals = ["period = 2024; value = 5", "period = 2027; value = 6; published = 2025-03-01"]
    text = aim("increase", "by = 2026; value = 9", *actuals, unit="t")
    assert told(text, "2026-11-22") == [("after", ["2027"])]
    assert told(text, "2027-01-01") == []


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("by = 2025; value = 9", [("history", ["2018", "2019"])]),
        ("by = 2019; value = 9", []),
        ("every = 'year'; value = 9", [("history", ["2018", "2019", "2020"])]),
        ("from = 2018; by = 2021; aggregate = 'sum'; value = 9", []),
        ("by = 2025; undetermined = true", [("history", ["2018", "2019"])]),
    ],
)
def test_what_ends_before_the_baseline(target: str, said: list[tuple[Reason, list[str]]]) -> None:
    """It is history, but for targets due by then and for windows; a standing target judges no period up to the baseline's."""
    assert of(target, "2018", "2019", "2020", "2021", indicator="baseline = { period = 2020, value = 5 }") == said


def test_a_milestone_has_no_history() -> None:
    """An answer before a baseline is an answer."""
    assert (
        told(
            aim(
                "increase",
                "by = 2025; value = true",
                "period = 2019; value = false",
                "period = '2024-03'; value = true",
                unit="yes/no",
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("target", "actuals", "said"),
    [
        ("every = 'year'; value = 9", ["2023", "2024", "2025"], []),
        ("every = 'year'; value = 9", ["'2025-Q3'", "'2024/2025'", "2024"], [("kind", ["2025-Q3", "2024/2025"])]),
        ("every = 'year'; value = 9", ["'2025-Q4'", "2024"], [("length", ["2025-Q4"])]),
        ("every = 'year'; value = 9", ["'2024-Q4'", "'2025-Q4'"], [("length", ["2024-Q4"])]),
        ("every = 'year'; value = 9; aggregate = 'last'", ["'2024-Q4'", "'2025-Q4'"], []),
        ("every = 'year'; value = 9", ["2024-12-31", "2025-06-30"], [("kind", ["2025-06-30"])]),
        ("every = 'year'; value = 9; set_on = 2024-03-01", ["2023", "2022", "2024"], [("before", ["2022"])]),
        (
            "every = 'year'; value = 9; from = 2023; by = 2024",
            ["2021", "2022", "2023", "2024", "2025"],
            [("outside", ["2025"]), ("before", ["2022"])],
        ),
        ("every = 'year'; improve = true; set_on = 2025-01-01", ["2024", "2025"], []),
    ],
)
def test_a_standing_target(target: str, actuals: list[str], said: list[tuple[Reason, list[str]]]) -> None:
    """It uses a figure of each period of its kind that ended while it held, and the one that a rise is measured by."""
    assert of(target, *actuals) == said


def test_a_period_that_has_not_ended() -> None:
    """A standing target does not use the figure of a year that runs."""
    text = aim(
        "increase",
        "every = 'year'; value = 9",
        "period = 2025; value = 5",
        "period = 2026; value = 6; published = 2026-07-01",
        unit="t",
    )
    assert told(text) == [("after", ["2026"])]


def test_kinds_are_those_of_the_fiscal_year() -> None:
    """In a program whose years begin in April a year of the calendar is no figure of one."""
    text = aim(
        "increase", "every = 'year'; value = 9", "period = 2024; value = 5", "period = '2024/25'; value = 6", unit="t"
    ).replace('name = "P"', 'name = "P"\nfiscal_year = "04-01"', 1)
    assert told(text) == [("kind", ["2024"])]


@pytest.mark.parametrize(
    ("aggregate", "actuals", "said"),
    [
        ("sum", ["2021", "2022", "2023", "2020", "2024"], [("outside", ["2020", "2024"])]),
        ("sum", ["2021", "'2022-Q1'", "2023"], [("tile", ["2022-Q1"])]),
        ("sum", ["2021", "2022", "'2022-Q1'", "2023"], []),
        ("sum", ["2021", "'2022-S1'", "'2022-S2'"], []),
        ("sum", ["'2020/2021'", "2022"], [("outside", ["2020/2021"])]),
        ("mean", ["2021", "'2022-S1'", "'2022-S2'"], [("tile", ["2022-S1", "2022-S2"])]),
        ("sum", ["'2021/2023'", "2021", "2022", "2023"], []),
        ("sum", ["'2021/2023'", "2022"], []),
    ],
)
def test_a_window(aggregate: str, actuals: list[str], said: list[tuple[Reason, list[str]]]) -> None:
    """A sum or a mean uses what lies in its window and makes up its periods; days that are told already are not missed."""
    assert of(f"by = '2021/2023'; aggregate = '{aggregate}'; value = 9", *actuals) == said


def test_parts_come_by_how_they_are_spelled() -> None:
    """What is spelled otherwise comes first, then the target's own series, then other parts, each with its own disaggregation."""
    parts = ["", "; disaggregation = { sector = 'Textile' }", "; disaggregation = { sector = 'food' }", f"; {TEXTILE}"]
    actuals = [f"period = {'2025' if part != parts[3] else repr('2025-Q1')}; value = 5{part}" for part in parts]
    row = first(
        aim("increase", f"by = 2024; value = 9; {TEXTILE}", *actuals, f"period = 2023; value = 4; {TEXTILE}", unit="t")
    )
    assert [(group.reason, dict(group.pairs), len(group.points)) for group in uncounted(row)] == [
        ("like", {"sector": "Textile"}, 1), ("length", {"sector": "textile"}, 1), ("part", {}, 1), ("part", {"sector": "food"}, 1),
    ]  # fmt: skip


def test_rivals_are_used() -> None:
    """What disputes a figure is part of its row, also where its period is another one that ends on the same day."""
    actuals = ["period = 2025; value = 5", "period = '2025-12'; value = 6"]
    assert told(aim("increase", "by = 2025; value = 9; aggregate = 'last'", *actuals, unit="t")) == []


# ---------------------------------------------------------------- spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dệt may", "dệt may"), ("dệt may", "dệt  may"), ("dệt may", "dệt\u00a0may"), ("dệt may", "dệtmay"), ("dệt-may", "dệt – may"), ("dệt-may", "dệt\u2011may"), ("dệt−may", "dệt_may"),
        ("hòa", "hoà"), ("Thủy sản", "Thuỷ sản"), ("khỏe", "khoẻ"), ("Quý", "Qúy"), ("Hòa Bình", "HOÀ BÌNH"), ("Việt Nam", normalize("NFD", "Việt Nam")), ("5 km", "５ km"), ("a\u200bb", "ab"),
    ],
)  # fmt: skip
def test_spellings_of_one_word(one: str, other: str) -> None:
    """Case, spaces, dashes, forms of a letter and the place of a tone mark make no other word."""
    assert alike((("sector", one),), (("sector", other),))
    assert alike((("a b", one),), (("A-B", one),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoa", "hòa"),
        ("hòa", "hóa"),
        ("hòa", "họa"),
        ("Đà Nẵng", "Da Nang"),
        ("mơ", "mo"),
        ("mân", "măn"),
        ("textile", "textiles"),
        ("Quận 1", "Quận 11"),
    ],
)
def test_other_words(one: str, other: str) -> None:
    """Another tone, another letter, another word is another part."""
    assert not alike((("sector", one),), (("sector", other),))


def test_the_same_is_not_alike() -> None:
    """What is spelled the same is the same, the whole too; a part is not like the whole."""
    pairs = (("sector", "textile"),)
    assert not alike(pairs, pairs)
    assert not alike((), ())
    assert not alike(pairs, ())
    assert alike((("a", "x"), ("b", "y")), (("A", "x"), ("b", "Y")))


@given(st.text(min_size=1), st.text(min_size=1))
def test_alike_is_symmetric(one: str, other: str) -> None:
    """Whether two are alike does not depend on their order, and a text is like itself in another case wherever its case can be folded."""
    assert alike((("a", one),), (("a", other),)) is alike((("a", other),), (("a", one),))
