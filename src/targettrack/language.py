"""Language: what is said to people, in the language of the reader. English is written where it is said; every other language has a catalogue in ``languages``.

Data are never translated: a command that writes them speaks English, before it reads the first file (``speak(None)``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

Catalogue = Mapping[str, str]

_catalogue: ContextVar[Catalogue | None] = ContextVar("catalogue", default=None)


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
    catalogue = _catalogue.get()
    return text if catalogue is None else catalogue.get(key, text)


def speak(catalogue: Catalogue | None) -> None:
    """Speak the language of a catalogue from here on; None is English."""
    _catalogue.set(catalogue)


@contextmanager
def spoken(catalogue: Catalogue | None) -> Iterator[None]:
    """Speak the language of a catalogue for a while; None is English."""
    before = _catalogue.set(catalogue)
    try:
        yield
    finally:
        _catalogue.reset(before)
