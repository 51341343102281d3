"""What is added to a program file: it stands behind all the rest, says exactly what was given, and changes nothing."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest
import tomli
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from documents import (
    INDICATORS,
    SOURCES,
    Raw,
    additions,
    documents,
    figures,
    loaded,
    notations,
    plain_numbers,
    planner,
    record,
    said,
    source,
    texts,
)
from support import HERE, run, tries
from targettrack.errors import Exit, Problem, TargettrackError
from targettrack.period import CALENDAR, Year
from targettrack.program import position, reading
from targettrack.program.model import Actual, Source
from targettrack.recording import entry
from targettrack.recording.inputs import json as from_json
from targettrack.store import load, write
from targettrack.store.disk import LOCK

if TYPE_CHECKING:
    from targettrack.program.shelf import Loaded

Addition = tuple[list[Raw], dict[str, Source]]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a program file is to be, in a folder of its own."""
    return tmp_path_factory.mktemp("targets") / "program.toml"


def parsed(data: bytes) -> dict[str, Any]:
    """What a file says to any reader of TOML; decimals are texts, as they are written."""
    return tomli.loads(data.decode("utf-8-sig"), parse_float=str)


def digits(value: Any) -> object:
    """A figure as the text of its digits, without the sign of a zero."""
    if isinstance(value, list):
        return [digits(end) for end in value]
    return value if isinstance(value, (bool, str)) else format(Decimal(value) or abs(Decimal(value)), "f")


def as_given(raw: Raw) -> Raw:
    """The keys of a figure as they must stand in the file: what says nothing is left out."""
    nothing: Raw = {"quality": "final", "series_break": False, "disaggregation": {}}
    return {key: _as_given(key, value) for key, value in raw.items() if key not in nothing or value != nothing[key]}


def _as_given(key: str, value: Any) -> object:
    if key == "disaggregation":
        return {normalize("NFC", name): normalize("NFC", text) for name, text in value.items()}
    return (
        digits(value)
        if key in {"value", "range"}
        else str(value)
        if key in {"period", "published", "recorded", "accessed"}
        else value
    )


def rest_of(document: dict[str, Any], count: int, new: dict[str, Source]) -> dict[str, Any]:
    """A document without its last actuals, and without new sources."""
    actuals = document.get("actuals", [])
    sources = {name: table for name, table in document.get("sources", {}).items() if name not in new}
    return {**document, "actuals": actuals[: len(actuals) - count], "sources": sources}


# ---------------------------------------------------------------- laws


@tries(600)
@given(documents(), additions())
def test_the_old_file_stands_before_what_is_added(path: Path, document: bytes, addition: Addition) -> None:
    """The old bytes begin the new ones, and every older source, indicator, promise and actual says the same."""
    rows, sources = addition
    path.write_bytes(document)
    before = loaded(path).program
    done = record(path, rows, sources)
    new = path.read_bytes()
    after = loaded(path).program
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    count = len(done.plan.added)
    assert new.startswith(document)
    assert (new == document) is (count == 0)
    assert rest_of(parsed(new), count, dict(done.plan.sources)) == rest_of(parsed(document), 0, {})
    assert [said(actual) for actual in after.document.actuals[: -count or None]] == [
        said(actual) for actual in before.document.actuals
    ]
    assert {name: said(of) for name, of in after.sources.items() if name in before.sources} == {
        name: said(of) for name, of in before.sources.items()
    }
    assert (list(after.indicators), len(after.document.promises)) == (
        list(before.indicators),
        len(before.document.promises),
    )


@tries(600)
@given(documents(), additions())
def test_exactly_the_new_figures_are_behind_the_old(path: Path, document: bytes, addition: Addition) -> None:
    """Each new figure is in its order behind the old ones, every key as given and digit for digit; of new sources those that are used."""
    rows, sources = addition
    path.write_bytes(document)
    done = record(path, rows, sources)
    found = parsed(path.read_bytes())
    added = [raw for raw, entry in zip(rows, done.plan.found, strict=True) if entry.outcome != "recorded_before"]
    actuals = found.get("actuals", [])[len(parsed(document).get("actuals", [])) :]
    assert [as_given(raw) for raw in actuals] == [as_given(raw) for raw in added]
    used = {raw["source"] for raw in added if raw.get("source") in sources}
    there = {name: table for name, table in found["sources"].items() if name not in SOURCES}
    assert {name: as_given(table) for name, table in there.items()} == {
        name: {key: text for key, text in said(sources[name]).items() if text != "None"} for name in used
    }


