"""Golden files of ``changes``: how Hanoi's goalposts moved, from a repository whose commits are the program as it could have been written on three days.

``pytest tests/test_moved.py --update-golden`` writes them anew.
"""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import tomli_w

from repository import CLEAN, LE, TRAN, Repository
from support import HERE, load, run
from targettrack.assessment import figures
from targettrack.program.model import set_date
from terminal import on_terminal, screen

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

GOLDEN = HERE / "golden" / "changes"
DAYS = (("2017-11-01", "Nguyễn Văn An"), ("2018-02-01", LE), ("2020-12-31", TRAN))
SHARES = ("output-share", "export-share")
KEYS = {
    "name",
    "unit",
    "direction",
    "frequency",
    "prefer",
    "title",
    "publisher",
    "published",
    "document",
    "indicator",
    "period",
    "by",
    "value",
    "range",
    "approx",
    "strict",
    "standing",
    "set_on",
    "series_break",
    "source",
}
"""What the story is made of: a note that is written later changes no commit."""


def as_of(text: str, day: date) -> str:
    """The file as it could have been written on a day: both shares with their targets for 2020 and 2025, without what was published or set later."""
    document, program = tomllib.loads(text, parse_float=Decimal), load(text).program

    def kept(table: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in table.items() if key in KEYS}

    indicators = {id: kept(document["indicators"][id]) for id in SHARES}
    for id, indicator in indicators.items():
        both = zip(document["indicators"][id]["targets"], program.indicators[id].targets, strict=True)
        indicator["targets"] = [
            kept(table)
            for table, target in both
            if str(target.by) in {"2020", "2025"} and (made := set_date(program.sources, target)) and made <= day
        ]
    pairs = zip(document["actuals"], program.document.actuals, strict=True)
    actuals = [
        kept(table)
        for table, actual in pairs
        if actual.indicator in SHARES and figures.known(actual, figures.published(actual, program.sources), day)
    ]
    used = {
        table["source"]
        for table in (*actuals, *(target for indicator in indicators.values() for target in indicator["targets"]))
    }
    sources = {id: kept(table) for id, table in document["sources"].items() if id in used}
    return tomli_w.dumps(
        {
            "targettrack": 1,
            "program": kept(document["program"]),
            "sources": sources,
            "indicators": indicators,
            "actuals": actuals,
        }
    )


@pytest.fixture(scope="module")
def hanoi(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The repository."""
    repository = Repository(tmp_path_factory.mktemp("moved") / "repository")
    repository.targets.mkdir(parents=True)
    repository.git("init", "--quiet", "--initial-branch=main", "--object-format=sha1")
    text = (HERE.parent / "targets/hanoi.toml").read_text(encoding="utf-8")
    for day, author in DAYS:
        repository.write(as_of(text, date.fromisoformat(day)), "hanoi")
        repository.commit(day, author, message=f"Hanoi as of {day}")
    return repository


WHOLE, ADOPTED = ("2017-11-01", "2020-12-31"), ("2017-11-01", "2018-02-01")
CASES = [
    *((f"hanoi.{columns}.txt", WHOLE, columns, "table") for columns in (120, 80, 50, 25)),
    ("hanoi.piped.txt", WHOLE, None, "table"),
    ("hanoi.ascii.txt", WHOLE, 100, "table"),
    ("hanoi.md", WHOLE, None, "markdown"),
    ("hanoi.json", WHOLE, None, "json"),
    ("hanoi-adopted.120.txt", ADOPTED, 120, "table"),
]  # fmt: skip


def printed(
    hanoi: Repository, days: tuple[str, str], columns: int | None, format: str, *, ascii_only: bool = False
) -> str:
    """What ``changes`` prints from one day to another."""
    argv = ("changes", "--since", days[0], "--until", days[1], "--format", format, "--targets", "targets")
    env = {**CLEAN, **({"PYTHONIOENCODING": "ascii"} if ascii_only else {})}
    if columns is not None:
        return on_terminal(*argv, columns=columns, cwd=hanoi.top, env=env)
    done = run(*argv, cwd=hanoi.top, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(("name", "days", "columns", "format"), CASES, ids=[name for name, *_ in CASES])
def test_prints_the_golden_text(
    hanoi: Repository,
    name: str,
    days: tuple[str, str],
    columns: int | None,
    format: str,
    request: pytest.FixtureRequest,
) -> None:
    """``changes`` prints, byte for byte, the text that was read and found right; on a screen so wide no line is broken or cut."""
    text = printed(hanoi, days, columns, format, ascii_only="ascii" in name)
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="")
    assert text == (GOLDEN / name).read_bytes().decode("utf-8")
    if columns is not None and columns >= 25:
        assert screen(text, columns=columns) == [line.rstrip() for line in text.rstrip("\n").split("\n")]


def test_no_golden_file_is_left_over() -> None:
    """Every golden file belongs to a case."""
    assert {path.name for path in GOLDEN.iterdir()} == {name for name, *_ in CASES}
