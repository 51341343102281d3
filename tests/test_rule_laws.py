"""Laws of the rules: what must not matter does not, what is settled stays so, and intervals are judged by all their numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from ruling import nothing_made
from support import LINEAR, tries
from targettrack.assessment import report
from targettrack.assessment.bounds import Bound, Span, improves, just
from targettrack.assessment.row import Row
from targettrack.pages import documents as contract
from targettrack.program import consistency, reading
from targettrack.program.model import Direction, Program

LAW = tries(100)
Table = dict[str, Any]

NUMBERS = st.integers(-20, 60).map(lambda quarters: Decimal(quarters) / 4)
YEARS = st.integers(2012, 2021)
DAYS = st.dates(date(2013, 1, 1), date(2024, 12, 31))
SOURCES = {
    "a": {"title": "A", "publisher": "P"},
    "b": {"title": "B", "publisher": "P", "published": date(2019, 6, 1)},
    "c": {"title": "C"},
}
PARTS = ("Q1", "Q2", "Q3", "Q4", "S1", "S2", "12")
PERIODS: st.SearchStrategy[int | str] = st.one_of(
    YEARS,
    YEARS,
    YEARS,
    st.tuples(YEARS, st.sampled_from(PARTS)).map(lambda pair: f"{pair[0]}-{pair[1]}"),
    YEARS.map(lambda year: f"{year}-12-31"),
)
VALUES: st.SearchStrategy[Table] = st.one_of(
    NUMBERS.map(lambda value: {"value": value}),
    NUMBERS.map(lambda value: {"value": value}),
    st.tuples(NUMBERS, NUMBERS).map(lambda ends: {"range": sorted(ends)}),
    st.tuples(NUMBERS, st.sampled_from(["over", "under", "about"])).map(
        lambda pair: {"value": pair[0], "approx": pair[1]}
    ),
)
SHAPES: st.SearchStrategy[Table] = st.one_of(
    NUMBERS.map(lambda value: {"value": value}),
    NUMBERS.map(lambda value: {"value": value}),
    st.tuples(NUMBERS, NUMBERS).map(lambda ends: {"range": sorted(ends)}),
    st.just({"improve": True}),
)


def given_keys(**keys: Any) -> Table:
    """The keys that have a value."""
    return {key: value for key, value in keys.items() if value is not None}


def rarely(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly nothing."""
    return st.one_of(st.none(), st.none(), st.none(), strategy)


@st.composite
def actuals(draw: st.DrawFn, periods: st.SearchStrategy[int | str] = PERIODS) -> Table:
    """A figure, mostly plain."""
    extra = {
        "quality": draw(rarely(st.sampled_from(["provisional", "estimate"]))),
        "published": draw(rarely(DAYS)),
        "source": draw(st.sampled_from([None, "a", "a", "b", "c"])),
        "series_break": draw(rarely(st.just(value=True))),
    }
    return {"indicator": "i", "period": draw(periods), **draw(VALUES), **given_keys(**extra)}


DATED: st.SearchStrategy[Table] = st.one_of(
    st.integers(2013, 2023).map(lambda year: {"by": year}),
    st.sampled_from([{"by": "2018-06"}, {"by": "2018-12-31"}, {"by": "2017-07/2018-06"}]),
)
WINDOWS: st.SearchStrategy[Table] = st.tuples(
    st.integers(2013, 2019), st.integers(0, 3), st.sampled_from(["sum", "sum", "mean"])
).map(lambda triple: {"from": triple[0], "by": triple[0] + triple[1], "aggregate": triple[2]})
STANDING: st.SearchStrategy[Table] = st.sampled_from(
    [
        {"every": "year"},
        {"every": "year", "from": 2015},
        {"every": "year", "by": 2018},
        {"every": "half"},
        {"every": "quarter"},
    ]
)


