"""History: ``check --since`` against real git repositories: how programs are found as they were, who is named, and what is never run, written or guessed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from repository import CLEAN, DAY, LE, PHAM, TRAN, Repository, made, signed, text
from targettrack.pages import contract

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

MORE = '[[actuals]]\nindicator = "a"\nperiod = {}\nvalue = 33\nsource = "yearbook"\n'
LOWERED = "the target ≥ 45 % by 2025 was changed in place to ≥ 40 % by 2025"
EDITED = "the figure 36 for 2020 (yearbook) was changed in place to 37"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one program in one commit."""
    return made(tmp_path / "repository")


def by(hash: str, author: str, day: str) -> str:
    """How a message names the commit that did it."""
    return f": {hash[:9]}, {author}, {day}"


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The sentence of a command that failed for its surroundings: exit 5, nothing on stdout, no traceback."""
    assert (done.returncode, done.stdout) == (5, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


# ---------------------------------------------------------------- which revision


@pytest.fixture
def lowered(repository: Repository) -> tuple[Repository, str]:
    """Three commits after the first, the second of which lowers the target; and its message."""
    repository.git("branch", "begun")
    repository.git("tag", "v1")
    repository.git("tag", "--annotate", "--message", "m", "v1-annotated", env=signed(LE, "2024-01-01T12:00:00+0700"))
    repository.write(text(more=MORE.format(2018)))
    repository.commit("2024-02-01", LE)
    repository.write(text(bound="40", more=MORE.format(2018)))
    hash = repository.commit("2024-03-01", TRAN)
    repository.write(text(bound="40", more=MORE.format(2018) + MORE.format(2017)))
    repository.commit("2024-04-01", LE)
    return repository, LOWERED + by(hash, TRAN, "2024-03-01")


@pytest.mark.parametrize(
    "revision",
    [
        "HEAD~3",
        "HEAD~2",
        "@~3",
        "begun",
        "v1",
        "v1-annotated",
        "refs/heads/begun",
        "HEAD^^^",
        "main@{3}",
        "2024-01-01",
        "2024-01-31",
        "2024-02-29",
    ],
)
def test_whatever_names_a_commit(lowered: tuple[Repository, str], revision: str) -> None:
    """A number of commits back, a branch, a tag of either kind, an entry of the log, and a day all name the older version."""
    repository, message = lowered
    assert repository.softened(revision) == [("lowered", message)]


@pytest.mark.parametrize("length", [40, 12, 7])
def test_a_hash_names_a_commit(lowered: tuple[Repository, str], length: int) -> None:
    """A hash, whole or short."""
    repository, message = lowered
    assert repository.softened(repository.git("rev-parse", "HEAD~3")[:length]) == [("lowered", message)]


@pytest.mark.parametrize("revision", ["HEAD", "HEAD~1", "main", "2024-03-01", "2024-03-31", "2030-01-01"])
def test_since_then_nothing_was_softened(lowered: tuple[Repository, str], revision: str) -> None:
    """What was softened before the revision is not reported; on a day all its commits are older."""
    assert lowered[0].softened(revision) == []


def test_a_tag_that_looks_like_a_day_is_the_tag(lowered: tuple[Repository, str]) -> None:
    """A name that git knows is taken as git's."""
    repository, message = lowered
    repository.git("tag", "2030-01-01", "HEAD~3")
    assert repository.softened("2030-01-01") == [("lowered", message)]


@pytest.mark.parametrize(
    "revision",
    ["nowhere", "HEAD~9", "1999-12-31", "2024-13-45", "HEAD~3..HEAD", "^HEAD", "HEAD:targets", "HEAD:targets/p.toml", "0" * 40, "a b", "HEAD\nx", "*", "../main", "'", "ữ",
     "-x", "--help", "-", "--", "--all", "--output=owned", "--exec=touch owned", "-Oowned", "--upload-pack=touch owned", "--ext-diff"],
)  # fmt: skip
def test_what_names_no_commit(lowered: tuple[Repository, str], revision: str) -> None:
    """Anything else, an option of git's among them, is refused with its name and what to write; git takes none for an option."""
    repository, _ = lowered
    before = sorted(path.name for path in repository.top.iterdir())
    said = refused(repository.check(f"--since={revision}"))
    assert f'git knows no revision "{revision}"'.replace("\n", " ") in said
    assert said.endswith("hint: name a commit, a branch, a tag, or a day such as 2026-01-31\n")
    assert sorted(path.name for path in repository.top.iterdir()) == before


def test_no_revision_is_wrong_usage(lowered: tuple[Repository, str]) -> None:
    """An empty revision, as a script's empty variable gives it, is not the same as no revision: nothing would be compared, in silence."""
    done = lowered[0].check("--since=")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--since" in done.stderr


def test_a_refusal_as_json(lowered: tuple[Repository, str]) -> None:
    """With --json the error is one line of JSON."""
    said = json.loads(refused(lowered[0].check("--since=nowhere", "--json")))["error"]
    assert (said["code"], said["message"]) == ("no-revision", 'git knows no revision "nowhere"')


# ---------------------------------------------------------------- what is not committed


@pytest.mark.parametrize("staged", [False, True], ids=["changed", "staged"])
def test_what_is_not_committed_is_said_so(repository: Repository, staged: bool) -> None:
    """A target lowered in the file, staged or not, is softer than the last commit."""
    repository.write(text(bound="40"))
    if staged:
        repository.git("add", "--all")
    assert repository.softened("HEAD") == [("lowered", f"{LOWERED}: not committed yet")]


def test_what_is_staged_and_put_back(repository: Repository) -> None:
    """The file as it lies there counts, not what is staged."""
    repository.write(text(bound="40"))
    repository.git("add", "--all")
    repository.write(text())
    assert repository.softened("HEAD") == []


def test_committed_and_not_committed(lowered: tuple[Repository, str]) -> None:
    """Each thing is named by where it was done."""
    repository, message = lowered
    repository.write(text(bound="40", figure="37", more=MORE.format(2018) + MORE.format(2017)))
    assert repository.softened("HEAD~3") == [("lowered", message), ("figure-edited", f"{EDITED}: not committed yet")]


