"""Typer as we need it: help pages in the language spoken, and the one shortcut through what is its own, without which everything is the same but slower."""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import Any

import typer
import typer.core
import typer.main

from targettrack.cli import _language, _shared
from targettrack.language import tr

REFUSED: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__base__ is Exception)
"""What typer raises where it cannot read the command line; only one kind of it has a public name."""

_AS_TYPED = (str, list[str], bool)
SHORTCUT = "get_runtime_param"
"""What typer asks an option for that turns its text into a value; it is not typer's public face, and may be gone."""


class _AsTyped:
    """A text as it was typed: typer's own way builds a pydantic adapter for each option, which completion and --version need not pay."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401, ARG002
        """The value; none given to an option that may come again is an empty tuple."""
        return () if value is None and (param.multiple or param.nargs == -1) else value


def _light(params: list[Any]) -> list[Any]:
    """Parameters whose values are taken as typed, where typer has the shortcut; every option of ours is a text or a flag."""
    for param in params:
        if getattr(getattr(param, "type_descriptor", None), "annotation", None) in _AS_TYPED and hasattr(
            param, SHORTCUT
        ):
            setattr(param, SHORTCUT, _AsTyped)
    return params


def made(app: typer.Typer) -> Any:  # noqa: ANN401
    """The command line that an app describes."""
    return typer.main.get_command(app)


@cache
def shared() -> tuple[Any, ...]:
    """The options that commands share: the language, which is read before all others, and those of all that show a page on a screen."""
    app = typer.Typer(add_completion=False)
    app.command()(_shared.options)
    return tuple(made(app).params)


class _Spoken:
    """A command whose help page is in the language spoken, and speaks of arguments as people write them, not of Python's types."""

    options_metavar: Any

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401
        """The parameters, with those that commands share before the last, which is --help."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        lang, *screen = map(copy, shared()[:3])
        screen = screen if any(param.name == _shared.SCREEN for param in params) else []
        for param in (*params, *screen):
            if getattr(param, "help", None):
                param.help = tr(param.help)
        lang.help = tr(_shared.LANG, languages=_language.offered())
        return _light([*params[:-1], *screen, lang, *params[-1:]])

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """The words of the usage line."""
        return [
            self.options_metavar,
            *(_piece(param) for param in self.get_params(ctx) if param.param_type_name == "argument"),
        ]

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """The first line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=tr("Usage: "))

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """The arguments, then the options."""
        params = self.get_params(ctx)
        for heading, kind in ((tr("Arguments"), "argument"), (tr("Options"), "option")):
            if records := [
                _record(param, ctx) for param in params if param.param_type_name == kind and not param.hidden
            ]:
                with formatter.section(heading):
                    formatter.write_dl(records)


def _piece(argument: Any) -> str:  # noqa: ANN401
    """An argument in the usage line: what is required stands bare."""
    word = argument.metavar if argument.required else f"[{argument.metavar}]"
    return word if argument.nargs == 1 else f"{word}..."


def _record(param: Any, ctx: Any) -> tuple[str, str]:  # noqa: ANN401
    """How a parameter is written, and its help, behind which typer says in English what is required, or taken where nothing is given."""
    name, said = param.get_help_record(ctx)
    help = param.help or ""
    added = said.removeprefix(help)
    added = re.sub(
        r"(?<=\[)default: (.*?)(?=; required\]|\]$)", lambda match: tr("default: {default}", default=match[1]), added
    )
    added = re.sub(r"\brequired(?=\]$)", lambda _: tr("required"), added)
    return (param.metavar if param.param_type_name == "argument" else name), _with_formats(f"{help}{added}", ctx)


def _with_formats(help: str, ctx: Any) -> str:  # noqa: ANN401
    """A help with the formats of the command's page, where it names them."""
    if "{formats}" not in help:
        return help
    from targettrack.cli import _output  # noqa: PLC0415 - only the help of a command with formats needs it

    return help.replace("{formats}", _output.known(ctx.command.name))


class Command(_Spoken, typer.core.TyperCommand):
    """One command."""


class Group(_Spoken, typer.core.TyperGroup):
    """Commands, of which one is named on the command line; where nothing is, the help page is the answer."""

    def about(self, name: str) -> str:
        """What a command does, in a sentence: its help page has all of it, and the group's is made without that."""
        raise NotImplementedError

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """What is left of the words."""
        if not args and not ctx.resilient_parsing:
            typer.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """The words of the usage line."""
        return [*super().collect_usage_pieces(ctx), self.subcommand_metavar]

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """The commands, each with what it does."""
        names = self.list_commands(ctx)
        width = formatter.width - 6 - max(map(len, names))
        commands = [(name, Command(name, short_help=self.about(name)).get_short_help_str(width)) for name in names]
        with formatter.section(tr("Commands")):
            formatter.write_dl(commands)
