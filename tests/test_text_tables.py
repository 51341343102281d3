"""Tables that are texts: their coding, what parts their cells, and what the special kinds say of their columns."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from targettrack.errors import TargettrackError
from targettrack.recording.inputs import csv, open_sdg, open_sdg_meta, sdmx_csv, world_bank_csv
from targettrack.recording.inputs._text import decoded
from targettrack.recording.mapping import understood
from targettrack.recording.table import Book, Wishes

TABLES = Path(__file__).parent / "tables"
KINDS = {"csv": csv, "open-sdg": open_sdg, "sdmx-csv": sdmx_csv, "world-bank-csv": world_bank_csv}


def windows_1258(text: str) -> bytes:
    """A text in windows-1258, where tones stand behind their letters."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in tones))
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            out += (base + "".join(sign for sign in parts if sign in tones)).encode("cp1258")
    return out


def told(name: str) -> str:
    """The kind that a file is surest to be."""
    data = (TABLES / name).read_bytes()
    return max(KINDS, key=lambda kind: int(KINDS[kind].begins(data)))


def book(name: str) -> Book:
    """A file of the folder, read as the kind that it is surest to be."""
    read: Book = KINDS[told(name)].book((TABLES / name).read_bytes(), name, Wishes())
    return read


def rows(data: bytes | str, **wishes: str) -> list[list[Any]]:
    """The cells of a text."""
    read = csv.book(data.encode() if isinstance(data, str) else data, "t.csv", Wishes(**wishes))
    return [list(row) for row in read.sheets[0].rows]


def refused(data: bytes, **wishes: str) -> Any:
    """The problem of a text that cannot be read."""
    with pytest.raises(TargettrackError) as found:
        csv.book(data, "t.csv", Wishes(**wishes))
    (problem,) = found.value.problems
    assert problem.exit == 4
    assert problem.hint
    return problem


# ---------------------------------------------------------------------------------------------------- codings

VIETNAMESE = (
    "Năm;Chỉ tiêu;Giá trị\n2015;Tỷ lệ hộ nghèo;9,8\n",
    "Chỉ tiêu,Đơn vị,2018,2019\nSản lượng lúa,nghìn tấn,43.1,43.4\nDiện tích rừng,nghìn ha,14.4,14.6\n",
    "Tỉnh\tDân số\tThu nhập\nHà Nội\t8053\t6054\nHải Phòng\t2033\t4946\n",
    "Chỉ số sản xuất công nghiệp;Tháng 1;Tháng 2\nKhai khoáng;98,2;97,1\n",
    "Năm,Giá trị\n2015,1\n2016,2\n",
    "Quý;Doanh thu (tỷ đồng)\nI;120\nII;130\n",
    "Số học sinh phổ thông,2010,2011\nTiểu học,7.0,7.1\n",
    "Vốn đầu tư;triệu đồng\nNgân sách nhà nước;120\nVốn vay;30\n",
    "Lao động có việc làm theo giới tính;Nam;Nữ\n2015;27;25\n",
    "Kế hoạch;Thực hiện\nƯớc thực hiện 6 tháng;50\n",
    "Giường bệnh\tBác sĩ\n12\t3\n",
    "Đắk Lắk;1\nKon Tum;2\n",
)
WESTERN = (
    "Année;Indicateur;Valeur\n2015;Taux de pauvreté;14,2\n",
    "Ministère,Dépenses prévues,Équivalents temps plein\nSanté Canada,12,3\nPêches et Océans,4,5\n",
    "Exercice;Programme;Réel\n2015-16;Sécurité du revenu;12\n2016-17;Règlement des différends;13\n",
    "Year,Province,Value\n2015,Québec,1\n2016,Trois-Rivières,2\n",
    "Country,Total\nCôte d'Ivoire,1\nSão Tomé and Príncipe,2\nÅland Islands,3\n",
    "Jahr;Größe;Wert\n2015;Anteil der Wälder;31,2\n2016;Anteil für Österreich;31,0\n",
    "Länder;Einwohner\nBaden-Württemberg;11\nThüringen;2\n",
    "Gross domestic product, £ m;12\nHouseholds;3\n",
    "Kreis;Fläche in km²;Müll in m³\nGörlitz;12;13\n",
    "Año;Población;Tasa de desempleo\n2015;Cataluña;22,1\n2016;Aragón;19\n",
    "Ejercicio;Línea presupuestaria;Ejecución\n2015;Educación;1\n2016;Niñez;2\n",
    "Ano;Região;Taxa de inflação\n2015;São Paulo;10\n2016;Norte;6\n",
    "Anno;Quantità;Perché\n2015;Più;1\n2016;Però;2\n",
    "År;Län;Värde\n2015;Skåne;1\n2016;Västra Götaland;2\n",
)
POLISH = (
    "Rok;Województwo;Wartość\n2015;Łódzkie;3\n2016;Śląskie;4\n",
    "Wskaźnik;Jednostka;2015\nLudność ogółem;tys. osób;38\n",
    "Gęstość zaludnienia;osób na km\n2015;123\n",
    "Powiat;Bezrobotni ogółem;Kobiety\nżywiecki;12;6\nświdnicki;13;7\n",
)
CODINGS = (
    *((text, "cp1258") for text in VIETNAMESE),
    *((text, "cp1252") for text in WESTERN),
    *((text, "cp1250") for text in POLISH),
    ("Rok;Kraj;Počet obyvatel\n2015;Plzeňský;1\n2016;Středočeský;2\n", "cp1250"),
    ("Yıl;İl;Değer\n2015;Iğdır;1\n2016;Şırnak;2\n", "cp1254"),
    ("Год;Доля населения\n2015;12,3\n", "cp1251"),
    ("Έτος;Τιμή\n2015;12,3\n", "cp1253"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "coding"), CODINGS)
