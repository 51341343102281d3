"""Export: what was written of each program in another format, and what that format does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Literal

from typing_extensions import TypedDict

from targettrack.frozen import frozen
from targettrack.language import mark, tr, tr_n

WHOLE = "*"
"""The key under which a whole record is lost."""


@frozen()
class Loss:
    """Something that was not written: where it stands in the program, under which key, what it says, and why."""

    place: str
    key: str
    text: str
    why: str


@frozen()
class Written:
    """One program: its id, the files with the number of their bytes, and what they do not hold."""

    program: str
    files: Sequence[tuple[str, int]]
    lost: Sequence[Loss]


@frozen()
class Exported:
    """The receipt of an export."""

    COMMAND: ClassVar[str] = "export"

    format: str
    folder: str
    programs: tuple[Written, ...]

    def document(self) -> ExportDocument:
        """All of it for scripts."""
        return {
            "schema": "targettrack.export",
            "version": 1,
            "format": self.format,
            "folder": self.folder,
            "programs": [_program(each) for each in self.programs],
        }


class FileWritten(TypedDict):
    """A file in the folder, and its size in bytes."""

    file: str
    bytes: int


class LossDocument(TypedDict):
    """Something that was not written; ``key`` is null of a whole record, ``why`` null where the format just has no place for the key."""

    place: str
    key: str | None
    text: str
    why: str | None


class ProgramWritten(TypedDict):
    """One program."""

    program: str
    files: list[FileWritten]
    lost: list[LossDocument]


class ExportDocument(TypedDict):
    """What ``export --json`` prints."""

    schema: Literal["targettrack.export"]
    version: Literal[1]
    format: str
    folder: str
    programs: list[ProgramWritten]


def _program(each: Written) -> ProgramWritten:
    return {
        "program": each.program,
        "files": [{"file": file, "bytes": size} for file, size in each.files],
        "lost": [
            {"place": loss.place, "key": None if loss.key == WHOLE else loss.key, "text": loss.text, "why": loss.why or None}
            for loss in each.lost
        ],
    }  # fmt: skip


WHY = {
    "many": mark("another record of the same period is used"),
    "words": mark("it has no number of its own"),
    "no-period": mark("it has no period that the standard can say"),
    "inexact": mark("the figure is over or under its number, and the standard has no word for that"),
    "range": mark("the standard has one number for a figure"),
    "both-ends": mark("both ends of the range bind, and the standard has one number for a target"),
    "no-year": mark("it is not of a year of the calendar, and the standard has no other periods"),
    "part": mark("the standard cannot say this part"),
    "no-line": mark("only an adopted target of the whole with one number and a deadline has a line on the chart"),
    "proposed": mark("it is a proposal, or was withdrawn, and the standard has targets that hold only"),
    "added": mark("the program does not say this, and the standard wants it"),
}
"""Why a whole record was not written, by its code."""


def why_said(code: str) -> str:
    """Why something was not written, as a sentence; a code that is not known stays as it is."""
    return tr(WHY[code]) if code in WHY else code


MOST_PLACES = 5


def sentences(lost: Iterable[Loss]) -> Iterator[str]:
    """What was not written, grouped: whole records by the reason, keys by their names and the kind of table, each with the first places."""
    groups: dict[tuple[str, str], list[str]] = {}
    for each in lost:
        kind = each.place.partition(".")[0].partition("[")[0]
        about = f"{kind}: {each.key}" if not each.why else kind
        groups.setdefault((each.why, about), []).append(each.place)
    for (why, about), places in groups.items():
        names = list(Counter(places))
        shown = ", ".join(names[:MOST_PLACES]) + (tr(" and {count} more", count=len(names) - MOST_PLACES) if len(names) > MOST_PLACES else "")  # fmt: skip
        if why:
            yield tr("{reason}: {places}", reason=why_said(why), places=shown)
        else:
            yield tr_n(len(places), "not held, {about}, {count} time: {places}", "not held, {about}, {count} times: {places}", about=about, places=shown)  # fmt: skip


def text_of(lost: Iterable[Loss]) -> str:
    """The text of ``LOST.txt``: a line for each thing with its place; control characters are escaped, so that each stays on its line."""
    lines = [_line(each) for each in lost]
    return "".join(f"{line}\n" for line in lines or [tr("nothing was lost")])


def _line(loss: Loss) -> str:
    said = f"{loss.key} = {loss.text}" if loss.key != WHOLE else loss.text
    why = f" ({why_said(loss.why)})" if loss.why else ""
    return f"{loss.place}{why}: {''.join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in said)}"
