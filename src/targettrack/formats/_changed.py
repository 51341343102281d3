"""Changed: what a table of changes says of one of them, in the columns that all formats give it."""

from __future__ import annotations

from targettrack.language import tr
from targettrack.pages.changes import Compared
from targettrack.revisions.changes import Change, pairs_of, source_of
from targettrack.revisions.flips import Flip
from targettrack.wording import changes, notation


def heads() -> tuple[str, ...]:
    """The heads of the columns."""
    return tr("indicator"), tr("change"), tr("for"), tr("from what to what"), tr("source"), tr("by")


def texts(entry: Compared, change: Change) -> tuple[str, ...]:
    """What stands under them."""
    indicator = entry.program.indicators.get(change.indicator or "")
    unit, direction = (indicator.unit, indicator.direction) if indicator else (None, None)
    notes = [tr("silently")] if change.silent else []
    notes += changes.remarks(change)
    whole = tr("the whole program") if change.kinds == ("ruled-otherwise",) else tr("in words")
    return (
        f"{change.indicator or whole}{notation.part(pairs_of(change))}",
        ", ".join((changes.label(change, direction), *notes)),
        changes.when(change),
        changes.transition(change, unit, direction),
        source_of(change.thing) or "",
        "; ".join(changes.credits(entry.by([change]))),
    )


def flipped(flip: Flip) -> str:
    """Whose status is another one."""
    after = flip.after
    return f"{after.indicator_id}{notation.part(after.disaggregation)}, {notation.by(after.promise)}"
