"""XML: the elements of a file, read without document types and entities, and only as deep as a person writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from targettrack.errors import TargettrackError
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.recording.inputs._refusal import refusal, wished
from targettrack.recording.table import Wishes

_DEEPEST = 40
_MOST = 2_000_000
"""So many elements may be kept of one branch."""


@frozen()
class Node:
    """An element: its name, its attributes, its text (without that of the elements in it), the line on which it begins, its language, and its elements.

    ``place`` is its number among the elements of its name that stand beside it, from 1. The language is that of the nearest ``xml:lang``, in small letters.
    """

    name: str
    attributes: Mapping[str, str]
    line: int
    place: int
    language: str
    children: list[Node] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, its spaces as one each."""
        return " ".join("".join(self.texts).split())

    def attribute(self, name: str) -> str:
        """The text of an attribute, without the spaces around it; empty where it is not there."""
        return self.attributes.get(name, "").strip()

    def all(self, name: str) -> list[Node]:
        """The elements of a name right in it."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Node | None:
        """The first element of a name right in it."""
        return next((child for child in self.children if child.name == name), None)


class _RefusedError(Exception):
    """What is wrong, said by a handler."""


@dataclass(slots=True)
class _Reading:
    """The elements that are open, of which those of a ``branch`` are kept, and the root and the branches that are whole."""

    parser: expat.XMLParserType
    branch: str
    kept: Mapping[int, frozenset[str]]
    done: list[Node] = field(default_factory=list)
    open: list[Node | None] = field(default_factory=list)
    counts: list[dict[str, int]] = field(default_factory=lambda: [{}])
    size: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= _DEEPEST:
            raise _RefusedError(tr("its elements lie more than {most} deep in each other", most=_DEEPEST))
        place = self.counts[-1][name] = self.counts[-1].get(name, 0) + 1
        self.counts.append({})
        self.open.append(self._node(name, attributes, place))

    def _node(self, name: str, attributes: dict[str, str], place: int) -> Node | None:
        above = self.open[-1] if self.open else None
        if self.open and (above is None or not self._wanted(name)):
            return None
        self.size += 1
        if self.size > _MOST:
            raise _RefusedError(tr("it has more than {most} elements in one place", most=_MOST))
        language = attributes.get("xml:lang", "").strip().casefold() or (above.language if above else "")
        node = Node(name, attributes, self.parser.CurrentLineNumber, place, language)
        if above is None:
            self.done.append(node)
        elif len(self.open) > 1:
            above.children.append(node)
        return node

    def _wanted(self, name: str) -> bool:
        """Whether an element is of a branch that is kept."""
        names = self.kept.get(len(self.open))
        return (name == self.branch) if len(self.open) == 1 else names is None or name in names

    def end(self, _name: str) -> None:
        node = self.open.pop()
        self.counts.pop()
        if node is not None and len(self.open) == 1:
            self.done.append(node)
            self.size = 1

    def text(self, text: str) -> None:
        node = self.open[-1] if self.open else None
        if node is not None and len(self.open) > 1:
            node.texts.append(text)


_CHUNK = 1 << 20


def branches(data: bytes, file: str, wishes: Wishes, branch: str, kept: Mapping[int, frozenset[str]]) -> Iterator[Node]:
    """The root of a file, without its elements, and then every element ``branch`` right in it, one after the other.

    ``kept`` are the names of the elements that are kept at a depth, 2 right in a branch; all where it says nothing of the depth.

    Raises:
        TargettrackError: it is no XML, is written in an encoding that is not read, or has a document type; with the line.

    """
    text = wished(data, file, wishes)
    found = data if text is None else text.encode("utf-8", errors="replace")
    parser = expat.ParserCreate(None if text is None else "utf-8")
    reading = _Reading(parser, branch, kept)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _no_types
    for at in range(0, len(found) or 1, _CHUNK):
        _feed(parser, found[at : at + _CHUNK], file, last=at + _CHUNK >= len(found))
        yield from reading.done
        reading.done.clear()


def _feed(parser: expat.XMLParserType, data: bytes, file: str, *, last: bool) -> None:
    try:
        parser.Parse(data, last)
    except _RefusedError as error:
        raise _refusal(file, tr("this XML is not read: {error}", error=error), parser.CurrentLineNumber) from None
    except expat.ExpatError as error:
        said = tr("this is not XML: {error}", error=expat.ErrorString(error.code))
        raise _refusal(file, said, error.lineno) from None
    except (LookupError, ValueError):
        raise _refusal(file, tr("this file is written in an encoding that is not read"), 1) from None


def _no_types(*_declared: object) -> None:
    raise _RefusedError(tr("it has a document type (DOCTYPE), which may name entities"))


def _refusal(file: str, message: str, line: int) -> TargettrackError:
    return refusal(file, "not-xml", message, tr("save it as XML in UTF-8, without a document type"), line)
