"""Layout: where in a sheet the header stands, and what each of its columns is: by the mapping, else by the words of the header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import Literal

from targettrack.errors import Problem, either, nearest
from targettrack.language import tr
from targettrack.period import Period, Year
from targettrack.program.names import fold
from targettrack.recording import stretches, vocabulary
from targettrack.recording.flagged import flags_in
from targettrack.recording.header import UNIT, header_rows, header_words, is_period, shown
from targettrack.recording.mapping import PART, Column, TableMap
from targettrack.recording.stretches import Decided, Heading, UnclearPeriod
from targettrack.recording.table import Area, Sheet, Value, letters

WAYS = (
    'dates = "day first" or "month first", spans = "fiscal years", "months" or "years", fiscal = "beginning" or "end"'
)
"""What a mapping says of periods that have more than one reading."""
_BETWEEN = " / "
"""What parts the words of a column whose header has several rows."""


@dataclass(frozen=True, eq=False)
class Field:
    """One column: its number from 0, the words of its header from the top row to the lowest, what it is (None where nobody said), who said so, and the period that its header names.

    ``of`` is the column of figures that its flags or notes belong to; None where they belong to all of a row.
    """

    at: int
    words: tuple[str, ...]
    is_: Column | None = None
    by: Literal["mapping", "words"] | None = None
    heading: Heading | None = None
    unclear: UnclearPeriod | None = None
    of: int | None = None

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
    year: Year

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
        """The columns that have something in them, and that nobody said anything of; those that are hidden may stay so."""
        hidden = frozenset() if self.map.hidden else self.sheet.hidden_columns
        return tuple(
            each for each in self.fields if each.is_ is None and each.at not in hidden and self.has_content(each.at)
        )

    @cached_property
    def above(self) -> tuple[str, ...]:
        """The first words above the header, and those of the header that all columns of figures share."""
        top = self.header[0] if self.header else 0
        texts = (shown(cell) for row in self.sheet.rows[:top] for cell in row if isinstance(cell, str))
        shared = [set(each.words) for each in self.fields if each.heading is not None]
        words = set.intersection(*shared) if len(shared) > 1 else set()
        return tuple(dict.fromkeys((*islice(filter(None, texts), _MOST_ABOVE), *sorted(words))))

    @cached_property
    def unit_above(self) -> str:
        """The unit that stands above the table (``Đơn vị: tỷ đồng``); empty where none does."""
        found = [match for text in self.above if (match := UNIT.search(text))]
        if not found:
            return ""
        after = self.above[self.above.index(found[0].string) + 1 :]
        return found[0]["unit"].strip() or next(iter(after), "")

    def has_content(self, column: int) -> bool:
        """Whether a column has anything below the header."""
        rows = self.sheet.rows[self.first : self.last + 1]
        return any(column < len(row) and shown(row[column]) for row in rows)

    def value(self, row: int, column: int) -> Value:
        """The content of a cell; of merged cells, that of the upper left one."""
        area = self._merged.get((row, column)) if self._merged else None
        return self.sheet.value(area.top, area.left) if area else self.sheet.value(row, column)

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


def laid_out(sheet: Sheet, map: TableMap, year: Year, file: str) -> tuple[Layout | None, tuple[Problem, ...]]:
    """The layout of a sheet for a program whose years begin with ``year``; or None, and what is wrong."""
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
    found = Layout(sheet, header, first, last, tuple(_by_words(fields, map, year)), map, year)
    found = replace(found, fields=tuple(_beside_figures(found)))
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
    """The columns that a mapping means: by all words of their header, else by the lowest, else by their letters, else by a pattern."""
    plain = re.sub(r"\s+", " ", name).strip()
    return (
        [each for each in fields if each.label == plain]
        or [each for each in fields if each.words and each.words[-1] == plain]
        or [each for each in fields if each.label and fold(each.label) == fold(plain) != ""]
        or [each for each in fields if each.words and fold(each.words[-1]) == fold(plain) != ""]
        or [each for each in fields if each.at == letters.get(name)]
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


def _by_words(fields: Sequence[Field], map: TableMap, year: Year) -> Iterator[Field]:
    """Columns, those that the mapping says nothing of by the words of their header; what the mapping says once needs no second column."""
    taken = {each.role for each in fields if each.role}
    taken |= {"indicator"} if map.all.indicator is not None else set()
    taken |= {"period", "year"} if map.all.period is not None else set()
    texts = [word for each in fields for word in each.words if is_period(word, year)]
    decided = decided_by(map, stretches.prove(texts))
    headings = {each.at: _heading(each, year, decided) for each in fields}
    common = _of_all([each for each in fields if isinstance(headings[each.at], Heading)], year, decided)
    valued = any(_role_by_words(each) == "value" or each.role == "value" for each in fields)
    for each in fields:
        found = headings[each.at]
        if each.is_ is not None:
            said = each.role or each.is_.period or each.is_.skip
            yield each if said or isinstance(found, UnclearPeriod) else replace(each, heading=found)
        elif isinstance(found, UnclearPeriod):
            yield replace(each, unclear=found)
        elif found is not None:
            yield _of_period(each, found, _beside(each, year, decided), common)
        else:
            yield _by_word(each, taken | ({"low", "high"} if valued else set()))


def _of_period(each: Field, found: Heading, beside: set[str], common: set[str]) -> Field:
    """A column of figures of a period; one whose header says more than that, and not what those of all such columns do, is nobody's guess."""
    if found.plan:
        return replace(each, is_=Column(skip=tr("a plan is no actual")), by="words", heading=found)
    if beside - common or any(map(_PLAN.search, beside)):
        return each
    return replace(each, is_=Column(), by="words", heading=found)


