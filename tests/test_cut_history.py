"""Cut histories: where git shows only a part of what was, nobody is named for what they did not do, and it is said what cannot be seen."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from repository import DAY, LE, PHAM, TRAN, Repository, made, signed, text
from targettrack.pages import contract
from targettrack.store import git
from targettrack.wording.cut import Cut

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

MORE = '[[actuals]]\nindicator = "a"\nperiod = {}\nvalue = 33\nsource = "yearbook"\n'
LOWERED = "the target ≥ 45 % by 2025 was changed in place to ≥ 40 % by 2025"
EDITED = "the figure 36 for 2020 (yearbook) was changed in place to 37"
UNSEEN = "who did it cannot be seen here"
NAMES = (TRAN, LE, PHAM)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one program in one commit."""
    return made(tmp_path / "repository")


@pytest.fixture
def merged(repository: Repository) -> Repository:
    """Beside main a topic of two commits, TRẦN's, which lowers the target, and LÊ's, which touches a note only; PHẠM merged it into ``pull``."""
    repository.git("checkout", "--quiet", "-b", "topic")
    repository.write(text(bound="40"))
    repository.commit("2024-02-01", TRAN)
    (repository.top / "note.txt").write_text("n")
    repository.commit("2024-02-02", LE)
    repository.git("checkout", "--quiet", "main")
    (repository.top / "other.txt").write_text("o")
    repository.commit("2024-02-03")
    repository.git("checkout", "--quiet", "-b", "pull")
    repository.merge("topic", "2024-03-01", PHAM)
    return repository


def clone(repository: Repository, place: Path, *words: str) -> Repository:
    """A clone with a part of the history."""
    repository.git("clone", "--quiet", "--no-single-branch", *words, repository.top.as_uri(), place)
    return Repository(place)


def pull(repository: Repository) -> None:
    """Commit something else to the topic, which hides what it did before, and something else on a branch ``pull`` of main, and merge the topic into that."""
    (repository.top / "note.txt").write_text("n")
    repository.commit("2024-02-02", LE)
    repository.git("checkout", "--quiet", "-b", "pull", "main")
    (repository.top / "other.txt").write_text("o")
    repository.commit("2024-02-03")
    repository.merge("topic", "2024-03-01", PHAM)


def pulled(repository: Repository, place: Path, depth: int = 2) -> Repository:
    """A clone of ``pull`` alone, as a workflow has it: the merge, and both of its sides, which are its edges; whatever came after the merge is as many commits deeper."""
    repository.git("clone", "--quiet", "--depth", str(depth), "--branch", "pull", repository.top.as_uri(), place)
    found = Repository(place)
    for name, parent in (("main", 1), ("topic", 2)):
        found.git("update-ref", f"refs/remotes/origin/{name}", f"HEAD~{depth - 2}^{parent}")
    return found


def replaced(repository: Repository, place: Path) -> Repository:
    """A clone whose topic has no parents, by ``git replace``."""
    found = clone(repository, place)
    found.git("replace", "--graft", "origin/topic")
    return found


def grafted(repository: Repository, place: Path) -> Repository:
    """A clone whose topic has no parents, by the older list of grafts."""
    found = clone(repository, place)
    (found.top / ".git/info").mkdir(exist_ok=True)
    (found.top / ".git/info/grafts").write_text(f"# by hand\n\n{found.git('rev-parse', 'origin/topic')}\n")
    return found


WAYS: dict[str, Callable[[Repository, Path], Repository]] = {
    "depth 2": pulled,
    "since": lambda repository, place: clone(repository, place, "--shallow-since=2024-02-02T00:00:00+0700"),
    "exclude": lambda repository, place: clone(repository, place, "--shallow-exclude=begun"),
    "replace": replaced,
    "grafts": grafted,
}
"""Ways to cut the topic off behind its newest commit."""


@pytest.fixture(params=WAYS)
def cut(request: pytest.FixtureRequest, merged: Repository, tmp_path: Path) -> Repository:
    """A clone of the merge in which LÊ's commit is at the edge, and TRẦN's is not to be seen."""
    merged.git("tag", "begun", "topic~1")
    return WAYS[request.param](merged, tmp_path / "cut")


