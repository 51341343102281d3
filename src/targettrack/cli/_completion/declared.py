"""Declared: everything that completion knows of the code, gathered from the code itself: it takes ten times as long as to look it up where it is written down, in ``known``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from targettrack import cli, exchange, registry
from targettrack.assessment import methods
from targettrack.assessment.statuses import STATUSES
from targettrack.cli import _language, _output, _shared
from targettrack.cli._completion import lookup
from targettrack.formats import csv
from targettrack.pages import contract
from targettrack.pages import help as topics
from targettrack.pages.check import codes
from targettrack.recording import inputs

Parameter = tuple[str, tuple[str, ...], str, bool, str]
"""Its name, how it is written (an argument: not at all), the word for its value (a flag has none), whether it may come again, and what it is."""

HELP: Parameter = ("help", ("--help", "-h"), "", False, "Show this message and exit.")


def everything() -> dict[str, Any]:
    """All of it, in English, as plain values."""
    commands = {name: _of(name) for name in _shared.commands()}
    return {
        "plug_ins": lookup.listed(),
        "about": {name: _first_line(cli, name) for name in commands},
        "root": (*_taken(_shared.root), *_taken(_shared.options)[:1], HELP),
        "parameters": commands,
        "words": {
            "statuses": tuple((status, "") for status in STATUSES),
            "methods": tuple((name, _first_line(methods, name)) for name in registry.names(methods)),
            "exchange": tuple((name, "") for name in registry.names(exchange)),
            "kinds": tuple((name, "") for name in registry.names(inputs)),
            "languages": tuple((code, "") for code in _language.codes()),
            "codes": tuple((code, meaning) for code, _, meaning in codes.catalogue()),
            "schemas": tuple((name, "") for name in contract.names()),
            "topics": tuple(
                (name, "") for name in dict.fromkeys([*topics.TOPICS, *registry.module(cli, "help").names()])
            ),
        },
        "formats": _having(commands, "--format", _output.formats_of),
        "columns": _having(commands, "--columns", lambda page: ["all", *csv.columns(page)]),
    }


def _having(
    commands: Mapping[str, tuple[Parameter, ...]], option: str, words: Callable[[str], list[str]]
) -> dict[str, tuple[str, ...]]:
    """The words of each command whose page has a choice of them."""
    return {
        name: tuple(words(name.replace("-", "_")))
        for name, parameters in commands.items()
        if any(option in each[1] for each in parameters)
    }


def _first_line(package: Any, name: str) -> str:  # noqa: ANN401 - a package of plug-ins
    """What a plug-in is."""
    text = registry.module(package, name).__doc__ or ""
    return text.partition("\n")[0].partition(": ")[2]


def _of(command: str) -> tuple[Parameter, ...]:
    """What a command takes, with the options that it shares with others."""
    own = _taken(registry.module(cli, command).command)
    lang, *screen = _taken(_shared.options)
    return (*own, *(screen if any(each[0] == _shared.SCREEN for each in own) else ()), lang, HELP)


def _taken(command: Callable[..., Any]) -> tuple[Parameter, ...]:
    """The parameters of a function whose annotations say how they are given, in its order."""
    found = get_type_hints(command, include_extras=True)
    return tuple(_parameter(name, found[name]) for name in found if hasattr(found[name], "__metadata__"))


def _parameter(name: str, annotated: Any) -> Parameter:  # noqa: ANN401 - as typing has it
    said, kind = annotated.__metadata__[0], annotated.__origin__
    names = (
        said.default,
        *(said.param_decls or ()),
    )  # typer takes the first name for a default, until it makes a command
    options = tuple(each for each in names if isinstance(each, str) and each.startswith("-"))
    metavar = said.metavar or ("" if kind is bool else name.upper())
    return name, options, metavar, "list" in str(kind), said.help or ""
