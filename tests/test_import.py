"""import: whatever table an office has gives exactly its figures, and every other cell that looks like one is named with the reason."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli

from support import run
from workbooks import WORKBOOKS

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = Path(__file__).parent / "tables"
CASES: dict[str, dict[str, str]] = tomli.loads((TABLES / "cases.toml").read_text(encoding="utf-8"))
"""The tables of the folder, each with the mapping that it is read by and the exact result."""

PROGRAM = """\
targettrack = 1
[program]
name = "Nowhere"
{fiscal}
[indicators.share]
name = "Share of industry"
unit = "%"
[indicators.output]
name = "Industrial output"
unit = "billion VND"
[indicators.enterprises]
name = "Enterprises"
unit = "enterprises"
[indicators.trees]
name = "Trees planted"
[indicators.law]
name = "The law is in force"
unit = "yes/no"
"""
SOURCE = '\n[source]\nid = "book"\ntitle = "Invented yearbook"\npublisher = "Office of Nowhere"\n'


def folder(path: Path, case: dict[str, str], file: str) -> Path:
    """A folder with the program of a case, its mapping, and its table."""
    (path / "targets").mkdir()
    fiscal = f'fiscal_year = "{case["fiscal"]}"' if "fiscal" in case else ""
    (path / "targets" / "nowhere.toml").write_text(PROGRAM.format(fiscal=fiscal), encoding="utf-8")
    map = f"import = 1\n{case.get('map', '')}"
    map += "" if "[source]" in map or case.get("source") == "in the file" else SOURCE
    (path / "targets" / "nowhere.import.toml").write_text(map, encoding="utf-8")
    data = WORKBOOKS[file]() if file in WORKBOOKS else (TABLES / file).read_bytes()
    (path / file).write_bytes(data)
    return path


def told(figure: dict[str, Any]) -> str:
    """A figure in one line: its cell, what it is of, how much, and everything else that is said of it."""
    ends = figure.get("range") or [figure[key] for key in ("value", "answer") if figure.get(key) is not None]
    amount = "..".join(format(end, "f") if isinstance(end, Decimal) else str(end) for end in ends)
    more = [
        *(figure[key] for key in ("quality",) if figure.get(key) not in {None, "final"}),
        *(["series break"] if figure.get("series_break") else []),
        *(f"{name}={value}" for name, value in (figure.get("disaggregation") or {}).items()),
        *(f"from {figure['source']}" for key in ("source",) if figure[key] != "book"),
        *(f'{key} "{figure[key]}"' for key in ("page", "quote", "published", "note") if figure.get(key)),
    ]
    approx = f"{figure['approx']} " if figure.get("approx") else ""
    return ", ".join([f"{figure['cell']}: {figure['indicator']} {figure['period']} = {approx}{amount}", *more])


def result(text: str, errors: str) -> tuple[list[str], list[str], list[str], list[str]]:
    """The figures that were taken, the cells that were left, what was said, and what the table was refused for."""
    if not text:
        problems = [json.loads(line)["error"] for line in errors.splitlines() if line.startswith("{")]
        return [], [], [], [f"{each['code']}: {each['message']}" for each in problems]
    document = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    (file,) = document["files"]
    assert file["figures"] == len(document["actuals"])
    left = [f"{each['cell']} ({each['text']}): {_reason(each)}" for each in file["left"]]
    return [told(each["actual"]) for each in document["actuals"]], left, file["said"], []


def _reason(left: dict[str, str]) -> str:
    return f"{left['why']}, {left['about']}" if left["about"] and left["why"] != "no-period" else left["why"]


def lines(text: str) -> list[str]:
    """The lines of a result as a case has it."""
    return text.strip().splitlines()


@pytest.mark.parametrize("name", CASES)
def test_table(name: str, tmp_path: Path) -> None:
    """A table gives exactly these figures, with their digits, and leaves exactly these cells, for these reasons; or it is refused for exactly this."""
    case = CASES[name]
    there = folder(tmp_path, case, case["file"])
    answered = run("import", "nowhere", case["file"], "--dry-run", "--json", cwd=there)
    taken, left, said, refused = result(answered.stdout, answered.stderr)
    assert taken == lines(case.get("taken", ""))
    assert left == lines(case.get("left", ""))
    assert refused == lines(case.get("refused", ""))
    assert [each for each in lines(case.get("said", "")) if each not in said] == []


def _files() -> Iterator[str]:
    return (case["file"] for case in CASES.values())


def test_every_workbook_is_a_case() -> None:
    """No workbook is made for nothing, and there are tables of every usual kind."""
    assert set(WORKBOOKS) <= set(_files())
    endings = {Path(file).suffix for file in _files()}
    assert endings >= {".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".px", ".xml"}


TAKING = [name for name, case in CASES.items() if "refused" not in case]


@pytest.mark.parametrize("name", TAKING)
def test_twice_is_once(name: str, tmp_path: Path) -> None:
    """The same file imported a second time records nothing, and the program's file stays as it is."""
    case = CASES[name]
    there = folder(tmp_path, case, case["file"])
    program = there / "targets" / "nowhere.toml"
    first = run("import", "nowhere", case["file"], cwd=there)
    assert first.returncode == 0, first.stderr
    recorded = program.read_bytes()
    assert recorded.count(b"[[actuals]]") == len(lines(case["taken"]))
    second = json.loads(run("import", "nowhere", case["file"], "--json", cwd=there).stdout)
    assert (second["recorded"], second["recorded_before"]) == (0, len(lines(case["taken"])))
    assert program.read_bytes() == recorded


