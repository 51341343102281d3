"""Keys: what the documents that scripts read have under each key; ``schema`` makes the JSON Schemas of it, and nothing that only shows a page needs it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic_core import core_schema
from typing_extensions import TypedDict

from targettrack.program.model import Quality, Shape
from targettrack.program.validation import Rule

Num = Annotated[Decimal, Rule(core_schema.any_schema(), {"type": "number"})]
"""A number, with exactly the digits that it has; no key that may have one ever has true or false."""

OpenEnd = Literal["under", "over"]
"""Where a figure is an open end: whether the true gap is less, or more, than the one that is given."""

TargetDocument = TypedDict(
    "TargetDocument",
    {
        "shape": Shape, "by": str | None, "from": str | None, "due": str | None, "every": str | None, "aggregate": str | None,
        "weak": Num | None, "strong": Num | None, "strict": bool, "approx": str | None, "text": str | None,
        "standing": str, "set_on": str | None, "source": str | None,
    },
)  # fmt: skip

StartDocument = TypedDict(
    "StartDocument",
    {
        "period": str,
        "value": Num,
        "source": str | None,
        "from": Literal["baseline", "first_actual", "zero", "period_before"],
    },
)

WindowDocument = TypedDict(
    "WindowDocument", {"from": str, "to": str, "periods": int, "counted": int, "missing": list[str]}
)


class KeptDocument(TypedDict):
    """How a standing promise was kept: the periods that ended since it was set, those with a figure, those that satisfied."""

    periods: int
    figures: int
    kept: int


class ActualDocument(TypedDict):
    """A figure as its source gives it: a number, or of a milestone the answer, with the other one null; both are null of a range."""

    period: str
    value: Num | None
    answer: bool | None
    range: list[Num] | None
    approx: str | None
    quality: str
    source: str | None
    published: str | None


class VerdictDocument(TypedDict):
    """What a named method concludes."""

    method: str
    label: str
    ratio: Num | None
    score: Num | None
    reason: str | None


class OtherDocument(TypedDict):
    """The first version of the promise (held to that, or to a day: the one now in force), and what it would make of the status, where that is another."""

    by: str | None
    due: str | None
    weak: Num | None
    strong: Num | None
    strict: bool
    standing: str
    set_on: str | None
    source: str | None
    status: str
    gap: Num | None
    gap_strong: Num | None
    gap_approx: OpenEnd | None


class RowDocument(TypedDict):
    """One promise and what became of it; ``figure`` is a number, or of a milestone null, and then ``answer`` is true or false.

    ``gap_approx`` is ``under`` or ``over`` where the figure is an open end, so that the true gap is less, or more, than ``gap``.
    """

    program: str
    indicator: str | None
    name: str | None
    unit: str | None
    direction: str | None
    disaggregation: dict[str, str]
    target: TargetDocument
    start: StartDocument | None
    figure: Num | None
    answer: bool | None
    actual: ActualDocument | None
    window: WindowDocument | None
    kept: KeptDocument | None
    gap: Num | None
    gap_strong: Num | None
    gap_approx: OpenEnd | None
    gap_unit: str | None
    shortfall: Num | None
    attainment: Num | None
    progress: Num | None
    elapsed: Num | None
    pace: Num | None
    observed_per_year: Num | None
    required_per_year: Num | None
    projected: Num | None
    reached_on: str | None
    status: str
    past_due: bool
    final: bool
    flags: list[str]
    why: str
    notes: list[str]
    verdict: VerdictDocument
    rivals: list[ActualDocument]
    superseded: list[TargetDocument]
    upcoming: TargetDocument | None
    other: OtherDocument | None
    withdrawn: str | None


class ProblemDocument(TypedDict):
    """Something wrong in a file; lines and columns count from 1, columns in characters."""

    code: str
    message: str
    file: str | None
    line: int | None
    column: int | None
    hint: str | None


class UnreadableDocument(TypedDict):
    """A program that could not be read."""

    file: str
    problems: list[ProblemDocument]


class SummaryDocument(TypedDict):
    """The rows shown, those before the filters, and how many have each status."""

    targets: int
    of: int
    by_status: dict[str, int]


class StatusDocument(TypedDict):
    """What ``status`` prints; ``against`` is original, current or a day."""

    schema: Literal["targettrack.status"]
    version: Literal[2]
    on: str
    method: str
    against: str
    summary: SummaryDocument
    unreadable: list[UnreadableDocument]
    targets: list[RowDocument]


class TallyDocument(TypedDict):
    """What became of some promises, each counted once: those that are ``due`` were kept, missed, have no result (``unreported``), a figure that does not decide (``undecidable``), or one that is still ``awaited``; the others are ``running``, or in ``words`` only."""

    due: int
    kept: int
    missed: int
    unreported: int
    undecidable: int
    awaited: int
    running: int
    words: int


class EntryDocument(TypedDict):
    """One program in the overview."""

    program: str
    name: str
    place: str | None
    file: str
    targets: int
    by_status: dict[str, int]
    tally: TallyDocument
    newest_figure: str | None


class ListDocument(TypedDict):
    """What ``list`` prints."""

    schema: Literal["targettrack.list"]
    version: Literal[2]
    on: str
    folder: str
    unreadable: list[UnreadableDocument]
    programs: list[EntryDocument]


class ToldDocument(TypedDict):
    """One actual with all that the file says of it; the keys are those of ``[[actuals]]``, but for ``answer``, the value of a milestone. A ``quality`` that the file does not write is null. A figure of a linked file has no ``line``: ``link`` is the id of the link in ``file``, and ``row`` its row, from 1; both are null of all others."""

    indicator: str
    period: str
    value: Num | None
    answer: bool | None
    range: list[Num] | None
    approx: str | None
    quality: Quality | None
    series_break: bool
    disaggregation: dict[str, str]
    source: str | None
    page: str | int | None
    cell: str | None
    quote: str | None
    published: str | None
    recorded: str | None
    note: str | None
    role: str
    file: str
    line: int | None
    link: str | None
    row: int | None


class PromisedDocument(TypedDict):
    """One version of a promise: the row's status, or null where it was superseded."""

    target: TargetDocument
    status: str | None
    document: str | None
    page: str | int | None
    quote: str | None
    note: str | None
    file: str
    line: int | None


