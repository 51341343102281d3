"""Page: what every page is to a format, and lists that are made as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

_Of = TypeVar("_Of")
_Made = TypeVar("_Made")


class Page(Protocol):
    """What a command shows. ``COMMAND`` is its name, by which a format finds the module that draws it."""

    COMMAND: ClassVar[str]

    def document(self) -> Mapping[str, Any]:
        """All of it for scripts, by the contract."""


class Listed(Page, Protocol):
    """A page that is also a list of records, for formats of one record a line; ``EXACT`` where its texts are such as can be read back as they are."""

    EXACT: ClassVar[bool]

    def records(self) -> Iterable[Mapping[str, Any]]:
        """The records."""

    @staticmethod
    def record() -> type:
        """The typed dictionary that each of them is."""


class Each(Sequence[_Made], Generic[_Of, _Made]):
    """A list that makes each of its entries when it is asked for: of twenty thousand tables one is in memory."""

    def __init__(self, make: Callable[[_Of], _Made], of: Sequence[_Of]) -> None:
        self._make, self._of = make, of

    def __iter__(self) -> Iterator[_Made]:
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