@tries(500)
@given(documents(), additions())
def test_the_lines_that_are_reported(path: Path, document: bytes, addition: Addition) -> None:
    """Each new figure's line is where its block stands, which says it alone; deleting the lines that are reported leaves the old file."""
    rows, sources = addition
    path.write_bytes(document)
    appendix = record(path, rows, sources).appendix
    assume(appendix)
    assert appendix is not None
    new = path.read_bytes()
    known = loaded(path)
    end = b"\r\n" if document.count(b"\r\n") * 2 > document.count(b"\n") else b"\n"
    lines = new.split(b"\n")
    assert b"\n".join(lines[: appendix.first - 1] + lines[appendix.last :]) in {document, document + end}
    added = new[len(document) :]
    assert (added.count(end), added.count(b"\n"), added.count(b"\r")) == (
        added.count(b"\n"),
        added.count(b"\n"),
        added.count(b"\r\n"),
    )
    assert len(lines) - 1 == appendix.last
    blocks = [
        block.split(b"\n")
        for block in b"\n".join(lines[appendix.first : appendix.last]).replace(b"\r", b"").split(b"\n\n")
    ]
    assert (lines[appendix.first - 1].strip(), b"" in [line for block in blocks for line in block]) == (b"", False)
    count = len(known.program.document.actuals) - len(appendix.lines)
    for place, (line, block) in enumerate(zip(appendix.lines, blocks[-len(appendix.lines) :], strict=True), count):
        assert known.line("actuals", place) == line
        assert lines[line - 1].rstrip(b"\r") == block[0]
        assert parsed(b"\n".join(block)) == {"actuals": [parsed(new)["actuals"][place]]}


@tries(400)
@given(documents(), additions())
def test_the_same_again_is_not_written(path: Path, document: bytes, addition: Addition) -> None:
    """Recording the same figures again adds nothing: the file is the very same one."""
    rows, sources = addition
    path.write_bytes(document)
    record(path, rows, sources)
    new, state = path.read_bytes(), path.stat()
    again = record(path, rows, sources, revise=False)
    assert (again.appendix, again.plan.added, dict(again.plan.sources)) == (None, (), {})
    assert (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) == (new, state.st_ino, state.st_mtime_ns)


@tries(120)
@given(documents("sources"), additions())
def test_sources_in_one_table_take_figures(path: Path, document: bytes, addition: Addition) -> None:
    """Where all sources are one inline table, figures of these sources are added as to any file."""
    rows = [raw for raw in addition[0] if raw.get("source") not in addition[1]]
    assume(rows)
    path.write_bytes(document)
    done = record(path, rows)
    assert path.read_bytes().startswith(document)
    assert len(parsed(path.read_bytes()).get("actuals", [])) == len(parsed(document).get("actuals", [])) + len(
        done.plan.added
    )


SMALL = 'targettrack = 1\n[program]\nname = "P"\n[sources.s]\ntitle = "S"\n[indicators.a]\nname = "A"\n[indicators.m]\nname = "M"\nunit = "yes/no"\n'


YEARS = st.sampled_from([CALENDAR, Year(4, 1), Year(7, 1)])


@given(figures(), YEARS, YEARS, st.data())
@tries(400)
def test_a_table_that_is_as_given_is_read_as_given(raw: Raw, then: Year, now: Year, data: st.DataObject) -> None:
    """What is proved by being the very values that the model was given needs no second reading: of another value, type or digit, or another year, it is read again."""
    values = {
        **raw,
        "recorded": date(2026, 11, 22),
        "period": data.draw(st.sampled_from([raw["period"], 2017, "2017/18"])),
    }
    meant, _ = reading.part(Actual, values, (), then)
    assume(meant is not None)
    key = data.draw(st.sampled_from(["value", "period", *sorted(values)]))
    there = {**values, key: data.draw(st.sampled_from(_ways(values.get(key))))}
    if write._given(there, values):
        again, _ = reading.part(Actual, there, (), now)
        assert again is not None
        assert meant is not None
        assert said(again) == said(meant)
        assert again.period == meant.period


