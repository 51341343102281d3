"""IATI: the actuals and the targets of indicators, each with the path of its element."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutated import mutated, read_or_refused, refused, sample
from support import tries
from targettrack import period as periods
from targettrack.recording.inputs import iati
from targettrack.recording.table import Book, Sheet, Wishes

SAMPLES = ["iati-two-activities.xml", "iati-version-1.xml"]


def book(data: bytes) -> Book:
    """A file as sheets."""
    return iati.book(data, "f.xml", Wishes())


def column(sheet: Sheet, name: str) -> list[object]:
    """The cells of a column."""
    at = list(sheet.rows[0]).index(name)
    return [sheet.value(row, at) for row in range(1, len(sheet.rows))]


@pytest.fixture(scope="module")
def two() -> Book:
    """The sample of two activities."""
    return book(sample("iati-two-activities.xml"))


def test_actuals(two: Book) -> None:
    """A row for each actual: its value as it is written, its period, its parts, and what is said of it in the activity's language."""
    actuals = two.sheets[0]
    assert actuals.name == "actuals"
    assert actuals.rows[:3] == [
        ("activity", "result", "indicator", "reference", "measure", "unit", "period", "value", "note", "part:location", "part:sex", "part:age"),
        ["XX-NOWHERE-1", "Forest", "Trees planted (Forest) (XX-NOWHERE-1)", "T-1", "unit", "", "2101", "24,055", "counted https://example.org/count", "AF-KAN", "", ""],
        ["XX-NOWHERE-1", "Forest", "Trees planted (Forest) (XX-NOWHERE-1)", "T-1", "unit", "", "2101", "12,011", "", "", "female", "adult"],
    ]  # fmt: skip
    assert column(actuals, "value") == ["24,055", "12,011", "2.500", "", "33.3"]
    assert column(actuals, "unit") == ["", "", "", "", "%"]


def test_periods(two: Book) -> None:
    """Two days are the period that they make, and what they make none of stays as it is written."""
    assert column(two.sheets[0], "period") == ["2101", "2101", "2102-04/2103-03", "2101-12-31/2101-01-01", "2101-S2"]


def test_addresses(two: Book) -> None:
    """A figure is found by the path of its period, and of its element where the period has several; with its line."""
    actuals = two.sheets[0]
    at = list(actuals.rows[0]).index("value")
    assert [actuals.address(row, at) for row in (2, 3)] == [
        "iati-activity[1]/result[1]/indicator[1]/period[1]/actual[2]/value",
        "iati-activity[1]/result[1]/indicator[1]/period[2]/value",
    ]
    assert list(actuals.lines or ()) == [1, 25, 26, 32, 40, 51]


def test_names_are_distinct(two: Book) -> None:
    """Indicators of one title have the words by which they are known from each other: the result's, and the activity's where that does not do."""
    assert list(dict.fromkeys(column(two.sheets[1], "indicator"))) == [
        "Trees planted (Forest) (XX-NOWHERE-1)",
        "How people feel",
        "Trees planted (Shade) (XX-NOWHERE-1)",
        "Trees planted (Forest) (XX-NOWHERE-2)",
    ]


def test_targets(two: Book) -> None:
    """A row for each target with the baseline of its part; a baseline of no target, and an indicator with neither, have their own."""
    targets = two.sheets[1]
    names = (
        "measure",
        "ascending",
        "baseline_period",
        "baseline",
        "by",
        "target",
        "part:sex",
        "part:age",
        "vi.indicator",
    )
    assert list(zip(*(column(targets, name) for name in names), strict=True)) == [
        ("unit", "true", "2100", "1,111", "2101", "24,000", "", "", "Số cây đã trồng"),
        ("unit", "true", "2100", "555", "2101", "12,000", "female", "", "Số cây đã trồng"),
        ("unit", "true", "2100", "1,111", "2102-04/2103-03", "30000", "", "", "Số cây đã trồng"),
        ("unit", "true", "2099", "9", "", "", "", "old", "Số cây đã trồng"),
        ("qualitative", "", "", "", "", "", "", "", ""),
        ("percentage", "false", "", "", "", "", "", "", ""),
        ("unit", "", "2100", "3", "", "", "", "", ""),
    ]
    assert column(targets, "baseline_date")[0] == "2100-12-31"
    assert column(targets, "baseline_note")[0] == "counted from afar"


def test_mapping(two: Book) -> None:
    """The figures are those of the sheet of actuals, and the document is that of its reporter."""
    assert two.mapping["sheet"] == "actuals"
    roles = two.mapping["columns"]
    assert [roles[name] for name in ("indicator", "period", "value", "unit", "note", "part:sex")] == [
        "indicator", "period", "value", "unit", "note", "part:sex",
    ]  # fmt: skip
    assert all(isinstance(roles[name], dict) for name in ("activity", "result", "reference", "measure"))
    assert two.mapping["source"] == {
        "title": "IATI activities of Ministry of Nowhere",
        "publisher": "Ministry of Nowhere",
        "published": "2102-01-02",
    }
    assert two.said == ("IATI version 2.03; activities: 2, indicators: 4",)


