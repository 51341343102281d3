"""add-actual: Add a figure to a program file: appended, on the disk, and nothing else touched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from targettrack.cli import _ask, _dialogue, _interrupt, _options, _programs, _recording, _say, _source, _tables, _whole
from targettrack.errors import Exit, TargettrackError, failure, nearest
from targettrack.language import mark, tr

if TYPE_CHECKING:
    from targettrack.program.model import Fault, Program, Source
    from targettrack.program.shelf import Loaded
    from targettrack.recording.plan import Wanted

SETTINGS = {"context_settings": {"ignore_unknown_options": True, "allow_extra_args": True}}
"""A figure below 0 looks like an option; what really is none is refused by ``_words``."""

EPILOG = '\b\nExamples:\n  targettrack add-actual hanoi output-share 36.5 --period 2024 --source gso-2025 --source-title "Yearbook 2024"\n  targettrack add-actual hanoi/output-share 36..37 --period 2025 --source hanoitimes-2026 --dry-run\n  targettrack add-actual hanoi --from figures.csv --dry-run'

ProgramArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="PROGRAM",
        help=mark("The program; or PROGRAM/INDICATOR."),
        show_default=False,
    ),
]
Indicator = Annotated[
    str | None, typer.Argument(metavar="INDICATOR", help=mark("The indicator that was measured."), show_default=False)
]
Value = Annotated[
    str | None,
    typer.Argument(
        metavar="VALUE", help=mark("7.2, -1.5, a range 3.2..3.3, or yes and no for a milestone."), show_default=False
    ),
]


def _text(name: str, metavar: str, help: str) -> Any:  # noqa: ANN401
    return typer.Option(name, metavar=metavar, help=help, show_default=False)


Period = Annotated[
    str | None, _text("--period", "PERIOD", mark("2018, 2018-S1, 2018-Q3, 2018-09, 2018-09-30, 2016/2020."))
]
SourceId = Annotated[
    str | None,
    _text(
        "--source", "ID", mark("The document that says so: an id of this program, or a new one with --source-title.")
    ),
]
SourceArchived = Annotated[str | None, _text("--source-archived", "URL", mark("Where a copy of it is kept."))]
SourceAccessed = Annotated[str | None, _text("--source-accessed", "DATE", mark("When it was read."))]
SourceDocument = Annotated[str | None, _text("--source-document", "TEXT", mark("The number of the document."))]
SourceNote = Annotated[str | None, _text("--source-note", "TEXT", mark("A note on the new source."))]
Quality = Annotated[str | None, _text("--quality", "WORD", mark("final, provisional or estimate.  [default: final]"))]
Approx = Annotated[str | None, _text("--approx", "WORD", mark("The source's own word: about, over or under."))]
Published = Annotated[
    str | None, _text("--published", "DATE", mark("When the figure was published, if not with its source."))
]
Page = Annotated[str | None, _text("--page", "PAGE", mark("The page of the source."))]
Quote = Annotated[str | None, _text("--quote", "TEXT", mark("The words of the source."))]
Note = Annotated[str | None, _text("--note", "TEXT", mark("A note on the figure."))]
Disaggregation = Annotated[
    list[str] | None,
    _text("--disaggregation", "NAME=TEXT", mark("What part it is of: sector=textile (again for more).")),
]
SeriesBreak = Annotated[
    bool, typer.Option("--series-break", help=mark("With this period the definition or the count changed."))
]
From = Annotated[
    str | None,
    _text(
        "--from",
        "FILE",
        mark(
            "Read many figures from a table (CSV, JSON, a spreadsheet …), or - for stdin: all or none. Options fill in what a row leaves out."
        ),
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=mark("Print the exact bytes that would be appended, and write nothing."))
]


def command(
    ctx: typer.Context,
    program: ProgramArgument = None,
    indicator: Indicator = None,
    value: Value = None,
    period: Period = None,
    source: SourceId = None,
    source_title: _source.Title = None,
    source_publisher: _source.Publisher = None,
    source_published: _source.Published = None,
    source_url: _source.Url = None,
    source_archived: SourceArchived = None,
    source_accessed: SourceAccessed = None,
    source_document: SourceDocument = None,
    source_note: SourceNote = None,
    quality: Quality = None,
    approx: Approx = None,
    published: Published = None,
    page: Page = None,
    quote: Quote = None,
    note: Note = None,
    disaggregation: Disaggregation = None,
    series_break: SeriesBreak = False,
    revise: _recording.Revise = False,
    from_: From = None,
    sheet: _tables.Sheet = None,
    kind: _tables.Kind = None,
    encoding: _tables.Encoding = None,
    column: _tables.ColumnIs = None,
    parts: _tables.Parts = None,
    missing: _tables.MissingSigns = None,
    decimal: _tables.Decimal = None,
    dry_run: DryRun = False,
    yes: _recording.Yes = False,
    wait: _recording.Wait = "30",
    targets: _options.Targets = None,
    json: _recording.Json = False,
    color: _options.Color = "auto",
) -> int:
    """Understand, ask, plan, write, and say what became of it."""
    from targettrack.cli import _input  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import entry  # noqa: PLC0415 - completion and help load no more than the options

    _interrupt.says(_say.letters(tr("nothing was recorded")))
    asking = _ask.possible() and not json and not yes
    today = _programs.day(None)
    patience = _recording.seconds(wait)
    words = _words([program, indicator, value, *ctx.args], ctx, most=3 if from_ is None else 2)
    texts = {
        "title": source_title, "publisher": source_publisher, "published": source_published, "url": source_url,
        "archived": source_archived, "accessed": source_accessed, "document": source_document, "note": source_note,
    }  # fmt: skip
    described = {key: text for key, text in texts.items() if text is not None}
    if asking and from_ is None:
        said = _dialogue.Dialogue(targets, patience, words, period, source, described).answers()
        loaded, words, period, source, described = (
            said.loaded,
            [*said.words],
            said.period,
            said.source,
            dict(said.described),
        )
    else:
        loaded = _program(targets, words, patience, asking=asking)
    name = _indicator(loaded, words, needed=from_ is None)
    options = {
        "quality": quality,
        "approx": approx,
        "published": published,
        "page": page,
        "quote": quote,
        "note": note,
        "period": period,
        "disaggregation": _input.pairs(disaggregation),
        "series_break": series_break or None,
    }
    given = {key: entry.taken(key, text) for key, text in options.items() if text is not None} | (
        {"indicator": name} if name else {}
    )
    _decodable(
        [
            *words,
            *described.values(),
            *(text for text in given.values() if isinstance(text, str)),
            *(disaggregation or ()),
            source or "",
        ]
    )
    if from_ is None:
        given |= _figure(loaded.program, str(name), words[2] if len(words) > 2 else None, given)
    new = _sources(loaded.program, source, described, given)
    if from_ is None:
        wanted, more = [_one(loaded.program, given, today)], dict[str, "Source"]()
    else:
        map = _tables.overridden(
            _tables.all_of(name, period), sheet=sheet, column=column, parts=parts, missing=missing, decimal=decimal
        )
        opened = _input.opened(from_, kind, "--from")
        _tables.needed(opened, sheet=sheet, column=column, parts=parts, missing=missing, encoding=encoding)
        taken = _whole.figures(opened, loaded.program, map, _tables.wishes(map, encoding), given.get("source"))
        if not json:
            _tables.told(opened, taken)
        reading = entry.Reading(taken.rows, taken.sources, taken.problems)
        wanted, more = _recording.many(loaded.program, reading, opened.path, given, new, today, revise=revise)
    manner = _recording.Manner(today, patience, dry_run, revise, asking, yes, json, color, targets)
    return _recording.record(loaded, wanted, {**more, **new}, manner)


# ---------------------------------------------------------------- the words of the command line


def _words(given: Sequence[str | None], ctx: typer.Context, *, most: int) -> list[str]:
    """Program, indicator and value; what looks like an option and is no figure is refused."""
    words = [word for word in given if word is not None]
    for word in words:
        if word.startswith("-") and word != "-" and not re.match(r"-[\d.]", word):
            known = [
                option
                for param in ctx.command.params
                for option in getattr(param, "opts", ())
                if option.startswith("--")
            ]
            if word.partition("=")[0] in known:
                raise typer.BadParameter(
                    tr("{option} stands behind --, where no options are; write it before that", option=word)
                )
            near = nearest(word.partition("=")[0], known)
            raise typer.BadParameter(
                tr("no such option: {option}; did you mean {near}?", option=word, near=near)
                if near
                else tr("no such option: {option}", option=word)
            )
    if words and "/" in words[0]:
        words = [*words[0].split("/", 1), *words[1:]]
    if len(words) > most:
        said = (
            tr("with --from there is no VALUE: {word}", word=words[most])
            if most == 2
            else tr("one word too many: {word}; a text with spaces stands in quotes", word=words[most])
        )
        raise typer.BadParameter(said)
    return words


def _decodable(texts: Sequence[str]) -> None:
    for text in texts:
        try:
            text.encode()
        except UnicodeEncodeError:
            raise typer.BadParameter(
                tr("this text is not UTF-8: {text}", text=text.encode(errors="backslashreplace").decode())
            ) from None


def _refused(key: str, code: str, message: str, hint: str | None) -> TargettrackError:
    word = {"value": "VALUE", "range": "VALUE", "indicator": "INDICATOR"}.get(key, f"--{key.replace('_', '-')}")
    return failure(Exit.USAGE, code, f"{word}: {message}", hint=hint)


def _refusal(key: str, fault: Fault) -> TargettrackError:
    """A fault at what an option said; a word to write instead is written behind the option."""
    instead = (
        tr("write {option} {value}", option=f"--{key.replace('_', '-')}", value=fault.instead)
        if fault.instead
        else fault.hint
    )
    return _refused(key, fault.code, fault.message, instead)


def _program(targets: str | None, words: Sequence[str], patience: float, *, asking: bool) -> Loaded:
    if not words and not asking:
        raise typer.BadParameter(tr("{word} is missing", word="PROGRAM"))
    return _recording.program(targets, words[0] if words else _dialogue.program(targets), patience)


def _indicator(loaded: Loaded, words: Sequence[str], *, needed: bool) -> str | None:
    from targettrack.program import names  # noqa: PLC0415 - completion and help load no more than the options

    if len(words) > 1:
        return names.match_indicator(loaded.program, words[1])
    if needed:
        raise typer.BadParameter(tr("{word} is missing", word="INDICATOR"))
    return None


def _figure(program: Program, name: str, value: str | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """The figure that VALUE says, if its period is there too."""
    from targettrack import number  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import entry  # noqa: PLC0415 - completion and help load no more than the options

    missing = [word for word, there in (("VALUE", value), ("--period", given.get("period"))) if there is None]
    if value is None or missing:
        first, *rest = missing
        raise typer.BadParameter(
            tr("{first} and {second} are missing", first=first, second=rest[0])
            if rest
            else tr("{word} is missing", word=first)
        )
    try:
        figure = entry.figure(value, program.indicators[name].unit)
    except number.NumberError as error:
        raise _refused("value", error.code, str(error), error.hint) from None
    if figure.get("approx") and given.get("approx") not in {None, figure["approx"]}:
        raise typer.BadParameter(
            tr("VALUE says {said}, and --approx says {other}", said=figure["approx"], other=given["approx"])
        )
    return figure


# ---------------------------------------------------------------- sources


def _sources(
    program: Program, source: str | None, described: Mapping[str, str], given: dict[str, Any]
) -> dict[str, Source]:
    """Put the source's id into what was given; the source itself where it is a new one."""
    if source is None:
        if described:
            raise typer.BadParameter(tr("a new source needs its id: --source"))
        return {}
    from targettrack.program.names import alike  # noqa: PLC0415 - completion and help load no more than the options

    fits = alike(program.sources, source)
    given["source"] = fits[0] if len(fits) == 1 else source
    if len(fits) == 1:
        _source.same(program, fits[0], described)
        return {}
    return {source: _new_source(program, source, described)} if described else {}


