"""The chart of an indicator as inline SVG: places in time in percent and values in pixels, so that its text keeps its size at every width, and a key below it that says all signs in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Literal

from targettrack.assessment import figures
from targettrack.assessment.bounds import Span
from targettrack.formats._signs import HUES, SIGNS
from targettrack.formats.html._whole import whole
from targettrack.frozen import frozen
from targettrack.language import mark, tr, tr_n
from targettrack.number import EXACT
from targettrack.pages.chart import Band, Chart, Miss, Path, Point, Segment, Time
from targettrack.pages.show import Promised
from targettrack.period import Period
from targettrack.text import clean
from targettrack.wording import notation, why

_DAY = timedelta(days=1)
TOP, BOTTOM = 30, 26
"""Pixels above the plot, for the day and for letters, and below it, for the names of years."""
_PLOT = {"values": 200, "sum": 200, "answers": 64}
"""How high a plot is, in pixels."""

_ROOMS = {"s": 34, "m": 58, "l": 116}
"""How many characters have room below the plot of a narrow, a middle and a wide chart; ``chart.css`` has the widths."""

_NARROW = 296
"""Pixels that a chart has on a screen of 320: what does not collide there collides nowhere."""
_MARGIN = 48
"""Pixels to the right of a plot, for letters."""
_CHARACTER, _LINE, _SIGN = 7, 15, 4
"""The size of a character, in pixels, and what a bold letter and a status's sign take more."""

_MOST_DIGITS = 12
"""Numbers of more characters than these stand inside the plot, above their lines."""


def svg(chart: Chart, ident: str) -> str:
    """The markup of a chart: what it is about, the drawing, which says itself in words to who does not see it, and its key; all text is escaped, and the same chart gives the same bytes.

    ``ident`` begins the ids in it, and is another one for each chart of a page.
    """
    return "".join(
        (
            '<div class="chart">',
            f'<p class="about">{whole(_text(_about(chart)))}</p>',
            _drawing(chart, _text(ident)),
            *(
                [f'<p class="note">{_text(notation.without_zero(chart.scale.low, chart.scale.high))}</p>']
                if not chart.scale.holds_zero
                else []
            ),
            _key(chart),
            "</div>",
        )
    )


@lru_cache(maxsize=4096, typed=True)
def _text(text: str) -> str:
    """Text from anywhere, made safe."""
    return escape(clean(text), quote=True)


def _about(chart: Chart) -> str:
    """What the scale of values is of."""
    unit = chart.indicator.unit
    texts = [notation.pairs(chart.part)] if chart.part else []
    if chart.of is not None:
        texts.append(tr("running total, {window}", window=notation.deadline(chart.of.version.promise)))
    if chart.kind == "answers":
        texts.append(tr("yes or no"))
    else:
        texts.append(tr("in {unit}", unit=unit) if unit else tr("no unit"))
    return ", ".join(texts)


# ---------------------------------------------------------------- places


@frozen(eq=True)
class _Frame:
    """Where a chart has its days and its values, and the ``levels`` that are named beside its plot."""

    chart: Chart
    levels: Sequence[tuple[Decimal, str]]

    @property
    def height(self) -> int:
        return _PLOT[self.chart.kind]

    @property
    def floor(self) -> int:
        """The lower edge of the plot."""
        return TOP + self.height

    @property
    def room(self) -> str:
        """Where the names of levels have room: so many characters beside the plot, or inside it."""
        size = max((len(text) for _, text in self.levels), default=0)
        return f"y{size}" if size <= _MOST_DIGITS else _INSIDE

    @property
    def narrow(self) -> int:
        """Pixels of the plot on the narrowest screen, beside the names of levels; ``chart.css`` has the same."""
        size = self.room.removeprefix("y")
        return _NARROW - _MARGIN - (12 if size == _INSIDE else 15 + 7 * int(size))

    def down(self, value: Decimal) -> float:
        """A value's pixels from the top."""
        scale = self.chart.scale
        return TOP + (1 - float(EXACT.subtract(value, scale.low)) / scale.span) * self.height

    def at(self, day: date | None) -> float:
        """A day's share of the width; the left edge for a day that is not known."""
        return 0 if day is None else _share(self.chart.time, day)

    def begin(self, period: Period) -> float:
        """Where a period begins."""
        return _share(self.chart.time, period.first - _DAY)


