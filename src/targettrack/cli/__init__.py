"""The command line: one module a command, found by its file's name; argv, streams, exit codes and today's date."""

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
from typing import Annotated, Any, NoReturn

import typer

from targettrack import __version__, cli, registry
from targettrack.cli import _interrupt, _language, _typer
from targettrack.errors import Exit, TargettrackError, failure, guessed, reason
from targettrack.language import mark, spoken, tr


class Commands(_typer.Group):
    """The commands of this folder, each imported only when it is asked for: start-up is paid in every loop and completion."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """The names of the commands, in the order of use."""
        order = [
            "status",
            "list",
            "show",
            "history",
            "explain",
            "cite",
            "add-actual",
            "import",
            "check",
            "changes",
            "report",
            "export",
            "init",
            "new",
            "methods",
            "schema",
            "help",
        ]
        return sorted(registry.names(cli), key=lambda name: (order.index(name) if name in order else len(order), name))

    def about(self, name: str) -> str:
        """What a command does, in a sentence."""
        return _does(registry.said(cli, name))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """The command of that name, or None."""
        if cmd_name not in registry.names(cli):
            return None
        module = registry.module(cli, cmd_name)
        text = _does(module.__doc__ or "")
        epilog = getattr(module, "EPILOG", "").replace("Examples:", tr("Examples:"))
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(
            name=cmd_name,
            cls=_typer.Command,
            help=text,
            short_help=text,
            epilog=epilog or None,
            **getattr(module, "SETTINGS", {}),
        )(module.command)
        return _typer.made(app)


def _does(said: str) -> str:
    """What a command does, by what its module says of itself: its name, and that."""
    return tr(said.partition(": ")[2])


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"targettrack {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", help=mark("Print the version."), is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Nothing more: the commands do the work."""


_ABOUT = mark(
    "Tell, from plain files, whether a government kept its promises.\n\n"
    "Each program (a plan, a strategy) is one TOML file in a targets/ folder: what is measured, what was promised by when, what was achieved, and who said so."
)


def app() -> Any:  # noqa: ANN401
    """The whole command line as one command."""
    root = typer.Typer(
        cls=Commands,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    root.callback(help=tr(_ABOUT))(_root)
    return _typer.made(root)


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
        code = app().main(args=argv, prog_name="targettrack", standalone_mode=False)
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
