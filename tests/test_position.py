"""Positions: every key and value of any valid TOML text is found, in characters."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from support import HERE, tries
from targettrack.program.position import Path, Positions, positions

if TYPE_CHECKING:
    from collections.abc import Iterator

TRICKY = [
    "",
    "# only a comment",
    "\n\n  \t\n# c\n\t# d\n",
    "a=1",
    "a = 1 # = 2 [x] {y}",
    "  a  =  1  \n\tb\t=\t2\t",
    "a = 1\r\nb = 'x'\r\n[c]\r\nd = [\r\n1,\r\n]\r\n",
    "'a.b' = 1\n\"c d\" = 2\n'' = 3\n",
    "'a.b' = 1\n\"\" . x = 1",
    '"\\u0061\\"\\\\\\t\\U0001F600" = 1',
    '"é" = "é"\n"Hà Nội" = { "Đà Nẵng" = "x", y = [ "ữ" ] }',
    "a.b.c = 1\na.b.d = 2\na . e = 3",
    "1.2 = 3\n1234 = 5\n-_ = 6",
    "true = false\ninf = nan\nnan = -inf",
    'a = "x # y" # z\nb = \'#\'\nc = "]"\nd = "}"',
    'a = """x"""\nb = """"x""""\nc = """""x"""""\nd = """\\""""\ne = """\n\n"x"\n\\\n  y"""',
    "a = '''x'''\nb = ''''x''''\nc = '''''x'''''\nd = '''\n'\\'\n'''",
    'a = ""\nb = \'\'\nc = """"""\nd = \'\'\'\'\'\'',
    'a = "\\\\"\nb = "\\""\nc = "\\e[0m\\x41"',
    "a = 0xDEADBEEF\nb = 0o755\nc = 0b1101\nd = 1_000\ne = +1\nf = -0\ng = 6.626e-34\nh = 1_0.0_1e+1_0",
    "a = 1979-05-27\nb = 07:32:00\nc = 1979-05-27T07:32:00Z\nd = 1979-05-27 07:32:00.999-07:00\ne = 1979-05-27t07:32:00z\nf = 1979-05-27 # c\ng = [1979-05-27, 1979-05-27 07:32:00,07:32:00]",
    "a = 07:32\nb = 1979-05-27 07:32Z\nc = { d = 1979-05-27 07:32 }",
    "a = []\nb = [ ]\nc = [\n]\nd = [ # c\n]\ne = [1,]\nf = [ 1 , 2 , # c\n # d\n 3 ]",
    "a = [[1, 2], ['x', [], [[]]], {}]\nb = [{}, {a = 1}, {b = [{c = 1}]}]",
    "a = {}\nb = { }\nc = {x=1,y=2}\nd = { x . y = 1, x.z = 2, 'q' = { r = {} } }",
    "a = {\n  b = 1, # c\n  c = [\n 1 ],\n  # d\n}\nb = 2",
    "[a]\nb = 1\n[ c . d ]\ne = 1\n[c]\nf = 1\n['x.y'.\"z\"]\ng = 1",
    "[a.b.c]\nd = 1\n[a]\ne = 1\n[a.b]\nf = 1",
    "[[a]]\n[[a]]\nb = 1\n[[a]]\n",
    "[[a]]\nb = 1\n[[a.c]]\nd = 1\n[[a.c]]\nd = 2\n[a.e]\nf = 1\n[[a]]\n[[a.c]]\nd = 3\n[a.e.g]\nh = 1",
    "[[ 'a]' ]] # ]]\nb = 1\n[ \"c[\" ] # [\nd = 1",
    "[[a.b]]\nx = 1\n[[a.b]]\nx = 2\n[a.c]\ny = 1",
    "[x]\na.b = { c = [ { d = 1 }, { d = 2 } ] }\na.e = 1",
    "[[a]]\nb.c = 1\nb.d = [ { e.f = 1 } ]\n[a.g.h]\ni = 1",
    "a = [\"x\", 'y', \"\"\"z\"\"\", '''w''']\nb=[ 1.5,-2 ,true,false ]",
    "a = 1\nb = 2 # no line end",
]  # fmt: skip


def paths(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every path of a parsed document with its value, the root excluded."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from paths(inner, (*path, place))


def same(one: object, other: object) -> bool:
    """Whether two parsed values are equal, NaN included."""
    return repr(one) == repr(other)


def prove(text: str) -> Positions:
    """Every path is in the index, and every raw slice parses to the value at its path."""
    document = tomli.loads(text, parse_float=Decimal)
    found = positions(text)
    values = dict(paths(document))
    assert set(found.keys) | set(found.values) == set(values)
    for path, span in found.values.items():
        assert same(tomli.loads("x = " + text[span.start : span.end], parse_float=Decimal)["x"], values[path])
    for path, span in found.keys.items():
        raw = text[span.start : span.end]
        if raw.startswith("["):
            assert names_header(raw, path)
        else:
            assert same(tomli.loads(raw + " = 0"), {path[-1]: 0})
    for path, value in values.items():
        assert isinstance(value, (dict, list)) or path in found.values
        place = found.find(path)
        assert place is not None
        line, column = found.place(place.start)
        assert text.split("\n")[line - 1][column - 1] == text[place.start]
        assert found.line(path) == line
    prove_wanted(text, found, list(values))
    return found


def prove_wanted(text: str, found: Positions, known: list[Path]) -> None:
    """What is wanted alone is found where it is among all: each path, and several of them, tables or not."""
    tables = [path for path in known if path in found.keys and path not in found.values]
    for wanted in (tables, known[::3], *([path] for path in known[:40])):
        alone = positions(text, wanted)
        assert [alone.find(path) for path in wanted] == [found.find(path) for path in wanted]


def names_header(raw: str, path: Path) -> bool:
    """Whether a header's names begin with those of the path of a table."""
    inner: Any = tomli.loads(raw)
    for name in (part for part in path if isinstance(part, str)):
        inner = inner[0] if isinstance(inner, list) else inner
        if name not in inner:
            return False
        inner = inner[name]
    return True


