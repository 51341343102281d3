"""px: PC-Axis and PX-Web, the files of the Nordic offices and many others: keywords with texts, and figures behind ``DATA=``."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from targettrack import number
from targettrack.errors import TargettrackError
from targettrack.language import tr, tr_n
from targettrack.recording.inputs import _cube
from targettrack.recording.inputs._cube import Cube, Dimension, Role
from targettrack.recording.inputs._refusal import in_encoding, refusal, wished
from targettrack.recording.table import Book, Value, Wishes
from targettrack.regex import regex

ENDINGS = (".px",)

_FIRST = regex(
    rb"(?:\xef\xbb\xbf)?\s*(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|LANGUAGES|CREATION-DATE|DEFAULT-GRAPH|DECIMALS|SHOWDECIMALS|MATRIX"
    rb"|SUBJECT-AREA|SUBJECT-CODE|COPYRIGHT|DESCRIPTION|TITLE|CONTENTS|STUB|HEADING|NEXT-UPDATE|PX-SERVER|DIRECTORY-PATH|TABLEID)"
    rb'\s*(?:\[[\w-]+\])?\s*=\s*[^\n;]*(?:"|;)',
    re.IGNORECASE,
)


def begins(data: bytes) -> int:
    """How surely a file is one of PC-Axis: 3 where its first words are a keyword and a text, and the names of its dimensions follow."""
    head = data[:65536]
    return 3 if _FIRST.match(head) and re.search(rb"\b(?:STUB|HEADING)\s*(?:\[[\w-]+\])?\s*=", head) else 0


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The cube of a file, with a row a value, in the language of the file.

    Raises:
        TargettrackError: the file is cut off, its values do not fit its dimensions, or nothing says how its letters are written.

    """
    text, said = _text(data, file, wishes)
    table = _table(text, file)
    cube, missing = _cube_of(table, file)
    found = _cube.mapping(cube) | ({"missing": missing} if missing else {}) | _source(table)
    return Book((_cube.sheet(cube, file, "DATA"),), (*said, *_said(table, cube, missing)), found)


_PAGE = regex(rb'^\s*CODEPAGE\s*=\s*"([\w.:-]+)"', re.IGNORECASE | re.MULTILINE | re.ASCII)
_CHARSET = regex(rb'^\s*CHARSET\s*=\s*"?ANSI"?', re.IGNORECASE | re.MULTILINE)
_LANGUAGE = regex(rb'^\s*LANGUAGE\s*=\s*"([\w-]+)"', re.IGNORECASE | re.MULTILINE | re.ASCII)
_WESTERN = frozenset(("da", "de", "en", "es", "fi", "fr", "is", "it", "nb", "nl", "nn", "no", "pt", "sv"))
"""Languages for which Windows has the page 1252."""


