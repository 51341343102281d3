"""Whatever stands in a file, it is read or refused; whatever is read is judged, drawn and checked; and nothing in it acts on a terminal or loses a digit."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
import tomli_w
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from wcwidth import wcwidth

from support import HERE, times, tries
from targettrack import formats, registry
from targettrack.assessment import methods, report
from targettrack.assessment.row import Row
from targettrack.assessment.verdict import Method
from targettrack.cli import _programs, _say
from targettrack.errors import Problem, TargettrackError
from targettrack.formats import github
from targettrack.formats._look import Look
from targettrack.pages import check, explain, show
from targettrack.pages.check import weaknesses
from targettrack.pages.list import overview
from targettrack.pages.status import StatusPage
from targettrack.program import reading, toml
from targettrack.program.model import is_percent
from targettrack.program.shelf import Loaded
from targettrack.store import load
from targettrack.text import ascii_only, spaced
from targettrack.wording import notation, why
from terminal import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def anything(examples: int) -> settings:
    """So many examples, however many must be thrown away for them."""
    return settings(tries(examples), suppress_health_check=list(HealthCheck))


SOUND, INVALID = (
    [path.read_bytes() for folder in folders for path in sorted((HERE / folder).glob("*.toml"))]
    for folders in (("../targets", "programs", "golden/targets"), ("invalid",))
)
SMALL = [data for data in SOUND if len(data) < 5000] * 3 + INVALID
RULES = _programs.rules()
JUDGES = {name: Method(name, registry.module(methods, name).judge) for name in registry.names(methods)}
FILE = Path("program.toml")

HOSTILE = "\x00\x07\x08\x0b\x0c\x1b[2J\x1b]0;t\x07\x9b31m\x7f\x85\xad\u061c\u200b\u200e\u2028\u2029\u202e\u2066\ufeff\U000e0041|=+-@<>[]*`_~#&\\\"'\t\r\n:;%, …đà한字"
OURS = re.compile(r"\x1b\[(?:0|1|(?:1;)?38;5;(?:166|32|132|244)|(?:1;)?(?:31|94|90))m")
"""The escapes of the table's own styles."""

Kind = Literal["status", "list", "story", "chapter", "explain", "check"]
WRITTEN: dict[Kind, Sequence[str]] = {
    "status": ["table", "markdown", "csv", "json", "jsonl"], "list": ["table", "markdown", "csv", "json", "jsonl"], "story": ["table", "markdown", "csv", "json", "jsonl"],
    "chapter": ["table", "markdown", "csv", "json", "jsonl"], "explain": ["table", "markdown", "json"], "check": ["table", "json", "github"],
}  # fmt: skip
"""The pages, and what can be made of each."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a file: which page, as what, on which day, by which method, on what terminal."""

    kind: Kind
    format: str
    on: date
    method: str
    look: Look
    place: int

    @property
    def page(self) -> Callable[[Loaded], Any]:
        """How the page is made of a program; None where it has no such page."""
        return {
            "status": self._status,
            "list": self._list,
            "story": self._story,
            "chapter": self._chapter,
            "explain": self._explain,
            "check": self._check,
        }[self.kind]

    def _status(self, loaded: Loaded) -> StatusPage:
        return StatusPage(report.report([loaded.program], self.on, method=JUDGES[self.method]))

    def _list(self, loaded: Loaded) -> object:
        return overview("targets", [loaded], [], self.on, JUDGES[self.method])

    def _story(self, loaded: Loaded) -> object:
        return show.story(loaded, None, self.on, JUDGES[self.method])

    def _indicator(self, loaded: Loaded) -> str | None:
        names = list(loaded.program.indicators)
        return names[self.place % len(names)] if names else None

    def _chapter(self, loaded: Loaded) -> object:
        name = self._indicator(loaded)
        return None if name is None else show.story(loaded, name, self.on, JUDGES[self.method])

    def _explain(self, loaded: Loaded) -> object:
        name = self._indicator(loaded)
        return None if name is None else explain.explanation(loaded, name, self.on, RULES)

    def _check(self, loaded: Loaded) -> check.Findings:
        faults = list(weaknesses.found(weaknesses.Case(loaded.program, self.on, JUDGES["linear"])))
        return check.findings(list(toml.placed(faults, loaded.text, str(FILE), severity="warning")), 1)

    def written(self, page: object) -> str:
        """The page as its format writes it."""
        if self.format == "github":
            assert isinstance(page, check.Findings)
            return "".join(f"{line}\n" for line in github.commands(page))
        out = io.StringIO()
        registry.module(formats, self.format).render(page, out, self.look)
        return out.getvalue()


