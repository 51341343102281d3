"""Layout: where in a sheet the header stands, and what each of its columns is: by the mapping, else by the words of the header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Literal

from targettrack.errors import Problem, either, nearest
from targettrack.language import tr
from targettrack.period import Year
from targettrack.program.names import fold
from targettrack.recording import amounts, stretches, vocabulary
from targettrack.recording.mapping import PART, Column, TableMap
from targettrack.recording.stretches import Decided, Heading, UnclearPeriod
from targettrack.recording.table import Area, Broken, Dated, Percent, Sheet, Value, letters

WAYS = (
    'dates = "day first" or "month first", spans = "fiscal years", "months" or "years", fiscal = "beginning" or "end"'
)
"""What a mapping says of periods that have more than one reading."""
_FAR = 40
"""A header is looked for in so many rows."""
_BETWEEN = " / "
"""What parts the words of a column whose header has several rows."""


@dataclass(frozen=True, eq=False)
class Field:
    """One column: its number from 0, the words of its header from the top row to the lowest, what it is (None where nobody said), who said so, and the period that its header names."""

    at: int
    words: tuple[str, ...]
    is_: Column | None = None
    by: Literal["mapping", "words"] | None = None
    heading: Heading | None = None
    unclear: UnclearPeriod | None = None

    @property
    def label(self) -> str:
        """The words of its header."""
        return _BETWEEN.join(self.words)

    @property
    def called(self) -> str:
        """What a person calls it: its header, else its letters."""
        return f'"{self.label}"' if self.label else tr("column {letters}", letters=letters(self.at))

    @property
    def role(self) -> str | None:
        """What it has of each row; None of a column of figures, of one that is skipped, and of one that nobody said anything of."""
        return self.is_.is_ if self.is_ else None

    @property
    def figures(self) -> bool:
        """Whether its cells are figures: of a period, or of an indicator, that the whole column is about, or of each row."""
        return bool(
            self.is_
            and self.is_.skip is None
            and (
                self.role == "value" or (self.role is None and (self.is_.indicator or self.is_.period or self.heading))
            )
        )


@dataclass(frozen=True, eq=False)
class Layout:
    """A sheet, the rows of its header (from 0), the first row behind them and the last one that has figures, its columns, and the mapping."""

    sheet: Sheet
    header: tuple[int, ...]
    first: int
    last: int
    fields: tuple[Field, ...]
    map: TableMap

    @cached_property
    def by_role(self) -> Mapping[str, tuple[Field, ...]]:
        """The columns by what they have of each row."""
        found: dict[str, tuple[Field, ...]] = {}
        for each in self.fields:
            if each.role is not None:
                found[each.role] = (*found.get(each.role, ()), each)
        return found

    def one(self, role: str) -> Field | None:
        """The column that has something of each row; None where there is none."""
        return next(iter(self.by_role.get(role, ())), None)

    @property
    def parts(self) -> Iterator[tuple[str, Field]]:
        """The columns that break figures down, with the names of the parts."""
        return (
            (role.removeprefix(PART), each)
            for role, fields in self.by_role.items()
            if role.startswith(PART)
            for each in fields
        )

    @property
    def of_figures(self) -> tuple[Field, ...]:
        """The columns whose cells are figures."""
        return tuple(each for each in self.fields if each.figures)

    @property
    def unknown(self) -> tuple[Field, ...]:
        """The columns that have something in them, and that nobody said anything of."""
        return tuple(each for each in self.fields if each.is_ is None and self.has_content(each.at))

    def has_content(self, column: int) -> bool:
        """Whether a column has anything below the header."""
        rows = self.sheet.rows[self.first : self.last + 1]
        return any(column < len(row) and shown(row[column]) for row in rows)

    def value(self, row: int, column: int) -> Value:
        """The content of a cell; of merged cells, that of the upper left one."""
        area = self._merged.get((row, column)) if self._merged else None
        return self.sheet.value(area.top, area.left) if area else self.sheet.value(row, column)

    @cached_property
    def _merged(self) -> Mapping[tuple[int, int], Area]:
        """The merged cells of one column that rows share, by cell."""
        return {
            (row, area.left): area
            for area in self.sheet.merged
            if area.left == area.right and area.top >= self.first
            for row in range(area.top, min(area.bottom, self.last) + 1)
        }


def shown(value: Value) -> str:
    """A cell as the words of a header: on one line, as it is shown."""
    match value:
        case str():
            return re.sub(r"\s+", " ", value).strip()
        case Percent():
            return f"{value.number}%"
        case Dated():
            return {"year": f"{value.day:%Y}", "month": f"{value.day:%Y-%m}"}.get(value.shows, value.day.isoformat())
        case Broken():
            return value.text
        case bool():
            return "true" if value else "false"
        case _:
            return format(value, "f")


def laid_out(sheet: Sheet, map: TableMap, year: Year, file: str) -> tuple[Layout | None, tuple[Problem, ...]]:
    """The layout of a sheet for a program whose years begin with ``year``; or None, and what is wrong."""
    header = _header(sheet, map, year)
    if header is None:
        return None, (_no_header(sheet, file),)
    first, last = (header[-1] + 1 if header else 0), len(sheet.rows) - 1
    if map.rows:
        first, last = max(first, map.rows[0] - 1), min(last, map.rows[1] - 1)
    fields = [Field(at, words) for at, words in enumerate(_words(sheet, header))]
    fields, problems = _mapped(fields, map, file)
    if problems:
        return None, tuple(problems)
    found = Layout(sheet, header, first, last, tuple(_by_words(fields, map, year)), map)
    return found, tuple(_twice(found, file))


def _no_header(sheet: Sheet, file: str) -> Problem:
    return Problem(
        code="no-header",
        message=tr("no row of this table looks like a header: none names a period and a value")
        if not sheet.name
        else tr('no row of the sheet "{sheet}" looks like a header: none names a period and a value', sheet=sheet.name),
        hint=tr("say it in the mapping: header = 3 (the number of the row), and what each column is"),
        file=file,
    )


# ---------------------------------------------------------------- the rows of the header


def _header(sheet: Sheet, map: TableMap, year: Year) -> tuple[int, ...] | None:
    """The rows of the header, from 0."""
    if map.header:
        return tuple(row - 1 for row in map.header if 0 < row <= len(sheet.rows))
    named = {fold(name) for name in map.columns}
    for row in range(min(_FAR, len(sheet.rows))):
        if _is_header(sheet, row, named, year) or _names_columns(sheet, row):
            return _with_rows_below(sheet, row, year)
    return None


def _is_header(sheet: Sheet, row: int, named: set[str], year: Year) -> bool:
    """Whether a row is the first of a header: it names two things, one of them a period or a figure, or what the mapping names."""
    texts = [shown(value) for value in sheet.rows[row]]
    said = [text for text in texts if text]
    if named and sum(fold(text) in named for text in said) >= min(2, len(named)):
        return True
    roles = [role for text in said if (role := vocabulary.role_of(text))]
    periods = _periods(sheet.rows[row], year)
    return len(set(roles)) + periods >= 2 and len(said) >= 2 and (bool(roles) or periods >= 2)


def _names_columns(sheet: Sheet, row: int) -> bool:
    """Whether a row has a text of its own above nearly every column that has something below, and figures stand there."""
    cells = sheet.rows[row]
    texts = [shown(cell) for cell in cells if cell != ""]
    if len(texts) < 2 or len(set(texts)) < len(texts) or any(map(is_figure, cells)):
        return False
    below = sheet.rows[row + 1 : row + 1 + _FAR]
    filled = {at for each in below for at, cell in enumerate(each) if cell != ""}
    return len(texts) >= max(2, len(filled) - 1) and any(is_figure(cell) for each in below for cell in each)


def is_figure(value: Value) -> bool:
    """Whether a cell is a number, or a text that says one."""
    if isinstance(value, str):
        return isinstance(amounts.amount(value, None), amounts.Amount | amounts.Unclear)
    return not isinstance(value, (bool, Dated, Broken))


def _periods(cells: Sequence[Value], year: Year) -> int:
    """How many cells of a row name a period."""
    return sum(_is_period(cell, year) for cell in cells if not isinstance(cell, (bool, Percent, Broken)))


_YEARS = range(1900, 2101)
"""A bare number is taken for a year of a header only between these."""


def _is_period(value: Value, year: Year) -> bool:
    if isinstance(value, Decimal):
        return value == value.to_integral_value() and int(value) in _YEARS
    text = shown(value)
    number = re.fullmatch(r"([0-9]+)([.,][0-9]*)?", text)
    if number and (int(number[1]) not in _YEARS or (number[2] or ".0")[1:].strip("0")):
        return False
    return bool(text) and isinstance(stretches.heading(text, year), Heading | UnclearPeriod)


def decided_by(map: TableMap, found: Decided) -> Decided:
    """How periods are to be read: as the mapping says, else as a column proves."""
    said: dict[str, bool | str] = {}
    if map.dates is not None:
        said |= {"years": True} if map.dates == "years" else {"day_first": map.dates == "day first"}
    if map.spans is not None:
        chosen = {"fiscal years": "fiscal", "months": "months", "years": "spans"}[map.spans]
        said |= {each: each == chosen for each in ("fiscal", "months", "spans")}
    if map.fiscal is not None:
        said["fiscal_named"] = "begin" if map.fiscal == "beginning" else "end"
    return found._replace(**said)  # type: ignore[arg-type] # each has the type of its field


def _with_rows_below(sheet: Sheet, top: int, year: Year) -> tuple[int, ...]:
    """A header's first row with those below that belong to it: cells merged with it reach there, or periods stand there alone."""
    bottom = max((area.bottom for area in sheet.merged if area.top == top), default=top)
    following = bottom + 1
    if bottom == top and following < len(sheet.rows) and _goes_on(sheet, top, following, year):
        bottom = following
    return tuple(range(top, bottom + 1))


