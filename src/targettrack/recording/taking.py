"""Taking: the cells of a table as figures of a program; every cell that looks like a figure is taken, or left with the reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypeAlias

from targettrack import period as periods
from targettrack.errors import Problem, nearest
from targettrack.language import mark, tr, tr_n
from targettrack.program import translation
from targettrack.program.model import YES_NO, Program, is_percent
from targettrack.program.names import fold
from targettrack.recording import amounts, stretches, vocabulary
from targettrack.recording.amounts import Amount, Missing, NoFigure, Unclear
from targettrack.recording.called import Called
from targettrack.recording.entry import Row
from targettrack.recording.layout import (
    WAYS,
    Field,
    Layout,
    decided_by,
    flags_in,
    is_figure,
    meanings_of,
    names_period,
    shown,
)
from targettrack.recording.mapping import MEANINGS, ROLES, TARGET_ROLES, About, scaled
from targettrack.recording.plan import Origin
from targettrack.recording.stretches import Heading
from targettrack.recording.table import Broken, Dated, Percent, Value

Why: TypeAlias = Literal[
    "hidden", "uncalculated", "error", "missing", "no-indicator", "skipped", "no-period", "no-answer", "no-number", "words",
    "digits", "code", "groups", "reversed", "inclusive", "open-range", "percent", "per-mille", "power", "parentheses", "minus",
    "limits", "unclear", "outside", "date", "unit", "another-unit", "inexact-range", "one-end", "header", "another-table", "multiplier", "merged",
]  # fmt: skip

_SAID: Mapping[Why, str] = {
    "hidden": mark("in a hidden row or column (hidden = true in the mapping takes them)"),
    "uncalculated": mark("a formula that nobody has calculated: open the file in a spreadsheet and save it"),
    "error": mark("an error of the spreadsheet"),
    "missing": mark("marked as missing"),
    "no-indicator": mark("no indicator of the program is called so: {about}"),
    "skipped": mark("skipped: {about}"),
    "no-period": mark("of no period: {about}"),
    "no-answer": mark("no answer of a milestone, which is yes or no"),
    "no-number": mark("no number"),
    "words": mark("a number with something else beside it"),
    "digits": mark("digits other than 0 to 9"),
    "code": mark("a code with a zero before it, no number"),
    "groups": mark("points, commas or spaces that do not part thousands and decimals"),
    "reversed": mark("a range whose lower end does not come first"),
    "inclusive": mark("a number or more, or less; a figure is about, over or under a number"),
    "open-range": mark("a range with a word before it"),
    "percent": mark("a range, only one end of which is a percentage"),
    "per-mille": mark("a figure in per mille"),
    "power": mark("a power that is not written out"),
    "parentheses": mark("a number in parentheses, below zero or that of a footnote"),
    "minus": mark("a minus sign that does not stand right before its number"),
    "limits": mark("more digits than are kept"),
    "unclear": mark("more than one reading"),
    "outside": mark("outside of the rows and columns of figures"),
    "date": mark("a date, no figure"),
    "unit": mark("a percentage, but {about} is not measured in percent"),
    "another-unit": mark("in a unit that is not the indicator's: {about}"),
    "inexact-range": mark("a range that is itself inexact"),
    "one-end": mark("one end of a range, and the other is none"),
    "header": mark("the header again, or the numbers of its columns"),
    "another-table": mark("below another header: {about} (header and rows in the mapping say which table is read)"),
    "merged": mark("one figure in merged cells, of several rows or columns"),
    "multiplier": mark("multiplied by what is no power of ten: {about}"),
}


class Left(NamedTuple):
    """A cell that was not taken: its address, what it shows, why, and what that is about (a name; may be empty)."""

    cell: str
    text: str
    why: Why
    about: str = ""

    @property
    def reason(self) -> str:
        """Why, as the end of a sentence."""
        return tr(_SAID[self.why], about=self.about)


@dataclass(frozen=True, eq=False)
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


def taken(layout: Layout, program: Program, file: str, delimiter: str | None) -> Taken:
    """The figures of one sheet, by its layout."""
    if lacking := tuple(_lacking(layout, program, file)):
        return Taken(problems=lacking)
    table = _Table(layout, program, file, delimiter)
    table.run()
    return Taken(
        tuple(table.rows), tuple(table.left), table.names.sources, tuple(table.said()), tuple(table.once.problems)
    )  # fmt: skip


def _lacking(layout: Layout, program: Program, file: str) -> Iterator[Problem]:
    """What a table needs to be read and does not have; columns that nobody said anything of."""
    figures, all = layout.of_figures, layout.map.all
    roles = layout.by_role
    where = tr(' of the sheet "{sheet}"', sheet=layout.sheet.name) if layout.sheet.name else ""
    columns = ", ".join(each.called for each in layout.fields if each.label)
    hint = tr("say in the mapping which column it is; the columns are {columns}", columns=columns)
    ends = roles.keys() & {"low", "high"}
    if not figures and not ends:
        yield _no_role("value", where, hint, file)
    if len(ends) == 1:
        yield _no_role("high" if "low" in ends else "low", where, hint, file)
    if ends and figures:
        yield _two_shapes(layout, file)
    has_period = all.period or roles.keys() & {"period", "year"}
    if (
        figures
        and not has_period
        and not all_of(figures, lambda each: bool(each.heading or (each.is_ and each.is_.period)))
    ):
        yield _no_role("period", where, hint, file)
    named = all.indicator or "indicator" in roles or _of_units(layout)
    if figures and not named and not all_of(figures, lambda each: bool(each.is_ and each.is_.indicator)):
        ids = ", ".join(program.indicators) or tr("none")
        said = tr(
            'say in the mapping which one it is: [all] indicator = "…" (of {ids}), or the column that names it', ids=ids
        )
        yield _no_role("indicator", where, said, file)
    known = [name for name, _ in layout.parts]
    for name in layout.map.parts:
        if name not in known:
            yield _no_part(name, known, file)
    if unknown := layout.unknown:
        yield Problem(
            code="unknown-column",
            message=tr("nobody said what this column is: {columns}", columns=unknown[0].called)
            if len(unknown) == 1
            else tr(
                "nobody said what these columns are: {columns}", columns=", ".join(each.called for each in unknown)
            ),
            hint=_meant(unknown)
            or tr(
                'in the mapping: "part:NAME" for what the figures are broken down by, { skip = "why" } for what is not read; --draft writes them all'
            ),
            file=file,
        )


def _meant(unknown: Sequence[Field]) -> str | None:
    """What one column's name may have been meant for."""
    roles = [role for role in ROLES if role not in TARGET_ROLES]
    near = nearest(unknown[0].label.casefold(), roles) if len(unknown) == 1 else None
    return tr("did you mean `{key}`?", key=near) if near else None


