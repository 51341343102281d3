"""Changes: what ``changes`` tells against real git repositories: each change once and by whom, each status that flipped and why, and what cannot be seen."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from repository import CLEAN, LE, PHAM, TRAN, Repository, made, signed, text
from support import LINEAR, facts, load, run, tries
from targettrack.assessment.promises import Version
from targettrack.assessment.report import indicator_rows
from targettrack.pages import contract
from targettrack.pages.changes import compared
from targettrack.program.model import Actual
from targettrack.revisions import changes
from targettrack.revisions import flips as flipped
from targettrack.revisions.authorship import Commit
from targettrack.revisions.flips import Side
from targettrack.wording.changes import when
from test_laws import DAYS, NUMBERS, YEARS, Table, actuals, documents, kept, program, targets

if TYPE_CHECKING:
    from targettrack.program.model import Program

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

AN = "Nguyễn Văn An"
LAW = tries(150)
Told = tuple[str, str | None, str | None, tuple[str | None, ...]]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one program in one commit."""
    return made(tmp_path / "repository")


def figure(period: object, value: object, source: str = "yearbook", more: str = "") -> str:
    """A figure of a program file."""
    return f'[[actuals]]\nindicator = "a"\nperiod = {period}\nvalue = {value}\nsource = "{source}"\n{more}\n'


def source(id: str, published: str, publisher: str = "P") -> str:
    """A source of a program file."""
    return f'[sources.{id}]\ntitle = "{id}"\npublisher = "{publisher}"\npublished = {published}\n'


def aim(by: object, value: object, source: str = "plan", more: str = "") -> str:
    """A target of a program file."""
    return f'[[indicators.a.targets]]\nby = {by}\nvalue = {value}\nsource = "{source}"\n{more}\n'


def document(
    repository: Repository, *argv: str | Path, since: str = "HEAD~1", on: str | None = "2024-06-01", **surroundings: Any
) -> dict[str, Any]:
    """What ``changes --json`` prints: valid by its schema, with nothing on stderr."""
    done = repository.ran("changes", f"--since={since}", "--json", *argv, *(("--on", on) if on else ()), **surroundings)
    assert (done.stderr, done.returncode) == ("", 0)
    printed: dict[str, Any] = json.loads(done.stdout)
    Draft202012Validator(contract.schema("changes")).validate(printed)
    return printed


def bound(thing: dict[str, Any] | None) -> str | None:
    """A thing of the document in short."""
    if thing is None:
        return None
    if thing["actual"]:
        return f"{thing['actual']['period']}: {thing['actual']['value']}"
    if thing["target"]:
        return (
            f"{thing['target']['by']}: {thing['target']['weak']}"
            if thing["target"]["shape"] != "words"
            else str(thing["target"]["text"])
        )
    return f"{thing['baseline']['period']}: {thing['baseline']['value']}" if thing["baseline"] else str(thing["text"])


def told(printed: dict[str, Any]) -> list[Told]:
    """The changes of the only program: kinds, what was, what is, and the authors; None is what is not committed yet."""
    (entry,) = printed["programs"]
    return [
        (
            " ".join(each["kinds"]) + ("!" if each["silent"] else ""),
            bound(each["before"]),
            bound(each["after"]),
            tuple(commit and commit["author"] for commit in each["commits"]),
        )
        for each in entry["changes"]
    ]


def flips(printed: dict[str, Any]) -> list[tuple[str, str, dict[str, bool], list[str]]]:
    """The statuses of the only program that flipped: before, after, the causes and whether each alone would have done it, the authors."""
    (entry,) = printed["programs"]
    found = []
    for each in entry["flips"]:
        authors = [commit and commit["author"] for cause in each["causes"] for commit in cause["commits"]]
        found.append(
            (
                each["before"]["status"],
                each["after"]["status"],
                {cause["cause"]: cause["alone"] for cause in each["causes"]},
                authors,
            )
        )
    return found


# ---------------------------------------------------------------- each kind of change