def test_a_program_that_is_new(repository: Repository) -> None:
    """A program that was not there took nothing back, committed or not."""
    repository.write(text(bound="1"), "new")
    assert repository.softened("HEAD") == []
    repository.commit("2024-02-01", TRAN)
    assert repository.softened("HEAD~1") == []


@pytest.mark.parametrize("ignored", [False, True])
def test_a_program_that_git_does_not_have(repository: Repository, ignored: bool) -> None:
    """A file that nobody added, or that git ignores, has no history."""
    if ignored:
        (repository.top / ".gitignore").write_text("own.toml\n")
    repository.write(text(bound="1"), "own")
    assert repository.softened("HEAD") == []


# ---------------------------------------------------------------- files that moved, came and went


@pytest.mark.parametrize(
    "state", ["staged", "committed", "committed and softened", "softened before", "softened after"]
)
def test_a_program_under_another_name(repository: Repository, state: str) -> None:
    """A program that was renamed is the same program; what it took back is said at the new name, with the commit."""
    hash = repository.git("rev-parse", "HEAD")
    if state == "softened before":
        repository.write(text(bound="40"))
        softer = repository.commit("2024-02-01", TRAN)
    repository.git("mv", "targets/p.toml", "targets/q.toml")
    if state not in {"softened before", "committed"}:
        repository.write(text(bound="40" if state == "committed and softened" else "45"), "q")
    if state != "staged":
        renamed = repository.commit("2024-03-01", LE)
    if state == "softened after":
        repository.write(text(bound="40"), "q")
        softer = repository.commit("2024-04-01", TRAN)
    expected = {
        "committed and softened": lambda: by(renamed, LE, "2024-03-01"),
        "softened before": lambda: by(softer, TRAN, "2024-02-01"),
        "softened after": lambda: by(softer, TRAN, "2024-04-01"),
    }
    assert repository.softened(hash) == ([("lowered", LOWERED + expected[state]())] if state in expected else [])


def test_a_program_renamed_and_not_added(repository: Repository) -> None:
    """Renamed without git's knowing, and softened, it is not passed over: the old name is gone, or the new one is compared."""
    repository.targets.joinpath("p.toml").unlink()
    repository.write(text(bound="40"), "q")
    assert [code for code, _ in repository.softened("HEAD")] in (["dropped"], ["lowered"])


def test_a_program_renamed_twice(repository: Repository) -> None:
    """Between two renamings, too, the commit that did it is named."""
    repository.git("mv", "targets/p.toml", "targets/q.toml")
    repository.commit("2024-02-01", LE)
    repository.write(text(bound="40"), "q")
    softer = repository.commit("2024-03-01", TRAN)
    repository.git("mv", "targets/q.toml", "targets/r.toml")
    repository.commit("2024-04-01", LE)
    assert repository.softened("HEAD~3") == [("lowered", LOWERED + by(softer, TRAN, "2024-03-01"))]


def test_the_folder_under_another_name(repository: Repository) -> None:
    """Where the whole folder moved, its programs are the same ones."""
    repository.git("mv", "targets", "promises")
    moved = replace(repository, folder="promises")
    moved.write(text(bound="40"))
    hash = moved.commit("2024-02-01", TRAN)
    assert moved.softened("HEAD~1") == [("lowered", LOWERED + by(hash, TRAN, "2024-02-01"))]


@pytest.mark.parametrize("committed", [False, True])
def test_a_program_is_gone(repository: Repository, committed: bool) -> None:
    """A program that was deleted is said, by its old path; a finding is a warning."""
    repository.write(text(), "q")
    repository.commit("2024-02-01", LE)
    repository.git("rm", "--quiet", "targets/p.toml")
    if committed:
        repository.commit("2024-03-01", TRAN)
    since = "HEAD~1" if committed else "HEAD"
    assert repository.softened(since) == [("dropped", f"the program p of {since} is gone, with all its targets")]
    done = repository.check("--since", since)
    assert done.stdout.startswith(f"softened since {since}\n  targets/p.toml  dropped  ")
    assert (done.returncode, repository.check("--since", since, "--strict").returncode) == (0, 1)


def test_the_last_program_is_gone(repository: Repository) -> None:
    """An empty folder is an error in itself, and once had something in it."""
    repository.targets.joinpath("p.toml").unlink()
    done = repository.check("--since=HEAD", "--format=json")
    found = [(problem["code"], problem["severity"]) for problem in json.loads(done.stdout)["problems"]]
    assert (sorted(found), done.returncode) == ([("dropped", "warning"), ("no-programs", "error")], 1)


def test_a_program_that_is_gone_is_not_asked_for(repository: Repository) -> None:
    """Where programs are named, only these are compared."""
    repository.write(text(), "q")
    repository.commit("2024-02-01", LE)
    repository.git("rm", "--quiet", "targets/p.toml")
    assert repository.softened("HEAD", "q") == []


def test_a_program_that_left_the_folder(repository: Repository) -> None:
    """Moved out of the folder it is no program any more."""
    repository.write(text(), "q")
    repository.commit("2024-02-01", LE)
    repository.git("mv", "targets/p.toml", "p.toml")
    assert repository.softened("HEAD") == [("dropped", "the program p of HEAD is gone, with all its targets")]


def test_a_program_that_cannot_be_read_any_more_is_not_gone(repository: Repository) -> None:
    """It is there, and its fault is reported."""
    repository.write(text().replace("value = 45", 'value = "45"'))
    done = repository.check("--since", "HEAD", "--format", "json")
    assert (done.returncode, [problem["code"] for problem in json.loads(done.stdout)["problems"]]) == (
        1,
        ["quoted-number"],
    )


