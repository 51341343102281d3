"""Load: what grows grows with the file, and what a person is shown does not; counted in calls, never in seconds."""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from support import run
from targettrack.cli import main
from targettrack.errors import MOST_OF_A_KIND

HEAD = 'targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\ndirection = "increase"\n'


def groups(count: int) -> str:
    """Targets of one indicator, each for a group of its own and with a figure."""
    named = [f'disaggregation = {{ group = "g{place}" }}' for place in range(count)]
    targets = [f"[[indicators.a.targets]]\nby = 2020\nvalue = {place}\n{group}\n" for place, group in enumerate(named)]
    actuals = [
        f'[[actuals]]\nindicator = "a"\nperiod = 2020\nvalue = {place % 7}\n{group}\n'
        for place, group in enumerate(named)
    ]
    return "".join([HEAD, *targets, *actuals])


def months(count: int) -> str:
    """A promise for every month, and a figure of each."""
    figures = [
        f'[[actuals]]\nindicator = "a"\nperiod = "{1990 + place // 12}-{place % 12 + 1:02}"\nvalue = {place % 7}\n'
        for place in range(count)
    ]
    return "".join([HEAD, '[[indicators.a.targets]]\nevery = "month"\nvalue = 3\nset_on = 1989-12-01\n', *figures])


def calls(text: str, folder: Path, argv: Sequence[str], capsys: pytest.CaptureFixture[str]) -> int:
    """How many functions are called by a command on a program."""
    folder.mkdir()
    (folder / "p.toml").write_text(text, encoding="utf-8")
    profile = cProfile.Profile()
    profile.enable()
    main([*argv, "--targets", str(folder)])
    profile.disable()
    assert "Traceback" not in capsys.readouterr().err
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "argv",
    [
        ["status", "p", "--json"],
        ["check", "--json"],
        ["show", "p", "--json"],
        ["list", "--json"],
        ["cite", "p", "--json"],
        ["history", "p", "--json"],
    ],
    ids=lambda argv: argv[0],
)
def test_targets_of_one_indicator_are_judged_in_linear_time(
    argv: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four times the targets take four times the steps: the promises of one indicator are not compared each with each."""
    calls(groups(10), tmp_path / "warm", argv, capsys)
    few, many = (calls(groups(count), tmp_path / str(count), argv, capsys) for count in (200, 800))
    assert many < 5 * few


def versions(count: int) -> str:
    """A promise for every month that is set anew in each, and a figure of each."""
    set_anew = [
        f'[[indicators.a.targets]]\nevery = "month"\nvalue = {place % 9}\nset_on = {1990 + place // 12}-{place % 12 + 1:02}-01\n'
        for place in range(count)
    ]
    return "".join([HEAD, *set_anew, months(count).split("set_on = 1989-12-01\n")[1]])


@pytest.mark.parametrize("program", [months, versions])
def test_a_promise_for_every_month_is_judged_in_linear_time(
    program: Callable[[int], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four times the months take four times the steps, also where each has a version of its own; so many more as a binary search takes."""
    argv = ["status", "p", "--json", "--on", "2026-01-01"]
    calls(program(12), tmp_path / "warm", argv, capsys)
    few, many = (calls(program(count), tmp_path / str(count), argv, capsys) for count in (100, 400))
    assert many < 5.5 * few


def test_findings_beyond_a_thousand_of_a_code_are_counted(tmp_path: Path) -> None:
    """A thousand are listed, the first of the file, and the last line says how many more there are; the exit code and the totals know them all."""
    count = MOST_OF_A_KIND + 234
    (tmp_path / "p.toml").write_text(
        "".join(
            [HEAD, *(f'[[actuals]]\nindicator = "a"\nperiod = 2020\nvalue = "{place}"\n' for place in range(count))]
        ),
        encoding="utf-8",
    )
    done = run("check", "--json", "--targets", tmp_path)
    assert done.returncode == 1
    found = json.loads(done.stdout)["problems"]
    assert {each["code"] for each in found} == {"quoted-number"}
    assert [each["line"] for each in found[:3]] == [10, 14, 18]
    assert len([each for each in found if each["line"]]) == MOST_OF_A_KIND
    assert [each["message"] for each in found[MOST_OF_A_KIND:]] == ["234 more like this are not listed"]
    shown = run("check", "--targets", tmp_path).stdout
    assert shown.count("a number in quotes") == MOST_OF_A_KIND
    assert f"{count} errors" in shown.splitlines()[-1].replace("\u00a0", " ")


def peak(text: str, folder: Path, argv: Sequence[str]) -> int:
    """The most memory, in bytes, that a command had while it read a program; its own, not that of the process it was started from."""
    folder.mkdir()
    (folder / "p.toml").write_text(text, encoding="utf-8")
    code = "import re, sys; from targettrack.cli import main; main(sys.argv[1:]); print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1], file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *argv, "--targets", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return int(done.stderr.split()[-1]) * 1024


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not say what memory a process had")
@pytest.mark.parametrize("format", ["json", "csv", "markdown", "table"])
@pytest.mark.parametrize(
    "argv",
    [["status", "p"], ["show", "p"], ["list"], ["cite", "p/a"], ["explain", "p/a"], ["check"]],
    ids=lambda argv: argv[0],
)
def test_memory_is_at_most_forty_times_the_file(argv: list[str], format: str, tmp_path: Path) -> None:
    """What a page says of each of its targets is made when it is written, not held for all of them."""
    if (argv[0] in {"cite", "explain"} and format == "csv") or (
        argv[0] == "check" and format in {"csv", "markdown", "table"}
    ):
        pytest.skip("it has no such format")
    text = groups(3000)
    started, loaded = (
        peak(each, tmp_path / str(place), [*argv, "--format", format]) for place, each in enumerate((groups(10), text))
    )
    assert loaded - started < 40 * len(text)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_said_even_where_python_does_not_buffer(tmp_path: Path, unbuffered: str) -> None:
    """What the system does not take is an error, never half a document with exit code 0."""
    (tmp_path / "p.toml").write_text(groups(300), encoding="utf-8")
    with (tmp_path / "out.json").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "targettrack", "status", "p", "--json", "--targets", str(tmp_path)],
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=out,
            stderr=subprocess.PIPE,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
            check=False,
        )
    assert done.returncode == 5
    assert json.loads(done.stderr)["error"]["code"] == "output"
