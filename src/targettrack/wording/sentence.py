"""Sentence: a row as one neutral sentence, ready to print: what the figure is and whose, what was promised, and all that limits what may be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Protocol, TypeAlias

from targettrack import period
from targettrack.assessment import figures
from targettrack.assessment.bounds import Bound, Span
from targettrack.assessment.figures import Figure
from targettrack.assessment.judging import Judged, Start, Window
from targettrack.assessment.promises import Version
from targettrack.assessment.row import Row
from targettrack.frozen import frozen
from targettrack.language import tr, tr_as, tr_n
from targettrack.number import rounded
from targettrack.period import Frequency, Period
from targettrack.program.model import Program, Promise, Target, is_percent
from targettrack.regex import regex
from targettrack.text import clean
from targettrack.wording import dates, evidence, notation, why

_BEGIN, _MIDDLE, _END = "\ue000", "\ue001", "\ue002"
_NAMED = regex(f"{_BEGIN}([^{_BEGIN}-{_END}]*){_MIDDLE}([^{_BEGIN}-{_END}]*){_END}")
_MARKS = regex(f"[{_BEGIN}-{_END}]")


class _Told(Protocol):
    """What was promised, and by when, as a text; of a milestone with ``verb`` ``to reach it``."""

    def __call__(self, row: Row, version: Version, *, verb: bool) -> str: ...


_Caveats: TypeAlias = Callable[[Row, Target], Iterator[str]]


@frozen(eq=True)
class Parts:
    """The clauses of a sentence in their order: the figure, how it stands to the promise, what that means, and what else must be said.

    A source's name in them is marked with its id: ``linked`` turns it into what a format makes of it.
    """

    figure: str
    promise: str
    verdict: str
    caveats: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        text = "; ".join(clause for clause in (self.figure, self.promise, self.verdict, *self.caveats) if clause)
        return f"{text[:1].upper()}{text[1:]}."


def linked(text: str, link: Callable[[str, str], str]) -> str:
    """A text in which ``link`` says what becomes of each source's id and name."""
    return _MARKS.sub("", _NAMED.sub(lambda match: link(match[1], match[2]), text))


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """A text in its pieces: what stands between the sources, and each source's name with its id."""
    place = 0
    for match in _NAMED.finditer(text):
        yield _MARKS.sub("", text[place : match.start()]), None
        yield match[2], match[1]
        place = match.end()
    yield _MARKS.sub("", text[place:]), None


def plain(text: str) -> str:
    """A text in which the sources have their names alone."""
    return linked(text, lambda _, name: name)


def parts(row: Row) -> Parts:
    """What can be said of a target; a promise in words has no sentence of its own."""
    return _parts(row, _target(row), promised, _caveats)


def short(row: Row) -> str:
    """The same for a caption: whose promise it is instead of the document, and a word for what else limits what may be said."""
    clauses = _parts(row, _target(row), _asked, _caveats_in_short)
    header = row.program.header
    return tr("{place}: {sentence}", place=_text(header.place or header.name), sentence=clauses.sentence)


def _target(row: Row) -> Target:
    if row.target is None:
        raise TypeError("a promise in words has no figure to cite")
    return row.target


def _parts(row: Row, target: Target, told: _Told, caveats: _Caveats) -> Parts:
    """The clauses, in which ``told`` says what was promised."""
    if row.judged is None or not row.judged.points:
        return _without_figure(row, target, told(row, row.version, verb=not row.past_due), caveats)
    figure, text = _figure(row, row.judged), told(row, row.version, verb=True)
    if target.shape == "undetermined" or row.judged.other_length:
        return Parts(figure, _not_judged(row, target, text), "", tuple(caveats(row, target)))
    return Parts(figure, _promise(row, target, text), _verdict(row, target), tuple(caveats(row, target)))


def _not_judged(row: Row, target: Target, text: str) -> str:
    """Why nothing is made of a figure."""
    if target.shape == "undetermined":
        return (
            tr("the target was {target}, so nobody can say whether it was met", target=text)
            if row.past_due
            else tr("the target is {target}, so nobody can say whether it is met", target=text)
        )
    asked = tr("the target was {target}", target=text) if row.past_due else tr("the target is {target}", target=text)
    return tr(
        "{target}; the data file does not say whether a figure for a period of another length stands for that, so it is not judged",
        target=asked,
    )


