"""Charts: every figure stands where its number and its day say, every promise from the day it was made to the day it is due; the same on a page and on a terminal."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from support import HERE, LINEAR, aim, facts, load, tries
from targettrack.assessment import figures
from targettrack.formats._look import Look
from targettrack.formats.html import _chart
from targettrack.formats.table import _chart as terminal
from targettrack.pages import chart, show
from targettrack.pages.chart import Chart, Time
from targettrack.program.shelf import Loaded
from targettrack.store import load as loading
from targettrack.text import clean
from test_laws import DAYS, Table, documents, program
from test_shown import texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from targettrack.pages.show import Chapter, StoryPage

LAW = tries(150)
GOLDEN = HERE / "golden" / "charts"
ON = date(2026, 11, 22)
EVE = timedelta(days=1)


@dataclass(frozen=True)
class Drawn:
    """A program's page, its chapters, and the charts of each."""

    page: StoryPage
    chapters: tuple[tuple[Chapter, tuple[Chart, ...]], ...]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """All of them."""
        return tuple(each for _, found in self.chapters for each in found)


def drawn(loaded: Loaded, on: date) -> Drawn:
    """What is drawn of a program on a day."""
    page = show.story(loaded, None, on, LINEAR)
    return Drawn(page, tuple((chapter, chart.charts(page, chapter)) for chapter in page.chapters))


def of(text: str, on: str = "2026-11-22") -> tuple[Chart, ...]:
    """The charts of the program that a text says."""
    return drawn(load(text), date.fromisoformat(on)).charts


def of_document(document: Table, on: date) -> Drawn | None:
    """What is drawn of a document; None where it is invalid."""
    found = program(document)
    return None if found is None else drawn(Loaded(found, tomli_w.dumps(document)), on)


SAMPLES = sorted([*(HERE / "programs").glob("*.toml"), *(HERE / "golden" / "targets").glob("*.toml"), *(HERE.parent / "targets").glob("*.toml")])  # fmt: skip


@pytest.fixture(scope="module")
def every() -> list[Drawn]:
    """What is drawn of each program that ships or is a sample."""
    found = (loading.load(path) for path in SAMPLES)
    return [drawn(loaded, ON) for loaded in found if loaded]


# ---------------------------------------------------------------- the scale of values

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)


@given(st.lists(DECIMALS, min_size=1, max_size=6))
def test_a_scale_holds_its_values(values: list[Decimal]) -> None:
    """Every value lies between two round ends, in order, and no scale has more than six steps."""
    scale = chart.scale(values)
    ticks = scale.ticks()
    assert (ticks[0], ticks[-1]) == (scale.low, scale.high)
    assert 2 <= len(ticks) <= chart.STEPS + 2
    assert all(0 <= scale.at(value) <= 1 for value in values)
    for one, other in combinations(set(values), 2):
        assert (one < other) is (scale.at(one) < scale.at(other))
    for most in range(1, 7):
        assert len(scale.ticks(most)) <= most + 1


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        (["0"], ("0", "1")),
        (["35"], ("0", "40")),
        (["53", "59"], ("0", "60")),
        (["-3", "-6.2"], ("-8", "0")),
        (["98.5", "100"], ("98.5", "100")),
        (["-104", "-100"], ("-104", "-100")),
        (["1e20", "2e20"], ("0", "200000000000000000000")),
        (["0.00000000000000000001"], ("0", "0.00000000000000000001")),
    ],
)
def test_a_scale_holds_zero_unless_its_values_could_not_be_told_apart(values: list[str], ends: tuple[str, str]) -> None:
    """From 0, but where all lies within a twentieth of its size."""
    scale = chart.scale(map(Decimal, values))
    assert (scale.low, scale.high) == tuple(map(Decimal, ends))
    assert scale.holds_zero is (scale.low <= 0 <= scale.high)


# ---------------------------------------------------------------- the line of time


@given(DAYS, DAYS)
def test_a_later_day_lies_further_right(one: date, other: date) -> None:
    """The line of time keeps the order of days."""
    time = Time(date(2011, 1, 1), date(2024, 12, 31))
    assert (one < other) is (time.at(one) < time.at(other))
    assert facts(time.at(time.first - EVE), time.at(time.last)) == (0, 1)


