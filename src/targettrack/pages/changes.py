"""changes: programs at two times: what changed, who did it, and which targets have another status for it; as a page, and as a document for scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import ClassVar, Literal

from typing_extensions import TypedDict

from targettrack.assessment import report
from targettrack.assessment.figures import Figure, published
from targettrack.assessment.promises import Version
from targettrack.assessment.row import Row
from targettrack.assessment.verdict import Method
from targettrack.frozen import frozen
from targettrack.language import mark
from targettrack.pages import documents
from targettrack.pages.keys import ActualDocument, Num, RowDocument, TargetDocument, UnreadableDocument
from targettrack.program.model import Actual, Baseline, Program, Source
from targettrack.program.shelf import Unreadable
from targettrack.revisions.authorship import Commit, Key, Trace
from targettrack.revisions.changes import Change, Thing, changes, differences, pairs_of, under_old_names
from targettrack.revisions.criteria import in_years
from targettrack.revisions.flips import Cause, Flip, Side, flips
from targettrack.wording import cut, why
from targettrack.wording.changes import because
from targettrack.wording.cut import Cut, CutDocument

State = Literal["kept", "new", "gone", "unread"]

STATES: dict[State, str] = {
    "kept": mark("changed"),
    "new": mark("new program"),
    "gone": mark("program removed"),
    "unread": mark("the older version cannot be read"),
}


@frozen(eq=True)
class Revision:
    """One side: what was asked for, the commit that this is (None: the files as they are), and the day on which it is judged."""

    name: str
    commit: Commit | None
    on: date


@frozen()
class Compared:
    """One program on both sides; ``old_file`` where it lay elsewhere. ``commits`` has for each thing who changed it: None for what is not committed yet."""

    program: Program
    state: State
    changes: tuple[Change, ...] = ()
    flips: tuple[Flip, ...] = ()
    commits: Mapping[Key, tuple[Commit | None, ...]] = field(default_factory=dict)
    old_file: str | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)

    def by(self, changes: Sequence[Change]) -> tuple[Commit | None, ...]:
        """Who made some changes, each commit once."""
        return tuple(dict.fromkeys(commit for change in changes for commit in self.commits.get(change.became, ())))

    @property
    def whole(self) -> tuple[Commit | None, ...]:
        """Who added the program, or removed it."""
        return self.commits.get((), ())


@frozen()
class Comparison:
    """What ``changes`` shows: both sides, the programs that changed, how many there are in all, and what could not be seen."""

    COMMAND: ClassVar[str] = "changes"

    since: Revision
    until: Revision
    programs: tuple[Compared, ...]
    of: int
    limits: tuple[str, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def cut(self) -> Cut | None:
        """That nobody can be named for something, because the history is cut off."""
        return cut.who(
            commit.hash
            for entry in self.programs
            for commits in entry.commits.values()
            for commit in commits
            if commit and commit.edge
        )

    def document(self) -> ChangesDocument:
        """The comparison for scripts."""
        return _document(self)


def compared(
    versions: Sequence[Program],
    made_from: Sequence[Sequence[int]],
    commits: Sequence[Commit | None],
    since: date,
    until: date,
    method: Method,
    old_file: str | None = None,
) -> Compared | None:
    """What became of a program from its oldest version to its newest; None where nothing did."""
    old, new = versions[0], under_old_names(versions[0], versions[-1])
    found = tuple(changes(old, new))  # the older one's periods are read in the newer one's years
    turned = tuple(flips(Side(old, since), Side(new, until), found, method))
    if not found and not turned and old_file is None:
        return None
    trace = Trace([in_years(version, new.year) for version in versions], made_from, differences)
    by = {
        change.became: tuple(commits[place] for place in trace.did(change) or trace.touched(_about(change.key)))
        for change in found
    }
    newest = versions[-1]
    if new is not newest:
        found = tuple(_as_written(change, newest) for change in found)
        turned = tuple(replace(flip, after=_row_as_written(flip.after, newest, until, method)) for flip in turned)
    return Compared(newest, "kept", found, turned, by, old_file, {**old.sources, **newest.sources})


def _as_written(change: Change, newest: Program) -> Change:
    """A change with what is as the newest version has it: its sources may have other ids there."""
    if isinstance(change.after, Actual):
        return replace(change, after=newest.document.actuals[int(change.loc[-1])])
    if isinstance(change.after, Version) and change.indicator is not None:
        place = change.after.place
        return replace(
            change, after=Version(place, newest.indicators[change.indicator].targets[place], change.after.bound)
        )
    return change


def _row_as_written(row: Row, newest: Program, until: date, method: Method) -> Row:
    rows = report.indicator_rows(newest, row.indicator_id or "", until, method)
    return next(each for each in rows if each.version.place == row.version.place)


def told(entry: Compared, tell: Callable[[Program], Program]) -> Compared:
    """What became of a program, with its names and units as ``tell`` says them."""

    def said(row: Row) -> Row:
        program = tell(row.program)
        return replace(
            row, program=program, indicator=program.indicators[row.indicator_id] if row.indicator_id else None
        )

    return replace(
        entry,
        program=tell(entry.program),
        flips=tuple(replace(flip, before=said(flip.before), after=said(flip.after)) for flip in entry.flips),
    )


_OWN = {"figure": 5, "target": 3, "definition": 3, "rule": 4}


def _about(key: Key) -> Key:
    """What a key is about, whatever it said: the figure of a period and a source, a promise, a baseline."""
    return key[: _OWN.get(str(key[0]), 2)]


# ---------------------------------------------------------------- the document


class CommitDocument(TypedDict):
    """A commit: its author's name as .mailmap has it, and the committer's day in the committer's own zone; null where it does not tell them."""

    hash: str
    author: str | None
    date: str | None


