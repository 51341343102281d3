"""Called: which indicator and which source of a program a table means, by an id, a name, a title or an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from unicodedata import combining, normalize

from targettrack.program import translation
from targettrack.program.model import Program
from targettrack.program.names import fold


class Called:
    """The names of a program's indicators and sources; a source that it has not is described by what the table calls it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.sources: dict[str, dict[str, Any]] = {}

    def indicator(self, text: str) -> str | None:
        """The id of the indicator that is called so, as the command line matches names; None for none, and for several."""
        if text in self.program.indicators:
            return text
        fits = self._indicators.get(fold(text), ()) if text else ()
        return fits[0] if len(fits) == 1 else None

    @cached_property
    def _indicators(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for id, indicator in self.program.indicators.items():
            for text in (id, indicator.name, *translation.texts(indicator, "name")):
                found.setdefault(fold(text), {})[id] = None
        return {text: tuple(ids) for text, ids in found.items() if text}

    def source(self, text: str) -> str:
        """The id of the source of this id, title, address or document; of none that is known a new one, which is kept in ``sources``."""
        known = self._documents.get(text) or self._documents.get(fold(text))
        if known is None:
            known = free(slug(text), {*self.program.sources, *self.sources})
            address = text.startswith(("http://", "https://"))
            self.sources[known] = {"title": text, **({"url": text} if address else {})}
            self._documents[text] = self._documents[fold(text)] = known
        return known

    @cached_property
    def _documents(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for id, each in self.program.sources.items():
            for text in (id, each.title, *translation.texts(each, "title"), each.url, each.archived, each.document):
                if text:
                    found.setdefault(text, id)
                    found.setdefault(fold(text), id)
        return found


_LONGEST = 48


def slug(text: str, otherwise: str = "source") -> str:
    """An id made of the words of a name, without their marks."""
    bare = normalize("NFKD", text.casefold().replace("đ", "d"))
    letters = "".join(
        letter if letter.isascii() and letter.isalnum() else " " for letter in bare if not combining(letter)
    )
    words: list[str] = []
    for word in letters.split():
        if words and len("-".join((*words, word))) > _LONGEST:
            break
        words.append(word)
    return "-".join(words)[:_LONGEST] or otherwise


def free(id: str, taken: Iterable[str]) -> str:
    """An id that nothing has yet: itself, or with a number behind it."""
    there = set(taken)
    number = 2
    found = id
    while found in there:
        found, number = f"{id}-{number}", number + 1
    return found
