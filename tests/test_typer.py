"""Typer: what we take of it that is not its public face may be gone in another version; then all is as it was, only slower."""

from __future__ import annotations

import contextlib
import io

import pytest

from support import HERE
from targettrack import cli, registry
from targettrack.cli import _typer, main

NO_NAME = "a_name_that_typer_has_not"

HELP = [("--help",), (), *((name.replace("_", "-"), "--help") for name in registry.names(cli))]

REFUSED = [
    ("statsu",), ("--foo",), ("--lang", "en"), ("status", "--foo"), ("status", "--metod", "x"), ("status", "--on"), ("status", "--json=x"), ("status", "--color", "x"),
    ("show",), ("show", "a", "b"), ("changes",), ("cite", "hanoi", "--lang"), ("add-actual", "hanoi", "output-share", "-5", "--perod", "2024"),
]  # fmt: skip

DONE = [
    ("--version",),
    ("status", "hanoi", "--on", "2026-01-01"),
    ("status", "--only", "met", "--only", "missed", "--on", "2026-01-01", "--json"),
    ("list", "--on", "2026-01-01"),
]


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs that are shipped."""
    monkeypatch.chdir(HERE.parent)


def said(*argv: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(argv)
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
    return code, out.read(), err.read()


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("argv", [*HELP, *REFUSED, *DONE], ids=" ".join)
def test_without_the_shortcut(monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], language: str) -> None:
    """Every help page, every refusal and every answer is the same where typer makes values of texts in its own way."""
    monkeypatch.setenv("TARGETTRACK_LANG", language)
    with_it = said(*argv)
    monkeypatch.setattr(_typer, "SHORTCUT", NO_NAME)
    assert said(*argv) == with_it


def test_the_shortcut_is_taken() -> None:
    """The typer that is installed has it, if values are made by pydantic there: else each start is slower, and nobody sees why."""
    param = _typer.shared()[0]
    assert hasattr(param, _typer.SHORTCUT) or not hasattr(param, "type_descriptor")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_help_page_is_in_one_language(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """The words that typer adds in English are in the language spoken."""
    monkeypatch.setenv("TARGETTRACK_LANG", language)
    pages = "".join(said(*argv)[1] for argv in HELP)
    english = ["Usage:", "Options:", "Arguments:", "Commands:", "[required]", "[default: "]
    assert [word in pages for word in english] == [language == "en"] * len(english)
