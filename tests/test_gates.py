"""Gates: what a check lets pass unseen: an empty folder, a file called otherwise, paths that GitHub does not know, and what a commit takes instead of what lies there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from repository import CLEAN, Repository, made, signed, text
from support import run

BAD = text().replace('unit = "%"', 'unit = "%"\nuint = 1')
"""A program with a fault in its 15th line."""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one sound program in one commit."""
    return made(tmp_path / "top")


def found(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str, int | None]]:
    """File names, codes and lines of what a check found, as its JSON has them; nothing is on stderr, and the exit code is that of findings."""
    problems = json.loads(done.stdout)["problems"]
    assert (done.stderr, done.returncode) == ("", int(any(problem["severity"] == "error" for problem in problems)))
    return [(Path(problem["file"]).name, problem["code"], problem["line"]) for problem in problems]


def staged(
    repository: Repository, *argv: str, env: dict[str, str] | None = None, cwd: Path | None = None
) -> list[tuple[str, str, int | None]]:
    """What a check of the index finds."""
    return found(repository.check("--staged", "--json", *argv, env=env, cwd=cwd))


# ---------------------------------------------------------------- nothing to check


def test_an_empty_folder_is_not_green(tmp_path: Path) -> None:
    """Without any program nothing was checked: that is an error, in every format; other commands show an empty folder as before."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "settings.toml").write_text("[tool]\n")
    said = "there is no program in this folder: nothing was checked"
    for format in ("text", "json", "github"):
        done = run("check", "--format", format, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (1, "")
        assert said in done.stdout.replace("\u00a0", " ")
    assert found(run("check", "--json", cwd=tmp_path)) == [("targets", "no-programs", None)]
    assert run("status", cwd=tmp_path).returncode == run("list", cwd=tmp_path).returncode == 0


def test_programs_that_cannot_be_read_are_programs(tmp_path: Path) -> None:
    """A folder whose only program is broken is not said to be empty."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "p.toml").write_text(BAD)
    assert found(run("check", "--json", cwd=tmp_path)) == [("p.toml", "unknown-key", 15)]


# ---------------------------------------------------------------- an ending in capitals


@pytest.mark.parametrize("name", ["x.TOML", "X.Toml"])
def test_an_ending_in_capitals_is_named(tmp_path: Path, name: str) -> None:
    """It is no file that may be passed over: check, status and a question for it by name say how it is to be called."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / name).write_text(text())
    done = run("check", "--json", cwd=tmp_path)
    assert found(done) == [(name, "bad-id", 1)]
    assert json.loads(done.stdout)["problems"][0]["hint"] == "rename the file: x.toml"
    for words in (("status",), ("status", "X"), ("list",), ("show", "x")):
        shown = run(*words, cwd=tmp_path)
        assert (shown.returncode, shown.stdout) == (4, "")
        assert f'the ending of "{name}" is not in small letters' in shown.stderr


def test_a_file_in_capitals_beside_the_program(tmp_path: Path) -> None:
    """The program is what is asked for by its id; the other file is named by a check, and by a look at all of them."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "x.toml").write_text(text())
    if (tmp_path / "targets" / "x.TOML").exists():
        pytest.skip("both are one file here")
    (tmp_path / "targets" / "x.TOML").write_text(text(name="Other"))
    assert run("status", "x", cwd=tmp_path).returncode == 0
    assert run("status", cwd=tmp_path).returncode == 4
    assert found(run("check", "--json", "--on", "2021-06-01", cwd=tmp_path)) == [("x.TOML", "bad-id", 1)]


