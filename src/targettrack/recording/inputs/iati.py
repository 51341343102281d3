"""iati: the results of IATI activities, version 2 and before: indicators with their periods, targets and actuals."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from targettrack import period as periods
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.recording.inputs import _xml
from targettrack.recording.inputs._refusal import refusal, too_large
from targettrack.recording.inputs._xml import Node
from targettrack.recording.table import MOST_CELLS, Book, Sheet, Value, Wishes
from targettrack.regex import regex

ENDINGS = (".xml",)

_ELEMENT = regex(r"<([A-Za-z_][^\s/>]*)")


def begins(data: bytes) -> int:
    """How surely a file has IATI activities: 3 where its root is called so, in UTF-8, UTF-16 or a page of Windows."""
    first = _ELEMENT.search(_head(data))
    return 3 if first and first[1] == "iati-activities" else 0


def _head(data: bytes) -> str:
    """How a file of XML begins, without its comments; empty where it is none."""
    wide = data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\x00", b"\x00<"}
    order = "utf-16-be" if data[:2] in {codecs.BOM_UTF16_BE, b"\x00<"} else "utf-16-le"
    text = data[:65536].decode(order if wide else "latin-1", errors="replace")
    text = text.removeprefix("\ufeff").removeprefix("\xef\xbb\xbf").lstrip()
    return "".join(_without_comments(text)) if text.startswith("<") else ""


def _without_comments(text: str) -> Iterator[str]:
    """A text without its comments; of one that does not end nothing is left."""
    first, *more = text.split("<!--")
    yield first
    for each in more:
        yield each.partition("-->")[2]


_KEPT = {2: frozenset({"iati-identifier", "title", "reporting-org", "result"})}
"""What is read of an activity."""

_MEASURES = {"1": "unit", "2": "percentage", "3": "nominal", "4": "ordinal", "5": "qualitative"}
_TRUTHS = {"1": "true", "true": "true", "0": "false", "false": "false"}


@frozen(eq=True)
class _Indicator:
    """An indicator, with the activity and the result that it stands in, and the words by which it is known from others."""

    place: str
    activity: str
    result: str
    title: str
    titles: Mapping[str, str]
    reference: str
    node: Node

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called, each name surer than the one before: the title alone, with the result, with the activity, with its reference, by its place."""
        found = [self.title or self.reference or self.place]
        for more in (self.result, self.activity, self.reference, self.place):
            found.append(f"{found[-1]} ({more})" if more else found[-1])
        return tuple(found)


