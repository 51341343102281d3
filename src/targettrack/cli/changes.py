"""changes: What changed between two git revisions, who did it, and why a status flipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from targettrack.cli import _days, _options, _output, _programs, _say
from targettrack.errors import Exit, failure
from targettrack.frozen import frozen
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from targettrack.pages.changes import Compared, Comparison, Revision
    from targettrack.program.shelf import Loaded, Shelf
    from targettrack.revisions.authorship import Commit
    from targettrack.store.commits import Renames
    from targettrack.store.git import Repository

EPILOG = "\b\nExamples:\n  targettrack changes || true\n  targettrack changes --since '1 week ago' || true\n  targettrack changes --since 2026-01-31 || true\n  targettrack changes hanoi --since HEAD~1 --format markdown || true\n  targettrack changes --since v1 --until v2 --json || true"

Since = Annotated[
    str,
    typer.Option(
        "--since",
        metavar="REV|DATE",
        help=mark(
            "The older side: a commit, a branch, a tag, or a day (the last commit up to its end).  [default: HEAD]"
        ),
        show_default=False,
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="REV|DATE",
        help=mark("The newer side.  [default: the files as they are, committed or not]"),
        show_default=False,
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help=mark("Judge the newer side by what was known on this day.  [default: today, or the day of --until]"),
        show_default=False,
    ),
]


def command(
    since: Since = "HEAD",
    programs: _options.Programs = None,
    until: Until = None,
    targets: _options.Targets = None,
    on: On = None,
    format: _options.Format = None,
    json: _options.Json = False,
    output: _options.Output = None,
    color: _options.Color = "auto",
) -> int:
    """Compare and print."""
    from targettrack.store import commits, git, load  # noqa: PLC0415 - completion and help load no more than the options

    name = _output.format_name(format, output, "changes", targets, as_json=json)
    if since == "" or until == "":
        raise typer.BadParameter(tr("--since or --until names no revision"))
    since, until = _days.revision(since), until and _days.revision(until)
    day = None if on is None else _programs.day(on)
    folder = load.targets(targets)
    repository = git.repository(folder)
    old = commits.commit(repository, since)
    end = None if until is None else commits.commit(repository, until)
    _joined(repository, old, end)
    shelf = commits.shelf(repository, end) if end else load.read_all(folder)
    page = _compared(
        Asked(repository, old, side(repository, since, old, None), side(repository, until, end, day)),
        shelf,
        programs or [],
    )
    _output.emit(page, name, output, color)
    if page.cut:
        _say.remark(page.cut.sentence)
    return _programs.unreadable_code(page.unreadable, as_json=_output.json_errors(name))


@frozen(eq=True, slots=False)
class Asked:
    """What is compared: the repository, the commit of the older side, and both sides."""

    repository: Repository
    old: Commit
    since: Revision
    until: Revision

    @property
    def head(self) -> str:
        """Where the newer side's history ends."""
        return self.until.commit.hash if self.until.commit else "HEAD"


def _joined(repository: Repository, old: Commit, end: Commit | None) -> None:
    """Refuse what cannot be compared.

    Raises:
        TargettrackError: nothing joins both sides, for the history is cut off (exit 5).

    """
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.wording import cut  # noqa: PLC0415 - completion and help load no more than the options

    found = commits.unjoined(repository, old, end.hash if end else "HEAD")
    if found:
        raise failure(Exit.IO, "no-merge-base", str(found), hint=cut.hint(), file=str(repository.top))


def side(repository: Repository, asked: str | None, commit: Commit | None, day: date | None) -> Revision:
    """A side, judged on the day that was asked for, else on that of the revision: the day itself if a day names it."""
    from targettrack.pages.changes import Revision  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

    if day is None:
        day = (
            _programs.day(None)
            if commit is None
            else commits.day_of(repository, str(asked)) or _committed(repository, commit)
        )
    return Revision(asked or "", commit, day)


def _committed(repository: Repository, commit: Commit) -> date:
    """The day of a commit.

    Raises:
        TargettrackError: it tells none (exit 5).

    """
    if commit.day is None:
        message, hint = (
            tr("the commit {hash} does not tell its day: nobody knows how to judge it", hash=commit.short),
            tr("name a day, or a commit that has one"),
        )
        raise failure(Exit.IO, "no-day", message, hint=hint, file=str(repository.top))
    return date.fromisoformat(commit.day)


