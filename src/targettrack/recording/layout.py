"""Layout: where in a sheet the header stands, and what each of its columns is: by the mapping, else by the words of the header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import Literal

from targettrack.errors import Problem, either, nearest
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.period import Period, Year
from targettrack.program.names import fold
from targettrack.recording import captions, stretches, units, vocabulary
from targettrack.recording.flagged import flags_in
from targettrack.recording.header import header_rows, header_words, is_figure, is_period, of_period, shown
from targettrack.recording.mapping import PART, Column, TableMap
from targettrack.recording.stretches import Decided, Heading, UnclearPeriod
from targettrack.recording.table import Area, Broken, Sheet, Value, letters
from targettrack.recording.units import Unit
from targettrack.regex import regex

WAYS = 'dates = "day first" or "month first", and "years", "quarters", "months" or "days"; spans = "fiscal years", "months" or "years"; fiscal = "beginning" or "end"'
"""What a mapping says of periods that have more than one reading."""
_BETWEEN = " / "
"""What parts the words of a column whose header has several rows."""


@frozen(slots=False)
class Field:
    """One column: its number from 0, the words of its header from the top row to the lowest, what it is (None where nobody said), who said so, and the period that its header names.

    ``of`` is the column of figures that its flags or notes belong to; None where they belong to all of a row.
    ``units`` are those that its header says, or a row of units below it or above.
    """

    at: int
    words: tuple[str, ...]
    is_: Column | None = None
    by: Literal["mapping", "words"] | None = None
    heading: Heading | None = None
    unclear: UnclearPeriod | None = None
    of: int | None = None
    units: tuple[Unit, ...] = ()

    @property
    def label(self) -> str:
        """The words of its header."""
        return _BETWEEN.join(self.words)

    @property
    def called(self) -> str:
        """What a person calls it: its header, else its letters."""
        return f'"{self.label}"' if self.label else tr("column {letters}", letters=letters(self.at))

    @cached_property
    def role(self) -> str | None:
        """What it has of each row; None of a column of figures, of one that is skipped, and of one that nobody said anything of."""
        return self.is_.is_ if self.is_ else None

    @cached_property
    def figures(self) -> bool:
        """Whether its cells are figures: of a period, or of an indicator, that the whole column is about, or of each row."""
        return bool(
            self.is_
            and self.is_.skip is None
            and (self.role == "value" or (self.role is None and (self.heading or self.is_.of_figures)))
        )

    @property
    def amounts(self) -> bool:
        """Whether its cells are figures, or one end of them."""
        return self.figures or self.role in {"low", "high"}


@frozen(slots=False)
class Layout:
    """A sheet, the rows of its header (from 0), the first row behind them and the last one that is read, its columns, and the mapping; ``known`` are texts that are units in the program, or by the mapping."""

    sheet: Sheet
    header: tuple[int, ...]
    first: int
    last: int
    fields: tuple[Field, ...]
    map: TableMap
    year: Year
    known: frozenset[str] = frozenset()

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

    @cached_property
    def amounts_at(self) -> tuple[int, ...]:
        """The numbers of the columns that have figures, or one end of them."""
        return tuple(each.at for each in self.fields if each.amounts)

    @property
    def unknown(self) -> tuple[Field, ...]:
        """The columns that have something in them, and that nobody said anything of; those that are hidden may stay so."""
        hidden = frozenset() if self.map.hidden else self.sheet.hidden_columns
        return tuple(
            each for each in self.fields if each.is_ is None and each.at not in hidden and self.has_content(each.at)
        )

    @cached_property
    def above(self) -> tuple[str, ...]:
        """The first words above the header."""
        top = self.header[0] if self.header else 0
        texts = (shown(cell) for row in self.sheet.rows[:top] for cell in row if isinstance(cell, str))
        return tuple(dict.fromkeys(islice(filter(None, texts), _MOST_ABOVE)))

    @cached_property
    def in_all(self) -> tuple[str, ...]:
        """The words of the header that all columns of figures share, if there are several."""
        shared = [set(each.words) for each in self.fields if each.heading is not None]
        return tuple(sorted(set.intersection(*shared))) if len(shared) > 1 else ()

    @cached_property
    def notes(self) -> tuple[int, ...]:
        """The rows of texts below the last row of the table: one that has a figure, or says that it has none."""
        rows = range(self.last, self.first - 1, -1)
        end = next((row for row in rows if any(_is_filled(self.sheet.value(row, at)) for at in self.amounts_at)), None)
        return captions.below(self.sheet, end) if end is not None else ()

    @cached_property
    def below(self) -> tuple[str, ...]:
        """The first texts below the table."""
        return tuple(dict.fromkeys(islice(captions.texts_of(self.sheet, self.notes), _MOST_ABOVE)))

    @cached_property
    def stated(self) -> tuple[Unit, ...]:
        """The units that the texts above the table and below it say of all of its figures, each once."""
        top = self.header[0] if self.header else self.first
        rows = (*captions.above(self.sheet, top), *self.notes)
        return captions.units_of(self.sheet, [row for row in rows if row not in self.unit_rows], self.known)

    @cached_property
    def in_cells(self) -> tuple[Unit, ...]:
        """The units that the formats of cells of figures show, each once."""
        columns = {each.at for each in self.of_figures}
        cells = self.sheet.units.items()
        texts = (text for (row, at), text in cells if self.first <= row <= self.last and at in columns)
        return tuple(self.of_cell(text) for text in dict.fromkeys(texts))

    def of_cell(self, text: str) -> Unit:
        """The unit that the format of a cell shows, whether anybody knows it or not."""
        return units.whole(text, self.known) or Unit(text, text.casefold(), known=False)

    @cached_property
    def unit_rows(self) -> frozenset[int]:
        """The rows that have a unit in each column: they say it of that column."""
        columns = [each.at for each in self.fields if each.figures]
        top = self.header[0] if self.header else self.first
        over = (
            row
            for row in captions.above(self.sheet, top)
            if captions.over_columns(self.sheet, row, columns, self.known)
        )
        return frozenset(
            (*over, *captions.rows_of_units(self.sheet, range(self.first, self.last + 1), columns, self.known))
        )

    @cached_property
    def last_figure(self) -> int:
        """The last row that has a figure where figures stand; the one before the first row where none has."""
        rows = range(self.last, self.first - 1, -1)
        return next(
            (row for row in rows if any(is_figure(self.sheet.value(row, at)) for at in self.amounts_at)), self.first - 1
        )

    def has_content(self, column: int) -> bool:
        """Whether a column has anything below the header."""
        rows = self.sheet.rows[self.first : self.last + 1]
        return any(column < len(row) and shown(row[column]) for row in rows)

    def value(self, row: int, column: int) -> Value:
        """The content of a cell; of merged cells, that of the upper left one; of a mark that says "as above", what stands there."""
        if self.ditto:
            row = self.ditto.get((row, column), row)
        area = self._merged.get((row, column)) if self._merged else None
        return self.sheet.value(area.top, area.left) if area else self.sheet.value(row, column)

    @cached_property
    def ditto(self) -> Mapping[tuple[int, int], int]:
        """The cells beside the figures that say "as above", with the row that they mean."""
        found: dict[tuple[int, int], int] = {}
        for each in self.fields:
            if each.role is not None and not each.figures:
                found |= self._as_above(each)
        return found

    def _as_above(self, each: Field) -> Iterator[tuple[tuple[int, int], int]]:
        """The cells of a column that say "as above"; one with nothing above it is itself."""
        above: int | None = None
        inside = self.sheet.rows[self.first : self.last + 1]
        texts = {row[each.at] for row in inside if each.at < len(row)}
        ditto = {
            text for text in texts if isinstance(text, str) and vocabulary.is_ditto(text, of_unit=each.role == "unit")
        }
        for row in range(self.first, self.first + len(inside)) if ditto else ():
            text = self.sheet.value(row, each.at)
            if text in ditto:
                if above is not None:
                    yield (row, each.at), above
            elif text != "":
                above = row

    @cached_property
    def shared(self) -> frozenset[tuple[int, int]]:
        """The cells of figures that are merged with others: of several rows, or of several columns of figures."""
        columns = {each.at for each in self.of_figures}
        return frozenset(
            (area.top, area.left)
            for area in self.sheet.merged
            if area.left in columns
            and (area.top < area.bottom or len(columns.intersection(range(area.left, area.right + 1))) > 1)
        )

    @cached_property
    def _merged(self) -> Mapping[tuple[int, int], Area]:
        """The merged cells of one column that rows share, by cell."""
        return {
            (row, area.left): area
            for area in self.sheet.merged
            if area.left == area.right and area.top >= self.first
            for row in range(area.top, min(area.bottom, self.last) + 1)
        }


_MOST_ABOVE = 6


def _is_filled(value: Value) -> bool:
    """Whether a cell among figures has one, or says that it has none."""
    return is_figure(value) or isinstance(value, Broken) or (value != "" and value in vocabulary.MISSING)


def laid_out(
    sheet: Sheet, map: TableMap, year: Year, file: str, known: Iterable[str] = ()
) -> tuple[Layout | None, tuple[Problem, ...]]:
    """The layout of a sheet for a program whose years begin with ``year`` and whose indicators have the ``known`` units; or None, and what is wrong."""
    header = header_rows(sheet, map, year)
    if header is None:
        return None, (_no_header(sheet, file),)
    if len(header) < sum(row > 0 for row in map.header):
        return None, (_no_row(max(map.header), sheet, file),)
    first, last = (header[-1] + 1 if header else 0), len(sheet.rows) - 1
    if map.rows:
        first, last = max(first, map.rows[0] - 1), min(last, map.rows[1] - 1)
    fields = [Field(at, words) for at, words in enumerate(header_words(sheet, header))]
    fields, problems = _mapped(fields, map, file)
    if problems:
        return None, tuple(problems)
    told = frozenset((*known, *map.units))
    found = Layout(sheet, header, first, last, tuple(_by_words(fields, map, year, told)), map, year, told)
    found = replace(found, fields=tuple(_beside_figures(found)))
    found = replace(found, fields=tuple(_with_units(found)))
    found = replace(found, fields=tuple(_whole_periods(found)))
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


def _no_row(row: int, sheet: Sheet, file: str) -> Problem:
    return Problem(
        code="bad-rows",
        message=tr("the mapping says header = {row}, and the table has {count} rows", row=row, count=len(sheet.rows)),
        hint=tr("rows are counted from 1; header = 0 for none"),
        file=file,
    )


def day_first(map: TableMap) -> bool | None:
    """Whether a mapping says that days come before months, or after; None where it says neither."""
    return next((way == "day first" for way in map.dates if way.endswith("first")), None)


def decided_by(map: TableMap, found: Decided) -> Decided:
    """How periods are to be read: as the mapping says, else as a column proves."""
    said: dict[str, bool | str] = {}
    for way in map.dates:
        said |= {"day_first": way == "day first"} if way.endswith("first") else {"stand": way.removesuffix("s")}
    if map.spans is not None:
        chosen = {"fiscal years": "fiscal", "months": "months", "years": "spans"}[map.spans]
        said |= {each: each == chosen for each in ("fiscal", "months", "spans")}
    if map.fiscal is not None:
        said["fiscal_named"] = "begin" if map.fiscal == "beginning" else "end"
    return found._replace(**said)  # type: ignore[arg-type] # each has the type of its field


def _mapped(fields: Sequence[Field], map: TableMap, file: str) -> tuple[list[Field], list[Problem]]:
    """Columns with what the mapping says of them, and the names in it that no column has."""
    said: dict[int, Column] = {}
    problems: list[Problem] = []
    places = {f"column {letters(each.at)}": each.at for each in fields}
    for name, column in sorted(map.columns.items(), key=lambda item: (item[0] not in places, "*" in item[0])):
        fits = [each.at for each in _called(fields, name, places) if each.at not in said]
        if not fits and "*" not in name and not _called(fields, name, places):
            problems.append(_no_column(fields, name, file))
        said |= dict.fromkeys(fits, column)
    return [
        replace(each, is_=said.get(each.at), by="mapping" if each.at in said else None) for each in fields
    ], problems


def _called(fields: Sequence[Field], name: str, letters: Mapping[str, int]) -> list[Field]:
    """The columns that a mapping means: by all words of their header, else by the lowest, else by their letters, else by any word that only one has, else by a pattern."""
    plain = re.sub(r"\s+", " ", name).strip()
    among = [each for each in fields if plain in each.words]
    return (
        [each for each in fields if each.label == plain]
        or [each for each in fields if each.words and each.words[-1] == plain]
        or [each for each in fields if each.label and fold(each.label) == fold(plain) != ""]
        or [each for each in fields if each.words and fold(each.words[-1]) == fold(plain) != ""]
        or [each for each in fields if each.at == letters.get(name)]
        or (among if len(among) == 1 else [])
        or [each for each in fields if "*" in plain and _pattern(plain).fullmatch(each.label)]
    )


@lru_cache(maxsize=64)
def _pattern(name: str) -> re.Pattern[str]:
    """A name in which an asterisk stands for any letters."""
    return re.compile(".*".join(map(re.escape, name.split("*"))), re.IGNORECASE)


def _no_column(fields: Sequence[Field], name: str, file: str) -> Problem:
    known = [each.label for each in fields if each.label]
    near = nearest(name, known)
    hint = (
        tr('did you mean "{name}"?', name=near)
        if near
        else tr("the columns are {columns}", columns=", ".join(f'"{each}"' for each in known[:30]))
    )
    return Problem(
        code="no-such-column", message=tr('there is no column "{name}"', name=name), hint=hint, file=file
    )  # fmt: skip


_NUMBERING = frozenset({"stt", "tt", "sott", "sothutu", "no", "nr", "lfdnr", "lfd"})
"""The headers of columns that number the rows, folded."""


def _by_words(fields: Sequence[Field], map: TableMap, year: Year, known: Collection[str]) -> Iterator[Field]:
    """Columns, those that the mapping says nothing of by the words of their header; what the mapping says once needs no second column."""
    taken = {each.role for each in fields if each.role}
    taken |= {"indicator"} if map.all.indicator is not None else set()
    taken |= {"period", "year"} if map.all.period is not None else set()
    texts = [word for each in fields for word in each.words if is_period(word, year)]
    decided = decided_by(map, stretches.prove(texts, day_first=day_first(map)))
    headings = {each.at: _heading(each, year, decided) for each in fields}
    common = _of_all([each for each in fields if isinstance(headings[each.at], Heading)], year, decided, known)
    valued = any(_role_by_words(each) == "value" or each.role == "value" for each in fields)
    for each in fields:
        found = headings[each.at]
        if each.is_ is not None:
            said = each.role or each.is_.period or each.is_.skip
            yield each if said or isinstance(found, UnclearPeriod) else replace(each, heading=found)
        elif isinstance(found, UnclearPeriod):
            yield replace(each, unclear=found)
        elif found is not None:
            yield _of_period(each, found, _beside(each, year, decided, known), common)
        else:
            yield _by_word(each, taken | ({"low", "high"} if valued else set()))


def _of_period(each: Field, found: Heading, beside: set[str], common: set[str]) -> Field:
    """A column of figures of a period; one whose header says more than that, and not what those of all such columns do, is nobody's guess."""
    if found.plan:
        return replace(each, is_=Column(skip=tr("a plan is no actual")), by="words", heading=found)
    if beside - common or any(map(PLAN.search, beside)):
        return each
    return replace(each, is_=Column(), by="words", heading=found)


