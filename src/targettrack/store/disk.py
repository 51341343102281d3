"""Disk: a file's bytes replaced whole and for good, while nobody else's work is lost.

The folder is locked, not the file (a rename changes the file's identity, and with it who waits for whom); the new bytes are written aside, for the same
people to read and write, and brought to the disk; the file must still be what was read. The two change places in one step, and what came out must be
what was read, with nobody writing into it: else it goes back. The folder is brought to the disk. Only then is anything said.

What stands beside a program file is ``.NAME.targettrack-new`` while it is written: ours, and worth nothing; and then ``.NAME.OLD-NEW.targettrack-swap``,
which may hold somebody's save for a moment. Its name says what the bytes of the old and of the new file come to: these are worth nothing, others are a save.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from targettrack.errors import Exit, TargettrackError, failure, reason
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.regex import regex
from targettrack.store import access
from targettrack.store.swap import exchange, occupied

LOCK = ".targettrack.lock"
_ASIDE = ".targettrack-new"
_SWAP = regex(r"\.(?P<name>.+)\.(?P<old>[0-9a-f]{12})-(?P<new>[0-9a-f]{12})\.targettrack-swap")
_POLL = 0.02
_STILL, _BROKEN_OFF, _PATIENCE = 0.1, 1.0, 10.0
"""For how many seconds a file must stand still that may be written in place; one whose last line has no end; how long an editor may have our own file open."""
_UNABLE = frozenset(
    {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF, errno.ENOLCK, errno.ENOTTY}
)
"""How a file system says that it does not have what is asked of it, rather than that it failed."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})

NO_FOLDER_LOCK = mark(
    "this file system cannot lock a folder: only other writers of this program are kept away, by the file {file}"
)
NO_FOLDER_SYNC = mark(
    "this file system cannot confirm that the folder is on the disk: after a power cut, look whether the figure is there"
)
NO_EXCHANGE = mark(
    "this file system cannot exchange two files: a save by an editor in the very moment of the writing would be overwritten"
)


@frozen(eq=True)
class Snapshot:
    """A file as it was read: ``path`` is the file itself, behind all links; ``state`` tells it from any later one, ``attributes`` say who may use it."""

    named: Path
    path: Path
    data: bytes
    state: tuple[int, ...]
    attributes: dict[str, bytes]

    @property
    def look(self) -> Look:
        """What stays of it whatever its name is."""
        return self.state[:-1], self.attributes, self.data


Look = tuple[tuple[int, ...], dict[str, bytes], bytes]
"""What tells a file from any other under whatever name: its state without the moment of its last change of name, attributes and bytes."""


def snapshot(named: Path) -> Snapshot:
    """The file that a path leads to, as it is now.

    Raises:
        TargettrackError: it is not a regular file, has a second name, is protected or read-only, or cannot be read (exit 5).

    """
    path = Path(os.path.realpath(named))
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise _refused(
                named,
                "not-a-file",
                tr("nothing was recorded: this is not a regular file"),
                tr("write the program into a plain file"),
            )
        if found.st_nlink > 1:
            message = tr(
                "nothing was recorded: this file has a second name (a hard link), which a safe write would separate from it"
            )
            raise _refused(
                named, "hard-link", message, tr("make it a file of its own: copy it, and rename the copy over it")
            )
        data, attributes = path.read_bytes(), access.attributes(path)
        after = path.lstat()
        _unprotected(path, named)
    except OSError as error:
        raise failure(
            Exit.IO,
            "unreadable",
            tr("cannot be read: {reason}", reason=reason(error)),
            hint=tr("check the file's permissions and links"),
            file=str(named),
        ) from None
    if not os.access(path, os.W_OK):
        raise _refused(
            named,
            "read-only",
            tr("nothing was recorded: this file is read-only"),
            tr("make it writable, or ask who keeps it"),
        )
    return Snapshot(named, path, data, _state(after), attributes)


def _unprotected(path: Path, named: Path) -> None:
    """Make sure that neither file nor folder is marked as not to be changed: a file that is written beside would stay there."""
    if access.protected(path):
        message = tr(
            "nothing was recorded: this file is protected against changes, by its mark immutable, append-only or sealed"
        )
        raise _refused(
            named,
            "protected",
            message,
            tr("ask who protected it; lsattr shows the marks, and chattr -i or -a takes them away"),
        )
    if access.protected(path.parent):
        message = tr(
            "nothing was recorded: the folder is protected against changes, by its mark immutable or append-only"
        )
        raise _refused(
            named,
            "protected",
            message,
            tr("ask who protected it; lsattr -d shows the marks, and chattr -i or -a takes them away"),
        )


