"""Drafts and wishes, revisions, replacements, withdrawals: which version of a promise a row is of, and what it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ruling import program, said
from support import facts, row, rows

if TYPE_CHECKING:
    from targettrack.assessment.row import Row

SET = "by = 2020; value = 40; set_on = 2015-05-05"
FIGURES = ("2020: 45",)


def weak(of: Row) -> object:
    """What the row asks for."""
    return of.bound and of.bound.weak


def older(of: Row) -> list[object]:
    """What the superseded versions ask for."""
    return [version.bound and version.bound.weak for version in of.superseded]


# ---------------------------------------------------------------- drafts


def test_a_draft_beside_a_decision_is_a_row_of_its_own() -> None:
    """A wish reported after the decision neither revises nor supersedes it."""
    adopted, draft = rows(
        program(SET, "by = 2020; value = 60; set_on = 2017-07-07; standing = 'proposed'", figures=FIGURES), "2021-06-06"
    )
    assert (said(adopted), weak(adopted), older(adopted)) == (("exceeded", 45, 5, (), True), 40, [])
    assert (said(draft), weak(draft), older(draft)) == (("missed", 45, -15, ("proposed",), True), 60, [])


def test_a_decision_supersedes_the_drafts_before_it() -> None:
    """What was only proposed before is listed, and is not what the target was."""
    text = program("by = 2020; value = 60; set_on = 2014-04-04; standing = 'proposed'", SET, figures=FIGURES)
    assert [(said(each), weak(each)) for each in rows(text, "2015-01-01")] == [
        (("no_data", None, None, ("proposed",), False), 60)
    ]
    found = row(text, "2021-06-06")
    assert (weak(found), older(found), found.before, "revised" in found.flags) == (40, [60], None, False)


def test_what_a_target_was_is_the_last_adopted_version() -> None:
    """A draft between two decisions is superseded, and is not what the target was before."""
    text = program(
        SET,
        "by = 2020; value = 60; set_on = 2016-06-06; standing = 'proposed'",
        "by = 2020; value = 50; set_on = 2018-08-08",
        figures=FIGURES,
    )
    assert [weak(each) for each in rows(text, "2017-01-01")] == [40, 60]
    found = row(text, "2021-06-06")
    assert found.before
    assert facts(said(found), older(found), found.before.bound and found.before.bound.weak) == (
        ("missed", 45, -5, ("revised",), True),
        [40, 60],
        40,
    )


def test_a_later_draft_revises_an_earlier_one() -> None:
    """Of two drafts after the decision the later one is the row."""
    text = program(
        SET,
        "by = 2020; value = 60; set_on = 2016-06-06; standing = 'proposed'",
        "by = 2020; value = 70; set_on = 2017-06-06; standing = 'proposed'",
        figures=FIGURES,
    )
    adopted, draft = rows(text, "2021-06-06")
    assert (weak(adopted), older(adopted), adopted.flags) == (40, [], ())
    assert (weak(draft), older(draft), draft.flags) == (70, [60], ("revised", "proposed"))


def test_a_draft_replaces_no_decision() -> None:
    """A wish to extend the deadline leaves the adopted row as it is."""
    text = program(
        SET, "by = 2023; value = 40; set_on = 2018-08-08; replaces = 2020; standing = 'proposed'", figures=FIGURES
    )
    adopted, draft = rows(text, "2021-06-06")
    assert (said(adopted), adopted.due and adopted.due.text, older(adopted)) == (
        ("exceeded", 45, 5, (), True),
        "2020",
        [],
    )
    assert (draft.due and draft.due.text, "proposed" in draft.flags, "revised" in draft.flags, older(draft)) == (
        "2023",
        True,
        False,
        [],
    )


def test_a_draft_set_after_the_deadline_revises_nothing_after_it() -> None:
    """Neither does it make the adopted row one that was revised after due."""
    adopted, draft = rows(
        program(SET, "by = 2020; value = 30; set_on = 2021-01-01; standing = 'proposed'", figures=FIGURES), "2021-06-06"
    )
    assert (adopted.flags, older(adopted), draft.flags) == ((), [], ("met_when_set", "proposed"))


def test_a_draft_may_have_the_day_of_a_decision() -> None:
    """Two versions of one day are an error only where both are adopted, or both proposed."""
    assert [
        weak(each) for each in rows(program(SET, f"{SET.replace('40', '50')}; standing = 'proposed'"), "2017-01-01")
    ] == [40, 50]


def test_a_withdrawn_draft_leaves_the_decision() -> None:
    """Taken back, the draft is no row; the adopted one is what it was."""
    text = program(
        SET,
        "by = 2020; value = 60; set_on = 2017-07-07; standing = 'proposed'; withdrawn = 2019-09-09",
        figures=FIGURES,
    )
    assert [[weak(each) for each in rows(text, on)] for on in ("2019-09-08", "2019-09-09")] == [[40, 60], [40]]


# ---------------------------------------------------------------- revisions


def test_a_revision_after_the_deadline_leaves_the_old_promise() -> None:
    """The row stays with the old version, and carries the new one."""
    found = row(program(SET, "by = 2020; value = 60; set_on = 2021-02-02", figures=FIGURES), "2021-06-06")
    assert (said(found), weak(found), older(found)) == (("exceeded", 45, 5, ("revised_after_due",), True), 40, [60])


def test_a_revision_of_the_last_day_is_in_time() -> None:
    """Set on due's last day it takes the promise's place."""
    found = row(program(SET, "by = 2020; value = 60; set_on = 2020-12-31", figures=FIGURES), "2021-06-06")
    assert (said(found), older(found)) == (("missed", 45, -15, ("revised",), True), [40])


def test_a_replacement_extends_the_deadline() -> None:
    """The target due before is superseded, and no row any more."""
    found = row(
        program(SET, "by = 2023; value = 40; set_on = 2018-08-08; replaces = 2020", figures=FIGURES), "2021-06-06"
    )
    assert (found.due and found.due.text, older(found), "revised" in found.flags) == ("2023", [40], True)


def test_a_replacement_after_the_deadline_stands_beside_the_old_row() -> None:
    """The old row has the flag, and both stand."""
    old, new = rows(
        program(SET, "by = 2023; value = 40; set_on = 2021-02-02; replaces = 2020", figures=FIGURES), "2021-06-06"
    )
    assert (said(old), old.due and old.due.text) == (("exceeded", 45, 5, ("revised_after_due",), True), "2020")
    assert (new.due and new.due.text, older(new), "revised" in new.flags) == ("2023", [], False)


def test_a_withdrawn_replacement_takes_what_it_replaced_along() -> None:
    """From that day on neither is a row."""
    text = program(SET, "by = 2023; value = 40; set_on = 2018-08-08; replaces = 2020; withdrawn = 2022-02-02")
    assert [
        [each.due and each.due.text for each in rows(text, on)] for on in ("2016-01-01", "2019-01-01", "2022-02-02")
    ] == [["2020"], ["2023"], []]


@pytest.mark.parametrize(
    ("withdrawn", "on", "count"),
    [
        ("2020-06-06", "2020-06-05", 1),
        ("2020-06-06", "2020-06-06", 0),
        ("2020", "2020-12-30", 1),
        ("2020", "2020-12-31", 0),
        ("2021-01-01", "2022-01-01", 1),
    ],
)
def test_withdrawn(withdrawn: str, on: str, count: int) -> None:
    """From its day, or the last day of its year, a target is no row; withdrawn after its due day it stays."""
    assert len(rows(program(f"{SET}; withdrawn = {withdrawn}"), on)) == count


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_order_in_the_file_tells_nothing(order: tuple[int, int]) -> None:
    """Dates tell which version is in force, wherever they stand."""
    versions = (SET, "by = 2020; value = 60; source = 'late'")
    text = (
        program(*(versions[place] for place in order), figures=FIGURES)
        + '[sources.late]\ntitle = "L"\npublished = 2018\n'
    )
    found = row(text, "2021-06-06")
    assert (weak(found), older(found), found.flags) == (60, [40], ("revised",))


def test_a_source_of_a_year_is_known_at_its_end() -> None:
    """A version that a source of 2018 dates is known from the last day of 2018."""
    text = program(SET, "by = 2020; value = 60; source = 'late'") + '[sources.late]\ntitle = "L"\npublished = 2018\n'
    assert [weak(row(text, on)) for on in ("2018-12-30", "2018-12-31")] == [40, 60]
