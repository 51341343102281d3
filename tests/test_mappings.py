"""Several tables for one program: each has a mapping of its own beside it, and none is read by that of another without a word."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from support import run, tries
from targettrack.recording.mapping import is_for
from test_import import PROGRAM
from workbooks import WORKBOOKS

if TYPE_CHECKING:
    from pathlib import Path

A = "Chỉ tiêu;Năm 2020;Năm 2021\nIndustrial output;5;6\n"
B = "Name,Jahr,Wert\nTrees planted,2020,5\nTrees planted,2021,7\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a program, and two tables of different shapes."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "nowhere.toml").write_text(PROGRAM.format(fiscal=""), encoding="utf-8")
    (tmp_path / "a-2021.csv").write_text(A, encoding="utf-8")
    (tmp_path / "b-2021.csv").write_text(B, encoding="utf-8")
    return tmp_path


def answered(path: Path, **answers: str) -> None:
    """A draft whose questions a person has answered: each key as it is said, what else is asked as a publisher."""
    text = path.read_text(encoding="utf-8")
    for key, answer in answers.items():
        text = re.sub(rf'(?m)^"?{key}"? = "\?".*$', f"{key} = {answer}", text)
    path.write_text(text.replace('publisher = "?"', 'publisher = "Office"'), encoding="utf-8")


def drafted(place: Path, file: str, *more: str, **answers: str) -> Path:
    """The mapping that a draft writes, its questions answered."""
    done = run("import", "nowhere", file, "--draft", *more, cwd=place)
    assert done.returncode == 0, done.stderr
    (name,) = (line.removeprefix("written: ") for line in done.stderr.splitlines() if line.startswith("written: "))
    answered(place / name, **answers)
    return place / name


def imported(place: Path, *words: str) -> dict[str, str | None]:
    """The file of each mapping that an import was read by, and how many figures were recorded."""
    done = run("import", "nowhere", *words, "--json", cwd=place)
    assert done.returncode == 0, done.stderr
    return {each["file"]: each["mapping"] for each in json.loads(done.stdout)["files"]}


BOTH = {"Name": '"indicator"'}


def test_a_second_table_gets_a_mapping_of_its_own(place: Path) -> None:
    """As a newcomer does it: a table, its draft, its figures; then another table, its draft beside the first, its figures; and each again, alone or together."""
    assert drafted(place, "a-2021.csv").name == "nowhere.import.toml"
    assert imported(place, "a-2021.csv") == {"a-2021.csv": "targets/nowhere.import.toml"}
    assert drafted(place, "b-2021.csv", "--column", "indicator=Name").name == "nowhere.b-2021.import.toml"
    assert imported(place, "b-2021.csv") == {"b-2021.csv": "targets/nowhere.b-2021.import.toml"}
    both = imported(place, "a-2021.csv", "b-2021.csv")
    assert both == {"a-2021.csv": "targets/nowhere.import.toml", "b-2021.csv": "targets/nowhere.b-2021.import.toml"}
    text = (place / "targets" / "nowhere.toml").read_text(encoding="utf-8")
    assert text.count("[[actuals]]") == 4
    assert [text.count(f'source = "{each}-2021-csv"') for each in "ab"] == [2, 2]
    assert run("check", "--targets", "targets", cwd=place).returncode == 0


def test_another_table_is_not_read_by_the_first_mapping(place: Path) -> None:
    """Also where it would fit: its figures would be cited from the wrong document. What is to be typed is said, and works."""
    drafted(place, "a-2021.csv")
    (place / "other.csv").write_text(A.replace("5;6", "50;60"), encoding="utf-8")
    done = run("import", "nowhere", "other.csv", cwd=place)
    assert (done.returncode, done.stdout) == (2, "")
    assert "targets/nowhere.import.toml is for a-2021.csv" in done.stderr
    commands = re.findall(r"targettrack (import .*?)(?: writes|, or write)", done.stderr)
    assert len(commands) == 2
    key = re.findall(r"write there: (.*)", done.stderr)[0]
    assert tomli.loads(key) == {"file": ["a-2021.csv", "other.csv"]}
    assert run(*shlex.split(commands[1]), "--dry-run", cwd=place).returncode == 0
    assert run(*shlex.split(commands[0]), cwd=place).returncode == 0
    assert (place / "targets" / "nowhere.other.import.toml").exists()


def test_the_next_edition_is_read_by_the_same_mapping(place: Path) -> None:
    """A file whose name differs in nothing but its year is the next edition; it is another source."""
    drafted(place, "a-2021.csv")
    imported(place, "a-2021.csv")
    (place / "a-2022.csv").write_text("Chỉ tiêu;Năm 2022\nIndustrial output;7\n", encoding="utf-8")
    assert imported(place, "a-2022.csv") == {"a-2022.csv": "targets/nowhere.import.toml"}
    text = (place / "targets" / "nowhere.toml").read_text(encoding="utf-8")
    assert text.count('source = "a-2021-csv-2"') == 1


def test_the_same_file_under_another_name_is_known(place: Path) -> None:
    """A copy of what was recorded is read as that was, and records nothing; one that was changed is another file."""
    drafted(place, "a-2021.csv")
    imported(place, "a-2021.csv")
    before = (place / "targets" / "nowhere.toml").read_bytes()
    (place / "copy (1).csv").write_text(A, encoding="utf-8")
    assert imported(place, "copy (1).csv") == {"copy (1).csv": "targets/nowhere.import.toml"}
    (place / "copy (1).csv").write_text(A + "\n", encoding="utf-8")
    assert run("import", "nowhere", "copy (1).csv", cwd=place).returncode == 2
    assert (place / "targets" / "nowhere.toml").read_bytes() == before


def test_a_mapping_that_names_no_file_is_for_any(place: Path) -> None:
    """As one that a person wrote: where it does not fit, it is named, and what to type is said."""
    path = drafted(place, "a-2021.csv")
    path.write_text(path.read_text(encoding="utf-8").replace('file = "a-2021.csv"\n', ""), encoding="utf-8")
    assert imported(place, "a-2021.csv") == {"a-2021.csv": "targets/nowhere.import.toml"}
    done = run("import", "nowhere", "b-2021.csv", cwd=place)
    assert done.returncode == 4
    assert "b-2021.csv was read by the mapping targets/nowhere.import.toml" in done.stderr
    assert "targettrack import nowhere b-2021.csv --draft" in done.stderr
    drafted(place, "b-2021.csv", "--column", "indicator=Name")
    assert imported(place, "b-2021.csv") == {"b-2021.csv": "targets/nowhere.b-2021.import.toml"}
    assert imported(place, "a-2021.csv") == {"a-2021.csv": "targets/nowhere.import.toml"}


def test_of_several_files_the_advice_is_about_those_that_failed(place: Path) -> None:
    """One that is read as it is needs none."""
    done = run("import", "nowhere", "a-2021.csv", "b-2021.csv", "--source", "x", "--source-title", "X", cwd=place)
    assert done.returncode == 4
    assert re.findall(r"import nowhere (\S+) --draft", done.stderr) == ["b-2021.csv"]


def test_a_draft_is_never_written_over(place: Path) -> None:
    """Neither that of the same file, nor that of its next edition, nor where --map names a file that is there."""
    path = drafted(place, "a-2021.csv")
    (place / "a-2022.csv").write_text(A, encoding="utf-8")
    before = path.read_bytes()
    for words in (["a-2021.csv"], ["a-2022.csv"], ["b-2021.csv", "--map", str(path)]):
        done = run("import", "nowhere", *words, "--draft", cwd=place)
        assert done.returncode == 2
        assert "is not touched" in done.stderr
    assert path.read_bytes() == before
    assert len(list((place / "targets").iterdir())) == 2


def test_two_sheets_of_one_workbook(place: Path) -> None:
    """Each has its mapping; which is meant is said with --sheet, and asked for where it is not."""
    (place / "book.xlsx").write_bytes(WORKBOOKS["several-sheets.xlsx"]())
    first = drafted(place, "book.xlsx", sheet='"Bảng"')
    assert 'sheet = "Bảng"' in first.read_text(encoding="utf-8")
    assert imported(place, "book.xlsx") == {"book.xlsx": "targets/nowhere.import.toml"}
    assert run("import", "nowhere", "book.xlsx", "--draft", cwd=place).returncode == 2
    assert drafted(place, "book.xlsx", "--sheet", "Bảng 2").name == "nowhere.book.import.toml"
    done = run("import", "nowhere", "book.xlsx", cwd=place)
    assert done.returncode == 2
    said = "several mappings are for this file: targets/nowhere.book.import.toml, targets/nowhere.import.toml"
    assert said in done.stderr
    assert imported(place, "book.xlsx", "--sheet", "Bảng 2") == {"book.xlsx": "targets/nowhere.book.import.toml"}
    assert imported(place, "book.xlsx", "--sheet", "Bảng") == {"book.xlsx": "targets/nowhere.import.toml"}


@pytest.mark.parametrize(
    ("more", "table", "line"),
    [
        (["--encoding", "utf-16-le"], A.encode("utf-16-le"), 'encoding = "utf-16-le"'),
        (["--decimal", ","], A.replace("5;6", "1.500;6").encode(), 'decimal = ","'),
        (["--missing", "n/d"], A.replace("5;6", "5;n/d").encode(), 'missing = ["n/d"]'),
        (["--kind", "csv"], A.encode(), 'kind = "csv"'),
    ],
)
def test_a_draft_keeps_what_options_said(place: Path, more: list[str], table: bytes, line: str) -> None:
    """The import that follows has not to say it again."""
    (place / "a-2021.csv").write_bytes(table)
    assert line in drafted(place, "a-2021.csv", *more).read_text(encoding="utf-8")
    assert imported(place, "a-2021.csv") == {"a-2021.csv": "targets/nowhere.import.toml"}


def test_a_mapping_says_of_what_kind_a_file_is(place: Path) -> None:
    """As --kind does; where that is wrong, the mapping is named in which to correct it."""
    path = drafted(place, "a-2021.csv")
    good = path.read_text(encoding="utf-8")
    for kind, code in (("xlsx", 4), ("eurostat-tsv", 4), ("excel", 2)):
        path.write_text(good.replace('kind = "csv"', f'kind = "{kind}"'), encoding="utf-8")
        done = run("import", "nowhere", "a-2021.csv", cwd=place)
        assert done.returncode == code
        assert "targets/nowhere.import.toml" in done.stderr
        assert "--kind" not in done.stderr
    assert run("import", "nowhere", "a-2021.csv", "--kind", "csv", "--dry-run", cwd=place).returncode == 0


def test_a_draft_elsewhere_is_named_in_the_command(place: Path) -> None:
    """What is said to be typed next works, where the mapping lies in another folder, too, and the targets do."""
    (place / "my maps").mkdir()
    words = ["a-2021.csv", "--draft", "--map", "my maps/a.toml", "--targets", f"{place}/targets"]
    done = run("import", "nowhere", *words, cwd=place)
    answered(place / "my maps" / "a.toml")
    (command,) = re.findall(r"then: targettrack (.*)", done.stderr)
    assert run(*shlex.split(command), "--dry-run", cwd=place).returncode == 0


def test_our_own_shape_needs_no_mapping(place: Path) -> None:
    """What show prints comes back, whatever mappings lie beside the program."""
    drafted(place, "a-2021.csv")
    imported(place, "a-2021.csv")
    (place / "own.csv").write_bytes(run("show", "nowhere", "--format", "csv", cwd=place).stdout.encode())
    done = run("import", "nowhere", "own.csv", cwd=place)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("map", "said"),
    [
        ("targets", "this is a directory, not a mapping"),
        ("nothing.toml", "there is no such mapping"),
        ("", "--map names no file"),
        ("a-2021.csv", "a-2021.csv:1"),
    ],
)
@pytest.mark.parametrize("command", [["import", "nowhere", "a-2021.csv"], ["new", "other", "--from", "a-2021.csv"]])
def test_a_mapping_that_is_none(place: Path, command: list[str], map: str, said: str) -> None:
    """No word of a program file; and nothing is written."""
    done = run(*command, "--map", map, cwd=place)
    assert done.returncode in {2, 4, 5}
    assert said in done.stderr
    assert "program file" not in done.stderr
    assert not (place / "targets" / "other.toml").exists()


def test_a_new_source_on_the_command_line(place: Path) -> None:
    """--source-title adds the document, with the file's name and digest, as a mapping does; the same again changes nothing, and another title is refused."""
    words = ["import", "nowhere", "a-2021.csv", "--source", "book", "--source-publisher", "Office", "--source-title"]
    assert run(*words, "Yearbook", cwd=place).returncode == 0
    text = (place / "targets" / "nowhere.toml").read_text(encoding="utf-8")
    source = tomli.loads(text)["sources"]["book"]
    assert (source["title"], source["publisher"], source["file"]) == ("Yearbook", "Office", "a-2021.csv")
    assert "sha256" in source
    assert run(*words, "Yearbook", cwd=place).returncode == 0
    done = run(*words, "Another", cwd=place)
    assert (done.returncode, "Yearbook" in done.stderr) == (2, True)
    assert (place / "targets" / "nowhere.toml").read_text(encoding="utf-8") == text
    for wrong in (
        ["--source-title", "T"],
        ["--source", "x", "--source-publisher", "P"],
        ["--source", "X Y", "--source-title", "T"],
        ["--source", "x", "--source-title", "T", "--source-published", "soon"],
    ):
        done = run("import", "nowhere", "a-2021.csv", *wrong, cwd=place)
        assert (done.returncode, done.stdout) == (2, ""), done.stderr


