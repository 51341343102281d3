"""Explain: whoever repeats the working with a calculator gets the numbers, the status and the verdicts; and what is assumed is written nowhere."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import catalogues
import targettrack
from support import HERE, aim, load, process, run, tries
from targettrack import cli, language, period, registry
from targettrack.assessment import methods, report
from targettrack.assessment.pace import PACE
from targettrack.cli import _programs
from targettrack.errors import TargettrackError
from targettrack.formats import _json_text, markdown, table
from targettrack.formats import json as json_format
from targettrack.formats._look import Look
from targettrack.pages import contract
from targettrack.pages import explain as explaining
from targettrack.pages.explain import working
from targettrack.pages.methods import Rule
from targettrack.program.model import Actual, Program
from targettrack.store import load as loading
from targettrack.wording import steps as step_texts
from terminal import on_terminal

if TYPE_CHECKING:
    from targettrack.assessment.row import Row
    from targettrack.assessment.verdict import Step
    from targettrack.pages.explain import Explained, Explanation
    from targettrack.period import Period
    from targettrack.program.shelf import Loaded
    from targettrack.wording.steps import Line

GOLDEN = HERE / "golden" / "explain"
DAY = "2026-11-22"
KEPT = {"met", "met_late", "exceeded"}
RULES = _programs.rules()
LAW = tries(100)
Table = dict[str, Any]


# ---------------------------------------------------------------- a calculator


@dataclass(frozen=True)
class Reach:
    """The numbers that a text may stand for, when what is printed in it is rounded; both ends are of them."""

    low: Fraction
    high: Fraction

    def has(self, value: Fraction, slack: Fraction) -> bool:
        """Whether a number is one of them, or no further off than ``slack``."""
        return self.low - slack <= value <= self.high + slack


ROOTS = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
DIGITS_SHOWN = Fraction(5, 10**6)
"""How far a number of six digits may be from what it is rounded from, as a share of it."""


class Calculator:
    """``+ - * / ^ | | ( )`` on the numbers of one line; those in ``rounded`` may each be what rounds to them."""

    def __init__(self, text: str, rounded: frozenset[Fraction] = frozenset()) -> None:
        bare = text.replace("\u00a0", "").replace(" ", "")
        self.tokens: list[str] = re.findall(r"\d+(?:\.\d+)?|[-+*/^()|]", bare)
        assert "".join(self.tokens) == bare, f"a pocket calculator has no key for {text}"
        self.rounded = rounded
        self.at = 0

    def result(self) -> Reach:
        found = self._sum()
        assert self.at == len(self.tokens), self.tokens
        return found

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _sum(self) -> Reach:
        found = self._product()
        while self._next() in {"+", "-"}:
            plus, other = self._take() == "+", self._product()
            found = (
                Reach(found.low + other.low, found.high + other.high)
                if plus
                else Reach(found.low - other.high, found.high - other.low)
            )
        return found

    def _product(self) -> Reach:
        found = self._signed()
        while self._next() in {"*", "/"}:
            times, other = self._take() == "*", self._signed()
            assert times or not other.low <= 0 <= other.high, "a division by what may be 0"
            found = _over(
                one * two if times else one / two for one in (found.low, found.high) for two in (other.low, other.high)
            )
        return found

    def _signed(self) -> Reach:
        if self._next() == "-":
            self._take()
            found = self._signed()
            return Reach(-found.high, -found.low)
        base = self._atom()
        if self._next() != "^":
            return base
        self._take()
        exponent = self._atom()
        return _over(_power(one, two) for one in (base.low, base.high) for two in (exponent.low, exponent.high))

    def _atom(self) -> Reach:
        sign = self._take()
        if sign in {"(", "|"}:
            inner = self._sum()
            assert self._take() == {"(": ")", "|": "|"}[sign]
            return (
                inner
                if sign == "("
                else _over(map(abs, (inner.low, inner.high, *([Fraction(0)] if inner.low * inner.high < 0 else []))))
            )
        value = Fraction(sign)
        slack = value * DIGITS_SHOWN if value in self.rounded else Fraction(0)
        return Reach(value - slack, value + slack)


def _over(values: Iterable[Fraction]) -> Reach:
    found = list(values)
    return Reach(min(found), max(found))


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    assert base >= 0, "a root of what is below 0"
    if base == 0 or (exponent.denominator == 1 and abs(exponent) < 50):
        return base ** int(exponent) if exponent.denominator == 1 else Fraction(0)
    return Fraction(ROOTS.power(_decimal(base), _decimal(exponent)))


def _decimal(value: Fraction) -> Decimal:
    return ROOTS.divide(Decimal(value.numerator), Decimal(value.denominator))


def plain(text: str) -> Fraction:
    """A number as it is printed."""
    return Fraction(text.replace("\u00a0", ""))


@pytest.mark.parametrize(
    ("text", "value"),
    [("74 - 85", "-11"), ("(12.4 + 11 + 14.9) / 3", "383/30"), ("(-1) * 0.5 / |(-0.25)|", "-2"), ("-|2 / 4|", "-1/2"), ("(1.21 / 1) ^ (1 / 0.5) - 1", "0.4641"), ("1 - 0 / (-1.5)", "1"), ("12\u00a0345.5 * 2", "24691")],
)  # fmt: skip
def test_the_calculator_calculates(text: str, value: str) -> None:
    """What checks the workings is itself right."""
    assert Calculator(text).result() == Reach(Fraction(value), Fraction(value))
    root = Calculator("(1.331 / 1) ^ (1 / 3) - 1").result()
    assert abs(root.low - Fraction(1, 10)) < Fraction(1, 10**50)


# ---------------------------------------------------------------- programs

TENTHS = st.integers(-300, 300).map(lambda tenths: Decimal(tenths) / 10)
QUARTERS = st.integers(1, 400).map(lambda quarters: Decimal(quarters) / 4)
LONG = st.integers(10**6, 10**8).map(lambda thousandths: Decimal(thousandths) / 1000)
TINY = st.integers(1, 10**6).map(lambda billionths: Decimal(billionths) / 10**9)
DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))
SOURCES = {
    "a": {"title": "A", "publisher": "P", "published": date(2023, 6, 1)},
    "b": {"title": "B", "publisher": "Q"},
    "c": {"title": "C"},
}
TIMES = [Decimal("0.5"), Decimal(2), [Decimal("0.8"), Decimal("0.85")], Decimal("1.1")]


def rarely(value: Any, of: int = 6) -> st.SearchStrategy[Any]:
    """A value, or mostly none."""
    return st.sampled_from([None] * of + [value])


def stated(**keys: Any) -> Table:
    """The keys that have a value."""
    return {key: value for key, value in keys.items() if value is not None}


@st.composite
def targets(draw: st.DrawFn, numbers: st.SearchStrategy[Decimal], direction: str, *, based: bool) -> Table:
    """A target of any shape and time that goes with the direction, and with a baseline or without."""
    shape = draw(
        st.sampled_from(["value", "value", "range", *(["times"] * based), *(["improve"] * (direction != "maintain"))])
    )
    ends = sorted(draw(st.lists(numbers, min_size=2, max_size=2)))
    bounds: dict[str, Table] = {
        "value": {"value": ends[0]},
        "range": {"range": ends},
        "times": {"times_baseline": draw(st.sampled_from(TIMES))},
        "improve": {"improve": True},
    }
    due, when = (
        draw(st.integers(2014, 2032)),
        draw(st.sampled_from(["by", "by", "by", "by", "window", "window", "every", "never"])),
    )
    times: dict[str, Table] = {
        "by": {"by": draw(st.sampled_from([due, due, due, f"{due}-S1", f"{due}-Q3"]))},
        "window": {"from": due - draw(st.integers(0, 4)), "by": due},
        "every": {"every": "year"},
        "never": {},
    }
    target = bounds[shape] | times[when]
    if shape != "improve":
        target |= stated(
            aggregate=draw(st.sampled_from(["sum", "mean"])) if when == "window" else None, approx=draw(rarely("about"))
        )
        target["strict"] = draw(st.sampled_from([False, False, True])) and not (
            direction == "maintain" and shape == "value"
        )
    return target | stated(
        set_on=draw(st.one_of(st.none(), st.dates(date(2011, 1, 1), date(2022, 12, 31)))),
        source=draw(rarely("b")),
        standing=draw(rarely("proposed")),
    )


@st.composite
def figures(draw: st.DrawFn, numbers: st.SearchStrategy[Decimal], when: object) -> Table:
    """A figure for a period, with or without a source and its words."""
    shape = draw(st.sampled_from(["value"] * 6 + ["range", "approx"]))
    figure: Table = (
        {"range": sorted(draw(st.lists(numbers, min_size=2, max_size=2)))}
        if shape == "range"
        else {"value": draw(numbers)}
    )
    words = stated(
        source=draw(st.sampled_from([None, None, "a", "b", "c"])),
        quality=draw(rarely("provisional")),
        approx=draw(st.sampled_from(["about", "over", "under"])) if shape == "approx" else None,
    )
    return {"indicator": "i", "period": when, **figure, **words, "series_break": bool(draw(rarely("it did", of=15)))}


def told_apart(found: list[Table]) -> list[Table]:
    """The targets without those that no date tells from another of the same time."""
    dates: dict[object, list[object]] = {}
    good = []
    for target in found:
        key = tuple(str(target.get(name)) for name in ("by", "every", "from", "aggregate"))
        day, before = target.get("set_on"), dates.setdefault(key, [])
        if not before or (day is not None and None not in before and day not in before):
            good.append(target)
            before.append(day)
    return good


@st.composite
def programs(draw: st.DrawFn) -> Table:
    """A program with one indicator: figures in a row and some others, targets, a baseline or none; all of one part of the whole, or of the whole."""
    numbers = draw(st.sampled_from([TENTHS, QUARTERS, QUARTERS, LONG, TINY]))
    direction = draw(st.sampled_from(["increase", "increase", "decrease", "decrease", "maintain"]))
    baseline = draw(
        st.one_of(
            st.none(), st.builds(lambda year, value: {"period": year, "value": value}, st.integers(2010, 2016), numbers)
        )
    )
    promised = draw(
        st.lists(targets(numbers, direction, based=bool(baseline and baseline["value"] > 0)), min_size=1, max_size=3)
    )
    first = draw(st.integers(2010, 2020))
    others = st.one_of(st.integers(2010, 2026), st.sampled_from(["2022-S1", "2023-Q2", "2020/2022", "2024-03"]))
    periods = [*range(first, first + draw(st.integers(0, 8))), *draw(st.lists(others, max_size=3))]
    measured = [draw(figures(numbers, when)) for when in periods]
    of = draw(rarely({"sector": "textile"}, of=4))
    indicator = {
        "name": "I", "direction": direction, **stated(unit=draw(st.sampled_from([None, "%", "million USD"])), frequency=draw(rarely("year", of=2)), prefer=draw(rarely(["b"])), limit=draw(rarely(Decimal(100), of=2))),
        **stated(baseline=baseline), "targets": told_apart([target | stated(disaggregation=of, baseline=baseline if of else None) for target in promised]),
    }  # fmt: skip
    return {
        "targettrack": 1,
        "program": {"name": "P"},
        "sources": SOURCES,
        "indicators": {"i": indicator},
        "actuals": [actual | stated(disaggregation=of) for actual in measured],
    }


def read(document: Table) -> Loaded | None:
    """The program of a document; None where the document is invalid."""
    try:
        return load(tomli_w.dumps(document))
    except TargettrackError:
        return None


def explained(loaded: Loaded, on: date, assumed: Iterable[Actual] = (), indicator: str = "i") -> Explanation:
    """What ``explain`` shows of an indicator."""
    return explaining.explanation(loaded, indicator, on, RULES, tuple(assumed))


def steps(entry: Explained) -> Iterator[tuple[str, Step]]:
    """Every step of a target's page, with what it is about."""
    yield from (
        (f"{section.title}, {line.about}", line.step)
        for section in entry.sections
        for line in section.lines
        if line.step
    )
    yield from (
        (f"{opinion.rule.name}, {step.what}", step) for opinion in entry.opinions for step in opinion.verdict.steps
    )


