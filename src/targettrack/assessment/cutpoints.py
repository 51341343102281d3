"""Cut points: which numbers each label of a method stands for, declared once and exactly; what judges, says or rounds asks here."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from targettrack.frozen import frozen
from targettrack.number import RATES

Sign = Literal[">=", ">", "<=", "<"]
Label_co = TypeVar("Label_co", bound=str, covariant=True)

_HOLDS: dict[Sign, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}

OPPOSITE: dict[Sign, Sign] = {">=": "<", ">": "<=", "<=": ">", "<": ">="}
"""What holds of a number of which a comparison does not."""


@frozen()
class Cut(Generic[Label_co]):
    """A label, and which of the numbers are its own that no label before it took: those from ``at`` on, as ``sign`` says. ``said``: a sentence for that, with ``{at}`` in the place of the number."""

    label: Label_co
    at: Decimal
    sign: Sign = ">="
    said: str = ""


@frozen(slots=False)
class CutPoints(Generic[Label_co]):
    """The labels of a method in the order in which they are tried, of the number that is called ``of``.

    ``otherwise`` is the label of a number that none of them takes; ``cases`` are labels that conditions in words decide between, after the numbers. ``by`` is what every
    cut point is multiplied by, 0 or more, and ``factor`` its name where that is not 1.
    """

    of: str = ""
    cuts: tuple[Cut[Label_co], ...] = ()
    otherwise: Label_co | None = None
    cases: tuple[tuple[Label_co, str], ...] = ()
    factor: str = ""
    by: Decimal | Fraction = Decimal(1)

    def label(self, value: Decimal | Fraction) -> Label_co:
        """The label of a number.

        Raises:
            TypeError: the cases decide.

        """
        label = self.taken(value) or self.otherwise
        if label is None:
            raise TypeError("a number that no cut point takes has a label")
        return label

    def taken(self, value: Decimal | Fraction) -> Label_co | None:
        """The label whose cut point takes a number, None where none does; a decimal and a fraction are compared exactly."""
        for holds, at, label in self._tries:
            if holds(value, at):
                return label
        return None

    @cached_property
    def _tries(self) -> tuple[tuple[Callable[[Any, Any], bool], Decimal | Fraction, Label_co], ...]:
        return tuple((_HOLDS[cut.sign], at, cut.label) for cut, at in zip(self.cuts, self.points, strict=True))

    @cached_property
    def points(self) -> tuple[Decimal | Fraction, ...]:
        """Where the cuts are, each of the kind of ``by``."""
        by = self.by
        if isinstance(by, Fraction):
            return tuple(Fraction(cut.at) * by for cut in self.cuts)
        return tuple(cut.at if by == 1 else RATES.multiply(cut.at, by) for cut in self.cuts)

    @cached_property
    def edges(self) -> tuple[Decimal | Fraction, ...]:
        """What no number may be taken for that is not it: the cut points, and 0, which no number may be shown as."""
        return (*self.points, Decimal(0))

    @property
    def labels(self) -> tuple[Label_co, ...]:
        """The labels that it decides between."""
        return (
            *(cut.label for cut in self.cuts),
            *([self.otherwise] if self.otherwise else []),
            *(label for label, _ in self.cases),
        )

    def scaled(self, by: Decimal | Fraction) -> CutPoints[Label_co]:
        """The same with every cut point multiplied; by 1 the factor needs no name."""
        return replace(self, by=by, factor="" if by == 1 else self.factor)


NONE: CutPoints[str] = CutPoints()
"""Of a number that is compared with none but 0."""
