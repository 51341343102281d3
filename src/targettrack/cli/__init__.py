"""The command line: one module a command, found by its file's name. A shell that asks how a line may go on waits for it at every key: it is answered without the rest."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

COMPLETE = "_TARGETTRACK_COMPLETE"
"""What a shell says in the environment when it asks, instead of running a command."""


def process() -> NoReturn:
    """Run the command of this process, and end it there: nothing waits for its objects to be taken apart one by one, 5 % of a start and of a long run. Files are closed where they are opened."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            sys.exit(code)  # Python's own end knows what to say of a stream that cannot be written
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    if asked := os.environ.get(COMPLETE):
        from targettrack.cli import _completion  # noqa: PLC0415 - only a shell asks so

        return _completion.answer(asked)
    from targettrack.cli import _main  # noqa: PLC0415 - completion needs none of it

    return _main.main(argv)


def app() -> Any:  # noqa: ANN401
    """The whole command line as one command."""
    from targettrack.cli import _commands  # noqa: PLC0415 - completion needs none of it

    return _commands.app()