KINDS = [
    ("new-figure", text(), text(more=figure(2021, 40)), (None, "2021: 40")),
    ("edited-figure!", text(), text(figure="37"), ("2020: 36", "2020: 37")),
    ("remarked-figure!", text(), text(more='quality = "provisional"\n'), ("2020: 36", "2020: 36")),
    ("gone-figure!", text(more=figure(2021, 40)), text(), ("2021: 40", None)),
    ("revised-figure", text().replace('title = "Yearbook"\n', 'title = "Yearbook"\npublisher = "P"\n'), text(more=figure(2020, 37, "again") + source("again", "2022-03-01", "P")).replace('title = "Yearbook"\n', 'title = "Yearbook"\npublisher = "P"\n'), ("2020: 36", "2020: 37")),
    ("earlier-figure", text().replace('title = "Yearbook"\n', 'title = "Yearbook"\npublisher = "P"\n'), text(more=figure(2020, 35, "before") + source("before", "2021-01-01", "P")).replace('title = "Yearbook"\n', 'title = "Yearbook"\npublisher = "P"\n'), (None, "2020: 35")),
    ("rival-figure", text(), text(more=figure(2020, 39, "other") + source("other", "2022-03-01")), ("2020: 36", "2020: 39")),
    ("new-target", text(), text(more=aim(2030, 60)), (None, "2030: 60")),
    ("earlier-target", text(), text(more=source("draft", "2010-01-01") + aim(2025, 60, "draft")), (None, "2025: 60")),
    ("gone-target!", text(more=aim(2030, 60)), text(), ("2030: 60", None)),
    ("lowered!", text(), text(bound="40"), ("2025: 45", "2025: 40")),
    ("raised!", text(), text(bound="50"), ("2025: 45", "2025: 50")),
    ("lowered", text(), text(more=source("new", "2022-01-01") + aim(2025, 40, "new")), ("2025: 45", "2025: 40")),
    ("extended!", text(), text(by="2027"), ("2025: 45", "2027: 45")),
    ("extended lowered!", text(), text(by="2027", bound="40"), ("2025: 45", "2027: 40")),
    ("extended lowered", text(), text(more=source("new", "2022-01-01") + aim(2027, 40, "new", "replaces = 2025")), ("2025: 45", "2027: 40")),
    ("brought-forward!", text(), text(by="2024"), ("2025: 45", "2024: 45")),
    ("redefined", text(), text(more=source("new", "2022-01-01") + aim(2025, 40, "new", "series_break = true")), ("2025: 45", "2025: 40")),
    ("adopted", text().replace('source = "plan"', 'source = "plan"\nstanding = "proposed"'), text(more=source("new", "2022-01-01") + aim(2025, 40, "new")).replace('source = "plan"', 'source = "plan"\nstanding = "proposed"'), ("2025: 45", "2025: 40")),
    ("proposed-again!", text(), text().replace('source = "plan"', 'source = "plan"\nstanding = "proposed"'), ("2025: 45", "2025: 45")),
    ("restated!", text(), text().replace('source = "plan"', 'source = "yearbook"', 1), ("2025: 45", "2025: 45")),
    ("withdrawn", text(), text().replace('source = "plan"', 'source = "plan"\nwithdrawn = 2023-01-01'), ("2025: 45", "2025: 45")),
    ("reinstated!", text().replace('source = "plan"', 'source = "plan"\nwithdrawn = 2023-01-01'), text(), ("2025: 45", "2025: 45")),
    ("new-target withdrawn", text(), text(more=aim(2030, 60, more="withdrawn = 2023-01-01")), (None, "2030: 60")),
    ("extended raised!", text(more=aim(2030, 60)), text(more=aim(2030, 60, more="replaces = 2025")), ("2025: 45", "2030: 60")),
    ("rebased", text(), text().replace('direction = "increase"', 'direction = "increase"\nbaseline = { period = 2015, value = 20 }'), (None, "2015: 20")),
    ("defined-otherwise!", text(), text().replace('unit = "%"', 'unit = "points"'), ("“%”", "“points”")),
    ("ruled-otherwise", text(), text().replace('direction = "increase"', 'direction = "increase"\nlag = "6 months"'), (None, "6 months")),
    ("new-indicator", text(), text(more='[indicators.b]\nname = "B"\n'), (None, "B")),
    ("gone-indicator!", text(more='[indicators.b]\nname = "B"\n'), text(), ("B", None)),
    ("new-promise", text(), text(more='[[promises]]\ntext = "Build a road"\n'), (None, "Build a road")),
    ("reworded!", text(more='[[promises]]\ntext = "Build a road"\n'), text(more='[[promises]]\ntext = "Build a roof"\n'), ("Build a road", "Build a roof")),
    ("gone-promise!", text(more='[[promises]]\ntext = "Build a road"\n'), text(), ("Build a road", None)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "things"), KINDS, ids=[kind for kind, *_ in KINDS])
def test_each_kind_of_change(
    repository: Repository, kind: str, old: str, new: str, things: tuple[str | None, str | None]
) -> None:
    """Each kind of change is told once, with what was and what is, and who did it; the one that is not committed yet by nobody."""
    repository.write(old)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--allow-empty", "--message", "m", env=signed(LE, "2024-01-02T12:00:00+0700"))
    repository.write(new)
    assert told(document(repository, since="HEAD")) == [(kind, *things, (None,))]
    repository.commit("2024-02-01", TRAN)
    assert told(document(repository)) == [(kind, *things, (TRAN,))]