def _goes_on(sheet: Sheet, top: int, row: int, year: Year) -> bool:
    """Whether a row continues a header: it has periods, and nothing where the header above has its words for rows."""
    labels = [at for at, value in enumerate(sheet.rows[top]) if vocabulary.role_of(shown(value)) not in {None, "value"}]
    return (
        bool(labels) and _periods(sheet.rows[row], year) >= 2 and not any(shown(sheet.value(row, at)) for at in labels)
    )


def _words(sheet: Sheet, header: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """The words above each column, each once."""
    across = {
        (row, column): (area.top, area.left)
        for area in sheet.merged
        if area.top in header
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(width):
        texts = [shown(sheet.value(*across.get((row, column), (row, column)))) for row in header]
        yield tuple(dict.fromkeys(text for text in texts if text))


# ---------------------------------------------------------------- what the columns are


def _mapped(fields: Sequence[Field], map: TableMap, file: str) -> tuple[list[Field], list[Problem]]:
    """Columns with what the mapping says of them, and the names in it that no column has."""
    said: dict[int, Column] = {}
    problems: list[Problem] = []
    for name, column in sorted(map.columns.items(), key=lambda item: "*" in item[0]):
        fits = [each.at for each in _called(fields, name) if each.at not in said]
        if not fits and "*" not in name:
            problems.append(_no_column(fields, name, file))
        said |= dict.fromkeys(fits, column)
    return [
        replace(each, is_=said.get(each.at), by="mapping" if each.at in said else None) for each in fields
    ], problems


def _called(fields: Sequence[Field], name: str) -> list[Field]:
    """The columns that a mapping means: by all words of their header, else by the lowest, else by their letters, else by a pattern."""
    if "*" in name:
        return [each for each in fields if fnmatchcase(each.label.casefold(), name.casefold())]
    plain = re.sub(r"\s+", " ", name).strip()
    return (
        [each for each in fields if each.label == plain]
        or [each for each in fields if each.words and each.words[-1] == plain]
        or [each for each in fields if each.label and fold(each.label) == fold(plain)]
        or [each for each in fields if each.words and fold(each.words[-1]) == fold(plain)]
        or [each for each in fields if name == f"column {letters(each.at)}"]
    )


def _no_column(fields: Sequence[Field], name: str, file: str) -> Problem:
    known = [each.label for each in fields if each.label]
    near = nearest(name, known)
    hint = (
        tr('did you mean "{name}"?', name=near)
        if near
        else tr("the columns are {columns}", columns=", ".join(f'"{each}"' for each in known[:30]))
    )
    return Problem(
        code="no-such-column", message=tr('the mapping names a column "{name}" that this table has not', name=name), hint=hint, file=file
    )  # fmt: skip


_NUMBERING = frozenset({"stt", "tt", "sott", "sothutu", "no", "nr", "lfdnr", "lfd"})
"""The headers of columns that number the rows, folded."""


def _by_words(fields: Sequence[Field], map: TableMap, year: Year) -> Iterator[Field]:
    """Columns, those that the mapping says nothing of by the words of their header; what the mapping says once needs no second column."""
    taken = {each.role for each in fields if each.role}
    if map.all.indicator is not None:
        taken |= {"indicator"}
    texts = [word for each in fields for word in each.words if _is_period(word, year)]
    decided = decided_by(map, stretches.prove(texts))
    for each in fields:
        found = _heading(each, year, decided)
        if each.is_ is not None:
            said = each.role or each.is_.period or each.is_.skip
            yield each if said or isinstance(found, UnclearPeriod) else replace(each, heading=found)
        elif isinstance(found, UnclearPeriod):
            yield replace(each, unclear=found)
        elif found is not None:
            yield replace(
                each, is_=Column(skip=tr("a plan is no actual") if found.plan else None), by="words", heading=found
            )
        else:
            yield _by_word(each, taken)


def _by_word(each: Field, taken: set[str]) -> Field:
    """A column by the one of its words that says what it is."""
    if any(fold(word) in _NUMBERING for word in each.words):
        return replace(each, is_=Column(skip=tr("it numbers the rows")), by="words")
    role = next((role for word in reversed(each.words) if (role := vocabulary.role_of(word))), None)
    return replace(each, is_=Column(is_=role), by="words") if role and role not in taken else each


def _heading(each: Field, year: Year, decided: Decided) -> Heading | UnclearPeriod | None:
    """The period that a header names, in one of its rows or in all of them."""
    for text in (*reversed(each.words), " ".join(each.words)):
        found = stretches.heading(text, year, decided) if _is_period(text, year) else None
        if isinstance(found, Heading):
            return _planned(found, each.words)
        if isinstance(found, UnclearPeriod):
            return found
    return None


def _planned(found: Heading, words: Sequence[str]) -> Heading:
    """A heading that is planned where a row above it says so, too."""
    plan = found.plan or any(vocabulary.flag_of(word) == "plan" for word in words)
    return found._replace(plan=plan)


def _twice(layout: Layout, file: str) -> Iterator[Problem]:
    """What two columns are that only one can be, and headers that may mean two periods."""
    for each in layout.fields:
        if each.unclear is not None:
            yield Problem(
                code="ambiguous-period",
                message=stretches.said(each.unclear),
                hint=tr("say in the mapping how it is meant: {ways}", ways=WAYS),
                file=file,
            )
    for role, fields in layout.by_role.items():
        if len(fields) > 1 and role not in {"value", "note", "flag"}:
            names = either([each.called for each in fields])
            yield Problem(
                code="two-columns",
                message=tr("two columns may be the {role}: {columns}", role=role, columns=names),
                hint=tr('say in the mapping which one it is, and of the other { skip = "why" }'),
                file=file,
            )
