"""Store: the targets folder, the only reader and writer of program files."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from targettrack import number
from targettrack.errors import Exit, Problem, Severity, TargettrackError, either, failure, folded, nearest, not_listed, reason
from targettrack.language import mark, tr
from targettrack.program import consistency, reading, translation
from targettrack.program import model as program
from targettrack.program.model import Actual, Fault, Program, Source
from targettrack.program.shelf import Loaded, Shelf, Unreadable
from targettrack.store import folder as folders

if TYPE_CHECKING:
    from targettrack.program.position import Positions
    from targettrack.recording.append import Appendix
    from targettrack.recording.plan import Plan

MAX_BYTES = 64 * 1024 * 1024
_MARKER = re.compile(r"^(?:<<<<<<<|>>>>>>>)(?: .*)?\r?$", re.MULTILINE)
_PART_OF_CONFLICT = re.compile(r"^(?:(?P<begin><<<<<<<)(?: .*)?|(?P<middle>=======)|(?P<end>>>>>>>>)(?: .*)?)\r?$", re.MULTILINE)


def targets(option: str | None) -> Path:
    """The targets folder that is named, or the nearest one.

    Raises:
        TargettrackError: there is none (exit 5).

    """
    found = folders.find(option)
    if found is None:
        raise failure(Exit.IO, "no-folder", tr("no targets folder here or in any folder above"), hint=tr("run targettrack init to make one, or name it with --targets DIR"))
    try:
        there = found.is_dir()
    except OSError as error:
        raise _unreadable(error, tr("check the folder's permissions"), found) from None
    if not there:
        raise failure(Exit.IO, "no-folder", tr("there is no such targets folder"), hint=tr("check --targets or TARGETTRACK_TARGETS; targettrack init makes a new one"), file=str(found))
    return found


def files(folder: Path) -> list[Path]:
    """The ``*.toml`` entries of the folder, by name; an ending in capitals is one, which its program's name is found wrong for.

    Raises:
        TargettrackError: the folder cannot be listed (exit 5).

    """
    try:
        return sorted((entry for entry in folder.iterdir() if is_named(entry.name)), key=lambda entry: (entry.stem, entry.name))
    except OSError as error:
        raise _unreadable(error, tr("check the folder's permissions"), folder) from None


def is_named(name: str) -> bool:
    """Whether a file is called as programs are, be its ending in capitals."""
    return name.casefold().endswith(".toml") and not name.startswith(".")


def read_all(folder: Path) -> Shelf:
    """Every program of the folder; files without a ``targettrack`` key are none."""
    return _shelf(folder, files(folder))


def read(folder: Path, names: Sequence[str]) -> Shelf:
    """The programs of these names, in this order, each once; all of them for no names.

    A name is an id, an alias or a program's name, in any case, with or without Vietnamese marks.

    Raises:
        TargettrackError: a name fits no program, or several (exit 3).

    """
    if not names:
        return read_all(folder)
    paths = files(folder)
    wanted = [_by_stem(paths, name) for name in names]
    if None in wanted:
        return chosen(read_all(folder), names)
    shelf = _shelf(folder, [path for path in dict.fromkeys(wanted) if path is not None])
    found = {entry.program.id for entry in shelf.loaded} | {entry.id for entry in shelf.unreadable}
    for name, path in zip(names, wanted, strict=True):
        if path is not None and path.stem not in found:
            message, hint = tr('"{name}" is no program: its file has no targettrack key', name=name), tr("a program begins with targettrack = 1")
            raise failure(Exit.NOT_FOUND, "no-such-program", message, hint=hint, file=str(path))
    return shelf


def _by_stem(paths: Sequence[Path], name: str) -> Path | None:
    """The one file whose stem is ``name``, an ending in small letters before others, else whose stem is like it; None for none, or several."""
    fits = [path for path in paths if path.name == f"{name}.toml"] or [path for path in paths if path.stem == name] or [path for path in paths if fold(path.stem) == fold(name)]
    return fits[0] if len(fits) == 1 else None


def chosen(shelf: Shelf, names: Sequence[str]) -> Shelf:
    """The programs of these names on a shelf, in this order, each once.

    Raises:
        TargettrackError: a name fits no program, or several (exit 3).

    """
    ids = [match(shelf, name) for name in names]
    order = {id: place for place, id in reversed(list(enumerate(ids)))}
    loaded = sorted((entry for entry in shelf.loaded if entry.program.id in order), key=lambda entry: order[entry.program.id])
    return Shelf(shelf.folder, tuple(loaded), tuple(entry for entry in shelf.unreadable if entry.id in order))


def match(shelf: Shelf, name: str) -> str:
    """The id of the program that a person means by ``name``.

    Raises:
        TargettrackError: none, or several (exit 3); a near miss is suggested, never taken.

    """
    wanted = fold(name)
    known = {entry.program.id: {fold(entry.program.id), *map(fold, entry.program.header.aliases), *map(fold, translation.names(entry.program))} for entry in shelf.loaded}
    known |= {entry.id: {fold(entry.id)} for entry in shelf.unreadable}
    exact = [id for id in known if id == name] or [id for id in known if fold(id) == wanted]
    fits = exact or [id for id, texts in known.items() if wanted in texts]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise failure(Exit.NOT_FOUND, "ambiguous-program", tr('"{name}" may mean {ids}', name=name, ids=either(sorted(fits))), hint=tr("write the id"))
    hint = suggestion(name, known, PROGRAMS, tr("{folder} holds no programs; targettrack new PROGRAM adds one", folder=shelf.folder))
    raise failure(Exit.NOT_FOUND, "no-such-program", tr('no program "{name}" in {folder}', name=name, folder=shelf.folder), hint=hint)


PROGRAMS, INDICATORS = mark("programs: {ids}"), mark("indicators: {ids}")
"""What there is, as ``suggestion`` says it."""


def suggestion(given: str, known: Iterator[str] | Sequence[str] | dict[str, Any], what: str, otherwise: str) -> str:
    """What a person may have meant, else what there is (in the words of ``what``)."""
    ids = sorted(known)
    by_fold = {fold(id): id for id in reversed(ids)}
    near = nearest(fold(given), by_fold, likeness=0.5)
    if near is not None:
        return tr('did you mean "{name}"?', name=by_fold[near])
    return tr(what, ids=f"{', '.join(ids[:20])}{' …' if len(ids) > 20 else ''}") if ids else otherwise


def fold(text: str) -> str:
    """Text as it is matched: without case, marks, spaces and hyphens; đ is d."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if letter.isalnum())


