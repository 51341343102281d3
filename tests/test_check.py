"""The command check as a person, a script or a pull request meets it: exit codes, order, places, and the three outputs.

``pytest tests/test_check.py --update-golden`` writes the golden texts anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from repository import Repository
from support import HERE, process, run, tries
from targettrack import cli
from targettrack.cli import main
from targettrack.errors import Problem
from targettrack.formats import _excerpt, github
from targettrack.pages import check
from targettrack.pages.check import codes
from targettrack.text import cells, clean, spaced, unsafe_shown
from terminal import COLOURS_16, COLOURS_256, on_terminal, screen
from test_shown import HOSTILE, OURS, unsafe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

DAY = ("--on", "2026-11-22")
GOLDEN = HERE / "golden" / "check"
SOUND = HERE / "weak" / "sound.toml"
WEAK = HERE / "weak" / "no-address.toml"
BROKEN = 'targettrack = 1\n[program]\nname = "P"\nplcae = "Hanoi"\n'
SEVERAL = """\
targettrack = 1
[program]
name = "P"
[indicators.a]
name = "A"
unit = "%"
direction = "up"
[[actuals]]
indicator = "b"
period = 2020
value = "1,5"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an empty ``targets/``."""
    (tmp_path / "targets").mkdir()
    return tmp_path


def write(place: Path, name: str, text: str | bytes) -> None:
    """A file of the targets folder."""
    (place / "targets" / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def take(place: Path, *paths: Path) -> None:
    """Copies of programs in the targets folder."""
    for path in paths:
        shutil.copy(path, place / "targets")


def found(place: Path, *argv: str, code: int = 1) -> list[dict[str, Any]]:
    """The problems of ``check --format json``."""
    result = run("check", *argv, "--format", "json", *DAY, cwd=place)
    assert (result.returncode, result.stderr) == (code, "")
    document = json.loads(result.stdout)
    SCHEMA.validate(document)
    problems: list[dict[str, Any]] = document["problems"]
    return problems


SCHEMA = Draft202012Validator(json.loads(run("schema", "check").stdout))


# ---------------------------------------------------------------- exit codes


@pytest.mark.parametrize("format", ["text", "json", "github"])
@pytest.mark.parametrize(
    ("files", "argv", "code"),
    [
        ({"p.toml": SOUND}, (), 0),
        ({"p.toml": SOUND}, ("--strict",), 0),
        ({"p.toml": WEAK}, (), 0),
        ({"p.toml": WEAK}, ("--strict",), 1),
        ({"p.toml": BROKEN}, (), 1),
        ({"p.toml": BROKEN, "q.toml": SOUND}, (), 1),
        ({"p.toml": BROKEN, "q.toml": SOUND}, ("q", "--strict"), 0),
        ({"p.toml": BROKEN, "q.toml": WEAK}, ("q",), 0),
        ({"p.toml": b"\xff", "q.toml": SOUND}, (), 1),
        ({"p.toml": None}, (), 5),
        ({"p.toml": None, "q.toml": BROKEN}, (), 5),
        ({"p.toml": None, "q.toml": SOUND}, ("q",), 0),
        ({}, (), 1),
        ({"note.toml": "text = 1\n"}, ("--strict",), 1),
    ],
)  # fmt: skip
def test_exit_codes(
    place: Path, files: Mapping[str, Path | str | bytes | None], argv: tuple[str, ...], code: int, format: str
) -> None:
    """0 for sound and for weak programs, 1 for errors, for a folder without programs and with --strict for weaknesses, 5 for a file that cannot be read; the same in every format, and nothing on stderr."""
    for name, content in files.items():
        if content is None:
            os.mkfifo(place / "targets" / name)
        else:
            write(place, name, content if isinstance(content, (str, bytes)) else content.read_bytes())
    result = run("check", *argv, "--format", format, *DAY, cwd=place)
    assert (result.returncode, result.stderr) == (code, "")


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("nonsense",), 3),
        (("p", "nonsense"), 3),
        (("p/a",), 3),
        (("--format", "xml"), 2),
        (("--format", "csv"), 2),
        (("--json", "--format", "github"), 2),
        (("--on", "soon"), 2),
        (("--nonsense",), 2),
        (("--targets", "nowhere"), 5),
    ],
)  # fmt: skip
def test_what_cannot_be_checked(place: Path, argv: tuple[str, ...], code: int) -> None:
    """2 for wrong usage, 3 for an unknown program, 5 without a folder: said on stderr, with nothing on stdout."""
    write(place, "p.toml", BROKEN)
    result = run("check", *argv, cwd=place)
    assert (result.returncode, result.stdout) == (code, "")
    assert result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def plain_user() -> Iterator[None]:
    """A person without the rights of root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        os.listdir(os.path.dirname(str(cli.__file__)))  # noqa: PTH120, PTH208
    except PermissionError:
        os.seteuid(0)
        pytest.skip("the project lies where a plain user may not read it")
    yield
    if root:
        os.seteuid(0)


