"""Main: a command from its words to its exit code: argv, streams, interrupts, errors."""

# ruff: noqa: E402 - before anything else is imported the collector is told to wait

from __future__ import annotations

import gc

_SELDOM = 1_000_000
"""How many new objects bring on a search for cycles: with Python's own 700 the searches cost 13 to 30 % more time at 42,000 figures and nearly 40 % at 100,000,
with this many at most 1 %; and where a run leaves cycles behind, they do not fill the memory."""

gc.set_threshold(_SELDOM)  # seventy searches among modules that are being imported find nothing

import errno
import io
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import typer

from targettrack import cli, registry
from targettrack.cli import _commands, _interrupt, _language, _typer
from targettrack.errors import Exit, TargettrackError, failure, guessed, reason
from targettrack.language import spoken, tr


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. The only place that catches the project's errors."""
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # other packages' plugins may not change how a file is read; looking for them costs 15 ms
    _open_streams()
    words = [*(sys.argv[1:] if argv is None else argv)]
    with _interrupt.answered():
        try:
            with spoken(None if wants_json(words) else _language.chosen(words)):
                _interrupt.says(_stopped())
                return _run(words)
        except TargettrackError as error:
            return _complain(error, words)
        except KeyboardInterrupt:
            _interrupt.say()
            return _interrupt.STOPPED
        except BrokenPipeError:
            _abandon_stdout()
            return Exit.IO


def _stopped() -> str:
    """What is said of a Ctrl-C; only another language than English need ask what the terminal can show."""
    text = f"targettrack: {tr('stopped')}"
    if text.isascii():
        return text
    from targettrack.cli import _say  # noqa: PLC0415 - only what goes wrong needs it

    return _say.letters(text)


def _abandon_stdout() -> None:
    """Let what is still to be written vanish: a second failure, at exit, would take the place of our exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_streams() -> None:
    """Streams that were closed before we began: stdout refuses what is written to it, stderr swallows it. An unbuffered stdout would drop what the system does not take at once."""
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper) and isinstance(sys.stdout.buffer, io.RawIOBase):
        old = sys.stdout
        sys.stdout = open(old.fileno(), "w", encoding=old.encoding, errors=old.errors, closefd=False)  # noqa: SIM115


def _run(argv: list[str]) -> int:
    try:
        code = _commands.app().main(args=argv, prog_name="targettrack", standalone_mode=False)
        sys.stdout.flush()
    except TargettrackError as error:
        return _complain(error, argv)
    except typer.Abort:
        return _interrupt.STOPPED
    except _typer.REFUSED as error:
        return _complain(_usage(error), argv)
    except SystemExit as stop:  # completion ends so; and it is how typer and rich answer a reader that left
        if not stop.code:
            return Exit.DONE
        raise BrokenPipeError from None
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is not None:
            raise
        _abandon_stdout()
        why = tr("it is closed") if error.errno == errno.EBADF else reason(error)
        return _complain(failure(Exit.IO, "output", tr("the output could not be written: {reason}", reason=why)), argv)
    return _said_code(code)


def _said_code(code: object) -> int:
    """The code that a command ended with; a KeyboardInterrupt comes out of typer as one."""
    if code == _interrupt.STOPPED:
        _interrupt.say()
    return code if isinstance(code, int) else Exit.DONE


def _usage(error: Any) -> TargettrackError:  # noqa: ANN401
    """Wrong usage, in the words of the command line, or in ours where we refused a value."""
    message = error.format_message().removeprefix("Invalid value: ").rstrip(".")
    ctx = getattr(error, "ctx", None)
    if command := re.fullmatch(r"No such command '(.+)'", message):
        message = guessed(_language.refusal(message), command[1], registry.names(cli))
    return failure(
        Exit.USAGE,
        "usage",
        _language.refusal(message),
        hint=tr("see {command} --help", command=ctx.command_path if ctx else "targettrack"),
    )


def _complain(error: Any, argv: Sequence[str]) -> int:  # noqa: ANN401
    from targettrack.cli._say import problems  # noqa: PLC0415 - only what goes wrong needs it

    problems(error.problems, as_json=wants_json(argv))
    return int(error.exit)


def wants_json(argv: Sequence[str]) -> bool:
    """Whether errors are to be JSON, as far as the arguments can be read before they are parsed."""
    pairs = zip(argv, [*argv, ""][1:], strict=True)
    return any(
        word == "--json"
        or word in {"--format=json", "--format=jsonl"}
        or (word == "--format" and value in {"json", "jsonl"})
        for word, value in pairs
    )
