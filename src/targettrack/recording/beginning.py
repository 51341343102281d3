"""Beginning: a whole program, as text, from a table of targets; every figure of it is taken, stands as a comment, or is left with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from targettrack import period as periods
from targettrack.errors import Exit, failure
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.number import NumberError, number
from targettrack.period import Period, PeriodError, Year
from targettrack.program.model import ID, LANGUAGES, Direction, Pairs
from targettrack.recording import aims, amounts, append, columns, stretches, units, vocabulary, within
from targettrack.recording import layout as layouts
from targettrack.recording import sketch as sketches
from targettrack.recording.aims import Bound, ToBeSet
from targettrack.recording.amounts import Amount, Missing, NoFigure, Unclear
from targettrack.recording.called import free, slug
from targettrack.recording.columns import NOTHING, OF_YEARS, Col, Table, is_year
from targettrack.recording.header import shown
from targettrack.recording.imported import File
from targettrack.recording.left import Left, Why
from targettrack.recording.mapping import PART, About, Column, TableMap, looked_up, scaled
from targettrack.recording.sketch import Aim, Cell, Figure, Sketch, Start
from targettrack.recording.table import Book, Broken, Dated, Value
from targettrack.recording.written import line, remark
from targettrack.text import clean


@frozen(slots=False)
class Begun:
    """A drafted program: its text, the cells that it does not have or has as comments only, what was found out of the table, and how many indicators, targets, promises in words and actuals it has."""

    text: str
    left: tuple[Left, ...]
    said: tuple[str, ...]
    indicators: int
    targets: int
    promises: int
    actuals: int
    asked: int


@frozen(eq=True)
class Wanted:
    """What a person said of the new program: its id, its name, and when its fiscal years begin."""

    id: str
    name: str | None = None
    year: Year | None = None


def begun(book: Book, map: TableMap, file: File, kind: str, wanted: Wanted) -> Begun:
    """The draft of a program from a file.

    Raises:
        TargettrackError: no sheet of it is a table of targets, or the mapping does not fit it (exit 2 to 4).

    """
    results = columns.of_results(book)
    chosen = columns.sheets(book, map, file.path, results=results)
    map, year = columns.of_goals(chosen, map, wanted.year)
    draft = _Draft(map, year, file.path)
    readers = [
        _Reader(columns.laid_out(sheet, map, year, file.path, results=results), draft, exact=results)
        for sheet in chosen
    ]
    draft.proof = amounts.proof((text for each in readers for text in each.texts()), map.delimiter)
    for each in readers:
        each.run()
    if not draft.sketches:
        raise failure(
            Exit.INVALID,
            "no-target",
            tr("no row of this table names an indicator"),
            hint=tr("say in a mapping which columns are the indicator and the target"),
            file=file.path,
        )
    return _written(draft, book, file, kind, wanted)


# ---------------------------------------------------------------- what the rows say


@dataclass(eq=False)
class _Words:
    """A promise in words."""

    text: str
    indicator: str
    cell: str
    by: Period | None
    set_on: Period | None
    said: Mapping[str, str]


@dataclass(eq=False)
class _Draft:
    """What all sheets give: the indicators by what the table calls them, promises in words, sources by title, and the cells that were left."""

    map: TableMap
    year: Year
    file: str
    sketches: dict[tuple[str, ...], Sketch] = field(default_factory=dict)
    promises: dict[tuple[str, str, Period | None], _Words] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    said: dict[str, None] = field(default_factory=dict)
    main: str = ""
    proof: amounts.Proof | amounts.Conflict | None = None

    def sketch(self, key: tuple[str, ...], name: str, id: str, unit: str) -> Sketch:
        """The indicator of a key; a new one gets an id of its own."""
        found = self.sketches.get(key)
        if found is None:
            taken = {each.id for each in self.sketches.values()}
            found = self.sketches[key] = Sketch(free(id or slug(name, "indicator"), taken), name, unit)
        return found

    def source(self, text: str) -> str:
        """The id of a document that rows name."""
        if text not in self.sources:
            self.sources[text] = free(slug(text), {self.main, *self.sources.values()})
        return self.sources[text]


class _Row(NamedTuple):
    """What one row says of all of its figures."""

    at: int
    sketch: Sketch
    about: About
    by: Period | None
    period: Period | None
    set_on: Period | None
    said: Mapping[str, str]
    remarks: tuple[str, ...]


class _Reader:
    """One pass over the rows of a sheet; ``exact`` periods are written as a program writes them."""

    def __init__(self, table: Table, draft: _Draft, *, exact: bool) -> None:
        self.table, self.draft, self.exact = table, draft, exact
        self.layout, self.map, self.sheet, self.year = table.layout, draft.map, table.layout.sheet, draft.year
        self.looked: set[tuple[int, int]] = set()
        self.starts: list[tuple[Sketch, Start]] = []
        self.promised = False
        self.known: dict[tuple[str | None, str | None, str], _Row | None] = {}

    @cached_property
    def missing(self) -> frozenset[str]:
        """The signs that stand for no figure."""
        return vocabulary.MISSING | set(self.map.missing)

    @cached_property
    def decimals(self) -> Mapping[int, amounts.Sign | None]:
        """The decimal sign of each column of figures: the mapping's, else the one that its texts prove, else the one that all do."""
        columns = [each.at for each in self.table.columns if each.role in OF_YEARS]
        if self.map.decimal is not None:
            return dict.fromkeys(columns, self.map.decimal)
        proofs = {at: amounts.proof(self.texts(at), None) or self.draft.proof for at in columns}
        return {at: each.decimal if isinstance(each, amounts.Proof) else None for at, each in proofs.items()}

    def texts(self, column: int | None = None) -> list[str]:
        """The texts of a column of figures, or of all."""
        rows = range(self.layout.first, self.layout.last + 1)
        columns = [each.at for each in self.table.columns if each.role in OF_YEARS] if column is None else [column]
        return [cell for at in columns for row in rows if isinstance(cell := self.sheet.value(row, at), str) and cell]

    @cached_property
    def decided(self) -> Mapping[int, stretches.Decided]:
        """What each column of periods proves; a day by which something is due stays a day."""
        rows = range(self.layout.first, self.layout.last + 1)
        found = {
            each.at: layouts.decided_by(
                self.map,
                stretches.prove(
                    [self.layout.value(row, each.at) for row in rows], day_first=layouts.day_first(self.map)
                ),
            )
            for each in self.table.columns
            if each.role in {"by", "by_year", "period", "set_on", "value_period", "baseline_period"}
        }
        days = {each.at for role in ("by", "set_on") for each in self.table.all(role)}
        return {
            at: each._replace(stand=None, stamps=False, quarterly=False) if at in days else each
            for at, each in found.items()
        }

    def run(self) -> None:
        """Take or leave every cell."""
        for row in range(len(self.sheet.rows)):
            if row in self.layout.header or not any(cell != "" for cell in self.sheet.rows[row]):
                continue
            if not self.layout.first <= row <= self.layout.last:
                self.leave_row(row, "outside")
            elif row in self.sheet.hidden_rows and not self.map.hidden:
                self.leave_row(row, "hidden")
            else:
                self.row(row)
        self.draft.said |= dict.fromkeys(self.found_out())

    def found_out(self) -> Iterator[str]:
        """What the table told of itself, for the person who gave it."""
        words = [
            each for each in self.table.columns if each.field.by != "mapping" and each.role not in {"", "skip", "read"}
        ]
        if words and not self.exact:
            yield tr("columns by their headers: {columns}", columns=", ".join(f"{each.field.called} = {each.role.replace('_', ' ')}" for each in words))  # fmt: skip
        unread = [
            each.field.called for each in self.table.columns if not each.role and self.layout.has_content(each.at)
        ]
        if unread:
            yield tr("columns that were not read: {columns}", columns=", ".join(unread))
        yield from (text for each in self.decided.values() for text in stretches.proven(each))

    # ------------------------------------------------------------ cells that are left

    def leave(self, row: int, column: int, why: Why, about: str = "") -> Cell:
        """Name a cell that is not taken."""
        cell = self.cell(row, column)
        self.looked.add((row, column))
        self.draft.left.append(Left(cell.address, cell.text, why, about))
        return cell

    def leave_row(self, row: int, why: Why, about: str = "") -> None:
        """Name every figure of a row that is not taken."""
        for column in range(len(self.sheet.rows[row])):
            if (row, column) not in self.looked and self.looks_like_figure(self.sheet.value(row, column)):
                self.leave(row, column, why, about)

    def looks_like_figure(self, value: Value) -> bool:
        """Whether a cell looks like a figure."""
        return isinstance(aims.promised(value, None, self.missing), (Bound, Unclear, Broken))

    def cell(self, row: int, column: int) -> Cell:
        """A cell as it is named."""
        return Cell(self.sheet.address(row, column), shown(self.sheet.value(row, column)))

    def beside(self, row: int) -> None:
        """Name the figures in columns that are not read, and in hidden ones."""
        for each in self.table.columns:
            value = self.sheet.value(row, each.at)
            if (row, each.at) in self.looked or value == "" or not self.looks_like_figure(value):
                continue
            if each.role == "skip":
                self.leave(row, each.at, "skipped", each.is_.skip or tr("it numbers the rows"))
            elif each.role in {"", "words"} or each.role in OF_YEARS:
                about = tr("nobody said what the column {column} is", column=each.field.called) if not each.role else tr("not read: {column}", column=each.field.called)  # fmt: skip
                self.leave(row, each.at, "skipped", about)

    # ------------------------------------------------------------ one row

    def text(self, row: int, role: str) -> str:
        """What a row says in the column that has something, as words on one line."""
        column = self.table.one(role)
        return _whole(shown(self.layout.value(row, column.at))) if column else ""

    def row(self, row: int) -> None:
        """One row: an indicator, what was promised of it, where it stood and stands."""
        parts = self.parts(row, NOTHING)
        if isinstance(parts, str):
            self.leave_row(row, "skipped", parts)
            return
        name = self.text(row, "name")
        if self.only_named(row):
            self.draft.said[tr('nothing but a name in row {row}: "{name}"', row=row + 1, name=name)] = None
            return
        self.starts, self.promised = [], False
        self.known.clear()
        for each in self.figured():
            self.column(row, each, name)
        self.bounds_in_two(row, name)
        if name or self.map.all.indicator:
            self.nothing_promised(row, name)
        self.beside(row)

    def only_named(self, row: int) -> bool:
        """Whether a row is a heading among others, or a note below them: it has a name, and nothing else."""
        beside = [each for each in self.table.columns if each.role not in {"name", "skip"}]
        named = self.text(row, "name") != ""
        return named and not any(shown(self.layout.value(row, each.at)) for each in beside)

    def figured(self) -> Iterator[Col]:
        """The columns of figures, baselines first."""
        order = ("baseline", "target", "value")
        return (each for role in order for each in self.table.all(role))

    def nothing_promised(self, row: int, name: str) -> None:
        """The indicator of a row without figures, and a promise in words that no cell with a number stands for."""
        found = self.found(row, NOTHING, name)
        if found is None:
            return
        kind = aims.kind_of(self.text(row, "kind"))
        if self.promised:
            return
        if kind is not None and kind.to_be_set:
            column = self.table.one("kind")
            cells = (self.cell(row, column.at),) if column else ()
            self.aim(found, ToBeSet(self.text(row, "kind")), cells, NOTHING)
        else:
            self.worded(row, found)

    def worded(self, row: int, found: _Row) -> None:
        """A promise in words."""
        for each in self.table.all("words"):
            text = _whole(shown(self.layout.value(row, each.at)))
            if any(map(str.isalpha, text)) and text not in self.missing:
                self.promise(found, text, self.sheet.address(row, each.at))
                return
        if self.text(row, "measure") == "qualitative":
            self.qualitative(row, found)

    def qualitative(self, row: int, found: _Row) -> None:
        """What is said in words of an indicator that is measured in words."""
        column, text = self.table.one("note"), self.text(row, "note")
        if not text or column is None:
            return
        cell = self.sheet.address(row, column.at)
        if self.table.one("target") is None:
            found.sketch.remarks.append(
                tr("actual in words, {period}, {cell}: {text}", period=found.period or "?", cell=cell, text=text)
            )
        elif found.by is not None:
            self.promise(found, text, cell)

    def promise(self, found: _Row, text: str, cell: str) -> None:
        """Keep a promise in words, each once."""
        same = (text, found.sketch.name, found.by)
        self.draft.promises.setdefault(same, _Words(text, found.sketch.name, cell, found.by, found.set_on, found.said))

    def parts(self, row: int, column: Column) -> Pairs | str:
        """The parts that a row's figures are of; why they are skipped, as a text."""
        found = dict((*self.map.all.disaggregation, *column.disaggregation))
        for each in self.table.columns:
            if not each.role.startswith(PART):
                continue
            name, text = each.role.removeprefix(PART), _whole(shown(self.layout.value(row, each.at)))
            said = self.map.parts.get(name)
            if said is not None and (why := said.left_out(text)) is not None:
                return why
            if text and not (said is not None and text in said.total):
                found[_whole(name)] = said.names.get(text, text) if said is not None else text
        return tuple(sorted(found.items()))

    # ------------------------------------------------------------ which indicator, and what is said of it

    def found(self, row: int, column: Column, name: str) -> _Row | None:
        """The indicator of a row, or of a column, with what the row says; None where nothing names it, or where it is skipped."""
        key = (column.indicator, column.unit, name)
        if key not in self.known:
            self.known[key] = self.understood(row, column, name)
        return self.known[key]

    def understood(self, row: int, column: Column, name: str) -> _Row | None:
        """The indicator of a row, or of a column, with what the row says; None where nothing names it, or where it is skipped."""
        id_text = self.text(row, "id")
        name = column.indicator or name or self.map.all.indicator or id_text
        told = looked_up(self.map.indicators, name)
        if not name or (told is not None and told.skip is not None):
            return None
        kind = aims.kind_of(self.text(row, "kind"))
        written = column.unit or self.text(row, "unit") or self.map.all.unit or (told.unit if told else None)
        written = written or ("" if self.exact else self.unit_beside(name))
        unit_told = looked_up(self.map.units, written) if written else None
        unit = aims.unit_of((unit_told.unit if unit_told else None) or written or (kind.unit if kind else ""))
        owner = self.text(row, "responsible")
        id = told.indicator if told is not None and told.indicator else ""
        owner = self.text(row, "responsible")
        key = (id, "", unit, "") if id else ("" if column.indicator else id_text, name, unit, owner)
        found = self.draft.sketch(key, name, id if re.fullmatch(ID, id) else slug(id, ""), unit)
        self.describe(row, found, kind)
        factors = [each.multiply for each in (told, unit_told) if each is not None]
        about = About(multiply=scaled(Decimal(1), *factors) if any(each is not None for each in factors) else None)
        by, remarks = self.by(row)
        set_on, day = self.day(row, "set_on"), self.text(row, "set_on")
        if day and set_on is None and day not in self.missing:
            remarks.append(tr('set on: the table says "{text}"', text=day))
        return _Row(
            row,
            found,
            about,
            by,
            self.of_row(row),
            set_on,
            self.said(row),
            (*remarks, *self.asserted(row)),
        )

    def unit_beside(self, name: str) -> str:
        """The one unit that the name of an indicator says, else the headers of all columns of figures, else the words around the table; empty where there is none, or several."""
        words = [word for each in self.figured() for word in each.field.words]
        headers = (unit.text for word in words for unit in units.of_header(word, (), alone=False))
        ways = (
            (each.text for each in units.of_header(name, (), alone=False)),
            headers,
            (each.text for each in self.layout.stated),
            (each.text for each in self.layout.in_cells),
        )
        found = next((texts for way in ways if (texts := list(dict.fromkeys(way)))), [])
        return found[0] if len(found) == 1 else ""

    def describe(self, row: int, found: Sketch, kind: aims.Kind | None) -> None:
        """What a row says of its indicator."""
        for key in ("definition", "responsible"):
            if text := self.text(row, key):
                found.texts.setdefault(key, text)
        for language in LANGUAGES:
            if text := self.text(row, f"name in {language}"):
                found.texts.setdefault(f"{language}.name", text)
        self.directed(row, found)
        found.milestone = found.milestone or (kind is not None and kind.milestone)
        word = self.text(row, "kind")
        if word and kind is None and word not in self.missing:
            found.remarks.append(tr('kind of target: the table says "{word}"', word=word))

    def directed(self, row: int, found: Sketch) -> None:
        """Which way is better, by a row, else by the mapping, else by what the format takes where nothing is said."""
        for role in ("direction", "kind", "ascending"):
            word = self.text(row, role)
            direction = _ascending(word) if role == "ascending" else aims.direction_of(word)
            if direction is not None:
                column = self.table.one(role)
                found.directions.setdefault(
                    direction, f"{self.sheet.address(row, column.at)}: {word}" if column else word
                )
            elif word and role == "direction" and word not in self.missing:
                found.remarks.append(tr('which way is better: the table says "{word}"', word=word))
        if self.map.direction is not None and not found.directions:
            found.directions[self.map.direction], found.chosen = tr("the mapping"), True
        if self.exact and self.table.one("ascending") and not self.text(row, "ascending"):
            found.assumed = "increase"

    def said(self, row: int) -> dict[str, str]:
        """The source, page, words and note that a row names."""
        found = {key: text for key in ("page", "quote") if (text := self.text(row, key))}
        notes = [_whole(shown(self.layout.value(row, each.at))) for each in self.table.all("note")]
        if any(notes):
            found["note"] = "; ".join(filter(None, notes))
        for role in ("source", "data_source"):
            name = self.text(row, role)
            if any(map(str.isalnum, name)) and name not in self.missing:
                found[role] = self.draft.source(name)
        return found

    def asserted(self, row: int) -> Iterator[str]:
        """What the table itself concludes of a target."""
        text = self.text(row, "status")
        if text and text not in self.missing:
            period = self.of_row(row)
            yield tr('status asserted by the source: "{text}"', text=text) if period is None else tr('status asserted by the source for {period}: "{text}"', text=text, period=period)  # fmt: skip

    # ------------------------------------------------------------ when

    def by(self, row: int) -> tuple[Period | None, list[str]]:
        """By when a row's target is due, and what the table says instead of a period."""
        for role in ("by", "by_year", "period"):
            column = self.table.one(role)
            value = self.layout.value(row, column.at) if column else ""
            if column is None or shown(value) == "" or shown(value) in self.missing:
                continue
            month = self.text(row, "by_month") if role == "by_year" else ""
            said = _month_of(shown(value), month) if month and month not in self.missing else value
            if said is not value and isinstance(said, str) and (exact := self.constant(said)) is not None:
                return exact, []
            beside = role == "period" or (role == "by" and any(map(is_year, column.field.words)))
            found = self.read_period(column, said, part=self.part_of(row) if beside else None)
            if isinstance(found, Period):
                return found, []
            text = shown(value) + (f" {month}" if month else "")
            why = f" ({found})" if any(map(str.isdigit, text)) else ""
            return None, [tr('by when: the table says "{text}"', text=text) + why]
        return None, []

    def of_row(self, row: int) -> Period | None:
        """The period that a row's actual figure is of; None where nothing says it."""
        column = self.table.one("value_period") or self.table.one("period")
        if column is None:
            return self.constant(self.map.all.period)
        found = self.read_period(column, self.layout.value(row, column.at), part=self.part_of(row))
        return found if isinstance(found, Period) else None

    def why_no_period(self, row: int) -> str:
        """Why no period is known of a row's actual figure."""
        column = self.table.one("value_period") or self.table.one("period")
        if column is None:
            return tr("the table does not say of which period this figure is")
        found = self.read_period(column, self.layout.value(row, column.at), part=self.part_of(row))
        return found if isinstance(found, str) else ""

    def part_of(self, row: int) -> tuple[str, str] | None:
        """The half, quarter or month that a row says beside its year."""
        for role, sign in within.SIGNS.items():
            if text := self.text(row, role):
                return sign, text
        return None

    def read_period(self, column: Col, value: Value, *, part: tuple[str, str] | None = None) -> Period | str:
        """A period of a column, or why it is none."""
        fiscal = any(map(vocabulary.is_fiscal, column.field.words)) or (
            self.map.fiscal is not None and column.role == "value_period"
        )
        if fiscal or part:
            value = within.joined(shown(value), *(part or ("", "")), fiscal=fiscal)
        if self.exact and (found := self.constant(shown(value))) is not None:
            return found
        found_ = stretches.stretch(value, self.year, self.decided.get(column.at, stretches.UNDECIDED))
        match found_:
            case Period():
                return found_
            case Missing():
                return tr("the table does not say of which period this figure is")
            case _:
                return stretches.said(found_)

    def constant(self, text: str | None) -> Period | None:
        """A period as a program writes it."""
        try:
            return periods.period(text, self.year) if text else None
        except PeriodError:
            return None

    def day(self, row: int, role: str) -> Period | None:
        """A day, a month or a year that a row says."""
        column = self.table.one(role)
        found = self.read_period(column, self.layout.value(row, column.at)) if column else None
        try:
            return periods.partial_date(found.text) if isinstance(found, Period) else None
        except PeriodError:
            return None

    # ------------------------------------------------------------ how much

    def column(self, row: int, each: Col, name: str) -> None:
        """One cell of figures."""
        value = self.sheet.value(row, each.at)
        if value == "":
            return
        if each.at in self.sheet.hidden_columns and not self.map.hidden:
            self.leave(row, each.at, "hidden")
            return
        found = self.found(row, each.is_, name)
        if found is None:
            if self.looks_like_figure(value):
                self.leave(row, each.at, "skipped", self.unnamed(each.is_, name))
            return
        self.looked.add((row, each.at))
        read = self.number(row, each, value, found)
        if read is not None:
            {"baseline": self.start, "target": self.target, "value": self.figure}[each.role](row, each, found, read)

    def unnamed(self, column: Column, name: str) -> str:
        """Why a row has no indicator."""
        told = looked_up(self.map.indicators, column.indicator or name)
        return told.skip if told is not None and told.skip is not None else tr("its row names no indicator")

    def number(self, row: int, each: Col, value: Value, found: _Row) -> Bound | ToBeSet | bool | None:
        """What a cell of figures says in its indicator's unit; None where it is left, which a comment beside its indicator tells."""
        read = aims.promised(value, self.decimals.get(each.at), self.missing)
        why: Why
        match read:
            case Bound():
                try:
                    return self.times(read, each.is_.multiply, found.about.multiply, self.map.all.multiply)
                except NumberError:
                    why, about = "limits", ""
            case bool() | ToBeSet():
                return read
            case Missing():
                self.leave(row, each.at, "missing")
                return None
            case Unclear():
                why, about = "unclear", ", ".join(read.readings)
            case Broken():
                why, about = read.reason, ""
            case Dated():
                why, about = "date", ""
            case NoFigure():
                if each.role == "target" and self.in_words(row, each, found, read):
                    return None
                why, about = read.why, ""
        left = Left(*self.leave(row, each.at, why, about), why, about)
        found.sketch.remarks.append(
            f"{each.role}, {left.cell}: {left.text}: {left.reason}{f' ({about})' if about else ''}"
        )
        return None

    def in_words(self, row: int, each: Col, found: _Row, read: NoFigure) -> bool:
        """Whether a target is one in words, which is listed; a number among them is named, too."""
        text = _whole(read.text)
        if not any(map(str.isalpha, text)):
            return False
        self.promise(found, text, self.sheet.address(row, each.at))
        if any(map(str.isdigit, text)):
            self.leave(row, each.at, read.why)
        return True

    def times(self, read: Bound, *factors: Decimal | None) -> Bound:
        """A bound in its indicator's unit.

        Raises:
            NumberError: more digits than are kept.

        """
        low, high = (None if end is None else number(scaled(end, *factors)) for end in read[:2])
        return read._replace(low=low, high=high)

    def start(self, row: int, each: Col, found: _Row, read: Bound | ToBeSet | bool) -> None:
        """A baseline."""
        cell, parts = self.cell(row, each.at), self.parts(row, each.is_)
        if not isinstance(read, Bound) or read.low is None or read.low != read.high or isinstance(parts, str):
            self.leave(row, each.at, "no-number")
            found.sketch.remarks.append(
                tr("baseline, {cell}: {text}: a baseline is one number", cell=cell.address, text=cell.text)
            )
            return
        period = each.period or self.constant(each.is_.period) or self.baseline_period(row)
        note = self.text(row, "baseline_note")
        begins = Start(read.low, read.percent, period, parts, cell, note, self.why_no_start(row, period))
        found.sketch.starts.append(begins)
        self.starts.append((found.sketch, begins))
        self.marked(found, read, cell)

    def baseline_period(self, row: int) -> Period | None:
        column = self.table.one("baseline_period")
        found = self.read_period(column, self.layout.value(row, column.at)) if column else None
        return found if isinstance(found, Period) else None

    def why_no_start(self, row: int, period: Period | None) -> str:
        """What the table says instead of a period of a baseline."""
        column = self.table.one("baseline_period")
        text = shown(self.layout.value(row, column.at)) if column else ""
        return tr('its period is "{text}"', text=text) if text and period is None else ""

    def marked(self, found: _Row, read: Bound, cell: Cell) -> None:
        """Keep the footnotes behind a figure."""
        if read.marks:
            found.sketch.remarks.append(
                tr('{cell} is marked "{marks}"', cell=cell.address, marks=", ".join(read.marks))
            )

    def target(self, row: int, each: Col, found: _Row, read: Bound | ToBeSet | bool) -> None:
        """A target in one cell."""
        self.aim(found, read, (self.cell(row, each.at),), each.is_, each.period)

    def aim(
        self,
        found: _Row,
        read: Bound | ToBeSet | bool,
        cells: tuple[Cell, ...],
        column: Column,
        header: Period | None = None,
    ) -> None:
        """Keep a target with all that its row and its column say of it."""
        parts = self.parts(found.at, column)
        if isinstance(parts, str):
            return
        if isinstance(read, Bound):
            self.marked(found, read, cells[0])
        by = self.constant(column.by) or header or found.by
        said = dict(found.said) | ({"document": column.document} if column.document else {})
        if quote := self.quote(found.at):
            said.setdefault("quote", quote)
        remarks = list(found.remarks) if by is None or by is found.by else [*self.asserted(found.at)]
        start = next((each for of, each in self.starts if of is found.sketch and each.parts == parts), None)
        self.promised = True
        found.sketch.aims.append(Aim(read, cells, by, column.set_on or found.set_on, parts, start, said, remarks))

    def quote(self, row: int) -> str:
        """The words in which a target with a number is also told."""
        for each in self.table.all("words"):
            text = _whole(shown(self.layout.value(row, each.at)))
            if any(map(str.isalpha, text)) and text not in self.missing:
                return text
        return ""

    def bounds_in_two(self, row: int, name: str) -> None:
        """Targets whose lowest and highest figure stand in two columns: a pair for each period in their headers."""
        pairs: dict[tuple[object, ...], dict[str, Col]] = {}
        for each in (*self.table.all("min"), *self.table.all("max")):
            if self.sheet.value(row, each.at) == "":
                continue
            if each.at in self.sheet.hidden_columns and not self.map.hidden:
                self.leave(row, each.at, "hidden")
            else:
                pairs.setdefault((each.period, each.is_.by, each.is_.indicator), {}).setdefault(each.role, each)
        for given in pairs.values():
            first = next(iter(given.values()))
            found = self.found(row, first.is_, name)
            if found is not None:
                self.between(row, given, found)
            else:
                for each in given.values():
                    self.leave(row, each.at, "skipped", self.unnamed(first.is_, name))

    def between(self, row: int, given: Mapping[str, Col], found: _Row) -> None:
        self.looked |= {(row, each.at) for each in given.values()}
        read = {role: self.number(row, each, self.sheet.value(row, each.at), found) for role, each in given.items()}
        numbers = {role: each for role, each in read.items() if isinstance(each, Bound)}
        cells = {role: self.cell(row, given[role].at) for role in numbers}
        lows, highs = numbers.get("min"), numbers.get("max")
        low, high = (lows.low if lows else None), (highs.high if highs else None)
        open_ = next((role for role, each in read.items() if isinstance(each, ToBeSet)), None)
        if not numbers and open_ is not None:
            self.aim(
                found,
                ToBeSet(self.cell(row, given[open_].at).text),
                (self.cell(row, given[open_].at),),
                given[open_].is_,
            )
            return
        for role in (role for role, each in read.items() if isinstance(each, (ToBeSet, bool))):
            cell = self.leave(row, given[role].at, "no-number")
            found.sketch.remarks.append(
                tr("target, {cell}: {text}: no lowest and highest figure", cell=cell.address, text=cell.text)
            )
        if not numbers:
            return
        column = given[next(iter(numbers))]
        if (
            (lows and not _is_end(lows.low, lows.high))
            or (highs and not _is_end(highs.high, highs.low))
            or (low is not None and high is not None and low > high)
        ):
            for role in numbers:
                self.leave(row, given[role].at, "reversed")
                found.sketch.remarks.append(
                    tr(
                        "target, {cell}: {text}: no lowest and highest figure",
                        cell=cells[role].address,
                        text=cells[role].text,
                    )
                )
            return
        marks = tuple(mark for each in numbers.values() for mark in each.marks)
        self.aim(
            found,
            Bound(
                low,
                high,
                all(each.strict for each in numbers.values()),
                any(each.about for each in numbers.values()),
                any(each.percent for each in numbers.values()),
                marks,
            ),
            tuple(cells.values()),
            column.is_,
            column.period,
        )
        if len({each.strict for each in numbers.values()}) > 1:
            texts = " … ".join(each.text for each in cells.values())
            found.sketch.aims[-1].why = tr("only one of its ends is itself left out: {texts}", texts=texts)

    def figure(self, row: int, each: Col, found: _Row, read: Bound | ToBeSet | bool) -> None:
        """An actual figure."""
        cell, parts = self.cell(row, each.at), self.parts(row, each.is_)
        period = self.constant(each.is_.period) or each.period or found.period
        amount = _amount(read)
        why = "" if period else self.why_no_period(row)
        if period is None or amount is None or isinstance(parts, str):
            self.leave(row, each.at, "no-period" if period is None else "inclusive", why)
            found.sketch.remarks.append(f"actual, {cell.address}: {cell.text}: {why or tr('no single figure')}")
            return
        quality, why = self.quality(read)
        heading = each.field.heading
        quality = quality or (heading.quality if heading else None)
        if heading and heading.marks:
            found.sketch.remarks.append(
                tr('{column} is marked "{marks}"', column=each.field.called, marks=", ".join(heading.marks))
            )
        if isinstance(read, Bound):
            self.marked(found, read, cell)
        approx = each.is_.approx or self.map.all.approx
        if isinstance(amount, Amount) and approx and amount.low == amount.high:
            amount = amount._replace(approx=approx)
        own = "data_source" if self.targets else "source"
        said = {"source": found.said.get(own, ""), "note": "" if self.targets else found.said.get("note", "")}
        found.sketch.figures.append(
            Figure(amount, period, parts, cell, said, quality or each.is_.quality or self.map.all.quality, why)
        )

    @cached_property
    def targets(self) -> bool:
        """Whether the table has targets, which its notes are about."""
        return any(self.table.all(role) for role in ("target", "min", "max"))

    def quality(self, read: Bound | ToBeSet | bool) -> tuple[str | None, str]:
        """How sure a figure is by the marks behind it, and why it is no figure of what happened."""
        marks = read.marks if isinstance(read, Bound) else ()
        meanings = {sign: self.map.flags.get(sign) or vocabulary.flag_of(sign) for sign in marks}
        planned = next((sign for sign, meaning in meanings.items() if meaning in {"plan", "missing"}), None)
        quality = next((meaning for meaning in ("estimate", "provisional") if meaning in meanings.values()), None)
        return quality, tr('marked "{sign}"', sign=planned) if planned else ""


