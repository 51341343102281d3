"""What is shown, for any program: nothing raw from a file, no figure cut, no row lost, no digit changed."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import HERE, LINEAR, load, problems, run, tries
from targettrack import formats as all_formats
from targettrack import registry
from targettrack.assessment import report
from targettrack.assessment.row import Row
from targettrack.cli import _say
from targettrack.formats._look import Look
from targettrack.number import literal
from targettrack.pages import show
from targettrack.pages._page import Listed
from targettrack.pages.list import overview
from targettrack.pages.show import StoryPage
from targettrack.pages.status import StatusPage
from targettrack.program.model import is_percent
from targettrack.text import ascii_only, cells
from targettrack.wording import notation
from targettrack.wording.why import WORDS
from terminal import COLOURS_256, on_terminal, screen

ON = date(2026, 11, 22)
OURS = re.compile(r"\x1b\[(?:0|1|(?:1;)?38;5;(?:166|32|132|244)|(?:1;)?(?:31|94|90))m")
"""The escapes of the table's own styles."""

few = settings(tries(25), suppress_health_check=list(HealthCheck))

HOSTILE = "\x00\x07\x08\x1b[31m\x9b\x7f\x85\xad\u200b\u200e\u2028\u202e\u2066\ufeff\U000e0041|=+-@<>[]*`_~#&\\\"'\t\r\n:;, …đà한"
texts = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"])), min_size=1, max_size=30
).map(lambda letters: "".join(letters) + "a")
digits = st.from_regex(r"-?(?:0|[1-9][0-9]{0,13})(?:\.[0-9]{1,6})?", fullmatch=True).filter(
    lambda text: not (text.startswith("-") and Decimal(text) == 0)
)


def quoted(text: str) -> str:
    """A text as TOML writes it, all but letters and spaces escaped."""
    return (
        '"'
        + "".join(
            letter if (letter.isalnum() and letter.isascii()) or letter == " " else f"\\U{ord(letter):08X}"
            for letter in text
        )
        + '"'
    )


@st.composite
def figures(draw: st.DrawFn, indicator: str, sources: int) -> str:
    """An actual as TOML."""
    low, high = sorted((draw(digits), draw(digits)), key=Decimal)
    value = draw(
        st.sampled_from(
            [
                f"value = {low}",
                f"range = [{low}, {high}]",
                f'value = {high}\napprox = "over"',
                f'value = {high}\napprox = "about"',
            ]
        )
    )
    return f'[[actuals]]\nindicator = "{indicator}"\nperiod = {draw(st.integers(2010, 2026))}\n{value}\nsource = "s{draw(st.integers(0, sources - 1))}"\nnote = {quoted(draw(texts))}\n'


@st.composite
def promises(draw: st.DrawFn, indicator: str, direction: str, due: int) -> str:
    """A target as TOML."""
    low, high = sorted((draw(digits), draw(digits)), key=Decimal)
    shapes = [
        f"value = {low}",
        f"range = [{low}, {high}]",
        *(["improve = true", f"value = {high}\nstrict = true"] if direction != "maintain" else []),
    ]
    pairs = draw(st.sampled_from(["", "", f"disaggregation = {{ {quoted(draw(texts))} = {quoted(draw(texts))} }}\n"]))
    return f"[[indicators.{indicator}.targets]]\nby = {due}\n{draw(st.sampled_from(shapes))}\n{pairs}note = {quoted(draw(texts))}\nquote = {quoted(draw(texts))}\n"


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A valid program whose every text is hostile."""
    sources = [
        f"[sources.s{place}]\ntitle = {quoted(draw(texts))}\npublisher = {quoted(draw(texts))}\nurl = {quoted(draw(texts))}\n"
        for place in range(2)
    ]
    indicators, actuals = [], []
    for place in range(draw(st.integers(1, 3))):
        id, direction = f"i{place}", draw(st.sampled_from(["increase", "decrease", "maintain"]))
        unit = draw(st.sampled_from(['"%"', '"products a year"', quoted("u" + draw(texts))]))
        indicators.append(
            f'[indicators.{id}]\nname = {quoted(draw(texts))}\nunit = {unit}\ndirection = "{direction}"\ndefinition = {quoted(draw(texts))}\n'
        )
        indicators += [
            draw(promises(id, direction, due))
            for due in draw(st.lists(st.integers(2012, 2034), max_size=3, unique=True))
        ]
        actuals += draw(st.lists(figures(id, 2), max_size=4))
    words = [f"[[promises]]\ntext = {quoted(draw(texts))}\n"]
    header = f"targettrack = 1\n[program]\nname = {quoted(draw(texts))}\nnote = {quoted(draw(texts))}\nplace = {quoted(draw(texts))}\n"
    return "".join([header, *sources, *indicators, *words, *actuals])


@dataclass(frozen=True)
class Pages:
    """Every page of one program."""

    status: StatusPage
    others: tuple[Listed, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.status.report.rows

    @property
    def all(self) -> tuple[Listed, ...]:
        return (self.status, *self.others)


def pages(text: str) -> Pages:
    """The pages of a program's text."""
    loaded = load(text)
    status = StatusPage(report.report([loaded.program], ON, method=LINEAR))
    chapters = [show.story(loaded, id, ON, LINEAR) for id in loaded.program.indicators]
    return Pages(
        status, (overview("targets", [loaded], [], ON, LINEAR), show.story(loaded, None, ON, LINEAR), *chapters)
    )


