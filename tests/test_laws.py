"""Laws of judgement: what holds of every program, whatever its numbers, dates and order."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from support import LINEAR, rows, tries
from targettrack.assessment import report
from targettrack.assessment.report import by_status
from targettrack.assessment.row import Row
from targettrack.assessment.status import FLAGS, STATUSES
from targettrack.program import consistency, reading
from targettrack.program.model import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LAW = tries(250)
KEPT = {"met", "met_late", "exceeded"}

NUMBERS = st.integers(-60, 60).map(lambda tenths: Decimal(tenths) / 4)
YEARS = st.integers(2010, 2022)
DAYS = st.dates(date(2011, 1, 1), date(2024, 12, 31))
RARELY = st.sampled_from([False] * 7 + [True])
RARELY_DAYS = st.one_of(st.none(), st.none(), st.none(), DAYS)
PERIODS: st.SearchStrategy[int | str] = st.one_of(
    YEARS,
    YEARS,
    YEARS,
    st.tuples(YEARS, st.integers(1, 4)).map(lambda pair: f"{pair[0]}-Q{pair[1]}"),
    YEARS.map(lambda year: f"{year}/{year + 2}"),
)
Table = dict[str, Any]


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or none."""
    return st.one_of(st.none(), strategy)


def without_none(table: Table) -> Table:
    """The table without the keys that have no value."""
    return {key: value for key, value in table.items() if value is not None}


RANGES: st.SearchStrategy[list[Decimal]] = st.tuples(NUMBERS, NUMBERS).map(sorted)
SHAPES = st.one_of(
    NUMBERS.map(lambda value: {"value": value}), RANGES.map(lambda ends: {"range": ends}), st.just({"improve": True})
)
TIMES = st.one_of(
    YEARS.map(lambda year: {"by": year}),
    st.integers(2020, 2024).map(lambda year: {"by": year}),
    st.tuples(YEARS, st.integers(0, 3)).map(lambda pair: {"from": pair[0], "by": pair[0] + pair[1]}),
    st.sampled_from([{"every": "year"}, {"every": "quarter"}, {}]),
)


@st.composite
def targets(draw: st.DrawFn, direction: str | None = None) -> Table:
    """A target of any shape and time, with modifiers that go with it; of those that go with the direction where it is known."""
    target: Table = {
        **draw(SHAPES),
        **draw(TIMES),
        **without_none({"set_on": draw(maybe(DAYS)), "withdrawn": draw(RARELY_DAYS)}),
    }
    if "improve" in target and direction == "maintain":
        target = {key: value for key, value in target.items() if key != "improve"} | {"value": draw(NUMBERS)}
    if "improve" not in target:
        if "from" in target:
            target["aggregate"] = draw(st.sampled_from(["last", "sum", "mean"]))
        target["strict"] = draw(st.booleans()) and not (direction == "maintain" and "value" in target)
    if "by" in target and draw(RARELY):
        target["replaces"] = draw(YEARS)
    return target


@st.composite
def actuals(draw: st.DrawFn) -> Table:
    """A figure with or without its sources and words."""
    figure: Table = draw(
        st.one_of(
            NUMBERS.map(lambda value: {"value": value}),
            NUMBERS.map(lambda value: {"value": value}),
            RANGES.map(lambda ends: {"range": ends}),
        )
    )
    if "value" in figure:
        figure |= without_none({"approx": draw(st.sampled_from([None, None, None, None, "about", "over", "under"]))})
    dates = {
        "published": draw(RARELY_DAYS),
        "recorded": draw(RARELY_DAYS),
        "source": draw(st.sampled_from([None, "a", "a", "b", "c"])),
    }
    return {"indicator": "i", "period": draw(PERIODS), **figure, **without_none(dates), "series_break": draw(RARELY)}


def kept(found: list[Table]) -> list[Table]:
    """The targets without those that no date tells from another of the same time, and with replacements of what is there."""
    seen: dict[object, list[object]] = {}
    good = []
    for target in found:
        key = tuple(target.get(name) for name in ("by", "every", "from", "aggregate"))
        day, dates = target.get("set_on"), seen.setdefault((*key[:3], key[3] or "last"), [])
        if not dates or (day is not None and None not in dates and day not in dates):
            good.append(target)
            dates.append(day)
    there = {
        target["by"]: target.get("aggregate", "last") for target in good if "by" in target and "replaces" not in target
    }
    return [
        target
        if there.get(target.get("replaces")) == target.get("aggregate", "last")
        else {key: target[key] for key in target if key != "replaces"}
        for target in good
    ]


