"""Shared: the commands in their order, what may stand before them all, and the options that most of them have."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from targettrack import __version__, cli, registry
from targettrack.language import mark

_ORDER = (
    "status", "list", "show", "history", "explain", "cite", "add-actual", "undo", "import", "check", "changes", "report", "export", "init", "new", "methods", "schema", "help",
)  # fmt: skip


def commands() -> list[str]:
    """The names of the commands, in the order of use."""
    return sorted(registry.names(cli), key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"targettrack {__version__}")
        raise typer.Exit


def _installed(asked: bool) -> None:
    if asked:
        from targettrack.cli._completion import shells  # noqa: PLC0415 - only who installs completion needs it

        shells.install()
        raise typer.Exit


def _shown(asked: bool) -> None:
    if asked:
        from targettrack.cli._completion import shells  # noqa: PLC0415 - as above

        typer.echo(shells.script())
        raise typer.Exit


def root(
    version: Annotated[
        bool, typer.Option("--version", help=mark("Print the version."), is_eager=True, callback=_version)
    ] = False,
    install_completion: Annotated[
        bool,
        typer.Option(
            "--install-completion",
            help=mark("Install completion for the current shell."),
            is_eager=True,
            callback=_installed,
        ),
    ] = False,
    show_completion: Annotated[
        bool,
        typer.Option(
            "--show-completion",
            help=mark("Show completion for the current shell, to copy it or customize the installation."),
            is_eager=True,
            callback=_shown,
        ),
    ] = False,
) -> None:
    """Nothing more: the commands do the work."""


LANG = mark(
    "The language that people read: {languages}; data stay as they are.  [default: TARGETTRACK_LANG, else the locale's]"
)
_Language = Annotated[
    str | None, typer.Option("--lang", metavar="LANG", expose_value=False, help=LANG, show_default=False)
]
_Width = Annotated[
    str | None,
    typer.Option(
        "--width",
        metavar="N",
        expose_value=False,
        callback=lambda value: _asked("width", value),
        help=mark("How many columns wide.  [default: COLUMNS, else the terminal's; what is piped is not wrapped]"),
        show_default=False,
    ),
]
_NoPager = Annotated[
    bool,
    typer.Option(
        "--no-pager",
        expose_value=False,
        callback=lambda value: _asked("pager", value),
        help=mark("Show what is taller than the terminal without TARGETTRACK_PAGER, PAGER or less."),
    ),
]


def _asked(what: str, value: Any) -> None:  # noqa: ANN401 - as typer has it
    """Take in what is asked of the screen."""
    from targettrack.cli import _screen  # noqa: PLC0415 - --version and completion show no page

    if what == "width":
        _screen.asked_width(value)
    else:
        _screen.asked_pager(none=value)


def options(lang: _Language = None, width: _Width = None, no_pager: _NoPager = False) -> None:
    """A command that has the options that others share, for typer to make them of."""


SCREEN = "color"
"""The option by which a command shows a page, and so has those of the screen too."""