def close(one: Decimal | Fraction | int, other: Decimal | Fraction | int) -> bool:
    """Whether two numbers agree to 11 digits: one of them has 12."""
    return abs(Fraction(one) - Fraction(other)) <= abs(Fraction(one)) / 10**11


# ---------------------------------------------------------------- every step can be repeated


@LAW
@given(programs(), DAYS)
def test_every_step_can_be_repeated(document: Table, on: date) -> None:
    """What is printed behind ``=`` is exactly what the numbers before it give, and what is printed behind ``≈`` what they give within their rounding."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        for about, step in steps(entry):
            _, numbers, result = step_texts.worked(step)
            sign, _, printed = result.partition(" ")
            shown = {value: plain(step_texts.number(value)) for _, value in step.numbers}
            rounded = frozenset(abs(text) for value, text in shown.items() if text != Fraction(value))
            reach, value = Calculator(numbers, rounded).result(), plain(printed)
            if sign == "=":
                assert not rounded, (about, numbers, result)
                assert reach.has(value, Fraction(1, 10**40) if "^" in numbers else Fraction(0)), (
                    about,
                    numbers,
                    result,
                )
            else:
                assert sign == "≈"
                assert reach.has(value, abs(value) * DIGITS_SHOWN), (about, numbers, result)


FIELDS = {
    "gap": "gap", "gap to the strong end": "gap_strong", "attainment": "attainment", "progress": "progress", "elapsed": "elapsed", "pace": "pace",
    "observed": "observed_per_year", "required": "required_per_year", "projected": "projected",
}  # fmt: skip


@LAW
@given(programs(), DAYS)
def test_every_step_gives_the_number_of_its_row(document: Table, on: date) -> None:
    """Gap, attainment, progress, elapsed, pace and rates are those of the row, the ends of a multiple of the baseline those of its bound, and a sum or a mean its figure."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        for about, step in steps(entry):
            if step.what in FIELDS:
                of_row = getattr(entry.row, FIELDS[step.what])
                assert of_row is not None, about
                assert close(of_row, step.result), (about, of_row, step.result)
            elif step.what in {"weak end", "strong end"}:
                assert entry.row.bound is not None
                assert close(step.result, entry.row.bound.weak if step.what == "weak end" else entry.row.bound.strong)
            elif step.what in {"sum", "mean"}:
                assert isinstance(entry.row.figure, Decimal)
                assert close(step.result, entry.row.figure), (about, entry.row.figure, step_texts.worked(step))


@LAW
@given(programs(), DAYS)
def test_what_a_row_says_has_its_step(document: Table, on: date) -> None:
    """Progress and pace, rates and gaps stand on the page with how they came about; a gap of 0 inside of what is to be maintained is said."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        row, worked = entry.row, {FIELDS[step.what] for _, step in steps(entry) if step.what in FIELDS}
        inside = row.bound is not None and row.bound.direction == "maintain" and row.gap == 0
        wanted = {
            "progress",
            "pace",
            "observed_per_year",
            "required_per_year",
            "projected",
            "attainment",
            *(() if inside else ("gap",)),
            *(() if row.gap == row.gap_strong else ("gap_strong",)),
        }
        assert {name for name in wanted if getattr(row, name) is not None} <= worked


@LAW
@given(programs(), DAYS)
def test_every_ratio_of_a_method_has_its_step(document: Table, on: date) -> None:
    """A ratio is the result of one of its method's steps."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        for opinion in entry.opinions:
            ratio = opinion.verdict.ratio
            if ratio is not None:
                assert any(close(ratio, step.result) for step in opinion.verdict.steps), (
                    opinion.rule.name,
                    opinion.verdict,
                    entry.row.shape,
                )


@LAW
@given(programs(), DAYS)
def test_every_score_of_a_method_has_its_step(document: Table, on: date) -> None:
    """So is a score, but for the best one, which an achieved target has by definition."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        for opinion in entry.opinions:
            score = opinion.verdict.score
            if score is not None and abs(score) != 5:
                assert any(close(score, step.result) for step in opinion.verdict.steps), (
                    opinion.rule.name,
                    opinion.verdict,
                )


SCHEMA = Draft202012Validator(contract.schema("explain"))


@LAW
@given(programs(), DAYS)
def test_json_has_the_working_that_a_person_sees(document: Table, on: date) -> None:
    """The document fits its schema, and has the same formulas and numbers, and results of 12 digits."""
    loaded = read(document)
    if loaded is None:
        return
    page = explained(loaded, on)
    text = _json_text.pretty(working.document(page))
    body = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    SCHEMA.validate(json.loads(text))
    for entry, told in zip(page.targets, body["targets"], strict=True):
        lines = [line for section in told["sections"] for line in section["lines"]] + [
            line for method in told["methods"] for line in method["steps"]
        ]
        for (_, step), line in zip(steps(entry), [line["step"] for line in lines if line["step"]], strict=True):
            formula, numbers, result = step_texts.worked(step)
            assert (line["formula"], line["numbers"]) == (formula, numbers.replace("\u00a0", ""))
            assert (
                abs(Fraction(line["result"]) - plain(result.partition(" ")[2]))
                <= abs(Fraction(line["result"])) * DIGITS_SHOWN
            )
            assert len(Decimal(line["result"]).normalize().as_tuple().digits) <= 12


@pytest.mark.parametrize(
    ("figure", "bound", "due", "status"),
    [("38", "60", 2025, "on_track"), ("4", "10", 2025, "behind"), ("31666666", "100000000", 2040, "behind")],
)
def test_the_numbers_printed_lead_to_the_side_of_the_cut_point_that_is_claimed(
    figure: str, bound: str, due: int, status: str
) -> None:
    """Whoever types the pace as it stands gets no other status."""
    text = aim(
        "increase",
        f"by = {due}; value = {bound}",
        f"period = 2020; value = {figure}",
        indicator="baseline = { period = 2010, value = 0 }",
    )
    (entry,) = explained(load(text), date(2024, 1, 1), indicator="a").targets
    assert entry.row.status == status
    (numbers,) = (step_texts.worked(step)[1] for about, step in steps(entry) if about == "how far, pace")
    typed = Calculator(numbers).result().low
    assert PACE.label(typed) == status, numbers


def lines(entry: Explained) -> list[Line]:
    """Every line of a target's page but those of the methods, in order."""
    return [*(line for section in entry.sections for line in section.lines), *entry.change]


