"""The structure: imports point down, the core is pure, and a plug-in is one file that knows no other."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import targettrack
from targettrack.regex import regex

PACKAGE = Path(str(targettrack.__file__)).parent
NAME = "targettrack"

GROUND = {"errors", "frozen", "language", "languages", "number", "period", "regex", "registry", "spreadsheet", "text"}
"""The words that everything else is said with."""

MAY_IMPORT: dict[str, set[str]] = {
    "program": GROUND,
    "assessment": GROUND | {"program"},
    "revisions": GROUND | {"program", "assessment"},
    "wording": GROUND | {"program", "assessment", "revisions"},
    "recording": GROUND | {"program", "assessment", "revisions", "wording"},
    "store": GROUND | {"program", "assessment", "revisions", "wording", "recording"},
    "pages": GROUND | {"program", "assessment", "revisions", "wording", "recording"},
    "formats": GROUND | {"program", "assessment", "revisions", "wording", "recording", "pages"},
    "exchange": GROUND | {"program", "assessment"},
    "cli": GROUND
    | {
        "program",
        "assessment",
        "revisions",
        "wording",
        "recording",
        "store",
        "pages",
        "formats",
        "exchange",
        "topics",
        "",
    },
    "topics": set(),
    "__main__": {"cli"},
    "": set(),
    **dict.fromkeys(GROUND, GROUND),
}
"""Which folders and modules each of them may import: arrows go down only."""

PURE = GROUND - {"registry"} | {
    "program",
    "assessment",
    "revisions",
    "wording",
    "recording",
    "pages",
    "formats",
    "exchange",
}
"""Values in, values out; the registry looks into folders of the package."""

PARTS, ARROWS = 23, 120
"""How many parts there are at the top, with the package itself and its entry, and how many arrows run between them at most."""

NO_IO = {
    "importlib",
    "os",
    "io",
    "sys",
    "pathlib",
    "subprocess",
    "shutil",
    "tempfile",
    "glob",
    "socket",
    "time",
    "locale",
    "logging",
    "fcntl",
    "stat",
    "typer",
    "click",
    "rich",
    "tomli",
    "tomllib",
}
BANNED_NAMES = {"utils", "util", "helpers", "common", "manager", "service", "misc", "base"}


@cache
def modules() -> dict[str, ast.Module]:
    """The modules by their names inside the package, parsed."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {dotted(path): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def dotted(path: Path) -> str:
    """A module's name inside the package; empty for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST) -> set[str]:
    """The full names of what a module imports anywhere in it; ``from x import y`` is both ``x`` and ``x.y``."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def inside(tree: ast.AST) -> set[str]:
    """The modules of the package that a module imports, by their names inside the package."""
    names = {name.removeprefix(f"{NAME}.") for name in imports(tree) if name.startswith(f"{NAME}.")}
    return names & set(modules())


def outside(tree: ast.AST) -> set[str]:
    """The top names of what a module imports from elsewhere."""
    return {name.partition(".")[0] for name in imports(tree)} - {NAME}


def top(module: str) -> str:
    """The first part of a module's name."""
    return module.partition(".")[0]


EVERY = pytest.mark.parametrize("module", sorted(name for name in modules() if name))
EACH_PURE = pytest.mark.parametrize("module", sorted(name for name in modules() if top(name) in PURE))


