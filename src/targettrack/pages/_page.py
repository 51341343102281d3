"""Page: what every page is to a format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Protocol


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
