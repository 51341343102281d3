"""Spreadsheets, and figures that are read back: what ``show`` prints says the same when it is recorded again, whatever the texts are."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st

from documents import INDICATORS, NAMES, SOURCES, TODAY, TRICKY, Raw, figures, finished, loaded, said, texts
from support import LINEAR, run, tries
from targettrack import formats, period, registry
from targettrack.formats._look import Look
from targettrack.pages import show as showing
from targettrack.recording import entry, inputs
from targettrack.recording import plan as planning
from targettrack.spreadsheet import cell, pairs_of, text_of
from targettrack.store import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from targettrack.program.shelf import Loaded

ON = date(2100, 1, 1)
"""Every figure is known by then."""

# ---------------------------------------------------------------- cells

_beginnings = st.text("'=+-@\t\n\r \u00a0\u3000\x1c\x85<;\\U", max_size=5)
_fragments = st.lists(
    st.sampled_from([*TRICKY, "<U+000A>", "<U+003C>", "<U+D800>", "<U+110000>", "<U+ABC>", "a=b; c=d", "\\;", "\\="]),
    max_size=4,
).map("".join)
any_text = st.tuples(_beginnings, _fragments, st.text(st.characters(exclude_categories=["Cs"]), max_size=5)).map(
    "".join
)


@tries(1500)
@given(any_text)
@example("'\n")
@example("''\na")
@example("'=1")
@example("<U+000A>")
def test_a_text_is_its_cell(text: str) -> None:
    """Every text can be told from its cell; and the cell begins with nothing that a spreadsheet computes."""
    found = cell(text, exact=True)
    assert text_of(found) == text
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert found.lstrip()[:1] not in {"=", "+", "-", "@"} or found == ""
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\u2028\ufeff]", found) is None


@tries(500)
@given(st.lists(any_text, min_size=2, max_size=5))
def test_cells_are_themselves_behind_a_file(row: list[str]) -> None:
    """So it is through a file of any of the three kinds, with the line ends of any system."""
    for delimiter, ends in ((",", "\n"), (";", "\r\n"), ("\t", "\r\n")):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, lineterminator=ends).writerows(
            [["note"] * len(row), [cell(text, exact=True) for text in row]]
        )
        head = f"note{delimiter}quote{delimiter}{delimiter.join(f'x{place}' for place in range(len(row) - 2))}{ends}"
        body = out.getvalue().split(ends, 1)[1]
        (found,) = registry.module(inputs, "csv").read((head + body).encode(), "f.csv").rows or [entry.Row({})]
        assert found.values == {
            name: text for name, text in zip(("note", "quote"), row[:2], strict=True) if cell(text, exact=True).strip()
        }


@tries(1000)
@given(st.dictionaries(st.one_of(st.sampled_from(NAMES), any_text), any_text, min_size=1, max_size=3))
@example({"sector ": " textile", "a": " ", "\\ ": "\\", " ": "b \\ ", "": "\t\n"})
def test_pairs_are_their_cell(pairs: dict[str, str]) -> None:
    """Every disaggregation can be told from its cell, whatever its names and texts are."""
    found = cell(pairs, exact=True)
    assert pairs_of(text_of(found)) == pairs
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    "text",
    [
        "sector=textile;place=a b",
        "sector = textile ; place = a b",
        " sector =textile;\tplace= a b ",
        "sector=\u00a0textile; \u3000place=a b",
    ],
)
def test_spaces_around_pairs(text: str) -> None:
    """Spaces that a person typed around a name or a text are no part of it."""
    assert pairs_of(text) == {"sector": "textile", "place": "a b"}


@tries(300)
@given(any_text)
def test_whatever_a_cell_is_it_says_a_text(text: str) -> None:
    """A cell that a person wrote says something that can be written into a file."""
    assert text_of(text).encode().decode() == text_of(text)
    assert pairs_of(text) != {}


@pytest.mark.parametrize("text", ["", "a", "a=b; a=c", "a=b; a =c", "; a=b", "a;b", "a\\=b", "a=b;;c=d"])
def test_what_says_no_pairs(text: str) -> None:
    """What is no list of pairs, or has a name twice, says none."""
    assert pairs_of(text) is None


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Decimal("-1.50"), "-1.50"),
        (Decimal("1E+3"), "1000"),
        ([Decimal(-3), Decimal("3.20")], "-3..3.20"),
        (True, "true"),
        (False, "false"),
        (None, ""),
        (-12, "-12"),
    ],
)
def test_numbers_are_never_guarded(value: object, found: str) -> None:
    """A number stays a number, with its digits."""
    assert (cell(value, exact=True), cell(value)) == (found, found)


# ---------------------------------------------------------------- from a program through a format into a copy of it

PUBLISHER = {"gso-2019": "The publisher", "ven": "The publisher", "x_1": "x_1", None: None}


def days(raw: Raw) -> tuple[object, ...]:
    """What figures share that are of one period: the indicator, the part of it, the days."""
    found = period.period(raw["period"])
    return (raw["indicator"], found.first, found.last, *sorted(raw.get("disaggregation", {}).items()))


def apart(rows: Sequence[Raw]) -> list[Raw]:
    """Those of some figures that no order of the file tells apart: of one period only figures that were published on different days."""
    seen: dict[tuple[object, ...], list[object]] = {}
    found = []
    for raw in rows:
        others = seen.setdefault(days(raw), [])
        when = period.partial_date(raw["published"]).last if "published" in raw else None
        if not others or (when is not None and when not in others and None not in others):
            found.append(raw)
            others.append(when)
    return found


def plain(rows: Sequence[Raw], *, with_sources: bool = True) -> Raw:
    """A program with some figures."""
    papers = {
        id: {"title": f"Title of {id}", **({"publisher": "The publisher"} if PUBLISHER[id] == "The publisher" else {})}
        for id in SOURCES
    }
    indicators = {id: {"name": id, **({"unit": unit} if unit else {})} for id, unit in INDICATORS.items()}
    share = {"direction": "increase", "targets": [{"by": 2020, "value": 10, "source": "ven"}]}
    found: Raw = {
        "targettrack": 1,
        "program": {"name": "P"},
        "indicators": {**indicators, "share": {**indicators["share"], **share}},
    }
    if with_sources:
        found["sources"] = papers
    return found | ({"actuals": list(rows)} if rows else {})


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program whose figures have all keys and any texts."""
    words = draw(st.lists(st.one_of(texts, any_text.map(lambda text: f"{text}a")), min_size=1, max_size=4))
    rows = draw(st.lists(figures(words), min_size=1, max_size=5))
    return tomli_w.dumps(plain([recorded_in_time(raw) for raw in apart(rows)]))