PLAN = regex(
    r"(?i)kế hoạch|mục tiêu|dự toán|dự báo|dự kiến|phấn đấu|chỉ tiêu giao|\b(?:kh|target|plan|planned|forecast|projection|projected|projections|budget|soll|ziel|prognose|prévision|cible)s?\b"
)
"""Words of a header that may make its figures those of a plan."""


def _of_all(fields: Sequence[Field], year: Year, decided: Decided, known: Collection[str]) -> set[str]:
    """The words beside their periods that all columns of figures have: what the whole table is about."""
    words = [_beside(each, year, decided, known) for each in fields]
    return set.intersection(*words) if words else set()


def _beside(each: Field, year: Year, decided: Decided, known: Collection[str]) -> set[str]:
    """The words of a header that are no period and no unit, and that nobody knows."""
    rest = beside(each.words, year, decided) if len(each.words) > 1 else ()
    return {
        word
        for word in rest
        if not (
            units.whole(word, known) is not None
            or _role_of(word) == "value"
            or vocabulary.says_actual(word)
            or vocabulary.flag_of(word) in {"final", "provisional", "estimate", "plan"}
        )
    }


def beside(words: Sequence[str], year: Year, decided: Decided = stretches.UNDECIDED) -> Sequence[str]:
    """The words of a header beside those that say its period; none where all of them together say one."""
    for at, run in _runs(words):
        if any(_is_heading(text, year, decided) for text in _joined(run)):
            return [
                word
                for word in (*words[:at], *words[at + len(run) :])
                if not is_period(word, year) and word.strip().casefold() not in _OF_YEARS
            ]
    return [word for word in words if not is_period(word, year)]