def _new_source(program: Program, id: str, described: Mapping[str, str]) -> Source:
    from targettrack.program.model import ID, ID_RULE  # noqa: PLC0415 - completion and help load no more than the options
    from targettrack.recording import entry  # noqa: PLC0415 - completion and help load no more than the options

    if not re.fullmatch(ID, id):
        raise typer.BadParameter(tr("{text} is no id: {rule}", text=id, rule=tr(ID_RULE)))
    if "title" not in described:
        raise typer.BadParameter(
            tr('{program} has no source "{id}", and a new one needs --source-title', program=program.id, id=id)
        )
    found, faults = entry.source(described)
    faults = faults or (entry.not_linked(found) if found else ())
    if found is None or faults:
        fault = faults[0]
        raise _refusal(f"source-{fault.loc[0] if fault.loc else 'title'}", fault)
    return found


# ---------------------------------------------------------------- figures


def _one(program: Program, given: Mapping[str, Any], today: date) -> Wanted:
    from targettrack.recording import entry  # noqa: PLC0415 - completion and help load no more than the options

    wanted, faults = entry.wanted(entry.Row(given), program.indicators, {"recorded": today}, program.year)
    if wanted is None:
        fault = faults[0]
        raise _refusal(str(fault.loc[0]) if fault.loc else "value", fault)
    return wanted
