"""History: git, which knows the programs as they were; it is only asked: nothing is written, checked out, fetched or run."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from targettrack.errors import Exit, TargettrackError, failure
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.program import model, toml
from targettrack.program.model import Program
from targettrack.program.shelf import Loaded, Shelf, Unreadable
from targettrack.regex import regex
from targettrack.revisions.authorship import Commit
from targettrack.store import beside, git, load, signature
from targettrack.store.beside import Beside
from targettrack.store.git import Repository
from targettrack.store.signature import Signature
from targettrack.wording.cut import Cut

_ENTRY = regex(r"([0-9a-f]{40,64})((?: [0-9a-f]{40,64})*) ?\n(.*)", re.DOTALL)
_SHOWN = "--format=%H %P%n%aN"
"""The hash, the parents, and the author's name as ``.mailmap`` has it."""


def commit(repository: Repository, revision: str) -> Commit:
    """The commit that a revision names: a hash, a branch, a tag, ``HEAD~3``; or a day, the newest commit of the first-parent line that is not after it.

    Raises:
        TargettrackError: there is none (exit 5).

    """
    day = day_of(repository, revision)
    hash = _hash(repository, f"{revision}^{{commit}}") if day is None else _by_day(repository, day)
    if hash is None:
        hint = tr("name a commit, a branch, a tag, or a day such as 2026-01-31")
        if is_shallow(repository):
            hint = tr(
                "this is a shallow clone: git fetch --unshallow brings the rest, and in a workflow fetch-depth: 0 at the checkout"
            )
        said = tr('git knows no revision "{revision}"', revision=revision)
        said = said if day is None else tr("{said}: it has no commit up to the end of that day", said=said)
        raise failure(Exit.IO, "no-revision", said, hint=hint, file=str(repository.top))
    return replace(_commits(repository, "-1", hash, "--")[0], edge=False)