def checked(repository: Repository, since: str, *argv: str) -> tuple[list[tuple[str, str]], dict[str, Any] | None, str]:
    """Codes and messages of ``check --json``, what was cut, and what stands on stderr; valid by its schema."""
    done = repository.check(f"--since={since}", "--json", *argv)
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    Draft202012Validator(contract.schema("check")).validate(printed)
    return (
        [(problem["code"], problem["message"].replace("\u00a0", " ")) for problem in printed["problems"]],
        printed["cut"],
        done.stderr,
    )


def changes(repository: Repository, since: str, *argv: str) -> tuple[dict[str, Any], str]:
    """What ``changes --json`` prints, and what stands on stderr; valid by its schema."""
    done = repository.ran("changes", f"--since={since}", "--json", "--on", "2024-06-01", *argv)
    assert done.returncode == 0, done.stderr
    printed: dict[str, Any] = json.loads(done.stdout)
    Draft202012Validator(contract.schema("changes")).validate(printed)
    return printed, done.stderr


# ---------------------------------------------------------------- who did it


def test_check_names_nobody_at_the_edge(cut: Repository) -> None:
    """What the topic did was done by somebody behind the cut: not by who wrote its newest commit, nor by who merged."""
    edge = cut.git("rev-parse", "origin/topic")
    problems, said, stderr = checked(cut, "origin/main")
    assert problems == [("lowered", f"{LOWERED}: {UNSEEN}")]
    assert said is not None
    assert (said["hides"], said["commits"]) == ("who", [edge])
    assert edge == cut.git("rev-parse", "HEAD^2")
    assert stderr.startswith(
        f"the history is cut off at {edge[:9]}: who changed something there or before cannot be seen here"
    )
    assert "fetch-depth: 0" in stderr
    assert "git fetch --unshallow" in stderr


@pytest.mark.parametrize("format", ["text", "github"])
def test_no_name_is_printed(cut: Repository, format: str) -> None:
    """Neither the text nor the annotations of a pull request have anybody's name; these have a notice that says why."""
    done = cut.check("--since=origin/main", "--format", format)
    assert LOWERED.replace("%", "%25" if format == "github" else "%") in done.stdout.replace("\u00a0", " ")
    assert not [name for name in NAMES if name in done.stdout + done.stderr]
    assert "the history is cut off" in done.stderr
    assert ("::notice title=targettrack::the history is cut off at " in done.stdout) is (format == "github")


def test_in_vietnamese(cut: Repository) -> None:
    """It is said in the language of the reader."""
    done = cut.check("--since=origin/main", env={"TARGETTRACK_LANG": "vi"})
    assert "không thấy được ở đây ai đã làm việc này" in done.stdout.replace("\u00a0", " ")
    assert "lịch sử bị cắt tại" in done.stderr


def test_changes_names_nobody_at_the_edge(cut: Repository) -> None:
    """The change is told, and that its commits cannot be seen; so is why a status flipped."""
    printed, stderr = changes(cut, "origin/main")
    (entry,) = printed["programs"]
    assert [(each["kinds"], each["commits"], each["unseen"]) for each in entry["changes"]] == [(["lowered"], [], True)]
    assert [
        (each["commits"], each["unseen"])
        for flip in entry["flips"]
        for each in flip["causes"]
        if each["cause"] == "revised-target"
    ] in ([], [([], True)])
    assert printed["cut"]["commits"] == [cut.git("rev-parse", "origin/topic")]
    assert printed["limits"][-1] == printed["cut"]["said"]
    assert "nobody is named for it" in stderr
    for format in ("table", "markdown"):
        done = cut.ran("changes", "--since=origin/main", "--on", "2024-06-01", "--format", format)
        shown = done.stdout.replace("\u00a0", " ")
        assert UNSEEN in shown
        assert not [name for name in NAMES if name in "\n".join(shown.splitlines()[2:])]