def test_version_1() -> None:
    """Before version 2 a text stands in its element itself."""
    found = book(sample("iati-version-1.xml"))
    assert column(found.sheets[0], "indicator") == ["Trees felled"]
    assert column(found.sheets[0], "value") == ["7"]
    assert column(found.sheets[1], "target") == ["5"]
    assert column(found.sheets[1], "fr.indicator") == ["Arbres abattus"]
    assert found.mapping["source"] == {"title": "Old trees"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    """UTF-16 is XML too."""
    text = (
        sample("iati-two-activities.xml")
        .decode()
        .replace('encoding="UTF-8"', 'encoding="UTF-16"' if "16" in encoding else "")
    )
    data = text.encode(encoding)
    assert iati.begins(data) == 3
    assert column(book(data).sheets[1], "vi.indicator")[0] == "Số cây đã trồng"


def test_windows() -> None:
    """A page of Windows that the file names is read, and one that a person names as well."""
    text = sample("iati-version-1.xml").decode().replace("Old trees", "Cây già của Hué")
    declared = '<?xml version="1.0" encoding="windows-1252"?>' + text.replace("â", "a").replace("à", "a").replace(
        "ủ", "u"
    )
    data = declared.encode("cp1252")
    assert iati.begins(data) == 3
    assert book(data).mapping["source"]["title"] == "Cay gia cua Hué"
    bare = text.replace("ủ", "u").encode("cp1252")
    assert refused(iati, bare) == "4: this is not XML: not well-formed (invalid token)"
    assert iati.book(bare, "f", Wishes(encoding="cp1252")).mapping["source"]["title"] == "Cây già cua Hué"


BOMB = '<!DOCTYPE iati-activities [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><iati-activities version="2.03">&b;</iati-activities>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_no_document_type(encoding: str) -> None:
    """A document type is refused before any entity is, in any encoding."""
    data = ("\n" + BOMB).encode(encoding) if encoding != "utf-16-be" else BOMB.encode(encoding)
    assert iati.begins(data) == 3
    assert refused(iati, data).endswith(
        "this XML is not read: it has a document type (DOCTYPE), which may name entities"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<iati-activities>\n<iati-activity>", "2: this is not XML: no element found"),
        ("<iati-activities>\n<a></b>", "2: this is not XML: mismatched tag"),
        ("", "1: this is not XML: no element found"),
        ("<iati-activities>&x;</iati-activities>", "1: this is not XML: undefined entity"),
        ("\n<table/>", "2: the root of this XML is table, not iati-activities"),
        ("<iati-activities/>", "this file has IATI activities, but no results with indicators"),
        (
            '<?xml version="1.0" encoding="klingon"?><iati-activities/>',
            "1: this file is written in an encoding that is not read",
        ),
        (
            "<iati-activities>" + "<a>" * 100,
            "1: this XML is not read: its elements lie more than 40 deep in each other",
        ),
    ],
)
def test_refused(text: str, said: str) -> None:
    """What is no XML of IATI is refused with a sentence and its line."""
    assert refused(iati, text.encode()) == said


def of_indicators(*indicators: str) -> list[object]:
    """The names of indicators that stand in one result."""
    inner = "".join(f"<indicator>{each}</indicator>" for each in indicators)
    data = f"<iati-activities><iati-activity><iati-identifier>A</iati-identifier><result><title>R</title>{inner}</result></iati-activity></iati-activities>"
    return column(book(data.encode()).sheets[1], "indicator")


def test_names_without_titles() -> None:
    """An indicator without a title is called by its reference, or by its place."""
    place = "iati-activity[1]/result[1]/indicator[2]"
    assert of_indicators('<reference code="X-1"/>', "") == ["X-1", place]


def test_names_of_twins() -> None:
    """Two of one title in one result are known by their references, or by their places."""
    title = "<title><narrative>T</narrative></title>"
    assert of_indicators(f'{title}<reference code="1"/>', f'{title}<reference code="2"/>') == [
        "T (R) (A) (1)",
        "T (R) (A) (2)",
    ]
    assert len(set(of_indicators(title, title, title))) == 3


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        ("<!-- <iati-activities> --><table/>", 0),
        ("<html>", 0),
        ("Year,Value\n<iati-activities", 0),
        ("<iati-activitiesX>", 0),
        ("<iati-activities-old>", 0),
        ("<table><iati-activities>", 0),
        ("<iati-organisations>", 0),
        ("\ufeff<?xml version='1.0'?>\n<!-- a --><iati-activities>", 3),
    ],
)
def test_begins(head: str, sure: int) -> None:
    """The root says what it is, and no comment does."""
    assert iati.begins(head.encode()) == sure


@tries(400)
@given(mutated(SAMPLES))
def test_broken_files(data: bytes) -> None:
    """Whatever a file holds, it is read or refused with a sentence."""
    read_or_refused(iati, data)


@tries(200)
@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.integers(0, 1500))
def test_every_period_has_its_days(first: date, length: int) -> None:
    """The period of two days is one that begins and ends on them."""
    last = first + timedelta(days=length)
    text = sample("iati-version-1.xml").decode().replace("2101-01-01", str(first)).replace("2101-03-31", str(last))
    (found,) = column(book(text.encode()).sheets[0], "period")
    assert periods.period(found) == periods.Period(first, last, "")