@st.composite
def documents(draw: st.DrawFn) -> Table:
    """A program with one indicator, some targets and some figures."""
    direction = draw(st.sampled_from(["increase", "decrease", "maintain"]))
    indicator: Table = {
        "name": "I",
        "unit": "%",
        "direction": direction,
        "targets": kept(draw(st.lists(targets(direction), min_size=1, max_size=3))),
    }
    if draw(st.booleans()):
        indicator["baseline"] = {"period": 2009, "value": draw(NUMBERS)}
    indicator |= without_none(
        {
            "frequency": draw(maybe(st.sampled_from(["year", "quarter"]))),
            "prefer": draw(st.sampled_from([None, ["b"], ["c", "a"]])),
        }
    )
    sources = {
        "a": {"title": "A", "publisher": "P"},
        "b": {"title": "B", "publisher": "P", "published": date(2015, 6, 1)},
        "c": {"title": "C"},
    }
    return {
        "targettrack": 1,
        "program": {"name": "P"},
        "sources": sources,
        "indicators": {"i": indicator},
        "actuals": draw(st.lists(actuals(), min_size=1, max_size=7)),
    }


def program(document: Table) -> Program | None:
    """The program of a document; None where the document is invalid."""
    found, parts, faults = reading.read(document)
    return None if found is None or faults or [*consistency.between(parts)] else Program("p", "p.toml", found)


def judged(document: Table, on: date) -> tuple[Row, ...] | None:
    """The rows of a document, without the program; None where the document is invalid."""
    found = program(document)
    return None if found is None else tuple(report.program_rows(found, on, LINEAR))


def bare(row: Row) -> dict[str, Any]:
    """All values of a row, without what differs between two programs by itself (their targets that are not its own)."""
    assert EMPTY is not None
    other = row.other and replace(row.other, program=EMPTY, indicator=None, asked=None)
    return asdict(replace(row, program=EMPTY, indicator=None, asked=None, other=other))


EMPTY = program({"targettrack": 1, "program": {"name": "P"}})


def mapped(document: Table, change: Callable[[Decimal], Decimal], *, direction: dict[str, str] | None = None) -> Table:
    """The document with every figure, bound and baseline changed."""

    def figures(table: Table) -> Table:
        return (
            table
            | {key: change(table[key]) for key in ("value",) if key in table}
            | {key: sorted(map(change, table[key])) for key in ("range",) if key in table}
        )

    indicator = document["indicators"]["i"]
    new = indicator | {"targets": [figures(target) for target in indicator["targets"]]}
    if "baseline" in indicator:
        new["baseline"] = figures(indicator["baseline"])
    if direction:
        new["direction"] = direction[indicator["direction"]]
    return document | {"indicators": {"i": new}, "actuals": [figures(actual) for actual in document["actuals"]]}


def decided(rows: Sequence[Row]) -> list[tuple[str, tuple[str, ...], bool]]:
    """What is concluded of each row."""
    return [(row.status, row.flags, row.final) for row in rows]


@LAW
@given(documents(), DAYS)
def test_every_row_is_coherent(document: Table, on: date) -> None:
    """Statuses and flags come from their closed lists, in their order; data have no NaN and no more than 12 digits."""
    for row in judged(document, on) or ():
        assert row.status in STATUSES
        assert row.flags == tuple(flag for flag in FLAGS if flag in row.flags)
        for name in (
            "gap",
            "gap_strong",
            "shortfall",
            "attainment",
            "progress",
            "elapsed",
            "pace",
            "observed_per_year",
            "required_per_year",
            "projected",
        ):
            value = getattr(row, name)
            assert value is None or (value.is_finite() and len(value.normalize().as_tuple().digits) <= 12)
        if row.past_due:
            assert (row.required_per_year, row.projected, row.reached_on) == (None, None, None)
            assert row.status not in {"on_track", "behind", "off_track", "worsening", "pending", "open", "no_data"}
        if row.figure is None:
            assert row.status in {"no_data", "unreported"}


