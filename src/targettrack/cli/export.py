"""export: Write whole programs in other people's formats, with the list of what these do not hold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from targettrack import exchange, registry
from targettrack.cli import _interrupt, _options, _outlet, _output, _programs, _say
from targettrack.errors import not_written
from targettrack.language import mark, tr, tr_n

if TYPE_CHECKING:
    from datetime import date

    from targettrack.pages.export import Written
    from targettrack.program.model import Program

EPILOG = "\b\nExamples:\n  targettrack export hanoi --to sdmx-csv -o out\n  targettrack export --to datapackage -o out"

Standard = Annotated[
    str,
    typer.Option("--to", metavar="FORMAT", help=mark("sdmx-csv, datapackage, open-sdg or iati."), show_default=False),
]
Folder = Annotated[
    str,
    typer.Option(
        "-o",
        "--output",
        metavar="DIR",
        help=mark("The folder to write into; each program has a folder of its name in it."),
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help=mark("Print what was written, and what was not, as JSON."))]


def command(
    to: Standard,
    output: Folder,
    programs: _options.Programs = None,
    targets: _options.Targets = None,
    json: Json = False,
) -> int:
    """Make all files, then write them, then say what they do not hold."""
    from targettrack.pages.export import Exported  # noqa: PLC0415 - completion and help load no more than the options

    if to not in registry.names(exchange):
        known = ", ".join(registry.names(exchange))
        raise typer.BadParameter(tr("no format {name}; known: {known}", name=to, known=known))
    shelf = _programs.shelf_as_written(targets, programs or [])
    made = [_made(to, entry.program, _programs.day(None)) for entry in shelf.loaded]
    files = {os.path.join(one.program, name): data for one, written in made for name, data in written.items()}  # noqa: PTH118 - names inside a folder
    with _interrupt.held():
        _write(Path(output), files, targets)
    page = Exported(to, output, tuple(one for one, _ in made))
    if json:
        _output.emit(page, "json", None, "never")
    else:
        for one in page.programs:
            _told(one, output)
    return _programs.unreadable_code(shelf.unreadable, as_json=json)


def _made(to: str, program: Program, day: date) -> tuple[Written, Mapping[str, bytes]]:
    """A program's files, LOST.txt among them, and their receipt."""
    from targettrack.pages import export  # noqa: PLC0415 - completion and help load no more than the options

    found = registry.module(exchange, to).files(program, day)
    lost = [export.Loss(*each) for each in found.lost]
    files = {**found.files, "LOST.txt": export.text_of(lost).encode()}
    return export.Written(program.id, [(name, len(data)) for name, data in files.items()], lost), files


def _write(folder: Path, files: Mapping[str, bytes], targets: str | None) -> None:
    """Write all files, each whole or not at all; nothing is written where one of them must not be.

    Raises:
        TargettrackError: a file would be a program's (exit 2), or cannot be written (exit 5).

    """
    places = {folder / name: data for name, data in files.items()}
    for place in places:
        _outlet.untouched(str(place), targets)
    for place, data in places.items():
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _output.put(place, data)
        except OSError as error:
            raise not_written(error, place) from None


def _told(one: Written, output: str) -> None:
    """Say on stderr what was written, and what was not."""
    for text in _sentences(one, output):
        _say.remark(text)
    from targettrack.pages import export  # noqa: PLC0415 - completion and help load no more than the options

    for text in export.sentences(one.lost):
        _say.item(text)


def _sentences(one: Written, output: str) -> Iterator[str]:
    place = str(Path(output) / one.program)
    count = len(one.files)
    yield tr_n(count, "{program}: {count} file written to {place}", "{program}: {count} files written to {place}", program=one.program, place=place)  # fmt: skip
    if one.lost:
        file = str(Path(output) / one.program / "LOST.txt")
        yield tr("not everything could be written; {file} has each thing with its place", file=file)
