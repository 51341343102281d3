"""Site: a folder of pages that is written as a whole: all files are made aside and then take their places; what somebody else put there, or changed, is never touched.

The folder has a list of what was written into it, with the digest of each file, as ``sha256sum -c`` reads it. By that list a later run knows its own
files from others, and those that no page has any more. While files change places the list has the digests of both, so that a run that is killed
leaves nothing behind that the next one would not know.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from targettrack.errors import Exit, TargettrackError, failure, not_written
from targettrack.frozen import frozen
from targettrack.language import tr

LIST = "targettrack-site.sha256"
_ASIDE = ".targettrack-new"


@frozen(eq=True)
class Published:
    """What became of a folder: the files written into it, those of an earlier run that were removed, and those that somebody had changed, and that were left."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]


@frozen(eq=True)
class Site:
    """A folder that is being written."""

    folder: Path
    known: Mapping[str, frozenset[str]]
    made: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> None:
        """Make a file aside; ``name`` is its path in the folder, with slashes."""
        place = self.folder / _ASIDE / name
        place.parent.mkdir(parents=True, exist_ok=True)
        _written(place, data)
        self.made[name] = _digest(data)

    def publish(self, decided: Callable[[], None]) -> Published:
        """Put all files in their places; ``decided`` is called once nothing stands against it, before the first.

        Raises:
            TargettrackError: a file is there that was not written by a run like this one, or that somebody changed (exit 5); then none is touched.

        """
        fresh = {name: digest for name, digest in self.made.items() if self._there(name) != digest}
        decided()
        both = {
            name: self.known.get(name, frozenset()) | ({self.made[name]} if name in self.made else set())
            for name in self.known.keys() | self.made.keys()
        }
        self._list(both)
        for name in fresh:
            place = self.folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            (self.folder / _ASIDE / name).replace(place)
        removed, left = self._cleared()
        self._list({name: frozenset({digest}) for name, digest in self.made.items()})
        return Published(tuple(self.made), removed, left)

    def _there(self, name: str) -> str | None:
        """The digest of the file that has a name, None where there is none.

        Raises:
            TargettrackError: it is not ours.

        """
        for parent in Path(name).parents[:-1]:
            if not _is(self.folder / parent, stat.S_ISDIR, absent=True):
                raise _not_ours(self.folder / parent)
        place = self.folder / name
        if not _is(place, stat.S_ISREG, absent=True):
            raise _not_ours(place)
        if not place.exists():
            return None
        digest = _digest(place.read_bytes())
        if digest not in {*self.known.get(name, ()), self.made.get(name)}:
            raise _not_ours(place)
        return digest

    def _cleared(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Remove what an earlier run wrote and this one did not; what was removed, and what was left, for somebody had changed it."""
        removed, left = [], []
        for name in sorted(self.known.keys() - self.made.keys()):
            try:
                there = self._there(name)
            except TargettrackError:
                left.append(name)
                continue
            if there is not None:
                (self.folder / name).unlink()
                removed.append(name)
                with contextlib.suppress(OSError):  # it is not empty
                    for parent in Path(name).parents[:-1]:
                        (self.folder / parent).rmdir()
        return tuple(removed), tuple(left)

    def _list(self, digests: Mapping[str, frozenset[str]]) -> None:
        lines = (f"{digest}  {name}\n" for name, all in sorted(digests.items()) for digest in sorted(all))
        place = self.folder / _ASIDE / LIST
        place.unlink(missing_ok=True)
        _written(place, "".join(lines).encode())
        place.replace(self.folder / LIST)


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[Site]:
    """A folder to be written, which is made where there is none; nothing of what was made aside stays behind.

    Raises:
        TargettrackError: it cannot be written (exit 5), or somebody else is writing it (exit 6).

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            shutil.rmtree(folder / _ASIDE, ignore_errors=True)  # of a run that was killed
            (folder / _ASIDE).mkdir()
            try:
                yield Site(folder, _known(folder))
            finally:
                shutil.rmtree(folder / _ASIDE, ignore_errors=True)
    except OSError as error:
        raise not_written(error, error.filename or folder) from None


if sys.platform == "win32":

    @contextlib.contextmanager
    def _alone(folder: Path) -> Iterator[None]:  # noqa: ARG001 - a folder cannot be locked there
        """Nobody is kept out."""
        yield

else:
    import fcntl

    @contextlib.contextmanager
    def _alone(folder: Path) -> Iterator[None]:
        """Keep every other run out of the folder, where the file system can."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = tr("somebody else is writing this site just now")
                hint = tr("wait until it is done, and run the command again")
                raise failure(Exit.LOCKED, "locked", message, hint=hint, file=str(folder)) from None
            except OSError:  # this file system cannot lock a folder
                pass
            yield
        finally:
            os.close(descriptor)


def _known(folder: Path) -> dict[str, frozenset[str]]:
    """The digests that each file of an earlier run may have, by its path; a line that is none of ours is passed over."""
    found: dict[str, frozenset[str]] = {}
    try:
        lines = (folder / LIST).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return found
    for line in lines:
        digest, _, name = line.partition("  ")
        path = Path(name)
        if name and not path.is_absolute() and ".." not in path.parts:
            found[name] = found.get(name, frozenset()) | {digest}
    return found


def _is(place: Path, kind: Callable[[int], bool], *, absent: bool) -> bool:
    """Whether what stands there, no link followed, is of a kind, or ``absent``."""
    try:
        return kind(place.lstat().st_mode)
    except FileNotFoundError:
        return absent


def _not_ours(place: Path) -> TargettrackError:
    return failure(
        Exit.IO,
        "not-ours",
        tr("this was not written by targettrack, or somebody has changed it since: it is not touched, and nothing was written"),
        hint=tr("move it away, or write the site into another folder"),
        file=str(place),
    )  # fmt: skip


def _written(place: Path, data: bytes) -> None:
    with place.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
