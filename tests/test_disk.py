"""Disk: what "recorded" is worth, with real processes, signals, failing system calls, full disks and power cuts."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import random
import re
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import time
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if sys.platform != "linux":
    pytest.skip("flock, strace and mounts as Linux has them", allow_module_level=True)

import fcntl

from faults import PATIENCE, Ended, Starters, TraceError, paths, traced, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

OLD = b"""\
# A program with a note of its own.
targettrack = 1
[program]
name = "Plan"

[sources.yearbook]
title = "Yearbook"
published = 2025-06-30

[indicators.share]
name = "Share"
unit = "%"
direction = "increase"

[[actuals]]  # share 2020 yearbook
indicator = "share"
period = 2020
value = 12.4    # as printed
source = "yearbook"
"""
ASIDE = ".plan.toml.targettrack-new"
LOCK = ".targettrack.lock"
NO_FOLDER_LOCK = "this file system cannot lock a folder: only other writers of this program are kept away, by the file .targettrack.lock"
NO_FOLDER_SYNC = "this file system cannot confirm that the folder is on the disk: after a power cut, look whether the figure is there"

Command = tuple["str | Path", ...]
Test = TypeVar("Test", bound="Callable[..., None]")


# ---------------------------------------------------------------- files and commands


def plan(folder: Path, data: bytes = OLD) -> Path:
    """A program file in a new folder, which was saved long ago: what is fresh is waited for, and that takes other calls."""
    folder.mkdir(parents=True)
    file = folder / "plan.toml"
    file.write_bytes(data)
    os.utime(file, (1_700_000_000, 1_700_000_000))
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A program file in a targets folder."""
    return plan(tmp_path / "targets")


def add(file: Path, *options: str, period: str = "2023") -> Command:
    """The command that records 20 % in a period."""
    return (
        "add-actual",
        "plan",
        "share",
        "20",
        "--period",
        period,
        "--source",
        "yearbook",
        "--targets",
        file.parent,
        *options,
    )


def block(period: str) -> bytes:
    """The pattern of the block that it appends."""
    lines = (
        rf"\n\[\[actuals\]\]  # share {period} yearbook [0-9a-f]{{6}}",
        'indicator = "share"',
        rf'period = "?{period}"?',
        "value = 20",
        'source = "yearbook"  # [0-9a-f]{6}',
        r"recorded = \d{4}-\d\d-\d\d  # [0-9a-f]{6}",
    )
    return "".join(f"{line}\n" for line in lines).encode()


def periods(data: bytes) -> list[str]:
    """The periods of the records behind the first one, where the file is valid and holds what it held; each has the figure."""
    assert data.startswith(OLD), data
    first, *rest = tomllib.loads(data.decode())["actuals"]
    assert str(first["value"]) == "12.4"
    assert [record["value"] for record in rest] == [20] * len(rest)
    return [str(record["period"]) for record in rest]


def state(file: Path) -> str:
    """Whether a file is the old one, byte for byte, or the new one; else its bytes."""
    data = file.read_bytes() if file.exists() else b"(none)"
    if data == OLD:
        return "old"
    if re.fullmatch(re.escape(OLD) + block("2023"), data) and periods(data) == ["2023"]:
        return "new"
    return repr(data)


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def identity(path: Path) -> tuple[int, ...]:
    """What a path leads to, not behind links: it is another one if anybody changes it."""
    found = path.lstat()
    return (
        found.st_ino,
        found.st_mode,
        found.st_nlink,
        found.st_uid,
        found.st_gid,
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
    )


def said_recorded(ended: Ended) -> bool:
    """Whether somebody was told that the figure is in the file."""
    return ended.out.startswith(("recorded  ", "already recorded  "))


def run(*command: str | Path, before: Sequence[str | Path] = (), **options: Any) -> Ended:
    """The command line as it is started by hand; ``before`` is put before it."""
    argv = [*map(str, before), sys.executable, "-m", "targettrack", *map(str, command)]
    process = subprocess.run(
        argv, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL, timeout=PATIENCE, **options
    )
    return Ended(process.returncode, process.stdout, process.stderr)


def refusal(ended: Ended) -> tuple[int, str]:
    """The exit code and the error's code, where --json says in one line that nothing was recorded."""
    assert len(ended.errors) == 1, ended
    ((code, message),) = ended.errors
    assert (ended.out, message.startswith("nothing was recorded: ")) == ("", True), ended
    return ended.code, code


# ---------------------------------------------------------------- fixtures


@pytest.fixture(scope="module")
def stable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starters]:
    """The process that forks the others."""
    starters = Starters(tmp_path_factory.mktemp("said"))
    yield starters
    starters.close()


@pytest.fixture
def starters(stable: Starters) -> Iterator[Starters]:
    """Processes at the start; those that a failed test leaves there end with it."""
    yield stable
    stable.abandon()