def asked(kinds: Sequence[Kind] = tuple(WRITTEN), names: Sequence[str] = ()) -> st.SearchStrategy[Asked]:
    """Any page in any of its formats."""
    pairs = [(kind, name) for kind in kinds for name in WRITTEN[kind] if not names or name in names]
    looks = st.builds(
        Look,
        width=st.one_of(st.none(), st.integers(20, 200)),
        colours=st.sampled_from(["none", "16", "256"]),
        bold=st.booleans(),
        ascii=st.booleans(),
    )
    days = st.one_of(st.dates(date(2009, 1, 1), date(2032, 12, 31)), st.dates(date(1000, 1, 1), date(2999, 12, 31)))
    return st.builds(
        lambda pair, *rest: Asked(*pair, *rest),
        st.sampled_from(pairs),
        days,
        st.sampled_from(sorted(JUDGES)),
        looks,
        st.integers(0, 9),
    )


def unsafe(text: str) -> list[str]:
    """The characters of a text that a terminal would obey, and not show; line ends are not counted."""
    return [
        letter for letter in text if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp", "Cs"} and letter != "\n"
    ]


def answered(data: bytes, question: Asked) -> Loaded | None:
    """Read a file and answer the question, or say what is wrong with it; either way nothing unsafe is written, and nothing but our own error is raised."""
    try:
        loaded = load.understood(FILE, data)
    except TargettrackError as error:
        refused(error.problems, question)
        return None
    if loaded is None:
        return None
    page = question.page(loaded)
    if page is None:
        return loaded
    text = question.written(page)
    assert unsafe(OURS.sub("", text)) == []
    if question.format in {"json", "jsonl"}:
        for document in text.splitlines() if question.format == "jsonl" else [text]:
            json.loads(document, parse_constant=refuse_constant)
    if isinstance(page, check.Findings):
        quoted_whole(page.problems, text, question)
    if isinstance(page, StatusPage):
        for row in page.report.rows:
            assert unsafe(why.why(row)) == []
    return loaded


def refuse_constant(name: str) -> None:
    """JSON has no NaN and no infinity."""
    raise AssertionError(name)


def refused(problems: tuple[Problem, ...], question: Asked) -> None:
    """The problems of a file, said to a person and as findings: at their places, with nothing unsafe."""
    assert problems
    assert all(problem.message and (problem.line is None or problem.line > 0) for problem in problems)
    page = check.findings(problems, 1)
    texts = {name: question_of(question, name).written(page) for name in WRITTEN["check"]}
    assert {name: found for name, text in texts.items() if (found := unsafe(OURS.sub("", text)))} == {}
    assert json.loads(texts["json"])["problems"]
    assert texts["github"].count("\n") == len(problems)
    for problem in problems:
        lines = _say.sentences(problem)
        assert unsafe("".join(lines)) == []
        assert all("\n" not in line for line in lines)
    quoted_whole(problems, texts["table"], question_of(question, "table"))


def question_of(question: Asked, name: str) -> Asked:
    """The same for a page of findings in another format."""
    return Asked("check", name, question.on, question.method, question.look, question.place)


TOKEN = re.compile(r"\.?[0-9][0-9.]*")


