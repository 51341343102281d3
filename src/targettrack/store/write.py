"""Write: a new program file, and figures behind an old one, under a lock and proved before they are written."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import fields, replace
from hashlib import blake2b
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from targettrack.errors import Exit, Problem, TargettrackError, failure, reason
from targettrack.frozen import frozen
from targettrack.language import tr, tr_n
from targettrack.program import reading, toml
from targettrack.program.model import Actual, Program, Source
from targettrack.program.shelf import Loaded
from targettrack.store import disk, load

if TYPE_CHECKING:
    from targettrack.recording.append import Appendix
    from targettrack.recording.plan import Plan


@frozen(eq=True)
class Recorded:
    """What ``add`` did: the plan as it was carried out on a program, what was appended (None for nothing), and what could not be promised about it."""

    loaded: Loaded
    plan: Plan
    appendix: Appendix | None
    doubts: tuple[str, ...]


def create(path: Path, text: str) -> None:
    """Write a new file, whole or not at all; an existing one is never touched.

    Raises:
        TargettrackError: it exists already (exit 2), or cannot be written (exit 5).

    """
    try:
        disk.create(path, text.encode())
    except FileExistsError:
        raise there_already(path) from None
    except OSError as error:
        raise failure(
            Exit.IO,
            "not-written",
            tr("cannot be written: {reason}", reason=reason(error)),
            hint=tr("check the folder's permissions and space"),
            file=str(path),
        ) from None


def there_already(path: Path) -> TargettrackError:
    """What to say of a file that is to be new, and exists (exit 2)."""
    return failure(
        Exit.USAGE,
        "exists",
        tr("this file exists already, and is not touched"),
        hint=tr("choose another id, or edit the file"),
        file=str(path),
    )


def finished(folder: Path, name: str, patience: float, waiting: Callable[[], None]) -> None:
    """Wait until nobody is saving the file that has this name, if there is one.

    Raises:
        TargettrackError: somebody was saving it for ``patience`` seconds (exit 6).

    """
    path = load.by_stem(load.files(folder), name)
    if path is not None:
        disk.finished(path, patience, waiting)


def add(
    loaded: Loaded,
    plan: Plan,
    again: Callable[[Program], Plan],
    patience: float,
    waiting: Callable[[], None],
    decided: Callable[[], None] = lambda: None,
) -> Recorded:
    """Append a plan's figures to the program's file; they are on the disk when this returns. Nothing else in the file changes.

    ``again`` makes the plan anew where the file is another one by now. Somebody else's lock is waited for, ``patience`` seconds.
    ``decided`` is called when nothing but the replacing of the file is left to be done.

    Raises:
        TargettrackError: nothing was recorded (exit 4 to 6, or what ``again`` raises), or the disk did not confirm it (exit 5, ``not-confirmed``).

    """
    path = Path(loaded.program.file)
    with disk.locked(disk.home(path), patience, waiting) as lock:
        now = disk.settled(path, lock, patience, waiting)
        text = toml.decoded(now.data, str(path))
        if text != loaded.text:
            loaded = _still(path, text)
            plan = again(loaded.program)
        text = loaded.text  # one of two that are equal: a file of many figures is large
        if not plan.added:
            return Recorded(loaded, plan, None, disk.confirm(now, lock))
        appendix = appended(text, plan)
        return Recorded(loaded, plan, appendix, disk.replace(now, now.data + appendix.text.encode(), lock, decided))


@frozen(eq=True)
class TakenOut:
    """What ``take_out`` did: the program before and after, what was cut off its end, where that was, and what could not be promised about it."""

    before: Loaded
    after: Loaded
    text: str
    first: int
    last: int
    actuals: tuple[Actual, ...]
    sources: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def take_out(
    loaded: Loaded,
    figures: int,
    committed: str,
    patience: float,
    waiting: Callable[[], None],
    decided: Callable[[], None] = lambda: None,
) -> TakenOut:
    """Cut the newest figures, and the sources that came with them, off the end of a program's file; the rest stays, byte for byte.

    What the text that is ``committed`` has is left alone. Nothing but blocks that stand there as they were recorded is ever cut.

    Raises:
        TargettrackError: nothing was taken out (exit 2 to 6), or the disk did not confirm it (exit 5, ``not-confirmed``).

    """
    path = Path(loaded.program.file)
    with disk.locked(disk.home(path), patience, waiting) as lock:
        now = disk.settled(path, lock, patience, waiting)
        text = toml.decoded(now.data, str(path))
        if text != loaded.text:
            loaded = _still(path, text)
        cut = cut_off(loaded, figures, committed)
        data = now.data.removesuffix(cut.text.encode())
        return replace(cut, doubts=disk.replace(now, data, lock, decided))


def cut_off(loaded: Loaded, figures: int, committed: str) -> TakenOut:
    """What ``take_out`` would do, proved by parsing what is left; nothing is locked or written.

    Raises:
        TargettrackError: there are not so many figures to be taken out (exit 2 or 3).

    """
    from targettrack.recording import undone  # noqa: PLC0415 - what begins a program needs none of it

    text, file = loaded.text, loaded.program.file
    start, count, sources = len(text), 0, list[str]()
    for block in undone.newest(text):
        known = text[block.start : start].strip().replace("\r\n", "\n") in committed
        if block.source is None:
            if count == figures:
                break
            if known:
                raise _is_committed(block.line, file)
            count += 1
        elif known or not count or _is_named(toml.read(text[: block.start]), block.source):
            break
        else:
            sources.append(block.source)
        start = block.start
    if count < figures:
        raise _too_few(count, undone.last_line(text), file)
    after = load.of_text(Path(file), text[:start])
    actuals = loaded.program.document.actuals[: loaded.program.own]
    kept = len(actuals) - count
    kept_of_old = _said(toml.read(text), sources, count)
    if after is None or _said(toml.read(text[:start])) != kept_of_old:
        raise _too_few(0, None, file)
    first = text.count("\n", 0, start) + 1
    return TakenOut(loaded, after, text[start:], first, text.count("\n"), actuals[kept:], tuple(reversed(sources)))


def _is_named(parsed: object, source: str) -> bool:
    """Whether a part of a file says the id of a source; a linked figure may name any."""
    if isinstance(parsed, dict):
        return "links" in parsed or any(_is_named(each, source) for each in parsed.values())
    if isinstance(parsed, list):
        return any(_is_named(each, source) for each in parsed)
    return parsed == source


def _is_committed(line: int, file: str) -> TargettrackError:
    return failure(
        Exit.USAGE,
        "committed",
        tr("nothing was taken out: the figure at line {line} is committed in git", line=line),
        hint=tr("add --committed to take it out all the same; the commit keeps it"),
        file=file,
    )


def _too_few(count: int, line: int | None, file: str) -> TargettrackError:
    if count:
        said = tr_n(
            count,
            "nothing was taken out: only the last {count} figure stands as it was recorded",
            "nothing was taken out: only the last {count} figures stand as they were recorded",
        )
        return failure(Exit.NOT_FOUND, "nothing-to-undo", said, hint=tr("ask for as many"), file=file)
    if line is not None:
        said = tr(
            "nothing was taken out: the figure that was recorded last, at line {line}, or what stands behind it, was changed since",
            line=line,
        )
        return failure(Exit.LOCKED, "changed", said, hint=tr("look at the end of the file, and edit it"), file=file)
    said = tr("nothing was taken out: this file does not end with a figure that add-actual or import recorded")
    return failure(Exit.NOT_FOUND, "nothing-to-undo", said, hint=tr("edit the file"), file=file)


def rehearse(loaded: Loaded, plan: Plan) -> Recorded:
    """What ``add`` would do with a plan, by its checks of the file; nothing is locked or written.

    Raises:
        TargettrackError: it could not be recorded (exit 4 or 5).

    """
    path = Path(loaded.program.file)
    if not plan.added:
        disk.snapshot(path)
        return Recorded(loaded, plan, None, ())
    disk.replaceable(path)
    return Recorded(loaded, plan, appended(loaded.text, plan), ())


def _still(path: Path, text: str) -> Loaded:
    loaded = load.of_text(path, text)
    if loaded is None:
        raise failure(
            Exit.LOCKED,
            "changed",
            tr("nothing was recorded: this file is no program any more"),
            hint=tr("somebody took its first key out meanwhile, targettrack = 1: put it back"),
            file=str(path),
        )
    return loaded


def appended(text: str, plan: Plan) -> Appendix:
    """What a plan adds behind a file's text, proved by parsing the whole: it adds those figures, and everything else is as it was.

    Raises:
        TargettrackError: the file's ``actuals``, or ``sources``, are closed to additions, or it would grow too large (exit 4).

    """
    from targettrack.recording import append  # noqa: PLC0415 - what begins a program needs none of it

    file = plan.before.file
    actuals = [entry.actual for entry in plan.added]
    found = append.appendix(text, plan.sources, actuals)
    whole = text + found.text
    if len(whole) > load.MAX_BYTES // 4 and len(whole.encode()) > load.MAX_BYTES:
        message = tr(
            "nothing was recorded: the file would be larger than {size} MB", size=load.MAX_BYTES // 1024 // 1024
        )
        raise failure(Exit.INVALID, "too-large", message, hint=tr("split the program into several files"), file=file)
    old = _said(toml.read(text))
    try:
        new = toml.read(whole)
    except tomli.TOMLDecodeError:
        raise TargettrackError(_closed(text, plan)) from None
    if not _adds(old, new, plan):
        raise failure(
            Exit.INVALID,
            "not-added",
            tr("nothing was recorded: added behind this file the figures would not stand in its actuals"),
            hint=tr("add them by hand"),
            file=file,
        )
    return found


@frozen(eq=True)
class _Said:
    """What a parsed file says: its actuals by their number and a digest of them, since those of two files at once would fill the memory."""

    rest: Mapping[str, Any]
    sources: Mapping[str, Any]
    actuals: int
    digest: bytes


def _said(parsed: Mapping[str, Any], without: Container[str] = (), last: int = 0) -> _Said:
    """What a parsed file says but for these sources, and for its ``last`` actuals."""
    found, digest = parsed.get("actuals", []), blake2b()
    count = len(found) - last
    for raw in islice(found, max(count, 0)):
        digest.update(repr(raw).encode())
    return _Said(
        {name: value for name, value in parsed.items() if name not in {"actuals", "sources"}},
        {name: raw for name, raw in parsed.get("sources", {}).items() if name not in without},
        count,
        digest.digest(),
    )


def _adds(old: _Said, new: Mapping[str, Any], plan: Plan) -> bool:
    """Whether a parsed file is an older one and, behind its actuals and beside its sources, exactly what the plan adds."""
    count = len(plan.added)
    sources = {name: raw for name, raw in new.get("sources", {}).items() if name not in old.sources}
    return (
        _said(new, sources, count) == old
        and all(
            _given(raw, entry.wanted.given) or _same(reading.part(Actual, raw, (), plan.before.year)[0], entry.actual)
            for raw, entry in zip(new["actuals"][-count:], plan.added, strict=True)
        )
        and sources.keys() == plan.sources.keys()
        and all(_same(reading.part(Source, raw, ())[0], plan.sources[name]) for name, raw in sources.items())
    )


def _given(raw: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether a table is, to the digit, what the model made an actual of, and so would make the same of it again, in whatever year."""
    return (
        raw == given
        and str(raw.get("value")) == str(given.get("value"))
        and type(period := raw["period"]) is type(given["period"])
        and not (isinstance(period, str) and "/" in period)
        and raw.keys().isdisjoint(_TWO_WAYS)
    )