@pytest.fixture(scope="module")
def traceable(stable: Starters, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A reason to skip where strace may not look at processes, or is too old."""
    (pid,) = stable.ready(["--version"])
    try:
        with traced(
            pid, tmp_path_factory.mktemp("try") / "log", "-e", "trace=write", "-e", "inject=write:signal=STOP:when=99"
        ) as trace:
            stable.go()
            stable.ended()
        assert any(line.startswith("write(1") for line in trace.lines)
    except TraceError as reason:
        pytest.skip(f"no strace here: {reason}")
    finally:
        stable.abandon()


def needs_strace(test: Test) -> Test:
    """A test whose processes are struck at their calls: it is slow, and is skipped where strace cannot do that."""
    marked: Test = pytest.mark.slow(pytest.mark.usefixtures("traceable")(test))
    return marked


needs_root = pytest.mark.skipif(os.getuid() != 0, reason="only root may give files away and mount")


@pytest.fixture
def ordinary(tmp_path: Path) -> list[str]:
    """What to put before a command so that permissions hold for it: root lays down its powers."""
    locked = tmp_path / "locked"
    locked.touch(mode=0)
    before = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.getuid() == 0 else []
    try:
        tried = subprocess.run([*before, "cat", locked], capture_output=True, encoding="utf-8", check=False)
    except OSError as error:
        pytest.skip(f"root cannot lay down its powers here: {error.strerror}")
    if "ermission denied" not in tried.stderr:
        pytest.skip(f"root cannot lay down its powers here: {tried.stderr.strip() or 'it read a file of mode 0'}")
    return before


@contextlib.contextmanager
def mounted(where: Path, *options: str | Path) -> Iterator[Path]:
    """A file system, until the end of the block."""
    where.mkdir()
    done = subprocess.run(["mount", *options, where], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    try:
        yield where
    finally:
        subprocess.run(["umount", where], check=True)


def traced_run(starters: Starters, log: Path, command: Command, *options: str | Path) -> tuple[Ended, list[str]]:
    """Run one command under strace, its id put in where an option says {pid}: how it ended, and the lines of the log."""
    (pid,) = starters.ready(command)
    with traced(pid, log, *(str(option).replace("{pid}", str(pid)) for option in options)) as trace:
        starters.go()
        (ended,) = starters.ended()
    return ended, trace.lines


def injected(call: str, fault: str, nth: int = 1) -> tuple[str, ...]:
    """The options that strike one call."""
    return ("-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={nth}")


@contextlib.contextmanager
def stopped(starters: Starters, log: Path, command: Command, call: str, *options: str | Path) -> Iterator[None]:
    """A process that stands still behind its first such call while the block runs, and then goes on."""
    (pid,) = starters.ready(command)
    with traced(pid, log, *injected(call, "signal=STOP"), *options) as trace:
        starters.go()
        until(lambda: any("stopped by SIGSTOP" in line for line in trace.lines), f"{call} of {command}")
        yield
        os.kill(pid, signal.SIGCONT)


@cache
def swap_name() -> str:
    """The name beside the file under which the new one changes places with the old one: it tells their bytes."""
    with tempfile.TemporaryDirectory() as folder:
        file = plan(Path(folder, "targets"))
        assert run(*add(file)).code == 0
        old, new = (hashlib.sha256(data).hexdigest()[:12] for data in (OLD, file.read_bytes()))
    return f".plan.toml.{old}-{new}.targettrack-swap"


def watched(file: Path) -> list[str | Path]:
    """The options that look at a file, its folder and what may be written beside it."""
    return paths(
        file.parent,
        file,
        file.with_name(ASIDE),
        file.with_name(swap_name()),
        file.with_name(LOCK),
        file.with_name(f".{file.name}.{{pid}}.targettrack-new"),
    )


# ---------------------------------------------------------------- the order of the calls


def in_order(lines: Sequence[str], *patterns: str) -> list[int]:
    """The line of each pattern, the first one behind that of the pattern before it."""
    found: list[int] = []
    for pattern in patterns:
        places = [
            place for place, line in enumerate(lines) if place > max(found, default=-1) and re.search(pattern, line)
        ]
        assert places, f"no {pattern} behind line {max(found, default=-1)} of\n" + "\n".join(lines)
        found.append(places[0])
    return found


def calls(lines: Sequence[str]) -> list[str]:
    """The names of the calls."""
    return [found[1] for line in lines if (found := re.match(r"(?:\d+ +)?(\w+)\(", line))]


@needs_strace
def test_order(starters: Starters, file: Path, tmp_path: Path) -> None:
    """The folder is locked before the file is read to be changed; file and folder are on the disk before a word is said."""
    ended, lines = traced_run(starters, tmp_path / "log", add(file))
    target, folder, aside, swap = (
        re.escape(str(path)) for path in (file, file.parent, file.with_name(ASIDE), file.with_name(swap_name()))
    )
    patterns = (
        rf"^flock\(\d+<{folder}>, LOCK_EX\|LOCK_NB\) += 0",
        rf'^open(at)?\(.*"{target}", O_RDONLY',
        rf"^read\(\d+<{target}>",
        rf'^open(at)?\(.*"{aside}", O_WRONLY\|O_CREAT\|O_EXCL.*, 0600\) = \d',
        rf"^write\(\d+<{aside}>",
        rf"^fsync\(\d+<{aside}>\) += 0",
        rf'^rename(at2?)?\(.*"{aside}".*"{swap}".*\) += 0',
        rf'^(newfstatat|lstat|statx)\(.*"{target}"',
        rf"^read\(\d+<{target}>",
        rf'^renameat2\(.*"{swap}".*"{target}", RENAME_EXCHANGE\) += 0',
        rf"^fcntl\(\d+<{swap}>, F_SETLEASE, F_RDLCK\) += 0",
        rf"^read\(\d+<{swap}>",
        rf'^unlink\("{swap}"\) += 0',
        rf"^fsync\(\d+<{folder}>\) += 0",
        rf"^close\(\d+<{folder}>\) += 0",
        r'^write\(1<.*>, "recorded  plan/share',
    )
    places = in_order(lines, *patterns)
    spoken = [place for place, line in enumerate(lines) if re.match(r"write\([12]<", line)]
    assert (ended.code, said_recorded(ended), state(file), spoken[0]) == (0, True, "new", places[-1])
    assert sum(line.startswith("fsync(") for line in lines) == 2


@needs_strace
def test_old_file_is_only_read(starters: Starters, file: Path, tmp_path: Path) -> None:
    """The old file is never opened for writing, cut, unlinked or changed: the one call that touches its name is the exchange."""
    _, log = traced_run(starters, tmp_path / "log", add(file))
    lines = [line for line in log if f'"{file}"' in line or f"<{file}>" in line]
    looks = {
        "fcntl",
        "newfstatat",
        "fstat",
        "stat",
        "lstat",
        "statx",
        "access",
        "faccessat",
        "faccessat2",
        "ioctl",
        "lseek",
        "read",
        "close",
        "listxattr",
        "getxattr",
        "readlink",
        "readlinkat",
    }
    opens = [line for line in lines if line.startswith("open")]
    rest = [line for line in lines if line not in opens and calls([line])[0] not in looks]
    assert opens
    assert all("O_RDONLY" in line for line in opens), opens
    assert (len(rest), rest[0].startswith("renameat2"), "RENAME_EXCHANGE" in rest[0]) == (1, True, True), rest


@needs_strace
def test_forked_process_is_the_command(starters: Starters, tmp_path: Path) -> None:
    """A process that was forked makes the same calls on the folder as the command that is started by hand."""
    there, here = plan(tmp_path / "a" / "targets"), plan(tmp_path / "b" / "targets")
    _, lines = traced_run(starters, tmp_path / "log", add(there), *watched(there))
    ended = run(*add(here), before=["strace", "-f", "-o", tmp_path / "by-hand", *watched(here)])
    assert (ended.code, state(here), len(calls(lines)) > 30) == (0, "new", True)
    assert calls((tmp_path / "by-hand").read_text(encoding="utf-8").splitlines()) == calls(lines)


@needs_strace
def test_order_of_already_recorded(starters: Starters, file: Path, tmp_path: Path) -> None:
    """What somebody else wrote is brought to the disk, file and folder, before it is called recorded; nothing is written."""
    starters.run(add(file))
    ended, lines = traced_run(starters, tmp_path / "log", add(file))
    target, folder = (re.escape(str(path)) for path in (file, file.parent))
    in_order(
        lines,
        rf"^flock\(\d+<{folder}>",
        rf"^read\(\d+<{target}>",
        rf"^fsync\(\d+<{target}>\) += 0",
        rf"^fsync\(\d+<{folder}>\) += 0",
        r'^write\(1<.*>, "already recorded  ',
    )
    assert (ended.code, state(file), any(ASIDE in line for line in lines)) == (0, "new", False)


@needs_strace
@pytest.mark.parametrize("nth", [1, 2])
def test_already_recorded_but_not_confirmed(starters: Starters, file: Path, tmp_path: Path, nth: int) -> None:
    """Where the disk does not confirm what somebody else wrote, that is an error, and nobody is told that it is recorded."""
    starters.run(add(file))
    ended, _ = traced_run(starters, tmp_path / "log", add(file, "--json"), *injected("fsync", "error=EIO", nth))
    ((code, message),) = ended.errors
    assert (ended.code, code, "not confirmed" in message, ended.out, state(file)) == (
        5,
        "not-confirmed",
        True,
        "",
        "new",
    )


# ---------------------------------------------------------------- each call killed, and failed, in turn


def points(
    starters: Starters, folder: Path, command: Callable[[Path], Command], make: Callable[[Path], Path]
) -> list[tuple[str, int]]:
    """Each call that a command makes on its folder, with its number among those of its name."""
    file = make(folder / "untouched" / "targets")
    ended, lines = traced_run(starters, folder / "log", command(file), *watched(file))
    assert ended.code == 0
    found = calls(lines)
    return [(call, found[: place + 1].count(call)) for place, call in enumerate(found)]


def struck(starters: Starters, folder: Path, fault: str, part: int, *options: str) -> Iterator[tuple[str, Path, Ended]]:
    """Every fourth call on the folder struck by a fault: the call, the file, how the command ended."""
    found = points(starters, folder, add, plan)
    assert {"openat", "flock", "read", "write", "fsync", "close"} < {call for call, _ in found}
    assert len(found) > 50
    for call, nth in found[part::4]:
        file = plan(folder / f"{call}-{nth}" / "targets")
        ended, lines = traced_run(
            starters, folder / "log", add(file, "--wait", "0", *options), *watched(file), *injected(call, fault, nth)
        )
        held_back = (
            fault == "signal=TERM" and calls(lines).count(call) >= nth
        )  # no trace tells of a signal that nobody receives
        assert held_back or any(re.search(r"\(INJECTED\)|killed by SIGKILL|--- SIGTERM", line) for line in lines), (
            f"{call} {nth} was not struck"
        )
        yield f"{call} {nth}", file, ended


def goes_on(starters: Starters, files: Sequence[Path]) -> None:
    """Whatever was left, the next run succeeds and leaves nothing."""
    for file, ended in zip(files, starters.run(*map(add, files)), strict=True):
        assert (ended.code, said_recorded(ended), state(file), names(file.parent)) == (0, True, "new", ["plan.toml"]), (
            file,
            ended,
        )


@needs_strace
@pytest.mark.parametrize("part", range(4))
def test_killed_at_each_call(starters: Starters, tmp_path: Path, part: int) -> None:
    """Killed at any call on the folder, the file is the old or the new one, and nothing was said of a figure that is not there."""
    found = list(struck(starters, tmp_path, "signal=KILL", part))
    wrong = [
        (at, ended, state(file))
        for at, file, ended in found
        if ended != Ended(-signal.SIGKILL, "", "") or state(file) not in {"old", "new"}
    ]
    assert wrong == []
    goes_on(starters, [file for _, file, _ in found])


def obeyed_or_done(ended: Ended, state: str, *stopped: int) -> bool:
    """Whether a command was stopped before anything was recorded, or was not stopped at all."""
    if ended.code in stopped:
        return (ended.out, ended.err in {"", "nothing was recorded\n"}, state) == ("", True, "old")
    return (ended.code, ended.err, said_recorded(ended), state) == (0, "", True, "new")


@needs_strace
@pytest.mark.parametrize(("call", "nth"), [("renameat2", 1), ("fsync", 2)])
@pytest.mark.parametrize("stop", ["INT", "TERM", "HUP"])
def test_stopped_when_it_is_too_late(
    starters: Starters, file: Path, tmp_path: Path, call: str, nth: int, stop: str
) -> None:
    """A signal that comes once the file is being replaced does not hide that the figure is recorded."""
    ended, lines = traced_run(
        starters, tmp_path / "log", add(file), *watched(file), *injected(call, f"signal={stop}", nth)
    )
    assert any(line.startswith(f"{call}(") for line in lines)
    assert (ended.code, said_recorded(ended), state(file)) == (0, True, "new"), ended


@needs_strace
@pytest.mark.parametrize("part", range(4))
def test_terminated_at_each_call(starters: Starters, tmp_path: Path, part: int) -> None:
    """Terminated at any call on the folder, it says nothing and the file is the old one, or it goes on to the end and says so; nothing is left beside."""
    found = list(struck(starters, tmp_path, "signal=TERM", part))
    wrong = [
        (at, ended, state(file), names(file.parent))
        for at, file, ended in found
        if not obeyed_or_done(ended, state(file), -signal.SIGTERM, 130) or names(file.parent) != ["plan.toml"]
    ]
    assert wrong == []
    goes_on(starters, [file for _, file, _ in found])


def honest(ended: Ended, state: str) -> bool:
    """Whether a command says what became of the file: recorded, nothing recorded, or not confirmed."""
    if ended.code == 0:
        return state == "new" and '"recorded": 1,' in ended.out
    if len(ended.errors) != 1 or ended.out:
        return False
    ((code, message),) = ended.errors
    if code == "not-confirmed":
        return (ended.code, state) == (5, "new")
    return (
        state == "old"
        and ended.code in {5, 6}
        and (message.startswith("nothing was recorded: ") or code == "unreadable")
    )


@needs_strace
@pytest.mark.parametrize("error", ["EIO", "ENOSPC", "EACCES"])
@pytest.mark.parametrize("part", range(4))
def test_failed_at_each_call(starters: Starters, tmp_path: Path, error: str, part: int) -> None:
    """If any call on the folder fails, the command says what became of the file, and leaves nothing beside it but what could not be removed."""
    found = list(struck(starters, tmp_path, f"error={error}", part, "--json"))
    tidy = [["plan.toml"]], [["plan.toml"], [swap_name(), "plan.toml"]]
    wrong = [
        (at, ended.code, ended.err, state(file), names(file.parent))
        for at, file, ended in found
        if not honest(ended, state(file)) or names(file.parent) not in tidy[at.startswith("unlink ")]
    ]
    assert wrong == []
    goes_on(starters, [file for _, file, _ in found])


@needs_strace
@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("ENOSPC", "disk-full"),
        ("EDQUOT", "disk-full"),
        ("EFBIG", "disk-full"),
        ("EACCES", "read-only"),
        ("EPERM", "read-only"),
        ("EROFS", "read-only"),
        ("EIO", "not-written"),
    ],
)
def test_reason_of_a_failed_write(starters: Starters, tmp_path: Path, error: str, code: str) -> None:
    """Why the new file could not be written is told by the error's code, and in words."""
    for call in ("write", "fsync", "rename", "renameat2"):
        file = plan(tmp_path / call / "targets")
        ended, _ = traced_run(
            starters, tmp_path / "log", add(file, "--json"), *watched(file), *injected(call, f"error={error}")
        )
        assert (*refusal(ended), state(file), names(file.parent)) == (5, code, "old", ["plan.toml"])
        assert os.strerror(getattr(errno, error)).lower() in ended.errors[0][1]


@needs_strace
def test_folder_not_confirmed(starters: Starters, file: Path, tmp_path: Path) -> None:
    """If the folder does not reach the disk the figure is written, but nobody is told that it is recorded."""
    ended, _ = traced_run(starters, tmp_path / "log", add(file), *injected("fsync", "error=EIO", 2))
    assert (ended.code, ended.out, state(file), names(file.parent)) == (5, "", "new", ["plan.toml"])
    assert ended.err.startswith(f"{file}: written, but not confirmed: the disk reports a failure (input/output error)")


@needs_strace
def test_two_failures(starters: Starters, file: Path, tmp_path: Path) -> None:
    """A file aside that could not even be removed is no obstacle to the next run."""
    options = (
        "-e",
        "trace=write,/^unlink",
        "-e",
        "inject=write:error=ENOSPC",
        "-e",
        "inject=/^unlink:error=EIO:when=2",
    )
    ended, _ = traced_run(starters, tmp_path / "log", add(file, "--json"), *watched(file), *options)
    assert (*refusal(ended), state(file), names(file.parent)) == (5, "disk-full", "old", [ASIDE, "plan.toml"])
    goes_on(starters, [file])


@pytest.mark.parametrize(
    "leave",
    [
        lambda path: path.write_bytes(b"half a fi"),
        lambda path: path.symlink_to("/dev/full"),
        lambda path: path.symlink_to("plan.toml"),
        os.mkfifo,
    ],
    ids=["file", "link", "link-to-it", "fifo"],
)
def test_leftovers_are_no_obstacle(starters: Starters, file: Path, leave: Callable[[Path], object]) -> None:
    """Whatever a process that died left in the place of the file aside is removed, and never written through."""
    leave(file.with_name(ASIDE))
    goes_on(starters, [file])


# ---------------------------------------------------------------- many at once, and killed at any moment


@pytest.mark.slow
def test_a_hundred_writers(starters: Starters, file: Path) -> None:
    """Of a hundred writers at once each that was told so has its record in the file, once, whoever else recorded the same."""
    months = [f"{2000 + place // 12}-{place % 12 + 1:02}" for place in range(85)]
    wanted = [*months, *months[:15]]
    ended = starters.run(*[add(file, "--wait", "3600", period=month) for month in wanted])
    assert [(each.code, said_recorded(each)) for each in ended] == [(0, True)] * 100, [
        each for each in ended if each.code
    ][:1]
    assert sum(each.out.startswith("recorded  ") for each in ended) == 85
    assert sorted(periods(file.read_bytes())) == months
    assert names(file.parent) == ["plan.toml"]


def rounds(starters: Starters, file: Path, deadly: signal.Signals, seed: int) -> tuple[int, int]:
    """Writers struck at random moments: after each round all that was acknowledged is in a valid file. How many were struck, and how many spoke.

    The moments come the later, the more were struck before: half of the writers should live, however fast the machine is.
    """
    chance = random.Random(seed)  # noqa: S311
    began = time.monotonic()
    known = {f"1990-{month:02}" for month in range(1, 5)}
    starters.run(*[add(file, period=month) for month in known])
    span = (time.monotonic() - began) / 2
    before = file.read_bytes()
    struck = spoke = 0
    for year in range(2000, 2010):
        months = [f"{year}-{month:02}" for month in range(1, 5)]
        pids = starters.ready(*[add(file, period=month) for month in months])
        starters.go()
        for pid in chance.sample(pids, chance.randint(1, 4)):
            time.sleep(chance.uniform(0, span))
            os.kill(pid, deadly)
        ended = starters.ended()
        known |= {month for month, each in zip(months, ended, strict=True) if said_recorded(each)}
        after = file.read_bytes()
        found = periods(after)
        assert (after.startswith(before), len(found) == len(set(found)), known - set(found)) == (True, True, set())
        assert {each.code for each in ended} <= {0, -deadly, 130}, ended
        assert deadly == signal.SIGKILL or not {
            month for month, each in zip(months, ended, strict=True) if each.code
        } & set(found)
        assert deadly == signal.SIGKILL or names(file.parent) == ["plan.toml"]
        before = after
        fell = sum(each.code != 0 for each in ended)
        span *= 1.5 if fell > 1 else 0.5
        struck += fell
        spoke += sum(said_recorded(each) for each in ended)
    return struck, spoke


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment(starters: Starters, file: Path, seed: int) -> None:
    """Writers that are killed at any moment lose nothing that was acknowledged, and stop nobody."""
    assert min(rounds(starters, file, signal.SIGKILL, seed)) > 0
    (ended,) = starters.run(add(file, period="1999"))
    assert (ended.code, names(file.parent)) == (0, ["plan.toml"])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_terminated_at_any_moment(starters: Starters, file: Path, seed: int) -> None:
    """Writers that are terminated leave nothing behind, too."""
    assert min(rounds(starters, file, signal.SIGTERM, seed)) > 0


def test_hangup_of_nohup(file: Path) -> None:
    """A command that is to outlive its terminal does: a hangup that was ignored stays ignored."""
    with held(file.parent):
        argv = ["nohup", sys.executable, "-m", "targettrack", *map(str, add(file, "--wait", "600"))]
        process = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        assert process.stderr is not None
        while "waiting for somebody else" not in (line := process.stderr.readline()):
            assert line, "it did not wait"
        process.send_signal(signal.SIGHUP)
    with process:
        out, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out[:10], state(file)) == (0, "recorded  ", "new")