def pattern(words: Sequence[str], year: Year) -> str:
    """The words of a header with an asterisk for those that say its period, as a mapping may call all columns of the same words; empty where none do, or all."""
    for at, run in _runs(words):
        if any(_is_heading(text, year, stretches.UNDECIDED) for text in _joined(run)):
            rest = (*words[:at], "*", *words[at + len(run) :])
            return _BETWEEN.join(rest) if len(rest) > 1 else ""
    return ""


_OF_YEARS = frozenset({"năm", "year"})
"""Words that stand alone in a row of a header, and of whose year another row speaks; without its mark the first means men."""


def _joined(words: Sequence[str]) -> tuple[str, str]:
    """The words of a header that has several rows as one text: ``2021 Quý I`` and ``Quý I 2021``."""
    return _once(words), _once([*reversed(words)])


def _once(words: Sequence[str]) -> str:
    """Words in a row; one that two rows of a header have, as ``Quý I năm`` and ``năm 2018``, is said once."""
    said: list[str] = []
    for word in " ".join(words).split():
        if not said or said[-1].casefold() != word.casefold():
            said.append(word)
    return " ".join(said)


def _is_heading(text: str, year: Year, decided: Decided) -> bool:
    return isinstance(stretches.heading(of_period(text), year, decided), Heading)


