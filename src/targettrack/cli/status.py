"""status: How far each target is from being kept, and why it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.cli import _options, _output, _programs, _sought
from targettrack.errors import Exit, guessed, worst
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from targettrack.assessment.promises import Against as Against_
    from targettrack.assessment.row import Row
    from targettrack.assessment.status import Status
    from targettrack.period import Period
    from targettrack.program.model import Program
    from targettrack.program.shelf import Shelf

EPILOG = "\b\nExamples:\n  targettrack status hanoi\n  targettrack status hanoi/output-share --on 2017-10-29\n  targettrack status --only missed --json"

Programs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PROGRAM | PROGRAM/INDICATOR",
        help=mark("Programs or single indicators.  [default: all; as a table, the counts of each]"),
        show_default=False,
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only", metavar="STATUS", help=mark("Only rows of this status (again for more)."), show_default=False
    ),
]
Due = Annotated[
    str | None,
    typer.Option(
        "--due", metavar="PERIOD", help=mark("Only rows due in this period: 2025, 2021/2025."), show_default=False
    ),
]
PastDue = Annotated[bool, typer.Option("--past-due", help=mark("Only rows whose deadline has passed."))]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help=mark("gap (the worst first), due or file.  [default: the gravest status first; data as in the file]"),
        show_default=False,
    ),
]
Against = Annotated[
    str,
    typer.Option(
        "--against",
        metavar="WHICH",
        help=mark("Hold each promise to what it was: original (as first made), current, or a day.  [default: current]"),
        show_default=False,
    ),
]
Brief = Annotated[
    bool,
    typer.Option("--brief", help=mark("Fold what has no result, and what was kept, into a line each.")),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="STATUS",
        help=mark("Exit 1 if a row shown has this status (again for more)."),
        show_default=False,
    ),
]


def command(
    programs: Programs = None,
    targets: _options.Targets = None,
    on: _options.On = None,
    method: _options.Method = "linear",
    against: Against = "current",
    only: Only = None,
    due: Due = None,
    past_due: PastDue = False,
    sort: Sort = None,
    fail_on: FailOn = None,
    brief: Brief = False,
    responsible: _sought.Responsible = None,
    place: _sought.Where = None,
    grep: _sought.Grep = None,
    next: _sought.Next = None,
    todo: _sought.Todo = False,
    format: _options.Format = None,
    json: _options.Json = False,
    output: _options.Output = None,
    columns: _options.Columns = None,
    decimal: _options.Decimal = ".",
    delimiter: _options.Delimiter = ",",
    color: _options.Color = "auto",
) -> int:
    """Judge, filter and print."""
    from targettrack.assessment import report  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.pages.status import StatusPage  # noqa: PLC0415 - completion and help load no more than the options

    name = _output.format_name(format, output, "status", targets, as_json=json)
    cut = _output.cut(name, "status", output, columns, decimal, delimiter)
    judge = _programs.method(method)
    day = _programs.day(on)
    version = _version(against)
    wanted, failing = _statuses(only), _statuses(fail_on)
    if sort not in {None, "gap", "due", "file"}:
        raise typer.BadParameter(tr("--sort is gap, due or file"))
    found = _sought.sought(day, responsible, place, grep, next, todo=todo)
    asked = [text.partition("/")[::2] for text in programs or ()]
    plain = (
        not (asked or only or due or past_due or sort or fail_on or brief or found) and (method, against) == DEFAULTS
    )
    alone = name in _OF_ROWS and method == DEFAULTS[0] and not found and not (plain and name == "table")
    shelf = _programs.shelf(targets, [program for program, _ in asked], day if alone else None)
    if plain and name == "table" and len(shelf.loaded) > 1:
        return _overview(shelf, day, output, color)
    chosen = _indicators(shelf, asked)
    periods = _periods(due, [entry.program for entry in shelf.loaded])
    whole = report.report([entry.program for entry in shelf.loaded], day, method=judge, against=version)
    whole = report.select(whole, lambda row: _asked(row, chosen), None)

    def keep(row: Row) -> bool:
        period = periods.get(row.program.id)
        in_period = due is None or (period is not None and row.due is not None and period.contains(row.due.last))
        return (
            (not wanted or row.status in wanted)
            and in_period
            and (row.past_due or not past_due)
            and (found is None or found.keeps(row))
        )

    shown = report.select(report.counted(whole), keep, sort)  # type: ignore[arg-type]
    if todo and sort is None:
        from targettrack.assessment.todo import ordered  # noqa: PLC0415 - only who asks what is to be done needs it

        shown = ordered(shown)
    if shelf.loaded or not shelf.unreadable:
        page = StatusPage(shown, shelf.unreadable, brief, todo)
        _output.emit(page, name, output, color, cut)
    code = _programs.unreadable_code(shelf.unreadable, as_json=_output.json_errors(name))
    return worst(code, Exit.FINDINGS if any(row.status in failing for row in shown.rows) else Exit.DONE)


DEFAULTS = ("linear", "current")
"""The method, and the version of each promise, where none is asked for."""
_OF_ROWS = {"json", "jsonl", "csv", "table"}
"""The formats that say of a promise what its row says, and nothing of figures that it is not judged by."""


def _overview(shelf: Shelf, day: date, output: str | None, color: str) -> int:
    """All programs, each with its counts: what is asked of none of them is asked of all."""
    from targettrack.pages import list as overviews  # noqa: PLC0415 - only who names no program needs it

    page = overviews.overview(shelf.folder, shelf.loaded, shelf.unreadable, day, _programs.method("linear"))
    _output.emit(page, "table", output, color)
    return _programs.unreadable_code(shelf.unreadable, as_json=False)


def _version(text: str) -> Against_:
    """``--against``: original, current, or a day (the last one of a month or a year)."""
    return "original" if text == "original" else "current" if text == "current" else _programs.day(text)


def _statuses(words: Sequence[str] | None) -> frozenset[Status]:
    """Statuses as people write them: ``off track``, ``off-track``, ``off_track``, or several with commas."""
    from targettrack.assessment.status import STATUSES  # noqa: PLC0415 - completion and help load no more than the options

    asked = [
        word.strip().casefold().replace(" ", "_").replace("-", "_") for text in words or () for word in text.split(",")
    ]
    for word in asked:
        if word not in STATUSES:
            said = tr("no status {name}; known: {known}", name=word, known=", ".join(STATUSES))
            raise typer.BadParameter(guessed(said, word, STATUSES))
    return frozenset(status for status in STATUSES if status in asked)


def _periods(text: str | None, programs: Sequence[Program]) -> Mapping[str, Period]:
    """The period that a text says in each program: a fiscal year only in those that say when theirs begin, of which there must be one."""
    from targettrack import period  # noqa: PLC0415 - completion and help load no more than the options

    found: dict[str, Period] = {}
    refused: period.PeriodError | None = None
    for id, year in (
        {"": period.CALENDAR, **{program.id: program.year for program in programs}}.items() if text is not None else ()
    ):
        try:
            found[id] = period.asked(text or "", year)
        except period.PeriodError as error:
            refused = error if refused is None or year.fiscal else refused
    if refused is not None and not found:
        raise typer.BadParameter(str(refused))
    return found


def _indicators(shelf: Shelf, asked: Sequence[tuple[str, str]]) -> dict[str, set[str] | None]:
    """Which indicators of each program were asked for; None for all."""
    from targettrack.program import names  # noqa: PLC0415 - completion and help load no more than the options

    chosen: dict[str, set[str] | None] = {}
    readable = {entry.program.id: entry.program for entry in shelf.loaded}
    for program, indicator in asked:
        id = names.match(shelf, program)
        if id not in readable:
            continue
        if not indicator:
            chosen[id] = None
        elif chosen.get(id, set()) is not None:
            ids = chosen.setdefault(id, set())
            if ids is not None:
                ids.add(names.match_indicator(readable[id], indicator))
    return chosen


def _asked(row: Row, chosen: dict[str, set[str] | None]) -> bool:
    ids = chosen.get(row.program.id)
    return ids is None or row.indicator_id in ids
