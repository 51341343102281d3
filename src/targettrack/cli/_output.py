"""The way out: which format, which stream, what the terminal can show; and the way in to the programs."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TextIO

import typer

from targettrack import formats, methods, registry
from targettrack.cli import _options
from targettrack.errors import Exit, failure, reason, worst
from targettrack.language import now, speak, tr
from targettrack.look import Colours, Look

if TYPE_CHECKING:
    from targettrack.explanation import Rule
    from targettrack.program import Program
    from targettrack.report import Method
    from targettrack.shelf import Shelf, Unreadable

_ENDINGS = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".md": "markdown", ".markdown": "markdown", ".txt": "table"}


def day(on: str | None) -> date:
    """The day to judge by; today's date is read here and nowhere else."""
    return date.today() if on is None else _options.parse_day(on)  # noqa: DTZ011


def method(name: str) -> Method:
    """The method of that name."""
    known = registry.names(methods)
    if name not in known:
        raise typer.BadParameter(tr("no method {name}; known: {known}", name=name, known=", ".join(known)))
    from targettrack.report import Method  # noqa: PLC0415

    return Method(name, registry.module(methods, name).judge)


def rules() -> list[Rule]:
    """Every method with what it says of itself, as far as it does, the default one first."""
    from targettrack.explanation import Rule  # noqa: PLC0415
    from targettrack.report import Method  # noqa: PLC0415

    found = []
    for name in sorted(registry.names(methods), key=lambda name: (name != "linear", name)):
        module = registry.module(methods, name)
        said = {key: getattr(module, key.upper()) for key in ("question", "needs", "cuts", "good", "bad", "labels", "source", "notes") if hasattr(module, key.upper())}
        found.append(Rule(name, Method(name, module.judge), **said))
    return found


def format_name(name: str | None, output: str | None, *, as_json: bool) -> str:
    """The format that the options ask for, else the one that the file's ending names, else table; data are in English."""
    if as_json and name not in {None, "json"}:
        raise typer.BadParameter(tr("--json and --format {name} contradict each other", name=name))
    if output is not None and os.path.realpath(output).casefold().endswith(".toml"):
        raise typer.BadParameter(tr("-o never writes a .toml file: program files are written by people"))
    known = registry.names(formats)
    chosen = "json" if as_json else name
    if chosen is None and output is not None:
        chosen = _ENDINGS.get(Path(output).suffix.casefold())
        if chosen is None:
            raise typer.BadParameter(tr("the ending of {file} names no format; add --format {known}", file=output, known=", ".join(known)))
    chosen = {"md": "markdown"}.get(chosen or "table", chosen or "table")
    if chosen not in known:
        raise typer.BadParameter(tr("no format {name}; known: {known}", name=chosen, known=", ".join(known)))
    if not getattr(registry.module(formats, chosen), "TRANSLATED", True):
        speak(None)
    return chosen


def emit(page: object, name: str, output: str | None, color: str) -> None:
    """Write a page to the file, or to stdout.

    Raises:
        TargettrackError: the file cannot be written (exit 5).

    """
    module = registry.module(formats, name)
    if output is None:
        _to_stdout(page, module, color)
    else:
        _to_file(page, module, output)


def _to_stdout(page: object, module: ModuleType, color: str) -> None:
    look = Look() if _is_data(module) else _look(color)
    if isinstance(sys.stdout, io.TextIOWrapper):
        if _is_data(module):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        else:
            sys.stdout.reconfigure(errors="replace")
    module.render(page, sys.stdout, look)


def _is_data(module: ModuleType) -> bool:
    """Whether a format is read by programs: always UTF-8, no colours."""
    return not module.__name__.endswith(".table")


def _to_file(page: object, module: ModuleType, output: str) -> None:
    """Write the whole output aside, then put it in the file's place: that of the file itself where ``output`` is a link."""
    place = Path(os.path.realpath(output))
    aside = place.with_name(f".{place.name}.{os.getpid()}.new")
    text = io.StringIO()
    module.render(page, text, Look())
    encoding = "utf-8-sig" if getattr(module, "BOM_IN_FILES", False) else "utf-8"
    try:
        if place.exists() and not place.is_file():
            place.write_text(text.getvalue(), encoding=encoding, newline="\n")
            return
        aside.write_text(text.getvalue(), encoding=encoding, newline="\n")
        if place.exists():
            shutil.copymode(place, aside)
        aside.replace(place)
    except OSError as error:
        raise failure(Exit.IO, "not-written", tr("cannot be written: {reason}", reason=reason(error)), hint=tr("check the folder and its permissions"), file=output) from None
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def _look(color: str) -> Look:
    """What stdout can show."""
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").casefold().replace("-", "")
    coloured, bold = _colours(color, terminal=terminal)
    return Look(width=width, colours=coloured, bold=bold, ascii=not encoding.startswith("utf"))


def _colours(color: str, *, terminal: bool) -> tuple[Colours, bool]:
    """The colours, and whether bold is used: --color, then NO_COLOR and FORCE_COLOR, then what the terminal is."""
    dumb = os.environ.get("TERM", "") in {"dumb", "unknown"}
    forced = color == "always" or (color == "auto" and bool(os.environ.get("FORCE_COLOR")))
    styled = forced or (terminal and not dumb)
    if color == "never" or not styled:
        return "none", False
    if os.environ.get("NO_COLOR") and color != "always":
        return "none", True
    rich_terminal = "256" in os.environ.get("TERM", "") or bool(os.environ.get("COLORTERM")) or not terminal
    return ("256" if rich_terminal else "16"), True


def shelf(targets: str | None, names: Sequence[str]) -> Shelf:
    """The programs of these names in the targets folder, all of them for no names; their texts in the language that is spoken."""
    from targettrack import store  # noqa: PLC0415

    found = store.read(store.targets(targets), names)
    return replace(found, loaded=tuple(replace(entry, program=told(entry.program)) for entry in found.loaded))


def told(program: Program) -> Program:
    """A program as its file says it in the language that is spoken; data have it as it is."""
    code = now()
    if code is None:
        return program
    from targettrack import bilingual  # noqa: PLC0415

    return bilingual.told(program, code)


def unreadable_code(entries: Sequence[Unreadable], *, as_json: bool) -> Exit:
    """Say on stderr what could not be read; the exit code for it."""
    from targettrack.cli import _say  # noqa: PLC0415

    found = [problem for entry in entries for problem in entry.problems]
    _say.problems(found, as_json=as_json)
    return worst(*(problem.exit for problem in found))


@contextlib.contextmanager
def working(what: str, *, many: bool) -> Iterator[None]:
    """A line on a terminal's stderr while something long goes on."""
    shows = many and sys.stderr.isatty()
    if shows:
        sys.stderr.write(f"{what} …\r")
        sys.stderr.flush()
    try:
        yield
    finally:
        if shows:
            sys.stderr.write(" " * (len(what) + 2) + "\r")
            sys.stderr.flush()


def stream() -> TextIO | Any:  # noqa: ANN401
    """Stdout as data goes out on it: UTF-8, plain line ends."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return sys.stdout
