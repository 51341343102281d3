"""explain: how each status and verdict of an indicator was reached, so that a reader with a pocket calculator can repeat it; a value, rendered elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from targettrack.assessment import figures, formulas, judging
from targettrack.assessment.bounds import Bound
from targettrack.assessment.cutpoints import CutPoints
from targettrack.assessment.figures import Figure
from targettrack.assessment.judging import Judged, Start
from targettrack.assessment.pace import PACE, Distance
from targettrack.assessment.promises import Version
from targettrack.assessment.report import indicator_rows
from targettrack.assessment.row import Row
from targettrack.assessment.verdict import Step, Verdict
from targettrack.frozen import frozen
from targettrack.language import tr, tr_as
from targettrack.pages._each import Each
from targettrack.pages._targets import due_in
from targettrack.pages.explain.prospects import prospects
from targettrack.pages.methods import Rule
from targettrack.period import Period
from targettrack.program.model import Actual, Program, Target, set_date
from targettrack.program.shelf import Loaded
from targettrack.text import NBSP
from targettrack.wording import labels, notation, why
from targettrack.wording.notation import Edges
from targettrack.wording.steps import Line, derived, exact, kind, number

if TYPE_CHECKING:
    from targettrack.pages.explain.working import ExplainDocument


@frozen(eq=True)
class Section:
    """Lines under a title."""

    title: str
    lines: tuple[Line, ...]


@frozen()
class Opinion:
    """What one method says of one target; ``agrees`` with the status rules, or not (None where either does not judge). ``edges`` are the cut points of the methods that stand beside it."""

    rule: Rule
    verdict: Verdict
    agrees: bool | None
    figure: Period | None = None
    edges: tuple[Decimal | Fraction, ...] = ()

    @property
    def cuts(self) -> tuple[tuple[str, str], ...]:
        """The cut points that decided, for people; none where something else did."""
        return labels.conditions(self._tried) if self.verdict.label in self._tried.labels else ()

    @property
    def _tried(self) -> CutPoints[str]:
        return self.verdict.cuts or self.rule.cut_points

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its working."""
        return tuple(Line(step.what, step=step, edges=self._near) for step in self.verdict.steps)

    @property
    def _near(self) -> tuple[Decimal | Fraction, ...]:
        return (*self._tried.edges, *self.edges)

    @property
    def said(self) -> str:
        """The label, ratio and score, and the period of the figure where it is not that of the row, for people."""
        ratio, score = self.verdict.ratio, self.verdict.score
        parts = [
            self.rule.word(self.verdict.label),
            *([derived(ratio, self._near)] if ratio is not None else []),
            *([tr("score {score}", score=derived(score))] if score is not None else []),
            *([tr("on the figure for {period}", period=notation.spelled(self.figure))] if self.figure else []),
        ]
        return tr_as("between numbers", ", ").join(parts)

    @property
    def thresholds(self) -> str:
        """The cut points, for people."""
        return "; ".join(f"{self.rule.word(label)}: {cut}" for label, cut in self.cuts)


@frozen()
class Explained:
    """One target: its row, and how its status came about."""

    row: Row
    sections: tuple[Section, ...]
    opinions: tuple[Opinion, ...]
    change: tuple[Line, ...]

    @property
    def title(self) -> str:
        """When the target is due, and for what part, for people."""
        return notation.by(self.row.promise) + notation.part(self.row.disaggregation)


@frozen()
class Explanation:
    """What ``explain`` shows: each target of an indicator; ``assumed`` are figures that are in no file."""

    COMMAND: ClassVar[str] = "explain"

    program: Program
    id: str
    on: date
    targets: Sequence[Explained]
    assumed: tuple[Actual, ...] = ()

    @property
    def supposed(self) -> str:
        """The assumed figures, for people."""
        unit = self.program.indicators[self.id].unit
        figures_ = (
            (
                actual,
                tr(
                    "{figure} for {period}",
                    figure=notation.actual(actual, unit),
                    period=notation.spelled(actual.period),
                ),
            )
            for actual in self.assumed
        )
        return notation.listing(
            f"{said} ({notation.pairs(actual.disaggregation)})" if actual.disaggregation else said
            for actual, said in figures_
        )

    def document(self) -> ExplainDocument:
        """The explanation for scripts."""
        from targettrack.pages.explain import working  # noqa: PLC0415 - only scripts need it

        return working.document(self)


