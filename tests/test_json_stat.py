"""JSON-stat: values lie in the order of the dimensions, whatever place time has among them."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutated import mutated, read_or_refused, refused, sample
from support import tries
from targettrack.recording.inputs import json_stat
from targettrack.recording.table import Wishes

SAMPLES = ["json-stat-time-first.json", "json-stat-sparse.json", "json-stat-bundle.json"]


def document(name: str) -> dict[str, Any]:
    """A sample as objects."""
    found: dict[str, Any] = json.loads(sample(name))
    return found


def rows(entry: object) -> list[list[object]]:
    """The rows of the one sheet of a document."""
    (sheet,) = json_stat.book(json.dumps(entry).encode(), "f.json", Wishes()).sheets
    return [list(row) for row in sheet.rows]


def test_time_first() -> None:
    """Time changes slowest here; a row a value, with its status, and null is an empty cell."""
    found = json_stat.book(sample("json-stat-time-first.json"), "f.json", Wishes())
    (sheet,) = found.sheets
    assert sheet.rows == [
        ["time", "freq", "geo", "value", "status"],
        ["2101-Q1", "Quarterly", "North", Decimal("111.10"), ""],
        ["2101-Q1", "Quarterly", "South", Decimal(121), "p"],
        ["2101-Q2", "Quarterly", "North", Decimal(112), ""],
        ["2101-Q2", "Quarterly", "South", "", ":"],
        ["2101-Q3", "Quarterly", "North", Decimal(113), ""],
        ["2101-Q3", "Quarterly", "South", Decimal(123), ""],
    ]
    assert str(sheet.rows[1][3]) == "111.10"
    assert sheet.address(2, 3) == "value[1]/value"
    assert found.mapping == {
        "header": 1,
        "columns": {
            "time": "period",
            "freq": {"skip": "the same everywhere: Quarterly"},
            "geo": "part:geo",
            "value": "value",
            "status": "flag",
        },
        "flags": {"p": "provisional", ":": "missing"},
        "source": {"title": "Invented trees by area", "publisher": "Office of Nowhere", "published": "2102-03-04"},
    }
    assert found.said == (
        "a cube whose values lie in the order time (3), freq (1), geo (2)",
        "its note: Nobody counted.",
    )


def test_sparse() -> None:
    """An object of values has its places; labels that repeat have their codes, each metric its unit, a Nordic quarter its letter."""
    found = json_stat.book(sample("json-stat-sparse.json"), "f.json", Wishes())
    (sheet,) = found.sheets
    assert sheet.rows == [
        ["sex", "ContentsCode", "Tid", "value", "unit"],
        ["all [1]", "Trees", "2101-Q1", Decimal(1000), "trees"],
        ["all [1]", "Share of trees", "2101-Q1", Decimal("22.2"), "%"],
        ["all [2]", "Share of trees", "2101-Q2", Decimal("77.70"), "%"],
    ]
    assert [sheet.places[at] for at in (1, 2, 3)] == ["value[0]", "value[2]", "value[7]"] if sheet.places else False
    assert found.mapping["columns"] == {
        "sex": "part:sex",
        "ContentsCode": "indicator",
        "Tid": "period",
        "value": "value",
        "unit": "unit",
    }


def test_version_1() -> None:
    """A bundle has order and sizes among its dimensions; one status is that of all values, and TLIST(M1) says that 210101 is a month."""
    assert rows(document("json-stat-bundle.json")) == [
        ["TLIST(M1)", "place", "value", "status"],
        ["2101-01", "Nowhere", Decimal(1), "e"],
        ["2101-02", "Nowhere", Decimal(2), "e"],
    ]


def test_a_collection() -> None:
    """Data sets that stand in a collection are sheets by their labels; one that stands elsewhere is refused."""
    first, second = document("json-stat-time-first.json"), document("json-stat-sparse.json")
    collection = {"version": "2.0", "class": "collection", "link": {"item": [first, second]}}
    found = json_stat.book(json.dumps(collection).encode(), "f", Wishes())
    assert [sheet.name for sheet in found.sheets] == ["Invented trees by area", "Invented metrics"]
    assert found.mapping == {"header": 1}
    collection["link"] = {"item": [{"class": "dataset", "href": "https://example.org/x.json"}]}
    assert refused(json_stat, json.dumps(collection).encode()) == "this collection names data sets that stand elsewhere"


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"value": [1, 2, 3, 4, 5]}, "it has 5 values, but its dimensions make 6"),
    ({"value": [1, 2, 3, 4, 5, 6, 7]}, "it has 7 values, but its dimensions make 6"),
    ({"value": {"6": 1}}, 'there is no place "6" in a cube of 6 values'),
    ({"value": {"-1": 1}}, 'there is no place "-1" in a cube of 6 values'),
    ({"value": {"1": 1, "01": 2}}, "two of its values have one place"),
    ({"value": [1, 2, 3, 4, 5, [6]]}, "the value at value[5] is neither a number nor a text"),
    ({"value": 3}, "its `value` is neither a list nor an object"),
    ({"status": ["p", "p"]}, "it has 2 statuses for 6 values"),
    ({"status": {"9": "p"}}, 'there is no place "9" in a cube of 6 values'),
    ({"size": [3, 2]}, "its `size` is no list of a number for each of its dimensions"),
    ({"size": [2, 1, 3]}, "its dimension time has no list of 2 categories"),
    ({"size": [3, 1, True]}, "its `size` is no list of a number for each of its dimensions"),
    ({"id": ["time", "time", "geo"]}, "its `id` is no list of the names of its dimensions, each once"),
    ({"id": ["time", "freq", "sex"]}, "its dimension sex has no categories"),
]


@pytest.mark.parametrize(("change", "said"), CHANGES)
def test_what_does_not_fit(change: dict[str, Any], said: str) -> None:
    """Values, statuses and categories that do not fit the sizes are refused: which figure is whose would be a guess."""
    assert refused(json_stat, json.dumps(document("json-stat-time-first.json") | change).encode()) == said


def test_an_index_with_a_hole() -> None:
    """Places of categories that are not those from 0 on are refused."""
    entry = document("json-stat-time-first.json")
    entry["dimension"]["time"]["category"]["index"] = {"2101-Q1": 0, "2101-Q2": 2, "2101-Q3": 3}
    assert refused(json_stat, json.dumps(entry).encode()) == "its dimension time has no list of 3 categories"


def of_time(codes: list[str], labels: list[str]) -> list[object]:
    """The periods of a cube of time alone."""
    category = {"index": codes, "label": dict(zip(codes, labels, strict=True))}
    entry = {"version": "2.0", "class": "dataset", "id": ["year"], "size": [len(codes)], "value": [1] * len(codes)}
    return [row[0] for row in rows(entry | {"dimension": {"year": {"category": category}}})[1:]]


@pytest.mark.parametrize(
    ("code", "label", "said"),
    [
        ("2101", "2101", "2101"),
        ("2101", "2101/02", "2101/02"),
        ("2101", "2099-2101", "2099-2101"),
        ("2101", "2102", "2102 [2101]"),
        ("2101M05", "May 2101", "2101-05"),
        ("2101H2", "", "2101-S2"),
        ("2101Q3", "2101/02 Q3", "2101/02 Q3"),
        ("7", "2101", "2101"),
        ("2101Q1", "Q2 2101", "Q2 2101"),
        ("2101Q1", "2101Q2*", "2101Q2*"),
        ("2010-12", "2010-12", "2010-12"),
    ],
)
def test_periods(code: str, label: str, said: str) -> None:
    """A period is taken where label and code leave no doubt; a label that may mean another year is left as it stands."""
    assert of_time([code], [label]) == [said]


def test_two_of_time() -> None:
    """Of two dimensions of time neither is the period: that is for a person to say."""
    entry = document("json-stat-time-first.json") | {"role": {"time": ["time", "freq"]}}
    found = json_stat.book(json.dumps(entry).encode(), "f", Wishes())
    assert found.mapping["columns"]["time"] == "part:time"
    assert "no single dimension of it is said to be the one of time" in found.said


def test_a_multiplier() -> None:
    """A multiplier of 3 may be a power of ten or a factor: its column is doubtful; one of 0 is none."""
    entry = document("json-stat-sparse.json")
    entry["dimension"]["ContentsCode"]["category"]["unit"]["A"]["multiplier"] = 0
    assert "multiplier" not in rows(entry)[0]
    entry["dimension"]["ContentsCode"]["category"]["unit"]["A"]["multiplier"] = 3
    assert [row[-1] for row in rows(entry)] == ["multiplier", "3", "0", "0"]
    assert json_stat.book(json.dumps(entry).encode(), "f", Wishes()).mapping["columns"]["multiplier"] == "?"


def test_units_make_the_indicators() -> None:
    """The one dimension whose categories have units is that of the indicators, where no role says so; multipliers of another one are refused."""
    entry = document("json-stat-sparse.json")
    text = json.dumps(entry | {"role": {"time": ["Tid"]}}).replace("ContentsCode", "what")
    found = json_stat.book(text.encode(), "f", Wishes())
    assert found.mapping["columns"]["what"] == "indicator"
    entry["dimension"]["sex"]["category"]["unit"] = {"1": {"label": "people", "multiplier": 3}}
    said = "its dimension sex has multipliers, but is not the one of its indicators"
    assert refused(json_stat, json.dumps(entry).encode()) == said


def test_a_dimension_called_status() -> None:
    """The statuses have another name then, and no column is lost."""
    text = json.dumps(document("json-stat-time-first.json") | {"role": {}}).replace('"geo"', '"status"')
    assert rows(json.loads(text))[0] == ["time", "freq", "status", "value", "status (2)"]


@pytest.mark.parametrize("name", SAMPLES)
def test_begins(name: str) -> None:
    """A cube is known by its words, wherever they stand in the file."""
    assert json_stat.begins(sample(name)) == 3
    late = {
        "value": list(range(200_000)),
        **{k: v for k, v in document("json-stat-time-first.json").items() if k != "value"},
    }
    assert json_stat.begins(json.dumps(late).encode()) == 3


@pytest.mark.parametrize("name", ["json-records.json", "json-world-bank.json", "px-quarters.px", "json-lines.jsonl"])
def test_begins_otherwise(name: str) -> None:
    """Other JSON, and other cubes, are none."""
    assert json_stat.begins(sample(name)) == 0


@tries(400)
@given(mutated(SAMPLES))
def test_broken_files(data: bytes) -> None:
    """Whatever a file holds, it is read or refused with a sentence."""
    read_or_refused(json_stat, data)


SIZES = st.dictionaries(st.sampled_from(["sex", "geo", "time", "age"]), st.integers(1, 4), min_size=1, max_size=4)


@tries(200)
@given(SIZES, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_dimensions_changes_nothing(sizes: dict[str, int], random: Any, sparse: bool) -> None:
    """The same cube written in any order of its dimensions gives the same figures at the same coordinates."""
    names = list(sizes)
    cube = {
        frozenset(zip(names, place, strict=True)): number
        for number, place in enumerate(product(*(range(sizes[name]) for name in names)))
    }
    random.shuffle(names)
    values = [
        cube[frozenset(zip(names, place, strict=True))] for place in product(*(range(sizes[name]) for name in names))
    ]
    entry = {
        "version": "2.0",
        "class": "dataset",
        "id": names,
        "size": [sizes[name] for name in names],
        "dimension": {name: {"category": {"index": [f"{name}{at}" for at in range(sizes[name])]}} for name in names},
        "value": {str(at): value for at, value in enumerate(values)} if sparse else values,
    }
    head, *found = rows(entry)
    assert len(found) == math.prod(sizes.values())
    for row in found:
        named = dict(zip(map(str, head), row, strict=True))
        place = frozenset((name, int(str(named[name]).removeprefix(name))) for name in names)
        assert named["value"] == cube[place]