@given(st.integers(1000, 2900), st.integers(0, 99), st.integers(10, 300))
def test_names_of_years_have_room(first: int, years: int, room: int) -> None:
    """What is named below fits, lies on the line, and follows in even steps."""
    time = Time(date(first, 1, 1), date(first + years, 12, 31))
    found = time.stretches(room)
    assert found
    assert len(found) == 1 or sum(len(each.text) + 2 for each in found) <= room
    assert all(time.first <= each.first and each.last <= time.last for each in found)
    assert len({other.first.year * 12 + other.first.month - each.first.year * 12 - each.first.month for each, other in pairwise(found)}) <= 1  # fmt: skip


# ---------------------------------------------------------------- laws


def places(each: Chart) -> Iterator[Fraction]:
    """Everything that has a place, as shares of the frame."""
    time, scale = each.time, each.scale
    for point in each.points:
        yield time.at(point.day)
        yield from (scale.at(end) for end in point.ends)
        yield from () if point.mark == "zero" else (time.begin(point.period),)
    for band in each.bands:
        yield from (time.at(day) for day in (band.begin, band.end) if day)
        yield from (scale.at(band.weak), scale.at(band.strong))
    for path in each.paths:
        yield from (time.at(path.begin), time.at(path.end), scale.at(path.start), scale.at(path.weak))
    for mean in each.means:
        yield from (time.at(mean.begin), time.at(mean.end), scale.at(mean.value))
    for miss in each.misses:
        yield from (time.at(miss.day), scale.at(miss.figure), scale.at(miss.bound))
        yield from (time.at(miss.due),) if miss.due else ()


@LAW
@given(documents(), DAYS)
def test_all_lies_inside_the_frame(document: Table, on: date) -> None:
    """Nothing is drawn where no value and no day is."""
    found = of_document(document, on)
    for each in found.charts if found else ():
        assert all(0 <= place <= 1 for place in places(each))


@LAW
@given(documents(), DAYS)
def test_every_known_figure_is_a_point(document: Table, on: date) -> None:
    """Each figure of the table that is known on the day is one point, with its own numbers, on the last day of its period; no other figure is any."""
    found = of_document(document, on)
    for chapter, charts in found.chapters if found else ():
        points = [point for each in charts if each.kind != "sum" for point in each.points]
        assert {point.told for point in points} == {entry for entry in chapter.figures if entry.role != "unknown"}
        assert len({point.told for point in points}) == len(points)
        for point in points:
            assert point.told
            span = figures.span(point.told.figure.actual)
            assert (point.low, point.high, point.stated) == (span.low, span.high, span.stated)
            assert (point.day, point.mark) == (point.told.figure.period.last, point.told.role)


@LAW
@given(documents(), DAYS)
def test_every_promise_with_a_number_is_a_band(document: Table, on: date) -> None:
    """Each row has one band, with its two ends, that is over when it is due and does not begin before the promise was made."""
    found = of_document(document, on)
    for chapter, charts in found.chapters if found else ():
        for row in chapter.rows:
            target = row.target
            bands = [band for each in charts for band in each.bands if band.promised.row is row]
            assert target is not None
            if row.bound is None:
                continue
            (band,) = bands
            assert (band.weak, band.strong, band.state) == (row.bound.weak, row.bound.strong, "stands")
            assert row.withdrawn or band.end == (target.ends.last if target.ends else None)
            if band.begin and target.set_on and target.aggregate != "mean" and band.begin != band.end:
                assert band.begin >= target.set_on.last


@LAW
@given(documents(), DAYS)
def test_the_running_total_ends_at_the_judged_sum(document: Table, on: date) -> None:
    """What a sum is judged by is the last point of its line, and each point adds one figure to the one before."""
    found = of_document(document, on)
    for each in found.charts if found else ():
        row = each.of.row if each.of else None
        if row is None or row.judged is None or not row.judged.points or row.judged.allowed is None:
            continue
        zero, *totals = each.points
        assert facts(zero.mark, zero.stated, zero.day) == (
            "zero",
            0,
            row.target and row.target.begins and row.target.begins.first - EVE,
        )
        assert (totals[-1].low, totals[-1].high) == (row.judged.allowed.low, row.judged.allowed.high)
        assert [point.day for point in totals] == [point.last for point in row.judged.points]


