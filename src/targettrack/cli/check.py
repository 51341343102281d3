"""check: Everything that is wrong in the program files, and what makes them weak as evidence; silent where all is sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.cli import _days, _options, _output, _programs, _say
from targettrack.errors import Exit, Problem, TargettrackError, guessed, worst
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from datetime import date

    from targettrack.pages.check import Findings
    from targettrack.program.model import Fault
    from targettrack.program.shelf import Loaded, Shelf
    from targettrack.revisions.authorship import Commit
    from targettrack.store.commits import Past
    from targettrack.store.git import Repository
    from targettrack.wording.cut import Cut

EPILOG = "\b\nExamples:\n  targettrack check hanoi || true\n  targettrack check --format json || true\n  targettrack check --since HEAD --strict || true\n  targettrack check --list\n  targettrack check no-source"

Programs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PROGRAM",
        help=mark("Programs; or one code, to be told what it says.  [default: all]"),
        show_default=False,
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help=mark("Exit 1 for warnings too."))]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="REV",
        help=mark(
            "Also say what was softened since a git revision or a day: targets lowered, extended, dropped, figures changed in place."
        ),
        show_default=False,
    ),
]
CheckFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=mark(
            "{formats}; full has the line and what to do for every finding, concise a line each; github annotates a pull request.  [default: table]"
        ),
        show_default=False,
    ),
]
Staged = Annotated[
    bool, typer.Option("--staged", help=mark("Check what git would commit, not what lies in the folder."))
]
Codes = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODE",
        help=mark("Only findings of this code (again for more)."),
        show_default=False,
    ),
]
Ignored = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODE",
        help=mark("No finding of this code (again for more)."),
        show_default=False,
    ),
]
List = Annotated[bool, typer.Option("--list", help=mark("List every code, and what it says."))]


def command(
    programs: Programs = None,
    strict: Strict = False,
    since: Since = None,
    staged: Staged = False,
    format: CheckFormat = None,
    select: Codes = None,
    ignore: Ignored = None,
    list_: List = False,
    targets: _options.Targets = None,
    on: _options.On = None,
    json: _options.Json = False,
    output: _options.Output = None,
    color: _options.Color = "auto",
) -> int:
    """Check and print."""
    from targettrack.pages import check as checking  # noqa: PLC0415 - completion and help load no more than the options

    if programs and (meant := _code(targets, programs)):
        return _explained(meant)
    manner: checking.Manner = "full" if format == "full" else "concise" if format == "concise" else "ranked"
    name = _output.format_name("table" if manner != "ranked" else format, output, "check", targets, as_json=json)
    chosen = _chosen(select, ignore)
    if since == "":
        raise typer.BadParameter(tr("--since names no revision"))
    since = since and _days.revision(since)
    day = _programs.day(on)
    if list_:
        return _listed()
    shelf = _shelf(targets, programs or [], staged=staged)
    softer, cut = _softened(shelf, since, day, everything=not programs) if since else ([], None)
    found = [*_problems(shelf, day), *_nothing(shelf, staged=staged), *softer]
    files = len(shelf.loaded) + len(shelf.unreadable)
    page = checking.findings(filter(chosen, found), files, cut, since or None, manner)
    _output.emit(_from_top(page, shelf) if name == "github" else page, name, output, color)
    if cut:
        _say.remark(cut.sentence)
    code = Exit.FINDINGS if page.count("error") or (strict and page.problems) else Exit.DONE
    return worst(code, *(problem.exit for problem in page.problems if problem.exit is Exit.IO))


def _code(targets: str | None, programs: list[str]) -> str | None:
    """The code that is asked for, where no program is called so."""
    if len(programs) > 1 or programs[0] not in _codes():
        return None
    from targettrack.store import load  # noqa: PLC0415 - completion and help load no more than the options

    try:
        there = load.by_stem(load.files(load.targets(targets)), programs[0])
    except TargettrackError:  # no folder is needed to know what a code says
        there = None
    return programs[0] if there is None else None


def _explained(code: str) -> int:
    """What a code says, and how to see where it was found."""
    from targettrack.pages import help as pages  # noqa: PLC0415 - only who asks for a code needs them

    topic = pages.found(code)
    if topic is None:
        raise TypeError("every code has its words")
    _output.emit(pages.HelpPage((topic,)), "table", None, "auto")
    _say.remark(tr("where it was found: {command}", command=f"targettrack check --select {code}"))
    if all(entry.word != tr("error") for entry in topic.entries):
        _say.remark(tr("to allow it, a program says why: {line}", line=f'[check] allow = {{ {code} = "…" }}'))
    return int(Exit.DONE)


def _codes() -> list[str]:
    """Every code."""
    from targettrack.pages.check import codes  # noqa: PLC0415 - only who names one needs them

    return sorted({code for code, _, _ in codes.catalogue()})


def _chosen(select: list[str] | None, ignore: list[str] | None) -> Callable[[Problem], bool]:
    """Which problems are asked for.

    Raises:
        typer.BadParameter: there is no such code.

    """
    wanted, unwanted = (
        {each.strip() for text in texts or () for each in text.split(",")} for texts in (select, ignore)
    )
    if not wanted | unwanted:
        return lambda _: True
    known = _codes()
    for code in sorted((wanted | unwanted) - set(known)):
        said = tr("no code {name}", name=code)
        told = guessed(said, code, known)
        raise typer.BadParameter(told if told != said else tr("no code {name}; check --list names them", name=code))
    return lambda problem: (not wanted or problem.code in wanted) and problem.code not in unwanted


def _shelf(targets: str | None, names: list[str], *, staged: bool) -> Shelf:
    from targettrack.program.names import chosen  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import commits, git, load  # noqa: PLC0415 - completion and help load no more than the options

    folder = load.targets(targets)
    if not staged:
        return load.read(folder, names)
    found = commits.staged(git.repository(folder), str(folder))
    return chosen(found, names) if names else found


def _nothing(shelf: Shelf, *, staged: bool) -> Iterator[Problem]:
    """A folder without a program is no sound one: nothing was checked."""
    if not shelf.loaded and not shelf.unreadable:
        message = (
            tr("no program is staged in this folder: nothing was checked")
            if staged
            else tr("there is no program in this folder: nothing was checked")
        )
        hint = (
            tr("git add the programs, or name another folder with --targets DIR")
            if staged
            else tr("targettrack new PROGRAM adds one; --targets DIR names another folder")
        )
        yield Problem(code="no-programs", message=message, hint=hint, file=shelf.folder)


def _from_top(page: Findings, shelf: Shelf) -> Findings:
    """The findings with the files' paths in their repository, as GitHub knows them; as they are where there is none that answers."""
    from targettrack.store import git  # noqa: PLC0415 - completion and help load no more than the options

    try:
        repository = git.repository(Path(shelf.folder))
    except TargettrackError:
        return page
    paths = {
        entry: repository.file(Path(entry))
        for entry in (*(each.program.file for each in shelf.loaded), *(each.file for each in shelf.unreadable))
    }
    paths[shelf.folder] = repository.folder.rstrip("/") or "."
    return replace(
        page,
        problems=tuple(
            replace(each, file=paths.get(each.file, each.file)) if each.file else each for each in page.problems
        ),
    )