@lru_cache(maxsize=8192)
def _share(time: Time, day: date) -> float:
    """A day's share of the width; the left edge for one before it."""
    return max(float(time.at(day)), 0.0)


def _number(value: float, places: int = 2) -> str:
    """A number in few digits."""
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@lru_cache(maxsize=16384)
def _rem(pixels: float) -> str:
    """Pixels of a letter of the usual size, which grow with the letters of the page."""
    return f"{_number(pixels / 16, 3)}rem"


@lru_cache(maxsize=16384)
def _percent(share: float) -> str:
    return f"{_number(share * 100)}%"


def _line(kind: str, one: tuple[float, float], other: tuple[float, float]) -> str:
    """A line from one place to another: shares of the width, and pixels down."""
    return (
        f'<line class="{kind}" x1="{_percent(one[0])}" y1="{_rem(one[1])}"'
        f' x2="{_percent(other[0])}" y2="{_rem(other[1])}"/>'
    )


def _at(x: float, y: float, drawn: str) -> str:
    """What is drawn in pixels around a place."""
    place = f'x="{_percent(x)}" y="{_rem(y)}"'
    return f'<svg {place} width="1rem" height="1rem" viewBox="0 0 16 16" overflow="visible">{drawn}</svg>'


# ---------------------------------------------------------------- the drawing


def _drawing(chart: Chart, ident: str) -> str:
    frame = _Frame(chart, _levels(chart))
    room = frame.room
    height = frame.floor + BOTTOM
    return "".join(
        (
            f'<svg class="plot {room}" width="100%" height="{_rem(height)}" role="img" aria-labelledby="{ident}-title" aria-describedby="{ident}-desc">',
            f'<title id="{ident}-title">{_text(_title(chart))}</title>',
            f'<desc id="{ident}-desc">{_text(_said(chart))}</desc>',
            *_grid(frame, inside=room == _INSIDE),
            _days(frame.chart.time, frame.floor),
            *(part for band in chart.bands for part in _fill(frame, band)),
            *_breaks(frame),
            *_today(frame),
            *(_path(frame, path) for path in chart.paths),
            *(
                _line("mean", (frame.at(mean.begin), down), (frame.at(mean.end), down))
                for mean in chart.means
                for down in [frame.down(mean.value)]
            ),
            *(part for band in chart.bands for part in _edges(frame, band)),
            *(_segment(frame, segment) for segment in chart.segments),
            *(part for miss in chart.misses for part in _missed(frame, miss)),
            *(_drawn(frame, point) for point in chart.points),
            *_labels(frame),
            "</svg>",
        )
    )


_INSIDE = "inside"


def _levels(chart: Chart) -> list[tuple[Decimal, str]]:
    """The values that are named beside the plot, and their names."""
    if chart.kind == "answers":
        return [(Decimal(0), notation.answer(yes=False)), (Decimal(1), notation.answer(yes=True))]
    return [(tick, notation.digits(tick)) for tick in chart.scale.ticks()]


def _grid(frame: _Frame, *, inside: bool) -> Iterator[str]:
    dx, dy = (2, -3) if inside else (-8, 4)
    for value, text in frame.levels:
        down = frame.down(value)
        kind = "zero" if not value and frame.chart.kind != "answers" else "grid"
        yield _line(kind, (0, down), (1, down))
        yield f'<text class="level" x="0" dx="{_rem(dx)}" y="{_rem(down + dy)}">{_text(text)}</text>'
    if not frame.chart.scale.holds_zero:
        yield _at(0, frame.floor, '<path class="cut" d="M-5 6l10-4l-10-4l10-4"/>')


