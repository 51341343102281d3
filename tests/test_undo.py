"""undo: the newest figures that were recorded are taken out again, byte for byte; nothing that anybody wrote, changed or committed."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from documents import additions, documents, loaded, record, said
from support import run, tries
from targettrack.errors import TargettrackError
from targettrack.pages import contract
from targettrack.recording import append, undone
from targettrack.store import write
from test_add_actual import TEXT

if TYPE_CHECKING:
    from test_append import Addition

ADD = ("add-actual", "plan", "output-share", "46", "--period", "2021", "--source", "yearbook")
NEW = ("add-actual", "plan", "output-share", "47", "--period", "2022", "--source", "new", "--source-title", "New")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with one program."""
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / "plan.toml").write_text(TEXT, encoding="utf-8", newline="")
    return tmp_path


def data(place: Path, name: str = "plan") -> bytes:
    """The bytes of the program file."""
    return (place / "targets" / f"{name}.toml").read_bytes()


def undo(*argv: str, cwd: Path, code: int = 0) -> str:
    """What the command says: its answer, or why it does nothing."""
    done = run("undo", *argv, cwd=cwd)
    assert done.returncode == code, done.stderr
    assert bool(done.stdout) is (code == 0)
    return done.stdout or done.stderr


def git(place: Path, *words: str) -> None:
    """Git, as somebody who has no configuration."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *who, *words], cwd=place, check=True, env=env)


# ---------------------------------------------------------------- laws


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a program file is to be, in a folder of its own."""
    return tmp_path_factory.mktemp("targets") / "program.toml"


@tries(300)
@given(documents(), additions())
def test_what_was_recorded_is_taken_out(path: Path, document: bytes, addition: Addition) -> None:
    """Whatever the file is like, and whatever was recorded: the file is what it was before, but for the end of its last line."""
    path.write_bytes(document)
    done = record(path, *addition)
    assume(done.appendix)
    cut = write.take_out(loaded(path), len(done.plan.added), "", 30, lambda: None)
    end = append.line_end(document.decode("utf-8-sig")).encode()
    assert path.read_bytes() in ({document} if document.endswith(b"\n") else {document, document + end})
    assert {*cut.sources} == {*done.plan.sources}
    assert len(cut.actuals) == len(done.plan.added)


@tries(300)
@given(documents(), additions(), st.data())
def test_no_changed_block_is_taken_out(path: Path, document: bytes, addition: Addition, draw: st.DataObject) -> None:
    """Whatever sign of the last block is changed, left out or doubled: it is not taken for what was recorded."""
    path.write_bytes(document)
    done = record(path, *addition)
    assume(done.appendix)
    text = path.read_bytes().decode("utf-8-sig")
    start = next(undone.newest(text)).start
    place = draw.draw(st.integers(start + 2, len(text) - 1))
    changed = text[:place] + draw.draw(st.sampled_from(["", "x", "7", text[place] * 2])) + text[place + 1 :]
    assume(changed != text)
    assert [*undone.newest(changed)] == []


# ---------------------------------------------------------------- what it does


@pytest.mark.parametrize(
    "old",
    [TEXT, TEXT.replace("\n", "\r\n"), f"\ufeff{TEXT}", f"{TEXT}\n\n"],
    ids=["plain", "windows", "mark", "empty lines"],
)
@pytest.mark.parametrize(
    "commands", [[ADD], [NEW], [ADD, NEW], [NEW, ADD]], ids=["one", "source", "two", "two and a source"]
)
def test_the_file_is_what_it_was(place: Path, old: str, commands: list[tuple[str, ...]]) -> None:
    """One figure a call, the newest first, with the source that came with it; the bytes are those that were there each time."""
    (place / "targets" / "plan.toml").write_bytes(old.encode())
    states = []
    for command in commands:
        states.append(data(place))
        assert run(*command, cwd=place).returncode == 0
    for state in reversed(states):
        assert "taken out" in undo("plan", cwd=place)
        assert data(place) == state
    assert "does not end with a figure" in undo("plan", cwd=place, code=3)
    assert data(place) == states[0]


def test_a_last_line_without_an_end_keeps_the_one_that_it_got(place: Path) -> None:
    """What recording had to put between is no part of the figure."""
    (place / "targets" / "plan.toml").write_bytes(TEXT.encode().rstrip(b"\n"))
    run(*ADD, cwd=place)
    undo("plan", cwd=place)
    assert data(place) == TEXT.encode()


