"""Mapping: the file beside a program that says what the sheets and columns of somebody else's table are, in the table's own words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, fields
from decimal import Decimal
from typing import Annotated, Any, Literal, Self, TypeAlias, TypeVar, get_args
from unicodedata import normalize

from pydantic_core import PydanticCustomError, ValidationError, core_schema

from targettrack.errors import TargettrackError
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.program import reading, toml
from targettrack.program.model import (
    Direction,
    Disaggregation,
    Fault,
    Flag,
    Id,
    Loc,
    Number,
    PartialDate,
    Quality,
    Text,
)
from targettrack.program.names import fold
from targettrack.program.validation import CONFIG, Rule, key, parsed, validator

FORMAT = 1
ENDING = ".import.toml"
"""How the file is called beside its program: ``hanoi.import.toml``."""
ASKED = "?"
"""What a draft writes where a person has to choose."""
PART = "part:"

TARGET_ROLES = (
    "name", "definition", "direction", "responsible", "target", "target low", "target high", "min", "max",
    "by", "by year", "by month", "set on", "baseline", "baseline period", "id", "kind", "status", "words",
)  # fmt: skip
"""What a column of a table of targets may be."""
ROLES = (
    "period", "year", "half", "quarter", "month", "value", "low", "high", "indicator", "unit", "multiplier", "flag",
    "source", "published", "note", "quote", "page", "approx", "quality", *TARGET_ROLES,
)  # fmt: skip
"""What a column may be; ``part:NAME`` is a part that the figures are broken down by."""

_ROLE = rf"^(?:{'|'.join(ROLES)}|{PART}\S.*)$"


def _refusal(code: str, message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{message}", {"code": code, "message": message, "hint": hint})


def _format(value: object) -> int:
    if type(value) is int and value == FORMAT:
        return value
    raise _refusal(
        "bad-format",
        tr("the format's number of a mapping is {number}", number=FORMAT),
        tr("write import = {number}", number=FORMAT),
    )


def _role(value: object) -> str:
    if isinstance(value, str) and (value in ROLES or (value.startswith(PART) and value[len(PART) :].strip())):
        return value
    raise _refusal(
        "bad-role",
        tr("this is nothing that a column can be: {role}", role=f'"{value}"' if isinstance(value, str) else str(value)),
        tr('a column is one of {roles}, or "part:NAME"; or {{ skip = "why" }}', roles=", ".join(ROLES)),
    )


def _rows(value: object) -> tuple[int, ...]:
    """One row or several, from 1; 0 is none."""
    rows = value if isinstance(value, list) else [value]
    if rows and all(type(row) is int and 0 <= row < 10_000_000 for row in rows):
        return tuple(rows)
    raise _refusal(
        "bad-rows",
        tr("rows are whole numbers, from 1"),
        tr("write header = 3, or header = [3, 4]; header = 0 for none"),
    )


def _texts(value: object) -> tuple[str, ...]:
    """One text or several."""
    texts = value if isinstance(value, list) else [value]
    if all(isinstance(text, str) for text in texts):
        return tuple(texts)
    raise _refusal("wrong-type", tr("this must be text in quotes, or an array of such"), tr('write ["…", "…"]'))


def _period(value: object) -> str:
    if type(value) is int or isinstance(value, str):
        return str(value)
    raise _refusal("bad-period", tr("this is no period"), tr('write 2020, "2020-Q3" or "2019/20"'))


DATES = ("day first", "month first", "years", "quarters", "months", "days")
"""What days may be: which of their numbers comes first, and what the days of a series stand for."""


def _dates(value: object) -> tuple[str, ...]:
    """One way of dates or several."""
    ways = value if isinstance(value, list) else [value]
    known = [way for way in ways if way in DATES]
    if len(known) < len(ways) or not ways or any(sum(way in both for way in ways) > 1 for both in _OF_ONE):
        ways_said = ", ".join(f'"{way}"' for way in DATES)
        raise _refusal(
            "wrong-value",
            tr("this is no way to read dates"),
            tr('write one of {ways}, or two: ["day first", "months"]', ways=ways_said),
        )
    return tuple(known)


_OF_ONE = (DATES[:2], DATES[2:])
"""Of each only one may hold."""
_ROWS = {
    "anyOf": [
        {"type": "integer", "minimum": 0},
        {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 1},
    ]
}
_TEXTS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}

_DATES = {"anyOf": [{"enum": list(DATES)}, {"type": "array", "items": {"enum": list(DATES)}, "minItems": 1}]}

DateWays: TypeAlias = Annotated[tuple[str, ...], parsed(_dates, _DATES)]
Rows: TypeAlias = Annotated[tuple[int, ...], parsed(_rows, _ROWS)]
Texts: TypeAlias = Annotated[tuple[str, ...], parsed(_texts, _TEXTS)]
RoleName: TypeAlias = Annotated[str, parsed(_role, {"type": "string", "pattern": _ROLE})]
PeriodText: TypeAlias = Annotated[str, parsed(_period, {"type": ["integer", "string"]})]
AnyText: TypeAlias = Annotated[str, Rule(core_schema.str_schema(strict=True), {"type": "string"})]
FormatNumber: TypeAlias = Annotated[int, parsed(_format, {"const": FORMAT})]
Meaning = Literal["final", "provisional", "estimate", "series break", "missing", "plan", "note"]
MEANINGS: tuple[str, ...] = get_args(Meaning)


@frozen(kw_only=True)
class About:
    """What figures have in common: those of a column, of everything that the table calls so, or of a whole file. ``multiply`` brings them into the indicator's unit."""

    __pydantic_config__ = CONFIG

    indicator: Text | None = None
    period: PeriodText | None = None
    unit: Text | None = None
    disaggregation: Disaggregation = ()
    quality: Quality | None = None
    approx: Literal["about", "over", "under"] | None = None
    multiply: Number | None = None
    skip: Text | None = None

    def check(self) -> Self:
        """Itself, where it makes figures of figures."""
        if self.multiply is not None and self.multiply <= 0:
            raise _refusal(
                "bad-number",
                tr("a figure times 0 is none, and no unit is a negative number of others"),
                tr("write multiply = 1000, or 0.001"),
            )
        return self