def _hash(repository: Repository, name: str) -> str | None:
    try:
        found = git.ask(repository.top, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
    except TargettrackError:
        return None
    return found if re.fullmatch("[0-9a-f]+", found) else None


def day_of(repository: Repository, revision: str) -> date | None:
    """The day that a revision means, as 2026-01-31; None where it is none, or where git knows a revision of that name."""
    try:
        day = date.fromisoformat(revision)
    except ValueError:
        return None
    return day if day.isoformat() == revision and _hash(repository, f"{revision}^{{commit}}") is None else None


_EPOCH = date(1970, 1, 1)
_LOOK = 64


def _by_day(repository: Repository, day: date) -> str | None:
    """The newest commit of the first-parent line whose committer's day, in the committer's own zone, is not after a day.

    Each commit's day is asked of its own bytes: git compares instants, in the zone of whoever asks.
    """
    if _hash(repository, "HEAD^{commit}") is None:
        return None
    end = ((day - _EPOCH) + timedelta(days=2)).total_seconds()  # whatever began later is after it in every zone
    line = (
        entry.partition(" ")
        for entry in git.ask(repository.top, "log", "--first-parent", "--format=%H %ct", "HEAD", "--")
        .decode(errors="replace")
        .splitlines()
    )
    near = [hash for hash, _, seconds in line if seconds.isascii() and seconds.isdigit() and int(seconds[:19]) < end]
    for place in range(0, len(near), _LOOK):
        signed = git.signatures(repository.top, near[place : place + _LOOK])
        found = next(
            (hash for hash, signature in signed.items() if signature.day and signature.day <= day.isoformat()), None
        )
        if found:
            return found
    return None


def _commits(repository: Repository, *words: str) -> list[Commit]:
    """The commits that ``git log`` lists."""
    said = git.ask(repository.top, "log", "-z", _SHOWN, *words).decode(errors="replace")
    found = [entry.groups() for entry in map(_ENTRY.fullmatch, said.split("\0")) if entry]
    signed = git.signatures(repository.top, [hash for hash, _, _ in found])
    return [_commit(repository, entry, signed[entry[0]]) for entry in found]


def _commit(repository: Repository, entry: Sequence[str], signed: Signature) -> Commit:
    """A commit as the log shows it, the one and only thing that knows ``.mailmap``, and as it was signed."""
    hash, parents, name = entry
    author = (name.strip() or None) if signed.regular else signed.author
    return Commit(hash, author, signed.day, tuple(parents.split()), edge=hash in repository.edges)


def start(repository: Repository, old: Commit) -> Commit | Cut:
    """The commit from which HEAD and an older version parted: what the other side did since then is not taken back here.

    Where the history is cut off so that it cannot be told, for a nearer one may lie behind the cut, that.
    """
    if follows(repository, old):
        return old
    base = _base(repository, old, "HEAD")
    hidden = git.inside(repository, f"{old.hash}...HEAD")
    if hidden and (base is None or base != _hash(repository, "HEAD^{commit}")):
        return Cut("parting", hidden)
    return _commits(repository, "-1", base, "--")[0] if base else old


def _base(repository: Repository, old: Commit, until: str) -> str | None:
    try:
        found = git.ask(repository.top, "merge-base", old.hash, until).decode().split()
    except TargettrackError:
        return None
    return found[0] if found else None


def unjoined(repository: Repository, old: Commit, until: str) -> Cut | None:
    """The cut, where nothing joins two commits for a history that is cut off: nobody knows whether one led to the other."""
    hidden = git.inside(repository, f"{old.hash}...{until}")
    return Cut("parting", hidden) if hidden and _base(repository, old, until) is None else None


def since(repository: Repository, old: Commit, paths: Sequence[str], until: str = "HEAD") -> list[Commit]:
    """The commits after one, up to another, that touch any of these paths, the oldest first, each with those of them that it follows.

    One at the edge of a history that is cut off is among them wherever it has one of these files, for nobody knows what it changed.
    """
    return _commits(repository, "--reverse", "--topo-order", "--parents", f"{old.hash}..{until}", "--", *paths)


def removed(repository: Repository, old: Commit, path: str, until: str) -> tuple[Commit, ...]:
    """The commit that removed a file; where none that can be seen did, those at the edges behind which it happened."""
    last = since(repository, old, [path], until)[-1:]
    edges = git.inside(repository, f"{old.hash}..{until}")
    if edges and not (last and not last[0].edge and not has(repository, last[0].hash, path)):
        return tuple(Commit(hash, None, None, edge=True) for hash in edges)
    return tuple(last)


def follows(repository: Repository, old: Commit, until: str = "HEAD") -> bool:
    """Whether one commit is among those that led to another."""
    return git.ask(repository.top, "rev-list", "--max-count=1", old.hash, f"^{until}", "--").strip() == b""


def is_shallow(repository: Repository) -> bool:
    """Whether the clone has only the newest part of the history."""
    return git.ask(repository.top, "rev-parse", "--is-shallow-repository").strip() == b"true"


def shelf(repository: Repository, at: Commit) -> Shelf:
    """The programs of the targets folder as they were at a commit."""
    there = _entries(repository, at.hash, [repository.folder] if repository.folder else [])
    programs = {path: entry for path, entry in there.items() if load.is_named(Path(path).name)}
    wanted = {path: name for path, (mode, name) in programs.items() if mode != _LINK}
    for path in programs.keys() - wanted.keys():
        wanted.update(dict.fromkeys([path], *_objects(repository, at.hash, [behind(repository, at, path)]).values()))
    loaded: list[Loaded] = []
    unreadable: list[Unreadable] = []

    def entry(found: str) -> tuple[str, str] | None:
        return _entries(repository, at.hash, [found]).get(found)

    for (path, _), data in _contents(repository, wanted.items()).items():
        try:
            found = _understood(path, data, _beside(repository, path, data, entry))
        except TargettrackError as error:
            unreadable.append(Unreadable(Path(path).stem, path, error.problems))
        else:
            loaded += [found] if found else []
    return Shelf(
        repository.folder.rstrip("/") or ".",
        tuple(sorted(loaded, key=lambda entry: entry.program.id)),
        tuple(unreadable),
    )


def staged(repository: Repository, folder: str) -> Shelf:
    """The programs of the targets folder as they are staged: in the index, which the next commit takes; as files of ``folder``, whatever lies there."""
    there = _staged(repository)
    behind_it = {
        path: there[_behind(repository, path, there.get)]
        for path in there
        if f"{repository.folder}{Path(path).name}" == path and load.is_named(Path(path).name)
    }
    contents = _contents(
        repository, ((path, name) for path, (mode, name) in behind_it.items() if mode.startswith(_FILE))
    )
    loaded: list[Loaded] = []
    unreadable: list[Unreadable] = []
    for path, (mode, name) in sorted(behind_it.items(), key=lambda entry: (Path(entry[0]).stem, entry[0])):
        shown = Path(folder, Path(path).name)
        try:
            data = contents.get((path, name))
            found = (
                _not_staged(shown, mode)
                if data is None
                else load.understood(shown, data, _beside(repository, path, data, there.get))
            )
        except TargettrackError as error:
            unreadable.append(Unreadable(shown.stem, str(shown), error.problems))
        else:
            loaded += [found] if found else []
    return Shelf(folder, tuple(loaded), tuple(unreadable))


def _staged(repository: Repository) -> dict[str, tuple[str, str]]:
    """The modes and objects in the index, by path; what was only announced (``git add -N``) is not in it, and what is not merged has the mode ``000000``."""
    nothing = git.ask(repository.top, "hash-object", "-t", "tree", "--stdin", given=b"").decode().strip()
    words = (
        "diff-index",
        "--cached",
        "--raw",
        "-z",
        "--no-renames",
        "--no-abbrev",
        "--ita-invisible-in-index",
        "-O/dev/null",
        nothing,
        "--",
    )
    said = os.fsdecode(git.ask(repository.top, *words, surroundings=git.index(repository))).split("\0")
    entries = ((head.split(" "), path) for head, path in zip(said[::2], said[1::2], strict=False))
    return {path: (mode, name) for (_, mode, _, name, _), path in entries}


def _not_staged(path: Path, mode: str) -> Loaded | None:
    """Why an entry of the index is no file."""
    if mode == _UNMERGED:
        raise failure(
            Exit.INVALID,
            "conflict-markers",
            tr("two versions of this file were not merged"),
            hint=tr("choose what stays, then git add the file"),
            file=str(path),
        )
    raise failure(
        Exit.INVALID,
        "unreadable",
        tr("what is staged is a link to something that is not staged"),
        hint=tr("git add the file behind the link, or stage the program as a file"),
        file=str(path),
    )


@frozen(eq=True)
class Edition:
    """How a file stands in git: the last commit that touched it (None where none did; one at an edge hides which it was), and whether it differs from what is committed.

    ``before`` and ``after`` are the objects of the file before that commit, where that is known, and since then. ``linked`` says that it has links: then the commit may have touched their files alone, and whether it differs is true of them too.
    """

    commit: Commit | None
    changed: bool = True
    before: str | None = None
    after: str | None = None
    linked: bool = False


class Homes:
    """What git knows of files: the repository that each is in, and its edition, each asked for once."""

    def __init__(self) -> None:
        self._known: dict[Path, Repository | None] = {}
        self._editions: dict[Path, Edition | None] = {}

    def of(self, path: Path) -> Repository | None:
        """The repository that a file is in, of a link the file behind it; None where it is in none.

        Raises:
            TargettrackError: there is no git here, or it does not answer (exit 5).

        """
        folder = path.resolve().parent
        if folder not in self._known:
            self._known[folder] = _home(folder)
        return self._known[folder]

    def edition(self, path: Path, text: str) -> Edition | None:
        """The edition of a file whose text was read, with the files that it links; None where it is in no repository.

        Raises:
            TargettrackError: there is no git here, or it does not answer (exit 5).

        """
        if path not in self._editions:
            repository = self.of(path)
            self._editions[path] = _with_links(repository, path.resolve(), text) if repository else None
        return self._editions[path]


def _home(folder: Path) -> Repository | None:
    try:
        return git.repository(folder)
    except TargettrackError as error:
        if error.problems[0].code == "no-repository":
            return None
        raise


def edition(path: Path, text: str) -> Edition | None:
    """The edition of a file whose text was read, of a link that of the file behind it; None where it is in no repository.

    Line ends do not count, for git may change them; no filter that the worktree may have is run.

    Raises:
        TargettrackError: there is no git here, or it does not answer (exit 5).

    """
    return Homes().edition(path, text)


def committed(path: Path) -> str:
    """What the newest commit has of a file, in plain line ends; empty where it has none, and where the file is in no repository.

    Raises:
        TargettrackError: there is no git here, or it does not answer (exit 5).

    """
    repository = Homes().of(path)
    if repository is None or _hash(repository, "HEAD^{commit}") is None:
        return ""
    name = f"{repository.folder}{path.resolve().name}"
    there = _objects(repository, "HEAD", [name]).get(name)
    if there is None:
        return ""
    data = _contents(repository, [(name, there)])[name, there]
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


_RAW = regex(r"\n?:(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])\d*")


def _with_links(repository: Repository, path: Path, text: str) -> Edition:
    """The edition of a file and of those that it links."""
    found = _edition(repository, path.name, text)
    name = f"{repository.folder}{path.name}"
    linked = [each for each in beside.named(name, text.encode()).values() if not each.startswith("../")]
    if not linked or found.commit is None:
        return found
    real = [_behind(repository, each, lambda at: _entries(repository, "HEAD", [at]).get(at)) for each in linked]
    commit = _commits(repository, "-1", "HEAD", "--", name, *linked, *real)[0]
    there = _objects(repository, "HEAD", real)
    same = all(each in there and _is(repository.top / each, there[each]) for each in real)
    return replace(found, commit=commit, changed=found.changed or not same, linked=True)


def _is(path: Path, object: str) -> bool:
    """Whether a file has the bytes of an object of git, in whatever line ends git keeps them."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    kind = "sha1" if len(object) == 40 else "sha256"
    return any(
        hashlib.new(kind, b"blob %d\0" % len(each) + each, usedforsecurity=False).hexdigest() == object
        for each in (data, data.replace(b"\r\n", b"\n"))
    )


def _edition(repository: Repository, file: str, text: str) -> Edition:
    name = f"{repository.folder}{file}"
    try:
        words = ("log", "-z", "-1", "--raw", "--no-abbrev", "--no-renames", _SHOWN, "HEAD", "--", name)
        said = git.ask(repository.top, *words).decode(errors="replace").split("\0")
    except TargettrackError:
        if _hash(repository, "HEAD^{commit}") is not None:
            raise
        return Edition(None)  # nothing is committed yet
    entry, raw = _ENTRY.fullmatch(said[0]), next(filter(None, map(_RAW.fullmatch, said[1:])), None)
    there = (
        raw[4] if raw and raw[2].startswith(_FILE) else None if raw else _objects(repository, "HEAD", [name]).get(name)
    )
    if entry is None or there is None:
        return Edition(None)
    found = git.objects(repository.top, [entry[1], there])
    if entry[1] not in found or there not in found:
        raise _lost(repository, name, there)
    commit = _commit(repository, entry.groups(), signature.signature(found[entry[1]][1]))
    before = raw[3] if raw and raw[1].startswith(_FILE) else None
    return Edition(commit, _lines(found[there][1]) != _lines(text.encode()), before, there)


def came(repository: Repository, path: str) -> Commit | None:
    """The commit with which a file came; None where none brought it."""
    if _hash(repository, "HEAD^{commit}") is None:
        return None
    found = _commits(repository, "--diff-filter=A", "HEAD", "--", path)
    return found[-1] if found else None


def _lines(data: bytes) -> list[bytes]:
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")


@frozen(eq=True)
class Renames:
    """The files that were renamed since a commit, from and to: step by step, the newest first; and at once."""

    steps: tuple[tuple[str, str], ...]
    direct: tuple[tuple[str, str], ...]

    def names(self, path: str) -> list[str]:
        """The paths that a file had; the first is that of now, the last the one at the commit."""
        paths = [path]
        for before, after in self.steps:
            if after == paths[-1]:
                paths.append(before)
        first = next((before for before, after in self.direct if after == path), path)
        return [*(each for each in paths if each != first), first]


def renames(repository: Repository, old: Commit, until: Commit | None = None) -> Renames:
    """What git finds renamed since a commit, up to another, or with what is staged; what was renamed behind an edge is found there."""
    head = until.hash if until else "HEAD"
    direct = (
        _renamed(repository, "diff-tree", "-r", old.hash, head)
        if until
        else _renamed(repository, "diff-index", "--cached", old.hash)
    )
    steps = [] if until else _renamed(repository, "diff-index", "--cached", "HEAD")
    steps += _renamed(repository, "log", "--format=", f"{old.hash}..{head}")
    steps += [
        pair
        for edge in git.inside(repository, f"{old.hash}..{head}")
        for pair in _renamed(repository, "diff-tree", "-r", old.hash, edge)
    ]
    return Renames(tuple(steps), tuple(direct))


def _renamed(repository: Repository, command: str, *words: str) -> list[tuple[str, str]]:
    """Files that were renamed: from and to. Only trees and the index are compared: the filters that a worktree may have are not run."""
    said = os.fsdecode(
        git.ask(
            repository.top,
            command,
            "-z",
            "--find-renames",
            "--diff-filter=R",
            "--name-status",
            "-O/dev/null",
            "-l1000",
            *words,
            "--",
            surroundings=git.index(repository),
        )
    )
    found = [word.lstrip("\n") for word in said.split("\0") if word.strip("\n")]
    return list(zip(found[1::3], found[2::3], strict=True))


def gone(repository: Repository, at: Commit, kept: AbstractSet[str]) -> list[str]:
    """The programs of a commit that are no file of the folder any more, under any name; by their paths in the repository."""
    there = _objects(repository, at.hash, [repository.folder] if repository.folder else [])
    found = {
        path: name
        for path, name in there.items()
        if path not in kept and path.endswith(".toml") and re.fullmatch(model.ID, Path(path).stem)
    }
    known = _programs(repository, ((path, name, at.hash) for path, name in found.items()))
    return [path for path, name in found.items() if known[path, name, at.hash] is not None]


@frozen(eq=True)
class Past:
    """A program's versions, the oldest first; and the places of those that each one was made from.

    ``commits`` are those that made them so (None for the last, which is as it is now, and for one that is not of this history). ``path`` is where it lay first; ``unread`` says that it lay there and could not be read: then the versions begin with the first sound one since.
    """

    versions: tuple[Program, ...]
    parents: tuple[tuple[int, ...], ...]
    path: str
    unread: bool = False
    commits: tuple[Commit | None, ...] = (None,)


def past(
    repository: Repository,
    old: Commit,
    renamed: Renames,
    now: Loaded,
    until: str = "HEAD",
    path: str | None = None,
    link: str | None = None,
) -> Past:
    """A program as it was at a commit, at each commit since then (up to another) that changed it, and as it is ``now``; only the last if it was not there. ``path`` is where it lies in the repository, if not as a file; ``link`` that of the link that leads there, for it may have been a file.

    Raises:
        TargettrackError: git does not have it as it was (exit 5).

    """
    paths = renamed.names(path or repository.file(Path(now.program.file)))
    paths += [name for name in (renamed.names(link) if link else ()) if name not in paths]
    commits, there = _touched(repository, old, paths, until)
    contents = _contents(repository, there.values())
    if linked := [path for path in _linked(repository, contents, (old.hash, until)) if path not in paths]:
        commits, there = _touched(repository, old, paths, until, linked)
        contents = _contents(repository, there.values())
    if old.hash not in there:
        return Past((now.program,), ((),), paths[-1])
    known = _programs(repository, ((*lies, hash) for hash, lies in there.items()), contents)
    versions: list[Program] = []
    made: list[Commit | None] = []
    parents: list[tuple[int, ...]] = []
    places: dict[str, tuple[int, ...]] = {}
    for hash in (*(hash for hash in there if hash not in commits), *commits):
        commit = commits.get(hash)
        made_from = tuple(
            dict.fromkeys(place for parent in (commit.parents if commit else ()) for place in places.get(parent, ()))
        )
        sound = known[*there[hash], hash] if hash in there else None
        if sound is None:
            places[hash] = made_from
        else:
            places[hash] = (len(versions),)
            versions.append(sound)
            made.append(commit)
            parents.append(made_from or ((0,) if commit and len(versions) > 1 else ()))
    head = places[next(reversed(places))] or ((0,) if versions else ())
    return Past(
        (*versions, now.program),
        (*parents, head),
        there[old.hash][0],
        unread=known[*there[old.hash], old.hash] is None,
        commits=(*made, None),
    )


def _touched(
    repository: Repository, old: Commit, paths: Sequence[str], until: str, linked: Sequence[str] = ()
) -> tuple[dict[str, Commit], dict[str, tuple[str, str]]]:
    """The commits since one that touched a program, under any of its paths, or a file that it links; and where it lay at them, at the one and at those that they followed, with its object."""
    commits = {commit.hash: commit for commit in since(repository, old, [*paths, *linked], until)}
    outside = [hash for commit in commits.values() for hash in commit.parents if hash not in commits]
    outside += (
        [] if commits or follows(repository, old, until) else [_hash(repository, f"{until}^{{commit}}") or old.hash]
    )
    hashes = list(dict.fromkeys((old.hash, *outside, *commits)))
    there = _lying(repository, hashes, paths)
    return commits, {hash: there[hash] for hash in hashes if hash in there}


def _linked(repository: Repository, contents: Mapping[tuple[str, str], bytes], revisions: Sequence[str]) -> list[str]:
    """The paths of the files that programs link, by their own paths and objects; of those that are links at one of these revisions, also of the files behind them."""
    found = (beside.named(path, data).values() for (path, _), data in contents.items())
    paths = dict.fromkeys(path for paths in found for path in paths if not path.startswith("../"))
    behind_them = (
        _behind(repository, path, lambda found, at=at: _entries(repository, at, [found]).get(found))  # type: ignore[misc]
        for path in paths
        for at in revisions
    )
    return list(dict.fromkeys((*paths, *behind_them)))


def _objects(repository: Repository, hash: str, paths: Sequence[str]) -> dict[str, str]:
    """The names of the objects that git keeps of these files (of all at the top, without any) at a commit, by path; of links nothing."""
    return {path: name for path, (mode, name) in _entries(repository, hash, paths).items() if mode != _LINK}


_FILE, _LINK, _UNMERGED = "100", "120000", "000000"


def _entries(repository: Repository, hash: str, paths: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The modes and objects of these files and links (of all at the top, without any) at a commit, by path."""
    listed = os.fsdecode(git.ask(repository.top, "ls-tree", "-z", hash, *(("--", *paths) if paths else ())))
    entries = [
        (head.split(" "), path) for head, _, path in (entry.partition("\t") for entry in listed.split("\0") if entry)
    ]
    return {path: (head[0], head[2]) for head, path in entries if head[1] == "blob"}


def hidden(repository: Repository) -> list[str]:
    """The files of the folder that git knows and keeps out of the worktree: those of a sparse checkout."""
    listed = os.fsdecode(
        git.ask(repository.top, "ls-files", "-t", "-z", "--", *([repository.folder] if repository.folder else []))
    )
    return [entry[2:] for entry in listed.split("\0") if entry.startswith("S ")]


def has(repository: Repository, revision: str, path: str) -> bool:
    """Whether a file, or a link, is there at a revision."""
    return path in _entries(repository, revision, [path])


def behind(repository: Repository, at: Commit, path: str) -> str:
    """The file that a path stood for at a commit: of a link, the one behind it, if that is in the repository too; else the path itself."""
    return _behind(repository, path, lambda found: _entries(repository, at.hash, [found]).get(found))


def _behind(repository: Repository, path: str, entry: Callable[[str], tuple[str, str] | None]) -> str:
    found = path
    for _ in range(5):
        there = entry(found)
        if there is None:
            return path
        mode, name = there
        if mode != _LINK:
            return found
        aim = os.fsdecode(git.ask(repository.top, "cat-file", "blob", name))
        found = posixpath.normpath(posixpath.join(posixpath.dirname(found), aim))
        if posixpath.isabs(aim) or found.startswith("../"):
            return path
    return path


def _lying(repository: Repository, hashes: Sequence[str], paths: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What ``_lay`` says of each commit; nothing of one at which the file was not there."""
    if any("\n" in path for path in paths):  # no question of many lines can name it
        return {hash: found for hash in hashes if (found := _lay(repository, hash, paths))}
    objects = git.files(repository.top, hashes, paths)
    return {
        hash: next((path, objects[hash, path]) for path in reversed(paths) if (hash, path) in objects)
        for hash in hashes
        if any((hash, path) in objects for path in paths)
    }


def _lay(repository: Repository, hash: str, paths: Sequence[str]) -> tuple[str, str] | None:
    """Under which of its paths a file lay at a commit, the oldest of them that was there, and the name of the object."""
    found = _objects(repository, hash, paths)
    return next(((path, found[path]) for path in reversed(paths) if path in found), None)


def _programs(
    repository: Repository,
    wanted: Iterable[tuple[str, str, str]],
    contents: Mapping[tuple[str, str], bytes] | None = None,
) -> dict[tuple[str, str, str], Program | None]:
    """Files by path, object and commit, as the programs that they said; None where one was no sound program. Their ``contents`` may have been read already.

    Raises:
        TargettrackError: git does not have one of them (exit 5).

    """
    asked = list(dict.fromkeys(wanted))
    if contents is None:
        contents = _contents(repository, ((path, name) for path, name, _ in asked))
    linked = {(path, hash): named for path, name, hash in asked if (named := beside.named(path, contents[path, name]))}
    hashes, paths = {hash for _, hash in linked}, {where for named in linked.values() for where in named.values()}
    objects = git.files(repository.top, list(hashes), [where for where in paths if not where.startswith("../")])

    def files(path: str, hash: str) -> Beside | None:
        if (path, hash) not in linked:
            return None
        kept = ((each, where, _kept(repository, where, hash, objects)) for each, where in linked[path, hash].items())
        return Beside(repository.top, tuple(kept))

    return {(path, name, hash): _sound(path, contents[path, name], files(path, hash)) for path, name, hash in asked}


def _kept(repository: Repository, where: str, hash: str, objects: Mapping[tuple[str, str], str]) -> str | None:
    """The object of a linked file at a commit, of those that were asked for at once; else of the file behind it, if it is a link."""
    if where.startswith("../"):
        return None
    return objects.get((hash, where)) or _object(
        repository, where, lambda found: _entries(repository, hash, [found]).get(found)
    )


def _object(repository: Repository, where: str, entry: Callable[[str], tuple[str, str] | None]) -> str | None:
    """The object of a file, or of that behind a link, by what tells the mode and the object at a path."""
    found = None if where.startswith("../") else entry(_behind(repository, where, entry))
    return found[1] if found and found[0].startswith(_FILE) else None


def _beside(
    repository: Repository, path: str, data: bytes, entry: Callable[[str], tuple[str, str] | None]
) -> Beside | None:
    """The linked files of a program that may be a link itself, by what tells the mode and the object at a path; None where it has no links."""
    if not beside.named(path, data):
        return None
    files = beside.named(_behind(repository, path, entry), data)
    return Beside(
        repository.top, tuple((file, where, _object(repository, where, entry)) for file, where in files.items())
    )


def _contents(repository: Repository, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    """Files by path and object, as bytes.

    Raises:
        TargettrackError: git does not have one of them (exit 5).

    """
    asked = list(dict.fromkeys(wanted))
    try:
        found = git.objects(repository.top, [name for _, name in asked])
    except TargettrackError:
        found = {}
    missing = next(((path, name) for path, name in asked if name not in found), None)
    if missing:
        raise _lost(repository, *missing)
    return {(path, name): found[name][1] for path, name in asked}


def _lost(repository: Repository, path: str, object: str) -> TargettrackError:
    message = tr("git does not have {path} as it was (its object {object})", path=path, object=object[:9])
    hint = tr("the clone is a partial one, or damaged: clone it whole")
    return failure(Exit.IO, "no-object", message, hint=hint, file=str(repository.top))


def last(repository: Repository, now: Loaded, edition: Edition) -> Past | None:
    """A program before its last commit, as that left it, and as it is now; None where there was no sound program before it.

    Raises:
        TargettrackError: git does not have it as it was (exit 5).

    """
    path = f"{repository.folder}{Path(now.program.file).resolve().name}"
    if edition.linked:
        return _last_linked(repository, now, edition, path)
    names = [name for name in (edition.before, edition.after if edition.changed else None) if name]
    if edition.commit is None or edition.before is None:
        return None
    found = _programs(repository, [(path, name, edition.commit.hash) for name in names])
    versions = [found[path, name, edition.commit.hash] for name in names]
    sound = [version for version in versions if version is not None]
    if not sound or versions[0] is None:
        return None
    middle = (edition.commit,) if len(sound) > 1 else ()
    made = (None, *middle, edition.commit if not edition.changed else None)
    return Past((*sound, now.program), ((), *((place,) for place in range(len(sound)))), path, commits=made)


def _last_linked(repository: Repository, now: Loaded, edition: Edition, path: str) -> Past | None:
    """As ``last``, of a program with links: its last commit may have changed them alone."""
    if edition.commit is None or not edition.commit.parents:
        return None
    hashes = [edition.commit.parents[0], *([edition.commit.hash] if edition.changed else [])]
    lies = [found for hash in hashes if (found := _lay(repository, hash, [path]))]
    if len(lies) < len(hashes):
        return None
    wanted = [(*each, hash) for each, hash in zip(lies, hashes, strict=True)]
    known = _programs(repository, wanted)
    sound = [version for each in wanted if (version := known[each]) is not None]
    if len(sound) < len(wanted):
        return None
    made = (None, *([edition.commit] if edition.changed else []), None if edition.changed else edition.commit)
    return Past((*sound, now.program), ((), *((place,) for place in range(len(sound)))), path, commits=made)


@lru_cache(maxsize=64)
def _understood(path: str, data: bytes, files: Beside | None) -> Loaded | None:
    """A file as it was; the same bytes are asked for as a side of a comparison, and as a version of their program."""
    found = None if files else load.shared(Path(path), toml.decoded(data, path))
    return found or load.understood(Path(path), data, files)


def _sound(path: str, data: bytes, files: Beside | None) -> Program | None:
    try:
        loaded = _understood(path, data, files)
    except TargettrackError:
        return None
    return loaded.program if loaded else None
