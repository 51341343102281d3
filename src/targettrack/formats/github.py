"""github: the findings of check as workflow commands of GitHub, which it shows at the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from targettrack.formats._look import Look
from targettrack.pages.check import WORST, Findings, plain
from targettrack.text import clean, unsafe_shown


def shows(command: str) -> bool:
    """Only findings have places."""
    return command == "check"


def render(page: Findings, out: TextIO, look: Look) -> None:  # noqa: ARG001
    """Write a command a line."""
    out.writelines(f"{line}\n" for line in commands(page))


def commands(page: Findings) -> Iterator[str]:
    """The findings as workflow commands of GitHub, the worst first: a step shows ten of each kind; and a notice of why nobody is named."""
    for problem in sorted(page.problems, key=lambda problem: WORST[problem.severity]):
        places = (
            ("file", problem.file),
            ("line", problem.line),
            ("endLine", problem.end_line),
            ("col", problem.column),
            ("endColumn", problem.end_column),
            ("title", f"targettrack {problem.code}"),
        )
        said = "\n".join(plain(clean(text)) for text in (problem.message, problem.hint) if text)
        yield unsafe_shown(
            f"::{problem.severity} {','.join(f'{name}={_property(str(value))}' for name, value in places if value is not None)}::{_data(said)}"
        )

    if page.cut and page.cut.hides == "who":
        yield f"::notice title=targettrack::{_data(clean(page.cut.sentence))}"


def _data(text: str) -> str:
    """Text as the message of a workflow command; see the toolkit's ``escapeData``."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(unsafe_shown(text)).replace(":", "%3A").replace(",", "%2C")