@LAW
@given(documents(), DAYS)
def test_the_needed_path_is_the_pace_that_is_judged_by(document: Table, on: date) -> None:
    """On the day of the judged figure the path is where the pace would be 1; a figure above it is on the right side of it exactly where its pace is above 1."""
    found = of_document(document, on)
    for each in found.charts if found else ():
        for path in each.paths:
            row = path.promised.row
            if row is None or row.bound is None or row.bound.direction == "maintain" or row.judged is None:
                continue
            if (at_pace := row.rates.figure_at(1)) is None:
                continue
            needed = path.at(row.judged.newest.last)
            assert needed == at_pace
            if row.rates.pace is not None and row.figure is not None:
                better = row.bound.gap(row.figure) - row.bound.gap(Decimal(0)) > needed * (1 if row.bound.direction == "increase" else -1)  # fmt: skip
                assert (row.rates.pace > 1) is better


@LAW
@given(documents(), DAYS)
def test_no_line_crosses_a_break(document: Table, on: date) -> None:
    """Between two points that are joined the series does not break, and time goes on."""
    found = of_document(document, on)
    for each in found.charts if found else ():
        for segment in each.segments:
            assert segment.begin.day < segment.end.day
            assert not any(segment.begin.day < period.last <= segment.end.day for period in each.breaks)


@LAW
@given(documents(), DAYS, st.randoms())
def test_the_order_of_the_file_draws_the_same(document: Table, on: date, chance: Any) -> None:
    """Sources, and figures of different periods, may stand in any order: the same chart comes out, byte for byte."""
    apart: dict[object, Table] = {}
    for actual in document["actuals"]:
        apart.setdefault(actual["period"], actual)
    different = list(apart.values())
    shuffled = chance.sample(different, len(different))
    sources = dict(chance.sample(list(document["sources"].items()), len(document["sources"])))
    one = of_document(document | {"actuals": different}, on)
    other = of_document(document | {"actuals": shuffled, "sources": sources}, on)
    assert (one is None) is (other is None)
    if one is not None and other is not None:
        assert [_chart.svg(each, "c") for each in one.charts] == [_chart.svg(each, "c") for each in other.charts]


# ---------------------------------------------------------------- the markup

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"div", "p", "svg", "title", "desc", "line", "rect", "path", "circle", "g", "text", "ul", "li", "b", "span", "details", "summary"}  # fmt: skip
ATTRIBUTES = {
    "class", "id", "role", "aria-labelledby", "aria-describedby", "aria-hidden", "width", "height", "viewBox", "overflow",
    "x", "y", "x1", "y1", "x2", "y2", "dx", "r", "d",
}  # fmt: skip


def parsed(markup: str) -> ET.Element:
    """The markup as XML."""
    return ET.fromstring(markup)  # noqa: S314 - our own


def checked(each: Chart) -> ET.Element:
    """A chart's markup, of which nothing is obeyed but shapes and texts."""
    root = parsed(_chart.svg(each, "chart-1"))
    for element in root.iter():
        assert element.tag in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert ids == ["chart-1-title", "chart-1-desc"]
    return root


def share(text: str) -> Fraction:
    """A place in percent."""
    return Fraction(text.removesuffix("%")) / 100


def pixels(text: str) -> Fraction:
    """A place in rem."""
    return Fraction(text.removesuffix("rem")) * 16


@LAW
@given(documents(), DAYS)
def test_a_point_lies_where_its_number_says(document: Table, on: date) -> None:
    """Each point of the markup is at its day's share of the width and its value's share of the height, as exactly as a screen shows it."""
    found = of_document(document, on)
    for each in found.charts if found else ():
        root = checked(each)
        height = pixels(next(element for element in root.iter("svg") if "role" in element.attrib).attrib["height"])
        groups = [element for element in root.iter("g") if element.attrib["class"].startswith("point")]
        assert len(groups) == len(each.points)
        for group, point in zip(groups, each.points, strict=True):
            low = group.findall("svg")[-1]
            assert abs(share(low.attrib["x"]) - each.time.at(point.day)) <= Fraction(1, 20000)
            down = height - _chart.BOTTOM - (height - _chart.BOTTOM - _chart.TOP) * each.scale.at(point.ends[0])
            assert abs(pixels(low.attrib["y"]) - down) <= Fraction(1, 50)
            assert ("hollow" in group.attrib["class"]) is not point.sure