def _role_of(word: str) -> str | None:
    """What a column is by a word of its header, which may say a unit too: ``Value (USD million)``."""
    return vocabulary.role_of(word) or vocabulary.role_of(units.without(word))


def _role_by_words(each: Field) -> str | None:
    """What the lowest word of a header that anybody agreed on says."""
    return next((role for word in reversed(each.words) if (role := _role_of(word))), None)


def _by_word(each: Field, taken: set[str]) -> Field:
    """A column by the one of its words that says what it is."""
    if any(fold(word) in _NUMBERING for word in each.words):
        return replace(each, is_=Column(skip=tr("it numbers the rows")), by="words")
    role = _role_by_words(each)
    return replace(each, is_=Column(is_=role), by="words") if role and role not in taken else each


def _with_units(found: Layout) -> Iterator[Field]:
    """Columns of figures, with the units that their headers and the rows of units say, and words below periods or the word for a value that nobody knows: these may be units, too."""
    figures = [each for each in found.fields if each.amounts]
    lower = {each.at: _lower(found, each) for each in found.of_figures if each.by == "words"}
    shared = set.intersection(*map(set, lower.values())) if lower else set()
    columns = [each.at for each in figures]
    rows = [captions.by_column(found.sheet, row, columns, found.known) for row in _rows_of_units(found, columns)]
    for each in found.fields:
        words = [unit for at, word in enumerate(each.words) for unit in _of_word(found, each, at, word)]
        cells = [row[each.at] for row in rows if each.at in row]
        unknown = [
            Unit(word.strip("()[] "), fold(word), known=False) for word in lower.get(each.at, ()) if word in shared
        ]
        yield replace(each, units=tuple(dict.fromkeys((*words, *cells, *unknown)))) if each in figures else each


