"""Columns: which sheet of a file is a table of targets, and what its columns are: by the mapping, else by the words of the header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from targettrack import period as periods
from targettrack.errors import Problem, TargettrackError
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.period import CALENDAR, Period, Year
from targettrack.program.model import LANGUAGES
from targettrack.program.names import fold
from targettrack.recording import aims, imported, vocabulary
from targettrack.recording import layout as layouts
from targettrack.recording.aims import Bound
from targettrack.recording.amounts import Unclear
from targettrack.recording.header import shown
from targettrack.recording.layout import Field, Layout
from targettrack.recording.mapping import PART, Column, TableMap
from targettrack.recording.table import Book, Sheet
from targettrack.regex import regex

_RESULTS = {
    **dict.fromkeys(("activity", "result", "aggregation", "baseline_date", "reference"), "read"),
    **{
        each: each
        for each in ("unit", "baseline_period", "baseline", "baseline_note", "by", "target", "note", "value", "measure")
    },
    "indicator": "name",
    "ascending": "ascending",
    "period": "value_period",
}
"""The columns of the results of IATI's activities."""


def of_results(book: Book) -> bool:
    """Whether a file has the results of IATI's activities, with their targets in a sheet of their own."""
    names = {sheet.name for sheet in book.sheets}
    return names == {"actuals", "targets"} and any("ascending" in sheet.rows[0] for sheet in book.sheets if sheet.rows)


def sheets(book: Book, map: TableMap, file: str, *, results: bool) -> list[Sheet]:
    """The sheets that are to be read.

    Raises:
        TargettrackError: the mapping names one that is not there (exit 3), or nothing says which (exit 2).

    """
    if results:
        return sorted(book.sheets, key=lambda sheet: sheet.name != "targets")
    found, problems = imported.sheets(book, map, file)
    if problems:
        raise TargettrackError(*problems)
    return list(found)


_FAR = 40
"""A header is looked for in so many rows."""


def _header(sheet: Sheet, map: TableMap) -> tuple[int, ...]:
    """The rows of the header, from 1; none where no row looks like one."""
    if map.header:
        return map.header
    named = {fold(name) for name in map.columns}
    for row in range(min(_FAR, len(sheet.rows))):
        texts = [text for value in sheet.rows[row] if (text := shown(value))]
        roles = {role for text in texts if (role := _role_of(text))}
        dated = "name" in roles and any(_YEAR.search(text) for text in texts)
        if len(roles) > 1 or dated or (named and sum(fold(text) in named for text in texts) >= min(2, len(named))):
            bottom = max((area.bottom for area in sheet.merged if area.top == row), default=row)
            return tuple(range(row + 1, bottom + 2))
    return ()


class Col(NamedTuple):
    """A column: what it has, what the mapping says of it, and the period that it is about."""

    field: Field
    role: str
    is_: Column
    period: Period | None = None

    @property
    def at(self) -> int:
        """Its number, from 0."""
        return self.field.at


@frozen(slots=False)
class Table:
    """A sheet with what its columns are."""

    layout: Layout
    columns: tuple[Col, ...]

    @cached_property
    def by_role(self) -> Mapping[str, tuple[Col, ...]]:
        """The columns by what they have."""
        found: dict[str, tuple[Col, ...]] = {}
        for each in self.columns:
            found[each.role] = (*found.get(each.role, ()), each)
        return found

    def all(self, role: str) -> tuple[Col, ...]:
        """The columns that have something."""
        return self.by_role.get(role, ())

    def one(self, role: str) -> Col | None:
        """The column that has something; None where there is none."""
        return next(iter(self.all(role)), None)


def laid_out(sheet: Sheet, map: TableMap, year: Year, file: str, *, results: bool) -> Table:
    """A sheet with what its columns are: by the mapping, else by their words.

    Raises:
        TargettrackError: it has no header, or a column of the mapping is not there (exit 4).

    """
    own = TableMap(header=(1,)) if results else map
    header = _header(sheet, own)
    if not header:
        raise TargettrackError(_no_header(sheet, file))
    found, problems = layouts.laid_out(sheet, replace(own, header=header), year, file)
    unfit = tuple(_unfit(found, file)) if found is not None else problems
    if found is None or unfit:
        raise TargettrackError(*unfit)
    if results:
        return Table(found, tuple(_of_result(each) for each in found.fields))
    columns = list(_single(found, [_column(each, year) for each in found.fields]))
    doubtful = [each for each in columns if _may_be_planned(found, columns, each)]
    if doubtful and not any(each.role in _PROMISES for each in columns):
        raise TargettrackError(_which(doubtful, file))
    return Table(found, tuple(each._replace(role="") if each in doubtful else each for each in columns))


