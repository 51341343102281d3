"""Documents: program files as people write them, in every notation that TOML has, and figures and sources to be added to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

from hypothesis import strategies as st

from targettrack.program import reading
from targettrack.program.model import YES_NO, Actual, Program, Source
from targettrack.recording import entry
from targettrack.recording import plan as planning
from targettrack.store import load, write

if TYPE_CHECKING:
    from pathlib import Path

    from targettrack.program.shelf import Loaded
    from targettrack.recording.plan import Plan

T = TypeVar("T")
Raw = dict[str, Any]
Known = Mapping[str, Source]
TODAY = date(2026, 11, 22)

INDICATORS = {"share": "%", "center": YES_NO, "0-firms": "firms a year", "bare_1": None}
"""The indicators of every document, with their units."""
SOURCES = ("gso-2019", "ven", "x_1")
"""The sources of every document; the first two are of one publisher."""

# ---------------------------------------------------------------- texts

TRICKY = (
    "[[actuals]]", '\n[[actuals]]\nindicator = "share"\n', "\n[sources.ven]\n", '"""', "'''", "# x", "\n# x\n", "\\", "\\n", "\r\n", "\n", "\t", " ", "\0", "\x1b[31m", "\x7f", "\x85",
    "\u00a0", "\u200b", "\u202e", "\u2028", "\ufeff", "\U000e0041", "e\u0301", "\u0301", "한", "🚜", "đ", "=", "+", "-", "@", ";", "; ", ",", "]", "}", "|", "'", '"', "<U+000A>", "<U+",
)  # fmt: skip
"""What may be mistaken for something else."""

_letters = st.one_of(
    st.characters(exclude_categories=["Cs"]), st.sampled_from([text for text in TRICKY if len(text) == 1])
)
texts = st.one_of(
    st.tuples(st.sampled_from(TRICKY), st.sampled_from(TRICKY)).map("a".join),
    st.text(_letters, max_size=6).map(lambda text: f"{text}a"),
)
"""Texts of any characters, at least one of them visible."""
_words = st.lists(texts, min_size=1, max_size=4)

_CONTROL = r"\x00-\x08\x0a-\x1f\x7f"


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def notations(text: str) -> list[str]:
    """A text in each of the notations of TOML that can say it."""
    found = [
        '"' + re.sub(rf'[{_CONTROL}"\\]', _escape, text) + '"',
        '"' + "".join(f"\\U{ord(letter):08X}" for letter in text) + '"',
    ]
    found.append('"""\n' + re.sub(r'[\x00-\x08\x0b-\x1f\x7f"\\]', _escape, text) + '"""')
    if not re.search(rf"[{_CONTROL}']", text):
        found.append(f"'{text}'")
    if not re.search(r"[\x00-\x08\x0b-\x1f\x7f]|'''|'$", text):
        found.append(f"'''\n{text}'''")
    return found


# ---------------------------------------------------------------- documents

NUMBERS = (
    "7.20",
    "+7.2",
    "-1.5",
    "1_000",
    "0x1F",
    "1e3",
    "2.5E-3",
    "0",
    "-0.0",
    "10000000000000000000.0000000001",
    "0.00000000000000000001",
)
PERIODS = (
    "2015",
    "'2015'",
    '"2015-S1"',
    '"2015-H2"',
    '"2015-Q3"',
    '"2015-09"',
    "2015-09-30",
    '"2015-09-30"',
    '"2014/2015"',
    '"2014-Q1/2015-S2"',
    '"2015-01-01/2015-01-31"',
)
DATES = ("2016", '"2016-02"', "2016-02-29", '"2016-02-29"')
COMMENTS = (
    "#",
    "# [[actuals]]",
    '# """',
    "# '''",
    "#\t[sources.x]",
    "# Hà Nội, e\u0301, 한, 🚜",
    '# value = "',
    "# \\",
)


