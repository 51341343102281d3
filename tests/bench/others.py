"""What others make of as many figures: two programs for plain-text accounting, and DuckDB; made for ``bench.py``."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata, util
from pathlib import Path

_ADDS = "`{name} balance` reads a journal of 100,000 transactions, a figure each, and adds them up by account"
DOES = {
    "ledger": _ADDS.format(name="ledger"),
    "hledger": _ADDS.format(name="hledger"),
    "duckdb": "its plain scan, in a process of its own with one thread, reads the six columns of the Parquet file and keeps one number of each",
}
"""What each does while `status --json` reads 100,000 actuals, or as many linked ones as there are, judges 5,000 targets by them and says why."""
NAMES = tuple(DOES)
PROMISES = 5000


def version(name: str) -> str | None:
    """Which version of one is installed; None where none is."""
    if name == "duckdb":
        return metadata.version(name) if util.find_spec(name) else None
    program = shutil.which(name)
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout if program else ""
    found = re.search(r"\d+(\.\d+)+", said)
    return found[0] if found else None


def told(names: Sequence[str]) -> list[str]:
    """The machine in words, what each of the others does and in which version, and what was not measured."""
    here = f"Python {platform.python_version()}, {os.cpu_count()} cores of {platform.machine()}, {platform.system()}."
    own = "`status --json` judges 5,000 targets by the figures, one by one, and says why of each."
    counted = [] if shutil.which("valgrind") else ["valgrind is not installed: no instructions are counted."]
    return [f"- {line}" for line in (here, own, *map(_other, names), *counted)]


def _other(name: str) -> str:
    found = version(name)
    return f"{name} {found}: {DOES[name]}." if found else f"{name} is not installed: nothing is measured against it."


def journal(path: Path, indicators: int, actuals: int) -> None:
    """As many entries as ``bench.program`` has figures, each with its account, its day and its source, as such journals are written."""
    with path.open("w", encoding="utf-8") as file:
        for place in range(indicators):
            for year in range(actuals):
                file.write(
                    f"{2000 + year}-12-31 (s) Indicator {place}\n    i{place}  {place % 50}.{year}\n    reported\n\n"
                )


def balance(name: str, path: Path) -> list[str]:
    """What adds the entries of a journal up by account."""
    return [name, "-f", str(path), "balance"]


def parquet(folder: Path, rows: int) -> list[str]:
    """A program of so many promises whose figures are in a Parquet file of so many rows, as an office adds to it, edition after edition; and DuckDB's plain scan of the same columns."""
    folder.mkdir()
    made = f"""
        COPY (SELECT printf('i%04d', (n % {PROMISES}) // 10) AS indicator, 's' || (n % 10) AS sector,
            strftime(DATE '2000-01-01' + to_months(((n // {PROMISES}) % 240)::INTEGER), '%Y-%m') AS period,
            (hash(n) % 100000 / 100)::DECIMAL(18, 2) AS value,
            (DATE '2000-02-20' + to_months(((n // {PROMISES}) % 240 + n // {PROMISES * 240} * 3)::INTEGER))::DATE AS published,
            'y' || (n // {PROMISES} % 20) AS source
        FROM range({rows}) AS t(n)) TO '{folder / "figures.parquet"}' (FORMAT parquet)"""  # noqa: S608 - numbers and a path of ours
    subprocess.run(
        [sys.executable, "-c", f"import duckdb; duckdb.execute('SET enable_progress_bar = false').execute({made!r})"],
        check=True,
    )
    lines = ["targettrack = 1", "[program]", 'name = "Bench"']
    for year in range(20):
        lines += [f"[sources.y{year}]", f'title = "Yearbook {year}"', f'publisher = "Office {year % 3}"']
    for place in range(PROMISES // 10):
        lines += [f"[indicators.i{place:04}]", f'name = "Indicator {place}"', 'unit = "tonnes"']
        lines += ['direction = "increase"']
        for part in range(10):
            lines += [
                f"[[indicators.i{place:04}.targets]]",
                f"value = {300 + part * 50}",
                f'by = "{2005 + (place + part) % 20}-12"',
                "set_on = 2004-01-01",
                'source = "y1"',
                f'disaggregation = {{ sector = "s{part}" }}',
                'baseline = { period = "2004-01", value = 100 }',
            ]
    lines += ["[links.all]", 'file = "figures.parquet"', 'columns = { disaggregation = { sector = "sector" } }']
    (folder / "bench.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = (
        "SELECT max(indicator), max(sector), max(period), sum(value), max(published), max(source) FROM read_parquet(?)"
    )
    return [
        sys.executable,
        "-c",
        f"import duckdb; duckdb.connect(config={{'threads': 1}}).execute({asked!r}, [{str(folder / 'figures.parquet')!r}]).fetchall()",
    ]


def instructions(command: Sequence[str], cwd: Path) -> int | None:
    """How many instructions a process takes, by valgrind; None where that is not installed."""
    if not shutil.which("valgrind"):
        return None
    counted = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    said = subprocess.run(counted, cwd=cwd, capture_output=True, text=True, check=True).stderr
    found = re.search(r"Collected : (\d+)", said)
    return int(found[1]) if found else None