def recorded_in_time(raw: Raw) -> Raw:
    """A figure of a period that has not ended has its day of record: without one it would be taken as known at the end, and read back today it is known before."""
    return {"recorded": TODAY, **raw} if period.period(raw["period"]).last > TODAY else raw


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for a program and its copy."""
    return tmp_path_factory.mktemp("targets")


def written(folder: Path, name: str, text: str) -> Loaded:
    """A program in a file."""
    (folder / name).mkdir(exist_ok=True)
    path = folder / name / "program.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return loaded(path)


def drawn(program: Loaded, format: str) -> str:
    """What ``show`` prints of a program."""
    out = io.StringIO(newline="")
    registry.module(formats, format).render(showing.story(program, None, ON, LINEAR), out, Look())
    return out.getvalue()


def read_back(module: str, text: str, into: Loaded) -> Loaded:
    """A program into which everything was recorded that a text says."""
    reading = registry.module(inputs, module).read(text.encode(), "figures")
    assert reading.problems == ()
    found = []
    for row in reading.rows:
        wanted, faults = entry.wanted(
            row._replace(values={"recorded": TODAY.isoformat(), **row.values}), into.program.indicators
        )
        assert (wanted is not None, faults) == (True, ())
        found += [wanted] if wanted else []
    plan = planning.plan(into.program, found, {}, revise=True, today=TODAY)
    assert len(plan.added) == len(reading.rows)
    finished(Path(into.program.file))
    write.add(into, plan, lambda _: plan, 5, lambda: None)
    return loaded(Path(into.program.file))


def records(text: str) -> list[dict[str, str]]:
    """The records of a CSV text without their places; what has no day of record has today's."""
    found = csv.DictReader(io.StringIO(text, newline=""))
    return [
        {
            **{name: value for name, value in record.items() if name not in {"file", "line"}},
            "recorded": record["recorded"] or TODAY.isoformat(),
        }
        for record in found
    ]


