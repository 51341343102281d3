"""Terminal: the command line on a pseudo-terminal of a given width, and what a screen would show of it."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

PLAIN = {"TERM": "dumb", "COLUMNS": "", "LC_ALL": "C.UTF-8", "NO_COLOR": "", "FORCE_COLOR": "", "COLORTERM": ""}
"""A terminal without colours that shows UTF-8."""

COLOURS_256 = {**PLAIN, "TERM": "xterm-256color"}
COLOURS_16 = {**PLAIN, "TERM": "xterm"}


HANGS = 600
"""So many seconds nothing takes that does not hang, however busy the machine is."""

CONTROLLED = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
"""The command takes the terminal on stdin for its own, so that Ctrl-C reaches it."""


class Dialogue:
    """A command at a pseudo-terminal, and somebody who reads what is asked before answering it, however long it takes."""

    def __init__(self, *argv: str, cwd: Path, stdout: IO[bytes] | None = None, stderr: IO[bytes] | None = None) -> None:
        self.main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
        command = [sys.executable, "-ISc", CONTROLLED, "-m", "targettrack", *argv]
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **PLAIN},
            stdin=side,
            stdout=stdout or side,
            stderr=stderr or side,
            start_new_session=True,
        )
        os.close(side)
        self.text = ""
        self.at = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def _more(self) -> bool:
        """Read on; False at the end."""
        assert select.select([self.main], [], [], HANGS)[0], f"nothing more comes after:\n{self.text}"
        try:
            block = os.read(self.main, 65536)
        except OSError:  # Linux says so that the other side is closed
            return False
        self.text = (self.text + self._decoder.decode(block)).replace("\r\n", "\n")
        return bool(block)

    def asked(self, question: str) -> None:
        """Wait for a text that was not there before."""
        while question not in self.text[self.at :]:
            assert self._more(), f"never asked {question!r}:\n{self.text}"
        self.at = self.text.index(question, self.at) + len(question)

    def answer(self, question: str, text: str) -> None:
        """Wait for a question, and answer it."""
        self.asked(question)
        self.key(f"{text}\n")

    def key(self, text: str) -> None:
        """Press keys once the command waits for them.

        Python's ``input`` writes its prompt and then reads: a Ctrl-C that comes between the two is only seen once
        something else is typed. Nobody's finger is that fast; a test's is, once in some thousand times.
        """
        state = Path("/proc", str(self.process.pid), "stat")
        while state.exists() and state.read_text().rpartition(")")[2].split()[0] == "R":
            time.sleep(0.001)
        os.write(self.main, text.encode())

    def end(self) -> tuple[int, str]:
        """The exit code and everything that stood on the screen; a question that is still open is a fault."""
        while self._more():
            pass
        return self.process.wait(HANGS), self.text

    def close(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        os.close(self.main)


def on_terminal(*argv: str | Path, columns: int, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """What a command writes to a terminal so wide, byte for byte but for the terminal's own line ends."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    command = [sys.executable, "-m", "targettrack", *map(str, argv)]
    with subprocess.Popen(
        command, cwd=cwd, env={**os.environ, **PLAIN, **(env or {})}, stdin=side, stdout=side, stderr=side
    ):
        os.close(side)
        data = _everything(main)
    os.close(main)
    return data.decode().replace("\r\n", "\n")


def _everything(stream: int) -> bytes:
    """All that comes, until the other side is closed: Linux says so with an error."""
    data = b""
    while True:
        try:
            block = os.read(stream, 65536)
        except OSError:
            return data
        if not block:
            return data
        data += block


def screen(text: str, *, columns: int) -> list[str]:
    """The lines that a terminal emulator shows of a text, without spaces at their ends."""
    lines = text.count("\n") + 1
    emulator = pyte.Screen(columns, lines + 200)
    pyte.Stream(emulator).feed(text.replace("\n", "\r\n"))
    return "\n".join(line.rstrip() for line in emulator.display).rstrip("\n").split("\n")


class Shell:
    """An interactive shell at a pseudo-terminal, as a screen shows it."""

    COLUMNS, LINES = 120, 40

    def __init__(self, name: str, *, cwd: Path, env: Mapping[str, str]) -> None:
        self.main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", self.LINES, self.COLUMNS, 0, 0))
        take = (
            "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-ISc", take, name, "-i"],
            cwd=cwd,
            env=dict(env),
            stdin=side,
            stdout=side,
            stderr=side,
            start_new_session=True,
        )
        os.close(side)
        self._screen = pyte.Screen(self.COLUMNS, self.LINES)
        self._stream = pyte.ByteStream(self._screen)

    def sees(self, text: str) -> None:
        """Wait until a text stands on the screen, however its lines are broken."""
        while text.replace(" ", "") not in "".join(self._screen.display).replace(" ", ""):
            self._more()

    def shows(self, text: str) -> None:
        """Wait until the line of the cursor is so up to the cursor, at its end."""
        while not self._line().endswith(text):
            self._more()

    def at_prompt(self, prompt: str) -> None:
        """Wait until the shell reads keys."""
        self.shows(prompt)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.main, keys.encode())

    def close(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        os.close(self.main)

    def _line(self) -> str:
        cursor = self._screen.cursor
        return self._screen.display[cursor.y][: cursor.x]

    def _more(self) -> None:
        assert select.select([self.main], [], [], HANGS)[0], "\n".join(self._screen.display)
        block = os.read(self.main, 65536)
        for asked, told in ((b"\x1b[6n", b"\x1b[1;1R"), (b"\x1b[c", b"\x1b[?1;2c"), (b"\x1b[0c", b"\x1b[?1;2c")):
            if asked in block:  # fish asks the terminal what it is, and waits
                os.write(self.main, told)
        self._stream.feed(block)