class Pen:
    """Writes TOML in any notation and spacing, with comments and blank lines wherever they may stand."""

    def __init__(self, chance: Random, words: Sequence[str]) -> None:
        self.chance = chance
        self.words = words

    def one(self, *choices: T) -> T:
        """One of these."""
        return self.chance.choice(choices)

    def mixed(self, entries: Sequence[Any]) -> list[Any]:
        """All of these, in any order."""
        return self.chance.sample(entries, len(entries))

    def some(self, table: Mapping[str, str]) -> dict[str, str]:
        """Some of these."""
        return {key: value for key, value in table.items() if self.chance.random() < 0.3}

    def quoted(self, text: str) -> str:
        """A text in any notation."""
        return self.chance.choice(notations(text))

    def text(self) -> str:
        """Any text in any notation."""
        return self.quoted(self.chance.choice(self.words))

    def key(self, *names: str) -> str:
        """A dotted key."""
        dot = self.one(".", ".", " . ")
        return dot.join(
            name
            if re.fullmatch(r"[\w-]+", name, re.ASCII) and self.chance.random() < 0.8
            else self.chance.choice(notations(name)[:2])
            for name in names
        )

    def line(self, key: str, value: str) -> str:
        """A pair on a line of its own."""
        return f"{self.one('', '', '  ', chr(9))}{key}{self.one(' = ', ' = ', '=')}{value}{self.tail()}"

    def tail(self) -> str:
        """What may stand behind anything on its line."""
        return self.one("", "", "", " ", f" {self.comment()}")

    def comment(self) -> str:
        """A comment."""
        return self.one(*COMMENTS, "# " + re.sub(rf"[{_CONTROL}]", " ", self.chance.choice(self.words)))

    def header(self, brackets: int, *names: str) -> str:
        """The line that begins a table."""
        space = self.one("", "", " ")
        return f"{self.one('', '', '  ')}{'[' * brackets}{space}{self.key(*names)}{space}{']' * brackets}{self.tail()}"

    def between(self) -> list[str]:
        """What may stand between any two lines."""
        return self.one([], [], [], [""], ["", self.comment()], ["  ", "\t"])

    def inline(self, table: Mapping[str, str]) -> str:
        """A table on a line, or over many."""
        joint = self.one(", ", ",", ",\n  ", ", # x\n")
        return "{ " + joint.join(f"{self.key(key)} = {value}" for key, value in table.items()) + " }"

    def array(self, values: Sequence[str]) -> str:
        """An array on a line, or over many."""
        joint = self.one(", ", ",", ",\n", ", # [[actuals]]\n")
        return (
            f"[{self.one('', ' ', chr(10))}{joint.join(values)}{self.one('', ',', f',{chr(10)}')}]"
            if values
            else f"[{self.one('', ' ', chr(10))}]"
        )

    def table(self, brackets: int, names: Sequence[str], pairs: Mapping[str, str]) -> list[str]:
        """A table with its header, its pairs in any order."""
        lines = [self.header(brackets, *names)]
        for key, value in self.mixed(list(pairs.items())):
            lines += [*self.between(), self.line(self.key(key), value)]
        return lines


def _source(pen: Pen, name: str) -> dict[str, str]:
    publisher = {"publisher": pen.quoted("The publisher")} if name != SOURCES[2] else {}
    return {
        "title": pen.text(),
        **publisher,
        **pen.some(
            {
                "published": pen.one(*DATES),
                "url": pen.text(),
                "accessed": pen.one(*DATES),
                "note": pen.text(),
                "document": pen.text(),
            }
        ),
    }


def _figure(pen: Pen, indicator: str) -> dict[str, str]:
    if INDICATORS[indicator] == YES_NO:
        return {"value": pen.one("true", "false")}
    low, high = sorted(
        (pen.one(*NUMBERS), pen.one(*NUMBERS)),
        key=lambda text: Decimal(int(text, 16)) if "x" in text else Decimal(text),
    )
    return pen.one({"value": low}, {"value": high, "approx": pen.quoted("over")}, {"range": pen.array([low, high])})