def test_codings_of_one_byte(text: str, coding: str) -> None:
    """A short table is read in the coding that it was saved in, and this is said."""
    data = windows_1258(text) if coding == "cp1258" else text.encode(coding)
    read, said = decoded(data, "t.csv", Wishes())
    assert read == text
    assert said == f"read as {coding.replace('cp', 'windows-')}"


LANGUAGES = {
    **dict.fromkeys(("fr", "de", "es", "pt", "it", "nl", "sv", "is"), "cp1252"),
    **dict.fromkeys(("pl", "cs", "sk", "hu"), "cp1250"),
    "vi": "cp1258",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_alone_are_read_or_refused(language: str) -> None:
    """Tables of nothing but a dozen names, of which no word was foreseen: hardly one is read wrong; what nothing tells is refused."""
    locale, coding = Locale(language), LANGUAGES[language]
    names = [unicodedata.normalize("NFC", name) for name in (*locale.territories.values(), *locale.languages.values())]
    tables = ["".join(f"{name};{at},5\n" for name in names[at : at + 12]) for at in range(0, len(names), 12)]
    results = [_read_in(table, coding) for table in tables if not table.isascii()]
    told = [result for result in results if result is not None]
    assert told.count(False) <= len(told) * 0.02
    assert told.count(True) > len(results) * 0.4


def _read_in(table: str, coding: str) -> bool | None:
    """Whether a table is read as it is; None where it is refused, or has letters that its coding has not."""
    try:
        data = windows_1258(table) if coding == "cp1258" else table.encode(coding)
        return decoded(data, "t.csv", Wishes())[0] == table
    except (UnicodeEncodeError, TargettrackError):
        return None


def test_what_can_be_read_in_two_ways_is_refused() -> None:
    """Where nothing decides, both readings of the first word that differs are named, with how to say which."""
    problem = refused("x;y\nRivière;1\n".encode("cp1252"))
    assert problem.code == "not-utf8"
    assert "Rivière (windows-1252)" in problem.message
    assert "Rivičre" in problem.message
    assert "--encoding windows-1252" in problem.hint
    assert rows("x;y\nRivière;1\n".encode("cp1252"), encoding="windows-1252") == [["x", "y"], ["Rivière", "1"]]


def test_letters_of_no_coding_are_refused() -> None:
    """A text of DOS has signs in the middle of its words whatever it is read as."""
    assert "no usual coding" in refused("Année;Région\n2015;1\n".encode("cp850")).message


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [*VIETNAMESE, *WESTERN])
def test_codings_of_unicode(text: str, coding: str) -> None:
    """UTF-8 and UTF-16 are known by their marks, UTF-16 without one by its zeros."""
    assert decoded(text.encode(coding), "t.csv", Wishes())[0] == text
    assert csv.begins(text.encode(coding)) or "Đắk" in text


