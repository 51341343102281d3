"""Weaknesses: what makes a sound program weak as evidence; each kind has a code, which a program may switch off with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from targettrack.errors import nearest
from targettrack.language import tr
from targettrack.pages.check import softened
from targettrack.pages.check.weaknesses import documents, entered, measured, promised
from targettrack.pages.check.weaknesses._case import Case, Check
from targettrack.program.model import Fault

__all__ = ["CHECKS", "Case", "Check", "found"]

CHECKS: tuple[Check, ...] = (*documents.CHECKS, *promised.CHECKS, *entered.CHECKS, *measured.CHECKS)
"""Every kind of weakness."""

UNNEEDED = "unneeded-allow"


def found(case: Case) -> Iterator[Fault]:
    """Every weakness of a program, but for those that it allows; an allowance that allows nothing is one itself."""
    check = case.program.document.check_
    allowed = check.allow if check else {}
    known = {each.code for each in CHECKS if each.severity == "warning"} | softened.MEANS.keys()
    used: set[str] = set()
    for each in CHECKS:
        for fault in each.faults(case):
            if each.code in allowed and each.severity == "warning":
                used.add(each.code)
            else:
                yield fault
    unneeded = list(
        _unneeded([code for code in allowed if code not in used | softened.MEANS.keys() | {UNNEEDED}], known)
    )
    if UNNEEDED not in allowed:
        yield from unneeded
    elif not unneeded:
        yield _spare(UNNEEDED)


def _unneeded(codes: Sequence[str], known: AbstractSet[str]) -> Iterator[Fault]:
    """The allowances that allow nothing."""
    for code in codes:
        if code in known:
            yield _spare(code)
        else:
            near = nearest(code, known) if len(code) < LONGEST else None
            hint = tr('did you mean "{near}"?', near=near) if near else tr("targettrack check --list has them all")
            yield Fault(
                ("check", "allow", code), UNNEEDED, tr('there is no weakness "{code}"', code=code), hint, at_key=True
            )


LONGEST = 40
"""Nobody means a code by a longer word."""


def _spare(code: str) -> Fault:
    return Fault(
        ("check", "allow", code),
        UNNEEDED,
        tr('"{code}" is allowed, but does not occur', code=code),
        tr("delete the line"),
        at_key=True,
    )
