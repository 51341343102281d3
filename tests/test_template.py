"""New program files: an example in which every status stands, whatever the year, and the beginning of every kind of promise, which works as soon as something is written for each placeholder."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import run
from targettrack.assessment.report import program_rows
from targettrack.assessment.status import STATUSES
from targettrack.cli import _programs
from targettrack.errors import TargettrackError
from targettrack.program import template
from targettrack.program.model import Program
from targettrack.program.reading import PLACEHOLDER
from targettrack.store import load

BLOCKS = template.empty("P").split("\n# ---- ")[1:]
"""The blocks behind a #, the source first; each with its heading."""

WRITTEN = {
    "name": '"N"',
    "title": '"T"',
    "publisher": '"O"',
    "text": '"W"',
    "unit": '"firms"',
    "published": "2020",
    "url": '"https://example.org"',
    "from": "2021",
    "by": "2025",
    "period": "2020",
    "value": "45",
    "times_baseline": "0.5",
}
"""Something for each key."""


def program(text: str) -> Program:
    """A file's text as a program; it must be sound."""
    loaded = load.of_text(Path("p.toml"), text)
    assert loaded is not None
    return loaded.program


def codes(text: str) -> list[str]:
    """What is wrong with a text, by its codes."""
    with pytest.raises(TargettrackError) as raised:
        load.of_text(Path("p.toml"), text)
    return [problem.code for problem in raised.value.problems]


def taken(block: str) -> str:
    """A block without the # before its lines, and without its heading."""
    return "\n".join(line.removeprefix("# ") for line in block.splitlines()[1:] if line.startswith("# "))


def filled(text: str) -> str:
    """The same with something for each placeholder."""
    text = text.replace('["…", "…"]', "[30, 35]")
    return re.sub(r'(\w+) = "…"', lambda match: f"{match[1]} = {WRITTEN[match[1]]}", text)


@given(st.dates(date(1906, 1, 1), date(2900, 12, 31)))
def test_the_example_has_every_status(day: date) -> None:
    """On every day of the year in which it is made, each once."""
    rows = program_rows(program(template.example(day.year)), day, _programs.method("linear"))
    assert sorted(row.status for row in rows) == sorted(STATUSES)


def test_the_example_says_which_is_which() -> None:
    """The comment beside an indicator is the status that it has."""
    text = template.example(2026)
    said = {
        id: words.replace(" ", "_")
        for id, words in re.findall(r"(?m)^\[indicators\.([\w-]+)\] +# ([a-z ]+?)(?::.*)?$", text)
    }
    rows = program_rows(program(text), date(2026, 12, 1), _programs.method("linear"))
    assert said == {row.indicator_id: row.status for row in rows if row.indicator_id}


@pytest.mark.parametrize(
    "place", range(1, len(BLOCKS)), ids=[block.split("\n")[0].split(":")[0] for block in BLOCKS[1:]]
)
def test_each_beginning_works(place: int) -> None:
    """With its source, and something written for each placeholder, it is a sound program; with nothing written each placeholder is named, and nothing else."""
    heads = 'targettrack = 1\n[program]\nname = "P"\n'
    needed = [BLOCKS[0], *([BLOCKS[1]] if "[[actuals]]" in BLOCKS[place] else []), BLOCKS[place]]
    text = heads + "\n".join(map(taken, needed)) + "\n"
    assert PLACEHOLDER in text
    whole = program(filled(text))
    assert len(whole.indicators) + len(whole.document.promises) == 1
    assert {*codes(text)} == {"placeholder-left"}
    lines = [line for line in text.splitlines() if '"…"' in re.sub(r"#.*", "", line)]
    assert len(codes(text)) >= len(lines)


def test_every_shape_has_a_beginning() -> None:
    """Of every key that makes a kind of promise one is there."""
    text = template.empty("P")
    for key in ("value = ", "range = ", "times_baseline = ", "improve = true", "every = ", 'aggregate = "sum"', 'aggregate = "mean"', "strict = true", "value = true", "disaggregation = ", 'standing = "proposed"', 'direction = "maintain"', "[[promises]]", "[[actuals]]"):  # fmt: skip
        assert key in text


@pytest.mark.parametrize("text", ["…", " … ", "……"])
def test_a_placeholder_is_no_text(text: str) -> None:
    """Dots alone are not what a document says; among words they are."""
    file = f'targettrack = 1\n[program]\nname = "P"\nnote = "{text}"\n'
    assert len(codes(file)) == 1
    assert program(file.replace(text, f"to be continued {text}")).header.note


def test_a_placeholder_is_told_at_its_line(tmp_path: Path) -> None:
    """Every command names it, with what to do, and the documented exit code."""
    assert run("new", "p", cwd=tmp_path).returncode != 0
    assert run("init", "--name", "Tên ‘mẫu’", cwd=tmp_path).returncode == 0
    assert run("new", "p", cwd=tmp_path).returncode == 0
    path = tmp_path / "targets" / "p.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('# place = "…"', 'place = "…"'), encoding="utf-8")
    done = run("status", "p", cwd=tmp_path)
    assert done.returncode == 4
    assert "p.toml:5" in done.stderr
    assert "is still a placeholder" in done.stderr
    assert run("list", cwd=tmp_path).stdout.count("Tên ‘mẫu’") == 1
