"""Links: the figures that a program leaves in a file beside it; each module here reads one kind of file, by its ENDINGS."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from sys import intern
from typing import Any

import tomli

from targettrack import registry
from targettrack.errors import Exit, Problem, TargettrackError, reason
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

_YES_NO = {"value", "series_break"}
_READ = {*_WRITTEN, *_YES_NO, "page"}
"""Keys of which a text may say something else than a text."""

Files = Callable[[str], AbstractContextManager[Path]]
"""Where the file of a link is to be read, by what the link calls it; a LinkError where it is not to be read."""


def joined(document: Document, file: str, text: str, files: Files) -> tuple[Document, tuple[Linked, ...]]:
    """A document with the figures of its links behind its own, and which of them are rows of which link.

    Raises:
        TargettrackError: a link that cannot be read, or a row that is no actual (exit 4); a library or a file that is missing (exit 5).

    """
    actuals, spans, problems = list(document.actuals), [], list[Problem]()
    for name, link in document.links.items():
        first = len(actuals)
        try:
            found, wrong = _read(document, name, link, files)
        except LinkError as error:
            fault = Fault(("links", name, error.key), error.code, str(error), error.hint)
            problems += [replace(each, exit=error.exit) for each in toml.placed([fault], text, file)]
        else:
            actuals += found
            problems += toml.placed(wrong, text, file)
            spans.append(Linked(name, first, len(actuals)))
    if problems:
        raise TargettrackError(*problems)
    return replace(document, actuals=tuple(actuals)), tuple(spans)


def _read(document: Document, name: str, link: Link, files: Files) -> tuple[list[Actual], list[Fault]]:
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
    try:
        with files(link.file) as path:
            _same(path, link)
            with module.opened(path, link.table) as table:
                return _actuals(document, name, link, table)
    except OSError as error:
        said = tr('"{name}" cannot be read: {reason}', name=link.file, reason=reason(error))
        raise LinkError("unreadable", said, tr("check the file's permissions and links"), exit=Exit.IO) from None


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


def beside(file: str) -> Files:
    """The files beside a program, inside its repository, whatever links the system knows lead to."""

    @contextmanager
    def opened(named: str) -> Iterator[Path]:
        relative(named)
        home = Path(file).resolve().parent
        root = next((each for each in (home, *home.parents) if (each / ".git").exists()), home)
        try:
            path = (home / named).resolve()
        except RuntimeError:  # what a circle of links was, before Python 3.13
            raise no_file(named) from None
        if not path.is_relative_to(root):
            raise outside()
        if not path.is_file():
            raise no_file(named)
        yield path

    return opened


def relative(named: str) -> None:
    """Refuse what is no way from one folder to another.

    Raises:
        LinkError: it is an address, or begins at the root of a disk, or has letters that no such way has.

    """
    if ":" in named or named.startswith(("/", "\\")):
        raise LinkError("bad-link", tr("`file` is an address or begins at the root of a disk"), _way())
    if "\\" in named or not named.isprintable():
        raise LinkError("bad-link", tr("`file` has a letter in it that no name of a file should have"), _way())


def _way() -> str:
    return tr("write where the file lies from the program's folder, with / between folders")


def outside() -> LinkError:
    """What to say of a file that lies elsewhere."""
    return LinkError(
        "bad-link",
        tr("`file` lies outside the repository of this program"),
        tr("put the file into the repository, so that everybody who has the program has its figures"),
    )


def no_file(named: str) -> LinkError:
    """What to say of a file that is not there."""
    return LinkError(
        "no-link",
        tr('there is no file "{name}", which [links] names', name=named),
        tr("put it back, or correct `file`"),
        exit=Exit.IO,
    )


def _same(path: Path, link: Link) -> None:
    """Refuse a file that is not the one whose digest the link states."""
    if link.digest is None:
        return
    with path.open("rb") as stream:
        found = f"sha256:{hashlib.file_digest(stream, 'sha256').hexdigest()}"
    if found != link.digest:
        raise LinkError(
            "other-digest",
            tr("the linked file is not the one that was meant: its digest is another"),
            tr('put the file back, or write digest = "{digest}" where its new figures are right', digest=found),
            "digest",
        )


_MOST = 100
"""A file of another kind than was thought is wrong in every row: so many are enough to see it."""


def _actuals(document: Document, name: str, link: Link, table: Table) -> tuple[list[Actual], list[Fault]]:
    names, columns = _chosen(link, table)
    about = columns.get("approx") == Constant("about")
    _exact(columns, names, table, about=about)
    parts = Parts(document.sources, document.indicators, (), ())
    year = document.program.fiscal_year
    actuals: list[Actual] = []
    faults: list[Fault] = []
    number = 0
    for number, row in enumerate(table.rows(names), 1):
        try:
            raw = _raw(columns, names, row, about=about)
        except LinkError as error:
            faults.append(of_row(Fault((), error.code, str(error), error.hint), name, number))
            if error.code == "inexact-column":
                break  # as all rows will be
        else:
            actual, wrong = reading.part(Actual, raw, ("actuals", 0), *([year] if year else []))
            if actual is not None:
                actuals.append(actual)
                wrong = tuple(consistency.of_actual(parts, ("actuals", 0), actual))
            faults += [of_row(each, name, number) for each in wrong]
        if len(faults) >= _MOST:
            said = tr("what stands behind this row was not read: too much is wrong before it")
            faults.append(of_row(Fault((), "bad-link", said, tr("correct the rows before it first")), name, number))
            break
    if not number:
        raise LinkError("bad-link", tr("the linked file has no row"), tr("leave the link out until it has"))
    return actuals, faults


def _chosen(link: Link, table: Table) -> tuple[list[str], Mapping[str, Any]]:
    """The columns that are read, and for each key of an actual the place of its own among them, or its constant; parts and ends each have their own.

    Raises:
        LinkError: a column is not there, or twice.

    """
    if not table.columns:
        raise LinkError("bad-link", tr("the linked file is empty"), tr("put it back"))
    if twice := next((each for each in table.columns if table.columns.count(each) > 1), None):
        raise LinkError("bad-link", tr('the file has two columns "{name}"', name=twice), tr("give each its own name"))
    named = dict(link.columns)
    names: list[str] = []

    def place(column: Any) -> Any:  # noqa: ANN401 - a name, a constant, or several
        if isinstance(column, Constant):
            return column
        if isinstance(column, dict):
            return {part: place(each) for part, each in column.items()}
        if isinstance(column, tuple):
            return tuple(map(place, column))
        if column not in table.columns:
            raise _no_column(column, table)
        if column not in names:
            names.append(column)
        return names.index(column)

    keys = own_keys(Actual)
    found = {key: place(named.get(key, key)) for key in keys if key in named or key in table.columns}
    _complete(found, table, {name.strip().casefold(): name for name in table.columns if name not in names})
    return names, found


def _complete(found: Mapping[str, Any], table: Table, rest: Mapping[str, str]) -> None:
    """Refuse a table that lacks what every figure has, or has a key's name in other letters, which would be passed over.

    Raises:
        LinkError: a column is not there.

    """
    alike = next((key for key in own_keys(Actual) if key not in found and key in rest), None)
    if alike:
        raise LinkError(
            "no-column",
            tr('the column "{name}" is not called `{key}`, as the key is', name=rest[alike], key=alike),
            tr("rename it, or add columns = {columns}", columns=f'{{ {alike} = "{rest[alike]}" }}'),
        )
    for keys in (("indicator",), ("period",), ("value", "range")):
        if not found.keys() & set(keys):
            raise _no_column(keys[0], table)


def _no_column(name: str, table: Table) -> LinkError:
    hint = tr("it has {names}; columns says which of them is which key", names=", ".join(table.columns))
    return LinkError("no-column", tr('the file has no column "{name}"', name=name), hint, "columns")


def _exact(columns: Mapping[str, Any], names: Sequence[str], table: Table, *, about: bool) -> None:
    """Refuse a column whose type holds no exact figure, text or day.

    Raises:
        LinkError: it does not.

    """
    for key, column in columns.items():
        for place in _places(column):
            kind = table.types.get(names[place], "VARCHAR")
            if kind in _FLOATS:
                if not (about and key in _FIGURES):
                    raise _inexact(names[place], kind)
            elif not kind.startswith(_KINDS) or "[" in kind or "ZONE" in kind:
                said = tr(
                    'the column "{name}" is of the type {kind}, which no figure has', name=names[place], kind=kind
                )
                raise LinkError("bad-column", said, tr("keep it as text, as a whole number, as a decimal or as a date"))


def _places(column: Any) -> Iterator[int]:  # noqa: ANN401 - see _chosen
    if isinstance(column, int):
        yield column
    elif not isinstance(column, Constant):
        for each in column.values() if isinstance(column, dict) else column:
            yield from _places(each)


_FIGURES = {"value", "range"}
_FLOATS = {"DOUBLE", "FLOAT", "REAL"}
_KINDS = ("VARCHAR", "ENUM", "DECIMAL", "BOOLEAN", "DATE", "TIMESTAMP", *(f"{sign}{size}INT" for sign in ("", "U") for size in ("", "TINY", "SMALL", "BIG", "HUGE")), "INTEGER", "UINTEGER")  # fmt: skip
"""The types of columns that hold figures, texts and days as they were written."""


def _inexact(name: str, kind: str) -> LinkError:
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


def _raw(columns: Mapping[str, Any], names: Sequence[str], row: tuple[Any, ...], *, about: bool) -> dict[str, Any]:
    """A row as a table of TOML; what is empty is absent. Of a text that many rows have there is one."""
    raw: dict[str, Any] = {}
    for key, column in columns.items():
        if type(column) is int and type(found := row[column]) is str and key not in _READ:
            if found:
                raw[key] = intern(found)
        elif (found := _cell(key, column, names, row, about=about)) is not None:
            raw[key] = found
    return raw


def _cell(key: str, column: Any, names: Sequence[str], row: tuple[Any, ...], *, about: bool) -> Any:  # noqa: ANN401 - see _chosen
    """What a row says of a key."""
    if isinstance(column, Constant):
        return column.value
    if isinstance(column, dict):
        cells = {part: _cell("", of, names, row, about=about) for part, of in column.items()}
        return {part: each for part, each in cells.items() if each is not None} or None
    if isinstance(column, tuple):
        return _ends([_cell("range", each, names, row, about=about) for each in column])
    if isinstance(row[column], float) and not (about and key in _FIGURES):
        raise _inexact(names[column], "REAL")
    return _value(key, row[column])


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
    if key in _FIGURES and re.fullmatch(_NUMBER, text):
        return int(text) if len(text) < _WIDE and text.lstrip("+-").isdigit() else Decimal(text)
    if key == "page" and re.fullmatch("[1-9][0-9]{0,8}", text):
        return int(text)
    if key in _WRITTEN:
        try:
            return tomli.loads(f"it = {text}", parse_float=Decimal)["it"]
        except (tomli.TOMLDecodeError, ValueError, RecursionError):
            return text
    return text


def nowhere(_named: str) -> AbstractContextManager[Path]:
    """The files of a text that nobody knows the day of: they are not read.

    Raises:
        LinkError: always.

    """
    raise LinkError(
        "linked-version",
        tr("this version has linked figures, and nobody knows their file as it was then"),
        tr("ask for the program as it is now"),
    )