def _shelf(folder: Path, paths: Sequence[Path]) -> Shelf:
    loaded: list[Loaded] = []
    unreadable: list[Unreadable] = []
    for path in paths:
        try:
            entry = load(path)
        except TargettrackError as error:
            unreadable.append(Unreadable(path.stem, str(path), error.problems))
        else:
            if entry is not None:
                loaded.append(entry)
    return Shelf(str(folder), tuple(loaded), tuple(unreadable))


def load(path: Path) -> Loaded | None:
    """The program of one file; None for a TOML file that is none: it has no ``targettrack`` key, and no table of a program either.

    Raises:
        TargettrackError: everything that is wrong with the file (exit 4), or that it cannot be read (exit 5).

    """
    return _loaded(path, _text(path))


def understood(path: Path, data: bytes) -> Loaded | None:
    """The program that a file's bytes say, as ``load`` reads it.

    Raises:
        TargettrackError: everything that is wrong with it (exit 4).

    """
    return _loaded(path, _decoded(data, str(path)))


def _loaded(path: Path, text: str) -> Loaded | None:
    raw = _parsed(text, str(path))
    if not raw.keys() & {"targettrack", "indicators", "promises", "actuals"}:
        return None
    document, parts, faults = reading.read(raw)
    faults = (*_name_fault(path), *faults, *consistency.between(parts))
    if document is None or faults:
        raise TargettrackError(*placed(faults, text, str(path)))
    return Loaded(Program(path.stem, str(path), document), text)


def _name_fault(path: Path) -> tuple[Fault, ...]:
    if path.suffix != ".toml":
        return (Fault((), "bad-id", tr('the ending of "{name}" is not in small letters', name=path.name), tr("rename the file: {rule}", rule=path.name.lower())),)
    why = program.no_program(path.stem)
    return (Fault((), "bad-id", tr('the file name "{name}" gives no id', name=path.name), tr("rename the file: {rule}", rule=why)),) if why else ()