def said_of(entry: Explained, about: str) -> str:
    """The one text about something."""
    (text,) = (line.text for line in lines(entry) if line.about == about)
    return text.replace("\u00a0", " ")


def page(text: str, on: str = DAY) -> Explained:
    """What is explained of the one target of a program."""
    (entry,) = explained(load(text), date.fromisoformat(on), indicator="a").targets
    return entry


def step_of(entry: Explained, about: str) -> tuple[str, str, str]:
    """The one step about something, as it is printed."""
    (step,) = (step for name, step in steps(entry) if name.partition(", ")[2] == about)
    return step_texts.worked(step)


# ---------------------------------------------------------------- single pages


def test_what_was_taken_back_is_explained() -> None:
    """A yes that a later no undid, and a running total that a later one corrected, decided the row: the page names them."""
    undone = page(aim("increase", "by = 2020; value = true", "period = 2018; value = true", "period = 2020; value = false", unit="yes/no"), "2021-06-06")  # fmt: skip
    assert (said_of(undone, "taken back"), said_of(undone, "met?")) == (
        "it had been reached in 2018, which was undone later",
        "no: it was taken back",
    )
    total = page(aim("increase", "by = 2020; value = 100", "period = 2018; value = 120", "period = 2021; value = 90", indicator="cumulative = true", unit="km"), "2022-06-06")  # fmt: skip
    assert said_of(total, "taken back") == "120 km in 2018 had reached it, and a later total takes that back"
    never = page(aim("increase", "by = 2020; value = true", "period = 2020; value = false", unit="yes/no"), "2021-06-06")  # fmt: skip
    assert said_of(never, "met?") == "no: it is still false"
    assert "taken back" not in {line.about for line in lines(never)}


def test_a_sum_adds_its_periods_up() -> None:
    """Each period by its name, then its figure."""
    entry = page(
        aim(
            "increase",
            'by = "2021/2023"; value = 100; aggregate = "sum"',
            *(f"period = {year}; value = {value}" for year, value in ((2021, "30.5"), (2022, "20"), (2023, "40.25"))),
        )
    )
    assert step_of(entry, "together") == ("2021 + 2022 + 2023", "30.5 + 20 + 40.25", "= 90.75")


@pytest.mark.parametrize(
    ("direction", "target", "sums"), [("decrease", 100, "34 + 21 = 55"), ("increase", 100, "30 + 21 = 51")]
)
def test_a_sum_takes_the_end_of_a_range_that_its_gap_takes(direction: str, target: int, sums: str) -> None:
    """The worse end, as the gap does."""
    entry = page(
        aim(
            direction,
            f'by = "2024/2027"; value = {target}; aggregate = "sum"',
            "period = 2024; range = [30, 34]",
            "period = 2025; value = 21",
        )
    )
    assert " ".join(step_of(entry, "together")[1:]) == sums


def test_a_mean_is_not_rounded_before_it_is_used() -> None:
    """13 * 5 less three times the mean of 38.3 / 3 leaves 13.35 for each of two, exactly."""
    entry = page(
        aim(
            "increase",
            'by = "2023/2027"; value = 13; aggregate = "mean"',
            *(f"period = {year}; value = {value}" for year, value in ((2023, "12.4"), (2024, "11"), (2025, "14.9"))),
        )
    )
    (needed,) = (step for about, step in steps(entry) if about == "how far, needed a period")
    assert Fraction(needed.result) == Fraction(267, 20)
    (gap,) = (step for about, step in steps(entry) if about == "how far, gap")
    assert close(gap.result, Fraction(383, 30) - 13)


def test_what_a_mean_needs_is_measured_to_the_end_that_it_must_return_to() -> None:
    """To maintain 2 to 4 a mean above 4 must come down to 4, not to 2."""
    entry = page(
        aim(
            "maintain",
            'by = "2024/2027"; range = [2, 4]; aggregate = "mean"',
            "period = 2024; value = 5",
            "period = 2025; value = 6",
        )
    )
    _, numbers, result = step_of(entry, "needed a period")
    assert Calculator(numbers).result() == Reach(Fraction(5, 2), Fraction(5, 2))
    assert result == "= 2.5"


def test_growth_too_large_to_be_written_is_left_out() -> None:
    """A day apart, over the turn of the year: nothing fails, and no number has thousands of digits."""
    text = aim(
        "increase",
        "by = 2030; improve = true",
        f"period = 2025-01-01; value = {10**29}",
        indicator='baseline = { period = "2024-12-31", value = 1 }',
    )
    document = _json_text.pretty(working.document(explained(load(text), date(2025, 6, 30), indicator="a")))
    assert json.loads(document)["targets"][0]["methods"][2]["label"] == "substantial_progress"
    assert max(len(number) for number in re.findall(r"\d+", document)) <= 1000


def test_a_milestone_that_was_reached_is_not_waiting_for_its_deadline() -> None:
    """It was reached before its due period began, which has passed."""
    entry = page(aim("increase", "by = 2024; value = true", 'period = "2023-09"; value = true', unit="yes/no"))
    assert "the deadline has not come" not in said_of(entry, "chosen")


def test_every_section_says_something() -> None:
    """A title without lines explains nothing."""
    for value in ("true", "false"):
        entry = page(aim("increase", "by = 2030; value = true", f"period = 2024; value = {value}", unit="yes/no"))
        assert all(section.lines for section in entry.sections)


def test_what_lies_inside_is_said_in_words() -> None:
    """No word stands twice."""
    entry = page(aim("maintain", "by = 2024; range = [2, 6]", "period = 2024; value = 5.1"))
    assert said_of(entry, "gap") == "0: 5.1 lies in 2–6 %"


def test_a_bound_that_is_not_known_is_not_a_comparison_with_the_start() -> None:
    """A multiple of a baseline that was not known yet."""
    entry = page(
        aim(
            "increase",
            "by = 2030; times_baseline = 2",
            "period = 2024; value = 5",
            indicator="baseline = { period = 2020, value = 4, published = 2026-01-01 }",
        ),
        "2025-06-01",
    )
    assert "baseline" in said_of(entry, "met?")
    assert "start" not in said_of(entry, "met?")


@pytest.mark.parametrize(
    ("figure", "when", "answer"),
    [
        (9, "by = 2024", "yes"),
        (9, "", "yes"),
        (7, "by = 2024", "no"),
        (7, "by = 2030", "no"),
        (7, "", "no"),
        (7.5, "by = 2030", "no"),
        (9, 'every = "year"', "it cannot be said: there is nothing to compare it with"),
    ],
)
def test_an_improvement_is_answered_with_yes_or_no(figure: float, when: str, answer: str) -> None:
    """Whatever the status: it is better than the start, or it is not; a rise in every year is measured by the year before, which has no figure here."""
    entry = page(
        aim(
            "increase",
            f"{when}; improve = true",
            f"period = 2025; value = {figure}",
            indicator="baseline = { period = 2020, value = 7.5 }",
        )
    )
    assert re.match(answer, said_of(entry, "met?")), (entry.row.status, said_of(entry, "met?"))


def test_a_break_is_the_reason_for_no_progress() -> None:
    """There is a start before the figure, but the count changed since."""
    entry = page(
        aim(
            "increase",
            "by = 2030; value = 20",
            "period = 2024; value = 9; series_break = true",
            indicator="baseline = { period = 2020, value = 4 }",
        )
    )
    assert "break" in said_of(entry, "progress")
    assert "there is no start before the figure" not in said_of(entry, "progress")


def test_the_start_is_found_in_the_file() -> None:
    """A baseline and a first figure have their line, as every figure has."""
    stated = page(
        aim(
            "increase",
            "by = 2030; value = 20",
            "period = 2024; value = 9",
            indicator="baseline = { period = 2020, value = 4 }",
        )
    )
    assert "program.toml:8" in said_of(stated, "start")
    first = page(aim("increase", "by = 2030; value = 20", "period = 2022; value = 5", "period = 2024; value = 9"))
    assert "program.toml:12" in said_of(first, "start")


# ---------------------------------------------------------------- methods side by side


