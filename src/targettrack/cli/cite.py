"""cite: One sentence a target, ready to print: the figure with its source, what was promised, how far apart they are, and the edition of the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.cli import _indicator, _options, _output, _programs, _say
from targettrack.errors import TargettrackError
from targettrack.language import mark

if TYPE_CHECKING:
    from targettrack.pages.cite import Edition
    from targettrack.program.shelf import Loaded

EPILOG = "\b\nExamples:\n  targettrack cite hanoi/output-share --target 2015\n  targettrack cite hanoi/recognitions --target 2021/2025 --format markdown\n  targettrack cite hanoi/products --json"

Target = Annotated[
    str | None,
    typer.Option(
        "--target",
        metavar="PERIOD",
        help=mark("Only the target due then: 2015, 2021/2025.  [default: every target]"),
        show_default=False,
    ),
]


def command(
    indicator: _indicator.Indicated,
    target: Target = None,
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
    found = _indicator.asked(indicator, targets, "cite", as_json=_output.json_errors(name))
    if not isinstance(found, tuple):
        return found
    loaded, id = found
    edition = _edition(loaded)
    _output.emit(cite.citation(loaded, id, day, _programs.method("linear"), edition, target), name, output, color)
    if edition.cut:
        _say.remark(edition.cut.sentence)
    return 0


def _edition(loaded: Loaded) -> Edition:
    """The edition of a program file, as git knows it."""
    from targettrack.pages.cite import Edition  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.wording.cut import Cut  # noqa: PLC0415 - completion and help load no more than the options

    try:
        found = commits.edition(Path(loaded.program.file), loaded.text)
    except TargettrackError as error:
        return Edition("unknown", reason=error.problems[0].message)
    if found is None:
        return Edition("outside")
    if found.commit is None:
        return Edition("uncommitted")
    if found.commit.edge:
        return Edition("unknown", changed=found.changed, cut=Cut("edition", (found.commit.hash,)))
    return Edition("committed", found.commit.short, found.commit.day, found.changed)
