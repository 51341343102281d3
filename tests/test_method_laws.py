"""Laws of the methods: what holds of every verdict, whatever the figures; and the published rules, written a second time."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import aim, load, tries
from targettrack import number, registry
from targettrack.assessment import methods, report
from targettrack.assessment.verdict import Method
from targettrack.pages import documents
from test_explain import DAYS, figures, programs, read, stated, targets

if TYPE_CHECKING:
    from targettrack.assessment.row import Row
    from targettrack.assessment.verdict import Verdict

LAW = tries(100)
METHODS = {name: Method(name, registry.module(methods, name).judge) for name in registry.names(methods)}
Table = dict[str, Any]
Conclusion = dict[tuple[int, str], "Verdict | None"]


def judged(document: Table, on: date) -> dict[str, tuple[Row, ...]] | None:
    """The rows of a document by every method; None where the document is invalid."""
    loaded = read(document)
    return (
        None
        if loaded is None
        else {name: tuple(report.program_rows(loaded.program, on, judge)) for name, judge in METHODS.items()}
    )


def with_indicator(document: Table, **keys: Any) -> Table:
    """The document with some keys of its indicator changed; those without a value are left out."""
    return document | {"indicators": {"i": stated(**(document["indicators"]["i"] | keys))}}


def mapped(document: Table, change: Callable[[Decimal], Decimal]) -> Table:
    """The document with every figure, bound, baseline and limit changed."""

    def new(table: Table) -> Table:
        changed: Table = {key: change(table[key]) for key in ("value", "limit") if key in table}
        changed |= {key: sorted(map(change, table[key])) for key in ("range",) if key in table}
        return table | changed | {key: new(table[key]) for key in ("baseline",) if key in table}

    indicator = document["indicators"]["i"]
    return with_indicator(
        document | {"actuals": [new(actual) for actual in document["actuals"]]},
        **(new(indicator) | {"targets": [new(target) for target in indicator["targets"]]}),
    )


def zero_is_replaced(row: Row) -> bool:
    """Whether Statistics Canada takes a thousandth for the baseline or the target."""
    baseline = row.indicator.baseline_of(row.target) if row.indicator and row.target else None
    return (baseline is not None and baseline.value == 0) or (row.bound is not None and row.bound.weak == 0)


# ---------------------------------------------------------------- laws


@LAW
@given(programs(), DAYS, st.sampled_from([Decimal("0.001"), Decimal("2.5"), Decimal(7), Decimal(1000)]))
def test_another_unit_is_another_verdict_of_no_method(document: Table, on: date, factor: Decimal) -> None:
    """Figures, bounds, baselines and limit times one number above 0: the same label, ratio, score and reason, but where a 0 is replaced by a number without a unit."""
    one, other = judged(document, on), judged(mapped(document, lambda value: value * factor), on)
    if one is None or other is None:
        assert one is other
        return
    for name in METHODS:
        for row, scaled in zip(one[name], other[name], strict=True):
            if name != "statcan" or not zero_is_replaced(row):
                assert row.verdict == scaled.verdict


def mirror(document: Table) -> Table:
    """The document with every number negated, and more turned into less."""
    turned = mapped(document, lambda value: -value)
    words = {"over": "under", "under": "over"}
    actuals = [
        actual | stated(approx=words.get(actual.get("approx", ""), actual.get("approx")))
        for actual in turned["actuals"]
    ]
    directions = {"increase": "decrease", "decrease": "increase", "maintain": "maintain"}
    return with_indicator(turned | {"actuals": actuals}, direction=directions[turned["indicators"]["i"]["direction"]])


def mirrored_alike(document: Table) -> bool:
    """Whether a document has no sum, which rises from 0, and no multiple, which a baseline below 0 does not have."""
    return not any(
        target.get("aggregate") == "sum" or "times_baseline" in target
        for target in document["indicators"]["i"]["targets"]
    )


@LAW
@given(programs().filter(mirrored_alike), DAYS)
def test_more_of_a_good_is_less_of_a_bad(document: Table, on: date) -> None:
    """In the mirror linear and destatis say the same; growth rates do not, for nothing grows below 0 as it does above."""
    one, other = judged(document, on), judged(mirror(document), on)
    if one is None or other is None:
        assert one is other
        return
    for name in ("linear", "destatis"):
        for row, turned in zip(one[name], other[name], strict=True):
            same = (
                row.verdict == turned.verdict
                if row.indicator and row.indicator.direction != "maintain"
                else row.status == turned.status
            )
            assert same, (name, row.verdict, turned.verdict)


def told(rows: Mapping[str, tuple[Row, ...]] | None) -> list[Any]:
    """All that JSON says of rows but their sentences, which are made of it."""
    return [documents.row_document(row) | {"why": None} for of in (rows or {}).values() for row in of]


@LAW
@given(
    programs(),
    DAYS,
    st.lists(figures(st.integers(1, 100).map(Decimal), 2020), min_size=1, max_size=3),
    st.lists(st.integers(2012, 2030), min_size=3, max_size=3),
    st.integers(1, 900),
)
def test_a_figure_that_is_published_later_is_not_known(
    document: Table, on: date, later: list[Table], years: list[int], days: int
) -> None:
    """Neither rows nor verdicts are other ones for it."""
    of = stated(disaggregation=document["actuals"][0].get("disaggregation") if document["actuals"] else None)
    more = [
        actual | of | {"period": year, "published": on + timedelta(days=days)}
        for actual, year in zip(later, years, strict=False)
    ]
    assert told(judged(document, on)) == told(judged(document | {"actuals": [*document["actuals"], *more]}, on))


def test_no_sentence_tells_of_a_figure_that_is_published_later() -> None:
    """What a report of that day could not know it does not say."""
    texts = [
        aim("increase", "by = 2030; value = 5", *later)
        for later in ([], ["period = 2020; value = 4; published = 2022-05-01"])
    ]
    before, after = (
        documents.row_document(report.report([load(text).program], date(2021, 6, 30), method=METHODS["linear"]).rows[0])
        for text in texts
    )
    assert before["why"] == after["why"]


@LAW
@given(programs(), DAYS, st.data(), st.integers(1, 900))
def test_a_target_that_is_set_later_is_not_known(document: Table, on: date, data: st.DataObject, days: int) -> None:
    """Whether it says when it was set, or its source was published later."""
    indicator = document["indicators"]["i"]
    later = data.draw(targets(st.integers(1, 100).map(Decimal), indicator["direction"], based=False))
    day = on + timedelta(days=days)
    dated = (
        later | {"set_on": day}
        if data.draw(st.booleans())
        else {key: value for key, value in later.items() if key != "set_on"} | {"source": "later"}
    )
    sources = document["sources"] | {"later": {"title": "Later", "published": day}}
    more = with_indicator(document | {"sources": sources}, targets=[*indicator["targets"], dated])
    one, other = judged(document, on), judged(more, on)
    if other is not None:
        assert told(one) == told(other)


@LAW
@given(
    programs().filter(lambda document: mirrored_alike(document) and "baseline" in document["indicators"]["i"]),
    DAYS,
    st.integers(1, 900),
)
def test_a_baseline_that_is_published_later_is_none(document: Table, on: date, days: int) -> None:
    """Before that day everything is as without it; the targets are none that are multiples of it."""
    baseline = document["indicators"]["i"]["baseline"] | {"published": on + timedelta(days=days)}
    later = judged(with_indicator(document, baseline=baseline), on)
    without = judged(with_indicator(document, baseline=None), on)
    if (
        later is not None
        and without is not None
        and not document["indicators"]["i"]["targets"][0].get("disaggregation")
    ):
        assert told(later) == told(without)


@LAW
@given(programs(), DAYS)
def test_a_range_is_judged_at_its_weak_end_by_every_method(document: Table, on: date) -> None:
    """The verdict on a range is that on a value at its weak end, but that linear calls a figure beyond the one value exceeded."""
    indicator = document["indicators"]["i"]
    end = {"increase": 0, "decrease": 1}.get(indicator["direction"])
    if end is None:
        return
    plain = [
        {key: value for key, value in target.items() if key != "range"}
        | ({"value": target["range"][end]} if "range" in target else {})
        for target in indicator["targets"]
    ]
    one, other = judged(document, on), judged(with_indicator(document, targets=plain), on)
    if one is None or other is None:
        assert one is other
        return
    for name in METHODS:
        for row, value in zip(one[name], other[name], strict=True):
            assert row.verdict is not None
            assert value.verdict is not None
            exceeded = name == "linear" and (row.verdict.label, value.verdict.label) == ("met", "exceeded")
            assert row.verdict == (replace(value.verdict, label="met") if exceeded else value.verdict)


# ---------------------------------------------------------------- roots, whatever the size

PRECISE = Context(prec=200, Emax=MAX_EMAX, Emin=MIN_EMIN)


def precise_growth(new: Decimal, old: Decimal, years: Fraction) -> Decimal:
    """``(new / old) ** (1 / years) - 1`` by logarithms, with 200 digits."""
    if new == 0:
        return Decimal(-1)
    rate = PRECISE.divide(
        PRECISE.ln(PRECISE.divide(new, old)), PRECISE.divide(Decimal(years.numerator), Decimal(years.denominator))
    )
    return PRECISE.subtract(PRECISE.exp(rate), 1)


def shortened(value: Decimal, digits: int = 12) -> Decimal:
    """A number with so many significant digits."""
    return Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN).create_decimal(value).normalize()


SIZES = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent), st.integers(1, 10**9), st.integers(-20, 20)
).filter(lambda value: Decimal("1e-20") <= value <= Decimal("1e29"))


@tries(300)
@given(SIZES, SIZES, st.builds(Fraction, st.integers(1, 600), st.just(12)))
def test_a_growth_rate_has_its_digits_whatever_the_size_of_the_figures(
    new: Decimal, old: Decimal, years: Fraction
) -> None:
    """From 1e-20 to 1e29, over a month and over fifty years: 12 digits and more agree with logarithms of 200 digits."""
    precise = precise_growth(new, old, years)
    assert abs(number.growth(new, old, years) - precise) <= abs(precise) * Decimal("1e-40")


@tries(100)
@given(SIZES, st.integers(1, 9), st.integers(1, 40))
def test_a_growth_rate_of_nearly_nothing_keeps_its_digits(figure: Decimal, last: int, years: int) -> None:
    """A change in the last of thirty digits is a rate with 12 digits of its own."""
    start = Decimal(f"{figure:.20E}")
    new = start + Decimal(last).scaleb(int(start.adjusted()) - 29)
    precise = precise_growth(new, start, Fraction(years))
    assert shortened(number.growth(new, start, Fraction(years))) == shortened(precise)


@tries(100)
@given(st.tuples(SIZES, SIZES, SIZES).filter(lambda sizes: sizes[0] != sizes[2]), st.integers(2011, 2025))
def test_a_ratio_has_twelve_right_digits(sizes: tuple[Decimal, Decimal, Decimal], year: int) -> None:
    """Through a program file and a method: R and CR of figures of any size."""
    start, figure, bound = sizes
    text = aim(
        "increase",
        f"by = 2030; value = {bound:f}",
        f"period = {year}; value = {figure:f}",
        indicator=f"baseline = {{ period = 2010, value = {start:f} }}",
    )
    rows = {
        name: next(report.program_rows(load(text).program, date(2026, 6, 30), METHODS[name]))
        for name in ("statcan", "un-2022")
    }
    ratio = PRECISE.divide(
        precise_growth(figure, start, Fraction(year - 2010)), precise_growth(bound, start, Fraction(20))
    )
    for name, row in rows.items():
        assert row.verdict is not None
        if row.verdict.ratio is None:
            assert name == "un-2022"
            assert figure >= bound
        else:
            assert abs(row.verdict.ratio) == abs(shortened(ratio))


# ---------------------------------------------------------------- the rules, written a second time


@dataclass(frozen=True)
class Series:
    """What a published rule takes: figures by the last day and the months of their periods, in order; and the promise."""

    figures: tuple[tuple[date, int, Decimal], ...]
    baseline: tuple[date, Decimal] | None
    bound: Decimal | None
    due: date
    months_due: int
    up: bool
    limit: Decimal | None
    on: date
    unjudged: bool = False
    """Whether there are figures since the baseline, and all of them for periods of another length than the due one."""

    @property
    def sign(self) -> int:
        return 1 if self.up else -1

    def meets(self, value: Decimal, bound: Decimal) -> bool:
        return self.sign * (value - bound) >= 0

    def newest(self) -> tuple[date, int, Decimal] | None:
        """The newest figure since the baseline; past due the newest inside of the due period that ends with it or is as long, else the first after it, else the newest before."""
        since = [figure for figure in self.figures if self.baseline is None or figure[0] >= self.baseline[0]]
        if self.due >= self.on:
            return since[-1] if since else None
        begin = (self.due.year * 12 + self.due.month) - self.months_due
        inside = [
            figure
            for figure in since
            if begin < figure[0].year * 12 + figure[0].month
            and (figure[0] == self.due or (figure[0] < self.due and figure[1] >= self.months_due))
        ]
        after = [figure for figure in since if figure[0] > self.due]
        return inside[-1] if inside else after[0] if after else since[-1] if since else None


def years_between(first: date, last: date) -> Fraction:
    """The years between the ends of two months."""
    return Fraction((last.year - first.year) * 12 + last.month - first.month, 12)


Outcome = tuple[str, Decimal | None, Decimal | None]


def cut(value: Decimal, labels: Mapping[str, str], otherwise: str) -> str:
    """The first label whose cut point a number reaches; of numbers that differ from it in the hundredth digit alone too."""
    rounded = shortened(value, 100)
    return next((label for label, point in labels.items() if rounded >= Decimal(point)), otherwise)


def line(value: Decimal, slope: str, level: str) -> Decimal:
    """A straight line."""
    return PRECISE.add(PRECISE.multiply(value, Decimal(slope)), Decimal(level))


def statcan(of: Series) -> Outcome:
    """Statistics Canada's rule."""
    newest = of.newest()
    if newest is None:
        return "not_available", None, None
    last, _, value = newest
    zero = Decimal("0.001")
    bound = None if of.bound is None else of.bound or zero
    achieved = of.bound is not None and bound is not None and (of.meets(value, of.bound) or of.meets(value, bound))
    growth = None
    if of.baseline is not None and last.year > of.baseline[0].year:
        start = of.baseline[1] or zero
        if start * value >= 0:
            growth = (
                (-1 if start < 0 else 1) * of.sign * precise_growth(value, start, years_between(of.baseline[0], last))
            )
    if bound is None:
        return (
            ("not_available", None, None)
            if growth is None or of.baseline is None
            else statcan_improving(growth, room(of.baseline[1], of.limit))
        )
    needed = (
        of.baseline is not None
        and of.due > of.baseline[0]
        and (of.baseline[1] or zero) * bound > 0
        and (of.baseline[1] or zero) != bound
    )
    if growth is None or not needed or of.baseline is None:
        return ("target_achieved", None, Decimal(5)) if achieved else ("not_available", None, None)
    ratio = PRECISE.divide(
        growth, abs(precise_growth(bound, of.baseline[1] or zero, years_between(of.baseline[0], of.due)))
    )
    if achieved:
        return "target_achieved", ratio, Decimal(5)
    label = cut(
        ratio, {"substantial_progress": "0.95", "moderate_progress": "0.60", "limited_progress": "0"}, "deterioration"
    )
    high = label in {"substantial_progress", "moderate_progress"}
    return (
        label,
        ratio,
        min(line(ratio, "7.1429", "-4.2857"), Decimal(5)) if high else max(line(ratio, "4.1667", "-2.5"), Decimal(-5)),
    )


