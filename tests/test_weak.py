"""Weaknesses: each small program in ``weak/`` gives exactly its warnings on its day; one without warnings has an empty ``.txt``.

``CODE.toml``, ``CODE-variant.toml``: what must be said. ``CODE-not….toml``: what is near it, and must not be said.
A line: ``LINE:COLUMN CODE MESSAGE | HINT``.
"""

from __future__ import annotations

import ast
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from support import HERE, aim, load, problems, tries
from targettrack import formats, registry
from targettrack.cli import check
from targettrack.formats import _json_text, github
from targettrack.formats._look import Look
from targettrack.pages import check as checking
from targettrack.pages import contract
from targettrack.pages.check import codes, softened, weaknesses
from targettrack.pages.check.weaknesses import CHECKS, UNNEEDED, documents, entered, measured, promised
from targettrack.store import load as loading
from targettrack.text import NBSP
from test_invalid import line
from test_laws import DAYS, program
from test_laws import documents as any_document
from test_shown import programs, quoted, texts, unsafe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from targettrack.errors import Problem
    from targettrack.pages.check import Findings
    from targettrack.program.shelf import Loaded

FOLDER = HERE / "weak"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
CODES = sorted(each.code for each in CHECKS)
ALLOWED = sorted(each.code for each in CHECKS if each.severity == "warning")
GRAVE = {each.code for each in CHECKS if each.severity == "error"}
"""What is an error although the program is read, and cannot be allowed."""
NEAR = sorted(name for name in NAMES if re.search(r"-not(-|$)", name.removeprefix("not-")))
"""The programs that are near a weakness and have none."""

HEAD = 'targettrack = 1\n[program]\nname = "P"\n'
SCHEMA = Draft202012Validator(contract.schema("check"))
some = settings(tries(60), suppress_health_check=list(HealthCheck))


def day(text: str) -> date:
    """The day of a program, from its first line."""
    return date.fromisoformat(text.partition("\n")[0].removeprefix("# on "))


def weak(loaded: Loaded, on: date) -> tuple[Problem, ...]:
    """The weaknesses of a program, in the order in which they are shown."""
    return checking.findings(list(check.weak(loaded, on)), 1).problems


def said(found: Sequence[Problem]) -> list[str]:
    """Problems as lines, with plain spaces."""
    return [line(problem).replace(NBSP, " ") for problem in found]


def stored(name: str) -> tuple[Loaded, str]:
    """The program of a name, and its text."""
    path = FOLDER / f"{name}.toml"
    loaded = loading.load(path)
    assert loaded is not None
    return loaded, path.read_text(encoding="utf-8")


def expected(name: str) -> list[str]:
    """The lines that a program must give."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def given_codes(name: str) -> list[str]:
    """The codes that a program must give."""
    return [text.split()[1] for text in expected(name)]


def weak_in(text: str, on: str = "2026-11-22") -> list[str]:
    """The codes of the weaknesses that a text has on a day."""
    return [problem.code for problem in weak(load(text), date.fromisoformat(on))]


# ---------------------------------------------------------------- the programs


@pytest.mark.parametrize("name", NAMES)
def test_messages(name: str) -> None:
    """A program gives exactly its warnings, in the order of the file."""
    loaded, text = stored(name)
    assert said(weak(loaded, day(text))) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_places(name: str) -> None:
    """A weakness stands in the line that it shows, and its end is not before its beginning."""
    loaded, text = stored(name)
    for problem in weak(loaded, day(text)):
        assert (problem.severity, problem.file) == (
            "error" if problem.code in GRAVE else "warning",
            str(FOLDER / f"{name}.toml"),
        )
        inside(problem, text)


def inside(problem: Problem, text: str) -> None:
    """A problem's place lies in the text."""
    assert problem.line
    assert problem.column
    assert problem.end_line
    assert problem.end_column
    lines = text.split("\n")
    assert problem.source_line == lines[problem.line - 1].removesuffix("\r")
    assert (problem.line, problem.column) < (problem.end_line, problem.end_column)
    assert problem.end_line <= len(lines)
    assert problem.column <= len(problem.source_line)
    assert problem.end_column <= len(lines[problem.end_line - 1]) + 1