@pytest.mark.parametrize("broken", ["value = \n", "vlaue = 45\n"], ids=["no TOML", "unsound"])
def test_a_version_that_could_not_be_read(repository: Repository, broken: str) -> None:
    """Where the older version had a fault it cannot be compared, and that is said: silence would mean that nothing was softened. Later sound versions are."""
    repository.write(text().replace("value = 45\n", broken))
    repository.commit("2024-02-01", LE)
    repository.write(text(bound="1"))
    repository.commit("2024-03-01", TRAN)
    assert [code for code, _ in repository.softened("HEAD~1")] == ["not-compared"]
    repository.write(text(bound="0.5"))
    assert [code for code, _ in repository.softened("HEAD~1")] == ["not-compared", "lowered"]


def test_a_version_in_between_that_could_not_be_read(repository: Repository) -> None:
    """A commit with a fault is passed over: the target is named by the first sound version without it."""
    repository.write(text(bound='"40"'))
    repository.commit("2024-02-01", LE)
    repository.write(text(bound="40"))
    hash = repository.commit("2024-03-01", TRAN)
    assert repository.softened("HEAD~2") == [("lowered", LOWERED + by(hash, TRAN, "2024-03-01"))]


def test_files_that_are_no_programs(repository: Repository) -> None:
    """Of what else is deleted in the folder nothing is said, whatever its name; and it hides no program that is gone."""
    odd = [
        "a b.toml",
        'quo"te.toml',
        "new\nline.toml",
        "Hà Nội.toml",
        "bad\udcff.toml",
        ".hidden.toml",
        "tab\there.toml",
        "-dash.toml",
        "missing",
        "x blob 5.toml",
    ]
    for name in odd:
        (repository.targets / name).write_text(text())
    (repository.targets / "settings.toml").write_text("[tool]\nx = 1\n")
    (repository.targets / "table.toml").mkdir()
    (repository.targets / "table.toml" / "p.toml").write_text(text())
    (repository.targets / "link.toml").symlink_to("p.toml")
    repository.write(text(), "zulu")
    repository.write(text(), "alpha")
    repository.commit("2024-02-01", LE)
    repository.git("rm", "-r", "--quiet", "targets")
    repository.write(text())
    assert repository.softened("HEAD") == [
        ("dropped", f"the program {name} of HEAD is gone, with all its targets") for name in ("alpha", "zulu")
    ]


def test_a_link_to_a_program(repository: Repository) -> None:
    """A program that lies elsewhere in the repository, behind a link, is compared with what lay there; or it is said that it cannot be."""
    (repository.top / "data").mkdir()
    (repository.top / "data" / "linked.toml").write_text(text())
    (repository.targets / "linked.toml").symlink_to("../data/linked.toml")
    repository.commit("2024-02-01", LE)
    (repository.top / "data" / "linked.toml").write_text(text(bound="40"))
    repository.commit("2024-03-01", TRAN)
    done = repository.check("--since", "HEAD~1")
    assert "linked.toml" in done.stdout + done.stderr


def test_a_program_with_windows_line_ends(repository: Repository) -> None:
    """A checkout that turns line ends changes no program."""
    repository.git("config", "core.autocrlf", "true")
    path = repository.targets / "p.toml"
    path.unlink()
    repository.git("checkout", "--", ".")
    assert b"\r\n" in path.read_bytes()
    assert repository.softened("HEAD") == []


# ---------------------------------------------------------------- several people, several branches


def test_two_people(repository: Repository) -> None:
    """What two people did is told apart, by their own names and days."""
    repository.write(text(bound="40"))
    first = repository.commit("2024-02-01", TRAN)
    repository.write(text(bound="40", figure="37"))
    second = repository.commit("2024-03-01", LE)
    assert repository.softened("HEAD~2") == [
        ("lowered", LOWERED + by(first, TRAN, "2024-02-01")),
        ("figure-edited", EDITED + by(second, LE, "2024-03-01")),
    ]


@pytest.mark.parametrize("first", [TRAN, LE])
@pytest.mark.parametrize("onto", ["lowering", "adding"])
@pytest.mark.parametrize("reverse", [False, True])
def test_a_merge_did_not_do_it(repository: Repository, onto: str, first: str, reverse: bool) -> None:
    """Of two branches one lowers the target, one adds a figure, and somebody merges them: whoever lowered it is named, whatever the order."""
    hashes = {}
    days = ["2024-02-01", "2024-02-02"] if first == TRAN else ["2024-02-02", "2024-02-01"]
    for branch, author, content, day in (
        ("lowering", TRAN, text(bound="40"), days[0]),
        ("adding", LE, text(more=MORE.format(2018)), days[1]),
    ):
        repository.git("checkout", "--quiet", "-b", branch, "main")
        repository.write(content)
        hashes[branch] = repository.commit(day, author)
    repository.git("checkout", "--quiet", onto)
    repository.merge({"lowering": "adding", "adding": "lowering"}[onto], "2024-03-01", PHAM)
    if reverse:
        repository.write(text(bound="40", more=MORE.format(2018) + MORE.format(2017)))
        repository.commit("2024-04-01", PHAM)
    assert repository.softened("main") == [("lowered", LOWERED + by(hashes["lowering"], TRAN, days[0]))]


def test_both_branches_softened(repository: Repository) -> None:
    """Each branch took something back; each is named."""
    repository.write(text(more="\n" * 20 + MORE.format(2018)))
    repository.commit("2024-01-02", PHAM)
    repository.git("checkout", "--quiet", "-b", "one")
    repository.write(text(bound="40", more="\n" * 20 + MORE.format(2018)))
    one = repository.commit("2024-02-01", TRAN)
    repository.git("checkout", "--quiet", "-b", "other", "main")
    repository.write(text(more="\n" * 20 + MORE.format(2018).replace("33", "34")))
    other = repository.commit("2024-02-02", LE)
    repository.git("checkout", "--quiet", "main")
    repository.merge("one", "2024-03-01", PHAM)
    repository.merge("other", "2024-03-02", PHAM)
    edited = "the figure 33 for 2018 (yearbook) was changed in place to 34"
    assert repository.softened("HEAD~2") == [
        ("lowered", LOWERED + by(one, TRAN, "2024-02-01")),
        ("figure-edited", edited + by(other, LE, "2024-02-02")),
    ]


