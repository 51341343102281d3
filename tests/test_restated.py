"""Restated: each key that a verdict rests on, edited in place, is named by ``changes`` with its author, and said by ``check --since``."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from repository import LE, Repository
from targettrack.revisions import criteria

if TYPE_CHECKING:
    from targettrack.revisions.criteria import Table

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

EVERY = 'every = "year"\nvalue = 7'
SUM = 'from = 2015\nby = 2018\nvalue = 30\naggregate = "sum"'


def text(
    target: str = "by = 2018\nvalue = 10",
    indicator: str = "",
    header: str = "",
    published: str = "2019-06-01",
    figures: tuple[tuple[str, int], ...] = (("2016", 7), ("2017", 8), ("2018", 9)),
) -> str:
    """A program of one target."""
    actuals = "".join(
        f'[[actuals]]\nindicator = "a"\nperiod = "{period}"\nvalue = {value}\nsource = "t"\n'
        for period, value in figures
    )
    return f"""targettrack = 1
[program]
name = "P"
{header}
[sources.s]
title = "S"
published = 2015-01-01
[sources.t]
title = "T"
published = {published}
[indicators.a]
name = "A"
unit = "t"
direction = "increase"
{indicator}
[[indicators.a.targets]]
{target}
set_on = 2015-01-01
source = "s"
{actuals}"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository."""
    made = Repository(tmp_path)
    made.targets.mkdir(parents=True)
    made.git("init", "--quiet", "--initial-branch=main")
    return made


def edited(repository: Repository, old: str, new: str) -> None:
    """Both versions, each in a commit, the newer one by somebody else."""
    repository.write(old)
    repository.commit("2020-01-01")
    repository.write(new)
    repository.commit("2020-01-02", LE)


def page(repository: Repository, *argv: str) -> str:
    """What ``changes`` prints, with plain spaces."""
    done = repository.ran("changes", "--since", "HEAD~1", "--until", "HEAD", *argv)
    assert (done.returncode, done.stderr) == (0, "")
    return str(done.stdout).replace("\u00a0", " ")


CASES = [
    (
        "aggregate",
        text(),
        text('by = 2018\nvalue = 10\naggregate = "last"'),
        "aggregate not written → last",
        "restated",
    ),
    ("undetermined", text(), text("by = 2018\nundetermined = true"), "≥ 10 t → a number to be set", "lowered"),
    (
        "undetermined every",
        text(EVERY),
        text('every = "year"\nundetermined = true'),
        "≥ 7 t → a number to be set",
        "lowered",
    ),
    ("by added", text(EVERY), text(f"{EVERY}\nby = 2017"), "by not written → 2017", "restated"),
    ("by moved", text(f"{EVERY}\nby = 2020"), text(f"{EVERY}\nby = 2017"), "by 2020 → 2017", "restated"),
    ("by removed", text(f"{EVERY}\nby = 2020"), text(EVERY), "by 2020 → not written", "restated"),
    ("from added", text(EVERY), text(f"{EVERY}\nfrom = 2018"), "from not written → 2018", "restated"),
    ("from moved", text(f"{EVERY}\nfrom = 2016"), text(f"{EVERY}\nfrom = 2018"), "from 2016 → 2018", "restated"),
    ("from removed", text(f"{EVERY}\nfrom = 2016"), text(EVERY), "from 2016 → not written", "restated"),
    ("every to by", text(EVERY), text("by = 2020\nvalue = 7"), "every year → not written", "restated"),
    ("other every", text(EVERY), text('every = "half"\nvalue = 7'), "every year → half", "restated"),
    ("lag added", text(), text(indicator='lag = "18 months"'), "lag not written → 18 months", "restated"),
    (
        "lag lengthened",
        text(indicator='lag = "6 months"'),
        text(indicator='lag = "18 months"'),
        "lag 6 months → 18 months",
        "restated",
    ),
    ("cumulative added", text(), text(indicator="cumulative = true"), "cumulative not written → true", "restated"),
    ("cumulative removed", text(indicator="cumulative = true"), text(), "cumulative true → not written", "restated"),
    (
        "series_break",
        text(),
        text("by = 2018\nvalue = 10\nseries_break = true"),
        "series_break not written → true",
        "redefined",
    ),
    (
        "fiscal_year",
        text(header='fiscal_year = "04-01"'),
        text(header='fiscal_year = "07-01"'),
        "fiscal_year 04-01 → 07-01",
        "restated",
    ),
    ("published", text(), text(published="2026-06-01"), "published 2019-06-01 → 2026-06-01", "figure-edited"),
    ("sum later", text(SUM), text(SUM.replace("2015", "2016")), "from 2015 → 2016", "restated"),
    ("sum earlier", text(SUM.replace("2015", "2016")), text(SUM), "from 2016 → 2015", "restated"),
]


