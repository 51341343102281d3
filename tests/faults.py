"""Faults: the command line in processes that wait for a word to begin, so that strace can kill, fail, stop or delay any of their system calls."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

import targettrack
from targettrack.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PATIENCE = 600.0
"""So many seconds nothing takes that does not hang, however busy the machine is."""
_ANY_TRACER = (0x59616D61, 2**64 - 1)
"""PR_SET_PTRACER, PR_SET_PTRACER_ANY: where only parents may trace, a process may let in others."""


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something that is sure to become true."""
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, f"waited {PATIENCE:g} seconds for {what}"
        time.sleep(0.002)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code (below 0 the signal that killed it), and what it said."""

    code: int
    out: str
    err: str

    @property
    def errors(self) -> list[tuple[str, str]]:
        """The code and the message of each error, from --json; none where stderr is anything else."""
        try:
            lines = [json.loads(line)["error"] for line in self.err.splitlines()]
        except ValueError:
            return []
        return [(error["code"], error["message"]) for error in lines]


class Starters:
    """Processes of the command line. All is imported before they are forked; they stand still until ``go``, and then begin at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._said: list[Path] = []
        self._pids: list[int] = []
        self._standing = False
        self._count = 0
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    @property
    def pid(self) -> int:
        """The id of the process that forks the others."""
        return self._process.pid

    def ready(self, *commands: Sequence[str | Path]) -> list[int]:
        """The ids of processes that wait to run these commands."""
        self._said = [self._folder / f"{self._count + place}" for place in range(len(commands))]
        self._count += len(commands)
        self._write(
            json.dumps([[str(said), *map(str, command)] for said, command in zip(self._said, commands, strict=True)])
        )
        self._pids = self._read("pids")
        self._standing = True
        return self._pids

    def go(self) -> None:
        """Let them begin."""
        self._standing = False
        self._write("go")

    def said(self, place: int) -> str:
        """What one of them has said on stderr so far."""
        return self._said[place].with_suffix(".err").read_text(encoding="utf-8")

    def ended(self) -> list[Ended]:
        """How they ended, when the last one has."""
        texts = ((path.with_suffix(".out"), path.with_suffix(".err")) for path in self._said)
        self._write("end")
        codes = self._read("codes")
        self._pids = []
        return [
            Ended(code, *(path.read_text(encoding="utf-8") for path in pair))
            for code, pair in zip(codes, texts, strict=True)
        ]

    def run(self, *commands: Sequence[str | Path]) -> list[Ended]:
        """Run commands at once."""
        self.ready(*commands)
        self.go()
        return self.ended()

    def abandon(self) -> None:
        """End those that are still there."""
        for pid in self._pids:
            os.kill(pid, signal.SIGKILL)
        if self._standing:
            self.go()
        if self._pids:
            self.ended()

    def close(self) -> None:
        """Let nobody start any more."""
        with self._process as process:
            process.communicate(timeout=PATIENCE)

    def _pipe(self, stream: IO[str] | None) -> IO[str]:
        assert stream is not None
        return stream

    def _write(self, line: str) -> None:
        pipe = self._pipe(self._process.stdin)
        pipe.write(f"{line}\n")
        pipe.flush()

    def _read(self, what: str) -> list[int]:
        pipe = self._pipe(self._process.stdout)
        assert select.select([pipe], [], [], PATIENCE)[0], "a process hangs"
        found: list[int] = json.loads(pipe.readline())[what]
        return found


# ---------------------------------------------------------------- strace


class TraceError(Exception):
    """strace is not there, or may not look at processes."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The log of strace; system calls in their order, descriptors with their paths."""

    log: Path

    @property
    def lines(self) -> list[str]:
        """The lines of the log so far."""
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines()


@contextlib.contextmanager
def traced(pid: int, log: Path, *options: str | Path) -> Iterator[Trace]:
    """Look at a process with strace until it ends.

    Raises:
        TraceError: that is not possible here.

    """
    try:
        strace = subprocess.Popen(
            ["strace", "-y", "-s", "400", "-o", log, "-p", str(pid), *options], stderr=subprocess.PIPE, encoding="utf-8"
        )
    except OSError as error:
        raise TraceError(f"strace: {error.strerror}") from None
    with strace:
        assert strace.stderr is not None
        said = strace.stderr.readline()
        if "attached" not in said:
            raise TraceError(said.strip())
        yield Trace(log)
        strace.communicate(timeout=PATIENCE)


def paths(*of: Path) -> list[str | Path]:
    """The options that make strace look at these files only."""
    return [option for path in of for option in ("-P", path)]


# ---------------------------------------------------------------- the process that forks


def _serve() -> None:
    """For each line of commands fork their processes, at the next line let them begin, at the one after that say how they ended: until then their ids stand for them."""
    for module in pkgutil.walk_packages(targettrack.__path__, "targettrack."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    while line := sys.stdin.readline():
        gate, opener = os.pipe()
        pids = [_fork(said, argv, gate, opener) for said, *argv in json.loads(line)]
        os.close(gate)
        _tell("pids", pids)
        sys.stdin.readline()
        os.close(opener)
        sys.stdin.readline()
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
        _tell("codes", codes)


def _tell(what: str, numbers: list[int]) -> None:
    sys.stdout.write(f"{json.dumps({what: numbers})}\n")
    sys.stdout.flush()


def _fork(said: str, argv: list[str], gate: int, opener: int) -> int:
    """The id of a new process that waits to run one command."""
    for stream in ("out", "err"):
        Path(f"{said}.{stream}").touch()
    pid = os.fork()
    if pid == 0:
        os.close(opener)
        _child(said, argv, gate)
    return pid


def _child(said: str, argv: list[str], gate: int) -> NoReturn:
    """Run one command as ``python -m targettrack`` does, and end."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(*map(ctypes.c_ulong, (*_ANY_TRACER, 0, 0, 0)))
        for name, flags, stream in (
            (os.devnull, os.O_RDONLY, 0),
            (f"{said}.out", os.O_WRONLY, 1),
            (f"{said}.err", os.O_WRONLY, 2),
        ):
            descriptor = os.open(name, flags)
            os.dup2(descriptor, stream)
            os.close(descriptor)
        os.read(gate, 1)
        os.close(gate)
        code = main(argv)
    finally:
        if sys.exc_info()[0]:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
