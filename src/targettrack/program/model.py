"""Program: the models of a program file, validated by pydantic, and its errors in the words of the file format."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, fields
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from keyword import iskeyword
from typing import Annotated, Any, Literal, NamedTuple, Self, TypeVar, final
from unicodedata import normalize

from pydantic_core import PydanticCustomError, core_schema
from pydantic_core.core_schema import ValidationInfo

from targettrack import languages, registry
from targettrack import period as periods
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.number import NumberError, literal, number
from targettrack.period import CALENDAR, MONTHS, UNKNOWN, Frequency, Lag, Period, PeriodError, Year
from targettrack.program.validation import CONFIG, Rule, key, parsed, parsed_in
from targettrack.regex import regex

FORMAT = 1
ID = r"^[a-z0-9][a-z0-9_-]*$"
SHA256 = r"^[0-9a-f]{64}$"
ID_RULE = mark("an id has small letters a-z, digits, - and _, and begins with a letter or digit")
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""The names that Windows keeps for devices, with any ending: https://learn.microsoft.com/windows/win32/fileio/naming-a-file."""
DEVICE_RULE = mark("Windows keeps this name for a device, so that such a file could not be opened there")
YES_NO = "yes/no"
_HALF = regex("[\ud800-\udfff]")

Direction = Literal["increase", "decrease", "maintain"]
Aggregate = Literal["last", "sum", "mean"]
Standing = Literal["adopted", "proposed"]
Quality = Literal["final", "provisional", "estimate"]
Shape = Literal["value", "range", "times_baseline", "improve", "milestone", "undetermined", "words"]
Loc = tuple[str | int, ...]
Pairs = tuple[tuple[str, str], ...]


@frozen()
class Fault:
    """Something that a program file must not say: where (keys and indices from the root), what, and what to do.

    ``at_key`` where the key is wrong, not its value; ``instead`` is the value to write, where one is near.
    """

    loc: Loc
    code: str
    message: str
    hint: str | None = None
    at_key: bool = False
    instead: str | None = None


def _number(value: object) -> Decimal:
    try:
        return number(value)
    except NumberError as error:
        raise PydanticCustomError(
            "number", "{message}", {"code": error.code, "message": str(error), "hint": error.hint}
        ) from None


def _figure(value: object) -> Decimal | bool:
    return value if value is True or value is False else _number(value)


_A_RANGE = mark("a range has two numbers, the lower end first")
_TWO_TIMES = mark("times_baseline has two numbers, the lower end first")


def _numbers(value: object, otherwise: str = _A_RANGE) -> tuple[Decimal, Decimal]:
    if not isinstance(value, list) or len(value) != 2:
        raise _refusal(
            "bad-range", tr(otherwise), tr("write them as in [30, 35.5]: a comma between the two, a point for decimals")
        )
    low, high = _number(value[0]), _number(value[1])
    if low > high:
        said = tr(
            "the range [{low}, {high}] is reversed: its lower end comes first", low=literal(low), high=literal(high)
        )
        raise _refusal("reversed-range", said, tr("write [{low}, {high}]", low=literal(high), high=literal(low)))
    return low, high


def _times(value: object) -> tuple[Decimal, Decimal]:
    low, high = _numbers(value, _TWO_TIMES) if isinstance(value, list) else (_number(value), _number(value))
    if low < 0:
        raise _refusal("bad-times", tr("times_baseline is below 0"), tr("write 0.5 for a half of the baseline"))
    return low, high


def _period(value: object, info: ValidationInfo[Year | None]) -> Period:
    try:
        return periods.period(value, info.context or CALENDAR)
    except PeriodError as error:
        raise _refusal("bad-period", str(error), None) from None


def _date(value: object) -> Period:
    try:
        return _known_date(value) if isinstance(value, (str, date)) else periods.partial_date(value)
    except PeriodError as error:
        raise _refusal("bad-date", str(error), None) from None


_known_date = lru_cache(maxsize=4096, typed=True)(periods.partial_date)
"""Many figures have the same day; what is refused is not kept."""


def _fiscal_year(value: object) -> Year:
    try:
        return periods.fiscal_year(value)
    except PeriodError as error:
        raise _refusal("bad-fiscal-year", str(error), None) from None


def _lag(value: object) -> Lag:
    try:
        return periods.lag(value)
    except PeriodError as error:
        raise _refusal("bad-lag", str(error), None) from None


