"""The README and the topics of help tell the truth: their examples are run, their tables compared with what the tool says of itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import picture
from support import run
from targettrack import cli, formats, registry, topics
from targettrack.assessment import methods
from targettrack.assessment.status import FLAGS, STATUSES
from targettrack.errors import Exit
from targettrack.pages.keys import ActualDocument, RowDocument, TargetDocument
from targettrack.store import load

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOPICS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(topics.__path__[0], "en").glob("*.md"))}
REFERENCE = "\n".join((README, *TOPICS.values()))
EXAMPLES = re.findall(r"<!-- run(?:, whatever the day)? -->\n```console\n\$ (.*)\n((?:.*\n)*?)```", REFERENCE)
STEPS = re.findall(r"<!-- tutorial(?:: (\S+))? -->\n```\w+\n((?:.*\n)*?)```", README)
MOST = 16 * 1024
"""How many bytes a page may have."""


def test_the_readme_is_a_page() -> None:
    """What is more than a page belongs to help."""
    assert len(README.encode()) <= MOST


def test_there_are_examples() -> None:
    """There are examples to run."""
    assert len(EXAMPLES) >= 5
    assert len(STEPS) >= 4


def test_the_picture_is_what_is_drawn() -> None:
    """The picture of the README is what the tool shows today, and it fetches nothing."""
    drawn = picture.drawn()
    assert picture.PICTURE.read_text(encoding="utf-8") == drawn, "run python tests/picture.py"
    assert picture.PICTURE.relative_to(ROOT).as_posix() in README
    assert "url(http" not in drawn


def test_the_first_program_goes_as_the_readme_says(tmp_path: Path) -> None:
    """Every step, from an empty folder to the promise that was lowered, prints what stands below it."""
    here = str(Path(sys.executable).parent)
    person = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **person, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "200"}
    for file, text in STEPS:
        if file:
            (tmp_path / file).write_text(text, encoding="utf-8")
            continue
        for command, shown in re.findall(r"(?m)^\$ (.*)\n((?:(?!\$ ).*\n)*)", text):
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                encoding="utf-8",
                check=True,
            )
            assert done.stdout == shown, command


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_can_be_read(name: str) -> None:
    """Each has one title, and nothing of it is lost on a narrow page: marks of Markdown aside, every word is there."""
    title, text = TOPICS[name].removeprefix("# ").split("\n", 1)
    assert title
    assert not re.search(r"(?m)^# (?!.*\n?```)", re.sub(r"(?ms)^```.*?^```", "", text))
    shown = plain(run("help", name, "--width", "40").stdout)
    body = re.sub(r"(?m)^(?:<!--.*-->|```\w*|\| --- .*|## ?)", "", text)
    for word in re.sub(r"\]\(|[|\\*]", " ", body).split():
        assert plain(word) in shown, word


TRANSLATED = sorted(
    path for path in Path(topics.__path__[0]).glob("*/*.md") if path.parent.name != "en" and path.stem in TOPICS
)


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_translation_names_the_same(path: Path) -> None:
    """A topic has, in every language, the same examples, the same rows, and names the same keys, options and words of files."""
    text, english = path.read_text(encoding="utf-8"), TOPICS[path.stem]
    assert Counter(re.findall(r"`[^`\n]+`", text)) == Counter(re.findall(r"`[^`\n]+`", english))
    assert re.findall(r"(?ms)^```.*?^```", text) == re.findall(r"(?ms)^```.*?^```", english)
    for mark in ("## ", "|", "- "):
        assert sum(line.startswith(mark) for line in text.splitlines()) == sum(
            line.startswith(mark) for line in english.splitlines()
        )
    assert run("help", path.stem, "--lang", path.parent.name).stdout.startswith(
        f"{path.stem}  {text.partition(chr(10))[0].removeprefix('# ')}\n"
    )


def test_every_translation_is_of_a_topic() -> None:
    """A text that English does not have would never be offered."""
    assert {path.stem for path in Path(topics.__path__[0]).glob("*/*.md")} == {*TOPICS}


def plain(text: str) -> str:
    """A text without spaces and the marks that are not shown."""
    return re.sub(r"[\s*\\|()\[\]]", "", text)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command[:60] for command, _ in EXAMPLES])
def test_an_example_prints_what_the_readme_shows(command: str, shown: str) -> None:
    """Each example of the README prints exactly what stands below it."""
    here = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert whatever_the_day(done.stdout) == whatever_the_day(shown)


def whatever_the_day(text: str) -> str:
    """What is printed, without the day of recording and the marks that depend on it."""
    return re.sub(r"(?m)^(recorded = )[\d-]{10}|(?:  |^)# [0-9a-f]{6}$|(?<=[a-z0-9] )[0-9a-f]{6}$", r"\1", text)


def test_the_example_program_is_valid(tmp_path: Path) -> None:
    """The program that is shown as an example loads."""
    (text,) = re.findall(r"```toml\n((?:.*\n)*?)```", TOPICS["files"])
    path = tmp_path / "hanoi.toml"
    path.write_text(text, encoding="utf-8")
    assert load.load(path) is not None


def test_every_command_format_and_method_is_named() -> None:
    """A command, format or method that is added must be added to the README, or to a topic."""
    for name in registry.names(cli):
        assert f"`targettrack {name}" in README
    for name in [*registry.names(formats), *registry.names(methods)]:
        assert name in REFERENCE


def test_every_status_and_exit_code_is_explained() -> None:
    """The topics' tables of statuses and exit codes are complete."""
    assert all(f"`{status}`" in TOPICS["judging"] for status in STATUSES)
    assert all(f"\n| {int(code)} | " in TOPICS["json"] for code in Exit)


def test_every_key_of_a_row_is_explained() -> None:
    """The tables of keys have those of a row, of a target and of an actual, in their order, and no others."""
    tables = re.findall(r"(?ms)^\| key of an? \w+ \| holds \|\n\| --- .*?\n(.*?)\n\n", TOPICS["json"])
    told = [re.findall(r"(?m)^\| `(\w+)` \| \S", table) for table in tables]
    assert told == [[*each.__annotations__] for each in (RowDocument, TargetDocument, ActualDocument)]


def test_every_flag_and_shape_is_explained() -> None:
    """The tables of flags and of shapes are complete; the word of an open or rough figure stands with the figure itself."""
    assert {flag for flag in FLAGS if f"`{flag}`" not in TOPICS["judging"]} <= {"approx"}
    shapes = {"value", "range", "times_baseline", "improve", "undetermined"}
    assert set(re.findall(r"(?m)^\| `(\w+) = ", TOPICS["shapes"])) == shapes


def test_every_program_is_listed() -> None:
    """The README lists the programs that ship."""
    assert all(f"| `{path.stem}` | " in README for path in (ROOT / "targets").glob("*.toml"))


def test_the_options_that_are_named_exist() -> None:
    """Every --option in the README and the topics is one of some command's help, or of pip's, pytest's, git's, toml-sort's or the bench's."""
    helps = "".join(run(name, "--help").stdout for name in registry.names(cli)) + run("--help").stdout
    theirs = {"--quiet", "--disable-pip-version-check", "--hypothesis-profile", "--all", "--rows"}
    assert set(re.findall(r"--[a-z][a-z-]+", REFERENCE)) - theirs <= set(re.findall(r"--[a-z][a-z-]+", helps))
