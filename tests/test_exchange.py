"""Exchange: an editor's save is never overwritten, at whatever moment it comes, and no figure that was called recorded is lost to our own doing."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import stat
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("leases, strace and an exchange as Linux has them", allow_module_level=True)

from faults import PATIENCE, Ended, Starters, Trace, traced, until
from support import times
from targettrack.store.swap import exchange, occupied
from test_disk import (
    OLD,
    add,
    block,
    file,
    identity,
    names,
    needs_root,
    needs_strace,
    plan,
    refusal,
    said_recorded,
    stable,
    starters,
    state,
    swap_name,
    traceable,
    traced_run,
    watched,
)

FIXTURES = (file, stable, starters, traceable)
SAVES, WRITERS = times(50), times(10)
NO_EXCHANGE = "this file system cannot exchange two files: a save by an editor in the very moment of the writing would be overwritten"
Deed = Callable[[int], object]
Way = Callable[[Path, bytes], None]


def halted(
    starters: Starters,
    log: Path,
    command: tuple[str | Path, ...],
    *,
    before: Sequence[Deed] = (),
    behind: Sequence[Deed] = (),
    asleep: Sequence[Deed] = (),
) -> Ended:
    """Run a command that stands still while somebody else (told its id) does something; how it ended.

    ``asleep`` is done when it waits, one deed each time, ``before`` behind the last call before the exchange, ``behind`` behind each exchange.
    """
    (pid,) = starters.ready(command)
    halts = {"clock_nanosleep": asleep, "rt_sigprocmask": before, "renameat2": behind}
    options = [
        option
        for call, deeds in halts.items()
        if deeds
        for option in ("-e", f"inject={call}:signal=STOP:when=1..{len(deeds)}")
    ]
    with traced(pid, log, "-e", f"trace={','.join(halts)}", *options) as trace:
        starters.go()
        for number, do in enumerate([*asleep, *before, *behind], 1):
            until(lambda number=number: stops(trace) >= number, f"halt {number} of {command}")  # type: ignore[misc]
            do(pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
    (ended,) = starters.ended()
    return ended


def stops(trace: Trace) -> int:
    """How often a process has stood still."""
    return sum("stopped by SIGSTOP" in line for line in trace.lines)


# ---------------------------------------------------------------- ways to save


def note(data: bytes, number: int) -> bytes:
    """A text as an editor leaves it: its first line is another one."""
    return b"# save %06d\n" % number + data.partition(b"\n")[2]


def by_rename(file: Path, data: bytes) -> None:
    """A new file in the place of the old one."""
    other = file.with_name("editor")
    other.write_bytes(data)
    other.replace(file)


def in_place(file: Path, data: bytes) -> None:
    """The old file emptied, and written anew."""
    file.write_bytes(data)


def in_place_unseen(file: Path, data: bytes) -> None:
    """In place, as long as it was, and with the time that it had."""
    was = file.stat()
    file.write_bytes(data[: was.st_size].ljust(was.st_size, b"\n"))
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))


def by_backup(file: Path, data: bytes) -> None:
    """The old file gets another name, and a new one is written."""
    file.rename(file.with_name("editor~"))
    file.write_bytes(data)
    file.with_name("editor~").unlink()


def to_a_link(file: Path, data: bytes) -> None:
    """A link in the place of the file."""
    other = file.parent.with_name("elsewhere")
    other.write_bytes(data)
    file.unlink()
    file.symlink_to(other)


WAYS = [by_rename, in_place, by_backup]


def saved(file: Path, way: Way, number: int = 1) -> Deed:
    """Somebody's save, as a deed: what stands there with another first line."""
    return lambda _: way(file, note(OLD, number))


def untouched(file: Path, number: int) -> bool:
    """Whether a save stands there as it was made, and nothing is left beside it."""
    return file.read_bytes() == note(OLD, number) and names(file.parent) == ["plan.toml"]


# ---------------------------------------------------------------- in the moment of the exchange


