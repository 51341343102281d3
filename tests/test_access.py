"""Access: a figure that is added changes nothing of who may read, write or own the file; what cannot be kept is refused before anything happened."""

from __future__ import annotations

import contextlib
import os
import stat
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if sys.platform != "linux":
    pytest.skip("attributes, access lists and marks as Linux has them", allow_module_level=True)

from faults import Ended, Starters, paths
from test_disk import (
    OLD,
    add,
    file,
    identity,
    injected,
    mounted,
    names,
    needs_root,
    needs_strace,
    ordinary,
    plan,
    refusal,
    run,
    stable,
    starters,
    state,
    traceable,
    traced_run,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIXTURES = (file, ordinary, stable, starters, traceable)
ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"
USER, NAMED_USER, GROUP, NAMED_GROUP, MASK, OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
NOBODY = -1


def acl(*entries: tuple[int, int, int]) -> bytes:
    """An access list as the system writes it: kind, rights (4 read, 2 write, 1 execute), id."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)


THEIRS = acl(
    (USER, 6, NOBODY),
    (NAMED_USER, 6, 1000),
    (GROUP, 4, NOBODY),
    (NAMED_GROUP, 4, 1001),
    (MASK, 6, NOBODY),
    (OTHER, 0, NOBODY),
)
ITS_OWN = acl((USER, 6, NOBODY), (NAMED_USER, 4, 1002), (GROUP, 0, NOBODY), (MASK, 4, NOBODY), (OTHER, 0, NOBODY))


def give(path: Path, attributes: dict[str, bytes]) -> None:
    """Set attributes; a reason to skip where the file system has none."""
    for name, value in attributes.items():
        try:
            os.setxattr(path, name, value)
        except OSError as error:
            pytest.skip(f"no such attributes here: {error.strerror}")


def all_of(path: Path) -> dict[str, bytes]:
    """The attributes of a file."""
    return {name: os.getxattr(path, name) for name in os.listxattr(path)}


def rights(path: Path) -> tuple[object, ...]:
    """Who may do what with a file."""
    found = path.stat()
    return stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid, all_of(path)


def recorded(starters: Starters, file: Path, *options: str) -> Ended:
    """How a command ended that must record its figure, leave nothing beside, and leave the rights as they were."""
    before = rights(file)
    (ended,) = starters.run(add(file, *options))
    assert (ended.code, state(file), names(file.parent)) == (0, "new", ["plan.toml"]), ended
    assert rights(file) == before
    return ended


@pytest.fixture(params=["disk", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder on the disk of the tests, and one in memory: two kinds of file systems."""
    with contextlib.ExitStack() as stack:
        if request.param == "memory" and os.getuid() != 0:
            pytest.skip("only root may mount")
        yield (
            stack.enter_context(mounted(tmp_path / "memory", "-t", "tmpfs", "none"))
            if request.param == "memory"
            else tmp_path
        )


# ---------------------------------------------------------------- access lists


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o660, 0o604])
def test_the_folder_gives_nothing(starters: Starters, place: Path, mode: int) -> None:
    """A list that the folder gives to its new files does not reach a file that had none: nobody may read it who could not before."""
    file = plan(place / "targets")
    file.chmod(mode)
    give(file.parent, {DEFAULT: THEIRS})
    recorded(starters, file)
    assert (all_of(file), stat.S_IMODE(file.stat().st_mode)) == ({}, mode)


@pytest.mark.parametrize("given", [b"", THEIRS], ids=["none", "another"])
def test_its_own_list_is_kept(starters: Starters, place: Path, given: bytes) -> None:
    """The file's own list stays, digit for digit, whatever the folder gives."""
    file = plan(place / "targets")
    give(file, {ACCESS: ITS_OWN})
    if given:
        give(file.parent, {DEFAULT: given})
    recorded(starters, file)
    assert all_of(file) == {ACCESS: ITS_OWN}


def test_many_times(starters: Starters, place: Path) -> None:
    """Nor does it come to reach the file after many figures; the folder's own list stays."""
    file = plan(place / "targets")
    give(file, {ACCESS: ITS_OWN, "user.note": b"checked \x00 by hand"})
    give(file.parent, {DEFAULT: THEIRS})
    before = rights(file), rights(file.parent)
    ended = starters.run(*(add(file, period=str(year)) for year in range(2000, 2010)))
    assert ([each.code for each in ended], (rights(file), rights(file.parent))) == ([0] * 10, before)


