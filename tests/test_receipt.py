"""The receipt: what ``add-actual`` prints once a figure is recorded, compared with files that somebody has read, and at every width.

``pytest tests/test_receipt.py --update-golden`` writes the files anew.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from support import HERE, LINEAR, load
from targettrack.assessment.status import STATUSES
from targettrack.formats import table
from targettrack.formats._look import Look
from targettrack.formats.table._sheet import sign
from targettrack.pages.add_actual import Receipt, receipt
from targettrack.period import partial_date
from targettrack.program.model import Source
from targettrack.recording import entry
from targettrack.recording import plan as planning
from targettrack.recording.entry import Row
from targettrack.recording.inputs import csv as _csv
from targettrack.store import load as loading
from targettrack.store import write
from targettrack.text import NBSP, ascii_only, cells
from terminal import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from targettrack.program.shelf import Loaded

GOLDEN = HERE / "golden" / "receipts"
DAY = date(2026, 11, 22)
FIXED_DAY = f"import datetime, sys; from targettrack.cli import _programs, main; _programs.day = lambda on: datetime.date({DAY.year}, {DAY.month}, {DAY.day}); sys.exit(main(['add-actual', *sys.argv[1:]]))"
"""The command on the golden day: nothing but the clock is replaced."""

LONG = (
    "river",
    "spending-on-the-banks-of-the-river",
    "1234567890123.45",
    "--period",
    "2025",
    "--disaggregation",
    "part=the left bank, from the bridge to the sea",
)
ARGV: dict[str, tuple[str, ...]] = {
    "flips": (
        "river",
        "output-share",
        "52.50",
        "--period",
        "2025",
        "--source",
        "gso-2026",
        "--source-title",
        "Yearbook 2025",
        "--source-published",
        "2026-06",
    ),
    "nothing": ("river", "output-share", "20.5", "--period", "2018", "--source", "yearbook-2021"),
    "revision": ("river", "output-share", "39", "--period", "2024", "--source", "yearbook-2024", "--revise"),
    "older": ("river", "output-share", "37", "--period", "2024", "--source", "yearbook-2021", "--revise"),
    "rival-loses": ("river", "forest", "46.0", "--period", "2024", "--source", "undated"),
    "rival-wins": ("river", "forest", "46.0", "--period", "2024", "--source", "paper"),
    "agrees": ("river", "forest", "44.1", "--period", "2024", "--source", "paper"),
    "context": ("river", "rain", "1204.5", "--period", "2025", "--source", "paper"),
    "already": ("river", "output-share", "31", "--period", "2019", "--source", "yearbook-2021"),
    "milestone": ("river", "law", "yes", "--period", "2025", "--source", "paper"),
    "range": ("river", "poverty", "3.2..3.3", "--period", "2025", "--source", "paper", "--quality", "estimate"),
    "unknown": ("river", "output-share", "52.50", "--period", "2025", "--source", "paper", "--published", "2027"),
    "sum": ("river", "recognitions", "35", "--period", "2025", "--source", "paper"),
    "long": (
        *LONG,
        "--source",
        "an-undated-page-of-the-office-for-the-river",
        "--source-title",
        "A page",
        "--approx",
        "about",
    ),
    "many": ("river", "--from", "targets/figures.csv"),
    "many-already": ("river", "--from", "-"),
}
SAME = b"indicator,period,value,source\noutput-share,2019,31,yearbook-2021\nforest,2024,44.10,yearbook-2024\n"


@dataclass(frozen=True)
class Case:
    """A file and the command that prints it; ``columns`` is the terminal's width, None for a pipe."""

    name: str
    argv: tuple[str, ...]
    columns: int | None = None
    env: Mapping[str, str] = field(default_factory=dict)

    def printed(self, folder: Path) -> str:
        """What the command prints on the golden day, in a folder of its own; it asks nothing."""
        shutil.copytree(GOLDEN / "targets", folder / "targets")
        command = [sys.executable, "-c", FIXED_DAY, *self.argv]
        if self.columns is None:
            done = subprocess.run(command, cwd=folder, capture_output=True, input=SAME, check=True)
            return done.stdout.decode()
        return on_terminal(command, columns=self.columns, cwd=folder, env=self.env)


