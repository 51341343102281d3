"""Fiscal years: ``2017/18`` wherever a period is read, asked for, printed or sorted, of a program that says when its years begin; refused of others, with the key to add."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from support import run
from targettrack.store import load
from terminal import Dialogue
from test_cli import completions

if TYPE_CHECKING:
    from pathlib import Path

FISCAL = """\
targettrack = 1
[program]
name = "State scheme"
fiscal_year = "04-01"
[sources.budget]
title = "Budget report"
published = 2019-08-31
document = "Report 5"
[indicators.grants]
name = "Grants"
unit = "million"
direction = "increase"
frequency = "year"
[[indicators.grants.targets]]
by = "2017/18"
value = 40
source = "budget"
set_on = "2016-04-01"
[[indicators.grants.targets]]
by = "2019/20"
value = 50
source = "budget"
set_on = "2016-04-01"
[[indicators.grants.targets]]
every = "year"
from = "2016/17"
value = 20
source = "budget"
set_on = "2016-04-01"
[[actuals]]
indicator = "grants"
period = "2017/18"
value = 41
source = "budget"
[[actuals]]
indicator = "grants"
period = "2016/17"
value = 30
source = "budget"
"""
CALENDAR = (
    FISCAL.replace('fiscal_year = "04-01"\n', "")
    .replace("2019/20", "2020")
    .replace("2017/18", "2018")
    .replace("2016/17", "2017")
)
REFUSED = '"2018/19" is a fiscal year, and this program does not say when its fiscal years begin: add fiscal_year = "04-01" (the month and the day) to [program]'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a program of fiscal years and one of the calendar's."""
    folder = tmp_path / "targets"
    folder.mkdir()
    (folder / "scheme.toml").write_text(FISCAL, encoding="utf-8")
    (folder / "plan.toml").write_text(CALENDAR, encoding="utf-8")
    return tmp_path


def document(*argv: str, cwd: Path) -> Any:
    """What a command prints as JSON."""
    done = run(*argv, "--json", cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def added(place: Path, name: str = "scheme") -> list[str]:
    """The periods of a program's actuals, as its file writes them."""
    loaded = load.load(place / "targets" / f"{name}.toml")
    assert loaded is not None
    return [actual.period.text for actual in loaded.program.document.actuals]


@pytest.mark.parametrize("period", ["2018/19", "2018/19-Q1", "2018/19-s2", "2018-09"])
def test_add_actual_takes_them(place: Path, period: str) -> None:
    """A fiscal year, its quarters and halves are recorded as they are typed, and read again."""
    done = run("add-actual", "scheme", "grants", "44", "--period", period, "--source", "budget", "--yes", cwd=place)
    assert done.returncode == 0, done.stderr
    assert added(place)[-1] == period.upper()


def test_add_actual_refuses_them_without_the_key(place: Path) -> None:
    """Where the program does not say when its years begin, nothing is recorded, and the message says what to add."""
    done = run("add-actual", "plan", "grants", "44", "--period", "2018/19", "--source", "budget", cwd=place)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"--period: {REFUSED}" in done.stderr
    assert len(added(place, "plan")) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f.csv", "indicator,period,value,source\ngrants,2018/19,44,budget\n"),
        ("f.json", '[{"indicator": "grants", "period": "2018/19", "value": 44, "source": "budget"}]'),
    ],
)
def test_add_actual_from_a_file_takes_them(place: Path, name: str, text: str) -> None:
    """The rows of a file are read in the years of the program that they are added to."""
    (place / name).write_text(text, encoding="utf-8")
    done = run("add-actual", "scheme", "--from", name, cwd=place)
    assert done.returncode == 0, done.stderr
    assert added(place)[-1] == "2018/19"
    refused = run("add-actual", "plan", "--from", name, cwd=place)
    assert refused.returncode == 4
    assert REFUSED in refused.stderr


def test_a_row_may_write_the_days_of_an_option(place: Path) -> None:
    """An option contradicts no row that writes the same days in another way."""
    (place / "f.csv").write_text("indicator,period,value,source\ngrants,2018-04/2019-03,44,budget\n", encoding="utf-8")
    assert run("add-actual", "scheme", "--from", "f.csv", "--period", "2018/19", "--dry-run", cwd=place).returncode == 0
    assert run("add-actual", "scheme", "--from", "f.csv", "--period", "2017/18", "--dry-run", cwd=place).returncode == 2