@pytest.mark.parametrize(("old", "new", "said", "code"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_key_that_was_edited_in_place(repository: Repository, old: str, new: str, said: str, code: str) -> None:
    """``changes`` has one line of the key with what it was, what it is, and who did it; ``check --since`` warns."""
    edited(repository, old, new)
    (row,) = (
        line
        for line in page(repository, "--format", "markdown").splitlines()
        if line.startswith("| ") and "| ---" not in line and "| indicator |" not in line
    )
    assert said in row.replace("\\_", "_")
    assert LE in row
    done = repository.check("--since=HEAD~1", "--format", "json")
    found = {
        problem["code"]: problem["message"]
        for problem in json.loads(done.stdout)["problems"]
        if LE in problem["message"]
    }
    assert list(found) == [code]


def test_other_fiscal_years_change_no_figure_and_no_deadline(repository: Repository) -> None:
    """What is written the same way in both versions is the same figure and the same deadline."""
    figures = (("2016/17", 7), ("2017/18", 8))
    old, new = (
        text('by = "2018/19"\nvalue = 10', header=f'fiscal_year = "{begin}"', figures=figures)
        for begin in ("04-01", "07-01")
    )
    edited(repository, old, new)
    (program,) = json.loads(page(repository, "--format", "json"))["programs"]
    assert [change["kinds"] for change in program["changes"]] == [["ruled-otherwise"]]
    assert repository.softened("HEAD~1") == [
        ("restated", f"fiscal_year 04-01 → 07-01: {repository.git('rev-parse', '--short=9', 'HEAD')}, {LE}, 2020-01-02")
    ]


def test_a_figure_edited_before_the_years_were(repository: Repository) -> None:
    """Who edited a figure is found behind another fiscal year."""
    header, figures = 'fiscal_year = "04-01"', (("2016/17", 7), ("2017/18", 8))
    repository.write(text(header=header, figures=figures))
    repository.commit("2020-01-01")
    edited(
        repository,
        text(header=header, figures=(("2016/17", 7), ("2017/18", 9))),
        text(header=header.replace("04", "07"), figures=(("2016/17", 7), ("2017/18", 9))),
    )
    done = repository.ran("changes", "--since", "HEAD~2", "--until", "HEAD", "--format", "json")
    (program,) = json.loads(done.stdout)["programs"]
    assert {
        change["kinds"][0]: [commit["author"] for commit in change["commits"]] for change in program["changes"]
    } == {"ruled-otherwise": [LE], "edited-figure": ["Nguyễn Văn An"]}


def test_the_passage_of_time_is_no_cause_of_an_edit(repository: Repository) -> None:
    """An aggregate written into a target lets a figure of another length count: that is the cause, and not the later day."""
    figures = (("2017", 7), ("2018-Q4", 10))
    edited(
        repository,
        text("by = 2018\nvalue = 9", figures=figures),
        text('by = 2018\nvalue = 9\naggregate = "last"', figures=figures),
    )
    (program,) = json.loads(page(repository, "--format", "json"))["programs"]
    (flip,) = program["flips"]
    assert [(cause["cause"], [commit["author"] for commit in cause["commits"]]) for cause in flip["causes"]] == [
        ("revised-target", [LE])
    ]
    assert "aggregate not written → last" in flip["because"]
    assert [code for code, _ in repository.softened("HEAD~1")] == ["restated"]


@pytest.mark.parametrize("indicator", ['lag = "18 months"', "cumulative = true"])
def test_a_rule_is_the_cause_of_a_flip(repository: Repository, indicator: str) -> None:
    """A flip by a rule of the indicator names it, and who wrote it."""
    figures = (("2016", 7), ("2017", 8))
    if "cumulative" in indicator:
        figures = (("2016", 7), ("2018-Q4", 12))
    edited(repository, text(figures=figures), text(indicator=indicator, figures=figures))
    (program,) = json.loads(page(repository, "--format", "json", "--on", "2019-06-30"))["programs"]
    for flip in program["flips"]:
        assert [cause["cause"] for cause in flip["causes"]] == ["file"]
        assert flip["causes"][0]["commits"][0]["author"] == LE


@pytest.mark.parametrize("table", list(criteria.RULES))
def test_every_field_is_compared_or_harmless(table: type[Any]) -> None:
    """Each field of a table stands in one list: compared key by key, compared on its own, or no ground of a verdict; a new one must be put into one."""
    of: type[Table] = table
    listed = (*criteria.RULES[of], *criteria.ELSEWHERE[of], *criteria.HARMLESS[of])
    assert sorted(listed) == sorted(field.name for field in fields(table))
