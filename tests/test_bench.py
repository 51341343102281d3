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
    """In Markdown each measure has its numbers, their ratio and the most that it may be; what is over is bold, and kept in mind."""
    sheet = bench.Sheet(markdown=True)
    times = iter([9.0, 3.0, 1.0, 3.0, 1.0, 3.0, 1.0])
    sheet.race(bench.Race("a", ["own"], ["yardstick"], 2.5), 3, lambda _command, _env: next(times))
    assert capsys.readouterr().out.splitlines()[2:] == ["| a | 3000 ms | 1000 ms | **3.00** | 2.5 |"]
    assert sheet.over


def test_what_is_within_its_limit_is_plain(bench: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what is over is bold; exactly the limit is within it."""
    sheet = bench.Sheet(markdown=True)
    sheet.race(bench.Race("a", ["own"], ["yardstick"], 1.0), 1, lambda _command, _env: 2.0)
    assert capsys.readouterr().out.splitlines()[2:] == ["| a | 2000 ms | 2000 ms | 1.00 | 1.0 |"]
    assert not sheet.over


def test_who_is_absent_is_said(bench: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where neither the others nor valgrind are found, a line says so of each, and nothing fails."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bench.others.told(["ledger", "hledger"])[2:] == [
        "- ledger is not installed: nothing is measured against it.",
        "- hledger is not installed: nothing is measured against it.",
        "- valgrind is not installed: no instructions are counted.",
    ]
    assert bench.others.instructions(["true"], tmp_path) is None


def test_who_is_there_is_told_with_version_and_work(
    bench: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who is installed is told with its version and with what it does."""
    there = tmp_path / "ledger"
    there.write_text("#!/bin/sh\necho 'Ledger 3.9.1-x, the command-line accounting tool'\n", encoding="utf-8")
    there.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bench.others.told(["ledger"])[2].startswith("- ledger 3.9.1: `ledger balance` reads a journal of 100,000")


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
