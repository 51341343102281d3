"""The command line as a person or a script meets it: real processes, exit codes, streams, files."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from support import HERE, process, run
from targettrack import cli, registry
from targettrack.pages import contract

ROOT = HERE.parent
DAY = "2020-06-30"
ERROR_KEYS = ["code", "message", "file", "line", "column", "hint"]

GOOD = """\
targettrack = 1
[program]
name = "Good program"
aliases = ["Chương trình tốt"]
[indicators.output-share]
name = "Output share"
unit = "%"
direction = "increase"
[[indicators.output-share.targets]]
by = 2015
value = 30
[[indicators.output-share.targets]]
by = 2030
value = 40
[indicators.firms]
name = "Firms"
unit = "firms"
direction = "increase"
[[indicators.firms.targets]]
by = 2018
value = 100
[[indicators.firms.targets]]
by = 2016
value = 1000
[[promises]]
text = "Do more"
[[actuals]]
indicator = "output-share"
period = 2015
value = 6.50
[[actuals]]
indicator = "firms"
period = 2018
value = 100
[[actuals]]
indicator = "firms"
period = 2016
value = 100
"""
BROKEN = GOOD.replace("value = 6.50", 'value = "6,5"')
LINE_OF_QUOTED = BROKEN.split("\n").index('value = "6,5"') + 1


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with two good programs in ``targets/``."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "good.toml").write_text(GOOD)
    (tmp_path / "targets" / "ha-noi.toml").write_text(
        GOOD.replace("Good program", "Hà Nội").replace("Chương trình tốt", "Thủ đô")
    )
    return tmp_path


@pytest.fixture
def half_broken(place: Path) -> Path:
    """The same with a third program that cannot be read."""
    (place / "targets" / "broken.toml").write_text(BROKEN)
    return place


def rows(*argv: str, cwd: Path) -> list[dict[str, Any]]:
    """The rows of ``status --json``, numbers as the digits printed."""
    result = run("status", *argv, "--json", "--on", DAY, cwd=cwd)
    targets: list[dict[str, Any]] = json.loads(result.stdout, parse_float=Decimal)["targets"]
    return targets


# ---------------------------------------------------------------- exit codes


def test_a_missed_target_is_no_error(place: Path) -> None:
    """Status exits 0 whatever became of the targets."""
    result = run("status", "good", "--on", DAY, cwd=place)
    assert (result.returncode, result.stderr) == (0, "")
    assert "missed" in result.stdout


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("status", "--fail-on", "met"), 1),
        (("status", "--fail-on", "worsening"), 0),
        (("status", "--fail-on", "missed", "--only", "met"), 0),
        (("status", "good/output-share", "--fail-on", "met"), 0),
        (("status", "--nonsense"), 2),
        (("status", "--only", "nonsense"), 2),
        (("nonsense",), 2),
        (("list", "extra"), 2),
        (("show",), 2),
        (("status", "nowhere"), 3),
        (("status", "good/nothing"), 3),
        (("show", "nowhere"), 3),
        (("status", "--targets", "nowhere"), 5),
        (("status", "--targets", "targets/good.toml"), 5),
    ],
)
def test_exit_codes(place: Path, argv: tuple[str, ...], code: int) -> None:
    """0 done, 1 findings, 2 wrong usage, 3 no such thing, 5 input or output failed."""
    result = run(*argv, *([] if argv[0] not in {"status", "show"} else ["--on", DAY]), cwd=place)
    assert result.returncode == code
    assert bool(result.stderr) is (code > 1)


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("status", "--sort", "nonsense", "nowhere"), 2),
        (("status", "--color", "nonsense", "nowhere"), 2),
        (("status", "-o", "x.toml", "nowhere"), 2),
        (("status", "nowhere", "broken"), 3),
        (("status", "broken", "good/nothing"), 3),
        (("status", "-o", "targets/good.toml/x.json"), 5),
        (("status", "--fail-on", "missed"), 4),
        (("list",), 4),
        (("show", "broken"), 4),
    ],
)
def test_the_gravest_exit_code_wins(half_broken: Path, argv: tuple[str, ...], code: int) -> None:
    """Where several apply: 2, 3, 5, 4, 1."""
    assert run(*argv, cwd=half_broken).returncode == code


def test_an_unreadable_entry_outweighs_an_invalid_one(half_broken: Path) -> None:
    """A folder named like a program (5) and an invalid program (4): 5."""
    (half_broken / "targets" / "folder.toml").mkdir()
    result = run("status", "--on", DAY, cwd=half_broken)
    assert result.returncode == 5
    assert "folder.toml: this is a directory, not a program file" in result.stderr


def test_nothing_is_printed_when_a_name_is_unknown(place: Path) -> None:
    """One unknown name beside a known one: nothing on stdout."""
    assert run("status", "good", "nowhere", cwd=place).stdout == ""


# ---------------------------------------------------------------- what is said, and where


@pytest.mark.parametrize(
    ("argv", "code", "name"),
    [
        (("status", "--nonsense", "--json"), 2, "usage"),
        (("status", "--json", "--only", "nonsense"), 2, "usage"),
        (("status", "--format", "json", "--method", "nonsense"), 2, "usage"),
        (("status", "--format=jsonl", "--on", "nonsense"), 2, "usage"),
        (("show", "--json"), 2, "usage"),
        (("nonsense", "--json"), 2, "usage"),
        (("status", "--json", "nowhere"), 3, "no-such-program"),
        (("show", "--json", "good/nothing"), 3, "no-such-indicator"),
        (("list", "--json", "--targets", "nowhere"), 5, "no-folder"),
        (("status", "--json", "-o", "targets/good.toml/x.json"), 5, "not-written"),
        (("status", "--json", "broken"), 4, "quoted-number"),
    ],
)
def test_with_json_an_error_is_one_json_line(half_broken: Path, argv: tuple[str, ...], code: int, name: str) -> None:
    """On stderr, with the six keys, and nothing on stdout."""
    result = run(*argv, cwd=half_broken)
    assert (result.returncode, result.stdout) == (code, "")
    (line,) = result.stderr.splitlines()
    error = json.loads(line)["error"]
    assert (list(error), error["code"]) == (ERROR_KEYS, name)


def test_an_error_in_a_file_has_its_place(half_broken: Path) -> None:
    """The JSON error names the file, line and column of the quoted number, and both readings of it."""
    error = json.loads(run("status", "broken", "--json", cwd=half_broken).stderr)["error"]
    assert (error["file"], error["line"], error["column"]) == ("targets/broken.toml", LINE_OF_QUOTED, 9)
    assert "6.5 or 65" in error["message"]


def test_a_person_sees_the_line_and_a_mark_under_it(half_broken: Path) -> None:
    """Place, sentence, the line with ``^^^``, and what to do."""
    assert run("status", "broken", cwd=half_broken).stderr.split("\n") == [
        f'targets/broken.toml:{LINE_OF_QUOTED}:9: a number in quotes: "6,5" may mean 6.5 or 65',
        f'    {LINE_OF_QUOTED} | value = "6,5"',
        "       |         ^^^^^",
        "  hint: write 6.5 or 65: no quotes, and a point for decimals",
        "",
    ]


def test_a_broken_program_does_not_hide_the_good_ones(half_broken: Path) -> None:
    """The others are shown, the broken one is listed, and the exit code is 4."""
    result = run("status", "--json", "--on", DAY, cwd=half_broken)
    document = json.loads(result.stdout)
    assert result.returncode == 4
    assert {row["program"] for row in document["targets"]} == {"good", "ha-noi"}
    (entry,) = document["unreadable"]
    assert entry["file"] == "targets/broken.toml"
    assert [problem["code"] for problem in entry["problems"]] == ["quoted-number"]


@pytest.mark.parametrize("format", ["table", "markdown"])
@pytest.mark.parametrize("command", ["status", "list"])
def test_a_page_for_people_names_what_could_not_be_read(half_broken: Path, command: str, format: str) -> None:
    """A report that is passed on says itself that a program is not in it."""
    assert re.search(r"(?i)cannot be read:.*broken", run(command, "--format", format, cwd=half_broken).stdout)


@pytest.mark.parametrize("command", ["status", "list"])
def test_where_nothing_can_be_read_stdout_is_empty(tmp_path: Path, command: str) -> None:
    """An unreadable file is an error, never an empty table."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "broken.toml").write_text(BROKEN)
    for options in ([], ["--json"], ["--format", "csv"]):
        result = run(command, *options, cwd=tmp_path)
        assert (result.returncode, result.stdout) == (4, "")


