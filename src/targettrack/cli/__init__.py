"""The command line: one module a command, found by its file's name; argv, streams, exit codes and today's date."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
import typer.core
import typer.main
from typer._coercion import RuntimeParam, TypeDescriptor

from targettrack import __version__, cli, registry
from targettrack.cli import _interrupt, _language
from targettrack.errors import Exit, TargettrackError, failure, reason
from targettrack.language import mark, spoken, tr

typer.core._ = tr  # type: ignore[attr-defined,assignment]
"""The words of a help page: typer asks gettext for them, which knows compiled catalogues only."""

_AS_TYPED = (str, list[str], bool)
"""Named here, at import: once the command ``list`` is imported, ``list`` in this package is its module."""


class _AsTyped(RuntimeParam):
    """A text as it was typed: typer's own way builds a pydantic adapter for each option, which completion and --version need not pay."""

    def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401, ARG002
        return value


def _light(params: Any) -> Any:  # noqa: ANN401
    """Parameters whose values are taken as typed; every option of ours is a text or a flag."""
    for param in params:
        described = getattr(param, "type_descriptor", None)
        if described is not None and described.annotation in _AS_TYPED:
            param._runtime_param = _AsTyped(described.parameter_info, described.annotation)  # noqa: SLF001
    return params


def _said(params: list[Any]) -> list[Any]:
    """Parameters with their help in the language spoken, and the option that chooses it, which is read before all others."""
    described = TypeDescriptor(str, typer.Option("--lang"), None)
    lang = typer.core.TyperOption(param_decls=["--lang"], metavar="LANG", expose_value=False, help=tr(_LANG, languages=_language.offered()), type_descriptor=described)
    params = _light([*params[:-1], lang, *params[-1:]])
    for param in params:
        if getattr(param, "help", None):
            param.help = tr(param.help)
    return params


_LANG = mark("The language that people read: {languages}; data stay as they are.  [default: TARGETTRACK_LANG, else the locale's]")


class _Spoken:
    """A command whose usage line begins in the language spoken."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """The first line."""
        formatter.write_usage(ctx.command_path, " ".join(ctx.command.collect_usage_pieces(ctx)), prefix=tr("Usage: "))


class Command(_Spoken, typer.core.TyperCommand):
    """One command, whose help speaks of arguments as people write them, not of Python's types."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401
        """The parameters; an argument has no type to show."""
        params = _said(super().get_params(ctx))
        for param in params:
            if param.param_type_name == "argument":
                param.display_type_rich = lambda ctx: None  # noqa: ARG005
        return params

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """The words of the usage line: what is required stands bare."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


class Commands(_Spoken, typer.core.TyperGroup):
    """The commands of this folder, each imported only when it is asked for: start-up is paid in every loop and completion."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401
        """The parameters, --help among them."""
        return _said(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """The names of the commands, in the order of use."""
        order = ["status", "list", "show", "history", "explain", "cite", "add-actual", "check", "changes", "init", "new", "methods", "schema"]
        return sorted(registry.names(cli), key=lambda name: (order.index(name) if name in order else len(order), name))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """The command of that name, or None."""
        if cmd_name not in registry.names(cli):
            return None
        module = registry.module(cli, cmd_name)
        text = tr((module.__doc__ or "").partition(": ")[2])
        epilog = getattr(module, "EPILOG", "").replace("Examples:", tr("Examples:"))
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name=cmd_name, cls=Command, help=text, short_help=text, epilog=epilog or None, **getattr(module, "SETTINGS", {}))(module.command)
        return typer.main.get_command(app)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"targettrack {__version__}")
        raise typer.Exit


def _root(version: Annotated[bool, typer.Option("--version", help=mark("Print the version."), is_eager=True, callback=_version)] = False) -> None:
    """Nothing more: the commands do the work."""


_ABOUT = mark(
    "Tell, from plain files, whether a government kept its promises.\n\n"
    "Each program (a plan, a strategy) is one TOML file in a targets/ folder: what is measured, what was promised by when, what was achieved, and who said so."
)


def app() -> Any:  # noqa: ANN401
    """The whole command line as one command."""
    root = typer.Typer(cls=Commands, rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]})
    root.callback(help=tr(_ABOUT))(_root)
    return typer.main.get_command(root)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. The only place that catches the project's errors."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # other packages' plugins may not change how a file is read; looking for them costs 15 ms
    gc.disable()  # one short run: collecting cycles among millions of live figures doubled its time
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
    from targettrack.cli import _say  # noqa: PLC0415

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
    from typer._click.exceptions import ClickException, NoArgsIsHelpError  # noqa: PLC0415

    try:
        code = app().main(args=argv, prog_name="targettrack", standalone_mode=False)
        sys.stdout.flush()
    except TargettrackError as error:
        return _complain(error, argv)
    except typer.Abort:
        return _interrupt.STOPPED
    except NoArgsIsHelpError as error:
        typer.echo(error.format_message())
        return Exit.DONE
    except ClickException as error:
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
    return failure(Exit.USAGE, "usage", _language.refusal(message), hint=tr("see {command} --help", command=ctx.command_path if ctx else "targettrack"))


def _complain(error: Any, argv: Sequence[str]) -> int:  # noqa: ANN401
    from targettrack.cli._say import problems  # noqa: PLC0415

    problems(error.problems, as_json=wants_json(argv))
    return int(error.exit)


def wants_json(argv: Sequence[str]) -> bool:
    """Whether errors are to be JSON, as far as the arguments can be read before they are parsed."""
    pairs = zip(argv, [*argv, ""][1:], strict=True)
    return any(word == "--json" or word in {"--format=json", "--format=jsonl"} or (word == "--format" and value in {"json", "jsonl"}) for word, value in pairs)
