"""Frozen: classes whose instances are never changed once they are made.

mypy holds that, as it does of frozen dataclasses; Python itself need not: its own freezing takes two and a half times as long for every instance. And they are
dataclasses to whoever asks, but most of it is made here, later or never: the standard library's way takes five times as long for every class, of which each
start of the program meets a hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, Field, dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, dataclass_transform

_T = TypeVar("_T")


class Part(NamedTuple):
    """A field: its annotation, what stands behind its name in the class (MISSING: nothing), and whether it is given by its name alone."""

    of: Any
    said: Any
    named: bool

    @property
    def default(self) -> Any:  # noqa: ANN401 - any value
        """Its value where none is given; MISSING where one must be, or where a factory makes it."""
        return self.said.default if isinstance(self.said, Field) else self.said

    @property
    def factory(self) -> Any:  # noqa: ANN401 - as dataclasses have it
        """What makes its value where none is given, or MISSING."""
        return self.said.default_factory if isinstance(self.said, Field) else MISSING

    @property
    def compared(self) -> bool:
        """Whether two that differ in it differ."""
        return not isinstance(self.said, Field) or bool(self.said.compare)


@dataclass_transform(frozen_default=True, eq_default=False, field_specifiers=(field,))
def frozen(*, eq: bool = False, kw_only: bool = False, slots: bool = True) -> Callable[[type[_T]], type[_T]]:
    """A dataclass of values: its fields are set once, by ``__init__``.

    ``eq``: two are equal, and have one hash, if all their fields are; else each is equal to itself alone. ``slots``: it has no other attributes, so no cached ones.
    Of ``field``'s settings it keeps ``default``, ``default_factory`` and ``compare``.
    """

    def made(cls: type[_T]) -> type[_T]:
        own = _own(cls, named=kw_only)
        new: Any = _slotted(cls, own) if slots else cls
        new.__parts__ = {**_inherited(cls), **own}
        new.__init__ = _init_later(new)
        new.__dataclass_fields__ = _Fields(new, cls, kw_only=kw_only)
        if eq:
            new.__eq__, new.__hash__ = _comparison(new)
        return new  # type: ignore[no-any-return]

    return made


def parts(cls: Any) -> Mapping[str, Part]:  # noqa: ANN401 - a class that is frozen
    """The fields of such a class by their names, those of its bases first."""
    found: Mapping[str, Part] = cls.__parts__
    return found


def _own(cls: type, *, named: bool) -> dict[str, Part]:
    """The fields that a class adds to those of its bases, or gives another default."""
    said: dict[str, Any] = vars(cls).get("__annotations__", {})
    return {
        name: Part(of, vars(cls).get(name, MISSING), named)
        for name, of in said.items()
        if not (isinstance(of, str) and of.startswith("ClassVar"))
    }


def _inherited(cls: type) -> dict[str, Part]:
    """The fields of the bases, in the order of ``__init__``."""
    return {name: part for base in cls.__mro__[:0:-1] for name, part in vars(base).get("__parts__", {}).items()}


def _slotted(cls: type, own: Collection[str]) -> type:
    """A class anew, with slots for its own fields: they cannot be given to one that is there already."""
    kept = {name: value for name, value in vars(cls).items() if name not in own}
    for name in ("__dict__", "__weakref__"):
        kept.pop(name, None)
    taken = {name for base in cls.__mro__[1:] for name in vars(base).get("__slots__", ())}
    slots = tuple(name for name in own if name not in taken)
    new = type(cls)(cls.__name__, cls.__bases__, {**kept, "__slots__": slots})
    new.__qualname__ = cls.__qualname__
    return new


def _init_later(cls: Any) -> Callable[..., None]:  # noqa: ANN401 - a class
    """An ``__init__`` that puts a compiled one in its place when it is first called; a validator never does."""

    def init(self: object, *args: object, **named: object) -> None:
        cls.__init__ = _init(cls)
        cls.__init__(self, *args, **named)

    return init


def _init(cls: Any) -> Callable[..., None]:  # noqa: ANN401 - a class
    """The ``__init__`` that sets the fields, compiled of its text, as fast as one that stands in a file."""
    known: dict[str, Any] = {}
    by_place: list[str] = ["self"]
    by_name: list[str] = []
    body: list[str] = []
    for name, part in parts(cls).items():
        parameter, value = name, name
        if part.factory is not MISSING:
            known |= {f"_{name}": MISSING, f"_make_{name}": part.factory}
            parameter, value = f"{name}=_{name}", f"_make_{name}() if {name} is _{name} else {name}"
        elif part.default is not MISSING:
            known[f"_{name}"] = part.default
            parameter = f"{name}=_{name}"
        (by_name if part.named else by_place).append(parameter)
        body.append(f" self.{name} = {value}\n")
    parameters = ", ".join([*by_place, *(["*", *by_name] if by_name else [])])
    exec(f"def __init__({parameters}):\n{''.join(body)} return", known)  # noqa: S102 - nothing but names from our own code
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _comparison(cls: Any) -> tuple[Callable[..., Any], Callable[..., int]]:  # noqa: ANN401 - a class
    """The ``__eq__`` and ``__hash__`` of the fields that are compared."""
    values = attrgetter(*(name for name, part in parts(cls).items() if part.compared))

    def equal(self: object, other: object) -> Any:  # noqa: ANN401 - bool, or NotImplemented
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    return equal, hashed


class _Fields:
    """``__dataclass_fields__``, by which a dataclass is known: what the standard library makes of the class as it was ``written``, when somebody asks."""

    def __init__(self, of: Any, written: Any, *, kw_only: bool) -> None:  # noqa: ANN401 - classes
        self.of, self.written, self.kw_only = of, written, kw_only

    def __get__(self, instance: object, owner: type) -> Mapping[str, Field[Any]]:
        of, written = self.of, self.written
        del of.__dataclass_fields__
        dataclass(init=False, repr=False, eq=False, kw_only=self.kw_only)(written)
        of.__dataclass_fields__, of.__dataclass_params__ = written.__dataclass_fields__, written.__dataclass_params__
        found: Mapping[str, Field[Any]] = of.__dataclass_fields__
        return found
