"""Explanation: how each status and verdict of an indicator was reached, so that a reader with a pocket calculator can repeat it; a value, rendered elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from targettrack import figures, notation, period, wording
from targettrack.figures import Bound, Figure, Span
from targettrack.number import EXACT
from targettrack.period import Period
from targettrack.program import Actual, Program, set_date
from targettrack.promises import Version
from targettrack.prospects import prospects
from targettrack.report import Method, Row, Step, Verdict, indicator_rows
from targettrack.shelf import Loaded
from targettrack.steps import Line, derived, exact, number


@dataclass(frozen=True, slots=True)
class Rule:
    """A named method as ``explain`` shows it: its question, its cut points, which of its labels speak for the target, and against it, and what else must be known to read it."""

    name: str
    judge: Method
    question: str = "not said"
    needs: str = "not said"
    cuts: tuple[tuple[str, str], ...] = ()
    good: frozenset[str] = frozenset()
    bad: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    source: str = "not said"
    notes: tuple[tuple[str, str], ...] = ()

    def says(self, label: str) -> bool | None:
        """Whether a label speaks for the target, against it, or neither."""
        return True if label in self.good else False if label in self.bad else None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What one method says of one target; ``agrees`` with the status rules, or not (None where either does not judge)."""

    rule: Rule
    verdict: Verdict
    agrees: bool | None
    figure: Period | None = None

    @property
    def cuts(self) -> tuple[tuple[str, str], ...]:
        """The cut points that decided; none where something else did."""
        cuts = self.verdict.cuts or self.rule.cuts
        return cuts if self.verdict.label in dict(cuts) else ()

    @property
    def said(self) -> str:
        """The label, ratio and score, and the period of the figure where it is not that of the row, for people."""
        parts = (("", self.verdict.ratio), ("score ", self.verdict.score))
        on = [f"on the figure for {notation.long(self.figure)}"] if self.figure else []
        return ", ".join((self.verdict.label.replace("_", " "), *(f"{name}{derived(value)}" for name, value in parts if value is not None), *on))

    @property
    def thresholds(self) -> str:
        """The cut points, for people."""
        return "; ".join(f"{label.replace('_', ' ')}: {cut}" for label, cut in self.cuts)


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """One target: its row, and how its status came about."""

    row: Row
    sections: tuple[Section, ...]
    opinions: tuple[Opinion, ...]
    change: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What ``explain`` shows: each target of an indicator; ``assumed`` are figures that are in no file."""

    program: Program
    id: str
    on: date
    targets: tuple[Explained, ...]
    assumed: tuple[Actual, ...] = ()

    @property
    def supposed(self) -> str:
        """The assumed figures, for people."""
        unit = self.program.indicators[self.id].unit
        return notation.listing(f"{notation.actual(actual, unit)} for {notation.long(actual.period)}{f' ({notation.pairs(actual.disaggregation)})' if actual.disaggregation else ''}" for actual in self.assumed)


@dataclass(frozen=True, slots=True, eq=False)
class Methods:
    """What ``methods`` shows."""

    rules: tuple[Rule, ...]


def explanation(loaded: Loaded, id: str, on: date, rules: Sequence[Rule], assumed: Sequence[Actual] = ()) -> Explanation:
    """How each target of an indicator is judged on a day, as if the assumed figures were recorded in the place of those of their periods."""
    assumed = tuple(in_place_of(loaded.program, actual, on) for actual in assumed)
    program = with_figures(loaded.program, assumed)
    judged = {rule.name: {row.version.place: row for row in indicator_rows(program, id, on, rule.judge)} for rule in rules}
    first = rules[0]
    lines = _line_of(loaded, assumed)
    targets = tuple(
        Explained(row, tuple(_sections(row, on, lines)), tuple(_opinion(rule, judged[rule.name][place], first, row) for rule in rules), tuple(prospects(row))) for place, row in judged[first.name].items()
    )
    return Explanation(program, id, on, targets, tuple(assumed))


def with_figures(program: Program, assumed: Sequence[Actual]) -> Program:
    """A program in which some figures stand instead of all others of their indicator, disaggregation and period."""
    if not assumed:
        return program
    taken = {(actual.indicator, actual.disaggregation, actual.period) for actual in assumed}
    kept = tuple(actual for actual in program.document.actuals if (actual.indicator, actual.disaggregation, actual.period) not in taken)
    return Program(program.id, program.file, replace(program.document, actuals=(*kept, *assumed)))


def in_place_of(program: Program, actual: Actual, on: date) -> Actual:
    """A figure that keeps the mark of a break of the series which those of its period have that are known on a day."""
    place = (actual.indicator, actual.disaggregation, actual.period)
    marked = [old for old in program.document.actuals if old.series_break and (old.indicator, old.disaggregation, old.period) == place]
    broken = any(figures.known(old, figures.published(old, program.sources), on) for old in marked)
    return replace(actual, series_break=actual.series_break or broken)


_LineOf = Callable[..., str]


def _line_of(loaded: Loaded, assumed: Sequence[Actual]) -> _LineOf:
    """Where something stands in the file, as ``file:line``; an actual by itself, for its place moves with assumptions."""
    places = {id(actual): place for place, actual in enumerate(loaded.program.document.actuals)}

    def line(*path: str | int, actual: Actual | None = None) -> str:
        if actual is not None and any(actual is each for each in assumed):
            return "assumed, in no file"
        found = loaded.line("actuals", places[id(actual)]) if actual is not None else loaded.line(*path)
        return f"{loaded.program.file}:{found}"

    return line


def _opinion(rule: Rule, row: Row, first: Rule, by_status: Row) -> Opinion:
    verdict = row.verdict or Verdict(rule.name, "not_assessed")
    mine, status = rule.says(verdict.label), first.says(by_status.status)
    other = None if verdict.period is None or (row.judged and row.judged.points and verdict.period == row.judged.newest.period) else verdict.period
    return Opinion(rule, replace(verdict, steps=tuple(filter(_short, verdict.steps))), None if mine is None or status is None else mine is status, other)


def _short(step: Step) -> bool:
    """Whether a step's numbers can be written, as the ratios of verdicts must be."""
    return all(value == 0 or 10**-40 < abs(Fraction(value)) < 10**40 for _, value in (*step.numbers, ("", step.result)))


