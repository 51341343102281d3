"""Ruling: small programs whose figures and targets name a source, and what is said of them, for tests of one rule each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support import row

if TYPE_CHECKING:
    from targettrack.assessment.row import Row

SOURCES = """
[sources.s]
title = "Yearbook"
publisher = "Statistics office"
[sources.rival]
title = "Review"
publisher = "Chamber"
"""


def _sourced(text: str) -> str:
    """A block that names the common source, unless it names another one or says ``unsourced``."""
    lines = text.split("; ")
    if "unsourced" in lines:
        lines.remove("unsourced")
    elif not any(line.startswith("source ") for line in lines):
        lines.append('source = "s"')
    return "\n".join(lines)


def figure(text: str, indicator: str = "a") -> str:
    """An actual, as ``2019-Q4: over 6; quality = 'estimate'``; a range as ``2019: [5, 6]``."""
    period, _, said = text.partition(": ")
    value, *more = said.split("; ")
    word, number = re.fullmatch(r"(?:(over|under|about) )?(.+)", value, re.DOTALL).groups()  # type: ignore[union-attr]
    key = "range" if number.startswith("[") else "value"
    keys = [
        f'indicator = "{indicator}"',
        f'period = "{period}"',
        f"{key} = {number}",
        *([f'approx = "{word}"'] if word else []),
        *more,
    ]
    return "[[actuals]]\n" + _sourced("; ".join(keys)) + "\n"


def program(
    *targets: str,
    figures: tuple[str, ...] = (),
    way: str = "increase",
    indicator: str = "",
    head: str = "",
    unit: str = "t",
) -> str:
    """The text of a program with one indicator ``a``; a semicolon in a fragment begins a new line."""
    text = f'targettrack = 1\n[program]\nname = "P"\n{head}\n{SOURCES}[indicators.a]\nname = "A"\nunit = "{unit}"\ndirection = "{way}"\n{indicator}\n'.replace(
        "; ", "\n"
    )
    return (
        text
        + "".join(f"[[indicators.a.targets]]\n{_sourced(target)}\n" for target in targets)
        + "".join(map(figure, figures))
    )


def milestone(*targets: str, figures: tuple[str, ...] = (), indicator: str = "") -> str:
    """The text of a program whose indicator is answered yes or no."""
    return program(*targets, figures=figures, indicator=indicator, unit="yes/no")


def said(of: Row) -> tuple[object, ...]:
    """What is concluded of a row: status, figure, gap, flags, and whether that is final."""
    return (of.status, of.figure, of.gap, of.flags, of.final)


def ruled(text: str, on: str) -> tuple[object, ...]:
    """What is concluded of the only row of a program."""
    return said(row(text, on))


def used(of: Row) -> list[str]:
    """The periods of the figures that decide a row."""
    return [point.period.text for point in of.judged.points] if of.judged else []


def kept(of: Row) -> tuple[int, int, int]:
    """In how many periods a standing promise was to be kept, those with a figure, and those in which it was."""
    assert of.kept is not None
    return (of.kept.periods, of.kept.figures, of.kept.kept)


def nothing_made(of: Row) -> bool:
    """Whether no number at all was made from the figure."""
    made = (
        of.gap,
        of.gap_strong,
        of.gap_approx,
        of.shortfall,
        of.attainment,
        of.progress,
        of.elapsed,
        of.pace,
        of.observed_per_year,
        of.required_per_year,
        of.projected,
        of.reached_on,
    )
    return made == (None,) * len(made)