def room(start: Decimal, limit: Decimal | None) -> Decimal:
    """C: how much of the cut points a natural limit leaves."""
    if limit is None or abs(start) >= 2 * abs(limit):
        return Decimal(1)
    near = abs(start) if abs(start) <= abs(limit) else 2 * abs(limit) - abs(start)
    return (
        Decimal(1)
        if near == 0
        else PRECISE.subtract(
            1, PRECISE.exp(PRECISE.multiply(PRECISE.ln(PRECISE.divide(near, abs(limit))), Decimal("4.44")))
        )
    )


def statcan_improving(growth: Decimal, left: Decimal) -> Outcome:
    """Statistics Canada's rule without a target."""
    points = {"substantial_progress": "0.015", "moderate_progress": "0.005", "limited_progress": "0"}
    rounded = shortened(growth, 100)
    label = next(
        (label for label, point in points.items() if rounded >= shortened(PRECISE.multiply(Decimal(point), left), 100)),
        "deterioration",
    )
    if growth < 0:
        return label, growth, max(line(growth, "125", "-2.5"), Decimal(-5))
    if left == 0:
        return label, growth, Decimal(5)
    share = PRECISE.divide(growth, left)
    score = {
        "substantial_progress": min(line(share, "500", "-5"), Decimal(5)),
        "moderate_progress": line(share, "250", "-1.25"),
        "limited_progress": line(share, "500", "-2.5"),
    }
    return label, growth, score[label]


