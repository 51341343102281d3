"""Raw: what a terminal or a page would obey, or hide, if it were written as it stands; and the addresses to which a link may lead."""

from __future__ import annotations

import re

from targettrack.language import tr

UNSAFE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, escapes, marks of direction, and whatever has no width or no sign of its own."""

_ADDRESS = re.compile(r"https?://[^\s/?#<>\"\\^`{|}]+[^\s<>\"\\^`{|}]*", re.IGNORECASE)


def unsafe_shown(text: str) -> str:
    """Text with every character that a terminal would obey, or hide, shown as ``<U+001B>``; spaces are kept."""
    return UNSAFE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


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
        return tr("`{key}` has no host, or signs that no address has: nothing links to it", key=key), tr("write a space as %20, and so on, as a browser copies it")
    return tr("`{key}` is no address of the web: nothing links to it", key=key), tr('write {key} = "https://…", or say in a note where it is', key=key)
