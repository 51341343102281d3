"""Measures: in which unit a table says that a figure is, by its row, its column or the words around the table, and whether that is its indicator's: one rule for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.program import translation
from targettrack.program.model import Program
from targettrack.recording import units
from targettrack.recording.layout import Field, Layout
from targettrack.recording.mapping import About, TableMap, looked_up
from targettrack.recording.units import Unit
from targettrack.recording.written import value_of


class Doubt(NamedTuple):
    """What is wrong with a unit: a code, the unit as the table calls it, the sentence, and what to do."""

    code: str
    about: str
    message: str
    hint: str


class Measured(NamedTuple):
    """What the units of a figure say of it, by the mapping, and what is wrong with them."""

    abouts: tuple[About, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@frozen(eq=True)
class _Of:
    """A figure: its indicator, what the mapping says of its column and of what the table calls the indicator, and whether it wrote a percent sign."""

    id: str
    unit: str | None
    column: About
    indicator: About
    percent: bool


_NOTHING = About()
Scope: TypeAlias = Literal["row", "label", "column", "table", "mapping"]
"""What says a unit: the row of a figure, its words for the indicator, the column, words around the table, or the mapping."""
_OF_ANOTHER_KIND: Mapping[Scope, str] = {
    "row": mark('skip these figures: [units] {name} = {{ skip = "why" }}; or correct the cell'),
    "label": mark(
        "skip these figures, or give them their own unit in the mapping, at what the table calls the indicator: {unit}"
    ),
    "column": mark(
        "skip these figures, or give them their own unit in the mapping, at their column or at what the table calls the indicator: {unit}"
    ),
    "table": mark(
        "if that is not said of these figures, give them their own unit in the mapping, in [all], at their column or at what the table calls the indicator: {unit}"
    ),
}
"""What to do where a unit counts another sort of thing than the indicator does."""


class Measures:
    """The units of one table."""

    def __init__(self, layout: Layout, program: Program) -> None:
        self.layout, self.program = layout, program
        self.map: TableMap = layout.map
        self.found: dict[tuple[object, ...], Measured] = {}

    def of(
        self,
        each: Field,
        name: str,
        indicator: About,
        row: tuple[str, str, str],
        here: tuple[Unit, ...] | None,
        *,
        percent: bool,
    ) -> Measured:
        """What is said of the unit of a figure of the indicator of this id (``name``) in a column; ``row`` is what its row calls the unit and the indicator, and what its cell shows beside the number, ``here`` those that a line above it says of all below."""
        key = (each.at, name, indicator, row, here, percent)
        found = self.found.get(key)
        if found is None:
            figure = _Of(name, self.program.indicators[name].unit, each.is_ or _NOTHING, indicator, percent)
            found = self.found[key] = self.measured(each, figure, row, self.layout.stated if here is None else here)
        return found

    def measured(self, each: Field, figure: _Of, row: tuple[str, str, str], table: Sequence[Unit]) -> Measured:
        """What is said of a figure, by the narrowest that says it."""
        narrow = self.narrow(each, figure, row)
        narrow |= self.of_cell(figure, row[2], (*narrow, *table))
        if narrow:
            return self.compared(figure, {self.scaled(unit, table): scope for unit, scope in narrow.items()})
        if figure.percent:
            return Measured()
        found = self.around(figure, table)
        multiplied = any(about.multiply is not None for about in (figure.column, figure.indicator, self.map.all))
        return Measured() if found.doubts and multiplied else found

    def of_cell(self, figure: _Of, text: str, others: Sequence[Unit]) -> dict[Unit, Scope]:
        """The unit that the format of a cell shows beside its number, unless the mapping gives the column another; a bare sign for money or a share is that of ``others``, which say how many of it."""
        if not text or figure.column.multiply is not None or figure.column.unit or figure.indicator.unit:
            return {}
        found = self.layout.of_cell(text)
        return {} if units.is_sign_of(found, others) else {found: "column"}

    def narrow(self, each: Field, figure: _Of, row: tuple[str, str, str]) -> dict[Unit, Scope]:
        """The units that the row and the column of a figure say, or the mapping in their place, with what says them."""
        mapped = next((about.unit for about in (figure.column, figure.indicator, self.map.all) if about.unit), None)
        answered = figure.column.multiply is not None or figure.column.unit or figure.indicator.unit
        unit, label, _ = row
        found: dict[Unit, Scope] = {} if answered else dict.fromkeys(each.units, "column")
        if figure.indicator.multiply is None and not figure.indicator.unit:
            found |= dict.fromkeys(self.of_label(label, figure.id), "label")
        return found | ({_unit(unit): "row"} if unit else {_unit(mapped): "mapping"} if mapped else {})

    def of_label(self, label: str, name: str) -> tuple[Unit, ...]:
        """The units that the words for an indicator say, where they are not those of the program itself."""
        indicator = self.program.indicators[name]
        own = {" ".join(text.split()) for text in (indicator.name, *translation.texts(indicator, "name"))}
        return () if not label or label in own else units.of_header(label, self.layout.known, alone=False)

    def scaled(self, said: Unit, table: Sequence[Unit]) -> Unit:
        """A unit of a row or a column with the scale that the words around the table say of all figures, where it has none of its own."""
        scale = next((each for each in table if not each.base and each.known), None)
        own = units.unit(said.text)
        if scale is None or (own is not None and (own.scale != 1 or units.kind(own) == "share")):
            return said
        return _unit(f"{scale.text} {said.text}")

    def compared(self, figure: _Of, said: Mapping[Unit, Scope]) -> Measured:
        """What the mapping says of units that all hold, and those that are not the indicator's."""
        doubts = tuple(doubt for unit, scope in said.items() if (doubt := self.doubt(figure, unit, scope)))
        told = [self.told(each) for each in said]
        factors = {about.multiply or Decimal(1) if about else Decimal(1) for about in told}
        if len(factors) > 1 and not doubts:
            doubts = (_differing([each.text for each in said]),)
        return Measured(tuple(about for about in told if about)[:1], doubts)

    def around(self, figure: _Of, table: Sequence[Unit]) -> Measured:
        """What the words around a table say of a figure: one of its units, where there are several of different things; a unit twice in two scales is none."""
        if units.kind(units.unit(figure.unit or "")) == "share":
            table = [each for each in table if each.base]
        same = [each for each in table if self.is_same(each, figure)]
        fits = same or [each for each in table if self.told(each) and not self.doubt(figure, each, "table")]
        meant = {each.same for each in fits}
        others = [each for each in table if each.same not in meant and not (fits and _of_others(each, fits, figure))]
        doubts = tuple(doubt for each in others if (doubt := self.doubt(figure, each, "table")))
        return self.compared(figure, dict.fromkeys(fits, "table")) if fits and not doubts else Measured((), doubts)

    def doubt(self, figure: _Of, said: Unit, scope: Scope) -> Doubt | None:
        """What is wrong with a unit: it is not the indicator's, and the mapping says neither that it is, nor what to multiply by; what is said around a table must also be of such a thing."""
        told = self.told(said)
        multiplied = told is not None and told.multiply is not None and told.unit is None
        if scope == "table" and multiplied and _other_kind(said, figure.unit):
            multiplied = False
        if multiplied or self.is_same(said, figure, told) or (figure.unit is None and _says_nothing(said, told)):
            return None
        message = (
            tr('the table says "{text}", and {indicator} is measured in {unit}', text=said.text, indicator=figure.id, unit=figure.unit)
            if figure.unit is not None
            else tr('the table says "{text}", and {indicator} has no unit', text=said.text, indicator=figure.id)
        )  # fmt: skip
        return Doubt("another-unit", f"{said.text} {figure.id}", message, self.hint(figure, said, scope))

    def hint(self, figure: _Of, said: Unit, scope: Scope) -> str:
        """What to write in the mapping."""
        hint = units.hint(said.text, figure.unit)
        if figure.unit is None:
            return hint
        name, own = value_of(said.text), f"unit = {value_of(figure.unit)}"
        if _other_kind(said, figure.unit) and scope != "mapping":
            return tr(_OF_ANOTHER_KIND[scope], name=name, unit=own)
        if said.known:
            return hint
        return tr(
            '{hint}; if it is no unit, say in the mapping what it is: [columns] "* / {text}" = {{ disaggregation = {{ NAME = "{text}" }} }}, or {{ {unit} }} where it changes nothing',
            hint=hint,
            text=said.text,
            unit=own,
        )

    def told(self, said: Unit) -> About | None:
        """What the mapping says of a unit."""
        return looked_up(self.map.units, said.text)

    def is_same(self, said: Unit, figure: _Of, told: About | None = None) -> bool:
        """Whether a unit is the indicator's, in one of its languages."""
        indicator = self.program.indicators[figure.id]
        text = (told.unit if told else None) or said.text
        own = (indicator.unit, *translation.texts(indicator, "unit"))
        return any(units.alike(text, each) for each in own if each)


