"""Matter: of very many figures, those that can matter to what is said of the promises of a program on a day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from targettrack.assessment import figures
from targettrack.assessment.figures import Publisher
from targettrack.assessment.judging import Asked, serves
from targettrack.assessment.promises import known_baseline
from targettrack.frozen import frozen
from targettrack.period import exactness
from targettrack.program.model import Actual, Indicator, Pairs, Program, Target
from targettrack.program.spelling import spelling

Group: TypeAlias = tuple[str, Pairs]
"""An indicator and a part of it, or () for the whole."""
Held: TypeAlias = Mapping[Group, int]
"""Which kinds of figures each group has: bit number n stands for the kind at place n."""


def chosen(program: Program, kinds: Sequence[Actual], held: Held, on: date) -> Held:
    """Of the figures of each group, those that its promises are judged by on a day, or that are named where there is none to judge.

    A kind is what figures share that have one period, one day of publication and of recording, and begin a new series or not; of each there is an
    example, in order of their last days. Whoever has the figures that are chosen, and no others, reads the same verdicts and the same sentences.

    Only where a promise is on one figure, of periods that are all as long, without a break, are a few days enough: the newest and the first one
    before and after each day that it names, of each publisher the last. In any doubt it is every figure of the group.
    """
    almanac = _almanac(program, kinds, on)
    found: defaultdict[Group, int] = defaultdict(int)
    by_indicator: defaultdict[str, dict[Pairs, int]] = defaultdict(dict)
    for (name, pairs), bits in held.items():
        by_indicator[name][pairs] = bits
    for name, parts in by_indicator.items():
        for pairs, bits in _of_indicator(almanac, name, parts):
            found[name, pairs] |= bits
    return found


def _of_indicator(almanac: _Almanac, name: str, parts: Mapping[Pairs, int]) -> Iterator[tuple[Pairs, int]]:
    """The figures of an indicator that matter, by part."""
    spelled: defaultdict[object, list[Pairs]] = defaultdict(list)
    for pairs in parts:
        spelled[spelling(pairs)].append(pairs)
    indicator, named = almanac.program.indicators[name], False
    for pairs, targets in almanac.program.targets.get(name, {}).items():
        alike = spelled[spelling(pairs)]
        days = almanac.days(indicator, targets, parts.get(pairs, 0)) if alike == [pairs] else None
        if days is not None:
            yield pairs, days
        else:
            yield from ((each, parts[each]) for each in alike)
            named = True
    if named:  # what has no figure names the other parts that have one
        yield from ((pairs, almanac.newest(bits)) for pairs, bits in parts.items())


@frozen()
class _Almanac:
    """The kinds of figures by what matters of them: each mask has the bits of those of which something is so."""

    program: Program
    on: date
    kinds: Sequence[Actual]
    lasts: Sequence[date]
    known: int
    breaks: int
    vague: int
    lengths: Mapping[object, int]
    published: Sequence[tuple[Publisher, tuple[int, int, int]]]

    def days(self, indicator: Indicator, targets: Sequence[Target], bits: int) -> int | None:
        """The kinds of the days that the promises on a part look at; None where that takes more than days."""
        known = bits & self.known
        lengths = [mask for mask in self.lengths.values() if mask & known]
        if len(lengths) != 1 or bits & (self.breaks | self.vague) or indicator.cumulative:
            return None
        example = self.kinds[known.bit_length() - 1]
        if not all(self._plain(indicator, target, example, known) for target in targets):
            return None
        found = 0
        for target in targets:
            found |= self._looked_at(indicator, target, known)
        if found and self._last(found) == self.lasts[_lowest(found)]:  # one figure alone is told from one of several
            found |= self._since(known, date.min) | self._until(known, date.max)
        return self._newest_of_each(self._whole(known, found))

    def newest(self, bits: int) -> int:
        """The kinds of the newest day that is known."""
        return self._whole(bits, self._until(bits & self.known, date.max))

    def _plain(self, indicator: Indicator, target: Target, example: Actual, known: int) -> bool:
        """Whether a promise is judged by one figure, which is surely there."""
        if target.aggregate != "last" or target.every or target.shape in {"milestone", "undetermined"}:
            return False
        asked = self._asked(indicator, target)
        baseline = indicator.baseline_of(target)
        first = self._since(known, baseline.period.last if baseline else date.min)
        until = date.max if asked.due is None or asked.past_due else asked.due.last
        return serves(asked, example.period) and bool(first) and self._last(first) <= until

    def _looked_at(self, indicator: Indicator, target: Target, known: int) -> int:
        """The figures around the days that a promise names: where its way begins, the newest that is due, the first after that, the newest as it was set."""
        due, baseline = target.due, known_baseline(indicator, target, self.program.sources, self.on)
        newest = self._until(known, due.last if due else date.max)
        found = newest | self._since(known, baseline.period.last if baseline else date.min)
        if due and due.ended(self.on) and not (newest and self._last(newest) == due.last):
            found |= self._since(known, due.last + timedelta(days=1))
        return found | self._until(known, target.set_on.first) if target.set_on else found

    def _asked(self, indicator: Indicator, target: Target) -> Asked:
        return Asked(target, indicator, self.program.year, self.on, None)

    def _last(self, bit: int) -> date:
        """The last day of the last kind."""
        return self.lasts[bit.bit_length() - 1]

    def _until(self, bits: int, day: date) -> int:
        """The newest kind that ends by a day, alone; 0 for none."""
        before = bits & ((1 << bisect_right(self.lasts, day)) - 1)
        return 1 << (before.bit_length() - 1) if before else 0

    def _since(self, bits: int, day: date) -> int:
        """The first kind that ends on a day or later, alone; 0 for none."""
        place = bisect_left(self.lasts, day)
        after = bits >> place << place
        return after & -after

    def _whole(self, bits: int, some: int) -> int:
        """Of the kinds of a group, those that end on a day on which one of ``some`` ends."""
        found = 0
        while some:
            day = self.lasts[_lowest(some)]
            mask = (1 << bisect_right(self.lasts, day)) - (1 << bisect_left(self.lasts, day))
            found |= bits & mask
            some &= ~mask
        return found

    def _newest_of_each(self, bits: int) -> int:
        """Of kinds that are known, those of each last day and publisher that were published last: what they revised is not looked at."""
        best: dict[tuple[date, Publisher], tuple[tuple[int, int, int], int]] = {}
        for place in places(bits):
            day, publisher, published = self.lasts[place], *self.published[place]
            newest, found = best.get((day, publisher), (published, 0))
            if published >= newest:
                best[day, publisher] = published, (found if published == newest else 0) | 1 << place
        return sum(found for _, found in best.values())


def places(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while bits:
        yield _lowest(bits)
        bits &= bits - 1


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _almanac(program: Program, kinds: Sequence[Actual], on: date) -> _Almanac:
    known = breaks = vague = 0
    published: list[tuple[Publisher, tuple[int, int, int]]] = []
    lengths: defaultdict[object, int] = defaultdict(int)
    for place, kind in enumerate(kinds):
        bit, when = 1 << place, figures.published(kind, program.sources)
        known |= bit if figures.known(kind, when, on) else 0
        breaks |= bit if kind.series_break else 0
        vague |= bit if figures.vague(when, on) else 0
        lengths[kind.period.measure] |= bit
        published.append((figures.publisher_of(kind, program.sources), exactness(when)))
    lasts = [kind.period.last for kind in kinds]
    return _Almanac(program, on, kinds, lasts, known, breaks, vague, lengths, published)