_TWO_WAYS = ("range", "page", "published", "series_break")
"""What else Python may find equal and the model not: 1 and 1.0 and true."""
_VALUES: dict[type[Any], Callable[[Any], tuple[object, ...]]] = {
    kind: attrgetter(*(item.name for item in fields(kind))) for kind in (Actual, Source)
}
_WRITTEN: dict[type[Any], Callable[[Any], tuple[object, ...]]] = {
    Actual: attrgetter("value", "range", "period", "published", "recorded"),
    Source: attrgetter("published", "accessed"),
}
"""What may be equal and written in two ways: 7.20 is not 7.2."""


def _same(read: Actual | Source | None, meant: Actual | Source) -> bool:
    """Whether a record that was read is the one that was meant, by its values and by the text of these."""
    if read is None or _VALUES[type(read)](read) != _VALUES[type(meant)](meant):
        return False
    pairs = zip(_WRITTEN[type(read)](read), _WRITTEN[type(meant)](meant), strict=True)
    return all(one is other or str(one) == str(other) for one, other in pairs)


def _closed(text: str, plan: Plan) -> Problem:
    """Why nothing can be added behind a file: an array or table that is closed, at its line, with what to paste there instead."""
    from targettrack.program import position  # noqa: PLC0415 - what begins a program needs none of it
    from targettrack.recording import append  # noqa: PLC0415 - what begins a program needs none of it

    found = position.positions(text)
    spans = {name: found.find((name,)) for name in ("actuals", "sources")}
    name = (
        "actuals"
        if spans["actuals"] is not None
        and text[spans["actuals"].start] == "["
        and not text.startswith("[[", spans["actuals"].start)
        else "sources"
    )
    span = spans[name]
    line = found.place(span.start)[0] if span is not None else 1
    if name == "actuals":
        records = f"{', '.join(append.inline(entry.actual) for entry in plan.added[:10])}{' …' if len(plan.added) > 10 else ''}"
        hint = tr("write them as [[actuals]] blocks, or add this to the array by hand: {records}", records=records)
        if plan.sources:
            hint = tr("{hint}; and below [sources]: {sources}", hint=hint, sources=append.inline_sources(plan.sources))
        return toml.at_line(
            text,
            line,
            plan.before.file,
            "closed-actuals",
            tr("nothing was recorded: the array `actuals` is closed, and nothing can be added behind it"),
            hint,
        )
    hint = tr(
        "write [sources.ID] tables, or add it to the table by hand: {sources}",
        sources=append.inline_sources(plan.sources),
    )
    return toml.at_line(
        text,
        line,
        plan.before.file,
        "closed-sources",
        tr("nothing was recorded: the table `sources` is closed, and nothing can be added to it"),
        hint,
    )
