"""iati: an activity of IATI, version 2.03, with a result whose indicators have the baselines, targets and actuals of a program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

from targettrack.exchange._figures import ADDED, BOTH_ENDS, INEXACT, MANY, NO_PERIOD, PROPOSED, RANGE, WORDS, ends, when
from targettrack.exchange._records import Export, Lost, Record, Records, leading_actuals, leading_targets, records
from targettrack.number import literal
from targettrack.period import Period
from targettrack.program.model import LANGUAGES, YES_NO, Baseline, Pairs, Program, is_percent
from targettrack.regex import regex

_ILLEGAL = regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ASCENDING = {"increase": "true", "decrease": "false"}
_DOCUMENT = "A08"
"""The category of documents about results: https://iatistandard.org/en/iati-standard/203/codelists/documentcategory/."""


def files(program: Program, day: date) -> Export:
    """The file of one activity, generated on a day. Standard: https://iatistandard.org, version 2.03; the elements stand in the order of its schema."""
    found = records(program)
    root = ET.Element("iati-activities", {"version": "2.03", "generated-datetime": f"{day.isoformat()}T00:00:00Z"})
    activity = ET.SubElement(root, "iati-activity", {"xml:lang": "en"})
    added = _activity(activity, program, found.header, _begins(program) or day)
    if program.indicators:
        _result(activity, program, found)
    ET.indent(root)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
    return Export({f"{program.id}.xml": text.encode()}, (*added, *found.lost()))


def _begins(program: Program) -> date | None:
    """The first day that the program is about: of its actuals, its baselines, and what its promises say of their making."""
    document = program.document
    bases = [base for each in program.indicators.values() for base in (each.baseline, *(target.baseline for target in each.targets)) if base]  # fmt: skip
    made = [each.set_on for each in (*document.promises, *(target for of in program.indicators.values() for target in of.targets)) if each.set_on]  # fmt: skip
    days = [each.first for each in (*(actual.period for actual in document.actuals), *(base.period for base in bases), *made)]  # fmt: skip
    return min(days, default=None)


def _activity(element: ET.Element, program: Program, header: Record, begins: date) -> list[Lost]:
    """What an activity must have; what of it the program does not say."""
    header.take("name", "owner", "note", *(f"{code}.{key}" for code in LANGUAGES for key in ("name", "owner", "note")))
    identifier = f"targettrack-{program.id}"
    _text(element, "iati-identifier", identifier)
    reporter = ET.SubElement(element, "reporting-org", {"ref": "targettrack", "type": "10"})
    _narratives(reporter, header, "owner") if "owner" in header.values else _text(
        reporter, "narrative", program.header.name
    )
    _narratives(ET.SubElement(element, "title"), header, "name")
    description = ET.SubElement(element, "description", {"type": "1"})
    _narratives(description, header, "note" if "note" in header.values else "name")
    taking_part = ET.SubElement(element, "participating-org", {"role": "4", "type": "10"})
    _narratives(taking_part, header, "owner" if "owner" in header.values else "name")
    ET.SubElement(element, "activity-status", {"code": "2"})
    ET.SubElement(element, "activity-date", {"type": "2", "iso-date": begins.isoformat()})
    wanted = {"iati-identifier": identifier, "reporting-org/@ref": "targettrack", "reporting-org/@type": "10", "activity-status": "2", "activity-date": begins.isoformat(), "participating-org": "4"}  # fmt: skip
    return [Lost("program", name, text, ADDED) for name, text in wanted.items()]


def _text(above: ET.Element, name: str, text: str, language: str = "") -> None:
    """An element with a text; a character that XML does not have is shown by its number."""
    element = ET.SubElement(above, name, {"xml:lang": language} if language else {})
    element.text = _legal(text)


def _legal(text: str) -> str:
    return _ILLEGAL.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def _narratives(above: ET.Element, record: Record, key: str) -> None:
    """A text in each language that the program says it in."""
    _text(above, "narrative", record.text(key))
    for code in LANGUAGES:
        if text := record.text(f"{code}.{key}"):
            _text(above, "narrative", text, code)


def _keys(key: str) -> tuple[str, ...]:
    return (key, *(f"{code}.{key}" for code in LANGUAGES))


# ---------------------------------------------------------------- results


def _result(activity: ET.Element, program: Program, found: Records) -> None:
    result = ET.SubElement(activity, "result", {"type": "9"})
    _narratives(ET.SubElement(result, "title"), found.header, "name")
    for id, record in found.indicators.items():
        _indicator(result, program, found, id, record)


def _indicator(result: ET.Element, program: Program, found: Records, id: str, record: Record) -> None:
    indicator = program.indicators[id]
    measure = "5" if indicator.unit == YES_NO else "2" if is_percent(indicator.unit) else "1"
    ascending = {"ascending": _ASCENDING[indicator.direction]} if indicator.direction in _ASCENDING else {}
    element = ET.SubElement(result, "indicator", {"measure": measure, **ascending})
    record.take(*_keys("name"), *_keys("definition"), *_keys("unit"), *(["direction"] if ascending else []))
    _narratives(ET.SubElement(element, "title"), record, "name")
    _described(element, record)
    ET.SubElement(element, "reference", {"vocabulary": "99", "code": id})
    targets = _targets(program, found.targets[id], id)
    bases = [(indicator.baseline, (), record)] if indicator.baseline else []
    bases += [(each.table.baseline, each.table.disaggregation, each) for each in targets if each.table.baseline]
    _baselines(element, program, bases, found)
    periods: dict[Period, tuple[list[Record], list[Record]]] = {}
    for each in targets:
        periods.setdefault(when(each.table) or each.table.by, ([], []))[0].append(each)
    for each in _actuals(program, found.actuals[id]):
        periods.setdefault(each.table.period, ([], []))[1].append(each)
    for period in sorted(periods, key=lambda each: (each.last, each.first)):
        _period(element, program, found, period, *periods[period])