def _actual(pen: Pen) -> dict[str, str]:
    indicator = pen.one(*INDICATORS)
    more = {
        "quality": pen.quoted(pen.one("final", "provisional", "estimate")), "series_break": pen.one("true", "false"), "source": pen.quoted(pen.one(*SOURCES)), "page": pen.one("12", pen.text()),
        "quote": pen.text(), "published": pen.one(*DATES), "recorded": pen.one(*DATES), "note": pen.text(),
    }  # fmt: skip
    return {
        "indicator": pen.quoted(indicator),
        "period": pen.one(*PERIODS),
        **_figure(pen, indicator),
        **pen.some(more),
    }


def _actual_lines(pen: Pen) -> list[str]:
    """An actual as ``[[actuals]]``, its disaggregation in any form."""
    pairs = {name: pen.text() for name in pen.mixed(["sector", "Hà Nội", "a.b", 'x"#'])[: pen.one(0, 0, 1, 2)]}
    form = pen.one("inline", "dotted", "table")
    lines = pen.table(
        2, ["actuals"], _actual(pen) | ({"disaggregation": pen.inline(pairs)} if pairs and form == "inline" else {})
    )
    if pairs and form == "dotted":
        lines += [pen.line(pen.key("disaggregation", name), text) for name, text in pairs.items()]
    elif pairs and form == "table":
        lines += pen.table(1, ["actuals", "disaggregation"], pairs)
    return lines


def _indicator(pen: Pen, name: str, unit: str | None) -> list[list[str]]:
    """The tables of an indicator and its targets."""
    milestone = unit == YES_NO
    figures = (
        {}
        if milestone
        else pen.some({"baseline": pen.inline({"period": "2000", "value": pen.one(*NUMBERS)}), "limit": "1e9"})
    )
    pairs = {
        "name": pen.text(),
        **({"unit": pen.quoted(unit)} if unit else {}),
        "direction": pen.quoted("increase"),
        **figures,
        **pen.some({"note": pen.text(), "definition": pen.text()}),
    }
    targets = [
        {"by": str(year), "value": "true" if milestone else pen.one(*NUMBERS), **pen.some({"note": pen.text()})}
        for year in pen.mixed([2012, 2015, 2030])[: pen.one(0, 1, 2)]
    ]
    if pen.one(0, 1):
        return [
            pen.table(1, ["indicators", name], pairs),
            *(pen.table(2, ["indicators", name, "targets"], target) for target in targets),
        ]
    return [
        pen.table(
            1,
            ["indicators", name],
            pairs | ({"targets": pen.array([pen.inline(target) for target in targets])} if targets else {}),
        )
    ]


def _sources(pen: Pen, closed: str | None) -> tuple[list[str], list[list[str]]]:
    """The sources as lines of the root, and as tables."""
    found = {name: _source(pen, name) for name in pen.mixed(list(SOURCES))}
    form = "closed" if closed == "sources" else pen.one("tables", "tables", "table", "root")
    if form == "closed":
        return [
            pen.line(pen.key("sources"), pen.inline({name: pen.inline(pairs) for name, pairs in found.items()}))
        ], []
    if form == "tables":
        return [], [pen.table(1, ["sources", name], pairs) for name, pairs in found.items()]
    lines = [
        line
        for name, pairs in found.items()
        for line in pen.one(
            [pen.line(pen.key(*(["sources"] if form == "root" else []), name), pen.inline(pairs))],
            [
                pen.line(pen.key(*(["sources"] if form == "root" else []), name, key), value)
                for key, value in pairs.items()
            ],
        )
    ]
    return (lines, []) if form == "root" else ([], [[pen.header(1, "sources"), *lines]])