def test_a_file_that_may_not_be_read(
    place: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file without the right to read it is a problem beside those of the others, and exit 5."""
    take(place, WEAK)
    write(place, "secret.toml", BROKEN)
    for path in (place / "targets", *list(place.parents)[:-2], place):
        path.chmod(0o755)
    (place / "targets" / "no-address.toml").chmod(0o644)
    (place / "targets" / "secret.toml").chmod(0)
    main(
        ["check", "--json", "--targets", str(place / "targets"), *DAY]
    )  # imports what a plain user may not be able to read
    capsys.readouterr()
    request.getfixturevalue("plain_user")
    assert main(["check", "--json", "--targets", str(place / "targets"), *DAY]) == 5
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(problem["code"], problem["severity"], problem["line"]) for problem in problems] == [
        ("no-address", "warning", 8),
        ("unreadable", "error", None),
    ]
    assert problems[1]["message"] == "cannot be read: permission denied"


def test_a_sound_program_is_silent(place: Path) -> None:
    """Nothing at all is said of a program without weakness; the document has no problems."""
    take(place, SOUND)
    for format in ("text", "github"):
        assert run("check", "--format", format, *DAY, cwd=place).stdout == ""
    assert found(place, code=0) == []


def test_the_example_has_no_error(tmp_path: Path) -> None:
    """The folder that init makes has no error."""
    run("init", cwd=tmp_path)
    assert run("check", *DAY, cwd=tmp_path).returncode == 0


def test_the_shipped_programs_have_no_error() -> None:
    """Nor have the programs that ship, however weak the evidence is."""
    assert {problem["severity"] for problem in found(HERE.parent, code=0)} == {"warning"}


@pytest.mark.parametrize("end", [">&-", "> /dev/full"])
@pytest.mark.parametrize("format", ["text", "json", "github"])
def test_a_stdout_that_takes_nothing(place: Path, format: str, end: str) -> None:
    """A full disk and a closed stdout are exit 5, whatever was found."""
    write(place, "p.toml", BROKEN)
    shell = run_in_shell(f"check --format {format} {end}", place)
    assert shell[0] == 5
    assert "the output could not be written" in shell[1]
    assert "Traceback" not in shell[1]


def run_in_shell(command: str, cwd: Path) -> tuple[int, str]:
    """The exit code of a command line as a shell runs it, and what it says on stderr."""
    done = subprocess.run(
        ["bash", "-c", f'"$0" -m targettrack {command}', sys.executable],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stderr


# ---------------------------------------------------------------- which, and in which order


def test_the_order_is_that_of_files_and_lines(place: Path) -> None:
    """Problems come by file, line and column, errors and warnings of all files together, in whatever order programs are asked for."""
    write(place, "b.toml", SEVERAL)
    write(place, "c.toml", BROKEN)
    write(place, "a.toml", WEAK.read_text(encoding="utf-8").replace("url", "note"))
    every = found(place)
    places = [(problem["file"], problem["line"], problem["column"]) for problem in every]
    assert places == sorted(places)
    assert [problem["file"] for problem in every] == ["targets/a.toml"] + ["targets/b.toml"] * 3 + ["targets/c.toml"]
    assert [problem["code"] for problem in every[1:]] == [
        "bad-choice",
        "unknown-indicator",
        "quoted-number",
        "unknown-key",
    ]
    assert found(place, "c", "b", "a") == every
    assert found(place, "c") == every[-1:]


def test_a_day_in_the_past_makes_no_date_a_future_one(place: Path) -> None:
    """What was published since then has come; what is dated after today has not."""
    write(place, "p.toml", SOUND.read_text(encoding="utf-8"))
    assert "future-date" not in {
        problem["code"]
        for problem in json.loads(run("check", "--json", "--on", "1990-01-01", cwd=place).stdout)["problems"]
    }
    take(place, HERE / "weak" / "future-date.toml")
    assert "future-date" in {
        problem["code"]
        for problem in json.loads(run("check", "--json", "--on", "1990-01-01", cwd=place).stdout)["problems"]
    }


@pytest.mark.parametrize("name", ["ha-noi", "HA-NOI", "Hà Nội", "ha noi"])
def test_names_are_forgiving(place: Path, name: str) -> None:
    """A program is found by its id in any case, with or without marks, also where it cannot be read."""
    write(place, "ha-noi.toml", BROKEN)
    write(place, "hue.toml", BROKEN)
    assert [problem["file"] for problem in found(place, name)] == ["targets/ha-noi.toml"]


def test_a_file_name_that_is_no_id(place: Path) -> None:
    """It is an error of the file, and everything else that is wrong with it is said too."""
    write(place, "Hà Nội.toml", BROKEN)
    assert [(problem["code"], problem["line"], problem["column"]) for problem in found(place)] == [
        ("bad-id", 1, None),
        ("unknown-key", 4, 1),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "<<<<<<< see above",
        ">>>>>>>",
        ">>>>>>> 2 to go",
        "<<<<<<<\n=======",
        "=======\n>>>>>>>",
        "Heading\n=======",
        "=======\n=======",
        " <<<<<<<\n =======\n >>>>>>>",
    ],
)
def test_a_line_like_a_marker_is_no_conflict(place: Path, lines: str) -> None:
    """One marker alone, or a row of equal signs, may be a line of a text."""
    write(
        place,
        "p.toml",
        SOUND.read_text(encoding="utf-8").replace('name = "P"', f'name = "P"\nnote = """\n{lines}\n"""'),
    )
    assert found(place, code=0) == []


def test_the_day(place: Path) -> None:
    """What is weak is judged as of the day: before a deadline nothing is missing."""
    take(place, HERE / "weak" / "not-searched.toml")
    for on, expected in (("2019-06-30", {"steep"}), ("2026-11-22", {"not-searched", "no-result"})):
        result = run("check", "--json", "--on", on, cwd=place)
        assert {problem["code"] for problem in json.loads(result.stdout)["problems"]} == expected


# ---------------------------------------------------------------- text


@dataclass(frozen=True)
class Case:
    """A golden file, the terminal's width (None for a pipe), and what the environment says; in no repository."""

    name: str
    columns: int | None = None
    argv: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)

    def printed(self) -> str:
        """What check prints on the golden day."""
        if self.columns is None:
            result = run(
                "check", *self.argv, *DAY, cwd=GOLDEN, env={"GIT_CEILING_DIRECTORIES": str(GOLDEN.parent), **self.env}
            )
            assert (result.returncode, result.stderr) == (1, "")
            return result.stdout
        return on_terminal("check", *self.argv, *DAY, columns=self.columns, cwd=GOLDEN, env=self.env)


