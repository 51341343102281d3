"""Frozen classes are what a dataclass of the standard library would be."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar

import pytest

import targettrack
from targettrack.frozen import frozen, parts

T = TypeVar("T")


def written() -> dict[str, type[Any]]:
    """Classes as somebody writes them, of every kind that there is here."""

    class Plain:
        """Two that must be given, two that need not."""

        KIND: ClassVar[str] = "plain"
        one: int
        self_: str
        many: list[int] = field(default_factory=list)
        none: int | None = None

    class Apart:
        first: int
        second: str = field(default="b", compare=False)

    class Of(Generic[T]):
        value: T
        other: int = 0

    return {"Plain": Plain, "Apart": Apart, "Of": Of}


SETTINGS = [
    {"eq": eq, "kw_only": kw_only, "slots": slots}
    for eq in (False, True)
    for kw_only in (False, True)
    for slots in (False, True)
]
MADE = [
    ("Plain", {"one": 1, "self_": "a"}),
    ("Plain", {"one": 1, "self_": "a", "many": [3], "none": 4}),
    ("Apart", {"first": 1}),
    ("Apart", {"first": 1, "second": "c"}),
    ("Apart", {"first": 2}),
    ("Of", {"value": "x"}),
    ("Of", {"value": "x", "other": 1}),
]


def both(name: str, *, eq: bool, **settings: bool) -> tuple[Any, Any]:
    """A class made by us, and by the standard library."""
    ours = frozen(eq=eq, **settings)(written()[name])
    return ours, dataclass(eq=eq, unsafe_hash=eq, repr=False, **settings)(written()[name])


def values(of: Any) -> dict[str, Any]:
    return {each.name: getattr(of, each.name) for each in fields(of)}


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize(("name", "given"), MADE, ids=str)
def test_values_are_a_dataclass_s(name: str, given: dict[str, Any], settings: dict[str, bool]) -> None:
    """What it is made with and what it then has, asked before its fields are known and after."""
    ours, theirs = both(name, **settings)
    names = [(made.__name__, made.__qualname__, made.__module__) for made in (ours, theirs)]
    assert names[0] == names[1]
    one, other = ours(**given), theirs(**given)
    assert {key: getattr(one, key) for key in parts(ours)} == values(other) == values(one)
    assert values(replace(one)) == values(other)
    assert is_dataclass(ours)
    assert [(each.name, each.default, each.kw_only, each.compare) for each in fields(ours)] == [
        (each.name, each.default, each.kw_only, each.compare) for each in fields(theirs)
    ]
    assert hasattr(one, "__dict__") == hasattr(other, "__dict__")


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize("name", ["Plain", "Apart", "Of"])
def test_what_is_refused_is_refused(name: str, settings: dict[str, bool]) -> None:
    """None of what must be given, more than there is, and another name."""
    for made in both(name, **settings):
        for args, named in (((), {}), ((1, 2, 3, 4, 5, 6), {}), ((), {"nothing": 1})):
            with pytest.raises(TypeError):
                made(*args, **named)


def test_by_place_unless_by_name_alone() -> None:
    """The order of the fields is that of the arguments."""
    ours, _ = both("Apart", eq=True, kw_only=False, slots=True)
    assert values(ours(1, "z")) == {"first": 1, "second": "z"}
    named, _ = both("Apart", eq=True, kw_only=True, slots=True)
    with pytest.raises(TypeError):
        named(1, "z")


def test_a_factory_is_asked_each_time() -> None:
    """Two instances never share what it makes."""
    ours, _ = both("Plain", eq=False, kw_only=False, slots=True)
    one, other = ours(1, "a"), ours(1, "a")
    assert one.many == other.many == []
    assert one.many is not other.many


@pytest.mark.parametrize("slots", [False, True])
def test_equal_by_the_fields_compared(slots: bool) -> None:
    """And of the same hash; to another class's, or without ``eq``, nothing is equal but itself."""
    equal, _ = both("Apart", eq=True, kw_only=False, slots=slots)
    assert equal(1, "a") == equal(1, "b")
    assert hash(equal(1, "a")) == hash(equal(1, "b"))
    assert equal(1) != equal(2)
    assert equal(1) != both("Apart", eq=True, kw_only=False, slots=slots)[0](1)
    assert equal(1) != 1
    itself, _ = both("Apart", eq=False, kw_only=False, slots=slots)
    assert itself(1) != itself(1)


def test_made_without_init_is_compared_too() -> None:
    """A validator sets the fields itself."""
    ours, _ = both("Apart", eq=True, kw_only=False, slots=True)
    one, other = ours.__new__(ours), ours.__new__(ours)
    for each in (one, other):
        each.first, each.second = 1, "a"
    assert one == other
    assert hash(one) == hash(ours(1))


@pytest.mark.parametrize("asked", ["base", "derived"])
@pytest.mark.parametrize("slots", [False, True])
def test_fields_of_the_base_come_first(slots: bool, asked: str) -> None:
    """And keep their place where they are given another default, whichever class is looked at first."""

    class Base:
        first: int = 1
        second: list[int] = field(default_factory=lambda: [2])

    base: Any = frozen(eq=True, slots=slots)(Base)

    class Derived(base):  # type: ignore[misc]
        third: int = 3
        first: int = 4

    derived: Any = frozen(eq=True, slots=slots)(Derived)
    assert fields(base if asked == "base" else derived)
    assert values(derived()) == {"first": 4, "second": [2], "third": 3}
    assert values(derived(7, [8], 9)) == {"first": 7, "second": [8], "third": 9}
    assert values(base()) == {"first": 1, "second": [2]}
    assert [*parts(derived)] == ["first", "second", "third"]


def test_fields_are_those_of_a_dataclass_in_the_whole_package() -> None:
    """Every class of ours has the fields, defaults and parameters that a dataclass of its annotations has."""
    names = [
        each.name for each in pkgutil.walk_packages(targettrack.__path__, "targettrack.") if "__main__" not in each.name
    ]
    classes = {
        each
        for name in names
        for each in vars(importlib.import_module(name)).values()
        if isinstance(each, type) and "__parts__" in vars(each)
    }
    assert len(classes) > 150
    for each in classes:
        found = fields(each)
        assert [(one.name, one.default, one.default_factory, one.compare, one.kw_only) for one in found] == [
            (name, part.default, part.factory, part.compared, part.named) for name, part in parts(each).items()
        ], each
        assert all(one.init and one.hash is None for one in found), each
        assert not hasattr(each, "__post_init__"), each


def test_is_made_when_it_is_first_needed() -> None:
    """Until then nothing of it is compiled; then it is what stands in the class, and no call is in between."""
    ours, _ = both("Plain", eq=False, kw_only=False, slots=True)
    before = ours.__init__
    ours(1, "a")
    assert ours.__init__ is not before
    assert [*inspect.signature(ours.__init__).parameters] == ["self", "one", "self_", "many", "none"]
    assert parts(ours)["one"].default is MISSING