class RevisionDocument(TypedDict):
    """One side: as asked for, its commit (null: the files as they are), and the day on which it is judged."""

    revision: str
    commit: CommitDocument | None
    on: str


class BaselineDocument(TypedDict):
    """A baseline."""

    period: str
    value: Num
    source: str | None


class ThingDocument(TypedDict):
    """What was, or is: one of the four is not null."""

    actual: ActualDocument | None
    target: TargetDocument | None
    baseline: BaselineDocument | None
    text: str | None


class ChangeDocument(TypedDict):
    """One change; a null in ``commits`` is what is not committed yet; ``unseen``: who did it, or a part of it, cannot be seen. ``silent``: the older text is not in the file any more."""

    kinds: list[str]
    indicator: str | None
    disaggregation: dict[str, str]
    before: ThingDocument | None
    after: ThingDocument | None
    silent: bool
    after_due: bool
    commits: list[CommitDocument | None]
    unseen: bool


class CauseDocument(TypedDict):
    """One cause of a flip; ``alone``: it would have done it alone; ``unseen``: who did it, or a part of it, cannot be seen."""

    cause: str
    alone: bool
    commits: list[CommitDocument | None]
    unseen: bool


class FlipDocument(TypedDict):
    """A target whose status is another one: its row then and now."""

    before: RowDocument
    after: RowDocument
    causes: list[CauseDocument]
    because: str


class ComparedDocument(TypedDict):
    """One program that changed; ``unseen``: who added or removed it cannot be seen."""

    program: str
    name: str
    file: str
    old_file: str | None
    state: Literal["kept", "new", "gone", "unread"]
    commits: list[CommitDocument | None]
    unseen: bool
    changes: list[ChangeDocument]
    flips: list[FlipDocument]


class ChangesDocument(TypedDict):
    """What ``changes --json`` prints; ``programs`` are those that changed, ``of`` counts all; ``cut`` is null unless something lies at the edge of a history that is cut off, where nobody is named."""

    schema: Literal["targettrack.changes"]
    version: Literal[2]
    since: RevisionDocument
    until: RevisionDocument
    of: int
    limits: list[str]
    cut: CutDocument | None
    unreadable: list[UnreadableDocument]
    programs: list[ComparedDocument]


def _document(page: Comparison) -> ChangesDocument:
    return {
        "schema": "targettrack.changes",
        "version": 2,
        "since": _revision(page.since),
        "until": _revision(page.until),
        "of": page.of,
        "limits": list(page.limits),
        "cut": cut.document(page.cut),
        "unreadable": [documents.unreadable_document(entry) for entry in page.unreadable],
        "programs": [_compared(entry) for entry in page.programs],
    }


def _revision(of: Revision) -> RevisionDocument:
    return {"revision": of.name, "commit": _commit(of.commit), "on": of.on.isoformat()}


def _commit(of: Commit | None) -> CommitDocument | None:
    return {"hash": of.hash, "author": of.author, "date": of.day} if of else None


def _by(commits: Sequence[Commit | None]) -> list[CommitDocument | None]:
    """Those who can be named."""
    return [_commit(commit) for commit in commits if commit is None or not commit.edge]


def _unseen(commits: Sequence[Commit | None]) -> bool:
    return any(commit is not None and commit.edge for commit in commits)


def _compared(entry: Compared) -> ComparedDocument:
    return {
        "program": entry.program.id,
        "name": entry.program.header.name,
        "file": entry.program.file,
        "old_file": entry.old_file,
        "state": entry.state,
        "commits": _by(entry.whole),
        "unseen": _unseen(entry.whole),
        "changes": [_change(entry, change) for change in entry.changes],
        "flips": [_flip(entry, flip) for flip in entry.flips],
    }


def _change(entry: Compared, change: Change) -> ChangeDocument:
    commits = entry.by([change])
    return {
        "kinds": list(change.kinds),
        "indicator": change.indicator,
        "disaggregation": dict(pairs_of(change)),
        "before": None if change.before is None else _thing(change.before, entry),
        "after": None if change.after is None else _thing(change.after, entry),
        "silent": change.silent,
        "after_due": change.after_due,
        "commits": _by(commits),
        "unseen": _unseen(commits),
    }


def _thing(of: Thing, entry: Compared) -> ThingDocument:
    return {
        "actual": documents.actual_document(Figure(0, of, published(of, entry.sources)))
        if isinstance(of, Actual)
        else None,
        "target": documents.target_document(of) if isinstance(of, Version) else None,
        "baseline": {"period": of.period.text, "value": of.value, "source": of.source}
        if isinstance(of, Baseline)
        else None,
        "text": of if isinstance(of, str) else None,
    }


def _flip(entry: Compared, flip: Flip) -> FlipDocument:
    return {
        "before": documents.row_document(flip.before),
        "after": documents.row_document(flip.after),
        "causes": [_cause(each, entry.by(each.changes)) for each in flip.causes],
        "because": why.plain(because(flip)),
    }


def _cause(of: Cause, commits: Sequence[Commit | None]) -> CauseDocument:
    return {"cause": of.name, "alone": of.alone, "commits": _by(commits), "unseen": _unseen(commits)}
