"""The targets folder: what is found in it, by which names, and what is said of files that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from targettrack.errors import Exit, TargettrackError
from targettrack.program import position
from targettrack.program.names import match_indicator
from targettrack.store import folder as folders
from targettrack.store import load
from targettrack.store.write import create

if TYPE_CHECKING:
    from targettrack.program.shelf import Shelf

HEAD = 'targettrack = 1\n[program]\nname = "{}"\n'


def write(folder: Path, stem: str, name: str = "A program", rest: str = "") -> Path:
    """A program file in a folder."""
    path = folder / f"{stem}.toml"
    path.write_text(HEAD.format(name) + rest, encoding="utf-8")
    return path


def ids(shelf: Shelf) -> list[str]:
    """The ids of what could be read."""
    return [entry.program.id for entry in shelf.loaded]


def refused(folder: Path, *names: str) -> tuple[Exit, str, str, str | None]:
    """How a reading by name is refused."""
    with pytest.raises(TargettrackError) as caught:
        load.read(folder, names)
    (problem,) = caught.value.problems
    return caught.value.exit, problem.code, problem.message, problem.hint


# ---------------------------------------------------------------- the folder


def test_every_program_of_the_folder(tmp_path: Path) -> None:
    """Every *.toml with a targettrack key is a program, in the order of the ids."""
    for stem in ("b", "a-2", "a", "ab"):
        write(tmp_path, stem)
    (tmp_path / "notes.toml").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "readme.md").write_text("x", encoding="utf-8")
    (tmp_path / ".hidden.toml").write_text("broken", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", "c")
    shelf = load.read_all(tmp_path)
    assert (ids(shelf), shelf.unreadable, shelf.folder) == (["a", "a-2", "ab", "b"], (), str(tmp_path))


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without programs is an empty shelf."""
    assert load.read_all(tmp_path).loaded == ()


def test_text_is_kept(tmp_path: Path) -> None:
    """A program carries its text and knows the line of each of its parts."""
    write(tmp_path, "a", rest='[indicators.x]\nname = "X"\n')
    (entry,) = load.read_all(tmp_path).loaded
    assert (entry.line("indicators", "x"), entry.line("nothing")) == (4, None)
    assert entry.program.file == str(tmp_path / "a.toml")


def test_targets_named(tmp_path: Path) -> None:
    """A folder that is named is taken as it is named."""
    assert load.targets(str(tmp_path)) == tmp_path


def test_targets_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names the folder where no option does."""
    monkeypatch.setenv(folders.VARIABLE, str(tmp_path))
    assert load.targets(None) == tmp_path
    (tmp_path / "other").mkdir()
    assert load.targets(str(tmp_path / "other")) == tmp_path / "other"


def test_targets_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it is the nearest targets folder from here upwards."""
    monkeypatch.delenv(folders.VARIABLE, raising=False)
    (tmp_path / "targets").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert load.targets(None) == Path("../../targets")
    (tmp_path / "a" / "targets").mkdir()
    assert load.targets(None) == Path("../targets")


@pytest.mark.parametrize("named", [None, "missing", "file"])
def test_no_targets_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str | None) -> None:
    """No folder, a missing one and a file are errors with a hint."""
    monkeypatch.delenv(folders.VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(TargettrackError) as caught:
        load.targets(named)
    assert (caught.value.exit, caught.value.problems[0].code, bool(caught.value.problems[0].hint)) == (
        Exit.IO,
        "no-folder",
        True,
    )


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    "name",
    [
        "ha-noi",
        "HA-NOI",
        "hanoi",
        "Hà Nội",
        "ha noi",
        "HÀ NỘI",
        "Ha\u0300 No\u0302\u0323i",
        "Thủ đô",
        "thu do",
        "THU DO",
        "Chương trình",
        "chuong trinh",
    ],
)
def test_forgiving_names(tmp_path: Path, name: str) -> None:
    """An id, alias or program's name is found in any case, with or without Vietnamese marks."""
    path = write(tmp_path, "ha-noi", "Chương trình")
    path.write_text(path.read_text(encoding="utf-8") + 'aliases = ["Hà Nội", "Thủ đô"]\n', encoding="utf-8")
    write(tmp_path, "other")
    assert ids(load.read(tmp_path, [name])) == ["ha-noi"]


