"""Git: the repository of a folder, and what git answers in it; nothing is written, checked out, fetched or run."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from targettrack.errors import Exit, TargettrackError, failure
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.regex import regex
from targettrack.store import signature
from targettrack.store.signature import Signature

_SAFE = (
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "log.showSignature=false",
    "-c",
    "i18n.logOutputEncoding=UTF-8",
)
_OURS = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
}
"""A missing object is not fetched: that would run whatever the repository's configuration names."""

_KEPT = regex(
    r"GIT_(?:CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH)"
)


@frozen(eq=True)
class Repository:
    """The repository that a targets folder is in; ``folder`` is the folder's path inside it.

    ``edges`` are the commits at which its history is cut off: they had parents that git does not show, for the clone is a shallow one, or for a graft.
    """

    top: Path
    folder: str
    edges: frozenset[str] = frozenset()

    def file(self, path: Path) -> str:
        """A file's path inside the repository; of a link, that of the file behind it."""
        real = path.resolve()
        return (
            str(real.relative_to(self.top))
            if path.is_symlink() and real.is_relative_to(self.top)
            else f"{self.folder}{path.name}"
        )


def repository(folder: Path) -> Repository:
    """The repository of a folder.

    Raises:
        TargettrackError: there is no git here, or the folder is in no repository (exit 5).

    """
    options, replaced = ("--show-toplevel", "--show-prefix", "--git-common-dir"), ("--symbolic", f"--glob={_REPLACED}*")
    said = os.fsdecode(ask(folder, "rev-parse", *options, *replaced)).removesuffix("\n").split("\n")
    if not all(name.startswith(_REPLACED) for name in said[len(options) :]):  # a folder has a line end in its name
        said = [os.fsdecode(ask(folder, "rev-parse", option)).removesuffix("\n") for option in options]
        said += os.fsdecode(ask(folder, "rev-parse", *replaced)).split("\n")
    top, prefix, common, *names = said
    return Repository(
        Path(top), prefix, _edges(Path(top), folder / common, {name.rpartition("/")[2] for name in names})
    )


_REPLACED = "refs/replace/"


def ask(folder: Path, *words: str, given: bytes | None = None, surroundings: Mapping[str, str] | None = None) -> bytes:
    """What git says to a command; paths stand behind ``--``, for a file may be called like a revision.

    Raises:
        TargettrackError: it refused, or cannot be run (exit 5).

    """
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _KEPT.fullmatch(name)
    }
    environment |= {**_OURS, **(surroundings or {})}
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *_SAFE, *words],  # noqa: S607
            input=given,
            capture_output=True,
            env=environment,
            check=False,
        )
    except OSError:
        raise failure(
            Exit.IO,
            "no-git",
            tr("git is not installed here, or cannot be run"),
            hint=tr("install git, or look without --since"),
        ) from None
    if done.returncode:
        raise _refused(folder, words, done.stderr.decode(errors="replace"))
    return done.stdout


def index(repository: Repository) -> dict[str, str]:
    """The index of a commit that is being made, as the surroundings of its hooks name it; nothing where they are those of no commit, or of another repository."""
    named = os.environ.get("GIT_INDEX_FILE")
    try:
        here = os.fsdecode(ask(Path(), "rev-parse", "--show-toplevel")).removesuffix("\n") if named else ""
    except TargettrackError:
        return {}
    return {"GIT_INDEX_FILE": named} if named and Path(here) == repository.top else {}


def _refused(folder: Path, words: Sequence[str], said: str) -> TargettrackError:
    if "not a git repository" in said:
        return failure(
            Exit.IO,
            "no-repository",
            tr("this folder is in no git repository: nobody knows how it was"),
            hint=tr("git init, and commit the programs"),
            file=str(folder),
        )
    if "must be run in a work tree" in said:
        return failure(
            Exit.IO,
            "no-repository",
            tr("this folder is in git's own folder, not in a work tree"),
            hint=tr("look in a clone"),
            file=str(folder),
        )
    if "dubious ownership" in said:
        message = tr("git does not trust this repository: it belongs to somebody else")
        return failure(
            Exit.IO, "not-trusted", message, hint="git config --global --add safe.directory PATH", file=str(folder)
        )
    first = next(
        (line for line in said.splitlines() if line.startswith(("fatal:", "error:"))),
        said.strip() or tr("without a word"),
    )
    return failure(Exit.IO, "git", tr("git {command} failed: {said}", command=words[0], said=first), file=str(folder))