def test_it_says_what_it_took_out(place: Path) -> None:
    """Figure, period, source, lines, and what became of the targets."""
    run(*NEW, cwd=place)
    told = undo("plan", cwd=place)
    first = TEXT.count("\n") + 1
    assert told.startswith(
        f"taken out  1\u00a0figure in plan\n  output-share: 47\u00a0% in 2022, new\n  and 1 source that came with them: new\n  targets/plan.toml:{first}, 12\u00a0lines cut off the end; the rest is as it was\n"
    )
    assert "\n\n  by\u00a02020" in told
    assert "before" in told


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_it_says_so_to_scripts(place: Path, lang: str) -> None:
    """What would be cut off, then what was, to the byte; the targets as status has them; the same in every language, and errors as JSON."""
    before = run("status", "plan", "--json", cwd=place).stdout
    state = data(place)
    run(*NEW, cwd=place)
    recorded = data(place)
    tried, done = (
        json.loads(undo("plan", *more, "--json", "--lang", lang, cwd=place)) for more in (("--dry-run",), ())
    )
    Draft202012Validator(contract.schema("undo")).validate(done)
    assert (tried["dry_run"], tried["taken_out"], done["dry_run"], done["taken_out"]) == (True, 0, False, 1)
    assert {**tried, "dry_run": False, "taken_out": 1} == done
    assert data(place) == state
    assert recorded == state + done["text"].encode()
    assert done["lines"] == [state.count(b"\n") + 1, recorded.count(b"\n")]
    assert [each["period"] for each in done["actuals"]] == ["2022"]
    assert [each["after"] for each in done["targets"]] == [
        row for row in json.loads(before)["targets"] if row in [each["after"] for each in done["targets"]]
    ]
    error = run("undo", "plan", "--json", cwd=place)
    assert (error.returncode, json.loads(error.stderr)["error"]["code"]) == (3, "nothing-to-undo")


def test_a_source_that_something_else_names_stays(place: Path) -> None:
    """It came with the figure, and another figure uses it by now, or had to wait for it."""
    run(*NEW, cwd=place)
    run("add-actual", "plan", "balance", "5", "--period", "2022", "--source", "new", cwd=place)
    undo("plan", cwd=place)
    assert b"[sources.new]" in data(place)
    text = data(place).decode().replace('source = "yearbook"', 'source = "new"', 1)
    (place / "targets" / "plan.toml").write_text(text, encoding="utf-8", newline="")
    undo("plan", cwd=place)
    assert b"[sources.new]" in data(place)


def test_many_figures_at_once(place: Path) -> None:
    """What the receipt of a table names takes out the table."""
    before = data(place)
    rows = "".join(f"balance,{year},{year - 2000}.5,yearbook\n" for year in range(2019, 2026))
    (place / "f.csv").write_text(f"indicator,period,value,source\n{rows}", encoding="utf-8")
    done = run("add-actual", "plan", "--from", "f.csv", "--targets", str(place / "targets"), cwd=place)
    match = re.search(r"To undo: targettrack (.+)", " ".join(done.stdout.split()))
    assert match is not None
    assert "--figures 7" in match[1]
    assert "7\u00a0figures" in run(*shlex.split(match[1]), cwd=place).stdout
    assert data(place) == before


def test_more_than_there_are(place: Path) -> None:
    """Nothing is taken out where not all can be."""
    run(*ADD, cwd=place)
    before = data(place)
    assert "only the last 1 figure" in undo("plan", "--figures", "2", cwd=place, code=3)
    assert data(place) == before


@pytest.mark.parametrize("words", ["0", "-1", "x", "1.5", ""])
def test_no_number(place: Path, words: str) -> None:
    """How many is a number above 0."""
    undo("plan", "--figures", words, cwd=place, code=2)


# ---------------------------------------------------------------- what it leaves alone


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"value = 46", b"value = 47"), (b"period = 2021", b"period = 2023"), (b'"yearbook"  #', b'"paper"  #')],
)
def test_a_figure_that_was_changed(place: Path, old: bytes, new: bytes) -> None:
    """It is somebody's by now, and its line is named (exit 6)."""
    run(*ADD, cwd=place)
    path = place / "targets" / "plan.toml"
    path.write_bytes(data(place).replace(old, new))
    before = data(place)
    line = TEXT.count("\n") + 2
    assert f"at line {line}, or what stands behind it, was changed since" in undo("plan", cwd=place, code=6)
    assert data(place) == before


@pytest.mark.parametrize(
    "more",
    [
        "\n",
        "# a remark\n",
        '\n[[actuals]]\nindicator = "balance"\nperiod = 2030\nvalue = 1\n',
        '[sources.mine]\ntitle = "T"\n',
    ],
)
def test_what_somebody_wrote_behind_it(place: Path, more: str) -> None:
    """Is not cut off, nor is what stands before it."""
    run(*ADD, cwd=place)
    with (place / "targets" / "plan.toml").open("a", encoding="utf-8", newline="") as file:
        file.write(more)
    before = data(place)
    undo("plan", cwd=place, code=6)
    assert data(place) == before


