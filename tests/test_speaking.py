"""Speaking: which language a person is answered in, that data never are translated, and that numbers and widths hold in every language."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import HERE, LINEAR, load, process, run
from targettrack.assessment import report
from targettrack.assessment.row import Row
from targettrack.assessment.status import STATUSES
from targettrack.cli import _language
from targettrack.language import spoken
from targettrack.program import translation
from targettrack.store import load as loading
from targettrack.text import NBSP, cells
from targettrack.wording import notation, why
from terminal import on_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

VI = _language.language("vi")
GOLDEN = HERE / "golden"
ROOT = HERE.parent


@pytest.mark.parametrize(
    ("argv", "env", "said"),
    [
        ((), {}, "exceeded"),
        (("--lang", "vi"), {}, "Vượt"),
        (("--lang=vi",), {}, "Vượt"),
        (("--lang", "VI_vn.UTF-8"), {}, "Vượt"),
        ((), {"TARGETTRACK_LANG": "vi"}, "Vượt"),
        ((), {"LC_ALL": "", "LANG": "vi_VN.UTF-8"}, "Vượt"),
        ((), {"LC_ALL": "", "LC_MESSAGES": "vi_VN.UTF-8", "LANG": "de_DE.UTF-8"}, "Vượt"),
        ((), {"LC_ALL": "de_DE.UTF-8", "LANG": "vi_VN.UTF-8"}, "exceeded"),
        ((), {"TARGETTRACK_LANG": "en", "LC_ALL": "vi_VN.UTF-8"}, "exceeded"),
        (("--lang", "en"), {"TARGETTRACK_LANG": "vi"}, "exceeded"),
        (("--lang", "en", "--lang", "vi"), {}, "Vượt"),
    ],
)
def test_the_language_is_chosen(argv: tuple[str, ...], env: Mapping[str, str], said: str) -> None:
    """The option, else the variable, else the locale; what the locale asks for and is not there is English."""
    done = run("status", "hanoi/recognitions", "--due", "2021", "--on", "2026-11-22", *argv, cwd=ROOT, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout


@pytest.mark.parametrize(
    ("argv", "env", "who"), [(("--lang", "xx"), {}, "--lang"), ((), {"TARGETTRACK_LANG": "tlh"}, "TARGETTRACK_LANG")]
)
def test_an_unknown_language_is_refused(argv: tuple[str, ...], env: Mapping[str, str], who: str) -> None:
    """Who asks for a language by its name is told which there are: exit 2."""
    done = run("list", *argv, cwd=ROOT, env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"targettrack: {who}: no language ")
    assert "known: en, vi" in done.stderr


def test_the_option_may_stand_before_the_command() -> None:
    """It is an option of all commands."""
    assert run("--lang", "vi", "list", cwd=ROOT).stdout == run("list", "--lang", "vi", cwd=ROOT).stdout


DATA = [
    *(("status", "--format", name) for name in ("json", "jsonl", "csv")),
    ("status", "--json", "--method", "statcan"),
    ("list", "--json"),
    ("list", "--format", "csv"),
    ("show", "shapes", "--json"),
    ("show", "shapes", "--format", "csv"),
    ("explain", "shapes/output", "--json"),
    ("history", "shapes/output", "--json"),
    ("history", "shapes/output", "--format", "csv"),
    ("cite", "shapes/output", "--json"),
    ("check", "--json"),
    ("methods", "--json"),
    ("schema", "status"),
]


@pytest.mark.parametrize("argv", DATA, ids=" ".join)
def test_data_are_never_translated(argv: tuple[str, ...]) -> None:
    """What scripts read is the same, byte for byte, whatever the language of the reader."""
    on = () if argv[0] in {"methods", "schema"} else ("--on", "2026-11-22")
    english, vietnamese = (run(*argv, *on, cwd=GOLDEN, env={"TARGETTRACK_LANG": code}) for code in ("en", "vi"))
    assert vietnamese.stdout == english.stdout
    assert (vietnamese.returncode, vietnamese.stderr) == (english.returncode, english.stderr)
    assert english.stdout


@pytest.mark.parametrize(
    "argv",
    [("status", "nowhere", "--json"), ("status", "--bad", "--json"), ("show", "shapes/nothing", "--format", "json")],
)
def test_errors_for_scripts_are_never_translated(argv: tuple[str, ...]) -> None:
    """An error that is one JSON line is in English."""
    english, vietnamese = (run(*argv, cwd=GOLDEN, env={"TARGETTRACK_LANG": code}) for code in ("en", "vi"))
    assert (vietnamese.stderr, vietnamese.returncode) == (english.stderr, english.returncode)
    assert json.loads(english.stderr)["error"]["message"]


def test_a_file_for_scripts_is_not_translated(tmp_path: Path) -> None:
    """Neither is what -o writes into a file whose ending says that it is data; a page for people is."""
    for name, same in (("a.csv", True), ("a.json", True), ("a.md", False)):
        texts = []
        for code in ("en", "vi"):
            file = tmp_path / f"{code}-{name}"
            assert (
                run(
                    "status", "shapes", "--on", "2026-11-22", "-o", file, cwd=GOLDEN, env={"TARGETTRACK_LANG": code}
                ).returncode
                == 0
            )
            texts.append(file.read_text(encoding="utf-8-sig"))
        assert (texts[0] == texts[1]) is same


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=Decimal("-1e12"), max_value=Decimal("1e12"))
)
def test_numbers_are_the_same_in_both_languages(value: Decimal) -> None:
    """A Vietnamese number has a comma for decimals and dots in thousands, and is the same number."""
    english = notation.digits(value)
    with spoken(VI):
        vietnamese = notation.digits(value)
    assert re.fullmatch(r"-?\d{1,3}(\.\d{3})*(,\d+)?", vietnamese)
    assert vietnamese.replace(".", "").replace(",", ".") == english.replace(NBSP, "")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1200", "1.200"),
        ("999", "999"),
        ("36058", "36.058"),
        ("7.77", "7,77"),
        ("-1234567.10", "-1.234.567,10"),
        ("0.5", "0,5"),
    ],
)
def test_vietnamese_numbers(value: str, said: str) -> None:
    """As Vietnamese bulletins print them, with the digits that were entered."""
    with spoken(VI):
        assert notation.digits(Decimal(value)) == said


def test_statuses_are_told_apart() -> None:
    """No two statuses have one word."""
    with spoken(VI):
        words = [why.word(status) for status in STATUSES]
    assert len(set(words)) == len(STATUSES)
    assert {"Vượt", "Đạt", "Không đạt"} <= set(words)


@pytest.mark.parametrize(
    "argv",
    [
        ("status", "shapes"),
        ("status", "statuses"),
        ("list",),
        ("show", "shapes"),
        ("show", "shapes/output"),
        ("history", "shapes/output"),
        ("explain", "shapes/output"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("columns", [120, 80, 60])
def test_lines_keep_to_the_width(argv: tuple[str, ...], columns: int) -> None:
    """Vietnamese words are longer: the layouts make room for them."""
    for line in on_terminal(
        *argv, "--on", "2026-11-22", columns=columns, cwd=GOLDEN, env={"TARGETTRACK_LANG": "vi"}
    ).splitlines():
        assert cells(line.rstrip()) <= columns, line


NUMBERS = re.compile(r"\d+")


@pytest.mark.parametrize(
    "argv",
    [
        ("status", "shapes"),
        ("status", "statuses"),
        ("show", "shapes/output"),
        ("history", "shapes/output"),
        ("explain", "shapes/output"),
    ],
    ids=" ".join,
)
def test_every_number_is_in_both(argv: tuple[str, ...]) -> None:
    """No figure is lost on the way into another language: the digits of both are the same, in some order."""
    texts = [
        run(*argv, "--on", "2026-11-22", cwd=GOLDEN, env={"TARGETTRACK_LANG": code}).stdout for code in ("en", "vi")
    ]
    english, vietnamese = (sorted("".join(NUMBERS.findall(text))) for text in texts)
    assert english == vietnamese


def test_letters_without_marks_on_ascii() -> None:
    """A terminal of ASCII has the letters without their marks, on both streams."""
    plain = {"TARGETTRACK_LANG": "vi", "PYTHONIOENCODING": "ascii"}
    done = process("status", "hanoi/recognitions", "--due", "2021", "--on", "2026-11-22", cwd=ROOT, env=plain)
    assert "Vuot" in done.stdout
    assert "Khong co lenh" in process("nothing", env=plain).stderr


TWO = """targettrack = 1
[program]
name = "Plan"
vi.name = "Kế hoạch"
place = "Hanoi"
[sources.s]
title = "Report"
vi.title = "Báo cáo"
[indicators.a]
name = "Firms"
unit = "firms"
direction = "increase"
vi = { name = "Doanh nghiệp", unit = "doanh nghiệp" }
baseline = { period = 2019, value = 1, note = "N", vi.note = "G" }
[[indicators.a.targets]]
by = 2020
value = 5
note = "Over five"
vi.note = "Trên năm"
source = "s"
[[promises]]
text = "Grow"
vi.text = "Phát triển"
[[actuals]]
indicator = "a"
period = 2020
value = 6
vi.note = "Sáu"
"""


def test_a_program_in_two_languages() -> None:
    """Each text is said in the language asked for, where the file has it; nothing else of the program changes."""
    program = load(TWO).program
    told = translation.told(program, "vi")
    target = told.indicators["a"].targets[0]
    baseline = told.indicators["a"].baseline
    assert (told.header.name, told.header.place, told.indicators["a"].name, told.indicators["a"].unit) == (
        "Kế hoạch",
        "Hanoi",
        "Doanh nghiệp",
        "doanh nghiệp",
    )
    assert (target.note, told.document.promises[0].text, told.document.actuals[0].note, baseline and baseline.note) == (
        "Trên năm",
        "Phát triển",
        "Sáu",
        "G",
    )
    assert told.sources["s"].title == "Báo cáo"
    assert (target.value, target.due, told.document.actuals[0].value) == (
        program.indicators["a"].targets[0].value,
        program.indicators["a"].targets[0].due,
        program.document.actuals[0].value,
    )
    assert translation.told(program, "en").header.name == "Plan"


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "targets").glob("*.toml")), *sorted((GOLDEN / "targets").glob("*.toml"))],
    ids=lambda path: path.stem,
)
def test_a_program_is_judged_alike_in_both(path: Path) -> None:
    """What a text is called changes no judgement."""
    loaded = loading.load(path)
    assert loaded is not None
    rows = [
        list(report.program_rows(program, date(2026, 11, 22), LINEAR))
        for program in (loaded.program, translation.told(loaded.program, "vi"))
    ]
    assert rows[0]
    assert [judged(row) for row in rows[0]] == [judged(row) for row in rows[1]]


def judged(row: Row) -> tuple[object, ...]:
    """Everything that was decided of a row."""
    return (
        row.indicator_id,
        row.version.place,
        row.status,
        row.figure,
        row.gap,
        row.gap_strong,
        row.pace,
        row.flags,
        row.final,
        len(row.disputes),
        row.other and row.other.status,
    )


def test_a_program_is_found_by_each_of_its_names(tmp_path: Path) -> None:
    """A person may write its name in either language."""
    (tmp_path / "p.toml").write_text(TWO, encoding="utf-8")
    for name in ("ke hoach", "Kế hoạch", "plan"):
        done = run("status", name, "--targets", tmp_path, "--lang", "vi")
        assert "Doanh nghiệp" in done.stdout
        assert "Kế hoạch" in done.stdout