def test_other_files_in_capitals_are_no_programs(tmp_path: Path) -> None:
    """What has no targettrack key, or a name with a point before it, is passed over as with an ending in small letters."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "p.toml").write_text(text())
    (tmp_path / "targets" / "SETTINGS.TOML").write_text("[tool]\n")
    (tmp_path / "targets" / ".X.TOML").write_text(text())
    assert found(run("check", "--json", "--on", "2021-06-01", cwd=tmp_path)) == []


# ---------------------------------------------------------------- paths for GitHub


def files(lines: str) -> set[str]:
    """The files that annotations are of."""
    return {
        part.removeprefix("file=")
        for line in lines.splitlines()
        for part in line.split(" ", 1)[1].split("::")[0].split(",")
        if part.startswith("file=")
    }


@pytest.mark.parametrize(
    "way", ["top", "nearest", "relative", "absolute", "environment", "linked folder", "from a link"]
)
def test_annotations_begin_at_the_top_of_the_repository(tmp_path: Path, way: str) -> None:
    """Wherever the command runs, and however the folder is named, the path is the one that the repository has."""
    nested = made(tmp_path / "top", "data/targets")
    nested.write(BAD)
    (nested.targets / "deep").mkdir()
    (nested.top / "linked").symlink_to("data/targets")
    (tmp_path / "elsewhere").symlink_to("top")
    ways: dict[str, tuple[Path, tuple[str, ...]]] = {
        "top": (nested.top, ("--targets", "data/targets")),
        "nearest": (nested.targets / "deep", ()),
        "relative": (nested.targets, ("--targets", ".")),
        "absolute": (tmp_path, ("--targets", str(nested.targets))),
        "environment": (tmp_path, ()),
        "linked folder": (nested.top, ("--targets", "linked")),
        "from a link": (tmp_path / "elsewhere" / "data", ("--targets", "targets")),
    }
    cwd, argv = ways[way]
    env = {"TARGETTRACK_TARGETS": str(nested.targets) if way == "environment" else ""}
    done = run("check", "--format", "github", *argv, cwd=cwd, env={**CLEAN, **env})
    assert (files(done.stdout), done.returncode) == ({"data/targets/p.toml"}, 1)


def test_annotations_of_a_linked_file_and_of_a_folder(repository: Repository) -> None:
    """A link's annotation is where its lines are; that of an empty folder is the folder."""
    (repository.top / "data").mkdir()
    (repository.targets / "p.toml").rename(repository.top / "data" / "p.toml")
    (repository.top / "data" / "p.toml").write_text(BAD)
    (repository.targets / "p.toml").symlink_to("../data/p.toml")
    assert files(repository.check("--format", "github", cwd=repository.targets).stdout) == {"data/p.toml"}
    (repository.targets / "p.toml").unlink()
    assert files(repository.check("--format", "github", cwd=repository.targets).stdout) == {"targets"}
    assert files(repository.check("--format", "github", "--since", "HEAD", cwd=repository.targets).stdout) == {
        "targets",
        "targets/p.toml",
    }


def test_annotations_without_git(tmp_path: Path) -> None:
    """In no repository, and where there is no git, paths are those of the files."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "p.toml").write_text(BAD)
    assert files(run("check", "--format", "github", cwd=tmp_path).stdout) == {"targets/p.toml"}
    assert files(run("check", "--format", "github", cwd=tmp_path, env={"PATH": str(tmp_path)}).stdout) == {
        "targets/p.toml"
    }


# ---------------------------------------------------------------- what is staged


def test_what_is_staged_is_checked_and_not_what_lies_there(repository: Repository) -> None:
    """A fault that was added is found at its line there, though the file is sound by now; one that was not added is none."""
    repository.write(BAD)
    assert staged(repository) == []
    repository.git("add", "targets")
    repository.write("\n\n" + text())
    assert staged(repository) == [("p.toml", "unknown-key", 15)]
    (repository.targets / "p.toml").unlink()
    assert staged(repository, "p") == [("p.toml", "unknown-key", 15)]
    assert repository.check("--staged").stdout.startswith(f"{repository.targets / 'p.toml'}:15:1  error  unknown-key\n")
    assert files(repository.check("--staged", "--format", "github", cwd=repository.targets).stdout) == {
        "targets/p.toml"
    }


def test_added_renamed_and_removed_in_the_index(repository: Repository) -> None:
    """Programs are those of the index, whatever the folder has; and none there is an error."""
    repository.write(BAD, "new")
    assert staged(repository) == []
    repository.git("add", "targets/new.toml")
    repository.git("mv", "targets/new.toml", "targets/Newer.TOML")
    assert staged(repository) == [("Newer.TOML", "bad-id", 1), ("Newer.TOML", "unknown-key", 15)]
    repository.git("rm", "--quiet", "--cached", "targets/Newer.TOML")
    assert staged(repository) == []
    repository.git("rm", "--quiet", "--cached", "targets/p.toml")
    assert staged(repository) == [("targets", "no-programs", None)]
    assert repository.check("--staged", "p").returncode == 3


def test_only_the_folder_itself_is_checked(tmp_path: Path) -> None:
    """What lies beside the folder, or deeper, is no program; the folder may be the repository's top."""
    nested = made(tmp_path / "top", "data/targets")
    for place in ("", "data", "data/targets/old", "data/targetsx"):
        replace(nested, folder=place).write(BAD, "other")
    (nested.targets / ".hidden.toml").write_text(BAD)
    nested.git("add", "--all")
    assert staged(nested) == staged(nested, "--targets", ".", cwd=nested.targets) == []
    assert staged(nested, "--targets", str(nested.top)) == [("other.toml", "unknown-key", 15)]