@LAW
@given(programs(), DAYS)
def test_every_method_says_what_status_says(document: Table, on: date) -> None:
    """Label, ratio, score and reason are those of ``status --method NAME``, for every method and target."""
    loaded = read(document)
    if loaded is None:
        return
    entries = explained(loaded, on).targets
    for place, rule in enumerate(RULES):
        rows = report.report([loaded.program], on, method=rule.method).rows
        assert [(row.version.place, row.verdict) for row in rows] == [
            (entry.row.version.place, entry.opinions[place].verdict) for entry in entries
        ]


FORMULAS = catalogues.language(
    "xx",
    {
        ("decimal mark", "."): ",",
        ("number", "actual"): "thực hiện",
        ("number", "start"): "xuất phát",
        ("number", "years left"): "số năm còn lại",
    },
)


@LAW
@given(programs(), DAYS)
def test_formulas_have_the_same_numbers_in_every_language(document: Table, on: date) -> None:
    """Another language has other names and another decimal mark in a formula, and nothing else."""
    loaded = read(document)
    for _, step in (each for entry in explained(loaded, on).targets for each in steps(entry)) if loaded else ():
        english = step_texts.worked(step)
        with language.spoken(FORMULAS):
            foreign = step_texts.worked(step)
        assert foreign[1:] == tuple(text.replace(".", ",") for text in english[1:])
        assert "actual" not in foreign[0]
        assert not re.search(r"\d\.\d", foreign[0])


@LAW
@given(programs(), DAYS)
def test_agrees_compares_what_speaks_for_the_target(document: Table, on: date) -> None:
    """A method agrees where both speak for the target or both against it, and neither where one of them does not judge."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        status = entry.row.status
        holds = (
            True
            if status in {"met", "met_late", "exceeded", "on_track"}
            else False
            if status in {"missed", "behind", "off_track", "worsening"}
            else None
        )
        for opinion in entry.opinions:
            label = opinion.verdict.label
            speaks = True if label in opinion.rule.good else False if label in opinion.rule.bad else None
            assert opinion.agrees == (None if holds is None or speaks is None else holds == speaks)


SILENT = {
    "linear": {"pending", "open", "unreported", "no_data", "not_assessable"},
    "statcan": {"not_available", "not_assessed"},
    "un-2022": {"insufficient_data", "not_assessed"},
    "destatis": {"none", "ended", "not_assessed"},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_label_speaks_for_the_target_or_against_it_or_does_not_judge(rule: Rule) -> None:
    """No label is both, and what is neither lacks data or was not made for it."""
    assert not rule.good & rule.bad
    assert set(rule.labels) - rule.good - rule.bad == SILENT[rule.name]
    assert rule.good | rule.bad <= set(rule.labels)
    assert {label for label, _ in rule.cuts} <= set(rule.labels)


def told(text: str, on: str = DAY) -> dict[str, Any]:
    """What JSON says of the methods of the one target of a program, by their names."""
    body = json.loads(_json_text.pretty(working.document(explained(load(text), date.fromisoformat(on), indicator="a"))))
    return {method["method"]: method for method in body["targets"][0]["methods"]}


IMPROVED = aim(
    "increase",
    "by = 2030; improve = true",
    *(
        f"period = {2018 + place}; value = {value}"
        for place, value in enumerate(("66.9", "67.5", "68", "69", "70", "71.4"))
    ),
    indicator="limit = 100; baseline = { period = 2016, value = 66.6 }",
)


@pytest.mark.parametrize("method", ["statcan", "un-2022"])
def test_an_improvement_is_not_explained_by_the_cut_points_of_a_target(method: str) -> None:
    """G is compared with 0.015 * C or 0.01, not R or CR with 0.95."""
    verdict = told(IMPROVED)[method]
    assert verdict["label"] in {"moderate_progress", "fair_progress"}
    assert not re.search(r"\bC?R\b|0\.95", " ".join(verdict["cuts"].values())), verdict["cuts"]
    wanted = {"statcan": ("0.015", "0.005"), "un-2022": ("0.01", "0.005")}[method]
    assert all(cut in " ".join(verdict["cuts"].values()) for cut in wanted)


def test_the_growth_of_a_fall_is_turned_round_in_a_step() -> None:
    """The ratio is the growth the right way: less waste is growth above 0."""
    verdict = told(
        aim(
            "decrease",
            "by = 2030; improve = true",
            "period = 2025; value = 173.3",
            indicator="baseline = { period = 2015, value = 178.8 }",
        )
    )["un-2022"]
    assert verdict["ratio"] > 0
    assert verdict["ratio"] in [line["step"]["result"] for line in verdict["steps"]]


@pytest.mark.parametrize("when", ['every = "year"; value = 80', 'every = "year"; improve = true', "improve = true"])
def test_a_symbol_without_a_due_year_is_not_explained_by_the_distance_missed(when: str) -> None:
    """Destatis looks at whether a standing target is met, and at the trend."""
    text = aim("increase", when, *(f"period = {2020 + place}; value = {70 + place}" for place in range(6)))
    verdict = told(text)["destatis"]
    assert verdict["label"] in {"sun", "cloud"}
    assert not re.search(r"0\.05|0\.20|missed of|distance", " ".join(verdict["cuts"].values())), verdict["cuts"]


def test_what_the_limit_leaves_can_be_repeated() -> None:
    """C = 1 - (66.6 / 100) ^ 4.44, with its numbers."""
    (numbers,) = (
        line["step"]["numbers"] for line in told(IMPROVED)["statcan"]["steps"] if line["about"].startswith("C")
    )
    assert {"66.6", "100", "4.44"} <= set(re.findall(r"\d+(?:\.\d+)?", numbers)), numbers


@pytest.mark.parametrize(("start", "bound"), [(8, 0), (0, 8)])
def test_the_working_says_that_0_is_taken_as_a_thousandth(start: int, bound: int) -> None:
    """Statistics Canada's rule, said where the reader sees 0.001 and the file has 0."""
    direction = "decrease" if bound == 0 else "increase"
    verdict = told(
        aim(
            direction,
            f"by = 2030; value = {bound}",
            "period = 2025; value = 4",
            indicator=f"baseline = {{ period = 2020, value = {start} }}",
        )
    )["statcan"]
    words = [verdict["reason"] or "", *(f"{line['about']} {line['step']['numbers']}" for line in verdict["steps"])]
    assert any(re.search(r"\b0(?!\.)\b", text) and "0.001" in text for text in words), words


# ---------------------------------------------------------------- where it stands


def record(text: str, line: int) -> Table:
    """The table that begins in a line of a file: a header with its keys, or an inline table."""
    head, *rest = text.splitlines()[line - 1 :]
    header = re.match(r"\[\[?([\w.-]+)\]?\]", head)
    if header is None:
        inline = re.search(r"\{.*\}", head)
        assert inline is not None, head
        return dict(tomli.loads(f"x = {inline[0]}", parse_float=Decimal)["x"])
    end = next((place for place, each in enumerate(rest) if each.startswith("[")), len(rest))
    found: Any = tomli.loads("\n".join((head, *rest[:end])), parse_float=Decimal)
    for name in header[1].split("."):
        found = found[name]
    return dict(found[0] if isinstance(found, list) else found)


def cited(entry: Explained, title: str) -> list[int]:
    """The lines of the file that a section names, in order."""
    (section,) = (section for section in entry.sections if section.title == title)
    return [int(number) for line in section.lines for number in re.findall(r"program\.toml:(\d+)", line.text)]


def compared(actual: Actual) -> Table:
    """What a figure's record in a file must say."""
    return {"value": actual.value, "range": list(actual.range) if actual.range else None, "source": actual.source}


def file_holds(text: str, entry: Explained) -> None:
    """Assert that each line named of a target's page is that of the target, of its earlier versions, or of the figure beside it."""
    indicator = entry.row.indicator
    assert indicator is not None
    versions = [entry.row.version, *entry.row.superseded]
    for number, version in zip(cited(entry, "the promise"), versions, strict=True):
        found = record(text, number)
        promised = indicator.targets[version.place]
        assert (str(found.get("by")), found.get("value")) == (str(promised.by), promised.value)
    points = entry.row.judged.points if entry.row.judged else ()
    told_of = [figure for point in points for figure in (point.figure, *point.rivals, *point.revised)]
    for number, figure in zip(cited(entry, "the figure"), told_of, strict=False):
        actual = figure.actual
        found = record(text, number)
        found = found.get("baseline", found) if figure.is_baseline else found
        assert str(found["period"]) == actual.period.text
        assert {name: found.get(name) for name in ("value", "range", "source")} == compared(actual)
    assert len(cited(entry, "the figure")) >= len(told_of)


