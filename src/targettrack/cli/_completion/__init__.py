"""Completion: how a line may go on, for a shell that asks: every value that is known, nothing that is none, and never a word about what is wrong."""

from __future__ import annotations

import contextlib
import os

from targettrack.cli._completion import lookup, shells, values
from targettrack.cli._completion.values import FILES, FOLDERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from targettrack.cli._completion.declared import Parameter
    from targettrack.cli._completion.values import Value


def answer(asked: str) -> int:
    """Print what a shell is to offer; whatever is wrong, it is offered nothing, and told nothing."""
    with contextlib.suppress(Exception):  # a line that is being typed is no place for an error
        read, say, described = shells.DIALECTS[asked]
        words, begun = read(os.environ)
        found = offered(words, begun)
        return say(_told(found, words) if described else [(text, "") for text, _ in found], begun)
    return 0


def offered(words: Sequence[str], begun: str) -> list[Value]:
    """How the word that is begun may go on behind ``words``, the first of which is the program's own name."""
    known = lookup.known()
    command = _command(words)
    parameters = known["parameters"].get(command, ()) if command is not None else known["root"]
    line = _Line(parameters, words[1:] if command is None else words[words.index(command, 1) + 1 :])

    def found(parameter: Parameter | None, text: str) -> list[Value]:
        return _values(parameter, values.Asked(command or "", text, line.given, known)) if parameter else []

    if line.open is None and begun.startswith("-") and not line.ended:
        option, equals, text = begun.partition("=")
        if not equals:
            return _options(parameters, line, begun)
        return _behind(f"{option}=", found(_of_option(parameters, option), text))
    if command is None and line.open is None:
        return _beginning(known["about"].items(), begun)
    return found(line.open or line.argument(), begun)


def _command(words: Sequence[str]) -> str | None:
    """The first word that is no option of what stands before commands."""
    skip = True
    for word in words:
        if not skip and not word.startswith("-"):
            return word
        skip = not skip and word == "--lang"
    return None


class _Line:
    """What stands on a line behind a command: the texts that each parameter is given, and the option that still waits for its own."""

    def __init__(self, known: Sequence[Parameter], words: Sequence[str]) -> None:
        self.given: dict[str, list[str]] = {}
        self.open: Parameter | None = None
        self.ended = False
        self._known = known
        for word in words:
            self._take(word)

    def _take(self, word: str) -> None:
        if self.open is not None:
            self.given[self.open[0]].append(word)
            self.open = None
        elif word == "--" and not self.ended:
            self.ended = True
        elif word.startswith("-") and len(word) > 1 and not self.ended:
            self._take_option(*word.partition("="))
        elif (argument := self.argument()) is not None:
            self.given.setdefault(argument[0], []).append(word)

    def _take_option(self, option: str, equals: str, text: str) -> None:
        found = _of_option(self._known, option)
        if found is not None:
            self.given.setdefault(found[0], []).extend([text] if equals else [])
            self.open = None if equals or not found[2] else found

    def argument(self) -> Parameter | None:
        """The argument that the next word is."""
        return next((each for each in self._known if not each[1] and (each[3] or each[0] not in self.given)), None)


def _of_option(known: Iterable[Parameter], option: str) -> Parameter | None:
    return next((each for each in known if option in each[1]), None)


def _options(known: Iterable[Parameter], line: _Line, begun: str) -> list[Value]:
    """The options that begin so and may come still; of several names of one the long one."""
    found = [each for each in known if each[1] and (each[3] or each[0] not in line.given)]
    return _beginning(((max(each[1], key=len), each[4]) for each in found), begun)


def _values(parameter: Parameter, asked: values.Asked) -> list[Value]:
    """The values of a parameter that begin so; of several with commas the last is meant, and none is offered twice."""
    head = asked.begun[: asked.begun.rfind(",") + 1] if parameter[2] in values.LISTED else ""
    rest = asked.begun[len(head) :]
    found = values.of(parameter, values.Asked(asked.command, rest, asked.given, asked.known))
    taken = head.split(",")
    return _behind(head, [each for each in _beginning(found, rest) if each[0] not in taken])


def _behind(head: str, found: Iterable[Value]) -> list[Value]:
    return [each if each in {FILES, FOLDERS} else (head + each[0], each[1]) for each in found]


def _beginning(found: Iterable[Value], begun: str) -> list[Value]:
    small = begun.casefold()
    return [each for each in found if each in {FILES, FOLDERS} or each[0].casefold().startswith(small)]


# ---------------------------------------------------------------- what is said of a value


def _told(found: list[Value], words: Sequence[str]) -> list[Value]:
    """What values are, in the language that people read."""
    said = _translated([help for _, help in found], words)
    return [(text, _first_sentence(help)) for (text, _), help in zip(found, said, strict=True)]


def _first_sentence(help: str) -> str:
    """Without what is taken where nothing is given, and without choices, which are offered themselves."""
    said = help.partition("  [")[0]
    return "" if said.startswith("{") else said.partition(": {")[0]


def _translated(helps: list[str], words: Sequence[str]) -> list[str]:
    """The catalogue is only read where another language than English may be meant."""
    names = ("TARGETTRACK_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    codes = {os.environ.get(name, "").partition(".")[0].partition("_")[0] for name in names}
    if codes <= {"", "C", "POSIX", "en"} and not any(word.startswith("--lang") for word in words):
        return helps
    from targettrack.cli import _language  # noqa: PLC0415 - who reads English need not wait for it
    from targettrack.language import spoken, tr  # noqa: PLC0415 - as above

    with spoken(_language.chosen(words)):
        return [tr(help) if help else "" for help in helps]