def _rows_of_units(found: Layout, columns: Sequence[int]) -> Iterator[int]:
    """The rows of units, those of the header below its first row among them that say nothing else of the figures."""
    for row in found.header[1:]:
        texts = [shown(found.sheet.value(row, at)) for at in columns]
        if any(texts) and all(units.whole(text, found.known) for text in texts if text):
            yield row
    yield from sorted(found.unit_rows)


def _of_word(found: Layout, each: Field, at: int, word: str) -> tuple[Unit, ...]:
    """The units that one row of a header says; a plain word that may name what a column has is one only below, or beside a period."""
    alone = bool(at) or each.heading is not None or each.role is not None or word.startswith("(")
    return units.of_header(word, found.known, alone=alone)


def _lower(found: Layout, each: Field) -> list[str]:
    """The words of a header that stand below its period, or below the word for a value, and say nothing that anybody knows."""
    says = [at for at, word in enumerate(each.words) if is_period(word, found.year) or _role_of(word) == "value"]
    below = each.words[says[-1] + 1 :] if says else ()
    beside = _beside(each, found.year, stretches.UNDECIDED, found.known)
    return [word for word in below if word in beside and fold(word) not in vocabulary.TOTALS]


def _heading(each: Field, year: Year, decided: Decided) -> Heading | UnclearPeriod | None:
    """The period that a header names, in one of its rows or in all of them; none where the lowest says that the column has something beside the figures."""
    if each.words and vocabulary.role_of(each.words[-1]) in _BESIDE:
        return None
    found: list[Heading | UnclearPeriod] = []
    for length in range(len(each.words), 0, -1):
        runs = [run for _, run in _runs(each.words) if len(run) == length]
        found = found or _of_run(runs, year, decided)
    if len({said.period for said in found if isinstance(said, Heading)}) > 1:
        return None
    said = next((said for said in found if isinstance(said, Heading)), next(iter(found), None))
    if isinstance(said, Heading) and _says_another(beside(each.words, year, decided), said.period):
        return None
    return _with_quality(said, each.words) if isinstance(said, Heading) else said