def _text(text: str) -> str:
    """Text from a file, on one line, without the marks of this module."""
    return _MARKS.sub("", clean(text))


def _name(row: Row) -> str:
    name = _text(row.indicator.name) if row.indicator else ""
    pairs = _text(notation.pairs(row.target.disaggregation)) if row.target else ""
    return tr("“{name}” ({part})", name=name, part=pairs) if pairs else tr("“{name}”", name=name)


# ---------------------------------------------------------------- the figure


def _figure(row: Row, judged: Judged) -> str:
    text = _stood(row, judged)
    remarks = list(_remarks(row, judged))
    sources = _sources(row, judged)
    said = tr("{figure} ({remarks})", figure=text, remarks=", ".join(remarks)) if remarks else text
    return (
        tr("{figure}, according to {sources}", figure=said, sources=sources)
        if sources
        else tr("{figure}; the data file names no source for this figure", figure=said)
    )


def _stood(row: Row, judged: Judged) -> str:
    """The figure with its period, as the source gives it."""
    name, window = _name(row), judged.window
    if row.shape == "milestone":
        when = dates.when(judged.newest.period)
        return (
            tr("{name} had been reached {when}", name=name, when=when)
            if row.answer
            else tr("{name} had not been reached {when}", name=name, when=when)
        )
    if window is None or window.periods == 1 or (len(judged.points) == 1 and judged.newest.period == _whole(window)):
        newest = judged.newest
        said = tr(
            "{name} stood at {figure} {when}",
            name=name,
            figure=notation.actual(newest.figure, row.unit),
            when=dates.when(newest.period),
        )
        return tr("{figure} (the baseline)", figure=said) if newest.figure.is_baseline else said
    return _added(row, judged, window, name)


def _whole(window: Window) -> Period:
    return Period(window.first, window.last, "")


def _added(row: Row, judged: Judged, window: Window, name: str) -> str:
    """A sum or a mean, with what it covers."""
    figure = notation.with_unit(
        notation.allowed(judged.allowed, row.entered, about=row.about) if judged.allowed else "", row.unit
    )
    mean = row.target is not None and row.target.aggregate == "mean"
    if window.complete:
        count, when = _count(window.periods, row), _when(row)
        if mean:
            return tr(
                "{name} averaged {figure} {when}, the mean of {count}", name=name, figure=figure, when=when, count=count
            )
        return tr(
            "{name} came to {figure} {when}, the sum of {count}", name=name, figure=figure, when=when, count=count
        )
    periods = notation.listing([dates.named(point.period) for point in judged.points])
    if mean:
        return tr(
            "{name} averaged {figure} in {periods}, {counted} of the {count} of the target",
            name=name,
            figure=figure,
            periods=periods,
            counted=window.counted,
            count=_count(window.periods, row),
        )
    return tr(
        "{name} came to {figure} in {periods}, {counted} of the {count} of the target",
        name=name,
        figure=figure,
        periods=periods,
        counted=window.counted,
        count=_count(window.periods, row),
    )


def _when(row: Row) -> str:
    """The window as the promise writes it."""
    begins, due = row.promise.begins, row.due
    if begins is None or due is None:
        return ""
    return dates.when(due) if begins == due else dates.within(begins, due)


def _count(count: int, row: Row) -> str:
    frequency: Frequency = (row.indicator.frequency if row.indicator else None) or "year"
    if frequency == "half":
        return tr_n(count, "{count} half-year", "{count} half-years")
    if frequency == "quarter":
        return tr_n(count, "{count} quarter", "{count} quarters")
    return (
        tr_n(count, "{count} month", "{count} months")
        if frequency == "month"
        else tr_n(count, "{count} year", "{count} years")
    )


