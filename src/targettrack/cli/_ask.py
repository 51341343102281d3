"""Ask: what a command still needs to know, asked of a person at a terminal and of nobody else."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from unicodedata import normalize

import typer

from targettrack.cli import _interrupt, _say
from targettrack.errors import TargettrackError
from targettrack.language import tr
from targettrack.text import clean, line_shown


def possible() -> bool:
    """Whether a person is there who sees the question and can answer it."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


BACK = "<"
"""The answer that goes one question back."""


class BackError(Exception):
    """Somebody wants to answer the question before once more."""


class _Terminal:
    """Whether lines may be edited: not any more where one was no text, of which the editor would keep a part for the next."""

    edits = True


def _answer(question: str, words: Sequence[str] = (), *, edited: bool = True) -> str:
    """One line from the terminal; ``words`` are completed. The question goes to stderr, in whole: stdout is for data.

    Raises:
        typer.Abort: there will be no answer.

    """
    while True:
        try:
            line = _edited(f"{question}: ", words) if edited and _has_line_editing() else _plain(f"{question}: ")
            line.encode()
        except UnicodeError:
            _Terminal.edits = False
            sys.stderr.write(f"  {tr('this is not UTF-8: set the terminal to UTF-8')}\n")
            continue
        except EOFError:
            sys.stderr.write("\n")
            _say.remark(tr("nothing was recorded"))
            raise typer.Abort from None
        return line.strip()


def _plain(prompt: str) -> str:
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _has_line_editing() -> bool:
    """Whether Python can let a person edit a line, and its history, at this very terminal."""
    if not _Terminal.edits or sys.stdin is not sys.__stdin__ or sys.stderr is not sys.__stderr__ or not possible():
        return False
    return importlib.util.find_spec("readline") is not None and importlib.util.find_spec("termios") is not None


def _edited(prompt: str, words: Sequence[str]) -> str:
    """A line that may be edited; Up has those that were typed before. The terminal is left as it was, whatever ends this."""
    if sys.platform == "win32":  # it has neither of these
        return _plain(prompt)
    import readline  # noqa: PLC0415 - not every Python has it, and only a question needs it
    import termios  # noqa: PLC0415 - as above

    readline.set_completer_delims("")
    readline.set_completer(lambda begun, place: next(iter([w for w in words if w.startswith(begun)][place:]), None))
    for setting in ("tab: complete", "set enable-bracketed-paste off", "set disable-completion off"):
        readline.parse_and_bind(setting)
    before = termios.tcgetattr(0)
    with _interrupt.tidied(lambda: termios.tcsetattr(0, termios.TCSADRAIN, before)), _on_stderr():
        return input(prompt)


@contextlib.contextmanager
def _on_stderr() -> Iterator[None]:
    """Let Python ask where stderr goes: it edits lines on stdout alone, which may be a file."""
    sys.stdout.flush()
    sys.stderr.flush()
    saved = os.dup(1)
    try:
        os.dup2(2, 1)
        yield
    finally:
        os.dup2(saved, 1)
        os.close(saved)


def text(
    question: str,
    *,
    offered: str | None = None,
    sound: Callable[[str], object] = str,
    words: Sequence[str] = (),
    back: bool = False,
) -> str:
    """An answer, asked again until ``sound`` raises nothing about it; an offered one is taken with Enter.

    Raises:
        BackError: the question before is to be asked again, where there is a way ``back``.

    """
    while True:
        asked = f"{clean(question)} [{clean(offered)}]" if offered else clean(question)
        answer = _answer(asked, words) or offered
        if answer is None:
            continue
        if back and answer == BACK:
            raise BackError
        try:
            sound(answer)
        except (ValueError, typer.BadParameter, TargettrackError) as error:
            for sentence in _sentences(error):
                sys.stderr.write(f"  {sentence}\n")
        else:
            return answer


def _sentences(error: Exception) -> Sequence[str]:
    if isinstance(error, TargettrackError):
        return [clean(part) for problem in error.problems for part in (problem.message, problem.hint) if part]
    return [clean(part) for part in (str(error), getattr(error, "hint", "")) if part]


def optional(
    question: str, *, offered: str = "", sound: Callable[[str], object] = str, back: bool = False
) -> str | None:
    """An answer that may be left empty."""
    return text(question, offered=offered, sound=lambda answer: answer and sound(answer), back=back) or None


def listed(rows: Sequence[Sequence[str]]) -> None:
    """What may be chosen: a sign to choose it by, its id, a figure or nothing, and what it is; nothing is cut, a narrow terminal gets more lines."""
    shown = [[_say.letters(clean(part)) for part in row] for row in rows]
    signs, ids, figures = (max(len(row[place]) for row in shown) for place in range(3))
    width = max(os.get_terminal_size(sys.stderr.fileno()).columns - 1, 20) if sys.stderr.isatty() else 1000
    beside = 2 + signs + 2 + ids + 2 + (figures + 2 if figures else 0)
    for sign, id, figure, about in shown:
        head = f"  {sign:>{signs}}  {id:<{ids}}  {f'{figure:<{figures}}  ' if figures else ''}"
        if beside + 24 <= width:
            lines = _wrapped(about, head, beside, width)
        else:
            lines = [
                *_wrapped(figure, f"  {sign:>{signs}}  {id}  ", 6 + signs, width),
                *_below(about, 4 + signs, width),
            ]
        sys.stderr.write("".join(f"{line_shown(line.rstrip())}\n" for line in lines))


def _below(text: str, indent: int, width: int) -> list[str]:
    return _wrapped(text, " " * indent, indent, width) if text else []


def _wrapped(text: str, head: str, hang: int, width: int) -> list[str]:
    import textwrap  # noqa: PLC0415 - only a question needs it

    if not text:
        return [head]
    return textwrap.wrap(
        text, width, initial_indent=head, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False
    )


def confirmed(question: str) -> bool:
    """Yes or no, in the reader's language or in English; Enter is no."""
    while True:
        answer = normalize("NFC", _answer(f"{clean(question)} {tr('[y/N]')}", edited=False).casefold())
        if answer in {"", "n", "no", *tr("n no").split()}:
            return False
        if answer in {"y", "yes", *tr("y yes").split()}:
            return True