def on_terminal(command: list[str], *, columns: int, cwd: Path, env: Mapping[str, str]) -> str:
    """What a command writes to a terminal so wide; warnings go elsewhere, and nobody answers."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **PLAIN, **env},
        stdin=subprocess.PIPE,
        stdout=side,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(side)
        assert process.stdin is not None
        process.stdin.write(SAME)
        process.stdin.close()
        data = b"".join(iter(lambda: _block(main), b""))
    os.close(main)
    assert process.returncode == 0
    return data.decode().replace("\r\n", "\n")


def _block(stream: int) -> bytes:
    try:
        return os.read(stream, 65536)
    except OSError:  # Linux says so that the other side is closed
        return b""


WIDTHS = (120, 80, 50, 25)
CASES = [
    case
    for name, argv in ARGV.items()
    for case in (
        Case(f"{name}.piped.txt", argv),
        *(Case(f"{name}.{width}.txt", argv, columns=width) for width in WIDTHS),
        Case(f"{name}.ascii.txt", argv, columns=100, env={"PYTHONIOENCODING": "ascii"}),
    )
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_prints_the_golden_text(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The receipt is, byte for byte, the text that was read and found right, and no terminal of its width wraps it."""
    path = GOLDEN / case.name
    printed = case.printed(tmp_path)
    if request.config.getoption("--update-golden"):
        path.write_text(printed, encoding="utf-8", newline="")
    assert printed == path.read_bytes().decode("utf-8")
    if case.columns is not None:
        assert too_wide(printed, case.columns, whole_words(page(case.argv))) == []


def test_no_golden_receipt_is_left_over() -> None:
    """Every golden receipt belongs to a command."""
    assert {path.name for path in GOLDEN.glob("*.txt")} == {case.name for case in CASES}


# ---------------------------------------------------------------- at every width


def page(argv: Sequence[str]) -> Receipt:
    """The receipt of a command, as a value."""
    words = list(argv)
    loaded = loading.load(GOLDEN / "targets" / "river.toml")
    assert loaded is not None
    loaded = replace(loaded, program=replace(loaded.program, file="targets/river.toml"))
    options = {
        words[place].removeprefix("--").replace("-", "_"): words[place + 1]
        for place, word in enumerate(words)
        if word.startswith("--") and word != "--revise"
    }
    described = {key.removeprefix("source_"): text for key, text in options.items() if key.startswith("source_")}
    published = partial_date(described["published"]) if "published" in described else None
    sources = {options["source"]: Source(title=described["title"], published=published)} if described else {}
    if "from" in options:
        read = (
            _csv.read(SAME, "stdin")
            if options["from"] == "-"
            else _csv.read((GOLDEN / options["from"]).read_bytes(), "figures.csv")
        )
        rows = [row._replace(values={"recorded": DAY.isoformat(), **row.values}) for row in read.rows]
    else:
        pairs = {"disaggregation": entry.pairs([options["disaggregation"]])} if "disaggregation" in options else {}
        given: dict[str, Any] = {key: text for key, text in options.items() if not key.startswith("source_")}
        rows = [Row({"indicator": words[1], "value": words[2], "recorded": DAY.isoformat(), **given, **pairs})]
    return recorded(loaded, rows, sources, revise="--revise" in words)


def recorded(loaded: Loaded, rows: Sequence[Row], sources: Mapping[str, Source], *, revise: bool = False) -> Receipt:
    """The receipt of some rows."""
    wanted = [found for row in rows for found, _ in [entry.wanted(row, loaded.program.indicators)] if found]
    plan = planning.plan(loaded.program, wanted, sources, revise=revise, today=DAY)
    return receipt(
        loaded, plan, write.appended(loaded.text, plan) if plan.added else None, (), DAY, LINEAR, dry_run=False
    )


def drawn(of: Receipt, look: Look) -> str:
    """The receipt as the table draws it."""
    out = io.StringIO()
    table.render(of, out, look)
    return out.getvalue()


def whole_words(of: Receipt) -> set[str]:
    """What stands between plain spaces: figures with their units, gaps, places in files; with signs, and as ASCII has them."""
    words = set(re.split(r"[ \n]+", drawn(of, Look())))
    plain = str.maketrans({sign(status, Look()): sign(status, Look(ascii=True)) for status in STATUSES})
    return words | {ascii_only(word.translate(plain)).replace(NBSP, " ") for word in words}


