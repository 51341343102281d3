"""Spark: a table of it, in this process, is read as a file is; it needs the extra spark, and Java."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from support import run
from targettrack.errors import Exit
from test_links import unplaced
from test_matter import PLAIN, YEARS, large_from, save

pytestmark = pytest.mark.spark

PART = "o'b\\r%s;--"
FIGURES = [
    ("i", year, number, None, None, None, None, None, None, None, part)
    for part in (PART, "steel", None)
    for number, year in enumerate(YEARS)
]


@pytest.fixture(autouse=True)
def spark(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark in this process, on one thread, where it is installed."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'targettrack[spark]'")
    if not shutil.which("java"):
        pytest.skip("Java is not installed, which Spark needs")
    monkeypatch.setenv("TARGETTRACK_LINK_O", "local[1]")


def program(folder: Path, table: str) -> None:
    """A program whose figures are in a table of Spark."""
    text = PLAIN.replace('"textile"', json.dumps(PART))
    text = text.replace('file = "o.parquet"', f'engine = "spark"\ntable = {json.dumps(table)}')
    (folder / "p.toml").write_text(text, encoding="utf-8")


def said(folder: Path, large: int) -> list[str]:
    """What status says where tables of so many rows are large, without where figures stand."""
    with large_from(large):
        found = run("status", "p", "--json", "--on", "2017-01-01", "--targets", folder)
    assert found.returncode == 0, found.stderr
    return unplaced(found.stdout)


def test_a_table_is_read_as_a_file_is(tmp_path: Path) -> None:
    """Few of its rows, all of them, or the file that it is made of: the same verdict."""
    save(tmp_path / "o.parquet", FIGURES)
    (tmp_path / "p.toml").write_text(PLAIN.replace('"textile"', json.dumps(PART)), encoding="utf-8")
    whole = said(tmp_path, 10**9)
    assert '"status": "missed"' in "".join(whole)
    program(tmp_path, f"parquet.`{tmp_path / 'o.parquet'}`")
    assert said(tmp_path, 10**9) == whole
    assert said(tmp_path, 0) == whole


@pytest.mark.parametrize(("kind", "code"), [("DOUBLE", "inexact-column"), ("TIMESTAMP WITH TIME ZONE", "bad-column")])
def test_what_is_no_figure(tmp_path: Path, kind: str, code: str) -> None:
    """A column that holds no exact figure is refused."""
    value = "0.25" if kind == "DOUBLE" else "'2015-01-01 00:00:00+00'"
    with closing(duckdb.connect()) as base:
        base.execute(
            f"COPY (SELECT 'i' AS indicator, '2015' AS period, {value}::{kind} AS value, 'x' AS sector) TO '{tmp_path / 'o.parquet'}'"
        )
    program(tmp_path, f"parquet.`{tmp_path / 'o.parquet'}`")
    found: Any = run("status", "p", "--json", "--targets", tmp_path)
    assert (found.returncode, json.loads(found.stderr.splitlines()[-1])["error"]["code"]) == (Exit.INVALID, code)


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    """In a sentence, with the documented exit code."""
    program(tmp_path, "nowhere.figures")
    found = run("status", "p", "--targets", tmp_path)
    assert (found.returncode, "the engine does not give the figures: " in found.stderr) == (Exit.IO, True)
