"""new: Add an empty, commented program file to the targets folder."""

from __future__ import annotations

from typing import Annotated

import typer

from targettrack.cli import _interrupt, _options, _say
from targettrack.language import mark, tr

EPILOG = (
    '\b\nExamples:\n  targettrack new can-tho\n  targettrack new can-tho --name "Can Tho support industries program"'
)

Program = Annotated[
    str, typer.Argument(metavar="PROGRAM", help=mark("The id of the new program: it becomes the file's name."))
]
Name = Annotated[
    str | None, typer.Option("--name", metavar="TEXT", help=mark("The program's full name."), show_default=False)
]


def command(program: Program, name: Name = None, targets: _options.Targets = None) -> int:
    """Write the file."""
    from targettrack.program import template  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.program.model import no_program  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import load, write  # noqa: PLC0415 - completion and help load no more than the options

    if why := no_program(program):
        raise typer.BadParameter(tr("{text} is no id: {rule}", text=program, rule=why))
    path = load.targets(targets) / f"{program}.toml"
    with _interrupt.held():
        write.create(path, template.empty(name or program))
    _say.remark(tr("{file} written", file=path))
    _say.remark(
        tr(
            "next: write down what was promised and what was measured, then run targettrack status {program}",
            program=program,
        )
    )
    return 0
