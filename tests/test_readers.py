"""The readers of our output: every example that the reference gives for pandas, polars, DuckDB and jq is run in the real thing, and no digit is lost.

``pytest -m readers`` runs these alone; what is not installed is skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from targettrack import topics

TOPIC = Path(topics.__path__[0], "en", "json.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"<!-- readers: (.+) -->\n```\w+\n((?:.*\n)*?)```", TOPIC))
FILES = EXAMPLES.pop("files")
DAY = "2022-12-31"

pytestmark = pytest.mark.readers

# ---------------------------------------------------------------- a program on which careless readers fail

WHOLE = 150
"""How many whole numbers stand before the first decimal: polars looks at 100 rows only, unless it is told."""

HEAD = """targettrack = 1

[program]
name = "Industry to 2021"

[sources.gso]
title = "Yearbook"
published = 2022-06-30

[indicators.kilometres]
name = "Kilometres of road"
unit = "km"
direction = "increase"

[indicators.share]
name = "NA"
unit = "%"
direction = "increase"

[indicators.output]
name = "Output"
unit = "VND"
direction = "increase"

[indicators.accidents]
name = "Accidents"
unit = "accidents"
direction = "decrease"

[indicators.law]
name = "A law"
unit = "yes/no"

[indicators.office]
name = "An office"
unit = "yes/no"
"""

AIMS = [
    *(("kilometres", 1800 + year, "10", "value = 8" if year == 3 else "value = 10") for year in range(WHOLE)),
    ("share", 2020, "40.000", "value = 34.230"),
    ("share", 2021, "34.23", "value = 34.230"),
    ("share", '"2021-S1"', "33.33", "value = 33.30"),
    ("output", 2020, "123456789012345678.91", "value = 123456789012345678.82"),
    ("accidents", 2020, "900", 'value = 900\napprox = "over"'),
    ("law", 2020, "true", "value = false"),
    ("office", 2020, "true", "value = true"),
]
"""Indicator, due, what was promised, what was achieved."""

MISSED = 6
GAPS = {"km": Decimal(-2), "pp": Decimal("-5.800"), "VND": Decimal("-0.09")}
"""The gaps of the missed targets, by unit; that of the accidents is an open end, and the law's is none."""
FIGURES = ["34.230", "34.230", "33.30", "123456789012345678.82"]
"""The figures that have decimals, as they were entered."""


def program() -> str:
    """The text of the program."""
    blocks = [HEAD]
    for indicator, due, promised, achieved in AIMS:
        blocks.append(f'[[indicators.{indicator}.targets]]\nby = {due}\nvalue = {promised}\nsource = "gso"\n')
        blocks.append(f'[[actuals]]\nindicator = "{indicator}"\nperiod = {due}\n{achieved}\nsource = "gso"\n')
    return "\n".join(blocks)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the README's command writes of the program; the day is set behind each command."""
    folder = tmp_path_factory.mktemp("readers")
    (folder / "targets").mkdir()
    (folder / "targets" / "p.toml").write_text(program(), encoding="utf-8")
    here = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}"}
    command = FILES.replace("targettrack status", f"targettrack status --on {DAY}")
    subprocess.run(["bash", "-euc", command], cwd=folder, env=environment, check=True)
    return folder


def installed(name: str) -> None:
    """Skip the test where a library is not there."""
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed: pip install 'targettrack[readers]'")


