"""Shelf: programs as they were read, each with its text, and the files that could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from targettrack.errors import Problem
from targettrack.program import Program

if TYPE_CHECKING:
    from targettrack.position import Positions


@dataclass(frozen=True)
class Loaded:
    """A program with the text that it was read from."""

    program: Program
    text: str

    @cached_property
    def positions(self) -> Positions:
        """Where each key and value of the file stands."""
        from targettrack import position  # noqa: PLC0415

        return position.positions(self.text)

    def line(self, *path: str | int) -> int | None:
        """The line of a table or key, from 1."""
        return self.positions.line(path)


@dataclass(frozen=True)
class Unreadable:
    """A file that could not be read as a program; ``id`` is its stem."""

    id: str
    file: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Shelf:
    """What was found in a targets folder, in the order of the ids."""

    folder: str
    loaded: tuple[Loaded, ...]
    unreadable: tuple[Unreadable, ...]
