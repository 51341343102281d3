"""Figures that meet: revisions, rivals and other periods of a day; what is known when; and the flags that a figure carries."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ruling import program, ruled, said, used
from support import facts, row

DUE = "by = 2019; value = 40"
DATED = '[sources.early]\ntitle = "E"\npublisher = "Office"\npublished = 2020\n[sources.exact]\ntitle = "X"\npublisher = "Office"\npublished = 2020-04-04\n'


def between(*figures: str, target: str = DUE, indicator: str = "") -> str:
    """A program with two more sources, of one publisher: one of 2020, and one of a day of 2020."""
    return program(target, figures=figures, indicator=indicator) + DATED


@pytest.mark.parametrize(
    ("figures", "figure", "rivals"),
    [
        pytest.param(
            ("2019: 41; published = 2020", "2019: 42; published = 2020-04-04"),
            42,
            [],
            id="of one publisher the more exact of two dates that overlap",
        ),
        pytest.param(
            ("2019: 42; published = 2020-04-04", "2019: 41; published = 2020"), 42, [], id="wherever it stands"
        ),
        pytest.param(
            ("2019: 42; published = 2020-04-04", "2019: 41; published = '2020-05'"),
            41,
            [],
            id="the later of two that do not",
        ),
        pytest.param(
            ("2019: 42; published = 2020-04-04", "2019: 41; published = 2020-04-04"),
            41,
            [],
            id="of equal dates the later in the file",
        ),
        pytest.param(("2019: 42; published = 2020-04-04", "2019: 41"), 42, [], id="an undated one loses"),
        pytest.param(("2019: 42; unsourced", "2019: 41; unsourced"), 41, [], id="no source counts as one"),
        pytest.param(
            ("2019: 41; source = 'early'", "2019: 42; source = 'exact'"),
            42,
            [],
            id="sources of one publisher are revisions",
        ),
        pytest.param(
            ("2019: 42; published = 2020-04-04", "2019: 41; source = 'rival'; published = 2020"),
            42,
            [41],
            id="of rivals too the more exact leads",
        ),
        pytest.param(
            ("2019: 42", "2019: 41; source = 'rival'"), 41, [42], id="of undated rivals the later in the file"
        ),
        pytest.param(("2019: 42.0", "2019: 42; source = 'rival'"), 42, [], id="rivals that agree"),
        pytest.param(("2019: [42, 43]", "2019: 42; source = 'rival'"), 42, [42], id="a range is not its lower end"),
        pytest.param(("2018: 30; published = 2030", "2019: 42"), 42, [], id="what is not known is nobody's rival"),
    ],
)
def test_the_same_figure_twice(figures: tuple[str, ...], figure: int, rivals: list[int]) -> None:
    """Revisions of one publisher, rivals of several: which leads, and which are carried."""
    found = row(between(*figures), "2021-06-06")
    assert facts(
        found.figure, [rival.actual.value or (rival.actual.range or (None,))[0] for rival in found.disputes]
    ) == (figure, rivals)
    assert ("disputed" in found.flags) is bool(rivals)


def test_prefer_names_a_publisher_by_its_source() -> None:
    """Of each publisher's newest the first that a preferred source belongs to leads, whichever source it has itself."""
    figures = (
        "2019: 41; source = 'early'",
        "2019: 42; source = 'exact'",
        "2019: 43; source = 'rival'; published = 2021-01-01",
    )
    assert ruled(between(*figures), "2021-06-06") == ("exceeded", 43, 3, ("disputed",), True)
    assert ruled(between(*figures, indicator="prefer = ['early']"), "2021-06-06") == (
        "exceeded",
        42,
        2,
        ("disputed",),
        True,
    )


@pytest.mark.parametrize(
    ("target", "period"),
    [
        ("by = 2019; aggregate = 'last'", "2019"),
        ("by = '2019-Q4'; aggregate = 'last'", "2019-Q4"),
        ("by = '2019-S2'; aggregate = 'last'", "2019-12"),
        ("by = 2019", "2019"),
        ("by = '2019-12'", "2019-12"),
    ],
)
def test_figures_that_end_on_one_day(target: str, period: str) -> None:
    """The due period's own leads, else the shortest; without aggregate only those of its length meet at all."""
    found = row(program(f"{target}; value = 40", figures=("2019: 1", "2019-Q4: 2", "2019-12: 3")), "2021-06-06")
    assert (used(found), "disputed" in found.flags) == ([period], "aggregate" in target)


def test_a_break_on_a_rival_holds_for_the_period() -> None:
    """Whoever says that the count changed, the start before it is lost."""
    text = program(
        "by = 2025; value = 60",
        figures=(
            "2018: 20",
            "2019: 30; series_break = true; published = 2020-01-01",
            "2019: 31; source = 'rival'; published = 2020-02-02",
        ),
    )
    assert said(row(text, "2021-06-06")) == ("pending", 31, -29, ("disputed", "series_break"), False)


# ---------------------------------------------------------------- what is known when


