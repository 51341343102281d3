"""Imported: the figures of a whole file: its sheets, by its mapping, with the document that they come from and its file's digest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import chain, count
from typing import Any

from targettrack.errors import Exit, Problem, TargettrackError
from targettrack.frozen import frozen
from targettrack.language import tr, tr_n
from targettrack.program import translation
from targettrack.program.model import ID, YES_NO, Program, is_whole
from targettrack.recording import layout as layouts
from targettrack.recording import own, taking, units
from targettrack.recording.called import Called, slug
from targettrack.recording.entry import Reading, Row
from targettrack.recording.layout import Layout
from targettrack.recording.left import Left
from targettrack.recording.mapping import ASKED, About, Document, TableMap, understood
from targettrack.recording.table import Book, Sheet
from targettrack.recording.taking import Taken


@frozen(eq=True)
class File:
    """What is known of a file that figures come from: its name as a person typed it, its last part, and the SHA-256 of its bytes."""

    path: str
    name: str
    sha256: str


def joined(book: Book, map: TableMap) -> TableMap:
    """A mapping, with what the kind of file says of itself where the mapping says nothing."""
    if not book.mapping:
        return map
    own, faults = understood(_chosen(book.mapping))
    if own is None:
        raise ValueError(f"a kind of file says what no mapping may say: {faults[0].message}")
    return replace(
        map,
        **{each.name: _more(getattr(map, each.name), getattr(own, each.name)) for each in fields(TableMap)},
    )


def about(book: Book, program: Program) -> Book:
    """A file that says what the figures of others are, without an indicator that the program has not."""
    said = book.mapping.get("all", {})
    if "indicator" not in said or Called(program).indicator(said["indicator"]) is not None:
        return book
    return replace(
        book, mapping={**book.mapping, "all": {key: text for key, text in said.items() if key != "indicator"}}
    )


def _chosen(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What a kind of file says of itself, without what it leaves to a person."""
    found = {
        name: {word: said for word, said in value.items() if said != ASKED} if isinstance(value, dict) else value
        for name, value in raw.items()
        if value != ASKED
    }
    document = found.get("source")
    if isinstance(document, dict) and "id" not in document:
        found["source"] = {"id": slug(str(document.get("title") or document.get("publisher") or "")), **document}
    return found


def _more(said: Any, own: Any) -> Any:  # noqa: ANN401
    """What a person said, and what the file does where that is silent."""
    if isinstance(said, dict):
        return {**own, **said}
    if isinstance(said, bool):
        return said or own
    if isinstance(said, About):
        return replace(
            said, **{each.name: _more(getattr(said, each.name), getattr(own, each.name)) for each in fields(About)}
        )
    if said is None or said == ():
        return own
    return said


def sheets(book: Book, map: TableMap, file: str) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """The sheets that are to be read: those that the mapping names, else the only one that shows something."""
    if map.sheet:
        known = {sheet.name: sheet for sheet in book.sheets}
        missing = [name for name in map.sheet if name not in known]
        return tuple(known[name] for name in map.sheet if name in known), tuple(
            _no_sheet(name, known, file) for name in missing
        )
    shown = [sheet for sheet in book.sheets if not sheet.hidden and sheet.rows]
    if len(shown) == 1:
        return (shown[0],), ()
    return (), (_which_sheet(shown, book.sheets, file),)


def _no_sheet(name: str, known: Iterable[str], file: str) -> Problem:
    sheets = ", ".join(f'"{each}"' for each in known)
    return Problem(
        code="no-such-sheet",
        message=tr('there is no sheet "{sheet}"', sheet=name),
        hint=tr("its sheets are {sheets}", sheets=sheets)
        if any(known)
        else tr("this file is one table without a name: leave sheet out"),
        file=file,
        exit=Exit.NOT_FOUND,
    )


def _which_sheet(shown: Sequence[Sheet], all: Sequence[Sheet], file: str) -> Problem:
    if not shown:
        return Problem(
            code="no-figure",
            message=tr("no sheet of this file shows anything")
            if any(sheet.rows for sheet in all)
            else tr("this file is empty: it has no header line"),
            hint=tr("its hidden sheets can be named: --sheet NAME")
            if any(sheet.rows for sheet in all)
            else tr("the first line names the columns: indicator,period,value,source"),
            file=file,
        )
    names = ", ".join(f'"{sheet.name}"' for sheet in shown)
    return Problem(
        code="which-sheet",
        message=tr("this file has {count} sheets: {sheets}", count=len(shown), sheets=names),
        hint=tr('say which: --sheet NAME, or sheet = "…" in the mapping'),
        file=file,
        exit=Exit.USAGE,
    )


