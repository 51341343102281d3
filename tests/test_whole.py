"""add-actual --from any table: every figure of it or none, said in words that this command knows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from support import run
from test_import import CASES, PROGRAM, TABLES
from workbooks import WORKBOOKS

HIDDEN, PARTED = "hidden", "parts"


def place(path: Path, data: bytes, name: str = "t.csv", fiscal: str = "") -> Path:
    """A folder with a program, a source, and a table."""
    (path / "targets").mkdir()
    text = PROGRAM.format(fiscal=f'fiscal_year = "{fiscal}"' if fiscal else "") + '[sources.book]\ntitle = "B"\n'
    (path / "targets" / "nowhere.toml").write_text(text, encoding="utf-8")
    (path / name).write_bytes(data)
    return path


def added(there: Path, *more: str, name: str = "t.csv") -> tuple[int, str, bool]:
    """The exit code, what was said, and whether the program's file changed."""
    program = there / "targets" / "nowhere.toml"
    before = program.read_bytes()
    done = run("add-actual", "nowhere", "--from", name, "--source", "book", *more, cwd=there)
    return done.returncode, done.stderr, program.read_bytes() != before


GOOD = "Chỉ tiêu;Năm 2020;Năm 2021\ntrees;5;6\n"
BAD = {
    "an indicator that there is not": (
        f"{GOOD}Unheard of;7;8\n",
        3,
        "2 cells not taken, no indicator of the program is called so: Unheard of: B3 (7), C3 (8)",
    ),
    "a number with something else": (f"{GOOD}share;7 kg;8\n", 4, "B3 (7 kg)"),
    "a code": (f"{GOOD}share;007;8\n", 4, "B3 (007)"),
    "a per mille": (f"{GOOD}share;7‰;8\n", 4, "B3 (7‰)"),
    "a percentage of a count": (f"{GOOD}enterprises;7%;8\n", 4, "B3 (7%)"),
    "no answer": (f"{GOOD}law;7;yes\n", 4, "B3 (7)"),
    "no name": (f"{GOOD};7;8\n", 3, "B3 (7), C3 (8)"),
    "words": (f"{GOOD}share;about that;8\n", 4, "B3 (about that)"),
    "a row of another table": (f"{GOOD}Chỉ tiêu;Năm 2023;Năm 2024\nshare;7;8\n", 4, "B4 (7), C4 (8)"),
}
"""Tables one row of which cannot be taken, the exit code, and what is said of it."""


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--yes"], ["--json"]])
def test_one_bad_row_and_nothing_is_recorded(case: str, more: list[str], tmp_path: Path) -> None:
    """All or none: a figure that cannot be taken is named with its cell, and no other one is recorded; ``--yes`` changes nothing of it."""
    table, code, said = BAD[case]
    there = place(tmp_path, table.encode())
    found, errors, changed = added(there, *more)
    assert (found, changed) == (code, False), errors
    assert said in errors
    assert "targettrack import nowhere t.csv --draft" in errors


def test_the_good_rows_alone_are_recorded(tmp_path: Path) -> None:
    """Else the cases above would prove nothing; what is marked missing, a plan, and a column that numbers the rows are no figures that are lost."""
    table = "STT;Chỉ tiêu;Năm 2020;Năm 2021;KH 2022\n1;trees;5;..;9\n2;share;7;8;9\n"
    found, errors, changed = added(place(tmp_path, table.encode()))
    assert (found, changed) == (0, True), errors
    assert "marked as missing: D2 (..)" in errors
    assert "a plan is no actual: E2 (9), E3 (9)" in errors


def test_every_bad_row_is_told_at_once(tmp_path: Path) -> None:
    """Rows that cannot be taken for several reasons are told together, and with what else is wrong."""
    table = f"{GOOD}Unheard of;7;8\nshare;7 kg;8\nenterprises;1.500;8\n"
    found, errors, changed = added(place(tmp_path, table.encode()))
    assert (found, changed) == (3, False)
    for said in ("Unheard of", "B4 (7 kg)", '"1.500" may mean', "--decimal , or --decimal ."):
        assert said in errors


