"""Entry: what people type, and the cells of a spreadsheet, as the keys of an actual; what a person sees is what is taken."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from targettrack import period as periods
from targettrack import text as raw
from targettrack.errors import Problem, nearest
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.number import NumberError, literal, looks_grouped, typed
from targettrack.period import CALENDAR, Year
from targettrack.program import reading
from targettrack.program.model import YES_NO, Actual, Fault, Indicator, Program, Source, is_percent, own_keys
from targettrack.recording.plan import COMMAND_LINE, Origin, Wanted, contradicting
from targettrack.regex import regex

KEYS = tuple(name for key in own_keys(Actual) for name in ((key, "answer") if key == "value" else (key,)))
"""The keys of an actual, as ``show`` prints them: what a milestone says stands apart from the numbers, as ``answer``; under ``value``, as version 1 had it, it is read too."""

_WORDS = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False}


class Row(NamedTuple):
    """One figure as it was given: TOML-like values, or all texts (``cells``); where; whether a point is known to be the decimal one; and which program it was shown from."""

    values: Mapping[str, Any]
    origin: Origin = COMMAND_LINE
    cells: bool = True
    points_are_decimal: bool = False
    program: str | None = None


def wanted(
    row: Row, indicators: Mapping[str, Indicator], filled: Mapping[str, Any] | None = None, year: Year = CALENDAR
) -> tuple[Wanted | None, tuple[Fault, ...]]:
    """The figure that a row says for a program whose years begin with ``year``, with the values that are ``filled`` in for what it leaves out; or what is wrong with it, each fault at the key that it is about."""
    given = {**(filled or {}), **row.values}
    values, faults, doubts = _typed(given, row, indicators) if row.cells else _told(given)
    if isinstance(period := values.get("period"), str) and not faults:
        bare = values["period"] = _bare(period)
        if isinstance(bare, str) and not row.cells and not _PLAIN_PERIOD.fullmatch(bare):
            values, faults = _told_beside(bare, values)
    if faults:
        return None, tuple(faults)
    actual, found = reading.part(Actual, values, ("actuals", 0), year)
    if actual is None:
        return None, _at_key(found)
    return Wanted(actual, row.origin, tuple(doubts), values), ()


@lru_cache(maxsize=4096)
def _bare(period: str) -> int | date | str:
    """A period as a program file has it: a year as an integer, a day as a date; any other text as it is."""
    if re.fullmatch(r"[1-9][0-9]{3}", period):
        return int(period)
    try:
        return date.fromisoformat(period) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", period) else period
    except ValueError:
        return period


def _typed(
    given: Mapping[str, Any], row: Row, indicators: Mapping[str, Indicator]
) -> tuple[dict[str, Any], list[Fault], list[str]]:
    """What the texts of a row say, in the unit of its indicator."""
    indicator = indicators.get(str(given.get("indicator")))
    return _read(given, indicator.unit if indicator else None, points_are_decimal=row.points_are_decimal)


def _told_beside(period: str, given: dict[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The values of an object whose period has marks, or is written in another way, as in a table."""
    try:
        dated = _dated(period, given)
    except NumberError as error:
        return given, [Fault(("period",), error.code, str(error), error.hint or None)]
    return {**given, **dated, "period": _bare(dated["period"])}, []