def un_2022(of: Series) -> Outcome:
    """The rule of the Progress Chart of 2022."""
    newest = of.newest()
    if newest is None:
        return "insufficient_data", None, None
    last, _, value = newest
    if of.meets(value, of.bound) if of.bound is not None else not of.up and value == 0:
        return "target_achieved", None, None
    if of.baseline is None or last.year <= of.baseline[0].year:
        return "insufficient_data", None, None
    first, start = of.baseline
    growth = None if start == 0 or start * value < 0 else precise_growth(value, start, years_between(first, last))
    if of.bound is None:
        if growth is None:
            return "insufficient_data", None, None
        gained = of.sign * growth
        label = cut(gained, {"fair_progress": "0.005", "limited_or_no_progress": "-0.01"}, "deterioration")
        return ("on_track" if shortened(gained, 100) > Decimal("0.01") else label), gained, None
    needed = (
        None
        if start == 0 or start * of.bound < 0 or of.due <= first
        else precise_growth(of.bound, start, years_between(first, of.due))
    )
    ratio = None if growth is None or not needed else PRECISE.divide(growth, needed)
    if of.meets(start, of.bound) and of.sign * (value - start) < 0:
        return "deterioration", None if ratio is None else -abs(ratio), None
    if ratio is None:
        return "insufficient_data", None, None
    return (
        cut(ratio, {"on_track": "0.95", "fair_progress": "0.5", "limited_or_no_progress": "-0.1"}, "deterioration"),
        ratio,
        None,
    )