def test_a_merge_that_did_it(repository: Repository) -> None:
    """What neither branch did was done in the merge."""
    repository.git("checkout", "--quiet", "-b", "adding")
    repository.write(text(more=MORE.format(2018)))
    repository.commit("2024-02-01", LE)
    repository.git("checkout", "--quiet", "-b", "notes", "main")
    (repository.top / "notes.txt").write_text("n")
    repository.commit("2024-02-02", TRAN)
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "adding", env=signed(PHAM, "2024-03-01T12:00:00+0700"))
    repository.write(text(bound="40", more=MORE.format(2018)))
    hash = repository.commit("2024-03-01", PHAM)
    assert repository.softened("main") == [("lowered", LOWERED + by(hash, PHAM, "2024-03-01"))]


def test_a_merge_that_left_it_out(repository: Repository) -> None:
    """What one branch softened and the merge did not take is not reported."""
    repository.git("checkout", "--quiet", "-b", "lowering")
    repository.write(text(bound="40"))
    repository.commit("2024-02-01", TRAN)
    repository.git("checkout", "--quiet", "main")
    repository.git(
        "merge", "--quiet", "--strategy", "ours", "--no-edit", "lowering", env=signed(PHAM, "2024-03-01T12:00:00+0700")
    )
    assert repository.softened("HEAD~1") == []


def test_a_branch_that_is_behind(repository: Repository) -> None:
    """What the other branch added meanwhile was not taken back here."""
    repository.git("checkout", "--quiet", "-b", "topic")
    (repository.top / "notes.txt").write_text("n")
    repository.commit("2024-02-01", LE)
    repository.git("checkout", "--quiet", "main")
    repository.write(text(bound="50", more=MORE.format(2018)))
    repository.write(text(), "new")
    repository.commit("2024-03-01", TRAN)
    repository.git("checkout", "--quiet", "topic")
    assert repository.softened("main") == []


def test_a_branch_that_is_behind_and_softens(repository: Repository) -> None:
    """Of a branch that is behind, only what was softened on it is said."""
    repository.git("checkout", "--quiet", "-b", "topic")
    repository.write(text(bound="40"))
    hash = repository.commit("2024-02-01", LE)
    repository.git("checkout", "--quiet", "main")
    repository.write(text(more=MORE.format(2018)))
    repository.commit("2024-03-01", TRAN)
    repository.git("checkout", "--quiet", "topic")
    assert repository.softened("main") == [("lowered", LOWERED + by(hash, LE, "2024-02-01"))]


def test_a_history_of_its_own(repository: Repository) -> None:
    """Where two branches have nothing in common, they are compared as they are."""
    repository.git("checkout", "--quiet", "--orphan", "own")
    repository.write(text(bound="40"))
    hash = repository.commit("2024-02-01", TRAN)
    assert repository.softened("main") == [("lowered", LOWERED + by(hash, TRAN, "2024-02-01"))]


def test_what_was_reverted(lowered: tuple[Repository, str]) -> None:
    """A commit that was reverted took nothing back; done again, the newest one that did it is named."""
    repository, _ = lowered
    repository.git("revert", "--no-edit", "HEAD~1", env=signed(LE, "2024-05-01T12:00:00+0700"))
    assert repository.softened("HEAD~4") == []
    repository.git("revert", "--no-edit", "HEAD", env=signed(PHAM, "2024-06-01T12:00:00+0700"))
    assert repository.softened("HEAD~5") == [
        ("lowered", LOWERED + by(repository.git("rev-parse", "HEAD"), PHAM, "2024-06-01"))
    ]


def test_each_program_has_its_own_history(repository: Repository) -> None:
    """Of several programs each is named with its own commits."""
    repository.write(text(), "q")
    repository.commit("2024-02-01", LE)
    hashes = []
    for name, author, day in (("p", TRAN, "2024-03-01"), ("q", PHAM, "2024-04-01")):
        repository.write(text(bound="40"), name)
        hashes.append(repository.commit(day, author))
    assert repository.softened("HEAD~2") == [
        ("lowered", LOWERED + by(hashes[0], TRAN, "2024-03-01")),
        ("lowered", LOWERED + by(hashes[1], PHAM, "2024-04-01")),
    ]


ODD_NAMES = {
    "line separator": "Nguyễn\u2028Văn",
    "next line": "Nguyễn\u0085Văn",
    "form feed": "Nguyễn\x0cVăn",
    "file separator": "Nguyễn\x1cVăn",
    "unit separator": "Nguyễn\x1fVăn",
    "escape": "\x1b[31mNguyễn",
    "bidi": "Nguyễn\u202eVăn",
    "tab": "Nguyễn\tVăn",
    "percent": "%H%x00",
    "quotes": "Nguyễn '\"\\ Văn",
}


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_with_anything_in_it(repository: Repository, name: str) -> None:
    """Whatever stands in an author's name, of the older commit or of a newer one, is no line and no word of ours, and reaches no terminal raw."""
    repository.git(
        "commit", "--quiet", "--allow-empty", "--message", "m", env=signed(ODD_NAMES[name], "2024-01-15T12:00:00+0700")
    )
    repository.write(text(bound="40"))
    hash = repository.commit("2024-02-01", ODD_NAMES[name])
    for revision in ("HEAD~1", "HEAD~2"):
        ((code, message),) = repository.softened(revision)
        assert code == "lowered"
        assert message.startswith(f"{LOWERED}: {hash[:9]}, ")
        assert message.endswith(", 2024-02-01")
        done = repository.check("--since", revision)
        assert [
            letter for letter in done.stdout if letter != "\n" and not letter.isprintable() and letter != "\u00a0"
        ] == []
        assert ", 2024-02-01\n" in done.stdout


