"""Commands: the commands of this folder as one command line of typer's."""

from __future__ import annotations

from typing import Any

import typer

from targettrack import cli, registry
from targettrack.cli import _shared, _typer
from targettrack.language import mark, tr


class Commands(_typer.Group):
    """The commands of this folder, each imported only when it is asked for: start-up is paid in every loop and completion."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002
        """The names of the commands, in the order of use."""
        return _shared.commands()

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


_ABOUT = mark(
    "Tell, from plain files, whether a government kept its promises.\n\n"
    "Each program (a plan, a strategy) is one TOML file in a targets/ folder: what is measured, what was promised by when, what was achieved, and who said so."
)


def app() -> Any:  # noqa: ANN401
    """The whole command line as one command."""
    root = typer.Typer(
        cls=Commands,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    root.callback(help=tr(_ABOUT))(_shared.root)
    return _typer.made(root)