@dataclass(slots=True)
class _Found:
    """What was read so far: the indicators, and of each activity its title, who reports it and when it was changed."""

    version: str = ""
    language: str = ""
    generated: str = ""
    indicators: list[_Indicator] = field(default_factory=list)
    activities: list[tuple[str, str, str]] = field(default_factory=list)


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The actual figures of all indicators in a sheet ``actuals``, and what was promised of them in a sheet ``targets``.

    Raises:
        TargettrackError: it is no XML of IATI, has a document type, or has no results.

    """
    found = _read(data, file, wishes)
    if not found.indicators:
        raise refusal(
            file,
            "no-results",
            tr("this file has IATI activities, but no results with indicators"),
            tr("ask for the activities with their results"),
        )
    names = _distinct(found.indicators)
    actuals = [row for each, name in zip(found.indicators, names, strict=True) for row in _actuals(each, name)]
    targets = [row for each, name in zip(found.indicators, names, strict=True) for row in _targets(each, name)]
    sheets = (_sheet("actuals", _ACTUAL, actuals, file), _sheet("targets", _TARGET, targets, file))
    return Book(sheets, tuple(_said(found)), _mapping(found, sheets[0]))


def _read(data: bytes, file: str, wishes: Wishes) -> _Found:
    found = _Found()
    for node in _xml.branches(data, file, wishes, "iati-activity", _KEPT):
        if node.name == "iati-activity":
            _activity(found, node)
        elif node.name == "iati-activities":
            found.version = node.attribute("version")
            found.generated = _day(node.attribute("generated-datetime"))
        else:
            raise refusal(
                file,
                "not-iati",
                tr("the root of this XML is {name}, not iati-activities", name=node.name),
                tr("give a file of IATI activities, or a table"),
                node.line,
            )
    return found


def _activity(found: _Found, node: Node) -> None:
    language = node.language
    place = f"iati-activity[{node.place}]"
    identifier = node.first("iati-identifier")
    name = (identifier.text if identifier else "") or place
    reporter = node.first("reporting-org")
    found.activities.append(
        (
            _narrative(node.all("title"), language),
            _narrative(node.all("reporting-org"), language) or (reporter.attribute("ref") if reporter else ""),
            _day(node.attribute("last-updated-datetime")),
        )
    )
    for result in node.all("result"):
        title = _narrative(result.all("title"), language)
        for indicator in result.all("indicator"):
            found.indicators.append(
                _Indicator(
                    f"{place}/result[{result.place}]/indicator[{indicator.place}]",
                    name,
                    title,
                    _narrative(indicator.all("title"), language),
                    _narratives(indicator.all("title"), language),
                    ", ".join(each.attribute("code") for each in indicator.all("reference") if each.attribute("code")),
                    indicator,
                )
            )


def _told(nodes: Sequence[Node]) -> list[Node]:
    """The elements that have a text: ``narrative`` in these, or, before version 2, these themselves."""
    return [each for node in nodes for each in (node.all("narrative") or [node]) if each.text]


def _narrative(nodes: Sequence[Node], language: str) -> str:
    """A text in the language of its activity, or the first that there is; empty for none."""
    texts = _told(nodes)
    own = [each.text for each in texts if each.language == language]
    return own[0] if own else texts[0].text if texts else ""


def _narratives(nodes: Sequence[Node], language: str) -> dict[str, str]:
    """A text in the languages other than that of its activity, by their codes."""
    found: dict[str, str] = {}
    for each in _told(nodes):
        if each.language and each.language != language:
            found.setdefault(each.language, each.text)
    return found


def _distinct(indicators: Sequence[_Indicator]) -> list[str]:
    """The name of each indicator: the shortest by which those of one title are known from each other."""
    names = [each.names for each in indicators]
    level = dict.fromkeys((each[0] for each in names), 0)
    for at in range(len(names[0]) - 1):
        counts = Counter(each[min(level[each[0]], at)] for each in names)
        for each in names:
            if level[each[0]] == at and counts[each[at]] > 1:
                level[each[0]] = at + 1
    return [each[level[each[0]]] for each in names]


class _Row(NamedTuple):
    """A row of a sheet: its place, its line, its cells by their columns, and its parts by theirs."""

    place: str
    line: int
    cells: Mapping[str, str]
    parts: Mapping[str, str]


_ACTUAL = ("activity", "result", "indicator", "reference", "measure", "unit", "period", "value", "note")
_TARGET = (
    *("activity", "result", "indicator", "reference", "measure", "unit", "ascending", "aggregation"),
    *("baseline_period", "baseline_date", "baseline", "baseline_note", "by", "target", "note"),
)


def _common(indicator: _Indicator, name: str) -> dict[str, str]:
    measure = indicator.node.attribute("measure")
    return {
        "activity": indicator.activity,
        "result": indicator.result,
        "indicator": name,
        "reference": indicator.reference,
        "measure": _MEASURES.get(measure, measure),
        "unit": "%" if measure == "2" else "",
    }


def _actuals(indicator: _Indicator, name: str) -> Iterator[_Row]:
    common = _common(indicator, name)
    for each in indicator.node.all("period"):
        for place, actual in _figures(indicator, each, "actual"):
            told = {"period": _period(each), "value": actual.attribute("value"), "note": _note(actual)}
            yield _Row(place, actual.line, common | told, _parts(actual))


def _figures(indicator: _Indicator, period: Node, name: str) -> Iterator[tuple[str, Node]]:
    """The actuals, or the targets, of a period with their places; one alone has that of its period."""
    found = period.all(name)
    place = f"{indicator.place}/period[{period.place}]"
    for each in found:
        yield place if len(found) == 1 else f"{place}/{name}[{each.place}]", each


def _parts(node: Node) -> dict[str, str]:
    """The dimensions of a figure by their columns, and the locations that it is of."""
    found: dict[str, list[str]] = {}
    for each in node.all("dimension"):
        name = " ".join(each.attribute("name").split()).casefold() or "dimension"
        found.setdefault(f"part:{name}", []).append(each.attribute("value"))
    for each in node.all("location"):
        found.setdefault("part:location", []).append(each.attribute("ref"))
    return {name: ", ".join(values) for name, values in found.items()}


def _note(node: Node) -> str:
    """The comments on a figure in its activity's language, and the addresses of the documents about it."""
    texts = [_narrative([each], node.language) for each in node.all("comment")]
    links = [each.attribute("url") for each in node.all("document-link")]
    return " ".join(filter(None, (*texts, *links)))


