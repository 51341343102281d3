"""Sketch: an indicator as a table of targets gives it, settled as far as the table tells, and as the text of a program; what stays doubtful becomes a comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple, TypeAlias

from targettrack.language import tr
from targettrack.number import literal
from targettrack.period import Period, overlap
from targettrack.program.model import YES_NO, Actual, Direction, Pairs, Target, is_percent
from targettrack.program.names import fold
from targettrack.recording.aims import Bound, ToBeSet
from targettrack.recording.amounts import Amount
from targettrack.recording.written import key_of, line, period_of, remark, value_of
from targettrack.text import clean
from targettrack.wording import notation


class Cell(NamedTuple):
    """Where something stands in the table, and what it shows there."""

    address: str
    text: str


class Doubt(NamedTuple):
    """A cell whose figure stands in the program as a comment only, and why."""

    cell: Cell
    why: str


@dataclass(eq=False)
class Start:
    """A baseline: a number of a period, None where the table does not say of which; ``why`` it is only a comment, if it is."""

    value: Decimal
    percent: bool
    period: Period | None
    parts: Pairs
    cell: Cell
    note: str = ""
    why: str = ""

    @property
    def same(self) -> tuple[object, ...]:
        """By what two cells give one and the same baseline."""
        return self.value, self.period, self.parts


Promised: TypeAlias = Bound | ToBeSet | bool


@dataclass(eq=False)
class Aim:
    """A target: what is promised, by when, since when, and what else is said of it; ``remarks`` stand beside it as comments, ``why`` says why all of it is one."""

    promised: Promised
    cells: tuple[Cell, ...]
    by: Period | None = None
    set_on: Period | None = None
    parts: Pairs = ()
    start: Start | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    why: str = ""
    aggregate: str = ""

    @property
    def same(self) -> tuple[object, ...]:
        """By what two rows say one and the same target."""
        told = (self.said.get("source"), self.said.get("document"))
        return self.promised, self.by, self.set_on, self.parts, told, self.start.same if self.start else None

    @property
    def target(self) -> Target:
        """The target as far as it decides whether another one is a version of it."""
        return Target(value=Decimal(0), by=self.by, disaggregation=self.parts)


@dataclass(eq=False)
class Figure:
    """An actual figure, or an answer; ``why`` says why it is only a comment."""

    found: Amount | bool
    period: Period
    parts: Pairs
    cell: Cell
    said: Mapping[str, str] = field(default_factory=dict)
    quality: str | None = None
    why: str = ""


@dataclass(eq=False)
class Sketch:
    """An indicator, with all that a table says of it. ``directions`` are those that it says, each with the words for it; ``stated`` are the baselines by their parts, whether or not their periods are known; ``assumed`` is the direction that its format takes where nothing is said; one that a person has ``chosen`` is not held against its baselines."""

    id: str
    name: str
    unit: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    directions: dict[Direction, str] = field(default_factory=dict)
    assumed: Direction | None = None
    milestone: bool = False
    aims: list[Aim] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    direction: Direction | None = None
    chosen: bool = False
    asked: str = ""
    baseline: Start | None = None
    stated: dict[Pairs, Decimal] = field(default_factory=dict)

    @property
    def sound(self) -> list[Aim]:
        """The targets that are no comments."""
        return [aim for aim in self.aims if not aim.why]

    @property
    def doubts(self) -> Iterator[Doubt]:
        """The cells whose figures are comments only."""
        for aim in self.aims:
            yield from (Doubt(cell, aim.why) for cell in aim.cells if aim.why)
        yield from (Doubt(each.cell, each.why) for each in self.starts if each.why)
        yield from (Doubt(each.cell, each.why) for each in self.figures if each.why)


# ---------------------------------------------------------------- what a table tells together


def settle(sketch: Sketch, published: Period | None) -> None:
    """Decide the unit, the direction, the baseline and what stays a comment, where targets without a date of their own were ``published`` in the file."""
    _merge(sketch)
    _unit(sketch)
    _baseline(sketch)
    _versions(sketch, published)
    _direction(sketch)
    _twice(sketch)
    spans = {(each.period, each.parts) for each in sketch.figures}
    for aim in sketch.aims:
        long = aim.by is not None and aim.by.length > 12 and isinstance(aim.promised, Bound)
        aim.aggregate = "last" if long and (aim.by, aim.parts) in spans else ""


def _merge(sketch: Sketch) -> None:
    """Each target once, whichever rows repeat it."""
    found: dict[tuple[object, ...], Aim] = {}
    for aim in sketch.aims:
        first = found.setdefault(aim.same, aim)
        if first is not aim:
            first.cells += aim.cells
            first.remarks += [remark for remark in aim.remarks if remark not in first.remarks]
    sketch.aims = list(found.values())


_TWO_ANSWERS = frozenset(map(fold, (YES_NO, "y/n", "true/false", "có/không", "ja/nein", "oui/non")))


def _unit(sketch: Sketch) -> None:
    """What is answered yes or no, what is a percentage, and what does not go with it."""
    if sketch.milestone and not sketch.unit and _only_ones(sketch):
        _as_answers(sketch)
    if fold(sketch.unit) in _TWO_ANSWERS or any(aim.promised is True for aim in sketch.aims):
        sketch.unit = YES_NO
    elif not sketch.unit and any(_percent(each) for each in _all(sketch)):
        sketch.unit = "%"
        for each in _all(sketch):
            if _percent(each) is False:
                each.why = tr("written without a percent sign, which other figures of this indicator have")
    for each in _all(sketch):
        each.why = each.why or _misfit(each, sketch.unit)


def _all(sketch: Sketch) -> Sequence[Aim | Start | Figure]:
    return [*sketch.aims, *sketch.starts, *sketch.figures]


def _percent(each: Aim | Start | Figure) -> bool | None:
    """Whether something is written with a percent sign; None of what is no number."""
    found = each if isinstance(each, Start) else each.promised if isinstance(each, Aim) else each.found
    return None if isinstance(found, (bool, ToBeSet)) else found.percent


def _misfit(each: Aim | Start | Figure, unit: str) -> str:
    """Why something does not go with a unit; empty where it does."""
    if isinstance(each, Aim) and each.promised is False:
        return tr("a no promises nothing")
    if unit == YES_NO:
        answered = (
            each.promised is True
            if isinstance(each, Aim)
            else isinstance(each, Figure) and isinstance(each.found, bool)
        )
        return "" if answered else tr("a number, and this indicator is answered yes or no")
    if isinstance(each, Figure) and isinstance(each.found, bool):
        return tr("yes or no, and this indicator is measured in numbers")
    return (
        tr("a percentage, and this indicator is measured in {unit}", unit=unit)
        if _percent(each) and not is_percent(unit)
        else ""
    )


def _only_ones(sketch: Sketch) -> bool:
    """Whether a milestone is promised as 1, and never counted as anything but 0 and 1."""
    one, ends = Bound(Decimal(1), Decimal(1)), {Decimal(0), Decimal(1)}
    return (
        bool(sketch.aims)
        and all(aim.promised == one for aim in sketch.aims)
        and all(isinstance(each.found, Amount) and {each.found.low, each.found.high} <= ends for each in sketch.figures)
    )


def _as_answers(sketch: Sketch) -> None:
    """A milestone that is counted 0 and 1 as one that is answered no and yes."""
    for aim in sketch.aims:
        aim.promised = True
    for each in sketch.figures:
        each.found = isinstance(each.found, Amount) and each.found.low == 1
    sketch.remarks.append(tr("the table calls this a milestone, and counts it 0 or 1: taken for no and yes"))


def _baseline(sketch: Sketch) -> None:
    """The baseline of the indicator, where the table gives one; where it gives several, each target has its own."""
    for each in sketch.starts:
        sketch.stated.setdefault(each.parts, each.value)
        if each.period is None and not each.why:
            each.why = tr("the table does not say of which period this baseline is")
    sound = [each for each in sketch.starts if not each.why]
    whole = {each.same: each for each in reversed(sound) if not each.parts}
    if len(whole) == 1:
        sketch.baseline = next(iter(whole.values()))
    for aim in sketch.aims:
        if aim.start is not None and (aim.start.why or (aim.start.same in whole and len(whole) == 1)):
            aim.start = None
        elif aim.start is not None and not _before(aim.start, aim):
            aim.start.why = tr("this baseline does not lie before its target is due")
            aim.start = None
    used = {aim.start.same for aim in sketch.aims if aim.start} | set(whole if len(whole) == 1 else ())
    for each in sound:
        if each.same not in used and not each.why:
            each.why = tr("another baseline beside those of the targets")


def _before(start: Start, aim: Aim) -> bool:
    return aim.by is None or (start.period is not None and start.period.last < aim.by.last)


def _versions(sketch: Sketch, published: Period | None) -> None:
    """Targets due in one period, of which no date tells which one holds, are all left."""
    near: dict[object, list[Aim]] = {}
    for aim in sketch.sound:
        near.setdefault((aim.parts, aim.by and aim.by.last), []).append(aim)
    for one, other in (pair for several in near.values() for pair in combinations(several, 2)):
        if one.target.same_promise(other.target) and _alike(one.set_on or published, other.set_on or published):
            for aim in (one, other):
                aim.why = tr(
                    "several targets due then, and no date tells which one holds: give each its set_on, or an indicator of its own"
                )


def _alike(one: Period | None, other: Period | None) -> bool:
    return one is other if one is None or other is None else overlap(one, other)


def _direction(sketch: Sketch) -> None:
    """The direction that the table says and no figure contradicts; else all targets are comments, and a person is asked."""
    if sketch.unit == YES_NO:
        return
    sketch.direction, sketch.asked = _decided(sketch)
    for aim in sketch.sound if sketch.direction is None else ():
        aim.why = sketch.asked


def _decided(sketch: Sketch) -> tuple[Direction | None, str]:
    """The direction, or what to ask."""
    bounds = [aim for aim in sketch.aims if isinstance(aim.promised, Bound)]
    if len(sketch.directions) > 1:
        words = "; ".join(f"{direction}: {word}" for direction, word in sketch.directions.items())
        return None, tr("the table says more than one direction ({words})", words=words)
    ways = {way for aim in bounds if isinstance(aim.promised, Bound) and (way := _way(aim.promised))}
    stated = next(iter(sketch.directions), None)
    if (
        stated is None
        and sketch.assumed is None
        and len(ways) == 1
        and all(_way(aim.promised) for aim in bounds if isinstance(aim.promised, Bound))
    ):
        stated = next(iter(ways))
        sketch.remarks.append(tr('direction: the table gives a lowest figure ("at least")') if stated == "increase" else tr('direction: the table gives a highest figure ("at most")'))  # fmt: skip
    if stated is None and sketch.assumed is not None:
        return _assumed(sketch, bounds, ways)
    if stated is None:
        return None, tr("the table does not say which way is better") + _offer(sketch, bounds)
    against = _against(sketch, bounds, stated)
    if against and stated == "maintain":
        against += tr(
            ": increase is met by that number or more, decrease by that or less, maintain by that very number"
        )
    if against:
        return None, tr(
            "the table says {direction} ({word}), but {figures}",
            direction=stated,
            word=sketch.directions.get(stated, "…"),
            figures=against,
        )
    return stated, ""


def _assumed(sketch: Sketch, bounds: Sequence[Aim], ways: set[Direction]) -> tuple[Direction | None, str]:
    """What a format takes where nothing is said, if the figures say the same."""
    assumed = sketch.assumed
    agrees = (
        assumed is not None
        and not ways - {assumed}
        and bool(bounds)
        and all(_towards(sketch, aim) == assumed for aim in bounds)
    )
    if not agrees:
        return None, tr("the table does not say which way is better") + _offer(sketch, bounds)
    sketch.remarks.append(
        tr("direction: the file says nothing, which is a rise in its format, and every target lies above its baseline")
    )
    return assumed, ""


def _way(bound: Bound) -> Direction | None:
    """The direction in which a floor, or a ceiling, is met."""
    return "increase" if bound.high is None else "decrease" if bound.low is None else None


def _started(sketch: Sketch, aim: Aim) -> Decimal | None:
    """The baseline that serves a target."""
    start = aim.start or (sketch.baseline if not aim.parts else None)
    return start.value if start else sketch.stated.get(aim.parts)


def _towards(sketch: Sketch, aim: Aim) -> Direction | None:
    """On which side of its baseline all that a target allows lies; None on neither, or without one."""
    start = _started(sketch, aim)
    if start is None or not isinstance(aim.promised, Bound):
        return None
    low, high = aim.promised.low, aim.promised.high
    if low is not None and low > start:
        return "increase"
    return "decrease" if high is not None and high < start else None


def _offer(sketch: Sketch, bounds: Sequence[Aim]) -> str:
    """What the figures make likely."""
    sides = {_towards(sketch, aim) for aim in bounds}
    side = next(iter(sides)) if len(sides) == 1 else None
    if side == "increase":
        return tr("; every target lies above its baseline, as with increase")
    return tr("; every target lies below its baseline, as with decrease") if side == "decrease" else ""


_OPPOSITE: Mapping[Direction, Direction] = {"increase": "decrease", "decrease": "increase"}


def _against(sketch: Sketch, bounds: Sequence[Aim], stated: Direction) -> str:
    """What contradicts a direction; empty where nothing does."""
    for aim in bounds:
        if not isinstance(aim.promised, Bound):
            continue
        way = _way(aim.promised)
        if way is not None and way != stated:
            floor = tr("at least {text} is promised in {cell}", text=aim.cells[0].text, cell=aim.cells[0].address)
            ceiling = tr("at most {text} is promised in {cell}", text=aim.cells[0].text, cell=aim.cells[0].address)
            return floor if way == "increase" else ceiling
        side, start = _towards(sketch, aim), _started(sketch, aim)
        if start is not None and side is not None and side == _OPPOSITE.get(stated) and not sketch.chosen:
            first = aim.cells[0]
            if side == "decrease":
                return tr("the target {text} in {cell} lies below its baseline {start}", text=first.text, cell=first.address, start=literal(start))  # fmt: skip
            return tr("the target {text} in {cell} lies above its baseline {start}", text=first.text, cell=first.address, start=literal(start))  # fmt: skip
    return _moving(sketch, bounds, stated)


def _moving(sketch: Sketch, bounds: Sequence[Aim], stated: Direction) -> str:
    """Figures without a baseline that begin beyond every target and move towards it."""
    series = sorted((each for each in sketch.figures if not each.parts and isinstance(each.found, Amount) and not each.why), key=lambda each: each.period.last)  # fmt: skip
    whole = [aim for aim in bounds if not aim.parts]
    if (
        len(series) < 2
        or sketch.chosen
        or stated == "maintain"
        or not whole
        or any(_started(sketch, aim) is not None for aim in whole)
    ):
        return ""
    first, last = series[0].found, series[-1].found
    if not isinstance(first, Amount) or not isinstance(last, Amount):
        return ""
    falls, rises = last.high < first.low, last.low > first.high
    ends = [(low if low is not None else high, high if high is not None else low) for aim in whole if isinstance(aim.promised, Bound) for low, high in [aim.promised[:2]]]  # fmt: skip
    beyond = all(high < first.low for _, high in ends if high is not None) if stated == "increase" else all(low > first.high for low, _ in ends if low is not None)  # fmt: skip
    if beyond and (falls if stated == "increase" else rises):
        return tr(
            "the figures move the other way, from {first} to {last}, towards the target",
            first=series[0].cell.text,
            last=series[-1].cell.text,
        )
    return ""


def _twice(sketch: Sketch) -> None:
    """Different figures of one period and part are all left; the same one stands once."""
    found: dict[tuple[object, ...], list[Figure]] = {}
    for each in sketch.figures:
        if not each.why:
            found.setdefault((each.period, each.parts), []).append(each)
    for several in found.values():
        if len({each.found if isinstance(each.found, bool) else each.found[:3] for each in several}) > 1:
            for each in several:
                each.why = tr("different figures of one period in one table")
    kept = {id(several[0]) for several in found.values()}
    sketch.figures = [each for each in sketch.figures if each.why or id(each) in kept]


# ---------------------------------------------------------------- as text


def text_of(sketch: Sketch, source: str) -> Iterator[str]:
    """The lines of an indicator and its targets; what a person has to choose are comments that need no more than their ``#`` taken away."""
    yield ""
    yield f"[indicators.{sketch.id}]"
    yield line("name", sketch.name)
    yield line("unit", sketch.unit) if sketch.unit else f'# unit = "…"  # {tr("the table says none")}'
    if sketch.direction is not None:
        yield line("direction", sketch.direction)
    elif sketch.asked and sketch.aims:
        yield f'# direction = "?"  # {clean(tr("choose increase, decrease or maintain, and take the # away here and below: {why}", why=sketch.asked))}'  # fmt: skip
    yield from (line(key, text) for key, text in sketch.texts.items())
    if sketch.baseline is not None and sketch.unit != YES_NO:
        yield line("baseline", _start(sketch.baseline, source), sketch.baseline.cell.address)
    yield from _unsure_starts(sketch.starts)
    yield from map(remark, dict.fromkeys(sketch.remarks))
    for aim in sketch.aims:
        yield ""
        yield from _aim(sketch, aim, source)
    doubtful = [each for each in sketch.figures if each.why]
    if doubtful:
        yield ""
    yield from (_unsure_figure(each) for each in doubtful)