_PLAN = re.compile(
    r"(?i)kế hoạch|mục tiêu|dự toán|dự báo|dự kiến|phấn đấu|chỉ tiêu giao|\b(?:kh|target|plan|planned|forecast|projection|projected|projections|budget|soll|ziel|prognose|prévision|cible)s?\b"
)
"""Words of a header that may make its figures those of a plan."""


def _of_all(fields: Sequence[Field], year: Year, decided: Decided) -> set[str]:
    """The words beside their periods that all columns of figures have: what the whole table is about."""
    words = [_beside(each, year, decided) for each in fields]
    return set.intersection(*words) if words else set()


def _beside(each: Field, year: Year, decided: Decided) -> set[str]:
    """The words of a header that are no period, and that nobody knows."""
    if len(each.words) < 2 or any(_is_heading(text, year, decided) for text in _joined(each.words)):
        return set()
    return {
        word
        for word in each.words
        if not (
            is_period(word, year)
            or vocabulary.role_of(word) == "value"
            or vocabulary.says_actual(word)
            or vocabulary.flag_of(word) in {"final", "provisional", "estimate", "plan"}
        )
    }


def _joined(words: Sequence[str]) -> tuple[str, str]:
    """The words of a header that has several rows as one text: ``2021 Quý I`` and ``Quý I 2021``."""
    return " ".join(words), " ".join(reversed(words))


def _is_heading(text: str, year: Year, decided: Decided) -> bool:
    return isinstance(stretches.heading(text, year, decided), Heading)


def _role_by_words(each: Field) -> str | None:
    """What the lowest word of a header that anybody agreed on says."""
    return next((role for word in reversed(each.words) if (role := vocabulary.role_of(word))), None)


def _by_word(each: Field, taken: set[str]) -> Field:
    """A column by the one of its words that says what it is."""
    if any(fold(word) in _NUMBERING for word in each.words):
        return replace(each, is_=Column(skip=tr("it numbers the rows")), by="words")
    role = _role_by_words(each)
    return replace(each, is_=Column(is_=role), by="words") if role and role not in taken else each


def _heading(each: Field, year: Year, decided: Decided) -> Heading | UnclearPeriod | None:
    """The period that a header names, in one of its rows or in all of them; none where the lowest says that the column has something beside the figures."""
    if each.words and vocabulary.role_of(each.words[-1]) in _BESIDE:
        return None
    for text in dict.fromkeys((*_joined(each.words), *reversed(each.words))):
        found = stretches.heading(text, year, decided) if is_period(text, year) else None
        if isinstance(found, Heading):
            return _with_quality(found, each.words)
        if isinstance(found, UnclearPeriod):
            return found
    return None


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
            hint=tr('say in the mapping which one it is, and of the other { skip = "why" }'),
            file=file,
        )  # fmt: skip


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