def arrows() -> dict[str, set[str]]:
    """The parts at the top, and which others each of them imports."""
    found: dict[str, set[str]] = {}
    for name, tree in modules().items():
        own = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == NAME
            for alias in node.names
        } - {top(other) for other in modules()}
        whole = (
            {""}
            if name
            and (
                own
                or NAME
                in {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
            )
            else set()
        )
        found.setdefault(top(name), set()).update({top(other) for other in inside(tree)} - {top(name)} | whole)
    return found


def test_every_part_has_its_floor() -> None:
    """No folder is missing, and none stands beside the plan."""
    assert set(arrows()) == set(MAY_IMPORT)


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_arrows_go_down(part: str) -> None:
    """A part imports nothing but what it may."""
    assert arrows()[part] <= MAY_IMPORT[part]


def test_there_are_few_parts_and_arrows() -> None:
    """A new folder, or an arrow where there was none, is a decision."""
    assert len(arrows()) <= PARTS
    assert sum(map(len, arrows().values())) <= ARROWS


ALLOWED = {
    "text": {"rich"},
    "program.toml": {"tomli"},
    "exchange.datapackage": {"io"},
    "exchange.open_sdg": {"io"},
    "exchange.sdmx_csv": {"io"},
    "recording.inputs._zipped": {"io"},
    "recording.inputs.xls": {"io"},
    "recording.inputs.xlsx": {"io"},
    "formats.table._sheet": {"rich"},
    "formats.table._bar": {"rich"},
}
"""What is imported all the same: the width of a character and its colour, a text's TOML, and bytes in memory that a library takes for a file."""


@EACH_PURE
def test_core_does_no_io(module: str) -> None:
    """A module of the core imports nothing that reads, writes or prints, nor what imports such a thing by its name."""
    assert outside(modules()[module]) & NO_IO == ALLOWED.get(module, set())


@EACH_PURE
def test_core_calls_nothing_that_reads_or_prints(module: str) -> None:
    """A module of the core opens, prints and asks nothing."""
    called = {
        node.func.id
        for node in ast.walk(modules()[module])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    compiled = {"exec"} if module == "frozen" else set()  # what sets the fields of a class, as of a dataclass
    assert called & {"open", "print", "input", "exec", "eval", "breakpoint", "__import__"} == compiled


def test_width_of_characters_is_asked_lazily() -> None:
    """The one import of rich in the core is inside a function and takes nothing but the cells."""
    tree = modules()["text"]
    assert "rich" not in {
        name.partition(".")[0]
        for node in tree.body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in imports(node)
    }
    assert {name for name in imports(tree) if name.startswith("rich")} <= {"rich.cells", "rich.cells.cell_len"}


@EVERY
def test_only_the_command_line_reads_the_clock(module: str) -> None:
    """One module of the command line asks what day it is; waiting for a lock needs no day."""
    if module == "cli._days":
        return
    called = {
        node.func.attr
        for node in ast.walk(modules()[module])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    waits = {"monotonic", "sleep"} if module == "store.disk" else set()
    assert not called & {"today", "now", "utcnow", "localtime", "monotonic", "sleep"} - waits
    assert module == "store.disk" or "time" not in outside(modules()[module])


@EVERY
def test_typer_stays_in_the_command_line(module: str) -> None:
    """Typer is known to the command line alone, and what is not its public face to one module of it."""
    assert top(module) == "cli" or not outside(modules()[module]) & {"typer", "click"}
    imported = {
        name
        for node in ast.walk(modules()[module])
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
        if name.partition(".")[0] == "typer"
    }
    assert module == "cli._typer" or imported <= {"typer"}


@EVERY
def test_rich_stays_in_the_table(module: str) -> None:
    """Rich is known to the table alone, and to the words of the ground for the width of a character."""
    assert module.startswith("formats.table") or module == "text" or "rich" not in outside(modules()[module])


PLUG_INS = ("formats", "exchange", "assessment.methods", "recording.inputs", "store.links", "languages")


@EVERY
def test_plug_ins_know_no_other(module: str) -> None:
    """A format imports no other format, a method no other method, an input no other input, a kind of link no other kind, a language no other language; only what their folder keeps for all of them."""
    for folder in PLUG_INS:
        if module.startswith(f"{folder}."):
            own = module.removeprefix(f"{folder}.").partition(".")[0]
            others = {
                other.removeprefix(f"{folder}.").partition(".")[0]
                for other in inside(modules()[module])
                if other.startswith(f"{folder}.")
            }
            assert all(other == own or other.startswith("_") for other in others)


def test_no_cycles() -> None:
    """Imports between modules and plug-in folders go one way only."""
    graph: dict[str, set[str]] = {}
    for name, tree in modules().items():
        graph.setdefault(top(name), set()).update({top(other) for other in inside(tree)} - {top(name), ""})
    while leaves := {name for name, others in graph.items() if not others & graph.keys()}:
        graph = {name: others for name, others in graph.items() if name not in leaves}
    assert graph == {}


@EVERY
def test_first_line_says_the_responsibility(module: str) -> None:
    """Every module's first line says what it is for, as a sentence."""
    first = (ast.get_docstring(modules()[module]) or "").partition("\n")[0]
    assert ":" in first or first.endswith(".")


@EVERY
def test_modules_have_names_of_their_own(module: str) -> None:
    """No module is named after nothing."""
    assert not set(module.split(".")) & BANNED_NAMES


@EVERY
def test_no_catching_of_everything(module: str) -> None:
    """Nothing catches every exception: what is not foreseen shows its traceback."""
    handlers = [node for node in ast.walk(modules()[module]) if isinstance(node, ast.ExceptHandler)]
    assert all(
        handler.type is not None
        and not (isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"})
        for handler in handlers
    )


def test_data_formats_need_no_rich() -> None:
    """Reading, judging and writing JSON loads neither rich nor typer."""
    code = "import sys, targettrack.store.load, targettrack.assessment.report, targettrack.formats.json, targettrack.formats.jsonl, targettrack.assessment.methods.linear; print(sorted({'rich', 'typer'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_no_pattern_is_compiled_before_it_is_used() -> None:
    """Each start of the program would pay for all of them."""
    compiled = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in _at_import(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"
    ]
    assert not compiled


def _at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated when a module is imported: all but the bodies of its functions."""
    for child in ast.iter_child_nodes(tree):
        if not isinstance(child, (ast.FunctionDef, ast.Lambda)):
            yield child
            yield from _at_import(child)


def test_a_pattern_is_what_re_would_have_made_of_it() -> None:
    """By each of its methods, and by what is asked more rarely."""
    mine, theirs, text = regex(r"(?P<a>b+)", re.IGNORECASE), re.compile(r"(?P<a>b+)", re.IGNORECASE), "aBbc b"
    assert mine.findall(text) == theirs.findall(text)
    assert [each.span() for each in mine.finditer(text)] == [each.span() for each in theirs.finditer(text)]
    assert mine.split(text) == theirs.split(text)
    assert (mine.pattern, mine.flags, mine.groupindex) == (theirs.pattern, theirs.flags, theirs.groupindex)
    assert mine.sub("", text) == theirs.sub("", text)
    assert regex(rb"\d", re.ASCII).findall(b"1 2") == [b"1", b"2"]
