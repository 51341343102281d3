"""Columns and signs: which columns csv and tables have, and csv for countries that write 0,5."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from support import run, tries
from targettrack.formats import _records
from terminal import on_terminal

ROOT = Path(__file__).parents[1]
DAY = "2026-11-22"
COMMANDS = [("status", "hanoi"), ("list",), ("show", "hanoi"), ("history", "hanoi/output-share")]
EACH = pytest.mark.parametrize("argv", COMMANDS, ids=lambda argv: argv[0])


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The records of a CSV text."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


@EACH
def test_scripts_have_all_columns(argv: tuple[str, ...], tmp_path: Path) -> None:
    """In a pipe, in a file and with ``all``: what scripts rely on does not change."""
    piped = run(*argv, "--on", DAY, "--format", "csv", cwd=ROOT).stdout
    run(*argv, "--on", DAY, "-o", tmp_path / "f.csv", cwd=ROOT)
    assert (tmp_path / "f.csv").read_text("utf-8-sig") == piped
    assert run(*argv, "--on", DAY, "--format", "csv", "--columns", "all", cwd=ROOT).stdout == piped
    assert list(rows(piped)[0]) == _records.columns(argv[0])


@EACH
def test_a_terminal_has_a_dozen(argv: tuple[str, ...]) -> None:
    """And is told how many there are; with ``all`` it has all."""
    known = _records.columns(argv[0])
    few, every = (
        on_terminal(*argv, "--on", DAY, "--format", "csv", *more, columns=120, cwd=ROOT)
        for more in ((), ("--columns", "all"))
    )
    lines = few.splitlines()
    if len(known) > 12:
        assert lines.pop(0) == f"12 of {len(known)} columns; --columns all has every one, as a file has"
        assert len(lines[0].split(",")) == 12
    assert set(lines[0].split(",")) <= set(known)
    assert every.splitlines()[0].split(",") == known


@EACH
@tries(30)
@given(data=st.data())
def test_any_columns_are_those_of_all(argv: tuple[str, ...], data: st.DataObject) -> None:
    """In the order asked for, each once, with the same cells."""
    names = data.draw(st.lists(st.sampled_from(_records.columns(argv[0])), min_size=1, max_size=6))
    whole = rows(run(*argv, "--on", DAY, "--format", "csv", cwd=ROOT).stdout)
    found = rows(run(*argv, "--on", DAY, "--format", "csv", "--columns", ",".join(names), cwd=ROOT).stdout)
    assert found == [{name: row[name] for name in dict.fromkeys(names)} for row in whole]


@pytest.mark.parametrize("names", ["program, Target.BY", "program,target-by", " program,,target_by "])
def test_names_are_forgiving(names: str) -> None:
    """As JSON has them, with spaces, in capitals."""
    done = run("status", "hanoi", "--format", "csv", "--columns", names, cwd=ROOT)
    assert done.stdout.splitlines()[0] == "program,target_by"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--format", "csv", "--columns", "statsu"), "no column statsu; did you mean status?"),
        (("--format", "csv", "--columns", "gop"), "no column gop; did you mean gap?"),
        (("--format", "csv", "--columns", "xxxxxxx"), "no column xxxxxxx; known: program, indicator,"),
        (("--columns", "statsu"), "did you mean status?"),
        (("--format", "csv", "--columns", ","), "--columns names no column"),
        (("--json", "--columns", "status"), "--columns is for csv and tables of records, and this is json"),
        (("-o", "x.xlsx", "--columns", "status"), "--columns is for csv and tables of records, and this is xlsx"),
        (("--format", "csv", "--decimal", ","), "add --delimiter ';'"),
        (("--format", "csv", "--decimal", ";"), "--decimal is . or ,"),
        (("--format", "csv", "--delimiter", "x"), "--delimiter is , or ; or tab"),
        (("--decimal", ",", "--delimiter", ";"), "--decimal and --delimiter are for csv, and this is table"),
    ],
)
def test_what_is_refused(argv: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """Exit 2 before anything is read, with what to write instead, and nothing on stdout."""
    done = run("status", "--targets", tmp_path, *argv, cwd=tmp_path)
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert said in " ".join(done.stderr.split())


# ---------------------------------------------------------------- decimal commas


@EACH
@pytest.mark.parametrize(("sign", "delimiter"), [(";", ";"), ("tab", "\t"), ("semicolon", ";")])
def test_the_same_cells_with_commas(argv: tuple[str, ...], sign: str, delimiter: str) -> None:
    """Every number has a comma where it had a point; nothing else is another."""
    pointed = rows(run(*argv, "--on", DAY, "--format", "csv", cwd=ROOT).stdout)
    said = run(*argv, "--on", DAY, "--format", "csv", "--decimal", ",", "--delimiter", sign, cwd=ROOT).stdout
    document = run(*argv, "--on", DAY, "--format", "jsonl", cwd=ROOT).stdout.splitlines()
    commas = rows(said, delimiter)
    assert len(commas) == len(pointed) == len(document)
    for mine, theirs, line in zip(commas, pointed, document, strict=True):
        numbers = {name for name, value in _records.flat(json.loads(line, parse_float=Decimal)) if _is_number(value)}
        for name, cell in theirs.items():
            assert mine[name] == (cell.replace(".", ",") if name in numbers else mine[name])
            assert mine[name] == cell or "," in mine[name]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


@pytest.mark.parametrize("program", sorted(path.stem for path in (ROOT / "targets").glob("*.toml")))
@pytest.mark.parametrize("signs", [(",", ";"), (",", "tab"), (".", ";")])
def test_it_comes_back(program: str, signs: tuple[str, str], tmp_path: Path) -> None:
    """What show prints so is recorded before: import finds nothing new, and nothing that is left."""
    shutil.copytree(ROOT / "targets", tmp_path / "targets")
    run("show", program, "--decimal", signs[0], "--delimiter", signs[1], "-o", "f.csv", cwd=tmp_path)
    done = run("import", program, "f.csv", "--dry-run", "--json", *(("--decimal", signs[0])), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["text"] == ""
    assert told["recorded_before"] == sum(each["figures"] for each in told["files"]) > 0


def program_of(values: list[Decimal]) -> str:
    """A program with a figure a year."""
    actuals = [
        {"indicator": "a", "period": 2000 + place, "value": int(value) if value == value.to_integral_value() and "." not in str(value) else value}
        for place, value in enumerate(values)
    ]  # fmt: skip
    document = {"targettrack": 1, "program": {"name": "P"}, "indicators": {"a": {"name": "A"}}, "actuals": actuals}
    return tomli_w.dumps(document)


NUMBERS = st.lists(
    st.from_regex(r"-?(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,6})?", fullmatch=True).map(Decimal).filter(bool),
    min_size=1,
    max_size=5,
)


@tries(50)
@given(values=NUMBERS)
def test_any_figures_come_back(tmp_path_factory: pytest.TempPathFactory, values: list[Decimal]) -> None:
    """With the sign said, all of them; without it they do too, or are refused as of two readings, never read otherwise."""
    folder = tmp_path_factory.mktemp("back")
    (folder / "targets").mkdir()
    (folder / "targets" / "p.toml").write_text(program_of(values), encoding="utf-8")
    run("show", "p", "--decimal", ",", "--delimiter", ";", "-o", "f.csv", cwd=folder)
    said = run("import", "p", "f.csv", "--dry-run", "--json", "--decimal", ",", cwd=folder)
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["recorded_before"] == len(values)
    bare = run("import", "p", "f.csv", "--dry-run", "--json", cwd=folder)
    if bare.returncode:
        assert json.loads(bare.stderr.splitlines()[-1])["error"]["code"] == "ambiguous-number"
    else:
        assert json.loads(bare.stdout)["text"] == ""


def test_one_number_proves_the_comma(tmp_path: Path) -> None:
    """Beside 6,5 what 1,500 says is known; alone it may be two numbers; and points that part thousands are still these."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "p.toml").write_text(program_of([Decimal("1.500"), Decimal("6.5"), Decimal(1234567)]))
    head, one, two, three = "indicator;period;value", "a;2000;1,500", "a;2001;6,5", "a;2002;1.234.567"
    for lines, code in (((one, two, three), 0), ((two, three), 0), ((one,), 4)):
        (tmp_path / "f.csv").write_text("\n".join((head, *lines)) + "\n")
        done = run("import", "p", "f.csv", "--dry-run", "--json", cwd=tmp_path)
        assert done.returncode == code, done.stderr
        if not code:
            assert json.loads(done.stdout)["recorded_before"] == len(lines)