def create(path: Path, text: str) -> None:
    """Write a new file, whole or not at all; an existing one is never touched.

    Raises:
        TargettrackError: it exists already (exit 2), or cannot be written (exit 5).

    """
    from targettrack.store import disk  # noqa: PLC0415

    try:
        disk.create(path, text.encode())
    except FileExistsError:
        raise failure(Exit.USAGE, "exists", tr("this file exists already, and is not touched"), hint=tr("choose another id, or edit the file"), file=str(path)) from None
    except OSError as error:
        raise failure(Exit.IO, "not-written", tr("cannot be written: {reason}", reason=reason(error)), hint=tr("check the folder's permissions and space"), file=str(path)) from None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What ``add`` did: the plan as it was carried out on a program, what was appended (None for nothing), and what could not be promised about it."""

    loaded: Loaded
    plan: Plan
    appendix: Appendix | None
    doubts: tuple[str, ...]


def finished(folder: Path, name: str, patience: float, waiting: Callable[[], None]) -> None:
    """Wait until nobody is saving the file that has this name, if there is one.

    Raises:
        TargettrackError: somebody was saving it for ``patience`` seconds (exit 6).

    """
    from targettrack.store import disk  # noqa: PLC0415

    path = _by_stem(files(folder), name)
    if path is not None:
        disk.finished(path, patience, waiting)


def add(loaded: Loaded, plan: Plan, again: Callable[[Program], Plan], patience: float, waiting: Callable[[], None], decided: Callable[[], None] = lambda: None) -> Recorded:
    """Append a plan's figures to the program's file; they are on the disk when this returns. Nothing else in the file changes.

    ``again`` makes the plan anew where the file is another one by now. Somebody else's lock is waited for, ``patience`` seconds.
    ``decided`` is called when nothing but the replacing of the file is left to be done.

    Raises:
        TargettrackError: nothing was recorded (exit 4 to 6, or what ``again`` raises), or the disk did not confirm it (exit 5, ``not-confirmed``).

    """
    from targettrack.store import disk  # noqa: PLC0415

    path = Path(loaded.program.file)
    with disk.locked(disk.home(path), patience, waiting) as lock:
        now = disk.settled(path, lock, patience, waiting)
        text = _decoded(now.data, str(path))
        if text != loaded.text:
            loaded = _still(path, text)
            plan = again(loaded.program)
        if not plan.added:
            return Recorded(loaded, plan, None, disk.confirm(now, lock))
        appendix = appended(text, plan)
        return Recorded(loaded, plan, appendix, disk.replace(now, now.data + appendix.text.encode(), lock, decided))


def rehearse(loaded: Loaded, plan: Plan) -> Recorded:
    """What ``add`` would do with a plan, by its checks of the file; nothing is locked or written.

    Raises:
        TargettrackError: it could not be recorded (exit 4 or 5).

    """
    from targettrack.store import disk  # noqa: PLC0415

    path = Path(loaded.program.file)
    if not plan.added:
        disk.snapshot(path)
        return Recorded(loaded, plan, None, ())
    disk.replaceable(path)
    return Recorded(loaded, plan, appended(loaded.text, plan), ())


def _still(path: Path, text: str) -> Loaded:
    loaded = _loaded(path, text)
    if loaded is None:
        raise failure(Exit.LOCKED, "changed", tr("nothing was recorded: this file is no program any more"), hint=tr("look at the file"), file=str(path))
    return loaded


def appended(text: str, plan: Plan) -> Appendix:
    """What a plan adds behind a file's text, proved by parsing the whole: it adds those figures, and everything else is as it was.

    Raises:
        TargettrackError: the file's ``actuals``, or ``sources``, are closed to additions, or it would grow too large (exit 4).

    """
    from targettrack.recording import append  # noqa: PLC0415

    file = plan.before.file
    actuals = [entry.actual for entry in plan.added]
    found = append.appendix(text, plan.sources, actuals)
    whole = text + found.text
    if len(whole.encode()) > MAX_BYTES:
        message = tr("nothing was recorded: the file would be larger than {size} MB", size=MAX_BYTES // 1024 // 1024)
        raise failure(Exit.INVALID, "too-large", message, hint=tr("split the program into several files"), file=file)
    old = _toml(text)
    try:
        new = _toml(whole)
    except tomli.TOMLDecodeError:
        raise TargettrackError(_closed(text, plan)) from None
    if not _adds(old, new, plan):
        raise failure(Exit.INVALID, "not-added", tr("nothing was recorded: added behind this file the figures would not stand in its actuals"), hint=tr("add them by hand"), file=file)
    return found


def _adds(old: dict[str, Any], new: dict[str, Any], plan: Plan) -> bool:
    """Whether a parsed file is an older one and, behind its actuals and beside its sources, exactly what the plan adds."""
    count = len(plan.added)
    rest = {name: value for name, value in new.items() if name not in {"actuals", "sources"}}
    records = [reading.part(Actual, raw, (), plan.before.year)[0] for raw in new["actuals"][-count:]]
    sources = {name: reading.part(Source, raw, ())[0] for name, raw in new.get("sources", {}).items() if name not in old.get("sources", {})}
    return (
        rest == {name: value for name, value in old.items() if name not in {"actuals", "sources"}}
        and new["actuals"][:-count] == old.get("actuals", [])
        and {name: raw for name, raw in new.get("sources", {}).items() if name not in sources} == old.get("sources", {})
        and len(records) == count
        and all(map(_same, records, (entry.actual for entry in plan.added)))
        and sources.keys() == plan.sources.keys()
        and all(_same(source, plan.sources[name]) for name, source in sources.items())
    )


_VALUES: dict[type[Any], Callable[[Any], tuple[object, ...]]] = {kind: attrgetter(*(item.name for item in fields(kind))) for kind in (Actual, Source)}


def _same(read: Actual | Source | None, meant: Actual | Source) -> bool:
    """Whether a record that was read is the one that was meant, by the text of its values: 7.20 is not 7.2."""
    if read is None:
        return False
    pairs = zip(_VALUES[type(read)](read), _VALUES[type(meant)](meant), strict=True)
    return all(str(one) == str(other) for one, other in pairs if one is not other)


def _closed(text: str, plan: Plan) -> Problem:
    """Why nothing can be added behind a file: an array or table that is closed, at its line, with what to paste there instead."""
    from targettrack.program import position  # noqa: PLC0415
    from targettrack.recording import append  # noqa: PLC0415

    found = position.positions(text)
    spans = {name: found.find((name,)) for name in ("actuals", "sources")}
    name = "actuals" if spans["actuals"] is not None and text[spans["actuals"].start] == "[" and not text.startswith("[[", spans["actuals"].start) else "sources"
    span = spans[name]
    line = found.place(span.start)[0] if span is not None else 1
    if name == "actuals":
        records = f"{', '.join(append.inline(entry.actual) for entry in plan.added[:10])}{' …' if len(plan.added) > 10 else ''}"
        hint = tr("write them as [[actuals]] blocks, or add this to the array by hand: {records}", records=records)
        if plan.sources:
            hint = tr("{hint}; and below [sources]: {sources}", hint=hint, sources=append.inline_sources(plan.sources))
        return _at_line(text, line, plan.before.file, "closed-actuals", tr("nothing was recorded: the array `actuals` is closed, and nothing can be added behind it"), hint)
    hint = tr("write [sources.ID] tables, or add it to the table by hand: {sources}", sources=append.inline_sources(plan.sources))
    return _at_line(text, line, plan.before.file, "closed-sources", tr("nothing was recorded: the table `sources` is closed, and nothing can be added to it"), hint)


def _text(path: Path) -> str:
    """The text of a file, without a byte order mark."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            said = tr("this is a directory, not a program file") if path.is_dir() else tr("this is not a regular file, not a program file")
            raise failure(Exit.IO, "not-a-file", said, hint=tr("move it out of the folder, or rename it"), file=str(path))
        if path.stat().st_size > MAX_BYTES:
            said = tr("this file is larger than {size} MB", size=MAX_BYTES // 1024 // 1024)
            raise failure(Exit.INVALID, "too-large", said, hint=tr("split the program into several files"), file=str(path))
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(error, tr("check the file's permissions and links"), path) from None
    return _decoded(data, str(path))


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise TargettrackError(_not_utf8(data, error, file)) from None


def _unreadable(error: OSError, hint: str, path: Path) -> TargettrackError:
    return failure(Exit.IO, "unreadable", tr("cannot be read: {reason}", reason=reason(error)), hint=hint, file=str(path))


def _not_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return Problem(code="not-utf8", message=tr("this file is saved as UTF-16"), hint=tr("save it as UTF-8"), file=file, line=1)
    line = data.count(b"\n", 0, error.start) + 1
    message = tr("this file is not UTF-8: byte {byte} is no text", byte=f"0x{data[error.start]:02x}")
    return Problem(code="not-utf8", message=message, hint=tr("save it as UTF-8"), file=file, line=line)


def _toml(text: str) -> dict[str, Any]:
    """A text as TOML; its numbers have the digits that were written."""
    return tomli.loads(text, parse_float=number.toml_float)


def _parsed(text: str, file: str) -> dict[str, Any]:
    if _is_conflict(text):
        raise TargettrackError(_conflict(text, file))
    try:
        return _toml(text)
    except tomli.TOMLDecodeError as error:
        raise TargettrackError(_conflict(text, file) if _MARKER.search(text) else _syntax(text, error, file)) from None
    except RecursionError:
        raise failure(Exit.INVALID, "too-deep", tr("this file has brackets nested too deep to be a program"), hint=tr("close the brackets"), file=file) from None
    except ValueError:
        digits = re.search(r"\d{4000,}", text.replace("_", ""))
        line = text.count("\n", 0, digits.start()) + 1 if digits else 1
        hint = tr("a figure has at most {most}", most=number.MAX_DIGITS)
        raise TargettrackError(_at_line(text, line, file, "too-many-digits", tr("a number here has thousands of digits"), hint)) from None


def _is_conflict(text: str) -> bool:
    """Whether a text has a whole conflict: one marker alone may be a line of a text."""
    if "<<<<<<<" not in text:
        return False
    waited = iter(("begin", "middle", "end"))
    wanted = next(waited)
    for part in _PART_OF_CONFLICT.finditer(text):
        if part.lastgroup == wanted:
            following = next(waited, None)
            if following is None:
                return True
            wanted = following
    return False


def _conflict(text: str, file: str) -> Problem:
    lines = [text.count("\n", 0, match.start()) + 1 for match in _MARKER.finditer(text)]
    where = ", ".join(map(str, lines[:8]))
    if len(lines) == 1:
        message = tr("git conflict markers: two versions of this file were not merged (line {line})", line=where)
    else:
        message = tr("git conflict markers: two versions of this file were not merged (lines {lines})", lines=where)
    return _at_line(text, lines[0], file, "conflict-markers", message, tr("choose what stays and delete the marker lines"))


_END = r"\s*(?=[,}#\]]|$)"
_HABITS = (
    (r"=\s*(?P<it>\d{1,2}(?P<mark>[./-])\d{1,2}(?P=mark)[12]\d{3}|[12]\d{3}(?:[-/.]\d{1,2}){2})" + _END, "bad-date", mark("{written} is no TOML date"), mark("write the year, the month and the day as in 2017-10-29, without quotes")),
    (r"=\s*(?P<it>[+-]?\d+(?:[,.' ]\d+)+)" + _END, "comma-number", mark("{written} is no TOML number: it may mean {numbers}"), mark("write {numbers}, with a point for decimals")),
    (r"=\s*(?![12]\d{3}\s*(?:[,}#]|$))(?P<it>[12]\d{3}(?:-(?:[SHQ]\d|\d\d))?(?:/[12]\d{3}(?:-(?:[SHQ]\d|\d\d))?)?)" + _END, "unquoted-period", mark("{written} stands without quotes"), mark('write "{written}"')),
    (r"=\s*(?P<it>[+-]?[\d.]+\s*%)", "comma-number", mark("{written}: a number has no % sign"), mark("leave the % out; the unit stands in the indicator")),
    (r"=\s*(?P<it>(?i:yes|no|true|false))\b", "not-yes-no", mark("{written} is no TOML value"), mark("write true or false, in small letters")),
    (r"=\s*(?P<it>[“”„‘’«])", "curly-quotes", mark("{written} is a curly quote"), mark('write straight quotes: "…"')),
)
"""How people write what TOML writes otherwise: where it is, what it is, what to do."""

_QUOTED = re.compile(r""" "(?:[^"\\]|\\.)*(?:"|$) | '[^']*(?:'|$) """, re.VERBOSE)


def _syntax(text: str, error: tomli.TOMLDecodeError, file: str) -> Problem:
    """A TOML error at its line, with what people write otherwise named as such."""
    line = min(error.lineno, text.count("\n") + 1)
    if found := _habit(text, line, error.colno, file) or _repeated(text, line, error, file):
        return found
    message = error.msg[0].lower() + error.msg[1:]
    if declared := re.search(r"\('(\w+)',(?: '([^']+)')?.*\) (?:twice|more than once)", message):
        said = tr("{name} is declared twice", name=".".join(part for part in declared.groups() if part))
        return _at_line(text, line, file, "declared-twice", said, tr("an id is used once; records that repeat stand in [[double brackets]]"))
    said, hint = tr("this is not TOML: {error}", error=message), tr("correct the line; texts stand in quotes, each key on a line of its own")
    return _problem(text, file, line, error.colno, error.colno + 1, "not-toml", said, hint)


def _habit(text: str, line: int, column: int, file: str) -> Problem | None:
    """What stands where the parser stopped, outside of texts in quotes, if it is a habit."""
    bare = _QUOTED.sub(lambda match: '"' * len(match[0]), _line(text, line))
    for pattern, code, said, hint in _HABITS:
        for match in re.finditer(pattern, bare):
            if match.start("it") < column <= match.end() + 1:
                start, end = (place + 1 for place in match.span("it"))
                named = {"written": match["it"], "numbers": either(number.readings_of(match["it"]))}
                return _problem(text, file, line, start, end, code, tr(said, **named), tr(hint, **named))
    return None


def _repeated(text: str, line: int, error: tomli.TOMLDecodeError, file: str) -> Problem | None:
    """A key that stands twice in a table, at its second line."""
    key = re.match(r"\s*([\w-]+)\s*=", _line(text, line)) if error.msg == "Cannot overwrite a value" else None
    for before in range(line - 1, 0, -1) if key else ():
        if key and re.match(rf"\s*{re.escape(key[1])}\s*=", _line(text, before)):
            said = tr("{key} is declared twice: first on line {line}", key=key[1], line=before)
            return _problem(text, file, line, key.start(1) + 1, key.end(1) + 1, "declared-twice", said, tr("delete one of them"))
        if re.match(r"\s*\[", _line(text, before)):
            return None
    return None


def _line(text: str, line: int) -> str:
    return _lines(text)[line - 1].removesuffix("\r")


@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    """The lines of a text, split once for all that is wrong in it."""
    return text.split("\n")


def _at_line(text: str, line: int, file: str, code: str, message: str, hint: str) -> Problem:
    return _problem(text, file, line, 1, len(_line(text, line)) + 1, code, message, hint)


def _problem(text: str, file: str, line: int, column: int, end: int, code: str, message: str, hint: str | None) -> Problem:
    return Problem(code=code, message=message, hint=hint, file=file, line=line, column=column, end_line=line, end_column=end, source_line=_line(text, line))


def placed(faults: Iterable[Fault], text: str, file: str, *, severity: Severity = "error") -> Iterator[Problem]:
    """Faults as problems with their places, in the order of the file; of one code so many as are listed, then how many more there are."""
    from targettrack.program import position  # noqa: PLC0415

    kept, more = folded(faults, lambda fault: fault.code)
    if not kept:
        return
    found = position.positions(text, [_path(fault) for fault in kept])
    problems = [replace(_place(fault, found, text, file), severity=severity) for fault in kept]
    yield from sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))
    yield from (not_listed(code, count, severity, file) for code, count in more.items())


