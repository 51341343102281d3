"""Records: arrays of objects, and rows under names, in a JSON file."""

from __future__ import annotations

import json as plain_json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutated import mutated, read_or_refused, refused, sample
from support import tries
from targettrack.recording.inputs import json
from targettrack.recording.table import Wishes

FUZZ = tries(400)
SAMPLES = ["json-records.json", "json-lines.jsonl", "json-world-bank.json", "json-fields.json"]


def book(text: str) -> list[list[object]]:
    """The rows of the one sheet of a document."""
    (sheet,) = json.book(text.encode(), "f.json", Wishes()).sheets
    return [list(row) for row in sheet.rows]


def test_objects_become_rows() -> None:
    """The names are those of all objects in the order in which they appear; objects in objects have names with points, null is empty, digits stay."""
    found = json.book(sample("json-records.json"), "f.json", Wishes())
    (sheet,) = found.sheets
    assert sheet.rows == [
        ["indicator", "year", "value", "area.code", "area.name", "flag", "note"],
        ["trees", "2101", Decimal("11.10"), "01", "North", ""],
        ["trees", "2102", Decimal(22), "02", "South", "p", "a guess"],
        ["trees", "2103", "", "01", "North", "", ""],
    ]
    assert str(sheet.rows[1][2]) == "11.10"
    assert sheet.address(2, 2) == "data[1]/value"
    assert found.mapping == {"header": 1}
    assert found.said == ("beside its records the file says: title = Invented: trees planted in Nowhere; page = 1",)


def test_one_object_a_line() -> None:
    """Each row knows its line, empty lines are none, and texts stay texts."""
    (sheet,) = json.book(sample("json-lines.jsonl"), "f.jsonl", Wishes()).sheets
    assert sheet.rows == [["Year", "Sex", "Value", "Unit"], ["2101", "F", "1,111"], ["2101", "M", "2,222", "trees"]]
    assert sheet.lines == [1, 1, 3]
    assert sheet.address(2, 2) == "[1]/Value"


def test_world_bank() -> None:
    """An array behind an object of the page is one of records, and the page is told."""
    found = json.book(sample("json-world-bank.json"), "f.json", Wishes())
    (sheet,) = found.sheets
    assert sheet.rows[1][6] == Decimal("11.11")
    assert sheet.address(1, 6) == "[1][0]/value"
    assert "[0].lastupdated = 2101-02-03" in found.said[0]


def test_rows_under_names() -> None:
    """Rows beside a list of fields have their names; an array that is no table is named."""
    found = json.book(sample("json-fields.json"), "f.json", Wishes())
    (sheet,) = found.sheets
    assert sheet.rows == [["year", "trees"], ["2101", Decimal("1.10")], ["2102", Decimal("2.20")]]
    assert sheet.address(1, 1) == "result.records[0]/trees"
    assert found.said[1] == "not read, for these are no arrays of objects: weights"


def test_an_array_of_rows() -> None:
    """The first array is that of the names where it has texts alone, and each row as many cells."""
    assert book('[["NAME","POP"],["A","1"],["B",2.0]]') == [["NAME", "POP"], ["A", "1"], ["B", Decimal("2.0")]]


@pytest.mark.parametrize(
    "text",
    [
        '[["2101","2102"],[1,2]]',
        '[["a","b"],[1]]',
        '[["a","a"],[1,2]]',
        "[[1,2],[3,4]]",
        "[1,2]",
        '{"x":5}',
        "[]",
        "{}",
        "5",
    ],
)
def test_no_records(text: str) -> None:
    """Rows under what may be figures, rows of other widths and documents without objects are refused."""
    assert refused(json, text.encode()) == "this JSON has no array of objects to read figures from"


def test_a_whole_character() -> None:
    """A character that is written as two halves is one."""
    assert book('[{"a":"\\ud83c\\udf33","b":"\\\\ud800"}]')[1] == ["🌳", "\\ud800"]


def test_several_arrays() -> None:
    """Each array of objects is a sheet, named by its place."""
    found = json.book(b'{"a":[{"x":1}],"b":{"c":[{"y":2}]}}', "f.json", Wishes())
    assert [sheet.name for sheet in found.sheets] == ["a", "b.c"]
    assert [sheet.address(1, 0) for sheet in found.sheets] == ["a[0]/x", "b.c[0]/y"]