NAMES = st.text(st.sampled_from("ab-_ 0129đĐ.*()"), max_size=12)


@tries(300)
@given(NAMES.filter(lambda name: "*" not in name), st.integers(1900, 2099), st.integers(1900, 2099))
def test_a_name_is_for_itself_in_every_year(name: str, one: int, other: int) -> None:
    """A mapping is for the file that it names, for that of every other year, and not for a longer name."""
    assert is_for([name], name)
    assert is_for([f"{name}{one}.csv"], f"{name}{other}.csv") or name[-1:].isdigit()
    assert not is_for([f"{name}.csv"], f"{name}.csv.bak")


@pytest.mark.parametrize(
    ("files", "name", "fits"),
    [
        (["Biểu 01.xlsx"], "Biểu 02.xlsx", False),
        (["Biểu 01-2024.xlsx"], "biểu 01-2025.XLSX", True),
        (["Biểu 01-2024.xlsx"], "Biểu 02-2024.xlsx", False),
        (["q3-2024.csv"], "q4-2024.csv", False),
        (["q*-2024.csv"], "q4-2025.csv", True),
        (["a.csv", "b.csv"], "b.csv", True),
        (["2024.csv"], "2025.csv", True),
        (["2024.csv"], "12025.csv", False),
        (["a.c+v"], "a.ccv", False),
        ([], "a.csv", False),
        (["*"], "anything", True),
    ],
)
def test_the_names_that_a_mapping_is_for(files: list[str], name: str, fits: bool) -> None:
    """Numbers of tables are told apart; years are not."""
    assert is_for(files, name) is fits


