"""The bar: how far a figure is on the way to its bound. All bars of a page share one scale and one finish line."""

from __future__ import annotations

from decimal import Decimal

from rich.cells import cell_len

from targettrack.assessment.row import Row
from targettrack.formats._look import Look
from targettrack.formats._signs import HUES, Hue
from targettrack.formats.table._sheet import Cell, Line, say
from targettrack.frozen import frozen
from targettrack.number import plain
from targettrack.text import NBSP
from targettrack.wording import evidence, notation
from targettrack.wording.steps import derived, number

OVERFLOW = Decimal("0.5")
"""How much of the scale is drawn past the finish line."""

_MET = frozenset({"met", "met_late", "exceeded"})


def strong_share(row: Row) -> Decimal | None:
    """Where the strong end lies on the same scale, if it differs from the weak one."""
    bound = row.bound
    if bound is None or bound.weak == bound.strong or not evidence.has_share(row):
        return None
    zero = row.start.value if row.start is not None and evidence.from_start(row) else Decimal(0)
    span = bound.weak - zero
    return (bound.strong - zero) / span if span else None


def _due_by_now(row: Row) -> Decimal | None:
    """Where an even pace would stand at the figure's day, on the bar's scale; None where there is no pace, or nothing left of the time."""
    if (
        row.start is None
        or row.bound is None
        or row.pace is None
        or row.elapsed is None
        or row.past_due
        or not 0 < row.elapsed < 1
    ):
        return None
    if evidence.from_start(row):
        return row.elapsed
    return (row.start.value + row.elapsed * (row.bound.weak - row.start.value)) / row.bound.weak


def overflow(row: Row) -> Decimal:
    """How much room past the finish line the row's band and excess want, as a share of the scale."""
    own, strong = evidence.share(row), strong_share(row)
    past = max(
        (value for value in (strong, own if row.status in _MET else None) if value is not None), default=Decimal(1)
    )
    return min(max(past - 1, Decimal(0)), OVERFLOW)


def room(row: Row, cells: int) -> int:
    """How many cells past the finish line a row wants beside a bar of ``cells``."""
    past = overflow(row) * cells
    return max(round(past), 1) if past > 0 else 0


@frozen()
class Signs:
    """The characters of a bar."""

    reached: str
    half: str
    settled: str
    missing: str
    weak: str
    band: str
    strong: str
    now: str
    beyond: str


_UNICODE = Signs("━", "╾", "─", "╌", "┃", "┄", "│", "│", "►")
_ASCII = Signs("#", "", "-", ".", "|", ":", ":", "'", ">")


def bar(row: Row, cells: int, room: int, look: Look) -> Line:
    """A bar of ``cells`` to the finish line and at most ``room`` past it; empty where there is no share."""
    own = evidence.share(row)
    if own is None or row.figure is None:
        return ()
    signs = _ASCII if look.ascii else _UNICODE
    met = row.status in _MET
    return (
        *_way(row, own, cells, signs, met=met),
        Cell(signs.weak, bold=True),
        *_past(row, own, cells, room, signs, met=met),
    )


WIDEST_KEYED = 60
NARROWEST_KEYED = 24
"""Cells that a bar with its numbers takes at most, and at least."""


def keyed(row: Row, cells: int, look: Look) -> Line:
    """A bar for its numbers to stand under, with what is past the finish line, in at most so many cells."""
    size = _size(row, cells)
    return bar(row, size, room(row, size), look)


