"""Beginning: a program drafted from a table of targets is valid, says what the table says, and has or names every figure of it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import HERE, load, run
from targettrack.errors import TargettrackError
from targettrack.period import Year
from targettrack.recording import aims, beginning
from targettrack.recording.aims import Bound, ToBeSet
from targettrack.recording.amounts import NoFigure, Unclear
from targettrack.recording.beginning import Wanted
from targettrack.recording.imported import File
from targettrack.recording.mapping import Column, TableMap
from targettrack.recording.mapping import read as read_map
from targettrack.recording.table import Book, Percent, Sheet, letters
from targettrack.recording.vocabulary import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from targettrack.program.shelf import Loaded
    from targettrack.recording.beginning import Begun
    from targettrack.recording.table import Value

TABLES = HERE / "tables"
GOLDEN = HERE / "golden" / "new-from"
FILES = {
    "targets-infobase": ("targets-infobase.csv", "targets-infobase.import.toml"),
    "targets-goals": ("targets-goals.json", None),
    "targets-table": ("targets-table.csv", None),
    "targets-vietnamese": ("targets-vietnamese.csv", None),
    "targets-wide": ("targets-wide.csv", "targets-wide.import.toml"),
    "iati-results": ("iati-results.xml", None),
}


def drafted(folder: Path, name: str) -> tuple[str, str]:
    """The program that ``new --from`` writes from a file of the tables, and what it says on stderr."""
    file, mapping = FILES[name]
    (folder / "targets").mkdir(exist_ok=True)
    more = ("--map", str(TABLES / mapping)) if mapping else ()
    result = run("new", name, "--from", str(TABLES / file), *more, cwd=folder)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    return (folder / "targets" / f"{name}.toml").read_text(encoding="utf-8"), result.stderr


@pytest.mark.parametrize("name", FILES)
def test_a_table_becomes_the_program_that_was_read(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each kind of table becomes, byte for byte, the program that was read and found right."""
    text, _ = drafted(tmp_path, name)
    path = GOLDEN / f"{name}.toml"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_draft_is_valid_and_is_judged(name: str, tmp_path: Path) -> None:
    """What was drafted has no errors, and status judges it as it stands."""
    drafted(tmp_path, name)
    checked = run("check", name, "--json", cwd=tmp_path)
    assert '"severity": "error"' not in checked.stdout.replace('":"', '": "'), checked.stdout
    assert run("status", name, "--on", "2007-07-07", cwd=tmp_path).returncode == 0


_CHOSEN = re.compile(r'^# (direction = )"\?".*$', re.MULTILINE)
_ASKED = re.compile(r"^# (\[\[indicators\.\S+\.targets\]\].*|[a-z_.]+ = (?!\{|…|.*…).*)$", re.MULTILINE)


@pytest.mark.parametrize("name", FILES)
def test_a_choice_takes_no_more_than_the_sign_away(name: str, tmp_path: Path) -> None:
    """Where a direction is chosen, and the signs before the targets are taken away, the program is valid."""
    text, _ = drafted(tmp_path, name)
    chosen = _CHOSEN.sub(r'\1"decrease"', text)
    opened = load(_ASKED.sub(r"\1", chosen.replace('# unit = "…"', "#").replace("# published = ", "#published ")))
    assert sum(map(len, (each.targets for each in opened.program.indicators.values()))) == text.count(".targets]]")


# ---------------------------------------------------------------- small tables


def begun(*rows: Sequence[Value], map: TableMap | None = None) -> Begun:
    """The draft from a sheet of cells."""
    wanted = Wanted("program")
    return beginning.begun(Book((Sheet("", rows),)), map or TableMap(), File("t.csv", "t.csv", "0" * 64), "csv", wanted)


def program(*rows: Sequence[Value], map: TableMap | None = None) -> Loaded:
    """The program from a sheet of cells."""
    return load(begun(*rows, map=map).text)


HEADER = ("Indicator", "Unit", "Direction", "Target", "Due")


def test_a_direction_is_never_invented() -> None:
    """A target above its baseline does not say that more is better: the target waits as a comment, which offers it."""
    found = begun(("Indicator", "Baseline", "Baseline year", "Target", "Due"), ("Invented", "11", "2000", "22", "2005"))
    (indicator,) = load(found.text).program.indicators.values()
    assert (indicator.direction, indicator.targets) == (None, ())
    assert "# value = 22\n" in found.text
    assert "every target lies above its baseline, as with increase" in found.text
    assert [(each.cell, each.text) for each in found.left] == [("D2", "22")]