@st.composite
def targets(draw: st.DrawFn, times: st.SearchStrategy[Table], direction: str) -> Table:
    """A target with one of these times."""
    time = draw(times)
    shape = draw(
        SHAPES.filter(
            lambda shape: (
                "improve" not in shape or (direction != "maintain" and time.get("aggregate", "last") == "last")
            )
        )
    )
    extra: Table = given_keys(set_on=draw(rarely(DAYS)), source=draw(st.sampled_from([None, "c"])))
    if "improve" not in shape and not (direction == "maintain" and "value" in shape):
        extra |= given_keys(strict=draw(rarely(st.just(value=True))))
    if "aggregate" not in time:
        extra |= given_keys(aggregate=draw(rarely(st.just("last"))))
    return {**shape, **time, **extra}


WHOLE_YEARS = st.one_of(DATED, STANDING).filter(lambda time: "-" not in str(time.get("by")))
TIMES: st.SearchStrategy[Table] = st.one_of(DATED, DATED, WINDOWS, STANDING, st.just({}))


@st.composite
def documents(
    draw: st.DrawFn, times: st.SearchStrategy[Table] = TIMES, *, running: bool = True, count: int = 6
) -> Table:
    """A program with one indicator, one target and some figures."""
    direction = draw(st.sampled_from(["increase", "increase", "decrease", "maintain"]))
    target = draw(targets(times, direction))
    cumulative = (
        True if running and target.get("aggregate", "last") == "last" and draw(st.integers(0, 3)) == 0 else None
    )
    extra = given_keys(
        cumulative=cumulative,
        lag=draw(rarely(st.sampled_from(["3 months", "40 days"]))),
        frequency=draw(rarely(st.sampled_from(["year", "quarter"]))),
        prefer=draw(rarely(st.just(["c"]))),
    )
    if draw(st.integers(0, 2)) == 0:
        extra["baseline"] = {"period": draw(st.integers(2011, 2014)), "value": draw(NUMBERS)}
    return {
        "targettrack": 1,
        "program": {"name": "P"},
        "sources": SOURCES,
        "indicators": {"i": {"name": "I", "unit": "t", "direction": direction, **extra, "targets": [target]}},
        "actuals": draw(st.lists(actuals(), min_size=1, max_size=count)),
    }


def read(document: Table) -> Program | None:
    """The program of a document; None where the document is invalid."""
    found, parts, faults = reading.read(document)
    return None if found is None or faults or [*consistency.between(parts)] else Program("p", "p.toml", found)


def judged(document: Table, on: date) -> list[Row]:
    """The rows of a valid document."""
    found = read(document)
    assume(found is not None)
    assert found is not None
    return list(report.program_rows(found, on, LINEAR))


def told(rows: Sequence[Row], *but: str) -> list[Table]:
    """All that data say of rows, without their sentences and these keys."""
    return [
        {key: value for key, value in contract.row_document(row).items() if key not in {"why", *but}} for row in rows
    ]


def with_actuals(document: Table, *more: Table) -> Table:
    """The document with more figures behind the others."""
    return document | {"actuals": [*document["actuals"], *more]}


def with_indicator(document: Table, **keys: Any) -> Table:
    """The document with some keys of its indicator changed; those without a value are left out."""
    return document | {"indicators": {"i": given_keys(**(document["indicators"]["i"] | keys))}}


def aim(document: Table) -> Table:
    """The only target of a document."""
    target: Table = document["indicators"]["i"]["targets"][0]
    return target


def plain(period: int | str, value: Decimal, **keys: Any) -> Table:
    """A figure without anything else."""
    return {"indicator": "i", "period": period, "value": value, "source": "c", **keys}


# ---------------------------------------------------------------- what cannot matter


@LAW
@given(documents(), DAYS, actuals())
def test_a_figure_of_another_part_changes_nothing(document: Table, on: date, more: Table) -> None:
    """A figure serves only targets with exactly its disaggregation."""
    assert told(judged(document, on)) == told(
        judged(with_actuals(document, more | {"disaggregation": {"sex": "f"}}), on)
    )


