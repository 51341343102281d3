"""report: A page to publish, or a site of all programs: what became of the promises, with their evidence, their sources and the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.cli import _edition, _options, _output, _programs, _say
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from datetime import date

    from targettrack.pages.report import Dossier
    from targettrack.program.shelf import Loaded

EPILOG = "\b\nExamples:\n  targettrack report hanoi -o hanoi.html\n  targettrack report -o site/"

Output = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE|DIR",
        help=mark("Write one program as a page, FILE.html, or a site of programs into a folder."),
        show_default=False,
    ),
]
Open = Annotated[bool, typer.Option("--open", help=mark("Show it in the browser."))]


def command(
    output: Output,
    programs: _options.Programs = None,
    targets: _options.Targets = None,
    on: _options.On = None,
    open: Open = False,
) -> int:
    """Judge, draw and write."""
    day = _programs.day(on)
    name = _output.format_name(None, output, "report", as_json=False)
    shelf = _programs.shelf(targets, programs or [])
    if shelf.loaded:
        (loaded,) = shelf.loaded
        _output.emit(_dossier(loaded, day), name, output, "never")
        if open:
            _shown(Path(output))
    return _programs.unreadable_code(shelf.unreadable, as_json=False)


def _dossier(loaded: Loaded, day: date) -> Dossier:
    """All that a page tells of a program."""
    from targettrack.pages import history, report, show  # noqa: PLC0415 - completion and help load no more than the options

    program, method = loaded.program, _programs.method("linear")
    return report.Dossier(
        show.story(loaded, None, day, method),
        _edition.of(loaded),
        {name: history.timeline(program, name, day, method, retell=False) for name in program.indicators},
    )


def _shown(place: Path) -> None:
    """Show a file in the browser."""
    import webbrowser  # noqa: PLC0415 - only --open needs it

    if not webbrowser.open(place.resolve().as_uri()):
        _say.remark(tr("no browser could be opened: open {file} in one", file=str(place)))
