"""Completions: write down what completion knows of the code, where it is looked up: ``python tests/completions.py``."""

from __future__ import annotations

import json
from pathlib import Path

import targettrack
from targettrack.cli._completion import declared

FILE = Path(str(targettrack.__file__)).parent / "cli" / "_completion" / "known.py"

HEAD = '''"""Known: what completion knows of the code, gathered by ``declared`` and written down by tests/completions.py: who presses a key does not wait."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# fmt: off
KNOWN: dict[str, Any] = '''


def text() -> str:
    """The module that has all of it, a line each, so that two branches which add something merge."""
    return f"{HEAD}{literal(declared.everything(), 0)}\n"


def literal(value: object, depth: int) -> str:
    """A value as Python writes it; what has parts itself has a line for each part."""
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {literal(part, depth + 1)}" for key, part in value.items()]
        return lines("{", parts, "}", depth)
    if isinstance(value, tuple):
        parts = [literal(part, depth + 1) for part in value]
        if any(isinstance(part, tuple) and part for part in value) and depth < 4 and all(map(parted, value)):
            return lines("(", parts, ")", depth)
        return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def parted(value: object) -> bool:
    """Whether a value has parts."""
    return isinstance(value, tuple)


def lines(first: str, parts: list[str], last: str, depth: int) -> str:
    """Parts, each on a line."""
    return "\n".join([first, *(f"{'    ' * (depth + 1)}{part}," for part in parts), f"{'    ' * depth}{last}"])


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