@LAW
@given(documents(WINDOWS), DAYS, NUMBERS, st.sampled_from([-1, 1]), st.sampled_from(["", "-Q4", "-S1", "-12-31"]))
def test_a_figure_outside_a_window_changes_nothing(
    document: Table, on: date, value: Decimal, side: int, part: str
) -> None:
    """What ends before a sum's or a mean's window, or begins after it, is never used."""
    year = aim(document)["from"] - 1 if side < 0 else aim(document)["by"] + 1
    assert told(judged(document, on)) == told(judged(with_actuals(document, plain(f"{year}{part}", value)), on))


@LAW
@given(documents(WHOLE_YEARS, running=False), DAYS, YEARS, st.sampled_from(["-Q4", "-S2", "-12", "-Q2"]), NUMBERS)
def test_a_figure_of_another_length_changes_nothing_beside_one_that_may_be_judged(
    document: Table, on: date, year: int, part: str, value: Decimal
) -> None:
    """Without aggregate it is taken only where there is no other: it leads no day, is no rival and no start."""
    assume("aggregate" not in aim(document) and aim(document).get("every", "year") == "year")
    one = judged(document, on)
    assume(one and one[0].has_figure and "other_length" not in one[0].flags)
    assert told(one) == told(judged(with_actuals(document, plain(f"{year}{part}", value)), on))


@LAW
@given(documents(st.one_of(DATED, STANDING, st.just({}))), DAYS, st.integers(2000, 2010), NUMBERS)
def test_a_figure_that_ended_before_the_baseline_changes_nothing(
    document: Table, on: date, year: int, value: Decimal
) -> None:
    """It is history, shown and never judged, for whatever is due after the baseline's period."""
    indicator = document["indicators"]["i"]
    base = indicator.get("baseline")
    assume(
        base is not None
        and on > date(base["period"], 12, 31)
        and (isinstance(aim(document).get("by"), str) or aim(document).get("by", 9999) > base["period"])
    )
    assert told(judged(document, on)) == told(judged(with_actuals(document, plain(year, value)), on))


@LAW
@given(documents(), DAYS, st.lists(actuals(), min_size=1, max_size=2), st.integers(1, 900))
def test_a_figure_published_after_the_day_changes_nothing(
    document: Table, on: date, more: list[Table], days: int
) -> None:
    """Nor does its sentence."""
    later = [each | {"published": on + timedelta(days=days)} for each in more]
    one, other = judged(document, on), judged(with_actuals(document, *later), on)
    assert [contract.row_document(row) for row in one] == [contract.row_document(row) for row in other]


@LAW
@given(
    documents(DATED, running=False), NUMBERS, st.lists(NUMBERS, min_size=1, max_size=2), st.sampled_from(["", "-Q4"])
)
def test_what_is_final_stays_so_whatever_is_measured_later(
    document: Table, value: Decimal, values: list[Decimal], part: str
) -> None:
    """A figure of a period after due changes nothing of a final row."""
    settled, on = with_actuals(document, plain(aim(document)["by"], value, published=2024)), date(2024, 12, 31)
    one = judged(settled, on)
    assume(one[0].final)
    more = [plain(f"{2024 + place}{part}", each, published=date(2013, 1, 1)) for place, each in enumerate(values)]
    assert told(one) == told(judged(with_actuals(settled, *more), on))


@LAW
@given(
    st.lists(
        st.tuples(st.sampled_from([2015, 2016, 2017, "2018-Q1", "2018-Q2"]), st.booleans()),
        min_size=1,
        max_size=4,
        unique_by=lambda pair: str(pair[0]),
    ),
    st.booleans(),
    st.sampled_from([date(2017, 6, 1), date(2020, 6, 1)]),
)
def test_a_milestone_that_was_reached_stays_so_whatever_is_measured_later(
    answers: list[tuple[int | str, bool]], later: bool, on: date
) -> None:
    """An answer of a period after due changes nothing of a final milestone."""
    figures = [{"indicator": "i", "period": period, "value": value} for period, value in answers]
    document: Table = {
        "targettrack": 1,
        "program": {"name": "P"},
        "indicators": {"i": {"name": "I", "unit": "yes/no", "targets": [{"by": "2018-Q2", "value": True}]}},
        "actuals": figures,
    }
    one = judged(document, on)
    assume(one[0].final)
    assert told(one) == told(
        judged(with_actuals(document, {"indicator": "i", "period": 2019, "value": later, "published": 2013}), on)
    )


