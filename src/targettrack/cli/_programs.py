"""The way in: the programs that a command is asked for, the methods that judge them, and the day to judge by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import typer

from targettrack import registry
from targettrack.assessment import methods
from targettrack.errors import Exit, worst
from targettrack.language import now, tr

if TYPE_CHECKING:
    from targettrack.assessment.verdict import Method
    from targettrack.pages.methods import Rule
    from targettrack.program.model import Program
    from targettrack.program.shelf import Shelf, Unreadable


def day(on: str | None) -> date:
    """The day to judge by: the one that is asked for, or today."""
    from targettrack.cli import _days  # noqa: PLC0415 - completion and help judge nothing

    return _days.current() if on is None else _days.parsed(on)


def method(name: str) -> Method:
    """The method of that name."""
    known = registry.names(methods)
    if name not in known:
        from targettrack.errors import guessed  # noqa: PLC0415 - only a name that nobody knows needs it

        said = tr("no method {name}; known: {known}", name=name, known=", ".join(known))
        raise typer.BadParameter(guessed(said, name, known))
    from targettrack.assessment.cutpoints import NONE  # noqa: PLC0415 - completion and help judge nothing
    from targettrack.assessment.verdict import Method  # noqa: PLC0415 - completion and help judge nothing

    module = registry.module(methods, name)
    return Method(name, module.judge, getattr(module, "CUT_POINTS", NONE))


def rules() -> list[Rule]:
    """Every method with what it says of itself, as far as it does, the default one first."""
    from targettrack.assessment.cutpoints import NONE  # noqa: PLC0415 - completion and help judge nothing
    from targettrack.assessment.verdict import Method  # noqa: PLC0415 - completion and help judge nothing
    from targettrack.pages.methods import Rule  # noqa: PLC0415 - completion and help judge nothing

    found = []
    for name in sorted(registry.names(methods), key=lambda name: (name != "linear", name)):
        module = registry.module(methods, name)
        said = {
            key: getattr(module, key.upper())
            for key in ("question", "needs", "cut_points", "good", "bad", "labels", "source", "notes")
            if hasattr(module, key.upper())
        }
        found.append(Rule(name, Method(name, module.judge, getattr(module, "CUT_POINTS", NONE)), **said))
    return found


def shelf(targets: str | None, names: Sequence[str], on: date | None = None) -> Shelf:
    """The programs of these names in the targets folder, all of them for no names; their texts in the language that is spoken. Where they are only to be judged ``on`` a day, linked figures that cannot matter then may be left out."""
    from targettrack.store import load  # noqa: PLC0415 - completion and help judge nothing

    found = load.read(load.targets(targets), names, on)
    return replace(found, loaded=tuple(replace(entry, program=told(entry.program)) for entry in found.loaded))


def shelf_as_written(targets: str | None, names: Sequence[str]) -> Shelf:
    """The programs of these names as their files have them, in every language, all of them for no names."""
    from targettrack.store import load  # noqa: PLC0415 - completion and help judge nothing

    return load.read(load.targets(targets), names)


def told(program: Program) -> Program:
    """A program as its file says it in the language that is spoken; data have it as it is."""
    code = now()
    if code is None:
        return program
    from targettrack.program import translation  # noqa: PLC0415 - completion and help judge nothing

    return translation.told(program, code)


def units(program: Program) -> Mapping[str, str]:
    """The units of a program that it says otherwise in the language that is spoken."""
    code = now()
    if code is None:
        return {}
    from targettrack.program import translation  # noqa: PLC0415 - completion and help judge nothing

    return translation.units(program, code)


def unreadable_code(entries: Sequence[Unreadable], *, as_json: bool) -> Exit:
    """Say on stderr what could not be read; the exit code for it."""
    from targettrack.cli import _say  # noqa: PLC0415 - only what cannot be read needs it

    found = [problem for entry in entries for problem in entry.problems]
    _say.problems(found, as_json=as_json)
    return worst(*(problem.exit for problem in found))
