"""Shares: cells in percent that show more than 100 %, and may hold percentages in place of shares: 28.5 that is shown as 2850 %."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from targettrack.language import tr, tr_n
from targettrack.number import literal, plain
from targettrack.program.model import Indicator, Program
from targettrack.recording.entry import Row

WHOLE = Decimal(100)


def said(over: Mapping[str, Decimal], rows: Sequence[Row], program: Program) -> Iterator[str]:
    """The doubt on the figures that were taken of cells ``over`` 100 %, by their addresses: one sentence for each indicator."""
    found: dict[str, list[str]] = {}
    for row in rows:
        id, cell = str(row.values["indicator"]), str(row.values["cell"])
        if cell in over and _is_doubtful(over[cell], program.indicators[id]):
            found.setdefault(id, []).append(cell)
    for id, cells in found.items():
        shown, more = over[cells[0]], len(cells) - 1
        message = tr(
            "{cell} shows {shown} % for {indicator}: if {meant} % is meant, correct it in the spreadsheet, where a cell in percent holds 0.05 for 5 %",
            cell=cells[0],
            shown=literal(plain(shown)),
            meant=literal(plain(shown.scaleb(-2))),
            indicator=id,
        )
        yield (
            tr_n(
                more,
                "{message} (and {count} more cell like it)",
                "{message} (and {count} more cells like it)",
                message=message,
            )
            if more
            else message
        )


def _is_doubtful(shown: Decimal, indicator: Indicator) -> bool:
    """Whether nothing makes so much of an indicator likely: neither its limit, nor a target or a baseline that is itself above 100 %."""
    if indicator.limit is not None and shown <= indicator.limit:
        return False
    most = max(_known(indicator), default=Decimal(0))
    return most <= WHOLE or shown >= 10 * most


def _known(indicator: Indicator) -> Iterator[Decimal]:
    """The numbers of an indicator's targets, and its baselines."""
    if indicator.baseline is not None:
        yield indicator.baseline.value
    for target in indicator.targets:
        if isinstance(target.value, Decimal):
            yield target.value
        yield from target.range or ()
