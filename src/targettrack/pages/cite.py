"""cite: the targets of an indicator as sentences ready to print, with the sources behind them and the edition of the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar, Literal

from typing_extensions import TypedDict

from targettrack.assessment.report import indicator_rows
from targettrack.assessment.row import Row
from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.language import tr
from targettrack.pages import documents
from targettrack.pages._each import Each, each
from targettrack.pages._targets import due_in
from targettrack.pages.keys import RowDocument, SourceDocument
from targettrack.program.model import Program, Source
from targettrack.program.shelf import Loaded
from targettrack.text import clean, is_address
from targettrack.wording import cut, notation, sentence, why
from targettrack.wording.cut import Cut, CutDocument
from targettrack.wording.sentence import Parts


@frozen(eq=True)
class Edition:
    """Which edition of the data is cited: the last commit of the program file (its short hash and its day), and whether the file differs from what is committed.

    Without a commit: ``outside`` version control, not ``committed`` yet, or ``unknown`` for the reason given, or because the history is ``cut`` off.
    """

    kind: Literal["committed", "uncommitted", "outside", "unknown"]
    commit: str | None = None
    day: str | None = None
    changed: bool = False
    reason: str | None = None
    cut: Cut | None = None
    elsewhere: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The edition in words; figures that are kept ``elsewhere`` than in files are in none."""
        if self.elsewhere:
            places = notation.listing(self.elsewhere)
            return tr("{edition}, with figures of {places} as they are now", edition=self._said, places=places)
        return self._said

    @property
    def _said(self) -> str:
        if self.kind == "outside":
            return tr("not under version control")
        if self.kind == "unknown":
            return tr("edition not known: {reason}", reason=self.reason or str(self.cut or ""))
        if self.kind == "uncommitted":
            return tr("not committed yet")
        if self.changed:
            return tr("commit {hash} of {date}, with uncommitted changes", hash=self.commit, date=self.day)
        return tr("commit {hash} of {date}", hash=self.commit, date=self.day)


@frozen()
class Cited:
    """One target as a sentence: its row, the clauses, the sources by id in the order of their use, and its line in the file."""

    row: Row
    parts: Parts
    sources: dict[str, Source]
    line: int | None

    @property
    def short(self) -> str:
        """The sentence for a caption."""
        return sentence.short(self.row)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the file says besides: what the indicator is, its note, and those of the target and its figures; each once."""
        indicator = self.row.indicator
        return tuple(
            dict.fromkeys(
                text
                for text in (indicator and indicator.definition, indicator and indicator.note, *self.row.notes)
                if text
            )
        )


@frozen()
class Citation:
    """What ``cite`` shows: the targets of one indicator, or of all of them; ``short`` for captions."""

    COMMAND: ClassVar[str] = "cite"

    program: Program
    id: str | None
    on: date
    targets: Sequence[Cited]
    edition: Edition
    short: bool = False

    @property
    def about(self) -> str:
        """What is cited, as it is typed."""
        return self.program.id if self.id is None else f"{self.program.id}/{self.id}"

    def document(self) -> CiteDocument:
        """The citation for scripts."""
        return _document(self)


def citation(
    loaded: Loaded,
    name: str | None,
    on: date,
    method: Method,
    edition: Edition,
    asked: str | None = None,
    *,
    short: bool = False,
) -> Citation:
    """The targets of an indicator, or of each in the order of the file, by their deadlines; or those of one deadline.

    Raises:
        TargettrackError: no target is due then (exit 3).

    """
    names = loaded.program.indicators if name is None else [name]
    rows = [row for each in names for row in sorted(indicator_rows(loaded.program, each, on, method), key=_order)]
    where = loaded.program.id if name is None else f"{loaded.program.id}/{name}"
    chosen = rows if asked is None else due_in(rows, asked, where)
    return Citation(loaded.program, name, on, Each(lambda row: _cited(loaded, row), chosen), edition, short)


def _order(row: Row) -> tuple[date, int]:
    return (row.due.last if row.due else date.max, row.version.place)


def _cited(loaded: Loaded, row: Row) -> Cited:
    used = dict.fromkeys(_used(row))
    return Cited(
        row, sentence.parts(row), {name: loaded.program.sources[name] for name in used}, loaded.line(*row.path)
    )


def _used(row: Row) -> Iterator[str]:
    """The ids of the sources that a sentence rests on: of the figures, their rivals, the promise, what it was before, the start."""
    named = [point.actual.source for point in (row.judged.points if row.judged else ())]
    named += [figure.actual.source for figure in row.disputes]
    named += [row.promise.source, row.before.promise.source if row.before else None]
    if row.start and (row.start.origin == "baseline" or row.shape == "improve"):
        named.append(row.start.source)
    return (name for name in named if name is not None)


def address(source: Source) -> str | None:
    """A source's address where a link may lead there."""
    return next((url for url in (source.url, source.archived) if url and is_address(url)), None)


def described(source: Source) -> str:
    """A source's title, document, publisher and day, without its address."""
    day = str(source.published) if source.published else tr("undated")
    return ", ".join(clean(text) for text in (source.title, source.document, source.publisher, day) if text)


# ---------------------------------------------------------------- documents


class PartsDocument(TypedDict):
    """The clauses of a sentence; empty where it has none of them."""

    figure: str
    promise: str
    verdict: str
    caveats: list[str]


class EditionDocument(TypedDict):
    """The edition of the data: its date is the committer's day, in the committer's own zone; ``cut`` is null unless the history is cut off before the commit can be told."""

    file: str
    edition: str
    commit: str | None
    date: str | None
    changed: bool
    said: str
    cut: CutDocument | None


class CitedDocument(TypedDict):
    """One target as a sentence, with its row, its line in the file, and the sources behind it."""

    sentence: str
    short: str
    parts: PartsDocument
    row: RowDocument
    line: int | None
    sources: list[SourceDocument]
    notes: list[str]


class CiteDocument(TypedDict):
    """What ``cite --json`` prints; ``indicator`` is null where the targets of all are cited."""

    schema: Literal["targettrack.cite"]
    version: Literal[2]
    on: str
    program: str
    indicator: str | None
    data: EditionDocument
    targets: list[CitedDocument]


def _document(page: Citation) -> CiteDocument:
    return {
        "schema": "targettrack.cite",
        "version": 2,
        "on": page.on.isoformat(),
        "program": page.program.id,
        "indicator": page.id,
        "data": edition_document(page.edition, page.program.file),
        "targets": each(_cited_document, page.targets),
    }


def edition_document(edition: Edition, file: str) -> EditionDocument:
    """The edition of the data in a file, for scripts."""
    return {
        "file": file,
        "edition": edition.kind,
        "commit": edition.commit,
        "date": edition.day,
        "changed": edition.changed,
        "said": str(edition),
        "cut": cut.document(edition.cut),
    }


def _cited_document(cited: Cited) -> CitedDocument:
    parts = cited.parts
    return {
        "sentence": _plain(parts.sentence),
        "short": _plain(cited.short),
        "parts": {
            "figure": _plain(parts.figure),
            "promise": _plain(parts.promise),
            "verdict": _plain(parts.verdict),
            "caveats": [_plain(text) for text in parts.caveats],
        },
        "row": documents.row_document(cited.row),
        "line": cited.line,
        "sources": [documents.source_document(name, source) for name, source in cited.sources.items()],
        "notes": list(cited.notes),
    }


def _plain(text: str) -> str:
    return why.plain(sentence.plain(text))
