"""Look: what an output may use: its width, colours, and whether it shows more than ASCII."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Colours = Literal["none", "16", "256"]

WIDEST = 120


@dataclass(frozen=True, slots=True)
class Look:
    """``width`` is in terminal cells, None where nothing need be wrapped; ``bold`` may be on where colour is off."""

    width: int | None = None
    colours: Colours = "none"
    bold: bool = False
    ascii: bool = False

    @property
    def cells(self) -> int:
        """The widest that content may be."""
        return WIDEST if self.width is None else min(self.width, WIDEST)
