"""add-actual as a person or a script meets it: real processes, in a folder of programs, in a pipe and at a terminal."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import tomli
from jsonschema import Draft202012Validator

from support import HERE, run
from terminal import Dialogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TARGETS = HERE.parent / "targets"
ERROR_KEYS = ["code", "message", "file", "line", "column", "hint"]

TEXT = """\
targettrack = 1   # the format
[program]
name = "River program"
aliases = ["Hà Nội", "Thủ đô"]

[sources.yearbook]
title = "Yearbook 2024"
publisher = "Office of statistics"
published = 2025-06-30

[sources.paper]
title = "A report"
publisher = "The Daily"
published = 2024-03-01

[indicators.output-share]
name = "Output share"
unit = "%"
direction = "increase"
limit = 100
[[indicators.output-share.targets]]
by = 2020
value = 50

[indicators.balance]
name = "Balance"
unit = "million VND"

[indicators.law]
name = "The law is in force"
unit = "yes/no"
[[indicators.law.targets]]
by = 2020
value = true

[indicators.none]
name = "Without a figure"

[indicators.rate]
name = "Rate"

[[actuals]]  # the first figure
indicator = "output-share"
period = 2018
value = 45
source = "yearbook"

[[actuals]]
indicator = "balance"
period = 2017
value = 3
source = "yearbook"

[[actuals]]
indicator = "balance"
period = 2018
value = -4.0
source = "yearbook"