def test_the_next_one_is_offered(place: Path) -> None:
    """At a terminal the period after the newest is offered by its name; one that is none is asked again."""
    dialogue = Dialogue("add-actual", "scheme", "grants", cwd=place)
    try:
        dialogue.answer("value, in million:", "44")
        dialogue.answer("period [2018/19]:", "2018/20")
        dialogue.asked('"2018/19" for the fiscal year')
        dialogue.answer("period [2018/19]:", "")
        dialogue.answer("source (an id, a new one, or - for none) [budget]:", "")
        assert dialogue.end()[0] == 0
    finally:
        dialogue.close()
    assert added(place)[-1] == "2018/19"


def test_a_program_shown_is_read_again(place: Path) -> None:
    """What show prints of one program is recorded in another of the same years, in the order of the file."""
    shown = run("show", "scheme", "--format", "csv", cwd=place).stdout
    (place / "shown.csv").write_text(shown, encoding="utf-8")
    (place / "targets" / "scheme.toml").write_text(FISCAL.partition("[[actuals]]")[0], encoding="utf-8")
    done = run("add-actual", "scheme", "--from", "shown.csv", cwd=place)
    assert done.returncode == 0, done.stderr
    assert added(place) == ["2017/18", "2016/17"]


@pytest.mark.parametrize(
    ("due", "rows"),
    [
        ("2017/18", [("scheme", "2017/18")]),
        ("2019/20-Q4", [("scheme", "2019/20")]),
        ("2018", [("plan", "2018"), ("scheme", "2017/18")]),
        ("2018/2020", [("plan", "2018"), ("plan", "2020"), ("scheme", "2017/18"), ("scheme", "2019/20")]),
    ],
)
def test_status_due(place: Path, due: str, rows: list[tuple[str, str]]) -> None:
    """A fiscal year asks for the rows of the programs that have such years, a year of the calendar for those of all."""
    found = document("status", "--due", due, cwd=place)["targets"]
    assert [(row["program"], row["target"]["by"]) for row in found] == rows


def test_status_due_takes_the_windows_that_cite_names(place: Path) -> None:
    """What cite names a window by asks status for the rows due in it, of the programs that have such years."""
    path = place / "targets" / "scheme.toml"
    path.write_text(FISCAL.replace('by = "2019/20"', 'from = "2018/19"\nby = "2019/20"'), encoding="utf-8")
    hint = run("cite", "scheme/grants", "--target", "1999", cwd=place).stderr
    assert "2018/19/2019/20" in hint
    assert run("cite", "scheme/grants", "--target", "2018/19/2019/20", cwd=place).returncode == 0
    assert run("cite", "scheme/grants", "--target", "2018-04/2020-03", cwd=place).returncode == 0
    found = document("status", "--due", "2018/19/2019/20", cwd=place)["targets"]
    assert [(row["program"], row["target"]["by"]) for row in found] == [("scheme", "2019/20")]
    refused = run("status", "plan", "--due", "2018/19/2019/20", cwd=place)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert '"2018/19/2019/20" is a span of fiscal years' in refused.stderr.replace("\n", " ")


def test_status_due_without_the_key(place: Path) -> None:
    """Where no program that is asked for has such years, the question is refused, as is what is no period anywhere."""
    done = run("status", "plan", "--due", "2018/19", cwd=place)
    assert (done.returncode, done.stdout) == (2, "")
    assert REFUSED.partition(":")[0] in done.stderr.replace("\n", " ")
    assert run("status", "--due", "2018/20", cwd=place).returncode == 2


def test_status_sorts_by_their_days(place: Path) -> None:
    """A fiscal year stands where its last day does."""
    found = document("status", "--sort", "due", cwd=place)["targets"]
    assert [row["target"]["by"] for row in found if row["target"]["due"]] == ["2017/18", "2018", "2019/20", "2020"]


