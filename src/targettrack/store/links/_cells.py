"""Cells: what the cells of a row say of an actual, as a table of TOML would."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from sys import intern
from typing import Any

import tomli

from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.program import consistency, reading
from targettrack.program.model import Actual, Constant, Document, Fault
from targettrack.program.reading import Parts
from targettrack.store.links._table import LinkError

FIGURES = {"value", "range"}
_NUMBER = r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?"
_WRITTEN = {"range", "disaggregation"}
"""Keys whose texts are read as TOML writes them."""

_YES_NO = {"value", "series_break"}
_READ = {*_WRITTEN, *_YES_NO, "page"}
"""Keys of which a text may say something else than a text."""


@frozen()
class Cells:
    """The columns that are read, and for each key of an actual the place of its own among them, or its constant; parts and ends each have their own."""

    names: Sequence[str]
    keys: Mapping[str, Any]

    @property
    def about(self) -> bool:
        """Whether every figure is said to be about what it is."""
        return self.keys.get("approx") == Constant("about")

    def of(self, keys: Collection[str]) -> Cells:
        """The cells of some keys alone, and the constants of all."""
        names: list[str] = []

        def moved(column: Any) -> Any:  # noqa: ANN401 - a place, a constant, or several
            if isinstance(column, Constant):
                return column
            if isinstance(column, int):
                names.append(self.names[column])
                return len(names) - 1
            if isinstance(column, dict):
                return {part: moved(each) for part, each in column.items()}
            return tuple(map(moved, column))

        found = {key: moved(column) for key, column in self.keys.items() if key in keys or isinstance(column, Constant)}
        return Cells(names, found)

    def raw(self, row: Sequence[Any]) -> dict[str, Any]:
        """A row as a table of TOML; what is empty is absent. Of a text that many rows have there is one.

        Raises:
            LinkError: a cell holds what no key does.

        """
        raw: dict[str, Any] = {}
        for key, column in self.keys.items():
            if type(column) is int and type(found := row[column]) is str and key not in _READ:
                if found:
                    raw[key] = intern(found)
            elif (found := self._cell(key, column, row)) is not None:
                raw[key] = found
        return raw

    def _cell(self, key: str, column: Any, row: Sequence[Any]) -> Any:  # noqa: ANN401 - see keys
        """What a row says of a key."""
        if isinstance(column, Constant):
            return column.value
        if isinstance(column, dict):
            cells = {part: self._cell("", of, row) for part, of in column.items()}
            return {part: each for part, each in cells.items() if each is not None} or None
        if isinstance(column, tuple):
            return _ends([self._cell("range", each, row) for each in column])
        if isinstance(row[column], float) and not (self.about and key in FIGURES):
            raise inexact(self.names[column], "REAL")
        return _value(key, row[column])


def reader(document: Document) -> Callable[[Mapping[str, Any]], tuple[Actual | None, Sequence[Fault]]]:
    """What makes an actual of the program of a row, and says what is wrong with it."""
    parts, begin = Parts(document.sources, document.indicators, (), ()), document.program.fiscal_year
    year = (begin,) if begin else ()

    def read(raw: Mapping[str, Any]) -> tuple[Actual | None, Sequence[Fault]]:
        actual, wrong = reading.part(Actual, raw, ("actuals", 0), *year)
        return actual, wrong if actual is None else tuple(consistency.of_actual(parts, ("actuals", 0), actual))

    return read


def places(column: Any) -> Iterator[int]:  # noqa: ANN401 - see Cells.keys
    """The places of the columns that a key has."""
    if isinstance(column, int):
        yield column
    elif not isinstance(column, Constant):
        for each in column.values() if isinstance(column, dict) else column:
            yield from places(each)


def inexact(name: str, kind: str) -> LinkError:
    """What to say of a column of floating-point numbers."""
    return LinkError(
        "inexact-column",
        tr(
            'the column "{name}" is of the type {kind}, a floating-point number, whose digits are not those that were written',
            name=name,
            kind=kind,
        ),
        tr('keep it as a decimal or as text; of value and range, approx = { value = "about" } in columns admits it'),
        "columns",
    )


def _ends(ends: list[Any]) -> list[Any] | None:
    if ends.count(None) == 1:
        raise LinkError("bad-range", tr("one end of `range` is empty"), tr("fill both, or neither"))
    return None if None in ends else ends


def _value(key: str, value: Any) -> Any:  # noqa: ANN401 - what files hold, as what TOML may say
    """What a file holds as what TOML would say: a text as TOML writes the key's values, an exact number as it is."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, bytes):
        raise LinkError("bad-column", tr("`{key}` is neither a text nor a number", key=key), tr("keep it as text"))
    if isinstance(value, datetime):
        if value.time().isoformat() != "00:00:00":
            raise LinkError("bad-date", tr("`{key}` has a time of day", key=key), tr("keep the date alone"))
        return value.date()
    if isinstance(value, date) and value in {date.min, date.max}:
        raise LinkError("bad-date", tr("`{key}` is no day", key=key), tr("write the day, or leave it empty"))
    if isinstance(value, (bool, int, Decimal, date)):
        return int(value) if isinstance(value, Decimal) and key in _COUNTED and value == value.to_integral() else value
    if not isinstance(value, str):
        return value
    return _of_text(key, value)


_COUNTED = {"period", "page", "published", "recorded"}
_WIDE = 1000
"""So many digits no figure has; what has more is no matter of speed."""


def _of_text(key: str, text: str) -> Any:  # noqa: ANN401 - what TOML may say
    if not text:
        return None
    if key in _YES_NO and text in {"true", "false"}:
        return text == "true"
    if key in FIGURES and re.fullmatch(_NUMBER, text):
        return int(text) if len(text) < _WIDE and text.lstrip("+-").isdigit() else Decimal(text)
    if key == "page" and re.fullmatch("[1-9][0-9]{0,8}", text):
        return int(text)
    if key in _WRITTEN:
        try:
            return tomli.loads(f"it = {text}", parse_float=Decimal)["it"]
        except (tomli.TOMLDecodeError, ValueError, RecursionError):
            return text
    return text