def _path(fault: Fault) -> tuple[str | int, ...]:
    """The keys and indices that lead to what is wrong."""
    return tuple(part for part in fault.loc if part != "[key]")


def _place(fault: Fault, found: Positions, text: str, file: str) -> Problem:
    path = _path(fault)
    span = found.keys.get(path) if fault.at_key else None
    span = span or found.find(path)
    if span is None:
        return Problem(code=fault.code, message=fault.message, hint=fault.hint, file=file, line=1)
    line, column = found.place(span.start)
    end_line, end_column = found.place(span.end)
    shown = end_column if end_line == line else len(_line(text, line)) + 1
    return _problem(text, file, line, column, shown, fault.code, fault.message, fault.hint)


def match_indicator(program: Program, name: str) -> str:
    """The id of the indicator that a person means by ``name``.

    Raises:
        TargettrackError: none (exit 3); a near miss is suggested, never taken.

    """
    fits = [id for id in program.indicators if id == name] or [id for id in program.indicators if fold(id) == fold(name)]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise failure(Exit.NOT_FOUND, "ambiguous-indicator", tr('"{name}" may mean {ids}', name=name, ids=either(fits)), hint=tr("write the id"), file=program.file)
    hint = suggestion(name, list(program.indicators), INDICATORS, tr("this program has no indicators yet: add [indicators.ID] to its file first"))
    raise failure(Exit.NOT_FOUND, "no-such-indicator", tr('{program} has no indicator "{name}"', program=program.id, name=name), hint=hint, file=program.file)
