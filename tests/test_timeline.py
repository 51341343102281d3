"""Timeline: each day of it is what ``status`` said on that day, nothing is lost on the way, and what is judged otherwise today is said with its cause."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from support import HERE, LINEAR, aim, load, run
from targettrack import period
from targettrack.assessment import figures
from targettrack.assessment.report import indicator_rows
from targettrack.formats import table
from targettrack.formats._look import Look
from targettrack.formats.markdown import _history
from targettrack.formats.table._status import cells
from targettrack.pages import contract, history
from targettrack.pages.history import Timeline
from targettrack.program.model import Program, set_date
from targettrack.store import load as loading
from targettrack.wording.hindsight import said
from test_laws import DAYS, LAW, Table, actuals, bare, documents, program

if TYPE_CHECKING:
    from targettrack.assessment.row import Row
    from targettrack.period import Frequency

SHIPPED = sorted((HERE.parent / "targets").glob("*.toml"))
EVERY = st.sampled_from(["year", "half", "quarter"])


def followed(text: str, on: str, every: Frequency = "year", id: str = "a") -> Timeline:
    """The timeline of an indicator of the program that a TOML text says."""
    return history.timeline(load(text).program, id, date.fromisoformat(on), LINEAR, every)


def statuses(page: Timeline) -> list[list[tuple[str, str]]]:
    """Each promise's days with their statuses."""
    return [[(moment.label, moment.row.status) for moment in each.moments] for each in page.promises]


def learned(page: Timeline) -> dict[str, tuple[str, str]]:
    """The days of the only promise that are judged otherwise today: the status of today, and what did it."""
    (only,) = page.promises
    found = [(moment.label, moment.today) for moment in only.moments if moment.today]
    return {
        label: (today.row.status, "; ".join(said(each) for each in today.learned).replace("\u00a0", " "))
        for label, today in found
    }


def shown(page: Timeline, width: int | None = None) -> str:
    """The timeline as a text, with plain spaces."""
    out = io.StringIO()
    table.render(page, out, Look(width=width))
    return out.getvalue().replace("\u00a0", " ")


# ---------------------------------------------------------------- laws


def same(one: Row, other: Row) -> bool:
    """Whether two rows say the same of one promise."""
    return bare(one) == bare(other)


@LAW
@given(documents(), DAYS, EVERY)
def test_each_day_is_what_was_known_then(document: Table, on: date, every: Frequency) -> None:
    """The rows of a day are, all of them and no others, those of ``status --on`` that day; the last day is the one asked for."""
    found = program(document)
    if found is None:
        return
    page = history.timeline(found, "i", on, LINEAR, every)
    assert not page.days or page.days[-1][0] == on
    for day, _ in page.days:
        rows = sorted(indicator_rows(found, "i", day, LINEAR), key=lambda row: row.version.place)
        told = sorted(
            (moment.row for each in page.promises for moment in each.moments if moment.day == day),
            key=lambda row: row.version.place,
        )
        assert len(rows) == len(told)
        assert all(same(row, other) for row, other in zip(rows, told, strict=True))
    assert all(each.ended is None or each.moments[-1].day < on for each in page.promises)


@LAW
@given(documents(), DAYS, EVERY)
def test_no_status_is_left_out_before(document: Table, on: date, every: Frequency) -> None:
    """A timeline begins with the first promise: on the day before its first period there is no row, unless an undated promise waits for a figure."""
    found = program(document)
    if found is None:
        return
    page = history.timeline(found, "i", on, LINEAR, every)
    made = [set_date(found.sources, target) for target in found.indicators["i"].targets]
    if page.days and None not in made:
        before = period.plus_months(page.days[0][0], -12)
        assert not [*indicator_rows(found, "i", before, LINEAR)]
        assert any(day is not None and day <= page.days[0][0] for day in made)


def known_by(found: Program, day: date) -> Program:
    """The program with what was known of its indicator on a day, and nothing else."""
    document = found.document
    indicator = document.indicators["i"]
    targets = tuple(
        target for target in indicator.targets if (made := set_date(found.sources, target)) is None or made <= day
    )
    told = tuple(
        actual for actual in document.actuals if figures.known(actual, figures.published(actual, found.sources), day)
    )
    baseline = (
        indicator.baseline
        if indicator.baseline
        and figures.known(indicator.baseline, figures.published(indicator.baseline, found.sources), day)
        else None
    )
    return replace(
        found,
        document=replace(
            document, actuals=told, indicators={"i": replace(indicator, targets=targets, baseline=baseline)}
        ),
    )