def test_every_program_has_its_messages() -> None:
    """No program is without its messages, and no messages without a program."""
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(NAMES)


def test_a_program_is_named_after_its_code() -> None:
    """A program's name begins with a code, which it gives; one that is near a weakness gives no warning of it."""
    for name in set(NAMES) - {"sound"}:
        code = max((code for code in (*CODES, UNNEEDED) if name == code or name.startswith(f"{code}-")), key=len)
        assert (code in given_codes(name)) is (name not in NEAR)


@pytest.mark.parametrize("code", [*CODES, UNNEEDED])
def test_every_weakness_has_a_program(code: str) -> None:
    """Each code has a program that gives it, and one that is near and does not."""
    assert code in given_codes(code)
    assert code not in given_codes(f"{code}-not")


def test_a_sound_program_is_silent() -> None:
    """There is a program of every shape of promise that has nothing to be warned of, today and a year ago."""
    loaded, _ = stored("sound")
    assert expected("sound") == []
    assert said(weak(loaded, date(2026, 7, 1))) == []


def test_every_message_of_the_sources_is_in_a_program() -> None:
    """No sentence about a weakness is without a program that provokes it: its fixed words stand in some message."""
    told = "\n".join(text for name in NAMES for text in expected(name))
    for module in (weaknesses, documents, promised, entered, measured):
        for words in sentences(module):
            assert words in told, words


def sentences(module: ModuleType) -> set[str]:
    """The fixed words, three or more in a row, of the texts that a module yields."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    means = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Check"
        for part in ast.walk(node.args[1])
    }
    found = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | means
    }
    return {words.strip() for text in found for words in re.split(r"\{\w+\}", text) if words.count(" ") >= 3}


def test_the_order_is_the_same_in_every_run() -> None:
    """Two weaknesses of one place come in the same order, whatever order Python's sets have."""
    parts = [
        ("area", "rural", 60),
        ("area", "urban", 70),
        ("sex", "female", 55),
        ("sex", "male", 56),
        ("size", "small", 99),
        ("size", "large", 98),
    ]
    actuals = [f'period = 2020; value = {value}; disaggregation = {{ {key} = "{part}" }}' for key, part, value in parts]
    text = aim("increase", "by = 2018; value = 1", "period = 2020; value = 100", *actuals, unit="people")
    code = "import sys; from datetime import date; from support import load; from test_weak import weak, said; print(*said(weak(load(sys.stdin.read()), date(2026, 11, 22))), sep='\\n')"
    printed = {run_with_seed(code, text, seed) for seed in range(1, 5)}
    assert len(printed) == 1
    assert next(iter(printed)).count("parts-differ") == 3


