"""History: git, which knows the programs as they were; it is only asked, and nothing is written or checked out."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from targettrack import store
from targettrack.errors import Exit, TargettrackError, failure
from targettrack.program import Program
from targettrack.shelf import Loaded

_SAFE = ("-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false")
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its hash, who wrote it, and the day, as ISO text."""

    hash: str
    author: str
    day: str

    @property
    def short(self) -> str:
        """The first letters of the hash, as git shows it."""
        return self.hash[:9]


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a targets folder is in; ``folder`` is the folder's path inside it."""

    top: Path
    folder: str

    def file(self, path: Path) -> str:
        """A file's path inside the repository."""
        return f"{self.folder}{path.name}"


def repository(folder: Path) -> Repository:
    """The repository of a folder.

    Raises:
        TargettrackError: there is no git here, or the folder is in no repository (exit 5).

    """
    found = _git(folder, "rev-parse", "--show-toplevel", "--show-prefix")
    top, _, prefix = found.decode().removesuffix("\n").partition("\n")
    return Repository(Path(top), prefix)


def _git(folder: Path, *words: str, given: bytes | None = None) -> bytes:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"GIT_LITERAL_PATHSPECS": "1", "GIT_ALLOW_PROTOCOL": "none"}
    try:
        done = subprocess.run(["git", "-C", str(folder), *_SAFE, *words], input=given, capture_output=True, env={**environment, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}, check=False)  # noqa: S603, S607
    except OSError:
        raise failure(Exit.IO, "no-git", "git is not installed here, or cannot be run", hint="install git, or look without --since") from None
    if done.returncode:
        raise _refused(folder, words, done.stderr.decode(errors="replace"))
    return done.stdout


def _refused(folder: Path, words: Sequence[str], said: str) -> TargettrackError:
    if "not a git repository" in said:
        return failure(Exit.IO, "no-repository", "this folder is in no git repository: nobody knows how it was", hint="git init, and commit the programs", file=str(folder))
    if "dubious ownership" in said:
        return failure(Exit.IO, "no-repository", "git does not trust this repository: it belongs to somebody else", hint="git config --global --add safe.directory PATH", file=str(folder))
    return failure(Exit.IO, "git", f"git {words[0]} failed: {said.strip().splitlines()[-1] if said.strip() else 'without a word'}", file=str(folder))


def commit(repository: Repository, revision: str) -> Commit:
    """The commit that a revision names: a hash, a branch, a tag, ``HEAD~3``; or a day, the last commit up to its end.

    Raises:
        TargettrackError: there is none (exit 5).

    """
    shown = f"--format=%H{_SEPARATOR}%an{_SEPARATOR}%as"
    try:
        _git(repository.top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except TargettrackError:
        found = b""
    else:
        found = _git(repository.top, "log", "-1", shown, "--end-of-options", revision)
    if not found and _is_day(revision):
        found = _git(repository.top, "log", "-1", shown, f"--until={revision}T23:59:59", "HEAD")
    if not found:
        shallow = _git(repository.top, "rev-parse", "--is-shallow-repository").strip() == b"true"
        hint = "this is a shallow clone: git fetch --unshallow brings the rest" if shallow else "name a commit, a branch, a tag, or a day such as 2026-01-31"
        raise failure(Exit.IO, "no-revision", f'git knows no revision "{revision}"', hint=hint, file=str(repository.top))
    return _commit(found.decode().rstrip("\n"))


def _is_day(text: str) -> bool:
    return len(text) == 10 and text.replace("-", "").isdigit()


def _commit(line: str) -> Commit:
    hash, author, day = line.split(_SEPARATOR)
    return Commit(hash, author, day)


def since(repository: Repository, old: Commit) -> list[Commit]:
    """The commits after one that touch the folder, the oldest first."""
    found = _git(repository.top, "log", "--reverse", "--topo-order", f"--format=%H{_SEPARATOR}%an{_SEPARATOR}%as", f"{old.hash}..HEAD", "--", repository.folder or ".")
    return [_commit(line) for line in found.decode(errors="replace").splitlines()]


def renamed(repository: Repository, old: Commit) -> dict[str, str]:
    """Which file of today (by its path in the repository) had which path at a commit, where it was another one."""
    found = _git(repository.top, "diff-index", "--cached", "--find-renames", "--diff-filter=R", "--name-status", "-z", old.hash, "--", repository.folder or ".")
    words = found.decode(errors="replace").split("\0")[:-1]
    return {words[at + 2]: words[at + 1] for at in range(0, len(words) - 2, 3)}


def gone(repository: Repository, at: Commit, there: AbstractSet[str]) -> list[str]:
    """The programs of a commit that are no file of the folder any more, under any name; by their paths in the repository."""
    found = _git(repository.top, "ls-tree", "--name-only", "-z", at.hash, *(("--", repository.folder) if repository.folder else ())).decode(errors="replace")
    kept = there | set(renamed(repository, at).values())
    names = [name for name in found.split("\0") if name.endswith(".toml") and name not in kept]
    return [name for name, loaded in zip(names, programs(repository, [(at, name) for name in names]), strict=True) if loaded is not None]


def versions(repository: Repository, old: Commit, now: Loaded) -> list[tuple[str, Program]]:
    """A program as it was at a commit, at each commit since then that changed it, and as it is, each with who made it so; only the last if it was not there."""
    path = repository.file(Path(now.program.file))
    before = renamed(repository, old).get(path, path)
    commits = [old, *since(repository, old)]
    found = zip(commits, programs(repository, [(at, path) for at in commits]), programs(repository, [(at, before) for at in commits]), strict=True)
    known = [(at, newer or older) for at, newer, older in found]
    if known[0][1] is None:
        return [("", now.program)]
    told = [(f"{at.short}, {at.author}, {at.day}", loaded.program) for at, loaded in known if loaded is not None]
    return [*told, ("not committed yet", now.program)]


def programs(repository: Repository, wanted: Sequence[tuple[Commit, str]]) -> Iterator[Loaded | None]:
    """A file as it was at a commit, for each pair; None where it was not there, or was no sound program."""
    asked = "".join(f"{at.hash}:{path}\n" for at, path in wanted)
    found = _git(repository.top, "cat-file", "--batch", given=asked.encode())
    place = 0
    for _, path in wanted:
        end = found.index(b"\n", place)
        head = found[place:end].split(b" ")
        if head[-1] == b"missing" or head[-2] != b"blob":
            place = end + 1
            yield None
            continue
        size = int(head[-1])
        data = found[end + 1 : end + 1 + size]
        place = end + 1 + size + 1
        try:
            yield store.understood(Path(path), data)
        except TargettrackError:
            yield None
