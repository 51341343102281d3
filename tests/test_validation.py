"""Our validators and pydantic itself read the models' annotations in the same way."""

from __future__ import annotations

import copy
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from support import HERE, tries
from targettrack import number
from targettrack.program.model import Document
from targettrack.program.reading import read
from targettrack.program.validation import validator

PYDANTIC = TypeAdapter(Document)
PROGRAMS = [*(HERE.parent / "targets").glob("*.toml"), *(HERE / "programs").glob("*.toml")]
FITTING = {
    "no-shape", "two-shapes", "not-a-promise", "two-times", "from-without-by", "reversed-window", "no-window", "empty-window", "replaces-without-by", "bad-modifier", "no-figure",
}  # fmt: skip
"""What ``check`` finds: whether keys fit together, of which pydantic is told nothing."""

ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 3000), st.text(max_size=4), st.sampled_from([Decimal("1.5"), Decimal("NaN"), date(2020, 1, 1), [], {}, [1], [2, 1], "increase", "2015-Q3", "1,5"])
)  # fmt: skip


def parsed(path: Path) -> dict[str, Any]:
    """A program file as TOML reads it."""
    return tomli.loads(path.read_text(encoding="utf-8-sig"), parse_float=number.toml_float)


def agrees(raw: dict[str, Any]) -> bool:
    """Whether pydantic and we both accept a document, or both refuse it for something inside its keys."""
    try:
        PYDANTIC.validate_python(raw)
    except ValidationError:
        accepted = False
    else:
        accepted = True
    return accepted is all(fault.code in FITTING for fault in read(raw)[2])


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_valid_programs_are_valid_to_both(path: Path) -> None:
    """A program that loads is valid to pydantic too, with the same values."""
    raw = parsed(path)
    assert asdict(PYDANTIC.validate_python(raw)) == asdict(validator(Document).validate_python(raw))


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(inner for key, entry in items for inner in places(entry, (*path, key)))]


@tries(300)
@given(data=st.data())
def test_a_document_with_one_odd_value_is_judged_alike(data: st.DataObject) -> None:
    """Whatever value is put in whatever place of a valid program, or under an unknown key, both accept it or both refuse it."""
    raw = copy.deepcopy(parsed(data.draw(st.sampled_from(PROGRAMS))))
    place = data.draw(st.sampled_from([path for path in places(raw) if path]))
    owner: Any = raw
    for key in place[:-1]:
        owner = owner[key]
    odd = data.draw(ODD.filter(lambda value: value is not None))
    if isinstance(owner, dict) and data.draw(st.booleans()):
        owner["unheard-of"] = odd
    else:
        owner[place[-1]] = odd
    assert agrees(raw)
