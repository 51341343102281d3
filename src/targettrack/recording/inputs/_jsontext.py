"""JSON text: a document, or one object a line, with exact numbers and no name that stands twice."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from targettrack import number
from targettrack.errors import TargettrackError
from targettrack.language import tr
from targettrack.recording.inputs._refusal import refusal, wished
from targettrack.recording.inputs._text import text_of
from targettrack.recording.table import Value, Wishes
from targettrack.regex import regex

_LONG = 40


def parsed(text: str) -> object:
    """One document, or one object a line; it raises what ``document`` does."""
    return document(text)[0]


def document(text: str) -> tuple[object, list[int] | None]:
    """One document and None, or the objects of a text that has one a line and their lines, from 1.

    Raises:
        json.JSONDecodeError: no JSON.
        ValueError: a name twice in one object, NaN or an infinity; the sentence says which.
        RecursionError: brackets nested too deep.

    """
    try:
        return _loaded(text), None
    except json.JSONDecodeError as error:
        lines = [(place, line) for place, line in enumerate(text.split("\n"), 1) if line.strip()]
        if error.msg != "Extra data" or len(lines) < 2:
            raise
        return [_line(line, place) for place, line in lines], [place for place, _ in lines]


def _line(text: str, place: int) -> object:
    try:
        return _loaded(text)
    except json.JSONDecodeError as error:
        error.lineno = place
        raise


def _loaded(text: str) -> object:
    return json.loads(
        text, parse_float=_decimal, parse_int=_integer, parse_constant=_refused, object_pairs_hook=_object
    )


def _decimal(text: str) -> Decimal:
    """A number with its digits written out, as a file has it; one beyond all limits is left for the model to refuse."""
    value = number.toml_float(text)
    try:
        return Decimal(number.literal(number.number(value)))
    except number.NumberError:
        return value


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) <= _LONG else number.toml_float(text)


def _refused(text: str) -> NoReturn:
    raise ValueError(tr("{text} is no figure", text=text))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(
            tr('"{key}" stands twice in one object', key=next(name for name in names if names.count(name) > 1))
        )
    return found


def decoded(data: bytes, file: str, wishes: Wishes) -> str:
    """The text of a file of JSON: UTF-8, or UTF-16 and UTF-32 by their first bytes, or what a person said.

    Raises:
        TargettrackError: it is none of these.

    """
    found = wished(data, file, wishes)
    if found is not None:
        return found
    encoding = json.detect_encoding(data)
    if encoding.startswith("utf-8"):
        return text_of(data, file)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise refusal(
            file, "not-json", tr("this is no text in {encoding}", encoding=encoding), tr("save it as UTF-8")
        ) from None


def read(data: bytes, file: str, wishes: Wishes) -> tuple[object, list[int] | None]:
    """What ``document`` returns of the text of a file.

    Raises:
        TargettrackError: it is no JSON, or cannot be read exactly.

    """
    text = decoded(data, file, wishes)
    try:
        found = document(text)
        if _HALF.search(text):
            _check(found[0])
    except (ValueError, RecursionError) as error:
        raise refused(file, error) from None
    return found


_HALF = regex(r"\\u[dD][89a-fA-F]")
"""How half of a character is written, which alone is no text that can be written to a file."""


def _check(value: object) -> None:
    """Nothing of a document whose characters are whole; an error else."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str) and any("\ud800" <= letter <= "\udfff" for letter in each):
            raise ValueError(tr("a text in it has half of a character"))


def refused(file: str, error: Exception) -> TargettrackError:
    """What is said of a text for which ``parsed`` raised an error."""
    if isinstance(error, RecursionError):
        return refusal(
            file, "not-json", tr("this file has brackets nested too deep"), tr("give an array of objects, one a figure")
        )
    if isinstance(error, json.JSONDecodeError):
        said = tr("this is not JSON: {error}", error=f"{error.msg[0].lower()}{error.msg[1:]}")
        return refusal(file, "not-json", said, tr("save the file anew, whole, as JSON"), error.lineno)
    return refusal(
        file,
        "not-json",
        tr("this file cannot be read as figures: {error}", error=error),
        tr("correct it, or ask for the file anew where it comes from"),
    )


def cell(value: object) -> Value:
    """A number, a text, true or false, as a cell; null is an empty one, and a number beyond all limits its text."""
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value if _bounded(value) else str(value)
    return ""


def _bounded(value: Decimal) -> bool:
    try:
        number.number(value)
    except number.NumberError:
        return False
    return True


def plain(value: object) -> str:
    """A number or a text as a text; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else ""