def test_plain_utf8_needs_no_word() -> None:
    """Nothing is said of how a text was read that is what all should be."""
    assert [decoded("Năm;1\n".encode(coding), "t", Wishes())[1] for coding in ("utf-8", "utf-8-sig")] == [None, None]
    assert decoded("Năm;1\n".encode("utf-16"), "t", Wishes())[1] == "read as UTF-16"


def test_an_encoding_that_is_named_is_taken() -> None:
    """What a person says overrides all that the text seems to be."""
    assert decoded("Année".encode("cp850"), "t", Wishes(encoding="cp850")) == ("Année", "read as cp850")
    assert decoded(windows_1258("Tỷ lệ"), "t", Wishes(encoding="windows-1258"))[0] == "Tỷ lệ"
    assert decoded("\ufeffx".encode(), "t", Wishes(encoding="utf-8")) == ("x", None)


@pytest.mark.parametrize("name", ["klingon", "base64", "", "\0"])
def test_an_encoding_that_is_none(name: str) -> None:
    """An unknown name, and one of no letters, is a sentence; an empty one is none given."""
    if name:
        assert refused(b"x;y\n1;2\n", encoding=name).code == "unknown-encoding"
    else:
        assert rows("x;y\n1;2\n", encoding=name) == [["x", "y"], ["1", "2"]]


def test_an_encoding_that_does_not_fit() -> None:
    """The byte that stands for no letter is named."""
    assert "byte 4" in refused("x;yé;z\n".encode("cp1252"), encoding="utf-8").message
    assert refused(b"\xff\xfex").code == "wrong-encoding"


# ---------------------------------------------------------------------------------------------------- delimiters


@pytest.mark.parametrize(
    ("text", "first"),
    {
        "decimal commas": ("Năm;Giá trị\n2015;12,5\n2016;13,7\n", ["Năm", "Giá trị"]),
        "a decimal comma in every cell": ("Jahr;Anteil, %\n2015;12,5\n2016;13,7\n", ["Jahr", "Anteil, %"]),
        "more commas than semicolons": ("a;b\n1,5;2,5\n3,5;4,5\n", ["a", "b"]),
        "commas": ("a,b,c\n1,2,x; y\n3,4,z\n", ["a", "b", "c"]),
        "tabs": ("a\tb, c\n1\t2,5\n", ["a", "b, c"]),
        "pipes": ("a|b, c\n1|2,5\n", ["a", "b, c"]),
        "a line that says it": ("sep=;\r\na,b;c\r\n1,5;2\r\n", ["a,b", "c"]),
        "quotes": ('"a;b;c","d"\n"1;2;3","4"\n', ["a;b;c", "d"]),
        "a text with semicolons": ('Name,Value\n"x; y",3\n"z; w",4\n', ["Name", "Value"]),
        "one column": ("a\n1\n2\n", ["a"]),
        "a trailing delimiter": ("a,b,\n1,2,\n", ["a", "b", ""]),
    }.values(),
)  # fmt: skip
def test_what_parts_the_cells(text: str, first: list[str]) -> None:
    """The delimiter is what parts most rows alike; a comma inside of numbers is none."""
    assert rows(text)[0] == first