def _laid_out(
    chosen: Iterable[Sheet], map: TableMap, program: Program, file: str
) -> tuple[tuple[Layout, ...], tuple[Problem, ...]]:
    """The layouts of sheets, and what is wrong with any."""
    problems: tuple[Problem, ...] = ()
    found: list[Layout] = []
    for sheet in chosen:
        layout, faults = layouts.laid_out(sheet, map, program.year, file, units_of(program))
        problems = (*problems, *faults)
        if layout is not None and not faults:
            found.append(layout)
    return tuple(found), problems


def units_of(program: Program) -> frozenset[str]:
    """The units of a program's indicators, in all of its languages."""
    return frozenset(
        unit
        for each in program.indicators.values()
        for unit in (each.unit, *translation.texts(each, "unit"))
        if unit and unit != YES_NO
    )


def figures(book: Book, map: TableMap, program: Program, file: File) -> Taken:
    """The figures of a file for a program. Each names its source: that of its row, else that of the mapping."""
    map = joined(book, map)
    chosen, problems = sheets(book, map, file.path)
    printed = [sheet for sheet in chosen if own.is_own(sheet)]
    if printed and not map.columns:
        return documented(ours(own.of_sheet(printed[0], file.path), program), map.source, program, file)
    found, faults = _laid_out(chosen, map, program, file.path)
    problems = (*problems, *faults)
    if problems:
        cells = (taking.unread(sheet) for sheet in chosen or [each for each in book.sheets if not each.hidden])
        return Taken(left=tuple(chain.from_iterable(cells)), said=book.said, problems=problems)
    id, table = edition(map.source, program, file) if map.source is not None else (None, None)
    taken = [taking.taken(each, program, file.path, map.delimiter, id) for each in found]
    problems = tuple(problem for each in taken for problem in each.problems)
    rows = tuple(row for each in taken for row in each.rows)
    sources = {id: table for each in taken for id, table in each.sources.items()}
    if id is not None and table is not None:
        sources = {**sources, id: table}
    problems = (*problems, *_twice(rows, file.path))
    left: tuple[Left, ...] = tuple(each for one in taken for each in one.left)
    said = (*_read_as(book, found), *(text for each in taken for text in each.said))
    return Taken(rows, left, sources, tuple(dict.fromkeys(said)), problems)


def _read_as(book: Book, layouts: Sequence[Layout]) -> Iterator[str]:
    """How a file was read: what its kind says, the headers of its sheets, and the sheets that were not read."""
    yield from book.said
    yield from _of_kind(book)
    yield from (_read(each) for each in layouts if each.sheet.name or len(each.header) > 1)
    read = [each.sheet for each in layouts]
    elsewhere = [f'"{sheet.name}"' for sheet in book.sheets if sheet not in read and sheet.rows]
    if elsewhere:
        yield tr("not read: the sheets {sheets}", sheets=", ".join(elsewhere))


def _of_kind(book: Book) -> Iterator[str]:
    """What the kind of file says of its columns."""
    columns = [f'"{name}" = {said}' for name, said in book.mapping.get("columns", {}).items() if isinstance(said, str)]
    if columns:
        yield tr("columns as this kind of file has them: {columns}", columns=", ".join(columns))


def _twice(rows: Sequence[Row], file: str) -> Iterator[Problem]:
    """Figures that a file has twice: of two parts, or of two tables, and nothing that was read tells them apart; or one is a total."""
    each_part = {id(part): part for part in (row.values.get("disaggregation") for row in rows) if part}
    parts = {at: frozenset(part.items()) for at, part in each_part.items()}
    keys = [_told_by(row.values, parts) for row in rows]
    twice: dict[tuple[Any, ...], list[str]] = (
        {key: [] for key, count in Counter(keys).items() if count > 1} if len(set(keys)) < len(keys) else {}
    )
    if not twice:
        return
    for key, row in zip(keys, rows, strict=True):
        if key in twice:
            twice[key].append(row.values["cell"])
    key, found = next(iter(twice.items()))
    about = " ".join((key[0], key[1], *(f"{name}={value}" for name, value in sorted(key[2]))))
    message = tr("{cells} are all figures of {about}", cells=", ".join(found[:_MOST_NAMED]), about=about)
    more = len(twice) - 1
    yield Problem(
        code="same-figure-twice",
        message=tr_n(more, "{message} (and {count} more like it)", "{message} (and {count} more like it)", message=message) if more else message,
        hint=tr('a column tells them apart: "part:NAME" in the mapping; or rows, sheets or values of a part are to be skipped'),
        file=file,
    )  # fmt: skip