class ChapterDocument(TypedDict):
    """One indicator's story."""

    indicator: str
    name: str
    unit: str | None
    direction: str | None
    definition: str | None
    frequency: str | None
    lag: str | None
    cumulative: bool
    limit: Num | None
    prefer: list[str]
    baseline: StartDocument | None
    searched: str | None
    responsible: str | None
    note: str | None
    file: str
    line: int | None
    promises: list[PromisedDocument]
    targets: list[RowDocument]
    actuals: list[ToldDocument]


class SourceDocument(TypedDict):
    """A document that figures or promises come from."""

    source: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    archived: str | None
    accessed: str | None
    document: str | None
    file: str | None
    sha256: str | None
    note: str | None


class ShowDocument(TypedDict):
    """What ``show`` prints."""

    schema: Literal["targettrack.show"]
    version: Literal[2]
    on: str
    program: str
    name: str
    place: str | None
    owner: str | None
    url: str | None
    note: str | None
    fiscal_year: str | None
    file: str
    indicators: list[ChapterDocument]
    promises: list[PromisedDocument]
    sources: list[SourceDocument]  # fmt: skip


class ErrorDocument(TypedDict):
    """What ``--json`` writes on stderr instead of a sentence, one line."""

    error: ProblemDocument


DOCUMENTS: dict[str, Any] = {
    "status": StatusDocument,
    "list": ListDocument,
    "show": ShowDocument,
    "error": ErrorDocument,
}
"""The documents by the name that ``schema`` knows them by."""