def is_whole(text: object) -> bool:
    """Whether something is a text that says something, of whole characters (JSON can write half of one); dots alone are what a new file has where something is to be written."""
    return isinstance(text, str) and bool(text.strip().strip("…")) and (text.isascii() or not _HALF.search(text))


def _pairs(value: object) -> Pairs:
    try:
        return _of_items(tuple(value.items()) if isinstance(value, dict) else None)
    except TypeError:  # one of the values cannot be hashed, and is no text
        return _of_items(None)


@lru_cache(maxsize=65536)
def _of_items(items: tuple[tuple[object, object], ...] | None) -> Pairs:
    """The pairs of a table; many figures have the same ones. What is refused is not kept."""
    if items is None or not all(is_whole(name) and is_whole(text) for name, text in items):
        raise _refusal(
            "bad-disaggregation",
            tr("disaggregation is a table of texts"),
            tr('write disaggregation = { sector = "textile" }'),
        )
    pairs = {normalize("NFC", str(name)): normalize("NFC", str(text)) for name, text in items}
    if len(pairs) < len(items):
        raise _refusal(
            "bad-disaggregation",
            tr("two names of this disaggregation are one, written in two ways"),
            tr("keep one of them"),
        )
    return tuple(sorted(pairs.items()))


def _page(value: object) -> str | int:
    if type(value) is int or (isinstance(value, str) and is_whole(value)):
        return value
    raise _refusal(
        "wrong-type", tr("`page` must be text in quotes or a whole number"), tr('write page = 12 or page = "ii"')
    )


def _format(value: object) -> int:
    if type(value) is int and value == FORMAT:
        return value
    raise _refusal(
        "bad-format",
        tr("the format's number is {number}", number=FORMAT),
        tr("write targettrack = {number}", number=FORMAT),
    )


def _refusal(code: str, message: str, hint: str | None) -> PydanticCustomError:
    return PydanticCustomError("refused", "{message}", {"code": code, "message": message, "hint": hint})


_NUMBER_SCHEMA = {"type": "number"}
_TWO_SCHEMA = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
_DAY_SCHEMA = {"type": "string", "format": "date", "pattern": r"^[12]\d{3}-\d\d-\d\d$"}
"""A day without quotes, as editors know it: tombi tells it from a text by the format alone."""
_PERIOD_SCHEMA = {
    "description": f"A period: {periods.FORMS}.",
    "anyOf": [
        {"type": "integer", "minimum": 1000, "maximum": 2999},
        {
            "type": "string",
            "pattern": r"^[12]\d{3}(-([SH][12]|Q[1-4]|\d\d(-\d\d)?))?(/[12]\d{3}(-([SH][12]|Q[1-4]|\d\d(-\d\d)?))?)?$|^[12]\d{3}/\d\d(-([SH][12]|Q[1-4]))?$",
        },
        _DAY_SCHEMA,
    ],
}
_DATE_SCHEMA = {
    "description": 'A day 2017-10-29, a month "2017-10" or a year 2017.',
    "anyOf": [
        {"type": "integer", "minimum": 1000, "maximum": 2999},
        {"type": "string", "pattern": r"^[12]\d{3}(-\d\d){0,2}$"},
        _DAY_SCHEMA,
    ],
}

Number = Annotated[Decimal, parsed(_number, _NUMBER_SCHEMA)]
FigureValue = Annotated[Decimal | bool, parsed(_figure, {"type": ["number", "boolean"]})]
Range = Annotated[tuple[Decimal, Decimal], parsed(_numbers, _TWO_SCHEMA)]
Times = Annotated[tuple[Decimal, Decimal], parsed(_times, {"anyOf": [_NUMBER_SCHEMA, _TWO_SCHEMA]})]
When = Annotated[Period, parsed_in(_period, _PERIOD_SCHEMA)]
PartialDate = Annotated[Period, parsed(_date, _DATE_SCHEMA)]
Disaggregation = Annotated[
    Pairs, parsed(_pairs, {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}})
]
Text = Annotated[
    str,
    Rule(
        core_schema.str_schema(strict=True, min_length=1, pattern=r"[^\s…]"),
        {"type": "string", "minLength": 1, "pattern": r"[^\s…]"},
    ),
]
Id = Annotated[str, Rule(core_schema.str_schema(strict=True, pattern=ID), {"type": "string", "pattern": ID})]
Digest = Annotated[
    str, Rule(core_schema.str_schema(strict=True, pattern=SHA256), {"type": "string", "pattern": SHA256})
]
PageNumber = Annotated[str | int, parsed(_page, {"type": ["string", "integer"]})]
Flag = Annotated[bool, Rule(core_schema.bool_schema(strict=True), {"type": "boolean"})]
BeginOfYear = Annotated[
    Year, parsed(_fiscal_year, {"type": "string", "pattern": r"^(?!01-01)(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$"})
]
LagTime = Annotated[Lag, parsed(_lag, {"type": "string", "pattern": r"^[1-9]\d{0,3} (day|month)s?$"})]
FormatNumber = Annotated[int, parsed(_format, {"const": FORMAT})]