@LAW
@given(programs(), DAYS)
def test_every_line_of_the_file_that_is_named_holds_what_is_said(document: Table, on: date) -> None:
    """Promises, their earlier versions, figures, rivals and revisions stand where the page says."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        file_holds(loaded.text if loaded else "", entry)


INLINE = """# a comment
targettrack = 1
actuals = [ { indicator = "a", period = 2024, value = 3, source = "s" },

  { indicator = "a", period = 2024, value = 4 },
]
program.name = "P"
sources.s.title = "S"
indicators.a.name = "A"
indicators.a.direction = "increase"
indicators.a.targets = [ { by = 2023, value = 5 },
  { by = 2024, value = 6, source = "s" }]
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_are_counted_as_an_editor_counts_them(ends: str, mark: str) -> None:
    """Inline tables over several lines, line ends of Windows, and a byte order mark."""
    loaded = load(mark + INLINE.replace("\n", ends))
    first, second = explained(loaded, date.fromisoformat(DAY), indicator="a").targets
    assert (cited(first, "the promise"), cited(second, "the promise")) == ([11], [12])
    assert sorted(cited(first, "the figure"))[:2] == [3, 5]


# ---------------------------------------------------------------- what would change it


def assumed(value: Decimal | int, when: Period | int, indicator: str = "i", row: Row | None = None) -> Actual:
    """A figure as ``--with`` gives it, of the same part of the whole as a row."""
    day = period.period(date(2026, 11, 22))
    of = row.target.disaggregation if row and row.target else ()
    return Actual(
        indicator=indicator,
        period=period.period(when) if isinstance(when, int) else when,
        value=Decimal(value),
        disaggregation=of,
        recorded=day,
    )


def as_if(loaded: Loaded, on: date, row: Row, value: Decimal, when: Period) -> Row:
    """The row of the same target, as if a figure were recorded on the day."""
    day = period.period(on)
    actual = Actual(
        indicator="i",
        period=when,
        value=value,
        disaggregation=row.target.disaggregation if row.target else (),
        recorded=day,
    )
    (found,) = (
        entry.row for entry in explained(loaded, on, [actual]).targets if entry.row.version.place == row.version.place
    )
    return found


NUMBER = r"-?\d[\d\u00a0]*(?:\.\d+)?"
TINY_STEP = Decimal("1e-15")


def better(row: Row, by: Decimal) -> Decimal:
    """A step in the good direction."""
    return -by if row.indicator and row.indicator.direction == "decrease" else by


def changes(entry: Explained) -> dict[str, str]:
    """What would change it, by what it is about."""
    return {line.about: line.text for line in entry.change}


def period_asked(row: Row, on: date) -> Period | None:
    """The period that a target asks a figure for: the due one; the last year that ended, of a standing target; else the one that was judged."""
    if row.target and row.target.every:
        return period.period(on.year - 1)
    return row.due or (row.judged.newest.period if row.judged else None)


def named(text: str) -> Decimal:
    """The figure of a text: the first one behind a sign, or behind a word."""
    return Decimal(re.findall(rf"(?:[≥≤=<>]|than)\s({NUMBER})", text)[0].replace("\u00a0", ""))


@LAW
@given(programs(), DAYS)
def test_the_figure_that_would_meet_it_meets_it(document: Table, on: date) -> None:
    """Recorded for the period that the target asks for, the figure named is met, and one that is worse by a trifle is not."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        row, when = entry.row, period_asked(entry.row, on)
        text = changes(entry).get("met")
        if (
            loaded is None
            or text is None
            or when is None
            or row.bound is None
            or row.bound.direction == "maintain"
            or row.target is None
            or row.target.aggregate != "last"
        ):
            continue
        least = named(text) + (better(row, TINY_STEP) if {">", "<"} & set(text) else 0)
        assert as_if(loaded, on, row, least, when).status in KEPT
        assert as_if(loaded, on, row, least - better(row, TINY_STEP), when).status not in KEPT


@LAW
@given(programs(), DAYS)
def test_the_figure_that_would_exceed_it_exceeds_it(document: Table, on: date) -> None:
    """Beyond the figure named it is exceeded, and on it not yet."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        row, text = entry.row, changes(entry).get("exceeded")
        if loaded is None or text is None or row.judged is None or row.target is None or row.target.aggregate != "last":
            continue
        when, most = row.judged.newest.period if row.status == "met" else period_asked(row, on), named(text)
        if when is None:
            continue
        assert as_if(loaded, on, row, most, when).status in KEPT - {"exceeded"}
        assert as_if(loaded, on, row, most + better(row, TINY_STEP), when).status == "exceeded"


PACES = ("worsening", "off_track", "behind", "on_track")
"""From the worst."""


