"""Against: ``status --against`` holds each promise to what it was, and says in every format where that makes another status."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from support import LINEAR, load, run
from targettrack.assessment import report
from targettrack.assessment.report import indicator_rows
from targettrack.formats import table
from targettrack.formats._look import Look
from targettrack.pages import contract
from targettrack.pages.status import StatusPage
from targettrack.program.model import set_date
from targettrack.wording import why
from test_laws import DAYS, LAW, Table, bare, documents, program

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from targettrack.assessment.promises import Against
    from targettrack.assessment.row import Row

SOURCES = """[sources.law]
title = "Law 1"
published = 2016-01-01
[sources.decision]
title = "Decision 2"
document = "Decision 2/QD"
published = 2018-01-01
[sources.late]
title = "Decision 3"
published = 2021-05-01
"""
FIGURES = ((2015, 10), (2020, 8))


def text(direction: str, *targets: str, figures: Sequence[tuple[int, float]] = FIGURES, baseline: str = "") -> str:
    """A program of one indicator."""
    blocks = [
        f'targettrack = 1\n[program]\nname = "P"\n{SOURCES}[indicators.a]\nname = "A"\nunit = "%"\ndirection = "{direction}"\n{baseline}\n',
        *(f"[[indicators.a.targets]]\n{target}\n".replace("; ", "\n") for target in targets),
        *(f'[[actuals]]\nindicator = "a"\nperiod = {period}\nvalue = {value}\n' for period, value in figures),
    ]
    return "".join(blocks)


def held(said: str, against: Against, on: str = "2022-01-01") -> list[Row]:
    """The rows of a program, held to a version of its promises."""
    return list(report.report([load(said).program], date.fromisoformat(on), method=LINEAR, against=against).rows)


def told(said: str, against: Against = "current", on: str = "2022-01-01") -> tuple[str, str | None, str]:
    """The only row: its status, the one against the other version, and the sentence's clause of it."""
    (row,) = held(said, against, on)
    return row.status, row.other.status if row.other else None, why.why(row).replace("\u00a0", " ").split("; ")[-1]


FIRST = 'by = 2020; value = 12; source = "law"'
LOWERED = text("increase", FIRST, 'by = 2020; value = 8; source = "decision"')


@pytest.mark.parametrize(
    ("said", "status", "other", "clause"),
    [
        (LOWERED, "met", "missed", "met only because ≥ 12 % was lowered to ≥ 8 % by Decision 2/QD (2018-01-01)."),
        (text("decrease", FIRST.replace("12", "5"), 'by = 2020; value = 8; source = "decision"'), "met", "missed", "met only because ≤ 5 % was eased to ≤ 8 % by Decision 2/QD (2018-01-01)."),
        (text("increase", 'by = 2018; value = 8; source = "law"', 'by = 2020; value = 8; source = "decision"; replaces = 2018', figures=((2015, 5), (2018, 7), (2020, 8))), "met", "missed", "met only because ≥ 8 % by 2018 was extended to ≥ 8 % by 2020 by Decision 2/QD (2018-01-01)."),
        (text("increase", 'by = 2018; value = 9; source = "law"', 'by = 2020; value = 8; source = "decision"; replaces = 2018', figures=((2015, 5), (2018, 7), (2020, 8))), "met", "missed", "met only because ≥ 9 % by 2018 was changed to ≥ 8 % by 2020 by Decision 2/QD (2018-01-01)."),
        (text("increase", FIRST.replace("12", "8"), 'by = 2020; value = 12; source = "decision"'), "missed", "met", "against the first promise, ≥ 8 %, it would be met."),
    ],
    ids=["lowered", "eased", "extended", "extended and lowered", "raised"],
)  # fmt: skip
def test_what_the_first_promise_would_make_of_it(said: str, status: str, other: str, clause: str) -> None:
    """A status that rests on a revision says so, in the words of what was done; held to the first promise it says what is in force now."""
    assert told(said) == (status, other, clause)
    (row,) = held(said, "original")
    assert (row.status, row.other and row.other.status) == (other, status)
    assert "held to the promise as first made; in force now is" in why.why(row)


