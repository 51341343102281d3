"""Errors: which exit code stands for several."""

from __future__ import annotations

import itertools

import pytest

from targettrack.errors import Exit, Problem, TargettrackError, failure, worst


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        (Exit.DONE, ()), (Exit.FINDINGS, (Exit.DONE, Exit.FINDINGS)), (Exit.INVALID, (Exit.FINDINGS, Exit.INVALID)), (Exit.IO, (Exit.INVALID, Exit.IO)),
        (Exit.NOT_FOUND, (Exit.IO, Exit.NOT_FOUND, Exit.INVALID)), (Exit.USAGE, (Exit.NOT_FOUND, Exit.USAGE, Exit.FINDINGS)),
    ],
)  # fmt: skip
def test_where_several_apply(code: Exit, codes: tuple[Exit, ...]) -> None:
    """Where several exit codes apply, the order is 2, 3, 5, 4, 1, in whatever order they come."""
    assert {worst(*order) for order in itertools.permutations(codes)} == {code}


def test_numbers_of_the_exit_codes() -> None:
    """The exit codes are those of the documentation."""
    assert [(exit.name, int(exit)) for exit in Exit] == [
        ("DONE", 0),
        ("FINDINGS", 1),
        ("USAGE", 2),
        ("NOT_FOUND", 3),
        ("INVALID", 4),
        ("IO", 5),
        ("LOCKED", 6),
    ]


def test_error_of_several_problems() -> None:
    """An error has the exit code of its worst problem and says all of them."""
    error = TargettrackError(Problem(code="a", message="first"), Problem(code="b", message="second", exit=Exit.IO))
    assert (error.exit, str(error)) == (Exit.IO, "first; second")


def test_failure() -> None:
    """A failure is an error of one problem without a place."""
    (problem,) = failure(Exit.USAGE, "c", "m", hint="h", file="f").problems
    assert (problem.code, problem.message, problem.hint, problem.file, problem.line, problem.exit) == (
        "c",
        "m",
        "h",
        "f",
        None,
        Exit.USAGE,
    )