def _text(data: bytes, file: str, wishes: Wishes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and in which encoding it was read where the file does not say so."""
    text = wished(data, file, wishes)
    if text is not None or data.isascii():
        return text if text is not None else data.decode("ascii"), ()
    head = data[:65536]
    if page := _PAGE.search(head):
        return in_encoding(data, file, _codec(page[1].decode("ascii"), data)), ()
    return _guessed(data, head, file)


def _codec(page: str, data: bytes) -> str:
    """The codec of a page, as a file names it; a file in Latin 1 that has letters of Windows is one of Windows."""
    name = f"cp{page}" if page.isdigit() else page
    try:
        latin = codecs.lookup(name).name == "iso8859-1"
    except (LookupError, ValueError):
        return name
    return "cp1252" if latin and re.search(rb"[\x80-\x9f]", data) else name


def _guessed(data: bytes, head: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file that has no code page: UTF-8 where it is that, the page of Windows where a language of Western Europe says so."""
    try:
        return data.decode("utf-8-sig"), (tr("read as {encoding}; the file does not say it", encoding="UTF-8"),)
    except UnicodeDecodeError:
        language = _LANGUAGE.search(head)
    western = language is None or language[1].decode("ascii").casefold()[:2] in _WESTERN
    if _CHARSET.search(head) and western:
        said = tr("read as {encoding}; the file does not say it", encoding="Windows-1252")
        return in_encoding(data, file, "cp1252"), (said,)
    raise refusal(
        file,
        "bad-encoding",
        tr("nothing in this file says how its letters are written: it has no CODEPAGE"),
        tr("name the encoding: an old file of DOS is cp850 or cp437, one of Windows cp1252, cp1257 or cp1258"),
    )


class _Statement(NamedTuple):
    """What a keyword says: in which language (empty: that of the file), of which variable and value, and the text behind ``=``."""

    key: str
    language: str
    of: tuple[str, ...]
    value: str
    line: int


class _Table(NamedTuple):
    """What a file says: statements by keyword and by what they are of, in its language, and the text of its figures."""

    statements: Mapping[tuple[str, tuple[str, ...]], _Statement]
    data: str

    def texts(self, key: str, *of: str) -> list[str]:
        """The texts of a keyword; empty where it is not there."""
        found = self.statements.get((key, of))
        return _texts(found.value) if found else []

    def text(self, key: str, *of: str) -> str:
        """The text of a keyword; empty where it is not there."""
        return "".join(self.texts(key, *of)[:1])

    def keys(self, key: str) -> list[tuple[str, ...]]:
        """All that a keyword is said of."""
        return [of for name, of in self.statements if name == key]


_KEYWORD = regex(
    r'\s*([A-Za-z][A-Za-z0-9_-]*)\s*(?:\[([^\]"]*)\])?\s*(\(\s*"[^"]*"(?:\s*,\s*"[^"]*")*\s*\))?\s*=', re.ASCII
)
_VALUE = regex(r'(?:[^";]++|"[^"]*+")*+')
_QUOTED = regex(r'"([^"]*)"')
_PIECE = regex(r'"([^"]*)"|(,)|([^\s,"]+)')


def _texts(value: str) -> list[str]:
    """The texts of a list; those with no comma between them, which stand on several lines, are one."""
    found: list[str] = []
    joined = False
    for quoted, comma, bare in _PIECE.findall(value):
        if not comma and joined:
            found[-1] += quoted or bare
        elif not comma:
            found.append(quoted or bare)
        joined = not comma
    return found


def _table(text: str, file: str) -> _Table:
    at, line, counted = 0, 1, 0
    found: list[_Statement] = []
    while True:
        start = _KEYWORD.match(text, at)
        begun = start.start(1) if start else len(text) - len(text[at:].lstrip())
        line, counted = line + text.count("\n", counted, begun), begun
        if start is None:
            raise _broken(file, tr("this file has no figures: the keyword DATA does not follow"), line)
        if start[1].upper() == "DATA":
            return _Table(_in_language(found, file), _figures_of(text, start.end(), file))
        value = _VALUE.match(text, start.end())
        at = value.end() if value else start.end()
        if text[at : at + 1] != ";":
            raise _broken(file, tr("the keyword {key} does not end with a semicolon", key=start[1]), line)
        of = tuple(_QUOTED.findall(start[3] or ""))
        found.append(_Statement(start[1].upper(), start[2] or "", of, value[0] if value else "", line))
        at += 1


def _broken(file: str, message: str, line: int | None = None) -> TargettrackError:
    return refusal(file, "not-px", message, tr("ask for the file anew where it comes from"), line)


def _figures_of(text: str, at: int, file: str) -> str:
    """What stands between ``DATA=`` and the semicolon that ends the file; some offices leave it out, and without it, and without a space behind the last figure, that may be cut off."""
    data = text[at:].rstrip("\x1a\x00")
    bare = data.rstrip()
    if not bare.endswith(";") and bare == data:
        raise _broken(file, tr("the figures of this file do not end with a semicolon: it is cut off"))
    return bare.removesuffix(";")


def _in_language(statements: Sequence[_Statement], file: str) -> dict[tuple[str, tuple[str, ...]], _Statement]:
    """The statements in the language of the file, each once."""
    language = next(("".join(_texts(each.value)[:1]) for each in statements if each.key == "LANGUAGE"), "")
    found: dict[tuple[str, tuple[str, ...]], _Statement] = {}
    for each in statements:
        if each.language not in {"", language}:
            continue
        if (each.key, each.of) in found and each.key in _NEEDED:
            raise _broken(file, tr("the keyword {key} stands twice", key=each.key), each.line)
        found[each.key, each.of] = each
    return found


_NEEDED = frozenset({"STUB", "HEADING", "VALUES", "CODES", "TIMEVAL", "CONTVARIABLE", "UNITS"})


def _cube_of(table: _Table, file: str) -> tuple[Cube, list[str]]:
    """The cube, and the signs that stand for no figure in it."""
    if table.keys("KEYS"):
        raise refusal(
            file,
            "not-px",
            tr("this file leaves out rows of zeros (KEYS), which is not read"),
            tr("save it with all of its rows"),
        )
    names = [*table.texts("STUB"), *table.texts("HEADING")]
    if not names or len(set(names)) < len(names):
        raise _broken(file, tr("STUB and HEADING do not name its dimensions, each once"))
    times = _times(table, names)
    dimensions = tuple(_dimension(table, name, _role(table, name, times), file) for name in names)
    whole = Cube("", dimensions, ())
    _cube.within_limits(whole, file)
    found = sum(1 for _ in _CELL.finditer(table.data))
    if found != whole.size:
        raise _cube.not_of_size(file, "not-px", found, whole.size)
    cells = _cells(table.data)
    missing = sorted({cell for cell in cells if isinstance(cell, str) and _SIGN.fullmatch(cell)})
    return Cube("", dimensions, list(enumerate(cells)), units=_units(table, dimensions)), missing


def _times(table: _Table, names: Sequence[str]) -> list[str]:
    """The dimensions of time: those with TIMEVAL, those that are said to be it, or those that are called so."""
    said = [name for name in names if table.keys("TIMEVAL").count((name,))]
    typed = [name for name in names if table.text("VARIABLE-TYPE", name).casefold() == "time"]
    return said or typed or [name for name in names if _cube.is_time(name)]


def _role(table: _Table, name: str, times: Sequence[str]) -> Role:
    if times == [name]:
        return "period"
    return "indicator" if table.text("CONTVARIABLE") == name else "part"


def _dimension(table: _Table, name: str, role: Role, file: str) -> Dimension:
    labels, codes = table.texts("VALUES", name), table.texts("CODES", name)
    labels, codes = labels or codes, codes or labels
    kind, listed = _timeval(table, name)
    if listed:
        labels, codes = labels or listed, listed
    if not labels or len(labels) != len(codes) or len(set(codes)) < len(codes):
        raise _broken(file, tr("the values and the codes of {name} are not as many, each once", name=name))
    if role == "period":
        return _cube.of_time(name, codes, labels, kind)
    return Dimension(name, _cube.distinct(labels, codes), role)


_TLIST = regex(r'\s*TLIST\(\s*([A-Z])1\s*(?:,\s*"(\d+)"\s*-\s*"(\d+)"\s*)?\)\s*,?', re.ASCII | re.IGNORECASE)


def _timeval(table: _Table, name: str) -> tuple[str, list[str]]:
    """The kind of period of a dimension and the codes of its periods; empty where they are not said, or only their ends are."""
    found = table.statements.get(("TIMEVAL", (name,)))
    match = _TLIST.match(found.value) if found else None
    if not found or not match:
        return "", []
    kind = match[1].upper()
    if match[2]:
        return kind, list(_from_to(kind, match[2], match[3]))
    return kind, _texts(found.value[match.end() :])


_STEPS = {"A": 1, "H": 2, "Q": 4, "M": 12}
"""How many periods of a kind a year has."""


def _from_to(kind: str, first: str, last: str) -> Iterator[str]:
    """The codes of all periods of a kind from one to another; none where they are no such codes."""
    steps = _STEPS.get(kind, 0)
    width = 4 if kind == "A" else 6 if kind == "M" else 5
    if not steps or len(first) != width or len(last) != width:
        return
    for at in range(_count(first, steps), _count(last, steps) + 1):
        year, part = divmod(at, steps)
        yield f"{year:04}" + ("" if kind == "A" else f"{part + 1:0{width - 4}}")


def _count(code: str, steps: int) -> int:
    return int(code[:4]) * steps + (int(code[4:]) - 1 if code[4:] else 0)


_SIGN = regex(r"\.{1,6}|…|-|")
"""What stands for no figure: one to six dots, three in one letter, a dash, or nothing."""

_CELL = regex(r'"([^"]*)"|([^\s,;"]+)')
_NUMBER = regex(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)


def _cells(data: str) -> list[Value]:
    """The figures in their order; what is no number is its text."""
    return [quoted if not bare else _figure(bare) for quoted, bare in _CELL.findall(data)]


def _figure(text: str) -> Value:
    if not _NUMBER.fullmatch(text):
        return text
    try:
        return Decimal(number.literal(number.number(Decimal(text))))
    except number.NumberError:
        return text


def _units(table: _Table, dimensions: Sequence[Dimension]) -> dict[str, str]:
    """The units of the indicators by their texts, and that of the file under the empty one."""
    units = {"": table.text("UNITS")}
    for dimension in dimensions:
        if dimension.role == "indicator":
            labels = table.texts("VALUES", dimension.name) or table.texts("CODES", dimension.name)
            units |= {
                text: unit
                for text, label in zip(dimension.texts, labels, strict=False)
                if (unit := table.text("UNITS", label))
            }
    return units


_UPDATED = regex(r"([12]\d{3})(\d\d)(\d\d)(?: .*)?", re.ASCII)


def _source(table: _Table) -> dict[str, Any]:
    title = table.text("TITLE") or table.text("DESCRIPTION") or table.text("CONTENTS")
    said = {"title": title, "publisher": table.text("SOURCE"), "published": _updated(table)}
    found = {key: text for key, text in said.items() if text}
    return {"source": found} if found else {}


def _updated(table: _Table) -> str:
    """The day on which the figures were last changed, where it is one for all of them."""
    days = {table.text("LAST-UPDATED", *of) for of in table.keys("LAST-UPDATED")}
    match = _UPDATED.fullmatch(days.pop()) if len(days) == 1 else None
    return _cube.day("-".join(match.groups())) if match else ""


def _said(table: _Table, cube: Cube, missing: Sequence[str]) -> Iterator[str]:
    sizes = ", ".join(f"{each.name} ({len(each.texts)})" for each in cube.dimensions)
    yield tr("a cube whose values lie in the order {dimensions}", dimensions=sizes)
    if all(each.role != "period" for each in cube.dimensions):
        yield tr("no single dimension of it is said to be the one of time")
    if "-" in missing:
        yield tr('"-" is taken for no figure here; some offices write it for nothing at all, which is 0')
    notes = [each for each in table.statements.values() if each.key in _NOTES]
    yield from map(_note, notes[:_SHOWN])
    if (more := len(notes) - _SHOWN) > 0:
        yield tr_n(more, "{count} more note of it is not shown", "{count} more notes of it are not shown")


_NOTES = frozenset({"NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX", "CELLNOTE", "CELLNOTEX"})
_SHOWN = 20


def _note(statement: _Statement) -> str:
    text = " ".join("".join(_texts(statement.value)).replace("#", " ").split())
    of = ", ".join(statement.of)
    return tr("its note on {what}: {text}", what=of, text=text) if of else tr("its note: {text}", text=text)
