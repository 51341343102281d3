"""show: The whole story of a program or an indicator: figures, sources, rivals, breaks, promises with their revisions, notes."""

from __future__ import annotations

from typing import Annotated

import typer

from targettrack.cli import _options, _output, _programs
from targettrack.language import mark

EPILOG = "\b\nExamples:\n  targettrack show hanoi/output-share\n  targettrack show hanoi\n  targettrack show hanoi --format csv -o figures.csv"

Program = Annotated[
    str,
    typer.Argument(
        metavar="PROGRAM[/INDICATOR]",
        help=mark("A program, or one of its indicators."),
    ),
]


def command(
    program: Program,
    targets: _options.Targets = None,
    on: _options.On = None,
    format: _options.Format = None,
    json: _options.Json = False,
    output: _options.Output = None,
    columns: _options.Columns = None,
    decimal: _options.Decimal = ".",
    delimiter: _options.Delimiter = ",",
    color: _options.Color = "auto",
) -> int:
    """Print the story."""
    from targettrack.pages import show  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.program import names  # noqa: PLC0415 - completion and help load no more than the options

    name = _output.format_name(format, output, "show", targets, as_json=json)
    cut = _output.cut(name, "show", output, columns, decimal, delimiter)
    day = _programs.day(on)
    asked, _, indicator = program.partition("/")
    shelf = _programs.shelf(targets, [asked])
    if shelf.loaded:
        loaded = shelf.loaded[0]
        id = names.match_indicator(loaded.program, indicator) if indicator else None
        _output.emit(show.story(loaded, id, day, _programs.method("linear")), name, output, color, cut)
    return _programs.unreadable_code(shelf.unreadable, as_json=_output.json_errors(name))
