"""Documents: what pages have in common of the documents that scripts read, as plain values in the order of their keys, which ``keys`` has typed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from targettrack.assessment.bounds import Bound
from targettrack.assessment.figures import Figure
from targettrack.assessment.judging import Start
from targettrack.assessment.promises import Version
from targettrack.assessment.report import Report, by_status
from targettrack.assessment.row import Row
from targettrack.assessment.verdict import Verdict
from targettrack.errors import Problem
from targettrack.number import rounded
from targettrack.pages._each import each
from targettrack.program.model import Actual, Promise, Source, Target
from targettrack.program.shelf import Unreadable
from targettrack.wording import notation
from targettrack.wording import why as wording

if TYPE_CHECKING:
    from targettrack.assessment.tally import Tally
    from targettrack.pages.keys import (
        ActualDocument,
        ChapterDocument,
        EntryDocument,
        ListDocument,
        OtherDocument,
        ProblemDocument,
        PromisedDocument,
        RowDocument,
        ShowDocument,
        SourceDocument,
        StartDocument,
        StatusDocument,
        SummaryDocument,
        TallyDocument,
        TargetDocument,
        ToldDocument,
        UnreadableDocument,
        VerdictDocument,
        WindowDocument,
    )
    from targettrack.pages.list import Entry, OverviewPage
    from targettrack.pages.show import Chapter, Promised, StoryPage, Told
    from targettrack.pages.status import StatusPage


def status_document(page: StatusPage) -> StatusDocument:
    """What ``status --json`` prints."""
    report = page.report
    return {
        "schema": "targettrack.status",
        "version": 2,
        "on": report.on.isoformat(),
        "method": report.method,
        "against": str(report.against),
        "summary": summary(report),
        "unreadable": [unreadable_document(entry) for entry in page.unreadable],
        "targets": each(row_document, report.rows),
    }


def summary(report: Report) -> SummaryDocument:
    """The counts of a report."""
    return {"targets": len(report.rows), "of": report.of, "by_status": _counts(report.rows)}


def _counts(of: Sequence[Row]) -> dict[str, int]:
    return {str(status): count for status, count in by_status(of).items()}


def unreadable_document(entry: Unreadable) -> UnreadableDocument:
    """A program that could not be read."""
    return {"file": entry.file, "problems": [problem_document(problem) for problem in entry.problems]}


def problem_document(problem: Problem) -> ProblemDocument:
    """One problem."""
    return {
        "code": problem.code,
        "message": problem.message,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "hint": problem.hint,
    }


def row_document(row: Row) -> RowDocument:
    """One row, with every key of the contract."""
    indicator = row.indicator
    unit = indicator.unit if indicator else None
    return {
        "program": row.program.id,
        "indicator": row.indicator_id,
        "name": indicator.name if indicator else None,
        "unit": unit,
        "direction": indicator.direction if indicator else None,
        "disaggregation": dict(row.disaggregation),
        "target": target_document(row.version),
        "start": _start(row.start) if row.start else None,
        "figure": row.figure,
        "answer": row.answer,
        "actual": judged_document(row),
        "window": _window(row),
        "kept": {"periods": row.kept.periods, "figures": row.kept.figures, "kept": row.kept.kept} if row.kept else None,
        "gap": row.gap,
        "gap_strong": row.gap_strong,
        "gap_approx": row.gap_approx,
        "gap_unit": notation.gap_unit(unit) if row.bound else None,
        "shortfall": row.shortfall,
        "attainment": row.attainment,
        "progress": row.progress,
        "elapsed": row.elapsed,
        "pace": row.pace,
        "observed_per_year": row.observed_per_year,
        "required_per_year": row.required_per_year,
        "projected": row.projected,
        "reached_on": row.reached_on.isoformat() if row.reached_on else None,
        "status": row.status,
        "past_due": row.past_due,
        "final": row.final,
        "flags": list(row.flags),
        "why": wording.plain(wording.why(row)),
        "notes": list(row.notes),
        "verdict": _verdict(row.verdict),
        "rivals": [actual_document(figure) for figure in row.disputes],
        "superseded": [target_document(version) for version in row.superseded],
        "upcoming": target_document(row.upcoming) if row.upcoming else None,
        "other": _other(row.other) if row.other else None,
        "withdrawn": row.withdrawn.text if row.withdrawn else None,
    }


def _other(row: Row) -> OtherDocument:
    target = target_document(row.version)
    return {
        "by": target["by"],
        "due": target["due"],
        "weak": target["weak"],
        "strong": target["strong"],
        "strict": target["strict"],
        "standing": target["standing"],
        "set_on": target["set_on"],
        "source": target["source"],
        "status": row.status,
        "gap": row.gap,
        "gap_strong": row.gap_strong,
        "gap_approx": row.gap_approx,
    }


def judged_document(row: Row) -> ActualDocument | None:
    """The newest of the judged figures."""
    return actual_document(row.judged.newest.figure) if row.judged and row.judged.points else None


def _start(start: Start) -> StartDocument:
    return {"period": start.period.text, "value": start.value, "source": start.source, "from": start.origin}


def _window(row: Row) -> WindowDocument | None:
    window = row.judged.window if row.judged else None
    if window is None:
        return None
    return {
        "from": window.first.isoformat(),
        "to": window.last.isoformat(),
        "periods": window.periods,
        "counted": window.counted,
        "missing": list(window.missing),
    }


def _verdict(verdict: Verdict) -> VerdictDocument:
    return {
        "method": verdict.method,
        "label": verdict.label,
        "ratio": verdict.ratio,
        "score": verdict.score,
        "reason": verdict.reason,
    }


def target_document(version: Version) -> TargetDocument:
    """A promise: its bound, its time and who said so."""
    promise = version.promise
    target = promise if isinstance(promise, Target) else None
    ends, due, begins = promise.ends, promise.due, promise.begins
    return {
        "shape": target.shape if target else "words",
        "by": ends.text if ends else None,
        "from": begins.text if begins else None,
        "due": due.last.isoformat() if due else None,
        "every": target.every if target else None,
        "aggregate": target.aggregate if target and target.shape != "milestone" else None,
        "weak": _end(target, version.bound, "weak"),
        "strong": _end(target, version.bound, "strong"),
        "strict": target.strict if target else False,
        "approx": target.approx if target else None,
        "text": promise.text if isinstance(promise, Promise) else None,
        "standing": promise.standing,
        "set_on": promise.set_on.text if promise.set_on else None,
        "source": promise.source,
    }


def _end(target: Target | None, bound: Bound | None, end: Literal["weak", "strong"]) -> Decimal | None:
    """An end of the bound with the digits entered; a multiple of a baseline is a derived number."""
    if target is None or bound is None:
        return None
    value = bound.weak if end == "weak" else bound.strong
    return rounded(value) if target.times_baseline is not None else value


def actual_document(figure: Figure) -> ActualDocument:
    """A figure as its source gives it."""
    actual = figure.actual
    return {
        "period": actual.period.text,
        "value": actual.number,
        "answer": actual.answer,
        "range": list(actual.range) if actual.range else None,
        "approx": actual.approx,
        "quality": actual.quality,
        "source": actual.source,
        "published": figure.published.text if figure.published else None,
    }


def list_document(page: OverviewPage) -> ListDocument:
    """What ``list --json`` prints."""
    return {
        "schema": "targettrack.list",
        "version": 2,
        "on": page.on.isoformat(),
        "folder": page.folder,
        "unreadable": [unreadable_document(entry) for entry in page.unreadable],
        "programs": [entry_document(entry) for entry in page.entries],
    }


def entry_document(entry: Entry) -> EntryDocument:
    """One program of the overview."""
    program = entry.program
    return {
        "program": program.id,
        "name": program.header.name,
        "place": program.header.place,
        "file": program.file,
        "targets": len(entry.rows),
        "by_status": _counts(entry.rows),
        "tally": tally_document(entry.tally),
        "newest_figure": entry.newest.text if entry.newest else None,
    }


def tally_document(of: Tally) -> TallyDocument:
    """What became of some promises."""
    return {
        "due": of.due,
        "kept": of.kept,
        "missed": of.missed,
        "unreported": of.unreported,
        "undecidable": of.undecidable,
        "awaited": of.awaited,
        "running": of.running,
        "words": of.words,
    }


def show_document(page: StoryPage) -> ShowDocument:
    """What ``show --json`` prints."""
    header = page.program.header
    return {
        "schema": "targettrack.show",
        "version": 2,
        "on": page.on.isoformat(),
        "program": page.program.id,
        "name": header.name,
        "place": header.place,
        "owner": header.owner,
        "url": header.url,
        "note": header.note,
        "fiscal_year": header.fiscal_year.text if header.fiscal_year else None,
        "file": page.program.file,
        "indicators": [_chapter(chapter, page.program.file) for chapter in page.chapters],
        "promises": [_promised(entry, page.program.file) for entry in page.words],
        "sources": [source_document(name, source) for name, source in page.sources.items()],
    }


def source_document(name: str, source: Source) -> SourceDocument:
    """A document that figures or promises come from."""
    return {
        "source": name,
        "title": source.title,
        "publisher": source.publisher,
        "published": _text(source.published),
        "url": source.url,
        "archived": source.archived,
        "accessed": _text(source.accessed),
        "document": source.document,
        "file": source.file,
        "sha256": source.sha256,
        "note": source.note,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _chapter(chapter: Chapter, file: str) -> ChapterDocument:
    indicator = chapter.indicator
    baseline = indicator.baseline
    return {
        "indicator": chapter.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "definition": indicator.definition,
        "frequency": indicator.frequency,
        "lag": _text(indicator.lag),
        "cumulative": indicator.cumulative,
        "limit": indicator.limit,
        "prefer": list(indicator.prefer),
        "baseline": {
            "period": baseline.period.text,
            "value": baseline.value,
            "source": baseline.source,
            "from": "baseline",
        }
        if baseline
        else None,
        "searched": _text(indicator.searched),
        "responsible": indicator.responsible,
        "note": indicator.note,
        "file": file,
        "line": chapter.line,
        "promises": each(lambda entry: _promised(entry, file), chapter.promised),
        "targets": each(row_document, chapter.rows),
        "actuals": each(lambda entry: told_document(entry, file), chapter.told),
    }


def _promised(entry: Promised, file: str) -> PromisedDocument:
    promise = entry.version.promise
    return {
        "target": target_document(entry.version),
        "status": entry.row.status if entry.row else None,
        "document": promise.document,
        "page": promise.page,
        "quote": promise.quote,
        "note": promise.note,
        "file": file,
        "line": entry.line,
    }


def told_document(entry: Told, file: str) -> ToldDocument:
    """One actual with all that the file says of it."""
    actual: Actual = entry.figure.actual
    return {
        "indicator": actual.indicator,
        "period": actual.period.text,
        "value": actual.number,
        "answer": actual.answer,
        "range": list(actual.range) if actual.range else None,
        "approx": actual.approx,
        "quality": actual.quality_,
        "series_break": actual.series_break,
        "disaggregation": dict(actual.disaggregation),
        "source": actual.source,
        "page": actual.page,
        "cell": actual.cell,
        "quote": actual.quote,
        "published": _text(actual.published),
        "recorded": _text(actual.recorded),
        "note": actual.note,
        "role": entry.role,
        "file": file,
        "line": entry.line,
        "link": entry.row[0] if entry.row else None,
        "row": entry.row[1] if entry.row else None,
    }
