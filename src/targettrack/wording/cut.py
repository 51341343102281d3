"""Cut: where a history is cut off, and what cannot be seen for that; as a sentence, and as a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from typing_extensions import TypedDict

from targettrack.frozen import frozen
from targettrack.language import mark, tr

Hidden = Literal["who", "parting", "edition"]

_SAID: dict[Hidden, str] = {
    "who": mark(
        "the history is cut off at {commits}: who changed something there or before cannot be seen here, and nobody is named for it"
    ),
    "parting": mark(
        "the history is cut off at {commits}: where the two sides parted cannot be seen here, so that nobody knows what was taken back since then"
    ),
    "edition": mark("the history is cut off at {commits}: which commit changed this file last cannot be seen here"),
}

_SHOWN = 3


@frozen(eq=True)
class Cut:
    """The commits at which a history is cut off, and what that hides: ``who`` changed something, where two sides parted, or the ``edition`` of a file."""

    hides: Hidden
    commits: tuple[str, ...]

    def __str__(self) -> str:
        """The fact in words."""
        shown = [hash[:9] for hash in self.commits[:_SHOWN]]
        return tr(_SAID[self.hides], commits=", ".join((*shown, *(["…"] if len(self.commits) > _SHOWN else []))))

    @property
    def sentence(self) -> str:
        """The fact, and what to do."""
        return tr("{said}; {hint}", said=str(self), hint=hint())


def hint() -> str:
    """What to do about it."""
    return tr(
        "in a workflow fetch-depth: 0 at the checkout, elsewhere git fetch --unshallow brings the rest of a shallow clone"
    )


def who(hashes: Iterable[str]) -> Cut | None:
    """That nobody can be named for what these commits, or some before them, did; None for no commit."""
    commits = tuple(dict.fromkeys(hashes))
    return Cut("who", commits) if commits else None


class CutDocument(TypedDict):
    """What cannot be seen for a history that is cut off, as in a shallow clone: ``who`` changed something, where two sides parted (``parting``), or the ``edition`` of a file; ``commits`` are those at its edge."""

    hides: Hidden
    commits: list[str]
    said: str


def document(cut: Cut | None) -> CutDocument | None:
    """A cut for scripts."""
    return {"hides": cut.hides, "commits": list(cut.commits), "said": str(cut)} if cut else None