_PROMISES = frozenset({"target", "min", "max", "words"})
"""What columns of targets have."""


def _may_be_planned(found: Layout, columns: Sequence[Col], each: Col) -> bool:
    """Whether a column with a period above it may be of what was promised: no word says that it was measured, and it does not lie before all targets, or a word above it may stand further left."""
    if each.role != "value" or each.field.by == "mapping" or each.period is None or _measured(each.field):
        return False
    top = found.header[0] if found.header else 0
    if len(found.header) > 1 and len(each.field.words) < 2 and shown(found.sheet.value(top, each.at)) == "":
        return True
    planned = [other.period for other in columns if other.role in _PROMISES and other.period is not None]
    there = any(other.role in _PROMISES for other in columns)
    return not there or any(each.period.last >= other.last for other in planned)


def _measured(field: Field) -> bool:
    """Whether words beside a period say that something happened."""
    rest = [" ".join(_YEAR.sub(" ", word).split()).strip(" ()[]:,-–") for word in field.words]
    return any(vocabulary.says_actual(word) or vocabulary.flag_of(word) in {"final", "provisional", "estimate"} for word in rest if word)  # fmt: skip


def _which(doubtful: Sequence[Col], file: str) -> Problem:
    return Problem(
        code="no-target",
        message=tr(
            "nothing says whether these columns are targets or what was measured: {columns}",
            columns=", ".join(each.field.called for each in doubtful),
        ),
        hint=tr(
            'say it in a mapping (--map): [columns] "{column}" = {{ is = "target", by = {period} }}, or {{ is = "value", period = {period} }}',
            column=doubtful[0].field.label,
            period=doubtful[0].period,
        ),
        file=file,
    )


_UNFIT = frozenset({"multiplier", "flag", "published", "approx", "quality"})


def _unfit(found: Layout, file: str) -> Iterator[Problem]:
    """What a mapping says of columns that no table of targets has."""
    for each in found.fields:
        if each.by == "mapping" and each.role in _UNFIT:
            yield Problem(
                code="bad-role",
                message=tr(
                    "a table of targets has no column {role}, as the mapping says of {column}",
                    role=each.role,
                    column=each.called,
                ),
                hint=tr('skip it: {{ skip = "why" }}; targettrack import reads figures with it afterwards'),
                file=file,
            )


def _no_header(sheet: Sheet, file: str) -> Problem:
    return Problem(
        code="no-header",
        message=tr(
            "no row of this table looks like the header of a table of targets: none names an indicator and a target"
        )
        if not sheet.name
        else tr('no row of the sheet "{sheet}" looks like the header of a table of targets', sheet=sheet.name),
        hint=tr("say it in a mapping (--map): header = 3 (the number of the row), and what each column is"),
        file=file,
    )


NOTHING = Column()


def _of_result(each: Field) -> Col:
    if each.label.startswith(PART):
        return Col(each, each.label, NOTHING)
    language = each.label.removesuffix(".indicator")
    if language in LANGUAGES:
        return Col(each, f"name in {language}", NOTHING)
    return Col(each, _RESULTS.get(each.label, "read"), NOTHING)


_ALIASES = {
    "target_low": "min",
    "target_high": "max",
    "low": "min",
    "high": "max",
    "indicator": "name",
    "year": "value_period",
}
"""Roles of a mapping by what they are called here."""


def _column(each: Field, year: Year) -> Col:
    """One column, by the mapping or by the words of its header."""
    said = each.is_ or NOTHING
    if said.skip is not None and each.heading is None:
        return Col(each, "skip", said)
    if each.by == "mapping":
        role = (each.role or "value").replace(" ", "_") if not (each.role or "").startswith(PART) else str(each.role)
        heading = each.heading.period if each.heading else None
        return Col(each, _ALIASES.get(role, role), said, heading)
    if each.heading is not None:
        return Col(each, "target" if each.heading.plan else "value", NOTHING, each.heading.period)
    dated = _dated(each.label, year)
    if dated is not None:
        return Col(each, dated[0], NOTHING, dated[1])
    role = next((found for word in reversed(each.words) if (found := _role_of(word))), "")
    return Col(each, role, NOTHING)


