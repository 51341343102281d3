"""Since: what changed in a program since a revision, a day, or the commit with which it came, for a page that tells it beside other things."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from targettrack.cli import _programs, changes
from targettrack.errors import TargettrackError

if TYPE_CHECKING:
    from targettrack.pages.changes import Comparison
    from targettrack.program.shelf import Loaded
    from targettrack.revisions.authorship import Commit
    from targettrack.store.commits import Homes
    from targettrack.store.git import Repository


class Past:
    """What became of programs up to a day: since what was asked for, else by the newest commit of each, or by ``all`` of a year: since a year before, or since a program came, if that is later."""

    def __init__(self, homes: Homes, since: str | None, day: date, *, all: bool) -> None:
        self._homes, self._since, self._day, self._all = homes, since, day, all
        self._older: dict[Path, Commit | None] = {}

    def of(self, loaded: Loaded) -> Comparison | None:
        """What changed in a program, told in the file's own words; None where git does not know it.

        Raises:
            TargettrackError: there is no revision as asked for, or git does not answer (exit 5).

        """
        from targettrack.pages.changes import Comparison, Revision  # noqa: PLC0415 - completion and help load no more than the options
        from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

        try:
            repository = self._homes.of(Path(loaded.program.file))
        except TargettrackError:
            if self._since is None:
                return None  # the edition of the data says why
            raise
        if repository is None:
            return None
        if self._since is None and not self._all:
            return self._newest(repository, loaded)
        path = repository.file(Path(loaded.program.file))
        old, moved = self._old(repository, path)
        if old is None or (self._since is None and (old.day is None or old.day > self._day.isoformat())):
            return None
        since = changes.side(repository, self._since or old.short, old, None)
        asked = changes.Asked(repository, old, since, Revision("", None, self._day))
        renamed = commits.renames(repository, old) if moved else commits.Renames((), ())
        found = changes.became(asked, loaded, renamed, path)
        return Comparison(since, asked.until, (found,) if found else (), 1)

    def _newest(self, repository: Repository, loaded: Loaded) -> Comparison | None:
        """What the newest commit of a program changed, and what is not committed yet."""
        from targettrack.pages.changes import Comparison, Revision, compared  # noqa: PLC0415 - completion and help load no more than the options
        from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

        edition = self._homes.edition(Path(loaded.program.file), loaded.text)
        past = commits.last(repository, loaded, edition) if edition else None
        if (
            past is None
            or edition is None
            or edition.commit is None
            or (edition.commit.day or "") > self._day.isoformat()
        ):
            return None
        method = _programs.method("linear")
        found = compared(past.versions, past.parents, past.commits, self._day, self._day, method)
        since = Revision("", edition.commit, self._day)
        return Comparison(since, Revision("", None, self._day), (found,) if found else (), 1)

    def _old(self, repository: Repository, path: str) -> tuple[Commit | None, bool]:
        """The commit to compare with, and whether the file lay elsewhere then, or not at all."""
        from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

        if repository.top not in self._older:
            self._older[repository.top] = self._asked(repository)
        old = self._older[repository.top]
        there = old is not None and commits.has(repository, old.hash, path)
        if there or self._since is not None:
            return old, not there
        return commits.came(repository, path), False

    def _asked(self, repository: Repository) -> Commit | None:
        """The commit that was asked for, else the last one of a year before; None where the history is younger."""
        from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options

        if self._since is not None:
            return commits.commit(repository, self._since)
        try:
            return commits.commit(repository, _a_year_before(self._day).isoformat())
        except TargettrackError:
            return None


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def spoken(found: Comparison | None) -> Comparison | None:
    """The same in the language that is spoken, with what git cannot tell."""
    if found is None:
        return None
    from targettrack.pages.changes import told  # noqa: PLC0415 - completion and help load no more than the options

    entries = tuple(told(entry, _programs.told) for entry in found.programs)
    return replace(found, programs=entries, limits=(str(found.cut),) if found.cut else ())