def _problems(shelf: Shelf, day: date) -> Iterator[Problem]:
    for unreadable in shelf.unreadable:
        yield from unreadable.problems
    for loaded in shelf.loaded:
        yield from weak(loaded, day, _programs.day(None))


def weak(loaded: Loaded, day: date, today: date | None = None) -> Iterator[Problem]:
    """What makes a program weak as evidence, at its places, as of a day and asked on another."""
    from targettrack.pages.check import weaknesses  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.program import toml  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.wording import notation  # noqa: PLC0415 - as above

    with notation.units(_programs.units(loaded.program)):
        faults = list(weaknesses.found(weaknesses.Case(loaded.program, day, _programs.method("linear"), today)))
    grave = {each.code for each in weaknesses.CHECKS if each.severity == "error"}
    for problem in toml.placed(map(loaded.named, faults), loaded.text, loaded.program.file, severity="warning"):
        yield replace(problem, severity="error") if problem.code in grave else problem


def _softened(shelf: Shelf, since: str, day: date, *, everything: bool) -> tuple[list[Problem], Cut | None]:
    """What the programs took back since a revision, each with the commit that did it; and what cannot be seen of it."""
    from targettrack.store import commits, git  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.wording import cut  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.wording.cut import Cut  # noqa: PLC0415 - completion and help load no more than the options

    repository = git.repository(Path(shelf.folder))
    old = commits.start(repository, commits.commit(repository, since))
    if isinstance(old, Cut):
        return [
            Problem(code="not-compared", message=str(old), hint=cut.hint(), file=shelf.folder, severity="warning")
        ], old
    renamed = commits.renames(repository, old)
    kept = {repository.file(Path(entry.file)) for entry in shelf.unreadable} | set(commits.hidden(repository))
    found: list[Problem] = []
    edges: list[str] = []
    for loaded in shelf.loaded:
        past = commits.past(repository, old, renamed, loaded)
        kept |= {repository.file(Path(loaded.program.file)), past.path}
        found += _taken_back(loaded, past, since, day, edges)
    return [*found, *(_gone(repository, old, kept, since) if everything else ())], cut.who(edges)