def _drafted(name: str, path: Path, *more: str) -> str:
    case = CASES[name]
    there = folder(path, case, case["file"])
    answered = run("import", "nowhere", case["file"], "--draft", "--dry-run", *more, cwd=there)
    assert answered.returncode == 0, answered.stderr
    return answered.stdout


NO_DRAFT = {"plan above years"}
"""A table whose header nobody finds without a person."""


@pytest.mark.parametrize("name", {case["file"]: name for name, case in CASES.items() if name not in NO_DRAFT}.values())
def test_draft_of_a_table(name: str, tmp_path: Path) -> None:
    """A draft is TOML, every question in it says what may stand there, and its words are the table's own."""
    text = _drafted(name, tmp_path)
    assert tomli.loads(text)["import"] == 1
    above = ""
    for line in text.splitlines():
        if line.endswith('= "?"'):
            assert above.startswith("#"), line
        else:
            assert "= " not in line or '"?"' not in line or "  # " in line
            above = line


DRAFTED = {
    "stacked.csv": [
        "header = [4, 5, 6, 7]",
        '"So với cùng kỳ năm trước / Quý II / năm / 2021" = "?"  # figures? { disaggregation = { NAME = "So với cùng kỳ năm trước" } }',
    ],
    "genesis.csv": ["header = [7, 8]", '"column A" = "?"  # "period"?', '"männlich / Deutsche" = "?"  # figures?'],
    "alike.csv": ['"Men / *" = "?"  # 4 columns, "Men / 2001" to "Men / 2004"', '"Women / *" = "?"'],
    "no-period.csv": ['period = "?"  # no column says the period of the figures'],
    "fiscal-headers-only.csv": ['# "1998-99" … "2000-01": "1998-99" is a fiscal year', "then draft again"],
    "quarterly-stamps.csv": ['dates = "?"  # one of "years", "quarters", "months", "days"'],
}
MORE_TABLES = {
    "alike.csv": "Name,Men,,,,Women,,,\n,2001,2002,2003,2004,2001,2002,2003,2004\nEnterprises,11,12,13,14,15,16,17,18\nTrees planted,21,22,23,24,25,26,27,28\n",
    "no-period.csv": "Code,Town,Enterprises (number)\nA1,North,11\nA2,South,12\n",
    "fiscal-headers-only.csv": "Indicator,1998-99,1999-00,2000-01\nEnterprises,11,12,13\n",
}


@pytest.mark.parametrize("file", DRAFTED)
def test_what_a_draft_asks(file: str, tmp_path: Path) -> None:
    """A draft asks for what nobody knows in as few lines as there are things to say, and says what it waits for."""
    there = folder(tmp_path, {}, "wide.csv")
    data = MORE_TABLES[file].encode() if file in MORE_TABLES else (TABLES / file).read_bytes()
    (there / file).write_bytes(data)
    (there / "targets" / "nowhere.import.toml").unlink()
    drafted = run("import", "nowhere", file, "--draft", "--dry-run", cwd=there)
    assert drafted.returncode == 0, drafted.stderr
    for words in DRAFTED[file]:
        assert words in drafted.stdout, drafted.stdout