def too_wide(text: str, width: int, words: set[str]) -> list[str]:
    """The lines that are wider than that, but for those of a single word."""
    return [line for line in text.split("\n") if cells(line) > width and line.strip(" ") not in words]


@pytest.mark.parametrize("ascii_only", [False, True], ids=["signs", "ascii"])
@pytest.mark.parametrize("name", ARGV)
def test_lines_keep_to_the_width(name: str, ascii_only: bool) -> None:
    """At any width no line is wider than the terminal, but one that has a single word after its indent."""
    of = page(ARGV[name])
    words = whole_words(of)
    assert {
        width: lines
        for width in range(20, 131)
        if (lines := too_wide(drawn(of, Look(width=width, ascii=ascii_only)), width, words))
    } == {}


@pytest.mark.parametrize("ascii_only", [False, True], ids=["signs", "ascii"])
@pytest.mark.parametrize("name", ARGV)
def test_every_word_is_at_every_width(name: str, ascii_only: bool) -> None:
    """Whatever the width, the words are the same in the same order: no figure, unit, source or flag is cut, and none is dropped."""
    of = page(ARGV[name])
    whole = drawn(of, Look(ascii=ascii_only)).split()
    for width in range(20, 131):
        assert drawn(of, Look(width=width, ascii=ascii_only)).split() == whole, width


@pytest.mark.parametrize("name", ARGV)
def test_figures_are_not_broken(name: str) -> None:
    """A figure stays on one line with its unit, a gap with its own, and a place in the file with its number, at any width."""
    of = page(ARGV[name])
    unbroken = {word for word in re.split(r"[ \n]+", drawn(of, Look())) if NBSP in word}
    assert unbroken
    for width in range(20, 131):
        words = set(re.split(r"[ \n]+", drawn(of, Look(width=width))))
        assert unbroken <= words, width


