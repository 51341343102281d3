"""Language: what is said to people, in the language of the reader. English is written where it is said; every other language has a catalogue in ``languages``.

Data are never translated: a command that writes them speaks English, before it reads the first file (``speak(None)``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

Catalogue = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Language:
    """A language that people read: its code, as ``vi``, and its catalogue; English needs none."""

    code: str
    catalogue: Catalogue = field(default_factory=dict)


_spoken: ContextVar[Language | None] = ContextVar("language", default=None)


def tr(text: str, /, **parts: object) -> str:
    """A sentence, or a part of one, in the language spoken; ``parts`` take the places named in braces.

    The text is written out where it is called, so that a test can compare the catalogues with what is said.
    """
    said = _found(text, text)
    return said.format(**parts) if parts else said


def tr_n(count: int, one: str, many: str, /, **parts: object) -> str:
    """What is said of one thing, or of another number of them; ``{count}`` is the number."""
    text = one if count == 1 else many
    return _found(text, text).format(count=count, **parts)


def tr_as(sense: str, text: str, /, **parts: object) -> str:
    """A word that English has for several things, in one ``sense``: the catalogue has it as ``text [sense]``."""
    said = _found(f"{text} [{sense}]", text)
    return said.format(**parts) if parts else said


def mark(text: str) -> str:
    """A text that is said elsewhere, through ``tr``, as it stands in a table of words."""
    return text


def _found(key: str, text: str) -> str:
    language = _spoken.get()
    return text if language is None else language.catalogue.get(key, text)


def now() -> str | None:
    """The code of the language that a person is spoken to in; None where data are written."""
    language = _spoken.get()
    return language.code if language else None


def speak(language: Language | None) -> None:
    """Speak a language from here on; None is the English of data."""
    _spoken.set(language)


@contextmanager
def spoken(language: Language | None) -> Iterator[None]:
    """Speak a language for a while; None is the English of data."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)