LANGUAGES = {code: f"{code}_" if iskeyword(code) else code for code in ("en", *registry.catalogues(languages))}
"""The keys under which a table says its texts in another language: ``vi.name = "…"`` beside ``name``; those of the languages that there are, each with the name of its field."""

_Table = TypeVar("_Table", bound=type)


def _told_in(words: type) -> Callable[[_Table], _Table]:
    """Give a table a key for each language, under which it says ``words`` of its texts."""

    def told(table: _Table) -> _Table:
        for code in LANGUAGES.values():
            table.__annotations__[code] = words | None
            setattr(table, code, None)
        return table

    return told


@frozen(kw_only=True)
class NoteWords:
    """The texts of a figure in another language."""

    __pydantic_config__ = CONFIG

    note: Text | None = None


@frozen(kw_only=True)
class HeaderWords(NoteWords):
    """The texts of the program in another language."""

    __pydantic_config__ = CONFIG

    name: Text | None = None
    place: Text | None = None
    owner: Text | None = None


@frozen(kw_only=True)
class SourceWords(NoteWords):
    """The texts of a source in another language; its publisher is whose figures they are, and has one name."""

    __pydantic_config__ = CONFIG

    title: Text | None = None
    document: Text | None = None


@frozen(kw_only=True)
class IndicatorWords(NoteWords):
    """The texts of an indicator in another language."""

    __pydantic_config__ = CONFIG

    name: Text | None = None
    unit: Text | None = None
    definition: Text | None = None
    responsible: Text | None = None


@frozen(kw_only=True)
class TargetWords(NoteWords):
    """The texts of a target in another language."""

    __pydantic_config__ = CONFIG

    document: Text | None = None


@frozen(kw_only=True)
class PromiseWords(TargetWords):
    """The texts of a promise in words in another language."""

    __pydantic_config__ = CONFIG

    text: Text | None = None


@frozen(kw_only=True)
@_told_in(HeaderWords)
class Header:
    """``[program]``: the policy document."""

    __pydantic_config__ = CONFIG

    name: Text
    place: Text | None = None
    owner: Text | None = None
    url: Text | None = None
    note: Text | None = None
    aliases: tuple[Text, ...] = ()
    fiscal_year: BeginOfYear | None = None


@frozen(kw_only=True)
@_told_in(SourceWords)
class Source:
    """``[sources.ID]``: the document that a figure or a promise comes from."""

    __pydantic_config__ = CONFIG

    title: Text
    publisher: Text | None = None
    published: PartialDate | None = None
    url: Text | None = None
    archived: Text | None = None
    accessed: PartialDate | None = None
    document: Text | None = None
    file: Text | None = None
    sha256: Digest | None = None
    note: Text | None = None


@frozen(kw_only=True)
@_told_in(NoteWords)
class Baseline:
    """The figure and period that a program or a target starts from; the figure in the indicator's unit."""

    __pydantic_config__ = CONFIG

    period: When
    value: Number
    source: Text | None = None
    published: PartialDate | None = None
    page: PageNumber | None = None
    quote: Text | None = None
    note: Text | None = None


