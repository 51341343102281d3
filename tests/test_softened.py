"""Softened: what a newer version of a program took back in silence is said; what was recorded as a change is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import catalogues
from support import aim, load
from targettrack import language
from targettrack.pages.check import softened
from targettrack.period import partial_date
from targettrack.program import consistency, reading
from targettrack.program.model import Program

Table = dict[str, Any]
NEXT = "; [[indicators.a.targets]]; "
REST = """
[sources.plan]
title = "Plan"
published = 2015-01-01
[sources.decision]
title = "Decision"
published = 2019-01-01
[sources.annex]
title = "Annex of the plan"
published = 2015-01-01
[sources.web]
title = "A page without a date"
"""
BASE = "baseline = { period = 2010, value = 10 }"


def program(
    target: str, *actuals: str, direction: str = "increase", indicator: str = "", unit: str = "%", rest: str = ""
) -> Program:
    """A program with one indicator; several targets are joined by ``NEXT``."""
    return load(aim(direction, target, *actuals, indicator=indicator, unit=unit, rest=rest + REST)).program


def bare(*actuals: str, rest: str = "") -> Program:
    """A program whose indicator has no targets."""
    text = "".join(f'[[actuals]]\nindicator = "a"\n{actual}\n' for actual in actuals)
    return load(
        f'targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\nunit = "%"\n{text}{rest}{REST}'.replace(
            "; ", "\n"
        )
    ).program


def codes(old: Program, new: Program) -> list[str]:
    """The codes of what is softer."""
    return [found.fault.code for found in softened.softenings(old, new)]


def said(old: Program, new: Program) -> list[str]:
    """The sentences about what is softer, with plain spaces."""
    return [found.fault.message.replace("\u00a0", " ") for found in softened.softenings(old, new)]


# ---------------------------------------------------------------- a target asks for less

LOWERED = [
    ("increase", "by = 2025; value = 45", "by = 2025; value = 40"),
    ("increase", "by = 2025; value = 45", "by = 2025; value = 44.99999999999999999999"),
    ("increase", "by = 2025; value = -5", "by = 2025; value = -6"),
    ("increase", "by = 2025; value = 45; strict = true", "by = 2025; value = 45"),
    ("increase", "by = 2025; value = 45", "by = 2025; value = 44; strict = true"),
    ("increase", "by = 2025; value = 45", "by = 2025; range = [40, 50]"),
    ("increase", "by = 2025; range = [30, 35]", "by = 2025; range = [25, 35]"),
    ("increase", "by = 2025; range = [30, 35]", "by = 2025; range = [30, 33]"),
    ("increase", "by = 2025; range = [30, 35]", "by = 2025; range = [25, 40]"),
    ("increase", "by = 2025; range = [30, 35]", "by = 2025; value = 30"),
    ("increase", "by = 2025; range = [30, 35]; strict = true", "by = 2025; range = [30, 35]"),
    ("increase", "by = 2025; times_baseline = 2", "by = 2025; times_baseline = 1.5"),
    ("increase", "by = 2025; times_baseline = [2, 3]", "by = 2025; times_baseline = [2, 2.5]"),
    ("increase", "by = 2025; times_baseline = [2, 3]", "by = 2025; times_baseline = [1.5, 3]"),
    ("increase", "by = 2025; value = 20", "by = 2025; times_baseline = 1.5"),
    ("increase", "by = 2025; times_baseline = 2", "by = 2025; value = 15"),
    ("increase", "by = 2025; value = 45", "by = 2025; improve = true"),
    ("increase", "by = 2025; range = [30, 35]", "by = 2025; improve = true"),
    ("increase", "by = 2025; times_baseline = 2", "by = 2025; improve = true"),
    ("increase", "value = 45", "value = 40"),
    ("increase", 'every = "year"; value = 45', 'every = "year"; value = 40'),
    ("increase", 'every = "quarter"; range = [4, 5]', 'every = "quarter"; range = [3, 5]'),
    (
        "increase",
        'by = "2021/2025"; aggregate = "sum"; value = 150',
        'by = "2021/2025"; aggregate = "sum"; value = 120',
    ),
    (
        "increase",
        'from = 2021; by = 2025; aggregate = "mean"; range = [13, 15]',
        'by = "2021/2025"; aggregate = "mean"; range = [12, 15]',
    ),
    (
        "increase",
        'by = 2025; value = 9; disaggregation = { sector = "textile" }',
        'by = 2025; value = 8; disaggregation = { sector = "textile" }',
    ),
    ("decrease", "by = 2025; value = 45", "by = 2025; value = 50"),
    ("decrease", "by = 2025; value = 45; strict = true", "by = 2025; value = 45"),
    ("decrease", "by = 2025; range = [10, 20]", "by = 2025; range = [10, 25]"),
    ("decrease", "by = 2025; range = [10, 20]", "by = 2025; range = [15, 20]"),
    ("decrease", "by = 2025; range = [10, 20]", "by = 2025; value = 20"),
    ("decrease", "by = 2025; value = 20", "by = 2025; range = [10, 21]"),
    ("decrease", "by = 2025; times_baseline = 0.5", "by = 2025; times_baseline = 0.6"),
    ("decrease", "by = 2025; times_baseline = [0.8, 0.85]", "by = 2025; times_baseline = [0.8, 0.9]"),
    ("decrease", "by = 2025; times_baseline = [0.8, 0.85]", "by = 2025; times_baseline = [0.82, 0.85]"),
    ("decrease", "by = 2025; value = 4.5", "by = 2025; improve = true"),
    ("decrease", 'every = "month"; value = 3', 'every = "month"; value = 4'),
    ("maintain", "by = 2025; value = 95", "by = 2025; range = [94, 95]"),
    ("maintain", "by = 2025; value = 95", "by = 2025; range = [95, 96]"),
    ("maintain", "by = 2025; range = [90, 100]", "by = 2025; range = [85, 100]"),
    ("maintain", "by = 2025; range = [90, 100]", "by = 2025; range = [90, 105]"),
    ("maintain", "by = 2025; range = [90, 100]; strict = true", "by = 2025; range = [90, 100]"),
    ("maintain", "by = 2025; times_baseline = [9, 10]", "by = 2025; times_baseline = [8, 10]"),
]
"""Directions, and targets before and after, the later one of which asks for less."""

BOTH_WAYS = {
    ("by = 2025; range = [30, 35]", "by = 2025; range = [25, 40]"),
    ("by = 2025; value = 45", "by = 2025; range = [40, 50]"),
    ("by = 2025; value = 20", "by = 2025; range = [10, 21]"),
}
"""Those that ask for less at the end that decides, and for more at the other."""

REDEFINED = [
    ("increase", "by = 2025; range = [30, 35]", "by = 2025; range = [32, 33]"),
    ("increase", "by = 2025; range = [30, 35]", "by = 2025; value = 33"),
    ("decrease", "by = 2025; range = [10, 20]", "by = 2025; range = [12, 18]"),
    ("maintain", "by = 2025; range = [90, 100]", "by = 2025; range = [92, 105]"),
    ("maintain", "by = 2025; range = [90, 100]", "by = 2025; range = [85, 95]"),
    ("maintain", "by = 2025; range = [90, 100]; strict = true", "by = 2025; range = [92, 100]"),
    ("maintain", "by = 2025; value = 95", "by = 2025; value = 96"),
]
"""Directions, and targets before and after, of which nobody can say which one asks for more."""


@pytest.mark.parametrize(("direction", "old", "new"), REDEFINED)
def test_a_target_that_asks_for_something_else(direction: str, old: str, new: str) -> None:
    """A floor that rose while its ambition fell, and a band that was moved, are other promises."""
    before, after = program(old, direction=direction), program(new, direction=direction)
    assert codes(before, after) == ["redefined"]
    assert said(before, after)[0].startswith("the target ")
    assert " was changed in place to " in said(before, after)[0]


def test_another_promise_that_is_due_later() -> None:
    """Both are said."""
    assert codes(program("by = 2025; range = [30, 35]"), program("by = 2026; range = [32, 33]")) == ["dropped"]
    assert codes(
        program('by = "2025-12-31"; range = [30, 35]; set_on = 2015'),
        program('by = "2025-12-31"; range = [32, 33]; set_on = 2030'),
    ) == ["redefined", "extended"]


def test_a_number_in_another_unit() -> None:
    """A number in another unit is neither more nor less; where the target was left as it is, the unit alone is told."""
    old = program("by = 2025; value = 45")
    assert codes(old, program("by = 2025; value = 45000", unit="km")) == ["redefined", "redefined"]
    assert codes(old, program("by = 2025; value = 45", unit="km")) == ["redefined"]
    assert codes(old, program("by = 2025; value = true", unit="yes/no")) == ["redefined", "redefined"]


@pytest.mark.parametrize(("direction", "old", "new"), LOWERED)
def test_a_target_that_asks_for_less(direction: str, old: str, new: str) -> None:
    """In every direction and shape, at the weak end and at the strong one, a target changed in place to ask for less is lowered."""
    assert codes(
        program(old, direction=direction, indicator=BASE), program(new, direction=direction, indicator=BASE)
    ) == ["lowered"]


@pytest.mark.parametrize(("direction", "new", "old"), [row for row in LOWERED if row[1:] not in BOTH_WAYS])
def test_a_target_that_asks_for_more(direction: str, old: str, new: str) -> None:
    """The other way round, nothing was softened."""
    assert (
        codes(program(old, direction=direction, indicator=BASE), program(new, direction=direction, indicator=BASE))
        == []
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("by = 2025; value = 45", "by = 2025; value = 45.0"),
        ("by = 2025; value = 45", "by = 2025; range = [45, 45]"),
        ("by = 2025; value = 20", "by = 2025; times_baseline = 2"),
        ("by = 2025; value = 45", 'by = "2025"; value = 45'),
        ("by = 2025; value = 45", 'by = "2025-12-31"; value = 45'),
        ('by = "2021/2025"; value = 45', 'by = "2023/2025"; value = 45'),
        ('by = "2021/2025"; value = 45', "from = 2021; by = 2025; value = 45"),
        ("by = 2025; value = 45", 'by = 2025; value = 45; approx = "about"'),
    ],
)
def test_the_same_target_in_other_words(old: str, new: str) -> None:
    """The same bound and the same day, written in another way, are the same promise."""
    assert codes(program(old, indicator=BASE), program(new, indicator=BASE)) == []


@pytest.mark.parametrize(("direction", "new"), [("increase", "≥ 40 %"), ("decrease", "≤ 50 %")])
def test_the_sentence_of_a_lowered_target(direction: str, new: str) -> None:
    """It says what was asked for, and what is asked for now."""
    old, sign = program("by = 2025; value = 45", direction=direction), new[0]
    assert said(old, program(f"by = 2025; value = {new[2:4]}", direction=direction)) == [
        f"the target {sign} 45 % by 2025 was changed in place to {new} by 2025"
    ]


@pytest.mark.parametrize(
    ("time", "asked"),
    [
        ("value = 45", "≥ 45 % no date"),
        ('every = "year"; value = 45', "≥ 45 % yearly"),
        ('by = "2021/2025"; aggregate = "sum"; value = 45', "≥ 45 %, sum by 2021–25"),
        ("by = 2025; value = 45; strict = true", "> 45 % by 2025"),
    ],
)
def test_the_sentence_says_the_time(time: str, asked: str) -> None:
    """Whatever time a target has, the sentence says it."""
    (only,) = said(program(time), program(time.replace("45", "44")))
    assert only.startswith(f"the target {asked} was changed in place to ")


def test_the_place_of_a_lowered_target() -> None:
    """The finding stands at the target as it is now, among those of its indicator."""
    old = program(NEXT.join(["by = 2020; value = 30", "by = 2025; value = 45"]))
    new = program(NEXT.join(["by = 2022; value = 35", "by = 2020; value = 30", "by = 2025; value = 40"]))
    (found,) = softened.softenings(old, new)
    assert (found.fault.code, found.fault.loc) == ("lowered", ("indicators", "a", "targets", 2))


def test_each_of_several_targets_is_said() -> None:
    """Three targets, of which two ask for less."""
    old = program(NEXT.join(["by = 2020; value = 30", "by = 2025; value = 45", "by = 2030; value = 60"]))
    new = program(NEXT.join(["by = 2020; value = 29", "by = 2025; value = 45", "by = 2030; value = 59"]))
    assert [found.fault.loc for found in softened.softenings(old, new)] == [
        ("indicators", "a", "targets", 0),
        ("indicators", "a", "targets", 2),
    ]


def test_the_version_in_force_is_taken_out() -> None:
    """Of a promise and its stricter revision, the revision is dropped: the old one comes into force again."""
    old = program(NEXT.join(["by = 2025; value = 30; set_on = 2011", "by = 2025; value = 45; set_on = 2015"]))
    assert codes(old, program("by = 2025; value = 30; set_on = 2011")) == ["dropped"]


def test_lowered_under_the_same_source() -> None:
    """A source of its own, but the one that the target had, records no change."""
    old = program('by = 2025; value = 45; source = "plan"')
    assert codes(old, program('by = 2025; value = 40; source = "plan"')) == ["lowered"]


@pytest.mark.parametrize(
    "source",
    ['source = "annex"', 'source = "web"', 'source = "plan"; set_on = 2020', 'source = "decision"; set_on = 2014'],
)
def test_lowered_under_a_source_that_is_no_later(source: str) -> None:
    """Neither a document of the same day, nor one without a day, nor a day without a document, nor an earlier day records a change."""
    old = program('by = 2025; value = 45; source = "plan"')
    assert codes(old, program(f"by = 2025; value = 40; {source}")) == ["lowered"]


# ---------------------------------------------------------------- a target is due later


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("by = 2025; value = 45", "by = 2030; value = 45"),
        ("by = 2025; value = 45", "value = 45"),
        ('by = "2025-Q1"; value = 45', "by = 2025; value = 45"),
        ('by = "2025-06-30"; value = 45', 'by = "2025-07-01"; value = 45'),
        ("by = 2025; range = [30, 35]", "by = 2026; range = [30, 35]"),
        ("by = 2025; times_baseline = 2", "by = 2026; times_baseline = 2"),
        ("by = 2025; improve = true", "by = 2026; improve = true"),
        ('by = "2021/2025"; aggregate = "sum"; value = 150', 'by = "2021/2030"; aggregate = "sum"; value = 150'),
        (
            'by = 2025; value = 9; disaggregation = { sector = "textile" }',
            'by = 2026; value = 9; disaggregation = { sector = "textile" }',
        ),
        ('by = 2025; value = 45; source = "plan"', 'by = 2030; value = 45; source = "plan"'),
        ('by = 2025; value = 45; source = "plan"', 'by = 2030; value = 45; source = "annex"'),
        ('by = 2025; value = 45; source = "plan"', 'by = 2030; value = 45; source = "web"'),
    ],
)
def test_a_target_that_is_due_later(old: str, new: str) -> None:
    """A deadline moved in place, or taken away, is extended."""
    assert codes(program(old, indicator=BASE), program(new, indicator=BASE)) == ["extended"]


def test_a_milestone_that_is_due_later() -> None:
    """A milestone has no bound, and is extended all the same."""
    assert codes(
        program("by = 2025; value = true", unit="yes/no"), program("by = 2026; value = true", unit="yes/no")
    ) == ["extended"]


def test_the_sentence_of_an_extended_target() -> None:
    """It says when the target was due, and when it is."""
    assert said(program("by = 2025; value = 45"), program("by = 2030; value = 45")) == [
        "the target ≥ 45 % by 2025 is now due 2030"
    ]


def test_the_place_of_an_extended_target() -> None:
    """The finding stands at the target that is due later."""
    old = program(NEXT.join(["by = 2025; value = 45", "by = 2030; value = 60"]))
    (found,) = softened.softenings(old, program(NEXT.join(["by = 2030; value = 60", "by = 2027; value = 45"])))
    assert found.fault.loc == ("indicators", "a", "targets", 1)


def test_a_later_target_that_was_there_is_no_extension() -> None:
    """Where the same bound was promised for two years, and one is gone, nothing was extended: one is gone."""
    old = program(NEXT.join(["by = 2025; value = 45", "by = 2030; value = 45"]))
    assert codes(old, program("by = 2030; value = 45")) == ["dropped"]


# ---------------------------------------------------------------- a target is gone


def test_a_target_is_gone() -> None:
    """The last target of an indicator, taken out."""
    old, new = program('by = 2025; value = 45; source = "plan"'), bare()
    assert [(found.fault.code, found.fault.loc) for found in softened.softenings(old, new)][-1] == (
        "dropped",
        ("indicators", "a"),
    )
    assert "the target ≥ 45 % by 2025 of a is gone" in said(old, new)


@pytest.mark.parametrize(
    "gone", ["by = 2020; value = 30", "by = 2030; value = 60", 'every = "year"; value = 3', "value = 99"]
)
def test_one_of_several_targets_is_gone(gone: str) -> None:
    """Whatever time it has, the one that is missing is said."""
    rest = NEXT.join(["by = 2022; value = 35", "by = 2025; value = 45"])
    assert codes(program(rest + NEXT + gone), program(rest)) == ["dropped"]


@pytest.mark.parametrize(
    "new",
    [
        'by = "2021/2025"; aggregate = "sum"; value = 45',
        'by = "2021/2025"; aggregate = "mean"; value = 45',
        'by = 2025; value = 45; disaggregation = { sector = "textile" }',
    ],
)
def test_another_promise_does_not_stand_for_it(new: str) -> None:
    """A target of another aggregate or disaggregation is another promise: the old one is gone."""
    assert codes(program('by = "2021/2025"; value = 45'), program(new)) == ["dropped"]


def test_an_indicator_is_gone() -> None:
    """With an indicator all its targets are gone, and its figures."""
    new = load(f'targettrack = 1\n[program]\nname = "P"\n{REST}').program
    old = program(NEXT.join(["by = 2025; value = 45", "by = 2030; value = 60"]), "period = 2020; value = 6")
    assert [(found.fault.code, found.fault.loc) for found in softened.softenings(old, new)] == [
        ("dropped", ()),
        ("dropped", ()),
        ("figure-removed", ()),
    ]


def test_a_target_that_is_withdrawn_is_not_gone() -> None:
    """A target withdrawn on a day, with a word about it, stays readable, and is not reported; nor is one withdrawn after its deadline."""
    old = program("by = 2025; value = 45")
    assert codes(old, program('by = 2025; value = 45; withdrawn = 2021-05-01; note = "by Decision 7"')) == []
    assert codes(old, program("by = 2025; value = 45; withdrawn = 2026-05-01")) == []


def test_a_target_that_is_withdrawn_without_a_word() -> None:
    """A bare day of withdrawal takes a target out of every table, and is told at the target."""
    old, new = program("by = 2025; value = 45"), program("by = 2025; value = 45; withdrawn = 2021-05-01")
    (found,) = softened.softenings(old, new)
    assert (found.fault.code, found.fault.loc) == ("dropped", ("indicators", "a", "targets", 0))
    assert said(old, new) == ["the target ≥ 45 % by 2025 was withdrawn on 2021-05-01"]
    assert codes(new, old) == []


# ---------------------------------------------------------------- decoys

PLAN = 'by = 2025; value = 30; source = "plan"'
EASY = 'by = 2025; value = 20; source = "plan"'


@pytest.mark.parametrize(
    "decoy",
    [
        'set_on = 2027; source = "decision"',
        'source = "decision"; withdrawn = 2020',
        'source = "decision"',
        'source = "decision"; standing = "proposed"',
    ],
)
def test_a_new_target_excuses_no_edit(decoy: str) -> None:
    """A target edited in place is told, whatever target of a later document is added beside it; and it is told once."""
    assert codes(program(PLAN), program(f"{EASY}{NEXT}by = 2025; value = 35; {decoy}")) == ["lowered"]
    assert codes(program(PLAN), program(f"by = 2025; value = 35; {decoy}{NEXT}{EASY}")) == ["lowered"]


@pytest.mark.parametrize("decoy", ['source = "decision"; withdrawn = 2020', 'source = "decision"; set_on = 2026'])
def test_what_is_never_in_force_replaces_nothing(decoy: str) -> None:
    """A target that is withdrawn, or made after its deadline, does not stand for one that is gone."""
    assert codes(program(PLAN), program(f"by = 2025; value = 35; {decoy}")) == ["dropped"]


def test_what_is_not_made_yet_replaces_nothing() -> None:
    """A target of a later day than that of the comparison does not stand for one that is gone, until then."""
    old, new = program("value = 30"), program('value = 20; source = "decision"')
    assert [found.fault.code for found in softened.softenings(old, new, date(2018, 1, 1))] == ["lowered"]
    assert codes(old, new) == []


def test_one_new_target_stands_for_one() -> None:
    """Of two versions of a promise that are gone, one target of a later document replaces one."""
    old = program(f"{PLAN}{NEXT}by = 2025; value = 35; set_on = 2016")
    assert codes(old, program('by = 2025; value = 20; source = "decision"')) == ["dropped"]


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ('by = 2025; value = 20; source = "plan"; set_on = 2016', "lowered"),
        ("by = 2025; value = 20; set_on = 2016", "lowered"),
        ('by = 2030; value = 20; source = "plan"; replaces = 2025', "lowered"),
        ("by = 2030; value = 30; replaces = 2025", "extended"),
        ('by = 2025; value = 40; source = "plan"; set_on = 2016; withdrawn = 2017', "dropped"),
        ("by = 2030; value = 40; replaces = 2025; withdrawn = 2017", "dropped"),
    ],
)
def test_a_target_that_takes_the_place_without_a_document(added: str, code: str) -> None:
    """A newer version, or a replacement, without a later source of its own is told where it is easier to keep; one of another source is not."""
    assert codes(program(PLAN), program(PLAN + NEXT + added)) == [code]
    sourced = (
        "; ".join(part for part in added.split("; ") if not part.startswith(("source", "set_on", "withdrawn")))
        + '; source = "decision"'
    )
    assert codes(program(PLAN), program(PLAN + NEXT + sourced)) == []


def test_a_draft_takes_no_place() -> None:
    """What is only proposed beside an adopted target softens nothing."""
    assert (
        codes(
            program(PLAN),
            program(PLAN + NEXT + 'by = 2025; value = 40; source = "plan"; set_on = 2016; standing = "proposed"'),
        )
        == []
    )


def test_a_target_that_takes_the_place_and_asks_for_more() -> None:
    """A newer version that asks for more needs no document."""
    assert codes(program(PLAN), program(f'{PLAN}{NEXT}by = 2025; value = 40; source = "plan"; set_on = 2016')) == []


def test_the_stricter_version_is_made_the_older_one() -> None:
    """Of a promise and its stricter revision the revision's day is moved to before the promise: what is in force asks for less."""
    old = program(NEXT.join(["by = 2025; value = 30; set_on = 2011", "by = 2025; value = 45; set_on = 2015"]))
    new = program(NEXT.join(["by = 2025; value = 30; set_on = 2011", "by = 2025; value = 45; set_on = 2010"]))
    assert said(old, new) == ["the target ≥ 45 % by 2025 gave way to ≥ 30 % by 2025"]