def quoted_whole(problems: Sequence[Problem], text: str, question: Asked) -> None:
    """Every number in a line that is quoted stands so in the file: one that is cut is cut at a sign that says so."""
    if question.format != "table":
        return
    said = re.findall(r"^ +([0-9]+) \| (.*)$", OURS.sub("", text), re.MULTILINE)
    lines = {str(problem.line): spaced(problem.source_line or "") for problem in problems}
    for line, quoted in said:
        whole = set(TOKEN.findall(lines[line]))
        parts = [part for part in quoted.split("…") if part]
        for place, part in enumerate(parts):
            tokens = TOKEN.findall(part)
            tokens = (
                tokens[1:] if tokens and (place or quoted.startswith("…")) and part.startswith(tokens[0]) else tokens
            )
            tokens = (
                tokens[:-1]
                if tokens and (place + 1 < len(parts) or quoted.endswith("…")) and part.endswith(tokens[-1])
                else tokens
            )
            assert set(tokens) <= whole, (quoted, lines[line])


@pytest.mark.parametrize("data", SOUND, ids=range(len(SOUND)))
@pytest.mark.parametrize("on", [date(2018, 12, 31), date(2028, 12, 6)], ids=str)
def test_every_page_of_every_example(data: bytes, on: date) -> None:
    """Each page of each sound example is written in each of its formats, in the past and in the future."""
    for kind, names in WRITTEN.items():
        for place, name in (
            (place, name) for place in range(4 if kind in {"chapter", "explain"} else 1) for name in names
        ):
            assert (
                answered(data, Asked(kind, name, on, "linear", Look(width=80 if on.year < 2020 else None), place))
                is not None
            )


# ---------------------------------------------------------------- random bytes, and files that were damaged


NEW_DIGITS = [b"0", b"9", b"99999999", b"-1", b".5", b"e9", b"1e29", b"nan", b"inf", b"true", b'""', b"{}", b"[]"]


@dataclass(frozen=True)
class Edit:
    """Something done to a file: at a place, to so many bytes; ``other`` chooses what it is done with."""

    kind: str
    start: int
    length: int
    other: int


@dataclass(frozen=True)
class Damaged:
    """A file of a corpus by its number, with what was done to it: short to print, whatever its size."""

    corpus: Literal["sound", "small"]
    file: int
    edits: tuple[Edit, ...]

    @property
    def data(self) -> bytes:
        """The bytes that are left."""
        corpus = SOUND if self.corpus == "sound" else SMALL
        data = corpus[self.file % len(corpus)]
        for edit in self.edits:
            data = edited(data, edit, corpus)
        return data


def edited(data: bytes, edit: Edit, corpus: Sequence[bytes]) -> bytes:
    """The bytes with bits flipped, or a piece deleted, doubled, moved or taken from another file."""
    start = edit.start % (len(data) + 1)
    before, piece, after = data[:start], data[start : start + edit.length], data[start + edit.length :]
    match edit.kind:
        case "flip":
            return before + bytes(byte ^ (1 << edit.other % 8) for byte in piece[:1]) + piece[1:] + after
        case "delete":
            return before + after
        case "double":
            return before + piece + piece + after
        case "splice":
            other = corpus[edit.other % len(corpus)]
            return before + other[edit.start % len(other) :][: edit.length] + after
        case "insert":
            return before + HOSTILE[edit.other % len(HOSTILE)].encode() + piece + after
        case "digit":
            places = [found.start() for found in re.finditer(rb"[0-9]", data)] or [0]
            place = places[edit.start % len(places)]
            return data[:place] + NEW_DIGITS[edit.other % len(NEW_DIGITS)] + data[place + 1 :]
        case _:
            lines = data.split(b"\n")
            lines.insert(edit.start % len(lines), lines.pop(edit.other % len(lines)))
            return b"\n".join(lines)


def damaged(corpus: Literal["sound", "small"]) -> st.SearchStrategy[Damaged]:
    """Files of ours with one edit, or some."""
    kinds = st.sampled_from(["flip", "delete", "double", "splice", "insert", "digit", "line"])
    edits = st.builds(
        Edit, kinds, st.integers(0, 60000), st.sampled_from([1, 1, 2, 5, 20, 100, 1000]), st.integers(0, 5000)
    )
    return st.builds(Damaged, st.just(corpus), st.integers(0, 500), st.lists(edits, min_size=1, max_size=4).map(tuple))