# ---------------------------------------------------------------- sections


def _sections(row: Row, on: date, line: _LineOf) -> Iterator[Section]:
    yield Section("the promise", tuple(_promise(row, line)))
    yield Section("the figure", tuple(_figure(row, line)))
    if row.start or row.figure is not None:
        far = tuple(_distances(row))
        if far:
            yield Section("how far", far)
    yield Section("the status", tuple(_rules(row, on)))


def _promise(row: Row, line: _LineOf) -> Iterator[Line]:
    bound, promise = row.bound, row.promise
    text = notation.promise(promise, bound, row.unit, row.direction)
    ends = f": weak end {number(bound.weak)}, strong end {number(bound.strong)}" if bound and bound.weak != bound.strong and bound.direction != "maintain" else ""
    yield Line("target", f"{text}{ends}{f'; set on {promise.set_on}' if promise.set_on else ''}{'; proposed, not adopted' if promise.standing == 'proposed' else ''}")
    target = row.target
    if target and target.times_baseline and bound and (baseline := row.indicator.baseline_of(target) if row.indicator else None):
        for name, times, end in (("weak end", *_weak(bound, target.times_baseline)), ("strong end", *_strong(bound, target.times_baseline))):
            yield Line(name, step=Step(name, "{times} * {baseline}", (("times", times), ("baseline", baseline.value)), end))
    yield Line("due", row.due.last.isoformat() if row.due else notation.deadline(promise))
    yield Line("source", f"{promise.source or 'none'}, {line(*row.path)}")
    for version in row.superseded:
        made, mine = set_date(row.program.sources, version.promise), set_date(row.program.sources, promise)
        yield Line("later" if made and mine and made > mine else "before", _version(row, version, line))


