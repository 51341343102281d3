"""csv: a row a figure, with the columns that ``show --format csv`` prints; commas, semicolons or tabs between them."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from targettrack import spreadsheet
from targettrack.errors import Problem
from targettrack.language import tr
from targettrack.number import has_groups
from targettrack.recording.entry import KEYS, SHOWN, Reading, Row, in_file_order, shown_from, unknown_key, unreadable
from targettrack.recording.inputs import _delimited
from targettrack.recording.inputs._text import beginning, text_of
from targettrack.recording.plan import Origin
from targettrack.recording.table import Book, Wishes

_SEPARATOR = re.compile(r"\Asep=.\r?\n")
"""The line with which a spreadsheet is told what parts the columns."""

ENDINGS = (".csv", ".tsv")


def begins(data: bytes) -> int:
    """3 for a table of ours: its first line has nothing but names of our columns; 1 where a file may be any table of delimited cells."""
    names = set(filter(None, _names(_SEPARATOR.sub("", beginning(data)).partition("\n")[0])))
    if names & set(KEYS) and names <= {*KEYS, *SHOWN} and _is_utf8(data):
        return 3
    return int(_delimited.looks_parted(data))


def _is_utf8(data: bytes) -> bool:
    """Whether ``read`` can read the letters; a spreadsheet may have saved a table of ours in another coding."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The cells of a table of any shape, in any usual coding.

    Raises:
        TargettrackError: it is no such table (exit 4).

    """
    return _delimited.book(data, file, wishes)


def _names(head: str) -> list[str]:
    return [name.strip().strip('"').casefold() for name in head.strip().split(_delimiter(head))]


def _delimiter(head: str) -> str:
    return max(",;\t", key=head.count)


def read(data: bytes, file: str) -> Reading:
    """The rows behind a header line; empty rows are skipped.

    Where commas part the columns a point in a number is the decimal one, unless another number there has points that part thousands; where semicolons
    or tabs do, as in the countries that write ``1,5``, it may be either.
    """
    text = _SEPARATOR.sub("", text_of(data, file))
    head = text.partition("\n")[0]
    delimiter = _delimiter(head)
    reader = csv.reader(re.findall(r"[^\n]*\n|[^\n]+", text), delimiter=delimiter, strict=True)
    found: list[tuple[dict[str, str], Origin]] = []
    shown: list[dict[str, str]] = []
    problems: list[Problem] = []
    names: list[str] = []
    keys: list[str] = []
    beside: list[str] = []
    line = 1
    try:
        for cells in reader:
            begun, line = line, reader.line_num + 1
            if not names:
                names = [name.strip().casefold() for name in cells]
                problems += _header(names, Origin(file, begun))
                keys, beside = ([name if name in kept else "" for name in names] for kept in (KEYS, SHOWN))
            elif any(map(str.strip, cells)):
                origin = Origin(file, begun, len(found) + 1)
                found.append(
                    (
                        {
                            name: spreadsheet.text_of(cell)
                            for name, cell in zip(keys, cells, strict=False)
                            if name and cell.strip()
                        },
                        origin,
                    )
                )
                shown.append(
                    {name: cell for name, cell in zip(beside, cells, strict=False) if name} if any(beside) else {}
                )
                problems += _width(names, cells, origin)
    except csv.Error as error:
        return unreadable(
            file, "not-csv", tr("this is not CSV: {error}", error=error), tr("save the table as CSV (UTF-8)"), line
        )
    if not names:
        return unreadable(
            file,
            "not-csv",
            tr("this file is empty: it has no header line"),
            tr("the first line names the columns: indicator,period,value,source"),
        )
    decimal = delimiter == "," and not any(
        has_groups(end) for texts, _ in found for key in ("value", "range") for end in texts.get(key, "").split("..")
    )
    rows = [
        Row(texts, origin, points_are_decimal=decimal, program=shown_from(place))
        for (texts, origin), place in zip(found, shown, strict=True)
    ]
    return Reading(in_file_order(rows, shown), {}, tuple(problems))


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