def _start(start: Start, source: str) -> dict[str, object]:
    found: dict[str, object] = {"period": start.period, "value": start.value, "source": source}
    return found | ({"note": start.note} if start.note else {})


def _unsure_starts(starts: Iterable[Start]) -> Iterator[str]:
    """Baselines that a person has to look at, each once."""
    found: dict[tuple[object, ...], list[Start]] = {}
    for each in starts:
        if each.why:
            found.setdefault((*each.same, each.why), []).append(each)
    for several in found.values():
        first = several[0]
        cells = ", ".join(each.cell.address for each in several)
        period = period_of(first.period) if first.period else "…"
        part = notation.part(first.parts)
        yield f"# baseline = {{ period = {period}, value = {literal(first.value)} }}  # {clean(f'{cells}{part}: {first.why}')}"


def _aim(sketch: Sketch, aim: Aim, source: str) -> Iterator[str]:
    lead = "# " if aim.why else ""
    cells = ", ".join(dict.fromkeys(each.address for each in aim.cells))
    yield f"{lead}[[indicators.{sketch.id}.targets]]  # {clean(cells)}"
    yield from (f"{lead}{each}" for each in _assignments(aim, source))
    if aim.by is None:
        yield remark(tr("no deadline: the table does not say by when"))
    yield from map(remark, dict.fromkeys(aim.remarks))
    if aim.why:
        yield remark(tr("it stands as a comment: {why}", why=aim.why))


