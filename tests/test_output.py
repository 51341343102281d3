"""Where output goes with -o: streams, pipes and devices are written to, a file is replaced whole or not at all, and keeps what it had."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from support import aim, run

if TYPE_CHECKING:
    from pathlib import Path

ON = ("--on", "2021-06-30")
BOM = b"\xef\xbb\xbf"
STRACE = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with one program in ``targets/``."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "p.toml").write_text(aim("increase", "by = 2020; value = 30", "period = 2020; value = 31"))
    return tmp_path


def shell(command: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """A command line as bash runs it, with ``status`` as this one's."""
    script = f'status() {{ "{sys.executable}" -m targettrack status {" ".join(ON)} "$@"; }}; {command}'
    return subprocess.run(["bash", "-c", script], cwd=cwd, capture_output=True, check=False)


def printed(place: Path, *argv: str) -> bytes:
    """What stdout has without -o."""
    return run("status", *ON, *argv, cwd=place).stdout.encode()


# ---------------------------------------------------------------- streams, pipes, devices


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("format", ["csv", "table"])
def test_stdout_by_its_names(place: Path, name: str, format: str) -> None:
    """Each of them is stdout: the same bytes as without -o, and so no mark of a byte order."""
    done = shell(f"status --format {format} -o {name}", place)
    assert (done.returncode, done.stdout, done.stderr) == (0, printed(place, "--format", format), b"")


def test_a_stream_needs_no_format(place: Path) -> None:
    """A name without an ending is the table where it is none of a file."""
    table = printed(place)
    for name in ("-", "/dev/stdout", "/dev/fd/1"):
        assert shell(f"status -o {name}", place).stdout == table
    assert shell("status -o /dev/null", place).returncode == 0


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "-", "link"])
def test_what_is_appended_to_is_not_replaced(place: Path, name: str) -> None:
    """Behind ``>>`` stands what stood there, then the output; the file is the same file; nothing lies beside it."""
    (place / "link").symlink_to("/dev/stdout")
    log = place / "log.csv"
    log.write_bytes(b"first\n")
    before = log.stat().st_ino
    done = shell(f"status --format csv -o {name} >> log.csv; echo last >> log.csv", place)
    assert (done.returncode, done.stderr) == (0, b"")
    assert log.read_bytes() == b"first\n" + printed(place, "--format", "csv") + b"last\n"
    assert log.stat().st_ino == before
    assert sorted(path.name for path in place.iterdir()) == ["link", "log.csv", "targets"]


def test_a_redirected_stream_goes_on_where_it_stands(place: Path) -> None:
    """Two commands behind one ``>`` stand one after the other; a program file that the shell opened is the shell's business."""
    shell("{ status --json -o /dev/stdout; status --json -o /dev/stdout; } > both.toml", place)
    assert (place / "both.toml").read_bytes() == printed(place, "--json") * 2


def test_stderr_and_other_descriptors(place: Path) -> None:
    """What is written to a stream by its number arrives there alone."""
    done = shell("status --format csv -o /dev/stderr", place)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", printed(place, "--format", "csv"))
    shell("status --json -o /dev/fd/7 7>seven", place)
    assert (place / "seven").read_bytes() == printed(place, "--json")


def test_a_process_substitution_reads_the_output(place: Path) -> None:
    """``-o >(cat)``, with an ending or without one, whatever the format."""
    done = shell("status --json -o >(cat > got; echo ready) | cat", place)
    assert (done.stdout, (place / "got").read_bytes()) == (b"ready\n", printed(place, "--json"))


def test_a_named_pipe_is_written_to(place: Path) -> None:
    """It stays a pipe, and its reader gets the bytes that stdout has."""
    os.mkfifo(place / "pipe.csv")
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append((place / "pipe.csv").read_bytes()))
    reader.start()
    done = run("status", *ON, "-o", "pipe.csv", cwd=place)
    reader.join()
    assert (done.returncode, found) == (0, [printed(place, "--format", "csv")])
    assert stat.S_ISFIFO((place / "pipe.csv").stat().st_mode)


def test_a_reader_that_leaves_its_pipe(place: Path) -> None:
    """Exit 5 with one sentence."""
    done = shell(
        "mkfifo pipe.json; head -c 1 pipe.json > one & status -o pipe.json --json; code=$?; wait; exit $code", place
    )
    assert done.returncode in {0, 5}
    assert done.returncode == 0 or json.loads(done.stderr)["error"]["code"] == "not-written"


def test_a_device_stays_a_device(place: Path) -> None:
    """/dev/null takes everything, by any name of it; /dev/full nothing."""
    (place / "null.csv").symlink_to("/dev/null")
    for name in ("/dev/null", "null.csv"):
        assert run("status", *ON, "-o", name, cwd=place).returncode == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)  # noqa: PTH116 - as the command asks
    assert (place / "null.csv").is_symlink()
    assert run("status", *ON, "-o", "/dev/full", cwd=place).returncode == 5