@pytest.mark.parametrize(
    ("text", "direction"), [("at least 22", "increase"), ("≤ 22 %", "decrease"), ("> 22", "increase")]
)
def test_words_of_a_bound_say_the_direction(text: str, direction: str) -> None:
    """A floor is met from above and a ceiling from below, whatever else is not said."""
    (indicator,) = program(HEADER, ("Invented", "", "", text, "2005")).program.indicators.values()
    assert (indicator.direction, indicator.targets[0].value) == (direction, Decimal(22))
    assert indicator.targets[0].strict is text.startswith(">")


def test_a_floor_that_should_fall_is_asked_about() -> None:
    """A direction that the words of the target contradict is not taken."""
    (indicator,) = program(HEADER, ("Invented", "", "decrease", "at least 22", "2005")).program.indicators.values()
    assert (indicator.direction, indicator.targets) == (None, ())


def test_targets_that_nothing_tells_apart_are_both_left() -> None:
    """Of two numbers due in one year, without a date, neither is taken for the promise."""
    found = begun(HEADER, ("Invented", "t", "up", "22", "2005"), ("Invented", "t", "up", "33", "2005"))
    assert found.targets == 0
    assert [each.text for each in found.left] == ["22", "33"]


def test_the_same_target_stands_once() -> None:
    """Rows that repeat a target are one target, with the cells of all."""
    found = begun(HEADER, ("Invented", "t", "up", "22", "2005"), ("Invented", "t", "up", "22.0", "2005"))
    assert (found.targets, found.left) == (1, ())
    assert ".targets]]  # D2, D3\n" in found.text


def test_what_cannot_be_read_in_one_way_is_a_comment() -> None:
    """A number of two readings is left, with both of them beside its indicator."""
    found = begun(HEADER, ("Invented", "t", "up", "1,500", "2005"))
    assert found.targets == 0
    assert "# target, D2: 1,500: more than one reading (1500, 1.500)\n" in found.text
    assert [(each.cell, each.why) for each in found.left] == [("D2", "unclear")]


def test_a_due_date_that_is_no_date_is_told() -> None:
    """What the table says instead of a deadline stands beside the target, which has none."""
    found = begun(HEADER, ("Invented", "t", "up", "22", "Ongoing"))
    assert '# by when: the table says "Ongoing"\n' in found.text
    assert load(found.text).program.indicators["invented"].targets[0].by is None


def test_percentages_of_cells_are_percentages() -> None:
    """A cell that is shown as a percentage makes its indicator one; a number beside it without the sign is left."""
    found = begun(
        ("Indicator", "Direction", "Target", "Due", "Actual", "Actual period"),
        ("Invented", "up", Percent(Decimal("6.5")), Decimal(2005), Decimal("0.05"), Decimal(2003)),
    )
    assert load(found.text).program.indicators["invented"].unit == "%"
    assert (found.targets, [each.cell for each in found.left]) == (1, ["E2"])


def test_a_percentage_of_pieces_is_left() -> None:
    """A percentage is no target of what is counted in pieces."""
    found = begun(HEADER, ("Invented", "pieces", "up", "5%", "2005"))
    assert (found.targets, [each.text for each in found.left]) == (0, ["5%"])


def test_figures_in_columns_that_nobody_knows_are_named() -> None:
    """A number in a column without a meaning is named, not dropped."""
    found = begun((*HEADER, "Frobs"), ("Invented", "t", "up", "22", "2005", "77"))
    assert [(each.cell, each.text) for each in found.left] == [("F2", "77")]
    assert any('"Frobs"' in text for text in found.said)


def test_a_row_without_a_name_gives_nothing_and_is_named() -> None:
    """A total below the table belongs to no indicator."""
    found = begun(HEADER, ("Invented", "t", "up", "22", "2005"), ("", "", "", "99", ""))
    assert [(each.cell, each.text) for each in found.left] == [("D3", "99")]


