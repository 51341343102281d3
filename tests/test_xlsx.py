"""The workbook: what stands in it is what was judged, with the digits entered, row for row, in any spreadsheet and any language."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import LINEAR, aim, load, process, run, tries
from targettrack import registry
from targettrack.errors import TargettrackError
from targettrack.formats import xlsx
from targettrack.formats._look import Look
from targettrack.formats.xlsx import _book
from targettrack.formats.xlsx._book import Book, Cell, Column, Derived, Filled, Percent
from targettrack.number import literal
from targettrack.pages import show
from targettrack.recording import table
from targettrack.recording.inputs import xlsx as reader
from targettrack.recording.table import Sheet, Wishes
from targettrack.text import clean
from targettrack.wording.why import WORDS
from terminal import on_terminal
from test_shown import pages, programs

ROOT = Path(__file__).parents[1]
OFFICE = shutil.which("soffice")
DAY = "2026-11-22"
SHIPPED = sorted(path.stem for path in (ROOT / "targets").glob("*.toml"))
COMMANDS = [("status",), ("list",), ("show", "hanoi"), ("history", "hanoi/output-share")]
NUMBERS = {"figure", "weak end", "strong end", "gap", "gap to the strong end"}


def book(data: bytes) -> dict[str, Sheet]:
    """The sheets of a workbook as our own reader finds them."""
    return {sheet.name: sheet for sheet in reader.book(data, "f.xlsx", Wishes()).sheets}


def drawn(page: Any) -> bytes:
    """A page as a workbook."""
    out = io.BytesIO()
    xlsx.render(page, out, Look())
    return out.getvalue()


def wrote(columns: Sequence[Column[Any]], rows: Sequence[Any]) -> dict[str, Sheet]:
    """One sheet of these columns, and the notes, written and read back."""
    out = io.BytesIO()
    written = Book(out)
    written.sheet("Sheet", columns, rows)
    written.close()
    return book(out.getvalue())


def records(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows of a sheet by their headings."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    heads = [str(sheet.value(0, column)) for column in range(width)]
    assert len({head.casefold() for head in heads}) == width
    return [{head: sheet.value(row, column) for column, head in enumerate(heads)} for row in range(1, len(sheet.rows))]


def plain(value: object) -> object:
    """A number of a cell as it is entered, 6 for the percentage; None for an empty cell."""
    return value.number if isinstance(value, table.Percent) else None if value == "" else value


# ---------------------------------------------------------------- the figures


@pytest.mark.parametrize("program", SHIPPED)
def test_every_row_of_status_with_its_digits(program: str, tmp_path: Path) -> None:
    """As many rows as targets, in their order, and every number is that of the JSON."""
    run("status", program, "--on", DAY, "-o", tmp_path / "s.xlsx", cwd=ROOT)
    rows = records(book((tmp_path / "s.xlsx").read_bytes())["Targets"])
    targets = json.loads(run("status", program, "--on", DAY, "--json", cwd=ROOT).stdout, parse_float=Decimal)["targets"]
    assert len(rows) == len(targets)
    for row, target in zip(rows, targets, strict=True):
        said = (
            target["figure"],
            target["target"]["weak"],
            target["target"]["strong"],
            target["gap"],
            target["gap_strong"],
        )
        cells = ("figure", "weak end", "strong end", "gap", "gap to the strong end")
        assert tuple(plain(row[name]) for name in cells) == said
        assert row["the true gap is"] == (target["gap_approx"] or "")
        assert row["unit of the gap"] == (target["gap_unit"] or "")
        assert row["status"] == WORDS[target["status"]]
        assert str(row["period"]) == (target["actual"]["period"] if target["actual"] else "")


def test_percentages_are_percent_cells(tmp_path: Path) -> None:
    """A figure in percent is a percentage that shows its own digits; a gap of percentages is a number of points."""
    text = aim("increase", "by = 2015; value = 34.50", "period = 2015; value = 6.50")
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "p.toml").write_text(text)
    run("status", "--on", DAY, "-o", "s.xlsx", cwd=tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["Targets"]
    heads = [cell.value for cell in sheet[1]]
    cells = {name: sheet.cell(2, heads.index(name) + 1) for name in ("figure", "weak end", "gap")}
    assert [(cells[name].value, cells[name].number_format) for name in cells] == [
        (0.065, "0.00%"),
        (0.345, "0.00%"),
        (-28, "0"),
    ]


@tries(100)
@given(programs())
def test_any_program_is_read_back(text: str) -> None:
    """Of any program every row of every page is there, no figure lost, and nothing that a program would obey."""
    found = pages(text)
    for page in found.all:
        for sheet in book(drawn(page)).values():
            for row in records(sheet):
                assert all(value == clean(value) for value in row.values() if isinstance(value, str))
        if page.COMMAND == "show":
            figures = [record["value"] for record in page.records()]
            rows = records(book(drawn(page))["Figures"])
            assert [_said(value) for value in figures] == [_found(row["value"]) for row in rows]
        if page.COMMAND == "status":
            assert len(records(book(drawn(page))["Targets"])) == len(list(page.records()))


def _said(value: Decimal | None) -> str | None:
    return None if value is None else literal(value.normalize())


def _found(value: object) -> str | None:
    """A number cell, or the text of one that is too long for a number."""
    value = plain(value)
    if isinstance(value, str):
        value = Decimal(value.removesuffix(" %"))
    return None if value is None else _said(Decimal(str(value)))


# ---------------------------------------------------------------- the cells

ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")
"""What openpyxl cannot tell from the character that it stands for."""
LETTERS = st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("=+-@'<>&_\t\n\x1b\u202e\"x"))
TEXTS = st.one_of(
    st.text(LETTERS, max_size=20),
    st.sampled_from(["=1+1", "<r>x</r>", "<r><t>1</t></r>", " a ", "1.5", "2015", "https://x.vn", "{=1}", "TRUE"]),
).filter(lambda text: not ESCAPED.search(text))
DECIMALS = st.from_regex(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,12})?", fullmatch=True).map(Decimal)
CELLS = st.one_of(st.none(), TEXTS, st.integers(-(10**9), 10**9), DECIMALS, DECIMALS.map(Percent))


@tries(200)
@given(st.data())
def test_random_headings_and_rows(data: st.DataObject) -> None:
    """Every cell of every row under every heading is read back: texts as they are shown, numbers as they are, what is too long as text."""
    heads = data.draw(st.lists(TEXTS.filter(lambda text: bool(clean(text))), min_size=1, max_size=5))
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(heads), max_size=len(heads)), max_size=8))
    columns: list[Column[list[Cell]]] = [
        Column(head, 10, lambda row, place=place: row[place])  # type: ignore[misc]
        for place, head in enumerate(heads)
    ]
    sheet = wrote(columns, rows)["Sheet"]
    width = len(heads)
    assert len({str(sheet.value(0, column)).casefold() for column in range(width)}) == width
    expected = [[_expected(cell) for cell in row] for row in rows]
    while expected and not any(cell != "" for cell in expected[-1]):
        expected.pop()  # empty rows at the end of a sheet are none
    assert [[sheet.value(row + 1, column) for column in range(width)] for row in range(len(expected))] == expected
    assert len(sheet.rows) == len(expected) + 1


def _expected(cell: Cell) -> object:
    """What our reader finds of a cell."""
    number = cell.value if isinstance(cell, Percent) else Decimal(cell) if isinstance(cell, (int, Decimal)) else None
    if number is None:
        return clean(cell) if isinstance(cell, str) else ""
    if len(literal(number).lstrip("-").replace(".", "").strip("0")) > 15:
        return f"{literal(number)} %" if isinstance(cell, Percent) else literal(number)
    return table.Percent(number) if isinstance(cell, Percent) else number


def test_headings_that_differ_in_capitals() -> None:
    """They are told apart, and no row is lost."""
    columns: list[Column[int]] = [Column(head, 5, lambda number: number) for head in ("gap", "Gap", "GAP")]
    rows = records(wrote(columns, [1, 2, 3])["Sheet"])
    assert rows == [{"gap": each, "Gap 2": each, "GAP 3": each} for each in (1, 2, 3)]


def test_more_digits_than_a_spreadsheet_holds() -> None:
    """Fifteen digits are a number; the sixteenth makes it a text, and the notes say so with its cell."""
    columns: list[Column[Decimal]] = [Column("n", 5, lambda number: number)]
    found = wrote(columns, [Decimal("123456789012.345"), Decimal("1234567890123.456"), Decimal(10) ** 20])
    assert [row["n"] for row in records(found["Sheet"])] == [
        Decimal("123456789012.345"),
        "1234567890123.456",
        Decimal(10) ** 20,
    ]
    (note,) = records(found["Notes"])
    assert note["about"] == "Sheet!A3"
    assert "more than 15 digits" in note["note"]


def test_a_text_longer_than_a_cell() -> None:
    """It goes on in the notes; XlsxWriter would cut it."""
    text = "".join(f"{place:07d} " for place in range(6000)).strip() + " 😀"
    columns: list[Column[str]] = [Column("t", 5, lambda each: each)]
    found = wrote(columns, [text])
    (row,), notes = records(found["Sheet"]), records(found["Notes"])
    assert "".join(each.strip("…") for each in (row["t"], *(note["note"] for note in notes))) == text
    assert {note["about"] for note in notes} == {"Sheet!A2, continued"}


def test_more_rows_than_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are refused, and not left out."""
    monkeypatch.setattr(_book, "MOST_ROWS", 3)
    columns: list[Column[int]] = [Column("n", 5, lambda number: number)]
    assert len(records(wrote(columns, [1, 2])["Sheet"])) == 2
    with pytest.raises(TargettrackError, match="a sheet has 3 rows"):
        wrote(columns, [1, 2, 3])