def destatis(of: Series) -> Outcome:
    """The weather symbols, before the due period has ended."""
    used = [
        figure
        for figure in of.figures
        if (of.bound is None or figure[0] <= of.due) and (of.baseline is None or figure[0] >= of.baseline[0])
    ]
    row = used[-1:]
    while row and len(row) < 6:
        day = row[0][0]
        before = [
            figure
            for figure in of.figures
            if (figure[0].year, figure[0].month, figure[1]) == (day.year - 1, day.month, row[0][1])
        ]
        if not before:
            break
        row = [*before, *row]
    if len(row) < 4:
        return "none", None, None
    values = [Fraction(value) for _, _, value in row]
    trend = of.sign * (values[-1] - values[0]) / (len(values) - 1)
    if of.bound is None:
        latest = of.sign * (values[-1] - values[-2])
        return (
            ("sun" if latest > 0 else "slightly_cloudy") if trend > 0 else "cloud" if latest > 0 else "thunderstorm",
            None,
            None,
        )
    distance = of.sign * (Fraction(of.bound) - values[-1])
    if distance <= 0:
        return "sun" if trend >= 0 else "slightly_cloudy", None, None
    missed = (distance - trend * years_between(row[-1][0], of.due)) / distance
    label = (
        "sun"
        if missed < Fraction(5, 100)
        else "slightly_cloudy"
        if missed <= Fraction(20, 100)
        else "cloud"
        if trend > 0
        else "thunderstorm"
    )
    return label, PRECISE.divide(Decimal(missed.numerator), Decimal(missed.denominator)), None


