"""Receipt: what recording figures did, to the file and to the targets that they touch; as a page, and as a document for scripts."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar, Literal

from typing_extensions import TypedDict

from targettrack.assessment.figures import Figure, published
from targettrack.assessment.report import indicator_rows
from targettrack.assessment.row import Row
from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.pages import documents
from targettrack.pages.keys import RowDocument, SourceDocument, ToldDocument
from targettrack.pages.show import Role, Told, roles
from targettrack.program.model import Actual, Program
from targettrack.program.shelf import Loaded
from targettrack.recording.append import Appendix
from targettrack.recording.plan import Found, Plan
from targettrack.wording import notation, why


@frozen()
class Change:
    """One target that new figures touch: its row before and after; None where it was no row yet, or is none any more."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The row that names the target."""
        row = self.after or self.before
        if row is None:
            raise ValueError("a change of nothing")
        return row

    @property
    def moved(self) -> bool:
        """Whether anything that was judged is another one now."""
        return _judged(self.before) != _judged(self.after)

    @property
    def flipped(self) -> bool:
        """Whether the status is another one now."""
        return (self.before and self.before.status) != (self.after and self.after.status)


def _judged(row: Row | None) -> tuple[object, ...]:
    if row is None:
        return ()
    figures = tuple(point.figure.place for point in row.judged.points) if row.judged else ()
    return (
        row.status,
        row.figure,
        row.gap,
        row.flags,
        row.pace,
        row.final,
        figures,
        row.start.value if row.start else None,
    )


@frozen()
class Receipt:
    """The plan, what was appended for it (None for nothing; of a ``dry_run``: would be), what could not be promised, the targets touched, and the folder that was named."""

    COMMAND: ClassVar[str] = "add_actual"

    loaded: Loaded
    plan: Plan
    on: date
    appendix: Appendix | None
    doubts: tuple[str, ...]
    dry_run: bool
    changes: tuple[Change, ...]
    targets: str | None = None

    @property
    def undo(self) -> str:
        """The command that takes it out again."""
        words = ["targettrack", "undo", self.plan.before.id]
        words += ["--figures", str(len(self.plan.added))] if len(self.plan.added) > 1 else []
        return shlex.join([*words, *(["--targets", self.targets] if self.targets else [])])

    @property
    def noted(self) -> Iterator[tuple[Found, Told]]:
        """Each figure with its role in its period, and the line of its header, if it was added."""
        return _noted(self.loaded, self.plan, self.appendix, self.on)

    def document(self) -> RecordedDocument:
        """The receipt for scripts."""
        return {"schema": "targettrack.add-actual", "version": 2, **recorded(self)}


def receipt(
    loaded: Loaded,
    plan: Plan,
    appendix: Appendix | None,
    doubts: tuple[str, ...],
    on: date,
    method: Method,
    *,
    dry_run: bool,
    targets: str | None = None,
) -> Receipt:
    """What recording some figures in a program did, or would do, and to which targets."""
    touched = [entry.actual for entry in plan.added]
    changed = tuple(changes(plan.before, plan.after, touched, on, method))
    return Receipt(loaded, plan, on, appendix, doubts, dry_run, changed, targets)


def changes(before: Program, after: Program, actuals: Sequence[Actual], on: date, method: Method) -> Iterator[Change]:
    """The targets of the indicators and disaggregations of which there are figures more, or less."""
    touched = {(actual.indicator, actual.disaggregation) for actual in actuals}
    for name in dict.fromkeys(actual.indicator for actual in actuals):
        old, new = (
            {row.version.place: row for row in indicator_rows(program, name, on, method)} for program in (before, after)
        )
        for place in sorted(old | new):
            change = Change(old.get(place), new.get(place))
            if change.row.target and (name, change.row.target.disaggregation) in touched:
                yield change


def _noted(loaded: Loaded, plan: Plan, appendix: Appendix | None, on: date) -> Iterator[tuple[Found, Told]]:
    program = plan.after
    known: dict[int, tuple[Figure, Role]] = {}
    for name in dict.fromkeys(entry.actual.indicator for entry in plan.found):
        known |= roles(program, name, on)
    place = first = len(plan.before.document.actuals)
    lines = iter(appendix.lines if appendix else ())
    for entry in plan.found:
        if entry.outcome == "recorded_before":
            at = entry.others[0].place
            line = loaded.line("actuals", at) if at < first else None
        else:
            at, line, place = place, next(lines, None), place + 1
        actual = program.document.actuals[at]
        figure, role = known.get(at, (Figure(at, actual, published(actual, program.sources)), "unknown"))
        yield entry, Told(figure, role, line)