def test_title_lines_and_ragged_rows() -> None:
    """Lines above, empty lines, remarks below and rows of other widths stand as they are."""
    text = "Title, with a comma\n\nYear;Value;Note\n2001;1,5\n2002;2,5;x;y\nSource: us, them\n"
    assert rows(text) == [
        ["Title, with a comma"], [], ["Year", "Value", "Note"], ["2001", "1,5"], ["2002", "2,5", "x", "y"], ["Source: us, them"],
    ]  # fmt: skip


def test_a_delimiter_that_is_named_is_taken() -> None:
    """By itself or by its name; one that can part nothing is a sentence."""
    assert rows("a:b\n", delimiter=":") == rows("a\tb\n", delimiter="tab") == [["a", "b"]]
    assert refused(b"a;b\n", delimiter=";;").code == "unknown-delimiter"


def test_cells_are_raw() -> None:
    """Spaces, apostrophes, zeros and the figures' digits stay."""
    assert rows(" a ;'=b;007;1.50\n1;2;3;4\n")[0] == [" a ", "'=b", "007", "1.50"]


def test_lines_of_cells_with_breaks() -> None:
    """A row knows the line on which it begins."""
    assert list(book("line-breaks.csv").sheets[0].lines or ()) == [1, 2, 4, 5]
    assert list(book("separator-line.csv").sheets[0].lines or ()) == [2, 3, 4]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines(end: str) -> None:
    """Those of every system, and none at the end of the file."""
    assert rows(end.join(["a;b", "1;2"])) == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b'a;b\n1;2\n3;"open\n5;6\n', 3, "nothing closes"),
        (b'a;b\n1;"2"x\n', 2, "follows a closing quotation mark"),
        (b"a;b\n1;\x002\n", 2, "NUL"),
        (b"a;b\n1;\xe9\x002\n", None, "no text"),
        (b"<html><table><tr><td>1", None, "web page"),
        (b'"' + b"x" * 200_000, 1, "nothing closes"),
    ],
)
def test_broken_tables(data: bytes, line: int | None, words: str) -> None:
    """Quotes that do not close, NUL bytes and web pages are said, with the line."""
    problem = refused(data)
    assert (problem.line, words in problem.message) == (line, True)


@pytest.mark.parametrize(
    "data", [b"<table><tr><td>1,2", b'{"a": 1, "b": 2}', b'[{"a": 1},\n {"a": 2}]', b"PK\x03\x04\0\0", b"", b"a word\n", b"\0\0"]
)  # fmt: skip
def test_what_is_no_table(data: bytes) -> None:
    """Pages, JSON, containers and plain words are of none of these kinds."""
    assert [module.begins(data) for module in KINDS.values()] == [0, 0, 0, 0]


def test_our_own_shape_is_surer_than_any_table() -> None:
    """A header with our columns alone is ours; another column, or a coding that is not ours, makes it any table."""
    assert csv.begins(b"indicator,period,value\nx,2015,1\n") == 3
    assert csv.begins(b"indicator,period,value,remrak\nx,2015,1,\n") == 1
    assert csv.begins("indicator,period,value\ntỷ,2015,1\n".encode("utf-16")) == 1
    assert csv.begins(b"indicator,period,value\n\xe9,2015,1\n") == 1
    assert csv.begins(b"Region,Jahr,Value\nx,2015,1\n") == 1
    assert csv.begins(b"Titel\nJahr;Wert\n2015;1\n2016;2\n") == 1


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_every_cell_comes_back(table: list[list[str]], delimiter: str) -> None:
    """What is written with quotes and a delimiter that is named is read as it was."""
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table]
    assert rows("\n".join(quoted), delimiter=delimiter, encoding="utf-8") == table


# ---------------------------------------------------------------------------------------------------- the folder

