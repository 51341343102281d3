"""Lookup: what completion knows of the code: as it is written down, if nothing was put beside that since, else gathered anew."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FOLDERS = ("assessment/methods", "cli", "exchange", "formats", "languages", "recording/inputs", "topics/en")
"""Whose files are plug-ins: each found by its name, with nothing else to be changed."""


def listed() -> dict[str, tuple[str, ...]]:
    """The folders of plug-ins, each with its files as they are now."""
    package = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))  # noqa: PTH120 - without pathlib, which would take a tenth of the time
    return {folder: _files(os.path.join(package, *folder.split("/"))) for folder in _FOLDERS}  # noqa: PTH118 - as above


def _files(folder: str) -> tuple[str, ...]:
    return tuple(
        sorted(
            name
            for name in os.listdir(folder)  # noqa: PTH208 - as above
            if not name.startswith(("_", ".")) and not name.endswith(".po")
        )
    )


def known() -> dict[str, Any]:
    """Every command with its parameters, and the words that the code knows."""
    from targettrack.cli._completion.known import KNOWN  # noqa: PLC0415 - ``declared`` reads the folders alone

    if KNOWN["plug_ins"] == listed():
        return KNOWN
    from targettrack.cli._completion import declared  # noqa: PLC0415 - only a plug-in that is new needs it

    return declared.everything()
