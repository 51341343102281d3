"""Days: a day as a revision is the same commit, and is judged and printed the same, on every machine; and commits whose own lines are odd."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository import CLEAN, DAY, LE, PHAM, TRAN, Repository, made, signed, text
from targettrack.store import signature

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ZONES = ["UTC", "Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Kiritimati"]
ZONE = pytest.mark.parametrize("zone", ZONES)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one program in one commit."""
    return made(tmp_path / "repository")


def at(repository: Repository, bound: str, committed: str, authored: str | None = None, author: str = TRAN) -> str:
    """A commit that sets the target's bound, committed and authored at these times; the hash."""
    repository.write(text(bound=bound))
    repository.git("add", "--all")
    env = signed(author, committed) | ({"GIT_AUTHOR_DATE": authored} if authored else {})
    repository.git("commit", "--quiet", "--allow-empty", "--message", "m", env=env)
    return repository.git("rev-parse", "HEAD")


def older(repository: Repository, day: str, zone: str = "UTC", *argv: str) -> tuple[str, str, str]:
    """The commit that a day means as the older side, the commit's day as it is printed, and the day on which it is judged."""
    done = repository.ran("changes", f"--since={day}", "--json", "--on", "2024-12-31", *argv, env={"TZ": zone})
    assert (done.returncode, done.stderr) == (0, "")
    side = json.loads(done.stdout)["since"]
    return side["commit"]["hash"], side["commit"]["date"], side["on"]


# ---------------------------------------------------------------- which commit


@pytest.fixture
def travelled(repository: Repository) -> tuple[Repository, list[str]]:
    """Commits around midnight, each in the zone of who committed: their days are 1, 2, 3 and 4 March."""
    times = [
        "2024-03-01T23:30:00-1100",
        "2024-03-02T23:59:59+1400",
        "2024-03-03T00:00:00+0700",
        "2024-03-04T00:30:00-0500",
    ]
    return repository, [at(repository, str(44 - place), time) for place, time in enumerate(times)]


@ZONE
def test_a_day_is_the_committers(travelled: tuple[Repository, list[str]], zone: str) -> None:
    """The day in the committer's own zone counts, wherever the command is run; it is the day that is printed."""
    repository, hashes = travelled
    for place, hash in enumerate(hashes):
        assert older(repository, f"2024-03-0{place + 1}", zone) == (
            hash,
            f"2024-03-0{place + 1}",
            f"2024-03-0{place + 1}",
        )
    assert older(repository, "2024-03-31", zone) == (hashes[-1], "2024-03-04", "2024-03-31")
    assert older(repository, "2024-02-29", zone) == (
        repository.git("rev-list", "--max-parents=0", "HEAD"),
        "2024-01-01",
        "2024-02-29",
    )


@ZONE
def test_check_says_the_same_everywhere(travelled: tuple[Repository, list[str]], zone: str) -> None:
    """What was softened since a day, by whom and when, to the letter."""
    repository, hashes = travelled
    (found,) = repository.softened("2024-03-03", env={"TZ": zone})
    assert found == (
        "lowered",
        f"the target ≥ 42 % by 2025 was changed in place to ≥ 41 % by 2025: {hashes[3][:9]}, {TRAN}, 2024-03-04",
    )


@ZONE
def test_until_a_day(travelled: tuple[Repository, list[str]], zone: str) -> None:
    """The newer side too, and it is judged on that day."""
    repository, hashes = travelled
    done = repository.ran("changes", "--since=2024-03-01", "--until=2024-03-02", "--json", env={"TZ": zone})
    side = json.loads(done.stdout)["until"]
    assert (side["commit"]["hash"], side["on"]) == (hashes[1], "2024-03-02")
    pages = {
        repository.ran("changes", "--since=2024-03-01", "--until=2024-03-03", env={"TZ": each}).stdout
        for each in (zone, "UTC")
    }
    assert len(pages) == 1


@ZONE
def test_a_side_branch_that_was_merged_later(repository: Repository, zone: str) -> None:
    """How it was on a day is how the main line was: what lay on a branch then, and was merged later, was not there yet."""
    main = at(repository, "44", "2024-02-01T12:00:00+0700")
    repository.git("checkout", "--quiet", "-b", "side")
    at(repository, "40", "2024-02-10T12:00:00+0700")
    repository.git("checkout", "--quiet", "main")
    (repository.top / "note.txt").write_text("n")
    repository.commit("2024-02-05", LE)
    note = repository.git("rev-parse", "HEAD")
    merge = repository.merge("side", "2024-03-01", PHAM)
    assert older(repository, "2024-02-20", zone) == (note, "2024-02-05", "2024-02-20")
    assert older(repository, "2024-02-04", zone)[0] == main
    assert older(repository, "2024-03-01", zone)[0] == merge
    ((code, _),) = repository.softened("2024-02-20", env={"TZ": zone})
    assert code == "lowered"