def test_the_source_of_a_target_is_not_that_of_its_figure() -> None:
    """The decision that sets a target did not measure what happened."""
    found = program(
        (*HEADER, "Source", "Actual", "Actual period"),
        ("Invented", "t", "up", "22", "2005", "Decision 1", "11", "2003"),
    ).program
    assert found.indicators["invented"].targets[0].source == "decision-1"
    assert found.document.actuals[0].source == "t"


def test_a_year_beside_target_and_actual_is_that_of_the_actual() -> None:
    """A column called Year does not say by when a target is due, unless the mapping calls it the period of both."""
    rows = (("Indicator", "Direction", "Target", "Actual", "Year"), ("Invented", "up", "22", "11", "2003"))
    plain = program(*rows).program
    assert plain.indicators["invented"].targets[0].by is None
    assert plain.document.actuals[0].period.text == "2003"
    mapped = program(*rows, map=TableMap(columns={"Year": Column(is_="period")})).program
    due = mapped.indicators["invented"].targets[0].by
    assert due is not None
    assert due.text == "2003"


def test_indicators_of_one_name_and_different_ids_are_two() -> None:
    """What two departments call the same is not one indicator."""
    found = program(("ID", *HEADER), ("1", "Staff", "n", "up", "22", "2005"), ("2", "Staff", "n", "up", "33", "2005"))
    assert list(found.program.indicators) == ["staff", "staff-2"]


def test_columns_of_one_due_year_need_to_be_told_apart() -> None:
    """Two documents that promise of one indicator by one year are versions of one promise, which no date here tells apart."""
    mapping = """import = 1
direction = "decrease"
all.indicator = "Energy"
columns.a = { is = "target", by = 2030, document = "A" }
columns.b = { is = "target", by = 2030, document = "B"%s }
"""
    rows = (("a", "b"), ("11", "22"))
    assert begun(*rows, map=read_map(mapping % "", "m")).targets == 0
    assert begun(*rows, map=read_map(mapping % ', indicator = "Energy of B"', "m")).targets == 2


def test_what_a_mapping_says_of_no_use_is_refused() -> None:
    """A multiplier that nobody would apply is not passed over."""
    with pytest.raises(TargettrackError, match="multiplier"):
        begun(
            (*HEADER, "M"),
            ("Invented", "t", "up", "22", "2005", "3"),
            map=TableMap(columns={"M": Column(is_="multiplier")}),
        )


def test_names_of_columns_cannot_write_into_the_program() -> None:
    """A line end in a name that is part of an address stays inside its comment."""
    header = ("Indicator", "Target", "target_narrative\n[program]")
    sheet = Sheet("", (header, ("Invented", "", "more joy\n= 1")), places=["", "[0]\n[program]"])
    found = beginning.begun(Book((sheet,)), TableMap(), File("t.json", "t.json", "0" * 64), "json", Wanted("program"))
    (promise,) = load(found.text).program.document.promises
    assert promise.text == "more joy = 1"


def test_a_table_that_names_no_target_is_refused() -> None:
    """A table without an indicator and a target is no beginning."""
    with pytest.raises(TargettrackError, match="header"):
        begun(("a", "b"), ("1", "2"))


def test_a_year_above_figures_does_not_say_that_they_were_measured() -> None:
    """Columns of bare years are of promises or of figures: nobody guesses which."""
    with pytest.raises(TargettrackError, match="whether these columns are targets"):
        begun(("Indicator", "Unit", "2005", "2010"), ("Invented", "t", "11", "22"))


def test_a_year_after_the_target_is_no_actual() -> None:
    """A column of a bare year that does not lie before the targets is not read, and named; one before them is what was measured."""
    found = begun(("Indicator", "Direction", "2003", "Target 2005", "2010"), ("Invented", "up", "11", "22", "33"))
    assert [each.period.text for each in load(found.text).program.document.actuals] == ["2003"]
    assert [(each.cell, each.text) for each in found.left] == [("E2", "33")]


def test_titles_above_are_no_header() -> None:
    """The header is found below a title, where one word and years are all that it has."""
    found = begun(
        ("Invented targets of 2005",), (), ("Indicator", "Target 2005", "Target 2010"), ("Invented", "≥ 11", "≥ 22")
    )
    assert [each.by.text for each in load(found.text).program.indicators["invented"].targets if each.by] == [
        "2005",
        "2010",
    ]


