"""The indicators of a program in ``show PROGRAM``: signs above due years, and the sparkline."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from support import tries
from targettrack.assessment.figures import Figure
from targettrack.formats._look import Look
from targettrack.formats.table import _contents
from targettrack.period import period
from targettrack.program.model import Actual

LOOK = Look(width=100)


def series(values: list[Decimal], breaks: frozenset[int] = frozenset()) -> list[Figure]:
    """Figures of one year after another."""
    return [
        Figure(
            place, Actual(indicator="a", period=period(2000 + place), value=value, series_break=place in breaks), None
        )
        for place, value in enumerate(values)
    ]


def drawn(of: list[Figure], look: Look = LOOK) -> str:
    """What a sparkline shows."""
    return "".join(cell.text for cell in _contents.spark(of, look))


def test_from_the_least_to_the_largest() -> None:
    """Eight levels, whatever the sign."""
    assert drawn(series([Decimal(value) for value in range(-4, 4)])) == "▁▂▃▄▅▆▇█"
    assert drawn(series([Decimal(value) for value in range(8)]), Look(width=100, ascii=True)) == "_.-=+*#@"


def test_cut_where_the_series_breaks() -> None:
    """Before the first figure of the new count."""
    assert drawn(series([Decimal(1), Decimal(8), Decimal(1)], frozenset({0, 2}))) == "▁█╎▁"


def test_two_figures_make_no_line() -> None:
    """They would only be up or down, by whatever amount."""
    assert not drawn(series([Decimal(1), Decimal(2)]))


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=3, max_size=30))
@tries(200)
def test_as_high_as_its_figure(values: list[Decimal]) -> None:
    """The newest figures, one column each; of two the larger is never the lower one, and the least and the largest are where they are said to be."""
    shown, newest = drawn(series(values)), values[-_contents.MOST_FIGURES :]
    assert len(shown) == len(newest)
    heights = ["▁▂▃▄▅▆▇█".index(char) for char in shown]
    assert all(
        (one <= other) or (low > high)
        for one, low in zip(heights, newest, strict=True)
        for other, high in zip(heights, newest, strict=True)
    )
    if min(newest) < max(newest):
        assert (min(heights), max(heights)) == (0, 7)
