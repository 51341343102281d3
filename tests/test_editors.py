"""Editors and hooks: the schema of the program file as editors use it, against every example; and the hook that runs the check before a commit."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date, datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli
from jsonschema import Draft202012Validator, FormatChecker

from support import HERE, problems, run
from targettrack.pages import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = HERE.parent
SCHEMA = contract.schema("program")
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
SOUND = sorted(
    path
    for folder in (ROOT / "targets", HERE / "programs", HERE / "golden" / "targets")
    for path in folder.glob("*.toml")
)
INVALID = sorted((HERE / "invalid").glob("*.toml"))

TABLE = "keys of one table that do not go together"
BETWEEN = "what one table says of another"
NUMBERS = "what a number is worth"
BEYOND = {
    "bad-modifier": TABLE, "bad-modifier-every": TABLE, "empty-window": TABLE, "from-without-by": TABLE, "no-figure": TABLE, "no-shape": TABLE, "no-window": TABLE, "not-a-promise": TABLE, "replaces-itself": TABLE, "replaces-without-by": TABLE, "two-shapes": TABLE, "two-times": TABLE,
    "empty-window-fiscal": BETWEEN, "bad-modifier-cumulative": BETWEEN, "bad-modifier-maintain": BETWEEN, "bad-period-fiscal": BETWEEN, "due-before-baseline": BETWEEN, "milestone-unit": BETWEEN, "milestone-unit-baseline": BETWEEN, "no-baseline": BETWEEN, "no-direction": BETWEEN, "not-a-number-yes": BETWEEN, "not-yes-no": BETWEEN, "other-unit": BETWEEN,
    "replaces-each-other": BETWEEN, "replaces-nothing": BETWEEN, "undated-revision": BETWEEN, "unknown-indicator": BETWEEN, "unknown-source": BETWEEN,
    "not-finite": NUMBERS, "reversed-range": NUMBERS, "reversed-window": NUMBERS, "too-many-digits": NUMBERS,
    "conflict-markers-in-text": "marks of git inside a text",
}  # fmt: skip
"""The invalid examples that the schema lets pass, each with what it does not look at."""


def plain(value: Any) -> Any:
    """A TOML value as editors hand it to a schema: days and times are texts."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


def parsed(path: Path) -> Any:
    """A file as editors read it; None where it is no TOML."""
    try:
        return plain(tomli.loads(path.read_text(encoding="utf-8-sig")))
    except tomli.TOMLDecodeError:
        return None


TOML = [path for path in INVALID if parsed(path) is not None]


def refusals(document: Any) -> list[str]:
    """What the schema says against a document."""
    return [error.message for error in VALIDATOR.iter_errors(document)]


# ---------------------------------------------------------------- the schema


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_the_schema_takes_what_the_check_takes(path: Path) -> None:
    """No sound program is underlined in an editor."""
    assert problems(path) == ()
    assert refusals(parsed(path)) == []


@pytest.mark.parametrize("path", [path for path in TOML if path.stem not in BEYOND], ids=lambda path: path.stem)
def test_the_schema_refuses_what_a_schema_can_know(path: Path) -> None:
    """Unknown and missing keys, wrong types, choices, periods and ids are underlined."""
    assert refusals(parsed(path)) != []


@pytest.mark.parametrize("name", sorted(BEYOND))
def test_the_check_alone_knows(name: str) -> None:
    """What goes beyond the schema is refused by the check, and by it alone."""
    path = HERE / "invalid" / f"{name}.toml"
    assert refusals(parsed(path)) == []
    assert problems(path) != ()