RULES: dict[str, Callable[[Series], Outcome]] = {"statcan": statcan, "un-2022": un_2022, "destatis": destatis}

ENDS = {"": (12, 12), "-S1": (6, 6), "-S2": (12, 6), "-Q1": (3, 3), "-Q2": (6, 3), "-Q3": (9, 3), "-Q4": (12, 3)}
"""The last month and the length of a part of a year."""


def period_of(year: int, part: str) -> tuple[date, int]:
    """The last day and the months of a period."""
    month, length = ENDS[part]
    return date(year, month, calendar.monthrange(year, month)[1]), length


SMALL = st.integers(-8, 8).map(Decimal)
WIDE = st.one_of(
    st.integers(-(10**4), 10**4).map(lambda number: Decimal(number) / 100),
    st.sampled_from(
        [Decimal(0), Decimal("0.001"), Decimal("0.0011"), Decimal("-0.001"), Decimal("1e-20"), Decimal(10) ** 29]
    ),
)
STEADY = st.sampled_from([Decimal(4), Decimal(4), Decimal(5)])
CLOSE = st.integers(80, 120).map(Decimal)
VALUES = st.sampled_from([SMALL, SMALL, CLOSE, CLOSE, STEADY, st.integers(1, 30).map(Decimal), WIDE])
PARTS = st.sampled_from(["", "", "", "-S1", "-S2", "-Q1", "-Q3", "-Q4"])


