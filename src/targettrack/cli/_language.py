"""The language that people are spoken to in, and the words of the command line that typer says in English."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from targettrack import languages, registry
from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import Language, mark, tr

VARIABLE = "TARGETTRACK_LANG"

TYPER_SAYS = (
    mark("Arguments"), mark("Options"), mark("Commands"), mark("required"), mark("default: {default}"), mark("Show this message and exit."),
    mark("Install completion for the current shell."), mark("Show completion for the current shell, to copy it or customize the installation."),
)  # fmt: skip
"""What stands in a help page."""

_REFUSALS = (
    mark("No such option: {option} (Possible options: {options})"), mark("No such option: {option}"), mark("Option {option} requires an argument"), mark("Option {option} does not take a value"),
    mark("Missing argument {argument}"), mark("Missing option {option}"), mark("Missing command"), mark("No such command {command}"), mark("Got unexpected extra argument(s) ({words})"),
    mark("Got unexpected extra argument ({words})"), mark("Got unexpected extra arguments ({words})"), mark("Invalid value for {option}: {message}"),
)  # fmt: skip
"""What is said of a command line that cannot be read."""


_ENGLISH = {"", "c", "posix", "en"}
"""The locales for which no catalogue is looked for."""


def chosen(argv: Sequence[str]) -> Language:
    """The language that ``--lang`` names, else ``TARGETTRACK_LANG``, else the locale, if it is one that we have; else English.

    Raises:
        TargettrackError: there is none of that name (exit 2).

    """
    for name, said in ((_option(argv), "--lang"), (os.environ.get(VARIABLE), VARIABLE)):
        if name:
            return _language(_code(name), said, name)
    code = _code(next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), ""))
    return _language(code if code not in _ENGLISH and code in registry.names(languages) else "en")


def _option(argv: Sequence[str]) -> str | None:
    """What follows ``--lang`` last, as far as the arguments can be read before they are parsed."""
    words = list(argv[: argv.index("--")] if "--" in argv else argv)
    given = [value if word == "--lang" else word.removeprefix("--lang=") for word, value in zip(words, [*words, ""][1:], strict=True) if word == "--lang" or word.startswith("--lang=")]
    return given[-1] if given else None


def _code(name: str) -> str:
    """``vi`` of ``vi_VN.UTF-8``."""
    return re.split(r"[_.@-]", name.casefold())[0]


def _language(code: str, said: str = "", name: str = "") -> Language:
    if code == "en":
        return Language(code)
    known = registry.names(languages)
    if code not in known:
        raise unknown(said, name, known)
    return Language(code, registry.module(languages, code).MESSAGES)


def unknown(said: str, name: str, known: Sequence[str]) -> TargettrackError:
    """Who asked for a language that there is not, and which there are."""
    return failure(Exit.USAGE, "usage", tr('{said}: no language "{name}"; known: {known}', said=said, name=name, known=", ".join(sorted(["en", *known]))))


def refusal(message: str) -> str:
    """What typer says of a command line, in the language spoken; as it stands where it is nothing that we know."""
    for text in _REFUSALS:
        if found := re.fullmatch(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(text)), message):
            return tr(text, **found.groupdict())
    return message