@given(st.lists(figures(), min_size=1, max_size=3), figures(), st.data())
@tries(200)
def test_an_old_figure_that_reads_otherwise_is_noticed(old: list[Raw], new: Raw, data: st.DataObject) -> None:
    """What a file said is the same with figures behind its own, and with new sources; not where an old figure has another value, type or digit, or is gone."""
    before = write._said({"targettrack": 1, "sources": {"a": {}}, "actuals": old})
    after = {"targettrack": 1, "sources": {"a": {}, "b": {}}, "actuals": [*old, new]}
    assert write._said(after, {"b"}, 1) == before
    assert write._said(after, (), 1) != before
    place, key = data.draw(st.integers(0, len(old) - 1)), data.draw(st.sampled_from(["value", "period", "range"]))
    other = {**old[place], key: data.draw(st.sampled_from(_ways(old[place].get(key))))}
    changed = [*old[:place], other, *old[place + 1 :], new]
    assert (write._said({**after, "actuals": changed}, {"b"}, 1) == before) is (repr(other) == repr(old[place]))
    assert write._said({**after, "actuals": [*old[1:], new]}, {"b"}, 1) != before


def _ways(value: Any) -> list[Any]:
    """A value, and what Python or a reader in a hurry may take for the same."""
    ways = [value]
    if isinstance(value, list):
        ways += [[end, value[1]] for end in _ways(value[0])]
    if isinstance(value, (int, Decimal)):
        ways += [
            Decimal(value),
            Decimal(f"{value:f}.0") if "." not in f"{value:f}" else Decimal(f"{value:f}0"),
            str(value),
            value == 1,
        ]
        ways += [int(value)] if value == int(value) else []
    if isinstance(value, str):
        ways += [f"{value} ", value.upper()]
    if isinstance(value, date):
        ways += [value.isoformat()]
    return ways


def added(path: Path, rows: list[Raw], text: str = SMALL) -> list[Raw]:
    """The actuals of a small program to which some figures were added, as any reader of TOML sees them."""
    path.write_bytes(text.encode())
    record(path, rows)
    found: list[Raw] = parsed(path.read_bytes())["actuals"]
    return found


EXPONENTS = st.tuples(
    plain_numbers.filter(lambda text: len(text) < 16), st.sampled_from(["", "e0", "e3", "E+2", "e-2", "e-6"])
).map("".join)


@tries(200)
@given(EXPONENTS)
def test_a_number_that_is_typed_keeps_its_digits(path: Path, text: str) -> None:
    """``7.20`` stays ``7.20``, and ``1e3`` is ``1000``."""
    figure = entry.figure(text, None, points_are_decimal=True)
    (found,) = added(path, [{"indicator": "a", "period": 2020, **figure}])
    assert digits(found["value"]) == digits(Decimal(text))


@tries(200)
@given(EXPONENTS.filter(lambda text: not re.match(r"-?0\d", text)))
def test_a_number_of_json_keeps_its_digits(path: Path, text: str) -> None:
    """A number that JSON gives with an exponent is recorded as the same number, written out."""
    (row,) = from_json.read(f'[{{"indicator": "a", "period": "2020", "value": {text}}}]'.encode(), "f.json").rows
    (found,) = added(path, [dict(row.values)])
    assert digits(found["value"]) == digits(Decimal(text))


@pytest.mark.parametrize("text", ["1e3", "1E+3", "12.50e3", "0e3", "0E-3", "-0.0"])
def test_exponents_in_ranges_of_json(path: Path, text: str) -> None:
    """The ends of a range are written out as well."""
    (row,) = from_json.read(
        f'[{{"indicator": "a", "period": "2020", "range": [{text}, 99000]}}]'.encode(), "f.json"
    ).rows
    (found,) = added(path, [dict(row.values)])
    assert digits(found["range"]) == [digits(Decimal(text)), "99000"]


