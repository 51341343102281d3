"""Screen: the width that is asked for, and the pager for what is taller than the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import HERE, run
from terminal import on_terminal

TALL = ("status", "hanoi", "--targets", str(HERE.parent / "targets"), "--on", "2026-11-22")
SHORT = ("help", "exit-codes")


def widest(text: str) -> int:
    """The longest line."""
    return max(map(len, text.splitlines()))


@pytest.mark.parametrize("width", [20, 50, 80, 120])
def test_width_wins_over_an_exported_one(width: int) -> None:
    """--width, else COLUMNS, also where stdout is a pipe; without both nothing is wrapped."""
    asked = run(*TALL, "--width", str(width), env={"COLUMNS": "70"}).stdout
    assert asked == run(*TALL, env={"COLUMNS": str(width)}).stdout
    assert asked != run(*TALL).stdout
    if width >= 50:
        assert widest(asked) <= width
    assert widest(run(*TALL).stdout) > 120


@pytest.mark.parametrize("columns", ["", "0", "-5", "x", "19", "5e3"])
def test_a_wild_exported_width_says_nothing(columns: str) -> None:
    """What is no width is passed over."""
    assert run(*TALL, env={"COLUMNS": columns}).stdout == run(*TALL).stdout


@pytest.mark.parametrize("width", ["19", "0", "-3", "wide", "1e3", "²²", "99999"])
def test_a_wild_width_is_refused(width: str) -> None:
    """It is wrong usage, and says what a width is."""
    done = run(*TALL, f"--width={width}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--width is a number of columns, 20 or more" in done.stderr


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that says so behind what it is given."""
    script = tmp_path / "pager"
    script.write_text("#!/bin/sh\ncat\necho PAGED $1\n", encoding="utf-8")
    script.chmod(0o755)
    return script


def shown(*argv: str, **env: str) -> str:
    """What a terminal of 50 lines shows."""
    return on_terminal(*argv, columns=100, env={"TERM": "xterm", **env})


def test_only_what_is_taller_goes_through_the_pager(pager: Path) -> None:
    """The page of a program does, with all of its lines and its colours; a short one does not."""
    plain = shown(*TALL, TARGETTRACK_PAGER="cat")
    assert shown(*TALL, TARGETTRACK_PAGER=f"{pager} now") == f"{plain}PAGED now\n"
    assert "\x1b[" in plain
    assert "PAGED" not in shown(*SHORT, TARGETTRACK_PAGER=str(pager))


def test_which_pager(pager: Path) -> None:
    """TARGETTRACK_PAGER wins over PAGER; --no-pager, a dumb terminal, cat, nothing, and one that is not there show everything at once."""
    assert "PAGED one" in shown(*TALL, TARGETTRACK_PAGER=f"{pager} one", PAGER=f"{pager} two")
    plain = shown(*TALL, TARGETTRACK_PAGER="cat")
    for named in ("", "no-such-pager", "'", str(pager.parent)):
        assert shown(*TALL, TARGETTRACK_PAGER=named) == plain
    assert shown(*TALL, "--no-pager", TARGETTRACK_PAGER=str(pager)) == plain
    assert "PAGED" not in on_terminal(*TALL, columns=100, env={"TERM": "dumb", "TARGETTRACK_PAGER": str(pager)})


def test_data_and_pipes_need_no_pager(pager: Path) -> None:
    """JSON at a terminal, and a table in a pipe, are shown as they are."""
    assert "PAGED" not in shown(*TALL, "--json", TARGETTRACK_PAGER=str(pager))
    assert "PAGED" not in run(*TALL, env={"TARGETTRACK_PAGER": str(pager)}).stdout


def test_a_reader_who_leaves_early(tmp_path: Path) -> None:
    """Leaving the pager is no fault: nothing is said of it."""
    script = tmp_path / "leaves"
    script.write_text("#!/bin/sh\nread line\necho READ $line\n", encoding="utf-8")
    script.chmod(0o755)
    text = shown(*TALL, TARGETTRACK_PAGER=str(script))
    assert text.count("\n") == 1
    assert "READ" in text


def test_the_answer_comes_first() -> None:
    """Below the title stands what became of the promises; below the rows, where the words are explained."""
    lines = run(*TALL).stdout.splitlines()
    assert lines[1].startswith("32 promises: 22 due: ")
    assert "targettrack help signs" in lines[-1]
    command = lines[-1].partition("one in full: targettrack ")[2].split()
    assert run(*command, "--targets", TALL[3]).returncode == 0


def test_past_due_without_a_result_comes_before_what_was_kept() -> None:
    """The gravest comes first over the whole page, promises in words last."""
    text = run(*TALL).stdout
    places = [text.index(each) for each in ("✗ missed", "past due, no figure in this file", "✓ met", "in words only")]
    assert places == sorted(places)


def test_brief_counts_every_promise() -> None:
    """Each promise of the program is there: on a line of its own, or by its day in a folded one."""
    text = run(*TALL, "--brief").stdout
    head, _, body = text.partition("\n\n")
    rows = [line for line in body.partition("\n\n")[0].splitlines() if line.startswith("  ")]
    single = [line for line in rows if line.split()[0] in "✗◄!~…○►·/" and "in words" not in line]
    folded = {word: next(line for line in rows if f" {word}  " in line) for word in ("no result", "kept", "in words")}
    days = {word: line.partition(f" {word}  ")[2] for word, line in folded.items()}
    count = {
        word: sum(int(part[1:-1]) - 1 if part.startswith("(") else any(map(str.isdigit, part)) or part == "date" for part in said.replace(",", "").split())
        for word, said in days.items()
    }  # fmt: skip
    assert "32 promises" in head
    assert len(single) + sum(count.values()) == 32
    assert (count["kept"], count["in words"]) == (6, 6)


def test_status_without_a_program_is_the_overview() -> None:
    """The counts of all programs; data, and what chooses rows, are of every row as before."""
    folder = ("--targets", TALL[3], "--on", "2026-11-22")
    assert run("status", *folder).stdout == run("list", *folder).stdout
    assert '"targets": 101' in run("status", "--json", *folder).stdout
    assert "✗ missed" in run("status", "--only", "missed", *folder).stdout
    assert "programs, the largest shortfall first" in run("status", "--sort", "gap", *folder).stdout