def _weak(bound: Bound, times: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    return (times[1] if bound.direction == "decrease" else times[0]), bound.weak


def _strong(bound: Bound, times: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    return (times[0] if bound.direction == "decrease" else times[1]), bound.strong


def _version(row: Row, version: Version, line: _LineOf) -> str:
    old = version.promise
    text = notation.promise(old, version.bound, row.unit, row.direction)
    said = ", ".join(part for part in (f"set on {old.set_on}" if old.set_on else "", "proposed" if old.standing == "proposed" else "", old.source or "no source") if part)
    return f"{text} by {notation.deadline(old)}, {said}, {line('indicators', row.indicator_id, 'targets', version.place)}"


def _figure(row: Row, line: _LineOf) -> Iterator[Line]:
    judged = row.judged
    if judged is None or not judged.points:
        yield Line("actual", "none that counts for it")
        return
    for point in judged.points:
        yield Line("actual", _told(row, point.figure))
        yield Line("source", f"{point.actual.source or 'none'}, {line(actual=point.actual)}")
        for rival in point.rivals:
            word = "differs" if rival in point.disputes else "agrees"
            yield Line("rival" if word == "differs" else "also", f"{_told(row, rival)}, {rival.actual.source or 'no source'}, {line(actual=rival.actual)}: it {word}")
        for old in point.revised:
            yield Line("revised", f"{_told(row, old)}, {old.actual.source or 'no source'}, {line(actual=old.actual)}")
    yield Line("chosen", _choice(row))
    if judged.window is not None and len(judged.points) > 1:
        yield Line("together", step=_together(row), tail=_in_unit(row))
    if judged.window is not None and judged.window.missing:
        yield Line("missing", notation.listing(judged.window.missing))
    if row.start is not None:
        origin = {"baseline": "the stated baseline", "first_actual": "no baseline is stated: the first figure, or the newest when the target was set", "zero": "a sum begins at 0 on the eve of its window"}[row.start.origin]
        yield Line("start", f"{notation.with_unit(number(row.start.value), row.unit)} {'in' if row.start.origin != 'zero' else 'on'} {notation.long(row.start.period)}, {row.start.source or 'no source'}{_start_line(row, line)}: {origin}")


def _start_line(row: Row, line: _LineOf) -> str:
    """Where the start stands in the file."""
    start, target = row.start, row.target
    if start is None or target is None or start.origin == "zero":
        return ""
    if start.origin == "baseline":
        return f", {line(*(row.path if target.baseline else row.path[:2]), 'baseline')}"
    return next((f", {line(actual=point.actual)}" for point in row.points if point.period == start.period), "")


def _told(row: Row, figure: Figure) -> str:
    actual = figure.actual
    when = f", published {figure.published}" if figure.published else ", undated"
    return f"{notation.actual(actual, row.unit)} for {notation.long(actual.period)}, {actual.quality}{when}"


def _together(row: Row) -> Step:
    """The sum or the mean of the figures of a window, each with its period as its name."""
    points = row.judged.points if row.judged else ()
    values = tuple((point.period.text, _end(row, figures.span(point.actual))) for point in points)
    total = Decimal(0)
    for _, value in values:
        total = EXACT.add(total, value)
    terms = " + ".join(f"{{{name}}}" for name, _ in values)
    if row.target and row.target.aggregate == "mean":
        return Step("mean", f"({terms}) / {len(values)}", values, Fraction(total) / len(values))
    return Step("sum", terms, values, total)


def _end(row: Row, span: Span) -> Decimal:
    """The end of one figure of a window that its sum, or its mean, is judged by."""
    allowed = row.judged.allowed if row.judged else None
    if allowed is None or allowed.low is None or allowed.high is None or span.low is None or span.high is None:
        return span.stated
    worse = row.bound.worse(allowed) if row.bound else figures.worse(row.direction, allowed)
    return span.low if worse == allowed.low else span.high


def _value(row: Row) -> Decimal | Fraction | None:
    """The judged figure; a mean before it is rounded."""
    if not isinstance(row.figure, Decimal):
        return None
    several = row.target is not None and row.target.aggregate == "mean" and row.judged is not None and len(row.judged.points) > 1
    return Fraction(_together(row).result) if several else row.figure


def _choice(row: Row) -> str:
    """Why this figure, and no other."""
    judged, target = row.judged, row.target
    if judged is None or target is None:
        return ""
    due = notation.long(row.due) if row.due else ""
    if judged.window is not None:
        return f"the figures of the window {judged.window.first} to {judged.window.last}: {judged.window.counted} of {judged.window.periods}"
    if judged.late:
        return f"no figure for {due}; past due, so the first one after it: late"
    if judged.stale:
        return f"nothing newer that the target asks for: stale{f' (due {due})' if due else ''}"
    if row.figure is True:
        return "it was reached: what is reached stays reached"
    if target.every:
        return f"the newest ended period of its kind ({target.every})"
    if row.due is None:
        return "the newest known: there is no deadline"
    return f"the newest that ends inside {due}" if row.due.contains(judged.newest.last) else "the newest known up to the deadline, which has not come"


def _distances(row: Row) -> Iterator[Line]:
    """How far, with a mean that has no end spelled as the sum and the count that it comes from, so that no rounding goes in."""
    value = _value(row)
    together = _together(row) if value is not None and exact(value) is None else None
    for line in _far(row, value):
        yield line if line.step is None or together is None else replace(line, step=_spelled(line.step, together))


def _spelled(step: Step, together: Step) -> Step:
    total = sum((Fraction(value) for _, value in together.numbers), Fraction(0))
    numbers = tuple(entry for entry in step.numbers if entry[0] not in {"actual", "mean"})
    if len(numbers) == len(step.numbers):
        return step
    formula = step.formula.replace("{actual}", "({sum} / {figures})").replace("{mean}", "({sum} / {figures})")
    return replace(step, formula=formula, numbers=(("sum", total), ("figures", len(together.numbers)), *numbers))


def _far(row: Row, value: Decimal | Fraction | None) -> Iterator[Line]:
    bound = row.bound
    if value is None:
        return
    if bound is not None and row.gap is not None:
        yield from _gaps(row, bound, value)
    if row.attainment is not None and bound is not None:
        attainment = Fraction(value) / Fraction(bound.weak)
        yield Line("attainment", step=Step("attainment", "{actual} / {weak}", (("actual", value), ("weak", bound.weak)), attainment), tail=_percent(attainment))
    yield from _paces(row, value)
    if row.progress is None:
        yield Line("progress", _no_progress(row))


def _percent(share: Fraction) -> str:
    return f", {number(share * 100)}{notation.NBSP}%"


def _in_unit(row: Row) -> str:
    """The unit behind a figure."""
    return notation.with_unit("", row.unit)


def _in_gaps(row: Row, suffix: str = "") -> str:
    """The unit behind a gap, or behind a rate."""
    return notation.with_unit("", notation.gap_unit(row.unit)) + suffix


def _gaps(row: Row, bound: Bound, value: Decimal | Fraction) -> Iterator[Line]:
    unit = _in_gaps(row)
    if bound.direction == "maintain":
        end, name = (bound.weak, "lower") if value < bound.weak else (bound.strong, "upper")
        inside = bound.weak <= value <= bound.strong
        formula = f"{{actual}} - {{{name}}}" if name == "lower" else f"{{{name}}} - {{actual}}"
        within = notation.bound(bound, row.unit).partition(notation.NBSP)[2]
        yield Line("gap", f"0: {number(value)} {'is' if bound.weak == bound.strong else 'lies in'} {within}") if inside else Line("gap", step=Step("gap", formula, (("actual", value), (name, end)), -_outside(bound, value)), tail=unit)
        return
    formula, sign = ("{weak} - {actual}", -1) if bound.direction == "decrease" else ("{actual} - {weak}", 1)
    yield Line("gap", step=Step("gap", formula, (("actual", value), ("weak", bound.weak)), sign * (Fraction(value) - Fraction(bound.weak))), tail=unit)
    if bound.weak != bound.strong:
        yield Line("gap, strong", step=Step("gap to the strong end", formula.replace("weak", "strong"), (("actual", value), ("strong", bound.strong)), sign * (Fraction(value) - Fraction(bound.strong))), tail=unit)
    if limit := notation.limit(row.judged.allowed if row.judged else None, bound):
        yield Line("limit", f"the source gives no end ({notation.allowed(row.judged.allowed) if row.judged and row.judged.allowed else ''}), so the gap is {limit}{notation.gap(row.gap or Decimal(0), row.unit)}")


def _outside(bound: Bound, value: Decimal | Fraction) -> Fraction:
    """How far a number lies outside of what is to be maintained."""
    return max(Fraction(bound.weak) - Fraction(value), Fraction(value) - Fraction(bound.strong), Fraction(0))


def _paces(row: Row, value: Decimal | Fraction) -> Iterator[Line]:
    start, judged, due = row.start, row.judged, row.due
    if judged is None:
        return
    at = judged.newest.last
    since = period.years(start.period.last, at) if start else Fraction(0)
    left = period.years(at, due.last) if due else Fraction(0)
    yield from _progress(row, value, since)
    if start and row.observed_per_year is not None and since:
        yield Line("a year so far", step=Step("observed", "({actual} - {start}) / {years}", (("actual", value), ("start", start.value), ("years", since)), (Fraction(value) - Fraction(start.value)) / since), tail=_in_gaps(row, " a year"))
    yield from _needed(row, value, left)
    if row.projected is not None and row.observed_per_year is not None and start and since:
        rate = (Fraction(value) - Fraction(start.value)) / since
        yield Line("at due", step=Step("projected", "{actual} + {a year so far} * {years left}", (("actual", value), ("a year so far", rate), ("years left", left)), Fraction(value) + rate * left), tail=_in_unit(row))
    if row.reached_on is not None and not _stands_on(row):
        yield Line("reached", f"{row.reached_on.isoformat()}, at the pace so far")


def _stands_on(row: Row) -> bool:
    """Whether a figure stands on a bound that it must pass."""
    return row.bound is not None and row.bound.strict and row.gap == 0


def _progress(row: Row, value: Decimal | Fraction, since: Fraction) -> Iterator[Line]:
    """Progress, elapsed time, and their ratio."""
    start, bound, due = row.start, row.bound, row.due
    if start is None or bound is None or row.progress is None:
        return
    gap, at_start = _gap(bound, value), _gap(bound, start.value)
    progress = 1 - gap / at_start
    numbers: tuple[tuple[str, Decimal | Fraction | int], ...] = (("actual", value), ("start", start.value), ("weak", bound.weak))
    way = "({actual} - {start}) / ({weak} - {start})"
    if bound.direction == "maintain":
        numbers, way = (("gap", gap), ("gap at the start", at_start)), "1 - {gap} / {gap at the start}"
    yield Line("progress", step=Step("progress", way, numbers, progress), tail=_percent(progress))
    if row.elapsed is not None and due:
        whole = period.years(start.period.last, due.last)
        times: tuple[tuple[str, Decimal | Fraction | int], ...] = (("years since the start", since), ("years from the start to due", whole))
        yield Line("elapsed", step=Step("elapsed", "{years since the start} / {years from the start to due}", times, since / whole), tail=_percent(since / whole))
        if any((years * 12).denominator > 1 for years in (since, whole)):
            yield Line("years", "the months between two days, and what is left as a share of its month, over 12")
        if row.pace is not None:
            if bound.direction != "maintain" and not row.past_due:
                due_by_now = Fraction(start.value) + since / whole * (Fraction(bound.weak) - Fraction(start.value))
                even = ("{elapsed}", (("elapsed", since / whole),)) if exact(since / whole) is not None else ("{years since the start} / {years from the start to due}", times)
                yield Line("due by now", step=Step("due by now", f"{{start}} + {even[0]} * ({{weak}} - {{start}})", (*numbers[1:], *even[1]), due_by_now), tail=_in_unit(row))
            yield Line("pace", step=_pace(progress, since / whole, f"({way}) / ({{years since the start}} / {{years from the start to due}})", (*numbers, *times)))


def _pace(progress: Fraction, elapsed: Fraction, whole: str, numbers: tuple[tuple[str, Decimal | Fraction | int], ...]) -> Step:
    """From progress and elapsed time where both can be written whole; else from the numbers that they come from, so that no rounding goes in."""
    if exact(progress) is None or exact(elapsed) is None:
        return Step("pace", whole, numbers, progress / elapsed)
    return Step("pace", "{progress} / {elapsed}", (("progress", progress), ("elapsed", elapsed)), progress / elapsed)


def _gap(bound: Bound, value: Decimal | Fraction) -> Fraction:
    if bound.direction == "maintain":
        return -_outside(bound, value)
    return (Fraction(bound.weak) - Fraction(value)) * (1 if bound.direction == "decrease" else -1)


def _needed(row: Row, value: Decimal | Fraction, left: Fraction) -> Iterator[Line]:
    """What is needed a year, or of a mean in each period that is left."""
    bound, window = row.bound, row.judged.window if row.judged else None
    if row.required_per_year is None or bound is None or row.target is None:
        return
    end, name = (bound.strong, "strong") if bound.direction == "maintain" and value > bound.strong else (bound.weak, "weak")
    if bound.direction == "maintain":
        name = {"strong": "upper", "weak": "lower"}[name]
    if row.target.aggregate == "mean" and window is not None:
        numbers = ((name, end), ("periods", window.periods), ("mean", value), ("counted", window.counted))
        needed = (Fraction(end) * window.periods - Fraction(value) * window.counted) / (window.periods - window.counted)
        yield Line("needed a period", step=Step("required", f"({{{name}}} * {{periods}} - {{mean}} * {{counted}}) / ({{periods}} - {{counted}})", numbers, needed), tail=_in_unit(row))
    elif left > 0:
        yield Line("a year needed", step=Step("required", f"({{{name}}} - {{actual}}) / {{years left}}", ((name, end), ("actual", value), ("years left", left)), (Fraction(end) - Fraction(value)) / left), tail=_in_gaps(row, " a year"))


def _no_progress(row: Row) -> str:
    if row.start is None and row.broken:
        return "none: the series break leaves no start before the figure, and so no pace"
    if row.start is None and row.judged and row.judged.partial:
        return "none: a period of the window is missing"
    if row.start is None and row.target and row.target.aggregate != "last":
        return "none: a mean, a ceiling and a level for a sum have no way that could be covered"
    if row.start is None:
        return "none: there is no start before the figure, and so no pace"
    if row.bound is None:
        return "none: no number is named that could be reached"
    if row.bound.gap(row.start.value) >= 0:
        return "none: the start already satisfied the bound, or stood on it"
    return "none"


# ---------------------------------------------------------------- the status


def _rules(row: Row, on: date) -> Iterator[Line]:
    judged, target = row.judged, row.target
    yield Line("a figure?", "yes" if row.figure is not None else "no: this file has none that was known")
    if target and target.every:
        yield Line("past due?", "a standing target: judged every period")
    elif row.due is None:
        yield Line("past due?", "no deadline was set")
    else:
        yield Line("past due?", f"{'yes' if row.past_due else 'no'}: {row.due.last} is {'before' if row.past_due else 'not before'} {on}")
    if judged and (judged.stale or judged.partial):
        yield Line("complete?", "no: " + ("the figure is older than the target asks for" if judged.stale else _missing(judged.window.missing if judged.window else ())))
    elif judged and judged.window and not judged.window.complete:
        yield Line("complete?", f"no: {judged.window.counted} of {judged.window.periods} periods of the window have a figure")
    if row.figure is not None:
        yield Line("met?", _met(row))
    if row.pace is not None and row.status in {"on_track", "behind", "off_track", "worsening"}:
        yield Line("fast enough?", f"pace {derived(row.pace)}: on track from 0.95, behind from 0.60, off track from 0, else worsening")
    yield Line("so", f"{wording.word(row.status)}{', for good' if row.final and target and not target.every else ''}")


def _missing(periods: Sequence[str]) -> str:
    return f"{notation.listing(periods)} {'is' if len(periods) == 1 else 'are'} missing"


def _met(row: Row) -> str:
    bound, value = row.bound, row.figure
    if isinstance(value, bool):
        return "yes: it is true" if value else "no: it is still false"
    allowed = row.judged.allowed if row.judged else None
    if row.shape == "improve":
        return _improved(row)
    if bound is None or value is None or allowed is None:
        return "it cannot be said: the baseline was not known"
    holds = bound.decides(allowed)
    if holds is None:
        return f"it cannot be said: {notation.allowed(allowed)} lies on both sides of {notation.bound(bound, row.unit)}"
    if bound.direction == "maintain":
        return f"{'yes' if holds else 'no'}: {notation.allowed(allowed)} is {'' if holds else 'not '}{notation.bound(bound, row.unit).removeprefix(f'={notation.NBSP}')}"
    return f"{'yes' if holds else 'no'}: {notation.allowed(allowed)} {'satisfies' if holds else 'does not satisfy'} {notation.bound(bound, row.unit)}"


def _improved(row: Row) -> str:
    allowed, direction = row.judged.allowed if row.judged else None, row.direction
    if row.start is None or allowed is None or direction is None:
        return "it cannot be said: there is nothing to compare it with"
    better = figures.improves(direction, allowed, row.start.allowed)
    return "it cannot be said: it is not surely better than the start" if better is None else "yes: better than the start" if better else "no: not better than the start"
