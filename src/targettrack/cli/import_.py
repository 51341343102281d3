"""import: Take figures out of a spreadsheet, or a file in somebody else's format, by a mapping that lies beside the program."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from targettrack.cli import _ask, _interrupt, _options, _outlet, _programs, _recording, _say, _source, _tables
from targettrack.errors import Exit, Problem, TargettrackError, failure, folded, not_listed
from targettrack.language import mark, spoken, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from targettrack.cli._input import Opened
    from targettrack.pages.import_ import Given
    from targettrack.program.model import Program, Source
    from targettrack.program.shelf import Loaded
    from targettrack.recording.mapping import Document, TableMap
    from targettrack.recording.plan import Wanted

EPILOG = "\b\nExamples:\n  targettrack import hanoi figures.csv --dry-run\n  targettrack import hanoi yearbook.csv --draft\n  targettrack import hanoi figures.csv --report cells.csv"

ProgramArgument = Annotated[str, typer.Argument(metavar="PROGRAM", help=mark("The program."))]
Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE",
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
    source_title: _source.Title = None,
    source_publisher: _source.Publisher = None,
    source_published: _source.Published = None,
    source_url: _source.Url = None,
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
    texts = {"title": source_title, "publisher": source_publisher, "published": source_published, "url": source_url}
    new = _source.document(loaded.program, source, {key: text for key, text in texts.items() if text is not None})
    if files.count("-") > 1:
        raise typer.BadParameter(tr("stdin is read once: - stands for one file"))
    given = [_input.opened(name, kind) for name in files]
    over = partial(
        _tables.overridden,
        sheet=sheet,
        column=column,
        parts=parts,
        missing=missing,
        decimal=decimal,
        document=new,
    )
    if new is not None:
        source = None  # the mapping has it, with the file's name and digest
    if draft:
        chosen = over(replace(_tables.nothing(), encoding=encoding))
        return _drafted(loaded, given, chosen, map, _source.named(loaded.program, source), targets, dry_run=dry_run)
    tables = [
        _table(each, map, over, sheet, loaded.program, targets, kind) for each in given if not _input.describes(each)
    ]
    for table in tables:
        _tables.needed(table.opened, sheet=sheet, column=column, parts=parts, missing=missing, encoding=encoding)
    tables = _described(loaded.program, given, tables, encoding)
    today = _programs.day(None)
    manner = _recording.Manner(
        today, patience, dry_run, revise, _ask.possible() and not json and not yes, yes, json, color, targets
    )
    taken = _taken(loaded.program, tables, encoding, source, new)
    if report is not None:
        _reported(report, taken)
    _sound(tables, taken, source)
    if not json:
        for table, each in zip(tables, taken, strict=True):
            _tables.told(table.opened, each.taken, table.path)
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


class _Table(NamedTuple):
    """A file of figures, the mapping that it is read by, where that lies, whether it names the file, and the command that imports it."""

    opened: Opened
    map: TableMap
    path: Path | None
    again: str


def _table(
    opened: Opened,
    option: str | None,
    over: Callable[[TableMap], TableMap],
    sheet: Sequence[str] | None,
    program: Program,
    targets: str | None,
    kind: str | None,
) -> _Table:
    """A file with its mapping, which may say of what kind it is; ``over`` puts the options on top of it."""
    from targettrack.cli import _input  # noqa: PLC0415 - completion and help load no more than the options

    again = _tables.again(program.id, opened.path, targets)
    map, path = _tables.mapping_for(opened, option, program, sheet, again)
    if kind is None and map.kind is not None and not opened.ours:
        opened = _input.as_kind(opened, map.kind, path)
    return _Table(opened, over(map), path, again)


def _described(
    program: Program, given: Sequence[Opened], tables: Sequence[_Table], encoding: str | None
) -> list[_Table]:
    """The files of figures, their mappings with what other files say of these."""
    from targettrack.cli import _input  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import imported  # noqa: PLC0415 - completion and help load no more than the options

    found = list(tables)
    for each in filter(_input.describes, given):
        book = _input.book(each, _tables.wishes(_tables.nothing(), encoding), describing=True)
        _say.remark(tr("{file}: read as {kind}", file=each.path, kind=each.kind))
        for text in book.said:
            _say.item(text)
        about = imported.about(book, program)
        found = [table._replace(map=imported.joined(about, table.map)) for table in found]
    if not found:
        raise _input.no_figures(given[0])
    return found


def _taken(
    program: Program,
    tables: Sequence[_Table],
    encoding: str | None,
    source: str | None,
    new: Document | None,
) -> list[Given]:
    """What each file gives; ``new`` is a document that options describe, which the mappings have, too.

    Raises:
        TargettrackError: one cannot be read at all (exit 4 or 5).

    """
    from targettrack.cli import _input  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.pages.import_ import Given  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import imported  # noqa: PLC0415 - completion and help load no more than the options

    found: list[Given] = []
    for opened, map, path, _ in tables:
        taken = _input.figures(opened, program, map, _tables.wishes(map, encoding), source)
        taken = imported.documented(taken, new, program, opened.file) if opened.ours else taken
        found.append(Given(opened.file, opened.kind, taken, str(path) if path else None))
    return found


def _sound(tables: Sequence[_Table], found: Sequence[Given], source: str | None) -> None:
    """Refuse files with which something is wrong.

    Raises:
        TargettrackError: everything that is wrong with any of them.

    """
    from targettrack.recording import imported  # noqa: PLC0415 - completion and help load no more than the options

    for table, each in zip(tables, found, strict=True):
        _advised(table, each.taken.problems)
    problems = [problem for each in found for problem in each.taken.problems]
    if problems:
        raise imported.refused(problems)
    if source is None:
        _sourced(found, tables)


_SHAPE = frozenset({"no-such-column", "no-such-sheet", "no-such-part", "no-header", "bad-rows", "missing-column"})
"""What is wrong with a table that has another shape than its mapping says."""


def _advised(table: _Table, problems: Sequence[Problem]) -> None:
    """Say how a file that was refused gets a mapping, or another one."""
    command = f"{table.again} --draft"
    if problems and table.path is None:
        _say.remark(tr("{command} writes a mapping to begin with", command=command))
    elif any(problem.code in _SHAPE for problem in problems):
        _say.remark(
            tr(
                "{file} was read by the mapping {mapping}; if it is another table than that is for: {command}",
                file=table.opened.path,
                mapping=table.path,
                command=command,
            )
        )


def _sourced(found: Sequence[Given], tables: Sequence[_Table]) -> None:
    """Refuse figures of which nothing says where they come from."""
    for each, table in zip(found, tables, strict=True):
        if any("source" not in row.values and row.origin.cell is not None for row in each.taken.rows):
            raise failure(
                Exit.USAGE,
                "no-source",
                tr("nothing says which document these figures come from"),
                hint=tr("add [source] to {mapping}, with id, title and publisher; or --source ID", mapping=table.path)
                if table.path
                else tr(
                    "--source ID says it, with --source-title a new one; or a mapping: {command} --draft",
                    command=table.again,
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
                else tr(
                    "no cell below its header looks like a figure; header = in a mapping says which rows the header is"
                ),
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
    source: str | None,
    targets: str | None,
    *,
    dry_run: bool,
) -> int:
    """Write a mapping for a table, or print it."""
    from targettrack.cli import _input, _output  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import drafting  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import mappings, write  # noqa: PLC0415 - completion and help load no more than the options

    if len(given) > 1:
        raise typer.BadParameter(tr("--draft takes one file; files of the same shape share a mapping"))
    one, program = given[0], loaded.program
    if one.ours:
        _say.remark(tr("{file} is in the shape that show prints: it needs no mapping", file=one.path))
        return 0
    place = Path(option) if option else None
    if place is not None and os.path.lexists(place) and not dry_run:
        said = tr("this file exists already, and is not touched")
        raise failure(Exit.USAGE, "exists", said, hint=tr("name another one: --map FILE"), file=str(place))
    if place is None and not dry_run:
        place = mappings.place(program.file, one.file.name, map.sheet)
    book = _input.book(one, _tables.wishes(map, None))
    text, questions = drafting.draft(book, map, program, one.file, one.kind, source)
    if place is None or dry_run:
        _output.stream().write(text)
    else:
        write.create(place, text)
        _say.remark(tr("written: {path}", path=str(place)))
    if questions:
        _say.remark(
            tr_n(
                questions, '{count} choice is yours: it is marked "?"', '{count} choices are yours: they are marked "?"'
            )
        )
    if not dry_run:
        found = place in [each.path for each in mappings.all_of(program.file)] and one.path != "stdin"
        command = _tables.again(program.id, one.path, targets, *([] if found else ["--map", str(place)]))
        _say.remark(
            tr("then: {command}", command=command)
            if questions
            else tr("nothing is left to choose: {command}", command=command)
        )
    return 0