def test_an_estimate_stays_one() -> None:
    """What the header says of the quality of its figures is kept."""
    found = program(("Chỉ tiêu", "Hướng", "Ước TH 2003", "Mục tiêu 2005"), ("Bịa", "Tăng", "11", "22"))
    assert [each.quality for each in found.program.document.actuals] == ["estimate"]


def test_headings_and_notes_are_no_indicators() -> None:
    """A row with nothing but a name is a heading, or a note below the table; it is said."""
    found = begun(HEADER, ("I. Invented things",), ("Invented", "t", "up", "22", "2005"), ("Note: invented",))
    assert list(load(found.text).program.indicators) == ["invented"]
    assert any('"Note: invented"' in text for text in found.said)


# ---------------------------------------------------------------- laws


TEXTS = st.one_of(
    st.sampled_from(
        ("", "Invented", "Invented 2", "11", "11.5", "1,500", "22%", "at least 33", "< 44", "5-6", "TBD", "yes", "no", "..", "2005", "2005-Q3", "31/12/2005", "9/1/2005", "FY2005", "up", "decrease", "maintain", "Ongoing", "%", "t", "more joy", "1e5", "-7", "10", "n/a", "#", "\x00", "\u202e", "\ud800", "a\nb", '"', "'''", "\\")
    ),
    st.text(max_size=8),
)  # fmt: skip
CELLS = st.one_of(
    TEXTS,
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2),
    st.integers(0, 2100).map(Decimal),
    st.booleans(),
    st.decimals(min_value=0, max_value=100, places=1).map(Percent),
)
HEADERS = st.lists(
    st.sampled_from(
        ("Indicator", "ID", "Unit", "Direction", "Baseline", "Baseline year", "Target", "target_min", "target_max", "target_type", "Due", "target_year", "target_month", "Set on", "Source", "Data source", "Note", "Actual", "Year", "Quarter", "Status", "Owner", "Definition", "Target 2010", "2004", "Mục tiêu 2030", "Frobs", "")
    ),
    max_size=12,
    unique=True,
)  # fmt: skip


@given(HEADERS, st.data())
def test_any_table_of_targets_becomes_a_program_that_loads(headers: list[str], data: st.DataObject) -> None:
    """Whatever stands in a table of targets, its draft loads, and every number in its column of targets is in it or is named."""
    header = ("Indicator", "Target", *(each for each in headers if each not in {"Indicator", "Target"}))
    rows = data.draw(st.lists(st.tuples(*(CELLS for _ in header)), min_size=1, max_size=6))
    try:
        found = begun(header, *rows)
    except TargettrackError:
        return
    load(found.text)
    left = {each.cell for each in found.left}
    for at, row in enumerate(rows, 2):
        if isinstance(row[1], Decimal):
            assert f"B{at}" in left or re.search(rf"^\[\[indicators.*# .*\bB{at}\b", found.text, re.MULTILINE)


WORDS: dict[str, tuple[Value, ...]] = {
    "Indicator": ("Invented", "Other", ""),
    "ID": ("", "1", "2"),
    "Unit": ("", "%", "t", "yes/no"),
    "Direction": ("", "up", "down", "maintain", "?"),
    "Baseline year": ("2000", "2001", "", "x"),
    "target_type": ("", "percent", "num", "complete milestone", "tbd"),
    "Due": ("2005", "2006", "", "2010-12-31", "2004/2007"),
    "Set on": ("", "2000", "2001-05-05", "x"),
    "Source": ("", "Plan", "Other plan"),
    "Year": ("2002", "2003", ""),
    "Quarter": ("1", "2", ""),
    "Status": ("", "met"),
    "Note": ("", "a note"),
}
NUMBERS = ("Baseline", "Baseline 2001", "Target", "Target 2010", "Target value", "target_min", "target_max", "target_min 2012", "target_max 2012", "Actual", "2004")  # fmt: skip
FIGURES = st.one_of(
    st.integers(0, 20).map(Decimal),
    st.sampled_from(("", "11", "at least 3", "5%", "<4", "1-2", "7 p", "1,500", "TBD", "yes", "words")),
)


def _kind(header: str) -> str:
    return "start" if "aseline" in header else "target" if "arget" in header else "actual"