VI_TABLE = [
    ["Biểu 1. Số liệu bịa đặt, không dùng"],
    [],
    ["Chỉ tiêu", "Đơn vị", "Năm 2001", "Năm 2002"],
    ["Tỷ lệ hộ bịa", "%", "11,1", "22,2"],
    ["Sản lượng bịa ở nông thôn", "nghìn tấn", "1.111,1", "2.222,2"],
    ["Ghi chú: số liệu không thật"],
]


@pytest.mark.parametrize("name", ["windows-1258.csv", "tcvn3.csv", "tcvn3-utf-8.csv", "vni.csv", "utf-16.tsv"])
def test_one_table_in_five_codings(name: str) -> None:
    """The same Vietnamese table, from every coding that offices have."""
    read = book(name)
    assert [list(row) for row in read.sheets[0].rows] == VI_TABLE
    assert told(name) == "csv"
    assert len(read.said) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("windows-1252.csv", [["Année", "Région", "Valeur"], ["2001", "Île inventée", "1,5"], ["2002", "Deuxième île", "2,5"]]),
        ("windows-1250.csv", [["Rok", "Województwo", "Wartość"], ["2001", "Łąkowe zmyślone", "1,5"], ["2002", "Źródłowe zmyślone", "2,5"]]),
        ("separator-line.csv", [["Jahr", "Wert, erfunden"], ["2001", "1,5"], ["2002", "2,5"]]),
        ("pipes.csv", [["Year", "Region, invented", "Value"], ["2001", "A, B", "1.5"], ["2002", "C", "2.5"]]),
        ("line-breaks.csv", [["Year", "Remark", "Value"], ["2001", "two\nlines", "1.5"], [], ["2002", 'a "quoted" word', "2.5"]]),
    ],
)  # fmt: skip
def test_plain_tables(name: str, expected: list[list[str]]) -> None:
    """The cells of each."""
    assert [list(row) for row in book(name).sheets[0].rows] == expected


KIND_OF = {
    "open-sdg-parts.csv": "open-sdg",
    "pipes.csv": "open-sdg",
    "sdmx-csv-1.csv": "sdmx-csv",
    "sdmx-csv-2-labels.csv": "sdmx-csv",
    "sdmx-csv-2-names.csv": "sdmx-csv",
    "eurostat-flags.csv": "sdmx-csv",
    "world-bank.csv": "world-bank-csv",
    "world-bank-databank.csv": "world-bank-csv",
    "windows-1258.csv": "csv",
}


@pytest.mark.parametrize(("name", "kind"), KIND_OF.items())
def test_kinds_are_told(name: str, kind: str) -> None:
    """Each special kind is surest of its own files, and of no other's."""
    data = (TABLES / name).read_bytes()
    assert [each for each, module in KINDS.items() if module.begins(data) == 3] == [kind] * (kind != "csv")


@pytest.mark.parametrize("name", [name for name, kind in KIND_OF.items() if kind != "csv"])
def test_what_kinds_say_is_a_mapping(name: str) -> None:
    """What a kind says of its columns is what a mapping file may say."""
    found, faults = understood(book(name).mapping)
    assert (found is not None, faults) == (True, ())


def roles(read: Book) -> dict[str, Any]:
    """The roles of columns; those that are skipped without their reasons."""
    return {
        name: "skip" if isinstance(role, dict) and "skip" in role else role
        for name, role in read.mapping["columns"].items()
    }


def test_open_sdg() -> None:
    """Every column that Open SDG does not know parts the figures; its own have their roles, one series is none."""
    read = book("open-sdg-parts.csv")
    assert roles(read) == {
        "Year": "period", "Units": "unit", "Series": "skip", "Sex": "part:Sex", "COMMENT_OBS_0": "note",
        "GeoCode": "skip", "Progress": "skip", "Value": "value",
    }  # fmt: skip
    assert read.mapping["columns"]["Series"] == {"skip": "the same in every row: Invented share"}
    assert (read.mapping["header"], read.mapping["decimal"]) == ([1], ".")
    assert list(read.sheets[0].rows[4]) == ["2016", "Percent", "Invented share", "Male", "", "Z2", "", "33.30"]


