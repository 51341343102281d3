"""Indicator: the one indicator that a command is asked for, as ``PROGRAM/INDICATOR``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.cli import _programs
from targettrack.errors import Exit, failure
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from targettrack.program.shelf import Loaded

Indicated = Annotated[
    str,
    typer.Argument(metavar="PROGRAM/INDICATOR", help=mark("An indicator of a program.")),
]


Target = Annotated[
    str | None,
    typer.Option(
        "--target",
        metavar="PERIOD",
        help=mark("Only the target due then: 2015, 2021/2025.  [default: every target]"),
        show_default=False,
    ),
]

OneOrAll = Annotated[
    str,
    typer.Argument(
        metavar="PROGRAM[/INDICATOR]",
        help=mark("A program, or an indicator of one."),
    ),
]


def asked_or_all(text: str, targets: str | None, command: str, *, as_json: bool) -> tuple[Loaded, str | None] | Exit:
    """The same of a program, with None for all of its indicators where none is named.

    Raises:
        TargettrackError: there is no such program or indicator (exit 3).

    """
    if "/" in text:
        return asked(text, targets, command, as_json=as_json)
    shelf = _programs.shelf(targets, [text])
    if not shelf.loaded:
        return _programs.unreadable_code(shelf.unreadable, as_json=as_json)
    return shelf.loaded[0], None


def asked(text: str, targets: str | None, command: str, *, as_json: bool) -> tuple[Loaded, str] | Exit:
    """The program and the indicator's id; or the exit code where the program cannot be read, which has been said then.

    Raises:
        TargettrackError: no indicator is named (exit 2), or there is no such one (exit 3).

    """
    from targettrack.program import names  # noqa: PLC0415 - completion and help load no more than the options

    program, slash, indicator = text.partition("/")
    shelf = _programs.shelf(targets, [program])
    if not shelf.loaded:
        return _programs.unreadable_code(shelf.unreadable, as_json=as_json)
    loaded = shelf.loaded[0]
    if not slash:
        hint = names.suggestion(
            "", list(loaded.program.indicators), names.INDICATORS, tr("this program has no indicators")
        )
        raise failure(
            Exit.USAGE,
            "usage",
            tr("{command} takes one indicator: {program}/INDICATOR", command=command, program=loaded.program.id),
            hint=hint,
        )
    return loaded, names.match_indicator(loaded.program, indicator)