def _remarks(row: Row, judged: Judged) -> Iterator[str]:
    """What the figure is not: final, in time, whole."""
    if "late_figure" in row.flags:
        yield tr("the first figure after the deadline")
    qualities = [point.actual.quality for point in judged.points]
    some = len(judged.points) > 1
    if "provisional" in qualities:
        yield (
            tr("partly provisional") if some and set(qualities) != {"provisional"} else tr_as("sentence", "provisional")
        )
    if "estimate" in qualities:
        yield tr("partly an estimate") if some and set(qualities) != {"estimate"} else tr_as("sentence", "an estimate")
    ahead = [point for point in judged.points if figures.early(point.figure)]
    if ahead:
        periods = notation.listing([dates.named(point.period) for point in ahead])
        known = any(point.figure.published for point in ahead)
        if all(point.figure.published and point.figure.published.last < point.period.first for point in ahead):
            yield tr("published before the beginning of {periods}", periods=periods)
            return
        yield (
            tr("published before the end of {periods}", periods=periods)
            if known
            else tr("recorded before the end of {periods}", periods=periods)
        )
    if judged.window and judged.window.missing:
        yield tr(
            "the data file has no figure for {periods}",
            periods=notation.listing(
                [dates.named(period.period(text, row.program.year)) for text in judged.window.missing]
            ),
        )


def _sources(row: Row, judged: Judged) -> str:
    """Whose figures are judged, each with its date; empty where no source is named."""
    said = dict.fromkeys(_cited(row.program, point.figure) for point in judged.points if point.actual.source)
    return notation.listing(said) if said else ""


def _cited(program: Program, figure: Figure) -> str:
    """Whose figure it is, and of which day."""
    name = source_name(program, figure.actual.source or "")
    return (
        tr("{source} ({date})", source=name, date=dates.named(figure.published))
        if figure.published
        else tr("{source} (undated)", source=name)
    )


def source_name(program: Program, id: str) -> str:
    """A source's publisher, else its title; marked with its id."""
    source = program.sources[id]
    name = _text(source.publisher) if source.publisher else tr("“{name}”", name=_text(source.title))
    return f"{_BEGIN}{id}{_MIDDLE}{name}{_END}"


# ---------------------------------------------------------------- the promise


def promised(row: Row, version: Version, *, verb: bool = False) -> str:
    """What was promised, by when, in which program and document: ``30–35 % by 2015 in “…” (Decision 1, set on 6 June 2011)``; of a milestone with ``verb`` ``to reach it``."""
    text = tr("{target} in “{program}”", target=_asked(row, version, verb=verb), program=_text(row.program.header.name))
    return _with_origin(row.program, version, text)


def _with_origin(program: Program, version: Version, text: str) -> str:
    origin = _origin(program, version.promise)
    return tr("{target} ({origin})", target=text, origin=origin) if origin else text


def _asked(row: Row, version: Version, *, verb: bool) -> str:
    """What was asked for, by when."""
    target = version.promise
    if not isinstance(target, Target):
        raise TypeError("a promise in words asks for no figure")
    wanted, due = _bound(version.bound, target, row, verb=verb), _due(target)
    return tr("{bound} {due}", bound=wanted, due=due) if due else wanted


def _bound(bound: Bound | None, target: Target, row: Row, *, verb: bool) -> str:
    if target.shape == "milestone":
        return tr("to reach it") if verb else tr("reaching it")
    if target.shape == "improve":
        return tr("any fall") if row.direction == "decrease" else tr("any rise")
    if target.shape == "undetermined":
        return tr("a number that was still to be set")
    if bound is None:
        return tr(
            "{times} times the baseline",
            times="–".join(dict.fromkeys(notation.digits(times) for times in target.times_baseline or ())),
        )
    low, high = min(bound.weak, bound.strong), max(bound.weak, bound.strong)
    ends = notation.with_unit(notation.digits(low) if low == high else notation.stretch(low, high), row.unit)
    if not target.approx:
        return _compared(bound, ends)
    ends = tr_as("sentence", "about {bound}", bound=ends)
    return _compared(bound, ends) if bound.strict or bound.direction == "maintain" else ends


def _compared(bound: Bound, ends: str) -> str:
    if bound.direction == "maintain":
        return (
            tr("exactly {bound}", bound=ends)
            if bound.weak == bound.strong
            else tr("staying within {bound}", bound=ends)
        )
    if bound.strict:
        return (
            tr("more than {bound}", bound=ends)
            if bound.direction == "increase"
            else tr("less than {bound}", bound=ends)
        )
    if bound.weak != bound.strong:
        return ends
    return tr("at least {bound}", bound=ends) if bound.direction == "increase" else tr("at most {bound}", bound=ends)