def test_an_empty_folder_has_no_targets(tmp_path: Path) -> None:
    """No program is no error: the table says 0 targets, the document has none."""
    (tmp_path / "targets").mkdir()
    assert run("status", cwd=tmp_path).stdout == "0\u00a0targets\n"
    document = json.loads(run("status", "--json", cwd=tmp_path).stdout)
    assert (document["summary"], document["targets"]) == ({"targets": 0, "of": 0, "by_status": {}}, [])
    assert run("list", cwd=tmp_path).returncode == 0


def test_other_toml_files_are_no_programs(place: Path) -> None:
    """A TOML file without a targettrack key is passed over; asked for by name, it is no program."""
    (place / "targets" / "other.toml").write_text("[tool]\nname = 'x'\n")
    assert "other" not in run("list", cwd=place).stdout
    result = run("status", "other", cwd=place)
    assert (result.returncode, result.stdout) == (3, "")
    assert "no targettrack key" in result.stderr


# ---------------------------------------------------------------- which rows


@pytest.mark.parametrize("spelled", ["not assessable", "not-assessable", "not_assessable", "Not Assessable"])
def test_only_takes_every_spelling_of_a_status(place: Path, spelled: str) -> None:
    """``off track``, ``off-track`` and ``off_track`` are one status."""
    assert {row["status"] for row in rows("--only", spelled, cwd=place)} == {"not_assessable"}