@anything(150)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: ("targettrack = 1\n" + text).encode("utf-8", "surrogatepass")),
    ),
    asked(),
)
def test_random_bytes(data: bytes, question: Asked) -> None:
    """Bytes of no kind are no program, and are said not to be one."""
    answered(data, question)


@anything(300)
@given(damaged("small"), asked())
def test_small_damaged_files(file: Damaged, question: Asked) -> None:
    """A damaged example is read or refused."""
    answered(file.data, question)


@anything(80)
@given(damaged("sound"), asked())
def test_damaged_files(file: Damaged, question: Asked) -> None:
    """A damaged program of any size is read or refused."""
    answered(file.data, question)


@anything(40)
@given(st.integers(0, 500), st.integers(0, 4999), asked())
def test_files_that_were_cut_off(file: int, at: int, question: Asked) -> None:
    """Of a file that was cut off anywhere only what is there is read, or nothing."""
    data = SMALL[file % len(SMALL)]
    answered(data[: at % (len(data) + 1)], question)


# ---------------------------------------------------------------- any values under the keys of the format

TEXTS = st.one_of(
    st.sampled_from(["Hà Nội", "a", "%", "products", "yes/no"]),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=20).map(lambda letters: "".join(letters) + "a"),
)
IDS = st.sampled_from(["a", "a", "b-1"])
SOURCES = st.sampled_from(["s", "s", "t"])
YEARS = st.sampled_from([*range(2012, 2027)] * 6 + [1000, 1999, 2000, 2011, 2027, 2040, 2999])
PERIODS: st.SearchStrategy[Any] = st.one_of(
    YEARS, YEARS, YEARS, YEARS, YEARS.map(str), st.tuples(YEARS, st.sampled_from(["S1", "S2", "H1", "Q1", "Q4", "01", "02", "12", "02-29", "06-30"])).map(lambda parts: f"{parts[0]}-{parts[1]}"),
    st.tuples(st.integers(2015, 2020), st.integers(0, 8)).map(lambda parts: f"{parts[0]}/{sum(parts)}"), st.dates(date(2010, 1, 1), date(2030, 12, 31)), st.just("1000/2999"),
)  # fmt: skip
DATES: st.SearchStrategy[Any] = st.one_of(
    st.dates(date(2009, 1, 1), date(2030, 12, 31)),
    YEARS,
    st.tuples(YEARS, st.integers(1, 12)).map(lambda parts: f"{parts[0]}-{parts[1]:02}"),
)
NUMBERS: st.SearchStrategy[Any] = st.one_of(
    st.integers(-20, 150), st.integers(-20, 150), st.tuples(st.integers(-(10**9), 10**9), st.integers(0, 6)).map(lambda parts: Decimal(parts[0]).scaleb(-parts[1])),
    st.tuples(st.integers(-(10**30) + 1, 10**30 - 1), st.integers(0, 20)).map(lambda parts: Decimal(f"{parts[0]}e-{parts[1]}")), st.just(Decimal("1e-20")), st.just(0),
)  # fmt: skip
RANGES = st.tuples(NUMBERS, NUMBERS).map(sorted)
PAIRS = st.dictionaries(
    st.sampled_from(["sector", "đ\u202e"]), st.sampled_from(["textile", "x\x1b[31m"]), min_size=1, max_size=2
)
FLAGS = st.booleans()
SCALARS = st.one_of(
    st.text(max_size=9),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.integers(10**30, 10**40),
)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.one_of(st.text(max_size=4), st.sampled_from(["value", "by", "a"])), inner, max_size=3)
    ),
    max_leaves=5,
)

