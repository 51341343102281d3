"""Links: the figures that a program leaves in a file beside it, or in a table; each module here reads one kind of file, by its ENDINGS, or asks the engine of its name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from targettrack import registry
from targettrack.errors import Exit, Problem, TargettrackError, reason
from targettrack.language import tr
from targettrack.program import toml
from targettrack.program.model import Actual, Constant, Document, Fault, Link, Linked, own_keys
from targettrack.program.shelf import of_row
from targettrack.store import links
from targettrack.store.links._cells import FIGURES, Cells, inexact, places, reader
from targettrack.store.links._survey import Few, Row, surveyed
from targettrack.store.links._table import LinkError, Table

Read: TypeAlias = tuple[Sequence[int] | None, Sequence[Actual], Sequence[Fault]]
"""The rows of a link that were read (None for all), as actuals, and what is wrong with them."""

Files = Callable[[str], AbstractContextManager[Path]]
"""Where the file of a link is to be read, by what the link calls it; a LinkError where it is not to be read."""


def joined(
    document: Document, file: str, text: str, files: Files | None = None, on: date | None = None
) -> tuple[Document, tuple[Linked, ...]]:
    """A document with the figures of its links behind its own, and which of them are rows of which link; of files as they are, or as they were in some version, which tables of engines do not have.

    Where the program is only to be judged ``on`` a day, these are of one file with very many figures those that matter then, if that can be told without reading all.

    Raises:
        TargettrackError: a link that cannot be read, or a row that is no actual (exit 4); a library or a file that is missing (exit 5).

    """
    known: dict[str, tuple[Sequence[int] | None, Sequence[Actual]]] = {}
    problems: dict[str, list[Problem]] = {}
    large = _large(document) if on else None
    for name in sorted(document.links, key=lambda name: name == large):
        others = (each for _, found in known.values() for each in found)
        try:
            with _opened(name, document.links[name], file, files) as table:
                few = Few(on, [*document.actuals, *others]) if on and name == large else None
                rows, found, wrong = _actuals(document, name, table, few)
        except LinkError as error:
            fault = Fault(("links", name, error.key), error.code, str(error), error.hint)
            problems[name] = [replace(each, exit=error.exit) for each in toml.placed([fault], text, file)]
        else:
            known[name], problems[name] = (rows, found), [*toml.placed(wrong, text, file)]
    if any(problems.values()):
        raise TargettrackError(*(each for name in document.links for each in problems[name]))
    actuals, spans = list(document.actuals), []
    for name in document.links:
        rows, found = known[name]
        spans.append(Linked(name, len(actuals), len(actuals) + len(found), rows))
        actuals += found
    return replace(document, actuals=tuple(actuals)), tuple(spans)


def _large(document: Document) -> str | None:
    """The one link whose rows can be counted without reading them; None where there are several."""
    found = [name for name, link in document.links.items() if (module := _reader(link)) and module.COUNTED]
    return found[0] if len(found) == 1 else None


def _reader(link: Link) -> ModuleType | None:
    """The module of this folder that reads what a link names, an engine or a file with an ending; None for none."""
    if link.file is None:
        return registry.module(links, link.engine or "")
    ending = Path(link.file).suffix.casefold()
    return next((each for each in _modules() if ending in each.ENDINGS), None)


def _modules() -> Iterator[ModuleType]:
    return (registry.module(links, name) for name in registry.names(links))


@contextmanager
def _opened(name: str, link: Link, file: str, files: Files | None) -> Iterator[Table]:
    """The table that a link names, in a file as it is or as ``files`` have it, or where the environment says that its engine is.

    Raises:
        LinkError: it cannot be read, or nobody knows it as it was.

    """
    module = _module(link)
    if module.TABLES is (link.table is None):
        raise LinkError(
            "bad-link",
            tr("this kind of file has tables: one must be named")
            if module.TABLES
            else tr("this kind of file has no tables"),
            tr('add table = "…"') if module.TABLES else tr("leave table out"),
            "file" if module.TABLES else "table",
        )
    if link.file is None:
        if files is not None:
            raise no_version()
        with module.opened(_address(name), link.table) as table:
            yield table
        return
    try:
        with (files or beside(file))(link.file) as path:
            before = _state(path)
            _same(path, link)
            with module.opened(path, link.table) as table:
                yield table
            if _state(path) != before:
                said = tr('"{name}" was changed while it was read', name=link.file)
                raise LinkError("unreadable", said, tr("ask again"), exit=Exit.LOCKED)
    except OSError as error:
        said = tr('"{name}" cannot be read: {reason}', name=link.file, reason=reason(error))
        raise LinkError("unreadable", said, tr("check the file's permissions and links"), exit=Exit.IO) from None


def _state(path: Path) -> tuple[int, ...]:
    """What tells a file from what somebody writes in its place: it is looked at more than once."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _address(name: str) -> str:
    """The address of the engine that a link names."""
    variable = f"TARGETTRACK_LINK_{name.upper().replace('-', '_')}"
    if not (found := os.environ.get(variable)):
        raise LinkError(
            "no-link",
            tr("nothing says where this engine is: the environment has no {variable}", variable=variable),
            tr("set it to the engine's address, which does not belong in the file"),
            "engine",
            exit=Exit.IO,
        )
    return found


