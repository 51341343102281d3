"""Figures: what the formats of other people share of promises and figures: the numbers of a target, the window of its period, and texts as identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from targettrack.period import Period, name
from targettrack.program.model import Direction, Target

MANY = "many"
WORDS = "words"
NO_PERIOD = "no-period"
INEXACT, RANGE, BOTH_ENDS = "inexact", "range", "both-ends"
NO_YEAR, PART, NO_LINE, ADDED, PROPOSED = "no-year", "part", "no-line", "added", "proposed"
"""Why a record is not held; the sentences are those of the receipt."""


def ends(target: Target, direction: Direction | None) -> dict[str, Decimal]:
    """The numbers of a target: ``value``; of a range ``weak`` and ``strong``, or ``low`` and ``high`` where both bind or no direction tells; empty of what has none of its own."""
    if target.range is not None:
        low, high = target.range
        if direction == "increase":
            return {"weak": low, "strong": high}
        return {"weak": high, "strong": low} if direction == "decrease" else {"low": low, "high": high}
    return {"value": target.value} if isinstance(target.value, Decimal) else {}


def when(target: Target) -> Period | None:
    """The period that a target is about: the whole window of a sum, a mean or a standing target, else the due one; None where it has no end, or a standing one no beginning."""
    whole = target.every is not None or target.aggregate != "last"
    if target.ends is None or (whole and target.begins is None):
        return None
    if whole and target.begins is not None:
        first, last = target.begins.first, target.ends.last
        return Period(first, last, name(first, last))
    return target.ends


def code(text: str, taken: Iterable[str]) -> str:
    """A text as a code of letters, digits and ``_`` that none of ``taken`` is; the same text gives the same code."""
    bare = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_").upper()[:40] or "X"
    bare = bare if bare[0].isalpha() else f"X{bare}"
    known, count, found = set(taken), 1, bare
    while found in known:
        count += 1
        found = f"{bare}_{count}"
    return found


def codes(texts: Iterable[str]) -> dict[str, str]:
    """A code for each text, in their order."""
    found: dict[str, str] = {}
    for text in texts:
        if text not in found:
            found[text] = code(text, found.values())
    return found