# ---------------------------------------------------------------- days moved away


def dated(old: str, new: str, target: str = PLAN, on: date = date(2020, 6, 1)) -> list[str]:
    """The codes where the plan's day is another one."""
    one = program(target)
    sources = one.document.sources | {"plan": replace(one.document.sources["plan"], published=partial_date(old))}
    two = replace(
        one,
        document=replace(
            one.document, sources=sources | {"plan": replace(sources["plan"], published=partial_date(new))}
        ),
    )
    return [
        found.fault.code
        for found in softened.softenings(replace(one, document=replace(one.document, sources=sources)), two, on)
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("2017", "2017-10-29", []),
        ("2017-10-29", "2017", []),
        ("2017-10-29", "2017-11-03", []),
        ("2017-10-29", "2015", []),
        ("2017-10-29", "2107-10-29", ["extended"]),
        ("2017-10-29", "2019-10-29", ["extended"]),
        ("2020-05-30", "2020-06-02", ["extended"]),
    ],
)
def test_the_day_of_a_source(old: str, new: str, found: list[str]) -> None:
    """A source's day corrected is no softening; moved by more than a year, or to after the day of the comparison, it takes the target out of the tables."""
    assert dated(old, new) == found


def test_a_day_moved_behind_the_deadline() -> None:
    """A stricter revision that is said to be made just after the deadline is not in force."""
    assert dated("2017-12-01", "2018-01-15", "by = 2017; value = 45; source = 'plan'") == ["extended"]