# ---------------------------------------------------------------- a full disk, and a power cut


def filled(folder: Path) -> Path:
    """A file that takes what room there is."""
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as stream:
        while True:
            stream.write(bytes(512))
    return filler


@needs_root
def test_disk_full(starters: Starters, tmp_path: Path) -> None:
    """On a full disk nothing is recorded, and the file is as it was; with room again it works."""
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=64k", "none") as disk:
        file = plan(disk / "targets")
        filler = filled(disk)
        (ended,) = starters.run(add(file, "--json"))
        assert (*refusal(ended), state(file), names(file.parent)) == (5, "disk-full", "old", ["plan.toml"])
        (ended,) = starters.run(add(file))
        assert (ended.code, ended.out) == (5, "")
        assert ended.err.startswith(
            f"{file}: nothing was recorded: the disk is full (no space left on device)\n  hint: make room"
        )
        filler.unlink()
        goes_on(starters, [file])


def test_file_too_large(file: Path) -> None:
    """Where files may not grow so large nothing is recorded."""
    file.write_bytes(OLD + b"#" * 512 + b"\n")
    before = file.read_bytes()
    ended = run(*add(file, "--json"), before=["sh", "-c", 'ulimit -f 1 && exec "$@"', "sh"])
    assert (*refusal(ended), file.read_bytes() == before, names(file.parent)) == (5, "disk-full", True, ["plan.toml"])


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """An ext4 file system in a file: it commits its journal when it is told to, and at no other time."""
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("no mkfs.ext4 here")
    image = tmp_path / "image"
    image.touch()
    os.truncate(image, 8 * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    with plugged(image, tmp_path / "first") as disk:
        plan(disk / "targets")
    return image


@contextlib.contextmanager
def plugged(image: Path, where: Path) -> Iterator[Path]:
    """The file system of an image. It does not write of itself what has been renamed, as ext4 else does to be kind."""
    with mounted(where, "-o", "loop,commit=600,noauto_da_alloc", image) as disk:
        yield disk


@contextlib.contextmanager
def power_cut(image: Path, folder: Path) -> Iterator[Path]:
    """What a power cut at this moment would leave of a file system that is in use."""
    copy = folder / "copy"
    shutil.copyfile(image, copy)
    with plugged(copy, folder / "afterwards") as disk:
        yield disk


@pytest.mark.slow
@needs_root
def test_power_cut(starters: Starters, image: Path, tmp_path: Path) -> None:
    """A figure that was called recorded is there after a power cut."""
    with plugged(image, tmp_path / "disk") as disk:
        (ended,) = starters.run(add(disk / "targets" / "plan.toml"))
        with power_cut(image, tmp_path) as afterwards:
            assert (said_recorded(ended), state(afterwards / "targets" / "plan.toml")) == (True, "new")


@needs_root
@needs_strace
@pytest.mark.parametrize("nth", [1, 2])
def test_power_cut_without_either_sync(starters: Starters, image: Path, tmp_path: Path, nth: int) -> None:
    """It would not be there if the file, or the folder, had not been brought to the disk."""
    with plugged(image, tmp_path / "disk") as disk:
        ended, _ = traced_run(
            starters, tmp_path / "log", add(disk / "targets" / "plan.toml"), *injected("fsync", "retval=0", nth)
        )
        with power_cut(image, tmp_path) as afterwards:
            assert (said_recorded(ended), state(afterwards / "targets" / "plan.toml") == "new") == (True, False)


@pytest.mark.slow
@needs_root
def test_power_cut_after_already_recorded(starters: Starters, image: Path, tmp_path: Path) -> None:
    """A figure that somebody else wrote carelessly is safe once it has been called recorded."""
    with plugged(image, tmp_path / "disk") as disk:
        file = disk / "targets" / "plan.toml"
        elsewhere = plan(tmp_path / "elsewhere")
        starters.run(add(elsewhere))
        shutil.copyfile(elsewhere, disk / "targets" / "careless")
        (disk / "targets" / "careless").rename(file)
        with power_cut(image, tmp_path) as afterwards:
            assert state(afterwards / "targets" / "plan.toml") != "new"
        (tmp_path / "afterwards").rmdir()
        (ended,) = starters.run(add(file))
        with power_cut(image, tmp_path) as afterwards:
            assert (ended.out[:18], state(afterwards / "targets" / "plan.toml")) == ("already recorded  ", "new")


@pytest.mark.slow
@needs_root
def test_power_cut_after_new(starters: Starters, image: Path, tmp_path: Path) -> None:
    """New program files, and a new folder, are there after a power cut."""
    with plugged(image, tmp_path / "disk") as disk:
        ended = [*starters.run(("new", "other", "--targets", disk / "targets")), *starters.run(("init", disk / "more"))]
        with power_cut(image, tmp_path) as afterwards:
            for name in ("targets/other.toml", "more/example.toml", "more/.gitattributes"):
                assert (afterwards / name).read_bytes() == (disk / name).read_bytes() > b""
    assert [each.code for each in ended] == [0, 0]


# ---------------------------------------------------------------- permissions, owners, kinds of files


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["run", "dry run"])
def test_folder_not_writable(ordinary: list[str], file: Path, dry: tuple[str, ...]) -> None:
    """In a folder that may not be written to nothing is recorded, and a dry run says so."""
    file.parent.chmod(0o555)
    ended = run(*add(file, "--json", *dry), before=ordinary)
    assert (*refusal(ended), state(file), names(file.parent)) == (5, "read-only", "old", ["plan.toml"])


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["run", "dry run"])
def test_file_not_writable(ordinary: list[str], file: Path, dry: tuple[str, ...]) -> None:
    """A file that may not be written to is not replaced either, and a dry run says so."""
    file.chmod(0o444)
    ended = run(*add(file, "--json", *dry), before=ordinary)
    assert (*refusal(ended), state(file), names(file.parent)) == (5, "read-only", "old", ["plan.toml"])


