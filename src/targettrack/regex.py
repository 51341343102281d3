"""Regex: regular expressions that are compiled when they are first used; each start of the program meets some sixty, or two hundred, and uses a few."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_ASKED = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")


class _Later:
    """A pattern that is not compiled yet; once it is, its methods are the compiled one's."""

    def __init__(self, source: Any, flags: int) -> None:  # noqa: ANN401 - str or bytes
        self._given = source, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        found = re.compile(*self._given)
        self.__dict__.update({each: getattr(found, each) for each in _ASKED})
        return getattr(found, name)


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern as ``re.compile`` makes it, when it is first used; to be used by its methods alone."""
    return cast("re.Pattern[AnyStr]", _Later(source, flags))