@pytest.mark.parametrize("text", TRICKY, ids=range(len(TRICKY)))
def test_tricky_documents(text: str) -> None:
    """Every form that TOML allows is found."""
    prove(text)


@pytest.mark.parametrize("path", sorted((HERE / "programs").glob("*.toml")), ids=lambda path: path.stem)
def test_programs(path: object) -> None:
    """Every key and value of a program file is found."""
    prove((HERE / "programs" / str(path)).read_text(encoding="utf-8-sig"))


KEYS = st.one_of(
    st.sampled_from(["a", "b", "c", "actuals", "targets"]),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=5),
)
ZONES = st.integers(-12 * 60, 12 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
SCALARS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8),
    st.text(alphabet="\"'\\\n#]}=", max_size=8),
    st.integers(-(2**63), 2**63),
    st.booleans(),
    st.decimals(allow_nan=False, places=3),
    st.floats(),
    st.dates(),
    st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.one_of(st.none(), ZONES)),  # noqa: DTZ001
    st.times(),
)
DOCUMENTS = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
    ),
    max_size=6,
)


@tries(400)
@given(DOCUMENTS, st.booleans())
def test_written_documents(document: dict[str, Any], multiline: bool) -> None:
    """Whatever a writer writes is found."""
    prove(tomli_w.dumps(document, multiline_strings=multiline))


BARE = st.sampled_from(["a", "b", "1", "x-y", "'q.r'", '"s t"', '"\\u00e9"', '"ê"', "''"])
GAPS = st.sampled_from(["", " ", "\t", "  "])
BREAKS = st.sampled_from(["", " ", "\n", " # [c]\n", "\n\n  # ]}\n\t"])


def dotted() -> st.SearchStrategy[str]:
    """A key of one to three parts with blanks around the points."""
    return st.lists(BARE, min_size=1, max_size=3).flatmap(
        lambda parts: GAPS.map(lambda gap: f"{gap}.{gap}".join(parts))
    )