@pytest.mark.parametrize(
    ("given_", "stands"),
    [
        (2018, 2018),
        ("2018", 2018),
        ("2018-S1", "2018-S1"),
        ("2018-H1", "2018-H1"),
        ("2018-Q3", "2018-Q3"),
        ("2018-09", "2018-09"),
        ("2018-09-30", date(2018, 9, 30)),
        ("2018-09-30/2018-09-30", "2018-09-30/2018-09-30"),
        ("2016/2020", "2016/2020"),
    ],
)
def test_how_periods_stand(path: Path, given_: int | str, stands: object) -> None:
    """A year is an integer, a day a date, every other period a text."""
    assert [raw["period"] for raw in added(path, [{"indicator": "a", "period": given_, "value": 1}])] == [stands]


def test_a_block(path: Path) -> None:
    """A block says in its header what it is about, then its keys in their order, the day of the record last."""
    rows = [
        {
            "recorded": "2026-11-22",
            "note": "n",
            "source": "s",
            "disaggregation": {"b": "x", "a c": "y"},
            "series_break": True,
            "value": Decimal("7.20"),
            "quality": "final",
            "period": "2018",
            "indicator": "a",
        }
    ]
    path.write_bytes(SMALL.replace("\n", "\r\n").encode())
    appendix = record(path, rows).appendix
    assert appendix is not None
    lines = appendix.text.split("\r\n")
    assert [re.sub(r"  # [0-9a-f]{6}$| [0-9a-f]{6}$", "", line) for line in lines] == [
        "",
        "[[actuals]]  # a a c = y, b = x 2018 s",
        'indicator = "a"',
        "period = 2018",
        "value = 7.20",
        'quality = "final"',
        "series_break = true",
        'disaggregation."a c" = "y"',
        'disaggregation.b = "x"',
        'source = "s"',
        'note = "n"',
        "recorded = 2026-11-22",
        "",
    ]
    assert len(set(re.findall(r"[0-9a-f]{6}$", "\n".join(lines), re.MULTILINE))) == 1


def test_no_three_lines_without_a_mark(path: Path) -> None:
    """The header, the last line and every fourth line between carry the mark of the block."""
    long = {
        "indicator": "a",
        "period": 2018,
        "value": 1,
        "approx": "about",
        "quality": "estimate",
        "series_break": True,
        "disaggregation": {"a": "b", "c": "d"},
        "source": "s",
        "page": 1,
        "quote": "q",
        "published": 2019,
        "note": "n",
    }
    path.write_bytes(SMALL.encode())
    appendix = record(path, [long]).appendix
    assert appendix is not None
    lines = appendix.text.split("\n")[1:-1]
    marked = [place for place, line in enumerate(lines) if re.search(r"# (?:.* )?[0-9a-f]{6}$", line)]
    assert (marked[0], marked[-1]) == (0, len(lines) - 1)
    assert max(later - earlier for earlier, later in pairwise(marked)) <= 4


def test_names_that_are_one_name(path: Path) -> None:
    """Two names of a disaggregation that differ in the bytes of their marks alone are one name: they are refused, not written twice."""
    raw = {"indicator": "a", "period": 2020, "value": 1, "disaggregation": {"\u00e1": "x", "a\u0301": "y"}}
    path.write_bytes(SMALL.encode())
    found, faults = entry.wanted(entry.Row(raw, cells=False), loaded(path).program.indicators)
    assert (found, [fault.code for fault in faults]) == (None, ["bad-disaggregation"])


def test_yes_and_no(path: Path) -> None:
    """Yes and no stand as true and false."""
    assert [
        raw["value"]
        for raw in added(
            path,
            [{"indicator": "m", "period": 2020, "value": True}, {"indicator": "m", "period": 2021, "value": False}],
        )
    ] == [True, False]


# ---------------------------------------------------------------- what is closed to additions


def refused(path: Path, rows: list[Raw], sources: dict[str, Source] | None = None) -> Problem:
    """Why nothing can be added to a file, which stays as it is."""
    before, state = path.read_bytes(), path.stat()
    with pytest.raises(TargettrackError) as caught:
        record(path, rows, sources)
    assert caught.value.exit == Exit.INVALID
    assert (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) == (before, state.st_ino, state.st_mtime_ns)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    return problem