@pytest.mark.parametrize(
    "argv", [("--only", "met,missed"), ("--only", "met", "--only", "missed"), ("--only", " met , missed ")]
)
def test_only_takes_several(place: Path, argv: tuple[str, ...]) -> None:
    """Given again, or with commas."""
    assert {row["status"] for row in rows(*argv, cwd=place)} == {"met", "missed"}


def test_only_says_what_there_is(place: Path) -> None:
    """An unknown status is refused with the thirteen that there are."""
    message = run("status", "--only", "metlate", cwd=place).stderr
    assert "no status metlate; known: missed, worsening, off_track" in message
    assert message.count(", ") == 12


def test_a_filter_is_told_in_the_counts(place: Path) -> None:
    """``2 of 10 targets``, and the same in the summary."""
    result = run("status", "--only", "met", "--on", DAY, cwd=place)
    assert "\n2 of 10 targets  ✓ 2 met\n" in result.stdout.replace("\u00a0", " ")
    summary = json.loads(run("status", "--only", "met", "--json", "--on", DAY, cwd=place).stdout)["summary"]
    assert summary == {"targets": 2, "of": 10, "by_status": {"met": 2}}


@pytest.mark.parametrize(
    ("period", "dues"),
    [
        ("2015", ["2015"]),
        ("2015/2016", ["2015", "2016"]),
        ("2015-Q4", ["2015"]),
        ("2015-Q1", []),
        ("2030-12-31", ["2030"]),
    ],
)
def test_due_takes_rows_due_in_a_period(place: Path, period: str, dues: list[str]) -> None:
    """A row is in where its last day is."""
    assert [row["target"]["by"] for row in rows("good", "--due", period, cwd=place)] == dues


def test_past_due_takes_rows_whose_deadline_has_passed(place: Path) -> None:
    """The rows of 2015, 2016 and 2018, not that of 2030 nor the promise without a date."""
    assert sorted(row["target"]["by"] for row in rows("good", "--past-due", cwd=place)) == ["2015", "2016", "2018"]


@pytest.mark.parametrize(
    ("order", "dues"),
    [
        ("file", ["2015", "2030", "2018", "2016", None]),
        ("due", ["2015", "2016", "2018", "2030", None]),
        ("gap", ["2016", "2030", "2015", "2018", None]),
    ],
)
def test_sort(place: Path, order: str, dues: list[str | None]) -> None:
    """By shortfall (the worst first, none last), by due day (none last), or as in the file."""
    assert [row["target"]["by"] for row in rows("good", "--sort", order, cwd=place)] == dues


def test_one_indicator(place: Path) -> None:
    """PROGRAM/INDICATOR shows that indicator's rows alone."""
    assert {row["indicator"] for row in rows("good/firms", cwd=place)} == {"firms"}


def test_what_is_asked_twice_is_shown_once(place: Path) -> None:
    """The same program by two names, or an indicator of a program that is asked for whole."""
    assert len(rows("ha-noi", "Hà Nội", "HA NOI", cwd=place)) == 5
    assert len(rows("good/firms", "good/firms", cwd=place)) == 2
    assert len(rows("good", "good/firms", cwd=place)) == len(rows("good/firms", "good", cwd=place)) == 5


def test_programs_come_as_asked(place: Path) -> None:
    """In the order of the arguments, else of their ids."""
    assert list(dict.fromkeys(row["program"] for row in rows("ha-noi", "good", cwd=place))) == ["ha-noi", "good"]
    assert list(dict.fromkeys(row["program"] for row in rows(cwd=place))) == ["good", "ha-noi"]


@pytest.mark.parametrize(
    "name", ["ha noi", "Hà Nội", "HA-NOI", "hanoi", "ha_noi", "thủ đô", "Thu Do", "thu\u0309 đo\u0302"]
)
def test_names_are_forgiving(place: Path, name: str) -> None:
    """Case, Vietnamese marks (composed or not), spaces, hyphens and aliases."""
    assert {row["program"] for row in rows(name, cwd=place)} == {"ha-noi"}


@pytest.mark.parametrize("name", ["good/Output Share", "good/outputshare", "GOOD/OUTPUT_SHARE"])
def test_indicator_names_are_forgiving(place: Path, name: str) -> None:
    """The same for indicators."""
    assert {row["indicator"] for row in rows(name, cwd=place)} == {"output-share"}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("goood", 'did you mean "good"?'),
        ("good/firm", 'did you mean "firms"?'),
        ("xyz", "programs: good, ha-noi"),
        ("good/xyz", "indicators: firms, output-share"),
    ],
)
def test_a_near_miss_is_suggested_never_acted_on(place: Path, name: str, hint: str) -> None:
    """Nothing is shown; the hint says what may have been meant, or what there is."""
    result = run("status", name, cwd=place)
    assert (result.returncode, result.stdout) == (3, "")
    assert f"hint: {hint}" in result.stderr


def test_a_name_of_two_programs_is_not_guessed(place: Path) -> None:
    """An alias that two programs share is refused with both ids."""
    (place / "targets" / "other.toml").write_text(GOOD)
    result = run("status", "good program", cwd=place)
    assert result.returncode == 3
    assert '"good program" may mean good or other' in result.stderr


