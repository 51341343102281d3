"""The structure: imports point down, the core is pure, and a plug-in is one file that knows no other."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import targettrack

PACKAGE = Path(str(targettrack.__file__)).parent
NAME = "targettrack"

PURE = {
    "errors", "number", "period", "position", "look", "validation", "program", "audit", "figures", "promises", "judging", "report", "shelf",
    "notation", "raw", "wording", "story", "contract", "criteria", "jsontext", "template", "schemas", "methods",
    "reading", "language", "languages", "blame", "cut", "changed", "flipped", "comparison", "revision", "spreadsheet", "entry", "recording", "uncounted", "scale", "append", "receipt", "sources", "spelling", "weaknesses", "softened", "findings", "codes", "steps", "prospects", "explanation", "working",
    "hindsight", "timeline", "almanac", "sentence", "citation",
}  # fmt: skip
"""The core: values in, values out."""

NO_IO = {"os", "io", "sys", "pathlib", "subprocess", "shutil", "tempfile", "glob", "socket", "time", "locale", "logging", "fcntl", "stat", "typer", "click", "rich", "tomli", "tomllib"}
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


def test_the_core_is_there() -> None:
    """No module of the core is missing under its name."""
    assert {top(name) for name in modules()} >= PURE


@EACH_PURE
def test_core_imports_the_core(module: str) -> None:
    """A module of the core imports nothing of the package but the core."""
    assert {top(name) for name in inside(modules()[module])} <= PURE


@EACH_PURE
def test_core_does_no_io(module: str) -> None:
    """A module of the core imports nothing that reads, writes or prints; only the width of a character is asked of rich, when it is needed."""
    allowed = {"rich"} if module == "notation" else set()
    assert outside(modules()[module]) & NO_IO <= allowed


@EACH_PURE
def test_core_calls_nothing_that_reads_or_prints(module: str) -> None:
    """A module of the core opens, prints and asks nothing."""
    called = {node.func.id for node in ast.walk(modules()[module]) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"open", "print", "input", "exec", "eval", "breakpoint", "__import__"}


def test_width_of_characters_is_asked_lazily() -> None:
    """The one import of rich in the core is inside a function and takes nothing but the cells."""
    tree = modules()["notation"]
    assert "rich" not in {name.partition(".")[0] for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)) for name in imports(node)}
    assert {name for name in imports(tree) if name.startswith("rich")} <= {"rich.cells", "rich.cells.cell_len"}


@EVERY
def test_only_the_command_line_reads_the_clock(module: str) -> None:
    """No module but the command line asks what day it is; waiting for a lock needs no day."""
    if top(module) == "cli":
        return
    called = {node.func.attr for node in ast.walk(modules()[module]) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    waits = {"monotonic", "sleep"} if module == "disk" else set()
    assert not called & {"today", "now", "utcnow", "localtime", "monotonic", "sleep"} - waits
    assert module == "disk" or "time" not in outside(modules()[module])


@EVERY
def test_typer_stays_in_the_command_line(module: str) -> None:
    """Typer is known to the command line alone."""
    assert top(module) == "cli" or not outside(modules()[module]) & {"typer", "click"}


@EVERY
def test_rich_stays_in_the_table(module: str) -> None:
    """Rich is known to the table alone, and to the notation for the width of a character."""
    assert module.startswith("formats.table") or module == "notation" or "rich" not in outside(modules()[module])


@EVERY
def test_plug_ins_know_no_other(module: str) -> None:
    """A format imports no other format, a method no other method, a source no other source, and none of them the command line or the store."""
    kind, _, name = module.partition(".")
    if kind not in {"formats", "methods", "sources"} or not name:
        return
    known = {other for other in inside(modules()[module]) if top(other) in {"formats", "methods", "sources", "cli", "store"}} - {kind}
    own = f"{kind}.{top(name)}"
    assert all(other == own or other.startswith(f"{own}.") for other in known)


@EVERY
def test_nothing_below_imports_the_command_line(module: str) -> None:
    """The command line is imported by itself and its entry alone, and formats by it alone."""
    names = {top(name) for name in inside(modules()[module])}
    assert top(module) in {"cli", "__main__"} or "cli" not in names
    assert top(module) in {"cli", "formats"} or "formats" not in names


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
    assert all(handler.type is not None and not (isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}) for handler in handlers)


def test_data_formats_need_no_rich() -> None:
    """Reading, judging and writing JSON loads neither rich nor typer."""
    code = "import sys, targettrack.store, targettrack.report, targettrack.formats.json, targettrack.formats.jsonl, targettrack.methods.linear; print(sorted({'rich', 'typer'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