def pasted(text: str, name: str, piece: str) -> str:
    """A text with something put at the beginning of one of its root arrays or tables."""
    span = position.positions(text).values[name,]
    empty = not tomli.loads(text)[name]
    return f"{text[: span.start + 1]} {piece}{'' if empty else ','} {text[span.start + 1 :]}"


def piece_of(problem: Problem) -> str:
    """What a hint says to add by hand."""
    return str(problem.hint).split(" by hand: ", 1)[1]


@tries(150)
@given(documents("actuals"), additions())
def test_closed_actuals(path: Path, document: bytes, addition: Addition) -> None:
    """An array of actuals is not added to behind it: the line is said, and a table that, put into the array, is the figure."""
    rows = [raw for raw in addition[0] if raw.get("source") not in addition[1]][:1]
    assume(rows)
    text = document.decode("utf-8-sig")
    path.write_bytes(document)
    was = loaded(path)
    assume(planner(rows, {})(was.program).added)
    problem = refused(path, rows)
    assert (problem.code, problem.line) == ("closed-actuals", position.positions(was.text).line(("actuals",)))
    path.write_bytes(pasted(text, "actuals", piece_of(problem)).encode())
    found = parsed(path.read_bytes())["actuals"]
    assert (as_given(found[0]), found[1:]) == (as_given(rows[0]), parsed(document)["actuals"])
    assert len(loaded(path).program.document.actuals) == len(found)


@tries(100)
@given(documents("sources"), texts)
def test_closed_sources(path: Path, document: bytes, title: str) -> None:
    """An inline table of sources takes no new one behind it: the line is said, and the pair that, put into the table, is the source."""
    sources = {"new": source(title=title, publisher="P", published="2019-02")}
    rows: list[Raw] = [{"indicator": "share", "period": 2020, "value": 1, "source": "new"}]
    text = document.decode("utf-8-sig")
    path.write_bytes(document)
    was = loaded(path)
    problem = refused(path, rows, sources)
    assert (problem.code, problem.line) == ("closed-sources", position.positions(was.text).line(("sources",)))
    path.write_bytes(pasted(text, "sources", piece_of(problem)).encode())
    assert said(loaded(path).program.sources["new"]) == said(sources["new"])
    record(path, rows)
    assert [actual.source for actual in loaded(path).program.document.actuals][-1] == "new"


HEAD = 'targettrack = 1\nprogram.name = "P"\n'
TAIL = '\n[indicators.a]\nname = "A"\n[sources.s]\ntitle = "S"\n'
CLOSED = [
    (f"{HEAD}actuals = []{TAIL}", "closed-actuals", 3),
    (f"{HEAD}\n# actuals = []\n'actuals' = [ # x\n]{TAIL}", "closed-actuals", 5),
    (f'{HEAD}actuals = [ {{ indicator = "a", period = 2019, value = 1 }} ]{TAIL}', "closed-actuals", 3),
    (f'{HEAD}"act\\u0075als" = [\n  {{ indicator = "a", period = 2019, value = 1 }},\n]{TAIL}', "closed-actuals", 3),
]