@LAW
@given(documents(), DAYS)
def test_every_promise_stands_in_the_key(document: Table, on: date) -> None:
    """Letters and words of the key name each promise of a chart, with its status in a sign and a word."""
    found = of_document(document, on)
    for each in found.charts if found else ():
        root = checked(each)
        listed = root.find("ul[@class='promises']")
        items = list(listed) if listed is not None else []
        assert len(items) == len(each.bands) + len(each.undrawn)
        letters = [element.text for element in root.iter("text") if "letter" in element.attrib["class"]]
        assert [str(text).partition(" ")[0] for text in letters] == [item.findtext("b") for item in items[: len(each.bands)]]  # fmt: skip


@settings(tries(60))
@given(texts, texts, texts)
def test_hostile_names_are_texts(name: str, unit: str, value: str) -> None:
    """Whatever a program says is text: no element, no attribute and no control comes of it."""
    key = clean(value)
    text = tomli_w.dumps(
        {
            "targettrack": 1,
            "program": {"name": name},
            "sources": {"s": {"title": name}},
            "indicators": {"i": {"name": name, "unit": unit, "direction": "increase", "targets": [{"by": 2030, "value": 5, "disaggregation": {key: value}}]}},
            "actuals": [{"indicator": "i", "period": 2020, "value": 3, "source": "s", "disaggregation": {key: value}}],
        }
    )  # fmt: skip
    for each in of(text):
        markup = _chart.svg(each, "chart-1")
        checked(each)
        assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", markup)


def test_every_chart_of_the_samples_is_sound(every: list[Drawn]) -> None:
    """All charts of all programs are well formed, and the same twice."""
    found = [each for one in every for each in one.charts]
    assert len(found) > 80
    for each in found:
        checked(each)
        assert _chart.svg(each, "a") == _chart.svg(each, "a")


STYLE = (HERE.parent / "src" / "targettrack" / "formats" / "html" / "chart.css").read_text(encoding="utf-8")


def test_every_class_has_a_style(every: list[Drawn]) -> None:
    """What the markup calls by a class, the style sheet knows, or it is a word of another; a long number has room, or stands inside."""
    plain = {"plain", "stands", "upcoming", "leads", "total", "zero", "baseline", "chart", "about", "note"}
    for one in every:
        for each in one.charts:
            for element in parsed(_chart.svg(each, "a")).iter():
                for name in element.attrib.get("class", "").split():
                    assert name in plain or re.search(rf"\.{name}\b", STYLE), name


# ---------------------------------------------------------------- examples


def test_a_band_begins_when_the_promise_was_made() -> None:
    """Not when it is known from, and not at the first figure."""
    (each,) = of(aim("increase", "value = 45; by = 2025; set_on = 2018-03-15", "period = 2015; value = 20"))
    (band,) = each.bands
    assert facts(band.begin, band.end, band.weak) == (date(2018, 3, 15), date(2025, 12, 31), 45)
    assert each.time == Time(date(2015, 1, 1), date(2025, 12, 31))


def test_a_promise_without_a_day_covers_what_is_drawn() -> None:
    """Where nothing says when it was made, the key says so."""
    (each,) = of(aim("increase", "value = 45; by = 2025", "period = 2015; value = 20"))
    assert each.bands[0].begin is None
    assert "not known when made" in _chart.svg(each, "c")


def test_a_late_miss_is_drawn_on_the_day_of_its_figure() -> None:
    """From the figure up to the end that decides, with the way from the deadline."""
    (each,) = of(aim("increase", "range = [30, 35]; by = 2015; set_on = 2011", "period = 2017; value = 6"))
    (miss,) = each.misses
    assert facts(miss.day, miss.figure, miss.bound, miss.due) == (date(2017, 12, 31), 6, 30, date(2015, 12, 31))
    markup = _chart.svg(each, "c")
    assert 'class="miss"' in markup
    assert "A ✗</text>" in markup