def test_a_day_where_there_was_none() -> None:
    """A first day of a target is no softening, but one that has not come."""
    old = program("by = 2025; value = 45")
    for day, found in ((2017, []), (2021, ["extended"])):
        assert [
            each.fault.code
            for each in softened.softenings(old, program(f"by = 2025; value = 45; set_on = {day}"), date(2020, 6, 1))
        ] == found


# ---------------------------------------------------------------- a number becomes words


@pytest.mark.parametrize("source", ["", 'source = "plan"'])
def test_a_target_becomes_words(source: str) -> None:
    """Where a target goes and a promise in words comes, from the same source or from none, that is said at the words."""
    old = program(
        NEXT.join([f"by = 2025; value = 45; {source}", "by = 2030; value = 60"]), rest='[[promises]]; text = "Do more"'
    )
    new = program(
        "by = 2030; value = 60",
        rest=f'[[promises]]; text = "Do more"; [[promises]]; text = "Raise the share"; {source}',
    )
    (found,) = softened.softenings(old, new)
    assert (found.fault.code, found.fault.loc) == ("into-words", ("promises", 1))
    assert said(old, new) == ["the target ≥ 45 % by 2025 of a is gone, and this promise in words has come"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '[[promises]]; text = "Raise the share"; source = "plan"',
            '[[promises]]; text = "Raise the share"; source = "plan"',
        ),
        ("", '[[promises]]; text = "Raise the share"; source = "decision"'),
        ("", '[[promises]]; text = "Raise the share"'),
    ],
)
def test_words_that_do_not_stand_for_it(before: str, after: str) -> None:
    """Words that were there, or come from another document, did not take the place of a number: it is gone."""
    target = 'by = 2025; value = 45; source = "plan"'
    assert codes(
        program(target + NEXT + "by = 2030; value = 60", rest=before), program("by = 2030; value = 60", rest=after)
    ) == ["dropped"]