CASES = [
    Case("piped.txt"),
    *(Case(f"{columns}.txt", columns) for columns in (120, 80, 50, 25)),
    Case("ascii.txt", 80, env={"PYTHONIOENCODING": "ascii"}),
    Case("256-colours.txt", 80, env=COLOURS_256),
    Case("16-colours.txt", 80, env=COLOURS_16),
    Case("no-color.txt", 80, env={**COLOURS_256, "NO_COLOR": "1"}),
    Case("json", argv=("--format", "json")),
    Case("github.txt", argv=("--format", "github")),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_prints_the_golden_text(case: Case, request: pytest.FixtureRequest) -> None:
    """Errors and warnings are printed, byte for byte, as they were read and found right."""
    path = GOLDEN / case.name
    printed = case.printed()
    if request.config.getoption("--update-golden"):
        path.write_text(printed, encoding="utf-8", newline="")
    assert printed == path.read_bytes().decode("utf-8")


def test_no_golden_file_is_left_over() -> None:
    """Every golden file belongs to a case."""
    assert {path.name for path in GOLDEN.iterdir() if path.is_file()} == {case.name for case in CASES}


def test_colours_change_no_letter() -> None:
    """A coloured page without its escapes is the plain one; --color always and never win over the environment."""
    plain = Case("", 80).printed()
    for env in (COLOURS_256, COLOURS_16, {**COLOURS_256, "NO_COLOR": "1"}):
        assert OURS.sub("", Case("", 80, env=env).printed()) == plain
    assert Case("", 80, ("--color", "never"), COLOURS_256).printed() == plain
    assert (
        Case("", 80, ("--color", "always"), {**COLOURS_256, "NO_COLOR": "1"}).printed()
        == Case("", 80, env=COLOURS_256).printed()
    )
    assert Case("").printed() == Case("", env={"TERM": "xterm-256color"}).printed()
    assert Case("").printed() != Case("", env={"COLUMNS": "30"}).printed()
    assert Case("", env={"FORCE_COLOR": "1"}).printed() != Case("").printed()


@pytest.mark.parametrize("columns", [120, 80, 50, 25, 20])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_lines_keep_to_the_width(columns: int, encoding: str) -> None:
    """No line is longer than the terminal but for one word that cannot be broken; the lines of a file are cut, not wrapped."""
    for line in Case("", columns, env={"PYTHONIOENCODING": encoding}).printed().split("\n"):
        word = max((cells(word) for word in line.split(" ")), default=0)
        assert cells(line) <= columns or (word > columns - 10 and not re.match(r" *\d* \| ", line))


@pytest.mark.parametrize("columns", [80, 50, 25])
def test_a_terminal_shows_what_was_printed(columns: int) -> None:
    """On a screen of that width no line is wrapped."""
    printed = [line.rstrip() for line in Case("", columns).printed().rstrip("\n").split("\n")]
    assert screen("\n".join(printed), columns=columns) == [unicodedata.normalize("NFC", line) for line in printed]


def slices(lines: list[str]) -> list[tuple[str, str]]:
    """What stands above each mark, by terminal cells, in the lines of a page; and the mark's line."""
    pairs = []
    for line, under in pairwise(lines):
        mark = re.fullmatch(r"( +\| *)(\^+)", under)
        if mark:
            pairs.append((by_cells(line, len(mark[1]), len(mark[2])), line))
    return pairs


def by_cells(line: str, start: int, count: int) -> str:
    """The letters of a line that stand on so many terminal cells from one on."""
    at, kept = 0, ""
    for letter in line:
        if start <= at < start + count or (kept and at == start + count and not cells(letter)):
            kept += letter
        at += cells(letter)
    return kept


BEFORE = {
    "vietnamese": "Hà Nội, Đà Nẵng",
    "combining": unicodedata.normalize("NFD", "Hà Nội, Đà Nẵng"),
    "wide": "河内の工業、海防",
    "full-width": "ＡＢＣ",
    "korean": "하노이",
    "tab": "a\tb\t\tc",
    "emoji": "🏭 and 🚢",
    "hostile": "a\u202eb\u200bc",
    "long": "word " * 60,
    "long-wide": "工業" * 60,
    "little": "a",
}


@pytest.mark.parametrize("columns", [None, 120, 80, 50, 25])
@pytest.mark.parametrize("before", BEFORE)
def test_the_mark_stands_under_the_place(place: Path, before: str, columns: int | None) -> None:
    """Whatever stands before it in the line, and at any width, ``^^^`` stands exactly under the wrong value, or as much of it as is shown."""
    value = '"27,6 河内"'
    write(
        place,
        "p.toml",
        f'targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\nbaseline = {{ note = "{BEFORE[before]}", period = 2010, value = {value}, page = 5 }}\n',
    )
    printed = run("check", cwd=place).stdout if columns is None else on_terminal("check", columns=columns, cwd=place)
    ((above, line),) = slices(printed.split("\n"))
    assert above == value
    assert columns is None or cells(line) <= columns


@pytest.mark.parametrize("columns", [None, 60])
@pytest.mark.parametrize("before", BEFORE)
def test_the_mark_stands_under_the_place_in_ascii(place: Path, before: str, columns: int | None) -> None:
    """On a terminal that shows ASCII alone each other letter is one sign, and the mark is as long."""
    write(
        place,
        "p.toml",
        f'targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\nbaseline = {{ note = "{BEFORE[before]}", period = 2010, value = "27,6 河内", page = 5 }}\n',
    )
    env = {"PYTHONIOENCODING": "ascii"}
    printed = (
        process("check", cwd=place, env=env).stdout
        if columns is None
        else on_terminal("check", columns=columns, cwd=place, env=env)
    )
    ((above, _),) = slices(printed.split("\n"))
    assert printed.isascii()
    assert re.fullmatch(r'"27,6 .{2}"', above)


@pytest.mark.parametrize("limit", [None, 120, 80, 50])
def test_nothing_is_left_out_of_the_middle(limit: int | None) -> None:
    """Where the marked part is too long to be shown, nothing follows it: what stands beside each other stands so in the file."""
    text = f'baseline = {{ note = "{" ".join(map(str, range(100)))}", period = 2010 }}'
    above, _ = _excerpt.marked(text, 6, 12, len(text), limit)
    assert above.partition(" | ")[2].removeprefix("…").removesuffix("…") in text


def wide(text: str) -> str:
    """A text without the letters that take no cell."""
    return "".join(letter for letter in text if cells(letter))


@pytest.mark.parametrize("limit", [30, 50, 80, 120])
def test_a_line_that_fits_is_not_cut(limit: int) -> None:
    """A line of a file is shown whole wherever it fits, whatever place is marked in it."""
    text = f"{'x' * min(limit - 13, 60)} = 5"
    for column in (1, limit // 2 - 5, len(text)):
        assert _excerpt.marked(text, 16, column, column + 1, limit)[0].startswith("    16 | x")
    assert _excerpt.marked(text, 16, len(text), len(text) + 1, limit) == (
        f"    16 | {text}",
        f"       | {' ' * (len(text) - 1)}^",
    )


@tries(300)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(HOSTILE),
            st.sampled_from("aé河\u0301하🏭"),
            st.characters(exclude_categories=["Cs"], exclude_characters="\n"),
        )
    ).map("".join),
    st.data(),
    st.one_of(st.none(), st.integers(20, 130)),
    st.integers(1, 10**7),
)
def test_the_mark_stands_under_any_place(text: str, data: st.DataObject, limit: int | None, line: int) -> None:
    """The mark covers the cells of the letters from the column on, whatever they are; what is shown is a piece of the line, keeps to the limit, and has nothing unsafe."""
    column = data.draw(st.integers(1, len(text) + 1))
    end = data.draw(st.integers(column, len(text) + 1))
    above, under = _excerpt.marked(text.replace("\n", " "), line, column, end, limit)
    mark = re.fullmatch(r"( +\| *)(\^+)", under)
    assert mark
    shown = wide(spaced(text.replace("\n", " ")[column - 1 : end - 1]))
    marked = wide(by_cells(above, len(mark[1]), len(mark[2]))) if shown else ""
    assert shown.startswith(marked) or (marked == "…" and above.endswith("…"))
    assert marked or not shown or limit is not None
    assert above.partition(" | ")[2].removeprefix("…").removesuffix("…") in spaced(text.replace("\n", " "))
    assert unsafe(above) == []
    if limit is not None and line < 10**5:
        assert cells(above) <= limit
        assert len(under) <= limit