@frozen(kw_only=True)
class Column(About):
    """What one column is: something of each row (``is``), figures that have something in common, or nothing that is read (``skip``, and why).

    Of a table of targets: the column has what is promised ``by`` a period, in a document.
    """

    __pydantic_config__ = CONFIG

    is_: RoleName | None = None
    by: PeriodText | None = None
    set_on: PartialDate | None = None
    document: Text | None = None

    def check(self) -> Self:
        """Itself, where it says one thing."""
        if self.skip is not None and (self.is_ or self.indicator or self.period):
            raise _refusal(
                "two-roles", tr("a column that is skipped is nothing else"), tr("leave skip out, or everything else")
            )
        About.check(self)
        return self

    @property
    def of_figures(self) -> bool:
        """Whether it says something of figures, which its cells then are."""
        said = (self.indicator, self.period, self.unit, self.quality, self.approx, self.multiply)
        return bool(self.disaggregation) or any(each is not None for each in said)

    @property
    def part(self) -> str | None:
        """The name of the part that it has, if it is one."""
        return self.is_.removeprefix(PART) if self.is_ and self.is_.startswith(PART) else None


@frozen(kw_only=True)
class Part:
    """What the values of a part mean: ``total`` are those of the whole, ``names`` other words for some, ``skip`` those that are left out and why, ``only`` those beside which all others are left out."""

    __pydantic_config__ = CONFIG

    total: Texts = ()
    names: dict[Text, Text] = field(default_factory=dict)
    skip: dict[Text, Text] = field(default_factory=dict)
    only: Texts = ()

    def left_out(self, text: str) -> str | None:
        """Why the figures of a value are left out; None where they are not."""
        if text in self.skip:
            return self.skip[text]
        return tr("not one of those that are asked for") if self.only and text not in self.only else None


@frozen(kw_only=True)
class Section(About):
    """What a line of words among the figures says of those below it: ``is`` a ``heading`` that changes nothing, or of the ``whole``, which ends the sections before it; else what About says."""

    __pydantic_config__ = CONFIG

    is_: Literal["heading", "whole"] | None = None

    def check(self, year: object = None) -> Self:  # noqa: ARG002
        """Itself, where it says one thing, and something."""
        told = any(getattr(self, each.name) not in {None, ()} for each in fields(About))
        if told == (self.is_ is not None):
            raise _refusal(
                "two-roles" if told else "no-role",
                tr("a section is a heading, or of the whole, or says something of its figures"),
                tr('write "heading", "whole", {{ disaggregation = {{ NAME = "…" }} }} or {{ skip = "why" }}'),
            )
        About.check(self)
        return self


@frozen(kw_only=True)
class Document:
    """The document that the figures come from, as ``[sources.ID]`` says it; the file's name and its SHA-256 are added."""

    __pydantic_config__ = CONFIG

    id: Id
    title: Text | None = None
    publisher: Text | None = None
    published: PartialDate | None = None
    url: Text | None = None
    archived: Text | None = None
    accessed: PartialDate | None = None
    document: Text | None = None
    note: Text | None = None