def _amount(read: Bound | ToBeSet | bool) -> Amount | bool | None:
    """A figure as it was measured; None of one that has only one end that is included."""
    if isinstance(read, bool):
        return read
    if isinstance(read, ToBeSet):
        return None
    low, high = read.low, read.high
    if low is not None and high is not None:
        return None if read.about and low != high else Amount(low, high, "about" if read.about else None, read.percent)
    end = low if low is not None else high
    return (
        Amount(end, end, "over" if high is None else "under", read.percent) if read.strict and end is not None else None
    )


def _ascending(word: str) -> Direction | None:
    return {"true": "increase", "1": "increase", "false": "decrease", "0": "decrease"}.get(word.casefold())  # type: ignore[return-value]  # each is one


def _is_end(end: Decimal | None, other: Decimal | None) -> bool:
    """Whether a cell gives one end of a target: one number, or one that is open on the other side."""
    return end is not None and (other is None or other == end)


def _whole(text: str) -> str:
    """A text without halves of characters, which no file may have."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text).strip()


def _month_of(year: str, month: str) -> str:
    """A year and a month of it, which stand in two columns, as one text."""
    year, month = year.removesuffix(".0"), month.removesuffix(".0")
    return f"{year}-{int(month):02}" if re.fullmatch("[0-9]{1,2}", month, re.ASCII) else f"{month} {year}"


# ---------------------------------------------------------------- the text


def _written(draft: _Draft, book: Book, file: File, kind: str, wanted: Wanted) -> Begun:
    """The whole text, and what became of everything."""
    source = _source(draft, book, file)
    id = draft.main = free(source.pop("id"), draft.sources.values())
    published = draft.map.source.published if draft.map.source else None
    published = published or _published(source.get("published"))
    found = list(draft.sketches.values())
    for each in found:
        sketches.settle(each, published)
    actuals = [sketches.actual_of(each, one, id) for each in found for one in each.figures if not one.why]
    lines = [
        remark(
            tr(
                "Drafted by targettrack new from {file} ({kind}): compare it with the file before you quote it.",
                file=file.name,
                kind=kind,
            )
        ),
        remark(
            tr(
                "What is not certain stands behind a #, with the reason; behind the targets stand the cells that they come from."
            )
        ),
        *map(remark, draft.said),
        "",
        "targettrack = 1",
        "",
        *_header_of(draft, source, wanted),
        "",
        f"[sources.{id}]",
        *_source_lines(source, published),
        *(text for title, each in draft.sources.items() for text in _other_source(each, title, file)),
        *(text for each in found for text in sketches.text_of(each, id)),
        *(text for each in draft.promises.values() for text in _promise(each, id)),
    ]
    text = "\n".join(lines) + "\n"
    doubts = [doubt for each in found for doubt in each.doubts]
    left = [
        *draft.left,
        *(
            Left(each.cell.address, each.cell.text, "skipped", tr("it stands as a comment: {why}", why=each.why))
            for each in doubts
        ),
    ]
    return Begun(
        text + append.appendix(text, {}, actuals).text,
        tuple(dict.fromkeys(left)),
        (*book.said, *draft.said),
        len(found),
        sum(len(each.sound) for each in found),
        len(draft.promises),
        len(actuals),
        sum(1 for each in found if each.asked and each.aims),
    )


def _published(text: object) -> Period | None:
    try:
        return periods.partial_date(text) if text else None
    except PeriodError:
        return None


def _source(draft: _Draft, book: Book, file: File) -> dict[str, Any]:
    """The document that the file is, by the mapping, else by what it says of itself."""
    said: dict[str, Any] = dict(book.mapping.get("source", {}))
    own = draft.map.source
    if own is not None:
        said |= {key: text for key in ("id", "title", "publisher", "published", "url", "archived", "accessed", "document", "note") if (text := getattr(own, key))}  # fmt: skip
    title = _whole(str(said.get("title") or "")) or file.name
    named = title if said.get("title") else file.name.rpartition(".")[0] or file.name
    return {**said, "title": title, "id": str(said.get("id") or slug(named)), "file": file.name, "sha256": file.sha256}


def _header_of(draft: _Draft, source: Mapping[str, Any], wanted: Wanted) -> Iterator[str]:
    titled = source["title"] if draft.map.source or source.get("publisher") else wanted.id
    yield "[program]"
    yield line("name", wanted.name or titled)
    if draft.year.fiscal:
        why = (
            ""
            if wanted.year
            else tr("performance.gov: the fiscal years of the United States, called after the year in which they end")
        )
        yield line("fiscal_year", draft.year.text, why)
    yield f'# place = "…"  # {tr("optional, as are owner, url, note")}'


def _source_lines(source: Mapping[str, Any], published: Period | None) -> Iterator[str]:
    yield line("title", source["title"])
    yield (
        line("publisher", _whole(source["publisher"]))
        if source.get("publisher")
        else f'# publisher = "…"  # {tr("who published it?")}'
    )
    yield line("published", published) if published else f"# published = 2026-01-31  # {tr('when, if it says so')}"
    yield from (
        line(key, source[key]) for key in ("url", "archived", "accessed", "document", "note") if source.get(key)
    )
    yield line("file", source["file"])
    yield line("sha256", source["sha256"])


def _other_source(id: str, title: str, file: File) -> Iterator[str]:
    yield ""
    yield f"[sources.{id}]"
    yield line("title", title)
    if title.startswith(("http://", "https://")):
        yield line("url", title)
    yield line("note", tr("as {file} names it", file=file.name))


def _promise(each: _Words, source: str) -> Iterable[str]:
    yield ""
    yield f"[[promises]]  # {clean(each.cell)}"
    yield line("text", each.text)
    if each.by is not None:
        yield line("by", each.by)
    if each.set_on is not None:
        yield line("set_on", each.set_on)
    yield line("source", each.said.get("source") or source)
    yield line("note", tr("the target of: {indicator}", indicator=each.indicator))
