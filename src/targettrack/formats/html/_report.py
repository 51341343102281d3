"""report as a page: what became of the promises, all targets with the worst first, then each indicator with its evidence, and the data."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from targettrack.assessment import figures
from targettrack.assessment.report import by_status
from targettrack.assessment.tally import tally
from targettrack.formats._signs import HUES, SIGNS
from targettrack.formats.html import _chart, _templates
from targettrack.frozen import frozen
from targettrack.language import tr, tr_as, tr_n
from targettrack.pages import cite
from targettrack.pages.report import Dossier, Download
from targettrack.period import Period
from targettrack.program.model import Target
from targettrack.text import is_address
from targettrack.wording import about, dates, evidence, meanings, notation, sentence, why
from targettrack.wording.headline import headline, late

if TYPE_CHECKING:
    from datetime import date

    from targettrack.assessment.row import Row
    from targettrack.assessment.status import Status
    from targettrack.pages.changes import Comparison
    from targettrack.pages.show import Chapter, Promised, Told
    from targettrack.program.model import Indicator, Source

Anchors = Mapping["Row", str]


def pieces(page: Dossier) -> Iterator[str]:
    """The page's text."""
    anchors = page.anchors
    header = page.program.header
    address = header.url if header.url and not is_address(header.url) else None
    return drawn(
        page.rows,
        page.on,
        place=page.place,
        title=header.name,
        about="; ".join(text for text in (header.place, _owner(header.owner)) if text),
        url=header.url if header.url and not address else None,
        notes=[text for text in (address, header.note) if text],
        data=_data(page),
        file=_file(page),
        lines=[line(row, anchors[row]) for row in page.worst_first],
        chapters=(_chapter(page, chapter, anchors) for chapter in page.story.chapters),
        words=[_words(entry, anchors, page.story.sources) for entry in page.story.words],
        sources=[(id, _source(each)) for id, each in page.story.sources.items()],
        changed=_changes(page.changed, anchors) if page.changed else None,
        rules=[f"{text}." for text in why.years(page.program)],
        before=_before(page),
        downloads=[_download(each) for each in page.downloads],
    )


_NOTHING: dict[str, object] = {
    "place": None,
    "about": "",
    "url": None,
    "notes": (),
    "data": "",
    "file": "",
    "chapters": None,
    "words": (),
    "sources": (),
    "changed": None,
    "downloads": (),
}


def drawn(
    rows: Sequence[Row],
    on: date,
    *,
    all: str = "",
    rules: Sequence[str] = (),
    before: Iterable[Status] = (),
    **parts: object,
) -> Iterator[str]:
    """A page about some rows: what became of them, the table of them ``all``, what a page has besides, and how it is to be read; ``before`` are statuses that they had, and that the page shows too."""
    return _templates.pieces(
        "report.html",
        known=tr("As known on {day}", day=_day(on)),
        headline=headline(tally(rows)),
        outcomes=_outcomes(rows),
        late=late(rows),
        counts=list(by_status(rows).items()),
        heads=_heads(),
        nothing=tr("no figure"),
        all=all or tr("All targets, the worst first"),
        statuses=meanings.statuses([*(row.status for row in rows), *before]),
        flags=meanings.flags(rows),
        method=[*meanings.rules(), *rules],
        hues=HUES,
        signs=SIGNS,
        why=why,
        **{**_NOTHING, **parts},
    )