def replaceable(named: Path) -> None:
    """Make sure, as far as it can be known before, that a file may be replaced; nothing is locked or written.

    Raises:
        TargettrackError: as ``snapshot``, or its folder cannot be written to (exit 5).

    """
    found = snapshot(named)
    if not os.access(found.path.parent, os.W_OK | os.X_OK):
        raise _forbidden_or_failed(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), named)
    if sys.platform != "win32" and os.geteuid() not in {0, found.path.stat().st_uid}:
        raise _not_kept(tr("the owner"), PermissionError(errno.EPERM, os.strerror(errno.EPERM)), named)


def home(named: Path) -> Path:
    """The folder that a file is in, behind all links: the one to lock."""
    return Path(os.path.realpath(named)).parent


def _refused(path: Path, code: str, message: str, hint: str) -> TargettrackError:
    return failure(Exit.IO, code, message, hint=hint, file=str(path))


def _state(found: os.stat_result) -> tuple[int, ...]:
    return (
        found.st_dev,
        found.st_ino,
        found.st_mode,
        found.st_uid,
        found.st_gid,
        found.st_nlink,
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
    )


@frozen(eq=True)
class Lock:
    """A folder that nobody else writes into: its descriptor (None where a platform opens no folders), and what the lock cannot promise."""

    folder: Path
    descriptor: int | None
    doubts: tuple[str, ...] = ()


class _Wait:
    """Waiting for somebody else, for so many seconds; ``waiting`` is called once, if it takes long."""

    def __init__(self, patience: float, waiting: Callable[[], None]) -> None:
        self._began = time.monotonic()
        self._patience = patience
        self._waiting: Callable[[], None] | None = waiting

    def over(self, more: float = 0.0) -> bool:
        """Whether the patience, and so many seconds ``more``, are at an end; if not, a moment has passed."""
        waited = time.monotonic() - self._began
        if waited >= self._patience + more:
            return True
        if waited > 0.5 + more and self._waiting is not None:
            self._waiting()
            self._waiting = None
        time.sleep(_POLL)
        return False


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
                os.fchmod(
                    beside, folder.stat().st_mode & 0o666
                )  # all who write into the folder must be able to lock it
        if not _wait(beside, folder, patience, waiting):
            raise failure(
                Exit.IO,
                "no-lock",
                tr("nothing was recorded: this file system cannot lock files"),
                hint=tr("keep the programs on a local disk"),
                file=str(folder),
            )
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


def _changed(file: Path) -> TargettrackError:
    return failure(
        Exit.LOCKED,
        "changed",
        tr("nothing was recorded: somebody else changed this file just now"),
        hint=tr("look at the file, and run the command again"),
        file=str(file),
    )


def settled(named: Path, lock: Lock, patience: float, waiting: Callable[[], None]) -> Snapshot:
    """The file as it is when nobody is saving it any more: what a save in place has not finished may look like a whole program.

    Nobody has it open for writing; and if it was written in place, not put there whole, it has stood still between two looks, the longer if its last line
    has no end. ``waiting`` is called once, if that takes long; a file that was last written some time ago is not waited for.

    Raises:
        TargettrackError: as ``snapshot``; somebody was saving it for ``patience`` seconds, or it is not in the locked folder (exit 6).

    """
    _put_right(_locked_in(named, lock))
    wait, since = _Wait(patience, waiting), 0.0
    seen: Snapshot | None = None
    while True:
        now = _locked_in(named, lock)
        written = occupied(now.path)
        if seen is None or now.state != seen.state:
            seen, since = now, time.monotonic() - _age(now)
        pause = _STILL if now.data.endswith(b"\n") else _BROKEN_OFF
        if not written and ((written is False and _put_there_whole(now)) or time.monotonic() - since >= pause):
            return now
        if wait.over(pause):
            raise _being_saved(named)


def finished(named: Path, patience: float, waiting: Callable[[], None]) -> None:
    """Wait until nobody has a file open for writing, before it is read to be understood: half a save would be called an invalid program.

    Raises:
        TargettrackError: somebody had it open for ``patience`` seconds (exit 6).

    """
    wait = _Wait(patience, waiting)
    while occupied(Path(os.path.realpath(named))):
        if wait.over():
            raise _being_saved(named)


def _locked_in(named: Path, lock: Lock) -> Snapshot:
    """The file as it is now, which must be in the very folder that is locked."""
    now = snapshot(named)
    try:
        same = now.path.parent == lock.folder and (
            lock.descriptor is None or os.path.samestat(os.fstat(lock.descriptor), lock.folder.stat())
        )
    except OSError:
        same = False
    if not same:
        raise _changed(named)
    return now


def _age(now: Snapshot) -> float:
    """For how many seconds a file has stood still, by the clock; 0 for one that was written tomorrow."""
    return max(time.time() - now.state[-2] / 1e9, 0.0)


