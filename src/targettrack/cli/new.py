"""new: Add a program file to the targets folder: an empty, commented one, or a draft from a table of targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.cli import _interrupt, _options, _say, _tables
from targettrack.errors import Exit, failure
from targettrack.language import mark, tr, tr_n

if TYPE_CHECKING:
    from pathlib import Path

    from targettrack.period import Year
    from targettrack.recording.beginning import Begun

EPILOG = (
    '\b\nExamples:\n  targettrack new can-tho\n  targettrack new can-tho --name "Can Tho support industries program"'
    "\n  targettrack new can-tho --from targets.csv"
)

Program = Annotated[
    str, typer.Argument(metavar="PROGRAM", help=mark("The id of the new program: it becomes the file's name."))
]
Name = Annotated[
    str | None, typer.Option("--name", metavar="TEXT", help=mark("The program's full name."), show_default=False)
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help=mark("Draft it from a table of targets, or from the results of IATI activities; - is stdin."),
        show_default=False,
    ),
]
FiscalYear = Annotated[
    str | None,
    typer.Option(
        "--fiscal-year",
        metavar="MM-DD",
        help=mark("The day on which the fiscal years of the table begin: 04-01."),
        show_default=False,
    ),
]


def command(
    program: Program,
    name: Name = None,
    given: From = None,
    map: _tables.Map = None,
    sheet: _tables.Sheet = None,
    kind: _tables.Kind = None,
    encoding: _tables.Encoding = None,
    fiscal_year: FiscalYear = None,
    targets: _options.Targets = None,
) -> int:
    """Write the file."""
    from targettrack.program import template  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.program.model import no_program  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import load, write  # noqa: PLC0415 - completion and help load no more than the options

    if why := no_program(program):
        raise typer.BadParameter(tr("{text} is no id: {rule}", text=program, rule=why))
    path = load.targets(targets) / f"{program}.toml"
    if given is None:
        _alone(map=map, sheet=sheet, kind=kind, encoding=encoding, fiscal_year=fiscal_year)
        with _interrupt.held():
            write.create(path, template.empty(name or program))
        _say.remark(tr("{file} written", file=path))
        _next(program)
        return 0
    begun = _begun(path, given, map, sheet, kind, encoding, name, _year(fiscal_year))
    with _interrupt.held():
        write.create(path, begun.text)
    _told(path, begun)
    return 0


def _alone(**options: object) -> None:
    """Refuse what says how a table is read where there is none."""
    given = [f"--{option.replace('_', '-')}" for option, value in options.items() if value]
    if given:
        raise typer.BadParameter(tr("{options} goes with --from", options=", ".join(given)))


def _year(text: str | None) -> Year | None:
    from targettrack import period  # noqa: PLC0415 - only a draft needs it

    try:
        return None if text is None else period.fiscal_year(text)
    except period.PeriodError as error:
        raise typer.BadParameter(f"--fiscal-year: {error}") from None


def _begun(
    path: Path,
    given: str,
    map: str | None,
    sheet: list[str] | None,
    kind: str | None,
    encoding: str | None,
    name: str | None,
    year: Year | None,
) -> Begun:
    """The draft.

    Raises:
        TargettrackError: the program exists already (exit 2), or the table cannot be read.

    """
    from targettrack.cli import _input  # noqa: PLC0415 - only a draft needs it
    from targettrack.recording import beginning  # noqa: PLC0415 - only a draft needs it
    from targettrack.store import load, write  # noqa: PLC0415 - only a draft needs it

    if path.exists():
        raise write.there_already(path)
    said, mapping = _tables.mapping_of(map, str(path))
    if mapping is not None:
        _say.remark(tr("read by the mapping {path}", path=mapping))
    said = _tables.overridden(said, sheet=sheet)
    opened = _input.opened(given, kind, "--from")
    book = _input.book(opened, _tables.wishes(said, encoding))
    wanted = beginning.Wanted(path.stem, name, year)
    begun = beginning.begun(book, said, opened.file, opened.kind, wanted)
    if len(begun.text.encode()) > load.MAX_BYTES:
        said_ = tr("the program would be larger than {size} MB", size=load.MAX_BYTES // 1024 // 1024)
        raise failure(Exit.INVALID, "too-large", said_, hint=tr("split the table into several files"), file=given)
    return begun


def _told(path: Path, begun: Begun) -> None:
    """Say what was written, what was found out, every cell that is not in it, and what is left to choose."""
    from targettrack.pages.import_ import left_sentences  # noqa: PLC0415 - only a draft needs it

    for text in (*begun.said, *left_sentences(begun.left)):
        _say.item(text)
    counts = (
        tr_n(begun.indicators, "{count} indicator", "{count} indicators"),
        tr_n(begun.targets, "{count} target", "{count} targets"),
        tr_n(begun.promises, "{count} promise in words", "{count} promises in words"),
        tr_n(begun.actuals, "{count} actual", "{count} actuals"),
    )
    _say.remark(tr("{file} written: {counts}", file=path, counts=", ".join(counts)))
    if begun.asked:
        _say.remark(
            tr_n(
                begun.asked,
                '{count} indicator asks which way is better: search for direction = "?"',
                '{count} indicators ask which way is better: search for direction = "?"',
            )
        )
    _say.remark(
        tr(
            "next: compare it with the file, choose what stands behind a #, then run targettrack check {program}",
            program=path.stem,
        )
    )


def _next(program: str) -> None:
    _say.remark(
        tr(
            "next: write down what was promised and what was measured, then run targettrack status {program}",
            program=program,
        )
    )
