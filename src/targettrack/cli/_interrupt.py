"""Interrupt: what becomes of Ctrl-C: one line, and exit 130, at once; what must be whole is finished first, or undone.

An exception would not do. Python drops one that is raised where nobody can catch it, as in the cleaning up behind an import, and prints a traceback
instead. So the process of the command line ends where it stands; while something is ``held`` together, when that is over. Where a file may have to be
undone, an exception is ``raised``. In the process of somebody else, Python's own KeyboardInterrupt is left as it is.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator
from types import FrameType
from typing import NoReturn

import targettrack

STOPPED = 130


class _State:
    """What is said of a Ctrl-C, whether it has to wait, whether one came meanwhile, whether one was raised, and what is to be put back then."""

    words = "targettrack: stopped"
    held = 0
    came = False
    raised = False
    tidy: Callable[[], None] | None = None


_state = _State()


@contextlib.contextmanager
def answered() -> Iterator[None]:
    """Answer a Ctrl-C while a command runs. Behind it the work is done, and all is said: there is nothing left to stop."""
    if targettrack.early is None:
        yield
        return
    signal.signal(signal.SIGINT, _answer)
    try:
        yield
    finally:
        if targettrack.early or _state.came:
            _leave()
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def says(words: str) -> None:
    """What is said of a Ctrl-C from here on; of one that came already, at once."""
    _state.words = words
    if targettrack.early:
        _leave()


def say() -> None:
    """Say that the command was stopped; on a line of its own, where the terminal shows ``^C``, or a question stands."""
    text = f"{_state.words}\n".encode(getattr(sys.stderr, "encoding", None) or "utf-8", "replace")
    with contextlib.suppress(OSError):
        os.write(2, b"\n" + text if os.isatty(2) else text)


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Let a Ctrl-C wait until this is over; for what takes no time."""
    _state.held += 1
    try:
        yield
    finally:
        _state.held -= 1
        if _state.came and not _state.held:
            _leave()


@contextlib.contextmanager
def tidied(tidy: Callable[[], None]) -> Iterator[None]:
    """Put something back as it was, if a Ctrl-C ends the process meanwhile: it leaves no other chance."""
    _state.tidy = tidy
    try:
        yield
    finally:
        _state.tidy = None


def came() -> bool:
    """Whether a Ctrl-C is waiting."""
    return _state.came


def raised(stops: Collection[int]) -> None:
    """Let these signals raise KeyboardInterrupt from here on, once: what cleans up is not interrupted."""
    for stop in stops if targettrack.early is not None else set(stops) - {signal.SIGINT}:
        if signal.getsignal(stop) is not signal.SIG_IGN:
            signal.signal(stop, _raise if targettrack.early is not None else signal.default_int_handler)


def obey() -> None:
    """Raise what came where nothing could be raised, or was dropped."""
    if _state.came or _state.raised:
        _state.came = False
        raise KeyboardInterrupt


def _raise(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            _state.came = True
            return
        frame = frame.f_back
    if not _state.raised:
        _state.raised = True
        raise KeyboardInterrupt


def _answer(number: int, frame: object) -> None:  # noqa: ARG001
    if _state.held:
        _state.came = True
    else:
        _leave()


def _leave() -> NoReturn:
    if _state.tidy is not None:
        _state.tidy()
    say()
    os._exit(STOPPED)
