"""Milestones: a yes settles at once, a later no up to due undoes it, and answers are never numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from ruling import milestone, used
from support import problems, row

DUE = "by = 2020; value = true"


@pytest.mark.parametrize(
    ("figures", "on", "status", "answer", "flags", "final"),
    [
        pytest.param((), "2019-01-01", "no_data", None, (), False, id="no answer"),
        pytest.param((), "2021-01-01", "unreported", None, (), False, id="no answer, past due"),
        pytest.param(("2018: false",), "2019-01-01", "pending", False, (), False, id="still false"),
        pytest.param(("2018: true",), "2019-01-01", "met", True, (), True, id="a yes settles at once"),
        pytest.param(("2018: true",), "2024-01-01", "met", True, (), True, id="and stays settled"),
        pytest.param(
            ("2018: true", "2019: false"), "2020-01-01", "pending", False, ("undone",), False, id="undone before due"
        ),
        pytest.param(
            ("2018: true", "2020: false"), "2021-01-01", "missed", False, ("undone",), True, id="undone at due"
        ),
        pytest.param(
            ("2018: true", "2019: false"),
            "2021-01-01",
            "unreported",
            False,
            ("stale", "undone"),
            False,
            id="a no before due does not tell the end",
        ),
        pytest.param(
            ("2018: true", "2019: false", "2020-11: true"),
            "2021-01-01",
            "met",
            True,
            (),
            True,
            id="undone and done again",
        ),
        pytest.param(
            ("2018: true", "2021: false"), "2022-01-01", "met", True, (), True, id="a no after due undoes nothing"
        ),
        pytest.param(("2020: false",), "2021-01-01", "missed", False, (), True, id="a no at due"),
        pytest.param(("2020-12-31: false",), "2021-01-01", "missed", False, (), True, id="a no on the last day"),
        pytest.param(
            ("2020-Q3: false",), "2021-01-01", "unreported", False, ("stale",), False, id="a no in the third quarter"
        ),
        pytest.param(
            ("2020: false", "2021: true"), "2022-01-01", "missed", False, (), True, id="a no at due and a yes later"
        ),
        pytest.param(
            ("2019: false", "2021: true"), "2022-01-01", "met_late", True, ("late_figure",), False, id="a late yes"
        ),
        pytest.param(
            ("2019: false", "2021: false"), "2022-01-01", "missed", False, ("late_figure",), False, id="a late no"
        ),
        pytest.param(
            ("2019: true; quality = 'provisional'",),
            "2020-01-01",
            "met",
            True,
            ("provisional",),
            False,
            id="a provisional yes settles nothing",
        ),
        pytest.param(
            ("2019: true; quality = 'estimate'",),
            "2021-01-01",
            "met",
            True,
            ("estimate",),
            False,
            id="nor does an estimate",
        ),
        pytest.param(
            ("2019: true; published = 2019-10-10",),
            "2021-01-01",
            "met",
            True,
            ("provisional",),
            False,
            id="nor one from before its period ended",
        ),
        pytest.param(
            ("2020: true; source = 's'", "2020: false; source = 'rival'"),
            "2021-01-01",
            "missed",
            False,
            ("disputed",),
            True,
            id="rivals that answer differently",
        ),
        pytest.param(
            ("2018: true; unsourced",), "2019-01-01", "met", True, ("unsourced",), True, id="a yes without a source"
        ),
    ],
)
def test_a_milestone(
    figures: tuple[str, ...], on: str, status: str, answer: bool | None, flags: tuple[str, ...], final: bool
) -> None:
    """The newest answer up to due is judged: a yes at once, a no only where it tells the end."""
    found = row(milestone(DUE, figures=figures), on)
    assert (found.status, found.answer, found.flags, found.final) == (status, answer, flags, final)
    assert (found.figure, found.gap, found.start, found.bound) == (None, None, None, None)


def test_the_answer_of_any_length_is_judged() -> None:
    """An answer has no length: that of a month or of two years tells a milestone due in a year."""
    for period in ("2020-12", "2019/2020", "2020-Q4"):
        found = row(milestone(DUE, figures=(f"{period}: false",)), "2021-01-01")
        assert (found.status, found.flags, used(found)) == ("missed", (), [period])


def test_without_a_deadline_the_newest_answer_counts() -> None:
    """A yes settles it, a later no opens it again."""
    text = milestone("value = true", figures=("2018: true", "2020: false"))
    first, second = row(text, "2019-06-06"), row(text, "2021-06-06")
    assert (first.status, first.final, first.flags) == ("met", True, ())
    assert (second.status, second.final, second.flags) == ("open", False, ("undone",))


def test_met_when_set() -> None:
    """A yes from before the promise was made is flagged."""
    text = milestone(f"{DUE}; set_on = 2019-01-01", figures=("2018: true",))
    assert row(text, "2021-01-01").flags == ("met_when_set",)
    assert row(text.replace("set_on = 2019-01-01", "set_on = 2018"), "2021-01-01").flags == ()


def test_met_when_set_and_undone_since() -> None:
    """It was so when the promise was made, and is not any more."""
    text = milestone(f"{DUE}; set_on = 2019-01-01", figures=("2018: true", "2020: false"))
    assert (row(text, "2021-01-01").status, row(text, "2021-01-01").flags) == ("missed", ("undone", "met_when_set"))


def test_an_awaited_answer() -> None:
    """Within the lag a no that does not tell the end is awaited, not missed; a yes settles all the same."""
    text = milestone(DUE, figures=("2020-Q3: false",), indicator="lag = '3 months'")
    found = [row(text, on) for on in ("2020-12-31", "2021-01-01", "2021-03-31", "2021-04-01")]
    assert [(each.status, each.flags) for each in found] == [
        ("pending", ()),
        ("pending", ("awaited",)),
        ("pending", ("awaited",)),
        ("unreported", ("stale",)),
    ]
    done = row(milestone(DUE, figures=("2019: true",), indicator="lag = '3 months'"), "2021-02-02")
    assert (done.status, done.flags, done.final) == ("met", (), True)


@pytest.mark.parametrize(
    "target",
    [
        "every = 'year'; value = true",
        "by = 2020; value = true; strict = true",
        "by = '2018/2020'; value = true; aggregate = 'sum'",
        "from = 2018; by = 2020; value = true; aggregate = 'mean'",
    ],
)
def test_what_does_not_go_with_a_milestone(tmp_path: Path, target: str) -> None:
    """A milestone is reached once, and is no number."""
    path = tmp_path / "p.toml"
    path.write_text(milestone(target), encoding="utf-8")
    assert [problem.code for problem in problems(path)] == ["bad-modifier"]


def test_a_milestone_is_no_running_total(tmp_path: Path) -> None:
    """Cumulative is of numbers."""
    path = tmp_path / "p.toml"
    path.write_text(milestone(DUE, indicator="cumulative = true"), encoding="utf-8")
    assert [problem.code for problem in problems(path)] == ["bad-modifier"]