[[actuals]]
indicator = "rate"
period = "2018-Q3"
value = 1.5
source = "yearbook"
"""
HAD = TEXT.count("[[actuals]]")
SOUND = ("ha-noi", "output-share", "47.50", "--period", "2019", "--source", "yearbook")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with one program in ``targets/``."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "ha-noi.toml").write_text(TEXT, encoding="utf-8", newline="")
    return tmp_path


def add(*argv: str | bytes, cwd: Path, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    """The command, outside of any terminal; ``given`` is what comes through stdin."""
    return run("add-actual", *map(os.fsdecode, argv), cwd=cwd, given=given)


def data(place: Path) -> bytes:
    """The bytes of the program file."""
    return (place / "targets" / "ha-noi.toml").read_bytes()


def lines_of(place: Path) -> list[str]:
    """The lines of the program file."""
    return data(place).decode().splitlines()


def document(place: Path, name: str = "ha-noi") -> dict[str, Any]:
    """The program file as TOML reads it, numbers as decimals."""
    return tomli.loads((place / "targets" / f"{name}.toml").read_bytes().decode("utf-8-sig"), parse_float=Decimal)


def new(place: Path) -> list[dict[str, Any]]:
    """The actuals that were added, without the day of the record."""
    return [
        {key: value for key, value in actual.items() if key != "recorded"}
        for actual in document(place)["actuals"][HAD:]
    ]


def refused(*argv: str | bytes, cwd: Path, given: bytes = b"") -> tuple[int, str]:
    """The exit code and what is said of a command that writes nothing anywhere but on stderr."""
    before = data(cwd)
    done = add(*argv, cwd=cwd, given=given)
    assert (done.stdout, data(cwd)) == ("", before)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in (cwd / "targets").iterdir()) == ["ha-noi.toml"]
    return done.returncode, done.stderr


# ---------------------------------------------------------------- one figure


def test_a_figure_is_appended(place: Path) -> None:
    """The old bytes stay, one record comes behind them, and the receipt says what, where and how to undo it."""
    before = data(place)
    done = add(*SOUND, cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    assert data(place).startswith(before)
    lines = [line.partition("  # ")[0] for line in data(place)[len(before) :].decode().split("\n")]
    assert lines == [
        "",
        "[[actuals]]",
        'indicator = "output-share"',
        "period = 2019",
        "value = 47.50",
        'source = "yearbook"',
        lines[6],
        "",
    ]
    assert done.stdout.startswith("recorded  ha-noi/output-share\n  47.50\u00a0% in 2019, final, yearbook\n")
    assert done.stdout.endswith("\nTo undo: targettrack undo ha-noi\n")


def test_to_undo_it_is_what_the_receipt_says(place: Path) -> None:
    """After the command that it names the file is, byte for byte, what it was."""
    before = data(place)
    done = add(
        "ha-noi", "law", "yes", "--period", "2019", "--source", "gazette", "--source-title", "Gazette", cwd=place
    )
    match = re.search(r"To undo: targettrack (.+)", done.stdout)
    assert match is not None
    assert run(*shlex.split(match[1]), cwd=place).returncode == 0
    assert data(place) == before


def test_every_option(place: Path) -> None:
    """Each option is a key of the record or of its source; what keeps its default is not written."""
    done = add(
        "ha-noi", "output-share", "48.0", "--period", "2019-s1", "--source", "gso-2026", "--source-title", "Niên giám “2025”", "--source-publisher", "Office of statistics", "--source-published", "2026-06",
        "--source-url", "https://example.org/a?b=c#d", "--source-archived", "https://archive.org/x", "--source-accessed", "2026", "--source-document", "No. 5", "--source-note", "-- not dated --",
        "--quality", "provisional", "--approx", "over", "--published", "2026-06-30", "--page", "12", "--quote", 'it said "48"\\n', "--note", "-5 % less", "--disaggregation", "sector=dệt may", "--disaggregation", "place=a=b",
        "--series-break", "--revise", "--wait", "1.5", "--color", "never", "--targets", "targets", cwd=place,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert new(place) == [
        {
            "indicator": "output-share", "period": "2019-S1", "value": Decimal("48.0"), "source": "gso-2026", "quality": "provisional", "approx": "over", "published": date(2026, 6, 30), "page": 12,
            "quote": 'it said "48"\\n', "note": "-5 % less", "disaggregation": {"sector": "dệt may", "place": "a=b"}, "series_break": True,
        }
    ]  # fmt: skip
    assert document(place)["sources"]["gso-2026"] == {
        "title": "Niên giám “2025”", "publisher": "Office of statistics", "published": "2026-06", "url": "https://example.org/a?b=c#d", "archived": "https://archive.org/x", "accessed": 2026, "document": "No. 5", "note": "-- not dated --",
    }  # fmt: skip
    assert run("status", cwd=place).returncode == 0


def test_the_day_of_the_record(place: Path) -> None:
    """The record says when it was made."""
    days = {date.today()}  # noqa: DTZ011
    add(*SOUND, cwd=place)
    assert document(place)["actuals"][HAD]["recorded"] in days | {date.today()}  # noqa: DTZ011


@pytest.mark.parametrize(
    ("value", "indicator", "keys"),
    [
        ("7.20", "balance", {"value": Decimal("7.20")}), ("12 345.60", "balance", {"value": Decimal("12345.60")}), ("3.2..3.30", "balance", {"range": [Decimal("3.2"), Decimal("3.30")]}),
        ("-3..-1", "balance", {"range": [-3, -1]}), ("48.5 %", "output-share", {"value": Decimal("48.5")}), ("NO", "law", {"value": False}),
    ],
)  # fmt: skip
def test_figures_as_they_are_typed(place: Path, value: str, indicator: str, keys: dict[str, Any]) -> None:
    """What is typed stands in the file digit for digit."""
    assert add("ha-noi", indicator, value, "--period", "2019", "--source", "yearbook", cwd=place).returncode == 0
    (found,) = new(place)
    assert {key: found[key] for key in found if key in {"value", "range"}} == keys
    assert str(found.get("value")) == str(keys.get("value"))


@pytest.mark.parametrize(("value", "indicator", "code", "said"), [
    ("1,500", "balance", 2, "VALUE: 1,500 may mean 1500 or 1.500"), ("1.500", "balance", 2, "VALUE: 1.500 may mean 1500 or 1.500"), ("5%", "balance", 2, "VALUE: 5% is a percentage, but this indicator is measured in million VND"),
    ("5 or so", "balance", 2, 'VALUE: "5 or so" is no number'), ("", "balance", 2, 'VALUE: "" is no number'), ("5", "law", 2, 'VALUE: "5" is neither yes nor no'), ("12.10.2018", "balance", 2, "VALUE: "),
])  # fmt: skip
def test_no_figure(place: Path, value: str, indicator: str, code: int, said: str) -> None:
    """What is no figure, or may mean two, is refused with both readings."""
    exit_code, text = refused("ha-noi", indicator, value, "--period", "2019", "--source", "yearbook", cwd=place)
    assert exit_code == code
    assert text.startswith(f"targettrack: {said}")
    assert "\n  hint: " in text


# ---------------------------------------------------------------- the words of the command line


@pytest.mark.parametrize(
    "words",
    [("ha-noi/output-share",), ("Hà Nội", "Output Share"), ("HA NOI/OUTPUT_SHARE",), ("thu do", "OUTPUT-SHARE")],
)
def test_forgiving_names(place: Path, words: tuple[str, ...]) -> None:
    """Programs and indicators are found in any case, with or without Vietnamese marks, as two words or as one."""
    done = add(*words, "47.5", "--period", "2019", "--source", "YEARBOOK", "--dry-run", cwd=place)
    assert done.returncode == 0
    assert 'indicator = "output-share"\n' in done.stdout
    assert 'source = "yearbook"' in done.stdout


@pytest.mark.parametrize(
    ("words", "said", "hint"),
    [
        (("ha-nio", "output-share", "1"), 'no program "ha-nio"', '"ha-noi"'), (("ha-noi", "output-shar", "1"), 'ha-noi has no indicator "output-shar"', '"output-share"'), (("ha-noi/ballance", "1"), 'ha-noi has no indicator "ballance"', '"balance"'),
        (("ha-noi", "balance", "1", "--source", "yearbok"), 'no source has the id "yearbok"', '"yearbook"'), (("nowhere", "balance", "1"), 'no program "nowhere"', "programs: ha-noi"), (("../targets/ha-noi", "1"), 'no program ".."', "programs: ha-noi"),
    ],
)  # fmt: skip
def test_near_misses(place: Path, words: tuple[str, ...], said: str, hint: str) -> None:
    """What is near is suggested, never taken: exit 3, and nothing is printed."""
    code, text = refused(*words, "--period", "2019", cwd=place)
    assert code == 3
    assert said in text
    assert hint in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--perod", "2019"), "no such option: --perod; did you mean --period?"), (("--perod=2019",), "no such option: --perod=2019; did you mean --period?"), (("-x",), "no such option: -x"), (("-p2019",), "no such option: -p2019"),
        (("--dryrun",), "no such option: --dryrun; did you mean --dry-run?"), (("--soruce", "yearbook"), "no such option: --soruce; did you mean --source?"),
        (("--revised",), "no such option: --revised; did you mean --revise?"), (("-inf",), "no such option: -inf"),
        (("--", "--period", "2018"), "--period stands behind --, where no options are; write it before that"),
    ],
)  # fmt: skip
def test_unknown_options(place: Path, options: tuple[str, ...], said: str) -> None:
    """An option that is none is refused, with the one that may be meant, and nothing is written."""
    code, text = refused("ha-noi", "balance", "-1.5", "--period", "2019", *options, cwd=place)
    assert (code, text.partition("\n")[0].rstrip("?")) == (2, f"targettrack: {said}".rstrip("?"))


@pytest.mark.parametrize(
    "options",
    [
        ("--from",),
        ("--period",),
        ("--yes=no",),
        ("--color", "sometimes"),
        ("--wait", "soon"),
        ("--quality", "finale"),
        ("--approx", "roughly"),
        ("--period", "20x"),
        ("--disaggregation", "textile"),
        ("--note", ""),
    ],
)
def test_wrong_options(place: Path, options: tuple[str, ...]) -> None:
    """An option without its value, or with one that it cannot have, is exit 2, and the sentence names the option."""
    given = [] if "--period" in options else ["--period", "2019"]
    code, text = refused("ha-noi", "balance", "1.5", "--source", "yearbook", *given, *options, cwd=place)
    assert code == 2
    assert options[0].partition("=")[0] in text


def test_a_file_without_a_name(place: Path) -> None:
    """``--from=`` names no file, and is refused as that."""
    code, text = refused("ha-noi", "balance", "--period", "2019", "--from=", cwd=place)
    assert code in {2, 5}
    assert "--from" in text
    assert "--value" not in text


@pytest.mark.parametrize(
    "words",
    [
        ("ha-noi", "balance", "-1.5", "--period", "2019"), ("ha-noi", "balance", "--period", "2019", "-1.5"), ("--period", "2019", "ha-noi", "balance", "-1.5"), ("ha-noi/balance", "-1.5", "--period=2019"),
        ("ha-noi", "balance", "--period", "2019", "--", "-1.5"), ("ha-noi", "balance", "-1.50e0", "--period", "2019"),
    ],
)  # fmt: skip
def test_a_figure_below_zero_in_any_place(place: Path, words: tuple[str, ...]) -> None:
    """A figure below 0 is the VALUE, wherever it stands, with or without ``--``."""
    assert add("--source", "yearbook", *words, cwd=place).returncode == 0
    assert new(place)[0]["value"] == Decimal("-1.5")


@pytest.mark.parametrize(("text", "value"), [("-.5", "-0.5"), ("-0", "0"), ("-0.50", "-0.50")])
def test_figures_below_zero(place: Path, text: str, value: str) -> None:
    """However it is written, a figure below 0 is taken."""
    assert add("ha-noi", "balance", text, "--period", "2019", "--source", "yearbook", cwd=place).returncode == 0
    assert str(new(place)[0]["value"]) == value


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "PROGRAM is missing"), (("ha-noi",), "INDICATOR is missing"), (("ha-noi", "balance"), "VALUE and --period are missing"), (("ha-noi", "balance", "5"), "--period is missing"), (("ha-noi/balance", "--period", "2019"), "VALUE is missing"),
        (("ha-noi", "balance", "5", "6", "--period", "2019"), "one word too many: 6; a text with spaces stands in quotes"), (("ha-noi/balance", "5", "6", "--period", "2019"), "one word too many: 6; a text with spaces stands in quotes"),
        (("ha-noi", "balance", "5", "--from", "x.csv"), "with --from there is no VALUE: 5"),
    ],
)  # fmt: skip
def test_missing_and_too_many_words(place: Path, words: tuple[str, ...], said: str) -> None:
    """In a script nothing is asked: exit 2, and the sentence says which word it is."""
    assert refused(*words, cwd=place) == (2, f"targettrack: {said}\n  hint: see targettrack add-actual --help\n")


@pytest.mark.parametrize("slot", range(9))
def test_an_argument_that_is_no_text(place: Path, slot: int) -> None:
    """Bytes that are not UTF-8 are refused in every place, in a sentence, and nothing is written."""
    words: list[str | bytes] = [
        "ha-noi",
        "balance",
        "5",
        "--period=2019",
        "--source=gso",
        "--source-title=x",
        "--note=x",
        "--disaggregation=sector=x",
        "--quote=x",
    ]
    words[slot] = str(words[slot]).encode() + b"\xff"
    code, text = refused(*words, cwd=place)
    assert code in {2, 3}
    assert "Traceback" not in text


def test_a_file_name_that_is_no_text(place: Path) -> None:
    """A file name that is not UTF-8 is a file like any other."""
    name = os.fsencode(place) + b"/\xff.csv"
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(b"indicator,period,value,source\nbalance,2019,5,yearbook\n")
    assert add("ha-noi", "--from", name, cwd=place).returncode == 0
    assert [actual["value"] for actual in new(place)] == [5]


# ---------------------------------------------------------------- sources

GSO = (
    "--source",
    "gso",
    "--source-title",
    "Yearbook 2025",
    "--source-publisher",
    "General office",
    "--source-published",
    "2026-06",
)


def test_an_unknown_source(place: Path) -> None:
    """A source that is not there is exit 3, and the hint says how to add it."""
    assert refused("ha-noi", "balance", "5", "--period", "2019", "--source", "gso", cwd=place) == (
        3,
        'targettrack: no source has the id "gso"\n  hint: add it in the same step: --source-title TEXT\n',
    )


def test_a_new_source_comes_with_its_first_figure(place: Path) -> None:
    """With its title it is added before the figure; for the next figure it is there already, and may be described again."""
    first = add("ha-noi", "balance", "5", "--period", "2019", *GSO, cwd=place)
    assert (first.returncode, first.stderr) == (0, "")
    assert "  with the new source gso\n" in first.stdout
    assert document(place)["sources"]["gso"] == {
        "title": "Yearbook 2025",
        "publisher": "General office",
        "published": "2026-06",
    }
    once = data(place)
    assert once.index(b"[sources.gso]") < once.rindex(b"[[actuals]]")
    assert add("ha-noi", "balance", "6", "--period", "2020", *GSO, cwd=place).returncode == 0
    assert data(place).count(b"[sources.gso]") == 1
    assert data(place).startswith(once)


def test_the_same_command_twice(place: Path) -> None:
    """The second time it is recorded already, source and all: exit 0, and not a byte is written."""
    words = ("ha-noi", "balance", "5", "--period", "2019", *GSO)
    add(*words, cwd=place)
    once = data(place)
    again = add(*words, cwd=place)
    assert (again.returncode, again.stderr, data(place)) == (0, "", once)
    assert again.stdout.startswith("already recorded  ha-noi/balance\n")
    assert "To undo" not in again.stdout


@pytest.mark.parametrize(
    ("described", "said"),
    [
        (("--source-title", "Another book"), '--source-title: the source yearbook is in the file already, and its title is "Yearbook 2024", not "Another book"'), (("--source-publisher", "The Daily"), '--source-publisher: the source yearbook is in the file already, and its publisher is "Office of statistics", not "The Daily"'),
        (("--source-published", "2025"), '--source-published: the source yearbook is in the file already, and its published is "2025-06-30", not "2025"'), (("--source-title", "Yearbook 2024", "--source-url", "https://x.org"), '--source-url: the source yearbook is in the file already, and its url is nothing, not "https://x.org"'),
    ],
)  # fmt: skip
def test_a_source_that_contradicts_the_one_that_is_there(place: Path, described: tuple[str, ...], said: str) -> None:
    """Another description of a source that is there is refused, with both texts."""
    code, text = refused("ha-noi", "balance", "5", "--period", "2019", "--source", "yearbook", *described, cwd=place)
    assert (code, text.partition("\n")[0]) == (2, f"targettrack: {said}")


@pytest.mark.parametrize(
    ("described", "said"),
    [
        (("--source-title", "Yearbook"), "a new source needs its id: --source"), (("--source", "gso", "--source-publisher", "General office"), 'ha-noi has no source "gso", and a new one needs --source-title'),
        (("--source", "GSO 2026", "--source-title", "Yearbook"), "GSO 2026 is no id: an id has small letters a-z, digits, - and _, and begins with a letter or digit"), (("--source", "gso", "--source-title", " "), "--source-title: `title` is empty"),
        (("--source", "gso", "--source-title", "Yearbook", "--source-published", "soon"), '--source-published: "soon" is no date: write a day 2017-10-29, a month "2017-10" or a year 2017'), (("--source", "gso", "--source-title", "Yearbook", "--source-accessed", "2026-02-30"), "--source-accessed: there is no day 2026-02-30 in the calendar"),
        (("--source", ""), "--source: `source` is empty"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_added(place: Path, described: tuple[str, ...], said: str) -> None:
    """A new source needs an id, a title, and dates that are dates."""
    code, text = refused("ha-noi", "balance", "5", "--period", "2019", *described, cwd=place)
    assert (code, text.partition("\n")[0]) == (2, f"targettrack: {said}")


# ---------------------------------------------------------------- what is doubtful, and what needs a word


def test_a_figure_above_the_limit_needs_yes(place: Path) -> None:
    """Without --yes it is refused, also as a dry run; with it, it is recorded, and the warning stays."""
    words = ("ha-noi", "output-share", "140", "--period", "2019", "--source", "yearbook")
    assert refused(*words, cwd=place) == (
        2,
        "targettrack: 140\u00a0% is above the limit of output-share, 100\u00a0%\n  hint: add --yes if the figure is right; else correct it, or the indicator's limit\n",
    )
    assert refused(*words, "--dry-run", cwd=place)[0] == 2
    done = add(*words, "--yes", cwd=place)
    assert (done.returncode, done.stderr) == (0, "warning: 140\u00a0% is above the limit of output-share, 100\u00a0%\n")
    assert new(place)[0]["value"] == 140


def test_doubts_are_said_on_stderr(place: Path) -> None:
    """In a script a doubtful figure is recorded, each doubt is a line on stderr, and stdout has the receipt alone."""
    done = add("ha-noi", "output-share", "4.5", "--period", "2999", cwd=place)
    assert done.returncode == 0
    assert [line.replace("\u00a0", " ") for line in done.stderr.splitlines()] == [
        "warning: 2999 has not ended yet: its figure counts as provisional", "warning: it has no source: nobody can check it", "warning: 4.5 % is at most a tenth of the figure of 2018, 45 %",
    ]  # fmt: skip
    assert done.stdout.startswith("recorded  ")
    assert "warning" not in done.stdout


def test_another_value_needs_revise(place: Path) -> None:
    """Another value of the same source is refused; with --revise the old record stays and the new one is used."""
    words = ("ha-noi", "output-share", "46", "--period", "2018", "--source", "yearbook")
    before = data(place)
    code, text = refused(*words, cwd=place)
    assert code == 2
    assert text.replace("\u00a0", " ").startswith(
        'targettrack: "yearbook" already says 45 % for 2018; this says 46 %\n  hint: add --revise'
    )
    done = add(*words, "--revise", cwd=place)
    assert "  revises 45\u00a0% (yearbook); this one is used\n" in done.stdout
    assert data(place).startswith(before)


def test_a_rival_stands_beside(place: Path) -> None:
    """Another publisher's figure needs no word: it is kept beside the other, and the receipt says which one is used."""
    done = add("ha-noi", "output-share", "46", "--period", "2018", "--source", "paper", cwd=place)
    assert done.returncode == 0
    assert "  differs from 45\u00a0% (yearbook); the other one is used\n" in done.stdout