def _outcomes(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """The words of the headline that are not those of a status too, each with what it says."""
    statuses = {why.word(status).casefold() for status in by_status(rows)}
    return [each for each in meanings.outcomes(tally(rows)) if each[0].casefold() not in statuses]


def _day(day: date) -> str:
    return dates.named(Period(day, day, day.isoformat()))


def _before(page: Dossier) -> Iterator[Status]:
    """The statuses that the promises had at the end of the years before."""
    for found in page.histories.values():
        for followed in found.promises:
            yield from (moment.row.status for moment in followed.moments)


def _owner(name: str | None) -> str:
    """Whose program it is: a name alone would look like that of who says all this."""
    return tr("program owner: {name}", name=name) if name else ""


def _file(page: Dossier) -> str:
    """The program's file without the folders of this machine."""
    return re.split(r"[\\/]", page.program.file)[-1]


def _data(page: Dossier) -> str:
    """The edition of the data, where it was asked for."""
    if page.edition is None:
        return tr("Data: {file}.", file=_file(page))
    return tr("Data: {file}, {edition}.", file=_file(page), edition=str(page.edition))


# ---------------------------------------------------------------- the table of all targets


@frozen()
class Line:
    """A promise in the table of all of them, each cell as its text; nothing has ``measured`` one in words."""

    status: Status
    anchor: str | None
    name: str
    due: str
    target: str
    actual: str
    period: str
    gap: str
    strong: str
    reached: str
    remarks: str
    why: str
    measured: bool


def _heads() -> tuple[str, ...]:
    return (
        tr("status"),
        tr("indicator"),
        tr("due"),
        tr("target"),
        tr_as("a head", "actual"),
        tr("gap"),
        tr_as("a head", "reached"),
        tr("to be known"),
    )


def line(row: Row, anchor: str | None, method: str = "linear", *, program: bool = False, said: str = "") -> Line:
    """A row of the table, with the name of its ``program`` where there are several; ``said`` stands behind it."""
    asked = notation.promise(row.promise, row.bound, row.unit, row.direction)
    name = f"{row.indicator.name}{notation.part(row.disaggregation)}" if row.indicator else asked
    return Line(
        row.status,
        anchor,
        f"{row.program.header.name}: {name}" if program else name,
        notation.deadline(row.promise),
        asked if row.indicator else tr("in words"),
        evidence.figure(row, row.unit),
        evidence.period(row),
        evidence.gap(row) or "–",
        evidence.gap_strong(row),
        evidence.reached(row),
        ", ".join(remark.text for remark in evidence.remarks(row, method)),
        said,
        row.indicator is not None,
    )


# ---------------------------------------------------------------- tables behind it


@frozen()
class Cell:
    """A cell that is more than a text: a status by its sign; or a quotation, then a text that may lead somewhere on the page, and more."""

    text: str = ""
    href: str | None = None
    more: str = ""
    quote: str | None = None
    status: Status | None = None


@frozen()
class Table:
    """A table, ``of`` an indicator or of none: each row has a head, and the cells behind it."""

    id: str
    kind: str
    caption: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str | Cell]]]
    of: str = ""


# ---------------------------------------------------------------- an indicator


@frozen()
class View:
    """An indicator on the page; ``shared`` are the notes that several of its targets have, which are said once."""

    id: str
    name: str
    facts: str
    notes: list[str]
    charts: list[str]
    years: Table | None
    targets: list[Judged]
    shared: list[str]
    tables: list[Table]


@frozen()
class Judged:
    """A target with why it has its status, and the sentence by which it can be quoted, in pieces with the addresses of the sources; ``shared`` are the numbers of the notes that other targets have too."""

    status: Status
    anchor: str
    name: str
    why: str
    notes: list[str]
    shared: list[int]
    sentence: list[tuple[str, str | None]]
    data: str


def _chapter(page: Dossier, chapter: Chapter, anchors: Anchors) -> View:
    indicator = chapter.indicator
    tables = (_versions(page, chapter), _promised(page, chapter), _figures(page, chapter))
    shared = _shared(chapter.rows)
    return View(
        chapter.id,
        indicator.name,
        ", ".join((f"{page.program.id}/{chapter.id}", *about.facts(indicator))),
        [text for text in (indicator.definition, indicator.note, *why.rules(indicator)) if text],
        [
            _chart.svg(each, f"_chart-{chapter.id}-{place}")
            for place, each in enumerate(page.charts.get(chapter.id, ()))
        ],
        _years(page, chapter),
        [_judged(page, row, anchors[row], shared) for row in sorted(chapter.rows, key=_by_due)],
        shared,
        [each for each in tables if each.rows],
    )


def _shared(rows: Sequence[Row]) -> list[str]:
    """The notes that several targets have, in the order in which these are due."""
    counts = Counter(note for row in sorted(rows, key=_by_due) for note in dict.fromkeys(row.notes))
    return [note for note, count in counts.items() if count > 1]


def _by_due(row: Row) -> tuple[bool, int, int]:
    return row.due is None, row.due.last.toordinal() if row.due else 0, row.version.place


def _years(page: Dossier, chapter: Chapter) -> Table | None:
    """The status of each promise at the end of each year; None for an indicator that has no target."""
    found = page.histories.get(chapter.id)
    if found is None or not found.promises:
        return None
    rows: list[tuple[str, Sequence[str | Cell]]] = []
    for followed in found.promises:
        there = {moment.day: _status(moment.row.status) for moment in followed.moments}
        name = f"{notation.by(followed.newest.promise)}{notation.part(followed.newest.disaggregation)}"
        rows.append((name, [there.get(day, "") for day, _ in found.days]))
    return Table(
        f"_years-{chapter.id}",
        "years",
        tr("Year by year: the status at the end of each, by what was known then"),
        [tr("target"), *(label for _, label in found.days)],
        rows,
        chapter.id,
    )


