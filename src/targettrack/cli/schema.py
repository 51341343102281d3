"""schema: The JSON Schema of the program file, or of a JSON document."""

from __future__ import annotations

from typing import Annotated

import typer

from targettrack.cli import _output
from targettrack.language import mark, tr

EPILOG = "\b\nExamples:\n  targettrack schema\n  targettrack schema status"

What = Annotated[
    str,
    typer.Argument(
        metavar="WHAT",
        help=mark(
            "program (the file), mapping (the file that import reads by), or a document that a command prints: status, list, show, history, changes, check, explain, cite, methods, report, add-actual, undo, import, export, error."
        ),
    ),
]


def command(what: What = "program") -> int:
    """Print one schema."""
    from targettrack.formats import _json_text  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.pages import contract  # noqa: PLC0415 - completion and help load no more than the options

    if what not in contract.names():
        raise typer.BadParameter(tr("no schema {name}; known: {known}", name=what, known=", ".join(contract.names())))
    _output.stream().write(_json_text.pretty(contract.schema(what)))
    return 0