def test_what_somebody_wrote_before_it_stays(place: Path) -> None:
    """An edit elsewhere in the file does not hinder, and is kept."""
    run(*ADD, cwd=place)
    path = place / "targets" / "plan.toml"
    path.write_bytes(data(place).replace(b"# the first figure", b"# mine"))
    undo("plan", cwd=place)
    assert data(place) == TEXT.replace("# the first figure", "# mine").encode()


def test_a_figure_that_somebody_wrote(place: Path) -> None:
    """A block without a mark was never recorded."""
    assert "does not end with a figure" in undo("plan", cwd=place, code=3)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_what_is_committed(place: Path, end: bytes) -> None:
    """It stays, unless it is asked for; what came after it does not."""
    (place / "targets" / "plan.toml").write_bytes(data(place).replace(b"\n", end))
    run(*ADD, cwd=place)
    git(place, "init", "-q")
    git(place, "-c", "core.autocrlf=input", "add", ".")
    git(place, "commit", "-qm", "A figure")
    run(*NEW, cwd=place)
    undo("plan", cwd=place)
    before = data(place)
    assert "is committed in git" in undo("plan", cwd=place, code=2)
    assert "no program ends with" in undo(cwd=place, code=3)
    assert data(place) == before
    undo("plan", "--committed", cwd=place)
    assert data(place) == TEXT.encode().replace(b"\n", end)


def test_git_that_does_not_answer(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it is committed cannot be known: it stays, unless it is asked for."""
    git(place, "init", "-q")
    run(*ADD, cwd=place)
    before = data(place)
    monkeypatch.setenv("PATH", str(place))
    assert "git does not say what is committed" in undo("plan", cwd=place, code=5)
    assert data(place) == before
    undo("plan", "--committed", cwd=place)
    assert data(place) == TEXT.encode()


def test_nothing_is_written_to_try_it(place: Path) -> None:
    """The bytes that would be cut off are printed, and those are what is cut off."""
    before = data(place)
    run(*ADD, cwd=place)
    after = data(place)
    done = run("undo", "plan", "--dry-run", cwd=place)
    assert (done.returncode, before.decode() + done.stdout) == (0, after.decode())
    assert data(place) == after


# ---------------------------------------------------------------- which program


def test_the_one_program(place: Path) -> None:
    """Without a name it is the program that ends with a recorded figure; of several, one must be named."""
    (place / "targets" / "other.toml").write_text(TEXT, encoding="utf-8", newline="")
    (place / "targets" / "mapping.toml").write_text("[import]\n", encoding="utf-8")
    run(*ADD, cwd=place)
    undo(cwd=place)
    assert data(place) == TEXT.encode()
    run(*ADD, cwd=place)
    run("add-actual", "other", *ADD[2:], cwd=place)
    assert "plan" in undo(cwd=place, code=2)
    assert "other" in undo(cwd=place, code=2)
    undo("other", cwd=place)
    assert data(place, "other") == TEXT.encode()


def test_no_such_program(place: Path) -> None:
    """As with every command."""
    undo("plant", cwd=place, code=3)


# ---------------------------------------------------------------- real processes


@pytest.mark.skipif(sys.platform == "win32", reason="processes are started as on Unix")
def test_many_at_once(place: Path) -> None:
    """Each takes out one figure, and none takes out another's, whoever records meanwhile."""
    for year in range(2021, 2027):
        run("add-actual", "plan", "balance", str(year), "--period", str(year), "--source", "yearbook", cwd=place)
    command = [sys.executable, "-m", "targettrack"]
    running = [subprocess.Popen([*command, "undo", "plan"], cwd=place, stdout=subprocess.DEVNULL) for _ in range(6)]
    assert [process.wait() for process in running] == [0] * 6
    assert data(place) == TEXT.encode()


def test_the_proof_is_made_of_what_is_left(place: Path) -> None:
    """What is left is a program again, with its figures but one."""
    run(*ADD, cwd=place)
    found = loaded(place / "targets" / "plan.toml")
    cut = write.cut_off(found, 1, "")
    assert [*map(said, cut.after.program.document.actuals)] == [*map(said, found.program.document.actuals[:-1])]
    assert cut.actuals == found.program.document.actuals[-1:]
    with pytest.raises(TargettrackError, match="only the last 1 figure"):
        write.cut_off(found, 2, "")
