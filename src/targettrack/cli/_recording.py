"""Recording: many figures of a file as a plan, what a person is asked about it, and the deed."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from targettrack.cli import _ask, _interrupt, _output, _programs, _say
from targettrack.errors import Exit, Problem, TargettrackError, failure
from targettrack.frozen import frozen
from targettrack.language import mark, tr, tr_as

if TYPE_CHECKING:
    from targettrack.pages._page import Page
    from targettrack.pages.add_actual import Receipt
    from targettrack.period import Year
    from targettrack.program.model import Program, Source
    from targettrack.program.shelf import Loaded
    from targettrack.recording.entry import Reading, Row
    from targettrack.recording.plan import Caution, Plan, Wanted

MANY_ROWS, MOST_WARNINGS = 2000, 20

Revise = Annotated[
    bool,
    typer.Option(
        "--revise",
        help=mark(
            "Another value from the same source or publisher: keep the old record, and use the later published one, of equals the new one."
        ),
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help=mark("Record what looks wrong without asking."))]
Json = Annotated[
    bool,
    typer.Option("--json", help=mark("Print what was recorded, where, and each target before and after, as JSON.")),
]
Wait = Annotated[
    str, typer.Option("--wait", metavar="SECONDS", help=mark("How long to wait for somebody else who is writing."))
]


def seconds(text: str) -> float:
    """How long ``--wait`` says to wait."""
    if not re.fullmatch(r"\d{1,6}(\.\d+)?", text, re.ASCII):
        raise typer.BadParameter(tr("--wait is a number of seconds: 30"))
    return float(text)


def program(targets: str | None, name: str, patience: float) -> Loaded:
    """The program that figures are recorded in, when nobody is saving it any more.

    Raises:
        TargettrackError: there is none of that name (exit 3), it cannot be read (exit 4 or 5), or somebody is saving it all the time (exit 6).

    """
    from targettrack.store import load, write  # noqa: PLC0415 - completion and help load no more than the options

    folder = load.targets(targets)
    write.finished(folder, name, patience, lambda: waiting(name))
    shelf = load.read(folder, [name])
    if shelf.unreadable:
        raise TargettrackError(*shelf.unreadable[0].problems)
    return shelf.loaded[0]


def many(
    program: Program,
    reading: Reading,
    file: str,
    given: Mapping[str, Any],
    new: Mapping[str, Source],
    today: date,
    *,
    revise: bool,
) -> tuple[list[Wanted], dict[str, Source]]:
    """The figures of a file, and the sources that it describes; every bad row is reported at once.

    Raises:
        TargettrackError: everything that is wrong with the file (exit 4, or as the worst of it says).

    """
    from targettrack.recording import entry  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import plan as planning  # noqa: PLC0415 - completion and help load no more than the options

    problems = list(reading.problems)
    found: list[Wanted] = []
    programs: list[str | None] = []
    if not reading.rows and not problems:
        raise failure(
            Exit.INVALID,
            "no-figure",
            tr("this file has no figures"),
            hint=tr("a row each: indicator,period,value,source"),
            file=file,
        )
    year, indicators = program.year, program.indicators
    problems += _contradicted(reading.rows, given, year)
    filled = {"recorded": today, **given}
    with typer.progressbar(
        reading.rows,
        label=tr_as("progress", "reading"),
        file=sys.stderr,
        hidden=len(reading.rows) < MANY_ROWS or not sys.stderr.isatty(),
    ) as rows:
        for row in rows:
            wanted, faults = entry.wanted(row, indicators, filled, year)
            if wanted is not None:
                found.append(wanted)
                programs.append(row.program)
            else:
                problems += [_at_row(row, fault.loc, fault.code, fault.message, fault.hint) for fault in faults]
    used = {wanted.actual.source for wanted in found}
    sources, faults_of_sources = entry.described(
        program, {id: table for id, table in reading.sources.items() if id in used}, file
    )
    problems += faults_of_sources
    found = planning.of_another(program, found, programs)
    if problems:
        raise TargettrackError(*_every_problem(program, found, {**sources, **new}, problems, today, revise=revise))
    return found, sources


def _contradicted(rows: Sequence[Row], given: Mapping[str, Any], year: Year) -> list[Problem]:
    """An option that fills in what rows leave out must not differ from what a row says; the first such row of each option."""
    from targettrack.recording import entry  # noqa: PLC0415 - completion and help load no more than the options

    found: list[Problem] = []
    for key, text in given.items():
        row = next(
            (
                row
                for row in rows
                if key in row.values and entry.meaning(key, row.values[key], year) != entry.meaning(key, text, year)
            ),
            None,
        )
        if row is not None:
            word = "INDICATOR" if key == "indicator" else f"--{key.replace('_', '-')}"
            message = tr(
                "{key} is {here}, but {option} says {there}",
                key=key,
                here=_written(row.values[key]),
                option=word,
                there=_written(text),
            )
            found.append(
                row.origin.problem(
                    "contradicted", message, tr("leave {option} out, or correct the rows", option=word), Exit.USAGE
                )
            )
    return found


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(f"{name}={text}" for name, text in value.items()) if isinstance(value, dict) else str(value)


def _at_row(row: Row, loc: Sequence[str | int], code: str, message: str, hint: str | None) -> Problem:
    key = f"{loc[0]}: " if loc and f"`{loc[0]}`" not in message else ""
    return row.origin.problem(code, f"{key}{message}", hint)


def _every_problem(
    program: Program,
    found: Sequence[Wanted],
    sources: Mapping[str, Source],
    problems: Sequence[Problem],
    today: date,
    *,
    revise: bool,
) -> list[Problem]:
    """The problems of reading, and those that the rows which could be read have with the program, in the order of the rows."""
    from targettrack.recording import plan as planning  # noqa: PLC0415 - completion and help load no more than the options

    try:
        planning.plan(program, found, sources, revise=revise, today=today)
    except TargettrackError as error:
        problems = [*problems, *error.problems]
    return sorted(problems, key=lambda problem: (problem.line or 0, problem.row or 0))


# ---------------------------------------------------------------- consent, and the deed


@frozen(eq=True)
class Manner:
    """How figures are to be recorded: the day, how many seconds to wait for somebody else, whether only to try, whether to revise, how a person is asked and told, and the folder that is named."""

    today: date
    patience: float
    dry_run: bool
    revise: bool
    asking: bool
    yes: bool
    as_json: bool
    color: str
    targets: str | None = None


class _Consent:
    """What a person was asked about and agreed to; in a script, what is surely wrong needs --yes."""

    def __init__(self, manner: Manner) -> None:
        self.asking = manner.asking
        self.yes = manner.yes
        self.answered: set[str] = set()

    def asked(self, plan: Plan) -> None:
        """Ask about each doubt, or refuse what is surely wrong."""
        if self.asking:
            self._ask_about(
                [caution for caution in plan.cautions if caution.origin.said(caution.message) not in self.answered]
            )
        grave = [caution for caution in plan.cautions if caution.grave and not self.asking and not self.yes]
        if grave:
            hint = tr("add --yes if the figure is right; else correct it, or the indicator's limit")
            raise TargettrackError(
                *(caution.origin.problem("above-limit", caution.message, hint, Exit.USAGE) for caution in grave)
            )

    def _ask_about(self, cautions: Sequence[Caution]) -> None:
        """Each doubt about one figure; of many figures all at once, the grave ones first."""
        said = [
            caution.origin.said(caution.message) for caution in sorted(cautions, key=lambda caution: not caution.grave)
        ]
        many = len({caution.origin for caution in cautions}) > 1
        for text in said[:MOST_WARNINGS] if many else ():
            _say.remark(tr("doubt: {doubt}", doubt=text))
        if many and len(said) > MOST_WARNINGS:
            _say.remark(
                tr("doubt: and {more} more like these; --dry-run --json has them all", more=len(said) - MOST_WARNINGS)
            )
        for question in (
            (tr("{number} doubts. Record all the same?", number=len(said)),)
            if many
            else (tr("{doubt}. Record it all the same?", doubt=text) for text in said)
        ):
            if not _ask.confirmed(question):
                _say.remark(tr("nothing was recorded"))
                raise typer.Abort
        self.answered.update(said)

    def same(self, plan: Plan) -> Plan:
        """A plan made anew because the file changed; a person is not asked while others wait."""
        if self.asking and any(caution.origin.said(caution.message) not in self.answered for caution in plan.cautions):
            raise failure(
                Exit.LOCKED,
                "changed",
                tr("nothing was recorded: somebody else changed this file just now"),
                hint=tr("run the command again"),
                file=plan.before.file,
            )
        self.asked(plan)
        return plan


def record(
    loaded: Loaded,
    wanted: Sequence[Wanted],
    sources: Mapping[str, Source],
    manner: Manner,
    page: Callable[[Receipt], Page] = lambda receipt: receipt,
) -> int:
    """Plan, ask, write, and say what became of it: the receipt, or a ``page`` that is made of it."""
    from targettrack.recording import plan as planning  # noqa: PLC0415 - completion and help load no more than the options

    consent = _Consent(manner)

    def planned(of: Program) -> Plan:
        return planning.plan(of, wanted, sources, revise=manner.revise, today=manner.today)

    plan = planned(loaded.program)
    consent.asked(plan)
    return _carry_out(loaded, plan, lambda of: consent.same(planned(of)), manner, page)


def _carry_out(
    loaded: Loaded, plan: Plan, again: Callable[[Program], Plan], manner: Manner, page: Callable[[Receipt], Page]
) -> int:
    from targettrack.pages import add_actual  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import write  # noqa: PLC0415 - completion and help load no more than the options

    if manner.dry_run:
        done = write.rehearse(loaded, plan)
    else:
        _interrupt.raised(STOPS)
        done = write.add(loaded, plan, again, manner.patience, lambda: waiting(loaded.program.file), unstoppable)
    receipt = add_actual.receipt(
        done.loaded,
        done.plan,
        done.appendix,
        done.doubts,
        manner.today,
        _programs.method("linear"),
        dry_run=manner.dry_run,
        targets=manner.targets,
    )
    if not manner.asking and not manner.as_json:
        _warned(done.plan)
    try:
        if manner.dry_run and not manner.as_json:
            _shown(receipt)
        else:
            _output.emit(page(receipt), "json" if manner.as_json else "table", None, manner.color)
        sys.stdout.flush()
    except (OSError, SystemExit):  # rich ends so where the reader has left
        if done.appendix and not manner.dry_run:
            _say.remark(
                tr(
                    "it is recorded, in {place}; only the answer cannot be printed",
                    place=f"{loaded.program.file}:{done.appendix.first}",
                )
            )
        raise
    return 0


def waiting(file: str) -> None:
    """Say that somebody else is writing."""
    _say.remark(tr("waiting for somebody else who is writing beside {file} …", file=file))


STOPS = {signal.SIGINT, *(getattr(signal, name, signal.SIGTERM) for name in ("SIGTERM", "SIGHUP"))}


def unstoppable() -> None:
    """Let no signal stop this process any more: what is recorded from here on must be said, and 130 means that nothing was.

    A signal that came before this is obeyed now, while nothing is recorded.
    """
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    else:
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    _interrupt.obey()


def _warned(plan: Plan) -> None:
    for caution in plan.cautions[:MOST_WARNINGS]:
        _say.remark(tr("warning: {warning}", warning=caution.origin.said(caution.message)))
    if len(plan.cautions) > MOST_WARNINGS:
        _say.remark(
            tr("warning: and {more} more like these; --json has them all", more=len(plan.cautions) - MOST_WARNINGS)
        )


def _shown(page: Receipt) -> None:
    """The bytes that would be appended, and nothing else, on stdout."""
    from targettrack.pages.add_actual import relation  # noqa: PLC0415 - completion and help load no more than the options

    if page.appendix is None:
        _say.remark(tr("already recorded; nothing would be written"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(page.appendix.text.encode())
    for found, told in page.noted if len(page.plan.found) <= MOST_WARNINGS else ():
        if said := relation(page, found, told):
            _say.remark(found.wanted.origin.said(said))
    _say.remark(
        tr(
            "nothing was written; these lines would be {place} to {last}",
            place=f"{page.plan.before.file}:{page.appendix.first}",
            last=page.appendix.last,
        )
    )