def test_who_can_be_seen_is_named(cut: Repository) -> None:
    """After the edge, and in the merge itself, people are named as ever."""
    cut.git("checkout", "--quiet", "pull")
    cut.write(text(bound="40", figure="37"))
    hash = cut.commit("2024-04-01", TRAN)
    problems, said, _ = checked(cut, "origin/main")
    assert sorted(problems) == [
        ("figure-edited", f"{EDITED}: {hash[:9]}, {TRAN}, 2024-04-01"),
        ("lowered", f"{LOWERED}: {UNSEEN}"),
    ]
    assert said is not None
    problems, said, stderr = checked(cut, "origin/pull")
    assert (problems, said, stderr) == ([("figure-edited", f"{EDITED}: {hash[:9]}, {TRAN}, 2024-04-01")], None, "")
    (entry,) = changes(cut, "origin/main")[0]["programs"]
    assert [(each["commits"] and each["commits"][0]["author"], each["unseen"]) for each in entry["changes"]] == [
        ([], True),
        (TRAN, False),
    ]


def test_an_edge_that_did_and_somebody_after_it(cut: Repository) -> None:
    """Lowered behind the edge and once more after it: the second one is named, beside that the first cannot be seen."""
    cut.git("checkout", "--quiet", "pull")
    cut.write(text(bound="39"))
    hash = cut.commit("2024-04-01", TRAN)
    ((code, message),) = checked(cut, "origin/main")[0]
    assert code == "lowered"
    assert f"{hash[:9]}, {TRAN}, 2024-04-01" in message
    assert not [name for name in (LE, PHAM) if name in message]


def test_a_whole_clone_names_who_did_it(merged: Repository, tmp_path: Path) -> None:
    """With all the history it is TRẦN, and nothing is cut."""
    whole = clone(merged, tmp_path / "whole")
    hash = merged.git("rev-parse", "topic~1")[:9]
    assert checked(whole, "origin/main") == ([("lowered", f"{LOWERED}: {hash}, {TRAN}, 2024-02-01")], None, "")
    assert changes(whole, "origin/main")[0]["cut"] is None


def test_a_shallow_clone_that_has_everything(merged: Repository, tmp_path: Path) -> None:
    """The first commit of all is no edge, however deep the clone was to be."""
    deep = clone(merged, tmp_path / "deep", "--depth", "9")
    assert git.repository(deep.targets).edges == frozenset()
    assert checked(deep, "origin/main")[1:] == (None, "")


def test_what_is_not_committed_in_a_cut_history(cut: Repository) -> None:
    """What is not committed yet is not behind the edge."""
    cut.write(text(bound="39"))
    assert checked(cut, "HEAD") == (
        [
            (
                "lowered",
                LOWERED.replace("45", "50").replace("≥ 40", "≥ 39").replace("≥ 50", "≥ 40") + ": not committed yet",
            )
        ],
        None,
        "",
    )


def test_a_path_whose_history_crosses_the_edge(repository: Repository, tmp_path: Path) -> None:
    """On one line: what came after the edge is named; at the edge itself, which is the older side, nothing is asked."""
    repository.write(text(bound="44"))
    repository.commit("2024-02-01", TRAN)
    (repository.top / "note.txt").write_text("n")
    repository.commit("2024-03-01", LE)
    repository.write(text(bound="40"))
    hash = repository.commit("2024-04-01", PHAM)
    for words in (("--depth", "2"), ("--shallow-since=2024-02-15",)):
        short = clone(repository, tmp_path / words[0], *words)
        message = f"{LOWERED.replace('45', '44')}: {hash[:9]}, {PHAM}, 2024-04-01"
        assert checked(short, "HEAD~1") == checked(short, "2024-03-15") == ([("lowered", message)], None, "")
        (change,) = changes(short, "HEAD~1")[0]["programs"][0]["changes"]
        assert (change["commits"][0]["author"], change["unseen"]) == (PHAM, False)


def test_a_parent_that_was_added_is_no_edge(merged: Repository) -> None:
    """Replacements that join histories, or change a message, cut nothing off."""
    merged.git("replace", "--graft", "topic", "topic~1", "main")
    merged.git("replace", "--graft", "main~1", "topic~1~1")
    assert git.repository(merged.targets).edges == frozenset()


