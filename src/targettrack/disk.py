"""Disk: a file's bytes replaced whole and for good, while nobody else's work is lost.

The folder is locked, not the file (a rename changes the file's identity, and with it who waits for whom); the new bytes are written aside and brought to
the disk; the file must still be what was read; a rename puts the new one in its place; the folder is brought to the disk. Only then is anything said.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from targettrack.errors import Exit, TargettrackError, failure, reason
from targettrack.language import mark, tr

LOCK = ".targettrack.lock"
_ASIDE = ".targettrack-new"
_POLL = 0.02
_UNABLE = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF, errno.ENOLCK, errno.ENOTTY})
"""How a file system says that it does not have what is asked of it, rather than that it failed."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})

NO_FOLDER_LOCK = mark("this file system cannot lock a folder: only other writers of this program are kept away, by the file {file}")
NO_FOLDER_SYNC = mark("this file system cannot confirm that the folder is on the disk: after a power cut, look whether the figure is there")
_SPLIT_OWNER = mark("the file belongs to you now: its owner could not be kept")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file as it was read: ``path`` is the file itself, behind all links; ``state`` tells it from any later one."""

    named: Path
    path: Path
    data: bytes
    state: tuple[int, ...]


def snapshot(named: Path) -> Snapshot:
    """The file that a path leads to, as it is now.

    Raises:
        TargettrackError: it is not a regular file, has a second name, is read-only, or cannot be read (exit 5).

    """
    path = Path(os.path.realpath(named))
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise _refused(named, "not-a-file", tr("nothing was recorded: this is not a regular file"), tr("write the program into a plain file"))
        if found.st_nlink > 1:
            message = tr("nothing was recorded: this file has a second name (a hard link), which a safe write would separate from it")
            raise _refused(named, "hard-link", message, tr("make it a file of its own: copy it, and rename the copy over it"))
        data = path.read_bytes()
        after = path.lstat()
    except OSError as error:
        raise failure(Exit.IO, "unreadable", tr("cannot be read: {reason}", reason=reason(error)), hint=tr("check the file's permissions and links"), file=str(named)) from None
    if not os.access(path, os.W_OK):
        raise _refused(named, "read-only", tr("nothing was recorded: this file is read-only"), tr("make it writable, or ask who keeps it"))
    return Snapshot(named, path, data, _state(after))


def replaceable(named: Path) -> None:
    """Make sure, as far as it can be known before, that a file may be replaced; nothing is locked or written.

    Raises:
        TargettrackError: as ``snapshot``, or its folder cannot be written to (exit 5).

    """
    snapshot(named)
    if not os.access(home(named), os.W_OK | os.X_OK):
        raise _forbidden_or_failed(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), named)


def home(named: Path) -> Path:
    """The folder that a file is in, behind all links: the one to lock."""
    return Path(os.path.realpath(named)).parent


def _refused(path: Path, code: str, message: str, hint: str) -> TargettrackError:
    return failure(Exit.IO, code, message, hint=hint, file=str(path))


def _state(found: os.stat_result) -> tuple[int, ...]:
    return (found.st_dev, found.st_ino, found.st_mode, found.st_uid, found.st_gid, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Lock:
    """A folder that nobody else writes into: its descriptor (None where a platform opens no folders), and what the lock cannot promise."""

    folder: Path
    descriptor: int | None
    doubts: tuple[str, ...] = ()


@contextlib.contextmanager
def locked(folder: Path, patience: float, waiting: Callable[[], None]) -> Iterator[Lock]:
    """Keep every other writer out of a folder; ``waiting`` is called once, if somebody else is in it.

    Raises:
        TargettrackError: it was held for ``patience`` seconds (exit 6), or cannot be locked (exit 5).

    """
    with contextlib.ExitStack() as open_files:
        yield _locked(folder, patience, waiting, open_files)


def _locked(folder: Path, patience: float, waiting: Callable[[], None], open_files: contextlib.ExitStack) -> Lock:
    try:
        descriptor = _opened(folder, os.O_RDONLY, open_files) if sys.platform != "win32" else None
        if descriptor is not None and _wait(descriptor, folder, patience, waiting):
            return Lock(folder, descriptor)
        beside = _opened(folder / LOCK, os.O_RDWR | os.O_CREAT, open_files)
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.fchmod(beside, folder.stat().st_mode & 0o666)  # all who write into the folder must be able to lock it
        if not _wait(beside, folder, patience, waiting):
            raise failure(Exit.IO, "no-lock", tr("nothing was recorded: this file system cannot lock files"), hint=tr("keep the programs on a local disk"), file=str(folder))
    except OSError as error:
        raise _forbidden_or_failed(error, folder) from None
    return Lock(folder, descriptor, (tr(NO_FOLDER_LOCK, file=LOCK),))


def _opened(path: Path, flags: int, open_files: contextlib.ExitStack) -> int:
    descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o666)
    open_files.callback(_closed, descriptor)
    return descriptor


def _closed(descriptor: int) -> None:
    """Close what was only locked or brought to the disk: nothing is lost if that fails."""
    with contextlib.suppress(OSError):
        os.close(descriptor)


def still_locked(now: Snapshot, lock: Lock) -> None:
    """Make sure that a file is in the very folder that is locked."""
    try:
        same = now.path.parent == lock.folder and (lock.descriptor is None or os.path.samestat(os.fstat(lock.descriptor), lock.folder.stat()))
    except OSError:
        same = False
    if not same:
        raise _changed(now.named)


def _changed(file: Path) -> TargettrackError:
    return failure(Exit.LOCKED, "changed", tr("nothing was recorded: somebody else changed this file just now"), hint=tr("look at the file, and run the command again"), file=str(file))


def _wait(descriptor: int, folder: Path, patience: float, waiting: Callable[[], None]) -> bool:
    """Wait for the lock; False where the platform or the file system has none for this kind of file."""
    began = time.monotonic()
    told = False
    while True:
        try:
            _try_lock(descriptor)
        except OSError as error:
            if error.errno not in _BUSY:
                if error.errno in _UNABLE:
                    return False
                raise
        else:
            return True
        waited = time.monotonic() - began
        if waited >= patience:
            message = tr("nothing was recorded: somebody else has been writing into this folder for {seconds} seconds", seconds=f"{patience:g}")
            raise failure(Exit.LOCKED, "locked", message, hint=tr("run the command again; --wait SECONDS waits longer"), file=str(folder))
        if waited > 0.5 and not told:
            told = True
            waiting()
        time.sleep(_POLL)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def replace(old: Snapshot, data: bytes, lock: Lock, decided: Callable[[], None]) -> tuple[str, ...]:
    """Put ``data`` in the place of a file that is still what was read; what could not be promised about it.

    ``decided`` is called just before the one call that does it; if it raises, the file is the old one.

    Raises:
        TargettrackError: it is another one by now (exit 6); it cannot be written (exit 5: it is the old one); the disk did not confirm (exit 5: it is the new one).

    """
    aside = old.path.with_name(f".{old.path.name}{_ASIDE}")
    try:
        doubts = _written(aside, old, data)
        if not _unchanged(old):
            raise _changed(old.named)
        decided()
        aside.replace(old.path)
    except OSError as error:
        raise _forbidden_or_failed(error, old.named) from None
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
    return (*lock.doubts, *doubts, *_confirmed(lock, old.named))


def _written(aside: Path, old: Snapshot, data: bytes) -> tuple[str, ...]:
    """Write the new file aside, with the mode, owner and attributes of the old one, and bring it to the disk."""
    with contextlib.suppress(FileNotFoundError):
        aside.unlink()  # whoever left it there is gone: the folder is ours
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        doubts = _owner_kept(descriptor, old.path)
        shutil.copystat(old.path, aside)
        file.write(data)
        file.flush()
        os.fsync(descriptor)
    return doubts


def _owner_kept(descriptor: int, path: Path) -> tuple[str, ...]:
    """Give the new file the owner and group of the old one. A group that cannot be kept is an error: its members would lose the file."""
    if sys.platform == "win32":
        return ()
    wanted, mine = path.stat(), os.fstat(descriptor)
    if mine.st_gid != wanted.st_gid:
        os.fchown(descriptor, -1, wanted.st_gid)
    if mine.st_uid == wanted.st_uid:
        return ()
    try:
        os.fchown(descriptor, wanted.st_uid, -1)
    except PermissionError:
        return (tr(_SPLIT_OWNER),)
    return ()


def _unchanged(old: Snapshot) -> bool:
    """Whether a file is still the one that was read, by what the system says of it and by its bytes."""
    try:
        return Path(os.path.realpath(old.named)) == old.path and _state(old.path.lstat()) == old.state and old.path.read_bytes() == old.data
    except OSError:
        return False


def _confirmed(lock: Lock, file: Path) -> tuple[str, ...]:
    """Bring the folder to the disk: before that, a power cut could bring the old file back."""
    if lock.descriptor is None:
        return (tr(NO_FOLDER_SYNC),)
    try:
        os.fsync(lock.descriptor)
    except OSError as error:
        if error.errno in _UNABLE:
            return (tr(NO_FOLDER_SYNC),)
        message = tr("written, but not confirmed: the disk reports a failure ({reason}), and the figure may be gone after a power cut", reason=reason(error))
        raise _not_confirmed(message, file) from None
    return ()


def _not_confirmed(message: str, file: Path) -> TargettrackError:
    return failure(Exit.IO, "not-confirmed", message, hint=tr("check the disk, and then whether the figure is in the file"), file=str(file))


def confirm(old: Snapshot, lock: Lock) -> tuple[str, ...]:
    """Bring to the disk what somebody else may have written a moment ago; what could not be promised about it.

    Raises:
        TargettrackError: the disk did not confirm (exit 5).

    """
    try:
        with old.path.open("rb") as file:
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in _UNABLE:
            raise _not_confirmed(tr("the figure is in the file, but not confirmed: the disk reports a failure ({reason})", reason=reason(error)), old.named) from None
    return (*lock.doubts, *_confirmed(lock, old.named))


def create(path: Path, data: bytes) -> None:
    """Bring a new file to the disk, whole or not at all.

    Raises:
        FileExistsError: there is a file already; it is not touched.
        OSError: it cannot be written.

    """
    aside = path.with_name(f".{path.name}.{os.getpid()}{_ASIDE}")
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _named(aside, path)
        if sys.platform != "win32":
            with contextlib.ExitStack() as open_files:
                try:
                    os.fsync(_opened(path.parent, os.O_RDONLY, open_files))
                except OSError as error:
                    if error.errno not in _UNABLE:
                        message = tr("written, but not confirmed: the disk reports a failure ({reason}), and the file may be gone after a power cut", reason=reason(error))
                        raise failure(Exit.IO, "not-confirmed", message, hint=tr("check the disk"), file=str(path)) from None
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def _named(aside: Path, path: Path) -> None:
    """Give a file its name, if there is none of that name; where nothing can be linked the name is taken first."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _UNABLE | {errno.EPERM, errno.EMLINK}:
            raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            aside.replace(path)
        except OSError:
            path.unlink()
            raise


def _forbidden_or_failed(error: OSError, file: Path) -> TargettrackError:
    """Why nothing could be written."""
    if error.errno in _FULL:
        message, hint = tr("nothing was recorded: the disk is full ({reason})", reason=reason(error)), tr("make room, and run the command again; the file is as it was")
        return failure(Exit.IO, "disk-full", message, hint=hint, file=str(file))
    if error.errno in _FORBIDDEN:
        message, hint = tr("nothing was recorded: the folder cannot be written to ({reason})", reason=reason(error)), tr("check the folder's permissions; the file is as it was")
        return failure(Exit.IO, "read-only", message, hint=hint, file=str(file))
    return failure(Exit.IO, "not-written", tr("nothing was recorded: {reason}", reason=reason(error)), hint=tr("the file is as it was"), file=str(file))
