"""sdmx-csv: actuals, targets and baselines as a data message of SDMX-CSV 2.0, with its structure as a message of SDMX-JSON 2.0."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from targettrack.exchange._figures import MANY, NO_PERIOD, WORDS, codes, ends, when
from targettrack.exchange._records import Export, Record, Records, leading_actuals, leading_targets, records
from targettrack.frozen import frozen
from targettrack.number import literal
from targettrack.period import Period, Year
from targettrack.program.model import Baseline, Direction, Pairs, Program, Target

AGENCY = "TARGETTRACK"
_SCHEMA = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json"
_MEASURES = {
    "ACTUAL": "Actual figure",
    "ACTUAL_LOW": "Lower end of an actual range",
    "ACTUAL_HIGH": "Upper end of an actual range",
    "BASELINE": "Baseline",
    "TARGET": "Target",
    "TARGET_WEAK": "The end of a target's range that decides",
    "TARGET_STRONG": "The end of a target's range that is the ambition",
    "TARGET_LOW": "Lower end of a target's range",
    "TARGET_HIGH": "Upper end of a target's range",
}
_STATUSES = {"A": "Normal value", "B": "Time series break", "E": "Estimated value", "P": "Provisional value"}
_QUALITIES = {"provisional": "P", "estimate": "E"}
_TOTAL, _NONE = "_T", "_Z"
_ATTRIBUTES = {
    "UNIT_MEASURE": "Unit of measure",
    "OBS_STATUS": "Observation status",
    "APPROX": "Word before the figure",
    "SERIES_BREAK": "Whether the definition or the count changed with this period",
    "REPORTING_YEAR_START_DAY": "First day of the reporting year",
    "AGGREGATE": "How several figures make the one that is judged",
    "EVERY": "Of which kind of periods each is judged",
    "STRICT": "Whether the figure itself is not enough",
    "STANDING": "Whether a target was adopted or proposed",
    "SET_ON": "When a target was set",
    "WITHDRAWN": "When a target was taken back",
    "PUBLISHED": "When the figure was published",
    "PAGE": "Page of the source",
    "QUOTE": "Words of the source",
    "COMMENT_OBS": "Note",
}
_OF_RECORDS = {
    "approx": "APPROX",
    "series_break": "SERIES_BREAK",
    "aggregate": "AGGREGATE",
    "every": "EVERY",
    "strict": "STRICT",
    "standing": "STANDING",
    "set_on": "SET_ON",
    "withdrawn": "WITHDRAWN",
    "published": "PUBLISHED",
    "page": "PAGE",
    "quote": "QUOTE",
    "note": "COMMENT_OBS",
}
"""The keys of a record that are attributes of its figure."""


@frozen(eq=True, slots=False)
class _Row:
    """One observation."""

    indicator: str
    measure: str
    parts: Pairs
    source: str
    period: Period
    value: Decimal
    attributes: Mapping[str, str]


@frozen(eq=True, slots=False)
class _Code:
    """A coded column: its identifier, what it is called, and its codes with their names by what the program says."""

    id: str
    name: str
    codes: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)

    def pair(self, text: str, otherwise: str = "") -> tuple[str, str]:
        """The code and the name of a text; of none what stands for it."""
        if not text:
            return otherwise, {_TOTAL: "Total", _NONE: "Not applicable"}.get(otherwise, "")
        return self.codes[text], self.names.get(text, text)


def files(program: Program, day: date) -> Export:
    """The data and the structure of a program, prepared on a day. Standard: https://github.com/sdmx-twg/sdmx-csv, SDMX 3.0 section 6 for TIME_PERIOD."""
    found = records(program)
    rows = [row for id in program.indicators for row in _rows(program, found, id)]
    coded = _coded(program, rows)
    _header(program, found, rows)
    structure = json.dumps(_structure(program, coded, day), ensure_ascii=False, indent=2) + "\n"
    return Export({f"{program.id}.csv": _csv(program, coded, rows), f"{program.id}.structure.json": structure.encode()}, found.lost())  # fmt: skip