def text_of_a_program(pen: Pen, closed: str | None = None) -> str:
    """A valid program: tables in any order, in any notation; ``closed`` names what is one value in the root, and cannot be added to behind it."""
    root, tables = _sources(pen, closed)
    root += [pen.line(pen.key("targettrack"), pen.one("1", "0x1", "+1"))]
    header = {"name": pen.text(), **pen.some({"note": pen.text(), "owner": pen.text()})}
    form = pen.one("table", "inline", "dotted")
    if form == "table":
        tables.append(pen.table(1, ["program"], header))
    else:
        root += (
            [pen.line(pen.key("program"), pen.inline(header))]
            if form == "inline"
            else [pen.line(pen.key("program", key), value) for key, value in header.items()]
        )
    for name, unit in INDICATORS.items():
        tables += _indicator(pen, name, unit)
    tables += [
        pen.table(2, ["promises"], {"text": pen.text(), **pen.some({"by": pen.one(*PERIODS), "note": pen.text()})})
        for _ in range(pen.one(0, 1, 2))
    ]
    count = pen.one(0, 1, 2, 3)
    if closed == "actuals":
        root.append(pen.line(pen.key("actuals"), pen.array([pen.inline(_actual(pen)) for _ in range(count)])))
    else:
        tables += [_actual_lines(pen) for _ in range(count)]
    lines = [line for each in pen.mixed(root) for line in [*pen.between(), each]] + [
        line for table in pen.mixed(tables) for line in [*pen.between(), *table]
    ]
    return "\n".join([*lines, *pen.between()])


def as_bytes(pen: Pen, text: str) -> bytes:
    """A text as a file: any line ends, or several kinds; with or without the last one; with or without a byte order mark."""
    text = text.rstrip("\n") + pen.one("\n", "\n", "\n\n", "\n  \n", "", "\n# the end", "\n  ")
    ends = pen.one(["\n"], ["\r\n"], ["\n", "\r\n"], ["\n", "\n", "\n", "\r\n"])
    return pen.one("", "", "\ufeff").encode() + re.sub("\n", lambda _: pen.chance.choice(ends), text).encode()


@st.composite
def documents(draw: st.DrawFn, closed: str | None = None) -> bytes:
    """A valid program as the bytes of its file."""
    chance = Random(draw(st.integers(0, 2**32)))  # noqa: S311
    pen = Pen(
        chance,
        ["".join(chance.choices(TRICKY, k=chance.randint(0, 3))) + "a" + chance.choice(TRICKY) for _ in range(4)],
    )
    return as_bytes(pen, text_of_a_program(pen, closed))


# ---------------------------------------------------------------- figures and sources to be added

_digits = st.integers(0, 10**9).map(str)
plain_numbers = st.one_of(
    st.sampled_from(
        [
            "7.20",
            "7.2",
            "-1.50",
            "0",
            "-0",
            "0.0",
            "-0.00",
            "1000",
            "1.000",
            "-0.00000000000000000001",
            "123456789012345678901234567890",
            "1234567890.12345678901234567890",
        ]
    ),
    st.tuples(
        st.sampled_from(["", "", "-"]),
        _digits,
        st.one_of(st.just(""), st.text("0123456789", min_size=1, max_size=6).map(lambda text: f".{text}")),
    ).map("".join),
)
"""Numbers as texts, written out in full."""

_years = st.integers(1990, 2025)
periods: st.SearchStrategy[int | str] = st.one_of(
    _years,
    _years.map(str),
    st.tuples(_years, st.sampled_from(["-S1", "-H2", "-Q1", "-Q4", "-01", "-12", "-02-28"])).map(
        lambda pair: f"{pair[0]}{pair[1]}"
    ),
    st.tuples(_years, st.integers(0, 3)).map(lambda pair: f"{pair[0]}/{pair[0] + pair[1]}"),
    _years.map(lambda year: f"{year}-Q3/{year + 1}-02"),
    _years.map(lambda year: f"{year}-05-17/{year}-05-17"),
)
dates: st.SearchStrategy[int | str] = st.one_of(
    _years, st.sampled_from(["2016", "2016-02", "2016-02-29", "2025-12-31"])
)
NAMES = ("sector", "Hà Nội", "Ha\u0300 No\u0323\u0302i", "a.b", 'x"#\n', " x ", "=")


def number(text: str) -> Decimal | int:
    """A number as a parser gives it: what has a point is a decimal."""
    return Decimal(text) if "." in text else int(text)


def _some(draw: st.DrawFn, table: Mapping[str, st.SearchStrategy[Any]]) -> Raw:
    """Some of these keys, with a value."""
    return {key: draw(table[key]) for key in draw(st.lists(st.sampled_from(list(table)), max_size=5, unique=True))}