@frozen(kw_only=True)
class _Promised:
    """What a target and a promise in words share."""

    __pydantic_config__ = CONFIG

    by: When | None = None
    set_on: PartialDate | None = None
    standing: Standing = "adopted"
    withdrawn: PartialDate | None = None
    source: Text | None = None
    page: PageNumber | None = None
    quote: Text | None = None
    document: Text | None = None
    note: Text | None = None

    @property
    def ends(self) -> Period | None:
        """The last period that it is about: ``by``, or the second part of a span."""
        return None if self.by is None else self.by if self._whole else periods.split(self.by)[1]

    @property
    def due(self) -> Period | None:
        """The period by which it is due; None where no deadline was set, and for a standing target."""
        return self.ends

    @property
    def begins(self) -> Period | None:
        """The first part of a span in ``by`` that is short for from and by."""
        return None if self.by is None or self._whole else periods.split(self.by)[0]

    @property
    def _whole(self) -> bool:
        """Whether ``by`` is one period, due as a whole: a span only where it is of at most twelve months."""
        return self.by is None or self.by.length <= 12

    def past_due(self, on: date) -> bool:
        """Whether the last day of its due period is before ``on``."""
        return self.due is not None and self.due.ended(on)

    def withdrawn_by(self, on: date) -> bool:
        """Whether it was taken back on or before ``on``; one taken back after its due day, or the end of a standing one, stays."""
        day = self.withdrawn.last if self.withdrawn else date.max
        return day <= on and not (self.ends and day > self.ends.last)


@final
@frozen(kw_only=True)
@_told_in(TargetWords)
class Target(_Promised):
    """``[[indicators.ID.targets]]``: a promise on an indicator. One shape, at most one time."""

    __pydantic_config__ = CONFIG

    value: FigureValue | None = None
    range: Range | None = None
    times_baseline: Times | None = None
    improve: Flag | None = None
    undetermined: Flag | None = None
    from_: When | None = None
    every: Frequency | None = None
    aggregate_: Aggregate | None = None
    strict: Flag = False
    approx: Literal["about"] | None = None
    disaggregation: Disaggregation = ()
    baseline: Baseline | None = None
    replaces: When | None = None
    series_break: Flag = False

    def check_in(self, year: Year | None = None) -> Self:
        """Itself, where its keys fit together in a program whose years begin with ``year``."""
        for code, message, hint in _target_faults(self, year or CALENDAR):
            raise _refusal(code, message, hint)
        return self

    @property
    def shape(self) -> Shape:
        """Which of the six shapes it has."""
        if self.undetermined:
            return "undetermined"
        if self.improve:
            return "improve"
        if self.range is not None:
            return "range"
        if self.times_baseline is not None:
            return "times_baseline"
        return "milestone" if self.value is True else "value"

    @property
    def aggregate(self) -> Aggregate:
        """How several figures make the one that is judged; ``aggregate_`` is what the file writes."""
        return self.aggregate_ or "last"

    @property
    def due(self) -> Period | None:
        """The period by which it is due; None where no deadline was set, and for a standing target."""
        return None if self.every else self.ends

    @property
    def begins(self) -> Period | None:
        """``from``, or the first part of a span in ``by`` that is short for from and by."""
        if self.from_ is not None or self.by is None or self._whole:
            return self.from_
        return periods.split(self.by)[0]

    @property
    def _whole(self) -> bool:
        if self.by is None or periods.split(self.by)[0] is None:
            return True
        return self.aggregate == "last" and self.every is None and self.by.length <= 12

    def holds_on(self, day: date) -> bool:
        """Whether a day lies between its beginning and its end, as far as it has them."""
        return (self.begins is None or self.begins.first <= day) and (self.ends is None or day <= self.ends.last)

    def same_promise(self, other: "Target", *, cumulative: bool = False) -> bool:
        """Whether two targets of an indicator, which is ``cumulative`` or not, are one promise and its revision.

        They share the last day due and, unless both write their aggregate, a due period of the same length (or the kind of a standing target, whose
        windows overlap; or have neither), the aggregate, the disaggregation and, for sums and means, the beginning of the window.
        """
        if (self.aggregate, self.disaggregation, self.every) != (other.aggregate, other.disaggregation, other.every):
            return False
        if self.every:
            return _windows_overlap(self, other)
        if self.due is None or other.due is None:
            return self.due is other.due
        if self.due.last != other.due.last or (self.aggregate != "last" and _first_day(self) != _first_day(other)):
            return False
        point_in_time = cumulative or self.due.is_day or other.due.is_day
        return point_in_time or self.due.as_long_as(other.due) or bool(self.aggregate_ and other.aggregate_)

    @property
    def promise(self) -> tuple[object, ...]:
        """By what one promise is known from another: the last day and the length of its due period, or its kind and beginning where it is standing; window, aggregate, disaggregation.

        Versions of one promise mostly share it; whether two are that, ``same_promise`` says.
        """
        due, begins = self.due, self.begins if self.every or self.aggregate != "last" else None
        return (
            due.last if due else None,
            due.length if due else None,
            self.every,
            begins.first if begins else None,
            self.aggregate,
            self.disaggregation,
        )