def test_other_words_about_a_figure_need_revise(place: Path) -> None:
    """Words about a figure that was recorded without them are not dropped in silence; with --revise they are recorded."""
    words = (
        "ha-noi",
        "output-share",
        "45",
        "--period",
        "2018",
        "--source",
        "yearbook",
        "--quality",
        "provisional",
        "--note",
        "Preliminary",
    )
    code, text = refused(*words, cwd=place)
    assert (code, text.partition("\n")[0]) == (
        2,
        'targettrack: this figure is in the file already, but there quality is "final", not "provisional" and note is not given, not "Preliminary"',
    )
    assert add(*words, "--revise", cwd=place).returncode == 0
    assert new(place) == [
        {
            "indicator": "output-share",
            "period": 2018,
            "value": 45,
            "source": "yearbook",
            "quality": "provisional",
            "note": "Preliminary",
        }
    ]


def test_what_is_recorded_before_is_told_as_the_file_has_it(place: Path) -> None:
    """However it is typed, the receipt has the record of the file, and its line."""
    done = add("ha-noi", "output-share", "45.00", "--period", "2018-01/2018-12", "--source", "Yearbook", cwd=place)
    line = lines_of(place).index("[[actuals]]  # the first figure") + 1
    assert (
        done.stdout
        == f"already recorded  ha-noi/output-share\n  45\u00a0% in 2018, final, yearbook\n  recorded before: 45\u00a0% (yearbook)\n  targets/ha-noi.toml:{line}\n"
    )


def test_many_warnings_are_cut(place: Path) -> None:
    """Of many warnings the first twenty are said and the rest counted; the document has them all."""
    rows = b"indicator,period,value\n" + b"".join(b"balance,%d,5\n" % year for year in range(1900, 1930))
    (place / "f.csv").write_bytes(rows)
    lines = add("ha-noi", "--from", "f.csv", "--dry-run", cwd=place).stderr.splitlines()
    assert (len(lines), lines[0], lines[20]) == (
        22,
        "warning: row 1: it has no source: nobody can check it",
        "warning: and 10 more like these; --json has them all",
    )
    assert len(json.loads(add("ha-noi", "--from", "f.csv", "--dry-run", "--json", cwd=place).stdout)["warnings"]) == 30


# ---------------------------------------------------------------- a dry run, and the bytes

DRY: dict[str, tuple[str, ...]] = {
    "a figure": SOUND,
    "a new source": (
        "ha-noi",
        "balance",
        "5",
        "--period",
        "2019",
        *GSO,
        "--note",
        "Đã công bố",
        "--page",
        "ii",
        "--quality",
        "estimate",
    ),
    "a revision": ("ha-noi", "output-share", "46", "--period", "2018", "--source", "yearbook", "--revise"),
    "many": ("ha-noi", "--from", "f.csv", *GSO),
}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        *((name, "plain") for name in DRY),
        *(("a new source", kind) for kind in ("windows line ends", "no last line end", "byte order mark")),
    ],
)
def test_a_dry_run_prints_the_bytes(place: Path, words: str, kind: str) -> None:
    """What --dry-run prints is, byte for byte, what the same command appends; and it writes nothing."""
    path = place / "targets" / "ha-noi.toml"
    text = {
        "plain": TEXT,
        "windows line ends": TEXT.replace("\n", "\r\n"),
        "no last line end": TEXT.rstrip("\n"),
        "byte order mark": f"\ufeff{TEXT}",
    }[kind]
    path.write_bytes(text.encode())
    (place / "f.csv").write_bytes(b"indicator,period,value\nbalance,2019,5\noutput-share,2019,50\nlaw,2019,yes\n")
    command = [sys.executable, "-m", "targettrack", "add-actual", *DRY[words]]
    dry = subprocess.run([*command, "--dry-run"], cwd=place, capture_output=True, check=True, stdin=subprocess.DEVNULL)
    assert path.read_bytes() == text.encode()
    done = subprocess.run(command, cwd=place, capture_output=True, check=True, stdin=subprocess.DEVNULL)
    assert path.read_bytes() == text.encode() + dry.stdout
    first = int(re.findall(r"toml:(\d+), ", done.stdout.decode())[0])
    last = first + dry.stdout.count(b"\n") - 1 - (kind == "no last line end")
    assert f"nothing was written; these lines would be targets/ha-noi.toml:{first} to {last}\n" in dry.stderr.decode()


def test_a_dry_run_of_what_is_there(place: Path) -> None:
    """Nothing would be appended: stdout is empty, and stderr says so."""
    done = add("ha-noi", "output-share", "45", "--period", "2018", "--source", "yearbook", "--dry-run", cwd=place)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "already recorded; nothing would be written\n")


# ---------------------------------------------------------------- JSON


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    """What ``targettrack schema add-actual`` prints, as a validator."""
    done = run("schema", "add-actual")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


JSON: dict[str, tuple[tuple[str, ...], list[str], list[str]]] = {
    "new": (SOUND, ["new"], ["leads"]),
    "the same": (
        ("ha-noi", "output-share", "45", "--period", "2018", "--source", "yearbook"),
        ["recorded_before"],
        ["leads"],
    ),
    "a revision": (
        ("ha-noi", "output-share", "46", "--period", "2018", "--source", "yearbook", "--revise"),
        ["revision"],
        ["leads"],
    ),
    "a rival": (("ha-noi", "output-share", "46", "--period", "2018", "--source", "paper"), ["rival"], ["disputes"]),
    "an agreement": (("ha-noi", "output-share", "45", "--period", "2018", "--source", "paper"), ["agrees"], ["agrees"]),
    "a new source": (("ha-noi", "output-share", "46..47", "--period", "2018", *GSO), ["rival"], ["leads"]),
    "not known yet": (
        ("ha-noi", "balance", "5", "--period", "2016", "--source", "paper", "--published", "2999"),
        ["new"],
        ["unknown"],
    ),
    "context, doubtful": (
        (
            "ha-noi",
            "none",
            "5",
            "--period",
            "2999",
            "--disaggregation",
            "sector=textile",
            "--page",
            "ii",
            "--series-break",
        ),
        ["new"],
        ["leads"],
    ),
    "a milestone": (("ha-noi", "law", "yes", "--period", "2019", "--source", "paper"), ["new"], ["leads"]),
    "many": (
        ("ha-noi", "--from", "f.csv", "--revise"),
        ["new", "recorded_before", "revision", "new"],
        ["leads", "revised", "leads", "leads"],
    ),
    "many, all there": (("ha-noi", "--from", "g.csv"), ["recorded_before", "recorded_before"], ["leads"] * 2),
}


