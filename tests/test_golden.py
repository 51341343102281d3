"""Golden files: what every command prints, in every format and at every width, compared with a file that somebody has read.

``pytest tests/test_golden.py --update-golden`` writes them anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from support import HERE, run
from terminal import COLOURS_16, COLOURS_256, on_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GOLDEN = HERE / "golden"
DAY = "2026-11-22"
ELSEWHERE = ("changes/", "charts/", "check/", "explain/", "pages/", "receipts/", "status-hanoi.svg")
"""The folders whose files other tests compare."""
ENDINGS = {"json": "json", "jsonl": "jsonl", "csv": "csv", "markdown": "md"}


@dataclass(frozen=True)
class Case:
    """A file and the command that prints it; ``columns`` is the terminal's width, None for a pipe."""

    name: str
    argv: tuple[str, ...]
    columns: int | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = GOLDEN

    def printed(self) -> str:
        """What the command prints on the golden day."""
        argv = (*self.argv, "--on", DAY)
        if self.columns is not None:
            return on_terminal(*argv, columns=self.columns, cwd=self.cwd, env=self.env)
        result = run(*argv, cwd=self.cwd, env=self.env)
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout


def _tables(name: str, *argv: str, columns: tuple[int, ...]) -> list[Case]:
    widths = [Case(f"{name}.{width}.txt", argv, columns=width) for width in columns]
    return [Case(f"{name}.piped.txt", argv), *widths]


def _inks(name: str, *argv: str) -> list[Case]:
    """On a terminal that shows ASCII alone, one of 256 colours, and one of 16."""
    ascii_only = Case(f"{name}.ascii.txt", argv, columns=100, env={"PYTHONIOENCODING": "ascii"})
    return [
        ascii_only,
        Case(f"{name}.256-colours.txt", argv, columns=100, env=COLOURS_256),
        Case(f"{name}.16-colours.txt", argv, columns=100, env=COLOURS_16),
    ]


def _data(name: str, *argv: str) -> list[Case]:
    return [Case(f"{name}.{ending}", (*argv, "--format", format)) for format, ending in ENDINGS.items()]


def _shipped(*cases: Case) -> list[Case]:
    """The cases on the programs that ship, which no version control is asked about."""
    return [
        replace(case, cwd=HERE.parent, env={**case.env, "GIT_CEILING_DIRECTORIES": str(HERE.parent)}) for case in cases
    ]


def _stories() -> list[Case]:
    """The stories of the programs that ship, in both languages: Hanoi's targets for 2020 and 2025, and the counts of supporting enterprises that were lowered from year to year."""
    stories = {
        "status-hanoi": ("status", "hanoi/output-share", "hanoi/export-share", "--due", "2020/2025"),
        "status-hanoi-original": ("status", "hanoi/output-share", "hanoi/export-share", "--against", "original"),
        "show-hanoi": ("show", "hanoi/output-share"),
        "history-hanoi": ("history", "hanoi/output-share"),
        "cite-hanoi-2020": ("cite", "hanoi/export-share", "--target", "2020"),
        "cite-hanoi-2025": ("cite", "hanoi/output-share", "--target", "2025"),
        "status-support": ("status", "hanoi-support/standard", "hanoi-support/standard-share"),
        "show-support": ("show", "hanoi-support/standard"),
        "history-support": ("history", "hanoi-support/standard"),
        "cite-support": ("cite", "hanoi-support/standard"),
    }
    return [
        Case(f"stories/{name}.{code}.{width}.txt", argv, columns=width, env={"TARGETTRACK_LANG": code})
        for name, argv in stories.items()
        for code in ("en", "vi")
        for width in (100, 60)
    ]