def test_file_not_readable(ordinary: list[str], file: Path) -> None:
    """A file that may not be read is an error."""
    file.chmod(0o200)
    ended = run(*add(file, "--json"), before=ordinary)
    file.chmod(0o600)
    assert (ended.code, ended.errors, ended.out, state(file)) == (
        5,
        [("unreadable", "cannot be read: permission denied")],
        "",
        "old",
    )


@pytest.mark.parametrize("command", ["add-actual", "list", "new", "init"])
def test_folder_out_of_reach(ordinary: list[str], file: Path, command: str) -> None:
    """A folder behind one that may not be entered is an error in a sentence."""
    file.parent.chmod(0)
    inside = file.parent / "targets"
    argv = {
        "add-actual": add(inside / "plan.toml"),
        "list": ("list", "--targets", inside),
        "new": ("new", "x", "--targets", inside),
        "init": ("init", inside),
    }[command]
    ended = run(*argv, "--json", before=ordinary) if command in {"add-actual", "list"} else run(*argv, before=ordinary)
    file.parent.chmod(0o700)
    assert (ended.code, ended.out, "Traceback" in ended.err, "permission denied" in ended.err) == (
        5,
        "",
        False,
        True,
    ), ended.err


def test_working_folder_out_of_reach(ordinary: list[str], tmp_path: Path) -> None:
    """Where folders may not be looked into there is no targets folder near, and that is said in a sentence."""
    here = tmp_path / "here"
    here.mkdir()
    ended = run("list", before=["sh", "-c", 'chmod 0 . && exec "$@"', "sh", *ordinary], cwd=here)
    here.chmod(0o700)
    assert (
        ended.code,
        ended.out,
        ended.err.startswith("targettrack: no targets folder here or in any folder above\n"),
    ) == (5, "", True), ended.err


