"""The way out: which format, which stream or file, and what the terminal can show."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TextIO

import typer

from targettrack import formats, registry
from targettrack.cli import _interrupt, _say, _screen
from targettrack.cli._outlet import STDOUT, is_device, stream_of, untouched
from targettrack.errors import guessed, not_written
from targettrack.formats._look import Colours, Cut, Look
from targettrack.language import mark, speak, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Callable

    from targettrack.pages._page import Page


def format_name(name: str | None, output: str | None, command: str, targets: str | None, *, as_json: bool) -> str:
    """The format that the options ask for; from here on data are said in English. An output that would write over a program of the ``targets`` folder is refused."""
    if output is not None:
        untouched(output, targets)
    chosen = _picked(name, output, command, as_json=as_json)
    module = registry.module(formats, chosen)
    if getattr(module, "BINARY", False) and (output is None or stream_of(output) == STDOUT) and sys.stdout.isatty():
        raise typer.BadParameter(tr("{name} is no text for a terminal; write it into a file: -o FILE", name=chosen))
    if not getattr(module, "TRANSLATED", True):
        speak(None)
    return chosen


def json_errors(name: str) -> bool:
    """Whether who reads a format reads JSON, also of what went wrong."""
    return getattr(registry.module(formats, name), "JSON_ERRORS", False)


def _picked(name: str | None, output: str | None, command: str, *, as_json: bool) -> str:
    """The format that the options ask for, else the one that the file's ending names, else table; one that a command's page has not is refused."""
    if as_json and name not in {None, "json"}:
        raise typer.BadParameter(tr("--json and --format {name} contradict each other", name=name))
    streams = output is not None and (stream_of(output) is not None or is_device(output))
    chosen = "json" if as_json else name
    if chosen is None and output is not None:
        chosen = _by_ending(output) or ("table" if streams else None)
        if chosen is None:
            raise typer.BadParameter(
                tr(
                    "the ending of {file} names no format; add --format {known}",
                    file=output,
                    known=", ".join(formats_of(command)),
                )
            )
    chosen = _by_alias(chosen) if chosen else "table"
    if chosen not in registry.names(formats):
        said = tr("no format {name}; known: {known}", name=chosen, known=", ".join(formats_of(command)))
        raise typer.BadParameter(guessed(said, chosen, formats_of(command)))
    module = registry.module(formats, chosen)
    if not _shows(module, command):
        raise typer.BadParameter(
            tr("{command} prints {formats}", command=command.replace("_", "-"), formats=known(command))
        )
    return chosen


def formats_of(command: str) -> list[str]:
    """The formats that a command's page has."""
    return [name for name in registry.names(formats) if _shows(registry.module(formats, name), command)]


def _shows(module: ModuleType, command: str) -> bool:
    """Whether a format has a command's page: one that does not say has all of them."""
    shows: Callable[[str], bool] | None = getattr(module, "shows", None)
    return shows is None or shows(command)


def known(command: str) -> str:
    """The formats that a command's page has, to choose one."""
    from targettrack.wording.notation import choice  # noqa: PLC0415 - only a refusal, and help, need it

    return choice(formats_of(command.replace("-", "_")))


def _by_ending(output: str) -> str | None:
    """The format that says of itself that its files end so."""
    ending = Path(output).suffix.casefold()
    for name in registry.names(formats):
        endings: str | tuple[str, ...] = getattr(registry.module(formats, name), "ENDINGS", ())
        if ending == endings or (not isinstance(endings, str) and ending in endings):
            return name
    return None


def _by_alias(name: str) -> str:
    """The format of a name, or of another name that it says it has."""
    known = registry.names(formats)
    return (
        name
        if name in known
        else next((each for each in known if name in getattr(registry.module(formats, each), "ALIASES", ())), name)
    )


# ---------------------------------------------------------------- columns and signs

_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}


def cut(
    name: str, command: str, output: str | None, columns: str | None, decimal: str = ".", delimiter: str = ","
) -> Cut:
    """What of a page's records is asked for; csv that a person reads at a terminal has a dozen columns, unless others are named, and elsewhere all."""
    module = registry.module(formats, name)
    parted = _DELIMITERS.get(delimiter, delimiter)
    if (decimal, parted) != (".", ",") and not getattr(module, "DELIMITED", False):
        raise typer.BadParameter(tr("--decimal and --delimiter are for csv, and this is {name}", name=name))
    if decimal not in {".", ","}:
        raise typer.BadParameter(tr("--decimal is . or ,"))
    if parted not in {",", ";", "\t"}:
        raise typer.BadParameter(tr("--delimiter is , or ; or tab"))
    if decimal == parted:
        raise typer.BadParameter(
            tr("a comma cannot part both the decimals and the cells; add --delimiter {sign}", sign="';'")
        )
    return Cut(_columns(module, name, command, output, columns), decimal, parted)


def _columns(
    module: ModuleType, name: str, command: str, output: str | None, asked: str | None
) -> tuple[str, ...] | None:
    """The columns that are asked for, each once; None for all that a format has by itself."""
    if asked is None:
        if hasattr(module, "brief") and (output is None or stream_of(output) == STDOUT) and sys.stdout.isatty():
            return _brief(module.brief(command), len(module.columns(command)))
        return None
    known: list[str] = module.columns(command) if hasattr(module, "columns") else []
    if not known:
        raise typer.BadParameter(tr("--columns is for csv and tables of records, and this is {name}", name=name))
    wanted = [each.strip().replace(".", "_").replace("-", "_").casefold() for each in asked.split(",") if each.strip()]
    if wanted == ["all"]:
        return tuple(known)
    for each in wanted:
        if each not in known:
            raise typer.BadParameter(_no_column(each, known))
    if not wanted:
        raise typer.BadParameter(tr("--columns names no column; known: {known}", known=", ".join(known)))
    return tuple(dict.fromkeys(wanted))