WIDTHS = (120, 80, 50, 40, 25)
SHIPPED = sorted(path.stem for path in (HERE.parent / "targets").glob("*.toml"))
CASES = [
    *(Case(f"shipped/{program}.json", ("status", program, "--json"), cwd=HERE.parent) for program in SHIPPED),
    *_tables("status-all", "status", columns=(120,)),
    *_tables("status-statuses", "status", "statuses", columns=WIDTHS),
    *_tables("status-shapes", "status", "shapes", columns=WIDTHS),
    *_tables("status-texts", "status", "texts", columns=(120, 50, 25)),
    *_tables("status-sorted", "status", "shapes", "--sort", "gap", "--only", "missed,exceeded", columns=(80,)),
    *_inks("status-statuses", "status", "statuses"),
    *_inks("status-shapes", "status", "shapes"),
    *_inks("status-texts", "status", "texts"),
    *_tables("list", "list", columns=WIDTHS),
    *_inks("list", "list"),
    *_tables("show-shapes", "show", "shapes", columns=(120, 80, 40)),
    *_tables("show-texts", "show", "texts", columns=(80,)),
    *_tables("show-output", "show", "shapes/output", columns=WIDTHS),
    *_inks("show-output", "show", "shapes/output"),
    *(Case(f"show-{id}.120.txt", ("show", f"shapes/{id}"), columns=120) for id in ("poverty", "balance", "temperature", "inflation", "local-share", "law", "houses", "accidents", "context")),
    *(Case(f"show-{id}.{width}.txt", ("show", f"shapes/{id}"), columns=width) for id in ("poverty", "houses", "balance") for width in (80, 50)),
    *_inks("show-houses", "show", "shapes/houses"),
    *_inks("show-poverty", "show", "shapes/poverty"),
    *_tables("show-small", "show", "texts/small", columns=(120, 50)),
    *_tables("show-long", "show", "texts/a-very-long-indicator-id-that-nobody-would-type-twice", columns=(120, 50)),
    *_data("status-all", "status"),
    *_data("list", "list"),
    *_data("show-shapes", "show", "shapes"),
    *_data("show-texts", "show", "texts"),
    *_shipped(
        *_stories(),
        *_tables("history-output-share", "history", "hanoi/output-share", columns=(120, 80, 50, 25)),
        *_inks("history-output-share", "history", "hanoi/output-share"),
        *_data("history-output-share", "history", "hanoi/output-share"),
        *_tables("history-products", "history", "hanoi/products", columns=(120, 80, 50)),
        *_tables("history-products-quarters", "history", "hanoi/products", "--every", "quarter", columns=(120, 50)),
        *_tables("history-enterprises", "history", "hanoi-support/enterprises", columns=(120, 80, 50)),
        *_tables("cite-output-share", "cite", "hanoi/output-share", columns=(120, 80, 50)),
        *_tables("cite-products", "cite", "hanoi/products", columns=(120, 80, 50)),
        *_tables("cite-enterprises", "cite", "hanoi-support/enterprises", columns=(120, 80, 50)),
        Case("cite-recognitions.md", ("cite", "hanoi/recognitions", "--format", "markdown")),
        Case("cite-recognitions.json", ("cite", "hanoi/recognitions", "--json")),
        Case("cite-park.piped.txt", ("cite", "binh-duong/park")),
        Case("cite-growth.piped.txt", ("cite", "hanoi/growth")),
        Case("cite-open.piped.txt", ("cite", "khanh-hoa/output-share")),
    ),
    *_tables("history-output", "history", "shapes/output", columns=(80,)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_prints_the_golden_text(case: Case, request: pytest.FixtureRequest) -> None:
    """A command prints, byte for byte, the text that was read and found right."""
    path = GOLDEN / case.name
    printed = case.printed()
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(printed, encoding="utf-8", newline="")
    assert printed == path.read_bytes().decode("utf-8")


def test_no_golden_file_is_left_over() -> None:
    """Every golden file belongs to a command."""
    found = {
        path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file() and path.suffix != ".toml"
    }
    assert {name for name in found if not name.startswith(ELSEWHERE)} == {case.name for case in CASES}