def _due(target: Target) -> str:
    if target.every:
        return _standing(
            target,
            {
                "year": tr("every year"),
                "half": tr("every half-year"),
                "quarter": tr("every quarter"),
                "month": tr("every month"),
            }[target.every],
        )
    if target.due is None:
        return ""
    if target.aggregate == "last" or target.begins is None:
        return _by(target.due)
    if notation.one_period(target):
        return tr("for {period}", period=dates.named(target.due))
    window = dates.window(target.begins, target.due)
    return (
        tr("in {period} on average", period=window)
        if target.aggregate == "mean"
        else tr("in {period} altogether", period=window)
    )


def _standing(target: Target, every: str) -> str:
    """A standing target, with the time for which it holds."""
    begins, ends = target.begins, target.ends
    if begins and ends:
        return tr("{every} {window}", every=every, window=dates.within(begins, ends))
    if begins:
        return tr("{every} from {period}", every=every, period=dates.named(begins))
    return tr("{every} to {period}", every=every, period=dates.named(ends)) if ends else every


def _by(due: Period) -> str:
    """The deadline."""
    return tr_as("sentence", "by {period}", period=dates.named(due))


def _origin(program: Program, promise: Target | Promise) -> str:
    """Who promised it and when, as far as the file says."""
    source = program.sources.get(promise.source or "")
    document = promise.document or (source.document if source else None)
    when = dates.when(promise.set_on) if promise.set_on else None
    said = []
    if promise.standing == "proposed":
        said.append(
            tr("proposed {when}, with no adoption in the data file", when=when)
            if when
            else tr("proposed, with no adoption in the data file")
        )
    if document:
        said.append(_text(document))
    elif promise.source:
        said.append(tr("reported by {source}", source=source_name(program, promise.source)))
    if when and promise.standing != "proposed":
        said.append(tr("set {when}", when=when))
    return ", ".join(said)


def _promise(row: Row, target: Target, text: str) -> str:
    """How the figure stands to what was promised."""
    asked = tr("the target was {target}", target=text) if row.past_due else tr("the target is {target}", target=text)
    bound, allowed = row.bound, row.judged.allowed if row.judged else None
    if target.shape == "improve":
        return tr("{comparison}; {target}", comparison=_improved(row), target=asked)
    if bound is None or allowed is None or row.gap is None:
        return asked
    if row.satisfied is None:
        return (
            tr("that leaves open whether the target of {target} was met", target=text)
            if row.past_due
            else tr("that leaves open whether the target of {target} is met", target=text)
        )
    if bound.direction == "maintain":
        return _kept(row, bound, text)
    return _beside(row, bound, allowed, text)


def _kept(row: Row, bound: Bound, text: str) -> str:
    """Inside or outside of what is to be maintained."""
    if row.gap != 0:
        return tr("that is {amount} off the target of {target}", amount=_amount(row, bound.gap), target=text)
    held = row.satisfied
    return (
        tr("that satisfies the target of {target}", target=text)
        if held
        else tr("that does not satisfy the target of {target}", target=text)
    )


def _beside(row: Row, bound: Bound, allowed: Span, text: str) -> str:
    """Above or below the end that decides, or the ambition where that is passed too."""
    gap, strong = row.gap or Decimal(0), row.gap_strong or Decimal(0)
    ranged, increase = bound.weak != bound.strong, bound.direction == "increase"
    ends = [end for end in (allowed.low, allowed.high) if end is not None]
    if ranged and gap >= 0 and not allowed.open and all(bound.gap_strong(end) <= 0 for end in ends):
        return tr("that is within the target of {target}", target=text)
    beyond = gap >= 0 and ranged and strong >= 0
    if ranged:
        upper = beyond is increase
        end = (
            tr("the upper end of the target of {target}", target=text)
            if upper
            else tr("the lower end of the target of {target}", target=text)
        )
    else:
        end = tr("the target of {target}", target=text)
    size = strong if beyond else gap
    if size == 0:
        return _at(row, bound, allowed, end)
    amount = _amount(row, bound.gap_strong if beyond else bound.gap)
    return (
        tr("that is {amount} above {end}", amount=amount, end=end)
        if (size > 0) is increase
        else tr("that is {amount} below {end}", amount=amount, end=end)
    )


