"""Zipped: the XML parts of a workbook that is a zip, within limits that are looked at before any of it is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from xml.parsers import expat

from targettrack.errors import Exit, TargettrackError, failure
from targettrack.language import tr
from targettrack.recording.table import MOST_CELLS
from targettrack.regex import regex

MOST_ENTRIES = 10_000
MOST_BYTES = 256 * 2**20
"""So much all parts may be together, unpacked."""
MOST_OF_A_PART = 32 * 2**20
"""So much a part may be that is read as a whole."""
MOST_RATIO = 200
"""So many times its packed size a part may be; a sheet of a real workbook is 5 to 40 times as large."""
_SMALL = 2**20
"""A part of this size does no harm, however well it was packed."""
_MOST_OTHERS = 1_000_000
"""So many beginnings and ends of unknown elements may stand between two known ones: nobody forgets them in between."""
_LOCAL = regex(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_RUINS = (zipfile.BadZipFile, zlib.error, expat.ExpatError, ET.ParseError, EOFError, LookupError, ValueError)
"""What the standard library raises for bytes that are not what they claim; RuntimeError and its kin stand beside it where a part is read."""


def names(data: bytes) -> frozenset[str]:
    """The names of the parts of a zip, none where there is no zip; of one that breaks off, those that it has."""
    if not data.startswith(b"PK\x03\x04"):
        return frozenset()
    if data.count(b"PK\x01\x02") <= MOST_ENTRIES:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                return frozenset(parts.namelist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            pass
    return frozenset(
        data[found.end() : found.end() + int.from_bytes(found[1], "little")].decode("utf-8", "replace")
        for found in _LOCAL.finditer(data[: 2**24])
    )


def first_bytes(data: bytes, name: str, count: int) -> bytes:
    """How a part of a zip begins; nothing where there is none. A file that breaks off has at least its first part."""
    if name not in names(data):
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts, parts.open(name) as stream:
            return stream.read(count)
    except (*_RUINS, NotImplementedError, RuntimeError):
        found = _LOCAL.match(data)
        begin = found.end() + int.from_bytes(found[1], "little") if found else 0
        return data[begin : begin + count] if data[30:begin] == name.encode() else b""


def broken(file: str) -> TargettrackError:
    """What to say of a workbook that is damaged (exit 4)."""
    return failure(
        Exit.INVALID,
        "broken-workbook",
        tr("this workbook is damaged and cannot be read"),
        hint=tr("open it in a spreadsheet program and save it again, or get another copy of it"),
        file=file,
    )


def protected(file: str) -> TargettrackError:
    """What to say of a workbook that only a password opens (exit 4)."""
    return failure(
        Exit.INVALID,
        "protected-workbook",
        tr("this workbook is protected with a password"),
        hint=tr("open it in a spreadsheet program and save it without the password"),
        file=file,
    )


def too_large(file: str) -> TargettrackError:
    """What to say of a workbook that claims more than is read (exit 4)."""
    return failure(
        Exit.INVALID,
        "too-large",
        tr("this workbook is too large: more than {count} cells", count=f"{MOST_CELLS:,}"),
        hint=tr("copy the cells that have the figures into a new workbook"),
        file=file,
    )


class Zipped:
    """A zip that was found to be within the limits; its parts are XML without a document type."""

    def __init__(self, parts: zipfile.ZipFile, file: str) -> None:
        self.file = file
        self._parts = parts
        self.names = frozenset(parts.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        with self.part(name) as stream:
            return stream.read()

    def tree(self, name: str) -> Element:
        """A part as a whole; one that is missing is an empty element."""
        if name not in self:
            return Element("none")
        if self._parts.getinfo(name).file_size > MOST_OF_A_PART:
            raise unpacks_too_far(self.file)
        with self.part(name) as stream:
            return ET.parse(stream).getroot()  # noqa: S314 - it has no document type, so no entities

    def elements(self, name: str, known: Mapping[str, str]) -> Iterator[tuple[str, str, Element]]:
        """``start`` or ``end``, the name and the element, of those elements of a part that ``known`` names by their full names."""
        with self.part(name) as stream:
            others = 0
            for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - as above
                local = known.get(element.tag)
                if local is not None:
                    others = 0
                    yield event, local, element
                else:
                    others += 1
                    if others > _MOST_OTHERS:
                        raise unpacks_too_far(self.file)

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of a part from their beginning.

        Raises:
            TargettrackError: they are damaged, or have a document type (exit 4).

        """
        try:
            with self._parts.open(name) as stream:
                _no_document_type(stream, self.file)
            with self._parts.open(name) as stream:
                yield stream
        except TargettrackError:
            raise
        # NotImplementedError: a way of packing or a version that Python does not know; RuntimeError: a part with a password.
        except (*_RUINS, NotImplementedError, RuntimeError):
            raise broken(self.file) from None


def _no_document_type(stream: IO[bytes], file: str) -> None:
    """Refuse a part whose prolog declares a document type: only there entities can be declared. Any encoding is understood, as expat reads it."""
    parser = expat.ParserCreate()
    found: list[bool] = []
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    while not found and (chunk := stream.read(4096)):
        parser.Parse(chunk)
    if found and found[0]:
        raise failure(
            Exit.INVALID,
            "document-type",
            tr("this file declares a document type (DOCTYPE), which no workbook needs and which can do harm"),
            hint=tr("open it in a spreadsheet program and save it again, or get another copy of it"),
            file=file,
        )


@contextmanager
def opened(data: bytes, file: str) -> Iterator[Zipped]:
    """The parts of a zip.

    Raises:
        TargettrackError: it is damaged, protected or beyond the limits, or a part that is read while it is open is damaged (exit 4).

    """
    if data.count(b"PK\x01\x02") > 2 * MOST_ENTRIES:
        raise unpacks_too_far(file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _within_limits(parts.infolist(), file)
            yield Zipped(parts, file)
    except (*_RUINS, NotImplementedError, RecursionError):
        raise broken(file) from None


def _within_limits(entries: list[zipfile.ZipInfo], file: str) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise protected(file)
    if len({entry.filename for entry in entries}) < len(entries):
        raise broken(file)
    if (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > MOST_BYTES
        or any(entry.file_size > max(_SMALL, MOST_RATIO * entry.compress_size) for entry in entries)
    ):
        raise unpacks_too_far(file)


def unpacks_too_far(file: str) -> TargettrackError:
    """What to say of a workbook that would take far more memory than one of figures does (exit 4)."""
    return failure(
        Exit.INVALID,
        "too-large",
        tr("this workbook unpacks to far more than a workbook of figures does; it was not opened"),
        hint=tr("copy the cells that have the figures into a new workbook"),
        file=file,
    )
