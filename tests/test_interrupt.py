"""Ctrl-C at any time: one line, exit 130, no traceback, nothing half written; sent to real processes at system calls that are counted, never after a time."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import aim, times
from terminal import Dialogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SCRIPT = Path(sys.executable).with_name("targettrack")
MODULE = (sys.executable, "-m", "targettrack")
STARTS = {"module": MODULE, **({"script": (sys.executable, str(SCRIPT))} if SCRIPT.exists() else {})}
"""Both ways in; the script itself, as the shell starts it."""

STOPPED, NOTHING = "targettrack: stopped\n", "nothing was recorded\n"
ON = ("--on", "2021-06-30")
STATUS, SHOW, CHECK = ("status", *ON), ("show", "p", *ON), ("check", *ON)
ADD = ("add-actual", "p", "a", "32", "--period", "2020", "--source", "s")
COMMANDS = {"status": STATUS, "json": (*STATUS, "--json"), "show": SHOW, "check": CHECK, "add-actual": ADD}
TEXT = aim(
    "increase",
    'by = 2020; value = 30; source = "s"',
    'period = 2019; value = 31; source = "s"',
    rest='[sources.s]\ntitle = "S"\npublished = 2019\nurl = "https://example.org/s"',
)

STRACE = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


def folder(path: Path) -> Path:
    """A folder with one program in ``targets/``."""
    (path / "targets").mkdir(parents=True)
    (path / "targets" / "p.toml").write_text(TEXT)
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Such a folder."""
    return folder(tmp_path)


@dataclass(frozen=True)
class Ended:
    """How a command ended, what it wrote, and what the program's file is then."""

    code: int
    out: str
    err: str
    data: str


def traced(place: Path, argv: Sequence[str], *options: str) -> Ended:
    """A command under strace, which writes what it sees into ``trace``; ended by nothing but the signal that it sends."""
    command = ["strace", "-qq", "-o", str(place / "trace"), *options, *argv]
    done = subprocess.run(
        command,
        cwd=place,
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )
    return Ended(done.returncode, done.stdout, done.stderr, (place / "targets" / "p.toml").read_text())


@dataclass(frozen=True)
class Usual:
    """A command that nobody stops: how it ends, and its calls of each kind: before the first line of ours was there to answer, and all."""

    ended: Ended
    before: dict[str, int]
    calls: dict[str, int]


KINDS = ("openat", "read", "newfstatat", "mmap", "munmap", "close", "write")
OURS = re.compile(r'targettrack/__pycache__/__init__\.[^"/]*"|targettrack/__init__\.py"')


@cache
def usual(start: str, name: str, base: Path) -> Usual:
    """The command as it ends by itself, in a folder of its own."""
    place = folder(base / f"usual-{start}-{name}")
    argv = (*STARTS[start], *COMMANDS[name])
    traced(folder(place / "first"), argv)  # all is compiled
    ended = traced(place, argv, "-e", f"trace={','.join(KINDS)}")
    lines = (place / "trace").read_text(errors="replace").splitlines()
    opened = max(
        number
        for number, line in enumerate(lines)
        if line.startswith("openat") and OURS.search(line) and "ENOENT" not in line and "/targettrack/cli/" not in line
    )
    read = next(number for number in range(opened, len(lines)) if lines[number].startswith("close("))
    before, calls = (dict.fromkeys(KINDS, 0) for _ in range(2))
    for number, line in enumerate(lines):
        kind = line.partition("(")[0]
        if kind in calls:
            calls[kind] += 1
            before[kind] += number <= read
    return Usual(ended, before, calls)