def test_a_stream_that_is_not_open(place: Path) -> None:
    """Exit 5 with one sentence."""
    done = run("status", *ON, "--json", "-o", "/dev/fd/99", cwd=place)
    assert (done.returncode, json.loads(done.stderr)["error"]["code"]) == (5, "not-written")


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.CSV", "csv"),
        ("a.Json", "json"),
        ("a.JSONL", "jsonl"),
        ("a.NdJson", "jsonl"),
        ("a.MD", "markdown"),
        ("a.Markdown", "markdown"),
        ("a.TXT", "table"),
    ],
)
def test_endings_in_any_case(place: Path, name: str, format: str) -> None:
    """The ending names the format however it is written."""
    assert run("status", *ON, "-o", name, cwd=place).returncode == 0
    assert (place / name).read_bytes() == (BOM if format == "csv" else b"") + printed(place, "--format", format)


@pytest.mark.parametrize("name", ["a.toml", "a.TOML", "a.Toml", "to.csv"])
def test_program_files_in_any_case(place: Path, name: str) -> None:
    """A program file is never written, whatever the case of its ending, nor behind a link."""
    (place / "b.TOML").write_text("mine")
    (place / "to.csv").symlink_to("b.TOML")
    assert run("status", *ON, "--json", "-o", name, cwd=place).returncode == 2
    assert (place / "b.TOML").read_text() == "mine"


@pytest.mark.parametrize("mode", [0o444, 0o400, 0o000, 0o555])
def test_a_read_only_file_is_refused(place: Path, mode: int) -> None:
    """By everybody, also by those who may do everything; nothing is left beside it."""
    path = place / "report.json"
    path.write_text("mine")
    path.chmod(mode)
    done = run("status", *ON, "-o", "report.json", cwd=place)
    assert (done.returncode, done.stdout) == (5, "")
    assert "report.json: cannot be written: it is read-only" in done.stderr
    path.chmod(0o600)
    assert path.read_text() == "mine"
    assert sorted(each.name for each in place.iterdir()) == ["report.json", "targets"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755, 0o200, 0o4755])
def test_a_file_keeps_its_mode(place: Path, mode: int) -> None:
    """Also one that nobody may read."""
    path = place / "report.json"
    path.write_text("x" * 50_000)
    path.chmod(mode)
    assert run("status", *ON, "-o", "report.json", cwd=place).returncode == 0
    assert stat.S_IMODE(path.stat().st_mode) == mode
    path.chmod(0o600)
    assert path.read_bytes() == printed(place, "--json")


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_new_file_has_the_usual_mode(place: Path, mask: int) -> None:
    """What the umask leaves."""
    shell(f"umask {mask:03o}; status -o report.json", place)
    assert stat.S_IMODE((place / "report.json").stat().st_mode) == 0o666 & ~mask


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_keeps_its_owner(place: Path) -> None:
    """What root replaces stays its owner's."""
    (place / "report.json").write_text("old")
    os.chown(place / "report.json", 12345, 23456)
    run("status", *ON, "-o", "report.json", cwd=place)
    status = (place / "report.json").stat()
    assert (status.st_uid, status.st_gid) == (12345, 23456)


def test_a_name_as_long_as_names_may_be(place: Path) -> None:
    """What lies aside for a moment has a short name of its own."""
    name = "n" * 250 + ".json"
    assert run("status", *ON, "-o", name, cwd=place).returncode == 0
    assert (place / name).read_bytes() == printed(place, "--json")


def test_a_folder_is_no_file(place: Path) -> None:
    """Exit 5, and it is as it was."""
    (place / "report.json").mkdir()
    assert run("status", *ON, "-o", "report.json", cwd=place).returncode == 5
    assert list((place / "report.json").iterdir()) == []


CALLS = [
    "write:error=ENOSPC:when=1",
    "fsync:error=EIO:when=1",
    "fchmod:error=EPERM:when=1",
    "rename:error=EACCES:when=1",
    "write:signal=SIGKILL:when=1",
    "fsync:signal=SIGKILL:when=1",
    "rename:signal=SIGKILL:when=1",
]


@pytest.mark.slow
@STRACE
@pytest.mark.parametrize("call", CALLS)
def test_a_file_is_replaced_whole_or_not_at_all(place: Path, call: str) -> None:
    """Whichever system call fails, or is the last one, the file is the old one or the new one, with its mode."""
    path = place / "report.json"
    path.write_text("old")
    path.chmod(0o640)
    name = call.partition(":")[0]
    command = [
        "strace",
        "-f",
        "-qq",
        "-o",
        str(place / "trace"),
        "-e",
        f"trace={name}",
        "-e",
        f"inject={call}",
        sys.executable,
        "-m",
        "targettrack",
        "status",
        *ON,
        "-o",
        "report.json",
    ]
    done = subprocess.run(command, cwd=place, capture_output=True, check=False)
    assert path.read_bytes() in {b"old", printed(place, "--json")}
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    if "error" in call:
        assert (done.returncode, path.read_bytes()) == (5, b"old")
        assert b"cannot be written" in done.stderr
        assert sorted(each.name for each in place.iterdir()) == ["report.json", "targets", "trace"]