def test_the_command_that_is_named_works(tmp_path: Path) -> None:
    """Where a table takes a mapping, the command of the hint begins one, whatever the file is called."""
    name = "báo cáo năm's.csv"
    there = place(tmp_path, f"{GOOD}Unheard of;7;8\n".encode(), name)
    _, errors, _ = added(there, name=name)
    words = shlex.split(re.findall(r"targettrack (import .* --draft)", errors)[0])
    assert run(*words, cwd=there).returncode == 0
    assert (there / "targets" / "nowhere.import.toml").exists()


@pytest.mark.parametrize(
    ("table", "more", "code"),
    [
        ("Chỉ tiêu;Năm 2020\ntrees;1.500\n", ["--decimal", ","], 4),
        ("Chỉ tiêu;Năm 2020\ntrees;1.500\n", ["--decimal", "."], 4),
        ("What,When,Value\ntrees,2020,5\n", ["--column", "indicator=What", "--column", "period=When"], 4),
        ("Indicator,Year,Value,Region\ntrees,2020,5,North\n", ["--parts", "Region"], 4),
        ("Indicator,Year,Value,Amount\ntrees,2020,5,6\n", ["--column", "value=Amount", "--column", "skip=Value"], 4),
    ],
)
def test_what_the_hints_say_is_taken(table: str, more: list[str], code: int, tmp_path: Path) -> None:
    """A table that is refused for what an option can say, is taken with that option, which the hint names."""
    there = place(tmp_path, table.encode())
    found, errors, changed = added(there)
    assert (found, changed) == (code, False)
    assert more[0] in errors
    found, errors, changed = added(there, *more)
    assert (found, changed) == (0, True), errors


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_said_of_what_the_command_has_not(name: str, tmp_path: Path) -> None:
    """Every sample, read without its mapping: all of it or nothing; no word of a mapping but where ``import`` is named, which has one."""
    case = CASES[name]
    file = case["file"]
    data = WORKBOOKS[file]() if file in WORKBOOKS else (TABLES / file).read_bytes()
    there = place(tmp_path, data, file, case.get("fiscal", ""))
    found, errors, changed = added(there, name=file)
    assert changed == (found == 0)
    assert found in {0, 2, 3, 4}, errors
    bare = re.sub(r"such a table takes a mapping: targettrack import nowhere \S+ --draft begins one", "", errors)
    assert not re.findall(r"(?i).*mapping.*|.*--draft.*|.*--map.*", bare)
    if found == 0:
        assert not re.findall(r"not taken, (?!marked as missing|skipped|the header again)[^:]*", bare)


@pytest.mark.parametrize("command", [["import", "nowhere", "t.csv"], ["add-actual", "nowhere", "--from", "t.csv"]])
def test_what_another_table_of_the_document_repeats_adds_nothing(command: list[str], tmp_path: Path) -> None:
    """A figure that stands in another cell by now, or in another file, is the same figure: nothing is said of it, and --revise records no second one."""
    there = place(tmp_path, GOOD.encode(), "before.csv")
    assert run("import", "nowhere", "before.csv", "--source", "book", cwd=there).returncode == 0
    text = (there / "targets" / "nowhere.toml").read_text(encoding="utf-8")
    assert text.count("[[actuals]]") == 2
    (there / "t.csv").write_text("Bảng 1\n\nChỉ tiêu;Năm 2020;Năm 2021\nshare;1;2\ntrees;5;7\n", encoding="utf-8")
    refused = run(*command, "--source", "book", cwd=there)
    assert (refused.returncode, refused.stderr.count("hint:")) == (2, 1)
    assert "add --revise" in refused.stderr
    assert run(*command, "--source", "book", "--revise", cwd=there).returncode == 0
    text = (there / "targets" / "nowhere.toml").read_text(encoding="utf-8")
    assert text.count("[[actuals]]") == 5