@st.composite
def figures(draw: st.DrawFn, words: Sequence[str] = ("a",), sources: Sequence[str] = SOURCES) -> Raw:
    """The keys of an actual, as TOML or JSON have them; its texts are some of these words."""
    word = st.sampled_from(words)
    indicator = draw(st.sampled_from(list(INDICATORS)))
    found: Raw = {"indicator": indicator, "period": draw(periods)}
    if INDICATORS[indicator] == YES_NO:
        found["value"] = draw(st.booleans())
    else:
        low, high = sorted((draw(plain_numbers), draw(plain_numbers)), key=Decimal)
        found |= draw(
            st.sampled_from(
                [
                    {"value": number(low)},
                    {"value": number(high)},
                    {"range": [number(low), number(high)]},
                    {"value": number(low), "approx": "about"},
                ]
            )
        )
    more = {
        "quality": st.sampled_from(["final", "provisional", "estimate"]), "series_break": st.booleans(), "page": st.one_of(st.integers(0, 10**6), st.just(10**25), word), "quote": word,
        "published": dates, "recorded": dates, "note": word, "source": st.sampled_from(sources), "disaggregation": st.dictionaries(st.one_of(st.sampled_from(NAMES), word), word, min_size=1, max_size=2),
    }  # fmt: skip
    found |= _some(draw, more)
    if "disaggregation" in found:
        found["disaggregation"] = {normalize("NFC", name): text for name, text in found["disaggregation"].items()}
    return found


@st.composite
def new_sources(draw: st.DrawFn, words: Sequence[str] = ("a",)) -> dict[str, Source]:
    """Sources that no document has."""
    word = st.sampled_from(words)
    more = {
        "publisher": st.sampled_from(["The publisher", "Another"]),
        "published": dates,
        "url": word,
        "archived": word,
        "accessed": dates,
        "document": word,
        "note": word,
    }
    return {
        id: source(title=draw(word), **_some(draw, more))
        for id in draw(st.lists(st.sampled_from(["new", "n_2", "2026-gso"]), max_size=2, unique=True))
    }


@st.composite
def additions(draw: st.DrawFn) -> tuple[list[Raw], dict[str, Source]]:
    """Some figures, and new sources that they may use."""
    words = draw(_words)
    sources = draw(new_sources(words))
    return draw(st.lists(figures(words, [*SOURCES, *sources]), min_size=1, max_size=3)), sources


def source(**keys: Any) -> Source:
    """A source of these keys."""
    found, faults = reading.part(Source, keys, ())
    assert found is not None, faults
    return found


def wanted(raw: Raw, of: Program) -> planning.Wanted:
    """A figure to be recorded."""
    found, faults = entry.wanted(entry.Row(raw, cells=False), of.indicators)
    assert found is not None, faults
    return found


def planner(rows: Sequence[Raw], sources: Known, *, revise: bool = True) -> Callable[[Program], Plan]:
    """How to record some figures in a program."""
    return lambda of: planning.plan(of, [wanted(raw, of) for raw in rows], sources, revise=revise, today=TODAY)


def loaded(path: Path) -> Loaded:
    """The program of a file."""
    found = load.load(path)
    assert found is not None
    return found


def record(
    path: Path, rows: Sequence[Raw], sources: Known | None = None, *, revise: bool = True, known: Loaded | None = None
) -> write.Recorded:
    """Record some figures in a file; ``known`` is the program as it was read some time ago."""
    was = known or loaded(path)
    plan = planner(rows, sources or {}, revise=revise)
    finished(path)
    return write.add(was, plan(was.program), plan, 20, lambda: None)


def finished(path: Path) -> None:
    """Mark a file as one that was not only just written in place: somebody could still be writing, and is waited for."""
    path.chmod(path.stat().st_mode)


def said(record: Actual | Source) -> dict[str, str]:
    """All that a record says, digit for digit."""
    return {item.name: str(getattr(record, item.name)) for item in fields(record)}