def run_with_seed(code: str, text: str, seed: int) -> str:
    """What some Python prints where sets have another order."""
    env = {
        **os.environ,
        "PYTHONHASHSEED": str(seed),
        "PYTHONPATH": os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    return subprocess.run(
        [sys.executable, "-c", code], input=text, env=env, capture_output=True, encoding="utf-8", check=True
    ).stdout


# ---------------------------------------------------------------- more of one place


def many(*actuals: str, **more: str) -> list[str]:
    """The codes of a program without documents, but for those about documents."""
    found = weak_in(aim("increase", "by = 2025; value = 1", *actuals, **{"unit": "t", **more}))
    return [code for code in found if code not in {"no-source", "no-address", "undated-source", "unused-source"}]


@pytest.mark.parametrize(
    ("actuals", "codes"),
    [
        (["period = 2025; value = 5"] * 3, ["recorded-twice", "recorded-twice"]),
        (["period = 2025; value = 5", "period = 2025; value = 6", "period = 2025; value = 5"], ["two-values", "recorded-twice", "two-values"]),
        (["period = 2025; value = 5; recorded = 2026-01-01", "period = 2025; value = 6; recorded = 2026-01-02"], []),
        (["period = 2025; value = 5", "period = 2025; value = 5; published = 2026-01-02"], []),
        (["period = 2025; range = [5, 6]", "period = 2025; range = [5.0, 6]"], ["recorded-twice"]),
        (["period = 2025; value = 5; approx = 'over'", "period = 2025; value = 5"], ["two-values"]),
        (["period = 2025; value = 5; approx = 'about'", "period = 2025; value = 5; disaggregation = { a = 'b' }"], []),
        (["period = '2025'; value = 5", "period = '2025-01/2025-12'; value = 5"], ["recorded-twice"]),
    ],
)  # fmt: skip
def test_records_of_one_period(actuals: list[str], codes: list[str]) -> None:
    """The same figure again, another figure, and what tells them apart; a third record is compared with both."""
    assert many(*actuals) == codes


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ((5, 50), ["50"]),
        ((50, 5), ["5"]),
        ((5, 49.9), []),
        ((-5, 50), ["50"]),
        ((0.3, 0), []),
        ((5, 500, 6), ["500"]),
        ((5, 500, 600), ["500"]),
        ((5, 500, 4, 450), ["500", "450"]),
        ((5, 50, 500), ["50", "500"]),
        ((500, 5, 5, 500), ["5", "500"]),
    ],
)  # fmt: skip
def test_tenfold_names_the_odd_figure_once(values: tuple[float, ...], odd: list[str]) -> None:
    """A leap is the later figure's; one that leaps back to where the series was is not named a second time."""
    actuals = [f"period = {2026 - len(values) + place}; value = {value}" for place, value in enumerate(values)]
    found = weak(load(aim("increase", "by = 2000; value = 100", *actuals, unit="t")), date(2026, 11, 22))
    assert [(problem.source_line or "").partition("= ")[2] for problem in found if problem.code == "tenfold"] == odd


@pytest.mark.parametrize(
    ("baseline", "actual", "differs"),
    [
        ("34", "value = 34.23", False),
        ("34", "value = 34.5", False),
        ("34", "value = 34.51", True),
        ("34.2", "value = 34", False),
        ("34.23", "value = 34.2", False),
        ("34.27", "value = 34.2", True),
        ("1200", "value = 1234", True),
        ("30", "range = [31, 35]", True),
        ("30.4", "range = [31, 35]", True),
        ("30.5", "range = [31, 35]", False),
        ("30", "value = 28; approx = 'over'", False),
        ("30", "value = 31; approx = 'over'", True),
        ("30", "value = 28; approx = 'under'", True),
        ("30", "value = 25; approx = 'about'", False),
    ],
)  # fmt: skip
def test_a_baseline_may_be_rounded(baseline: str, actual: str, *, differs: bool) -> None:
    """A baseline differs from the actual of its period where no rounding of either explains it."""
    found = weak_in(
        aim(
            "increase",
            "by = 2030; value = 99",
            f"period = 2020; {actual}",
            indicator=f"baseline = {{ period = 2020, value = {baseline} }}",
            unit="t",
        )
    )
    assert ("baseline-differs" in found) is differs


@pytest.mark.parametrize(
    ("frequency", "newest", "stale"),
    [("year", "2024", False), ("year", "2023", True), ("half", "'2025-S2'", False), ("half", "'2025-S1'", True), ("quarter", "'2026-Q2'", False), ("quarter", "'2026-Q1'", True), ("month", "'2026-09'", False), ("month", "'2026-07'", True)],
)  # fmt: skip
def test_one_period_may_be_missing(frequency: str, newest: str, *, stale: bool) -> None:
    """A series is stale when two whole periods have ended without a figure; one may not be published yet."""
    found = weak_in(
        aim(
            "increase",
            "by = 2030; value = 99",
            f"period = {newest}; value = 5",
            indicator=f'frequency = "{frequency}"',
            unit="t",
        )
    )
    assert ("stale-series" in found) is stale