def test_small_things_of_the_command_line(place: Path) -> None:
    """stdin is read once; a file that has no name is told as one; the usage says FILE... as every other command does."""
    done = run("import", "nowhere", "-", "-", cwd=place, given=A.encode())
    assert (done.returncode, "stdin is read once" in done.stderr) == (2, True)
    done = run("import", "nowhere", "", cwd=place)
    assert (done.returncode, "no file is named" in done.stderr) == (5, True)
    assert "import [OPTIONS] PROGRAM FILE...\n" in run("import", "--help", cwd=place).stdout
    (place / "empty.csv").write_text("Indicator;2021\nTrees planted;\n")
    done = run("import", "nowhere", "empty.csv", "--source", "s", "--source-title", "S", cwd=place)
    assert (done.returncode, "no cell below its header looks like a figure" in done.stderr) == (4, True)


OWN = "indicator,period,value\ntrees,2020,5\n"


@pytest.mark.parametrize(
    "option",
    [["--column", "period=Year"], ["--parts", "a"], ["--missing", "-"], ["--sheet", "x"], ["--encoding", "cp1258"]],
)
@pytest.mark.parametrize("command", [["import", "nowhere", "own.csv"], ["add-actual", "nowhere", "--from", "own.csv"]])
def test_an_option_that_would_change_nothing_is_refused(place: Path, command: list[str], option: list[str]) -> None:
    """A file in our own shape has its columns: who says otherwise is told so, and nothing is recorded."""
    (place / "own.csv").write_text(OWN)
    done = run(*command, *option, cwd=place)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"shape that show prints, of which {option[0]} says nothing" in done.stderr
    assert "[[actuals]]" not in (place / "targets" / "nowhere.toml").read_text(encoding="utf-8")