def _put_there_whole(now: Snapshot) -> bool:
    """Whether a file got its name after it was written, as ours do: who writes in place does not rename."""
    return now.state[-1] > now.state[-2]


def _being_saved(file: Path) -> TargettrackError:
    message = tr("nothing was recorded: somebody else is still saving this file")
    return failure(
        Exit.LOCKED,
        "being-saved",
        message,
        hint=tr("run the command again when it is saved; --wait SECONDS waits longer"),
        file=str(file),
    )


def _wait(descriptor: int, folder: Path, patience: float, waiting: Callable[[], None]) -> bool:
    """Wait for the lock; False where the platform or the file system has none for this kind of file."""
    wait = _Wait(patience, waiting)
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
        if wait.over():
            message = tr(
                "nothing was recorded: somebody else has been writing into this folder for {seconds} seconds",
                seconds=f"{patience:g}",
            )
            raise failure(
                Exit.LOCKED,
                "locked",
                message,
                hint=tr("run the command again; --wait SECONDS waits longer"),
                file=str(folder),
            )


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
    swap = old.path.with_name(f".{old.path.name}.{_digest(old.data)}-{_digest(data)}.targettrack-swap")
    with contextlib.ExitStack() as beside:
        beside.callback(_removed, swap)
        try:
            _written(aside, old, data, beside)
            aside.replace(swap)
            new = _look(swap)
            _same_access(new, old)
            if not _unchanged(old):
                raise _changed(old.named)
            decided()
            doubts = _placed(swap, old, new, lock, beside)
        except access.NotKeptError as error:
            raise _not_kept(error.what, error.error, old.named) from None
        except OSError as error:
            raise _forbidden_or_failed(error, old.named) from None
    return (*lock.doubts, *doubts, *_confirmed(lock, old.named))