@pytest.mark.parametrize(
    ("on", "code"),
    [("2015-12-31", set()), ("2016-01-01", {"no-result", "not-searched"}), ("2020-06-30", {"no-result"}), ("2021-06-30", {"no-result"}), ("2021-07-01", {"no-result", "not-searched"})],
)  # fmt: skip
def test_the_day_decides(on: str, code: set[str]) -> None:
    """A deadline passes at the end of its last day, and a search counts for a year: what is weak is judged as known on the day."""
    text = aim(
        "increase",
        "by = 2015; value = 9",
        "period = 2010; value = 5",
        indicator="searched = 2020-06-30" if on > "2020" else "",
        unit="t",
    )
    assert set(weak_in(text, on)) & {"no-result", "not-searched"} == code


def test_nothing_is_found_on_a_file_that_says_nothing() -> None:
    """A program with neither indicators nor promises has no weakness."""
    assert weak_in(HEAD) == []


# ---------------------------------------------------------------- allowing


def allowing(text: str, *allowed: str) -> str:
    """A program that allows some weaknesses."""
    return text + "\n[check.allow]\n" + "".join(f'"{code}" = "it is so"\n' for code in allowed)


@pytest.mark.parametrize("code", ALLOWED)
def test_allow_switches_off_its_code(code: str) -> None:
    """What is allowed is not reported any more, everything else is, at its place."""
    loaded, text = stored(code)
    before = [entry for entry in said(weak(loaded, day(text))) if entry.split()[1] != code]
    assert said(weak(load(allowing(text, code)), day(text))) == before


@pytest.mark.parametrize("code", ALLOWED)
def test_allow_that_is_not_needed(code: str) -> None:
    """An allowance of what does not occur is reported, in its line, with what to do."""
    _, text = stored("sound")
    (problem,) = weak(load(allowing(text, code)), day(text))
    assert (problem.code, problem.message, problem.hint) == (
        UNNEEDED,
        f'"{code}" is allowed, but does not occur',
        "delete the line",
    )
    assert problem.source_line == f'"{code}" = "it is so"'


def test_an_allowance_is_marked_at_the_code() -> None:
    """What is wrong is the code, not the reason behind it."""
    _, text = stored("sound")
    (problem,) = weak(load(allowing(text, "steep")), day(text))
    assert (problem.column, problem.end_column) == (1, 1 + len('"steep"'))


@pytest.mark.parametrize("code", sorted(softened.MEANS))
def test_allow_of_what_git_would_tell(code: str) -> None:
    """What only a comparison finds may be allowed without it."""
    _, text = stored("sound")
    assert weak(load(allowing(text, code)), day(text)) == ()


def test_allow_all() -> None:
    """Every code at once: only those are reported that do not occur."""
    _, text = stored("no-source")
    found = weak(load(allowing(text, *ALLOWED)), day(text))
    assert {problem.code for problem in found} == {UNNEEDED}
    assert len(found) == len(ALLOWED) - len(set(given_codes("no-source")))


def test_allow_of_a_spare_allowance() -> None:
    """A weakness that comes and goes with the day may stay allowed, if that is allowed; where nothing is spare, that itself is."""
    _, text = stored("sound")
    assert weak(load(allowing(text, "steep", UNNEEDED)), day(text)) == ()
    (problem,) = weak(load(allowing(text, UNNEEDED)), day(text))
    assert (problem.code, problem.message) == (UNNEEDED, f'"{UNNEEDED}" is allowed, but does not occur')


@pytest.mark.parametrize("wrong", [code for code in ALLOWED if len(code) > 7])
def test_allow_of_a_misspelled_code(wrong: str) -> None:
    """A code with a letter missing is suggested as it should be."""
    _, text = stored("sound")
    (problem,) = weak(load(allowing(text, wrong[:3] + wrong[4:])), day(text))
    assert (problem.message, problem.hint) == (
        f'there is no weakness "{wrong[:3] + wrong[4:]}"',
        f'did you mean "{wrong}"?',
    )