def explanation(
    loaded: Loaded,
    id: str,
    on: date,
    rules: Sequence[Rule],
    assumed: Sequence[Actual] = (),
    asked: str | None = None,
) -> Explanation:
    """How each target of an indicator, or those due in a period, is judged on a day, as if the assumed figures were recorded in the place of those of their periods.

    The methods stand side by side, so that no number of the page is rounded across a cut point of any of them.

    Raises:
        TargettrackError: no target is due then (exit 3).

    """
    assumed = tuple(in_place_of(loaded.program, actual, on) for actual in assumed)
    program = with_figures(loaded.program, assumed)
    first, *others = rules
    rows = tuple(indicator_rows(program, id, on, first.method))
    if asked is not None:
        rows = tuple(due_in(rows, asked, f"{program.id}/{id}"))
    verdicts = {
        rule.name: {row.version.place: row.verdict for row in indicator_rows(program, id, on, rule.method)}
        for rule in others
    }
    lines, edges = _line_of(loaded, assumed), tuple(dict.fromkeys(edge for rule in rules for edge in rule.edges))

    def explained(row: Row) -> Explained:
        said = [(first, row.verdict), *((rule, verdicts[rule.name][row.version.place]) for rule in others)]
        return Explained(
            row,
            tuple(_sections(row, on, lines, edges)),
            tuple(_opinion(rule, verdict, first, row, edges) for rule, verdict in said),
            tuple(prospects(row)),
        )

    return Explanation(program, id, on, Each(explained, rows), assumed)


def with_figures(program: Program, assumed: Sequence[Actual]) -> Program:
    """A program in which some figures stand instead of all others of their indicator, disaggregation and period."""
    if not assumed:
        return program
    taken = {(actual.indicator, actual.disaggregation, actual.period) for actual in assumed}
    kept = tuple(
        actual
        for actual in program.document.actuals
        if (actual.indicator, actual.disaggregation, actual.period) not in taken
    )
    return Program(program.id, program.file, replace(program.document, actuals=(*kept, *assumed)))


def in_place_of(program: Program, actual: Actual, on: date) -> Actual:
    """A figure that keeps the mark of a break of the series which those of its period have that are known on a day."""
    place = (actual.indicator, actual.disaggregation, actual.period)
    marked = [
        old
        for old in program.document.actuals
        if old.series_break and (old.indicator, old.disaggregation, old.period) == place
    ]
    broken = any(figures.known(old, figures.published(old, program.sources), on) for old in marked)
    return replace(actual, series_break=actual.series_break or broken)


_LineOf = Callable[..., str]


def _line_of(loaded: Loaded, assumed: Sequence[Actual]) -> _LineOf:
    """Where something stands in the file, as ``file:line``; an actual by itself, for its place moves with assumptions."""
    places = {id(actual): place for place, actual in enumerate(loaded.program.document.actuals)}

    def line(*path: str | int, figure: Figure | None = None) -> str:
        actual = figure.actual if figure else None
        if actual is not None and any(actual is each for each in assumed):
            return tr("assumed, in no file")
        where = (figure.path or ("actuals", places[id(actual)])) if figure else path
        return loaded.at(*where)

    return line


def _opinion(rule: Rule, verdict: Verdict, first: Rule, row: Row, edges: tuple[Decimal | Fraction, ...]) -> Opinion:
    mine, status = rule.says(verdict.label), first.says(row.status)
    other = (
        None
        if verdict.period is None or (row.judged and row.judged.points and verdict.period == row.judged.newest.period)
        else verdict.period
    )
    return Opinion(
        rule,
        replace(verdict, steps=tuple(filter(_short, verdict.steps))),
        None if mine is None or status is None else mine is status,
        other,
        edges,
    )