GOOD: dict[str, st.SearchStrategy[Any]] = {
    "name": TEXTS, "place": TEXTS, "owner": TEXTS, "url": TEXTS, "note": TEXTS, "aliases": st.lists(TEXTS, max_size=2), "title": TEXTS, "publisher": st.sampled_from(["P", "Q"]), "published": DATES,
    "archived": TEXTS, "accessed": DATES, "document": TEXTS, "unit": st.sampled_from(["%", "%", "firms", "% of\u202e", "yes/no"]), "direction": st.sampled_from(["increase", "decrease", "maintain"]),
    "definition": TEXTS, "frequency": st.sampled_from(["year", "half", "quarter", "month"]), "limit": NUMBERS, "prefer": st.lists(SOURCES, max_size=2), "searched": DATES, "responsible": TEXTS,
    "by": PERIODS, "from": PERIODS, "every": st.sampled_from(["year", "half", "quarter", "month"]), "set_on": DATES, "standing": st.sampled_from(["adopted", "proposed"]), "withdrawn": DATES,
    "source": SOURCES, "page": st.one_of(st.integers(1, 99), TEXTS), "quote": TEXTS, "value": NUMBERS, "range": RANGES, "times_baseline": st.one_of(NUMBERS, RANGES), "improve": FLAGS.filter(bool),
    "aggregate": st.sampled_from(["last", "sum", "mean"]), "strict": FLAGS, "approx": st.sampled_from(["about", "over", "under"]), "disaggregation": PAIRS, "replaces": PERIODS, "series_break": FLAGS,
    "text": TEXTS, "indicator": IDS, "period": PERIODS, "quality": st.sampled_from(["final", "provisional", "estimate"]), "recorded": DATES, "allow": st.dictionaries(st.sampled_from(["no-source", "steep", "x\x07"]), TEXTS, max_size=2),
    "file": TEXTS, "cell": TEXTS, "sha256": st.sampled_from(["0" * 64, "4b6de17b" * 8]),
    "fiscal_year": st.sampled_from(["04-01", "07-01", "10-16"]), "lag": st.sampled_from(["7 months", "1 month", "20 days"]), "cumulative": FLAGS, "undetermined": FLAGS.filter(bool),
    "vi": st.fixed_dictionaries({"note": TEXTS}), "en": st.fixed_dictionaries({"note": TEXTS}),
}  # fmt: skip
"""What each key may hold."""

SHAPES = st.sampled_from(["value", "value", "range", "range", "times_baseline", "improve", "undetermined"])
WHEN = st.sampled_from([["by"], ["by"], ["by"], ["from", "by"], ["from", "by"], ["every"], []])
REST = {
    "program": ("place", "owner", "url", "note", "aliases", "fiscal_year", "vi"), "source": ("publisher", "published", "url", "archived", "accessed", "document", "file", "sha256", "note", "en"),
    "indicator": ("definition", "frequency", "lag", "cumulative", "limit", "prefer", "searched", "responsible", "note", "vi"), "baseline": ("source", "published", "page", "quote", "note", "vi"),
    "target": ("set_on", "standing", "withdrawn", "source", "page", "quote", "document", "note", "aggregate", "strict", "disaggregation", "series_break", "vi"),
    "promise": ("by", "set_on", "standing", "withdrawn", "source", "page", "quote", "document", "note", "en"),
    "actual": ("quality", "series_break", "disaggregation", "source", "page", "cell", "quote", "published", "recorded", "note", "vi"),
}  # fmt: skip


