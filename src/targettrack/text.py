"""Text: what a terminal or a page would obey, or hide, if it were written as it stands, made safe; its width, and its letters in ASCII; and the addresses to which a link may lead."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from targettrack.language import tr
from targettrack.regex import regex

NBSP = "\u00a0"

UNSAFE = regex(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, escapes, marks of direction, and whatever has no width or no sign of its own."""

_SPACES = regex("[ \t\r\n]+")
_ADDRESS = regex(r"https?://[^\s/?#<>\"\\^`{|}]+[^\s<>\"\\^`{|}]*", re.IGNORECASE)


def unsafe_shown(text: str) -> str:
    """Text with every character that a terminal would obey, or hide, shown as ``<U+001B>``; spaces are kept. What has no sign but those of ASCII, as most has, is as it is."""
    if text.isascii() and text.isprintable():
        return text
    return UNSAFE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def escaped(toml: str) -> str:
    """A line of TOML in which every character that a terminal would obey, or hide, stands as an escape: what it says is the same, and it shows it."""
    return UNSAFE.sub(_escape, toml)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def clean(text: str) -> str:
    """Text from a file on one line, with control, formatting and bidi characters shown as ``<U+001B>``, not obeyed."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return unsafe_shown(_SPACES.sub(" ", text).strip(" "))


def flowing(text: str) -> str:
    """The same of a part of a line: with the spaces at its ends."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return unsafe_shown(_SPACES.sub(" ", text))


def spaced(text: str) -> str:
    """A line of a file with its spaces kept, and every unsafe character shown; a tab is one space."""
    return unsafe_shown(text.replace("\t", " "))


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    from rich.cells import cell_len  # noqa: PLC0415 - only what is drawn in columns needs it

    return cell_len(text)


def line_shown(text: str, *, begins: bool = True) -> str:
    """A line, or a part of one, that neither a terminal obeys nor a machine that reads along: GitHub takes ``::error`` at the beginning, and ``##[error]`` anywhere, for a command."""
    shown = unsafe_shown(text).replace("##[", "#<U+0023>[")
    return re.sub(r"\A(\s*):(?=:)", r"\1<U+003A>", shown) if begins else shown


def is_address(text: str) -> bool:
    """Whether a link may lead there: an address of the web, without anything that ends a link early or hides in it."""
    return _ADDRESS.fullmatch(text) is not None and not UNSAFE.search(text)


def not_linked(key: str, text: str) -> tuple[str, str] | None:
    """Why no link leads to an address, and what to do; None where one does."""
    if is_address(text):
        return None
    if re.match(r"https?://", text, re.IGNORECASE):
        return tr("`{key}` has no host, or signs that no address has: nothing links to it", key=key), tr(
            "write a space as %20, and so on, as a browser copies it"
        )
    return tr("`{key}` is no address of the web: nothing links to it", key=key), tr(
        'write {key} = "https://…", or say in a note where it is', key=key
    )


def ascii_only(text: str) -> str:
    """Text for a terminal without Unicode: our signs in ASCII, groups of three joined, letters without their marks, everything else kept.

    No-break spaces stay until the line is printed, so that nothing is broken at them.
    """
    return unmarked(_GROUPS.sub("", text).translate(_ASCII))


_GROUPS = regex(f"(?<=\\d){NBSP}(?=\\d{{3}}(?!\\d))")
_ASCII = str.maketrans(
    {"≥": ">=", "≤": "<=", "–": "-", "×": "x", "“": '"', "”": '"', "’": "'", "‘": "'", "…": "...", "≈": "~", "·": "-"}
)
_STROKED = {"đ": "d", "Đ": "D"}


def unmarked(text: str) -> str:
    """Letters without the marks that ASCII has not: ``Dat`` for ``Đạt``; what is no letter is kept, so that no ``10³`` becomes 103."""
    return text if text.isascii() else "".join(map(_unmarked, text))


def _unmarked(letter: str) -> str:
    bare = "".join(part for part in normalize("NFKD", _STROKED.get(letter, letter)) if not combining(part))
    return bare if not bare or (bare.isascii() and bare.isalpha()) else letter