def test_what_was_only_proposed_was_never_the_promise() -> None:
    """A draft that an adopted version superseded is listed, and is neither what the target was nor what the first promise would make of it."""
    said = text("increase", f'{FIRST}; standing = "proposed"', 'by = 2020; value = 8; source = "decision"')
    for against in ("original", "current"):
        (row,) = held(said, against)
        assert (row.status, row.other, row.before, "revised" in row.flags) == ("met", None, None, False)
    (now,) = held(said, "current")
    assert [version.bound and version.bound.weak for version in now.superseded] == [12]


def test_as_of_a_day() -> None:
    """The version of the day decides; after the last revision it is that of now."""
    assert told(LOWERED, date(2017, 12, 31))[:2] == ("missed", "met")
    assert told(LOWERED, date(2018, 1, 1))[:2] == ("met", None)
    assert held(LOWERED, date(2015, 12, 31)) == []


def test_three_versions_name_all_documents_since_the_first() -> None:
    """The documents after the first one are named, the one in force last; a version in between decides nothing."""
    said = text(
        "increase",
        FIRST,
        'by = 2020; value = 10; source = "decision"',
        'by = 2020; value = 8; set_on = 2019-01-01; document = "Note 4"',
    )
    assert told(said) == (
        "met",
        "missed",
        "met only because ≥ 12 % was lowered to ≥ 8 % by Decision 2/QD (2018-01-01) and Note 4 (2019-01-01).",
    )


def test_revised_after_due() -> None:
    """What was set after the deadline does not decide, whichever version is asked for."""
    said = text("increase", FIRST, 'by = 2020; value = 8; source = "late"')
    for against in ("original", "current", date(2021, 12, 31)):
        (row,) = held(said, against)
        assert (row.status, row.other) == ("missed", None)


def test_withdrawn() -> None:
    """A promise that was withdrawn is no row now, and is one as first made and as of a day before, marked as withdrawn; withdrawn after its deadline it stays."""
    said = text("increase", f"{FIRST}; withdrawn = 2019-01-01")
    assert held(said, "current") == []
    for against in ("original", date(2018, 12, 31)):
        (row,) = held(said, against)
        assert (row.status, row.other, str(row.withdrawn)) == ("missed", None, "2019-01-01")
    assert held(said, date(2019, 1, 1)) == []
    assert [row.status for row in held(said.replace("2019-01-01", "2021-06-01"), "current")] == ["missed"]


def test_a_baseline_that_was_published_later() -> None:
    """What a multiple of the baseline asks for is computed from what is known, whatever version is judged."""
    said = text(
        "increase",
        'by = 2020; times_baseline = 0.5; source = "law"',
        baseline='baseline = { period = 2015, value = 10, source = "decision" }',
    )
    assert [told(said, against)[:2] for against in ("original", "current", date(2017, 1, 1))] == [
        ("exceeded", None)
    ] * 3


# ---------------------------------------------------------------- formats


def printed(tmp_path: Path, *argv: str) -> str:
    """What ``status`` prints of the lowered target."""
    (tmp_path / "targets").mkdir(exist_ok=True)
    (tmp_path / "targets/p.toml").write_text(LOWERED, encoding="utf-8")
    done = run("status", *argv, "--on", "2022-01-01", cwd=tmp_path)
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("against", "status", "other"),
    [("original", "missed", "met"), ("current", "met", "missed"), ("2017", "missed", "met")],
)
def test_every_format_says_where_the_status_differs(tmp_path: Path, against: str, status: str, other: str) -> None:
    """Table, markdown, JSON, JSON lines and CSV have both statuses and both promises; JSON is valid by its schema."""
    argv = ("--against", against)
    document: dict[str, Any] = json.loads(printed(tmp_path, *argv, "--json"))
    Draft202012Validator(contract.schema("status")).validate(document)
    (row,) = document["targets"]
    (line,) = printed(tmp_path, *argv, "--format", "jsonl").splitlines()
    for each in (row, json.loads(line)):
        assert (each["status"], each["other"]["status"]) == (status, other)
        assert {each["target"]["weak"], each["other"]["weak"]} == {12, 8}
    (cells,) = csv.DictReader(io.StringIO(printed(tmp_path, *argv, "--format", "csv").removeprefix("\ufeff")))
    assert (cells["status"], cells["other_status"]) == (status, other)
    for format in ("table", "markdown"):
        page = printed(tmp_path, *argv, "--format", format)
        assert status in page
        assert f"{other} as " in page or "it is met" in page or "lowered to" in page
        assert ("promises as" in page) is (against != "current")


