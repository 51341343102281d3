"""Language: what is said to people, in the language of the reader. English is written where it is said; every other language has a catalogue of gettext in ``languages``.

Data are never translated: a command that writes them speaks English, before it reads the first file (``speak(None)``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

from targettrack.frozen import frozen

_ENGLISH = NullTranslations()
"""What says each text as it is written."""


@frozen(eq=True)
class Language:
    """A language that people read: its code, as ``vi``, and its catalogue; English needs none. A text that a catalogue lacks is said in English."""

    code: str
    catalogue: NullTranslations = _ENGLISH


_spoken: ContextVar[Language | None] = ContextVar("language", default=None)


def tr(text: str, /, **parts: object) -> str:
    """A sentence, or a part of one, in the language spoken; ``parts`` take the places named in braces.

    The text is written out where it is called, so that it is found for the catalogues.
    """
    said = _catalogue().gettext(text) if text else text  # gettext has the heading of a catalogue under the empty text
    return said.format(**parts) if parts else said


def tr_n(count: int, one: str, many: str, /, **parts: object) -> str:
    """What is said of one thing, or of another number of them; ``{count}`` is the number."""
    return _catalogue().ngettext(one, many, count).format(count=count, **parts)


def tr_as(sense: str, text: str, /, **parts: object) -> str:
    """A word that English has for several things, in one ``sense``, which the catalogue has as its context."""
    said = _catalogue().pgettext(sense, text)
    return said.format(**parts) if parts else said


def mark(text: str) -> str:
    """A text that is said elsewhere, through ``tr``, as it stands in a table of words."""
    return text


def _catalogue() -> NullTranslations:
    language = _spoken.get()
    return language.catalogue if language else _ENGLISH


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
