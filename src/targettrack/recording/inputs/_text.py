"""Text: the text of an input that is one."""

from __future__ import annotations

from targettrack.errors import Exit, failure
from targettrack.language import tr


def text_of(data: bytes, file: str) -> str:
    """The text of a file.

    Raises:
        TargettrackError: it is none (exit 4).

    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise failure(
            Exit.INVALID,
            "not-utf8",
            tr("this file is not UTF-8"),
            hint=tr("save it as UTF-8 (in a spreadsheet: CSV UTF-8)"),
            file=file,
        ) from None


def beginning(data: bytes) -> str:
    """How a file begins, as far as it is text."""
    return data[:65536].decode("utf-8-sig", errors="replace")