def _short(step: Step) -> bool:
    """Whether a step's numbers can be written, as the ratios of verdicts must be."""
    return all(value == 0 or 10**-40 < abs(Fraction(value)) < 10**40 for _, value in (*step.numbers, ("", step.result)))


# ---------------------------------------------------------------- sections


def _sections(row: Row, on: date, line: _LineOf, edges: Edges) -> Iterator[Section]:
    yield Section(tr("the promise"), tuple(replace(each, edges=edges) for each in _promise(row, line)))
    yield Section(tr("the figure"), tuple(replace(each, edges=edges) for each in _figure(row, line)))
    if (row.start or row.has_figure) and row.shape != "undetermined" and not (row.judged and row.judged.other_length):
        far = tuple(replace(each, edges=edges) for each in _distances(row))
        if far:
            yield Section(tr("how far"), far)
    yield Section(tr("the status"), tuple(_rules(row, on, edges)))


def _promise(row: Row, line: _LineOf) -> Iterator[Line]:
    bound, promise = row.bound, row.promise
    text = notation.promise(promise, bound, row.unit, row.direction)
    if bound and bound.weak != bound.strong and bound.direction != "maintain":
        text = tr(
            "{target}: weak end {weak}, strong end {strong}",
            target=text,
            weak=number(bound.weak),
            strong=number(bound.strong),
        )
    made = [tr("set {when}", when=why.in_period(promise.set_on))] if promise.set_on else []
    draft = [tr("proposed, not adopted")] if promise.standing == "proposed" else []
    yield Line(tr("target"), "; ".join((text, *made, *draft)))
    yield from _multiples(row)
    yield Line(tr("due"), row.due.last.isoformat() if row.due else notation.deadline(promise))
    yield Line(tr("source"), f"{promise.source or tr_as('source', 'none')}, {line(*row.path)}")
    if target := row.target:
        yield from _reading(row, target)
    for version in row.superseded:
        made_on, mine = set_date(row.program.sources, version.promise), set_date(row.program.sources, promise)
        yield Line(
            tr_as("line", "later") if made_on and mine and made_on > mine else tr_as("line", "before"),
            _version(row, version, line),
        )


def _reading(row: Row, target: Target) -> Iterator[Line]:
    """The keys by which figures count for it: its aggregate where that is written, and those of the indicator."""
    indicator = row.indicator
    if target.aggregate_:
        said = {
            "last": tr("last: a figure of a period of any length that ends then stands for it"),
            "sum": tr("sum: the figures of its window are added up"),
            "mean": tr("mean: the figures of its window are averaged"),
        }
        yield Line(tr_as("line", "aggregate"), said[target.aggregate_])
    if indicator and indicator.cumulative:
        yield Line(
            tr_as("line", "running total"), tr("a total that cannot fall: once reached, or passed, it is so for good")
        )
    if indicator and indicator.lag:
        yield Line(
            tr_as("line", "lag"),
            tr(
                "its figures are usually published within {lag} after their period: until then none is missed",
                lag=why.duration(indicator.lag),
            ),
        )
    if row.upcoming is not None and (coming := why.upcoming(row)):
        yield Line(tr_as("line", "upcoming"), coming)


def _multiples(row: Row) -> Iterator[Line]:
    """How the ends of a multiple of the baseline came about."""
    bound, target = row.bound, row.target
    if (
        target
        and target.times_baseline
        and bound
        and (baseline := row.indicator.baseline_of(target) if row.indicator else None)
    ):
        for name, times, end in (
            (tr("weak end"), *_weak(bound, target.times_baseline)),
            (tr("strong end"), *_strong(bound, target.times_baseline)),
        ):
            yield Line(
                name, step=Step(name, "{times} * {baseline}", (("times", times), ("baseline", baseline.value)), end)
            )