def _header(program: Program, found: Records, rows: Iterable[_Row]) -> None:
    """Note what the code lists hold."""
    found.header.take("name", *(["fiscal_year"] if any(fiscal(row.period, program.year) for row in rows) else []))
    used = {row.source for row in rows}
    for id, record in found.indicators.items():
        record.take("name", *([] if not any(row.indicator == id for row in rows) else ["unit"]))
    for id, record in found.sources.items():
        record.take(*(["title"] if id in used else []))


# ---------------------------------------------------------------- observations


def _rows(program: Program, found: Records, id: str) -> Iterator[_Row]:
    """The observations of an indicator: its baseline, its targets, its actuals; each key once, as the standard has it."""
    indicator = program.indicators[id]
    if indicator.baseline is not None:
        yield _baseline(id, found.indicators[id], indicator.baseline, ())
    yield from _promised(program, found.targets[id], indicator.direction)
    numbers = [each for each in found.actuals[id] if _is_number(each)]
    keyed = [(_key(each, each.table.period), each) for each in numbers]
    for each in leading_actuals(program, keyed, MANY):
        yield from _actual(each)


def _is_number(record: Record) -> bool:
    if isinstance(record.table.value, bool):
        record.leave(WORDS)
        return False
    return True


def _key(record: Record, period: Period) -> tuple[object, ...]:
    return record.table.disaggregation, record.table.source, period.first, period.last


def _promised(program: Program, targets: Iterable[Record], direction: Direction | None) -> Iterator[_Row]:
    keyed: list[tuple[object, Record]] = []
    for record in targets:
        period = when(record.table)
        if not ends(record.table, direction):
            record.leave(WORDS)
        elif period is None:
            record.leave(NO_PERIOD)
        else:
            keyed.append((_key(record, period), record))
    bases: dict[object, Baseline] = {}
    for record in leading_targets(program, keyed, MANY):
        yield from _target(record, when(record.table) or record.table.by, direction)
        own = record.table.baseline
        key = (record.table.disaggregation, own.source, own.period) if own else None
        if own is not None and bases.setdefault(key, own) is own:
            yield _baseline(record.indicator, record, own, record.table.disaggregation)


def _target(record: Record, period: Period, direction: Direction | None) -> Iterator[_Row]:
    target: Target = record.table
    whole = target.every is not None or target.aggregate != "last"
    record.take("value", "range", "by", *(["from"] if whole else []))
    for end, value in ends(target, direction).items():
        measure = "TARGET" if end == "value" else f"TARGET_{end.upper()}"
        yield _row(record, measure, period, value)


def _actual(record: Record) -> Iterator[_Row]:
    record.take("indicator", "period", "value", "range", "quality")
    if record.table.range is None:
        yield _row(record, "ACTUAL", record.table.period, record.table.value)
        return
    for measure, value in zip(("ACTUAL_LOW", "ACTUAL_HIGH"), record.table.range, strict=True):
        yield _row(record, measure, record.table.period, value)


def _row(record: Record, measure: str, period: Period, value: Decimal) -> _Row:
    """An observation with all attributes that its record says."""
    said = {column: record.text(key) for key, column in _OF_RECORDS.items() if key in record.values}
    record.take("source", "disaggregation", *_OF_RECORDS)
    status = {"OBS_STATUS": _status(record)} if measure.startswith("ACTUAL") else {}
    table = record.table
    return _Row(record.indicator, measure, table.disaggregation, table.source or "", period, value, said | status)


def _status(record: Record) -> str:
    return _QUALITIES.get(record.table.quality) or ("B" if record.table.series_break else "A")


def _baseline(indicator: str, record: Record, baseline: Baseline, parts: Pairs) -> _Row:
    said = {column: record.text(f"baseline.{key}") for key, column in _OF_RECORDS.items() if f"baseline.{key}" in record.values}  # fmt: skip
    record.take(*(f"baseline.{key}" for key in ("period", "value", "source", *_OF_RECORDS)))
    return _Row(indicator, "BASELINE", parts, baseline.source or "", baseline.period, baseline.value, said)


# ---------------------------------------------------------------- time


def fiscal(period: Period, year: Year) -> bool:
    """Whether a period is a fiscal year or a half or a quarter of one."""
    return _reporting(period, year) is not None and year.fiscal


