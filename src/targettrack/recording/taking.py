"""Taking: the cells of a table as figures of a program; every cell that looks like a figure is taken, or left with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

from targettrack import period as periods
from targettrack.errors import Exit, Problem, failure
from targettrack.frozen import frozen
from targettrack.language import tr, tr_n
from targettrack.program.model import YES_NO, Program, is_percent
from targettrack.program.names import fold
from targettrack.recording import amounts, sections, shares, stretches, vocabulary, within
from targettrack.recording.again import Again
from targettrack.recording.alike import Alike
from targettrack.recording.amounts import Amount, Missing, NoFigure, Unclear
from targettrack.recording.called import Called
from targettrack.recording.entry import Row
from targettrack.recording.flagged import flags_in, meanings_of
from targettrack.recording.header import is_figure, shown
from targettrack.recording.lacking import lacking
from targettrack.recording.layout import WAYS, Field, Layout, day_first, decided_by
from targettrack.recording.left import Left, Why
from targettrack.recording.mapping import MEANINGS, TARGET_ROLES, About, Part, looked_up, scaled
from targettrack.recording.measures import Measured, Measures
from targettrack.recording.plan import Origin
from targettrack.recording.sections import Sections
from targettrack.recording.stretches import Heading
from targettrack.recording.table import MOST_FIGURES, Broken, Dated, Percent, Sheet, Value
from targettrack.recording.written import key_of, value_of
from targettrack.regex import regex


@frozen(slots=False)
class Taken:
    """What one file gives a program: rows of figures, the cells that were left, the documents that it names, what was found out while reading, and what is wrong."""

    rows: tuple[Row, ...] = ()
    left: tuple[Left, ...] = ()
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Named(NamedTuple):
    """An indicator that the table means, and what the mapping says of what it calls so."""

    id: str
    about: About


class _Nothing(NamedTuple):
    """Why a row, or a cell, gives no figure."""

    why: Why
    about: str = ""


_PLAIN = About()
_NO_PART = Part()
_ANSWERS = {"yes": True, "true": True, "co": True, "no": False, "false": False, "khong": False}


@dataclass(eq=False)
class _Once:
    """Problems that many cells have in common: each is told once, with the first cell and how many there are."""

    file: str
    found: dict[tuple[str, ...], Problem] = field(default_factory=dict)
    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, cell: str, code: str, about: str, message: str, hint: str) -> None:
        """One more cell of a kind."""
        kind = (code, about)
        self.counts[kind] += 1
        if kind not in self.found:
            self.found[kind] = Problem(code=code, message=f"{cell}: {message}", hint=hint, file=self.file)

    @property
    def problems(self) -> list[Problem]:
        """Each kind, with how many more cells it has."""
        return [
            problem
            if self.counts[kind] == 1
            else replace(
                problem,
                message=tr_n(
                    self.counts[kind] - 1,
                    "{message} (and {count} more cell like it)",
                    "{message} (and {count} more cells like it)",
                    message=problem.message,
                ),
            )
            for kind, problem in self.found.items()
        ]


def taken(layout: Layout, program: Program, file: str, delimiter: str | None, source: str | None = None) -> Taken:
    """The figures of one sheet, by its layout; ``source`` is the document of those whose row names none."""
    if problems := tuple(lacking(layout, program, file)):
        return Taken(left=unread(layout.sheet), problems=problems)
    table = _Table(layout, program, file, delimiter, source)
    table.run()
    return Taken(
        tuple(table.rows), tuple(table.left), table.names.sources, tuple(table.said()), tuple(table.once.problems)
    )  # fmt: skip


def unread(sheet: Sheet) -> tuple[Left, ...]:
    """Every cell of a sheet that looks like a figure, where none was read."""
    rows = range(len(sheet.rows))
    cells = ((row, at, cell) for row in rows for at, cell in enumerate(sheet.rows[row]))
    return tuple(Left(sheet.address(row, at), shown(cell), "refused") for row, at, cell in cells if is_figure(cell))


class _Table:
    """One pass over the rows of a sheet."""

    def __init__(self, layout: Layout, program: Program, file: str, delimiter: str | None, source: str | None) -> None:
        self.layout, self.program, self.file, self.source = layout, program, file, source
        self.map, self.sheet = layout.map, layout.sheet
        self.rows: list[Row] = []
        self.left: list[Left] = []
        self.once = _Once(file)
        self.names = Called(program)
        self.delimiter = delimiter
        self.indicators: dict[str, _Named | _Nothing] = {}
        self.periods: dict[tuple[int, Value], Heading | _Nothing] = {}
        self.over: dict[str, Decimal] = {}
        self.measures = Measures(layout, program)
        self.sections = Sections(layout, program, self.is_called)
        self.alike = Alike(layout, self.parted_as)
        self.amounts: dict[tuple[int, str], amounts.Reading] = {}
        self.totals: dict[tuple[str, str], None] = {}
        self.parted: dict[tuple[str, str], str | _Nothing] = {}
        self.proofs: dict[tuple[int, ...], amounts.Proof | amounts.Conflict | None] = {}

    # ------------------------------------------------------------ what the whole table proves

    @cached_property
    def missing(self) -> frozenset[str]:
        """The signs that stand for no figure."""
        return vocabulary.MISSING | frozenset(self.map.missing)

    def texts(self, column: int) -> list[str]:
        """The texts of a column of figures."""
        rows = self.sheet.rows[self.layout.first : self.layout.last + 1]
        return [cell for row in rows if column < len(row) and isinstance(cell := row[column], str) and cell]

    @cached_property
    def decimals(self) -> Mapping[int, Literal[".", ","] | None]:
        """The decimal sign of each column of figures: the mapping's, else the one that its own texts prove, else the one that those of all columns do."""
        columns = self.layout.amounts_at
        if self.map.decimal is not None:
            return dict.fromkeys(columns, self.map.decimal)
        proofs = {at: amounts.proof(self.texts(at), None) for at in columns}
        whole = self.proof(*columns)
        return {at: _sign(proof) if proof is not None else _sign(whole) for at, proof in proofs.items()}

    def proof(self, *columns: int) -> amounts.Proof | amounts.Conflict | None:
        """What the texts of some columns prove together of the sign of their decimals; of the same columns it is looked for once."""
        if columns not in self.proofs:
            self.proofs[columns] = amounts.proof((text for at in columns for text in self.texts(at)), self.delimiter)
        return self.proofs[columns]

    @cached_property
    def decided(self) -> Mapping[int, stretches.Decided]:
        """What each column of periods proves of how its periods are to be read."""
        columns = [each for role in ("period", "year", "by") for each in self.layout.by_role.get(role, ())]
        rows = range(self.layout.first, self.layout.last + 1)
        return {
            each.at: decided_by(
                self.map,
                stretches.prove([self.layout.value(row, each.at) for row in rows], day_first=day_first(self.map)),
            )
            for each in columns
        }

    def said(self) -> Iterator[str]:
        """What was found out, for the person who gave the file."""
        words = [each for each in self.layout.fields if each.by == "words" and each.role]
        if words:
            yield tr(
                "columns by their headers: {columns}",
                columns=", ".join(f"{each.called} = {each.role}" for each in words),
            )
        if above := self.layout.above:
            yield tr("above the table: {texts}", texts=", ".join(f'"{text}"' for text in above))
        if shared := self.layout.in_all:
            yield tr("in the header of every period: {texts}", texts=", ".join(f'"{text}"' for text in shared))
        if below := self.layout.below:
            yield tr("below the table: {texts}", texts=", ".join(f'"{text}"' for text in below))
        for at in sorted({at for _, at in self.layout.ditto}):
            yield tr(
                "the mark {mark} in {column} is taken for what stands above it",
                mark=next(shown(self.sheet.value(row, at)) for row, other in self.layout.ditto if other == at),
                column=self.layout.fields[at].called,
            )
        for part, value in self.totals:
            yield tr(
                '"{value}" is taken for a part of {part}; if it means the whole, say so: [parts.{key}] total = [{text}]',
                value=value,
                part=part,
                key=key_of(part),
                text=value_of(value),
            )
        yield from self.sections.said()
        yield from shares.said(self.over, self.rows, self.program)
        yield from dict.fromkeys(text for each in self.decided.values() for text in stretches.proven(each))
        if self.map.decimal is None:
            proof = self.proof(*(each.at for each in self.layout.of_figures))
            if isinstance(proof, amounts.Proof):
                yield amounts.said(proof)

    # ------------------------------------------------------------ rows

    def run(self) -> None:
        """Take or leave every cell."""
        inside = range(self.layout.first, self.layout.last + 1)
        headers = Again(self.layout, self.program.year, self.is_called)
        other: _Nothing | None = None
        for row in range(len(self.sheet.rows)):
            if row in self.layout.header:
                continue
            if row not in inside:
                self.leave_row(row, _Nothing("outside"))
                continue
            if len(self.rows) > MOST_FIGURES:
                break
            if other is None and self.like_others(row, headers):
                continue
            again = None if other else headers.header(row)
            if again == "other":
                other = _Nothing("another-table", tr("row {row}", row=row + 1))
            if other or again:
                self.leave_row(row, other or _Nothing("header"))
            else:
                self.row(row)
        if len(self.rows) > MOST_FIGURES:
            raise failure(
                Exit.INVALID,
                "too-many-figures",
                tr("this file has more than {most} figures", most=MOST_FIGURES),
                hint=tr("split it"),
                file=self.file,
            )

    def like_others(self, row: int, headers: Again) -> bool:
        """Take a row all figures of which are like others that were understood; nothing of any other row, nor of one that may be a header."""
        if not self.regular or row == self.layout.first or self.sections.open or row in self.sections.lines:
            return False
        cells, width = self.sheet.rows[row], len(self.sheet.rows[row])
        key = self.alike.key(row)
        found: list[Row] = []
        headed = True
        for at in self.figures:
            value = cells[at] if at < width else ""
            if value == "":
                continue
            figure = self.amount(at, value) if isinstance(value, str) else self.figure(row, at, value)
            said = self.alike.said(row, at, figure, key) if isinstance(figure, Amount) else None
            if said is None:
                return False
            headed = headed and headers.heads(value)
            found.append(self.given(row, self.sheet.address(row, at), said))
        if not headed:
            self.rows += found
            for each, nothing in self.others:
                self.leave(row, each.at, nothing, beside=True)
        return not headed

    @cached_property
    def regular(self) -> bool:
        """Whether nothing but the cells of a row says what it is: no merged or hidden cells, and no figures of two cells."""
        hidden = self.sheet.hidden_rows and not self.map.hidden
        return not (hidden or self.layout.shared or self.in_two_columns)

    @cached_property
    def figures(self) -> Sequence[int]:
        """The columns of figures."""
        return [each.at for each, nothing in self.columns if nothing is None]

    @cached_property
    def others(self) -> Sequence[tuple[Field, _Nothing]]:
        """The columns whose figures are left, with the reasons."""
        return [(each, nothing) for each, nothing in self.columns if nothing is not None]

    def is_called(self, text: str) -> bool:
        """Whether an indicator is called so, or the mapping says something of it."""
        return isinstance(self.called(text), _Named) or looked_up(self.map.indicators, text) is not None

    def section(self, row: int) -> None:
        """Go to a row by the lines of words above it."""
        if self.sections.begin(row):
            self.alike.forget()

    def asked(self) -> None:
        """The lines above figures that were taken, of which nobody said whether these are a part."""
        for line in self.sections.taken():
            self.once.add(
                self.sheet.address(line.row, self.sections.column(line.row)), "section", line.text,
                tr('"{text}" stands alone above figures, and may say that they are only a part', text=line.text),
                sections.hint(line.text),
            )  # fmt: skip

    def row(self, row: int) -> None:
        """One row of figures."""
        cells = self.sheet.rows[row]
        if cells.count("") == len(cells):
            return
        if self.sections.open or row in self.sections.lines:
            self.section(row)
        figures = len(self.rows)
        if row in self.sheet.hidden_rows and not self.map.hidden:
            self.leave_row(row, _Nothing("hidden"))
            return
        common: dict[str, Any] = {}
        for each, nothing in self.columns:
            if nothing is None:
                self.cell(row, each, common)
            else:
                self.leave(row, each.at, nothing, beside=True)
        if self.in_two_columns:
            self.ends(row, common or self.common(row))
        if self.sections.open and len(self.rows) > figures:
            self.asked()

    @cached_property
    def in_two_columns(self) -> bool:
        """Whether the ends of figures stand in columns of their own."""
        return bool(self.layout.by_role.keys() & {"low", "high"})

    @cached_property
    def columns(self) -> Sequence[tuple[Field, _Nothing | None]]:
        """The columns whose cells are looked at, with the reason why they are none of figures."""
        found: list[tuple[Field, _Nothing | None]] = []
        hidden = frozenset[int]() if self.map.hidden else self.sheet.hidden_columns
        for each in self.layout.fields:
            if each.figures:
                found.append((each, _Nothing("hidden") if each.at in hidden else None))
            elif each.is_ is not None and each.is_.skip is not None:
                found.append((each, _Nothing("skipped", each.is_.skip)))
            elif each.is_ is None and each.at in self.sheet.hidden_columns:
                found.append((each, _Nothing("hidden")))
            elif each.role in TARGET_ROLES:
                found.append((each, _Nothing("skipped", tr("a target is no actual"))))
        return found

    def leave_row(self, row: int, nothing: _Nothing) -> None:
        """Name every figure of a row that is not taken."""
        for column in range(len(self.sheet.rows[row])):
            self.leave(row, column, nothing, beside=True)

    def leave(self, row: int, column: int, nothing: _Nothing, *, beside: bool = False) -> None:
        """Name a cell that is not taken; of what lies ``beside`` the figures only what looks like one."""
        value = self.sheet.value(row, column)
        if value == "" or (beside and not self.looks_like_figure(value)):
            return
        self.left.append(Left(self.sheet.address(row, column), shown(value), *nothing))

    def looks_like_figure(self, value: Value) -> bool:
        """Whether a cell looks like a figure: a number, or a text that says one."""
        return is_figure(value) or isinstance(value, Broken)

    def common(self, row: int) -> dict[str, Any]:
        """What a row says of all of its figures: texts by role, and its parts."""
        found: dict[str, Any] = {
            role: self.layout.value(row, fields[0].at)
            for role, fields in self.layout.by_role.items()
            if role not in {"value", "low", "high", "note", "flag"}
        }
        for role in ("note", "flag"):
            found[role] = self.beside(row, role, None)
        return found

    def beside(self, row: int, role: str, of: int | None) -> list[str]:
        """The flags or notes of a row, or those of one of its columns of figures."""
        fields = (each for each in self.layout.by_role.get(role, ()) if each.of == of)
        return [text for each in fields if (text := shown(self.layout.value(row, each.at)))]

    # ------------------------------------------------------------ cells

    def cell(self, row: int, each: Field, common: dict[str, Any]) -> None:
        """One cell of figures; ``common`` is what its row says, empty until a cell asks for it."""
        cells = self.sheet.rows[row]
        value = cells[each.at] if each.at < len(cells) else ""
        if value == "":
            return
        figure = self.figure(row, each.at, value)
        if (row, each.at) in self.layout.shared and not isinstance(figure, _Nothing):
            figure = _Nothing("merged")
        if isinstance(figure, _Nothing):
            self.leave(row, each.at, figure)
        elif (
            isinstance(figure, Amount)
            and (said := self.alike.said(row, each.at, figure, self.alike.key(row))) is not None
        ):
            self.rows.append(self.given(row, self.sheet.address(row, each.at), said))
        else:
            if not common:
                common |= self.common(row)
            self.take(row, each, figure, common)

    def ends(self, row: int, common: Mapping[str, Any]) -> None:
        """A figure whose lower and upper end stand in two columns."""
        fields = [each for role in ("low", "high") if (each := self.layout.one(role))]
        said = [self.figure(row, each.at, self.sheet.value(row, each.at)) for each in fields]
        low, high = (each if isinstance(each, Amount) else None for each in said)
        if low and high and low.high <= high.low:
            marks = (*low.marks, *high.marks)
            self.take(row, fields[0], low._replace(high=high.high, marks=marks), common)
            return
        why: Why = "reversed" if low and high else "one-end"
        for each, end in zip(fields, said, strict=True):
            self.leave(row, each.at, end if isinstance(end, _Nothing) else _Nothing(why))

    def figure(self, row: int, column: int, value: Value) -> Amount | bool | _Nothing:
        """What a cell says; what can be read in two ways is a problem."""
        if isinstance(value, str):
            return self.read(row, column, value)
        match value:
            case bool():
                return value
            case Decimal():
                said_missing = self.map.missing and shown(value) in self.map.missing
                return _Nothing("missing") if said_missing else Amount(value, value)
            case Percent():
                if value.number > shares.WHOLE:
                    self.over[self.sheet.address(row, column)] = value.number
                return Amount(value.number, value.number, percent=True)
            case Broken():
                return _Nothing(value.reason)
            case Dated():
                return _Nothing("date")

    def read(self, row: int, column: int, text: str) -> Amount | bool | _Nothing:
        """What a text says."""
        said = self.amount(column, text)
        match said:
            case Amount():
                return said
            case Missing():
                return _Nothing("missing")
            case NoFigure():
                answer = _ANSWERS.get(fold(text))
                return _Nothing(said.why) if answer is None else answer
            case Unclear():
                self.unclear(self.sheet.address(row, column), said)
                return _Nothing("unclear")

    def amount(self, column: int, text: str) -> amounts.Reading:
        """How much a text says; of the same text in a column it is found out once."""
        found = self.amounts.get((column, text))
        if found is None:
            found = self.amounts[column, text] = amounts.amount(text, self.decimals.get(column), self.missing)
        return found

    def unclear(self, cell: str, found: Unclear) -> None:
        """A problem of all numbers that the sign of decimals decides, or of one that nothing does."""
        if any(isinstance(amounts.amount(found.text, sign), Unclear) for sign in (".", ",")):
            hint = tr('correct the cell, or leave it out: missing = ["{text}"] in the mapping', text=found.text)
            self.once.add(cell, "ambiguous-number", found.text, amounts.said(found), hint)
        else:
            hint = tr('say which sign parts the decimals: decimal = "," or decimal = "." in the mapping, or --decimal')
            self.once.add(cell, "ambiguous-number", "", amounts.said(found), hint)

    def take(self, row: int, each: Field, figure: Amount | bool, common: Mapping[str, Any]) -> None:
        """Make a row of a figure, unless something that it needs is not said."""
        cell = self.sheet.address(row, each.at)
        if self.owning:
            own = {role: [*common[role], *self.beside(row, role, each.at)] for role in ("note", "flag")}
            common = {**common, **own}
        said = self.values(row, cell, each, figure, common)
        if isinstance(said, _Nothing):
            self.leave(row, each.at, said)
        else:
            self.rows.append(self.given(row, cell, said))

    def given(self, row: int, cell: str, said: dict[str, Any]) -> Row:
        """A figure with its place."""
        said["cell"] = cell
        line = self.sheet.lines[row] if self.sheet.lines else None
        return Row(said, Origin(self.file, line, None, cell), cells=False)

    @cached_property
    def owning(self) -> bool:
        """Whether columns of figures have flags or notes of their own."""
        return any(each.of is not None for each in self.layout.fields)

    def values(
        self, row: int, cell: str, each: Field, figure: Amount | bool, common: Mapping[str, Any]
    ) -> dict[str, Any] | _Nothing:
        """What a figure says as the keys of an actual."""
        problems = self.once.counts.total()
        named = self.indicator(each, common)
        if isinstance(named, _Nothing):
            return named
        unit = self.unit_of(row, each, named, figure, common)
        abouts = self.abouts(each, named, unit.abouts)
        skipped = next((about.skip for about in abouts if about.skip is not None), None)
        if skipped is not None:
            return _Nothing("skipped", skipped)
        period = self.period(row, each, named.about, common)
        if isinstance(period, _Nothing) or period.plan:
            return period if isinstance(period, _Nothing) else _Nothing("skipped", tr("a plan is no actual"))
        pairs = self.pairs(abouts, common)
        amount = pairs if isinstance(pairs, _Nothing) else self.measured(cell, named.id, unit, abouts, figure, common)
        sure = amount if isinstance(amount, _Nothing) else self.qualities(cell, period, abouts, figure, common)
        if isinstance(sure, _Nothing) or isinstance(amount, _Nothing) or isinstance(pairs, _Nothing):
            return sure
        found: dict[str, Any] = {"indicator": named.id, "period": period.period.text, **amount, **sure}
        if pairs:
            found["disaggregation"] = pairs
        found |= self.document(common)
        if self.once.counts.total() == problems:
            self.alike.keep(row, each, figure, abouts, named.about, period, found)
        return found

    def abouts(self, each: Field, named: _Named, unit: Sequence[About]) -> tuple[About, ...]:
        """What the mapping says of a figure, the most special first: by its column, its indicator, its unit, and of the whole file."""
        said = (each.is_, named.about, *self.sections.abouts, *unit, self.map.all)
        return tuple(about for about in said if about is not None)

    def unit_of(
        self, row: int, each: Field, named: _Named, figure: Amount | bool, common: Mapping[str, Any]
    ) -> Measured:
        """What the table says of the unit of a figure."""
        percent = isinstance(figure, Amount) and figure.percent
        beside = self.sheet.units.get((row, each.at), "")
        said = (shown(common.get("unit", "")), shown(common.get("indicator", "")), beside)
        return self.measures.of(each, named.id, named.about, said, self.sections.units, percent=percent)

    # ------------------------------------------------------------ which indicator, period, part

    def indicator(self, each: Field, common: Mapping[str, Any]) -> _Named | _Nothing:
        """The indicator of a cell: the column's, the row's, the unit's, or that of the whole file."""
        column = each.is_.indicator if each.is_ else None
        if column is not None:
            return self.known(column)
        if "indicator" in common:
            text = shown(common["indicator"])
            found = self.indicators.get(text)
            if found is None:
                found = self.indicators[text] = self.called(text)
            return found
        whole = _first((*self.sections.abouts, self.map.all), "indicator")
        if whole is not None:
            return self.known(whole)
        unit = self.unit_said(shown(common.get("unit", "")))
        if unit is not None and unit.skip is not None:
            return _Nothing("skipped", unit.skip)
        if unit is not None and unit.indicator is not None:
            return self.known(unit.indicator)
        return _Nothing("no-indicator", shown(common.get("unit", "")) or tr("(nothing)"))

    def called(self, text: str) -> _Named | _Nothing:
        """The indicator that the table calls so: by the mapping, else by its id or its name."""
        said = looked_up(self.map.indicators, text)
        if said is not None and said.skip is not None:
            return _Nothing("skipped", said.skip)
        if said is not None and said.indicator is not None:
            found = self.known(said.indicator)
            return found if isinstance(found, _Nothing) else _Named(found.id, said)
        if not text:
            return _Nothing("no-indicator", tr("(nothing)"))
        return self.known(text)

    def known(self, text: str) -> _Named | _Nothing:
        """The indicator of an id or a name, as the command line matches them."""
        id = self.names.indicator(text)
        return _Named(id, _PLAIN) if id is not None else _Nothing("no-indicator", text)

    def period(self, row: int, each: Field, about: About, common: Mapping[str, Any]) -> Heading | _Nothing:
        """The period of a cell, with what is said of it: the column's, that of what the table calls its indicator, the row's, or that of the whole file."""
        said = (each.is_.period if each.is_ else None) or about.period
        if said is not None:
            return self.written(-1, said)
        section = _first(self.sections.abouts, "period")
        if section is not None:
            return self.written(-1, self.within(section, common, fiscal=False))
        if each.heading is not None:
            return each.heading
        for role in ("period", "year"):
            column = self.layout.one(role)
            if column is not None:
                return self.of_row(row, column, common)
        return self.written(-1, self.within(self.map.all.period or "", common, fiscal=False))

    def of_row(self, row: int, column: Field, common: Mapping[str, Any]) -> Heading | _Nothing:
        """The period that a row says, in one column or in several."""
        value = self.within(common[column.role or ""], common, fiscal=column.at in self.fiscal)
        return self.written(column.at, value, self.sheet.address(row, column.at))

    @cached_property
    def fiscal(self) -> frozenset[int]:
        """The columns whose years are fiscal ones."""
        fields = [each for role in ("period", "year") for each in self.layout.by_role.get(role, ())]
        said = self.map.fiscal is not None
        return frozenset(
            each.at for each in fields if any(map(vocabulary.is_fiscal, each.words)) or (said and each.role == "year")
        )

    def within(self, year: Value, common: Mapping[str, Any], *, fiscal: bool) -> Value:
        """A period, or the part of it that another column says."""
        sign, part = next(((sign, common[role]) for role, sign in within.SIGNS.items() if role in common), ("", ""))
        return within.joined(shown(year), sign, shown(part), fiscal=fiscal) if fiscal or sign else year

    def written(self, column: int, value: Value, cell: str = "") -> Heading | _Nothing:
        """The period that a value says in a column."""
        key = (column, value)
        if key not in self.periods:
            self.periods[key] = self.understood(column, value, cell)
        return self.periods[key]

    def understood(self, column: int, value: Value, cell: str) -> Heading | _Nothing:
        """The period that a value says; what can be read in two ways is a problem."""
        found = stretches.heading(value, self.program.year, self.decided.get(column, stretches.UNDECIDED))
        match found:
            case Heading():
                return found
            case stretches.UnclearPeriod():
                hint = tr("say in the mapping how it is meant: {ways}", ways=WAYS)
                self.once.add(cell, "ambiguous-period", str(column), stretches.said(found), hint)
                return _Nothing("no-period", shown(value))
            case stretches.NoPeriod():
                forms = tr(periods.FORMS) in found.sentence
                return _Nothing("no-period", f'"{shown(value)}"' if forms else found.sentence)
            case Missing():
                return _Nothing("no-period", found.sign or tr("(nothing)"))

    def pairs(self, abouts: Sequence[About], common: Mapping[str, Any]) -> dict[str, str] | _Nothing:
        """The parts that a cell is of."""
        found = {name: value for about in reversed(abouts) for name, value in about.disaggregation}
        for name, column in self.parts:
            text = shown(common[column.role or ""])
            value = self.parted.get((name, text))
            if value is None:
                value = self.parted[name, text] = self.part(name, text)
            if isinstance(value, _Nothing):
                return value
            if value:
                found[name] = value
        return found

    def parted_as(self, abouts: Sequence[About], row: int) -> dict[str, str] | None:
        """The parts that the figures of a row are of; None where they are not taken."""
        cells = {column.role: self.layout.value(row, column.at) for _, column in self.parts if column.role}
        found = self.pairs(abouts, cells)
        return None if isinstance(found, _Nothing) else found

    @cached_property
    def parts(self) -> tuple[tuple[str, Field], ...]:
        """The columns that break figures down, with the names of the parts."""
        return tuple(self.layout.parts)

    def part(self, name: str, text: str) -> str | _Nothing:
        """What a value of a part means: empty for the whole."""
        said = self.map.parts.get(name, _NO_PART)
        if (why := said.left_out(text)) is not None:
            return _Nothing("skipped", why)
        if text in said.total:
            return ""
        if vocabulary.flag_of(text) == "plan" and text not in said.names and len(text) > 1:
            return _Nothing("skipped", tr("marked as a plan or a forecast: {sign}", sign=text))
        if fold(text) in vocabulary.TOTALS or (text and text in vocabulary.MAYBE_ZERO):
            self.totals[name, text] = None
        return said.names.get(text, text)

    # ------------------------------------------------------------ how much, and how sure

    def measured(
        self,
        cell: str,
        id: str,
        said: Measured,
        abouts: Sequence[About],
        figure: Amount | bool,
        common: Mapping[str, Any],
    ) -> dict[str, Any] | _Nothing:
        """The figure in its indicator's unit, as the keys of an actual; ``said`` is what the table says of its unit."""
        unit = self.program.indicators[id].unit
        if isinstance(figure, bool) or unit == YES_NO:
            fits = isinstance(figure, bool) and unit == YES_NO
            return {"value": figure} if fits else _Nothing("no-answer" if unit == YES_NO else "no-number")
        if figure.percent and not is_percent(unit):
            return _Nothing("unit", id)
        power = self.power(cell, id, unit, shown(common.get("multiplier", "")))
        if isinstance(power, _Nothing):
            return power
        for doubt in said.doubts:
            self.once.add(cell, *doubt)
        factors = (*(about.multiply for about in abouts), power)
        if figure.percent and any(factor not in {None, 1} for factor in factors):
            return _Nothing("multiplied")
        low, high = (scaled(end, *factors) for end in (figure.low, figure.high))
        approx = figure.approx or self.approx(common) or _first(abouts, "approx")
        if isinstance(approx, _Nothing):
            return approx
        if low != high:
            return _Nothing("inexact-range") if approx else {"range": sorted((low, high))}
        return {"value": low, "approx": approx} if approx else {"value": low}

    def approx(self, common: Mapping[str, Any]) -> str | _Nothing | None:
        """What a column says of how exact the figures of its rows are."""
        text = shown(common.get("approx", ""))
        return _APPROX.get(text.casefold(), _Nothing("words")) if text else None

    def power(self, cell: str, id: str, unit: str | None, text: str) -> Decimal | _Nothing | None:
        """The power of ten that a column says; one beside a unit that is itself a multiple is a problem."""
        if not text:
            return None
        bare = text.removesuffix(".0")
        power = int(bare) if _POWER.fullmatch(bare) else _POWERS.get(text.casefold())
        if power is None:
            return _Nothing("multiplier", text)
        if power and unit and _SCALED.search(unit):
            self.once.add(
                cell, "scaled-twice", id,
                tr("the table gives a power of ten ({power}), and {indicator} is measured in {unit}", power=text, indicator=id, unit=unit),
                tr('say in the mapping what holds: [columns] "{column}" = {{ skip = "…" }} if the numbers are in that unit already', column=self.called_of("multiplier")),
            )  # fmt: skip
        return Decimal(10) ** power

    def called_of(self, role: str) -> str:
        """What the column is called that has something."""
        column = self.layout.one(role)
        return column.label if column else role

    def unit_said(self, text: str) -> About | None:
        """What the mapping says of a unit."""
        return looked_up(self.map.units, text) if text else None

    def qualities(
        self, cell: str, period: Heading, abouts: Sequence[About], figure: Amount | bool, common: Mapping[str, Any]
    ) -> dict[str, Any] | _Nothing:
        """How sure a figure is, by its flags and marks; or that it is none."""
        marks = (*(figure.marks if isinstance(figure, Amount) else ()), *period.marks)
        flags = [*common["flag"], *filter(None, [shown(common.get("quality", ""))])]
        said = [pair for flag in flags for pair in self.of_flag(cell, flag)]
        said += [pair for mark in marks for pair in flags_in(mark, self.map.flags) or [(mark, "note")]]
        meanings = {meaning: text for text, meaning in reversed(said)}
        if "plan" in meanings:
            return _Nothing("skipped", tr("marked as a plan or a forecast: {sign}", sign=meanings["plan"]))
        if "missing" in meanings:
            return _Nothing("missing", meanings["missing"])
        notes = [*common["note"], *(f'marked "{text}"' for text, meaning in said if meaning == "note")]
        flagged = next((each for each in ("estimate", "provisional") if each in meanings), None)
        quality = flagged or _first(abouts, "quality") or period.quality
        return {
            **({"series_break": True} if "series break" in meanings else {}),
            **({"quality": quality} if quality not in {None, "final"} else {}),
            **({"note": "; ".join(dict.fromkeys(notes))} if notes else {}),
        }

    def of_flag(self, cell: str, text: str) -> list[tuple[str, str]]:
        """The flags of a cell of flags with their meanings; one that nobody knows is a problem: it may say that the figure is a plan."""
        found = meanings_of(text, self.map.flags)
        if found or "others" in self.map.flags:
            return found or [(text, self.map.flags["others"])]
        self.once.add(
            cell, "unknown-flag", text, tr('nobody said what the flag "{text}" means', text=text),
            tr('say it in the mapping, as [flags] "{text}" = "note" (one of {meanings}); others = "note" keeps all others as remarks', text=text, meanings=", ".join(MEANINGS)),
        )  # fmt: skip
        return []

    def document(self, common: Mapping[str, Any]) -> dict[str, Any]:
        """The document, page and words that a row names."""
        found: dict[str, Any] = {}
        for role in ("page", "quote", "published"):
            text = shown(common.get(role, ""))
            if text:
                found[role] = text
        name = shown(common.get("source", ""))
        source = self.names.source(name) if name else self.source
        return {**found, "source": source} if source is not None else found