def test_a_replacement_of_something_else(merged: Repository) -> None:
    """A file may be replaced too; and a list of grafts may have anything in it."""
    merged.git("replace", merged.git("rev-parse", "main:other.txt"), merged.git("rev-parse", "topic:note.txt"))
    (merged.top / ".git/info").mkdir(exist_ok=True)
    (merged.top / ".git/info/grafts").write_text("x\n")
    assert git.repository(merged.targets).edges == frozenset()


def test_in_a_worktree_of_a_cut_clone(cut: Repository, tmp_path: Path) -> None:
    """A second worktree has the same edges."""
    cut.git("worktree", "add", "--quiet", "--detach", tmp_path / "tree", "origin/pull")
    assert checked(Repository(tmp_path / "tree"), "origin/main")[0] == [("lowered", f"{LOWERED}: {UNSEEN}")]


# ---------------------------------------------------------------- programs that came and went


@pytest.fixture
def swapped(repository: Repository, tmp_path: Path) -> Repository:
    """A clone of depth 2 whose topic, behind its newest commit, removed one program and brought another."""
    repository.write("targettrack = 1\nprogram.name = 'Quite another'\n", "gone")
    repository.commit("2024-01-15")
    repository.git("checkout", "--quiet", "-b", "topic")
    repository.git("rm", "--quiet", "targets/gone.toml")
    repository.write("targettrack = 1\nprogram.name = 'A new one'\n[indicators.a]\nname = 'N'\n", "new")
    repository.commit("2024-02-01", TRAN)
    pull(repository)
    return pulled(repository, tmp_path / "cut")


def test_programs_that_came_and_went_behind_the_edge(swapped: Repository) -> None:
    """They are told, and nobody is named for them."""
    printed, stderr = changes(swapped, "origin/main")
    assert sorted(
        (entry["program"], entry["state"], entry["commits"], entry["unseen"]) for entry in printed["programs"]
    ) == [("gone", "gone", [], True), ("new", "new", [], True)]
    assert printed["cut"]["hides"] == "who"
    assert "nobody is named" in stderr


def test_a_program_removed_after_the_edge(swapped: Repository) -> None:
    """Who did it where it can be seen is named."""
    swapped.git("checkout", "--quiet", "pull")
    swapped.git("rm", "--quiet", "targets/p.toml")
    swapped.commit("2024-04-01", TRAN)
    entries = {entry["program"]: entry for entry in changes(swapped, "origin/main")[0]["programs"]}
    assert ([commit["author"] for commit in entries["p"]["commits"]], entries["p"]["unseen"]) == ([TRAN], False)


def test_a_program_renamed_behind_the_edge(repository: Repository, tmp_path: Path) -> None:
    """A file that was renamed behind the edge, and rewritten after it, is the same program, not one that is gone and one that is new."""
    repository.git("checkout", "--quiet", "-b", "topic")
    repository.git("mv", "targets/p.toml", "targets/q.toml")
    repository.commit("2024-02-01", TRAN)
    pull(repository)
    (repository.targets / "q.toml").write_text(
        text(bound="40", more="".join(f"# {place} {'x' * 60}\n" for place in range(60))), encoding="utf-8"
    )
    hash = repository.commit("2024-04-01", PHAM)
    short = pulled(repository, tmp_path / "cut", 3)
    assert git.repository(short.targets).edges == set(short.git("rev-parse", "origin/main", "origin/topic").split())
    assert checked(short, "origin/main")[0] == [("lowered", f"{LOWERED}: {hash[:9]}, {PHAM}, 2024-04-01")]


# ---------------------------------------------------------------- where two sides parted


@pytest.fixture
def parted(repository: Repository, tmp_path: Path) -> Repository:
    """A clone of depth 1 of a topic that is behind: main has added a target and raised another meanwhile, and has one more program."""
    repository.git("checkout", "--quiet", "-b", "topic")
    (repository.top / "note.txt").write_text("n")
    repository.commit("2024-02-01", LE)
    repository.git("checkout", "--quiet", "main")
    repository.write(text(bound="50", more=MORE.format(2018)))
    repository.write(text(), "more")
    repository.commit("2024-02-02", TRAN)
    repository.git("checkout", "--quiet", "topic")
    return clone(repository, tmp_path / "cut", "--depth", "1")


