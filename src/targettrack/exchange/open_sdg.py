"""open-sdg: the data, meta and configuration files that an Open SDG site is built from: a table of years and a page of facts for each indicator."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from targettrack.exchange._figures import INEXACT, MANY, NO_LINE, NO_YEAR, PART, RANGE, WORDS, ends
from targettrack.exchange._records import Export, Record, Records, leading_actuals, leading_targets, records
from targettrack.number import literal
from targettrack.period import Period
from targettrack.program.model import Program

_RESERVED = frozenset({"year", "value", "units", "series", "geocode", "progress", "obs_status", "comment_obs", "unit_mult", "unit multiplier", "observation status"})  # fmt: skip
_STATUSES = {"provisional": "P", "estimate": "E"}


def files(program: Program, day: date) -> Export:  # noqa: ARG001 - every format is given the day
    """The files of all indicators. Rules of the columns: https://open-sdg.readthedocs.io/en/latest/data-format/."""
    found = records(program)
    written: dict[str, bytes] = {}
    for id, record in found.indicators.items():
        actuals = _actuals(program, found.actuals[id])
        written[f"data/indicator_{id}.csv"] = _data(actuals)
        written[f"meta/{id}.md"] = _meta(program, found, record, actuals)
    found.header.take("name", "place")
    written |= _configuration(program)
    return Export(written, found.lost())


def _actuals(program: Program, actuals: Iterable[Record]) -> list[Record]:
    """The figures that the standard holds: one number of a year, one for each part; of several the one that is used."""
    keyed = [((each.table.disaggregation, each.table.period), each) for each in actuals]
    kept = leading_actuals(program, keyed, MANY)
    for each in kept:
        each.leave(_unheld(each))
    return [each for each in kept if not each.why]


def _unheld(record: Record) -> str:
    """Why the standard does not hold a figure; empty where it does."""
    actual = record.table
    if isinstance(actual.value, bool):
        return WORDS
    if actual.range or actual.approx in {"over", "under"}:
        return RANGE if actual.range else INEXACT
    if not _is_year(actual.period):
        return NO_YEAR
    return PART if any(_unfit(name) or value != value.strip() for name, value in actual.disaggregation) else ""


def _unfit(name: str) -> bool:
    bare = name.strip().casefold()
    return name != name.strip() or bare in _RESERVED or bare.startswith(("comment", "footnote"))


def _is_year(period: Period) -> bool:
    return period.months == 12 and (period.first.month, period.first.day) == (1, 1)


def _data(actuals: Iterable[Record]) -> bytes:
    """The table: the year first, the parts, which are empty for the whole, how sure a figure is and what is noted of it, the value last."""
    rows = [each.table for each in actuals]
    parts = list(dict.fromkeys(name for row in rows for name, _ in row.disaggregation))
    beside = {
        "OBS_STATUS": any(row.quality in _STATUSES or row.series_break for row in rows),
        "COMMENT_OBS": any(row.note for row in rows),
    }
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Year", *parts, *(name for name, there in beside.items() if there), "Value"])
    for record in actuals:
        row = record.table
        record.take("indicator", "period", "value", "disaggregation", "note", *_status_keys(record))
        told = {"OBS_STATUS": _STATUSES.get(row.quality) or ("B" if row.series_break else ""), "COMMENT_OBS": row.note or ""}  # fmt: skip
        values = [dict(row.disaggregation).get(name, "") for name in parts]
        writer.writerow([row.period.first.year, *values, *(told[name] for name, there in beside.items() if there), literal(row.value)])  # fmt: skip
    return out.getvalue().encode()


def _status_keys(record: Record) -> tuple[str, ...]:
    """The keys that its one status says: how sure the figure is, else that the series breaks."""
    return ("quality",) if record.table.quality in _STATUSES else ("quality", "series_break")


# ---------------------------------------------------------------- facts


def _meta(program: Program, found: Records, record: Record, actuals: Sequence[Record]) -> bytes:
    """The facts of an indicator as the front matter of a page; its definition is the text of the page."""
    said: dict[str, str] = {
        "indicator_number": record.indicator,
        "indicator_name": record.text("name"),
        "graph_title": record.text("name"),
        "computation_units": record.text("unit"),
        "national_geographical_coverage": found.header.text("place"),
        "reporting_status": "complete" if actuals else "notstarted",
        "data_non_statistical": "false",
        "published": "true",
        "graph_type": "line",
    }
    record.take("name", "unit", "definition")
    sources = list(dict.fromkeys(each.table.source for each in actuals if each.table.source))
    for number, id in enumerate(sources, 1):
        said |= _source(found.sources[id], number)
    if len(sources) == 1:
        for each in actuals:
            each.take("source")
    lines = [f"{key}: {_yaml(text) if key not in _TRUTHS else text}" for key, text in said.items() if text]
    lines += _lines(program, found.targets[record.indicator])
    definition = f"\n{record.text('definition')}\n" if "definition" in record.values else ""
    return ("\n".join(["---", *lines, "---"]) + f"\n{definition}").encode()


_TRUTHS = frozenset({"data_non_statistical", "published"})


def _source(record: Record, number: int) -> Mapping[str, str]:
    """A source under its number; a link needs an address."""
    publisher = record.text("publisher") or record.text("title")
    record.take("title", "publisher", "url", "published")
    return {
        f"source_active_{number}": "true",
        f"source_organisation_{number}": publisher,
        f"source_url_{number}": record.text("url"),
        f"source_url_text_{number}": record.text("title"),
        f"source_release_date_{number}": record.text("published"),
    }


def _lines(program: Program, targets: Iterable[Record]) -> list[str]:
    """The targets of the whole as lines on the chart: the number, and by when."""
    keyed: list[tuple[object, Record]] = []
    for record in targets:
        target = record.table
        numbers = ends(target, program.indicators[record.indicator].direction)
        plain = target.standing == "adopted" and target.due and target.aggregate == "last" and not target.withdrawn
        if "value" in numbers and plain and not target.disaggregation:
            keyed.append((target.due, record))
        else:
            record.leave(NO_LINE)
    kept = leading_targets(program, keyed, MANY)
    found = ["graph_target_lines:"] if kept else []
    for record in kept:
        record.take("value", "by")
        found += [f"  - value: {literal(record.table.value)}", f"    label_content: {_yaml(str(record.table.due))}"]
    return found


def _yaml(text: str) -> str:
    """A text as YAML: in single quotes where it is plain, else in double ones with escapes."""
    plain = text.isprintable() and "'" not in text
    return f"'{text}'" if plain else json.dumps(text, ensure_ascii=not text.isprintable())


def _configuration(program: Program) -> dict[str, bytes]:
    """What the builder, and the site, are to be told of these files."""
    data = [
        "inputs:",
        "  - class: InputCsvData",
        "    path_pattern: data/indicator_*.csv",
        "  - class: InputYamlMdMeta",
        "    path_pattern: meta/*.md",
        "indicator_options:",
        "  observation_attributes:",
        "    - COMMENT_OBS",
        "    - OBS_STATUS",
        "languages:",
        "  - en",
        f"docs_branding: {_yaml(' '.join(program.header.name.split()))}",
        "docs_baseurl: /data",
    ]
    site = ["observation_attributes:", "  - field: COMMENT_OBS", "    label: ''", "  - field: OBS_STATUS", "    label: ''"]  # fmt: skip
    return {
        "config_data.yml": ("\n".join(data) + "\n").encode(),
        "site_config.yml": ("\n".join(site) + "\n").encode(),
    }