# ---------------------------------------------------------------- baselines and definitions


@pytest.mark.parametrize(
    "new",
    [
        "baseline = { period = 2010, value = 9 }",
        "baseline = { period = 2011, value = 10 }",
        'baseline = { period = 2010, value = 12, source = "plan" }',
        'baseline = { period = 2010, value = 12, note = "the count was revised" }',
        'baseline = { period = 2010, value = 12, source = "annex" }',
        'baseline = { period = 2010, value = 12, source = "web" }',
        'baseline = { period = 2010, value = 10, source = "plan", published = 2019 }',
        "",
    ],
)
def test_another_baseline(new: str) -> None:
    """Another figure or another period of the same document, and no baseline any more, are said; a note alone is no document."""
    old = 'baseline = { period = 2010, value = 10, source = "plan" }'
    assert codes(program("by = 2025; value = 45", indicator=old), program("by = 2025; value = 45", indicator=new)) == [
        "rebased"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "baseline = { period = 2010, value = 10 }"),
        ("baseline = { period = 2010, value = 10 }", 'baseline = { period = "2010-01-01/2010-12-31", value = 10.0 }'),
        (
            "baseline = { period = 2010, value = 10 }",
            'baseline = { period = 2010, value = 10, source = "plan", page = 3, quote = "ten", note = "read again" }',
        ),
        (
            'baseline = { period = 2010, value = 10, source = "plan" }',
            'baseline = { period = 2010, value = 9, source = "decision" }',
        ),
        ("baseline = { period = 2010, value = 10 }", 'baseline = { period = 2010, value = 9, source = "decision" }'),
    ],
)
def test_a_baseline_that_may_be_so(old: str, new: str) -> None:
    """A first baseline, the same one in other words or with its source, and one that names another document are not reported."""
    assert codes(program("by = 2025; value = 45", indicator=old), program("by = 2025; value = 45", indicator=new)) == []


def test_the_sentence_of_another_baseline() -> None:
    """It says both figures and periods, at the baseline."""
    old, new = (
        program("by = 2025; value = 45", indicator=f"baseline = {{ period = {period}, value = {value} }}")
        for period, value in ((2010, "12.40"), (2012, "9.1"))
    )
    (found,) = softened.softenings(old, new)
    assert found.fault.loc == ("indicators", "a", "baseline")
    assert found.fault.message == "the baseline was 12.40 in 2010, now it is 9.1 in 2012"


@pytest.mark.parametrize(
    ("direction", "asks", "new"),
    [
        ("increase", "times_baseline = 2", "8"),
        ("decrease", "times_baseline = 0.5", "12"),
        ("increase", "times_baseline = [2, 3]", "9.9"),
        ("increase", "value = 45", "9"),
        ("increase", "improve = true", "9"),
    ],
)
def test_another_baseline_of_a_target_alone(direction: str, asks: str, new: str) -> None:
    """A target's own baseline is one too: what is a multiple of it asks for less, though the multiple is the same."""
    own = "by = 2025; {}; baseline = {{ period = 2010, value = {} }}"
    assert codes(
        program(own.format(asks, 10), direction=direction), program(own.format(asks, new), direction=direction)
    ) == ["rebased"]


def test_a_target_gets_its_own_baseline() -> None:
    """A target that starts from another figure than its indicator is told, unless a later document says so."""
    old = program("by = 2025; value = 45", indicator='baseline = { period = 2010, value = 10, source = "plan" }')
    for source, found in (("plan", ["rebased"]), ("annex", ["rebased"]), ("decision", [])):
        own = f'by = 2025; value = 45; baseline = {{ period = 2010, value = 5, source = "{source}" }}'
        assert codes(old, program(own, indicator='baseline = { period = 2010, value = 10, source = "plan" }')) == found


def test_a_target_loses_its_own_baseline() -> None:
    """Without a baseline of its own the indicator's serves, and twice of that is less."""
    target = "by = 2025; times_baseline = 2"
    old = program(f"{target}; baseline = {{ period = 2015, value = 30 }}", indicator=BASE)
    assert codes(old, program(target, indicator=BASE)) == ["rebased"]


@pytest.mark.parametrize("key", ["unit", "direction", "definition"])
def test_another_definition(key: str) -> None:
    """Another unit, direction or definition of an indicator is said at the indicator's key, with both texts."""
    texts = {"unit": "%", "direction": "increase", "definition": "of all output"}
    changed = {"unit": "% of the plan", "direction": "decrease", "definition": "of the output of large firms"}
    old, new = (
        program(
            "by = 2025; improve = true",
            unit=each["unit"],
            direction=each["direction"],
            indicator=f'definition = "{each["definition"]}"',
        )
        for each in (texts, texts | {key: changed[key]})
    )
    (found,) = softened.softenings(old, new)
    assert (found.fault.code, found.fault.loc) == ("redefined", ("indicators", "a", key))
    assert found.fault.message == f'the {key} was "{texts[key]}", and is "{changed[key]}"'


def test_a_definition_is_gone() -> None:
    """A definition taken out is said; one that is new is not."""
    without, with_one = (
        program("by = 2025; value = 45"),
        program("by = 2025; value = 45", indicator='definition = "of all output"'),
    )
    assert said(with_one, without) == ['the definition was "of all output", and is gone']
    assert said(without, with_one) == []