@pytest.mark.parametrize(
    ("value", "edges", "shown"),
    [
        ("0.9999", (0, 100), "0.00%"),
        ("0.5", (0, 100), "0.0%"),
        ("0.00001", (0, 100), "0.000%"),
        ("1", (0, 100), "0.0%"),
    ],
)
def test_a_share_is_never_shown_as_all_of_it(value: str, edges: tuple[int, int], shown: str) -> None:
    """Its format has more digits where fewer would say 100 % or nothing."""
    out = io.BytesIO()
    written = Book(out)
    ends = tuple(map(Decimal, edges))
    written.sheet("S", [Column("n", 5, lambda each: Derived(each, 1, ends, percent=True))], [Decimal(value)])
    written.close()
    assert openpyxl.load_workbook(io.BytesIO(out.getvalue()))["S"]["A2"].number_format == shown


# ---------------------------------------------------------------- the sheets


@pytest.mark.parametrize("argv", COMMANDS, ids=lambda argv: argv[0])
def test_layout(argv: tuple[str, ...], tmp_path: Path) -> None:
    """Headers are frozen, nothing is merged, no cell is a formula or a link, every fill has a word; and there are sheets of sources and of notes."""
    assert run(*argv, "--on", DAY, "-o", tmp_path / "w.xlsx", cwd=ROOT).returncode == 0
    workbook = openpyxl.load_workbook(tmp_path / "w.xlsx")
    assert workbook.sheetnames[-2:] == ["Sources", "Notes"]
    for sheet in workbook:
        assert not sheet.merged_cells.ranges
        if sheet.title == "Charts":
            continue
        assert sheet.freeze_panes[1:] == "2"
        assert sheet.auto_filter.ref.endswith(str(max(sheet.max_row, 1)))
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert cell.hyperlink is None
                assert cell.value or cell.value == 0 or cell.fill.fgColor.rgb == "00000000"


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("argv", COMMANDS, ids=lambda argv: argv[0])
def test_every_row_is_as_high_as_its_text(argv: tuple[str, ...], language: str, tmp_path: Path) -> None:
    """LibreOffice gives a row without a height one line, and Excel does not make higher what has one: a text of several lines has room for them."""
    run("--lang", language, *argv, "--on", DAY, "-o", tmp_path / "w.xlsx", cwd=ROOT)
    high = 0
    for sheet in openpyxl.load_workbook(tmp_path / "w.xlsx"):
        widths = {place: round(column.width) for column in sheet.column_dimensions.values() for place in range(column.min, column.max + 1)}  # fmt: skip
        for row in sheet.iter_rows():
            texts = [(cell.value, widths.get(cell.column, 8)) for cell in row if isinstance(cell.value, str)]
            lines = max((-(-len(text) // width) for text, width in texts), default=1)
            if lines > 1:
                high += 1
                assert sheet.row_dimensions[row[0].row].height >= min(15 * lines, 409), row[0].row
            assert all(cell.alignment.wrap_text for cell in row if cell.data_type == "s" and cell.alignment.horizontal != "right")  # fmt: skip
    assert high


@given(st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=200), st.integers(1, 60))
def test_the_lines_of_a_text_are_enough(text: str, width: int) -> None:
    """As many as a text takes that is broken between its words, and within those alone that are longer than the column."""
    wrapped = textwrap.wrap(text, width, break_on_hyphens=False, expand_tabs=False, drop_whitespace=True)
    assert _book._lines(text, width) >= len(wrapped)


def test_a_wide_table_is_printed_on_several_pages(tmp_path: Path) -> None:
    """Each begins with the columns that stay; a narrow one is as wide as a page; charts stand on a page as a whole, below one another."""
    run("show", "hanoi", "--on", DAY, "-o", tmp_path / "w.xlsx", cwd=ROOT)
    run("status", "--on", DAY, "-o", tmp_path / "s.xlsx", cwd=ROOT)
    wide = openpyxl.load_workbook(tmp_path / "s.xlsx")["Targets"]
    assert (wide.page_setup.fitToWidth, wide.page_setup.fitToHeight, wide.print_title_cols) == (3, 0, "$A:$B")
    workbook = openpyxl.load_workbook(tmp_path / "w.xlsx")
    assert (workbook["Notes"].page_setup.fitToWidth, workbook["Notes"].page_setup.fitToHeight) in {(1, 0), (None, 0)}
    shown = workbook["Charts"]
    ends = [(each.anchor._from.row, each.anchor.to.row) for each in shown._charts]
    breaks = [each.id for each in shown.row_breaks.brk]
    assert len(ends) > 10
    assert len(breaks) > 3
    assert all(one[1] < other[0] for one, other in itertools.pairwise(ends))
    assert not [(top, end, each) for top, end in ends for each in breaks if top < each <= end]
    assert max(end - start for start, end in itertools.pairwise([0, *breaks])) <= 75


def test_a_figure_that_is_not_sure_has_a_cross() -> None:
    """Its line of the chart says so, and its cell has the source's words."""
    text = aim(
        "increase",
        "by = 2022; value = 30; set_on = 2018-12-31",
        "period = 2019; value = 10",
        'period = 2020; value = 35; approx = "under"',
        'period = 2021; value = 12; quality = "provisional"',
        unit="%",
    )
    page = show.story(load(text), None, date(2026, 1, 1), LINEAR)
    data = drawn(page)
    rows = [
        (row["line"], str(row["place: ends of years"]), row["actual"])
        for row in records(book(data)["Points of the charts"])
        if not row["line"].startswith("by")
    ]
    unsure = "provisional, an estimate, about, over, under, or an end of a range"
    assert rows == [
        ("actual", "2019", "10 %"),
        ("actual", "2020", "under 35 %"),
        ("actual", "2021", "12 %, provisional"),
        (unsure, "2020", "under 35 %"),
        (unsure, "2021", "12 %, provisional"),
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.read("xl/charts/chart1.xml").decode().count('<c:symbol val="plus"/>') == 1


def test_show_draws_every_numeric_indicator() -> None:
    """A chart for each part of an indicator that has numbers; its points are cells, and it says in words what it shows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "w.xlsx")
        run("show", "hanoi", "--on", DAY, "-o", path, cwd=ROOT)
        story = json.loads(run("show", "hanoi", "--on", DAY, "--json", cwd=ROOT).stdout)
        numeric = [
            each["indicator"]
            for each in story["indicators"]
            if any(actual["value"] is not None or actual["range"] for actual in each["actuals"])
        ]
        with zipfile.ZipFile(path) as parts:
            charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
            drawing = parts.read("xl/drawings/drawing1.xml").decode()
            first = parts.read("xl/charts/chart1.xml").decode()
        points = records(book(path.read_bytes())["Points of the charts"])
    assert len(charts) == len({row["chart"] for row in points}) >= len(numeric)
    assert drawing.count('descr="Chart: ') == len(charts)
    assert first.count("<c:ser>") == len({row["line"] for row in points if row["chart"] == points[0]["chart"]})


def test_a_chart_cuts_its_line_at_a_break_and_shows_both_ends() -> None:
    """A series break leaves a point without a value; a range is two points; the figure of a year stands at the end of that year."""
    text = aim(
        "increase",
        "by = 2022; range = [30, 35]; set_on = 2018-12-31",
        "period = 2019; value = 10",
        "period = 2020; value = 12; series_break = true",
        "period = 2021; range = [14, 16]",
        unit="km",
    )
    page = show.story(load(text), None, date(2026, 1, 1), LINEAR)
    rows = [
        (row["line"], str(row["place: ends of years"]), plain(row["value"]))
        for row in records(book(drawn(page))["Points of the charts"])
    ]
    assert rows == [
        ("actual", "2019", 10),
        ("actual", "2020", None),
        ("actual", "2020", 12),
        ("ends of a range", "2021", 14),
        ("ends of a range", "2021", 16),
        ("by 2022: ≥ 30–35 km", "2018", 30),
        ("by 2022: ≥ 30–35 km", "2022", 30),
        ("by 2022: ≥ 30–35 km, strong end", "2018", 35),
        ("by 2022: ≥ 30–35 km, strong end", "2022", 35),
    ]


def test_check_has_a_row_a_finding(tmp_path: Path) -> None:
    """With its place, and the severity in a word; check writes into a file as the others do, with its own exit code."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "p.toml").write_text('targettrack = 1\n[program]\nnam = "P"\n')
    done = run("check", "-o", "f.xlsx", cwd=tmp_path)
    problems = json.loads(run("check", "--json", cwd=tmp_path).stdout)["problems"]
    assert done.returncode == 1
    rows = records(book((tmp_path / "f.xlsx").read_bytes())["Findings"])
    assert [(row["severity"], row["code"], row["line"] or None, row["what is wrong"]) for row in rows] == [
        (each["severity"], each["code"], each["line"], each["message"]) for each in problems
    ]


def test_the_same_bytes_twice(tmp_path: Path) -> None:
    """In another process too, with another seed for hashes."""
    for argv in COMMANDS:
        for name, seed in (("a", "1"), ("b", "2")):
            done = process(*argv, "--on", DAY, "-o", tmp_path / f"{name}.xlsx", cwd=ROOT, env={"PYTHONHASHSEED": seed})
            assert done.returncode == 0, done.stderr
        assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_pipe_gets_the_same_bytes(tmp_path: Path) -> None:
    """As a file; a terminal gets none, and is told why."""
    argv = ("list", "--on", DAY, "--format", "xlsx")
    run(*argv, "-o", tmp_path / "a.xlsx", cwd=ROOT)
    piped = subprocess.run([sys.executable, "-m", "targettrack", *argv], cwd=ROOT, capture_output=True, check=True)
    assert piped.stdout == (tmp_path / "a.xlsx").read_bytes()
    assert "xlsx is no text for a terminal" in on_terminal(*argv, columns=120, cwd=ROOT)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Exit 5, with the command that installs it, and no file."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    done = run("list", "-o", tmp_path / "w.xlsx", cwd=ROOT)
    assert done.returncode == 5
    assert "pip install 'targettrack[spreadsheet]'" in done.stderr
    assert not (tmp_path / "w.xlsx").exists()


def test_fills_stand_beside_words() -> None:
    """Each status has its word, and colours that differ in more than their hue have dark letters."""
    with pytest.raises(KeyError):
        _book._FILLS["none"]  # type: ignore[index]
    assert all(_book.status(status).text == WORDS[status] for status in WORDS)
    assert {type(_book.status(status)) for status in WORDS} == {Filled}


# ---------------------------------------------------------------- in LibreOffice

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
</oor:items>
"""
SAVED = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,false,false,false,false,-1"
"""All sheets, semicolons between the cells, texts in quotes, numbers with all their digits."""


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("language", "locale"), [("en", "en-US"), ("vi", "vi")])
@pytest.mark.parametrize("argv", COMMANDS, ids=lambda argv: argv[0])
def test_libreoffice_reads_every_row(argv: tuple[str, ...], language: str, locale: str, tmp_path: Path) -> None:
    """It opens the workbook in either language, and saves every sheet as CSV with the same rows and the same numbers."""
    profile = tmp_path / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(PROFILE.format(locale=locale), encoding="utf-8")
    run("--lang", language, *argv, "--on", DAY, "-o", tmp_path / "w.xlsx", cwd=ROOT)
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", SAVED, "--outdir", "saved", "w.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for name, sheet in book((tmp_path / "w.xlsx").read_bytes()).items():
        if sheet.rows:
            with (tmp_path / "saved" / f"w-{name}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file, delimiter=";"))
            width = len(sheet.rows[0])
            ours = [[_shown(sheet.value(row, column)) for column in range(width)] for row in range(len(sheet.rows))]
            assert [[_number(cell) for cell in row[:width]] for row in rows if any(row)] == [
                row for row in ours if any(row)
            ]


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("argv", [("status",), ("check",)], ids=lambda argv: argv[0])
def test_libreoffice_prints_every_word(argv: tuple[str, ...], tmp_path: Path) -> None:
    """No text is cut at the end of its cell: every word of the workbook is on the paper, as often."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed: pip install 'targettrack[browser]'")
    run("--lang", "vi", *argv, "--on", DAY, "-o", tmp_path / "w.xlsx", cwd=ROOT)
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", "saved", "w.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    paper = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "saved" / "w.pdf").pages)
    printed = Counter(re.findall(r"[^\W\d_]+", paper))
    texts = [cell.value for sheet in openpyxl.load_workbook(tmp_path / "w.xlsx") for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and "/" not in cell.value]  # fmt: skip
    wanted = Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text) if len(word) < 8)
    assert wanted - printed == Counter()