@lru_cache(maxsize=64)
def _days(time: Time, floor: int) -> str:
    """The names of years, quarters or months below the middle of each, those that have room at each width, and where they begin."""
    shown = {size: time.stretches(room) for size, room in _ROOMS.items()}
    named = {each.text: each for stretches in shown.values() for each in stretches}
    ends = {each: (_share(time, each.first - _DAY), _share(time, each.last)) for each in named.values()}
    edges = sorted({0, 1, *(edge for both in ends.values() for edge in both)})
    parts = [_line("tick", (edge, floor), (edge, floor + 5)) for edge in edges]
    for each, (left, right) in sorted(ends.items(), key=lambda item: (sum(item[1]), item[0].text)):
        kinds = " ".join(("day", *(f"not-{size}" for size, stretches in shown.items() if each not in stretches)))
        place = f'x="{_percent((left + right) / 2)}" y="{_rem(floor + 18)}"'
        parts.append(f'<text class="{kinds}" {place}>{_text(each.text)}</text>')
    return "".join(parts)


_MIDDLE = 0.5


def _today(frame: _Frame) -> Iterator[str]:
    """The day that the chart holds for, where it lies on it."""
    time, on = frame.chart.time, frame.chart.on
    if not time.holds(on):
        return
    at = frame.at(on)
    yield _line("today", (at, TOP - 12), (at, frame.floor))
    anchor = "start" if at < _MIDDLE / 3 else "end" if at > 1 - _MIDDLE / 3 else "middle"
    yield f'<text class="on {anchor}" x="{_percent(at)}" y="{_rem(TOP - 17)}">{on.isoformat()}</text>'


def _breaks(frame: _Frame) -> Iterator[str]:
    for each in frame.chart.breaks:
        at = frame.begin(each)
        yield _line("break", (at, TOP), (at, frame.floor))
        yield _at(at, frame.floor, '<path class="slashes" d="M-5 5l4-10M1 5l4-10"/>')


def _kinds(band: Band) -> str:
    """The classes of a promise."""
    kinds = ["band", band.state]
    if band.proposed:
        kinds.append("proposed")
    return " ".join(kinds)


def _across(frame: _Frame, band: Band) -> tuple[float, float]:
    return frame.at(band.begin), 1 if band.end is None else frame.at(band.end)


def _fill(frame: _Frame, band: Band) -> Iterator[str]:
    """The stretch between the two ends."""
    left, right = _across(frame, band)
    ends = sorted((frame.down(band.weak), frame.down(band.strong)))
    if ends[0] != ends[1]:
        yield (
            f'<rect class="{_kinds(band)} fill" x="{_percent(left)}" y="{_rem(ends[0])}"'
            f' width="{_percent(right - left)}" height="{_rem(ends[1] - ends[0])}"/>'
        )


def _edges(frame: _Frame, band: Band) -> Iterator[str]:
    """The end that decides, the ambition, and the day on which it is due."""
    left, right = _across(frame, band)
    weak, strong = frame.down(band.weak), frame.down(band.strong)
    kinds = _kinds(band)
    yield f'<g class="{kinds}">'
    if strong != weak:
        yield _line("weak" if band.both else "strong", (left, strong), (right, strong))
    yield _line("weak", (left, weak), (right, weak))
    if band.end is not None and strong != weak:
        yield _line("due", (right, weak), (right, strong))
    yield _at(right, weak, _cap(frame.chart, band))
    yield "</g>"


def _cap(chart: Chart, band: Band) -> str:
    """The end of a promise in time, pointing to the better side; without an end, on."""
    stub = '<path class="weak" d="M-8 0H1"/>' + ('<path class="head" d="M0-4l7 4l-7 4z"/>' if band.end is None else "")
    if band.both:
        return f'{stub}<path class="due" d="M0-6V6"/>' if band.weak == band.strong else stub
    return stub + (_RISES if _up(chart) else _FALLS)


_RISES, _FALLS = '<path class="head" d="M-8-2l4-7l4 7z"/>', '<path class="head" d="M-8 2l4 7l4-7z"/>'


def _up(chart: Chart) -> bool:
    """Whether more is better."""
    return chart.indicator.direction != "decrease"


def _path(frame: _Frame, path: Path) -> str:
    return _line(
        "needed",
        (frame.at(path.begin), frame.down(path.start)),
        (frame.at(path.end), frame.down(path.weak)),
    )


