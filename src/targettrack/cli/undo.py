"""undo: Take the newest figures out again that add-actual or import recorded; nothing that a person wrote, and nothing that is committed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.cli import _interrupt, _options, _output, _programs, _recording, _say
from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from targettrack.program.shelf import Loaded
    from targettrack.store.write import TakenOut

EPILOG = "\b\nExamples:\n  targettrack add-actual hanoi output-share 36.5 --period 2024 --source vneconomy-2025 --yes && targettrack undo hanoi\n  targettrack undo hanoi --dry-run --json || true"

ProgramArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="PROGRAM",
        help=mark("The program; without it the one that ends with a figure which may be taken out."),
        show_default=False,
    ),
]
Figures = Annotated[str, typer.Option("--figures", metavar="N", help=mark("How many figures, the newest first."))]
Committed = Annotated[bool, typer.Option("--committed", help=mark("Also what is committed in git already."))]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=mark("Print the exact bytes that would be cut off, and write nothing."))
]

Json = Annotated[
    bool, typer.Option("--json", help=mark("Print what was taken out, and each target before and after, as JSON."))
]


def command(
    program: ProgramArgument = None,
    figures: Figures = "1",
    committed: Committed = False,
    dry_run: DryRun = False,
    wait: _recording.Wait = "30",
    json: Json = False,
    targets: _options.Targets = None,
    color: _options.Color = "auto",
) -> int:
    """Cut, and say what was cut."""
    from targettrack.store import write  # noqa: PLC0415 - completion and help load no more than the options

    _interrupt.says(_say.letters(tr("nothing was taken out")))
    if not (figures.isascii() and figures.isdigit() and int(figures[:9]) > 0):
        raise typer.BadParameter(tr("--figures is how many: 1 or more"))
    patience, count = _recording.seconds(wait), int(figures)
    loaded = _recording.program(targets, program, patience) if program else _only(targets, committed=committed)
    known = "" if committed else _committed(loaded)
    if dry_run:
        cut = write.cut_off(loaded, count, known)
        return _told(cut, color, as_json=True, dry_run=True) if json else _shown(cut)
    _interrupt.raised(_recording.STOPS)
    done = write.take_out(
        loaded, count, known, patience, lambda: _recording.waiting(loaded.program.file), _recording.unstoppable
    )
    return _told(done, color, as_json=json)


def _committed(loaded: Loaded) -> str:
    """What git has of the file already; what cannot be known is not taken out."""
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

    try:
        return commits.committed(Path(loaded.program.file))
    except TargettrackError as error:
        said = tr(
            "nothing was taken out: git does not say what is committed ({reason})", reason=error.problems[0].message
        )
        hint = tr("add --committed to take it out whether it is or not")
        raise failure(Exit.IO, "git", said, hint=hint, file=loaded.program.file) from None


def _only(targets: str | None, *, committed: bool) -> Loaded:
    """The one program that ends with a figure which may be taken out."""
    from targettrack.store import load, write  # noqa: PLC0415 - completion and help load no more than the options

    folder = load.targets(targets)
    found = []
    for loaded in load.read_all(folder).loaded:
        try:
            write.cut_off(loaded, 1, "" if committed else _committed(loaded))
        except TargettrackError as error:
            if error.exit == Exit.IO:
                raise
        else:
            found.append(loaded)
    if len(found) == 1:
        return found[0]
    if not found:
        said = tr("nothing was taken out: no program ends with a figure that was recorded and is not committed")
        raise failure(
            Exit.NOT_FOUND,
            "nothing-to-undo",
            said,
            hint=tr("name one: targettrack undo PROGRAM says why"),
            file=str(folder),
        )
    names = ", ".join(loaded.program.id for loaded in found)
    raise typer.BadParameter(tr("several programs end with figures that were recorded: {names}; name one", names=names))


def _shown(cut: TakenOut) -> int:
    """The bytes that would be cut off, and nothing else, on stdout."""
    sys.stdout.flush()
    sys.stdout.buffer.write(cut.text.encode())
    place = f"{cut.before.program.file}:{cut.first}"
    _say.remark(tr("nothing was written; these lines would be cut off: {place} to {last}", place=place, last=cut.last))
    return 0


def _told(done: TakenOut, color: str, *, as_json: bool, dry_run: bool = False) -> int:
    from targettrack.pages import undo  # noqa: PLC0415 - completion and help load no more than the options

    told = (lambda program: program) if as_json else _programs.told  # data are as the file has them
    before, after = told(done.before.program), told(done.after.program)
    cut = undo.Cut(done.first, done.last, done.text, done.actuals, done.sources, done.doubts)
    page = undo.undone(before, after, cut, _programs.day(None), _programs.method("linear"), dry_run=dry_run)
    try:
        _output.emit(page, "json" if as_json else "table", None, color)
        sys.stdout.flush()
    except (OSError, SystemExit):  # rich ends so where the reader has left
        if not dry_run:
            _say.remark(tr("it is taken out; only the answer cannot be printed"))
        raise
    return 0