def test_a_unit_that_is_new() -> None:
    """An indicator that had no unit gets one."""
    old = load(aim("increase", "by = 2025; value = 45").replace('unit = "%"\n', "")).program
    assert codes(old, program("by = 2025; value = 45")) == []


# ---------------------------------------------------------------- figures

FIGURE = 'period = 2020; value = 6; source = "plan"'
TARGET = "by = 2025; value = 45"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FIGURE, 'period = 2020; value = 7; source = "plan"'),
        (FIGURE, 'period = 2020; value = 5.99; source = "plan"'),
        (FIGURE, 'period = 2020; range = [6, 7]; source = "plan"'),
        ('period = 2020; range = [6, 7]; source = "plan"', 'period = 2020; range = [6, 8]; source = "plan"'),
        (FIGURE, 'period = 2020; value = 6; approx = "over"; source = "plan"'),
        ('period = 2020; value = 6; approx = "about"; source = "plan"', FIGURE),
        ("period = 2020; value = 6", "period = 2020; value = 7"),
        ("period = 2020; value = 6", 'period = "2020-01/2020-12"; value = 7'),
        (
            'period = 2020; value = 6; disaggregation = { sector = "textile" }',
            'period = 2020; value = 7; disaggregation = { sector = "textile" }',
        ),
        (FIGURE, 'period = 2020; value = 7; source = "plan"; published = 2022-01-01'),
        (FIGURE, 'period = 2020; value = 7; source = "plan"; quality = "provisional"; note = "typing error"'),
    ],
)
def test_a_figure_is_changed_in_place(old: str, new: str) -> None:
    """Another number of the same source and period, where the old record is gone, is edited, whatever else the record says."""
    assert codes(program(TARGET, old), program(TARGET, new)) == ["figure-edited"]


def test_a_milestone_is_changed_in_place() -> None:
    """A yes that was a no is another figure."""
    old, new = (
        program("by = 2025; value = true", f"period = 2020; value = {value}", unit="yes/no")
        for value in ("false", "true")
    )
    assert said(old, new) == ["the figure no for 2020 (no source) was changed in place to yes"]


def test_the_sentence_of_a_changed_figure() -> None:
    """It says both, with period and source, at the record as it is now."""
    old = program(
        TARGET, "period = 2018; value = 4", 'period = "2019/2020"; value = 12345.60; approx = "about"; source = "plan"'
    )
    new = program(TARGET, 'period = "2019/2020"; range = [-1, 2]; source = "plan"', "period = 2018; value = 4")
    (found,) = softened.softenings(old, new)
    assert found.fault.loc == ("actuals", 0)
    assert said(old, new) == ["the figure about 12 345.60 for 2019–2020 (plan) was changed in place to -1 to 2"]


@pytest.mark.parametrize(
    "new",
    [
        'period = 2021; value = 6; source = "plan"',
        'period = 2020; value = 6; source = "decision"',
        "period = 2020; value = 6",
        'period = 2020; value = 6; source = "plan"; disaggregation = { sector = "textile" }',
    ],
)
def test_a_figure_of_something_else_does_not_stand_for_it(new: str) -> None:
    """The same number for another period, from another source or of a part leaves the old figure gone."""
    assert codes(program(TARGET, FIGURE), program(TARGET, new)) == ["figure-removed"]


def test_a_figure_is_gone() -> None:
    """A record taken out is said at its indicator."""
    old, new = program(TARGET, FIGURE, "period = 2021; value = 8"), program(TARGET, "period = 2021; value = 8")
    (found,) = softened.softenings(old, new)
    assert (found.fault.code, found.fault.loc) == ("figure-removed", ("indicators", "a"))
    assert said(old, new) == ["the figure 6 for 2020 (plan) of a is gone"]


def test_two_figures_gone_and_one_new() -> None:
    """Of two records of one source and period that went, one was changed, and one is gone."""
    old = program(TARGET, FIGURE, FIGURE.replace("6", "7"))
    assert codes(old, program(TARGET, FIGURE.replace("6", "8"))) == ["figure-edited", "figure-removed"]


def test_the_old_record_of_a_revision_is_gone() -> None:
    """A figure and its revision stand beside each other; the older taken out is gone, though it did not count any more."""
    old = program(TARGET, FIGURE, 'period = 2020; value = 7; source = "plan"; published = 2022-01-01')
    assert codes(old, program(TARGET, 'period = 2020; value = 7; source = "plan"; published = 2022-01-01')) == [
        "figure-removed"
    ]


def test_a_figure_recorded_twice_may_go_once() -> None:
    """Of two records that say the same, one may go: the figure is still there."""
    assert codes(program(TARGET, FIGURE, FIGURE), program(TARGET, FIGURE)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FIGURE, FIGURE.replace("6", "6.0")),
        (FIGURE, FIGURE.replace("2020", '"2020-01/2020-12"')),
        (FIGURE, f'{FIGURE}; quality = "provisional"'),
        (f'{FIGURE}; quality = "estimate"', FIGURE),
        (
            FIGURE,
            f'{FIGURE}; note = "read again"; quote = "six"; page = 3; published = 2021-05-01; recorded = 2022-01-01',
        ),
        (f"{FIGURE}; series_break = true", FIGURE),
    ],
)
def test_a_record_that_says_the_same_figure(old: str, new: str) -> None:
    """Quality, notes, quotes, pages, dates and another way of writing the number or period change no figure."""
    assert codes(program(TARGET, old), program(TARGET, new)) == []


def test_a_figure_that_is_marked_as_a_break() -> None:
    """A break cuts a series, and what was measured before it off: one that is marked later is told at the record."""
    old, new = program(TARGET, FIGURE), program(TARGET, f"{FIGURE}; series_break = true")
    (found,) = softened.softenings(old, new)
    assert (found.fault.code, found.fault.loc) == ("figure-edited", ("actuals", 0))
    assert said(old, new) == ["the figure 6 for 2020 (plan) was marked as a break of the series"]


@pytest.mark.parametrize(
    ("published", "found"),
    [("2020-12-31", []), ("2021-09-01", []), ("2023-01-01", ["figure-edited"]), ("2107-05-01", ["figure-edited"])],
)
def test_a_figure_that_is_published_later(published: str, found: list[str]) -> None:
    """A figure's day moved by more than a year takes it out of the tables; one that is dated nearer to its period does not."""
    old, new = (program(TARGET, f"{FIGURE}; published = {day}") for day in ("2021-05-01", published))
    assert codes(old, new) == found


def test_a_figure_that_is_not_published_yet() -> None:
    """A first day of a figure is no edit, but one that has not come."""
    old = program(TARGET, "period = 2015; value = 6")
    for day, found in ((2019, []), (2021, ["figure-edited"])):
        assert [
            each.fault.code
            for each in softened.softenings(
                old, program(TARGET, f"period = 2015; value = 6; published = {day}"), date(2020, 6, 1)
            )
        ] == found


@pytest.mark.parametrize(
    "more",
    [
        'period = 2020; value = 7; source = "plan"; published = 2022-01-01',
        'period = 2020; value = 9; source = "decision"',
        "period = 2021; value = 8",
        FIGURE,
    ],
)
def test_an_appended_figure(more: str) -> None:
    """A revision, a rival, a newer figure, or the same one again, behind the old record, takes nothing back."""
    old = program(TARGET, FIGURE)
    assert codes(old, program(TARGET, FIGURE, more)) == []
    assert codes(old, program(TARGET, more, FIGURE)) == []


def sourced(source: str, bound: int = 45, start: int = 10, figure: int = 6) -> Program:
    """A program all of which rests on the plan, under some id."""
    baseline = f'baseline = {{ period = 2010, value = {start}, source = "{source}" }}'
    target = f'by = 2025; value = {bound}; source = "{source}"; {baseline}'
    rest = f'[[promises]]; text = "Build a park"; source = "{source}"; [sources.{source}]; title = "The plan"; published = 2015'
    return program(target, f'period = 2020; value = {figure}; source = "{source}"', indicator=baseline, rest=rest)


