"""Merging: two branches that each add figures become one file with the records of both, as git joins them by itself."""

from __future__ import annotations

import os
import re
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import Raw, loaded, said, source
from support import problems, run, tries
from targettrack.program import reading, template
from targettrack.program.model import Actual, Source
from targettrack.recording import append

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEAD = """\
targettrack = 1
[program]
name = "P"
[sources.gso]
title = "Yearbook"
publisher = "Statistics office"
[sources.ven]
title = "News"
[indicators.share]
name = "Share"
unit = "%"
direction = "increase"
[[indicators.share.targets]]
by = 2030
value = 10
[indicators.firms]
name = "Firms"
"""
START = (
    HEAD
    + """
[[actuals]]  # share 2015 gso
indicator = "share"
period = 2015
value = 5.0
source = "gso"
"""
)
ENDS = {
    "plain": START,
    "Windows line ends": START.replace("\n", "\r\n"),
    "no last line end": START.rstrip("\n"),
    "Windows without the last": START.replace("\n", "\r\n").rstrip("\r\n"),
    "no actuals": HEAD,
}

Command = tuple[str, ...]


def git(folder: Path, *argv: str, data: bytes | None = None) -> str:
    """What git says, without the settings of whoever runs the tests."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    person = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", *argv],
        cwd=folder,
        env={**env, **person, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        input=data,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (argv, done.stdout, done.stderr)
    return done.stdout.decode()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A repository with a targets folder, and the attributes that the command gives it."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    (tmp_path / "targets").mkdir()
    (tmp_path / "targets" / ".gitattributes").write_text(template.merging(), encoding="utf-8")
    return tmp_path


def begun(place: Path, start: str) -> Path:
    """A program file in its first commit."""
    path = place / "targets" / "p.toml"
    path.write_bytes(start.encode())
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "--message", "start")
    return path


def records(path: Path) -> list[str]:
    """All records of a file, digit for digit."""
    return [repr(said(actual)) for actual in loaded(path).program.document.actuals]


def sources_of(path: Path) -> dict[str, dict[str, str]]:
    """All sources of a file."""
    return {name: said(each) for name, each in loaded(path).program.sources.items()}


def branch(place: Path, name: str, commands: Sequence[Command]) -> None:
    """A branch on which some commands ran, each of which recorded something."""
    git(place, "switch", "--quiet", "--create", name, "main")
    for argv in commands:
        result = run("add-actual", "p", *argv, cwd=place)
        assert (result.returncode, result.stdout.split()[0]) == (0, "recorded"), result.stderr
    git(place, "commit", "--quiet", "--all", "--message", name)


def merged(place: Path, start: str, *sides: Sequence[Command]) -> list[str]:
    """The records of all sides, which are those of the merged file, each once; which every command reads."""
    path = begun(place, start)
    expected, sources = dict.fromkeys(records(path)), sources_of(path)
    for number, commands in enumerate(sides):
        branch(place, f"side-{number}", commands)
        expected |= dict.fromkeys(records(path))
        sources |= sources_of(path)
    git(place, "switch", "--quiet", "side-0")
    for number in range(1, len(sides)):
        git(place, "merge", "--quiet", "--no-edit", f"side-{number}")
    assert git(place, "status", "--porcelain") == ""
    assert sorted(records(path)) == sorted(expected)
    assert sources_of(path) == sources
    return list(expected)


# ---------------------------------------------------------------- branches made by the command

LONG = (
    "--quality",
    "provisional",
    "--page",
    "12",
    "--quote",
    'a "quote"\nof two lines',
    "--published",
    "2019-02",
    "--note",
    "a note",
    "--disaggregation",
    "sector=textile",
    "--disaggregation",
    "a b=c",
    "--series-break",
    "--approx",
    "about",
)
NEW = (
    "--source",
    "new",
    "--source-title",
    "New yearbook",
    "--source-publisher",
    "Statistics office",
    "--source-published",
    "2020",
    "--source-url",
    "https://example.org",
)
OTHER = (
    "--source",
    "other",
    "--source-title",
    "Other yearbook",
    "--source-publisher",
    "Statistics office",
    "--source-published",
    "2020",
    "--source-url",
    "https://example.org",
)


def figure(value: str, *more: str, period: str = "2019", indicator: str = "share") -> Command:
    """The words that record a figure."""
    return (indicator, value, "--period", period, *more)


SHAPES: dict[str, tuple[list[Command], list[Command]]] = {
    "different values": ([figure("7.20", "--source", "gso")], [figure("7.2", "--source", "ven")]),
    "different values of one source": ([figure("7.20", "--source", "gso")], [figure("7.3", "--source", "gso")]),
    "all the same but the source": (
        [figure("7.20", "--source", "gso", *LONG)],
        [figure("7.20", "--source", "ven", *LONG)],
    ),
    "all the same but the value": (
        [figure("7.20", "--source", "gso", *LONG)],
        [figure("7.21", "--source", "gso", *LONG)],
    ),
    "all the same but the note": (
        [figure("7.20", "--source", "gso", *LONG, "--note", "one")],
        [figure("7.20", "--source", "gso", *LONG, "--note", "two")],
    ),
    "all the same but the period": ([figure("7.20", *LONG, period="2018")], [figure("7.20", *LONG, period="2019")]),
    "two against one": (
        [figure("1", *LONG, period="2016"), figure("2", *LONG, period="2017")],
        [figure("2", *LONG, period="2016")],
    ),
    "one against three": (
        [figure("1", period="2016")],
        [
            figure("1", period="2017"),
            figure("1", period="2018", indicator="firms"),
            figure("1", period="2016", indicator="firms"),
        ],
    ),
    "an equal record": ([figure("7.20", "--source", "gso", *LONG)], [figure("7.20", "--source", "gso", *LONG)]),
    "an equal record before": (
        [figure("1", period="2016"), figure("2", period="2017")],
        [figure("1", period="2016"), figure("3", period="2018")],
    ),
    "an equal record behind": (
        [figure("2", period="2017"), figure("1", period="2016")],
        [figure("3", period="2018"), figure("1", period="2016")],
    ),
    "the same new source": ([figure("1", *NEW, period="2016")], [figure("2", *NEW, period="2017")]),
    "the same new source, and more behind": (
        [figure("1", *NEW, period="2016"), figure("3", period="2015")],
        [figure("2", *NEW, period="2017"), figure("3", period="2014", indicator="firms")],
    ),
    "the same new source, and more before": (
        [figure("3", *LONG, period="2015"), figure("1", *NEW, period="2016")],
        [figure("3", *LONG, period="2014", indicator="firms"), figure("2", *NEW, period="2017")],
    ),
    "the same new source, and more before on one side": (
        [figure("3", period="2015", indicator="firms"), figure("1", *NEW, period="2016")],
        [figure("2", *NEW, period="2017")],
    ),
    "a source of one line, and more before on one side": (
        [figure("3", "--source", "gso", period="2015", indicator="firms"), figure("1", *NEW[:4], period="2016")],
        [figure("2", *NEW[:4], period="2017")],
    ),
    "different new sources": ([figure("1", *NEW, period="2016")], [figure("1", *OTHER, period="2016")]),
    "different new sources of one line": (
        [figure("1", *NEW[:4], period="2016")],
        [figure("1", *OTHER[:4], period="2016")],
    ),
    "a new source on one side": ([figure("1", *NEW, period="2016")], [figure("1", period="2016")]),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_two_branches(place: Path, shape: str) -> None:
    """Two people add figures at the same time: git merges them without a conflict, and every record of both is there as it was recorded."""
    one, two = SHAPES[shape]
    both = merged(place, START, one, two)
    assert len(both) == 1 + len({*one, *two})


@pytest.mark.parametrize("ends", ENDS)
def test_two_branches_of_any_file(place: Path, ends: str) -> None:
    """So it is whatever the line ends of the file are, and however it ends."""
    merged(
        place,
        ENDS[ends],
        [figure("1", *LONG, period="2016"), figure("2", *NEW, period="2017")],
        [figure("2", *LONG, period="2016")],
    )
    data = (place / "targets" / "p.toml").read_bytes()
    assert data.count(b"\r\n") == (data.count(b"\n") if "Windows" in ends else 0)


def test_from_the_first_command_to_the_merged_file(tmp_path: Path) -> None:
    """A folder made by ``init`` needs nothing else: its example takes the figures of three branches, and ``status`` reads them."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    assert run("init", cwd=tmp_path).returncode == 0
    assert git(tmp_path, "check-attr", "merge", "targets/example.toml").split() == [
        "targets/example.toml:",
        "merge:",
        "union",
    ]
    merged(
        tmp_path,
        START,
        [figure("1", *LONG, *NEW, period="2016")],
        [figure("2", *LONG, *NEW, period="2016")],
        [figure("3", *LONG, *NEW, period="2016"), figure("3", *LONG, *OTHER, period="2016")],
    )
    result = run("status", "p", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")


def test_branches_that_go_on_after_a_merge(place: Path) -> None:
    """Both branches add more after one was merged into the other, and are merged again, each into the other."""
    path = place / "targets" / "p.toml"
    merged(place, START, [figure("1", *NEW, period="2016")], [figure("2", *NEW, period="2017")])
    rows = {
        "side-0": [figure("3", *LONG, period="2018")],
        "side-1": [figure("3", *LONG, period="2014"), figure("4", "--source", "new", *LONG, period="2013")],
    }
    expected = set(records(path))
    for name, commands in rows.items():
        git(place, "switch", "--quiet", name)
        for argv in commands:
            assert run("add-actual", "p", *argv, cwd=place).returncode == 0
        git(place, "commit", "--quiet", "--all", "--message", name)
        expected |= set(records(path))
    for name, other in (("side-1", "side-0"), ("side-0", "side-1")):
        git(place, "switch", "--quiet", name)
        git(place, "merge", "--quiet", "--no-edit", other)
        assert sorted(records(path)) == sorted(expected)


def test_a_branch_that_is_rebased(place: Path) -> None:
    """A branch that is replayed on the other, commit by commit, has the records of both."""
    path = place / "targets" / "p.toml"
    expected = merged(
        place,
        START,
        [figure("1", *LONG, period="2016"), figure("2", *LONG, *NEW, period="2016", indicator="firms")],
        [figure("3", *LONG, *NEW, period="2016")],
    )
    git(place, "switch", "--quiet", "side-1")
    git(place, "reset", "--quiet", "--hard", "side-0~1")
    git(place, "rebase", "--quiet", "side-0")
    assert set(records(path)) <= set(expected)
    git(place, "switch", "--quiet", "--detach", "side-0^1")
    git(place, "rebase", "--quiet", "side-0^2")
    assert sorted(records(path)) == sorted(expected)


def test_a_person_writes_at_the_end_as_well(place: Path) -> None:
    """A record that a person wrote by hand at the end stands beside the one that the command added."""
    path = begun(place, START)
    branch(place, "side-0", [figure("1", "--source", "gso", period="2015", indicator="firms")])
    expected = set(records(path))
    git(place, "switch", "--quiet", "--create", "side-1", "main")
    path.write_text(
        f'{START}\n# by hand\n[[actuals]]\nindicator = "firms"\nperiod = 2015\nvalue = 2\nsource = "gso"\n',
        encoding="utf-8",
    )
    expected |= set(records(path))
    git(place, "commit", "--quiet", "--all", "--message", "by hand")
    git(place, "merge", "--quiet", "--no-edit", "side-0")
    assert set(records(path)) == expected


# ---------------------------------------------------------------- what git cannot join


def contrary(place: Path, name: str) -> tuple[Path, set[str]]:
    """Two branches that record the same two figures in another order, merged; and the records of both."""
    path = begun(place, START)
    one, two = (
        figure("1", "--source", name, *(NEW[2:] if name == "new" else ()), period="2016"),
        figure("2", "--source", "gso", *LONG, period="2017"),
    )
    branch(place, "side-0", [one, two])
    branch(place, "side-1", [two, one])
    expected = set(records(path))
    git(place, "merge", "--quiet", "--no-edit", "side-0")
    return path, expected


def test_the_same_figures_in_another_order(place: Path) -> None:
    """Where both sides have the same two records in another order, one may stand twice; none is lost, and none is another one."""
    path, expected = contrary(place, "gso")
    assert set(records(path)) == expected
    assert run("status", "p", cwd=place).returncode == 0


def test_the_same_new_source_in_another_order(place: Path) -> None:
    """There a new source may stand twice: every command says so, nothing is lost, and without the second block the file is whole."""
    path, expected = contrary(place, "new")
    if found := problems(path):
        assert [(problem.code, problem.message) for problem in found] == [
            ("declared-twice", "sources.new is declared twice")
        ]
        assert run("status", "p", cwd=place).returncode == 4
        text = path.read_text(encoding="utf-8")
        blocks = re.findall(r"^\[sources\.new\].*\n(?:.+\n)+", text, re.MULTILINE)
        assert len(blocks) == 2
        assert blocks[0] == blocks[1]
        path.write_text(text.replace(blocks[0], "", 1), encoding="utf-8")
    assert set(records(path)) == expected


def test_one_id_for_two_sources(place: Path) -> None:
    """Two documents under one id are no merge: both blocks stay, and every command says which id is declared twice."""
    path = begun(place, START)
    branch(place, "side-0", [figure("1", *NEW, period="2016")])
    branch(place, "side-1", [figure("1", "--source", "new", "--source-title", "Quite another", period="2016")])
    git(place, "merge", "--quiet", "--no-edit", "side-0")
    assert [(problem.code, problem.message) for problem in problems(path)] == [
        ("declared-twice", "sources.new is declared twice")
    ]
    assert {"Quite another", "New yearbook"} <= set(re.findall(r'title = "(.*)"', path.read_text(encoding="utf-8")))


# ---------------------------------------------------------------- laws


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository for many merges."""
    folder = tmp_path_factory.mktemp("merging")
    git(folder, "init", "--quiet")
    return folder


def joined(repository: Path, start: str, sides: Sequence[str]) -> bytes:
    """What ``git merge`` makes of a file and its branches, one after the other."""
    stream, attributes = [], template.merging().encode()
    for number, text in enumerate([start, *sides]):
        begins = (
            b"from :1\n" if number else b"M 100644 inline .gitattributes\ndata %d\n%s\n" % (len(attributes), attributes)
        )
        data = text.encode()
        stream.append(
            b"reset refs/heads/b%d\ncommit refs/heads/b%d\nmark :%d\ncommitter a <a@example.org> 1 +0000\ndata 0\n%sM 100644 inline p.toml\ndata %d\n%s\n"
            % (number, number, number + 1, begins, len(data), data)
        )
    git(repository, "fast-import", "--quiet", "--force", data=b"".join(stream))
    git(repository, "checkout", "--quiet", "--force", "--detach", "b1")
    for number in range(2, len(sides) + 1):
        git(repository, "merge", "--quiet", "--no-edit", f"b{number}")
    return (repository / "p.toml").read_bytes()


def actual(raw: Raw) -> Actual:
    """An actual of these keys."""
    found, faults = reading.part(Actual, raw, ())
    assert found is not None, faults
    return found


KEYS: dict[str, list[Any]] = {
    "indicator": ["share", "share", "firms"], "period": [2018, 2019, "2019-Q1"], "value": [Decimal("7.20"), Decimal("7.2"), 8], "approx": [None, None, "about"], "quality": ["final", "provisional"],
    "series_break": [False, True], "disaggregation": [{}, {"sector": "textile"}, {"a b": "c", "sector": "textile", "x": "y"}], "page": [None, 12, "ii"], "quote": [None, "q", "r\nq"],
    "published": [None, 2019, "2019-02"], "recorded": ["2026-11-22"], "note": [None, "n"],
}  # fmt: skip
"""Few values for each key, so that records have many lines in common."""


@st.composite
def raws(draw: st.DrawFn, sources: Sequence[str | None]) -> Raw:
    """The keys of an actual."""
    return {
        key: value
        for key, value in {
            **{key: draw(st.sampled_from(values)) for key, values in KEYS.items()},
            "source": draw(st.sampled_from(sources)),
        }.items()
        if value is not None
    }


@st.composite
def new(draw: st.DrawFn) -> Source:
    """A new source, of one line or many."""
    more = {"publisher": "Statistics office", "published": 2020, "url": "https://example.org", "note": "n"}
    keys = draw(st.lists(st.sampled_from(list(more)), unique=True))
    return source(title=draw(st.sampled_from(["Yearbook", "News"])), **{key: more[key] for key in keys})


@st.composite
def branches(draw: st.DrawFn, count: int) -> tuple[str, list[str]]:
    """A file, and what it is on some branches to each of which figures were added; what all of them added is in the same order on each."""
    start = draw(st.sampled_from(list(ENDS.values())))
    texts, known, seen = [start] * count, [list[str]() for _ in range(count)], set[str]()
    fresh: dict[str, Source] = draw(st.dictionaries(st.sampled_from(["n-1", "n-2"]), new(), max_size=2))
    opened: list[str] = []
    for opening in draw(st.permutations([*fresh, *([None] * draw(st.integers(1, 6)))])):
        opened += [opening] if opening else []
        sides = draw(st.sampled_from([*([side] for side in range(count)), list(range(count))]))
        common = (
            draw(
                raws(
                    [opening]
                    if opening
                    else [None, "gso", "ven", *(name for name in opened if all(name in known[side] for side in sides))]
                )
            )
            if draw(st.booleans())
            else None
        )
        for side in sides if repr(common) not in seen else ():
            raw = common or draw(raws([opening] if opening else [None, "gso", "ven", *known[side]]))
            if raw is common or repr(raw) not in seen:
                texts[side] += append.appendix(
                    texts[side], {opening: fresh[opening]} if opening else {}, [actual(raw)]
                ).text
                known[side] += [opening] if opening else []
            seen.add(repr(raw))
    return start, texts


def law(repository: Path, start: str, sides: Sequence[str]) -> None:
    """The merged file is sound, and has exactly what the branches have, each once."""
    path = repository / "merged.toml"
    expected, sources = dict[str, None](), dict[str, dict[str, str]]()
    for text in sides:
        path.write_bytes(text.encode())
        expected |= dict.fromkeys(records(path))
        sources |= sources_of(path)
    path.write_bytes(joined(repository, start, sides))
    assert sorted(records(path)) == sorted(expected)
    assert sources_of(path) == sources


@tries(80)
@given(branches(2))
def test_any_two_branches(bare: Path, texts: tuple[str, list[str]]) -> None:
    """Whatever two branches added, the merged file is sound and has every record and source of both."""
    law(bare, *texts)


@tries(30)
@given(branches(3))
def test_any_three_branches(bare: Path, texts: tuple[str, list[str]]) -> None:
    """A third one changes nothing in that."""
    law(bare, *texts)


@tries(40)
@given(st.lists(st.integers(0, 1), min_size=2, max_size=30), st.integers(0, 2**30))
def test_many_records_that_differ_in_one_line(bare: Path, sides: list[int], first: int) -> None:
    """Long records with ten lines in common are never mixed, however many stand on either side."""
    texts = [START, START]
    for number, side in enumerate(sides):
        raw = {
            "indicator": "share",
            "period": 2019,
            "value": first + number,
            "quality": "provisional",
            "disaggregation": {"a": "b", "c": "d"},
            "source": "gso",
            "page": 1,
            "quote": "q",
            "published": 2019,
            "note": "n",
        }
        texts[side] += append.appendix(texts[side], {}, [actual(raw)]).text
    law(bare, START, texts)


def test_without_the_attribute_there_is_a_conflict(bare: Path) -> None:
    """It is the attribute that joins them: without it the same two branches are a conflict, which is not read as figures."""
    texts = [
        START + append.appendix(START, {}, [actual({"indicator": "share", "period": 2019, "value": value})]).text
        for value in (1, 2)
    ]
    for name, text in zip(("one", "start", "two"), (texts[0], START, texts[1]), strict=True):
        (bare / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["git", "merge-file", "-p", "one", "start", "two"], cwd=bare, capture_output=True, check=False
    )
    assert done.returncode == 1
    (bare / "merged.toml").write_bytes(done.stdout)
    assert [problem.code for problem in problems(bare / "merged.toml")] == ["conflict-markers"]
    law(bare, START, texts)
