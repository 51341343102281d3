"""Edition: which edition of a program file is cited or published, as git knows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from targettrack.errors import TargettrackError

if TYPE_CHECKING:
    from targettrack.pages.cite import Edition
    from targettrack.program.shelf import Loaded
    from targettrack.store.commits import Homes


def of(loaded: Loaded, homes: Homes | None = None) -> Edition:
    """The edition of a program file, as git knows it, and where figures of it are that git does not know."""
    links = loaded.program.document.links.values()
    return replace(_of(loaded, homes), elsewhere=tuple(each.where for each in links if each.engine))


def _of(loaded: Loaded, homes: Homes | None) -> Edition:
    from targettrack.pages.cite import Edition  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.store import commits  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.wording.cut import Cut  # noqa: PLC0415 - completion and help load no more than the options

    try:
        found = (homes or commits.Homes()).edition(Path(loaded.program.file), loaded.text)
    except TargettrackError as error:
        return Edition("unknown", reason=error.problems[0].message)
    if found is None:
        return Edition("outside")
    if found.commit is None:
        return Edition("uncommitted")
    if found.commit.edge:
        return Edition("unknown", changed=found.changed, cut=Cut("edition", (found.commit.hash,)))
    return Edition("committed", found.commit.short, found.commit.day, found.changed)
