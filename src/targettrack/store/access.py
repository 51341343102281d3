"""Access: who may do what with a file, carried over to the one that takes its place; and what the system keeps from being replaced."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from targettrack.language import tr

_WITHOUT = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_OF_THE_CONTENT = frozenset({"security.ima", "security.evm"})
"""Attributes that the system itself makes of the bytes: they cannot be those of other bytes."""
_LISTS = frozenset({"system.posix_acl_access"})

_GET_FLAGS = 0x80006601 | struct.calcsize("l") << 16
_IMMUTABLE, _APPEND_ONLY, _SEALED = 0x10, 0x20, 0x100000
"""FS_IOC_GETFLAGS of Linux, and the flags that chattr calls i, a and V."""
_FROZEN = sum(getattr(stat, name) for name in ("UF_IMMUTABLE", "UF_APPEND", "SF_IMMUTABLE", "SF_APPEND"))
"""The same of macOS and the BSDs."""


class NotKeptError(Exception):
    """What of a file could not be given to the new one (``what``), and the system's ``error``."""

    def __init__(self, what: str, error: OSError) -> None:
        super().__init__(what)
        self.what = what
        self.error = error


def protected(path: Path) -> bool:
    """Whether a file or folder is marked as not to be changed, for its owner and for root as well; False where the system has no such marks."""
    return (
        bool(_flags(path) & (_IMMUTABLE | _APPEND_ONLY | _SEALED))
        if sys.platform == "linux"
        else bool(getattr(path.lstat(), "st_flags", 0) & _FROZEN)
    )


def _flags(path: Path) -> int:
    if sys.platform != "linux":
        return 0
    import fcntl  # noqa: PLC0415 - Windows has none

    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        found: int = struct.unpack_from("i", fcntl.ioctl(descriptor, _GET_FLAGS, bytes(8)))[0]
    except OSError:
        return 0
    finally:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    return found


def attributes(of: Path | int) -> dict[str, bytes]:
    """The extended attributes of a file, its access list among them; empty where the system, or the file system, has none.

    Raises:
        OSError: they cannot be read.

    """
    if sys.platform != "linux":
        return {}
    try:
        return {name: os.getxattr(of, name) for name in os.listxattr(of) if name not in _OF_THE_CONTENT}
    except OSError as error:
        if error.errno in _WITHOUT:
            return {}
        raise


def carry(old: Path, wanted: Mapping[str, bytes], new: Path, descriptor: int) -> None:
    """Give a new file the owner, group, mode and attributes (``wanted``) of an old one, and no others: not what its folder gives to new files.

    Raises:
        NotKeptError: one of them cannot be given: who could use the old file, or could not, might lose it or get it.

    """
    _own(old.stat(), descriptor)
    if sys.platform != "linux":
        with _kept(tr("the access rights")):
            shutil.copystat(old, new)
        return
    mine = attributes(descriptor)
    for name in mine.keys() - wanted.keys():
        with _kept(_named(name)):
            os.removexattr(descriptor, name)
    with _kept(tr("the access rights")):
        os.fchmod(descriptor, stat.S_IMODE(old.stat().st_mode))
    for name, value in wanted.items():
        if mine.get(name) != value or name in _LISTS:
            with _kept(_named(name)):
                os.setxattr(descriptor, name, value)


def _own(wanted: os.stat_result, descriptor: int) -> None:
    """Group and owner, in this order: who gives a file away may not give it a group any more."""
    if sys.platform == "win32":
        return
    mine = os.fstat(descriptor)
    if mine.st_gid != wanted.st_gid:
        with _kept(tr("the group")):
            os.fchown(descriptor, -1, wanted.st_gid)
    if mine.st_uid != wanted.st_uid:
        with _kept(tr("the owner")):
            os.fchown(descriptor, wanted.st_uid, -1)


def _named(attribute: str) -> str:
    return tr("the access list") if attribute in _LISTS else tr("the attribute {name}", name=attribute)


@contextlib.contextmanager
def _kept(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotKeptError(what, error) from None
