"""Repository: a git repository of the tests' own making, and the command line run beside it."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from support import run
from targettrack.pages.check import softened

if TYPE_CHECKING:
    from collections.abc import Mapping

CLEAN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "TZ": "UTC"}
"""The surroundings of git: nothing of the machine's own configuration."""

TRAN, LE, PHAM = "Trần Thị Bình", "Lê Đức Ưu", "Phạm Ngữ"
DAY = ("--on", "2021-06-01")


def text(bound: str = "45", figure: str = "36", by: str = "2025", more: str = "", name: str = "P") -> str:
    """A program without any weakness on the day of the tests."""
    return f"""targettrack = 1
[program]
name = "{name}"
[sources.plan]
title = "Plan"
published = 2011-01-01
url = "https://example.org/plan"
[sources.yearbook]
title = "Yearbook"
published = 2021-03-01
url = "https://example.org/yearbook"
[indicators.a]
name = "A"
unit = "%"
direction = "increase"
[[indicators.a.targets]]
by = {by}
value = {bound}
source = "plan"
[[actuals]]
indicator = "a"
period = 2019
value = 30
source = "yearbook"
[[actuals]]
indicator = "a"
period = 2020
value = {figure}
source = "yearbook"
{more}"""


@dataclass(frozen=True)
class Repository:
    """A repository of git's own making, with a targets folder in it."""

    top: Path
    folder: str = "targets"

    @property
    def targets(self) -> Path:
        return self.top / self.folder

    def git(self, *words: str | Path, env: Mapping[str, str] | None = None) -> str:
        """What git says to a command."""
        surroundings = (
            {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | CLEAN | dict(env or {})
        )
        done = subprocess.run(["git", *words], cwd=self.top, env=surroundings, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode(errors="replace").strip()

    def write(self, content: str, name: str = "p") -> None:
        """A program of the folder."""
        self.targets.mkdir(parents=True, exist_ok=True)
        (self.targets / f"{name}.toml").write_text(content, encoding="utf-8")

    def commit(self, day: str = "2024-01-01", author: str = "Nguyễn Văn An", *, message: str = "m") -> str:
        """Commit all that there is; the hash."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "--message", message, env=signed(author, f"{day}T12:00:00+0700"))
        return self.git("rev-parse", "HEAD")

    def merge(self, branch: str, day: str, author: str) -> str:
        """Merge a branch into the one that is checked out; the hash."""
        self.git("merge", "--quiet", "--no-ff", "--no-edit", branch, env=signed(author, f"{day}T12:00:00+0700"))
        return self.git("rev-parse", "HEAD")

    def check(
        self, *argv: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """What is checked on the day of the tests."""
        return self.ran("check", *argv, *DAY, env=env, cwd=cwd)

    def ran(
        self, *argv: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Any command, run beside the targets folder."""
        return run(
            *argv,
            cwd=cwd or self.targets.parent,
            env={**CLEAN, "TARGETTRACK_TARGETS": str(self.targets), **(env or {})},
        )

    def softened(
        self, since: str, *argv: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> list[tuple[str, str]]:
        """Codes and messages of what was softened since a revision; there is nothing on stderr, and no error."""
        done = self.check(f"--since={since}", "--format", "json", *argv, env=env, cwd=cwd)
        assert (done.stderr, done.returncode) == ("", 0)
        found = json.loads(done.stdout)["problems"]
        return [
            (problem["code"], problem["message"].replace("\u00a0", " "))
            for problem in found
            if problem["code"] in softened.MEANS
        ]


def signed(author: str, when: str) -> dict[str, str]:
    """The environment in which git takes an author and a time for its own."""
    return {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", author), ("EMAIL", "mail@example.org"), ("DATE", when))
    }


@cache
def _pattern(folder: str) -> Path:
    """A repository with one program in one commit, from which others are copied."""
    place = Path(tempfile.mkdtemp(prefix="targettrack-pattern-"))
    atexit.register(shutil.rmtree, place)
    repository = Repository(place, folder)
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.write(text())
    repository.commit(message="first")
    return place


def made(top: Path, folder: str = "targets") -> Repository:
    """A repository with one program in one commit."""
    shutil.copytree(_pattern(folder), top, symlinks=True, dirs_exist_ok=True)
    repository = Repository(top, folder)
    repository.git("update-index", "-q", "--refresh")
    return repository