def test_a_sum_without_a_figure_has_no_zero() -> None:
    """Nothing is said to have been reached where nothing was published."""
    (each,) = of(aim("increase", 'value = 100; by = "2021/2025"; aggregate = "sum"', unit="houses"))
    assert facts(each.kind, each.points) == ("sum", ())
    assert "No figure in this file." in _chart.svg(each, "c")


def test_a_sum_of_one_period_is_held_against_its_figure() -> None:
    """It has no chart of its own, and no path from 0."""
    (each,) = of(aim("increase", 'value = 25; by = 2021; from = 2021; aggregate = "sum"', "period = 2021; value = 46"))
    assert facts(each.kind, len(each.bands), each.paths) == ("values", 1, ())


def test_open_ends_are_hollow_and_say_where_they_lead() -> None:
    """Over 900 has an arrow up, under 900 one down."""
    for approx, arrow in (("over", "_UP"), ("under", "_DOWN")):
        (each,) = of(aim("increase", "value = 1000; by = 2025", f'period = 2020; value = 900; approx = "{approx}"'))
        assert not each.points[0].sure
        assert getattr(_chart, arrow) in _chart.svg(each, "c")


def test_a_milestone_is_yes_or_no() -> None:
    """No number stands beside it."""
    (each,) = of(aim("increase", "value = true; by = 2022", "period = 2021; value = false", "period = 2022; value = true", unit="yes/no").replace('direction = "increase"\n', ""))  # fmt: skip
    assert facts(each.kind, [point.stated for point in each.points], each.bands[0].weak) == ("answers", [0, 1], 1)
    levels = [
        element.text for element in parsed(_chart.svg(each, "c")).iter("text") if element.attrib["class"] == "level"
    ]
    assert levels == ["no", "yes"]


def test_a_scale_without_zero_says_so() -> None:
    """Below the chart, and on the terminal, where no bar is drawn."""
    text = aim("increase", "value = 104; by = 2025; set_on = 2020", "period = 2021; value = 101")
    (each,) = of(text)
    assert "0 is not on it" in _chart.svg(each, "c")
    picture = terminal.picture((each,), (), 40, Look())
    assert picture is not None
    assert picture.edge is None
    (entry,) = (point.told for point in each.points)
    assert entry
    assert "".join(cell.text for cell in terminal.line(picture, terminal.figure(picture, entry, quiet=False))).strip() == "●"  # fmt: skip


def test_a_draft_and_a_replaced_promise_are_told_apart() -> None:
    """What stands, what was only proposed, and what was superseded have other lines, not only other colours."""
    rest = '[[indicators.a.targets]]; by = 2030; value = 60; set_on = 2022; [[indicators.a.targets]]; by = 2030; value = 70; set_on = 2023; standing = "proposed"'  # fmt: skip
    (each,) = of(aim("increase", "by = 2030; value = 50; set_on = 2020", "period = 2021; value = 40", rest=rest))
    assert {facts(band.weak, band.state, band.proposed) for band in each.bands} == {
        (50, "superseded", False),
        (60, "stands", False),
        (70, "stands", True),
    }
    for kind in (r"\.superseded \.weak", r"\.proposed \.weak", r"\.band \.strong"):
        assert re.search(rf"{kind}[^}}]*stroke-dasharray", STYLE)


def test_needed_is_said_beside_a_figure() -> None:
    """On the terminal, at the figure's own day, and not for the start itself."""
    text = aim("increase", "value = 80; by = 2030; set_on = 2020", "period = 2025; value = 60", indicator="baseline = { period = 2020, value = 50 }")  # fmt: skip
    (each,) = of(text)
    told = {point.mark: point.told for point in each.points}
    assert told["leads"]
    assert told["baseline"]
    found = chart.needed((each,))
    assert terminal.needed(found, told["leads"], "%") == "needed 65\u00a0%"
    assert terminal.needed(found, told["baseline"], "%") is None


# ---------------------------------------------------------------- golden

