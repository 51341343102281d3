"""sdmx-csv: a data message of SDMX as CSV, of version 1.0 (DATAFLOW) or 2 (STRUCTURE), as Eurostat, OECD and others give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple

from targettrack import period as periods
from targettrack.errors import Exit, Problem, TargettrackError
from targettrack.language import tr
from targettrack.recording.called import slug
from targettrack.recording.inputs._delimited import Parted, first_row, parted
from targettrack.recording.inputs._refusal import of_another_kind
from targettrack.recording.table import Book, Sheet, Value, Wishes
from targettrack.regex import regex

ENDINGS = (".csv",)

_ROLES = {
    "TIME_PERIOD": "period",
    "OBS_VALUE": "value",
    "UNIT_MULT": "multiplier",
    "OBS_STATUS": "flag",
    "OBS_FLAG": "flag",
    "UNIT_MEASURE": "unit",
    "UNIT": "unit",
    "BASE_PER": "note",
}
_NOTE = regex(r"COMMENT(?:_.*)?|OBS_COM|.*_COMMENT|NOTE_.*")
_STRUCTURES = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY")
_ABOUT = frozenset(
    [
        "LAST UPDATE",
        "UPDATED",
        "CONF_STATUS",
        "DECIMALS",
        "TIME_FORMAT",
        "COLLECTION",
        "TITLE",
        "TITLE_COMPL",
        "SOURCE_AGENCY",
        "PRE_BREAK_VALUE",
        "OBS_PRE_BREAK",
        "AVAILABILITY",
        "EMBARGO",
        "EMBARGO_TIME",
        "COMPILING_ORG",
        "DISS_ORG",
        "REPORTING_YEAR_START_DAY",
    ]
)
"""What is said of a figure, and neither parts it nor changes what it means."""
_PLACES = frozenset({"GEO", "REF_AREA", "LOCATION", "COUNTRY", "COUNTERPART_AREA"})
_SUBJECTS = regex(r"INDIC(?:ATOR)?(?:_.*)?|MEASURE|SERIES|SUBJECT|NA_ITEM|VARIABLE")
_WHOLE = frozenset({"_T", "_Z", "TOTAL"})
_PROVISIONAL, _ESTIMATE, _BREAK, _MISSING, _FORECAST = "provisional", "estimate", "series break", "missing", "plan"
_STATUSES = {
    "A": "final",
    **dict.fromkeys("Pp", _PROVISIONAL),
    **dict.fromkeys("EIesi", _ESTIMATE),
    **dict.fromkeys("Bb", _BREAK),
    **dict.fromkeys("MLOHQ:", _MISSING),
    **dict.fromkeys("Ff", _FORECAST),
}
"""The code list of SDMX, and in small letters that of Eurostat; every other code is kept as a note. A forecast is no figure of what happened."""
OWN = "TARGETTRACK"
"""The agency of what targettrack export writes; there more columns say what they are."""
_OWN_ROLES = {
    "INDICATOR": "indicator",
    "SOURCE": "source",
    "APPROX": "approx",
    "SERIES_BREAK": "flag",
    "PUBLISHED": "published",
    "PAGE": "page",
    "QUOTE": "quote",
}
_OWN_ABOUT = frozenset({"AGGREGATE", "EVERY", "STRICT", "STANDING", "SET_ON", "WITHDRAWN"})
"""What is said of targets, which are no actuals."""
_OWN_ENDS = frozenset({"ACTUAL_LOW", "ACTUAL_HIGH"})
_LABELLED = regex(r"([\w@$.+-]*): ?(.*)", re.DOTALL)
_IDENTIFIER = regex(r"([A-Za-z_@$][\w@$.-]*)(?:\[.*\])?(?:: ?(.*))?", re.DOTALL)


class _Column(NamedTuple):
    """A column: its place, from 0, its heading, its identifier in capitals as far as it has one, whether its cells are ``id: name``, and the place of the column that names its values."""

    place: int
    heading: str
    id: str
    both: bool = False
    names: int | None = None
    own: str | None = None

    @property
    def part(self) -> str:
        """The name of the part that it has; our own files have it above the names of its values."""
        return self.own.removeprefix("Part ") if self.own and self.id.startswith("PART_") else self.id


def begins(data: bytes) -> int:
    """3 where the first column is that of an SDMX-CSV, and another one of its own."""
    names = [_id(name) for name in first_row(data)]
    first = names[0] if names else ""
    return 3 * (
        (first == "STRUCTURE" and names[1:2] == ["STRUCTURE_ID"])
        or (first == "DATAFLOW" and bool({"OBS_VALUE", "TIME_PERIOD"} & set(names)))
    )


def book(data: bytes, file: str, wishes: Wishes) -> Book:
    """The cells, and what SDMX says of their columns. Cells of ``id: name`` become the one that is asked for: the name of a unit, the code of all others.

    Raises:
        TargettrackError: it is no table of delimited cells, or a row deletes figures (exit 4).

    """
    found = parted(data, file, wishes)
    place, header = found.header
    columns = list(_columns(found, place, header))
    if "OBS_VALUE" not in {column.id for column in columns}:
        raise of_another_kind(file, "sdmx-csv", tr("no column of it is called {column}", column="OBS_VALUE"))
    own = _is_own(found, place, columns)
    columns = (
        [each._replace(own=header[each.names] if each.names is not None else "") for each in columns]
        if own
        else columns
    )
    _no_deletions(found, place, columns, file)
    labels = {column.id: _names(found, place, column) for column in columns}
    sheet = _bare(found.sheet, place, [column for column in columns if column.both])
    sheet = _dated(sheet, place, {column.id: column.place for column in columns}, own=own)
    bare = found._replace(sheet=sheet)
    roles = _one_subject(columns, {column.id: _role(bare, place, column) for column in columns})
    mapping = {
        "header": [place + 1],
        "columns": _by_heading(columns, roles, header),
        **_beside(bare, place, columns, labels),
    }
    return Book((sheet,), (*found.said, *_skipped(columns, roles)), mapping)


def _one_subject(columns: Sequence[_Column], roles: dict[str, Any]) -> dict[str, Any]:
    """The roles, with the one column that says what is measured as the indicator, where nothing else is."""
    subjects = [
        column.id for column in columns if roles[column.id] == f"part:{column.id}" and _SUBJECTS.fullmatch(column.id)
    ]
    return roles | {subjects[0]: "indicator"} if len(subjects) == 1 and "indicator" not in roles.values() else roles


def _by_heading(columns: Sequence[_Column], roles: Mapping[str, Any], header: Sequence[str]) -> dict[str, Any]:
    """The roles by the headings of the file; where a column of names stands behind a unit's code, that is the unit."""
    found: dict[str, Any] = {}
    for column in columns:
        found[column.heading] = roles[column.id]
        if column.names is not None:
            names = {"skip": tr("the names of {column}", column=column.id)}
            code = {"skip": tr("the code of the unit")}
            is_unit = roles[column.id] == "unit"
            found |= {
                column.heading: code if is_unit else roles[column.id],
                header[column.names]: "unit" if is_unit else names,
            }
    return found


