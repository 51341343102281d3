"""Values: what each kind of value may be. The word for a value in a help page is its kind; a few options that share their word with others have a rule of their own."""

from __future__ import annotations

from targettrack.store import folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from targettrack.cli._completion.declared import Parameter

Value = tuple[str, str]
"""What may stand on the line, and what it is."""

FILES: Value = ("\0files", "")
FOLDERS: Value = ("\0folders", "")
"""The shell knows its files better than we do."""


class Asked:
    """A value of which something may be typed already, with all that stands on the line: the texts of each parameter; and what the code knows."""

    def __init__(self, command: str, begun: str, given: Mapping[str, Sequence[str]], known: Mapping[str, Any]) -> None:
        self.command, self.begun, self.given, self.known = command, begun, given, known

    @property
    def folder(self) -> str:
        """The targets folder that is named; empty for the nearest."""
        return self.text("targets")

    def text(self, name: str) -> str:
        """What a parameter is given; empty where it is not."""
        return next(iter(self.given.get(name, ())), "")

    @property
    def programs(self) -> list[str]:
        """The programs that are named, with or without an indicator; all where none is."""
        named = [text for name in ("program", "programs") for text in self.given.get(name, ())]
        if not named and "/" in self.text("indicator"):
            named = [self.text("indicator")]
        return named or [name for name, _ in folder.programs(self.folder, "")]

    @property
    def indicators(self) -> set[str]:
        """The indicators that are named, beside their programs or behind them; none for all."""
        last = self.text("indicator").rpartition("/")[2]
        return {each.partition("/")[2] for each in self.programs if "/" in each} | ({last} if last else set())


def of(parameter: Parameter, asked: Asked) -> Iterable[Value]:
    """What a parameter may be given."""
    _, options, metavar, *_ = parameter
    for key in (f"{asked.command} {metavar}", *options, metavar):
        if key in RULES:
            return RULES[key](asked)
    return ()


def _words(*words: str) -> Callable[[Asked], Iterable[Value]]:
    return lambda _: _plain(words)


def _plain(words: Iterable[str]) -> list[Value]:
    return [(word, "") for word in words]


# ---------------------------------------------------------------- what stands in programs


def _programs(asked: Asked) -> Iterable[Value]:
    return folder.programs(asked.folder, asked.begun)


def _programs_and_indicators(asked: Asked) -> Iterable[Value]:
    """Programs, and behind the slash of one its indicators."""
    if "/" not in asked.begun:
        return _programs(asked)
    return folder.indicators(asked.folder, asked.begun)


def _indicators(asked: Asked) -> Iterable[Value]:
    """Programs up to their slash, behind which are the indicators."""
    if "/" not in asked.begun:
        return [(f"{name}/", help) for name, help in _programs(asked)]
    return folder.indicators(asked.folder, asked.begun)


def _indicators_of_program(asked: Asked) -> Iterable[Value]:
    program = asked.text("program")
    if "/" in program:  # it names the indicator already
        return _answers(asked)
    found = folder.indicators(asked.folder, f"{program}/{asked.begun}")
    return [(name.partition("/")[2], help) for name, help in found]


def _answers(asked: Asked) -> Iterable[Value]:
    """A figure is nobody's guess; a milestone's answer is one of two."""
    units = {indicator.get("unit") for id, indicator in _tables(asked, "indicators").items() if id in asked.indicators}
    return _plain(("yes", "no") if units == {"yes/no"} else ())


def _sources(asked: Asked) -> Iterable[Value]:
    """The documents of the program, the newest first."""
    found = _tables(asked, "sources")
    newest = sorted(found, key=lambda each: str(found[each].get("published", "")), reverse=True)
    return [(id, str(found[id].get("title", ""))) for id in newest]


def _tables(asked: Asked, name: str) -> dict[str, dict[str, Any]]:
    """The tables of that name in the programs that are named."""
    return {
        id: table
        for program in asked.programs
        for id, table in _part(folder.contents(asked.folder, program), name, dict).items()
        if isinstance(table, dict)
    }


def _part(contents: Mapping[str, Any], name: str, kind: type[Any]) -> Any:  # noqa: ANN401 - the TOML edge
    found = contents.get(name)
    return found if isinstance(found, kind) else kind()


def _periods(asked: Asked) -> Iterable[Value]:
    """The periods that the named indicators have figures for, or something due in, the newest first."""
    return _newest([*_measured(asked), *_promised(asked, ("by", "from"))])


def _due(asked: Asked) -> Iterable[Value]:
    """The periods in which something is due, the newest first."""
    return _newest(_promised(asked, ("by",)))


def _newest(found: Iterable[object]) -> list[Value]:
    return _plain(sorted({str(each) for each in found if each is not None}, reverse=True))