def all_of(fields: Sequence[Field], has: Any) -> bool:  # noqa: ANN401
    """Whether all columns have something."""
    return all(map(has, fields))


def _of_units(layout: Layout) -> bool:
    """Whether the unit of a row says which indicator it is of."""
    return "unit" in layout.by_role and any(about.indicator for about in layout.map.units.values())


def _no_part(name: str, known: Sequence[str], file: str) -> Problem:
    near = nearest(name, known)
    return Problem(
        code="no-such-part",
        message=tr('the mapping says something of the part "{name}", and no column is part:{name}', name=name),
        hint=tr('did you mean "{name}"?', name=near) if near else tr("the parts are {parts}", parts=", ".join(known) or tr("none")),
        file=file,
    )  # fmt: skip


def _two_shapes(layout: Layout, file: str) -> Problem:
    named = [each.called for each in layout.fields if each.figures or each.role in {"low", "high"}]
    return Problem(
        code="two-shapes",
        message=tr("a figure is one number, or a range of two: {columns}", columns=", ".join(named)),
        hint=tr('say in the mapping of the others { skip = "why" }'),
        file=file,
    )


def _no_role(role: str, where: str, hint: str, file: str) -> Problem:
    return Problem(
        code="missing-column",
        message=tr("no column{where} is the {role}", role=role, where=where),
        hint=hint,
        file=file,
    )