def test_a_name_that_is_no_text(repository: Repository) -> None:
    """Bytes in an author's name that are no UTF-8, as old tools wrote them, break nothing."""
    first = repository.git("rev-parse", "HEAD")
    for parent, bound in ((first, "45"), (None, "40")):
        repository.write(text(bound=bound))
        repository.git("add", "--all")
        author = b"Jos\xe9 <mail@example.org> 1706763600 +0700"
        body = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n\nm\n" % (
            repository.git("write-tree").encode(),
            (parent or repository.git("rev-parse", "HEAD")).encode(),
            author,
            author,
        )
        (repository.top / ".git" / "body").write_bytes(body)
        repository.git(
            "update-ref", "HEAD", repository.git("hash-object", "-t", "commit", "-w", repository.top / ".git" / "body")
        )
    hash = repository.git("rev-parse", "HEAD")
    for revision in ("HEAD~1", "HEAD~2"):
        ((_, message),) = repository.softened(revision)
        assert message.startswith(f"{LOWERED}: {hash[:9]}, Jos")


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16", "nonsense"])
def test_git_configured_to_write_another_encoding(repository: Repository, encoding: str) -> None:
    """The machine's own encoding of the log changes no name."""
    (repository.top / "notes.txt").write_text("n")
    repository.commit("2024-01-15", "José")
    repository.write(text(bound="40"))
    hash = repository.commit("2024-02-01", "Zoë")
    repository.git("config", "i18n.logOutputEncoding", encoding)
    assert repository.softened("HEAD~1") == [("lowered", LOWERED + by(hash, "Zoë", "2024-02-01"))]


# ---------------------------------------------------------------- where the repository is


def test_a_repository_whose_top_is_the_targets_folder(tmp_path: Path) -> None:
    """The folder may be the repository itself."""
    repository = made(tmp_path / "targets", ".")
    (repository.top / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    repository.write(text(), "q")
    repository.commit("2024-02-01", LE)
    repository.write(text(bound="40"))
    repository.git("rm", "--quiet", "q.toml")
    (repository.top / "pyproject.toml").unlink()
    hash = repository.commit("2024-03-01", TRAN)
    assert sorted(repository.softened("HEAD~1")) == [
        ("dropped", "the program q of HEAD~1 is gone, with all its targets"),
        ("lowered", LOWERED + by(hash, TRAN, "2024-03-01")),
    ]


def test_a_folder_deep_in_a_repository(tmp_path: Path) -> None:
    """The folder may lie anywhere in it, and the command may be run from anywhere."""
    repository = made(tmp_path / "repository", "a/b/targets")
    repository.write(text(bound="40"))
    hash = repository.commit("2024-02-01", TRAN)
    for cwd in (repository.top, repository.targets, tmp_path):
        assert repository.softened("HEAD~1", cwd=cwd) == [("lowered", LOWERED + by(hash, TRAN, "2024-02-01"))]


FOLDERS = [
    "thư mục",
    "a b",
    'quo"te',
    "new\nline",
    "line\n",
    "gl[ob]*?",
    ":(top)x",
    ":!x",
    "-dash",
    "--help",
    "tab\there",
    "back\\slash",
    "bad\udcff",
    "HEAD:x",
    "#x",
    "~",
]


@pytest.mark.parametrize("name", FOLDERS, ids=ascii)
@pytest.mark.parametrize("where", ["top", "folder", "parent"])
def test_a_folder_of_any_name(tmp_path: Path, where: str, name: str) -> None:
    """Letters, blanks, quotes, signs of git's patterns and bytes that are no text change nothing in a folder's name; one with line ends may be refused."""
    top, folder = {
        "top": (tmp_path / name, "targets"),
        "folder": (tmp_path / "repository", name),
        "parent": (tmp_path / "repository", f"{name}/targets"),
    }[where]
    repository = made(top, folder)
    repository.write(text(name="Gone", figure="9"), "gone")
    repository.git("mv", "--", f"{folder}/p.toml", f"{folder}/q.toml")
    repository.commit("2024-02-01", LE)
    (repository.targets / "gone.toml").unlink()
    repository.write(text(bound="40"), "q")
    hash = repository.commit("2024-03-01", TRAN)
    if "\n" in name and repository.check("--since=HEAD~1").returncode:
        assert "Traceback" not in refused(repository.check("--since=HEAD~1"))
        return
    assert sorted(repository.softened("HEAD~1")) == [
        ("dropped", "the program gone of HEAD~1 is gone, with all its targets"),
        ("lowered", LOWERED + by(hash, TRAN, "2024-03-01")),
    ]
    assert repository.softened("HEAD~2") == [("lowered", LOWERED + by(hash, TRAN, "2024-03-01"))]


def test_a_folder_behind_a_link(repository: Repository, tmp_path: Path) -> None:
    """A link to the targets folder, from elsewhere, is the folder."""
    repository.write(text(bound="40"))
    link = tmp_path / "targets"
    link.symlink_to(repository.targets)
    assert repository.softened("HEAD", "--targets", link, cwd=tmp_path) == [
        ("lowered", f"{LOWERED}: not committed yet")
    ]


def test_a_worktree(repository: Repository, tmp_path: Path) -> None:
    """A second worktree has its own files and branch, and the same history."""
    repository.git("worktree", "add", "--quiet", "-b", "topic", tmp_path / "second")
    second = Repository(tmp_path / "second")
    second.write(text(bound="40"))
    hash = second.commit("2024-02-01", TRAN)
    assert second.softened("main") == [("lowered", LOWERED + by(hash, TRAN, "2024-02-01"))]
    assert repository.softened("main") == []


def test_a_submodule(repository: Repository, tmp_path: Path) -> None:
    """A targets folder inside a submodule has the submodule's history; one beside a submodule has its own."""
    outer = made(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", repository.top, "inner")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", repository.top, "targets/sub.toml")
    outer.commit("2024-02-01", LE)
    inner = Repository(outer.top / "inner")
    inner.write(text(bound="40"))
    hash = inner.commit("2024-03-01", TRAN)
    assert inner.softened("HEAD~1") == [("lowered", LOWERED + by(hash, TRAN, "2024-03-01"))]
    outer.git("rm", "-r", "--quiet", "--force", "targets/sub.toml")
    assert outer.softened("HEAD") == []


def test_a_detached_head(lowered: tuple[Repository, str]) -> None:
    """What is checked out is compared, whatever the branches are."""
    repository, message = lowered
    repository.git("checkout", "--quiet", "--detach", "HEAD~1")
    assert repository.softened("v1") == [("lowered", message)]
    repository.git("checkout", "--quiet", "--detach", "v1")
    assert repository.softened("v1") == []


def shallow(repository: Repository, place: Path, depth: int) -> Repository:
    """A clone with the newest commits alone."""
    repository.git("clone", "--quiet", "--depth", str(depth), repository.top.as_uri(), place)
    return Repository(place)


@pytest.mark.parametrize("revision", ["HEAD~1", "HEAD~3", "v1", "2024-01-31", "1999-12-31"])
def test_a_shallow_clone_says_what_it_cannot_see(
    lowered: tuple[Repository, str], tmp_path: Path, revision: str
) -> None:
    """A clone without its history knows no older revision, and says how to get the rest."""
    said = refused(shallow(lowered[0], tmp_path / "clone", 1).check("--since", revision))
    assert f'git knows no revision "{revision}"' in said
    assert "this is a shallow clone: git fetch --unshallow brings the rest" in said


def test_a_shallow_clone_with_enough(lowered: tuple[Repository, str], tmp_path: Path) -> None:
    """What it has it can compare."""
    repository, message = lowered
    assert shallow(repository, tmp_path / "clone", 3).softened("HEAD~2") == [("lowered", message)]
    assert shallow(repository, tmp_path / "other", 1).softened("HEAD") == []


def test_no_git(repository: Repository, tmp_path: Path) -> None:
    """Without git on the PATH that is said, and check without --since works."""
    path = {"PATH": str(tmp_path)}
    said = refused(repository.check("--since", "HEAD", env=path))
    assert said.startswith("targettrack: git is not installed here")
    assert said.endswith("\n  hint: install git, or look without --since\n")
    assert repository.check(env=path).returncode == 0


def test_a_git_that_cannot_be_run(repository: Repository, tmp_path: Path) -> None:
    """A file of that name that is no program is no git."""
    (tmp_path / "git").write_text("no program")
    assert "git" in refused(repository.check("--since", "HEAD", env={"PATH": str(tmp_path)}))


def test_no_repository(tmp_path: Path) -> None:
    """In no repository nobody knows how it was."""
    folder = Repository(tmp_path)
    folder.write(text())
    said = refused(folder.check("--since", "HEAD", env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}))
    assert "this folder is in no git repository: nobody knows how it was\n" in said
    assert said.endswith("hint: git init, and commit the programs\n")