def test_open_sdg_with_several_series() -> None:
    """Each series is an indicator of its own."""
    data = b"Year;Series;Value\n2001;A;1,5\n2001;B;2,5\n"
    mapping = open_sdg.book(data, "t.csv", Wishes()).mapping
    assert mapping["columns"]["Series"] == "indicator"
    assert "decimal" not in mapping


@pytest.mark.parametrize("header", ["Year,Value,Value", "Year,Indicator,Value", "period,value", "Year,Amount"])
def test_what_is_no_open_sdg(header: str) -> None:
    """A table with columns of its own for indicators is none, nor one without a Year or with two Values."""
    cells = ",".join("1" for _ in header.split(","))
    assert open_sdg.begins(f"{header}\n{cells}\n{cells}\n".encode()) == 0


def test_open_sdg_meta_files() -> None:
    """The simple lines of a meta file give a name, a unit and sources; what is more than a line is named."""
    assert open_sdg_meta.described((TABLES / "open-sdg-meta.md").read_bytes()) == {
        "name": "Invented share of inventions",
        "unit": "Percent",
        "title": "Inventions, as invented",
        "sources": [
            {"publisher": "Office of Inventions", "url": "https://example.org/inventions", "title": "Invented yearbook"}
        ],
        "left_out": ["national_metadata", "tags"],
    }
    assert open_sdg_meta.described(b"indicator_name: 'it''s'\ncomputation_units: a: b\ngraph_title: &x y\n") == {
        "left_out": ["indicator_name", "computation_units", "graph_title"]
    }


def test_world_bank() -> None:
    """Years are columns; the preamble says which data, and of when."""
    read = book("world-bank.csv")
    assert (read.mapping["header"], read.mapping["rows"]) == ([5], [6, 7])
    assert roles(read) == {
        "Country Name": "part:country", "Country Code": "skip", "Indicator Name": "indicator", "Indicator Code": "skip",
        "2001": {"period": "2001"}, "2002": {"period": "2002"},
    }  # fmt: skip
    assert read.mapping["source"] == {
        "id": "world-development-indicators", "title": "World Development Indicators", "publisher": "World Bank", "published": "2001-02-03",
    }  # fmt: skip


def test_world_bank_databank() -> None:
    """The other export has its years twice in a heading, and remarks below the rows."""
    read = book("world-bank-databank.csv")
    assert (read.mapping["header"], read.mapping["rows"], read.mapping["missing"]) == ([1], [2, 3], [".."])
    assert read.mapping["columns"]["2001 [YR2001]"] == {"period": "2001"}


def test_sdmx_csv_1() -> None:
    """Dimensions part the figures, but for one place in all rows, which is said; statuses and multipliers have their roles."""
    read = book("sdmx-csv-1.csv")
    assert roles(read) == {
        "DATAFLOW": "skip", "FREQ": "skip", "REF_AREA": "skip", "SEX": "part:SEX", "TIME_PERIOD": "period",
        "OBS_VALUE": "value", "OBS_STATUS": "flag", "UNIT_MULT": "multiplier", "DECIMALS": "skip", "COMMENT_OBS": "note",
    }  # fmt: skip
    assert "REF_AREA: the same in every row: ZZ" in read.said
    assert read.mapping["flags"] == {"A": "final", "E": "estimate", "M": "missing"}
    assert read.mapping["parts"] == {"SEX": {"total": ["_T"]}}
    assert "NaN" in read.mapping["missing"]


def test_sdmx_csv_2_with_labels() -> None:
    """``id: name`` becomes the code, the names stand beside; semicolons bring decimal commas."""
    read = book("sdmx-csv-2-labels.csv")
    assert list(read.sheets[0].rows[2])[2:] == ["M", "BB", "F", "2002", "10,25", "Percent", "P"]
    assert roles(read)["SEX: Sex"] == "part:SEX"
    assert read.mapping["decimal"] == ","
    assert read.mapping["flags"] == {"A": "final", "P": "provisional"}
    assert read.mapping["parts"] == {
        "REF_AREA": {"names": {"AA": "Nowhere", "BB": "Utopia"}},
        "SEX": {"total": ["_T"], "names": {"_T": "Total", "F": "Women"}},
    }
    assert read.mapping["source"] == {"id": "invented-flow", "title": "Invented flow", "publisher": "XX"}


