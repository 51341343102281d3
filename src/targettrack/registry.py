"""Registry: a folder of modules, or of compiled catalogues, is the list of what there is; the file's name is the plug-in's name."""

from __future__ import annotations

import importlib
import importlib.util
import re
from pathlib import Path
from types import ModuleType


def names(package: ModuleType) -> list[str]:
    """The plug-ins of a package, sorted; ``_`` in a file name is ``-``. Names that begin with ``_`` are the package's own; what is no name of a module is none."""
    found = {
        path.stem
        for folder in package.__path__
        for path in Path(folder).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    return sorted(name.replace("_", "-") for name in found if name.isidentifier() and not name.startswith("_"))


_CODE = re.compile(r"[a-z]{2,3}")


def catalogues(package: ModuleType) -> list[str]:
    """The languages of a package's compiled catalogues, sorted, by their codes of two or three small letters; a file of another name is none."""
    found = {path.stem for folder in package.__path__ for path in Path(folder).iterdir() if path.suffix == ".mo"}
    return sorted(filter(_CODE.fullmatch, found))


def module(package: ModuleType, name: str) -> ModuleType:
    """The module of a plug-in, which ``names`` must have listed."""
    return importlib.import_module(f"{package.__name__}.{name.replace('-', '_')}")


def has_part(package: str, command: str) -> bool:
    """Whether a format has a module that draws the page of a command: of its name, and the package's own."""
    return importlib.util.find_spec(f"{package}._{command}") is not None


def part(package: str, command: str) -> ModuleType:
    """That module, which ``has_part`` must have found."""
    return importlib.import_module(f"{package}._{command}")