# ---------------------------------------------------------------- tables


@EACH
def test_a_table_of_columns(argv: tuple[str, ...]) -> None:
    """Any width has every record and every figure; a narrow terminal has a block a record."""
    names = _records.brief(argv[0])
    whole = rows(run(*argv, "--on", DAY, "--format", "csv", cwd=ROOT).stdout)
    lines = run(*argv, "--on", DAY, "--columns", ",".join(names), cwd=ROOT).stdout.splitlines()
    assert lines[0].split() == names
    assert len(lines) == len(whole) + 1
    narrow = on_terminal(*argv, "--on", DAY, "--columns", ",".join(names), "--color", "never", columns=30, cwd=ROOT)
    assert narrow.count(f"{names[0]}:") == len(whole)
    assert all(len(line) <= 30 or " " not in line.strip().partition(": ")[2] for line in narrow.splitlines())


def test_a_table_speaks_the_language() -> None:
    """Statuses are words and decimals have the language's sign; an open end stands before its gap."""
    argv = ("status", "hanoi", "--on", DAY, "--columns", "indicator,status,gap")
    vi = run("--lang", "vi", *argv, cwd=ROOT).stdout
    assert "không đạt" in vi.casefold() or "chưa đạt" in vi.casefold()
    document = json.loads(run("status", "hanoi", "--on", DAY, "--json", cwd=ROOT).stdout)
    opened = sum(target["gap_approx"] is not None for target in document["targets"])
    table = run(*argv, cwd=ROOT).stdout
    assert table.count("<\u00a0") + table.count(">\u00a0") == opened > 0