@pytest.mark.parametrize("name", ["../targets/good", "/etc/passwd", "good.toml", "..", "good\n", "\x1b[31m"])
def test_a_name_is_never_a_path(place: Path, name: str) -> None:
    """User text is matched against what is there, never joined to a path; what is said of it is safe to show."""
    result = run("show", name, cwd=place)
    assert result.returncode == 3 or (name == "good\n" and result.returncode == 0)
    assert "\x1b" not in result.stderr


# ---------------------------------------------------------------- the day and the method


@pytest.mark.parametrize(
    ("on", "day"), [("2020-02-29", "2020-02-29"), ("2020-02", "2020-02-29"), ("2020", "2020-12-31")]
)
def test_on_takes_a_day_a_month_or_a_year(place: Path, on: str, day: str) -> None:
    """A month and a year count at their last day."""
    assert json.loads(run("status", "--on", on, "--json", cwd=place).stdout)["on"] == day


@pytest.mark.parametrize("on", ["", "nonsense", "2019-02-29", "29/02/2019", "2020-Q1", "2020-2-9", "0000", "٢٠٢٠"])
def test_on_refuses_what_is_no_date(place: Path, on: str) -> None:
    """With a sentence, and nothing on stdout."""
    result = run("status", "--on", on, cwd=place)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("targettrack: ")


def test_an_unknown_method_is_refused(place: Path) -> None:
    """With the methods that there are."""
    result = run("status", "--method", "guess", cwd=place)
    assert result.returncode == 2
    assert re.search(r"no method guess; known: .*\blinear\b", result.stderr)


# ---------------------------------------------------------------- formats and files


ENDINGS = [
    (".json", "json"),
    (".jsonl", "jsonl"),
    (".ndjson", "jsonl"),
    (".csv", "csv"),
    (".md", "markdown"),
    (".markdown", "markdown"),
    (".txt", "table"),
    (".CSV", "csv"),
]


@pytest.mark.parametrize(("ending", "format"), ENDINGS)
def test_the_ending_gives_the_format(place: Path, ending: str, format: str) -> None:
    """-o writes what stdout would have had; CSV begins with a BOM for Excel; nothing is left beside it."""
    result = run("status", "--on", DAY, "-o", f"report{ending}", cwd=place)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    data = (place / f"report{ending}").read_bytes()
    printed = run("status", "--on", DAY, "--format", format, cwd=place).stdout.encode()
    assert data == (b"\xef\xbb\xbf" if format == "csv" else b"") + printed
    assert sorted(path.name for path in place.iterdir()) == sorted([f"report{ending}", "targets"])


def test_format_wins_over_the_ending(place: Path) -> None:
    """A named format is written whatever the ending is."""
    run("status", "--format", "json", "-o", "report.txt", cwd=place)
    assert json.loads((place / "report.txt").read_text())["schema"] == "targettrack.status"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("-o", "report.xyz"), "the ending of report.xyz names no format"),
        (("-o", "report"), "the ending of report names no format"),
        (("-o", "report.toml"), "no output goes into a .toml file"),
        (("-o", "targets/good.toml", "--format", "csv"), "no output goes into a .toml file"),
        (("-o", "link.csv"), "no output goes into a .toml file"),
        (("--json", "--format", "csv"), "--json and --format csv contradict each other"),
        (("--format", "nonsense"), "no format nonsense; known: csv, html, json, jsonl, markdown, table, xlsx"),
    ],
)
def test_outputs_that_are_refused(place: Path, argv: tuple[str, ...], said: str) -> None:
    """Exit 2 with the reason, and the program files untouched, also behind a link."""
    (place / "link.csv").symlink_to("targets/good.toml")
    result = run("status", *argv, cwd=place)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert (place / "targets" / "good.toml").read_text() == GOOD


def test_an_existing_file_is_replaced_whole(place: Path) -> None:
    """A longer old file leaves nothing behind, and keeps its mode."""
    path = place / "report.json"
    path.write_text("x" * 100_000)
    path.chmod(0o640)
    run("status", "--on", DAY, "-o", "report.json", cwd=place)
    json.loads(path.read_text())
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_is_followed(place: Path) -> None:
    """The file behind a link is written, and the link stays one."""
    (place / "elsewhere").mkdir()
    (place / "report.json").symlink_to("elsewhere/real.json")
    run("status", "-o", "report.json", cwd=place)
    assert (place / "report.json").is_symlink()
    assert json.loads((place / "elsewhere" / "real.json").read_text())["version"] == 2


@pytest.mark.parametrize(
    "output", ["nowhere/report.json", "targets/good.toml/report.json", "/proc/report.json", "/dev/full"]
)
def test_a_file_that_cannot_be_written(place: Path, output: str) -> None:
    """Exit 5 with one sentence and a hint, and no traceback."""
    result = run("status", "--json", "-o", output, cwd=place)
    assert (result.returncode, result.stdout) == (5, "")
    error = json.loads(result.stderr)["error"]
    assert (error["code"], error["file"]) == ("not-written", output)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(place: Path) -> None:
    """Exit 5, and the folder is as it was."""
    (place / "shut").mkdir(mode=0o500)
    assert run("status", "-o", "shut/report.json", cwd=place).returncode == 5
    assert not list((place / "shut").iterdir())