# ---------------------------------------------------------------- versions


@st.composite
def versions(draw: st.DrawFn) -> tuple[Table, Table]:
    """A standing promise with one version; and a later version of it."""
    document = draw(documents(STANDING))
    target = aim(document) | {"set_on": date(2013, 5, 5)}
    later: Table = {
        **draw(SHAPES.filter(lambda shape: "improve" not in shape)),
        **{key: target[key] for key in ("every", "by", "from", "aggregate") if key in target},
        "set_on": draw(st.dates(date(2014, 1, 1), date(2020, 12, 31))),
    }
    return with_indicator(document, targets=[target]), later


@LAW
@given(versions(), DAYS)
def test_a_version_that_is_set_later_is_not_known_before(pair: tuple[Table, Table], on: date) -> None:
    """On a day before it was set the rows are those without it."""
    document, later = pair
    assume(on < later["set_on"])
    assert told(judged(document, on)) == told(judged(with_indicator(document, targets=[aim(document), later]), on))


@LAW
@given(versions(), st.integers(0, 366))
def test_a_version_that_is_set_later_never_judges_what_ended_before(pair: tuple[Table, Table], days: int) -> None:
    """Until the first period that ends after it, the row is that of the version before, which says what is upcoming."""
    document, later = pair
    on = later["set_on"] + timedelta(days=days)
    one, other = judged(document, on), judged(with_indicator(document, targets=[aim(document), later]), on)
    assert len(one) == len(other)
    for was, now in zip(one, other, strict=True):
        assert was.kept
        assert now.kept
        assert (was.kept.periods, was.kept.figures) == (now.kept.periods, now.kept.figures)
        since = [each for each in ended(later, on) if each >= later["set_on"]]
        assert abs(was.kept.kept - now.kept.kept) <= len(since)
        if not since and (was.kept.figures or (was.kept.periods and "lag" not in document["indicators"]["i"])):
            assert told([was], "upcoming") == told([now], "upcoming")


@LAW
@given(versions(), DAYS, st.integers(1, 1500))
def test_what_was_kept_stays_so(pair: tuple[Table, Table], on: date, days: int) -> None:
    """Where no figure is revised and no baseline comes to be known, later days count more periods, more figures and no fewer that were kept, whatever version is set meanwhile."""
    document, later = pair
    figures = {
        str(each["period"]): {key: value for key, value in each.items() if key not in {"published", "quality"}}
        | {"source": "c"}
        for each in document["actuals"]
    }
    both = with_indicator(document | {"actuals": list(figures.values())}, targets=[aim(document), later], baseline=None)
    counts = [[each.kept for each in judged(both, day)] for day in (on, on + timedelta(days=days))]
    for one, other in zip(*counts, strict=False):
        assert one
        assert other
        assert one.periods <= other.periods
        assert one.figures <= other.figures
        assert one.kept <= other.kept