def test_a_new_source_of_a_file_in_our_own_shape(place: Path) -> None:
    """Its rows that name none are cited from it, too, and those that name one are not."""
    (place / "own.csv").write_text("indicator,period,value,source\ntrees,2020,5,\ntrees,2021,6,b\n")
    (place / "targets" / "nowhere.toml").write_text(PROGRAM.format(fiscal="") + '[sources.b]\ntitle = "B"\n')
    done = run("import", "nowhere", "own.csv", "--source", "n", "--source-title", "N", cwd=place)
    assert done.returncode == 0, done.stderr
    program = tomli.loads((place / "targets" / "nowhere.toml").read_text(encoding="utf-8"))
    assert [each["source"] for each in program["actuals"]] == ["n", "b"]
    assert program["sources"]["n"]["file"] == "own.csv"


def test_a_source_that_has_no_name(place: Path) -> None:
    """An empty --source is no document; a draft takes only what can be an id, and that of the program by any spelling."""
    for words in (["a-2021.csv", "--source", ""], ["a-2021.csv", "--draft", "--source", "X Y"]):
        done = run("import", "nowhere", *words, cwd=place)
        assert (done.returncode, done.stdout) == (2, "")
    (place / "targets" / "nowhere.toml").write_text(PROGRAM.format(fiscal="") + '[sources.book]\ntitle = "B"\n')
    assert (
        'id = "book"'
        in run("import", "nowhere", "a-2021.csv", "--draft", "--dry-run", "--source", "BOOK", cwd=place).stdout
    )