@dataclass(frozen=True)
class Writer:
    """Tables of random values; one value in ``odd`` is none that its key may hold (never, for 0), and one key in as many is another one."""

    draw: st.DrawFn
    odd: int

    def strange(self) -> bool:
        return bool(self.odd) and self.draw(st.integers(1, self.odd)) == 1

    def table(self, needed: Sequence[str], rest: Sequence[str] = ()) -> dict[str, Any]:
        """The needed keys, and some of the rest."""
        more = self.draw(st.lists(st.sampled_from(rest), max_size=3, unique=True)) if rest else []
        names = [name for name in (*needed, *more) if not self.strange()]
        names += [self.draw(st.one_of(st.sampled_from(sorted(GOOD)), st.text(max_size=5)))] if self.strange() else []
        return {name: self.draw(ANYTHING if self.strange() or name not in GOOD else GOOD[name]) for name in names}

    def target(self) -> dict[str, Any]:
        shape, when = self.draw(SHAPES), self.draw(WHEN)
        table = self.table([shape, *when], REST["target"])
        if not self.odd:
            if shape in {"improve", "undetermined"}:
                table = {name: value for name, value in table.items() if name not in {"aggregate", "strict"}}
            if "aggregate" in table and not {"from", "by"} <= table.keys():
                table |= {"aggregate": "last"}
            if "from" in table:
                table |= {
                    "from": self.draw(st.integers(2012, 2018)),
                    "by": self.draw(st.integers(2018, 2026)),
                    **({} if shape in {"improve", "undetermined"} else {"aggregate": self.draw(GOOD["aggregate"])}),
                }
            if table.get("times_baseline") is not None:
                table |= {
                    "times_baseline": self.draw(st.sampled_from([Decimal("0.5"), 2, [Decimal("0.8"), 3]])),
                    "baseline": {"period": 2010, "value": self.draw(st.integers(1, 50))},
                }
        if self.strange():
            table["baseline"] = self.table(["period", "value"], REST["baseline"])
        return table

    def indicator(self) -> dict[str, Any]:
        table = self.table(["name", "unit", "direction"], REST["indicator"])
        table["targets"] = [self.target() for _ in range(self.draw(st.integers(0, 3)))]
        if self.draw(st.booleans()):
            table["baseline"] = self.table(["period", "value"], REST["baseline"]) | (
                {} if self.odd else {"period": self.draw(st.integers(1995, 2011))}
            )
        if not self.odd:
            table |= {"unit": self.draw(st.sampled_from(["%", "firms", "%\u202e of"]))}
        return table

    def actual(self) -> dict[str, Any]:
        table = self.table(
            ["indicator", "period", self.draw(st.sampled_from(["value", "value", "range"]))], REST["actual"]
        )
        return table | (
            {"approx": self.draw(GOOD["approx"])} if "value" in table and self.draw(st.integers(0, 3)) == 0 else {}
        )

    def document(self) -> dict[str, Any]:
        whole: dict[str, Any] = {
            "targettrack": 1,
            "program": self.table(["name"], REST["program"]),
            "sources": {name: self.table(["title"], REST["source"]) for name in ("s", "t")},
            "indicators": {name: self.indicator() for name in ("a", "b-1")},
            "promises": [self.table(["text"], REST["promise"]) for _ in range(self.draw(st.integers(0, 2)))],
            "actuals": [self.actual() for _ in range(self.draw(st.integers(0, 8)))],
        }
        if self.strange():
            whole["check"] = self.table(["allow"])
        if self.strange():
            whole[self.draw(st.sampled_from([*whole, "x"]))] = self.draw(ANYTHING)
        return whole


@st.composite
def documents(draw: st.DrawFn, odd: tuple[int, ...] = (0, 0, 0, 400, 120, 20)) -> bytes:
    """A program file with random values; half of these keep to the format in all single values."""
    whole = Writer(draw, draw(st.sampled_from(odd))).document()
    return tomli_w.dumps(writable(whole), multiline_strings=draw(st.booleans())).encode("utf-8", "surrogatepass")


