"""Import: what the tables of an office gave a program: the receipt of their figures, and every cell that was left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from typing_extensions import TypedDict

from targettrack.frozen import frozen
from targettrack.language import tr, tr_n
from targettrack.pages.add_actual import Receipt, Recorded, recorded
from targettrack.recording.imported import File, by_reason
from targettrack.recording.left import Left
from targettrack.recording.taking import Taken

MOST_CELLS = 20
"""So many cells of a kind are named; the rest is counted."""


@frozen()
class Given:
    """One file: what is known of it, the kind that it was read as, what was taken of it, and the mapping that it was read by."""

    file: File
    kind: str
    taken: Taken
    mapping: str | None = None


@frozen()
class Imported:
    """The receipt of what was recorded, and the files that it came from."""

    COMMAND: ClassVar[str] = "import"

    receipt: Receipt
    files: tuple[Given, ...]

    def document(self) -> ImportDocument:
        """All of it for scripts."""
        return {
            "schema": "targettrack.import",
            "version": 2,
            **recorded(self.receipt),
            "files": [_file(each) for each in self.files],
        }


class LeftDocument(TypedDict):
    """A cell that looks like a figure and was not taken: its address, what it shows, and why: a code, what that is about, and the sentence."""

    cell: str
    text: str
    why: str
    about: str | None
    reason: str


class FileDocument(TypedDict):
    """One file: its kind, the mapping that it was read by, what was found out while reading it, how many figures it has, and the cells that were not taken."""

    file: str
    kind: str
    mapping: str | None
    sha256: str
    said: list[str]
    figures: int
    left: list[LeftDocument]


class _Heading(TypedDict):
    schema: Literal["targettrack.import"]
    version: Literal[2]


class ImportDocument(_Heading, Recorded):
    """What ``import --json`` prints: what ``add-actual --json`` does, and the files."""

    files: list[FileDocument]


def _file(given: Given) -> FileDocument:
    return {
        "file": given.file.path,
        "kind": given.kind,
        "mapping": given.mapping,
        "sha256": given.file.sha256,
        "said": list(given.taken.said),
        "figures": len(given.taken.rows),
        "left": [
            {"cell": each.cell, "text": each.text, "why": each.why, "about": each.about or None, "reason": each.reason}
            for each in given.taken.left
        ],
    }


def left_sentences(left: Sequence[Left]) -> Iterator[str]:
    """Each kind of cells that were left, with how many there are and the first of them; of a reason that is about many things, the first of these."""
    kinds: dict[str, list[list[Left]]] = {}
    for (why, _), cells in by_reason(left).items():
        kinds.setdefault(why, []).append(cells)
    for groups in kinds.values():
        yield from map(left_sentence, groups[:MOST_CELLS])
        rest = [each for cells in groups[MOST_CELLS:] for each in cells]
        if rest:
            yield tr_n(
                len(rest),
                "{count} more cell not taken, {reason}, and so on; --report FILE.csv has all",
                "{count} more cells not taken, {reason}, and so on; --report FILE.csv has all",
                reason=rest[0].reason,
            )


def left_sentence(cells: Sequence[Left], reason: str | None = None) -> str:
    """The cells that were left for one reason, which may be said otherwise."""
    named = ", ".join(f"{each.cell} ({_cut(each.text)})" for each in cells[:MOST_CELLS])
    more = tr(" and {count} more", count=len(cells) - MOST_CELLS) if len(cells) > MOST_CELLS else ""
    return tr_n(
        len(cells),
        "{count} cell not taken, {reason}: {cells}{more}",
        "{count} cells not taken, {reason}: {cells}{more}",
        reason=reason or cells[0].reason,
        cells=named,
        more=more,
    )


_LONG = 40


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"