def _segment(frame: _Frame, segment: Segment) -> str:
    return _line(
        "actual gap" if segment.gap else "actual",
        (frame.at(segment.begin.day), frame.down(segment.begin.stated)),
        (frame.at(segment.end.day), frame.down(segment.end.stated)),
    )


def _missed(frame: _Frame, miss: Miss) -> Iterator[str]:
    """What is missing, on the day of the figure; from the deadline to there where the figure is late."""
    at, bound = frame.at(miss.day), frame.down(miss.bound)
    if miss.due is not None:
        yield _line("late", (frame.at(miss.due), bound), (at, bound))
    yield _line("miss", (at, frame.down(miss.figure)), (at, bound))


_SHAPES = {
    "leads": '<circle r="4.5"/>',
    "total": '<circle r="4.5"/>',
    "zero": '<circle r="1.5"/>',
    "agrees": '<circle r="3"/>',
    "revised": '<circle r="3.5"/>',
    "disputes": '<path d="M-4-4l8 8M-4 4l8-8"/>',
    "baseline": '<path d="M0-6l6 6l-6 6l-6-6z"/>',
}
_UP, _DOWN = '<path class="open" d="M0-5v-11m-4 4l4-5l4 5"/>', '<path class="open" d="M0 5v11m-4-4l4 5l4-5"/>'


def _drawn(frame: _Frame, point: Point) -> str:
    """A point: hollow where it is no single final number, with an arrow to an open side; a range has one at each end."""
    chart = frame.chart
    at = frame.at(point.day)
    low, high = (frame.down(end) for end in point.ends)
    parts = [f"<title>{_text(_name(chart, point))}</title>"]
    if point.mark == "leads" and not point.period.is_day:
        parts.append(_line("span", (frame.begin(point.period), low), (at, low)))
    if low != high:
        parts += [_line("range", (at, low), (at, high)), _at(at, high, _SHAPES[point.mark])]
    arrows = (_UP if point.high is None else "") + (_DOWN if point.low is None else "")
    parts.append(_at(at, low, _SHAPES[point.mark] + arrows))
    return f'<g class="point {point.mark}{"" if point.sure else " hollow"}">{"".join(parts)}</g>'


# ---------------------------------------------------------------- letters and the newest figure