def test_a_source_of_another_id() -> None:
    """A document that is renamed everywhere is the same document: it takes no figure away, and records no change."""
    assert codes(sourced("one"), sourced("other")) == []
    assert codes(sourced("one"), sourced("other", bound=40)) == ["lowered"]
    assert codes(sourced("one"), sourced("other", start=9)) == ["rebased", "rebased"]
    assert codes(sourced("one"), sourced("other", figure=7)) == ["figure-edited"]


# ---------------------------------------------------------------- what is recorded as a change, and what is no change

SET = 'by = 2025; value = 45; source = "plan"'


@pytest.mark.parametrize(
    "new",
    [
        f'{SET}{NEXT}by = 2025; value = 40; source = "decision"',
        f'by = 2025; value = 40; source = "decision"{NEXT}{SET}',
        f'{SET}{NEXT}by = 2025; value = 40; source = "decision"; set_on = 2020-03-01',
        f'{SET}{NEXT}by = 2025; improve = true; source = "decision"',
        'by = 2025; value = 40; source = "decision"',
        'by = 2025; improve = true; source = "decision"',
        'by = 2025; value = 40; source = "web"; set_on = 2020',
        f'{SET}{NEXT}by = 2030; value = 45; source = "decision"; replaces = 2025',
        f'{SET}{NEXT}by = 2030; value = 40; source = "decision"; replaces = 2025',
        'by = 2030; value = 45; source = "decision"',
        f'{SET}; withdrawn = 2020; document = "Decision 7"',
        f'{SET}; withdrawn = 2020; note = "the law of 2020 ended it"{NEXT}by = 2030; value = 20; source = "decision"',
    ],
)
def test_a_change_that_names_its_document(new: str) -> None:
    """A newer target with its own, later source, beside the old one or in its place, or an old one withdrawn, is how a change is recorded."""
    assert codes(program(SET), program(new)) == []


def test_a_first_source_records_the_change() -> None:
    """Where the old target had neither source nor date, a dated document is one made later."""
    assert codes(program("by = 2025; value = 45"), program('by = 2025; value = 40; source = "plan"')) == []


WHOLE = f"""targettrack = 1
[program]
name = "P"
[sources.plan]
title = "Plan"
published = 2015-01-01
[sources.decision]
title = "Decision"
[indicators.a]
name = "A"
unit = "%"
direction = "increase"
definition = "of all output"
{BASE}
[[indicators.a.targets]]
by = 2025
value = 45
source = "plan"
note = "as adopted"
[[indicators.a.targets]]
by = 2030
value = 60
source = "plan"
[indicators.b]
name = "B"
[[promises]]
text = "Do more"
[[actuals]]
indicator = "a"
period = 2020
value = 6
source = "plan"
[[actuals]]
indicator = "a"
period = 2021
value = 8
"""


def moved(text: str, *heads: str) -> str:
    """The text with the blocks that begin with these lines at its end, in this order."""
    for head in heads:
        start = text.index(head)
        end = text.find("\n[", start + 1) + 1 or len(text)
        text = text[:start] + text[end:] + text[start:end]
    return text


@pytest.mark.parametrize(
    "new",
    [
        WHOLE.replace("\n", "\r\n"),
        WHOLE.replace("by = 2025", "# a comment\nby = 2025  # another"),
        WHOLE.replace('title = "Plan"', 'title = "The plan, in full"\nurl = "https://example.org"'),
        WHOLE.replace('note = "as adopted"', 'note = "as adopted in May"\npage = 7\nquote = "45 per cent"'),
        WHOLE.replace('note = "as adopted"\n', ""),
        WHOLE.replace('name = "A"', 'name = "Alpha"\nnote = "renamed"\nresponsible = "the office"\nfrequency = "year"'),
        WHOLE.replace('name = "P"', 'name = "The program"\nplace = "Hà Nội"'),
        WHOLE.replace("value = 45", "value = 50"),
        WHOLE.replace("by = 2030\nvalue = 60", "by = 2030\nvalue = 61\nstrict = true"),
        WHOLE.replace('text = "Do more"', 'text = "Do more"\n[[promises]]\ntext = "Do even more"'),
        WHOLE.replace("[sources.decision]\n", '[sources.third]\ntitle = "Third"\n[sources.decision]\n'),
        WHOLE + '[[actuals]]\nindicator = "b"\nperiod = 2020\nvalue = 1\n',
        WHOLE.replace("published = 2015-01-01", "published = 2015-02-01"),
        moved(WHOLE, "[[promises]]", "[sources.plan]", "[indicators.b]"),
        moved(WHOLE, '[[actuals]]\nindicator = "a"\nperiod = 2020'),
        moved(WHOLE, "[[indicators.a.targets]]\nby = 2025"),
    ],
    ids=range(16),
)
def test_what_is_no_softening(new: str) -> None:
    """Order, line ends, comments, names, notes, titles, dates of sources, raised targets, and more of anything take nothing back."""
    assert new != WHOLE
    assert codes(load(WHOLE).program, load(new).program) == []


def test_every_code_is_one_that_is_listed() -> None:
    """All codes at once: each of them has its meaning, and each meaning is given by something."""
    old = load(
        WHOLE.replace('"P"', '"Old"')
        + '[[indicators.a.targets]]\nby = 2040\nvalue = 90\nsource = "plan"\n[[indicators.a.targets]]\nby = 2035\nvalue = 70\nsource = "decision"\n[[actuals]]\nindicator = "b"\nperiod = 2020\nvalue = 1\n'
    ).program
    new = (
        WHOLE.replace("value = 45", "value = 44").replace("by = 2030", "by = 2031").replace("value = 10", "value = 9").replace("of all output", "of output").replace("value = 6\n", "value = 7\n").replace('name = "A"', 'name = "A"\nlag = "18 months"')
        + '[[promises]]\ntext = "Rise by 2035"\nsource = "decision"\n'
    )  # fmt: skip
    assert set(codes(old, load(new).program)) == set(softened.MEANS) - {"not-compared"}


# ---------------------------------------------------------------- who did it


def history(*targets: str) -> list[Program]:
    """Versions of one program."""
    return [program(target) for target in targets]


def traced(versions: list[Program]) -> list[tuple[str, softened.Softening]]:
    """What was taken back, each with the numbers of the versions that did it, each made from the one before."""
    found = softened.traced(versions, [(), *((place,) for place in range(len(versions) - 1))])
    return [("; ".join(map(str, places)), softening) for places, softening in found]


def blame(versions: list[Program]) -> list[tuple[str, str]]:
    """Each code with the numbers of the versions that brought it."""
    return [(found.fault.code, places) for places, found in traced(versions)]


@pytest.mark.parametrize("place", range(1, 5))
def test_the_version_that_did_it(place: int) -> None:
    """Among several versions, the one that lowered the target is named."""
    bounds = [45] * place + [40] * (5 - place)
    assert blame(history(*(f"by = 2025; value = {bound}" for bound in bounds))) == [("lowered", str(place))]


def test_two_things_by_two_versions() -> None:
    """Each thing has its own version."""
    both = "by = 2025; value = {}" + NEXT + "by = 2030; value = {}"
    assert blame(history(both.format(45, 60), both.format(45, 55), both.format(45, 55), both.format(40, 55))) == [
        ("lowered", "3"),
        ("lowered", "1"),
    ]


def test_what_was_put_back_is_not_reported() -> None:
    """A target lowered and restored asks for what it asked for."""
    assert blame(history("by = 2025; value = 45", "by = 2025; value = 40", "by = 2025; value = 45")) == []


def test_what_was_put_back_and_done_again() -> None:
    """The version that did it last is named."""
    assert blame(history(*(f"by = 2025; value = {bound}" for bound in (45, 40, 45, 45, 40, 40)))) == [("lowered", "4")]