def _role_of(header: str) -> str:
    """What a column of a table of targets is by its header; empty where nobody agreed on it."""
    bare = header.casefold().strip()
    if bare in {"reference", "references"}:  # without its accent it is no baseline
        return ""
    if bare == "ascending":
        return "ascending"
    if "narrative" in bare or bare == "target text":
        return "words"
    if fold(header) in _OF_FIGURES:
        return "data_source"
    return vocabulary.target_role_of(header) or ""


_OF_FIGURES = frozenset(
    map(fold, ("data source", "datasource", "nguồn số liệu", "nguồn dữ liệu", "datenquelle", "source des données"))
)
"""The headers of where figures come from, which is not where the targets stand."""
_YEAR = regex(r"\(?\b((?:19|20)[0-9]{2})\b\)?")
OF_YEARS = frozenset({"target", "baseline", "value", "min", "max"})


def _dated(label: str, year: Year) -> tuple[str, Period] | None:
    """What a column with a year in its header is: ``Target 2030``, ``Baseline (2015)``."""
    found = _YEAR.findall(label)
    rest = " ".join(re.sub(r"(?i)\b(by|for|in|to|đến|năm)\b", " ", _YEAR.sub(" ", label)).split()).strip(" :,-–")
    role = _role_of(rest) if len(found) == 1 and rest else ""
    return (role, periods.period(found[0], year)) if role in OF_YEARS else None


def is_year(header: str) -> bool:
    """Whether a header says a year of no particular thing."""
    return _role_of(header) == "value_period"


_MANY = frozenset({"target", "value", "note", "skip", "read", "words", "", "baseline"})
"""What several columns may have."""
_FIRST = ("stableid", "indicatorname", "nameen", "indicator", "chitieu", "tenchitieu", "valuetarget", "targetvalue")
"""The headers that go before others for the same."""


def _single(found: Layout, columns: Sequence[Col]) -> Iterator[Col]:
    """Columns, where words alone give the same to two the one that is surer; those with figures go before those with words."""
    best: dict[str, Col] = {}
    for each in sorted(columns, key=lambda each: _rank(found, each)):
        if each.period is None or each.role not in OF_YEARS:
            best.setdefault(each.role, each)
    has_by = bool({"by", "by_year", "period"} & best.keys() or any(each.is_.by for each in columns))
    valued = any(each.role == "value" for each in columns)
    for each in columns:
        said = each.field.by == "mapping"
        plain = each.role in {"target", "value", "baseline"} and each.period is None and not said
        if each.role == "value_period" and not said and not has_by and not valued:
            yield each._replace(role="by")
        elif each.role == "target" and plain and best.get("target") is not each:
            yield each._replace(role="words")
        elif (
            (each.role not in _MANY or plain)
            and not each.role.startswith(PART)
            and not (said or (each.period is not None and each.role in OF_YEARS))
            and best.get(each.role, each) is not each
        ):
            yield each._replace(role="")
        else:
            yield each


def _rank(found: Layout, each: Col) -> tuple[bool, bool, int, int]:
    """How surely a column is what its header says, the surest first."""
    word = fold(each.field.words[-1]) if each.field.words else ""
    figures = each.role in {"target", "value", "baseline"} and not _has_figures(found, each.at)
    return each.field.by != "mapping", figures, _FIRST.index(word) if word in _FIRST else len(_FIRST), each.at


def _has_figures(found: Layout, column: int) -> bool:
    """Whether at least half of what a column has are figures."""
    cells = [value for row in range(found.first, found.last + 1) if (value := found.value(row, column)) != ""]
    figures = sum(isinstance(aims.promised(value, None, vocabulary.MISSING), (Bound, Unclear)) for value in cells)
    return bool(cells) and 2 * figures >= len(cells)


_GOALS = frozenset({"fiscal_yr", "fiscal_qtr", "related_goal_id", "value_start", "value_target", "value_current"})
"""Columns that only the goals of performance.gov have together."""
_FEDERAL = Year(10, 1)


def of_goals(chosen: Sequence[Sheet], map: TableMap, year: Year | None) -> tuple[TableMap, Year]:
    """The mapping and the years of a program; the goals of performance.gov are of the fiscal years of the United States."""
    words = {shown(value) for sheet in chosen for row in sheet.rows[:1] for value in row}
    if words >= _GOALS and year in {None, _FEDERAL}:
        return replace(map, fiscal=map.fiscal or "end"), _FEDERAL
    return map, year or CALENDAR
