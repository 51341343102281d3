"""The bar: how far a figure is on the way to its bound. All bars of a page share one scale and one finish line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

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


@frozen()
class Reach:
    """How far a figure surely is on the way to its bound, and how far it may be, as shares; None where nothing ends what may be."""

    sure: Decimal
    possible: Decimal | None

    @property
    def farthest(self) -> Decimal:
        """How far it may be; where that has no end, as far as anything is drawn."""
        return 1 + OVERFLOW if self.possible is None else self.possible


def reach(row: Row) -> Reach | None:
    """How far a row's figure is; None where there is no share."""
    own, allowed = evidence.share(row), row.judged.allowed if row.judged else None
    if own is None or row.figure is None:
        return None
    if allowed is None or allowed.exact is not None:
        return Reach(own, own)
    low, high = (None if end is None else _on_scale(row, end) for end in (allowed.low, allowed.high))
    if row.bound is not None and row.bound.weak < _zero(row):
        low, high = high, low
    return Reach(Decimal(0) if low is None else low, high)


def _zero(row: Row) -> Decimal:
    """What a bar begins at."""
    return row.start.value if row.start is not None and evidence.from_start(row) else Decimal(0)


def _on_scale(row: Row, value: Decimal) -> Decimal | None:
    """The share of the way that a number stands for; None where there is no way."""
    span = row.bound.weak - _zero(row) if row.bound else Decimal(0)
    return (value - _zero(row)) / span if span else None


def _may_cross(row: Row) -> bool:
    """Whether a figure may be drawn past the finish line: it is not settled that the bound was missed, nor does the figure only stand on it."""
    return row.status in _MET or (row.status != "missed" and row.gap != 0)


def strong_share(row: Row) -> Decimal | None:
    """Where the strong end lies on the same scale, if it differs from the weak one."""
    bound = row.bound
    if bound is None or bound.weak == bound.strong or not evidence.has_share(row):
        return None
    return _on_scale(row, bound.strong)


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
    own, strong = reach(row), strong_share(row)
    excess = own.farthest if own is not None and _may_cross(row) else None
    past = max((value for value in (strong, excess) if value is not None), default=Decimal(1))
    return min(max(past - 1, Decimal(0)), OVERFLOW)


def room(row: Row, cells: int) -> int:
    """How many cells past the finish line a row wants beside a bar of ``cells``."""
    past = overflow(row) * cells
    return max(round(past), 1) if past > 0 else 0


@frozen()
class Signs:
    """The characters of a bar."""

    zero: str
    start: str
    back: str
    reached: str
    half: str
    perhaps: str
    settled: str
    missing: str
    weak: str
    band: str
    strong: str
    now: str
    beyond: str


_UNICODE = Signs("0", "◊", "◄", "━", "╾", "╍", "─", "╌", "┃", "┄", "│", "│", "►")
_ASCII = Signs("0", "*", "<", "#", "", "=", "-", ".", "|", ":", ":", "'", ">")

BESIDE = 2
"""The cells of a bar that are on no scale: what it begins at, and the finish line."""


def bar(row: Row, cells: int, room: int, look: Look) -> Line:
    """What a bar begins at, 0 or a start, then ``cells`` to the finish line and at most ``room`` past it; empty where there is no share."""
    own = reach(row)
    if own is None:
        return ()
    signs = _signs(look)
    away = own.sure < 0
    way = _way(row, own, cells, signs)
    return (
        _begin(row, signs),
        *((Cell(signs.back, HUES[row.status]), *way[1:]) if away else way),
        *_end(row, own, cells, room, signs),
    )


def _signs(look: Look) -> Signs:
    return _ASCII if look.ascii else _UNICODE


def _begin(row: Row, signs: Signs) -> Cell:
    """Whether a bar begins at 0 or at a start."""
    return Cell(signs.start if row.start is not None and evidence.from_start(row) else signs.zero, "dim")