def _first_day(target: Target) -> date:
    return target.begins.first if target.begins else date.min


def _windows_overlap(one: Target, other: Target) -> bool:
    last = [target.ends.last if target.ends else date.max for target in (one, other)]
    return _first_day(one) <= last[1] and _first_day(other) <= last[0]


def _target_faults(target: Target, year: Year) -> Iterator[tuple[str, str, str]]:
    """What is wrong inside one target: code, message, hint."""
    given = [
        key
        for key in ("value", "range", "times_baseline", "improve", "undetermined")
        if getattr(target, key) is not None
    ]
    if not given:
        said = tr("this target says no bound: it has none of value, range, times_baseline, improve and undetermined")
        yield "no-shape", said, tr("write value = 45; a promise without a measure belongs into [[promises]]")
    elif len(given) > 1:
        yield (
            "two-shapes",
            tr("this target has two shapes, {first} and {second}", first=given[0], second=given[1]),
            tr("keep one; write two targets for two promises"),
        )
    elif target.value is False or target.improve is False or target.undetermined is False:
        yield (
            "not-a-promise",
            tr("{key} = false promises nothing", key=given[0]),
            tr("write {key} = true, or leave the target out", key=given[0]),
        )
    else:
        yield from _time_faults(target, year)
        yield from _modifier_faults(target)


def _time_faults(target: Target, year: Year) -> Iterator[tuple[str, str, str]]:
    split = target.by is not None and not target._whole  # noqa: SLF001
    if target.from_ and not target.by and not target.every:
        yield (
            "from-without-by",
            tr("from goes with by or every: with by it is the window, with every when it begins to hold"),
            tr("add by, or leave from out"),
        )
    elif target.from_ and split:
        yield (
            "two-times",
            tr("by = {span} is a span and says the beginning already", span=target.by),
            tr("leave from out, or give by the last period alone"),
        )
    elif target.begins and target.ends and target.ends.last < target.begins.first:
        yield (
            "reversed-window",
            tr("the window ends ({end}) before it begins ({begin})", end=target.ends, begin=target.begins),
            tr("swap from and by"),
        )
    elif (
        target.every
        and target.begins
        and target.ends
        and year is not UNKNOWN
        and not periods.holds_one(target.begins.first, target.ends.last, target.every, year)
    ):
        yield "empty-window", *_no_period_in(target.begins, target.ends, target.every, year)
    elif target.aggregate != "last" and target.every:
        yield (
            "bad-modifier",
            tr(
                'aggregate = "{aggregate}" does not go with every: a standing target is judged one period at a time',
                aggregate=target.aggregate,
            ),
            tr("leave one of them out"),
        )
    elif target.aggregate != "last" and not (target.begins and target.due):
        yield (
            "no-window",
            tr('aggregate = "{aggregate}" needs a window', aggregate=target.aggregate),
            tr('add from, or write by = "2021/2025"'),
        )
    elif target.replaces and not target.due:
        yield (
            "replaces-without-by",
            tr("replaces says which deadline was extended, but this target has none"),
            tr("add by"),
        )


_NONE_WHOLE = {
    "fiscal year": mark("the window from {begin} to {end} holds no whole fiscal year: no period can ever be judged"),
    "year": mark("the window from {begin} to {end} holds no whole year: no period can ever be judged"),
    "half": mark("the window from {begin} to {end} holds no whole half-year: no period can ever be judged"),
    "quarter": mark("the window from {begin} to {end} holds no whole quarter: no period can ever be judged"),
    "month": mark("the window from {begin} to {end} holds no whole month: no period can ever be judged"),
}