def test_what_a_list_lets_others_do(ordinary: list[str], starters: Starters, file: Path) -> None:
    """By the system's own judgement: who could not read the file cannot read it afterwards."""
    if os.getuid() != 0:
        pytest.skip("only root may be somebody else")
    give(file.parent, {DEFAULT: THEIRS})
    for folder in [*file.parent.parents[:4], file.parent]:
        folder.chmod(folder.stat().st_mode | 0o005)
    file.chmod(0o640)
    recorded(starters, file)
    seen = subprocess.run(
        ["setpriv", "--reuid", "1000", "--clear-groups", "cat", file],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (seen.stdout, "denied" in seen.stderr, ordinary[:1]) == ("", True, ["setpriv"])


# ---------------------------------------------------------------- attributes, mode, owner


def test_attributes_are_kept(starters: Starters, place: Path) -> None:
    """All of them, empty and long ones, and those that only root sees."""
    file = plan(place / "targets")
    give(file, {"user.note": b"", "user.long": bytes(range(256)) * 4})
    if os.getuid() == 0:
        give(file, {"trusted.seal": b"1"})
    recorded(starters, file)


@needs_root
@pytest.mark.parametrize("mode", [0o640, 0o444, 0o604, 0o000, 0o2664])
def test_rights_of_somebody_else(starters: Starters, place: Path, mode: int) -> None:
    """Root leaves owner, group, mode and list as they were, also in a folder that gives its group to what is new."""
    file = plan(place / "targets")
    os.chown(file, 1000, 1001)
    os.chown(file.parent, 0, 1002)
    file.parent.chmod(0o2775)
    file.chmod(mode)
    recorded(starters, file)


@needs_root
def test_fresh_rights_are_not_overlooked(starters: Starters, place: Path) -> None:
    """What was changed since the last figure is kept as well."""
    file = plan(place / "targets")
    recorded(starters, file)
    os.chown(file, 1000, 1001)
    file.chmod(0o660)
    before = rights(file)
    (ended,) = starters.run(add(file, period="2024"))
    assert (ended.code, rights(file)) == (0, before)


# ---------------------------------------------------------------- what cannot be kept


def refused(ended: Ended, file: Path, before: tuple[object, ...], code: str) -> str:
    """The sentence of a command that wrote nothing, left nothing beside and changed nothing of the file."""
    assert (*refusal(ended), (identity(file), file.read_bytes()), names(file.parent)) == (
        5,
        code,
        before,
        ["plan.toml"],
    )
    return ended.errors[0][1].removeprefix("nothing was recorded: ")


@needs_strace
@pytest.mark.parametrize(
    ("call", "make", "what"),
    [
        ("fsetxattr", lambda path: give(path, {ACCESS: ITS_OWN}), "the access list"),
        ("fsetxattr", lambda path: give(path, {"user.note": b"x"}), "the attribute user.note"),
        ("fremovexattr", lambda path: give(path.parent, {DEFAULT: THEIRS}), "the access list"),
        ("fchmod", lambda path: path.chmod(0o640), "the access rights"),
    ],
    ids=["list", "attribute", "list-of-the-folder", "mode"],
)
@pytest.mark.parametrize("error", ["EPERM", "EOPNOTSUPP", "EIO"])
def test_what_cannot_be_given(
    starters: Starters, file: Path, tmp_path: Path, call: str, make: Callable[[Path], None], what: str, error: str
) -> None:
    """A file system that does not take what the old file had: nothing is recorded, and it is said what could not be kept."""
    make(file)
    before = identity(file), file.read_bytes()
    ended, lines = traced_run(starters, tmp_path / "log", add(file, "--json"), *injected(call, f"error={error}"))
    assert any("INJECTED" in line for line in lines)
    assert refused(ended, file, before, "access").startswith(f"the new file could not keep {what} of the old one (")


@needs_strace
@pytest.mark.parametrize(
    ("call", "make"),
    [
        ("fsetxattr", lambda path: give(path, {"user.note": b"x"})),
        ("fremovexattr", lambda path: give(path.parent, {DEFAULT: THEIRS})),
    ],
    ids=["given", "taken"],
)
def test_what_only_seems_to_be_given(
    starters: Starters, file: Path, tmp_path: Path, call: str, make: Callable[[Path], None]
) -> None:
    """A file system that says yes and does not: the new file is looked at before it is put in place."""
    make(file)
    before = identity(file), file.read_bytes()
    ended, _ = traced_run(starters, tmp_path / "log", add(file, "--json"), *injected(call, "retval=0"))
    assert refused(ended, file, before, "access").startswith(
        "the new file could not keep the access rights of the old one"
    )


@needs_strace
def test_no_room_for_attributes(starters: Starters, file: Path, tmp_path: Path) -> None:
    """Where attributes find no room the disk is full, not the right missing."""
    give(file, {"user.note": b"x"})
    before = identity(file), file.read_bytes()
    ended, _ = traced_run(starters, tmp_path / "log", add(file, "--json"), *injected("fsetxattr", "error=ENOSPC"))
    assert "disk is full" in refused(ended, file, before, "disk-full")


@needs_strace
@pytest.mark.parametrize("error", ["EIO", "EACCES"])
def test_attributes_that_cannot_be_read(starters: Starters, file: Path, tmp_path: Path, error: str) -> None:
    """What is not known cannot be kept."""
    give(file, {"user.note": b"x"})
    before = identity(file), file.read_bytes()
    ended, _ = traced_run(
        starters,
        tmp_path / "log",
        add(file, "--json"),
        *paths(file),
        "-e",
        "trace=/getxattr",
        "-e",
        f"inject=/getxattr:error={error}",
    )
    assert (ended.code, ended.errors[0][0], (identity(file), file.read_bytes()), names(file.parent)) == (
        5,
        "unreadable",
        before,
        ["plan.toml"],
    )


@pytest.mark.slow
@needs_root
def test_a_file_system_without_attributes(starters: Starters, tmp_path: Path) -> None:
    """As on a memory stick: there is nothing to be kept, and the figure is recorded."""
    image = tmp_path / "image"
    image.touch()
    os.truncate(image, 8 * 1024 * 1024)
    try:
        made = subprocess.run(["mkfs.vfat", image], capture_output=True, encoding="utf-8", check=False)
    except OSError as error:
        pytest.skip(f"no mkfs.vfat here: {error.strerror}")
    assert made.returncode == 0, made.stderr
    with mounted(tmp_path / "stick", "-o", "loop", "-t", "vfat", image) as stick:
        file = plan(stick / "targets")
        (ended,) = starters.run(add(file))
        assert (ended.code, state(file), names(file.parent)) == (0, "new", ["plan.toml"]), ended


@needs_root
def test_dry_run_knows_the_owner(tmp_path: Path) -> None:
    """Who would not be let says so before: another person's file is not taken over."""
    folder = tmp_path
    while folder != folder.parent:
        folder.chmod(folder.stat().st_mode | 0o005)
        folder = folder.parent
    file = plan(tmp_path / "targets")
    file.chmod(0o666)
    file.parent.chmod(0o777)
    before = identity(file), file.read_bytes()
    as_somebody = [
        "setpriv",
        "--reuid",
        "1000",
        "--regid",
        "1000",
        "--clear-groups",
        "--inh-caps=-all",
        "--bounding-set=-all",
    ]
    if subprocess.run(
        [*as_somebody, sys.executable, "-c", "import targettrack"], capture_output=True, check=False
    ).returncode:
        pytest.skip("somebody else cannot run this Python")
    for dry in ((), ("--dry-run",)):
        said = refused(run(*add(file, "--json", *dry), before=as_somebody), file, before, "access")
        assert said.startswith(("the new file could not keep the owner of", "the new file could not keep the group of"))


# ---------------------------------------------------------------- marks of protection


@contextlib.contextmanager
def marked(path: Path, mark: str) -> Iterator[None]:
    """A file or folder with a mark of chattr, until the end of the block."""
    try:
        done = subprocess.run(["chattr", f"+{mark}", path], capture_output=True, encoding="utf-8", check=False)
    except OSError as error:
        pytest.skip(f"no chattr here: {error.strerror}")
    if done.returncode:
        pytest.skip(f"no such marks here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["chattr", f"-{mark}", path], check=True)


@needs_root
@pytest.mark.parametrize("mark", ["i", "a"])
@pytest.mark.parametrize("what", ["file", "folder"])
@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["run", "dry run"])
def test_what_is_protected(starters: Starters, place: Path, mark: str, what: str, dry: tuple[str, ...]) -> None:
    """A file or folder that may not be changed, or only added to, is refused in its own words, before anything is written beside it."""
    file = plan(place / "targets")
    with marked(file if what == "file" else file.parent, mark):
        before = identity(file), file.read_bytes()
        (ended,) = starters.run(add(file, "--json", *dry))
        said = refused(ended, file, before, "protected")
        assert said.startswith(f"{'this file' if what == 'file' else 'the folder'} is protected against changes")
    recorded(starters, file)


@needs_root
@needs_strace
def test_marks_that_cannot_be_read(starters: Starters, file: Path, tmp_path: Path) -> None:
    """Where the system does not tell of marks, a protected file is refused by the exchange itself, and nothing is left beside it."""
    with marked(file, "a"):
        before = identity(file), file.read_bytes()
        ended, _ = traced_run(
            starters, tmp_path / "log", add(file, "--json"), "-e", "trace=ioctl", "-e", "inject=ioctl:error=ENOTTY"
        )
        assert "operation not permitted" in refused(ended, file, before, "read-only")
    assert file.read_bytes() == OLD
