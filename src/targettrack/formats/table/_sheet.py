"""What lines are made of: cells with a style, padding by terminal cells, wrapping at plain spaces, and the way to the stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len

from targettrack.assessment.status import Status
from targettrack.formats._look import Look
from targettrack.formats._signs import ASCII_SIGNS, HUES, SIGNS, Hue
from targettrack.frozen import frozen
from targettrack.text import NBSP, ascii_only, line_shown, unmarked

if TYPE_CHECKING:
    from rich.style import Style

_COLOURS: dict[str, dict[Hue, str]] = {
    "256": {"bad": "color(166)", "good": "color(32)", "doubt": "color(132)", "dim": "color(244)"},
    "16": {"bad": "red", "good": "bright_blue", "dim": "bright_black"},
    "none": {},
}

BOLD: frozenset[Status] = frozenset({"missed", "worsening", "met", "exceeded"})


@frozen(eq=True)
class Cell:
    """A piece of text with one style."""

    text: str
    hue: Hue = "plain"
    bold: bool = False

    @property
    def width(self) -> int:
        """Terminal cells."""
        return cell_len(self.text)

    def padded(self, width: int, *, right: bool = False) -> tuple[Cell, ...]:
        """The cell with unstyled spaces behind it, or before it."""
        space = Cell(" " * (width - self.width))
        return (space, self) if right else (self, space)


Line = tuple[Cell, ...]


def filled(text: str, width: int, *, right: bool = False) -> str:
    """A text with spaces behind it, or before it, up to a width in terminal cells."""
    space = " " * (width - cell_len(text))
    return f"{space}{text}" if right else f"{text}{space}"


def width(line: Line) -> int:
    """The terminal cells of a line."""
    return sum(cell.width for cell in line)


def sign(status: Status, look: Look) -> str:
    """The sign of a status."""
    return (ASCII_SIGNS if look.ascii else SIGNS)[status]


def verdict(status: Status, word: str, look: Look) -> Cell:
    """Sign and word of a status in its colour."""
    return Cell(f"{sign(status, look)} {word}", HUES[status], status in BOLD)


def say(text: str, look: Look) -> str:
    """Text as this terminal can show it."""
    return ascii_only(text) if look.ascii else text


def wrap(cells: Iterable[Cell], limit: int | None, hang: int = 0) -> Iterator[Line]:
    """Cells as lines of at most ``limit`` terminal cells, broken at plain spaces; all but the first begin with ``hang`` spaces.

    A run without plain spaces that is longer than a line is broken between its cells; a single cell stays whole.
    """
    given = list(cells)
    if limit is None or width(tuple(given)) <= limit:
        if whole_line := _stripped(given):
            yield whole_line
        return
    line: list[Cell] = []
    used = 0
    for spaces, run in _runs(given):
        whole = hang + width(run) <= limit
        for place, part in enumerate((run,) if whole else [(cell,) for cell in run]):
            before = () if place else spaces
            if used > hang and used + width(before) + width(part) > limit:
                yield _stripped(line)
                line, used, before = [Cell(" " * hang)], hang, ()
            line += [*before, *part]
            used += width(before) + width(part)
    if line:
        yield _stripped(line)


def _runs(cells: Iterable[Cell]) -> Iterator[tuple[Line, Line]]:
    """The runs without plain spaces, across cells, each with the spaces before it."""
    spaces: list[Cell] = []
    run: list[Cell] = []
    for cell in cells:
        for place, word in enumerate(cell.text.split(" ")):
            if place and run:
                yield tuple(spaces), tuple(run)
                spaces, run = [], []
            spaces += [Cell(" ", cell.hue, cell.bold)] if place else []
            run += [Cell(word, cell.hue, cell.bold)] if word else []
    if run:
        yield tuple(spaces), tuple(run)


def _stripped(line: list[Cell]) -> Line:
    while line and not line[-1].text.strip(" "):
        line.pop()
    return tuple(line)


class Sheet:
    """Lines on their way to a stream."""

    def __init__(self, out: TextIO, look: Look) -> None:
        self.look = look
        self._out = out

    def line(self, *cells: Cell) -> None:
        """One line, without trailing spaces."""
        runs = [
            ("".join(cell.text for cell in run), hue, bold)
            for (hue, bold), run in groupby(cells, key=lambda cell: (cell.hue, cell.bold))
        ]
        first = next((place for place, (words, _, _) in enumerate(runs) if words.strip()), 0)
        runs = [(line_shown(words, begins=place == first), hue, bold) for place, (words, hue, bold) in enumerate(runs)]
        while runs and not runs[-1][0].rstrip():
            runs.pop()
        last = len(runs) - 1
        self._out.write(
            "".join(
                self._drawn(words.rstrip() if place == last else words, hue, bold=bold)
                for place, (words, hue, bold) in enumerate(runs)
            )
            + "\n"
        )

    def blank(self, count: int = 1) -> None:
        """Empty lines."""
        for _ in range(count):
            self.line()

    def title(self, text: str, day: str) -> None:
        """A title, with the day at the right end of its line, or below it where there is no room."""
        room = 2 if self.limit is None else self.limit - Cell(text).width - Cell(day).width
        if room < 2:
            self.wrapped(Cell(text, bold=True))
            self.line(Cell(day, "dim"))
        else:
            self.line(Cell(text, bold=True), Cell(" " * room), Cell(day, "dim"))

    def wrapped(self, *cells: Cell, hang: int = 0) -> None:
        """A paragraph, wrapped where the terminal has an end."""
        for line in wrap(cells, self.limit, hang):
            self.line(*line)

    @property
    def limit(self) -> int | None:
        """The width that content must keep, None where it need not."""
        return None if self.look.width is None else self.look.cells

    def _drawn(self, words: str, hue: Hue, *, bold: bool) -> str:
        text = unmarked(words.replace(NBSP, " ")) if self.look.ascii else words
        bold = bold and self.look.bold
        return _styled(text, self.look.colours, hue, bold=bold) if bold or self.look.colours != "none" else text


def _styled(text: str, colours: str, hue: Hue, *, bold: bool) -> str:
    from rich.color import ColorSystem  # noqa: PLC0415 - what is piped has no colours

    system = ColorSystem.EIGHT_BIT if colours == "256" else ColorSystem.STANDARD
    return _style(colours, hue, bold=bold).render(text, color_system=system)


@lru_cache
def _style(colours: str, hue: Hue, *, bold: bool) -> Style:
    from rich.style import Style  # noqa: PLC0415 - what is piped has no colours

    return Style(color=_COLOURS[colours].get(hue), bold=bold or None)