def without_places(value: Any) -> Any:
    """A JSON document without its places; what has no day of record has today's."""
    if isinstance(value, list):
        return [without_places(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    found = {name: without_places(entry) for name, entry in value.items() if name not in {"file", "line"}}
    return found | ({"recorded": found["recorded"] or TODAY.isoformat()} if "role" in found else {})


def with_types(text: str) -> Any:
    """A JSON text in which an integer, a number with a point and a text are not the same."""
    return json.loads(text, parse_float=lambda digits: ("float", digits), parse_int=lambda digits: ("int", digits))


@tries(250)
@given(programs())
def test_through_csv(folder: Path, text: str) -> None:
    """What is read back from a table prints the same table, in every column but those of the file."""
    table = drawn(written(folder, "one", text), "csv")
    copy = read_back("csv", table, written(folder, "copy", tomli_w.dumps(plain([]))))
    assert records(drawn(copy, "csv")) == records(table)


@tries(150)
@given(programs())
def test_through_json(folder: Path, text: str) -> None:
    """What is read back from a document prints the same document, every value of the same type."""
    document = drawn(written(folder, "one", text), "json")
    copy = read_back("json", document, written(folder, "copy", tomli_w.dumps(plain([]))))
    assert without_places(with_types(drawn(copy, "json"))) == without_places(with_types(document))


@tries(150)
@given(programs())
def test_through_lines_of_json(folder: Path, text: str) -> None:
    """So it is with one actual a line."""
    lines = drawn(written(folder, "one", text), "jsonl")
    copy = read_back("json", lines, written(folder, "copy", tomli_w.dumps(plain([]))))
    assert [without_places(with_types(line)) for line in drawn(copy, "jsonl").splitlines()] == [
        without_places(with_types(line)) for line in lines.splitlines()
    ]


@tries(100)
@given(programs())
def test_through_semicolons_and_tabs(folder: Path, text: str) -> None:
    """A spreadsheet that saves with semicolons or tabs, and with its own line ends, changes nothing; what is ambiguous there is refused (one end of a range can tell what the other is)."""
    table = drawn(written(folder, "one", text), "csv")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    for delimiter in ";\t":
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
        copy = written(folder, "copy", tomli_w.dumps(plain([])))
        faults = [
            fault.code
            for row in registry.module(inputs, "csv").read(out.getvalue().encode(), "f").rows
            for fault in entry.wanted(row, copy.program.indicators)[1]
        ]
        if faults:
            assert set(faults) == {"ambiguous-number"}
        else:
            assert records(drawn(read_back("csv", out.getvalue(), copy), "csv")) == records(table)


UNDATED = {
    "an undated revision": [{"value": 7, "source": "ven"}, {"value": 8, "source": "ven"}],
    "two undated rivals": [{"value": 7, "source": "ven"}, {"value": 8, "source": "x_1"}],
    "two rivals of one day": [
        {"value": 7, "source": "ven", "published": 2020},
        {"value": 8, "source": "x_1", "published": 2020},
    ],
    "three": [{"value": 7, "source": "ven"}, {"value": 8, "source": "x_1"}, {"value": 9, "source": "gso-2019"}],
}


@pytest.mark.parametrize("rows", UNDATED.values(), ids=UNDATED)
@pytest.mark.parametrize("format", ["csv", "json", "jsonl"])
def test_the_order_of_the_file_is_read_back(folder: Path, rows: list[Raw], format: str) -> None:
    """Where only the order of the file says which figure is used, the same one is used in what is read back."""
    one = written(folder, "one", tomli_w.dumps(plain([{"indicator": "share", "period": 2019, **raw} for raw in rows])))
    copy = read_back(
        "csv" if format == "csv" else "json", drawn(one, format), written(folder, "copy", tomli_w.dumps(plain([])))
    )
    assert records(drawn(copy, "csv")) == records(drawn(one, "csv"))


def changed(table: str, change: str) -> str:
    """A table that somebody went on working with."""
    head, *rows = csv.reader(io.StringIO(table, newline=""))
    line, role = head.index("line"), head.index("role")
    added = ["" if name in {"role", "file", "line"} else cell for name, cell in zip(head, rows[0], strict=True)]
    added[head.index("period")] = "2021"
    found = {
        "a row more": [head, *rows, added],
        "a row more in front": [head, added, *rows],
        "no lines": [[cell for at, cell in enumerate(row) if at != line] for row in (head, *rows)],
        "no lines and a row more": [
            [cell for at, cell in enumerate(row) if at != line] for row in (head, *rows, added)
        ],
        "one line gone": [
            head,
            *[[cell if at != line or number else "" for at, cell in enumerate(row)] for number, row in enumerate(rows)],
        ],
        "no roles and no files": [
            [cell for at, cell in enumerate(row) if at not in {role, head.index("file")}] for row in (head, *rows)
        ],
    }[change]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(found)
    return out.getvalue()


@pytest.mark.parametrize("rows", UNDATED.values(), ids=UNDATED)
@pytest.mark.parametrize(
    "change",
    [
        "a row more",
        "a row more in front",
        "no lines",
        "no lines and a row more",
        "one line gone",
        "no roles and no files",
    ],
)
def test_what_led_leads_in_a_table_that_was_changed(folder: Path, rows: list[Raw], change: str) -> None:
    """A row more, or lines that are gone, do not change which figure of another period is used."""
    one = written(folder, "one", tomli_w.dumps(plain([{"indicator": "share", "period": 2019, **raw} for raw in rows])))
    copy = read_back("csv", changed(drawn(one, "csv"), change), written(folder, "copy", tomli_w.dumps(plain([]))))
    assert [
        record for record in records(drawn(copy, "csv")) if record["period"] == "2019" and record["role"] == "leads"
    ] == [record for record in records(drawn(one, "csv")) if record["role"] == "leads"]


def test_a_row_more_of_the_same_period_comes_last() -> None:
    """What somebody wrote below an export is the newest."""
    table = "indicator,period,value,role,file,line\nshare,2019,8,leads,p.toml,30\nshare,2019,7,revised,p.toml,20\nshare,2019,9,,,\n"
    assert [row.values["value"] for row in registry.module(inputs, "csv").read(table.encode(), "f").rows] == [
        "7",
        "8",
        "9",
    ]
    without = re.sub(r",\d*\n", ",\n", table)
    assert [row.values["value"] for row in registry.module(inputs, "csv").read(without.encode(), "f").rows] == [
        "7",
        "8",
        "9",
    ]


def test_each_file_has_an_order_of_its_own() -> None:
    """The lines of two files are not compared."""
    table = "indicator,period,value,file,line\nshare,2019,8,p.toml,30\nshare,2020,1,q.toml,25\nshare,2019,7,p.toml,20\nshare,2020,2,q.toml,5\n"
    assert [row.values["value"] for row in registry.module(inputs, "csv").read(table.encode(), "f").rows] == [
        "7",
        "2",
        "8",
        "1",
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("file", "[]"),
        ("file", "{}"),
        ("file", "7"),
        ("line", "true"),
        ("line", "[]"),
        ("line", "1e999"),
        ("role", "[]"),
        ("period", "[]"),
        ("indicator", "{}"),
    ],
)
def test_places_that_are_none(key: str, value: str) -> None:
    """What is no file and no line of one is not read."""
    entries = ", ".join(
        f"{{{', '.join(f'{json.dumps(name)}: {text}' for name, text in (found | {key: value}).items())}}}"
        for found in ({"value": "8", "line": "9", "role": '"leads"'}, {"value": "7", "role": '"revised"'})
    )
    assert len(registry.module(inputs, "json").read(f"[{entries}]".encode(), "f").rows) == 2


# ---------------------------------------------------------------- by the command

ROWS: list[Raw] = [
    {
        "indicator": "share",
        "period": 2019,
        "value": Decimal("7.20"),
        "source": "ven",
        "page": 12,
        "quote": '=HYPERLINK("x")\n"two", lines; a=b',
        "note": "'\nA <U+000A> \u202e e\u0301\t한 🚜",
        "published": "2019-02",
        "recorded": date(2020, 1, 2),
    },
    {
        "indicator": "share",
        "period": 2019,
        "value": Decimal("7.3"),
        "source": "x_1",
        "approx": "about",
        "published": date(2020, 5, 6),
        "quality": "provisional",
    },
    {
        "indicator": "share",
        "period": "2019-Q3",
        "range": [Decimal("-3.25"), 4],
        "disaggregation": {"sector": "a; b=c\\", "=x": "@y"},
        "page": "ii",
        "series_break": True,
    },
    {"indicator": "center", "period": date(2019, 5, 17), "value": False, "page": "012"},
    {"indicator": "bare_1", "period": "2016/2020", "value": -1000},
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a program, and one with the program before it had figures."""
    for name, rows in (("one", ROWS), ("copy", [])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "p.toml").write_text(tomli_w.dumps(plain(rows)), encoding="utf-8")
    return tmp_path


def show(place: Path, name: str, *argv: str) -> str:
    """What the command shows of a program."""
    result = run("show", "p", "--targets", name, "--on", "2100-01-01", *argv, cwd=place)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def same(place: Path) -> bool:
    """Whether the copy has the figures of the program, but for the day of the record."""
    one, copy = (
        [
            {name: value for name, value in record.items() if name not in {"file", "line", "recorded"}}
            for record in csv.DictReader(io.StringIO(show(place, name, "--format", "csv"), newline=""))
        ]
        for name in ("one", "copy")
    )
    return one == copy


@pytest.mark.parametrize("file", ["report.csv", "report.json", "report.jsonl"])
def test_from_a_file_that_show_wrote(place: Path, file: str) -> None:
    """The file that ``show -o`` writes, a table with its byte order mark among them, is read as it is, once: again it adds nothing."""
    show(place, "one", "-o", file)
    assert (place / file).read_bytes().startswith(b"\xef\xbb\xbf") is (file == "report.csv")
    argv = ("add-actual", "p", "--targets", "copy", "--from", file, "--json")
    result = run(*argv, cwd=place)
    assert (result.returncode, json.loads(result.stdout)["recorded"]) == (0, len(ROWS))
    assert same(place)
    before = (place / "copy" / "p.toml").read_bytes()
    again = json.loads(run(*argv, cwd=place).stdout)
    assert (again["recorded"], again["recorded_before"], (place / "copy" / "p.toml").read_bytes()) == (
        0,
        len(ROWS),
        before,
    )


@pytest.mark.parametrize(
    ("file", "delimiter"), [("report.csv", ";"), ("report.tsv", "\t"), ("report.csv", "\t"), ("-", ";")]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_from_a_file_that_a_spreadsheet_saved(place: Path, file: str, delimiter: str, encoding: str) -> None:
    """Semicolons or tabs, line ends of Windows and a byte order mark change nothing."""
    rows = list(csv.reader(io.StringIO(show(place, "one", "--format", "csv"), newline="")))
    name = "saved" if file == "-" else file
    with (place / name).open("w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows(rows)
    result = run("add-actual", "p", "--targets", "copy", "--from", name, "--json", cwd=place)
    assert (result.returncode, json.loads(result.stdout)["recorded"]) == (0, len(ROWS))
    assert same(place)


def test_a_document_brings_its_sources(place: Path) -> None:
    """Into a program without sources, a document of ``show`` brings those that its figures use, as they are."""
    (place / "copy" / "p.toml").write_text(
        tomli_w.dumps(
            plain([], with_sources=False)
            | {"indicators": {id: {"name": id, **({"unit": unit} if unit else {})} for id, unit in INDICATORS.items()}}
        ),
        encoding="utf-8",
    )
    show(place, "one", "-o", "report.json")
    result = run("add-actual", "p", "--targets", "copy", "--from", "report.json", cwd=place)
    assert result.returncode == 0, result.stderr
    one, copy = (loaded(place / name / "p.toml").program.sources for name in ("one", "copy"))
    assert {name: said(each) for name, each in copy.items()} == {name: said(one[name]) for name in ("ven", "x_1")}


HEAD = "indicator,period,value,source,quote,page\n"
GOOD = "share,2019,7.20,ven,,\n"
BAD: dict[str, tuple[str, list[tuple[str, int, str]]]] = {
    "an unknown indicator": (f"{GOOD}shar,2020,1,ven,,\n", [("row 2:", 3, "unknown-indicator")]),
    "an unknown source": (f"{GOOD}share,2020,1,vne,,\n", [("row 2:", 3, "unknown-source")]),
    "a number that means two": (f'{GOOD}share,2020,"1,500",ven,,\n', [("row 2: value:", 3, "ambiguous-number")]),
    "no number": (f"share,2020,many,ven,,\n{GOOD}", [("row 1: value:", 2, "not-a-number")]),
    "a reversed range": (f"{GOOD}share,2020,8..7,ven,,\n", [("row 2:", 3, "reversed-range")]),
    "no period": (f"{GOOD}share,2020-13,1,ven,,\n", [("row 2: period:", 3, "bad-period")]),
    "a missing key": (f"{GOOD}share,,1,ven,,\n", [("row 2:", 3, "missing-key")]),
    "a milestone that is a number": (f"{GOOD}center,2020,1,ven,,\n", [("row 2:", 3, "not-yes-no")]),
    "a cell too many": (f"{GOOD}share,2020,1,ven,one, two,12\n", [("row 2:", 3, "ragged-row")]),
    "behind cells of many lines": (
        f'share,2019,7.20,ven,"one\ntwo\nthree",\n\n{GOOD.replace("2019", "2021")}share,2020,x,ven,,\n',
        [("row 3: value:", 7, "not-a-number")],
    ),
    "another value of one source": (f"{GOOD}{GOOD.replace('7.20', '7.30')}", [("row 2:", 3, "needs-revise")]),
    "all at once": (
        f'shar,2020,1,ven,,\nshare,2020,x,ven,"a\nb",\n{GOOD}share,2021,1,vne,,\n',
        [("row 1:", 2, "unknown-indicator"), ("row 2: value:", 3, "not-a-number"), ("row 4:", 6, "unknown-source")],
    ),
}


@pytest.mark.parametrize("bad", BAD)
def test_bad_rows(place: Path, bad: str) -> None:
    """Every bad row is reported with its number and the line on which it begins, and nothing is written: all rows or none."""
    rows, expected = BAD[bad]
    path = place / "copy" / "p.toml"
    before, state = path.read_bytes(), path.stat()
    (place / "f.csv").write_text(HEAD + rows, encoding="utf-8")
    result = run("add-actual", "p", "--targets", "copy", "--from", "f.csv", "--json", cwd=place)
    found = [json.loads(line)["error"] for line in result.stderr.splitlines()]
    assert [(error["file"], error["line"], error["code"]) for error in found] == [
        ("f.csv", line, code) for _, line, code in expected
    ]
    assert [
        error["message"]
        for error, (said_, _, _) in zip(found, expected, strict=True)
        if not error["message"].startswith(said_)
    ] == []
    assert (result.stdout, result.returncode in {2, 3, 4}) == ("", True)
    assert (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns) == (before, state.st_ino, state.st_mtime_ns)


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("f.csv", "indicator,perio,value\nshare,2019,1\n", "missing-column"),
        ("f.csv", "indicator,period,value,value\nshare,2019,1,2\n", "declared-twice"),
        ("f.csv", 'indicator,period,value\nshare,2019,"1\n', "not-csv"),
        ("f.csv", "", "no-figure"),
        ("f.json", '[{"indicator": "share", "period": 2019, "value": 1}, ', "not-json"),
        ("f.json", '[{"indicator": "share", "period": 2019, "value": NaN}]', "not-json"),
        ("f.json", '[{"indicator": "share", "period": 2019, "value": 1, "value": 2}]', "not-json"),
        ("f.json", '{"figures": []}', "no-records"),
        ("f.txt", "share 2019 1", "unknown-kind"),
    ],
)
def test_files_that_say_no_figures(place: Path, file: str, text: str, code: str) -> None:
    """A file that cannot be read as figures is named as such, and nothing is written."""
    before = (place / "copy" / "p.toml").read_bytes()
    (place / file).write_text(text, encoding="utf-8")
    result = run("add-actual", "p", "--targets", "copy", "--from", file, "--json", cwd=place)
    assert (
        result.returncode,
        json.loads(result.stderr.splitlines()[0])["error"]["code"],
        (place / "copy" / "p.toml").read_bytes(),
    ) == (4, code, before)


@pytest.mark.parametrize("key", ["note", "quote", "page", "disaggregation", "source"])
def test_half_a_character_of_json(place: Path, key: str) -> None:
    """JSON can write half a character, which no file can hold: the row is refused, nothing fails."""
    value = '{"sector": "\\ud800"}' if key == "disaggregation" else '"\\ud800"'
    before = (place / "copy" / "p.toml").read_bytes()
    (place / "f.json").write_text(
        f'[{{"indicator": "share", "period": 2019, "value": 1, "{key}": {value}}}]', encoding="utf-8"
    )
    result = run("add-actual", "p", "--targets", "copy", "--from", "f.json", "--json", cwd=place)
    error = json.loads(result.stderr.splitlines()[0])["error"]
    assert (result.returncode in {3, 4}, error["message"][:6], (place / "copy" / "p.toml").read_bytes()) == (
        True,
        "row 1:",
        before,
    )
    assert "something else" not in error["message"]


@pytest.mark.parametrize("key", ["note", "quote", "page", "disaggregation"])
def test_half_a_character_of_a_table(place: Path, key: str) -> None:
    """A cell cannot say half a character: what looks like it is kept as the text that it is."""
    (place / "f.csv").write_text(
        f"indicator,period,value,{key}\nshare,2019,1,{'sector=' if key == 'disaggregation' else ''}<U+D800>\n",
        encoding="utf-8",
    )
    result = run("add-actual", "p", "--targets", "copy", "--from", "f.csv", "--json", cwd=place)
    (found,) = json.loads(result.stdout)["actuals"]
    assert found["actual"][key] == ({"sector": "<U+D800>"} if key == "disaggregation" else "<U+D800>")