@pytest.mark.parametrize("mode", [0o640, 0o600, 0o664, 0o604])
def test_mode_is_kept(file: Path, mode: int) -> None:
    """The new file has the mode of the old one, whatever the umask, and is dated by when it was written."""
    file.chmod(mode)
    os.utime(file, (1_000_000_000, 1_000_000_000))
    ended = run(*add(file), umask=0o077)
    assert (ended.code, state(file), stat.S_IMODE(file.stat().st_mode), file.stat().st_mtime > 1_500_000_000) == (
        0,
        "new",
        mode,
        True,
    )


@needs_root
def test_owner_is_kept(starters: Starters, file: Path) -> None:
    """Root leaves a file to its owner and group."""
    os.chown(file, 1000, 1001)
    file.chmod(0o640)
    (ended,) = starters.run(add(file))
    found = file.stat()
    assert (
        ended.code,
        state(file),
        found.st_uid,
        found.st_gid,
        stat.S_IMODE(found.st_mode),
        "not promised" in ended.out,
    ) == (0, "new", 1000, 1001, 0o640, False)


@needs_root
@pytest.mark.parametrize(
    ("owner", "folder", "what"),
    [
        ((1000, 1000), 0o777, "the group"),
        ((0, 1000), 0o777, "the group"),
        ((1000, 0), 0o770, "the owner"),
        ((1000, 0), 0o1777, "the owner"),
    ],
    ids=["owner-and-group", "group", "owner", "sticky-folder"],
)
def test_owner_that_cannot_be_kept(
    ordinary: list[str], file: Path, owner: tuple[int, int], folder: int, what: str
) -> None:
    """A file whose owner or group would be another one is not replaced, and it is said why."""
    for path, mode in ((file, 0o666), (file.parent, folder)):
        os.chown(path, *owner)
        path.chmod(mode)
    before = identity(file)
    ended = run(*add(file, "--json"), before=ordinary)
    assert (*refusal(ended), identity(file), names(file.parent)) == (5, "access", before, ["plan.toml"])
    assert (
        ended.errors[0][1]
        == f"nothing was recorded: the new file could not keep {what} of the old one (operation not permitted)"
    )


