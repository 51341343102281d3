"""history: The status of each target of an indicator at the end of every year, by what was known then, and where that is judged otherwise today."""

from __future__ import annotations

from typing import Annotated

import typer

from targettrack.cli import _indicator, _options, _output, _programs
from targettrack.language import mark, tr

EPILOG = "\b\nExamples:\n  targettrack history hanoi/output-share\n  targettrack history hanoi/products --every half --on 2022-12-31\n  targettrack history hanoi/recognitions --format csv"

Every = Annotated[
    str, typer.Option("--every", metavar="PERIOD", help=mark("At the end of every year, half, quarter or month."))
]


def command(
    indicator: _indicator.Indicated,
    every: Every = "year",
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
    """Follow and print."""
    from targettrack.pages import history  # noqa: PLC0415 - completion and help load no more than the options

    name = _output.format_name(format, output, "history", targets, as_json=json)
    cut = _output.cut(name, "history", output, columns, decimal, delimiter)
    if every not in {"year", "half", "quarter", "month"}:
        raise typer.BadParameter(tr("--every is year, half, quarter or month"))
    day = _programs.day(on)
    found = _indicator.asked(indicator, targets, "history", as_json=_output.json_errors(name))
    if not isinstance(found, tuple):
        return found
    loaded, id = found
    _output.emit(history.timeline(loaded.program, id, day, _programs.method("linear"), every), name, output, color, cut)  # type: ignore[arg-type]
    return 0