def _at(row: Row, bound: Bound, allowed: Span, end: str) -> str:
    """The stated number, or the worse end of a range, is that of the end."""
    if allowed.open:
        return tr("that is below {end}", end=end) if allowed.low is None else tr("that is above {end}", end=end)
    if bound.strict and allowed.exact is not None:
        return tr("that is the very number that {end} excludes", end=end)
    if allowed.exact is None:
        return (
            tr("that is at or above {end}", end=end)
            if bound.direction == "increase"
            else tr("that is at or below {end}", end=end)
        )
    return tr("that is about {end}", end=end) if row.about else tr("that is exactly {end}", end=end)


def _amount(row: Row, gap_of: Callable[[Decimal], Decimal]) -> str:
    """How far off: of a figure that is a range both distances; of one with an open end, that it is more, or less."""
    allowed = row.judged.allowed if row.judged else None
    if allowed is None or row.bound is None:
        return ""
    worse = row.bound.worse(allowed)
    ends = (worse, worse) if allowed.low is None or allowed.high is None else (allowed.low, allowed.high)
    low, high = sorted(rounded(abs(gap_of(end))) for end in ends)
    text = _sized(row.unit, notation.approximately(low, row.entered) if low == high else notation.stretch(low, high))
    if row.gap_approx is not None:
        return (
            tr_as("amount", "more than {amount}", amount=text)
            if (row.gap_approx == "over") is (gap_of(worse) > 0)
            else tr_as("amount", "less than {amount}", amount=text)
        )
    return tr_as("amount", "about {amount}", amount=text) if row.about else text


def _sized(unit: str | None, digits: str) -> str:
    if is_percent(unit):
        return tr("1 percentage point") if digits == "1" else tr("{number} percentage points", number=digits)
    return notation.with_unit(digits, unit)


def _improved(row: Row) -> str:
    """The figure against the start of an improvement."""
    allowed = row.judged.allowed if row.judged else None
    if row.start is None or allowed is None or row.direction is None:
        if row.target and row.target.every:
            return tr("there is no actual of the period before to compare it with")
        if row.baseline is not None and row.broken:
            return tr("the baseline lies before the break of the series, so that there is nothing to compare it with")
        return tr("there is no earlier figure to compare it with")
    start = _value(row, row.start)
    if allowed.exact is not None and allowed.exact == row.start.allowed.exact:
        return tr("that is the same as {start}", start=start)
    if row.satisfied is None:
        return tr("that leaves open whether it is better than {start}", start=start)
    return (
        tr("that is better than {start}", start=start)
        if row.satisfied
        else tr("that is not better than {start}", start=start)
    )


def _value(row: Row, start: Start) -> str:
    """The start with its period; where it is no stated baseline, that."""
    text = tr(
        "{figure} {when}",
        figure=notation.started(start.value, start.allowed, row.unit, about=start.about),
        when=dates.when(start.period),
    )
    return (
        tr("{start} (taken as the start, as the data file states no baseline)", start=text)
        if start.origin == "first_actual"
        else text
    )


# ---------------------------------------------------------------- what that means


def _verdict(row: Row, target: Target) -> str:
    if "awaited" in row.flags:
        return tr("whether it is met cannot be said yet")
    if row.status == "missed":
        return _missed(row, target)
    if row.status in {"met", "exceeded"}:
        return _met(row, target)
    if row.status == "met_late":
        return tr("it was kept by then, which does not show that it was kept in time")
    if row.status == "unreported":
        return _unreported(row, target)
    if row.status == "not_assessable":
        return "" if _undecided(row) else tr("it cannot be said whether the target was met")
    if row.status == "open":
        return (
            tr("the data file names no deadline, and the target is not met")
            if row.satisfied is False
            else tr("the data file names no deadline")
        )
    return _under_way(row)


def _missed(row: Row, target: Target) -> str:
    if target.standing == "proposed":
        return tr("what was proposed was not reached")
    if _unsure(row):
        return tr("by that figure, which is not final, the target was missed")
    return tr("the target was missed for that period") if target.every else tr("the target was missed")


