"""Matter: of a file with very many figures only some are read, and what is said is what all of them say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from support import run, tries
from targettrack.store import load
from targettrack.store.links import _survey
from test_laws import maybe, without_none

Table = dict[str, Any]

MONTHS = [f"{year}-{month:02}" for year in (2014, 2015, 2016) for month in range(1, 13)]
QUARTERS = [f"{year}-Q{quarter}" for year in (2014, 2015, 2016) for quarter in range(1, 5)]
YEARS = [str(year) for year in range(2009, 2019)]
KINDS = [YEARS, YEARS, MONTHS, QUARTERS, [f"{year}-12-31" for year in range(2010, 2018)]]
MIXED = [*YEARS, *QUARTERS]
PARTS = [None, "textile", "steel", "steel", "Textile"]
DAYS = st.dates(date(2009, 6, 1), date(2019, 6, 1))
WRITTEN = st.one_of(
    st.sampled_from([f"{year}" for year in range(2010, 2019)]),
    st.sampled_from(MONTHS),
    st.builds(str, DAYS),
)
"""Days of publication as they are written: some only by their month or year."""
NUMBERS = st.integers(-50, 200).map(lambda number: number / 2)


SHAPES = ["value", "value", "range", "times_baseline", "improve"]


@st.composite
def targets(draw: st.DrawFn, periods: list[str], *, calm: bool) -> Table:
    """A promise on one figure by a day; where it is not ``calm``, of any kind."""
    by = draw(st.integers(1, len(periods) - 1))
    found: Table = {"by": periods[by]}
    shape = draw(st.sampled_from(SHAPES if calm else [*SHAPES, "undetermined"]))
    low, high = sorted([draw(NUMBERS), draw(NUMBERS)])
    found[shape] = {"value": low, "range": [low, high], "times_baseline": 1.5}.get(shape, True)
    kind = draw(st.sampled_from(["dated"] * 6 + ["open", "last"] + ([] if calm else ["every", "sum"])))
    if kind == "every" and shape != "undetermined":
        found |= {"every": draw(st.sampled_from(["year", "quarter"]))}
    elif kind == "sum" and shape not in {"improve", "undetermined"}:
        found |= {"from": "2010", "by": "2018", "aggregate": "sum"}
    elif kind == "last":
        found |= {"aggregate": "last"}
    elif kind == "open":
        del found["by"]
    own = shape == "times_baseline" or draw(st.booleans())
    part = draw(st.sampled_from(PARTS))
    return found | without_none(
        {
            "set_on": draw(maybe(DAYS)),
            "disaggregation": part and {"sector": part},
            "standing": draw(st.sampled_from([None] * 4 + ["proposed"])),
            "baseline": draw(baselines(periods[:by])) if own else None,
            "source": draw(st.sampled_from([None, "a", "b"])),
        }
    )


def baselines(periods: list[str]) -> st.SearchStrategy[Table]:
    """What a promise starts from."""
    return st.fixed_dictionaries(
        {"period": st.sampled_from(periods), "value": st.integers(1, 100)},
        optional={"published": DAYS},
    )


@st.composite
def indicators(draw: st.DrawFn, periods: list[str], *, calm: bool) -> Table:
    """An indicator with the promises on it."""
    few = st.sampled_from
    made = draw(st.lists(targets(periods, calm=calm), max_size=4))
    asked = any("improve" in each for each in made)
    return {"name": "I", "unit": "%", "targets": made} | without_none(
        {
            "direction": draw(few(["increase", "decrease"] if asked else ["increase", "decrease", "maintain"])),
            "frequency": draw(maybe(few(["year", "quarter", "month"]))),
            "lag": draw(few([None, None, "7 months", "20 days"])),
            "cumulative": None if calm else draw(few([None, None, True])),
            "prefer": draw(few([None, ["b"], ["c", "a"]])),
            "baseline": draw(maybe(baselines(periods[:1]))),
        }
    )


COLUMNS = {
    "indicator": "VARCHAR", "period": "VARCHAR", "value": "DECIMAL(18, 1)", "published": "VARCHAR", "recorded": "DATE", "source": "VARCHAR", "series_break": "BOOLEAN", "quality": "VARCHAR", "approx": "VARCHAR", "note": "VARCHAR", "sector": "VARCHAR",
}  # fmt: skip


def rows(periods: list[str], *, calm: bool) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Figures, by the columns: where they are ``calm`` without breaks, each published on a day."""
    few = st.sampled_from
    days = st.builds(str, DAYS)
    return st.lists(
        st.tuples(
            few(["i", "i", "i", "j"]), few(periods), NUMBERS, st.one_of(st.none(), st.none(), days if calm else WRITTEN), few([None, None, None, date(2013, 1, 1)]), few([None, "a", "b", "c"]), few([None] if calm else [None] * 12 + [True]), few([None, None, "provisional", "estimate"]), few([None, None, "about", "over"]), few([None, None, "n"]), few([*PARTS[:3], "", None] if calm else [*PARTS, "", None])
        ),
        min_size=1 if not calm else 10,
        max_size=60,
    )  # fmt: skip


