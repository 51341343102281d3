"""report: a program as a page to publish: what became of its promises, on which evidence, who said so, and the data themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar, Literal

from typing_extensions import TypedDict

from targettrack.assessment.tally import OUTCOMES, Tally, outcome, tally
from targettrack.frozen import frozen
from targettrack.pages import cite, documents
from targettrack.pages._targets import label
from targettrack.pages.cite import Edition, EditionDocument
from targettrack.pages.keys import ShowDocument
from targettrack.program.model import Promise
from targettrack.program.names import fold
from targettrack.wording import sentence, why
from targettrack.wording.evidence import worst_first

if TYPE_CHECKING:
    from targettrack.assessment.row import Row
    from targettrack.pages.changes import Compared, Comparison
    from targettrack.pages.chart import Chart
    from targettrack.pages.history import Timeline
    from targettrack.pages.show import StoryPage
    from targettrack.period import Period
    from targettrack.program.model import Program
    from targettrack.program.shelf import Unreadable
    from targettrack.revisions.authorship import Commit
    from targettrack.revisions.changes import Change


@frozen()
class Download:
    """A file with the data of a page: its name, what kind it is, what it holds, and its bytes; ``href`` is where it lies beside the page, None where the page carries it."""

    name: str
    media: str
    holds: Literal["targets", "figures", "all"]
    data: bytes
    href: str | None = None


@frozen(eq=True)
class Other:
    """The page in a language: its code, what it is called in itself, and where the page lies."""

    code: str
    name: str
    href: str


@frozen(eq=True)
class Place:
    """Where a page of a site lies: the index, the page itself by its language and those in others, and the feed, all as seen from it."""

    index: str
    languages: tuple[Other, ...] = ()
    feed: str | None = None


@frozen()
class Dossier:
    """What ``report`` shows of one program: its story, the edition of its file (None where it was not asked for), what became of each indicator's promises through the years, its charts, and what changed of late (None where git cannot tell).

    ``places`` has the anchors by the paths of the promises, where the page says them in another language than the file.
    """

    COMMAND: ClassVar[str] = "report"

    story: StoryPage
    edition: Edition | None = None
    histories: Mapping[str, Timeline] = field(default_factory=dict)
    charts: Mapping[str, tuple[Chart, ...]] = field(default_factory=dict)
    changed: Comparison | None = None
    downloads: tuple[Download, ...] = ()
    place: Place | None = None
    places: Mapping[tuple[str | int, ...], str] = field(default_factory=dict)

    @property
    def program(self) -> Program:
        """The program."""
        return self.story.program

    @property
    def on(self) -> date:
        """The day that it holds for."""
        return self.story.on

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every promise, in the order of the file."""
        measured = (row for chapter in self.story.chapters for row in chapter.rows)
        return (*measured, *(entry.row for entry in self.story.words if entry.row))

    @property
    def worst_first(self) -> list[Row]:
        """Every promise, the gravest first."""
        return worst_first(self.rows)

    @property
    def tally(self) -> Tally:
        """What became of them, counted."""
        return tally(self.rows)

    @property
    def late(self) -> int:
        """How many of those kept are only known from figures of after the deadline."""
        return sum(row.status == "met_late" and outcome(row) == "kept" for row in self.rows)

    @property
    def anchors(self) -> dict[Row, str]:
        """The place of each promise on the page, by which it may be cited."""
        return {row: self.places[row.path] for row in self.rows} if self.places else anchors(self.rows)

    def document(self) -> ReportDocument:
        """All of it for scripts."""
        return _document(self)


# ---------------------------------------------------------------- the pages of a site


@frozen()
class Listed:
    """A program in the index: its page, what became of its promises, the period of its newest figure, and how many of those kept are ``late``: only known from figures of after the deadline."""

    program: Program
    href: str
    tally: Tally
    newest: Period | None
    late: int = 0


@frozen()
class Index:
    """The first page of a site: every program, and the files that could not be read."""

    COMMAND: ClassVar[str] = "index"

    on: date
    programs: tuple[Listed, ...]
    place: Place
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def tally(self) -> Tally:
        """The outcomes of all programs."""
        return Tally(*(sum(getattr(each.tally, outcome) for each in self.programs) for outcome in OUTCOMES))

    def document(self) -> Mapping[str, object]:
        """A page of a site has no document of its own: ``list`` has that of its data."""
        return {}