@pytest.mark.parametrize("width", [120, 80, 50, 40])
def test_no_width_loses_it(width: int) -> None:
    """At every width the table has the other status."""
    page = StatusPage(report.report([load(LOWERED).program], date(2022, 1, 1), method=LINEAR), ())
    out = io.StringIO()
    table.render(page, out, Look(width=width))
    assert "missed as first made" in " ".join(out.getvalue().replace("\u00a0", " ").split())


def test_show_has_the_history(tmp_path: Path) -> None:
    """``show`` lists the versions with their documents and dates."""
    printed(tmp_path)
    shown = run("show", "p/a", "--on", "2022-01-01", cwd=tmp_path).stdout.replace("\u00a0", " ")
    assert "by 2020  ≥ 12 %  first made  “Law 1” (2016-01-01)" in shown
    assert "by 2020  ≥ 8 %  target lowered  Decision 2/QD (2018-01-01)" in shown


@pytest.mark.parametrize("against", ["x", "2017-13-01", "", "Original"])
def test_what_is_no_version(tmp_path: Path, against: str) -> None:
    """Wrong usage, exit 2."""
    printed(tmp_path)
    done = run("status", "--against", against, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")


# ---------------------------------------------------------------- laws


def rows(document: Table, on: date, against: Against) -> list[Row] | None:
    """The rows of a document; None where it is invalid."""
    found = program(document)
    return None if found is None else list(indicator_rows(found, "i", on, LINEAR, against=against))


@LAW
@given(documents(), DAYS)
def test_a_promise_that_was_never_revised(document: Table, on: date) -> None:
    """As first made, as now in force and as of the day judged are one where there is one version, not withdrawn."""
    targets = document["indicators"]["i"]["targets"]
    if any("withdrawn" in target or "replaces" in target for target in targets):
        return
    ways: list[Against] = ["original", "current", on]
    found = program(document)
    if found is None or len({target.promise for target in found.indicators["i"].targets}) < len(targets):
        return
    one, *others = ([{**bare(row), "held_to": None} for row in rows(document, on, way) or ()] for way in ways)
    assert all(other == one for other in others)


@LAW
@given(documents(), DAYS)
def test_the_first_version_decides(document: Table, on: date) -> None:
    """Held to the original, no version that was made earlier is among those of the same promise; the other row's status is another one."""
    found = program(document)
    for row in rows(document, on, "original") or ():
        assert found is not None
        made = set_date(found.sources, row.promise)
        same = [
            target for target in found.indicators["i"].targets if row.target and target.promise == row.target.promise
        ]
        days = [day for target in same if (day := set_date(found.sources, target)) is not None]
        assert made is None or made == min(days)
        assert row.other is None or row.other.status != row.status


@LAW
@given(documents(), DAYS)
def test_each_way_mirrors_the_other(document: Table, on: date) -> None:
    """Where held to now a row says what the first promise would make of it, held to the first one it says what it is now."""
    now, first = rows(document, on, "current") or (), rows(document, on, "original") or ()
    theirs = {(row.version.place, row.status): row.other and row.other.status for row in first}
    for row in now:
        if row.compared is not None and row.other is not None:
            assert theirs[row.compared.place, row.other.status] == row.status
