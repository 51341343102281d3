"""Speed of writing a workbook of 10,000 targets, as a ratio against XlsxWriter alone writing the same cells in the same run.

    python tests/bench/written.py [--runs 7]

Prints the medians of the processor's time, run by turns, their ratio, and the most that it may be. Exits 1 if it is over.
Each runs as its users run it: ours looks for cycles as seldom as the command line does, XlsxWriter as often as Python does by itself.
"""

from __future__ import annotations

import argparse
import gc
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from bench import program
from targettrack.assessment import report
from targettrack.assessment.methods import linear
from targettrack.assessment.verdict import Method
from targettrack.cli._main import _SELDOM
from targettrack.formats import xlsx
from targettrack.formats._look import Look
from targettrack.pages.status import StatusPage
from targettrack.store import load

ROWS, FIGURES = 10_000, 3
LIMIT = 1.5


def page() -> StatusPage:
    """A program of so many targets, judged: reading and judging are not what is measured here."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.toml")
        path.write_text(program(ROWS, FIGURES), encoding="utf-8")
        loaded = load.load(path)
    assert loaded is not None
    return StatusPage(report.report([loaded.program], date(2026, 11, 22), method=Method("linear", linear.judge)))


def own(of: StatusPage) -> bytes:
    """Write as the command does."""
    out = io.BytesIO()
    xlsx.render(of, out, Look())
    return out.getvalue()


def cells(of: StatusPage) -> list[tuple[str, str, tuple[Any, ...]]]:
    """Everything that is written into cells: the sheet, the method, and its arguments but for the format."""
    found: list[tuple[str, str, tuple[Any, ...]]] = []
    whole = {name: getattr(Worksheet, name) for name in ("write_string", "write_number")}
    try:
        for name, method in whole.items():
            setattr(Worksheet, name, _listening(name, method, found))
        own(of)
    finally:
        for name, method in whole.items():
            setattr(Worksheet, name, method)
    return found


def _listening(name: str, method: Callable[..., Any], found: list[tuple[str, str, tuple[Any, ...]]]) -> Any:
    def listened(sheet: Worksheet, row: int, column: int, value: object, look: object = None) -> object:
        found.append((sheet.get_name(), name, (row, column, value)))
        return method(sheet, row, column, value, look)

    return listened


def theirs(written: list[tuple[str, str, tuple[Any, ...]]]) -> bytes:
    """The same cells in the same sheets, by XlsxWriter alone, with one format."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    look = workbook.add_format({"valign": "top"})
    sheets = {name: workbook.add_worksheet(name) for name in dict.fromkeys(name for name, _, _ in written)}
    methods = {
        (name, how): getattr(sheet, how) for name, sheet in sheets.items() for how in ("write_string", "write_number")
    }
    for name, how, arguments in written:
        methods[name, how](*arguments, look)
    workbook.close()
    return out.getvalue()


def seconds(writing: Callable[[Any], bytes], of: object, *, seldom: bool = False) -> float:
    """How much of the processor's time one writing takes; ``seldom`` looks for cycles as the command line does."""
    usual = gc.get_threshold()
    gc.collect()
    if seldom:
        gc.set_threshold(_SELDOM)
    begin = time.process_time()
    writing(of)
    took = time.process_time() - begin
    gc.set_threshold(*usual)
    return took


def main() -> int:
    """Measure and print; 1 if the ratio is over its limit."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=7)
    of = page()
    written = cells(of)
    seconds(theirs, written)
    runs = options.parse_args().runs
    pairs = [(seconds(own, of, seldom=True), seconds(theirs, written)) for _ in range(runs)]
    ours, yardstick = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = ours / yardstick
    print(
        f"{f'a workbook of {len(written):,} cells':40} {ours:7.3f} s {yardstick:7.3f} s {ratio:6.2f}   at most {LIMIT}"
    )
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