def ended(target: Table, on: date) -> Iterator[date]:
    """The last days of the ended periods of a standing target."""
    step = {"year": 12, "half": 6, "quarter": 3}[target["every"]]
    for month in range(2012 * 12 + step, on.year * 12 + on.month + 1, step):
        last = date(month // 12, month % 12 + 1, 1) - timedelta(days=1)
        if last < on:
            yield last


@LAW
@given(documents(), DAYS, NUMBERS, st.one_of(st.none(), DAYS), st.randoms())
def test_a_draft_changes_nothing_of_what_was_adopted(
    document: Table, on: date, value: Decimal, when: date | None, chance: Random
) -> None:
    """But the list of what it superseded, whenever the draft was made and wherever it stands."""
    draft = (
        {key: aim(document)[key] for key in ("by", "from", "every", "aggregate") if key in aim(document)}
        | {"value": value, "standing": "proposed"}
        | given_keys(set_on=when)
    )
    both = chance.sample([aim(document), draft], 2)
    adopted = [row for row in judged(with_indicator(document, targets=both), on) if "proposed" not in row.flags]
    assert told(judged(document, on), "superseded") == told(adopted, "superseded")


@LAW
@given(documents(), DAYS, st.lists(NUMBERS, min_size=1, max_size=2), st.randoms())
def test_the_order_of_the_file_tells_nothing_that_dates_tell(
    document: Table, on: date, values: list[Decimal], chance: Random
) -> None:
    """Sources, targets and figures may stand in any order, where dates tell which of them leads."""
    target = aim(document)
    time = {key: target[key] for key in ("by", "from", "every", "aggregate") if key in target}
    targets = [
        target | {"set_on": date(2012, 2, 2)},
        *(time | {"value": value, "set_on": date(2014 + 2 * place, 2, 2)} for place, value in enumerate(values)),
    ]
    targets.append(time | {"value": values[0], "set_on": date(2015, 3, 3), "standing": "proposed"})
    figures = [
        each | {"published": date(2012, 1, 1) + timedelta(days=200 * place)}
        for place, each in enumerate(document["actuals"])
    ]
    one = with_indicator(document | {"actuals": figures}, targets=targets)
    other = with_indicator(
        document
        | {
            "actuals": chance.sample(figures, len(figures)),
            "sources": dict(chance.sample(list(SOURCES.items()), len(SOURCES))),
        },
        targets=chance.sample(targets, len(targets)),
    )
    assert unordered(judged(one, on)) == unordered(judged(other, on))


def unordered(rows: Sequence[Row]) -> list[str]:
    """All that data say of rows, in an order that has nothing to do with the file's."""
    return sorted(
        json.dumps(
            each | {"rivals": sorted(map(str, each["rivals"])), "notes": sorted(each["notes"])},
            default=str,
            sort_keys=True,
        )
        for each in told(rows)
    )


# ---------------------------------------------------------------- windows and lags


@LAW
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [("",), ("-S1", "-S2"), ("-Q1", "-Q2", "-Q3", "-Q4"), ("-S1", "-Q3", "-Q4"), ("-Q1", "-Q2", "-S2")]
            ),
            NUMBERS,
            NUMBERS,
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["increase", "decrease", "maintain"]),
    NUMBERS,
    st.booleans(),
)
def test_a_sum_is_that_of_any_exact_tiling(
    years: list[tuple[tuple[str, ...], Decimal, Decimal]], direction: str, bound: Decimal, covered: bool
) -> None:
    """Whatever parts a year is given in, the sum over the window is that of its years, complete and judged alike."""
    tiles = [
        plain(f"{2015 + place}{part}", value / 4 if number else value)
        for place, (parts, value, _) in enumerate(years)
        for number, part in enumerate(parts)
    ]
    whole = [
        plain(
            2015 + place,
            sum((tile["value"] for tile in tiles if str(tile["period"]).startswith(str(2015 + place))), Decimal(0)),
        )
        for place in range(len(years))
    ]
    odd = [plain(f"{2014}-07/{2015}-06", Decimal(99))] if covered else []
    target = {"from": 2015, "by": 2014 + len(years), "aggregate": "sum", "value": bound, "source": "c"}
    document: Table = {
        "targettrack": 1,
        "program": {"name": "P"},
        "sources": SOURCES,
        "indicators": {"i": {"name": "I", "direction": direction, "targets": [target]}},
        "actuals": tiles + odd,
    }
    on = date(2020, 1, 1)
    (one,), (other,) = judged(document, on), judged(document | {"actuals": whole}, on)
    assert (one.status, one.figure, one.gap, one.flags, one.final) == (
        other.status,
        other.figure,
        other.gap,
        other.flags,
        other.final,
    )
    assert one.judged
    assert one.judged.window
    assert one.judged.window.complete