def time_period(period: Period, year: Year) -> str:
    """A period as SDMX writes it: a year of the calendar, a half, a quarter, a month, a day; a fiscal year and its parts as those of a reporting year, called after the year in which it begins; a span as its first day and its length."""
    if year.fiscal and (found := _reporting(period, year)) is not None:
        return found
    months, first = period.months, period.first
    if period.is_day:
        return first.isoformat()
    if months == 1 and first.day == 1:
        return f"{first:%Y-%m}"
    calendar = _reporting(period, Year())
    if calendar is not None:
        return calendar.removesuffix("-A1")
    if months is None:
        return f"{first.isoformat()}/P{(period.last - first + timedelta(days=1)).days}D"
    return f"{first.isoformat()}/P{f'{months // 12}Y' if months % 12 == 0 else f'{months}M'}"


def _reporting(period: Period, year: Year) -> str | None:
    """A year, a half or a quarter of years that begin with ``year``; None of any other period."""
    passed = (period.first.month - year.month) % 12
    if period.first.day != year.day or period.months not in {3, 6, 12} or passed % period.months:
        return None
    part = {3: f"Q{passed // 3 + 1}", 6: f"S{passed // 6 + 1}", 12: "A1"}[period.months]
    return f"{year.begin(period.first).year:04}-{part}"


# ---------------------------------------------------------------- columns


def _coded(program: Program, rows: Iterable[_Row]) -> list[_Code]:
    """The coded columns: indicators, measures, the parts by their names, sources, units, statuses."""
    parts: dict[str, dict[str, None]] = {}
    for row in rows:
        for name, text in row.parts:
            parts.setdefault(name, {})[text] = None
    of_parts = codes(parts)
    return [
        _Code("INDICATOR", "Indicator", {id: id for id in program.indicators}, {id: _line(each.name) for id, each in program.indicators.items()}),
        _Code("MEASURE_TYPE", "Measure type", {each: each for each in _MEASURES}, _MEASURES),
        *(_Code(f"PART_{of_parts[name]}", f"Part {name}", codes(texts)) for name, texts in parts.items()),
        _Code("SOURCE", "Source of the figure", {id: id for id in program.sources}, {id: _line(each.title) for id, each in program.sources.items()}),
        _Code("UNIT_MEASURE", _ATTRIBUTES["UNIT_MEASURE"], _units(program)),
        _Code("OBS_STATUS", _ATTRIBUTES["OBS_STATUS"], {each: each for each in _STATUSES}, _STATUSES),
    ]  # fmt: skip


def _units(program: Program) -> dict[str, str]:
    """The codes of the units; that of the percentage is the one that statistical offices use."""
    texts = [each.unit for each in program.indicators.values() if each.unit]
    return {text: code for text, code in codes(["\0PT", *texts]).items() if text in texts} | ({"%": "PT"} if "%" in texts else {})  # fmt: skip


def _line(text: str) -> str:
    return " ".join(text.split())


def _csv(program: Program, coded: Iterable[_Code], rows: Iterable[_Row]) -> bytes:
    """The message, with a column of names behind each column, as its option ``labels=name`` has it."""
    by_id = {each.id: each for each in coded}
    dimensions = [each for id, each in by_id.items() if id not in _ATTRIBUTES]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    named = [*((each.id, each.name) for each in dimensions), ("TIME_PERIOD", "Time period"), ("OBS_VALUE", "Observation value"), *_ATTRIBUTES.items()]  # fmt: skip
    writer.writerow(
        ["STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", *(each for pair in named for each in pair)]
    )
    for row in rows:
        cells = [*(_dimension(each, row) for each in dimensions), *_measured(program, row, by_id)]
        flow = ("dataflow", f"{AGENCY}:{_flow(program)}(1.0)", _line(program.header.name), "I")
        writer.writerow([*flow, *(each for pair in cells for each in pair)])
    return out.getvalue().encode()


def _dimension(code: _Code, row: _Row) -> tuple[str, str]:
    if code.id.startswith("PART_"):
        return code.pair(dict(row.parts).get(code.name.removeprefix("Part "), ""), _TOTAL)
    said = {"INDICATOR": row.indicator, "MEASURE_TYPE": row.measure, "SOURCE": row.source}
    return code.pair(said[code.id], _NONE)