def test_the_first_commit_and_what_is_only_announced(tmp_path: Path) -> None:
    """Where there is no commit yet the index is checked all the same; ``git add -N`` puts nothing into it."""
    new = Repository(tmp_path / "top")
    new.write(text())
    new.git("init", "--quiet", "--initial-branch=main")
    new.git("add", "--intent-to-add", "targets/p.toml")
    assert staged(new) == [("targets", "no-programs", None)]
    new.write(BAD)
    new.git("add", "targets/p.toml")
    assert staged(new) == [("p.toml", "unknown-key", 15)]


def test_what_is_not_merged_is_said(repository: Repository) -> None:
    """A path with several versions in the index is an error, though its file has no marks."""
    repository.git("branch", "other")
    repository.write(text(bound="50"))
    repository.commit("2024-02-01")
    repository.git("checkout", "--quiet", "other")
    repository.write(text(bound="55"))
    repository.commit("2024-02-02")
    with pytest.raises(AssertionError):
        repository.merge("main", "2024-02-03", "A")
    repository.write(text())
    assert staged(repository) == [("p.toml", "conflict-markers", None)]
    assert "two versions of this file were not merged" in repository.check("--staged").stdout.replace("\u00a0", " ")


def test_links_in_the_index(repository: Repository) -> None:
    """A link stands for the staged file behind it; one to nothing that is staged, or out of the repository, is said."""
    (repository.top / "data").mkdir()
    behind = repository.top / "data" / "linked.toml"
    behind.write_text(BAD)
    (repository.targets / "linked.toml").symlink_to("../data/linked.toml")
    repository.git("add", "targets")
    assert staged(repository) == [("linked.toml", "unreadable", None)]
    repository.git("add", "data")
    behind.write_text(text())
    assert staged(repository) == [("linked.toml", "unknown-key", 15)]
    repository.git("add", "data")
    (repository.targets / "outside.toml").symlink_to("/etc/hostname")
    repository.git("add", "targets")
    assert staged(repository) == [("outside.toml", "unreadable", None)]


def test_staged_and_since(repository: Repository) -> None:
    """What a commit would soften: the staged version is compared, and what it removes or renames."""
    repository.write(text(), "q")
    repository.commit("2024-02-01")
    repository.write(text(bound="40"))
    assert staged(repository, "--since", "HEAD") == []
    repository.git("add", "targets")
    repository.write(text())
    assert staged(repository, "--since", "HEAD") == [("p.toml", "lowered", 16)]
    repository.git("mv", "--force", "targets/p.toml", "targets/r.toml")
    repository.git("rm", "--quiet", "targets/q.toml")
    assert sorted(staged(repository, "--since", "HEAD")) == [("q.toml", "dropped", None), ("r.toml", "lowered", 16)]