def _unit(text: str) -> Unit:
    """What a column of units, or a mapping, says is one, whether anybody knows it or not."""
    return units.unit(text) or Unit(text, text.casefold())


def _says_nothing(said: Unit, told: About | None) -> bool:
    """Whether a unit changes nothing of a figure whose indicator has none: it is no multiple, and no word that may be a part."""
    own = units.unit(said.text)
    return told is not None or (own.scale == 1 if own is not None else said.known)


def _other_kind(said: Unit, unit: str | None) -> bool:
    """Whether a unit surely counts another sort of thing than an indicator does."""
    kinds = {units.kind(units.unit(said.text)), units.kind(units.unit(unit or ""))}
    return len(kinds) > 1 and None not in kinds


def _of_others(said: Unit, fits: Sequence[Unit], figure: _Of) -> bool:
    """Whether a unit that is not a figure's own may be that of others in the table: it is known, and counts another thing than those that fit, and than the indicator."""
    bases = {each.base for each in fits} | {own.base for own in [units.unit(figure.unit or "")] if own}
    return said.known and said.base != "" and said.base not in bases


def _differing(texts: Sequence[str]) -> Doubt:
    said = ", ".join(f'"{text}"' for text in texts)
    return Doubt(
        "two-units",
        said,
        tr(
            "the table says several units of one figure, which the mapping multiplies by different numbers: {units}",
            units=said,
        ),
        tr('say in the mapping which one holds: unit = "…" at its column or indicator'),
    )