class _Table:
    """One pass over the rows of a sheet."""

    def __init__(self, layout: Layout, program: Program, file: str, delimiter: str | None) -> None:
        self.layout, self.program, self.file = layout, program, file
        self.map, self.sheet = layout.map, layout.sheet
        self.rows: list[Row] = []
        self.left: list[Left] = []
        self.once = _Once(file)
        self.names = Called(program)
        self.delimiter = delimiter
        self.indicators: dict[str, _Named | _Nothing] = {}
        self.periods: dict[tuple[int, Value], Heading | _Nothing] = {}
        self.compared: set[tuple[str, str]] = set()
        self.totals: dict[tuple[str, str], None] = {}

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
        columns = [each.at for each in self.layout.fields if each.figures or each.role in {"low", "high"}]
        if self.map.decimal is not None:
            return dict.fromkeys(columns, self.map.decimal)
        proofs = {at: amounts.proof(self.texts(at), None) for at in columns}
        whole = amounts.proof((text for at in columns for text in self.texts(at)), self.delimiter)
        return {at: _sign(proof) if proof is not None else _sign(whole) for at, proof in proofs.items()}

    @cached_property
    def decided(self) -> Mapping[int, stretches.Decided]:
        """What each column of periods proves of how its periods are to be read."""
        columns = [each for role in ("period", "year", "by") for each in self.layout.by_role.get(role, ())]
        rows = range(self.layout.first, self.layout.last + 1)
        return {
            each.at: decided_by(self.map, stretches.prove([self.layout.value(row, each.at) for row in rows]))
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
        for part, value in self.totals:
            yield tr(
                '"{value}" is taken for a part of {part}; if it means the whole, say so: [parts.{part}] total = ["{value}"]',
                value=value,
                part=part,
            )
        yield from dict.fromkeys(text for each in self.decided.values() for text in stretches.proven(each))
        if self.map.decimal is None:
            texts = [text for each in self.layout.of_figures for text in self.texts(each.at)]
            proof = amounts.proof(texts, self.delimiter)
            if isinstance(proof, amounts.Proof):
                yield amounts.said(proof)

    # ------------------------------------------------------------ rows

    def run(self) -> None:
        """Take or leave every cell."""
        inside = range(self.layout.first, self.layout.last + 1)
        other: _Nothing | None = None
        for row in range(len(self.sheet.rows)):
            if row in self.layout.header:
                continue
            if row not in inside:
                self.leave_row(row, _Nothing("outside"))
                continue
            again = None if other else self.header_again(row)
            if again == "other":
                other = _Nothing("another-table", tr("row {row}", row=row + 1))
            if other or again:
                self.leave_row(row, other or _Nothing("header"))
            else:
                self.row(row)

    def header_again(self, row: int) -> Literal["same", "other"] | None:
        """Whether a row is the header once more, or that of another table, whose periods are other ones."""
        cells = self.sheet.rows[row]
        figures = [(each, cells[each.at]) for each in self.figures if each.at < len(cells) and cells[each.at] != ""]
        if row == self.layout.first and not self.map.rows and self.numbers_columns(row):
            return "same"
        if (
            self.says_period(row)
            or not figures
            or not all(names_period(value, self.program.year) or _is_word(value) for _, value in figures)
        ):
            return None
        labels = [(each, text) for each in self.labels if (text := shown(self.sheet.value(row, each.at)))]
        if all(text in each.words for each, text in [*labels, *((each, shown(value)) for each, value in figures)]):
            return "same"
        roles = {role for _, text in labels if (role := vocabulary.role_of(text))}
        periods = [value for _, value in figures if not _is_word(value)]
        if any(text in each.words for each, text in labels) or (roles and (periods or len(roles) > 1)):
            return "other"
        named = any(isinstance(self.called(text), _Named) for each, text in labels if each.role == "indicator")
        return "other" if not named and len(periods) == len(figures) and _follow(periods) else None

    def says_period(self, row: int) -> bool:
        """Whether a row has a period where its header has the word for one: then 2000 beside it is a figure."""
        columns = [each for each in self.labels if each.role in {"period", "year"}]
        return any(names_period(self.sheet.value(row, each.at), self.program.year) for each in columns)

    @cached_property
    def figures(self) -> tuple[Field, ...]:
        """The columns of figures, those of plans among them."""
        return tuple(each for each in self.layout.fields if each.figures or each.heading is not None)

    @cached_property
    def labels(self) -> tuple[Field, ...]:
        """The columns that say what the figures of a row are of."""
        return tuple(each for each in self.layout.fields if not (each.figures or each.heading is not None))

    def numbers_columns(self, row: int) -> bool:
        """Whether a row, right below the header, has the numbers of the columns: ``A B 1 2``, ``(1) (2) (3)=(2)-(1)``."""
        texts = [text for cell in self.sheet.rows[row] if (text := shown(cell))]
        found = [match[1] for text in texts if (match := _COLUMN_NUMBER.fullmatch(text))]
        first = next((each for each in self.layout.fields if shown(self.sheet.value(row, each.at))), None)
        if len(texts) < _FEWEST_NUMBERS or len(found) < len(texts) or first is None or first.figures:
            return False
        kinds = [[each for each in found if each.isdigit()], [each.casefold() for each in found if each.isalpha()]]
        return kinds[0] == [str(at) for at in range(1, len(kinds[0]) + 1)] and kinds[1] == list(
            "abcdefghijklmnopqrstuvwxyz"[: len(kinds[1])]
        )

    def row(self, row: int) -> None:
        """One row of figures."""
        cells = self.sheet.rows[row]
        if not any(cell != "" for cell in cells):
            return
        if row in self.sheet.hidden_rows and not self.map.hidden:
            self.leave_row(row, _Nothing("hidden"))
            return
        common = self.common(row)
        for each in self.layout.fields:
            if each.figures:
                self.cell(row, each, common)
            elif each.is_ is not None and each.is_.skip is not None:
                self.leave(row, each.at, _Nothing("skipped", each.is_.skip), beside=True)
            elif each.is_ is None and each.at in self.sheet.hidden_columns:
                self.leave(row, each.at, _Nothing("hidden"), beside=True)
            elif each.role in TARGET_ROLES:
                self.leave(row, each.at, _Nothing("skipped", tr("a target is no actual")), beside=True)
        if self.layout.by_role.keys() & {"low", "high"}:
            self.ends(row, common)

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

    def cell(self, row: int, each: Field, common: Mapping[str, Any]) -> None:
        """One cell of figures."""
        value = self.sheet.value(row, each.at)
        if value == "":
            return
        if each.at in self.sheet.hidden_columns and not self.map.hidden:
            self.leave(row, each.at, _Nothing("hidden"), beside=True)
            return
        figure = self.figure(row, each.at, value)
        if (row, each.at) in self.layout.shared and not isinstance(figure, _Nothing):
            figure = _Nothing("merged")
        if isinstance(figure, _Nothing):
            self.leave(row, each.at, figure)
        else:
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
        match value:
            case bool():
                return value
            case Decimal():
                said_missing = self.map.missing and shown(value) in self.map.missing
                return _Nothing("missing") if said_missing else Amount(value, value)
            case Percent():
                return Amount(value.number, value.number, percent=True)
            case Broken():
                return _Nothing(value.reason)
            case Dated():
                return _Nothing("date")
            case str():
                return self.read(row, column, value)

    def read(self, row: int, column: int, text: str) -> Amount | bool | _Nothing:
        """What a text says."""
        said = amounts.amount(text, self.decimals.get(column), self.missing)
        match said:
            case Amount():
                return said
            case Missing():
                return _Nothing("missing")
            case NoFigure():
                answer = _ANSWERS.get(fold(text))
                return _Nothing(said.why) if answer is None else answer
            case Unclear():
                hint = tr(
                    'say which sign parts the decimals: decimal = "," or decimal = "." in the mapping, or --decimal'
                )
                self.once.add(self.sheet.address(row, column), "ambiguous-number", "", amounts.said(said), hint)
                return _Nothing("unclear")

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
            self.rows.append(Row({**said, "cell": cell}, self.origin(row, cell), cells=False))

    @cached_property
    def owning(self) -> bool:
        """Whether columns of figures have flags or notes of their own."""
        return any(each.of is not None for each in self.layout.fields)

    def values(
        self, row: int, cell: str, each: Field, figure: Amount | bool, common: Mapping[str, Any]
    ) -> dict[str, Any] | _Nothing:
        """What a figure says as the keys of an actual."""
        named = self.indicator(each, common)
        if isinstance(named, _Nothing):
            return named
        unit = self.unit_of(each, named, figure, common)
        abouts = self.abouts(each, named, unit)
        skipped = next((about.skip for about in abouts if about.skip is not None), None)
        if skipped is not None:
            return _Nothing("skipped", skipped)
        period = self.period(row, each, named.about, common)
        if isinstance(period, _Nothing):
            return period
        if period.plan:
            return _Nothing("skipped", tr("a plan is no actual"))
        pairs = self.pairs(abouts, common)
        if isinstance(pairs, _Nothing):
            return pairs
        amount = self.measured(cell, named.id, unit, abouts, figure, common)
        if isinstance(amount, _Nothing):
            return amount
        sure = self.qualities(cell, period, abouts, figure, common)
        if isinstance(sure, _Nothing):
            return sure
        found: dict[str, Any] = {"indicator": named.id, "period": period.period.text, **amount, **sure}
        if pairs:
            found["disaggregation"] = pairs
        return {**found, **self.document(common)}

    def abouts(self, each: Field, named: _Named, unit: str) -> tuple[About, ...]:
        """What the mapping says of a figure, the most special first: by its column, its indicator, its unit, and of the whole file."""
        return tuple(
            about for about in (each.is_, named.about, self.unit_said(unit), self.map.all) if about is not None
        )

    def unit_of(self, each: Field, named: _Named, figure: Amount | bool, common: Mapping[str, Any]) -> str:
        """What the table calls the unit of a figure: in its row, by the mapping, else above the table, which says nothing of a percentage."""
        said = shown(common.get("unit", "")) or _first((each.is_ or _PLAIN, named.about, self.map.all), "unit")
        percent = isinstance(figure, Amount) and figure.percent
        return said or ("" if percent else self.layout.unit_above)

    def origin(self, row: int, cell: str) -> Origin:
        """Where a figure stands."""
        return Origin(self.file, self.sheet.lines[row] if self.sheet.lines else None, None, cell)

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
        if self.map.all.indicator is not None:
            return self.known(self.map.all.indicator)
        unit = self.unit_said(shown(common.get("unit", "")))
        if unit is not None and unit.skip is not None:
            return _Nothing("skipped", unit.skip)
        if unit is not None and unit.indicator is not None:
            return self.known(unit.indicator)
        return _Nothing("no-indicator", shown(common.get("unit", "")) or tr("(nothing)"))

    def called(self, text: str) -> _Named | _Nothing:
        """The indicator that the table calls so: by the mapping, else by its id or its name."""
        said = _looked_up(self.map.indicators, text)
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
        if each.heading is not None:
            return each.heading
        for role in ("period", "year"):
            column = self.layout.one(role)
            if column is not None:
                return self.of_row(row, column, common)
        return self.written(-1, self.map.all.period or "")

    def of_row(self, row: int, column: Field, common: Mapping[str, Any]) -> Heading | _Nothing:
        """The period that a row says, in one column or in several."""
        value: Value = common[column.role or ""]
        fiscal = any(map(vocabulary.is_fiscal, column.words)) or (self.map.fiscal is not None and column.role == "year")
        within = [
            (sign, common[role]) for sign, role in (("Q", "quarter"), ("S", "half"), ("M", "month")) if role in common
        ]
        if fiscal or within:
            sign, part = within[0] if within else ("", "")
            value = _joined(shown(value), sign, shown(part), fiscal=fiscal)
        return self.written(column.at, value, self.sheet.address(row, column.at))

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
        for name, column in self.layout.parts:
            text = shown(common[column.role or ""])
            said = self.map.parts.get(name)
            if said is not None and text in said.skip:
                return _Nothing("skipped", said.skip[text])
            if vocabulary.flag_of(text) == "plan" and not (said is not None and text in said.names) and len(text) > 1:
                return _Nothing("skipped", tr("marked as a plan or a forecast: {sign}", sign=text))
            if text and not (said is not None and text in said.total):
                found[name] = said.names.get(text, text) if said is not None else text
                if fold(text) in _TOTALS:
                    self.totals[name, text] = None
        return found

    # ------------------------------------------------------------ how much, and how sure

    def measured(
        self, cell: str, id: str, said: str, abouts: Sequence[About], figure: Amount | bool, common: Mapping[str, Any]
    ) -> dict[str, Any] | _Nothing:
        """The figure in its indicator's unit, as the keys of an actual; ``said`` is what the table calls its unit."""
        unit = self.program.indicators[id].unit
        if isinstance(figure, bool) or unit == YES_NO:
            fits = isinstance(figure, bool) and unit == YES_NO
            return {"value": figure} if fits else _Nothing("no-answer" if unit == YES_NO else "no-number")
        if figure.percent and not is_percent(unit):
            return _Nothing("unit", id)
        power = self.power(cell, id, unit, shown(common.get("multiplier", "")))
        if isinstance(power, _Nothing):
            return power
        self.compare_units(cell, id, unit, said)
        factors = (*(about.multiply for about in abouts), power)
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

    def compare_units(self, cell: str, id: str, unit: str | None, text: str) -> None:
        """A unit that is not the indicator's is a problem, unless the mapping says that it is, or what to multiply by."""
        if not text or unit is None or (text, id) in self.compared:
            return
        said = self.unit_said(text)
        multiplied = said is not None and said.multiply is not None and said.unit is None
        if multiplied or self.same_unit((said.unit if said else None) or text, id):
            self.compared.add((text, id))
            return
        self.once.add(
            cell, "another-unit", f"{text} {id}",
            tr('the table says "{text}", and {indicator} is measured in {unit}', text=text, indicator=id, unit=unit),
            tr('say in the mapping that it is the same, or by what to multiply: [units] "{text}" = "{unit}", or {{ multiply = 1000 }}', text=text, unit=unit),
        )  # fmt: skip

    def unit_said(self, text: str) -> About | None:
        """What the mapping says of a unit."""
        return _looked_up(self.map.units, text) if text else None

    def same_unit(self, text: str, id: str) -> bool:
        """Whether a unit is the indicator's, in one of its languages."""
        indicator = self.program.indicators[id]
        return _of_unit(text) in {
            _of_unit(each) for each in (indicator.unit or "", *translation.texts(indicator, "unit"))
        }

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
        if name:
            found["source"] = self.names.source(name)
        return found


def _first(abouts: Sequence[About], name: str) -> Any:  # noqa: ANN401
    """The first that the mapping says of something."""
    return next((said for about in abouts if (said := getattr(about, name)) is not None), None)


def _is_word(value: Value) -> bool:
    """Whether a cell has letters, and no digit."""
    return isinstance(value, str) and any(map(str.isalpha, value)) and not any(map(str.isdigit, value))


def _follow(periods: Sequence[Value]) -> bool:
    """Whether cells are years one after another, as those of a header."""
    years = [int(text) for value in periods if (text := shown(value)).isdigit()]
    return len(years) == len(periods) > 1 and all(after == before + 1 for before, after in pairwise(years))


_COLUMN_NUMBER = re.compile(r"\(?([A-Za-z]|[0-9]{1,2})\)?(?:\s*=.*)?")
_FEWEST_NUMBERS = 3
_TOTALS = frozenset(
    map(fold, ("Total", "Totals", "All", "Tổng", "Tổng số", "Tổng cộng", "Cả nước", "Toàn tỉnh", "Chung", "Insgesamt", "Gesamt", "Ensemble", "Both sexes", "_T"))
)  # fmt: skip
"""Words of a part that may mean the whole, folded."""
_APPROX: Mapping[str, str] = {
    **dict.fromkeys(("about", *vocabulary.ABOUT), "about"),
    **dict.fromkeys(("under", *vocabulary.UNDER), "under"),
    **dict.fromkeys(("over", *vocabulary.OVER), "over"),
}
_POWER = re.compile(r"-?(?:1[0-8]|[0-9])")
_POWERS: Mapping[str, int] = {"units": 0, "unit": 0, "ones": 0, "tens": 1, "hundreds": 2, "thousands": 3, "thousand": 3, "millions": 6, "million": 6, "billions": 9, "billion": 9, "trillions": 12, "trillion": 12}  # fmt: skip
"""The words of a column of multipliers."""
_SCALED = re.compile(
    r"(?i)\b(thousands?|millions?|billions?|trillions?|mill?n?|bn|mrd|mio|tausend|milliarden?|milliards?|milliers?)\b|nghìn|ngàn|triệu|tỷ|tỉ|000"
)
"""A unit that is itself a multiple."""


def _joined(year: str, sign: str, part: str, *, fiscal: bool) -> str:
    """A year and a part of it, which stand in two columns, as one text."""
    whole = (
        f"FY{year.removesuffix('.0')}" if fiscal and re.fullmatch(r"[0-9]{4}(\.0)?", year) else year.removesuffix(".0")
    )
    if not part:
        return whole
    bare = part.removesuffix(".0")
    if re.fullmatch(r"[0-9]{1,2}", bare):
        return f"{whole}-{int(bare):02}" if sign == "M" else f"{whole}-{sign}{bare}"
    if re.fullmatch(r"(?i)[QSH][1-4]", bare):
        return f"{whole}-{bare.upper()}"
    if sign == "Q" and re.fullmatch(r"(?i)i{1,3}|iv", bare):
        return f"Q{bare} {whole}"
    return f"{part} {whole}"


def _sign(proof: amounts.Proof | amounts.Conflict | None) -> Literal[".", ","] | None:
    return proof.decimal if isinstance(proof, amounts.Proof) else None


def _of_unit(text: str) -> str:
    """A unit as it is compared."""
    return " ".join(text.casefold().split()).replace("per cent", "%").replace("percent", "%")


def _looked_up(told: Mapping[str, About], text: str) -> About | None:
    """What the mapping says of a name: of the very one, else of one that differs in case, marks or spaces."""
    found = told.get(text)
    if found is None and told:
        found = next((about for name, about in told.items() if fold(name) == fold(text)), None) if fold(text) else None
    return found