@frozen()
class News:
    """What one commit (None: what is not committed yet) changed in a program, with the address of the page that tells it."""

    program: Program
    href: str
    commit: Commit | None
    entry: Compared
    changes: tuple[Change, ...]

    @property
    def id(self) -> str:
        """A name that no other news has, and that stays."""
        told = sha256(f"{self.program.id} {self.commit.hash if self.commit else ''}".encode()).hexdigest()
        return f"urn:uuid:{told[:8]}-{told[8:12]}-8{told[13:16]}-8{told[17:20]}-{told[20:32]}"


@frozen()
class Feed:
    """What changed of late in all programs, the newest first."""

    COMMAND: ClassVar[str] = "feed"

    on: date
    news: tuple[News, ...]
    index: str
    own: str

    def document(self) -> Mapping[str, object]:
        """A feed has no document of its own: ``changes`` has that of its data."""
        return {}


@frozen(eq=True)
class Sitemap:
    """The addresses of a site's pages, each in its languages: their codes and addresses."""

    COMMAND: ClassVar[str] = "sitemap"

    pages: tuple[tuple[tuple[str, str], ...], ...]

    def document(self) -> Mapping[str, object]:
        """A sitemap has no document."""
        return {}


def news(found: Comparison, href: str) -> Iterator[News]:
    """What changed in a program by the commits that did it last, the newest first."""
    for entry in found.programs:
        by: dict[Commit | None, list[Change]] = {}
        for change in entry.changes:
            commits = entry.by([change])
            by.setdefault(commits[-1] if commits else None, []).append(change)
        for commit in entry.whole if entry.state != "kept" else ():
            by.setdefault(commit, [])
        for commit, changes in by.items():
            yield News(entry.program, href, commit, entry, tuple(changes))


# ---------------------------------------------------------------- anchors


def anchors(rows: Sequence[Row]) -> dict[Row, str]:
    """The place of each promise on its program's page: the indicator, when it is due, and what else tells it from others. It is the same in every language, and stays while the promise does."""
    taken: Counter[str] = Counter()
    found: dict[Row, str] = {}
    for row in rows:
        name = _anchor(row)
        taken[name] += 1
        found[row] = name if taken[name] == 1 else f"{name}.{taken[name]}"
    return found


def _anchor(row: Row) -> str:
    """``output-share.2015``, ``recognitions.2021-2025``, ``jobs.2020.sector-textile``; of words a part of their digest."""
    target = row.promise
    if isinstance(target, Promise):
        return f"words.{_digest(target.text)}"
    parts = [
        str(row.indicator_id),
        _plain(label(row)),
        *(_plain(f"{name}-{text}") for name, text in row.disaggregation),
        *(("proposed",) if target.standing == "proposed" else ()),
        *((target.aggregate,) if target.aggregate != "last" else ()),
    ]
    return ".".join(parts)


def _plain(text: str) -> str:
    """Text in small letters, numbers and hyphens; other scripts by their digest."""
    plain = "-".join(filter(None, map(fold, re.split(r"[\W_]+", text))))
    return plain if plain.isascii() and plain else _digest(text)


def _digest(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]


# ---------------------------------------------------------------- the document


class QuotedDocument(TypedDict):
    """One promise: its place on the page, and the sentence by which it can be cited; null of a promise in words."""

    anchor: str
    sentence: str | None
    indicator: str | None
    due: str | None
    status: str


class ReportDocument(TypedDict):
    """The data of a page: the edition of the program file, how many promises have which outcome, each of them with its place on the page, and all that ``show`` tells."""

    schema: Literal["targettrack.report"]
    version: Literal[1]
    on: str
    program: str
    name: str
    data: EditionDocument | None
    counts: dict[str, int]
    promises: list[QuotedDocument]
    story: ShowDocument


def _document(page: Dossier) -> ReportDocument:
    counts = page.tally
    return {
        "schema": "targettrack.report",
        "version": 1,
        "on": page.on.isoformat(),
        "program": page.program.id,
        "name": page.program.header.name,
        "data": cite.edition_document(page.edition, page.program.file) if page.edition else None,
        "counts": {outcome: getattr(counts, outcome) for outcome in OUTCOMES},
        "promises": [_quoted(row, anchor) for row, anchor in page.anchors.items()],
        "story": documents.show_document(page.story),
    }


def _quoted(row: Row, anchor: str) -> QuotedDocument:
    return {
        "anchor": anchor,
        "sentence": why.plain(sentence.plain(sentence.parts(row).sentence)) if row.target else None,
        "indicator": row.indicator_id,
        "due": row.due.text if row.due else None,
        "status": row.status,
    }