def test_names_in_their_order_and_once(tmp_path: Path) -> None:
    """Programs come in the order in which they are named, each once."""
    for stem in ("a", "b", "c"):
        write(tmp_path, stem, f"The {stem}")
    assert ids(load.read(tmp_path, ["c", "A", "c"])) == ["c", "a"]
    assert ids(load.read(tmp_path, ["the c", "a", "C"])) == ["c", "a"]
    assert ids(load.read(tmp_path, [])) == ["a", "b", "c"]


def test_the_very_id_wins(tmp_path: Path) -> None:
    """An id that is written out is that program, whatever else is like it."""
    for stem in ("ha-noi", "hanoi", "ha_noi"):
        write(tmp_path, stem)
    assert [ids(load.read(tmp_path, [name])) for name in ("ha-noi", "hanoi", "ha_noi")] == [
        ["ha-noi"],
        ["hanoi"],
        ["ha_noi"],
    ]


def test_an_id_wins_over_an_alias(tmp_path: Path) -> None:
    """An id is meant before another program's alias or name."""
    write(tmp_path, "hanoi")
    write(tmp_path, "other", "Hanoi")
    assert [ids(load.read(tmp_path, names)) for names in (["hanoi"], ["Hanoi"], ["hanoi", "A program"])] == [
        ["hanoi"]
    ] * 3


@pytest.mark.parametrize("name", ["Ha Noi", "HANOI"])
def test_ambiguous_ids(tmp_path: Path, name: str) -> None:
    """A name that is like two ids is refused, naming both."""
    write(tmp_path, "ha-noi")
    write(tmp_path, "hanoi")
    assert refused(tmp_path, name) == (
        Exit.NOT_FOUND,
        "ambiguous-program",
        f'"{name}" may mean ha-noi or hanoi',
        "write the id",
    )


def test_ambiguous_names(tmp_path: Path) -> None:
    """A name that two programs have is refused, naming both."""
    write(tmp_path, "a", "Hanoi")
    write(tmp_path, "b", "hà nội")
    assert refused(tmp_path, "hanoi")[1:3] == ("ambiguous-program", '"hanoi" may mean a or b')


def test_near_miss_is_suggested_never_taken(tmp_path: Path) -> None:
    """A near miss is suggested, and nothing is read."""
    write(tmp_path, "hanoi")
    assert refused(tmp_path, "hanoy") == (
        Exit.NOT_FOUND,
        "no-such-program",
        f'no program "hanoy" in {tmp_path}',
        'did you mean "hanoi"?',
    )


def test_far_miss_lists_what_there_is(tmp_path: Path) -> None:
    """A name that is like none lists what there is."""
    write(tmp_path, "hanoi")
    write(tmp_path, "danang")
    assert refused(tmp_path, "xyz")[3] == "programs: danang, hanoi"


def test_miss_in_an_empty_folder(tmp_path: Path) -> None:
    """In an empty folder the way to a first program is said."""
    assert "targettrack new" in (refused(tmp_path, "xyz")[3] or "")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../a", "a.toml", "./a", "..", "", "*", "a\0"])
def test_names_are_never_paths(tmp_path: Path, name: str) -> None:
    """What a person writes is matched, never joined to a path."""
    folder = tmp_path / "targets"
    folder.mkdir()
    write(folder, "zzz")
    write(tmp_path, "secret")
    assert refused(folder, name)[:2] == (Exit.NOT_FOUND, "no-such-program")


def test_file_that_is_no_program(tmp_path: Path) -> None:
    """A TOML file without a targettrack key is no program, and that is said."""
    (tmp_path / "notes.toml").write_text("x = 1\n", encoding="utf-8")
    assert refused(tmp_path, "notes")[:2] == (Exit.NOT_FOUND, "no-such-program")


