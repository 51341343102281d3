"""show: everything that a program or one indicator says, with its place in the file, as known on one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from targettrack.assessment import figures
from targettrack.assessment.figures import Figure
from targettrack.assessment.promises import InForce, Version, in_force
from targettrack.assessment.report import program_rows
from targettrack.assessment.row import Row
from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.program.model import Actual, Indicator, Program, Source, set_by
from targettrack.program.shelf import Loaded, at_row

if TYPE_CHECKING:
    from targettrack.pages.keys import ShowDocument, ToldDocument

Role = Literal["leads", "agrees", "disputes", "revised", "unknown", "baseline"]


@frozen()
class Told:
    """One actual of a story: its role in its period, and its line in the file, or else the link and the row that it is."""

    figure: Figure
    role: Role
    line: int | None
    row: tuple[str, int | None] | None = None

    @property
    def where(self) -> int | str | None:
        """Its line, or the link and the row in words."""
        return at_row("", *self.row).strip() if self.row else self.line


@frozen()
class Promised:
    """One version of a promise in a story: the row that judges it (None where it was superseded), and its line in the file."""

    version: Version
    row: Row | None
    line: int | None


@frozen()
class Chapter:
    """One indicator's story: its figures by period, its promises by due day, the rows that judge it; ``revised`` are the promises of several versions, or withdrawn."""

    id: str
    indicator: Indicator
    line: int | None
    told: tuple[Told, ...]
    promised: tuple[Promised, ...]
    rows: tuple[Row, ...]
    revised: tuple[InForce, ...] = ()
    baselines: tuple[Told, ...] = ()

    @property
    def figures(self) -> tuple[Told, ...]:
        """Its baselines and its actuals, in order of time."""
        return tuple(
            sorted(
                (*self.baselines, *self.told), key=lambda entry: (entry.figure.period.last, entry.figure.period.first)
            )
        )


@frozen()
class StoryPage:
    """What ``show`` shows: some or all chapters of a program, its promises in words, and the sources that these use."""

    COMMAND: ClassVar[str] = "show"
    EXACT: ClassVar[bool] = True
    BRIEF: ClassVar[tuple[str, ...]] = (
        "indicator",
        "period",
        "value",
        "answer",
        "range",
        "approx",
        "quality",
        "series_break",
        "disaggregation",
        "source",
        "role",
        "line",
    )

    program: Program
    on: date
    whole: bool
    chapters: tuple[Chapter, ...]
    words: tuple[Promised, ...]
    sources: dict[str, Source]

    def document(self) -> ShowDocument:
        """The story for scripts."""
        from targettrack.pages import documents  # noqa: PLC0415 - only scripts need it

        return documents.show_document(self)

    def records(self) -> Iterator[ToldDocument]:
        """Its figures."""
        from targettrack.pages import documents  # noqa: PLC0415 - only scripts need it

        return (
            documents.told_document(entry, self.program.file) for chapter in self.chapters for entry in chapter.figures
        )

    @staticmethod
    def record() -> type:
        """One figure."""
        from targettrack.pages import keys  # noqa: PLC0415 - only scripts need it

        return keys.ToldDocument


def story(loaded: Loaded, indicator_id: str | None, on: date, method: Method) -> StoryPage:
    """A program's story, or one indicator's."""
    program = loaded.program
    rows = tuple(program_rows(program, on, method))
    ids = [indicator_id] if indicator_id else list(program.indicators)
    chapters = tuple(_chapter(loaded, name, tuple(row for row in rows if row.indicator_id == name), on) for name in ids)
    words = (
        ()
        if indicator_id
        else tuple(Promised(row.version, row, loaded.line(*row.path)) for row in rows if row.indicator_id is None)
    )
    words += () if indicator_id else tuple(_withdrawn(loaded, on))
    used = _used(chapters, words)
    sources = {name: source for name, source in program.sources.items() if indicator_id is None or name in used}
    return StoryPage(program, on, indicator_id is None, chapters, words, sources)


