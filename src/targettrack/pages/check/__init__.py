"""Findings: what a check of some files found; as a page, as a document for scripts, and as annotations of a pull request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal, TypeAlias

from typing_extensions import TypedDict

from targettrack.errors import Problem, Severity, folded, not_listed
from targettrack.frozen import frozen
from targettrack.text import NBSP
from targettrack.wording import cut
from targettrack.wording.cut import Cut, CutDocument

WORST = {"error": 0, "warning": 1}
Manner: TypeAlias = Literal["ranked", "full", "concise"]


def _number(problems: Iterable[Problem]) -> int:
    """How many problems there are, those that are not listed among them."""
    return sum(problem.more or 1 for problem in problems)


@frozen()
class Findings:
    """Problems in the order of files and lines; ``files`` counts the files that were looked at, ``cut`` is what could not be seen of their history.

    ``since`` is the revision since which it was looked for what was softened; ``manner`` how a table of them is written: errors in full and weaknesses by their codes, each in ``full``, or a ``concise`` line each.
    """

    COMMAND: ClassVar[str] = "check"

    problems: tuple[Problem, ...]
    files: int
    cut: Cut | None = None
    since: str | None = None
    manner: Manner = "ranked"

    @property
    def errors(self) -> list[Problem]:
        """What is wrong in the files."""
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def softened(self) -> list[Problem]:
        """What was taken back since a revision."""
        from targettrack.pages.check.softened import MEANS  # noqa: PLC0415 - JSON needs none of it

        return [problem for problem in self.problems if problem.severity == "warning" and problem.code in MEANS]

    @property
    def standing(self) -> dict[str, list[Problem]]:
        """The weaknesses that the files have as they are, by their codes, the most frequent first."""
        softened = {id(problem) for problem in self.softened}
        found: dict[str, list[Problem]] = {}
        for problem in self.problems:
            if problem.severity == "warning" and id(problem) not in softened:
                found.setdefault(problem.code, []).append(problem)
        return dict(sorted(found.items(), key=lambda item: (-_number(item[1]), item[0])))

    def tally(self) -> dict[str, int]:
        """How many standing weaknesses have each code."""
        return {code: _number(problems) for code, problems in self.standing.items()}

    def count(self, severity: Severity) -> int:
        """How many are so grave, those that are not listed among them."""
        return sum(problem.more or 1 for problem in self.problems if problem.severity == severity)

    def document(self) -> CheckDocument:
        """The findings for scripts."""
        return _document(self)


def findings(
    problems: Iterable[Problem],
    files: int,
    cut: Cut | None = None,
    since: str | None = None,
    manner: Manner = "ranked",
) -> Findings:
    """The problems in their order; of one code so many as are listed, then how many more there are."""
    whole = sorted(
        problems, key=lambda problem: (problem.file or "", problem.line or 0, problem.column or 0, problem.code)
    )
    kept, beyond = folded((problem for problem in whole if not problem.more), lambda problem: problem.code)
    for problem in whole:
        beyond[problem.code] += problem.more
    grave = {problem.code: problem.severity for problem in whole}
    return Findings(
        (*kept, *(not_listed(code, count, grave[code], None) for code, count in beyond.items() if count)),
        files,
        cut,
        since,
        manner,
    )


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
    """What ``check --format json`` prints; ``cut`` is null unless ``--since`` met the edge of a history that is cut off, where nobody is named."""

    schema: Literal["targettrack.check"]
    version: Literal[1]
    cut: CutDocument | None
    problems: list[FindingDocument]


def _document(page: Findings) -> CheckDocument:
    return {
        "schema": "targettrack.check",
        "version": 1,
        "cut": cut.document(page.cut),
        "problems": [_finding(problem) for problem in page.problems],
    }


def _finding(problem: Problem) -> FindingDocument:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "end_line": problem.end_line,
        "end_column": problem.end_column,
        "message": plain(problem.message),
        "hint": plain(problem.hint) if problem.hint else None,
    }


def plain(sentence: str) -> str:
    """A sentence for data: no space is kept from breaking."""
    return sentence.replace(NBSP, " ")