@pytest.mark.parametrize(
    ("case", "dry"),
    [*((case, False) for case in JSON), *((case, True) for case in ("new", "the same", "a new source", "many"))],
)
def test_the_document(place: Path, schema: Draft202012Validator, case: str, dry: bool) -> None:
    """It is as its schema says, and says what stands in the file and where; of a dry run, what would."""
    words, outcomes, roles = JSON[case]
    (place / "f.csv").write_bytes(
        b"indicator,period,value,source\noutput-share,2019,47.50,yearbook\noutput-share,2018,45,yearbook\noutput-share,2018,46,yearbook\nlaw,2019,yes,paper\n"
    )
    (place / "g.csv").write_bytes(
        b"indicator,period,value,source\noutput-share,2018,45,yearbook\nbalance,2018,-4,yearbook\n"
    )
    before = data(place)
    done = add(*words, "--json", *(["--dry-run"] if dry else []), cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    page = json.loads(done.stdout, parse_float=Decimal)
    schema.validate(json.loads(done.stdout))
    assert [entry["outcome"] for entry in page["actuals"]] == outcomes
    assert [entry["actual"]["role"] for entry in page["actuals"]] == roles
    added = len(outcomes) - outcomes.count("recorded_before")
    assert (page["schema"], page["version"], page["program"], page["file"]) == (
        "targettrack.add-actual",
        2,
        "ha-noi",
        "targets/ha-noi.toml",
    )
    assert (page["dry_run"], page["recorded"], page["recorded_before"]) == (
        dry,
        0 if dry else added,
        len(outcomes) - added,
    )
    assert [entry["row"] for entry in page["actuals"]] == (
        [None] if len(outcomes) == 1 else list(range(1, len(outcomes) + 1))
    )
    assert data(place) == (before if dry else before + page["text"].encode())
    lines = (before + page["text"].encode()).decode().split("\n")
    assert page["lines"] == ([before.count(b"\n") + 1, len(lines) - 1] if added else None)
    for entry in page["actuals"]:
        line = entry["actual"]["line"]
        assert (
            lines[line - 1].startswith("[[actuals]]")
            if entry["outcome"] != "recorded_before"
            else line is None or lines[line - 1].startswith("[[actuals]]")
        )
        assert entry["actual"]["file"] == "targets/ha-noi.toml"
    assert all(change["before"] or change["after"] for change in page["targets"])
    assert page["not_promised"] == []


def test_the_document_has_the_digits(place: Path) -> None:
    """Figures are numbers with exactly the digits that were typed, before and after."""
    done = add("ha-noi", "output-share", "60.00", "--period", "2020", "--source", "yearbook", "--json", cwd=place)
    assert '"value": 60.00,' in done.stdout
    page = json.loads(done.stdout, parse_float=Decimal)
    (change,) = page["targets"]
    assert (
        change["before"]["status"],
        change["before"]["figure"],
        change["after"]["status"],
        str(change["after"]["figure"]),
        change["after"]["gap"],
    ) == ("unreported", 45, "exceeded", "60.00", 10)


def test_the_document_has_the_warnings(place: Path) -> None:
    """With --json doubts are in the document, and stderr is silent."""
    done = add("ha-noi", "output-share", "400", "--period", "2019", "--yes", "--json", cwd=place)
    assert done.stderr == ""
    assert [text.partition(":")[0].replace("\u00a0", " ") for text in json.loads(done.stdout)["warnings"]] == [
        "it has no source",
        "400 % is above the limit of output-share, 100 %",
    ]


def test_a_record_of_before_says_what_the_file_says(place: Path) -> None:
    """For a figure that was there the document has the record of the file, not what was typed."""
    done = add(
        "ha-noi", "output-share", "45.00", "--period", "2018-01/2018-12", "--source", "yearbook", "--json", cwd=place
    )
    (entry,) = json.loads(done.stdout, parse_float=Decimal)["actuals"]
    assert (entry["outcome"], entry["actual"]["period"], str(entry["actual"]["value"]), entry["actual"]["quality"]) == (
        "recorded_before",
        "2018",
        "45",
        None,
    )


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("ha-noi", "balance"), 2, "usage"), (("ha-noi", "balance", "5", "--period", "2019", "--nonsense"), 2, "usage"), (("ha-noi", "balance", "1,500", "--period", "2019"), 2, "ambiguous-number"),
        (("nowhere", "balance", "5"), 3, "no-such-program"), (("ha-noi", "balance", "5", "--period", "2019", "--source", "nobody"), 3, "unknown-source"), (("ha-noi", "output-share", "46", "--period", "2018", "--source", "yearbook"), 2, "needs-revise"),
        (("ha-noi", "output-share", "146", "--period", "2019", "--source", "yearbook"), 2, "above-limit"), (("ha-noi", "--from", "nothing.csv"), 5, "unreadable"),
        (("ha-noi", "balance", "5", "--period", "2019", "--source", "yearbook", "--source-title", "Other"), 2, "source-exists"),
    ],
)  # fmt: skip
def test_an_error_is_one_json_line(place: Path, words: tuple[str, ...], exit_code: int, code: str) -> None:
    """With --json an error is one line on stderr with the six keys."""
    found, text = refused(*words, "--json", cwd=place)
    (line,) = text.splitlines()
    error = json.loads(line)["error"]
    assert (found, list(error), error["code"]) == (exit_code, ERROR_KEYS, code)


# ---------------------------------------------------------------- the program file, and the folder


def test_a_broken_program(place: Path) -> None:
    """A program that cannot be read gets no figure: exit 4, with everything that is wrong at its place; another one beside it does not matter."""
    broken = TEXT.replace("value = 45\n", 'value = "4,5"\n').replace('source = "yearbook"\n', 'source = "yearbok"\n', 1)
    (place / "targets" / "broken.toml").write_text(broken, encoding="utf-8")
    done = add("broken", "balance", "5", "--period", "2019", cwd=place)
    assert (done.returncode, done.stdout) == (4, "")
    assert [line.partition(": ")[2] for line in done.stderr.splitlines() if line.startswith("targets/")] == [
        'a number in quotes: "4,5" may mean 4.5 or 45',
        'no source has the id "yearbok"',
    ]
    assert (place / "targets" / "broken.toml").read_text(encoding="utf-8") == broken
    assert add(*SOUND, cwd=place).returncode == 0


def test_a_program_without_indicators(place: Path) -> None:
    """What is measured must be in the file before a figure of it."""
    (place / "targets" / "empty.toml").write_text('targettrack = 1\n[program]\nname = "Empty"\n', encoding="utf-8")
    done = add("empty", "share", "5", "--period", "2019", cwd=place)
    assert (done.returncode, done.stdout, "add [indicators.ID] to its file first" in done.stderr) == (3, "", True)


def test_no_targets_folder(tmp_path: Path) -> None:
    """Without a folder there is nothing to add to: exit 5."""
    done = add("ha-noi", "balance", "5", "--period", "2019", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.partition("\n")[0]) == (
        5,
        "",
        "targettrack: no targets folder here or in any folder above",
    )


def test_the_folder_is_found_upwards(place: Path) -> None:
    """The nearest targets folder upwards is the one, and the receipt names the file as one would type it."""
    (place / "a" / "b").mkdir(parents=True)
    done = add(*SOUND, cwd=place / "a" / "b")
    assert done.returncode == 0
    assert "  ../../targets/ha-noi.toml:" in done.stdout


def test_every_shipped_program(tmp_path: Path) -> None:
    """To each program that ships a figure of its first indicator can be added; the old bytes stay, and the program stays sound."""
    shutil.copytree(TARGETS, tmp_path / "targets")
    for path in sorted((tmp_path / "targets").glob("*.toml")):
        before = path.read_bytes()
        name, indicator = next(
            (name, indicator)
            for name, indicator in tomli.loads(before.decode())["indicators"].items()
            if indicator.get("unit") != "yes/no"
        )
        source = next(iter(tomli.loads(before.decode())["sources"]))
        done = add(
            path.stem,
            name,
            "1.10",
            "--period",
            "1999",
            "--source",
            source,
            "--disaggregation",
            "part=a part",
            cwd=tmp_path,
        )
        assert (done.returncode, done.stdout.partition("\n")[0]) == (
            0,
            f"recorded  {path.stem}/{name}, part = a part",
        ), indicator
        assert path.read_bytes().startswith(before)
        assert tomli.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["actuals"][-1]["value"] == Decimal(
            "1.10"
        )
    assert run("status", cwd=tmp_path).returncode == 0


# ---------------------------------------------------------------- many figures

WANTED = [("balance", "2019", "5.0"), ("balance", "2020", "-6"), ("output-share", "2019", "48.25")]
KINDS: dict[str, tuple[str, bytes]] = {
    "csv": ("f.csv", b"indicator,period,value,source\nbalance,2019,5.0,yearbook\nbalance,2020,-6,yearbook\noutput-share,2019,48.25,yearbook\n"),
    "csv with a byte order mark": ("f.csv", b"\xef\xbb\xbfindicator,period,value,source\r\nbalance,2019,5.0,yearbook\r\nbalance,2020,-6,yearbook\r\noutput-share,2019,48.25,yearbook\r\n"),
    "csv in quotes": ("f.CSV", b'"Indicator","PERIOD",value,"source"\n"balance","2019","5.0","yearbook"\n\nbalance,2020,-6,yearbook\n,,,\noutput-share,2019,48.25,yearbook'),
    "a spreadsheet's": ("f.csv", b"sep=;\r\nindicator;period;value;source\r\n balance ; 2019 ; 5.0 ; yearbook \r\nbalance;2020;-6;yearbook\r\noutput-share;2019;48.25 %;yearbook\r\n"),
    "columns without a name": ("f.csv", b"indicator,period,value,source,,\nbalance,2019,5.0,yearbook,,\nbalance,2020,-6,yearbook, ,\noutput-share,2019,48.25,yearbook,,\n,,,,,\n"),
    "semicolons": ("f.csv", b"indicator;period;value;source\nbalance;2019;5.0;yearbook\nbalance;2020;-6;yearbook\noutput-share;2019;48.25;yearbook\n"),
    "tabs": ("f.tsv", b"indicator\tperiod\tvalue\tsource\nbalance\t2019\t5.0\tyearbook\nbalance\t2020\t-6\tyearbook\noutput-share\t2019\t48.25\tyearbook\n"),
    "json": ("f.json", b'[{"indicator": "balance", "period": 2019, "value": 5.0, "source": "yearbook"}, {"indicator": "balance", "period": "2020", "value": -6, "source": "yearbook"}, {"indicator": "output-share", "period": 2019, "value": 48.25, "source": "yearbook"}]'),
    "json with a byte order mark": ("f.json", b'\xef\xbb\xbf{"actuals": [{"indicator": "balance", "period": 2019, "value": 5.0, "source": "yearbook", "role": "leads", "line": 5}, {"indicator": "balance", "period": "2020", "value": -6, "source": "yearbook", "note": null}, {"indicator": "output-share", "period": 2019, "value": 48.25, "source": "yearbook"}]}'),
    "jsonl": ("f.jsonl", b'{"indicator": "balance", "period": 2019, "value": 5.0, "source": "yearbook"}\n\n{"indicator": "balance", "period": "2020", "value": -6, "source": "yearbook"}\r\n{"indicator": "output-share", "period": 2019, "value": 48.25, "source": "yearbook"}\n'),
    "another ending": ("f.txt", b"indicator,period,value,source\nbalance,2019,5.0,yearbook\nbalance,2020,-6,yearbook\noutput-share,2019,48.25,yearbook\n"),
}  # fmt: skip


KINDS_PIPED = ("csv with a byte order mark", "a spreadsheet's", "json with a byte order mark", "jsonl")


