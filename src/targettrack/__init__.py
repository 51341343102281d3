"""targettrack: tells, from plain files, whether a government kept its promises."""

import sys

__version__ = "0.1.0"

early: list[int] | None = None
"""The signals of Ctrl-C that came before there was anybody to answer them, where this process is the command line; None in the process of somebody else."""


def _keep_early() -> None:
    """Keep a Ctrl-C for later, from the first line of ours on: an exception would find its way through half an import, and through whatever swallows it there."""
    import _signal  # type: ignore[import-not-found]  # noqa: PLC0415 - the built-in half of signal: nothing need be read for it
    import os  # noqa: PLC0415 - nothing more than this need be read for it

    kept: list[int] = []

    def keep(number: int, frame: object) -> None:  # noqa: ARG001
        if kept:
            os.write(2, b"targettrack: stopped\n")
            os._exit(130)
        kept.append(number)

    global early  # noqa: PLW0603 - for a process there is one, as there is one handler
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        early = kept
        _signal.signal(_signal.SIGINT, keep)


def _is_program() -> bool:
    """Whether Python was started for nothing but the command line: ``targettrack …`` or ``python -m targettrack …``; anybody else's Ctrl-C is left alone."""
    words = getattr(sys, "orig_argv", [])
    place = len(words) - len(getattr(sys, "argv", []))
    word = words[place] if 0 < place < len(words) else ""
    return word.replace("\\", "/").rpartition("/")[2].removesuffix(".exe").removesuffix("-script.py") in {
        "targettrack",
        "-mtargettrack",
    }


if _is_program():
    _keep_early()