def test_indicator_names(tmp_path: Path) -> None:
    """An indicator is found in any case, with hyphens or without; the very id wins, a near miss is suggested."""
    indicators = "".join(f'[indicators.{id}]\nname = "N"\n' for id in ("output-share", "export", "ex-port"))
    write(tmp_path, "a", rest=indicators)
    (entry,) = load.read_all(tmp_path).loaded
    assert [match_indicator(entry.program, name) for name in ("output-share", "Output Share", "export", "ex-port")] == [
        "output-share",
        "output-share",
        "export",
        "ex-port",
    ]
    for name, code, hint in (
        ("EXPORT", "ambiguous-indicator", "write the id"),
        ("outputshar", "no-such-indicator", 'did you mean "output-share"?'),
    ):
        with pytest.raises(TargettrackError) as caught:
            match_indicator(entry.program, name)
        assert (caught.value.exit, caught.value.problems[0].code, caught.value.problems[0].hint) == (
            Exit.NOT_FOUND,
            code,
            hint,
        )


# ---------------------------------------------------------------- what cannot be read


def test_broken_program_does_not_hide_others(tmp_path: Path) -> None:
    """One broken file is listed with its problems, and the others are read."""
    write(tmp_path, "a")
    write(tmp_path, "broken", rest="plcae = 1\n")
    write(tmp_path, "z")
    shelf = load.read_all(tmp_path)
    assert ids(shelf) == ["a", "z"]
    assert [(entry.id, entry.file, [problem.code for problem in entry.problems]) for entry in shelf.unreadable] == [
        ("broken", str(tmp_path / "broken.toml"), ["unknown-key"])
    ]


def test_broken_program_by_name(tmp_path: Path) -> None:
    """A broken program that is asked for is listed as unreadable, by id and among other names."""
    write(tmp_path, "a", "The first")
    write(tmp_path, "broken", rest="plcae = 1\n")
    for names in (["broken", "a"], ["BROKEN", "the first"]):
        shelf = load.read(tmp_path, names)
        assert (ids(shelf), [entry.id for entry in shelf.unreadable]) == (["a"], ["broken"])


def test_broken_program_that_is_not_asked_for(tmp_path: Path) -> None:
    """A broken program that is not asked for is not spoken of."""
    write(tmp_path, "a", "The first")
    write(tmp_path, "broken", rest="plcae = 1\n")
    assert [load.read(tmp_path, [name]).unreadable for name in ("a", "the first")] == [(), ()]


def special(folder: Path, kind: str) -> Path:
    """Something named x.toml that is no file to be read."""
    path = folder / "x.toml"
    if kind == "directory":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "broken link":
        path.symlink_to(folder / "nowhere")
    else:
        path.symlink_to(path)
    return path


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("directory", "not-a-file"),
        ("fifo", "not-a-file"),
        ("broken link", "unreadable"),
        ("endless link", "unreadable"),
    ],
)
def test_what_is_no_file(tmp_path: Path, kind: str, code: str) -> None:
    """A directory, a pipe and a link to nothing are errors of their own, and hide nothing."""
    write(tmp_path, "a")
    special(tmp_path, kind)
    shelf = load.read_all(tmp_path)
    assert (ids(shelf), [(problem.code, problem.exit) for entry in shelf.unreadable for problem in entry.problems]) == (
        ["a"],
        [(code, Exit.IO)],
    )


@pytest.fixture
def plain_user() -> object:
    """A person without the rights of root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_file_that_may_not_be_read(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A file that may not be read is an error, and hides nothing."""
    write(tmp_path, "a").chmod(0o644)
    write(tmp_path, "x").chmod(0o000)
    for place in (tmp_path, *tmp_path.parents[:-2]):
        place.chmod(0o755)
    request.getfixturevalue("plain_user")
    shelf = load.read_all(tmp_path)
    assert (ids(shelf), [problem.message for entry in shelf.unreadable for problem in entry.problems]) == (
        ["a"],
        ["cannot be read: permission denied"],
    )


