"""Names: which program or indicator a person means, and what may have been meant where there is none of that name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from targettrack.errors import Exit, either, failure, nearest
from targettrack.language import mark, tr
from targettrack.program import translation
from targettrack.program.model import Program
from targettrack.program.shelf import Shelf

PROGRAMS, INDICATORS = mark("programs: {ids}"), mark("indicators: {ids}")
"""What there is, as ``suggestion`` says it."""


def chosen(shelf: Shelf, names: Sequence[str]) -> Shelf:
    """The programs of these names on a shelf, in this order, each once.

    Raises:
        TargettrackError: a name fits no program, or several (exit 3).

    """
    ids = [match(shelf, name) for name in names]
    order = {id: place for place, id in reversed(list(enumerate(ids)))}
    loaded = sorted(
        (entry for entry in shelf.loaded if entry.program.id in order), key=lambda entry: order[entry.program.id]
    )
    return Shelf(shelf.folder, tuple(loaded), tuple(entry for entry in shelf.unreadable if entry.id in order))


def match(shelf: Shelf, name: str) -> str:
    """The id of the program that a person means by ``name``.

    Raises:
        TargettrackError: none, or several (exit 3); a near miss is suggested, never taken.

    """
    wanted = fold(name)
    known = {
        entry.program.id: {
            fold(entry.program.id),
            *map(fold, entry.program.header.aliases),
            *map(fold, translation.names(entry.program)),
        }
        for entry in shelf.loaded
    }
    known |= {entry.id: {fold(entry.id)} for entry in shelf.unreadable}
    fits = alike(known, name) or [id for id, texts in known.items() if wanted in texts]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise failure(
            Exit.NOT_FOUND,
            "ambiguous-program",
            tr('"{name}" may mean {ids}', name=name, ids=either(sorted(fits))),
            hint=tr("write the id"),
        )
    hint = suggestion(
        name, known, PROGRAMS, tr("{folder} holds no programs; targettrack new PROGRAM adds one", folder=shelf.folder)
    )
    raise failure(
        Exit.NOT_FOUND,
        "no-such-program",
        tr('no program "{name}" in {folder}', name=name, folder=shelf.folder),
        hint=hint,
    )


def match_indicator(program: Program, name: str) -> str:
    """The id of the indicator that a person means by ``name``.

    Raises:
        TargettrackError: none (exit 3); a near miss is suggested, never taken.

    """
    fits = alike(program.indicators, name)
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise failure(
            Exit.NOT_FOUND,
            "ambiguous-indicator",
            tr('"{name}" may mean {ids}', name=name, ids=either(fits)),
            hint=tr("write the id"),
            file=program.file,
        )
    hint = suggestion(
        name,
        list(program.indicators),
        INDICATORS,
        tr("this program has no indicators yet: add [indicators.ID] to its file first"),
    )
    raise failure(
        Exit.NOT_FOUND,
        "no-such-indicator",
        tr('{program} has no indicator "{name}"', program=program.id, name=name),
        hint=hint,
        file=program.file,
    )


def alike(ids: Iterable[str], name: str) -> list[str]:
    """The ids that a person may mean: the one that is written so, else those that differ in case, marks or hyphens."""
    known = list(ids)
    return [id for id in known if id == name] or [id for id in known if fold(id) == fold(name)]


def suggestion(given: str, known: Iterator[str] | Sequence[str] | dict[str, Any], what: str, otherwise: str) -> str:
    """What a person may have meant, else what there is (in the words of ``what``)."""
    ids = sorted(known)
    by_fold = {fold(id): id for id in reversed(ids)}
    near = nearest(fold(given), by_fold, likeness=0.5)
    if near is not None:
        return tr('did you mean "{name}"?', name=by_fold[near])
    return tr(what, ids=f"{', '.join(ids[:20])}{' …' if len(ids) > 20 else ''}") if ids else otherwise


def fold(text: str) -> str:
    """Text as it is matched: without case, marks, spaces and hyphens; đ is d."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if letter.isalnum())