@LAW
@given(documents(), DAYS, DAYS)
def test_nothing_learned_nothing_changed(document: Table, one: date, other: date) -> None:
    """Where nothing has become known since, a day is judged today as it was then."""
    found = program(document)
    if found is None:
        return
    day, seen = sorted((one, other))
    then = known_by(found, day)
    rows, today = (list(indicator_rows(then, "i", day, LINEAR, *more)) for more in ((), (seen,)))
    assert len(rows) == len(today)
    assert all(same(row, later) for row, later in zip(rows, today, strict=True))


@LAW
@given(documents(), DAYS)
def test_today_is_judged_as_it_is(document: Table, on: date) -> None:
    """Looking back from a day on the same day is looking at it."""
    found = program(document)
    if found:
        rows, today = (list(indicator_rows(found, "i", on, LINEAR, *more)) for more in ((), (on,)))
        assert all(same(row, later) for row, later in zip(rows, today, strict=True))


@LAW
@given(documents(), actuals(), DAYS, DAYS)
def test_a_later_period_says_nothing_of_an_earlier_day(document: Table, more: Table, one: date, other: date) -> None:
    """A figure for a period that had not ended on a day, and was not known then, does not change how the day is judged."""
    day, seen = sorted((one, other))
    found, with_more = program(document), program({**document, "actuals": [*document["actuals"], more]})
    if found is None or with_more is None:
        return
    added = with_more.document.actuals[-1]
    if added.period.last <= day or figures.known(added, figures.published(added, with_more.sources), day):
        return
    pairs = zip(
        indicator_rows(found, "i", day, LINEAR, seen), indicator_rows(with_more, "i", day, LINEAR, seen), strict=True
    )
    assert all(same(row, later) for row, later in pairs)


@LAW
@given(documents(), DAYS, EVERY)
def test_another_judgement_has_a_cause(document: Table, on: date, every: Frequency) -> None:
    """Where a day is judged otherwise today, the status is another one, and at least one thing is said to have done it; on the last day nothing is."""
    found = program(document)
    if found is None:
        return
    page = history.timeline(found, "i", on, LINEAR, every)
    for moment in (moment for each in page.promises for moment in each.moments if moment.today):
        assert moment.today is not None
        assert moment.today.row.status != moment.row.status
        assert moment.today.learned
        assert all(said(each) for each in moment.today.learned)
        assert moment.day < on


@LAW
@given(documents(), DAYS, EVERY, st.sampled_from([25, 50, 80, 120, None]))
def test_stretches_leave_no_day_out(document: Table, on: date, every: Frequency, width: int | None) -> None:
    """The lines of a promise cover its days, each once; and any timeline can be drawn."""
    found = program(document)
    if found is None:
        return
    page = history.timeline(found, "i", on, LINEAR, every)
    for each in page.promises:
        days = [moment.day for moment in each.moments]
        covered = [day for first, last in each.stretches() for day in days if first.day <= day <= last.day]
        assert covered == days
    assert shown(page, width)


# ---------------------------------------------------------------- what did it

SOURCES = """[sources.early]
title = "Early"
publisher = "One"
published = 2016-06-30
[sources.late]
title = "Late"
publisher = "One"
published = 2018-06-30
[sources.other]
title = "Other"
publisher = "Two"
published = 2019-06-30
"""
PROMISE = "by = 2015; value = 30; set_on = 2012-01-01"


def test_a_figure_published_only_later() -> None:
    """A year that was unreported when it ended, and that a figure published years later decides."""
    page = followed(aim("increase", PROMISE, 'period = 2015; value = 28; source = "late"', rest=SOURCES), "2020-03-01")
    assert statuses(page) == [
        [
            ("2012", "no_data"),
            ("2013", "no_data"),
            ("2014", "no_data"),
            ("2015", "no_data"),
            ("2016", "unreported"),
            ("2017", "unreported"),
            ("2018", "missed"),
            ("2019", "missed"),
            ("2020-03-01", "missed"),
        ]
    ]
    cause = "28 % for 2015 became known only later (late, 2018-06-30)"
    assert learned(page) == {"2015": ("pending", cause), "2016": ("missed", cause), "2017": ("missed", cause)}