def test_history_goes_by_them(place: Path) -> None:
    """The ends of the years are those of the program's years, and are named so."""
    found = document("history", "scheme/grants", "--on", "2020-11-22", cwd=place)
    moments = [(moment["date"], moment["period"]) for target in found["promises"][:1] for moment in target["dates"]]
    assert moments[:2] == [("2017-03-31", "2016/17"), ("2018-03-31", "2017/18")]


@pytest.mark.parametrize(
    ("on", "heads"),
    [("2019-12-31", "17  18  19  20"), ("2020-03-31", "17  18  19  20"), ("2020-04-01", "17  18  19  20  21")],
)
def test_history_heads_each_sign_with_the_year_that_it_ends_in(place: Path, on: str, heads: str) -> None:
    """The fiscal year of the day asked for has its heading too, also where it begins in the year in which the one before ends."""
    done = run("history", "scheme/grants", "--on", on, cwd=place)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[3].split() == heads.split()


def test_show_says_what_figures_are_judged_by(place: Path) -> None:
    """The lag, running totals, preferred sources and the fiscal year stand where they are written, and nowhere else."""
    path = place / "targets" / "scheme.toml"
    path.write_text(
        FISCAL.replace(
            'frequency = "year"', 'frequency = "year"\nlag = "7 months"\ncumulative = true\nprefer = ["budget"]'
        ),
        encoding="utf-8",
    )
    said = {
        "lag": "within 7 months after their period",
        "cumulative": "running totals",
        "prefer": "preferred sources, in this order: budget",
    }
    year = "its fiscal years begin on 04-01"
    for argv in (("scheme/grants",), ("scheme/grants", "--format", "markdown"), ("scheme", "--format", "markdown")):
        shown = " ".join(run("show", *argv, cwd=place).stdout.split())
        assert all(shown.count(text) == 1 for text in (*said.values(), year)), shown
        plain = " ".join(run("show", *(text.replace("scheme", "plan") for text in argv), cwd=place).stdout.split())
        assert not any(text in plain for text in (*said.values(), year))
    assert year in run("show", "scheme", cwd=place).stdout
    found, other = document("show", "scheme/grants", cwd=place), document("show", "plan/grants", cwd=place)
    keys = ("lag", "cumulative", "prefer")
    assert (found["fiscal_year"], *(found["indicators"][0][key] for key in keys)) == (
        "04-01",
        "7 months",
        True,
        ["budget"],
    )
    assert (other["fiscal_year"], *(other["indicators"][0][key] for key in keys)) == (None, None, False, [])


def test_explain_with_takes_them(place: Path) -> None:
    """A figure that is only assumed is read in the program's years; in others it is refused with the key."""
    done = run("explain", "scheme/grants", "--with", "55", "--period", "2019/20", "--on", "2020-11-22", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "2019/20" in done.stdout
    refused = run("explain", "plan/grants", "--with", "55", "--period", "2018/19", cwd=place)
    assert refused.returncode == 2
    assert f"--period: {REFUSED}" in refused.stderr


def test_cite_takes_them(place: Path) -> None:
    """A target is chosen by its fiscal year, also by the months of one."""
    for asked in ("2017/18", "2017-04/2018-03"):
        done = run("cite", "scheme/grants", "--target", asked, cwd=place)
        assert done.returncode == 0, done.stderr


def test_completion_has_the_program(place: Path) -> None:
    """Its ids are completed as those of any other."""
    assert completions("targettrack status sch", cwd=place) == (["scheme"], "")
    assert completions("targettrack history scheme/", cwd=place) == (["scheme/grants"], "")


def test_check_speaks_of_them(place: Path) -> None:
    """A year of the calendar that a standing target cannot use is told of with the name that its own year has."""
    path = place / "targets" / "scheme.toml"
    path.write_text(
        FISCAL.replace('period = "2017/18"', "period = 2018").replace('period = "2016/17"', "period = 2017"),
        encoding="utf-8",
    )
    done = run("check", "scheme", "--format", "json", cwd=place)
    said = [problem["hint"] for problem in json.loads(done.stdout)["problems"] if problem["code"] == "uncounted"]
    assert said == ['a year of this program is written "2018/19": correct the periods, or leave fiscal_year out']
