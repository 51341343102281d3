"""Records: which pages are lists of records, for formats of one record a line."""

from __future__ import annotations

from targettrack import pages, registry


def shows(command: str) -> bool:
    """Whether a command's page, which stands in the module of its name, has records."""
    name = command.replace("_", "-")
    found = vars(registry.module(pages, name)).values() if name in registry.names(pages) else ()
    return any(getattr(each, "COMMAND", None) == command and hasattr(each, "records") for each in found)