def test_a_figure_that_was_revised() -> None:
    """The figure that decided was revised by its publisher: old value, new value, and the source that did it."""
    figures = ('period = 2015; value = 28; source = "early"', 'period = 2015; value = 31; source = "late"')
    page = followed(aim("increase", PROMISE, *figures, rest=SOURCES), "2020-03-01")
    assert learned(page)["2016"] == (
        "exceeded",
        "the figure for 2015 was revised later: 28 % became 31 % (late, 2018-06-30)",
    )
    assert (
        "known today: + exceeded; the figure for 2015 was revised later: 28 % became 31 % (late, 2018-06-30)"
        in shown(page)
    )


def test_another_source_that_is_preferred_since() -> None:
    """A rival's figure leads once it is published."""
    figures = ('period = 2015; value = 28; source = "early"', 'period = 2015; value = 31; source = "other"')
    page = followed(aim("increase", PROMISE, *figures, rest=SOURCES), "2020-03-01")
    assert learned(page)["2018"] == (
        "exceeded",
        "for 2015 another source is used since: 28 % became 31 % (other, 2019-06-30)",
    )


REVISED = """by = 2020; value = 50; set_on = 2015-01-01
[[indicators.a.targets]]
by = 2020; value = 40; set_on = 2018-01-01"""


def test_a_target_that_was_revised_later() -> None:
    """The promise is one line; each day shows the bound that was in force, and days that the new bound judges otherwise say so."""
    page = followed(
        aim("increase", REVISED, "period = 2014; value = 20", "period = 2016; value = 33", "period = 2018; value = 37"),
        "2022-01-01",
    )
    (only,) = page.promises
    assert only.revised
    bounds = {moment.label: moment.row.bound.weak for moment in only.moments if moment.row.bound}
    assert [bounds["2017"], bounds["2018"]] == [50, 40]
    assert "target then: ≥ 50 %" in shown(page)


def test_a_target_that_was_lowered_makes_another_status() -> None:
    """What had been met too slowly is fast enough for a lower target: the target did it, no figure."""
    page = followed(
        aim("increase", REVISED, "period = 2014; value = 20", "period = 2016; value = 28", "period = 2018; value = 37"),
        "2022-01-01",
    )
    revised = "the target was revised later: ≥ 50 % became ≥ 40 % (no source, 2018-01-01)"
    assert learned(page)["2016"] == ("on_track", revised)
    assert learned(page)["2017"] == ("on_track", revised)
    assert [moment.row.status for moment in page.promises[0].moments if moment.label in {"2016", "2017"}] == [
        "behind",
        "behind",
    ]


REPLACED = """by = 2020; value = 50; set_on = 2015-01-01
[[indicators.a.targets]]
by = 2025; value = 50; replaces = 2020; set_on = 2019-01-01"""


def test_a_deadline_that_was_extended() -> None:
    """A target and its replacement are one line, with the old deadline where it was in force."""
    page = followed(aim("increase", REPLACED, "period = 2014; value = 20", "period = 2018; value = 30"), "2022-03-01")
    assert [label for label, _ in statuses(page)[0]] == [
        "2015",
        "2016",
        "2017",
        "2018",
        "2019",
        "2020",
        "2021",
        "2022-03-01",
    ]
    assert len(page.promises) == 1
    assert learned(page)["2018"] == (
        "behind",
        "the target was replaced later: ≥ 50 % by 2020 became ≥ 50 % by 2025 (no source, 2019-01-01)",
    )
    assert "target then: ≥ 50 % by 2020" in shown(page)


def test_a_target_that_took_the_place_of_another_that_stood_beside_it() -> None:
    """Where the heir was there already, both have their line, and the older one ends."""
    beside = "; [[indicators.a.targets]]; by = 2025; value = 60; set_on = 2016-01-01; [[indicators.a.targets]]; by = 2025; value = 55; replaces = 2020; set_on = 2019-01-01"
    page = followed(
        aim("increase", "by = 2020; value = 50; set_on = 2015-01-01" + beside, "period = 2018; value = 30"),
        "2022-03-01",
    )
    assert [
        (each.newest.due.text if each.newest.due else None, each.ended, len(each.moments)) for each in page.promises
    ] == [("2020", "replaced", 4), ("2025", None, 7)]
    assert "another target took its place" in shown(page)