@pytest.mark.parametrize("name", ARGV)
def test_the_page_is_what_the_command_prints(name: str) -> None:
    """What is drawn here at every width is what the command draws."""
    of = page(ARGV[name])
    assert drawn(of, Look()) == (GOLDEN / f"{name}.piped.txt").read_text(encoding="utf-8")
    assert drawn(of, Look(width=50)) == (GOLDEN / f"{name}.50.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["flips", "milestone", "sum", "range", "long", "many"])
def test_before_and_now_stand_in_columns(name: str) -> None:
    """What the figure was, or that there was none, stands above what it is now."""
    lines = drawn(page(ARGV[name]), Look()).split("\n")
    pairs = [(line, lines[place + 1]) for place, line in enumerate(lines) if line.startswith("    before  ")]
    assert pairs
    for before, now in pairs:
        at = [re.search(r"(?<=  )(no figure|(about\u00a0)?[\dy])", line[14:]) for line in (before, now)]
        assert at[0] is not None
        assert at[1] is not None
        assert at[0].start() == at[1].start(), (before, now)


# ---------------------------------------------------------------- what it must not be misread as

PROGRAM = """\
targettrack = 1
[program]
name = "P"
[sources.a]
title = "A"
publisher = "Office A"
published = 2025-06-30
[sources.a-2024]
title = "A of 2024"
publisher = "Office A"
published = 2024-06-30
[sources.b]
title = "B"
publisher = "Office B"
published = 2023-06-30
[sources.c]
title = "C"
published = 2022-06-30
[indicators.i]
name = "I"
unit = "%"
direction = "increase"
[[indicators.i.targets]]
by = 2020
value = 50
"""


def told(tmp_path: Path, *figures: tuple[str, str], value: str, source: str, program: str = PROGRAM) -> str:
    """The receipt of one more figure, on one line."""
    (tmp_path / "targets").mkdir()
    actuals = "".join(
        f'[[actuals]]\nindicator = "i"\nperiod = 2020\nvalue = {number}\nsource = "{name}"\n'
        for number, name in figures
    )
    (tmp_path / "targets" / "p.toml").write_text(program + actuals, encoding="utf-8")
    command = [sys.executable, "-c", FIXED_DAY, "p", "i", value, "--period", "2020", "--source", source, "--revise"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, stdin=subprocess.DEVNULL)
    return " ".join(done.stdout.decode().split())


@pytest.mark.parametrize(
    ("figures", "value", "source", "used"),
    [
        ((("60", "a"), ("41", "b")), "45", "b", "60 % (a)"),
        ((("60", "a"), ("45", "b"), ("40", "c")), "60", "a-2024", "60 % (a)"),
        ((("60", "a"), ("41", "b")), "40", "c", "60 % (a)"),
        ((("60", "a"), ("41", "b")), "60", "c", "60 % (a)"),
    ],
)  # fmt: skip
def test_which_figure_is_used_is_named(
    tmp_path: Path, figures: tuple[tuple[str, str], ...], value: str, source: str, used: str
) -> None:
    """Where the new figure is not used and there is more than one other, the receipt names the one that is."""
    text = told(tmp_path, *figures, value=value, source=source)
    clause = text.partition("; ")[2].partition(" targets/")[0]
    assert f"{used} is used" in clause


@pytest.mark.parametrize(
    ("figures", "value", "source", "clause"),
    [
        ((("60", "a"), ("41", "b")), "41", "b", "recorded before: 41 % (b); 60 % (a) is used instead"),
        ((("60", "a"), ("41", "b")), "60", "a", "recorded before: 60 % (a) "),
        ((("60", "a"), ("60", "b")), "60", "b", "recorded before: 60 % (b) "),
    ],
)  # fmt: skip
def test_what_is_used_instead_of_what_was_recorded_before(
    tmp_path: Path, figures: tuple[tuple[str, str], ...], value: str, source: str, clause: str
) -> None:
    """A figure that is there already, and is not used, says which one is."""
    text = told(tmp_path, *figures, value=value, source=source)
    assert clause in f"{text} "
    assert (" is used" in text) is (" is used" in clause)


def test_a_figure_that_is_used_says_so(tmp_path: Path) -> None:
    """Of several, the new one may be it."""
    text = told(tmp_path, ("41", "b"), ("40", "c"), value="60", source="a")
    assert "differs from 41 % (b) and 40 % (c); this one is used targets/" in text


@pytest.mark.parametrize(
    ("source", "used"), [("c", "this one is used, as prefer says"), ("b", "the other one is used")]
)
def test_a_preferred_source_is_the_reason(tmp_path: Path, source: str, used: str) -> None:
    """Where the indicator prefers a source, that is why its figure is used; another one is not used for that."""
    text = told(
        tmp_path,
        ("60", "a"),
        value="40",
        source=source,
        program=PROGRAM.replace('name = "I"\n', 'name = "I"\nprefer = ["c"]\n'),
    )
    assert f"differs from 60 % (a); {used} targets/" in text


def test_parts_are_told_apart(tmp_path: Path) -> None:
    """Where many figures are recorded, each target is named with the part that it is of."""
    parts = "".join(
        f'[[indicators.i.targets]]\nby = 2020\nvalue = 50\ndisaggregation = {{ sector = "{name}" }}\n'
        for name in ("wood", "steel")
    )
    rows = b"indicator,period,value,source,disaggregation\ni,2020,60,a,sector=wood\ni,2020,40,a,sector=steel\n"
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "p.toml").write_text(PROGRAM + parts, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FIXED_DAY, "p", "--from", "-"], cwd=tmp_path, capture_output=True, check=True, input=rows
    )
    heads = [line for line in done.stdout.decode().split("\n") if "by\u00a02020" in line]
    assert [("wood" in line, "steel" in line) for line in heads] == [(True, False), (False, True)]


@pytest.mark.parametrize("many", [False, True])
def test_targets_that_stay_as_they_were_keep_to_the_width(many: bool) -> None:
    """A long id and what became of its target need not stand on one line."""
    name = "an-indicator-with-a-name-that-fills-a-line"
    other = PROGRAM[PROGRAM.index("[indicators.i]") :].replace("indicators.i", f"indicators.{name}")
    actuals = "".join(
        f'[[actuals]]\nindicator = "{each}"\nperiod = {year}\nvalue = 40\nsource = "a"\n'
        for each in ("i", name)
        for year in (2010, 2020)
    )
    rows = [
        Row({"indicator": each, "period": "2015", "value": "40", "source": "a"})
        for each in (("i", name) if many else (name,))
    ]
    of = recorded(load(PROGRAM + other + actuals), rows, {})
    assert "as before:" in drawn(of, Look())
    for width in (50, 60):
        lines = [line for line in drawn(of, Look(width=width)).split("\n") if "missed" in line]
        assert [line for line in lines if cells(line) > width] == []
