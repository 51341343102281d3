"""explain: How each status was reached: figures, formulas with the numbers put in, thresholds, and every method side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from targettrack.cli import _indicator, _input, _options, _output, _programs
from targettrack.errors import Exit, failure
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from targettrack.program.model import Actual
    from targettrack.program.shelf import Loaded

EPILOG = "\b\nExamples:\n  targettrack explain hanoi/output-share\n  targettrack explain hanoi/output-share --with 41 --period 2025\n  targettrack explain hanoi/output-share --format markdown"

With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="VALUE",
        help=mark(
            "Judge as if this figure were recorded (again for more, each with its --period); nothing is written."
        ),
        show_default=False,
    ),
]
Period = Annotated[
    list[str] | None,
    typer.Option(
        "--period", metavar="PERIOD", help=mark("The period of a figure given by --with."), show_default=False
    ),
]
Disaggregation = Annotated[
    list[str] | None,
    typer.Option(
        "--disaggregation",
        metavar="NAME=TEXT",
        help=mark("What part the figures given by --with are of: sector=textile."),
        show_default=False,
    ),
]


def command(
    indicator: _indicator.Indicated,
    target: _indicator.Target = None,
    with_: With = None,
    period: Period = None,
    disaggregation: Disaggregation = None,
    targets: _options.Targets = None,
    on: _options.On = None,
    format: _options.Format = None,
    json: _options.Json = False,
    output: _options.Output = None,
    color: _options.Color = "auto",
) -> int:
    """Explain and print."""
    from targettrack.pages import explain  # noqa: PLC0415 - completion and help load no more than the options

    name = _output.format_name(format, output, "explain", targets, as_json=json)
    day = _programs.day(on)
    found = _indicator.asked(indicator, targets, "explain", as_json=_output.json_errors(name))
    if not isinstance(found, tuple):
        return found
    loaded, id = found
    assumed = _assumed(
        loaded,
        {"indicator": id, "recorded": day.isoformat(), "disaggregation": _input.pairs(disaggregation)},
        with_ or (),
        period or (),
    )
    _output.emit(explain.explanation(loaded, id, day, _programs.rules(), assumed, target), name, output, color)
    return 0


def _assumed(loaded: Loaded, shared: Mapping[str, Any], values: Sequence[str], periods: Sequence[str]) -> list[Actual]:
    if len(values) != len(periods):
        raise typer.BadParameter(tr("each --with goes with one --period"))
    if shared["disaggregation"] and not values:
        raise typer.BadParameter(tr("--disaggregation goes with --with"))
    figures = [
        _figure(loaded, {**shared, "value": value, "period": when}) for value, when in zip(values, periods, strict=True)
    ]
    if len({figure.period for figure in figures}) < len(figures):
        raise typer.BadParameter(tr("two --with are for one --period"))
    return figures


def _figure(loaded: Loaded, values: Mapping[str, Any]) -> Actual:
    """A figure as if it were recorded on the day."""
    from targettrack.recording import entry  # noqa: PLC0415 - completion and help load no more than the options

    wanted, faults = entry.wanted(
        entry.Row({key: value for key, value in values.items() if value is not None}),
        loaded.program.indicators,
        year=loaded.program.year,
    )
    if wanted is None:
        raise failure(
            Exit.USAGE,
            faults[0].code,
            f"--{'period' if faults[0].loc and faults[0].loc[0] == 'period' else 'with'}: {faults[0].message}",
            hint=faults[0].hint,
        )
    return wanted.actual
