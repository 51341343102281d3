"""cite: One sentence a target, ready to print: the figure with its source, what was promised, how far apart they are, and the edition of the data."""

from __future__ import annotations

from typing import Annotated

import typer

from targettrack.cli import _edition, _indicator, _options, _output, _programs, _say
from targettrack.language import mark

EPILOG = "\b\nExamples:\n  targettrack cite hanoi/output-share --target 2015\n  targettrack cite hanoi/recognitions --target 2021/2025 --format markdown\n  targettrack cite hanoi/output-share --target 2015 --short\n  targettrack cite hanoi --format markdown\n  targettrack cite hanoi/products --json"

Short = Annotated[
    bool,
    typer.Option(
        "--short", help=mark("One line a target, as a caption has room for, without sources and notes below.")
    ),
]


def command(
    indicator: _indicator.OneOrAll,
    target: _indicator.Target = None,
    short: Short = False,
    targets: _options.Targets = None,
    on: _options.On = None,
    format: _options.Format = None,
    json: _options.Json = False,
    output: _options.Output = None,
    color: _options.Color = "auto",
) -> int:
    """Cite and print."""
    from targettrack.pages import cite  # noqa: PLC0415 - completion and help load no more than the options

    name = _output.format_name(format, output, "cite", targets, as_json=json)
    day = _programs.day(on)
    found = _indicator.asked_or_all(indicator, targets, "cite", as_json=_output.json_errors(name))
    if not isinstance(found, tuple):
        return found
    loaded, id = found
    edition = _edition.of(loaded)
    page = cite.citation(loaded, id, day, _programs.method("linear"), edition, target, short=short)
    _output.emit(page, name, output, color)
    if edition.cut:
        _say.remark(edition.cut.sentence)
    return 0