def _first(abouts: Sequence[About], name: str) -> Any:  # noqa: ANN401
    """The first that the mapping says of something."""
    return next((said for about in abouts if (said := getattr(about, name)) is not None), None)


_APPROX: Mapping[str, str] = {
    **dict.fromkeys(("about", *vocabulary.ABOUT), "about"),
    **dict.fromkeys(("under", *vocabulary.UNDER), "under"),
    **dict.fromkeys(("over", *vocabulary.OVER), "over"),
}
_POWER = regex(r"-?(?:1[0-8]|[0-9])")
_POWERS: Mapping[str, int] = {"units": 0, "unit": 0, "ones": 0, "tens": 1, "hundreds": 2, "thousands": 3, "thousand": 3, "millions": 6, "million": 6, "billions": 9, "billion": 9, "trillions": 12, "trillion": 12}  # fmt: skip
"""The words of a column of multipliers."""
_SCALED = regex(
    r"(?i)\b(thousands?|millions?|billions?|trillions?|mill?n?|bn|mrd|mio|tausend|milliarden?|milliards?|milliers?)\b|nghìn|ngàn|triệu|tỷ|tỉ|000"
)
"""A unit that is itself a multiple."""


def _sign(proof: amounts.Proof | amounts.Conflict | None) -> Literal[".", ","] | None:
    return proof.decimal if isinstance(proof, amounts.Proof) else None