@LAW
@given(documents(), DAYS)
def test_met_exactly_when_the_gap_is_not_below_zero(document: Table, on: date) -> None:
    """Among rows of exact figures that are met, met late, exceeded or missed, and are not strict, a gap of 0 or more is met."""
    for row in judged(document, on) or ():
        exact = row.judged is not None and row.judged.allowed is not None and row.judged.allowed.exact is not None
        if row.status in {*KEPT, "missed"} and exact and row.bound and not row.bound.strict:
            assert row.gap is not None
            assert (row.status in KEPT) is (row.gap >= 0)


@LAW
@given(documents(), DAYS)
def test_exceeded_is_beyond_the_strong_end(document: Table, on: date) -> None:
    """What is exceeded has a gap above 0 to the strong end, and what is met and not strict has not."""
    for row in judged(document, on) or ():
        if row.bound and row.gap_strong is not None and row.status in {"met", "exceeded"} and not row.bound.strict:
            assert (row.status == "exceeded") is (row.gap_strong > 0)


@LAW
@given(documents(), DAYS, st.sampled_from([Decimal("0.5"), Decimal(3), Decimal(1000)]))
def test_scale(document: Table, on: date, factor: Decimal) -> None:
    """Another unit changes no conclusion, and no share."""
    one, other = judged(document, on), judged(mapped(document, lambda value: value * factor), on)
    if one is None or other is None:
        assert one is other
        return
    assert decided(one) == decided(other)
    assert [(row.progress, row.elapsed, row.pace, row.shortfall, row.attainment, row.reached_on) for row in one] == [
        (row.progress, row.elapsed, row.pace, row.shortfall, row.attainment, row.reached_on) for row in other
    ]


def mirror(document: Table) -> Table:
    """The document with every number negated, and more turned into less."""
    turned = mapped(
        document,
        lambda value: -value,
        direction={"increase": "decrease", "decrease": "increase", "maintain": "maintain"},
    )
    words = {"over": "under", "under": "over"}
    return turned | {
        "actuals": [
            actual | ({"approx": words.get(actual["approx"], actual["approx"])} if "approx" in actual else {})
            for actual in turned["actuals"]
        ]
    }


@LAW
@given(
    documents().filter(
        lambda document: all(
            target.get("aggregate", "last") != "sum" for target in document["indicators"]["i"]["targets"]
        )
    ),
    DAYS,
)
def test_mirror(document: Table, on: date) -> None:
    """More of a good is less of a bad: mirroring changes neither status, flags, gaps nor progress. (Sums are not mirrored: they rise from 0.)"""
    one, other = judged(document, on), judged(mirror(document), on)
    if one is None or other is None:
        assert one is other
        return
    if document["indicators"]["i"]["direction"] != "maintain":
        assert decided(one) == decided(other)
        assert [(row.gap, row.gap_strong, row.progress, row.pace, row.reached_on) for row in one] == [
            (row.gap, row.gap_strong, row.progress, row.pace, row.reached_on) for row in other
        ]
    assert [row.status for row in one] == [row.status for row in other]


@LAW
@given(documents(), DAYS, st.lists(actuals(), min_size=1, max_size=3), st.integers(1, 900))
def test_nothing_published_later_changes_anything(document: Table, on: date, later: list[Table], days: int) -> None:
    """A figure that is published after the day of the report is not in it."""
    more = [actual | {"published": on + timedelta(days=days)} for actual in later]
    one, other = judged(document, on), judged(document | {"actuals": document["actuals"] + more}, on)
    assert [bare(row) for row in one or ()] == [bare(row) for row in other or ()]


@LAW
@given(documents(), DAYS, targets(), st.integers(1, 900))
def test_nothing_promised_later_changes_anything(document: Table, on: date, later: Table, days: int) -> None:
    """A target that is set after the day of the report is not in it."""
    indicator = document["indicators"]["i"]
    more = document | {
        "indicators": {
            "i": indicator | {"targets": [*indicator["targets"], later | {"set_on": on + timedelta(days=days)}]}
        }
    }
    one, other = judged(document, on), judged(more, on)
    if one is not None and other is not None:
        assert [bare(row) for row in one] == [bare(row) for row in other]