def test_where_no_merge_base_can_be_found(parted: Repository) -> None:
    """Nothing is told as removed, lowered or dropped, for it may be what the other side added; that nothing was compared is a warning, with what to do."""
    problems, said, stderr = checked(parted, "origin/main")
    assert [code for code, _ in problems] == ["not-compared"]
    assert "where the two sides parted cannot be seen here" in problems[0][1]
    assert said is not None
    assert (said["hides"], sorted(said["commits"])) == (
        "parting",
        sorted(parted.git("rev-parse", "origin/main", "origin/topic").split()),
    )
    assert "fetch-depth: 0" in stderr
    assert parted.check("--since=origin/main", "--strict").returncode == 1


def test_no_merge_base_as_text_and_annotation(parted: Repository) -> None:
    """The hint is fetch-depth: 0, and there is one annotation."""
    assert "fetch-depth: 0" in parted.check("--since=origin/main").stdout.replace("\u00a0", " ")
    (annotation,) = parted.check("--since=origin/main", "--format=github").stdout.splitlines()
    assert annotation.startswith("::warning file=")
    assert "fetch-depth: 0" in annotation
    assert not [name for name in NAMES if name in annotation]


@pytest.mark.parametrize("until", [(), ("--until", "origin/topic")])
def test_changes_without_a_merge_base(parted: Repository, until: tuple[str, ...]) -> None:
    """Nothing is printed; exit 5 and what to do."""
    done = parted.ran("changes", "--since=origin/main", *until)
    assert (done.returncode, done.stdout) == (5, "")
    assert "where the two sides parted cannot be seen here" in done.stderr
    assert "hint: in a workflow fetch-depth: 0" in done.stderr
    said = json.loads(parted.ran("changes", "--since=origin/main", "--json", *until).stderr)["error"]
    assert said["code"] == "no-merge-base"


def test_with_all_the_history_nothing_was_softened(parted: Repository) -> None:
    """The same clone, once it is whole, says that the topic took nothing back."""
    parted.git("fetch", "--quiet", "--unshallow", "origin")
    assert checked(parted, "origin/main") == ([], None, "")


def test_a_merge_base_that_may_be_another_one(repository: Repository) -> None:
    """Where a nearer one may lie behind the cut, the one that can be seen is not taken for it: main has lowered the target too."""
    repository.git("checkout", "--quiet", "-b", "side")
    (repository.top / "side.txt").write_text("s")
    repository.commit("2024-01-10", LE)
    repository.git("checkout", "--quiet", "main")
    repository.write(text(bound="40"))
    repository.commit("2024-02-01", TRAN)
    repository.git("checkout", "--quiet", "-b", "topic")
    (repository.top / "note.txt").write_text("n")
    repository.commit("2024-02-02", LE)
    repository.git("checkout", "--quiet", "main")
    repository.merge("side", "2024-03-01", PHAM)
    repository.git("checkout", "--quiet", "topic")
    assert checked(repository, "main") == ([], None, "")
    repository.git("replace", "--graft", "main", "side")
    assert [code for code, _ in checked(repository, "main")[0]] == ["not-compared"]


def test_a_head_that_is_behind_in_a_cut_history(parted: Repository) -> None:
    """Where HEAD itself led to the older side, that can be seen, whatever else did."""
    parted.git("checkout", "--quiet", "--detach", "origin/main")
    parted.git(
        "merge",
        "--quiet",
        "--strategy",
        "ours",
        "--allow-unrelated-histories",
        "--no-edit",
        "origin/topic",
        env=signed(PHAM, "2024-05-01T12:00:00+0700"),
    )
    parted.git("branch", "ahead")
    parted.git("checkout", "--quiet", "--detach", "HEAD~1")
    assert checked(parted, "ahead") == ([], None, "")


