"""Extra: the libraries that only some kinds of file need."""

from __future__ import annotations

from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import tr


def missing(file: str, library: str) -> TargettrackError:
    """What to say where a library is not installed (exit 5)."""
    return failure(
        Exit.IO,
        "not-installed",
        tr("reading this file needs {library}, which is not installed", library=library),
        hint=tr("install it: {command}", command="pip install 'targettrack[tables]'"),
        file=file,
    )
