"""CSV: one row a line, the first one has the names; UTF-8, with commas, semicolons or tabs between."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from targettrack.language import tr
from targettrack.store.links._table import LinkError, Table

ENDINGS = (".csv", ".tsv")
TABLES = False


@contextmanager
def opened(path: Path, _table: str | None) -> Iterator[Table]:
    """The rows of a file, texts all of them.

    Raises:
        LinkError: it is no CSV of UTF-8, or a line has another number of cells than the first.
        OSError: it cannot be read.

    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        try:
            head = stream.readline()
            stream.seek(0)
            rows = csv.reader(stream, delimiter=max(",;\t", key=head.count), strict=True)
            yield Table(
                tuple(next(rows, ())),
                _whole(rows, len(next(csv.reader([head], delimiter=max(",;\t", key=head.count))))),
            )
        except UnicodeDecodeError:
            raise LinkError("not-utf8", tr("the linked file is not UTF-8"), tr("save it as UTF-8")) from None
        except csv.Error as error:
            raise LinkError(
                "bad-link", tr("the linked file is no CSV: {error}", error=error), tr("save it anew")
            ) from None


def _whole(rows: Iterator[list[str]], size: int) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows, 1):
        if len(row) != size:
            said = tr(
                "row {row} has {found} cells, and the first line names {size}", row=number, found=len(row), size=size
            )
            raise LinkError("bad-link", said, tr("put a cell that has the separator in it in quotes"))
        yield tuple(row)