@LAW
@given(documents(st.one_of(DATED, WINDOWS)), DAYS, st.sampled_from(["1 month", "5 months", "100 days", "14 months"]))
def test_a_lag_settles_and_unsettles_nothing(document: Table, on: date, lag: str) -> None:
    """A final row is the same with a lag; and long after due any row is that without one."""
    (was, now) = (judged(with_indicator(document, lag=each), on) for each in (None, lag))
    assert len(was) == len(now)
    for one, other in zip(was, now, strict=True):
        if one.final:
            assert told([one], "window", "flags") == told([other], "window", "flags")
            assert {*one.flags} - {*other.flags} <= {"partial"}
        if other.status == "pending" and one.status != "pending":
            assert "awaited" in other.flags
        if one.due and (on - one.due.last).days > 450:
            assert told([one]) == told([other])


@LAW
@given(documents(), DAYS)
def test_an_awaited_row_is_pending(document: Table, on: date) -> None:
    """Past due, not final, neither stale nor partial; and only with a lag."""
    for row in judged(document, on):
        if "awaited" in row.flags:
            assert (row.status, row.past_due, row.final) == ("pending", True, False)
            assert not {"stale", "partial"} & {*row.flags}
            assert row.indicator
            assert row.indicator.lag


@LAW
@given(documents(), DAYS)
def test_what_is_final_is_settled(document: Table, on: date) -> None:
    """Final is only what is missed, met or exceeded, by a firm figure of its own time."""
    for row in judged(document, on):
        if row.final:
            assert row.status in {"missed", "met", "exceeded"}
            assert not {"late_figure", "provisional", "estimate", "stale", "inexact", "other_length", "awaited"} & {
                *row.flags
            }
        if "other_length" in row.flags:
            assert nothing_made(row)
            assert row.status in {"pending", "not_assessable", "unreported"}
            assert (row.verdict.label, row.start) == ("not_assessed", None)


@LAW
@given(documents(), DAYS)
def test_numbers_and_answers_are_never_in_one_row(document: Table, on: date) -> None:
    """A row has a figure, or an answer, or neither; no row of a number has an answer."""
    for row in judged(document, on):
        assert row.answer is None
        assert (row.figure is None) is (not row.has_figure)


# ---------------------------------------------------------------- intervals

ENDS = st.integers(-12, 12).map(lambda halves: Decimal(halves) / 2)
SPANS = st.one_of(
    ENDS.map(just),
    st.tuples(ENDS, ENDS).map(lambda ends: Span(min(ends), max(ends), min(ends))),
    ENDS.map(lambda end: Span(end, None, end)),
    ENDS.map(lambda end: Span(None, end, end)),
    st.tuples(ENDS, ENDS).map(lambda ends: Span(None, None, ends[0])),
)


def ordered(direction: Direction, one: Decimal, other: Decimal) -> tuple[Decimal, Decimal]:
    """Two ends, the weak one first."""
    return (max(one, other), min(one, other)) if direction == "decrease" else (min(one, other), max(one, other))


DIRECTIONS: st.SearchStrategy[Direction] = st.sampled_from(["increase", "decrease", "maintain"])
BOUNDS = st.builds(
    lambda direction, one, other, strict: Bound(direction, *ordered(direction, one, other), strict),
    DIRECTIONS,
    ENDS,
    ENDS,
    st.booleans(),
).filter(lambda bound: not (bound.direction == "maintain" and bound.strict and bound.weak == bound.strong))
NEAR, FAR = Decimal("0.001"), Decimal(1000)