def moments(first: int, last: int, count: int) -> list[int]:
    """So many numbers from the first to the last, both among them."""
    steps = min(count, last - first + 1)
    return sorted({first + (last - first) * step // max(steps - 1, 1) for step in range(steps)}) if steps > 0 else []


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the usual commands run."""
    return tmp_path_factory.mktemp("usual")


def stopped(ended: Ended, usual: Usual, line: str) -> bool:
    """Whether a command was stopped as it should be; if not, it was done, and nothing is missing."""
    if ended.code == 130:
        assert (ended.err, ended.data) == (line, TEXT)
        assert usual.ended.out.startswith(ended.out)
        return True
    assert (ended.code, ended.out, ended.err) == (usual.ended.code, usual.ended.out, usual.ended.err)
    assert ended.data == usual.ended.data
    return False


@pytest.mark.slow
@STRACE
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("name", COMMANDS)
def test_at_any_call(tmp_path: Path, base: Path, start: str, name: str) -> None:
    """From the first call behind the first line of ours to the last one of the process: stopped with its line, or done, whole; and done only at the very end."""
    found = usual(start, name, base)
    line = STOPPED if name != "add-actual" else NOTHING
    sent = 0
    for kind, count in {"openat": times(5), "read": times(3), "newfstatat": times(2)}.items():
        ends = []
        for number in moments(found.before[kind] + 1, found.calls[kind], count):
            place = folder(tmp_path / f"{kind}-{number}")
            ended = traced(
                place,
                (*STARTS[start], *COMMANDS[name]),
                "-e",
                f"trace={kind}",
                "-e",
                f"inject={kind}:signal=SIGINT:when={number}",
            )
            ends.append(
                stopped(Ended(ended.code, ended.out, ended.err.replace(STOPPED, line), ended.data), found, line)
            )
            sent += 1
        assert ends == sorted(ends, reverse=True), "what is stopped late is stopped early too"
        assert ends[0]
    assert sent


@pytest.mark.slow
@STRACE
@pytest.mark.parametrize("start", STARTS)
def test_twice_while_it_starts(place: Path, base: Path, start: str) -> None:
    """A second Ctrl-C does not wait for the imports."""
    found = usual(start, "status", base)
    first = found.before["openat"] + 2
    ended = traced(
        place, (*STARTS[start], *STATUS), "-e", "trace=openat", "-e", f"inject=openat:signal=SIGINT:when={first}+1"
    )
    assert (ended.code, ended.out, ended.err) == (130, "", STOPPED)
    assert (place / "trace").read_text().count("openat(") <= first + 3


@pytest.mark.slow
@STRACE
def test_in_the_language_of_the_reader(place: Path, base: Path) -> None:
    """Also of a Ctrl-C that came before the language was known."""
    first = usual("module", "status", base).before["openat"] + 1
    command = (*MODULE, *STATUS, "--lang", "vi")
    ended = traced(place, command, "-e", "trace=openat", "-e", f"inject=openat:signal=SIGINT:when={first}")
    assert (ended.code, ended.err) == (130, "targettrack: đã dừng\n")


WRITING = ["openat", "write", "fsync", "fchown", "fchmod", "close", "rename", "unlink"]


@pytest.mark.slow
@STRACE
@pytest.mark.parametrize("there", ["an old file", "no file"])
def test_no_half_written_output(tmp_path: Path, there: str) -> None:
    """With -o: whatever call of the writing it comes at, the file is the old one or the new one, and nothing lies beside it."""
    argv = (*MODULE, *STATUS, "-o", "report.json")

    def begun(name: str) -> Path:
        place = folder(tmp_path / name)
        if there == "an old file":
            (place / "report.json").write_text("old")
        return place

    place = begun("usual")
    assert traced(place, argv, "-e", f"trace={','.join(WRITING)}").code == 0
    new = (place / "report.json").read_bytes()
    lines = (place / "trace").read_text().splitlines()
    aside = next(number for number, line in enumerate(lines) if ".targettrack." in line and line.startswith("openat"))
    kinds = [line.partition("(")[0] for line in lines]
    outcomes = set()
    for at in range(aside, len(lines)):
        kind = kinds[at]
        if kind not in WRITING:
            continue
        number = kinds[: at + 1].count(kind)
        place = begun(f"{kind}-{number}")
        ended = traced(place, argv, "-e", f"trace={kind}", "-e", f"inject={kind}:signal=SIGINT:when={number}")
        path = place / "report.json"
        outcomes.add((ended.code, path.read_bytes() if path.exists() else None))
        assert ended.err == (STOPPED if ended.code else "")
        assert sorted(each.name for each in place.iterdir()) in (
            ["report.json", "targets", "trace"],
            ["targets", "trace"],
        )
    old = b"old" if there == "an old file" else None
    assert outcomes <= {(130, old), (130, new), (0, new)}
    assert (130, old) in outcomes


@pytest.mark.slow
@STRACE
def test_what_is_recorded_is_said(tmp_path: Path) -> None:
    """add-actual: 130 is that nothing was recorded; from the replacing of the file on, the receipt is printed and the code is 0."""
    argv = (*MODULE, *ADD, "--json")
    place = folder(tmp_path / "usual")
    assert traced(place, argv, "-e", "trace=file,fsync,write,close,fchmod").code == 0
    kinds = [line.partition("(")[0] for line in (place / "trace").read_text().splitlines()]
    ends = []
    for kind in ("fsync", "rename", "renameat2", "link", "unlink", "write"):
        for number in range(1, kinds.count(kind) + 1):
            place = folder(tmp_path / f"{kind}-{number}")
            ended = traced(place, argv, "-e", f"trace={kind}", "-e", f"inject={kind}:signal=SIGINT:when={number}")
            recorded = ended.data != TEXT
            assert (ended.code, recorded) in {(0, True), (130, False)}, (kind, number)
            assert (json.loads(ended.out)["recorded"] if recorded else ended.err) == (True if recorded else NOTHING)
            assert [each.name for each in (place / "targets").iterdir() if each.suffix == ".toml"] == ["p.toml"]
            ends.append(recorded)
    assert set(ends) == {True, False}


# ---------------------------------------------------------------- at a prompt


@pytest.fixture
def talks() -> Iterator[list[Dialogue]]:
    """Dialogues, closed afterwards."""
    begun: list[Dialogue] = []
    yield begun
    for talk in begun:
        talk.close()


ASKED = {
    "program": (),
    "indicator": ("p",),
    "value, in %": ("p", "a"),
    "period": ("p", "a", "33"),
    "source": ("p", "a", "33", "--period", "2020"),
    "[y/N]": ("p", "a", "9999", "--period", "2020", "--source", "s"),
}


@pytest.mark.parametrize("question", ASKED)
def test_ctrl_c_at_a_prompt(place: Path, talks: list[Dialogue], question: str) -> None:
    """At each question: the line of the question ends, and it is said that nothing was recorded; 130."""
    talks.append(talk := Dialogue("add-actual", *ASKED[question], cwd=place))
    talk.asked(question)
    talk.asked(": ")
    talk.key("\x03")
    code, text = talk.end()
    assert (code, text[talk.at :].replace("^C", "")) == (130, "\nnothing was recorded\n")
    assert (place / "targets" / "p.toml").read_text() == TEXT


def test_ctrl_d_at_a_prompt(place: Path, talks: list[Dialogue]) -> None:
    """No answer at all is the same."""
    talks.append(talk := Dialogue("add-actual", "p", "a", cwd=place))
    talk.asked("value, in %: ")
    talk.key("\x04")
    code, text = talk.end()
    assert (code, text[talk.at :]) == (130, "\nnothing was recorded\n")


def test_ctrl_c_while_somebody_else_writes(place: Path) -> None:
    """Who waits for a lock stops at once, and says that nothing was recorded."""
    lock = os.open(place / "targets", os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [*MODULE, *ADD, "--wait", "600"],
            cwd=place,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert process.stderr
        assert process.stderr.readline().startswith("waiting for somebody else")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    finally:
        os.close(lock)
    assert (process.returncode, out, err) == (130, "", NOTHING)
    assert (place / "targets" / "p.toml").read_text() == TEXT


def test_what_is_ignored_stays_ignored(place: Path) -> None:
    """A command that was started so that Ctrl-C does not reach it goes on: ``nohup``, or behind a script's ``&``."""
    code = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    os.mkfifo(place / "pipe")
    process = subprocess.Popen(
        [sys.executable, "-c", code, *MODULE[1:], *STATUS, "--json", "-o", "pipe"], cwd=place, stderr=subprocess.PIPE
    )
    with (place / "pipe").open("rb") as pipe:
        process.send_signal(signal.SIGINT)
        assert json.loads(pipe.read())["targets"]
    assert (process.communicate()[1], process.returncode) == (b"", 0)


def test_a_pipe_that_nobody_reads_can_be_left(place: Path) -> None:
    """Waiting for a reader is no writing that must be finished."""
    os.mkfifo(place / "pipe")
    command = [*MODULE, *STATUS, "--json", "-o", "pipe"]
    process = (
        subprocess.Popen(
            ["strace", "-qq", "-e", "trace=openat", *command], cwd=place, stderr=subprocess.PIPE, encoding="utf-8"
        )
        if shutil.which("strace")
        else None
    )
    if process is None:
        pytest.skip("strace is not installed")
    assert process.stderr
    text = ""
    while '"pipe"' not in text:
        text += process.stderr.read(1) or pytest.fail(f"it ended:\n{text}")
    child = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
    os.kill(child, signal.SIGINT)
    rest = process.communicate()[1]
    assert process.returncode == 130
    assert STOPPED in rest


def test_a_library_is_left_alone() -> None:
    """Who imports the package, or calls the command line from a process of his own, keeps his own answer to Ctrl-C."""
    code = "import signal; before = signal.getsignal(signal.SIGINT); from targettrack.cli import main; main(['--version']); assert signal.getsignal(signal.SIGINT) is before; signal.raise_signal(signal.SIGINT)"
    done = subprocess.run(
        [sys.executable, "-c", code, "targettrack"], capture_output=True, encoding="utf-8", check=False
    )
    assert "KeyboardInterrupt" in done.stderr