def _module(link: Link) -> ModuleType:
    """The module that reads what a link names.

    Raises:
        LinkError: there is none.

    """
    found = _reader(link)
    if found is None:
        endings = sorted(end for each in _modules() for end in each.ENDINGS)
        raise LinkError(
            "bad-link",
            tr(
                'no figures are read from a file that ends in "{ending}"',
                ending=Path(link.file or "").suffix.casefold(),
            ),
            tr("name a file that ends in {endings}", endings=", ".join(endings)),
        )
    return found


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


def _actuals(document: Document, name: str, table: Table, few: Few | None) -> Read:
    """The rows of a link as actuals: the ``few`` that matter, where that can be told, else all of them."""
    cells = _chosen(document.links[name], table)
    _exact(cells, table)
    found = surveyed(document, cells, table, few) if few else None
    if found is not None:
        rows: list[int] = []
        actuals, wrong = _understood(document, name, cells, _noted(found, rows))
        if not wrong:
            return rows if table.ordered else (), actuals, []
    every = table.rows(cells.names)
    numbered = enumerate(every, 1) if table.ordered else ((0, row) for row in every)
    actuals, wrong = _understood(document, name, cells, numbered)
    if not actuals and not wrong:
        raise LinkError("bad-link", tr("the linked file has no row"), tr("leave the link out until it has"))
    return None if table.ordered else (), actuals, wrong


def _noted(found: Iterable[Row], rows: list[int]) -> Iterator[Row]:
    """Rows, while their numbers are written down."""
    for row in found:
        rows.append(row[0])
        yield row


def _understood(document: Document, name: str, cells: Cells, rows: Iterable[Row]) -> tuple[list[Actual], list[Fault]]:
    """Rows, each with its number, as actuals; and what is wrong with them."""
    read = reader(document)
    actuals: list[Actual] = []
    faults: list[Fault] = []
    for number, row in rows:
        try:
            raw = cells.raw(row)
        except LinkError as error:
            faults.append(of_row(Fault((), error.code, str(error), error.hint), name, number or _called(row)))
            if error.code == "inexact-column":
                break  # as all rows will be
        else:
            actual, wrong = read(raw)
            if actual is not None:
                actuals.append(actual)
            faults += [of_row(each, name, number or _called(row)) for each in wrong]
        if len(faults) >= _MOST:
            said = tr("what stands behind this row was not read: too much is wrong before it")
            fault = Fault((), "bad-link", said, tr("correct the rows before it first"))
            faults.append(of_row(fault, name, number or _called(row)))
            break
    return actuals, faults


def _called(row: Sequence[Any]) -> str:
    """A row that has no number, by what it says."""
    return ", ".join("" if cell is None else str(cell) for cell in row)


def _chosen(link: Link, table: Table) -> Cells:
    """The columns that are read, and what they are.

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
    return Cells(names, found)


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


def _exact(cells: Cells, table: Table) -> None:
    """Refuse a column whose type holds no exact figure, text or day.

    Raises:
        LinkError: it does not.

    """
    for key, column in cells.keys.items():
        for name in (cells.names[place] for place in places(column)):
            kind = table.types.get(name, "VARCHAR")
            if kind in _FLOATS:
                if not (cells.about and key in FIGURES):
                    raise inexact(name, kind)
            elif not kind.startswith(_KINDS) or "[" in kind or "ZONE" in kind:
                said = tr('the column "{name}" is of the type {kind}, which no figure has', name=name, kind=kind)
                raise LinkError("bad-column", said, tr("keep it as text, as a whole number, as a decimal or as a date"))


_FLOATS = {"DOUBLE", "FLOAT", "REAL"}
_KINDS = ("VARCHAR", "ENUM", "DECIMAL", "BOOLEAN", "DATE", "TIMESTAMP", *(f"{sign}{size}INT" for sign in ("", "U") for size in ("", "TINY", "SMALL", "BIG", "HUGE")), "INTEGER", "UINTEGER")  # fmt: skip
"""The types of columns that hold figures, texts and days as they were written."""


def nowhere(_named: str) -> AbstractContextManager[Path]:
    """The files of a text that nobody knows the day of: they are not read.

    Raises:
        LinkError: always.

    """
    raise no_version()


def no_version() -> LinkError:
    """What to say of figures as they were in a version of which nobody kept them."""
    return LinkError(
        "linked-version",
        tr("this version has linked figures, and nobody knows them as they were then"),
        tr("ask for the program as it is now"),
    )