def _no_period_in(begins: Period, ends: Period, every: Frequency, year: Year) -> tuple[str, str]:
    """That a window holds no period of a kind: the one that it holds the most of, and the longest kind of which it holds a whole one."""
    cut = max(
        (periods.of_kind(day, every, year) for day in (begins.first, ends.last)),
        key=lambda each: min(each.last, ends.last) - max(each.first, begins.first),
    )
    said = tr(_NONE_WHOLE["fiscal year" if every == "year" and year.fiscal else every], begin=begins, end=ends)
    kind = next(
        (
            kind
            for kind in MONTHS
            if MONTHS[kind] < MONTHS[every] and periods.holds_one(begins.first, ends.last, kind, year)
        ),
        None,
    )
    if kind is None:
        return said, tr("let the window hold {period}", period=cut)
    return said, tr('let the window hold {period}, or write every = "{kind}"', period=cut, kind=kind)


_SHOWN: dict[Shape, str] = {
    "improve": "improve = true",
    "milestone": "value = true",
    "undetermined": "undetermined = true",
}


def _modifier_faults(target: Target) -> Iterator[tuple[str, str, str]]:
    shape = target.shape
    if shape not in _SHOWN:
        return
    shown = _SHOWN[shape]
    if target.strict:
        yield "bad-modifier", tr("strict does not go with {shape}", shape=shown), tr("leave strict out")
    elif target.aggregate != "last":
        yield (
            "bad-modifier",
            tr('aggregate = "{aggregate}" does not go with {shape}', aggregate=target.aggregate, shape=shown),
            tr("leave aggregate out"),
        )
    elif shape == "milestone" and target.every:
        yield (
            "bad-modifier",
            tr("every does not go with {shape}: a milestone is reached once", shape=shown),
            tr("write by"),
        )


@frozen(kw_only=True)
@_told_in(IndicatorWords)
class Indicator:
    """``[indicators.ID]``: the thing measured, with a unit and a direction."""

    __pydantic_config__ = CONFIG

    name: Text
    unit: Text | None = None
    direction: Direction | None = None
    definition: Text | None = None
    baseline: Baseline | None = None
    frequency: Frequency | None = None
    lag: LagTime | None = None
    cumulative: Flag = False
    limit: Number | None = None
    prefer: tuple[Text, ...] = ()
    searched: PartialDate | None = None
    responsible: Text | None = None
    note: Text | None = None
    targets: tuple[Target, ...] = ()

    def baseline_of(self, target: Target) -> Baseline | None:
        """The baseline that serves a target: its own, else the indicator's where the target has no disaggregation."""
        return target.baseline or (None if target.disaggregation else self.baseline)

    def replaced_by(self, target: Target) -> tuple[Target, ...]:
        """The targets whose place ``target`` takes through ``replaces``."""
        if target.replaces is None:
            return ()
        return tuple(old for old in self.targets if takes_place(target, old))


def takes_place(new: Target, old: Target) -> bool:
    """Whether a target replaces another one of its disaggregation and aggregate, by the day that that was due."""
    return bool(
        new.replaces
        and old.due
        and new.replaces.last == old.due.last
        and (new.disaggregation, new.aggregate) == (old.disaggregation, old.aggregate)
    )


@final
@frozen(kw_only=True)
@_told_in(PromiseWords)
class Promise(_Promised):
    """``[[promises]]``: a promise in words that no indicator measures."""

    __pydantic_config__ = CONFIG

    text: Text


@frozen(kw_only=True)
@_told_in(NoteWords)
class Actual:
    """``[[actuals]]``: a figure measured for a period, in the indicator's unit."""

    __pydantic_config__ = CONFIG

    indicator: Text
    period: When
    value: FigureValue | None = None
    range: Range | None = None
    approx: Literal["about", "over", "under"] | None = None
    quality_: Quality | None = None
    series_break: Flag = False
    disaggregation: Disaggregation = ()
    source: Text | None = None
    page: PageNumber | None = None
    cell: Text | None = None
    quote: Text | None = None
    published: PartialDate | None = None
    recorded: PartialDate | None = None
    note: Text | None = None

    def check(self) -> Self:
        """Itself, where its keys fit together."""
        if (self.value is None) == (self.range is None):
            code, said = (
                ("two-shapes", tr("this actual has both value and range"))
                if self.range is not None
                else ("no-figure", tr("this actual has no figure: neither value nor range"))
            )
            raise _refusal(code, said, tr("write value = 6, or range = [3.2, 3.3] where the source gives a range"))
        if self.approx is not None and (self.range is not None or isinstance(self.value, bool)):
            raise _refusal(
                "bad-modifier",
                tr('approx = "{approx}" goes with one number', approx=self.approx),
                tr("leave approx out"),
            )
        return self

    @property
    def quality(self) -> Quality:
        """How sure the figure is; ``quality_`` is what the file writes."""
        return self.quality_ or "final"

    @property
    def answer(self) -> bool | None:
        """What it says of a milestone: yes or no; None of a number."""
        return self.value if isinstance(self.value, bool) else None

    @property
    def number(self) -> Decimal | None:
        """The one number that it gives; None for an answer and for a range."""
        return None if isinstance(self.value, bool) else self.value