def _size(row: Row, cells: int) -> int:
    """The cells up to the finish line, of all that there are."""
    return min(int(cells / (1 + overflow(row))) - 2, WIDEST_KEYED * 2 // 3)


def key(row: Row, cells: int, look: Look) -> list[str]:
    """The numbers under a bar's marks, on as many lines as they need to stand apart; the one at the right has the unit."""
    lines: list[str] = []
    for place, text in _marks(row, _size(row, cells), look):
        start = place if place + cell_len(text) <= cells + 2 else max(place + 1 - cell_len(text), 0)
        at = next((number for number, line in enumerate(lines) if cell_len(line) < start or not start), None)
        if at is None or (not start and lines[at]):
            lines.append(" " * start + text)
        else:
            lines[at] += " " * (start - cell_len(lines[at])) + text
    return lines


def _marks(row: Row, size: int, look: Look) -> list[tuple[int, str]]:
    """Where a bar has its marks, from the left, and the number at each."""
    own, bound, figure = evidence.share(row), row.bound, row.figure
    if own is None or bound is None or not isinstance(figure, Decimal):
        return []
    zero = row.start.value if row.start is not None and evidence.from_start(row) else Decimal(0)
    strong, due, past = strong_share(row), _due_by_now(row), room(row, size)
    met = row.status in _MET
    marks = [(0, number(zero)), (size, number(bound.weak))]
    marks += [
        (
            size + min(_cells(own, size), past) if met else max(min(int(own * size), size - 1), 0),
            derived(figure) if row.target and row.target.aggregate == "mean" else number(figure),
        )
    ]
    marks += [(size + min(_cells(strong, size), past), number(bound.strong))] if strong is not None else []
    marks += [(int(due * size), _near(zero + due * (bound.weak - zero)))] if due is not None and 0 <= due < 1 else []
    *others, (last, text) = sorted(dict.fromkeys(marks), key=lambda mark: mark[0])
    return [(place, say(said, look)) for place, said in (*others, (last, notation.with_unit(text, row.unit)))]


def _near(value: Decimal) -> str:
    """A computed number."""
    text = derived(plain(value))
    return text if text == notation.digits(plain(value)) else f"≈{NBSP}{text}"


def _way(row: Row, own: Decimal, cells: int, signs: Signs, *, met: bool) -> Line:
    """From the start to the finish line."""
    hue = HUES[row.status]
    reached_hue: Hue = "good" if row.status == "on_track" else "plain"
    missing_hue: Hue = "dim" if row.status in {"pending", "open"} else hue
    if met:
        return (Cell(signs.reached * cells, hue, bold=True),)
    halves = max(min(int(own * cells * 2), cells * 2 - 1), 0)
    half = signs.half if halves % 2 else ""
    reached = signs.reached * (halves // 2) + half
    left = cells - len(reached)
    missing = (signs.settled if row.status == "missed" else signs.missing) * left
    due = _due_by_now(row)
    now = None if due is None else int(due * cells)
    if now is None or not 0 <= now < cells:
        return (Cell(reached, reached_hue, bold=True), Cell(missing, missing_hue))
    if now < len(reached):
        return (
            Cell(reached[:now], reached_hue, bold=True),
            Cell(signs.now),
            Cell(reached[now + 1 :], reached_hue, bold=True),
            Cell(missing, missing_hue),
        )
    at = now - len(reached)
    return (
        Cell(reached, reached_hue, bold=True),
        Cell(missing[:at], missing_hue),
        Cell(signs.now),
        Cell(missing[at + 1 :], missing_hue),
    )


def _past(row: Row, own: Decimal, cells: int, room: int, signs: Signs, *, met: bool) -> Line:
    """Past the finish line: the excess of the figure, the band, and the strong end."""
    strong = strong_share(row)
    excess = _cells(own, cells) if met else 0
    band = _cells(strong, cells) if strong is not None else 0
    drawn = [signs.reached if place < excess else signs.band for place in range(min(max(excess, band), room))]
    if strong is not None and drawn and band - 1 < len(drawn):
        drawn[max(band - 1, 0)] = signs.strong
    if drawn and excess > room:
        drawn[-1] = signs.beyond
    return tuple(
        Cell(
            char,
            "good" if place < excess and char in {signs.reached, signs.beyond} else "dim",
            bold=place < excess and char == signs.reached,
        )
        for place, char in enumerate(drawn)
    )


def _cells(value: Decimal, cells: int) -> int:
    """The cells past the finish line up to a share; one at least where it is past it at all."""
    past = (min(value, Decimal(100)) - 1) * cells
    return max(round(past), 1) if past > 0 else 0