def _way(row: Row, own: Reach, cells: int, signs: Signs) -> list[Cell]:
    """Each cell from the start to the finish line."""
    hue = HUES[row.status]
    if row.status in _MET:
        return [Cell(signs.reached, hue, bold=True)] * cells
    reached_hue: Hue = "good" if row.status == "on_track" else "plain"
    most = cells * 2 if _may_cross(row) else cells * 2 - 1
    halves = max(min(int(own.sure * cells * 2), most), 0)
    perhaps = min(ceil(own.farthest * cells), most // 2) if own.possible != own.sure else 0
    missing = Cell(
        signs.settled if row.status == "missed" else signs.missing, "dim" if row.status in {"pending", "open"} else hue
    )
    way = [Cell(signs.perhaps, reached_hue) if place < perhaps else missing for place in range(cells)]
    way[: halves // 2] = [Cell(signs.reached, reached_hue, bold=True)] * (halves // 2)
    if halves % 2 and signs.half and halves // 2 >= perhaps:
        way[halves // 2] = Cell(signs.half, reached_hue, bold=True)
    due = _due_by_now(row)
    if due is not None and 0 <= (now := int(due * cells)) < cells:
        way[now] = Cell(signs.now)
    return way


def _end(row: Row, own: Reach, cells: int, room: int, signs: Signs) -> Iterator[Cell]:
    """The finish line, and past it the excess of the figure, dashed where it is not sure or not settled, the band, and the strong end."""
    yield Cell(signs.weak, bold=True)
    strong, met = strong_share(row), row.status in _MET
    crosses = _may_cross(row)
    sure = _cells(own.sure, cells) if met else 0
    excess = _cells(own.farthest, cells) if crosses else 0
    band = _cells(strong, cells) if strong is not None else 0
    good = met or row.status == "on_track"
    for place in range(min(max(excess, band), room)):
        inside, last = place < excess, place == room - 1
        if inside and last and (excess > room or own.possible is None):
            yield Cell(signs.beyond, "good" if good else "plain")
        elif strong is not None and place == max(band - 1, 0):
            yield Cell(signs.strong, "dim")
        elif inside:
            yield Cell(signs.reached if place < sure else signs.perhaps, "good" if good else "plain", bold=place < sure)
        else:
            yield Cell(signs.band, "dim")


def _cells(value: Decimal, cells: int) -> int:
    """The cells past the finish line up to a share; one at least where it is past it at all."""
    past = (min(value, Decimal(100)) - 1) * cells
    return max(round(past), 1) if past > 0 else 0


# ---------------------------------------------------------------- with its numbers

WIDEST_KEYED = 60
NARROWEST_KEYED = 24
"""Cells that a bar with its numbers takes at most, and at least."""
MOST_BACK = Decimal(3)
"""How much of the scale is drawn before the start at most."""


def keyed(row: Row, cells: int, look: Look) -> Line:
    """A bar for its numbers to stand under, with what lies before its start and past its finish line, in at most so many cells."""
    own, size, signs = reach(row), _size(row, cells), _signs(look)
    if own is None:
        return ()
    return (
        *_behind(row, own, size, signs),
        _begin(row, signs),
        *_way(row, own, size, signs),
        *_end(row, own, size, room(row, size), signs),
    )


def _behind(row: Row, own: Reach, size: int, signs: Signs) -> list[Cell]:
    """From a figure that lies before the start to the start."""
    back = _back(own, size)
    sure = 0 if own.possible is None else _back(Reach(own.possible, own.possible), size)
    line = [
        Cell(signs.reached if place >= back - sure else signs.perhaps, HUES[row.status], bold=True)
        for place in range(back)
    ]
    if back and -own.sure > MOST_BACK:
        line[0] = Cell(signs.back, HUES[row.status])
    return line


def _back(own: Reach, size: int) -> int:
    """The cells before the start."""
    return ceil(min(max(-own.sure, Decimal(0)), MOST_BACK) * size)


def _size(row: Row, cells: int) -> int:
    """The cells from the start up to the finish line, of all that there are."""
    own = reach(row)
    back = min(max(-own.sure, Decimal(0)), MOST_BACK) if own else Decimal(0)
    return min(int((cells - BESIDE - (1 if back else 0)) / (1 + overflow(row) + back)), WIDEST_KEYED * 2 // 3)


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
    own, bound = reach(row), row.bound
    if own is None or bound is None:
        return []
    start, past, strong, due = _back(own, size), room(row, size), strong_share(row), _due_by_now(row)
    finish = start + 1 + size
    marks = [(start, number(_zero(row))), (finish, number(bound.weak))]
    marks += [(_place(row, share, size, start, past), text) for share, text in _figures(row, own)]
    marks += [(finish + min(_cells(strong, size), past), number(bound.strong))] if strong is not None else []
    if due is not None and 0 <= due < 1:
        marks.append((start + 1 + int(due * size), _near(_zero(row) + due * (bound.weak - _zero(row)))))
    *others, (last, text) = sorted(dict.fromkeys(marks), key=lambda mark: mark[0])
    return [(place, say(said, look)) for place, said in (*others, (last, notation.with_unit(text, row.unit)))]


def _place(row: Row, share: Decimal, size: int, start: int, past: int) -> int:
    """The cell of a share of the way."""
    if share < 0:
        return max(start - round(min(-share, MOST_BACK) * size), 0)
    if share < 1 or not _may_cross(row):
        return start + 1 + min(int(share * size), size - 1)
    return start + 1 + size + min(_cells(share, size), past)


def _figures(row: Row, own: Reach) -> Iterator[tuple[Decimal, str]]:
    """The figure, or each end of what it may be, with its share of the way."""
    allowed = row.judged.allowed if row.judged else None
    if allowed is None or allowed.exact is not None:
        if row.figure is not None:
            yield own.sure, derived(row.figure) if row.target and row.target.aggregate == "mean" else number(row.figure)
        return
    for end in allowed.ends:
        share = None if end is None else _on_scale(row, end)
        if end is not None and share is not None:
            yield (
                share,
                f"{notation.limit('under' if allowed.low is None else 'over' if allowed.high is None else None)}{derived(end)}",
            )


def _near(value: Decimal) -> str:
    """A computed number."""
    text = derived(plain(value))
    return text if text == notation.digits(plain(value)) else f"≈{NBSP}{text}"
