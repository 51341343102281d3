"""Asks: one rule says whether a promise asks for less than it did, and whatever command tells of it says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from support import LINEAR, aim, load
from targettrack.assessment.bounds import Asks, Bound, asks
from targettrack.assessment.promises import Version, bound_of, hardest, in_force
from targettrack.assessment.promises import asks as version_asks
from targettrack.assessment.report import program_rows
from targettrack.assessment.row import Row
from targettrack.pages.check import softened
from targettrack.pages.check.weaknesses import Case, promised
from targettrack.program import consistency, reading
from targettrack.program.model import Direction, Program
from targettrack.revisions.changes import changes
from targettrack.wording import versions

Table = dict[str, Any]

ON = date(2022, 1, 1)
HALVES = st.integers(0, 8).map(lambda halves: Decimal(halves) / 2)
DIRECTIONS: st.SearchStrategy[Direction] = st.sampled_from(["increase", "decrease", "maintain"])
FIGURES = [Decimal(eighths) / 8 for eighths in range(-8, 48)]
"""Below, at, between and above all ends that are drawn."""


# ---------------------------------------------------------------- the rule


def bound(direction: Direction, one: Decimal, other: Decimal, *, strict: bool) -> Bound:
    """The bound between two numbers."""
    low, high = sorted((one, other))
    return Bound(direction, high, low, strict) if direction == "decrease" else Bound(direction, low, high, strict)


@st.composite
def pairs(draw: st.DrawFn, count: int = 2) -> tuple[Bound, ...]:
    """Bounds of one direction, each of which something satisfies."""
    direction = draw(DIRECTIONS)
    found = tuple(bound(direction, draw(HALVES), draw(HALVES), strict=draw(st.booleans())) for _ in range(count))
    assume(all(direction != "maintain" or not each.strict or each.weak != each.strong for each in found))
    return found


def kept_by(of: Bound) -> set[Decimal]:
    """The figures that satisfy a bound."""
    return {figure for figure in FIGURES if of.holds(figure)}


@settings(max_examples=500)
@given(pairs())
def test_what_more_figures_satisfy_asks_for_less(pair: tuple[Bound, Bound]) -> None:
    """More figures keep what asks for less at the end that decides, and fewer what asks for more; where they are the same figures, the ambition tells."""
    old, new = pair
    was, now = kept_by(old), kept_by(new)
    if now > was:
        assert asks(new, old) == "less"
    elif now < was:
        ambition = (new.strong - old.strong) * (-1 if new.direction == "decrease" else 1)
        assert asks(new, old) == ("other" if new.direction != "maintain" and ambition < 0 else "more")
    elif now != was:
        assert asks(new, old) == "other"
    elif new.direction == "maintain" or new.strong == old.strong:
        assert asks(new, old) == "same"
    else:
        assert asks(new, old) == ("more" if (new.strong > old.strong) is (new.direction == "increase") else "less")


@given(pairs(3))
def test_the_rule_is_an_order(three: tuple[Bound, Bound, Bound]) -> None:
    """What asks for more than another is asked for less by that; what asks for more than what asks for more does so itself; and nothing asks for more than itself."""
    one, two, third = three
    assert asks(one, one) == "same"
    if asks(two, one) == "more":
        assert asks(one, two) == "less"
        if asks(third, two) == "more":
            assert asks(third, one) == "more"


def test_another_direction_or_unit_is_another_promise() -> None:
    """What goes the other way, or is counted otherwise, is neither more nor less; a unit that was not said before is no other one."""
    old = Bound("increase", Decimal(4), Decimal(4), unit="t")
    assert asks(Bound("decrease", Decimal(4), Decimal(4), unit="t"), old) == "other"
    assert asks(replace(old, unit="kg"), old) == asks(replace(old, unit=None), old) == "other"
    assert asks(old, replace(old, unit=None)) == "same"


NUMBERLESS: list[tuple[str, str, Asks, Asks]] = [
    ("value = 4", "improve = true", "less", "more"),
    ("value = 4", "undetermined = true", "less", "more"),
    ("improve = true", "undetermined = true", "less", "more"),
    ("undetermined = true", "undetermined = true", "same", "same"),
    ("improve = true", "improve = true", "same", "same"),
    ("times_baseline = 2", "improve = true", "less", "more"),
    ("times_baseline = 2", "times_baseline = 1.5", "less", "more"),
    ("times_baseline = [2, 3]", "times_baseline = [1.5, 4]", "less", "other"),
    ("times_baseline = 2; strict = true", "times_baseline = 2", "less", "more"),
    ("times_baseline = 2", "times_baseline = 2", "same", "same"),
    ("times_baseline = 2", "value = 4", "other", "other"),
    (
        "times_baseline = 2",
        "times_baseline = 1.5; baseline = { period = 2015, value = 3, published = 2030-01-01 }",
        "other",
        "other",
    ),
    ("times_baseline = 2", "times_baseline = 1.5; baseline = { period = 2015, value = 3 }", "other", "other"),
    ("value = 4", "value = 3; series_break = true", "other", "more"),
    ("value = 4; series_break = true", "value = 3; series_break = true", "less", "more"),
]
"""Two versions of a target, the baseline of whose indicator is not known yet; what the second asks for beside the first, and the first beside the second."""


@pytest.mark.parametrize(("old", "new", "asked", "back"), NUMBERLESS)
def test_what_has_no_number(old: str, new: str, asked: Asks, back: Asks) -> None:
    """Less than a number is any progress, and less than that a number to be set; multiples of one unknown baseline are compared; where a break of the series came, nothing is."""
    text = aim(
        "increase",
        f"by = 2020; set_on = 2016; {old}; [[indicators.a.targets]]; by = 2020; set_on = 2018; {new}",
        indicator="baseline = { period = 2015, value = 2, published = 2030-01-01 }",
    )
    (promise,) = in_force(load(text).program, load(text).program.indicators["a"], ON)
    before, after = promise.in_order
    assert version_asks(after, before, "increase") == asked
    assert version_asks(before, after, "increase") == back


def test_a_milestone_is_no_number() -> None:
    """A yes asks for the same as a yes, and is something else than a number, or any progress."""
    found = []
    for unit, direction, target in (
        ("yes/no", None, "value = true"),
        ("t", "increase", "value = 4"),
        ("t", "increase", "improve = true"),
    ):
        indicator = load(aim(direction or "increase", target, unit=unit)).program.indicators["a"]
        found.append(Version(0, indicator.targets[0], bound_of(indicator, indicator.targets[0], {}, ON)))
    yes, *others = found
    assert version_asks(yes, yes, None) == "same"
    assert {version_asks(*pair, "increase") for other in others for pair in ((yes, other), (other, yes))} == {"other"}


def test_of_several_the_one_that_asks_for_most() -> None:
    """The first of those that ask for most."""
    indicator = load(
        aim(
            "decrease",
            "; [[indicators.a.targets]]; ".join(
                f"by = 2020; set_on = {2010 + place}; value = {value}" for place, value in enumerate((5, 3, 4, 3))
            ),
        )
    ).program.indicators["a"]
    found = [
        Version(place, target, bound_of(indicator, target, {}, ON)) for place, target in enumerate(indicator.targets)
    ]
    assert hardest(found, "decrease") is found[1]


# ---------------------------------------------------------------- every command says the same

SOURCES: Table = {
    "law": {"title": "Law", "published": date(2016, 1, 1)},
    "decision": {"title": "Decision", "published": date(2018, 1, 1)},
}


@st.composite
def targets(draw: st.DrawFn, direction: Direction) -> Table:
    """What a target asks for: mostly numbers."""
    shape = draw(
        st.sampled_from(["value", "value", "range", "range", "range", "times_baseline", "improve", "undetermined"])
    )
    if shape in {"improve", "undetermined"} and not (shape == "improve" and direction == "maintain"):
        return {shape: True}
    one, other = draw(HALVES), draw(HALVES)
    asked: Table = (
        {"times_baseline": sorted((one + 1, other + 1))}
        if shape == "times_baseline"
        else {"range": sorted((one, other))}
        if shape == "range"
        else {"value": one}
    )
    strict = draw(st.booleans()) and (direction != "maintain" or (shape == "range" and one != other))
    return asked | ({"strict": True} if strict else {})


PROMISED = DIRECTIONS.flatmap(lambda direction: st.tuples(st.just(direction), targets(direction), targets(direction)))


def program(direction: Direction, asked: list[Table]) -> Program:
    """A program with a target in one version, or in two by two documents, and a figure for the year in which it is due."""
    said = [{"by": 2020, "source": source, **each} for each, source in zip(asked, SOURCES, strict=False)]
    indicator = {
        "name": "A",
        "unit": "t",
        "direction": direction,
        "baseline": {"period": 2015, "value": 2},
        "targets": said,
    }
    document, parts, faults = reading.read(
        {
            "targettrack": 1,
            "program": {"name": "P"},
            "sources": SOURCES,
            "indicators": {"a": indicator},
            "actuals": [{"indicator": "a", "period": 2020, "value": 0}],
        }
    )
    assert document is not None
    assert not [*faults, *consistency.between(parts)]
    return Program("p", "p.toml", document)


DONE: Mapping[str, Asks] = {
    "target lowered": "less", "target eased": "less", "target raised": "more", "target tightened": "more", "target restated": "same", "target redefined": "other",
}  # fmt: skip
KINDS: Mapping[tuple[str, ...], Asks] = {
    ("lowered",): "less",
    ("raised",): "more",
    ("restated",): "same",
    ("redefined",): "other",
}


def shown(revised: Program) -> Asks:
    """What ``show`` says that the newer version did."""
    (promise,) = in_force(revised, revised.indicators["a"], ON)
    *_, last = versions.steps(revised, revised.indicators["a"], promise)
    return DONE[last.done]


def changed(old: Program, new: Program) -> Asks:
    """What ``changes`` says of a target that was edited."""
    found = list(changes(old, new))
    return KINDS[found[0].kinds] if found else "same"


def warned(revised: Program) -> bool:
    """Whether ``check`` warns that a promise asks for less than the one whose place it took."""
    (check,) = (each for each in promised.CHECKS if each.code == "asks-less")
    return any(check.faults(Case(revised, ON, LINEAR)))


def held(revised: Program) -> Row | None:
    """The row of two versions with a figure by which the newer one is kept and the older one is not, if there is one."""
    (promise,) = in_force(revised, revised.indicators["a"], ON)
    old, new = (version.bound for version in promise.in_order)
    for figure in [
        each for each in FIGURES if (new is None or new.holds(each)) and (old is None or not old.holds(each))
    ][::20]:
        document = replace(
            revised.document, actuals=tuple(replace(each, value=figure) for each in revised.document.actuals)
        )
        (row,) = program_rows(replace(revised, document=document), ON, LINEAR)
        if row.other and row.status in versions.KEPT and row.other.status not in versions.KEPT:
            return row
    return None


def quoted(row: Row, direction: Direction) -> tuple[bool, bool]:
    """Whether ``status`` says that a row is kept only because less is asked, or because something else is."""
    clause = versions.clause(row, "met", "missed")
    return (" was lowered to " if direction == "increase" else " was eased to ") in clause, " was changed to " in clause


@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(PROMISED)
@example(("decrease", {"value": Decimal("4.5"), "strict": True}, {"value": Decimal("4.5")}))
@example(("increase", {"range": [Decimal(3), Decimal("3.5")]}, {"range": [Decimal("2.8"), Decimal(4)]}))
@example(("increase", {"range": [Decimal(3), Decimal("3.5")]}, {"range": [Decimal("3.2"), Decimal("3.3")]}))
def test_every_command_says_the_same(said: tuple[Direction, Table, Table]) -> None:
    """Of two versions of a target ``show``, ``changes``, ``check --since``, ``check`` and ``status`` say alike whether the newer one asks for less.

    What is kept by the newer one alone asks for less of a number, or for something else.
    """
    direction, was, now = said
    old, new, revised = program(direction, [was]), program(direction, [now]), program(direction, [was, now])
    asked = shown(revised)
    assert changed(old, new) == asked
    assert [found.fault.code for found in softened.softenings(old, new)] == {
        "less": ["lowered"],
        "other": ["redefined"],
    }.get(asked, [])
    assert warned(revised) is (asked == "less")
    row = held(revised)
    if row is not None:
        assert quoted(row, direction) == (asked == "less", asked != "less")
        assert asked in {"less", "other"} or {"improve", "undetermined"} & was.keys()


def test_no_step_is_too_small() -> None:
    """All digits count."""
    old = Bound("increase", Decimal(4), Decimal(4))
    assert asks(replace(old, weak=Decimal(f"3.{'9' * 40}")), old) == "less"


@pytest.mark.parametrize(
    ("direction", "near", "far", "found"),
    [
        ("increase", "range = [30, 35]", "range = [30, 33]", True),
        ("increase", "range = [30, 35]", "range = [28, 40]", True),
        ("increase", "range = [30, 35]", "range = [32, 33]", False),
        ("decrease", "value = 4.5; strict = true", "value = 4.5", True),
        ("decrease", "value = 4.5", "value = 4.5; strict = true", False),
        ("maintain", "range = [30, 35]", "range = [28, 40]", False),
        ("increase", "value = 30", "undetermined = true", False),
    ],
)
def test_a_later_target_that_asks_for_less(direction: Direction, near: str, far: str, found: bool) -> None:
    """The same rule is asked of two targets, the later of which is a step on the same way; a level to maintain is no way, and a number to be set is none yet."""
    (check,) = (each for each in promised.CHECKS if each.code == "interim-beyond")
    text = aim(direction, f"by = 2025; {near}; [[indicators.a.targets]]; by = 2030; {far}")
    assert any(check.faults(Case(load(text).program, ON, LINEAR))) is found
