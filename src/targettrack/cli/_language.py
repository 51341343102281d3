"""The language that people are spoken to in, and the words of the command line that typer says in English."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from gettext import GNUTranslations
from pathlib import Path

from targettrack import languages, registry
from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import Language, mark, tr

VARIABLE = "TARGETTRACK_LANG"

TYPER_SAYS = (
    mark("Show this message and exit."),
)  # fmt: skip
"""What typer says in a help page; the rest is said in ``_typer``."""

_REFUSALS = (
    mark("No such option: {option} (Possible options: {options})"), mark("No such option: {option}"), mark("Option {option} requires an argument"), mark("Option {option} does not take a value"),
    mark("Missing argument {argument}"), mark("Missing option {option}"), mark("Missing command"), mark("No such command {command}"), mark("Got unexpected extra argument(s) ({words})"),
    mark("Got unexpected extra argument ({words})"), mark("Got unexpected extra arguments ({words})"), mark("Invalid value for {option}: {message}"),
)  # fmt: skip
"""What is said of a command line that cannot be read."""


def codes() -> list[str]:
    """The languages that there are: English, and each that has a compiled catalogue."""
    return sorted(["en", *registry.catalogues(languages)])


def offered() -> str:
    """The languages that there are, to choose one: ``en or vi``."""
    *others, last = codes()
    return tr("{head} or {tail}", head=", ".join(others), tail=last) if others else last


def language(code: str) -> Language:
    """One of the languages that there are; only a catalogue is read from a file."""
    if code == "en":
        return Language(code)
    with Path(languages.__path__[0], f"{code}.mo").open("rb") as file:
        return Language(code, GNUTranslations(file))


def chosen(argv: Sequence[str]) -> Language:
    """The language that ``--lang`` names, else ``TARGETTRACK_LANG``, else the locale, if it is one that we have; else English.

    Raises:
        TargettrackError: there is none of that name (exit 2).

    """
    for name, said in ((_option(argv), "--lang"), (os.environ.get(VARIABLE), VARIABLE)):
        if name:
            if (code := _code(name)) not in codes():
                raise unknown(said, name)
            return language(code)
    code = _code(next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), ""))
    return language(code if code in codes() else "en")


def _option(argv: Sequence[str]) -> str | None:
    """What follows ``--lang`` last, as far as the arguments can be read before they are parsed."""
    words = list(argv[: argv.index("--")] if "--" in argv else argv)
    given = [
        value if word == "--lang" else word.removeprefix("--lang=")
        for word, value in zip(words, [*words, ""][1:], strict=True)
        if word == "--lang" or word.startswith("--lang=")
    ]
    return given[-1] if given else None


def _code(name: str) -> str:
    """``vi`` of ``vi_VN.UTF-8``."""
    return re.split(r"[_.@-]", name.casefold())[0]


def unknown(said: str, name: str) -> TargettrackError:
    """Who asked for a language that there is not, and which there are."""
    return failure(
        Exit.USAGE,
        "usage",
        tr('{said}: no language "{name}"; known: {known}', said=said, name=name, known=", ".join(codes())),
    )


def refusal(message: str) -> str:
    """What typer says of a command line, in the language spoken; as it stands where it is nothing that we know."""
    for text in _REFUSALS:
        if found := re.fullmatch(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(text)), message):
            return tr(text, **found.groupdict())
    return message
