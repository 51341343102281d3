"""Blocks: what is read block by block is what is read as a whole, or nothing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import documents
from support import HERE, tries
from targettrack.errors import TargettrackError
from targettrack.program import toml
from targettrack.program.model import Program
from targettrack.store import load

LAW = tries(300)
SHIPPED = sorted((HERE.parent / "targets").glob("*.toml"))
TEXTS = [path.read_text(encoding="utf-8") for path in SHIPPED]


def said(value: object) -> object:
    """All that a value says, to the digit."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return [(key, said(each)) for key, each in value.items()]
    if isinstance(value, (list, tuple)):
        return [said(each) for each in value]
    if is_dataclass(value):
        return type(value).__name__, [(each.name, said(getattr(value, each.name))) for each in fields(value)]
    return type(value).__name__, value


def whole(path: Path, text: str) -> Program | None:
    """A text read as a whole; None where it is no sound program."""
    try:
        loaded = load.of_text(path, text)
    except TargettrackError:
        return None
    return loaded.program if loaded else None


def agree(text: str) -> bool:
    """Both ways say the same, or the way by blocks says nothing; whether it said something."""
    path = Path("targets", "p.toml")
    found = load.shared(path, text)
    if found is None:
        return False
    there = whole(path, text)
    assert there is not None
    assert (said(found.program.document), found.text) == (said(there.document), text)
    return True


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in SHIPPED])
def test_a_program_is_read_by_its_blocks(text: str) -> None:
    """Those that ship, whose figures stand at the end, and every program that began as one of them."""
    assert agree(text)
    assert agree(text.replace("\n", "\r\n"))
    shared = load.shared(Path("p.toml"), text), load.shared(Path("p.toml"), f"{text}\n# more\n")
    documents = [each.program.document for each in shared if each]
    assert documents[0].indicators is documents[1].indicators
    assert all(one is other for one, other in zip(documents[0].actuals[:-1], documents[1].actuals, strict=False))


@LAW
@given(documents())
def test_every_notation(data: bytes) -> None:
    """Whatever TOML has."""
    try:
        text = toml.decoded(data, "p.toml")
    except TargettrackError:
        return
    agree(text)


@LAW
@given(st.sampled_from(TEXTS), st.data())
def test_every_damage(text: str, draw: st.DataObject) -> None:
    """Lines that are gone, doubled, moved or changed, in real programs."""
    lines = text.split("\n")
    for _ in range(draw.draw(st.integers(1, 3))):
        at, other = (draw.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        line = draw.draw(
            st.one_of(
                st.just(lines[other]),
                st.sampled_from(["[[actuals]]", "[sources.x]", 'title = "x"', "[actuals]", "actuals = [", "]", '"""', "'''", "value = 7.20", "value = 7.2", "[check]", "[links.x]", "<<<<<<< a", "=======", "# x", "", "value = true", "[actuals.disaggregation]", 'a = "b"', "range = [1,", "[[actuals]] # x", " [[actuals]]", "period = 2020"]),
            )
        )  # fmt: skip
        lines[at : at + draw.draw(st.integers(0, 1))] = [line]
    agree("\n".join(lines))