def drawn(page: Listed, format: str, look: Look | None = None) -> str:
    """What a format makes of a page."""
    out = io.StringIO()
    registry.module(all_formats, format).render(page, out, look or Look())
    return out.getvalue()


def unsafe(text: str) -> list[str]:
    """The characters of a text that a terminal would obey, and not show; line ends are not counted."""
    return [letter for letter in text if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} and letter != "\n"]


# ---------------------------------------------------------------- nothing raw


@few
@given(programs(), st.sampled_from(["table", "markdown", "csv", "json", "jsonl"]))
def test_no_format_lets_a_control_character_through(text: str, format: str) -> None:
    """No control, formatting or bidi character of any text field is in any output."""
    for page in pages(text).all:
        assert unsafe(drawn(page, format)) == []


@few
@given(programs(), st.sampled_from(["256", "16"]), st.integers(20, 200))
def test_only_our_own_styles_are_in_a_coloured_table(text: str, colours: Any, width: int) -> None:
    """Every escape is one of ours; without them nothing unsafe is left."""
    for page in pages(text).all:
        assert unsafe(OURS.sub("", drawn(page, "table", Look(width=width, colours=colours, bold=True)))) == []


@few
@given(programs())
def test_colours_change_no_letter(text: str) -> None:
    """A coloured table without its escapes is the plain one."""
    for page in pages(text).all:
        assert OURS.sub("", drawn(page, "table", Look(colours="256", bold=True))) == drawn(page, "table")


@few
@given(texts)
def test_an_error_shows_what_stands_in_the_file(text: str) -> None:
    """The sentences about a hostile value, key or line have nothing unsafe in them."""
    broken = f'targettrack = 1\n[program]\nname = "P"\n{quoted(text)} = 1\n[indicators.i]\nname = "I"\nunit = 5\ndirection = {quoted(text)}\n[[actuals]]\nindicator = {quoted(text)}\nvalue = {quoted(text)}\nperiod = {quoted(text)}\n'
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.toml")
        path.write_text(broken, encoding="utf-8", newline="")
        found = problems(path)
    assert found
    assert unsafe("\n".join(line for problem in found for line in _say.sentences(problem))) == []