def _judged(page: Dossier, row: Row, anchor: str, shared: Sequence[str]) -> Judged:
    target = notation.promise(row.promise, row.bound, row.unit, row.direction)
    return Judged(
        row.status,
        anchor,
        f"{notation.by(row.promise)}: {target}{notation.part(row.disaggregation)}",
        why.why(row),
        [note for note in row.notes if note not in shared],
        [number for number, note in enumerate(shared, 1) if note in row.notes],
        [
            (text, cite.address(page.program.sources[id]) if id else None)
            for text, id in sentence.pieces(sentence.parts(row).sentence)
        ],
        _cited(page, anchor),
    )


def _cited(page: Dossier, anchor: str) -> str:
    """The data behind a sentence, with the target's place on the page, their edition, and the day."""
    file, date = f"{_file(page)}#{anchor}", page.on.isoformat()
    if page.edition is None:
        return tr("data: {file}; as known on {date}", file=file, date=date)
    return tr("data: {file}, {edition}; as known on {date}", file=file, edition=str(page.edition), date=date)


def _versions(page: Dossier, chapter: Chapter) -> Table:
    """How each promise of several versions was revised."""
    rows: list[tuple[str, Sequence[str | Cell]]] = []
    if chapter.revised:
        from targettrack.wording import versions  # noqa: PLC0415 - only what was revised needs it

        rows = [
            (step.due, (step.asked, step.done, step.document))
            for each in chapter.revised
            for step in versions.steps(page.program, chapter.indicator, each)
        ]
    heads = (tr("due"), tr("target"), tr("change"), tr("document"))
    return Table(f"_versions-{chapter.id}", "stacks", tr("How the promises were revised"), heads, rows, chapter.id)


def _promised(page: Dossier, chapter: Chapter) -> Table:
    """The targets with the words of their sources."""
    return Table(
        f"_promised-{chapter.id}",
        "stacks",
        tr("Every target of this indicator in the file"),
        (tr("due"), tr("target"), tr("status"), tr("source"), tr("words and notes")),
        [_asked(page, entry, chapter.indicator) for entry in chapter.promised],
        chapter.id,
    )


def _asked(page: Dossier, entry: Promised, indicator: Indicator) -> tuple[str, Sequence[str | Cell]]:
    promise = entry.version.promise
    text = notation.promise(promise, entry.version.bound, indicator.unit, indicator.direction)
    pairs = notation.pairs(promise.disaggregation) if isinstance(promise, Target) else ""
    wish = tr("proposed") if promise.standing == "proposed" else ""
    return (
        notation.by(promise),
        (
            ", ".join(filter(None, (text, pairs, wish))),
            _status(entry.row.status) if entry.row else tr("superseded"),
            _sourced(page, promise.source, promise.document, promise.page),
            _quoted(promise.quote, promise.note),
        ),
    )


def _figures(page: Dossier, chapter: Chapter) -> Table:
    """The figures with the words of their sources."""
    return Table(
        f"_figures-{chapter.id}",
        "figures stacks",
        tr("Every figure of this indicator in the file"),
        (tr("period"), tr_as("a head", "actual"), tr("role"), tr("source"), tr("words and notes")),
        [_figure(page, entry, chapter.indicator) for entry in chapter.figures],
        chapter.id,
    )


def _figure(page: Dossier, entry: Told, indicator: Indicator) -> tuple[str, Sequence[str | Cell]]:
    actual, early = entry.figure.actual, figures.early(entry.figure)
    role = (
        why.role(entry.role),
        notation.quality(actual, early=early) if early or actual.quality != "final" else "",
        tr("series break") if actual.series_break else "",
    )
    return (
        f"{notation.short(actual.period)}{notation.part(actual.disaggregation)}",
        (
            notation.actual(entry.figure, indicator.unit),
            ", ".join(filter(None, role)),
            _sourced(page, actual.source, None, actual.page, actual.cell),
            _quoted(actual.quote, actual.note),
        ),
    )


def _quoted(quote: str | None, note: str | None) -> str | Cell:
    """The words of a source, and a note on them."""
    return Cell(note or "", quote=quote) if quote else note or ""


def _status(status: Status) -> Cell:
    return Cell(why.word(status), status=status)


