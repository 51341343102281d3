"""Text: the text of an input that is one, in whatever coding it was saved."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import tr
from targettrack.recording.table import Wishes

if TYPE_CHECKING:
    from targettrack.recording.inputs._vietnamese import Font

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""The bytes that a text of a coding may begin with; those of UTF-32 begin with those of UTF-16."""


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


def sample(data: bytes) -> str:
    """How a file begins, in its coding as far as this shows at once: the letters of one byte may be others. Empty where it is no text."""
    head = data[:65536]
    coding, mark = _by_its_mark(head) or (_by_its_zeros(head), b"")
    if coding is None and b"\0" in head:
        return ""
    if coding:
        return head[len(mark) :].decode(coding, errors="ignore")
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as error:
        return head.decode("utf-8" if error.start > len(head) - 4 else "latin-1", errors="ignore")


def decoded(data: bytes, file: str, wishes: Wishes) -> tuple[str, str | None]:
    """The text of a file, and a sentence on how it was read where that is not plain UTF-8.

    Raises:
        TargettrackError: it is none, or can be read in two ways (exit 4).

    """
    if wishes.encoding:
        return _as_wished(data, file, wishes.encoding)
    coding, mark = _by_its_mark(data) or (_by_its_zeros(data[:65536]), b"")
    try:
        text = data[len(mark) :].decode(coding or "utf-8")
    except UnicodeDecodeError as error:
        if coding:
            raise _broken(file, coding, error) from None
        return _of_one_byte(data, file)
    name = coding if coding != "utf-8" else None
    return _of_old_font(text, file, None) or (
        text,
        tr("read as {encoding}", encoding=name.upper()[:6]) if name else None,
    )


def _by_its_mark(data: bytes) -> tuple[str | None, bytes] | None:
    return next(((coding, mark) for mark, coding, _ in _MARKS if data.startswith(mark)), None)


def _by_its_zeros(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is mostly zero, and hardly one of the others."""
    first, second = head[::2].count(0), head[1::2].count(0)
    few, many = sorted((first, second))
    if len(head) < 4 or many < len(head) * 0.15 or few > many * 0.05:
        return None
    return "utf-16-le" if second > first else "utf-16-be"


def _as_wished(data: bytes, file: str, encoding: str) -> tuple[str, str | None]:
    from targettrack.recording.inputs import _codepages, _legacy  # noqa: PLC0415 - most files are plain UTF-8

    font = _legacy.legacy((), file, encoding)
    if font:
        return _converted(_letters(data), font)
    try:
        name = codecs.lookup(encoding).name
        text = _codepages.text_in(data, name).removeprefix("\ufeff")
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise _broken(file, encoding, error) from None
        raise failure(
            Exit.INVALID,
            "unknown-encoding",
            tr("there is no encoding {encoding}", encoding=encoding),
            hint=tr("for instance utf-8, utf-16, windows-1258, windows-1252, tcvn3, vni"),
            file=file,
        ) from None
    return text, None if name == "utf-8" else tr("read as {encoding}", encoding=encoding)


def _letters(data: bytes) -> str:
    """A text that was typed for an old font: its letters are those of Latin-1, however they were saved."""
    coding, mark = _by_its_mark(data) or (_by_its_zeros(data[:65536]), b"")
    try:
        return data[len(mark) :].decode(coding or "utf-8")
    except UnicodeDecodeError:
        return _western(data)


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _of_one_byte(data: bytes, file: str) -> tuple[str, str | None]:
    from targettrack.recording.inputs import _codepages  # noqa: PLC0415 - most files are plain UTF-8

    if b"\0" in data:
        raise failure(
            Exit.INVALID, "not-text", tr("this file is no text"), hint=tr("save the table as CSV (UTF-8)"), file=file
        )
    found = _of_old_font(_western(data), file, None)
    if found:
        return found
    text, name = _codepages.told(data, file)
    return text, tr("read as {encoding}", encoding=name)


def _of_old_font(text: str, file: str, encoding: str | None) -> tuple[str, str] | None:
    if text.isascii():
        return None
    from targettrack.recording.inputs import _legacy  # noqa: PLC0415 - most files are plain letters

    font = _legacy.legacy((text,), file, encoding)
    return _converted(text, font) if font else None


def _converted(text: str, font: Font) -> tuple[str, str]:
    from targettrack.recording.inputs import _legacy  # noqa: PLC0415 - most files are plain letters

    return _legacy.converted(text, font), _legacy.said(font)


def _broken(file: str, encoding: str, error: UnicodeDecodeError) -> TargettrackError:
    return failure(
        Exit.INVALID,
        "wrong-encoding",
        tr("this file is not {encoding}: byte {place} stands for no letter", encoding=encoding, place=error.start + 1),
        hint=tr("say another encoding, or save it as UTF-8 (in a spreadsheet: CSV UTF-8)"),
        file=file,
    )