# ---------------------------------------------------------------- streams


COMMANDS = [
    ("status", "--on", DAY),
    ("list", "--on", DAY),
    ("show", "good", "--on", DAY),
    ("show", "good/firms", "--on", DAY),
]
FORMATS = ["table", "json", "jsonl", "csv", "markdown"]


def shell(command: str, *, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A command line as bash runs it, with ``targettrack`` as this one."""
    script = f'targettrack() {{ "{sys.executable}" -m targettrack "$@"; }}; {command}'
    return subprocess.run(["bash", "-c", script], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("command", ["status", "show hanoi"])
def test_a_reader_that_leaves_early(command: str, format: str) -> None:
    """``| head -1`` gets its line; no traceback, and no exit code that means findings."""
    result = shell(
        f"targettrack {command} --on 2026-11-22 --format {format} | head -n 1; exit ${{PIPESTATUS[0]}}", cwd=ROOT
    )
    assert result.returncode in {0, 5}
    assert (result.stdout.count("\n"), result.stderr) == (1, "")


@pytest.mark.parametrize(
    "command",
    [
        "status",
        "status --json",
        "status --format csv",
        "list --format markdown",
        "show good",
        "schema",
        "--version",
        "--help",
    ],
)
@pytest.mark.parametrize("end", [">/dev/full", ">&-"])
def test_a_stdout_that_takes_nothing(place: Path, command: str, end: str) -> None:
    """A full disk and a closed stdout: exit 5, one sentence, no traceback."""
    result = shell(f"targettrack {command} {end}", cwd=place)
    assert result.returncode == 5
    assert "the output could not be written" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("end", ["2>/dev/full", "2>&-", "2>&- >&-"])
def test_an_stderr_that_takes_nothing(place: Path, end: str) -> None:
    """The exit code still says what is wrong."""
    assert shell(f"targettrack status nowhere {end}", cwd=place).returncode == 3


def test_a_closed_stdin(place: Path) -> None:
    """Nothing is read from stdin."""
    assert shell(f"targettrack status --on {DAY} <&-", cwd=place).stdout == run("status", "--on", DAY, cwd=place).stdout


def test_a_closed_stdout_does_not_matter_to_a_file(place: Path) -> None:
    """With -o nothing goes to stdout."""
    assert shell("targettrack status -o report.json >&-", cwd=place).returncode == 0
    json.loads((place / "report.json").read_text())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8:strict"])
@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "markdown"])
def test_data_are_always_utf8(place: Path, encoding: str, format: str) -> None:
    """Whatever the encoding of stdout."""
    result = process("status", "--on", DAY, "--format", format, cwd=place, env={"PYTHONIOENCODING": encoding})
    assert (result.returncode, result.stdout) == (0, run("status", "--on", DAY, "--format", format, cwd=place).stdout)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("argv", COMMANDS)
def test_a_terminal_without_unicode(place: Path, argv: tuple[str, ...], encoding: str) -> None:
    """Signs, bars and spaces are ASCII; nothing is replaced by a question mark."""
    (place / "targets" / "ha-noi.toml").unlink()
    result = process(*argv, cwd=place, env={"PYTHONIOENCODING": encoding})
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.isascii()
    assert "?" not in result.stdout


def test_json_goes_to_a_latin1_stderr(half_broken: Path) -> None:
    """A JSON error is UTF-8, as all JSON is."""
    result = subprocess.run(
        [sys.executable, "-m", "targettrack", "status", "Hà Nộij", "--json"],
        cwd=half_broken,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert "Hà Nộij" in json.loads(result.stderr.decode("utf-8"))["error"]["message"]


# ---------------------------------------------------------------- the folder


def test_the_nearest_targets_folder_upwards(place: Path) -> None:
    """From a folder below, files are named from there."""
    (place / "a" / "b").mkdir(parents=True)
    result = run("show", "good", "--json", cwd=place / "a" / "b")
    assert json.loads(result.stdout)["file"] == "../../targets/good.toml"


def test_the_variable_names_the_folder(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """TARGETTRACK_TARGETS wins over a near folder, --targets over both."""
    other = tmp_path_factory.mktemp("other")
    (other / "mine.toml").write_text(GOOD)
    env = {"TARGETTRACK_TARGETS": str(other)}
    assert json.loads(run("list", "--json", cwd=place, env=env).stdout)["programs"][0]["program"] == "mine"
    assert (
        json.loads(run("list", "--json", "--targets", "targets", cwd=place, env=env).stdout)["programs"][0]["program"]
        == "good"
    )


def test_no_folder_at_all(tmp_path: Path) -> None:
    """Exit 5, and what to do."""
    result = run("status", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (5, "")
    assert "no targets folder here or in any folder above" in result.stderr
    assert "targettrack init" in result.stderr


# ---------------------------------------------------------------- init and new


def test_init_makes_a_folder_that_works(tmp_path: Path) -> None:
    """The example loads, is judged, and shows nothing on stderr."""
    made = run("init", cwd=tmp_path)
    assert (made.returncode, made.stdout) == (0, "")
    assert "targettrack status example" in made.stderr
    result = run("status", "example", "--on", "2024-06-30", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "19.5" in result.stdout


def test_init_takes_another_folder(tmp_path: Path) -> None:
    """Folders on the way are made, and the next command is said with --targets."""
    said = run("init", "my data/targets", cwd=tmp_path).stderr
    command = said.strip().rpartition("next: ")[2]
    assert shell(command, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("there", ["file", "full folder"])
def test_init_never_overwrites(tmp_path: Path, there: str) -> None:
    """What is there stays as it is."""
    path = tmp_path / "targets"
    if there == "file":
        path.write_text("mine")
    else:
        path.mkdir()
        (path / "example.toml").write_text("mine")
    result = run("init", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert (path if there == "file" else path / "example.toml").read_text() == "mine"
    assert len(list(tmp_path.rglob("*"))) == (1 if there == "file" else 2)


NAMES = [
    'Simple "quotes"',
    'back\\slash \'and\' """three"""',
    "two\nlines\r\nand\ta tab",
    "\x1b[31mred",
    "Chương trình — 产业",
    "{name}",
    "# not a comment",
]


@pytest.mark.parametrize("name", NAMES)
def test_new_keeps_any_name(place: Path, name: str) -> None:
    """The new program is valid and has exactly that name, whatever it is made of."""
    result = run("new", "can-tho", "--name", name, cwd=place)
    assert (result.returncode, result.stdout) == (0, "")
    assert "\x1b" not in result.stderr
    document = json.loads(run("show", "can-tho", "--json", cwd=place).stdout)
    assert (document["name"], document["indicators"]) == (name, [])


def test_new_needs_no_name(place: Path) -> None:
    """The id serves as the name."""
    run("new", "can-tho", cwd=place)
    assert json.loads(run("show", "can-tho", "--json", cwd=place).stdout)["name"] == "can-tho"


def test_new_never_overwrites(place: Path) -> None:
    """An existing program stays as it is."""
    result = run("new", "good", cwd=place)
    assert (result.returncode, result.stdout) == (2, "")
    assert (place / "targets" / "good.toml").read_text() == GOOD
    assert sorted(path.name for path in (place / "targets").iterdir()) == ["good.toml", "ha-noi.toml"]


@pytest.mark.parametrize("name", ["Hà Nội", "a b", "../x", "-x", "", "x.toml", "UPPER", "_x"])
def test_new_refuses_what_is_no_id(place: Path, name: str) -> None:
    """With the rule, and nothing written."""
    result = run("new", "--", name, cwd=place)
    assert result.returncode == 2
    assert "small letters a-z" in result.stderr
    assert len(list(place.rglob("*"))) == 3


# ---------------------------------------------------------------- help, version, start-up


def test_version() -> None:
    """The name and the number."""
    assert re.fullmatch(r"targettrack \d+\.\d+\.\d+\n", run("--version").stdout)


def commands() -> list[str]:
    """The commands that the help names."""
    return re.findall(r"^  ([a-z-]+)  ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE)


def test_asked_nothing_it_helps() -> None:
    """Without a command: the help, on stdout, and exit 0."""
    result = run()
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == run("--help").stdout


def test_every_command_has_help() -> None:
    """-h and --help; a usage line without brackets doubled, no type of Python's, nothing cut off."""
    names = commands()
    assert {"status", "list", "show", "add-actual", "init", "new", "schema"} <= set(names)
    for name in names:
        result = run(name, "-h")
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout == run(name, "--help").stdout
        assert "Examples:\n    targettrack " in result.stdout
        assert not re.search(r"\[\[|\{|<str|<path|\w(?<!PROGRAM FILE)\.\.\.$", result.stdout, re.MULTILINE)


EXAMPLES = [
    line.strip()
    for name in registry.names(cli)
    for line in registry.module(cli, name).EPILOG.partition("Examples:\n")[2].splitlines()
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_help_run(tmp_path: Path, example: str) -> None:
    """Each one, as it stands, on the programs that are shipped."""
    if "init" not in example.split():
        (tmp_path / "targets").mkdir()
        for path in (ROOT / "targets").glob("*.toml"):
            (tmp_path / "targets" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "figures.csv").write_text(
        "indicator,period,value,source\noutput-share,2024,35.5,ven-2017\n", encoding="utf-8"
    )
    (tmp_path / "targets.csv").write_text("Indicator,Target,Due\nShare,at least 30,2030\n", encoding="utf-8")
    (tmp_path / "yearbook.csv").write_text("Chỉ tiêu;Năm;Giá trị\noutput-share;2024;35,5\n", encoding="utf-8")
    result = shell(example, cwd=tmp_path)
    assert (result.returncode, "Traceback" in result.stderr) == (0, False)


def modules(*argv: str, cwd: Path, env: dict[str, str] | None = None) -> set[str]:
    """The modules that a command imports."""
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "targettrack", *argv],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0
    return {match[1] for match in re.finditer(r"\|\s+(\w[.\w]*)$", result.stderr, re.MULTILINE)}


def imported(*argv: str, cwd: Path, env: dict[str, str] | None = None) -> set[str]:
    """The top-level packages that a command imports."""
    return {name.partition(".")[0] for name in modules(*argv, cwd=cwd, env=env)}


COMPLETE = {"_TARGETTRACK_COMPLETE": "complete_bash", "COMP_WORDS": "targettrack status ", "COMP_CWORD": "2"}


@pytest.mark.parametrize(
    "argv",
    [("status", "--json"), ("list", "--json"), ("show", "good", "--json"), ("status", "--format", "csv"), ("schema",)],
)
def test_data_do_not_wait_for_rich(place: Path, argv: tuple[str, ...]) -> None:
    """What scripts call in loops does not import what draws tables."""
    assert "rich" not in imported(*argv, cwd=place)


@pytest.mark.parametrize(("argv", "env"), [(("--version",), {}), ((), COMPLETE)])
def test_version_and_completion_are_light(place: Path, argv: tuple[str, ...], env: dict[str, str]) -> None:
    """They import neither rich nor pydantic; and completion nothing that takes as long as it does."""
    heavy = {"rich", "pydantic", "pydantic_core", "tomli"}
    heavy |= {"typer", "typing", "dataclasses", "pathlib", "subprocess", "gettext"} if env else set()
    assert not imported(*argv, cwd=place, env=env) & heavy


def test_help_waits_for_no_command(place: Path) -> None:
    """It says what each does without importing one of them."""
    found = modules("--help", cwd=place)
    assert "targettrack.cli._typer" in found
    assert not found & {f"targettrack.cli.{registry._stem(name)}" for name in registry.names(cli)}
    assert not {name.partition(".")[0] for name in found} & {"rich", "pydantic_core", "tomli"}


@pytest.mark.parametrize("name", registry.names(cli))
def test_what_a_command_says_of_itself_is_its_docstring(name: str) -> None:
    """Whether it is read, or imported."""
    assert registry.said(cli, name) == registry.module(cli, name).__doc__


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"""odd: Does it."""\n', "odd: Does it."),
        ("# a comment\n\n'''odd: Does\nit.'''\nimport nothing_at_all\n", "odd: Does\nit."),
        ('# -*- coding: latin-1 -*-\n"odd: D\xf6es it."\n', "odd: D\xf6es it."),
        ('import os\n"""odd: no docstring."""\n', ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("file", ["odd.py", "odd/__init__.py"])
def test_what_a_plug_in_says_of_itself(tmp_path: Path, text: str, said: str, file: str) -> None:
    """The text at its beginning, however it is written; nothing of it runs."""
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_bytes(text.encode("latin-1"))
    package = ModuleType("package")
    package.__path__ = [str(tmp_path)]
    assert registry.said(package, "odd") == said


@pytest.mark.parametrize(
    "argv", [("status",), ("status", "good"), ("status", "--json"), ("list", "--json"), ("show", "good")]
)
def test_showing_waits_for_no_schema_and_no_recording(place: Path, argv: tuple[str, ...]) -> None:
    """What the documents of scripts have under their keys only schemas and columns ask; what is new in a file only those who write."""
    found = {name for name in modules(*argv, cwd=place) if name.startswith("targettrack.")}
    assert "targettrack.program.model" in found
    assert not {name for name in found if name.startswith(("targettrack.pages.keys", "targettrack.recording"))}


# ---------------------------------------------------------------- completion


def completions(line: str, *, cwd: Path, shell: str = "bash") -> tuple[list[str], str]:
    """What a shell is offered at the end of a line, and what is said on stderr."""
    words = line.split(" ")
    env = {
        "bash": {"_TARGETTRACK_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TARGETTRACK_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line},
        "fish": {
            "_TARGETTRACK_COMPLETE": "complete_fish",
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        },
    }[shell]
    result = run(cwd=cwd, env=env)
    return re.findall(
        r"[a-z-]+/?[a-z-]*", result.stdout.replace("_arguments", "").replace("*:", "")
    ) if shell == "zsh" else result.stdout.split(), result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("targettrack status ", ["good", "ha-noi"]),
        ("targettrack status ha", ["ha-noi"]),
        ("targettrack status good g", ["good"]),
        ("targettrack status good/", ["good/output-share", "good/firms"]),
        ("targettrack show good/f", ["good/firms"]),
        ("targettrack sta", ["status"]),
    ],
)
def test_completion(place: Path, line: str, offered: list[str], shell: str) -> None:
    """Commands, ids of programs, and behind a slash ids of indicators."""
    found, said = completions(line, cwd=place, shell=shell)
    assert (set(offered) <= set(found), said) == (True, "")
    assert shell != "bash" or found == offered


@pytest.mark.parametrize("there", ["nothing", "a file", "a broken program", "not UTF-8"])
@pytest.mark.parametrize(
    "line", ["targettrack status ", "targettrack show broken/", "targettrack show /", "targettrack show ../x/"]
)
def test_completion_is_silent(tmp_path: Path, there: str, line: str) -> None:
    """Whatever is wrong with the folder, nothing is said and nothing fails."""
    if there == "a file":
        (tmp_path / "targets").write_text("x")
    elif there != "nothing":
        (tmp_path / "targets").mkdir()
        (tmp_path / "targets" / "broken.toml").write_bytes(
            b"targettrack = 1\n[[[" if there == "a broken program" else b"\xff\xfet\x00a"
        )
    found, said = completions(line, cwd=tmp_path)
    assert said == ""
    assert found in ([], ["broken"])


# ---------------------------------------------------------------- schemas


def schema(name: str) -> Draft202012Validator:
    """The schema that the command prints, itself checked."""
    body = json.loads(run("schema", name).stdout)
    assert body["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(body)
    return Draft202012Validator(body)


@pytest.mark.parametrize("folder", [ROOT / "targets", HERE / "golden" / "targets"])
def test_documents_fit_their_schemas(folder: Path) -> None:
    """What status, list and show print for every program fits what the schema command prints."""
    options = ("--targets", str(folder), "--on", "2026-11-22", "--json")
    schema("status").validate(json.loads(run("status", *options).stdout))
    schema("list").validate(json.loads(run("list", *options).stdout))
    show = schema("show")
    for path in sorted(folder.glob("*.toml")):
        show.validate(json.loads(run("show", path.stem, *options).stdout))


def test_unreadable_programs_fit_the_schemas(half_broken: Path) -> None:
    """So do a document that lists an unreadable program, and the error on stderr."""
    for command in ("status", "list"):
        result = run(command, "--json", cwd=half_broken)
        schema(command).validate(json.loads(result.stdout))
        schema("error").validate(json.loads(result.stderr))


def test_the_help_names_every_schema() -> None:
    """What can be asked for is what there is."""
    said = " ".join(run("schema", "--help").stdout.split())
    named = said.partition("a document that a command prints: ")[2].partition(". [default")[0]
    assert {"program", "mapping", *named.split(", ")} == set(contract.names())


def test_a_schema_refuses_another_document(place: Path) -> None:
    """The schemas are not so loose that anything fits."""
    document = json.loads(run("status", "--json", cwd=place).stdout)
    assert not schema("list").is_valid(document)
    document["targets"][0]["gap"] = "-24"
    assert not schema("status").is_valid(document)


def test_an_unknown_schema_is_refused() -> None:
    """With the schemas that there are."""
    result = run("schema", "nonsense")
    assert (result.returncode, result.stdout) == (2, "")
    assert "known: program, mapping, status, list, show, error" in result.stderr


def as_json(value: object) -> object:
    """A TOML value as JSON has it: dates as ISO texts."""
    if isinstance(value, dict):
        return {key: as_json(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [as_json(entry) for entry in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def program_files() -> list[Path]:
    """Every program that must be valid."""
    return sorted(
        [
            *(ROOT / "targets").glob("*.toml"),
            *(HERE / "programs").glob("*.toml"),
            *(HERE / "golden" / "targets").glob("*.toml"),
        ]
    )


def test_programs_fit_the_schema_of_the_file() -> None:
    """An editor that knows the schema finds no fault in what we accept."""
    import tomli  # noqa: PLC0415

    validator = schema("program")
    for path in program_files():
        faults = [
            f"{path.name}: {error.message}"
            for error in validator.iter_errors(as_json(tomli.loads(path.read_text(encoding="utf-8-sig"))))
        ]
        assert faults == []


@pytest.mark.parametrize(
    "name",
    [
        "bad-choice",
        "bad-id",
        "missing-key-in-promise",
        "missing-key-program",
        "quoted-number",
        "unknown-key",
        "wrong-type-text",
        "bad-range",
        "bad-period",
    ],
)
def test_the_schema_of_the_file_finds_what_a_schema_can(name: str) -> None:
    """Unknown keys, wrong types, missing keys and choices that there are not."""
    import tomli  # noqa: PLC0415

    path = HERE / "invalid" / f"{name}.toml"
    assert not schema("program").is_valid(as_json(tomli.loads(path.read_text(encoding="utf-8-sig"))))


# ---------------------------------------------------------------- what data say


def test_csv_and_jsonl_have_a_record_a_row(place: Path) -> None:
    """As many records as the document has rows, in the same order, with the digits entered."""
    document = rows(cwd=place)
    lines = run("status", "--format", "jsonl", "--on", DAY, cwd=place).stdout.splitlines()
    assert [json.loads(line, parse_float=Decimal) for line in lines] == document
    records = list(csv.DictReader(io.StringIO(run("status", "--format", "csv", "--on", DAY, cwd=place).stdout)))
    assert [record["status"] for record in records] == [row["status"] for row in document]
    assert records[0]["figure"] == "6.50"


def test_json_has_the_digits_entered(place: Path) -> None:
    """``6.50`` stays ``6.50``."""
    assert '"figure": 6.50,' in run("status", "good", "--json", "--on", DAY, cwd=place).stdout