CASES = {
    "output": "shapes",
    "houses": "shapes",
    "poverty": "shapes",
    "inflation": "shapes",
    "law": "shapes",
    "growth": "shapes",
    "small": "texts",
}


@pytest.mark.parametrize("name", CASES)
def test_golden_charts(name: str, request: pytest.FixtureRequest) -> None:
    """A chart's markup, byte for byte, as it was looked at in a browser."""
    loaded = loading.load(HERE / "golden" / "targets" / f"{CASES[name]}.toml")
    assert loaded
    found = [each for each in drawn(loaded, ON).charts if each.id == name]
    markup = (
        "\n".join(_chart.svg(each, f"{name}-{place}") for place, each in enumerate(found)).replace("><", ">\n<") + "\n"
    )
    path = GOLDEN / f"{name}.html"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(markup, encoding="utf-8", newline="")
    assert markup == path.read_bytes().decode("utf-8")


# ---------------------------------------------------------------- a browser

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)  # fmt: skip
WIDTHS = (296, 328, 768, 1248, 1968)
"""The room for a chart on pages of 320, 360, 800, 1280 and 2000 pixels."""

MEASURE = """
const report = [];
for (const room of document.querySelectorAll('.room')) for (const plot of room.querySelectorAll('.plot')) {
  const seen = [...plot.querySelectorAll('text')].filter(text => getComputedStyle(text).display !== 'none');
  const boxes = seen.map(text => [text.textContent, text.getBoundingClientRect(), parseFloat(getComputedStyle(text).fontSize)]);
  const edge = room.getBoundingClientRect();
  boxes.forEach(([words, box, size], place) => {
    if (size < 12) report.push(`${room.id}: small: ${words}`);
    if (box.left < edge.left - 1 || box.right > edge.right + 1) report.push(`${room.id}: outside: ${words}`);
    for (const [others, other] of boxes.slice(place + 1))
      if (box.left + 1 < other.right && other.left + 1 < box.right && box.top + 3 < other.bottom && other.top + 3 < box.bottom)
        report.push(`${room.id}: ${plot.querySelector('title').textContent}: ${words} on ${others}`);
  });
  if (!seen.some(text => text.classList.contains('day'))) report.push(`${room.id}: no year`);
}
document.querySelectorAll('.room').forEach(room => room.remove());
document.body.append(JSON.stringify(report));
"""


def test_the_narrowest_plot_is_that_of_the_style_sheet(every: list[Drawn]) -> None:
    """A screen of 320 pixels, less the page's margins, the room for letters, and the room that the style sheet has for the names of levels."""
    rooms = dict(re.findall(r"\.plot\.(y\d+|inside) \{ padding-left: ([\d.]+)rem", STYLE))
    assert len(rooms) == 13
    for name, left in rooms.items():
        text = "9" * int(name[1:]) if name != "inside" else "9" * 20
        frame = _chart._Frame(every[0].charts[0], [(Decimal(0), text)])
        assert frame.narrow == round(WIDTHS[0] - 48 - 16 * float(left)), name


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium")
def test_no_text_lies_on_another_at_any_width(every: list[Drawn], tmp_path: Path) -> None:
    """On a phone and on a wall each text of each chart stands alone, inside its page, in letters of 12 pixels or more."""
    markup = "".join(
        _chart.svg(each, f"c{place}") for place, each in enumerate(each for one in every for each in one.charts)
    )
    rooms = "".join(f'<div class="room" id="w{width}">{markup}</div>' for width in WIDTHS)
    widths = "".join(f"#w{width}{{width:{width}px;overflow:hidden}}" for width in WIDTHS)
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><style>{STYLE}{widths}</style><body>{rooms}<script>{MEASURE}</script>", encoding="utf-8")  # fmt: skip
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}")  # fmt: skip
    dumped = subprocess.run([str(CHROMIUM), *flags, "--dump-dom", page.as_uri()], capture_output=True, text=True, check=True).stdout  # fmt: skip
    answer = re.search(r"</script>(\[.*\])</body>", dumped, re.DOTALL)
    assert answer, dumped[-500:]
    assert json.loads(answer[1]) == []
