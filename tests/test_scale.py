"""Scale: which figures are a hundred times too large or too small for what is promised, and which percentages are fractions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from targettrack.recording.scale import Scale


def numbers(*texts: str) -> tuple[Decimal, ...]:
    """Numbers as they are written."""
    return tuple(map(Decimal, texts))


@pytest.mark.parametrize(
    ("ends", "baselines", "value", "reading"),
    [
        (["30", "35"], [], "3500", "35"),
        (["30", "35"], [], "3499", None),
        (["30", "35"], [], "0.3", "30"),
        (["30", "35"], [], "0.31", None),
        (["1200"], [], "1.2", "1200"),
        (["1200"], [], "0.0012", "1200"),
        (["1200"], [], "12", "1200"),
        (["2.5"], [], "2500000", "2.5"),
        (["2.5"], [], "2500000000", "2.5"),
        (["0.4"], ["50"], "41", None),
        (["500"], ["0"], "4", None),
        (["500"], ["3"], "4", None),
        (["0", "500"], [], "4", None),
        (["-5"], [], "-500", None),
        (["30"], [], "0", None),
        ([], [], "1000000", None),
    ],
)  # fmt: skip
def test_the_nearest_reading(ends: list[str], baselines: list[str], value: str, reading: str | None) -> None:
    """It is the power of ten that comes nearest to the bounds; a baseline as large, a start at 0 and a bound at 0 leave no doubt."""
    found = Scale(numbers(*ends), numbers(*baselines)).reading(Decimal(value))
    assert found == (Decimal(reading) if reading else None)


def test_parts_of_a_sum_may_be_small() -> None:
    """A month is no hundredth of ten years by mistake; a hundred times the sum is."""
    scale = Scale(numbers("1200"), adds=True)
    assert scale.reading(Decimal(9)) is None
    assert scale.reading(Decimal(120000)) == Decimal(1200)


@pytest.mark.parametrize(
    ("values", "unit", "end", "fractions"),
    [
        (["0.31", "0.36"], "%", "45", True),
        (["0", "0.36", "1"], "% of firms", "2", True),
        (["0.36", "1.1"], "%", "45", False),
        (["-0.1", "0.36"], "%", "45", False),
        (["0", "1"], "%", "45", False),
        (["0.36"], "%", "1.9", False),
        (["0.36"], "index", "45", False),
        ([], "%", "45", False),
    ],
)
def test_fractions(values: list[str], unit: str, end: str, *, fractions: bool) -> None:
    """Percentages that all lie between 0 and 1, one of them inside, under a bound of 2 or more."""
    assert Scale(numbers(end)).fractions(numbers(*values), unit) is fractions