@pytest.mark.parametrize(
    ("errors", "warnings", "files", "said"),
    [
        (1, 0, 1, "✗ 1 error  in 1 file"),
        (2, 0, 2, "✗ 2 errors  in 2 files"),
        (0, 1, 1, "! 1 warning  in 1 file  1 no-address"),
        (1, 1, 2, "✗ 1 error  ! 1 warning  in 2 files  1 no-address"),
        (0, 2, 3, "! 2 warnings  in 3 files  2 no-address"),
    ],
)  # fmt: skip
def test_the_last_line_counts(place: Path, errors: int, warnings: int, files: int, said: str) -> None:
    """Errors, warnings, and all files that were looked at, the sound ones too."""
    for number in range(errors):
        write(place, f"e{number}.toml", BROKEN)
    for number in range(warnings):
        write(place, f"w{number}.toml", WEAK.read_bytes())
    for number in range(files - errors - warnings):
        write(place, f"s{number}.toml", SOUND.read_bytes())
    assert run("check", *DAY, cwd=place).stdout.splitlines()[-1].replace("\u00a0", " ") == said


# ---------------------------------------------------------------- ranked, chosen


SHIPPED = ("--targets", str(HERE.parent / "targets"), "--on", "2026-11-22")


def found_in(*words: str) -> list[dict[str, Any]]:
    """The findings of the shipped programs, as data."""
    problems: list[dict[str, Any]] = json.loads(run("check", *SHIPPED, *words, "--json").stdout)["problems"]
    return problems