def _targets(indicator: _Indicator, name: str) -> Iterator[_Row]:
    """A row for each target, with the baseline of its part, and one for each baseline and each indicator that has none."""
    node = indicator.node
    common = _common(indicator, name) | {
        "ascending": _truth(node.attribute("ascending")),
        "aggregation": _truth(node.attribute("aggregation-status")),
    }
    titles = {f"{language}.indicator": text for language, text in indicator.titles.items()}
    baselines = [(each, _parts(each)) for each in node.all("baseline")]
    used: set[int] = set()
    rows: list[_Row] = []
    for each in node.all("period"):
        for place, target in _figures(indicator, each, "target"):
            parts = _parts(target)
            at = next((at for at, (_, of) in enumerate(baselines) if of == parts), None)
            used |= set() if at is None else {at}
            begins_at = {} if at is None else _baseline(baselines[at][0])
            told = {"by": _period(each), "target": target.attribute("value"), "note": _note(target)}
            rows.append(_Row(place, target.line, common | titles | begins_at | told, parts))
    for at, (baseline, parts) in enumerate(baselines):
        if at not in used:
            place = f"{indicator.place}/baseline[{baseline.place}]"
            rows.append(_Row(place, baseline.line, common | titles | _baseline(baseline), parts))
    yield from rows or [_Row(indicator.place, node.line, common | titles, {})]


def _truth(text: str) -> str:
    return _TRUTHS.get(text, text)


def _baseline(node: Node) -> dict[str, str]:
    day = _day(node.attribute("iso-date")) or node.attribute("iso-date")
    return {
        "baseline_period": node.attribute("year") or day,
        "baseline_date": day,
        "baseline": node.attribute("value"),
        "baseline_note": _note(node),
    }


def _period(node: Node) -> str:
    """The period between two days as it is written here, ``2021`` for a year of the calendar; the texts of the file where they are no days in their order."""
    first, last = (_date(node.first(name)) for name in ("period-start", "period-end"))
    begin, end = _as_date(first), _as_date(last)
    if begin and end and begin <= end:
        return periods.name(begin, end)
    return f"{first}/{last}" if first or last else ""


def _date(node: Node | None) -> str:
    text = node.attribute("iso-date") if node is not None else ""
    return _day(text) or text


_DAY = regex(r"(\d{4}-\d\d-\d\d)(?:[T ].*|Z|[+-]\d\d:\d\d)?", re.ASCII)


def _day(text: str) -> str:
    """The day of a text of a day or a moment; empty where it is none."""
    match = _DAY.fullmatch(text)
    return match[1] if match and _as_date(match[1]) else ""


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _sheet(name: str, columns: Sequence[str], rows: Sequence[_Row], file: str) -> Sheet:
    """A sheet with these columns, then the parts and the names in other languages that its rows have."""
    more = dict.fromkeys(column for row in rows for column in (*row.cells, *row.parts) if column not in columns)
    heads = (*columns, *sorted(more, key=lambda column: not column.startswith("part:")))
    if len(heads) * (len(rows) + 1) > MOST_CELLS:
        raise too_large(file)
    cells: list[Sequence[Value]] = [heads]
    cells += [[row.cells.get(column) or row.parts.get(column, "") for column in heads] for row in rows]
    return Sheet(name, cells, lines=[1, *(row.line for row in rows)], places=["", *(row.place for row in rows)])


_SKIPPED = {
    "activity": mark("the activity that an indicator stands in"),
    "result": mark("the result that an indicator stands in"),
    "reference": mark("the code of an indicator in its own list"),
    "measure": mark("how an indicator is measured"),
}
_ROLES = {"indicator": "indicator", "unit": "unit", "period": "period", "value": "value", "note": "note"}


def _mapping(found: _Found, actuals: Sheet) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for head in map(str, actuals.rows[0]):
        columns[head] = {"skip": tr(_SKIPPED[head])} if head in _SKIPPED else _ROLES.get(head, head)
    source = {key: text for key, text in _source(found).items() if text}
    return {"sheet": "actuals", "header": 1, "columns": columns} | ({"source": source} if source else {})


def _source(found: _Found) -> dict[str, str]:
    """The document that the file is: its activity, or what its reporter says of several."""
    reporters = {reporter for _, reporter, _ in found.activities if reporter}
    reporter = reporters.pop() if len(reporters) == 1 else ""
    title, _, changed = found.activities[0]
    if len(found.activities) > 1:
        title = tr("IATI activities of {publisher}", publisher=reporter) if reporter else tr("IATI activities")
        changed = found.generated
    return {"title": title, "publisher": reporter, "published": changed or found.generated}


def _said(found: _Found) -> Iterator[str]:
    yield tr(
        "IATI version {version}; activities: {activities}, indicators: {indicators}",
        version=found.version or "?",
        activities=len(found.activities),
        indicators=len(found.indicators),
    )