def test_arrays_in_objects() -> None:
    """What lies in an array of an object has a name with its place."""
    assert book('[{"v":[1,{"w":2}]}]') == [["v[0]", "v[1].w"], [Decimal(1), Decimal(2)]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"a":1,"a":2}]', 'this file cannot be read as figures: "a" stands twice in one object'),
        ('[{"a.b":1,"a":{"b":2}}]', 'two values of one object have the name "a.b"'),
        ('[{"a":NaN}]', "this file cannot be read as figures: NaN is no figure"),
        ('[{"a":1},\n{"a":}]', "2: this is not JSON: expecting value"),
        ('[{"a":"\\ud800"}]', "this file cannot be read as figures: a text in it has half of a character"),
        ("[" * 100_000, "this file has brackets nested too deep"),
        ('[{"a":' * 30 + "1" + "}]" * 30, "the objects of this file lie more than 12 deep in each other"),
    ],
)
def test_refused(text: str, said: str) -> None:
    """A name that stands twice, NaN, broken JSON and deep nesting are refused with a sentence."""
    assert refused(json, text.encode()) == said


def test_too_many_cells() -> None:
    """Objects that each have names of their own would make a table of all names times all objects: it is refused."""
    many = ",".join(f'{{"n{at}":{at}}}' for at in range(3000))
    assert refused(json, f"[{many}]".encode()) == "this table has more than 3\u00a0000\u00a0000 cells"


def test_a_number_beyond_all_limits() -> None:
    """It is left as a text for whoever reads figures to refuse, and is never written out."""
    assert book('[{"a":1e1000000,"b":1e400,"c":0.1e1}]')[1] == ["1E+1000000", "1E+400", Decimal(1)]


def test_encodings() -> None:
    """UTF-16 is known by its first bytes, and a person may name another encoding."""
    text = '[{"năm":"2101","é":1}]'
    for data in (text.encode("utf-16"), text.encode("utf-16-le"), b"\xef\xbb\xbf" + text.encode()):
        assert json.begins(data) == 2
        assert json.book(data, "f", Wishes()).sheets[0].rows[0] == ["năm", "é"]
    latin = '[{"é":1}]'.encode("latin-1")
    assert refused(json, latin) == "this file is not UTF-8"
    assert json.book(latin, "f", Wishes(encoding="latin-1")).sheets[0].rows[0] == ["é"]
    assert refused(json, latin, Wishes(encoding="utf-9")) == "there is no encoding utf-9"
    assert refused(json, latin, Wishes(encoding="ascii")) == "this file is not written in ascii"


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ('{"schema": "targettrack.show", "version": 2}', 3),
        ('[{"indicator": "a", "period": 2101, "value": 1}]', 3),
        ('{"indicator": "a", "period": 2101, "value": 1, "file": "a.toml", "line": 3}\n', 3),
        ('{"actuals": [{"period": 2101, "value": 1}]}', 3),
        ('[{"indicator": "a", "period": 2101, "value": 1, "year": 2101}]', 2),
        ('[{"year": 2101}]', 2),
        ("[]", 2),
        ("[a], [b]", 1),
        ("Year,Value", 0),
        ("", 0),
    ],
)
def test_begins(text: str, sure: int) -> None:
    """Our own shape is surer than any records, and a bracket alone says little."""
    assert json.begins(text.encode()) == sure


@FUZZ
@given(mutated(SAMPLES))
def test_broken_files(data: bytes) -> None:
    """Whatever a file holds, it is read or refused with a sentence."""
    read_or_refused(json, data)


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-999, 999), st.text(max_size=5))
RECORDS = st.lists(
    st.dictionaries(st.text("abcxyz", min_size=1, max_size=3), SCALARS, min_size=1, max_size=4), min_size=1, max_size=6
)


@tries(200)
@given(RECORDS)
def test_every_value_has_its_cell(records: list[dict[str, object]]) -> None:
    """No value of any object is lost, and none stands in another's column."""
    (sheet,) = json.book(plain_json.dumps(records).encode(), "f", Wishes()).sheets
    heads = list(map(str, sheet.rows[0]))
    for at, record in enumerate(records, 1):
        for column, name in enumerate(heads):
            value = record.get(name)
            assert sheet.value(at, column) == ("" if value is None else value)
        assert set(record) <= set(heads)
