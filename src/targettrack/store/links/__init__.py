"""Links: the figures that a program leaves in a file beside it; each module here reads one kind of file, by its ENDINGS."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli

from targettrack import registry
from targettrack.errors import Exit, TargettrackError, failure, reason
from targettrack.language import tr
from targettrack.program import consistency, reading, toml
from targettrack.program.model import Actual, Constant, Document, Fault, Link, Linked, own_keys
from targettrack.program.reading import Parts
from targettrack.program.shelf import of_row
from targettrack.store import links
from targettrack.store.links._table import LinkError, Table

_NUMBER = r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?"
_WRITTEN = {"range", "disaggregation"}
"""Keys whose texts are read as TOML writes them."""


def joined(document: Document, file: str, text: str) -> tuple[Document, tuple[Linked, ...]]:
    """A document with the figures of its links behind its own, and which of them are rows of which link.

    Raises:
        TargettrackError: a link that cannot be read, or a row that is no actual (exit 4); a library or a file that is missing (exit 5).

    """
    actuals, spans, faults = list(document.actuals), [], []
    for name, link in document.links.items():
        first = len(actuals)
        try:
            found, wrong = _read(document, file, name, link)
        except LinkError as error:
            faults.append(Fault(("links", name, error.key), error.code, str(error), error.hint))
        else:
            actuals += found
            faults += wrong
            spans.append(Linked(name, first, len(actuals)))
    if faults:
        raise TargettrackError(*toml.placed(faults, text, file))
    return replace(document, actuals=tuple(actuals)), tuple(spans)


def _read(document: Document, file: str, name: str, link: Link) -> tuple[list[Actual], list[Fault]]:
    path = _path(file, link)
    module = _module(link.file)
    if module.TABLES is (link.table is None):
        raise LinkError(
            "bad-link",
            tr("this kind of file has tables: one must be named")
            if module.TABLES
            else tr("this kind of file has no tables"),
            tr('add table = "…"') if module.TABLES else tr("leave table out"),
            "file" if module.TABLES else "table",
        )
    _same(path, link, file)
    try:
        with module.opened(path, link.table) as table:
            return _actuals(document, name, link, table)
    except OSError as error:
        raise _unreadable(error, file, link) from None


def _module(file: str) -> Any:  # noqa: ANN401 - a module of this folder
    ending = Path(file).suffix.casefold()
    known = {end: name for name in registry.names(links) for end in registry.module(links, name).ENDINGS}
    if ending not in known:
        raise LinkError(
            "bad-link",
            tr('no figures are read from a file that ends in "{ending}"', ending=ending),
            tr("name a file that ends in {endings}", endings=", ".join(sorted(known))),
        )
    return registry.module(links, known[ending])


def _path(file: str, link: Link) -> Path:
    """Where the file of a link is: inside the repository of the program, whatever links the system knows lead to."""
    said = re.split(r"[\\/]", link.file)
    if ":" in link.file or not said[0]:
        raise LinkError(
            "bad-link",
            tr("`file` is an address or begins at the root of a disk"),
            tr("write where the file lies from the program's folder, with / between folders"),
        )
    home = Path(file).resolve().parent
    root = next((each for each in (home, *home.parents) if (each / ".git").exists()), home)
    path = (home / link.file).resolve()
    if not path.is_relative_to(root):
        raise LinkError(
            "bad-link",
            tr("`file` lies outside the repository of this program"),
            tr("put the file into the repository, so that everybody who has the program has its figures"),
        )
    if not path.is_file():
        raise failure(
            Exit.IO,
            "no-link",
            tr('there is no file "{name}", which [links] names', name=link.file),
            hint=tr("put it back, or correct `file`"),
            file=file,
        )
    return path


def _same(path: Path, link: Link, file: str) -> None:
    """Refuse a file that is not the one whose digest the link states."""
    if link.digest is None:
        return
    try:
        with path.open("rb") as stream:
            found = f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
    except OSError as error:
        raise _unreadable(error, file, link) from None
    if found != link.digest:
        raise LinkError(
            "other-digest",
            tr("the linked file is not the one that was meant: its digest is another"),
            tr('put the file back, or write digest = "{digest}" where its new figures are right', digest=found),
            "digest",
        )


def _unreadable(error: OSError, file: str, link: Link) -> TargettrackError:
    said = tr('"{name}" cannot be read: {reason}', name=link.file, reason=reason(error))
    return failure(Exit.IO, "unreadable", said, hint=tr("check the file's permissions and links"), file=file)


def _actuals(document: Document, name: str, link: Link, table: Table) -> tuple[list[Actual], list[Fault]]:
    columns = _chosen(link, table)
    parts = Parts(document.sources, document.indicators, (), ())
    year = document.program.fiscal_year
    actuals: list[Actual] = []
    faults: list[Fault] = []
    about = columns.get("approx") == Constant("about")
    for number, row in enumerate(table.rows, 1):
        try:
            raw = _raw(columns, row, about=about)
        except LinkError as error:
            faults.append(of_row(Fault((), error.code, str(error), error.hint), name, number))
            continue
        actual, wrong = reading.part(Actual, raw, ("actuals", 0), *([year] if year else []))
        if actual is not None:
            actuals.append(actual)
            wrong = tuple(consistency.of_actual(parts, ("actuals", 0), actual))
        faults += [of_row(each, name, number) for each in wrong]
        if len(faults) > _MOST:
            break
    return actuals, faults


_MOST = 1000
"""A file of another kind than was thought is wrong in every row: so many are enough to see it."""


def _chosen(link: Link, table: Table) -> Mapping[str, Any]:
    """For each key of an actual the place of its column in a row, or its constant; parts and ends each have their own."""
    places = {column: place for place, column in enumerate(table.columns)}
    if len(places) < len(table.columns):
        twice = next(each for each in table.columns if table.columns.count(each) > 1)
        raise LinkError("bad-link", tr('the file has two columns "{name}"', name=twice), tr("give each its own name"))
    named = dict(link.columns)

    def place(column: Any) -> Any:  # noqa: ANN401 - a name, a constant, or several
        if isinstance(column, Constant):
            return column
        if isinstance(column, dict):
            return {part: place(each) for part, each in column.items()}
        if isinstance(column, tuple):
            return tuple(map(place, column))
        if column not in places:
            raise LinkError(
                "no-column",
                tr('the file has no column "{name}"', name=column),
                tr("it has {names}", names=", ".join(table.columns)),
                "columns",
            )
        return places[column]

    own = {key: places[key] for key in own_keys(Actual) if key in places and key not in named}
    return own | {key: place(column) for key, column in named.items()}


def _raw(columns: Mapping[str, Any], row: tuple[Any, ...], *, about: bool) -> dict[str, Any]:
    """A row as a table of TOML; what is empty is absent."""

    def value(key: str, column: Any) -> Any:  # noqa: ANN401 - what TOML may say
        if isinstance(column, Constant):
            return column.value
        if isinstance(column, dict):
            return {part: each for part, of in column.items() if (each := value("", of)) is not None} or None
        if isinstance(column, tuple):
            ends = [value("value", each) for each in column]
            return None if None in ends else ends
        return _value(key, row[column], about=about)

    return {key: found for key, column in columns.items() if (found := value(key, column)) is not None}


def _value(key: str, value: Any, *, about: bool) -> Any:  # noqa: ANN401 - what files hold, as what TOML may say
    """What a file holds as what TOML would say: a text as TOML writes the key's values, an exact number as it is."""
    if isinstance(value, float):
        if not about or key not in {"value", "range"}:
            raise LinkError(
                "inexact-column",
                tr("`{key}` is a floating-point number, whose digits are not those that were written", key=key),
                tr('keep it as a decimal or as text, or say approx = { value = "about" } in columns'),
            )
        return Decimal(repr(value))
    if isinstance(value, datetime):
        if value.time().isoformat() != "00:00:00" or value.tzinfo:
            raise LinkError("bad-date", tr("`{key}` has a time of day", key=key), tr("keep the date alone"))
        return value.date()
    if isinstance(value, (bool, int, Decimal, date)):
        return int(value) if isinstance(value, Decimal) and key in _COUNTED and value == value.to_integral() else value
    if not isinstance(value, str):
        return value
    return _of_text(key, value)


_COUNTED = {"period", "page", "published", "recorded"}


def _of_text(key: str, text: str) -> Any:  # noqa: ANN401 - what TOML may say
    if not text:
        return None
    if key in {"value", "series_break"} and text in {"true", "false"}:
        return text == "true"
    if key == "value" and re.fullmatch(_NUMBER, text):
        return Decimal(text) if not text.lstrip("+-").isdigit() else int(text)
    if key == "page" and text.isascii() and text.isdigit():
        return int(text)
    if key in _WRITTEN:
        try:
            return tomli.loads(f"it = {text}", parse_float=Decimal)["it"]
        except (tomli.TOMLDecodeError, ValueError, RecursionError):
            return text
    return text


def of_version(file: str) -> TargettrackError:
    """What to say of a version of a program in git that has links: their figures are not in its text."""
    return failure(
        Exit.INVALID,
        "linked-version",
        tr("this version has linked figures, which stand in another file: versions of it cannot be compared"),
        hint=tr("ask status, show or history, which read the linked file as it is now"),
        file=file,
    )