@LAW
@given(programs(), DAYS)
def test_the_figure_that_would_be_on_track_is(document: Table, on: date) -> None:
    """Recorded for the period named, the figures named are on track and behind, and those that are worse in the last digit printed are not."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        row, text = (
            entry.row,
            next((line.text for line in entry.change if "on track" in line.text and "behind" in line.text), None),
        )
        if loaded is None or text is None or row.judged is None:
            continue
        when = row.judged.newest.period
        assert re.search(rf"{when.text.replace('/', '.')}\b", text.replace("\u00a0to\u00a0", "/"))
        for status, words in (("on_track", "on track"), ("behind", "behind")):
            figure = Decimal(re.findall(rf"{words}\D*?({NUMBER})", text)[0].replace("\u00a0", ""))
            below = figure - better(row, max(abs(figure).scaleb(-5), TINY_STEP))
            assert as_if(loaded, on, row, figure, when).status == status, (text, row.status)
            assert as_if(loaded, on, row, below, when).status in PACES[: PACES.index(status)], (text, row.status)


@pytest.mark.parametrize(
    ("direction", "start", "figure", "bound", "due"),
    [
        ("decrease", "14.5", "10.2", "7.25", 2030),
        ("decrease", "97.196", "89.258", "70", 2031),
        ("increase", "4.5", "9", "20", 2028),
        ("increase", "-3", "-2.5", "2", 2032),
    ],
)
def test_a_figure_that_is_rounded_is_rounded_so_that_it_suffices(
    direction: str, start: str, figure: str, bound: str, due: int
) -> None:
    """10.8266... is no 10.8267 where less is better: with the figure that is named it is on track, or behind."""
    text = aim(
        direction,
        f"by = {due}; value = {bound}",
        f"period = 2023; value = {figure}",
        indicator=f"baseline = {{ period = 2015, value = {start} }}",
    )
    entry = page(text)
    (said,) = (line.text for line in entry.change if "on track" in line.text)
    for status, words in (("on_track", "on track"), ("behind", "behind")):
        enough = re.findall(rf"{words}\D*?({NUMBER})", said)[0]
        assert page(text.replace(f"value = {figure}\n", f"value = {enough}\n")).row.status == status, said


def test_a_late_figure_is_never_exceeded() -> None:
    """It is met late, whatever it is: nothing is said of what would exceed it."""
    entry = page(aim("increase", "by = 2022; range = [30, 35]", "period = 2024; value = 31"))
    assert entry.row.status == "met_late"
    assert "exceeded" not in changes(entry)


def test_a_figure_that_stands_still_does_not_lead_away() -> None:
    """No progress is no step back."""
    entry = page(
        aim(
            "increase",
            "by = 2030; value = 20",
            "period = 2024; value = 4",
            indicator="baseline = { period = 2020, value = 4 }",
        )
    )
    assert entry.row.pace == 0
    assert "away" not in changes(entry).get("reached", "")


def test_what_holds_already_is_not_what_would_change_it() -> None:
    """A sum that is below its ceiling before its window is complete is not met by being below it."""
    entry = page(aim("decrease", 'by = "2024/2027"; value = 100; aggregate = "sum"', "period = 2024; value = 30"))
    assert entry.row.status == "pending"
    assert entry.row.gap == 70
    assert changes(entry).get("met", "").replace("\u00a0", " ") != "with ≤ 100 %"


def test_what_is_met_is_not_reached_once_more() -> None:
    """A day that has passed would change nothing."""
    entry = page(
        aim(
            "increase",
            "by = 2030; value = 10",
            "period = 2024; value = 12",
            indicator="baseline = { period = 2020, value = 4 }",
        )
    )
    assert "reached" not in changes(entry)


# ---------------------------------------------------------------- what if


def test_a_break_that_is_not_known_yet_breaks_no_what_if() -> None:
    """A figure of the same period that is published later, and marks a break, does not mark the assumed one before that day."""
    text = aim(
        "increase",
        "by = 2025; value = 30",
        "period = 2012; value = 5",
        "period = 2014; value = 8",
        "period = 2014; value = 9; series_break = true; published = 2023-06-01",
    )
    loaded = load(text)
    assumed = loaded.program.document.actuals[1]
    for on, broken in ((date(2018, 1, 1), False), (date(2024, 1, 1), True)):
        (entry,) = explaining.explanation(loaded, "a", on, RULES, [assumed]).targets
        assert ("series_break" in entry.row.flags) is broken


@LAW
@given(programs(), DAYS)
def test_what_is_recorded_already_changes_nothing(document: Table, on: date) -> None:
    """As if the judged figure were recorded as it is: the same status, distances and verdicts; a break of the series stays one."""
    loaded = read(document)
    for entry in explained(loaded, on).targets if loaded else ():
        row = entry.row
        points = row.judged.points if row.judged else ()
        if (
            loaded is None
            or len(points) != 1
            or not isinstance(points[0].actual.value, Decimal)
            or points[0].actual.approx
        ):
            continue
        again = as_if(loaded, on, row, points[0].actual.value, points[0].period)
        assert [getattr(again, name) for name in ("status", "figure", *FIELDS.values())] == [
            getattr(row, name) for name in ("status", "figure", *FIELDS.values())
        ]
        assert "series_break" not in row.flags or "series_break" in again.flags


def test_a_break_stays_one_where_another_figure_is_assumed() -> None:
    """What was counted anew in 2022 was counted anew whatever was counted: no pace is known across it."""
    text = aim(
        "increase",
        "by = 2030; value = 20",
        "period = 2022; value = 9; series_break = true",
        indicator="baseline = { period = 2020, value = 4 }",
    )
    loaded, on = load(text), date.fromisoformat(DAY)
    as_it_is, as_if_so = (
        explained(loaded, on, figures, "a").targets[0].row for figures in ([], [assumed(9, 2022, "a")])
    )
    assert (as_it_is.status, as_it_is.pace) == ("pending", None)
    assert (as_if_so.status, as_if_so.pace) == ("pending", None)
    assert "series_break" in as_if_so.flags


@LAW
@given(programs(), st.integers(2015, 2026), QUARTERS)
def test_only_figures_of_the_same_period_are_replaced(document: Table, year: int, value: Decimal) -> None:
    """All others are there as they were, the assumed one is there once, and the program that was read is as it was."""
    loaded = read(document)
    if loaded is None:
        return
    before = loaded.program.document.actuals
    actual = assumed(value, year)
    after = explaining.with_figures(loaded.program, [actual]).document.actuals
    assert loaded.program.document.actuals is before
    assert after[-1].value == actual.value
    assert list(after[:-1]) == [old for old in before if old.period != actual.period or old.disaggregation]


WHAT_IF = """targettrack = 1
[program]
name = "What if"
[indicators.share]
name = "Share"
unit = "%"
direction = "increase"
baseline = { period = 2015, value = 10 }
[[indicators.share.targets]]
by = 2025
value = 40
[[indicators.share.targets]]
by = 2030
value = 60
[indicators.law]
name = "Law"
unit = "yes/no"
[[indicators.law.targets]]
by = 2026
value = true
[[actuals]]
indicator = "share"
period = 2023
value = 30
[[actuals]]
indicator = "share"
period = 2024
value = 35
"""


def said(*argv: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main([*map(str, argv)])
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read())
    return code, texts[0], texts[1]


@pytest.fixture
def what_if(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one program, and its file."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "targets" / "if.toml"
    path.parent.mkdir()
    path.write_text(WHAT_IF, encoding="utf-8")
    return path


def statuses(*argv: str) -> list[str]:
    """The statuses that ``explain --json`` gives."""
    code, out, err = said("explain", *argv, "--json", "--on", DAY)
    assert (code, err) == (0, "")
    SCHEMA.validate(json.loads(out))
    return [target["row"]["status"] for target in json.loads(out)["targets"]]


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ((), ["unreported", "behind"]),
        (("--with", "40", "--period", "2025"), ["met", "behind"]),
        (("--with", "39.9", "--period", "2025"), ["missed", "behind"]),
        (("--with", "39.9", "--period", "2025", "--with", "61", "--period", "2026"), ["missed", "exceeded"]),
        (("--with", "61", "--period", "2030"), ["met_late", "exceeded"]),
        (("--with", "61", "--period", "2024"), ["unreported", "exceeded"]),
        (("--with", "5", "--period", "2024", "--with", "41%", "--period", "2025"), ["exceeded", "behind"]),
        (("--with", "38..41", "--period", "2025"), ["not_assessable", "behind"]),
        (("--with", "-1.5", "--period", "2025"), ["missed", "worsening"]),
        (("--with", "44", "--period", "2026"), ["met_late", "behind"]),
        (("--with", "44", "--period", "2026-S1"), ["unreported", "behind"]),
    ],
)  # fmt: skip
def test_the_status_is_that_of_the_file_with_the_figures_in_it(
    what_if: Path, argv: tuple[str, ...], expected: list[str]
) -> None:
    """As if they were recorded: one or several, for past periods and for those to come, typed as in add-actual."""
    assert statuses("if/share", *argv) == expected
    assert what_if.read_text(encoding="utf-8") == WHAT_IF


def test_a_figure_of_a_milestone_is_yes_or_no(what_if: Path) -> None:
    """As in add-actual."""
    assert what_if.exists()
    assert statuses("if/law", "--with", "yes", "--period", "2026") == ["met"]
    assert statuses("if/law", "--with", "no", "--period", "2026") == ["pending"]


@pytest.mark.parametrize(
    "options", [(), ("--json",), ("--format", "markdown"), ("-o", "page.md"), ("-o", "page.json"), ("-o", "page.txt")]
)
def test_nothing_is_written(what_if: Path, options: tuple[str, ...]) -> None:
    """The file keeps its bytes and its time, and the folder its entries."""
    os.utime(what_if, ns=(10**18, 10**18))
    code, _, err = said("explain", "if/share", "--with", "40", "--period", "2025", *options)
    assert (code, err) == (0, "")
    assert (what_if.read_text(encoding="utf-8"), what_if.stat().st_mtime_ns) == (WHAT_IF, 10**18)
    assert [path.name for path in what_if.parent.iterdir()] == ["if.toml"]


def test_the_page_says_that_it_is_as_if(what_if: Path) -> None:
    """In the heading and where the figure stands, in every format; what is in the file keeps its line."""
    argv = (
        "explain",
        "if/share",
        "--on",
        DAY,
        "--with",
        "40",
        "--period",
        "2025",
        "--with",
        "44",
        "--period",
        "2026-Q1",
    )
    _, text, _ = said(*argv)
    assert "as if 40 % for 2025 and 44 % for 2026-Q1 were recorded; nothing is written" in text.replace("\u00a0", " ")
    assert text.count("assumed, in no file") == 2
    _, page_text, _ = said(*argv, "--format", "markdown")
    assert "**As if** 40 % for 2025 and 44 % for 2026-Q1 were recorded; nothing is written." in page_text.replace(
        "\u00a0", " "
    )
    _, body, _ = said(*argv, "--json")
    assert [(actual["period"], actual["value"], actual["source"]) for actual in json.loads(body)["assumed"]] == [
        ("2025", 40, None),
        ("2026-Q1", 44, None),
    ]
    for options in ((), ("--format", "markdown")):
        _, without, _ = said("explain", "if/share", "--on", DAY, *options)
        assert "as if" not in without.casefold()
    assert f"{what_if.parent.name}/if.toml:" in text


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("--with", "5"), "each --with goes with one --period"),
        (("--period", "2025"), "each --with goes with one --period"),
        (("--with", "5", "--with", "6", "--period", "2025"), "each --with goes with one --period"),
        (("--with", "1,500", "--period", "2025"), "--with: 1,500 may mean 1500 or 1.500"),
        (("--with", "1.500", "--period", "2025"), "--with: 1.500 may mean 1500 or 1.500"),
        (("--with", "much", "--period", "2025"), '--with: "much" is no number'),
        (("--with", "", "--period", "2025"), '--with: "" is no number'),
        (("--with", "nan", "--period", "2025"), '--with: "nan" is no number'),
        (("--with", "4..3", "--period", "2025"), "--with: the range 4..3 is reversed: its lower end comes first"),
        (("--with", "5", "--period", "20x5"), '--period: "20x5" is no period'),
        (("--with", "5", "--period", "2025/2024"), '--period: the period "2025/2024" ends before it begins'),
        (("--format", "csv"), "explain prints json, markdown or table"),
        (("--method", "statcan"), "No such option: --method"),
    ],
)  # fmt: skip
def test_what_cannot_be_assumed_is_refused(what_if: Path, argv: tuple[str, ...], message: str) -> None:
    """With exit code 2, a reason, and nothing on stdout."""
    assert what_if.exists()
    code, out, err = said("explain", "if/share", *argv)
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("if", 2, "explain takes one indicator: if/INDICATOR"),
        ("if/", 3, "if has no indicator"),
        ("if/shares", 3, 'if has no indicator "shares"'),
        ("of/share", 3, 'no program "of"'),
    ],
)
def test_one_indicator_is_explained(what_if: Path, name: str, code: int, message: str) -> None:
    """Not a program, and none that is not there."""
    assert what_if.exists()
    found, out, err = said("explain", name)
    assert (found, out) == (code, "")
    assert message in err


def test_names_are_as_forgiving_as_elsewhere(what_if: Path) -> None:
    """Capitals do not matter."""
    assert what_if.exists()
    assert statuses("IF/Share") == statuses("if/share")


def test_an_invalid_program_is_not_explained(what_if: Path) -> None:
    """Exit code 4, the problem on stderr, nothing on stdout."""
    what_if.write_text(WHAT_IF + 'value = "5"\n', encoding="utf-8")
    code, out, err = said("explain", "if/share")
    assert (code, out) == (4, "")
    assert "if.toml:" in err


# ---------------------------------------------------------------- worked examples


@dataclass(frozen=True)
class Example:
    """A published case: its figures, and the label and the ratio that were published."""

    name: str
    method: str
    direction: str
    target: str
    figures: str
    label: str
    ratio: str | None = None
    baseline: str = ""

    @property
    def id(self) -> str:
        """The indicator's id."""
        return re.sub(r"[^a-z0-9]+", "-", f"{self.method} {self.name}".lower())

    def toml(self) -> str:
        """The indicator, its target and its figures."""
        first, _, values = self.figures.partition(": ")
        measured = [(int(first) + place, value) for place, value in enumerate(values.split())]
        lines = [f'[indicators.{self.id}]\nname = "{self.name}"\ndirection = "{self.direction}"']
        if self.baseline:
            year, _, value = self.baseline.partition(": ")
            lines.append(f"baseline = {{ period = {year}, value = {value} }}")
        lines.append(f"[[indicators.{self.id}.targets]]\n{self.target.replace('; ', chr(10))}")
        lines += [f'[[actuals]]\nindicator = "{self.id}"\nperiod = {year}\nvalue = {value}' for year, value in measured]
        return "\n".join(lines)


