"""Weaknesses: what makes a sound program weak as evidence; each kind has a code, which a program may switch off with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from targettrack import softened
from targettrack.errors import nearest
from targettrack.program import Fault
from targettrack.weaknesses import documents, measured, promised
from targettrack.weaknesses._case import Case, Check

__all__ = ["CHECKS", "Case", "Check", "found"]

CHECKS: tuple[Check, ...] = (*documents.CHECKS, *promised.CHECKS, *measured.CHECKS)
"""Every kind of weakness."""

UNNEEDED = "unneeded-allow"


def found(case: Case) -> Iterator[Fault]:
    """Every weakness of a program, but for those that it allows; an allowance that allows nothing is one itself."""
    check = case.program.document.check_
    allowed = check.allow if check else {}
    known = {each.code for each in CHECKS} | softened.MEANS.keys()
    used: set[str] = set()
    for each in CHECKS:
        for fault in each.faults(case):
            if each.code in allowed:
                used.add(each.code)
            else:
                yield fault
    for code in allowed:
        loc = ("check", "allow", code)
        if code not in known:
            near = nearest(code, known)
            yield Fault(loc, UNNEEDED, f'there is no weakness "{code}"', f'did you mean "{near}"?' if near else "targettrack check --list has them all")
        elif code not in used | softened.MEANS.keys():
            yield Fault(loc, UNNEEDED, f'"{code}" is allowed, but does not occur', "delete the line")
