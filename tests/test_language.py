"""Languages: each catalogue says everything that the project says, with the same parts, and nothing else."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest

import targettrack
from targettrack import cli, languages, registry

PACKAGE = Path(str(targettrack.__file__)).parent
PLACES = {"tr": (0,), "mark": (0,), "tr_n": (1, 2), "tr_as": (1,)}


@dataclass(frozen=True)
class Said:
    """One text of the code: its key in the catalogues, where it stands, the parts that are given to it (None where that is elsewhere)."""

    key: str
    where: str
    given: frozenset[str] | None


def said_in(path: Path) -> list[Said]:
    """What a module says through the functions of ``language``."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in PLACES:
            continue
        where = f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for place in PLACES[node.func.id]:
            given = node.args[place]
            if node.func.id == "tr" and not isinstance(given, ast.Constant):
                continue  # a text of a table of words, which are marked there
            assert isinstance(given, ast.Constant), where
            assert isinstance(given.value, str), where
            text = str(given.value)
            if node.func.id == "tr_as":
                sense = node.args[0]
                assert isinstance(sense, ast.Constant), where
                text = f"{text} [{sense.value!s}]"
            names = frozenset(str(word.arg) for word in node.keywords) | ({"count"} if node.func.id == "tr_n" else frozenset())
            found.append(Said(text, where, None if node.func.id == "mark" else names))
    return found


def summaries() -> list[Said]:
    """What the list of commands says of each, and the word above the examples."""
    modules = {name: registry.module(cli, name) for name in registry.names(cli)}
    return [*(Said(str(module.__doc__).partition(": ")[2], name, None) for name, module in modules.items()), Said("Examples:", "cli", None)]


SAID = [*(each for path in sorted(PACKAGE.rglob("*.py")) if path.name != "language.py" for each in said_in(path)), *summaries()]


def parts(text: str) -> set[str]:
    """The parts that a text names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def messages(code: str) -> dict[str, str]:
    """The catalogue of a language."""
    found: dict[str, str] = registry.module(languages, code).MESSAGES
    return found


EACH = pytest.mark.parametrize("code", registry.names(languages))


def test_parts_are_given() -> None:
    """A text names the parts that are given to it, and no others."""
    wrong = [(each.where, each.key) for each in SAID if each.given and parts(each.key) != each.given]
    assert not wrong


@EACH
def test_catalogue_is_complete(code: str) -> None:
    """Whatever is said has its words in each language."""
    missing = {each.key: each.where for each in SAID if each.key not in messages(code)}
    assert not missing


@EACH
def test_catalogue_says_nothing_else(code: str) -> None:
    """No text is kept that nobody says."""
    assert not set(messages(code)) - {each.key for each in SAID}


@EACH
def test_parts_are_kept(code: str) -> None:
    """A translation names each part of its text (a count may be left out of one thing), so that no number is lost."""
    wrong = {key: text for key, text in messages(code).items() if parts(text) != parts(key)}
    assert not wrong