def test_attributes_are_kept(starters: Starters, file: Path) -> None:
    """Extended attributes and access lists come along."""
    entries = [(0x01, 6, -1), (0x02, 4, 1000), (0x04, 4, -1), (0x10, 4, -1), (0x20, 0, -1)]
    access = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
    try:
        os.setxattr(file, "user.note", b"checked")
        os.setxattr(file, "system.posix_acl_access", access)
    except OSError as error:
        pytest.skip(f"no such attributes here: {error.strerror}")
    (ended,) = starters.run(add(file))
    assert (ended.code, state(file), os.getxattr(file, "user.note"), os.getxattr(file, "system.posix_acl_access")) == (
        0,
        "new",
        b"checked",
        access,
    )


def test_link_to_the_file(starters: Starters, file: Path, tmp_path: Path) -> None:
    """A link stays a link: the figure is in the file behind it, whose folder is the one that is locked."""
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "plan.toml"
    link.symlink_to("../targets/plan.toml")
    (refused,) = locked_out(starters, file.parent, add(link, "--json", "--wait", "0"))
    assert (*refusal(refused), state(file)) == (6, "locked", "old")
    (ended,) = locked_out(starters, folder, add(link, "--wait", "0"))
    assert (ended.code, said_recorded(ended), link.readlink(), state(file)) == (
        0,
        True,
        Path("../targets/plan.toml"),
        "new",
    )
    assert (names(folder), names(file.parent)) == (["plan.toml"], ["plan.toml"])


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.symlink_to("nowhere"), "unreadable"),
        (lambda path: path.symlink_to(path.name), "unreadable"),
        (os.mkfifo, "not-a-file"),
        (os.mkdir, "not-a-file"),
        (lambda path: path.symlink_to("/dev/zero"), "not-a-file"),
    ],
    ids=["dangling", "loop", "fifo", "folder", "device"],
)
def test_what_is_no_file(starters: Starters, file: Path, make: Callable[[Path], object], code: str) -> None:
    """What only has the name of a program file is refused, and is as it was."""
    file.unlink()
    make(file)
    before = identity(file)
    (ended,) = starters.run(add(file, "--json"))
    assert (ended.code, ended.errors[0][0], len(ended.errors), ended.out) == (5, code, 1, "")
    assert (identity(file), names(file.parent)) == (before, ["plan.toml"])


def test_hard_link(starters: Starters, file: Path, tmp_path: Path) -> None:
    """A file with a second name is not written: the two would part; a dry run says so too."""
    (tmp_path / "second").hardlink_to(file)
    for ended in starters.run(add(file, "--json"), add(file, "--json", "--dry-run")):
        assert (*refusal(ended), state(file), state(tmp_path / "second"), names(file.parent)) == (
            5,
            "hard-link",
            "old",
            "old",
            ["plan.toml"],
        )
    (tmp_path / "second").unlink()
    goes_on(starters, [file])