@pytest.mark.parametrize(
    ("kind", "piped"), [*((kind, False) for kind in KINDS), *((kind, True) for kind in KINDS_PIPED)]
)
def test_kinds_of_files(place: Path, kind: str, piped: bool) -> None:
    """CSV with commas, semicolons or tabs and JSON in each shape are read, from a file or from stdin, digit for digit."""
    name, text = KINDS[kind]
    (place / name).write_bytes(text)
    done = add("ha-noi", "--from", "-", cwd=place, given=text) if piped else add("ha-noi", "--from", name, cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    assert [(actual["indicator"], str(actual["period"]), str(actual["value"])) for actual in new(place)] == WANTED
    assert done.stdout.startswith("recorded  3\u00a0figures in ha-noi\n  3\u00a0new\n")


def test_options_fill_in_what_rows_leave_out(place: Path) -> None:
    """INDICATOR and the options are what a row has that says nothing of it."""
    rows = b"period,value,indicator,source,quality,note\n2019,5,,,,\n2020,6,balance,gso,Estimate,given\n"
    options = (
        *GSO,
        "--quality",
        "estimate",
        "--note",
        "given",
        "--page",
        "7",
        "--disaggregation",
        "sector=textile",
        "--published",
        "2026-07",
    )
    done = add("ha-noi", "Balance", "--from", "-", *options, cwd=place, given=rows)
    assert (done.returncode, done.stderr) == (0, "")
    same = {
        "indicator": "balance",
        "source": "gso",
        "quality": "estimate",
        "note": "given",
        "page": 7,
        "disaggregation": {"sector": "textile"},
        "published": "2026-07",
    }
    assert new(place) == [{"period": 2019, "value": 5, **same}, {"period": 2020, "value": 6, **same}]
    assert document(place)["sources"]["gso"]["title"] == "Yearbook 2025"


@pytest.mark.parametrize(
    ("options", "row", "said"),
    [
        (("balance",), b"rate,2019,5,paper,,", "indicator is rate, but INDICATOR says balance"), (("--source", "yearbook"), b"rate,2019,5,paper,,", "source is paper, but --source says yearbook"), (("--period", "2018"), b"rate,2019,5,paper,,", "period is 2019, but --period says 2018"),
        (("--series-break",), b"rate,2019,5,paper,false,", "series_break is false, but --series-break says true"), (("--disaggregation", "sector=wood"), b"rate,2019,5,paper,,sector=textile", "disaggregation is sector=textile, but --disaggregation says sector=wood"),
    ],
)  # fmt: skip
def test_an_option_that_a_row_contradicts(place: Path, options: tuple[str, ...], row: bytes, said: str) -> None:
    """Where both speak and differ, neither is taken: exit 2, at the row."""
    code, text = refused(
        "ha-noi",
        *options,
        "--from",
        "-",
        cwd=place,
        given=b"indicator,period,value,source,series_break,disaggregation\n" + row + b"\n",
    )
    assert (code, text.partition("\n")[0]) == (2, f"stdin:2: row 1: {said}")


def test_an_option_that_a_row_repeats(place: Path) -> None:
    """A row may say the same in its own way: a period by another name, a part in one cell, yes for true."""
    rows = b"period,value,series_break,disaggregation\n2019-H1,5,yes,sector=textile\n"
    done = add(
        "ha-noi",
        "rate",
        "--from",
        "-",
        "--source",
        "paper",
        "--period",
        "2019-S1",
        "--series-break",
        "--disaggregation",
        "sector=textile",
        "--yes",
        cwd=place,
        given=rows,
    )
    assert done.returncode == 0, done.stderr
    assert new(place)[0]["disaggregation"] == {"sector": "textile"}


def test_a_new_source_and_a_bad_row(place: Path) -> None:
    """Beside a bad row the good ones have no fault of their own: the source that comes with them is known."""
    rows = b"indicator,period,value\nbalance,2019,5\nbalance,soon,6\n"
    code, text = refused("ha-noi", "--from", "-", *GSO, cwd=place, given=rows)
    assert (code, [line.partition(" is no period")[0] for line in text.splitlines() if line.startswith("stdin")]) == (
        4,
        ['stdin:3: row 2: period: "soon"'],
    )


def test_options_mean_the_same_for_every_kind(place: Path) -> None:
    """A period in small letters and a page are, for JSON as for CSV, what they are on the command line."""
    add(
        "ha-noi",
        "balance",
        "--from",
        "-",
        "--period",
        "2021-q1",
        "--page",
        "7",
        "--source",
        "paper",
        cwd=place,
        given=b"value\n5\n",
    )
    add(
        "ha-noi",
        "balance",
        "--from",
        "-",
        "--period",
        "2021-q2",
        "--page",
        "7",
        "--source",
        "paper",
        cwd=place,
        given=b'[{"value": 5}]',
    )
    assert [(actual["period"], actual["page"]) for actual in new(place)] == [("2021-Q1", 7), ("2021-Q2", 7)]


BAD: dict[str, tuple[str, bytes, int, list[str]]] = {
    "an unknown column": ("f.csv", b"indicator,perod,value\nbalance,2019,5\n", 4, ["f.csv: no column is the period", 'f.csv: nobody said what this column is: "perod"']),
    "a column twice": ("f.csv", b"indicator,period,value,value\nbalance,2019,5,6\n", 4, ["f.csv:1: the column `value` stands twice"]),
    "a cell in a column without a name": ("f.csv", b"indicator,period,value,,\nbalance,2019,5,,6\n", 4, ["f.csv:2: row 1: a cell stands in a column without a name"]),
    "a short row": ("f.csv", b"indicator,period,value,source\nbalance,2019,5\n", 4, ["f.csv:2: row 1: 3 cells, but the header line has 4"]),
    "a decimal comma that makes a cell": ("f.csv", b"indicator,period,value\nbalance,2019,5,5\n", 4, ["f.csv:2: row 1: 4 cells, but the header line has 3"]),
    "no header": ("f.csv", b"balance,2019,5\n", 4, ["f.csv: no row of this table looks like a header: none names a period and a value"]),
    "bad rows": (
        "f.csv", b'indicator,period,value,note\nbalance,2019,"1,500",x\nbalance,2020,5,"two\nlines"\nbalance,soon,5,x\nlaw,2019,5,x\noutput-share,2019,6o,x\n', 4,
        ["f.csv:2: row 1: value: 1,500 may mean 1500 or 1.500", 'f.csv:5: row 3: period: "soon" is no period', 'f.csv:6: row 4: value: "5" is neither yes nor no', 'f.csv:7: row 5: value: "6o" is no number'],
    ),
    "what the program has not": ("f.csv", b"indicator,period,value,source\nnothing,2019,5,paper\nbalance,2019,5,nobody\n", 3, ['f.csv:2: row 1: no indicator has the id "nothing"', 'f.csv:3: row 2: no source has the id "nobody"']),
    "both": ("f.csv", b"indicator,period,value,source\nnothing,2019,5,paper\nbalance,soon,5,paper\n", 3, ['f.csv:2: row 1: no indicator has the id "nothing"', 'f.csv:3: row 2: period: "soon" is no period']),
    "two values of one source": ("f.csv", b"indicator,period,value,source\nbalance,2019,5,paper\nbalance,2019,6,paper\n", 2, ['f.csv:3: row 2: "paper" already says 5 million VND for 2019; this says 6 million VND']),
    "above the limit": ("f.csv", b"indicator,period,value,source\nbalance,2019,5,paper\noutput-share,2019,150,paper\n", 2, ["f.csv:3: row 2: 150 % is above the limit of output-share, 100 %"]),
    "points in a table of semicolons": ("f.csv", b"indicator;period;value;source\nbalance;2019;1.500;paper\nbalance;2020;1,500;paper\n", 4, ["f.csv:2: row 1: value: 1.500 may mean 1500 or 1.500", "f.csv:3: row 2: value: 1,500 may mean 1500 or 1.500"]),
    "points in a table of tabs": ("f.tsv", b"indicator\tperiod\tvalue\tsource\nbalance\t2019\t1.500\tpaper\n", 4, ["f.tsv:2: row 1: value: 1.500 may mean 1500 or 1.500"]),
    "points that part thousands elsewhere": ("f.csv", b"indicator,period,value,source\nbalance,2019,1.500,paper\nnone,2019,1.234.567,paper\n", 4, ["f.csv:2: row 1: value: 1.500 may mean 1500 or 1.500"]),
    "an empty file": ("f.csv", b"", 4, ["f.csv: this file is empty: it has no header line"]),
    "a byte order mark alone": ("f.csv", b"\xef\xbb\xbf", 4, ["f.csv: this file is empty: it has no header line"]),
    "a header alone": ("f.csv", b"indicator,period,value\n", 4, ["f.csv: this file has no figures"]),
    "an open quote": ("f.csv", b'indicator,period,value\nbalance,2019,"5\n', 4, ["f.csv:2: this is not CSV: unexpected end of data"]),
    "a program file": ("f.toml", TEXT.encode(), 4, ["f.toml: this is no kind of file that figures are read from"]),
    "an empty array": ("f.json", b"[]", 4, ["f.json: this JSON has no array of objects to read figures from"]),
    "an empty JSON file": ("f.json", b"", 4, ["f.json:1: this is not JSON: expecting value"]),
    "no array": ("f.json", b'{"figures": []}', 4, ["f.json: this JSON has no array of objects to read figures from"]),
    "numbers alone": ("f.json", b"[1, 2]", 4, ["f.json: this JSON has no array of objects to read figures from"]),
    "a broken line": ("f.json", b'[{"indicator": "balance",\n "period": 2019\n "value": 5}]', 4, ["f.json:3: this is not JSON: expecting ',' delimiter"]),
    "a broken line among lines": ("f.jsonl", b'{"indicator": "balance", "period": 2019, "value": 5}\n{"indicator": "balance", "period": 2020, "value": }\n', 4, ["f.jsonl:2: this is not JSON: expecting value"]),
    "huge nesting": ("f.json", b"[" * 100_000, 4, ["f.json: this file has brackets nested too deep"]),
    "nesting in a row": ("f.json", b'[{"indicator": "balance", "period": 2019, "value": ' + b"[" * 300 + b"]" * 300 + b"}]", 4, ["f.json: row 1: value: this must be a number"]),
    "a key twice": ("f.json", b'[{"indicator": "balance", "period": 2019, "value": 5, "value": 6}]', 4, ['f.json: this file cannot be read as figures: "value" stands twice in one object']),
    "NaN": ("f.json", b'[{"indicator": "balance", "period": 2019, "value": NaN}]', 4, ["f.json: this file cannot be read as figures: NaN is no figure"]),
    "infinity": ("f.json", b'[{"indicator": "balance", "period": 2019, "value": -Infinity}]', 4, ["f.json: this file cannot be read as figures: -Infinity is no figure"]),
    "a huge number": ("f.json", b'[{"indicator": "balance", "period": 2019, "value": 1e999999999}, {"indicator": "balance", "period": 2020, "value": ' + b"1" * 5000 + b"}]", 4, ["f.json: row 1: value: this number has", "f.json: row 2: value: this number has 5000 digits, more than 30"]),
    "a number in quotes": ("f.json", b'[{"indicator": "balance", "period": 2019, "value": "1,5"}]', 4, ['f.json: row 1: value: a number in quotes: "1,5" may mean 1.5 or 15']),
    "an unknown key": ("f.json", b'[{"indicator": "balance", "period": 2019, "valeu": 5}]', 4, ["f.json: no column is the value", 'f.json: nobody said what this column is: "valeu"']),
    "half a character": ("f.json", b'[{"indicator": "balance", "period": 2019, "value": 5, "note": "\\ud800"}]', 4, ["f.json: row 1: "]),
}  # fmt: skip


PIPED = ["bad rows", "two values of one source", "huge nesting", "a key twice"]


@pytest.mark.parametrize(("case", "piped"), [*((case, False) for case in BAD), *((case, True) for case in PIPED)])
def test_what_cannot_be_imported(place: Path, case: str, piped: bool) -> None:
    """Everything that is wrong is said at once, at its line and row, and of all the rows none is written."""
    name, text, code, said = BAD[case]
    (place / name).write_bytes(text)
    exit_code, lines = refused("ha-noi", "--from", "-" if piped else name, cwd=place, given=text)
    found = [line.replace("\u00a0", " ") for line in lines.splitlines() if not line.startswith("  hint: ")]
    assert exit_code == code
    for line, beginning in zip(found, said, strict=True):
        assert line.startswith(beginning.replace(name, "stdin") if piped else beginning)


def test_a_note_that_is_no_text_is_named(place: Path) -> None:
    """Half a character in a note is refused in words that say what it is."""
    code, text = refused(
        "ha-noi",
        "--from",
        "-",
        cwd=place,
        given=b'[{"indicator": "balance", "period": 2019, "value": 5, "note": "\\ud800"}]',
    )
    assert code == 4
    assert "something else" not in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing.csv", "nothing.csv: cannot be read: no such file or directory"),
        ("targets", "targets: cannot be read: is a directory"),
        ("targets/ha-noi.toml/x.csv", "targets/ha-noi.toml/x.csv: cannot be read: not a directory"),
    ],
)
def test_a_file_that_cannot_be_read(place: Path, name: str, said: str) -> None:
    """A missing file and a folder are exit 5."""
    code, text = refused("ha-noi", "--from", name, cwd=place)
    assert (code, text.partition("\n")[0]) == (5, said)