EXAMPLES = [
    Example("poverty", "statcan", "decrease", "by = 2030; value = 7.25", "2023: 10.2", "substantial_progress", "0.9525901792032172", "2015: 14.5"),
    Example("poverty revised", "statcan", "decrease", "by = 2030; value = 7.25", "2023: 10.4", "moderate_progress", "0.9010899546976208", "2015: 14.5"),
    Example("good air", "statcan", "increase", "by = 2030; value = 85", "2020: 74", "moderate_progress", "0.8949392974311927", "2005: 63"),
    Example("conserved areas", "statcan", "increase", "by = 2030; value = 30", "2023: 13.7", "limited_progress", "0.5160064971944834", "2015: 10.1"),
    Example("homelessness", "statcan", "decrease", "by = 2028; times_baseline = 0.5", "2024: 36058", "deterioration", "-0.6675781357974336", "2016: 26866"),
    Example("fish stocks", "statcan", "increase", "by = 2026; value = 55", "2023: 46.7336683417085", "deterioration", "-2.3587220377696703", "2015: 68.5534591194968"),
    Example("wood harvest", "statcan", "decrease", "by = 2030; value = 100", "2021: 68", "target_achieved", "0.20028868698657923", "2015: 70"),
    Example("feel safe", "statcan", "increase", "by = 2030; improve = true", "2022: 79", "limited_progress", "0", "2021: 79"),
    Example("clean fuels", "statcan", "increase", "by = 2030; value = 100", "2023: 100", "target_achieved", None, "2015: 100"),
    Example("one figure only", "statcan", "increase", "by = 2030; improve = true", "2022: 18.41", "not_available"),
    Example("working poor", "un-2022", "decrease", "by = 2030; value = 1", "2022: 1.88", "on_track", baseline="2016: 2.95"),
    Example("maternity cover", "un-2022", "increase", "by = 2030; value = 95", "2019: 44.0", "limited_or_no_progress", baseline="2016: 44.5"),
    Example("poor covered", "un-2022", "increase", "by = 2030; value = 95", "2020: 76", "deterioration", baseline="2018: 100"),
    Example("children", "un-2022", "increase", "by = 2030; value = 95", "2020: 1.4", "insufficient_data"),
    Example("women in parliament", "un-2022", "increase", "by = 2030; value = 50", "2025: 31.38", "fair_progress", baseline="2015: 24.3"),
    Example("maternal mortality", "un-2022", "decrease", "by = 2030; value = 70", "2023: 47.61028", "target_achieved", baseline="2015: 57.62866"),
    Example("nitrogen 2018", "destatis", "decrease", "by = 2030; value = 70", "2013: 93.32 94.06 97.196 96.462 96.682 95.71", "thunderstorm"),
    Example("nitrogen 2019", "destatis", "decrease", "by = 2030; value = 70", "2014: 94.06 97.196 96.462 96.682 95.71 94.006", "cloud"),
    Example("nitrogen 2020", "destatis", "decrease", "by = 2030; value = 70", "2015: 97.196 96.462 96.682 95.71 94.006 89.258", "slightly_cloudy"),
    Example("nitrogen 2021", "destatis", "decrease", "by = 2030; value = 70", "2016: 96.462 96.682 95.71 94.006 89.258 82.86", "sun"),
    Example("freight energy", "destatis", "decrease", "by = 2030; range = [80, 85]", "2018: 105.874 104.778 101.82 104.202 102.074 96.6", "sun"),
    Example("freight energy by its strong end", "destatis", "decrease", "by = 2030; value = 80", "2018: 105.874 104.778 101.82 104.202 102.074 96.6", "cloud"),
    Example("emissions", "destatis", "decrease", "by = 2050; range = [5, 20]", "2013: 74.742 71.44 71.709 71.743 70.725 67.841", "slightly_cloudy"),
    Example("emissions by its strong end", "destatis", "decrease", "by = 2050; value = 5", "2013: 74.742 71.44 71.709 71.743 70.725 67.841", "cloud"),
    Example("aid", "destatis", "increase", "by = 2030; value = 0.7", "2015: 0.52 0.70 0.67 0.61 0.61 0.73", "sun"),
    Example("at least 66", "linear", "increase", "by = 2025; value = 66", "2025: 66", "met"),
    Example("exactly 100", "linear", "maintain", "by = 2025; value = 100", "2025: 93", "missed"),
    Example("inside of 90 to 100", "linear", "maintain", "by = 2025; range = [90, 100]", "2025: 98.5", "met"),
    Example("outside of 90 to 100", "linear", "maintain", "by = 2025; range = [90, 100]", "2025: 85.61", "missed"),
    Example("more than was asked", "linear", "increase", "by = 2025; value = 50", "2025: 53", "exceeded", "1.08571428571", "2020: 15"),
    Example("a fraction that lies", "linear", "decrease", "by = 2030; value = 10", "2025: 13.5", "worsening", None, "2020: 7.8"),
]  # fmt: skip
OTHERS = {"more than was asked": ["53 / 50 = 1.06", "(53 - 15) / (50 - 15) ≈ 1.08571"]}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A targets folder with the published examples as the indicators of one program."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "examples.toml").write_text(
        'targettrack = 1\nprogram = { name = "Published" }\n'
        + "\n".join(example.toml() for example in EXAMPLES)
        + "\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_published_outcome_appears(published: Path, example: Example) -> None:
    """Label and ratio as published, in JSON with 12 digits, on the page in words."""
    argv = ("explain", f"examples/{example.id}", "--targets", published, "--on", DAY)
    code, out, err = said(*argv, "--json")
    assert (code, err) == (0, "")
    (target,) = json.loads(out, parse_float=Decimal, parse_int=Decimal)["targets"]
    (method,) = (method for method in target["methods"] if method["method"] == example.method)
    assert method["label"] == example.label
    if example.ratio is not None:
        assert close(Decimal(example.ratio), method["ratio"])
    elif example.method in {"statcan", "linear"}:
        assert method["ratio"] is None
    _, text, _ = said(*argv)
    (line,) = (line for line in text.splitlines() if re.match(rf"  {example.method}  +[a-z]", line) and "/" not in line)
    assert example.label.replace("_", " ") in line
    assert all(other in re.sub(r" {2,}", " ", text) for other in OTHERS.get(example.name, []))


# ---------------------------------------------------------------- golden pages

WORKED = [
    line.partition("[indicators.")[2].rstrip("]")
    for line in (GOLDEN / "targets" / "worked.toml").read_text(encoding="utf-8").splitlines()
    if line.startswith("[indicators.")
]
LAYOUTS: dict[str, int | None] = {
    "120.txt": 120,
    "80.txt": 80,
    "50.txt": 50,
    "piped.txt": None,
    "md": None,
    "json": None,
}


def printed(indicator: str, layout: str) -> str:
    """What is explained of an indicator of the golden program, in a layout."""
    (there,) = loading.read(GOLDEN / "targets", ["worked"]).loaded
    loaded = replace(there, program=Program(there.program.id, "targets/worked.toml", there.program.document))
    module = {"md": markdown, "json": json_format}.get(layout, table)
    out = io.StringIO()
    module.render(explained(loaded, date.fromisoformat(DAY), indicator=indicator), out, Look(width=LAYOUTS[layout]))
    return out.getvalue()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("indicator", WORKED)
