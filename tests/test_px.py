"""PX files: keywords with texts, dimensions of the stub before those of the heading, and figures that must be whole."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutated import mutated, read_or_refused, refused, sample
from support import tries
from targettrack.recording.inputs import px
from targettrack.recording.table import Wishes

SAMPLES = ["px-quarters.px", "px-windows.px", "px-code-page.px", "px-weeks.px", "px-dos.px"]


def rows(text: str) -> list[list[object]]:
    """The rows of the sheet of a file."""
    (sheet,) = px.book(text.encode(), "f.px", Wishes()).sheets
    return [list(row) for row in sheet.rows]


def test_quarters() -> None:
    """The last dimension of the heading changes fastest; codes say quarters, units hang on the contents, signs stay as they stand."""
    found = px.book(sample("px-quarters.px"), "f.px", Wishes())
    (sheet,) = found.sheets
    assert sheet.rows == [
        ["område", "tabellinnehåll", "kvartal", "value", "unit"],
        ["Norr", "Träd", "2101-Q1", Decimal(1110), "antal"],
        ["Norr", "Träd", "2101-Q2", Decimal(1120), "antal"],
        ["Norr", "Träd", "2101-Q3", Decimal(1130), "antal"],
        ["Norr", "Andel", "2101-Q1", Decimal("11.50"), "procent"],
        ["Norr", "Andel", "2101-Q2", "..", "procent"],
        ["Norr", "Andel", "2101-Q3", "-", "procent"],
        ["Söder; och mer", "Träd", "2101-Q1", Decimal(2110), "antal"],
        ["Söder; och mer", "Träd", "2101-Q2", Decimal(2120), "antal"],
        ["Söder; och mer", "Träd", "2101-Q3", Decimal(2130), "antal"],
        ["Söder; och mer", "Andel", "2101-Q1", Decimal("21.1"), "procent"],
        ["Söder; och mer", "Andel", "2101-Q2", Decimal("22.2"), "procent"],
        ["Söder; och mer", "Andel", "2101-Q3", Decimal("23.30"), "procent"],
    ]
    assert str(sheet.rows[12][3]) == "23.30"
    assert sheet.address(12, 3) == "DATA[11]/value"
    assert found.mapping == {
        "header": 1,
        "columns": {
            "område": "part:område",
            "tabellinnehåll": "indicator",
            "kvartal": "period",
            "value": "value",
            "unit": "unit",
        },
        "missing": ["-", ".."],
        "source": {
            "title": "Påhittade träd efter område, tabellinnehåll och kvartal",
            "publisher": "Ingenstans",
            "published": "2102-03-04",
        },
    }
    assert found.said == (
        "a cube whose values lie in the order område (2), tabellinnehåll (2), kvartal (3)",
        '"-" is taken for no figure here; some offices write it for nothing at all, which is 0',
        "its note: Ingen har räknat. Alls.",
        "its note on Norr, Träd, 2101K1: gissad",
    )


def test_windows() -> None:
    """A file that says ANSI and a language of Western Europe is read with the page of Windows, and that is told."""
    found = px.book(sample("px-windows.px"), "f.px", Wishes())
    assert [row[1] for row in found.sheets[0].rows] == ["Lääni", "Pohjoinen", "Etelä", "Pohjoinen", "Etelä"]
    assert found.said[0] == "read as Windows-1252; the file does not say it"


def test_a_code_page() -> None:
    """A file that names its code page is read with it."""
    found = px.book(sample("px-code-page.px"), "f.px", Wishes())
    assert found.sheets[0].rows[1] == ["2101", "Pohjoinen", Decimal(1), "€"]
    assert len(found.said) == 1


def test_a_code_page_that_is_wrong() -> None:
    """A file that is not written in the page that it names is refused, and so is a page that nobody knows."""
    data = sample("px-code-page.px")
    assert refused(px, data.replace(b"ISO-8859-15", b"utf-8")) == "this file is not written in utf-8"
    assert refused(px, data.replace(b"ISO-8859-15", b"klingon")) == "there is no encoding klingon"


def test_dos() -> None:
    """A file of DOS does not say how its letters are written: it is refused until a person says it."""
    data = sample("px-dos.px")
    assert refused(px, data) == "nothing in this file says how its letters are written: it has no CODEPAGE"
    found = px.book(data, "f.px", Wishes(encoding="cp850"))
    assert [row[1] for row in found.sheets[0].rows] == ["Lääni", "Pohjoinen", "Etelä", "Pohjoinen", "Etelä"]


def test_a_language_of_another_page() -> None:
    """ANSI is another page in Lithuania."""
    data = sample("px-windows.px").replace(b'LANGUAGE="fi"', b'LANGUAGE="lt"')
    assert refused(px, data).startswith("nothing in this file says")


def test_weeks() -> None:
    """A week is no period here: 210102 of weeks keeps the letter of its kind, that it is not taken for February."""
    assert [row[0] for row in rows(sample("px-weeks.px").decode())] == ["week", "W 210101", "W 210102"]


def small(*lines: str, data: str = "1 2") -> str:
    """A file with a dimension of time of two values, some lines more, and its figures."""
    return "\n".join(['CHARSET="ANSI";', 'HEADING="Year";', *lines, f"DATA=\n{data};\n"])


VALUES = 'VALUES("Year")="2101","2102";'


@pytest.mark.parametrize(
    ("lines", "data", "said"),
    [
        ([VALUES], "1", "it has 1 values, but its dimensions make 2"),
        ([VALUES], "1 2 3", "it has 3 values, but its dimensions make 2"),
        ([VALUES], "1,5 2,3", "it has 4 values, but its dimensions make 2"),
        ([VALUES, 'KEYS("Year")=VALUES;'], '"2101",1', "this file leaves out rows of zeros (KEYS), which is not read"),
        ([], "1 2", "the values and the codes of Year are not as many, each once"),
        ([VALUES, 'CODES("Year")="1";'], "1 2", "the values and the codes of Year are not as many, each once"),
        ([VALUES, 'CODES("Year")="1","1";'], "1 2", "the values and the codes of Year are not as many, each once"),
        ([VALUES, 'TIMEVAL("Year")=TLIST(A1),"2101";'], "1 2", "the values and the codes of Year are not as many, each once"),
        ([VALUES, VALUES], "1 2", "4: the keyword VALUES stands twice"),
        ([VALUES, 'STUB="Year";'], "1 2", "STUB and HEADING do not name its dimensions, each once"),
        ([VALUES, 'UNITS="a'], "1 2", "4: the keyword UNITS does not end with a semicolon"),
        ([VALUES, "what is this"], "1 2", "4: this file has no figures: the keyword DATA does not follow"),
    ],
)  # fmt: skip
def test_what_does_not_fit(lines: list[str], data: str, said: str) -> None:
    """Figures, values and codes that do not fit each other are refused: which figure is whose would be a guess."""
    assert refused(px, small(*lines, data=data).encode()) == said


def test_cut_off() -> None:
    """A file that ends within its figures may have lost a digit: it is refused."""
    data = sample("px-quarters.px").rstrip()
    for end in (len(data) - 1, len(data) - 2):
        assert refused(px, data[:end]) == "the figures of this file do not end with a semicolon: it is cut off"


@pytest.mark.parametrize(
    ("timeval", "labels", "said"),
    [
        ('TLIST(A1),"2101","2102"', '"2101","2102"', ["2101", "2102"]),
        ('TLIST(A1,"2101"-"2102")', '"2101","2102"', ["2101", "2102"]),
        ('TLIST(H1),"21011","21012"', '"2101H1","2101H2"', ["2101-S1", "2101-S2"]),
        ('TLIST(M1,"210112"-"210201")', '"December","January"', ["2101-12", "2102-01"]),
        ('TLIST(M1),"210112","210201"', '"2101M12","2102M01"', ["2101-12", "2102-01"]),
        ('TLIST(Q1,"21014"-"21021")', '"2101K4","2102K1"', ["2101-Q4", "2102-Q1"]),
        ('TLIST(A1),"2101","2102"', '"2101/02","2102/03"', ["2101/02", "2102/03"]),
        ('TLIST(A1),"2101","2102"', '"2102","2103"', ["2102 [2101]", "2103 [2102]"]),
        ('TLIST(D1),"21010131","21010201"', '"21010131","21010201"', ["2101-01-31", "2101-02-01"]),
    ],
)
def test_periods(timeval: str, labels: str, said: list[str]) -> None:
    """What a file says of its periods makes them certain; labels that say otherwise are left for a person."""
    text = small(f'TIMEVAL("Year")={timeval};', f'VALUES("Year")={labels};')
    assert [row[0] for row in rows(text)[1:]] == said


def test_a_mark_behind_a_period() -> None:
    """What is preliminary has a star behind its year: the year is read, and the star is a status of its figures."""
    text = small('VALUES("Year")="2101","2102*";', 'TIMEVAL("Year")=TLIST(A1),"2101","2102";')
    found = px.book(text.encode(), "f", Wishes())
    assert [list(row) for row in found.sheets[0].rows] == [
        ["Year", "value", "status"],
        ["2101", Decimal(1), ""],
        ["2102", Decimal(2), "*"],
    ]
    assert found.mapping["columns"]["status"] == "flag"
    assert [row[0] for row in rows(small('VALUES("Year")="2101*","all*";'))[1:]] == ["2101", "all*"]


def test_only_the_language_of_the_file() -> None:
    """What stands in another language is not read beside it."""
    text = small(VALUES, 'VALUES[sv]("År")="1","2";', 'UNITS="trees";', 'UNITS[sv]="träd";')
    assert rows(text)[1] == ["2101", Decimal(1), "trees"]


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        ("1.50 -2", [Decimal("1.50"), Decimal(-2)]),
        ('"." "......"', [".", "......"]),
        (". ..", [".", ".."]),
        ("1e3 12x", [Decimal(1000), "12x"]),
        ("1,2", [Decimal(1), Decimal(2)]),
        ("1\t2\r\n", [Decimal(1), Decimal(2)]),
        ("9e999 1", ["9e999", Decimal(1)]),
    ],
)
def test_figures(data: str, cells: list[object]) -> None:
    """Numbers have their digits; what is none is left as its text."""
    assert [row[1] for row in rows(small(VALUES, data=data))[1:]] == cells


def test_what_stands_for_no_figure() -> None:
    """The signs that a file has for no figure are those of its mapping; another text is not."""
    found = px.book(small(VALUES, 'CODES("Year")="1","2";', data='"…" "x"').encode(), "f", Wishes())
    assert found.mapping["missing"] == ["…"]


def test_too_many_cells() -> None:
    """A file whose dimensions make too many cells is refused before its figures are read."""
    values = ",".join(f'"{at}"' for at in range(2000))
    text = f'CHARSET="ANSI";STUB="a";HEADING="b";VALUES("a")={values};VALUES("b")={values};DATA=1;'
    assert refused(px, text.encode()) == "this table has more than 3\u00a0000\u00a0000 cells"


def test_a_figure_of_the_whole_file() -> None:
    """A value of the elimination is not said to be the total: offices name there what they show when nobody chose."""
    assert "parts" not in px.book(sample("px-quarters.px"), "f", Wishes()).mapping


@pytest.mark.parametrize("name", SAMPLES)
def test_begins(name: str) -> None:
    """A PX file is known by its keywords."""
    assert px.begins(sample(name)) == 3
    assert px.begins(b"\xef\xbb\xbf" + sample(name)) == 3


@pytest.mark.parametrize("data", [b"", b"Year;Value", b'TITLE="a";', b"[project]\nTITLE=3", b"\xff\xfe"])
def test_begins_otherwise(data: bytes) -> None:
    """A keyword alone does not make one."""
    assert px.begins(data) == 0


@tries(400)
@given(mutated(SAMPLES))
def test_broken_files(data: bytes) -> None:
    """Whatever a file holds, it is read or refused with a sentence."""
    read_or_refused(px, data)


@tries(200)
@given(mutated(SAMPLES), st.sampled_from(["cp850", "utf-8", "utf-16", "utf-7", "idna", "zip", "undefined", "a\x00"]))
def test_broken_files_in_any_encoding(data: bytes, encoding: str) -> None:
    """So it is with an encoding that a person named."""
    read_or_refused(px, data, Wishes(encoding=encoding))


NAMES = st.lists(st.sampled_from(["sex", "area", "Year", "age; old", "contents"]), min_size=1, max_size=4, unique=True)
NUMBERS = st.one_of(st.decimals(-9999, 9999, places=2).map(str), st.sampled_from(['".."', '"-"', "0"]))


@tries(200)
@given(NAMES, st.data())
def test_a_written_cube_comes_back(names: list[str], data: st.DataObject) -> None:
    """A cube that is written dimension by dimension comes back with every figure at its coordinates, wherever stub and heading part."""
    cut = data.draw(st.integers(0, len(names)))
    categories = {name: [f"{name}{at}" for at in range(data.draw(st.integers(1, 3)))] for name in names}
    places = list(product(*(categories[name] for name in names)))
    figures = data.draw(st.lists(NUMBERS, min_size=len(places), max_size=len(places)))
    text = written(names[:cut], names[cut:], categories, figures)
    head, *found = rows(text)
    assert head[: len(names)] == names
    for row, place, figure in zip(found, places, figures, strict=True):
        assert tuple(row[: len(names)]) == place
        assert row[len(names)] == (figure.strip('"') if '"' in figure else Decimal(figure))


def written(stub: list[str], heading: list[str], categories: dict[str, list[str]], figures: list[str]) -> str:
    """A PX file of a cube."""
    lines = ['CHARSET="ANSI";']
    lines += [f"{key}={listed(names)};" for key, names in (("STUB", stub), ("HEADING", heading)) if names]
    lines += [f'VALUES("{name}")={listed(values)};' for name, values in categories.items()]
    return "\n".join([*lines, "DATA=", " ".join(figures) + ";"])


def listed(texts: list[str]) -> str:
    """A list of texts as such a file has it."""
    return ",\n".join(f'"{text}"' for text in texts)