def is_percent(unit: str | None) -> bool:
    """Whether a unit is a percentage, whose gaps are percentage points."""
    return unit is not None and unit.startswith("%")


def made(sources: Mapping[str, Source], promise: Target | Promise) -> Period | None:
    """When a promise was made, as written: its ``set_on``, else its source's ``published``; None where neither is known."""
    if promise.set_on is not None:
        return promise.set_on
    source = sources.get(promise.source or "")
    return source.published if source else None


def set_date(sources: Mapping[str, Source], promise: Target | Promise) -> date | None:
    """The day from which a promise is known and in force; None where nothing tells when it was made."""
    when = made(sources, promise)
    return when.last if when else None


def set_by(sources: Mapping[str, Source], promise: Target | Promise, on: date) -> bool:
    """Whether a promise was made by a day, as far as anything tells: one without a date always was."""
    since = set_date(sources, promise)
    return since is None or since <= on


@frozen(eq=True)
class Constant:
    """What every row of a link says, written ``{ value = … }`` where the name of a column would stand."""

    value: Any


EngineName = Literal["postgresql", "spark", "trino"]
"""What keeps tables, and is asked for figures in SQL."""

Column = str | Constant
"""The name of a column, or what stands for every row."""
Columns = tuple[tuple[str, Any], ...]
"""Keys of an actual, each with its Column; of ``range`` with two, of ``disaggregation`` with those of its parts, by their names."""


def _columns(value: object) -> Columns:
    if not isinstance(value, dict):
        raise _no_columns(tr("`columns` must be a table"))
    known = own_keys(Actual)
    for name in value:
        if name not in known:
            raise _no_columns(tr("an actual has no key `{key}`", key=name))
    return tuple((name, _column(name, each)) for name, each in value.items())


def _column(name: str, value: object) -> Any:  # noqa: ANN401 - see Columns
    if is_whole(value):
        return value
    if isinstance(value, dict) and value.keys() == {"value"} and not (name == _PARTS and is_whole(value["value"])):
        return Constant(value["value"])
    if name == _PARTS and isinstance(value, dict) and value:
        return {part: _column("", each) for part, each in value.items()}
    if name == "range" and isinstance(value, list) and len(value) == 2 and all(map(is_whole, value)):
        return tuple(value)
    raise _no_columns(tr("the column of `{key}` is neither a name nor a constant", key=name or _PARTS))


_PARTS = "disaggregation"


def _no_columns(said: str) -> PydanticCustomError:
    hint = tr(
        'write columns = { period = "year" }: keys of an actual, each with its column, or with { value = "about" } what every row says'
    )
    return _refusal("bad-columns", said, hint)


LinkedColumns = Annotated[Columns, parsed(_columns, {"type": "object"})]