def _shown(value: object) -> object:
    if isinstance(value, table.Percent):
        return value.number.scaleb(-2).normalize()
    return value.normalize() if isinstance(value, Decimal) else _number(str(value))


def _number(cell: str) -> object:
    """A number with a point or a comma, whatever its zeros, of a percentage its hundredth; any other text."""
    try:
        found = Decimal(cell.removesuffix("%").replace(",", "."))
        return (found.scaleb(-2) if cell.endswith("%") else found).normalize() + 0
    except ArithmeticError:
        return cell


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("argv", COMMANDS, ids=lambda argv: argv[0])
def test_the_names_of_sheets(argv: tuple[str, ...], language: str, tmp_path: Path) -> None:
    """They are short enough for a spreadsheet, different, and not cut, in every language; the figures are the same in all."""
    assert run("--lang", language, *argv, "--on", DAY, "-o", tmp_path / "w.xlsx", cwd=ROOT).returncode == 0
    names = openpyxl.load_workbook(tmp_path / "w.xlsx").sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) < _book._LONGEST_NAME for name in names)


def test_the_format_is_a_plug_in() -> None:
    """It shows what it has a module for, and nothing else."""
    from targettrack import formats  # noqa: PLC0415 - the registry's own name is taken

    module = registry.module(formats, "xlsx")
    assert [each for each in ("status", "list", "show", "history", "check", "changes") if not module.shows(each)] == []
    assert not module.shows("cite")