def printed(place: Path, *argv: str) -> str:
    """What a process prints; its warnings are faults too."""
    done = subprocess.run(argv, cwd=place, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def python(place: Path, text: str) -> str:
    """What a Python text prints last."""
    return printed(
        place, sys.executable, "-W", "error::DeprecationWarning", "-W", "error::FutureWarning", "-c", text
    ).splitlines()[-1]


def test_the_readme_has_an_example_for_each() -> None:
    """Each reader has one for JSON or its lines, and those that read CSV one for that."""
    assert set(EXAMPLES) == {
        "pandas status.json",
        "pandas status.csv",
        "polars status.csv",
        "polars status.jsonl",
        "duckdb status.jsonl",
        "duckdb status.csv",
        "jq status.json",
        "jq status.jsonl",
    }


ASKED = """
import json as _json
_texts = lambda column: [str(cell) for cell in column if cell is not None and "." in str(cell)]
"""

PANDAS = """
_answers = [cell for cell in rows["answer"] if str(cell).lower() in {"true", "false"}]
print(_json.dumps({"columns": list(rows.columns)[:2], "rows": len(rows), "missed": len(missed), "figures": _texts(rows["figure"]), "answers": [str(cell).lower() for cell in _answers],
    "due": list(rows[DUE])[-6:], "names": list(rows["name"].unique()), "gaps": {unit: str(gap) for unit, gap in GAPS.items()}}))
"""

POLARS = """
_answers = rows["answer"].drop_nulls().to_list()
_gaps = exact.group_by("gap_unit").agg(polars.col("gap").cast(polars.Decimal(38, 20)).sum())
print(_json.dumps({"columns": rows.columns[:2], "rows": rows.height, "missed": len(missed), "figures": _texts(rows["figure"].to_list()), "answers": [str(cell).lower() for cell in _answers],
    "due": rows[DUE].to_list()[-6:], "names": rows["name"].unique(maintain_order=True).to_list(), "gaps": {unit: str(gap) for unit, gap in _gaps.iter_rows()}}))
"""

FOUND = {
    "columns": ["program", "indicator"],
    "rows": len(AIMS),
    "missed": MISSED,
    "figures": FIGURES,
    "answers": ["false", "true"],
    "due": ["2021", "2021-S1", "2020", "2020", "2020", "2020"],
    "names": ["Kilometres of road", "NA", "Output", "Accidents", "A law", "An office"],
}


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (
            "pandas status.json",
            PANDAS.replace("DUE", '"target.by"').replace("GAPS", 'exact.groupby("gap_unit")["gap"].sum()'),
        ),
        (
            "pandas status.csv",
            PANDAS.replace("DUE", '"target_by"').replace(
                "GAPS", 'exact["gap"].map(Decimal).groupby(exact["gap_unit"]).sum()'
            ),
        ),
        ("polars status.csv", POLARS.replace("DUE", '"target_by"')),
        ("polars status.jsonl", POLARS.replace("DUE", '"target.by"')),
    ],
)
def test_a_table_has_every_digit(place: Path, name: str, asked: str) -> None:
    """Numbers have the digits entered, answers stand apart, periods stay texts, and sums are exact."""
    installed(name.partition(" ")[0])
    found = json.loads(python(place, EXAMPLES[name] + ASKED + asked))
    assert {unit: Decimal(gap) for unit, gap in found.pop("gaps").items()} == GAPS
    assert found == FOUND


@pytest.mark.parametrize("name", ["duckdb status.jsonl", "duckdb status.csv"])
def test_duckdb_adds_decimals(place: Path, name: str) -> None:
    """The gaps are added up exactly; the open end and the milestone are counted, and have none."""
    installed("duckdb")
    text = f"import duckdb, json\nprint(json.dumps([[unit, missed, None if gap is None else str(gap)] for unit, missed, gap in duckdb.sql({EXAMPLES[name]!r}).fetchall()]))"
    found = {
        unit: (missed, None if gap is None else Decimal(gap)) for unit, missed, gap in json.loads(python(place, text))
    }
    assert found == {
        "km": (1, GAPS["km"]),
        "pp": (2, GAPS["pp"]),
        "VND": (1, GAPS["VND"]),
        "accidents": (1, None),
        None: (1, None),
    }


def test_jq_counts_and_chooses(place: Path) -> None:
    """The counts are right; the sentences have their digits; a milestone is chosen by its answer."""
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed: apt-get install jq")
    count, *why = printed(place, "bash", "-euc", EXAMPLES["jq status.json"]).splitlines()
    assert (count, len(why)) == (str(MISSED), MISSED)
    digits = re.sub(r"(?<=\d)\s(?=\d)", "", "\n".join(why))
    assert [number in digits for number in ("34.230", "33.30 ", "123456789012345678.82", "900 ")] == [True] * 4
    assert printed(place, "bash", "-euc", EXAMPLES["jq status.jsonl"]) == "p/law by 2020\n"


def test_what_jq_makes_of_numbers(place: Path) -> None:
    """The README says why jq should not reckon: a number with many digits is another one for it (unless it only passes it on, as 1.7 does)."""
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed: apt-get install jq")
    assert printed(place, "jq", "-r", 'select(.indicator == "output") | .figure - 0', "status.jsonl") in {
        "123456789012345680\n",
        "123456789012345683\n",
        "123456789012345680.0\n",
    }
