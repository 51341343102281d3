"""help: every status, flag, code and exit code is explained, each word is found, and nothing is cut at any width."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import run
from targettrack import cli, registry, topics
from targettrack.assessment.status import STATUSES
from targettrack.errors import Exit
from targettrack.pages import help as pages
from targettrack.pages.check import codes
from targettrack.wording import flags


def said(*words: str) -> str:
    """What help prints."""
    done = run("help", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_topics_are_what_the_code_knows() -> None:
    """Every status, flag, code and exit code has its line, and nothing else has one."""
    known = {
        "signs": list(STATUSES),
        "flags": list(flags.WORDS),
        "codes": [code for code, _, _ in codes.catalogue()],
        "exit-codes": [*(str(int(code)) for code in Exit), "130"],
    }
    for topic, keys in known.items():
        assert [entry.key for entry in pages.TOPICS[topic]().entries] == keys
    assert all(entry.meaning for make in pages.TOPICS.values() for entry in make().entries)


def test_the_index_names_every_topic() -> None:
    """help alone is a line a topic."""
    texts = sorted(path.stem for path in Path(topics.__path__[0], "en").glob("*.md"))
    assert re.findall(r"(?m)^  (\S+)  ", said()) == [*pages.TOPICS, *texts]
    assert not {*texts} & {*pages.TOPICS, *pages.ALSO}
    assert {*texts} & {*registry.names(cli)} == {"methods"}
    assert "`targettrack methods`" in said("methods")


@pytest.mark.parametrize("topic", pages.TOPICS)
@pytest.mark.parametrize("width", [20, 50, 120])
def test_nothing_is_cut(topic: str, width: int) -> None:
    """At any width every meaning stands in full, and no line is longer than the page."""
    text = said(topic, "--width", str(width))
    together = "".join(text.split())
    for entry in pages.TOPICS[topic]().entries:
        assert "".join(entry.meaning.split()) in together
    longest = max(len(word) for word in text.split())
    assert max(map(len, text.splitlines())) <= max(width, longest + 6)


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("met_late", "✓ met late"),
        ("Met late", "✓ met late"),
        ("no-source", "no-source"),
        ("series_break", "count changed"),
        ("weak end", "weak end"),
        ("2015-Q3", "2015-Q3"),
        ("130", "130"),
    ],
)
def test_one_word(word: str, line: str) -> None:
    """A word, however it is written, has its one line."""
    text = said(word)
    assert line in text
    assert len(re.findall(r"(?m)^  \S", text)) == 1


def test_a_command_has_its_help_page() -> None:
    """help status is status --help."""
    assert said("status") == run("status", "--help").stdout


@pytest.mark.parametrize(
    ("word", "told"), [("missd", "did you mean missed?"), ("sings", "did you mean signs?"), ("qqqq", "help names them")]
)
def test_a_word_that_nobody_knows(word: str, told: str) -> None:
    """It is refused, with the one that may be meant, and nothing is printed."""
    done = run("help", word)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("statsu",), "status"),
        (("status", "--only", "mised"), "missed"),
        (("status", "--format", "cvs"), "csv"),
        (("status", "--method", "linaer"), "linear"),
        (("status", "--format", "csv", "--columns", "gapp"), "gap"),
    ],
)
def test_a_near_miss_is_suggested_and_never_taken(words: tuple[str, ...], meant: str) -> None:
    """Of commands, statuses, formats, methods and columns."""
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"did you mean {meant}?" in done.stderr
