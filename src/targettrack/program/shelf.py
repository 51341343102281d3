"""Shelf: programs as they were read, each with its text, and the files that could not be read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from targettrack.errors import Problem
from targettrack.frozen import frozen
from targettrack.program.model import Program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from targettrack.program.position import Path, Positions


@frozen(slots=False)
class Loaded:
    """A program with the text that it was read from."""

    program: Program
    text: str

    @cached_property
    def _tables(self) -> Positions:
        """Where the tables of the file stand that pages name."""
        from targettrack.program import position  # noqa: PLC0415 - only a page that names lines needs it

        return position.positions(self.text, _paths(self.program))

    def line(self, *path: str | int) -> int | None:
        """The line of an indicator, a baseline, a target, a promise or an actual, from 1."""
        return self._tables.line(path)


def _paths(program: Program) -> Iterator[Path]:
    """The paths of the tables that pages name."""
    yield from (("actuals", place) for place in range(len(program.document.actuals)))
    yield from (("promises", place) for place in range(len(program.document.promises)))
    for name, indicator in program.indicators.items():
        yield ("indicators", name)
        yield ("indicators", name, "baseline")
        for place, target in enumerate(indicator.targets):
            table = ("indicators", name, "targets", place)
            yield (*table, "baseline") if target.baseline else table


@frozen(slots=False)
class Unreadable:
    """A file that could not be read as a program; ``id`` is its stem."""

    id: str
    file: str
    problems: tuple[Problem, ...]


@frozen(slots=False)
class Shelf:
    """What was found in a targets folder, in the order of the ids."""

    folder: str
    loaded: tuple[Loaded, ...]
    unreadable: tuple[Unreadable, ...]