def _weak(bound: Bound, times: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    return (times[1] if bound.direction == "decrease" else times[0]), bound.weak


def _strong(bound: Bound, times: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    return (times[0] if bound.direction == "decrease" else times[1]), bound.strong


def _version(row: Row, version: Version, line: _LineOf) -> str:
    old = version.promise
    text = notation.promise(old, version.bound, row.unit, row.direction)
    made = [tr("set {when}", when=why.in_period(old.set_on))] if old.set_on else []
    draft = [tr("proposed")] if old.standing == "proposed" else []
    place = line("indicators", row.indicator_id, "targets", version.place)
    return ", ".join(
        (
            tr("{target} {deadline}", target=text, deadline=notation.by(old)),
            *made,
            *draft,
            old.source or tr("no source"),
            place,
        )
    )


def _figure(row: Row, line: _LineOf) -> Iterator[Line]:
    judged = row.judged
    if judged is None or not judged.points:
        yield Line(tr("actual"), tr("none that counts for it"))
        return
    for point in judged.points:
        yield Line(tr("baseline") if point.figure.is_baseline else tr("actual"), _told(row, point.figure))
        yield Line(tr("source"), f"{_of_source(point.actual)}, {line(figure=point.figure)}")
        for rival in point.rivals:
            said = f"{_told(row, rival)}, {why.traced(rival.actual)}, {line(figure=rival)}"
            yield (
                Line(tr_as("line", "rival"), tr("{figure}: it differs", figure=said))
                if rival in point.disputes
                else Line(tr_as("line", "also"), tr("{figure}: it agrees", figure=said))
            )
        for old in point.revised:
            yield Line(
                tr_as("line", "revised"),
                f"{_told(row, old)}, {why.traced(old.actual)}, {line(figure=old)}",
            )
    yield from _parts(row, judged, line)
    yield Line(tr_as("line", "chosen"), _choice(row))
    if gone := why.undone(row) or why.taken_back(row):
        yield Line(tr_as("line", "taken back"), gone)
    if judged.window is not None and row.distance is not None and len(judged.points) > 1:
        yield Line(tr_as("line", "together"), step=formulas.together(row.distance), tail=_in_unit(row))
    if judged.window is not None and judged.window.missing:
        yield Line(tr_as("line", "missing"), notation.listing(judged.window.missing))
    if row.start is not None:
        yield Line(tr_as("line", "start"), _begun(row, row.start, line))


def _parts(row: Row, judged: Judged, line: _LineOf) -> Iterator[Line]:
    """The figures of the single periods that make something else than the one for the whole window."""
    for part in judged.denied_by:
        said = f"{_told(row, part)}, {why.traced(part.actual)}, {line(figure=part)}"
        yield Line(tr_as("line", "part"), said)
    if judged.denied_by:
        yield Line(tr_as("line", "parts"), tr("{sum}: it differs", sum=why.denied(row, judged.denied_by)))


def _of_source(actual: Actual) -> str:
    """Where the judged figure comes from, behind the word source."""
    return why.traced(actual) if actual.source else tr_as("source", "none")


def _begun(row: Row, start: Start, line: _LineOf) -> str:
    """Where the way begins, and why there."""
    value, when = (
        notation.started(start.value, start.allowed, row.unit, about=start.about),
        notation.spelled(start.period),
    )
    source = (start.source or tr("no source")) + _start_line(row, line)
    origin = {
        "baseline": tr("the stated baseline"),
        "first_actual": tr("no baseline is stated: the first figure, or the newest when the target was set"),
        "zero": tr("a sum begins at 0 on the eve of its window"),
        "period_before": tr("a rise in every period is measured by the period before"),
    }[start.origin]
    if start.origin == "zero":
        return tr("{value} on {day}, {source}: {origin}", value=value, day=when, source=source, origin=origin)
    return tr("{value} in {period}, {source}: {origin}", value=value, period=when, source=source, origin=origin)


def _start_line(row: Row, line: _LineOf) -> str:
    """Where the start stands in the file."""
    start, target = row.start, row.target
    if start is None or target is None or start.origin == "zero":
        return ""
    if start.origin == "baseline":
        return f", {line(*(row.path if target.baseline else row.path[:2]), 'baseline')}"
    return next((f", {line(figure=point.figure)}" for point in row.points if point.period == start.period), "")


def _told(row: Row, figure: Figure) -> str:
    actual = figure.actual
    said, when = notation.actual(actual, row.unit), notation.spelled(actual.period)
    quality = notation.quality(actual, early=figures.early(figure))
    if figure.published:
        return tr(
            "{figure} for {period}, {quality}, published {published}",
            figure=said,
            period=when,
            quality=quality,
            published=notation.spelled(figure.published),
        )
    return tr("{figure} for {period}, {quality}, undated", figure=said, period=when, quality=quality)


def _choice(row: Row) -> str:
    """Why this figure, and no other."""
    judged, target = row.judged, row.target
    if judged is None or target is None:
        return ""
    due = notation.spelled(row.due) if row.due else ""
    if judged.window is not None:
        window = judged.window
        if judged.whole:
            return tr(
                "the figure for the whole window {first} to {last}, as it stands", first=window.first, last=window.last
            )
        return tr(
            "the figures of the window {first} to {last}: {counted} of {periods}",
            first=window.first,
            last=window.last,
            counted=window.counted,
            periods=window.periods,
        )
    if target.shape == "undetermined":
        return tr("the newest known, of a period of any length: it is shown, and not judged")
    length = (
        "; " + tr("of a period of another length, for there is no other figure: shown, and not judged")
        if judged.other_length
        else ""
    )
    return _chosen(row, judged, target, due) + length


def _chosen(row: Row, judged: Judged, target: Target, due: str) -> str:
    newest = judged.newest
    if judged.late:
        return tr("no figure that tells {due}; past due, so the first one after it: late", due=due)
    if judged.stale:
        return _stale(row, judged, target, due)
    if row.answer:
        return (
            tr("the newest answer up to the deadline, and it is yes: that settles it at once")
            if row.due
            else tr("the newest answer")
        )
    if target.every:
        return tr(
            "the newest period of its kind ({kind}) that has ended, and whose figure is there", kind=kind(target.every)
        )
    if row.due is None:
        return tr("the newest known: there is no deadline")
    if row.indicator and row.indicator.cumulative and row.past_due and not judging.tells_by_day(row.due, newest):
        return tr("the newest running total up to the deadline: it was reached, or passed, for good")
    if newest.figure.is_baseline:
        return tr("the baseline is the figure of its period, and no actual of it is there")
    if judged.other_length:
        return (
            tr("the newest that ends inside {due}", due=due)
            if row.due.contains(newest.last)
            else tr("the newest known up to the deadline")
        )
    return (
        tr("the newest that ends inside {due}, and tells it", due=due)
        if row.due.contains(newest.last)
        else tr("the newest known up to the deadline, which has not come")
    )


def _stale(row: Row, judged: Judged, target: Target, due: str) -> str:
    """Why a figure does not tell what is asked about."""
    if target.every:
        return tr("the newest ended period has no figure; the newest that has one is older: stale")
    if row.due and row.due.contains(judged.newest.last) and target.shape == "milestone":
        return tr("a no before the end of {due} does not say how it was then: stale", due=due)
    if row.due and row.due.contains(judged.newest.last):
        frequency = row.indicator.frequency if row.indicator else None
        if frequency and judged.newest.period.length >= row.due.length:
            return tr("it ends before {due} does, and by its frequency a later one is to be expected: stale", due=due)
        return tr(
            "a part of {due} does not tell the whole: it ends before that does, and there is nothing newer: stale",
            due=due,
        )
    return tr("nothing newer that the target asks for: stale (due {due})", due=due)


def _distances(row: Row) -> Iterator[Line]:
    """How far, with a mean that has no end spelled as the sum and the count that it comes from, so that no rounding goes in."""
    distance = row.distance
    if distance is None:
        return
    endless = exact(distance.exact) is None
    for line in _far(row, distance):
        yield replace(line, step=formulas.spelled(line.step, distance)) if endless and line.step else line


def _far(row: Row, distance: Distance) -> Iterator[Line]:
    if distance.bound is not None:
        yield from _gaps(row, distance, distance.bound)
    if attainment := formulas.attainment(distance):
        yield Line(tr("attainment"), step=attainment, tail=_percent(attainment.result))
    yield from _progress(row)
    yield from _rates(row)
    if row.progress is None:
        yield Line(tr("progress"), _no_progress(row))


def _percent(share: Decimal | Fraction) -> str:
    return f"{tr_as('between numbers', ', ')}{number(share * 100)}{NBSP}%"


def _in_unit(row: Row) -> str:
    """The unit behind a figure."""
    return notation.with_unit("", row.unit)


def _in_gaps(row: Row) -> str:
    """The unit behind a gap."""
    return notation.with_unit("", notation.gap_unit(row.unit))


def _in_rates(row: Row) -> str:
    """The unit behind a rate."""
    return tr("{unit} a year", unit=_in_gaps(row))


def _gaps(row: Row, distance: Distance, bound: Bound) -> Iterator[Line]:
    unit = _in_gaps(row)
    gap = formulas.gap(distance)
    yield Line(tr("gap"), step=gap, tail=unit) if gap else Line(tr("gap"), _kept(row, bound, distance.exact))
    if strong := formulas.gap_strong(distance):
        yield Line(tr("gap, strong"), step=strong, tail=unit)
    if bound.direction != "maintain" and (limit := notation.limit(row.gap_approx)):
        allowed = notation.allowed(row.judged.allowed) if row.judged and row.judged.allowed else ""
        yield Line(
            tr_as("line", "limit"),
            tr(
                "the source gives no end ({figure}), so the gap is {gap}",
                figure=allowed,
                gap=limit + notation.gap(row.gap or Decimal(0), row.unit),
            ),
        )


def _kept(row: Row, bound: Bound, value: Decimal | Fraction) -> str:
    """That a number is what was to be maintained."""
    said, level = number(value), _level(row, bound)
    return (
        tr("0: {figure} is {level}", figure=said, level=level)
        if bound.weak == bound.strong
        else tr("0: {figure} lies in {level}", figure=said, level=level)
    )


def _level(row: Row, bound: Bound) -> str:
    """A number to be maintained, or a range."""
    return notation.with_unit(
        notation.digits(bound.weak) if bound.weak == bound.strong else notation.stretch(bound.weak, bound.strong),
        row.unit,
    )


def _progress(row: Row) -> Iterator[Line]:
    """Progress, elapsed time, and their ratio."""
    rates = row.rates
    if not (progress := formulas.progress(rates)):
        return
    yield Line(tr("progress"), step=progress, tail=_percent(progress.result))
    if not (elapsed := formulas.elapsed(rates)):
        return
    yield Line(tr("elapsed"), step=elapsed, tail=_percent(elapsed.result))
    if any((years * 12).denominator > 1 for years in (rates.since, rates.whole)):
        yield Line(
            tr_as("line", "years"), tr("the months between two days, and what is left as a share of its month, over 12")
        )
    whole = exact(elapsed.result) is not None
    if row.direction != "maintain" and not row.past_due:
        yield Line(tr_as("line", "due by now"), step=formulas.due_by_now(rates, whole=whole), tail=_in_unit(row))
    if pace := formulas.pace(rates, whole=whole and exact(progress.result) is not None):
        yield Line(tr("pace"), step=pace)


def _rates(row: Row) -> Iterator[Line]:
    """What was made of a year, what is needed, and where that leads."""
    rates, target, bound = row.rates, row.target, row.bound
    if observed := formulas.observed(rates):
        yield Line(tr_as("line", "a year so far"), step=observed, tail=_in_rates(row))
    if (required := formulas.required(rates)) and target and bound:
        if target.aggregate == "mean":
            yield Line(tr_as("line", "needed a period"), step=required, tail=_in_unit(row))
        else:
            about = (
                tr_as("line", "a year left")
                if target.aggregate == "sum" and bound.direction == "decrease"
                else tr_as("line", "a year needed")
            )
            yield Line(about, step=required, tail=_in_rates(row))
    if projected := formulas.projected(rates):
        yield Line(tr_as("line", "at due"), step=projected, tail=_in_unit(row))
    if row.reached_on is not None and not _stands_on(row):
        yield Line(tr_as("line", "reached"), tr("{day}, at the pace so far", day=row.reached_on.isoformat()))


def _stands_on(row: Row) -> bool:
    """Whether a figure stands on a bound that it must pass."""
    return row.bound is not None and row.bound.strict and row.gap == 0


def _no_progress(row: Row) -> str:
    if row.start is None and row.broken:
        return tr("none: the series break leaves no start before the figure, and so no pace")
    if row.start is None and row.judged and row.judged.partial:
        return tr("none: a period of the window is missing")
    if row.start is None and row.target and row.target.aggregate != "last":
        return tr("none: a mean, a ceiling and a level for a sum have no way that could be covered")
    if row.start is None:
        return tr("none: there is no start before the figure, and so no pace")
    if row.bound is None:
        return tr("none: no number is named that could be reached")
    if row.figure is not None and row.bound.crossed(row.start.value, row.figure):
        return tr("none: start and figure lie on two sides of what is to be maintained")
    if row.start.allowed.exact is None or (row.judged and row.judged.allowed and row.judged.allowed.exact is None):
        return tr("none: start or figure is no single number, and not all that they allow say the same")
    if row.bound.gap(row.start.value) >= 0:
        return tr("none: the start already satisfied the bound, or stood on it")
    return tr_as("progress", "none")


# ---------------------------------------------------------------- the status


def _rules(row: Row, on: date, edges: Edges) -> Iterator[Line]:
    judged, target = row.judged, row.target
    if row.shape == "undetermined":
        yield Line(tr("a number to reach?"), tr("no: it was still to be set, and the file has none"))
    yield Line(tr("a figure?"), tr("yes") if row.has_figure else tr("no: this file has none that was known"))
    yield Line(tr("past due?"), _past_due(row, on))
    if said := why.awaited(row):
        yield Line(tr("awaited?"), tr("yes: {said}", said=said))
    yield from _complete(row, judged)
    if row.has_figure and row.shape != "undetermined" and not (judged and judged.other_length):
        yield Line(tr("met?"), _met(row))
    if kept := why.kept(row):
        yield Line(tr_as("line", "so far"), tr("{kept}, each judged by the version in force then", kept=kept))
    if row.pace is not None and row.status in {"on_track", "behind", "off_track", "worsening"}:
        on_track, behind, off_track = (notation.digits(cut.at) for cut in PACE.cuts)
        said = tr(
            "pace {pace}: on track from {on_track}, behind from {behind}, off track from {off_track}, else worsening",
            pace=derived(row.pace, edges),
            on_track=on_track,
            behind=behind,
            off_track=off_track,
        )
        yield Line(tr("fast enough?"), said)
    status = why.word(row.status)
    at_once = row.shape == "milestone" and not row.past_due
    if row.final and target:
        status = (
            tr("{status}, unless a later no up to the deadline takes it back", status=status)
            if at_once
            else tr("{status}, for good", status=status)
        )
    yield Line(tr_as("line", "so"), status)
    if said := _open(row):
        yield Line(tr_as("line", "not final"), said)


def _complete(row: Row, judged: Judged | None) -> Iterator[Line]:
    """Whether the figure is of the right length and of the end of the due period, and its window has all its figures."""
    if judged and judged.other_length:
        yield Line(
            tr("of its length?"),
            tr("no: it is for a period of another length, and the target does not write its aggregate"),
        )
    if judged and judged.stale and "awaited" not in row.flags:
        yield Line(tr("complete?"), tr("no: the figure is older than the target asks for"))
    elif judged and judged.partial:
        yield Line(tr("complete?"), _missing(judged.window.missing if judged.window else ()))
    elif judged and judged.window and not judged.window.complete:
        yield Line(
            tr("complete?"),
            tr(
                "no: {counted} of {periods} periods of the window have a figure",
                counted=judged.window.counted,
                periods=judged.window.periods,
            ),
        )


def _open(row: Row) -> str:
    """Why a row that is decided is not settled; empty where it is, or is not decided."""
    judged, target = row.judged, row.target
    if row.final or row.status not in {"met", "exceeded", "missed"} or not (row.past_due or (target and target.every)):
        return ""
    if judged is not None and judged.late:
        return tr("a late figure never settles: one of the due period may still come")
    if judged is not None and judged.corrected:
        return tr("a later total takes it back")
    if {"provisional", "estimate"} & set(row.flags):
        return tr("the figure is provisional or an estimate")
    if target is not None and target.every:
        return tr("a standing target is settled when its own end has passed and its last period is judged")
    return ""


def _past_due(row: Row, on: date) -> str:
    if row.target and row.target.every:
        return tr("a standing target: judged every period")
    if row.due is None:
        return tr("no deadline was set")
    return (
        tr("yes: {due} is before {day}", due=row.due.last, day=on)
        if row.past_due
        else tr("no: {due} is not before {day}", due=row.due.last, day=on)
    )


def _missing(periods: Sequence[str]) -> str:
    said = notation.listing(periods)
    return (
        tr("no: {periods} is missing", periods=said)
        if len(periods) == 1
        else tr("no: {periods} are missing", periods=said)
    )


def _met(row: Row) -> str:
    bound, value = row.bound, row.figure
    if row.answer is not None:
        if row.answer:
            return tr("yes: it is true")
        return tr("no: it was taken back") if "undone" in row.flags else tr("no: it is still false")
    allowed = row.judged.allowed if row.judged else None
    if row.shape == "improve":
        return _improved(row)
    if bound is None or value is None or allowed is None:
        return tr("it cannot be said: the baseline was not known")
    holds, said = row.satisfied, notation.allowed(allowed)
    if holds is None:
        return tr(
            "it cannot be said: {figure} lies on both sides of {bound}",
            figure=said,
            bound=notation.bound(bound, row.unit),
        )
    if bound.direction == "maintain":
        return _maintained(said, _level(row, bound), one=bound.weak == bound.strong, holds=holds)
    asked = notation.bound(bound, row.unit)
    return (
        tr("yes: {figure} satisfies {bound}", figure=said, bound=asked)
        if holds
        else tr("no: {figure} does not satisfy {bound}", figure=said, bound=asked)
    )


def _maintained(figure: str, level: str, *, one: bool, holds: bool) -> str:
    """Whether a figure is a number to be maintained, or in a range."""
    if one:
        return (
            tr("yes: {figure} is {level}", figure=figure, level=level)
            if holds
            else tr("no: {figure} is not {level}", figure=figure, level=level)
        )
    return (
        tr("yes: {figure} is in\u00a0{level}", figure=figure, level=level)
        if holds
        else tr("no: {figure} is not in\u00a0{level}", figure=figure, level=level)
    )


def _improved(row: Row) -> str:
    allowed, direction = row.judged.allowed if row.judged else None, row.direction
    if row.start is None or allowed is None or direction is None:
        return tr("it cannot be said: there is nothing to compare it with")
    if row.satisfied is None:
        return tr("it cannot be said: it is not surely better than the start")
    return tr("yes: better than the start") if row.satisfied else tr("no: not better than the start")
