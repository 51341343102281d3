"""Formulas: how a distance and a pace came about, as steps that a reader can repeat; made where they are asked for, of what judging computed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from targettrack.assessment import figures
from targettrack.assessment.bounds import Bound
from targettrack.assessment.pace import Distance, Pace
from targettrack.assessment.verdict import Step

Numbers: TypeAlias = tuple[tuple[str, Decimal | Fraction | int], ...]
"""The numbers of a formula by the names that it has for them."""


def together(of: Distance) -> Step:
    """The sum or the mean of the figures of a window, each with its period as its name."""
    values = tuple((point.period.text, of.end(figures.span(point.actual))) for point in of.judged.points)
    terms = " + ".join(f"{{{name}}}" for name, _ in values)
    return (
        Step("mean", f"({terms}) / {len(values)}", values, Fraction(of.exact))
        if of.averaged
        else Step("sum", terms, values, of.total)
    )


def spelled(step: Step, of: Distance) -> Step:
    """A step with the mean in it as the sum and the count that it comes from, so that no rounding goes in."""
    numbers = tuple(entry for entry in step.numbers if entry[0] not in {"actual", "mean"})
    if len(numbers) == len(step.numbers):
        return step
    formula = step.formula.replace("{actual}", "({sum} / {figures})").replace("{mean}", "({sum} / {figures})")
    return Step(
        step.what, formula, (("sum", Fraction(of.total)), ("figures", len(of.judged.points)), *numbers), step.result
    )


# ---------------------------------------------------------------- the distance


def gap(of: Distance) -> Step | None:
    """The figure against the end that decides; None inside of what is to be maintained, where it is no difference."""
    bound, value = of.bound, of.gap
    if bound is None or value is None or (bound.direction == "maintain" and value == 0):
        return None
    if bound.direction == "maintain":
        return _difference("gap", of, _end_name(of), of.nearest, value, more=of.figure < bound.weak)
    return _difference("gap", of, "weak", bound.weak, value, more=bound.direction == "increase")


def gap_strong(of: Distance) -> Step | None:
    """The figure against the ambition, where that is another end."""
    bound, value = of.bound, of.gap_strong
    if bound is None or value is None or bound.direction == "maintain" or bound.weak == bound.strong:
        return None
    return _difference("gap to the strong end", of, "strong", bound.strong, value, more=bound.direction == "increase")


def _difference(what: str, of: Distance, name: str, end: Decimal, result: Decimal, *, more: bool) -> Step:
    """``more``: the figure has to be above the end."""
    return Step(
        what,
        f"{{actual}} - {{{name}}}" if more else f"{{{name}}} - {{actual}}",
        (("actual", of.exact), (name, end)),
        Fraction(result),
    )


def attainment(of: Distance) -> Step | None:
    """The figure as a share of the bound."""
    bound, share = of.bound, of.attainment
    return (
        None
        if bound is None or share is None
        else Step("attainment", "{actual} / {weak}", (("actual", of.exact), ("weak", bound.weak)), Fraction(share))
    )


def _end_name(of: Distance) -> str:
    """What the end is called that the figure has to reach."""
    if of.bound is None or of.bound.direction != "maintain":
        return "weak"
    return "upper" if of.figure > of.bound.strong else "lower"


# ---------------------------------------------------------------- the pace


def progress(of: Pace) -> Step | None:
    """The share of the way that is covered."""
    if of.progress is None:
        return None
    way, numbers = _way(of)
    return Step("progress", way, numbers, of.progress)


def elapsed(of: Pace) -> Step | None:
    """The share of the time that is used up."""
    return None if of.elapsed is None else Step("elapsed", _TIME, _times(of), of.elapsed)


def due_by_now(of: Pace, *, whole: bool) -> Step | None:
    """The figure that an even pace would have led to; ``whole``: with the elapsed share as one number."""
    figure = of.figure_at(1)
    if figure is None or of.elapsed is None:
        return None
    share, numbers = ("{elapsed}", (("elapsed", of.elapsed),)) if whole else (_TIME, _times(of))
    return Step("due by now", f"{{start}} + {share} * ({{weak}} - {{start}})", (*_way(of)[1][1:], *numbers), figure)


def pace(of: Pace, *, whole: bool) -> Step | None:
    """Progress over elapsed time; ``whole``: these two as they are, else the numbers that they come from, so that no rounding goes in."""
    if of.pace is None or of.progress is None or of.elapsed is None:
        return None
    if whole:
        return Step("pace", "{progress} / {elapsed}", (("progress", of.progress), ("elapsed", of.elapsed)), of.pace)
    way, numbers = _way(of)
    return Step("pace", f"({way}) / ({_TIME})", (*numbers, *_times(of)), of.pace)


def observed(of: Pace) -> Step | None:
    """The change a year so far."""
    if of.distance is None or of.start is None or of.observed is None:
        return None
    return Step(
        "observed",
        "({actual} - {start}) / {years}",
        (("actual", of.distance.exact), ("start", of.start.value), ("years", of.since)),
        of.observed,
    )


def required(of: Pace) -> Step | None:
    """What is needed a year, or of a mean in each period that is left."""
    if of.distance is None or of.required is None:
        return None
    name, end, window = _end_name(of.distance), of.distance.nearest, of.distance.judged.window
    if of.distance.mean and window is not None:
        numbers: Numbers = (
            (name, end),
            ("periods", window.periods),
            ("mean", of.distance.exact),
            ("counted", window.counted),
        )
        return Step(
            "required",
            f"({{{name}}} * {{periods}} - {{mean}} * {{counted}}) / ({{periods}} - {{counted}})",
            numbers,
            of.required,
        )
    return Step(
        "required",
        f"({{{name}}} - {{actual}}) / {{years left}}",
        ((name, end), ("actual", of.distance.exact), ("years left", of.left)),
        of.required,
    )


def projected(of: Pace) -> Step | None:
    """Where the pace so far leads by the deadline."""
    if of.distance is None or of.observed is None or of.projected is None:
        return None
    return Step(
        "projected",
        "{actual} + {a year so far} * {years left}",
        (("actual", of.distance.exact), ("a year so far", of.observed), ("years left", of.left)),
        of.projected,
    )


_TIME = "{years since the start} / {years from the start to due}"


def _times(of: Pace) -> Numbers:
    return ("years since the start", of.since), ("years from the start to due", of.whole)


def _way(of: Pace) -> tuple[str, Numbers]:
    """The way that is covered, as a share of the whole; to maintain, by the gaps, as the end may change on the way."""
    if of.distance is None or of.start is None or of.distance.bound is None:
        raise TypeError("a way leads from a start through a figure to a bound")
    bound = of.distance.bound
    if bound.direction == "maintain":
        return "1 - {gap} / {gap at the start}", (
            ("gap", _gap(bound, of.distance.figure)),
            ("gap at the start", _gap(bound, of.start.value)),
        )
    return "({actual} - {start}) / ({weak} - {start})", (
        ("actual", of.distance.exact),
        ("start", of.start.value),
        ("weak", bound.weak),
    )


def _gap(bound: Bound, value: Decimal) -> Fraction:
    return Fraction(bound.gap(value))
