"""Completion: every value that is offered is one, every option has its rule, three shells complete at the first key, and nothing is loaded for it that takes time."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import completions
from support import run
from targettrack.cli._completion import declared, offered, shells, values
from targettrack.cli._completion.values import FILES, FOLDERS
from terminal import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = """\
targettrack = 1
[program]
name = "Plan"
[sources.old]
title = "An older document"
published = 2019
[sources.new]
title = "A newer one"
published = 2021-05-31
[indicators.output]
name = "Output"
unit = "t"
direction = "increase"
baseline = { period = 2015, value = 1 }
[[indicators.output.targets]]
by = 2025
value = 5
# by = 2099
[[indicators.output.targets]]
by = 2030
value = 7
[indicators.center]
name = "A center is open"
unit = "yes/no"
[[actuals]]
indicator = "output"
period = "2021-S1"
value = 3
note = '''
period = 1900
'''
[[actuals]]
indicator = "center"
period = 2022
value = true
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two programs, in which the tests are."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "plan.toml").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "targets" / "plant.toml").write_text(PROGRAM.replace("output", "firms"), encoding="utf-8")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "TARGETTRACK_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def at(line: str) -> list[str]:
    """What is offered at the end of a line."""
    *words, begun = shells.split(line)
    return [text for text, _ in offered(words, begun)]


# ---------------------------------------------------------------- what is known


def test_what_is_known_is_what_the_code_says() -> None:
    """The commands, their options, and the words that they take; if this fails, run ``python tests/completions.py``."""
    assert completions.FILE.read_text(encoding="utf-8") == completions.text()


def test_every_value_has_a_rule() -> None:
    """Each argument and option that takes a value says what may be offered for it, or that nobody can know: by its own name, or by the word for its value."""
    known = declared.everything()
    lacking = {
        (command, *names, metavar)
        for command, parameters in [("", known["root"]), *known["parameters"].items()]
        for _, names, metavar, _, _ in parameters
        if metavar
        and not {f"{command} {metavar}", *names, metavar} & values.RULES.keys()
        and not {*names, metavar} & values.FREE
    }
    assert lacking == set()


# ---------------------------------------------------------------- what is offered

OFFERED = [
    ("", "--l", ["--lang"]),
    ("--lang ", "v", ["vi"]),
    ("--lang vi ", "ch", ["check", "changes"]),
    ("status ", "", ["plan", "plant"]),
    ("status ", "PLANT", ["plant"]),
    ("status plan/output ", "plant/", ["plant/firms", "plant/center"]),
    ("status ", "plan/", ["plan/output", "plan/center"]),
    ("explain ", "pl", ["plan/", "plant/"]),
    ("explain ", "plant/f", ["plant/firms"]),
    ("explain plan/output ", "", []),
    ("new ", "pl", []),
    ("status --only ", "met", ["met", "met_late"]),
    ("status ", "--only=met", ["--only=met", "--only=met_late"]),
    ("status --only ", "met,mis", ["met,missed"]),
    ("status --only ", "met,me", ["met,met_late"]),
    ("status --sort ", "", ["gap", "due", "file"]),
    ("status --method ", "un", ["un-2022"]),
    ("status --format ", "j", ["json", "jsonl"]),
    ("check --format ", "", ["github", "json", "table", "xlsx", "full", "concise"]),
    ("check --select ", "no-so", ["no-source"]),
    ("check --ignore ", "no-source,no-b", ["no-source,no-baseline"]),
    ("list --next ", "", ["3m", "6m", "12m", "2y"]),
    (
        "status --columns ",
        "program,ga",
        ["program,gap", "program,gap_strong", "program,gap_approx", "program,gap_unit"],
    ),
    ("status --columns ", "al", ["all"]),
    ("status --due ", "", ["2030", "2025"]),
    ("status --on ", "", []),
    ("status --width ", "", []),
    ("status --targets ", "", [FOLDERS[0]]),
    ("status -o ", "", [FILES[0]]),
    ("status --lang ", "", ["en", "vi"]),
    ("status --color ", "a", ["auto", "always"]),
    ("status ", "--no-p", ["--no-pager"]),
    ("status --no-pager ", "--no-p", []),
    ("status --json ", "--js", []),
    ("status -- ", "--js", []),
    ("status --only met ", "--onl", ["--only"]),
    ("history --every ", "", ["year", "half", "quarter", "month"]),
    ("history plan/output --every ", "m", ["month"]),
    ("cite plan/output --target ", "", ["2030", "2025"]),
    ("cite plant/center --target ", "", []),
    ("explain plan/output --period ", "", ["2030", "2025", "2021-S1", "2015"]),
    ("add-actual ", "pl", ["plan", "plant"]),
    ("add-actual ", "plan/", ["plan/output", "plan/center"]),
    ("add-actual plan ", "", ["output", "center"]),
    ("add-actual plan ", "OUT", ["output"]),
    ("add-actual plan output ", "", []),
    ("add-actual plan center ", "", ["yes", "no"]),
    ("add-actual plan/center ", "", ["yes", "no"]),
    ("add-actual plan/output ", "", []),
    ("add-actual plan output 5 --source ", "", ["new", "old"]),
    ("add-actual plan/output 5 --period ", "", ["2030", "2025", "2021-S1", "2015"]),
    ("add-actual plan center yes --period ", "", ["2022"]),
    ("add-actual plan output 5 --note ", "", []),
    ("add-actual plan output 5 --note ", "pl", []),
    ("add-actual plan output 5 --quality ", "", ["final", "provisional", "estimate"]),
    ("add-actual plan output -5 --approx ", "a", ["about"]),
    ("import ", "plant", ["plant"]),
    ("import plan ", "", [FILES[0]]),
    ("import plan a.csv ", "", [FILES[0]]),
    ("import plan --kind ", "x", ["xls", "xlsx"]),
    ("init ", "", [FOLDERS[0]]),
    ("export plan --to ", "", ["datapackage", "iati", "open-sdg", "sdmx-csv"]),
    ("schema ", "map", ["mapping"]),
    ("help ", "stat", ["status"]),
    ("help ", "sig", ["signs"]),
    ("nothing ", "", []),
]