@LAW
@given(documents(), DAYS)
def test_a_range_and_its_weak_end(document: Table, on: date) -> None:
    """A range and a value at its weak end differ in what is exceeded alone."""
    indicator = document["indicators"]["i"]
    if indicator["direction"] == "maintain":
        return
    end = 0 if indicator["direction"] == "increase" else 1
    plain = [
        {key: value for key, value in target.items() if key != "range"}
        | ({"value": target["range"][end]} if "range" in target else {})
        for target in indicator["targets"]
    ]
    one, other = judged(document, on), judged(document | {"indicators": {"i": indicator | {"targets": plain}}}, on)
    if one is None or other is None:
        assert one is other
        return
    for row, value in zip(one, other, strict=True):
        assert row.gap == value.gap
        assert row.flags == value.flags
        assert row.status == value.status or (row.status, value.status) == ("met", "exceeded")


@LAW
@given(documents(), DAYS, st.randoms())
def test_order_of_the_file(document: Table, on: date, chance: Any) -> None:
    """The order of sources, and of figures of different periods, changes nothing."""
    apart: dict[object, Table] = {}
    for actual in document["actuals"]:
        apart.setdefault(actual["period"], actual)
    different = list(apart.values())
    shuffled = chance.sample(different, len(different))
    sources = dict(chance.sample(list(document["sources"].items()), len(document["sources"])))
    one, other = (
        judged(document | {"actuals": different}, on),
        judged(document | {"actuals": shuffled, "sources": sources}, on),
    )
    assert [
        (row.status, row.flags, row.figure, row.gap, row.start and row.start.value, row.pace, row.projected)
        for row in one or ()
    ] == [
        (row.status, row.flags, row.figure, row.gap, row.start and row.start.value, row.pace, row.projected)
        for row in other or ()
    ]


@LAW
@given(documents(), DAYS)
def test_same_file_same_answer(document: Table, on: date) -> None:
    """The same file gives the same rows on the same day."""
    assert [bare(row) for row in judged(document, on) or ()] == [bare(row) for row in judged(document, on) or ()]


@LAW
@given(documents(), DAYS, st.integers(0, 2000))
def test_past_due_stays_past_due(document: Table, on: date, days: int) -> None:
    """Time makes no target less due."""
    was = {row.version.place for row in judged(document, on) or () if row.past_due}
    now = {row.version.place: row.past_due for row in judged(document, on + timedelta(days=days)) or ()}
    assert all(now[place] for place in was if place in now)


@LAW
@given(documents(), DAYS)
def test_a_target_is_a_row_or_superseded_once(document: Table, on: date) -> None:
    """No target is two rows, and none is a row and superseded at once."""
    found = judged(document, on) or ()
    places = [row.version.place for row in found]
    older = [version.place for row in found for version in row.superseded]
    assert len({*places, *older}) == len(places) + len(older)


@LAW
@given(documents(), DAYS)
def test_summary_counts_every_row(document: Table, on: date) -> None:
    """The counts by status add up to the rows, the gravest first."""
    found = judged(document, on) or ()
    counts = by_status(found)
    assert sum(counts.values()) == len(found)
    assert list(counts) == [status for status in STATUSES if status in counts]


@LAW
@given(documents(), DAYS, st.sampled_from(["gap", "due", "file"]))
def test_selection(document: Table, on: date, order: report.Order) -> None:
    """A selection keeps rows and loses none: by shortfall the worst first, by due day the earliest, nothing last."""
    found = program(document)
    if found is None:
        return
    whole = report.report([found], on, method=LINEAR)
    chosen = report.select(whole, lambda row: row.version.place != 1, order)
    assert sorted(row.version.place for row in chosen.rows) == sorted(
        row.version.place for row in whole.rows if row.version.place != 1
    )
    assert (chosen.of, report.counted(chosen).of, chosen.order) == (len(whole.rows), len(chosen.rows), order)
    keys: dict[report.Order, list[Any]] = {
        "gap": [row.shortfall for row in chosen.rows],
        "due": [row.due and row.due.last for row in chosen.rows],
        "file": [None],
    }
    known = [key for key in keys[order] if key is not None]
    assert known == sorted(known)
    assert keys[order] == known + [None] * (len(keys[order]) - len(known))


def test_a_text_says_what_its_document_says() -> None:
    """A program given as text is judged as the one given as values."""
    document: Table = {
        "targettrack": 1,
        "program": {"name": "P"},
        "indicators": {"i": {"name": "I", "direction": "increase", "targets": [{"value": Decimal("1.50")}]}},
    }
    assert [bare(row) for row in rows(tomli_w.dumps(document), "2020-01-01")] == [
        bare(row) for row in judged(document, date(2020, 1, 1)) or ()
    ]