def test_a_file_without_an_end(place: Path) -> None:
    """No more is read than a file may have."""
    code, text = refused("ha-noi", "--from", "/dev/zero", cwd=place)
    assert (code, text.partition("\n")[0]) == (4, "/dev/zero: this file is larger than 64 MB")


def test_stdin_that_is_closed(place: Path) -> None:
    """Without a stdin there is nothing to read: exit 5."""
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m targettrack add-actual ha-noi --from - <&-"],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (5, "", False)


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("1e5", "100000"),
        ("1.5E+3", "1500"),
        ("2.50e1", "25.0"),
        ("1E-3", "0.001"),
        ("-0.0", "0.0"),
        ("5.00", "5.00"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ],
)
def test_json_numbers(place: Path, digits: str, value: str) -> None:
    """Every way in which JSON writes a number is recorded, exactly."""
    done = add(
        "ha-noi",
        "--from",
        "-",
        cwd=place,
        given=f'[{{"indicator": "none", "period": 2019, "value": {digits}, "source": "paper"}}]'.encode(),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert str(new(place)[0]["value"]) == value


def test_equal_rows(place: Path) -> None:
    """A row that stands twice is recorded once."""
    done = add(
        "ha-noi",
        "--from",
        "-",
        cwd=place,
        given=b"indicator,period,value,source\nbalance,2019,5,paper\nbalance,2019,5.0,paper\nbalance,2019,5,yearbook\n",
    )
    assert done.stdout.split("\n")[:2] == [
        "recorded  2\u00a0figures in ha-noi",
        "  1\u00a0new, 1\u00a0recorded before, 1\u00a0agreeing with another record",
    ]
    assert [actual["source"] for actual in new(place)] == ["paper", "yearbook"]


def test_an_import_twice(place: Path) -> None:
    """The second time everything is there: exit 0, and not a byte is written."""
    name, text = KINDS["csv"]
    (place / name).write_bytes(text)
    add("ha-noi", "--from", name, cwd=place)
    once = data(place)
    done = add("ha-noi", "--from", name, cwd=place)
    assert (done.returncode, done.stdout, data(place)) == (
        0,
        "already recorded  3\u00a0figures in ha-noi\n  3\u00a0recorded before\n",
        once,
    )


def test_an_import_that_revises_twice(place: Path) -> None:
    """With --revise too, an import that is repeated adds nothing, though an older document of the same publisher is among its rows."""
    old = (
        "--source",
        "old",
        "--source-title",
        "Yearbook 2020",
        "--source-publisher",
        "Office of statistics",
        "--source-published",
        "2021",
    )
    assert add("ha-noi", "balance", "4", "--period", "2019", *old, cwd=place).returncode == 0
    rows = b"indicator,period,value,source\nbalance,2019,5,yearbook\nbalance,2019,6,old\nbalance,2019,4,old\nbalance,2018,-4,old\n"
    assert add("ha-noi", "--from", "-", "--revise", cwd=place, given=rows).returncode == 0
    once = data(place)
    assert add("ha-noi", "--from", "-", "--revise", cwd=place, given=rows).returncode == 0
    assert data(place) == once


def test_points_in_a_table_of_commas(place: Path) -> None:
    """Where commas part the cells, 1.500 is one and a half, and said to be taken for it."""
    done = add("ha-noi", "--from", "-", cwd=place, given=b"indicator,period,value,source\nbalance,2019,1.500,paper\n")
    assert (done.returncode, str(new(place)[0]["value"])) == (0, "1.500")
    assert done.stderr == "warning: row 1: the point of 1.500 is taken for a decimal point; for thousands write 1500\n"


# ---------------------------------------------------------------- from one program to another

BARE = 'targettrack = 1\n[program]\nname = "Copy"\n'


def told(place: Path, name: str) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """The actuals of a program in order, and the sources that they name, as ``show`` prints them."""
    page = json.loads(run("show", name, "--json", cwd=place).stdout, parse_float=Decimal)
    actuals = [
        {key: str(value) for key, value in actual.items() if key not in {"file", "line", "role"}}
        for chapter in page["indicators"]
        for actual in chapter["actuals"]
    ]
    used = {actual["source"] for actual in actuals}
    return actuals, {source["source"]: source for source in page["sources"] if source["source"] in used}


@pytest.mark.parametrize("name", ["hanoi", "viet-nam-support"])
def test_one_program_imported_into_another(tmp_path: Path, name: str) -> None:
    """What ``show --json`` prints of a program is taken over by another one, every figure with all its words, and the sources with it."""
    shutil.copytree(TARGETS, tmp_path / "targets")
    indicators = tomli.loads((TARGETS / f"{name}.toml").read_text(encoding="utf-8"))["indicators"]
    units = "".join(
        f"[indicators.{id}]\nname = {json.dumps(indicator['name'])}\n"
        + (f"unit = {json.dumps(indicator['unit'])}\n" if "unit" in indicator else "")
        for id, indicator in indicators.items()
    )
    (tmp_path / "targets" / "copy.toml").write_text(BARE + units, encoding="utf-8")
    (tmp_path / "all.json").write_text(run("show", name, "--json", cwd=tmp_path).stdout, encoding="utf-8")
    done = add("copy", "--from", "all.json", "--revise", "--yes", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    mine, sources = told(tmp_path, "copy")
    theirs, their_sources = told(tmp_path, name)
    assert sorted(map(str, mine)) == sorted(
        str({**actual, "recorded": found["recorded"]}) if actual["recorded"] == "None" else str(actual)
        for actual, found in zip(theirs, mine, strict=True)
    )
    assert sources == their_sources


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
def test_a_program_imported_into_itself(tmp_path: Path, kind: str) -> None:
    """Everything that ``show`` prints of a program, in each format, is in it already."""
    shutil.copytree(TARGETS, tmp_path / "targets")
    before = (tmp_path / "targets" / "hanoi.toml").read_bytes()
    printed = run("show", "hanoi", "--format", kind, cwd=tmp_path).stdout
    done = add("hanoi", "--from", "-", cwd=tmp_path, given=printed.encode())
    assert (done.returncode, done.stderr, (tmp_path / "targets" / "hanoi.toml").read_bytes()) == (0, "", before)
    assert done.stdout.startswith("already recorded  ")


def imported(place: Path, source: str, title: str, actual: str = "paper-2") -> tuple[int, str]:
    """A document with one source and one figure, imported."""
    page = {
        "indicators": [{"actuals": [{"indicator": "balance", "period": 2019, "value": 5, "source": actual}]}],
        "sources": [{"source": source, "title": title, "publisher": None}, {"source": "unused", "title": ""}],
    }
    done = add("ha-noi", "--from", "-", cwd=place, given=json.dumps(page).encode())
    return done.returncode, done.stderr


def test_sources_of_a_document(place: Path) -> None:
    """A described source is added where a figure uses it; one that the program has must have the same title."""
    assert imported(place, "paper-2", "New") == (0, "")
    assert document(place)["sources"]["paper-2"] == {"title": "New"}
    assert "unused" not in document(place)["sources"]
    code, text = imported(place, "paper", "Another", "paper")
    assert (code, text.partition("\n")[0]) == (
        4,
        'stdin: source paper: here its title is "Another", in ha-noi "A report"',
    )


@pytest.mark.parametrize("id", ["GSO 2026", "a.b", "x]\n[program", "", "é"])
def test_a_source_of_a_document_needs_an_id(place: Path, id: str) -> None:
    """A source whose id is none is refused as that, and nothing is written."""
    before = data(place)
    code, text = imported(place, id, "New", id)
    assert (code, data(place)) == (4, before)
    assert "closed" not in text
    assert "not stand in its actuals" not in text


FIGURES = [
    {"indicator": "balance", "period": 2019, "value": 5.0, "source": "yearbook"},
    {"indicator": "balance", "period": 2020, "value": -6, "source": "gso"},
]
GSO_TABLE = {"title": "Yearbook 2025", "published": "2026-06"}


@pytest.mark.parametrize(
    "page",
    [
        {"indicators": [{"actuals": FIGURES[:1]}], "actuals": FIGURES[1:], "sources": [{"source": "gso", **GSO_TABLE}]},
        {
            "targettrack": 1,
            "program": {"name": "P"},
            "indicators": {"balance": {"name": "Balance"}},
            "actuals": FIGURES,
            "sources": {"gso": GSO_TABLE},
        },
        {
            "indicators": [],
            "actuals": FIGURES,
            "sources": [{"source": "gso", **GSO_TABLE}, {"source": "gso", **GSO_TABLE, "note": None}],
        },
    ],
    ids=["both", "a program", "a source twice"],
)
def test_documents_of_another_shape(place: Path, page: dict[str, Any]) -> None:
    """All figures of a document are read, wherever they stand; so are a program's tables that were turned into JSON."""
    done = add("ha-noi", "--from", "-", cwd=place, given=json.dumps(page).encode())
    assert (done.returncode, done.stderr) == (0, "")
    assert [(actual["period"], actual["value"]) for actual in new(place)] == [(2019, 5), (2020, -6)]
    assert document(place)["sources"]["gso"]["title"] == "Yearbook 2025"


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
def test_figures_of_another_program(place: Path, kind: str) -> None:
    """What ``show`` printed of another program is doubted, once; of this one, whatever folder it was in, it is not."""
    (place / "other").mkdir()
    (place / "other" / "q.toml").write_text(TEXT.replace("2018", "2016").replace("2017", "2015"), encoding="utf-8")
    (place / f"q.{kind}").write_text(
        run("show", "q", "--targets", "other", "--format", kind, cwd=place).stdout, encoding="utf-8"
    )
    done = add("ha-noi", "--from", f"q.{kind}", "--dry-run", "--json", cwd=place)
    assert [text for text in json.loads(done.stdout)["warnings"] if "program" in text] == [
        f'row 1: this figure and {HAD - 1} more are of the program "q", not of ha-noi'
    ]
    (place / "other" / "q.toml").rename(place / "other" / "ha-noi.toml")
    (place / f"q.{kind}").write_text(
        run("show", "ha-noi", "--targets", "other", "--format", kind, cwd=place).stdout, encoding="utf-8"
    )
    assert "of the program" not in add("ha-noi", "--from", f"q.{kind}", "--dry-run", "--json", cwd=place).stdout


@pytest.mark.parametrize(
    ("file", "doubted"),
    [
        ("targets\\q.toml", True),
        ("q.toml", True),
        ("ha-noi.toml", False),
        ("a note", False),
        ("", False),
        (".toml", False),
    ],
)
def test_the_program_of_a_row(place: Path, file: str, doubted: bool) -> None:
    """The name of the file says the program, on every system; what names none says nothing."""
    done = add(
        "ha-noi",
        "--from",
        "-",
        "--dry-run",
        "--json",
        cwd=place,
        given=f"indicator,period,value,source,file\nbalance,2019,5,yearbook,{file}\n".encode(),
    )
    assert ('this figure is of the program \\"q\\"' in done.stdout) is doubted


def test_a_source_that_a_document_contradicts_itself_about(place: Path) -> None:
    """Of two descriptions of one source none is chosen."""
    page = {
        "actuals": FIGURES,
        "sources": [{"source": "gso", **GSO_TABLE}, {"source": "gso", **GSO_TABLE, "title": "Another"}],
    }
    before = data(place)
    code, text = refused("ha-noi", "--from", "-", cwd=place, given=json.dumps(page).encode())
    assert (code, text.partition("\n")[0], data(place)) == (
        4,
        'stdin: the source gso stands twice, and its title is "Yearbook 2025" and "Another"',
        before,
    )


# ---------------------------------------------------------------- a reader that leaves


@pytest.mark.parametrize("end", ["| head -0", "| true", ">&-", "> /dev/full"])
def test_a_stdout_that_takes_nothing(place: Path, end: str) -> None:
    """Whether anybody reads the receipt or not, the figure is in the file."""
    command = f"{sys.executable} -m targettrack add-actual {' '.join(SOUND)} {end}"
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"], cwd=place, capture_output=True, text=True, check=False
    )
    assert [str(actual["value"]) for actual in new(place)] == ["47.50"]
    assert done.returncode in {0, 5}
    assert "Traceback" not in done.stderr


# ---------------------------------------------------------------- at a terminal


@pytest.fixture
def talk(place: Path) -> Iterator[Any]:
    """Begin dialogues in the folder; they are closed afterwards."""
    begun: list[Dialogue] = []

    def begin(*argv: str, **streams: Any) -> Dialogue:
        begun.append(Dialogue("add-actual", *argv, cwd=place, **streams))
        return begun[-1]

    yield begin
    for dialogue in begun:
        dialogue.close()


VALUE, PERIOD, SOURCE, SURE = (
    "value, in %",
    "period",
    "source (an id, a new one, or - for none)",
    "Record it all the same? [y/N]",
)


def test_what_is_missing_is_asked(place: Path, talk: Any) -> None:
    """The figure in its unit, the period and the source are asked for; Enter takes the next period and the newest source."""
    dialogue = talk("ha-noi", "output-share")
    dialogue.answer(f"{VALUE}:", "47.50")
    dialogue.answer(f"{PERIOD} [2019]:", "")
    dialogue.answer(f"{SOURCE} [yearbook]:", "")
    code, text = dialogue.end()
    assert (code, new(place)) == (
        0,
        [{"indicator": "output-share", "period": 2019, "value": Decimal("47.50"), "source": "yearbook"}],
    )
    assert "recorded  ha-noi/output-share\n" in text


def test_everything_may_be_asked(place: Path, talk: Any) -> None:
    """Program and indicator too; what is not there is asked again, with what may be meant."""
    dialogue = talk()
    dialogue.answer("program:", "ha-nio")
    dialogue.asked('no program "ha-nio"')
    dialogue.asked('did you mean "ha-noi"?')
    dialogue.answer("program:", "Hà Nội")
    dialogue.answer("indicator:", "lav")
    dialogue.asked('did you mean "law"?')
    dialogue.answer("indicator:", "LAW")
    dialogue.answer("value, in yes/no:", "maybe")
    dialogue.asked("write yes or no")
    dialogue.answer("value, in yes/no:", "yes")
    dialogue.answer(f"{PERIOD}:", "2019-q3")
    dialogue.answer(SOURCE, "PAPER")
    assert dialogue.end()[0] == 0
    assert new(place) == [{"indicator": "law", "period": "2019-Q3", "value": True, "source": "paper"}]


def test_wrong_answers_are_asked_again(place: Path, talk: Any) -> None:
    """Each with the reason; an empty answer where nothing is offered is asked again too."""
    dialogue = talk("ha-noi", "rate")
    for answer, reason in (
        ("1,500", "1,500 may mean 1500 or 1.500"),
        ("abc", '"abc" is no number'),
        ("5%", "5% is a percentage"),
        ("", ""),
    ):
        dialogue.answer("value:", answer)
        dialogue.asked(reason)
    dialogue.answer("value:", "1.25")
    for answer, reason in (("soon", "is no period"), ("2019-13", "is no period"), ("2019-02-30", "there is no day")):
        dialogue.answer(f"{PERIOD} [2018-Q4]:", answer)
        dialogue.asked(reason)
    dialogue.answer(f"{PERIOD} [2018-Q4]:", "")
    dialogue.answer(SOURCE, "yearbook")
    assert dialogue.end()[0] == 0
    assert new(place) == [{"indicator": "rate", "period": "2018-Q4", "value": Decimal("1.25"), "source": "yearbook"}]


@pytest.mark.parametrize("handling", ["strict", "surrogateescape"])
def test_an_answer_that_is_no_text(place: Path, talk: Any, monkeypatch: pytest.MonkeyPatch, handling: str) -> None:
    """Bytes of another encoding are asked again, with the reason."""
    monkeypatch.setenv("PYTHONIOENCODING", f"utf-8:{handling}")
    dialogue = talk("ha-noi", "output-share", "47", "--period", "2019")
    dialogue.answer(SOURCE, "gso")
    dialogue.asked("its title")
    os.write(dialogue.main, "Ni\xean gi\xe1m\n".encode("latin-1"))
    dialogue.asked("this is not UTF-8")
    for question, answer in (("its title", "Niên giám"), ("publisher", ""), ("published", ""), ("url", "")):
        dialogue.answer(question, answer)
    assert dialogue.end()[0] == 0
    assert document(place)["sources"]["gso"] == {"title": "Niên giám"}


def test_only_what_is_missing_is_asked(place: Path, talk: Any) -> None:
    """A whole command asks nothing; one without its source asks for that alone."""
    code, text = talk(*SOUND).end()
    assert (code, text.partition("\n")[0]) == (0, "recorded  ha-noi/output-share")
    dialogue = talk("ha-noi", "output-share", "48", "--period", "2020")
    dialogue.answer(SOURCE, "paper")
    code, text = dialogue.end()
    assert (code, VALUE in text, new(place)[1]["source"]) == (0, False, "paper")


def test_no_period_is_offered_where_there_is_no_figure(place: Path, talk: Any) -> None:
    """The first figure of an indicator has no next period; its unit is not asked for where it has none."""
    dialogue = talk("ha-noi", "none")
    dialogue.answer("value:", "5")
    dialogue.answer(f"{PERIOD}:", "2019-04/2020-03")
    dialogue.answer(SOURCE, "yearbook")
    assert dialogue.end()[0] == 0
    assert new(place)[0]["period"] == "2019-04/2020-03"


def test_a_new_source_is_asked_for(place: Path, talk: Any) -> None:
    """Its title, publisher, date and address; what is left empty is left out."""
    dialogue = talk("ha-noi", "output-share", "47", "--period", "2019")
    dialogue.answer(SOURCE, "gso-2026")
    dialogue.answer('no source has the id "gso-2026"; its title', "Niên giám")
    dialogue.answer("publisher", "")
    dialogue.answer("published", "2026-06")
    dialogue.answer("url", "https://example.org")
    code, text = dialogue.end()
    assert (code, "with the new source gso-2026" in text) == (0, True)
    assert document(place)["sources"]["gso-2026"] == {
        "title": "Niên giám",
        "published": "2026-06",
        "url": "https://example.org",
    }


def test_a_new_source_without_a_title_stops(place: Path, talk: Any) -> None:
    """An empty title stops the command, and nothing is written."""
    before = data(place)
    dialogue = talk("ha-noi", "output-share", "47", "--period", "2019")
    dialogue.answer(SOURCE, "yearbok")
    dialogue.answer('no source has the id "yearbok"', "")
    assert (dialogue.end()[0], data(place)) == (130, before)


def test_a_wrong_date_of_a_new_source_is_asked_again(place: Path, talk: Any) -> None:
    """As every wrong answer: what was answered before is not lost for it."""
    dialogue = talk("ha-noi", "output-share", "47", "--period", "2019")
    dialogue.answer(SOURCE, "gso")
    dialogue.answer("its title", "Yearbook")
    dialogue.answer("publisher", "")
    dialogue.answer("published", "soon")
    dialogue.asked("is no date")
    dialogue.answer("published", "2025")
    dialogue.answer("url", "")
    assert dialogue.end()[0] == 0
    assert document(place)["sources"]["gso"] == {"title": "Yearbook", "published": 2025}


def test_a_wrong_id_of_a_source_is_asked_again(place: Path, talk: Any) -> None:
    """An id that can be none is refused before anything is asked about it."""
    dialogue = talk("ha-noi", "output-share", "47", "--period", "2019")
    dialogue.answer(SOURCE, "GSO 2026!")
    dialogue.asked("is no id")
    dialogue.answer(SOURCE, "yearbook")
    assert dialogue.end()[0] == 0
    assert new(place)[0]["source"] == "yearbook"


@pytest.mark.parametrize(
    ("words", "doubts"),
    [
        (("140", "--period", "2019", "--source", "yearbook"), ["140\u00a0% is above the limit of output-share, 100\u00a0%"]), (("4", "--period", "2019", "--source", "yearbook"), ["4\u00a0% is at most a tenth of the figure of 2018, 45\u00a0%"]),
        (("47", "--period", "2999", "--source", "paper"), ["2999 has not ended yet", "it was published 2024-03-01, before 2999 began"]),
    ],
)  # fmt: skip
def test_a_doubtful_figure_is_questioned(place: Path, talk: Any, words: tuple[str, ...], doubts: list[str]) -> None:
    """No, and Enter, write nothing and exit with 130; yes to each doubt records it, and the warning is not said again."""
    before = data(place)
    for answer in ("n", ""):
        dialogue = talk("ha-noi", "output-share", *words)
        dialogue.asked(doubts[0])
        dialogue.answer(SURE, answer)
        code, text = dialogue.end()
        assert (code, "nothing was recorded" in text, data(place)) == (130, True, before)
    dialogue = talk("ha-noi", "output-share", *words)
    for doubt in doubts:
        dialogue.asked(doubt)
        dialogue.answer(SURE, "y")
    code, text = dialogue.end()
    assert (code, "warning" in text, len(new(place))) == (0, False, 1)


def test_no_source_is_questioned(place: Path, talk: Any) -> None:
    """A hyphen is no source; that is doubted, and the last of two doubts decides."""
    before = data(place)
    for answers in (("n",), ("y", "n"), ("y", "y")):
        assert data(place) == before
        dialogue = talk("ha-noi", "output-share", "4", "--period", "2019")
        dialogue.answer(SOURCE, "-")
        dialogue.asked("it has no source: nobody can check it.")
        for answer in answers:
            dialogue.answer(SURE, answer)
        assert (dialogue.end()[0] == 0) is (answers == ("y", "y"))
    assert "source" not in new(place)[0]


def test_doubts_about_many_figures_are_one_question(place: Path, talk: Any) -> None:
    """All are told, what is surely wrong first, and one answer is for all of them."""
    before = data(place)
    (place / "many.csv").write_text(
        "indicator,period,value,source\noutput-share,2019,4,yearbook\noutput-share,2020,140,yearbook\n",
        encoding="utf-8",
    )
    for answer, code in (("n", 130), ("y", 0)):
        assert data(place) == before
        dialogue = talk("ha-noi", "--from", "many.csv")
        dialogue.asked("doubt: row 2: 140\u00a0% is above the limit of output-share, 100\u00a0%")
        dialogue.asked("doubt: row 1: 4\u00a0% is at most a tenth of the figure of 2018, 45\u00a0%")
        dialogue.answer("Record all the same? [y/N]", answer)
        assert dialogue.end()[0] == code
    assert [actual["value"] for actual in new(place)] == [4, 140]


def test_an_answer_that_cannot_be_printed(place: Path) -> None:
    """What is recorded is recorded: where stdout is full, or nobody reads it, stderr says so."""
    for number, (end, code) in enumerate(((">/dev/full", 5), (">&-", 5), ("| true", 0))):
        done = subprocess.run(
            [
                "bash",
                "-c",
                f"{sys.executable} -m targettrack add-actual ha-noi output-share 4{number} --period 2019 --source yearbook --revise {end}",
            ],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, len(new(place))) == (code, number + 1)
        assert "it is recorded, in targets/ha-noi.toml:" in done.stderr


STEPS: list[tuple[str, str]] = [
    ("program:", "ha-noi"),
    ("indicator:", "output-share"),
    (VALUE, "400"),
    (PERIOD, "2019"),
    (SOURCE, "gso"),
    ("its title", "Yearbook"),
    ("publisher", "x"),
    ("published", "2026"),
    ("url", ""),
    (SURE, "y"),
]


@pytest.mark.parametrize(
    ("step", "key"), [*((step, "\x03") for step in range(len(STEPS))), *((step, "\x04") for step in (0, 2, 4, 6, 9))]
)
def test_to_stop_at_any_question(place: Path, talk: Any, step: int, key: str) -> None:
    """Ctrl-C and Ctrl-D write nothing, at whatever question, and say nothing of Python."""
    before = data(place)
    dialogue = talk()
    for question, answer in STEPS[:step]:
        dialogue.answer(question, answer)
    dialogue.asked(STEPS[step][0])
    dialogue.key(key)
    code, text = dialogue.end()
    assert (code, data(place), "Traceback" in text) == (130, before, False)


def test_yes_asks_nothing(place: Path, talk: Any) -> None:
    """With --yes doubts are warnings and what is missing is an error, at a terminal as elsewhere."""
    code, text = talk("ha-noi", "output-share", "400", "--period", "2019", "--yes").end()
    assert (code, text.count("warning: "), new(place)[0]["value"]) == (0, 2, 400)
    once = data(place)
    code, text = talk("ha-noi", "output-share", "--yes").end()
    assert (code, text.partition("\n")[0], data(place)) == (2, "targettrack: VALUE and --period are missing", once)


def test_json_asks_nothing(place: Path, talk: Any) -> None:
    """With --json a person may look on, but a script reads."""
    code, text = talk("ha-noi", "output-share", "--json").end()
    assert (code, json.loads(text)["error"]["message"]) == (2, "VALUE and --period are missing")
    assert talk("ha-noi", "output-share", "400", "--period", "2019", "--json").end()[0] == 2
    assert new(place) == []


def test_nobody_is_asked_who_cannot_see_the_question(place: Path, talk: Any) -> None:
    """Where stderr goes into a file, what is missing is an error."""
    with (place / "errors").open("wb") as file:
        code, text = talk("ha-noi", "output-share", stderr=file).end()
    assert (code, text, (place / "errors").read_text().partition("\n")[0]) == (
        2,
        "",
        "targettrack: VALUE and --period are missing",
    )


def test_questions_are_no_data(place: Path, talk: Any) -> None:
    """Where stdout goes into a file, the questions stay on the terminal, and the file has the bytes of the dry run alone."""
    with (place / "out").open("wb") as file:
        dialogue = talk("ha-noi", "output-share", "--dry-run", stdout=file)
        for question, answer in ((VALUE, "4"), (PERIOD, ""), (SOURCE, ""), (SURE, "y")):
            dialogue.answer(question, answer)
        assert dialogue.end()[0] == 0
    printed = (place / "out").read_bytes()
    before = data(place)
    assert add("ha-noi", "output-share", "4", "--period", "2019", "--source", "yearbook", cwd=place).returncode == 0
    assert data(place) == before + printed


def test_a_text_from_the_file_is_not_obeyed(place: Path, talk: Any) -> None:
    """What a program says reaches the terminal in its questions as text alone."""
    path = place / "targets" / "ha-noi.toml"
    path.write_text(
        TEXT.replace('unit = "million VND"', 'unit = "\\u001b[31mVND\\u202e"').replace(
            'name = "Balance"', 'name = "\\u001b]0;x\\u0007"'
        ),
        encoding="utf-8",
    )
    dialogue = talk("ha-noi", "balance")
    dialogue.answer("value, in <U+001B>[31mVND<U+202E>:", "-5")
    dialogue.answer(PERIOD, "2019")
    dialogue.answer(SOURCE, "yearbook")
    code, text = dialogue.end()
    assert (code, [letter for letter in "\x1b\x07\u202e" if letter in text]) == (0, [])