@pytest.mark.parametrize(("before", "begun", "found"), OFFERED, ids=[f"{line}{word}" for line, word, _ in OFFERED])
def test_what_is_offered(before: str, begun: str, found: list[str]) -> None:
    """Values that begin so, in the order of their kind; nothing behind what takes free text, and nothing that is there already."""
    assert at(f"targettrack {before}{begun}") == found


def test_a_file_that_is_being_edited() -> None:
    """A program that is no TOML at the moment still has its indicators; what cannot be told from it is not guessed."""
    Path("targets/plan.toml").write_text(PROGRAM + "[[[", encoding="utf-8")
    assert at("targettrack add-actual plan ") == ["output", "center"]
    assert at("targettrack add-actual plan output 5 --source ") == []


def commands() -> Iterator[tuple[str, str]]:
    """Each command with each of its options that takes one of some words."""
    for command, parameters in declared.everything()["parameters"].items():
        for _, names, metavar, _, _ in parameters:
            if names and metavar and metavar not in {"DIR", "FILE", "FILE|DIR", "REV", "REV|DATE", "SIGN"}:
                yield command, max(names, key=len)


SHOWN = {"status", "list", "show", "history", "explain", "cite", "check", "methods", "help"}
BESIDE = {"--columns": ["--format", "csv"], "--period": ["--with", "5"]}
"""What an option goes with."""
NEEDED = {"show": ["plan"], "history": ["plan/output"], "explain": ["plan/output"], "cite": ["plan/output"]}


@pytest.mark.parametrize(("command", "option"), [each for each in commands() if each[0] in SHOWN], ids=" ".join)
def test_what_is_offered_is_taken(command: str, option: str) -> None:
    """No value that is offered is refused by the command that it is offered for."""
    words = [command, *NEEDED.get(command, []), option]
    for text in at(f"targettrack {shlex.join(words)} "):
        done = run(*words, text, *BESIDE.get(option, []), *(["-o", "out.xlsx"] if text == "xlsx" else []))
        assert done.returncode != 2, done.stderr


def test_revisions(place: Path) -> None:
    """Branches, tags and the newest commits that touched the targets, each of which git knows."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "First"], ["tag", "v1"], ["branch", "draft/one"]):
        subprocess.run([*git, *words], cwd=place, check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})
    found = at("targettrack changes --since ")
    assert {"HEAD", "main", "v1", "draft/one"} <= set(found)
    commits = [each for each in found if each not in {"HEAD", "HEAD~1", "main", "v1", "draft/one"}]
    assert len(commits) == 1
    subprocess.run(["git", "cat-file", "-e", commits[0]], cwd=place, check=True)
    assert at("targettrack check --since dr") == ["draft/one"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)))
def test_words_are_parted_as_a_shell_does(words: list[str]) -> None:
    """Quotes, backslashes and spaces: what a shell would make words of."""
    assert shells.split(f"{shlex.join(words)} ") == [*words, ""]


# ---------------------------------------------------------------- real shells

STARTS = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish"}
PROMPT = {"bash": "PS1='ready> '", "zsh": "PS1='ready> '", "fish": "function fish_prompt; echo 'ready> '; end"}


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest, place: Path) -> Iterator[Shell]:
    """A new shell of somebody who installed completion in an earlier one."""
    name = str(request.param)
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    home = place / "home"
    start = home / STARTS[name]
    start.parent.mkdir(parents=True)
    (home / ".local/share/fish/generated_completions").mkdir(
        parents=True
    )  # else fish reads every manual, and goes on when it is gone
    start.write_text(f"{PROMPT[name]}\n", encoding="utf-8")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = {
        "HOME": str(home),
        "PATH": path,
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "XDG_CONFIG_HOME": str(home / ".config"),
    }
    first = Shell(name, cwd=place, env=env)
    first.at_prompt("ready> ")
    first.type("targettrack --install-completion\r")
    first.sees("in every new terminal")
    first.close()
    new = Shell(name, cwd=place, env=env)
    new.at_prompt("ready> ")
    yield new
    with suppress(ProcessLookupError):
        new.close()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("targettrack sta\t", "targettrack status "),
        ("targettrack explain plant/f\t", "plant/firms "),
        ("targettrack explain plant\t", "explain plant/"),
        ("targettrack status --only=off\t", "--only=off_track "),
        ("targettrack status --columns program,gap_s\t", "program,gap_strong "),
        ("targettrack add-actual plan cen\t", "add-actual plan center "),
        ("targettrack check -o targets/plant.t\t", "targets/plant.toml "),
    ],
)
def test_the_first_key_in_a_new_shell(shell: Shell, typed: str, shown: str) -> None:
    """The word is completed at once, with a space behind it where it is whole."""
    shell.type(typed)
    shell.shows(shown)


def test_nothing_is_offered_for_free_text(shell: Shell) -> None:
    """Not even the files that are there: what is typed behind the key stands where the key was pressed."""
    shell.type("targettrack add-actual plan output 5 --note targ\t")
    shell.type("X")
    shell.shows("--note targX")
