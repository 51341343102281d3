"""Speed of whole processes, as ratios against a yardstick measured in the same run; ``workbook.py`` beside it has that of reading a workbook.

    python tests/bench/bench.py [--runs 15] [--against ledger,hledger,duckdb] [--rows 1000000]

Each line: how long the command, with all that it starts, kept a processor busy (the median, run by turns with the yardstick), the same of the yardstick,
their ratio, and the most that the ratio may be. Exits 1 if a ratio is over.
With ``--against`` the whole is a table in Markdown, which has what others make of as many figures, and of linked ones, of which there are ``--rows``;
what is over its limit is in bold, and what was not measured is said below. The project's README has a run of it.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import others
import told

ROOT = Path(__file__).parents[2]
TARGETTRACK = [str(Path(sys.executable).with_name("targettrack"))]
SMALL, LARGE = (500, 20), (5000, 20)
SITE, OF_EACH = 200, (50, 10)
"""A site of so many programs, each of so many indicators with so many figures."""
MEGABYTES, RECORDING_MEGABYTES = 150, 190
SITE_MEGABYTES, LINKED_MEGABYTES = 400, 300


Clock: TypeAlias = Callable[[Sequence[str], Mapping[str, str] | None], float]


@dataclass(frozen=True)
class Race:
    """A command against its yardstick."""

    name: str
    command: Sequence[str]
    yardstick: Sequence[str]
    limit: float
    env: Mapping[str, str] | None = None


def program(indicators: int, actuals: int) -> str:
    """A program of so many indicators, each with a target and so many yearly actuals."""
    lines = ["targettrack = 1", "[program]", 'name = "Bench"', "[sources.s]", 'title = "S"', "published = 2024-01-01"]
    for place in range(indicators):
        lines += [f"[indicators.i{place}]", f'name = "Indicator {place}"', 'unit = "%"', 'direction = "increase"']
        lines += [f"[[indicators.i{place}.targets]]", "by = 2030", "value = 90", 'source = "s"', ""]
    for place in range(indicators):
        for year in range(actuals):
            lines += [
                "[[actuals]]",
                f'indicator = "i{place}"',
                f"period = {2000 + year}",
                f"value = {place % 50}.{year}",
                'source = "s"',
                "",
            ]
    return "\n".join(lines) + "\n"


def processor(command: Sequence[str], env: Mapping[str, str] | None) -> float:
    """How many seconds one process, and all that it starts, keeps a processor busy: what it waits for the disk is not counted."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        cwd=ROOT,
        env={**_environment(), **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _environment() -> dict[str, str]:
    """The environment here, with compiled modules kept as an installed package has them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measured(race: Race, runs: int, clock: Clock) -> tuple[float, float]:
    """The medians of command and yardstick, run by turns."""
    clock(race.command, race.env)
    pairs = [(clock(race.command, race.env), clock(race.yardstick, race.env)) for _ in range(runs)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


class Sheet:
    """What was measured: told line by line, or as the lines of a table in Markdown."""

    def __init__(self, *, markdown: bool) -> None:
        self.markdown, self.over = markdown, False
        if markdown:
            print("| measure | here | yardstick | ratio | at most |\n| --- | ---: | ---: | ---: | ---: |")

    def race(self, race: Race, runs: int, clock: Clock = processor) -> None:
        """Run a command against its yardstick."""
        own, yardstick = measured(race, max(runs, 1), clock)
        self._told(race.name, f"{own * 1000:.0f} ms", f"{yardstick * 1000:.0f} ms", own / yardstick, race.limit)

    def memory(self, name: str, command: Sequence[str], limit: int) -> None:
        """The most that a process has in memory, in MB."""
        used = _memory(command)
        self._told(name, f"{used:.0f} MB", "", used, limit)

    def count(self, name: str, command: Sequence[str], limit: int) -> None:
        """How many million instructions a process takes, where something counts them."""
        found = others.instructions(command, ROOT)
        if found is not None:
            self._told(name, f"{found / 1e6:.0f} M", "", found / 1e6, limit)

    def _told(self, name: str, own: str, yardstick: str, ratio: float, limit: float) -> None:
        over = ratio > limit
        self.over = self.over or over
        said = f"{ratio:.2f}" if yardstick else ""
        if self.markdown:
            own, said = (own, _bold(said, over)) if yardstick else (_bold(own, over), said)
            print(f"| {name} | {own} | {yardstick} | {said} | {limit} |", flush=True)
        else:
            print(f"{name:52} {own:>10} {yardstick:>10} {said:>7}   at most {limit}", flush=True)


def _bold(text: str, over: bool) -> str:
    return f"**{text}**" if over else text


def imports(names: str) -> list[str]:
    """A process that imports these modules and ends."""
    return [sys.executable, "-c", f"import {names}"]


def main() -> int:
    """Measure and print; 1 if anything is over its limit."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--against", type=lambda text: text.split(","), default=[], metavar=",".join(others.NAMES))
    options.add_argument("--rows", type=int, default=1_000_000)
    given = options.parse_args()
    if unknown := set(given.against) - set(others.NAMES):
        options.error(f"--against knows {', '.join(others.NAMES)}, not {', '.join(sorted(unknown))}")
    sheet = Sheet(markdown=bool(given.against))
    with tempfile.TemporaryDirectory() as folder:
        _own(sheet, folder, given.runs)
        _others(sheet, Path(folder), given.against, given.rows, max(given.runs // 5, 3))
    if sheet.markdown:
        print("", *others.told(given.against), sep="\n")
    return int(sheet.over)


def _own(sheet: Sheet, folder: str, runs: int) -> None:
    """What commands take against their libraries, and against one another."""
    for name, size in (("large", LARGE), ("small", SMALL)):
        Path(folder, name).mkdir()
        Path(folder, name, "bench.toml").write_text(program(*size), encoding="utf-8")
    large, small = ([*TARGETTRACK, "status", "--json", "--targets", f"{folder}/{name}"] for name in ("large", "small"))
    parse = [
        sys.executable,
        "-c",
        f"import tomli; tomli.loads(open({f'{folder}/large/bench.toml'!r}, encoding='utf-8').read())",
    ]
    add, many = _recordings(folder)
    pages, judged = _site(folder)
    table, appended = _import(folder)
    few = max(runs // 5, 3)
    hanoi = [*TARGETTRACK, "status", "hanoi"]
    completing = {"_TARGETTRACK_COMPLETE": "complete_bash", "COMP_WORDS": "targettrack status han", "COMP_CWORD": "2"}
    start = imports("typer, pydantic, tomli")
    sheet.race(Race("`status hanoi --json` against importing its libraries", [*hanoi, "--json"], start, 1.25), runs)
    sheet.count("the same, instructions", [*hanoi, "--json"], 520)
    with_table = imports("typer, pydantic, tomli, rich.table, rich.console")
    sheet.race(Race("`status hanoi`, a table, against importing its libraries", hanoi, with_table, 0.95), runs)
    sheet.race(Race("`--version` against `import typer`", [*TARGETTRACK, "--version"], imports("typer"), 1.4), runs)
    sheet.race(Race("a completion call against `import typer`", TARGETTRACK, imports("typer"), 0.8, completing), runs)
    sheet.race(Race("100,000 actuals against tomli alone", large, parse, 3.5), few)
    sheet.race(Race("100,000 actuals against 10,000", large, small, 12), few)
    sheet.race(Race("`add-actual` beside 10,000 actuals against `status`", add, small, 1.5), runs)
    sheet.race(Race("`add-actual` of 10,000 rows against `status`", many, small, 3), few)
    sheet.race(Race("`import` of 28,000 rows against tomli alone", table, appended, 3), few)
    for race in _told(folder, large):
        sheet.race(race, few)
    sheet.memory("100,000 actuals, memory", large, MEGABYTES)
    sheet.memory("`add-actual` beside them, memory", _beside(folder, "large"), RECORDING_MEGABYTES)
    page = [*TARGETTRACK, "report", "hanoi", "-o", f"{folder}/hanoi.html"]
    sheet.race(Race("the page of hanoi against `status --json`", page, [*hanoi, "--json"], 2.0), runs)
    sheet.race(Race("a site of 200 programs against `status --json`", pages, judged, 5), few // 2)
    sheet.memory("a site of 200 programs, memory", pages, SITE_MEGABYTES)


def _others(sheet: Sheet, folder: Path, names: Sequence[str], rows: int, runs: int) -> None:
    """What others make of as many figures, where they are asked for and installed."""
    judged = [*TARGETTRACK, "status", "--json", "--targets"]
    for name, limit in (("ledger", 0.9), ("hledger", 0.45)):
        if name in names and others.version(name):
            others.journal(folder / "figures.journal", *LARGE)
            yardstick = others.balance(name, folder / "figures.journal")
            race = Race(f"100,000 actuals against `{name} balance`", [*judged, str(folder / "large")], yardstick, limit)
            sheet.race(race, runs)
    if "duckdb" in names and others.version("duckdb"):
        scan = others.parquet(folder / "linked", rows)
        linked = [*judged, str(folder / "linked")]
        sheet.race(Race(f"{rows:,} linked actuals against DuckDB's plain scan", linked, scan, 8), runs)
        sheet.memory("the same, memory", linked, LINKED_MEGABYTES)


def _told(folder: str, large: Sequence[str]) -> list[Race]:
    """What is told of many figures, against judging them; and of many commits, against git."""
    there = ["--targets", f"{folder}/large"]
    told.clean(Path(folder, "clean"))
    Path(folder, "unsourced").mkdir()
    Path(folder, "unsourced", "bench.toml").write_text(program(*LARGE).replace('source = "s"\n', ""), encoding="utf-8")
    for name, by in _TIMES.items():
        told.quarters(Path(folder, name), by)
    commits = told.revisions(Path(folder, "revisions"))
    day, clean = ["--on", told.DAY], ["--targets", f"{folder}/clean"]
    unsourced = ["--targets", f"{folder}/unsourced"]
    since = [*TARGETTRACK, "changes", "--since", "HEAD~200", "--targets", f"{folder}/revisions/targets"]
    return [
        *(
            Race(f"`{name}` in 100,000 actuals against `status`", [*TARGETTRACK, name, "bench/i7", *there], large, 1.25)
            for name in ("explain", "show", "cite")
        ),
        Race(
            "`check` of a clean file of 10,000 against `status`",
            [*TARGETTRACK, "check", *day, *clean],
            [*TARGETTRACK, "status", "--json", *day, *clean],
            1.5,
        ),
        Race(
            "`check` of 109,000 findings against `status`",
            [*TARGETTRACK, "check", *unsourced],
            [*TARGETTRACK, "status", "--json", *unsourced],
            2,
        ),
        *(
            Race(
                f"`history --every quarter` of 5,000 figures, {name}, against `status`",
                [*TARGETTRACK, "history", "bench/a", "--every", "quarter", "--targets", f"{folder}/{name}"],
                [*TARGETTRACK, "status", "--json", "--targets", f"{folder}/{name}"],
                limit,
            )
            for name, limit in (("dated", 1.6), ("standing", 9), ("sum", 9))
        ),
        Race("`changes` of 200 commits against `git log -p`", since, commits, 6),
    ]


_TIMES = {"dated": "by = 2030", "standing": 'every = "quarter"', "sum": 'from = 2000\nby = 2030\naggregate = "sum"'}
"""The times of targets that are followed quarter by quarter."""


def _recordings(folder: str) -> tuple[list[str], list[str]]:
    """Recording one figure, and 10,000 from a table, in the small program, which is put back each time by the shell's ``cp``."""
    rows = [f"i{place},{2000 + year}-Q1,{place % 50}.{year},s" for place in range(SMALL[0]) for year in range(SMALL[1])]
    Path(folder, "rows.csv").write_text("\n".join(["indicator,period,value,source", *rows]) + "\n", encoding="utf-8")
    Path(folder, "written").mkdir()
    return _beside(folder, "small"), _beside(folder, "small", f"--from {folder}/rows.csv")


def _beside(folder: str, name: str, figures: str = "i3 4 --period 2021 --source s") -> list[str]:
    """Recording figures in a copy of a program."""
    written = f"{folder}/written"
    return [
        "sh",
        "-c",
        f"cp {folder}/{name}/bench.toml {written}/ && exec {TARGETTRACK[0]} add-actual bench --targets {written} {figures}",
    ]


def _import(folder: str) -> tuple[list[str], list[str]]:
    """Taking 28,000 rows of a table into a program that has nothing but its indicator, and what parses the file that comes of it."""
    Path(folder, "imported").mkdir()
    Path(folder, "empty.toml").write_text(
        'targettrack = 1\n[program]\nname = "Bench"\n[indicators.share]\nname = "Share"\nunit = "%"\n', encoding="utf-8"
    )
    Path(folder, "imported/bench.import.toml").write_text(_MAPPING, encoding="utf-8")
    parts = ((f"R{region:03d}", sex) for region in range(700) for sex in "FM")
    rows = [
        f"{region},{sex},{2004 + year},{10 + year * 7 % 83}.{int(region[1:]) % 90 + 10}"
        for region, sex in parts
        for year in range(20)
    ]
    Path(folder, "table.csv").write_text("\n".join(["region,sex,year,value", *rows]) + "\n", encoding="utf-8")
    file = f"{folder}/imported/bench.toml"
    again = f"cp {folder}/empty.toml {file} && exec {TARGETTRACK[0]} import bench {folder}/table.csv --targets {folder}/imported"
    return ["sh", "-c", again], [
        sys.executable,
        "-c",
        f"import tomli; tomli.loads(open({file!r}, encoding='utf-8').read())",
    ]


_MAPPING = """\
import = 1
[all]
indicator = "share"
[source]
id = "s"
publisher = "P"
[columns]
region = "part:region"
sex = "part:sex"
"""


def _site(folder: str) -> tuple[list[str], list[str]]:
    """Writing a site of many programs, and judging the same ones."""
    Path(folder, "programs").mkdir()
    for place in range(SITE):
        Path(folder, "programs", f"p{place:03}.toml").write_text(program(*OF_EACH), encoding="utf-8")
    targets = ["--targets", f"{folder}/programs"]
    return (
        [*TARGETTRACK, "report", "-o", f"{folder}/site/", *targets],
        [*TARGETTRACK, "status", "--json", *targets],
    )


def _memory(command: Sequence[str]) -> float:
    """The most that a process has in memory, in MB, asked of its own parent: no other child may be counted."""
    code = f"import resource, subprocess; subprocess.run({[*command]!r}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


if __name__ == "__main__":
    sys.exit(main())