@pytest.mark.parametrize(
    ("extra", "hidden", "seen"),
    [
        ("", "2019-12-30", "2019-12-31"), ("recorded = 2019-10-10", "2019-10-09", "2019-10-10"), ("recorded = 2020-10-10", "2019-12-30", "2019-12-31"), ("published = 2020-03-03", "2020-03-02", "2020-03-03"),
        ("published = '2020-03'", "2020-03-30", "2020-03-31"), ("published = 2020", "2020-12-30", "2020-12-31"), ("published = 2020-03-03; recorded = 2019-10-10", "2020-03-02", "2020-03-03"), ("source = 'exact'", "2020-04-03", "2020-04-04"),
        ("source = 'exact'; published = 2020-02-02", "2020-02-01", "2020-02-02"),
    ],
)  # fmt: skip
def test_when_a_figure_is_known(extra: str, hidden: str, seen: str) -> None:
    """From its publication, else its source's, else the end of its period, or its recording where that is earlier; a month and a year count at their last day."""
    text = between(f"2019: 42; {extra}" if extra else "2019: 42", target="value = 40")
    assert [row(text, on).has_figure for on in (hidden, seen)] == [False, True]


# ---------------------------------------------------------------- flags of a figure


@pytest.mark.parametrize(
    ("extra", "flags"),
    [
        ("published = 2019-12-30", ("provisional",)), ("published = 2019-12-31", ()), ("published = 2019-12-30; quality = 'final'", ()), ("published = '2019-11'", ("provisional",)), ("published = 2019", ()),
        ("quality = 'provisional'", ("provisional",)), ("quality = 'estimate'; published = 2019-10-10", ("estimate",)), ("note = 'N'", ("noted",)), ("unsourced", ("unsourced",)),
    ],
)  # fmt: skip
def test_flags_of_a_figure(extra: str, flags: tuple[str, ...]) -> None:
    """Provisional is also what was published before its period had ended, where its quality is not written."""
    found = row(program(DUE, figures=(f"2019: 42; {extra}",)), "2021-06-06")
    assert said(found) == ("exceeded", 42, 2, flags, not {"provisional", "estimate"} & {*flags})


@pytest.mark.parametrize(
    ("extra", "flags"),
    [
        ("unsourced", ("unsourced",)),
        ("note = 'N'", ("noted",)),
        ("series_break = true", ("series_break",)),
        ("approx = 'about'", ()),
        ("standing = 'proposed'", ("proposed",)),
        ("set_on = 2020-01-01", ("met_when_set",)),
        ("set_on = 2019", ()),
    ],
)
def test_flags_of_a_target(extra: str, flags: tuple[str, ...]) -> None:
    """What the target says of itself."""
    assert ruled(program(f"{DUE}; {extra}", figures=("2019: 42",)), "2021-06-06") == ("exceeded", 42, 2, flags, True)


@pytest.mark.parametrize(
    ("target", "figures", "flagged"),
    [
        ("by = 2025; value = 40; set_on = 2018-06-06", ("2017: 41", "2019: 3"), True), ("by = 2025; value = 40; set_on = 2018-06-06", ("2016: 41", "2017: 39", "2019: 50"), False), ("by = 2025; value = 40; set_on = 2017-12-31", ("2017: 41", "2019: 3"), True),
        ("by = 2025; value = 40; set_on = 2017", ("2017: 41", "2019: 3"), False), ("by = 2025; value = 40; set_on = '2018-01'", ("2017: 41", "2019: 3"), True), ("by = 2025; range = [40, 50]; set_on = 2018-06-06", ("2017: 41",), True),
        ("by = 2025; value = 40; set_on = 2018-06-06", ("2017: [39, 41]",), False), ("by = 2025; value = 40; set_on = 2018-06-06", ("2017: over 40",), True), ("by = 2025; value = 40; strict = true; set_on = 2018-06-06", ("2017: 40",), False),
        ("by = 2025; improve = true; set_on = 2018-06-06", ("2015: 40", "2017: 41"), False), ("every = 'year'; value = 40; set_on = 2018-06-06", ("2017: 41",), True), ("every = 'year'; value = 40; set_on = 2018-06-06", ("2017-Q4: 41",), False),
        ("value = 40; set_on = 2018-06-06", ("2017: 41",), True), ("by = 2025; undetermined = true; set_on = 2018-06-06", ("2017: 41",), False), ("by = '2016/2020'; aggregate = 'sum'; value = 40; set_on = 2018-06-06", ("2016: 20", "2017: 20"), True),
        ("by = '2016/2020'; aggregate = 'sum'; value = 40; set_on = 2018-06-06", ("2015: 90", "2016: 20", "2018: 20"), False),
    ],
)  # fmt: skip
def test_met_when_set(target: str, figures: tuple[str, ...], flagged: bool) -> None:
    """The newest figure that ends on or before a stated set_on had satisfied it; a month and a year count at their first day here."""
    assert ("met_when_set" in row(program(target, figures=figures), "2021-06-06").flags) is flagged


@pytest.mark.parametrize(
    ("way", "figure", "expected"),
    [
        ("increase", "45", "1.125"),
        ("decrease", "45", None),
        ("maintain", "45", None),
        ("increase", "-5", None),
        ("increase", "[30, 45]", "0.75"),
    ],
)
def test_attainment(way: str, figure: str, expected: str | None) -> None:
    """The figure by the weak end, only where higher is better and both are above 0."""
    found = row(program(DUE, figures=(f"2019: {figure}",), way=way), "2021-06-06")
    assert found.attainment == (None if expected is None else Decimal(expected))


def test_derived_numbers_have_twelve_digits() -> None:
    """Half-even, and a figure has the digits that it was entered with."""
    found = row(program("by = 2021; value = 7", figures=("2018: 0", "2019: 1.30")), "2020-06-06")
    assert (str(found.figure), str(found.gap), found.progress, found.pace, found.attainment) == (
        "1.30",
        "-5.7",
        Decimal("0.185714285714"),
        Decimal("0.557142857143"),
        Decimal("0.185714285714"),
    )
