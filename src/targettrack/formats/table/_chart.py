"""The chart of an indicator on a terminal: each figure and each promise as a line of cells, on the scale that the page's chart has."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from targettrack.formats._look import Look
from targettrack.formats._signs import Hue
from targettrack.formats.table._sheet import Cell, Line, say
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.pages import chart
from targettrack.pages.chart import Chart, Needed, Point, Scale
from targettrack.pages.show import Promised, Told
from targettrack.wording import notation

Marks = tuple[tuple[int, Cell], ...]
"""What is drawn on a line, each from a cell on; later marks are drawn over earlier ones."""


@frozen(eq=True)
class Signs:
    """The characters of a chart."""

    fill: str
    sure: str
    unsure: str
    baseline: str
    over: str
    under: str
    short: str
    needed: str
    weak: str
    band: str
    strong: str
    cut: str


_UNICODE = Signs("━", "●", "○", "◊", "►", "◄", "─", "╎", "┃", "┄", "│", "╌")
_ASCII = Signs("#", "@", "o", "*", ">", "<", "-", "'", "|", ":", ":", ".")


@frozen()
class Picture:
    """A scale of values in so many cells, the charts of sums by the promises that they are of, and what an even pace needed at each figure."""

    scale: Scale
    cells: int
    look: Look
    sums: dict[Promised, Chart]
    needed: dict[Told, Needed]

    @property
    def signs(self) -> Signs:
        """What this terminal can show."""
        return _ASCII if self.look.ascii else _UNICODE

    def at(self, value: Decimal | Fraction) -> int:
        """The cell of a value, from 0."""
        return round(self.scale.at(value) * (self.cells - 1))

    @property
    def edge(self) -> int | None:
        """The cell from which a length says something; None where 0 is not on the scale."""
        return self.at(Decimal(0)) if self.scale.holds_zero else None


def picture(charts: tuple[Chart, ...], beside: Sequence[Decimal], cells: int, look: Look) -> Picture | None:
    """The picture of an indicator's charts and of the values beside them; None where there is nothing to draw."""
    scale = chart.shared(charts, beside)
    sums = {each.of: each for each in charts if each.of}
    return Picture(scale, cells, look, sums, chart.needed(charts)) if scale else None


# ---------------------------------------------------------------- figures


def figure(of: Picture, entry: Told, *, quiet: bool) -> Marks:
    """A figure as a bar from 0 to its point; hollow where it is no single final number, with the way to what an even pace needs."""
    point = chart.point(entry)
    low, high = (of.at(end) for end in point.ends)
    hue: Hue = "dim" if quiet else "plain"
    marks = _bar(of, low, high, quiet=quiet) + _short(of, entry, point)
    marks += tuple((place, Cell(_dot(of, point), hue)) for place in dict.fromkeys((low, high)))
    if point.low is None:
        marks += ((low - 1, Cell(of.signs.under, hue)),)
    return (*marks, (high + 1, Cell(of.signs.over, hue))) if point.high is None else marks


def _dot(of: Picture, point: Point) -> str:
    if point.mark == "baseline":
        return of.signs.baseline
    return of.signs.sure if point.sure else of.signs.unsure


def _bar(of: Picture, low: int, high: int, *, quiet: bool) -> Marks:
    """From 0 to a figure; nothing where the scale does not hold 0, for no length would be true."""
    if of.edge is None:
        return ()
    left, right = min(of.edge, low), max(of.edge, high)
    return ((left, Cell(of.signs.fill * (right - left), "dim" if quiet else "plain")),)


def _short(of: Picture, entry: Told, point: Point) -> Marks:
    """Where an even pace would be, with the way there where the figure is short of it."""
    found = of.needed.get(entry)
    if found is None:
        return ()
    place, at = of.at(found.value), of.at(point.stated)
    rises = found.path.weak > found.path.start
    if (found.value > point.stated) is not rises or found.value == point.stated:
        return ((place, Cell(of.signs.needed)),)
    left, right = min(at, place), max(at, place)
    return ((left, Cell(of.signs.short * (right - left), "bad")), (place, Cell(of.signs.needed)))


def needed(of: dict[Told, Needed], entry: Told, unit: str | None) -> str | None:
    """What an even pace needed on the day of a figure, in words, and for which promise where there are several; None where there is none."""
    found = of.get(entry)
    if found is None:
        return None
    value = notation.even(found.value, chart.point(entry).ends, unit if unit == "%" else None)
    due = notation.deadline(found.path.promised.version.promise)
    return tr("needed {value}", value=value) if found.only else tr("needed {value} for {due}", value=value, due=due)


# ---------------------------------------------------------------- promises


def promise(of: Picture, entry: Promised) -> Marks:
    """A promise from the end that decides to the ambition; below a sum what its figures make up to each of them."""
    bound = entry.version.bound
    total = _running(of, entry)
    if bound is None:
        return total
    weak, strong = of.at(bound.weak), of.at(bound.strong)
    left, right = min(weak, strong), max(weak, strong)
    quiet = entry.row is None
    band = (left, Cell(of.signs.band * (right - left), "dim"))
    edge = (weak, Cell(of.signs.weak, "dim" if quiet else "plain", bold=not quiet))
    return (band, *total[:1], (strong, Cell(of.signs.strong, "dim")), *total[1:], edge)


def _running(of: Picture, entry: Promised) -> Marks:
    """The running total of a sum: its bar, then a point for each of its figures."""
    found = of.sums.get(entry)
    points = [point for point in found.points if point.mark == "total"] if found else []
    if not points or of.edge is None:
        return ()
    marks: Marks = _bar(of, *(of.at(end) for end in points[-1].ends), quiet=False)
    marks += tuple((of.at(point.stated), Cell(_dot(of, point))) for point in points)
    return (*marks, (of.at(points[-1].stated) + 1, Cell(of.signs.over))) if points[-1].high is None else marks


def cut(of: Picture) -> Marks:
    """A line across, where the series breaks."""
    return ((0, Cell(of.signs.cut * of.cells, "dim")),)


# ---------------------------------------------------------------- lines


def line(of: Picture, marks: Marks) -> Line:
    """The marks of a line as cells; what lies outside is left out."""
    canvas: list[Cell] = [Cell(" ")] * of.cells
    for start, drawn in marks:
        for place, char in enumerate(drawn.text):
            if 0 <= start + place < of.cells:
                canvas[start + place] = Cell(char, drawn.hue, drawn.bold)
    while canvas and canvas[-1].text == " ":
        canvas.pop()
    return tuple(canvas)


def ticks(of: Picture) -> str:
    """The scale's labels: round numbers at even steps, as many as stand apart."""
    lines = (
        _labels({of.at(value): say(notation.digits(value), of.look) for value in of.scale.ticks(most)}, of.cells)
        for most in (6, 5, 4, 3, 2, 1)
    )
    return next((found for found in lines if found is not None), "")


def _labels(texts: dict[int, str], cells: int) -> str | None:
    """Each text at its cell, the last one moved to end with the scale; None where two of them touch."""
    found = ""
    for place, text in texts.items():
        start = max(min(place, cells - len(text)), 0)
        if found and start < len(found) + 2:
            return None
        found = found.ljust(start) + text
    return found
