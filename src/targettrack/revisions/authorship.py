"""Authorship: which of a program's versions did what its newest one says otherwise than its oldest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from targettrack.frozen import frozen
from targettrack.program.model import Program

Key = tuple[object, ...]


@frozen(eq=True)
class Commit:
    """One commit: its hash, who wrote it, its committer's day in the committer's own zone, as ISO text (None where it does not tell them), and the commits that it followed.

    ``edge``: the history is cut off here, so that nobody knows what this commit did, and what others did before it.
    """

    hash: str
    author: str | None
    day: str | None
    parents: tuple[str, ...] = ()
    edge: bool = False

    @property
    def short(self) -> str:
        """The first letters of the hash, as git shows it."""
        return self.hash[:9]


class Keyed(Protocol):
    """One difference between two versions; ``key`` tells what it is about, in any pair of versions."""

    @property
    def key(self) -> Key:
        """What it is about."""


D = TypeVar("D", bound=Keyed)


class Becoming(Keyed, Protocol):
    """One difference between two versions, which tells a thing with what it said: ``key`` in the older one, ``became`` in the newer one."""

    @property
    def became(self) -> Key:
        """What it is about in the newer version."""


B = TypeVar("B", bound=Becoming)


def _steps(
    versions: Sequence[Program],
    made_from: Sequence[Sequence[int]],
    differ: Callable[[Program, Program], Iterable[D]],
    told_by: Callable[[D], Key],
) -> list[list[D]]:
    """What each version says otherwise than every one of those that it was made from; ``told_by`` tells one difference from another."""

    def step(place: int) -> list[D]:
        found = [list(differ(versions[older], versions[place])) for older in made_from[place]]
        others = [set(map(told_by, other)) for other in found[1:]]
        return [each for each in found[0] if all(told_by(each) in other for other in others)] if found else []

    return [step(place) for place in range(len(versions))]


@frozen(eq=True, slots=False)
class Blame(Generic[D]):
    """The versions of a program, the oldest first, and for each the places of those that it was made from; ``differ`` finds what a newer one says otherwise.

    A version did what it says otherwise than every one of those that it was made from.
    """

    versions: Sequence[Program]
    made_from: Sequence[Sequence[int]]
    differ: Callable[[Program, Program], Iterable[D]]

    @cached_property
    def steps(self) -> list[list[D]]:
        """What each version did."""
        return _steps(self.versions, self.made_from, self.differ, lambda each: each.key)

    @cached_property
    def since_first(self) -> list[set[Key]]:
        """What each version says otherwise than the oldest, by its keys."""
        return [{each.key for each in self.differ(self.versions[0], program)} for program in self.versions]

    def did(self, key: Key) -> list[int]:
        """The versions that did one thing, since it was last as it had been."""
        found: set[int] = set()
        seen: set[int] = set()
        waiting = [len(self.versions) - 1]
        while waiting:
            place = waiting.pop()
            seen.add(place)
            found |= {place for each in self.steps[place] if each.key == key}
            waiting += [
                older for older in self.made_from[place] if older not in seen and key in self.since_first[older]
            ]
        return sorted(found)


@frozen(eq=True, slots=False)
class Trace(Generic[B]):
    """As ``Blame``, where differences tell what each thing said: a thing is followed back through all that it said, to the version that brought it."""

    versions: Sequence[Program]
    made_from: Sequence[Sequence[int]]
    differ: Callable[[Program, Program], Iterable[B]]

    @cached_property
    def steps(self) -> list[list[B]]:
        """What each version says that none of those said that it was made from."""
        return _steps(self.versions, self.made_from, self.differ, lambda each: each.became)

    @cached_property
    def _by_became(self) -> list[dict[Key, list[Key]]]:
        """What each version made of what."""
        found: list[dict[Key, list[Key]]] = []
        for step in self.steps:
            found.append({})
            for each in step:
                found[-1].setdefault(each.became, []).append(each.key)
        return found

    @cached_property
    def _known(self) -> dict[int, set[Key]]:
        return {}

    def _says(self, place: int, key: Key) -> bool:
        """Whether a version says this, and the oldest does not."""
        if place not in self._known:
            self._known[place] = {each.became for each in self.differ(self.versions[0], self.versions[place])}
        return key in self._known[place]

    def did(self, change: B) -> list[int]:
        """The versions that made a thing what it is, since it was last as it had been. Which side of a merge had it is asked of both."""
        found: set[int] = set()
        seen: set[tuple[int, Key]] = set()
        waiting = [(len(self.versions) - 1, change.became)]
        while waiting:
            place, about = waiting.pop()
            if (place, about) in seen:
                continue
            seen.add((place, about))
            mine = self._by_became[place].get(about)
            found |= {place} if mine else set()
            older = self.made_from[place]
            before = {about} if mine is None else {key for key in mine if key not in {about, change.key}}
            waiting += [(one, key) for one in older for key in before if len(older) == 1 or self._says(one, key)]
        return sorted(found)

    def touched(self, about: Key) -> list[int]:
        """The versions that did anything whose key begins so."""
        return [place for place, step in enumerate(self.steps) if any(each.key[: len(about)] == about for each in step)]