@pytest.mark.parametrize("revision", ["v1", "2024-01-15", "HEAD~1"])
def test_an_older_revision_that_is_not_there(parted: Repository, revision: str) -> None:
    """What lies behind the cut is no revision, and the hint says how to get it."""
    done = parted.check(f"--since={revision}")
    assert (done.returncode, done.stdout) == (5, "")
    assert "git fetch --unshallow" in done.stderr
    assert "fetch-depth: 0" in done.stderr


# ---------------------------------------------------------------- cite


def cited(repository: Repository) -> tuple[dict[str, Any], str]:
    """The edition of ``cite --json``, and what stands on stderr."""
    done = repository.ran("cite", "p/a", "--json", *DAY)
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    Draft202012Validator(contract.schema("cite")).validate(printed)
    data: dict[str, Any] = printed["data"]
    return data, done.stderr


def test_cite_names_no_commit_at_the_edge(merged: Repository, tmp_path: Path) -> None:
    """The last commit of a file that lies behind the cut is not the one at the edge."""
    merged.git("checkout", "--quiet", "topic")
    short = clone(merged, tmp_path / "short", "--depth", "1")
    edge = short.git("rev-parse", "HEAD")
    data, stderr = cited(short)
    assert (data["edition"], data["commit"], data["date"], data["changed"]) == ("unknown", None, None, False)
    assert data["cut"] == {
        "hides": "edition",
        "commits": [edge],
        "said": f"the history is cut off at {edge[:9]}: which commit changed this file last cannot be seen here",
    }
    assert stderr.startswith(data["cut"]["said"])
    assert "fetch-depth: 0" in stderr
    for format in ("text", "markdown"):
        assert "edition not known: the history is cut off" in short.ran(
            "cite", "p/a", *DAY, "--format", format
        ).stdout.replace("\u00a0", " ")
    short.write(text(bound="40", figure="37"))
    assert cited(short)[0]["changed"] is True


def test_cite_names_a_commit_that_can_be_seen(merged: Repository, tmp_path: Path) -> None:
    """A file that was changed after the edge has its commit."""
    merged.git("checkout", "--quiet", "topic")
    merged.write(text(bound="41"))
    hash = merged.commit("2024-05-01", PHAM)
    data, stderr = cited(clone(merged, tmp_path / "short", "--depth", "2"))
    assert (data["said"], data["cut"], stderr) == (f"commit {hash[:9]} of 2024-05-01", None, "")


def test_many_edges_are_not_all_listed() -> None:
    """Three hashes tell enough."""
    said = str(Cut("who", tuple(f"{place:040x}" for place in range(9, 0, -1))))
    assert said.count("000000000") == 3
    assert "…" in said


# ---------------------------------------------------------------- .mailmap


def test_mailmap_is_honoured(merged: Repository) -> None:
    """Who has another name now is called by it: in a finding, an annotation, and a comparison."""
    (merged.top / ".mailmap").write_text(f"Trần Bình <binh@example.org> {TRAN} <mail@example.org>\n", encoding="utf-8")
    ((_, message),) = checked(merged, "main")[0]
    assert ", Trần Bình, 2024-02-01" in message
    assert ", Trần Bình, 2024-02-01" in merged.check("--since=main", "--format=github").stdout
    (change,) = changes(merged, "main")[0]["programs"][0]["changes"]
    assert [commit["author"] for commit in change["commits"]] == ["Trần Bình"]
    assert "Trần Bình" in merged.ran("changes", "--since=main", "--on", "2024-06-01").stdout.replace("\u00a0", " ")


def test_mailmap_by_address_and_of_the_older_side(repository: Repository) -> None:
    """An address alone is enough; the author of the older side has the name of now too."""
    repository.write(text(figure="37"))
    repository.git(
        "commit",
        "--quiet",
        "--all",
        "--message",
        "m",
        env=signed("old", "2024-02-01T12:00:00+0700") | {"GIT_AUTHOR_EMAIL": "OLD@example.org"},
    )
    (repository.top / ".mailmap").write_text("Phạm Ngữ <old@example.org>\n", encoding="utf-8")
    printed, _ = changes(repository, "HEAD")
    assert printed["since"]["commit"]["author"] == PHAM