@pytest.mark.parametrize(("text", "code", "line"), CLOSED)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_closed_actuals_by_command(tmp_path: Path, text: str, code: str, line: int, ends: str) -> None:
    """The command ends with 4, names the line, and what it says to paste makes the file whole."""
    path = tmp_path / "p.toml"
    data = text.replace("\n", ends).encode()
    path.write_bytes(data)
    argv = (
        "add-actual",
        "p",
        "a",
        "7.20",
        "--period",
        "2020",
        "--source",
        "s",
        "--quote",
        'a "b" \\ # c',
        "--targets",
        tmp_path,
        "--json",
    )
    result = run(*argv)
    error = json.loads(result.stderr)["error"]
    assert (result.returncode, result.stdout, error["code"], error["line"], path.read_bytes()) == (
        4,
        "",
        code,
        line,
        data,
    )
    path.write_bytes(pasted(data.decode(), "actuals", error["hint"].split(" by hand: ", 1)[1]).encode())
    again = json.loads(run(*argv).stdout)
    assert (again["recorded"], again["recorded_before"], again["actuals"][0]["actual"]["quote"]) == (
        0,
        1,
        'a "b" \\ # c',
    )


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("sources = {}", 3),
        ("sources = { }", 3),
        ("\n'sources' = { s = { title = 'S' } }", 4),
        ("sources = {\n  s.title = 'S', # x\n}", 3),
    ],
)
def test_closed_sources_by_command(tmp_path: Path, table: str, line: int) -> None:
    """So it is for a table of sources that is closed."""
    path = tmp_path / "p.toml"
    text = f'{HEAD}{table}\n[indicators.a]\nname = "A"\n'
    path.write_text(text, encoding="utf-8")
    argv = (
        "add-actual",
        "p",
        "a",
        "7.20",
        "--period",
        "2020",
        "--source",
        "new",
        "--source-title",
        'A "title"',
        "--targets",
        tmp_path,
        "--json",
    )
    result = run(*argv)
    error = json.loads(result.stderr)["error"]
    assert (result.returncode, result.stdout, error["code"], error["line"], path.read_text(encoding="utf-8")) == (
        4,
        "",
        "closed-sources",
        line,
        text,
    )
    path.write_text(pasted(text, "sources", error["hint"].split(" by hand: ", 1)[1]), encoding="utf-8")
    assert json.loads(run(*argv).stdout)["recorded"] == 1


def test_closed_actuals_and_a_new_source(path: Path) -> None:
    """Where a figure brings its source along, the hint has the source too: the figure alone would make the file invalid."""
    path.write_bytes(CLOSED[0][0].encode())
    problem = refused(
        path, [{"indicator": "a", "period": 2020, "value": 1, "source": "new"}], {"new": source(title="The new one")}
    )
    assert problem.code == "closed-actuals"
    assert "The new one" in str(problem.hint)


# ---------------------------------------------------------------- files that are invalid


@pytest.mark.parametrize("name", sorted(path.name for path in (HERE / "invalid").glob("*.toml")))
def test_an_invalid_file_is_not_added_to(tmp_path: Path, name: str) -> None:
    """A file that became invalid meanwhile is refused with all that is wrong with it, and stays as it is."""
    path = tmp_path / name
    path.write_text(SMALL, encoding="utf-8")
    was = loaded(path)
    shutil.copyfile(HERE / "invalid" / name, path)
    with pytest.raises(TargettrackError) as right:
        load.load(path)
    before = path.read_bytes()
    with pytest.raises(TargettrackError) as caught:
        record(path, [{"indicator": "a", "period": 2020, "value": 1}], known=was)
    assert (caught.value.exit, caught.value.problems) == (Exit.INVALID, right.value.problems)
    assert (path.read_bytes(), [entry.name for entry in tmp_path.iterdir()]) == (before, [name])


@pytest.mark.parametrize(
    "name", ["conflict-markers", "not-toml", "all-problems-at-once", "unknown-key-table-of-tables"]
)
def test_an_invalid_file_by_command(tmp_path: Path, name: str) -> None:
    """The command ends with 4 before it looks at the figure."""
    path = tmp_path / f"{name}.toml"
    shutil.copyfile(HERE / "invalid" / path.name, path)
    before = path.read_bytes()
    result = run("add-actual", name, "a", "1", "--period", "2020", "--targets", tmp_path)
    assert (result.returncode, result.stdout, path.read_bytes()) == (4, "", before)


@pytest.mark.parametrize("id", ["A", "GSO 2020", "a.b", "x]\n[y", "é", "-a"])
def test_a_source_without_a_proper_id(tmp_path: Path, id: str) -> None:
    """A source that comes with its figure, under a name that is no id, is refused as such: it would make the file invalid."""
    path, rows = tmp_path / "p.toml", tmp_path / "f.json"
    path.write_text(SMALL, encoding="utf-8")
    rows.write_text(
        json.dumps(
            {
                "actuals": [{"indicator": "a", "period": "2020", "value": 1, "source": id}],
                "sources": [{"source": id, "title": "T"}],
            }
        ),
        encoding="utf-8",
    )
    result = run("add-actual", "p", "--from", rows, "--targets", tmp_path, "--json")
    assert path.read_text(encoding="utf-8") == SMALL
    assert result.returncode in {2, 3, 4}
    assert json.loads(result.stderr.splitlines()[0])["error"]["code"] in {"bad-id", "unknown-source"}