def test_every_finding_is_in_the_ranked_page() -> None:
    """Each place stands below its code, with its message; each code once, with its number, the most frequent first; and they fit on two screens."""
    text = run("check", *SHIPPED).stdout.replace("\u00a0", " ")
    blocks = {block.split()[0]: block for block in text.split("\n\n")[:-1]}
    problems = found_in()
    counts = Counter(problem["code"] for problem in problems)
    assert {code: int(block.split()[1]) for code, block in blocks.items()} == counts
    assert [counts[code] for code in blocks] == sorted(counts.values(), reverse=True)
    for problem in problems:
        line = next(line for line in blocks[problem["code"]].splitlines() if problem["message"] in line and problem["file"] in line and str(problem["line"]) in line)  # fmt: skip
        assert re.search(rf"[ :]{problem['line']}\b", line)
    assert len(text.splitlines()) <= 100
    assert ", ".join(f"{count} {code}" for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))) in text.splitlines()[-1]  # fmt: skip


def test_full_and_concise() -> None:
    """full has the excerpt and the hint of each; concise is a line each, with its place."""
    problems = found_in()
    lines = run("check", *SHIPPED, "--format", "concise").stdout.replace("\u00a0", " ").splitlines()
    assert lines[:-1] == [f"{each['file']}:{each['line']}:{each['column']}: {each['severity']} {each['code']}: {each['message']}" for each in problems]  # fmt: skip
    full = run("check", *SHIPPED, "--format", "full").stdout
    assert full.count("\n  hint  ") == sum(each["hint"] is not None for each in problems)
    assert full.count("^^^") >= len(problems) / 2