def test_a_figure_edited_twice() -> None:
    """The version that first changed the figure as it was is named; what it was changed to is what it is now."""
    versions = [program(TARGET, f"period = 2020; value = {value}") for value in (6, 6, 7, 8)]
    ((label, found),) = traced(versions)
    assert (label, found.fault.message) == ("2", "the figure 6 for 2020 (no source) was changed in place to 8")


def test_what_several_versions_did_together() -> None:
    """A target extended by one version, and its later form lowered or taken out by another, is gone: both are named."""
    assert blame(history("by = 2025; value = 45", "by = 2030; value = 45", "by = 2030; value = 40")) == [
        ("dropped", "1; 2")
    ]
    rest = "by = 2020; value = 1"
    assert blame(
        history(
            *(
                f"{rest}{more}"
                for more in (
                    f"{NEXT}by = 2025; value = 45",
                    f"{NEXT}by = 2030; value = 45",
                    f"{NEXT}by = 2030; value = 45",
                    "",
                )
            )
        )
    ) == [("dropped", "1; 3")]


def test_several_versions_that_lowered_in_turn() -> None:
    """Each version that made a target ask for less is named, and none that raised it."""
    assert blame(history(*(f"by = 2025; value = {bound}" for bound in (45, 43, 43, 40)))) == [("lowered", "1; 3")]
    assert blame(history(*(f"by = 2025; value = {bound}" for bound in (45, 43, 44, 40)))) == [("lowered", "1; 3")]


@pytest.mark.parametrize(
    ("code", "versions"),
    [
        ("dropped", [program("by = 2020; value = 1" + NEXT + TARGET)] * 2 + [program(TARGET)] * 2),
        ("extended", [program(TARGET)] * 2 + [program("by = 2030; value = 45")] * 2),
        (
            "into-words",
            [program("by = 2020; value = 1" + NEXT + TARGET)] * 2
            + [program(TARGET, rest='[[promises]]; text = "W"')] * 2,
        ),
        (
            "rebased",
            [program(TARGET, indicator=BASE)] * 2 + [program(TARGET, indicator=BASE.replace("10 }", "9 }"))] * 2,
        ),
        ("redefined", [program(TARGET)] * 2 + [program(TARGET, unit="% of")] * 2),
        ("figure-removed", [program(TARGET, FIGURE)] * 2 + [program(TARGET)] * 2),
    ],
)
def test_the_version_of_every_code(code: str, versions: list[Program]) -> None:
    """Whatever was softened, the version that did it is named."""
    assert blame(versions) == [(code, "2")]


def test_one_version_softens_nothing() -> None:
    """A program that has no older version took nothing back."""
    assert blame(history("by = 2025; value = 45")) == []


# ---------------------------------------------------------------- laws

NUMBERS = st.integers(-60, 60).map(lambda quarters: Decimal(quarters) / 4)
SHAPES: st.SearchStrategy[Table] = st.one_of(
    NUMBERS.map(lambda value: {"value": value}),
    st.tuples(NUMBERS, NUMBERS).map(lambda ends: {"range": sorted(ends)}),
    st.sampled_from([1, 2]).map(lambda times: {"times_baseline": times}),
    st.just({"improve": True}),
)
TIMES: st.SearchStrategy[Table] = st.one_of(
    st.integers(2020, 2023).map(lambda year: {"by": year}),
    st.sampled_from([{"every": "year"}, {}, {"by": "2020/2022", "aggregate": "last"}]),
)
MADE: st.SearchStrategy[Table] = st.sampled_from(
    [
        {},
        {},
        {"source": "plan"},
        {"source": "decision"},
        {"set_on": 2018},
        {"set_on": 2019, "source": "plan"},
        {"standing": "proposed"},
        {"withdrawn": 2019},
    ]
)
PARTS: st.SearchStrategy[Table] = st.sampled_from([{}, {}, {"disaggregation": {"sector": "textile"}}])
TARGETS: st.SearchStrategy[Table] = st.tuples(SHAPES, TIMES, MADE, PARTS).map(
    lambda parts: parts[0] | parts[1] | parts[2] | parts[3]
)
FIGURES: st.SearchStrategy[Table] = st.one_of(
    NUMBERS.map(lambda value: {"value": value}), st.tuples(NUMBERS, NUMBERS).map(lambda ends: {"range": sorted(ends)})
)
ACTUALS: st.SearchStrategy[Table] = st.tuples(
    FIGURES, st.integers(2018, 2020), st.sampled_from([{}, {"source": "plan"}, {"source": "decision"}]), PARTS
).map(lambda parts: {"indicator": "a", **parts[0], "period": parts[1], **parts[2], **parts[3]})


@st.composite
def documents(draw: st.DrawFn) -> Table:
    """A program with one indicator, some targets, promises and figures."""
    indicator: Table = {
        "name": "A",
        "unit": "%",
        "direction": draw(st.sampled_from(["increase", "decrease", "maintain"])),
        "targets": draw(st.lists(TARGETS, max_size=4)),
    }
    if draw(st.booleans()):
        indicator["baseline"] = {"period": 2010, "value": draw(NUMBERS)}
    sources = {
        "plan": {"title": "Plan", "published": 2015},
        "decision": {"title": "Decision", "published": 2019},
        "law": {"title": "Law", "published": 2019},
    }
    promises = draw(
        st.lists(st.sampled_from([{"text": "Do more"}, {"text": "Do better", "source": "plan"}]), max_size=2)
    )
    return {
        "targettrack": 1,
        "program": {"name": "P"},
        "sources": sources,
        "indicators": {"a": indicator},
        "promises": promises,
        "actuals": draw(st.lists(ACTUALS, max_size=5)),
    }


def understood(document: Table) -> Program:
    """The program of a document; one whose parts contradict each other is passed over."""
    found, parts, faults = reading.read(document)
    assert found is not None, faults
    assume(not list(consistency.between(parts)))
    return Program("p", "p.toml", found)


def with_targets(document: Table, targets: list[Table]) -> Table:
    """The document with other targets."""
    return document | {"indicators": {"a": document["indicators"]["a"] | {"targets": targets}}}


@given(documents())
def test_nothing_softens_itself(document: Table) -> None:
    """A program took nothing back since itself."""
    assert codes(understood(document), understood(document)) == []


@given(
    documents(),
    st.lists(
        TARGETS.map(
            lambda target: (
                {name: value for name, value in target.items() if name != "withdrawn"}
                | {"source": "law", "set_on": "2019-06"}
            )
        ),
        max_size=1,
    ),
    st.lists(ACTUALS, max_size=3),
    st.sampled_from([[], [{"text": "Do other things"}]]),
)
def test_nothing_that_is_added_softens(
    document: Table, targets: list[Table], actuals: list[Table], promises: list[Table]
) -> None:
    """Figures, targets of a later document (superseding ones among them) and words added to a program take nothing back."""
    more = with_targets(document, [*document["indicators"]["a"]["targets"], *targets])
    more = more | {"actuals": [*document["actuals"], *actuals], "promises": [*document["promises"], *promises]}
    assert codes(understood(document), understood(more)) == []


@given(documents(), st.randoms())
def test_order_softens_nothing(document: Table, chance: Any) -> None:
    """Targets, figures and words in another order are the same."""
    targets = document["indicators"]["a"]["targets"]
    other = with_targets(document, chance.sample(targets, len(targets)))
    other |= {name: chance.sample(document[name], len(document[name])) for name in ("actuals", "promises")}
    assert codes(understood(document), understood(other)) == []


@given(documents().filter(lambda document: document["indicators"]["a"]["targets"]), st.integers(0, 3))
def test_a_target_taken_out_is_always_said(document: Table, place: int) -> None:
    """Whichever target is taken out, it is said once, as gone."""
    targets = document["indicators"]["a"]["targets"]
    less = with_targets(document, [target for other, target in enumerate(targets) if other != place % len(targets)])
    assert codes(understood(document), understood(less)) == ["dropped"]


@given(documents().filter(lambda document: document["actuals"]), st.integers(0, 4))
def test_a_figure_taken_out_is_always_said(document: Table, place: int) -> None:
    """Whichever figure is taken out, it is said once, as gone; unless the same record stands there again."""
    actuals = document["actuals"]
    rest = [actual for other, actual in enumerate(actuals) if other != place % len(actuals)]
    assert codes(understood(document), understood(document | {"actuals": rest})) == (
        [] if actuals[place % len(actuals)] in rest else ["figure-removed"]
    )


