"""Terminal: the command line on a pseudo-terminal of a given width, and what a screen would show of it."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PLAIN = {"TERM": "dumb", "COLUMNS": "", "LC_ALL": "C.UTF-8", "NO_COLOR": "", "FORCE_COLOR": "", "COLORTERM": ""}
"""A terminal without colours that shows UTF-8."""

COLOURS_256 = {**PLAIN, "TERM": "xterm-256color"}
COLOURS_16 = {**PLAIN, "TERM": "xterm"}


def on_terminal(*argv: str | Path, columns: int, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """What a command writes to a terminal so wide, byte for byte but for the terminal's own line ends."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    command = [sys.executable, "-m", "targettrack", *map(str, argv)]
    with subprocess.Popen(command, cwd=cwd, env={**os.environ, **PLAIN, **(env or {})}, stdin=side, stdout=side, stderr=side):
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