@needs_strace
@pytest.mark.parametrize("way", [*WAYS, in_place_unseen, to_a_link])
def test_saved_in_the_last_moment(starters: Starters, file: Path, tmp_path: Path, way: Way) -> None:
    """A save between the last look and the exchange is displaced, seen and put back as the very file that it was; nothing is recorded."""
    found: list[tuple[int, ...]] = []

    def saves(_: int) -> None:
        way(file, note(OLD, 1))
        found.append(identity(file)[:-1])

    ended = halted(starters, tmp_path / "log", add(file, "--json"), before=[saves])
    assert (*refusal(ended), file.read_bytes()[:14], names(file.parent)) == (
        6,
        "changed",
        b"# save 000001\n",
        ["plan.toml"],
    )
    assert identity(file)[:-1] == found[0]


@needs_strace
@pytest.mark.parametrize(
    "make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("nowhere")], ids=["fifo", "folder", "dangling"]
)
def test_no_file_in_the_last_moment(
    starters: Starters, file: Path, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    """Whatever else came to stand there stands there afterwards."""

    def puts(_: int) -> None:
        file.unlink()
        make(file)

    ended = halted(starters, tmp_path / "log", add(file, "--json"), before=[puts])
    assert (*refusal(ended), stat.S_ISREG(file.lstat().st_mode), names(file.parent)) == (
        6,
        "changed",
        False,
        ["plan.toml"],
    )


@needs_strace
def test_gone_in_the_last_moment(starters: Starters, file: Path, tmp_path: Path) -> None:
    """A file that somebody deleted does not come back."""
    ended = halted(starters, tmp_path / "log", add(file, "--json"), before=[lambda _: file.unlink()])
    assert (*refusal(ended), names(file.parent)) == (6, "changed", [])


def _restricted(file: Path) -> None:
    file.chmod(0o600)


def _noted(file: Path) -> None:
    os.setxattr(file, "user.note", b"x")


def _given_away(file: Path) -> None:
    os.chown(file, 1000, -1)


def _second_name(file: Path) -> None:
    file.parent.with_name("second").hardlink_to(file)


@needs_root
@needs_strace
@pytest.mark.parametrize("change", [_restricted, _noted, _given_away, _second_name])
def test_rights_changed_in_the_last_moment(
    starters: Starters, file: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """So it is with a mode, an attribute, an owner or a second name that the new file would not have."""
    ended = halted(starters, tmp_path / "log", add(file, "--json"), before=[lambda _: change(file)])
    assert (*refusal(ended), state(file), names(file.parent)) == (6, "changed", "old", ["plan.toml"])
    found = file.stat()
    assert (
        stat.S_IMODE(found.st_mode) == 0o600,
        "user.note" in os.listxattr(file),
        found.st_uid == 1000,
        found.st_nlink == 2,
    ) == tuple(change is each for each in (_restricted, _noted, _given_away, _second_name))


@needs_strace
def test_link_turned_in_the_last_moment(starters: Starters, file: Path, tmp_path: Path) -> None:
    """A link that leads to another file by now: neither is touched."""
    other, link = plan(tmp_path / "others"), tmp_path / "links" / "plan.toml"
    link.parent.mkdir()
    link.symlink_to(file)

    def turns(_: int) -> None:
        link.unlink()
        link.symlink_to(other)

    ended = halted(starters, tmp_path / "log", add(link, "--json"), before=[turns])
    assert (*refusal(ended), state(file), state(other), names(file.parent)) == (
        6,
        "changed",
        "old",
        "old",
        ["plan.toml"],
    )


@needs_strace
@pytest.mark.parametrize("second", WAYS)
@pytest.mark.parametrize("first", WAYS)
def test_saved_again_before_it_is_put_back(
    starters: Starters, file: Path, tmp_path: Path, first: Way, second: Way
) -> None:
    """A save while the displaced one is being put back is the newest, and stays."""
    ended = halted(
        starters, tmp_path / "log", add(file, "--json"), before=[saved(file, first)], behind=[saved(file, second, 2)]
    )
    assert (refusal(ended), untouched(file, 2)) == ((6, "changed"), True)


@needs_strace
def test_saved_once_more(starters: Starters, file: Path, tmp_path: Path) -> None:
    """And so on: whoever comes last has the file."""
    ended = halted(
        starters,
        tmp_path / "log",
        add(file, "--json"),
        before=[saved(file, by_rename)],
        behind=[saved(file, way, number) for number, way in enumerate([*WAYS, by_rename], 2)],
    )
    assert (refusal(ended), untouched(file, 5)) == ((6, "changed"), True)


@needs_strace
def test_gone_before_it_is_put_back(starters: Starters, file: Path, tmp_path: Path) -> None:
    """Where somebody takes the new file away a displaced save gets its name back all the same: it was nobody's wish to lose it."""
    ended = halted(
        starters,
        tmp_path / "log",
        add(file, "--json"),
        before=[saved(file, by_rename)],
        behind=[lambda _: file.unlink()],
    )
    assert (refusal(ended), untouched(file, 1), file.stat().st_nlink) == ((6, "changed"), True, 1)


# ---------------------------------------------------------------- a save in place that is not finished


def opened(file: Path) -> int:
    """A file open for writing, as an editor's that has not written yet."""
    return os.open(file, os.O_RDWR)


def test_who_has_a_file_open(file: Path) -> None:
    """The system tells who has it open for writing, and minds no reader."""
    with file.open("rb"):
        assert occupied(file) is False
    with file.open("ab"):
        assert occupied(file) is True
    assert (occupied(file), occupied(file.with_name("none"))) == (False, None)


def test_half_a_save(starters: Starters, file: Path) -> None:
    """A half that looks like a whole program is not taken for one while its writer has it open: in vain is told, and the save is whole afterwards."""
    whole = note(OLD, 1) + b"# more\n" * 9
    with file.open("wb", buffering=0) as editor:
        editor.write(whole[: len(OLD)])
        (ended,) = starters.run(add(file, "--json", "--wait", "0.2"))
        assert (*refusal(ended), names(file.parent)) == (6, "being-saved", ["plan.toml"])
        editor.write(whole[len(OLD) :])
    assert file.read_bytes() == whole
    (ended,) = starters.run(add(file))
    assert (ended.code, re.fullmatch(re.escape(whole) + block("2023"), file.read_bytes()) is not None) == (0, True)


def test_half_a_save_is_waited_for(starters: Starters, file: Path) -> None:
    """Who waits long enough records behind the whole save, and says that he waits."""
    whole = note(OLD, 1) + b"# more\n"
    starters.ready(add(file, "--wait", "600"))
    with file.open("wb", buffering=0) as editor:
        editor.write(note(OLD, 1))
        starters.go()
        until(lambda: "waiting" in starters.said(0), "the waiting one to say so")
        editor.write(b"# more\n")
    (ended,) = starters.ended()
    assert (ended.code, file.read_bytes().startswith(whole), said_recorded(ended)) == (0, True, True)


@needs_strace
@pytest.mark.parametrize("displaced", [True, False])
def test_opened_in_the_last_moment(starters: Starters, file: Path, tmp_path: Path, displaced: bool) -> None:
    """Who opened the file before the exchange writes into the file that is at its path, not into one that is gone; whether he begins while it is displaced or later."""
    editors: list[int] = []

    def writes(_: int) -> None:
        if displaced:
            os.pwrite(editors[0], b"# save 000001\n", 0)

    ended = halted(
        starters,
        tmp_path / "log",
        add(file, "--json"),
        before=[lambda _: editors.append(opened(file))],
        behind=[writes],
    )
    os.pwrite(editors[0], b"# save 000001\n", 0)
    assert (
        *refusal(ended),
        file.read_bytes()[:14],
        os.fstat(editors[0]).st_ino == file.stat().st_ino,
        names(file.parent),
    ) == (
        6,
        "changed",
        b"# save 000001\n",
        True,
        ["plan.toml"],
    )
    os.close(editors[0])


@needs_strace
@pytest.mark.parametrize("saves", [True, False])
def test_our_own_file_opened_by_an_editor(starters: Starters, file: Path, tmp_path: Path, saves: bool) -> None:
    """An editor that opened the new file before it was taken back is waited for; if he saves into it, his is the newest save."""
    editors: list[int] = []

    def goes_on(_: int) -> None:
        if saves:
            os.truncate(editors[0], 0)
            os.pwrite(editors[0], note(OLD, 2), 0)
        threading.Timer(0.3, os.close, editors).start()

    ended = halted(
        starters,
        tmp_path / "log",
        add(file, "--json"),
        before=[saved(file, by_rename)],
        behind=[lambda _: editors.append(opened(file)), goes_on],
    )
    assert (refusal(ended), untouched(file, 2 if saves else 1)) == ((6, "changed"), True)


@needs_strace
def test_pieces_that_come_one_by_one(starters: Starters, file: Path, tmp_path: Path) -> None:
    """A save whose writer opens the file for each piece must stand still between two looks: the figure comes behind the last piece."""
    pieces = [b"# piece %d\n" % number for number in range(5)]

    def another(_: int) -> None:
        with file.open("ab") as editor:
            editor.write(pieces.pop(0))
        os.utime(file, (2_000_000_000, 2_000_000_000))  # by the clock alone it would never be old

    another(0)
    ended = halted(starters, tmp_path / "log", add(file), asleep=[another] * 4)
    assert (ended.code, pieces) == (0, [])
    assert re.fullmatch(re.escape(OLD) + rb"(# piece \d\n){5}" + block("2023"), file.read_bytes())


# ---------------------------------------------------------------- killed in between, and what stands beside


def killed_with_a_save_beside(starters: Starters, file: Path, log: Path) -> None:
    """A process killed just when it has displaced somebody's save."""
    ended = halted(
        starters, log, add(file), before=[saved(file, by_rename)], behind=[lambda pid: os.kill(pid, signal.SIGKILL)]
    )
    assert (ended, state(file), names(file.parent)) == (
        Ended(-signal.SIGKILL, "", ""),
        "new",
        [swap_name(), "plan.toml"],
    )


@needs_strace
def test_killed_behind_the_exchange(starters: Starters, file: Path, tmp_path: Path) -> None:
    """What a killed process left is known for the old text, and removed."""
    halted(starters, tmp_path / "log", add(file), behind=[lambda pid: os.kill(pid, signal.SIGKILL)])
    assert (state(file), file.with_name(swap_name()).read_bytes(), names(file.parent)) == (
        "new",
        OLD,
        [swap_name(), "plan.toml"],
    )
    (ended,) = starters.run(add(file))
    assert (ended.code, ended.out[:18], state(file), names(file.parent)) == (
        0,
        "already recorded  ",
        "new",
        ["plan.toml"],
    )


@needs_strace
def test_killed_before_the_exchange(starters: Starters, file: Path, tmp_path: Path) -> None:
    """So is the new text that never came to its place, whatever has been saved since."""
    halted(starters, tmp_path / "log", add(file), before=[lambda pid: os.kill(pid, signal.SIGKILL)])
    assert (state(file), names(file.parent)) == ("old", [swap_name(), "plan.toml"])
    by_rename(file, note(OLD, 1))
    (ended,) = starters.run(add(file))
    assert (ended.code, file.read_bytes().startswith(note(OLD, 1)), names(file.parent)) == (0, True, ["plan.toml"])


@needs_strace
def test_killed_with_a_save_beside(starters: Starters, file: Path, tmp_path: Path) -> None:
    """Somebody's save that a killed process displaced goes back before anything else is done, and the figure comes behind it."""
    killed_with_a_save_beside(starters, file, tmp_path / "log")
    (ended,) = starters.run(add(file, period="2024"))
    assert (
        ended.code,
        re.fullmatch(re.escape(note(OLD, 1)) + block("2024"), file.read_bytes()) is not None,
        names(file.parent),
    ) == (0, True, ["plan.toml"])


@needs_strace
def test_killed_with_a_save_beside_and_saved_again(starters: Starters, file: Path, tmp_path: Path) -> None:
    """If another save came since, people must compare the two: both stay, and it is said where."""
    killed_with_a_save_beside(starters, file, tmp_path / "log")
    by_rename(file, note(OLD, 2))
    for _ in range(2):
        (ended,) = starters.run(add(file, "--json"))
        assert (ended.code, ended.errors) == (
            6,
            [("displaced", f"a save of somebody else came in between, and is in the file {swap_name()} now")],
        )
        assert (file.read_bytes(), file.with_name(swap_name()).read_bytes(), names(file.parent)) == (
            note(OLD, 2),
            note(OLD, 1),
            [swap_name(), "plan.toml"],
        )
    file.with_name(swap_name()).unlink()
    (ended,) = starters.run(add(file))
    assert (ended.code, file.read_bytes().startswith(note(OLD, 2))) == (0, True)


@needs_strace
def test_half_a_save_beside(starters: Starters, file: Path, tmp_path: Path) -> None:
    """Nor is it touched while its editor is still writing into it."""
    killed_with_a_save_beside(starters, file, tmp_path / "log")
    with file.with_name(swap_name()).open("ab", buffering=0) as editor:
        (ended,) = starters.run(add(file, "--json"))
        assert (*refusal(ended), names(file.parent)) == (6, "being-saved", [swap_name(), "plan.toml"])
        editor.write(b"# the rest\n")
    (ended,) = starters.run(add(file, period="2024"))
    assert (
        ended.code,
        re.fullmatch(re.escape(note(OLD, 1)) + b"# the rest\n" + block("2024"), file.read_bytes()) is not None,
        names(file.parent),
    ) == (0, True, ["plan.toml"])


@needs_strace
@pytest.mark.parametrize("error", ["EIO", "EACCES", "ENOSPC"])
def test_a_save_that_cannot_be_put_back(starters: Starters, file: Path, tmp_path: Path, error: str) -> None:
    """Where putting back fails the save stays beside, it is said where, and the next run puts it back."""
    (pid,) = starters.ready(add(file, "--json"))
    options = (
        "-e",
        "trace=rt_sigprocmask,renameat2",
        "-e",
        "inject=rt_sigprocmask:signal=STOP:when=1",
        "-e",
        f"inject=renameat2:error={error}:when=2",
    )
    with traced(pid, tmp_path / "log", *options) as trace:
        starters.go()
        until(lambda: any("stopped by SIGSTOP" in line for line in trace.lines), "the last call before the exchange")
        by_rename(file, note(OLD, 1))
        os.kill(pid, signal.SIGCONT)
    (ended,) = starters.ended()
    assert (ended.code, ended.errors) == (
        6,
        [("displaced", f"a save of somebody else came in between, and is in the file {swap_name()} now")],
    )
    assert (file.with_name(swap_name()).read_bytes(), ended.out) == (note(OLD, 1), "")
    (ended,) = starters.run(add(file, period="2024"))
    assert (
        ended.code,
        re.fullmatch(re.escape(note(OLD, 1)) + block("2024"), file.read_bytes()) is not None,
        names(file.parent),
    ) == (0, True, ["plan.toml"])


def test_another_file_of_such_a_name(starters: Starters, file: Path) -> None:
    """What stands beside another program, or only looks alike, is not touched."""
    others = [
        ".other.toml.0123456789ab-0123456789ab.targettrack-swap",
        ".plan.toml.0123-4567.targettrack-swap",
        "plan.toml.targettrack-swap",
    ]
    for name in others:
        file.with_name(name).write_bytes(b"x")
    (ended,) = starters.run(add(file))
    assert (ended.code, state(file), names(file.parent)) == (0, "new", sorted([*others, "plan.toml"]))


# ---------------------------------------------------------------- where files cannot be exchanged


@needs_strace
@pytest.mark.parametrize("error", ["EINVAL", "ENOSYS", "EOPNOTSUPP"])
def test_no_exchange(starters: Starters, file: Path, tmp_path: Path, error: str) -> None:
    """There a rename must do, and what that does not promise is said."""
    ended, _ = traced_run(
        starters, tmp_path / "log", add(file), "-e", "trace=renameat2", "-e", f"inject=renameat2:error={error}"
    )
    assert (
        ended.code,
        said_recorded(ended),
        state(file),
        names(file.parent),
        f"not promised: {NO_EXCHANGE}." in ended.out,
    ) == (0, True, "new", ["plan.toml"], True)


@needs_strace
def test_nobody_tells_who_writes(starters: Starters, file: Path, tmp_path: Path) -> None:
    """Where the system does not say who has the file open a save that was seen is noticed all the same."""
    (pid,) = starters.ready(add(file, "--json"))
    with traced(
        pid,
        tmp_path / "log",
        "-e",
        "trace=fcntl,rt_sigprocmask",
        "-e",
        "inject=fcntl:error=EINVAL",
        "-e",
        "inject=rt_sigprocmask:signal=STOP:when=1",
    ) as trace:
        starters.go()
        until(lambda: any("stopped by SIGSTOP" in line for line in trace.lines), "the last call before the exchange")
        in_place(file, note(OLD, 1))
        os.kill(pid, signal.SIGCONT)
    (ended,) = starters.ended()
    assert (refusal(ended), untouched(file, 1)) == ((6, "changed"), True)


@needs_strace
def test_an_exchange_and_no_save_cost_no_second_text(starters: Starters, file: Path, tmp_path: Path) -> None:
    """Where nobody else is at work there is one exchange, and what came out is removed."""
    ended, lines = traced_run(starters, tmp_path / "log", add(file), *watched(file), "-e", "trace=renameat2,unlink")
    assert (ended.code, sum("RENAME_EXCHANGE" in line for line in lines), names(file.parent)) == (0, 1, ["plan.toml"])


# ---------------------------------------------------------------- many saves against many writers, each of their calls delayed


def figures(data: bytes) -> set[str]:
    """The periods of the figures that were added to a text, each of which is there once."""
    found = [str(record["period"]) for record in tomllib.loads(data.decode())["actuals"][1:]]
    assert len(found) == len(set(found)), data
    return set(found)


@dataclass
class Editor:
    """Somebody who saves a file again and again, without a lock; each save is what he has just read, under a first line of its own.

    He knows what he overwrites: the figures of a text that came to stand there after he had read are ``overwritten`` by himself, not by us.
    A save is lost if it is not found at the path, figures behind it or not, before the next one is made.
    """

    file: Path
    chance: random.Random
    number: int = 0
    overwritten: set[str] = field(default_factory=set)
    lost: list[int] = field(default_factory=list)
    ways: dict[str, int] = field(default_factory=dict)

    def mine(self, data: bytes) -> bool:
        """Whether a text is his last save, and what was added to it."""
        return data.startswith(note(OLD, self.number))

    def read(self) -> bytes:
        """His last save, with what was added to it: a text of ours may stand in its place for a moment, until it is put back."""
        limit = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError):
                if self.mine(data := self.file.read_bytes()):
                    return data
            if time.monotonic() > limit:
                self.lost.append(self.number)
                return self.file.read_bytes()
            time.sleep(0.001)

    def save(self, way: str) -> None:
        """Read, think, and save in one way or another."""
        data = self.read()
        time.sleep(self.chance.choice([0, 0, 0.001, 0.01]))
        self.ways[way] = self.ways.get(way, 0) + 1
        getattr(self, way)(data)

    def by_rename(self, data: bytes) -> None:
        """As a rename over the old file, by an exchange, so that what was there can be looked at."""
        other = self.file.with_name("editor")
        other.write_bytes(note(data, self.number + 1))
        assert exchange(other, self.file)
        self.number += 1
        self.overwritten |= figures(other.read_bytes()) - figures(data)
        other.unlink()

    def by_backup(self, data: bytes) -> None:
        """The old file gets another name, and the new one is written in pieces."""
        other = self.file.with_name("editor~")
        self.file.rename(other)
        with self.file.open("wb", buffering=0) as stream:
            self.pieces(stream.write, note(data, self.number + 1))
            self.number += 1
        self.overwritten |= figures(other.read_bytes()) - figures(data)
        other.unlink()

    def in_place(self, _: bytes) -> None:
        """The file that is there is read again, emptied and written in pieces."""
        with self.file.open("r+b", buffering=0) as stream:
            data = stream.read()
            if not self.mine(data):
                return
            stream.seek(0)
            stream.truncate()
            self.pieces(stream.write, note(data, self.number + 1))
            self.number += 1

    def pieces(self, write: Callable[[bytes], int | None], data: bytes) -> None:
        """Write a text bit by bit, often broken off where a record ends."""
        ends = [match.end() for match in re.finditer(rb"\n\n", data)]
        cuts = sorted({self.chance.choice(ends), self.chance.choice(ends), self.chance.randrange(len(data))})
        for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
            write(data[start:end])
            time.sleep(self.chance.choice([0, 0.001, 0.005, 0.03]))


DELAYED = [
    "flock",
    "openat",
    "lstat",
    "newfstatat",
    "read",
    "lgetxattr",
    "fcntl",
    "write",
    "fchmod",
    "fsync",
    "rename",
    "rt_sigprocmask",
    "renameat2",
    "unlink",
    "close",
]


def delays(chance: random.Random) -> list[str]:
    """The options that delay every call, or every second or third one, some of them for long."""
    found = ["-f", "-e", f"trace={','.join(DELAYED)}"]
    for call in DELAYED:
        long = chance.choice(
            [300, 1000, 3000, 20000 if call in {"rt_sigprocmask", "renameat2", "fsync", "unlink", "flock"} else 1000]
        )
        found += ["-e", f"inject={call}:delay_enter={long}:when={chance.randint(1, 3)}+{chance.randint(1, 3)}"]
    return found


@contextlib.contextmanager
def slowed(folder: Path, chance: random.Random) -> Iterator[Starters]:
    """Processes whose calls are delayed."""
    folder.mkdir()
    slow = Starters(folder)
    try:
        slow.run(["--version"])
        with traced(slow.pid, folder / "log", *delays(chance)):
            yield slow
            slow.close()
    finally:
        slow.abandon()
        slow.close()


def wave(slow: Starters, file: Path, months: Sequence[str], chance: random.Random, deadly: float) -> set[str]:
    """Writers at once, some of them killed; the figures of those that were told that they are recorded."""
    pids = slow.ready(*[add(file, "--wait", "600", period=month) for month in months])
    slow.go()
    for pid in pids:
        if chance.random() < deadly:
            time.sleep(chance.uniform(0, 0.1))
            os.kill(pid, signal.SIGKILL)
    ended = slow.ended()
    assert {each.code for each in ended} <= {0, 3, 4, 5, 6, -signal.SIGKILL}, ended
    assert all(said_recorded(each) == (each.code == 0) for each in ended), ended
    clear(file, ended)
    return {month for month, each in zip(months, ended, strict=True) if each.code == 0}


def clear(file: Path, ended: Sequence[Ended]) -> None:
    """What a person does who is told that a save is beside the file, and knows that he has saved again since."""
    if any("a save of somebody else came in between" in each.err for each in ended):
        for beside in file.parent.glob(".plan.toml.*.targettrack-swap"):
            beside.unlink()


@needs_strace
@pytest.mark.parametrize("deadly", [0.0, 0.2], ids=["alive", "killed"])
def test_saves_against_writers(file: Path, tmp_path: Path, deadly: float) -> None:
    """Of all the saves of an editor, and of all the figures that were called recorded, none is lost, whatever call is delayed for how long."""
    chance = random.Random(SAVES + int(deadly * 10))  # noqa: S311
    months = (f"{1000 + number // 12}-{number % 12 + 1:02}" for number in count())
    by_rename(file, note(OLD, 0))
    editor, known, rounds = Editor(file, random.Random(1)), set[str](), 0  # noqa: S311

    def saves() -> None:
        while editor.number < SAVES and not editor.lost:
            editor.save(editor.chance.choice(["by_rename", "by_rename", "in_place", "in_place", "by_backup"]))
            time.sleep(editor.chance.choice([0, 0.002, 0.02, 0.1, 0.3]))

    thread = threading.Thread(target=saves)
    thread.start()
    while thread.is_alive() or len(known) < WRITERS:
        with slowed(tmp_path / f"round-{rounds}", chance) as slow:
            for _ in range(5):
                known |= wave(slow, file, list(islice(months, 10)), chance, deadly)
        rounds += 1
        if editor.lost:
            break
    thread.join()
    found = figures(file.read_bytes())
    print(
        f"\nsaves {editor.number} {editor.ways}, writers {len(known)}, overwritten by the editor himself {len(editor.overwritten & known)}, rounds {rounds}"
    )
    assert (editor.lost, editor.mine(file.read_bytes()), known - found - editor.overwritten) == ([], True, set())
    assert names(file.parent) == ["plan.toml"]
