"""Excerpt: a line of a file with its number, and a mark under the place that a message is about."""

from __future__ import annotations

from itertools import accumulate, takewhile

from targettrack.regex import regex
from targettrack.text import cells, spaced

WIDEST = 150
"""Cells of an excerpt where no terminal limits it."""

_NEAR = 2 * WIDEST
_NUMERAL = regex(r"[\w.,:+/-]{2}")


def marked(
    text: str, line: int, column: int, end: int, limit: int | None = None, *, ascii_only: bool = False
) -> tuple[str, str]:
    """A line of a file with its number, and ``^^^`` under a place.

    A line that is wider than ``limit`` cells is cut around the place, with an ellipsis where it is cut, and never inside a number.
    Columns count from 1, ``end`` is exclusive. ``ascii_only``: as a terminal without Unicode shows it, with one question mark for each other character.
    """
    text = "".join(letter if letter.isascii() else "?" for letter in text) if ascii_only else text
    margin = f"  {line:>4} | "
    left, right = ("... ", " ...") if ascii_only else ("…", "…")
    start, end = column - 1, end - 1
    room = min(limit or WIDEST, WIDEST) - len(margin) - (start >= len(text))
    first, last = (
        (0, len(text))
        if len(text) <= room and cells(spaced(text)) <= room
        else _window(text, *_whole(text, start, end), room, len(left))
    )
    before = f"{left if first else ''}{spaced(text[first : min(start, last)])}"
    mark, after = spaced(text[start : min(end, last)]), spaced(text[min(end, last) : last])
    if last < len(text):
        after += right.lstrip() if f"{before}{mark}{after}".endswith(" ") else right
    return (
        f"{margin}{before}{mark}{after}",
        f"{' ' * (len(margin) - 2)}| {' ' * cells(before)}{'^' * max(cells(mark), 1)}",
    )


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A place, with all of the number that it lies in."""
    least, most = max(start - _NEAR, 0), min(end + _NEAR, len(text))
    while start > least and _parts_a_number(text, start):
        start -= 1
    while end < most and _parts_a_number(text, end):
        end += 1
    return start, end


def _window(text: str, start: int, end: int, room: int, cut: int) -> tuple[int, int]:
    """From where to where a long line is shown: a place, and what stands around it, as even on both sides as the line allows."""
    before, place = text[max(start - _NEAR, 0) : start][::-1], text[start:end][:_NEAR]
    size = room - cut * ((start > 0) + (end < len(text)))
    if end - start > _NEAR or cells(spaced(place)) > size:
        size = room - cut * ((start > 0) + 1)
        last = _outside(text, start + _fitting(place, size - min(cells(spaced(before)), size // 3)), -1, start)
        return _beginning(text, start - _fitting(before, size - cells(spaced(text[start:last]))), start), last
    left = size - cells(spaced(place))
    right = cells(spaced(text[end : end + _NEAR]))
    first = start - _fitting(before, max(left // 2, left - right))
    last = end + _fitting(text[end : end + _NEAR], left - cells(spaced(text[first:start])))
    return _beginning(text, first, start), _outside(text, last, -1, end)


def _fitting(letters: str, room: int) -> int:
    """How many letters, from the first on, take no more cells than there are."""
    if letters.isascii() and letters.isprintable():
        return min(len(letters), max(room, 0))
    sums = accumulate(cells(spaced(letter)) for letter in letters)
    return len(list(takewhile(lambda total: total <= room, sums)))


def _beginning(text: str, first: int, start: int) -> int:
    """The place nearest to a first one that is not inside a number, nor a mark that belongs to the letter before it."""
    first = _outside(text, first, 1, start)
    while first < start and first and not cells(spaced(text[first])):
        first += 1
    return first


def _outside(text: str, place: int, step: int, stop: int) -> int:
    """The next place, not beyond ``stop``, that does not part what may be one number."""
    while place != stop and 0 < place < len(text) and _parts_a_number(text, place):
        place += step
    return place


def _parts_a_number(text: str, place: int) -> bool:
    around = text[place - 1 : place + 1]
    return around.isascii() and _NUMERAL.fullmatch(around) is not None