def _no_column(name: str, known: list[str]) -> str:
    """So many columns are known that they are listed only where none is like it."""
    said = guessed(tr("no column {name}", name=name), name, known)
    return said if said.endswith("?") else tr("no column {name}; known: {known}", name=name, known=", ".join(known))


def _brief(columns: list[str], of: int) -> tuple[str, ...]:
    """The columns for a terminal; that there are more is said beside them."""
    if len(columns) < of:
        _say.remark(
            tr_n(
                len(columns),
                "{count} of {of} columns; --columns all has every one, as a file has",
                "{count} of {of} columns; --columns all has every one, as a file has",
                of=of,
            )
        )
    return tuple(columns)


def emit(page: Page, name: str, output: str | None, color: str, cut: Cut | None = None) -> None:
    """Write a page to the file, or to stdout; ``cut`` says what of its records, and how.

    Raises:
        TargettrackError: the file cannot be written (exit 5).

    """
    module = registry.module(formats, name)
    cut = cut or Cut()
    if output is None or stream_of(output) == STDOUT:
        _to_stdout(page, module, color, cut)
    else:
        _to_file(page, module, output, Look(cut=cut))


def _to_stdout(page: Page, module: ModuleType, color: str, cut: Cut) -> None:
    if getattr(module, "BINARY", False):
        sys.stdout.buffer.write(_rendered(page, module, Look(cut=cut)))
        return
    look = Look(cut=cut) if _is_data(module) else replace(_look(color), cut=cut)
    if isinstance(sys.stdout, io.TextIOWrapper):
        if _is_data(module):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        else:
            sys.stdout.reconfigure(errors="replace")
    words = [] if _is_data(module) else _screen.pager()
    if not words:
        module.render(page, sys.stdout, look)
        return
    text = io.StringIO()
    module.render(page, text, look)
    if not _screen.is_taller(text.getvalue()) or not _screen.through(words, text.getvalue()):
        sys.stdout.write(text.getvalue())


def _is_data(module: ModuleType) -> bool:
    """Whether a format is always UTF-8, without colours: all but those that are drawn as the terminal can show it."""
    return not getattr(module, "STYLED", False)


# ---------------------------------------------------------------- into a file


def _to_file(page: Page, module: ModuleType, output: str, look: Look) -> None:
    """Write to a stream or a device as to stdout; a file is replaced whole, that itself where ``output`` is a link."""
    stream = stream_of(output)
    try:
        if stream is not None:
            _pour(os.dup(stream), _rendered(page, module, look))
        elif is_device(output):
            _pour(
                os.open(output, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOCTTY", 0)), _rendered(page, module, look)
            )
        else:
            with _interrupt.held():
                _replace(Path(os.path.realpath(output)), _filed(page, module, look))
    except OSError as error:
        raise not_written(error, output) from None


def rendered(page: Page, name: str) -> bytes:
    """A page in a format, as the bytes of a file."""
    return _filed(page, registry.module(formats, name), Look())


def _filed(page: Page, module: ModuleType, look: Look) -> bytes:
    """A page as the bytes of a file of its own, which may begin with a mark that says UTF-8."""
    return (codecs.BOM_UTF8 if getattr(module, "BOM_IN_FILES", False) else b"") + _rendered(page, module, look)


def _rendered(page: Page, module: ModuleType, look: Look) -> bytes:
    """A page as bytes."""
    if getattr(module, "BINARY", False):
        data = io.BytesIO()
        module.render(page, data, look)
        return data.getvalue()
    text = io.StringIO()
    module.render(page, text, look)
    return text.getvalue().encode()


def _pour(descriptor: int, data: bytes) -> None:
    """Write bytes where a stream stands, and close this end of it."""
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def put(place: Path, data: bytes) -> None:
    """Put a file of these bytes in its place, whole or not at all; that itself where ``place`` is a link.

    Raises:
        OSError: it cannot be written, or must not be.

    """
    _replace(Path(os.path.realpath(place)), data)


def _replace(place: Path, data: bytes) -> None:
    """Put a file of these bytes in the place of the one that is there, at once or not at all; it keeps the rights, and the owner where that may be given away.

    Raises:
        OSError: it cannot be written, or must not be: it is read-only, also to those who may do everything.

    """
    old = _writable(place)
    aside = place.with_name(f".targettrack.{os.getpid()}.new")
    aside.unlink(missing_ok=True)  # of a process that had our number, and was killed
    try:
        with os.fdopen(
            os.open(
                aside,
                os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0),
                0o666 if old is None else 0o600,
            ),
            "wb",
        ) as file:
            file.write(data)
            file.flush()
            if old is not None:
                _like(file.fileno(), old)
            os.fsync(file.fileno())
        if not _interrupt.came():
            aside.replace(place)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def _writable(place: Path) -> os.stat_result | None:
    """What is there of a file to be replaced; None where there is none."""
    try:
        old = place.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not old.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, mark("it is read-only"))
    return old


def _like(file: int, old: os.stat_result) -> None:
    """Give a file the owner and the rights of another one."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.fchown(file, old.st_uid, old.st_gid)
        os.fchmod(file, stat.S_IMODE(old.st_mode))


def _look(color: str) -> Look:
    """What stdout can show."""
    terminal = sys.stdout.isatty()
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").casefold().replace("-", "")
    coloured, bold = _colours(color, terminal=terminal)
    return Look(width=_screen.width(), colours=coloured, bold=bold, ascii=not encoding.startswith("utf"))


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


def stream() -> TextIO | Any:  # noqa: ANN401
    """Stdout as data goes out on it: UTF-8, plain line ends."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return sys.stdout