@given(documents(), documents())
def test_softer_one_way_at_most(one: Table, other: Table) -> None:
    """Of two single values of one promise the lower one was lowered, and not the other way round too, where more or less is better."""
    one = one | {
        "indicators": {
            "a": one["indicators"]["a"]
            | {"direction": one["indicators"]["a"]["direction"].replace("maintain", "increase")}
        }
    }
    pair = [with_targets(one, document["indicators"]["a"]["targets"][:1]) for document in (one, other)]
    there, back = codes(*map(understood, pair)), codes(*map(understood, reversed(pair)))
    if "lowered" in there and all(
        "range" not in target and "times_baseline" not in target
        for document in pair
        for target in document["indicators"]["a"]["targets"]
    ):
        assert "lowered" not in back


def negated(document: Table) -> Table:
    """The document with every number negated, and more turned into less."""

    def turned(table: Table) -> Table:
        return (
            table
            | {key: -table[key] for key in ("value",) if key in table}
            | {key: sorted(-end for end in table[key]) for key in ("range",) if key in table}
        )

    indicator = turned(document["indicators"]["a"]) | {
        "targets": [turned(target) for target in document["indicators"]["a"]["targets"]]
    }
    indicator |= {
        "direction": {"increase": "decrease", "decrease": "increase"}.get(
            indicator["direction"], indicator["direction"]
        )
    }
    indicator |= {"baseline": turned(indicator["baseline"])} if "baseline" in indicator else {}
    return document | {"indicators": {"a": indicator}, "actuals": [turned(actual) for actual in document["actuals"]]}


@given(documents(), documents())
def test_more_of_a_good_is_less_of_a_bad(one: Table, other: Table) -> None:
    """With all numbers negated, and increase turned into decrease, the same is softer."""
    other = other | {"indicators": {"a": other["indicators"]["a"] | {"direction": one["indicators"]["a"]["direction"]}}}
    assert sorted(codes(understood(one), understood(other))) == sorted(
        codes(understood(negated(one)), understood(negated(other)))
    )


@given(documents(), documents())
def test_one_step_is_blamed_on_itself(one: Table, other: Table) -> None:
    """Of two versions the second did it all."""
    pair = [understood(one), understood(other)]
    assert blame(pair) == [(code, "1") for code in codes(*pair)]


@given(documents(), documents(), documents())
def test_only_what_is_softer_in_the_end_is_blamed(one: Table, two: Table, three: Table) -> None:
    """Versions in between add nothing to what is said of the oldest and the newest."""
    versions = [understood(document) for document in (one, two, three)]
    assert [code for code, _ in blame(versions)] == codes(versions[0], versions[2])


# ---------------------------------------------------------------- standing, day and words


def test_adopted_and_now_proposed() -> None:
    """What was adopted is not made a draft in silence; a draft that is adopted is no less."""
    adopted, draft = (
        program(f'by = 2025; value = 45; standing = "{standing}"') for standing in ("adopted", "proposed")
    )
    assert said(adopted, draft) == ["the target ≥ 45 % by 2025 was adopted, and is now only proposed"]
    assert codes(draft, adopted) == []


def test_set_on_another_day() -> None:
    """A target that is said to be set later is in no table before that day; earlier is no less."""
    early, late = (program(f"by = 2025; value = 45; set_on = {day}") for day in ("2016-01-01", "2027-01-01"))
    assert said(early, late) == ["the target ≥ 45 % by 2025 was set on 2016-01-01, now on 2027-01-01"]
    assert codes(early, late) == ["extended"]
    assert codes(late, early) == []


def test_due_sooner() -> None:
    """The same by an earlier day is no less."""
    assert codes(program("by = 2025; value = 45"), program("by = 2023; value = 45")) == []


WORDS = '[[promises]]; text = "Build a park"; source = "plan"'


def test_words_that_are_gone() -> None:
    """A promise in words that is gone is told, unless a new target of its source says it in a number."""
    old, gone = bare(rest=WORDS.replace("; ", "\n")), bare()
    assert said(old, gone) == ["the promise “Build a park” is gone"]
    assert codes(old, gone) == ["dropped"]
    assert codes(gone, old) == []
    assert codes(old, program('by = 2025; value = 45; source = "plan"')) == []
    assert codes(old, program('by = 2025; value = 45; source = "decision"')) == ["dropped"]


def test_words_that_a_number_of_another_day_follows() -> None:
    """A target stands for a promise in words only if it is due on the same day, where the words have one."""
    old = bare(rest=WORDS.replace("; ", "\n") + "\nby = 2020\n")
    assert codes(old, program('by = 2020; value = 45; source = "plan"')) == []
    assert codes(old, program('by = 2030; value = 45; source = "plan"')) == ["dropped"]
    assert codes(old, program('value = 45; source = "plan"')) == ["dropped"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("by = 2025", "by = 2030", ["the promise “Build a park” is now due 2030"]),
        ("by = 2025", "", ["the promise “Build a park” has no deadline any more"]),
        ("", 'standing = "proposed"', ["the promise “Build a park” was adopted, and is now only proposed"]),
        ("set_on = 2016", "set_on = 2019", ["the promise “Build a park” was set on 2016, now on 2019"]),
        ("", "withdrawn = 2020", ["the promise “Build a park” was withdrawn on 2020"]),
        ("", 'withdrawn = 2020; note = "by Decision 7"', []),
        ("by = 2030", "by = 2025", []),
        ("", "by = 2030", []),
        ('standing = "proposed"', "", []),
    ],
)
def test_words_that_are_less(old: str, new: str, found: list[str]) -> None:
    """A promise in words that is due later, a draft again, set later or withdrawn without a word is told; more of it is not."""
    one, other = (program(TARGET, rest=f"{WORDS}; {more}") for more in (old, new))
    assert said(one, other) == found


def test_words_of_a_later_document() -> None:
    """A promise in words that a later document put off is no softening."""
    old = program(TARGET, rest=f"{WORDS}; by = 2025")
    assert codes(old, program(TARGET, rest=f"{WORDS}; by = 2030".replace("plan", "decision"))) == []


def test_other_words() -> None:
    """A promise whose words were changed is told at the one that took its place."""
    old, new = (
        program(TARGET, rest=f'[[promises]]; text = "Plant trees"; {WORDS.replace("Build a", words)}')
        for words in ("Build a large", "Build a")
    )
    (found,) = softened.softenings(old, new)
    assert (found.fault.code, found.fault.loc) == ("dropped", ("promises", 1, "text"))
    assert found.fault.message == "the promise “Build a large park” now reads “Build a park”"


def test_no_deadline_any_more() -> None:
    """A deadline that was taken away is told as that."""
    assert said(program("by = 2025; value = 45"), program("value = 45")) == [
        "the target ≥ 45 % by 2025 has no deadline any more"
    ]
    assert said(program("by = 2025; value = 45"), program('every = "year"; value = 45')) == [
        "the target ≥ 45 % by 2025 is now due yearly"
    ]


@given(documents(), documents())
def test_what_is_told_apart_does_not_depend_on_the_language(one: Table, other: Table) -> None:
    """The same is softer, at the same places, whatever language it is said in."""
    old, new = understood(one), understood(other)
    with language.spoken(OTHER):
        foreign = list(softened.softenings(old, new))
    english = list(softened.softenings(old, new))
    assert [(found.key, found.became, found.fault.loc, found.fault.code) for found in foreign] == [
        (found.key, found.became, found.fault.loc, found.fault.code) for found in english
    ]


OTHER = catalogues.language(
    "xx",
    {
        "the target {target}": "{target}!",
        "the figure {figure}": "{figure}!",
        "{target} by {deadline}": "{deadline}: {target}",
        ("decimal mark", "."): ",",
    },
)
"""A language that says some things otherwise."""
