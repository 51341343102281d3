"""Own: rows in the shape that ``show --format csv`` prints, wherever they stand: in a CSV file, or in a sheet that a spreadsheet made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from targettrack import spreadsheet
from targettrack.errors import Problem
from targettrack.language import tr
from targettrack.number import has_groups
from targettrack.recording.amounts import Proof, Sign, proof
from targettrack.recording.entry import KEYS, SHOWN, Reading, Row, in_file_order, shown_from, unknown_key, unreadable
from targettrack.recording.header import shown as shown_as
from targettrack.recording.plan import Origin
from targettrack.recording.table import Sheet
from targettrack.regex import regex


def is_own(sheet: Sheet) -> bool:
    """Whether the first row of a sheet has nothing but the names of our columns."""
    names = {shown_as(cell).casefold() for cell in sheet.rows[0]} - {""} if sheet.rows else set()
    return bool(names & set(KEYS)) and names <= {*KEYS, *SHOWN}


def of_sheet(sheet: Sheet, file: str) -> Reading:
    """The rows of a sheet that ``is_own``; its numbers are numbers, and so are written with a point, and with the unit that their format shows."""
    width = len(sheet.rows[0])
    rows = ((row + 1, [_cell(sheet, row, column) for column in range(width)]) for row in range(len(sheet.rows)))
    return reading(rows, file, points=True)


def _cell(sheet: Sheet, row: int, column: int) -> str:
    text, unit = shown_as(sheet.value(row, column)), sheet.units.get((row, column))
    figure = unit is not None and shown_as(sheet.value(0, column)).strip().casefold() in _NUMBERS
    return f"{text} {unit}" if figure else text


def reading(
    rows: Iterable[tuple[int, Sequence[str]]], file: str, *, points: bool, decimal: Sign | None = None
) -> Reading:
    """The rows behind a header, each with the line on which it begins; empty ones are skipped.

    ``points``: a point in a number is the decimal one, unless another number has points that part thousands. Where that is not said, a comma is the decimal
    one if ``decimal`` says so, or another number of the rows proves it.
    """
    found: list[tuple[dict[str, str], Origin]] = []
    shown: list[dict[str, str]] = []
    problems: list[Problem] = []
    names: list[str] = []
    keys: list[str] = []
    beside: list[str] = []
    for line, cells in rows:
        if not names:
            names = [name.strip().casefold() for name in cells]
            problems += _header(names, Origin(file, line))
            keys, beside = ([name if name in kept else "" for name in names] for kept in (KEYS, SHOWN))
        elif any(map(str.strip, cells)):
            origin = Origin(file, line, len(found) + 1)
            texts = {
                name: spreadsheet.text_of(cell)
                for name, cell in zip(keys, cells, strict=False)
                if name and cell.strip()
            }
            found.append((texts, origin))
            shown.append({name: cell for name, cell in zip(beside, cells, strict=False) if name} if any(beside) else {})
            problems += _width(names, cells, origin)
    if not names:
        return unreadable(
            file,
            "not-csv",
            tr("this file is empty: it has no header line"),
            tr("the first line names the columns: indicator,period,value,source"),
        )
    numbers = [end for texts, _ in found for key in _NUMBERS for end in texts.get(key, "").split("..")]
    pointed = points and not any(map(has_groups, numbers))
    if not points and (decimal == "," or (decimal is None and _commas_are_decimal(numbers))):
        each = [
            _with_commas(texts, origin, shown_from(place)) for (texts, origin), place in zip(found, shown, strict=True)
        ]
    else:
        each = [
            Row(texts, origin, points_are_decimal=pointed or decimal == ".", program=shown_from(place))
            for (texts, origin), place in zip(found, shown, strict=True)
        ]
    return Reading(in_file_order(each, shown), {}, tuple(problems))


_NUMBERS = ("value", "range")
_COMMA = regex(r"[+-]?\d+(?:,\d+)?(?:\.\.[+-]?\d+(?:,\d+)?)?", re.ASCII)
"""A number, or the ends of a range, without any sign but a comma."""


def _commas_are_decimal(numbers: Sequence[str]) -> bool:
    """Whether one number can only be read with a decimal comma, and none only with a decimal point."""
    found = proof(numbers, None)
    return isinstance(found, Proof) and found.decimal == ","


def _with_commas(texts: Mapping[str, str], origin: Origin, program: str | None) -> Row:
    """A row whose commas are decimal; what has other signs too says itself what it is."""
    plain = {key: texts[key] for key in _NUMBERS if _COMMA.fullmatch(texts.get(key, "").strip())}
    said = {**texts, **{key: text.replace(",", ".") for key, text in plain.items()}}
    return Row(said, origin, points_are_decimal=bool(plain), program=program)


def _header(names: Sequence[str], origin: Origin) -> list[Problem]:
    problems = [unknown_key(name, origin) for name in names if name and name not in KEYS and name not in SHOWN]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    return problems + [
        origin.problem("declared-twice", tr("the column `{key}` stands twice", key=name), tr("keep one"))
        for name in twice
    ]


def _width(names: Sequence[str], cells: Sequence[str], origin: Origin) -> list[Problem]:
    """What is wrong with the width of a row; a spreadsheet's columns without a name and without a cell are none."""
    if "" in names and any(cell.strip() for name, cell in zip(names, cells, strict=False) if not name):
        return [
            origin.problem(
                "unknown-key",
                tr("a cell stands in a column without a name"),
                tr("name the column in the header line, or empty the cell"),
            )
        ]
    if len(cells) == len(names) or (len(cells) > len(names) and not any(cell.strip() for cell in cells[len(names) :])):
        return []
    return [
        origin.problem(
            "ragged-row",
            tr("{cells} cells, but the header line has {columns}", cells=len(cells), columns=len(names)),
            tr("a text with a comma stands in quotes"),
        )
    ]
