"""Dialogue: what add-actual still needs to know of one figure, asked of a person question by question, with lists to choose from and a way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import typer

from targettrack.cli import _ask, _recording, _say
from targettrack.errors import TargettrackError
from targettrack.frozen import frozen
from targettrack.language import tr, tr_as

if TYPE_CHECKING:
    from targettrack.program.model import Program
    from targettrack.program.shelf import Loaded

NONE, NEW = "-", "n"
"""No source, and one that is not in the file yet."""
MOST_SOURCES = 9
ORDER = ("program", "indicator", "value", "period", "source", "new", "title", "publisher", "published", "url")
"""The questions, each of which is asked if it has no answer yet, and if there is anything to ask."""


@frozen()
class Answers:
    """The program, and what was said: of the indicator, the figure, its period, its source (None for no source) and what describes that."""

    loaded: Loaded
    words: tuple[str, ...]
    period: str
    source: str | None
    described: Mapping[str, str]


def program(targets: str | None) -> str:
    """The program that a person means."""
    from targettrack.store import load  # noqa: PLC0415 - completion and help load no more than the options

    folder = load.targets(targets)
    found = load.read_all(folder).loaded
    _ask.listed(
        [(str(place), each.program.id, "", each.program.document.program.name) for place, each in enumerate(found, 1)]
    )
    ids = [each.program.id for each in found]

    def sound(text: str) -> object:
        return _numbered(text, ids) or load.read(folder, [text])

    answer = _ask.text(tr_as("question", "program"), sound=sound, words=ids, back=True)
    return _numbered(answer, ids) or answer


def _numbered(text: str, ids: list[str]) -> str | None:
    """The id whose number in a list was typed; an id that is a number itself comes first."""
    if text in ids or not (text.isascii() and text.isdigit()) or not 0 < int(text[:9]) <= len(ids):
        return None
    return ids[int(text) - 1]


class Dialogue:
    """The questions about one figure: what the command line said is not asked, and is not asked again on the way back."""

    def __init__(
        self,
        targets: str | None,
        patience: float,
        words: list[str],
        period: str | None,
        source: str | None,
        described: Mapping[str, str],
    ) -> None:
        self._targets, self._patience = targets, patience
        given = dict(zip(("program", "indicator", "value"), words, strict=False))
        self._said: dict[str, str | None] = {**given}
        if period is not None:
            self._said["period"] = period
        if source is not None or described:
            self._said["source"] = source
        self._said.update(described)
        self._described = bool(described)
        self._asked: list[str] = []
        self._before: dict[str, str] = {}
        self._loaded: Loaded | None = None
        self._told_back = False

    def answers(self) -> Answers:
        """Ask until nothing is missing.

        Raises:
            typer.Abort: somebody stopped.
            TargettrackError: there is no such program or indicator (exit 3), or the program cannot be read.

        """
        if "program" in self._said:
            self._load()
        while (question := next(filter(self._lacks, ORDER), None)) is not None:
            try:
                self._said[question] = getattr(self, f"_ask_{question}")()
            except _ask.BackError:
                self._back()
            else:
                self._asked.append(question)
                if question == "program":
                    self._load()
        return self._told()

    def _told(self) -> Answers:
        said = self._said
        described = {key: str(said[key]) for key in said if key not in ORDER[:6] and said[key]}
        source = said["new"] if said.get("source") == NEW and "new" in said else said["source"]
        words = tuple(str(said[name]) for name in ORDER[:3])
        return Answers(self._of(), words, str(said["period"]), None if source == NONE else source, described)

    def _back(self) -> None:
        """Take the last answer back; it is offered again."""
        if not self._asked:
            _say.remark(tr("this is the first question"))
            return
        name = self._asked.pop()
        answer = self._said.pop(name)
        if answer is not None:
            self._before[name] = answer

    def _lacks(self, name: str) -> bool:
        if name in self._said:
            return False
        if name == "new":
            return self._said.get("source") == NEW and NEW not in self._program.sources
        return ORDER.index(name) <= ORDER.index("source") or self._is_new()

    def _is_new(self) -> bool:
        """Whether the source that was named is one that nobody described yet."""
        from targettrack.program.names import alike  # noqa: PLC0415 - completion and help load no more than the options

        source = self._said.get("new") or self._said.get("source")
        return not self._described and source not in {None, NONE} and not alike(self._program.sources, str(source))

    def _load(self) -> None:
        self._loaded = _recording.program(self._targets, str(self._said["program"]), self._patience)
        self._said["program"] = self._loaded.program.id
        if self._said.get("indicator") is not None:
            from targettrack.program import names  # noqa: PLC0415 - completion and help load no more than the options

            self._said["indicator"] = names.match_indicator(self._program, str(self._said["indicator"]))

    def _of(self) -> Loaded:
        if self._loaded is None:
            raise ValueError("no program was named")
        return self._loaded

    @property
    def _program(self) -> Program:
        return self._of().program

    def _asks(
        self,
        name: str,
        question: str,
        *,
        offered: str | None = None,
        sound: Callable[[str], object] = str,
        words: list[str] | None = None,
    ) -> str:
        """Ask, offering what was answered before; the way back is told with the first question."""
        self._tell_back()
        return _ask.text(question, offered=self._before.get(name, offered), sound=sound, words=words or [], back=True)

    def _tell_back(self) -> None:
        if not self._told_back:
            _say.remark(tr("({back} goes one question back)", back=_ask.BACK))
        self._told_back = True

    # ---------------------------------------------------------------- the questions

    def _ask_program(self) -> str:
        self._tell_back()
        return program(self._targets)

    def _ask_indicator(self) -> str:
        from targettrack.program import names  # noqa: PLC0415 - completion and help load no more than the options
        from targettrack.recording import plan as planning  # noqa: PLC0415 - as above
        from targettrack.wording import notation  # noqa: PLC0415 - as above

        program, ids = self._program, list(self._program.indicators)
        rows = []
        for place, (id, indicator) in enumerate(program.indicators.items(), 1):
            newest = planning.newest_figure(program, id)
            figure = (
                tr(
                    "{figure} in {when}",
                    figure=notation.actual(newest, indicator.unit),
                    when=notation.spelled(newest.period),
                )
                if newest
                else tr("no figure")
            )
            rows.append((str(place), id, figure, indicator.name))
        if rows:
            _ask.listed(rows)
        answer = self._asks(
            "indicator",
            tr_as("question", "indicator"),
            sound=lambda text: _numbered(text, ids) or names.match_indicator(program, text),
            words=ids,
        )
        return names.match_indicator(program, _numbered(answer, ids) or answer)

    def _ask_value(self) -> str:
        from targettrack.recording import entry  # noqa: PLC0415 - completion and help load no more than the options
        from targettrack.recording import plan as planning  # noqa: PLC0415 - as above

        name = str(self._said["indicator"])
        indicator = self._program.indicators[name]
        if problem := planning.elsewhere(self._program, name):
            raise TargettrackError(problem)
        _say.remark(f"{self._program.id}/{name}: {indicator.name}")
        question = tr("value, in {unit}", unit=indicator.unit) if indicator.unit else tr_as("question", "value")
        answer = self._asks("value", question, sound=lambda text: entry.figure(text, indicator.unit))
        if (read := _read(entry.figure(answer, indicator.unit))) != answer:
            _say.remark(f"  {tr('read as {figure}', figure=read)}")
        return answer

    def _ask_period(self) -> str:
        from targettrack import period  # noqa: PLC0415 - completion and help load no more than the options
        from targettrack.recording import entry  # noqa: PLC0415 - as above
        from targettrack.recording import plan as planning  # noqa: PLC0415 - as above

        following = planning.next_period(self._program, str(self._said["indicator"]))
        return self._asks(
            "period",
            tr_as("question", "period"),
            offered=None if following is None else str(following),
            sound=lambda text: period.period(entry.taken("period", text), self._program.year),
        )

    def _ask_source(self) -> str:
        from targettrack.recording import plan as planning  # noqa: PLC0415 - completion and help load no more than the options

        ids = planning.newest_first(self._program)
        rows = [(str(place), id, "", _document(self._program, id)) for place, id in enumerate(ids[:MOST_SOURCES], 1)]
        if len(ids) > MOST_SOURCES:
            rows.append(("", "…", "", tr("and {count} older ones, by their ids", count=len(ids) - MOST_SOURCES)))

        words = {tr("new"): NEW, tr("none"): NONE}

        def sign(text: str) -> str:
            """What stands for a word of the list; a source that is called so comes first."""
            return text if text in ids else words.get(text, text)

        def chosen(text: str) -> None:
            if sign(text) != NEW and _numbered(text, ids[:MOST_SOURCES]) is None:
                _possible(self._program, sign(text))

        _ask.listed([*rows, *((each, word, "", "") for word, each in words.items())])
        answer = self._asks(
            "source",
            tr("source (an id, a new one, or - for none)"),
            offered=ids[0] if ids else None,
            sound=chosen,
            words=ids,
        )
        return _numbered(answer, ids[:MOST_SOURCES]) or sign(answer)

    def _ask_new(self) -> str:
        return self._asks(
            "new", tr("id of the new source"), sound=lambda text: _possible(self._program, text, new=True)
        )

    def _ask_title(self) -> str:
        source = self._said.get("new") or self._said["source"]
        question = tr('no source has the id "{id}"; its title, to add it (empty: stop)', id=source)
        title = _ask.optional(question, offered=self._before.get("title", ""), back=True)
        if title is None:
            _say.remark(tr("nothing was recorded"))
            raise typer.Abort
        return title

    def _ask_publisher(self) -> str | None:
        return self._optional("publisher", tr_as("question", "publisher"))

    def _ask_published(self) -> str | None:
        from targettrack.period import partial_date  # noqa: PLC0415 - completion and help load no more than the options

        question = tr("published (a day 2019-06-30, a month 2019-06 or a year)")
        return self._optional("published", question, sound=partial_date)

    def _ask_url(self) -> str | None:
        return self._optional("url", tr_as("question", "url"), sound=_linked)

    def _optional(self, name: str, question: str, sound: Callable[[str], object] = str) -> str | None:
        return _ask.optional(question, offered=self._before.get(name, ""), sound=sound, back=True)


def _document(program: Program, id: str) -> str:
    source = program.sources[id]
    parts = (source.title, source.publisher, source.published and str(source.published))
    return ", ".join(part for part in parts if part)


def _read(figure: Mapping[str, Any]) -> str:
    """What a figure was read as, as it is typed plainly."""
    from targettrack.number import literal  # noqa: PLC0415 - completion and help load no more than the options

    if "range" in figure:
        low, high = map(literal, figure["range"])
        return f"{low}..{high}"
    value = figure["value"]
    text = ("yes" if value else "no") if isinstance(value, bool) else literal(value)
    return f"{figure['approx']} {text}" if figure.get("approx") else text


def _linked(url: str) -> None:
    """An address to which a link may lead."""
    from targettrack.text import not_linked  # noqa: PLC0415 - completion and help load no more than the options

    if said := not_linked("url", url):
        raise ValueError("; ".join(said))


def _possible(program: Program, text: str, *, new: bool = False) -> None:
    """An id that is there, one that may be new, or none."""
    from targettrack.program.model import ID, ID_RULE  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.program.names import alike  # noqa: PLC0415 - as above

    there = alike(program.sources, text)
    if there and new:
        raise ValueError(tr("{text} is in the file already", text=there[0]))
    if (text != NONE or new) and not there and not re.fullmatch(ID, text):
        raise ValueError(tr("{text} is no id: {rule}", text=text, rule=tr(ID_RULE)))