def _digest(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(_DIGEST, value):
        return value
    said = tr("`digest` is no digest of a file: sha256: and 64 letters of 0-9 and a-f")
    raise _refusal("bad-digest", said, tr("leave it out, or write what sha256sum says of the file behind sha256:"))


_DIGEST = "sha256:[0-9a-f]{64}"
FileDigest = Annotated[str, parsed(_digest, {"type": "string", "pattern": f"^{_DIGEST}$"})]


@frozen(kw_only=True)
class Link:
    """``[links.ID]``: a file of figures beside the program, or a table of a database; each row is an actual."""

    __pydantic_config__ = CONFIG

    file: Text | None = None
    engine: EngineName | None = None
    table: Text | None = None
    columns: LinkedColumns = ()
    digest: FileDigest | None = None

    def check(self) -> Self:
        """Itself, where its keys fit together."""
        if (self.file is None) == (self.engine is None):
            said = (
                tr("this link names neither a file nor an engine")
                if self.file is None
                else tr("this link names both a file and an engine")
            )
            raise _refusal("bad-link", said, tr('write file = "figures.parquet", or engine = "postgresql" and table'))
        if self.engine is not None and self.digest is not None:
            said = tr("`digest` is that of a file, and an engine has none")
            raise _refusal("bad-link", said, tr("leave digest out"))
        if self.engine is not None and self.table is None:
            said = tr("an engine has tables: one must be named")
            raise _refusal("bad-link", said, tr('add table = "…"'))
        return self

    @property
    def where(self) -> str:
        """What people call the place where the figures are kept."""
        return self.file or tr("the table {table} ({engine})", table=self.table, engine=self.engine)


@frozen(kw_only=True)
class Checking:
    """``[check]``: the weaknesses that the program allows, by their codes, each with the reason."""

    __pydantic_config__ = CONFIG

    allow: dict[Text, Text] = field(default_factory=dict)


@frozen(kw_only=True)
class Document:
    """A program file, format 1."""

    __pydantic_config__ = CONFIG

    targettrack: FormatNumber
    program: Header
    sources: dict[Id, Source] = field(default_factory=dict)
    indicators: dict[Id, Indicator] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    actuals: tuple[Actual, ...] = ()
    check_: Checking | None = None
    links: dict[Id, Link] = field(default_factory=dict)


class Linked(NamedTuple):
    """The actuals of a program that are rows of a link: their places are ``first`` to before ``end``; ``rows`` are the numbers of these rows, from 1, where not all were read, and nothing where rows have none."""

    id: str
    first: int
    end: int
    rows: Sequence[int] | None = None

    def row(self, place: int) -> int | None:
        """Which row, from 1, the actual at a place is; None where rows have no order."""
        if self.rows is None:
            return place - self.first + 1
        return self.rows[place - self.first] if self.rows else None


@frozen(eq=True, slots=False)
class Program:
    """A program as its file says it; ``id`` is the file's stem, ``file`` the path as a person would type it."""

    id: str
    file: str
    document: Document
    linked: tuple[Linked, ...] = ()

    def row(self, place: int) -> tuple[str, int | None] | None:
        """The link and the row, from 1 (None where rows have no order), of the actual at a place; None of one that stands in the file itself."""
        return next(((each.id, each.row(place)) for each in self.linked if each.first <= place < each.end), None)

    @cached_property
    def kept_in(self) -> dict[str, str]:
        """The indicators that have figures in a link, each with the id of the last such link."""
        actuals = self.document.actuals
        return {actuals[place].indicator: each.id for each in self.linked for place in range(each.first, each.end)}

    @property
    def own(self) -> int:
        """How many actuals stand in the file itself: they are the first."""
        return self.linked[0].first if self.linked else len(self.document.actuals)

    @property
    def header(self) -> Header:
        """Name, place, owner."""
        return self.document.program

    @property
    def year(self) -> Year:
        """When its years begin."""
        return self.header.fiscal_year or CALENDAR

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources by id."""
        return self.document.sources

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators by id, in the file's order."""
        return self.document.indicators

    @cached_property
    def targets(self) -> Mapping[str, Mapping[Pairs, tuple[Target, ...]]]:
        """The targets of each indicator by disaggregation."""
        grouped: dict[str, dict[Pairs, list[Target]]] = {}
        for name, indicator in self.indicators.items():
            for target in indicator.targets:
                grouped.setdefault(name, {}).setdefault(target.disaggregation, []).append(target)
        return {name: {pairs: tuple(targets) for pairs, targets in parts.items()} for name, parts in grouped.items()}

    @cached_property
    def actuals(self) -> Mapping[str, tuple[tuple[int, Actual], ...]]:
        """The actuals of each indicator with their places in the file (from 0)."""
        grouped: defaultdict[str, list[tuple[int, Actual]]] = defaultdict(list)
        for index, actual in enumerate(self.document.actuals):
            grouped[actual.indicator].append((index, actual))
        return {indicator: tuple(actuals) for indicator, actuals in grouped.items()}


def no_program(name: str) -> str | None:
    """Why a program cannot have a name, which is that of its file without the ending; None where it can."""
    if not re.fullmatch(ID, name):
        return tr(ID_RULE)
    return tr(DEVICE_RULE) if name in DEVICES else None


def own_keys(model: type[Any]) -> tuple[str, ...]:
    """The keys of a table, as a file writes them, without its texts in other languages."""
    return tuple(key(each) for each in fields(model) if key(each) not in LANGUAGES)
