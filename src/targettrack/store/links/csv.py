"""CSV: one row a line, the first one has the names; UTF-8, with commas, semicolons or tabs between."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from targettrack.language import tr
from targettrack.store.links._table import LinkError, Table

ENDINGS = (".csv", ".tsv")
TABLES = False
COUNTED = False


@contextmanager
def opened(path: Path, _table: str | None) -> Iterator[Table]:
    """The rows of a file, texts all of them.

    Raises:
        LinkError: it is no CSV of UTF-8, or a line has another number of cells than the first.
        OSError: it cannot be read.

    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = None
        try:
            head = stream.readline()
            stream.seek(0)
            reader = csv.reader(stream, delimiter=max(",;\t", key=head.count), strict=True)
            columns = tuple(next(reader, ()))
            yield Table(columns, lambda names: _rows(reader, columns, names))
        except UnicodeDecodeError:
            raise LinkError("not-utf8", tr("the linked file is not UTF-8"), tr("save it as UTF-8")) from None
        except csv.Error as error:
            line = reader.line_num if reader else 1
            said = tr("the linked file is no CSV from line {line} on: {error}", line=line, error=error)
            raise LinkError(
                "bad-link", said, tr("look for a quote that is not closed, or save the file anew")
            ) from None


def _rows(reader: Iterator[list[str]], columns: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The cells of these columns; empty lines at the end are none."""
    places = [columns.index(name) for name in names]
    size, empty = len(columns), 0
    for number, row in enumerate(reader, 1):
        if not row:
            empty = empty or number
            continue
        if empty:
            raise LinkError("bad-link", tr("row {row} is empty", row=empty), tr("delete the line, or fill it"))
        if len(row) != size:
            said = tr(
                "row {row} has {found} cells, and the first line names {size}", row=number, found=len(row), size=size
            )
            raise LinkError("bad-link", said, tr("put a cell that has the separator in it in quotes"))
        yield tuple(row[place] for place in places)
