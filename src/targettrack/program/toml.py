"""TOML: what a program file says as TOML, and what is wrong with it, at its line, in the words of people who write such files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import tomli

from targettrack import number
from targettrack.errors import Exit, Problem, Severity, TargettrackError, either, failure, folded, not_listed
from targettrack.language import mark, tr
from targettrack.program.model import Fault
from targettrack.regex import regex

if TYPE_CHECKING:
    from targettrack.program.position import Positions

_MARKER = regex(r"^(?:<<<<<<<|>>>>>>>)(?: .*)?\r?$", re.MULTILINE)
_PART_OF_CONFLICT = regex(
    r"^(?:(?P<begin><<<<<<<)(?: .*)?|(?P<middle>=======)|(?P<end>>>>>>>>)(?: .*)?)\r?$", re.MULTILINE
)


def decoded(data: bytes, file: str) -> str:
    """The text of a file's bytes, without a byte order mark.

    Raises:
        TargettrackError: they are no UTF-8 (exit 4).

    """
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise TargettrackError(_not_utf8(data, error, file)) from None


def _not_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return Problem(
            code="not-utf8", message=tr("this file is saved as UTF-16"), hint=tr("save it as UTF-8"), file=file, line=1
        )
    line = data.count(b"\n", 0, error.start) + 1
    message = tr("this file is not UTF-8: byte {byte} is no text", byte=f"0x{data[error.start]:02x}")
    return Problem(code="not-utf8", message=message, hint=tr("save it as UTF-8"), file=file, line=line)


def read(text: str) -> dict[str, Any]:
    """A text as TOML; its numbers have the digits that were written.

    Raises:
        tomli.TOMLDecodeError: it is none.

    """
    try:
        return tomli.loads(text, parse_float=Decimal)
    except InvalidOperation:  # some number is beyond any decimal
        return tomli.loads(text, parse_float=number.toml_float)


def parsed(text: str, file: str) -> dict[str, Any]:
    """A file's text as TOML.

    Raises:
        TargettrackError: what is wrong with it, at its line (exit 4).

    """
    if _is_conflict(text):
        raise TargettrackError(_conflict(text, file))
    try:
        return read(text)
    except tomli.TOMLDecodeError as error:
        raise TargettrackError(_conflict(text, file) if _MARKER.search(text) else _syntax(text, error, file)) from None
    except RecursionError:
        raise failure(
            Exit.INVALID,
            "too-deep",
            tr("this file has brackets nested too deep to be a program"),
            hint=tr("close the brackets"),
            file=file,
        ) from None
    except ValueError:
        digits = re.search(r"\d{4000,}", text.replace("_", ""))
        line = text.count("\n", 0, digits.start()) + 1 if digits else 1
        hint = tr("a figure has at most {most}", most=number.MAX_DIGITS)
        raise TargettrackError(
            at_line(text, line, file, "too-many-digits", tr("a number here has thousands of digits"), hint)
        ) from None


def _is_conflict(text: str) -> bool:
    """Whether a text has a whole conflict: one marker alone may be a line of a text."""
    if "<<<<<<<" not in text:
        return False
    waited = iter(("begin", "middle", "end"))
    wanted = next(waited)
    for part in _PART_OF_CONFLICT.finditer(text):
        if part.lastgroup == wanted:
            following = next(waited, None)
            if following is None:
                return True
            wanted = following
    return False


def _conflict(text: str, file: str) -> Problem:
    lines = [text.count("\n", 0, match.start()) + 1 for match in _MARKER.finditer(text)]
    where = ", ".join(map(str, lines[:8]))
    if len(lines) == 1:
        message = tr("git conflict markers: two versions of this file were not merged (line {line})", line=where)
    else:
        message = tr("git conflict markers: two versions of this file were not merged (lines {lines})", lines=where)
    return at_line(
        text, lines[0], file, "conflict-markers", message, tr("choose what stays and delete the marker lines")
    )


_END = r"\s*(?=[,}#\]]|$)"
_HABITS = (
    (
        r"=\s*(?P<it>\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)[12]\d{3}|[12]\d{3}(?:[-/.]\d{1,2}){2})" + _END,
        "bad-date",
        mark("{written} is no TOML date"),
        mark("write the year, the month and the day as in 2017-10-29, without quotes"),
    ),
    (
        r"=\s*(?P<it>[+-]?\d+(?:[,.' ]\d+)+)" + _END,
        "comma-number",
        mark("{written} is no TOML number: it may mean {numbers}"),
        mark("write {numbers}, with a point for decimals"),
    ),
    (
        r"=\s*(?![12]\d{3}\s*(?:[,}#]|$))(?P<it>[12]\d{3}(?:-(?:[SHQ]\d|\d\d))?(?:/[12]\d{3}(?:-(?:[SHQ]\d|\d\d))?)?)"
        + _END,
        "unquoted-period",
        mark("{written} stands without quotes"),
        mark('write "{written}"'),
    ),
    (
        r"=\s*(?P<it>[+-]?[\d.]+\s*%)",
        "comma-number",
        mark("{written}: a number has no % sign"),
        mark("leave the % out; the unit stands in the indicator"),
    ),
    (
        r"=\s*(?P<it>(?i:yes|no|true|false))\b",
        "not-yes-no",
        mark("{written} is no TOML value"),
        mark("write true or false, in small letters"),
    ),
    (r"=\s*(?P<it>[“”„‘’«])", "curly-quotes", mark("{written} is a curly quote"), mark('write straight quotes: "…"')),
)
"""How people write what TOML writes otherwise: where it is, what it is, what to do."""
_QUOTED = regex(r""" "(?:[^"\\]|\\.)*(?:"|$) | '[^']*(?:'|$) """, re.VERBOSE)