def _withdrawn(loaded: Loaded, on: date) -> Iterator[Promised]:
    """The promises in words that were withdrawn by a day."""
    for place, promise in enumerate(loaded.program.document.promises):
        if set_by(loaded.program.sources, promise, on) and promise.withdrawn_by(on):
            yield Promised(Version(place, promise), None, loaded.line("promises", place))


def _chapter(loaded: Loaded, name: str, rows: tuple[Row, ...], on: date) -> Chapter:
    program = loaded.program
    indicator = program.indicators[name]
    told = sorted(
        _told(loaded, name, on),
        key=lambda entry: (
            entry.figure.period.last,
            entry.figure.period.first,
            entry.role != "leads",
            entry.figure.place,
        ),
    )
    versions = {
        version.place: Promised(version, None, loaded.line("indicators", name, "targets", version.place))
        for row in rows
        for version in row.superseded
    }
    versions |= {row.version.place: Promised(row.version, row, loaded.line(*row.path)) for row in rows}
    promised = sorted(
        versions.values(),
        key=lambda entry: (
            entry.version.promise.due.last if entry.version.promise.due else date.max,
            entry.row is not None,
            entry.version.place,
        ),
    )
    revised = tuple(
        promise
        for promise in in_force(program, indicator, on, withdrawn=True)
        if promise.superseded or promise.version.promise.withdrawn_by(on)
    )
    revised = tuple(
        sorted(
            revised, key=lambda promise: promise.version.promise.due.last if promise.version.promise.due else date.max
        )
    )
    return Chapter(
        name,
        indicator,
        loaded.line("indicators", name),
        tuple(told),
        tuple(promised),
        rows,
        revised,
        tuple(_baselines(loaded, name, on)),
    )


def _baselines(loaded: Loaded, name: str, on: date) -> Iterator[Told]:
    """The baseline of an indicator, and those of single targets."""
    program, indicator = loaded.program, loaded.program.indicators[name]
    own = [
        (("indicators", name, "targets", place, "baseline"), target.baseline, target.disaggregation)
        for place, target in enumerate(indicator.targets)
    ]
    for path, baseline, part in [(("indicators", name, "baseline"), indicator.baseline, ()), *own]:
        if baseline is not None:
            when = figures.published(baseline, program.sources)
            figure = figures.of_baseline(baseline, when, path, part).figure
            yield Told(figure, "baseline" if figures.known(baseline, when, on) else "unknown", loaded.line(*path))


def _told(loaded: Loaded, name: str, on: date) -> list[Told]:
    """Every actual of an indicator, those not yet known on the day among them."""
    program = loaded.program
    known = roles(program, name, on)
    return [
        Told(
            *known.get(place, _unknown(place, actual, program)),
            loaded.line("actuals", place),
            loaded.row("actuals", place),
        )
        for place, actual in program.actuals.get(name, ())
    ]


def roles(program: Program, name: str, on: date) -> dict[int, tuple[Figure, Role]]:
    """What each known actual of an indicator is in its period, by its place in the file."""
    found: dict[int, tuple[Figure, Role]] = {}
    for points in figures.series(program.indicators[name], program.actuals.get(name, ()), program.sources, on).values():
        for point in points:
            differing = point.disputes
            found[point.figure.place] = (point.figure, "leads")
            found |= {rival.place: (rival, "disputes" if rival in differing else "agrees") for rival in point.rivals}
            found |= {figure.place: (figure, "revised") for figure in point.revised}
    return found


def _unknown(place: int, actual: Actual, program: Program) -> tuple[Figure, Role]:
    return Figure(place, actual, figures.published(actual, program.sources)), "unknown"


def _used(chapters: Sequence[Chapter], words: Sequence[Promised]) -> set[str]:
    """The ids of the sources that some chapters rest on."""
    told = {entry.figure.actual.source for chapter in chapters for entry in chapter.told}
    promised = {entry.version.promise.source for chapter in chapters for entry in chapter.promised} | {
        entry.version.promise.source for entry in words
    }
    baselines = {entry.figure.actual.source for chapter in chapters for entry in chapter.baselines}
    return {name for name in told | promised | baselines if name is not None}