def test_a_target_that_was_withdrawn() -> None:
    """From the day on which it was taken back it has no status, and the day is named."""
    page = followed(
        aim(
            "increase",
            "by = 2025; value = 50; set_on = 2015-01-01; withdrawn = 2018-06-01",
            "period = 2016; value = 30",
        ),
        "2020-03-01",
    )
    assert [each.ended for each in page.promises] == ["withdrawn"]
    assert statuses(page)[0][-1][0] == "2017"
    assert re.search(r"by 2025 +· +… +… +withdrawn on 2018-06-01", shown(page))
    document = page.document()["promises"][0]
    assert (document["status"], document["ended"]) == (None, "withdrawn")


def test_a_start_that_became_known_later() -> None:
    """An older figure that makes a pace is named as the start."""
    figures = ("period = 2016; value = 30", 'period = 2012; value = 10; source = "other"')
    page = followed(aim("increase", "by = 2025; value = 50; set_on = 2011-01-01", *figures, rest=SOURCES), "2020-03-01")
    assert learned(page)["2016"] == ("on_track", "the start, 10 % for 2012, became known only later")


def test_a_baseline_that_became_known_later() -> None:
    """A bound that is a multiple of a baseline is known once the baseline is."""
    baseline = 'baseline = { period = 2010, value = 20, source = "other" }'
    page = followed(
        aim(
            "increase",
            "by = 2015; times_baseline = 2; set_on = 2012-01-01",
            "period = 2015; value = 44",
            indicator=baseline,
            rest=SOURCES,
        ),
        "2020-03-01",
    )
    assert learned(page)["2016"] == ("exceeded", "the start, 20 % for 2010, became known only later")


def test_shapes_that_have_no_bound() -> None:
    """Milestones, improvements, standing targets and means are followed too."""
    text = aim(
        "increase",
        "by = 2015; value = true; set_on = 2012-01-01",
        "period = 2014; value = true; published = 2016-03-01",
        unit="yes/no",
    )
    page = followed(text, "2017-03-01")
    assert learned(page) == {
        "2014": ("met", "yes for 2014 became known only later (no source, 2016-03-01)"),
        "2015": ("met", "yes for 2014 became known only later (no source, 2016-03-01)"),
    }
    page = followed(
        aim("increase", "improve = true; set_on = 2012-01-01", "period = 2011; value = 3", "period = 2013; value = 4"),
        "2014-03-01",
    )
    assert statuses(page) == [[("2012", "open"), ("2013", "met"), ("2014-03-01", "met")]]
    page = followed(
        aim(
            "decrease",
            'every = "year"; value = 4; set_on = 2012-01-01',
            "period = 2012; value = 3",
            "period = 2013; value = 5",
        ),
        "2014-03-01",
    )
    assert statuses(page) == [[("2012", "no_data"), ("2013", "exceeded"), ("2014-03-01", "missed")]]
    page = followed(
        aim(
            "increase",
            'by = "2012/2013"; aggregate = "mean"; value = 4; set_on = 2012-01-01',
            "period = 2012; value = 3",
            "period = 2013; value = 5",
        ),
        "2014-03-01",
    )
    assert statuses(page) == [[("2012", "pending"), ("2013", "met"), ("2014-03-01", "met")]]


def test_parts_have_their_lines() -> None:
    """Targets on parts are followed apart, each under its name."""
    text = aim(
        "increase",
        'by = 2015; value = 30; set_on = 2012-01-01; disaggregation = { sector = "steel" }',
        'period = 2015; value = 31; disaggregation = { sector = "steel" }',
    )
    assert "by 2015, sector = steel" in shown(followed(text, "2016-03-01"))


def test_an_undated_promise_is_followed_from_the_first_figure() -> None:
    """Of a promise without any date the days begin where a figure was known; without one there is the day alone."""
    page = followed(aim("increase", "by = 2015; value = 30", "period = 2013; value = 28"), "2016-03-01")
    assert [label for _, label in page.days] == ["2013", "2014", "2015", "2016-03-01"]
    assert [label for _, label in followed(aim("increase", "by = 2015; value = 30"), "2016-03-01").days] == [
        "2016-03-01"
    ]