def test_a_ceiling_is_tightened_or_eased(repository: Repository) -> None:
    """Of a target that is not to be exceeded nobody says that it was lowered where its number rose."""
    repository.write(text().replace("increase", "decrease"))
    repository.commit()
    repository.write(text(bound="50").replace("increase", "decrease"))
    repository.commit("2024-02-01", TRAN)
    assert "target eased" in repository.ran("changes", "--since", "HEAD~1").stdout
    assert [each[0] for each in told(document(repository))] == ["lowered!"]


def test_what_is_the_same(repository: Repository) -> None:
    """Line ends, comments, order and another id for the same document change nothing."""
    renamed = text().replace("yearbook]", "book]").replace('source = "yearbook"', 'source = "book"')
    (repository.targets / "p.toml").write_bytes(f"# a comment\n{renamed}".replace("\n", "\r\n").encode())
    assert document(repository, since="HEAD", on="2024-01-01")["programs"] == []


# ---------------------------------------------------------------- each cause of a flip

OFF = text(figure="31")
"""Judged off track: 1 of 15 points in a year of six."""
CAUSES = [
    ("new-figure", OFF, text(figure="31", more=figure(2021, 44)), {"new-figure": True}, [LE], "2024-01-01"),
    ("revised-figure", OFF, text(figure="46"), {"revised-figure": True}, [LE], "2024-01-01"),
    ("revised-target", OFF, text(figure="31", bound="31"), {"revised-target": True}, [LE], "2024-01-01"),
    ("rebased", OFF, text(figure="31").replace('direction = "increase"', 'direction = "increase"\nbaseline = { period = 2015, value = 40 }'), {"rebased": True}, [LE], "2024-01-01"),
    ("file", OFF, text(figure="31").replace("published = 2021-03-01", "published = 2025-03-01"), {"file": True}, [LE], "2024-01-01"),
    ("time", OFF, text(figure="31") + "# x\n", {"time": True}, [], "2026-06-01"),
    ("a figure of a later year", text(), text(more=figure(2024, 46)), {"new-figure": True}, [LE], "2025-06-01"),
    ("a moved deadline", text(by="2020"), text(by="2030"), {"revised-target": True}, [LE], "2024-01-01"),
    ("one alone", OFF, text(bound="38", figure="46"), {"revised-figure": True, "revised-target": False}, [LE, LE], "2024-01-01"),
    ("both alone", OFF, text(bound="30", figure="46"), {"revised-figure": True, "revised-target": True}, [LE, LE], "2024-01-01"),
    ("only together", OFF, text(bound="38", figure="38"), {"revised-figure": False, "revised-target": False}, [LE, LE], "2024-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "causes", "authors", "on"), CAUSES, ids=[name for name, *_ in CAUSES])
def test_each_cause_of_a_flip(
    repository: Repository, name: str, old: str, new: str, causes: dict[str, bool], authors: list[str], on: str
) -> None:
    """Each cause is found, and whether it alone would have done it; with who did it, but for time."""
    del name
    repository.write(old)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--allow-empty", "--message", "m", env=signed(AN, "2024-01-01T12:00:00+0700"))
    repository.write(new)
    repository.commit("2024-01-01", LE)
    ((_, _, found, by),) = flips(document(repository, on=on))
    assert (found, by) == (causes, authors)


def test_the_deadline_that_came(repository: Repository) -> None:
    """Where time passed a deadline, the deadline is named; where the newer side is judged on an earlier day, that is said."""
    done = repository.ran("changes", "--since", "HEAD", "--on", "2026-06-01")
    assert "because of the deadline that came, 2025" in done.stdout.replace("\u00a0", " ")
    done = repository.ran("changes", "--since", "HEAD", "--on", "2020-06-01")
    assert "because of the earlier day on which it is judged" in done.stdout
    assert document(repository, since="HEAD", on="2024-01-01")["programs"] == []


def test_rows_are_those_of_status(repository: Repository) -> None:
    """The rows of a flip are, whole, the rows that ``status --on`` gives of each side."""
    old = json.loads(repository.ran("status", "--json", "--on", "2024-01-01").stdout)["targets"]
    repository.write(text(figure="46"))
    new = json.loads(repository.ran("status", "--json", "--on", "2024-06-01").stdout)["targets"]
    ((flip,),) = [entry["flips"] for entry in document(repository, since="HEAD")["programs"]]
    assert ([flip["before"]], [flip["after"]]) == (old, new)


def test_a_source_with_another_id(repository: Repository) -> None:
    """What is has the ids that the newer file has, what was those of the older one; another id is no change."""
    renamed = (
        text(figure="46", more=figure(2021, 47))
        .replace("yearbook]", "book]")
        .replace('source = "yearbook"', 'source = "book"')
    )
    repository.write(renamed)
    row = json.loads(repository.ran("status", "--json", "--on", "2024-06-01").stdout)["targets"]
    (entry,) = document(repository, since="HEAD")["programs"]
    assert [each["kinds"] for each in entry["changes"]] == [["edited-figure"], ["new-figure"]]
    assert [
        (each["before"] and each["before"]["actual"]["source"], each["after"]["actual"]["source"])
        for each in entry["changes"]
    ] == [("yearbook", "book"), (None, "book")]
    assert [each["after"] for each in entry["flips"]] == row


# ---------------------------------------------------------------- who did it


def test_two_sources_of_one_period(repository: Repository) -> None:
    """Who entered one source's figure did not enter that of another for the same period."""
    one = source("x", "2023-01-01", "X") + figure(2022, 38, "x")
    repository.write(text(more=one))
    repository.commit("2024-02-01", LE)
    repository.write(text(more=one + source("y", "2023-02-01", "Y") + figure(2022, 39, "y")))
    repository.commit("2024-03-01", TRAN)
    assert told(document(repository, since="HEAD~2")) == [
        ("new-figure", None, "2022: 38", (LE,)),
        ("rival-figure", "2022: 38", "2022: 39", (TRAN,)),
    ]


def test_followed_through_what_it_was(repository: Repository) -> None:
    """What was edited twice, moved and then lowered, or added and then edited, is by both; what was edited, taken back and edited again by the last alone."""
    repository.write(text(by="2027", figure="37", more=figure(2021, 38)))
    repository.commit("2024-02-01", LE)
    repository.write(text(by="2027", bound="40", figure="38", more=figure(2021, 39)))
    repository.commit("2024-03-01", TRAN)
    both = (LE, TRAN)
    assert sorted(told(document(repository, since="HEAD~2"))) == sorted(
        [
            ("extended lowered!", "2025: 45", "2027: 40", both),
            ("edited-figure!", "2020: 36", "2020: 38", both),
            ("new-figure", None, "2021: 39", both),
        ]
    )
    repository.write(text())
    repository.commit("2024-04-01", PHAM)
    assert document(repository, since="HEAD~3", on="2024-01-01")["programs"] == []
    repository.write(text(figure="38"))
    repository.commit("2024-05-01", AN)
    assert told(document(repository, since="HEAD~4")) == [("edited-figure!", "2020: 36", "2020: 38", (AN,))]


def branches(repository: Repository, ours: str, theirs: str) -> None:
    """Two branches, the other one's checked out last, each with one commit."""
    repository.git("checkout", "--quiet", "-b", "other")
    repository.write(theirs)
    repository.commit("2024-02-01", LE)
    repository.git("checkout", "--quiet", "main")
    repository.write(ours)
    repository.commit("2024-02-02", TRAN)


def merged(repository: Repository, result: str, author: str = PHAM) -> None:
    """Merge the other branch by hand."""
    repository.git(
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.org",
        "merge",
        "--quiet",
        "--no-commit",
        "--no-ff",
        "--strategy=ours",
        "other",
    )
    repository.write(result)
    repository.commit("2024-03-01", author)


def test_a_merge_of_figures(repository: Repository) -> None:
    """A figure on each of two branches: each by its author, none by who merged."""
    branches(repository, text(more=figure(2021, 37)), text(more=figure(2022, 38)))
    merged(repository, text(more=figure(2021, 37) + figure(2022, 38)))
    assert told(document(repository, since="HEAD~2")) == [
        ("new-figure", None, "2021: 37", (TRAN,)),
        ("new-figure", None, "2022: 38", (LE,)),
    ]


@pytest.mark.parametrize(("bound", "by"), [("40", (LE,)), ("42", (TRAN,)), ("41", (PHAM,)), ("45", None)])
def test_a_merge_of_one_target(repository: Repository, bound: str, by: tuple[str, ...] | None) -> None:
    """The same target changed on both: whose number stands is named; a third number is by who merged."""
    branches(repository, text(bound="42"), text(bound="40"))
    merged(repository, text(bound=bound))
    found = document(repository, since="HEAD~2", on="2024-01-01")["programs"]
    assert bool(found) is (by is not None)
    if by:
        ((_, _, now, authors),) = told({"programs": found})
        assert (now, authors[-1:]) == (f"2025: {bound}", by)


def test_committed_and_not_committed(repository: Repository) -> None:
    """What is not committed yet is by nobody, and beside it stands what is."""
    repository.write(text(figure="37"))
    repository.commit("2024-02-01", LE)
    repository.write(text(figure="37", bound="40"))
    assert sorted(told(document(repository))) == [
        ("edited-figure!", "2020: 36", "2020: 37", (LE,)),
        ("lowered!", "2025: 45", "2025: 40", (None,)),
    ]
    repository.git("stash", "--quiet", env=signed(LE, "2024-02-01T12:00:00+0700"))
    assert told(document(repository)) == [("edited-figure!", "2020: 36", "2020: 37", (LE,))]


@pytest.mark.parametrize("state", ["committed", "staged", "edited"])
def test_a_program_under_another_name(repository: Repository, state: str) -> None:
    """A renamed file is followed, also where it is only staged, or was edited with it."""
    repository.git("mv", "targets/p.toml", "targets/q.toml")
    repository.write(text(bound="40" if state == "edited" else "45"), "q")
    if state != "staged":
        repository.commit("2024-02-01", LE)
    printed = document(repository, since="HEAD" if state == "staged" else "HEAD~1", on="2024-01-01")
    (entry,) = printed["programs"]
    assert (entry["program"], entry["state"], entry["old_file"]) == ("q", "kept", "targets/p.toml")
    assert told(printed) == ([("lowered!", "2025: 45", "2025: 40", (LE,))] if state == "edited" else [])


def test_programs_that_are_new_or_gone(repository: Repository) -> None:
    """Who added a program is who did, though another one renamed it later; who removed it is not who edited it before."""
    repository.write("targettrack = 1\nprogram.name = 'Quite another'\n", "q")
    repository.commit("2024-02-01", LE)
    repository.git("mv", "targets/q.toml", "targets/z.toml")
    repository.write(text(figure="37"))
    repository.commit("2024-03-01", TRAN)
    (repository.targets / "p.toml").unlink()

    def states(since: str) -> list[tuple[str, str, list[str | None]]]:
        return [
            (entry["program"], entry["state"], [commit and commit["author"] for commit in entry["commits"]])
            for entry in document(repository, since=since)["programs"]
        ]

    assert states("HEAD~2") == [("z", "new", [LE]), ("p", "gone", [None])]
    repository.commit("2024-04-01", PHAM)
    assert states("HEAD~3") == [("z", "new", [LE]), ("p", "gone", [PHAM])]


# ---------------------------------------------------------------- which sides


def test_until_a_revision(repository: Repository) -> None:
    """What came after the newer side is not told, nor what is not committed; days name the last commit up to them."""
    repository.write(text(figure="37"))
    repository.commit("2024-02-01", LE)
    repository.write(text(figure="38"))
    repository.commit("2024-03-01", TRAN)
    repository.write(text(figure="39"))
    for until in ("HEAD~1", "2024-02-29"):
        printed = document(repository, "--until", until, since="2024-01-31", on=None)
        assert told(printed) == [("edited-figure!", "2020: 36", "2020: 37", (LE,))]
        assert (printed["since"]["on"], printed["until"]["on"]) == (
            "2024-01-31",
            "2024-02-29" if until != "HEAD~1" else "2024-02-01",
        )


def test_there_and_back(repository: Repository) -> None:
    """From the newer to the older side everything is told the other way round, and by nobody, for nobody did it."""
    repository.write(text(bound="40", more=figure(2021, 40)))
    repository.commit("2024-02-01", LE)
    printed = document(repository, "--until", "HEAD~1", since="HEAD", on=None)
    assert told(printed) == [("raised!", "2025: 40", "2025: 45", ()), ("gone-figure!", "2021: 40", None, ())]
    assert printed["limits"] == ["HEAD did not lead to HEAD~1: what only HEAD has is told as taken back"]
    repository.git("checkout", "--quiet", "--detach", "HEAD~1")
    assert [authors for *_, authors in told(document(repository, since="main"))] == [(), ()]


def test_an_older_side_that_cannot_be_read(repository: Repository) -> None:
    """Nothing is guessed of a version that was no sound program."""
    repository.write(text() + "\nbroken")
    repository.commit("2024-02-01", LE)
    repository.write(text())
    repository.commit("2024-03-01", LE)
    (entry,) = document(repository)["programs"]
    assert (entry["state"], entry["changes"], entry["flips"]) == ("unread", [], [])


def test_a_newer_side_that_cannot_be_read(repository: Repository) -> None:
    """The others are shown, and the exit code is 4."""
    repository.write(text(), "q")
    repository.commit("2024-02-01", LE)
    repository.write("targettrack = 1\nbroken")
    repository.write(text(bound="40"), "q")
    done = repository.ran("changes", "--since", "HEAD", "--json", "--on", "2024-06-01")
    assert done.returncode == 4
    assert [entry["program"] for entry in json.loads(done.stdout)["programs"]] == ["q"]


def test_links(repository: Repository) -> None:
    """A link is followed to its file, on both sides; a file that became a link is no other program."""
    (repository.top / "data").mkdir()
    (repository.targets / "p.toml").rename(repository.top / "data/p.toml")
    (repository.targets / "p.toml").symlink_to("../data/p.toml")
    repository.commit("2024-02-01", LE)
    (repository.top / "data/p.toml").write_text(text(bound="40"), encoding="utf-8")
    repository.commit("2024-03-01", TRAN)
    for since in ("HEAD~1", "HEAD~2"):
        for until in ((), ("--until", "HEAD")):
            assert told(document(repository, *until, since=since)) == [("lowered!", "2025: 45", "2025: 40", (TRAN,))]


def test_folders(repository: Repository, tmp_path: Path) -> None:
    """At the top of a repository, deep in it, in a worktree."""
    for folder in (".", "a/b c/chỉ tiêu"):
        other = made(tmp_path / f"other{len(folder)}", folder)
        other.write(text(bound="40"))
        other.commit("2024-02-01", LE)
        assert (
            told(document(other))
            == told(document(other, "--until", "HEAD"))
            == [("lowered!", "2025: 45", "2025: 40", (LE,))]
        )
    repository.git("worktree", "add", "--quiet", "--detach", tmp_path / "tree")
    tree = Repository(tmp_path / "tree")
    tree.write(text(bound="40"))
    tree.commit("2024-02-01", LE)
    assert told(document(tree)) == [("lowered!", "2025: 45", "2025: 40", (LE,))]


def test_a_shallow_clone(repository: Repository, tmp_path: Path) -> None:
    """What it can see it tells without a word more; what it cannot see, it says."""
    for bound in ("44", "43"):
        repository.write(text(bound=bound))
        repository.commit("2024-02-01", LE)
    repository.git("clone", "--quiet", "--depth", "2", f"file://{repository.top}", tmp_path / "shallow")
    shallow = Repository(tmp_path / "shallow")
    seen = document(shallow, since="HEAD~1")
    assert (told(seen), seen["limits"], seen["cut"]) == ([("lowered!", "2025: 44", "2025: 43", (LE,))], [], None)
    done = shallow.ran("changes", "--since", "2024-01-15")
    assert (done.returncode, done.stdout) == (5, "")
    assert "git fetch --unshallow" in done.stderr


def test_a_sparse_checkout(repository: Repository) -> None:
    """What is not checked out is not removed."""
    repository.git("sparse-checkout", "set", "--no-cone", "/elsewhere/")
    repository.targets.mkdir(exist_ok=True)
    printed = document(repository, since="HEAD", on="2024-01-01")
    assert printed["programs"] == []
    assert "targets/p.toml is not checked out here" in printed["limits"][0]


# ---------------------------------------------------------------- refusals, and nothing written


@pytest.mark.parametrize(
    "revision",
    ["2000-01-01", "9999-12-31x", "-x", "--output=x", "HEAD:targets", "HEAD..HEAD", "HEAD^{tree}", "a b", "\x1b[31m"],
)
def test_what_names_no_commit(repository: Repository, revision: str) -> None:
    """Exit 5 and a sentence, nothing of it raw."""
    done = repository.ran("changes", f"--since={revision}")
    assert (done.returncode, done.stdout) == (5, "")
    assert "git knows no revision" in done.stderr
    assert "\x1b" not in done.stderr


def test_where_there_is_no_history(repository: Repository, tmp_path: Path) -> None:
    """A repository without a commit, a folder in none, git's own folder, and no git at all."""
    empty = Repository(tmp_path / "empty")
    empty.write(text())
    assert empty.ran("changes", "--since", "HEAD", env={"GIT_CEILING_DIRECTORIES": str(tmp_path)}).returncode == 5
    empty.git("init", "--quiet")
    assert empty.ran("changes", "--since", "HEAD").returncode == 5
    repository.git("clone", "--quiet", "--bare", repository.top, tmp_path / "bare")
    assert "git's own folder" in Repository(tmp_path / "bare", ".").ran("changes", "--since", "HEAD").stderr
    assert repository.ran("changes", "--since", "HEAD", env={"PATH": str(tmp_path)}).returncode == 5


def test_usage(repository: Repository) -> None:
    """An empty revision, no such format, no such program; without a revision it is HEAD."""
    for argv, code in (
        (("--since=",), 2),
        (("--since=HEAD", "--until="), 2),
        (("--since=HEAD", "--format", "csv"), 2),
        ((), 0),
        (("nosuch", "--since=HEAD"), 3),
    ):
        assert repository.ran("changes", *argv).returncode == code


def test_names_with_anything_in_them(repository: Repository) -> None:
    """Neither an author nor a name reaches the terminal raw, nor a page as markup."""
    repository.write(text(bound="40", name="P").replace('name = "A"', 'name = "A\\u001b[31m"'))
    repository.commit("2024-02-01", "Evil\x1b[31m | *b*\u202e")
    for format in ("table", "markdown"):
        done = repository.ran("changes", "--since", "HEAD~1", "--format", format)
        assert not {"\x1b", "\u202e"} & set(done.stdout)
    assert r"\| \*b\*" in done.stdout.replace("\u00a0", " ")


def test_nothing_is_written(repository: Repository) -> None:
    """The repository is, byte for byte and to the times of its files, as it was; what the environment says of git does not matter."""
    repository.write(text(bound="40"))
    os.utime(repository.targets / "p.toml", (1, 1))

    def state() -> dict[str, tuple[int, bytes]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.read_bytes())
            for path in sorted(repository.top.rglob("*"))
            if path.is_file()
        }

    before = state()
    done = run(
        "changes",
        "--since",
        "HEAD",
        cwd=repository.top,
        env={**CLEAN, "GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere", "GIT_WORK_TREE": "/"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert state() == before


# ---------------------------------------------------------------- laws


def _edit_figures(draw: st.DrawFn, figures: list[Table]) -> None:
    match draw(st.sampled_from(["add", "drop", "edit", "break"])):
        case "add":
            figures.insert(draw(st.integers(0, len(figures))), draw(actuals()))
        case "drop":
            del figures[:1]
        case "edit":
            for each in figures[:1]:
                each.update({"value": draw(NUMBERS)} if "value" in each else {})
        case "break":
            for each in figures[-1:]:
                each["series_break"] = not each["series_break"]


def _edit_targets(draw: st.DrawFn, indicator: Table) -> None:
    match draw(st.sampled_from(["add", "drop", "edit", "withdrawn", "proposed"])):
        case "add":
            indicator["targets"] = kept([draw(targets(indicator["direction"])), *indicator["targets"]])
        case "drop":
            indicator["targets"] = indicator["targets"][1:]
        case "edit":
            for each in indicator["targets"][-1:]:
                each.update(
                    {"set_on": draw(DAYS)}
                    | ({"value": draw(NUMBERS)} if "value" in each else {})
                    | ({"by": draw(YEARS)} if "by" in each else {})
                )
            indicator["targets"] = kept(indicator["targets"])
        case key:
            for each in indicator["targets"][:1]:
                each[key if key == "withdrawn" else "standing"] = draw(DAYS) if key == "withdrawn" else "proposed"


def _edit_the_rest(draw: st.DrawFn, document: Table, indicator: Table) -> None:
    match draw(st.sampled_from(["baseline", "settings", "dated", "direction"])):
        case "baseline":
            indicator["baseline"] = {"period": draw(st.sampled_from([2009, 2012])), "value": draw(NUMBERS)}
        case "settings":
            indicator.update(
                {
                    "frequency": draw(st.sampled_from(["year", "quarter"])),
                    "prefer": draw(st.sampled_from([[], ["b"], ["c", "a"]])),
                }
            )
        case "dated":
            document["sources"][draw(st.sampled_from("abc"))]["published"] = draw(DAYS)
        case "direction":
            indicator["direction"] = draw(st.sampled_from(["increase", "decrease"]))


@st.composite
def edited(draw: st.DrawFn) -> tuple[Table, Table]:
    """A document, and what somebody made of it."""
    old = draw(documents())
    new = deepcopy(old)
    indicator = new["indicators"]["i"]
    for _ in range(draw(st.integers(1, 3))):
        what = draw(st.integers(0, 4))
        if what < 2:
            _edit_figures(draw, new["actuals"])
        elif what < 4:
            _edit_targets(draw, indicator)
        else:
            _edit_the_rest(draw, new, indicator)
    return old, new


def both(pair: tuple[Table, Table]) -> tuple[Program, Program] | None:
    """Both documents as programs, if both are sound."""
    old, new = program(pair[0]), program(pair[1])
    return (old, new) if old and new else None


@LAW
@given(documents(), DAYS)
def test_nothing_changed_between_a_program_and_itself(document: Table, on: date) -> None:
    """The same text says nothing otherwise, whatever it is; on the same day no status is another one."""
    pair = both((document, deepcopy(document)))
    if pair:
        assert list(changes.changes(*pair)) == []
        assert compared(pair, [(), (0,)], (None, None), on, on, LINEAR) is None


@LAW
@given(edited())
def test_each_record_is_told_once(pair: tuple[Table, Table]) -> None:
    """Every figure and target that came, or went, is told, and none twice."""
    programs = both(pair)
    if programs is None:
        return
    old, new = programs
    found = list(changes.changes(old, new))
    came = Counter(changes.same(change.after) for change in found if isinstance(change.after, Actual))
    went = Counter(
        changes.same(change.before) for change in found if isinstance(change.before, Actual) and change.silent
    )
    was, now = (Counter(changes.same(actual) for _, actual in each.actuals.get("i", ())) for each in programs)
    assert (now - was, was - now) == (came - went, went - came)
    aims = Counter(change.after.place for change in found if isinstance(change.after, Version))
    assert max(aims.values(), default=1) == 1
    kept = [target.promise for target in old.indicators["i"].targets]
    assert all(place in aims for place, target in enumerate(new.indicators["i"].targets) if target.promise not in kept)


@LAW
@given(edited())
def test_there_and_back_is_mirrored(pair: tuple[Table, Table]) -> None:
    """What is new one way is gone the other way; what is edited is edited both ways."""
    programs = both(pair)
    if programs is None:
        return

    def counted(old: Program, new: Program, *kinds: str) -> int:
        return sum(change.kinds[0] in kinds for change in changes.changes(old, new))

    there, back = programs, programs[::-1]
    for one, other in ((there, back), (back, there)):
        assert counted(*one, "new-figure", "rival-figure", "revised-figure", "earlier-figure") == counted(
            *other, "gone-figure"
        )
        for kind in ("edited-figure", "remarked-figure", "rebased", "defined-otherwise"):
            assert counted(*one, kind) == counted(*other, kind)


@LAW
@given(edited(), DAYS, DAYS)
def test_all_causes_together_are_the_newer_side(pair: tuple[Table, Table], since: date, until: date) -> None:
    """With every cause chosen the status is that of the newer side, with none that of the older one; the rows of a flip are those of the sides; no flip is without a cause."""
    programs = both(pair)
    if programs is None:
        return
    old, new = Side(programs[0], since), Side(programs[1], until)
    found = list(changes.changes(*programs))
    was, now = (list(indicator_rows(side.program, "i", side.on, LINEAR)) for side in (old, new))
    for row in now:
        known = flipped._known_by(row, now, found)
        before = next((each for each in was if each.keys & known), None)
        trial = flipped._Trial(old, new, row, found, LINEAR, known)
        assert before is None or (trial.status(trial.possible), trial.status(())) == (row.status, before.status)
    for flip in flipped.flips(old, new, found, LINEAR):
        assert flip.causes
        assert any(
            row.version.promise is flip.before.version.promise and row.status == flip.before.status for row in was
        )
        assert any(row.version.promise is flip.after.version.promise and row.status == flip.after.status for row in now)


def test_commits_are_whole(repository: Repository) -> None:
    """A commit has its hash, author and day."""
    repository.write(text(figure="37"))
    hash = repository.commit("2024-02-01", LE)
    ((change,),) = [entry["changes"] for entry in document(repository)["programs"]]
    assert change["commits"] == [{"hash": hash, "author": LE, "date": "2024-02-01"}]
    assert Commit(hash, LE, "2024-02-01").short == hash[:9]


def test_a_cause_names_what_was_looked_at() -> None:
    """The figure that alone would have done it is named, though another one is judged in the end; one that no row was judged by is not."""
    later = '[sources.later]\ntitle = "Later"\npublished = 2026-03-01\n[[actuals]]\nindicator = "a"\nperiod = 2025\nvalue = 50\nsource = "later"\n'
    first = '[[actuals]]\nindicator = "a"\nperiod = 2019\nvalue = 30\n'
    added = '[[actuals]]\nindicator = "a"\nperiod = 2024\nvalue = 46\n[[actuals]]\nindicator = "a"\nperiod = 2020\nvalue = 31\n'
    head = 'targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\nunit = "%"\ndirection = "increase"\n[[indicators.a.targets]]\nby = 2025\nvalue = 45\n'
    old, new = (load(head + first + more + later).program for more in ("", added))
    found = list(changes.changes(old, new))
    (flip,) = flipped.flips(Side(old, date(2024, 12, 31)), Side(new, date(2026, 6, 1)), found, LINEAR)
    assert facts(flip.before.status, flip.after.status, flip.after.figure) == facts("pending", "exceeded", 50)
    assert [(cause.name, cause.alone, [when(change) for change in cause.changes]) for cause in flip.causes] == [
        ("new-figure", True, ["2024"]),
        ("time", True, []),
    ]


def test_how_many_commits_there_are_costs_no_process(tmp_path: Path) -> None:
    """git is asked as often for twenty commits as for three, and at most fifteen times."""
    real = shutil.which("git")
    assert real is not None
    (tmp_path / "bin").mkdir()
    counting = tmp_path / "bin" / "git"
    counting.write_text(f'#!/bin/sh\necho >> "{tmp_path}/asked"\nexec "{real}" "$@"\n', encoding="utf-8")
    counting.chmod(0o755)
    counts = []
    for commits in (3, 20):
        repository = made(tmp_path / str(commits))
        for place in range(commits):
            repository.write(text().replace("value = 30", f"value = {31 + place}"))
            repository.commit()
        (tmp_path / "asked").write_text("", encoding="utf-8")
        found = repository.ran(
            "changes", "--since", f"HEAD~{commits}", env={"PATH": f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}"}
        )
        assert (found.returncode, found.stdout != "") == (0, True)
        counts.append((tmp_path / "asked").read_text(encoding="utf-8").count("\n"))
    assert 3 < counts[0] == counts[1] <= 15