def numbers(allowed: Span) -> list[Decimal]:
    """Many of the numbers that a figure allows: its ends, their neighbours, everything between by eighths, and what lies far off."""
    low = (
        allowed.low if allowed.low is not None else (allowed.high if allowed.high is not None else allowed.stated) - FAR
    )
    high = (
        allowed.high if allowed.high is not None else (allowed.low if allowed.low is not None else allowed.stated) + FAR
    )
    steps = [Decimal(eighths) / 8 for eighths in range(-56, 57)]
    wanted = {low, high, low + NEAR, high - NEAR, *(step + more for step in steps for more in (0, NEAR, -NEAR))}
    if allowed.open:
        return [
            value
            for value in wanted
            if (allowed.low is None or value > allowed.low) and (allowed.high is None or value < allowed.high)
        ]
    return [value for value in wanted if low <= value <= high]


@LAW
@given(BOUNDS, SPANS)
def test_a_bound_decides_by_all_numbers_of_a_figure(bound: Bound, allowed: Span) -> None:
    """All of them satisfy, none does, or some do and some do not."""
    held = {bound.holds(value) for value in numbers(allowed)}
    assert bound.decides(allowed) is (held.pop() if len(held) == 1 else None)


@LAW
@given(BOUNDS, SPANS)
def test_the_gap_is_of_the_worse_end(bound: Bound, allowed: Span) -> None:
    """No number of a closed figure is further from the bound; of an open one the stated number is taken where the worse end is open."""
    gaps = [bound.gap(value) for value in numbers(allowed)]
    shown = bound.gap(bound.worse(allowed))
    if not allowed.open:
        assert shown == min(gaps)
    approx = bound.gap_approx(allowed)
    if approx == "under":
        assert max(gaps) < shown
    elif approx == "over":
        assert min(gaps) > shown


@LAW
@given(BOUNDS, SPANS)
def test_a_gap_is_open_exactly_where_the_figure_is(bound: Bound, allowed: Span) -> None:
    """Of a floor or a ceiling: a figure with one open end has a gap that is less or more than the one shown, any other has not."""
    if bound.direction != "maintain":
        assert (bound.gap_approx(allowed) is None) is (not allowed.open or allowed.low is allowed.high)
    elif not allowed.open:
        assert bound.gap_approx(allowed) is None
    elif (
        all(bound.gap(value) < bound.gap(bound.worse(allowed)) for value in numbers(allowed))
        and allowed.low is not allowed.high
    ):
        assert bound.gap_approx(allowed) == "under"


@LAW
@given(SPANS, SPANS, st.integers(1, 5))
def test_spans_add_up_as_their_numbers_do(one: Span, other: Span, count: int) -> None:
    """Whatever two figures allow, their sum allows the sum of it, and no more at its ends; so do means."""
    total, mean = one.plus(other), one.plus(other).over(count)
    pairs = list(product(numbers(one)[:40], numbers(other)[:40]))
    for low, high, values in (
        (total.low, total.high, [a + b for a, b in pairs]),
        (mean.low, mean.high, [(a + b) / count for a, b in pairs]),
    ):
        assert low is None or low <= min(values) + Decimal("1e-20")
        assert high is None or high >= max(values) - Decimal("1e-20")
    assert (total.low is None) is (one.low is None or other.low is None)
    assert (total.high is None) is (one.high is None or other.high is None)
    assert total.low is None or total.low == (one.low or 0) + (other.low or 0)
    assert total.high is None or total.high == (one.high or 0) + (other.high or 0)
    assert (total.low, total.high, total.stated) == (other.plus(one).low, other.plus(one).high, other.plus(one).stated)
    assert total.stated == {(True, False): total.high, (False, True): total.low}.get(
        (total.low is None, total.high is None), one.stated + other.stated
    )


@LAW
@given(st.sampled_from(["increase", "decrease"]), SPANS, SPANS)
def test_an_improvement_is_of_all_numbers(direction: str, now: Span, start: Span) -> None:
    """Surely better, surely not, or not to be said."""
    sign = 1 if direction == "increase" else -1
    better = {sign * (a - b) > 0 for a in numbers(now) for b in numbers(start)}
    assert improves(direction, now, start) is (better.pop() if len(better) == 1 else None)  # type: ignore[arg-type]