def _measured(asked: Asked) -> Iterable[object]:
    wanted = asked.indicators
    for program in asked.programs:
        for actual in _part(folder.contents(asked.folder, program), "actuals", list):
            if isinstance(actual, dict) and (not wanted or actual.get("indicator") in wanted):
                yield actual.get("period")
    for id, indicator in _tables(asked, "indicators").items():
        if not wanted or id in wanted:
            yield _part(indicator, "baseline", dict).get("period")


def _promised(asked: Asked, keys: Sequence[str]) -> Iterable[object]:
    wanted = asked.indicators
    for id, indicator in _tables(asked, "indicators").items():
        if not wanted or id in wanted:
            for target in _part(indicator, "targets", list):
                yield from (target.get(key) for key in keys)


# ---------------------------------------------------------------- what stands in git


def _revisions(asked: Asked) -> Iterable[Value]:
    """Names of commits, and the newest commits that touched the targets."""
    from pathlib import Path  # noqa: PLC0415 - only a revision needs it

    from targettrack.store import git  # noqa: PLC0415 - as above

    place = folder.find(asked.folder) or Path()
    refs = git.ask(place, "for-each-ref", "--sort=-committerdate", "--count=100", "--format=%(refname:short)", *_REFS)
    log = git.ask(place, "log", "-20", "--format=%h%x09%cs %s", "--", ".").decode(errors="replace")
    commits = [line.partition("\t")[::2] for line in log.splitlines()]
    return [("HEAD", ""), ("HEAD~1", ""), *_plain(refs.decode(errors="replace").split()), *commits]


_REFS = ("refs/heads", "refs/tags", "refs/remotes")


# ---------------------------------------------------------------- what the code knows


def _known(what: str) -> Callable[[Asked], Iterable[Value]]:
    return lambda asked: asked.known["words"][what]


def _of_page(what: str) -> Callable[[Asked], Iterable[Value]]:
    """The words that a command's page has a choice of."""
    return lambda asked: _plain(asked.known[what].get(asked.command, ()))


def _topics(asked: Asked) -> Iterable[Value]:
    return [*asked.known["words"]["topics"], *asked.known["about"].items()]


RULES: Mapping[str, Callable[[Asked], Iterable[Value]]] = {
    "new PROGRAM": _words(),
    "add-actual PROGRAM": _programs_and_indicators,
    "PROGRAM": _programs,
    "PROGRAM | PROGRAM/INDICATOR": _programs_and_indicators,
    "PROGRAM[/INDICATOR]": _programs_and_indicators,
    "PROGRAM/INDICATOR": _indicators,
    "INDICATOR": _indicators_of_program,
    "add-actual VALUE": _answers,
    "ID": _sources,
    "PERIOD": _periods,
    "--due": _due,
    "--target": _due,
    "--every": _words("year", "half", "quarter", "month"),
    "REV": _revisions,
    "REV|DATE": _revisions,
    "STATUS": _known("statuses"),
    "TIME": _words("3m", "6m", "12m", "2y"),
    "--method": _known("methods"),
    "check FORMAT": lambda asked: [*_of_page("formats")(asked), *_plain(["full", "concise"])],
    "FORMAT": _of_page("formats"),
    "--to": _known("exchange"),
    "--columns": _of_page("columns"),
    "LANG": _known("languages"),
    "CODE": _known("codes"),
    "KIND": _known("kinds"),
    "--encoding": _words("utf-8", "utf-16", "cp1258", "cp1252", "tcvn3", "vni"),
    "WHEN": _words("auto", "always", "never"),
    "ORDER": _words("gap", "due", "file"),
    "WHICH": _words("original", "current"),
    "--quality": _words("final", "provisional", "estimate"),
    "--approx": _words("about", "over", "under"),
    "--decimal": _words(".", ","),
    "--delimiter": _words(",", ";", "tab"),
    "TOPIC": _topics,
    "WHAT": _known("schemas"),
    "DIR": lambda _: [FOLDERS],
    "FILE": lambda _: [FILES],
    "FILE|DIR": lambda _: [FILES],
}
"""What a kind may be: by the command and the word for the value, else by the option, else by the word alone."""

FREE = frozenset(
    {
        "ADDRESS",
        "DATE",
        "MM-DD",
        "N",
        "NAME=TEXT",
        "PAGE",
        "SECONDS",
        "TEXT",
        "URL",
        "VALUE",
        "WHAT=NAME",
        "--sheet",
        "--parts",
        "--missing",
    }
)
"""What nobody can know before it is typed: nothing is offered."""

LISTED = frozenset({"NAMES", "STATUS", "CODE"})
"""What may be several with commas."""
