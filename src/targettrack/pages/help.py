"""help: the words, signs and codes of every page, each with what it says; made of what the code itself knows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from typing_extensions import TypedDict

from targettrack.assessment.status import STATUSES, Status
from targettrack.errors import Exit
from targettrack.frozen import frozen
from targettrack.language import mark, tr
from targettrack.period import FORMS
from targettrack.wording import meanings, why


@frozen(eq=True)
class Entry:
    """A word with what it says: ``key`` is how it is written in files and data, ``status`` has a sign."""

    key: str
    word: str
    meaning: str
    status: Status | None = None


@frozen(eq=True)
class Topic:
    """Some words that belong together, and what holds for all of them."""

    name: str
    about: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


@frozen(eq=True)
class Text:
    """A topic that is read: Markdown with a title, paragraphs, lists, tables and examples."""

    name: str
    markdown: str

    @property
    def about(self) -> str:
        """Its title."""
        return self.markdown.partition("\n")[0].removeprefix("# ")

    @property
    def body(self) -> str:
        """What follows the title, without marks that no reader sees."""
        lines = self.markdown.splitlines()[1:]
        return "\n".join(line for line in lines if not line.startswith("<!--")).strip("\n")


def _statuses() -> Topic:
    words = meanings.every_status()
    return Topic(
        "signs",
        tr("what a status says, and how a bar is to be read"),
        tuple(Entry(status, why.word(status), words[status], status) for status in STATUSES),
        tuple(map(tr, _BAR)),
    )


_BAR = (
    mark(
        "A bar begins at 0 (its first sign is 0; “reached 75 %”: the share of the target) or at the start that is stated (its first sign is ◊; “75 % of way”), and all bars end at one line, the end of the target that decides."
    ),
    mark("A solid gap is settled, a dotted one is not: the deadline, or the figure for it, is still to come."),
    mark(
        "A dashed bar is how far a figure may be that gives no single number; or that is past the line without settling the promise. ◄ is a figure that lies before the start."
    ),
    mark("Behind the line is the ambition, the strong end of a range, and what went beyond the target."),
    mark("A thin mark before the line is where an even pace would be by now."),
    mark("A gap below 0 is short of the target, whichever way is better; in brackets is the gap to the ambition."),
    mark(
        "In show PROGRAM each promise has a sign, with the year it is due below. The small bars are its figures in order of time, from 0 to the largest; · is a period without one, ‥ many of them, ┊ where the definition or the count changed."
    ),
)


def _flags() -> Topic:
    return Topic(
        "flags",
        tr("the words at the end of a row: what changes how it may be quoted"),
        tuple(Entry(flag, word, meaning) for flag, word, meaning in meanings.every_flag()),
    )


def _codes() -> Topic:
    from targettrack.pages.check import codes  # noqa: PLC0415 - only who asks for them needs every check

    return Topic(
        "codes",
        tr("what check finds, by its codes"),
        tuple(Entry(code, tr(severity), meaning) for code, severity, meaning in codes.catalogue()),
        (tr('A weakness that is meant stands in the program with its reason: [check] allow = { CODE = "why" }.'),),
    )


_EXITS = {
    Exit.DONE: mark("done"),
    Exit.FINDINGS: mark("findings of check, or a status that --fail-on names; a missed target is no error"),
    Exit.USAGE: mark("wrong usage"),
    Exit.NOT_FOUND: mark("no such program, indicator or source: nothing is printed"),
    Exit.INVALID: mark("a data file is invalid"),
    Exit.IO: mark("reading or writing failed"),
    Exit.LOCKED: mark("locked, or changed by somebody else meanwhile"),
}


def _exits() -> Topic:
    return Topic(
        "exit-codes",
        tr("with what number a command ends"),
        (
            *(Entry(str(int(code)), "", tr(meaning)) for code, meaning in _EXITS.items()),
            Entry("130", "", tr("stopped by its user")),
        ),
        (tr("Where several apply: 2, 3, 6, 5, 4, 1."),),
    )


_PERIODS: tuple[tuple[str, str], ...] = (
    ("2015", mark("a year; with fiscal_year the one that begins in it")),
    ("2015-S1", mark("a half of a year, as SDMX writes it; 2015-H1 is read too")),
    ("2015-Q3", mark("a quarter")),
    ("2015-09", mark("a month")),
    ("2015-09-30", mark("a day")),
    ("2021/2025", mark("from the beginning of one to the end of another")),
    ("2017/18", mark("a fiscal year, where the program says when its years begin")),
)


def _periods() -> Topic:
    return Topic(
        "periods",
        tr("how times are written"),
        tuple(Entry(text, "", tr(meaning)) for text, meaning in _PERIODS),
        (tr("A period is {forms}.", forms=tr(FORMS)),),
    )


_GLOSSARY: tuple[tuple[str, str], ...] = (
    (mark("program"), mark("a plan, a strategy or a decision whose promises are followed; one file")),
    (mark("indicator"), mark("what is measured, in one unit")),
    (mark("target"), mark("what was promised of an indicator, by when")),
    (mark("promise"), mark("a target, or a promise in words that no indicator measures")),
    (mark("actual"), mark("a figure that was measured, for one period, as one source gives it")),
    (mark("baseline"), mark("the figure from which a target starts, as its document states it")),
    (mark("weak end"), mark("of a target with two ends the one that decides: reached, it is met")),
    (mark("strong end"), mark("the other one, the ambition: beyond it, the target is exceeded")),
    (mark("gap"), mark("the figure minus the end that decides; below 0 it is short of it, whichever way is better")),
    (mark("reached"), mark("the share of the target, or of the way to it from a stated baseline")),
    (mark("pace"), mark("the share of the way that was covered, over the share of the time that was used")),
    (mark("running total"), mark("an actual that counts all since a beginning, and cannot fall")),
    (mark("standing target"), mark("one that is to be kept in every period of its kind")),
    (mark("disaggregation"), mark("the part of an indicator that a figure is of: one region, one sex")),
    (mark("provisional"), mark("a figure that its source will revise, or that came before its period had ended")),
    (mark("series break"), mark("from here on something else is counted: what is before it cannot be compared")),
    (mark("rival"), mark("the figure of another publisher for the same period")),
    (mark("revision"), mark("a later figure of the same publisher, or a later version of a promise")),
    (mark("source"), mark("the document that says so, with its publisher, its day and its address")),
    (mark("past due"), mark("the deadline has passed")),
)


def _words() -> Topic:
    return Topic(
        "words",
        tr("what the words mean here"),
        tuple(Entry(word, tr(word), tr(meaning)) for word, meaning in _GLOSSARY),
    )


TOPICS: Mapping[str, Callable[[], Topic]] = {
    "signs": _statuses,
    "flags": _flags,
    "codes": _codes,
    "periods": _periods,
    "exit-codes": _exits,
    "words": _words,
}
"""Every topic by its name."""

ALSO = {"statuses": "signs", "glossary": "words", "exit": "exit-codes"}
"""Other names of topics."""


def found(word: str) -> Topic | None:
    """The topic of a name, or the one entry that data have under it, else whose word it is; None where there is none."""
    asked = _bare(word)
    name = ALSO.get(asked, asked)
    if name in TOPICS:
        return TOPICS[name]()
    topics = [make() for make in TOPICS.values()]
    for part in ("key", "word"):
        for topic in topics:
            if entries := tuple(entry for entry in topic.entries if _bare(getattr(entry, part)) == asked):
                return Topic(topic.name, topic.about, entries)
    return None


def known() -> Iterator[str]:
    """Every word that has an answer."""
    yield from (*TOPICS, *ALSO)
    for make in TOPICS.values():
        yield from (entry.key for entry in make().entries)


def _bare(text: str) -> str:
    return text.strip().casefold().replace("_", "-").replace(" ", "-")


@frozen()
class HelpPage:
    """What ``help`` shows: one topic, or all of them by name."""

    COMMAND: ClassVar[str] = "help"

    topics: tuple[Topic | Text, ...]
    index: bool = False

    def document(self) -> HelpDocument:
        """The topics for scripts."""
        return {"topics": {topic.name: _told(topic) for topic in self.topics}}


def _told(topic: Topic | Text) -> dict[str, str]:
    """Each word of a topic with its meaning; a text under its title."""
    return (
        {topic.about: topic.body} if isinstance(topic, Text) else {entry.key: entry.meaning for entry in topic.entries}
    )


class HelpDocument(TypedDict):
    """What each word of each topic says."""

    topics: dict[str, dict[str, str]]