# ---------------------------------------------------------------- paces


SHAPES_ON_THE_WAY: st.SearchStrategy[Table] = st.one_of(
    NUMBERS.map(lambda value: {"value": value}),
    st.tuples(NUMBERS, NUMBERS).map(lambda ends: {"range": sorted(ends)}),
    st.tuples(NUMBERS, st.just(value=True)).map(lambda pair: {"value": pair[0], "strict": pair[1]}),
)
FIGURES = st.one_of(
    VALUES, st.tuples(NUMBERS, st.integers(0, 6)).map(lambda pair: {"range": [pair[0], pair[0] + Decimal(pair[1]) / 4]})
)


def samples(value: Table, ends: Sequence[Decimal]) -> list[Decimal]:
    """Numbers that a figure allows: its ends, the bound's, some between, some far off."""
    if "range" in value:
        low, high = value["range"]
        return sorted(
            {
                low,
                high,
                *(low + (high - low) * step / 8 for step in range(1, 8)),
                *(end for end in ends if low <= end <= high),
            }
        )
    number, word = value["value"], value.get("approx")
    if word in {"over", "under"}:
        sign = 1 if word == "over" else -1
        near = [number + sign * Decimal(step) for step in ("0.0001", "0.5", "1", "2", "4", "9", "100000")]
        return sorted({*near, *(end for end in ends if sign * (end - number) > 0)})
    return [number]


def pacing(direction: str, target: Table, start: Table, figure: Table, year: int) -> Row:
    """The row of a target with a start in 2010, a figure since, and a deadline in 2020."""
    actuals = [{"indicator": "i", "period": 2010, **start}, {"indicator": "i", "period": year, **figure}]
    document = {
        "targettrack": 1,
        "program": {"name": "P"},
        "indicators": {"i": {"name": "I", "direction": direction, "targets": [{"by": 2020, **target}]}},
        "actuals": actuals,
    }
    found = read(document)
    assert found is not None
    return next(report.program_rows(found, date(2019, 6, 1), LINEAR))


@LAW
@given(DIRECTIONS, SHAPES_ON_THE_WAY, FIGURES, FIGURES, st.integers(2011, 2018))
def test_a_pace_is_given_only_where_every_number_gives_the_same_status(
    direction: str, target: Table, start: Table, figure: Table, year: int
) -> None:
    """By brute force: of all starts and figures that the two allow."""
    assume(direction != "maintain" or "strict" not in target)
    ends = target.get("range", [target.get("value")])
    row = pacing(direction, target, start, figure, year)
    found = {
        pacing(direction, target, {"value": one}, {"value": other}, year).status.replace("exceeded", "met")
        for one in samples(start, ends)
        for other in samples(figure, ends)
    }
    if len(found) > 1:
        assert (row.pace, row.progress, row.elapsed, row.observed_per_year, row.projected, row.reached_on) == (
            None,
        ) * 6
        assert row.status.replace("exceeded", "met") in {"pending", "met"}
    else:
        assert found == {row.status.replace("exceeded", "met")}
    assert row.start
    assert row.start.period.text == "2010"


@LAW
@given(st.sampled_from(["increase", "decrease"]), FIGURES, FIGURES, st.integers(2011, 2018))
def test_an_improvement_on_the_way_is_told_only_where_every_number_tells_the_same(
    direction: str, start: Table, figure: Table, year: int
) -> None:
    """By brute force: on track and worsening for all starts and figures that the two allow; off track where none is better; else nothing can be known yet."""
    row = pacing(direction, {"improve": True}, start, figure, year)
    ends = [end for of in (start, figure) for end in (of.get("range") or [of["value"]])]
    found = {
        pacing(direction, {"improve": True}, {"value": one}, {"value": other}, year).status
        for one in samples(start, ends)
        for other in samples(figure, ends)
    }
    assert row.status == (found.pop() if len(found) == 1 else "pending" if "on_track" in found else "off_track")