# ---------------------------------------------------------------- a file's life

START = b"""targettrack = 1

[program]
name = "A life"
note = "version 0"
[sources.gso-2019]
title = "Yearbook"
publisher = "The publisher"
[sources.ven]  # the same publisher
title = "News"
publisher = "The publisher"
[sources.x_1]
title = "Another"

[indicators.share]
name = "Share"
unit = "%"
direction = "increase"
[[indicators.share.targets]]
by = 2030
value = 10
[indicators.center]
name = "Center"
unit = "yes/no"
[indicators.0-firms]
name = "Firms"
[indicators.bare_1]
name = "Bare"

[[actuals]]
indicator = "share"
period = 2015
value = 5.0
source = "ven"
"""


class Life(RuleBasedStateMachine):
    """A file that people and the program write in turn, through edits, other line ends and crashes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "life.toml")
        self.path.write_bytes(START)
        self.kept = [said(actual) for actual in loaded(self.path).program.document.actuals]
        self.given: list[Raw] = []
        self.stale: Loaded = loaded(self.path)
        self.undoable: tuple[bytes, bytes, int, int, int] | None = None

    def teardown(self) -> None:
        """Nothing is left behind."""
        self.folder.cleanup()

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.path.read_bytes()

    def edit(self, data: bytes) -> None:
        """A person saves the file."""
        self.path.write_bytes(data)

    def record(
        self, raw: Raw, sources: dict[str, Source] | None = None, *, revise: bool = False, known: Loaded | None = None
    ) -> write.Recorded | None:
        """Record a figure; None where it needs --revise."""
        before, problems = self.data, tuple[Problem, ...]()
        try:
            done = record(self.path, [raw], sources, revise=revise, known=known)
        except TargettrackError as error:
            done, problems = None, error.problems
        if done is None:
            assert ([problem.code for problem in problems], self.data) == (["needs-revise"], before)
            return None
        assert self.data.startswith(before)
        assert done.doubts == ()
        if done.appendix:
            self.kept += [said(entry.actual) for entry in done.plan.added]
            self.given.append(raw)
            self.undoable = (before, self.data, done.appendix.first, done.appendix.last, len(done.plan.added))
        else:
            assert self.data == before
        return done

    @rule(raw=figures(["a", "b\n[[actuals]]\n#", '"""\\'], SOURCES))
    def add(self, raw: Raw) -> None:
        """Somebody records a figure."""
        done = self.record(raw)
        assert done is None or (done.appendix is None) is (done.plan.found[0].outcome == "recorded_before")

    @rule(raw=figures(["a"], SOURCES))
    def add_from_an_older_reading(self, raw: Raw) -> None:
        """Somebody who read the file some time ago records a figure."""
        self.record(raw, known=self.stale, revise=True)

    @rule()
    def read(self) -> None:
        """Somebody reads the file, to record something later."""
        self.stale = loaded(self.path)

    @precondition(lambda self: self.given)
    @rule(place=st.integers(0, 100))
    def add_again(self, place: int) -> None:
        """Somebody records the same once more."""
        done = self.record(self.given[place % len(self.given)])
        assert done is not None
        assert done.plan.found[0].outcome == "recorded_before"

    @precondition(lambda self: self.given)
    @rule(place=st.integers(0, 100), value=st.integers(10**6, 10**9))
    def revise(self, place: int, value: int) -> None:
        """Another number of the same source for the same period."""
        raw = self.given[place % len(self.given)]
        if INDICATORS[raw["indicator"]] != "yes/no":
            other = {key: entry for key, entry in raw.items() if key not in {"value", "range", "approx"}} | {
                "value": value
            }
            done = self.record(other, revise=True)
            assert done is not None
            assert [found.outcome for found in done.plan.found] <= ["revision"]

    @precondition(lambda self: self.given)
    @rule(place=st.integers(0, 100), number=st.integers(0, 5))
    def rival(self, place: int, number: int) -> None:
        """Another publisher's number, with a new source or one that is new no more."""
        raw = self.given[place % len(self.given)]
        new = {f"rival-{number}": source(title=f"Rival {number}")}
        unknown = {name: each for name, each in new.items() if name not in loaded(self.path).program.sources}
        done = self.record({**raw, "source": f"rival-{number}"}, unknown)
        assert done is None or done.appendix is None or list(done.plan.sources) == list(unknown)

    @precondition(lambda self: self.undoable and self.data == self.undoable[1])
    @rule()
    def undo(self) -> None:
        """Somebody deletes the lines that the receipt named."""
        assert self.undoable is not None
        before, _, first, last, count = self.undoable
        lines = self.data.split(b"\n")
        self.edit(b"\n".join(lines[: first - 1] + lines[last:]))
        assert self.data.rstrip(b"\r\n") == before.rstrip(b"\r\n")
        del self.kept[-count:]
        del self.given[-1]
        self.undoable = None

    @rule(text=st.sampled_from([b"# x", b"#[[actuals]]", b'# """', b"   ", b"\t# \xc4\x91"]))
    def comment(self, text: bytes) -> None:
        """Somebody writes a comment behind everything, and no line end."""
        data = self.data
        self.edit(data + (b"" if data.endswith(b"\n") else b"\n") + text)

    @rule()
    def change_a_note(self) -> None:
        """Somebody changes a text in the middle."""
        self.edit(re.sub(rb"version (\d+)", lambda match: b"version %d" % (int(match[1]) + 1), self.data, count=1))

    @rule(chance=st.randoms())
    def reorder(self, chance: Any) -> None:
        """Somebody puts the blocks into another order."""
        data = self.data + (b"" if self.data.endswith(b"\n") else b"\n")
        root, *blocks = re.split(rb"^(?=\[)", data, flags=re.MULTILINE)
        # the given texts say nothing on lines of their own: each bracket at the beginning of a line begins a block
        self.edit(root + b"".join(chance.sample(blocks, len(blocks))))

    @rule()
    def last_line_end(self) -> None:
        """An editor adds the last line end, or takes all of them away."""
        data = self.data
        self.edit(data.rstrip(b"\r\n") if data.endswith(b"\n") else data + b"\n")

    @rule()
    def line_ends(self) -> None:
        """An editor saves with the other kind of line ends."""
        data = self.data
        self.edit(data.replace(b"\r\n", b"\n") if b"\r\n" in data else data.replace(b"\n", b"\r\n"))

    @rule()
    def byte_order_mark(self) -> None:
        """An editor writes a byte order mark, or takes it away."""
        data = self.data
        self.edit(data.removeprefix(b"\xef\xbb\xbf") if data.startswith(b"\xef\xbb\xbf") else b"\xef\xbb\xbf" + data)

    @rule(
        left=st.sampled_from([".life.toml.targettrack-new", LOCK]),
        garbage=st.sampled_from([b"", b"\xff\0[[actuals", START[:50]]),
    )
    def crash(self, left: str, garbage: bytes) -> None:
        """Somebody was killed while writing, and left something."""
        (self.path.parent / left).write_bytes(garbage)

    @invariant()
    def everything_is_there(self) -> None:
        """The file is valid, and has every record that nobody removed, and no other."""
        found = [said(actual) for actual in loaded(self.path).program.document.actuals]
        assert Counter(map(repr, found)) == Counter(map(repr, self.kept))

    @invariant()
    def nothing_else_is_made(self) -> None:
        """No file is made beside it."""
        assert {entry.name for entry in self.path.parent.iterdir()} <= {
            self.path.name,
            ".life.toml.targettrack-new",
            LOCK,
        }


TestLife = Life.TestCase
TestLife.settings = settings(tries(60), stateful_step_count=20)


def test_every_notation_says_the_text() -> None:
    """The documents of these tests say what they mean to."""
    for text in ("a", "a'''b", '"""', "\\", "\r\n\x00\x1f\x7f\x85", "\n# x\n", "'"):
        assert {tomli.loads(f"x = {notation}")["x"] for notation in notations(text)} == {text}