def raw_scalar(value: object) -> str:
    """A scalar as TOML."""
    return tomli_w.dumps({"x": value}).partition("=")[2].strip()


RAW_SCALARS = st.one_of(
    st.sampled_from(
        [
            "1",
            "-1.5e3",
            "0xFF",
            "true",
            "inf",
            "nan",
            "1979-05-27 07:32:00",
            "1979-05-27",
            "07:32:00",
            '"""a\n"b"\n"""',
            "'''a\n'b''''",
            '"#"',
            "']'",
            "'}'",
            '","',
            '""',
            "''",
            '"""x"""""',
        ]
    ),
    st.one_of(
        st.text(max_size=4, alphabet=st.characters(exclude_categories=["Cs"])),
        st.integers(-9, 9),
        st.dates(date(1000, 1, 1)),
        st.just(time(7, 32)),
    ).map(raw_scalar),
)


@st.composite
def raw_array(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """An array with blanks, line breaks and comments wherever they may stand."""
    items = draw(st.lists(inner, max_size=3))
    text = "".join(f"{draw(BREAKS)}{item}{draw(BREAKS)}," for item in items)
    return f"[{text if draw(st.booleans()) else text.rstrip(',')}{draw(BREAKS)}]"


@st.composite
def raw_table(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """An inline table, over several lines or on one."""
    pairs = draw(st.lists(st.tuples(dotted(), inner), max_size=3))
    text = "".join(f"{draw(BREAKS)}{key}{draw(GAPS)}={draw(GAPS)}{value}{draw(BREAKS)}," for key, value in pairs)
    return f"{{{text if draw(st.booleans()) else text.rstrip(',')}{draw(BREAKS)}}}"


RAW_VALUES = st.recursive(RAW_SCALARS, lambda inner: raw_array(inner) | raw_table(inner), max_leaves=6)


@st.composite
def raw_documents(draw: st.DrawFn) -> str:
    """Lines of TOML as a person may write them; keys that clash are left out."""
    text = ""
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["pair", "pair", "pair", "table", "array", "blank"]))
        key, gap = draw(dotted()), draw(GAPS)
        made = {
            "pair": f"{gap}{key}{gap}={gap}{draw(RAW_VALUES)}",
            "table": f"{gap}[{gap}{key}{gap}]",
            "array": f"{gap}[[{gap}{key}{gap}]]",
            "blank": gap,
        }[kind]
        longer = text + made + draw(st.sampled_from(["\n", " # c ] = \n", "\r\n"]))
        try:
            tomli.loads(longer)
        except tomli.TOMLDecodeError:
            continue
        text = longer
    return text


@tries(400)
@given(raw_documents())
def test_handwritten_documents(text: str) -> None:
    """Whatever a person may write is found."""
    prove(text)


def test_line_ends_of_windows() -> None:
    """A carriage return is part of the line that it ends, and moves no column of the next."""
    found = positions("a = 1\r\nbb = 2\r\n")
    assert [found.place(found.values[path].start) for path in (("a",), ("bb",))] == [(1, 5), (2, 6)]


def test_columns_are_characters() -> None:
    """Columns count characters, not bytes."""
    found = positions('a = { "Hà Nội" = 1, b = 2 }')
    assert found.place(found.values["a", "b"].start) == (1, 25)


def test_find_falls_back() -> None:
    """What is not there is found at the nearest table around it, and nothing at the root."""
    found = positions("x = 1\n[a]\nb = { c = 1 }\n")
    assert [found.line(path) for path in (("a", "b", "zzz"), ("a", "zzz"), ("zzz",), ())] == [3, 2, None, None]


def test_deep_nesting_costs_no_stack() -> None:
    """Brackets that are nested thousands deep are scanned."""
    deep = 3000
    found = positions("a = " + "[" * deep + "]" * deep)
    assert len(found.values) == deep
