"""Each: lists that are made as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, cast

_Of = TypeVar("_Of")
_Made = TypeVar("_Made")


class Each(Sequence[Any]):
    """A list that makes each of its entries when it is asked for: of twenty thousand tables one is in memory."""

    def __init__(self, make: Callable[[Any], object], of: Sequence[Any]) -> None:
        self._make, self._of = make, of

    def __iter__(self) -> Iterator[Any]:
        """The entries, made anew."""
        return map(self._make, self._of)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._of)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401
        """One entry, or those of a slice, made anew."""
        return Each(self._make, self._of[place]) if isinstance(place, slice) else self._make(self._of[place])


def each(make: Callable[[_Of], _Made], of: Sequence[_Of]) -> list[_Made]:
    """The list of what is made of each, which is made only when it is written."""
    return cast("list[_Made]", Each(make, of))
