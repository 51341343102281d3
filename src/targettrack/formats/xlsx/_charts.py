"""Charts: for each numeric indicator its figures against what was promised, and the cells that they are drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal, NamedTuple, TypeAlias

from targettrack.assessment.figures import early
from targettrack.formats.xlsx import _rows
from targettrack.formats.xlsx._book import Book, Cell, Column, Percent, amount
from targettrack.frozen import frozen
from targettrack.language import tr, tr_as
from targettrack.number import literal
from targettrack.pages.show import Chapter, Promised, StoryPage, Told
from targettrack.period import months
from targettrack.program.model import Pairs, Target, made
from targettrack.text import clean
from targettrack.wording import notation, why

Kind: TypeAlias = Literal["actual", "unsure", "ends", "others", "baseline", "weak", "strong", "before"]

_WIDE, _HIGH, _ROW = 900, 330, 20
"""A chart in pixels without its legend, and a row of it, or of the sheet."""
_SHEET = 75
"""So many rows have room on a sheet of paper."""


class _Point(NamedTuple):
    """A point of a line of a chart, and what its source says; without a value the line is cut there."""

    chart: str
    line: str
    kind: Kind
    period: str
    at: Decimal
    value: Cell
    said: str = ""


@frozen(eq=True)
class _Chart:
    """The figures of an indicator, or of a part of it."""

    title: str
    unit: str | None
    points: tuple[_Point, ...]

    @property
    def height(self) -> int:
        """Pixels: a plot that can be read, whatever the legend below it takes, two lines of the chart a row."""
        lines = len({(point.line, point.kind) for point in self.points})
        return _HIGH + _ROW * (-(-lines // 2))


def charts(page: StoryPage, book: Book) -> None:
    """Write the sheet of the charts, and behind it that of their points; neither where no indicator has a figure."""
    drawn = [
        chart
        for chapter in page.chapters
        for chapter_part in _parts(chapter)
        if (chart := _chart(page, chapter, chapter_part))
    ]
    if not drawn:
        return
    shown = book.charts(tr("Charts"))
    columns: list[Column[_Point]] = [
        Column(tr("chart"), 30, lambda point: point.chart),
        Column(tr_as("of a chart", "line"), 34, lambda point: point.line),
        Column(tr("period"), 12, lambda point: point.period),
        Column(tr("place: ends of years"), 12, lambda point: point.at),
        Column(tr("value"), 14, lambda point: point.value),
        Column(tr_as("a head", "actual"), 26, lambda point: point.said),
    ]
    title = tr("Points of the charts")
    points = book.sheet(title, columns, (point for chart in drawn for point in chart.points))
    row, top, breaks = 1, 0, [0]
    for chart in drawn:
        end = top + -(-chart.height // _ROW) + 1
        if end - breaks[-1] > _SHEET:
            breaks.append(top)
        made_ = _drawn(book, chart, points.get_name(), row)
        shown.insert_chart(top, 0, made_, {"description": _told(chart), "object_position": 2, "y_offset": 4})
        row, top = row + len(chart.points), end
    shown.set_h_pagebreaks(breaks[1:])


def _parts(chapter: Chapter) -> list[Pairs]:
    """The whole and the parts of an indicator that have numbers."""
    return list(
        dict.fromkeys(
            entry.figure.actual.disaggregation for entry in chapter.figures if entry.figure.actual.answer is None
        )
    )


def _chart(page: StoryPage, chapter: Chapter, part: Pairs) -> _Chart | None:
    title = f"{chapter.id}{notation.part(part)}"
    unit = chapter.indicator.unit
    figures = [
        entry for entry in chapter.figures if entry.figure.actual.disaggregation == part and entry.role != "unknown"
    ]
    if not figures:
        return None
    first = min(_place(entry.figure.period.last) for entry in figures)
    points = [
        *_actuals(title, unit, [entry for entry in figures if entry.role == "leads"]),
        *_others(title, unit, figures),
        *(
            point
            for entry in chapter.promised
            if isinstance(entry.version.promise, Target) and entry.version.promise.disaggregation == part
            for point in _band(page, title, unit, entry, first)
        ),
    ]
    return _Chart(f"{title}: {clean(chapter.indicator.name)}", unit, tuple(points))


def _place(day: date) -> Decimal:
    """A day on a line of years, on which 2017 is the end of 2017: the figure of a year stands at its number."""
    return Decimal(round((months(day) / 12 - 1) * 1000)).scaleb(-3).normalize() + 0


def _actuals(chart: str, unit: str | None, figures: Sequence[Told]) -> Iterator[_Point]:
    """The figures that lead their periods; a series break cuts their line, and a range is two points."""
    for entry in figures:
        actual = entry.figure.actual
        if actual.number is None:
            continue
        at = _place(actual.period.last)
        if actual.series_break:
            yield _Point(chart, tr_as("a head", "actual"), "actual", tr("series break"), at, None)
        value, said = amount(actual.number, unit), _said(entry, unit)
        yield _Point(chart, tr_as("a head", "actual"), "actual", actual.period.text, at, value, said)
    for entry in figures:
        actual = entry.figure.actual
        if actual.number is not None and not _sure(entry):
            line = tr("provisional, an estimate, about, over, under, or an end of a range")
            value, said = amount(actual.number, unit), _said(entry, unit)
            yield _Point(chart, line, "unsure", actual.period.text, _place(actual.period.last), value, said)
    for entry in figures:
        actual = entry.figure.actual
        for value in actual.range or ():
            yield _Point(
                chart,
                tr("ends of a range"),
                "ends",
                actual.period.text,
                _place(actual.period.last),
                amount(value, unit),
                _said(entry, unit),
            )


def _said(of: Told, unit: str | None) -> str:
    """The figure as its source gives it, and how sure it is."""
    actual, before = of.figure.actual, early(of.figure)
    sure = notation.quality(actual, early=before) if before or actual.quality != "final" else ""
    return _rows.spaced(", ".join(filter(None, (notation.actual(of.figure, unit), sure))))


def _sure(of: Told) -> bool:
    """Whether the source gives one number, and stands by it."""
    actual = of.figure.actual
    return actual.approx is None and actual.quality == "final" and not early(of.figure)


def _others(chart: str, unit: str | None, figures: Sequence[Told]) -> Iterator[_Point]:
    """The baseline, and what other sources say of a period."""
    kinds: dict[str, tuple[Kind, str]] = {
        "baseline": ("baseline", why.role("baseline")),
        "disputes": ("others", tr("other figures")),
    }
    for role, (kind, line) in kinds.items():
        for entry in figures:
            actual = entry.figure.actual
            if entry.role == role:
                for value in actual.range or (actual.number,):
                    yield _Point(
                        chart,
                        line,
                        kind,
                        actual.period.text,
                        _place(actual.period.last),
                        amount(value, unit),
                        _said(entry, unit),
                    )


def _band(page: StoryPage, chart: str, unit: str | None, of: Promised, first: Decimal) -> Iterator[_Point]:
    """What was promised, from the day on which it was set to the one by which it is due: the end that decides, and the ambition."""
    promise, bound = of.version.promise, of.version.bound
    if bound is None:
        return
    set_ = made(page.program.sources, promise)
    due = promise.due or promise.ends
    end = _place(due.last if due else page.on)
    start = _place(set_.last) if set_ else first
    asked = _rows.spaced(f"{notation.by(promise)}: {notation.promise(promise, bound, unit, bound.direction)}")
    ends: tuple[Literal["weak", "strong"], ...] = ("weak",) if bound.weak == bound.strong else ("weak", "strong")
    for which in ends:
        line = tr("{target}, strong end", target=asked) if which == "strong" else asked
        kind: Kind = which if of.row else "before"
        line = line if of.row else tr("{target}, superseded", target=line)
        value = _rows.end(of.version, which, unit)
        yield _Point(chart, line, kind, set_.text if set_ else "", min(start, end), value)
        yield _Point(chart, line, kind, due.text if due else page.on.isoformat(), end, value)


# ---------------------------------------------------------------- drawn

_BLUE, _GREEN, _GREY, _RED = "#1F4E79", "#1E7B34", "#6B6B6B", "#A02B12"
_STYLES: dict[Kind, dict[str, Any]] = {
    "actual": {"line": {"color": _BLUE, "width": 2.25}, "marker": {"type": "circle", "size": 7, "fill": {"color": _BLUE}, "border": {"color": _BLUE}}},
    "unsure": {"line": {"none": True}, "marker": {"type": "plus", "size": 14, "fill": {"color": _BLUE}, "border": {"color": _BLUE}}},
    "ends": {"line": {"none": True}, "marker": {"type": "circle", "size": 7, "fill": {"none": True}, "border": {"color": _BLUE}}},
    "others": {"line": {"none": True}, "marker": {"type": "x", "size": 7, "border": {"color": _RED}}},
    "baseline": {"line": {"none": True}, "marker": {"type": "diamond", "size": 8, "fill": {"color": _GREY}, "border": {"color": _GREY}}},
    "weak": {"line": {"color": _GREEN, "width": 3}, "marker": {"type": "none"}},
    "strong": {"line": {"color": _GREEN, "width": 1.5, "dash_type": "dash"}, "marker": {"type": "none"}},
    "before": {"line": {"color": _GREY, "width": 1.25, "dash_type": "round_dot"}, "marker": {"type": "none"}},
}  # fmt: skip
"""The end that decides is a thick line, the ambition dashed, what is superseded dotted, a figure that is not sure has a cross over its point: nothing is known by its colour alone."""


def _drawn(book: Book, chart: _Chart, sheet: str, row: int) -> Any:  # noqa: ANN401 - XlsxWriter names no type for charts of one kind
    """A chart of cells that begin in a row of a sheet."""
    made_: Any = book.workbook.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    for (line, kind), group in groupby(chart.points, key=lambda point: (point.line, point.kind)):
        last = row + len(list(group)) - 1
        series = {"name": line, "categories": [sheet, row, 3, last, 3], "values": [sheet, row, 4, last, 4]}
        made_.add_series({**series, **_STYLES[kind]})
        row = last + 1
    made_.set_title({"name": chart.title, "overlay": False, "name_font": {"size": 12}})
    made_.set_x_axis(
        {"name": tr("ends of years"), "num_format": "0", "major_gridlines": {"visible": False}, **_years(chart)}
    )
    unit = {"name": clean(chart.unit)} if chart.unit else {}
    made_.set_y_axis({**unit, "num_format": _ticks(chart)})
    made_.set_legend({"position": "bottom"})
    made_.show_blanks_as("gap")
    made_.set_size({"width": _WIDE, "height": chart.height})
    return made_


def _ticks(chart: _Chart) -> str:
    """How the numbers beside a chart are shown: percentages with as many decimals as its figures have."""
    values = [literal(point.value.value) for point in chart.points if isinstance(point.value, Percent)]
    decimals = min(max((len(value.partition(".")[2]) for value in values), default=0), 3)
    return ("0" + (f".{'0' * decimals}" if decimals else "") + "%") if values else "General"


def _years(chart: _Chart) -> dict[str, int]:
    """The whole years between which a chart's points lie."""
    places = [point.at for point in chart.points]
    first, last = int(min(places)) - 1, int(max(places)) + 1
    return {"min": first, "max": last, "major_unit": max((last - first + 9) // 10, 1)}


def _told(chart: _Chart) -> str:
    """What a chart shows, for those who do not see it."""
    lines = dict.fromkeys(point.line for point in chart.points)
    return tr(
        "Chart: {title}. Lines: {lines}. Their points are cells of the next sheet.",
        title=chart.title,
        lines="; ".join(lines),
    )
