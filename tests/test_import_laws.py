"""Laws of import: a report is a partition of the cells, what a draft asks can be answered, and the shape of a table changes none of its figures."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from support import load, tries
from targettrack.recording import drafting, imported
from targettrack.recording.header import is_figure
from targettrack.recording.imported import File
from targettrack.recording.mapping import TableMap, read
from targettrack.recording.table import Area, Book, Broken, Dated, Percent, Sheet

if TYPE_CHECKING:
    from targettrack.recording.table import Value
    from targettrack.recording.taking import Taken

PROGRAM = load("""\
targettrack = 1
[program]
name = "Nowhere"
[indicators.share]
name = "Share of industry"
unit = "%"
[indicators.trees]
name = "Trees planted"
[indicators.law]
name = "The law is in force"
unit = "yes/no"
""").program
NAMES = [each.name for each in PROGRAM.indicators.values()]
FILE = File("t.csv", "t.csv", "0" * 64)
MAP = TableMap()


def mapped(text: str) -> TableMap:
    """A mapping."""
    return read(f"import = 1\n{text}", "map.toml")


def taken(rows: list[list[Value]], map: TableMap = MAP, **more: Any) -> Taken:
    """What the one sheet of a file gives."""
    return imported.figures(Book((Sheet("", rows, **more),)), map, PROGRAM, FILE)


def figures(found: Taken) -> list[tuple[object, ...]]:
    """The figures without their cells, in any order."""
    assert not found.problems, found.problems
    return sorted(
        (
            row.values["indicator"],
            row.values["period"],
            str(row.values.get("value", row.values.get("range"))),
            str(sorted(row.values.get("disaggregation", {}).items())),
        )
        for row in found.rows
    )


NUMBERS = st.integers(-5000, 5000).map(Decimal) | st.decimals(-99, 99, places=2)
CELLS: st.SearchStrategy[Value] = st.one_of(
    NUMBERS,
    NUMBERS.map(str),
    NUMBERS.map(Percent),
    st.sampled_from(
        [
            "",
            "",
            "..",
            "-",
            "x",
            "12*",
            "6,3p",
            "1.234",
            "1,234",
            "40-45",
            "<2.5",
            "(1234)",
            "(7)",
            "007",
            "12 f",
            "n/a",
        ]
    ),
    st.sampled_from(["2001", "2002", "Indicator", "Enterprises", *NAMES, "1", "2", "A", "Total", "Kế hoạch", "Value"]),
    st.sampled_from(
        [True, False, Broken("error", "#N/A"), Broken("uncalculated", "=A1"), Dated(date(2001, 1, 1), "day")]
    ),
)
HEADERS: st.SearchStrategy[Value] = st.sampled_from(
    [
        "STT",
        "2001",
        "2002",
        "Năm 2003",
        "Ước TH 2004",
        "KH 2005",
        "Flag",
        "Region",
        "Low",
        "",
        "Ghi chú",
        "2006/2005 (%)",
    ]
)
SKIPS = mapped(
    "\n".join(f'columns.{name} = {{ skip = "not wanted" }}' for name in ('"*%*"', '"Region*"', '"*Low*"'))
    + '\nflags.others = "note"\nall.unit = "invented"\nunits.invented = { multiply = 1 }\n'
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[Value]], dict[str, Any]]:
    """A table of any cells below a header, with hidden rows and columns, and merged cells."""
    header: list[Value] = [
        "Indicator",
        *draw(st.lists(HEADERS, min_size=2, max_size=5, unique_by=lambda text: text or object())),
    ]
    labels = st.sampled_from([*NAMES, *NAMES, "Unheard of", "", "Indicator"])
    rows = draw(st.lists(st.tuples(labels, *([CELLS] * (len(header) - 1))).map(list), min_size=1, max_size=6))
    few = st.frozensets(st.integers(1, 5), max_size=1)
    merged = draw(st.sampled_from([(), (Area(1, 1, 1, 2),), (Area(1, 0, 2, 0),), (Area(1, 2, 2, 2),)]))
    return [header, *rows], {"hidden_rows": draw(few), "hidden_columns": draw(few), "merged": merged}


@given(tables())
@tries(600)
def test_every_figure_is_taken_or_left_once(table: tuple[list[list[Value]], dict[str, Any]]) -> None:
    """Each cell that looks like a figure is taken or left, exactly once, but for what says what the figures are of."""
    rows, more = table
    found = taken(rows, SKIPS, **more)
    if any(
        problem.code in {"two-columns", "missing-column", "unknown-column", "no-header"} for problem in found.problems
    ):
        assert not found.rows
        return
    cells = [row.values["cell"] for row in found.rows] + [each.cell for each in found.left]
    assert len(cells) == len(set(cells))
    sheet = Sheet("", rows)
    words = {at for at, text in enumerate(rows[0]) if text in {"Indicator", "Flag", "Ghi chú"}}
    seen = {
        sheet.address(row, column)
        for row in range(1, len(rows))
        for column, cell in enumerate(rows[row])
        if column not in words and (is_figure(cell) or isinstance(cell, Broken))
    }
    beside = {sheet.address(row, column) for row in range(1, len(rows)) for column in words}
    empty_headed = {
        sheet.address(row, at) for at, text in enumerate(rows[0]) if text == "" for row in range(1, len(rows))
    }
    assert seen - empty_headed <= set(cells) | beside


YEARS = st.lists(st.integers(1990, 2030).map(str), min_size=2, max_size=5, unique=True)
GROUPS = st.lists(st.sampled_from(["North", "South", "West", "East"]), min_size=1, max_size=3, unique=True)


@st.composite
def grids(draw: st.DrawFn) -> dict[tuple[str, str, str], Value]:
    """Figures by indicator, group and year."""
    keys = [(name, group, year) for name in NAMES[:2] for group in draw(GROUPS) for year in draw(YEARS)]
    return {key: draw(NUMBERS) for key in keys}


def wide(grid: dict[tuple[str, str, str], Value], names: tuple[str, str] = ("Indicator", "Group")) -> list[list[Value]]:
    """Figures with a column a year."""
    years = list(dict.fromkeys(year for *_, year in grid))
    lines = list(dict.fromkeys((name, group) for name, group, _ in grid))
    rows: list[list[Value]] = [[*names, *years]]
    return rows + [[name, group, *(grid.get((name, group, year), "") for year in years)] for name, group in lines]


GROUP = mapped('[columns]\nGroup = "part:group"\n')


@given(grids(), st.permutations(range(4)))
@tries(200)
def test_shape_changes_no_figure(grid: dict[tuple[str, str, str], Value], order: list[int]) -> None:
    """A wide table and its long form, with its columns in any order, give the same figures."""
    long: list[list[Value]] = [["Indicator", "Group", "Time", "Value"], *([*key, value] for key, value in grid.items())]
    moved = [[row[at] for at in order] for row in long]
    assert figures(taken(wide(grid), GROUP)) == figures(taken(long, GROUP)) == figures(taken(moved, GROUP))
    cells = [(row.values["cell"][1:], str(row.values["value"])) for row in taken(long, GROUP).rows]
    assert cells == [(row.values["cell"][1:], str(row.values["value"])) for row in taken(moved, GROUP).rows]


ANSWERS = {"Group": '"part:group"', "publisher": '"Office"', "remarkable": '{ skip = "no figure" }'}


@given(grids())
@tries(100)
def test_a_draft_can_be_answered(grid: dict[tuple[str, str, str], Value]) -> None:
    """What a draft asks is all that is missing: with its question marks answered it reads back, and takes every figure."""
    called = dict(zip(NAMES, ["Thị phần *", 'Cây "mới"'], strict=False))
    rows = wide({(called[name], group, year): value for (name, group, year), value in grid.items()}, ("Thing", "Group"))
    rows = [["Bảng 1"], *([*row, "remarkable" if at == 0 else Decimal(9)] for at, row in enumerate(rows))]
    map = mapped('[columns]\nThing = "indicator"\n')
    text, questions = drafting.draft(Book((Sheet("", rows),)), map, PROGRAM, FILE, "csv", None)
    answered = re.sub(
        r'^("?)(\w+)\1 = "\?"', lambda found: f"{found[0][:-3]}{ANSWERS[found[2]]}", text, flags=re.MULTILINE
    )
    for (id, indicator), name in zip(PROGRAM.indicators.items(), called.values(), strict=False):
        assert indicator.name in called
        answered = re.sub(rf'^(.*{re.escape(name[:3])}.*) = "\?"', rf'\1 = "{id}"', answered, flags=re.MULTILINE)
    assert questions == len(ANSWERS) + 2
    assert ' = "?"' not in answered
    found = taken(rows, read(answered, "map.toml"))
    assert figures(found) == figures(taken(wide(grid), GROUP))
    assert {each.about for each in found.left} == {"no figure"}


ALIKE = mapped("""\
header = [1]
decimal = "."
[all]
indicator = "share"
[columns]
Region = "part:region"
Sex = "part:sex"
Year = "period"
Value = "value"
Flag = "flag"
Plan = { skip = "a plan" }
[flags]
others = "note"
""")
LONG = st.lists(
    st.tuples(
        st.sampled_from(["North", "South"]),
        st.sampled_from(["F", Decimal(1), Decimal("1.0")]),
        st.sampled_from(["2004", "2004", "2005-Q1", "2005", "2005p", "soon", Decimal(2004)]),
        st.sampled_from(["1.5", "2", "2004", "12*", "~40", "40-45", "..", "x", "", Decimal(7), Percent(Decimal(6))]),
        st.sampled_from(["", "", "", "p"]),
        st.sampled_from(["", "9", "word"]),
    ).map(list),
    min_size=5,
    max_size=25,
)


def each_cell(found: Taken, row: int | None = None) -> list[tuple[object, ...]]:
    """What became of the cells below the header of a table; of a table of one row as if this were another one."""
    said = [({**each.values}, each.origin.line) for each in found.rows]
    left = [(each.cell, each.text, each.why, each.about) for each in found.left]
    place = re.compile(r"(?<=[A-Z])\d+$")
    put = (lambda cell: place.sub(str(row), str(cell))) if row else str
    return sorted(
        [
            *((put(values.pop("cell")), "taken", str(sorted(values.items(), key=str)), line) for values, line in said),
            *((put(cell), why, text, about) for cell, text, why, about in left),
        ],
        key=str,
    )


@given(LONG, st.booleans())
@tries(150)
def test_what_rows_have_in_common_is_understood_as_of_each_alone(rows: list[list[Value]], texts: bool) -> None:
    """Rows that say the same but for their numbers and periods are understood once: a table gives what its rows give one by one."""
    header: list[Value] = ["Region", "Sex", "Year", "Value", "Flag", "Plan"]
    rows = [[str(cell) if texts and isinstance(cell, Decimal) else cell for cell in row] for row in rows]
    alone = [each_cell(taken([header, row], ALIKE), number) for number, row in enumerate(rows, 2)]
    assert each_cell(taken([header, *rows], ALIKE)) == sorted((each for one in alone for each in one), key=str)