@st.composite
def series(draw: st.DrawFn, *, past_due: bool = False) -> tuple[Series, str]:
    """A series in a row, or with long gaps, of years or of parts of them, with its promise, which may say that figures of any length are judged; and the program that says so."""
    values = draw(VALUES)
    on = date(2026, 6, 30)
    when: dict[date, tuple[int, str]] = {}
    part = draw(PARTS)
    first = draw(st.integers(2006, 2022))
    runs = [(year, part) for year in range(first, first + draw(st.integers(0, 9)))]
    for year, each in [*runs, *draw(st.lists(st.tuples(st.integers(2000, 2025), PARTS), max_size=3))]:
        last, _ = period_of(year, each)
        if last <= on:
            when.setdefault(last, (year, each))
    measured = tuple((last, period_of(*when[last])[1], draw(values)) for last in sorted(when))
    before = min(first, 2016)
    baseline = draw(
        st.one_of(
            st.none(),
            *(
                st.tuples(st.builds(period_of, st.integers(before - 3, before), parts), values)
                for parts in (st.just(""), PARTS, st.just(""))
            ),
        )
    )
    due_year, due_part = draw(st.integers(2017, 2024) if past_due else st.integers(2027, 2040)), draw(PARTS)
    due, months_due = period_of(due_year, due_part)
    bound = draw(st.one_of(st.none(), values, values, *([st.just(baseline[1])] if baseline else [])))
    written = draw(st.sampled_from([True, True, False]))
    able = tuple(figure for figure in measured if written or figure[1] == months_due)
    since = None if baseline is None else (baseline[0][0], baseline[1])
    shown, judged = (any(since is None or last >= since[0] for last, _, _ in those) for those in (measured, able))
    limit = draw(st.one_of(st.none(), st.sampled_from([Decimal(0), Decimal(4), Decimal(10), Decimal(-10)])))
    of = Series(able, since, bound, due, months_due, draw(st.booleans()), limit, on, unjudged=shown and not judged)
    start = (
        ""
        if of.baseline is None
        else f"baseline = {{ period = {of.baseline[0].isoformat()}, value = {of.baseline[1]:f} }}"
    )
    text = aim(
        "increase" if of.up else "decrease",
        f'by = "{due_year}{due_part}"; {"improve = true" if bound is None else f"value = {bound:f}"}'
        + ('; aggregate = "last"' if written else ""),
        *(f'period = "{when[last][0]}{when[last][1]}"; value = {value:f}' for last, _, value in measured),
        indicator="; ".join(part for part in (start, "" if of.limit is None else f"limit = {of.limit:f}") if part),
    )
    return of, text


def follows(of: Series, text: str, method: str) -> None:
    """Assert that a method's verdict is what its rule, written a second time, gives."""
    row = next(report.program_rows(load(text).program, of.on, METHODS[method]))
    label, ratio, score = ("not_assessed", None, None) if of.unjudged else RULES[method](of)
    assert row.verdict is not None
    found = row.verdict
    assert found.label == label, (found, ratio, text)
    assert (found.ratio is None) == (ratio is None), (found, ratio, text)
    assert (
        ratio is None
        or found.ratio is None
        or abs(found.ratio - ratio) <= abs(ratio) * Decimal("1e-11") + Decimal("1e-60")
    ), (found, ratio, text)
    assert (found.score is None) == (score is None), (found, score, text)
    assert score is None or found.score is None or abs(found.score - score) <= Decimal("1e-10"), (found, score, text)


@pytest.mark.parametrize("method", RULES)
@tries(300)
@given(case=series())
def test_a_method_follows_its_rule(case: tuple[Series, str], method: str) -> None:
    """Label, ratio and score of any series: zero, negative, sign-changing, one figure or none, years apart, halves and quarters, a baseline that is the target."""
    follows(*case, method)


@pytest.mark.parametrize("method", ["statcan", "un-2022"])
@tries(200)
@given(case=series(past_due=True))
def test_a_method_follows_its_rule_when_the_target_is_past_due(case: tuple[Series, str], method: str) -> None:
    """Then the judged figure is the one that counts."""
    follows(*case, method)