def _skipped(columns: Sequence[_Column], roles: Mapping[str, Any]) -> list[str]:
    """Which of the columns that could part the figures are left out, and why."""
    told = [
        column for column in columns if isinstance(roles[column.id], dict) and column.id not in {*_ABOUT, *_STRUCTURES}
    ]
    return [f"{column.heading}: {roles[column.id]['skip']}" for column in told]


def _is_own(found: Parted, place: int, columns: Sequence[_Column]) -> bool:
    """Whether targettrack export wrote the file."""
    flow = next((column for column in columns if column.id == "STRUCTURE_ID"), None)
    return flow is not None and (_only(found, place, flow) or "").startswith(f"{OWN}:")


_REPORTING = regex(r"(\d{4})-(A1|S[12]|Q[1-4]|M(?:0[1-9]|1[0-2]))", re.ASCII)
_START = regex(r"--(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", re.ASCII)
_PARTS_OF_YEAR = {"A": 12, "S": 6, "Q": 3, "M": 1}


def _dated(sheet: Sheet, place: int, columns: Mapping[str, int], *, own: bool) -> Sheet:
    """The sheet with the periods of reporting years that do not begin in January by their days, and, of our own files, no code where there is no source."""
    time, start, source = (columns.get(id) for id in ("TIME_PERIOD", "REPORTING_YEAR_START_DAY", "SOURCE"))
    if time is None or (start is None and not own):
        return sheet
    rows: list[Sequence[Value]] = [*sheet.rows[: place + 1]]
    for row in sheet.rows[place + 1 :]:
        cells = list(row)
        if start is not None and max(start, time) < len(cells):
            cells[time] = _by_days(cells[time], cells[start])
        if own and source is not None and source < len(cells) and cells[source] == "_Z":
            cells[source] = ""
        rows.append(cells)
    return replace(sheet, rows=rows)


def _by_days(time: Value, start: Value) -> Value:
    """A period of a reporting year as the months, or days, that it has; anything else as it is."""
    match, begin = _REPORTING.fullmatch(str(time)), _START.fullmatch(str(start))
    if match is None or begin is None or begin[0] == "--01-01":
        return time
    length = _PARTS_OF_YEAR[match[2][0]]
    year = date(int(match[1]), int(begin[1]), int(begin[2]))
    first = periods.plus_months(year, length * (int(match[2][1:]) - 1))
    return periods.name(first, periods.plus_months(first, length) - timedelta(days=1))


