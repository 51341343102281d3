"""Whole: a table of which every figure is taken or none, where no mapping is given; and what is said of one that needs a mapping."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from targettrack.errors import Exit, Problem, TargettrackError
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from targettrack.cli._input import Opened
    from targettrack.program.model import Program
    from targettrack.recording.left import Why
    from targettrack.recording.mapping import TableMap
    from targettrack.recording.table import Wishes
    from targettrack.recording.taking import Taken

_SAYS: Mapping[str, str] = {
    "ambiguous-number": mark("say which sign parts the decimals: --decimal , or --decimal ."),
    "missing-column": mark(
        "say which column it is, as in --column period=Year; or of all figures: INDICATOR behind PROGRAM, --period"
    ),
    "no-such-column": mark("correct --column or --parts, or the header"),
    "two-columns": mark("say which one it is, as in --column value=Amount, and of the other --column skip=NAME"),
    "unknown-column": mark(
        "say what it is: --parts NAME if the figures are broken down by it, else --column WHAT=NAME, or --column skip=NAME"
    ),
    "which-sheet": mark("say which: --sheet NAME"),
}
"""What the options of a command without a mapping say of a table, by the code of what is wrong with it."""
_MAPPED = frozenset(
    {"another-unit", "ambiguous-period", "bad-rows", "no-header", "no-such-part", "same-figure-twice", "scaled-twice"}
    | {"two-shapes", "unknown-flag"}
)
"""What only a mapping can say."""


_TOLD: Mapping[str, Why] = {"ambiguous-number": "unclear", "ambiguous-period": "no-period"}
"""The cells that are left because of a problem, by its code: it names them."""


def figures(given: Opened, program: Program, map: TableMap, wishes: Wishes, source: str | None) -> Taken:
    """The figures of a file, and with what is wrong every cell that looks like one and is not taken.

    Raises:
        TargettrackError: the file cannot be read (exit 4 or 5).

    """
    from targettrack.cli import _input  # noqa: PLC0415 - completion and help load no more than the options

    way = _way(given, program)
    try:
        taken = _input.figures(given, program, map, wishes, source)
    except TargettrackError as error:
        raise TargettrackError(*_said(error.problems, way)) from None
    return taken if given.ours else replace(taken, problems=(*_said(taken.problems, way), *_lost(given, taken, way)))


def _way(given: Opened, program: Program) -> str:
    """How a table is taken that needs a mapping."""
    file = shlex.quote("-" if given.path == "stdin" else given.path)
    return tr(
        "such a table takes a mapping: targettrack import {program} {file} --draft begins one",
        program=program.id,
        file=file,
    )


def _said(problems: Sequence[Problem], way: str) -> Iterator[Problem]:
    """Problems with what can be done here."""
    for each in problems:
        hint = tr(_SAYS[each.code]) if each.code in _SAYS else way if each.code in _MAPPED else each.hint
        yield replace(each, hint=hint)


def _lost(given: Opened, taken: Taken, way: str) -> Iterator[Problem]:
    """The cells that look like figures and would be missing, by the reason."""
    from targettrack.pages.import_ import left_sentence  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import imported  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording.left import NOTHING_LOST  # noqa: PLC0415 - as above

    told = {_TOLD.get(each.code) for each in taken.problems}
    lost = [each for each in taken.left if each.why not in NOTHING_LOST | told | {"refused"}]
    for (why, _), cells in imported.by_reason(lost).items():
        yield Problem(
            code=why,
            message=left_sentence(cells, cells[0].plainly),
            hint=way,
            file=given.path,
            exit=Exit.NOT_FOUND if why == "no-indicator" else Exit.INVALID,
        )
