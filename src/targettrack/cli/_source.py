"""Source: the options that describe a new document, and one that is in the program already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from targettrack.errors import Exit, failure
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from targettrack.program.model import Program
    from targettrack.recording.mapping import Document


def _text(name: str, metavar: str, help: str) -> Any:  # noqa: ANN401
    return typer.Option(name, metavar=metavar, help=help, show_default=False)


Title = Annotated[str | None, _text("--source-title", "TEXT", mark("Add the source, with this title."))]
Publisher = Annotated[str | None, _text("--source-publisher", "TEXT", mark("Who published the new source."))]
Published = Annotated[str | None, _text("--source-published", "DATE", mark("When: a day, a month 2019-06 or a year."))]
Url = Annotated[str | None, _text("--source-url", "URL", mark("Where the new source is."))]


def same(program: Program, id: str, described: Mapping[str, str]) -> None:
    """A source that is there already must be the one described: the same command may come twice."""
    from targettrack.recording.plan import contradicting  # noqa: PLC0415 - completion and help load no more than the options

    for key, there, text in contradicting(program.sources[id], described):
        if there is None:
            said = tr(
                'the source {id} is in the file already, and its {key} is nothing, not "{text}"',
                id=id,
                key=key,
                text=text,
            )
        else:
            said = tr(
                'the source {id} is in the file already, and its {key} is "{there}", not "{text}"',
                id=id,
                key=key,
                there=there,
                text=text,
            )
        option = f"--source-{key}"
        hint = tr("leave {option} out, or choose another id", option=option)
        raise failure(Exit.USAGE, "source-exists", f"{option}: {said}", hint=hint)


def named(program: Program, id: str | None) -> str | None:
    """The id of a source of the program, or one that a new source may have.

    Raises:
        typer.BadParameter: it is neither.

    """
    import re  # noqa: PLC0415 - completion and help load no more than the options

    from targettrack.program.model import ID, ID_RULE  # noqa: PLC0415 - as above
    from targettrack.program.names import alike  # noqa: PLC0415 - as above

    fits = alike(program.sources, id) if id else []
    if id is None or len(fits) == 1:
        return fits[0] if fits else None
    if not re.fullmatch(ID, id):
        raise typer.BadParameter(tr("{text} is no id: {rule}", text=id, rule=tr(ID_RULE)))
    return id


def document(program: Program, id: str | None, described: Mapping[str, str]) -> Document | None:
    """The document that options describe, as a mapping says it; None where they describe none.

    Raises:
        typer.BadParameter: it has no id, or is none.
        TargettrackError: the program has it, and otherwise (exit 2).

    """
    from targettrack.program.names import alike  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import mapping  # noqa: PLC0415 - completion and help load no more than the options

    if id == "":
        raise typer.BadParameter(tr("--source names no document"))
    if not described:
        return None
    if id is None:
        raise typer.BadParameter(tr("a new source needs its id: --source"))
    fits = alike(program.sources, id)
    if len(fits) == 1:
        same(program, fits[0], described)
        return None
    if "title" not in described:
        raise typer.BadParameter(
            tr('{program} has no source "{id}", and a new one needs --source-title', program=program.id, id=id)
        )
    found, faults = mapping.understood({"source": {"id": id, **described}})
    if found is None:
        at = faults[0].loc[-1] if faults[0].loc else "id"
        option = "--source" if at == "id" else f"--source-{at}"
        raise failure(Exit.USAGE, faults[0].code, f"{option}: {faults[0].message}", hint=faults[0].hint)
    return found.source