def _unsure(row: Row) -> bool:
    """Whether the figure may still be another one."""
    return bool({"provisional", "estimate"} & set(row.flags))


def _met(row: Row, target: Target) -> str:
    if target.standing == "proposed":
        return tr("what was proposed was reached") if row.final else tr("what was proposed is reached so far")
    if _unsure(row) and (row.past_due or target.every):
        return tr("the target was met by that figure, which is not final")
    if target.every:
        return tr("the target was met for that period")
    if target.due is None:
        return tr("the data file names no deadline, and the target is met")
    if row.status == "exceeded" and row.direction == "decrease":
        return (
            tr("the target was more than met")
            if row.final
            else tr("the target is more than met so far; its deadline has not passed")
        )
    if row.status == "exceeded":
        return (
            tr("the target was exceeded")
            if row.final
            else tr("the target is exceeded so far; its deadline has not passed")
        )
    return tr("the target was met") if row.final else tr("the target is met so far; its deadline has not passed")


def _undecided(row: Row) -> bool:
    """Whether the figure is too inexact, which has been said then."""
    allowed = row.judged.allowed if row.judged else None
    return row.bound is not None and allowed is not None and row.satisfied is None


def _unreported(row: Row, target: Target) -> str:
    judged = row.judged
    if judged is not None and judged.window is not None:
        return tr("without the missing figures it cannot be said whether the target was met")
    if target.every:
        if row.period:
            return tr(
                "the data file has no figure for {period}, so it cannot be said whether the target was met then",
                period=dates.named(row.period),
            )
        return tr("the data file has no newer figure, so it cannot be said whether the target is met now")
    due = dates.named(row.due) if row.due else ""
    if _undecided(row):
        return tr("the data file has no later figure")
    if row.shape == "milestone":
        return tr("the data file has no later answer, so it cannot be said whether it was reached by then")
    if judged is not None and row.due and row.due.contains(judged.newest.last):
        return tr(
            "the data file has no figure for the end of {period}, so it cannot be said whether the target was met",
            period=due,
        )
    return tr(
        "the data file has no figure for {period} or later, so it cannot be said whether the target was met", period=due
    )


def _under_way(row: Row) -> str:
    """The deadline lies ahead: the way so far, where a pace is known."""
    not_yet = tr("the deadline has not passed")
    if (
        row.status not in {"on_track", "behind", "off_track", "worsening"}
        or row.start is None
        or row.progress is None
        or row.elapsed is None
    ):
        return not_yet
    if row.progress < 0:
        return tr(
            "the deadline has not passed; the figure is further from the target than {start}",
            start=_value(row, row.start),
        )
    share, elapsed = (
        notation.percent(row.progress, met=row.progress >= 1),
        notation.percent(row.elapsed, met=row.elapsed >= 1),
    )
    if row.start.origin == "zero":
        return tr(
            "the deadline has not passed; {share} of the target was reached when {elapsed} of the time was used",
            share=share,
            elapsed=elapsed,
        )
    return tr(
        "the deadline has not passed; {share} of the way from {start} was covered when {elapsed} of the time was used",
        share=share,
        elapsed=elapsed,
        start=_value(row, row.start),
    )


# ---------------------------------------------------------------- what else must be said


def _caveats(row: Row, target: Target) -> Iterator[str]:
    if "disputed" in row.flags:
        yield from _disputes(row)
    if row.broken:
        yield tr(
            "the definition or the count of the figures changed along the series, so that older and newer ones do not compare directly"
        )
    if target.series_break:
        yield tr("the target is defined otherwise than those before it")
    if "met_at_start" in row.flags and row.start:
        yield tr("the start, {start}, satisfied the target already", start=_value(row, row.start))
    if "met_when_set" in row.flags:
        yield tr("when the target was set, the newest figure for the time before it already met it")
    yield from _others(row)
    yield from _revisions(row)
    if row.promise.source is None:
        yield tr("the data file names no source for the target")
    if row.status == "unreported":
        yield _searched(row)


def _caveats_in_short(row: Row, target: Target) -> Iterator[str]:
    """The rivals and what nothing else says in full, and a word for each of the rest."""
    if "disputed" in row.flags:
        yield from _disputes(row)
    yield from _others(row)
    if row.status == "unreported":
        yield _searched(row)
    words = [remark.text for remark in evidence.limits(row, without=_SAID)]
    if target.series_break:
        words.append(tr("defined otherwise than those before it"))
    if words:
        yield ", ".join(words)


