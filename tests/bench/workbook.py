"""Speed of reading a workbook of 50,000 cells, as a ratio against openpyxl's own read-only pass over it in the same run.

    python tests/bench/workbook.py [--runs 9]

Two such workbooks are read: one that says its size, as most do, and one written as a stream, which openpyxl reads twice to find it.
Prints the medians of the processor's time, run by turns, their ratio, and the most that it may be. Exits 1 if it is over.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import time
from collections.abc import Callable

import openpyxl  # type: ignore[import-untyped]
from openpyxl.cell import Cell  # type: ignore[import-untyped]

from targettrack.recording.inputs import xlsx
from targettrack.recording.table import Wishes

ROWS, COLUMNS = 2500, 20
LIMIT = 1.3


def workbook(*, streamed: bool) -> bytes:
    """A table as offices have it: names, percentages, a date, and figures of one decimal."""
    book = openpyxl.Workbook(write_only=streamed)
    sheet = book.create_sheet("Bench") if streamed else book.active
    for row in range(ROWS):
        figures = [round(row * place / 7, 1) for place in range(1, COLUMNS - 3)]
        cells = [Cell(sheet, row + 1, 1, value) for value in (f"Name {row}", row % 100 / 100, 44197, *figures)]
        cells[1].number_format, cells[2].number_format = "0.0%", "yyyy"
        sheet.append([*cells, None if row % 50 else "x"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def own(data: bytes) -> None:
    """Read as the command does."""
    xlsx.book(data, "bench.xlsx", Wishes())


def theirs(data: bytes) -> None:
    """Every cell's value, by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                _ = cell.value


def seconds(reading: Callable[[bytes], None], data: bytes) -> float:
    """How much of the processor's time one reading takes."""
    begin = time.process_time()
    reading(data)
    return time.process_time() - begin


def main() -> int:
    """Measure and print; 1 if the ratio is over its limit."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=9)
    runs = options.parse_args().runs
    return max(
        [
            measured("a workbook of 50,000 cells", workbook(streamed=False), runs),
            measured("as a stream", workbook(streamed=True), runs),
        ]
    )


def measured(name: str, data: bytes, runs: int) -> int:
    """Measure and print one workbook; 1 if its ratio is over the limit."""
    seconds(own, data)
    seconds(theirs, data)
    pairs = [(seconds(own, data), seconds(theirs, data)) for _ in range(runs)]
    ours, yardstick = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = ours / yardstick
    print(f"{name:40} {ours:7.3f} s {yardstick:7.3f} s {ratio:6.2f}   at most {LIMIT}")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
