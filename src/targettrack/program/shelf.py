"""Shelf: programs as they were read, each with its text, and the files that could not be read."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from targettrack.errors import Problem
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.program.model import Fault, Program

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
        """The line of an indicator, a baseline, a target, a promise or an actual, from 1; None of an actual that is a row of a link."""
        return None if self.row(*path) else self._tables.line(path)

    def row(self, *path: str | int) -> tuple[str, int | None] | None:
        """The link and the row (None where rows have no order) of an actual that is one of a link's; None of all else."""
        return self.program.row(int(path[1])) if path[:1] == ("actuals",) and self.program.linked else None

    def at(self, *path: str | int) -> str:
        """Where something stands, as ``file:line`` or ``file [links.ID] row N``."""
        if row := self.row(*path):
            return at_row(self.program.file, *row)
        return f"{self.program.file}:{self.line(*path)}"

    def named(self, fault: Fault) -> Fault:
        """A fault with the link and the row where it is of a linked figure: its place in the file is that of the link."""
        row = self.row(*fault.loc)
        return of_row(fault, *row) if row else fault


def at_row(file: str, link: str, row: int | None) -> str:
    """The place of a linked figure, as a person looks for it."""
    if row is None:
        return f"{file} [links.{link}]"
    return tr("{file} [links.{link}] row {row}", file=file, link=link, row=row)


def of_row(fault: Fault, link: str, row: int | str | None) -> Fault:
    """A fault in a row of a link, known by its number or by what it says, which stands in the file as the link alone."""
    said = (
        f"[links.{link}] {fault.message}"
        if row is None
        else tr("[links.{link}] row {row}: {message}", link=link, row=row, message=fault.message)
    )
    return replace(fault, loc=("links", link), message=said, at_key=False, instead=None)


def _paths(program: Program) -> Iterator[Path]:
    """The paths of the tables that pages name."""
    yield from (("actuals", place) for place in range(program.own))
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
