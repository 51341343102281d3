"""Entered: figures that are written so that no target counts them, or that say something else than was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from targettrack import period
from targettrack.assessment.figures import Point
from targettrack.assessment.judging import Asked
from targettrack.assessment.row import Row
from targettrack.assessment.uncounted import REASONS, Reason, Uncounted, misplaced, uncounted
from targettrack.language import mark, tr
from targettrack.number import EXACT, plain
from targettrack.pages.check.weaknesses._case import Case, Check, Finding, Measured, at, numbers
from targettrack.period import Frequency, Period
from targettrack.program.model import Actual, Indicator, Loc, Pairs
from targettrack.program.spelling import spelling
from targettrack.recording.scale import HUNDREDFOLD
from targettrack.wording import notation
from targettrack.wording.steps import kind

MOST = 3
"""So many figures are named, the newest."""

# ---------------------------------------------------------------- figures that a target does not use


def _uncounted(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        for group in _unused(row):
            if row.asked is not None:
                said, hint = _TOLD[group.reason](row.asked, _named(row, group.points), group.points[-1].period)
                yield row.path, said, hint


def _unused(row: Row) -> Iterator[Uncounted]:
    """What a target without a figure, or with one that does not tell its result, might use if it were written otherwise.

    Other parts of an indicator are context, and what ends before a baseline, a promise or a window mostly is history: that is told only where a result
    is due and nothing else is there.
    """
    if not _lacks_result(row):
        return
    for group in (
        uncounted(row) if without_part(row) else sorted(misplaced(row), key=lambda group: REASONS.index(group.reason))
    ):
        points = tuple(
            point
            for point in group.points
            if not row.judged or not row.judged.points or point.last > row.judged.newest.last
        )
        if group.reason in {"length", "kind", "tile"} and points:
            yield Uncounted(group.reason, group.pairs, points)
        elif (group.reason == "part" and without_part(row)) or (
            group.reason in _HISTORY and not row.has_figure and _result_is_due(row)
        ):
            yield group


_HISTORY: frozenset[Reason] = frozenset({"outside", "before", "history"})


def _lacks_result(row: Row) -> bool:
    """Whether a target has no figure that tells its result, and none is awaited; a figure of another length is told of by itself."""
    if row.target is None or row.shape in {"milestone", "undetermined"} or {"other_length", "awaited"} & set(row.flags):
        return False
    return not row.has_figure or bool({"stale", "partial"} & set(row.flags))


def _result_is_due(row: Row) -> bool:
    """Whether a deadline has passed, or a period for which a standing promise held."""
    return row.past_due or bool(row.kept and row.kept.periods)


def without_part(row: Row) -> bool:
    """Whether all figures of an indicator are of the whole, which no target is about, where this target is about a part."""
    if row.indicator is None or not row.disaggregation or len(row.series) != 1 or () not in row.series:
        return False
    return all(target.disaggregation for target in row.indicator.targets)


def of_another_length(row: Row) -> bool:
    """Whether it is told of a target that figures are of another length than it asks for."""
    return "other_length" in row.flags or any(group.reason in {"length", "kind"} for group in _unused(row))


def _named(row: Row, points: Sequence[Point]) -> str:
    """Figures with their periods, the newest of them where there are many."""
    shown = [
        tr(
            "{figure} for {period}",
            figure=notation.actual(point.figure, row.unit),
            period=notation.spelled(point.period),
        )
        for point in points[-MOST:]
    ]
    more = len(points) - len(shown)
    return notation.listing([*shown, tr("{count} older ones", count=more)] if more else shown)


Told = tuple[str, str]


def _of_another_length(asked: Asked, named: str, _: Period) -> Told:
    return tr(
        "this target does not use {figures}: it asks for {asked}, and no aggregate says what figures of other lengths make",
        figures=named,
        asked=_asked(asked),
    ), _aggregate(asked)


def _asked(asked: Asked) -> str:
    """The period that a target asks for, or its kind."""
    if asked.target.every:
        return tr("one {kind}", kind=kind(asked.target.every))
    return notation.spelled(asked.due) if asked.due else ""


def _aggregate(asked: Asked) -> str:
    """What to write where a figure of another length is meant."""
    if asked.target.every or asked.due is None:
        return tr(
            'write aggregate = "last" in the target if the figure of its end stands for the whole; else correct the periods, or every'
        )
    begin = _written(asked.due)
    return tr(
        'write aggregate = "last" in the target if such a figure stands for the whole; if they add up to it, aggregate = "sum" and from = {begin}',
        begin=begin,
    )


def _written(of: Period) -> str:
    """A period as a file writes it."""
    return of.text if of.text.isdigit() or (of.is_day and "/" not in of.text) else f'"{of.text}"'


def _of_another_kind(asked: Asked, named: str, newest: Period) -> Told:
    every = asked.target.every or "year"
    said = tr(
        "this target does not use {figures}: it asks for one {kind} each, or for the end of one",
        figures=named,
        kind=kind(every),
    )
    if asked.year.fiscal and newest.length == period.MONTHS[every]:
        own = period.of_kind(newest.last, every, asked.year)
        return said, tr(
            'a {kind} of this program is written "{period}": correct the periods, or leave fiscal_year out',
            kind=kind(every),
            period=own.text,
        )
    near = _kind_of(newest)
    return said, tr('correct the periods, or write every = "{every}" if that was promised', every=near) if near else tr(
        "correct the periods, or every"
    )


def _kind_of(of: Period) -> Frequency | None:
    return next((every for every, months in period.MONTHS.items() if of.length == months), None)


def _no_tile(asked: Asked, named: str, _: Period) -> Told:
    each = asked.indicator.frequency or "year"
    said = tr(
        "this target does not use {figures}: it counts whole periods of its window, a {kind} each",
        figures=named,
        kind=kind(each),
    )
    return said, tr("add the figures that are missing beside it, or write frequency in the indicator")


def _of_the_whole(asked: Asked, named: str, _: Period) -> Told:
    pairs = asked.target.disaggregation
    said = tr(
        "this target does not use {figures}: it is about {pairs}, and these figures are of the whole",
        figures=named,
        pairs=notation.pairs(pairs),
    )
    return said, tr(
        "write disaggregation = {pairs} at the figures that are of that part, or leave it out here", pairs=_table(pairs)
    )


def _table(pairs: Pairs) -> str:
    """A disaggregation as a file writes it."""
    return f"{{ {', '.join(f'{_key(name)} = {_text(text)}' for name, text in pairs)} }}"


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _text(name)


def _text(text: str) -> str:
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"'))


def _outside(asked: Asked, named: str, _: Period) -> Told:
    begins, ends = asked.target.begins, asked.target.ends
    window = "–".join(notation.short(each) for each in (begins, ends) if each)
    return tr("this target does not use {figures}: outside its window, {window}", figures=named, window=window), tr(
        "correct from and by, or the periods, if they belong to it"
    )


def _not_in_force(_: Asked, named: str, __: Period) -> Told:
    return tr("this target does not use {figures}: the promise did not hold yet", figures=named), tr(
        "correct set_on, or from, if it did"
    )


def _before_baseline(asked: Asked, named: str, _: Period) -> Told:
    baseline = notation.spelled(asked.baseline.period) if asked.baseline else ""
    said = tr(
        "this target does not use {figures}: history, not later than the baseline ({period})",
        figures=named,
        period=baseline,
    )
    return said, tr("correct the baseline's period, or theirs, if they are results")


_TOLD: dict[Reason, Callable[[Asked, str, Period], Told]] = {
    "length": _of_another_length,
    "kind": _of_another_kind,
    "tile": _no_tile,
    "part": _of_the_whole,
    "outside": _outside,
    "before": _not_in_force,
    "history": _before_baseline,
}


def _other_length(case: Case) -> Iterator[Finding]:
    for row in case.rows:
        if row.asked is not None and row.judged is not None and row.judged.other_length:
            said = tr(
                "{figures} is shown and not judged: this target asks for {asked}, and no aggregate says what figures of other lengths make",
                figures=_named(row, row.judged.points),
                asked=_asked(row.asked),
            )
            yield row.path, said, _aggregate(row.asked)


# ---------------------------------------------------------------- disaggregations


def _other_spelling(case: Case) -> Iterator[Finding]:
    for name, indicator in case.indicators:
        groups: dict[object, dict[Pairs, list[Loc]]] = {}
        for loc, pairs in _disaggregated(case, name, indicator):
            groups.setdefault(spelling(pairs), {}).setdefault(pairs, []).append(loc)
        for spelled in groups.values():
            first, *others = sorted(
                spelled, key=lambda pairs: (not _of_target(spelled[pairs][0]), -len(spelled[pairs]))
            )
            for other in others:
                said = tr(
                    "{pairs} differs from {other} only in its spelling: they count as two parts, and a figure of one is none of the other",
                    pairs=_table(other),
                    other=_table(first),
                )
                yield (
                    (*spelled[other][0], "disaggregation"),
                    said,
                    tr("write disaggregation = {pairs}", pairs=_table(first)),
                )


def _disaggregated(case: Case, name: str, indicator: Indicator) -> Iterator[tuple[Loc, Pairs]]:
    """The targets of an indicator, then its figures, that are of a part of it: where, and of which."""
    for place, target in enumerate(indicator.targets):
        if target.disaggregation:
            yield ("indicators", name, "targets", place), target.disaggregation
    for place, actual in case.program.actuals.get(name, ()):
        if actual.disaggregation:
            yield ("actuals", place), actual.disaggregation


def _of_target(loc: Loc) -> bool:
    return loc[0] == "indicators"


# ---------------------------------------------------------------- numbers


def _scale(case: Case) -> Iterator[Finding]:
    for each in case.measured:
        unit = each.indicator.unit
        for figure in each.figures:
            if (reading := case.misread.get(figure.place)) is None:
                continue
            said, meant = notation.actual(figure, unit), notation.with_unit(notation.digits(reading), unit)
            ends = _ends(each)
            message = tr("{figure} is at least a hundred times what is promised, {bounds}", figure=said, bounds=ends)
            if reading > numbers(figure.actual)[0]:
                message = tr("{figure} is at most a hundredth of what is promised, {bounds}", figure=said, bounds=ends)
            yield (
                _value(figure.place, figure.actual),
                message,
                tr("check the unit: {figure} may be meant; else allow scale, with the reason", figure=meant),
            )


def _ends(each: Measured) -> str:
    """The bounds of a series, from the lowest to the highest."""
    low, high = min(each.scale.ends), max(each.scale.ends)
    return notation.with_unit(notation.digits(low) if low == high else notation.stretch(low, high), each.indicator.unit)


def _value(place: int, actual: Actual) -> Loc:
    return ("actuals", place, "range" if actual.range else "value")


def _fractions(case: Case) -> Iterator[Finding]:
    for each in case.measured:
        if each.in_fractions:
            first, *_ = each.figures
            found = [value for figure in each.figures for value in numbers(figure.actual)]
            low, high = min(found), max(found)
            figures_ = notation.with_unit(
                notation.digits(low) if low == high else notation.stretch(low, high), each.indicator.unit
            )
            said = tr(
                "all figures of this series lie between 0 and 1 % ({figures}), and {bounds} is promised",
                figures=figures_,
                bounds=_ends(each),
            )
            written = next(value for value in found if value)
            meant = notation.digits(plain(EXACT.multiply(written, HUNDREDFOLD)))
            hint = tr(
                "if they are fractions of 1, write them in percent: {percent} for {fraction}; else allow fractions, with the reason",
                percent=meant,
                fraction=notation.digits(written),
            )
            yield _value(first.place, first.actual), said, hint


def _fell(case: Case) -> Iterator[Finding]:
    for place, (later, earlier) in case.fallen.items():
        unit = case.program.indicators[later.actual.indicator].unit
        said = tr(
            "{figure} {when} is less than {earlier} {before}, and a running total cannot fall",
            figure=notation.actual(later, unit), when=at(later.period), earlier=notation.actual(earlier, unit), before=at(earlier.period),
        )  # fmt: skip
        yield (
            _value(place, later.actual),
            said,
            tr(
                "correct one of them; series_break = true where the count changed; leave cumulative out where figures are of single periods"
            ),
        )


# ---------------------------------------------------------------- answers


def _undone(case: Case) -> Iterator[Finding]:
    for lines in case.series.values():
        for points in lines.values():
            yield from _taken_back(points)


def _taken_back(points: Sequence[Point]) -> Iterator[Finding]:
    """The noes that take back a yes, but for those whose note says what happened, or with which the question changed."""
    said_yes: Point | None = None
    for place, point in enumerate(points):
        if point.actual.answer is True:
            said_yes = point
        elif point.actual.answer is False and said_yes is not None:
            if not (point.actual.note or point.is_break):
                yield (
                    ("actuals", point.figure.place, "value"),
                    _no_after(point, said_yes, points[place + 1 :]),
                    tr("correct one of them, or say in a note what happened"),
                )
            said_yes = None


def _no_after(no: Point, yes: Point, later: Sequence[Point]) -> str:
    again = next((point for point in later if point.actual.answer is True), None)
    if again is not None:
        return tr(
            "this no {when} takes back the yes {before}, and is taken back by the yes {after}",
            when=at(no.period),
            before=at(yes.period),
            after=at(again.period),
        )
    return tr("this no {when} takes back the yes {before}", when=at(no.period), before=at(yes.period))


CHECKS = (
    Check("uncounted", mark("figures that a target without a result does not use, as they are written"), _uncounted),
    Check(
        "other-length",
        mark("a figure for a period of another length than the due one, which is not judged"),
        _other_length,
    ),
    Check(
        "other-spelling", mark("a disaggregation that differs from another one only in its spelling"), _other_spelling
    ),
    Check("scale", mark("a figure a hundred times what is promised, or a hundredth of it"), _scale),
    Check("fractions", mark("percentages that all lie between 0 and 1, under a bound of 2 or more"), _fractions),
    Check("undone", mark("a yes that a later no takes back"), _undone),
    Check("fell", mark("a running total that is less than it was before"), _fell),
)