def test_sdmx_csv_2_with_names() -> None:
    """A column of names stands behind each column: it gives the names of parts, and the unit."""
    read = book("sdmx-csv-2-names.csv")
    assert {name: role for name, role in roles(read).items() if role != "skip"} == {
        "geo": "part:GEO", "Unit of measure": "unit", "TIME_PERIOD": "period", "OBS_VALUE": "value", "OBS_FLAG": "flag",
    }  # fmt: skip
    assert read.mapping["parts"] == {"GEO": {"names": {"AA": "Nowhere", "BB": "Utopia"}}}


def test_eurostat_flags() -> None:
    """Each letter of two is a flag; the day of the update is that of the source."""
    read = book("eurostat-flags.csv")
    assert read.mapping["flags"] == {"b": "series break", "e": "estimate", "p": "provisional"}
    assert roles(read)["indic_x"] == "indicator"
    assert read.mapping["source"] == {
        "id": "invented",
        "title": "INVENTED",
        "publisher": "Eurostat",
        "published": "2001-02-03",
    }
    assert ":" in read.mapping["missing"]


def test_a_constant_part_that_is_no_whole_stays() -> None:
    """Figures of women alone are not those of all."""
    data = b"DATAFLOW,SEX,AGE,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),F,_T,2001,1\nX:Y(1.0),F,_T,2002,2\n"
    assert roles(sdmx_csv.book(data, "t.csv", Wishes())) == {
        "DATAFLOW": "skip", "SEX": "part:SEX", "AGE": "skip", "TIME_PERIOD": "period", "OBS_VALUE": "value",
    }  # fmt: skip


def test_forecasts_are_no_figures() -> None:
    """A forecast says nothing of what happened."""
    data = b"DATAFLOW,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nX:Y(1.0),2001,1,f\nX:Y(1.0),2002,2,\n"
    assert sdmx_csv.book(data, "t.csv", Wishes()).mapping["flags"] == {"f": "plan"}


def test_rows_that_delete_are_refused() -> None:
    """A row of the action Delete becomes no figure; its line is named."""
    with pytest.raises(TargettrackError) as found:
        book("sdmx-csv-2-deletes.csv")
    assert found.value.problems[0].line == 3
    assert "ACTION is D" in found.value.problems[0].message


# ---------------------------------------------------------------------------------------------------- size


MEMORY = """
import re
from pathlib import Path
from targettrack.recording.inputs import csv
from targettrack.recording.mapping import understood
from targettrack.recording.table import Wishes
place = "Tỉnh và thành phố trực thuộc trung ương"
line = "{0};" + place + " {1};Nam và nữ, từ 15 tuổi;Thành thị và nông thôn;{2}.{2};{0}{2};p;" + place + "\\n"
data = bytearray()
for at in range(374_999):
    data += line.format(2000 + at % 20, at % 63, at).encode()
data = bytes(data)
csv.book(data, "t.csv", Wishes())
print(len(data), int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of a process here")
def test_three_million_cells_fit_into_memory() -> None:
    """A file of nearly 64 MB, with the file itself, in less than 450 MB. (What a process says of its own peak by getrusage begins with that of its parent.)"""
    done = subprocess.run([sys.executable, "-c", MEMORY], capture_output=True, text=True, check=True)
    size, peak = map(int, done.stdout.split())
    assert size > 60_000_000
    assert peak - size / 2**20 < 450  # the file stands there twice while it is made


def test_more_cells_than_any_table_has() -> None:
    """Four million cells are refused, however small."""
    assert refused((b"," * 3999 + b"\n") * 1000).code == "too-large"
