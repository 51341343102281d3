"""The command line: one module a command, found by its file's name; argv, streams, exit codes and today's date."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
import typer.core
import typer.main

from targettrack import cli, registry
from targettrack.errors import Exit


class Commands(typer.core.TyperGroup):
    """The commands of this folder, each imported only when it is asked for: start-up is paid in every loop and completion."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """The names of the commands, in the order of use."""
        order = ["status", "list", "show", "init", "new", "schema"]
        return sorted(registry.names(cli), key=lambda name: (order.index(name) if name in order else len(order), name))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """The command of that name, or None."""
        if cmd_name not in registry.names(cli):
            return None
        module = registry.module(cli, cmd_name)
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name=cmd_name, help=(module.__doc__ or "").partition(": ")[2], epilog=getattr(module, "EPILOG", None), **getattr(module, "SETTINGS", {}))(module.command)
        return typer.main.get_command(app)


def _version(asked: bool) -> None:  # noqa: FBT001
    if asked:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(f"targettrack {version('targettrack')}")
        raise typer.Exit


def _root(version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_version)] = False) -> None:
    """Tell, from plain files, whether a government kept its promises.

    Each program (a plan, a strategy) is one TOML file in a targets/ folder: what is measured, what was promised by when, what was achieved, and who said so.
    """


def app() -> Any:  # noqa: ANN401
    """The whole command line as one command."""
    root = typer.Typer(cls=Commands, rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]})
    root.callback()(_root)
    return typer.main.get_command(root)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. The only place that catches the project's errors."""
    gc.disable()  # one short run: collecting cycles among millions of live figures doubled its time
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.IO


def _run(argv: list[str]) -> int:
    from typer._click.exceptions import ClickException, UsageError  # noqa: PLC0415, PLC2701

    from targettrack.errors import TargettrackError, failure  # noqa: PLC0415

    try:
        code = app().main(args=argv, prog_name="targettrack", standalone_mode=False)
        sys.stdout.flush()
    except TargettrackError as error:
        return _complain(error, argv)
    except typer.Abort:
        return 130
    except ClickException as error:
        shown = error.format_message()
        if not shown:  # the help was shown because nothing was asked
            return Exit.DONE
        command = error.ctx.command_path if isinstance(error, UsageError) and error.ctx else "targettrack"
        return _complain(failure(Exit.USAGE, "usage", shown.rstrip("."), hint=f"see {command} --help"), argv)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is not None:
            raise
        return _complain(failure(Exit.IO, "output", f"the output could not be written: {(error.strerror or str(error)).lower()}"), argv)
    return code if isinstance(code, int) else Exit.DONE


def _complain(error: Any, argv: Sequence[str]) -> int:  # noqa: ANN401
    from targettrack.cli._say import problems  # noqa: PLC0415

    problems(error.problems, as_json=wants_json(argv))
    return int(error.exit)


def wants_json(argv: Sequence[str]) -> bool:
    """Whether errors are to be JSON, as far as the arguments can be read before they are parsed."""
    pairs = zip(argv, [*argv[1:], ""], strict=True)
    return any(word == "--json" or word in {"--format=json", "--format=jsonl"} or (word == "--format" and value in {"json", "jsonl"}) for word, value in pairs)