def test_halves_and_quarters() -> None:
    """The days are the ends of the periods asked for; the end of one is labelled as it."""
    text = aim("increase", "by = 2015; value = 30; set_on = 2014-08-01")
    assert [label for _, label in followed(text, "2015-06-30", "half").days] == ["2014-S2", "2015-S1"]
    assert [label for _, label in followed(text, "2015-05-01", "quarter").days] == [
        "2014-Q3",
        "2014-Q4",
        "2015-Q1",
        "2015-05-01",
    ]


# ---------------------------------------------------------------- how it is shown


def test_nothing_to_follow() -> None:
    """An indicator without targets, or before the first, says so plainly."""
    assert "this indicator has no target: there is no status to follow; 1 figure is known\n" in shown(
        followed(
            aim(
                "increase",
                "by = 2015; value = 30",
                "period = 2012; value = 3",
                rest='[indicators.b]; name = "B"; [[actuals]]; indicator = "b"; period = 2012; value = 3',
            ),
            "2016-03-01",
            id="b",
        )
    )
    page = followed(aim("increase", "by = 2015; value = 30; set_on = 2012-01-01"), "2011-03-01")
    assert "no target is known on this day: there is no status to follow; no figure is known either\n" in shown(page)
    assert "No target is known on this day" in "".join(_history.lines(page))
    assert list(page.document()["promises"]) == []


@pytest.mark.parametrize("width", [25, 50, 80, 120])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("every", ["year", "quarter"])
def test_no_figure_is_cut(path: object, width: int, every: Frequency) -> None:
    """At every width each figure, gap and bound stands whole on one line, and no line is wider than the terminal, but for one that nothing can break."""
    loaded = loading.load(path)  # type: ignore[arg-type]
    assert loaded is not None
    for id in loaded.program.indicators:
        page = history.timeline(loaded.program, id, date(2026, 11, 22), LINEAR, every)
        out = io.StringIO()
        table.render(page, out, Look(width=width))
        text = out.getvalue()
        assert all(cell_len(line) <= width or " " not in line.strip() for line in text.splitlines())
        for each in page.promises:
            for first, _ in each.stretches():
                gap = "" if first.row.gap is None else cells(first.row, Look(), "linear").gap.text
                actual = cells(first.row, Look(), "linear").actual if first.row.figure is not None else ""
                assert any(gap in line for line in text.splitlines())
                assert any(actual in line for line in text.splitlines())


def test_ascii_alone() -> None:
    """On a terminal that shows ASCII alone the signs are the design's ASCII ones."""
    out = io.StringIO()
    table.render(followed(aim("increase", PROMISE, "period = 2014; value = 28"), "2017-03-01"), out, Look(ascii=True))
    assert out.getvalue().isascii()
    assert re.search(r"by 2015 +- +- +\. +\. +\? +\? +unreported", out.getvalue())


def test_data() -> None:
    """The document keeps to its schema; jsonl and csv have one record a promise and day."""
    argv = ("history", "hanoi/output-share", "--on", "2026-11-22", "--format")
    document, lines, cells = (run(*argv, format, cwd=HERE.parent).stdout for format in ("json", "jsonl", "csv"))
    found = json.loads(document)
    Draft202012Validator(contract.schema("history")).validate(found)
    days = [(promise, moment) for promise in found["promises"] for moment in promise["dates"]]
    assert len(days) == len(lines.splitlines()) == len(list(csv.reader(io.StringIO(cells)))) - 1
    assert [json.loads(line)["status"] for line in lines.splitlines()] == [moment["status"] for _, moment in days]
    (record, *_) = csv.DictReader(io.StringIO(cells))
    assert (record["date"], record["period"], record["target_by"], record["actual_value"]) == (
        "2011-12-31",
        "2011",
        "2015",
        "34.23",
    )


def test_what_is_asked_for() -> None:
    """One indicator is asked for; what there is not is suggested; what cannot be is refused."""
    assert run("history", "hanoi", cwd=HERE.parent).returncode == 2
    assert "history takes one indicator: hanoi/INDICATOR" in run("history", "hanoi", cwd=HERE.parent).stderr
    assert run("history", "hanoi/output", cwd=HERE.parent).returncode == 3
    done = run("history", "hanoi/output-share", "--every", "week", cwd=HERE.parent)
    assert (done.returncode, "--every is year, half, quarter or month" in done.stderr) == (2, True)