def test_the_hint_on_a_total_can_be_pasted(tmp_path: Path) -> None:
    """What is said of a part that may mean the whole is TOML, whatever the part is called."""
    case = {"map": '[columns]\n"Age group" = "part:age group"\n'}
    there = folder(tmp_path, case, "wide.csv")
    (there / "t.csv").write_text("Indicator,Age group,2001\nEnterprises,Total,11\n", encoding="utf-8")
    said = run("import", "nowhere", "t.csv", "--dry-run", cwd=there).stderr
    hint = said.partition("say so: ")[2].partition("\n")[0].replace("] total", "]\ntotal", 1)
    assert tomli.loads(hint) == {"parts": {"age group": {"total": ["Total"]}}}, said


EDITIONS = {
    "2021.csv": "Indicator,2020,2021p\nA,10,12\nB,50,61\n",
    "2022.csv": "Indicator,2019,2020,2021,2022p\nA,9,10,12.5,14\nB,49,50,61,65\n",
}
EDITED = """targettrack = 1
[program]
name = "P"
[indicators.a]
name = "A"
[indicators.b]
name = "B"
"""
OFFICE = 'import = 1\n[source]\nid = "yearbook"\ntitle = "Yearbook"\npublisher = "Office"\n'


def test_the_next_edition_of_a_table(tmp_path: Path) -> None:
    """What it repeats adds nothing; what is new is recorded; what it says otherwise, or is sure of now, needs --revise, and each is named; it is a source of its own."""
    (tmp_path / "targets").mkdir()
    program = tmp_path / "targets" / "p.toml"
    program.write_text(EDITED, encoding="utf-8")
    (tmp_path / "targets" / "p.import.toml").write_text(OFFICE, encoding="utf-8")
    for name, text in EDITIONS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert run("import", "p", "2021.csv", "--yes", cwd=tmp_path).returncode == 0
    before = program.read_bytes()
    refused = run("import", "p", "2022.csv", "--yes", cwd=tmp_path)
    assert (refused.returncode, program.read_bytes()) == (2, before)
    assert 'D2: "yearbook", of the same publisher (Office), already says 12 for 2021; this says 12.5' in refused.stderr
    assert "D3: this figure is in the file already, but there quality is " in refused.stderr
    done = run("import", "p", "2022.csv", "--yes", "--revise", cwd=tmp_path)
    assert done.returncode == 0
    assert "2 recorded before" in done.stdout.replace("\u00a0", " ")
    assert "a: D2: 12.5 in 2021 revises 12 (yearbook); this one is used" in done.stdout
    document = tomli.loads(program.read_text(encoding="utf-8"))
    added = [
        (each["indicator"], each["period"], each["cell"])
        for each in document["actuals"]
        if each["source"] == "yearbook-2"
    ]
    assert added == [
        ("a", 2019, "B2"),
        ("a", 2021, "D2"),
        ("a", 2022, "E2"),
        ("b", 2019, "B3"),
        ("b", 2021, "D3"),
        ("b", 2022, "E3"),
    ]
    files = {id: source["file"] for id, source in document["sources"].items()}
    assert files == {"yearbook": "2021.csv", "yearbook-2": "2022.csv"}
    whole = program.read_bytes()
    for name in EDITIONS:
        assert run("import", "p", name, "--yes", cwd=tmp_path).returncode == 0
    assert program.read_bytes() == whole


def test_what_is_wrong_with_many_cells_is_said_of_twenty(tmp_path: Path) -> None:
    """A source that nobody knows is no flood: the first cells of a kind are named, the rest is counted, and nothing is recorded."""
    (tmp_path / "targets").mkdir()
    program = tmp_path / "targets" / "p.toml"
    program.write_text(EDITED, encoding="utf-8")
    (tmp_path / "t.csv").write_text(
        "Indicator,Year,Value\n" + "".join(f"A,{1900 + n},{n}\n" for n in range(100)), encoding="utf-8"
    )
    done = run("import", "p", "t.csv", "--source", "nobody", "--yes", cwd=tmp_path)
    said = [line for line in done.stderr.splitlines() if line.startswith("t.csv:") and "read as" not in line]
    assert (done.returncode, len(said), program.read_text(encoding="utf-8")) == (3, 21, EDITED)
    assert said[-1] == "t.csv: 80 more like this are not listed"
