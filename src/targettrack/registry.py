"""Registry: a folder of modules, or of compiled catalogues, is the list of what there is; the file's name is the plug-in's name."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import tokenize
from keyword import iskeyword
from pathlib import Path
from types import ModuleType

from targettrack.regex import regex


def names(package: ModuleType) -> list[str]:
    """The plug-ins of a package, sorted; ``_`` in a file name is ``-`` (and behind a keyword of Python, as in ``import_.py``, nothing). Names that begin with ``_`` are the package's own; what is no name of a module is none."""
    found = {
        path.stem
        for folder in package.__path__
        for path in Path(folder).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    return sorted(_said(name) for name in found if name.isidentifier() and not name.startswith("_"))


def _said(stem: str) -> str:
    """The name of a plug-in by that of its file; one that is a keyword of Python has ``_`` behind it there."""
    bare = stem.removesuffix("_")
    return bare if iskeyword(bare) else stem.replace("_", "-")


def _stem(name: str) -> str:
    """The name of the file of a plug-in, without its ending."""
    return f"{name}_" if iskeyword(name) else name.replace("-", "_")


_CODE = regex(r"[a-z]{2,3}")


def catalogues(package: ModuleType) -> list[str]:
    """The languages of a package's compiled catalogues, sorted, by their codes of two or three small letters; a file of another name is none."""
    found = {path.stem for folder in package.__path__ for path in Path(folder).iterdir() if path.suffix == ".mo"}
    return sorted(filter(_CODE.fullmatch, found))


def module(package: ModuleType, name: str) -> ModuleType:
    """The module of a plug-in, which ``names`` must have listed."""
    return importlib.import_module(f"{package.__name__}.{_stem(name)}")


def said(package: ModuleType, name: str) -> str:
    """What the module of a plug-in says of itself, its docstring; it is not imported for that."""
    stem = _stem(name)
    paths = (Path(folder, end) for folder in package.__path__ for end in (f"{stem}.py", f"{stem}/__init__.py"))
    source = next(filter(Path.is_file, paths))
    with tokenize.open(source) as lines:
        for token in tokenize.generate_tokens(lines.readline):
            if token.type == tokenize.STRING:
                return str(ast.literal_eval(token.string))
            if token.type not in {tokenize.COMMENT, tokenize.NL}:
                break
    return ""


def has_part(package: str, command: str) -> bool:
    """Whether a format has a module that draws the page of a command: of its name, and the package's own."""
    return importlib.util.find_spec(f"{package}._{command}") is not None


def part(package: str, command: str) -> ModuleType:
    """That module, which ``has_part`` must have found."""
    return importlib.import_module(f"{package}._{command}")