@given(st.lists(st.sampled_from((*list(WORDS)[1:], *NUMBERS)), unique=True, max_size=14), st.data())
def test_no_figure_is_dropped(headers: list[str], data: st.DataObject) -> None:
    """Every figure of a table stands in its program with its cell, or is named; of the same one twice, one."""
    header = ("Indicator", *headers)
    cells = [FIGURES if name in NUMBERS else st.sampled_from(WORDS[name]) for name in header]
    rows = data.draw(st.lists(st.tuples(*cells), min_size=1, max_size=5))
    try:
        found = begun(header, *rows)
    except TargettrackError:
        return
    load(found.text)
    left = {each.cell for each in found.left}
    told: dict[str, tuple[object, ...]] = {}
    for at, row in enumerate(rows, 2):
        for column, name in enumerate(header):
            meant = aims.promised(row[column], None, MISSING)
            if name in NUMBERS and isinstance(meant, Bound | Unclear):
                told[f"{letters(column)}{at}"] = (_kind(name), meant, row[0])
    there = {cell for cell in told if cell in left or re.search(rf"\b{cell}\b", found.text)}
    assert {told[cell] for cell in told.keys() - there} <= {told[cell] for cell in there}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("40", Bound(Decimal(40), Decimal(40))),
        ("at least 40 %", Bound(Decimal(40), None, percent=True)),
        ("tối thiểu 40", Bound(Decimal(40), None)),
        ("40 or more", Bound(Decimal(40), None)),
        ("≤ 1.5", Bound(None, Decimal("1.5"))),
        ("under 4.5", Bound(None, Decimal("4.5"), strict=True)),
        ("40-45", Bound(Decimal(40), Decimal(45))),
        ("~40", Bound(Decimal(40), Decimal(40), about=True)),
        ("exactly 8", Bound(Decimal(8), Decimal(8))),
        ("TBD", ToBeSet("TBD")),
        ("Có", True),
        ("40 by 2030", NoFigure("40 by 2030", "words")),
    ],
)
def test_what_a_cell_promises(text: str, meant: object) -> None:
    """A cell is a bound, a floor, a ceiling, a number to be set, an answer, or words."""
    assert aims.promised(text, ".", MISSING) == meant


# ---------------------------------------------------------------- the command


def test_an_existing_program_is_not_touched(tmp_path: Path) -> None:
    """A program of that name stays as it is."""
    (tmp_path / "targets").mkdir()
    there = tmp_path / "targets" / "goals.toml"
    there.write_text("# mine\n", encoding="utf-8")
    result = run("new", "goals", "--from", str(TABLES / "targets-goals.json"), cwd=tmp_path)
    assert result.returncode == 2
    assert there.read_text(encoding="utf-8") == "# mine\n"


def test_how_a_table_is_read_goes_with_a_table(tmp_path: Path) -> None:
    """Options of a table without --from are an error."""
    (tmp_path / "targets").mkdir()
    result = run("new", "goals", "--fiscal-year", "10-01", cwd=tmp_path)
    assert result.returncode == 2
    assert "--fiscal-year goes with --from" in result.stderr


def test_every_cell_that_is_not_taken_is_named(tmp_path: Path) -> None:
    """What is not in the program, or as a comment only, is said with its address and the reason."""
    _, said = drafted(tmp_path, "targets-goals")
    assert "[4]/value_target (77)" in said
    assert "lies below its baseline 99" in said
    assert "1 indicator asks which way is better" in said


def test_fiscal_years_of_another_country_need_their_beginning() -> None:
    """Where a table says fiscal years, and nobody says when they begin, its figures are left with both readings."""
    rows = (("Indicator", "Direction", "Target", "Actual", "Fiscal year"), ("Invented", "up", "22", "11", "2003"))
    found = begun(*rows)
    assert found.actuals == 0
    assert [(each.cell, each.why) for each in found.left] == [("D2", "no-period")]
    wanted = Wanted("program", None, Year(4, 1))
    told = TableMap(fiscal="beginning")
    begins = beginning.begun(Book((Sheet("", rows),)), told, File("t.csv", "t.csv", "0" * 64), "csv", wanted)
    (actual,) = load(begins.text).program.document.actuals
    assert actual.period.text == "2003/04"