def _written(aside: Path, old: Snapshot, data: bytes, beside: contextlib.ExitStack) -> None:
    """Write the new file aside, with the mode, owner and attributes of the old one, and bring it to the disk."""
    with contextlib.suppress(FileNotFoundError):
        aside.unlink()  # whoever left it there is gone: the folder is ours
    beside.callback(_removed, aside)
    descriptor = os.open(
        aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0), 0o600
    )
    with os.fdopen(descriptor, "wb") as file:
        access.carry(old.path, old.attributes, aside, descriptor)
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _removed(beside: Path) -> None:
    """Remove what is worth nothing; what cannot be removed is no fault, and the next run removes it."""
    with contextlib.suppress(OSError):
        beside.unlink(missing_ok=True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _look(path: Path) -> Look:
    """What stands at a path now, links not followed; bytes and attributes of a file alone."""
    found = path.lstat()
    plain = stat.S_ISREG(found.st_mode)
    return _state(found)[:-1], access.attributes(path) if plain else {}, path.read_bytes() if plain else b""


def _same_access(new: Look, old: Snapshot) -> None:
    """Make sure that the system took what it was given: mode, owner, group and attributes, and nothing else."""
    if (new[0][2:5], new[1]) != (old.look[0][2:5], old.attributes):
        raise access.NotKeptError(tr("the access rights"), PermissionError(errno.EPERM, os.strerror(errno.EPERM)))


def _placed(swap: Path, old: Snapshot, new: Look, lock: Lock, beside: contextlib.ExitStack) -> tuple[str, ...]:
    """Let the new file and the old one change places. The new one stays only if the other is what was read, and nobody is writing into it.

    From the exchange on nothing is removed until it is known to be worth nothing: else it stays beside, and the next run knows it by its name.
    """
    try:
        if not exchange(swap, old.path):
            swap.replace(old.path)
            return (tr(NO_EXCHANGE),)
    except FileNotFoundError:
        raise _changed(old.named) from None
    kept = beside.pop_all()
    if not _was_read(swap, old):
        _put_back(swap, old, new)
        with contextlib.suppress(TargettrackError):
            _confirmed(lock, old.named)  # a power cut must not bring the new file back
        kept.close()
        raise _changed(old.named)
    kept.close()
    return ()


def _was_read(swap: Path, old: Snapshot) -> bool:
    """Whether what came out of the exchange is what was read, and will stay so: who opens the path from now on gets the new file."""
    try:
        return Path(os.path.realpath(old.named)) == old.path and not occupied(swap) and _look(swap) == old.look
    except OSError:
        return False


def _put_back(swap: Path, old: Snapshot, placed: Look) -> None:
    """Exchange until what comes out is what was put there last: then nobody saved in between, and the newest save is at the path.

    Raises:
        TargettrackError: that cannot be done, or somebody keeps the file open that came out; it stays beside, nothing is removed (exit 6).

    """
    try:
        while True:
            back = _look(swap)
            _brought(swap, old.path)
            if _ours(swap, old.named, placed):
                return
            placed = back
    except OSError:
        raise _displaced(swap, old.named) from None


def _brought(swap: Path, path: Path) -> None:
    """Bring what stands beside to the path; where somebody has taken away the file there, it gets its name."""
    try:
        if not exchange(swap, path):
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    except FileNotFoundError:
        os.link(swap, path)


def _ours(swap: Path, named: Path, placed: Look) -> bool:
    """Whether what came out is what was put there; while somebody has it open for writing it may become a newer save, and is waited for."""
    limit = time.monotonic() + _PATIENCE
    while True:
        written = occupied(swap)
        if _look(swap) != placed:
            return False
        if not written:
            return True
        if time.monotonic() > limit:
            raise _displaced(swap, named)
        time.sleep(_POLL)


def _displaced(swap: Path, file: Path) -> TargettrackError:
    message = tr("a save of somebody else came in between, and is in the file {file} now", file=swap.name)
    return failure(
        Exit.LOCKED,
        "displaced",
        message,
        hint=tr("compare it with this file, keep what is right here, and delete it"),
        file=str(file),
    )


def _put_right(now: Snapshot) -> None:
    """Clear away what a killed process left beside a file: the old or the new text is worth nothing, as its name tells.

    Anything else is somebody's save that was displaced. It goes back if the new text, of which nobody was told, still stands in its place.

    Raises:
        TargettrackError: another text stands there, and people must compare the two; or somebody is still writing into it (exit 6).

    """
    try:
        for swap, old, new in _left(now.path):
            if occupied(swap):
                raise _being_saved(now.named)
            if _digest(_look(swap)[2]) not in {old, new}:
                if _digest(now.data) != new:
                    raise _displaced(swap, now.named)
                _put_back(swap, now, now.look)
            swap.unlink()
    except OSError as error:
        raise _forbidden_or_failed(error, now.named) from None


def _left(path: Path) -> list[tuple[Path, str, str]]:
    """The files beside a file that an exchange left there, each with what the old and the new text came to."""
    found = ((entry, _SWAP.fullmatch(entry.name)) for entry in sorted(path.parent.iterdir()))
    return [(entry, match["old"], match["new"]) for entry, match in found if match and match["name"] == path.name]


def _not_kept(what: str, error: OSError, file: Path) -> TargettrackError:
    """Why the new file would not be for the same people as the old one."""
    if error.errno in _FULL:
        return _forbidden_or_failed(error, file)
    message = tr(
        "nothing was recorded: the new file could not keep {what} of the old one ({reason})",
        what=what,
        reason=reason(error),
    )
    return _refused(
        file,
        "access",
        message,
        tr("let the owner of the file record it, or make it your own: copy it, and rename the copy over it"),
    )


def _unchanged(old: Snapshot) -> bool:
    """Whether a file is still the one that was read, by what the system says of it and by its bytes."""
    try:
        return (
            Path(os.path.realpath(old.named)) == old.path
            and _state(old.path.lstat()) == old.state
            and old.path.read_bytes() == old.data
        )
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
        message = tr(
            "written, but not confirmed: the disk reports a failure ({reason}), and the figure may be gone after a power cut",
            reason=reason(error),
        )
        raise _not_confirmed(message, file) from None
    return ()


def _not_confirmed(message: str, file: Path) -> TargettrackError:
    return failure(
        Exit.IO,
        "not-confirmed",
        message,
        hint=tr("check the disk, and then whether the figure is in the file"),
        file=str(file),
    )


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
            raise _not_confirmed(
                tr(
                    "the figure is in the file, but not confirmed: the disk reports a failure ({reason})",
                    reason=reason(error),
                ),
                old.named,
            ) from None
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
                        message = tr(
                            "written, but not confirmed: the disk reports a failure ({reason}), and the file may be gone after a power cut",
                            reason=reason(error),
                        )
                        raise failure(
                            Exit.IO, "not-confirmed", message, hint=tr("check the disk"), file=str(path)
                        ) from None
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
        message, hint = (
            tr("nothing was recorded: the disk is full ({reason})", reason=reason(error)),
            tr("make room, and run the command again; the file is as it was"),
        )
        return failure(Exit.IO, "disk-full", message, hint=hint, file=str(file))
    if error.errno in _FORBIDDEN:
        message, hint = (
            tr("nothing was recorded: the folder cannot be written to ({reason})", reason=reason(error)),
            tr("check the folder's permissions; the file is as it was"),
        )
        return failure(Exit.IO, "read-only", message, hint=hint, file=str(file))
    return failure(
        Exit.IO,
        "not-written",
        tr("nothing was recorded: {reason}", reason=reason(error)),
        hint=tr("the file is as it was"),
        file=str(file),
    )