def _described(element: ET.Element, record: Record) -> None:
    """The definition, and the unit in words, for the standard knows percentages only."""
    texts: list[tuple[str, str]] = []
    for code in ("", *LANGUAGES):
        lead = f"{code}." if code else ""
        said = [record.text(f"{lead}definition"), record.text(f"{lead}unit")]
        if any(said):
            texts.append((". ".join(filter(None, (said[0].rstrip("."), f"Unit: {said[1]}" if said[1] else ""))), code))
    if texts:
        description = ET.SubElement(element, "description")
        for text, code in texts:
            _text(description, "narrative", text, code)


def _baselines(
    element: ET.Element, program: Program, bases: Iterable[tuple[Baseline, Pairs, Record]], found: Records
) -> None:
    """Each baseline once; the standard gives one a year, and a day."""
    seen: set[tuple[object, ...]] = set()
    for base, parts, record in bases:
        record.take("baseline.value", *_time_of(base.period), "baseline.note")
        note = base.note or ""
        same = (parts, base.period, base.value, note)
        if same in seen:
            continue
        seen.add(same)
        year = {"year": str(base.period.last.year)} | ({} if _is_year(base.period) else {"iso-date": base.period.last.isoformat()})  # fmt: skip
        each = ET.SubElement(element, "baseline", {**year, "value": literal(base.value)})
        _dimensions(each, parts)
        _documented(each, program, found, record, base.source, "baseline.source")
        if note:
            _text(ET.SubElement(each, "comment"), "narrative", note)


def _time_of(period: Period) -> tuple[str, ...]:
    """The key of a baseline's period, where the standard holds it: a year of the calendar, or a day."""
    return ("baseline.period",) if _is_year(period) or period.is_day else ()


def _is_year(period: Period) -> bool:
    return period.months == 12 and (period.first.month, period.first.day) == (1, 1)


def _targets(program: Program, targets: Iterable[Record], id: str) -> list[Record]:
    """The targets that have a number and a period, one for each."""
    keyed: list[tuple[object, Record]] = []
    for record in targets:
        numbers, period = ends(record.table, program.indicators[id].direction), when(record.table)
        if not numbers:
            record.leave(WORDS)
        elif "low" in numbers:
            record.leave(BOTH_ENDS)
        elif record.table.standing == "proposed" or record.table.withdrawn:
            record.leave(PROPOSED)
        elif period is None:
            record.leave(NO_PERIOD)
        else:
            keyed.append(((record.table.disaggregation, period), record))
    return leading_targets(program, keyed, MANY)


def _actuals(program: Program, actuals: Iterable[Record]) -> list[Record]:
    """The actuals that are one number, one for each period and part: of several the one that is used."""
    keyed: list[tuple[object, Record]] = []
    for record in actuals:
        actual = record.table
        keyed.append(((actual.disaggregation, actual.period), record))
    kept = leading_actuals(program, keyed, MANY)
    return [record for record in kept if not _unheld(record)]


def _unheld(record: Record) -> bool:
    actual = record.table
    why = WORDS if isinstance(actual.value, bool) else RANGE if actual.range else INEXACT if actual.approx in {"over", "under"} else ""  # fmt: skip
    if why:
        record.leave(why)
    return bool(why)


def _period(
    element: ET.Element,
    program: Program,
    found: Records,
    period: Period,
    targets: Iterable[Record],
    actuals: Iterable[Record],
) -> None:
    each = ET.SubElement(element, "period")
    ET.SubElement(each, "period-start", {"iso-date": period.first.isoformat()})
    ET.SubElement(each, "period-end", {"iso-date": period.last.isoformat()})
    for record in targets:
        numbers = ends(record.table, program.indicators[record.indicator].direction)
        whole = record.table.every is not None or record.table.aggregate != "last"
        record.take("by", "value", *(["from"] if whole else []))
        _figure(each, "target", numbers["weak" if "weak" in numbers else "value"], program, found, record)
    for record in actuals:
        record.take("indicator", "period", "value", *(["quality"] if record.table.quality == "final" else []))
        _figure(each, "actual", record.table.value, program, found, record)


def _figure(period: ET.Element, name: str, value: Decimal, program: Program, found: Records, record: Record) -> None:
    """A target or an actual: its parts, its note, and its document where that has an address."""
    element = ET.SubElement(period, name, {"value": literal(value)})
    record.take("disaggregation", *_keys("note"))
    _dimensions(element, record.table.disaggregation)
    if record.text("note"):
        _narratives(ET.SubElement(element, "comment"), record, "note")
    else:
        record.taken -= set(_keys("note"))
    _documented(element, program, found, record, record.table.source, "source")


def _dimensions(element: ET.Element, parts: Pairs) -> None:
    for name, value in parts:
        ET.SubElement(element, "dimension", {"name": _legal(name), "value": _legal(value)})


def _documented(
    element: ET.Element, program: Program, found: Records, record: Record, source: str | None, key: str
) -> None:
    """A link to the document of a figure, where it has an address."""
    said: Mapping[str, Any] = found.sources[source].values if source else {}
    if source is None or not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", str(said.get("url", ""))):
        return
    record.take(key)
    found.sources[source].take("title", "url")
    link = ET.SubElement(element, "document-link", {"format": "text/html", "url": str(said["url"])})
    _text(ET.SubElement(link, "title"), "narrative", program.sources[source].title)
    ET.SubElement(link, "category", {"code": _DOCUMENT})