def test_folder_that_may_not_be_read(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A folder that may not be listed is an error, never an empty shelf."""
    folder = tmp_path / "targets"
    folder.mkdir()
    folder.chmod(0o000)
    request.getfixturevalue("plain_user")
    with pytest.raises(TargettrackError) as caught:
        load.read_all(folder)
    assert (caught.value.exit, caught.value.problems[0].code) == (Exit.IO, "unreadable")


def test_link_to_a_program(tmp_path: Path) -> None:
    """A link to a program file is the program of the link's name."""
    (tmp_path / "real").mkdir()
    (tmp_path / "x.toml").symlink_to(write(tmp_path / "real", "y"))
    assert ids(load.read_all(tmp_path)) == ["x"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + HEAD.encode(),
        HEAD.encode().replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + HEAD.encode().replace(b"\n", b"\r\n"),
        HEAD.rstrip().encode(),
    ],
)
def test_marks_and_line_ends(tmp_path: Path, data: bytes) -> None:
    """A byte order mark, Windows line ends and a missing last line end are read as any file."""
    (tmp_path / "a.toml").write_bytes(data)
    (entry,) = load.read_all(tmp_path).loaded
    assert (entry.program.header.name, position.positions(entry.text).line(("program", "name"))) == ("{}", 3)


def test_all_problems_of_a_file_at_once(tmp_path: Path) -> None:
    """An actual that is unsound in itself and names what is not there gives all its problems in one run, in the order of the file."""
    path = write(
        tmp_path,
        "a",
        rest='[[actuals]]\nindicator = "none"\nperiod = 2020\nvalue = "1"\nsource = "nobody"\npage = 1.5\n',
    )
    with pytest.raises(TargettrackError) as caught:
        load.load(path)
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [
        (5, "unknown-indicator"),
        (7, "quoted-number"),
        (8, "unknown-source"),
        (9, "wrong-type"),
    ]


def test_unsound_parts_are_no_unknown_names(tmp_path: Path) -> None:
    """A source or indicator that is unsound is there: who names it has no problem, nor is a promise undated that it may date."""
    rest = '[sources.s]\ntitle = 5\n[indicators.i]\nname = 5\nprefer = ["s"]\n[[indicators.i.targets]]\nvalue = 1\nsource = "s"\n[[actuals]]\nindicator = "i"\nperiod = 2020\nvalue = 1\nsource = "s"\n'
    rest += '[indicators.j]\nname = "J"\ndirection = "increase"\n[[indicators.j.targets]]\nvalue = 1\nsource = "s"\n[[indicators.j.targets]]\nvalue = 2\nsource = "s"\n'
    with pytest.raises(TargettrackError) as caught:
        load.load(write(tmp_path, "a", rest=rest))
    assert [problem.code for problem in caught.value.problems] == ["wrong-type", "wrong-type"]


# ---------------------------------------------------------------- new files


def test_create(tmp_path: Path) -> None:
    """A new file has exactly its text, and nothing is left beside it."""
    create(tmp_path / "a.toml", "Hà Nội\n")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.toml", "Hà Nội\n".encode())]


@pytest.mark.parametrize("kind", ["file", "directory", "broken link"])
def test_create_never_overwrites(tmp_path: Path, kind: str) -> None:
    """Whatever has the name already is not touched, and nothing is left beside it."""
    path = write(tmp_path, "x") if kind == "file" else special(tmp_path, kind)
    before = os.lstat(path)
    with pytest.raises(TargettrackError) as caught:
        create(path, "new")
    assert (caught.value.exit, caught.value.problems[0].code) == (Exit.USAGE, "exists")
    assert (os.lstat(path).st_ino, os.lstat(path).st_mtime_ns, [entry.name for entry in tmp_path.iterdir()]) == (
        before.st_ino,
        before.st_mtime_ns,
        ["x.toml"],
    )


def test_create_where_there_is_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is an error of input and output."""
    with pytest.raises(TargettrackError) as caught:
        create(tmp_path / "none" / "a.toml", "x")
    assert (caught.value.exit, caught.value.problems[0].code) == (Exit.IO, "not-written")


def test_create_where_nothing_may_be_written(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A folder that may not be written to is an error of input and output."""
    folder = tmp_path / "targets"
    folder.mkdir()
    for place in (folder, *folder.parents[:-2]):
        place.chmod(0o755)
    if os.geteuid() != 0:
        folder.chmod(0o555)
    request.getfixturevalue("plain_user")
    with pytest.raises(TargettrackError) as caught:
        create(folder / "a.toml", "x")
    assert (caught.value.problems[0].code, list(folder.iterdir())) == ("not-written", [])
