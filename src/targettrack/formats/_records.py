"""Records: which pages are lists of records, for formats of one record a line."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec


def shows(command: str) -> bool:
    """Whether a command's page, which stands in the module of its name, has records."""
    name = f"targettrack.pages.{command}"
    if find_spec(name) is None:
        return False
    return any(
        getattr(each, "COMMAND", None) == command and hasattr(each, "records")
        for each in vars(import_module(name)).values()
    )