def _taken_back(loaded: Loaded, past: Past, since: str, day: date, edges: list[str]) -> Iterator[Problem]:
    """What a program took back; the commits at an edge that may have done it are added to ``edges``."""
    from targettrack.pages.check import softened  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.program import toml  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.program.model import Fault  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.wording import notation  # noqa: PLC0415 - as above

    check = past.versions[0].document.check_  # what is allowed since then excuses nothing
    faults: list[Fault] = []
    with notation.units(_programs.units(loaded.program)):
        taken = list(softened.traced(past.versions, past.parents, day))
    for places, softening in taken:
        if check is None or softening.fault.code not in check.allow:
            faults.append(_named("; ".join(dict.fromkeys(_who(past, place) for place in places)), softening.fault))
            edges += [commit.hash for place in places if (commit := past.commits[place]) and commit.edge]
    if past.unread and (check is None or "not-compared" not in check.allow):
        said = tr(
            "this program could not be read at {since}: what was softened before its next sound version is not known",
            since=since,
        )
        faults.append(Fault((), "not-compared", said, tr("name a revision in which it is sound")))
    return toml.placed(map(loaded.named, faults), loaded.text, loaded.program.file, severity="warning")


def _who(past: Past, place: int) -> str:
    """Who made a version so; empty where that is not of this history."""
    from targettrack.wording.changes import credit  # noqa: PLC0415 - only what was taken back needs it

    if place == len(past.versions) - 1:
        return tr("not committed yet")
    commit = past.commits[place]
    return credit(commit) if commit else ""


def _gone(repository: Repository, old: Commit, kept: set[str], since: str) -> Iterator[Problem]:
    """The programs that are not there any more."""
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

    for path in commits.gone(repository, old, kept):
        message = tr(
            "the program {program} of {since} is gone, with all its targets", program=Path(path).stem, since=since
        )
        yield Problem(
            code="dropped",
            message=message,
            hint=tr("keep it; a program that ended stays readable"),
            file=path,
            severity="warning",
        )


def _named(label: str, fault: Fault) -> Fault:
    return replace(fault, message=f"{fault.message}{f': {label}' if label else ''}")


def _listed() -> int:
    from targettrack.pages.check import codes  # noqa: PLC0415 - completion and help load no more than the options

    words = {"error": tr("error"), "warning": tr("warning")}
    wide = max(map(len, words.values()))
    _output.stream().writelines(
        f"{code:20}  {words[severity]:{wide}}  {means}\n" for code, severity, means in codes.catalogue()
    )
    return 0