# ---------------------------------------------------------------- commits as they are written


def objects(
    top: Path, names: Sequence[str], surroundings: Mapping[str, str] | None = None
) -> dict[str, tuple[bytes, bytes]]:
    """The kind and the bytes of objects, by their names; what git does not have is left out."""
    if not names:
        return {}
    asked = os.fsencode("".join(f"{name}\n" for name in names))
    said = ask(top, "cat-file", "--batch", given=asked, surroundings=surroundings)
    found: dict[str, tuple[bytes, bytes]] = {}
    place = 0
    for name in names:
        begun = said.find(b"\n", place) + 1
        words = said[place:begun].split()
        place = begun
        if words[-1].isdigit():  # else it is missing, or ambiguous
            place += int(words[2]) + 1
            found[name] = (words[1], said[begun : place - 1])
    return found


def files(top: Path, hashes: Sequence[str], paths: Sequence[str]) -> dict[tuple[str, str], str]:
    """The names of the objects that git keeps of files at commits, by commit and path, in one question however many they are; of links, and of paths with a line end in them, nothing."""
    folders = {path: posixpath.split(path) for path in paths if "\n" not in path}
    trees = objects(top, [f"{hash}:{folder}" for hash in hashes for folder in {each for each, _ in folders.values()}])
    found = {}
    for hash in hashes:
        for path, (folder, name) in folders.items():
            kind, data = trees.get(f"{hash}:{folder}", (b"", b""))
            if kind == b"tree" and (object := _entry(data, os.fsencode(name), len(hash) // 2)):
                found[hash, path] = object
    return found


def _entry(tree: bytes, name: bytes, size: int) -> str | None:
    """The object of a file in a tree as git stores it: for each entry its mode, its name and the ``size`` bytes of its object's name."""
    place = 0
    while place < len(tree):
        end = tree.index(b"\0", place)
        mode, _, its = tree[place:end].partition(b" ")
        place = end + 1 + size
        if its == name:
            return tree[end + 1 : place].hex() if mode.startswith(b"100") else None
    return None


def signatures(top: Path, hashes: Sequence[str], surroundings: Mapping[str, str] | None = None) -> dict[str, Signature]:
    """Who signed commits, when, and what they say that they followed; what git does not have is left out."""
    found = objects(top, hashes, surroundings)
    return {hash: signature.signature(data) for hash, (kind, data) in found.items() if kind == b"commit"}


def _edges(top: Path, common: Path, replaced: AbstractSet[str]) -> frozenset[str]:
    """The commits some of whose parents git does not show: those of them that a list of git's own names as cut off, or that are ``replaced``."""
    listed = {word for name in ("shallow", "info/grafts") for word in _first_words(common / name)} | replaced
    hashes = sorted(filter(re.compile("[0-9a-f]{40,64}").fullmatch, listed))
    if not hashes:
        return frozenset()
    said = ask(
        top,
        "rev-list",
        "--no-walk=unsorted",
        "--parents",
        "--ignore-missing",
        "--stdin",
        given="".join(f"{hash}\n" for hash in hashes).encode(),
    ).decode()
    shown = {words[0]: set(words[1:]) for words in map(str.split, said.splitlines())}
    written = signatures(top, hashes, {"GIT_NO_REPLACE_OBJECTS": "1"})
    return frozenset(
        hash for hash in hashes if hash in written and not shown.get(hash, set()) >= set(written[hash].parents)
    )


def _first_words(path: Path) -> Iterable[str]:
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return ()
    return (line.split()[0] for line in lines if line.strip() and not line.startswith("#"))


def inside(repository: Repository, range: str) -> tuple[str, ...]:
    """The commits of a range, as ``A..B`` or ``A...B``, at which the history is cut off."""
    if not repository.edges:
        return ()
    return tuple(
        hash for hash in ask(repository.top, "rev-list", range, "--").decode().split() if hash in repository.edges
    )
