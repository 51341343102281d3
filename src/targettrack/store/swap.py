"""Exchange: two files change places in one step, and whether somebody still writes into one, where the system can tell."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

_UNABLE = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
_HERE, _EXCHANGE, _SWAP = -100, 2, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""


def exchange(one: Path, other: Path) -> bool:
    """Let two files change places in one step; False where the system, or the file system, cannot: then nothing happened.

    Raises:
        OSError: it failed, and nothing happened.

    """
    call = _call()
    if call is None:
        return False
    failed = call(os.fsencode(one), os.fsencode(other))
    if failed in _UNABLE:
        return False
    if failed:
        raise OSError(failed, os.strerror(failed), str(one), None, str(other))
    return True


def _call() -> Callable[[bytes, bytes], int] | None:
    """The system's exchange: it takes two paths, and returns the number of its error, 0 for none."""
    if sys.platform not in {"linux", "darwin"}:
        return None
    import ctypes  # noqa: PLC0415 - only a write needs it

    library = ctypes.CDLL(None, use_errno=True)
    name, before, flag = ("renameat2", [_HERE], _EXCHANGE) if sys.platform == "linux" else ("renamex_np", [], _SWAP)
    rename = getattr(library, name, None)
    if rename is None:
        return None

    def call(one: bytes, other: bytes) -> int:
        return ctypes.get_errno() if rename(*before, one, *before, other, ctypes.c_uint(flag)) else 0

    return call


if sys.platform == "linux":
    import fcntl

    def occupied(path: Path) -> bool | None:
        """Whether anybody has a file open for writing; None where the system does not say.

        The system grants a lease for reading only on a file that nobody has open for writing. It is given back at once; who opens the file
        meanwhile waits that long, and the signal that tells us of him is one that nobody minds.
        """
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except OSError as error:
            return True if error.errno == errno.EAGAIN else None
        finally:
            with contextlib.suppress(OSError):
                os.close(descriptor)
        return False

else:

    def occupied(path: Path) -> bool | None:  # noqa: ARG001
        """Whether anybody has a file open for writing: this system does not say."""
        return None
