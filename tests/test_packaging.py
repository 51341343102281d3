"""What is packed: what we import is declared, and what we build holds what its users and its tests need."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
import tomli

from support import run

ROOT = Path(__file__).parents[1]
PROJECT = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {
    name: [each for each in needed if not each.startswith("targettrack")]
    for name, needed in PROJECT["optional-dependencies"].items()
}
OURS = {"targettrack", *(path.stem for path in (ROOT / "tests").rglob("*.py"))}


def declared(*lists: list[str]) -> set[str]:
    """The names of the packages that requirements ask for, as they are imported."""
    return {re.split(r"\[|>=", requirement)[0].replace("-", "_") for one in lists for requirement in one}


def imported(folder: Path) -> set[str]:
    """The packages that the modules of a folder import themselves, anywhere in them."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [str(node.module)]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            found |= {name.partition(".")[0] for name in names}
    return found - sys.stdlib_module_names - OURS


def test_what_we_import_is_declared() -> None:
    """No package is there only because another one happens to need it, and none is asked for that is not used."""
    assert imported(ROOT / "src") == declared(
        PROJECT["dependencies"],
        EXTRAS["tables"],
        EXTRAS["spreadsheet"],
        EXTRAS["report"],
        EXTRAS["link"],
        EXTRAS["engines"],
        EXTRAS["spark"],
    )
    assert imported(ROOT / "tests") <= declared(
        PROJECT["dependencies"],
        EXTRAS["tables"],
        EXTRAS["spreadsheet"],
        EXTRAS["report"],
        EXTRAS["link"],
        EXTRAS["engines"],
        EXTRAS["test"],
        EXTRAS["readers"],
        EXTRAS["browser"],
        EXTRAS["fuzz"],
    )


@pytest.mark.parametrize(
    "requirement",
    [
        *PROJECT["dependencies"],
        *EXTRAS["tables"],
        *EXTRAS["spreadsheet"],
        *EXTRAS["report"],
        *EXTRAS["link"],
        *EXTRAS["test"],
        *EXTRAS["readers"],
        *EXTRAS["browser"],
    ],
)
def test_every_requirement_says_its_lowest_version(requirement: str) -> None:
    """The lowest versions are installed and tested: each must be written."""
    assert ">=" in requirement


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The names in the sdist, below its folder, and in the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("built")
    copy = folder / "copy"
    shutil.copytree(
        ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__")
    )
    build(copy, "sdist", folder)
    (packed,) = folder.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        archive.extractall(folder, filter="data")
    build(folder / packed.name.removesuffix(".tar.gz"), "wheel", folder)
    (wheel,) = folder.glob("*.whl")
    return {"sdist": names, "wheel": set(zipfile.ZipFile(wheel).namelist())}


def build(where: Path, what: str, into: Path) -> None:
    """Build a distribution of the project in a folder, with the backend itself: nothing is fetched."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", what, "-d", str(into)],
        cwd=where,
        check=True,
        capture_output=True,
    )


def files(folder: str) -> set[str]:
    """The files of the project below a folder, as they stand in it."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".lock"
    }


@pytest.mark.slow
def test_the_sdist_holds_what_its_tests_need(built: dict[str, set[str]]) -> None:
    """Sources, programs, tests, and the files at the top that tests read."""
    wanted = {"pyproject.toml", "README.md", *files("src"), *files("targets"), *files("tests")}
    assert wanted - built["sdist"] == set()


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_nothing_else(built: dict[str, set[str]]) -> None:
    """Every file of the package, its type marker and compiled languages among them; no tests, no targets, and no catalogues as translators edit them."""
    package = {name.removeprefix("src/") for name in files("src") if not name.endswith(".po")}
    assert {"targettrack/py.typed", "targettrack/languages/vi.mo"} <= package
    assert {name for name in built["wheel"] if ".dist-info/" not in name} == package


@pytest.mark.parametrize("name", ["con", "aux", "nul", "prn", "com1", "lpt9"])
def test_a_device_of_windows_is_no_program(tmp_path: Path, name: str) -> None:
    """A file that one of its readers could not open is not written, and is an error where it is."""
    targets = tmp_path / "targets"
    targets.mkdir()
    done = run("new", name, "--targets", targets)
    assert done.returncode == 2
    assert "Windows" in done.stderr
    assert list(targets.iterdir()) == []
    (targets / f"{name}.toml").write_text('targettrack = 1\n[program]\nname = "P"\n', encoding="utf-8")
    done = run("check", "--targets", targets)
    assert done.returncode == 1
    assert "Windows" in done.stdout + done.stderr
    assert run("new", f"{name}-1", "--targets", targets).returncode == 0