def relation(page: Receipt, entry: Found, told: Told) -> str | None:
    """What a figure is to the others of its period, and which of them is used, as a clause."""
    unit = page.plan.before.indicators[entry.actual.indicator].unit
    if entry.outcome == "new":
        return _not_yet(page, told) if told.role == "unknown" else None
    named = entry.others[:1] if entry.outcome == "recorded_before" else entry.others
    others = notation.listing(_sourced(other, unit) for other in named)
    said = (
        tr("is an older version of {others}", others=others)
        if told.role == "revised" and entry.outcome == "revision"
        else tr(_RELATIONS[entry.outcome], others=others)
    )
    return "; ".join(text for text in (said, _used(page, entry, told, unit)) if text)


_RELATIONS = {
    "revision": mark("revises {others}"),
    "rival": mark("differs from {others}"),
    "agrees": mark("agrees with {others}"),
    "recorded_before": mark("recorded before: {others}"),
}


def _sourced(figure: Figure, unit: str | None) -> str:
    """A figure with its source."""
    return f"{notation.actual(figure, unit)} ({why.sourced(figure.actual.source)})"


def _used(page: Receipt, entry: Found, told: Told, unit: str | None) -> str:
    if told.role == "unknown":
        return _not_yet(page, told)
    if entry.outcome == "recorded_before":
        instead = None if told.role in {"leads", "agrees"} else _leading(page, entry)
        return "" if instead is None else tr("{figure} is used instead", figure=_sourced(instead, unit))
    if entry.outcome == "agrees":
        return ""
    prefer = page.plan.before.indicators[entry.actual.indicator].prefer
    used = _which(page, entry, told, unit)
    preferred = entry.outcome == "rival" and {
        entry.actual.source,
        *(other.actual.source for other in entry.others),
    } & set(prefer)
    return tr("{used}, as prefer says", used=used) if preferred else used


def _which(page: Receipt, entry: Found, told: Told, unit: str | None) -> str:
    """Which figure of a period is used."""
    if told.role == "leads":
        return tr("this one is used")
    leading = _leading(page, entry)
    if leading is None or [other.place for other in entry.others] == [leading.place]:
        return tr("the other one is used")
    return tr("{figure} is used", figure=_sourced(leading, unit))


def _leading(page: Receipt, entry: Found) -> Figure | None:
    """The figure of an entry's period that is used."""
    actual = entry.actual
    known = roles(page.plan.after, actual.indicator, page.on).values()
    return next(
        (
            figure
            for figure, role in known
            if role == "leads"
            and (figure.actual.disaggregation, figure.period) == (actual.disaggregation, actual.period)
        ),
        None,
    )


def _not_yet(page: Receipt, told: Told) -> str:
    when, day = told.figure.published, page.on.isoformat()
    if when is None:
        return tr("not known yet on {day}", day=day)
    return tr("not known yet on {day}: published {published}", day=day, published=notation.spelled(when))


class NotedDocument(TypedDict):
    """One figure that was to be recorded: what it is to the others of its period, and the record, in the file now or before."""

    row: int | None
    outcome: Literal["new", "recorded_before", "revision", "rival", "agrees"]
    actual: ToldDocument


class ChangeDocument(TypedDict):
    """One target that the figures touch."""

    before: RowDocument | None
    after: RowDocument | None


class Recorded(TypedDict):
    """What was recorded, whatever it came from."""

    on: str
    program: str
    file: str
    dry_run: bool
    recorded: int
    recorded_before: int
    lines: list[int] | None
    text: str
    actuals: list[NotedDocument]
    sources: list[SourceDocument]
    targets: list[ChangeDocument]
    warnings: list[str]
    not_promised: list[str]


class _Heading(TypedDict):
    schema: Literal["targettrack.add-actual"]
    version: Literal[2]


class RecordedDocument(_Heading, Recorded):
    """What ``add-actual --json`` prints; ``lines`` are the first and the last line that are new, ``text`` is exactly what was (or would be) appended."""


def recorded(page: Receipt) -> Recorded:
    """What was recorded, for scripts."""
    plan, appendix = page.plan, page.appendix
    return {
        "on": page.on.isoformat(),
        "program": plan.before.id,
        "file": plan.before.file,
        "dry_run": page.dry_run,
        "recorded": 0 if page.dry_run else len(plan.added),
        "recorded_before": len(plan.found) - len(plan.added),
        "lines": [appendix.first, appendix.last] if appendix else None,
        "text": appendix.text if appendix else "",
        "actuals": [
            {
                "row": entry.wanted.origin.row,
                "outcome": entry.outcome,
                "actual": documents.told_document(told, plan.before.file),
            }
            for entry, told in page.noted
        ],
        "sources": [documents.source_document(name, source) for name, source in plan.sources.items()],
        "targets": changed(page.changes),
        "warnings": [caution.origin.said(caution.message) for caution in plan.cautions],
        "not_promised": list(page.doubts),
    }


def changed(touched: Sequence[Change]) -> list[ChangeDocument]:
    """The targets that figures touch, for scripts."""
    return [{"before": _row(change.before), "after": _row(change.after)} for change in touched]


def _row(row: Row | None) -> RowDocument | None:
    return None if row is None else documents.row_document(row)