@few
@given(st.text(st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"])), max_size=60))
def test_a_line_that_is_not_toml_is_shown_safely(text: str) -> None:
    """Also where the line itself holds control characters, and the mark stands under it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.toml")
        path.write_text(f"targettrack = 1\nx = = {text}", encoding="utf-8", newline="")
        lines = [line for problem in problems(path) for line in _say.sentences(problem)]
    assert unsafe("\n".join(lines)) == []
    assert all("\n" not in line for line in lines)


def test_a_terminal_shows_the_hostile_texts_and_obeys_none() -> None:
    """On a real terminal, a screen shows the very letters that were printed, in their order; only our styles are escapes."""
    for argv in (("status", "texts"), ("list",), ("show", "texts"), ("show", "texts/small")):
        raw = on_terminal(*argv, "--on", "2026-11-22", columns=110, cwd=HERE / "golden", env=COLOURS_256)
        plain = OURS.sub("", raw)
        assert unsafe(plain) == []
        assert re.sub(r"\s", "", "".join(screen(raw, columns=110))) == re.sub(r"\s", "", plain)


def test_an_error_on_a_terminal_obeys_nothing(tmp_path: Path) -> None:
    """A name with escapes is shown as text on stderr, too."""
    (tmp_path / "targets").mkdir()
    raw = on_terminal("status", "\x1b[31mred\x1b]0;title\x07\u202e", columns=80, cwd=tmp_path)
    assert unsafe(raw) == []
    assert "<U+001B>[31mred" in raw


def test_a_hostile_file_name_is_shown_safely(tmp_path: Path) -> None:
    """The name of a file that cannot be a program is cleaned in every output."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "a\x1b[31m\nb.toml").write_text("targettrack = 1\n[program]\nname = 'x'\n")
    (tmp_path / "targets" / "good.toml").write_text("targettrack = 1\n[program]\nname = 'x'\n")
    for argv in (("status",), ("list",), ("list", "--format", "markdown"), ("list", "--json"), ("status", "--json")):
        result = run(*argv, cwd=tmp_path)
        assert result.returncode == 4
        assert unsafe(result.stdout + result.stderr) == []


# ---------------------------------------------------------------- nothing cut, nothing lost


def figures_of(row: Row) -> list[str]:
    """The texts of a row that no width may break: the bound, the figure, the gaps."""
    unit = row.indicator.unit if row.indicator else None
    percent = unit if is_percent(unit) else None
    if row.figure is None or row.judged is None or row.target is None:
        return []
    found = [
        notation.promise(row.promise, row.bound, percent, row.indicator.direction if row.indicator else None),
        notation.actual(row.judged.newest.figure, percent),
    ]
    if row.gap is not None and row.gap_strong is not None:
        found.append(notation.gap(row.gap, unit))
        found += (
            [f"{notation.gap(row.gap_strong)})"]
            if row.bound and row.bound.direction != "maintain" and row.bound.weak != row.bound.strong
            else []
        )
    return found


@few
@given(programs(), st.integers(20, 200), st.booleans())
def test_no_figure_is_cut_at_any_width(text: str, width: int, plain: bool) -> None:
    """Every bound, figure and gap stands whole in the status table, with its unit and its sign."""
    found = pages(text)
    table = drawn(found.status, "table", Look(width=width, ascii=plain))
    for row in found.rows:
        for figure in figures_of(row):
            assert (ascii_only(figure).replace("\u00a0", " ") if plain else figure) in table


@few
@given(programs(), st.integers(20, 200))
def test_every_row_is_in_every_layout(text: str, width: int) -> None:
    """As many lines with a status as there are rows, at any width; and the words of each status in full."""
    found = pages(text)
    for look in (Look(width=width), Look()):
        lines = drawn(found.status, "table", look).split("\n")
        for status, count in report.by_status(found.rows).items():
            assert sum(bool(re.match(rf"  [✗◄!?~…○►✓+·/] {WORDS[status]}(?:  |$)", line)) for line in lines) == count


@few
@given(programs(), st.integers(20, 200))
def test_show_has_every_figure_and_promise(text: str, width: int) -> None:
    """At any width the story of an indicator has each figure and each bound whole."""
    found = pages(text)
    for page in found.others:
        if isinstance(page, show.StoryPage) and not page.whole:
            table = drawn(page, "table", Look(width=width))
            for chapter in page.chapters:
                unit, direction = chapter.indicator.unit, chapter.indicator.direction
                expected = [notation.actual(told.figure, unit) for told in chapter.told]
                expected += [
                    notation.promise(promised.version.promise, promised.version.bound, unit, direction)
                    for promised in chapter.promised
                ]
                assert [figure for figure in expected if figure not in table] == []


@settings(few, derandomize=True)
@given(programs(), st.integers(20, 200))
def test_lines_keep_to_the_width(text: str, width: int) -> None:
    """A line is longer than the terminal only where one figure or word alone is."""
    for page in pages(text).all:
        for line in drawn(page, "table", Look(width=width)).split("\n"):
            longest = max((cells(word) for word in line.split(" ")), default=0)
            assert cells(line) <= width or longest > width - 40


# ---------------------------------------------------------------- data


def entered(text: str) -> set[str]:
    """The digits that a program's text has."""
    return set(re.findall(r"-?\d+(?:\.\d+)?", re.sub(r'"[^"]*"', "", text)))


@few
@given(programs())
def test_json_has_exactly_the_digits_entered(text: str) -> None:
    """Figures, bounds and ranges, digit for digit; no exponent, no binary noise."""
    found = pages(text)
    document = json.loads(drawn(found.status, "json"), parse_float=str, parse_int=str)
    assert len(document["targets"]) == len(found.rows)
    for row in document["targets"]:
        actual = row["actual"] or {}
        said = [row["target"]["weak"], row["target"]["strong"], actual.get("value"), *(actual.get("range") or [])]
        assert {number for number in said if number is not None} <= entered(text)


@few
@given(programs())
def test_jsonl_is_the_documents_rows(text: str) -> None:
    """One line a row, each the same value as in the document."""
    page = pages(text).status
    lines = drawn(page, "jsonl").split("\n")[:-1]
    assert [json.loads(line, parse_float=str) for line in lines] == json.loads(drawn(page, "json"), parse_float=str)[
        "targets"
    ]


TEXT_COLUMNS = {
    "name",
    "unit",
    "disaggregation",
    "why",
    "notes",
    "note",
    "quote",
    "target_text",
    "place",
    "superseded",
    "rivals",
    "target_source",
    "source",
}


@few
@given(programs())
def test_csv_has_a_record_a_row_and_no_formula(text: str) -> None:
    """As many records, one a line (but for the texts of a story, which keep their lines); text that begins like a formula is guarded, a number never is."""
    for page in pages(text).all:
        printed = drawn(page, "csv")
        records = list(csv.DictReader(io.StringIO(printed, newline="")))
        assert len(records) == len(list(page.records()))
        assert isinstance(page, StoryPage) or printed.count("\n") == len(records) + 1
        for record in records:
            assert all(
                not value.startswith(("=", "+", "-", "@", "\t", "\r"))
                for name, value in record.items()
                if name in TEXT_COLUMNS
            )


@few
@given(programs())
def test_csv_numbers_are_plain(text: str) -> None:
    """A gap below 0 is a number, not a text."""
    page = pages(text).status
    records = csv.DictReader(io.StringIO(drawn(page, "csv")))
    for record, row in zip(records, page.report.rows, strict=True):
        for name, value in (
            ("gap", row.gap),
            ("figure", row.figure),
            ("shortfall", row.shortfall),
            ("observed_per_year", row.observed_per_year),
        ):
            assert record[name] == ("" if value is None else literal(Decimal(value)))


@few
@given(programs())
def test_markdown_has_a_table_row_a_row(text: str) -> None:
    """Every table row has as many bars as its head, whatever the texts hold, and no tag."""
    found = pages(text)
    for page in found.all:
        bars = 0
        for line in drawn(page, "markdown").split("\n"):
            own = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))
            if line.startswith("| "):
                bars = bars or own
                assert own == bars
            else:
                bars = 0
            assert not re.search(r"(?<!\\)(?:\\\\)*<(?!https?://)", line)
    assert sum(line.startswith("| **") for line in drawn(found.status, "markdown").split("\n")) == len(found.rows)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\x1b=1"])
def test_texts_that_spreadsheets_would_compute(text: str) -> None:
    """Formula beginnings behind white space are guarded as well."""
    module = registry.module(all_formats, "csv")
    assert module.cell(text)[0] in "'<\u00a0"