def test_prints_the_golden_page(indicator: str, layout: str, request: pytest.FixtureRequest) -> None:
    """Byte for byte the page that was read and found right."""
    path, text = GOLDEN / f"{indicator}.{layout}", printed(indicator, layout)
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode("utf-8")


def test_no_golden_page_is_left_over() -> None:
    """Every golden page belongs to an indicator and a layout."""
    assert {path.name for path in GOLDEN.iterdir() if path.is_file()} == {
        f"{indicator}.{layout}" for indicator in WORKED for layout in LAYOUTS
    } | {"methods.piped.txt", "methods.json"}


@pytest.mark.parametrize(("indicator", "columns"), [("good-air", 120), ("exports", 50), ("houses", None)])
def test_the_command_prints_the_golden_page(indicator: str, columns: int | None) -> None:
    """On terminals, and into a pipe."""
    argv = ("explain", f"worked/{indicator}", "--on", DAY)
    text = run(*argv, cwd=GOLDEN).stdout if columns is None else on_terminal(*argv, columns=columns, cwd=GOLDEN)
    assert text == (GOLDEN / f"{indicator}.{columns or 'piped'}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("indicator", WORKED)
def test_no_number_is_cut_and_no_line_is_too_long(indicator: str) -> None:
    """At every width all the words and numbers that a pipe gets, on lines that fit."""

    def words(layout: str) -> list[str]:
        return re.findall(r"[^\s:━╾╍─╌┃┄│►◄◊]+", printed(indicator, layout))

    for layout in ("120.txt", "80.txt", "50.txt"):
        assert sorted(words(layout)) == sorted(words("piped.txt"))
        assert max(map(len, printed(indicator, layout).splitlines())) <= (LAYOUTS[layout] or 0)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_status_with_a_method_says_what_explain_says(rule: Rule) -> None:
    """Through both commands: label, ratio, score and reason of every target."""
    code, out, _ = said(
        "status", "worked", "--targets", GOLDEN / "targets", "--method", rule.name, "--on", DAY, "--json"
    )
    assert code == 0
    verdicts: dict[str, list[Table]] = {}
    for row in json.loads(out, parse_float=Decimal)["targets"]:
        verdicts.setdefault(row["indicator"], []).append(
            {key: value for key, value in row["verdict"].items() if key != "method"}
        )
    for indicator in WORKED:
        body = json.loads(printed(indicator, "json"), parse_float=Decimal)
        methods_told = [
            next(method for method in target["methods"] if method["method"] == rule.name) for target in body["targets"]
        ]
        assert [
            {key: method[key] for key in ("label", "ratio", "score", "reason")} for method in methods_told
        ] == verdicts[indicator]


# ---------------------------------------------------------------- methods


def printed_schema(name: str, **env: str) -> Draft202012Validator:
    """The schema that the command prints."""
    return Draft202012Validator(json.loads((process if env else run)("schema", name, env=env).stdout))


@pytest.mark.parametrize(
    ("argv", "name"), [(("methods",), "methods.piped.txt"), (("methods", "--json"), "methods.json")]
)
def test_methods_prints_the_golden_list(argv: tuple[str, ...], name: str, request: pytest.FixtureRequest) -> None:
    """Every method with its question, needs, labels, cut points and source."""
    code, text, err = said(*argv)
    assert (code, err) == (0, "")
    if request.config.getoption("--update-golden"):
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="")
    assert text == (GOLDEN / name).read_text(encoding="utf-8")


def test_documents_fit_the_schemas_that_are_printed() -> None:
    """What explain and methods print in JSON fits what schema prints."""
    explain, listed = printed_schema("explain"), printed_schema("methods")
    for indicator in WORKED:
        explain.validate(json.loads(printed(indicator, "json")))
    listed.validate(json.loads(said("methods", "--json")[1]))
    assert not listed.is_valid(json.loads(printed("law", "json")))


def test_every_method_is_listed() -> None:
    """Those of the folder, the default one first, with every label that it may give."""
    listed = json.loads(said("methods", "--json")[1])["methods"]
    assert [method["method"] for method in listed] == ["linear", *sorted(set(registry.names(methods)) - {"linear"})]
    text = said("methods")[1]
    for method in listed:
        assert method["method"] in text.splitlines()
        assert all(label.replace("_", " ") in text for label in method["labels"])
        assert method["question"] in text
        assert method["source"] in text


NEW_METHOD = '''"""halves: whether half of the way was covered."""

from decimal import Decimal
from fractions import Fraction

from targettrack.assessment.cutpoints import Cut, CutPoints
from targettrack.assessment.verdict import Evidence, Step, Verdict

QUESTION = "Is half of the way covered?"
NEEDS = "a start and a figure"
CUT_POINTS = CutPoints("H", (Cut("half", Decimal("0.5")),), "less")
LABELS = ("half", "less", "unknown")
GOOD = frozenset({"half"})
BAD = frozenset({"less"})
SOURCE = "Made up"


def judge(evidence: Evidence) -> Verdict:
    """Half of the way, or less."""
    progress = evidence.pace.progress
    if progress is None:
        return Verdict("two-halves", "unknown", reason="there is no way")
    steps = (Step("H", "{way} / {whole}", (("way", progress), ("whole", 1)), Fraction(progress)),)
    return Verdict("two-halves", CUT_POINTS.label(progress), Decimal(str(float(progress))), steps=steps)
'''


STEEP = '''"""steep: a ratio that is just short of its cut point."""

from decimal import Decimal
from fractions import Fraction

from targettrack.assessment.cutpoints import Cut, CutPoints
from targettrack.assessment.verdict import Evidence, Step, Verdict

CUT_POINTS = CutPoints("S", (Cut("enough", Decimal("0.85")),), "short")
LABELS = ("enough", "short")


def judge(evidence: Evidence) -> Verdict:
    """Nearly enough, whatever there is."""
    ratio = Decimal("0.8499999")
    return Verdict("steep", CUT_POINTS.label(ratio), ratio, steps=(Step("S", "{a} / {b}", (("a", ratio), ("b", 1)), Fraction(ratio) / Fraction("1.000000000001")),))
'''


@pytest.fixture(scope="module")
def with_another(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a copy of the package that has two more files."""
    folder = tmp_path_factory.mktemp("package")
    shutil.copytree(Path(targettrack.__file__).parent, folder / "targettrack")
    (folder / "targettrack" / "assessment" / "methods" / "two_halves.py").write_text(NEW_METHOD, encoding="utf-8")
    (folder / "targettrack" / "assessment" / "methods" / "steep.py").write_text(STEEP, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def test_a_new_method_is_one_new_file(with_another: dict[str, str]) -> None:
    """It is listed, judges in status, stands beside the others in explain, and its documents fit the schemas; nothing else was changed."""
    listed = process("methods", "--json", env=with_another)
    assert [method["method"] for method in json.loads(listed.stdout)["methods"]] == [
        "linear",
        "destatis",
        "statcan",
        "steep",
        "two-halves",
        "un-2022",
    ]
    printed_schema("methods", **with_another).validate(json.loads(listed.stdout))
    judged = process(
        "status", "worked/good-air", "--method", "two-halves", "--on", DAY, "--json", cwd=GOLDEN, env=with_another
    )
    assert json.loads(judged.stdout)["targets"][0]["verdict"] == {
        "method": "two-halves",
        "label": "half",
        "ratio": 0.5,
        "score": None,
        "reason": None,
    }
    page = process("explain", "worked/good-air", "--on", DAY, "--json", cwd=GOLDEN, env=with_another)
    printed_schema("explain", **with_another).validate(json.loads(page.stdout))
    (told_of,) = (
        method for method in json.loads(page.stdout)["targets"][0]["methods"] if method["method"] == "two-halves"
    )
    assert (told_of["label"], told_of["agrees"], told_of["cuts"]) == (
        "half",
        False,
        {"half": "H >= 0.5", "less": "H < 0.5"},
    )
    assert told_of["steps"][0]["step"] == {"formula": "way / whole", "numbers": "0.5 / 1", "result": 0.5}
    assert (
        "two-halves  half, 0.5  disagrees"
        in process("explain", "worked/good-air", "--on", DAY, cwd=GOLDEN, env=with_another).stdout
    )


def test_a_ratio_of_a_new_method_is_not_rounded_across_its_own_cut_point(with_another: dict[str, str]) -> None:
    """What is short of 0.85 is shown short of it beside the label that says so, in status and in explain, and so are the numbers that lead there."""
    table = process("status", "worked/good-air", "--method", "steep", "--on", DAY, cwd=GOLDEN, env=with_another).stdout
    assert "steep short 0.8499999" in table
    text = process("explain", "worked/good-air", "--on", DAY, cwd=GOLDEN, env=with_another).stdout
    assert "short, 0.8499999" in text
    assert "0.8499999 / 1 ≈ 0.849999899999" in text
    assert "enough: S >= 0.85; short: S < 0.85" in text
