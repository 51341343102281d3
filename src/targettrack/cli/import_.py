"""import: Take figures out of a spreadsheet, or a file in somebody else's format, by a mapping that lies beside the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.cli import _ask, _interrupt, _options, _outlet, _programs, _recording, _say, _tables
from targettrack.errors import Exit, Problem, TargettrackError, failure, folded, not_listed
from targettrack.language import mark, spoken, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from targettrack.cli._input import Opened
    from targettrack.pages.import_ import Given
    from targettrack.program.model import Program, Source
    from targettrack.program.shelf import Loaded
    from targettrack.recording.mapping import TableMap
    from targettrack.recording.plan import Wanted

EPILOG = "\b\nExamples:\n  targettrack import hanoi figures.csv --dry-run\n  targettrack import hanoi yearbook.csv --draft\n  targettrack import hanoi figures.csv --report cells.csv"

ProgramArgument = Annotated[
    str, typer.Argument(metavar="PROGRAM", help=mark("The program."), autocompletion=_options.complete_program)
]
Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help=mark(
            "Tables: .xlsx, .xls, .ods, .csv, .json, SDMX-CSV, JSON-stat, PX, IATI, Open SDG, World Bank CSV; - is stdin."
        ),
    ),
]
Draft = Annotated[
    bool,
    typer.Option(
        "--draft",
        help=mark("Write the mapping from the table's own words, with ? where you have to choose; take no figure."),
    ),
]
Report = Annotated[
    str | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help=mark("Write every cell and what became of it into a CSV file."),
        show_default=False,
    ),
]
SourceId = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="ID",
        help=mark("The document that the figures come from, if the mapping names none."),
        show_default=False,
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=mark("Print what would be appended, or drafted, and write nothing."))
]


def command(
    program: ProgramArgument,
    files: Files,
    map: _tables.Map = None,
    draft: Draft = False,
    dry_run: DryRun = False,
    sheet: _tables.Sheet = None,
    kind: _tables.Kind = None,
    encoding: _tables.Encoding = None,
    column: _tables.ColumnIs = None,
    parts: _tables.Parts = None,
    missing: _tables.MissingSigns = None,
    decimal: _tables.Decimal = None,
    source: SourceId = None,
    report: Report = None,
    revise: _recording.Revise = False,
    yes: _recording.Yes = False,
    wait: _recording.Wait = "30",
    targets: _options.Targets = None,
    json: _recording.Json = False,
    color: _options.Color = "auto",
) -> int:
    """Read the mapping and the files, plan, write, and say what became of every cell."""
    from targettrack.cli import _input  # noqa: PLC0415 - completion and help load no more than the options

    _interrupt.says(_say.letters(tr("nothing was recorded")))
    if report is not None:
        _reportable(report, targets, [*files, *([map] if map else [])], draft=draft)
    loaded = _recording.program(targets, program, patience := _recording.seconds(wait))
    given = [_input.opened(name, kind) for name in files]
    if draft:
        chosen = _tables.overridden(
            _tables.nothing(), sheet=sheet, column=column, parts=parts, missing=missing, decimal=decimal
        )
        return _drafted(loaded, given, chosen, map, encoding, source, dry_run=dry_run)
    said, path = _tables.mapping_of(map, loaded.program.file)
    said = _tables.overridden(said, sheet=sheet, column=column, parts=parts, missing=missing, decimal=decimal)
    said, given = _described(loaded.program, given, said, encoding)
    today = _programs.day(None)
    manner = _recording.Manner(
        today, patience, dry_run, revise, _ask.possible() and not json and not yes, yes, json, color
    )
    taken = _taken(loaded.program, given, said, path, encoding, source)
    if report is not None:
        _reported(report, taken)
    if not json:
        for one, each in zip(given, taken, strict=True):
            _tables.told(one, each.taken)
    from targettrack.pages.import_ import Imported  # noqa: PLC0415 - completion and help load no more than the options

    try:
        wanted, sources = _wanted(loaded.program, taken, source, today, revise=revise)
        return _recording.record(loaded, wanted, sources, manner, lambda receipt: Imported(receipt, tuple(taken)))
    except TargettrackError as error:
        raise TargettrackError(*_first_of_each_kind(error.problems)) from None


MOST_OF_A_KIND = 20
"""So many cells are named of what is wrong with many; the rest is counted."""


def _first_of_each_kind(problems: Sequence[Problem]) -> list[Problem]:
    kept, more = folded(problems, lambda problem: problem.code, MOST_OF_A_KIND)
    worst = {problem.code: problem for problem in problems}
    counted = [
        replace(not_listed(code, count, worst[code].severity, worst[code].file), exit=worst[code].exit)
        for code, count in more.items()
    ]
    return [*kept, *counted]


def _described(
    program: Program, given: Sequence[Opened], map: TableMap, encoding: str | None
) -> tuple[TableMap, list[Opened]]:
    """A mapping with what some of the files say of the figures of the others, and these."""
    from targettrack.cli import _input  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import imported  # noqa: PLC0415 - completion and help load no more than the options

    for each in given:
        if _input.describes(each):
            book = _input.book(each, _tables.wishes(map, encoding), describing=True)
            _say.remark(tr("{file}: read as {kind}", file=each.path, kind=each.kind))
            for text in book.said:
                _say.item(text)
            map = imported.joined(imported.about(book, program), map)
    figures = [each for each in given if not _input.describes(each)]
    if not figures:
        raise _input.no_figures(given[0])
    return map, figures


def _taken(
    program: Program,
    given: Sequence[Opened],
    map: TableMap,
    path: Path | None,
    encoding: str | None,
    source: str | None,
) -> list[Given]:
    """What each file gives.

    Raises:
        TargettrackError: everything that is wrong with any of them.

    """
    from targettrack.cli import _input  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.pages.import_ import Given  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import imported  # noqa: PLC0415 - completion and help load no more than the options

    found = [
        Given(each.file, each.kind, _input.figures(each, program, map, _tables.wishes(map, encoding), source))
        for each in given
    ]
    problems = [problem for each in found for problem in each.taken.problems]
    if problems:
        if path is None:
            _say.remark(
                tr(
                    "targettrack import {program} {file} --draft writes a mapping to begin with",
                    program=program.id,
                    file=given[0].path,
                )
            )
        raise imported.refused(problems)
    if source is None:
        _sourced(found, path)
    return found


def _sourced(found: Sequence[Given], path: Path | None) -> None:
    """Refuse figures of which nothing says where they come from."""
    for each in found:
        if any("source" not in row.values and row.origin.cell is not None for row in each.taken.rows):
            raise failure(
                Exit.USAGE,
                "no-source",
                tr("nothing says which document these figures come from"),
                hint=tr(
                    "add [source] to {mapping}, with id, title and publisher; or --source ID",
                    mapping=path or tr("the mapping"),
                ),
                file=each.file.path,
            )


def _wanted(
    program: Program, taken: Sequence[Given], source: str | None, today: date, *, revise: bool
) -> tuple[list[Wanted], Mapping[str, Source]]:
    """The figures of all files, and the documents that they bring along."""
    from targettrack.recording.entry import Reading  # noqa: PLC0415 - completion and help load no more than the options

    wanted: list[Wanted] = []
    sources: dict[str, Source] = {}
    given = {"source": source} if source else {}
    for each in taken:
        if not each.taken.rows:
            raise failure(
                Exit.INVALID,
                "no-figure",
                tr("no figure of this file could be taken"),
                hint=tr("for instance {cell}: {reason}", cell=each.taken.left[0].cell, reason=each.taken.left[0].reason)
                if each.taken.left
                else tr("look at the file"),
                file=each.file.path,
            )
        reading = Reading(each.taken.rows, each.taken.sources)
        more, described = _recording.many(program, reading, each.file.path, given, sources, today, revise=revise)
        wanted += more
        sources |= described
    return wanted, sources


def _reportable(path: str, targets: str | None, read: Sequence[str], *, draft: bool) -> None:
    """Refuse a report that would write over what is read, that would stand among the receipt, or of which nothing would be written."""
    _outlet.untouched(path, targets, *read)
    if _outlet.stream_of(path) == _outlet.STDOUT:
        raise typer.BadParameter(tr("the receipt is on stdout: --report names a file"))
    if draft:
        raise typer.BadParameter(tr("--draft takes no figure, so there is nothing to report: leave --report out"))


def _reported(path: str, taken: Sequence[Given]) -> None:
    """Write what became of every cell, in the English of data."""
    from targettrack.cli import _output  # noqa: PLC0415 - only a report needs it
    from targettrack.pages.cells import Cells  # noqa: PLC0415 - completion and help load no more than the options

    with spoken(None):
        _output.emit(Cells(tuple(taken)), "csv", path, "never")


def _drafted(
    loaded: Loaded,
    given: Sequence[Opened],
    map: TableMap,
    option: str | None,
    encoding: str | None,
    source: str | None,
    *,
    dry_run: bool,
) -> int:
    """Write a mapping for a table, or print it."""
    from targettrack.cli import _input, _output  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import drafting  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import write  # noqa: PLC0415 - completion and help load no more than the options

    if len(given) > 1:
        raise typer.BadParameter(tr("--draft takes one file; files of the same shape share a mapping"))
    one = given[0]
    if one.ours:
        _say.remark(tr("{file} is in the shape that show prints: it needs no mapping", file=one.path))
        return 0
    book = _input.book(one, _tables.wishes(map, encoding))
    text, questions = drafting.draft(book, map, loaded.program, one.file, one.kind, source)
    if dry_run:
        _output.stream().write(text)
    else:
        path = Path(option) if option is not None else _tables.beside(loaded.program.file)
        write.create(path, text)
        _say.remark(tr("written: {path}", path=str(path)))
    if questions:
        _say.remark(
            tr_n(
                questions, '{count} choice is yours: it is marked "?"', '{count} choices are yours: they are marked "?"'
            )
        )
    else:
        _say.remark(
            tr(
                "nothing is left to choose: targettrack import {program} {file}",
                program=loaded.program.id,
                file=one.path,
            )
        )
    return 0