@pytest.mark.parametrize("code", sorted(codes.ERRORS))
def test_an_error_is_never_allowed(code: str) -> None:
    """The code of an error is no weakness: to allow it does nothing, and says so."""
    _, text = stored("sound")
    (problem,) = weak(load(allowing(text, code)), day(text))
    assert problem.message == f'there is no weakness "{code}"'


def test_errors_stay_errors(tmp_path: Path) -> None:
    """A file with an error gives it, whatever is allowed."""
    path = tmp_path / "p.toml"
    path.write_text(allowing(HEAD + "plcae = 1\n", "unknown-key"), encoding="utf-8")
    assert [problem.code for problem in problems(path)] == ["unknown-key"]


# ---------------------------------------------------------------- any program


def sound(found: Sequence[Problem], text: str) -> None:
    """Problems have codes that are known, and places in the text; all three outputs of them are valid, and let nothing through."""
    page = checking.findings(list(found), 1)
    known = {code for code, _, _ in codes.catalogue()}
    for problem in page.problems:
        assert problem.code in known
        inside(problem, text)
    outputs = printed(page)
    document = json.loads(outputs["json"])
    SCHEMA.validate(document)
    assert [entry["code"] for entry in document["problems"]] == [problem.code for problem in page.problems]
    for output in outputs.values():
        assert unsafe(output) == []
    commands = outputs["github"].split("\n")[:-1]
    assert len(commands) == len(page.problems)
    assert all(
        re.match(
            r"::(?:error|warning) file=[^:,\s]*,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=targettrack [a-z0-9-]+::\S",
            command,
        )
        for command in commands
    )


def printed(page: Findings) -> dict[str, str]:
    """A page in each of its formats."""
    drawn = io.StringIO()
    registry.module(formats, "table").render(page, drawn, Look(width=80))
    return {
        "text": drawn.getvalue(),
        "json": _json_text.pretty(page.document()),
        "github": "".join(f"{command}\n" for command in github.commands(page)),
    }


def broken(text: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.toml")
        path.write_text(text, encoding="utf-8", newline="")
        return problems(path)


@some
@given(any_document(), DAYS)
def test_any_figures(document: dict[str, Any], on: date) -> None:
    """Whatever the targets, figures and days, the check ends, and says things at their places."""
    if program(document) is None:
        return
    text = tomli_w.dumps(document)
    sound(list(check.weak(load(text), on)), text)


@some
@given(programs(), st.lists(texts, max_size=2))
def test_any_texts(text: str, allowed: list[str]) -> None:
    """Whatever the texts, also those of allowances, nothing raw gets through."""
    more = text + "\n[check.allow]\n" + "".join(f"{quoted(code)} = {quoted(code)}\n" for code in dict.fromkeys(allowed))
    sound(list(check.weak(load(more), date(2026, 11, 22))), more)


@some
@given(texts, texts)
def test_any_errors(one: str, other: str) -> None:
    """The same of files with errors, at each of which a text stands."""
    text = f"""\
targettrack = 1
{quoted(one)} = 1
[program]
name = "P"
{quoted(other)} = {quoted(one)}
[sources.{quoted(one)}]
title = ""
[indicators.i]
name = "I"
unit = {quoted("u" + one)}
direction = {quoted(other)}
prefer = [{quoted(one)}]
baseline = {{ period = {quoted(other)}, value = {quoted(one)}, source = {quoted(other)} }}
[[actuals]]
indicator = {quoted(other)}
period = 2020
value = true
source = {quoted(one)}
disaggregation = {{ {quoted(one)} = 1 }}
[check.allow]
{quoted(one)} = 1
"""
    found = broken(text)
    assert len(found) >= 8
    sound(found, text)