@ZONE
def test_a_rebased_branch(repository: Repository, zone: str) -> None:
    """A commit that was written in January and rebased in March was not there in February; the day of March is printed."""
    base = repository.git("rev-parse", "HEAD")
    repository.git("checkout", "--quiet", "-b", "topic")
    at(repository, "40", "2024-01-05T12:00:00+0700")
    repository.git("checkout", "--quiet", "main")
    (repository.top / "note.txt").write_text("n")
    note = repository.commit("2024-02-05", LE)
    repository.git("checkout", "--quiet", "topic")
    repository.git(
        "rebase",
        "--quiet",
        "main",
        env={
            "GIT_COMMITTER_NAME": LE,
            "GIT_COMMITTER_EMAIL": "mail@example.org",
            "GIT_COMMITTER_DATE": "2024-03-05T23:00:00-0500",
        },
    )
    assert repository.git("log", "-1", "--format=%as %cs") == "2024-01-05 2024-03-05"
    assert older(repository, "2024-01-31", zone)[0] == base
    assert older(repository, "2024-03-04", zone) == (note, "2024-02-05", "2024-03-04")
    assert older(repository, "2024-03-05", zone)[:2] == (repository.git("rev-parse", "HEAD"), "2024-03-05")
    ((_, message),) = repository.softened("2024-02-10", env={"TZ": zone})
    assert message.endswith(f"{TRAN}, 2024-03-05")
    done = repository.ran("cite", "p/a", "--json", *DAY, env={"TZ": zone})
    assert json.loads(done.stdout)["data"]["date"] == "2024-03-05"


def test_a_clock_that_went_wrong(repository: Repository) -> None:
    """Of a line whose days are not in order, the newest commit that is not after the day."""
    first = at(repository, "44", "2024-02-10T12:00:00+0700")
    at(repository, "43", "2031-01-01T12:00:00+0700")
    third = at(repository, "42", "2024-02-08T12:00:00+0700")
    at(repository, "41", "2024-04-01T12:00:00+0700")
    assert older(repository, "2024-02-09")[0] == third
    assert older(repository, "2024-03-01")[0] == third
    repository.git("reset", "--quiet", "--hard", first)
    assert older(repository, "2024-03-01")[0] == first


def test_a_long_line(repository: Repository) -> None:
    """A day far back is found behind many commits whose days are not told."""
    begun = repository.git("rev-parse", "HEAD")
    parent = begun
    tree = repository.git("rev-parse", "HEAD^{tree}")
    for _ in range(70):
        parent = raw(
            repository, f"tree {tree}\nparent {parent}\nauthor A <a> 5 +9900\ncommitter A <a> 5 +9900\n\nm\n".encode()
        )
    repository.git("update-ref", "HEAD", parent)
    assert older(repository, "2024-01-01")[:2] == (begun, "2024-01-01")


@pytest.mark.parametrize("command", ["check", "changes"])
@pytest.mark.parametrize("day", ["2023-12-31", "0001-01-01"])
def test_no_commit_up_to_a_day(repository: Repository, command: str, day: str) -> None:
    """Before the first commit there is none, and that is said."""
    done = repository.ran(command, f"--since={day}")
    assert (done.returncode, done.stdout) == (5, "")
    assert "it has no commit up to the end of that day" in done.stderr


def test_the_last_day_of_all(repository: Repository) -> None:
    """No day is too late."""
    assert older(repository, "9999-12-31")[0] == repository.git("rev-parse", "HEAD")


def test_a_tag_that_looks_like_a_day(repository: Repository) -> None:
    """It is the tag: judged on the day of its commit, not on the one that it is called after."""
    hash = at(repository, "44", "2024-02-10T12:00:00+0700")
    at(repository, "43", "2024-03-10T12:00:00+0700")
    repository.git("tag", "2023-06-30", hash)
    assert older(repository, "2023-06-30") == (hash, "2024-02-10", "2024-02-10")


# ---------------------------------------------------------------- files that are called like revisions


REVISIONS = ["HEAD", "main", "v1", "HEAD~1", "2024-01-31", "FETCH_HEAD", "@", "refs", "-", "--"]