# ---------------------------------------------------------------- somebody else at work


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """The lock of a folder or file in somebody else's hands."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def locked_out(starters: Starters, folder: Path, *commands: Command) -> list[Ended]:
    """How commands end while somebody else holds a folder."""
    with held(folder):
        return starters.run(*commands)


def test_locked(starters: Starters, file: Path) -> None:
    """Who waits in vain is told so, and nothing is recorded; nor is it called recorded if it was there before."""
    (ended,) = locked_out(starters, file.parent, add(file, "--json", "--wait", "0.3"))
    assert (*refusal(ended), state(file), names(file.parent)) == (6, "locked", "old", ["plan.toml"])
    assert ended.errors[0][1].endswith("for 0.3 seconds")
    starters.run(add(file))
    (ended,) = locked_out(starters, file.parent, add(file, "--json", "--wait", "0"))
    assert (*refusal(ended), state(file)) == (6, "locked", "new")


def test_waiting(starters: Starters, file: Path) -> None:
    """Who waits says so, once, and records when it is his turn."""
    starters.ready(add(file))
    with held(file.parent):
        starters.go()
        until(lambda: "waiting" in starters.said(0), "the waiting one to say so")
        assert state(file) == "old"
    (ended,) = starters.ended()
    assert (ended.code, said_recorded(ended), state(file)) == (0, True, "new")
    assert ended.err == f"waiting for somebody else who is writing beside {file} …\n"


def _replaced(file: Path) -> bytes:
    """Save as editors do: a new file in the place of the old one."""
    other = file.with_name("editor")
    other.write_bytes(OLD + b"# an editor's\n")
    other.replace(file)
    return OLD + b"# an editor's\n"


def _rewritten(file: Path) -> bytes:
    """Rewrite in place, as long as it was, and with the old time of change."""
    was = file.stat()
    data = OLD.replace(b"A program with", b"A program WITH")
    file.write_bytes(data)
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    return data


def _moved_back(file: Path) -> bytes:
    """The very same bytes, in another file of the same length and time."""
    other = file.with_name("editor")
    shutil.copy2(file, other)
    other.replace(file)
    return OLD


def _restricted(file: Path) -> bytes:
    """The same file, but only for its owner."""
    file.chmod(0o600)
    return OLD


def _unlinked(file: Path) -> bytes:
    """The file gone."""
    file.unlink()
    return b""


@needs_strace
@pytest.mark.parametrize("change", [_replaced, _rewritten, _moved_back, _restricted, _unlinked])
def test_changed_before_the_rename(
    starters: Starters, file: Path, tmp_path: Path, change: Callable[[Path], bytes]
) -> None:
    """If somebody changes the file until the last moment his work stands, and nothing is recorded."""
    with stopped(starters, tmp_path / "log", add(file, "--json"), "fsync"):
        assert names(file.parent) == [ASIDE, "plan.toml"]
        expected = change(file)
        found = identity(file) if file.exists() else None
    (ended,) = starters.ended()
    assert (refusal(ended), names(file.parent)) == ((6, "changed"), ["plan.toml"] if expected else [])
    assert not expected or (file.read_bytes(), identity(file)) == (expected, found)


@needs_strace
def test_link_turned_before_the_rename(starters: Starters, file: Path, tmp_path: Path) -> None:
    """If the link leads to another file by now, neither is touched."""
    other = plan(tmp_path / "others")
    link = tmp_path / "links" / "plan.toml"
    link.parent.mkdir()
    link.symlink_to(file)
    with stopped(starters, tmp_path / "log", add(link, "--json"), "fsync"):
        link.unlink()
        link.symlink_to(other)
    (ended,) = starters.ended()
    assert (*refusal(ended), state(file), state(other), names(file.parent), names(other.parent)) == (
        6,
        "changed",
        "old",
        "old",
        ["plan.toml"],
        ["plan.toml"],
    )


@needs_strace
def test_link_turned_before_the_lock(starters: Starters, file: Path, tmp_path: Path) -> None:
    """Nobody writes into a folder that somebody else has locked, even if a link came to lead there a moment ago."""
    other = plan(tmp_path / "others")
    link = tmp_path / "links" / "plan.toml"
    link.parent.mkdir()
    link.symlink_to(file)
    with held(other.parent):
        with stopped(starters, tmp_path / "log", add(link, "--json", "--wait", "0"), "flock"):
            link.unlink()
            link.symlink_to(other)
        (ended,) = starters.ended()
        assert (ended.code, ended.out, state(file), state(other)) == (6, "", "old", "old"), ended


@needs_strace
def test_folder_exchanged_before_the_lock(starters: Starters, file: Path, tmp_path: Path) -> None:
    """Nor if the folder is another one by now, as after a checkout: the lock of the old one keeps nobody away."""
    with stopped(starters, tmp_path / "log", add(file, "--json", "--wait", "0"), "flock"):
        file.parent.rename(tmp_path / "gone")
        plan(file.parent)
        descriptor = os.open(file.parent, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    (ended,) = starters.ended()
    os.close(descriptor)
    assert (ended.code, ended.out, state(file)) == (6, "", "old"), ended


@needs_strace
def test_changed_before_the_lock(starters: Starters, file: Path, tmp_path: Path) -> None:
    """What somebody recorded just before the lock stays, and the figure comes behind it."""
    with stopped(starters, tmp_path / "log", add(file), "flock"):
        elsewhere = plan(tmp_path / "elsewhere")
        assert run(*add(elsewhere, period="2021")).code == 0
        theirs = elsewhere.read_bytes()
        file.write_bytes(theirs)
    (ended,) = starters.ended()
    assert (ended.code, said_recorded(ended), periods(file.read_bytes()), file.read_bytes().startswith(theirs)) == (
        0,
        True,
        ["2021", "2023"],
        True,
    )
    assert f"{file}:27, 7\xa0lines added" in ended.out


@needs_strace
def test_recorded_before_the_lock(starters: Starters, file: Path, tmp_path: Path) -> None:
    """If somebody recorded the same just before the lock it is not recorded twice."""
    elsewhere = plan(tmp_path / "elsewhere")
    starters.run(add(elsewhere))
    with stopped(starters, tmp_path / "log", add(file), "flock"):
        shutil.copyfile(elsewhere, file)
    (ended,) = starters.ended()
    assert (ended.code, ended.out[:18], state(file)) == (0, "already recorded  ", "new")


def _fifo(path: Path) -> None:
    """A FIFO in the place of the file: who opens it for reading waits for ever."""
    path.unlink()
    os.mkfifo(path)


@needs_strace
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(OLD + b"broken"), (4, "not-toml")),
        (lambda path: path.write_bytes(b"x = 1\n"), (6, "changed")),
        (_fifo, (5, "not-a-file")),
        (lambda path: path.with_name("second").hardlink_to(path), (5, "hard-link")),
        (lambda path: path.unlink(), (5, "unreadable")),
    ],
    ids=["broken", "no-program", "fifo", "hard-link", "gone"],
)
def test_spoilt_before_the_lock(
    starters: Starters, file: Path, tmp_path: Path, make: Callable[[Path], object], code: tuple[int, str]
) -> None:
    """If somebody spoilt the file just before the lock nothing is recorded, and it is as he left it."""
    with stopped(starters, tmp_path / "log", add(file, "--json"), "flock"):
        make(file)
        left = (identity(file), stat.S_ISREG(file.lstat().st_mode) and file.read_bytes()) if file.exists() else None
    (ended,) = starters.ended()
    assert (ended.code, [error for error, _ in ended.errors], ended.out) == (code[0], [code[1]], "")
    assert left is None or left == (identity(file), stat.S_ISREG(file.lstat().st_mode) and file.read_bytes())
    assert ASIDE not in names(file.parent)


# ---------------------------------------------------------------- file systems that cannot do all of it


@needs_strace
@pytest.mark.parametrize("error", ["ENOLCK", "EINVAL", "EBADF", "ENOSYS", "EOPNOTSUPP"])
def test_folder_cannot_be_locked(starters: Starters, file: Path, tmp_path: Path, error: str) -> None:
    """Where a folder cannot be locked a file in it is, and what that does not promise is said."""
    ended, lines = traced_run(
        starters,
        tmp_path / "log",
        add(file),
        *watched(file),
        "-e",
        "trace=flock,fsync,/^rename",
        "-e",
        f"inject=flock:error={error}:when=1",
    )
    assert (ended.code, said_recorded(ended), state(file), names(file.parent)) == (0, True, "new", [LOCK, "plan.toml"])
    in_order(
        lines,
        r"^flock\(.*targets>.*INJECTED",
        rf"^flock\(.*{re.escape(LOCK)}>, LOCK_EX\|LOCK_NB\) += 0",
        r"^fsync.*new>",
        r"^rename",
        r"^fsync\(.*targets>\) += 0",
    )
    assert f"not promised: {NO_FOLDER_LOCK}." in ended.out


@needs_strace
def test_lock_beside_is_a_lock(starters: Starters, file: Path, tmp_path: Path) -> None:
    """The file that is locked in the place of the folder keeps others out."""
    file.with_name(LOCK).touch()
    with held(file.with_name(LOCK)):
        ended, _ = traced_run(
            starters,
            tmp_path / "log",
            add(file, "--json", "--wait", "0"),
            *paths(file.parent),
            *injected("flock", "error=ENOLCK"),
        )
    assert (*refusal(ended), state(file)) == (6, "locked", "old")
    ended, _ = traced_run(
        starters,
        tmp_path / "log",
        add(file, "--json", "--wait", "0"),
        *paths(file.parent),
        *injected("flock", "error=ENOLCK"),
    )
    assert (ended.code, f'"not_promised": ["{NO_FOLDER_LOCK}"]' in ended.out, state(file)) == (0, True, "new")


@needs_strace
@pytest.mark.parametrize(("folder", "lock"), [(0o775, 0o660), (0o755, 0o600), (0o777, 0o666)])
def test_lock_beside_is_for_all_who_write(
    starters: Starters, file: Path, tmp_path: Path, folder: int, lock: int
) -> None:
    """Whoever may write into the folder may take the lock beside its files, whatever the umask of the one who was first."""
    file.parent.chmod(folder)
    ended, _ = traced_run(
        starters, tmp_path / "log", add(file), *paths(file.parent), *injected("flock", "error=ENOLCK")
    )
    assert (ended.code, stat.S_IMODE(file.with_name(LOCK).stat().st_mode) & lock) == (0, lock)


@needs_strace
def test_nothing_can_be_locked(starters: Starters, file: Path, tmp_path: Path) -> None:
    """Where nothing can be locked nothing is recorded."""
    ended, _ = traced_run(
        starters, tmp_path / "log", add(file, "--json"), "-e", "trace=flock", "-e", "inject=flock:error=ENOLCK"
    )
    assert (*refusal(ended), state(file)) == (5, "no-lock", "old")


@needs_strace
@pytest.mark.parametrize("error", ["EINVAL", "EBADF", "ENOSYS"])
def test_folder_cannot_be_confirmed(starters: Starters, file: Path, tmp_path: Path, error: str) -> None:
    """Where a folder cannot be brought to the disk the figure is recorded, and what that does not promise is said."""
    folder = file.parent
    ended, _ = traced_run(starters, tmp_path / "log", add(file), *paths(folder), *injected("fsync", f"error={error}"))
    assert (ended.code, said_recorded(ended), state(file), f"not promised: {NO_FOLDER_SYNC}." in ended.out) == (
        0,
        True,
        "new",
        True,
    )
    ended, _ = traced_run(
        starters, tmp_path / "log", add(file, "--json"), *paths(folder), *injected("fsync", f"error={error}")
    )
    assert (ended.code, f'"not_promised": ["{NO_FOLDER_SYNC}"]' in ended.out, '"recorded_before": 1,' in ended.out) == (
        0,
        True,
        True,
    )


# ---------------------------------------------------------------- new files


def new(file: Path) -> Command:
    """The command that makes a program file."""
    return ("new", file.stem, "--targets", file.parent)


def nothing(folder: Path) -> Path:
    """An empty folder, and the file that is to be in it."""
    folder.mkdir(parents=True)
    return folder / "plan.toml"


@needs_strace
@pytest.mark.parametrize("command", ["new", "init"])
def test_order_of_a_new_file(starters: Starters, tmp_path: Path, command: str) -> None:
    """A new file is on the disk before it has its name, and the folder before it is called written."""
    folder = nothing(tmp_path / "targets").parent
    ended, lines = traced_run(
        starters, tmp_path / "log", ("init", folder) if command == "init" else ("new", "example", "--targets", folder)
    )
    place, aside, file = (re.escape(str(path)) for path in (folder, folder / ".example.toml.", folder / "example.toml"))
    patterns = (
        rf'^open(at)?\(.*"{aside}[^"]*-new", O_WRONLY\|O_CREAT\|O_EXCL',
        rf"^write\(\d+<{aside}",
        rf"^fsync\(\d+<{aside}.*= 0",
        rf'^link(at)?\(.*"{aside}.*"{file}".* = 0',
        rf"^fsync\(\d+<{place}>\) += 0",
        rf'^write\(2<.*>, "{file} written',
    )
    in_order(lines, *patterns)
    assert (ended.code, names(folder)) == (
        0,
        ["example.toml"] if command == "new" else [".gitattributes", "example.toml"],
    )
    assert not any(
        re.search(rf'^open(at)?\(.*"{file}", [^)]*(O_WRONLY|O_RDWR|O_CREAT|O_TRUNC)', line) for line in lines
    )


def test_new_file_in_the_place_of_one(starters: Starters, file: Path) -> None:
    """A file that is there already is not touched."""
    before = identity(file)
    (ended,) = starters.run(new(file))
    assert (ended.code, "exists already" in ended.err, state(file), identity(file), names(file.parent)) == (
        2,
        True,
        "old",
        before,
        ["plan.toml"],
    )


@needs_strace
def test_new_file_that_somebody_else_makes(starters: Starters, tmp_path: Path) -> None:
    """Nor is one that somebody else made in the same moment."""
    file = nothing(tmp_path / "targets")
    with stopped(starters, tmp_path / "log", new(file), "fsync"):
        file.write_bytes(OLD)
        before = identity(file)
    (ended,) = starters.ended()
    assert (ended.code, "exists already" in ended.err, state(file), identity(file), names(file.parent)) == (
        2,
        True,
        "old",
        before,
        ["plan.toml"],
    )


def test_one_of_many_makes_the_file(starters: Starters, tmp_path: Path) -> None:
    """Of many who make the same file one succeeds, and it is his."""
    file = nothing(tmp_path / "targets")
    ended = starters.run(
        *[("new", "plan", "--name", f"Number {place}", "--targets", file.parent) for place in range(20)]
    )
    assert sorted(each.code for each in ended) == [0, *[2] * 19]
    assert f'name = "Number {[each.code for each in ended].index(0)}"' in file.read_text(encoding="utf-8")
    assert names(file.parent) == ["plan.toml"]


@needs_strace
@pytest.mark.parametrize("fault", ["signal=KILL", "error=EIO", "error=ENOSPC", "error=EACCES"])
def test_new_file_struck_at_each_call(starters: Starters, tmp_path: Path, fault: str) -> None:
    """Whatever happens on the way, the new file is there whole or not at all, and the command says which, or that it is not confirmed."""
    (done,) = starters.run(new(nothing(tmp_path / "whole")))
    assert done.code == 0
    whole = (tmp_path / "whole" / "plan.toml").read_bytes()
    wrong = []
    for call, nth in points(starters, tmp_path, new, nothing):
        file = nothing(tmp_path / f"{call}-{nth}" / "targets")
        ended, lines = traced_run(starters, tmp_path / "log", new(file), *watched(file), *injected(call, fault, nth))
        there = file.exists()
        struck = any(re.search(r"\(INJECTED\)|killed by SIGKILL", line) for line in lines)
        told = ended.code == -signal.SIGKILL or (
            ended.code in {0, 5} and (there if ended.code == 0 else not there or "not confirmed" in ended.err)
        )
        again = starters.run(new(file))[0].code
        if not (struck and told and (not there or file.read_bytes() == whole) and again == (2 if there else 0)):
            wrong.append((call, nth, ended, there, again))
    assert wrong == []


@needs_strace
@pytest.mark.parametrize("error", ["EINVAL", "EBADF"])
def test_new_file_in_a_folder_that_cannot_be_confirmed(starters: Starters, tmp_path: Path, error: str) -> None:
    """Where a folder cannot be brought to the disk a new file is made all the same."""
    file = nothing(tmp_path / "targets")
    ended, _ = traced_run(
        starters, tmp_path / "log", new(file), *paths(file.parent), *injected("fsync", f"error={error}")
    )
    assert (ended.code, file.exists(), "written" in ended.err) == (0, True, True), ended.err


@needs_strace
@pytest.mark.parametrize("error", ["EPERM", "EOPNOTSUPP"])
def test_new_file_where_nothing_can_be_linked(starters: Starters, tmp_path: Path, error: str) -> None:
    """Where files cannot have a second name, as on a memory stick, a new file is made all the same, and none is overwritten."""
    options = ("-e", "trace=/^link", "-e", f"inject=/^link:error={error}")
    file = nothing(tmp_path / "targets")
    ended, _ = traced_run(starters, tmp_path / "log", new(file), *options)
    assert (ended.code, names(file.parent)) == (0, ["plan.toml"]), ended.err
    before = identity(file)
    ended, _ = traced_run(starters, tmp_path / "log", new(file), *options)
    assert (ended.code, identity(file)) == (2, before), ended.err