@frozen(kw_only=True)
class TableMap:
    """A mapping file, format 1. Columns, indicators, units, flags and sections are called as the table calls them.

    ``file`` names the files that it is for; one that names none is for any.
    ``dates``, ``spans`` and ``fiscal`` say how ``9/1/2015``, ``2010-11`` and ``FY2018`` are meant; ``fiscal`` is after which of its two years a fiscal year is called.
    """

    __pydantic_config__ = CONFIG

    import_: FormatNumber = FORMAT
    file: Texts = ()
    kind: Text | None = None
    encoding: Text | None = None
    delimiter: Text | None = None
    sheet: Texts = ()
    header: Rows = ()
    rows: Rows = ()
    hidden: Flag = False
    decimal: Literal[".", ","] | None = None
    dates: DateWays = ()
    spans: Literal["fiscal years", "months", "years"] | None = None
    fiscal: Literal["beginning", "end"] | None = None
    missing: Texts = ()
    all: About = field(default_factory=About)
    source: Document | None = None
    direction: Direction | None = None
    columns: dict[AnyText, Column] = field(default_factory=dict)
    indicators: dict[AnyText, About] = field(default_factory=dict)
    parts: dict[Text, Part] = field(default_factory=dict)
    units: dict[AnyText, About] = field(default_factory=dict)
    flags: dict[AnyText, Meaning] = field(default_factory=dict)
    sections: dict[AnyText, Section] = field(default_factory=dict)

    def check(self) -> Self:
        """Itself, where its keys fit together."""
        if self.rows and (len(self.rows) != 2 or self.rows[0] > self.rows[1]):
            raise _refusal("bad-rows", tr("rows are the first and the last row of figures"), tr("write rows = [5, 40]"))
        return self


SHORT = {"columns": "is", "indicators": "indicator", "units": "unit", "sections": "is"}
"""The one key that a text stands for instead of a table: ``"Năm" = "period"``."""

_TABLES: Mapping[str, type[Any]] = {
    "all": About,
    "source": Document,
    "columns": Column,
    "indicators": About,
    "parts": Part,
    "units": About,
    "sections": Section,
}


def read(text: str, file: str) -> TableMap:
    """The mapping that a file says.

    Raises:
        TargettrackError: everything that is wrong with it, and what nobody has chosen yet, each at its line (exit 4).

    """
    raw = toml.parsed(text, file)
    faults = tuple(_asked(raw))
    if faults:
        raise TargettrackError(*toml.placed(faults, text, file))
    found, faults = understood(raw)
    if "import" not in raw:
        missing = Fault(
            (), "missing-key", tr("import = 1 is missing: the format's number"), tr("add import = 1 as the first line")
        )
        faults = (missing, *faults)
    if found is None or faults:
        raise TargettrackError(*toml.placed(faults, text, file))
    return found


def understood(raw: Mapping[str, Any]) -> tuple[TableMap | None, tuple[Fault, ...]]:
    """The mapping of a parsed text, or None and what is wrong with it."""
    try:
        return validator(TableMap).validate_python(_whole(raw)), ()
    except ValidationError as error:
        return None, tuple(reading.fault(detail, keys_at) for detail in error.errors(include_url=False))


def _whole(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A parsed text with every short way of writing written out."""
    return {name: _written_out(name, value) for name, value in raw.items()}


def _written_out(name: str, value: object) -> object:
    if name not in SHORT or not isinstance(value, dict):
        return value
    return {word: {SHORT[name]: said} if isinstance(said, str) else said for word, said in value.items()}


def _asked(raw: object, loc: Loc = ()) -> Iterator[Fault]:
    """What a draft left for a person to choose."""
    if raw == ASKED:
        said = tr("nobody has chosen yet what this is")
        yield Fault(
            loc, "not-chosen", said, tr("write your choice instead of the question mark; the comment says which")
        )
    elif isinstance(raw, (dict, list)):
        parts = raw.items() if isinstance(raw, dict) else enumerate(raw)
        for name, value in parts:
            yield from _asked(value, (*loc, name))


def is_for(files: Sequence[str], name: str) -> bool:
    """Whether a mapping that names these files is for one: an asterisk stands for any letters, and a year for any year, as of the next edition."""
    bare = _without_years(name)
    return any(
        re.fullmatch(".*".join(map(re.escape, _without_years(each).split("*"))), bare, re.DOTALL) for each in files
    )


def _without_years(name: str) -> str:
    """The name of a file in one spelling, with the same sign for every year."""
    return re.sub(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", "\0", normalize("NFC", name).casefold())


def keys_at(loc: Loc) -> tuple[str, ...]:
    """The keys that the table at ``loc`` may have."""
    model = _TABLES[str(loc[0])] if loc else TableMap
    return tuple(key(each) for each in fields(model))


_Told = TypeVar("_Told", bound=About)


def looked_up(told: Mapping[str, _Told], text: str) -> _Told | None:
    """What a mapping says of a name: of the very one, else of one that differs in case, marks or spaces."""
    found = told.get(text)
    if found is not None or not told:
        return found
    bare = fold(text)
    return next((about for name, about in told.items() if fold(name) == bare), None) if bare else None


def scaled(value: Decimal, *factors: Decimal | None) -> Decimal:
    """A number times some factors, exactly; None is no factor."""
    from targettrack.number import EXACT, literal, plain  # noqa: PLC0415 - most figures are in their unit

    given = [factor for factor in factors if factor is not None and factor != 1]
    for factor in given:
        value = EXACT.multiply(value, factor)
    return Decimal(literal(plain(value))) if given else value