def _says_another(rest: Sequence[str], period: Period) -> bool:
    """Whether the words beside a period may mean another one: a year that it is compared with, or a part of the year that it is."""
    whole = (period.last - period.first).days > _HALF
    return any(
        (_COMPARES.search(word) and _A_YEAR.search(word)) or (whole and _PART_OF_YEAR.search(word)) for word in rest
    )


_HALF = 184
"""So many days a half of a year has, and no more."""
_COMPARES = regex(
    r"(?i)so với|so cùng|compared|\bover\b|\bvs\b|\bversus\b|change|growth|gegenüber|gegen\b|zum\b|par rapport|évolution|variación|variação"
)
_A_YEAR = regex(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_PART_OF_YEAR = regex(
    r"(?i)\b(?:quý|quí|quarter|quartal|trimestre|tháng|months?|monat|mois|half|halbjahr|semestre|q[1-4]|[1-4]q|h[12])\b"
)
"""What a header says of a part of a year, or of years that its figures compare."""


def _runs(words: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of a header that follow one another, with the number of the first: all of them, then one less, from below, and so on."""
    for length in range(len(words), 0, -1):
        for at in range(len(words) - length, -1, -1):
            yield at, words[at : at + length]


def _of_run(runs: Sequence[Sequence[str]], year: Year, decided: Decided) -> list[Heading | UnclearPeriod]:
    """The periods that rows of a header say together, from the top or from below."""
    found: list[Heading | UnclearPeriod] = []
    for words in runs:
        texts = [text for text in _joined(words) if is_period(text, year)]
        read = [stretches.heading(of_period(text), year, decided) for text in texts]
        found += [each for each in read[:1] if isinstance(each, Heading | UnclearPeriod)]
    return found


_BESIDE = frozenset({"flag", "note"})
"""What stands in a column of its own beside each column of figures, or once for all of them."""


def _with_quality(found: Heading, words: Sequence[str]) -> Heading:
    """A heading that is planned, provisional or an estimate where another row of the header says so."""
    said = [vocabulary.flag_of(word) for word in words]
    quality: Literal["provisional", "estimate"] | None = (
        "estimate" if "estimate" in said else "provisional" if "provisional" in said else None
    )
    return found._replace(plan=found.plan or "plan" in said, quality=found.quality or quality)


def _beside_figures(layout: Layout) -> Iterator[Field]:
    """Columns, those of flags and notes that stand right behind several columns of figures as belonging to these."""
    fields = [_of_flags(layout, each) for each in layout.fields]
    before: int | None = None
    owners: dict[int, int] = {}
    alone = False
    for each in fields:
        if each.figures:
            before = each.at
        elif each.role in _BESIDE:
            alone = alone or before is None
            owners |= {each.at: before} if before is not None else {}
        elif each.is_ is not None or layout.has_content(each.at):
            before = None
    several = not alone and len(set(owners.values())) > 1
    yield from (replace(each, of=owners.get(each.at)) if several else each for each in fields)


def _whole_periods(layout: Layout) -> Iterator[Field]:
    """Columns, the only one of quarters or months as that of the periods where no other says the year, and its cells do."""
    parts = [each for role in ("half", "quarter", "month") for each in layout.by_role.get(role, ())]
    known = layout.by_role.keys() & {"period", "year"} or layout.map.all.period is not None
    alone = (
        parts[0] if len(parts) == 1 and not known and parts[0].by == "words" and _say_years(layout, parts[0]) else None
    )
    yield from (replace(each, is_=Column(is_="period")) if each is alone else each for each in layout.fields)


def _say_years(layout: Layout, each: Field) -> bool:
    """Whether the first cells of a column are periods with their years."""
    rows = range(layout.first, layout.last + 1)
    cells = list(islice((cell for row in rows if (cell := layout.value(row, each.at)) != ""), _MOST_ABOVE))
    return bool(cells) and all(
        isinstance(stretches.heading(cell, layout.year), Heading | UnclearPeriod) for cell in cells
    )


def _of_flags(layout: Layout, each: Field) -> Field:
    """A column without words of its own, right behind one of figures, that has nothing but flags in it, as one of flags."""
    left = layout.fields[each.at - 1] if each.at else None
    if left is None or not left.figures or each.by == "mapping" or (each.words and each.words != left.words):
        return each
    rows = layout.sheet.rows[layout.first : layout.last + 1]
    texts = {shown(row[each.at]) for row in rows if each.at < len(row)} - {""}
    if not (texts or each.words) or any(
        len(text) > _LONGEST_FLAG or not flags_in(text, layout.map.flags) for text in texts
    ):
        return each
    return replace(each, words=(), is_=Column(is_="flag"), by="words", heading=None, unclear=None)


_LONGEST_FLAG = 3


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
    for what, fields in rivals(layout):
        yield Problem(
            code="two-columns",
            message=tr("two columns may be the {role}: {columns}", role=what, columns=either([each.called for each in fields])),
            hint=tr(
                'say in the mapping which one it is, and of the other {{ skip = "why" }}; there they are called {columns}',
                columns=", ".join(f'"{named(layout, each)}"' for each in fields),
            ),
            file=file,
        )  # fmt: skip


def named(layout: Layout, each: Field) -> str:
    """What a mapping calls a column: its header, where no other has the same words; else its letters."""
    alone = sum(other.label == each.label for other in layout.fields) == 1
    return each.label if each.label and alone else f"column {letters(each.at)}"


def rivals(layout: Layout) -> Iterator[tuple[str, Sequence[Field]]]:
    """Columns that may be what only one can be, with what that is: a role, or the figures of a period."""
    several = [(role, fields) for role, fields in layout.by_role.items() if role not in {"note", "flag"}]
    several += [
        ("period", _of_roles(layout, "period", "year")),
        ("quarter", _of_roles(layout, "half", "quarter", "month")),
    ]
    for role, fields in several:
        if len(fields) > 1 and len({each.is_.indicator if each.is_ else None for each in fields}) < len(fields):
            yield role, fields
    yield from _of_one_period(layout)


def _of_roles(layout: Layout, *roles: str) -> tuple[Field, ...]:
    """The columns of some roles, where there are several such roles."""
    found = [layout.by_role[role] for role in roles if role in layout.by_role]
    return tuple(each for fields in found for each in fields) if len(found) > 1 else ()


def _of_one_period(layout: Layout) -> Iterator[tuple[str, Sequence[Field]]]:
    """Columns of figures of the same period, indicator and part, with the period."""
    found: dict[tuple[Period, object], list[Field]] = {}
    for each in layout.of_figures:
        if each.heading is not None and each.is_ is not None and each.role is None and each.is_.period is None:
            found.setdefault((each.heading.period, (each.is_.indicator, each.is_.disaggregation)), []).append(each)
    return ((period.text, fields) for (period, _), fields in found.items() if len(fields) > 1)