def test_outside_of_git(tmp_path: Path) -> None:
    """There is no index where there is no repository."""
    (tmp_path / "targets").mkdir()
    done = run("check", "--staged", cwd=tmp_path, env=CLEAN)
    assert (done.returncode, done.stdout) == (5, "")


# ---------------------------------------------------------------- in a hook


def hooked(repository: Repository) -> Repository:
    """The repository with the hook that the reference shows, and the command on its path."""
    hook = repository.top / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m targettrack check --staged\n")
    hook.chmod(0o755)
    return repository


def commits(
    repository: Repository, *words: str, cwd: Path | None = None, env: dict[str, str] | None = None
) -> tuple[bool, str]:
    """Whether git makes a commit, and what was said on the way."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "TARGETTRACK_"))}
    surroundings |= CLEAN | signed("A", "2024-03-01T12:00:00+0700") | (env or {})
    done = subprocess.run(
        ["git", "commit", "--quiet", "-m", "m", *words],
        cwd=cwd or repository.top,
        env=surroundings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def refused(outcome: tuple[bool, str], *names: str) -> bool:
    """Whether a commit was refused for unknown keys in just these programs."""
    made, said = outcome
    return not made and sorted(line.split(":")[0] for line in said.splitlines() if "unknown-key" in line) == [
        f"targets/{name}.toml" for name in names
    ]


@pytest.mark.parametrize("words", [("-a",), ("targets/p.toml",), ("--include", "targets/p.toml")], ids=" ".join)
def test_the_hook_sees_the_index_of_the_commit(repository: Repository, words: tuple[str, ...]) -> None:
    """``git commit -a`` and ``git commit FILE`` give their hooks an index of their own: that is what is checked."""
    hooked(repository)
    repository.write(BAD)
    assert refused(commits(repository, *words), "p")
    repository.write(text(bound="46"))
    assert commits(repository, *words)[0]


def test_the_hook_of_a_part(repository: Repository) -> None:
    """``git commit FILE`` leaves out what else is staged, and so does its check."""
    hooked(repository)
    repository.write(BAD, "other")
    repository.git("add", "targets/other.toml")
    repository.write(text(bound="46"))
    assert commits(repository, "targets/p.toml")[0]
    assert refused(commits(repository), "other")


def test_the_hook_of_a_removal(repository: Repository) -> None:
    """A commit that takes the last program away is refused; a plain commit of what is staged is judged by that alone."""
    hooked(repository)
    repository.write(BAD, "other")
    assert commits(repository, "--allow-empty")[0]
    repository.git("rm", "--quiet", "targets/p.toml")
    done, said = commits(repository)
    assert not done
    assert "no-programs" in said


def test_the_hook_in_a_linked_worktree_and_with_git_dir(repository: Repository, tmp_path: Path) -> None:
    """There git names its folder to the hook; the index is that of the worktree, not that of the main one."""
    hooked(repository)
    repository.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    linked = replace(repository, top=tmp_path / "linked")
    repository.write(BAD, "other")
    repository.git("add", "targets")
    linked.write(text(bound="46"))
    assert commits(linked, "-a")[0]
    linked.write(BAD)
    assert refused(commits(linked, "-a"), "p")
    linked.git("add", "targets")
    assert refused(commits(linked), "p")
    assert refused(commits(repository, env={"GIT_DIR": str(repository.top / ".git")}), "other")
    assert refused(commits(repository, cwd=repository.targets), "other")


def test_an_index_of_another_repository(repository: Repository, tmp_path: Path) -> None:
    """A hook may look at the targets of another repository: the index of its own commit has nothing to do with them."""
    other = made(tmp_path / "other")
    other.write(BAD)
    other.git("add", "targets")
    index = {"GIT_INDEX_FILE": str(other.top / ".git" / "index")}
    assert staged(repository, env=index, cwd=other.top) == staged(repository, env=index, cwd=tmp_path) == []