def test_the_schema_is_one() -> None:
    """The printed schema is a valid one of the dialect that it names, and the same that the package has."""
    printed = json.loads(run("schema").stdout)
    assert printed == SCHEMA
    assert printed["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(printed)


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema with its place."""
    if isinstance(schema, dict):
        yield path, schema
        for name, inner in schema.items():
            yield from parts(inner, f"{path}/{name}")
    if isinstance(schema, list):
        for place, inner in enumerate(schema):
            yield from parts(inner, f"{path}/{place}")


def test_what_editors_fill_in_is_valid() -> None:
    """A default, which editors offer, is a value that its key may have."""
    wrong = []
    for place, part in parts(SCHEMA):
        if "default" in part and "properties" not in part:
            whole = {"$defs": SCHEMA["$defs"], **part}
            if not Draft202012Validator(whole).is_valid(part["default"]):
                wrong.append((place, part["default"]))
    assert wrong == []


def test_editors_know_a_day() -> None:
    """Where a year may stand a day may stand, too, and has the format by which editors tell a TOML date from a text."""
    without = [
        place
        for place, part in parts(SCHEMA)
        if any(branch.get("minimum") == 1000 for branch in part.get("anyOf", ()))
        and not any(branch.get("format") == "date" for branch in part["anyOf"])
    ]
    assert without == []


HEAD = 'targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\nunit = "%"\ndirection = "increase"\n'


@pytest.mark.parametrize(
    "target",
    ["value = 1", "value = -1.5", "range = [1, 2.5]", "times_baseline = [0.5, 2]\nbaseline = { period = 2010, value = 1 }", "improve = true", "by = 2015-09-30\nvalue = 1", 'by = "2015-09-30"\nvalue = 1', 'by = "2015-H1/2016-Q3"\nvalue = 1',
     "value = 1\nset_on = 2011", 'value = 1\nset_on = "2011-06"', "value = 1\nset_on = 2011-06-06", "value = 1\npage = 12", 'value = 1\npage = "ii"', 'value = 1\ndisaggregation = { "Ngành" = "Dệt" }', "value = 1e3", "value = 0x10"],
)  # fmt: skip
def test_every_form_of_a_value(target: str, tmp_path: Path) -> None:
    """Each way to write a period, a day, a number and a page is taken by both."""
    path = tmp_path / "p.toml"
    path.write_text(f"{HEAD}[[indicators.a.targets]]\n{target}\n", encoding="utf-8")
    assert problems(path) == ()
    assert refusals(parsed(path)) == []


@pytest.mark.parametrize("table", ["Header", "Source", "Indicator"])
def test_a_second_language_stands_beside_the_first(table: str) -> None:
    """The order of the schema, which tombi can bring keys into, has ``vi.name`` beside ``name``, and the words of a language in that order."""
    keys = [*SCHEMA["$defs"][table]["properties"]]
    assert keys[1:3] == ["en", "vi"]
    assert next(iter(SCHEMA["$defs"][f"{table}Words"]["properties"])) == keys[0]


def test_tables_keep_their_order() -> None:
    """The order of indicators is that of what is printed: no tool is told to sort tables of ids."""
    ordered = [place for place, part in parts(SCHEMA) if "x-tombi-table-keys-order" in part]
    assert ordered == [f"/$defs/{name}" for name in SCHEMA["$defs"]]


# ---------------------------------------------------------------- the editors' own tools

NOT_OF_A_SCHEMA = {"tombi": {"too-many-digits", "bom-and-crlf"}, "taplo": {"not-finite", "bom-and-crlf"}}
"""What a tool refuses for reasons of its own: numbers that it cannot hold, a byte order mark."""


def tool(name: str) -> str:
    """A tool of editors, where it is on this machine."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if found is None:
        pytest.skip(f"{name} is not installed: pip install 'targettrack[readers]'")
    return found


def beside_a_schema(folder: Path) -> None:
    """Have a folder's files read with the schema, as the reference has it written."""
    (folder / "program.schema.json").write_text(run("schema").stdout, encoding="utf-8")
    (folder / "tombi.toml").write_text('[[schemas]]\npath = "program.schema.json"\ninclude = ["files/*.toml"]\n')
    (folder / "files").mkdir()


@pytest.fixture(params=["taplo", "tombi"])
def linted(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """The names of the files that a tool refuses, with the schema as the reference has it written."""
    name: str = request.param
    command = tool(name)
    beside_a_schema(tmp_path)
    options = {"taplo": ["--schema", (tmp_path / "program.schema.json").as_uri()], "tombi": ["--offline"]}[name]

    def refused(paths: list[Path]) -> set[str]:
        found = set()
        for path in paths:
            copy = tmp_path / "files" / path.name
            copy.write_bytes(path.read_bytes())
            done = subprocess.run(
                [command, "lint", *options, f"files/{path.name}"], cwd=tmp_path, capture_output=True, check=False
            )
            found |= {path.stem} if done.returncode else set()
        return found

    return name, refused


@pytest.mark.readers
def test_editors_take_sound_programs(linted: Any) -> None:
    """No tool underlines a sound program."""
    name, refused = linted
    assert refused(SOUND) <= NOT_OF_A_SCHEMA[name]


@pytest.mark.readers
def test_editors_refuse_what_the_schema_refuses(linted: Any) -> None:
    """Each tool refuses what the schema refuses, and what is no TOML, and nothing else that it can hold."""
    name, refused = linted
    expected = {path.stem for path in INVALID} - BEYOND.keys()
    assert refused(INVALID) == expected | (NOT_OF_A_SCHEMA[name] & BEYOND.keys())


# ---------------------------------------------------------------- what formatters do to a program

FORMATTERS = {
    "taplo": ("taplo", "fmt"),
    "tombi": ("tombi", "format", "--offline"),
    "toml-sort": ("toml-sort", "--in-place"),
    "toml-sort -a": ("toml-sort", "--in-place", "--all"),
}
SAFE = ["taplo", "tombi", "toml-sort"]
"""Those that change nothing but spaces and the order of keys, of tables and, for the last, of comments."""

COMMENTED = """# the head of the file

targettrack = 1  # the format

[program]
name = "P"

# a line among tables, which touches none

[sources.b]
title = "B"

[sources.a]
title = "A"

[indicators.a]
name = "A"
vi.name = "Á"
unit = "products"
vi.unit = "sản phẩm"
direction = "increase"
prefer = ["b", "a"]

[[indicators.a.targets]]
by = 2025
range = [9, 10]  # at least nine
source = "a"

[[actuals]]  # a 2025 a
indicator = "a"
period = 2025
value = 9.50
source = "a"
# 0b3738

[[actuals]]  # a 2026 a
indicator = "a"
period = 2026
value = 9.50
source = "a"
"""


@pytest.fixture
def tidied(tmp_path: Path) -> Any:
    """What a formatter makes of a text, with the schema beside it."""
    beside_a_schema(tmp_path)

    def after(name: str, text: str) -> str:
        command, *words = FORMATTERS[name]
        file = tmp_path / "files" / "p.toml"
        file.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [tool(command), *words, "files/p.toml"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return file.read_text(encoding="utf-8")

    return after


def judged(text: str, folder: Path) -> tuple[list[str], set[str], int]:
    """The rows of a program, whatever their order; the codes that the check has for it, and how many."""
    (folder / "judged").mkdir(exist_ok=True)
    (folder / "judged" / "p.toml").write_text(text, encoding="utf-8")
    options = ("--targets", folder / "judged", "--on", "2026-11-22", "--json")
    rows = json.loads(run("status", *options).stdout or '{"targets": []}')["targets"]
    found = json.loads(run("check", *options).stdout)["problems"]
    return sorted(json.dumps(row) for row in rows), {each["code"] for each in found}, len(found)


def comments(text: str) -> set[str]:
    """The comments that are lines of their own, or stand behind something."""
    return set(re.findall(r"(?m)(?:^|(?<=\s))# .*$", text))


@pytest.mark.readers
@pytest.mark.parametrize("name", SAFE)
@pytest.mark.parametrize("path", sorted((ROOT / "targets").glob("*.toml")), ids=lambda path: path.stem)
def test_a_formatter_changes_no_judgement(name: str, path: Path, tidied: Any, tmp_path: Path) -> None:
    """Every row and every finding of a real program is the same behind a formatter."""
    text = path.read_text(encoding="utf-8")
    after = tidied(name, text)
    assert after != text
    assert judged(after, tmp_path) == judged(text, tmp_path)


@pytest.mark.readers
@pytest.mark.parametrize("name", SAFE)
def test_which_formatter_deletes_comments(name: str, tidied: Any) -> None:
    """taplo and tombi keep every comment; toml-sort loses the lines that touch no table, and the mark at the end of a block, as the reference says."""
    lost = comments(COMMENTED) - comments(tidied(name, COMMENTED))
    assert lost == ({"# a line among tables, which touches none", "# 0b3738"} if name == "toml-sort" else set())


@pytest.mark.readers
@pytest.mark.parametrize("name", SAFE)
def test_a_formatter_keeps_numbers_and_arrays(name: str, tidied: Any) -> None:
    """No digit is lost, and no array is sorted."""
    after = tidied(name, COMMENTED)
    assert tomli.loads(after, parse_float=str) == tomli.loads(COMMENTED, parse_float=str)
    assert re.search(r"(?m)^value = 9\.50$", after)


@pytest.mark.readers
def test_sorted_arrays_are_other_arrays(tidied: Any, tmp_path: Path) -> None:
    """``toml-sort --all`` sorts arrays as texts, as the reference warns: the check finds the reversed range, and nobody the changed preference."""
    after = tidied("toml-sort -a", COMMENTED)
    assert "range = [10, 9]" in after
    assert 'prefer = ["a", "b"]' in after
    assert "reversed-range" in judged(after, tmp_path)[1]


@pytest.mark.readers
def test_tombi_keeps_a_translation_beside_its_text(tidied: Any) -> None:
    """With the schema, tombi puts the second language right behind the first; without being told it would read TOML 1.0."""
    after = tidied("tombi", COMMENTED.replace("unit = ", "baseline = {\n  period = 2020,\n  value = 1,\n}\nunit = ", 1))
    assert 'name = "A"\nvi.name = "Á"\nvi.unit = "sản phẩm"\n' in after


# ---------------------------------------------------------------- the hook

HOOKS = ROOT / ".pre-commit-hooks.yaml"


def hook() -> dict[str, str]:
    """The one hook of the repository, whose file has a line a key."""
    lines = HOOKS.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("- ")] == ["- id: targettrack-check"]
    return dict(line[2:].split(": ", 1) for line in lines if line.strip())


def test_the_hook_names_a_command_that_is_installed() -> None:
    """Its entry begins with a script that the package installs, as its language promises; and the reference names it."""
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    script, command, *_ = shlex.split(hook()["entry"])
    assert script in project["scripts"]
    assert run(command, "--help").returncode == 0
    assert hook()["language"] == "python"
    assert f"`{hook()['id']}`" in run("help", "checking").stdout


def test_the_hook_is_called_as_it_expects() -> None:
    """The check reads what is staged of the folder, takes no file names, and is run where a program was only removed, too."""
    assert {
        "pass_filenames": "false",
        "always_run": "true",
        "entry": "targettrack check --staged",
    }.items() <= hook().items()


def test_the_hook_runs(tmp_path: Path) -> None:
    """In a repository of programs it lets sound ones pass in silence, and refuses others with the place and the reason."""
    words = shlex.split(hook()["entry"])[1:]
    (tmp_path / "targets").mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "targets" / "hanoi.toml").write_bytes((ROOT / "targets" / "hanoi.toml").read_bytes())
    subprocess.run(["git", "add", "--all"], cwd=tmp_path, check=True)
    assert run(*words, cwd=tmp_path).returncode == 0
    (tmp_path / "targets" / "broken.toml").write_bytes((HERE / "invalid" / "unknown-key.toml").read_bytes())
    subprocess.run(["git", "add", "--all"], cwd=tmp_path, check=True)
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert re.search(r"^targets/broken\.toml:\d+:\d+  error  unknown-key$", done.stdout, re.MULTILINE)


def git(*argv: str, cwd: Path) -> int:
    """The exit code of git, with a person and pre-commit's environments in a folder of the test's own."""
    own = {
        "PRE_COMMIT_HOME": str(cwd.parent / "environments"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    person = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    return subprocess.run(
        ["git", *person, *argv], cwd=cwd, env={**os.environ, **own}, capture_output=True, check=False
    ).returncode


@pytest.mark.readers
@pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed here")
@pytest.mark.skipif(
    not (ROOT / ".git").exists(), reason="pre-commit installs a hook from a repository, and this is none"
)
def test_pre_commit_holds_back_what_is_staged(tmp_path: Path) -> None:
    """The real framework installs the hook from this repository, lets sound programs pass, and refuses a broken one that is staged, whatever lies in the worktree."""
    work = tmp_path / "work"
    (work / "targets").mkdir(parents=True)
    (work / ".pre-commit-config.yaml").write_text(
        f"repos: [{{repo: '{ROOT}', rev: HEAD, hooks: [{{id: targettrack-check}}]}}]\n", encoding="utf-8"
    )
    shutil.copy(ROOT / "targets" / "hanoi.toml", work / "targets")
    assert git("init", "--quiet", cwd=work) == 0
    assert (
        subprocess.run(
            [sys.executable, "-m", "pre_commit", "install"], cwd=work, capture_output=True, check=False
        ).returncode
        == 0
    )
    assert git("add", "--all", cwd=work) == 0
    assert git("commit", "--quiet", "-m", "sound", cwd=work) == 0
    shutil.copy(HERE / "invalid" / "unknown-key.toml", work / "targets" / "broken.toml")
    assert git("add", "--all", cwd=work) == 0
    (work / "targets" / "broken.toml").unlink()
    assert git("commit", "--quiet", "-m", "broken", cwd=work) == 1
    assert git("rm", "--quiet", "--cached", "targets/broken.toml", cwd=work) == 0
    (work / "targets" / "broken.toml").write_text("targettrack = 1\n", encoding="utf-8")
    assert git("commit", "--quiet", "--allow-empty", "-m", "only in the worktree", cwd=work) == 0