def _assignments(aim: Aim, source: str) -> Iterator[str]:
    if aim.by is not None:
        yield line("by", aim.by)
    yield from _bound(aim.promised, ", ".join(dict.fromkeys(each.text for each in aim.cells)) if aim.why else "")
    if aim.aggregate:
        yield line("aggregate", aim.aggregate, tr("the figure of the whole span is judged"))
    yield from (f"disaggregation.{key_of(name)} = {value_of(text)}" for name, text in aim.parts)
    if aim.set_on is not None:
        yield line("set_on", aim.set_on)
    yield line("source", aim.said.get("source") or source)
    yield from (line(key, aim.said[key]) for key in ("document", "page", "quote", "note") if aim.said.get(key))
    if aim.start is not None:
        yield line("baseline", _start(aim.start, source), aim.start.cell.address)


def _bound(promised: Promised, text: str) -> Iterator[str]:
    """The keys of what is promised; behind one end of a bound stands the ``text`` that it had in the table, with its sign."""
    if isinstance(promised, ToBeSet):
        yield line("undetermined", True, promised.text)  # noqa: FBT003 - the value of the key
    elif isinstance(promised, bool):
        yield line("value", promised)
    else:
        low, high = promised.low, promised.high
        if low is not None and high is not None and low != high:
            yield line("range", (low, high))
        else:
            signed = None in {low, high} and any(not (sign.isdigit() or sign in "., %") for sign in text)
            yield line("value", low if low is not None else high, text if signed else "")
        if promised.strict:
            yield line("strict", True)  # noqa: FBT003 - the value of the key
        if promised.about:
            yield line("approx", "about")


def _unsure_figure(each: Figure) -> str:
    part = notation.part(each.parts)
    return remark(f"actual, {each.cell.address}: {each.cell.text}, {each.period}{part}: {each.why}")


def actual_of(sketch: Sketch, each: Figure, source: str) -> Actual:
    """A figure as an actual of its indicator."""
    figures: dict[str, Any] = {"value": each.found}
    if isinstance(each.found, Amount):
        low, high, approx = each.found[:3]
        figures = {"value": low, "approx": approx} if low == high else {"range": (low, high)}
    return Actual(
        indicator=sketch.id,
        period=each.period,
        disaggregation=each.parts,
        source=each.said.get("source") or source,
        cell=each.cell.address,
        note=each.said.get("note") or None,
        quality_=each.quality,  # type: ignore[arg-type]  # one of the three, by the mapping
        **figures,
    )