def test_codes_are_chosen() -> None:
    """--select keeps codes, --ignore drops them, again or with commas; the exit code is that of what is left."""
    every = found_in()
    assert found_in("--select", "asks-less,no-result") == [each for each in every if each["code"] in {"asks-less", "no-result"}]  # fmt: skip
    assert found_in("--ignore", "no-result", "--ignore", "not-measurable") == [each for each in every if each["code"] not in {"no-result", "not-measurable"}]  # fmt: skip
    assert run("check", *SHIPPED, "--strict").returncode == 1
    assert run("check", *SHIPPED, "--strict", "--select", "bad-date").returncode == 0
    refused = run("check", *SHIPPED, "--select", "no-reslt")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "no code no-reslt; did you mean no-result?" in refused.stderr


# ---------------------------------------------------------------- JSON


@pytest.mark.parametrize(
    "name", sorted(path.stem for folder in ("weak", "invalid") for path in (HERE / folder).glob("*.toml"))
)
def test_the_document_fits_its_schema_and_points_into_the_file(place: Path, name: str) -> None:
    """Of every example each problem has a known code, and a place that lies in its line; where TOML ends too early it is just behind it."""
    path = next(path for folder in ("weak", "invalid") if (path := HERE / folder / f"{name}.toml").exists())
    take(place, path)
    result = run("check", "--json", *DAY, cwd=place)
    document = json.loads(result.stdout)
    SCHEMA.validate(document)
    lines = path.read_text(encoding="utf-8").split("\n")
    known = {code: severity for code, severity, _ in codes.catalogue()}
    for problem in document["problems"]:
        assert known[problem["code"]] == problem["severity"]
        assert problem["file"] == f"targets/{name}.toml"
        if problem["column"] is not None:
            assert problem["line"] == problem["end_line"]
            beyond = 2 if problem["code"] == "not-toml" else 1
            assert 1 <= problem["column"] < problem["end_column"] <= len(lines[problem["line"] - 1]) + beyond