@pytest.mark.parametrize("kind", ["file", pytest.param("folder", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", [*REVISIONS, "hash", "range"])
def test_a_file_called_like_a_revision(repository: Repository, name: str, kind: str) -> None:
    """It is a file, whatever its name: every command says what it says without it."""
    first = repository.git("rev-parse", "HEAD")
    repository.git("tag", "v1")
    hash = at(repository, "40", "2024-02-01T12:00:00+0700")
    place = repository.top / {"hash": first, "range": f"{first}..HEAD"}.get(name, name)
    if kind == "folder":
        place.mkdir()
        (place / "x").write_text("x")
    else:
        place.write_text("x")
    for since in ("HEAD~1", "v1", "2024-01-31", first):
        ((_, message),) = repository.softened(since)
        assert message.endswith(f": {hash[:9]}, {TRAN}, 2024-02-01")
        for until in ((), ("--until", "HEAD"), ("--until", "2024-02-28")):
            assert older(repository, since, "UTC", *until)[0] == first
    data = json.loads(repository.ran("cite", "p/a", "--json", *DAY).stdout)["data"]
    assert (data["commit"], data["date"], data["changed"]) == (hash[:9], "2024-02-01", False)


@pytest.mark.parametrize("name", ["HEAD", "main", "v1"])
def test_a_targets_folder_called_like_a_revision(tmp_path: Path, name: str) -> None:
    """So may the folder of the programs be."""
    repository = made(tmp_path / "repository", name)
    repository.git("tag", "v1")
    hash = at(repository, "40", "2024-02-01T12:00:00+0700")
    assert [message.rpartition(": ")[2] for _, message in repository.softened("v1")] == [
        f"{hash[:9]}, {TRAN}, 2024-02-01"
    ]
    assert older(repository, "2024-01-31")[1] == "2024-01-01"


# ---------------------------------------------------------------- odd lines


def raw(repository: Repository, body: bytes) -> str:
    """A commit of these very bytes; its hash."""
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        cwd=repository.top,
        input=body,
        env=CLEAN,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


ODD: dict[str, tuple[bytes, str | None, str | None]] = {
    "whole": (b"Lan <x@y> 1700000000 +0700", "Lan", "2023-11-15"),
    "another zone": (b"Lan <x@y> 1700000000 -0800", "Lan", "2023-11-14"),
    "no name": (b" <x@y> 1700000000 +0700", None, "2023-11-15"),
    "nothing before the address": (b"<x@y> 1700000000 +0700", None, "2023-11-15"),
    "an empty address": (b"Lan <> 1700000000 +0700", "Lan", "2023-11-15"),
    "no address": (b"Lan 1700000000 +0700", "Lan", "2023-11-15"),
    "brackets in the name": (b"Lan <the> first <x@y> 1700000000 +0700", "Lan", "2023-11-15"),
    "a bracket that is not closed": (b"Lan <x@y 1700000000 +0700", "Lan", "2023-11-15"),
    "a bracket that is not opened": (b"Lan x@y> 1700000000 +0700", "Lan x@y>", "2023-11-15"),
    "a newline that is escaped": (b"Lan\\nNam <x@y> 1700000000 +0700", "Lan\\nNam", "2023-11-15"),
    "a placeholder": (b"%aN %H %x00 <x@y> 1700000000 +0700", "%aN %H %x00", "2023-11-15"),
    "a carriage return": (b"Lan\rNam <x@y> 1700000000 +0700", "Lan\rNam", "2023-11-15"),
    "no UTF-8": (b"Zo\xeb <x@y> 1700000000 +0700", "Zo\ufffd", "2023-11-15"),
    "no date": (b"Lan <x@y>", "Lan", None),
    "a word for a date": (b"Lan <x@y> yesterday +0700", "Lan", None),
    "no zone": (b"Lan <x@y> 1700000000", "Lan", None),
    "a zone of days": (b"Lan <x@y> 1700000000 +9999", "Lan", None),
    "before the epoch": (b"Lan <x@y> 0 -9959", "Lan", None),
    "a negative time": (b"Lan <x@y> -5 +0000", "Lan", None),
    "the epoch": (b"Lan <x@y> 0 +0000", "Lan", "1970-01-01"),
    "a time of far away": (b"Lan <x@y> 99999999999999 +0000", "Lan", None),
    "a time that overflows": (b"Lan <x@y> 99999999999999999999999 +0700", "Lan", None),
    "the year 10000": (b"Lan <x@y> 253402300800 +0000", "Lan", None),
    "two spaces": (b"Lan  <x@y>  1700000000  +0700", "Lan", "2023-11-15"),
    "NUL": (b"Lan\0Nam <x@y> 1700000000 +0700", "Lan", "2023-11-15"),
    "an empty line": (b"", None, None),
}
"""Lines of a commit, and the name and the day that they tell."""


def signed_oddly(repository: Repository, line: bytes, bound: str = "40") -> str:
    """A commit that lowers the target, author and committer as this line has them; its hash."""
    parent = repository.git("rev-parse", "HEAD")
    repository.write(text(bound=bound))
    repository.git("add", "--all")
    tree = repository.git("write-tree")
    hash = raw(
        repository, f"tree {tree}\nparent {parent}\n".encode() + b"author " + line + b"\ncommitter " + line + b"\n\nm\n"
    )
    repository.git("update-ref", "HEAD", hash)
    return hash


@ZONE
@pytest.mark.parametrize("line", ODD)
def test_lines_that_are_odd(repository: Repository, line: str, zone: str) -> None:
    """Every command answers, with the name and the day that the line tells, else with none; never with a placeholder of git's, or a day that is none."""
    given, name, day = ODD[line]
    hash = signed_oddly(repository, given)
    env = {"TZ": zone}
    ((_, message),) = repository.softened("HEAD~1", env=env)
    assert message.partition(": ")[2] == f"{hash[:9]}, {name or 'an unnamed author'}, {day or 'an unknown day'}"
    done = repository.ran("changes", "--since=HEAD~1", "--json", "--on", "2024-06-01", env=env)
    (commit,) = json.loads(done.stdout)["programs"][0]["changes"][0]["commits"]
    assert commit == {"hash": hash, "author": name, "date": day}
    for format in ("table", "markdown"):
        shown = repository.ran("changes", "--since=HEAD~1", "--on", "2024-06-01", "--format", format, env=env)
        assert (shown.returncode, shown.stderr) == (0, "")
    cite: dict[str, Any] = json.loads(repository.ran("cite", "p/a", "--json", *DAY, env=env).stdout)["data"]
    assert (cite["commit"], cite["date"]) == (hash[:9], day)
    assert repository.ran("cite", "p/a", *DAY, env=env).returncode == 0


@pytest.mark.parametrize("line", [line for line, (_, _, day) in ODD.items() if day is None])
def test_a_revision_that_does_not_tell_its_day(repository: Repository, line: str) -> None:
    """As a side it cannot be judged, and that is said; a day passes it over; with --on the newer side needs none."""
    first = repository.git("rev-parse", "HEAD")
    signed_oddly(repository, ODD[line][0])
    done = repository.ran("changes", "--since=HEAD")
    assert (done.returncode, done.stdout) == (5, "")
    assert "does not tell its day" in done.stderr
    assert older(repository, "2024-06-30")[0] == first
    assert repository.ran("changes", "--since=HEAD~1", "--until=HEAD").returncode == 5
    assert repository.ran("changes", "--since=HEAD~1", "--until=HEAD", "--on", "2024-06-01").returncode == 0
    assert repository.softened("HEAD") == []


def test_a_commit_without_lines(repository: Repository) -> None:
    """A commit that names neither an author nor a committer."""
    first, tree = repository.git("rev-parse", "HEAD"), repository.git("rev-parse", "HEAD^{tree}")
    repository.git("update-ref", "HEAD", raw(repository, f"tree {tree}\nparent {first}\n\nm\n".encode()))
    assert older(repository, "2024-06-30")[0] == first
    assert repository.softened("HEAD~1") == []


@given(st.binary(max_size=80))
def test_any_bytes_are_a_commit(data: bytes) -> None:
    """Nothing that stands in a commit breaks its reading."""
    found = signature.signature(b"tree x\nauthor " + data + b"\ncommitter " + data + b"\n\nm")
    assert found.author is None or found.author.strip()
    assert found.day is None or date.fromisoformat(found.day).isoformat() == found.day


@given(st.integers(0, 253402300799), st.integers(-23 * 60 - 59, 23 * 60 + 59))
def test_the_day_is_that_of_the_zone(seconds: int, minutes: int) -> None:
    """The instant, moved by the zone, says the day."""
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    moved = (seconds + minutes * 60) // 86400
    expected = date(1970, 1, 1).toordinal() + moved
    found = signature.day(f"Lan <x@y> {seconds} {zone}".encode())
    assert found == (
        (date(1970, 1, 1) + timedelta(days=moved)).isoformat() if expected <= date.max.toordinal() else None
    )
