"""init: Make a new targets folder with a commented, valid example program."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from targettrack.cli import _interrupt, _programs, _say
from targettrack.errors import Exit, failure, reason
from targettrack.language import mark, tr

EPILOG = '\b\nExamples:\n  targettrack init\n  targettrack init my-data/targets --name "Example program"'

Folder = Annotated[str, typer.Argument(metavar="DIR", help=mark("The folder to make."))]


Name = Annotated[
    str | None, typer.Option("--name", metavar="TEXT", help=mark("The example's full name."), show_default=False)
]


def command(dir: Folder = "targets", name: Name = None) -> int:
    """Make the folder and the example."""
    from targettrack.program import template  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import write  # noqa: PLC0415 - completion and help load no more than the options

    folder = Path(dir)
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise failure(
            Exit.IO,
            "unreadable",
            tr("cannot be read: {reason}", reason=reason(error)),
            hint=tr("check the path and its permissions"),
            file=str(folder),
        ) from None
    if taken:
        raise failure(
            Exit.USAGE,
            "exists",
            tr("this exists already and is not empty; nothing was written"),
            hint=tr("targettrack new PROGRAM adds a program to it"),
            file=str(folder),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failure(
            Exit.IO,
            "not-written",
            tr("the folder cannot be made: {reason}", reason=reason(error)),
            hint=tr("check the path and its permissions"),
            file=str(folder),
        ) from None
    path = folder / "example.toml"
    with _interrupt.held():
        write.create(path, template.example(_programs.day(None).year, name))
        write.create(folder / ".gitattributes", template.merging())
    place = "" if folder.name == "targets" and folder.parent == Path() else f" --targets {shlex.quote(str(folder))}"
    _say.remark(tr("{file} written: a commented example to edit and rename", file=path))
    _say.remark(tr("{file} written: git merges figures that two people add", file=folder / ".gitattributes"))
    _say.remark(tr("next: {command}", command=f"targettrack status example{place}"))
    return 0