_SAID = frozenset(
    {
        "late_figure",
        "partial",
        "inexact",
        "provisional",
        "estimate",
        "disputed",
        "undone",
        "awaited",
        "stale",
        "other_length",
        "noted",
    }
)
"""The flags that the clauses of a short sentence say in full."""


def _others(row: Row) -> Iterator[str]:
    """What is awaited, was undone or corrected, and how often and how long a standing promise was kept."""
    said = (
        why.awaited(row),
        why.undone(row),
        tr("a later total in the data file takes that back") if row.judged and row.judged.corrected else "",
        why.taken_back(row),
        why.kept(row),
        why.upcoming(row),
    )
    yield from (text for text in said if text)


def _revisions(row: Row) -> Iterator[str]:
    drafts = (
        [version for version in row.superseded if version.promise.standing == "proposed"]
        if row.promise.standing == "adopted"
        else []
    )
    before = row.before or (drafts[-1] if drafts else None)
    if before is not None:
        text = _with_origin(row.program, before, _asked(row, before, verb=True))
        yield (
            tr("what was proposed before is {target}", target=text)
            if before in drafts
            else tr("before, the target was {target}", target=text)
        )
    if row.promised.revised_after_due:
        late = row.promised.became
        if late is None:
            yield tr("the promise was changed after its deadline, and is judged here as it stood")
        else:
            yield tr(
                "the promise was changed after its deadline, to {target}, and is judged here as it stood",
                target=_with_origin(row.program, late, _asked(row, late, verb=True)),
            )


def _disputes(row: Row) -> Iterator[str]:
    """Each rival figure, with whose it is."""
    judged = row.judged.points if row.judged else ()
    alone = {point.period for point in judged}
    denied = row.judged.denied_by if row.judged else ()
    if denied:
        yield why.denied(row, denied)
    for figure in row.disputes:
        if figure in denied:
            continue
        value = notation.actual(figure, row.unit)
        said = (
            value
            if len(judged) == 1 and figure.period in alone
            else tr("{figure} {when}", figure=value, when=dates.when(figure.period))
        )
        yield (
            tr("{source} gives {figure}", source=_cited(row.program, figure), figure=said)
            if figure.actual.source
            else tr("another record, without a source, gives {figure}", figure=said)
        )


def _searched(row: Row) -> str:
    return (
        tr("the last search for figures was made {when}", when=dates.when(row.searched))
        if row.searched
        else tr("no search for figures is noted")
    )


def _silent_caveats(row: Row, target: Target) -> Iterator[str]:
    """What else must be said where there is no figure."""
    if target.series_break:
        yield tr("the target is defined otherwise than those before it")
    yield from _revisions(row)
    if row.promise.source is None:
        yield tr("the data file names no source for the target")
    yield from _others(row) if "awaited" in row.flags else (_searched(row),)


def _without_figure(row: Row, target: Target, text: str, caveats: _Caveats) -> Parts:
    """The file's own silence, which is nobody else's."""
    figure = _none(row, target, _name(row))
    further = (*why.not_counted(row), *(_silent_caveats if caveats is _caveats else caveats)(row, target))
    if row.past_due and "awaited" not in row.flags:
        return Parts(
            tr("{none}, so it cannot be said whether the target of {target} was met", none=figure, target=text),
            "",
            "",
            further,
        )
    verdict = (
        ""
        if row.past_due
        else tr("the deadline has not passed")
        if row.due
        else ""
        if target.every
        else tr("the data file names no deadline")
    )
    return Parts(figure, tr("the target is {target}", target=text), verdict, further)


def _none(row: Row, target: Target, name: str) -> str:
    if why.not_counted(row):
        return tr("the data file has no figure of {name} that counts for this target", name=name)
    if row.past_due and row.due is not None and not (target.begins and target.aggregate != "last"):
        return tr(
            "the data file has no figure of {name} for {period} or any other period",
            name=name,
            period=dates.named(row.due),
        )
    return tr("the data file has no figure of {name}", name=name)
