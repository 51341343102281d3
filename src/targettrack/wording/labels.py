"""Labels: which numbers each label of a method stands for, in words, from the cut points that the method declares."""

from __future__ import annotations

from targettrack.assessment.cutpoints import OPPOSITE, Cut, CutPoints
from targettrack.language import tr
from targettrack.wording import notation


def conditions(of: CutPoints[str]) -> tuple[tuple[str, str], ...]:
    """Each label with the numbers that it stands for, or the condition in words, in the order in which they are tried: ``pace >= 0.95``."""
    numbers = [(cut.label, _taken(of, cut)) for cut in of.cuts]
    left = [(of.otherwise, _compared(of, OPPOSITE[of.cuts[-1].sign], of.cuts[-1]))] if of.otherwise and of.cuts else []
    return (*numbers, *left, *((label, tr(said)) for label, said in of.cases))


def listed(of: CutPoints[str]) -> str:
    """The labels as they were published, each with its numbers or its condition, in one text."""
    joint = " " if of.cuts else ": "
    return "; ".join(f"{label.replace('_', ' ')}{joint}{said}" for label, said in conditions(of))


def _taken(of: CutPoints[str], cut: Cut[str]) -> str:
    return tr(cut.said, at=notation.digits(cut.at)) if cut.said else _compared(of, cut.sign, cut)


def _compared(of: CutPoints[str], sign: str, cut: Cut[str]) -> str:
    """What the number is called beside its cut point; 0 stays where it is, whatever it is multiplied by."""
    return f"{tr(of.of)} {sign} {notation.digits(cut.at)}" + (f" * {of.factor}" if of.factor and cut.at else "")