def _id(heading: str) -> str:
    match = _IDENTIFIER.fullmatch(heading.strip())
    return match[1].upper() if match else heading.strip().upper()


def _columns(found: Parted, place: int, header: Sequence[str]) -> Iterator[_Column]:
    """The columns; behind each one the column of its names, where the message has such."""
    named = "STRUCTURE_NAME" in map(_id, header)
    column = 0
    while column < len(header):
        id = _id(header[column])
        match = _IDENTIFIER.fullmatch(header[column])
        both = bool(match and match[2]) and id not in _STRUCTURES
        names = column + 1 if named and id not in _STRUCTURES and _is_named_by(found, place, column) else None
        if header[column]:
            yield _Column(column, header[column], id, both, names)
        column += 1 if names is None else 2


def _is_named_by(found: Parted, place: int, column: int) -> bool:
    """Whether the next column says one and the same of each value of a column."""
    header = found.header_at(place)
    if column + 1 >= len(header) or _id(header[column + 1]) in {*_ROLES, *_STRUCTURES, *_ABOUT}:
        return False
    named: dict[str, str] = {}
    pairs = zip(found.texts(column, place), found.texts(column + 1, place), strict=False)
    return all(named.setdefault(value, name) == name for value, name in pairs)


def _no_deletions(found: Parted, place: int, columns: Sequence[_Column], file: str) -> None:
    action = next((column.place for column in columns if column.id == "ACTION"), None)
    if action is None:
        return
    for row, text in enumerate(found.texts(action, place), place + 1):
        if text[:1].upper() == "D":
            raise TargettrackError(
                Problem(
                    code="deleted-rows",
                    message=tr("this row deletes figures (ACTION is D), and a figure that was recorded stays"),
                    hint=tr("give the file without the rows that delete"),
                    file=file,
                    line=found.sheet.lines[row] if found.sheet.lines else row + 1,
                    exit=Exit.INVALID,
                )
            )


def _names(found: Parted, place: int, column: _Column) -> dict[str, str]:
    """What the values of a column are called, where the message says it."""
    texts = dict.fromkeys(found.texts(column.place, place))
    if column.both:
        labelled = [match for text in texts if (match := _LABELLED.fullmatch(text))]
        return {match[1]: match[2] for match in labelled if match[1] and match[2]}
    if column.names is None:
        return {}
    pairs = zip(found.texts(column.place, place), found.texts(column.names, place), strict=False)
    return {value: name for value, name in dict.fromkeys(pairs) if value and name}


def _bare(sheet: Sheet, place: int, columns: Sequence[_Column]) -> Sheet:
    """The sheet with one half of each ``id: name``; what is no code keeps its text."""
    halves = {
        column.place: 2 if _ROLES.get(column.id) == "unit" else 1
        for column in columns
        if not _NOTE.fullmatch(column.id) and column.id != "OBS_VALUE"
    }
    if not halves:
        return sheet
    rows = [
        row if at <= place else tuple(_half(cell, halves.get(column)) for column, cell in enumerate(row))
        for at, row in enumerate(sheet.rows)
    ]
    return replace(sheet, rows=rows)


def _half(cell: Value, half: int | None) -> Value:
    match = _LABELLED.fullmatch(cell) if half and isinstance(cell, str) else None
    return match[half] if match and half and match[half] else cell


def _role(found: Parted, place: int, column: _Column) -> object:
    if column.own is not None and (own := _own_role(column)) is not None:
        return own
    if column.id in _ROLES:
        return _ROLES[column.id]
    if _NOTE.fullmatch(column.id):
        return "note"
    if column.id == "FREQ":
        return {"skip": tr("the period says how often")}
    if column.id in _ABOUT:
        return {"skip": tr("said of the figure, and no part of it")}
    only = _only(found, place, column)
    if column.id in {"DATAFLOW", "STRUCTURE_ID"} and only is None:
        return "indicator"
    if column.id in _STRUCTURES:
        return {"skip": tr("says what the file is")}
    if only is not None and (
        not only or column.id in _PLACES or _SUBJECTS.fullmatch(column.id) or _is_whole(column, only)
    ):
        return {"skip": tr("the same in every row: {value}", value=only) if only else tr("empty in every row")}
    return f"part:{column.part}"


def _own_role(column: _Column) -> object | None:
    """What a column of our own files is, where other files do not have it so."""
    if column.id in _OWN_ABOUT:
        return {"skip": tr("said of the targets")}
    if column.id == "MEASURE_TYPE" or column.id.startswith("PART_"):
        return f"part:{column.part}"
    return _OWN_ROLES.get(column.id)


