"""Frozen: classes whose instances are never changed once they are made.

mypy holds that, as it does of frozen dataclasses; Python itself need not: its own freezing takes two and a half times as long for every instance,
and twice as long for every class, of which each start of the program makes a hundred.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, eq_default=False, field_specifiers=(field,))
def frozen(*, eq: bool = False, kw_only: bool = False, slots: bool = True) -> Callable[[type[_T]], type[_T]]:
    """A dataclass of values: its fields are set once, by ``__init__``.

    ``eq``: two are equal, and have one hash, if all their fields are; else each is equal to itself alone. ``slots``: it has no other attributes, so no cached ones.
    """
    return dataclass(eq=eq, unsafe_hash=eq, repr=False, kw_only=kw_only, slots=slots)