@st.composite
def programs(draw: st.DrawFn) -> tuple[Table, list[tuple[Any, ...]]]:
    """A program whose figures are in a file, but for a few, and the rows of that file; mostly such that few figures matter."""
    calm = draw(st.integers(0, 3)) > 0
    periods = draw(st.sampled_from(KINDS if calm else [*KINDS, MIXED]))
    document: Table = {
        "targettrack": 1,
        "program": {"name": "P"},
        "sources": {
            "a": {"title": "A", "publisher": "P"},
            "b": {"title": "B", "publisher": "P", "published": date(2015, 6, 1)},
            "c": {"title": "C"},
        },
        "indicators": {name: draw(indicators(periods, calm=calm)) for name in ("i", "j")},
        "links": {"o": {"file": "o.parquet", "columns": {"disaggregation": {"sector": "sector"}}}},
    }
    if draw(st.integers(0, 4)) == 0:
        document["actuals"] = [{"indicator": "i", "period": draw(st.sampled_from(periods)), "value": draw(NUMBERS)}]
    return document, draw(rows(periods, calm=calm))


def save(path: Path, found: list[tuple[Any, ...]]) -> None:
    """The rows as a file of typed columns."""
    with closing(duckdb.connect()) as base:
        base.execute(f"CREATE TABLE t ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
        base.executemany(f"INSERT INTO t VALUES ({', '.join('?' for _ in COLUMNS)})", found)  # noqa: S608 - the columns of this file
        base.execute(f"COPY t TO '{path}' (FORMAT parquet)")


@contextmanager
def large_from(rows: int) -> Iterator[None]:
    """Files and tables of so many rows are large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_survey, "LARGE", rows)
        yield


def said(folder: Path, on: date, large: int) -> list[tuple[int, str, str]]:
    """What status says of a program, in each of its ways, where files of so many rows are large."""
    with large_from(large):
        ways = (
            ["--json"],
            ["--json", "--against", "original"],
            ["--format", "table"],
            ["--format", "csv", "--columns", "all"],
        )
        runs = [run("status", "p", *way, "--on", on.isoformat(), "--targets", folder) for way in ways]
    return [(each.returncode, each.stdout, each.stderr) for each in runs]


@tries(200)
@given(programs(), DAYS)
def test_what_is_left_out_does_not_matter(made: tuple[Table, list[tuple[Any, ...]]], on: date) -> None:
    """Where only some figures are read, what is said is what all figures say, to the byte."""
    document, found = made
    with TemporaryDirectory() as name:
        folder = Path(name)
        save(folder / "o.parquet", found)
        (folder / "p.toml").write_text(tomli_w.dumps(document), encoding="utf-8")
        assert said(folder, on, 0) == said(folder, on, 10**9)


PLAIN = """targettrack = 1
[program]
name = "P"
[indicators.i]
name = "I"
unit = "%"
direction = "increase"
[[indicators.i.targets]]
value = 50
by = 2015
disaggregation = { sector = "textile" }
[links.o]
file = "o.parquet"
columns = { disaggregation = { sector = "sector" } }
"""


def left(folder: Path, text: str, on: date = date(2017, 1, 1)) -> list[int] | None:
    """Which rows are read of a file of one figure a year of two parts; None for all."""
    figures = [
        ("i", year, number, None, None, None, None, None, None, None, part)
        for part in ("textile", "steel")
        for number, year in enumerate(YEARS)
    ]
    save(folder / "o.parquet", figures)
    (folder / "p.toml").write_text(text, encoding="utf-8")
    with large_from(0):
        found = load.load(folder / "p.toml", on)
    assert found is not None
    (link,) = found.program.linked
    return None if link.rows is None else list(link.rows)


def test_few_figures_are_read(tmp_path: Path) -> None:
    """Of a promise by a year: the first figure, and the one of that year; of other parts none."""
    assert left(tmp_path, PLAIN) == [1, 7]


def test_what_has_no_figure_names_the_others(tmp_path: Path) -> None:
    """Of a promise on a part that no figure is of: the newest figure of every other part."""
    assert left(tmp_path, PLAIN.replace('"textile"', '"paper"')) == [8, 18]


def test_a_sum_reads_all_of_its_part(tmp_path: Path) -> None:
    """Of a sum every figure of its part, and the newest of the others."""
    text = PLAIN.replace("by = 2015", 'by = "2011/2015"\naggregate = "sum"')
    assert left(tmp_path, text) == [*range(1, 11), 18]


def test_a_small_file_is_read_whole(tmp_path: Path) -> None:
    """Choosing is worth its while only where very much is left out."""
    left(tmp_path, PLAIN)
    found = load.load(tmp_path / "p.toml", date(2017, 1, 1))
    assert found is not None
    assert [each.rows for each in found.program.linked] == [None]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (("i", "2015", None), "this actual has no figure"),
        (("k", "2015", 1), "no indicator has the id"),
        (("i", "2015-13", 1), "row 21"),
        ((None, "2015", 1), "row 21"),
    ],
)
def test_a_wrong_row_is_found_wherever_it_is(tmp_path: Path, broken: tuple[Any, ...], said: str) -> None:
    """A row that no promise looks at is refused all the same, as when every row is read."""
    left(tmp_path, PLAIN)
    with closing(duckdb.connect()) as base:
        base.execute(f"CREATE TABLE t AS FROM '{tmp_path / 'o.parquet'}'")
        base.execute(
            "INSERT INTO t BY NAME (SELECT ? AS indicator, ? AS period, ?::DECIMAL(18, 1) AS value)", list(broken)
        )
        base.execute(f"COPY t TO '{tmp_path / 'o.parquet'}' (FORMAT parquet)")
    with large_from(0):
        found = run("status", "p", "--json", "--targets", tmp_path)
    whole = run("status", "p", "--json", "--targets", tmp_path)
    assert (found.returncode, found.stdout, found.stderr) == (whole.returncode, whole.stdout, whole.stderr)
    assert (found.returncode, said in found.stdout + found.stderr) == (4, True)