def _only(found: Parted, place: int, column: _Column) -> str | None:
    """The one value that a column has in every row; None where it has several."""
    values = set(islice(dict.fromkeys(found.texts(column.place, place)), 2))
    return values.pop() if len(values) == 1 else None if values else ""


def _is_whole(column: _Column, value: str, name: str = "") -> bool:
    return value.upper() in _WHOLE or name.casefold() == "total" or (column.id == "SEX" and value == "T")


def _beside(
    found: Parted, place: int, columns: Sequence[_Column], labels: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """What else the file says: its decimal sign, its missing values, its flags, the wholes and names of its parts, and itself as a source."""
    by_id = {column.id: column for column in columns}
    decimal = _decimal(found, place, by_id.get("OBS_VALUE"))
    flags = _flags(found, place, [by_id[id] for id in ("OBS_STATUS", "OBS_FLAG") if id in by_id])
    flags |= {"true": _BREAK} if any(column.own is not None for column in columns) else {}
    parts = {column.part: part for column in columns if (part := _part(found, place, column, labels[column.id]))}
    source = _source(found, place, by_id)
    beside: dict[str, Any] = {
        "missing": ["NaN", "#N/A", ":"],
        "decimal": decimal,
        "flags": flags,
        "parts": parts,
        "source": source,
    }
    return {key: value for key, value in beside.items() if value}


def _decimal(found: Parted, place: int, value: _Column | None) -> str | None:
    """The decimal sign: SDMX never groups thousands, and semicolons go with decimal commas."""
    if found.delimiter != ";":
        return "."
    signs = {sign for text in found.texts(value.place, place) for sign in ".," if sign in text} if value else set()
    return signs.pop() if len(signs) == 1 else None


def _flags(found: Parted, place: int, columns: Sequence[_Column]) -> dict[str, str]:
    """What the codes of the file mean, and each of the letters where one word has several."""
    seen = dict.fromkeys(text for column in columns for text in found.texts(column.place, place) if text)
    codes = dict.fromkeys(code for text in seen for code in (text, *re.findall(r"[^\s,;]", text)))
    return {code: _STATUSES[code] for code in codes if code in _STATUSES}


def _part(found: Parted, place: int, column: _Column, names: Mapping[str, str]) -> dict[str, Any]:
    if not isinstance(role := _role(found, place, column), str) or not role.startswith("part:"):
        return {}
    values = dict.fromkeys(found.texts(column.place, place))
    if column.own is not None and column.id == "MEASURE_TYPE":
        return {
            "total": ["ACTUAL"],
            "skip": {each: _why_no_actual(each) for each in values if each and each != "ACTUAL"},
        }
    if column.own is not None:
        return {"total": ["_T"], "names": {value: name for value, name in names.items() if value != "_T"}}
    part = {
        "total": [value for value in values if _is_whole(column, value, names.get(value, ""))],
        "names": {value: name for value, name in names.items() if name != value},
    }
    return {key: value for key, value in part.items() if value}


def _why_no_actual(measure: str) -> str:
    if measure in _OWN_ENDS:
        return tr("one end of a range: the range is one figure")
    return tr("a baseline is no actual") if measure == "BASELINE" else tr("a target is no actual")


_FLOW = regex(r"(?P<agency>[\w.-]+):(?P<id>[\w@$-]+)(?:\((?P<version>[\d.+*]+)\))?(?:: ?(?P<name>.+))?")
_PUBLISHERS = {
    "ESTAT": "Eurostat",
    "OECD": "OECD",
    "ECB": "European Central Bank",
    "IMF": "International Monetary Fund",
    "ILO": "International Labour Organization",
}
_UPDATED = regex(r"(\d\d)/(\d\d)/(\d\d) \d\d:\d\d:\d\d")


def _source(found: Parted, place: int, columns: Mapping[str, _Column]) -> dict[str, str]:
    """The file itself, as far as its rows agree on what it is."""
    flow = columns.get("STRUCTURE_ID") or columns.get("DATAFLOW")
    match = _FLOW.fullmatch(_only(found, place, flow) or "") if flow else None
    if match is None:
        return {}
    called = columns.get("STRUCTURE_NAME")
    title = match["name"] or (called and _only(found, place, called)) or match["id"]
    agency = match["agency"].split(".")[0]
    updated = columns.get("LAST UPDATE")
    day = _UPDATED.fullmatch(_only(found, place, updated) or "") if updated and agency == "ESTAT" else None
    published = {"published": f"20{day[3]}-{day[2]}-{day[1]}"} if day else {}
    return {"id": slug(title), "title": title, "publisher": _PUBLISHERS.get(agency, match["agency"]), **published}