def _syntax(text: str, error: tomli.TOMLDecodeError, file: str) -> Problem:
    """A TOML error at its line, with what people write otherwise named as such."""
    line = min(error.lineno, text.count("\n") + 1)
    if found := _habit(text, line, error.colno, file) or _repeated(text, line, error, file):
        return found
    message = error.msg[0].lower() + error.msg[1:]
    if declared := re.search(r"\('(\w+)',(?: '([^']+)')?.*\) (?:twice|more than once)", message):
        said = tr("{name} is declared twice", name=".".join(part for part in declared.groups() if part))
        return at_line(
            text,
            line,
            file,
            "declared-twice",
            said,
            tr("an id is used once; records that repeat stand in [[double brackets]]"),
        )
    said, hint = (
        tr("this is not TOML: {error}", error=message),
        tr("correct the line; texts stand in quotes, each key on a line of its own"),
    )
    return _problem(text, file, line, error.colno, error.colno + 1, "not-toml", said, hint)


def _habit(text: str, line: int, column: int, file: str) -> Problem | None:
    """What stands where the parser stopped, outside of texts in quotes, if it is a habit."""
    bare = _QUOTED.sub(lambda match: '"' * len(match[0]), _line(text, line))
    for pattern, code, said, hint in _HABITS:
        for match in re.finditer(pattern, bare):
            if match.start("it") < column <= match.end() + 1:
                start, end = (place + 1 for place in match.span("it"))
                named = {"written": match["it"], "numbers": either(number.readings_of(match["it"]))}
                return _problem(text, file, line, start, end, code, tr(said, **named), tr(hint, **named))
    return None


def _repeated(text: str, line: int, error: tomli.TOMLDecodeError, file: str) -> Problem | None:
    """A key that stands twice in a table, at its second line."""
    key = re.match(r"\s*([\w-]+)\s*=", _line(text, line)) if error.msg == "Cannot overwrite a value" else None
    for before in range(line - 1, 0, -1) if key else ():
        if key and re.match(rf"\s*{re.escape(key[1])}\s*=", _line(text, before)):
            said = tr("{key} is declared twice: first on line {line}", key=key[1], line=before)
            return _problem(
                text, file, line, key.start(1) + 1, key.end(1) + 1, "declared-twice", said, tr("delete one of them")
            )
        if re.match(r"\s*\[", _line(text, before)):
            return None
    return None


def _line(text: str, line: int) -> str:
    return _lines(text)[line - 1].removesuffix("\r")


@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    """The lines of a text, split once for all that is wrong in it."""
    return text.split("\n")


def at_line(text: str, line: int, file: str, code: str, message: str, hint: str) -> Problem:
    """What is wrong with a whole line."""
    return _problem(text, file, line, 1, len(_line(text, line)) + 1, code, message, hint)


def _problem(
    text: str, file: str, line: int, column: int, end: int, code: str, message: str, hint: str | None
) -> Problem:
    return Problem(
        code=code,
        message=message,
        hint=hint,
        file=file,
        line=line,
        column=column,
        end_line=line,
        end_column=end,
        source_line=_line(text, line),
    )


def placed(faults: Iterable[Fault], text: str, file: str, *, severity: Severity = "error") -> Iterator[Problem]:
    """Faults as problems with their places, in the order of the file; of one code so many as are listed, then how many more there are."""
    from targettrack.program import position  # noqa: PLC0415 - only what is wrong needs its place

    kept, more = folded(faults, lambda fault: fault.code)
    if not kept:
        return
    found = position.positions(text, [_path(fault) for fault in kept])
    problems = [replace(_place(fault, found, text, file), severity=severity) for fault in kept]
    yield from sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))
    yield from (not_listed(code, count, severity, file) for code, count in more.items())


def _path(fault: Fault) -> tuple[str | int, ...]:
    """The keys and indices that lead to what is wrong."""
    return tuple(part for part in fault.loc if part != "[key]")


def _place(fault: Fault, found: Positions, text: str, file: str) -> Problem:
    path = _path(fault)
    span = found.keys.get(path) if fault.at_key else None
    span = span or found.find(path)
    if span is None:
        return Problem(code=fault.code, message=fault.message, hint=fault.hint, file=file, line=1)
    line, column = found.place(span.start)
    end_line, end_column = found.place(span.end)
    shown = end_column if end_line == line else len(_line(text, line)) + 1
    return _problem(text, file, line, column, shown, fault.code, fault.message, fault.hint)
