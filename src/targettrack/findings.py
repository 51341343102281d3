"""Findings: what a check of some files found; as a page, as a document for scripts, and as annotations of a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from typing_extensions import TypedDict

from targettrack import notation
from targettrack.errors import Problem, Severity

_WORST = {"error": 0, "warning": 1}


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """Problems in the order of files and lines; ``files`` counts the files that were looked at."""

    problems: tuple[Problem, ...]
    files: int

    def count(self, severity: Severity) -> int:
        """How many are so grave."""
        return Counter(problem.severity for problem in self.problems)[severity]


def findings(problems: Sequence[Problem], files: int) -> Findings:
    """The problems in their order."""
    return Findings(tuple(sorted(problems, key=lambda problem: (problem.file or "", problem.line or 0, problem.column or 0, problem.code))), files)


class FindingDocument(TypedDict):
    """One problem; lines and columns count from 1, columns in characters, the end is exclusive."""

    code: str
    severity: Literal["error", "warning"]
    file: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    message: str
    hint: str | None


class CheckDocument(TypedDict):
    """What ``check --format json`` prints."""

    schema: Literal["targettrack.check"]
    version: Literal[1]
    problems: list[FindingDocument]


def document(page: Findings) -> CheckDocument:
    """The findings for scripts."""
    return {"schema": "targettrack.check", "version": 1, "problems": [_finding(problem) for problem in page.problems]}


def _finding(problem: Problem) -> FindingDocument:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "end_line": problem.end_line,
        "end_column": problem.end_column,
        "message": _plain(problem.message),
        "hint": _plain(problem.hint) if problem.hint else None,
    }


def _plain(sentence: str) -> str:
    """A sentence for data: no space is kept from breaking."""
    return sentence.replace(notation.NBSP, " ")


def workflow_commands(page: Findings) -> Iterator[str]:
    """The findings as workflow commands of GitHub, the worst first: a step shows ten of each kind."""
    for problem in sorted(page.problems, key=lambda problem: _WORST[problem.severity]):
        places = (("file", problem.file), ("line", problem.line), ("endLine", problem.end_line), ("col", problem.column), ("endColumn", problem.end_column), ("title", f"targettrack {problem.code}"))
        said = "\n".join(_plain(notation.clean(text)) for text in (problem.message, problem.hint) if text)
        yield f"::{problem.severity} {','.join(f'{name}={_property(str(value))}' for name, value in places if value is not None)}::{_data(said)}"


def _data(text: str) -> str:
    """Text as the message of a workflow command; see the toolkit's ``escapeData``."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(notation.unsafe_shown(text)).replace(":", "%3A").replace(",", "%2C")
