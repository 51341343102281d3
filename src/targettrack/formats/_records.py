"""Records: which pages are lists of records, for formats of one record a line."""

from __future__ import annotations

LISTED = frozenset({"status", "list", "show", "history"})
"""The commands whose pages are ``Listed``."""


def shows(command: str) -> bool:
    """Whether a command's page is a list of records."""
    return command in LISTED