PLACES = {
    "plcae": ("plcae", "unknown-key"),
    '"27,6"': ('"27,6"', "quoted-number"),
    "[35, 30]": ("[35, 30]", "reversed-range"),
    '"zzz"': ('"zzz"', "unknown-source"),
    "20": ("20", "bad-period"),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("before", BEFORE)
def test_places_are_counted_in_characters(place: Path, before: str, mark: str, end: str) -> None:
    """Line and column cut exactly the wrong thing out of the text, whatever stands before it; a byte order mark is no character."""
    text = f'targettrack = 1\n[program]\nname = "P"\nplcae = "x"\n[indicators.a]\nname = "A"\ndirection = "increase"\nunit = "t"\nbaseline = {{ note = "{BEFORE[before]}", period = 2010, value = "27,6" }}\n'
    text += f'targets = [{{ note = "{BEFORE[before]}", range = [35, 30] }}, {{ note = "{BEFORE[before]}", value = 1, by = 20 }}, {{ value = 5, note = "{BEFORE[before]}", by = 2020, source = "zzz" }}]\n'
    write(place, "p.toml", mark + text.replace("\n", end))
    lines = text.split("\n")
    problems = found(place)
    cut = {
        (lines[problem["line"] - 1][problem["column"] - 1 : problem["end_column"] - 1], problem["code"])
        for problem in problems
    }
    assert cut == set(PLACES.values())


def test_a_place_of_several_lines_ends_in_its_first(place: Path) -> None:
    """What is wrong over several lines is marked up to the end of the first."""
    write(place, "p.toml", 'targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\nunit = [\n  5,\n]\n')
    (problem,) = found(place)
    assert (problem["line"], problem["column"], problem["end_line"], problem["end_column"]) == (6, 8, 6, 9)


def test_sentences_for_data_have_plain_spaces() -> None:
    """A script finds ``7770 billion VND`` by its spaces; only a terminal must not break them."""
    for format in ("json", "github"):
        assert "\u00a0" not in Case("", argv=("--format", format)).printed()
    assert "7770\u00a0billion\u00a0VND" in Case("").printed()


# ---------------------------------------------------------------- annotations


def undone(text: str, *, of_a_property: bool) -> str:
    """A value as the runner reads it; see ``ActionCommand`` of actions/runner."""
    for sign, code in (
        ("\r", "%0D"),
        ("\n", "%0A"),
        *(((":", "%3A"), (",", "%2C")) if of_a_property else ()),
        ("%", "%25"),
    ):
        text = text.replace(code, sign)
    return text


def commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """What a runner makes of an output: each line's command, its properties and its data."""
    read = []
    for line in output.split("\n")[:-1]:
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        assert match, line
        pairs = (pair.partition("=") for pair in match[2].split(","))
        read.append(
            (
                match[1],
                {name: undone(value, of_a_property=True) for name, _, value in pairs},
                undone(match[3], of_a_property=False),
            )
        )
    return read


def test_annotations_say_what_the_document_says() -> None:
    """One command a problem, with its file, place, code, sentence and hint; the errors come first, else in the order of the files."""
    printed = commands(Case("", argv=("--format", "github")).printed())
    problems = json.loads(Case("", argv=("--format", "json")).printed())["problems"]
    problems.sort(key=lambda problem: problem["severity"] != "error")
    assert [severity for severity, _, _ in printed] == [problem["severity"] for problem in problems]
    for (_, properties, said), problem in zip(printed, problems, strict=True):
        places = {"file": "file", "line": "line", "endLine": "end_line", "col": "column", "endColumn": "end_column"}
        assert {name: properties[name] for name in places} == {name: str(problem[key]) for name, key in places.items()}
        assert properties["title"] == f"targettrack {problem['code']}"
        assert said == problem["message"] + (f"\n{problem['hint']}" if problem["hint"] else "")


def test_errors_are_annotated_before_warnings(place: Path) -> None:
    """A step shows ten annotations of a kind: an error in the last file is not behind the warnings of the first."""
    take(place, WEAK)
    write(place, "z.toml", BROKEN)
    printed = commands(run("check", "--format", "github", *DAY, cwd=place).stdout)
    assert [(severity, properties["file"]) for severity, properties, _ in printed] == [
        ("error", "targets/z.toml"),
        ("warning", "targets/no-address.toml"),
    ]


NAMES = [
    "100%.toml",
    "a,b.toml",
    "a:b::c.toml",
    "::error::x.toml",
    "a\nb.toml",
    "a\r\n::warning file=x::y.toml",
    "%0A::error::x.toml",
    " a .toml",
    "file=x,line=1.toml",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_cannot_be_a_command(place: Path, name: str) -> None:
    """Whatever a file is called, there is one command, with the name of that file."""
    write(place, name, BROKEN)
    result = run("check", "--format", "github", *DAY, cwd=place)
    read = commands(result.stdout)
    assert [(severity, properties["title"]) for severity, properties, _ in read] == [
        ("error", "targettrack bad-id"),
        ("error", "targettrack unknown-key"),
    ]
    assert all(unsafe_shown(properties["file"]) == unsafe_shown(f"targets/{name}") for _, properties, _ in read)


@pytest.mark.parametrize(
    "text",
    [
        "x\\n::error::y",
        "x\\r::error::y",
        "x\\r\\n::set-output name=a::y",
        "%0A::error::y",
        "::stop-commands::x",
        "a%25b",
        "##[error]x",
        "x\\u2028::error::y",
        "x\\u0085::error::y",
        "\\u001b]8;;x",
    ],
)
def test_a_text_cannot_be_a_command(place: Path, text: str) -> None:
    """A text that stands in a sentence begins no command of its own, and reaches nobody raw."""
    write(
        place,
        "p.toml",
        f'targettrack = 1\n[program]\nname = "P"\n"{text}" = 1\n[indicators.a]\nname = "A"\ndirection = "{text}"\n',
    )
    result = run("check", "--format", "github", *DAY, cwd=place)
    assert [properties["title"] for _, properties, _ in commands(result.stdout)] == [
        "targettrack unknown-key",
        "targettrack bad-choice",
    ]
    assert unsafe(result.stdout) == []
    assert len(re.findall(r"^\s*(?:::|##\[)", result.stdout, re.MULTILINE)) == 2


@tries(200)
@given(
    st.text(
        st.one_of(st.sampled_from("%:,=\r\n\t ::0AD25CF#[]"), st.characters(exclude_categories=["Cs"])), min_size=1
    ),
    st.text(max_size=20),
    st.text(max_size=20),
)
@example("\u0600", "\U000110bd", "\U0001bca0\U0001d173\U00013430")
def test_any_annotation_is_one_command(file: str, message: str, hint: str) -> None:
    """Whatever file, sentence and hint are, the line is one command, whose parts are theirs."""
    problem = Problem(
        code="not-toml", message=f"m{message}", hint=hint or None, file=file, line=1, column=2, end_line=1, end_column=3
    )
    (line,) = github.commands(check.findings([problem], 1))
    assert unsafe(line) == []
    ((severity, properties, said),) = commands(f"{line}\n")
    assert (severity, properties["line"], properties["col"], properties["title"]) == (
        "error",
        "1",
        "2",
        "targettrack not-toml",
    )
    assert unsafe_shown(properties["file"]) == unsafe_shown(file)
    assert clean(said.replace("\u00a0", " ")) == clean(f"m{message}\n{hint}".replace("\u00a0", " "))


# ---------------------------------------------------------------- hostile names


@pytest.mark.parametrize(
    "name",
    [
        b"\xff\xfe.toml",
        b"a\x1b[31m.toml",
        "a\u202eb.toml".encode(),
        b"a\x85b.toml",
        "a\u2028b.toml".encode(),
        b"a\nb.toml",
    ],
)
@pytest.mark.parametrize("format", ["text", "json", "github"])
def test_a_hostile_file_name(place: Path, name: bytes, format: str) -> None:
    """Any bytes may be a file's name: every output says what is wrong with it, and lets nothing through."""
    with open(os.fsencode(place / "targets") + b"/" + name, "wb") as file:  # noqa: PTH123
        file.write(BROKEN.encode())
    result = run("check", "--format", format, *DAY, cwd=place)
    assert (result.returncode, result.stderr) == (1, "")
    assert unsafe(result.stdout) == []
    assert "bad-id" in result.stdout
    assert "unknown-key" in result.stdout


def test_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    """The same of the folder that holds the programs."""
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/t\xff")
    os.mkdir(folder)  # noqa: PTH102
    shutil.copy(WEAK, folder)
    for format in ("text", "json", "github"):
        result = run("check", "--targets", folder, "--format", format, *DAY)
        assert (result.returncode, result.stderr) == (0, "")
        assert "no-address" in result.stdout


@pytest.mark.parametrize(("code", "allowed"), [("no-source", True), ("unknown-key", False)])
def test_a_code_is_explained(tmp_path: Path, code: str, allowed: bool) -> None:
    """Where no program is called so: what it says, where it was found, and of a weakness how it is allowed; it needs no folder."""
    done = run("check", code, cwd=tmp_path)
    assert done.returncode == 0
    assert re.search(rf"(?m)^  {code}  (error|warning)  \w", done.stdout)
    assert f"targettrack check --select {code}" in done.stderr
    assert (f"allow = {{ {code} = " in done.stderr) is allowed
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / f"{code}.toml").write_text(UNITS, encoding="utf-8")
    assert f"{code}.toml" in run("check", code, "--on", "2024-01-01", cwd=tmp_path).stdout


# ---------------------------------------------------------------- in another language

UNITS = """\
targettrack = 1
[program]
name = "P"
[indicators.a]
name = "A"
unit = "firms"
vi.unit = "doanh nghiệp"
direction = "increase"
[[indicators.a.targets]]
by = 2020
value = 400
[[indicators.a.targets]]
by = 2022
value = 300
[indicators.b]
name = "B"
unit = "people"
vi.unit = "người"
direction = "increase"
[indicators.c]
name = "C"
unit = "people"
vi.unit = "lượt người"
direction = "increase"
[[indicators.c.targets]]
by = 2020
value = 5
[[indicators.c.targets]]
by = 2022
value = 4
"""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_units_are_those_of_the_reader(tmp_path: Path) -> None:
    """What is found is found in the file as it is written, and told in the units that the program says in the reader's language, here and of an older version; one that it says in two ways stays."""
    repository = Repository(tmp_path)
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.write(UNITS)
    repository.commit()
    repository.write(UNITS.replace("value = 400", "value = 350"))
    argv = ("--since", "HEAD", "--format", "concise")
    english, vietnamese = (repository.check(*argv, "--lang", lang).stdout for lang in ("en", "vi"))
    places = [re.findall(r"(?m)^([^:]+:\d+:\d+): [^:]*?([\w-]+): ", text) for text in (english, vietnamese)]
    assert places[0] == places[1]
    assert {code for _, code in places[0]} >= {"interim-beyond", "lowered"}
    said = [
        Counter(re.findall("(\\d+)\u00a0(firms|people|doanh\u00a0nghiệp|người|lượt)", text))
        for text in (english, vietnamese)
    ]
    assert {number for number, unit in said[0] if unit == "firms"} == {"300", "350", "400"}
    assert said[1] == Counter(
        {(number, unit.replace("firms", "doanh\u00a0nghiệp")): count for (number, unit), count in said[0].items()}
    )
    assert said[1]["5", "people"]
    data = [json.loads(repository.check(*argv[:2], "--json", "--lang", lang).stdout) for lang in ("en", "vi")]
    assert data[0] == data[1]
