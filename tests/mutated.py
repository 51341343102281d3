"""Samples of tables, and what becomes of them when bytes are changed, left out, doubled or put in."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import ModuleType

from hypothesis import strategies as st

from targettrack.errors import TargettrackError
from targettrack.recording.table import MOST_CELLS, Book, Broken, Dated, Percent, Value, Wishes

TABLES = Path(__file__).parent / "tables"


def sample(name: str) -> bytes:
    """The bytes of a sample."""
    return (TABLES / name).read_bytes()


@st.composite
def mutated(draw: st.DrawFn, names: list[str]) -> bytes:
    """A sample with one to four changes."""
    data = sample(draw(st.sampled_from(names)))
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(data)))
        end = min(len(data), begin + draw(st.integers(0, 40)))
        put = draw(
            st.one_of(
                st.binary(max_size=4),
                st.sampled_from(
                    [b'"', b";", b"[", b"{", b"]", b"}", b"<", b">", b"null", b"-1", b"1e999", b",", b"\x00"]
                ),
                st.just(data[begin:end] * 2),
            )
        )
        data = data[:begin] + put + data[end:]
    return data


def read_or_refused(module: ModuleType, data: bytes, wishes: Wishes | None = None) -> Book | None:
    """The book of a file, each cell with an address; None where it is refused with a sentence."""
    assert module.begins(data) in {0, 1, 2, 3}
    try:
        book: Book = module.book(data, "sample", wishes or Wishes())
    except TargettrackError as error:
        found = error
    else:
        return checked(book)
    assert all(problem.message and problem.hint for problem in found.problems)
    return None


def checked(book: Book) -> Book:
    """The book, whose cells each have an address."""
    for sheet in book.sheets:
        assert len(sheet.rows) * len(sheet.rows[0]) <= MOST_CELLS
        assert sheet.places is not None
        assert len(sheet.places) == len(set(sheet.places)) == len(sheet.rows)
        assert sheet.lines is None or len(sheet.lines) == len(sheet.rows)
        assert all(
            is_value(cell) and (at == 0 or sheet.address(at, column))
            for at, row in enumerate(sheet.rows)
            for column, cell in enumerate(row)
        )
        assert len(set(sheet.rows[0])) == len(sheet.rows[0])
    return book


def is_value(cell: Value) -> bool:
    """Whether a cell is what a cell may be."""
    return isinstance(cell, (str, bool, Decimal, Percent, Dated, Broken))


def refused(module: ModuleType, data: bytes, wishes: Wishes | None = None) -> str:
    """The sentence with which a file is refused."""
    try:
        module.book(data, "sample", wishes or Wishes())
    except TargettrackError as error:
        (problem,) = error.problems
        assert problem.exit == 4
        assert problem.hint
        return problem.message if problem.line is None else f"{problem.line}: {problem.message}"
    return "taken"
