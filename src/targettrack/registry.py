"""Registry: a folder of modules is the list of what there is; a module's file name is the plug-in's name."""

from __future__ import annotations

import importlib
import os
from types import ModuleType


def names(package: ModuleType) -> list[str]:
    """The plug-ins of a package, sorted; ``_`` in a file name is ``-``. Names that begin with ``_`` are the package's own."""
    found = {os.path.splitext(entry)[0] for folder in package.__path__ for entry in os.listdir(folder) if entry.endswith(".py") or _is_package(folder, entry)}
    return sorted(name.replace("_", "-") for name in found if not name.startswith("_"))


def _is_package(folder: str, entry: str) -> bool:
    return os.path.isfile(os.path.join(folder, entry, "__init__.py"))


def module(package: ModuleType, name: str) -> ModuleType:
    """The module of a plug-in, which ``names`` must have listed."""
    return importlib.import_module(f"{package.__name__}.{name.replace('-', '_')}")
