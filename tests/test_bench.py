"""Bench: what is measured is said as it is, and against nothing that nobody knows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parent / "bench"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module, which is a script."""
    monkeypatch.syspath_prepend(str(BENCH))
    return __import__("bench")


def test_a_table_has_a_line_a_measure(bench: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """In Markdown each measure has its numbers, their ratio and the most that it may be; what is over is kept in mind."""
    sheet = bench.Sheet(markdown=True)
    times = iter([9.0, 3.0, 1.0, 3.0, 1.0, 3.0, 1.0])
    sheet.race(bench.Race("a", ["own"], ["yardstick"], 2.5), 3, lambda _command, _env: next(times))
    assert capsys.readouterr().out.splitlines()[2:] == ["| a | 3000 ms | 1000 ms | 3.00 | 2.5 |"]
    assert sheet.over


def test_a_journal_has_every_figure(bench: Any, tmp_path: Path) -> None:
    """As many entries as the program has figures, with the same numbers."""
    bench.others.journal(tmp_path / "j", 3, 2)
    entries = (tmp_path / "j").read_text(encoding="utf-8").split("\n\n")[:-1]
    assert [entry.splitlines()[1].split() for entry in entries] == [
        ["i0", "0.0"], ["i0", "0.1"], ["i1", "1.0"], ["i1", "1.1"], ["i2", "2.0"], ["i2", "2.1"]
    ]  # fmt: skip
    assert bench.program(3, 2).count("[[actuals]]") == len(entries)


def test_nobody_is_measured_against_what_is_not_known() -> None:
    """A name that nobody knows is refused before anything is run."""
    done = subprocess.run(
        [sys.executable, str(BENCH / "bench.py"), "--against", "ledger,excel"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "not excel" in done.stderr, done.stdout) == (2, True, "")
