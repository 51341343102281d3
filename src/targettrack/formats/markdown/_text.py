"""Text in markdown: whatever a file says is shown, and nothing that a reader of markdown may make of it is done: no link, no mention, no sign, no formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from targettrack.regex import regex
from targettrack.text import clean, is_address

_BARE = r"[^\s`|\\<>(){}\[\]\"'“”‘’«»\ue000-\ue002]"
"""What may stand in a word that is obeyed; the last three are the marks of a source's name in a sentence."""

_OBEYED = regex(
    rf"(?:[A-Za-z][A-Za-z0-9+.-]{{0,30}}://|(?:www\.|mailto:|xmpp:)(?=\S)){_BARE}*(?<![.,;:!?])"  # addresses that are links without being marked as such
    rf"|{_BARE}{{0,40}}\${_BARE}*(?<![.,;:!?])"  # formulas
    r"|[\w.+-]{0,64}@(?=\w)[\w.+/@-]*(?<!\.)"  # mail addresses, and people who would be called
    r"|[\w./-]{0,99}[#!](?=\d)\w*|(?<![A-Za-z])GH-\d+"  # issues
    r"|[\w./-]{0,99}(?::[A-Za-z0-9_+-]+)+:[A-Za-z0-9_+-]*",  # signs by their names
    re.IGNORECASE,
)
"""What GitHub, GitLab and others obey although no sign of it can be escaped: they look for it in what has been rendered. It is shown as code, where nobody looks."""

_SIGNAL = regex(r"[@$]|[#!]\d|:\S|www\.|GH-", re.IGNORECASE)
"""Without one of these there is none of those."""

_SPECIAL = regex(r"[\\*_\[\]<>|~#&{}]")
_FIRST = regex(r"(?:[-+]|\d{1,9}(?=[.)]))(?=[.)]?(?:\s|\Z))|[=-]+(?=\s*\Z)")
"""How a text begins that would be a list, or make a heading of the line above it, where it began a line."""


def escaped(text: str) -> str:
    """Text that markdown shows as it is."""
    plain = clean(text)
    found, at = [], 0
    for match in _OBEYED.finditer(plain) if _SIGNAL.search(plain) else ():
        found += [_escaped(plain[at : match.start()]), f"`{match[0]}`"]
        at = match.end()
    whole = "".join((*found, _escaped(plain[at:]))).replace("``", "")
    first = _FIRST.match(whole)
    return whole if first is None else f"{first[0]}\\{whole[first.end() :]}" if first[0].isdigit() else f"\\{whole}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("`", "&#96;")


def link(url: str | None, name: str | None = None) -> str:
    """A link to an address, under a name or its own; what no link may lead to is shown as text. The name is escaped already."""
    if not url or not is_address(url):
        return name or escaped(url or "")
    scheme, mark, rest = url.partition("://")
    rest = re.sub(r":(?=[A-Za-z0-9_+-]+:)", "%3A", rest.replace("$", "%24"))
    address = re.sub(r"&(?=#?\w+;)", "&amp;", f"{scheme}{mark}{rest}")
    return f"[{name}](<{address}>)" if name else f"<{address}>"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """A table; the numbers of some columns stand to the right."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---:' if place in right else '---' for place in range(len(heads)))} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)
