"""help: What the words, signs and codes of the pages say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from targettrack import cli, registry, topics
from targettrack.cli import _options, _output
from targettrack.language import mark, now, tr

if TYPE_CHECKING:
    from targettrack.pages.help import Text

EPILOG = "\b\nExamples:\n  targettrack help\n  targettrack help signs\n  targettrack help no-source\n  targettrack help status"


def names() -> list[str]:
    """The topics that are texts."""
    return sorted(path.stem for path in Path(topics.__path__[0], "en").glob("*.md"))


def _text(name: str) -> Text:
    """A text in the language spoken, where it has it, else in English."""
    from targettrack.pages.help import Text  # noqa: PLC0415 - completion and help load no more than the options

    said, english = (Path(topics.__path__[0], code, f"{name}.md") for code in (now() or "en", "en"))
    return Text(name, (said if said.exists() else english).read_text(encoding="utf-8"))


Word = Annotated[
    str | None,
    typer.Argument(
        metavar="TOPIC",
        help=mark("A topic, a word of one, or a command.  [default: the topics]"),
        show_default=False,
    ),
]


def command(topic: Word = None, color: _options.Color = "auto") -> int:
    """Print a topic, or the names of all of them."""
    from targettrack.pages import help as pages  # noqa: PLC0415 - completion and help load no more than the options

    if topic is not None and topic in registry.names(cli) and topic not in {*pages.TOPICS, *names()}:
        cli.app().main(args=[topic, "--help"], prog_name="targettrack", standalone_mode=False)
        return 0
    if topic is None:
        page = pages.HelpPage((*(make() for make in pages.TOPICS.values()), *map(_text, names())), index=True)
    elif topic.casefold() in names():
        page = pages.HelpPage((_text(topic.casefold()),))
    else:
        found = pages.found(topic)
        if found is None:
            raise typer.BadParameter(_unknown(topic, [*pages.known(), *names()]))
        page = pages.HelpPage((found,))
    _output.emit(page, "table", None, color)
    return 0


def _unknown(topic: str, known: list[str]) -> str:
    from targettrack.errors import guessed  # noqa: PLC0415 - only a word that nobody knows needs it

    said = guessed(tr("no topic {name}", name=topic), topic, [*known, *registry.names(cli)])
    return said if said.endswith("?") else tr("no topic {name}; targettrack help names them", name=topic)