def _compared(asked: Asked, shelf: Shelf, names: Sequence[str]) -> Comparison:
    from targettrack.pages import changes  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.pages.changes import Comparison  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

    repository, until = asked.repository, asked.until
    renamed = commits.renames(repository, asked.old, until.commit)
    before = commits.shelf(repository, asked.old)
    wanted = _wanted(shelf, before, names)
    found: list[Compared | None] = []
    hidden = [] if until.commit else commits.hidden(repository)
    unread = [_path(asked, entry.file) for entry in shelf.unreadable]
    kept = {*unread, *(renamed.names(path)[-1] for path in unread), *hidden}
    away = [
        entry.program.file for entry in before.loaded if entry.program.file in hidden and entry.program.id in wanted
    ]
    for loaded in shelf.loaded:
        path = _path(asked, loaded.program.file)
        first = renamed.names(path)[-1]
        kept |= {path, first, f"{repository.folder}{Path(loaded.program.file).name}"}
        if loaded.program.id in wanted:
            found.append(became(asked, loaded, renamed, path))
    found += [
        _gone(asked, entry) for entry in before.loaded if entry.program.file not in kept and entry.program.id in wanted
    ]
    unreadable = [entry for entry in shelf.unreadable if entry.id in wanted]
    entries = tuple(changes.told(entry, _programs.told) for entry in found if entry)
    page = Comparison(
        asked.since, until, entries, len(found) + len(unreadable), tuple(_limits(asked, away)), tuple(unreadable)
    )
    return replace(page, limits=(*page.limits, str(page.cut))) if page.cut else page


def _wanted(shelf: Shelf, before: Shelf, names: Sequence[str]) -> set[str]:
    """The ids that were asked for, of programs that are there or were."""
    from targettrack.program.names import match  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.program.shelf import Shelf  # noqa: PLC0415 - completion and help load no more than the options

    there = {entry.program.id for entry in shelf.loaded} | {entry.id for entry in shelf.unreadable}
    gone = tuple(entry for entry in before.loaded if entry.program.id not in there)
    every = Shelf(shelf.folder, (*shelf.loaded, *gone), shelf.unreadable)
    return {match(every, name) for name in names} if names else there | {entry.program.id for entry in gone}


def _path(asked: Asked, file: str) -> str:
    """Where a program lies in the repository; of a link, the file behind it."""
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

    return (
        commits.behind(asked.repository, asked.until.commit, file)
        if asked.until.commit
        else asked.repository.file(Path(file))
    )


def became(asked: Asked, loaded: Loaded, renamed: Renames, path: str) -> Compared | None:
    """What became of a program that there is."""
    from targettrack.pages import changes  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

    repository, old = asked.repository, asked.old
    link = f"{repository.folder}{Path(loaded.program.file).name}"
    past = commits.past(repository, old, renamed, loaded, asked.head, path, link if link != path else None)
    if past.unread:
        return changes.Compared(loaded.program, "unread")
    if len(past.versions) == 1:
        added = commits.since(repository, old, renamed.names(path), asked.head)
        hidden = [commit for commit in added if commit.edge]  # it may have been there before all that can be seen
        return changes.Compared(loaded.program, "new", commits={(): tuple(hidden or added[:1]) or (None,)})
    return changes.compared(
        past.versions,
        past.parents,
        past.commits,
        asked.since.on,
        asked.until.on,
        _programs.method("linear"),
        past.path if past.path != path else None,
    )


def _gone(asked: Asked, entry: Loaded) -> Compared:
    """A program that there was."""
    from targettrack.pages import changes  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

    file = entry.program.file
    by: tuple[Commit | None, ...] = () if asked.until.commit else (None,)
    if not commits.has(asked.repository, asked.head, file):
        by = commits.removed(asked.repository, asked.old, file, asked.head)
    return changes.Compared(entry.program, "gone", commits={(): by})


def _limits(asked: Asked, away: Sequence[str]) -> list[str]:
    """What git cannot tell here; ``away`` are programs that are not checked out."""
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

    since, until = asked.since, asked.until
    said = [
        tr("{file} is not checked out here, and not compared; --until HEAD compares what is committed", file=file)
        for file in away
    ]
    if not commits.follows(asked.repository, asked.old, asked.head):
        said.append(
            tr(
                "{since} did not lead to {until}: what only {since} has is told as taken back",
                since=since.name,
                until=until.name or "HEAD",
            )
        )
    return said