@frozen(eq=True)
class _Label:
    """A text beside a place: ``anchor`` says which end of it is there, ``dx`` how far."""

    kind: str
    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    dx: int = 0

    def box(self, narrow: int) -> _Box:
        """What it covers on the narrowest plot."""
        width = len(self.text) * _CHARACTER + (_SIGN if self.kind.startswith("letter") else 0)
        left = self.x * narrow + self.dx - {"start": 0, "middle": width // 2, "end": width}[self.anchor]
        return _Box(left, left + width, self.y - _LINE + 3, self.y + 3)

    def moved(self, by: int) -> _Label:
        """The same so many pixels further down."""
        return replace(self, y=self.y + by) if by else self

    def markup(self) -> str:
        """The text at its place."""
        move = f' dx="{_rem(self.dx)}"' if self.dx else ""
        return f'<text class="{self.kind} {self.anchor}" x="{_percent(self.x)}"{move} y="{_rem(self.y)}">{_text(self.text)}</text>'


@frozen(eq=True)
class _Box:
    """What is covered on the narrowest plot, in pixels; what stands apart there stands apart at every width."""

    left: float
    right: float
    upper: float
    lower: float

    def touches(self, other: _Box) -> bool:
        """Whether two lie on one another."""
        across = self.left < other.right and other.left < self.right
        return across and self.upper < other.lower and other.upper < self.lower


def _letters(chart: Chart) -> list[str]:
    """A letter for each promise that is drawn."""
    return [f"{'' if place < 26 else chr(64 + place // 26)}{chr(65 + place % 26)}" for place in range(len(chart.bands))]


def _labels(frame: _Frame) -> Iterator[str]:
    """The letters of the promises beside their ends, with the sign of what became of them, and the newest figure where it has room beside its point."""
    taken = [box for point in frame.chart.points for box in _covered(frame, point)]
    taken += _named(frame)
    moves = _MOVES if len(frame.chart.bands) <= _MANY else ()
    for label in _lettered(frame):
        placed = _free((label.moved(by) for by in moves), taken, frame) or label
        taken.append(placed.box(frame.narrow))
        if abs(placed.y - label.y) > _LINE:
            yield _at(label.x, label.y - 4, f'<path class="leader" d="M2 0L8 {_number(placed.y - label.y)}"/>')
        yield placed.markup()
    newest = frame.chart.newest
    if newest and frame.chart.kind != "answers" and (named := _free(_beside(frame, newest), taken, frame)):
        yield named.markup()


_MOVES = (0, *(sign * by for by in (8, 16, 24, 32, 40, 48, 64, 80) for sign in (-1, 1)))
"""How far a letter may move up or down, in pixels."""


_MANY = 60
"""Of more promises than these no order of letters would make anything clear, and to look for one would take long."""


def _lettered(frame: _Frame) -> Iterator[_Label]:
    for letter, band in zip(_letters(frame.chart), frame.chart.bands, strict=True):
        row = band.promised.row
        hue, text = (HUES[row.status], f"{letter} {SIGNS[row.status]}") if row else ("dim", letter)
        yield _Label(f"letter {hue}", _across(frame, band)[1], frame.down(band.weak) + 4, text, dx=9)


def _named(frame: _Frame) -> Iterator[_Box]:
    """What the names of levels cover, where they stand inside the plot."""
    if frame.room == _INSIDE:
        for value, text in frame.levels:
            yield _Label("level", 0.0, frame.down(value) - 3, text, dx=2).box(frame.narrow)


def _covered(frame: _Frame, point: Point) -> Iterator[_Box]:
    """What a point covers, at its ends."""
    x = frame.at(point.day) * frame.narrow
    for end in dict.fromkeys(point.ends):
        down = frame.down(end)
        above, below = 18 if point.high is None else 6, 18 if point.low is None else 6
        yield _Box(x - 6, x + 6, down - above, down + below)


def _beside(frame: _Frame, point: Point) -> Iterator[_Label]:
    """The places for a point's figure: above it, to its left, below it, to its right."""
    x, text = frame.at(point.day), _value(frame.chart, point)
    low, high = frame.down(point.ends[0]), frame.down(point.ends[1])
    up, down = (20 if point.high is None else 9), (29 if point.low is None else 18)
    ends: tuple[Literal["start", "end"], ...] = ("end", "start") if x > _MIDDLE else ("start", "end")
    for anchor in ends:
        yield _Label("newest", x, high - up, text, anchor)
        yield _Label("newest", x, low + down, text, anchor)
        yield _Label("newest", x, high + 4, text, anchor, 9 if anchor == "start" else -9)


def _free(places: Iterable[_Label], taken: Sequence[_Box], frame: _Frame) -> _Label | None:
    """The first of a label's places where it lies on nothing else, and inside the plot."""
    narrow = frame.narrow
    for label in places:
        box = label.box(narrow)
        inside = box.lower <= frame.floor and box.upper >= TOP - 16 and box.left >= 0 and box.right <= narrow + _MARGIN
        if inside and not any(box.touches(other) for other in taken):
            return label
    return None


# ---------------------------------------------------------------- in words


def _value(chart: Chart, point: Point) -> str:
    """A point's figure, with its unit."""
    unit = chart.indicator.unit
    if point.told is not None:
        return notation.actual(point.told.figure, unit)
    return notation.with_unit(notation.allowed(Span(point.low, point.high, point.stated)), unit)


def _name(chart: Chart, point: Point) -> str:
    """What a point is."""
    period = notation.short(point.period)
    if point.told is None:
        return tr("up to {period}: {value}", period=period, value=_value(chart, point))
    actual, early = point.told.figure.actual, figures.early(point.told.figure)
    said = [
        tr("{period}: {value}", period=period, value=_value(chart, point)),
        why.role(point.mark),
        notation.quality(actual, early=early) if early or actual.quality != "final" else "",
        why.sourced(actual.source),
    ]
    return ", ".join(text for text in said if text)


def _title(chart: Chart) -> str:
    name = f"{chart.indicator.name}{notation.part(chart.part)}"
    return (
        tr("Chart: {name}, {about}", name=name, about=_about(chart))
        if not chart.part
        else tr("Chart: {name}", name=name)
    )


def _said(chart: Chart) -> str:
    """What a chart shows, for those who do not see it."""
    return " ".join((*_figures_said(chart), *_promises_said(chart), tr("The figures stand in the table.")))


def _figures_said(chart: Chart) -> Iterator[str]:
    leading = [point for point in chart.points if point.mark in {"leads", "total"}]
    if not leading:
        yield tr("No figure in this file.")
        return
    first, last = leading[0], leading[-1]
    one, other = (f"{_value(chart, point)} ({notation.short(point.period)})" for point in (first, last))
    if first is last:
        yield tr("One figure: {figure}.", figure=one)
    else:
        yield tr_n(
            len(leading),
            "{count} figure, from {first} to {last}.",
            "{count} figures, from {first} to {last}.",
            first=one,
            last=other,
        )
    if chart.breaks:
        yield tr(
            "The series breaks with {periods}.", periods=notation.listing(notation.short(each) for each in chart.breaks)
        )
    if chart.missing:
        yield tr("No figure for {periods}.", periods=notation.listing(chart.missing))


def _promises_said(chart: Chart) -> Iterator[str]:
    entries = [
        f"{letter}: {_promise(chart, band.promised)}, {_became(band)}"
        for letter, band in zip(_letters(chart), chart.bands, strict=True)
    ]
    entries += [_promise(chart, entry) for entry in chart.undrawn]
    if entries:
        yield tr("Promised: {promises}.", promises="; ".join(entries))


def _promise(chart: Chart, entry: Promised) -> str:
    promise, bound = entry.version.promise, entry.version.bound
    return f"{notation.by(promise)} {notation.promise(promise, bound, chart.indicator.unit, chart.indicator.direction)}"


_STATES = {
    "superseded": lambda: tr("superseded"),
    "late": lambda: tr("made after the deadline"),
    "upcoming": lambda: tr("to come"),
    "withdrawn": lambda: tr("withdrawn"),
}


def _became(band: Band) -> str:
    """What became of a promise, in words."""
    row = band.promised.row
    said = why.word(row.status) if row else _STATES[band.state]() if band.state in _STATES else ""
    made = tr("made {when}", when=band.made.text) if band.made else tr("not known when made")
    return ", ".join(text for text in (said, tr("proposed") if band.proposed else "", made) if text)


# ---------------------------------------------------------------- the key


def _key(chart: Chart) -> str:
    """The promises by their letters, then, folded, the signs that occur, each with its words."""
    promises = [
        _entry(_swatch(_kinds(band), _band_sign(band)), letter, _promise(chart, band.promised), band)
        for letter, band in zip(_letters(chart), chart.bands, strict=True)
    ]
    promises += [f"<li>{whole(_text(_promise(chart, entry)))}{_status(entry)}</li>" for entry in chart.undrawn]
    signs = [f"<li>{drawn} {_text(words)}</li>" for drawn, words in _signs(chart)]
    listed = f'<ul class="promises">{"".join(promises)}</ul>' if promises else ""
    summary = f"<summary>{_text(tr('How to read this chart'))}</summary>"
    return f'{listed}<details>{summary}<ul class="signs">{"".join(signs)}</ul></details>' if signs else listed


def _entry(drawn: str, letter: str, text: str, band: Band) -> str:
    return f'<li>{drawn} <b>{letter}</b> {whole(_text(text))}{_status(band.promised)} <span class="how">({whole(_text(_more(band)))})</span></li>'


def _more(band: Band) -> str:
    said = _became(band)
    row = band.promised.row
    return said.removeprefix(why.word(row.status)).removeprefix(", ") if row else said


def _status(entry: Promised) -> str:
    if entry.row is None:
        return ""
    status = entry.row.status
    return f' <span class="{HUES[status]}">{_text(SIGNS[status])}\u00a0{_text(why.word(status))}</span>'


def _swatch(kinds: str, drawn: str) -> str:
    return f'<svg class="{kinds}" width="28" height="14" aria-hidden="true">{drawn}</svg>'


def _band_sign(band: Band) -> str:
    """A promise in small, its ends as the chart has them."""
    if band.weak == band.strong:
        return '<path class="weak" d="M1 7H27"/>'
    weak, strong = ("2", "12") if band.strong < band.weak else ("12", "2")
    kind = "weak" if band.both else "strong"
    ends = f'<path class="{kind}" d="M1 {strong}H27"/><path class="weak" d="M1 {weak}H27"/>'
    return f'<rect class="fill" x="1" y="2" width="26" height="10"/>{ends}'


def _signs(chart: Chart) -> Iterator[tuple[str, str]]:
    """The signs that occur in a chart, with their words."""
    yield from _point_signs(chart)
    yield from _promise_signs(chart)
    if chart.misses:
        yield _swatch("", '<path class="miss" d="M14 1V13"/>'), tr("what was missing")
    if chart.time.holds(chart.on):
        yield _swatch("", '<path class="today" d="M14 0V14"/>'), tr("the day for which this is said")


_MARKED: tuple[tuple[str, str], ...] = (
    ("leads", mark("figure, at the end of its period")),
    ("total", mark("all figures of the window up to then")),
    ("hollow", mark("provisional, an estimate, about, over, under, or an end of a range")),
    ("baseline", mark("baseline")),
    ("disputes", mark("another source says otherwise")),
    ("agrees", mark("another source agrees")),
    ("revised", mark("revised later")),
)


def _point_signs(chart: Chart) -> Iterator[tuple[str, str]]:
    marks: set[str] = {point.mark for point in chart.points}
    marks |= {"hollow" for point in chart.points if not point.sure}
    for name, words in _MARKED:
        if name in marks:
            yield _point_sign("leads hollow" if name == "hollow" else name), tr(words)
    if any(segment.gap for segment in chart.segments):
        yield _swatch("", '<path class="actual gap" d="M1 7H27"/>'), tr("no figure in between")
    if chart.breaks:
        yield (
            _swatch("", '<path class="slashes" d="M10 12l4-10M15 12l4-10"/>'),
            tr("series break: what is counted changed"),
        )


def _promise_signs(chart: Chart) -> Iterator[tuple[str, str]]:
    lines = {
        "band stands": any(not band.both and not band.proposed for band in chart.bands if band.promised.row),
        "band stands proposed": any(band.proposed for band in chart.bands),
        "band superseded": any(not band.promised.row and band.state != "upcoming" for band in chart.bands),
    }
    said = {
        "band stands": tr(
            "promised, from the day it was made to the day it is due; the arrow points to where it is kept"
        ),
        "band stands proposed": tr("proposed, not adopted"),
        "band superseded": tr("replaced, withdrawn, or made after the deadline"),
    }
    for kinds, occurs in lines.items():
        if occurs:
            yield _swatch(kinds, _promise_sign(chart)), said[kinds]
    if any(band.both for band in chart.bands):
        yield _swatch("band stands", '<path class="weak" d="M1 2H27M1 12H27"/>'), tr("both ends are to be kept")
    if any(band.weak != band.strong and not band.both for band in chart.bands):
        yield _swatch("band stands", '<path class="strong" d="M1 7H27"/>'), tr("the ambition")
    if chart.paths:
        yield _swatch("", '<path class="needed" d="M1 12L27 2"/>'), tr("an even pace to what was promised")
    if chart.means:
        yield _swatch("", '<path class="mean" d="M1 7H27"/>'), tr("the mean so far")


def _promise_sign(chart: Chart) -> str:
    """A promise of one number, in small."""
    up = '<path class="weak" d="M1 11H27"/><path class="head" d="M19 9l4-7l4 7z"/>'
    return up if _up(chart) else '<path class="weak" d="M1 3H27"/><path class="head" d="M19 5l4 7l4-7z"/>'


def _point_sign(kinds: str) -> str:
    shape = _SHAPES[kinds.partition(" ")[0]]
    return _swatch(f"point {kinds}", f'<svg x="14" y="7" overflow="visible">{shape}</svg>')