def _sourced(
    page: Dossier, id: str | None, document: str | None, leaf: str | int | None, cell: str | None = None
) -> str | Cell:
    """A source, and where in it something stands."""
    place = (document, tr("page\u00a0{page}", page=leaf) if leaf is not None else "", cell)
    more = "".join(f", {text}" for text in place if text)
    return Cell(id, f"#_source-{id}", more) if id in page.story.sources else Cell(f"{why.sourced(id)}{more}")


# ---------------------------------------------------------------- words, sources


@frozen()
class Words:
    """A promise in words, and the source of it, whose place on the page is ``href``."""

    anchor: str
    text: str
    about: str
    source: str
    href: str | None
    note: str | None


def _words(entry: Promised, anchors: Anchors, sources: Collection[str]) -> Words:
    promise = entry.version.promise
    gone = tr("withdrawn {when}", when=why.in_period(promise.withdrawn)) if promise.withdrawn and not entry.row else ""
    wish = tr("proposed") if promise.standing == "proposed" else ""
    told = (notation.deadline(promise), gone, wish, promise.document, promise.quote and f"“{promise.quote}”")
    return Words(
        anchors[entry.row] if entry.row else f"_withdrawn-{entry.version.place}",
        notation.promise(promise, None, None, None),
        "".join(f"{text}, " for text in told if text),
        why.sourced(promise.source),
        f"#_source-{promise.source}" if promise.source in sources else None,
        promise.note,
    )


@frozen()
class Document:
    """A source: what it is, and its addresses, to those of which a link may lead one leads."""

    text: str
    urls: list[str]
    note: str | None


def _source(of: Source) -> Document:
    read = tr("read on {day}", day=of.accessed) if of.accessed else ""
    file = tr("file {file}", file=of.file) if of.file else ""
    none = "" if of.url or of.archived else tr("no address")
    digest = f"SHA-256\u00a0{of.sha256}" if of.sha256 else ""
    return Document(
        ", ".join(filter(None, (cite.described(of), read, file, digest, none))),
        [url for url in (of.url, of.archived) if url],
        of.note,
    )


# ---------------------------------------------------------------- changes, data


@frozen()
class Changes:
    """What changed, and who did it."""

    texts: list[str]
    flips: list[Flipped]
    count: str
    table: Table | None


@frozen()
class Flipped:
    """A target whose status is another one."""

    anchor: str
    name: str
    turned: str
    because: str


def _changes(page: Comparison, anchors: Anchors) -> Changes:
    from targettrack.formats import _changed  # noqa: PLC0415 - only what git knows needs it
    from targettrack.wording import changes as wording  # noqa: PLC0415 - only what git knows needs it

    by_path = {row.path: anchor for row, anchor in anchors.items()}
    told = [_changed.texts(entry, change) for entry in page.programs for change in entry.changes]
    rows = [(texts[0], texts[1:]) for texts in told]
    flips = [flip for entry in page.programs for flip in entry.flips]
    turned = [
        Flipped(
            by_path.get(flip.after.path, "_targets"),
            _changed.flipped(flip),
            f"{why.word(flip.before.status)} → {why.word(flip.after.status)}",
            wording.because(flip),
        )
        for flip in flips
    ]
    nothing = [] if rows or flips else [tr("Nothing that is judged or defined has changed.")]
    table = (
        Table("_changes-table", "stacks", tr("What changed, and who did it"), _changed.heads(), rows) if rows else None
    )
    return Changes(
        [_between(page), *page.limits, *nothing], turned, tr_n(len(rows), "{count} change", "{count} changes"), table
    )


def _between(page: Comparison) -> str:
    """What is compared: two versions, or what the newest commit found and what is there now."""
    from targettrack.wording import changes as wording  # noqa: PLC0415 - only what git knows needs it

    if not page.since.name and page.since.commit:
        return tr("By the newest commit of the file ({commit}) and since.", commit=wording.credit(page.since.commit))
    return tr(
        "From {since}, to {until}.",
        since=wording.side(page.since.name, page.since.commit, page.since.on),
        until=wording.side(page.until.name, page.until.commit, page.until.on),
    )


@frozen()
class Data:
    """A file with the data: where it lies, or the whole of it as an address."""

    name: str
    href: str
    holds: str


def _download(of: Download) -> Data:
    href = of.href or f"data:{of.media};base64,{b64encode(of.data).decode()}"
    size = tr("{count}\u00a0kB", count=notation.digits(Decimal(max(1, len(of.data) // 1000))))
    return Data(of.name, href, f"{_holds(of)}, {size}")


def _holds(of: Download) -> str:
    return {
        "targets": tr("a target a line, as a table"),
        "figures": tr("a figure a line, as a table"),
        "all": tr("all that stands on this page, for programs"),
    }[of.holds]