def _measured(program: Program, row: _Row, coded: Mapping[str, _Code]) -> Iterator[tuple[str, str]]:
    yield time_period(row.period, program.year), ""
    yield literal(row.value), ""
    start = f"--{program.year.text}" if fiscal(row.period, program.year) else ""
    unit = program.indicators[row.indicator].unit or ""
    said = {"UNIT_MEASURE": unit, "REPORTING_YEAR_START_DAY": start, **row.attributes}
    for id in _ATTRIBUTES:
        text = said.get(id, "")
        yield coded[id].pair(text) if id in coded else (text, "")


# ---------------------------------------------------------------- structure


def _structure(program: Program, coded: Iterable[_Code], day: date) -> dict[str, Any]:
    """The dataflow with its structure, concepts and code lists. Schema: SDMX-JSON 2.0."""
    by_id = {each.id: each for each in coded}
    dimensions = [id for id in by_id if id not in _ATTRIBUTES]
    concepts = {**{id: by_id[id].name for id in dimensions}, "TIME_PERIOD": "Time period", "OBS_VALUE": "Observation value", **_ATTRIBUTES}  # fmt: skip
    owned = {"agencyID": AGENCY, "version": "1.0"}
    name = _line(program.header.name)
    parts = {
        "dimensionList": {
            "dimensions": [{**_component(program, id), **_listed(program, id)} for id in dimensions],
            "timeDimension": {**_component(program, "TIME_PERIOD"), **_typed("ObservationalTimePeriod")},
        },
        "measureList": {"measures": [{**_component(program, "OBS_VALUE"), "usage": "mandatory", **_typed("Decimal")}]},
        "attributeList": {"attributes": [_attribute(program, id, by_id) for id in _ATTRIBUTES]},
    }
    return {
        "meta": {"schema": _SCHEMA, "id": program.id, "prepared": f"{day.isoformat()}T00:00:00Z", "contentLanguages": ["en"], "sender": {"id": AGENCY}},
        "data": {
            "codelists": [_codelist(program, each) | owned for each in by_id.values()],
            "conceptSchemes": [{"id": f"CS_{_flow(program)}", "name": name, **owned, "concepts": [{"id": id, "name": text} for id, text in concepts.items()]}],
            "dataStructures": [{"id": _flow(program), "name": name, **owned, "dataStructureComponents": parts}],
            "dataflows": [{"id": _flow(program), "name": name, **owned, "structure": f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={AGENCY}:{_flow(program)}(1.0)"}],
        },
    }  # fmt: skip


def _flow(program: Program) -> str:
    """The id of the program as the standard wants it, which begins with a letter."""
    return program.id if program.id[0].isalpha() else f"P_{program.id}"


def _component(program: Program, id: str) -> dict[str, Any]:
    return {"id": id, "conceptIdentity": f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:CS_{_flow(program)}(1.0).{id}"}  # fmt: skip


def _typed(type_: str) -> dict[str, Any]:
    return {"localRepresentation": {"format": {"dataType": type_}}}


def _listed(program: Program, id: str) -> dict[str, Any]:
    return {"localRepresentation": {"enumeration": f"urn:sdmx:org.sdmx.infomodel.codelist.Codelist={AGENCY}:{_list_id(program, id)}(1.0)"}}  # fmt: skip


def _list_id(program: Program, id: str) -> str:
    return f"CL_{_flow(program)}_{id}"


def _attribute(program: Program, id: str, coded: Mapping[str, _Code]) -> dict[str, Any]:
    shape = _listed(program, id) if id in coded else _typed("String")
    return {**_component(program, id), "usage": "optional", "attributeRelationship": {"observation": {}}, **shape}


def _codelist(program: Program, each: _Code) -> dict[str, Any]:
    special = {"SOURCE": {_NONE: "Not applicable"}} | (
        {each.id: {_TOTAL: "Total"}} if each.id.startswith("PART_") else {}
    )
    known = {code: each.names.get(text, text) for text, code in each.codes.items()} | special.get(each.id, {})
    return {"id": _list_id(program, each.id), "name": each.name, "codes": [{"id": id, "name": text} for id, text in known.items()]}  # fmt: skip
