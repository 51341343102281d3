"""Look: what an output may use: its width, colours, and whether it shows more than ASCII; and what of its records is asked for."""

from __future__ import annotations

from typing import Literal

from targettrack.frozen import frozen

Colours = Literal["none", "16", "256"]

WIDEST = 120


@frozen(eq=True)
class Cut:
    """What of a page's records is written, and with which signs: ``columns`` in their order, None for a format's own."""

    columns: tuple[str, ...] | None = None
    decimal: str = "."
    delimiter: str = ","


@frozen(eq=True)
class Look:
    """``width`` is in terminal cells, None where nothing need be wrapped; ``bold`` may be on where colour is off."""

    width: int | None = None
    colours: Colours = "none"
    bold: bool = False
    ascii: bool = False
    cut: Cut = Cut()

    @property
    def cells(self) -> int:
        """The widest that content may be."""
        return WIDEST if self.width is None else min(self.width, WIDEST)