def _told_by(said: Mapping[str, Any], parts: Mapping[int, frozenset[tuple[str, str]]]) -> tuple[Any, ...]:
    """What tells a figure from others; ``parts`` are those of each disaggregation by its id: many figures have the same one."""
    of = parts.get(id(said.get("disaggregation")), ())
    return (said["indicator"], said["period"], of, said.get("source"), said.get("published"))


_MOST_NAMED = 5


def traced(taken: Taken, program: Program, source: str | None, file: File) -> Taken:
    """Figures whose cells name the file, too, where the document that they cite (their own, else ``source``) is not known by that file: ``[yearbook.xlsx]D6``, as spreadsheets write it."""
    known = {id for id, each in program.sources.items() if each.sha256 == file.sha256}
    known |= {id for id, table in taken.sources.items() if table.get("sha256") == file.sha256}
    return replace(taken, rows=tuple(_traced(row, known, source, file) for row in taken.rows))


def _traced(row: Row, known: Container[str], source: str | None, file: File) -> Row:
    cell = row.values.get("cell")
    if row.origin.cell is None or cell is None or row.values.get("source", source) in known:
        return row
    return row._replace(values={**row.values, "cell": f"[{file.name}]{cell}"})


def ours(reading: Reading, program: Program) -> Taken:
    """The figures of a file in our own shape, whose rows may call indicators and sources by their names, too."""
    called = Called(program)
    rows = tuple(_called(row, called, reading.sources) for row in reading.rows)
    return Taken(rows=rows, sources={**reading.sources, **called.sources}, problems=reading.problems)


def documented(taken: Taken, document: Document | None, program: Program, file: File) -> Taken:
    """Figures in our own shape, those that name no source from a document, if one is given."""
    if document is None or all("source" in row.values for row in taken.rows):
        return taken
    id, table = edition(document, program, file)
    rows = tuple(
        row if "source" in row.values else row._replace(values={**row.values, "source": id}) for row in taken.rows
    )
    return replace(taken, rows=rows, sources={**taken.sources, id: table} if table else taken.sources)


def _called(row: Row, called: Called, sources: Mapping[str, object]) -> Row:
    """A row with the ids of what it names; an id that nothing has stays as it is, to be told."""
    said: dict[str, str] = {}
    indicator, source = row.values.get("indicator"), row.values.get("source")
    id = called.indicator(indicator.strip()) if isinstance(indicator, str) else None
    if id is not None and (id == indicator or _is_in_unit(str(indicator), called.program.indicators[id].unit)):
        said["indicator"] = id
    if isinstance(source, str) and source not in sources and not re.fullmatch(ID, source.strip()) and is_whole(source):
        said["source"] = called.source(source.strip())
    return row._replace(values={**row.values, **said}) if said else row


def _is_in_unit(label: str, unit: str | None) -> bool:
    """Whether what calls an indicator says no unit beside it that is another one: ``Firms (%)`` are no firms."""
    said = units.of_header(label, (), alone=False)
    return not said or any(units.alike(each.text, unit or "") for each in said)


def _read(layout: Layout) -> str:
    rows = ", ".join(str(row + 1) for row in layout.header)
    if not layout.sheet.name:
        return tr("header in the rows {rows}", rows=rows)
    return tr('sheet "{sheet}", header in row {rows}', sheet=layout.sheet.name, rows=rows)


def edition(document: Document, program: Program, file: File) -> tuple[str, dict[str, Any] | None]:
    """The id of the document of a file, and its table where the program has it not yet.

    A file of other bytes is another edition of the same document: ``yearbook``, ``yearbook-2`` and so on, by their digests.
    """
    said = {
        each.name: str(text)
        for each in fields(Document)
        if each.name != "id" and (text := getattr(document, each.name))
    }
    known = program.sources
    editions = chain((document.id,), (f"{document.id}-{number}" for number in count(2)))
    id = next(each for each in editions if each not in known or known[each].sha256 in {None, file.sha256})
    if id in known:
        return id, None
    return id, {"title": said.pop("title", file.name), **said, "file": file.name, "sha256": file.sha256}


def refused(problems: Sequence[Problem]) -> TargettrackError:
    """What a file is refused for, each thing once."""
    return TargettrackError(*dict.fromkeys(problems))


def by_reason(left: Sequence[Left]) -> Mapping[tuple[str, str], list[Left]]:
    """The cells that were left, by the reason."""
    found: dict[tuple[str, str], list[Left]] = {}
    for each in left:
        found.setdefault((each.why, each.about), []).append(each)
    return found