def _at_key(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Faults of one table, each at its key inside of it."""
    return tuple(replace(fault, loc=fault.loc[2:]) for fault in faults)


def _read(
    given: Mapping[str, Any], unit: str | None, *, points_are_decimal: bool
) -> tuple[dict[str, Any], list[Fault], list[str]]:
    """The values that texts say (the figure ``3.2..3.3`` is a range, whichever its key), what is wrong with them, and what is doubtful."""
    values: dict[str, Any] = {}
    dated: dict[str, Any] = {}
    faults = (
        [Fault((), "two-shapes", _both(*shapes[:2]), tr("leave one of the two cells empty"))]
        if len(shapes := _shapes(given)) > 1
        else []
    )
    for key, text in given.items():
        try:
            if isinstance(text, str) and key in {"value", "range"}:
                values |= _agreeing(figure(text, unit, points_are_decimal=points_are_decimal), given)
            elif isinstance(text, str) and key == "answer":
                values |= figure(text, YES_NO)
            elif isinstance(text, str) and key == "period":
                dated = _dated(text, given)
            else:
                values[key] = taken(key, text)
        except NumberError as error:
            faults.append(Fault((key,), error.code, str(error), error.hint or None))
    doubts = [
        tr(
            "the point of {number} is taken for a decimal point; for thousands write {thousands}",
            number=end,
            thousands=end.replace(".", ""),
        )
        for key in ("value", "range")
        for end in (_ends(given.get(key)) if points_are_decimal else ())
        if looks_grouped(end)
    ]
    return values | dated, faults, doubts


def _agreeing(found: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """A figure that says of itself how exact it is, where nothing else says otherwise.

    Raises:
        NumberError: something does.

    """
    said, other = found.get("approx"), str(given.get("approx") or "").strip().casefold()
    if said and other and said != other:
        raise NumberError(
            "two-words",
            tr("the figure says {said}, and approx says {other}", said=said, other=other),
            tr("leave one of them out"),
        )
    return found


def _told(given: dict[str, Any]) -> tuple[dict[str, Any], list[Fault], list[str]]:
    """The values of an object as an actual has them: an ``answer`` is the value of a milestone, and must be true or false."""
    if "answer" not in given:
        return given, [], []
    values = {key: value for key, value in given.items() if key != "answer"}
    if len(shapes := _shapes(given)) > 1:
        return values, [Fault((), "two-shapes", _both(*shapes[:2]), tr("keep one of them"))], []
    if not isinstance(given["answer"], bool):
        return (
            values,
            [
                Fault(
                    ("answer",),
                    "not-yes-no",
                    tr('"{text}" is neither true nor false', text=given["answer"]),
                    tr("write true or false"),
                )
            ],
            [],
        )
    return {**values, "value": given["answer"]}, [], []


def _shapes(given: Mapping[str, Any]) -> list[str]:
    """Under which keys a row says a figure."""
    return [key for key in ("value", "answer", "range") if key in given]


def _both(first: str, second: str) -> str:
    return tr("this row has both {first} and {second}", first=first, second=second)


def _ends(text: object) -> list[str]:
    """The one or two numbers of a figure's text, without percent signs."""
    return [end.strip().removesuffix("%").strip() for end in text.split("..")] if isinstance(text, str) else []


def figure(text: str, unit: str | None, *, points_are_decimal: bool = False) -> dict[str, Any]:
    """A figure as it is typed: a number, a range ``3.2..3.3``, or yes and no for a milestone, as the key ``value`` or ``range``; with ``approx`` where it says that it is about, over or under.

    Raises:
        NumberError: it says no figure, or more than one.

    """
    bare = text.strip()
    try:
        return _figure(bare, unit, points_are_decimal=points_are_decimal)
    except NumberError:
        said = _said(bare, unit)
        if said is None:
            raise
        return said


def _said(text: str, unit: str | None) -> dict[str, Any] | None:
    """A figure in another way of writing that has one reading, as in a table: ``84,5``, ``40–45``, ``<2.5``, ``1.234,5``; None of anything else."""
    from targettrack.recording import amounts  # noqa: PLC0415 - most figures are written plainly

    found = amounts.amount(text, None, frozenset()) if unit != YES_NO else None
    if not isinstance(found, amounts.Amount) or found.marks or (found.percent and not is_percent(unit)):
        return None
    if found.low != found.high:
        return None if found.approx else {"range": [found.low, found.high]}
    return {"value": found.low, "approx": found.approx} if found.approx else {"value": found.low}


def _figure(bare: str, unit: str | None, *, points_are_decimal: bool) -> dict[str, Any]:
    if unit == YES_NO:
        if bare.casefold() not in _WORDS:
            raise NumberError(
                "not-yes-no",
                tr('"{text}" is neither yes nor no', text=bare),
                tr("this indicator is a milestone: write yes or no"),
            )
        return {"value": _WORDS[bare.casefold()]}
    if "..." in bare:
        raise NumberError(
            "not-a-number", tr('"{text}" is no number', text=bare), tr("write a number, or a range as 3.2..3.3")
        )
    low, dots, high = bare.partition("..")
    ends = [
        typed(_without_sign(end, unit), points_are_decimal=points_are_decimal)
        for end in ((low, high) if dots else (low,))
    ]
    if dots and ends[0] > ends[1]:
        said = tr("the range {range} is reversed: its lower end comes first", range=bare)
        raise NumberError(
            "reversed-range", said, tr("write {numbers}", numbers=f"{literal(ends[1])}..{literal(ends[0])}")
        )
    return {"range": ends} if dots else {"value": ends[0]}


def _without_sign(text: str, unit: str | None) -> str:
    """A number without its unit behind it, or the percent sign that that has anyway."""
    bare = text.strip()
    if unit and bare.lower().endswith(unit.lower()) and bare[: -len(unit)].strip():
        return bare[: -len(unit)].rstrip()
    if not bare.endswith("%"):
        return bare
    if unit is None or not unit.startswith("%"):
        raise NumberError(
            "not-the-unit", _no_percentage(bare, unit), tr("write the figure in the indicator's unit, without a sign")
        )
    return bare.removesuffix("%").rstrip()


def _no_percentage(text: str, unit: str | None) -> str:
    if unit is None:
        return tr("{figure} is a percentage, but this indicator is measured in no unit", figure=text)
    return tr("{figure} is a percentage, but this indicator is measured in {unit}", figure=text, unit=unit)


def _flag(text: str) -> bool:
    if text.strip().casefold() not in _WORDS:
        raise NumberError("not-yes-no", tr('"{text}" is neither true nor false', text=text), tr("write true or false"))
    return _WORDS[text.strip().casefold()]


def _page(text: str) -> str | int:
    return int(text) if re.fullmatch(r"0|[1-9]\d{0,8}", text, re.ASCII) else text


def pairs(texts: Sequence[str]) -> dict[str, str]:
    """``key=value`` texts as a disaggregation.

    Raises:
        NumberError: one is no pair, or a key stands twice.

    """
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not (sign and name.strip() and value.strip()) or name.strip() in found:
            raise NumberError(
                "bad-disaggregation",
                tr('"{text}" is no pair, or its name stands twice', text=text),
                tr("write --disaggregation sector=textile, once for each"),
            )
        found[name.strip()] = value.strip()
    return found


def taken(key: str, text: object) -> Any:  # noqa: ANN401
    """What the text of an option, or of a row's cell, is taken for; what is no text is taken as it is."""
    return _READERS[key](text) if isinstance(text, str) and key in _READERS else text


def meaning(key: str, text: object, year: Year = CALENDAR) -> object:
    """What two ways of writing one value have in common; a text that says nothing is itself."""
    try:
        value = taken(key, text)
        return periods.period(value, year) if key in {"period", "published"} else value
    except (NumberError, periods.PeriodError):
        return text


@lru_cache(maxsize=65536)
def _cell_pairs(text: str) -> Mapping[str, str]:
    """The pairs of a cell; many rows have the same, which are read once."""
    from targettrack import spreadsheet  # noqa: PLC0415 - only a cell with pairs needs it

    found = spreadsheet.pairs_of(text)
    if found is None:
        raise NumberError(
            "bad-disaggregation",
            tr('"{text}" is no disaggregation', text=text),
            tr("write sector=textile, pairs joined by ;"),
        )
    return found


def _stretch(text: str) -> str:
    """A period as a program file writes it, of any way of writing that has one reading: ``Q1 2018``, ``Quý 3/2015``; any other text as it is."""
    bare = text.strip().upper()
    try:
        return periods.period(bare).text
    except periods.PeriodError:
        from targettrack.recording import stretches  # noqa: PLC0415 - most periods are written plainly

        found = stretches.stretch(text, CALENDAR)
        if isinstance(found, periods.Period):
            return found.text
        return bare if _PLAIN_PERIOD.fullmatch(bare) else text.strip()


def _dated(text: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The period of a row, and what the words and marks beside it say of its figure, as in a table: ``2021 (p)`` is provisional, ``2022*`` has a remark.

    Raises:
        NumberError: it is the period of a plan or of no figure, or the row says another quality.

    """
    plain = _stretch(text)
    if _PLAIN_PERIOD.fullmatch(plain):
        return {"period": plain}
    from targettrack.recording import flagged, stretches  # noqa: PLC0415 - most periods are written plainly

    found = stretches.heading(text, CALENDAR)
    if not isinstance(found, stretches.Heading):
        return {"period": plain}
    said = [(mark, flagged.flags_in(mark, {}) or [(mark, "note")]) for mark in found.marks]
    meanings = {meaning for _, pairs in said for _, meaning in pairs}
    if found.plan or meanings & {"plan", "missing"}:
        raise NumberError(
            "no-actual",
            tr('"{text}" is the period of a plan, or of no figure', text=text.strip()),
            tr("leave the row out"),
        )
    notes = [f'marked "{mark}"' for mark, pairs in said if any(meaning == "note" for _, meaning in pairs)]
    quality = found.quality if found.quality != "final" else None
    return {
        "period": found.period.text,
        **(_quality(quality, given) if quality is not None else {}),
        **({"series_break": True} if "series break" in meanings else {}),
        **({"note": "; ".join([*filter(None, [given.get("note")]), *notes])} if notes else {}),
    }


_PLAIN_PERIOD = regex(r"[0-9]{4}(?:[-/][0-9A-Z/-]*)?")


def _quality(said: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The quality that a period says, where its row says no other."""
    other = str(given.get("quality") or "").strip().casefold()
    if other not in {"", said}:
        raise NumberError(
            "two-words",
            tr("the period says {said}, and quality says {other}", said=said, other=other),
            tr("leave one of them out"),
        )
    return {"quality": said}


_READERS: Mapping[str, Callable[[str], Any]] = {
    "series_break": _flag,
    "page": _page,
    "disaggregation": _cell_pairs,
    "period": _stretch,
    "published": str.strip,
    "recorded": str.strip,
    "indicator": str.strip,
    "source": str.strip,
    "quality": lambda text: text.strip().casefold(),
    "approx": lambda text: text.strip().casefold(),
}


def source(texts: Mapping[str, str]) -> tuple[Source | None, tuple[Fault, ...]]:
    """A source from texts; what is wrong with them else."""
    found, faults = reading.part(Source, dict(texts), ("sources", "new"))
    return found, _at_key(faults)


def not_linked(source: Source) -> tuple[Fault, ...]:
    """What is wrong with the addresses of a new source: nobody could follow them."""
    texts = (("url", source.url), ("archived", source.archived))
    return tuple(
        Fault((key,), "bad-address", *said)
        for key, text in texts
        if text is not None and (said := raw.not_linked(key, text))
    )


def described(
    program: Program, tables: Mapping[str, Mapping[str, Any]], file: str
) -> tuple[dict[str, Source], list[Problem]]:
    """The sources that a file of figures describes and the program does not have, and what is wrong with any; one that both have must be the same."""
    found: dict[str, Source] = {}
    problems: list[Problem] = []
    for id, table in tables.items():
        there = program.sources.get(id)
        new, faults = source(table)
        faults = faults or (not_linked(new) if new and there is None else ())
        problems += [
            Problem(
                code=fault.code,
                message=tr("source {id}: {message}", id=id, message=fault.message),
                hint=fault.hint,
                file=file,
            )
            for fault in faults
        ]
        if new is not None and there is None:
            found[id] = new
        elif new is not None and there is not None:
            for key, old, here in contradicting(there, {key: getattr(new, key) for key in table}):
                message = tr(
                    'source {id}: here its {key} is "{here}", in {program} "{there}"',
                    id=id,
                    key=key,
                    here=here,
                    program=program.id,
                    there=old,
                )
                problems.append(
                    Problem(
                        code="source-exists",
                        message=message,
                        hint=tr("give one of them another id, or correct it"),
                        file=file,
                    )
                )
    return found, problems


@frozen(eq=True)
class Reading:
    """What a file of figures says: its rows, the documents that it describes (by id, as tables), and what is wrong with the file itself."""

    rows: tuple[Row, ...]
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def in_file_order(rows: Sequence[Row], shown: Sequence[Mapping[str, object]]) -> tuple[Row, ...]:
    """Rows in the order of the program file that they were shown from, which says which of equals is used: ``show`` prints that one first.

    A baseline that ``show`` prints among the figures is no actual, and is left out. Rows that say their line stand by it; where lines are gone, the one whose role was to lead stands behind those of its period. Other rows stay where they are.
    """
    if not any(SHOWN & each.keys() for each in shown):
        return tuple(rows)
    actuals = [at for at, each in enumerate(shown) if str(each.get("role") or "").strip().casefold() != "baseline"]
    if len(actuals) < len(rows):
        return in_file_order([rows[at] for at in actuals], [shown[at] for at in actuals])
    files = [str(each.get("file") or "") for each in shown]
    lines = [_line(each.get("line")) for each in shown]
    order = _sorted_among(
        range(len(rows)),
        [None if line is None else file for file, line in zip(files, lines, strict=True)],
        [line or 0 for line in lines],
    )
    roles = [str(each.get("role") or "").strip().casefold() for each in shown]
    if not any(role and line is None for role, line in zip(roles, lines, strict=True)):
        return tuple(rows[at] for at in order)
    places = [(file, *_place(row)) if role else None for file, row, role in zip(files, rows, roles, strict=True)]
    unsure = {place for place, line in zip(places, lines, strict=True) if line is None}
    order = _sorted_among(
        order, [place if place in unsure else None for place in places], [role == "leads" for role in roles]
    )
    return tuple(rows[at] for at in order)


def _sorted_among(order: Sequence[int], groups: Sequence[Hashable | None], keys: Sequence[int]) -> list[int]:
    """An order in which the members of each group change seats among themselves, by their keys; who is in none keeps the seat."""
    members: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at in order:
        members[groups[at]].append(at)
    sorted_ = {
        group: iter(sorted(found, key=keys.__getitem__)) for group, found in members.items() if group is not None
    }
    return [at if groups[at] is None else next(sorted_[groups[at]]) for at in order]


def shown_from(shown: Mapping[str, object]) -> str | None:
    """The id of the program that a row says it was shown from."""
    found = re.fullmatch(r"(?:.*[/\\])?([^/\\]+)\.toml\s*", str(shown["file"]), re.DOTALL) if "file" in shown else None
    return found[1] if found else None


def _line(value: object) -> int | None:
    """The line that a row was shown from; None for what is no whole number."""
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,9}\s*", value, re.ASCII):
        return int(value)
    return value if type(value) is int else None


def _place(row: Row) -> tuple[str, ...]:
    """The indicator, period and part that a row is of, as texts to compare."""
    found = [meaning(key, row.values.get(key)) for key in ("indicator", "period", "disaggregation")]
    return tuple(
        f"{each.first}/{each.last}"
        if isinstance(each, periods.Period)
        else str(sorted(each.items()) if isinstance(each, dict) else each)
        for each in found
    )


def unreadable(file: str, code: str, message: str, hint: str, line: int | None = None) -> Reading:
    """A file that says no figures."""
    return Reading((), {}, (Problem(code=code, message=message, hint=hint, file=file, line=line),))


def unknown_key(key: str, origin: Origin) -> Problem:
    """A key, or a column, that no actual has."""
    near = nearest(key.casefold(), KEYS)
    hint = tr("did you mean `{key}`?", key=near) if near else tr("an actual has {keys}", keys=", ".join(KEYS))
    return origin.problem(
        "unknown-key",
        tr("unknown column `{key}`", key=key) if origin.row is None else tr("unknown key `{key}`", key=key),
        hint,
    )


SHOWN = frozenset({"role", "file", "line", "link", "row"})
"""What ``show`` prints beside the keys of an actual; it is not read back."""