@pytest.mark.parametrize("revision", ["HEAD", "main", "2024-01-31", "HEAD~1"])
def test_a_repository_without_commits(tmp_path: Path, revision: str) -> None:
    """Before the first commit there is no revision."""
    repository = Repository(tmp_path)
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.write(text())
    assert f'git knows no revision "{revision}"' in refused(repository.check("--since", revision))


def test_a_bare_repository(repository: Repository, tmp_path: Path) -> None:
    """A folder inside a bare repository is nobody's worktree."""
    repository.git("clone", "--quiet", "--bare", repository.top, tmp_path / "bare")
    bare = Repository(tmp_path / "bare")
    bare.write(text())
    assert "work tree" in refused(bare.check("--since", "HEAD"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_somebody_else(repository: Repository) -> None:
    """What git does not trust is not read, and the sentence says what to do."""
    for path in (repository.top, *repository.top.rglob("*")):
        os.chown(path, 54321, 54321)
    said = refused(repository.check("--since", "HEAD"))
    assert "git does not trust this repository: it belongs to somebody else" in said
    assert "hint: git config --global --add safe.directory" in said


def test_a_version_that_git_has_lost(repository: Repository) -> None:
    """A file that was there, and whose bytes this repository does not have, is not taken for one that was not there."""
    repository.write(text(bound="40"))
    repository.commit("2024-02-01", TRAN)
    blob = repository.git("rev-parse", "HEAD~1:targets/p.toml")
    (repository.top / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    refused(repository.check("--since", "HEAD~1"))


def test_a_clone_without_older_files(repository: Repository, tmp_path: Path) -> None:
    """A partial clone, which has the history without the files, says so, or has them brought; it does not say that nothing was softened."""
    repository.write(text(bound="40"))
    hash = repository.commit("2024-02-01", TRAN)
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "--quiet", "--filter=blob:none", repository.top.as_uri(), tmp_path / "clone")
    clone = Repository(tmp_path / "clone")
    done = clone.check("--since=HEAD~1")
    assert done.returncode == 5 or LOWERED + by(hash, TRAN, "2024-02-01") in done.stdout.replace("\u00a0", " ")


def test_a_damaged_repository(repository: Repository) -> None:
    """What git itself cannot read is an error, never an empty answer."""
    for path in (repository.top / ".git" / "objects").rglob("*"):
        if path.is_file():
            path.unlink()
    refused(repository.check("--since", "HEAD"))


# ---------------------------------------------------------------- what git must not obey


FOREIGN = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_NAMESPACE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
]


@pytest.fixture
def foreign(tmp_path: Path) -> dict[str, str]:
    """What git leaves in the environment of its hooks, and the like, all of it of another repository."""
    other = made(tmp_path / "other")
    folder = other.top / ".git"
    places = {
        "GIT_DIR": folder,
        "GIT_WORK_TREE": other.top,
        "GIT_INDEX_FILE": folder / "index",
        "GIT_OBJECT_DIRECTORY": folder / "objects",
        "GIT_COMMON_DIR": folder,
        "GIT_PREFIX": "x/",
    }
    rest = {
        "GIT_SHALLOW_FILE": folder / "index",
        "GIT_GRAFT_FILE": folder / "index",
        "GIT_NAMESPACE": "n",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_ICASE_PATHSPECS": "1",
    }
    return {name: str(value) for name, value in (places | rest).items()}


@pytest.mark.parametrize("name", [*FOREIGN, "all"])
def test_the_environment_of_a_hook(lowered: tuple[Repository, str], foreign: dict[str, str], name: str) -> None:
    """The repository is that of the targets folder, and all of it, whatever the environment says of another one."""
    repository, message = lowered
    assert repository.softened("v1", env=foreign if name == "all" else {name: foreign[name]}) == [("lowered", message)]


def test_inside_a_hook(repository: Repository) -> None:
    """As a real hook before a commit it refuses one that softens, and lets others pass."""
    hook = repository.top / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m targettrack check --since HEAD --strict {' '.join(DAY)}\n")
    hook.chmod(0o755)
    env = {**os.environ, **CLEAN, **signed(TRAN, "2024-02-01T12:00:00+0700")}
    repository.write(text(bound="40"))
    commit = ["git", "commit", "--quiet", "--all", "--message", "m"]
    done = subprocess.run(commit, cwd=repository.top, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert LOWERED in (done.stdout + done.stderr).replace("\u00a0", " ")
    repository.write(text(bound="50"))
    assert subprocess.run(commit, cwd=repository.top, env=env, check=False).returncode == 0


HOSTILE = {
    "fsmonitor": ["core.fsmonitor={run}"],
    "external diff": ["diff.external={run}", "diff.evil.command={run}"],
    "textconv": ["diff.evil.textconv={run}", "diff.evil.cachetextconv=true"],
    "clean filter": ["filter.evil.clean={run}", "filter.evil.smudge={run}", "filter.evil.required=true"],
    "filter process": ["filter.evil.process={run}", "filter.evil.required=true"],
    "merge driver": ["merge.evil.driver={run}"],
    "pager": ["core.pager={run}", "pager.log={run}", "pager.diff=true", "pager.rev-parse=true"],
    "alias": [
        "alias.log=!{run}",
        "alias.diff=!{run}",
        "alias.rev-parse=!{run}",
        "alias.cat-file=!{run}",
        "alias.ls-tree=!{run}",
    ],
    "hooks": ["core.hooksPath={hooks}"],
    "signature": ["log.showSignature=true", "gpg.program={run}", "gpg.ssh.program={run}", "gpg.x509.program={run}"],
    "editor": ["core.editor={run}", "sequence.editor={run}", "core.askPass={run}", "credential.helper=!{run}"],
    "promisor": [
        "extensions.partialClone=origin",
        "remote.origin.promisor=true",
        "remote.origin.partialCloneFilter=blob:none",
        "remote.origin.url=file://{top}",
        "remote.origin.uploadpack={run}",
    ],
    "remote program": [
        "extensions.partialClone=origin",
        "remote.origin.promisor=true",
        "remote.origin.url=ext::{run}",
        "protocol.ext.allow=always",
    ],
    "ssh": [
        "extensions.partialClone=origin",
        "remote.origin.promisor=true",
        "remote.origin.url=ssh://nowhere.invalid/x",
        "core.sshCommand={run}",
    ],
    "alternates": ["core.alternateRefsCommand={run}"],
}
"""Configurations of a repository that make some commands of git run a program."""


@pytest.mark.parametrize("way", HOSTILE)
def test_a_hostile_repository_runs_nothing(repository: Repository, tmp_path: Path, way: str) -> None:
    """Whatever a repository's configuration says, only git itself is run, and the answer is the same."""
    marker, program, hooks = tmp_path / "marker", tmp_path / "run", tmp_path / "hooks"
    program.write_text(f"#!/bin/sh\necho \"$0 $@\" >> '{marker}'\nexit 1\n")
    program.chmod(0o755)
    hooks.mkdir()
    for name in (
        "post-index-change",
        "post-checkout",
        "reference-transaction",
        "pre-auto-gc",
        "fsmonitor-watchman",
        "post-rewrite",
        "pre-commit",
    ):
        shutil.copy(program, hooks / name)
    (repository.top / ".gitattributes").write_text("*.toml diff=evil filter=evil merge=evil\n")
    repository.write(text(), "q")
    start = repository.commit("2024-01-02")
    repository.git("mv", "targets/q.toml", "targets/r.toml")
    repository.write(text(bound="40"))
    hash = repository.commit("2024-02-01", TRAN)
    if way in {"promisor", "remote program", "ssh"}:
        blob = repository.git("rev-parse", f"{start}:targets/p.toml")
        (repository.top / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
        repository.git("config", "core.repositoryFormatVersion", "1")
    for entry in HOSTILE[way]:
        name, _, value = entry.format(run=program, hooks=hooks, top=repository.top).partition("=")
        repository.git("config", name, value)
    marker.unlink(missing_ok=True)
    repository.write(text(bound="40", figure="37"))
    for path in repository.targets.iterdir():
        os.utime(path)
    done = repository.check("--since", start, "--format", "json")
    assert not marker.exists(), marker.read_text()
    if way in {"promisor", "remote program", "ssh"}:
        assert "Traceback" not in refused(done)
    else:
        found = [problem["message"].replace("\u00a0", " ") for problem in json.loads(done.stdout)["problems"]]
        assert found == [LOWERED + by(hash, TRAN, "2024-02-01"), f"{EDITED}: not committed yet"]


def test_a_program_called_git_beside_the_programs(lowered: tuple[Repository, str]) -> None:
    """A file named git in the folder, or in the repository's top, is not run."""
    repository, message = lowered
    for folder in (repository.top, repository.targets):
        (folder / "git").write_text(f"#!/bin/sh\ntouch '{repository.top / 'marker'}'\n")
        (folder / "git").chmod(0o755)
    assert repository.softened("v1") == [("lowered", message)]
    assert not (repository.top / "marker").exists()


PLAIN = ["log.follow=true", "log.showSignature=true", "log.date=relative", "log.mailmap=true", "log.showRoot=false", "log.diffMerges=first-parent", "format.pretty=oneline", "color.ui=always",
         "diff.noprefix=true", "diff.renames=false", "diff.renames=copies", "diff.renameLimit=1", "diff.relative=true", "diff.ignoreSubmodules=all", "diff.algorithm=patience", "diff.wordRegex=.",
         "core.quotePath=true", "core.abbrev=4", "core.precomposeUnicode=true", "core.ignoreCase=true", "core.fileMode=false", "core.untrackedCache=true", "core.commitGraph=false", "status.relativePaths=true",
         "diff.orderFile=nowhere", "diff.interHunkContext=9", "diff.statNameWidth=1", "diff.mnemonicPrefix=true", "blame.ignoreRevsFile=nowhere", "log.excludeDecoration=*", "index.version=4"]  # fmt: skip


def test_git_as_people_configure_it(lowered: tuple[Repository, str]) -> None:
    """What people set for their own eyes changes nothing here; names are those of .mailmap, whatever they set."""
    repository, message = lowered
    message = message.replace(TRAN, "Somebody")
    (repository.top / ".mailmap").write_text(
        f"Somebody <other@example.org> {TRAN} <mail@example.org>\n", encoding="utf-8"
    )
    repository.git("mv", "targets/p.toml", "targets/q.toml")
    repository.commit("2024-05-01", LE)
    wrong = {}
    for entry in PLAIN:
        name, _, value = entry.partition("=")
        repository.git("config", name, value)
        done = repository.check("--since=v1", "--format=full")
        if message not in done.stdout.replace("\u00a0", " ") or done.stdout.count("warning") != 2:
            wrong[entry] = done.stdout + done.stderr
        repository.git("config", "--unset", name)
    assert wrong == {}


def listing(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file and folder with its mode, size and time."""
    return {
        str(path.relative_to(folder)): (found.st_mode, found.st_size, found.st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        for found in [path.lstat()]
    }


def test_nothing_is_written(lowered: tuple[Repository, str]) -> None:
    """No file of the repository is other than it was: not in the worktree, not in git's own folder, not even the index that git would refresh."""
    repository, message = lowered
    for path in repository.targets.iterdir():
        os.utime(path)
    (repository.top / "untracked.txt").write_text("u")
    before = listing(repository.top)
    assert repository.softened("v1") == [("lowered", message)]
    assert repository.softened("2024-01-31") == [("lowered", message)]
    repository.check("--since", "nowhere")
    assert listing(repository.top) == before


def test_while_another_git_is_at_work(lowered: tuple[Repository, str]) -> None:
    """Another git's lock on the index is no hindrance, and is left alone."""
    repository, message = lowered
    lock = repository.top / ".git" / "index.lock"
    lock.write_text("")
    os.utime(repository.targets / "p.toml")
    assert repository.softened("v1") == [("lowered", message)]
    assert lock.read_text() == ""


# ---------------------------------------------------------------- how it is said


def test_exit_codes(lowered: tuple[Repository, str]) -> None:
    """What was softened is a warning: exit 1 with --strict alone, and nothing else is said of a sound program."""
    repository, _ = lowered
    assert [repository.check("--since", "v1", *more).returncode for more in ((), ("--strict",))] == [0, 1]
    assert [repository.check(*more).returncode for more in (("--since", "HEAD", "--strict"), ("--strict",))] == [0, 0]
    assert repository.check("--since", "HEAD").stdout == ""


def test_what_may_be_softened(repository: Repository) -> None:
    """A code that the program allowed before, with its reason, is not reported; what is allowed together with the change excuses nothing."""
    allowing = '[check]\nallow = {{ {} = "the council decided" }}\n'
    repository.write(text(bound="10") + allowing.format("lowered"))
    assert [code for code, _ in repository.softened("HEAD")] == ["lowered"]
    repository.write(text() + allowing.format("lowered"))
    repository.commit("2024-02-01", LE)
    repository.write(text(bound="10"))
    assert repository.softened("HEAD") == []
    repository.write(text(bound="10") + allowing.format("lowered"))
    assert repository.softened("HEAD") == []


def test_as_a_text_and_as_annotations(lowered: tuple[Repository, str]) -> None:
    """A person sees the place, the commit and what to do; a pull request is annotated at the line."""
    repository, message = lowered
    line = text().split("\n").index("[[indicators.a.targets]]") + 1
    ranked = repository.check("--since", "v1").stdout.replace("\u00a0", " ")
    assert (
        f"softened since v1\n  {repository.targets}/p.toml:{line}  lowered  {message}\n  hint  keep the old target"
        in ranked
    )
    shown = repository.check("--since", "v1", "--format", "full").stdout.replace("\u00a0", " ")
    assert f"{repository.targets}/p.toml:{line}:1  warning  lowered\n  {message}\n" in shown
    assert "hint  keep the old target, and write the new one below it with its own source and set_on\n" in shown
    (annotation,) = repository.check("--since", "v1", "--format", "github").stdout.replace("\u00a0", " ").splitlines()
    assert annotation.startswith(f"::warning file=targets/p.toml,line={line},")
    assert f"::{message.replace('%', '%25')}%0Akeep the old target" in annotation


def test_the_document_keeps_to_its_schema(lowered: tuple[Repository, str]) -> None:
    """What is said since a revision, of a program that is gone too, has the shape of every finding."""
    repository, _ = lowered
    repository.write(text(), "q")
    repository.commit("2024-05-01")
    repository.git("rm", "--quiet", "targets/q.toml")
    document: dict[str, Any] = json.loads(repository.check("--since", "HEAD", "--json").stdout)
    Draft202012Validator(contract.schema("check")).validate(document)
    assert [problem["code"] for problem in document["problems"]] == ["dropped"]


def test_no_file_is_left_behind(lowered: tuple[Repository, str], tmp_path: Path) -> None:
    """Nothing is written elsewhere either: no temporary file stays."""
    repository, _ = lowered
    place = tmp_path / "tmp"
    place.mkdir()
    repository.check("--since", "v1", env={"TMPDIR": str(place), "HOME": str(place)})
    assert list(place.rglob("*")) == []