def writable(value: Any) -> Any:
    """The value without what the writer cannot write."""
    if isinstance(value, dict):
        return {str(name): writable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [writable(inner) for inner in value]
    return value.replace(tzinfo=None) if isinstance(value, (datetime, time)) else value


@anything(350)
@given(documents(), asked())
def test_any_values_under_the_known_keys(data: bytes, question: Asked) -> None:
    """Any value under any key of the format is read or refused, and every page of what was read can be written."""
    answered(data, question)


def test_the_values_keep_to_the_keys() -> None:
    """The random values know every key of the format but those that are made of others."""
    known = {
        key
        for loc in [
            ("program",),
            ("sources", "s"),
            ("indicators", "a"),
            ("indicators", "a", "targets", 0),
            ("indicators", "a", "baseline"),
            ("promises", 0),
            ("actuals", 0),
            ("check",),
        ]
        for key in reading.keys_at(loc)
    }
    assert known - {"targets", "baseline"} == set(GOOD)


# ---------------------------------------------------------------- on a screen


def letters(text: str) -> str:
    """The letters of a text in their order, without blanks; marks that join a letter are left out, for terminals join them in their own ways."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFD", text)
        if not letter.isspace() and not unicodedata.combining(letter)
    )


def drawable(text: str) -> bool:
    """Whether the emulator has a cell for each letter."""
    return all(wcwidth(letter) > 0 or unicodedata.combining(letter) or letter == "\n" for letter in text)


def figures(row: Row) -> list[str]:
    """The texts of a row that no width may break, but at their plain spaces: what is asked for, the figure, the gaps."""
    unit = row.indicator.unit if row.indicator else None
    percent = unit if is_percent(unit) else None
    if row.figure is None or row.judged is None or row.target is None:
        return []
    found = [
        notation.promise(row.promise, row.bound, percent, row.indicator.direction if row.indicator else None).partition(
            ", "
        )[0]
    ]
    found += (
        [notation.actual(row.judged.newest.figure, percent)]
        if len(row.judged.points) == 1 and row.target.aggregate == "last"
        else []
    )
    return found + ([notation.gap(row.gap, unit, row.entered)] if row.gap is not None else [])


@anything(120)
@given(documents((0, 0, 0, 300)), asked(names=["table"]), st.integers(20, 200))
def test_a_screen_shows_the_text_and_nothing_else(data: bytes, question: Asked, width: int) -> None:
    """On a terminal of any width stand the letters that were written, in their order: nothing moved, hidden, coloured by a file, or cut."""
    look = Look(width=width, colours=question.look.colours, bold=question.look.bold, ascii=question.look.ascii)
    question = Asked(question.kind, "table", question.on, question.method, look, question.place)
    loaded = answered(data, question)
    page = question.page(loaded) if loaded else None
    if page is None:
        return
    raw = question.written(page)
    plain = OURS.sub("", raw)
    assume(drawable(plain))
    drawn = letters("".join(screen(raw, columns=width)))
    assert drawn == letters(plain)
    for row in page.report.rows if isinstance(page, StatusPage) else ():
        for figure in figures(row):
            text = ascii_only(figure).replace("\u00a0", " ") if look.ascii else figure
            assert [part for part in text.split(" ") if part not in plain or letters(part) not in drawn] == []


@anything(60)
@given(damaged("small"), st.integers(20, 200))
def test_a_screen_shows_what_is_wrong(file: Damaged, width: int) -> None:
    """So it is with the findings about a file that is refused."""
    try:
        load.understood(FILE, file.data)
    except TargettrackError as error:
        question = Asked("check", "table", date(2026, 1, 1), "linear", Look(width=width, colours="256", bold=True), 0)
        raw = question.written(check.findings(error.problems, 1))
        assume(drawable(OURS.sub("", raw)))
        assert letters("".join(screen(raw, columns=width))) == letters(OURS.sub("", raw))


def test_a_long_line_is_not_joined_where_it_was_cut() -> None:
    """A value of which only the beginning fits is cut at a sign that says so: what follows it does not follow its first half."""
    for length in range(1, 60):
        text = f'targettrack = 1\nactuals = [{{ indicator = "a", note = "{"n" * length}", value = 123456.78, x = 1 }}, {{ indicator = "a" }}]\n[program]\nname = "P"\n[indicators.a]\nname = "A"\n'
        assert answered(text.encode(), Asked("check", "table", date(2026, 1, 1), "linear", Look(), 0)) is None


@pytest.mark.slow
def test_guided_by_what_is_reached(tmp_path: Path) -> None:
    """A fuzzer that sees which lines it reaches finds no other error either."""
    pytest.importorskip("atheris", reason="atheris is not installed: pip install -e '.[fuzz]'")
    for place, data in enumerate(SMALL):
        (tmp_path / str(place)).write_bytes(data)
    done = subprocess.run(
        [sys.executable, str(HERE / "fuzz" / "files.py"), f"-runs={times(5000)}", "-max_len=4000", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert re.search(r"Done \d{4,} runs", done.stderr)
