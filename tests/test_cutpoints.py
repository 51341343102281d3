"""Tests for cut points: which side they belong to, what is said of them, and what must not be rounded across them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from targettrack import topics
from targettrack.assessment.cutpoints import NONE, Cut, CutPoints
from targettrack.assessment.pace import PACE
from targettrack.wording import labels, notation

SIGNS: CutPoints[str] = CutPoints("X", (Cut("over", Decimal("0.85"), ">"), Cut("from", Decimal("0.5"))), "below")
SHARES: CutPoints[str] = CutPoints(
    cuts=(Cut("near", Decimal("0.05"), "<", "less than {at}"), Cut("far", Decimal("0.20"), "<=")),
    cases=(("there", "it leads there"), ("away", "it does not")),
)


@pytest.mark.parametrize(
    ("number", "label"), [("0.86", "over"), ("0.85", "from"), ("0.5", "from"), ("0.4999999", "below")]
)
def test_a_cut_point_belongs_to_the_side_that_its_sign_says(number: str, label: str) -> None:
    """A decimal and a fraction are compared with it exactly."""
    assert SIGNS.label(Decimal(number)) == SIGNS.label(Fraction(number)) == label


def test_what_no_cut_point_takes_has_no_label_where_cases_decide() -> None:
    assert [SHARES.taken(Decimal(text)) for text in ("0.04", "0.05", "0.20", "0.21")] == ["near", "far", "far", None]
    with pytest.raises(TypeError):
        SHARES.label(Decimal(1))


def test_the_words_are_those_of_the_numbers() -> None:
    """What holds of the last label is what does not hold of the one before."""
    assert labels.conditions(SIGNS) == (("over", "X > 0.85"), ("from", "X >= 0.5"), ("below", "X < 0.5"))
    assert labels.conditions(SHARES)[0] == ("near", "less than 0.05")
    assert labels.conditions(SHARES)[2:] == SHARES.cases
    assert labels.conditions(NONE) == ()
    assert {label for label, _ in labels.conditions(SHARES)} == set(SHARES.labels)


def test_a_factor_is_named_where_it_is_not_1() -> None:
    """It moves the cut points, and not 0."""
    scale = CutPoints("G", (Cut("much", Decimal("0.5")), Cut("some", Decimal(0))), "none", factor="C")
    assert labels.listed(scale) == "much G >= 0.5 * C; some G >= 0; none G < 0"
    assert labels.listed(scale.scaled(Decimal(1))) == "much G >= 0.5; some G >= 0; none G < 0"
    assert scale.scaled(Decimal("0.1")).label(Decimal("0.05")) == "much"
    assert scale.scaled(Fraction(1, 3)).points == (Fraction(1, 6), Fraction(0))


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0.8499999", "0.8499999"),
        ("0.8500001", "0.8500001"),
        ("0.85", "0.850"),
        ("0.4999", "0.4999"),
        ("0.94999999", "0.950"),
        ("-0.0001", "-0.0001"),
    ],
)
def test_a_ratio_is_not_rounded_across_a_cut_point_of_its_own_method(number: str, shown: str) -> None:
    """Nor to 0; a cut point of another method is no business of it."""
    assert notation.ratio(Decimal(number), 3, SIGNS.edges) == shown


def test_the_pace_of_the_status_rules() -> None:
    assert [PACE.label(Fraction(text)) for text in ("0.95", "0.9499999", "0.6", "0.59", "0", "-0.01")] == [
        "on_track",
        "behind",
        "behind",
        "off_track",
        "off_track",
        "worsening",
    ]


def test_the_readme_says_the_pace_of_the_status_rules() -> None:
    """Each status before the deadline with the pace that it begins at."""
    (line,) = (
        line
        for line in Path(topics.__path__[0], "en", "judging.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `worsening`, `off_track`, `behind`, `on_track` |")
    )
    assert all(f"at least {cut.at}" in line for cut in PACE.cuts)
